//! When a story was filed: only from what it states or what its path states. Never from
//! today's date or the times of files; a story with neither stays without a date.

use super::opening::dates::{self, DateRead};
use crate::data::months::Calendar;
use crate::story::{Confidence, Evidence, Moment, Origin, Span, Story};
use crate::text::fold;
use chrono::{Datelike, NaiveDate};
use std::borrow::Cow;

/// Lines of the text that may say when it was published.
const PUBLISHED_LINES: usize = 15;
const PUBLISHED_LINE_BYTES: usize = 160;
/// Days that a path and a dateline may lie apart: stories are filed around midnight.
const APART_DAYS: i64 = 1;

/// What lines of publication begin with, folded.
const PUBLISHED: &[&str] = &[
    "publie",
    "mis en ligne",
    "published",
    "posted",
    "publication date",
    "date de publication",
    "опубликовано",
    "дата публикации",
    "опубліковано",
    "publicado",
    "fecha de publicacion",
    "data de publicacao",
    "publicada",
    "veroffentlicht",
    "erschienen",
    "pubblicato",
    "gepubliceerd",
    "opublikowano",
    "publikovano",
    "publicat",
    "yayinlanma",
    "yayim tarihi",
    "نشر",
    "تاريخ النشر",
    "تاریخ انتشار",
    "发布时间",
    "發布時間",
    "发表时间",
    "公開日",
    "入力",
    "입력",
    "등록",
    "송고",
    "publisert",
    "publicerad",
    "julkaistu",
    "objavljeno",
    "δημοσιευση",
    "δημοσιευτηκε",
    "प्रकाशित",
    "diterbitkan",
    "ngay dang",
    "date",
    "filed",
    "issued",
    "transmis le",
    "transmitted",
];

/// Reads when `story` was filed, unless its markup said so already.
pub fn read(story: &mut Story) {
    if story.filed.value.is_some() {
        return;
    }
    let path = path_day(&story.path);
    let lang = story.lang.as_ref().map(|l| l.value.clone());
    let dateline = story.dateline.as_ref().and_then(|d| d.date_as_written.as_ref()).and_then(|written| {
        let read = dates::at(&written.value, 0).or_else(|| dates::find(&written.value))?;
        let origin = written.evidence.first().map(|e| e.origin.clone())?;
        Some((read.settled(lang.as_deref()), origin))
    });
    let mut stated: Vec<(Moment, Evidence)> = Vec::new();
    if let Some((read, origin)) = &dateline
        && let Some(day) = read.full()
    {
        let moment = Moment { day, time: read.time, offset_minutes: None };
        let evidence = Evidence {
            origin: origin.clone(),
            rule: Cow::Borrowed("filed/dateline-full-date"),
            confidence: Confidence::Stated,
        };
        stated.push((moment, evidence));
    }
    stated.extend(published(story));
    if let Some((day, part)) = path.day.clone() {
        let evidence = Evidence {
            origin: Origin::Path(part),
            rule: Cow::Borrowed("filed/path-full-date"),
            confidence: Confidence::Stated,
        };
        stated.push((Moment::day(day), evidence));
    }
    let partial = dateline.filter(|(read, _)| read.full().is_none());
    if stated.is_empty() {
        if let (Some((read, origin)), Some((year, part))) = (partial, path.year)
            && let Some(day) = read.in_year(year).filter(|_| agrees(&read, year))
        {
            complete(story, day, &read, origin, part, "filed/year-folder");
        }
        return;
    }
    if let Some((first, last)) = bounds(&stated)
        && (last - first).num_days() > APART_DAYS
    {
        let dates: Vec<String> = stated.iter().map(|(m, _)| m.day.to_string()).collect();
        story.warn("contradicting-dates", format!("Its dates contradict each other: {}", dates.join(", ")), false);
        return;
    }
    // Day and month in the dateline, the year in the path or in the line of publication.
    if let Some((read, origin)) =
        partial.filter(|(r, _)| r.month.is_some_and(|m| m.0 == Calendar::Gregorian) && !r.ambiguous)
    {
        let Some((anchor, because)) = stated.first().cloned() else { return };
        let years = [anchor.day.year(), anchor.day.year() - 1, anchor.day.year() + 1];
        let near =
            years.iter().filter_map(|y| read.in_year(*y)).find(|d| (*d - anchor.day).num_days().abs() <= APART_DAYS);
        match near.filter(|d| agrees(&read, d.year())) {
            Some(day) => {
                story.filed.value = Some(Moment { day, time: read.time, offset_minutes: None });
                story.filed.evidence = vec![
                    Evidence { origin, rule: Cow::Borrowed("filed/dateline-day"), confidence: Confidence::Derived },
                    Evidence { confidence: Confidence::Derived, ..because },
                ];
            }
            None => {
                let message = format!("The date of the dateline contradicts {}", anchor.day);
                story.warn("contradicting-dates", message, false);
            }
        }
        return;
    }
    // The dateline is nearest to the filing; the others confirm it.
    if let Some((moment, _)) = stated.first() {
        story.filed.value = Some(*moment);
        story.filed.evidence = stated.iter().map(|(_, e)| e.clone()).collect();
    }
}

