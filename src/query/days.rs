//! Days in queries: ISO dates, ranges and spans back from today.
//!
//! What is not understood is an error that says what is; never a guess.

use super::ast::DateRange;
use crate::text::fold;
use chrono::{Datelike, Days, Months, NaiveDate};

/// What is understood, for the hint of an error.
pub(super) const UNDERSTOOD: &str = "as in date:2024-12-02, date:2024-12, date:2024, date:2024-11..2024-12-05, date:..2024, \
date:7d.., date:today, date:hier, date:none";

/// An expression that is not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no date that is understood")]
pub struct DateError(String);

/// Reads an expression as days, both ends included; `today` is what relative ones count
/// from. `7d` alone is the last seven days up to today.
///
/// # Errors
/// The expression is not understood, is no day of the calendar, or ends before it begins.
pub fn parse_dates(text: &str, today: NaiveDate) -> Result<DateRange, DateError> {
    let fault = || DateError(text.trim().to_owned());
    let Some((from, to)) = text.split_once("..") else {
        let (from, to) = one(text.trim(), today).ok_or_else(fault)?;
        return Ok(DateRange { from: Some(from), to: Some(to) });
    };
    let side = |part: &str| {
        if part.trim().is_empty() { Ok(None) } else { one(part.trim(), today).map(Some).ok_or_else(fault) }
    };
    let range = DateRange { from: side(from)?.map(|d| d.0), to: side(to)?.map(|d| d.1) };
    match range {
        DateRange { from: None, to: None } => Err(fault()),
        DateRange { from: Some(from), to: Some(to) } if from > to => Err(fault()),
        range => Ok(range),
    }
}

/// First and last day of one expression.
fn one(text: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let word = fold(text);
    let day = |d: NaiveDate| Some((d, d));
    match word.as_str() {
        "today" | "aujourd'hui" | "aujourd’hui" => return day(today),
        "yesterday" | "hier" => return day(today.checked_sub_days(Days::new(1))?),
        _ => {}
    }
    if let Some(back) = back(&word, today) {
        return Some((back, today));
    }
    let parts: Vec<&str> = word.split('-').collect();
    let digits = |part: &str, n: usize| {
        (part.len() == n && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok()).flatten()
    };
    let year = i32::try_from(digits(parts.first()?, 4)?).ok()?;
    match parts.as_slice() {
        [_] => Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?)),
        [_, month] => {
            let first = NaiveDate::from_ymd_opt(year, digits(month, 2)?, 1)?;
            Some((first, first.checked_add_months(Months::new(1))?.pred_opt()?))
        }
        [_, month, d] => day(NaiveDate::from_ymd_opt(year, digits(month, 2)?, digits(d, 2)?)?),
        _ => None,
    }
}

/// `7d`, `2w`, `3m`, `1y`: so many days, weeks, months or years back.
fn back(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (number, unit) = word.split_at_checked(word.len().checked_sub(1)?)?;
    let n: u32 = number.parse().ok()?;
    match unit {
        "d" => today.checked_sub_days(Days::new(u64::from(n))),
        "w" => today.checked_sub_days(Days::new(7 * u64::from(n))),
        "m" => today.checked_sub_months(Months::new(n)),
        "y" => today
            .with_year(today.year().checked_sub(i32::try_from(n).ok()?)?)
            .or_else(|| today.checked_sub_months(Months::new(n.checked_mul(12)?))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse_dates;
    use chrono::NaiveDate;

    fn read(text: &str) -> String {
        let today = NaiveDate::from_ymd_opt(2024, 12, 2).expect("a day");
        let day = |d: Option<NaiveDate>| d.map_or("-".to_owned(), |d| d.to_string());
        match parse_dates(text, today) {
            Ok(r) => format!("{} {}", day(r.from), day(r.to)),
            Err(e) => e.to_string(),
        }
    }

    #[test]
    fn expressions() {
        for (text, reading) in [
            ("2024-12-02", "2024-12-02 2024-12-02"),
            ("2024-02", "2024-02-01 2024-02-29"),
            ("2024", "2024-01-01 2024-12-31"),
            ("2024-11..2024-12-05", "2024-11-01 2024-12-05"),
            ("..2024", "- 2024-12-31"),
            ("7d..", "2024-11-25 -"),
            ("1m", "2024-11-02 2024-12-02"),
            ("hier", "2024-12-01 2024-12-01"),
            ("2024-02-30", "2024-02-30 is no date that is understood"),
            ("someday", "someday is no date that is understood"),
            ("2024..2023", "2024..2023 is no date that is understood"),
            ("..", ".. is no date that is understood"),
            ("99999999d", "99999999d is no date that is understood"),
        ] {
            assert_eq!(read(text), reading, "{text}");
        }
    }
}
