//! What ANPA 1312 and IPTC 7901 share: the controls of the telegraph, times in trailers,
//! and the lines of a header.

use crate::data::months::{Calendar, month};
use crate::data::zones;
use crate::story::Moment;
use crate::text::fold;
use chrono::{NaiveDate, NaiveTime};

pub(super) const SOH: u8 = 0x01;
pub(super) const STX: u8 = 0x02;
pub(super) const ETX: u8 = 0x03;
pub(super) const EOT: u8 = 0x04;

/// Divides a capture at each start of a heading; what stands before the first is left.
pub(super) fn transmissions(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = memchr::memchr(SOH, bytes).map_or(bytes, |at| &bytes[at + 1..]);
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let end = memchr::memchr(SOH, rest).unwrap_or(rest.len());
            let one = &rest[..end];
            rest = rest.get(end + 1..).unwrap_or(&[]);
            if one.iter().any(|b| b.is_ascii_alphanumeric()) {
                return Some(one);
            }
        }
        None
    })
}

/// Divides a transmission into heading, text and trailer by its controls.
pub(super) fn parts(bytes: &[u8]) -> (&[u8], &[u8], &[u8]) {
    let text_at = memchr::memchr(STX, bytes);
    let end = memchr::memrchr(ETX, bytes).filter(|e| text_at.is_none_or(|t| *e > t));
    let stop = memchr::memchr(EOT, &bytes[end.unwrap_or(0)..]).map_or(bytes.len(), |i| end.unwrap_or(0) + i);
    let text_end = end.unwrap_or(stop);
    let trailer = end.map_or(&[][..], |e| bytes.get(e + 1..stop).unwrap_or(&[]));
    match text_at {
        Some(at) => (&bytes[..at], bytes.get(at + 1..text_end).unwrap_or(&[]), trailer),
        None => (&[], &bytes[..text_end], trailer),
    }
}

