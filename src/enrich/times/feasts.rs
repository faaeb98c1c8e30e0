//! Days of feasts by the year, in the order of the table `feast` of `data/times`.

use crate::data::calendars::easter;
use chrono::{Days, NaiveDate};

/// Fixed feasts: Christmas, its eve, 31 December, 1 January, Epiphany, 14 February, 1 May,
/// 15 August, 31 October, 1 November, 14 July, 4 July, Thanksgiving excepted.
const FIXED: [(u32, u32); 12] =
    [(12, 25), (12, 24), (12, 31), (1, 1), (1, 6), (2, 14), (5, 1), (8, 15), (10, 31), (11, 1), (7, 14), (7, 4)];
/// Days from Easter: Good Friday, Easter, Easter Monday, Ascension, Pentecost, Ash Wednesday
/// and the day before it, Palm Sunday, Maundy Thursday.
const MOVABLE: [i64; 9] = [-2, 0, 1, 39, 49, -46, -47, -7, -3];

/// Feasts of one country: that of 4 July.
const NATIONAL: [(i32, [u8; 2]); 1] = [(11, *b"US")];

/// Tells whether feast `n` is one that the country of a story keeps: where it is not known, those
/// that are kept in many.
pub(super) fn is_kept_in(n: i32, country: Option<[u8; 2]>) -> bool {
    let own = NATIONAL.iter().find(|(feast, _)| *feast == n).map(|(_, country)| *country);
    own.is_none() || own == country
}

/// Returns the day of feast `n` in `year`: the fixed ones, then those that follow Easter.
pub(super) fn day(n: i32, year: i32) -> Option<NaiveDate> {
    let n = usize::try_from(n).ok()?;
    if let Some((month, day)) = FIXED.get(n) {
        return NaiveDate::from_ymd_opt(year, *month, *day);
    }
    let from = *MOVABLE.get(n - FIXED.len())?;
    let easter = easter(year)?;
    let days = Days::new(from.unsigned_abs());
    if from >= 0 { easter.checked_add_days(days) } else { easter.checked_sub_days(days) }
}
