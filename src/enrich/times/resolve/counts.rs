//! What is counted from a day that is not the day of filing: *two days later*, *la veille*, *the day
//! after Christmas*.

use super::super::amounts::{amount, duration, unit_at, unknown_unit};
use super::super::captures::{Captures, Read};
use super::super::partial::by_weekday;
use super::super::value::{self, Value, add_days};
use super::{Resolver, names_a_day};
use crate::data::times::{Build, Kind, UNITS, unpack};
use chrono::{Datelike, NaiveDate};

/// Sentences behind the one of an anchor in which it surely is what is counted from.
const NEAR_SENTENCES: u32 = 1;
/// Amounts that are counted.
const AMOUNT_MAX: i32 = 4_000;

/// What amounts are counted from: the day, week, month or year last spoken of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    from: NaiveDate,
    to: NaiveDate,
    sentence: u32,
    doubtful: bool,
}

impl Anchor {
    /// Tells whether a unit can be counted from it: from a year alone only years can be.
    fn counts(&self, unit: &str) -> bool {
        let days = (self.to - self.from).num_days() + 1;
        match unit {
            "hour" | "minute" | "second" | "day" => days == 1,
            "week" | "weekend" => days <= 7,
            "month" | "quarter" | "half" => days <= 31,
            _ => days <= 366,
        }
    }
}

impl Resolver {
    /// Keeps what amounts may be counted from: what is as short as a month, and a year that is told.
    pub(super) fn move_anchor(
        &mut self,
        read: &Read,
        (from, to): (NaiveDate, NaiveDate),
        doubtful: bool,
        absolute: bool,
    ) {
        let days = (to - from).num_days() + 1;
        let counted = matches!(read.build, Build::Later | Build::LaterThan | Build::Earlier | Build::EarlierThan);
        // "He stays until 2034": what is only the end of something is not when a story goes on.
        let only_end = read.is_end && self.reference.is_some_and(|near| from > near);
        if !only_end && (days <= 31 || (absolute && days <= 366)) {
            // "Two days later he fled, and a week later he was caught": it may be either.
            let doubtful = doubtful || (counted && read.captures.get(Kind::Step).is_none());
            self.anchor = Some(Anchor { from, to, sentence: read.sentence, doubtful });
        }
    }

    /// An amount of a unit from what follows or from what was last spoken of: *in 1962; ten years
    /// later*. Where nothing was, it stays open.
    pub(super) fn counted(&mut self, read: &Read, sign: i32, behind: &[Read]) -> Option<Value> {
        let c = &read.captures;
        let (_, unit) = told(c, sign)?;
        if let Some(same) = self.said_again(unit, behind) {
            return Some(same);
        }
        if matches!(read.build, Build::LaterThan | Build::EarlierThan)
            && let Some(value) = self.counted_from_behind(read, sign, behind)
        {
            return Some(value);
        }
        let back = c.get(Kind::Step).is_some_and(|s| unpack(s).0 < 0);
        let Some(anchor) = self.anchor.filter(|a| self.goes_on_from(a, read)) else {
            // "La veille": where nothing else is dated, most likely of the day of filing.
            if back && unit == "day" && !read.of_noun && self.reference.is_some() {
                self.unsure = true;
                return self.away(c, sign, self.reference, false);
            }
            return Some(Value::bare(unknown_unit(unit)));
        };
        if !anchor.counts(unit) {
            return Some(Value::bare(unknown_unit(unit)));
        }
        self.unsure |= anchor.doubtful || self.sentence > anchor.sentence + NEAR_SENTENCES;
        // "La veille il", "двумя днями после выборов": it may be counted from what follows.
        let than = matches!(read.build, Build::LaterThan | Build::EarlierThan);
        self.unsure |= than && read.of_noun && (back || c.get(Kind::Step).is_none());
        self.unsure |= read.lean == Some(true) && !back && c.get(Kind::Step).is_some();
        self.away(c, sign, Some(anchor.from), false)
    }

    /// Tells whether a sentence may go on from what was last spoken of: from what lies after the filing
    /// only one that looks ahead, *in 2034 it will open; the year before*.
    fn goes_on_from(&self, anchor: &Anchor, read: &Read) -> bool {
        let to_come = self.reference.is_some_and(|near| anchor.from > near);
        !to_come || read.lean == Some(true) || (read.lean.is_none() && anchor.sentence == self.sentence)
    }

    /// *Three years earlier, in 1995*: what it is the same as.
    fn said_again(&self, unit: &str, behind: &[Read]) -> Option<Value> {
        let (next, rest) = behind.split_first()?;
        let dated = next.build == Build::Date && next.between.says_again();
        let days = dated.then(|| self.clone().value(next, rest)).flatten()?.days?;
        let again = Anchor { from: days.0, to: days.1, sentence: 0, doubtful: false };
        (again.counts(unit) && next.captures.get(Kind::Yyyy).is_some()).then(|| unit_at(days.0, 0, unit)).flatten()
    }

