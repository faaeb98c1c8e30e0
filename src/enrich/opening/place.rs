//! The run of words before a date or an agency, and whether it can be a place.

use super::chars::{
    self, char_at, char_before, digit, is_capitals, is_cased, is_comma, is_dash, is_newline, is_quote, is_unspaced,
    skip_blanks, trim, word_end,
};
use super::place_words::{FILLERS, NOT_PLACES, PARTICLES, REGIONS};
use super::{dates, source};
use crate::data::places::{Hints, Kind, is_river, lookup, resolve};
use crate::enrich::filed;
use crate::text::fold;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

const WEEKDAY_CHARS_MAX: usize = 14;
const RUN_BYTES_MAX: usize = 120;
const PLACE_CHARS_MAX: usize = 48;
const PLACE_WORDS_MAX: usize = 7;
const UNCASED_WORDS_MAX: usize = 5;
const UNSPACED_CHARS_MAX: usize = 12;

/// Tells whether a word stands between place and date.
pub(super) fn is_filler(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',']);
    let listed = |word: &str| FILLERS.contains(&word);
    listed(word) || (word.len() < 40 && listed(&word.to_lowercase())) || is_weekday(word)
}

/// Tells whether a word is a weekday in any language.
pub(super) fn is_weekday(word: &str) -> bool {
    (2..=WEEKDAY_CHARS_MAX).contains(&word.chars().count())
        && word.chars().all(char::is_alphabetic)
        && filed::weekday(&fold(word)).is_some()
}

/// A run of text that may be a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Where reading goes on.
    pub(super) next: usize,
}

/// Reads the run at `pos`, up to a mark, a date or an agency.
pub(super) fn run_at(text: &str, pos: usize) -> Option<Run> {
    let mut at = pos;
    let mut commas = 0;
    while at - pos <= RUN_BYTES_MAX {
        let Some(c) = char_at(text, at) else { break };
        let next = at + c.len_utf8();
        let after = char_at(text, next);
        let before = char_before(text, at).filter(|_| at > pos);
        if is_quote(c) && at == pos || ends_run(c) || digit(c).is_some() {
            break;
        }
        if c == '—' || c == '―' || (is_dash(c) && is_dash_alone(before, after)) {
            break;
        }
        if c == '/' && (before.is_none_or(char::is_whitespace) || after.is_none_or(char::is_whitespace)) {
            break;
        }
        if is_newline(c) {
            break;
        }
        if c == '.' && !abbreviates(text, pos, at) {
            break;
        }
        if is_comma(c) {
            let then = skip_blanks(text, next, true);
            commas += 1;
            if commas > 2 || part_begins(text, then, true) || is_unspaced(&text[pos..at]) {
                break;
            }
        } else if c.is_whitespace() && part_begins(text, skip_blanks(text, at, true), false) {
            break;
        }
        at = next;
    }
    // Words that belong to the date, and a comma before it.
    let (start, mut end) = trim(text, pos, at);
    loop {
        while let Some(c) = char_before(text, end).filter(|c| end > start && (is_comma(*c) || c.is_whitespace())) {
            end -= c.len_utf8();
        }
        let word = text[start..end].rfind(char::is_whitespace).map_or(start, |i| start + i + 1);
        let word = chars::ceil(text, word);
        let comma = char_at(text, at).filter(|c| is_comma(*c)).map_or(0, char::len_utf8);
        if word > start
            && is_filler(text[word..end].trim())
            // `SANTO DOMINGO, 14 may`: the weekday is a part of the name.
            && !(is_weekday(text[word..end].trim()) && lookup(&text[start..end]).next().is_some())
            && part_begins(text, skip_blanks(text, at + comma, true), true)
        {
            end = word;
        } else {
            break;
        }
    }
    let (start, end) = trim(text, start, end);
    (end > start).then_some(Run { start, end, next: at.max(end) })
}

/// Tells whether a mark ends a run wherever it stands.
fn ends_run(c: char) -> bool {
    matches!(c, ':' | ';' | '?' | '!' | '|' | '<' | '>' | '=' | '{' | '}' | '[' | ']' | '(' | ')')
        || !c.is_ascii()
            && matches!(c, '…' | '：' | '；' | '？' | '！' | '。' | '＝' | '（' | '）' | '【' | '】' | '［' | '］')
}

fn is_dash_alone(before: Option<char>, after: Option<char>) -> bool {
    let open = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || is_dash(c) || c == '.');
    open(before) || open(after)
}

/// Tells whether the full stop at `at` abbreviates: `N.Y.`, `Calif.,`, `St. Louis`.
fn abbreviates(text: &str, from: usize, at: usize) -> bool {
    let run = &text[from..at];
    let word = run.rsplit(|c: char| c.is_whitespace() || c == '.').next().unwrap_or("");
    let letters = word.chars().count();
    let after = char_at(text, at + 1);
    if letters == 0 {
        return false;
    }
    if after.is_some_and(char::is_alphanumeric) {
        return true;
    }
    let then = char_at(text, skip_blanks(text, at + 1, false));
    if after.is_some_and(is_comma) {
        return letters <= 6;
    }
    let region = run.contains(is_comma);
    match then {
        Some(c) if c == '(' || c == '/' || is_dash(c) => {
            region && letters <= 6 && after.is_some_and(char::is_whitespace)
        }
        Some(c) if c.is_alphabetic() => {
            (letters <= 2 && word.starts_with(char::is_uppercase))
                || matches!(word, "Sto" | "Sta" | "Mt" | "Fort" | "Ste")
        }
        Some(c) if digit(c).is_some() => region && letters <= 5,
        _ => false,
    }
}

