//! Whether the copy says again what a field of the markup says: headline, writers, dateline.

use super::draft::floor;
use super::stamp;
use crate::text::letters;

/// How far into the body a dateline or a byline counts as repeated.
pub(super) const REPEAT_BYTES: usize = 600;

/// Tells whether two lines have the same letters.
pub(super) fn same(a: &str, b: &str) -> bool {
    letters(a) == letters(b)
}

/// Tells whether `part` stands in a text of which the letters are given.
pub(super) fn contains(letters_of_text: &str, part: &str) -> bool {
    let part = letters(part);
    !part.is_empty() && letters_of_text.contains(&part)
}

/// Tells whether a name is the address of a site: `lompost.example`, `FoxNews.com`.
pub(super) fn is_host(name: &str) -> bool {
    let Some((host, end)) = name.rsplit_once('.') else { return false };
    let is_end = (2..=4).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_lowercase());
    let letters =
        |part: &str| part.len() >= 3 && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'));
    is_end && letters(host) && host.bytes().any(|b| b.is_ascii_lowercase())
}

/// Takes the *by* off a byline.
pub(super) fn strip_by(byline: &str) -> &str {
    let lower = byline.get(..3).map(str::to_ascii_lowercase);
    match lower.as_deref() {
        Some("by " | "by:" | "von" | "par" | "por") => byline[3..].trim(),
        _ => byline,
    }
}

/// Tells whether a dateline field holds words of a dateline, not a time for machines or
/// an advisory.
pub(super) fn is_line(dateline: &str) -> bool {
    let letters = dateline.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && dateline.len() <= 200
        && !(stamp::moment(dateline).is_some() && dateline.starts_with(|c: char| c.is_ascii_digit()))
        && !dateline.to_ascii_lowercase().starts_with("said to be")
}

/// Tells whether a dateline ends with a sign of its own.
pub(super) fn ends_itself(dateline: &str) -> bool {
    dateline.trim_end().ends_with(['-', '–', '—', ':', '=', '−', '_', '―', '/', ']', '】', '.', '）'])
}

/// Tells whether the body begins with the dateline, whole or by its place.
pub(super) fn repeats(body: &str, head: &str, dateline: &str) -> bool {
    let opening = &body[..floor(body, REPEAT_BYTES)];
    let line = letters(dateline);
    let start: String = head.chars().take(80).collect();
    if begins_with(opening, &line) || (line.len() >= 5 && start.find(&line).is_some_and(|at| at > 0)) {
        return true;
    }
    // The place, then something else of a dateline, then a dash: the body has its own.
    let place = dateline.split([',', '(', '-', '–', '—', '/', ':', '.']).next().unwrap_or("").trim();
    let place: String = place.split_whitespace().take_while(|w| !w.starts_with(|c: char| c.is_ascii_digit())).collect();
    let place = letters(&place);
    opening.split('\n').take(6).any(|paragraph| {
        let start = &paragraph[..floor(paragraph, 140)];
        // `(ANSA) - ROMA, 5 MAR -`: the agency stands in front.
        let behind = start.strip_prefix(['(', '/', '[']).and_then(|s| s.split_once([')', '/', ']']));
        let start =
            behind.filter(|(a, _)| a.len() < 40).map_or(start, |(_, s)| s.trim_start_matches([' ', '-', '–', '—']));
        place.len() > 2
            && begins_with(start, &place)
            && start.contains([')', '-', '–', '—', '_', ':'])
            && start.find([')', '-', '–', '—', '_', ':']).is_some_and(|i| i < 100)
    }) || opening.split('\n').take(6).any(|p| !line.is_empty() && begins_with(p, &line))
}

/// Tells whether a text begins with these letters, as words of their own: *Basel-Stadt* does not
/// begin with the place Basel.
fn begins_with(text: &str, wanted: &str) -> bool {
    let mut left = wanted;
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        if left.is_empty() {
            return false;
        }
        for lower in c.to_lowercase() {
            match left.strip_prefix(lower) {
                Some(rest) => left = rest,
                None => return false,
            }
        }
        if left.is_empty() {
            let mut behind = text[at + c.len_utf8()..].chars();
            return match behind.next() {
                Some(next) if next.is_alphanumeric() => false,
                Some('-' | '‐' | '‑' | '\'' | '’') => !behind.next().is_some_and(char::is_alphabetic),
                _ => true,
            };
        }
    }
    wanted.is_empty()
}
