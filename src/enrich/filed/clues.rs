//! The times dated in full that a text tells of, and whether it tells of them as past or to
//! come: what bounds its filing.

use crate::data::times::{Build, Kind, UNITS};
use crate::enrich::times::{Partial, Read};
use crate::story::Span;
use chrono::{Datelike, Months, NaiveDate};

/// A dated time that the text tells of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clue {
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    /// Whether it lies ahead of the filing (`true`) or behind it, where its sentence tells.
    pub(super) ahead: Option<bool>,
    pub(super) span: Span,
    pub(super) sentence: u32,
    /// A day or a month, rather than a year.
    pub(super) fine: bool,
    pub(super) results: bool,
}

/// Returns the first day on which a text that tells of these times can have been filed.
pub(super) fn known_past(reads: &[Read]) -> Option<NaiveDate> {
    clues("", reads).iter().filter(|c| c.ahead == Some(false)).map(|c| c.from).max()
}

/// The times that are dated in full, down to the year.
pub(super) fn clues(text: &str, reads: &[Read]) -> Vec<Clue> {
    let mut clues: Vec<Clue> = reads.iter().filter_map(clue).collect();
    for clue in &mut clues {
        // 1986/87 and 2019-2020 end a year later.
        let tail = text.get(clue.span.end as usize..).unwrap_or("");
        let double = tail.strip_prefix(['/', '-', '–']).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
        if double && !clue.fine {
            clue.to = clue.to.checked_add_months(Months::new(12)).unwrap_or(clue.to);
        }
    }
    // A year that is told both ways is told neither way.
    let years: Vec<(i32, bool)> =
        clues.iter().filter(|c| !c.fine && !c.results).filter_map(|c| Some((c.from.year(), c.ahead?))).collect();
    for clue in clues.iter_mut().filter(|c| !c.fine && !c.results) {
        let year = clue.from.year();
        if years.contains(&(year, true)) && years.contains(&(year, false)) {
            clue.ahead = None;
        }
    }
    clues
}

fn clue(read: &Read) -> Option<Clue> {
    let c = &read.captures;
    // 03/04/2025 may be either of two days.
    if c.get(Kind::Figures) == Some(1) {
        return None;
    }
    let year = c.get(Kind::Yyyy).filter(|y| (1900..=2100).contains(y))?;
    let results = read.build == Build::Quarter;
    let (from, to) = match read.build {
        Build::Quarter => {
            let half = c.get(Kind::Unit).is_some_and(|u| UNITS.get(u as usize) == Some(&"half"));
            let n = u32::try_from(c.get(Kind::Ord).or(c.get(Kind::Num))?).ok()?;
            let months = if half { 6 } else { 3 };
            span_of(year, months * n.checked_sub(1)? + 1, months)?
        }
        Build::Date | Build::Days | Build::Time => {
            let p = Partial::of(c, None, false);
            match (p.month, p.day) {
                (Some((Kind::Month, month)), Some(_)) => {
                    let day = p.in_year(year)?;
                    let _ = month;
                    (day, day)
                }
                (Some((Kind::Month, month)), None) => span_of(year, month, 1)?,
                (None, None) => span_of(year, 1, 12)?,
                _ => return None,
            }
        }
        Build::Season => season_of(year, c.get(Kind::Season)?)?,
        _ => return None,
    };
    let fine = (to - from).num_days() <= 31;
    // A bare year is told as past or to come only by the verb right beside it.
    let ahead = if fine || results { read.firm } else { read.tight };
    Some(Clue { from, to, ahead, span: read.span, sentence: read.sentence, fine, results })
}

/// The days of a season; behind the four of them lie the halves of the year.
pub(super) fn season_of(year: i32, n: i32) -> Option<(NaiveDate, NaiveDate)> {
    match u32::try_from(n).ok()? {
        n @ 0..4 => span_of(year, 3 * (n + 1), 3),
        n => span_of(year, 6 * (n - 4) + 1, 6),
    }
}

pub(super) fn span_of(year: i32, month: u32, months: u32) -> Option<(NaiveDate, NaiveDate)> {
    let from = NaiveDate::from_ymd_opt(year, month, 1)?;
    Some((from, from.checked_add_months(Months::new(months))?.pred_opt()?))
}
