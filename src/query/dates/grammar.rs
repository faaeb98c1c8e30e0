//! Whole expressions in words: which language, open and closed ranges.
//!
//! What a period without a range may look like is in `shapes`.

use super::calendar::{Unit, back};
use super::lexicon::{self, Lexicon, Meaning};
use super::numeric::Basis;
use super::reading::{Lattice, Marked, Piece, pieces};
use super::shapes::{Fault, Found, Frame, period};
use super::{DateError, DateRange};
use chrono::{Datelike, NaiveDate};

/// Languages whose abbreviations are understood unasked: the two of the product's help.
const HOME_LANGUAGES: [&str; 2] = ["en", "fr"];

/// Reads an expression in words; `shown` is how messages call it.
pub(super) fn parse(folded: &str, shown: &str, basis: Basis<'_>) -> Result<DateRange, DateError> {
    let pieces = pieces(folded, basis)?;
    let marked = Marked::of(basis.printed);
    let mut attempt = Attempt { pieces, marked, basis, readings: Vec::new(), fault: None };
    let asked = basis.lang.and_then(|l| l.split(['-', '_']).next());
    if let Some(asked) = asked {
        // The language asked for settles it, English being understood everywhere.
        for code in [asked, "en"] {
            attempt.read_in(|l| l.code.eq_ignore_ascii_case(code), true);
            if !attempt.readings.is_empty() {
                break;
            }
        }
    }
    if attempt.readings.is_empty() {
        attempt.read_in(|l| HOME_LANGUAGES.contains(&l.code), true);
        attempt.read_in(|l| !HOME_LANGUAGES.contains(&l.code), false);
    }
    attempt.outcome(shown)
}

/// What the languages tried so far have made of an expression.
struct Attempt<'a> {
    pieces: Vec<Piece>,
    marked: Marked,
    basis: Basis<'a>,
    readings: Vec<DateRange>,
    fault: Option<Fault>,
}

impl Attempt<'_> {
    fn read_in(&mut self, wanted: impl Fn(&Lexicon) -> bool, abbreviations: bool) {
        for lexicon in lexicon::all().iter().filter(|l| wanted(l)) {
            let frame = Frame {
                today: self.basis.today,
                solar: matches!(lexicon.code, "fa" | "ps"),
                buddhist: lexicon.code == "th",
                figures_date: matches!(lexicon.code, "zh" | "ja" | "ko"),
            };
            let lattice = Lattice::new(&self.pieces, lexicon, abbreviations, &self.marked);
            let Some(lattice) = lattice else { continue };
            lattice.visit(&mut |sequence| match range(&normal(sequence), frame) {
                Ok(Some(reading)) => {
                    if !self.readings.contains(&reading) {
                        self.readings.push(reading);
                    }
                    true
                }
                Ok(None) => false,
                Err(fault) => {
                    self.fault.get_or_insert(fault);
                    false
                }
            });
        }
    }

    fn outcome(self, shown: &str) -> Result<DateRange, DateError> {
        let text = shown.to_owned();
        match (self.readings.as_slice(), self.fault) {
            ([only], _) => Ok(*only),
            ([], None) => Err(DateError::Unknown { text }),
            ([], Some(Fault::Impossible)) => Err(DateError::Impossible { text }),
            ([], Some(Fault::Weekday(day))) => Err(DateError::Weekday { day }),
            ([], Some(Fault::Backwards(from, to))) => Err(DateError::Backwards { from, to }),
            (_, _) => Err(DateError::Ambiguous { text, readings: self.readings }),
        }
    }
}

/// Drops what says nothing and joins what is one thing in two words.
fn normal(sequence: &[Meaning]) -> Vec<Meaning> {
    let mut out: Vec<Meaning> = Vec::with_capacity(sequence.len());
    for &meaning in sequence.iter().filter(|m| **m != Meaning::Filler) {
        let joined = match (out.last().copied(), meaning) {
            (Some(Meaning::Number(n)), Meaning::OrdinalMark) => Some(Meaning::Ordinal(n)),
            (Some(Meaning::OrdinalMark), Meaning::Number(n)) => Some(Meaning::Ordinal(n)),
            (Some(Meaning::Era(base)), Meaning::Number(n)) => era_year(base, n),
            (Some(Meaning::Rel(k)), Meaning::Unit(unit)) | (Some(Meaning::Unit(unit)), Meaning::Rel(k))
                if !matches!(unit, Unit::Day | Unit::Hour) =>
            {
                Some(Meaning::UnitRel(unit, k))
            }
            (Some(year @ Meaning::Number(1000..)), Meaning::Unit(Unit::Year))
            | (Some(Meaning::Unit(Unit::Year)), year @ Meaning::Number(1000..)) => Some(year),
            _ => None,
        };
        // "les 3 derniers mois" counts months: its words stay apart.
        let before_last = out.len().checked_sub(2).and_then(|i| out.get(i));
        let counted = matches!(before_last, Some(Meaning::Number(_)));
        match joined {
            Some(joined) if !(counted && matches!(joined, Meaning::UnitRel(..))) => {
                out.pop();
                out.push(joined);
            }
            Some(_) | None => out.push(meaning),
        }
    }
    out
}

fn era_year(base: i32, n: u32) -> Option<Meaning> {
    let year = base.checked_add(i32::try_from(n).ok()?)?;
    Some(Meaning::Number(u32::try_from(year).ok()?))
}

fn range(sequence: &[Meaning], frame: Frame) -> Found {
    if let Some(found) = period(sequence, frame)? {
        return Ok(Some(found));
    }
    if let Some(found) = open(sequence, frame)? {
        return Ok(Some(found));
    }
    closed(sequence, frame)
}

