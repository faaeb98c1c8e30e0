//! Well-known people and organisations: their names in many languages.
//!
//! The tables are `data/people.tsv`, `data/orgs.tsv` and `data/bodies.tsv`; the build script
//! checks and compiles them. A look-up is exact but for case, accents and punctuation; what sounds
//! alike is for [`crate::names`] to say.

use super::memory::Memory;
use super::place_key::place_key;
use crate::story::EntityKind;
use crate::text::fold;
use fst::Map;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::LazyLock;

static ALIASES: LazyLock<Map<&'static [u8]>> = LazyLock::new(|| {
    let bytes: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/known.fst"));
    Map::new(bytes).expect("the build script wrote an automaton")
});
static LISTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/known.lists"));
static RECORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/known.records"));
static STRINGS: &str = include_str!(concat!(env!("OUT_DIR"), "/known.strings"));
/// The names of each entry as printed, a line each.
static NAMES: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!(concat!(env!("OUT_DIR"), "/known.names")).split('\n').collect());

/// Bytes of a record; the layout is that of `build/known.rs`.
const RECORD: usize = 8;
const AMBIGUOUS: u16 = 0x8000;
/// Longest name that is looked up, in bytes.
const NAME_BYTES_MAX: usize = 256;

/// A person or an organisation of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Known {
    index: u16,
}

/// Returns who or what a name may mean, each with whether the name is theirs only where
/// nothing says otherwise. Places are in [`super::places`], not here.
///
/// ```
/// use dateline::data::known::lookup;
/// use dateline::story::EntityKind;
/// let (known, ambiguous) = lookup(EntityKind::Person, "Путин").next().expect("he is in the table");
/// assert_eq!((known.name(), ambiguous), ("Vladimir Putin", false));
/// ```
pub fn lookup(kind: EntityKind, name: &str) -> impl Iterator<Item = (Known, bool)> + use<> {
    let letter = match kind {
        EntityKind::Person => Some('p'),
        EntityKind::Org => Some('o'),
        EntityKind::Place => None,
    };
    letter.and_then(|letter| offset(letter, name)).into_iter().flat_map(|o| listed(o as usize))
}

/// Returns the body that many countries have under this name: *National Assembly*.
///
/// ```
/// use dateline::data::known::body;
/// assert_eq!(body("Cour suprême").map(|b| b.id()), Some("supreme-court"));
/// assert_eq!(body("Sénégal"), None);
/// ```
#[must_use]
pub fn body(name: &str) -> Option<Known> {
    offset('b', name).and_then(|o| listed(o as usize).next()).map(|(known, _)| known)
}

thread_local! {
    /// By kind: people, organisations, bodies.
    static ASKED: RefCell<[Memory; 3]> = RefCell::default();
}

/// Returns where the list of a name of a kind lies.
fn offset(letter: char, name: &str) -> Option<u64> {
    if name.len() > NAME_BYTES_MAX {
        return None;
    }
    let kind = match letter {
        'p' => 0,
        'o' => 1,
        _ => 2,
    };
    let find = || {
        let mut key = String::with_capacity(name.len() + 8);
        key.push(letter);
        key.push_str(&place_key(&fold(name)));
        ALIASES.get(key)
    };
    ASKED.with_borrow_mut(|asked| asked[kind].of(name, find))
}

/// Returns the entries of a list, each with whether the name is ambiguous.
fn listed(offset: usize) -> impl Iterator<Item = (Known, bool)> {
    (0..usize::from(LISTS[offset])).map(move |i| {
        let at = offset + 1 + 2 * i;
        let entry = u16::from_le_bytes([LISTS[at], LISTS[at + 1]]);
        (Known { index: entry & !AMBIGUOUS }, entry & AMBIGUOUS != 0)
    })
}

/// Returns the automaton of the aliases, a letter for the kind before each.
pub(super) fn automaton() -> &'static fst::raw::Fst<&'static [u8]> {
    ALIASES.as_fst()
}

/// Tells whether one of the bearers of a name, by its value in the automaton, is meant
/// wherever the name stands.
pub(super) fn is_sure(value: u64) -> bool {
    listed(value as usize).any(|(_, ambiguous)| !ambiguous)
}

/// Returns every entry of the tables: people, organisations, bodies.
pub fn all() -> impl Iterator<Item = Known> {
    (0..RECORDS.len() / RECORD).map(|index| Known { index: index as u16 })
}

/// Returns the person or organisation of an id of the archive: `q:putin-vladimir`.
///
/// ```
/// use dateline::data::known::by_id;
/// assert_eq!(by_id("q:un").map(|k| k.name()), Some("United Nations"));
/// assert_eq!(by_id("g524901"), None);
/// ```
#[must_use]
pub fn by_id(id: &str) -> Option<Known> {
    static IDS: LazyLock<FxHashMap<&'static str, Known>> = LazyLock::new(|| all().map(|k| (k.id(), k)).collect());
    IDS.get(id.strip_prefix("q:")?).copied()
}

impl Known {
    /// Returns the id, without what tells people and organisations apart.
    #[must_use]
    pub fn id(self) -> &'static str {
        let (at, id, _) = self.strings();
        &STRINGS[at..at + id]
    }

    /// Returns the usual English name.
    #[must_use]
    pub fn name(self) -> &'static str {
        let (at, id, name) = self.strings();
        &STRINGS[at + id..at + id + name]
    }

    /// Returns all names of a person as the table spells them.
    ///
    /// ```
    /// use dateline::data::known::by_id;
    /// let putin = by_id("q:putin-vladimir").expect("he is in the table");
    /// assert!(putin.spellings().any(|name| name == "Путин"));
    /// ```
    pub fn spellings(self) -> impl Iterator<Item = &'static str> {
        let line = NAMES.get(usize::from(self.index)).copied().unwrap_or("");
        line.split('|').filter(|name| !name.is_empty())
    }

    /// Returns the country of an organisation's seat, ISO 3166-1 alpha-2; empty for people.
    #[must_use]
    pub fn country(self) -> &'static str {
        str::from_utf8(&self.record()[6..8]).unwrap_or("").trim()
    }

    fn record(self) -> &'static [u8] {
        let at = usize::from(self.index) * RECORD;
        &RECORDS[at..at + RECORD]
    }

    fn strings(self) -> (usize, usize, usize) {
        let r = self.record();
        (u32::from_le_bytes([r[0], r[1], r[2], r[3]]) as usize, usize::from(r[4]), usize::from(r[5]))
    }
}

#[cfg(test)]
mod tests {
    use super::{all, body, lookup};
    use crate::story::EntityKind;

    #[test]
    fn one_entry_under_its_names() {
        let id = |kind, name: &str| lookup(kind, name).map(|(k, _)| k.id()).collect::<Vec<_>>();
        for name in ["Poutine", "ПУТИН", "پوتین", "普京", "Vladimir Putin"] {
            assert_eq!(id(EntityKind::Person, name), ["putin-vladimir"], "{name}");
        }
        assert_eq!(id(EntityKind::Org, "ONU"), ["un"]);
        assert!(id(EntityKind::Place, "Putin").is_empty() && id(EntityKind::Org, "Putin").is_empty());
    }

    #[test]
    fn every_entry_is_found_by_its_own_name() {
        for known in all() {
            let found = |kind| lookup(kind, known.name()).any(|(k, _)| k == known);
            assert!(
                known.name().ends_with(')')
                    || found(EntityKind::Person)
                    || found(EntityKind::Org)
                    || body(known.name()) == Some(known),
                "{}",
                known.name()
            );
        }
    }
}
