//! Coarse keys: what two names must share before it pays to compare them.
//!
//! A word's key is the classes of its first three firm consonants: lips, teeth and palate,
//! throat, liquids, nasals. Sounds that some script leaves out or writes as a vowel (h, y,
//! v, w) do not count, or may not. A letter of several classes gives several keys.

use super::compare::Name;
use super::sounds::{Skip, Unit, bit};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Consonants that a key takes account of.
const CONSONANTS: usize = 3;
/// The most keys that one word may have.
const KEYS_MAX: usize = 64;

const CLASSES: [&[&str]; 5] = [
    &["P", "B", "F", "M"],
    &["T", "D", "TH", "S", "Z", "SH", "ZH", "CH", "J", "TS"],
    &["K", "G", "X"],
    &["L", "R"],
    &["N"],
];

static MASKS: LazyLock<[u32; 5]> =
    LazyLock::new(|| CLASSES.map(|class| class.iter().filter_map(|s| bit(s)).fold(0, |mask, b| mask | b)));

/// The classes that a unit may be of, and whether it may be nothing to a key.
fn classes(unit: Unit) -> (impl Iterator<Item = u16>, bool) {
    let counted: u32 = MASKS.iter().fold(0, |all, mask| all | mask);
    let classes = (1_u16..).zip(MASKS.iter()).filter(move |(_, mask)| unit.sounds & *mask != 0).map(|(class, _)| class);
    (classes, unit.skip != Skip::Full || unit.sounds & !counted != 0)
}

/// Returns the keys of a word's sounds.
pub(super) fn keys_of(units: &[Unit]) -> Vec<u16> {
    let mut done: Vec<u16> = Vec::new();
    let mut open: Vec<(u16, usize)> = vec![(0, 0)];
    for unit in units {
        let mut next: Vec<(u16, usize)> = Vec::with_capacity(open.len());
        for &(key, length) in &open {
            let (classes, may_be_nothing) = classes(*unit);
            next.extend(classes.map(|class| (key * 8 + class, length + 1)));
            if may_be_nothing {
                next.push((key, length));
            }
        }
        next.sort_unstable();
        next.dedup();
        next.truncate(KEYS_MAX);
        done.extend(next.iter().filter(|(_, length)| *length == CONSONANTS).map(|(key, _)| *key));
        next.retain(|(_, length)| *length < CONSONANTS);
        open = next;
    }
    done.extend(open.iter().map(|(key, _)| *key));
    done.sort_unstable();
    done.dedup();
    done
}

/// Names of several words by the keys of their ends: which of those entered are worth comparing
/// with another ([`super::are_surely_one`]).
#[derive(Debug, Default)]
pub struct Buckets {
    by_ends: FxHashMap<(u16, u16), Vec<usize>>,
}

impl Buckets {
    /// Enters a name; one of a single word is entered nowhere.
    pub fn insert(&mut self, name: &Name, number: usize) {
        let Some([first, last]) = name.keys_of_ends() else { return };
        for ends in pairs(&first, &last) {
            let list = self.by_ends.entry(ends).or_default();
            if list.last() != Some(&number) {
                list.push(number);
            }
        }
    }

    /// Returns the numbers of the names whose ends share a key with those of `name`, in this
    /// order or in the other.
    pub fn near(&self, name: &Name) -> Vec<usize> {
        let Some([first, last]) = name.keys_of_ends() else { return Vec::new() };
        let ends = pairs(&first, &last).chain(pairs(&last, &first));
        let mut found: Vec<usize> = ends.filter_map(|ends| self.by_ends.get(&ends)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn pairs<'a>(first: &'a [u16], last: &'a [u16]) -> impl Iterator<Item = (u16, u16)> + 'a {
    first.iter().flat_map(|a| last.iter().map(|b| (*a, *b)))
}

#[cfg(test)]
mod tests {
    use super::Buckets;
    use crate::names::Name;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (a, b) in [
            ("Vladimir Poutine", "Владимир Путин"),
            ("Mahmoud Ahmadinejad", "محمود احمدی‌نژاد"),
            ("Sergej Lawrow", "Sergueï Lavrov"),
            ("Viktor Orbán", "Orban Viktor"),
            ("Yevgeny Prigozhin", "Evgueni Prigojine"),
            ("Masoud Pezeshkian", "Massud Peseschkian"),
            ("Xi Jinping", "Си Цзиньпин"),
        ] {
            let mut buckets = Buckets::default();
            buckets.insert(&Name::new(a), 7);
            assert_eq!(buckets.near(&Name::new(b)), [7], "{a} and {b}");
        }
    }
}
