//! Until when a story is held back: the date and time of the line that says so, *EMBARGO
//! jusqu'au 12 mars 2024 18h00 GMT*, *HOLD FOR RELEASE 0900 GMT March 12*.
//!
//! A day without a year, and a weekday, is the first one from the day of filing on. A line
//! that tells no day states no end, and none is made up.

use super::clock::{self, Clock};
use super::stamps::weekday;
use crate::enrich::opening::dates::{self, DateRead};
use crate::story::{Confidence, Evidence, Moment, Origin, Sourced, Span, Status, Story};
use crate::text::{fold, words};
use chrono::{Datelike, Days, NaiveDate};
use std::borrow::Cow;

/// Bytes of a line that are looked at.
const LINE_BYTES: usize = 200;
/// Days before the filing on which a day without a year may lie: zones.
const BEFORE_DAYS: u64 = 1;
/// Days from the filing within which a day without a year ends an embargo: it names its year
/// where it is further away, or it is the last one's.
const AHEAD_DAYS: i64 = 300;

/// Days from the filing within which a day and a month in figures are looked for, whichever comes first.
const NEAR_DAYS: i64 = 31;

/// Reads until when `story` is held back, where it states an embargo and its markup tells no end.
pub(super) fn read(story: &mut Story) {
    if story.status.value != Status::Embargoed || story.embargo.is_some() {
        return;
    }
    let filed = story.filed.value.map(|m| m.day);
    let lang = story.lang.as_ref().map(|l| l.value.as_str());
    let line = story.status.evidence.iter().find_map(|e| match e.origin {
        // What ends the copy may stand behind a sentence of it.
        Origin::Text(span) if e.rule == "status/closing" => Some(span),
        Origin::Text(span) => Some(line_around(&story.text, span)),
        _ => None,
    });
    let line = line.and_then(|l| Some((l.of(&story.text), Origin::Text(l), end_of(l.of(&story.text), filed, lang)?)));
    let note = || {
        let note = story.ednote.as_ref()?;
        Some((note.value.as_str(), note.evidence.first()?.origin.clone(), end_of(&note.value, filed, lang)?))
    };
    let Some((_, origin, (moment, complete))) = line.or_else(note) else {
        let message = "An embargo whose end is not told: it stays held back".to_owned();
        story.warn("embargo-without-end", message, false);
        return;
    };
    let confidence = if complete { Confidence::Stated } else { Confidence::Derived };
    let mut evidence = vec![Evidence { origin, rule: Cow::Borrowed("embargo/line"), confidence }];
    if !complete {
        evidence.extend(story.filed.evidence.first().cloned());
    }
    story.embargo = Some(Sourced { value: moment, evidence });
}

/// The line that holds a span, without the blanks at its ends.
fn line_around(text: &str, span: Span) -> Span {
    let (from, to) = (span.start as usize, span.end as usize);
    let start = text.get(..from).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
    let end = text.get(to..).and_then(|t| t.find('\n')).map_or(text.len(), |i| to + i);
    let line = text.get(start..end).unwrap_or("");
    let start = start + line.len() - line.trim_start().len();
    Span::new(start, start + line.trim().len())
}

/// Returns the moment that a line tells, and whether it tells it in full.
fn end_of(line: &str, filed: Option<NaiveDate>, lang: Option<&str>) -> Option<(Moment, bool)> {
    let limit = (0..=LINE_BYTES.min(line.len())).rev().find(|i| line.is_char_boundary(*i)).unwrap_or(0);
    let line = &line[..limit];
    let Some(date) = day_and_month(line) else {
        let day = advance(line, filed?).or_else(|| coming_weekday(line, filed?))?;
        return Some((moment(day, clock::within(line)), false));
    };
    let read = near_day(date.settled(lang), filed);
    let (day, complete) = match read.year_near(filed.map(|d| d.year()), lang) {
        Some(year) => (read.day_in(year, lang)?, read.year.is_some_and(|y| y >= 100) && !date.ambiguous),
        None => (coming_day(&read, filed?)?, false),
    };
    if read.unsure_days() > 0 {
        return None;
    }
    // A time that was read with the date is read again, with its zone.
    let timed = date.timed.unwrap_or(date.end);
    let clock = clock::behind(&line[timed..]).or_else(|| clock::within(&line[timed..]));
    Some((moment(day, clock.or_else(|| clock::within(&line[..date.start]))), complete))
}

