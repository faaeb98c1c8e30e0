//! Days that are told in part: which year, which week.

use super::amounts::spelt_year;
use super::captures::Captures;
use super::value::{self, Value, add_days, part_name};
use crate::data::calendars;
use crate::data::times::Kind;
use chrono::{Datelike, NaiveDate};

/// A feast or season without its year may lie this far ahead though nothing looks ahead, if the
/// one that is past lies further back than [`FAR_PAST_DAYS`].
pub(super) const NEAR_FUTURE_DAYS: i64 = 95;
pub(super) const FAR_PAST_DAYS: i64 = 270;

/// Years of the republic in Taiwan that are written without its name: those of three digits.
const REPUBLIC_YEARS: std::ops::RangeInclusive<i32> = 100..=150;

/// Year, month and day as far as they are told; the month may be of another calendar.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Partial {
    pub(crate) year: Option<i32>,
    pub(crate) month: Option<(Kind, u32)>,
    pub(crate) day: Option<u32>,
    pub(crate) weekday: Option<u32>,
}

impl Partial {
    /// Takes what a rule captured; `near` is the year that years of two digits lie near.
    pub(crate) fn of(c: &Captures, near: Option<i32>, thai: bool) -> Partial {
        let unsigned = |k| c.get(k).and_then(|v| u32::try_from(v).ok());
        let month = [Kind::Month, Kind::Jalali, Kind::Hijri].into_iter().find_map(|k| unsigned(k).map(|m| (k, m)));
        let mut year = c
            .get(Kind::Yyyy)
            .or_else(|| spelt_year(c).filter(|_| c.get(Kind::Month).is_some()))
            .or_else(|| c.get(Kind::Yy).map(|yy| full_year(yy, near)));
        if let Some(era) = c.get(Kind::Era) {
            year = c.get(Kind::Num).or(c.get(Kind::Yy)).or(c.get(Kind::Yyyy)).map(|n| era + n);
        }
        // "114年5月14日": a year of three digits is one of the republic in Taiwan.
        let of_republic = c.get(Kind::Num).filter(|n| year.is_none() && REPUBLIC_YEARS.contains(n));
        year = year.or_else(|| of_republic.and(month).and(of_republic).map(|n| calendars::REPUBLIC_YEAR_0 + n));
        if thai && year.is_some_and(|y| y > 2_400) {
            year = year.map(|y| y - calendars::BUDDHIST_YEARS);
        }
        // "السابع من أكتوبر": the day as an ordinal in words.
        let day = unsigned(Kind::Dd).or_else(|| month.and(unsigned(Kind::Ord)));
        Partial { year, month, day, weekday: unsigned(Kind::Weekday) }
    }

    /// Returns the day in a year of its own calendar.
    pub(crate) fn in_year(&self, year: i32) -> Option<NaiveDate> {
        let (kind, month) = self.month?;
        let day = self.day?;
        match kind {
            Kind::Jalali => calendars::solar_day(year, month, day),
            Kind::Hijri => calendars::lunar_day(year, month, day),
            // Iranian copy also writes its dates in figures alone.
            _ if calendars::SOLAR_YEARS.contains(&year) => calendars::solar_day(year, month, day),
            _ => NaiveDate::from_ymd_opt(year, month, day),
        }
    }

    /// Returns the day, where it is told in full.
    pub(crate) fn full(&self) -> Option<NaiveDate> {
        self.year.and_then(|y| self.in_year(y))
    }

    fn own_year(&self, gregorian: i32) -> i32 {
        match self.month {
            Some((Kind::Jalali, _)) => calendars::solar_year_of(gregorian),
            Some((Kind::Hijri, _)) => calendars::lunar_year_of(gregorian),
            _ => gregorian,
        }
    }
}

/// Returns the year of two digits that lies nearest before ten years after `near`.
pub(crate) fn full_year(yy: i32, near: Option<i32>) -> i32 {
    let limit = near.unwrap_or(2_025) + 10;
    let year = limit - limit.rem_euclid(100) + yy;
    if year > limit { year - 100 } else { year }
}

/// The day of a weekday: the last one with today, unless something says otherwise.
pub(crate) fn by_weekday(near: NaiveDate, weekday: u32, rel: Option<i32>, ahead: bool) -> Option<NaiveDate> {
    let behind = i64::from((near.weekday().num_days_from_monday() + 7 - weekday % 7) % 7);
    let before = add_days(near, -behind)?;
    match rel {
        Some(-1) => add_days(before, if behind == 0 { -7 } else { 0 }),
        Some(1) => add_days(before, 7),
        // This Sunday is the nearest, of two the one that the sentence looks to.
        Some(_) if behind > 3 || (behind > 0 && ahead) => add_days(before, 7),
        None if ahead && behind > 0 => add_days(before, 7),
        _ => Some(before),
    }
}

/// The day of a month in the year that suits: see the head of this file.
pub(crate) fn nearest_day(p: &Partial, near: NaiveDate, lean: Option<bool>, sure: bool) -> Option<NaiveDate> {
    let base = p.own_year(near.year());
    // Eight years to either side: 29 February may be as far.
    let days = || (base - 8..=base + 9).filter_map(|y| p.in_year(y));
    if let Some(weekday) = p.weekday {
        let suits = |d: &NaiveDate| d.weekday().num_days_from_monday() == weekday;
        return days()
            .filter(suits)
            .min_by_key(|d| (*d - near).num_days().abs())
            .filter(|d| (*d - near).num_days().abs() < 1_000)
            .or_else(|| days().min_by_key(|d| (*d - near).num_days().abs()));
    }
    let past = days().filter(|d| *d <= near).max();
    let future = days().filter(|d| *d > near).min();
    match (past, future) {
        (Some(past), Some(future)) => {
            let (back, on) = ((near - past).num_days(), (future - near).num_days());
            // What looks back may still name the day after, and what looks ahead the day before: a
            // dispatch is filed at night.
            let forward = match lean {
                Some(true) if sure => back > 1,
                Some(false) if sure => on <= 1,
                // Nothing tells for certain: the nearest, and where neither lies twice as near the one
                // that the sentence looks to.
                Some(true) => on <= 2 * back,
                Some(false) | None => 2 * on <= back,
            };
            Some(if forward { future } else { past })
        }
        (past, future) => past.or(future),
    }
}

pub(super) fn other_month(kind: Kind, year: i32, month: u32) -> Option<Value> {
    let day_of = if kind == Kind::Jalali { calendars::solar_day } else { calendars::lunar_day };
    let from = day_of(year, month, 1)?;
    let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let to = day_of(next_year, next, 1)?.pred_opt()?;
    // TIMEX3 knows no other calendar: the value is the Gregorian month of its middle.
    let middle = add_days(from, 14)?;
    Some(Value { text: middle.format("%Y-%m").to_string(), days: Some((from, to)) })
}

/// Returns a day, or the part of it that was captured.
pub(super) fn part_of(day: NaiveDate, c: &Captures) -> Value {
    let whole = value::day(day);
    match c.get(Kind::Part).filter(|p| part_name(*p) != "DT") {
        Some(part) => Value { text: format!("{}T{}", whole.text, part_name(part)), days: whole.days },
        None => whole,
    }
}
