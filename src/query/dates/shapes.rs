//! The shapes that a single period can have: *lundi dernier*, *2 décembre 2024*, *mi-mai*.
//!
//! One function a family, tried in order; each takes a whole sequence of meanings or
//! leaves it alone. An archive looks back: a day, month or feast without its year is the
//! most recent one that has begun.

use super::DateRange;
use super::calendar::{self, SOLAR_YEARS, Unit};
use super::feasts::feast;
use super::lexicon::Meaning as M;
use crate::data::calendars::BUDDHIST_YEARS;
use chrono::{Datelike, Days, NaiveDate};

/// Years further ahead than this are taken for something else than a Gregorian year.
const YEARS_AHEAD_MAX: i32 = 100;

/// Numbers from here on are years.
const YEAR_MIN: u32 = 100;

/// Units beyond which nobody counts back in words.
const COUNTED_MAX: u32 = 1_000;

/// What relative expressions count from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// The day called today.
    pub(super) today: NaiveDate,
    /// Whether a year of the Iranian calendar may stand alone.
    pub(super) solar: bool,
    /// Whether a year may be one of the Buddhist era.
    pub(super) buddhist: bool,
    /// Whether a number before a unit is a date: *3日*.
    pub(super) figures_date: bool,
}

/// Why a sequence in the shape of a date is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Impossible,
    /// The day has another weekday.
    Weekday(NaiveDate),
    Backwards(NaiveDate, NaiveDate),
}

/// The outcome of a rule: a period, nothing, or a fault.
pub(super) type Found = Result<Option<DateRange>, Fault>;

