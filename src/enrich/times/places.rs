//! The places of a rule against tokens: phrases, figures and marks.

use super::captures::Captures;
use super::scan::{Class, Gap, Scan, Token};
use super::stretches::joins;
use crate::data::times::{Kind, Phrase, Place, Test, bit};
use crate::data::zones;
use crate::text::marks::{marks, may_be};

/// Years of the Islamic calendar that are written in figures today: those of the Iranian one are
/// less.
const LUNAR_YEARS: std::ops::RangeInclusive<i32> = 1421..=1500;

/// Marks that join two figures; East Asian copy has a wave: *15～18日*, *15∼18일*.
pub(super) const DASHES: [char; 7] = ['-', '–', '—', '～', '〜', '∼', '~'];

/// A rule that matched.
pub(super) struct Match {
    pub(super) end: usize,
    pub(super) first_inside: usize,
    pub(super) last_inside: usize,
    pub(super) captures: Captures,
    pub(super) weak: bool,
}

/// Matches the places behind `at`; `found.end` is where the rule ends.
pub(super) fn matches_from(scan: &Scan<'_>, places: &[Place], start: usize, at: usize, found: &mut Match) -> bool {
    let Some((place, rest)) = places.split_first() else {
        found.end = at;
        return true;
    };
    let suits = |t: &Token| t.is & place.takes != 0 && (at == start || joined(t.gap));
    if scan.tokens.get(at).is_some_and(suits) {
        for test in &place.tests {
            if try_test(scan, *test, place, rest, start, at, found) {
                return true;
            }
        }
    }
    place.optional && matches_from(scan, rest, start, at, found)
}

/// Tells whether an expression may reach over a gap.
pub(super) fn joined(gap: Gap) -> bool {
    gap != Gap::Paragraph
}

fn try_test(
    scan: &Scan<'_>,
    test: Test,
    place: &Place,
    rest: &[Place],
    start: usize,
    at: usize,
    found: &mut Match,
) -> bool {
    let saved = (found.captures.len(), found.first_inside, found.last_inside, found.weak);
    let go_on = |found: &mut Match, end: usize, values: &[(Kind, i32)], weak: bool| {
        if place.inside {
            found.first_inside = found.first_inside.min(at);
            found.last_inside = end;
        }
        for (kind, value) in values {
            found.captures.push(*kind, *value);
        }
        found.weak &= weak || values.is_empty();
        if matches_from(scan, rest, start, end, found) {
            return true;
        }
        found.captures.cut(saved.0);
        (found.first_inside, found.last_inside, found.weak) = (saved.1, saved.2, saved.3);
        false
    };
    let token = &scan.tokens[at];
    if test.kind.is_word() {
        for phrase in scan.lexicon.phrases(token.head) {
            if phrase.kind != test.kind || !joins(phrase) || test.value.is_some_and(|v| v != phrase.value) {
                continue;
            }
            let Some(end) = phrase_end(scan, at, phrase) else { continue };
            let values = [(phrase.kind, phrase.value)];
            let literal = matches!(phrase.kind, Kind::Literal | Kind::Det | Kind::Suffix | Kind::Range);
            if go_on(found, end, if literal { &[] } else { &values }, phrase.weak) {
                return true;
            }
        }
        return false;
    }
    match figure(scan, test.kind, at) {
        Some((values, n, end)) => go_on(found, end, &values[..n], false),
        None => false,
    }
}

/// Returns the token behind a phrase that begins at a place.
pub(super) fn phrase_end(scan: &Scan<'_>, at: usize, phrase: &Phrase) -> Option<usize> {
    let first = &scan.tokens[at];
    // "Się" is written in the table, and no month.
    let other = || {
        let many = scan.lexicon.entry(first.head).is_some_and(|h| h.marks.len() > 1);
        many && !first.is_ascii() && !may_be(&marks(scan.shown(first)), &phrase.marks)
    };
    if other() {
        return None;
    }
    if phrase.capital.is_some_and(|c| scan.shown(first).starts_with(char::is_uppercase) != c) {
        return None;
    }
    let mut next = at + 1;
    for word in &phrase.rest {
        let mut token = scan.tokens.get(next)?;
        // p.m., B.e.
        if token.class == Class::Mark && token.value == u32::from('.') && token.gap == Gap::None {
            next += 1;
            token = scan.tokens.get(next)?;
        }
        if token.head != *word || !joined(token.gap) {
            return None;
        }
        next += 1;
    }
    if scan.lexicon.code() == "vi" && !is_toned_so(scan, at, next, phrase) {
        return None;
    }
    Some(next)
}

