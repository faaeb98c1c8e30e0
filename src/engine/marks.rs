//! What made a story match: the words to highlight, by the same evaluation as the set.
//!
//! The story's text is analysed again as the index analysed it, and the query's tree is
//! evaluated over it: alternatives that do not hold are not marked, a phrase is marked
//! whole, a proximity by the words that stand near each other and no others.

use super::analysis::{Analysis, Part, STEM_MARK, Start, Term as Analysed};
use super::annotations::{Mentions, Names, spoken_term};
use super::bearers;
use super::lower::Scope;
use super::near::{List, Shape, Slot, Solver, Span, Spec, derive};
use super::writer::parts;
use crate::query::DateRange;
use crate::story::{Speaker, Story};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::RefCell;
use std::ops::Range;

/// Steps of the search for hits in one story: enough for any that people write.
const STEPS_MAX: u64 = 2_000_000;

/// What of a query is marked.
pub(super) enum Mark {
    /// What holds without words of its own: filters, everything.
    Holds,
    /// Words with one of these stems.
    Stems { stems: Vec<String>, scope: Scope },
    /// These folded words.
    Words { words: FxHashSet<String>, scope: Scope },
    /// Folded words that an expression matches.
    Pattern { regex: regex::Regex, scope: Scope },
    /// Words whose places obey a spec.
    Places { spec: Spec, terms: FxHashMap<String, Vec<Term>>, scope: Scope },
    /// The times spoken of that fall into these days.
    Times(DateRange, bool),
    /// The quotations of people with one of these terms.
    Spoken(FxHashSet<String>),
    /// All of them.
    All(Vec<Mark>),
    /// Those that hold.
    Any(Vec<Mark>),
    /// Holds where the other does not; has nothing to show.
    Without(Box<Mark>),
}

/// A leaf that a term belongs to, and what it is there.
pub(super) type Term = (usize, Role);

/// What a term is to a leaf.
#[derive(Clone, Copy)]
pub(super) enum Role {
    /// What is looked for.
    Wanted,
    /// What must not be there.
    Unwanted,
    /// Where a name begins that stands directly behind another.
    Behind,
}

impl Mark {
    pub(super) fn places(spec: Spec, scope: Scope) -> Mark {
        let mut terms: FxHashMap<String, Vec<Term>> = FxHashMap::default();
        for (leaf, asked) in spec.leaves.iter().enumerate() {
            asked.terms.iter().for_each(|t| terms.entry(t.clone()).or_default().push((leaf, Role::Wanted)));
            asked.without.iter().for_each(|t| terms.entry(t.clone()).or_default().push((leaf, Role::Unwanted)));
            asked.joined.iter().for_each(|t| terms.entry((*t).to_owned()).or_default().push((leaf, Role::Behind)));
        }
        Mark::Places { spec, terms, scope }
    }
}

impl Mark {
    /// What holds where this does not. A value outside the text may be there or not: the text
    /// says nothing against its absence either.
    pub(super) fn negated(self) -> Mark {
        match self {
            Mark::Holds => Mark::Holds,
            Mark::Any(marks) => Mark::All(marks.into_iter().map(Mark::negated).collect()),
            Mark::All(marks) => Mark::Any(marks.into_iter().map(Mark::negated).collect()),
            other => Mark::Without(Box::new(other)),
        }
    }

    /// Gathers the stems that it looks for.
    fn stems(&self, out: &mut FxHashSet<String>) {
        match self {
            Mark::Stems { stems, .. } => out.extend(stems.iter().cloned()),
            Mark::All(marks) | Mark::Any(marks) => marks.iter().for_each(|m| m.stems(out)),
            Mark::Without(inner) => inner.stems(out),
            Mark::Holds
            | Mark::Words { .. }
            | Mark::Pattern { .. }
            | Mark::Places { .. }
            | Mark::Times(..)
            | Mark::Spoken(_) => {}
        }
    }
}

