//! What a story weighs by its words: the sum of what groups of terms add, each as much as its
//! best term.
//!
//! The shape that most rankings have, told apart from the set, so that `best.rs` can find the
//! first stories of a list without a look at all of them. Says nothing of which stories match.

use super::dictionary::{Dictionary, Entry};
use super::hands::Piece;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, BoostQuery, DisjunctionMaxQuery, EmptyQuery, EnableScoring, Query as Engine,
    TermQuery, Weight,
};
use tantivy::schema::{Field as Column, IndexRecordOption, Term};
use tantivy::{DocId, Searcher, TERMINATED};

/// Terms of which a story's best counts.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The terms, each with how much it counts.
    pub(super) terms: Vec<(Term, f32)>,
    /// In how many stories they count to be, all together; each in its own where that is open.
    pub(super) stories: Option<u64>,
    /// How much the group counts.
    pub(super) boost: f32,
}

impl Group {
    /// A term by itself.
    pub(super) fn of(column: Column, text: &str) -> Group {
        Group { terms: vec![(Term::from_field_text(column, text), 1.0)], stories: None, boost: 1.0 }
    }

    /// The same, counting so much more.
    pub(super) fn boosted(self, boost: f32) -> Group {
        Group { boost: self.boost * boost, ..self }
    }

    /// The group as a query, for rankings of other shapes.
    pub(super) fn query(&self) -> Box<dyn Engine> {
        let each = self.terms.iter().map(|(term, boost)| -> Box<dyn Engine> {
            boosted(Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)), *boost)
        });
        let mut each: Vec<Box<dyn Engine>> = each.collect();
        let best = match each.len() {
            0 => Box::new(EmptyQuery),
            1 => each.remove(0),
            _ => Box::new(DisjunctionMaxQuery::new(each)),
        };
        let best = match self.stories {
            Some(stories) => Box::new(Pooled { inner: best, stories }),
            None => best,
        };
        boosted(best, self.boost)
    }
}

fn boosted(query: Box<dyn Engine>, boost: f32) -> Box<dyn Engine> {
    if boost == 1.0 { query } else { Box::new(BoostQuery::new(query, boost)) }
}

/// A query whose terms are all as common as they are together: a word of a language that
/// few stories are in is not rare for that.
#[derive(Debug)]
pub(super) struct Pooled {
    pub(super) inner: Box<dyn Engine>,
    pub(super) stories: u64,
}

impl Clone for Pooled {
    fn clone(&self) -> Self {
        Pooled { inner: self.inner.box_clone(), stories: self.stories }
    }
}

struct PooledStatistics<'a> {
    searcher: &'a Searcher,
    stories: u64,
}

impl Bm25StatisticsProvider for PooledStatistics<'_> {
    fn total_num_tokens(&self, field: Column) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, _: &Term) -> tantivy::Result<u64> {
        Ok(self.stories)
    }
}

impl Engine for Pooled {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        match scoring {
            EnableScoring::Enabled { searcher, .. } => {
                let statistics = PooledStatistics { searcher, stories: self.stories };
                self.inner.weight(EnableScoring::enabled_from_statistics_provider(&statistics, searcher))
            }
            EnableScoring::Disabled { .. } => self.inner.weight(scoring),
        }
    }
}

/// What a story weighs by its words.
#[derive(Clone, Debug)]
pub struct Weighing {
    groups: Vec<Group>,
}

impl Weighing {
    /// The sum of `groups`; nothing where there is none to tell stories apart by.
    pub(super) fn of(groups: Vec<Group>) -> Option<Weighing> {
        (!groups.is_empty()).then_some(Weighing { groups })
    }

    /// What each term weighs in the whole archive, by group.
    pub(super) fn weights(&self, searcher: &Searcher, dictionary: &Dictionary) -> tantivy::Result<Vec<Vec<Weighed>>> {
        let weigh = |group: &Group, term: &Term, boost: f32| {
            let entry = dictionary.entry(searcher, term)?;
            let stories = group.stories.unwrap_or(entry.stories);
            let statistics = PooledStatistics { searcher, stories };
            let weight = Bm25Weight::for_terms(&statistics, std::slice::from_ref(term))?;
            Ok(Weighed { term: term.clone(), entry, weight: weight.boost_by(boost * group.boost) })
        };
        self.groups.iter().map(|g| g.terms.iter().map(|(term, boost)| weigh(g, term, *boost)).collect()).collect()
    }
}

/// A term, where it stands, and what it weighs.
pub(super) struct Weighed {
    term: Term,
    entry: Arc<Entry>,
    weight: Bm25Weight,
}

/// The stories of one segment that hold a term, with what they weigh by it.
pub(super) struct Postings {
    blocks: BlockSegmentPostings,
    /// Where in the block it stands.
    at: usize,
    norms: FieldNormReader,
    weight: Bm25Weight,
}

impl Postings {
    /// Opens those of a term in the segment of a piece; nothing where it has none.
    pub(super) fn open(
        Piece { number, segment, .. }: &Piece<'_>,
        Weighed { term, entry, weight }: &Weighed,
    ) -> tantivy::Result<Option<Postings>> {
        let Some(blocks) = entry.postings(term, *number, segment, IndexRecordOption::WithFreqs)? else {
            return Ok(None);
        };
        let norms = segment.fieldnorms_readers().get_field(term.field())?;
        let norms = norms.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1));
        Ok(Some(Postings { blocks, at: 0, norms, weight: weight.clone() }))
    }

    /// The same stories from the first on.
    pub(super) fn again(&self) -> Postings {
        Postings { blocks: self.blocks.clone(), at: self.at, norms: self.norms.clone(), weight: self.weight.clone() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> u64 {
        u64::from(self.blocks.doc_freq())
    }

    /// No story weighs more.
    pub(super) fn most(&self) -> f32 {
        self.weight.max_score()
    }

    /// Goes to the first story that is not before `target`, and returns it.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        let here = self.blocks.docs().get(self.at).copied().unwrap_or(TERMINATED);
        if here >= target {
            return here;
        }
        self.at = self.blocks.seek(target);
        self.blocks.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    /// What `doc` weighs, 0 where it does not hold the term; to be asked with rising numbers.
    pub(super) fn weigh(&mut self, doc: DocId) -> f32 {
        if self.seek(doc) != doc {
            return 0.0;
        }
        self.weight.score(self.norms.fieldnorm_id(doc), self.blocks.freq(self.at))
    }

    /// Calls `each` with every story from here up to `end`, and what it weighs.
    #[inline]
    pub(super) fn for_each(&mut self, end: DocId, mut each: impl FnMut(DocId, f32)) {
        loop {
            let (docs, freqs) = (self.blocks.docs(), self.blocks.freqs());
            let Some(last) = docs.last() else { return };
            let to = if *last < end { docs.len() } else { docs.partition_point(|doc| *doc < end) };
            let from = self.at.min(to);
            for (doc, freq) in docs[from..to].iter().zip(&freqs[from..to]) {
                each(*doc, self.weight.score(self.norms.fieldnorm_id(*doc), *freq));
            }
            if to < docs.len() {
                self.at = to;
                return;
            }
            self.blocks.advance();
            self.at = 0;
        }
    }
}
