//! Result lists: which stories match, in which order. A list of a million stories is a
//! million rows of 24 bytes; records are read later, in batches.

use super::best::{Bar, Segment};
use super::hands::{Piece, by_piece};
use super::reader::begun;
use super::sets::{Bits, Set};
use super::weighing::{Postings, Weighing};
use super::{ArchiveError, Reader};
use crate::story::StoryId;
use std::cell::OnceCell;
use std::cmp::Ordering;
use tantivy::columnar::{Column, ColumnIndex, StrColumn};
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocId, DocSet, SegmentReader};

/// Rows kept at least before the worse half is thrown away: a small list is sorted rarely.
const BUFFER_ROWS_MIN: usize = 1_024;

/// Copies of stories whose paths are in memory at a time.
const COPIES_BATCH: usize = 1 << 16;

/// The order of a result list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Best match first; ties by date, latest first, then by id, then by path.
    #[default]
    Relevance,
    /// Earliest first, undated last; ties by id, then by path.
    Date,
    /// Latest first, undated last; ties by id, then by path.
    DateDescending,
}

impl Order {
    /// Returns the word used on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Order::Relevance => "relevance",
            Order::Date => "date",
            Order::DateDescending => "-date",
        }
    }
}

/// A story that matches: its id, its score and where its record lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The story.
    pub id: StoryId,
    /// BM25 score with what the second look adds; 0 in lists by date.
    pub score: f32,
    segment: u32,
    doc: u32,
}

impl Row {
    pub(super) fn segment_number(&self) -> usize {
        self.segment as usize
    }

    pub(super) fn address(&self) -> DocAddress {
        DocAddress::new(self.segment, self.doc)
    }
}

/// A page of matches and the exact size of the whole set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Number of stories that match.
    pub total: usize,
    /// How many of them have no known day of filing.
    pub undated: usize,
    /// The page asked for.
    pub rows: Vec<Row>,
}

impl Listing {
    /// The same without the first `offset` rows.
    fn from(mut self, offset: usize) -> Listing {
        self.rows.drain(..offset.min(self.rows.len()));
        self
    }
}

/// A candidate with what it is ordered by.
#[derive(Clone, Copy)]
struct Ranked<K> {
    rank: K,
    id: u64,
    segment: u32,
    doc: u32,
}

/// What a list is ordered by, before the id.
trait Rank: Ord + Copy {
    /// Rank and id as one number or tuple: one comparison where there can be one.
    type Key: Ord + Copy;
    fn with(self, id: u64) -> Self::Key;
}

impl Rank for u64 {
    type Key = u128;
    #[inline]
    fn with(self, id: u64) -> u128 {
        u128::from(self) << 64 | u128::from(id)
    }
}

impl Rank for (u32, u64) {
    type Key = (u128, u64);
    #[inline]
    fn with(self, id: u64) -> (u128, u64) {
        (u128::from(self.0) << 64 | u128::from(self.1), id)
    }
}

impl<K: Rank> Ranked<K> {
    #[inline]
    fn key(&self) -> K::Key {
        self.rank.with(self.id)
    }
}

