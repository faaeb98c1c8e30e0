//! The rows of a list while it is being made: what stories are ordered by, and the best of them so
//! far, piece by piece.

use super::hands::{Piece, in_two};
use super::listing::{Order, Row};
use super::sets::{Bits, WORD, ones};
use std::cell::OnceCell;
use std::cmp::Ordering;
use tantivy::columnar::{Column, ColumnIndex, StrColumn};
use tantivy::{DocAddress, DocId, SegmentReader};

/// Rows kept at least before the worse half is thrown away: a small list is sorted rarely.
const BUFFER_ROWS_MIN: usize = 1_024;

/// Stories that are asked together whether all have a date: whole words of a set.
const ALIKE: DocId = 1 << 12;

/// Stories that wait at most for their dates and ids to be read.
const WAITING_MAX: usize = 1 << 14;

/// What no score sorts as: that of nought.
const UNSCORED: u32 = i32::MAX.cast_unsigned();

/// What no date sorts as: behind all others.
const UNDATED: u64 = u64::MAX;

/// Rows from which on they are put in order by their digits, without comparing them.
const BY_DIGITS_MIN: usize = 4_096;

/// A candidate with what it is ordered by.
#[derive(Clone, Copy)]
pub(super) struct Ranked {
    /// What its score sorts as, the best first; the same for all in lists by date.
    score: u32,
    /// What its date sorts as.
    date: u64,
    id: u64,
    /// The number of its document among those of all segments.
    place: u32,
}

impl Ranked {
    /// What it is ordered by before the id.
    #[inline]
    fn rank(&self) -> u128 {
        rank(self.score, self.date)
    }

    #[inline]
    pub(super) fn key(&self) -> (u128, u64) {
        (self.rank(), self.id)
    }

    /// The row, where the segments' first documents have these numbers among those of all.
    #[inline]
    pub(super) fn placed(&self, bases: &[u32]) -> Row {
        let segment = bases.partition_point(|base| *base <= self.place).saturating_sub(1);
        let doc = self.place - bases[segment];
        Row::new(self.id, score_of(self.score), DocAddress::new(segment as u32, doc))
    }
}

#[inline]
fn rank(score: u32, date: u64) -> u128 {
    u128::from(score) << 64 | u128::from(date)
}

/// Puts rows in order, but for copies of a file.
pub(super) fn sort(rows: &mut [Ranked]) {
    if rows.len() < BY_DIGITS_MIN {
        rows.sort_unstable_by_key(Ranked::key);
        return;
    }
    let digits = Digits::of(rows);
    let middle = rows.len() / 2;
    rows.select_nth_unstable_by_key(middle, Ranked::key);
    let (first, second) = rows.split_at_mut(middle);
    in_two(first, second, |half: &mut [Ranked]| {
        radsort::sort_by_key(half, |row| digits.of_row(row));
        for alike in half.chunk_by_mut(|a, b| digits.of_row(a) == digits.of_row(b)) {
            alike.sort_unstable_by_key(Ranked::key);
        }
    });
}

/// How the ranks of some rows become short numbers, in the same order but for those that become the
/// same: the score's 32 bits and as many of the dates' that differ.
struct Digits {
    first: u64,
    shift: u32,
}

impl Digits {
    fn of(rows: &[Ranked]) -> Digits {
        let dates = || rows.iter().map(|row| row.date).filter(|date| *date != UNDATED);
        let first = dates().min().unwrap_or_default();
        let span = dates().max().unwrap_or_default() - first;
        Digits { first, shift: u32::BITS.saturating_sub(span.leading_zeros()) }
    }

    #[inline]
    fn of_row(&self, row: &Ranked) -> u64 {
        let date = if row.date == UNDATED { u64::from(u32::MAX) } else { (row.date - self.first) >> self.shift };
        u64::from(row.score) << 32 | date
    }
}

/// What has been found so far, the best `keep` rows of it.
pub(super) struct Collected {
    pub(super) rows: Vec<Ranked>,
    pub(super) keep: usize,
    pub(super) total: usize,
    pub(super) undated: usize,
}

