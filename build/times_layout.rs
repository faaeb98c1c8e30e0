//! Writes a lexicon of expressions of time as arrays of Rust, laid out for use as they lie.

use super::time_kind::{ANYTHING, KINDS, Kind, REST, bit, literal_bit, tag, word_hash};
use super::times::{Lexicon, Place, Test};
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

/// A rule that may begin with a kind, and what must stand behind its first place.
type Candidates = Vec<(usize, u64)>;

fn bit_of((kind, value): Test) -> u64 {
    match (kind, value) {
        (Kind::Literal, Some(id)) => literal_bit(id),
        _ => bit(kind),
    }
}

/// Tells whether rules may begin with a word of a kind.
fn starts_rules(kind: Kind) -> bool {
    !matches!(kind, Kind::Ahead | Kind::Prep | Kind::Det | Kind::Counted | Kind::Measure | Kind::Suffix)
}

impl Place {
    fn takes(&self) -> u64 {
        self.tests.iter().fold(0, |bits, t| bits | bit_of(*t))
    }
}

/// Returns the bits of what must stand behind a place of a rule.
fn behind(places: &[Place], at: usize) -> u64 {
    let mut bits = 0;
    for place in &places[at + 1..] {
        bits |= place.takes();
        if !place.optional {
            return bits;
        }
    }
    ANYTHING
}

/// Lists for each kind, and for each literal, the rules that may begin with it.
fn candidates(lexicon: &Lexicon) -> (Vec<Candidates>, Vec<Candidates>) {
    let mut by_kind = vec![Candidates::new(); KINDS];
    let mut by_literal = vec![Candidates::new(); lexicon.literals.len()];
    for (index, rule) in lexicon.rules.iter().enumerate() {
        for (at, place) in rule.places.iter().enumerate() {
            let next = behind(&rule.places, at);
            for (kind, value) in &place.tests {
                let list = match (kind, value) {
                    (Kind::Literal, Some(value)) => &mut by_literal[*value as usize],
                    _ => &mut by_kind[*kind as usize],
                };
                match list.last_mut().filter(|(last, _)| *last == index) {
                    Some((_, bits)) => *bits |= next,
                    None => list.push((index, next)),
                }
            }
            if !place.optional {
                break;
            }
        }
    }
    (by_kind, by_literal)
}

/// Writes a lexicon as arrays: a table of slots for the heads, the heads, their phrases
/// longest first, the rules, and for each kind the rules that may begin with it.
pub(crate) fn emit(lexicon: &Lexicon, code: &str, rust: &mut String) {
    let upper = code.to_uppercase();
    let (by_kind, by_literal) = candidates(lexicon);
    heads(lexicon, &upper, &by_kind, &by_literal, rust);
    let mut rules = String::new();
    for rule in &lexicon.rules {
        let mut places = String::new();
        for place in &rule.places {
            let tests: Vec<String> =
                place.tests.iter().map(|(k, v)| format!("Test {{ kind: Kind::{k:?}, value: {v:?} }}")).collect();
            write!(
                places,
                "Place {{ tests: &[{}], optional: {}, inside: {}, takes: {:#x} }}, ",
                tests.join(", "),
                place.optional,
                place.inside,
                place.takes()
            )
            .expect("a String takes it");
        }
        writeln!(rules, "    Rule {{ build: Build::{}, places: &[{places}] }},", rule.build)
            .expect("a String takes it");
    }
    let listed = |lists: &[Candidates]| {
        let one = |(rule, next): &(usize, u64)| format!("Candidate {{ rule: {rule}, next: {next:#x} }}");
        let list = |l: &Candidates| format!("&[{}]", l.iter().map(one).collect::<Vec<_>>().join(", "));
        lists.iter().map(list).collect::<Vec<_>>().join(", ")
    };
    write!(
        rust,
        "static {upper}_RULES: [Rule; {}] = [\n{rules}];\n\
         static {upper}_BY_KIND: [&[Candidate]; {KINDS}] = [{}];\n\
         static {upper}_BY_LITERAL: [&[Candidate]; {}] = [{}];\n",
        lexicon.rules.len(),
        listed(&by_kind),
        by_literal.len(),
        listed(&by_literal)
    )
    .expect("a String takes it");
}

/// Writes the words of a lexicon: slots, heads and phrases.
fn heads(lexicon: &Lexicon, upper: &str, by_kind: &[Candidates], by_literal: &[Candidates], rust: &mut String) {
    let all = || lexicon.phrases.values().flatten();
    let words: BTreeSet<&String> = lexicon.phrases.keys().chain(all().flat_map(|p| &p.rest)).collect();
    let second: BTreeSet<&String> = all().filter_map(|p| p.rest.first()).collect();
    let number: HashMap<&String, usize> = words.iter().enumerate().map(|(i, w)| (*w, i + 1)).collect();
    let mut slots = vec![0u32; (words.len() * 2 + 2).next_power_of_two()];
    let mask = slots.len() - 1;
    let (mut heads, mut phrases, mut first) = (String::new(), String::new(), 0usize);
    for word in &words {
        let hash = word_hash(word.as_bytes());
        let mut slot = hash as usize & mask;
        while slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        slots[slot] = tag(hash) | number[word] as u32;
        let mut list = lexicon.phrases.get(*word).cloned().unwrap_or_default();
        list.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
        let (mut is, mut next, mut starts) = (if second.contains(word) { REST } else { 0 }, 0, Vec::new());
        for p in &list {
            is |= bit_of((p.kind, Some(p.value)));
            let begun = match p.kind {
                Kind::Literal => &by_literal[p.value as usize],
                _ => &by_kind[p.kind as usize],
            };
            if !starts_rules(p.kind) || begun.is_empty() {
                continue;
            }
            next |= if p.rest.is_empty() { begun.iter().fold(0, |bits, (_, next)| bits | next) } else { REST };
            let start = (p.kind, if p.kind == Kind::Literal { p.value } else { 0 });
            if !starts.contains(&start) {
                starts.push(start);
            }
        }
        let starts: Vec<String> = starts.iter().map(|(k, v)| format!("(Kind::{k:?}, {v})")).collect();
        let n = list.len();
        writeln!(
            heads,
            "    Head {{ word: {word:?}, first: {first}, count: {n}, is: {is:#x}, next: {next:#x}, starts: &[{}] }},",
            starts.join(", ")
        )
        .expect("a String takes it");
        for p in list {
            let rest: Vec<usize> = p.rest.iter().map(|w| number[w]).collect();
            writeln!(
                phrases,
                "    Phrase {{ rest: &{rest:?}, kind: Kind::{:?}, value: {}, weak: {}, capital: {:?} }},",
                p.kind, p.value, p.weak, p.capital
            )
            .expect("a String takes it");
        }
        first += n;
    }
    write!(
        rust,
        "static {upper}_SLOTS: [u32; {}] = {slots:?};\nstatic {upper}_HEADS: [Head; {}] = [\n{heads}];\n\
         static {upper}_PHRASES: [Phrase; {first}] = [\n{phrases}];\n",
        slots.len(),
        words.len()
    )
    .expect("a String takes it");
}
