//! Sketches of stories, by which versions of one dispatch are found, and how rare words are in the
//! archive; `crate::versions` says what becomes of them.

use super::hands::by_segment;
use super::withdrawn::same_items;
use super::{ArchiveError, Order, Reader, Row};
use crate::story::StoryId;
use crate::versions::Sketches;
use rustc_hash::FxHashSet;
use tantivy::query::TermSetQuery;
use tantivy::schema::Term;
use tantivy::{DocAddress, DocId};

impl Reader {
    /// Returns the sketches of `rows`, in their order, with how many stories of the archive beyond
    /// these share each of their runs.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn sketches(&self, rows: &[Row]) -> Result<Sketches, ArchiveError> {
        self.sketched(rows).map_err(|e| self.damaged(&e))
    }

    fn sketched(&self, rows: &[Row]) -> tantivy::Result<Sketches> {
        let segments = self.searcher.segment_readers();
        let open = |segment: &tantivy::SegmentReader| segment.fast_fields().u64("sketch");
        let columns = segments.iter().map(open).collect::<tantivy::Result<Vec<_>>>()?;
        let mut sketches = Sketches::default();
        for row in rows {
            let DocAddress { segment_ord, doc_id } = row.address();
            let values = columns.get(segment_ord as usize).map(|column| column.values_for_doc(doc_id));
            sketches.push(values.into_iter().flatten().filter_map(|run| u32::try_from(run).ok()));
        }
        if rows.len() as u64 == self.stories() {
            return Ok(sketches);
        }
        let known = sketches.known();
        let mut own: Vec<DocAddress> = rows.iter().map(Row::address).collect();
        own.sort_unstable();
        let seen = by_segment(&self.searcher, Vec::new, |seen, number, segment| {
            let column = open(segment)?;
            let alive = segment.alive_bitset();
            for doc in (0..segment.max_doc()).filter(|doc| alive.is_none_or(|a| a.is_alive(*doc))) {
                let runs = column.values_for_doc(doc).filter_map(|run| u32::try_from(run).ok());
                let is_elsewhere = || own.binary_search(&address(number, doc)).is_err();
                let shared = runs.filter(|run| known.contains(run));
                seen.extend(shared.filter(|_| is_elsewhere()));
            }
            Ok(())
        })?;
        seen.into_iter().flatten().for_each(|run| sketches.seen_elsewhere(run));
        Ok(sketches)
    }

    /// Returns `rows` and every other story of the archive that has a run of their sketches, or
    /// their sender's identifier: among these are all their versions.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn rows_like(&self, rows: &[Row]) -> Result<Vec<Row>, ArchiveError> {
        self.like(rows).map_err(|e| self.damaged(&e))
    }

    fn like(&self, rows: &[Row]) -> tantivy::Result<Vec<Row>> {
        let own: FxHashSet<DocAddress> = rows.iter().map(Row::address).collect();
        let runs = self.sketched(rows)?.known();
        let items = same_items(&self.searcher, &self.fields)?;
        let of_item = items.iter().filter(|item| item.iter().any(|story| own.contains(story)));
        let of_item: FxHashSet<DocAddress> = of_item.flatten().copied().collect();
        let found = by_segment(&self.searcher, Vec::new, |found, number, segment| {
            let fast = segment.fast_fields();
            let (column, ids) = (fast.u64("sketch")?, fast.u64("id")?);
            let alive = segment.alive_bitset();
            for doc in (0..segment.max_doc()).filter(|doc| alive.is_none_or(|a| a.is_alive(*doc))) {
                let place = address(number, doc);
                let has_run = || column.values_for_doc(doc).any(|r| u32::try_from(r).is_ok_and(|r| runs.contains(&r)));
                if own.contains(&place) || of_item.contains(&place) || has_run() {
                    found.push(Row::new(ids.first(doc).unwrap_or_default(), 0.0, place));
                }
            }
            Ok(())
        })?;
        let mut found: Vec<Row> = found.into_iter().flatten().collect();
        found.sort_unstable_by_key(Row::address);
        Ok(found)
    }

    /// Returns where the stories of `ids` lie, every copy.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn rows_of(&self, ids: &[StoryId]) -> Result<Vec<Row>, ArchiveError> {
        let terms = ids.iter().map(|id| Term::from_field_u64(self.fields.id, id.0));
        Ok(self.list(&TermSetQuery::new(terms), Order::Unordered, usize::MAX, 0)?.rows)
    }

    /// Returns which of `rows` have one identifier of their sender's, by their numbers: each with
    /// the next of it.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn of_one_item(&self, rows: &[Row]) -> Result<Vec<(usize, usize)>, ArchiveError> {
        let mut numbers: Vec<(DocAddress, usize)> = rows.iter().map(Row::address).zip(0..).collect();
        numbers.sort_unstable();
        let number =
            |address: &DocAddress| numbers.binary_search_by_key(address, |(own, _)| *own).ok().map(|at| numbers[at].1);
        let items = same_items(&self.searcher, &self.fields).map_err(|e| self.damaged(&e))?;
        let listed = items.iter().map(|item| item.iter().filter_map(number).collect::<Vec<_>>());
        Ok(listed.flat_map(|item| item.windows(2).map(|w| (w[0], w[1])).collect::<Vec<_>>()).collect())
    }

    /// Returns what a folded word of the text weighs in this archive: the rarer, the more. Of a
    /// word that no other story has about ln 2n of n stories, of one that all have next to nothing.
    #[must_use]
    pub fn rarity(&self, word: &str) -> f32 {
        let held = self.entry(&Term::from_field_text(self.fields.text, word)).map_or(0, |entry| entry.stories);
        let all = self.stories().max(held);
        (((all + 1) as f64) / (held as f64 + 0.5)).ln() as f32
    }
}

fn address(segment: usize, doc: DocId) -> DocAddress {
    DocAddress::new(u32::try_from(segment).unwrap_or(u32::MAX), doc)
}