/// The part of [`Collected`] that one piece adds.
pub(super) struct Run<'a> {
    list: &'a mut Collected,
    /// Where this piece's rows begin.
    from: usize,
    /// The number of its segment's first document among those of all.
    base: u32,
    moments: Column<i64>,
    ids: Column<u64>,
    segment: &'a SegmentReader,
    /// The paths, once copies of a file had to be told apart by them.
    paths: OnceCell<tantivy::Result<Option<StrColumn>>>,
    /// Nothing that ranks behind it can be among the best.
    worst: Option<u128>,
    /// Stories whose dates and ids are not read yet, with what their scores sort as.
    waiting: Vec<(u32, DocId)>,
}

impl Collected {
    pub(super) fn new(keep: usize) -> Self {
        Collected { rows: Vec::new(), keep, total: 0, undated: 0 }
    }

    /// What several threads have found.
    pub(super) fn joined(lists: impl IntoIterator<Item = Self>, keep: usize) -> Self {
        let mut all = Collected::new(keep);
        for list in lists {
            all.total += list.total;
            all.undated += list.undated;
            if all.rows.is_empty() { all.rows = list.rows } else { all.rows.extend(list.rows) }
        }
        all
    }

    pub(super) fn piece<'a>(&'a mut self, piece: &Piece<'a>) -> tantivy::Result<Run<'a>> {
        let segment = piece.segment;
        let fast = segment.fast_fields();
        let (moments, ids) = (fast.i64("instant")?, fast.u64("id")?);
        Ok(Run {
            from: self.rows.len(),
            list: self,
            base: piece.base,
            moments,
            ids,
            segment,
            paths: OnceCell::new(),
            worst: None,
            waiting: Vec::new(),
        })
    }
}

impl Run<'_> {
    /// Counts the stories of a set, all of which are going to be added.
    pub(super) fn count(&mut self, set: &Bits) {
        let found = set.len();
        self.list.total += found;
        self.list.undated += without_value(&self.moments.index, set, self.segment.max_doc());
        if self.list.keep > found {
            self.list.rows.reserve(found);
        }
    }

    #[inline]
    fn count_one(&mut self, is_dated: bool) {
        self.list.total += 1;
        self.list.undated += usize::from(!is_dated);
    }

    /// Counts stories and adds them by their dates.
    pub(super) fn dated(&mut self, docs: &[DocId], order: Order) {
        let dates = first_values(&self.moments, docs);
        // Of a page most ids are never asked for.
        let ids = if self.list.keep == usize::MAX { first_values(&self.ids, docs) } else { Vec::new() };
        for (at, (doc, date)) in docs.iter().zip(dates).enumerate() {
            self.count_one(date.is_some());
            let date = date_rank(date, order);
            if self.may_stay(rank(UNSCORED, date)) {
                let id = ids.get(at).copied().unwrap_or_else(|| self.ids.first(*doc));
                self.row(UNSCORED, date, id.unwrap_or_default(), *doc);
            }
        }
    }

    /// Counts a story and adds it by its score.
    #[inline]
    pub(super) fn scored(&mut self, doc: DocId, score: f32) {
        self.count_one(self.moments.index.has_value(doc));
        self.weighed(doc, score);
    }

    /// Adds a story by its score. Its date and its id are read when many wait for theirs, and not at
    /// all where enough others have better scores.
    #[inline]
    pub(super) fn weighed(&mut self, doc: DocId, score: f32) {
        self.waiting.push((score_rank(score), doc));
        if self.waiting.len() >= self.list.keep.saturating_mul(2).clamp(BUFFER_ROWS_MIN, WAITING_MAX) {
            self.settle();
        }
    }

    /// Makes rows of the stories that wait.
    fn settle(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        let keep = self.list.keep;
        if keep > 0 && waiting.len() > keep {
            let mut scores: Vec<u32> = waiting.iter().map(|(score, _)| *score).collect();
            let (_, last, _) = scores.select_nth_unstable(keep - 1);
            waiting.retain(|(score, _)| score <= last);
        }
        waiting.retain(|(score, _)| self.may_stay(rank(*score, 0)));
        let docs: Vec<DocId> = waiting.iter().map(|(_, doc)| *doc).collect();
        let (dates, ids) = (first_values(&self.moments, &docs), first_values(&self.ids, &docs));
        for ((score, doc), (date, id)) in waiting.iter().zip(dates.into_iter().zip(ids)) {
            self.row(*score, date_rank(date, Order::DateDescending), id.unwrap_or_default(), *doc);
        }
        waiting.clear();
        self.waiting = waiting;
    }

    /// Whether a story of that rank, or a better one, may be among the best.
    #[inline]
    fn may_stay(&self, rank: u128) -> bool {
        self.list.keep > 0 && self.worst.is_none_or(|worst| rank <= worst)
    }

    /// Adds a row unless enough better ones are known.
    #[inline]
    fn row(&mut self, score: u32, date: u64, id: u64, doc: DocId) {
        let row = Ranked { score, date, id, place: self.base + doc };
        if !self.may_stay(row.rank()) {
            return;
        }
        self.list.rows.push(row);
        if self.list.rows.len() - self.from >= self.list.keep.saturating_mul(2).max(BUFFER_ROWS_MIN) {
            self.close();
        }
    }

    /// Ends the piece.
    pub(super) fn end(mut self) -> tantivy::Result<()> {
        self.settle();
        self.close();
        self.paths.into_inner().transpose().map(|_| ())
    }

    /// Throws away what cannot be among the best of this piece.
    fn close(&mut self) {
        let keep = self.list.keep;
        let Run { list, from, base, segment, paths, worst, .. } = self;
        let rows = &mut list.rows[*from..];
        if rows.len() <= keep || keep == 0 {
            return;
        }
        let path = |row: &Ranked| {
            let paths = paths.get_or_init(|| segment.fast_fields().str("path"));
            paths.as_ref().ok().and_then(Option::as_ref).and_then(|p| p.term_ords(row.place - *base).next())
        };
        let order = |a: &Ranked, b: &Ranked| match a.key().cmp(&b.key()) {
            Ordering::Equal => path(a).cmp(&path(b)),
            unequal => unequal,
        };
        let (_, last, _) = rows.select_nth_unstable_by(keep - 1, order);
        *worst = Some(last.rank());
        list.rows.truncate(*from + keep);
    }
}

