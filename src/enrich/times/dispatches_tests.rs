//! Sentences of sixteen languages, written from their meaning before they were read: a day that is
//! wrong is never shown as certain.

use super::read;
use super::tests::{spoken, story};
use crate::story::Confidence;
use std::collections::BTreeMap;

const DISPATCHES: &str = include_str!("dispatches.tsv");
const FILED: &str = "2024-03-05";
/// Of a hundred sentences, those that are read to the last value.
const RIGHT_OF_HUNDRED_MIN: usize = 90;

#[test]
fn no_wrong_day_is_shown_as_certain() {
    let (mut wrong, mut right, mut lines) = (Vec::new(), 0, BTreeMap::new());
    for line in DISPATCHES.lines().filter(|l| !l.starts_with('#')) {
        let [lang, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("three columns: {line}") };
        *lines.entry(lang).or_insert(0) += 1;
        let expected: Vec<&str> = expected.split_whitespace().collect();
        let mut story = story(lang, text);
        read(&mut story, FILED.parse().ok());
        let found: Vec<&str> = story.times.iter().map(|t| t.value.as_deref().unwrap_or("?")).collect();
        right += usize::from(found == expected);
        let certain = story.times.iter().filter(|t| t.days.is_some() && t.confidence() != Confidence::Inferred);
        for time in certain.filter(|t| !expected.contains(&t.value.as_deref().unwrap_or("?"))) {
            wrong.push(format!("{lang}: {text}\n  {}={:?}, not {expected:?}", time.span.of(text), time.value));
        }
    }
    let all: usize = lines.values().sum();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(100 * right >= RIGHT_OF_HUNDRED_MIN * all, "{right} of {all}");
    assert!(lines.len() >= 16 && lines.values().all(|n| *n >= 10), "{lines:?}");
}

/// Compares sentences filed on that Tuesday with what they speak of.
fn of_that_tuesday(sentences: &[(&str, &str, &str)]) {
    for (lang, text, expected) in sentences {
        assert_eq!(spoken(lang, FILED, text), *expected, "{lang}: {text}");
    }
}

#[test]
fn a_clock_takes_the_day_of_its_phrase() {
    of_that_tuesday(&[
        (
            "en",
            "They met at 10 a.m. local time (1400 GMT) on Monday.",
            "10 a.m=2024-03-04T10:00 | 1400 GMT=2024-03-04T14:00 | Monday=2024-03-04",
        ),
        (
            "en",
            "It began at 6:30 a.m. (2230 GMT Sunday) on Monday.",
            "6:30 a.m=2024-03-04T06:30 | 2230 GMT=2024-03-03T22:30 | Sunday=2024-03-03 | Monday=2024-03-04",
        ),
        ("en", "It struck at 11:14 p.m. Pacific time on Feb. 27.", "11:14 p.m=2024-02-27T23:14 | Feb. 27=2024-02-27"),
        (
            "fr",
            "A 10H00 locales (08H00 GMT) lundi, les sirènes ont retenti.",
            "10H00 locales=2024-03-04T10:00 | 08H00 GMT=2024-03-04T08:00 | lundi=2024-03-04",
        ),
        ("ru", "В 10.00 мск в понедельник прозвучали сирены.", "10.00 мск=2024-03-04T10:00 | понедельник=2024-03-04"),
        // Where Greenwich is a day further, so is its clock.
        (
            "en",
            "On Sunday at 10 p.m. (0300 GMT) it rained.",
            "Sunday=2024-03-03 | 10 p.m=2024-03-03T22:00 | 0300 GMT=2024-03-04T03:00",
        ),
    ]);
}

#[test]
fn a_clock_of_the_afternoon_is_past_noon() {
    of_that_tuesday(&[
        ("ja", "会談は5日午後7時に始まった。", "5日=2024-03-05 | 午後7時=2024-03-05T19:00"),
        ("ko", "회담은 어제 오후 7시 30분 시작됐다.", "어제 오후=2024-03-04TAF | 7시 30분=2024-03-04T19:30"),
        ("zh", "会谈于昨晚8点开始。", "昨晚8点=2024-03-04T20:00"),
        ("fr", "Il est arrivé lundi soir à 8 heures.", "lundi soir=2024-03-04TEV | 8 heures=2024-03-04T20:00"),
        ("fr", "Il est arrivé lundi à 8 heures du soir.", "lundi=2024-03-04 | 8 heures du soir=2024-03-04T20:00"),
    ]);
}

#[test]
fn a_clock_without_a_day_is_only_inferred() {
    let mut story = story("en", "Shares fell at 14:32 pm in thin trading.");
    read(&mut story, FILED.parse().ok());
    assert!(story.times.iter().all(|t| t.confidence() == Confidence::Inferred), "{:?}", story.times);
}

#[test]
fn a_day_beside_another_is_counted_from_it() {
    of_that_tuesday(&[
        ("en", "The day after Feb. 24, he spoke.", "The day after=2024-02-25 | Feb. 24,=2024-02-24"),
        ("fr", "Il a parlé à la veille du 1er mai 2023.", "la veille=2023-04-30 | 1er mai 2023=2023-05-01"),
        ("de", "Zwei Tage vor Weihnachten reiste er ab.", "Zwei Tage vor=2023-12-23 | Weihnachten=2023-12-25"),
        ("ru", "За день до 24 февраля он выступил.", "За день до=2024-02-23 | 24 февраля=2024-02-24"),
        ("ru", "Накануне 9 мая 2023 года он выступил.", "Накануне=2023-05-08 | 9 мая 2023 года=2023-05-09"),
        ("it", "Alla vigilia di Natale il governo approvò la manovra.", "Alla vigilia=2023-12-24 | Natale=2023-12-25"),
        ("fr", "A la veille du scrutin, il a démissionné.", ""),
        ("tr", "Seçimden iki gün önce istifa etti.", "iki gün önce=XXXX-XX-XX"),
    ]);
}

#[test]
fn nights_and_days_of_a_named_month() {
    of_that_tuesday(&[
        ("fr", "Dans la nuit du 4 au 5 mars, un drone est tombé.", "Dans la nuit du 4 au 5 mars=2024-03-04TNI"),
        ("pl", "W nocy z soboty na niedzielę padał śnieg.", "W nocy z soboty na niedzielę=2024-03-02TNI"),
        ("ja", "首相は先月15日に訪米し、来月10日に帰国する予定だ。", "先月15日=2024-02-15 | 来月10日=2024-04-10"),
        ("zh", "总统上月15日访华，下月10日将出席峰会。", "上月15日=2024-02-15 | 下月10日=2024-04-10"),
        ("ko", "오는 20일 선거가 치러진다.", "오는 20일=2024-03-20"),
        ("en", "It met on the 15th of last month.", "the 15th of last month=2024-02-15"),
        ("en", "It happened on the third Monday of January.", "the third Monday of January=2024-01-15"),
        ("ko", "2023년 4분기 매출이 늘었다.", "2023년 4분기=2023-Q4"),
        ("zh", "114年5月14日總統表示。", "114年5月14日=2025-05-14"),
        ("ar", "وفي عام 1445 هـ صدر القرار.", ""),
    ]);
}

#[test]
fn a_feast_of_one_country_is_open_in_others() {
    of_that_tuesday(&[("en", "Pakistan marked Independence Day with parades.", "Independence Day=XXXX-XX-XX")]);
}
