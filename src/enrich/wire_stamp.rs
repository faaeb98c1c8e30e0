//! The stamp that an agency's own system sets at the end or the head of a message: day,
//! hour and minute in the few fixed shapes of the wires, alone on its line beside the codes
//! of agency, desk and frame. One grammar for every format that carries such copy.

use crate::data::agencies::by_alias;
use crate::data::months::{Calendar, month};
use crate::data::zones;
use crate::story::Moment;
use crate::text::fold;
use chrono::{NaiveDate, NaiveTime};

/// Characters of a line beyond which it is copy.
const LINE_CHARS_MAX: usize = 72;
/// Codes that may stand before a stamp: agency, desk, correspondent.
const CODES_MAX: usize = 3;
/// Letters of such a code.
const CODE_CHARS_MAX: usize = 12;

/// Agencies whose systems write the month first.
const MONTH_FIRST: &[&str] = &["AP", "APNP", "APTV", "UPI"];
/// Words that may follow a stamp, folded.
const BEHIND: &[&str] = &["nnnn", "ends", "end"];

/// What a stamp says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Filing {
    /// When.
    pub(super) moment: Moment,
    /// Bytes of the line that say so.
    pub(super) span: (usize, usize),
    /// Whether the dateline told a part of the day.
    pub(super) pegged: bool,
}

#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

/// Reads the stamp that a line is. `peg` is day and month of the dateline: one shape leaves
/// the month out, another does not say which of two numbers it is.
pub(super) fn read(line: &str, peg: Option<(u32, u32)>) -> Option<Filing> {
    if line.len() > 4 * LINE_CHARS_MAX || line.chars().count() > LINE_CHARS_MAX || !line.bytes().any(is_digit) {
        return None;
    }
    let mut words: Vec<Word<'_>> = line
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '\u{1}'..='\u{1F}' | '\u{7F}'))
        .filter(|w| !w.is_empty())
        .map(|text| {
            let start = text.as_ptr().addr() - line.as_ptr().addr();
            Word { text, start, end: start + text.len() }
        })
        .collect();
    while words.last().is_some_and(|w| BEHIND.contains(&fold(w.text).as_str())) {
        words.pop();
    }
    (0..words.len().min(CODES_MAX + 1)).find_map(|at| {
        let (codes, rest) = words.split_at(at);
        let [first, ..] = rest else { return None };
        let own = codes.iter().all(|w| is_code(w.text));
        let (moment, pegged) = if own { shape(codes, rest, peg)? } else { return None };
        Some(Filing { moment, span: (first.start, rest.last()?.end), pegged })
    })
}

/// Tells whether a line is a stamp, whichever day the dateline tells.
pub(super) fn is_stamp(line: &str) -> bool {
    let number = |at: usize| line.trim().get(at..at + 2).and_then(|n| n.parse().ok());
    let pegs = [number(0).map(|day| (day, 1)), number(0).zip(number(3))];
    read(line, None).is_some() || pegs.into_iter().flatten().any(|peg| read(line, Some(peg)).is_some())
}

fn is_digit(b: u8) -> bool {
    b.is_ascii_digit()
}

/// `AFP`, `bur-dt`, `dpa`, `T0123A`: what may stand before a stamp.
fn is_code(word: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '_' | '.');
    let count = word.chars().count();
    let mixed = word.chars().any(|c| c.is_ascii_digit()) && word.chars().any(char::is_alphabetic);
    let one_case = !(word.chars().any(char::is_lowercase) && word.chars().any(char::is_uppercase));
    word.chars().all(plain)
        && count <= CODE_CHARS_MAX
        && (mixed || (one_case && count <= 5) || by_alias(word).is_some())
}

fn shape(codes: &[Word<'_>], rest: &[Word<'_>], peg: Option<(u32, u32)>) -> Option<(Moment, bool)> {
    let whole = six_digits(rest)
        .or_else(|| dashed(rest))
        .or_else(|| American { codes, rest }.read())
        .or_else(|| headed(codes, rest));
    whole.map(|moment| (moment, false)).or_else(|| slashed(rest, peg).map(|moment| (moment, true)))
}

