//! The passages of a story that show why it matched.
//!
//! What matched comes from the engine's own evaluation. A passage is made of whole
//! sentences where they fit; the best come first, and the headline, which a list shows
//! anyway, only where nothing else matched.

use crate::engine::Marks;
use crate::story::Story;
use crate::text::{Boundary, Word, boundary, fold, words};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

/// Characters of a passage: about three lines of a terminal.
const SNIPPET_CHARS: usize = 240;
/// Passages looked at: more would hardly find a better one in a story full of matches.
const CANDIDATES_MAX: usize = 200;

/// A passage with the byte ranges in it that matched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The passage; several, the best first, are parted by ` … `. An ellipsis stands where one
    /// begins or ends within a sentence.
    pub text: String,
    /// What matched, in order, not overlapping.
    pub spans: Vec<Range<usize>>,
}

/// Returns the passages of `story` that hold most of what matched, at most `count`.
pub(super) fn snippet(story: &Story, marks: &Marks, count: usize) -> Snippet {
    if count == 0 {
        return Snippet::default();
    }
    let spans = marks.spans(story);
    let text = story.text.as_str();
    let mut out = Snippet::default();
    let headline_end = story.layout.headline.map_or(0, |span| span.end as usize);
    let parts = Parts { headline_end, lead: story.layout.lead_start as usize };
    for (number, Passage { range: passage, is_begun, is_cut }) in
        best_passages(text, &spans, count, parts).into_iter().enumerate()
    {
        match (number > 0, is_begun) {
            (true, _) if out.text.ends_with('…') => out.text.push(' '),
            (true, _) => out.text.push_str(" … "),
            (false, true) => out.text.push('…'),
            (false, false) => {}
        }
        let base = out.text.len();
        out.text.push_str(&text[passage.clone()]);
        if is_cut {
            out.text.push_str(" …");
        }
        let inside = spans.iter().filter(|s| s.start >= passage.start && s.end <= passage.end);
        out.spans.extend(inside.map(|s| base + s.start - passage.start..base + s.end - passage.start));
    }
    out
}

/// A part of a text to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Passage {
    range: Range<usize>,
    /// Whether its sentence began before it.
    is_begun: bool,
    /// Whether its last sentence goes on behind it.
    is_cut: bool,
}

impl Passage {
    fn whole(range: Range<usize>) -> Passage {
        Passage { range, is_begun: false, is_cut: false }
    }

    /// Lengthened to a match that ends at `end`, in a sentence that ends at `sentence_end`.
    fn reaching(mut self, end: usize, sentence_end: usize) -> Passage {
        self.is_cut &= self.range.end >= end || end < sentence_end;
        self.range.end = self.range.end.max(end);
        self
    }
}

/// Where parts of a text lie.
#[derive(Clone, Copy, Default)]
struct Parts {
    /// Where the headline ends; nought where there is none.
    headline_end: usize,
    /// Where the lead begins.
    lead: usize,
}

/// The sentences of a text, each from its first word to the next one's first word.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut last: Option<Word> = None;
    for word in words(text) {
        let new = last.is_none_or(|last| boundary(text, last, word) != Boundary::Inside);
        if new {
            let start = opening_sign(text, last.map_or(0, |l| l.end), word.start);
            if let Some(before) = out.last_mut() {
                before.end = start;
            }
            out.push(start..text.len());
        }
        last = Some(word);
    }
    out
}

/// Where the quote or bracket before a sentence's first word stands, or the word itself.
fn opening_sign(text: &str, from: usize, word: usize) -> usize {
    let gap = &text[from..word];
    gap.rfind(char::is_whitespace)
        .map_or(word, |blank| from + blank + gap[blank..].chars().next().map_or(0, char::len_utf8))
}

/// What makes a passage come first: it is no headline, it holds more of what was asked,
/// more often, and it comes earlier.
type Rank = (bool, Reverse<usize>, Reverse<usize>, usize);

fn best_passages(text: &str, spans: &[Range<usize>], count: usize, parts: Parts) -> Vec<Passage> {
    let Parts { headline_end, lead } = parts;
    if spans.is_empty() {
        return vec![cut(text, lead.min(text.len()), text.len())];
    }
    let sentences = sentences(text);
    let mut starts = BTreeSet::new();
    let mut candidates: Vec<(Rank, Passage)> = Vec::new();
    for span in spans {
        let mut passage = passage(text, &sentences, span);
        let end = headline_end.max(span.end);
        if span.start < headline_end && passage.range.end >= end {
            // What is shown of a headline is the headline: dateline and lead are no part of it.
            (passage.range.end, passage.is_cut) = (end, false);
        }
        let Range { start, end } = passage.range;
        if candidates.len() >= CANDIDATES_MAX || !starts.insert(start) {
            continue;
        }
        let first = spans.partition_point(|s| s.start < start);
        let inside = spans[first..].iter().take_while(|s| s.end <= end);
        let mut distinct: BTreeSet<String> = BTreeSet::new();
        let mut found = 0;
        for s in inside {
            found += 1;
            distinct.insert(fold(&text[s.clone()]));
        }
        let front = span.start < lead;
        candidates.push(((front, Reverse(distinct.len()), Reverse(found), start), passage));
    }
    candidates.sort_by_key(|c| c.0);
    let mut chosen: Vec<Passage> = Vec::new();
    for (_, passage) in candidates {
        let Range { start, end } = passage.range;
        if chosen.len() < count && chosen.iter().all(|c| end <= c.range.start || start >= c.range.end) {
            chosen.push(passage);
        }
    }
    chosen
}

