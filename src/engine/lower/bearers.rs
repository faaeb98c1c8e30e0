//! People, places and organisations in queries: which of the archive's names are meant.

use super::fields::{ANY, all_but, is_none};
use super::{LowerError, Lowering, any_of, term};
use crate::data::known;
use crate::data::place_asked::{asked, asked_alone};
use crate::data::places::{self, Place};
use crate::engine::annotations::{SPOKEN, UNSPOKEN, placed_term, spoken_term};
use crate::engine::bearers::{UNTOLD, column, named, part, spelling, tidy};
use crate::engine::corrections::Corrected;
use crate::engine::forms::base_names_in;
use crate::engine::one_name::key_of;
use crate::engine::told_apart::{NO_ID, with_id};
use crate::story::{EntityKind, Field};
use crate::text::{fold, words};
use rustc_hash::FxHashMap;
use std::rc::Rc;
use tantivy::query::{BooleanQuery, Occur, Query as Engine, TermQuery, TermSetQuery};
use tantivy::schema::{IndexRecordOption, Term};

/// The most names of an archive that one name may stand for: beyond it the name says too
/// little to be a person or an organisation.
const BEARERS_MAX: usize = 4_096;
/// Letters of the shortest base form of a name in Latin letters.
const INFLECTED_LETTERS_MIN: usize = 4;
/// Capitals of the longest acronym that is no place: more may be a town in a headline.
const BODY_LETTERS_MAX: usize = 3;
/// Names that an error lists.
const LISTED_MAX: usize = 3;

/// The terms that names stand for, as far as they were looked up.
pub(super) type Known = FxHashMap<(EntityKind, String), Rc<Vec<String>>>;

/// Returns what a field of bearers asks for.
pub(super) fn kind_of(field: Field) -> Option<EntityKind> {
    match field {
        Field::Person => Some(EntityKind::Person),
        Field::Place => Some(EntityKind::Place),
        Field::Org => Some(EntityKind::Org),
        _ => None,
    }
}

/// Whether the names of a field stand at places in the text; one spelling does not.
pub(super) fn is_placed(field: Field, names: &[String]) -> bool {
    kind_of(field).is_some_and(|kind| kind == EntityKind::Place || !names.iter().any(|n| n.starts_with('=')))
}

