//! Days that a path states: folders and file names, never the file system.

use crate::data::months::{Calendar, month};
use chrono::NaiveDate;

/// Seconds since 1970 that a file name may hold: 1990 to 2100.
const UNIX_SECONDS: std::ops::Range<i64> = 631_152_000..4_102_444_800;

/// What a path says.
#[derive(Debug, Default)]
pub(super) struct PathDate {
    /// A full day with the part that states it.
    pub(super) day: Option<(NaiveDate, String)>,
    /// A folder that is a year.
    pub(super) year: Option<(i32, String)>,
    /// A day by the seconds since 1970 in the name: a hint that needs the text to agree.
    pub(super) unix: Option<(NaiveDate, String)>,
}

/// Reads a full day, or a folder that is a year, from a path: the day in the file's own name,
/// else that of the nearest folder which is a day and nothing else. Of a folder that was named
/// for when somebody collected, `backup-2024-12-02`, nothing follows. Several days that differ
/// in one name are none. `day_first` tells which of two figures is the day, where it is known.
pub(super) fn read(path: &str, day_first: Option<bool>) -> PathDate {
    let parts: Vec<&str> = path.split(['/', '\\']).collect();
    let Some((name, folders)) = parts.split_last() else { return PathDate::default() };
    let years = folders.iter().rev().filter(|part| part.len() == 4);
    let year = years.filter_map(|part| year(part).map(|year| (year, (*part).to_owned()))).next();
    let in_name = in_part(name, day_first);
    let in_folders = || (0..parts.len()).rev().find_map(|at| in_folders(&parts, at, day_first));
    let day = if in_name.is_empty() { in_folders() } else { the_one(in_name) };
    PathDate { day, year, unix: unix_day(name) }
}

/// The days that a part of a path holds.
fn in_part(part: &str, day_first: Option<bool>) -> Vec<(NaiveDate, String)> {
    let mut days = year_first_days(part);
    days.extend(year_last_days(part, day_first));
    days
}

/// The day that folders down to the part of number `at` are: `2024/12/02`, `20241202`. The
/// day of a month may begin a name: `2024/12/02_a.txt`.
fn in_folders(parts: &[&str], at: usize, day_first: Option<bool>) -> Option<(NaiveDate, String)> {
    let part = parts[at];
    if at + 1 < parts.len() {
        let days = in_part(part, day_first).into_iter().filter(|(_, text)| is_whole(part, text)).collect();
        if let Some(day) = the_one(days) {
            return Some(day);
        }
    }
    let [year_part, month] = parts.get(at.checked_sub(2)?..at)? else { return None };
    let digits = part.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
    let is_number = digits.len() == 2 && !part[2..].starts_with(char::is_alphanumeric);
    if !is_number || month.len() != 2 {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(year(year_part)?, month.parse().ok()?, digits.parse().ok()?)?;
    Some((day, format!("{year_part}/{month}/{digits}")))
}

/// Tells whether a folder is nothing but the day that is written so; a container counts without
/// its ending: `2024-12-02.zip`.
fn is_whole(part: &str, text: &str) -> bool {
    let rest = part.strip_prefix(text);
    rest.is_some_and(|rest| {
        rest.is_empty() || (rest.starts_with('.') && rest.chars().all(|c| c == '.' || c.is_ascii_alphanumeric()))
    })
}

/// The one day of several that agree.
fn the_one(days: Vec<(NaiveDate, String)>) -> Option<(NaiveDate, String)> {
    let mut days = days.into_iter();
    let first = days.next()?;
    days.all(|(day, _)| day == first.0).then_some(first)
}

/// Reads the day in an address: `https://a.example/2011/08/24/bridge`, `/2010/POLITICS/08/13/`,
/// `/2010/aug/18/`.
pub(super) fn address_day(address: &str) -> Option<(NaiveDate, String)> {
    let (_, rest) = address.split_once("://")?;
    let parts: Vec<&str> = rest.split(['?', '#']).next()?.split('/').skip(1).collect();
    let number = |part: &str, most: u32| {
        let digits = part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<u32>().ok().filter(|n| digits && (1..=most).contains(n))
    };
    let month_of = |part: &str| {
        let named = || match month(&part.to_ascii_lowercase()) {
            Some((Calendar::Gregorian, n)) if part.len() >= 3 => Some(n),
            _ => None,
        };
        number(part, 12).or_else(named)
    };
    for (at, part) in parts.iter().enumerate() {
        let Some(year) = year(part).filter(|y| (1990..=2100).contains(y)) else { continue };
        // A section may stand between the year and the month.
        let behind = match parts.get(at + 1) {
            Some(section) if month_of(section).is_none() && section.bytes().all(|b| b.is_ascii_alphabetic()) => at + 2,
            _ => at + 1,
        };
        let (month, day) = (parts.get(behind)?, parts.get(behind + 1)?);
        if let Some(date) = month_of(month).zip(number(day, 31)).and_then(|(m, d)| NaiveDate::from_ymd_opt(year, m, d))
        {
            return Some((date, parts[at..=behind + 1].join("/")));
        }
    }
    None
}

fn year(digits: &str) -> Option<i32> {
    let all = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    if all { digits.parse().ok().filter(|y| (1800..=2100).contains(y)) } else { None }
}

/// Runs of digits of a part that are not grown together with letters before them.
fn runs(part: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = part.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            if !bytes[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            if start == 0 || !bytes[start - 1].is_ascii_alphanumeric() {
                return Some((start, at));
            }
        }
        None
    })
}

