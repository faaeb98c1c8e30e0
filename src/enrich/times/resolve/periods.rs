//! Units, seasons, quarters, times of day and feasts, counted from the day of filing or from
//! what was last spoken of.

use super::super::amounts::{unit_at, unknown_unit};
use super::super::captures::{Captures, Read};
use super::super::feasts;
use super::super::partial::{FAR_PAST_DAYS, NEAR_FUTURE_DAYS, full_year};
use super::super::value::{self, Value, add_months, part_name};
use super::Resolver;
use crate::data::times::{Kind, UNITS, unpack};
use chrono::{Datelike, NaiveDate};

/// The year whose part of that name a sentence means: that of the filing, or where it does not look
/// ahead and the part has not begun, the year before; of a half the one before unless it is nearly over.
fn told_by(
    near: NaiveDate,
    days: impl Fn(i32) -> Option<(NaiveDate, NaiveDate)>,
    half: bool,
    ahead: bool,
) -> Option<i32> {
    let (from, to) = days(near.year())?;
    let far = (from - near).num_days() > NEAR_FUTURE_DAYS;
    let begun = half && near < from + (to - from) / 2;
    Some(near.year() - i32::from((far || begun) && !ahead))
}

impl Resolver {
    pub(super) fn unit(&mut self, c: &Captures, read: &Read) -> Option<Value> {
        let (offset, unit) = match c.get(Kind::UnitRel) {
            Some(packed) => unpack(packed),
            None => (c.get(Kind::Rel).unwrap_or(0), c.get(Kind::Unit)?),
        };
        let unit = *UNITS.get(usize::try_from(unit).ok()?)?;
        // "The next day" is that behind the one spoken of; "the last day" is that of something.
        if unit == "day" && offset != 0 {
            return if offset > 0 {
                self.on_from_anchor(offset, unit, read)
            } else {
                Some(Value::bare(unknown_unit(unit)))
            };
        }
        // "On this day", "в этот день": that which was spoken of.
        if unit == "day" && c.get(Kind::Rel) == Some(0) {
            return self.same(c);
        }
        // "In 1989 the wall fell. The next year the country was united."
        if offset > 0 && read.firm == Some(false) && read.sure && self.is_told_of_the_past(unit) {
            self.unsure = true;
            return self.on_from_anchor(offset, unit, read);
        }
        self.unsure |= offset > 0 && read.firm == Some(false) && read.sure;
        let Some(near) = self.reference else { return Some(Value::bare(unknown_unit(unit))) };
        if unit == "quarter" {
            let months = near.year() * 4 + i32::try_from(near.month0() / 3).ok()? + offset;
            let (year, n) = (months.div_euclid(4), u32::try_from(months.rem_euclid(4) + 1).ok()?);
            self.quarter = Some((year, n, self.sentence));
            return value::quarter(year, n);
        }
        unit_at(near, offset, unit)
    }

    /// The same period a year before: that which the sentence compares with one, or which it says.
    pub(super) fn year_back(&mut self, c: &Captures) -> Option<Value> {
        let quarter = |u: i32| UNITS.get(u as usize) == Some(&"quarter");
        let said = c.all().any(|(k, v)| k == Kind::Unit && quarter(v));
        match self.quarter.filter(|(_, _, at)| said || self.sentence - at <= 1) {
            Some((year, n, _)) => value::quarter(year - 1, n),
            None => self.year_before(),
        }
    }

    pub(super) fn season(&mut self, c: &Captures, ahead: bool) -> Option<Value> {
        let n = u32::try_from(c.get(Kind::Season)?).ok()?;
        if let Some(year) = c.get(Kind::Yyyy) {
            return value::season(year, n);
        }
        let Some(near) = self.reference else {
            return Some(Value::bare(format!("XXXX-{}", ["SP", "SU", "FA", "WI", "H1", "H2"].get(n as usize)?)));
        };
        let year = self.year_by_rel(c).unwrap_or(near.year());
        let days = value::season(year, n)?.days?;
        if n >= value::HALVES_FROM && c.get(Kind::Rel).is_none() && self.year_by_rel(c).is_none() {
            return value::season(told_by(near, |y| value::season(y, n)?.days, true, ahead)?, n);
        }
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
            (None, Some(near)) => told_by(near, |y| of(y)?.days, half, ahead)?,
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

    pub(super) fn feast(&mut self, c: &Captures, ahead: bool) -> Option<Value> {
        let n = c.get(Kind::Feast)?;
        if !feasts::is_kept_in(n, self.country) {
            return Some(Value::bare("XXXX-XX-XX"));
        }
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
        self.unsure |= self.day_near.is_none();
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
