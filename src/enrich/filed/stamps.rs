//! Lines of the text that say when the story was filed: *Publié le…*, a mail's header, a
//! line that is nothing but a date, the identifier of a NewsML item.

use super::clock;
use super::labels::{self, Label};
use super::tail;
use crate::data::months::Calendar;
use crate::data::places::is_place;
use crate::data::times;
use crate::enrich::opening::dates::{self, DateRead};
use crate::enrich::wire_stamp;
use crate::story::{Moment, Span, Story};
use crate::text::{fold, words};
use chrono::{Datelike, NaiveDate};

/// Lines from the top, and from the end, that are looked at.
const LINES_TOP: usize = 15;
const LINES_END: usize = 3;
/// Lines from the top, and from the end, in which an agency's own stamp stands.
const WIRE_LINES_TOP: usize = 3;
const WIRE_LINES_END: usize = 6;
/// Bytes of a line that are looked at: what goes on longer is copy, but for its beginning.
const LINE_BYTES: usize = 200;
/// Words behind the first date of a line that says no more than when: another date, a zone.
const WORDS_BEHIND_MAX: usize = 8;
/// Words of a cell beside a date: `Xinhua | 2021-06-07 14:35|Editor: ada`.
const CELL_WORDS_MAX: usize = 3;
/// Bytes of a line that is nothing but a date.
const STAMP_BYTES: usize = 80;

/// What a stamp is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stamp {
    /// The agency's own system set it.
    Wire,
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
    /// The year had two digits, or the dateline told a part of the day.
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
    let mut out = wire(story);
    let stamped: Vec<Span> = out.iter().map(|s: &Stamped| s.span).collect();
    let is_read =
        |start: usize, line: &str| stamped.iter().any(|s| (start..start + line.len()).contains(&(s.start as usize)));
    for (start, line) in lines.iter().filter(|(start, line)| !is_read(*start, line)) {
        line_dates(line, *start, lang, false, &mut out);
    }
    let after = lines.last().map_or(0, |(start, line)| start + line.len());
    let tail = &text[after.min(text.len())..];
    let mut end = text.len();
    for line in tail.rsplit('\n').filter(|l| !l.trim().is_empty()).take(LINES_END) {
        end = line.as_ptr().addr() - text.as_ptr().addr();
        if !is_read(end, line) {
            line_dates(line, end, lang, true, &mut out);
        }
    }
    let _ = end;
    out
}

