//! When a story was filed: only from what it states or what its path states. Never from
//! today's date or the times of files; a story with neither stays without a date, and gets
//! at most bounds that are marked as inferred.
//!
//! In order: the markup, the dateline, an agency's own stamp, a line of publication, a line that is a date, an
//! identifier, the path, the address of a page. The first that gives a full day is the answer, those that agree
//! are further evidence, and one that contradicts it is a warning or leaves the day open.

mod clock;
mod clues;
mod embargo;
mod infer;
mod labels;
mod path;
mod stamps;
mod tail;
mod warnings;

pub(super) use stamps::{is_date_line, weekday};

use super::opening::dates::{self, DateRead};
use super::times;
use crate::data::months::Calendar;
use crate::story::{Confidence, Evidence, Moment, Origin, Story};
use chrono::{Datelike, NaiveDate};
use stamps::{Stamp, Stamped};
use std::borrow::Cow;

/// Days that a path and a dateline may lie apart: stories are filed around midnight.
const APART_DAYS: i64 = 1;
/// Days by which a file's name, an update or a receipt may follow the day of a dateline
/// that has no year, and still tell its year.
const LATER_DAYS: i64 = 31;

/// A day that something states, with the reason.
#[derive(Clone, Debug)]
struct Stated {
    moment: Moment,
    evidence: Evidence,
    /// Whether it may be later than the filing: a file's name, an update, a receipt.
    later: bool,
    /// Days by which it may be off.
    unsure_days: i64,
}

/// Reads when `story` was filed, unless its markup said so already, and what bounds it.
pub fn read(story: &mut Story) {
    read_with(story, &times::find(story));
}

/// As [`read`], with the times of the text found already; and until when it is held back.
pub(super) fn read_with(story: &mut Story, reads: &[times::Read]) {
    read_filed(story, reads);
    embargo::read(story);
}

fn read_filed(story: &mut Story, reads: &[times::Read]) {
    warnings::of_no_day(story, reads);
    if story.filed.value.is_some() {
        return;
    }
    let lang = story.lang.as_ref().map(|l| l.value.clone());
    let path = path::read(&story.path, day_first(lang.as_deref()));
    let dateline = dateline_date(story, lang.as_deref());
    let stamped = stamps::read(story);
    let mut stated = Vec::new();
    if let Some((read, origin)) = &dateline {
        stated.extend(full_dateline(read, origin, lang.as_deref()));
    }
    for stamp in [Stamp::Wire, Stamp::Published, Stamp::Bare, Stamp::Identifier] {
        stated.extend(stamped.iter().filter(|s| s.stamp == stamp).filter_map(|s| of_stamp(s, reads)));
    }
    if let Some((day, part)) = path.day.clone() {
        let evidence = evidence(Origin::Path(part), "filed/path-full-date", Confidence::Stated);
        stated.push(Stated { moment: Moment::day(day), evidence, later: true, unsure_days: 0 });
    }
    // An address of the page that has the day in its folders.
    let address = story.guid.as_ref().and_then(|guid| path::address_day(&guid.value));
    if let Some((day, _)) = address {
        let evidence = evidence(Origin::Field("guid".into()), "filed/address-date", Confidence::Derived);
        stated.push(Stated { moment: Moment::day(day), evidence, later: true, unsure_days: 0 });
    }
    for stamp in [Stamp::Updated, Stamp::Received] {
        stated.extend(stamped.iter().filter(|s| s.stamp == stamp).filter_map(|s| of_stamp(s, reads)));
    }
    warnings::of_weekdays(story, &stamped, dateline.as_ref(), lang.as_deref());
    let partial =
        dateline.filter(|(read, _)| full_dateline(read, &Origin::Path(String::new()), lang.as_deref()).is_none());
    let usable =
        partial.as_ref().filter(|(r, _)| r.month.is_some() && r.day.is_some() && !r.ambiguous && r.year.is_none());
    match (usable, stated.first()) {
        (Some((read, origin)), Some(_)) => complete_by_stated(story, read, origin, &stated),
        (None, Some(_)) => settle(story, &stated),
        (_, None) => {
            if let (Some((read, origin)), Some((year, part))) = (&partial, path.year)
                && let Some(day) = read.in_year(year).filter(|_| agrees(read, year))
            {
                let because = evidence(Origin::Path(part), "filed/year-folder", Confidence::Derived);
                set_derived(story, day, read, origin.clone(), because);
            }
        }
    }
    if story.filed.value.is_none() {
        infer::bounds(story, reads, partial.map(|(read, _)| read), path.unix);
    }
}

