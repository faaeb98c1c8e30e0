//! Brackets that say more than the name of an agency: who wrote, how the dispatch came, for whom.
//!
//! `Dépêche de l'Agence Havas`, `Télam, por Martín Gómez`, `Eig. Drahtmeldung`: the words of the
//! trade are rows of a table, and what they leave is the agency, or nothing.

use super::chars::{char_at, is_cased, is_comma, trim};
use super::dates::{self, DateRead};
use super::source::{self, Source};
use crate::data::agencies::by_alias;
use crate::data::flags::{self, List};
use crate::data::places::lookup;
use crate::text::fold;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Words of a part of a bracket.
const WORDS_MAX: usize = 12;
/// Words of a writer's name.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=4;

static TRADE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| flags::words(List::Trade).iter().copied().collect());

/// What a bracket says of where a dispatch comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Credit {
    /// The agency, with others that it names; none where it says only how the dispatch came.
    pub(super) source: Option<Source>,
    /// The writer.
    pub(super) byline: Option<(usize, usize)>,
    /// The day beside the agency.
    pub(super) date: Option<DateRead>,
}

/// Reads the inner bytes of a bracket that stands behind a place. None where it is neither an
/// agency that the table has, with words of the trade and writers beside it, nor such words alone.
pub(super) fn read(text: &str, start: usize, end: usize) -> Option<Credit> {
    let mut credit = Credit::default();
    let mut own = true;
    for (part, (from, to)) in parts(text, start, end) {
        if part == Part::Customer && credit.source.is_some() {
            continue;
        }
        if let Some((source, writer)) = with_writer(text, from, to) {
            credit.byline = credit.byline.or(Some(writer));
            credit.source.get_or_insert(source);
            continue;
        }
        if let Some((source, date)) = agency(text, from, to) {
            credit.date = credit.date.or(date);
            match &mut credit.source {
                Some(first) if first.id != source.id => first.parts.push((source.start, source.end)),
                Some(_) => {}
                None => credit.source = Some(source),
            }
            continue;
        }
        if is_trade(&text[from..to]) || part == Part::Customer {
            continue;
        }
        own = false;
        let named = is_name(&text[from..to]);
        let place = || lookup(&text[from..to]).next().is_some();
        if credit.byline.is_none() && named && (part == Part::Writer || !place()) {
            credit.byline = Some((from, to));
        }
    }
    let several = parts(text, start, end).len() > 1;
    // A part that says nothing known stands beside an agency only where a mark divides them.
    (credit.source.is_some() && (own || several) || credit.source.is_none() && own).then_some(credit)
}

/// Tells whether a text is nothing but words of the trade: `Our Own Correspondent`.
pub(super) fn is_trade(text: &str) -> bool {
    let folded = fold(text);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| TRADE.contains(word))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Plain,
    /// Behind *by*.
    Writer,
    /// Behind *for*.
    Customer,
}

/// The parts of a bracket, divided by commas, slashes, and the words for *by* and *for*.
fn parts(text: &str, start: usize, end: usize) -> Vec<(Part, (usize, usize))> {
    let mut parts = Vec::new();
    let (mut kind, mut from) = (Part::Plain, start);
    let mut close = |kind: Part, from: usize, to: usize| {
        let (from, to) = trim(text, from, to);
        if to > from {
            parts.push((kind, (from, to)));
        }
    };
    let mut at = start;
    while at < end {
        let Some(c) = char_at(text, at) else { break };
        let next = at + c.len_utf8();
        if is_comma(c) || c == ';' || c == '/' && !has_digits_beside(text, at) {
            close(kind, from, at);
            (kind, from) = (Part::Plain, next);
        } else if c.is_whitespace() || at == start {
            let word = if c.is_whitespace() { next } else { at };
            let stop = text[word..end].find(char::is_whitespace).map_or(end, |i| word + i);
            let folded = fold(&text[word..stop]);
            let of = |list: List| flags::words(list).contains(&folded.as_str());
            let then = if of(List::By) { Some(Part::Writer) } else { of(List::For).then_some(Part::Customer) };
            if let Some(then) = then.filter(|_| stop < end) {
                close(kind, from, word);
                (kind, from) = (then, stop);
                at = stop;
                continue;
            }
        }
        at = next;
    }
    close(kind, from, end);
    parts
}

