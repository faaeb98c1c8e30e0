//! What an expression means, told from the day of filing and from what went before it.
//!
//! A dispatch looks back: a day without its year is the last one that was, unless its
//! sentence looks ahead or the coming one is near and the past one far. Without a day of
//! filing, what depends on it keeps the unknown places of its value as `X`.

mod periods;

use super::amounts::{decade, duration, set, spelt_year};
use super::captures::{Captures, Read};
use super::partial::{Partial, by_weekday, nearest_day, other_month, part_of};
use super::value::{self, Value, add_days, add_months, part_name};
use crate::data::calendars;
use crate::data::times::{Build, Kind, PARTS, UNITS, unpack};
use crate::story::TimeKind;
use chrono::{Datelike, NaiveDate};

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
    /// The day that stands right behind a time of day.
    day_behind: Option<NaiveDate>,
    /// Whether nothing tells for certain which day that is.
    day_doubtful: bool,
    /// The first day of the day, week or month last spoken of.
    anchor: Option<NaiveDate>,
    /// The year last spoken of by itself, where nothing nearer was since.
    year_said: Option<i32>,
    /// The quarter last spoken of and its sentence.
    quarter: Option<(i32, u32, u32)>,
    /// The value of the last part of a day.
    part: Option<Value>,
    /// The first day of the expression right before.
    before: Option<NaiveDate>,
    sentence: u32,
    thai: bool,
    /// Whether years of the Iranian calendar stand alone.
    solar: bool,
}

impl Resolver {
    pub(crate) fn new(reference: Option<NaiveDate>, lang: Option<&str>) -> Resolver {
        Resolver {
            reference,
            day: None,
            day_near: None,
            day_behind: None,
            day_doubtful: false,
            anchor: None,
            year_said: None,
            quarter: None,
            part: None,
            before: None,
            sentence: 0,
            thai: lang == Some("th"),
            solar: matches!(lang, Some("fa" | "ps")),
        }
    }

    /// Resolves the next expression; `behind` is the one that follows it.
    pub(crate) fn next(&mut self, read: &Read, behind: Option<&Read>) -> Resolved {
        if read.sentence > self.sentence + 1 {
            self.day_near = None;
        }
        self.sentence = read.sentence;
        self.day_behind = behind.filter(|b| read.build == Build::Time && is_day_beside(read, b)).and_then(|b| {
            let (from, to) = self.clone().value(b)?.days?;
            (from == to).then_some(from)
        });
        let kind = kind_of(read);
        let absolute = read.build == Build::Date && read.captures.get(Kind::Yyyy).is_some();
        let doubtful = match (self.day_behind, behind) {
            (Some(_), Some(behind)) => self.is_doubtful(behind),
            _ => {
                let counts = matches!(read.build, Build::Earlier | Build::Later);
                let from_nothing = counts && self.anchor.is_none() && self.year_said.is_none();
                self.is_doubtful(read) || from_nothing || (self.day_doubtful && counts_from_a_day(read))
            }
        };
        let value = self.value(read).map(|v| if read.ends_stretch { self.not_before(v, read) } else { v });
        self.before = value.as_ref().and_then(|v| v.days).map(|d| d.0);
        let relative = !absolute && !matches!(kind, TimeKind::Duration | TimeKind::Set);
        if let Some(v) = &value
            && let Some((from, to)) = v.days
        {
            if from == to {
                self.day = Some(from);
                self.day_near = Some(from);
                self.day_doubtful = doubtful;
            }
            if absolute && kind == TimeKind::Date && v.text.len() == "2024".len() {
                self.year_said = Some(from.year());
            } else if (to - from).num_days() <= 31 && read.build != Build::Later {
                self.anchor = Some(from);
                self.year_said = None;
            }
            if kind == TimeKind::Time {
                self.part = Some(v.clone());
            }
        }
        Resolved { kind, value, relative, doubtful }
    }

