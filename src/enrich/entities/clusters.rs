//! Groups of words that are used alike, laid out to be used where they lie.
//!
//! Lines of sixteen slots of four bytes: 20 bits of the hash of the folded word and 12
//! bits of its group, whose upper eight name the family of groups; the upper two of these
//! say what its words are mostly in names. Words that are in no group belong to group 0.
//! `data/SOURCES.md` says what the groups were made of.

const SLOTS: usize = 16;
const LINE: usize = SLOTS * 4;

/// A table in the bytes that hold it.
#[derive(Clone, Copy, Debug)]
pub struct Clusters<'a> {
    lines: &'a [u8],
}

impl<'a> Clusters<'a> {
    /// Returns the table in `bytes`.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Clusters<'a> {
        Clusters { lines: &bytes[..bytes.len() / LINE * LINE] }
    }

    /// Returns the group of a word by the hash of its folded form, 0 where it has none.
    #[must_use]
    #[inline]
    pub fn get(&self, word: u64) -> u16 {
        let count = self.lines.len() / LINE;
        let (mut line, tag) = place(word, count);
        for _ in 0..count {
            for slot in self.lines[line * LINE..(line + 1) * LINE].chunks_exact(4) {
                let slot = u32::from_le_bytes([slot[0], slot[1], slot[2], slot[3]]);
                if slot == 0 {
                    return 0;
                }
                if slot >> 12 == tag {
                    return (slot & 0xFFF) as u16;
                }
            }
            line = (line + 1) % count;
        }
        0
    }
}

/// Returns what the words of a group are mostly in names: 0 for none or unsure, 1 for
/// people, 2 for places, 3 for organisations.
#[must_use]
#[inline]
pub fn sort_of(group: u16) -> u16 {
    group >> 10
}

fn place(hash: u64, lines: usize) -> (usize, u32) {
    let line = ((u128::from(hash) * lines as u128) >> 64) as usize;
    (line, (hash & 0xF_FFFF) as u32)
}

/// Lays out a table of hashes of words, each once, with their groups (1 to 4095).
#[must_use]
pub fn build(words: &[(u64, u16)]) -> Vec<u8> {
    let lines = (words.len() * 5 / 4 / SLOTS).max(1) + 1;
    let mut slots = vec![0u32; lines * SLOTS];
    for (hash, group) in words {
        let (mut line, tag) = place(*hash, lines);
        loop {
            let own = &mut slots[line * SLOTS..(line + 1) * SLOTS];
            if let Some(free) = own.iter_mut().find(|s| **s == 0) {
                *free = tag << 12 | u32::from(group & 0xFFF);
                break;
            }
            line = (line + 1) % lines;
        }
    }
    slots.iter().flat_map(|s| s.to_le_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::hash::mix;
    use super::*;

    #[test]
    fn words_have_the_groups_that_they_were_given() {
        let words: Vec<(u64, u16)> = (0..9_000u64).map(|i| (mix(i, 3), (i % 4095) as u16 + 1)).collect();
        let bytes = build(&words);
        let table = Clusters::new(&bytes);
        let right = words.iter().filter(|(hash, group)| table.get(*hash) == *group).count();
        // Two words may share a line and a tag.
        assert!(right >= words.len() - 3, "{right}");
        let strangers = (0..9_000u64).filter(|i| table.get(mix(*i, 4)) != 0).count();
        assert!(strangers < 9, "{strangers}");
        assert_eq!(Clusters::new(&[]).get(7), 0);
    }
}
