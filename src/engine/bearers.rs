//! Terms of the people, places and organisations of a story.
//!
//! A person or an organisation is a term `id U+001F name`: the id of whom the name stands
//! for, or nothing, and the fullest form of the story. A place is its gazetteer id with
//! those of the region and country around it, so that *Alep* is found by *Syria*; the
//! place itself has a second term with `=` before the id. Names of places that the
//! gazetteer lacks are kept as written.

use super::schema::Fields;
use crate::data::places::{self, Kind};
use crate::story::{Entity, EntityKind, PlaceRef, Story};
use crate::text::{fold, words};
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
    let mut spellings: Vec<String> = Vec::new();
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
    spellings.iter().for_each(|t| d.add_text(f.spelling, t));
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

/// Returns the terms by which a place is found, itself and what it lies in.
pub(super) fn place_terms(place: Option<&PlaceRef>, written: &str) -> Vec<String> {
    let mut terms = vec![["w:", &fold(&tidy(written))].concat()];
    let Some(place) = place else { return terms };
    terms.extend([["=", &place.id].concat(), place.id.clone()]);
    let entry = places::by_id(&place.id);
    terms.extend(entry.and_then(|p| p.region()).map(|r| r.id().to_owned()));
    if !place.country.is_empty() && entry.is_none_or(|p| p.kind() != Kind::Country) {
        terms.push(["c:", &place.country].concat());
    }
    terms
}

/// What a place is counted under.
fn label(place: Option<&PlaceRef>, written: &str) -> String {
    let (id, name) = place.map_or(("", tidy(written)), |p| (p.id.as_str(), p.name.clone()));
    marked(id, &name)
}

/// The spellings of the mentions, whole and word by word, as printed.
fn add_spellings(entity: &Entity, text: &str, out: &mut Vec<String>) {
    let mut printed: Vec<&str> = entity.mentions.iter().map(|m| m.of(text)).collect();
    printed.sort_unstable();
    printed.dedup();
    for mention in printed.into_iter().map(tidy) {
        out.extend(words(&mention).map(|w| spelling(entity.kind, &mention[w.start..w.end])));
        out.push(spelling(entity.kind, &mention));
    }
}

/// Returns the term of a spelling as printed.
pub(super) fn spelling(kind: EntityKind, printed: &str) -> String {
    marked(kind.as_str(), printed)
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
    use super::{part, place_terms, tidy};
    use crate::data::places::lookup;

    #[test]
    fn a_town_is_in_its_country() {
        let aleppo = lookup("Alep").next().map(|p| p.to_ref());
        let terms = place_terms(aleppo.as_ref(), "Alep");
        assert!(terms.contains(&"c:SY".to_owned()) && terms.contains(&"w:alep".to_owned()), "{terms:?}");
        let syria = lookup("Syrie").next().map(|p| p.to_ref());
        assert_eq!(place_terms(syria.as_ref(), "Syrie"), ["w:syrie", "=c:SY", "c:SY"]);
        assert_eq!(place_terms(None, "Nulle  Part"), ["w:nulle part"]);
    }

    #[test]
    fn names_are_kept_on_one_line() {
        assert_eq!(tidy("Jean\u{1F}-\nPaul \u{1B}[1m"), "Jean - Paul [1m");
        assert_eq!(part("q:x\u{1F}Name"), ("q:x", "Name"));
        assert_eq!(tidy(&"é".repeat(300)).len(), 200);
    }
}