/// `3/5` is a day, `AFP/dpa` are two names.
fn has_digits_beside(text: &str, slash: usize) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    digit(text[..slash].chars().next_back()) && digit(text[slash + 1..].chars().next())
}

/// The longest name of the table in a part, where all words beside it are of the trade, or a day
/// behind it.
fn agency(text: &str, from: usize, to: usize) -> Option<(Source, Option<DateRead>)> {
    let mut to = to;
    let mut date = None;
    if let Some(read) = text[from..to].find(char::is_whitespace).and_then(|_| day_at_end(text, from, to)) {
        to = trim(text, from, read.start).1;
        date = Some(read);
    }
    let mut starts = vec![from];
    let mut ends = Vec::new();
    for (i, c) in text[from..to].char_indices().filter(|(_, c)| c.is_whitespace() || matches!(c, '\'' | '’')) {
        starts.push(from + i + c.len_utf8());
        if c.is_whitespace() {
            ends.push(from + i);
        }
    }
    ends.push(to);
    if starts.len() > WORDS_MAX {
        return None;
    }
    let mut found: Option<Source> = None;
    for &s in &starts {
        for &e in ends.iter().rev().filter(|e| **e > s) {
            if found.as_ref().is_some_and(|f| f.end - f.start >= e - s) {
                break;
            }
            let beside = format!("{} {}", &text[from..s], &text[e..to]);
            if (beside.trim().is_empty() || is_trade(&beside))
                && (by_alias(&text[s..e]).is_some() || !is_trade(first_word(&text[s..e])))
                && let Some(source) = source::named(text, s, e, true, true).filter(|s| s.known)
            {
                found = Some(source);
            }
        }
    }
    // In capitals throughout, words are acronyms by chance: `UP` beside others is none.
    let source = found.filter(|s| {
        let name = &text[s.start..s.end];
        (s.start, s.end) == (from, to) || name.chars().count() > 2 || text[from..to].chars().any(char::is_lowercase)
    })?;
    Some((source, date))
}

/// `Ukrinform correspondent Ada Lem`: an agency, a word of the trade, a name.
fn with_writer(text: &str, from: usize, to: usize) -> Option<(Source, (usize, usize))> {
    let blanks = text[from..to].char_indices().filter(|(_, c)| c.is_whitespace()).map(|(i, _)| from + i);
    blanks.filter(|at| text[from..*at].rsplit(' ').next().is_some_and(is_trade)).find_map(|at| {
        let name = trim(text, at, to);
        let (source, _) = agency(text, from, at).filter(|_| is_name(&text[name.0..name.1]))?;
        // `Agence France Presse` is one name.
        agency(text, from, to).is_none().then_some((source, name))
    })
}

/// Tells whether words are like a writer's name.
fn is_name(text: &str) -> bool {
    let words = text.split_whitespace();
    NAME_WORDS.contains(&words.clone().count()) && words.clone().all(|w| w.starts_with(char::is_uppercase))
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("")
}

/// A day at the end of a part.
fn day_at_end(text: &str, from: usize, to: usize) -> Option<DateRead> {
    let blanks = text[from..to].char_indices().filter(|(_, c)| c.is_whitespace()).map(|(i, c)| from + i + c.len_utf8());
    let figures = |at: &usize| is_cased(&text[from..*at]) || text[from..*at].chars().any(char::is_alphabetic);
    blanks.filter(figures).find_map(|at| dates::at(text, at).filter(|d| d.end == to))
}
