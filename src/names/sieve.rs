//! What cannot be one name, told by its letters alone.
//!
//! To hear a name and to compare it costs some microseconds, and an archive has hundreds of
//! thousands of names. Each letter may stand for certain sounds; a sound of the name asked for
//! that no letter of the other can come near has to be left out, which costs what it costs
//! wherever it stands. Where that alone is too much, the two are not one. The sieve lets through
//! whatever might be one and much that is not: it never answers in the place of the comparison.

use super::compare::{INITIAL, JOINED, Name, WORD_MIN, least_likeness};
use super::distance::{CONSONANT_WEIGHT, least_costs, weight};
use super::parts::{is_divider, is_quote};
use super::sounds::{Letter, PAIRS, Script, alone, letter, pair};
use std::sync::LazyLock;

/// Words that are looked at; a name of more is let through.
const WORDS_MAX: usize = 16;
/// What rounding may take off a likeness.
pub(super) const ROUNDING: f32 = 1e-3;
/// The fewest words by which a name of fewer words is another: of one alone it never is.
const SHARED_WORDS_MIN: usize = 2;

/// A name asked for, against which many others are held.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    words: Vec<Wanted>,
    /// The script of the first word.
    script: Option<Script>,
    is_run: bool,
    /// Weight of all words together.
    weight: u32,
}

/// A word of it.
#[derive(Clone, Debug)]
struct Wanted {
    is_initial: bool,
    weight: u32,
    /// What each unit costs at least, where vowels are written and where they are not.
    costs: [Vec<Vec<(u32, u32)>>; 2],
}

/// What is known of a word of another name without hearing it.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// Every sound that it may have.
    sounds: u32,
    /// The most that it may weigh.
    weight: u32,
    letters: u32,
}

/// A name by its letters.
struct Glance {
    words: [Seen; WORDS_MAX],
    count: usize,
    /// The script of its letters; `None` where it has none.
    script: Option<Script>,
}

/// What each letter sounds like alone; what it does with the next is in [`PAIRS`].
static ASCII: LazyLock<[Letter; 128]> = LazyLock::new(|| {
    let mut table = [Letter::default(); 128];
    for byte in 0..128_u8 {
        let small = char::from(byte).to_ascii_lowercase();
        let weight = letter(small).unwrap_or_default().weight;
        table[usize::from(byte)] = Letter { sounds: alone(small), weight };
    }
    table
});

impl Sieve {
    /// Makes a sieve of the name asked for.
    pub(super) fn new(name: &Name) -> Sieve {
        let words: Vec<Wanted> = name
            .sounds()
            .map(|(_, units, is_initial)| Wanted {
                is_initial,
                weight: weight(units),
                costs: [false, true].map(|unwritten| units.iter().map(|u| least_costs(*u, unwritten)).collect()),
            })
            .collect();
        Sieve {
            script: name.sounds().next().map(|(script, ..)| script),
            is_run: name.is_run(),
            weight: words.iter().map(|w| w.weight).sum(),
            words,
        }
    }

    /// Tells whether a word of `name` may be so much like the one word asked for.
    pub(super) fn may_hold(&self, name: &str, least: f32) -> bool {
        let [wanted] = self.words.as_slice() else { return true };
        let Some(glance) = Glance::of(name) else { return true };
        glance.words().iter().any(|seen| wanted.likeness_max(*seen, glance.omits_vowels()) >= least)
    }

    /// Tells whether `name` may be the whole name asked for, as [`super::compare`] has it;
    /// `in_full` where it has to have as many words.
    pub(super) fn may_be(&self, name: &str, in_full: bool) -> bool {
        let Some(glance) = Glance::of(name).filter(|_| !self.is_run) else { return true };
        let least = self.least(glance.script) - ROUNDING;
        let best = |word: &Wanted| {
            let agree = glance.words().iter().map(|seen| word.agrees_max(*seen, glance.omits_vowels()));
            agree.fold(0.0, f32::max)
        };
        let best: Vec<f32> = self.words.iter().map(best).collect();
        self.may_agree(&best, glance.count, least, in_full, || self.may_be_joined(&glance, least))
    }

    /// Tells of each word asked for whether a word of another name may be its counterpart.
    pub(super) fn counterparts(&self, word: &str) -> Vec<bool> {
        let glance = Glance::of(word);
        let may_be = |wanted: &Wanted| {
            glance.as_ref().is_none_or(|glance| {
                let agrees = |seen: &Seen| wanted.agrees_max(*seen, glance.omits_vowels()) >= WORD_MIN - ROUNDING;
                glance.words().iter().any(agrees)
            })
        };
        self.words.iter().map(may_be).collect()
    }

    /// Tells whether a name of `count` words is another because words asked for have no counterpart in it;
    /// those that have are a bit each.
    pub(super) fn are_other_words(&self, counterparts: u32, count: usize, in_full: bool) -> bool {
        let wanted = self.words.len();
        let shared = counterparts.count_ones() as usize;
        let are_as_many = (wanted, count) == (SHARED_WORDS_MIN, SHARED_WORDS_MIN);
        shared < wanted && (in_full || count < SHARED_WORDS_MIN || are_as_many)
    }