fn evidence(origin: Origin, rule: &'static str, confidence: Confidence) -> Evidence {
    Evidence { origin, rule: Cow::Borrowed(rule), confidence }
}

/// Tells whether copy of a language writes the day before the month.
fn day_first(lang: Option<&str>) -> Option<bool> {
    match lang? {
        "en" | "zh" | "ja" | "ko" | "hu" | "lt" | "mn" | "fa" | "sv" => None,
        _ => Some(true),
    }
}

fn dateline_date(story: &Story, lang: Option<&str>) -> Option<(DateRead, Origin)> {
    let written = story.dateline.as_ref()?.date_as_written.as_ref()?;
    let read = dates::at(&written.value, 0).or_else(|| dates::find(&written.value))?;
    Some((read.settled(lang), written.evidence.first()?.origin.clone()))
}

fn full_dateline(read: &DateRead, origin: &Origin, lang: Option<&str>) -> Option<Stated> {
    let day = read.day_in(read.year_near(None, lang)?, lang)?;
    let short = read.year.is_some_and(|y| y < 100);
    let (rule, confidence) = if short {
        ("filed/dateline-short-year", Confidence::Derived)
    } else {
        ("filed/dateline-full-date", Confidence::Stated)
    };
    Some(Stated {
        moment: Moment { day, time: read.time, offset_minutes: read.offset_minutes },
        evidence: evidence(origin.clone(), rule, confidence),
        later: false,
        unsure_days: read.unsure_days(),
    })
}

fn of_stamp(stamped: &Stamped, reads: &[times::Read]) -> Option<Stated> {
    let (rule, later) = match stamped.stamp {
        Stamp::Wire => ("filed/wire-stamp", false),
        Stamp::Published => ("filed/published-line", false),
        Stamp::Bare => ("filed/date-line", false),
        Stamp::Identifier => ("filed/identifier", false),
        Stamp::Updated => ("filed/updated-line", true),
        Stamp::Received => ("filed/received-line", true),
    };
    let mut moment = stamped.moment;
    let mut confidence = if stamped.short_year { Confidence::Derived } else { Confidence::Stated };
    if let Some(other) = stamped.other {
        // Of two readings the text may rule one out: it is filed after what it tells of.
        let possible: Vec<NaiveDate> =
            [moment.day, other].into_iter().filter(|d| clues::known_past(reads).is_none_or(|e| *d >= e)).collect();
        let [day] = possible[..] else { return None };
        moment.day = day;
        confidence = Confidence::Derived;
    }
    let evidence = Evidence::text(stamped.span, rule, confidence);
    Some(Stated { moment, evidence, later, unsure_days: stamped.unsure_days })
}

/// Day and month in the dateline, the year in what else is stated.
fn complete_by_stated(story: &mut Story, read: &DateRead, origin: &Origin, stated: &[Stated]) {
    for anchor in stated {
        let far = if anchor.later { LATER_DAYS } else { APART_DAYS };
        let years = years_near(read, anchor.moment.day);
        let near = years.filter_map(|y| read.in_year(y)).find(|d| {
            let after = (anchor.moment.day - *d).num_days();
            (-APART_DAYS..=far).contains(&after)
        });
        if let Some(day) = near {
            set_derived(story, day, read, origin.clone(), anchor.evidence.clone());
            // Of the same day, what told the year may tell the time as well.
            if let Some(filed) = story.filed.value.as_mut()
                && filed.time.is_none()
                && anchor.moment.day == day
                && !anchor.later
            {
                *filed = anchor.moment;
            }
            if (anchor.moment.day - day).num_days() > APART_DAYS {
                let message = format!("The day of the dateline lies before {}", anchor.moment.day);
                story.warn("dates-apart", message, false);
            }
            return;
        }
    }
    if let Some(anchor) = stated.first() {
        let message = format!("The date of the dateline contradicts {}", anchor.moment.day);
        story.warn("contradicting-dates", message, false);
    }
}

