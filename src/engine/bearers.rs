//! Terms of the people, places and organisations of a story.
//!
//! A person or an organisation is a term `id U+001F name`: the id of whom the name stands
//! for, or nothing, and the fullest form of the story. A place is its gazetteer id with
//! those of the region and country around it, so that *Alep* is found by *Syria*; the
//! place itself has a second term with `=` before the id. Names of places that the
//! gazetteer lacks are kept as written.

use super::one_name::key_of;
use super::schema::Fields;
use crate::data::places::{self, Kind};
use crate::story::{Entity, EntityKind, PlaceRef, Story};
use crate::text::{cuts, fold, words};
use std::collections::BTreeSet;
use tantivy::TantivyDocument;
use tantivy::schema::Field as Column;

/// Parts the id of a bearer from the name.
pub(super) const NAME_MARK: char = '\u{1F}';
const MARK: &str = "\u{1F}";
/// Longest name that is kept, in bytes: longer ones are no names.
const NAME_BYTES_MAX: usize = 200;

/// The columns of one kind.
pub(super) fn column(f: &Fields, kind: EntityKind) -> Column {
    match kind {
        EntityKind::Person => f.person,
        EntityKind::Place => f.place,
        EntityKind::Org => f.org,
    }
}

/// Adds the bearers of `story` to its document.
pub(super) fn add(f: &Fields, story: &Story, d: &mut TantivyDocument) {
    let mut spellings: Vec<u64> = Vec::new();
    for entity in story.people.iter().chain(&story.orgs) {
        d.add_text(column(f, entity.kind), term(entity));
        add_spellings(entity, &story.text, &mut spellings);
    }
    let mut here: BTreeSet<String> = BTreeSet::new();
    let mut labels: BTreeSet<String> = BTreeSet::new();
    for entity in &story.places {
        here.extend(place_terms(entity.place.as_ref(), &entity.name));
        labels.insert(label(entity.place.as_ref(), &entity.name));
        add_spellings(entity, &story.text, &mut spellings);
    }
    for place in story.dateline.iter().flat_map(|dateline| &dateline.places) {
        here.extend(place_terms(place.entry.as_ref(), &place.as_written));
        labels.insert(label(place.entry.as_ref(), &place.as_written));
    }
    here.iter().for_each(|t| d.add_text(f.place, t));
    labels.iter().for_each(|t| d.add_text(f.place_label, t));
    spellings.sort_unstable();
    spellings.dedup();
    spellings.iter().for_each(|number| d.add_u64(f.spelling, *number));
}

/// Returns the term of a person or an organisation.
pub(super) fn term(entity: &Entity) -> String {
    named(entity.id.as_deref(), &entity.name)
}

/// The same by id and name.
pub(super) fn named(id: Option<&str>, name: &str) -> String {
    marked(id.unwrap_or(""), &tidy(name))
}

/// Parts a term into the id, which may be empty, and the name.
pub(super) fn part(term: &str) -> (&str, &str) {
    term.split_once(NAME_MARK).unwrap_or(("", term))
}

/// Stands before the name of a place that nothing told, in the place of the mark of its id.
pub(super) const UNTOLD: &str = "?:";

/// Returns the terms by which a place is found, itself and what it lies in.
pub(super) fn place_terms(place: Option<&PlaceRef>, written: &str) -> Vec<String> {
    let folded = fold(&tidy(written));
    let mut terms = vec![["w:", &folded].concat()];
    let Some(place) = place else {
        terms.push([UNTOLD, &key_of(EntityKind::Place, written)].concat());
        return terms;
    };
    terms.extend([["=", &place.id].concat(), place.id.clone()]);
    let entry = places::by_id(&place.id);
    terms.extend(entry.and_then(|p| p.region()).map(|r| r.id().to_owned()));
    if !place.country.is_empty() && entry.is_none_or(|p| p.kind() != Kind::Country) {
        terms.push(["c:", &place.country].concat());
    }
    terms
}