/// The values of a column of stories, by their order.
pub(super) fn first_values<T: PartialOrd + Copy + std::fmt::Debug + Send + Sync + 'static>(
    column: &Column<T>,
    docs: &[DocId],
) -> Vec<Option<T>> {
    let mut values = vec![None; docs.len()];
    column.first_vals(docs, &mut values);
    values
}

/// How many stories of a set, of a segment of so many, have no value in a column.
pub(super) fn without_value(index: &ColumnIndex, set: &Bits, stories: DocId) -> usize {
    let one_a_story = match index {
        ColumnIndex::Full => return 0,
        ColumnIndex::Empty { .. } => return set.len(),
        ColumnIndex::Optional(_) => true,
        ColumnIndex::Multivalued(_) => false,
    };
    let mut without = 0;
    let mut next = set.next_word(0);
    while let Some(first) = next {
        // Whether all of a stretch have a value, as mostly they do, is told by its ends.
        let docs = first * WORD..stories.min((first * WORD).saturating_add(ALIKE));
        let behind = docs.end.div_ceil(WORD);
        if !one_a_story || index.docid_range_to_rowids(docs.clone()).len() < docs.len() {
            let has_none = |number: u32, bit: &u32| !index.has_value(number * WORD + bit);
            without += (first..behind).map(|n| ones(set.word(n)).filter(|bit| has_none(n, bit)).count()).sum::<usize>();
        }
        next = set.next_word(behind);
    }
    without
}

