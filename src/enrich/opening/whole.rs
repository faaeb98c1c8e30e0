//! Shapes of datelines that are told by the whole line: a place that reads like none before
//! a date and an agency, and an agency joined to its place without a blank.

use super::chars::{self, char_at, is_cased, is_comma, is_dash, separator, skip_blanks, trim};
use super::dates;
use super::head::{Head, Strength};
use super::source;
use crate::data::agencies::by_alias;

/// Words before a date that may be a place of any kind: a ship, a conference, a body.
const FREE_WORDS_MAX: usize = 7;
const FREE_BYTES_MAX: usize = 80;
/// Characters of a line that is a place and an agency.
const JOINED_CHARS_MAX: usize = 40;

/// Reads a dateline that the line `start..stop` is or begins with.
pub(super) fn read(text: &str, start: usize, stop: usize, is_place: &dyn Fn(&str) -> bool) -> Option<(Head, Strength)> {
    let found = free(text, start, stop)
        .or_else(|| dated(text, start, stop, is_place))
        .or_else(|| enclosed(text, start, stop, is_place))
        .or_else(|| joined(text, start, stop, is_place))
        .or_else(|| slashed(text, start, stop, is_place))
        .or_else(|| agency_first(text, start, stop, is_place))?;
    text[found.end..].chars().any(char::is_alphanumeric).then_some((found, Strength::Two))
}

/// `À bord du Charles-de-Gaulle, 2 déc 2024 (AFP) -`: a date, a known agency in brackets and
/// a dash are an opening whatever stands before them.
fn free(text: &str, start: usize, stop: usize) -> Option<Head> {
    let line = &text[start..stop];
    for (i, _) in line.char_indices().take_while(|(i, _)| *i <= FREE_BYTES_MAX).filter(|(_, c)| is_comma(*c)) {
        let before = line[..i].trim_end();
        let plain = !before.contains(['.', '?', '!', '"', '«', '“', ':', ';', '@']);
        if !plain || before.split_whitespace().count() > FREE_WORDS_MAX || !before.starts_with(char::is_alphabetic) {
            return None;
        }
        let at = skip_blanks(text, start + i + char_at(text, start + i).map_or(0, char::len_utf8), false);
        let Some(date) = dates::at(text, at).filter(|d| d.month.is_some() && d.day.is_some() && !d.needs_agency) else {
            continue;
        };
        let open = skip_blanks(text, date.end, false);
        let bracket = source::bracketed(text, open, true, false).filter(|_| char_at(text, open) == Some('('))?;
        let source = bracket.source.filter(|s| s.known)?;
        let sep = separator(text, bracket.end);
        let upper = before.starts_with(char::is_uppercase) || !is_cased(before);
        return (sep.dash && upper).then(|| Head {
            start,
            end: sep.end,
            places: vec![(start, start + before.len())],
            date: Some(date),
            source: Some(source),
            rule: "dateline/agency-in-brackets",
            ..Head::default()
        });
    }
    None
}

/// `KIGALI, May 13-14, 2025 (Reuters) -`, `KIGALI, 14/V/2025 (Reuters) -`: a place, something of a
/// date that no rule reads whole, a known agency in brackets and a dash; and `GENEVA (12 March
/// 2024) -`, where the date stands in the brackets. A date that is not read whole is none.
fn dated(text: &str, start: usize, stop: usize, is_place: &dyn Fn(&str) -> bool) -> Option<Head> {
    /// Bytes between the place and the brackets.
    const DATE_BYTES_MAX: usize = 40;
    let line = &text[start..stop];
    let open = line.find('(').filter(|at| *at <= FREE_BYTES_MAX)?;
    let sep = |end: usize| Some(separator(text, end)).filter(|s| s.dash);
    let before = line[..open].trim_end();
    if is_place(before) {
        let close = line[open..].find(')')? + open;
        let date = dates::at(text, start + open + 1).filter(|d| d.end == start + close && d.year.is_some())?;
        let end = sep(start + close + 1)?.end;
        let places = vec![(start, start + before.len())];
        return Some(Head { start, end, places, date: Some(date), rule: "dateline/agency-bare", ..Head::default() });
    }
    let (place, between) = before.split_once(',')?;
    let figures = between.bytes().any(|b| b.is_ascii_digit());
    if !is_place(place.trim()) || !figures || between.len() > DATE_BYTES_MAX {
        return None;
    }
    let bracket = source::bracketed(text, start + open, true, false)?;
    let source = bracket.source.filter(|s| s.known)?;
    let end = sep(bracket.end)?.end;
    // Figures beside it are of a clock, or leave it open.
    let date = dates::find(between).filter(|d| {
        let rest = &between[d.end..];
        let is_clock =
            rest.contains(':') || ["am", "pm", "a.m", "p.m"].iter().any(|h| rest.to_ascii_lowercase().contains(h));
        is_clock || !rest.bytes().any(|b| b.is_ascii_digit())
    });
    let date = date.filter(|d| d.year.is_some()).and_then(|d| {
        let at = start + place.len() + 1 + d.start;
        dates::at(text, at)
    });
    let places = vec![(start, start + place.len())];
    Some(Head {
        start,
        end,
        places,
        date,
        source: Some(source),
        rule: "dateline/agency-in-brackets",
        ..Head::default()
    })
}

