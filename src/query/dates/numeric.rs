//! Dates written in figures: ISO days, months, quarters and weeks, `2.12.2024`, `7d`.
//!
//! Knows no words. Where figures can be read in two ways it says so; it never picks one.

use super::calendar::{self, SOLAR_YEARS, Unit};
use super::{DateError, DateRange};
use chrono::{Datelike, NaiveDate};

/// The day that figures count from and the language that settles their order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Basis<'a> {
    /// The day called today.
    pub(super) today: NaiveDate,
    /// The language of the expression, where it is known, as a BCP 47 tag.
    pub(super) lang: Option<&'a str>,
    /// Whether the figures are those of Persian, whose years are of the Iranian calendar.
    pub(super) persian_figures: bool,
    /// The expression as it was typed.
    pub(super) printed: &'a str,
}

impl Basis<'_> {
    /// Tells whether a year of four digits may be one of the Iranian calendar.
    pub(super) fn counts_solar_years(self) -> bool {
        self.persian_figures || matches!(self.primary(), Some("fa" | "ps"))
    }

    fn primary(self) -> Option<&'static str> {
        // Only the languages that some rule here names.
        let tag = self.lang?;
        let primary = tag.split(['-', '_']).next()?;
        ["fa", "ps", "en", "zh", "ja", "ko", "hu", "mn", "lt"].into_iter().find(|l| l.eq_ignore_ascii_case(primary))
    }

    /// Returns whether the day stands before the month, or `None` where one cannot tell.
    fn day_first(self) -> Option<bool> {
        let tag = self.lang?;
        match self.primary() {
            Some("en") => match tag.split(['-', '_']).nth(1)?.to_ascii_uppercase().as_str() {
                "US" => Some(false),
                "GB" | "IE" | "AU" | "NZ" | "IN" | "ZA" => Some(true),
                _ => None,
            },
            // These write the year first: a day first is as foreign to them as a month.
            Some("zh" | "ja" | "ko" | "hu" | "mn" | "lt") => None,
            _ => Some(true),
        }
    }
}

/// Reads an expression in figures; `Ok(None)` where it is not one.
///
/// # Errors
///
/// Figures in the form of a date that the calendar lacks, or with two readings.
pub(super) fn parse(text: &str, basis: Basis<'_>) -> Result<Option<DateRange>, DateError> {
    match relative(text, basis.today)? {
        Some(day) => Ok(Some(day)),
        None => absolute(text, basis),
    }
}

/// Reads a date in figures that does not count from today, as it stands among words.
///
/// # Errors
///
/// As [`parse`].
pub(super) fn absolute(text: &str, basis: Basis<'_>) -> Result<Option<DateRange>, DateError> {
    let Some(figures) = Figures::read(strip_time(text)) else { return Ok(None) };
    let found = match figures.groups.as_slice() {
        [one] => single(one, basis),
        [a, b] if figures.mark.is_some() => marked(&figures, a, b),
        [a, b] => pair(a, b, basis),
        [y, w, d] if figures.mark == Some('w') => week_day(y, w, d),
        [a, b, c] if figures.mark.is_none() => triple(a, b, c, figures.separator, basis)?,
        _ => Reading::No,
    };
    match found {
        Reading::Yes(range) => Ok(Some(range)),
        Reading::No => Ok(None),
        Reading::Impossible => Err(DateError::Impossible { text: text.to_owned() }),
    }
}

enum Reading {
    Yes(DateRange),
    No,
    Impossible,
}

fn yes(range: Option<DateRange>) -> Reading {
    range.map_or(Reading::Impossible, Reading::Yes)
}

/// Groups of digits with one kind of separator, and a mark such as the W of a week.
struct Figures<'a> {
    groups: Vec<&'a str>,
    separator: Option<char>,
    mark: Option<char>,
}

impl<'a> Figures<'a> {
    fn read(text: &'a str) -> Option<Figures<'a>> {
        let mut figures = Figures { groups: Vec::new(), separator: None, mark: None };
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            if end > 0 {
                figures.groups.push(&rest[..end]);
                rest = &rest[end..];
            }
            let Some(c) = rest.chars().next() else { break };
            match c {
                // One separator throughout: 2.12/2024 is no date.
                '-' | '/' | '.' | '‐' | '‑' | '−' if end > 0 => {
                    let c = if matches!(c, '/' | '.') { c } else { '-' };
                    if figures.separator.is_some_and(|s| s != c) {
                        return None;
                    }
                    figures.separator = Some(c);
                }
                'w' | 'q' | 't' | 'h' | 's' if figures.mark.is_none() => figures.mark = Some(c),
                _ => return None,
            }
            rest = &rest[c.len_utf8()..];
        }
        let complete = text.ends_with(|c: char| c.is_ascii_digit());
        (complete && figures.groups.len() <= 3).then_some(figures)
    }
}

