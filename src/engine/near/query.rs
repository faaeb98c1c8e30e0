//! The evaluation as a query of the engine: stories in order, scored by BM25.

use super::lists::{List, Slot, Span, derive};
use super::shape::{Shape, Solver};
use super::source::Source;
use super::{Budget, Spec};
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, Term};
use tantivy::{DocId, DocSet, Score, Searcher, SeekDangerResult, SegmentReader, TERMINATED};

/// Occurrences beyond which a story's score grows no more.
const COUNTED_MAX: u32 = 64;
/// Steps of one story after which the query gives up: a thousand times an ordinary one.
const STORY_STEPS_MAX: u64 = super::STEPS_MAX / 16;

/// Stories in which the words of one column obey a [`Spec`].
#[derive(Clone, Debug)]
pub(crate) struct NearQuery {
    pub(crate) column: Field,
    pub(crate) spec: Arc<Spec>,
    pub(crate) budget: Arc<Budget>,
}

impl Query for NearQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarity = match scoring {
            EnableScoring::Enabled { searcher, .. } => Some(self.similarity(searcher)?),
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(NearWeight { query: self.clone(), similarity }))
    }
}

/// Frequencies of leaves, under the name of their number.
struct LeafStatistics<'a> {
    searcher: &'a Searcher,
    stories: Vec<u64>,
}

impl Bm25StatisticsProvider for LeafStatistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let number = term.value().as_str().and_then(|n| n.parse::<usize>().ok());
        Ok(number.and_then(|n| self.stories.get(n)).copied().unwrap_or(0))
    }
}

impl NearQuery {
    /// Weighs a hit as a phrase of all its leaves; alternatives are as common as all of
    /// them together.
    fn similarity(&self, searcher: &Searcher) -> tantivy::Result<Bm25Weight> {
        let all = searcher.total_num_docs()?;
        let asked = leaves_of(&self.spec);
        let mut stories = Vec::with_capacity(self.spec.leaves.len());
        for leaf in &self.spec.leaves {
            let mut sum = 0;
            for term in &leaf.terms {
                sum += searcher.doc_freq(&Term::from_field_text(self.column, term))?;
            }
            stories.push(sum.min(all));
        }
        let names: Vec<Term> = asked.iter().map(|leaf| Term::from_field_text(self.column, &leaf.to_string())).collect();
        if all == 0 || names.is_empty() {
            return Ok(Bm25Weight::for_one_term_without_explain(0, all.max(1), 1.0));
        }
        Bm25Weight::for_terms(&LeafStatistics { searcher, stories }, &names)
    }
}

/// The leaves that hits consist of: not the bounds, and not what must not be near.
fn leaves_of(spec: &Spec) -> Vec<usize> {
    fn slot(spec: &Spec, of: usize, out: &mut Vec<usize>) {
        match &spec.slots[of] {
            Slot::Leaf(leaf) => out.push(*leaf),
            Slot::Phrase(slots) | Slot::Union(slots) => slots.iter().for_each(|s| slot(spec, *s, out)),
            Slot::Inside { of, .. } | Slot::Lengthened { of, .. } => slot(spec, *of, out),
        }
    }
    fn shape(spec: &Spec, of: &Shape, out: &mut Vec<usize>) {
        match of {
            Shape::List(list) => slot(spec, *list, out),
            Shape::Sloppy(words, _, _) => words.iter().for_each(|w| slot(spec, *w, out)),
            Shape::Any(shapes) => shapes.iter().for_each(|s| shape(spec, s, out)),
            Shape::Near { left, right, without, .. } => {
                shape(spec, left, out);
                if !without {
                    shape(spec, right, out);
                }
            }
            Shape::AtLeast(_, of) => shape(spec, of, out),
        }
    }
    let mut out = Vec::new();
    shape(spec, &spec.shape, &mut out);
    out
}

struct NearWeight {
    query: NearQuery,
    similarity: Option<Bm25Weight>,
}