    /// Tells whether an expression would be another time if its sentence looked the other way,
    /// and no verb of its own tells which way it looks.
    fn is_doubtful(&self, read: &Read) -> bool {
        let turns = match read.build {
            Build::Date | Build::Days | Build::Time => read.captures.get(Kind::Yyyy).is_none(),
            Build::Weekday | Build::Season | Build::Quarter | Build::Feast => true,
            _ => false,
        };
        if read.sure || !turns || self.reference.is_none() {
            return false;
        }
        let turned = |ahead: bool| self.clone().value(&Read { lean: Some(ahead), sure: true, ..*read });
        turned(true) != turned(false)
    }

    /// The end of a stretch does not lie before its beginning: *from Tuesday to Thursday*.
    fn not_before(&self, value: Value, read: &Read) -> Value {
        let (Some(begin), Some((from, _))) = (self.before, value.days) else { return value };
        let c = &read.captures;
        if from >= begin || c.get(Kind::Yyyy).is_some() {
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

    fn value(&mut self, read: &Read) -> Option<Value> {
        let c = &read.captures;
        let ahead = read.lean == Some(true);
        match read.build {
            Build::Date | Build::Days if read.yearly => Some(yearly(c)),
            Build::Date => self.date(c, new_style(c), read).map(|v| moved(v, c)),
            Build::Days => self.date(c, None, read),
            Build::Weekday => self.weekday(c, ahead).map(|v| moved(v, c)),
            Build::Day => self.near_day(c),
            Build::Unit => self.unit(c),
            Build::Ago | Build::AgoDay => self.away(c, -1, self.reference, read.build == Build::AgoDay),
            Build::Hence => self.away(c, 1, self.reference, false),
            Build::Earlier => self.counted(c, -1),
            Build::Later => self.counted(c, 1),
            Build::YearBack => self.year_back(c),
            // What it counts from is not known: a length of time.
            Build::Duration | Build::After => duration(c),
            Build::Set => set(c),
            Build::Season => self.season(c, ahead),
            Build::Quarter => self.quarter(c, ahead),
            Build::SameQuarter => self.same_quarter(),
            Build::Time => self.time(c, read),
            Build::Feast => self.feast(c, ahead).map(|v| moved(v, c)),
            Build::Decade => decade(c),
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
        match (p.year, p.month, p.day) {
            (Some(year), Some(_), Some(_)) => p.in_year(year).and_then(of_day).map(with_part),
            (Some(year), Some((Kind::Month, month)), None) => value::month(year, month),
            (Some(year), Some((kind, month)), None) => other_month(kind, year, month),
            (Some(year), None, _) if self.solar && calendars::SOLAR_YEARS.contains(&year) => {
                let days = (calendars::solar_day(year, 1, 1)?, calendars::solar_day(year + 1, 1, 1)?.pred_opt()?);
                Some(Value { text: days.0.format("%Y").to_string(), days: Some(days) })
            }
            (Some(year), None, _) => value::year(year),
            (None, None, Some(day)) => self.day_of_month(day, lean).map(with_part),
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
    fn day_of_month(&self, day: u32, lean: Option<bool>) -> Option<Value> {
        let Some(near) = self.reference else { return Some(Value::bare(format!("XXXX-XX-{day:02}"))) };
        let of = |months: i32| add_months(near.with_day(1)?, months)?.with_day(day);
        let past = [0, -1, -2].into_iter().filter_map(of).find(|d| *d <= near);
        let next = [0, 1, 2].into_iter().filter_map(of).find(|d| *d > near);
        let found = match (past, next, lean) {
            // What looks back may still name the day after: a dispatch is filed at night.
            (Some(past), Some(next), lean) => {
                let (back, on) = ((near - past).num_days(), (next - near).num_days());
                let forward = match lean {
                    Some(true) => back > 0,
                    Some(false) => on <= 1,
                    None => on < back,
                };
                Some(if forward { next } else { past })
            }
            (past, next, _) => past.or(next),
        };
        found.map(value::day)
    }

    /// *April next year*, *the 3rd of May last year*.
    fn year_by_rel(&self, c: &Captures) -> Option<i32> {
        let year = UNITS.iter().position(|u| *u == "year")?;
        if let Some((offset, unit)) = c.get(Kind::UnitRel).map(unpack)
            && usize::try_from(unit).ok() == Some(year)
        {
            return Some(self.reference?.year() + offset);
        }
        let unit = c.get(Kind::Unit).and_then(|u| usize::try_from(u).ok());
        (unit == Some(year)).then_some(())?;
        Some(self.reference?.year() + c.get(Kind::Rel)?)
    }

    fn weekday(&mut self, c: &Captures, ahead: bool) -> Option<Value> {
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
            match self.weeks_away(c) {
                Some(weeks) => {
                    let monday = add_days(near, -i64::from(near.weekday().num_days_from_monday()))?;
                    add_days(monday, 7 * i64::from(weeks) + i64::from(weekday))?
                }
                None => by_weekday(near, weekday, c.get(Kind::Rel), ahead)?,
            }
        };
        Some(part_of(day, c))
    }

    /// *Next week Tuesday*: how many weeks from this one it is told to be.
    fn weeks_away(&self, c: &Captures) -> Option<i32> {
        let week = |unit: i32| UNITS.get(usize::try_from(unit).ok()?).filter(|u| **u == "week");
        if let Some((weeks, unit)) = c.get(Kind::UnitRel).map(unpack) {
            return week(unit).map(|_| weeks);
        }
        c.get(Kind::Unit).and_then(week).and(c.get(Kind::Rel))
    }

    fn near_day(&mut self, c: &Captures) -> Option<Value> {
        if let Some((offset, part)) = c.get(Kind::DayPart).map(unpack) {
            let Some(near) = self.reference else {
                return Some(Value::bare(format!("XXXX-XX-XXT{}", part_name(part))));
            };
            let day = add_days(near, offset.into())?;
            return Some(Value { text: format!("{}T{}", value::shown(day), part_name(part)), days: Some((day, day)) });
        }
        let offset = c.get(Kind::Day).or(c.get(Kind::Rel))?;
        let Some(near) = self.reference else { return Some(Value::bare("XXXX-XX-XX")) };
        Some(part_of(add_days(near, offset.into())?, c))
    }
}

/// Tells whether an expression names no day of its own but means the one last spoken of.
fn counts_from_a_day(read: &Read) -> bool {
    let own = [Kind::Dd, Kind::Weekday, Kind::Day, Kind::Figures];
    match read.build {
        Build::Time => own.iter().all(|k| read.captures.get(*k).is_none()),
        Build::Same | Build::Earlier | Build::Later => true,
        _ => false,
    }
}

/// *At 5:30 p.m. on Monday*: tells whether a day right behind a time of day is its day.
fn is_day_beside(time: &Read, behind: &Read) -> bool {
    const BETWEEN_BYTES: u32 = 12;
    // "9 a.m. ET tomorrow": the stop ends no sentence.
    const RIGHT_BEHIND_BYTES: u32 = 6;
    let gap = behind.span.start.saturating_sub(time.span.end);
    let is_day = match behind.build {
        Build::Weekday | Build::Day => true,
        Build::Date => behind.captures.get(Kind::Dd).is_some(),
        _ => false,
    };
    is_day && (gap <= RIGHT_BEHIND_BYTES || (gap <= BETWEEN_BYTES && time.sentence == behind.sentence))
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
        Build::Duration | Build::After => TimeKind::Duration,
        Build::Set => TimeKind::Set,
        Build::Time => TimeKind::Time,
        Build::Day | Build::Weekday | Build::Date if c.get(Kind::DayPart).is_some() => TimeKind::Time,
        _ if c.get(Kind::Part).is_some_and(|p| PARTS.get(p as usize) != Some(&"DT")) => TimeKind::Time,
        _ => TimeKind::Date,
    }
}
