//! Builds the table of places and parts of names of people.

use dateline::enrich::entities::hash;
use dateline::enrich::entities::lexicon::{self, Flags};
use dateline::text::{fold, words};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Inhabitants of what counts as a large city.
const CITY_POPULATION_MIN: u32 = 200_000;

/// Builds the table from the repository's places and a folder of lists of names.
pub(crate) fn build(names: &Path) -> Vec<u8> {
    let mut table = BTreeMap::new();
    places(&mut table);
    people(names, &mut table);
    known("data/people.tsv", 2, lexicon::FAMOUS, &mut table);
    known("data/orgs.tsv", 3, lexicon::ORG, &mut table);
    let entries: Vec<(u64, Flags)> = table.into_iter().collect();
    println!("{} entries", entries.len());
    lexicon::build(&entries).expect("few kinds of entries")
}

/// Returns the hashes of a phrase's first word, first two and so on, as the recogniser makes
/// them of words in a row.
fn phrases(name: &str) -> Vec<u64> {
    let mut hash = hash::EMPTY_PHRASE;
    words(name)
        .map(|word| {
            hash = hash::phrase(hash, hash::of(&fold(&name[word.start..word.end])));
            hash
        })
        .collect()
}

fn add(table: &mut BTreeMap<u64, Flags>, name: &str, flags: Flags) {
    if name.chars().count() < 2 {
        return;
    }
    let mut begun = phrases(name);
    if let Some(hash) = begun.pop() {
        *table.entry(hash).or_insert(0) |= flags;
    }
    for hash in begun {
        *table.entry(hash).or_insert(0) |= lexicon::PREFIX;
    }
}

fn places(table: &mut BTreeMap<u64, Flags>) {
    let mut kinds: BTreeMap<String, Flags> = BTreeMap::new();
    for file in ["data/places.tsv", "data/places_extra.tsv"] {
        let text = std::fs::read_to_string(file).expect("the repository's table");
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let flags = match cells.get(1).copied() {
                Some("country") => lexicon::COUNTRY,
                Some("region") => lexicon::REGION,
                Some(kind @ ("city" | "capital")) => {
                    let population = cells.get(7).and_then(|p| p.parse::<u32>().ok()).unwrap_or(0);
                    if kind == "capital" || population >= CITY_POPULATION_MIN { lexicon::CITY } else { lexicon::TOWN }
                }
                // A line of further names: id, name, names.
                _ => kinds.get(cells[0]).copied().unwrap_or(0),
            };
            if flags == 0 {
                continue;
            }
            kinds.insert(cells[0].to_owned(), flags);
            let (name, more) = if cells.len() > 4 { (cells[2], cells.get(8)) } else { (cells[1], cells.get(2)) };
            add(table, name, flags);
            for alias in more.into_iter().flat_map(|m| m.split('|')) {
                // Marks of names that hold only in some positions: see the table's head.
                if !alias.starts_with(['!', ',']) {
                    add(table, alias, flags);
                }
            }
        }
    }
}

/// Adds the names of a table of well-known people or organisations that are theirs alone;
/// `column` holds the aliases.
fn known(file: &str, column: usize, flags: Flags, table: &mut BTreeMap<u64, Flags>) {
    let text = std::fs::read_to_string(file).expect("the repository's table");
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let aliases = cells.get(column).into_iter().flat_map(|a| a.split('|'));
        for alias in cells.get(1).copied().into_iter().chain(aliases) {
            // Others bear a name behind ?; a bracket tells namesakes apart.
            let alias = alias.split(" (").next().unwrap_or(alias);
            if !alias.starts_with('?') {
                add(table, alias, flags);
            }
        }
    }
}

fn unpack(path: &Path) -> String {
    let output = Command::new("gzip").arg("-dc").arg(path).output();
    output.map(|o| String::from_utf8_lossy(&o.stdout).into_owned()).unwrap_or_default()
}

fn people(folder: &Path, table: &mut BTreeMap<u64, Flags>) {
    let mut latin: BTreeMap<String, Flags> = BTreeMap::new();
    for (file, flags) in [
        ("wikidata-family.json.gz", lexicon::SURNAME),
        ("wikidata-male.json.gz", lexicon::GIVEN),
        ("wikidata-female.json.gz", lexicon::GIVEN),
        ("wikidata-unisex-lang.json.gz", lexicon::GIVEN),
    ] {
        let value: serde_json::Value = serde_json::from_str(&unpack(&folder.join(file))).unwrap_or_default();
        let list: Vec<String> = match &value {
            serde_json::Value::Array(a) => a.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect(),
            serde_json::Value::Object(o) => o.keys().cloned().collect(),
            _ => Vec::new(),
        };
        println!("{file}: {} names", list.len());
        for name in list {
            let name = name.trim();
            if name.chars().any(|c| !(c.is_alphabetic() || matches!(c, '-' | ' ' | '\'' | '’'))) {
                continue;
            }
            *latin.entry(fold(name)).or_insert(0) |= flags;
            add(table, name, flags);
        }
    }
    for script in ["arabic", "chinese", "hebrew", "katakana", "korean", "russian"] {
        let text = unpack(&folder.join(format!("transliteration-{script}.tsv.gz")));
        let mut count = 0;
        for line in text.lines() {
            let mut cells = line.split('\t');
            let (Some(name), Some(spelling)) = (cells.next(), cells.next()) else { continue };
            let spelling: String = spelling.chars().filter(|c| *c != ' ').collect();
            let flags = lexicon::NAME | latin.get(&fold(name)).copied().unwrap_or(0);
            add(table, &spelling, flags);
            count += 1;
        }
        println!("transliterations, {script}: {count}");
    }
}

