//! Dates as datelines write them: `23 марта`, `Dec 28th, 2019`, `2024-12-02`, `8月14日`.

pub use super::date_read::DateRead;

use super::chars::{char_at, digit, is_blank, is_comma, skip_blanks};
use super::date_read::Meanings;
use crate::data::months::{self, Calendar};
use crate::data::zones;
use crate::text::{fold, fold::is_invisible};
use chrono::NaiveTime;

#[derive(Clone, Copy)]
struct Number {
    value: u32,
    digits: usize,
    end: usize,
}

fn number(text: &str, pos: usize) -> Option<Number> {
    let mut found = Number { value: 0, digits: 0, end: pos };
    while let Some(value) = char_at(text, found.end).and_then(digit) {
        if found.digits == 4 {
            return None;
        }
        found.value = found.value * 10 + value;
        found.digits += 1;
        found.end += char_at(text, found.end).map_or(0, char::len_utf8);
    }
    (found.digits > 0).then_some(found)
}

fn is_name_mark(c: char) -> bool {
    !c.is_ascii() && (unicode_normalization::char::is_combining_mark(c) || c == '\u{200C}')
}

fn letters_end(text: &str, pos: usize) -> usize {
    let ascii = |from: usize| {
        let rest = text.as_bytes().get(from..).unwrap_or_default();
        from + rest.iter().take_while(|b| b.is_ascii_alphabetic()).count()
    };
    let mut end = ascii(pos);
    while let Some(c) = char_at(text, end) {
        if !(c.is_alphabetic() || is_name_mark(c)) {
            break;
        }
        end += c.len_utf8();
    }
    end
}

fn is_day(n: Number) -> bool {
    n.digits <= 2 && (1..=31).contains(&n.value)
}

/// Where the words that may name a month end, up to three in a row, and how many they are.
fn name_ends(text: &str, pos: usize) -> ([usize; 3], usize) {
    let mut ends = [pos; 3];
    let mut count = 0;
    let mut at = pos;
    for cell in &mut ends {
        let end = letters_end(text, at);
        if end == at {
            break;
        }
        *cell = end;
        count += 1;
        at = skip_blanks(text, end, false);
        if at == end {
            break;
        }
    }
    (ends, count)
}

/// Returns where a full stop behind a name of a month ends, or the name.
fn behind_stop(text: &str, end: usize) -> usize {
    let dot = skip_blanks(text, end, false);
    if char_at(text, dot) == Some('.') { dot + 1 } else { end }
}

/// Reads the name of a month of one to three words; a full stop behind it belongs to it.
fn month_at(text: &str, pos: usize) -> Option<(Meanings, usize)> {
    month_of(text, pos, name_ends(text, pos))
}

/// The same where it is known where its words may end.
fn month_of(text: &str, pos: usize, (ends, count): ([usize; 3], usize)) -> Option<(Meanings, usize)> {
    let longest = ends[..count].last().copied()?;
    if !may_be_month(&text[pos..longest], ends[0] - pos) {
        return None;
    }
    for &end in ends[..count].iter().rev() {
        if end - pos > 40 {
            continue;
        }
        let name = fold(&text[pos..end]);
        let mut month = months::printed(&text[pos..end], &name);
        if month.is_empty() {
            month = name.strip_suffix("ماه").map_or(month, months::meanings);
        }
        if !month.is_empty() {
            return Some((month, behind_other_name(text, end, month).unwrap_or_else(|| behind_stop(text, end))));
        }
    }
    None
}

/// Where the other name of a month ends that Arabic copy writes beside it: `مايو أيار`, `أيار/مايو`, `أيار (مايو)`.
fn behind_other_name(text: &str, end: usize, month: Meanings) -> Option<usize> {
    let is_arabic = text[..end].chars().next_back().is_some_and(|c| ('\u{600}'..='\u{6FF}').contains(&c));
    let mut at = skip_blanks(text, end, false);
    let mark = char_at(text, at).filter(|c| is_arabic && (matches!(c, '/' | '(') || at > end))?;
    if matches!(mark, '/' | '(') {
        at = skip_blanks(text, at + 1, false);
    }
    let (ends, count) = name_ends(text, at);
    let is_same = |other: Meanings| other.iter().any(|o| month.iter().any(|m| (m.0, m.1) == (o.0, o.1)));
    let other = ends[..count].iter().rev().find(|end| is_same(months::meanings(&fold(&text[at..**end]))))?;
    match mark {
        '(' => (char_at(text, *other) == Some(')')).then_some(other + 1),
        _ => Some(*other),
    }
}

