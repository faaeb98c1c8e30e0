//! Transcripts: a sentence, the day it was filed, what it speaks of.

use super::read;
use crate::story::{Confidence, Sourced, Story};
use chrono::NaiveDate;

pub(super) fn story(lang: &str, text: &str) -> Story {
    let mut story = Story::new(text.to_owned());
    story.lang = Some(Sourced { value: lang.to_owned(), evidence: Vec::new() });
    story
}

/// Prints the expressions as `words=value`, parted by bars.
pub(super) fn spoken(lang: &str, day: &str, text: &str) -> String {
    let mut story = story(lang, text);
    read(&mut story, day.parse().ok());
    let shown = story.times.iter().map(|t| format!("{}={}", t.span.of(text), t.value.as_deref().unwrap_or("?")));
    shown.collect::<Vec<_>>().join(" | ")
}

#[test]
fn french() {
    for (text, expected) in [
        ("Il a été reçu lundi à Paris.", "lundi=2024-12-02"),
        ("Le sommet du 23 octobre a déçu.", "23 octobre=2024-10-23"),
        ("Les combats ont repris la semaine dernière.", "la semaine dernière=2024-W48"),
        ("Le procès s'ouvrira le 14 janvier.", "le 14 janvier=2025-01-14"),
        ("Il y a trois semaines, la ville tenait.", "Il y a trois semaines=2024-11-13"),
        ("Le pont sera fermé jusqu'à fin mars 2025.", "fin mars 2025=2025-03"),
        ("Chaque année, 2 000 personnes partent.", "Chaque année=P1Y"),
        ("Elle a vécu sept ans à Rome.", "sept ans=P7Y"),
        ("Au troisième trimestre, les ventes ont baissé.", "troisième trimestre=2024-Q3"),
        ("L'été dernier, le fleuve était bas.", "L'été dernier=2024-SU"),
        ("Il a été élu en 2017.", "2017=2017"),
        ("Mardi soir, vers 20h30, une explosion a retenti.", "Mardi soir=2024-12-03TEV | 20h30=2024-12-03T20:30"),
        ("Le musée a vendu 1 984 billets.", ""),
        ("Le vol AF1998 a coûté 2024 euros.", ""),
        ("Elle rouvre cinq ans après l'incendie.", "cinq ans après=P5Y"),
        ("Il est parti lundi, en fin d'après-midi.", "lundi=2024-12-02 | en fin d'après-midi=2024-12-02TAF"),
        ("L'après-midi du 3 janvier 2024 fut calme.", "après-midi du 3 janvier 2024=2024-01-03TAF"),
    ] {
        assert_eq!(spoken("fr", "2024-12-04", text), expected, "{text}");
    }
}

#[test]
fn english() {
    for (text, expected) in [
        ("The court ruled on Monday.", "Monday=2024-12-02"),
        ("Talks will resume on Friday.", "Friday=2024-12-06"),
        ("Net income fell in the third quarter.", "the third quarter=2024-Q3"),
        ("He was elected last March.", "last March=2024-03"),
        ("The bridge opened three years ago.", "three years ago=2021"),
        ("The dividend is payable Jan. 14 to holders.", "Jan. 14=2025-01-14"),
        ("It sold for $1.05 a share, or 20.30 in all.", ""),
        ("They met on December 2, 2024, and again this week.", "December 2, 2024=2024-12-02 | this week=2024-W49"),
        ("The minister may resign.", ""),
        ("He said on May 3 that he would stay.", "May 3=2024-05-03"),
        ("It was taken by the police on Dec 2 in Lyon.", "Dec 2=2024-12-02"),
        ("The bill is due by Dec 31.", "Dec 31=2024-12-31"),
        ("It was moved on 03/04/2025 to Leeds.", "03/04/2025=2025-XX-XX"),
        ("It was moved on 13/04/2024 to Leeds.", "13/04/2024=2024-04-13"),
        ("The strike began at 5:30 p.m. on Monday.", "5:30 p.m=2024-12-02T17:30 | Monday=2024-12-02"),
        (
            "Polls closed on June 9. The strike began at 5:30 p.m. on Monday.",
            "June 9=2024-06-09 | 5:30 p.m=2024-12-02T17:30 | Monday=2024-12-02",
        ),
        ("It was sent on Tuesday, 03 December 2024 5:32 PM.", "Tuesday, 03 December 2024 5:32 PM=2024-12-03T17:32"),
        ("It was 3:15 a.m. Sunday when it sank.", "3:15 a.m=2024-12-01T03:15 | Sunday=2024-12-01"),
        ("Next week Tuesday it opens.", "Next week Tuesday=2024-12-10"),
        ("In the 1970s it was new.", "the 1970s=197"),
        ("On Palm Sunday it was shut.", "Palm Sunday=2024-03-24"),
        ("After the Sept. 11 attacks it was shut on Black Friday.", ""),
        ("The 27-year veteran left yesterday.", "27-year=P27Y | yesterday=2024-12-03"),
    ] {
        assert_eq!(spoken("en", "2024-12-04", text), expected, "{text}");
    }
}

