//! What an expression means, told from the day of filing and from what went before it.
//!
//! A dispatch looks back: a day without its year is the last one that was, unless its
//! sentence looks ahead or the coming one is near and the past one far. Without a day of
//! filing, what depends on it keeps the unknown places of its value as `X`.

mod clocks;
mod counts;
mod ends;
mod periods;

use super::amounts::{decade, duration, set, spelt_year};
use super::captures::{Captures, Read};
use super::partial::{Partial, by_weekday, nearest_day, other_month, part_of};
use super::value::{self, Value, add_days, add_months, part_name};
use crate::data::calendars;
use crate::data::times::{Build, Kind, PARTS, UNITS, unpack};
use crate::story::TimeKind;
use chrono::{Datelike, NaiveDate};
use counts::{Anchor, without_base};

/// What an expression means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub(crate) kind: TimeKind,
    pub(crate) value: Option<Value>,
    /// Whether it depends on the day of filing.
    pub(crate) relative: bool,
    /// Whether it also depends on where it lies from that day, and nothing tells that for
    /// certain.
    pub(crate) doubtful: bool,
}

/// Resolves the expressions of one story in order.
#[derive(Clone)]
pub(crate) struct Resolver {
    reference: Option<NaiveDate>,
    /// The day last spoken of.
    day: Option<NaiveDate>,
    /// The same, while its sentence or the next one is read.
    day_near: Option<NaiveDate>,
    /// Whether nothing between that day and the expression at hand parts the two.
    day_linked: bool,
    /// Whether nothing tells for certain which day that is.
    day_doubtful: bool,
    /// What amounts are counted from: the day, week, month or year last spoken of.
    anchor: Option<Anchor>,
    /// The time of day right before, with its day.
    clock: Option<(NaiveDate, i32)>,
    /// Whether the value at hand is only the likeliest.
    unsure: bool,
    /// The quarter last spoken of and its sentence.
    quarter: Option<(i32, u32, u32)>,
    /// The value of the last part of a day.
    part: Option<Value>,
    /// Whether the expression right before is an afternoon or an evening.
    late: bool,
    /// The first day of the expression right before.
    before: Option<NaiveDate>,
    sentence: u32,
    thai: bool,
    /// Whether years of the Iranian calendar stand alone.
    solar: bool,
    /// Whether decades of a full hundred are the century: *1700-talet*.
    by_hundreds: bool,
    /// The country in which the story was filed.
    country: Option<[u8; 2]>,
}

impl Resolver {
    pub(crate) fn new(reference: Option<NaiveDate>, lang: Option<&str>, country: Option<[u8; 2]>) -> Resolver {
        Resolver {
            reference,
            day: None,
            day_near: None,
            day_linked: false,
            day_doubtful: false,
            anchor: None,
            clock: None,
            unsure: false,
            quarter: None,
            part: None,
            late: false,
            before: None,
            sentence: 0,
            thai: lang == Some("th"),
            solar: matches!(lang, Some("fa" | "ps")),
            by_hundreds: matches!(lang, Some("sv" | "no" | "nb" | "nn" | "fi")),
            country,
        }
    }

    /// Resolves the next expression; `behind` are those that follow it.
    pub(crate) fn next(&mut self, read: &Read, behind: &[Read]) -> Resolved {
        if read.sentence > self.sentence + 1 {
            self.day_near = None;
        }
        self.day_linked &= read.between.is_linked();
        self.sentence = read.sentence;
        self.unsure = false;
        let absolute = read.build == Build::Date && read.captures.get(Kind::Yyyy).is_some();
        let turns = self.turns(read, behind) || (self.day_doubtful && means_a_day_before(read));
        let value = self.value(read, behind).map(|v| if read.ends_stretch { self.not_before(v, read) } else { v });
        let doubtful = turns || self.unsure;
        let days = value.as_ref().and_then(|v| v.days);
        let kind = match kind_of(read) {
            TimeKind::Duration if days.is_some() => TimeKind::Date,
            kind => kind,
        };
        self.before = days.map(|d| d.0);
        self.late = value.as_ref().is_some_and(|v| v.text.ends_with("TAF") || v.text.ends_with("TEV"));
        let relative = !absolute && !matches!(kind, TimeKind::Duration | TimeKind::Set);
        if let Some((value, (from, to))) = value.as_ref().zip(days) {
            if from == to {
                self.day = Some(from);
                self.day_near = Some(from);
                self.day_linked = true;
                self.day_doubtful = doubtful;
            }
            self.move_anchor(read, (from, to), doubtful, absolute && kind == TimeKind::Date);
            if kind == TimeKind::Time {
                self.part = Some(value.clone());
            }
        }
        Resolved { kind, value, relative, doubtful }
    }

