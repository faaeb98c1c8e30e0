//! Who is meant: the names of an archive that a name in a query stands for.
//!
//! The names are those of the archive's own dictionary, so that what is found is what is
//! there, each with its number of stories. A name asked for in full finds what sounds the
//! same in any script; a single word finds the bearers whose name it is part of.

use super::ArchiveError;
use super::bearers::{column, part};
use super::corrections::Corrected;
use super::matcher::Matcher;
use super::reader::Reader;
use crate::data::before_names::bare;
use crate::story::EntityKind;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use tantivy::query::{AllQuery, BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};

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
        let shown = self.without(Box::new(AllQuery), statuses)?;
        let counts = self.names(&*shown, column).map_err(|e| self.damaged(&e))?;
        found.iter_mut().for_each(|b| b.stories = counts.get(&b.term).copied().unwrap_or(0));
        found.retain(|b| b.stories > 0);
        Ok(found)
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
            let field =
                if b.kind == EntityKind::Place { self.fields.place_label } else { column(&self.fields, b.kind) };
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
        self.bearers(kind, &mut *self.taker(kind, asked)?)
    }

    /// The same with the stories of some statuses left out.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn who_without(&self, kind: EntityKind, asked: &str, statuses: &[&str]) -> Result<Vec<Bearer>, ArchiveError> {
        self.bearers_without(kind, statuses, &mut *self.taker(kind, asked)?)
    }

    /// What `asked` takes: names that are it or sound like it, and all the other names of
    /// the bearers whom these stand for. One person has one set of stories, whichever of
    /// the names is asked for.
    fn taker<'a>(&'a self, kind: EntityKind, asked: &str) -> Result<Box<Taker<'a>>, ArchiveError> {
        let mut matcher = Matcher::corrected(kind, asked, &self.corrections);
        if kind == EntityKind::Place || matcher.is_settled() {
            return Ok(Box::new(move |id, name| matcher.takes(id, name)));
        }
        let mut taken = self.taken(kind, &matcher)?;
        if let (true, Some(bare)) = (taken.names.is_empty(), bare(asked)) {
            // A title is no part of a name, unless somebody is called so.
            matcher = Matcher::corrected(kind, bare, &self.corrections);
            taken = self.taken(kind, &matcher)?;
        }
        let is_theirs = move |id: &str, name: &str| {
            taken.has(id, name)
                || !id.is_empty() && matcher.identity(id, name).is_some_and(|id| taken.ids.contains(&id))
        };
        Ok(Box::new(is_theirs))
    }

    /// What `matcher` takes.
    fn taken(&self, kind: EntityKind, matcher: &Matcher<'_>) -> Result<Taken, ArchiveError> {
        let mut taken = Taken::default();
        self.bearers(kind, &mut |id, name| {
            if matcher.takes(id, name) && !taken.has(id, name) {
                taken.names.entry(name.to_owned()).or_default().push(id.to_owned());
                taken.ids.extend(if id.is_empty() { None } else { matcher.identity(id, name) });
            }
            false
        })?;
        Ok(taken)
    }
}

/// The names that a name in a query takes by themselves.
#[derive(Default)]
struct Taken {
    /// Each with the ids that it stands with.
    names: BTreeMap<String, Vec<String>>,
    /// Whom they stand for, by the user's corrections too.
    ids: FxHashSet<String>,
}

impl Taken {
    fn has(&self, id: &str, name: &str) -> bool {
        self.names.get(name).is_some_and(|ids| ids.iter().any(|other| other == id))
    }
}

/// Takes the id and the name of a bearer, or not.
type Taker<'a> = dyn FnMut(&str, &str) -> bool + 'a;
