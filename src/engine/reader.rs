//! The archive, read: counting, ranking, fetching stories. Never writes, never locks.

use super::schema::{Fields, build};
use super::{Archive, ArchiveError, State};
use crate::story::{Story, StoryId};
use std::collections::BTreeMap;
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue, SortByString};
use tantivy::collector::{Collector, Count, SegmentCollector, TopDocs};
use tantivy::columnar::StrColumn;
use tantivy::query::{Query, RangeQuery};
use tantivy::schema::{Term, Value};
use tantivy::{DocAddress, DocId, Index, Searcher, SegmentReader, TantivyDocument};

/// How often opening is tried again when a writer removes a segment under our hands.
const OPENINGS_MAX: usize = 5;

/// The order of a result list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Best match first; ties by date, latest first, then by id.
    #[default]
    Relevance,
    /// Earliest first, undated last.
    Date,
    /// Latest first, undated last.
    DateDescending,
}

/// One story that matches.
#[derive(Clone, Debug)]
pub struct Match {
    /// BM25 score; 0 in lists by date.
    pub score: f32,
    /// The story.
    pub story: Story,
}

/// A page of matches and the exact size of the whole set.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Number of stories that match.
    pub total: usize,
    /// How many of them have no known day of filing.
    pub undated: usize,
    /// The page asked for.
    pub matches: Vec<Match>,
}

/// What a count can be broken down by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// Agency ids.
    Agency,
    /// Dateline places.
    From,
    /// Language codes.
    Lang,
    /// Statuses.
    Status,
    /// Wire formats.
    Format,
    /// Encodings.
    Encoding,
    /// Days of filing.
    Day,
    /// Months of filing.
    Month,
    /// Years of filing.
    Year,
}

/// An archive opened for reading, at one generation.
pub struct Reader {
    archive: Archive,
    pub(super) fields: Fields,
    pub(super) searcher: Searcher,
    state: State,
    languages: Vec<String>,
}

impl Reader {
    /// Opens `archive` at its last commit.
    ///
    /// # Errors
    /// Damaged or of another version.
    pub fn open(archive: &Archive) -> Result<Reader, ArchiveError> {
        let mut last = None;
        for _ in 0..OPENINGS_MAX {
            match Reader::try_open(archive) {
                Ok(reader) => return Ok(reader),
                Err(e @ (ArchiveError::Version { .. } | ArchiveError::Missing(_))) => return Err(e),
                Err(e) => last = Some(e),
            }
        }
        Err(last.unwrap_or_else(|| ArchiveError::Missing(archive.folder().to_owned())))
    }

    fn try_open(archive: &Archive) -> Result<Reader, ArchiveError> {
        let index: Index = archive.open_for_reading()?;
        let state = archive.state(&index)?;
        let reader = index
            .reader_builder()
            .reload_policy(tantivy::ReloadPolicy::Manual)
            .try_into()
            .map_err(|e| archive.damaged(format!("{e}")))?;
        let searcher = reader.searcher();
        // The commit record is read before the segments: both must be of one commit.
        let now = archive.state(&index)?;
        if now != state {
            return Err(archive.damaged("it is being written faster than it can be opened"));
        }
        if searcher.num_docs() != state.stories {
            let (stories, held) = (state.stories, searcher.num_docs());
            return Err(archive.damaged(format!("the commit record counts {stories} stories, the index {held}")));
        }
        let languages = languages(&searcher).map_err(|e| archive.damaged(e.to_string()))?;
        Ok(Reader { archive: archive.clone(), fields: build().1, searcher, state, languages })
    }

