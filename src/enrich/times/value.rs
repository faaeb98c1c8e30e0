//! Days, months and longer stretches as TIMEX3 values, with the days that they cover.

use crate::data::calendars::LUNAR_DAYS_UNSURE;
use crate::data::times::PARTS;
use chrono::{Datelike, Days, Months, NaiveDate};

/// A TIMEX3 value with the days it covers, where it is a time of the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Value {
    /// The value.
    pub(crate) text: String,
    /// First and last day.
    pub(crate) days: Option<(NaiveDate, NaiveDate)>,
}

impl Value {
    pub(super) fn bare(text: impl Into<String>) -> Value {
        Value { text: text.into(), days: None }
    }
}

pub(super) fn day(day: NaiveDate) -> Value {
    Value { text: shown(day), days: Some((day, day)) }
}

/// A day of a calendar by sighting of the moon: the days that it may be, and of its value what
/// they share.
pub(super) fn lunar(day: NaiveDate) -> Option<Value> {
    let (from, to) = (add_days(day, -LUNAR_DAYS_UNSURE)?, add_days(day, LUNAR_DAYS_UNSURE)?);
    let text = match (from.year() == to.year(), from.month() == to.month()) {
        (true, true) => format!("{:04}-{:02}", from.year(), from.month()),
        (true, false) => format!("{:04}", from.year()),
        (false, _) => "XXXX".to_owned(),
    };
    Some(Value { text, days: Some((from, to)) })
}

/// Prints a day in the form of ISO 8601.
pub(super) fn shown(day: NaiveDate) -> String {
    let (Ok(year @ 0..=9999), month, of_month) = (u32::try_from(day.year()), day.month(), day.day()) else {
        return day.format("%Y-%m-%d").to_string();
    };
    let digit = |n: u32| char::from_digit(n % 10, 10).unwrap_or('0');
    let mut text = String::with_capacity(16);
    text.extend([year / 1000, year / 100, year / 10, year].map(digit));
    for part in [month, of_month] {
        text.extend(['-', digit(part / 10), digit(part)]);
    }
    text
}

/// Returns `count` months from the first of one.
fn months(year: i32, month: u32, count: u32) -> Option<(NaiveDate, NaiveDate)> {
    let from = NaiveDate::from_ymd_opt(year, month, 1)?;
    Some((from, from.checked_add_months(Months::new(count))?.pred_opt()?))
}

pub(super) fn month(year: i32, n: u32) -> Option<Value> {
    Some(Value { text: format!("{year:04}-{n:02}"), days: Some(months(year, n, 1)?) })
}

pub(super) fn year(n: i32) -> Option<Value> {
    Some(Value { text: format!("{n:04}"), days: Some(months(n, 1, 12)?) })
}

pub(super) fn quarter(year: i32, n: u32) -> Option<Value> {
    let days = (1..=4).contains(&n).then(|| months(year, 3 * n - 2, 3)).flatten()?;
    Some(Value { text: format!("{year:04}-Q{n}"), days: Some(days) })
}

pub(super) fn half(year: i32, n: u32) -> Option<Value> {
    let days = (1..=2).contains(&n).then(|| months(year, 6 * n - 5, 6)).flatten()?;
    Some(Value { text: format!("{year:04}-H{n}"), days: Some(days) })
}

/// The first of the parts of a year with a name that are halves.
pub(super) const HALVES_FROM: u32 = 4;

/// Seasons of three months from March, June, September and December, and behind them the halves of
/// the year.
pub(super) fn season(year: i32, n: u32) -> Option<Value> {
    if n >= HALVES_FROM {
        return half(year, n - HALVES_FROM + 1);
    }
    const NAMES: [&str; 4] = ["SP", "SU", "FA", "WI"];
    let name = NAMES.get(n as usize)?;
    Some(Value { text: format!("{year:04}-{name}"), days: Some(months(year, 3 * (n + 1), 3)?) })
}

pub(super) fn decade(first: i32) -> Option<Value> {
    Some(Value { text: format!("{:03}", first.div_euclid(10)), days: Some(months(first, 1, 120)?) })
}

/// The century that is called the `n`th.
pub(super) fn century(n: i32) -> Option<Value> {
    Some(Value { text: format!("{:02}", n - 1), days: Some(months(100 * (n - 1) + 1, 1, 1200)?) })
}

/// The ISO week that holds `day`.
pub(super) fn week(day: NaiveDate) -> Option<Value> {
    let monday = day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))?;
    let iso = day.iso_week();
    let days = (monday, monday.checked_add_days(Days::new(6))?);
    Some(Value { text: format!("{:04}-W{:02}", iso.year(), iso.week()), days: Some(days) })
}

pub(super) fn weekend(day: NaiveDate) -> Option<Value> {
    let whole = week(day)?;
    let (monday, sunday) = whole.days?;
    Some(Value { text: format!("{}-WE", whole.text), days: Some((monday.checked_add_days(Days::new(5))?, sunday)) })
}

/// Moves a day by months; a day that the month lacks becomes its last.
pub(super) fn add_months(day: NaiveDate, n: i32) -> Option<NaiveDate> {
    let months = Months::new(n.unsigned_abs());
    if n >= 0 { day.checked_add_months(months) } else { day.checked_sub_months(months) }
}

pub(super) fn add_days(day: NaiveDate, n: i64) -> Option<NaiveDate> {
    let days = Days::new(n.unsigned_abs());
    if n >= 0 { day.checked_add_days(days) } else { day.checked_sub_days(days) }
}

/// Returns the part of a day as TIMEX3 calls it.
pub(super) fn part_name(part: i32) -> &'static str {
    usize::try_from(part).ok().and_then(|p| PARTS.get(p)).copied().unwrap_or("DT")
}