fn complete(story: &mut Story, day: NaiveDate, read: &DateRead, origin: Origin, part: String, rule: &'static str) {
    story.filed.value = Some(Moment { day, time: read.time, offset_minutes: None });
    story.filed.evidence = vec![
        Evidence { origin, rule: Cow::Borrowed("filed/dateline-day"), confidence: Confidence::Derived },
        Evidence { origin: Origin::Path(part), rule: Cow::Borrowed(rule), confidence: Confidence::Derived },
    ];
}

/// Two digits of a year must be the last of the year.
fn agrees(read: &DateRead, year: i32) -> bool {
    read.year.is_none_or(|y| if y < 100 { year.rem_euclid(100) == y } else { y == year })
}

fn bounds(stated: &[(Moment, Evidence)]) -> Option<(NaiveDate, NaiveDate)> {
    let days = || stated.iter().map(|(m, _)| m.day);
    Some((days().min()?, days().max()?))
}

/// Reads `Published: 2 December 2024` and its like near the top.
fn published(story: &Story) -> Option<(Moment, Evidence)> {
    let text = story.text.as_str();
    let lang = story.lang.as_ref().map(|l| l.value.as_str());
    let mut start = 0;
    for line in text.split('\n').take(PUBLISHED_LINES) {
        let at = start;
        start += line.len() + 1;
        if line.len() > PUBLISHED_LINE_BYTES || line.trim().is_empty() {
            continue;
        }
        let folded = fold(line.trim_start());
        let Some(key) = PUBLISHED.iter().find(|k| folded.starts_with(**k)) else { continue };
        let behind = folded[key.len()..].chars().next();
        if behind.is_some_and(char::is_alphabetic)
            || (matches!(*key, "date" | "filed" | "issued") && behind != Some(':'))
        {
            continue;
        }
        let Some(date) = dates::find(line) else { continue };
        let Some(day) = date.settled(lang).full() else { continue };
        let span = Span::new(at + date.start, at + date.end);
        let moment = Moment { day, time: date.time, offset_minutes: None };
        return Some((moment, Evidence::text(span, "filed/published-line", Confidence::Stated)));
    }
    None
}

#[derive(Default)]
struct PathDate {
    day: Option<(NaiveDate, String)>,
    year: Option<(i32, String)>,
}

/// Reads a full day, or a folder that is a year, from a path; several days that differ
/// are none.
fn path_day(path: &str) -> PathDate {
    let mut found = PathDate::default();
    let parts: Vec<&str> = path.split(['/', '\\']).collect();
    let mut days: Vec<(NaiveDate, String)> = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        let last = i + 1 == parts.len();
        if !last
            && part.len() == 4
            && let Some(year) = year(part)
        {
            found.year = Some((year, (*part).to_owned()));
            if let (Some(month), Some(day)) = (parts.get(i + 1), parts.get(i + 2)) {
                let digits = day.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
                if month.len() == 2 && digits.len() == 2 && !day[2..].starts_with(|c: char| c.is_alphanumeric()) {
                    let value = month.parse().ok().zip(digits.parse().ok());
                    if let Some(day) = value.and_then(|(m, d)| NaiveDate::from_ymd_opt(year, m, d)) {
                        days.push((day, format!("{part}/{month}/{digits}")));
                    }
                }
            }
        }
        days.extend(component_days(part));
    }
    days.dedup_by_key(|(day, _)| *day);
    if days.iter().all(|(d, _)| days.first().is_some_and(|(first, _)| first == d)) {
        found.day = days.into_iter().next();
    }
    found
}

fn year(digits: &str) -> Option<i32> {
    let all = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    if all { digits.parse().ok().filter(|y| (1800..=2100).contains(y)) } else { None }
}