/// `051015 MAR 24`, `051015 GMT MAR 24`, `051015GMT Mar 2024`.
fn six_digits(rest: &[Word<'_>]) -> Option<Moment> {
    let (first, rest) = rest.split_first()?;
    let (digits, glued) = first.text.split_at_checked(6)?;
    if !digits.bytes().all(is_digit) || glued.starts_with(|c: char| !c.is_alphabetic()) {
        return None;
    }
    let (zone, rest) = match rest {
        _ if !glued.is_empty() => (Some(zone(glued)?), rest),
        [word, rest @ ..] if rest.len() == 2 => (Some(zone(word.text)?), rest),
        _ => (None, rest),
    };
    let [name, year] = rest else { return None };
    let Some((Calendar::Gregorian, number)) = month(&fold(name.text.trim_end_matches('.'))) else { return None };
    let day = NaiveDate::from_ymd_opt(year_of(year.text)?, number, two(digits, 0)?)?;
    let time = NaiveTime::from_hms_opt(two(digits, 2)?, two(digits, 4)?, 0)?;
    Some(Moment { day, time: Some(time), offset_minutes: zone.and_then(|z| z.minutes) })
}

/// `05-MAR-24 10:15`.
fn dashed(rest: &[Word<'_>]) -> Option<Moment> {
    let (date, clock_words) = rest.split_first()?;
    let mut parts = date.text.split('-');
    let (day, name, year) = (parts.next()?, parts.next()?, parts.next()?);
    let Some((Calendar::Gregorian, number)) = month(&fold(name)) else { return None };
    let short = parts.next().is_none() && matches!(day.len(), 1 | 2) && day.bytes().all(is_digit);
    let day = NaiveDate::from_ymd_opt(year_of(year)?, number, day.parse().ok().filter(|_| short)?)?;
    let (time, offset_minutes) = clock(clock_words)?;
    Some(Moment { day, time: Some(time), offset_minutes })
}

/// `AP-WF-03-26-24 0812GMT`, `APNP 03-04-24 1502GMT`, `UPI 03-05-74 10:15 AED`: an
/// American agency, then the month, the day and the year.
struct American<'a> {
    codes: &'a [Word<'a>],
    rest: &'a [Word<'a>],
}

impl American<'_> {
    fn read(&self) -> Option<Moment> {
        let (date, clock_words) = self.rest.split_first()?;
        let at = date.text.len().checked_sub(8).filter(|at| date.text.is_char_boundary(*at))?;
        let (glued, date) = date.text.split_at(at);
        let agency = self.codes.first().map_or(glued, |w| w.text).split('-').next().unwrap_or("");
        let mut parts = date.split('-');
        let (m, d, y) = (parts.next()?, parts.next()?, parts.next()?);
        let twos = [m, d, y].iter().all(|p| p.len() == 2 && p.bytes().all(is_digit)) && parts.next().is_none();
        if !twos || !MONTH_FIRST.contains(&agency) || !(glued.is_empty() || glued.ends_with('-')) {
            return None;
        }
        let day = NaiveDate::from_ymd_opt(year_of(y)?, m.parse().ok()?, d.parse().ok()?)?;
        let (time, offset_minutes) = clock(clock_words)?;
        Some(Moment { day, time: Some(time), offset_minutes })
    }
}