/// The years of the dateline's own calendar around a day.
fn years_near(read: &DateRead, day: NaiveDate) -> impl Iterator<Item = i32> {
    let base = match read.month {
        Some((Calendar::Persian, _)) => crate::data::calendars::solar_year_of(day.year()),
        Some((Calendar::Islamic, _)) => crate::data::calendars::lunar_year_of(day.year()),
        _ => day.year(),
    };
    [base, base - 1, base + 1, base + 2].into_iter()
}

fn set_derived(story: &mut Story, day: NaiveDate, read: &DateRead, origin: Origin, because: Evidence) {
    story.filed.value = Some(Moment { day, time: read.time, offset_minutes: read.offset_minutes });
    story.filed.evidence = vec![
        evidence(origin, "filed/dateline-day", Confidence::Derived),
        Evidence { confidence: Confidence::Derived, ..because },
    ];
}

/// Takes the first of what is stated, unless another contradicts it.
fn settle(story: &mut Story, stated: &[Stated]) {
    let Some(first) = stated.first() else { return };
    let day = first.moment.day;
    let agrees = |s: &&Stated| (s.moment.day - day).num_days().abs() <= APART_DAYS + s.unsure_days;
    // A later name, update or receipt is no contradiction: the story was filed before.
    let contradicts = |s: &&Stated| !(agrees(s) || (s.later && s.moment.day > day));
    let apart: Vec<String> = stated.iter().filter(contradicts).map(|s| s.moment.day.to_string()).collect();
    if !apart.is_empty() {
        let message = format!("Its dates contradict each other: {day}, {}", apart.join(", "));
        story.warn("contradicting-dates", message, false);
        return;
    }
    if first.unsure_days > 0 && !stated.iter().skip(1).any(|s| agrees(&s)) {
        // A day of a calendar by sighting, and nothing that settles it.
        let unsure = chrono::Days::new(first.unsure_days.unsigned_abs());
        story.filed.earliest = day.checked_sub_days(unsure);
        story.filed.latest = day.checked_add_days(unsure);
        let origin = first.evidence.origin.clone();
        story.filed.evidence = vec![evidence(origin, "filed/lunar-day", Confidence::Inferred)];
        return;
    }
    // Of those that agree, one told to the day stands before one that may be off by one.
    let best = stated.iter().filter(agrees).min_by_key(|s| s.unsure_days).unwrap_or(first);
    let mut moment = best.moment;
    if moment.time.is_none() {
        let timed =
            stated.iter().filter(agrees).find(|s| s.moment.day == moment.day && s.moment.time.is_some() && !s.later);
        if let Some(timed) = timed {
            moment = timed.moment;
        }
    }
    story.filed.value = Some(moment);
    story.filed.evidence = stated.iter().filter(agrees).map(|s| s.evidence.clone()).collect();
    // What alone says when it was changed or received says only nearly when it was filed.
    if matches!(first.evidence.rule.as_ref(), "filed/updated-line" | "filed/received-line") {
        story.filed.evidence.iter_mut().for_each(|e| e.confidence = Confidence::Derived);
    }
}

