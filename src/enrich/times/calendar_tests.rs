//! Every day of 1900 to 2100, in every language with a table of its own and each of its
//! forms, reads back; days that the calendar lacks read as no day; other calendars agree
//! with published tables; hours at the ends of a day stay in it.

use super::read;
use super::tests::{spoken, story};
use crate::data::calendars::{lunar_day, solar_day};
use crate::data::date_forms::{FORMS, Forms, days, written};
use crate::data::times::{Kind, all};
use chrono::{Datelike, Days, NaiveDate};

/// Forms in figures, which hold in every language.
const FIGURES: [&str; 4] = ["{y}-{nn}-{dd}", "{dd}.{nn}.{y}", "{d}.{n}.{y}", "{y}/{nn}/{dd}"];

/// Reads days as paragraphs of one text: each must be one expression and that very day.
fn all_read_back(forms: &Forms, form: &str, days: &[NaiveDate]) -> Result<(), String> {
    for year in days.chunks(400) {
        let lines: Vec<String> = year.iter().map(|d| written(*d, forms, form)).collect();
        let text = lines.join("\n\n");
        let mut story = story(forms.lang, &text);
        read(&mut story, None);
        let read: Vec<_> = story.times.iter().filter_map(|t| t.days.filter(|d| d.0 == d.1)).map(|d| d.0).collect();
        let wrong = year.iter().zip(&lines).enumerate().find(|(i, (day, _))| read.get(*i) != Some(*day));
        if let Some((i, (_, line))) = wrong {
            return Err(format!("{} {form}: {line} is {:?}", forms.lang, read.get(i)));
        }
    }
    Ok(())
}

/// The first form of each language and the figures on every day, further forms on those of
/// every fourth year: 1900, 2000 and 2100 are among them.
#[test]
fn every_day_of_two_centuries_reads_back() {
    let all: Vec<NaiveDate> = days().collect();
    let fourth: Vec<NaiveDate> = days().filter(|d| d.year() % 4 == 0).collect();
    assert_eq!(every_form(&all, &fourth), Vec::<String>::new());
}

#[test]
#[ignore = "the whole walk takes a minute; the README names it"]
fn every_day_in_every_form() {
    let all: Vec<NaiveDate> = days().collect();
    assert_eq!(all.len(), 73_414);
    assert_eq!(every_form(&all, &all), Vec::<String>::new());
}

/// Returns what does not read back of the first forms on days, and of the others on further ones.
fn every_form(first: &[NaiveDate], further: &[NaiveDate]) -> Vec<String> {
    let mut wrong = Vec::new();
    for forms in FORMS {
        for (i, form) in forms.forms.iter().enumerate() {
            wrong.extend(all_read_back(forms, form, [first, further][i.min(1)]).err());
        }
    }
    let any = Forms { lang: "any", months: "", weekdays: "", forms: &[] };
    for form in FIGURES {
        wrong.extend(all_read_back(&any, form, first).err());
        wrong.extend(all_read_back(&FORMS[0], form, further).err());
    }
    wrong
}

/// In every language of CLDR, by the longest name of each month: the first and last days of
/// the months of every seventh year, and one between.
#[test]
fn days_read_back_with_the_full_name_of_their_month() {
    for lexicon in all() {
        for month in 1..=12u32 {
            // The longest name: abbreviations stand for several months in some languages.
            let names = lexicon.words_of(Kind::Month, i32::try_from(month).expect("small"));
            let Some(name) = names.into_iter().max_by_key(|n| n.chars().count()) else { continue };
            if name.contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let ends = |d: &NaiveDate| d.month() == month && d.year() % 7 == 0 && matches!(d.day(), 1 | 15 | 28..);
            for day in days().filter(ends) {
                let text = format!("{} {name} {}", day.day(), day.year());
                let mut story = story(lexicon.code(), &text);
                read(&mut story, None);
                let read = story.times.iter().find_map(|t| t.days.filter(|d| d.0 == d.1).map(|d| d.0));
                assert_eq!(read, Some(day), "{} {text} {:?}", lexicon.code(), story.times);
            }
        }
    }
}

