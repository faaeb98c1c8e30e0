//! Titles between quotation marks: of papers, films and books, which nobody says.

use super::grammar::flags;
use crate::data::quoting::Class;
use crate::enrich::entities::lexicon::{DEMONYM, FUNCTION};
use crate::text::{Word, fold, words};
use std::ops::Range;

/// Words of the longest title.
const WORDS_MAX: usize = 10;
/// Words of a name in capitals: more of them are a headline, or cried.
const CAPITALS_MAX: usize = 6;
/// Letters of the words that a title writes small.
const SMALL_MAX: usize = 3;

/// Tells whether what stands between marks is the title of a work by the noun before it, *the film
/// "…"*, or by its capitals.
/// What somebody says behind it has no capitals for a title's.
pub(super) fn is_title(text: &str, quotation: &Range<usize>, list: &[Word], is_said: bool) -> bool {
    let inside = text[quotation.clone()].trim();
    let count = words(inside).count();
    let starts_small = inside.chars().next().is_none_or(char::is_lowercase);
    if count > WORDS_MAX || starts_small || inside.ends_with(['.', ',', '!', '?', '…', ';', '،', '؟', '。', '，'])
    {
        return false;
    }
    is_behind_work(text, quotation, list) || !is_said && is_in_capitals(text, quotation, inside)
}

/// *The daily «…»*, `el autor de "…"`: with a word of origin between, or none.
fn is_behind_work(text: &str, quotation: &Range<usize>, list: &[Word]) -> bool {
    let first = list.partition_point(|w| w.start < quotation.start);
    let Some(mut at) = first.checked_sub(1) else { return false };
    let gap = &text[list[at].end..quotation.start];
    if gap.contains([':', '.', ',', ';', '\n', '：', '،', '?', '!']) {
        return false;
    }
    let word = |at: usize| fold(&text[list[at].start..list[at].end]);
    // *Author of*, *le quotidien espagnol*.
    let steps_over =
        |w: &str| matches!(w, "of" | "de" | "von" | "di" | "do" | "da" | "du" | "del") || flags(w) & DEMONYM != 0;
    if steps_over(&word(at)) && at > 0 {
        at -= 1;
    }
    Class::Work.has_in_any(&word(at))
}

/// *Taxi Driver*, *Süddeutsche Zeitung*: all words but the smallest begin with capitals.
fn is_in_capitals(text: &str, quotation: &Range<usize>, inside: &str) -> bool {
    let mut capitals = 0;
    for word in words(inside).map(|w| &inside[w.start..w.end]) {
        let is_small = word.chars().next().is_some_and(char::is_lowercase);
        if !is_small && word.chars().any(char::is_uppercase) && word.chars().any(char::is_lowercase) {
            capitals += 1;
        } else if !(word.chars().count() <= SMALL_MAX && flags(&fold(word)) & FUNCTION != 0) {
            return false;
        }
    }
    // What a colon announces is said, whatever its capitals.
    let is_announced =
        text[..quotation.start].trim_end_matches(|c: char| !c.is_alphanumeric() && c != ':').ends_with(':');
    (2..=CAPITALS_MAX).contains(&capitals) && !is_announced
}
