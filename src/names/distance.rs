//! How far two words are apart, by ear.

use super::sounds::{Skip, Unit, VOWELS, bit};
use std::sync::LazyLock;

/// Costs are hundredths of a consonant that has nothing to do with its counterpart.
type Cost = u16;
const UNRELATED: Cost = 110;
const VOWEL_FOR_SEMIVOWEL: Cost = 45;
const VOWEL_LEFT_OUT: Cost = 32;
/// An *a*, *o* or *u* at the end of one word of two in one script: another name, or a woman's.
const LAST_VOWEL_LEFT_OUT: Cost = 60;
/// Beside a script that leaves most vowels out, but for those of a diphthong.
const VOWEL_NOT_WRITTEN: Cost = 6;
const SEMIVOWEL_LEFT_OUT: Cost = 45;
const CONSONANT_LEFT_OUT: Cost = 95;
const CHEAP: Cost = 25;
const FREE: Cost = 5;
/// Weight of a vowel in the length of a word.
const VOWEL_WEIGHT: u32 = 45;
pub(super) const CONSONANT_WEIGHT: u32 = 100;

/// Sounds that one language's ear or another's alphabet takes for one another.
const NEAR: &[(&str, &str, Cost)] = &[
    ("A", "E", 18),
    ("A", "O", 18),
    ("E", "I", 15),
    ("O", "U", 15),
    ("I", "U", 25),
    ("E", "O", 25),
    ("A", "I", 30),
    ("A", "U", 30),
    ("E", "U", 30),
    ("I", "O", 32),
    ("P", "B", 40),
    ("T", "D", 40),
    ("K", "G", 40),
    ("F", "V", 25),
    ("V", "W", 10),
    ("B", "V", 40),
    ("P", "F", 45),
    ("S", "Z", 30),
    ("S", "SH", 40),
    ("Z", "ZH", 40),
    ("SH", "ZH", 35),
    ("SH", "CH", 40),
    ("CH", "J", 35),
    ("CH", "TS", 40),
    ("CH", "T", 60),
    ("CH", "K", 60),
    ("J", "ZH", 20),
    ("J", "Z", 40),
    ("J", "G", 45),
    ("J", "Y", 40),
    ("TS", "S", 30),
    ("TS", "Z", 30),
    ("TH", "T", 15),
    ("TH", "S", 20),
    ("TH", "D", 25),
    ("TH", "F", 25),
    ("TH", "Z", 25),
    ("K", "X", 35),
    ("X", "H", 15),
    ("G", "X", 40),
    ("G", "H", 35),
    ("K", "H", 60),
    ("L", "R", 70),
    ("M", "N", 80),
    ("S", "X", 70),
    ("R", "G", 70),
    ("R", "X", 80),
    ("L", "W", 50),
    ("N", "L", 80),
];

/// Cost of each pair of sounds.
static PAIRS: LazyLock<[[Cost; 32]; 32]> = LazyLock::new(|| {
    let mut table = [[UNRELATED; 32]; 32];
    for (a, b, cost) in NEAR {
        if let (Some(a), Some(b)) = (bit(a), bit(b)) {
            let (a, b) = (a.trailing_zeros() as usize, b.trailing_zeros() as usize);
            table[a][b] = *cost;
            table[b][a] = *cost;
        }
    }
    table
});

fn semivowels() -> u32 {
    static BITS: LazyLock<u32> = LazyLock::new(|| bit("Y").unwrap_or(0) | bit("W").unwrap_or(0));
    *BITS
}

fn weak() -> u32 {
    static BITS: LazyLock<u32> = LazyLock::new(|| bit("H").unwrap_or(0) | semivowels());
    *BITS
}

/// Vowels that may stand at an end and not be heard, or be its ending: *Poutine*, *Zelenskyy*.
fn mute() -> u32 {
    static BITS: LazyLock<u32> = LazyLock::new(|| bit("E").unwrap_or(0) | bit("I").unwrap_or(0));
    *BITS
}

