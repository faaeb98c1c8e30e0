//! Which dateline begins in a line, and where in it: behind writers, brackets, capitals.

use super::head::{Head, Strength};
use super::{chars, cjk, flags, head, source, whole};

/// Tells whether a place with a dash is a headline: alone on its line, without a full stop.
pub(super) fn is_headline(text: &str, head: &Head, strength: Strength, stop: usize) -> bool {
    if strength > Strength::PlaceOnly || head.end >= stop {
        return false;
    }
    let after = &text[stop..];
    let blank_follows = after.trim_start_matches([' ', '\r', '\t']).strip_prefix('\n').is_some_and(|rest| {
        rest.lines().next().is_some_and(|l| l.trim().is_empty()) && rest.chars().any(char::is_alphanumeric)
    });
    blank_follows && stop - head.end < 120 && !text[..stop].ends_with(['.', '"', '”', '»', '…', '。'])
}

/// Reads the best dateline that begins in a line.
pub(super) fn candidate(
    text: &str,
    start: usize,
    stop: usize,
    is_place: &dyn Fn(&str) -> bool,
) -> Option<(Head, Strength)> {
    if let Some(head) = cjk::read(text, start, is_place) {
        return Some((head, Strength::Two));
    }
    if let Some(names) = flags::name_start(text, start) {
        let found = behind_names(text, names, stop, is_place);
        if let Some(found) = found.filter(|(head, _)| is_filed(text, head, stop, is_place)) {
            return Some(found);
        }
        // `Von Ada Lem, dpa`: the agency is the writer's, and nothing is filed there.
        if flags::byline_at(text, start).is_some() {
            return None;
        }
    }
    let plain = head::read(text, start, is_place);
    if plain.as_ref().is_some_and(|(_, s)| *s == Strength::Two) {
        return plain;
    }
    let better = behind_bracket(text, start, stop, is_place).or_else(|| behind_capitals(text, start, stop, is_place));
    better.or_else(|| whole::read(text, start, stop, is_place)).or(plain)
}

/// `(Republisher) KUWAIT, Dec 26 (KUNA) --`
fn behind_bracket(text: &str, start: usize, stop: usize, is_place: &dyn Fn(&str) -> bool) -> Option<(Head, Strength)> {
    let bracket = source::bracket_at(text, start).filter(|b| b.end < stop && text[start..].starts_with(['(', '[']))?;
    let next = chars::skip_blanks(text, bracket.end, false);
    head::read(text, next, is_place).filter(|(h, s)| *s == Strength::Two && h.source.is_some())
}

/// Letters of the story that follow a dateline on the line of its writers.
const COPY_CHARS_MIN: usize = 40;

/// Tells whether what stands behind names on their line is a dateline, not the agency that
/// they write for: it has a date, or the story begins behind it.
fn is_filed(text: &str, head: &Head, stop: usize, is_place: &dyn Fn(&str) -> bool) -> bool {
    let copy = text.get(head.end..stop).is_some_and(|copy| copy.chars().count() >= COPY_CHARS_MIN);
    let bare = head.source.is_some() && head.rule == "dateline/agency-bare";
    // `By Ada Lem, Reuters` with the dateline on the next line.
    let here = head.places.first().is_some_and(|(start, _)| *start < stop);
    here && (head.date.is_some() || copy) && (!bare || is_known(text, head, is_place))
}

/// Tells whether the first place of a dateline is one of the gazetteer.
fn is_known(text: &str, head: &Head, is_place: &dyn Fn(&str) -> bool) -> bool {
    let Some((start, end)) = head.places.first() else { return false };
    let name = &text[*start..*end];
    is_place(name) || name.split([',', '(']).next().is_some_and(|first| is_place(first.trim()))
}

/// Reads `Jane Roe, The Canadian Press` and `Jan Kowalski (PAP)`: a name of no place and an
/// agency, nothing behind them, and below them the dateline. Returns the bytes of the name.
pub(super) fn signed(text: &str, head: &Head, stop: usize, is_place: &dyn Fn(&str) -> bool) -> Option<(usize, usize)> {
    /// Lines between the writer and the dateline.
    const LINES_MAX: usize = 4;
    let [(start, end)] = head.places[..] else { return None };
    let name = &text[start..end];
    let words = name.split_whitespace().count();
    let signs = head.date.is_none()
        && head.source.as_ref().is_some_and(|source| source.known)
        && head.end >= stop
        && head.start == start
        && (2..=4).contains(&words)
        && chars::is_cased(name)
        && !name.contains(',')
        && !is_known(text, head, is_place);
    if !signs {
        return None;
    }
    let mut at = stop;
    for line in text[stop..].split_inclusive('\n').take(2 * LINES_MAX) {
        let (from, to) = chars::trim(text, at, at + line.len());
        at += line.len();
        if to > from
            && let Some((below, Strength::Two)) = candidate(text, from, to, is_place)
            && below.end < to
            && !below.places.is_empty()
        {
            return Some((flags::name_start(text, start).unwrap_or(start), end));
        }
    }
    None
}

/// `By Name Surname Place, Oct 17 (PTI)`: nothing divides the names from the place.
fn behind_names(text: &str, names: usize, stop: usize, is_place: &dyn Fn(&str) -> bool) -> Option<(Head, Strength)> {
    let mut found: Vec<(Head, bool)> = Vec::new();
    let line = &text[names..stop];
    let mut words = 0;
    let mut after_blank = false;
    for (i, c) in line.char_indices().take(110) {
        if c.is_whitespace() {
            after_blank = true;
            continue;
        }
        if after_blank && i > 0 && (c.is_uppercase() || !chars::is_cased(line)) {
            words += 1;
            if words > 10 {
                break;
            }
            if let Some((head, Strength::Two)) = head::read(text, names + i, is_place)
                && !head.places.is_empty()
                && head.start == names + i
            {
                let wide = line[..i].ends_with("  ") || line[..i].ends_with('\n');
                found.push((head, wide));
            }
        }
        after_blank = false;
    }
    let place = |head: &Head| head.places.first().is_some_and(|(s, e)| is_place(&text[*s..*e]));
    let at = found.iter().position(|(_, wide)| *wide).or_else(|| found.iter().position(|(h, _)| place(h)));
    let (mut head, _) = match at {
        Some(at) => found.swap_remove(at),
        None => found.pop()?,
    };
    head.byline = Some(chars::trim(text, names, head.start));
    Some((head, Strength::Two))
}

/// `HEADLINE IN CAPITALS Estambul (EFE).`
fn behind_capitals(text: &str, start: usize, stop: usize, is_place: &dyn Fn(&str) -> bool) -> Option<(Head, Strength)> {
    let mut at = start;
    let mut capitals = 0;
    for word in text[start..stop].split(' ').take(40) {
        let shout = !word.chars().any(char::is_lowercase);
        if !shout {
            let found = (capitals >= 3).then(|| head::read(text, at, is_place)).flatten()?;
            return Some(found).filter(|(h, s)| *s == Strength::Two && h.start == at && h.source.is_some());
        }
        capitals += usize::from(word.chars().any(char::is_uppercase));
        at += word.len() + 1;
    }
    None
}
