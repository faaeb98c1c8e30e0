//! Transcripts of languages other than French and English, filed on Wednesday 4 December
//! 2024, and every day of two centuries in every language and form.

use super::read;
use super::tests::{spoken, story};
use crate::data::times::{Kind, all};
use chrono::{Datelike, NaiveDate};

const FILED: &str = "2024-12-04";

#[test]
fn explicit_dates_weekdays_and_relatives() {
    let mut wrong = Vec::new();
    for (lang, text, expected) in [
        (
            "de",
            "Er sagte am Montag, das Treffen vom 23. Oktober sei gut verlaufen.",
            "am Montag=2024-12-02 | 23. Oktober=2024-10-23",
        ),
        ("de", "Die Brücke wurde am 2. Mai 2021 gesperrt.", "am 2. Mai 2021=2021-05-02"),
        ("de", "Vergangene Woche stieg der Preis, gestern fiel er.", "Vergangene Woche=2024-W48 | gestern=2024-12-03"),
        ("de", "Vor drei Jahren gewann sie.", "Vor drei Jahren=2021"),
        ("es", "El presidente viajó el martes a Lima.", "el martes=2024-12-03"),
        ("es", "El acuerdo se firmó el 23 de octubre de 2024.", "el 23 de octubre de 2024=2024-10-23"),
        ("es", "La semana pasada llovió; ayer no.", "La semana pasada=2024-W48 | ayer=2024-12-03"),
        (
            "it",
            "La riunione di lunedì è stata rinviata al 14 gennaio 2025.",
            "lunedì=2024-12-02 | 14 gennaio 2025=2025-01-14",
        ),
        ("it", "Tre anni fa la diga era vuota.", "Tre anni fa=2021"),
        ("pt", "O ministro falou na segunda-feira em Lisboa.", "segunda-feira=2024-12-02"),
        ("pt", "O acordo é de 23 de outubro de 2024.", "23 de outubro de 2024=2024-10-23"),
        ("ru", "Президент прибыл во вторник, сообщили вчера.", "вторник=2024-12-03 | вчера=2024-12-03"),
        ("ru", "Мост открыли 2 мая 2021 года.", "2 мая 2021 года=2021-05-02"),
        ("ru", "На прошлой неделе шёл дождь.", "На прошлой неделе=2024-W48"),
        ("ar", "وقال الوزير أمس إن الاجتماع عقد في 23 أكتوبر 2024.", "أمس=2024-12-03 | 23 أكتوبر 2024=2024-10-23"),
        ("ar", "عقد اللقاء يوم الاثنين الماضي.", "يوم الاثنين الماضي=2024-12-02"),
        ("fa", "این دیدار دوشنبه ۱۲ آذر ۱۴۰۳ برگزار شد.", "دوشنبه ۱۲ آذر ۱۴۰۳=2024-12-02"),
        ("fa", "او دیروز گفت که هفته گذشته باران آمد.", "دیروز=2024-12-03 | هفته گذشته=2024-W48"),
        ("tr", "Köprü 2 Mayıs 2021'de kapandı, dün açıldı.", "2 Mayıs 2021=2021-05-02 | dün=2024-12-03"),
        ("tr", "Geçen hafta yağmur yağdı.", "Geçen hafta=2024-W48"),
        ("zh", "2024年10月23日，双方在喀山会晤。", "2024年10月23日=2024-10-23"),
        ("zh", "他昨天表示，上周的会谈很好。", "昨天=2024-12-03 | 上周=2024-W48"),
        ("zh", "会议于2日举行。", "2日=2024-12-02"),
        ("ja", "会談は10月23日に行われた。", "10月23日=2024-10-23"),
        ("ko", "회담은 2024년 10월 23일에 열렸다.", "2024년 10월 23일에=2024-10-23"),
        ("pl", "Most zamknięto 2 maja 2021, wczoraj go otwarto.", "2 maja 2021=2021-05-02 | wczoraj=2024-12-03"),
        ("nl", "De brug ging op 2 mei 2021 dicht.", "2 mei 2021=2021-05-02"),
        ("th", "สะพานปิดเมื่อวันที่ 2 พฤษภาคม 2564", "2 พฤษภาคม 2564=2021-05-02"),
    ] {
        let got = spoken(lang, FILED, text);
        if got != expected {
            wrong.push(format!("{lang}: {text}\n  {got}\n  {expected}"));
        }
    }
    assert!(wrong.is_empty(), "read, expected:\n{}", wrong.join("\n"));
}

/// Days of 1900 to 2100: both ends of every month, and a day within, of every year.
fn days() -> impl Iterator<Item = NaiveDate> {
    (1900..=2100).flat_map(|y| (1..=12).map(move |m| (y, m))).flat_map(|(y, m)| {
        let first = NaiveDate::from_ymd_opt(y, m, 1).expect("a first");
        let last = (28..=31).rev().find_map(|d| first.with_day(d)).expect("a last");
        [first, first.with_day(1 + first.month() * 2).expect("within"), last]
    })
}

#[test]
fn every_day_reads_back_in_figures() {
    for lang in ["en", "fr", "de", "ru", "any"] {
        for day in days() {
            for (form, text) in [("iso", day.format("%Y-%m-%d")), ("stops", day.format("%d.%m.%Y"))] {
                let text = text.to_string();
                let mut story = story(lang, &text);
                read(&mut story, None);
                let got = story.times.first().and_then(|t| t.days).map(|d| d.0);
                assert_eq!(got, Some(day), "{lang} {form} {text}");
            }
        }
    }
}

#[test]
fn every_day_reads_back_with_the_full_name_of_its_month() {
    for lexicon in all() {
        for month in 1..=12u32 {
            // The longest name: abbreviations stand for several months in some languages.
            let names = lexicon.words_of(Kind::Month, i32::try_from(month).expect("small"));
            let Some(name) = names.into_iter().max_by_key(|n| n.chars().count()) else { continue };
            if name.contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            for day in days().filter(|d| d.month() == month && d.year() % 7 == 0) {
                let text = format!("{} {name} {}", day.day(), day.year());
                let mut story = story(lexicon.code, &text);
                read(&mut story, None);
                let read = story.times.iter().find_map(|t| t.days.filter(|d| d.0 == d.1).map(|d| d.0));
                assert_eq!(read, Some(day), "{} {text} {:?}", lexicon.code, story.times);
            }
        }
    }
}