    /// Number of the commit that is read.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.state.generation
    }

    /// Number of stories.
    #[must_use]
    pub fn stories(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Number of segments.
    #[must_use]
    pub fn segments(&self) -> usize {
        self.searcher.segment_readers().len()
    }

    /// Codes of the languages that the archive's stories are in.
    #[must_use]
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    pub(super) fn damaged(&self, e: &tantivy::TantivyError) -> ArchiveError {
        self.archive.damaged(e.to_string())
    }

    /// Counts the stories that match.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn count(&self, query: &dyn Query) -> Result<usize, ArchiveError> {
        self.searcher.search(query, &Count).map_err(|e| self.damaged(&e))
    }

    pub(super) fn dated(&self) -> Box<dyn Query> {
        let lowest = Term::from_field_i64(self.fields.filed, i64::MIN);
        Box::new(RangeQuery::new(std::ops::Bound::Included(lowest), std::ops::Bound::Unbounded))
    }

    /// Answers `query`: exact total, and the page of `limit` matches from `offset`.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn answer(
        &self,
        query: &dyn Query,
        ranked: &dyn Query,
        order: Order,
        limit: usize,
        offset: usize,
    ) -> Result<Answer, ArchiveError> {
        let (total, undated) = self.searcher.search(query, &Tally).map_err(|e| self.damaged(&e))?;
        let limit = limit.min(total.saturating_sub(offset));
        let mut matches = Vec::with_capacity(limit);
        if limit > 0 {
            for (score, address) in self.page(ranked, order, limit, offset)? {
                matches.push(Match { score, story: self.story(address)? });
            }
        }
        Ok(Answer { total, undated, matches })
    }

    fn page(
        &self,
        query: &dyn Query,
        order: Order,
        limit: usize,
        offset: usize,
    ) -> Result<Vec<(f32, DocAddress)>, ArchiveError> {
        let top = TopDocs::with_limit(limit).and_offset(offset);
        // Ties go by date, id and path, so that a list is the same however the segments lie.
        let filed = |order| (SortByStaticFastValue::<i64>::for_field("filed"), order);
        let id = (SortByStaticFastValue::<u64>::for_field("id"), tantivy::Order::Asc);
        let path = (SortByString::for_field("path"), tantivy::Order::Asc);
        match order {
            Order::Relevance => {
                let key = (SortBySimilarityScore, filed(tantivy::Order::Desc), id, path);
                let rows = self.searcher.search(query, &top.order_by(key));
                rows.map(|rows| rows.into_iter().map(|((score, ..), address)| (score, address)).collect())
            }
            Order::Date | Order::DateDescending => {
                let direction = if order == Order::Date { tantivy::Order::Asc } else { tantivy::Order::Desc };
                let rows = self.searcher.search(query, &top.order_by((filed(direction), id, path)));
                rows.map(|rows| rows.into_iter().map(|(_, address)| (0.0, address)).collect())
            }
        }
        .map_err(|e| self.damaged(&e))
    }

    fn story(&self, address: DocAddress) -> Result<Story, ArchiveError> {
        let document: TantivyDocument = self.searcher.doc(address).map_err(|e| self.damaged(&e))?;
        let bytes = document
            .get_first(self.fields.record)
            .and_then(|v| v.as_bytes().map(<[u8]>::to_vec))
            .ok_or_else(|| self.archive.damaged("a story has no record"))?;
        super::record::decode(&bytes).map_err(|e| self.archive.damaged(e))
    }

    /// Returns the stories whose ids begin with `prefix`, at most `limit`.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn by_id(&self, prefix: &str, limit: usize) -> Result<Vec<Story>, ArchiveError> {
        let Some((low, high)) = StoryId::prefix_range(prefix) else { return Ok(Vec::new()) };
        let term = |id: StoryId| std::ops::Bound::Included(Term::from_field_u64(self.fields.id, id.0));
        let query = RangeQuery::new(term(low), term(high));
        let mut stories = Vec::new();
        for (_, address) in self.page(&query, Order::Relevance, limit, 0)? {
            stories.push(self.story(address)?);
        }
        stories.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| a.path.cmp(&b.path)));
        Ok(stories)
    }

    /// Calls `each` with every matching story, in the archive's own order.
    ///
    /// # Errors
    /// A file of the archive cannot be read, or `each` refuses.
    pub fn for_each_row(&self, query: &dyn Query, each: &mut dyn FnMut(StoryId, &str)) -> Result<(), ArchiveError> {
        let rows = self.searcher.search(query, &Rows).map_err(|e| self.damaged(&e))?;
        for (id, path) in rows {
            each(StoryId(id), &path);
        }
        Ok(())
    }

    /// Counts the matching stories by `facet`. A story with several values counts under
    /// each; one without is counted under the empty key.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn facets(&self, query: &dyn Query, facet: Facet) -> Result<BTreeMap<String, u64>, ArchiveError> {
        match facet {
            Facet::Agency => self.by_name(query, "agency"),
            Facet::From => self.by_name(query, "from_label"),
            Facet::Lang => self.by_name(query, "lang"),
            Facet::Status => self.by_name(query, "status"),
            Facet::Format => self.by_name(query, "format"),
            Facet::Encoding => self.by_name(query, "encoding"),
            Facet::Day => self.by_date(query, "%Y-%m-%d"),
            Facet::Month => self.by_date(query, "%Y-%m"),
            Facet::Year => self.by_date(query, "%Y"),
        }
    }

    fn by_name(&self, query: &dyn Query, field: &'static str) -> Result<BTreeMap<String, u64>, ArchiveError> {
        self.searcher.search(query, &Names { field }).map_err(|e| self.damaged(&e))
    }

    fn by_date(&self, query: &dyn Query, pattern: &str) -> Result<BTreeMap<String, u64>, ArchiveError> {
        let days = self.searcher.search(query, &Days).map_err(|e| self.damaged(&e))?;
        let mut counts = BTreeMap::new();
        for (day, count) in days {
            let key = day
                .and_then(|d| chrono::NaiveDate::default().checked_add_signed(chrono::TimeDelta::days(d)))
                .map_or(String::new(), |d| d.format(pattern).to_string());
            *counts.entry(key).or_default() += count;
        }
        Ok(counts)
    }
}