    /// *Zwei Tage vor Weihnachten*, *the day after Feb. 24*: counted from the time right behind.
    pub(super) fn counted_from_behind(&mut self, read: &Read, sign: i32, behind: &[Read]) -> Option<Value> {
        let c = &read.captures;
        let (_, unit) = told(c, sign)?;
        let (next, rest) = behind.split_first()?;
        let unknown = next.between.unknown_before()?;
        let dated = names_a_day(next) || (next.build == Build::Date && unit != "day");
        let days = dated.then(|| self.clone().value(next, rest)).flatten()?.days?;
        let base = Anchor { from: days.0, to: days.1, sentence: 0, doubtful: false };
        base.counts(unit).then_some(())?;
        self.unsure |= unknown > 0 || self.turns(next, rest);
        self.away(c, sign, Some(base.from), false)
    }

    /// So many units on from what was last spoken of.
    pub(super) fn on_from_anchor(&mut self, n: i32, unit: &'static str, read: &Read) -> Option<Value> {
        let Some(anchor) = self.anchor.filter(|a| a.counts(unit) && self.goes_on_from(a, read)) else {
            return Some(Value::bare(unknown_unit(unit)));
        };
        self.unsure |= anchor.doubtful || self.sentence > anchor.sentence + NEAR_SENTENCES;
        unit_at(anchor.from, n, unit)
    }

    /// Tells whether what was last spoken of lies more than a unit back.
    pub(super) fn is_told_of_the_past(&self, unit: &str) -> bool {
        let Some((anchor, near)) = self.anchor.zip(self.reference) else { return false };
        let next = unit_at(anchor.from, 1, unit).and_then(|v| v.days);
        anchor.counts(unit)
            && self.sentence <= anchor.sentence + NEAR_SENTENCES
            && next.is_some_and(|(_, to)| to < near)
    }

    /// *Fell in December from a year earlier*: the month or day spoken of, a year before.
    pub(super) fn year_before(&mut self) -> Option<Value> {
        let Some(near) = self.reference else { return Some(Value::bare("XXXX")) };
        self.unsure = true;
        let anchor = self.anchor.filter(|a| a.sentence == self.sentence && a.counts("month"));
        match anchor {
            Some(a) if (a.to - a.from).num_days() >= 27 => value::month(a.from.year() - 1, a.from.month()),
            _ => value::year(near.year() - 1),
        }
    }

    /// An amount of a unit from `base`, before it where `sign` is -1.
    pub(super) fn away(&mut self, c: &Captures, sign: i32, base: Option<NaiveDate>, to_the_day: bool) -> Option<Value> {
        let (told, unit) = told(c, sign)?;
        let Some(n) = told.filter(|n| n.abs() < AMOUNT_MAX) else {
            return Some(Value::bare(if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }));
        };
        let Some(base) = base else { return Some(Value::bare(unknown_unit(unit))) };
        // "A week ago Sunday".
        if let ("week", Some(weekday)) = (unit, c.get(Kind::Weekday).and_then(|w| u32::try_from(w).ok())) {
            return add_days(by_weekday(base, weekday, None, false)?, i64::from(n) * 7).map(value::day);
        }
        match unit {
            "day" => add_days(base, n.into()).map(value::day),
            "week" if to_the_day => add_days(base, i64::from(n) * 7).map(value::day),
            "week" => add_days(base, i64::from(n) * 7).and_then(value::week),
            "hour" | "minute" | "second" => {
                Some(value::day(if unit == "hour" { add_days(base, i64::from(n) / 24)? } else { base }))
            }
            _ => unit_at(base, n, unit),
        }
    }
}

/// The unit of an amount that is counted from a noun stays open: *seçimden iki gün önce*.
pub(super) fn of_noun(c: &Captures) -> Option<Value> {
    told(c, 1).map(|(_, unit)| Value::bare(unknown_unit(unit)))
}

/// The amount, negative where it is counted back, and the unit that an expression tells.
fn told(c: &Captures, sign: i32) -> Option<(Option<i32>, &'static str)> {
    let (n, unit) = match c.get(Kind::Step).map(unpack) {
        Some((n, unit)) => (Some(n), unit),
        None => (amount(c).map(|n| n.saturating_mul(sign)), c.get(Kind::Unit)?),
    };
    Some((n, *UNITS.get(usize::try_from(unit).ok()?)?))
}

/// What is counted from something that is not dated: a length of time, or of a day beside it nothing.
pub(super) fn without_base(c: &Captures) -> Option<Value> {
    if c.get(Kind::Step).is_some() {
        return None;
    }
    if c.get(Kind::Num).is_some() || c.get(Kind::Vague).is_some() {
        return duration(c);
    }
    of_noun(c)
}