    /// Tells whether an expression would be another time if its sentence looked the other way,
    /// and no verb of its own tells which way it looks.
    fn turns(&self, read: &Read, behind: &[Read]) -> bool {
        let turns = match read.build {
            Build::Date | Build::Days | Build::Time => read.captures.get(Kind::Yyyy).is_none(),
            Build::Weekday | Build::Season | Build::Quarter | Build::Feast => true,
            Build::Hence => is_from_either(&read.captures),
            Build::Day => read.captures.get(Kind::Day).is_some_and(|d| d > EITHER_SIDE),
            _ => false,
        };
        if read.sure || !turns || self.reference.is_none() {
            return false;
        }
        let turned = |ahead: bool| self.clone().value(&Read { lean: Some(ahead), sure: true, ..*read }, behind);
        turned(true) != turned(false)
    }

    fn value(&mut self, read: &Read, behind: &[Read]) -> Option<Value> {
        let c = &read.captures;
        let ahead = read.lean == Some(true);
        match read.build {
            Build::Date | Build::Days if read.yearly => Some(yearly(c)),
            Build::Date => self.date(c, new_style(c), read).map(|v| moved(v, c)),
            Build::Days => self.date(c, None, read),
            Build::Weekday if c.get(Kind::Month).is_some() => self.weekday_of_month(c, read.lean),
            Build::Weekday => self.weekday(c, read).map(|v| moved(v, c)),
            Build::Day => self.near_day(c, ahead),
            Build::Unit => self.unit(c, read),
            Build::Ago | Build::Hence if read.of_noun => counts::of_noun(c),
            Build::Ago | Build::AgoDay => self.away(c, -1, self.reference, read.build == Build::AgoDay),
            Build::Hence if is_from_either(c) && read.lean == Some(false) => self.counted(read, 1, behind),
            Build::Hence => self.away(c, 1, self.reference, false),
            Build::Earlier | Build::EarlierThan => self.counted(read, -1, behind).map(|v| with_part(v, c)),
            Build::Later | Build::LaterThan => self.counted(read, 1, behind).map(|v| with_part(v, c)),
            Build::Before => self.counted_from_behind(read, -1, behind).or_else(|| without_base(c)),
            Build::After => self.counted_from_behind(read, 1, behind).or_else(|| without_base(c)),
            Build::YearBack => self.year_back(c),
            Build::Duration => duration(c),
            Build::Set => set(c),
            Build::Season => self.season(c, ahead),
            Build::Quarter => self.quarter(c, ahead),
            Build::SameQuarter => self.same_quarter(),
            Build::Time => self.time(c, read, behind),
            Build::Feast => self.feast(c, ahead).map(|v| moved(v, c)),
            Build::Decade => decade(c, self.by_hundreds),
            Build::Century => c.get(Kind::Roman).or(c.get(Kind::Ord)).or(c.get(Kind::Num)).and_then(value::century),
            Build::Ref => Some(Value::bare(
                ["PRESENT_REF", "PAST_REF", "FUTURE_REF"][usize::try_from(c.get(Kind::Ref)?).ok()?.min(2)],
            )),
            Build::Same => self.same(c),
            Build::SpeltYear => spelt_year(c).and_then(value::year),
            Build::Skip => None,
        }
    }