/// Reads a sequence without a range in it.
pub(super) fn period(sequence: &[M], frame: Frame) -> Found {
    const RULES: [fn(&[M], Frame) -> Found; 10] =
        [relative, counted, weekday, day, month, numbered, part, season, feast, decade_or_week];
    for rule in RULES {
        if let Some(found) = rule(sequence, frame)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn found(range: Option<DateRange>) -> Found {
    range.map(Some).ok_or(Fault::Impossible)
}

pub(super) fn found_day(day: Option<NaiveDate>) -> Found {
    found(day.map(DateRange::day))
}

/// Returns the year that a meaning stands for.
pub(super) fn year_of(meaning: M, frame: Frame) -> Option<i32> {
    match meaning {
        M::Number(n @ 2_400..=2_700) if frame.buddhist => i32::try_from(n).ok().map(|y| y - BUDDHIST_YEARS),
        M::Number(n) if n >= 1000 => i32::try_from(n).ok().filter(|&y| y <= frame.today.year() + YEARS_AHEAD_MAX),
        M::UnitRel(Unit::Year, k) => Some(frame.today.year() + k),
        _ => None,
    }
}

/// Returns the number of a day, of a week or of an hour: small numbers only.
fn small(meaning: M) -> Option<u32> {
    match meaning {
        M::Number(n) | M::Ordinal(n) if n < 100 => Some(n),
        _ => None,
    }
}

/// *yesterday*, *2024*, *la semaine dernière*, a date in figures.
fn relative(sequence: &[M], frame: Frame) -> Found {
    match *sequence {
        [M::Period(range)] => Ok(Some(range)),
        [M::Day(k)] => found_day(calendar::back(frame.today, -i64::from(k), Unit::Day)),
        [M::UnitRel(unit, k)] => found(calendar::unit_at(frame.today, k, unit)),
        [M::Unit(unit), M::BeforeLast] | [M::BeforeLast, M::Unit(unit)] if unit != Unit::Hour => {
            found(calendar::unit_at(frame.today, -2, unit))
        }
        [M::SoFar(unit)] => {
            let begun = calendar::unit_at(frame.today, 0, unit);
            found(begun.map(|r| DateRange { to: Some(frame.today), ..r }))
        }
        [y] => {
            let Some(year) = year_of(y, frame) else { return Ok(None) };
            let solar = frame.solar && SOLAR_YEARS.contains(&year);
            found(if solar { calendar::solar_year(year) } else { calendar::year(year) })
        }
        _ => Ok(None),
    }
}

/// *3 days ago*, *les 7 derniers jours*, *dans 2 semaines*.
fn counted(sequence: &[M], frame: Frame) -> Found {
    let ago = |n: u32, unit| found_day(calendar::back(frame.today, n.into(), unit));
    match *sequence {
        // Hours ago lie today or yesterday: a day cannot tell.
        [M::Number(_), M::Unit(Unit::Hour), M::Ago] | [M::Ago, M::Number(_), M::Unit(Unit::Hour)] => Ok(None),
        [M::AgoOf(n, unit)] | [M::Number(n), M::Unit(unit), M::Ago] | [M::Ago, M::Number(n), M::Unit(unit)] => {
            ago(n, unit)
        }
        // "Неделю назад", "week ago": one, untold.
        [M::Ago, M::Unit(unit)] | [M::Unit(unit), M::Ago] if unit != Unit::Hour => ago(1, unit),
        // "One year ago today".
        [M::Day(0), ref counting @ ..] | [ref counting @ .., M::Day(0)] if is_ago(counting) => counted(counting, frame),
        // "1 an" as "1y"; "2024年" is a year and "3日" a day of the month.
        [M::Number(n), M::Unit(unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year))]
            if n < YEAR_MIN && !frame.figures_date && (n > 1 || unit != Unit::Day) =>
        {
            ago(n, unit)
        }
        [M::Ago, M::Dual(unit)] | [M::Dual(unit), M::Ago] => ago(2, unit),
        [M::In, M::Number(n), M::Unit(unit)] | [M::Number(n), M::Unit(unit), M::In] => {
            found_day(calendar::back(frame.today, -i64::from(n), unit))
        }
        [M::Rel(k), M::Number(n), M::Unit(unit)]
        | [M::Number(n), M::Rel(k), M::Unit(unit)]
        | [M::Number(n), M::Unit(unit), M::Rel(k)] => run(k, n, unit, frame),
        [M::Dual(unit), M::Rel(k)] | [M::Rel(k), M::Dual(unit)] => run(k, 2, unit, frame),
        [M::Run(days), M::Rel(k)] | [M::Rel(k), M::Run(days)] => run(k, days, Unit::Day, frame),
        [M::Ago, M::Run(days)] | [M::Run(days), M::Ago] => ago(days, Unit::Day),
        [M::Number(n), M::Run(days), M::Ago] | [M::Ago, M::Number(n), M::Run(days)] => {
            ago(n.saturating_mul(days), Unit::Day)
        }
        _ => Ok(None),
    }
}

/// Tells whether so many units ago is told.
fn is_ago(sequence: &[M]) -> bool {
    sequence.iter().any(|m| matches!(m, M::Ago | M::AgoOf(..)))
}

fn run(k: i32, n: u32, unit: Unit, frame: Frame) -> Found {
    match k {
        // So many are a year: 2024年上半年.
        _ if n >= COUNTED_MAX => Ok(None),
        -1 => found(calendar::trailing(frame.today, n, unit)),
        1 => found(calendar::leading(frame.today, n, unit)),
        _ => Ok(None),
    }
}

/// *lundi*, *last Monday*, *上周一*; and a weekday beside a date, which must agree.
fn weekday(sequence: &[M], frame: Frame) -> Found {
    let today = frame.today;
    match *sequence {
        [M::Weekday(w)] => found_day(calendar::recent_weekday(today, w, true)),
        [M::WeekdayRel(w, k)] | [M::Weekday(w), M::Rel(k)] | [M::Rel(k), M::Weekday(w)] => found_day(match k {
            -1 => calendar::recent_weekday(today, w, false),
            0 => calendar::weekday_in_week(today, 0, w),
            _ => calendar::recent_weekday(today, w, true).and_then(|d| d.checked_add_days(Days::new(7))),
        }),
        [M::WeekWeekday(w, k)]
        | [M::Weekday(w), M::UnitRel(Unit::Week, k)]
        | [M::UnitRel(Unit::Week, k), M::Weekday(w)] => found_day(calendar::weekday_in_week(today, k, w)),
        [M::Weekday(w), ref rest @ ..] | [ref rest @ .., M::Weekday(w)] => {
            match day(rest, frame)?.or(only_day(rest)).and_then(DateRange::single_day) {
                None => Ok(None),
                Some(day) if day.weekday().num_days_from_monday() == w => Ok(Some(DateRange::day(day))),
                Some(day) => Err(Fault::Weekday(day)),
            }
        }
        _ => Ok(None),
    }
}

fn only_day(sequence: &[M]) -> Option<DateRange> {
    match *sequence {
        [M::Period(range)] => Some(range),
        _ => None,
    }
}

/// *2 décembre 2024*, *December 2nd*, *2024年12月2日*, *۱۲ آذر ۱۴۰۳*.
fn day(sequence: &[M], frame: Frame) -> Found {
    let today = frame.today;
    // Split off the year, then the day; what is left must be the month.
    let (head, year) = match *sequence {
        [a, b, y] | [y, a, b] if year_of(y, frame).is_some() => ([a, b], year_of(y, frame)),
        [a, b] | [a, b, M::Rel(_)] => ([a, b], None),
        _ => return Ok(None),
    };
    let rel = match sequence {
        [_, _, M::Rel(k)] => Some(*k),
        _ => None,
    };
    let (number, month) = match head {
        [n, m @ (M::Month(_) | M::SolarMonth(_))] | [m @ (M::Month(_) | M::SolarMonth(_)), n] => (small(n), m),
        _ => return Ok(None),
    };
    let Some(number) = number else { return Ok(None) };
    let in_year = |y: i32| match month {
        M::SolarMonth(m) => calendar::solar_day(y, m, number),
        M::Month(m) => NaiveDate::from_ymd_opt(y, m, number),
        _ => None,
    };
    match year {
        Some(year) => found_day(in_year(year)),
        None => {
            let base = if matches!(month, M::SolarMonth(_)) { today.year() - 621 } else { today.year() };
            found_day(nearest_of(base, rel, today, in_year))
        }
    }
}

/// Picks from the years around `base` the day that comes last before `today`, which
/// counts unless `rel` says *last*; with *next* the first after it.
///
/// Eight years back, for the sake of 29 February.
pub(super) fn nearest_of(
    base: i32,
    rel: Option<i32>,
    today: NaiveDate,
    in_year: impl Fn(i32) -> Option<NaiveDate>,
) -> Option<NaiveDate> {
    match rel {
        Some(0) => in_year(base),
        Some(k) if k > 0 => (base..=base + 8).filter_map(in_year).find(|d| *d > today),
        last => (base - 8..=base + 1).rev().filter_map(in_year).find(|d| *d < today || (last.is_none() && *d == today)),
    }
}

/// *octobre*, *last May*, *December 2024*, *آذر ۱۴۰۳*.
fn month(sequence: &[M], frame: Frame) -> Found {
    let sequence = match sequence {
        [M::Unit(Unit::Month), rest @ ..] => rest,
        whole => whole,
    };
    let (month, year, rel) = match *sequence {
        [m] => (m, None, None),
        [m, M::Rel(k)] | [M::Rel(k), m] => (m, None, Some(k)),
        [a, b] => match (year_of(a, frame), year_of(b, frame)) {
            (None, Some(y)) => (a, Some(y), None),
            (Some(y), None) => (b, Some(y), None),
            _ => return Ok(None),
        },
        _ => return Ok(None),
    };
    let in_year = |y: i32| match month {
        M::Month(m) => calendar::month(y, m),
        M::SolarMonth(m) => calendar::solar_month(y, m),
        _ => None,
    };
    let base = match month {
        M::Month(_) => frame.today.year(),
        M::SolarMonth(_) => frame.today.year() - 621,
        _ => return Ok(None),
    };
    match (year, rel) {
        (Some(year), _) => found(in_year(year)),
        (None, rel) => found(nearest_period(base, rel, frame.today, in_year)),
    }
}

/// As [`nearest_of`] for periods: the last that has begun; with *last* that has ended.
fn nearest_period(
    base: i32,
    rel: Option<i32>,
    today: NaiveDate,
    in_year: impl Fn(i32) -> Option<DateRange>,
) -> Option<DateRange> {
    let begun = |r: &DateRange| r.from.is_some_and(|f| f <= today);
    let ended = |r: &DateRange| r.to.is_some_and(|t| t < today);
    match rel {
        Some(0) => in_year(base),
        Some(k) if k > 0 => (base..=base + 1).filter_map(in_year).find(|r| !begun(r)),
        Some(_) => (base - 2..=base).rev().filter_map(in_year).find(ended),
        None => (base - 1..=base + 1).rev().filter_map(in_year).find(begun),
    }
}

/// *Q3 2024*, *troisième trimestre*, *S1 2024*, *week 49*, *semaine 49 de 2024*.
fn numbered(sequence: &[M], frame: Frame) -> Found {
    let (rest, year) = split_year(sequence, frame);
    let (unit, n) = match *rest {
        [M::HalfYear(n)] => (Unit::Half, n),
        [M::Unit(unit), n] => match small(n) {
            Some(n) => (unit, n),
            None => return Ok(None),
        },
        [M::Ordinal(n), M::Unit(unit)] => (unit, n),
        // "3. Quartal 2024": the stop of an ordinal is not kept.
        [M::Number(n), M::Unit(unit @ (Unit::Quarter | Unit::Half))] if year.is_some() => (unit, n),
        _ => return Ok(None),
    };
    let in_year = |y: i32| match unit {
        Unit::Quarter => calendar::quarter(y, n),
        Unit::Half => calendar::half(y, n),
        Unit::Week => calendar::iso_week(y, n),
        Unit::Day | Unit::Weekend | Unit::Month | Unit::Year | Unit::Decade | Unit::Hour => None,
    };
    if !matches!(unit, Unit::Quarter | Unit::Half | Unit::Week) {
        return Ok(None);
    }
    found(match year {
        Some(year) => in_year(year),
        None => nearest_period(frame.today.year(), None, frame.today, in_year),
    })
}

fn split_year(sequence: &[M], frame: Frame) -> (&[M], Option<i32>) {
    match sequence {
        [rest @ .., y] | [y, rest @ ..] if year_of(*y, frame).is_some() => (rest, year_of(*y, frame)),
        whole => (whole, None),
    }
}

/// *mi-novembre*, *fin 2023*, *début du mois*, *本月底*.
fn part(sequence: &[M], frame: Frame) -> Found {
    let (part, rest) = match *sequence {
        [M::UnitPart(part, unit)] => {
            return Ok(calendar::unit_at(frame.today, 0, unit).and_then(|r| calendar::third(r, part)));
        }
        [M::Part(p), ref rest @ ..] | [ref rest @ .., M::Part(p)] => (p, rest),
        _ => return Ok(None),
    };
    let whole = match *rest {
        [M::Unit(unit @ (Unit::Month | Unit::Year))] => calendar::unit_at(frame.today, 0, unit),
        _ => match relative(rest, frame)? {
            Some(whole) => Some(whole),
            None => month(rest, frame)?,
        },
    };
    Ok(whole.and_then(|r| calendar::third(r, part)))
}

/// *summer 2024*, *l'été dernier*, *hiver 2023-2024*: three months from March, June,
/// September, December, as weather services count.
fn season(sequence: &[M], frame: Frame) -> Found {
    let begin = |n: u32, y: i32| calendar::months(y, 3 * (n + 1), 3);
    let (n, rel) = match *sequence {
        [M::Season(3), a, M::To, b] => {
            return match (year_of(a, frame), year_of(b, frame)) {
                (Some(a), Some(b)) if b == a + 1 => found(begin(3, a)),
                _ => Err(Fault::Impossible),
            };
        }
        [M::Season(n)] => (n, None),
        [M::Season(n), M::Rel(k)] | [M::Rel(k), M::Season(n)] => (n, Some(k)),
        [M::Season(n), y] | [y, M::Season(n)] => {
            let Some(year) = year_of(y, frame) else { return Ok(None) };
            // "Winter 2024" is two winters: left to be asked for by both years.
            return if n == 3 { Ok(None) } else { found(begin(n, year)) };
        }
        _ => return Ok(None),
    };
    let (base, today) = (frame.today.year(), frame.today);
    if rel == Some(0) {
        // "Cet hiver" in March is the one just gone.
        let away = |r: &DateRange| match (r.from, r.to) {
            (Some(from), Some(to)) => (from - today).num_days().max((today - to).num_days()).max(0),
            _ => i64::MAX,
        };
        return found((base - 1..=base + 1).filter_map(|y| begin(n, y)).min_by_key(away));
    }
    found(nearest_period(base, rel, today, |y| begin(n, y)))
}

/// *the 1990s*, *années 90*; *semaine du 2 décembre*, the week that holds a day.
fn decade_or_week(sequence: &[M], frame: Frame) -> Found {
    match *sequence {
        [M::Number(n), M::DecadeMark] | [M::Decade, M::Number(n)] | [M::DecadeOf(n)] => {
            let Ok(n) = i32::try_from(n) else { return Ok(None) };
            let century = frame.today.year() - frame.today.year().rem_euclid(100);
            let first = match n {
                0..=99 if century + n > frame.today.year() => century - 100 + n,
                0..=99 => century + n,
                _ => n,
            };
            if n % 10 == 0 { found(calendar::decade(first)) } else { Ok(None) }
        }
        [M::Unit(Unit::Week), ref rest @ ..] => {
            let day = match weekday(rest, frame)? {
                Some(range) => Some(range),
                None => day(rest, frame)?.or(only_day(rest)),
            };
            Ok(day.and_then(DateRange::single_day).and_then(calendar::week_of))
        }
        _ => Ok(None),
    }
}