/// Tells whether words may name a month, by the first of them, which has so many bytes.
fn may_be_month(words: &str, first: usize) -> bool {
    !words.is_ascii() || months::may_begin_with(&words[..first])
}

/// Tells whether a day in figures may stand behind a name of a month whose words end at `end`:
/// only the last of its words can have figures behind it, and most words have none.
fn has_figures_behind(text: &str, end: usize) -> bool {
    let behind = skip_blanks(text, behind_stop(text, end), true);
    char_at(text, behind).and_then(digit).is_some()
}

/// Skips what may follow a day: `er`, `th`, `º`, a full stop, `de`, `of`.
fn after_day(text: &str, pos: usize) -> usize {
    const SUFFIXES: [&str; 14] = ["st", "nd", "rd", "th", "er", "ère", "re", "º", "ª", "°", "-го", "-го", "a", "e"];
    const LINKS: [&str; 8] = ["de", "of", "del", "d", "di", "da", "ta'", "يوم"];
    let mut at = pos;
    let blank = skip_blanks(text, at, false);
    for from in [at, blank] {
        let rest = text.get(from..).unwrap_or("");
        let hit = SUFFIXES.iter().find(|s| {
            rest.len() >= s.len()
                && rest.is_char_boundary(s.len())
                && rest[..s.len()].eq_ignore_ascii_case(s)
                && !rest[s.len()..].chars().next().is_some_and(char::is_alphanumeric)
        });
        if let Some(suffix) = hit {
            at = from + suffix.len();
            break;
        }
    }
    let dotted = skip_blanks(text, at, false);
    if char_at(text, dotted) == Some('.') {
        at = dotted + 1;
    }
    at = skip_blanks(text, at, true);
    if char_at(text, at) == Some('-') {
        at += 1;
    }
    let end = letters_end(text, at);
    if LINKS.iter().any(|l| text[at..end].eq_ignore_ascii_case(l)) {
        at = end;
        if matches!(char_at(text, at), Some('\'' | '’')) {
            at += char_at(text, at).map_or(0, char::len_utf8);
        }
        at = skip_blanks(text, at, true);
    }
    at
}

/// Reads a year behind a month, and a time behind that.
fn year_and_time(text: &str, date: &mut DateRead) {
    let mut at = skip_blanks(text, behind_old_style(text, date.end), false);
    // `FEB. 18 /1954/`
    if let Some(year) = number(text, at + 1).filter(|n| {
        char_at(text, at) == Some('/')
            && n.digits == 4
            && char_at(text, n.end) == Some('/')
            && (1500..=2400).contains(&n.value)
    }) {
        date.year = i32::try_from(year.value).ok();
        date.end = year.end + 1;
        return;
    }
    let comma = char_at(text, at).is_some_and(is_comma);
    if comma {
        at = skip_blanks(text, at + char_at(text, at).map_or(0, char::len_utf8), true);
    }
    if char_at(text, at) == Some('-') && at == date.end {
        at += 1;
    }
    let word = letters_end(text, at);
    if ["de", "del", "of"].iter().any(|l| text[at..word].eq_ignore_ascii_case(l)) {
        at = skip_blanks(text, word, true);
    }
    if let Some(year) = number(text, at) {
        let next = char_at(text, year.end);
        let boundary = !next.is_some_and(|c| c.is_alphabetic() || c == ':' || c == '%');
        let four = year.digits == 4 && (1300..=2700).contains(&year.value);
        if boundary && (four || (year.digits == 2 && !comma && next != Some('.'))) {
            date.year = i32::try_from(year.value).ok();
            date.end = year.end;
            let mark = skip_blanks(text, date.end, false);
            let letter = letters_end(text, mark);
            if matches!(&text[mark..letter], "г" | "года" | "р" | "року") {
                date.end = letter + usize::from(char_at(text, letter) == Some('.'));
            }
        }
    }
    time(text, date);
}