/// Names of the lists to choose from, by script.
#[derive(Default)]
pub(crate) struct Names {
    /// By script, given or surname, ending: names.
    people: BTreeMap<(char, bool, String), Vec<String>>,
    towns: BTreeMap<char, Vec<String>>,
}

impl Names {
    /// Names for a part of a person's name: of its script, ending alike where one is asked.
    pub(crate) fn pool(&self, word: &str, last: bool, ending: &str) -> &[String] {
        let cyrillic = script(word) == 'c';
        let key = (script(word), last && !cyrillic, if cyrillic { ending.to_owned() } else { String::new() });
        if script(word) == 'a' && !ending.is_empty() {
            return &[];
        }
        self.people.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Towns whose names are of the script of a name.
    pub(crate) fn towns(&self, name: &str) -> &[String] {
        self.towns.get(&script(name)).map_or(&[], Vec::as_slice)
    }
}

/// l Latin, c Cyrillic, a Arabic, x others.
fn script(word: &str) -> char {
    match word.chars().find(|c| c.is_alphabetic()) {
        Some('A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}') => 'l',
        Some('\u{0400}'..='\u{052F}') => 'c',
        Some('\u{0600}'..='\u{06FF}') => 'a',
        _ => 'x',
    }
}

/// Endings of the cases of Russian surnames, by that of the nominative.
const CASES: [(&str, &[&str]); 6] = [
    ("ов", &["ова", "ову", "овым", "ове"]),
    ("ев", &["ева", "еву", "евым", "еве"]),
    ("ин", &["ина", "ину", "иным", "ине"]),
    ("ова", &["овой", "ову"]),
    ("ский", &["ского", "скому", "ским", "ском"]),
    ("ко", &["ко"]),
];

/// Reads the lists of names and the towns of the repository's table.
pub(crate) fn names(folder: &Path) -> Names {
    let mut out = Names::default();
    for (file, last) in
        [("wikidata-family.json.gz", true), ("wikidata-male.json.gz", false), ("wikidata-female.json.gz", false)]
    {
        let list: Vec<String> = serde_json::from_str(&unpack(&folder.join(file))).unwrap_or_default();
        for name in list {
            let plain = name.chars().all(|c| c.is_alphabetic() || c == '-');
            if plain && script(&name) == 'l' && name.chars().next().is_some_and(char::is_uppercase) && name.len() > 2 {
                out.people.entry(('l', last, String::new())).or_default().push(name);
            }
        }
    }
    for (file, code) in [("russian", 'c'), ("arabic", 'a')] {
        for line in unpack(&folder.join(format!("transliteration-{file}.tsv.gz"))).lines() {
            let Some(spelling) = line.split('\t').nth(1) else { continue };
            let letters: Vec<char> = spelling.chars().filter(|c| *c != ' ').collect();
            if letters.len() < 3 {
                continue;
            }
            let name: String = letters[0].to_uppercase().chain(letters[1..].iter().copied()).collect();
            if code == 'a' {
                out.people.entry(('a', true, String::new())).or_default().push(name.clone());
                out.people.entry(('a', false, String::new())).or_default().push(name);
                continue;
            }
            let mut put = |name: String| {
                let letters: Vec<char> = name.to_lowercase().chars().collect();
                let ending = letters[letters.len() - 2..].iter().collect();
                out.people.entry(('c', false, ending)).or_default().push(name);
            };
            for (ending, cases) in CASES {
                if let Some(stem) = name.strip_suffix(ending) {
                    cases.iter().for_each(|case| put(format!("{stem}{case}")));
                }
            }
            put(name);
        }
    }
    let text = std::fs::read_to_string("data/places.tsv").unwrap_or_default();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let aliases = cells.get(8).copied().unwrap_or_default().split('|');
        for name in [cells.get(2).copied().unwrap_or_default()].into_iter().chain(aliases) {
            if name.chars().count() > 3 && name.chars().all(char::is_alphabetic) {
                out.towns.entry(script(name)).or_default().push(name.to_owned());
            }
        }
    }
    out
}
