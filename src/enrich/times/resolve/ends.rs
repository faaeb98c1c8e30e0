//! The end of a stretch, told by where its beginning lies: *from Tuesday to Thursday*, *12月15日至18日*.

use super::super::captures::Read;
use super::super::partial::{Partial, part_of};
use super::super::value::{self, Value, add_days, add_months};
use super::Resolver;
use crate::data::times::{Build, Kind};
use chrono::Datelike;

/// Days of the longest month.
const MONTH_DAYS: i64 = 31;

impl Resolver {
    /// The end of a stretch does not lie before its beginning: *from Tuesday to Thursday*.
    pub(super) fn not_before(&self, value: Value, read: &Read) -> Value {
        let (Some(begin), Some((from, _))) = (self.before, value.days) else { return value };
        let c = &read.captures;
        // "12月15日至18日": a day alone is of the month of the first, or of the next.
        let alone = [Kind::Month, Kind::Weekday, Kind::UnitRel, Kind::Rel].into_iter().all(|k| c.get(k).is_none());
        let far =
            read.build == Build::Date && alone && c.get(Kind::Dd).is_some() && (from - begin).num_days() > MONTH_DAYS;
        if (from >= begin && !far) || c.get(Kind::Yyyy).is_some() {
            return value;
        }
        let later = match read.build {
            Build::Weekday if c.get(Kind::Rel).is_none() => {
                let weeks = (begin - from).num_days().div_euclid(7) + 1;
                let exact = (begin - from).num_days().rem_euclid(7) == 0;
                add_days(from, 7 * (weeks - i64::from(exact))).map(|day| part_of(day, c))
            }
            Build::Date | Build::Days => {
                let p = Partial::of(c, Some(begin.year()), self.thai);
                let years = [begin.year(), begin.year() + 1].into_iter();
                let next = |n| add_months(begin.with_day(1)?, n)?.with_day(p.day?);
                match (p.month, p.day) {
                    (Some((Kind::Month, _)), Some(_)) => {
                        years.filter_map(|y| p.in_year(y)).find(|d| *d >= begin).map(value::day)
                    }
                    (Some((Kind::Month, month)), None) => years
                        .filter_map(|y| value::month(y, month))
                        .find(|v| v.days.is_some_and(|(from, _)| from >= begin)),
                    (None, Some(_)) => [0, 1].into_iter().filter_map(next).find(|d| *d >= begin).map(value::day),
                    _ => None,
                }
            }
            _ => None,
        };
        later.unwrap_or(value)
    }
}