#[test]
fn figures_of_a_clock_are_no_year() {
    for (text, expected) in [
        ("The ship left at 1700 CDT April 24.", "1700 CDT=2024-04-24T17:00 | April 24=2024-04-24"),
        ("It closed at 1600 EST on Friday.", "1600 EST=2024-11-29T16:00 | Friday=2024-11-29"),
        ("Trading began at 1000 hrs EDT.", "1000 hrs EDT=2024-12-04T10:00"),
        ("The talks end at 1500 (1400 GMT).", "1400 GMT=2024-12-04T14:00"),
        ("Gold was bid at 1200/1205 in London.", ""),
        ("The curfew was at 2000 hours.", "2000 hours=PT2000H"),
        // Years stay years.
        ("He was born in 1789 and died in 1850.", "1789=1789 | 1850=1850"),
        ("The season of 2023/2024 is over; the war of 1914/1918 too.", "2023=2023 | 2024=2024 | 1914=1914 | 1918=1918"),
    ] {
        assert_eq!(spoken("en", "2024-12-04", text), expected, "{text}");
    }
}

#[test]
fn a_day_beside_a_year_told_from_the_filing_is_of_that_year() {
    for (lang, text, expected) in [
        ("en", "The pact of Feb. 15 last year held.", "=2023-02-15"),
        ("en", "It was signed on Nov. 30 last year.", "=2023-11-30"),
        ("fr", "Le traité du 15 février de l'an dernier tient.", "=2023-02-15"),
        ("de", "Der Vertrag vom 15. Februar vergangenen Jahres gilt.", "=2023-02-15"),
        ("es", "El pacto del 15 de febrero del año pasado sigue.", "=2023-02-15"),
        ("it", "Il patto del 15 febbraio dello scorso anno tiene.", "=2023-02-15"),
        ("pt", "O pacto de 15 de fevereiro do ano passado segue.", "=2023-02-15"),
        ("ru", "Договор от 15 февраля прошлого года действует.", "=2023-02-15"),
        ("en", "The fair opens on May 2 next year.", "=2025-05-02"),
        ("fr", "Il avait plu en février de l'an dernier.", "=2023-02"),
    ] {
        let spoken = spoken(lang, "2024-12-04", text);
        assert!(spoken.contains(expected), "{text}: {spoken}");
    }
}

#[test]
fn what_is_counted_from_a_year_is_not_counted_from_the_filing() {
    for (lang, text, expected) in [
        ("en", "He married in 1962; ten years later he was president.", "=1972"),
        ("fr", "Il s'est marié en 1962 ; dix ans plus tard il était président.", "=1972"),
        ("en", "Three years earlier, on June 5, 1995, he had left.", "Three years earlier=1995"),
        ("en", "In 1989 the wall fell. The next year the country was united.", "=1990"),
        ("ru", "Его арестовали 3 июня 1998 года. Через два дня он бежал.", "=1998-06-05"),
        ("zh", "他于1998年6月3日被捕，两天后逃走了。", "=1998-06-05"),
        ("nl", "Hij werd op 3 juni 1998 gearresteerd. De volgende dag vluchtte hij.", "=1998-06-04"),
        ("en", "She left on June 3, 1998. Two days later she was found.", "=1998-06-05"),
    ] {
        let spoken = spoken(lang, "2024-12-04", text);
        assert!(spoken.contains(expected), "{text}: {spoken}");
    }
    // With nothing said before it, it stays open.
    for (lang, text) in [
        ("en", "Two days later he fled."),
        ("ru", "На следующий день его освободили."),
        ("ja", "翌日、釈放された。"),
        ("ar", "وفي اليوم التالي أفرج عنه."),
        ("fr", "Le lendemain, il a été libéré."),
        ("pl", "Następnego dnia został zwolniony."),
    ] {
        let mut story = story(lang, text);
        read(&mut story, "2024-12-04".parse().ok());
        let days: Vec<_> = story.times.iter().map(|t| (t.value.as_deref(), t.days)).collect();
        assert_eq!(days, [(Some("XXXX-XX-XX"), None)], "{text}");
    }
}

#[test]
fn without_a_day_of_filing_nothing_relative_has_days() {
    let mut story = story("fr", "Il a parlé lundi du 23 octobre et du 2 mai 2021.");
    read(&mut story, None);
    let values: Vec<_> = story.times.iter().map(|t| (t.value.as_deref(), t.days.is_some())).collect();
    assert_eq!(values, [(Some("XXXX-WXX-1"), false), (Some("XXXX-10-23"), false), (Some("2021-05-02"), true)]);
    assert!(story.times.iter().all(|t| t.evidence[0].confidence == Confidence::Stated));
}