/// *Tháng sáu* is June, *tháng sau* next month: tells whether words have the marks of a phrase, or
/// none at all, as telex and capitals leave them out.
fn is_toned_so(scan: &Scan<'_>, from: usize, to: usize, phrase: &Phrase) -> bool {
    let printed: String = scan.tokens[from..to].iter().map(|t| marks(scan.shown(t))).collect();
    printed.is_empty() || *printed == *phrase.marks
}

/// Words behind the figures of a time of day, or of a number of hours.
const HOURS: [&str; 12] =
    ["h", "hr", "hrs", "hour", "hours", "heures", "horas", "uhr", "uur", "часов", "годин", "local"];

/// Tells whether four figures are a time of day and no year: `1700 CDT`, `1000 hrs EDT`, `1500 (1400 GMT)`,
/// or one of two prices, `1200/1205`.
fn is_clock(scan: &Scan<'_>, at: usize) -> bool {
    let value = scan.tokens[at].value;
    let next = |ahead: usize| scan.tokens.get(at + ahead).filter(|t| matches!(t.gap, Gap::None | Gap::Blank));
    let told = |ahead: usize| {
        let Some(word) = next(ahead).filter(|t| t.class == Class::Word) else { return false };
        let name = scan.levelled(word).to_ascii_lowercase();
        // In small letters most names of zones are words.
        HOURS.contains(&name.as_str())
            || (zones::minutes(&name).is_some() && scan.shown(word).starts_with(char::is_uppercase))
    };
    let mark = |c: char| next(1).is_some_and(|t| t.class == Class::Mark && t.value == u32::from(c));
    let figures = next(2).is_some_and(|t| t.class == Class::Number && t.digits == 4);
    let priced = value < 1900 && mark('/') && figures;
    priced || (value <= 2400 && value % 100 < 60 && (told(1) || (mark('(') && figures && told(3))))
}

type Found = ([(Kind, i32); 4], usize, usize);