/// Two digits of a year must be the last of the year.
fn agrees(read: &DateRead, year: i32) -> bool {
    read.year.is_none_or(|y| if y < 100 { year.rem_euclid(100) == y } else { y == year })
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::enrich::opening;
    use crate::story::{Confidence, Sourced, Story};

    fn filed_in(lang: Option<&str>, text: &str, path: &str) -> Story {
        let mut story = Story::new(text.to_owned());
        path.clone_into(&mut story.path);
        story.lang = lang.map(|l| Sourced { value: l.to_owned(), evidence: Vec::new() });
        opening::read(&mut story);
        read(&mut story);
        story
    }

    fn filed(text: &str, path: &str) -> Story {
        filed_in(None, text, path)
    }

    #[test]
    fn stated_or_derived_days() {
        use Confidence::{Derived, Stated};
        for (text, path, day, confidence) in [
            ("OSLO, 3 May 2021 (AFP) - Text.", "a.txt", "2021-05-03", Stated),
            ("Genève, 14 févr. 2020 (AFP) - Texte.", "a.txt", "2020-02-14", Stated),
            ("PARIS, May 3, 2021, 10:31 GMT (AFP) - Text.", "a.txt", "2021-05-03T10:31:00Z", Stated),
            ("TOKYO, May 3, 2021 00:30 JST (Kyodo) - Text.", "a.txt", "2021-05-03T00:30:00+09:00", Stated),
            ("OSLO, 3 May 2021 9:15 p.m. EDT (AP) - Text.", "a.txt", "2021-05-03T21:15:00-04:00", Stated),
            ("OSLO, 3 May 2021 9:15 GMT+05:30 (ANI) - Text.", "a.txt", "2021-05-03T09:15:00+05:30", Stated),
            // A dash behind a zone is no sign, and a word in small letters no zone.
            ("OSLO, 3 mai 2021, 9:15 GMT - Le pont est ouvert.", "a.txt", "2021-05-03T09:15:00Z", Stated),
            ("OSLO, 3 mai 2021, 9:15 est une heure (AFP) - Texte.", "a.txt", "2021-05-03T09:15:00", Stated),
            ("GRANADA 1997-03-04\nA train left.", "a.txt", "1997-03-04", Stated),
            ("Le pont\n\nPublié le 3 mai 2021 à 10:15\n\nLe pont a rouvert.", "a.txt", "2021-05-03T10:15:00", Stated),
            ("Мост\n\nОпубликовано: 3 мая 2021\n\nМост открыт.", "a.txt", "2021-05-03", Stated),
            ("Updated May 4, 2021; first published May 3, 2021\nText.", "a.txt", "2021-05-03", Stated),
            ("Reçu le 9 mai 2021\nOSLO, 3 mai 2021 (AFP) - Texte.", "a.txt", "2021-05-03", Stated),
            ("Sent: Monday, May 3, 2021 6:35 PM\nSubject: Bridge\n\nText.", "a.txt", "2021-05-03T18:35:00", Stated),
            ("Posted: 05/03/2021 6:35 PM EST\nText.", "a.txt", "2021-05-03T18:35:00-05:00", Stated),
            ("2021-05-03T22:30:00Z\n\nText.", "a.txt", "2021-05-03T22:30:00Z", Stated),
            ("2021-05-03 08:11，正文：桥梁重新开放，交通恢复正常。", "a.txt", "2021-05-03T08:11:00", Stated),
            ("urn:newsml:agency.com:20210503T183500Z:x:1\n\nText.", "a.txt", "2021-05-03T18:35:00Z", Stated),
            ("دوشنبه ۱۳ اردیبهشت ۱۴۰۰\n\nText.", "a.txt", "2021-05-03", Stated),
            ("03.05.21 - 18:35\n\nText.", "a.txt", "2021-05-03T18:35:00", Derived),
            ("OSLO, 3 MAY 89 (AFP) - Text.", "a.txt", "1989-05-03", Derived),
            ("Text.", "x/20241202/a.txt", "2024-12-02", Stated),
            ("Text.", "x/2024/12/02/a.txt", "2024-12-02", Stated),
            ("OSLO, 3 May 2021 (AFP) - Text.", "x/2021-05-06/a.txt", "2021-05-03", Stated),
            ("OSLO, May 3 (AFP) - Text.", "x/2021-05-04/a.txt", "2021-05-03", Derived),
            ("OSLO (AFP) - Text.\n\nads/em\nAFP 031015 GMT MAI 21\nNNNN", "a.txt", "2021-05-03T10:15:00Z", Stated),
            ("OSLO, 3 mag. (ANSA) - Testo.\n\n03-MAG-21 10:15 NNNN", "a.txt", "2021-05-03T10:15:00", Derived),
            ("OSLO, 3 may (EFE).- Texto.\n03/10-15/21\nNNNN", "a.txt", "2021-05-03T10:15:00", Derived),
            (
                "T0234A 03.05.2021/10:15 eko\nMost\n\nBRNO 3. května (ČTK) - Most.",
                "a.txt",
                "2021-05-03T10:15:00",
                Derived,
            ),
            (
                "OSLO, May 3 (Reuters) - Text.\n\nMonday, 03 May 2021 10:15:22\nENDS",
                "a.txt",
                "2021-05-03T10:15:22",
                Derived,
            ),
            (
                "Text.\n\nThis report by The Canadian Press was first published May 3, 2021.",
                "a.txt",
                "2021-05-03",
                Stated,
            ),
            ("Xinhua | 2021-05-03 10:15:32|Editor: ada\n\nText.", "a.txt", "2021-05-03T10:15:32", Stated),
            ("OSLO, Dec 31 (AFP) - Text.", "x/20220101.txt", "2021-12-31", Derived),
            ("OSLO, May 3 (AFP) - Text.", "x/2021/a.txt", "2021-05-03", Derived),
            (
                "Tue 4 May 2021 10.15 GMT\nLast modified on Wed 5 May 2021 08.00 GMT\n\nText.",
                "a.txt",
                "2021-05-04T10:15:00Z",
                Stated,
            ),
            ("Mis à jour le 4 mai 2021\n\nLe pont a rouvert.", "a.txt", "2021-05-04", Derived),
        ] {
            let story = filed(text, path);
            assert_eq!(story.filed.value.map(|m| m.to_string()).as_deref(), Some(day), "{text} {path}");
            assert!(story.filed.evidence.iter().all(|e| e.confidence == confidence), "{text} {path}");
        }
    }

    #[test]
    fn date_lines_as_agencies_print_them() {
        for (text, day) in [
            ("Editor: huaxia 2021-05-03 10:15:32\n\nText.", "2021-05-03T10:15:32"),
            ("Selasa, 4 Mei 2021 10:15 WIB\n\nText.", "2021-05-04T10:15:00+07:00"),
            ("10:15 23.05.2021\n\nText.", "2021-05-23T10:15:00"),
            ("Published 04:30 GMT, 3 May 2021\n\nText.", "2021-05-03T04:30:00Z"),
            ("By JANE DOE\nMay 3, 2021 10:15 am ET\n\nText.", "2021-05-03T10:15:00"),
        ] {
            let story = filed(text, "a.txt");
            assert_eq!(story.filed.value.map(|m| m.to_string()).as_deref(), Some(day), "{text}");
        }
    }

    /// A day is the day in the source's own zone, whatever day it is in Greenwich.
    #[test]
    fn the_ends_of_a_day_stay_in_it_in_every_zone() {
        for day in ["2024-12-31", "2025-01-01", "2024-02-29", "2000-02-29"] {
            for (hour, half) in (-12..=14).flat_map(|h: i32| [(h, 0), (h, 30)]).filter(|z| z.0.abs() < 12 || z.1 == 0) {
                for time in ["23:59:00", "00:00:00", "12:00:00"] {
                    let sign = if hour < 0 { '-' } else { '+' };
                    let text = format!("{day}T{time}{sign}{:02}:{half:02}\n\nText.", hour.abs());
                    let moment = filed(&text, "a.txt").filed.value.expect("a moment");
                    let minutes = hour.signum() * (hour.abs() * 60 + half) + if hour == 0 { half } else { 0 };
                    assert_eq!(moment.day.to_string(), day, "{text}");
                    assert_eq!(moment.time.map(|t| t.to_string()).as_deref(), Some(time), "{text}");
                    assert_eq!(moment.offset_minutes, Some(minutes), "{text}");
                }
            }
        }
        assert!(filed("2024-12-31T24:30:00Z\n\nText.", "a.txt").filed.value.is_none_or(|m| m.time.is_none()));
        assert!(filed("2023-02-29T10:00:00Z\n\nText.", "a.txt").filed.value.is_none());
    }

    #[test]
    fn no_day_is_made_up() {
        for (text, path) in [
            ("OSLO, May 3 (AFP) - Text.", "a.txt"),
            ("OSLO (AFP) - Text.", "x/2021/a.txt"),
            ("Text of 3 May 2021.", "c8246056/000_20240.txt"),
            ("Le rapport publié le 3 mai 2021 a fait du bruit dans toute la ville.", "a.txt"),
            ("Posted: 05/03/2021\nText.", "a.txt"),
            ("Text.", "agency-1733155200.txt"),
        ] {
            assert!(filed(text, path).filed.value.is_none(), "{text} {path}");
        }
    }

    #[test]
    fn contradictions_leave_the_day_open() {
        for (text, path) in [
            ("OSLO, May 3 (AFP) - Text.", "x/2021-09-04/a.txt"),
            ("OSLO, 3 May 2021 (AFP) - Text.", "x/2020-09-04/a.txt"),
        ] {
            let story = filed(text, path);
            assert!(story.filed.value.is_none(), "{text} {path}");
            assert_eq!(story.warnings.first().map(|w| w.code.as_str()), Some("contradicting-dates"));
        }
    }

    #[test]
    fn a_wrong_weekday_is_told() {
        let story = filed("mardi 3 mai 2021\n\nTexte.", "a.txt");
        assert_eq!(story.filed.value.map(|m| m.day.to_string()).as_deref(), Some("2021-05-03"));
        assert_eq!(story.warnings.first().map(|w| w.code.as_str()), Some("wrong-weekday"));
    }

    /// The bounds that a text without a date gets: first day, last day.
    fn bounds(lang: &str, text: &str) -> (Option<String>, Option<String>) {
        let story = filed_in(Some(lang), text, "a.txt");
        assert_eq!(story.filed.value, None, "{text}");
        assert!(story.filed.evidence.iter().all(|e| e.confidence == Confidence::Inferred), "{text}");
        let bounded = story.filed.earliest.is_some() || story.filed.latest.is_some();
        assert_eq!(bounded, !story.filed.evidence.is_empty(), "{text}");
        (story.filed.earliest.map(|d| d.to_string()), story.filed.latest.map(|d| d.to_string()))
    }

    #[test]
    fn what_a_text_tells_of_bounds_its_filing() {
        let (from, to) =
            bounds("fr", "Le traité a été signé le 9 juin, en marge du sommet de 2021. Ils se sont vus lundi.");
        assert_eq!(from.as_deref(), Some("2021-06-09"));
        assert!(to.as_deref().is_some_and(|d| d > "2021-07-01" && d < "2021-12-01"), "{to:?}");
        let (from, to) =
            bounds("fr", "Il a démissionné, a-t-il annoncé jeudi 25 juin. Les comptes de 2019 étaient faux.");
        assert_eq!(from.as_deref(), Some("2020-06-25"));
        assert!(to.as_deref().is_some_and(|d| d < "2020-07-15"), "{to:?}");
        // What is counted from is only a lower bound; a day of the dateline lies within the bounds.
        let mass = "PARÍS, 8 Dic. (EUROPA PRESS) - Se celebró este domingo la primera misa desde el incendio de abril de 2019.";
        assert_eq!(bounds("es", mass), (Some("2019-12-08".to_owned()), None));
        let works = "Москва. 5 декабря. INTERFAX.RU - Завод закрыли в апреле 2025 года. Суд был 28 мая, цех открыт.";
        assert_eq!(bounds("ru", works), (None, None));
        // A past day of another year leaves the year of the dateline open.
        let past = "ВАШИНГТОН, 22 января. /ТАСС/. Он готов к встрече. Последний раз они говорили по телефону 23 июля 2020 года.";
        assert_eq!(bounds("ru", past), (Some("2021-01-22".to_owned()), None));
        // So does a past year by itself; of copy that looks at the next one too it tells it.
        let born = "LONDON, June 6 (Reuters) - Veterans marked the day. The king was born in 1948.";
        assert_eq!(bounds("en", born), (Some("1948-06-06".to_owned()), None));
        let year = "CHICAGO, March 19 (Reuters) - The company spent 96 mln dlrs in 1987 and will spend 90 mln in 1988.";
        assert_eq!(bounds("en", year), (Some("1987-03-19".to_owned()), Some("1987-03-19".to_owned())));
        assert_eq!(bounds("fr", "Le musée est fermé. La pluie tombe."), (None, None));
        assert_eq!(bounds("fr", "Le musée a vendu 1 984 billets."), (None, None));
    }
}