/// `05/10-15/24` is day, hour and minute, year; `03/05/10-15/24` has the month as well, on
/// either side of the day: both hold where the dateline says which day it was.
fn slashed(rest: &[Word<'_>], peg: Option<(u32, u32)>) -> Option<Moment> {
    let [word] = rest else { return None };
    let (peg_day, peg_month) = peg?;
    let parts: Vec<&str> = word.text.split('/').collect();
    let (numbers, clock, year) = match parts[..] {
        [a, clock, year] => (vec![a], clock, year),
        [a, b, clock, year] => (vec![a, b], clock, year),
        _ => return None,
    };
    let (hour, minute) = clock.split_once('-')?;
    let all = numbers.iter().chain([&hour, &minute, &year]).all(|p| p.len() == 2 && p.bytes().all(is_digit));
    let value = |p: &str| p.parse::<u32>().ok().filter(|_| all);
    let fits = match numbers[..] {
        [a] => value(a)? == peg_day,
        [a, b] => {
            let pair = (value(a)?, value(b)?);
            pair == (peg_day, peg_month) || pair == (peg_month, peg_day)
        }
        _ => false,
    };
    let day = NaiveDate::from_ymd_opt(year_of(year)?, peg_month, peg_day).filter(|_| fits)?;
    Some(Moment { day, time: Some(NaiveTime::from_hms_opt(value(hour)?, value(minute)?, 0)?), offset_minutes: None })
}

/// `T0123A 05.03.2024/10:15 pol for`, `ТАСС-0123 05.03.2024 10:15:22 МСК`: a number of the
/// message, then the day in full.
fn headed(codes: &[Word<'_>], rest: &[Word<'_>]) -> Option<Moment> {
    let numbered = |w: &Word<'_>| w.text.chars().filter(char::is_ascii_digit).count() >= 3;
    if !codes.iter().any(numbered) {
        return None;
    }
    let (first, behind) = rest.split_first()?;
    let (date, clock_word) = match first.text.split_once('/') {
        Some((date, clock)) => (date, Some(clock)),
        None => (first.text, None),
    };
    let mut parts = date.split('.');
    let (d, m, y) = (parts.next()?, parts.next()?, parts.next().filter(|y| y.len() == 4)?);
    if parts.next().is_some() || !behind.iter().all(|w| is_code(w.text) || w.text.contains(':')) {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(year_of(y)?, m.parse().ok()?, d.parse().ok()?)?;
    let read = match clock_word {
        Some(word) => clock_of(word).map(|time| (time, None)),
        None => clock(behind.get(..2).unwrap_or(behind)).or_else(|| clock(behind.get(..1)?)),
    };
    let (time, offset_minutes) = read.map_or((None, None), |(time, offset)| (Some(time), offset));
    Some(Moment { day, time, offset_minutes })
}

/// Reads `10:15`, `1015GMT`, `10:15 AED`; nothing else may stand there.
fn clock(words: &[Word<'_>]) -> Option<(NaiveTime, Option<i32>)> {
    let (first, rest) = words.split_first()?;
    let end = first.text.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(first.text.len());
    let (figures, glued) = first.text.split_at(end);
    let name = match (glued, rest) {
        ("", []) => None,
        ("", [name]) => Some(name.text),
        (glued, []) => Some(glued),
        _ => return None,
    };
    let zone = name.map(zone).map_or(Some(Zone::default()), |z| z)?;
    let time = clock_of(figures)?;
    Some((zone.half(time)?, zone.minutes))
}

fn clock_of(figures: &str) -> Option<NaiveTime> {
    let parts: Vec<&str> = figures.split(':').collect();
    let value = |p: &str| p.parse::<u32>().ok().filter(|_| p.len() <= 2 && p.bytes().all(is_digit));
    match parts[..] {
        [hm] if hm.len() == 4 && hm.bytes().all(is_digit) => NaiveTime::from_hms_opt(two(hm, 0)?, two(hm, 2)?, 0),
        [h, m] if m.len() == 2 => NaiveTime::from_hms_opt(value(h)?, value(m)?, 0),
        [h, m, s] if m.len() == 2 && s.len() == 2 => NaiveTime::from_hms_opt(value(h)?, value(m)?, value(s)?),
        _ => None,
    }
}

/// A zone, and the half of the day that American agencies write into it.
#[derive(Clone, Copy, Default)]
struct Zone {
    minutes: Option<i32>,
    later: Option<bool>,
}

impl Zone {
    fn half(self, time: NaiveTime) -> Option<NaiveTime> {
        use chrono::Timelike;
        match (self.later, time.hour()) {
            (Some(true), hour @ 1..=11) => time.with_hour(hour + 12),
            (Some(false), 12) => time.with_hour(0),
            (Some(_), hour) if hour > 12 => None,
            _ => Some(time),
        }
    }
}

/// Reads the name of a zone; `AED` and `PES` are morning and evening of Eastern time.
fn zone(name: &str) -> Option<Zone> {
    let folded = fold(name);
    if let Some(minutes) = zones::minutes(&folded) {
        return Some(Zone { minutes: Some(minutes), later: None });
    }
    let [half, region, kind] = folded.as_bytes() else { return None };
    let later = match half {
        b'a' => false,
        b'p' => true,
        _ => return None,
    };
    let standard = match region {
        b'e' => -300,
        b'c' => -360,
        b'm' => -420,
        b'p' => -480,
        _ => return None,
    };
    let minutes = match kind {
        b's' => Some(standard),
        b'd' => Some(standard + 60),
        b't' => None,
        _ => return None,
    };
    Some(Zone { minutes, later: Some(later) })
}

fn two(digits: &str, at: usize) -> Option<u32> {
    digits.get(at..at + 2)?.parse().ok()
}

/// Two digits or four; no wire with such stamps ran before 1970.
fn year_of(written: &str) -> Option<i32> {
    let value: i32 = written.parse().ok().filter(|_| written.bytes().all(is_digit))?;
    match written.len() {
        2 => Some(if value < 70 { 2000 + value } else { 1900 + value }),
        4 if (1970..=2100).contains(&value) => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn filed(line: &str) -> Option<String> {
        read(line, Some((5, 3))).map(|f| {
            let shown = f.moment.to_string();
            assert!(line.is_char_boundary(f.span.0) && line.is_char_boundary(f.span.1));
            shown
        })
    }

    #[test]
    fn stamps_of_many_wires() {
        for (line, moment) in [
            ("NTB 171435 GMT JAN 19", "2019-01-17T14:35:00Z"),
            ("NTB 171435 JAN 19", "2019-01-17T14:35:00"),
            ("(NTB)   171435 GMT AVR 19", "2019-04-17T14:35:00Z"),
            ("171435 Mrz 19", "2019-03-17T14:35:00"),
            ("171435GMT Mar 2019", "2019-03-17T14:35:00Z"),
            ("171435 nov 98", "1998-11-17T14:35:00"),
            ("17-JAN-19 14:35 NNNN", "2019-01-17T14:35:00"),
            ("17-GEN-19 14:35", "2019-01-17T14:35:00"),
            ("AP-NY-01-07-19 1435EST", "2019-01-07T14:35:00-05:00"),
            ("AP-WF-01-07-19 1435GMT<", "2019-01-07T14:35:00Z"),
            ("APNP 01-07-19 1435GMT", "2019-01-07T14:35:00Z"),
            ("UPI 11-07-81 02:35 PES", "1981-11-07T14:35:00-05:00"),
            ("UPI 11-07-81 12:05 AED", "1981-11-07T00:05:00-04:00"),
            ("05/14-35/19", "2019-03-05T14:35:00"),
            ("03/05/14-35/19", "2019-03-05T14:35:00"),
            ("X0234B 17.01.2019/14:35 eko", "2019-01-17T14:35:00"),
            ("NTB-0234 17.01.2019 14:35:10 МСК", "2019-01-17T14:35:10+03:00"),
        ] {
            assert_eq!(filed(line).as_deref(), Some(moment), "{line}");
        }
    }

    #[test]
    fn what_is_no_stamp() {
        for line in [
            "",
            "171435",
            "171435 people JAN 19",
            "The office opened on 17-JAN-19 14:35",
            "Results 171435 JAN",
            "NTB 321435 JAN 19",
            "NTB 172535 JAN 19",
            "XY-01-07-19 1435GMT",
            "06/14-35/19",
            "Monday 17.01.2019 14:35",
            "Bridge 17-JAN-19",
            "UPI 11-07-81 22:35 PES",
        ] {
            assert_eq!(filed(line), None, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_read_without_panic(line in "[ -~é٣МСК]{0,60}") {
            let _ = filed(&line);
        }

        /// Every minute of every day comes back from the commonest shape.
        #[test]
        fn what_is_stamped_is_read(day in 1u32..=28, hour in 0u32..24, minute in 0u32..60, year in 70i32..170) {
            let line = format!("NTB {day:02}{hour:02}{minute:02} GMT DEC {:02}", year % 100);
            proptest::prop_assert_eq!(filed(&line), Some(format!("{}-12-{day:02}T{hour:02}:{minute:02}:00Z", 1900 + year)));
        }
    }
}
