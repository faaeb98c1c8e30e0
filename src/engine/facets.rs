//! Counts of a set by agency, place, language, day… read from columns in one pass.

use super::bearers::part;
use super::corrections::{Corrected, Corrections};
use super::events::bins_of_entry;
use super::hands::{by_piece, whole};
use super::one_name::key_of;
use super::tally::Tally;
use super::told_apart::told_apart;
use super::{ArchiveError, Reader, reader::for_each_block};
use crate::data::{place_asked, places};
use crate::story::{EntityKind, Status};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use tantivy::columnar::StrColumn;
use tantivy::query::{BooleanQuery, Occur, Query};
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{DocSet, TERMINATED};

/// How days, months and years are written.
pub(super) const DAY: &str = "%Y-%m-%d";
pub(super) const MONTH: &str = "%Y-%m";
pub(super) const YEAR: &str = "%Y";
/// Seconds of a day.
pub(super) const DAY_SECONDS: i64 = 86_400;

/// The name of a country, by its code; with what tells it from others where a query for the name alone
/// finds more: `Georgia [country]`.
pub(super) fn country_name(code: &str) -> Option<String> {
    let country = places::country(code)?;
    let is_sure = place_asked::asked(country.name()).iter().all(|place| place.is_within(country));
    Some(if is_sure { country.name().to_owned() } else { told_apart(EntityKind::Place, country.name(), country.id()) })
}

/// The code of the country that a name which nothing told in its story is of, where it can be nothing else.
fn country_only(name: &str) -> Option<&'static str> {
    let found = place_asked::asked(name);
    let [country] = found.as_slice() else { return None };
    let key = key_of(EntityKind::Place, name);
    // A code is none of its names: *EC* is hardly ever Ecuador.
    let is_named = || country.all_names().any(|own| own == key);
    (country.kind() == places::Kind::Country && is_named()).then(|| country.country())
}

/// A day since 1970-01-01 in a pattern.
pub(super) fn day_shown(day: i64, pattern: &str) -> String {
    let day = chrono::TimeDelta::try_days(day).and_then(|d| chrono::NaiveDate::default().checked_add_signed(d));
    day.map_or_else(String::new, |day| day.format(pattern).to_string())
}

/// What several threads have counted, all together.
fn added_up<K: Ord, C: IntoIterator<Item = (K, u64)>>(counts: Vec<C>) -> BTreeMap<K, u64> {
    let mut all = BTreeMap::new();
    for (key, n) in counts.into_iter().flatten() {
        *all.entry(key).or_default() += n;
    }
    all
}

/// What a count can be broken down by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// Agency ids.
    Agency,
    /// Dateline places.
    From,
    /// People named.
    Person,
    /// Places named or filed from.
    Place,
    /// Countries of the places named or filed from.
    Country,
    /// Organisations named.
    Org,
    /// Language codes.
    Lang,
    /// Slugs, levelled.
    Slug,
    /// Statuses.
    Status,
    /// Wire formats.
    Format,
    /// Encodings.
    Encoding,
    /// Codes of warnings.
    Warning,
    /// Days of filing.
    Day,
    /// Months of filing.
    Month,
    /// Years of filing.
    Year,
}

impl Facet {
    /// Every facet, in the order of the listing.
    pub const ALL: [Facet; 15] = [
        Facet::Agency,
        Facet::From,
        Facet::Person,
        Facet::Place,
        Facet::Country,
        Facet::Org,
        Facet::Lang,
        Facet::Slug,
        Facet::Status,
        Facet::Format,
        Facet::Encoding,
        Facet::Warning,
        Facet::Day,
        Facet::Month,
        Facet::Year,
    ];

    /// Returns the word used on the command line and in output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Facet::Agency => "agency",
            Facet::From => "from",
            Facet::Person => "person",
            Facet::Place => "place",
            Facet::Country => "country",
            Facet::Org => "org",
            Facet::Lang => "lang",
            Facet::Slug => "slug",
            Facet::Status => "status",
            Facet::Format => "format",
            Facet::Encoding => "encoding",
            Facet::Warning => "warning",
            Facet::Day => "day",
            Facet::Month => "month",
            Facet::Year => "year",
        }
    }

    /// Tells whether its values are times, listed in their own order.
    #[must_use]
    pub fn is_time(self) -> bool {
        matches!(self, Facet::Day | Facet::Month | Facet::Year)
    }
}

