//! Dates and times as markup and mail write them: ISO 8601 in every shape, RFC 5322,
//! and day-month-year in words. What is not written is not filled in.

use crate::data::months::{Calendar, month};
use crate::data::zones;
use crate::story::Moment;
use crate::text::fold;
use chrono::{NaiveDate, NaiveTime};

/// Longest text that is looked at.
const STAMP_BYTES_MAX: usize = 80;

/// Reads a moment: at least a whole day.
///
/// ```text
/// 2017-06-29T17:40:20+02:00   20231125T162741Z   20180301T120000+0900   2016-08-29
/// Thu, 01 Jan 2004 19:48:21 GMT   Sat Jan  3 08:05:00 2004   29 August 2016 16:26 GMT
/// ```
pub(super) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.len() > STAMP_BYTES_MAX || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    iso(text).or_else(|| worded(text)).or_else(|| numeric(text).ok())
}

/// Tells whether a date is written in numbers of which either may be the month: `03/04/2025`.
pub(super) fn is_ambiguous(text: &str) -> bool {
    numeric(text.trim()) == Err(Unread::Ambiguous)
}

/// Tells whether a date in numbers has its day first, where only one order is possible and
/// the marks between its numbers say nothing.
pub(super) fn days_first(text: &str) -> Option<bool> {
    let text = text.trim();
    if text.contains('.') || numeric(text).is_err() {
        return None;
    }
    let mut numbers = text.split(['/', '-']).map(|n| n.parse::<u32>().unwrap_or(0));
    match (numbers.next()?, numbers.next()?) {
        (13.., _) => Some(true),
        (_, 13..) => Some(false),
        _ => None,
    }
}

/// Writes a date that could be read either way with its year first, by the order given.
pub(super) fn ordered(text: &str, days_first: bool) -> Option<String> {
    let text = text.trim();
    if !is_ambiguous(text) {
        return None;
    }
    let mark = text.find(['/', '-'])?;
    let (first, rest) = (&text[..mark], &text[mark + 1..]);
    let (second, rest) = rest.split_once(['/', '-'])?;
    let (year, rest) = rest.split_at_checked(4)?;
    let (day, month) = if days_first { (first, second) } else { (second, first) };
    Some(format!("{year}-{month:0>2}-{day:0>2}{rest}"))
}

/// Why numbers are no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unread {
    None,
    Ambiguous,
}

/// Reads a day in numbers with the year last. Dots stand behind the day where they are
/// written; else the number beyond twelve is the day, and without one none is known.
fn numeric(text: &str) -> Result<Moment, Unread> {
    let part = |rest: &'_ str| digits(rest, 2).or_else(|| digits(rest, 1)).map(|(n, r)| (n, rest.len() - r.len()));
    let (first, length) = part(text).ok_or(Unread::None)?;
    let rest = &text[length..];
    let mark = rest.chars().next().filter(|c| matches!(c, '/' | '.' | '-')).ok_or(Unread::None)?;
    let rest = &rest[1..];
    let (second, length) = part(rest).ok_or(Unread::None)?;
    let rest = rest[length..].strip_prefix(mark).ok_or(Unread::None)?;
    let (year, rest) = digits(rest, 4).ok_or(Unread::None)?;
    if rest.starts_with(|c: char| c.is_alphanumeric()) && !rest.starts_with('T') {
        return Err(Unread::None);
    }
    let day = |day, month| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    let day = match (day(first, second), day(second, first)) {
        (Some(read), _) if mark == '.' => read,
        (Some(read), other) if other.is_none_or(|o| o == read) => read,
        (None, Some(read)) if mark != '.' => read,
        (Some(_), _) => return Err(Unread::Ambiguous),
        (None, _) => return Err(Unread::None),
    };
    let after = rest.trim_start_matches(['T', ' ', ',', '_']);
    Ok(match clock(after) {
        Some((time, rest)) => Moment { day, time: Some(time), offset_minutes: zone(rest) },
        None => Moment::day(day),
    })
}

/// Reads a year and a month, or a year alone, as the days that it covers.
pub(super) fn span(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let mut parts = text.trim().splitn(2, '-');
    let year: i32 = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let month: Option<u32> = match parts.next() {
        Some(m) if m.len() == 2 => Some(m.parse().ok()?),
        Some(_) => return None,
        None => None,
    };
    let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), 1)?;
    let (next_year, next_month) = match month {
        Some(m) if m < 12 => (year, m + 1),
        _ => (year + 1, 1),
    };
    Some((first, NaiveDate::from_ymd_opt(next_year, next_month, 1)?.pred_opt()?))
}

/// Reads digits from the front: exactly `count`.
fn digits(rest: &str, count: usize) -> Option<(u32, &str)> {
    let head = rest.get(..count).filter(|h| h.bytes().all(|b| b.is_ascii_digit()))?;
    Some((head.parse().ok()?, &rest[count..]))
}

