//! Stamps that East Asian agencies set behind the last words of a story: `（2025/12/19-18:02）` of
//! Jiji, `(끝) 2025/10/30 09:14 송고` of Yonhap, `1141122` of CNA, whose year is that of the republic.

use crate::data::calendars::REPUBLIC_YEAR_0;
use crate::story::Moment;
use chrono::{NaiveDate, NaiveTime};

/// Years of the republic in three figures.
const REPUBLIC_YEARS: std::ops::RangeInclusive<i32> = 100..=150;
/// The agency that ends its stories with a day in figures alone.
const CNA: &str = "cna_tw";
/// Figures of such a day.
const CNA_FIGURES: usize = 7;
/// Bytes of the end of a line in which a stamp stands.
const TAIL_BYTES: usize = 60;

/// Reads the stamp that a line ends with, and the bytes of the line that say so.
pub(super) fn read(line: &str, agency: Option<&str>) -> Option<(Moment, (usize, usize))> {
    let line = line.trim_end();
    bracketed(line).or_else(|| sent(line)).or_else(|| republican(line, agency?))
}

/// `（2025/12/19-18:02）`
fn bracketed(line: &str) -> Option<(Moment, (usize, usize))> {
    let end = line.strip_suffix(['）', ')'])?.len();
    let open = line[..end].rfind(['（', '('])?;
    let start = open + line[open..].chars().next().map_or(1, char::len_utf8);
    let (day, clock) = line[start..end].split_once('-')?;
    Some((moment(day, clock)?, (start, end)))
}

/// `(끝) 2025/10/30 09:14 송고`
fn sent(line: &str) -> Option<(Moment, (usize, usize))> {
    let end = line.strip_suffix("송고")?.trim_end().len();
    let from = (end.saturating_sub(TAIL_BYTES)..end).find(|i| line.is_char_boundary(*i))?;
    let mut words = line[from..end].rsplitn(3, ' ');
    let (clock, day) = (words.next()?, words.next()?);
    let start = day.as_ptr().addr() - line.as_ptr().addr();
    Some((moment(day, clock)?, (start, end)))
}

/// `（編輯：張雅淨）1141122`
fn republican(line: &str, agency: &str) -> Option<(Moment, (usize, usize))> {
    let start = line.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let figures = &line[start..];
    let before = line[..start].chars().next_back();
    if agency != CNA || figures.len() != CNA_FIGURES || before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let year = figures.get(..3)?.parse().ok().filter(|y| REPUBLIC_YEARS.contains(y))?;
    let day = NaiveDate::from_ymd_opt(REPUBLIC_YEAR_0 + year, figures[3..5].parse().ok()?, figures[5..].parse().ok()?)?;
    Some((Moment { day, time: None, offset_minutes: None }, (start, line.len())))
}

/// `2025/12/19` and `18:02`.
fn moment(day: &str, clock: &str) -> Option<Moment> {
    let day = NaiveDate::parse_from_str(day, "%Y/%m/%d").ok().filter(|_| day.len() >= "2025/1/1".len())?;
    let time = NaiveTime::parse_from_str(clock, "%H:%M").ok()?;
    Some(Moment { day, time: Some(time), offset_minutes: None })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn stamps_behind_the_last_words() {
        for (line, agency, expected) in [
            ("　日銀は据え置いた。（2025/12/19-18:02）", "jiji", Some("2025-12-19 18:02")),
            ("(끝) 2025/10/30 09:14 송고", "yonhap", Some("2025-10-30 09:14")),
            ("颱風來襲。（編輯：張雅淨）1141122", "cna_tw", Some("2025-11-22 ")),
            ("1141122", "cna_tw", Some("2025-11-22 ")),
            // Numbers of other copy, and days that are none.
            ("撥打電話1141122", "xinhua", None),
            ("第A1141122", "cna_tw", None),
            ("（編輯：張雅淨）1141322", "cna_tw", None),
            ("在任（2019/12/01-2025/11/30）", "jiji", None),
            ("試合は（3-2）", "jiji", None),
            ("기사를 송고", "yonhap", None),
        ] {
            let read = read(line, Some(agency)).map(|(m, span)| {
                assert!(line.get(span.0..span.1).is_some());
                format!("{} {}", m.day, m.time.map_or(String::new(), |t| t.format("%H:%M").to_string()))
            });
            assert_eq!(read.as_deref(), expected, "{line}");
        }
    }
}