/// Reads the languages from the dictionaries of their column.
fn languages(searcher: &Searcher) -> tantivy::Result<Vec<String>> {
    let mut languages = std::collections::BTreeSet::new();
    for segment in searcher.segment_readers() {
        let Some(column) = segment.fast_fields().str("lang")? else { continue };
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            languages.insert(String::from_utf8_lossy(terms.key()).into_owned());
        }
    }
    Ok(languages.into_iter().collect())
}

/// Counts the matches, and those without a known day of filing, in one pass.
struct Tally;

struct TallyOfSegment {
    filed: Option<tantivy::columnar::Column<i64>>,
    total: usize,
    dated: usize,
}

impl Collector for Tally {
    type Fruit = (usize, usize);
    type Child = TallyOfSegment;
    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<TallyOfSegment> {
        let filed = segment.fast_fields().column_opt::<i64>("filed")?;
        Ok(TallyOfSegment { filed, total: 0, dated: 0 })
    }
    fn requires_scoring(&self) -> bool {
        false
    }
    fn merge_fruits(&self, fruits: Vec<(usize, usize)>) -> tantivy::Result<(usize, usize)> {
        Ok(fruits.into_iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1)))
    }
}

impl SegmentCollector for TallyOfSegment {
    type Fruit = (usize, usize);
    fn collect(&mut self, doc: DocId, _: f32) {
        self.total += 1;
        self.dated += usize::from(self.filed.as_ref().is_some_and(|f| f.first(doc).is_some()));
    }
    fn harvest(self) -> (usize, usize) {
        (self.total, self.total - self.dated)
    }
}

/// Collects id and path of every match.
struct Rows;

struct RowsOfSegment {
    ids: tantivy::columnar::Column<u64>,
    paths: Option<StrColumn>,
    rows: Vec<(u64, u64)>,
}

impl Collector for Rows {
    type Fruit = Vec<(u64, String)>;
    type Child = RowsOfSegment;
    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<RowsOfSegment> {
        let fast = segment.fast_fields();
        Ok(RowsOfSegment { ids: fast.u64("id")?, paths: fast.str("path")?, rows: Vec::new() })
    }
    fn requires_scoring(&self) -> bool {
        false
    }
    fn merge_fruits(&self, fruits: Vec<tantivy::Result<Vec<(u64, String)>>>) -> tantivy::Result<Vec<(u64, String)>> {
        let mut all = Vec::new();
        for fruit in fruits {
            all.extend(fruit?);
        }
        all.sort_unstable();
        Ok(all)
    }
}

