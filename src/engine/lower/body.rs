//! Stories whose body holds a stem: those that have it more often than before the body.

use crate::engine::schema::Fields;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{
    BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight,
};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TERMINATED};

/// Stories in whose body a stem stands. A column for the body alone would be the larger
/// half of the stems again; the front's is a tenth.
#[derive(Clone, Debug)]
pub(super) struct InBody {
    whole: Term,
    front: Term,
}

impl InBody {
    pub(super) fn new(fields: &Fields, stem: &str) -> InBody {
        InBody {
            whole: Term::from_field_text(fields.stem, stem),
            front: Term::from_field_text(fields.front_stem, stem),
        }
    }
}

impl Query for InBody {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let ranked = TermQuery::new(self.whole.clone(), IndexRecordOption::WithFreqs);
        let ranked = if scoring.is_scoring_enabled() { Some(ranked.weight(scoring)?) } else { None };
        Ok(Box::new(BodyWeight { terms: self.clone(), ranked }))
    }
}

struct BodyWeight {
    terms: InBody,
    ranked: Option<Box<dyn Weight>>,
}

impl Weight for BodyWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let open = |term: &Term| -> tantivy::Result<Option<SegmentPostings>> {
            Ok(segment.inverted_index(term.field())?.read_postings(term, IndexRecordOption::WithFreqs)?)
        };
        let Some(mut whole) = open(&self.terms.whole)? else { return Ok(Box::new(EmptyScorer)) };
        let mut front = open(&self.terms.front)?;
        let mut stories = BitSet::with_max_value(segment.max_doc());
        let mut doc = whole.doc();
        while doc < TERMINATED {
            let before = match &mut front {
                Some(front) => {
                    let at = if front.doc() < doc { front.seek(doc) } else { front.doc() };
                    if at == doc { front.term_freq() } else { 0 }
                }
                None => 0,
            };
            if whole.term_freq() > before {
                stories.insert(doc);
            }
            doc = whole.advance();
        }
        let stories = BitSetDocSet::from(stories);
        match &self.ranked {
            // The rank is that of the word in the whole text.
            Some(weight) => {
                let filter = Box::new(ConstScorer::new(stories, 0.0));
                let whole = weight.scorer(segment, boost)?;
                Ok(tantivy::query::intersect_scorers(vec![filter, whole], segment.max_doc()))
            }
            None => Ok(Box::new(ConstScorer::new(stories, boost))),
        }
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.seek(doc) != doc {
            return Err(tantivy::TantivyError::InvalidArgument(format!("story {doc} does not match")));
        }
        Ok(Explanation::new("body", scorer.score()))
    }
}