impl Reader {
    /// Lists what `query` finds: the exact total, and the page of `limit` rows from
    /// `offset`. With [`Order::Relevance`] the query's weights are asked for.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn list(&self, query: &dyn Query, order: Order, limit: usize, offset: usize) -> Result<Listing, ArchiveError> {
        let keep = limit.saturating_add(offset);
        let listing = match order {
            Order::Relevance => {
                self.by_relevance(query, keep).and_then(|list| self.finish(list, |(score, _)| score_of(score)))
            }
            Order::Date | Order::DateDescending => {
                self.by_date(query, order, keep).and_then(|list| self.finish(list, |_| 0.0))
            }
        };
        Ok(listing.map_err(|e| self.damaged(&e))?.from(offset))
    }

    /// Lists what `query` finds by what it weighs, as [`Reader::list`] does by relevance.
    /// Stories that cannot be on the page are counted, not weighed.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn list_weighed(
        &self,
        query: &dyn Query,
        weighing: &Weighing,
        limit: usize,
        offset: usize,
    ) -> Result<Listing, ArchiveError> {
        let list = self.by_weight(query, weighing, limit.saturating_add(offset));
        let listing = list.and_then(|list| self.finish(list, |(score, _)| score_of(score)));
        Ok(listing.map_err(|e| self.damaged(&e))?.from(offset))
    }

    fn by_date(&self, query: &dyn Query, order: Order, keep: usize) -> tantivy::Result<Collected<u64>> {
        let set = Set::of(query, &self.searcher, &self.dictionary)?;
        let lists = by_piece(
            &self.searcher,
            || Collected::new(keep),
            |list, piece| {
                let mut run = list.piece(piece)?;
                let mut dates = Vec::new();
                let mut ids = Vec::new();
                set.for_each_block(piece, &mut |docs| {
                    dates.clear();
                    dates.resize(docs.len(), None);
                    run.moments.first_vals(docs, &mut dates);
                    if run.list.keep == usize::MAX {
                        ids.clear();
                        ids.resize(docs.len(), None);
                        run.ids.first_vals(docs, &mut ids);
                        for ((doc, date), id) in docs.iter().zip(&dates).zip(&ids) {
                            run.count(*date);
                            run.push(date_rank(*date, order), id.unwrap_or_default(), *doc);
                        }
                    } else {
                        for (doc, date) in docs.iter().zip(&dates) {
                            run.count(*date);
                            run.offer(date_rank(*date, order), *doc);
                        }
                    }
                })?;
                run.end()
            },
        )?;
        Ok(Collected::joined(lists, keep))
    }

    fn by_relevance(&self, query: &dyn Query, keep: usize) -> tantivy::Result<Collected<(u32, u64)>> {
        let weight = query.weight(EnableScoring::enabled_from_searcher(&self.searcher))?;
        let lists = by_piece(
            &self.searcher,
            || Collected::new(keep),
            |list, piece| {
                let alive = piece.segment.alive_bitset();
                let mut run = list.piece(piece)?;
                let mut offer = |doc, score| {
                    if alive.is_none_or(|a| a.is_alive(doc)) {
                        let date = run.moments.first(doc);
                        run.count(date);
                        run.offer((score_rank(score), date_rank(date, Order::DateDescending)), doc);
                    }
                };
                if piece.is_whole() {
                    weight.for_each(piece.segment, &mut offer)?;
                } else {
                    let mut scorer = begun(&*weight, piece)?;
                    let mut doc = scorer.doc();
                    while doc < piece.docs.end {
                        offer(doc, scorer.score());
                        doc = scorer.advance();
                    }
                }
                run.end()
            },
        )?;
        Ok(Collected::joined(lists, keep))
    }

    fn by_weight(&self, query: &dyn Query, weighing: &Weighing, keep: usize) -> tantivy::Result<Collected<(u32, u64)>> {
        let set = Set::of(query, &self.searcher, &self.dictionary)?;
        let weights = weighing.weights(&self.searcher, &self.dictionary)?;
        let start = || (Collected::new(keep), Bar::new(keep));
        let lists = by_piece(&self.searcher, start, |(list, bar), piece| {
            let set = set.bits(piece)?;
            let found = set.len();
            if found == 0 {
                return Ok(());
            }
            let mut run = list.piece(piece)?;
            run.list.total += found;
            run.list.undated += run.undated(&set, found);
            let group = |group: &Vec<_>| {
                let lists = group.iter().map(|weighed| Postings::open(piece, weighed));
                lists.filter_map(Result::transpose).collect::<tantivy::Result<Vec<_>>>()
            };
            let groups = weights.iter().map(group).collect::<tantivy::Result<Vec<_>>>()?;
            Segment::new(groups, piece.segment.max_doc()).offer(&set, bar, &mut |doc, score| {
                let date = run.moments.first(doc);
                run.offer((score_rank(score), date_rank(date, Order::DateDescending)), doc);
            });
            run.end()
        })?;
        Ok(Collected::joined(lists.into_iter().map(|(list, _)| list), keep))
    }

    /// Puts the rows of all segments in order, cuts them, and forgets what ordered them.
    fn finish<K: Rank>(&self, mut list: Collected<K>, score: impl Fn(K) -> f32) -> tantivy::Result<Listing> {
        list.rows.sort_unstable_by_key(Ranked::key);
        self.order_copies(&mut list.rows)?;
        list.rows.truncate(list.keep);
        let row = |r: Ranked<K>| Row { id: StoryId(r.id), score: score(r.rank), segment: r.segment, doc: r.doc };
        let rows = list.rows.into_iter().map(row).collect();
        Ok(Listing { total: list.total, undated: list.undated, rows })
    }

    /// Orders copies of one file, which share date and id, by their paths, then by their
    /// archives. Paths are looked up for many runs of copies at once.
    fn order_copies<K: Rank>(&self, rows: &mut [Ranked<K>]) -> tantivy::Result<()> {
        let mut places: Vec<usize> = Vec::new();
        let mut at = 0;
        for run in rows.chunk_by(|a, b| a.key() == b.key()) {
            if run.len() > 1 {
                places.extend(at..at + run.len());
            }
            at += run.len();
        }
        let mut rest = places.as_slice();
        while !rest.is_empty() {
            // A run that the bound falls into is finished before the next batch.
            let mut end = rest.len().min(COPIES_BATCH);
            while end < rest.len() && rows[rest[end]].key() == rows[rest[end - 1]].key() {
                end += 1;
            }
            let (batch, others) = rest.split_at(end);
            rest = others;
            self.order_batch(rows, batch)?;
        }
        Ok(())
    }

    fn order_batch<K: Rank>(&self, rows: &mut [Ranked<K>], places: &[usize]) -> tantivy::Result<()> {
        let row = |r: &Ranked<K>| Row { id: StoryId(r.id), score: 0.0, segment: r.segment, doc: r.doc };
        let plain: Vec<Row> = places.iter().map(|p| row(&rows[*p])).collect();
        let owner = |r: &Ranked<K>| self.owner_number(r.segment as usize);
        let mut named: Vec<(K::Key, String, usize, Ranked<K>)> = Vec::with_capacity(places.len());
        for (path, place) in self.paths_of(&plain)?.into_iter().zip(places) {
            let row = rows[*place];
            named.push((row.key(), path, owner(&row), row));
        }
        named.sort_by(|a, b| (a.0, &a.1, a.2).cmp(&(b.0, &b.1, b.2)));
        for (place, (.., row)) in places.iter().zip(named) {
            rows[*place] = row;
        }
        Ok(())
    }

    /// Returns the paths of `rows`, in their order: one sorted pass over the dictionary of
    /// each segment, because a look-up a row costs a thousand times more. Meant for
    /// batches of tens of thousands.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn paths(&self, rows: &[Row]) -> Result<Vec<String>, ArchiveError> {
        self.paths_of(rows).map_err(|e| self.damaged(&e))
    }

    fn paths_of(&self, rows: &[Row]) -> tantivy::Result<Vec<String>> {
        let mut paths = vec![String::new(); rows.len()];
        for (number, segment) in self.searcher.segment_readers().iter().enumerate() {
            let Some(column) = segment.fast_fields().str("path")? else { continue };
            let of_segment = rows.iter().enumerate().filter(|(_, r)| r.segment as usize == number);
            let mut places: Vec<(u64, usize)> =
                of_segment.filter_map(|(i, r)| Some((column.term_ords(r.doc).next()?, i))).collect();
            places.sort_unstable();
            let mut ords: Vec<u64> = places.iter().map(|p| p.0).collect();
            ords.dedup();
            let mut next = places.iter().peekable();
            let mut terms = ords.iter();
            column.dictionary().sorted_ords_to_term_cb(&ords, |term| {
                let Some(ord) = terms.next() else { return };
                while let Some((_, place)) = next.next_if(|(o, _)| o == ord) {
                    paths[*place] = String::from_utf8_lossy(term).into_owned();
                }
            })?;
        }
        Ok(paths)
    }
}

