//! What made a story match, and the passages that show it.
//!
//! The text is read again with the same words, folding and stems as the index, and the
//! query's own atoms are looked for: a phrase is marked whole, never as loose words.

use crate::engine::{Mark, stem_terms};
use crate::story::Story;
use crate::text::{Word, fold_into, words};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Characters of a passage: about three lines of a terminal.
const SNIPPET_CHARS: usize = 240;
/// Words of a story that are looked at: beyond it a match goes unmarked, not unfound.
const WORDS_MAX: usize = 200_000;

/// A passage with the byte ranges in it that matched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The passage; several are parted by ` … `.
    pub text: String,
    /// What matched, in order, not overlapping.
    pub spans: Vec<Range<usize>>,
}

/// Returns the spans of `story.text` that the marks match, in order, not overlapping.
pub(super) fn spans(story: &Story, marks: &[Mark]) -> Vec<Range<usize>> {
    let lang = story.lang.as_ref().map(|l| l.value.as_str());
    let list: Vec<Word> = words(&story.text).take(WORDS_MAX).collect();
    let mut folded: Vec<String> = Vec::with_capacity(list.len());
    for word in &list {
        let mut buffer = String::new();
        fold_into(&story.text[word.start..word.end], &mut buffer);
        folded.push(buffer);
    }
    let mut stems: FxHashMap<&str, bool> = FxHashMap::default();
    let mut found: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        match mark {
            Mark::Word { stems: wanted } => {
                stems.clear();
                for (word, folded) in list.iter().zip(&folded) {
                    let printed = &story.text[word.start..word.end];
                    let hit = *stems
                        .entry(folded)
                        .or_insert_with(|| stem_terms(printed, lang).iter().any(|t| wanted.contains(t)));
                    if hit {
                        found.push(word.start..word.end);
                    }
                }
            }
            Mark::Phrase { words: wanted } => {
                for (i, window) in folded.windows(wanted.len().max(1)).enumerate() {
                    if window == wanted {
                        found.push(list[i].start..list[i + wanted.len() - 1].end);
                    }
                }
            }
            Mark::Exact { printed } => {
                let exact = |w: &&Word| &story.text[w.start..w.end] == printed.as_str();
                found.extend(list.iter().filter(exact).map(|w| w.start..w.end));
            }
            Mark::Pattern { regex } => {
                for (word, folded) in list.iter().zip(&folded) {
                    if regex.is_match(folded) {
                        found.push(word.start..word.end);
                    }
                }
            }
        }
    }
    merge(found)
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

/// Returns the passages of `story` that hold most of what matched, at most `count`.
pub(super) fn snippet(story: &Story, marks: &[Mark], count: usize) -> Snippet {
    if count == 0 {
        return Snippet::default();
    }
    let spans = spans(story, marks);
    let text = story.text.as_str();
    let mut passages = best_passages(text, &spans, count, story.layout.lead_start as usize);
    passages.sort_by_key(|p| p.start);
    let mut out = Snippet::default();
    for passage in passages {
        if !out.text.is_empty() {
            out.text.push_str(" … ");
        }
        let base = out.text.len();
        out.text.push_str(&text[passage.clone()]);
        let inside = spans.iter().filter(|s| s.start >= passage.start && s.end <= passage.end);
        out.spans.extend(inside.map(|s| base + s.start - passage.start..base + s.end - passage.start));
    }
    out
}

fn best_passages(text: &str, spans: &[Range<usize>], count: usize, lead: usize) -> Vec<Range<usize>> {
    if spans.is_empty() {
        return vec![passage_from(text, lead.min(text.len()))];
    }
    let mut candidates: Vec<(usize, Range<usize>)> = spans
        .iter()
        .map(|s| {
            let passage = passage_from(text, sentence_start(text, s.start));
            // A phrase that ends beyond the passage pulls its end along.
            let passage = passage.start..passage.end.max(s.end);
            let distinct: std::collections::BTreeSet<&str> = spans
                .iter()
                .filter(|o| o.start >= passage.start && o.end <= passage.end)
                .map(|o| &text[o.start..o.end])
                .collect();
            (distinct.len(), passage)
        })
        .collect();
    candidates.sort_by_key(|(n, p)| (std::cmp::Reverse(*n), p.start));
    let mut chosen: Vec<Range<usize>> = Vec::new();
    for (_, passage) in candidates {
        if chosen.len() < count && chosen.iter().all(|c| passage.end <= c.start || passage.start >= c.end) {
            chosen.push(passage);
        }
    }
    chosen
}

/// The start of the sentence that holds `at`, or a blank not too far before it.
fn sentence_start(text: &str, at: usize) -> usize {
    let mut blank = at;
    for (n, (i, c)) in text[..at].char_indices().rev().enumerate() {
        if matches!(c, '\n' | '.' | '!' | '?' | '。' | '؟' | '！' | '？') {
            let after = i + c.len_utf8();
            return after + text[after..at].len() - text[after..at].trim_start().len();
        }
        if c.is_whitespace() {
            blank = i + c.len_utf8();
        }
        if n >= SNIPPET_CHARS / 2 {
            return blank;
        }
    }
    0
}

fn passage_from(text: &str, start: usize) -> Range<usize> {
    let mut end = text.len();
    let mut blank = start;
    for (n, (i, c)) in text[start..].char_indices().enumerate() {
        if c.is_whitespace() {
            blank = start + i;
        }
        if n >= SNIPPET_CHARS {
            end = if blank > start { blank } else { start + i };
            break;
        }
    }
    start..end
}