/// The marks of a query.
pub struct Marks {
    root: Mark,
    asked: Asked,
    /// Kept from story to story for the words that it has met.
    analysis: RefCell<Analysis>,
}

/// The stems that any part of a query looks for.
struct Asked {
    stems: FxHashSet<String>,
    /// The letters that they begin with: few words of a story do.
    first: FxHashSet<char>,
}

/// A term of a story's text at its place.
struct Token {
    position: u32,
    term: Range<u32>,
    bytes: Range<u32>,
    part: Part,
}

/// A text as the index analysed it.
#[derive(Default)]
struct Words {
    tokens: Vec<Token>,
    /// The terms, one behind the other.
    terms: String,
    /// Bytes of each position.
    places: Vec<Range<u32>>,
}

impl Words {
    /// Adds a stretch, of which the first byte is number `offset` of the text; returns the
    /// position that the next begins at.
    fn add(
        &mut self,
        analysis: &mut Analysis,
        (text, offset): (&str, usize),
        part: Part,
        (start, names): (Start, Names<'_>),
        base: u32,
    ) -> u32 {
        let mut end = base;
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        // The folded analysis is the same in every language.
        analysis.walk(text, None, start, names, &mut |word, term| {
            let Analysed::Placed(position, term) = term else { return };
            let position = base + position;
            end = end.max(position);
            let from = small(self.terms.len());
            self.terms.push_str(term);
            let bytes = small(offset + word.start)..small(offset + word.end);
            let place = position as usize;
            if self.places.len() <= place {
                self.places.resize(place + 1, 0..0);
            }
            // Letters that stops join have one place; the second half of a word that a line's end cuts has its own.
            let known = &mut self.places[place];
            if known.start == known.end {
                *known = bytes.clone();
            } else if bytes.start > known.start {
                known.end = known.end.max(bytes.end);
            }
            self.tokens.push(Token { position, term: from..small(self.terms.len()), bytes, part });
        });
        // As tantivy sets values apart: one position, even where a value has no words.
        end + 1
    }

    fn of_text(story: &Story, analysis: &mut Analysis) -> Words {
        let mut words = Words::default();
        let mut base = 0;
        let mentions = Mentions::of(story);
        for (part, range) in parts(story) {
            let text = (&story.text[range.clone()], range.start);
            base = words.add(analysis, text, part, (part.start(), mentions.within(&range)), base);
        }
        words
    }

    fn of_headline(story: &Story, analysis: &mut Analysis) -> Words {
        let mut words = Words::default();
        if let Some(headline) = story.layout.headline {
            let text = (headline.of(&story.text), headline.start as usize);
            let mentions = Mentions::of(story);
            words.add(analysis, text, Part::Headline, (Start::default(), mentions.in_headline(story)), 0);
        }
        words
    }

    fn term(&self, token: &Token) -> &str {
        &self.terms[token.term.start as usize..token.term.end as usize]
    }

    fn bytes(&self, span: Span) -> Option<Range<usize>> {
        let first = self.places.get(span.first as usize)?;
        let last = self.places.get(span.last as usize)?;
        (first.start < last.end).then_some(first.start as usize..last.end as usize)
    }
}

/// Whether a part lies in what a query looks at.
fn sees(scope: Scope, part: Part) -> bool {
    match scope {
        Scope::Text => true,
        Scope::Headline => part == Part::Headline,
        Scope::Lead => matches!(part, Part::Opening | Part::Lead | Part::LeadBehindOpening),
        Scope::Body => part == Part::Body,
        Scope::Byline => false,
        Scope::Quote => true,
    }
}

/// Where each stem of a story stands that the query asks for.
type Stems<'a> = FxHashMap<&'a str, Vec<(Part, Range<usize>)>>;

/// Analyses parts of a story once, for all the words that are looked for in it.
fn stems_of<'a>(
    story: &Story,
    analysis: &mut Analysis,
    asked: &'a Asked,
    parts: impl Iterator<Item = (Part, Range<usize>)>,
) -> Stems<'a> {
    let lang = story.lang.as_ref().map(|l| l.value.as_str());
    let mut stems = Stems::default();
    for (part, range) in parts {
        let text = &story.text[range.clone()];
        analysis.stems_from(text, lang, &asked.first, &mut |word, stem| {
            if let Some(stem) = asked.stems.get(stem) {
                let place = (part, range.start + word.start..range.start + word.end);
                stems.entry(stem).or_default().push(place);
            }
        });
    }
    stems
}