impl NearWeight {
    fn open(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<NearScorer> {
        let spec = Arc::clone(&self.query.spec);
        let field = self.query.column;
        let mut sources = Vec::with_capacity(spec.leaves.len());
        for leaf in &spec.leaves {
            sources.push(Source::open(segment, field, leaf)?);
        }
        let norms = match &self.similarity {
            Some(_) => segment.fieldnorms_readers().get_field(field)?,
            None => None,
        };
        let norms = norms.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1));
        let lists = spec.slots.iter().map(|_| List::default()).collect();
        let mut needed = vec![false; spec.slots.len()];
        need(&spec.shape, &spec.slots, &mut needed);
        Ok(NearScorer {
            budget: Arc::clone(&self.query.budget),
            similarity: self.similarity.as_ref().map(|s| s.boost_by(boost)),
            spec,
            sources,
            lists,
            needed,
            norms,
            positions: Vec::new(),
            spans: Vec::new(),
            doc: 0,
        })
    }
}

/// Marks the lists without which nothing can match.
fn need(shape: &Shape, slots: &[Slot], needed: &mut [bool]) {
    fn slot(of: usize, slots: &[Slot], needed: &mut [bool]) {
        needed[of] = true;
        match &slots[of] {
            Slot::Phrase(words) => words.iter().for_each(|w| slot(*w, slots, needed)),
            Slot::Inside { of, .. } | Slot::Lengthened { of, .. } => slot(*of, slots, needed),
            Slot::Leaf(_) | Slot::Union(_) => {}
        }
    }
    match shape {
        Shape::List(list) => slot(*list, slots, needed),
        Shape::Sloppy(words, _, _) => words.iter().for_each(|w| slot(*w, slots, needed)),
        Shape::Any(_) => {}
        Shape::Near { left, right, without, .. } => {
            need(left, slots, needed);
            if !without {
                need(right, slots, needed);
            }
        }
        Shape::AtLeast(_, of) => need(of, slots, needed),
    }
}

