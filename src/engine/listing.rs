//! Result lists: which stories match, in which order. A list of a million stories is a
//! million rows of 24 bytes; records are read later, in batches.

use super::best::{Bar, Segment};
use super::hands::{bases, by_piece, whole};
use super::reader::begun;
use super::rows::{Collected, Ranked, first_values, sort, without_value};
use super::sets::Set;
use super::weighing::{Postings, Weighing};
use super::{ArchiveError, Reader};
use crate::story::StoryId;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocId, DocSet};

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
    /// As the archive has them: the same each time until something is committed or merged.
    Unordered,
}

impl Order {
    /// Returns the word used on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Order::Relevance => "relevance",
            Order::Date => "date",
            Order::DateDescending => "-date",
            Order::Unordered => "none",
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
    pub(super) fn new(id: u64, score: f32, DocAddress { segment_ord, doc_id }: DocAddress) -> Row {
        Row { id: StoryId(id), score, segment: segment_ord, doc: doc_id }
    }

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

impl Reader {
    /// Lists what `query` finds: the exact total, and the page of `limit` rows from
    /// `offset`. With [`Order::Relevance`] the query's weights are asked for.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn list(&self, query: &dyn Query, order: Order, limit: usize, offset: usize) -> Result<Listing, ArchiveError> {
        let keep = limit.saturating_add(offset);
        let list = match order {
            Order::Relevance => self.by_relevance(query, keep),
            Order::Date | Order::DateDescending => self.by_date(query, order, keep),
            Order::Unordered => {
                return Ok(self.as_they_lie(query, keep).map_err(|e| self.damaged(&e))?.from(offset));
            }
        };
        let listing = list.and_then(|list| self.finish(list));
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
        let listing = list.and_then(|list| self.finish(list));
        Ok(listing.map_err(|e| self.damaged(&e))?.from(offset))
    }

    fn as_they_lie(&self, query: &dyn Query, keep: usize) -> tantivy::Result<Listing> {
        let set = Set::of(query, &self.searcher, &self.dictionary)?;
        let mut listing = Listing::default();
        // To join the rows of two threads costs as much as it saves.
        for piece in whole(&self.searcher) {
            let found = set.bits(&piece)?;
            let fast = piece.segment.fast_fields();
            let column = fast.u64("id")?;
            listing.total += found.len();
            listing.undated += without_value(&fast.i64("instant")?.index, &found, piece.segment.max_doc());
            listing.rows.reserve(found.len().min(keep - listing.rows.len()));
            found.for_each_block(&mut |docs| {
                let docs = &docs[..docs.len().min(keep - listing.rows.len())];
                let ids = first_values(&column, docs);
                let address = |doc: &DocId| DocAddress::new(u32::try_from(piece.number).unwrap_or(u32::MAX), *doc);
                let rows = docs.iter().zip(&ids).map(|(doc, id)| Row::new(id.unwrap_or_default(), 0.0, address(doc)));
                listing.rows.extend(rows);
            });
        }
        Ok(listing)
    }

    fn by_date(&self, query: &dyn Query, order: Order, keep: usize) -> tantivy::Result<Collected> {
        let set = Set::of(query, &self.searcher, &self.dictionary)?;
        let lists = by_piece(
            &self.searcher,
            set.read(),
            || Collected::new(keep),
            |list, piece| {
                let mut run = list.piece(piece)?;
                set.for_each_block(piece, &mut |docs| run.dated(docs, order))?;
                run.end()
            },
        )?;
        Ok(Collected::joined(lists, keep))
    }

    fn by_relevance(&self, query: &dyn Query, keep: usize) -> tantivy::Result<Collected> {
        let weight = query.weight(EnableScoring::enabled_from_searcher(&self.searcher))?;
        let lists = by_piece(
            &self.searcher,
            u64::MAX,
            || Collected::new(keep),
            |list, piece| {
                let alive = piece.segment.alive_bitset();
                let mut run = list.piece(piece)?;
                let mut offer = |doc, score| {
                    if alive.is_none_or(|a| a.is_alive(doc)) {
                        run.scored(doc, score);
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

    fn by_weight(&self, query: &dyn Query, weighing: &Weighing, keep: usize) -> tantivy::Result<Collected> {
        let set = Set::of(query, &self.searcher, &self.dictionary)?;
        let weights = weighing.weights(&self.searcher, &self.dictionary)?;
        let start = || (Collected::new(keep), Bar::new(keep));
        let lists = by_piece(&self.searcher, set.read(), start, |(list, bar), piece| {
            let set = set.bits(piece)?;
            if set.is_empty() {
                return Ok(());
            }
            let mut run = list.piece(piece)?;
            run.count(&set);
            let group = |group: &Vec<_>| {
                let lists = group.iter().map(|weighed| Postings::open(piece, weighed));
                lists.filter_map(Result::transpose).collect::<tantivy::Result<Vec<_>>>()
            };
            let groups = weights.iter().map(group).collect::<tantivy::Result<Vec<_>>>()?;
            Segment::new(groups, piece.segment.max_doc()).offer(&set, bar, &mut |doc, score| run.weighed(doc, score));
            run.end()
        })?;
        Ok(Collected::joined(lists.into_iter().map(|(list, _)| list), keep))
    }

    /// Puts the rows of all segments in order, cuts them, and forgets what ordered them.
    fn finish(&self, mut list: Collected) -> tantivy::Result<Listing> {
        let bases = bases(&self.searcher);
        sort(&mut list.rows);
        self.order_copies(&mut list.rows, &bases)?;
        list.rows.truncate(list.keep);
        let rows = list.rows.into_iter().map(|row| row.placed(&bases)).collect();
        Ok(Listing { total: list.total, undated: list.undated, rows })
    }

    /// Orders copies of one file, which share date and id, by their paths, then by their
    /// archives. Paths are looked up for many runs of copies at once.
    fn order_copies(&self, rows: &mut [Ranked], bases: &[u32]) -> tantivy::Result<()> {
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
            self.order_batch(rows, batch, bases)?;
        }
        Ok(())
    }

    fn order_batch(&self, rows: &mut [Ranked], places: &[usize], bases: &[u32]) -> tantivy::Result<()> {
        let plain: Vec<Row> = places.iter().map(|place| rows[*place].placed(bases)).collect();
        let named = self.paths_of(&plain)?.into_iter().zip(&plain).zip(places).map(|((path, plain), place)| {
            let row = rows[*place];
            (row.key(), path, self.owner_number(plain.segment_number()), row)
        });
        let mut named: Vec<_> = named.collect();
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
