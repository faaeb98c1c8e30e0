//! Sentences of every language with a table, labelled by hand.

use super::read;
use super::tests::{spoken, story};
use std::collections::BTreeMap;

const LABELLED: &str = include_str!("labelled.tsv");
/// Sentences whose verb tells which of two days is meant.
const TENSE: &str = include_str!("tense.tsv");

/// Lines that each language must have; three of them are only touched.
const LINES_MIN: usize = 10;
const TOUCHED: [&str; 3] = ["ja", "ko", "th"];
/// Lines of tense that each of its languages must have.
const TENSE_LINES_MIN: usize = 8;

/// Reads every line of a table; returns how many each language has.
fn all_read(table: &'static str) -> BTreeMap<&'static str, usize> {
    let (mut wrong, mut lines) = (Vec::new(), BTreeMap::new());
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let [lang, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("three columns: {line}") };
        *lines.entry(lang).or_insert(0) += 1;
        let mut story = story(lang, text);
        read(&mut story, "2024-12-04".parse().ok());
        let values: Vec<_> = story.times.iter().map(|t| t.value.as_deref().unwrap_or("?")).collect();
        if values.join(" ") != expected {
            let read: Vec<_> = story.times.iter().map(|t| format!("{}={:?}", t.span.of(text), t.value)).collect();
            wrong.push(format!("{lang}: {text}\n  {expected}: {}", read.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "{} wrong; expected, read:\n{}", wrong.len(), wrong.join("\n"));
    lines
}

#[test]
fn explicit_dates_weekdays_and_relatives() {
    let lines = all_read(LABELLED);
    let few: Vec<_> = lines.iter().filter(|(l, n)| **n < LINES_MIN && !TOUCHED.contains(l)).collect();
    assert!(few.is_empty() && lines.len() == 21, "{few:?} of {}", lines.len());
}

#[test]
fn the_verb_of_its_clause_tells_where_a_time_lies() {
    let lines = all_read(TENSE);
    let few: Vec<_> = lines.iter().filter(|(_, n)| **n < TENSE_LINES_MIN).collect();
    assert!(few.is_empty() && lines.len() == 14, "{few:?} of {}", lines.len());
}

/// Compares sentences filed on Tuesday, 5 March 2024 with what they speak of.
fn of_the_fifth_of_march(sentences: &[(&str, &str, &str)]) {
    for (lang, text, expected) in sentences {
        assert_eq!(spoken(lang, "2024-03-05", text), *expected, "{lang}: {text}");
    }
}

#[test]
fn a_stretch_has_both_ends_and_does_not_end_before_it_begins() {
    of_the_fifth_of_march(&[
        ("de", "Vom 14. bis 16. Juni wird gefeiert.", "14=2024-06-14 | 16. Juni=2024-06-16"),
        ("fr", "La fête aura lieu du 14 au 16 juin.", "14=2024-06-14 | 16 juin=2024-06-16"),
        ("ru", "15-17 марта пройдут выборы.", "15=2024-03-15 | 17 марта=2024-03-17"),
        ("en", "It will be held June 14-16 in the town.", "June 14=2024-06-14 | 16=2024-06-16"),
        ("it", "L'8 e il 9 giugno si vota.", "L'8=2024-06-08 | 9 giugno=2024-06-09"),
        ("ru", "Со вторника по четверг будет дождь.", "вторника=2024-03-05 | четверг=2024-03-07"),
        ("ja", "月曜から金曜まで開かれる。", "月曜=2024-03-11 | 金曜=2024-03-15"),
        ("en", "The war lasted from March to May.", "March=2024-03 | May=2024-05"),
        ("en", "The vote was 12 to 14 in May 2023.", "May 2023=2023-05"),
    ]);
}

#[test]
fn decades_are_no_years() {
    of_the_fifth_of_march(&[
        ("fr", "Dans les années 1980 il est venu.", "années 1980=198"),
        ("es", "En los años noventa vivió aquí.", "los años noventa=199"),
        ("it", "Negli anni Settanta era diverso.", "anni Settanta=197"),
        ("ru", "В 90-х годах он жил здесь.", "90-х годах=199"),
        ("tr", "1990'lı yıllarda böyleydi.", "1990'lı yıllarda=199"),
        ("ko", "1990년대에 그는 여기 살았다.", "1990년대에=199"),
        ("zh", "20世纪90年代他住在这里。", "20世纪90年代=199"),
        ("zh", "19世纪90年代他住在这里。", "19世纪90年代=189"),
        ("de", "Ende der 90er Jahre kam er in die Stadt.", "Ende der 90er Jahre=199"),
        ("ar", "في تسعينيات القرن الماضي كان هنا.", "تسعينيات القرن الماضي=199"),
    ]);
}

#[test]
fn a_day_told_by_the_one_behind_it() {
    of_the_fifth_of_march(&[
        ("de", "In der Nacht zum Sonntag brannte es.", "In der Nacht zum Sonntag=2024-03-02TNI"),
        ("ru", "В ночь на воскресенье был пожар.", "В ночь на воскресенье=2024-03-02TNI"),
    ]);
}

#[test]
fn numbers_and_names_are_no_times() {
    of_the_fifth_of_march(&[
        ("en", "Flight 1999 left gate 2010 after the delay.", ""),
        ("en", "1945 items were sold at the auction.", ""),
        ("fr", "Le 11-Septembre a changé le monde.", ""),
        ("fr", "La place du 14 juillet était pleine.", ""),
        ("ru", "Среда обитания была разрушена.", ""),
        ("pt", "A quinta da Regaleira fica na cidade.", ""),
    ]);
}

#[test]
fn a_bare_day_is_the_nearest_unless_its_verb_tells() {
    of_the_fifth_of_march(&[
        ("ja", "首相は１５日にパリを訪問する。", "１５日=2024-03-15"),
        ("ja", "首相は１日にパリを訪問した。", "１日=2024-03-01"),
        ("ko", "대통령은 15일 파리를 방문한다.", "15일=2024-03-15"),
        ("ar", "حدث ذلك في السابع من أكتوبر 2023 في غزة.", "السابع من أكتوبر 2023=2023-10-07"),
        ("hu", "Az 1956. október 23-án kezdődött.", "1956. október 23=1956-10-23"),
    ]);
}
