//! Sentences of every language with a table, labelled by hand.

use super::read;
use super::tests::story;
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