/// What has been found so far, the best `keep` rows of it.
struct Collected<K> {
    rows: Vec<Ranked<K>>,
    keep: usize,
    total: usize,
    undated: usize,
}

/// The part of [`Collected`] that one piece adds.
struct Run<'a, K> {
    list: &'a mut Collected<K>,
    /// Where this piece's rows begin.
    from: usize,
    number: u32,
    moments: Column<i64>,
    ids: Column<u64>,
    segment: &'a SegmentReader,
    /// The paths, once copies of a file had to be told apart by them.
    paths: OnceCell<tantivy::Result<Option<StrColumn>>>,
    /// Nothing that ranks behind it can be among the best.
    worst: Option<K>,
}

impl<K: Rank> Collected<K> {
    fn new(keep: usize) -> Self {
        Collected { rows: Vec::new(), keep, total: 0, undated: 0 }
    }

    /// What several threads have found.
    fn joined(lists: impl IntoIterator<Item = Self>, keep: usize) -> Self {
        let mut all = Collected::new(keep);
        for list in lists {
            all.total += list.total;
            all.undated += list.undated;
            if all.rows.is_empty() { all.rows = list.rows } else { all.rows.extend(list.rows) }
        }
        all
    }

    fn piece<'a>(&'a mut self, piece: &Piece<'a>) -> tantivy::Result<Run<'a, K>> {
        let segment = piece.segment;
        let fast = segment.fast_fields();
        let (moments, ids) = (fast.i64("instant")?, fast.u64("id")?);
        let number = u32::try_from(piece.number).unwrap_or(u32::MAX);
        Ok(Run {
            from: self.rows.len(),
            list: self,
            number,
            moments,
            ids,
            segment,
            paths: OnceCell::new(),
            worst: None,
        })
    }
}