fn replace(a: Unit, b: Unit) -> Cost {
    if a.sounds & b.sounds != 0 {
        return 0;
    }
    let vowelish = |u: Unit| u.sounds & VOWELS != 0;
    if vowelish(a) && vowelish(b) {
        return nearest(a.sounds & VOWELS, b.sounds & VOWELS);
    }
    if (vowelish(a) && b.sounds & semivowels() != 0) || (vowelish(b) && a.sounds & semivowels() != 0) {
        return VOWEL_FOR_SEMIVOWEL;
    }
    nearest(a.sounds & !VOWELS, b.sounds & !VOWELS)
}

/// The cost of the two sounds that are nearest to each other.
fn nearest(a: u32, b: u32) -> Cost {
    let mut best = UNRELATED;
    let mut left = a;
    while left != 0 {
        let i = left.trailing_zeros() as usize;
        left &= left - 1;
        let mut right = b;
        while right != 0 {
            let j = right.trailing_zeros() as usize;
            right &= right - 1;
            best = best.min(PAIRS[i][j]);
        }
    }
    best
}

/// Cost of leaving `unit` out, `unwritten` where the other word's script omits vowels.
fn omit(unit: Unit, unwritten: bool) -> Cost {
    let own = match unit.skip {
        Skip::Free => FREE,
        Skip::Cheap => CHEAP,
        Skip::Full if unit.is_vowel() => VOWEL_LEFT_OUT,
        Skip::Full if unit.sounds & weak() != 0 => SEMIVOWEL_LEFT_OUT,
        Skip::Full => CONSONANT_LEFT_OUT,
    };
    if unwritten && unit.may_be_vowel() { own.min(VOWEL_NOT_WRITTEN) } else { own }
}

/// The same of a unit that is spoken as it is written: a diphthong is written, and so is the vowel of an end.
fn omit_spoken(unit: Unit, unwritten: bool, is_last: bool) -> Cost {
    if !unwritten || unit.is_vowel() && !is_last {
        return omit(unit, unwritten);
    }
    let is_mute = unit.is_vowel() && (unit.sounds & mute() != 0 || unit.skip != Skip::Full);
    omit(unit, is_mute)
}

/// Returns what a unit costs at least beside a word of certain sounds, whatever it stands for
/// there: each sum with the sounds for which it is enough, the least first. The last holds of any.
/// A unit of several sounds is as near as the nearest of them, or farther.
pub(super) fn least_costs(unit: Unit, unwritten: bool) -> Vec<(u32, u32)> {
    let omitted = u32::from(omit(unit, unwritten));
    let mut costs: Vec<(u32, u32)> = Vec::new();
    for sound in (0..u32::BITS).map(|at| 1 << at) {
        let cost = u32::from(replace(unit, Unit { sounds: sound, skip: Skip::Full }));
        match costs.iter_mut().find(|(_, c)| *c == cost) {
            Some((sounds, _)) => *sounds |= sound,
            None => costs.push((sound, cost)),
        }
    }
    costs.retain(|(_, cost)| *cost < omitted);
    costs.sort_unstable_by_key(|(_, cost)| *cost);
    costs.push((u32::MAX, omitted));
    costs
}

/// What a word of these units is worth, by which its distance from another is measured.
pub(super) fn weight(units: &[Unit]) -> u32 {
    units
        .iter()
        .map(|u| match (u.skip, u.may_be_vowel()) {
            (Skip::Free, _) => 0,
            (_, true) => VOWEL_WEIGHT,
            (Skip::Cheap, false) => VOWEL_WEIGHT,
            (Skip::Full, false) => CONSONANT_WEIGHT,
        })
        .sum()
}

/// A word as heard, and whether its script writes its vowels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heard<'a> {
    pub(super) units: &'a [Unit],
    pub(super) omits_vowels: bool,
    /// Whether it is written by syllables, which have vowels that nobody speaks.
    pub(super) is_syllabic: bool,
}