impl SegmentCollector for RowsOfSegment {
    type Fruit = tantivy::Result<Vec<(u64, String)>>;
    fn collect(&mut self, doc: DocId, _: f32) {
        let id = self.ids.first(doc).unwrap_or_default();
        let path = self.paths.as_ref().and_then(|p| p.term_ords(doc).next()).unwrap_or(u64::MAX);
        self.rows.push((path, id));
    }
    fn harvest(mut self) -> Self::Fruit {
        // One sorted pass over the dictionary: a look-up a row costs a thousand times more.
        self.rows.sort_unstable();
        let mut out = Vec::with_capacity(self.rows.len());
        let Some(paths) = &self.paths else { return Ok(out) };
        let mut ords: Vec<u64> = self.rows.iter().map(|(ord, _)| *ord).collect();
        ords.dedup();
        let mut names = Vec::with_capacity(ords.len());
        paths
            .dictionary()
            .sorted_ords_to_term_cb(&ords, |term| names.push(String::from_utf8_lossy(term).into_owned()))?;
        let mut names = ords.iter().zip(names).peekable();
        for (ord, id) in self.rows {
            while names.peek().is_some_and(|(o, _)| **o < ord) {
                names.next();
            }
            if let Some((_, name)) = names.peek() {
                out.push((id, name.clone()));
            }
        }
        Ok(out)
    }
}

/// Counts the values of a column of names.
struct Names {
    field: &'static str,
}

struct NamesOfSegment {
    column: Option<StrColumn>,
    counts: Vec<u64>,
    without: u64,
}

impl Collector for Names {
    type Fruit = BTreeMap<String, u64>;
    type Child = NamesOfSegment;
    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<NamesOfSegment> {
        let column = segment.fast_fields().str(self.field)?;
        let terms = column.as_ref().map_or(0, |c| c.num_terms());
        Ok(NamesOfSegment { column, counts: vec![0; terms], without: 0 })
    }
    fn requires_scoring(&self) -> bool {
        false
    }
    fn merge_fruits(
        &self,
        fruits: Vec<tantivy::Result<BTreeMap<String, u64>>>,
    ) -> tantivy::Result<BTreeMap<String, u64>> {
        let mut all = BTreeMap::new();
        for fruit in fruits {
            for (key, count) in fruit? {
                *all.entry(key).or_default() += count;
            }
        }
        Ok(all)
    }
}

impl SegmentCollector for NamesOfSegment {
    type Fruit = tantivy::Result<BTreeMap<String, u64>>;
    fn collect(&mut self, doc: DocId, _: f32) {
        let mut any = false;
        if let Some(column) = &self.column {
            for ord in column.term_ords(doc) {
                if let Some(count) = usize::try_from(ord).ok().and_then(|o| self.counts.get_mut(o)) {
                    *count += 1;
                    any = true;
                }
            }
        }
        self.without += u64::from(!any);
    }
    fn harvest(self) -> Self::Fruit {
        let mut out = BTreeMap::new();
        if self.without > 0 {
            out.insert(String::new(), self.without);
        }
        let Some(column) = &self.column else { return Ok(out) };
        for (ord, count) in self.counts.iter().enumerate().filter(|(_, c)| **c > 0) {
            let mut name = String::new();
            column.ord_to_str(ord as u64, &mut name)?;
            *out.entry(name).or_default() += count;
        }
        Ok(out)
    }
}

/// Counts the days of filing; `None` counts the undated.
struct Days;

struct DaysOfSegment {
    filed: tantivy::columnar::Column<i64>,
    counts: BTreeMap<Option<i64>, u64>,
}

impl Collector for Days {
    type Fruit = BTreeMap<Option<i64>, u64>;
    type Child = DaysOfSegment;
    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<DaysOfSegment> {
        Ok(DaysOfSegment { filed: segment.fast_fields().i64("filed")?, counts: BTreeMap::new() })
    }
    fn requires_scoring(&self) -> bool {
        false
    }
    fn merge_fruits(&self, fruits: Vec<BTreeMap<Option<i64>, u64>>) -> tantivy::Result<BTreeMap<Option<i64>, u64>> {
        let mut all = BTreeMap::new();
        for (day, count) in fruits.into_iter().flatten() {
            *all.entry(day).or_default() += count;
        }
        Ok(all)
    }
}

impl SegmentCollector for DaysOfSegment {
    type Fruit = BTreeMap<Option<i64>, u64>;
    fn collect(&mut self, doc: DocId, _: f32) {
        let day = self.filed.first(doc).map(|seconds| seconds.div_euclid(86_400));
        *self.counts.entry(day).or_default() += 1;
    }
    fn harvest(self) -> Self::Fruit {
        self.counts
    }
}
