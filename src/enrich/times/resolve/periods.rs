//! Units, seasons, quarters, times of day and feasts, counted from the day of filing or from
//! what was last spoken of.

use super::super::amounts::{amount, unit_at, unknown_unit};
use super::super::captures::{Captures, Read};
use super::super::feasts;
use super::super::partial::{FAR_PAST_DAYS, NEAR_FUTURE_DAYS, Partial, by_weekday, full_year, nearest_day};
use super::super::value::{self, Value, add_days, add_months, part_name};
use super::{Resolver, ambiguous};
use crate::data::times::{Kind, UNITS, unpack};
use chrono::{Datelike, NaiveDate};

/// Minutes of the day before which a night is not over.
const SMALL_HOURS: i32 = 6 * 60;

impl Resolver {
    pub(super) fn unit(&mut self, c: &Captures) -> Option<Value> {
        let (offset, unit) = match c.get(Kind::UnitRel) {
            Some(packed) => unpack(packed),
            None => (c.get(Kind::Rel).unwrap_or(0), c.get(Kind::Unit)?),
        };
        let unit = *UNITS.get(usize::try_from(unit).ok()?)?;
        let Some(near) = self.reference else { return Some(Value::bare(unknown_unit(unit))) };
        if unit == "quarter" {
            let months = near.year() * 4 + i32::try_from(near.month0() / 3).ok()? + offset;
            let (year, n) = (months.div_euclid(4), u32::try_from(months.rem_euclid(4) + 1).ok()?);
            self.quarter = Some((year, n, self.sentence));
            return value::quarter(year, n);
        }
        unit_at(near, offset, unit)
    }

    /// An amount of a unit from what was last spoken of, else from the day of filing: *in 1962; ten
    /// years later*. From a year alone only years can be counted.
    pub(super) fn counted(&mut self, c: &Captures, sign: i32) -> Option<Value> {
        let Some(year) = self.year_said else { return self.away(c, sign, self.anchor.or(self.reference), false) };
        let unit = *UNITS.get(usize::try_from(c.get(Kind::Unit)?).ok()?)?;
        match amount(c) {
            Some(n) if unit == "year" && n < 4_000 => value::year(year + sign * n),
            _ => Some(Value::bare(unknown_unit(unit))),
        }
    }