/// Maps a moment to what sorts in `order`, with the undated behind all others.
#[inline]
fn date_rank(date: Option<i64>, order: Order) -> u64 {
    let Some(seconds) = date else { return UNDATED };
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
    use super::{
        ALIKE, BY_DIGITS_MIN, Bits, Order, Ranked, Row, UNDATED, UNSCORED, date_rank, score_of, score_rank, sort,
        without_value,
    };
    use tantivy::schema::{FAST, Schema};
    use tantivy::{DocAddress, DocId, Index, IndexWriter, Searcher, doc};

    #[test]
    fn the_undated_come_last_in_both_orders() {
        for order in [Order::Date, Order::DateDescending] {
            assert!(date_rank(Some(-5), order) < date_rank(None, order));
            assert!(date_rank(Some(5), order) < date_rank(None, order));
        }
        assert!(date_rank(Some(-5), Order::Date) < date_rank(Some(5), Order::Date));
        assert!(date_rank(Some(-5), Order::DateDescending) > date_rank(Some(5), Order::DateDescending));
    }

    /// A segment of so many stories, of which those have a number.
    fn segment(stories: DocId, numbered: impl Fn(DocId) -> bool) -> Searcher {
        let mut schema = Schema::builder();
        let field = schema.add_i64_field("n", FAST);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).expect("memory");
        for number in 0..stories {
            let story = if numbered(number) { doc!(field => 1i64) } else { doc!() };
            writer.add_document(story).expect("a writer");
        }
        writer.commit().expect("memory");
        index.reader().expect("an index").searcher()
    }

    #[test]
    fn the_undated_are_counted_whatever_their_number() {
        const STORIES: DocId = 3 * ALIKE + 77;
        let numbered: [fn(DocId) -> bool; 5] = [
            |_| true,
            |_| false,
            |doc| doc != ALIKE + 5,
            |doc| doc % 3 == 0,
            |doc| !(ALIKE..2 * ALIKE).contains(&doc) && doc != STORIES - 1,
        ];
        for numbered in numbered {
            let searcher = segment(STORIES, numbered);
            let column = searcher.segment_reader(0).fast_fields().i64("n").expect("a column");
            for taken in [1, 2, 63, 1_000, 5_000] {
                for docs in [0..STORIES, ALIKE..STORIES, 0..2 * ALIKE] {
                    let taken: Vec<DocId> = docs.clone().filter(|doc| doc % taken == taken - 1).collect();
                    let mut set = Bits::none(&docs);
                    set.insert_all(&taken);
                    let without = taken.iter().filter(|doc| !numbered(**doc)).count();
                    assert_eq!(without_value(&column.index, &set, STORIES), without, "{docs:?}");
                }
            }
        }
    }

    #[test]
    fn many_rows_are_in_the_same_order_as_few() {
        let mut dice = 0x5EED_u64;
        let mut roll = |sides: u64| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) % sides
        };
        for dates in [[0, 1, 1 << 40, u64::MAX - 1, UNDATED], [5, 6, 7, 1 << 31, UNDATED], [9; 5], [UNDATED; 5]] {
            let mut rows: Vec<Ranked> = (0..3 * BY_DIGITS_MIN as u32)
                .map(|place| {
                    let score = score_rank([0.0, 0.5, 1.5, 1e9][roll(4) as usize]);
                    Ranked { score, date: dates[roll(5) as usize], id: roll(900) << 50, place }
                })
                .collect();
            let mut by_comparison: Vec<_> = rows.iter().map(Ranked::key).collect();
            by_comparison.sort_unstable();
            sort(&mut rows);
            assert!(rows.iter().map(Ranked::key).eq(by_comparison));
            rows.sort_unstable_by_key(|row| row.place);
            assert!(rows.iter().map(|row| row.place).eq(0..3 * BY_DIGITS_MIN as u32), "each once");
        }
    }

    #[test]
    fn a_place_is_a_document_of_its_segment() {
        // The second segment has no document.
        let bases = [0, 10, 10, 300];
        for (place, segment, doc) in [(0, 0, 0), (9, 0, 9), (10, 2, 0), (299, 2, 289), (300, 3, 0), (999, 3, 699)] {
            let row = Ranked { score: UNSCORED, date: 0, id: 7, place };
            assert_eq!(row.placed(&bases), Row::new(7, 0.0, DocAddress::new(segment, doc)));
        }
    }

    proptest::proptest! {
        #[test]
        fn scores_keep_their_order_and_value(a in -1e6f32..1e6, b in -1e6f32..1e6) {
            proptest::prop_assert_eq!(score_of(score_rank(a)).to_bits(), a.to_bits());
            proptest::prop_assert_eq!(score_rank(a).cmp(&score_rank(b)), b.total_cmp(&a));
        }
    }
}