/// What a place is counted under.
pub(super) fn label(place: Option<&PlaceRef>, written: &str) -> String {
    let (id, name) = place.map_or(("", tidy(written)), |p| (p.id.as_str(), p.name.clone()));
    marked(id, &name)
}

/// The spellings of the mentions, whole and word by word, as printed.
fn add_spellings(entity: &Entity, text: &str, out: &mut Vec<u64>) {
    let mut printed: Vec<&str> = entity.mentions.iter().map(|m| m.of(text)).collect();
    printed.sort_unstable();
    printed.dedup();
    let whole = |mention: &str| cuts::joined(mention).map_or_else(|| tidy(mention), |joined| tidy(&joined.text));
    for mention in printed.into_iter().map(whole) {
        out.extend(words(&mention).map(|w| spelling(entity.kind, &mention[w.start..w.end])));
        out.push(spelling(entity.kind, &mention));
    }
}

/// Returns the number of a spelling as printed. It is only ever asked for whole: a number of 64
/// bits, which two spellings of an archive share once in millions of archives, makes the
/// dictionary a fraction of what the names would.
pub(super) fn spelling(kind: EntityKind, printed: &str) -> u64 {
    let kind = kind.as_str().bytes();
    number(kind.chain(MARK.bytes()).chain(printed.bytes()))
}

/// Returns a number for bytes, the same on every machine and for ever: FNV-1a, whose bits are
/// mixed once more at the end.
pub(super) fn number(bytes: impl Iterator<Item = u8>) -> u64 {
    const START: u64 = 0xCBF2_9CE4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01B3;
    const MIX: u64 = 0xFF51_AFD7_ED55_8CCD;
    let sum = bytes.fold(START, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(PRIME));
    let mixed = (sum ^ sum >> 33).wrapping_mul(MIX);
    mixed ^ mixed >> 33
}

/// A name behind what it is of, without the machinery of formats: there are many a story.
fn marked(of: &str, name: &str) -> String {
    [of, MARK, name].concat()
}

/// A name on one line, without control characters, not longer than the bound.
pub(super) fn tidy(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    if out.len() > NAME_BYTES_MAX {
        let end = (0..=NAME_BYTES_MAX).rev().find(|at| out.is_char_boundary(*at)).unwrap_or(0);
        out.truncate(end);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{number, part, place_terms, spelling, tidy};
    use crate::data::places::lookup;

    #[test]
    fn a_town_is_in_its_country() {
        let aleppo = lookup("Alep").next().map(|p| p.to_ref());
        let terms = place_terms(aleppo.as_ref(), "Alep");
        assert!(terms.contains(&"c:SY".to_owned()) && terms.contains(&"w:alep".to_owned()), "{terms:?}");
        let syria = lookup("Syrie").next().map(|p| p.to_ref());
        assert_eq!(place_terms(syria.as_ref(), "Syrie"), ["w:syrie", "=c:SY", "c:SY"]);
        assert_eq!(place_terms(None, "Nulle  Part"), ["w:nulle part", "?:nulle part"]);
    }

    #[test]
    fn spellings_have_numbers_of_their_own() {
        use crate::story::EntityKind::{Org, Person};
        let mut numbers: Vec<u64> = (0..50_000).map(|n| spelling(Person, &format!("Ada {n}"))).collect();
        numbers.push(spelling(Org, "Ada 1"));
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 50_001);
        assert_eq!(number("".bytes()), 0xECBA_3DF2_C338_3C52, "numbers are on disk and stay what they are");
    }

    #[test]
    fn names_are_kept_on_one_line() {
        assert_eq!(tidy("Jean\u{1F}-\nPaul \u{1B}[1m"), "Jean - Paul [1m");
        assert_eq!(part("q:x\u{1F}Name"), ("q:x", "Name"));
        assert_eq!(tidy(&"é".repeat(300)).len(), 200);
    }
}