    /// An amount of a unit from `base`, before it where `sign` is -1.
    pub(super) fn away(&mut self, c: &Captures, sign: i32, base: Option<NaiveDate>, to_the_day: bool) -> Option<Value> {
        let unit = *UNITS.get(usize::try_from(c.get(Kind::Unit)?).ok()?)?;
        let told = amount(c);
        let Some(n) = told.filter(|n| *n < 4_000) else {
            return Some(Value::bare(if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }));
        };
        let Some(base) = base else { return Some(Value::bare(unknown_unit(unit))) };
        let n = n * sign;
        match unit {
            "day" => add_days(base, n.into()).map(value::day),
            "week" if to_the_day => add_days(base, i64::from(n) * 7).map(value::day),
            "week" => add_days(base, i64::from(n) * 7).and_then(value::week),
            "hour" | "minute" | "second" => {
                Some(value::day(if unit == "hour" { add_days(base, i64::from(n) / 24)? } else { base }))
            }
            _ => unit_at(base, n, unit),
        }
    }

    /// The same quarter a year before, where the sentence compares with one or says so.
    pub(super) fn year_back(&mut self, c: &Captures) -> Option<Value> {
        let quarter = |u: i32| UNITS.get(u as usize) == Some(&"quarter");
        let said = c.all().any(|(k, v)| k == Kind::Unit && quarter(v));
        match self.quarter.filter(|(_, _, at)| said || self.sentence - at <= 1) {
            Some((year, n, _)) => value::quarter(year - 1, n),
            None => match self.reference {
                Some(near) => value::year(near.year() - 1),
                None => Some(Value::bare("XXXX")),
            },
        }
    }

    pub(super) fn season(&mut self, c: &Captures, ahead: bool) -> Option<Value> {
        let n = u32::try_from(c.get(Kind::Season)?).ok()?;
        if let Some(year) = c.get(Kind::Yyyy) {
            return value::season(year, n);
        }
        let Some(near) = self.reference else {
            return Some(Value::bare(format!("XXXX-{}", ["SP", "SU", "FA", "WI"].get(n as usize)?)));
        };
        let year = self.year_by_rel(c).unwrap_or(near.year());
        let days = value::season(year, n)?.days?;
        let year = match c.get(Kind::Rel) {
            Some(-1) if days.1 >= near => year - 1,
            Some(1) if days.0 <= near => year + 1,
            None if !ahead && days.0 > near && (days.0 - near).num_days() > NEAR_FUTURE_DAYS => year - 1,
            None if ahead && days.1 < near => year + 1,
            _ => year,
        };
        value::season(year, n)
    }

    pub(super) fn quarter(&mut self, c: &Captures, ahead: bool) -> Option<Value> {
        let n = u32::try_from(c.get(Kind::Ord).or(c.get(Kind::Num))?).ok()?;
        let half = c.get(Kind::Unit).is_some_and(|u| UNITS.get(u as usize) == Some(&"half"));
        let of = |year: i32| if half { value::half(year, n) } else { value::quarter(year, n) };
        let near = self.reference;
        let year = match c.get(Kind::Yyyy).or_else(|| c.get(Kind::Yy).map(|y| full_year(y, near.map(|d| d.year())))) {
            Some(year) => Some(year),
            None => self.year_by_rel_unit(c),
        };
        let year = match (year, near) {
            (Some(year), _) => year,
            (None, None) => return Some(Value::bare(format!("XXXX-{}{n}", if half { "H" } else { "Q" }))),
            (None, Some(near)) => {
                let days = of(near.year())?.days?;
                let far = (days.0 - near).num_days() > NEAR_FUTURE_DAYS;
                near.year() - i32::from(far && !ahead)
            }
        };
        if !half {
            self.quarter = Some((year, n, self.sentence));
        }
        of(year)
    }

    /// As [`Resolver::year_by_rel`], where another unit is captured too.
    pub(super) fn year_by_rel_unit(&self, c: &Captures) -> Option<i32> {
        let (offset, unit) = unpack(c.get(Kind::UnitRel)?);
        (UNITS.get(usize::try_from(unit).ok()?) == Some(&"year")).then_some(())?;
        Some(self.reference?.year() + offset)
    }

    pub(super) fn same_quarter(&mut self) -> Option<Value> {
        if let Some((year, n, _)) = self.quarter {
            self.quarter = Some((year, n, self.sentence));
            return value::quarter(year, n);
        }
        let Some(near) = self.reference else { return Some(Value::bare("XXXX-QX")) };
        // Of results one speaks when the quarter is over.
        let last = add_months(near, -3)?;
        value::quarter(last.year(), last.month0() / 3 + 1)
    }

    pub(super) fn time(&mut self, c: &Captures, read: &Read) -> Option<Value> {
        let ahead = read.lean == Some(true);
        let p = Partial::of(c, self.reference.map(|r| r.year()), self.thai);
        let day = if ambiguous(c) {
            None
        } else if let Some(day) = p.full() {
            Some(day)
        } else if let (Some(near), true) = (self.reference, p.month.is_some() && p.day.is_some()) {
            nearest_day(&p, near, read.lean, read.sure)
        } else if let (Some(near), Some(weekday)) = (self.reference, p.weekday) {
            by_weekday(near, weekday, c.get(Kind::Rel), ahead)
        } else if let (Some(near), Some(offset)) = (self.reference, c.get(Kind::Day)) {
            add_days(near, offset.into())
        } else {
            self.day_behind.or(self.day_near).or(self.reference)
        };
        let told = self.day_behind.is_some() || p.day.is_some() || p.weekday.is_some() || c.get(Kind::Day).is_some();
        let clock = match (c.get(Kind::Clock), c.get(Kind::Hh)) {
            (Some(minutes), _) => minutes + c.get(Kind::Min).unwrap_or(0),
            (None, Some(hour)) => {
                let hour = match c.get(Kind::AmPm) {
                    Some(0) if hour == 12 => 0,
                    Some(1) if hour < 12 => hour + 12,
                    _ => hour,
                };
                hour * 60 + c.get(Kind::Min).unwrap_or(0)
            }
            _ => return None,
        };
        // The small hours after an evening belong to the next day.
        let evening = self.part.as_ref().filter(|p| p.text.ends_with("TEV") || p.text.ends_with("TNI"));
        let after = !told && clock < SMALL_HOURS && evening.is_some_and(|p| p.days.map(|d| d.0) == day);
        let day = if after { day.and_then(|d| add_days(d, 1)) } else { day };
        let shown = day.map_or_else(|| "XXXX-XX-XX".to_owned(), value::shown);
        Some(Value { text: format!("{shown}T{:02}:{:02}", clock / 60, clock % 60), days: day.map(|d| (d, d)) })
    }

    pub(super) fn feast(&mut self, c: &Captures, ahead: bool) -> Option<Value> {
        let n = c.get(Kind::Feast)?;
        if let Some(year) = c.get(Kind::Yyyy) {
            return feasts::day(n, year).map(value::day);
        }
        let Some(near) = self.reference else { return Some(Value::bare("XXXX-XX-XX")) };
        let year = self.year_by_rel(c).unwrap_or(near.year());
        let day = feasts::day(n, year)?;
        let away = (day - near).num_days();
        let year = match c.get(Kind::Rel) {
            Some(-1) if away >= 0 => year - 1,
            Some(1) if away <= 0 => year + 1,
            None if ahead && away < 0 => year + 1,
            None if !ahead && away > NEAR_FUTURE_DAYS => year - 1,
            None if !ahead && away < -FAR_PAST_DAYS => year + 1,
            _ => year,
        };
        let day = feasts::day(n, year)?;
        if c.get(Kind::Unit).is_some() { value::week(day) } else { Some(value::day(day)) }
    }

    pub(super) fn same(&mut self, c: &Captures) -> Option<Value> {
        let day = self.day.or(self.reference);
        let Some(part) = c.get(Kind::Part) else {
            return Some(day.map_or_else(|| Value::bare("XXXX-XX-XX"), value::day));
        };
        let name = part_name(part);
        if let Some(last) = self.part.as_ref().filter(|p| p.text.ends_with(&format!("T{name}"))) {
            return Some(last.clone());
        }
        Some(match day {
            Some(day) => Value { text: format!("{}T{name}", value::shown(day)), days: Some((day, day)) },
            None => Value::bare(format!("XXXX-XX-XXT{name}")),
        })
    }
}
