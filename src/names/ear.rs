//! Names held against one name that is asked for, each distinct word heard once.
//!
//! Names share their words: of a hundred thousand names there are some ten thousand words. What
//! the [`Sieve`] lets through by its letters is told by how like its words sound, which is
//! remembered; only what may still be one is compared as a whole.

use super::compare::{JOINED, Name, WORD_MIN, WORDS_MAX, word_agreement};
use super::distance::{CONSONANT_WEIGHT, least_costs, weight};
use super::parts::{is_beside, pieces};
use super::sieve::{ROUNDING, Sieve};
use super::sounds::{Script, Unit};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// Words that are remembered.
const HEARD_MAX: usize = 1 << 16;

/// A name asked for, with what was heard of others.
#[derive(Clone, Debug)]
pub struct Ear {
    name: Name,
    sieve: Sieve,
    /// Every sound of the name.
    sounds: u32,
    weight: u32,
    heard: RefCell<FxHashMap<Box<str>, Heard>>,
    /// How well each word asked for agrees with a word, or 0 where its letters say that it is no counterpart.
    agrees: RefCell<FxHashMap<Box<str>, Box<[f32]>>>,
    /// What it costs at least to find a unit among the sounds of the name asked for.
    costs: RefCell<FxHashMap<Unit, u32>>,
    /// Words that were looked for the one word asked for, each with how like they are.
    like: RefCell<FxHashMap<Box<str>, f32>>,
}

/// A word of another name.
#[derive(Clone, Debug)]
struct Heard {
    script: Option<Script>,
    sounds: u32,
    weight: u32,
    /// What it costs at least to find this word among the sounds of the name asked for, and none
    /// where it may be no part of its own.
    cost: u32,
}

impl Ear {
    /// Listens for a name.
    #[must_use]
    pub fn new(name: Name) -> Ear {
        let all = || name.sounds().flat_map(|(_, units, _)| units);
        Ear {
            sieve: Sieve::new(&name),
            sounds: all().fold(0, |sounds, unit| sounds | unit.sounds),
            weight: name.sounds().map(|(_, units, _)| weight(units)).sum(),
            heard: RefCell::default(),
            agrees: RefCell::default(),
            costs: RefCell::default(),
            like: RefCell::default(),
            name,
        }
    }

    /// Returns the name that is listened for.
    #[must_use]
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// Tells whether the name is one run of a script that joins surname and given names.
    #[must_use]
    pub fn is_run(&self) -> bool {
        self.name.is_run()
    }