/// The sentence that holds a span, and the next ones as far as they fit.
fn passage(text: &str, sentences: &[Range<usize>], span: &Range<usize>) -> Passage {
    let at = sentences.partition_point(|s| s.start <= span.start).saturating_sub(1);
    let Some(sentence) = sentences.get(at) else { return Passage::whole(span.clone()) };
    // A match may begin before the first word of the first sentence.
    let sentence = &(sentence.start.min(span.start)..sentence.end);
    let chars = |range: Range<usize>| text[range].trim_end().chars().count();
    if chars(sentence.start..span.end.max(sentence.start)) > SNIPPET_CHARS {
        // The match lies too deep in a long sentence: begin at a blank before it.
        let mut start = span.start;
        for (n, (i, c)) in text[sentence.start..span.start].char_indices().rev().enumerate() {
            if c.is_whitespace() {
                start = sentence.start + i + c.len_utf8();
            }
            if n >= SNIPPET_CHARS / 3 {
                break;
            }
        }
        let is_begun = start > sentence.start;
        return Passage { is_begun, ..cut(text, start, sentence.end).reaching(span.end, sentence.end) };
    }
    let mut end = sentence.end;
    if chars(sentence.clone()) > SNIPPET_CHARS {
        return cut(text, sentence.start, sentence.end).reaching(span.end, sentence.end);
    }
    for next in &sentences[at + 1..] {
        if chars(sentence.start..next.end) > SNIPPET_CHARS {
            break;
        }
        end = next.end;
    }
    let end = sentence.start + text[sentence.start..end.max(span.end)].trim_end().len();
    Passage::whole(sentence.start..end)
}

/// As much of the text from `start` as fits, to a blank.
fn cut(text: &str, start: usize, to: usize) -> Passage {
    let mut blank = start;
    for (n, (i, c)) in text[start..to].char_indices().enumerate() {
        if c.is_whitespace() {
            blank = start + i;
        }
        if n >= SNIPPET_CHARS {
            let end = if blank > start { blank } else { start + i };
            return Passage { range: start..end, is_begun: false, is_cut: true };
        }
    }
    Passage::whole(start..start + text[start..to].trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::{Parts, best_passages};

    fn shown(text: &str, find: &[&str], count: usize, lead: usize) -> Vec<String> {
        let mut spans: Vec<_> = find.iter().flat_map(|f| text.match_indices(f).map(|(i, f)| i..i + f.len())).collect();
        spans.sort_by_key(|s: &std::ops::Range<usize>| s.start);
        best_passages(text, &spans, count, Parts { headline_end: 0, lead })
            .into_iter()
            .map(|p| text[p.range].to_owned())
            .collect()
    }

    #[test]
    fn whole_sentences_and_the_best_first() {
        let filler = "Rien de neuf ici, comme toujours. ".repeat(7);
        let text = format!("Alep titre\n\nUn mot sur Alep. {filler}«Alep et Damas» négocient. {filler}Fin.");
        let lead = "Alep titre\n\n".len();
        let one = shown(&text, &["Alep", "Damas"], 1, lead);
        assert!(one[0].starts_with("«Alep et Damas» négocient. Rien"), "{one:?}");
        assert!(one[0].ends_with("toujours."), "{one:?}");
        let two = shown(&text, &["Alep", "Damas"], 2, lead);
        assert!(two[1].starts_with("Un mot sur Alep."), "{two:?}");
    }

    #[test]
    fn of_a_headline_the_headline_is_shown() {
        let text = "Alep tient\n\nDAMAS (AFP) - Rien de neuf.";
        let parts = Parts { headline_end: "Alep tient".len(), lead: text.find("DAMAS").expect("a dateline") };
        let span = 0..4;
        let passages = best_passages(text, std::slice::from_ref(&span), 1, parts);
        assert_eq!(passages.into_iter().map(|p| &text[p.range]).collect::<Vec<_>>(), ["Alep tient"]);
    }

    #[test]
    fn a_match_deep_in_a_long_sentence_is_shown() {
        let text = format!("{} Alep {}", "mot ".repeat(200), "mot ".repeat(200));
        let one = shown(&text, &["Alep"], 1, 0);
        assert!(one[0].contains("Alep") && one[0].chars().count() < 300);
        let span = text.find("Alep").map(|at| at..at + 4).expect("it is there");
        let passage = best_passages(&text, &[span], 1, Parts::default()).remove(0);
        assert!(passage.is_begun && passage.is_cut);
    }

    proptest::proptest! {
        #[test]
        fn passages_are_in_the_text_and_hold_what_they_show(text in "(\\PC{0,20}[ .\n]){0,30}", at in 0usize..200, len in 0usize..300) {
            let from = text.char_indices().map(|(i, _)| i).nth(at).unwrap_or(0);
            let to = text[from..].char_indices().map(|(i, _)| from + i).nth(len).unwrap_or(text.len());
            let to = from + text[from..to].trim_end().len();
            // A match is never empty, nor blank.
            proptest::prop_assume!(to > from);
            let span = from..to;
            for passage in best_passages(&text, std::slice::from_ref(&span), 2, Parts::default()) {
                proptest::prop_assert!(text.get(passage.range.clone()).is_some());
                proptest::prop_assert!(passage.range.end >= to, "{passage:?}");
            }
        }
    }
}