fn iso(text: &str) -> Option<Moment> {
    let (year, rest) = digits(text, 4)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'));
    let skip = |rest: &'_ str| mark.map_or(0, |m| usize::from(rest.starts_with(m)));
    let (month, rest) = digits(&rest[skip(rest)..], 2)?;
    let (day, rest) = digits(&rest[skip(rest)..], 2)?;
    let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    let after = rest.trim_start_matches(['T', 't', ' ', '_']);
    if after.len() == rest.len()
        && mark.is_none()
        && !rest.is_empty()
        && !rest.starts_with(|c: char| c.is_ascii_digit())
    {
        // 20231125Z and 2023-11-25+01:00: a day in a zone is a day.
        return zone(rest).map(|_| Moment::day(day));
    }
    if rest.starts_with(|c: char| c.is_ascii_digit()) && mark.is_some() {
        return None;
    }
    match clock(after) {
        Some((time, rest)) => Some(Moment { day, time: Some(time), offset_minutes: zone(rest) }),
        None if after.is_empty() || zone(after).is_some() => Some(Moment::day(day)),
        // A stamp with words behind it is a day at least.
        None => after.chars().next().is_some_and(|c| !c.is_ascii_digit()).then(|| Moment::day(day)),
    }
}

/// Reads `17:40`, `17:40:20.123`, `174020`, `1740`.
fn clock(text: &str) -> Option<(NaiveTime, &str)> {
    let colon = |rest: &'_ str| usize::from(rest.starts_with(':'));
    let (hour, rest) = digits(text, 2).or_else(|| digits(text, 1))?;
    let (minute, rest) = digits(&rest[colon(rest)..], 2)?;
    let (second, rest) = match digits(&rest[colon(rest)..], 2) {
        Some((s, after)) => (s, after),
        None => (0, rest),
    };
    let rest = match rest.strip_prefix(['.', ',']) {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let lower = rest.trim_start().get(..2).map(str::to_ascii_lowercase);
    let (hour, rest) = match lower.as_deref() {
        Some("pm") if hour < 12 => (hour + 12, &rest.trim_start()[2..]),
        Some("am") if hour == 12 => (0, &rest.trim_start()[2..]),
        Some("pm" | "am") => (hour, &rest.trim_start()[2..]),
        _ => (hour, rest),
    };
    // A leap second is written down as the last of its minute.
    Some((NaiveTime::from_hms_opt(hour, minute, second.min(59))?, rest))
}

/// Reads a zone: an offset or one of the names; anything else is no known zone.
fn zone(text: &str) -> Option<i32> {
    let text = text.trim();
    let (sign, rest) = match text.chars().next()? {
        '+' => (1, &text[1..]),
        '-' => (-1, &text[1..]),
        '−' => (-1, &text['−'.len_utf8()..]),
        _ => {
            let name: String =
                text.chars().take_while(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
            let behind = text[name.len()..].trim_start();
            // `GMT+2`, and `UTC` alone.
            if matches!(name.as_str(), "gmt" | "utc") && behind.starts_with(['+', '-']) {
                return zone(behind);
            }
            return zones::minutes_in_markup(&name);
        }
    };
    let (hours, rest) = digits(rest, 2).or_else(|| digits(rest, 1))?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let minutes = digits(rest, 2).map_or(0, |(m, _)| m);
    (hours <= 15 && minutes < 60).then(|| sign * i32::try_from(hours * 60 + minutes).unwrap_or(0))
}

/// Reads `am` and `pm`: whether twelve hours are added.
fn half_day(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().trim_end_matches('.') {
        "am" | "a.m" => Some(false),
        "pm" | "p.m" => Some(true),
        _ => None,
    }
}

fn shifted(time: NaiveTime, later: bool) -> Option<NaiveTime> {
    use chrono::Timelike;
    let hour = match (time.hour(), later) {
        (12, false) => 0,
        (hour @ 0..=11, true) => hour + 12,
        (hour, _) => hour,
    };
    time.with_hour(hour)
}

/// Reads a date with its month in words, in any order.
fn worded(text: &str) -> Option<Moment> {
    let (mut day, mut month_read, mut year, mut time, mut offset) = (None, None, None, None, None);
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '(')) {
        rest = &rest[start..];
        if rest.starts_with('(') {
            // A comment of RFC 5322.
            rest = rest.split_once(')').map_or("", |(_, after)| after);
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | '(')).unwrap_or(rest.len());
        let word = &rest[..end];
        let number = word.trim_end_matches(['.', 't', 'h', 's', 'd', 'r', 'n', 'º', 'e']);
        let value: Option<u32> = number.parse().ok().filter(|_| number.bytes().all(|b| b.is_ascii_digit()));
        if time.is_none() && word.contains(':') {
            let (read, behind) = clock(word)?;
            time = Some(read);
            offset = zone(behind);
        } else if time.is_some() && offset.is_none() && zone(word).is_some() && value.is_none() {
            offset = zone(rest);
        } else if let (Some(read), Some(later)) = (time, half_day(word)) {
            time = shifted(read, later);
        } else if let Some(value) = value {
            match () {
                () if number.len() == 4 && year.is_none() && (time.is_none() || day.is_some()) => year = Some(value),
                () if day.is_none() && (1..=31).contains(&value) && number.len() <= 2 => day = Some(value),
                // RFC 5322, 4.3: two digits below 50 are of this century.
                () if year.is_none() && number.len() == 2 && time.is_none() => {
                    year = Some(if value < 50 { 2000 + value } else { 1900 + value });
                }
                () => {}
            }
        } else if word.matches('-').count() == 2 {
            // 01-Jan-2004
            let dashed = worded(&word.replace('-', " "))?;
            (day, year) =
                (Some(chrono::Datelike::day(&dashed.day)), u32::try_from(chrono::Datelike::year(&dashed.day)).ok());
            month_read = Some(chrono::Datelike::month(&dashed.day));
        } else if month_read.is_none() {
            month_read = match month(&fold(word.trim_end_matches('.'))) {
                Some((Calendar::Gregorian, number)) => Some(number),
                _ => None,
            };
        }
        rest = &rest[end..];
    }
    let day = NaiveDate::from_ymd_opt(i32::try_from(year?).ok()?, month_read?, day?)?;
    Some(Moment { day, time, offset_minutes: time.and(offset) })
}