    /// Returns which words asked for, a bit for each, may have a word of another name as counterpart; `heard`
    /// makes it ready for comparing.
    pub fn counterparts<'w>(&self, word: &str, heard: &dyn Fn() -> &'w Name) -> u32 {
        let may_agree = self.sieve.counterparts(word);
        if !may_agree.contains(&true) {
            return 0;
        }
        let agrees = word_agreement(&self.name, heard(), &may_agree);
        let bits = agrees.iter().enumerate().filter(|(_, agrees)| **agrees >= WORD_MIN - ROUNDING);
        bits.fold(0, |bits, (at, _)| bits | 1 << at)
    }

    /// Tells whether a word of another name may sound so much like the one word asked for.
    pub fn is_like<'w>(&self, word: &str, least: f32, heard: &dyn Fn() -> &'w Name) -> bool {
        self.sieve.may_hold(word, least) && heard().best_word(&self.name) >= least
    }

    /// Tells whether a name of `count` words may be the whole name asked for, of which these words have
    /// counterparts there.
    #[must_use]
    pub fn may_agree(&self, counterparts: u32, count: usize, in_full: bool) -> bool {
        !self.sieve.are_other_words(counterparts, count, in_full)
    }

    /// Tells whether a word of `name` may sound so much like the one word asked for.
    #[must_use]
    pub fn may_hold(&self, name: &str, least: f32) -> bool {
        if !self.sieve.may_hold(name, least) {
            return false;
        }
        let mut like = self.like.borrow_mut();
        if like.len() > HEARD_MAX {
            like.clear();
        }
        pieces(name).any(|word| {
            if let Some(known) = like.get(word) {
                return *known >= least;
            }
            if !self.sieve.may_hold(word, least) {
                return false;
            }
            let best = Name::new(word).best_word(&self.name);
            like.insert(word.into(), best);
            best >= least
        })
    }

    /// Tells whether `name` may be the whole name asked for, as [`super::compare`] has it;
    /// `in_full` where it has to have as many words.
    #[must_use]
    pub fn may_be(&self, name: &str, in_full: bool) -> bool {
        if !self.sieve.may_be(name, in_full) {
            return false;
        }
        if self.name.is_run() {
            return true;
        }
        let (best, count) = self.agreement(name);
        // Letters of other scripts may be a whole name in one run.
        let bits = best.iter().enumerate().filter(|(_, best)| **best >= WORD_MIN - ROUNDING);
        let counterparts = bits.fold(0, |bits, (at, _)| bits | 1 << at);
        if name.is_ascii() && count <= WORDS_MAX && self.sieve.are_other_words(counterparts, count, in_full) {
            return false;
        }
        let mut heard = self.heard.borrow_mut();
        if heard.len() > HEARD_MAX {
            heard.clear();
        }
        let mut scripts = Scripts::default();
        let (mut sounds, mut weight, mut cost) = (0, 0, 0);
        for piece in pieces(name) {
            if !heard.contains_key(piece) {
                heard.insert(piece.into(), self.hear(piece));
            }
            let Some(word) = heard.get(piece) else { continue };
            scripts.take(word.script);
            (sounds, weight, cost) = (sounds | word.sounds, weight + word.weight, cost + word.cost);
        }
        // Of a name of more words, the last are not compared.
        if scripts.may_run || count > WORDS_MAX {
            return true;
        }
        let least = self.sieve.least(scripts.one()) - ROUNDING;
        let joined = || {
            let cost = cost.max(self.sieve.cost_min(sounds, scripts.omits_vowels));
            let length = self.weight.max(weight).max(CONSONANT_WEIGHT) as f32;
            1.0 - cost as f32 / length - JOINED >= least
        };
        self.sieve.may_agree(&best, count, least, in_full, joined)
    }

    /// How well each word asked for agrees with a word of `name`, as far as both may be counterparts, and
    /// how many words `name` has.
    fn agreement(&self, name: &str) -> (Vec<f32>, usize) {
        let mut known = self.agrees.borrow_mut();
        if known.len() > HEARD_MAX {
            known.clear();
        }
        let mut best = vec![0.0_f32; self.name.words_count()];
        let mut count = 0;
        for piece in pieces(name) {
            if !known.contains_key(piece) {
                let may_agree = self.sieve.counterparts(piece);
                let agrees = match may_agree.contains(&true) {
                    true => word_agreement(&self.name, &Name::new(piece), &may_agree),
                    false => Box::from(vec![0.0; best.len()]),
                };
                known.insert(piece.into(), agrees);
            }
            let agrees = known.get(piece).into_iter().flatten();
            best.iter_mut().zip(agrees).for_each(|(best, agrees)| *best = best.max(*agrees));
            count += 1;
        }
        (best, count)
    }

    fn hear(&self, piece: &str) -> Heard {
        let word = Name::new(piece);
        let omits_vowels = self.name.omits_vowels();
        let mut costs = self.costs.borrow_mut();
        let mut cost = |unit: Unit| {
            *costs.entry(unit).or_insert_with(|| {
                let costs = least_costs(unit, omits_vowels);
                costs.iter().find(|(near, _)| near & self.sounds != 0).or(costs.last()).map_or(0, |(_, cost)| *cost)
            })
        };
        let units = || word.sounds().flat_map(|(_, units, _)| units);
        Heard {
            script: word.sounds().next().map(|(script, ..)| script),
            sounds: units().fold(0, |all, unit| all | unit.sounds),
            weight: word.sounds().map(|(_, units, _)| weight(units)).sum(),
            cost: if is_beside(piece) { 0 } else { units().map(|unit| cost(*unit)).sum() },
        }
    }
}

/// The scripts of the words of a name.
#[derive(Default)]
struct Scripts {
    first: Option<Script>,
    are_several: bool,
    omits_vowels: bool,
    /// Whether there is a word of a script that joins surname and given names.
    may_run: bool,
}

