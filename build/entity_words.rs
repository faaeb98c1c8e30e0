//! Compiles the words that the recogniser of names goes by into a table that is used where
//! it lies.

use crate::{Line, fold, hash, lexicon, lines, read, words};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Compiles the words that the recogniser of names goes by, and the institutions.
pub(crate) fn compile(root: &Path, out: &Path, faults: &mut Vec<String>) {
    const WORDS: &str = "data/entity_words.tsv";
    const PERSIAN: &str = "data/persian_words.tsv";
    const INSTITUTIONS: &str = "data/institutions.tsv";
    const MONTHS: &str = "data/months.tsv";
    const CLASSES: [(&str, lexicon::Flags); 14] = [
        ("function", lexicon::FUNCTION),
        ("title", lexicon::TITLE),
        ("role", lexicon::ROLE),
        ("speech", lexicon::SPEECH),
        ("org_head", lexicon::ORG_HEAD),
        ("legal", lexicon::LEGAL),
        ("place_head", lexicon::PLACE_HEAD),
        ("time", lexicon::TIME),
        ("demonym", lexicon::DEMONYM),
        ("particle", lexicon::PARTICLE),
        ("thing", lexicon::THING),
        ("common", lexicon::COMMON),
        ("surname", lexicon::SURNAME),
        ("translit", lexicon::TRANSLIT),
    ];
    // What may stand before a name and is no part of it: queries are read by it too.
    const BEFORE: [&str; 4] = ["article", "title", "role", "demonym"];
    let mut before: BTreeSet<String> = BTreeSet::new();
    // Chinese surnames, and the signs that foreign names are written with: for names in queries.
    let mut signs: [BTreeSet<String>; 2] = Default::default();
    // The classes that the grammar of quotations reads, each into a file of its own.
    const BELONGING: [&str; 12] = [
        "relation", "voice", "work", "says", "post", "cites", "denies", "house", "source", "utters", "rejects", "calls",
    ];
    let mut belonging: [BTreeSet<String>; 12] = Default::default();
    let mut entries: BTreeMap<u64, lexicon::Flags> = BTreeMap::new();
    let mut add = |names: &str, flags: lexicon::Flags, line: &Line, faults: &mut Vec<String>| {
        for name in names.split('|') {
            let mut begun = phrase_hashes(name);
            match begun.pop() {
                Some(hash) => *entries.entry(hash).or_insert(0) |= flags,
                None => line.fault(faults, &format!("no word in {name:?}")),
            }
            for hash in begun {
                *entries.entry(hash).or_insert(0) |= lexicon::PREFIX;
            }
        }
    };
    for file in [WORDS, PERSIAN] {
        let text = read(root, file, faults);
        for line in lines(file, &text) {
            let [class, _, names] = line.columns[..] else {
                line.fault(faults, "class, language and words are wanted");
                continue;
            };
            if BEFORE.contains(&class) {
                before.extend(names.split('|').map(fold::fold));
            }
            for (which, set) in ["surname", "translit"].into_iter().zip(&mut signs) {
                if class == which && line.columns[1] == "zh" {
                    set.extend(names.split('|').map(str::to_owned));
                }
            }
            for (which, set) in BELONGING.into_iter().zip(&mut belonging) {
                // *Sa* is said in Swedish and hers in French.
                let lang = line.columns[1];
                if class == which {
                    set.extend(names.split('|').map(|word| format!("{lang} {}", fold::fold(word))));
                }
            }
            match CLASSES.iter().find(|(name, _)| *name == class) {
                Some((_, flags)) => add(names, *flags, &line, faults),
                None if class == "article" || BELONGING.contains(&class) => {}
                None => line.fault(faults, &format!("{class} is no class")),
            }
        }
    }
    let text = read(root, INSTITUTIONS, faults);
    for line in lines(INSTITUTIONS, &text) {
        add(line.columns[0], lexicon::ORG, &line, faults);
    }
    let text = read(root, MONTHS, faults);
    for line in lines(MONTHS, &text) {
        let Some(names) = line.columns.get(3) else { continue };
        add(names, lexicon::TIME, &line, faults);
    }
    let before: Vec<String> = before.into_iter().collect();
    fs::write(out.join("before_names.txt"), before.join("\n")).expect("OUT_DIR is writable");
    for (class, set) in BELONGING.into_iter().zip(belonging) {
        let list: Vec<String> = set.into_iter().collect();
        fs::write(out.join(format!("{class}.txt")), list.join("\n")).expect("OUT_DIR is writable");
    }
    let signs = signs.map(|set| set.into_iter().collect::<String>());
    fs::write(out.join("han_signs.txt"), signs.join("\n")).expect("OUT_DIR is writable");
    let entries: Vec<(u64, lexicon::Flags)> = entries.into_iter().collect();
    match lexicon::build(&entries) {
        Ok(table) => fs::write(out.join("entity_words.lexicon"), table).expect("OUT_DIR is writable"),
        Err(e) => faults.push(format!("{WORDS}: {e}")),
    }
}

/// Returns the hashes of a phrase's first word, first two and so on, as the recogniser makes
/// them of words in a row.
fn phrase_hashes(phrase: &str) -> Vec<u64> {
    let mut hash = hash::EMPTY_PHRASE;
    words::words(phrase)
        .map(|word| {
            hash = hash::phrase(hash, hash::of(&fold::fold(&phrase[word.start..word.end])));
            hash
        })
        .collect()
}
