//! Who is meant: the names of an archive that a name in a query stands for.
//!
//! The names are those of the archive's own dictionary, so that what is found is what is
//! there, each with its number of stories. A name asked for in full finds what sounds the
//! same in any script; a single word finds the bearers whose name it is part of.

use super::ArchiveError;
use super::bearers::{NAME_MARK, column, named, part, tidy};
use super::corrections::Corrected;
use super::forms::base_names;
use super::matcher::{How, Matcher};
use super::one_name::name_key;
use super::reader::Reader;
use super::roll::Roll;
use crate::data::before_names::bare;
use crate::names::{Name, are_surely_one, pieces};
use crate::story::EntityKind;
use crate::text::fold;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};
use tantivy::query::{AllQuery, BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field as Column, IndexRecordOption, Term};

/// Names that are remembered with whom they stand for: a query and the hints about it ask for
/// the same ones.
const ASKED_MAX: usize = 64;
/// Questions from which on all names are held in memory.
const ASKED_OFTEN: usize = 3;

/// How often names of a kind were looked for, and all of them once that was often.
#[derive(Default)]
pub(super) struct Asked {
    times: usize,
    roll: Option<Arc<Roll>>,
}

/// A name of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// What it is.
    pub kind: EntityKind,
    /// Whom it stands for; empty where nothing told.
    pub id: String,
    /// The name as a story gives it in full.
    pub name: String,
    /// Stories with it.
    pub stories: u64,
    /// Whether it was taken by its sound, for the name asked for is written otherwise.
    pub is_by_sound: bool,
    /// The term of the index.
    pub(super) term: String,
}