/// Cuts the time of day off an ISO date-time: a day is all that a filter can hold.
fn strip_time(text: &str) -> &str {
    let (Some(head), Some(tail)) = (text.get(..10), text.get(10..)) else { return text };
    let iso = head.bytes().enumerate().all(|(i, b)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    let time = tail.strip_prefix(['t', ' ']).is_some_and(|t| {
        t.starts_with(|c: char| c.is_ascii_digit())
            && t.contains(':')
            && t.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'z'))
    });
    if iso && time { head } else { text }
}

/// `7d`, `2w`, `3m`, `1y`: the day that many units ago; `7j` and `24h` likewise.
fn relative(text: &str, today: NaiveDate) -> Result<Option<DateRange>, DateError> {
    let Some((at, mark)) = text.char_indices().next_back() else { return Ok(None) };
    let unit = match mark {
        'd' | 'j' => Unit::Day,
        'w' => Unit::Week,
        'm' => Unit::Month,
        'y' => Unit::Year,
        'h' => Unit::Hour,
        _ => return Ok(None),
    };
    let digits = text[..at].strip_prefix('-').unwrap_or(&text[..at]);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    let impossible = || DateError::Impossible { text: text.to_owned() };
    let n = digits.parse().map_err(|_| impossible())?;
    calendar::back(today, n, unit).map(|day| Some(DateRange::day(day))).ok_or_else(impossible)
}

fn number(group: &str) -> u32 {
    group.parse().unwrap_or(u32::MAX)
}

fn year_of(group: &str) -> Option<i32> {
    (group.len() == 4).then(|| group.parse().ok()).flatten().filter(|&y| y > 0)
}

fn day(year: i32, month: u32, day: u32) -> Option<DateRange> {
    NaiveDate::from_ymd_opt(year, month, day).map(DateRange::day)
}

fn is_solar(year: i32, basis: Basis<'_>) -> bool {
    basis.counts_solar_years() && SOLAR_YEARS.contains(&year)
}

/// `2024` or `20241202`.
fn single(group: &str, basis: Basis<'_>) -> Reading {
    if let Some(year) = year_of(group) {
        let solar = is_solar(year, basis);
        return yes(if solar { calendar::solar_year(year) } else { calendar::year(year) });
    }
    if group.len() == 8 {
        let year = year_of(&group[..4]);
        return yes(year.and_then(|y| day(y, number(&group[4..6]), number(&group[6..]))));
    }
    Reading::No
}

/// `2024-12` and `12/2024`; `2024-337`, the ISO day of the year.
fn pair(a: &str, b: &str, basis: Basis<'_>) -> Reading {
    match (year_of(a), year_of(b)) {
        (Some(year), None) if b.len() <= 2 && is_solar(year, basis) => yes(calendar::solar_month(year, number(b))),
        (Some(year), None) if b.len() <= 2 => yes(calendar::month(year, number(b))),
        (Some(year), None) if b.len() == 3 => yes(NaiveDate::from_yo_opt(year, number(b)).map(DateRange::day)),
        (None, Some(year)) if a.len() <= 2 => yes(calendar::month(year, number(a))),
        _ => Reading::No,
    }
}

/// `2.12.`: the last such day, as a day without its year is; only with both full stops.
///
/// # Errors
///
/// One that no year has.
pub(super) fn day_and_month(text: &str, basis: Basis<'_>) -> Result<Option<DateRange>, DateError> {
    let Some((day, month)) = text.strip_suffix('.').and_then(|t| t.split_once('.')) else { return Ok(None) };
    let figures = |t: &str| (1..=2).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
    if !figures(day) || !figures(month) {
        return Ok(None);
    }
    let in_year = |year: i32| NaiveDate::from_ymd_opt(year, number(month), number(day));
    match super::shapes::nearest_of(basis.today.year(), None, basis.today, in_year) {
        Some(day) => Ok(Some(DateRange::day(day))),
        None => Err(DateError::Impossible { text: text.to_owned() }),
    }
}

/// `2024-W49`, `2024-Q3`, `T3-2024`, `2024-H1`: a part of a year by its number.
fn marked(figures: &Figures<'_>, a: &str, b: &str) -> Reading {
    let (year, n) = match (year_of(a), year_of(b)) {
        (Some(year), None) => (year, number(b)),
        (None, Some(year)) => (year, number(a)),
        _ => return Reading::No,
    };
    match figures.mark {
        Some('w') => yes(calendar::iso_week(year, n)),
        Some('q' | 't') => yes(calendar::quarter(year, n)),
        Some('h' | 's') => yes(calendar::half(year, n)),
        _ => Reading::No,
    }
}

