//! Wildcards, likenesses and regular expressions: the words that they stand for.

use super::{LowerError, Lowering, Scope, given_up};
use crate::engine::exact::EXACT_MARK;
use crate::engine::marks::Mark;
use crate::engine::near::Budget;
use crate::query::{Node, NodeKind, describe};
use crate::text::fold;
use memchr::memmem::Finder;
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::query::{
    BitSetDocSet, ConstScorer, EnableScoring, Explanation, FuzzyTermQuery, Query as Engine, Scorer, Weight,
};
use tantivy::schema::{Field as Column, IndexRecordOption, Term};
use tantivy::termdict::TermDictionary;
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader};

/// Most words that a pattern may stand for in a phrase or a proximity: each has a list of
/// positions open, of some two kilobytes.
pub(super) const EXPANSION_MAX: usize = 10_000;
/// Most words that all patterns of a query may stand for there together, one that is
/// written several times counted as often: what is open of them at a time fits into a
/// hundred megabytes.
const EXPANSIONS_MAX: usize = 20_000;
/// Steps of the budget that reading a term of the dictionary counts for: most of what a
/// pattern costs.
const TERM_STEPS: u64 = 56;
/// Steps that holding a word against literal parts counts for.
const GLOB_STEPS: u64 = 8;
/// Steps that holding a word against a regular expression counts for.
const REGEX_STEPS: u64 = 56;

/// What a word must be like.
#[derive(Clone, Debug)]
pub(crate) enum Pattern {
    /// Words that begin with `prefix` and that the whole expression matches; one without `?`
    /// is `glob` too, which is told in a fraction of the time.
    Regex { prefix: String, regex: regex::Regex, glob: Option<Glob> },
    /// Words that so many edits part from this one.
    Fuzzy(String, u8),
    /// Terms of a field without words that the whole expression matches.
    Whole(regex::bytes::Regex),
}

impl Pattern {
    /// Reads a wildcard, a likeness or a regular expression.
    pub(super) fn of(node: &Node) -> Result<Pattern, LowerError> {
        match &node.kind {
            NodeKind::Fuzzy(word, edits) => Ok(Pattern::Fuzzy(fold(word), *edits)),
            NodeKind::Regex(pattern) => {
                let folded = folded_regex(pattern);
                Pattern::regex(literal_prefix(&folded), &folded, pattern, None)
            }
            NodeKind::Wildcard(pattern) => Pattern::wildcard(pattern),
            _ => Err(LowerError::new("this is no pattern", "as in synd*")),
        }
    }

    pub(super) fn wildcard(pattern: &str) -> Result<Pattern, LowerError> {
        let folded = fold(pattern);
        let prefix = folded.split(['*', '?']).next().unwrap_or("").to_owned();
        let mut regex = String::new();
        for c in folded.chars() {
            match c {
                '*' => regex.push_str(".*"),
                '?' => regex.push('.'),
                c => regex.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
            }
        }
        Pattern::regex(prefix, &regex, pattern, Glob::of(&folded))
    }

    fn regex(prefix: String, regex: &str, written: &str, glob: Option<Glob>) -> Result<Pattern, LowerError> {
        let built = regex::Regex::new(&format!("^(?s:{regex})$"));
        let regex = built.map_err(|_| {
            LowerError::new(
                format!("{written} is too large a pattern"),
                "write a shorter one, with smaller repetitions",
            )
        })?;
        Ok(Pattern::Regex { prefix, regex, glob })
    }

    /// Reads an expression over whole terms of a field without words.
    pub(super) fn whole(regex: &str, written: &str) -> Result<Pattern, LowerError> {
        let built = regex::bytes::Regex::new(&format!("^(?s:{regex})$"));
        let built =
            built.map_err(|_| LowerError::new(format!("{written} is too long a path"), "write a shorter one"))?;
        Ok(Pattern::Whole(built))
    }