#[test]
fn days_that_the_calendar_lacks_are_none() {
    for (lang, text) in [
        ("fr", "29 février 1900"),
        ("fr", "31 avril 2024"),
        ("en", "February 29, 2100"),
        ("en", "2023-02-29"),
        ("de", "31. September 2024"),
        ("zh", "2023年2月29日"),
        ("fa", "۳۰ اسفند ۱۴۰۴"),
    ] {
        let mut story = story(lang, text);
        read(&mut story, None);
        let single = story.times.iter().find(|t| t.days.is_some_and(|d| d.0 == d.1));
        assert!(single.is_none(), "{text}: {single:?}");
    }
    assert_eq!(spoken("fr", "2024-12-04", "Le 29 février 2000."), "Le 29 février 2000=2000-02-29");
    assert_eq!(spoken("en", "2024-12-04", "On February 29, 2024."), "February 29, 2024=2024-02-29");
}

#[test]
fn weeks_and_days_across_a_year_end() {
    for (filed, text, expected) in [
        ("2020-12-31", "This week it rained.", "This week=2020-W53"),
        ("2021-01-03", "This week it rained.", "This week=2020-W53"),
        ("2021-01-04", "Last week it rained.", "Last week=2020-W53"),
        ("2024-12-30", "This week it rained.", "This week=2025-W01"),
        ("2025-01-01", "It rained yesterday.", "yesterday=2024-12-31"),
        ("2024-02-29", "It rained three years ago.", "three years ago=2021"),
        ("2024-03-01", "It rained yesterday.", "yesterday=2024-02-29"),
        ("2100-03-01", "It rained yesterday.", "yesterday=2100-02-28"),
        ("2024-03-31", "It rained last month.", "last month=2024-02"),
        ("2024-12-31", "It will rain on Jan. 1.", "Jan. 1=2025-01-01"),
    ] {
        assert_eq!(spoken("en", filed, text), expected, "{filed}");
    }
}

#[test]
fn minutes_at_the_ends_of_a_day_stay_in_it() {
    for (text, expected) in [
        ("2024-12-02T00:00", "2024-12-02T00:00=2024-12-02T00:00"),
        ("2024-12-02T23:59", "2024-12-02T23:59=2024-12-02T23:59"),
        ("December 2, 2024, at 11:59 p.m.", "December 2, 2024, at 11:59 p.m=2024-12-02T23:59"),
        ("December 2, 2024, at 12:01 a.m.", "December 2, 2024, at 12:01 a.m=2024-12-02T00:01"),
    ] {
        assert_eq!(spoken("en", "2024-12-04", text), expected);
    }
}

/// Days that are told in two calendars at once.
#[test]
fn days_of_two_calendars() {
    for (lang, text, expected) in [
        ("en", "It began on 12/25 January 1905.", "12/25 January 1905=1905-01-25"),
        ("en", "It began on January 12/25, 1905.", "January 12/25, 1905=1905-01-25"),
        ("ru", "Она началась 12 (25) января 1905 года.", "12 (25) января 1905 года=1905-01-25"),
        ("ru", "Она началась 12/25 января 1905 года.", "12/25 января 1905 года=1905-01-25"),
        ("en", "It fell on January 12/13, 2021.", "January 12/13, 2021=2021-01-12"),
        ("en", "It began on 10 Safar 1446 (14 August 2024).", "10 Safar 1446=2024-08-14 | 14 August 2024=2024-08-14"),
        ("en", "It began on 14 August 2024 (10 Safar 1446).", "14 August 2024=2024-08-14 | 10 Safar 1446=2024-08-14"),
        // Alone it is told within days; beside a day that it cannot be it is another one.
        ("en", "It began on 10 Safar 1446.", "10 Safar 1446=2024-08"),
        ("en", "It began on 10 Safar 1446 (24 August 2024).", "10 Safar 1446=2024-08 | 24 August 2024=2024-08-24"),
    ] {
        assert_eq!(spoken(lang, "2024-12-04", text), expected);
    }
    let mut told = story("en", "It began on 10 Safar 1446.");
    read(&mut told, None);
    let days = told.times[0].days.map(|d| (d.0.to_string(), d.1.to_string()));
    assert_eq!(days, Some(("2024-08-14".to_owned(), "2024-08-18".to_owned())));
}