/// Takes of a day and a month that may be the other way round the one way in which they follow the filing:
/// few embargoes are longer than a month.
fn near_day(read: DateRead, filed: Option<NaiveDate>) -> DateRead {
    let Some(filed) = filed.filter(|_| read.ambiguous && read.in_figures) else { return read };
    let mut sure = read;
    sure.ambiguous = false;
    let is_near = |read: &DateRead| {
        let day = read.year_near(Some(filed.year()), None).and_then(|year| read.in_year(year));
        day.is_some_and(|day| (-1..=NEAR_DAYS).contains(&(day - filed).num_days()))
    };
    match (is_near(&sure), is_near(&sure.swapped())) {
        (true, false) => sure,
        (false, true) => sure.swapped(),
        _ => read,
    }
}

fn moment(day: NaiveDate, clock: Option<Clock>) -> Moment {
    Moment { day, time: clock.map(|c| c.time), offset_minutes: clock.and_then(|c| c.offset_minutes) }
}

/// The first date of a line that has a day and a month.
fn day_and_month(line: &str) -> Option<DateRead> {
    let mut from = 0;
    while let Some(date) = dates::find_from(line, from) {
        if date.day.is_some() && date.month.is_some() {
            return Some(date);
        }
        from = date.end.max(from + 1);
        while !line.is_char_boundary(from) {
            from += 1;
        }
    }
    // Without blanks a date stands right behind the words: 禁止在2024年3月12日前发布.
    let mut before = ' ';
    let starts = line.char_indices().filter(|(_, c)| {
        let begins = c.is_ascii_digit() && crate::text::stands_alone(before);
        before = *c;
        begins
    });
    let starts: Vec<usize> = starts.map(|(at, _)| at).collect();
    starts.into_iter().filter_map(|at| dates::at(line, at)).find(|d| d.day.is_some() && d.month.is_some())
}

/// The first such day from the filing on.
fn coming_day(read: &DateRead, filed: NaiveDate) -> Option<NaiveDate> {
    let first = filed.checked_sub_days(Days::new(BEFORE_DAYS))?;
    let days = (filed.year()..=filed.year() + 1).filter_map(|y| read.in_year(y)).filter(|d| *d >= first);
    days.min().filter(|d| (*d - filed).num_days() <= AHEAD_DAYS)
}

/// The first day of that number from the filing on that the slug of an advance names: `BC-Budget, Adv12`.
fn advance(line: &str, filed: NaiveDate) -> Option<NaiveDate> {
    const DAYS: usize = 62;
    let folded = fold(line);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).skip_while(|w| !w.starts_with("adv"));
    let glued = words.next()?.strip_prefix("adv")?;
    let day: u32 = if glued.is_empty() { words.next()? } else { glued }.parse().ok()?;
    filed.iter_days().take(DAYS).find(|d| d.day() == day)
}

/// The first day of the weekday that a line names, from the filing on.
fn coming_weekday(line: &str, filed: NaiveDate) -> Option<NaiveDate> {
    let folded = fold(line);
    // Shorter words are weekdays in one language and words in others.
    let named = words(&folded).map(|w| &folded[w.start..w.end]).filter(|w| w.chars().count() > 3).find_map(weekday)?;
    let ahead = (named + 7 - filed.weekday().num_days_from_monday()) % 7;
    filed.checked_add_days(Days::new(ahead.into()))
}

#[cfg(test)]
mod tests {
    use crate::story::{Confidence, Status, Story};