impl Weight for NearWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorer = self.open(segment, boost)?;
        scorer.next_from(0);
        Ok(Box::new(scorer))
    }

    fn scorer_danger(
        &self,
        segment: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        let mut scorer = self.open(segment, boost)?;
        Ok((scorer.try_at(target), Box::new(scorer)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.open(segment, 1.0)?;
        if scorer.next_from(doc) != doc {
            return Err(tantivy::TantivyError::InvalidArgument(format!("story {doc} does not match")));
        }
        Ok(Explanation::new("proximity", scorer.score()))
    }
}

struct NearScorer {
    spec: Arc<Spec>,
    budget: Arc<Budget>,
    sources: Vec<Source>,
    lists: Vec<List>,
    needed: Vec<bool>,
    norms: FieldNormReader,
    similarity: Option<Bm25Weight>,
    positions: Vec<u32>,
    spans: Vec<Span>,
    doc: DocId,
}

/// Goes to the first story from `target` on that may match: all parts that must be there
/// are in it.
fn seek_shape(shape: &Shape, slots: &[Slot], sources: &mut [Source], target: DocId) -> DocId {
    match shape {
        Shape::List(list) => seek_slot(*list, slots, sources, target),
        Shape::Sloppy(words, _, _) => all(words.len(), target, &mut |i, t| seek_slot(words[i], slots, sources, t)),
        Shape::Any(shapes) => shapes.iter().map(|s| seek_shape(s, slots, sources, target)).min().unwrap_or(TERMINATED),
        Shape::Near { left, without: true, .. } => seek_shape(left, slots, sources, target),
        Shape::Near { left, right, .. } => {
            all(2, target, &mut |i, t| seek_shape(if i == 0 { left } else { right }, slots, sources, t))
        }
        Shape::AtLeast(_, of) => seek_shape(of, slots, sources, target),
    }
}

fn seek_slot(slot: usize, slots: &[Slot], sources: &mut [Source], target: DocId) -> DocId {
    match &slots[slot] {
        Slot::Leaf(leaf) => sources[*leaf].seek(target),
        Slot::Phrase(words) => all(words.len(), target, &mut |i, t| seek_slot(words[i], slots, sources, t)),
        Slot::Inside { of, .. } | Slot::Lengthened { of, .. } => seek_slot(*of, slots, sources, target),
        Slot::Union(lists) => lists.iter().map(|l| seek_slot(*l, slots, sources, target)).min().unwrap_or(TERMINATED),
    }
}

/// The first story from `target` on that all of `count` lists hold.
fn all(count: usize, mut target: DocId, seek: &mut dyn FnMut(usize, DocId) -> DocId) -> DocId {
    let mut agreed = 0;
    let mut i = 0;
    while agreed < count && target < TERMINATED {
        let doc = seek(i, target);
        if doc == target {
            agreed += 1;
        } else {
            target = doc;
            agreed = 1;
        }
        i = (i + 1) % count;
    }
    target
}

impl NearScorer {
    /// Goes to the first story from `target` on that matches.
    fn next_from(&mut self, target: DocId) -> DocId {
        let spec = Arc::clone(&self.spec);
        let mut target = target;
        loop {
            self.doc = seek_shape(&spec.shape, &spec.slots, &mut self.sources, target);
            if self.doc >= TERMINATED || self.matches() {
                return self.doc;
            }
            target = self.doc + 1;
        }
    }

    /// Tells whether story `target` matches, or where the next can be.
    fn try_at(&mut self, target: DocId) -> SeekDangerResult {
        if target >= TERMINATED {
            return SeekDangerResult::SeekLowerBound(target);
        }
        let spec = Arc::clone(&self.spec);
        self.doc = seek_shape(&spec.shape, &spec.slots, &mut self.sources, target);
        if self.doc != target {
            SeekDangerResult::SeekLowerBound(self.doc)
        } else if self.matches() {
            // Without steps left the story is none.
            if self.doc == target { SeekDangerResult::Found } else { SeekDangerResult::SeekLowerBound(self.doc) }
        } else {
            SeekDangerResult::SeekLowerBound(self.doc + 1)
        }
    }

    /// Whether the present story matches. Without steps left nothing does any more.
    fn matches(&mut self) -> bool {
        let mut steps = self.sources.iter_mut().map(Source::steps).sum();
        let full = self.load(&mut steps);
        let found = full && self.search(&mut steps, |solver, shape| solver.exists(shape));
        if !self.budget.take(steps) {
            self.doc = TERMINATED;
            return true;
        }
        found
    }

    /// Fills the lists; false where one that is needed is empty.
    fn load(&mut self, steps: &mut u64) -> bool {
        let spec = Arc::clone(&self.spec);
        for (i, slot) in spec.slots.iter().enumerate() {
            let (before, rest) = self.lists.split_at_mut(i);
            let Some(list) = rest.first_mut() else { return false };
            match slot {
                Slot::Leaf(leaf) => {
                    *steps += self.sources[*leaf].fill(self.doc, &mut self.positions, list) as u64;
                }
                Slot::Phrase(_) | Slot::Union(_) | Slot::Inside { .. } | Slot::Lengthened { .. } => {
                    derive(slot, before, list);
                }
            }
            if self.needed[i] && list.spans.is_empty() {
                return false;
            }
        }
        true
    }

    fn search<T>(&mut self, steps: &mut u64, ask: impl FnOnce(&mut Solver<'_>, &Shape) -> T) -> T {
        let spec = Arc::clone(&self.spec);
        let mut solver = Solver::new(&self.lists, std::mem::take(&mut self.spans), STORY_STEPS_MAX);
        let answer = ask(&mut solver, &spec.shape);
        *steps += solver.steps;
        if solver.gave_up() {
            // One story that cannot be told leaves the whole answer untold.
            *steps = u64::MAX;
        }
        self.spans = std::mem::take(&mut solver.spans);
        answer
    }
}

impl DocSet for NearScorer {
    fn advance(&mut self) -> DocId {
        if self.doc >= TERMINATED {
            return TERMINATED;
        }
        self.next_from(self.doc + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        self.next_from(target)
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        self.try_at(target)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        // Far fewer stories match than hold the rarest word.
        self.sources.iter().map(Source::size_hint).min().unwrap_or(0) / 10
    }

    fn cost(&self) -> u64 {
        let least = self.sources.iter().map(Source::size_hint).min().unwrap_or(0);
        u64::from(least) * 10 * self.sources.len() as u64
    }
}

impl Scorer for NearScorer {
    fn score(&mut self) -> Score {
        if self.similarity.is_none() {
            return 1.0;
        }
        let mut steps = 0;
        let count = self.search(&mut steps, |solver, shape| solver.count(shape, COUNTED_MAX));
        self.budget.take(steps);
        let norm = self.norms.fieldnorm_id(self.doc);
        self.similarity.as_ref().map_or(1.0, |s| s.score(norm, count.max(1)))
    }
}