/// Reads the figure or mark at a place as one of a kind: its values, their number, the
/// token behind it.
fn figure(scan: &Scan<'_>, kind: Kind, at: usize) -> Option<Found> {
    let token = &scan.tokens[at];
    let value = i32::try_from(token.value).unwrap_or(i32::MAX);
    let none = (Kind::Literal, 0);
    let one = |kind: Kind, value: i32, end: usize| Some(([(kind, value), none, none, none], 1, end));
    let mark = |c: char| (token.class == Class::Mark && token.value == u32::from(c)).then_some(([none; 4], 0, at + 1));
    let number = token.class == Class::Number;
    let suffix = || {
        let next = scan.tokens.get(at + 1)?;
        // "De 10 a 14": a letter by itself is a word.
        let near = match next.gap {
            Gap::None | Gap::Hyphen => true,
            Gap::Blank => scan.levelled(next).chars().count() > 1,
            Gap::Line | Gap::Paragraph | Gap::Apostrophe => false,
        };
        (next.is & bit(Kind::Suffix) != 0).then_some(())?;
        let phrase = scan.lexicon.phrases(next.head).iter().find(|p| p.kind == Kind::Suffix)?;
        let tight = next.gap != Gap::Blank || scan.shown(next).chars().count() <= 2;
        (near && tight).then(|| phrase_end(scan, at + 1, phrase)).flatten()
    };
    // A figure grown together with letters behind it, as in 747s, is no day.
    let loose =
        || scan.tokens.get(at + 1).is_none_or(|n| n.class != Class::Word || n.gap != Gap::None || unspaced(scan, n));
    // "1970s", "1990er": letters of a rule.
    let lettered = || {
        let literal = |n: &Token| n.head != 0 && scan.lexicon.phrases(n.head).iter().any(|p| p.kind == Kind::Literal);
        scan.tokens.get(at + 1).is_some_and(literal) && value % 10 == 0
    };
    match kind {
        Kind::Dd if number && token.digits <= 2 && (1..=31).contains(&value) => match suffix() {
            Some(end) => one(Kind::Dd, value, end),
            None if loose() => one(Kind::Dd, value, at + 1),
            None => None,
        },
        Kind::IntOrd if number && value < 200 => one(Kind::Ord, value, suffix()?),
        Kind::Mm if number && token.digits <= 2 && (1..=12).contains(&value) => one(Kind::Month, value, at + 1),
        Kind::Yyyy if number && token.digits == 4 && (1000..=2700).contains(&value) && (loose() || lettered()) => {
            if is_clock(scan, at) {
                None
            } else {
                one(Kind::Yyyy, value, at + 1)
            }
        }
        Kind::Yy if number && token.digits == 2 => one(Kind::Yy, value, at + 1),
        Kind::Int if number && value < 10_000 => one(Kind::Num, value, at + 1),
        Kind::Hh if number && token.digits <= 2 && value <= 24 => one(Kind::Hh, value, at + 1),
        Kind::Min if number && token.digits == 2 && value < 60 => one(Kind::Min, value, at + 1),
        Kind::Hhmm if number && token.digits == 4 && value / 100 <= 24 && value % 100 < 60 => {
            Some(([(Kind::Hh, value / 100), (Kind::Min, value % 100), none, none], 2, at + 1))
        }
        Kind::Time if token.class == Class::Time => {
            Some(([(Kind::Hh, value / 60), (Kind::Min, value % 60), none, none], 2, at + 1))
        }
        Kind::DotTime if token.class == Class::Amount && value < 1_500 => {
            Some(([(Kind::Hh, value / 60), (Kind::Min, value % 60), none, none], 2, at + 1))
        }
        Kind::Figures if token.class == Class::Figures => {
            let f = scan.figures.get(token.value as usize)?;
            let int = |n: u32| i32::try_from(n).unwrap_or(0);
            let year = if f.year < 100 { (Kind::Yy, f.year) } else { (Kind::Yyyy, f.year) };
            let ambiguous = f.ambiguous && !day_first(scan.lexicon.code());
            // Of the two Hijri calendars the one whose present years these are.
            let is_lunar = LUNAR_YEARS.contains(&f.year) && !matches!(scan.lexicon.code(), "fa" | "ps");
            let month = if is_lunar { Kind::Hijri } else { Kind::Month };
            let values = [year, (month, int(f.month)), (Kind::Dd, int(f.day)), (Kind::Figures, i32::from(ambiguous))];
            Some((values, 4, at + 1))
        }
        Kind::Roman if token.class == Class::Word => one(Kind::Roman, roman(scan.shown(token))?, at + 1),
        Kind::Comma => mark(',').or_else(|| mark('،')).or_else(|| mark('،')),
        Kind::Dot => mark('.'),
        Kind::Dash => DASHES.into_iter().find_map(mark),
        Kind::Slash => mark('/'),
        Kind::Open => mark('(').or_else(|| mark(')')),
        _ => None,
    }
}

/// Tells whether copy of a language writes the day before the month in figures.
fn day_first(code: &str) -> bool {
    !matches!(code, "any" | "en" | "fa" | "ja" | "ko" | "zh")
}

fn unspaced(scan: &Scan<'_>, token: &Token) -> bool {
    let first = scan.shown(token).chars().next().unwrap_or(' ');
    crate::text::words::stands_alone(first) || ('\u{AC00}'..='\u{D7A3}').contains(&first)
}

/// Reads a Roman figure up to 30, with the ending of an ordinal.
pub(super) fn roman(word: &str) -> Option<i32> {
    let digits = word.trim_end_matches(['e', 'è', 'm']);
    let digits = if digits.is_empty() { return None } else { digits };
    let mut total = 0;
    let mut last = 0;
    for c in digits.chars().rev() {
        let value = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            _ => return None,
        };
        total += if value < last { -value } else { value };
        last = last.max(value);
    }
    (1..=30).contains(&total).then_some(total)
}