/// The evaluation over one story.
struct Evaluation<'a> {
    story: &'a Story,
    text: Option<Words>,
    headline: Option<Words>,
    stems: Option<Stems<'a>>,
    headline_stems: Option<Stems<'a>>,
    asked: &'a Asked,
    analysis: &'a RefCell<Analysis>,
}

impl Marks {
    pub(super) fn new(root: Mark) -> Marks {
        let mut stems = FxHashSet::default();
        root.stems(&mut stems);
        let first = stems.iter().filter_map(|s| s.split_once(STEM_MARK)?.1.chars().next()).collect();
        Marks { root, asked: Asked { stems, first }, analysis: RefCell::default() }
    }

    /// Returns the bytes of `story.text` that made it match, in order, not overlapping.
    #[must_use]
    pub fn spans(&self, story: &Story) -> Vec<Range<usize>> {
        let mut evaluation = Evaluation {
            story,
            text: None,
            headline: None,
            stems: None,
            headline_stems: None,
            asked: &self.asked,
            analysis: &self.analysis,
        };
        let mut out = Vec::new();
        if !evaluation.mark(&self.root, &mut out) {
            // A filter on values outside the text may hold what the text alone does not.
            out.clear();
            evaluation.positive(&self.root, &mut out);
        }
        merge(out)
    }
}