/// Where `(O.S. Jan. 9)` ends between a day and its year: the same day of the old calendar.
fn behind_old_style(text: &str, pos: usize) -> usize {
    const BYTES_MAX: usize = 24;
    let at = skip_blanks(text, pos, false);
    let Some(inner) = text.get(at..).and_then(|t| t.strip_prefix('(')) else { return pos };
    let old = ["O.S.", "O. S.", "OS", "N.S.", "Old Style", "New Style"].iter().any(|style| inner.starts_with(style));
    match inner.find(')').filter(|close| old && *close <= BYTES_MAX) {
        Some(close) => at + 1 + close + 1,
        None => pos,
    }
}

fn time(text: &str, date: &mut DateRead) {
    let mut at = skip_blanks(text, date.end, false);
    if char_at(text, at).is_some_and(is_comma) {
        at = skip_blanks(text, at + char_at(text, at).map_or(0, char::len_utf8), false);
    }
    // `Mar 5, 2024 / 11:40 am`
    if char_at(text, at) == Some('/') && date.year.is_some() {
        at = skip_blanks(text, at + 1, false);
    }
    let Some(hour) = number(text, at).filter(|n| n.digits <= 2 && n.value < 24) else { return };
    // `9.40 p.m.`
    let half = ["a.m.", "p.m.", "am", "pm"];
    let stopped = char_at(text, hour.end) == Some('.')
        && number(text, hour.end + 1).filter(|n| n.digits == 2 && n.value < 60).is_some_and(|minute| {
            let behind = text.get(skip_blanks(text, minute.end, false)..).unwrap_or("");
            half.iter().any(|h| behind.get(..h.len()).is_some_and(|b| b.eq_ignore_ascii_case(h)))
        });
    if char_at(text, hour.end) != Some(':') && !stopped {
        return;
    }
    let Some(minute) = number(text, hour.end + 1).filter(|n| n.digits == 2 && n.value < 60) else { return };
    date.end = minute.end;
    date.timed = Some(at);
    let half = skip_blanks(text, minute.end, false);
    let dotted = text.get(half..half + 4).filter(|h| ["a.m.", "p.m."].iter().any(|d| d.eq_ignore_ascii_case(h)));
    let half_end = if dotted.is_some() { half + 4 } else { letters_end(text, half) };
    let hours = match text[half..half_end].replace('.', "").to_ascii_lowercase().as_str() {
        "pm" if hour.value < 12 => hour.value + 12,
        "am" if hour.value == 12 => 0,
        "am" | "pm" => hour.value,
        _ => {
            date.time = NaiveTime::from_hms_opt(hour.value, minute.value, 0);
            zone(text, date);
            return;
        }
    };
    date.time = NaiveTime::from_hms_opt(hours, minute.value, 0);
    date.end = half_end;
    zone(text, date);
}

/// Reads the zone behind a time: `GMT`, `JST`, `UTC+3`, `GMT +05:30`.
fn zone(text: &str, date: &mut DateRead) {
    let at = skip_blanks(text, date.end, false);
    let end = letters_end(text, at);
    let name = &text[at..end];
    // In small letters most are words: *est*.
    let Some(minutes) = zones::minutes(&fold(name)).filter(|_| name.starts_with(char::is_uppercase)) else { return };
    (date.offset_minutes, date.end) = (Some(minutes), end);
    let signed = skip_blanks(text, end, false);
    let sign = match char_at(text, signed) {
        Some('+') => 1,
        Some('-' | '−') => -1,
        _ => return,
    };
    let Some(hours) = number(text, signed + char_at(text, signed).map_or(0, char::len_utf8)) else { return };
    let (hour, minute, end) = match hours.digits {
        4 => (hours.value / 100, hours.value % 100, hours.end),
        1 | 2 => match number(text, hours.end + 1).filter(|m| char_at(text, hours.end) == Some(':') && m.digits == 2) {
            Some(minutes) => (hours.value, minutes.value, minutes.end),
            None => (hours.value, 0, hours.end),
        },
        _ => return,
    };
    if minutes == 0 && hour <= 14 && minute < 60 {
        date.offset_minutes = i32::try_from(hour * 60 + minute).ok().map(|east| sign * east);
        date.end = end;
    }
}

