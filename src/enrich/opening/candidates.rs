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
    if let Some(found) = flags::name_start(text, start).and_then(|names| behind_names(text, names, stop, is_place)) {
        return Some(found);
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
