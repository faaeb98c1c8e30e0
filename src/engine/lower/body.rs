//! Stories whose body holds a stem: those that have it more often than before the body.

use crate::engine::schema::Fields;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{
    BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight,
};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TERMINATED};

/// Stories in whose body a stem stands. A column for the body alone would be the larger
/// half of the stems again; the front's two are a tenth.
#[derive(Clone, Debug)]
pub(super) struct InBody {
    whole: Term,
    /// Where it stands before the body: above the opening, and from there on.
    front: [Term; 2],
}

impl InBody {
    pub(super) fn new(fields: &Fields, stem: &str) -> InBody {
        InBody {
            whole: Term::from_field_text(fields.stem, stem),
            front: [fields.front_stem, fields.lead_stem].map(|column| Term::from_field_text(column, stem)),
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

/// How often the term stands in a story; stories are asked about in their order.
fn freq_at(postings: &mut SegmentPostings, doc: DocId) -> u32 {
    let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
    if at == doc { postings.term_freq() } else { 0 }
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
        let [above, lead] = &self.terms.front;
        let mut front = [open(above)?, open(lead)?];
        let mut stories = BitSet::with_max_value(segment.max_doc());
        let mut doc = whole.doc();
        while doc < TERMINATED {
            let before: u32 = front.iter_mut().flatten().map(|front| freq_at(front, doc)).sum();
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
