//! Which way a time lies from the filing, in fifteen languages, and where that is only inferred.

use super::read;
use super::tests::story;
use crate::story::Confidence;
use std::collections::BTreeMap;

const DIRECTION: &str = include_str!("direction.tsv");
/// Sentences that each language must have.
const LINES_MIN: usize = 3;

/// Prints values, with a question mark behind those that are inferred.
fn values(lang: &str, text: &str) -> String {
    let mut story = story(lang, text);
    read(&mut story, "2024-03-05".parse().ok());
    let shown = story.times.iter().map(|t| {
        let mark = if t.confidence() == Confidence::Inferred { "?" } else { "" };
        format!("{}{mark}", t.value.as_deref().unwrap_or("none"))
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_verb_of_its_clause_tells_and_nothing_else_does_for_certain() {
    let (mut wrong, mut lines) = (Vec::new(), BTreeMap::new());
    for line in DIRECTION.lines().filter(|l| !l.starts_with('#')) {
        let [lang, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("three columns: {line}") };
        *lines.entry(lang).or_insert(0) += 1;
        let found = values(lang, text);
        if found != expected {
            wrong.push(format!("{lang}: {text}\n  {expected}: {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong; expected: found\n{}", wrong.len(), wrong.join("\n"));
    assert!(lines.len() >= 12 && lines.values().all(|n| *n >= LINES_MIN), "{lines:?}");
}

#[test]
fn a_stretch_covers_its_days() {
    let mut story = story("en", "The fair will be held from June 14 to June 16 in Rome.");
    read(&mut story, "2024-03-05".parse().ok());
    let stretch = story.times.iter().find_map(|t| t.stretch).map(|(from, to)| format!("{from} {to}"));
    assert_eq!(stretch.as_deref(), Some("2024-06-14 2024-06-16"));
}

#[test]
fn two_days_that_only_stand_side_by_side_are_no_stretch() {
    let mut story = story("en", "It will be held on June 14 and June 16 in Rome.");
    read(&mut story, "2024-03-05".parse().ok());
    assert_eq!(story.times.iter().map(|t| t.stretch).collect::<Vec<_>>(), [None, None]);
}

#[test]
fn a_sentence_that_names_another_year_leaves_it_open() {
    assert_eq!(values("en", "In 2019 he was arrested on May 3."), "2019 2023-05-03?");
    assert_eq!(values("en", "He was arrested on May 3 under a law of 2019."), "2023-05-03 2019");
}
