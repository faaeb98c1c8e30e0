//! Who is quoted: what stands between quotation marks, and the person whose words the story
//! says they are.
//!
//! A speaker is told by a verb of saying beside the quotation with one person as its subject:
//! `"…," Poutine a déclaré`, `"…", sagte Bundeskanzler Scholz`, `Putin said: "…"`. Whoever
//! stands behind a preposition (*the spokesman of Putin*) or in another case than the subject's
//! is none. A quotation that goes on and a pronoun are told by the sentence before. A paragraph
//! that begins with a dash is speech too, but in English,
//! German and Dutch, which list so. What is not told by this stays without a speaker.

mod announced;
mod apposition;
mod arabic;
mod around;
mod calls;
mod carried;
mod cases;
mod dashes;
mod east;
mod grammar;
mod interview;
mod marks;
#[cfg(test)]
mod more_tests;
#[cfg(test)]
mod other_tests;
mod persian;
mod refused;
mod says;
mod sparse;
mod subject;
#[cfg(test)]
mod tests;
mod verbs;
mod works;

use crate::story::{Confidence, Evidence, Quote, Span, Speaker, Story};
use crate::text::{Boundary, Word, boundary, words};
use carried::Spoken;
use grammar::{Sentence, Told};
use std::ops::Range;

/// Words between a quotation and the end of what is said of its speaker: *X, head of the office of Y in Z, said*.
const BESIDE_MAX: usize = 22;
/// Words before a quotation that are read where a name stands among them.
const AHEAD_MAX: usize = 14;
/// What ends a quotation that is said, within its marks.
const ENDS: [char; 8] = [',', '.', '!', '?', '…', '،', '؟', '，'];

/// Adds the quotations of a story whose people are known.
pub(super) fn find(story: &mut Story) {
    let (from, to) = (story.layout.lead_start as usize, story.layout.body_end as usize);
    // Two commas before the lead are a mark, not the end of a dateline.
    let is_marked = story.text.get(..from).is_some_and(|head| head.ends_with(",,"));
    let from = if is_marked { from - ",,".len() } else { from };
    let Some(part) = story.text.get(from..to).map(|_| from..to) else { return };
    let mut quotations = marks::quotations(&story.text, part.clone());
    let lang = story.lang.as_ref().map(|l| l.value.as_str());
    let spoken = match lang {
        Some("en" | "de" | "nl") | None => Vec::new(),
        _ => dashes::spoken(&story.text, part.clone(), dashes::Manner::of(lang), &|rest| {
            verbs::begins_with_saying(rest, lang)
        }),
    };
    if !spoken.is_empty() {
        // A quotation within what is said is a part of it.
        quotations.retain(|q| !spoken.iter().any(|s| q.start < s.end && s.start < q.end));
        quotations.extend(spoken);
        quotations.sort_by_key(|q| q.start);
    }
    let all = quotations.clone();
    let one_word = quotations.extract_if(.., |q| marks::is_word(&story.text[q.clone()]));
    let one_word: Vec<Range<usize>> = one_word.filter(|q| is_set_apart(&story.text, from, q)).collect();
    if quotations.is_empty() && one_word.is_empty() {
        return;
    }
    let mut spoken: Vec<Spoken<'_>> = Vec::with_capacity(quotations.len());
    let mut quotes = Vec::with_capacity(quotations.len());
    let sentence = Sentence::of(story);
    let list: Vec<Word> = words(&story.text[part]).map(|w| Word { start: from + w.start, end: from + w.end }).collect();
    for (i, range) in quotations.iter().enumerate() {
        let before = i.checked_sub(1).map_or(from, |i| quotations[i].end);
        let behind = quotations.get(i + 1).map_or(to, |next| next.start);
        let told = beside(&story.text, &list, range, before, behind, &sentence);
        let told = told
            .or_else(|| sentence.carried(&list, range, &spoken))
            .or_else(|| sentence.goes_on_in_east(&list, range, &spoken))
            .or_else(|| sentence.answers(from, range));
        let is_said = told.as_ref().is_some_and(|told| [grammar::BEHIND, carried::PRONOUN].contains(&told.rule));
        let is_title = works::is_title(&story.text, range, &list, is_said);
        let told = told.filter(|_| !is_title);
        if !is_title {
            quotes.push(quote(story, range, told.as_ref()));
        }
        spoken.push(Spoken { quotation: range, told });
    }
    // A word in marks is a quotation where somebody is told to say it: *Macron replied: "Yes."*
    for range in &one_word {
        let at = all.partition_point(|q| q.start < range.start);
        let before = at.checked_sub(1).map_or(from, |i| all[i].end);
        let behind = all.get(at + 1).map_or(to, |next| next.start);
        let told = beside(&story.text, &list, range, before, behind, &sentence);
        if let Some(told) = told.filter(|told| told.is_beside && !works::is_title(&story.text, range, &list, true)) {
            quotes.push(quote(story, range, Some(&told)));
        }
    }
    quotes.sort_by_key(|q| q.span.start);
    story.quotes = quotes;
}