    /// Calls `each` with every word of a dictionary that is like this, until it refuses;
    /// returns the steps that this took.
    fn words(
        &self,
        column: Column,
        dictionary: &TermDictionary,
        each: &mut dyn FnMut(&str, &TermInfo) -> bool,
    ) -> tantivy::Result<u64> {
        let mut steps = 0;
        let mut take = |term: &[u8], info: &TermInfo, cost: u64, is_like: &dyn Fn(&str) -> bool| {
            steps += TERM_STEPS;
            // Exact variants of words and marks of sentences hold control characters.
            if term.iter().any(|b| *b < 0x20) {
                return true;
            }
            let Ok(word) = std::str::from_utf8(term) else { return true };
            steps += cost;
            !is_like(word) || each(word, info)
        };
        match self {
            Pattern::Regex { prefix, regex, glob } => {
                let (cost, is_like): (u64, &dyn Fn(&str) -> bool) = match glob {
                    Some(glob) => (GLOB_STEPS, &|word| glob.matches(word)),
                    None => (REGEX_STEPS, &|word| regex.is_match(word)),
                };
                let mut range = dictionary.range().ge(prefix.as_bytes());
                if let Some(end) = prefix_end(prefix) {
                    range = range.lt(end);
                }
                let mut stream = range.into_stream()?;
                while let Some((term, info)) = stream.next() {
                    if !take(term, info, cost, is_like) {
                        break;
                    }
                }
            }
            Pattern::Whole(regex) => {
                let mut stream = dictionary.stream()?;
                while let Some((term, info)) = stream.next() {
                    steps += TERM_STEPS + REGEX_STEPS;
                    if regex.is_match(term) && !each("", info) {
                        break;
                    }
                }
            }
            Pattern::Fuzzy(word, edits) => {
                let automaton = FuzzyTermQuery::new(Term::from_field_text(column, word), *edits, true).automaton()?;
                let mut stream = dictionary.search(automaton).into_stream()?;
                while let Some((term, info)) = stream.next() {
                    if !take(term, info, 0, &|_| true) {
                        break;
                    }
                }
            }
        }
        Ok(steps)
    }
}

/// A word in literal parts, with anything between them.
#[derive(Clone, Debug)]
pub(crate) struct Glob {
    first: String,
    middle: Vec<Finder<'static>>,
    last: String,
}

impl Glob {
    /// Reads a folded wildcard; `None` of one with `?` or without `*`.
    fn of(folded: &str) -> Option<Glob> {
        let (first, rest) = folded.split_once('*').filter(|_| !folded.contains('?'))?;
        let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
        let middle = middle.split('*').filter(|part| !part.is_empty());
        let middle = middle.map(|part| Finder::new(part).into_owned()).collect();
        Some(Glob { first: first.to_owned(), middle, last: last.to_owned() })
    }

    fn matches(&self, word: &str) -> bool {
        let Some(rest) = word.strip_prefix(&self.first) else { return false };
        let Some(rest) = rest.strip_suffix(&self.last) else { return false };
        let mut rest = rest.as_bytes();
        for part in &self.middle {
            let Some(at) = part.find(rest) else { return false };
            rest = &rest[at + part.needle().len()..];
        }
        true
    }
}

/// The least text behind every text that begins with `prefix`.
pub(super) fn prefix_end(prefix: &str) -> Option<Vec<u8>> {
    let mut end = prefix.as_bytes().to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return Some(end);
        }
    }
    None
}

/// Letters that every match of a regular expression begins with.
fn literal_prefix(regex: &str) -> String {
    if regex.contains('|') {
        return String::new();
    }
    let mut prefix: String = regex.chars().take_while(|c| c.is_alphanumeric()).collect();
    if regex[prefix.len()..].starts_with(['?', '*', '{']) {
        prefix.pop();
    }
    prefix
}

/// A regular expression as typed, levelled: folded words hold no capitals and no accents.
fn folded_regex(pattern: &str) -> String {
    let mut out = String::new();
    let mut escaped = false;
    for c in pattern.chars() {
        if escaped || c == '\\' {
            // \W and the like mean what their case says.
            out.push(c);
            escaped = !escaped;
        } else if c.is_alphanumeric() {
            out.push_str(&fold(c.encode_utf8(&mut [0; 4])));
        } else {
            out.push(c);
        }
    }
    out
}

/// What the patterns of one query stand for in phrases and proximities.
#[derive(Default)]
pub(super) struct Known {
    words: FxHashMap<(String, Column), Vec<String>>,
    /// The patterns outside of them, so that a set and its ranking look for one once.
    queries: FxHashMap<(String, Column), PatternQuery>,
    /// How many words one reading of the query stands for so far.
    placed: usize,
}