fn merge(mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_by_key(|r| (r.start, r.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in found {
        match out.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

impl Evaluation<'_> {
    /// Adds what a mark finds; false, and nothing added, where it does not hold.
    fn mark(&mut self, mark: &Mark, out: &mut Vec<Range<usize>>) -> bool {
        let before = out.len();
        let holds = match mark {
            Mark::Holds => true,
            Mark::Stems { stems, scope } => {
                self.stems(stems, *scope, out);
                out.len() > before
            }
            Mark::Words { words, scope } => {
                self.folded(*scope, &mut |term| words.contains(term), out);
                out.len() > before
            }
            Mark::Pattern { regex, scope } => {
                self.folded(*scope, &mut |term| regex.is_match(term), out);
                out.len() > before
            }
            Mark::Times(range, inferred) => {
                let spans = super::events::spans(self.story, *range, *inferred);
                out.extend(spans.iter().map(|s| s.start as usize..s.end as usize));
                out.len() > before
            }
            Mark::Spoken(terms) => {
                let term = |s: &Speaker| spoken_term(&bearers::named(s.id.as_deref(), &s.name));
                let quotes =
                    self.story.quotes.iter().filter(|q| q.speaker.as_ref().is_some_and(|s| terms.contains(&term(s))));
                out.extend(quotes.map(|q| q.span.start as usize..q.span.end as usize));
                out.len() > before
            }
            Mark::Places { scope: Scope::Byline, .. } => true,
            Mark::Places { spec, terms, scope } => self.places(spec, terms, *scope, out),
            Mark::All(marks) => marks.iter().all(|m| self.mark(m, out)),
            // Every alternative is looked at: all that hold are shown.
            Mark::Any(marks) => marks.iter().fold(false, |any, m| self.mark(m, out) | any),
            Mark::Without(inner) => {
                let holds = !self.mark(inner, out);
                out.truncate(before);
                holds
            }
        };
        if !holds {
            out.truncate(before);
        }
        holds
    }

    /// Adds what any positive part finds.
    fn positive(&mut self, mark: &Mark, out: &mut Vec<Range<usize>>) {
        match mark {
            Mark::All(marks) | Mark::Any(marks) => marks.iter().for_each(|m| self.positive(m, out)),
            Mark::Without(_) => {}
            _ => {
                self.mark(mark, out);
            }
        }
    }

    fn words(&mut self, scope: Scope) -> &Words {
        let (story, analysis) = (self.story, self.analysis);
        if scope == Scope::Headline {
            self.headline.get_or_insert_with(|| Words::of_headline(story, &mut analysis.borrow_mut()))
        } else {
            self.text.get_or_insert_with(|| Words::of_text(story, &mut analysis.borrow_mut()))
        }
    }

    fn folded(&mut self, scope: Scope, fits: &mut dyn FnMut(&str) -> bool, out: &mut Vec<Range<usize>>) {
        let words = self.words(scope);
        for token in words.tokens.iter().filter(|t| sees(scope, t.part)) {
            let term = words.term(token);
            if !term.bytes().any(|b| b < 0x20) && fits(term) {
                out.push(token.bytes.start as usize..token.bytes.end as usize);
            }
        }
    }

    fn stems(&mut self, stems: &[String], scope: Scope, out: &mut Vec<Range<usize>>) {
        let (story, analysis, asked) = (self.story, self.analysis, self.asked);
        let known = if scope == Scope::Headline {
            self.headline_stems.get_or_insert_with(|| {
                let headline = story.layout.headline.map(|h| (Part::Headline, h.start as usize..h.end as usize));
                stems_of(story, &mut analysis.borrow_mut(), asked, headline.into_iter())
            })
        } else {
            self.stems.get_or_insert_with(|| stems_of(story, &mut analysis.borrow_mut(), asked, parts(story)))
        };
        let found = stems.iter().filter_map(|s| known.get(s.as_str())).flatten().filter(|(part, _)| sees(scope, *part));
        out.extend(found.map(|(_, bytes)| bytes.clone()));
    }

    fn places(
        &mut self,
        spec: &Spec,
        terms: &FxHashMap<String, Vec<Term>>,
        scope: Scope,
        out: &mut Vec<Range<usize>>,
    ) -> bool {
        let words = self.words(scope);
        let mut positions: Vec<Vec<u32>> = vec![Vec::new(); spec.leaves.len()];
        let mut without: Vec<Vec<u32>> = vec![Vec::new(); spec.leaves.len()];
        let mut behind: Vec<Vec<u32>> = vec![Vec::new(); spec.leaves.len()];
        for token in &words.tokens {
            for (leaf, role) in terms.get(words.term(token)).into_iter().flatten() {
                let list = match role {
                    Role::Wanted => &mut positions,
                    Role::Unwanted => &mut without,
                    Role::Behind => &mut behind,
                };
                list[*leaf].push(token.position);
            }
        }
        let mut lists: Vec<List> = vec![List::default(); spec.slots.len()];
        for (i, slot) in spec.slots.iter().enumerate() {
            let (before, rest) = lists.split_at_mut(i);
            if let Slot::Leaf(leaf) = slot {
                let found = &mut positions[*leaf];
                found.retain(|p| !without[*leaf].contains(p));
                found.sort_unstable();
                behind[*leaf].sort_unstable();
                rest[0].fill(found, spec.leaves[*leaf].joined.map(|_| behind[*leaf].as_slice()));
            } else {
                derive(slot, before, &mut rest[0]);
            }
        }
        hits(&lists, &spec.shape, &mut |span| out.extend(words.bytes(span)))
    }
}

/// Calls `each` with every span that takes part in a hit; returns whether there is a hit.
pub(super) fn hits(lists: &[List], shape: &Shape, each: &mut dyn FnMut(Span)) -> bool {
    let mut seen: FxHashSet<Span> = FxHashSet::default();
    let mut any = false;
    Solver::new(lists, Vec::new(), STEPS_MAX).solve(shape, &mut |solver| {
        any = true;
        for span in &solver.spans {
            if seen.insert(*span) {
                each(*span);
            }
        }
        super::near::Flow::Go
    });
    any
}