/// Reads the date that begins at `pos`.
#[must_use]
pub fn at(text: &str, pos: usize) -> Option<DateRead> {
    let first = char_at(text, pos)?;
    let mut date = DateRead { start: pos, end: pos, ..DateRead::default() };
    if let Some(n) = number(text, pos) {
        return roman(text, n, date)
            .or_else(|| numeric(text, n, date))
            .or_else(|| east_asian(text, n, date))
            .or_else(|| day_first(text, n, date));
    }
    if !first.is_alphabetic() {
        return None;
    }
    if matches!(first, 'n' | 'N') && text.get(pos..pos + 7).is_some_and(|t| t.eq_ignore_ascii_case("no date")) {
        date.end = pos + 7;
        return Some(date);
    }
    let (ends, count) = name_ends(text, pos);
    let &longest = ends[..count].last()?;
    if !may_be_month(&text[pos..longest], ends[0] - pos) || !has_figures_behind(text, longest) {
        return None;
    }
    let (month, end) = month_of(text, pos, (ends, count))?;
    let day = number(text, skip_blanks(text, end, true)).filter(|n| is_day(*n))?;
    date.name_month(month);
    date.day = Some(day.value);
    date.end = day.end;
    let rest = &text[day.end..];
    if let Some(suffix) = ["st", "nd", "rd", "th"].iter().find(|s| rest.get(..2) == Some(**s)) {
        date.end += suffix.len();
    } else if rest.starts_with(char::is_alphanumeric)
        || (rest.starts_with(':') && rest[1..].starts_with(|c: char| c.is_ascii_digit()))
    {
        return None;
    }
    year_and_time(text, &mut date);
    Some(date)
}

/// `17-VII-1936`, `1.IX.1939`, `14/V/2025`: the month in Roman figures.
fn roman(text: &str, first: Number, mut date: DateRead) -> Option<DateRead> {
    const MONTHS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let mark = char_at(text, first.end).filter(|c| matches!(c, '-' | '.' | '/') && is_day(first))?;
    let from = skip_blanks(text, first.end + 1, false);
    let end = letters_end(text, from);
    let month = MONTHS.iter().position(|m| *m == &text[from..end])?;
    let at = skip_blanks(text, end + usize::from(char_at(text, end) == Some(mark)), false);
    let year = number(text, at).filter(|n| n.digits == 4 && at > end && (1500..=2400).contains(&n.value))?;
    if char_at(text, year.end).is_some_and(char::is_alphanumeric) {
        return None;
    }
    date.day = Some(first.value);
    date.month = Some((Calendar::Gregorian, u32::try_from(month).ok()? + 1));
    date.year = i32::try_from(year.value).ok();
    date.end = year.end;
    time(text, &mut date);
    Some(date)
}

