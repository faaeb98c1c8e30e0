//! Where the terms of queries stand in the dictionaries of an archive's segments.
//!
//! A query needs a term several times: to know which of a word's stems there are, how rare they
//! are, which stories hold them. Each is looked up once, those of a query together, by two threads.

use super::hands::by_segment;
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{Searcher, SegmentReader};

/// Terms that are kept: of a file of queries, most are asked for again.
const KNOWN_MAX: usize = 50_000;

/// The terms that were looked up. Of one searcher only.
#[derive(Default)]
pub(super) struct Dictionary {
    known: Mutex<FxHashMap<Term, Arc<Entry>>>,
}

/// A term in the segments of an archive.
#[derive(Debug)]
pub(super) struct Entry {
    /// By the number of the segment; nothing where it does not hold the term.
    places: Vec<Option<TermInfo>>,
    /// How many stories hold it, those included that are deleted but not yet merged away.
    pub(super) stories: u64,
}

impl Entry {
    fn of(places: Vec<Option<TermInfo>>) -> Entry {
        let stories = places.iter().flatten().map(|info| u64::from(info.doc_freq)).sum();
        Entry { places, stories }
    }

    /// How many stories of a segment hold it.
    pub(super) fn stories_of(&self, segment: usize) -> u32 {
        self.places.get(segment).and_then(Option::as_ref).map_or(0, |info| info.doc_freq)
    }

    /// The stories of a segment that hold it; nothing where there are none.
    pub(super) fn postings(
        &self,
        term: &Term,
        number: usize,
        segment: &SegmentReader,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<BlockSegmentPostings>> {
        let Some(Some(info)) = self.places.get(number) else { return Ok(None) };
        let index = segment.inverted_index(term.field())?;
        Ok(Some(index.read_block_postings_from_terminfo(info, option)?))
    }
}

impl Dictionary {
    /// Looks `terms` up, so that they are known when they are asked for. What cannot be read is told
    /// to who asks for it.
    pub(super) fn look_up(&self, searcher: &Searcher, mut terms: Vec<Term>) {
        {
            let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            terms.retain(|term| !known.contains_key(term));
        }
        terms.sort_unstable();
        terms.dedup();
        if terms.is_empty() {
            return;
        }
        let found = by_segment(searcher, Vec::new, |found, number, segment| {
            let look_up = |term: &Term| Ok(segment.inverted_index(term.field())?.get_term_info(term)?);
            found.push((number, terms.iter().map(look_up).collect::<tantivy::Result<Vec<_>>>()?));
            Ok(())
        });
        let Ok(found) = found else { return };
        let mut places = vec![vec![None; searcher.segment_readers().len()]; terms.len()];
        for (number, infos) in found.into_iter().flatten() {
            places.iter_mut().zip(infos).for_each(|(places, info)| places[number] = info);
        }
        let entries = terms.into_iter().zip(places.into_iter().map(|places| Arc::new(Entry::of(places))));
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() > KNOWN_MAX {
            known.clear();
        }
        known.extend(entries);
    }

    /// Where a term stands.
    pub(super) fn entry(&self, searcher: &Searcher, term: &Term) -> tantivy::Result<Arc<Entry>> {
        if let Some(entry) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(term) {
            return Ok(Arc::clone(entry));
        }
        let look_up = |segment: &SegmentReader| Ok(segment.inverted_index(term.field())?.get_term_info(term)?);
        let places = searcher.segment_readers().iter().map(look_up).collect::<tantivy::Result<Vec<_>>>()?;
        let entry = Arc::new(Entry::of(places));
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() > KNOWN_MAX {
            known.clear();
        }
        known.insert(term.clone(), Arc::clone(&entry));
        Ok(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::Dictionary;
    use tantivy::schema::{IndexRecordOption, Schema, TEXT, Term};
    use tantivy::{Index, IndexWriter, doc};

    #[test]
    fn a_term_is_where_the_engine_finds_it() {
        let mut schema = Schema::builder();
        let fields = [schema.add_text_field("text", TEXT), schema.add_text_field("head", TEXT)];
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).expect("memory");
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        for (text, head) in [("one two", "two"), ("two", "one"), ("three two", "two")] {
            writer.add_document(doc!(fields[0] => text, fields[1] => head)).expect("a writer");
            writer.commit().expect("memory");
        }
        let searcher = index.reader().expect("an index").searcher();
        let terms: Vec<Term> = ["one", "two", "three", "four"]
            .iter()
            .flat_map(|word| fields.map(|field| Term::from_field_text(field, word)))
            .collect();
        let (ahead, alone) = (Dictionary::default(), Dictionary::default());
        ahead.look_up(&searcher, [terms.clone(), terms.clone()].concat());
        for term in &terms {
            for dictionary in [&ahead, &alone] {
                let entry = dictionary.entry(&searcher, term).expect("a dictionary");
                assert_eq!(entry.stories, searcher.doc_freq(term).expect("a dictionary"), "{term:?}");
                for (number, segment) in searcher.segment_readers().iter().enumerate() {
                    let index = segment.inverted_index(term.field()).expect("a dictionary");
                    assert_eq!(entry.stories_of(number), index.doc_freq(term).expect("a dictionary"));
                    let docs = |postings: Option<tantivy::postings::BlockSegmentPostings>| {
                        postings.map(|postings| postings.docs().to_vec())
                    };
                    let own = entry.postings(term, number, segment, IndexRecordOption::Basic).expect("postings");
                    let engines = index.read_block_postings(term, IndexRecordOption::Basic).expect("postings");
                    assert_eq!(docs(own), docs(engines), "{term:?} in {number}");
                }
            }
        }
        assert_eq!(ahead.known.lock().expect("no panic").len(), terms.len());
    }
}
