//! A time of day beside a date, with its zone where it is told.

use crate::data::zones;
use chrono::NaiveTime;

/// Words that may stand between a date and its time.
const LINKS: [&str; 16] =
    ["a", "at", "t", "um", "om", "kl", "alle", "ore", "las", "la", "les", "saat", "в", "о", "às", "الساعة"];

/// A time of day as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) time: NaiveTime,
    pub(super) offset_minutes: Option<i32>,
    /// Whether it is told in the American way, before and after noon or by a zone of North
    /// America: figures of a day beside it then begin with the month.
    pub(super) american: bool,
}

/// Reads the time that follows a date in `tail`.
pub(super) fn behind(tail: &str) -> Option<Clock> {
    let folded = crate::text::fold(tail.get(..tail.char_indices().nth(40).map_or(tail.len(), |(i, _)| i))?);
    let mut rest =
        folded.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | '|' | '،' | '('));
    for _ in 0..2 {
        let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        if !word.is_empty() && (LINKS.contains(&word) || word == "as") {
            rest = rest[word.len()..].trim_start_matches(|c: char| c.is_whitespace() || c == '.');
        }
    }
    at(rest)
}

/// Reads the time that stands right before a date, as in `0915 GMT Dec. 3`.
pub(super) fn before(head: &str) -> Option<Clock> {
    let folded = crate::text::fold(head);
    let from = folded.rfind(|c: char| c.is_ascii_digit())?;
    let start = folded[..=from]
        .rfind(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | 'h')))
        .map_or(0, |i| i + folded[i..].chars().next().map_or(1, char::len_utf8));
    let tail = folded[from + 1..].trim();
    let tail = tail.strip_suffix(',').filter(|t| !t.is_empty()).unwrap_or(tail);
    let zoned = zones::minutes(tail).is_some() || matches!(tail, "," | "on")
        // A line that begins with its time: "10:15 05.03.2024".
        || (tail.is_empty() && start == 0 && folded.contains(':'));
    if zoned { at(&folded[start..]) } else { None }
}

/// Reads the first time of day in a text.
pub(super) fn within(text: &str) -> Option<Clock> {
    let folded = crate::text::fold(text);
    let mut before = ' ';
    let starts = folded.char_indices().filter(|(_, c)| {
        let start = c.is_ascii_digit() && !before.is_alphanumeric() && !matches!(before, '.' | ':' | ',');
        before = *c;
        start
    });
    starts.map(|(i, _)| i).collect::<Vec<_>>().into_iter().find_map(|i| at(&folded[i..]))
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// Returns what follows the word for hours that a text begins with: *18.00 Uhr MEZ*.
fn behind_hour_word(text: &str) -> Option<&str> {
    const WORDS: [&str; 14] =
        ["h", "hr", "hrs", "hours", "heure", "heures", "horas", "ore", "uhr", "uur", "часов", "часа", "بتوقيت", "klo"];
    let word = &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())];
    WORDS.contains(&word).then(|| text[word.len()..].trim_start())
}

/// Whether a text begins with what tells the halves of the day apart.
fn begins_half(text: &str) -> bool {
    ["pm", "am", "p.m", "a.m"]
        .iter()
        .any(|half| text.strip_prefix(half).is_some_and(|behind| !behind.starts_with(char::is_alphabetic)))
}

/// Reads `18:35`, `18:35:20`, `18h35`, `18.35 Uhr`, `1835 GMT`, `6:35 PM EST`, `6pm`.
fn at(text: &str) -> Option<Clock> {
    let (hour, rest) = digits(text);
    if hour.is_empty() || hour.len() > 4 {
        return None;
    }
    let (hours, minutes, mut rest) = if hour.len() >= 3 {
        let (h, m) = hour.split_at(hour.len() - 2);
        let zone = rest.trim_start();
        if !zones::begins(zone) {
            return None;
        }
        (h.parse::<u32>().ok()?, m.parse::<u32>().ok()?, rest)
    } else {
        let hours = hour.parse().ok()?;
        let mark = rest.chars().next()?;
        match mark {
            ':' | '.' | 'h' => {
                let (minute, tail) = digits(&rest[1..]);
                match minute.len() {
                    2 => (hours, minute.parse().ok()?, tail),
                    0 if mark == 'h' => (hours, 0, tail),
                    _ => return None,
                }
            }
            ' ' => {
                let tail = rest.trim_start();
                let after = behind_hour_word(tail);
                match after.map(digits) {
                    Some((minute, tail)) if minute.len() == 2 => (hours, minute.parse().ok()?, tail),
                    Some(_) => (hours, 0, rest),
                    None if begins_half(tail) => (hours, 0, rest),
                    None => return None,
                }
            }
            _ if begins_half(rest) => (hours, 0, rest),
            _ => return None,
        }
    };
    let mut seconds = 0;
    if let Some((second, tail)) = rest.strip_prefix(':').map(digits)
        && second.len() == 2
    {
        seconds = second.parse().ok()?;
        // Fractions of a second.
        let fraction = tail.strip_prefix('.').map(digits).filter(|(figures, _)| !figures.is_empty());
        rest = fraction.map_or(tail, |(_, behind)| behind);
    }
    let mut tail = rest.trim_start_matches(|c: char| c == ' ' || c == '.' && rest.starts_with('.'));
    tail = behind_hour_word(tail).unwrap_or(tail).trim_start_matches('(');
    let compact: String = tail.chars().filter(|c| *c != '.').take(12).collect();
    let half =
        ["am", "pm"].iter().position(|h| compact.strip_prefix(*h).is_some_and(|r| !r.starts_with(char::is_alphabetic)));
    let hours = match half {
        Some(1) if hours < 12 => hours + 12,
        Some(0) if hours == 12 => 0,
        _ => hours,
    };
    let zone = if half.is_some() { compact[2..].trim_start() } else { compact.trim_start() };
    let name = zone.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let from_gmt = matches!(name, "gmt" | "utc").then(|| offset_from_gmt(&zone[name.len()..])).flatten();
    let named = || zones::minutes(name);
    let offset = from_gmt.or_else(named).or_else(|| numeric_offset(zone));
    let time = NaiveTime::from_hms_opt(hours, minutes, seconds)?;
    let american =
        half.is_some() || matches!(name, "est" | "edt" | "cst" | "cdt" | "mst" | "mdt" | "pst" | "pdt" | "et" | "pt");
    Some(Clock { time, offset_minutes: offset, american })
}

