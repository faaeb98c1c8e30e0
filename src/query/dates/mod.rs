//! Date expressions: what people type after `date:` becomes two days.
//!
//! Figures in ISO and local order, names of months and weekdays in the languages of the
//! archive, relative expressions, ranges. The day that counts as today is an argument.
//! What is not understood, impossible or ambiguous is an error, never a guess. Nothing
//! here reads running text: an expression must be a date from end to end.

mod calendar;
mod feasts;
mod grammar;
mod lexicon;
mod numeric;
mod reading;
mod shapes;
#[cfg(test)]
mod tests;
mod tokens;

use chrono::{Datelike, NaiveDate};
use numeric::Basis;

/// Longer than any expression that means a date; keeps the search for readings short.
pub const MAX_DATE_CHARS: usize = 160;

/// What is understood, for hints.
const UNDERSTOOD: &str = "understood are 2024-12-02, 2024-12, 2024, 2024-Q3, 2024-W49, ranges A..B with either \
     end open, 7d 2w 3m 1y back from today, today, monday, \"last week\", \"3 days ago\", \
     \"2 December 2024\", and the like in French and other languages";

/// Days from the first to the last, both included; an end that is `None` is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

impl DateRange {
    /// Returns the range of one day.
    #[must_use]
    pub fn day(day: NaiveDate) -> DateRange {
        DateRange::between(day, day)
    }

    fn between(from: NaiveDate, to: NaiveDate) -> DateRange {
        DateRange { from: Some(from), to: Some(to) }
    }

    /// Returns the day, where the range is one.
    #[must_use]
    pub fn single_day(self) -> Option<NaiveDate> {
        self.from.filter(|_| self.from == self.to)
    }
}

/// Prints the expression that means the range: a day, or `from..to`.
impl std::fmt::Display for DateRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(day) = self.single_day() {
            return write!(f, "{day}");
        }
        if let Some(from) = self.from {
            write!(f, "{from}")?;
        }
        f.write_str("..")?;
        self.to.map_or(Ok(()), |to| write!(f, "{to}"))
    }
}

/// Why an expression is not a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// No rule reads it.
    #[error("{text} is not understood as a date")]
    Unknown {
        /// The expression.
        text: String,
    },
    /// It has the form of a date that the calendar lacks.
    #[error("{text} is no date of the calendar")]
    Impossible {
        /// The expression or its part.
        text: String,
    },
    /// The day does not fall on the weekday that stands beside it.
    #[error("{day} is a {}", day.format("%A"))]
    Weekday {
        /// The day.
        day: NaiveDate,
    },
    /// Two rules read it differently.
    #[error("{text} has more than one reading: {}", either(readings))]
    Ambiguous {
        /// The expression.
        text: String,
        /// What it may mean.
        readings: Vec<DateRange>,
    },
    /// A range that ends before it begins.
    #[error("the range runs backwards, from {from} to {to}")]
    Backwards {
        /// The first day as read.
        from: NaiveDate,
        /// The last day as read.
        to: NaiveDate,
    },
    /// Longer than [`MAX_DATE_CHARS`].
    #[error("{0} characters are too many for a date, {MAX_DATE_CHARS} at most")]
    TooLong(usize),
}

impl DateError {
    /// Returns the next step for whoever typed the expression.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            DateError::Unknown { .. } | DateError::TooLong(_) => UNDERSTOOD.to_owned(),
            DateError::Impossible { .. } => "check the day, the month and the year".to_owned(),
            DateError::Weekday { .. } => "leave the weekday out, or correct it".to_owned(),
            DateError::Ambiguous { .. } => "write it as year-month-day".to_owned(),
            DateError::Backwards { .. } => "give the earlier date first, with its year".to_owned(),
        }
    }
}

fn either(readings: &[DateRange]) -> String {
    readings.iter().map(DateRange::to_string).collect::<Vec<_>>().join(" or ")
}

/// Reads a date expression as days relative to `reference`.
///
/// `lang` (a BCP 47 tag) settles the order of figures and which language is tried first;
/// without it an expression must mean the same in every language that understands it.
///
/// # Errors
///
/// An expression that is not understood, impossible, ambiguous or backwards.
///
/// ```
/// use dateline::query::parse_date_expr;
/// let monday = "2024-12-02".parse().unwrap();
/// let read = |text| parse_date_expr(text, monday, None).map(|r| r.to_string());
/// assert_eq!(read("la semaine dernière").unwrap(), "2024-11-25..2024-12-01");
/// assert_eq!(read("2024-11..2024-12-05").unwrap(), "2024-11-01..2024-12-05");
/// assert!(read("32 décembre 2024").is_err());
/// ```
pub fn parse_date_expr(text: &str, reference: NaiveDate, lang: Option<&str>) -> Result<DateRange, DateError> {
    let length = text.chars().count();
    if length > MAX_DATE_CHARS {
        return Err(DateError::TooLong(length));
    }
    // Urdu has the same figures, and years of our era: those of the Iranian calendar tell themselves.
    let persian_figures = text.contains(|c| ('۰'..='۹').contains(&c));
    let basis = Basis { today: reference, lang, persian_figures, printed: text };
    let folded = crate::text::fold(text);
    let whole = folded.trim().trim_matches(['"', '«', '»', '“', '”']).trim();
    let range = match whole.split_once("..") {
        None => single(whole, text, basis)?,
        Some((left, right)) => {
            let end = |part: &str| match part.trim() {
                "" => Ok(None),
                part => match single(part, part, basis)? {
                    // "since May..June" begins twice.
                    DateRange { from: None, .. } | DateRange { to: None, .. } => {
                        Err(DateError::Unknown { text: text.trim().to_owned() })
                    }
                    range => Ok(Some(range)),
                },
            };
            let (left, right) = (end(left)?, end(right)?);
            if left.is_none() && right.is_none() {
                return Err(DateError::Unknown { text: text.to_owned() });
            }
            DateRange { from: left.and_then(|r| r.from), to: right.and_then(|r| r.to) }
        }
    };
    check(range, text)
}

/// Reads what stands on one side of `..`; `shown` is how messages call it.
fn single(folded: &str, shown: &str, basis: Basis<'_>) -> Result<DateRange, DateError> {
    if let Some(range) = numeric::parse(folded, basis)? {
        return Ok(range);
    }
    grammar::parse(folded, shown.trim(), basis)
}

fn check(range: DateRange, text: &str) -> Result<DateRange, DateError> {
    // Years of four digits: what prints must read back.
    let written = |day: &NaiveDate| (1..=9999).contains(&day.year());
    if !range.from.iter().chain(range.to.iter()).all(written) {
        return Err(DateError::Impossible { text: text.trim().to_owned() });
    }
    match (range.from, range.to) {
        (Some(from), Some(to)) if from > to => Err(DateError::Backwards { from, to }),
        (None, None) => Err(DateError::Unknown { text: text.trim().to_owned() }),
        (Some(_) | None, Some(_) | None) => Ok(range),
    }
}