#[cfg(test)]
mod tests {
    use super::{moment, span};

    #[test]
    fn stamps() {
        for (text, want) in [
            ("2017-06-29T17:40:20+02:00", "2017-06-29T17:40:20+02:00"),
            ("20231125T162741Z", "2023-11-25T16:27:41Z"),
            ("20231125T162741+0000", "2023-11-25T16:27:41Z"),
            ("20180301T120000+0900", "2018-03-01T12:00:00+09:00"),
            ("20180301T120000", "2018-03-01T12:00:00"),
            ("20180301120000", "2018-03-01T12:00:00"),
            ("20160829", "2016-08-29"),
            ("2016-08-29", "2016-08-29"),
            ("2016-08-29 16:26", "2016-08-29T16:26:00"),
            ("2011-11-24T11:00:01.000Z", "2011-11-24T11:00:01Z"),
            ("2013-05-05T10:00:00-05", "2013-05-05T10:00:00-05:00"),
            ("2003-12-31+01:00", "2003-12-31"),
            ("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"),
            ("Thu, 1 Jan 04 19:48:21 EST", "2004-01-01T19:48:21-05:00"),
            ("Fri, 6 Sep 2019 10:15 +0200 (CEST)", "2019-09-06T10:15:00+02:00"),
            ("Sat Jan  3 08:05:00 2004", "2004-01-03T08:05:00"),
            ("29 August 2016 16:26 GMT", "2016-08-29T16:26:00Z"),
            ("01-Jan-2004 10:00:00", "2004-01-01T10:00:00"),
            ("3 мая 2021", "2021-05-03"),
            ("March 5, 2019 4:05 PM", "2019-03-05T16:05:00"),
            ("13/04/2025", "2025-04-13"),
            ("04/13/2025 4:05 PM", "2025-04-13T16:05:00"),
            ("05-05-2025", "2025-05-05"),
            ("06.01.2025", "2025-01-06"),
            ("6.1.2025, 14:30", "2025-01-06T14:30:00"),
            ("13.01.2025", "2025-01-13"),
        ] {
            assert_eq!(moment(text).map(|m| m.to_string()).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn what_is_no_moment() {
        for text in ["03/04/2025", "3-4-2025 10:00"] {
            assert!(moment(text).is_none() && super::is_ambiguous(text), "{text}");
        }
        for text in ["13/04/2025", "04.13.2025", "32/01/2025", "1.2.3", "10.0.20251", "1/2/2025th"] {
            assert!(!super::is_ambiguous(text), "{text}");
        }
        for text in
            ["04.13.2025", "32/01/2025", "", "now", "2016", "2016-13-01", "99:99", "12 o'clock", "0000", "May 3"]
        {
            assert_eq!(moment(text), None, "{text}");
        }
        assert_eq!(
            span("2003-02").map(|(a, b)| (a.to_string(), b.to_string())),
            Some(("2003-02-01".into(), "2003-02-28".into()))
        );
        assert_eq!(
            span("2003").map(|(a, b)| (a.to_string(), b.to_string())),
            Some(("2003-01-01".into(), "2003-12-31".into()))
        );
        assert_eq!(span("2003-02-01"), None);
    }
}