/// Returns how alike two words sound: 1 for the same, 0 for nothing in common.
pub(super) fn likeness(a: Heard<'_>, b: Heard<'_>) -> f32 {
    likeness_by(a, b, 0.0, |_, cost| cost)
}

/// The same where words less alike than `least` need not be told from those with nothing in common.
pub(super) fn likeness_from(least: f32, a: Heard<'_>, b: Heard<'_>) -> f32 {
    likeness_by(a, b, least, |_, cost| cost)
}

/// The same for two words of one script, where an end that some tongue does not speak counts as
/// it is written: *Peters* is no *Peter*, *Parisa* no *Paris*, *Baker* no *Bache*.
pub(super) fn likeness_as_written(a: Heard<'_>, b: Heard<'_>) -> f32 {
    likeness_by(a, b, 0.0, |unit, cost| match unit.skip {
        Skip::Cheap if unit.sounds & (VOWELS | weak()) == 0 => CONSONANT_LEFT_OUT,
        _ => last_vowel(unit, cost),
    })
}

/// The same within a whole name, of which languages of one script may decline each word: only a vowel at an end
/// counts as it is written. Words less alike than `least` need not be told from those with nothing in common.
pub(super) fn likeness_in_name(least: f32, a: Heard<'_>, b: Heard<'_>) -> f32 {
    likeness_by(a, b, least, last_vowel)
}

fn last_vowel(unit: Unit, cost: Cost) -> Cost {
    if unit.skip == Skip::Full && unit.is_vowel() && unit.sounds & mute() == 0 { LAST_VOWEL_LEFT_OUT } else { cost }
}

/// `last` is what leaving out the last sound of a word costs, given what it would within; below `least`
/// the answer may be 0.
fn likeness_by(a: Heard<'_>, b: Heard<'_>, least: f32, last: impl Fn(Unit, Cost) -> Cost) -> f32 {
    if a.units.is_empty() || b.units.is_empty() {
        return 0.0;
    }
    let omitted = |word: Heard<'_>, at: usize, unwritten: bool| {
        let is_last = at + 1 == word.units.len();
        let cost = match word.is_syllabic {
            true => omit(word.units[at], unwritten),
            false => omit_spoken(word.units[at], unwritten, is_last),
        };
        if is_last { last(word.units[at], cost) } else { cost }
    };
    let length = weight(a.units).max(weight(b.units)).max(CONSONANT_WEIGHT) as f32;
    // What the beginnings of both cost so far, each of `b` with what leaving out its last unit costs.
    let mut row: Vec<(Cost, Cost)> = Vec::with_capacity(b.units.len() + 1);
    row.push((0, 0));
    for at in 0..b.units.len() {
        let before = row.last().map_or(0, |(cost, _)| *cost);
        let left_out = omitted(b, at, a.omits_vowels);
        row.push((before.saturating_add(left_out), left_out));
    }
    for (i, unit) in a.units.iter().enumerate() {
        let mut diagonal = row[0].0;
        let left_out = omitted(a, i, b.omits_vowels);
        row[0].0 = row[0].0.saturating_add(left_out);
        let (mut before, mut best) = (row[0].0, row[0].0);
        for (cell, other) in row[1..].iter_mut().zip(b.units) {
            let through = diagonal.saturating_add(replace(*unit, *other));
            let down = cell.0.saturating_add(left_out);
            let across = before.saturating_add(cell.1);
            diagonal = cell.0;
            before = through.min(down).min(across);
            cell.0 = before;
            best = best.min(before);
        }
        // What comes makes it no less.
        if 1.0 - f32::from(best) / length < least {
            return 0.0;
        }
    }
    let distance = f32::from(row.last().map_or(0, |(cost, _)| *cost));
    (1.0 - distance / length).max(0.0)
}
