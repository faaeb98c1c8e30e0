//! The long vowels of Arabic, which are all that it writes.
//!
//! A word of three consonants is told by what stands between the last two: *Karim* has a long vowel there,
//! *Karam* none, *Salem* one before. An *i* at the end is always written.

use super::sounds::{Skip, Unit, VOWELS, bit};
use std::sync::LazyLock;

static CLOSE: LazyLock<u32> = LazyLock::new(|| bit("I").unwrap_or(0) | bit("Y").unwrap_or(0));
static MIDDLE: LazyLock<u32> = LazyLock::new(|| bit("E").unwrap_or(0));
static ROUND: LazyLock<u32> = LazyLock::new(|| bit("U").unwrap_or(0) | bit("O").unwrap_or(0));
static OPEN: LazyLock<u32> = LazyLock::new(|| bit("A").unwrap_or(0));

/// What stands behind a consonant of a word: the sounds of the vowels, and how many.
#[derive(Clone, Copy, Default)]
struct Gap {
    sounds: u32,
    count: usize,
}

impl Gap {
    fn is_only(self, sounds: u32) -> bool {
        self.count > 0 && self.sounds & !sounds == 0
    }
}

/// Tells whether the first word, in Arabic letters, has other long vowels than the second.
pub(super) fn are_other_vowels(arabic: &[Unit], other: &[Unit]) -> bool {
    if end_otherwise(arabic, other) {
        return true;
    }
    match (&gaps(arabic)[..], &gaps(other)[..]) {
        // *Said* and *Saad*.
        ([bare, _], [full, _]) => bare.count == 0 && full.count > 1,
        // *Karim*, *Masud*: a vowel that would be written. *Salem* is not written as *Salim* is.
        ([first, second, last], [own_first, own, own_last]) if last.count == 0 && own_last.count == 0 => {
            let is_told = first.count == 0 && own.count == 1;
            let would_be_written = own.is_only(*CLOSE) || own.is_only(*ROUND);
            let is_other = own_first.is_only(*OPEN) && own.is_only(*OPEN | *MIDDLE);
            is_told && if second.count == 0 { would_be_written } else { second.sounds & *CLOSE != 0 && is_other }
        }
        _ => false,
    }
}

/// Tells whether one ends in an *i*, and the other in no such vowel: *Karim*, *Karimi*; *Reza*, *Rezaei*.
fn end_otherwise(arabic: &[Unit], other: &[Unit]) -> bool {
    let (Some(bare), Some(full)) = (arabic.last(), other.last()) else { return false };
    let ends_in_close = full.sounds & !*CLOSE == 0;
    ends_in_close && bare.sounds & *CLOSE == 0 || full.sounds & VOWELS == 0 && bare.sounds & *CLOSE == *CLOSE
}

/// Returns what stands behind each consonant of a word that begins with one; none of others.
fn gaps(units: &[Unit]) -> Vec<Gap> {
    let mut found: Vec<Gap> = Vec::new();
    for unit in units {
        if unit.sounds & VOWELS == 0 {
            found.push(Gap::default());
        } else if unit.skip != Skip::Free {
            let Some(gap) = found.last_mut() else { return Vec::new() };
            *gap = Gap { sounds: gap.sounds | unit.sounds, count: gap.count + 1 };
        }
    }
    found
}
