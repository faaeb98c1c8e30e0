//! Times of day, and which day each belongs to.
//!
//! A clock takes the day of its own phrase, over a zone and another clock in brackets: *at 10 a.m.
//! local time (1400 GMT) on Monday*. What only its sentence or the one before tells, or nothing, is
//! inferred.

use super::super::captures::{Captures, Read};
use super::super::partial::{Partial, by_weekday, nearest_day};
use super::super::value::{self, Value, add_days, part_name};
use super::{Resolver, ambiguous, names_a_day, of_either_side};
use crate::data::times::{Build, Kind, unpack};
use chrono::{Datelike, NaiveDate};

/// Minutes of the day before which a night is not over.
const SMALL_HOURS: i32 = 6 * 60;
/// Minutes by which clocks of one moment differ at the most.
const ZONES_MINUTES: i32 = 14 * 60;
/// Minutes of a day.
const DAY_MINUTES: i32 = 24 * 60;
/// Expressions between a clock and its day at the most.
const CHAIN_MAX: usize = 4;

impl Resolver {
    pub(super) fn time(&mut self, c: &Captures, read: &Read, behind: &[Read]) -> Option<Value> {
        let ahead = read.lean == Some(true);
        let p = Partial::of(c, self.reference.map(|r| r.year()), self.thai);
        let late = self.late && read.between.is_tight() && c.get(Kind::AmPm).is_none();
        let clock = minutes(c, late)?;
        let (day, own) = if ambiguous(c) {
            (None, true)
        } else if let Some(day) = p.full() {
            (Some(day), true)
        } else if let (Some(near), true) = (self.reference, p.month.is_some() && p.day.is_some()) {
            (nearest_day(&p, near, read.lean, read.sure), true)
        } else if let (Some(near), Some(weekday)) = (self.reference, p.weekday) {
            (by_weekday(near, weekday, c.get(Kind::Rel), ahead), true)
        } else if let (Some(near), Some(offset)) = (self.reference, day_offset(c)) {
            (add_days(near, offset.into()), true)
        } else {
            (self.day_of(clock, read, behind), false)
        };
        // The small hours after an evening belong to the next day.
        let evening = self.part.as_ref().filter(|p| p.text.ends_with("TEV") || p.text.ends_with("TNI"));
        let after = !own
            && self.day_beside(behind).is_none()
            && clock < SMALL_HOURS
            && evening.is_some_and(|p| p.days.map(|d| d.0) == day);
        let day = if after { day.and_then(|d| add_days(d, 1)) } else { day };
        self.clock = day.map(|d| (d, clock));
        let shown = day.map_or_else(|| "XXXX-XX-XX".to_owned(), value::shown);
        Some(Value { text: format!("{shown}T{:02}:{:02}", clock / 60, clock % 60), days: day.map(|d| (d, d)) })
    }

    /// The day of a clock that names none.
    fn day_of(&mut self, clock: i32, read: &Read, behind: &[Read]) -> Option<NaiveDate> {
        let bracketed = read.between.opens() && behind.first().is_none_or(|b| !names_a_day(b) || b.between.closes());
        if let Some((day, first)) = self.clock.filter(|_| bracketed) {
            self.unsure |= self.day_doubtful;
            let days = (first - clock) / ZONES_MINUTES;
            return if (first - clock).abs() < DAY_MINUTES { add_days(day, days.into()) } else { Some(day) };
        }
        if let Some(at) = self.day_beside(behind) {
            let (beside, rest) = (&behind[at], &behind[at + 1..]);
            let value = self.clone().value(beside, rest)?;
            self.unsure |= self.turns(beside, rest);
            let day = value.days.filter(|(from, to)| from == to)?.0;
            let over = value.text.ends_with("TNI") && clock < SMALL_HOURS;
            return if over { add_days(day, 1) } else { Some(day) };
        }
        if let Some(day) = self.day_near.filter(|_| self.day_linked) {
            self.unsure |= self.day_doubtful;
            return Some(day);
        }
        self.unsure = true;
        let later = behind.iter().take_while(|b| b.sentence == read.sentence).position(names_a_day);
        let later = later.and_then(|at| self.clone().value(&behind[at], &behind[at + 1..]));
        let later = later.and_then(|v| v.days).filter(|(from, to)| from == to).map(|d| d.0);
        later.or(self.day_near).or(self.reference)
    }

    /// The place of the day that stands beside a clock, over zones and clocks of other zones.
    fn day_beside(&self, behind: &[Read]) -> Option<usize> {
        let mut inside = false;
        for (at, next) in behind.iter().take(CHAIN_MAX).enumerate() {
            if !next.between.is_beside() {
                return None;
            }
            inside = next.between.opens() || (inside && !next.between.closes());
            match names_a_day(next) {
                true if !inside => return Some(at),
                true => {}
                false if next.build != Build::Time => return None,
                false => {}
            }
        }
        None
    }
}

/// Days from the filing that an expression tells: *yesterday*, *昨晚*.
fn day_offset(c: &Captures) -> Option<i32> {
    c.get(Kind::Day).map(|d| of_either_side(d, false)).or_else(|| c.get(Kind::DayPart).map(|packed| unpack(packed).0))
}

/// The minutes of a day that an expression tells; `late` where an afternoon or evening stands right
/// before it.
fn minutes(c: &Captures, late: bool) -> Option<i32> {
    /// The first hour of a night that is of the evening: *夜11時*.
    const NIGHT_HOUR: i32 = 6;
    if let Some(minutes) = c.get(Kind::Clock) {
        return Some(minutes + c.get(Kind::Min).unwrap_or(0));
    }
    let part = c.get(Kind::Part).or_else(|| c.get(Kind::DayPart).map(|packed| unpack(packed).1));
    let hour = match (c.get(Kind::AmPm), c.get(Kind::Hh)?) {
        (Some(0), 12) => 0,
        (Some(1), hour) if hour < 12 => hour + 12,
        (Some(_), hour) => hour,
        (None, hour) => match part.map(part_name) {
            Some("AF" | "EV") if hour < 12 => hour + 12,
            Some("NI") if (NIGHT_HOUR..12).contains(&hour) => hour + 12,
            None if late && hour < 12 => hour + 12,
            _ => hour,
        },
    };
    Some(hour * 60 + c.get(Kind::Min).unwrap_or(0))
}