impl Reader {
    /// Returns every name of a kind, in the order of the dictionary. Of places, those under
    /// which they are counted.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn all_bearers(&self, kind: EntityKind) -> Result<Vec<Bearer>, ArchiveError> {
        self.scan_all(kind).map_err(|e| self.damaged(&e))
    }

    fn scan_all(&self, kind: EntityKind) -> tantivy::Result<Vec<Bearer>> {
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(self.names_of(kind).0)?;
            let mut terms = index.terms().stream()?;
            while terms.advance() {
                let Ok(term) = str::from_utf8(terms.key()) else { continue };
                *found.entry(term.to_owned()).or_default() += u64::from(terms.value().doc_freq);
            }
        }
        Ok(found.into_iter().filter_map(|(term, stories)| self.bearer(kind, term, stories)).collect())
    }

    /// The bearer of a term, unless the user says that it is nobody's.
    fn bearer(&self, kind: EntityKind, term: String, stories: u64) -> Option<Bearer> {
        let (id, name) = part(&term);
        let Corrected::As(id) = self.corrections.identity(kind, id, name) else { return None };
        Some(Bearer { kind, id: id.into_owned(), name: name.to_owned(), stories, is_by_sound: false, term })
    }

    /// The field of the names of a kind, and its column.
    fn names_of(&self, kind: EntityKind) -> (Column, &'static str) {
        match kind {
            EntityKind::Person | EntityKind::Org => (column(&self.fields, kind), kind.as_str()),
            EntityKind::Place => (self.fields.place_label, "place_label"),
        }
    }

    /// Returns the names of a kind that `wanted` takes, in the order of the dictionary.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn bearers(
        &self,
        kind: EntityKind,
        wanted: &mut dyn FnMut(&str, &str) -> bool,
    ) -> Result<Vec<Bearer>, ArchiveError> {
        self.scan(kind, wanted).map_err(|e| self.damaged(&e))
    }

    fn scan(&self, kind: EntityKind, wanted: &mut dyn FnMut(&str, &str) -> bool) -> tantivy::Result<Vec<Bearer>> {
        let mut found: BTreeSet<String> = BTreeSet::new();
        self.walk(kind, None, &mut |term| {
            let (id, name) = part(term);
            if !found.contains(term) && wanted(id, name) {
                found.insert(term.to_owned());
            }
        })?;
        self.counted(kind, found)
    }

    /// Calls `each` with the names of a kind, those that begin with `prefix` if any, segment by
    /// segment: from the dictionary of the column, which has the terms of the index in a form
    /// that is read many times as fast.
    fn walk(&self, kind: EntityKind, prefix: Option<&str>, each: &mut dyn FnMut(&str)) -> tantivy::Result<()> {
        for segment in self.searcher.segment_readers() {
            let Some(column) = segment.fast_fields().str(self.names_of(kind).1)? else { continue };
            let dictionary = column.dictionary();
            let mut terms = match prefix {
                Some(prefix) => dictionary.prefix_range(prefix).into_stream()?,
                None => dictionary.stream()?,
            };
            while terms.advance() {
                if let Ok(term) = str::from_utf8(terms.key()) {
                    each(term);
                }
            }
        }
        Ok(())
    }

    /// Terms of names with their stories.
    fn counted(&self, kind: EntityKind, terms: BTreeSet<String>) -> tantivy::Result<Vec<Bearer>> {
        let field = self.names_of(kind).0;
        let mut bearers = Vec::with_capacity(terms.len());
        for term in terms {
            let stories = self.searcher.doc_freq(&Term::from_field_text(field, &term))?;
            bearers.extend(self.bearer(kind, term, stories));
        }
        Ok(bearers)
    }

    /// Returns every name of a kind with the stories of some statuses left out, and without the
    /// names that only they hold.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn all_bearers_without(&self, kind: EntityKind, statuses: &[&str]) -> Result<Vec<Bearer>, ArchiveError> {
        self.bearers_without(kind, statuses, self.all_bearers(kind)?)
    }

    fn bearers_without(
        &self,
        kind: EntityKind,
        statuses: &[&str],
        mut found: Vec<Bearer>,
    ) -> Result<Vec<Bearer>, ArchiveError> {
        let left_out = self.count_with_status(&AllQuery, statuses)?;
        if left_out == 0 && self.searcher.segment_readers().iter().all(|s| !s.has_deletes()) {
            return Ok(found);
        }
        let column = self.names_of(kind).1;
        let shown = self.without(Box::new(AllQuery), statuses)?;
        let counts = self.names(&*shown, column).map_err(|e| self.damaged(&e))?;
        found.iter_mut().for_each(|b| b.stories = counts.get(&b.term).copied().unwrap_or(0));
        found.retain(|b| b.stories > 0);
        Ok(found)
    }

    /// Returns which of the user's corrections are about names that no story has, for people.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn corrected_in_vain(&self) -> Result<Vec<String>, ArchiveError> {
        let (mut keys, mut ids) = (FxHashSet::default(), FxHashSet::default());
        for kind in EntityKind::ALL.into_iter().filter(|kind| self.corrections.has(*kind)) {
            self.bearers(kind, &mut |id, name| {
                keys.insert((kind, fold(&tidy(name))));
                if !id.is_empty() {
                    ids.insert((kind, id.strip_prefix("q:").unwrap_or(id).to_owned()));
                }
                false
            })?;
        }
        let has = |kind: EntityKind, key: &str, own: &[&'static str]| {
            keys.contains(&(kind, key.to_owned())) || own.iter().any(|id| ids.contains(&(kind, (*id).to_owned())))
        };
        Ok(self.corrections.in_vain(&has))
    }

    /// What of a query is not held back for its status.
    fn without(&self, query: Box<dyn Query>, statuses: &[&str]) -> Result<Box<dyn Query>, ArchiveError> {
        Ok(match self.of_statuses(statuses).map_err(|e| self.damaged(&e))? {
            Some(held) => Box::new(BooleanQuery::new(vec![(Occur::Must, query), (Occur::MustNot, held)])),
            None => query,
        })
    }

    /// Counts the stories that name any of `bearers`, which are of one kind, those of some
    /// statuses left out.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn count_bearers(&self, bearers: &[Bearer], statuses: &[&str]) -> Result<u64, ArchiveError> {
        let query = |b: &Bearer| -> (Occur, Box<dyn Query>) {
            let field = self.names_of(b.kind).0;
            (Occur::Should, Box::new(TermQuery::new(Term::from_field_text(field, &b.term), IndexRecordOption::Basic)))
        };
        let any = BooleanQuery::new(bearers.iter().map(query).collect());
        Ok(self.count(&*self.without(Box::new(any), statuses)?)? as u64)
    }

    /// Returns the people or organisations of the archive that `asked` may stand for.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn who(&self, kind: EntityKind, asked: &str) -> Result<Vec<Bearer>, ArchiveError> {
        let key = (kind, asked.to_owned());
        let known = self.asked_for.lock().ok().and_then(|known| known.get(&key).cloned());
        if let Some(known) = known {
            return Ok(known);
        }
        let found = self.look_for(kind, asked)?;
        if let Ok(mut known) = self.asked_for.lock() {
            if known.len() >= ASKED_MAX {
                known.clear();
            }
            known.insert(key, found.clone());
        }
        Ok(found)
    }

    /// The same with the stories of some statuses left out.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn who_without(&self, kind: EntityKind, asked: &str, statuses: &[&str]) -> Result<Vec<Bearer>, ArchiveError> {
        self.bearers_without(kind, statuses, self.who(kind, asked)?)
    }

    /// What `asked` takes: names that are it or sound like it, and all the other names of
    /// the bearers whom these stand for. One person has one set of stories, whichever of
    /// the names is asked for.
    fn look_for(&self, kind: EntityKind, asked: &str) -> Result<Vec<Bearer>, ArchiveError> {
        let mut matcher = Matcher::corrected(kind, asked, &self.corrections);
        if kind == EntityKind::Place || matcher.is_settled() {
            return self.bearers(kind, &mut |id, name| matcher.takes(id, name));
        }
        let roll = self.roll(kind).map_err(|e| self.damaged(&e))?;
        let roll = roll.as_deref();
        let mut taken = self.taken(kind, &matcher, roll)?;
        if let (true, Some(bare)) = (taken.names.is_empty(), bare(asked)) {
            // A title is no part of a name, unless somebody is called so.
            matcher = Matcher::corrected(kind, bare, &self.corrections);
            taken = self.taken(kind, &matcher, roll)?;
        }
        let key = name_key(asked);
        if taken.ids.is_empty() && taken.names.keys().all(|name| name_key(name) == key) {
            // Nobody, or a form that a story has in the place of the name: *Putins*, *Путиным*.
            let forms = base_names(asked, self.languages());
            let of_forms = Matcher::of_forms(kind, &forms, &self.corrections);
            let more = if forms.is_empty() { Taken::default() } else { self.taken(kind, &of_forms, roll)? };
            taken.add(more);
        }
        let mut found = if self.corrections.is_empty() {
            self.theirs(kind, &taken).map_err(|e| self.damaged(&e))?
        } else {
            // By the user's word any name may be of any of them.
            self.bearers(kind, &mut |id, name| {
                taken.has(id, name) || matcher.identity(id, name).is_some_and(|id| taken.ids.contains(&id))
            })?
        };
        for bearer in &mut found {
            let (id, name) = part(&bearer.term);
            bearer.is_by_sound = taken.how(id, name).is_some_and(|how| how != How::Written);
        }
        Ok(found)
    }

    /// The names taken, and all that stand with the ids of their bearers.
    fn theirs(&self, kind: EntityKind, taken: &Taken) -> tantivy::Result<Vec<Bearer>> {
        let of_name = |(name, ids): (&String, &Vec<(String, How)>)| {
            ids.iter().map(|(id, _)| named(Some(id), name)).collect::<Vec<_>>()
        };
        let mut terms: BTreeSet<String> = taken.names.iter().flat_map(of_name).collect();
        for id in &taken.ids {
            self.walk(kind, Some(&format!("{id}{NAME_MARK}")), &mut |term| {
                if !terms.contains(term) {
                    terms.insert(term.to_owned());
                }
            })?;
        }
        self.counted(kind, terms)
    }

    /// All names of a kind, where they are asked for often.
    fn roll(&self, kind: EntityKind) -> tantivy::Result<Option<Arc<Roll>>> {
        let mut rolls = self.rolls.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = rolls.entry(kind).or_default();
        asked.times += 1;
        if asked.roll.is_none() && asked.times >= ASKED_OFTEN {
            let (mut roll, mut seen) = (Roll::default(), FxHashSet::default());
            self.walk(kind, None, &mut |term| {
                if !seen.contains(term) {
                    seen.insert(term.to_owned());
                    roll.add(term);
                }
            })?;
            asked.roll = Some(Arc::new(roll));
        }
        Ok(asked.roll.clone())
    }

    /// What `matcher` takes.
    fn taken(&self, kind: EntityKind, matcher: &Matcher<'_>, roll: Option<&Roll>) -> Result<Taken, ArchiveError> {
        let mut taken = Taken::default();
        let mut compare = |id: &str, name: &str| {
            if !taken.has(id, name)
                && let Some(how) = matcher.how(id, name)
            {
                taken.names.entry(name.to_owned()).or_default().push((id.to_owned(), how));
            }
            false
        };
        match roll.and_then(|roll| matcher.may_take(roll)) {
            Some(may_be) => may_be.into_iter().for_each(|term| {
                let (id, name) = part(term);
                compare(id, name);
            }),
            None => drop(self.bearers(kind, &mut compare)?),
        }
        taken.keep_sure();
        for (name, ids) in &taken.names {
            let own = ids.iter().filter_map(|(id, _)| matcher.identity(id, name));
            taken.ids.extend(own.filter(|id| !id.is_empty()));
        }
        Ok(taken)
    }
}