impl Known {
    /// Begins to count anew: the query is read once for its set and once for its ranking.
    pub(super) fn begin(&mut self) {
        self.placed = 0;
    }
}

fn within(placed: usize) -> Result<(), LowerError> {
    if placed <= EXPANSIONS_MAX {
        return Ok(());
    }
    Err(LowerError::new(
        format!(
            "up to here the patterns in phrases and proximities stand for {placed} words; at most {EXPANSIONS_MAX} are sought"
        ),
        "write fewer patterns, or more of their letters",
    ))
}

/// Words with the number of stories that hold each, added over the segments.
pub(super) type Words = Vec<(String, u64)>;

impl Lowering<'_> {
    /// The words that a pattern stands for, at most `most` of them, and how many they are.
    pub(super) fn expand(&self, pattern: &Pattern, column: Column, most: usize) -> Result<(Words, usize), LowerError> {
        let mut words: FxHashMap<String, u64> = FxHashMap::default();
        let mut over = 0;
        if self.budget.is_spent() {
            return Err(given_up());
        }
        for segment in self.reader.searcher.segment_readers() {
            let read = segment.inverted_index(column).and_then(|index| {
                pattern.words(column, index.terms(), &mut |word, info| {
                    if let Some(stories) = words.get_mut(word) {
                        *stories += u64::from(info.doc_freq);
                    } else if words.len() < most {
                        words.insert(word.to_owned(), u64::from(info.doc_freq));
                    } else {
                        over += 1;
                    }
                    true
                })
            });
            let read = read.map_err(|e| LowerError::new(format!("the dictionary cannot be read: {e}"), "run check"))?;
            if !self.budget.take(read) {
                return Err(given_up());
            }
        }
        let total = words.len() + over;
        let mut words: Words = words.into_iter().collect();
        words.sort_unstable();
        Ok((words, total))
    }

    /// The words that a pattern stands for at a place in the text.
    pub(super) fn expand_placed(
        &self,
        pattern: &Pattern,
        written: &str,
        column: Column,
    ) -> Result<Vec<String>, LowerError> {
        let mut known = self.patterns.borrow_mut();
        let key = (written.to_owned(), column);
        if let Some(words) = known.words.get(&key) {
            let words = words.clone();
            known.placed += words.len();
            return within(known.placed).map(|()| words);
        }
        let (words, total) = self.expand(pattern, column, EXPANSION_MAX)?;
        if total > EXPANSION_MAX {
            return Err(LowerError::new(
                format!(
                    "{written} stands for {total} words; in a phrase or a proximity at most {EXPANSION_MAX} are sought"
                ),
                "write more of its letters",
            ));
        }
        let words: Vec<String> = words.into_iter().map(|(word, _)| word).collect();
        known.placed += words.len();
        known.words.insert(key, words.clone());
        within(known.placed).map(|()| words)
    }

    /// Stories with a word that a pattern stands for, however many these are.
    pub(super) fn pattern(&self, node: &Node, scope: Scope) -> Result<Box<dyn Engine>, LowerError> {
        if matches!(scope, Scope::Lead | Scope::Body | Scope::Quote) {
            return self.placed(node, scope);
        }
        let key = (describe(node), self.column(scope));
        if let Some(known) = self.patterns.borrow().queries.get(&key) {
            return Ok(Box::new(known.clone()));
        }
        let query = self.pattern_query(Pattern::of(node)?, key.1);
        self.patterns.borrow_mut().queries.insert(key, query.clone());
        Ok(Box::new(query))
    }

    /// Stories with a term of `column` that a pattern stands for.
    pub(super) fn pattern_in(&self, pattern: Pattern, column: Column) -> Box<dyn Engine> {
        Box::new(self.pattern_query(pattern, column))
    }

    fn pattern_query(&self, pattern: Pattern, column: Column) -> PatternQuery {
        let (pattern, budget) = (Arc::new(pattern), Arc::clone(&self.budget));
        PatternQuery { column, pattern, stories: Arc::default(), budget }
    }

    pub(super) fn pattern_mark(&self, node: &Node, scope: Scope) -> Result<Mark, LowerError> {
        if matches!(scope, Scope::Lead | Scope::Body | Scope::Quote) {
            return Ok(Mark::places(self.spec(node, scope)?, scope));
        }
        Ok(match Pattern::of(node)? {
            Pattern::Regex { regex, .. } => Mark::Pattern { regex, scope },
            pattern @ (Pattern::Fuzzy(..) | Pattern::Whole(_)) => {
                let words = self.expand_placed(&pattern, &describe(node), self.column(scope))?;
                Mark::Words { words: words.into_iter().collect(), scope }
            }
        })
    }
}

