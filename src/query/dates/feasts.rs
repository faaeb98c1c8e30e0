//! Feasts by name, on their day of a year.

use super::calendar::{self, Unit};
use super::lexicon::Meaning as M;
use super::shapes::{Found, Frame, found_day, nearest_of, year_of};
use crate::data::calendars;
use chrono::{Datelike, NaiveDate};

/// *Noël 2023*, *Easter*, *last Halloween*.
pub(super) fn feast(sequence: &[M], frame: Frame) -> Found {
    let (feast, year, rel) = match *sequence {
        [M::Holiday(h)] => (h, None, None),
        [M::Holiday(h), M::Rel(k)] | [M::Rel(k), M::Holiday(h)] => (h, None, Some(k)),
        [M::Holiday(h), y] | [y, M::Holiday(h)] => match year_of(y, frame) {
            Some(year) => (h, Some(year), None),
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    let in_year = |y: i32| feast_in(feast, y);
    found_day(match year {
        Some(year) => in_year(year),
        None => nearest_of(frame.today.year(), rel, frame.today, in_year),
    })
}

/// Days of the fixed feasts, in the order of the `holiday` columns.
const FIXED_FEASTS: [(u32, u32); 10] =
    [(12, 25), (12, 24), (12, 31), (1, 1), (1, 6), (2, 14), (5, 1), (8, 15), (10, 31), (11, 1)];
/// Days from Easter of those in the columns that follow.
const MOVABLE_FEASTS: [i64; 5] = [-2, 0, 1, 39, 49];
/// The feasts of the columns behind these.
const OTHER_FEASTS: [fn(i32) -> Option<NaiveDate>; 2] = [calendars::thanksgiving, calendars::orthodox_easter];

fn feast_in(column: u8, year: i32) -> Option<NaiveDate> {
    let column = usize::from(column);
    if let Some(&(month, day)) = FIXED_FEASTS.get(column) {
        return NaiveDate::from_ymd_opt(year, month, day);
    }
    let movable = column - FIXED_FEASTS.len();
    match MOVABLE_FEASTS.get(movable) {
        Some(days) => calendar::back(calendars::easter(year)?, -days, Unit::Day),
        None => OTHER_FEASTS.get(movable - MOVABLE_FEASTS.len())?(year),
    }
}
