//! A query for stories that are named one by one: what is left out of a set where only one version
//! of each dispatch is wanted.

use super::Row;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use tantivy::index::SegmentId;
use tantivy::query::{BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocId, DocSet, Score, Searcher, SegmentReader};

/// The stories, by the segments that they lie in.
#[derive(Clone, Debug)]
pub(super) struct LeftOut {
    stories: Arc<FxHashMap<SegmentId, Vec<DocId>>>,
}

impl LeftOut {
    pub(super) fn new(searcher: &Searcher, rows: &[Row]) -> LeftOut {
        let mut stories: FxHashMap<SegmentId, Vec<DocId>> = FxHashMap::default();
        for row in rows {
            if let Some(segment) = searcher.segment_readers().get(row.segment_number()) {
                stories.entry(segment.segment_id()).or_default().push(row.address().doc_id);
            }
        }
        LeftOut { stories: Arc::new(stories) }
    }
}

impl Query for LeftOut {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for LeftOut {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Some(stories) = self.stories.get(&segment.segment_id()) else { return Ok(Box::new(EmptyScorer)) };
        let mut set = BitSet::with_max_value(segment.max_doc());
        for doc in stories {
            set.insert(*doc);
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(set), boost)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.seek(doc) != doc {
            return Err(tantivy::TantivyError::InvalidArgument(format!("story {doc} does not match")));
        }
        Ok(Explanation::new("left out", 1.0))
    }
}