/// *since Monday*, *avant le 5 décembre*, *3日以降*.
fn open(sequence: &[Meaning], frame: Frame) -> Found {
    let (Some((first, tail)), Some((last, head))) = (sequence.split_first(), sequence.split_last()) else {
        return Ok(None);
    };
    for (word, rest) in [(*first, tail), (*last, head)] {
        let Some(make) = opener(word) else { continue };
        if let Some(found) = period(rest, frame)? {
            return Ok(make(found));
        }
        // "depuis 3 jours" counts from the day three days ago.
        if let (Meaning::Since, [Meaning::Number(n), Meaning::Unit(unit)]) = (word, rest) {
            let from = back(frame.today, i64::from(*n), *unit).ok_or(Fault::Impossible)?;
            return Ok(Some(DateRange { from: Some(from), to: None }));
        }
    }
    Ok(None)
}

fn opener(word: Meaning) -> Option<fn(DateRange) -> Option<DateRange>> {
    // A word of another kind opens nothing; the list of meanings is long and grows.
    match word {
        Meaning::Since => Some(|r| r.from.map(|from| DateRange { from: Some(from), to: None })),
        Meaning::Until => Some(|r| r.to.map(|to| DateRange { from: None, to: Some(to) })),
        Meaning::After => Some(|r| Some(DateRange { from: Some(r.to?.succ_opt()?), to: None })),
        Meaning::Before => Some(|r| Some(DateRange { from: None, to: Some(r.from?.pred_opt()?) })),
        _ => None,
    }
}

/// *du 1er au 5 décembre 2024*, *between May and June*, *2023 - 2024*.
fn closed(sequence: &[Meaning], frame: Frame) -> Found {
    let mut fault = None;
    for (at, word) in sequence.iter().enumerate() {
        let between = sequence.first() == Some(&Meaning::Between);
        if !(*word == Meaning::To || (*word == Meaning::And && between)) {
            continue;
        }
        let opened = matches!(sequence.first(), Some(Meaning::From | Meaning::Between));
        let (Some(left), right) = (sequence.get(usize::from(opened)..at), &sequence[at + 1..]) else { continue };
        match ends(left, right, frame) {
            Ok(Some(found)) => return Ok(Some(found)),
            Ok(None) => {}
            Err(found) => fault = fault.or(Some(found)),
        }
    }
    fault.map_or(Ok(None), Err)
}

/// Reads the two ends; each may leave to the other what both share: *2 to 5 December*.
fn ends(left: &[Meaning], right: &[Meaning], frame: Frame) -> Found {
    if left.is_empty() || right.is_empty() {
        return Ok(None);
    }
    let Some((right_read, to)) = right_end(left, right, frame) else { return Ok(None) };
    for own in 1..right.len() {
        let completed = [left, &right[own..]].concat();
        let Some(from) = from_of(&completed, frame) else { continue };
        // "28 décembre au 3 janvier 2025" begins in the year before.
        let from = if from > to {
            // "1 to 5 December", asked on the 4th, ends tomorrow.
            if let Some(end) = following_end(&right_read, from, frame) {
                return Ok(Some(DateRange::between(from, end)));
            }
            from_of(&year_before(&completed), frame)
        } else {
            Some(from)
        };
        return Ok(from.filter(|f| *f <= to).map(|f| DateRange::between(f, to)));
    }
    if matches!(left, [Meaning::Weekday(_)]) && right.len() > 1 {
        return Ok(None);
    }
    match period(left, frame)?.and_then(|r| r.from) {
        // "10 November to 5 January" ends in the year after, whatever today is.
        Some(from) if from > to => match following_end(&right_read, from, frame) {
            Some(to) => Ok(Some(DateRange::between(from, to))),
            None => Err(Fault::Backwards(from, to)),
        },
        from => Ok(from.map(|f| DateRange::between(f, to))),
    }
}

/// Reads the later end, with as much of the earlier one before it as it needs.
fn right_end(left: &[Meaning], right: &[Meaning], frame: Frame) -> Option<(Vec<Meaning>, NaiveDate)> {
    (0..left.len()).find_map(|shared| {
        let sequence = [&left[..shared], right].concat();
        let to = period(&sequence, frame).ok().flatten()?.to?;
        Some((sequence, to))
    })
}

/// Reads the later end as the first such weekday, day or month from `from` on, where no year is
/// given for it.
fn following_end(right: &[Meaning], from: NaiveDate, frame: Frame) -> Option<NaiveDate> {
    // From Monday to Friday: the Friday behind that Monday.
    if let [Meaning::Weekday(weekday)] = *right {
        return (0..7)
            .filter_map(|n| back(from, -n, Unit::Day))
            .find(|d| d.weekday().num_days_from_monday() == weekday);
    }
    let named = |m: &Meaning| matches!(m, Meaning::Month(_) | Meaning::SolarMonth(_));
    let dated = |m: &Meaning| matches!(m, Meaning::Number(1000..) | Meaning::Period(_));
    if !right.iter().any(named) || right.iter().any(dated) {
        return None;
    }
    let today = from.checked_add_months(chrono::Months::new(12))?.pred_opt()?;
    period(right, Frame { today, ..frame }).ok().flatten()?.to
}

fn from_of(sequence: &[Meaning], frame: Frame) -> Option<NaiveDate> {
    period(sequence, frame).ok().flatten().and_then(|r| r.from)
}

fn year_before(sequence: &[Meaning]) -> Vec<Meaning> {
    let earlier = |m: &Meaning| match *m {
        Meaning::Number(n) if n >= 1000 => Meaning::Number(n - 1),
        other => other,
    };
    sequence.iter().map(earlier).collect()
}
