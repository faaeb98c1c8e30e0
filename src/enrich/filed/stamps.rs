//! Lines of the text that say when the story was filed: *Publié le…*, a mail's header, a
//! line that is nothing but a date, the identifier of a NewsML item.

use super::clock;
use super::labels::{self, Label};
use crate::data::times::{self, Kind};
use crate::enrich::opening::dates::{self, DateRead};
use crate::story::{Moment, Span, Story};
use crate::text::{fold, words};
use chrono::{Datelike, NaiveDate};

/// Lines from the top, and from the end, that are looked at.
const LINES_TOP: usize = 15;
const LINES_END: usize = 3;
/// Bytes of a line that are looked at: what goes on longer is copy, but for its beginning.
const LINE_BYTES: usize = 200;
/// Bytes of a line that is nothing but a date.
const STAMP_BYTES: usize = 80;
/// Bytes of a label before it.
const LABEL_BYTES: usize = 40;

/// What a stamp is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stamp {
    /// A line or header says when it was published or sent.
    Published,
    /// A line is nothing but the date.
    Bare,
    /// An identifier holds the day.
    Identifier,
    /// It says when it was changed.
    Updated,
    /// It says when it was received.
    Received,
}

/// A date that a line states.
#[derive(Clone, Debug)]
pub(super) struct Stamped {
    pub(super) stamp: Stamp,
    pub(super) moment: Moment,
    pub(super) span: Span,
    /// The other day that the figures may mean.
    pub(super) other: Option<NaiveDate>,
    /// The year had two digits.
    pub(super) short_year: bool,
    /// The weekday beside it, where it is another one.
    pub(super) wrong_weekday: bool,
    /// The first and last day, where the calendar is one that is told within a day.
    pub(super) unsure_days: i64,
}

/// Reads every date that lines near the top or at the end state.
pub(super) fn read(story: &Story) -> Vec<Stamped> {
    let text = story.text.as_str();
    let lang = story.lang.as_ref().map(|l| l.value.as_str());
    let lines: Vec<(usize, &str)> = {
        let mut at = 0;
        let all = text.split('\n').map(|line| {
            let start = at;
            at += line.len() + 1;
            (start, line)
        });
        all.filter(|(_, l)| !l.trim().is_empty()).take(LINES_TOP).collect()
    };
    let mut out = Vec::new();
    for (start, line) in &lines {
        line_dates(line, *start, lang, false, &mut out);
    }
    let after = lines.last().map_or(0, |(start, line)| start + line.len());
    let tail = &text[after.min(text.len())..];
    let mut end = text.len();
    for line in tail.rsplit('\n').filter(|l| !l.trim().is_empty()).take(LINES_END) {
        end = line.as_ptr().addr() - text.as_ptr().addr();
        line_dates(line, end, lang, true, &mut out);
    }
    let _ = end;
    out
}

fn line_dates(line: &str, start: usize, lang: Option<&str>, at_end: bool, out: &mut Vec<Stamped>) {
    let limit = (0..=LINE_BYTES.min(line.len())).rev().find(|i| line.is_char_boundary(*i)).unwrap_or(0);
    let head = &line[..limit];
    if let Some(stamped) = identifier(head, start) {
        out.push(stamped);
        return;
    }
    let whole = line.len() <= LINE_BYTES;
    let mut from = 0;
    let mut found = 0;
    while let Some(date) = dates::find_from(head, from).filter(|_| found < 4) {
        found += 1;
        let before = &head[from..date.start];
        from = date.end.max(from + 1);
        while !head.is_char_boundary(from) {
            from += 1;
        }
        // A time that was read with the date is read again, with its zone.
        let figures = |c: char| c.is_ascii_digit() || c == ':';
        let timed = date.time.map_or(date.end, |_| head[..date.end].trim_end_matches(figures).len());
        let clock = clock::behind(&head[timed..]).or_else(|| clock::before(before));
        let stamp = match whole.then(|| labels::before(&fold(before))).flatten() {
            Some(Label::Published) => Stamp::Published,
            Some(Label::Updated) => Stamp::Updated,
            Some(Label::Received) => Stamp::Received,
            None if is_bare(line, &date) => Stamp::Bare,
            // The beginning of a line that goes on in copy: a full date in figures and a time.
            None if date.start == line.len() - line.trim_start().len()
                && date.year.is_some_and(|y| y >= 1000)
                && date.in_figures
                && (clock.is_some() || date.time.is_some())
                && !at_end =>
            {
                Stamp::Bare
            }
            None => continue,
        };
        let read = date.settled(lang);
        let american = clock.is_some_and(|c| c.american);
        let Some((day, other)) = days_of(&read, lang, american) else { continue };
        if stamp == Stamp::Bare && at_end && read.year.is_some_and(|y| y < 100) {
            continue;
        }
        out.push(Stamped {
            stamp,
            moment: Moment {
                day,
                time: clock.map(|c| c.time).or(read.time),
                offset_minutes: clock.and_then(|c| c.offset_minutes),
            },
            span: Span::new(start + date.start, start + date.end),
            other,
            short_year: read.year.is_some_and(|y| y < 100),
            wrong_weekday: weekday_in(before).is_some_and(|w| w != day.weekday().num_days_from_monday()),
            unsure_days: read.unsure_days(),
        });
    }
}