/// Reads the stamps that an agency's own system set at either end.
fn wire(story: &Story) -> Vec<Stamped> {
    let text = story.text.as_str();
    let written = story.dateline.as_ref().and_then(|d| d.date_as_written.as_ref());
    let read = written.and_then(|w| dates::at(&w.value, 0));
    let peg = read.filter(|r| !r.ambiguous).and_then(|r| match r.month {
        Some((Calendar::Gregorian, month)) => Some((r.day?, month)),
        _ => None,
    });
    let lines = || text.split('\n').filter(|l| !l.trim().is_empty());
    let top = lines().take(WIRE_LINES_TOP);
    let end = text.rsplit('\n').filter(|l| !l.trim().is_empty()).take(WIRE_LINES_END);
    let mut out: Vec<Stamped> = Vec::new();
    let agency = story.agency.as_ref().map(|a| a.id.as_str());
    let behind = |line: &str| {
        let (moment, span) = tail::read(line, agency)?;
        Some(wire_stamp::Filing { moment, span, pegged: false })
    };
    for (line, is_end) in end.map(|line| (line, true)).chain(top.map(|line| (line, false))) {
        let start = line.as_ptr().addr() - text.as_ptr().addr();
        let found = wire_stamp::read(line, peg).or_else(|| behind(line).filter(|_| is_end));
        let Some(found) = found else { continue };
        let span = Span::new(start + found.span.0, start + found.span.1);
        if out.iter().any(|s| s.span == span) {
            continue;
        }
        out.push(Stamped {
            stamp: Stamp::Wire,
            moment: found.moment,
            span,
            other: None,
            short_year: found.pegged,
            wrong_weekday: false,
            unsure_days: 0,
        });
    }
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
        let timed = date.timed.unwrap_or(date.end);
        let clock = clock::behind(&head[timed..]).or_else(|| clock::before(before));
        let said = || first_published(&fold(before)).then_some(Label::Published);
        let stamp = match whole.then(|| labels::before(&fold(before)).or_else(said)).flatten() {
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
    memchr::memchr(b':', line.as_bytes())?;
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

/// `This report by … was first published March 5`: how a Canadian wire ends its stories.
fn first_published(folded: &str) -> bool {
    let before = folded.trim_end();
    let before = before.strip_suffix(" on").unwrap_or(before);
    before.ends_with(" was first published") || before.ends_with(" a ete publie pour la premiere fois le")
}

/// Tells whether a line says when the story was filed and no more: neither a headline nor a
/// dateline stands in it.
pub(in crate::enrich) fn is_date_line(line: &str) -> bool {
    if line.len() > LINE_BYTES || line.ends_with(['.', '。']) {
        return false;
    }
    let Some(date) = dates::find(line) else { return false };
    let folded = fold(&line[..date.start]);
    let words_behind = line[date.end..].split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count();
    is_bare(line, &date) || (words_behind <= WORDS_BEHIND_MAX && labels::before(&folded).is_some())
}

/// Tells whether a line holds nothing but a date: beside it only a weekday, a time, a zone.
fn is_bare(line: &str, date: &DateRead) -> bool {
    // Where bars divide the line, its own cell is nothing but the date; others are short, or
    // say when it was changed.
    let bar = |c: char| matches!(c, '|' | '[');
    let from = line[..date.start].rfind(bar).map_or(0, |i| i + 1);
    let to = line[date.end..].find(bar).map_or(line.len(), |i| date.end + i);
    let is_aside = |cell: &str| {
        let labelled = || dates::find(cell).is_some_and(|d| labels::before(&fold(&cell[..d.start])).is_some());
        cell.split_whitespace().count() <= CELL_WORDS_MAX || labelled()
    };
    let aside = line[..from].split(bar).chain(line[to..].split(bar)).all(is_aside);
    if !aside || to - from > STAMP_BYTES || line.len() > LINE_BYTES || date.year.is_none() {
        return false;
    }
    let before = behind_vietnamese(&line[from..date.start]);
    let rest = [before, &line[date.end..to]];
    rest.iter().all(|part| {
        let folded = fold(part);
        words(&folded).all(|w| {
            let word = &folded[w.start..w.end];
            word.bytes().all(|b| b.is_ascii_digit()) || word.chars().count() == 1 || is_stamp_word(word)
        })
    })
}

/// Takes off a weekday of two words, `Thứ Ba`, that is a number to other languages.
fn behind_vietnamese(before: &str) -> &str {
    let trimmed = before.trim();
    let bare = trimmed.trim_end_matches(',');
    let day = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật", "Chủ nhật"];
    if day.contains(&bare) { "" } else { before }
}

/// Words beside the date of a line that holds nothing else.
fn is_stamp_word(word: &str) -> bool {
    const WORDS: [&str; 57] = [
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "et",
        "ist",
        "jst",
        "kst",
        "hkt",
        "wib",
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
        "heure",
        "year",
        "ct",
        "pt",
        "wita",
        "wit",
        "hai",
        "ba",
        "nam",
        "bay",
        "chu",
        "nhat",
        "bjt",
        "hae",
        "hne",
    ];
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let clock = digits.len() < word.len() && matches!(digits, "h" | "am" | "pm" | "gmt" | "utc" | "z" | "uhr");
    let hours = word.split_once('h').is_some_and(|(a, b)| [a, b].iter().all(|s| s.bytes().all(|c| c.is_ascii_digit())));
    clock || hours || WORDS.contains(&word) || weekday(word).is_some()
}

/// Returns the weekday that a folded word means in any language, where they agree.
pub(in crate::enrich) fn weekday(word: &str) -> Option<u32> {
    times::weekday(word)
}

/// Returns the weekday that stands right before a date.
pub(super) fn weekday_in(before: &str) -> Option<u32> {
    let folded = fold(before);
    let last = words(&folded).last()?;
    let word = &folded[last.start..last.end];
    // Dushanbe is a capital and the Tajik for Monday, Santo Domingo no Sunday.
    let two = words(&folded[..last.start]).last().map_or(last.start, |earlier| earlier.start);
    if is_place(word) || is_place(&folded[two..last.end]) {
        return None;
    }
    weekday(word).or_else(|| {
        let earlier = words(&folded[..last.start]).last()?;
        (word.chars().count() <= 3).then(|| weekday(&folded[earlier.start..earlier.end])).flatten()
    })
}