    fn date(&mut self, c: &Captures, day: Option<u32>, read: &Read) -> Option<Value> {
        let (lean, ahead) = (read.lean, read.lean == Some(true));
        let mut p = Partial::of(c, self.reference.map(|r| r.year()), self.thai);
        p.day = day.or(p.day);
        // The day of a calendar by sighting is told within days.
        let of_day = |day: NaiveDate| match p.month {
            Some((Kind::Hijri, _)) => value::lunar(day),
            _ => Some(value::day(day)),
        };
        if ambiguous(c) {
            return p.year.map(|year| Value::bare(format!("{year:04}-XX-XX")));
        }
        let with_part = |v: Value| match c.get(Kind::Part) {
            Some(part) => Value { text: format!("{}T{}", v.text, part_name(part)), days: v.days },
            None => v,
        };
        // "98年5月12日": a year of a calendar that nothing names.
        if p.year.is_none() && c.get(Kind::Num).is_some() && p.day.is_some() && p.month.is_some() {
            return Some(yearly(c));
        }
        match (p.year, p.month, p.day) {
            (Some(year), Some(_), Some(_)) => p.in_year(year).and_then(of_day).map(with_part),
            (Some(year), Some((Kind::Month, month)), None) => value::month(year, month),
            (Some(year), Some((kind, month)), None) => other_month(kind, year, month),
            (Some(year), None, _) if self.solar && calendars::SOLAR_YEARS.contains(&year) => {
                let days = (calendars::solar_day(year, 1, 1)?, calendars::solar_day(year + 1, 1, 1)?.pred_opt()?);
                Some(Value { text: days.0.format("%Y").to_string(), days: Some(days) })
            }
            (Some(year), None, _) => value::year(year),
            (None, None, Some(day)) => self.day_of_month(c, day, lean).map(with_part),
            (None, Some((kind, month)), Some(day)) => {
                let Some(near) = self.reference else {
                    return Some(Value::bare(match kind {
                        Kind::Month => format!("XXXX-{month:02}-{day:02}"),
                        _ => "XXXX-XX-XX".to_owned(),
                    }));
                };
                // "El próximo 12 de diciembre".
                let lean = c.get(Kind::Rel).map_or(lean, |rel| Some(rel > 0));
                let sure = read.sure || c.get(Kind::Rel).is_some();
                self.year_by_rel(c)
                    .map_or_else(|| nearest_day(&p, near, lean, sure), |year| p.in_year(year))
                    .and_then(of_day)
                    .map(with_part)
            }
            (None, Some((Kind::Month, month)), None) => {
                let Some(near) = self.reference else { return Some(Value::bare(format!("XXXX-{month:02}"))) };
                if let Some(year) = self.year_by_rel(c) {
                    return value::month(year, month);
                }
                let year = match c.get(Kind::Rel) {
                    Some(-1) => near.year() - i32::from(month >= near.month()),
                    Some(0) => near.year(),
                    Some(_) => near.year() + i32::from(month <= near.month()),
                    None if ahead => near.year() + i32::from(month < near.month()),
                    None => near.year() - i32::from(month > near.month()),
                };
                value::month(year, month)
            }
            _ => None,
        }
    }

    /// *2日*: where the sentence looks neither way the nearest day of that number.
    fn day_of_month(&self, c: &Captures, day: u32, lean: Option<bool>) -> Option<Value> {
        let unknown = || Some(Value::bare(format!("XXXX-XX-{day:02}")));
        let Some(near) = self.reference else { return unknown() };
        let of = |months: i32| add_months(near.with_day(1)?, months)?.with_day(day);
        // "先月15日", "the 15th of last month".
        if let Some(months) = rel_of(c, "month") {
            return of(months).map(value::day);
        }
        // "오는 20일".
        let lean = c.get(Kind::Rel).map_or(lean, |rel| Some(rel > 0));
        let past = [0, -1, -2].into_iter().filter_map(of).find(|d| *d <= near);
        let next = [0, 1, 2].into_iter().filter_map(of).find(|d| *d > near);
        let found = match (past, next, lean) {
            // What looks back may still name the day after: a dispatch is filed at night.
            (Some(past), Some(next), lean) => {
                let (back, on) = ((near - past).num_days(), (next - near).num_days());
                let forward = match lean {
                    Some(true) => back > 1,
                    Some(false) => on <= 1,
                    None => on < back,
                };
                Some(if forward { next } else { past })
            }
            (past, next, _) => past.or(next),
        };
        // *Martes y 13*: a day that is of another weekday is none of those near.
        let weekday = c.get(Kind::Weekday).and_then(|w| u32::try_from(w).ok());
        if weekday.is_some_and(|w| found.is_none_or(|d| d.weekday().num_days_from_monday() != w)) {
            return unknown();
        }
        found.map(value::day)
    }