/// Whether a word in marks is announced by a colon, or begins a sentence and is set off from what follows: else it is a
/// part of the sentence, as *the "reform"*.
fn is_set_apart(text: &str, from: usize, quotation: &Range<usize>) -> bool {
    let inside = text[quotation.clone()].trim_end();
    let mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let above = text[from..quotation.start].trim_end_matches(|c: char| c.is_whitespace() && c != '\n');
    // The mark itself: one, or two strokes.
    let above =
        above.trim_end_matches(|c: char| mark(c) && !matches!(c, ':' | '：' | '.' | '!' | '?' | ',' | '，' | ')'));
    let above = above.trim_end_matches([' ', '\t', '\u{A0}']);
    if above.ends_with([':', '：']) {
        return true;
    }
    let begins = above.is_empty() || above.ends_with(['\n', '.', '!', '?', '。', '।']);
    let behind =
        text[quotation.end..].trim_start_matches(|c: char| c.is_whitespace() || mark(c) && !",،，—–-".contains(c));
    begins && (inside.ends_with(ENDS) || behind.starts_with([',', '،', '，', '—', '–', '-']))
}

/// Reads the words of the quotation's own sentence behind it, then those before it.
fn beside(
    text: &str,
    list: &[Word],
    quotation: &Range<usize>,
    before: usize,
    behind: usize,
    sentence: &Sentence<'_>,
) -> Option<Told> {
    let first = list.partition_point(|w| w.start < quotation.start);
    let last = list.partition_point(|w| w.end <= quotation.end);
    let goes_on = |i: usize| i > 0 && boundary(text, list[i - 1], list[i]) == Boundary::Inside;
    // *“…。”谢震业赛后说*: a stop within the marks ends no sentence where no blank follows.
    let is_within = |i: usize| i == last && sentence.is_told_behind_stop(quotation, list.get(i).copied());
    let is_end = |i: &usize| list[*i].end > behind || !goes_on(*i) && !is_within(*i);
    let end = (last..list.len().min(last + BESIDE_MAX)).find(is_end);
    let behind = &list[last..end.unwrap_or(list.len().min(last + BESIDE_MAX))];
    let mut start = first;
    while start > 0
        && first - start < BESIDE_MAX
        && list[start - 1].start >= before
        && (start == first || goes_on(start))
    {
        // The quotation's first capital begins no sentence of its own behind a colon.
        if start == first && is_stopped(&text[list[start - 1].end..quotation.start]) {
            break;
        }
        start -= 1;
    }
    let near = first.saturating_sub(AHEAD_MAX).max(start);
    let start = if sentence.named(&list[near..first]).is_empty() { start } else { near };
    let ahead = &list[start..first];
    let is_set_off = behind.first().is_some_and(|next| {
        let gap = &text[quotation.end..next.start];
        gap.contains([',', '—', '–', '-', '،', '，']) || text[quotation.clone()].trim_end().ends_with(ENDS)
    });
    let follows = start < first && start > 0 && list[start - 1].start < before && goes_on(start);
    let ahead_of = || sentence.before(ahead, follows).filter(|told| !sentence.goes_on(told, ahead, quotation, behind));
    if let Some(told) = sentence.behind(behind, is_set_off).filter(|_| !sentence.asks(ahead)) {
        // *X told him: "…," Y recalled*: the words are of whoever said them, not of who tells it.
        return if sentence.is_announced(ahead, quotation) { ahead_of() } else { Some(told) };
    }
    ahead_of()
        .or_else(|| sentence.around(ahead, quotation, behind))
        .or_else(|| sentence.called(ahead, quotation, behind))
        .or_else(|| sentence.goes_on_in_arabic(list, first, quotation))
        .or_else(|| sentence.far_in_persian(list, first, quotation))
}

/// Whether a sentence ends in what lies before a quotation.
fn is_stopped(gap: &str) -> bool {
    // *X şunları söyledi:* and the quotation in a paragraph of its own.
    let is_announced = gap.trim_start_matches([' ', ')']).starts_with([':', '：']);
    gap.contains(['.', '!', '?', '。', '！', '？', '؟', '।']) || !is_announced && gap.contains('\n')
}

fn quote(story: &Story, range: &Range<usize>, told: Option<&Told>) -> Quote {
    let span = Span::new(range.start, range.end);
    let Some(told) = told else { return Quote { span, speaker: None, evidence: Vec::new() } };
    let person = &story.people[told.person];
    let confidence = if told.is_beside { Confidence::Derived } else { Confidence::Inferred };
    let mut evidence = vec![Evidence::text(told.verb, told.rule, confidence)];
    evidence.push(Evidence::text(told.mention, told.rule, confidence));
    Quote { span, speaker: Some(Speaker { id: person.id.clone(), name: person.name.clone() }), evidence }
}