impl<K: Rank> Run<'_, K> {
    #[inline]
    fn count(&mut self, date: Option<i64>) {
        self.list.total += 1;
        self.list.undated += usize::from(date.is_none());
    }

    /// How many of a set of stories have no date.
    fn undated(&self, set: &Bits, found: usize) -> usize {
        match &self.moments.index {
            ColumnIndex::Full => 0,
            ColumnIndex::Empty { .. } => found,
            ColumnIndex::Optional(_) | ColumnIndex::Multivalued(_) => {
                let mut undated = 0;
                set.for_each_block(&mut |docs| {
                    undated += docs.iter().filter(|doc| !self.moments.index.has_value(**doc)).count();
                });
                undated
            }
        }
    }

    #[inline]
    fn push(&mut self, rank: K, id: u64, doc: DocId) {
        self.list.rows.push(Ranked { rank, id, segment: self.number, doc });
    }

    /// Adds a story unless enough better ones are known.
    #[inline]
    fn offer(&mut self, rank: K, doc: DocId) {
        if self.list.keep == 0 || self.worst.is_some_and(|worst| rank > worst) {
            return;
        }
        let id = self.ids.first(doc).unwrap_or_default();
        self.push(rank, id, doc);
        if self.list.rows.len() - self.from >= self.list.keep.saturating_mul(2).max(BUFFER_ROWS_MIN) {
            self.close();
        }
    }

    /// Ends the piece.
    fn end(mut self) -> tantivy::Result<()> {
        self.close();
        self.paths.into_inner().transpose().map(|_| ())
    }

    /// Throws away what cannot be among the best of this piece.
    fn close(&mut self) {
        let keep = self.list.keep;
        let Run { list, from, segment, paths, worst, .. } = self;
        let rows = &mut list.rows[*from..];
        if rows.len() <= keep || keep == 0 {
            return;
        }
        let path = |doc: DocId| {
            let paths = paths.get_or_init(|| segment.fast_fields().str("path"));
            paths.as_ref().ok().and_then(Option::as_ref).and_then(|p| p.term_ords(doc).next())
        };
        let order = |a: &Ranked<K>, b: &Ranked<K>| match a.key().cmp(&b.key()) {
            Ordering::Equal => path(a.doc).cmp(&path(b.doc)),
            unequal => unequal,
        };
        let (_, last, _) = rows.select_nth_unstable_by(keep - 1, order);
        *worst = Some(last.rank);
        list.rows.truncate(*from + keep);
    }
}

/// Maps a moment to what sorts in `order`, with the undated behind all others.
#[inline]
fn date_rank(date: Option<i64>, order: Order) -> u64 {
    let Some(seconds) = date else { return u64::MAX };
    let rising = seconds.cast_unsigned() ^ (1 << 63);
    if order == Order::Date { rising } else { !rising }
}

/// Maps a score to what sorts the best first.
#[inline]
fn score_rank(score: f32) -> u32 {
    let bits = score.to_bits();
    // Sign and magnitude to one rising line, then turned round.
    !(if bits >> 31 == 1 { !bits } else { bits | 1 << 31 })
}

fn score_of(rank: u32) -> f32 {
    let line = !rank;
    f32::from_bits(if line >> 31 == 1 { line & !(1 << 31) } else { !line })
}

#[cfg(test)]
mod tests {
    use super::{Order, date_rank, score_of, score_rank};

    #[test]
    fn the_undated_come_last_in_both_orders() {
        for order in [Order::Date, Order::DateDescending] {
            assert!(date_rank(Some(-5), order) < date_rank(None, order));
            assert!(date_rank(Some(5), order) < date_rank(None, order));
        }
        assert!(date_rank(Some(-5), Order::Date) < date_rank(Some(5), Order::Date));
        assert!(date_rank(Some(-5), Order::DateDescending) > date_rank(Some(5), Order::DateDescending));
    }

    proptest::proptest! {
        #[test]
        fn scores_keep_their_order_and_value(a in -1e6f32..1e6, b in -1e6f32..1e6) {
            proptest::prop_assert_eq!(score_of(score_rank(a)).to_bits(), a.to_bits());
            proptest::prop_assert_eq!(score_rank(a).cmp(&score_rank(b)), b.total_cmp(&a));
        }
    }
}
