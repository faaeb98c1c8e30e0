//! Who is meant: the names of an archive that a name in a query stands for.
//!
//! The names are those of the archive's own dictionary, so that what is found is what is
//! there, each with its number of stories. A name asked for in full finds what sounds the
//! same in any script; a single word finds the bearers whose name it is part of.

use super::ArchiveError;
use super::bearers::{column, part, tidy};
use super::corrections::{Corrected, Corrections};
use super::reader::Reader;
use crate::data::known;
use crate::names::{self, Name};
use crate::story::EntityKind;
use crate::text::fold;
use std::collections::BTreeMap;
use tantivy::query::{AllQuery, BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};

/// How alike a single word has to sound within one script, and across two: a surname alone
/// has nothing else to tell it.
const WORD_SAME_SCRIPT_MIN: f32 = 0.92;
const WORD_MIN: f32 = 0.86;

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
    /// The term of the index.
    pub(super) term: String,
}

impl Reader {
    /// Returns every name of a kind that `wanted` takes, in the order of the dictionary.
    /// Of places, those under which they are counted.
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
        let field = if kind == EntityKind::Place { self.fields.place_label } else { column(&self.fields, kind) };
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut terms = index.terms().stream()?;
            while terms.advance() {
                let Ok(term) = str::from_utf8(terms.key()) else { continue };
                if let Some(count) = found.get_mut(term) {
                    *count += u64::from(terms.value().doc_freq);
                    continue;
                }
                let (id, name) = part(term);
                if wanted(id, name) {
                    found.insert(term.to_owned(), u64::from(terms.value().doc_freq));
                }
            }
        }
        let bearer = |(term, stories): (String, u64)| {
            let (id, name) = part(&term);
            let Corrected::As(id) = self.corrections.identity(kind, id, name) else { return None };
            Some(Bearer { kind, id: id.into_owned(), name: name.to_owned(), stories, term })
        };
        Ok(found.into_iter().filter_map(bearer).collect())
    }

    /// Returns the same with the stories of some statuses left out, and without the names
    /// that only they hold.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn bearers_without(
        &self,
        kind: EntityKind,
        statuses: &[&str],
        wanted: &mut dyn FnMut(&str, &str) -> bool,
    ) -> Result<Vec<Bearer>, ArchiveError> {
        let mut found = self.bearers(kind, wanted)?;
        let left_out = self.count_with_status(&AllQuery, statuses)?;
        if left_out == 0 && self.searcher.segment_readers().iter().all(|s| !s.has_deletes()) {
            return Ok(found);
        }
        let column = match kind {
            EntityKind::Person => "person",
            EntityKind::Place => "place_label",
            EntityKind::Org => "org",
        };
        let shown = self.without(Box::new(AllQuery), statuses);
        let counts = self.names(&*shown, column).map_err(|e| self.damaged(&e))?;
        found.iter_mut().for_each(|b| b.stories = counts.get(&b.term).copied().unwrap_or(0));
        found.retain(|b| b.stories > 0);
        Ok(found)
    }

    /// What of a query is of none of some statuses.
    fn without(&self, query: Box<dyn Query>, statuses: &[&str]) -> Box<dyn Query> {
        let term = |s: &&str| TermQuery::new(Term::from_field_text(self.fields.status, s), IndexRecordOption::Basic);
        let mut clauses = vec![(Occur::Must, query)];
        clauses.extend(statuses.iter().map(|s| (Occur::MustNot, Box::new(term(s)) as Box<dyn Query>)));
        Box::new(BooleanQuery::new(clauses))
    }

    /// Counts the stories that name any of `bearers`, which are of one kind, those of some
    /// statuses left out.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn count_bearers(&self, bearers: &[Bearer], statuses: &[&str]) -> Result<u64, ArchiveError> {
        let query = |b: &Bearer| -> (Occur, Box<dyn Query>) {
            let field =
                if b.kind == EntityKind::Place { self.fields.place_label } else { column(&self.fields, b.kind) };
            (Occur::Should, Box::new(TermQuery::new(Term::from_field_text(field, &b.term), IndexRecordOption::Basic)))
        };
        let any = BooleanQuery::new(bearers.iter().map(query).collect());
        Ok(self.count(&*self.without(Box::new(any), statuses))? as u64)
    }

    /// Returns what a name in a query takes, by the user's corrections.
    #[must_use]
    pub fn matcher<'a>(&'a self, kind: EntityKind, asked: &str) -> Matcher<'a> {
        Matcher::corrected(kind, asked, &self.corrections)
    }

    /// Returns the people or organisations of the archive that `asked` may stand for.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn who(&self, kind: EntityKind, asked: &str) -> Result<Vec<Bearer>, ArchiveError> {
        let matcher = self.matcher(kind, asked);
        self.bearers(kind, &mut |id, name| matcher.takes(id, name))
    }
}