fn numeric(text: &str, first: Number, mut date: DateRead) -> Option<DateRead> {
    let mark = char_at(text, first.end).filter(|c| matches!(c, '-' | '.' | '/'))?;
    let second = number(text, first.end + 1)?;
    let whole = char_at(text, second.end) == Some(mark);
    let third = if whole { number(text, second.end + 1) } else { None };
    let Some(third) = third else {
        // 2/12 or 23.5.: a date only beside an agency.
        if mark != '-' && is_day(first) && second.digits <= 2 && (1..=12).contains(&second.value) {
            date.day = Some(first.value);
            date.month = Some((Calendar::Gregorian, second.value));
            date.ambiguous = mark == '/' && first.value <= 12;
            date.end = second.end + usize::from(mark == '.' && whole);
            date.needs_agency = true;
            return Some(date);
        }
        return None;
    };
    if char_at(text, third.end).is_some_and(|c| c.is_alphanumeric() && c != 'T') {
        return None;
    }
    let (year, month, day) = if first.digits == 4 {
        (first, second, third)
    } else if second.value > 12 && first.value <= 12 {
        (third, first, second)
    } else {
        date.ambiguous = mark == '/' && first.value <= 12 && first.value != second.value;
        (third, second, first)
    };
    if !is_day(day) || !(1..=12).contains(&month.value) || !matches!(year.digits, 2 | 4) {
        return None;
    }
    let calendar = match (year.digits, year.value) {
        (4, 1500..=2400) | (2, _) => Calendar::Gregorian,
        _ => Calendar::Other,
    };
    date.in_figures = true;
    date.year = i32::try_from(year.value).ok();
    date.month = Some((calendar, month.value));
    date.day = Some(day.value);
    date.end = third.end;
    time(text, &mut date);
    Some(date)
}

/// `2024年12月2日`, `8月14日`, `2日`, `12월 2일`.
fn east_asian(text: &str, first: Number, mut date: DateRead) -> Option<DateRead> {
    let mut n = first;
    for _ in 0..3 {
        let unit = skip_blanks(text, n.end, false);
        let c = char_at(text, unit)?;
        match c {
            '年' | '년' if n.digits == 4 => date.year = i32::try_from(n.value).ok(),
            '年' if n.digits <= 3 => date.year = Some(era_before(text, date.start)? + i32::try_from(n.value).ok()?),
            '月' | '월' if n.value <= 12 => date.month = Some((Calendar::Gregorian, n.value)),
            '日' | '일' | '號' | '号' if is_day(n) => {
                date.day = Some(n.value);
                date.end = unit + c.len_utf8();
                date.needs_agency = date.month.is_none();
                return Some(date);
            }
            _ => return None,
        }
        n = number(text, skip_blanks(text, unit + c.len_utf8(), false))?;
    }
    None
}

/// Returns the year before the first of the era whose name stands before `pos`: Reiwa,
/// Heisei, Showa, Taisho, and the republic of Taiwan.
fn era_before(text: &str, pos: usize) -> Option<i32> {
    const ERAS: [(&str, i32); 7] = [
        ("令和", 2018),
        ("平成", 1988),
        ("昭和", 1925),
        ("大正", 1911),
        ("民國", 1911),
        ("民国", 1911),
        ("중화민국", 1911),
    ];
    let before = text.get(..pos)?.trim_end();
    ERAS.iter().find(|(name, _)| before.ends_with(name)).map(|(_, year)| *year)
}

fn day_first(text: &str, first: Number, mut date: DateRead) -> Option<DateRead> {
    if first.digits == 4 {
        // 2024 December 2
        // A full stop stands behind the year, and behind the day, in Hungarian.
        let dotted = char_at(text, first.end) == Some('.');
        let (month, end) = month_at(text, skip_blanks(text, first.end + usize::from(dotted), false))?;
        let day = number(text, skip_blanks(text, end, false)).filter(|n| is_day(*n))?;
        date.year = i32::try_from(first.value).ok();
        date.name_month(month);
        date.day = Some(day.value);
        date.end = day.end + usize::from(dotted && char_at(text, day.end) == Some('.'));
        return Some(date);
    }
    if !is_day(first) {
        return None;
    }
    let (month, end) = month_at(text, after_day(text, first.end))?;
    if char_at(text, end).is_some_and(|c| c.is_alphanumeric() && digit(c).is_none()) {
        return None;
    }
    date.day = Some(first.value);
    date.name_month(month);
    date.end = end;
    year_and_time(text, &mut date);
    Some(date)
}