    /// *April next year*, *the 3rd of May last year*.
    fn year_by_rel(&self, c: &Captures) -> Option<i32> {
        Some(self.reference?.year() + rel_of(c, "year")?)
    }

    fn weekday(&mut self, c: &Captures, read: &Read) -> Option<Value> {
        let ahead = read.lean == Some(true);
        let day = if let Some((weeks, weekday)) = c.get(Kind::WeekWeekday).map(unpack) {
            let Some(near) = self.reference else { return Some(Value::bare(format!("XXXX-WXX-{}", weekday + 1))) };
            let monday = add_days(near, -i64::from(near.weekday().num_days_from_monday()))?;
            add_days(monday, 7 * i64::from(weeks) + i64::from(weekday))?
        } else {
            let weekday = u32::try_from(c.get(Kind::Weekday)?).ok()?;
            let Some(near) = self.reference else {
                let part = c.get(Kind::Part).map_or(String::new(), |p| format!("T{}", part_name(p)));
                return Some(Value::bare(format!("XXXX-WXX-{}{part}", weekday + 1)));
            };
            match rel_of(c, "week") {
                Some(weeks) => {
                    let monday = add_days(near, -i64::from(near.weekday().num_days_from_monday()))?;
                    add_days(monday, 7 * i64::from(weeks) + i64::from(weekday))?
                }
                None => by_weekday(near, weekday, c.get(Kind::Rel), ahead)?,
            }
        };
        Some(part_of(day, c))
    }

    /// *The third Monday of January*, *the last Friday in May*.
    fn weekday_of_month(&self, c: &Captures, lean: Option<bool>) -> Option<Value> {
        let unsigned = |k| c.get(k).and_then(|v| u32::try_from(v).ok());
        let (month, weekday) = (unsigned(Kind::Month)?, unsigned(Kind::Weekday)?);
        let nth = unsigned(Kind::Ord);
        if nth.is_none() && c.get(Kind::Rel) != Some(-1) {
            return Some(Value::bare(format!("XXXX-{month:02}-XX")));
        }
        let in_year = |year: i32| {
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            let to_weekday = (weekday + 7 - first.weekday().num_days_from_monday()) % 7;
            let days = (0..5).filter_map(|week| add_days(first, (to_weekday + 7 * week).into()));
            let mut days = days.filter(|d| d.month() == month);
            match nth {
                Some(n) => days.nth(usize::try_from(n).ok()?.checked_sub(1)?),
                None => days.next_back(),
            }
        };
        let rel =
            if c.get(Kind::UnitRel).is_some() || c.get(Kind::Unit).is_some() { self.year_by_rel(c) } else { None };
        if let Some(year) = c.get(Kind::Yyyy).or(rel) {
            return in_year(year).map(value::day);
        }
        let Some(near) = self.reference else { return Some(Value::bare(format!("XXXX-{month:02}-XX"))) };
        let days = || (near.year() - 1..=near.year() + 1).filter_map(in_year);
        let (past, next) = (days().filter(|d| *d <= near).max()?, days().filter(|d| *d > near).min()?);
        let forward = lean.unwrap_or(next - near < near - past);
        Some(value::day(if forward { next } else { past }))
    }

    fn near_day(&mut self, c: &Captures, ahead: bool) -> Option<Value> {
        if let Some((offset, part)) = c.get(Kind::DayPart).map(unpack) {
            let Some(near) = self.reference else {
                return Some(Value::bare(format!("XXXX-XX-XXT{}", part_name(part))));
            };
            let day = add_days(near, offset.into())?;
            return Some(Value { text: format!("{}T{}", value::shown(day), part_name(part)), days: Some((day, day)) });
        }
        let offset = c.get(Kind::Day).map(|d| of_either_side(d, ahead)).or(c.get(Kind::Rel))?;
        let Some(near) = self.reference else { return Some(Value::bare("XXXX-XX-XX")) };
        Some(part_of(add_days(near, offset.into())?, c))
    }
}

/// What days beyond it in a table lie on either side of today: *कल* is yesterday and tomorrow.
const EITHER_SIDE: i32 = 100;

/// Returns the days from today of a word; of one that tells no side, to the one that its sentence
/// looks to.
fn of_either_side(day: i32, ahead: bool) -> i32 {
    match day - EITHER_SIDE {
        days @ 1.. if ahead => days,
        days @ 1.. => -days,
        _ => day,
    }
}