/// What a name in a query takes: itself, and the names that the user says are its bearer's.
pub struct Matcher<'a> {
    kind: EntityKind,
    asked: Vec<Asked>,
    corrections: Option<&'a Corrections>,
}

/// One name asked for.
struct Asked {
    kind: EntityKind,
    printed: String,
    folded: String,
    name: Name,
    ids: Vec<&'static str>,
}

impl Matcher<'_> {
    /// Reads the name asked for.
    #[must_use]
    pub fn new(kind: EntityKind, asked: &str) -> Matcher<'static> {
        Matcher { kind, asked: vec![Asked::new(kind, asked)], corrections: None }
    }

    /// The same by the user's corrections.
    fn corrected<'a>(kind: EntityKind, asked: &str, corrections: &'a Corrections) -> Matcher<'a> {
        if corrections.is_empty() {
            return Matcher::new(kind, asked);
        }
        let asked = corrections.asked(kind, asked).into_iter().map(|name| Asked::new(kind, name)).collect();
        Matcher { kind, asked, corrections: Some(corrections) }
    }

    /// Tells whether a name of the archive is taken.
    #[must_use]
    pub fn takes(&self, id: &str, name: &str) -> bool {
        let Some(corrections) = self.corrections else { return self.asked.iter().any(|a| a.takes(id, name)) };
        let Corrected::As(id) = corrections.identity(self.kind, id, name) else { return false };
        let apart = |asked: &Asked| corrections.are_apart(self.kind, &asked.printed, name);
        let others = corrections.others(self.kind, &id, name);
        self.asked.iter().any(|asked| {
            !apart(asked) && (asked.takes(&id, name) || others.iter().any(|other| asked.takes(&id, other)))
        })
    }
}

impl Asked {
    fn new(kind: EntityKind, asked: &str) -> Asked {
        let asked = tidy(asked);
        let ids = known::lookup(kind, &asked).map(|(k, _)| k.id()).collect();
        Asked { kind, folded: fold(&asked), name: Name::new(&asked), ids, printed: asked }
    }

    fn takes(&self, id: &str, name: &str) -> bool {
        if let Some(known) = id.strip_prefix("q:")
            && self.ids.contains(&known)
        {
            return true;
        }
        if fold(name) == self.folded {
            return true;
        }
        match (self.kind, self.name.words_count()) {
            (EntityKind::Place, _) | (_, 0) => false,
            (EntityKind::Person, 1) => {
                let other = Name::new(name);
                let least = if other.shares_script(&self.name) { WORD_SAME_SCRIPT_MIN } else { WORD_MIN };
                other.best_word(&self.name) >= least
            }
            (EntityKind::Person | EntityKind::Org, _) => names::compare(&Name::new(name), &self.name).same,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Matcher;
    use crate::story::EntityKind::{Org, Person};

    #[test]
    fn a_surname_takes_its_bearers_in_any_script() {
        let putin = Matcher::new(Person, "Putin");
        for name in ["Vladimir Poutine", "Владимир Путин", "Путина", "ولادیمیر پوتین", "弗拉基米尔·普京", "V. Putin"]
        {
            assert!(putin.takes("", name), "{name}");
        }
        for name in ["Vladimir Petrov", "George Patton", "Viktor Orbán", "Пётр Путилов", "Paul Pétain", "Путилов"]
        {
            assert!(!putin.takes("", name), "{name}");
        }
        assert!(putin.takes("q:putin-vladimir", "президент"));
    }

    #[test]
    fn a_full_name_takes_no_namesake() {
        let kim = Matcher::new(Person, "Kim Jong-un");
        assert!(kim.takes("", "김정은") && kim.takes("", "Ким Чен Ын"));
        assert!(!kim.takes("", "Kim Jong-il") && !kim.takes("", "Kim"));
    }

    #[test]
    fn an_organisation_is_asked_for_whole() {
        let gazprom = Matcher::new(Org, "Gazprom");
        assert!(gazprom.takes("", "Газпром") && gazprom.takes("", "GAZPROM"));
        assert!(!gazprom.takes("", "Gazprom Neft"));
    }
}