    fn embargoed(text: &str) -> (Status, Option<String>, Option<Confidence>) {
        let mut story = Story::new(text.to_owned());
        crate::enrich::enrich(&mut story);
        let evidence = story.embargo.as_ref().map(|e| e.evidence[0].confidence);
        (story.status.value, story.embargo.map(|e| e.value.to_string()), evidence)
    }

    #[test]
    fn the_end_of_an_embargo_is_read_where_its_line_tells_it() {
        use Confidence::{Derived, Stated};
        for (text, until, confidence) in [
            (
                "EMBARGO jusqu'au 12 mars 2024 18h00 GMT\n\nPARIS, 11 mars 2024 (AFP) - Le pont rouvre.",
                "2024-03-12T18:00:00Z",
                Stated,
            ),
            (
                "Sous embargo jusqu'au 12 mars 2024 à 18h00 GMT\n\nUne étude\n\nPARIS, 11 mars 2024 (AFP) - Le pont rouvre.",
                "2024-03-12T18:00:00Z",
                Stated,
            ),
            (
                "Strictly under embargo until 12 March 2024, 18:00 GMT\n\nOSLO, March 11, 2024 (AP) - The bridge reopens.",
                "2024-03-12T18:00:00Z",
                Stated,
            ),
            (
                "Sperrfrist: 12.03.2024, 18:00 MEZ\n\nKiel (dpa) - Die Brücke ist wieder offen.",
                "2024-03-12T18:00:00+01:00",
                Stated,
            ),
            (
                "HOLD FOR RELEASE 0900 GMT March 12\n\nOSLO, March 11, 2024 (AP) - The bridge reopens.",
                "2024-03-12T09:00:00Z",
                Derived,
            ),
            (
                "EMBARGOED UNTIL 6 a.m. EST, January 2\n\nOSLO, Dec. 30, 2024 (AP) - The bridge reopens.",
                "2025-01-02T06:00:00-05:00",
                Derived,
            ),
            (
                "EMBARGOED UNTIL 12 March 2024, 6pm GMT\n\nOSLO, March 11, 2024 (AP) - The bridge reopens.",
                "2024-03-12T18:00:00Z",
                Stated,
            ),
            (
                "EMBARGO: 12/03/2024 18:00\n\nOSLO, March 11, 2024 (AP) - The bridge reopens on Friday.",
                "2024-03-12T18:00:00",
                Derived,
            ),
            (
                "Embargoed until 6pm 12 March 2024\n\nOSLO, March 11, 2024 (AP) - The bridge reopens.",
                "2024-03-12T18:00:00",
                Stated,
            ),
            (
                "Sperrfrist: 12. März 2024, 18.00 Uhr\n\nKiel (dpa) - Die Brücke ist wieder offen.",
                "2024-03-12T18:00:00",
                Stated,
            ),
            (
                "Sperrfrist: 12. März 2024, 18.00 Uhr MEZ\n\nKiel (dpa) - Die Brücke ist wieder offen.",
                "2024-03-12T18:00:00+01:00",
                Stated,
            ),
            (
                "EMBARGADO HASTA EL 12 DE MARZO DE 2024 A LAS 18:00 GMT\n\nSevilla, 11 mar (EFE).- El puente reabre.",
                "2024-03-12T18:00:00Z",
                Stated,
            ),
            (
                "EMBARGO FINO AL 12 MARZO 2024, ORE 18:00\n\n(ANSA) - TORINO, 11 MAR - Il ponte riapre.",
                "2024-03-12T18:00:00",
                Stated,
            ),
            (
                "EMBARGO ATÉ ÀS 18H00 DE 12 DE MARÇO DE 2024\n\nBraga, 11 mar 2024 (Lusa) - A ponte reabre.",
                "2024-03-12T18:00:00",
                Stated,
            ),
            (
                "ЭМБАРГО ДО 12 МАРТА 2024 ГОДА, 18:00 МСК\n\nТОМСК, 11 марта. /ТАСС/. Мост открыт.",
                "2024-03-12T18:00:00+03:00",
                Stated,
            ),
            (
                "SOUS EMBARGO JUSQU'A MERCREDI 12H00 GMT\n\nPARIS, 11 mars 2024 (AFP) - Le pont rouvre.",
                "2024-03-13T12:00:00Z",
                Derived,
            ),
            (
                "Embargo: 12 March 2024 at 00:01 GMT\n\nOSLO, March 11, 2024 (AP) - The bridge reopens.",
                "2024-03-12T00:01:00Z",
                Stated,
            ),
            ("Embargo until 12 March 2024\n\nOSLO, March 11, 2024 (AP) - The bridge reopens.", "2024-03-12", Stated),
            ("НЕ ПУБЛИКОВАТЬ ДО 12 МАРТА 2024 ГОДА\n\nТОМСК, 11 марта. /ТАСС/. Мост открыт.", "2024-03-12", Stated),
            (
                "NICHT VOR DEM 12. MÄRZ 2024, 18.00 UHR\n\nKiel (dpa) - Die Brücke ist wieder offen.",
                "2024-03-12T18:00:00",
                Stated,
            ),
        ] {
            let expected = (Status::Embargoed, Some(until.to_owned()), Some(confidence));
            assert_eq!(embargoed(text), expected, "{text}");
        }
    }