/// `2024-W49-1`.
fn week_day(year: &str, week: &str, weekday: &str) -> Reading {
    let day = year_of(year).and_then(|y| {
        let weekday = chrono::Weekday::try_from(u8::try_from(number(weekday)).ok()?.checked_sub(1)?);
        NaiveDate::from_isoywd_opt(y, number(week), weekday.ok()?)
    });
    yes(day.map(DateRange::day))
}

/// `2024-12-02`, `2.12.2024`, `12/31/2024`.
fn triple(a: &str, b: &str, c: &str, separator: Option<char>, basis: Basis<'_>) -> Result<Reading, DateError> {
    if a.len() > 4 || b.len() > 2 || c.len() > 4 {
        return Ok(Reading::No);
    }
    if let Some(year) = year_of(a) {
        let (month, date) = (number(b), number(c));
        let solar = || calendar::solar_day(year, month, date).map(DateRange::day);
        return Ok(yes(if is_solar(year, basis) { solar() } else { day(year, month, date) }));
    }
    let Some(year) = year_of(c).or_else(|| short_year(c, basis)) else { return Ok(Reading::No) };
    if a.len() > 2 {
        return Ok(Reading::No);
    }
    let (first, second) = (number(a), number(b));
    let (day_first, month_first) = (day(year, second, first), day(year, first, second));
    let chosen = match (day_first, month_first) {
        (Some(x), Some(y)) if x != y => {
            let settled = if separator == Some('.') { Some(true) } else { basis.day_first() };
            match settled {
                Some(true) => Some(x),
                Some(false) => Some(y),
                None => {
                    return Err(DateError::Ambiguous {
                        text: [a, b, c].join(&separator.map_or(String::new(), String::from)),
                        readings: vec![x, y],
                    });
                }
            }
        }
        // A day in December can be no month, but only where the order is not known.
        (x, y) => match basis.day_first() {
            Some(true) => x,
            Some(false) => y.or(x),
            None => x.or(y),
        },
    };
    Ok(yes(chosen))
}

/// Reads `24` of `2.12.24` as the year that ends so and lies nearest before next year's
/// end; only where the language says in which order the figures stand.
fn short_year(group: &str, basis: Basis<'_>) -> Option<i32> {
    if group.len() != 2 || basis.day_first().is_none() || basis.counts_solar_years() {
        return None;
    }
    Some(recent_year(i32::try_from(number(group)).ok()?, basis.today))
}

/// The year that ends in two figures and lies nearest before next year's end.
pub(super) fn recent_year(figures: i32, today: NaiveDate) -> i32 {
    let limit = today.year() + 1;
    let year = limit - limit.rem_euclid(100) + figures;
    if year > limit { year - 100 } else { year }
}

#[cfg(test)]
mod tests {
    use super::{Basis, parse};

    fn show(text: &str, lang: Option<&str>) -> String {
        let today = "2024-12-02".parse().expect("a day");
        match parse(text, Basis { today, lang, persian_figures: false, printed: text }) {
            Ok(Some(range)) => range.to_string(),
            Ok(None) => "no".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn transcripts() {
        for (text, lang, expected) in [
            ("2024-12-02", None, "2024-12-02"),
            ("2024-12-02t10:31:00+03:00", None, "2024-12-02"),
            ("2024/12", None, "2024-12-01..2024-12-31"),
            ("20241202", None, "2024-12-02"),
            ("2024-q3", None, "2024-07-01..2024-09-30"),
            ("2024-w49", None, "2024-12-02..2024-12-08"),
            ("2024-w49-1", None, "2024-12-02"),
            ("2024-337", None, "2024-12-02"),
            ("2.12.2024", None, "2024-12-02"),
            ("13/12/2024", None, "2024-12-13"),
            ("12/31/2024", None, "2024-12-31"),
            ("2/12/2024", Some("fr"), "2024-12-02"),
            ("2/12/2024", Some("en-US"), "2024-02-12"),
            ("12/31/2024", Some("fr"), "12/31/2024 is no date of the calendar"),
            ("2/12/24", Some("fr"), "2024-12-02"),
            ("2/12/26", Some("fr"), "1926-12-02"),
            ("2/12/24", None, "no"),
            ("1403/09/12", Some("fa"), "2024-12-02"),
            ("7d", None, "2024-11-25"),
            ("1y", None, "2023-12-02"),
            ("2024-13", None, "2024-13 is no date of the calendar"),
            ("2023-02-29", None, "2023-02-29 is no date of the calendar"),
            ("2024", None, "2024-01-01..2024-12-31"),
            ("24", None, "no"),
            ("2024-12-", None, "no"),
            ("99999999999999999999d", None, "99999999999999999999d is no date of the calendar"),
        ] {
            assert_eq!(show(text, lang), expected, "{text}");
        }
        assert_eq!(show("2/12/2024", None), "2/12/2024 has more than one reading: 2024-12-02 or 2024-02-12");
    }
}
