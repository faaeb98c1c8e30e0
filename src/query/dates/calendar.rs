//! Days, weeks, months, years and what one counts back from a day.
//!
//! Weeks are ISO weeks, Monday to Sunday. Every function returns `None` where the
//! calendar has no such day, so that an impossible date can never move to another one.

use super::DateRange;
pub(super) use crate::data::calendars::{SOLAR_YEARS, solar_day};
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// A stretch of the calendar that expressions count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Hour,
}

impl Unit {
    /// Every unit, in the order of the columns in `grammar.tsv`.
    pub(super) const ALL: [Unit; 9] = [
        Unit::Day,
        Unit::Week,
        Unit::Weekend,
        Unit::Month,
        Unit::Quarter,
        Unit::Half,
        Unit::Year,
        Unit::Decade,
        Unit::Hour,
    ];

    /// Returns the days or else the months that `n` units are.
    fn steps(self, n: u32) -> Option<Step> {
        Some(match self {
            Unit::Day => Step::Days(n),
            Unit::Week | Unit::Weekend => Step::Days(n.checked_mul(7)?),
            Unit::Month => Step::Months(n),
            Unit::Quarter => Step::Months(n.checked_mul(3)?),
            Unit::Half => Step::Months(n.checked_mul(6)?),
            Unit::Year => Step::Months(n.checked_mul(12)?),
            Unit::Decade => Step::Months(n.checked_mul(120)?),
            Unit::Hour => Step::Days(n.div_ceil(24)),
        })
    }
}

enum Step {
    Days(u32),
    Months(u32),
}

/// Returns the day `n` units before `day`, or after it where `n` is negative.
///
/// A month back from the 31st ends on the last day that the month has.
pub(super) fn back(day: NaiveDate, n: i64, unit: Unit) -> Option<NaiveDate> {
    let step = unit.steps(u32::try_from(n.unsigned_abs()).ok()?)?;
    match (step, n >= 0) {
        (Step::Days(d), true) => day.checked_sub_days(Days::new(d.into())),
        (Step::Days(d), false) => day.checked_add_days(Days::new(d.into())),
        (Step::Months(m), true) => day.checked_sub_months(Months::new(m)),
        (Step::Months(m), false) => day.checked_add_months(Months::new(m)),
    }
}

/// Returns the last `n` units up to and with `today`: seven days are today and six before.
pub(super) fn trailing(today: NaiveDate, n: u32, unit: Unit) -> Option<DateRange> {
    let start = back(today, n.into(), unit)?;
    let from = if unit == Unit::Hour { start } else { start.succ_opt()? };
    (n > 0).then_some(DateRange::between(from, today))
}

/// Returns the next `n` units from tomorrow on.
pub(super) fn leading(today: NaiveDate, n: u32, unit: Unit) -> Option<DateRange> {
    (n > 0).then_some(DateRange::between(today.succ_opt()?, back(today, -i64::from(n), unit)?))
}

/// Returns the unit that holds `today`, moved by `k` of its kind.
pub(super) fn unit_at(today: NaiveDate, k: i32, unit: Unit) -> Option<DateRange> {
    let day = back(today, -i64::from(k), unit)?;
    match unit {
        Unit::Day => Some(DateRange::day(day)),
        Unit::Week => week_of(day),
        Unit::Weekend => {
            let week = monday_of(day)?;
            Some(DateRange::between(week.checked_add_days(Days::new(5))?, week.checked_add_days(Days::new(6))?))
        }
        Unit::Month => month(day.year(), day.month()),
        Unit::Quarter => quarter(day.year(), day.month0() / 3 + 1),
        Unit::Half => half(day.year(), day.month0() / 6 + 1),
        Unit::Year => year(day.year()),
        Unit::Decade => decade(day.year() - day.year().rem_euclid(10)),
        Unit::Hour => None,
    }
}

/// Returns a month, 1 to 12.
pub(super) fn month(year: i32, month: u32) -> Option<DateRange> {
    months(year, month, 1)
}

/// Returns `count` months from the first day of one.
pub(super) fn months(year: i32, month: u32, count: u32) -> Option<DateRange> {
    let from = NaiveDate::from_ymd_opt(year, month, 1)?;
    Some(DateRange::between(from, from.checked_add_months(Months::new(count))?.pred_opt()?))
}

/// Returns a quarter, 1 to 4.
pub(super) fn quarter(year: i32, n: u32) -> Option<DateRange> {
    (1..=4).contains(&n).then(|| months(year, 3 * n - 2, 3)).flatten()
}