/// Reads what follows GMT or UTC: `+2`, `+0300`, `-03:00`, ` -5`; a day behind a dash is none.
fn offset_from_gmt(behind: &str) -> Option<i32> {
    let spaced = behind.starts_with(' ');
    let text = behind.strip_prefix(' ').unwrap_or(behind);
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let (hours, rest) = digits(&text[1..]);
    let (hours, minutes, rest) = match hours.len() {
        1 | 2 => match rest.strip_prefix(':').map(digits) {
            Some((minutes, rest)) if minutes.len() == 2 => (hours, minutes, rest),
            Some(_) | None => (hours, "0", rest),
        },
        4 => (&hours[..2], &hours[2..], rest),
        _ => return None,
    };
    let ends = match rest.chars().next() {
        None | Some(')' | ',' | ';' | '|') => true,
        Some(' ') => !spaced,
        Some(_) => false,
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (ends && hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// Reads `+0300` and `+03:00`.
fn numeric_offset(text: &str) -> Option<i32> {
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let figures: String = text[1..].chars().filter(|c| *c != ':').take_while(char::is_ascii_digit).collect();
    let value: i32 = figures.get(..4)?.parse().ok()?;
    (value / 100 <= 14 && value % 100 < 60).then_some(sign * (value / 100 * 60 + value % 100))
}

#[cfg(test)]
mod tests {
    use super::{at, before, behind, within};

    #[test]
    fn times() {
        for (text, expected) in [
            (" à 20h30", "20:30:00 None"),
            (" - 18:35", "18:35:00 None"),
            (" 6:35 PM EST", "18:35:00 Some(-300)"),
            ("T22:30:00Z", "22:30:00 Some(0)"),
            (", 1835 GMT", "18:35:00 Some(0)"),
            (" 10:31 +0330", "10:31:00 Some(210)"),
            (" um 9.05 Uhr", "09:05:00 None"),
            (", 18.00 Uhr MEZ", "18:00:00 Some(60)"),
            (" à 18 heures (GMT)", "18:00:00 Some(0)"),
            (" 18 h 30 GMT", "18:30:00 Some(0)"),
            (" - 15:07 GMT+2", "15:07:00 Some(120)"),
            (" 15:07 (GMT+3)", "15:07:00 Some(180)"),
            (" 15:07 UTC-03:00", "15:07:00 Some(-180)"),
            (" 3:07 pm GMT -5", "15:07:00 Some(-300)"),
            (" 15:07 GMT+0300", "15:07:00 Some(180)"),
            (" 15:07 GMT - 14/05/2025", "15:07:00 Some(0)"),
            ("T15:07:00.000+0000", "15:07:00 Some(0)"),
            ("T15:07:00.125+02:00", "15:07:00 Some(120)"),
        ] {
            let shown = behind(text).map(|c| format!("{} {:?}", c.time, c.offset_minutes));
            assert_eq!(shown.as_deref(), Some(expected), "{text}");
        }
        assert_eq!(behind(" 2024 was a year"), None);
        assert_eq!(before("updated 0915 gmt ").map(|c| c.time.to_string()).as_deref(), Some("09:15:00"));
        assert_eq!(at("9999 gmt"), None);
        let shown = |text| within(text).map(|c| format!("{} {:?}", c.time, c.offset_minutes));
        assert_eq!(shown("HOLD FOR RELEASE 0900 GMT ").as_deref(), Some("09:00:00 Some(0)"));
        assert_eq!(shown("hasta las 12:00 del lunes").as_deref(), Some("12:00:00 None"));
        assert_eq!(shown("12 mars 2024"), None);
    }
}