/// Returns the day of a date in figures or words, and the other one that it may be.
fn days_of(read: &DateRead, lang: Option<&str>, american: bool) -> Option<(NaiveDate, Option<NaiveDate>)> {
    let year = read.year_near(None, lang)?;
    if !read.ambiguous || !read.in_figures {
        return Some((read.day_in(year, lang)?, None));
    }
    let mut plain = *read;
    plain.ambiguous = false;
    let swapped = plain.swapped();
    let (first, second) = (plain.day_in(year, lang), swapped.day_in(year, lang));
    match (american, lang) {
        (true, _) => second.map(|d| (d, None)),
        (false, Some(lang)) if lang != "en" => first.map(|d| (d, None)),
        _ => first.map(|d| (d, second)),
    }
}

/// `urn:newsml:agency.com:20241202T183500Z:…`.
fn identifier(line: &str, start: usize) -> Option<Stamped> {
    let at = line.find("urn:newsml:").or_else(|| line.find("tag:"))?;
    let mut from = at;
    for part in line[at..].split([':', ',', '/']) {
        let span = (from, from + part.len());
        from = span.1 + 1;
        let Some(day) = part.get(..8).and_then(|d| NaiveDate::parse_from_str(d, "%Y%m%d").ok()) else { continue };
        if !(1970..=2100).contains(&day.year()) {
            continue;
        }
        let time = part.get(9..15).filter(|t| t.bytes().all(|b| b.is_ascii_digit()));
        let time = time.and_then(|t| chrono::NaiveTime::parse_from_str(t, "%H%M%S").ok());
        let zone = part.get(15..).unwrap_or("");
        return Some(Stamped {
            stamp: Stamp::Identifier,
            moment: Moment { day, time, offset_minutes: (time.is_some() && zone.starts_with('Z')).then_some(0) },
            span: Span::new(start + span.0, start + span.1),
            other: None,
            short_year: false,
            wrong_weekday: false,
            unsure_days: 0,
        });
    }
    None
}

/// Tells whether a line says when it was filed or changed and nothing else: it is no headline
/// and no dateline.
pub(crate) fn is_stamp_line(line: &str) -> bool {
    let line = line.trim();
    if line.len() > STAMP_BYTES + LABEL_BYTES {
        return false;
    }
    let Some(date) = dates::find(line).filter(|d| d.day.is_some() && d.year.is_some()) else { return false };
    let labelled = labels::before(&fold(&line[..date.start])).is_some();
    let mut behind = date;
    (behind.start, behind.end) = (0, date.end - date.start);
    is_bare(line, &date) || (labelled && is_bare(&line[date.start..], &behind))
}

/// Tells whether a line holds nothing but a date: beside it only a weekday, a time, a zone.
fn is_bare(line: &str, date: &DateRead) -> bool {
    if line.len() > STAMP_BYTES || date.year.is_none() {
        return false;
    }
    let rest = [&line[..date.start], &line[date.end..]];
    rest.iter().all(|part| {
        let folded = fold(part);
        words(&folded).all(|w| {
            let word = &folded[w.start..w.end];
            word.bytes().all(|b| b.is_ascii_digit()) || word.chars().count() == 1 || is_stamp_word(word)
        })
    })
}

/// Words beside the date of a line that holds nothing else.
fn is_stamp_word(word: &str) -> bool {
    const WORDS: [&str; 55] = [
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "kst",
        "le",
        "at",
        "on",
        "gmt",
        "utc",
        "est",
        "edt",
        "cet",
        "cest",
        "pst",
        "pdt",
        "cst",
        "cdt",
        "bst",
        "msk",
        "мск",
        "am",
        "pm",
        "um",
        "uhr",
        "de",
        "del",
        "kl",
        "ore",
        "saat",
        "ساعت",
        "الساعه",
        "يوم",
        "den",
        "am",
        "heure",
        "year",
        "et",
        "ct",
        "pt",
        "ist",
        "jst",
        "wib",
        "wita",
        "wit",
        // Vietnamese weekdays are of two words.
        "thu",
        "hai",
        "ba",
        "nam",
        "bay",
        "chu",
        "nhat",
    ];
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let clock = digits.len() < word.len() && matches!(digits, "h" | "am" | "pm" | "gmt" | "utc" | "z" | "uhr");
    let hours = word.split_once('h').is_some_and(|(a, b)| [a, b].iter().all(|s| s.bytes().all(|c| c.is_ascii_digit())));
    clock || hours || WORDS.contains(&word) || weekday(word).is_some()
}

/// Returns the weekday that a folded word means in any language, where they agree.
pub(super) fn weekday(word: &str) -> Option<u32> {
    let mut found = None;
    for lexicon in times::all() {
        for phrase in
            lexicon.phrases(lexicon.head(word)).iter().filter(|p| p.kind == Kind::Weekday && p.rest.is_empty())
        {
            let day = u32::try_from(phrase.value).ok()?;
            if found.is_some_and(|f| f != day) {
                return None;
            }
            found = Some(day);
        }
    }
    found
}

/// Returns the weekday that stands right before a date.
pub(super) fn weekday_in(before: &str) -> Option<u32> {
    let folded = fold(before);
    let last = words(&folded).last()?;
    let word = &folded[last.start..last.end];
    weekday(word).or_else(|| {
        let earlier = words(&folded[..last.start]).last()?;
        (word.chars().count() <= 3).then(|| weekday(&folded[earlier.start..earlier.end])).flatten()
    })
}