impl Lowering<'_> {
    /// The stories that name a bearer.
    pub(super) fn bearer(&self, field: Field, name: &str) -> Result<Box<dyn Engine>, LowerError> {
        let Some(kind) = kind_of(field) else { return Ok(any_of(Vec::new())) };
        let f = &self.reader.fields;
        if let (Some(printed), false) = (name.strip_prefix('='), kind == EntityKind::Place) {
            let number = Term::from_field_u64(f.spelling, spelling(kind, &tidy(printed)));
            let spelt: Box<dyn Engine> = Box::new(TermQuery::new(number, IndexRecordOption::Basic));
            if self.reader.corrections().bans(kind, Some(printed)) {
                return self.without_banned(kind, printed, spelt);
            }
            return Ok(spelt);
        }
        let terms = self.bearers(kind, name)?;
        Ok(any_of(terms.iter().map(|t| term(column(f, kind), t, false)).collect()))
    }

    /// What of stories with a spelling is of anybody but those whom the user says to be nobody: a spelling
    /// does not tell whose it is, but the names of a story do.
    fn without_banned(
        &self,
        kind: EntityKind,
        printed: &str,
        spelt: Box<dyn Engine>,
    ) -> Result<Box<dyn Engine>, LowerError> {
        let column = column(&self.reader.fields, kind);
        let (mut banned, mut others) = (Vec::new(), Vec::new());
        let printed = fold(&tidy(printed));
        let wanted = |name: &str| {
            let name = fold(name);
            words(&printed).all(|w| words(&name).any(|own| name[own.start..own.end] == printed[w.start..w.end]))
        };
        let all = self.reader.bearers(kind, &mut |id, name| {
            if wanted(name) {
                let list = match self.reader.corrections().identity(kind, id, name) {
                    Corrected::Nobody => &mut banned,
                    Corrected::As(_) => &mut others,
                };
                list.push(Term::from_field_text(column, &named(Some(id), name)));
            }
            false
        });
        all.map_err(|e| LowerError::new(e.to_string(), e.hint()))?;
        let somebody = any_of(vec![Box::new(TermSetQuery::new(others)), all_but(Box::new(TermSetQuery::new(banned)))]);
        Ok(Box::new(BooleanQuery::new(vec![(Occur::Must, spelt), (Occur::Must, somebody)])))
    }

    /// The terms of a bearer at its places in the text.
    pub(super) fn placed_bearers(&self, field: Field, name: &str) -> Result<Vec<String>, LowerError> {
        let Some(kind) = kind_of(field) else { return Ok(Vec::new()) };
        if let (Some(printed), false) = (name.strip_prefix('='), kind == EntityKind::Place) {
            let field = field.row().prefix;
            let message = format!("{field}:={printed} is a spelling, not a place in the text");
            return Err(LowerError::new(message, format!("write the word itself, ={printed}, or {field}:{printed}")));
        }
        Ok(self.bearers(kind, name)?.iter().map(|t| placed_term(kind, t)).collect())
    }

    /// The terms at the beginnings of the quotations of any of these people.
    pub(super) fn spoken(&self, names: &[String]) -> Result<Vec<String>, LowerError> {
        let mut terms = Vec::new();
        for name in names {
            if let Some(printed) = name.strip_prefix('=') {
                let message = format!("speaker:={printed} is a spelling, not a person");
                return Err(LowerError::new(message, format!("write speaker:{printed}")));
            }
            terms.extend(self.bearers(EntityKind::Person, name)?.iter().map(|t| spoken_term(t)));
        }
        Ok(terms)
    }

    /// The same for a `quote:` beside it, which may be in the words of anybody who is told, or
    /// of nobody.
    pub(super) fn spoken_beside(&self, names: &[String]) -> Result<Vec<String>, LowerError> {
        if names.iter().any(|n| n == ANY) {
            return self.anybody();
        }
        let (nobody, named): (Vec<String>, Vec<String>) =
            names.iter().cloned().partition(|n| is_none(Field::Speaker, n));
        let mut terms = self.spoken(&named)?;
        if !nobody.is_empty() {
            terms.push(UNSPOKEN.to_owned());
        }
        Ok(terms)
    }

    /// The terms of quotations whose speaker is told.
    pub(super) fn anybody(&self) -> Result<Vec<String>, LowerError> {
        if !self.reader.corrections().bans(EntityKind::Person, None) {
            return Ok(vec![SPOKEN.to_owned()]);
        }
        let people = self.reader.all_bearers(EntityKind::Person);
        let people = people.map_err(|e| LowerError::new(e.to_string(), e.hint()))?;
        Ok(people.iter().map(|b| spoken_term(&b.term)).collect())
    }

    /// The terms of the bearer's column that a name stands for. A query asks several times,
    /// for the set, its ranking and what is marked; all names of the archive are compared once.
    pub(super) fn bearers(&self, kind: EntityKind, name: &str) -> Result<Rc<Vec<String>>, LowerError> {
        let key = (kind, name.to_owned());
        if let Some(known) = self.bearers.borrow().get(&key) {
            return Ok(Rc::clone(known));
        }
        let found = Rc::new(self.look_for_bearers(kind, name)?);
        self.bearers.borrow_mut().insert(key, Rc::clone(&found));
        Ok(found)
    }

    fn look_for_bearers(&self, kind: EntityKind, name: &str) -> Result<Vec<String>, LowerError> {
        if kind == EntityKind::Place {
            let (mark, bare) = name.strip_prefix('=').map_or(("", name), |bare| ("=", bare));
            return self.places(mark, bare);
        }
        // A name of the table that says what it is of in parentheses, as counts print it.
        let listed = known::all().find(|k| name.ends_with(')') && k.name() == name).map(|k| format!("q:{}", k.id()));
        let found = match listed {
            Some(listed) => self.reader.bearers(kind, &mut |id, _| *id == listed),
            None => self.reader.who(kind, name),
        };
        let found = found.map_err(|e| LowerError::new(e.to_string(), e.hint()))?;
        if found.len() > BEARERS_MAX {
            let some: Vec<&str> = found.iter().take(LISTED_MAX).map(|b| b.name.as_str()).collect();
            return Err(LowerError::new(
                format!("{name:?} may be {} names of the archive, such as {}", found.len(), some.join(", ")),
                "give the name in full",
            ));
        }
        Ok(found.into_iter().map(|b| b.term).collect())
    }

    /// The terms of a place by all its names, and by what the user says of any of them.
    fn places(&self, mark: &str, name: &str) -> Result<Vec<String>, LowerError> {
        let (ids, terms) = self.told_places(mark, name);
        let bare = with_id(name).filter(|(_, id)| id == NO_ID).map_or(name, |(bare, _)| bare);
        Ok(self.corrected_places(mark, bare, &ids)?.unwrap_or(terms))
    }

    /// The places of the gazetteer that a name asks for, and their terms. With `=` as its mark a place is
    /// asked for without what lies in it.
    pub(super) fn told_places(&self, mark: &str, name: &str) -> (Vec<&'static str>, Vec<String>) {
        if let Some((bare, _)) = with_id(name).filter(|(_, id)| id == NO_ID) {
            return (Vec::new(), vec![untold_term(bare)]);
        }
        let ids = match with_id(name).and_then(|(_, id)| places::by_id(&id)) {
            Some(place) => vec![place.id()],
            None if mark.is_empty() => self.place_ids(name),
            None => self.ids_by(name, asked_alone),
        };
        let mut terms: Vec<String> = ids.iter().map(|id| format!("{mark}{id}")).collect();
        match ids.as_slice() {
            // What is counted under the name, where anything is.
            [] if !mark.is_empty() && self.is_a_place(&untold_term(name)) => terms.push(untold_term(name)),
            [] => terms.extend([format!("w:{}", fold(&tidy(name))), untold_term(name)]),
            ids if mark.is_empty() => terms.extend(self.untold(ids)),
            _ => terms.push(untold_term(name)),
        }
        (ids, terms)
    }

    /// The terms of names that nothing told in their stories and that can be of none but these places.
    fn untold(&self, ids: &[&'static str]) -> Vec<String> {
        let places = ids.iter().filter_map(|id| places::by_id(id));
        let mut names: Vec<String> = places.flat_map(|place| place.all_names()).collect();
        names.sort_unstable();
        names.dedup();
        let terms = names.into_iter().map(|name| (untold_term(&name), name));
        let here = terms.filter(|(term, _)| self.is_a_place(term));
        here.filter(|(_, name)| asked(name).iter().all(|place| ids.contains(&place.id())))
            .map(|(term, _)| term)
            .collect()
    }

    /// Tells whether any story has a term of places.
    fn is_a_place(&self, term: &str) -> bool {
        let term = Term::from_field_text(self.reader.fields.place, term);
        self.reader.searcher.doc_freq(&term).is_ok_and(|stories| stories > 0)
    }

    /// The same where the user's corrections are about any of these places or what lies in them: place
    /// by place, for the terms of what a place lies in do not tell by which of its places.
    fn corrected_places(
        &self,
        mark: &str,
        name: &str,
        ids: &[&'static str],
    ) -> Result<Option<Vec<String>>, LowerError> {
        let (kind, corrections) = (EntityKind::Place, self.reader.corrections());
        if !corrections.has(kind) {
            return Ok(None);
        }
        let within = |inner: &str, outer: &str| {
            let places = places::by_id(inner).zip(places::by_id(outer));
            inner == outer || mark.is_empty() && places.is_some_and(|(inner, outer)| inner.is_within(outer))
        };
        let is_named = corrections.is_corrected(kind, "", name);
        if !is_named && !corrections.places().any(|own| ids.iter().any(|id| within(own, id))) {
            return Ok(None);
        }
        let identity = |id: &str, name: &str| match corrections.identity(kind, id, name) {
            Corrected::As(id) => Some(id.into_owned()),
            Corrected::Nobody => None,
        };
        let mut wanted: Vec<String> = ids.iter().filter_map(|id| identity(id, "")).collect();
        wanted.extend(identity("", name).filter(|id| is_named && !id.is_empty()));
        let key = key_of(kind, name);
        let untold = if mark.is_empty() { self.untold(ids) } else { vec![untold_term(name)] };
        let found = self.reader.bearers(kind, &mut |id, own| match identity(id, own) {
            None => false,
            Some(own_id) if own_id.is_empty() && ids.is_empty() => key_of(kind, own) == key,
            Some(own_id) if own_id.is_empty() => untold.contains(&untold_term(own)),
            Some(own_id) => wanted.iter().any(|id| within(&own_id, id)),
        });
        let found = found.map_err(|e| LowerError::new(e.to_string(), e.hint()))?;
        let terms = found.iter().map(|bearer| match part(&bearer.term) {
            ("", name) => untold_term(name),
            (id, _) => format!("={id}"),
        });
        let mut terms: Vec<String> = terms.collect();
        terms.sort_unstable();
        terms.dedup();
        Ok(Some(terms))
    }

    /// The ids of the places that a name asks for; a name that the table lacks is taken for an
    /// inflected form, as names in the text are: *России*, *w Warszawie*.
    fn place_ids(&self, name: &str) -> Vec<&'static str> {
        self.ids_by(name, asked)
    }

    /// The same as `asked` has them.
    fn ids_by(&self, name: &str, asked: fn(&str) -> Vec<Place>) -> Vec<&'static str> {
        if is_body(name) {
            return Vec::new();
        }
        let mut found = asked(name);
        if found.is_empty() {
            let languages = std::iter::once(None).chain(self.reader.languages().iter().map(|l| Some(l.as_str())));
            // Of so few letters an acronym, to which an ending makes another name: Java is no form of JAV.
            let says_little = |form: &String| form.is_ascii() && form.len() < INFLECTED_LETTERS_MIN;
            let forms = languages.flat_map(|l| base_names_in(name, l)).filter(|form| !says_little(form));
            let forms = forms.map(|form| asked(&form));
            found = forms.into_iter().find(|places| !places.is_empty()).unwrap_or_default();
        }
        found.iter().map(|p| p.id()).collect()
    }

    /// What a name stands for, with the stories of each, for `explain`.
    pub(super) fn list_bearer(&self, kind: EntityKind, name: &str) -> Result<Vec<(String, u64)>, LowerError> {
        let f = &self.reader.fields;
        let mut items: Vec<(String, u64)> = Vec::new();
        let name = name.strip_prefix('=').filter(|_| kind != EntityKind::Place).unwrap_or(name);
        let terms = self.bearers(kind, name)?;
        let by_sound = if kind == EntityKind::Place { Vec::new() } else { self.by_sound(kind, name)? };
        for term in terms.iter() {
            let mut shown = if kind == EntityKind::Place { place_name(term) } else { part(term).1.to_owned() };
            if by_sound.contains(term) {
                shown.push_str(" (by sound)");
            }
            items.push((shown, self.stories(column(f, kind), term)));
        }
        items.retain(|(_, n)| *n > 0);
        items.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(items)
    }
}