    #[test]
    fn a_day_that_only_the_filing_completes() {
        for (text, until) in [
            ("BC-Budget, Adv12\nBridge opens\n\nOSLO, March 11, 2024 (AP) - The bridge opens.", "2024-03-12"),
            ("BC-Budget, Adv 2\nBridge opens\n\nOSLO, March 11, 2024 (AP) - The bridge opens.", "2024-04-02"),
            ("Embargo jusqu'à mardi 18h00\n\nPARIS, 11 mars 2024 (AFP) - Le pont rouvre.", "2024-03-12T18:00:00"),
            ("ADVANCE FOR RELEASE SUNDAY, MARCH 17\n\nOSLO, March 11, 2024 (AP) - The bridge opens.", "2024-03-17"),
            ("12 Mart 2024'e kadar ambargoludur\n\nOSLO, March 11, 2024 (AP) - The bridge opens.", "2024-03-12"),
            ("禁止在2024年3月12日前发布\n\n新华社奥斯陆3月11日电 大桥重新开放。", "2024-03-12"),
            ("PARIS, 11 mars 2024 (AFP) - Le pont rouvre.\n\nEmbargo jusqu'à mardi 18h00", "2024-03-12T18:00:00"),
            (
                "OSLO, March 11, 2024 (AP) - It opens.\n\nIt does.\n\nEMBARGOED FOR 1800 GMT ON MARCH 12, 2030\n",
                "2030-03-12T18:00:00Z",
            ),
            ("Kiel, 11. März 2024 (dpa) - Am 3. April. Sperrfrist: 12. März 2024, 18.00 Uhr", "2024-03-12T18:00:00"),
        ] {
            let (status, end, _) = embargoed(text);
            assert_eq!((status, end.as_deref()), (Status::Embargoed, Some(until)), "{text}");
        }
    }

    #[test]
    fn an_end_that_is_not_told_is_not_made_up() {
        for text in [
            "EMBARGO\n\nPARIS, 11 mars 2024 (AFP) - Le pont rouvre.",
            "SOTTO EMBARGO FINO ALLE 12\n\n(ANSA) - TORINO, 11 MAR - Il ponte riapre.",
            // The year is not known: the story has no date.
            "HOLD FOR RELEASE 0900 GMT March 12\n\nOSLO (AP) - The bridge reopens.",
        ] {
            assert_eq!(embargoed(text), (Status::Embargoed, None, None), "{text}");
        }
        let news = "Embargo: Oslo answers\n\nOSLO, March 11, 2024 (AP) - The talks of 12 March failed.";
        assert_eq!(embargoed(news).0, Status::Usable);
        let news = "Embargo on grain until 2030\n\nOSLO, March 11, 2024 (AP) - The talks failed.";
        assert_eq!(embargoed(news).0, Status::Usable);
    }
}