#[test]
fn an_interval_resolves_what_either_end_resolves_the_same() {
    let mut story = story("fr", "Les entretiens du 23 octobre, puis ceux de lundi, ont échoué.");
    story.filed.earliest = "2024-10-28".parse().ok();
    story.filed.latest = "2024-12-31".parse().ok();
    read(&mut story, None);
    let values: Vec<_> = story.times.iter().map(|t| t.value.as_deref().unwrap_or("?")).collect();
    assert_eq!(values, ["2024-10-23", "XXXX-WXX-1"]);
    assert_eq!(story.times[0].evidence[0].confidence, Confidence::Inferred);
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_it(text in "\\PC{0,80}", lang in "en|fr|ar|zh|th|ru|xx") {
        let mut story = story(&lang, &text);
        read(&mut story, "2024-12-04".parse().ok());
        for time in &story.times {
            proptest::prop_assert!(!time.span.of(&text).is_empty());
            if let Some((from, to)) = time.days {
                proptest::prop_assert!(from <= to);
            }
        }
    }

    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(0u8.., 0..120), lang in "en|fr|ar|zh|he|vi") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut story = story(&lang, &text);
        read(&mut story, "2024-02-29".parse().ok());
        for time in &story.times {
            proptest::prop_assert!(!time.span.of(&text).is_empty());
        }
    }

    /// A value that is one day is that day in ISO 8601: printed and read back, the same.
    #[test]
    fn what_is_resolved_reads_back(words in proptest::collection::vec(
        "lundi|le 2 mai|le 31 janvier|hier|demain|mardi dernier|il y a [1-9] jours|le 1er mars 2021|Noël|après-demain",
        1..4), day in 0u64..73_000) {
        let filed = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day") + chrono::Days::new(day);
        let mut first = story("fr", &words.join(". Il y était. "));
        read(&mut first, Some(filed));
        for time in first.times.iter().filter(|t| t.days.is_some_and(|d| d.0 == d.1)) {
            let printed = time.value.clone().expect("a resolved value");
            let mut again = story("fr", &printed);
            read(&mut again, None);
            proptest::prop_assert_eq!(again.times.first().and_then(|t| t.days), time.days, "{}", printed);
        }
    }

    #[test]
    fn words_of_time_in_any_order_break_nothing(words in proptest::collection::vec(
        "[0-9]{1,4}|le|lundi|mars|an|dernier|il y a|T|h|[.,:/-]|prochain|deux|semaine|99999|[A-Z]{1,3}", 0..12)) {
        let text = words.join(" ");
        let mut story = story("fr", &text);
        read(&mut story, "9999-12-31".parse().ok());
        read(&mut story, "0001-01-01".parse().ok());
    }
}

#[test]
fn names_of_streets_surnames_and_amounts_are_no_times() {
    for (lang, text, expected) in [
        ("es", "Un coche ardió en la avenida 9 de Julio y otro en la calle 18 de Julio.", ""),
        ("es", "Se vieron el martes 13 en la sede.", "el martes 13=XXXX-XX-13"),
        ("es", "Se vieron el martes 3 en la sede.", "el martes 3=2024-12-03"),
        ("pt", "O carro ardeu na avenida 9 de julho de 1932.", ""),
        ("it", "L'auto è in piazza 25 aprile.", ""),
        ("fr", "Ils habitent rue du 8 mai 1945, à Lyon.", ""),
        ("fr", "Le 8 mai 45, la guerre finit.", "Le 8 mai 45=1945-05-08"),
        ("fr", "Le 8 mai 45 personnes sont mortes.", "Le 8 mai=2024-05-08"),
        ("de", "Herr Mai und Frau Juni kamen im Mai.", "im Mai=2024-05"),
        ("tr", "Otobüs 15 Temmuz Köprüsü üzerinde durdu.", ""),
        ("en", "Mrs May met Mr. March on July 9 Avenue.", ""),
        ("en", "The vote is on Sunday week.", ""),
        ("en", "Police found 1945 sheep and 2010 rifles; the index fell to 1929.", ""),
        ("en", "It pumps 45,000 barrels a day.", "a day=P1D"),
    ] {
        assert_eq!(spoken(lang, "2024-12-04", text), expected, "{text}");
    }
}

#[test]
fn figures_of_the_hijri_year_are_of_the_calendar_whose_present_years_they_are() {
    for (lang, text, expected) in
        [("en", "He met him on 1445/9/3 in Jeddah.", "2024-03"), ("fa", "او ۱۴۰۳/۹/۱۲ آمد", "2024-12-02")]
    {
        assert!(spoken(lang, "2024-12-04", text).contains(expected), "{text}: {}", spoken(lang, "2024-12-04", text));
    }
}