impl Lowering<'_> {
    /// The terms that a name takes by their sound alone.
    fn by_sound(&self, kind: EntityKind, name: &str) -> Result<Vec<String>, LowerError> {
        let found = self.reader.who(kind, name).map_err(|e| LowerError::new(e.to_string(), e.hint()))?;
        Ok(found.into_iter().filter(|b| b.is_by_sound).map(|b| b.term).collect())
    }
}

/// The term of a place that nothing told.
fn untold_term(name: &str) -> String {
    format!("{UNTOLD}{}", key_of(EntityKind::Place, name))
}

/// Tells whether a few capitals are an organisation: in some language they are short for a place
/// too, as *EU* is for the United States, and nobody means that.
fn is_body(name: &str) -> bool {
    name.chars().all(char::is_uppercase)
        && name.chars().count() <= BODY_LETTERS_MAX
        && known::lookup(EntityKind::Org, name).next().is_some()
}

/// A place's term, readable.
pub(super) fn place_name(term: &str) -> String {
    let id = term.trim_start_matches('=');
    match places::by_id(id) {
        Some(place) => format!("{}, {} ({id})", place.name(), place.country()),
        None => match term.strip_prefix(UNTOLD) {
            Some(name) => format!("{name} [{NO_ID}]"),
            None => term.strip_prefix("w:").unwrap_or(term).to_owned(),
        },
    }
}
