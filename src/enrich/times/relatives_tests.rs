//! Decades, nights, days to come and what is counted from the filing, in languages whose wires say it
//! each in their own way.

use super::read;
use super::tests::story;
use std::collections::BTreeMap;

const RELATIVES: &str = include_str!("relatives.tsv");
const FILED: &str = "2025-11-12";

#[test]
fn relatives_and_decades_and_what_only_looks_like_them() {
    let (mut wrong, mut lines) = (Vec::new(), BTreeMap::new());
    for line in RELATIVES.lines().filter(|l| !l.starts_with('#')) {
        let [lang, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("three columns: {line}") };
        *lines.entry(lang).or_insert(0) += 1;
        let mut story = story(lang, text);
        read(&mut story, FILED.parse().ok());
        let found: Vec<&str> = story.times.iter().map(|t| t.value.as_deref().unwrap_or("?")).collect();
        if found.join(" ") != expected {
            wrong.push(format!("{lang}: {text}\n  {expected}: {}", found.join(" ")));
        }
    }
    assert!(wrong.is_empty(), "{} wrong; expected: found\n{}", wrong.len(), wrong.join("\n"));
    assert!(lines.len() >= 20, "{lines:?}");
}