/// Takes controls out of text; those that divide become blanks.
pub(super) fn without_controls(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\n' | '\r' => Some(c),
            '\t' | '\u{1F}' | '\u{0C}' | '\u{0B}' => Some(' '),
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

/// Two digits of a year: no wire of this kind ran before 1970.
pub(super) fn century(two: i32) -> i32 {
    if two < 70 { 2000 + two } else { 1900 + two }
}

/// Reads the trailer of IPTC 7901: day, hour and minute in six digits, month, year, as
/// `131137 GMT Nov 13`.
pub(super) fn trailer_7901(trailer: &str) -> Option<(Moment, &str)> {
    let trailer = trailer.trim_matches(|c: char| c.is_control() || c.is_whitespace());
    let words: Vec<&str> = trailer.split_whitespace().collect();
    let at = words.iter().position(|w| w.len() >= 6 && w.as_bytes()[..6].iter().all(u8::is_ascii_digit))?;
    let (digits, glued) = words.get(at)?.split_at(6);
    let zone = if glued.is_empty() { words.get(at + 1).copied() } else { Some(glued) };
    let offset = zone.and_then(|z| zones::minutes_in_markup(&z.to_ascii_lowercase()));
    let skip = usize::from(glued.is_empty() && offset.is_some());
    let (name, year) = (words.get(at + 1 + skip)?, words.get(at + 2 + skip)?);
    let Some((Calendar::Gregorian, number)) = month(&fold(name.trim_end_matches('.'))) else { return None };
    let year: i32 = year.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()?;
    let year = if year < 100 { century(year) } else { year };
    let two = |i: usize| digits.get(i..i + 2).and_then(|d| d.parse::<u32>().ok());
    let day = NaiveDate::from_ymd_opt(year, number, two(0)?)?;
    let time = NaiveTime::from_hms_opt(two(2)?, two(4)?, 0)?;
    Some((Moment { day, time: Some(time), offset_minutes: offset }, trailer))
}

/// Reads the trailer of ANPA 1312, `AP-WF-08-29-16 1626GMT`, in which the month comes
/// first; in others, such as `KWS-21:37-09-12-18`, month and day count only where the
/// copy itself, looked at in `opening`, or their size tells them apart.
pub(super) fn trailer_anpa(trailer: &str, opening: &str) -> Option<Moment> {
    let bytes = trailer.as_bytes();
    let two = |at: usize| {
        let digits = trailer.get(at..at + 2).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
        digits.parse::<u32>().ok()
    };
    let at = (0..bytes.len().saturating_sub(7)).find(|&at| {
        let lone = at == 0 || !(bytes[at - 1].is_ascii_digit() || bytes[at - 1] == b':');
        lone && bytes.get(at + 2) == Some(&b'-')
            && bytes.get(at + 5) == Some(&b'-')
            && two(at).is_some()
            && two(at + 3).is_some()
            && two(at + 6).is_some()
    })?;
    let (first, second, year) = (two(at)?, two(at + 3)?, century(i32::try_from(two(at + 6)?).ok()?));
    let behind = trailer.get(at + 8..).unwrap_or("").trim_start();
    let clock = |text: &str| -> Option<NaiveTime> {
        let digits: String = text.chars().filter(|c| c.is_ascii_digit()).take(4).collect();
        NaiveTime::from_hms_opt(digits.get(..2)?.parse().ok()?, digits.get(2..4)?.parse().ok()?, 0)
    };
    let standard = behind.len() >= 4 && behind.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    let offset = behind.to_ascii_uppercase();
    let offset = if offset.contains("GMT") || offset.contains("UTC") {
        Some(0)
    } else if offset.contains("EDT") {
        Some(-240)
    } else if offset.contains("EST") {
        Some(-300)
    } else {
        None
    };
    let time = if standard { clock(behind) } else { trailer.get(..at).filter(|t| t.contains(':')).and_then(clock) };
    let month_first = NaiveDate::from_ymd_opt(year, first, second);
    let day_first = NaiveDate::from_ymd_opt(year, second, first);
    let day = match (month_first, day_first) {
        (Some(day), _) if standard => day,
        (Some(a), Some(b)) if a == b => a,
        (Some(day), None) | (None, Some(day)) => day,
        (Some(a), Some(b)) => {
            let says = |d: NaiveDate| names_day(opening, d);
            match (says(a), says(b)) {
                (true, false) => a,
                (false, true) => b,
                _ => return None,
            }
        }
        (None, None) => return None,
    };
    Some(Moment { day, time, offset_minutes: time.and(offset) })
}

/// Tells whether copy names a day by its month in words and its number.
fn names_day(opening: &str, day: NaiveDate) -> bool {
    use chrono::Datelike;
    let words: Vec<&str> = opening.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    let number = |w: &str| w.trim_end_matches(['.', ')']).parse::<u32>().ok() == Some(day.day());
    words.iter().enumerate().any(|(i, w)| {
        month(&fold(w.trim_end_matches('.'))) == Some((Calendar::Gregorian, day.month()))
            && (words.get(i + 1).is_some_and(|n| number(n)) || (i > 0 && number(words[i - 1])))
    })
}

#[cfg(test)]
mod tests {
    use super::{trailer_7901, trailer_anpa};

    #[test]
    fn trailers() {
        let day = |text: &str| trailer_7901(text).map(|(m, _)| m.to_string());
        assert_eq!(day("131137 GMT Nov 13").as_deref(), Some("2013-11-13T11:37:00Z"));
        assert_eq!(day("211259 Nov 18\r\n\u{7f}").as_deref(), Some("2018-11-21T12:59:00"));
        assert_eq!(day("091223 dec 18").as_deref(), Some("2018-12-09T12:23:00"));
        assert_eq!(day("no time"), None);
        let day = |text: &str, opening: &str| trailer_anpa(text, opening).map(|m| m.to_string());
        assert_eq!(day("AP-WF-08-09-16 1626GMT<", "").as_deref(), Some("2016-08-09T16:26:00Z"));
        assert_eq!(day("XX-21:37-09-12-18", "OSAKA, Dec. 9 XX -").as_deref(), Some("2018-12-09T21:37:00"));
        assert_eq!(day("XX-21:37-09-12-18", "OSAKA XX -"), None);
        assert_eq!(day("XX-21:37-25-12-18", "").as_deref(), Some("2018-12-25T21:37:00"));
    }
}
