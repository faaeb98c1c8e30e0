//! Transcripts of whole expressions, asked on Wednesday 4 December 2024.

use super::{DateRange, parse_date_expr};
use crate::data::date_forms::{FORMS, Forms, days, written};
use chrono::{Datelike, Days, NaiveDate};

fn asked(lang: &str, text: &str) -> String {
    let today = "2024-12-04".parse().expect("a day");
    parse_date_expr(text, today, Some(lang)).map_or_else(|_| "error".to_owned(), |r| r.to_string())
}

/// What people type, with and without its language told.
#[test]
fn phrases() {
    let today = "2024-12-04".parse().expect("a day");
    let mut wrong = Vec::new();
    for line in include_str!("phrases.tsv").lines().filter(|l| !l.starts_with('#')) {
        let [lang, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("three columns: {line}") };
        for lang in [Some(lang), None] {
            let read = parse_date_expr(text, today, lang).map_or_else(|_| "error".to_owned(), |r| r.to_string());
            if read != expected {
                wrong.push(format!("{text} ({lang:?}) is {read}, not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ranges_whose_ends_share_a_month() {
    assert_eq!(asked("fr", "entre le 1er et le 5 décembre"), "2024-12-01..2024-12-05");
    assert_eq!(asked("fr", "du 1er au 3 décembre"), "2024-12-01..2024-12-03");
    assert_eq!(asked("fr", "du 28 décembre au 3 janvier 2025"), "2024-12-28..2025-01-03");
}

#[test]
fn other_reckonings() {
    assert_eq!(asked("th", "2 ธันวาคม 2567"), "2024-12-02");
    assert_eq!(asked("zh", "民國113年12月2日"), "2024-12-02");
    assert_eq!(asked("ja", "令和6年12月2日"), "2024-12-02");
    assert_eq!(asked("fa", "۱۲ آذر ۱۴۰۳"), "2024-12-02");
    assert_eq!(asked("en", "2 December 2567"), "error");
}

#[test]
fn a_year_of_two_figures_behind_an_apostrophe() {
    for (lang, text, days) in [
        ("en", "dec '24", "2024-12-01..2024-12-31"),
        ("en", "2 dec \u{2019}24", "2024-12-02"),
        ("en", "Dec'24", "2024-12-01..2024-12-31"),
        ("en", "june '98", "1998-06-01..1998-06-30"),
        ("en", "summer '24", "2024-06-01..2024-08-31"),
        ("en", "2 dec 24", "error"),
        // The day behind an article stays one.
        ("it", "l'11 settembre", "2024-09-11"),
        ("it", "dall'11 al 13 settembre", "2024-09-11..2024-09-13"),
    ] {
        assert_eq!(asked(lang, text), days, "{text}");
    }
}

#[test]
fn boundaries() {
    assert_eq!(asked("en", "29 February 2024"), "2024-02-29");
    assert_eq!(asked("en", "29 February 2023"), "error");
    assert_eq!(asked("en", "2020-W53"), "2020-12-28..2021-01-03");
    assert_eq!(asked("en", "2024-W53"), "error");
    assert_eq!(asked("en", "2024-12-31..2025-01-01"), "2024-12-31..2025-01-01");
}

/// Returns what is wrong with the first of these days that does not read back.
fn not_read_back(forms: &Forms, form: &str, days: impl Iterator<Item = NaiveDate>) -> Option<String> {
    let today = "2024-12-04".parse().expect("a day");
    days.map(|day| (day, written(day, forms, form))).find_map(|(day, text)| {
        let read = parse_date_expr(&text, today, Some(forms.lang));
        (read != Ok(DateRange::day(day))).then(|| format!("{} {form}: {text} is {read:?}", forms.lang))
    })
}

/// In figures, French and English every day of two centuries; in every other language every
/// day of a common, a leap and two century years, and the first of every month.
#[test]
fn every_day_of_two_centuries_reads_back() {
    let some = |d: &NaiveDate| d.day() == 1 || matches!(d.year(), 1900 | 2000 | 2023 | 2100);
    let wrong = every_form(&|lang, d| matches!(lang, "fr" | "en") || some(d));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "the whole walk takes a minute; the README names it"]
fn every_day_in_every_form() {
    let wrong = every_form(&|_, _| true);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns what does not read back, in every form of every language and in figures.
fn every_form(wanted: &dyn Fn(&str, &NaiveDate) -> bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for forms in FORMS {
        for form in forms.forms {
            // Of day/month/year only days behind the twelfth are told from month/day/year.
            let sure = |d: &NaiveDate| !form.ends_with("|13") || d.day() > 12;
            wrong.extend(not_read_back(forms, form, days().filter(|d| wanted(forms.lang, d) && sure(d))));
        }
    }
    for form in ["{y}-{nn}-{dd}", "{y}{nn}{dd}", "{d}.{n}.{y}", "{y}/{nn}/{dd}"] {
        wrong.extend(not_read_back(&FORMS[0], form, days()));
    }
    wrong
}

#[test]
fn weeks_and_months_read_back() {
    let today = "2024-12-04".parse().expect("a day");
    for day in days().filter(|d| d.weekday() == chrono::Weekday::Mon) {
        let (year, week) = (day.iso_week().year(), day.iso_week().week());
        let range = DateRange { from: Some(day), to: Some(day + Days::new(6)) };
        assert_eq!(parse_date_expr(&format!("{year}-W{week:02}"), today, None), Ok(range));
    }
    for year in 1900..=2100 {
        let long = NaiveDate::from_isoywd_opt(year, 53, chrono::Weekday::Mon).is_some();
        assert_eq!(parse_date_expr(&format!("{year}-W53"), today, None).is_ok(), long, "{year}");
        for month in 1..=12 {
            let read = parse_date_expr(&format!("{year}-{month:02}"), today, None).expect("a month");
            let from = NaiveDate::from_ymd_opt(year, month, 1);
            assert_eq!(
                (read.from, read.to.and_then(|d| d.succ_opt())),
                (from, from.and_then(|d| d.checked_add_months(chrono::Months::new(1))))
            );
        }
    }
}

proptest::proptest! {
    #[test]
    fn what_is_printed_reads_back(from in 0u64..73_000, length in 0u64..4_000, open in 0..3) {
        let first = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day") + Days::new(from);
        let last = first + Days::new(length);
        let range = DateRange { from: (open != 1).then_some(first), to: (open != 2).then_some(last) };
        let today = "2024-12-04".parse().expect("a day");
        proptest::prop_assert_eq!(parse_date_expr(&range.to_string(), today, None), Ok(range));
    }

    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(0u8.., 0..60), lang in "en|fr|ar|fa|zh|th|ja|xx") {
        let today = "2024-02-29".parse().expect("a day");
        let _ = parse_date_expr(&String::from_utf8_lossy(&bytes), today, Some(&lang));
    }

    #[test]
    fn no_words_of_dates_in_any_order_break_it(words in proptest::collection::vec(
        "[0-9]{1,5}|le|lundi|mars|dernier|il y a|since|between|and|to|Q3|\\.\\.|-|prochain|deux|semaine|week|99999|last|dhu|後|前", 0..9)) {
        let today = "0001-01-01".parse().expect("a day");
        let _ = parse_date_expr(&words.join(" "), today, None);
    }

    #[test]
    fn no_expression_breaks_it(text in "\\PC{0,40}", lang in "en|fr|ar|zh|th|ja") {
        let today = "9999-12-31".parse().expect("a day");
        let _ = parse_date_expr(&text, today, Some(&lang));
    }
}