/// First days of years as published: Nowruz by the Iranian calendar centre, and new years of
/// the Umm al-Qura calendar, from which the tabular one differs by a day at most.
#[test]
fn other_calendars_agree_with_published_tables() {
    for (year, iso) in [
        (1300, "1921-03-21"),
        (1320, "1941-03-21"),
        (1340, "1961-03-21"),
        (1358, "1979-03-21"),
        (1375, "1996-03-20"),
        (1379, "2000-03-20"),
        (1387, "2008-03-20"),
        (1395, "2016-03-20"),
        (1399, "2020-03-20"),
        (1400, "2021-03-21"),
        (1403, "2024-03-20"),
        (1404, "2025-03-21"),
        (1408, "2029-03-20"),
    ] {
        assert_eq!(solar_day(year, 1, 1).map(|d| d.to_string()).as_deref(), Some(iso), "{year}");
    }
    for (year, iso) in [
        (1420, "1999-04-17"),
        (1425, "2004-02-21"),
        (1430, "2008-12-29"),
        (1435, "2013-11-04"),
        (1440, "2018-09-11"),
        (1445, "2023-07-19"),
        (1446, "2024-07-07"),
        (1447, "2025-06-26"),
    ] {
        let published: NaiveDate = iso.parse().expect("a day");
        let away = lunar_day(year, 1, 1).map(|d| (d - published).num_days().abs());
        assert!(away.is_some_and(|d| d <= 1), "{year} {away:?}");
    }
}

/// Every day of the Iranian years 1279 to 1479 and the Islamic years 1318 to 1524, which are
/// those of 1900 to 2100, as one writes them; and years of eras and of the Buddhist reckoning.
#[test]
fn days_of_other_calendars_read_back() {
    const SOLAR: &str = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند";
    let (mut lines, mut expected) = (Vec::new(), Vec::new());
    for (year, month, day) in (1279..=1479).flat_map(|y| (1..=12).flat_map(move |m| (1..=31).map(move |d| (y, m, d)))) {
        let Some(found) = solar_day(year, month, day) else { continue };
        let name = SOLAR.split(' ').nth(month as usize - 1).expect("twelve names");
        lines.push(format!("{day} {name} {year}"));
        expected.push(found);
    }
    assert_eq!(expected.len() as i64, (expected[expected.len() - 1] - expected[0]).num_days() + 1);
    let text = lines.join("\n\n");
    let mut told = story("fa", &text);
    read(&mut told, None);
    let read_back: Vec<_> = told.times.iter().filter_map(|t| t.days).map(|d| d.0).collect();
    let wrong = expected.iter().zip(&read_back).position(|(a, b)| a != b);
    assert!(wrong.is_none() && read_back.len() == expected.len(), "{:?}", wrong.map(|i| &lines[i]));
    for back in (0..201).map(|n| n * 365) {
        let day = NaiveDate::from_ymd_opt(2100, 12, 31).expect("a day") - Days::new(back);
        for (lang, year, base) in
            [("th", day.year() + 543, 0), ("ja", day.year() - 1988, 1989), ("ja", day.year() - 2018, 2019)]
        {
            if day.year() < base || !(1..=2_643).contains(&year) {
                continue;
            }
            let text = match (lang, base) {
                ("th", _) => {
                    let months =
                        "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม";
                    let month = months.split(' ').nth(day.month0() as usize).expect("twelve names");
                    format!("{} {month} {year}", day.day())
                }
                (_, 1989) => format!("平成{year}年{}月{}日", day.month(), day.day()),
                _ => format!("令和{year}年{}月{}日", day.month(), day.day()),
            };
            assert!(spoken(lang, "2024-12-04", &text).ends_with(&format!("={day}")), "{text}");
        }
    }
}
