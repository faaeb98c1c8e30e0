//! Lays a lexicon of expressions of time out as the program uses it.

use super::time_kind::{ANYTHING, KINDS, Kind, REST, bit, literal_bit, tag, word_hash};
use super::time_lexicon::{self as written, Lexicon as Written, Place as WrittenPlace};
use super::times::{Lexicon, Place, Test};
use std::collections::{BTreeSet, HashMap};

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
    !matches!(kind, Kind::Ahead | Kind::Prep | Kind::Det | Kind::Counted | Kind::Measure | Kind::Suffix | Kind::Game)
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

/// Lays a lexicon out: a table of slots for the heads, the heads, their phrases longest
/// first, the rules, and for each kind the rules that may begin with it.
pub(crate) fn lay_out(lexicon: &Lexicon, code: &str) -> Written {
    let (by_kind, by_literal) = candidates(lexicon);
    let (slots, heads, phrases) = heads(lexicon, &by_kind, &by_literal);
    let place = |p: &Place| WrittenPlace {
        tests: p.tests.iter().map(|(kind, value)| written::Test { kind: *kind, value: *value }).collect(),
        optional: p.optional,
        inside: p.inside,
        takes: p.takes(),
    };
    let rules = lexicon.rules.iter();
    let rules = rules.map(|r| written::Rule { build: r.build, places: r.places.iter().map(place).collect() }).collect();
    let candidate = |(rule, next): &(usize, u64)| written::Candidate { rule: short(*rule), next: *next };
    let listed = |lists: &[Candidates]| lists.iter().map(|l| l.iter().map(candidate).collect()).collect();
    Written {
        code: code.into(),
        slots: slots.into(),
        heads: heads.into(),
        phrases: phrases.into(),
        rules,
        by_kind: listed(&by_kind),
        by_literal: listed(&by_literal),
        endings: lexicon.endings.iter().map(|(ending, value)| (ending.as_str().into(), *value)).collect(),
    }
}

/// Numbers of rules, heads and phrases have two bytes.
fn short(number: usize) -> u16 {
    u16::try_from(number).expect("a lexicon has fewer than 65,536 rules, heads and phrases")
}

type Heads = (Vec<u32>, Vec<written::Head>, Vec<written::Phrase>);

/// Lays the words of a lexicon out: slots, heads and phrases.
fn heads(lexicon: &Lexicon, by_kind: &[Candidates], by_literal: &[Candidates]) -> Heads {
    let all = || lexicon.phrases.values().flatten();
    let words: BTreeSet<&String> = lexicon.phrases.keys().chain(all().flat_map(|p| &p.rest)).collect();
    let second: BTreeSet<&String> = all().filter_map(|p| p.rest.first()).collect();
    let number: HashMap<&String, u16> = words.iter().enumerate().map(|(i, w)| (*w, short(i + 1))).collect();
    let mut slots = vec![0u32; (words.len() * 2 + 2).next_power_of_two()];
    let mask = slots.len() - 1;
    let (mut heads, mut phrases) = (Vec::new(), Vec::new());
    for word in &words {
        let hash = word_hash(word.as_bytes());
        let mut slot = hash as usize & mask;
        while slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        slots[slot] = tag(hash) | u32::from(number[word]);
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
        heads.push(written::Head {
            word: word.as_str().into(),
            first: short(phrases.len()),
            count: short(list.len()),
            is,
            next,
            starts: starts.into(),
            marks: lexicon.marks.get(*word).into_iter().flatten().map(|m| m.as_str().into()).collect(),
        });
        phrases.extend(list.into_iter().map(|p| written::Phrase {
            rest: p.rest.iter().map(|w| number[w]).collect(),
            kind: p.kind,
            value: p.value,
            weak: p.weak,
            short: p.short,
            capital: p.capital,
            marks: p.marks.as_str().into(),
        }));
    }
    (slots, heads, phrases)
}
