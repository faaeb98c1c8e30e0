//! Days on one side of a date: `<2000`, `>=2024-12`, `>"last week"`.

use super::dates::{DateError, DateRange, parse_date_expr};
use chrono::{Datelike, NaiveDate};

/// What may stand before a date, longest first.
const SIGNS: [&str; 8] = ["<=", "=<", "\u{2264}", ">=", "=>", "\u{2265}", "<", ">"];

/// Reads a date expression as `date:` does: as [`parse_date_expr`], or one with a sign that
/// asks for the days before it or behind it, itself among them where the sign says so.
///
/// # Errors
/// As [`parse_date_expr`]; and a sign before a range that has only one end.
pub fn parse_days(text: &str, reference: NaiveDate, lang: Option<&str>) -> Result<DateRange, DateError> {
    let unknown = || DateError::Unknown { text: text.trim().to_owned() };
    let trimmed = text.trim();
    let Some((sign, date)) = SIGNS.iter().find_map(|sign| trimmed.strip_prefix(sign).map(|rest| (*sign, rest))) else {
        // 2020- may be what begins there; the reader of dates would take it for the year.
        return if trimmed.ends_with('-') { Err(unknown()) } else { parse_date_expr(text, reference, lang) };
    };
    if date.contains(['<', '>', '\u{2264}', '\u{2265}']) || date.contains("..") {
        return Err(unknown());
    }
    let DateRange { from: Some(first), to: Some(last) } = parse_date_expr(date, reference, lang)? else {
        return Err(unknown());
    };
    let (from, to) = match sign {
        "<" => (None, written(first.pred_opt())),
        ">" => (written(last.succ_opt()), None),
        "<=" | "=<" | "\u{2264}" => (None, Some(last)),
        _ => (Some(first), None),
    };
    if from.is_none() && to.is_none() {
        return Err(DateError::Impossible { text: trimmed.to_owned() });
    }
    Ok(DateRange { from, to })
}

/// A day of a year of four digits: what is printed has to be read again.
fn written(day: Option<NaiveDate>) -> Option<NaiveDate> {
    day.filter(|d| (1..=9999).contains(&d.year()))
}

#[cfg(test)]
mod tests {
    use super::parse_days;

    #[test]
    fn signs_ask_for_days_before_and_behind() {
        let monday = "2024-12-02".parse().expect("a day");
        let read = |text: &str| parse_days(text, monday, None).map(|r| r.to_string()).ok();
        for (text, days) in [
            ("<2000", "..1999-12-31"),
            ("<=2000", "..2000-12-31"),
            (">2000", "2001-01-01.."),
            (">=2000", "2000-01-01.."),
            ("\u{2265}2000", "2000-01-01.."),
            ("> 2024-11-30", "2024-12-01.."),
            ("<last week", "..2024-11-24"),
            ("2000", "2000-01-01..2000-12-31"),
        ] {
            assert_eq!(read(text).as_deref(), Some(days), "{text}");
        }
        for text in ["<", ">>2000", "<2000..", "2020-", ">2020..2021", "<>2000", "<0001", ">9999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
