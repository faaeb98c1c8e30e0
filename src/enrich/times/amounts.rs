//! Amounts and units: stretches counted from a day, lengths of time, what recurs.

use super::captures::Captures;
use super::value::{self, Value, add_days, add_months, part_name};
use crate::data::times::{Kind, UNITS};
use chrono::{Datelike, NaiveDate};

pub(super) fn unknown_unit(unit: &str) -> &'static str {
    match unit {
        "week" => "XXXX-WXX",
        "weekend" => "XXXX-WXX-WE",
        "month" => "XXXX-XX",
        "quarter" => "XXXX-QX",
        "half" => "XXXX-HX",
        "year" => "XXXX",
        "decade" => "XXX",
        "century" => "XX",
        _ => "XXXX-XX-XX",
    }
}

/// The unit that holds `near`, moved by `n` of its kind.
pub(super) fn unit_at(near: NaiveDate, n: i32, unit: &str) -> Option<Value> {
    match unit {
        "day" => add_days(near, n.into()).map(value::day),
        "week" => add_days(near, 7 * i64::from(n)).and_then(value::week),
        "weekend" => add_days(near, 7 * i64::from(n)).and_then(value::weekend),
        "month" => add_months(near, n).and_then(|d| value::month(d.year(), d.month())),
        "quarter" => add_months(near, n.checked_mul(3)?).and_then(|d| value::quarter(d.year(), d.month0() / 3 + 1)),
        "half" => add_months(near, n.checked_mul(6)?).and_then(|d| value::half(d.year(), d.month0() / 6 + 1)),
        "year" => value::year(near.year().checked_add(n)?),
        "decade" => value::decade((near.year().div_euclid(10) + n) * 10),
        "century" => value::century((near.year() - 1).div_euclid(100) + 1 + n),
        _ => Some(value::day(near)),
    }
}

/// The amount of an expression; nothing where it is vague.
pub(super) fn amount(c: &Captures) -> Option<i32> {
    if let Some(vague) = c.get(Kind::Vague) {
        return (vague > 0).then_some(vague);
    }
    let first = c.get(Kind::Num);
    match (first, c.nth(Kind::Num, 1)) {
        (Some(a), Some(b)) if is_one_number(a, b) => Some(a + b),
        (first, _) => first.or(Some(1)),
    }
}

/// Tells whether two numbers one behind the other are one: hundreds or tens and what is less,
/// *vingt et un*, *twenty-one*; in Arabic the units come first.
pub(super) fn is_one_number(a: i32, b: i32) -> bool {
    let tens = a >= 10 && a % 10 == 0 && b < 10;
    let hundreds = a >= 100 && a % 100 == 0 && b < 100;
    let units_first = a < 10 && (20..100).contains(&b) && b % 10 == 0;
    tens || hundreds || units_first
}

pub(super) fn duration(c: &Captures) -> Option<Value> {
    let bare = c.get(Kind::Bare);
    let unit = *UNITS.get(usize::try_from(c.get(Kind::Unit).or(bare)?).ok()?)?;
    let letter = match unit {
        "day" | "weekend" => "D",
        "week" => "W",
        "month" | "half" => "M",
        "quarter" => "Q",
        "year" | "decade" | "century" => "Y",
        "hour" => "H",
        "minute" => "M",
        _ => "S",
    };
    let time = if matches!(unit, "hour" | "minute" | "second") { "T" } else { "" };
    let vague = c.get(Kind::Vague) == Some(0) || bare.is_some();
    let many = match unit {
        "decade" => 10,
        "century" => 100,
        "half" => 6,
        "weekend" => 2,
        _ => 1,
    };
    let n = if vague { None } else { amount(c) };
    Some(Value::bare(match n {
        Some(n) if c.get(Kind::Half).is_some() => format!("P{time}{}.5{letter}", n.saturating_mul(many)),
        Some(n) => format!("P{time}{}{letter}", n.saturating_mul(many)),
        None if unit == "decade" => "PXDE".to_owned(),
        None => format!("P{time}X{letter}"),
    }))
}

pub(super) fn set(c: &Captures) -> Option<Value> {
    if let Some(weekday) = c.get(Kind::Weekday) {
        return Some(Value::bare(format!("XXXX-WXX-{}", weekday + 1)));
    }
    if let Some(month) = c.get(Kind::Month) {
        let day = c.get(Kind::Dd).map_or(String::new(), |day| format!("-{day:02}"));
        return Some(Value::bare(format!("XXXX-{month:02}{day}")));
    }
    if let Some(part) = c.get(Kind::Part) {
        return Some(Value::bare(format!("XXXX-XX-XXT{}", part_name(part))));
    }
    if let Some(unit) = c.get(Kind::Freq) {
        let letter = ["1D", "1W", "1WE", "1M", "1Q", "6M", "1Y", "10Y", "100Y"].get(usize::try_from(unit).ok()?)?;
        return Some(Value::bare(format!("P{letter}")));
    }
    duration(c)
}

/// A decade; of a full hundred the century, where `by_hundreds` says that the language means it.
pub(super) fn decade(c: &Captures, by_hundreds: bool) -> Option<Value> {
    // "20世纪90年代": the years of a century that is named.
    if let (Some(century), Some(years)) = (c.get(Kind::Num), c.get(Kind::Yy)) {
        return value::decade((century - 1).checked_mul(100)?.checked_add(years)?);
    }
    let first = c.get(Kind::Decade).or(c.get(Kind::Yyyy)).or(c.get(Kind::Yy)).or(c.get(Kind::Num))?;
    let first = if first < 100 { 1900 + first } else { first };
    if by_hundreds && first % 100 == 0 {
        return value::century(first / 100 + 1);
    }
    if first % 10 == 0 { value::decade(first) } else { None }
}

pub(super) fn spelt_year(c: &Captures) -> Option<i32> {
    let (a, b, n) = (c.get(Kind::Num)?, c.nth(Kind::Num, 1)?, c.nth(Kind::Num, 2));
    Some(a * 100 + b + n.unwrap_or(0))
}