/// Returns a half-year, 1 or 2.
pub(super) fn half(year: i32, n: u32) -> Option<DateRange> {
    (1..=2).contains(&n).then(|| months(year, 6 * n - 5, 6)).flatten()
}

/// Returns a calendar year.
pub(super) fn year(year: i32) -> Option<DateRange> {
    months(year, 1, 12)
}

/// Returns the ten years that begin with `first`.
pub(super) fn decade(first: i32) -> Option<DateRange> {
    (first % 10 == 0).then(|| months(first, 1, 120)).flatten()
}

/// Returns an ISO week.
pub(super) fn iso_week(year: i32, week: u32) -> Option<DateRange> {
    week_of(NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)?)
}

/// Returns the ISO week that holds `day`.
pub(super) fn week_of(day: NaiveDate) -> Option<DateRange> {
    let monday = monday_of(day)?;
    Some(DateRange::between(monday, monday.checked_add_days(Days::new(6))?))
}

fn monday_of(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))
}

/// Returns the weekday (0 is Monday) in the ISO week that lies `k` weeks from `today`'s.
pub(super) fn weekday_in_week(today: NaiveDate, k: i32, weekday: u32) -> Option<NaiveDate> {
    monday_of(back(today, -i64::from(k), Unit::Week)?)?.checked_add_days(Days::new(weekday.into()))
}

/// Returns the most recent day with that weekday; `today` counts where `with_today`.
pub(super) fn recent_weekday(today: NaiveDate, weekday: u32, with_today: bool) -> Option<NaiveDate> {
    let behind = (today.weekday().num_days_from_monday() + 7 - weekday % 7) % 7;
    let behind = if behind == 0 && !with_today { 7 } else { behind };
    today.checked_sub_days(Days::new(behind.into()))
}

/// Returns the first third, the middle or the last third (0, 1, 2) of a month or a year.
///
/// A month divides after the 10th and the 20th, a year after April and August.
pub(super) fn third(range: DateRange, part: u8) -> Option<DateRange> {
    let (from, to) = (range.from?, range.to?);
    if month(from.year(), from.month()) == Some(range) {
        let at = |d: u32| from.with_day(d);
        return Some(match part {
            0 => DateRange::between(from, at(10)?),
            1 => DateRange::between(at(11)?, at(20)?),
            _ => DateRange::between(at(21)?, to),
        });
    }
    if year(from.year()) == Some(range) {
        return months(from.year(), u32::from(part.min(2)) * 4 + 1, 4);
    }
    None
}

/// Returns a month of the Iranian calendar.
pub(super) fn solar_month(year: i32, month: u32) -> Option<DateRange> {
    let from = solar_day(year, month, 1)?;
    let to = (29..=31).rev().find_map(|d| solar_day(year, month, d))?;
    Some(DateRange::between(from, to))
}

/// Returns a year of the Iranian calendar.
pub(super) fn solar_year(year: i32) -> Option<DateRange> {
    Some(DateRange { from: solar_month(year, 1)?.from, to: solar_month(year, 12)?.to })
}

#[cfg(test)]
mod tests {
    use super::{Unit, back, iso_week, solar_day, solar_year, trailing};
    use chrono::NaiveDate;

    fn d(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn the_iranian_calendar() {
        for (y, m, day, iso) in [
            (1403, 1, 1, "2024-03-20"),
            (1403, 9, 1, "2024-11-21"),
            (1403, 12, 30, "2025-03-20"),
            (1404, 1, 1, "2025-03-21"),
            (1399, 12, 30, "2021-03-20"),
            (1357, 11, 22, "1979-02-11"),
        ] {
            assert_eq!(solar_day(y, m, day), Some(d(iso)), "{y}-{m}-{day}");
        }
        assert_eq!(solar_day(1404, 12, 30), None);
        assert!(solar_year(1403).is_some() && solar_year(2024).is_none());
    }

    #[test]
    fn weeks_and_clamped_months() {
        assert_eq!(iso_week(2020, 53).and_then(|w| w.to), Some(d("2021-01-03")));
        assert_eq!(iso_week(2024, 53), None);
        assert_eq!(back(d("2024-03-31"), 1, Unit::Month), Some(d("2024-02-29")));
        let week = trailing(d("2024-12-04"), 7, Unit::Day).expect("a range");
        assert_eq!((week.from, week.to), (Some(d("2024-11-28")), Some(d("2024-12-04"))));
    }
}