impl Scripts {
    fn take(&mut self, script: Option<Script>) {
        let Some(script) = script else { return };
        self.are_several |= self.first.is_some_and(|first| first != script);
        self.first = self.first.or(Some(script));
        self.omits_vowels |= script.omits_vowels();
        self.may_run |= matches!(script, Script::Han | Script::Hangul | Script::Kana);
    }

    /// The one script.
    fn one(&self) -> Option<Script> {
        self.first.filter(|_| !self.are_several)
    }
}

#[cfg(test)]
mod tests {
    use super::Ear;
    use crate::names::{Name, compare};
    use proptest::prelude::*;

    const NAMES: &[&str] = &[
        "Vladimir Putin",
        "Vladimir Poutine",
        "Владимир Путин",
        "ولادیمیر پوتین",
        "פוטין ולדימיר",
        "普京",
        "弗拉基米尔·普京",
        "Ronald W. Reagan",
        "Reagan",
        "Kim Jong-un",
        "김정은",
        "Ким Чен Ын",
        "Jean-Luc O'Neill",
        "Abdulmalik Hassan",
        "Abdul Malik al-Hassan",
        "Ursula von der Leyen",
        "von der Leyen",
        "Theresa Mayová",
        "Љубица Ђорђевић",
        "Nuñez Ibáñez",
        "İlham Əliyev",
        "Erdoğan",
        "Μητσοτάκης Κυριάκος",
        "ムラカミ ハルキ",
        "G. Bush",
        "Џорџ Буш",
        "King Charles III",
        "Bank of the North-East (London)",
        "Національний банк",
        "Putinа",
        "3М Company",
    ];

    /// How a name is changed: where, and by which letter.
    fn change() -> impl Strategy<Value = (u8, usize, char)> {
        let letters = " -.'aeiouhkstzrnlmwyjčšéаоеиснктрлвй’يوانرتلمس".chars().collect::<Vec<_>>();
        (0..8_u8, 0..64_usize, proptest::sample::select(letters))
    }

    /// A name with a letter changed, added or left out, a part of it, or itself.
    fn changed(name: &str, (how, place, with): (u8, usize, char)) -> String {
        let mut letters: Vec<char> = name.chars().collect();
        let place = place % letters.len().max(1);
        match how {
            0 => letters[place] = with,
            1 => letters.insert(place, with),
            2 => drop(letters.remove(place)),
            3 => letters.truncate(place),
            4 => letters.rotate_left(place),
            _ => {}
        }
        letters.into_iter().collect()
    }

    /// Two names, often of one bearer.
    fn names() -> impl Strategy<Value = (String, String)> {
        let pair = (0..NAMES.len(), 0..3_usize, change(), change())
            .prop_map(|(at, next, x, y)| (changed(NAMES[at], x), changed(NAMES[(at + next) % NAMES.len()], y)));
        let other = "[A-Z][a-z]{1,7}( [A-Z]\\.?)?( [A-Z][a-z]{2,9}){0,2}";
        prop_oneof![8 => pair, 1 => (other, other), 1 => ("\\PC{0,20}", "\\PC{0,20}")]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(6_000))]

        #[test]
        fn what_is_one_is_let_through((a, b) in names()) {
            let (asked, other) = (Name::new(&a), Name::new(&b));
            let ear = Ear::new(asked.clone());
            if compare(&other, &asked).same {
                prop_assert!(ear.may_be(&b, false), "{a} and {b}");
                prop_assert!(other.words_count() != asked.words_count() || ear.may_be(&b, true), "{a} and {b}");
            }
            let likeness = other.best_word(&asked);
            prop_assert!(likeness == 0.0 || ear.may_hold(&b, likeness), "{a} in {b}: {likeness}");
        }
    }

    #[test]
    fn strangers_are_held_back() {
        let ear = |name: &str| Ear::new(Name::new(name));
        for name in ["Mikhail Gorbachev", "Margaret Thatcher", "James Baker", "Ronald Smith", "Анна Петрова"]
        {
            assert!(!ear("Ronald Reagan").may_be(name, false), "{name}");
            assert!(!ear("Reagan").may_hold(name, 0.9), "{name}");
        }
        assert!(!ear("Federal Reserve Board").may_be("Federal Bureau", true));
    }
}