/// `20241202`, `2024-12-02`, `2024_12_02`, `2024.12.02`, not within longer digits.
fn component_days(part: &str) -> Vec<(NaiveDate, String)> {
    let bytes = part.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let number = |from: usize, to: usize| part.get(from..to).and_then(|s| s.parse::<u32>().ok());
    let mut days = Vec::new();
    for at in 0..bytes.len() {
        if !digit(at) || (at > 0 && bytes[at - 1].is_ascii_alphanumeric()) {
            continue;
        }
        let run = (at..bytes.len()).take_while(|i| digit(*i)).count();
        let mark = bytes.get(at + 4).copied().filter(|b| matches!(b, b'-' | b'_' | b'.'));
        let (month, day, end) = match (run, mark) {
            (8, _) => (at + 4, at + 6, at + 8),
            // 20241202T0815 and 20241202081500 carry the time as well.
            (12 | 14, _) => (at + 4, at + 6, at + run),
            (4, Some(mark)) if bytes.get(at + 7) == Some(&mark) => (at + 5, at + 8, at + 10),
            _ => continue,
        };
        if digit(end) || (run == 4 && bytes.get(end).is_some_and(|b| b.is_ascii_alphabetic() && *b != b'T')) {
            continue;
        }
        let year = part.get(at..at + 4).and_then(year);
        let value = year.zip(number(month, month + 2)).zip(number(day, day + 2));
        if let Some(date) = value.and_then(|((y, m), d)| NaiveDate::from_ymd_opt(y, m, d)) {
            days.push((date, part.get(at..end).unwrap_or(part).to_owned()));
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::enrich::opening;
    use crate::story::{Confidence, Story};

    fn filed(text: &str, path: &str) -> Story {
        let mut story = Story::new(text.to_owned());
        path.clone_into(&mut story.path);
        opening::read(&mut story);
        read(&mut story);
        story
    }

    #[test]
    fn stated_or_derived_days() {
        for (text, path, day, confidence) in [
            ("OSLO, 3 May 2021 (AFP) - Text.", "a.txt", "2021-05-03", Confidence::Stated),
            ("Genève, 14 févr. 2020 (AFP) - Texte.", "a.txt", "2020-02-14", Confidence::Stated),
            ("GRANADA 1997-03-04\nA train left.", "a.txt", "1997-03-04", Confidence::Stated),
            (
                "Le pont\n\nPublié le 3 mai 2021 à 10:15\n\nLe pont a rouvert.",
                "a.txt",
                "2021-05-03",
                Confidence::Stated,
            ),
            ("Мост\n\nОпубликовано: 3 мая 2021\n\nМост открыт.", "a.txt", "2021-05-03", Confidence::Stated),
            ("Text.", "x/20241202/a.txt", "2024-12-02", Confidence::Stated),
            ("Text.", "x/afp-2024-12-02-7.txt", "2024-12-02", Confidence::Stated),
            ("Text.", "x/2024/12/02/a.txt", "2024-12-02", Confidence::Stated),
            ("OSLO, May 3 (AFP) - Text.", "x/2021-05-04/a.txt", "2021-05-03", Confidence::Derived),
            ("OSLO, Dec 31 (AFP) - Text.", "x/20220101.txt", "2021-12-31", Confidence::Derived),
            ("OSLO, May 3 (AFP) - Text.", "x/2021/a.txt", "2021-05-03", Confidence::Derived),
        ] {
            let story = filed(text, path);
            assert_eq!(story.filed.value.map(|m| m.day.to_string()).as_deref(), Some(day), "{text} {path}");
            assert!(story.filed.evidence.iter().all(|e| e.confidence == confidence), "{text} {path}");
        }
    }

    #[test]
    fn no_day_is_made_up() {
        for (text, path) in [
            ("OSLO, May 3 (AFP) - Text.", "a.txt"),
            ("OSLO, 3 MAY 89 (AFP) - Text.", "a.txt"),
            ("OSLO (AFP) - Text.", "x/2021/a.txt"),
            ("Text of 3 May 2021.", "c8246056/000_20240.txt"),
            ("Text.", "x/120241202/a.txt"),
            ("Text.", "x/20241302/a.txt"),
            ("Text.", "x/20240101/20240301.txt"),
        ] {
            assert!(filed(text, path).filed.value.is_none(), "{text} {path}");
        }
    }

    #[test]
    fn contradictions_leave_the_day_open() {
        for (text, path) in [
            ("OSLO, May 3 (AFP) - Text.", "x/2021-09-04/a.txt"),
            ("OSLO, 3 May 2021 (AFP) - Text.", "x/2021-09-04/a.txt"),
        ] {
            let story = filed(text, path);
            assert!(story.filed.value.is_none(), "{text} {path}");
            assert_eq!(story.warnings.first().map(|w| w.code.as_str()), Some("contradicting-dates"));
        }
    }
}