/// A day with the part of it that is told, *le lendemain matin*.
fn with_part(value: Value, c: &Captures) -> Value {
    match value.days {
        Some((from, to)) if from == to => part_of(from, c),
        _ => value,
    }
}

/// Tells whether an expression names no day of its own but means the one last spoken of.
fn means_a_day_before(read: &Read) -> bool {
    read.build == Build::Same
}

/// Tells whether an expression names a day: of its own, or beside a time of day.
fn names_a_day(read: &Read) -> bool {
    let has = |kind: Kind| read.captures.get(kind).is_some();
    match read.build {
        Build::Weekday | Build::Day | Build::Feast => true,
        Build::Date | Build::Days => has(Kind::Dd) || has(Kind::Figures),
        Build::Time => [Kind::Dd, Kind::Figures, Kind::Weekday, Kind::Day, Kind::DayPart].into_iter().any(has),
        _ => false,
    }
}

/// Tells whether an amount to come may also be counted from what was last spoken of: *через два
/// дня*, *两天后*.
fn is_from_either(c: &Captures) -> bool {
    const EITHER: i32 = 2;
    c.get(Kind::Hence) == Some(EITHER)
}

/// Returns how many units of a name from this one an expression tells: *next week Tuesday*, *of
/// last month*.
fn rel_of(c: &Captures, unit: &str) -> Option<i32> {
    let is = |n: i32| UNITS.get(usize::try_from(n).ok()?).filter(|u| **u == unit);
    if let Some((offset, n)) = c.get(Kind::UnitRel).map(unpack)
        && is(n).is_some()
    {
        return Some(offset);
    }
    c.get(Kind::Unit).and_then(is).and(c.get(Kind::Rel))
}

/// *The night to Sunday*, *the eve of Christmas*: the day that lies so many days from the one
/// that is named.
fn moved(value: Value, c: &Captures) -> Value {
    let part = c.get(Kind::DayPart).map(unpack);
    let Some(days) = part.map(|p| p.0).or(c.get(Kind::Day)) else { return value };
    let (Some((from, to)), suffix) = (value.days, part.map(|p| format!("T{}", part_name(p.1)))) else { return value };
    match add_days(from, days.into()).filter(|_| from == to) {
        Some(day) => Value { text: value::shown(day) + suffix.as_deref().unwrap_or(""), days: Some((day, day)) },
        None => value,
    }
}

/// A day of every year.
fn yearly(c: &Captures) -> Value {
    let unsigned = |k| c.get(k).and_then(|v| u32::try_from(v).ok());
    Value::bare(match (unsigned(Kind::Month), unsigned(Kind::Dd)) {
        (Some(month), Some(day)) => format!("XXXX-{month:02}-{day:02}"),
        _ => "XXXX-XX-XX".to_owned(),
    })
}

/// *12/25 January 1905*: of two days as far apart as the Julian calendar lies behind ours, the
/// second is of ours.
fn new_style(c: &Captures) -> Option<u32> {
    const JULIAN_DAYS_BEHIND: std::ops::RangeInclusive<i32> = 10..=13;
    let (old, new) = (c.get(Kind::Dd)?, c.nth(Kind::Dd, 1)?);
    (JULIAN_DAYS_BEHIND.contains(&(new - old)) && c.get(Kind::Month).is_some()).then_some(new)?.try_into().ok()
}

/// Tells whether day and month could be the other way round.
fn ambiguous(c: &Captures) -> bool {
    c.get(Kind::Figures) == Some(1)
}

fn kind_of(read: &Read) -> TimeKind {
    let c = &read.captures;
    match read.build {
        // What they count from is not always known.
        Build::Duration | Build::Before | Build::After if c.get(Kind::Step).is_none() => TimeKind::Duration,
        Build::Set => TimeKind::Set,
        Build::Time => TimeKind::Time,
        Build::Day | Build::Weekday | Build::Date if c.get(Kind::DayPart).is_some() => TimeKind::Time,
        _ if c.get(Kind::Part).is_some_and(|p| PARTS.get(p as usize) != Some(&"DT")) => TimeKind::Time,
        _ => TimeKind::Date,
    }
}