/// `20241202`, `2024-12-02`, `2024_12_02`, `2024.12.02`, `20241202T081500Z`.
fn year_first_days(part: &str) -> Vec<(NaiveDate, String)> {
    let bytes = part.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let number = |from: usize, to: usize| part.get(from..to).and_then(|s| s.parse::<u32>().ok());
    let mut days = Vec::new();
    for (at, run_end) in runs(part) {
        let run = run_end - at;
        let mark = bytes.get(at + 4).copied().filter(|b| matches!(b, b'-' | b'_' | b'.'));
        let (month, day, end) = match (run, mark) {
            (8, _) => (at + 4, at + 6, at + 8),
            // 20241202T0815 and 20241202081500 carry the time as well.
            (12 | 14, _) => (at + 4, at + 6, at + run),
            (4, Some(mark)) if bytes.get(at + 7) == Some(&mark) => (at + 5, at + 8, at + 10),
            _ => continue,
        };
        if digit(end) || (run == 4 && bytes.get(end).is_some_and(|b| b.is_ascii_alphabetic() && *b != b'T')) {
            continue;
        }
        let year = part.get(at..at + 4).and_then(year);
        let value = year.zip(number(month, month + 2)).zip(number(day, day + 2));
        if let Some(date) = value.and_then(|((y, m), d)| NaiveDate::from_ymd_opt(y, m, d)) {
            days.push((date, part.get(at..end).unwrap_or(part).to_owned()));
        }
    }
    days
}

/// `03-02-2024`, `3.2.2024`: which figure is the day must be known or be plain.
fn year_last_days(part: &str, day_first: Option<bool>) -> Vec<(NaiveDate, String)> {
    let bytes = part.as_bytes();
    let mut days = Vec::new();
    let all: Vec<(usize, usize)> = runs(part).collect();
    for three in all.windows(3) {
        let [(a, a_end), (b, b_end), (c, c_end)] = three[..] else { continue };
        let mark = bytes.get(a_end).copied();
        let joined = b == a_end + 1 && c == b_end + 1 && mark == bytes.get(b_end).copied();
        if !joined || !matches!(mark, Some(b'-' | b'_' | b'.')) || a_end - a > 2 || b_end - b > 2 || a_end == a {
            continue;
        }
        let Some(year) = part.get(c..c_end).and_then(year) else { continue };
        let (Ok(first), Ok(second)) = (part[a..a_end].parse::<u32>(), part[b..b_end].parse::<u32>()) else { continue };
        let (day_month, month_day) =
            (NaiveDate::from_ymd_opt(year, second, first), NaiveDate::from_ymd_opt(year, first, second));
        let day = match (day_month, month_day) {
            (Some(x), Some(y)) if x != y => match day_first.or((mark == Some(b'.')).then_some(true)) {
                Some(true) => Some(x),
                Some(false) => Some(y),
                None => None,
            },
            (x, y) => x.or(y),
        };
        days.extend(day.map(|d| (d, part[a..c_end].to_owned())));
    }
    days
}

/// Ten digits that are seconds since 1970, or thirteen that are thousandths.
fn unix_day(part: &str) -> Option<(NaiveDate, String)> {
    let (at, end) = runs(part).find(|(at, end)| matches!(end - at, 10 | 13))?;
    let value: i64 = part[at..end].parse().ok()?;
    let seconds = if end - at == 13 { value / 1000 } else { value };
    let moment = chrono::DateTime::from_timestamp(seconds, 0).filter(|_| UNIX_SECONDS.contains(&seconds))?;
    Some((moment.date_naive(), part[at..end].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn paths() {
        for (path, day_first, expected) in [
            ("x/20241202/a.txt", None, Some("2024-12-02")),
            ("x/afp-2024-12-02-7.txt", None, Some("2024-12-02")),
            ("x/2024/12/02/a.txt", None, Some("2024-12-02")),
            ("x/2024/12/02_a.txt", None, Some("2024-12-02")),
            ("agency.com-20231125T221457Z-TX.txt", None, Some("2023-11-25")),
            ("x/202412020815.txt", None, Some("2024-12-02")),
            ("x/120241202/a.txt", None, None),
            ("x/20241302/a.txt", None, None),
            ("x/20240101/20240301.txt", None, Some("2024-03-01")),
            ("x/20240101-20240301.txt", None, None),
            ("/home/a/proj-2025-06-01/wires/a.txt", None, None),
            ("/home/a/proj-2025-06-01/wires/20241202_irna.txt", None, Some("2024-12-02")),
            ("Downloads 2026-11-26/a.txt", None, None),
            ("dump-2026-11-20.tar.gz/afp/a.txt", None, None),
            ("2024-12-02.tar.gz/afp/a.txt", None, Some("2024-12-02")),
            ("/data/2026-11-26/2024/12/02/a.txt", None, Some("2024-12-02")),
            ("extracted_2026-11-26T10/a.txt", None, None),
            ("c8246056/000_20240.txt", None, None),
            ("03-02-2024_site.txt", Some(true), Some("2024-02-03")),
            ("03-02-2024_site.txt", Some(false), Some("2024-03-02")),
            ("03-02-2024_site.txt", None, None),
            ("13-02-2024.txt", None, Some("2024-02-13")),
            ("3.2.2024.txt", None, Some("2024-02-03")),
            ("1-2-3-2024.txt", Some(true), Some("2024-03-02")),
        ] {
            assert_eq!(read(path, day_first).day.map(|(d, _)| d.to_string()).as_deref(), expected, "{path}");
        }
        assert_eq!(read("A-1733155200.txt", None).unix.map(|(d, _)| d.to_string()).as_deref(), Some("2024-12-02"));
        assert!(read("A-9999999999.txt", None).unix.is_none());
    }
}
