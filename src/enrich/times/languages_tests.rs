//! Sentences of every language with a table, labelled by hand.

use super::read;
use super::tests::story;
use std::collections::BTreeMap;

const LABELLED: &str = include_str!("labelled.tsv");

/// Lines that each language must have; three of them are only touched.
const LINES_MIN: usize = 10;
const TOUCHED: [&str; 3] = ["ja", "ko", "th"];

#[test]
fn explicit_dates_weekdays_and_relatives() {
    let (mut wrong, mut lines) = (Vec::new(), BTreeMap::new());
    for line in LABELLED.lines().filter(|l| !l.starts_with('#')) {
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
    assert!(wrong.is_empty(), "expected, read:\n{}", wrong.join("\n"));
    let few: Vec<_> = lines.iter().filter(|(l, n)| **n < LINES_MIN && !TOUCHED.contains(l)).collect();
    assert!(few.is_empty() && lines.len() == 21, "{few:?} of {}", lines.len());
}