/// Stories with a word that a pattern stands for.
#[derive(Clone, Debug)]
struct PatternQuery {
    column: Column,
    pattern: Arc<Pattern>,
    /// The stories found, by segment: a query is carried out several times.
    stories: Arc<Mutex<FxHashMap<SegmentId, BitSet>>>,
    budget: Arc<Budget>,
}

impl Engine for PatternQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl PatternQuery {
    fn stories(&self, segment: &SegmentReader) -> tantivy::Result<BitSet> {
        let mut known = self.stories.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stories) = known.get(&segment.segment_id()) {
            return Ok(stories.clone());
        }
        let mut stories = BitSet::with_max_value(segment.max_doc());
        if self.budget.is_spent() {
            // The answer is thrown away.
            return Ok(stories);
        }
        let index = segment.inverted_index(self.column)?;
        let mut fault = None;
        let read = self.pattern.words(self.column, index.terms(), &mut |_, info| match index
            .read_block_postings_from_terminfo(info, IndexRecordOption::Basic)
        {
            Ok(mut postings) => {
                while !postings.docs().is_empty() {
                    for doc in postings.docs() {
                        stories.insert(*doc);
                    }
                    postings.advance();
                }
                self.budget.take(u64::from(info.doc_freq))
            }
            Err(e) => {
                fault = Some(e);
                false
            }
        })?;
        if let Some(fault) = fault {
            return Err(fault.into());
        }
        self.budget.take(read);
        known.insert(segment.segment_id(), stories.clone());
        Ok(stories)
    }
}

impl Weight for PatternQuery {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(self.stories(segment)?), boost)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.seek(doc) != doc {
            return Err(tantivy::TantivyError::InvalidArgument(format!("story {doc} does not match")));
        }
        Ok(Explanation::new("pattern", scorer.score()))
    }
}

impl Lowering<'_> {
    /// The exact variants of a folded word.
    pub(super) fn variants(&self, folded: &str, column: Column) -> Result<Vec<String>, LowerError> {
        let prefix = format!("{folded}{EXACT_MARK}");
        let mut variants = Vec::new();
        for segment in self.reader.searcher.segment_readers() {
            let mut read = || -> tantivy::Result<()> {
                let index = segment.inverted_index(column)?;
                let end = format!("{folded}{}", char::from(2));
                let mut stream = index.terms().range().ge(prefix.as_bytes()).lt(end.as_bytes()).into_stream()?;
                while let Some((term, _)) = stream.next() {
                    let term = String::from_utf8_lossy(term).into_owned();
                    if !variants.contains(&term) {
                        variants.push(term);
                    }
                }
                Ok(())
            };
            read().map_err(|e| LowerError::new(format!("the dictionary cannot be read: {e}"), "run check"))?;
        }
        Ok(variants)
    }
}

#[cfg(test)]
mod tests {
    use super::{Glob, Pattern};

    proptest::proptest! {
        #[test]
        fn literal_parts_say_what_the_expression_says(pattern in "[abé*]{0,6}", word in "[abé]{0,8}") {
            let Ok(Pattern::Regex { regex, .. }) = Pattern::wildcard(&pattern) else {
                return Err(proptest::test_runner::TestCaseError::fail("a wildcard is an expression"));
            };
            let word = crate::text::fold(&word);
            if let Some(glob) = Glob::of(&crate::text::fold(&pattern)) {
                proptest::prop_assert_eq!(glob.matches(&word), regex.is_match(&word));
            }
        }
    }

    #[test]
    fn parts_do_not_overlap() {
        let like = |pattern: &str, word: &str| Glob::of(pattern).is_some_and(|g| g.matches(word));
        assert!(like("a*a", "aa") && !like("a*a", "a"));
        assert!(like("*ab*b", "abb") && !like("*ab*b", "ab"));
        assert!(like("*", "") && Glob::of("a?b*").is_none() && Glob::of("ab").is_none());
    }
}