/// The names that a name in a query takes by themselves.
#[derive(Default)]
struct Taken {
    /// Each with the ids that it stands with, and how it was taken.
    names: BTreeMap<String, Vec<(String, How)>>,
    /// Whom they stand for, by the user's corrections too.
    ids: FxHashSet<String>,
}

impl Taken {
    fn has(&self, id: &str, name: &str) -> bool {
        self.how(id, name).is_some()
    }

    fn how(&self, id: &str, name: &str) -> Option<How> {
        self.names.get(name)?.iter().find(|(other, _)| other == id).map(|(_, how)| *how)
    }

    fn add(&mut self, more: Taken) {
        for (name, ids) in more.names {
            let own = self.names.entry(name).or_default();
            ids.into_iter().for_each(|(id, how)| {
                if !own.iter().any(|(other, _)| *other == id) {
                    own.push((id, how));
                }
            });
        }
        self.ids.extend(more.ids);
    }

    /// Where the archive has the name as it is asked for, what is only like it is somebody else's: names
    /// with other words, and of those that bear a surname in another spelling whoever is none of those
    /// who bear it in this one.
    fn keep_sure(&mut self) {
        let full = |how: How| -> Vec<&String> {
            let taken = self.names.iter().filter(|(_, ids)| ids.iter().any(|(_, h)| *h == how));
            taken.map(|(name, _)| name).filter(|name| pieces(name).nth(1).is_some()).collect()
        };
        if !self.names.values().flatten().any(|(_, how)| *how == How::Written) {
            return;
        }
        let respelt: Vec<String> = full(How::Respelt).into_iter().cloned().collect();
        let mut others: FxHashSet<String> = FxHashSet::default();
        if !respelt.is_empty() {
            let written: Vec<Name> = full(How::Written).into_iter().map(|name| Name::new(name)).collect();
            let is_one = |name: &String| {
                let name = Name::new(name);
                written.is_empty() || written.iter().any(|w| are_surely_one(w, &name))
            };
            others = respelt.into_iter().filter(|name| !is_one(name)).collect();
        }
        self.names.retain(|name, ids| {
            ids.retain(|(_, how)| match how {
                How::Written | How::Heard => true,
                How::Respelt => !others.contains(name),
                How::Loose => false,
            });
            !ids.is_empty()
        });
    }
}