/// `(KIGALI, May 14, 2025) –`: place and full date in the brackets that the line begins with.
fn enclosed(text: &str, start: usize, stop: usize, is_place: &dyn Fn(&str) -> bool) -> Option<Head> {
    let line = &text[start..stop];
    let inner = line.strip_prefix('(')?;
    let close = inner.find(')').filter(|at| *at <= FREE_BYTES_MAX)?;
    let comma = inner[..close].char_indices().find(|(_, c)| is_comma(*c))?.0;
    let place = trim(text, start + 1, start + 1 + comma);
    let at = skip_blanks(text, start + 1 + comma + char_at(inner, comma).map_or(0, char::len_utf8), false);
    let date = dates::at(text, at).filter(|d| d.end == start + 1 + close && d.year.is_some() && d.day.is_some())?;
    let sep = separator(text, start + close + 2);
    let named = is_place(&text[place.0..place.1]) && (sep.dash || sep.colon);
    named.then(|| Head {
        start,
        end: sep.end,
        places: vec![place],
        date: Some(date),
        rule: "dateline/agency-bare",
        ..Head::default()
    })
}

/// `دمشق-سانا` alone on its line.
fn joined(text: &str, start: usize, stop: usize, is_place: &dyn Fn(&str) -> bool) -> Option<Head> {
    let line = &text[start..stop];
    if line.chars().take(JOINED_CHARS_MAX + 1).count() > JOINED_CHARS_MAX || is_cased(line) {
        return None;
    }
    let (at, dash) = line.char_indices().find(|(_, c)| is_dash(*c))?;
    let place = trim(text, start, start + at);
    let name = trim(text, start + at + dash.len_utf8(), stop);
    let source = source::named(text, name.0, name.1, true, false).filter(|s| s.known)?;
    let known = is_place(&text[place.0..place.1]);
    known.then(|| Head {
        start,
        end: chars::trim(text, stop, text.len()).0,
        places: vec![place],
        source: Some(source),
        rule: "dateline/agency-bare",
        ..Head::default()
    })
}

/// `Stockholm/TT` alone on its line.
fn slashed(text: &str, start: usize, stop: usize, is_place: &dyn Fn(&str) -> bool) -> Option<Head> {
    let line = text[start..stop].trim_end();
    let at = line.rfind('/').filter(|_| line.chars().take(JOINED_CHARS_MAX + 1).count() <= JOINED_CHARS_MAX)?;
    let source = source::named(text, start + at + 1, start + line.len(), true, false).filter(|s| s.known)?;
    let place = line[..at].trim();
    let named =
        (place.starts_with(char::is_uppercase) || !is_cased(place)) && is_place(place) && by_alias(place).is_none();
    named.then(|| Head {
        start,
        end: chars::trim(text, stop, text.len()).0,
        places: vec![(start, start + place.len())],
        source: Some(source),
        rule: "dateline/agency-bare",
        ..Head::default()
    })
}

/// `ایسنا/تهران سخنگوی وزارت…`: in scripts without capitals nothing else ends the place.
fn agency_first(text: &str, start: usize, stop: usize, is_place: &dyn Fn(&str) -> bool) -> Option<Head> {
    let line = &text[start..stop];
    let slash = line.char_indices().take(JOINED_CHARS_MAX).find(|(_, c)| *c == '/').map(|(i, _)| start + i)?;
    by_alias(&text[start..slash])?;
    let end = chars::word_end(text, slash + 1).min(stop);
    let name = text.get(slash + 1..end).filter(|n| !is_cased(n) && !n.is_empty() && is_place(n))?;
    let source = source::named(text, start, slash, true, false)?;
    Some(Head {
        start,
        end: separator(text, end).end,
        places: vec![(slash + 1, slash + 1 + name.len())],
        source: Some(source),
        rule: "dateline/agency-bare",
        ..Head::default()
    })
}
