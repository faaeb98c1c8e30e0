//! Two figures behind the name of a month that are its year, and no day and no number of things.

use super::places::Match;
use super::scan::{Class, Gap, Scan};
use crate::data::times::Kind;

/// The last number that may be a day.
const DAY_MAX: i32 = 31;

/// Tells whether what a rule found ends in a month by name and two figures: *8 mai 45*.
pub(super) fn ends_in_two(scan: &Scan<'_>, at: usize, found: &Match) -> bool {
    let [.., month, year] = &scan.tokens[at..found.end] else { return false };
    found.captures.get(Kind::Yy).is_some()
        && month.class == Class::Word
        && year.class == Class::Number
        && year.gap == Gap::Blank
}

/// Tells whether they are a year: *le 8 mai 45*, and not *le 8 mai 45 personnes*.
pub(super) fn is_year_of_two(scan: &Scan<'_>, found: &Match) -> bool {
    let counts = scan.tokens.get(found.end).is_some_and(|t| match t.class {
        Class::Mark => t.gap == Gap::None && matches!(char::from_u32(t.value), Some('%' | '/' | ':' | '€' | '$' | '-')),
        _ => matches!(t.gap, Gap::None | Gap::Blank | Gap::Line | Gap::Hyphen),
    });
    found.captures.get(Kind::Yy).is_some_and(|yy| yy > DAY_MAX) && !counts
}