impl Reader {
    /// Counts the matching stories by `facet`. A story with several values counts under
    /// each; one without is counted under the empty key.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn facets(&self, query: &dyn Query, facet: Facet) -> Result<BTreeMap<String, u64>, ArchiveError> {
        match facet {
            Facet::Agency => self.by_name(query, "agency"),
            // A dateline says what it says, whatever the user's corrections are.
            Facet::From => self.by_bearer(query, "from_label", EntityKind::Place, &Corrections::default()),
            Facet::Person => self.by_bearer(query, "person", EntityKind::Person, &self.corrections),
            Facet::Place => self.by_bearer(query, "place_label", EntityKind::Place, &self.corrections),
            Facet::Country => self.by_country(query).map_err(|e| self.damaged(&e)),
            Facet::Slug => self.by_term(query, self.fields.slug, "", |slug| Some(slug.to_owned())),
            Facet::Org => self.by_bearer(query, "org", EntityKind::Org, &self.corrections),
            Facet::Lang => self.by_name(query, "lang"),
            Facet::Status => self.by_status(query).map_err(|e| self.damaged(&e)),
            Facet::Format => self.by_name(query, "format"),
            Facet::Encoding => self.by_name(query, "encoding"),
            Facet::Warning => self.by_name(query, "warning"),
            Facet::Day => self.by_pattern(query, DAY),
            Facet::Month => self.by_pattern(query, MONTH),
            Facet::Year => self.by_pattern(query, YEAR),
        }
    }

    fn by_name(&self, query: &dyn Query, field: &str) -> Result<BTreeMap<String, u64>, ArchiveError> {
        self.names(query, field).map_err(|e| self.damaged(&e))
    }

    /// Counts by the terms of a field that has no column, those that begin with `prefix`, as
    /// `told` has the rest of each.
    fn by_term(
        &self,
        query: &dyn Query,
        field: Column,
        prefix: &str,
        told: impl Fn(&str) -> Option<String>,
    ) -> Result<BTreeMap<String, u64>, ArchiveError> {
        self.term_counts(query, field, prefix, &told).map_err(|e| self.damaged(&e))
    }

    fn term_counts(
        &self,
        query: &dyn Query,
        field: Column,
        prefix: &str,
        told: &dyn Fn(&str) -> Option<String>,
    ) -> tantivy::Result<BTreeMap<String, u64>> {
        let weight = self.unscored(query)?;
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for piece in &whole(&self.searcher) {
            let segment = piece.segment;
            // Of each story whether it matches, and whether it has a value.
            let mut stories: Vec<(bool, bool)> = vec![(false, false); segment.max_doc() as usize];
            for_each_block(&*weight, piece, &mut |docs| {
                docs.iter().for_each(|doc| stories[*doc as usize].0 = true);
            })?;
            let index = segment.inverted_index(field)?;
            let mut terms = index.terms().range().ge(prefix.as_bytes()).into_stream()?;
            while terms.advance() {
                let term = String::from_utf8_lossy(terms.key()).into_owned();
                let Some(rest) = term.strip_prefix(prefix) else { break };
                let Some(value) = told(rest) else { continue };
                let mut postings = index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
                let mut found = 0;
                while postings.doc() != TERMINATED {
                    let (matches, has_value) = &mut stories[postings.doc() as usize];
                    found += u64::from(*matches);
                    *has_value = true;
                    postings.advance();
                }
                if found > 0 {
                    *counts.entry(value).or_default() += found;
                }
            }
            let without = stories.iter().filter(|(matches, has_value)| *matches && !has_value).count() as u64;
            if without > 0 {
                *counts.entry(String::new()).or_default() += without;
            }
        }
        Ok(counts)
    }

    /// Counts by country, place by place, as the user's corrections have it. A name that nothing told is a
    /// country's where it can be nothing else, as a query has it.
    fn by_country(&self, query: &dyn Query) -> tantivy::Result<BTreeMap<String, u64>> {
        let weight = self.unscored(query)?;
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for piece in &whole(&self.searcher) {
            let segment = piece.segment;
            let Some(column) = segment.fast_fields().str("place_label")? else {
                for_each_block(&*weight, piece, &mut |docs| *counts.entry("").or_default() += docs.len() as u64)?;
                continue;
            };
            let country_of = self.countries(&column)?;
            let mut here: Vec<&str> = Vec::new();
            for_each_block(&*weight, piece, &mut |docs| {
                for doc in docs {
                    here.clear();
                    let ords = column.term_ords(*doc).filter_map(|ord| usize::try_from(ord).ok());
                    here.extend(ords.filter_map(|ord| country_of.get(ord).copied().flatten()));
                    here.sort_unstable();
                    here.dedup();
                    if here.is_empty() {
                        here.push("");
                    }
                    here.iter().for_each(|code| *counts.entry(code).or_default() += 1);
                }
            })?;
        }
        let named = counts.into_iter().map(|(code, n)| (country_name(code).unwrap_or_default(), n));
        Ok(named.collect())
    }

    /// The codes of the countries of a column's places, as the user's corrections have them.
    pub(super) fn countries(&self, column: &StrColumn) -> tantivy::Result<Vec<Option<&'static str>>> {
        let mut country_of = Vec::with_capacity(column.num_terms());
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            let term = String::from_utf8_lossy(terms.key());
            let (id, name) = part(&term);
            country_of.push(match self.corrections.identity(EntityKind::Place, id, name) {
                Corrected::As(id) if id.is_empty() => country_only(name),
                Corrected::As(id) => places::by_id(&id).map(|place| place.country()),
                Corrected::Nobody => None,
            });
        }
        Ok(country_of)
    }

    /// Counts by status; what a kill has taken back is counted as that.
    fn by_status(&self, query: &dyn Query) -> tantivy::Result<BTreeMap<String, u64>> {
        let mut counts = self.names(query, "status")?;
        let Some(withdrawn) = self.withdrawn()? else { return Ok(counts) };
        let both = BooleanQuery::new(vec![(Occur::Must, query.box_clone()), (Occur::Must, withdrawn)]);
        let mut moved = 0;
        for (status, n) in self.names(&both, "status")? {
            if let Some(count) = counts.get_mut(&status) {
                *count -= n.min(*count);
                moved += n;
            }
        }
        counts.retain(|_, n| *n > 0);
        if moved > 0 {
            counts.insert(Status::Withdrawn.as_str().to_owned(), moved);
        }
        Ok(counts)
    }

    pub(super) fn names(&self, query: &dyn Query, field: &str) -> tantivy::Result<BTreeMap<String, u64>> {
        let weight = self.unscored(query)?;
        let counts = by_piece(&self.searcher, u64::MAX, BTreeMap::new, |all: &mut BTreeMap<String, u64>, piece| {
            let column = piece.segment.fast_fields().str(field)?;
            let mut counts: Vec<u64> = vec![0; column.as_ref().map_or(0, |c| c.num_terms())];
            let mut without = 0;
            for_each_block(&*weight, piece, &mut |docs| {
                let Some(column) = &column else {
                    without += docs.len() as u64;
                    return;
                };
                for doc in docs {
                    let mut any = false;
                    for ord in column.term_ords(*doc) {
                        if let Some(count) = usize::try_from(ord).ok().and_then(|o| counts.get_mut(o)) {
                            *count += 1;
                            any = true;
                        }
                    }
                    without += u64::from(!any);
                }
            })?;
            if without > 0 {
                *all.entry(String::new()).or_default() += without;
            }
            let Some(column) = column else { return Ok(()) };
            let ords: Vec<u64> = (0..).zip(&counts).filter(|(_, n)| **n > 0).map(|(ord, _)| ord).collect();
            let mut found = counts.iter().filter(|n| **n > 0);
            column.dictionary().sorted_ords_to_term_cb(&ords, |term| {
                let count = found.next().copied().unwrap_or_default();
                *all.entry(String::from_utf8_lossy(term).into_owned()).or_default() += count;
            })?;
            Ok(())
        })?;
        Ok(added_up(counts))
    }

    fn by_bearer(
        &self,
        query: &dyn Query,
        field: &str,
        kind: EntityKind,
        corrections: &Corrections,
    ) -> Result<BTreeMap<String, u64>, ArchiveError> {
        self.bearer_counts(query, field, kind, corrections).map_err(|e| self.damaged(&e))
    }

    /// Counts bearers under their most frequent name. Names with one id are one bearer,
    /// and a story counts once for each however many names it has for them.
    fn bearer_counts(
        &self,
        query: &dyn Query,
        field: &str,
        kind: EntityKind,
        corrections: &Corrections,
    ) -> tantivy::Result<BTreeMap<String, u64>> {
        let weight = self.unscored(query)?;
        let mut tally = Tally::new(kind, corrections);
        let mut stories: Vec<u64> = Vec::new();
        let mut without = 0;
        for piece in &whole(&self.searcher) {
            let segment = piece.segment;
            let Some(column) = segment.fast_fields().str(field)? else {
                for_each_block(&*weight, piece, &mut |docs| without += docs.len() as u64)?;
                continue;
            };
            let mut terms = tally.terms(&column)?;
            stories.resize(tally.len(), 0);
            let mut here: Vec<usize> = Vec::new();
            for_each_block(&*weight, piece, &mut |docs| {
                for doc in docs {
                    here.clear();
                    terms.of(column.term_ords(*doc), &mut here);
                    here.iter().for_each(|bearer| stories[*bearer] += 1);
                    without += u64::from(here.is_empty());
                }
            })?;
            tally.add(terms);
        }
        let mut all: BTreeMap<String, u64> = BTreeMap::new();
        for (bearer, name) in tally.labels() {
            *all.entry(name).or_default() += stories[bearer];
        }
        if without > 0 {
            all.insert(String::new(), without);
        }
        Ok(all)
    }

    fn by_pattern(&self, query: &dyn Query, pattern: &str) -> Result<BTreeMap<String, u64>, ArchiveError> {
        let days = self.days(query)?;
        let mut counts = BTreeMap::new();
        for (day, count) in days {
            let key = day.map_or_else(String::new, |day| day_shown(day, pattern));
            *counts.entry(key).or_default() += count;
        }
        Ok(counts)
    }

    /// Counts the matching stories by day of filing, as days since 1970-01-01; `None`
    /// counts the undated.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn days(&self, query: &dyn Query) -> Result<BTreeMap<Option<i64>, u64>, ArchiveError> {
        let count = || -> tantivy::Result<_> {
            let weight = self.unscored(query)?;
            let start = FxHashMap::<Option<i64>, u64>::default;
            let counts = by_piece(&self.searcher, u64::MAX, start, |counts, piece| {
                let filed = piece.segment.fast_fields().i64("filed")?;
                let mut dates = Vec::new();
                for_each_block(&*weight, piece, &mut |docs| {
                    dates.clear();
                    dates.resize(docs.len(), None);
                    filed.first_vals(docs, &mut dates);
                    for date in &dates {
                        *counts.entry(date.map(|s: i64| s.div_euclid(DAY_SECONDS))).or_default() += 1;
                    }
                })
            })?;
            Ok(added_up(counts))
        };
        count().map_err(|e| self.damaged(&e))
    }

    /// Counts the matching stories by the times that they speak of: `bin_of` names the
    /// bin that a day lies in, `bin_days` is the length of the longest bin. A story counts
    /// in each bin in which `event:` would find it, once; `None` counts those that speak
    /// of no time short enough.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn events(
        &self,
        query: &dyn Query,
        bin_days: i64,
        bin_of: &dyn Fn(i64) -> i64,
    ) -> Result<BTreeMap<Option<i64>, u64>, ArchiveError> {
        let count = || -> tantivy::Result<_> {
            let weight = self.unscored(query)?;
            let mut counts: BTreeMap<Option<i64>, u64> = BTreeMap::new();
            let mut bins: Vec<i64> = Vec::new();
            for piece in &whole(&self.searcher) {
                let segment = piece.segment;
                let entries = segment.fast_fields().i64("event")?;
                for_each_block(&*weight, piece, &mut |docs| {
                    for doc in docs {
                        bins.clear();
                        bins.extend(
                            entries.values_for_doc(*doc).filter_map(|e| bins_of_entry(e, bin_days)).map(bin_of),
                        );
                        bins.sort_unstable();
                        bins.dedup();
                        for bin in &bins {
                            *counts.entry(Some(*bin)).or_default() += 1;
                        }
                        if bins.is_empty() {
                            *counts.entry(None).or_default() += 1;
                        }
                    }
                })?;
            }
            Ok(counts)
        };
        count().map_err(|e| self.damaged(&e))
    }
}