/// Reads `5 - 3`, day and month with a dash of their own: a date only between a place and an
/// agency in brackets.
#[must_use]
pub(super) fn apart_at(text: &str, pos: usize) -> Option<DateRead> {
    let day = number(text, pos).filter(|n| is_day(*n))?;
    let dash = skip_blanks(text, day.end, false);
    if char_at(text, dash) != Some('-') || dash == day.end {
        return None;
    }
    let month = number(text, skip_blanks(text, dash + 1, false)).filter(|n| n.digits <= 2)?;
    let behind = skip_blanks(text, month.end, false);
    if !(1..=12).contains(&month.value) || char_at(text, behind) != Some('(') {
        return None;
    }
    Some(DateRead {
        start: pos,
        end: month.end,
        day: Some(day.value),
        month: Some((Calendar::Gregorian, month.value)),
        needs_agency: true,
        ..DateRead::default()
    })
}

/// Reads a day alone (`19`, `1 er`), or a day with a word that is no month of any table:
/// either is a date only between a place and an agency.
#[must_use]
pub(super) fn loose_at(text: &str, pos: usize) -> Option<DateRead> {
    let day = number(text, pos).filter(|n| is_day(*n))?;
    let mut date =
        DateRead { start: pos, end: day.end, day: Some(day.value), needs_agency: true, ..DateRead::default() };
    let next = char_at(text, day.end);
    if next.is_some_and(|c| c.is_alphabetic() || matches!(c, ':' | '%' | '/')) {
        return None;
    }
    let mut at = skip_blanks(text, day.end, false);
    let end = letters_end(text, at);
    if matches!(&text[at..end], "er" | "ER") {
        date.end = end;
        return Some(date);
    }
    if char_at(text, at) == Some('.') {
        at = skip_blanks(text, at + 1, false);
    }
    let end = letters_end(text, at);
    if end > at && text[at..end].chars().count() <= 9 && char_at(text, at).is_some_and(char::is_alphabetic) {
        let after = skip_blanks(text, end + usize::from(char_at(text, end) == Some('.')), false);
        if char_at(text, after).is_some_and(|c| matches!(c, '(' | '/' | '[')) && after > end {
            date.end = end;
        }
    }
    Some(date)
}

/// Reads the first date anywhere in `text`.
#[must_use]
pub fn find(text: &str) -> Option<DateRead> {
    find_from(text, 0)
}

/// Reads the first date from `from` on, which must be a character boundary.
#[must_use]
pub fn find_from(text: &str, from: usize) -> Option<DateRead> {
    if !may_hold_date(text.get(from..)?) {
        return None;
    }
    let mut boundary = true;
    // Where the next figure stands, and from where on nothing but words leads up to it.
    let (mut figure, mut reach) = (from, from);
    for (pos, c) in text.get(from..)?.char_indices().map(|(at, c)| (at + from, c)) {
        if pos >= figure {
            (figure, reach) = next_figure(text, pos);
        }
        let can_begin = pos >= reach || digit(c).is_some() || c.eq_ignore_ascii_case(&'n');
        if boundary
            && can_begin
            && (c.is_alphabetic() || digit(c).is_some())
            && let Some(date) = at(text, pos)
        {
            return Some(date);
        }
        boundary = is_blank(c) || !(c.is_alphanumeric());
    }
    None
}

/// Tells whether a text has a figure or says that it has no date: most lines do not.
fn may_hold_date(text: &str) -> bool {
    const NONE: &[u8] = b"no date";
    text.bytes().any(|b| b.is_ascii_digit())
        || !text.is_ascii() && text.chars().any(|c| !c.is_ascii() && digit(c).is_some())
        || text.as_bytes().windows(NONE.len()).any(|w| w[0] | 0x20 == b'n' && w.eq_ignore_ascii_case(NONE))
}

/// Returns where the first figure behind `pos` stands, and the first byte from which letters,
/// blanks, line breaks and full stops alone lead up to it: the name of a month before its day
/// lies there or nowhere.
fn next_figure(text: &str, pos: usize) -> (usize, usize) {
    let mut reach = pos;
    for (at, c) in text[pos..].char_indices().map(|(at, c)| (at + pos, c)) {
        if digit(c).is_some() {
            if at > pos {
                return (at, reach);
            }
            reach = at + c.len_utf8();
        } else if !(c.is_alphabetic() || c.is_whitespace() || is_name_mark(c) || is_invisible(c) || c == '.') {
            reach = at + c.len_utf8();
        }
    }
    (text.len(), text.len())
}
