//! Sets of words and phrases with what they are known as, laid out to be used where they
//! lie: places, given names, surnames, titles, roles, organisations.
//!
//! A table is a list of up to 256 kinds (masks of [`Flags`] bits), then lines of sixteen
//! slots of four bytes: 24 bits of the phrase's hash and the number of its kind. A phrase
//! lies in the line of its hash, or in the next one with room. One look-up in a million of
//! a phrase that is in no table finds one all the same; the recogniser takes a table's
//! word as a hint, never as a fact.

// The build script includes this file too: it must depend on nothing of the crate.

/// What a phrase is known as, a bit each.
pub type Flags = u32;

/// A country or a territory.
pub const COUNTRY: Flags = 1;
/// A first-level division of a country.
pub const REGION: Flags = 1 << 1;
/// A capital or a large city.
pub const CITY: Flags = 1 << 2;
/// A smaller town.
pub const TOWN: Flags = 1 << 3;
/// A given name.
pub const GIVEN: Flags = 1 << 4;
/// A surname.
pub const SURNAME: Flags = 1 << 5;
/// A part of names of people, of either sort.
pub const NAME: Flags = 1 << 6;
/// An organisation.
pub const ORG: Flags = 1 << 7;
/// A word that stands before a name of a person: Mr, Dr, sheikh, general.
pub const TITLE: Flags = 1 << 8;
/// What people are: president, spokeswoman, striker.
pub const ROLE: Flags = 1 << 9;
/// A verb of saying.
pub const SPEECH: Flags = 1 << 10;
/// The noun at the head of names of organisations: ministry, bank, university.
pub const ORG_HEAD: Flags = 1 << 11;
/// A legal form: Inc, GmbH, SA.
pub const LEGAL: Flags = 1 << 12;
/// The noun before or in names of places: city, river, province, street.
pub const PLACE_HEAD: Flags = 1 << 13;
/// Months and days of the week.
pub const TIME: Flags = 1 << 14;
/// An adjective or a noun of nationality or origin.
pub const DEMONYM: Flags = 1 << 15;
/// A function word.
pub const FUNCTION: Flags = 1 << 16;
/// A word between the parts of names: de, van, bin.
pub const PARTICLE: Flags = 1 << 17;
/// An event, a prize, a work, a thing: what names that are none end in.
pub const THING: Flags = 1 << 18;
/// An ordinary word that is no name.
pub const COMMON: Flags = 1 << 19;
/// Longer phrases of the table begin with this one.
pub const PREFIX: Flags = 1 << 20;
/// A Chinese character that writes the sounds of foreign names.
pub const TRANSLIT: Flags = 1 << 21;
/// What a well-known person goes by everywhere: *Putin*, *Merkel*.
pub const FAMOUS: Flags = 1 << 22;
/// The bits of places.
pub const PLACES: Flags = COUNTRY | REGION | CITY | TOWN;

const SLOTS: usize = 16;
const LINE: usize = SLOTS * 4;
const KINDS: usize = 256;
const HEAD: usize = KINDS * 4;

/// A table in the bytes that hold it.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon<'a> {
    kinds: &'a [[u8; 4]],
    lines: &'a [[[u8; 4]; SLOTS]],
}

impl<'a> Lexicon<'a> {
    /// Returns the table in `bytes`; bytes that are none make an empty table.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Lexicon<'a> {
        if bytes.len() < HEAD + LINE {
            return Lexicon { kinds: &[], lines: &[] };
        }
        let (kinds, lines) = bytes.split_at(HEAD);
        Lexicon { kinds: kinds.as_chunks().0, lines: lines.as_chunks().0.as_chunks().0 }
    }

    /// Returns what the phrase of a hash is known as, 0 where it is not.
    #[must_use]
    #[inline]
    pub fn get(&self, hash: u64) -> Flags {
        let count = self.lines.len();
        let (mut at, tag) = place(hash, count);
        for _ in 0..count {
            // A loop over all slots without a way out is done in a few steps; the first of two counts.
            let (mut found, mut is_free) = (0, false);
            for slot in self.lines[at].iter().rev() {
                let slot = u32::from_le_bytes(*slot);
                found = if slot >> 8 == tag { slot } else { found };
                is_free |= slot == 0;
            }
            if found != 0 {
                let kind = self.kinds.get((found & 0xFF) as usize);
                return kind.map_or(0, |kind| u32::from_le_bytes(*kind));
            }
            if is_free {
                return 0;
            }
            at = (at + 1) % count;
        }
        0
    }
}

/// The line and the tag of a hash; no tag is 0.
fn place(hash: u64, lines: usize) -> (usize, u32) {
    let line = ((u128::from(hash) * lines as u128) >> 64) as usize;
    let tag = (hash & 0x00FF_FFFF) as u32;
    (line, if tag == 0 { 1 } else { tag })
}

/// Lays out a table of hashes, in their order, each once.
///
/// # Errors
///
/// Returns a message where there are more kinds than a table can tell apart.
pub fn build(entries: &[(u64, Flags)]) -> Result<Vec<u8>, String> {
    let mut kinds: Vec<Flags> = entries.iter().map(|(_, f)| *f).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.len() > KINDS {
        return Err(format!("{} kinds of entries, {KINDS} are the most", kinds.len()));
    }
    // Lines are four fifths full, so that few entries lie beyond their own.
    let lines = (entries.len() * 5 / 4 / SLOTS).max(1) + 1;
    let mut slots = vec![0u32; lines * SLOTS];
    for (hash, flags) in entries {
        let kind = kinds.binary_search(flags).unwrap_or(0) as u32;
        let (mut line, tag) = place(*hash, lines);
        loop {
            let own = &mut slots[line * SLOTS..(line + 1) * SLOTS];
            if let Some(free) = own.iter_mut().find(|s| **s == 0) {
                *free = tag << 8 | kind;
                break;
            }
            line = (line + 1) % lines;
        }
    }
    let mut out = Vec::with_capacity(HEAD + slots.len() * 4);
    kinds.resize(KINDS, 0);
    for word in kinds.into_iter().chain(slots) {
        out.extend_from_slice(&word.to_le_bytes());
    }
    Ok(out)
}