/// Tells whether a date or an agency begins at `pos`.
fn part_begins(text: &str, pos: usize, after_comma: bool) -> bool {
    if dates::at(text, pos).is_some() {
        return true;
    }
    if char_at(text, pos).and_then(digit).is_some() {
        return true;
    }
    // Two capitals after a comma are a region: "HORSHAM, PA,".
    after_comma
        && source::bare_at(text, pos)
            .is_some_and(|s| text[s.start..s.end].chars().filter(|c| c.is_alphabetic()).count() > 2)
}

/// Tells whether a run can be a place.
pub(super) fn is_like_place(text: &str) -> bool {
    let chars = text.chars().count();
    if chars > PLACE_CHARS_MAX || chars == 0 || text.contains(['\n', '@', '%', '$', '€', '&', '+', '"', '“', '«', '»'])
    {
        return false;
    }
    if text.chars().any(|c| digit(c).is_some()) || !text.chars().any(char::is_alphabetic) {
        return false;
    }
    let cased = is_cased(text);
    if is_unspaced(text) {
        return chars <= UNSPACED_CHARS_MAX && !cased;
    }
    let limit = if cased { PLACE_WORDS_MAX } else { UNCASED_WORDS_MAX };
    let mut count = 0;
    for word in text.split(|c: char| c.is_whitespace() || is_comma(c) || c == '/' || c == '·').filter(|w| !w.is_empty())
    {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if is_no_place(bare) || is_domain(bare) {
            return false;
        }
        let particle = count > 0 && (PARTICLES.contains(&word) || PARTICLES.contains(&bare));
        if cased && !particle && !word.chars().any(char::is_uppercase) && bare.chars().any(char::is_alphabetic) {
            return false;
        }
        count += 1;
    }
    let first = text.chars().find(|c| c.is_alphabetic());
    count <= limit && count > 0 && (!cased || starts_well(text) || first.is_some_and(char::is_uppercase))
}

/// Tells whether a bracket names a region by a word in small letters, whole or cut short: `Львівська обл.`,
/// `woj. mazowieckie`, `Чамзинский р-н`.
pub(super) fn is_region(inner: &str) -> bool {
    let is_one = |word: &str| REGIONS.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    is_remark(inner) && inner.split(|c: char| c.is_whitespace() || is_comma(c)).any(is_one)
}

/// Tells whether a bracket holds a few words and nothing else.
pub(super) fn is_remark(inner: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’') || is_comma(c);
    inner.chars().count() <= PLACE_CHARS_MAX
        && inner.split_whitespace().count() <= UNCASED_WORDS_MAX
        && inner.chars().any(char::is_alphabetic)
        && inner.chars().all(is_letter)
}

/// Tells whether a name without capitals ends in what is said of a report: `台北報導`.
pub(super) fn is_reported(text: &str) -> bool {
    ["報導", "报道", "報道", "综合报道", "讯", "訊", "电", "電"].iter().any(|end| text.ends_with(end))
}

/// Tells `KOMPAS.com` from `St.Petersburg`.
fn is_domain(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(name, end)| {
        name.chars().count() > 2 && (2..=3).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_lowercase())
    })
}

/// Tells whether a word in any case means an agency or a desk.
fn is_no_place(word: &str) -> bool {
    static NONE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| NOT_PLACES.iter().copied().collect());
    NONE.contains(word.to_lowercase().as_str())
}

/// Names such as `'s-Hertogenbosch` and `al-Arish` begin in lower case.
fn starts_well(text: &str) -> bool {
    let first = &text[..word_end(text, 0)];
    first.chars().any(char::is_uppercase) && first.contains(['-', '\'', '’'])
}

/// Tells whether `acronym` is made of the first letters of the last words of `text`.
pub(super) fn spells(text: &str, acronym: &str) -> bool {
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).collect();
    let initials: Vec<char> =
        text.split_whitespace().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    letters.len() >= 2
        && (initials.ends_with(&letters)
            || (initials.len() >= 3
                && initials.starts_with(&letters[..1])
                && initials.len() == letters.len()
                && initials.last() == letters.last()))
}

/// Tells whether the first place of a run is written in capitals.
pub(super) fn is_in_capitals(run: &str) -> bool {
    let first = run.split(is_comma).next().unwrap_or("");
    is_capitals(first) || first.split_whitespace().next().is_some_and(|w| is_capitals(w) && w.chars().count() > 3)
}

/// Tells whether `St. Petersburg/Florida` is a town and the region or country that it lies in.
fn is_within(town: &str, whole: &str) -> bool {
    let outer = || lookup(whole).next().is_some_and(|p| p.kind() != Kind::City);
    let told = || resolve(&format!("{town}, {whole}"), &Hints::default()).is_some_and(|(_, rule)| rule == "in-name");
    !town.is_empty() && !whole.is_empty() && outer() && told()
}

/// Divides a run into its places: `Washington/Teheran` is two, `GAZA, Palestine` is one.
pub(super) fn divide(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut places = Vec::with_capacity(1);
    let mut from = start;
    for (i, c) in text[start..end].char_indices().filter(|(_, c)| matches!(c, '/' | '／' | '·' | '・')) {
        places.push(trim(text, from, start + i));
        from = start + i + c.len_utf8();
    }
    places.push(trim(text, from, end));
    // `Frankfurt/Main` is a town and its river.
    if places.len() == 2 && places.last().is_some_and(|(s, e)| is_river(&text[*s..*e])) {
        return vec![(start, end)];
    }
    if let [town, whole] = places[..]
        && is_within(&text[town.0..town.1], &text[whole.0..whole.1])
    {
        return vec![(start, end)];
    }
    if places.len() > 1 && (text[start..end].contains('・') || places.iter().any(|(s, e)| s == e)) {
        return vec![(start, end)];
    }
    places
}
