//! Compiles `data/callings.tsv` and `data/people_facts.tsv` into one automaton.

use super::{Line, fold, lines, read};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Classes of the tables by the bit that stands for each; `src/data/callings.rs` has the same order.
const CLASSES: [&str; 14] = [
    "sport", "arts", "letters", "science", "business", "religion", "none", "woman", "man", "politics", "military",
    "royal", "crime", "-",
];
/// Classes that only words have, and that only people have.
const OF_WORDS: [&str; 2] = ["woman", "man"];
const OF_PEOPLE: [&str; 5] = ["politics", "military", "royal", "crime", "-"];

/// Checks the tables and writes the automaton: language, a blank and a folded word, or `=` and the
/// id of a person, to the bits of its classes.
pub(super) fn compile(root: &Path, out: &Path, faults: &mut Vec<String>) {
    const WORDS: &str = "data/callings.tsv";
    const FACTS: &str = "data/people_facts.tsv";
    const PEOPLE: &str = "data/people.tsv";
    let (words, facts, people) = (read(root, WORDS, faults), read(root, FACTS, faults), read(root, PEOPLE, faults));
    let mut bits: BTreeMap<String, u64> = BTreeMap::new();
    for line in lines(WORDS, &words) {
        let [class, lang, forms] = line.columns[..] else {
            line.fault(faults, "class, language and words are wanted");
            continue;
        };
        let Some(bit) = bit(class, &OF_PEOPLE, &line, faults) else { continue };
        for form in forms.split('|') {
            if form.is_empty() || form.contains(char::is_whitespace) {
                line.fault(faults, &format!("{form:?} is not one word"));
            }
            *bits.entry(format!("{lang} {}", fold::fold(form))).or_default() |= bit;
        }
    }
    let known: Vec<&str> = lines(PEOPLE, &people).map(|l| l.columns[0]).collect();
    for line in lines(FACTS, &facts) {
        let [id, sex, fields] = line.columns[..] else {
            line.fault(faults, "id, sex and fields are wanted");
            continue;
        };
        if !known.contains(&id) {
            line.fault(faults, &format!("{PEOPLE} has no {id}"));
        }
        let mut all = match sex {
            "m" => 1 << CLASSES.iter().position(|c| *c == "man").expect("a class"),
            "f" => 1 << CLASSES.iter().position(|c| *c == "woman").expect("a class"),
            "-" => 0,
            _ => {
                line.fault(faults, &format!("unknown sex {sex:?}"));
                0
            }
        };
        for field in fields.split(',') {
            all |= bit(field, &OF_WORDS, &line, faults).unwrap_or(0);
        }
        if bits.insert(format!("={id}"), all).is_some() {
            line.fault(faults, &format!("{id} stands twice"));
        }
    }
    let mut map = fst::MapBuilder::memory();
    for (key, bits) in &bits {
        map.insert(key, *bits).expect("a BTreeMap is sorted");
    }
    fs::write(out.join("callings.fst"), map.into_inner().expect("written to memory")).expect("OUT_DIR can be written");
}

fn bit(class: &str, but: &[&str], line: &Line, faults: &mut Vec<String>) -> Option<u64> {
    let at = CLASSES.iter().position(|c| *c == class && !but.contains(c));
    if at.is_none() {
        line.fault(faults, &format!("unknown class {class:?}"));
    }
    at.map(|at| 1 << at)
}