    /// The same as [`Sieve::may_be`], told by how well each word asked for agrees with any of `count` others at most.
    pub(super) fn may_agree(
        &self,
        best: &[f32],
        count: usize,
        least: f32,
        in_full: bool,
        joined: impl FnOnce() -> bool,
    ) -> bool {
        let wanted = best.len();
        let worst = best.iter().copied().fold(1.0, f32::min);
        let mean = best.iter().sum::<f32>() / wanted.max(1) as f32;
        let shared = best.iter().filter(|b| **b >= WORD_MIN - ROUNDING).count();
        // Every word asked for has a counterpart.
        if shared == wanted && 0.5 * worst + 0.5 * mean >= least {
            return true;
        }
        if in_full || count < SHARED_WORDS_MIN {
            return false;
        }
        // Every word of a shorter name has one, or the words are divided otherwise.
        wanted > SHARED_WORDS_MIN && shared >= SHARED_WORDS_MIN
            || (wanted, count) != (SHARED_WORDS_MIN, SHARED_WORDS_MIN) && joined()
    }

    /// Whether the names may be one without their divisions.
    fn may_be_joined(&self, glance: &Glance, least: f32) -> bool {
        let all = glance.words().iter().fold(Seen::default(), |all, seen| Seen {
            sounds: all.sounds | seen.sounds,
            weight: all.weight + seen.weight,
            letters: all.letters + seen.letters,
        });
        let cost = self.cost_min(all.sounds, glance.omits_vowels());
        likeness_max(cost, self.weight.max(all.weight)) - JOINED >= least
    }

    /// What it costs at least to find all words among these sounds.
    pub(super) fn cost_min(&self, sounds: u32, unwritten: bool) -> u32 {
        self.words.iter().map(|w| w.cost_min(sounds, unwritten)).sum()
    }

    /// How alike two names of these scripts have to be, at the least.
    pub(super) fn least(&self, other: Option<Script>) -> f32 {
        least_likeness(self.script, other)
    }
}

impl Wanted {
    /// What it costs at least to find this word among these sounds.
    fn cost_min(&self, sounds: u32, unwritten: bool) -> u32 {
        let costs = &self.costs[usize::from(unwritten)];
        let of_unit = |levels: &Vec<(u32, u32)>| {
            let found = levels.iter().find(|(near, _)| near & sounds != 0).or(levels.last());
            found.map_or(0, |(_, cost)| *cost)
        };
        costs.iter().map(of_unit).sum()
    }

    /// How like this word the other is at most.
    fn likeness_max(&self, seen: Seen, unwritten: bool) -> f32 {
        likeness_max(self.cost_min(seen.sounds, unwritten), self.weight.max(seen.weight))
    }

    /// How well two words agree at most, initials among them.
    fn agrees_max(&self, seen: Seen, unwritten: bool) -> f32 {
        let as_initial = if self.is_initial || seen.letters <= 1 { INITIAL } else { 0.0 };
        if self.is_initial { as_initial } else { as_initial.max(self.likeness_max(seen, unwritten)) }
    }
}

fn likeness_max(cost: u32, weight: u32) -> f32 {
    1.0 - cost as f32 / weight.max(CONSONANT_WEIGHT) as f32 + ROUNDING
}

impl Glance {
    /// Looks at a name; `None` where its letters do not stand for themselves.
    fn of(name: &str) -> Option<Glance> {
        let mut glance = Glance { words: [Seen::default(); WORDS_MAX], count: 0, script: Some(Script::Latin) };
        if name.is_ascii() {
            let mut before = 0;
            for byte in name.bytes() {
                let mut found = ASCII[usize::from(byte)];
                found.sounds |= PAIRS[pair(before, byte)];
                before = byte;
                glance.take(found, byte.is_ascii_alphabetic(), is_divider(char::from(byte)))?;
            }
        } else {
            glance.script = None;
            for c in name.chars() {
                glance.take_char(c)?;
            }
        }
        glance.take(Letter::default(), false, true)?;
        Some(glance)
    }

    fn take_char(&mut self, c: char) -> Option<()> {
        let mut lower = c.to_lowercase();
        let (Some(small), None) = (lower.next(), lower.next()) else { return None };
        if is_divider(c) || !c.is_alphanumeric() {
            let found = if is_quote(c) { letter('\'') } else { letter(small) };
            return (c.is_ascii() || is_divider(c) || is_quote(c))
                .then(|| self.take(found.unwrap_or_default(), false, is_divider(c)))?;
        }
        let script = Script::of(small);
        if self.script.is_some_and(|own| own != script) {
            // Letters of two scripts in a word are spelt as those of the first.
            return None;
        }
        self.script = Some(script);
        let found = if c.is_ascii() { letter(small).unwrap_or_default() } else { letter(small)? };
        self.take(found, true, false)
    }

    fn take(&mut self, found: Letter, is_letter: bool, is_end: bool) -> Option<()> {
        let seen = self.words.get_mut(self.count)?;
        if is_end {
            self.count += usize::from(seen.letters > 0 || seen.sounds != 0);
        } else {
            seen.sounds |= found.sounds;
            seen.weight += found.weight;
            seen.letters += u32::from(is_letter);
        }
        Some(())
    }

    fn words(&self) -> &[Seen] {
        &self.words[..self.count]
    }

    fn omits_vowels(&self) -> bool {
        self.script.is_some_and(Script::omits_vowels)
    }
}
