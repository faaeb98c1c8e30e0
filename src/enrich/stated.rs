//! People, places and organisations that the markup states, joined to those of the text.
//!
//! What a desk filed a story under may stand in it under another name or not at all. One who
//! is found in the text keeps his mentions and gains the field as evidence; one who is not is
//! added without a mention. A surname in the text is the person stated by that surname.

use crate::data::known;
use crate::data::places::{self, Hints};
use crate::names::{self, Name};
use crate::story::{Entity, EntityKind, Evidence, Sourced, Story};
use crate::text::fold;

/// Joins what the markup of `story` states.
pub(super) fn settle(story: &mut Story) {
    for (kind, stated) in std::mem::take(&mut story.named) {
        let list = match kind {
            EntityKind::Person => &mut story.people,
            EntityKind::Place => &mut story.places,
            EntityKind::Org => &mut story.orgs,
        };
        join(list, kind, stated);
    }
}

fn join(list: &mut Vec<Entity>, kind: EntityKind, stated: Sourced<String>) {
    let Sourced { value, evidence } = stated;
    let name = if kind == EntityKind::Person { in_order(&value) } else { value };
    let place = if kind == EntityKind::Place { places::resolve(&name, &Hints::default()) } else { None };
    let place = place.map(|(place, _)| place.to_ref());
    let id = match kind {
        EntityKind::Place => place.as_ref().map(|p| p.id.clone()),
        EntityKind::Person | EntityKind::Org => known_id(kind, &name),
    };
    let folded = fold(&name);
    let own = Name::new(&name);
    let is_same = |entity: &Entity| {
        let by_id = id.is_some() && entity.id == id;
        by_id || fold(&entity.name) == folded || (kind == EntityKind::Person && is_he(entity, &name, id.as_deref()))
    };
    let mut same = list.iter_mut().filter(|entity| is_same(entity));
    match (same.next(), same.next()) {
        (Some(entity), None) => {
            if entity.id.is_none() {
                (entity.id, entity.place) = (id, place);
            }
            // The fuller name tells who a surname is.
            if kind == EntityKind::Person && Name::new(&entity.name).words_count() < own.words_count() {
                entity.name = name;
            }
            add(&mut entity.evidence, evidence);
        }
        // Of two who may be meant nothing tells which.
        (Some(_), Some(_)) => {}
        // What the gazetteer does not know may be *International*, or an address.
        (None, _) if kind == EntityKind::Place && place.is_none() => {}
        (None, _) => list.push(Entity { kind, id, name, mentions: Vec::new(), place, evidence }),
    }
}

/// Tells whether an entity of the text is the person stated: his surname, or a name that sounds
/// the same.
fn is_he(entity: &Entity, stated: &str, id: Option<&str>) -> bool {
    if entity.id.is_some() && id.is_some() {
        return false;
    }
    let other = Name::new(&entity.name);
    let surname = stated.rsplit_once(' ').map(|(_, surname)| surname);
    match other.words_count() {
        0 => false,
        1 => surname.is_some_and(|surname| fold(surname) == fold(&entity.name)),
        _ => names::compare(&other, &Name::new(stated)).same,
    }
}

/// The id of the one bearer that the table is sure of.
fn known_id(kind: EntityKind, name: &str) -> Option<String> {
    let mut sure = known::lookup(kind, name).filter(|(_, is_ambiguous)| !is_ambiguous);
    let (first, _) = sure.next()?;
    sure.next().is_none().then(|| format!("q:{}", first.id()))
}

/// `Macron, Emmanuel (Pres)` in the order of speech, without what he is.
fn in_order(name: &str) -> String {
    let name = name.split(" (").next().unwrap_or(name).trim();
    match name.split_once(", ") {
        Some((last, first)) if !first.contains(',') && first.starts_with(char::is_uppercase) => {
            format!("{first} {last}")
        }
        _ => name.to_owned(),
    }
}

fn add(list: &mut Vec<Evidence>, more: Vec<Evidence>) {
    for evidence in more {
        if !list.contains(&evidence) {
            list.push(evidence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::settle;
    use crate::story::EntityKind::{Org, Person, Place};
    use crate::story::{Confidence, Entity, EntityKind, Evidence, Origin, Sourced, Span, Story};
    use std::borrow::Cow;

    fn stated(name: &str) -> Sourced<String> {
        let origin = Origin::Field("person".into());
        let evidence = Evidence { origin, rule: Cow::Borrowed("ninjs"), confidence: Confidence::Stated };
        Sourced { value: name.to_owned(), evidence: vec![evidence] }
    }

    fn story(people: &[&str], named: &[(EntityKind, &str)]) -> Story {
        let mut story = Story::new(String::new());
        let entity = |name: &&str| Entity {
            kind: Person,
            id: None,
            name: (*name).to_owned(),
            mentions: vec![Span::new(0, 1)],
            place: None,
            evidence: Vec::new(),
        };
        story.people = people.iter().map(entity).collect();
        story.named = named.iter().map(|(kind, name)| (*kind, stated(name))).collect();
        settle(&mut story);
        story
    }

    fn names(list: &[Entity]) -> Vec<(&str, Option<&str>, usize)> {
        list.iter().map(|e| (e.name.as_str(), e.id.as_deref(), e.mentions.len())).collect()
    }

    #[test]
    fn who_is_stated_is_joined_or_added() {
        let s = story(&["Ashgrove"], &[(Person, "Ruth Ashgrove"), (Person, "Macron, Emmanuel (Pres)"), (Org, "NATO")]);
        let macron = s.people[1].id.as_deref();
        assert_eq!(names(&s.people), [("Ruth Ashgrove", None, 1), ("Emmanuel Macron", macron, 0)]);
        assert!(macron.is_some_and(|id| id.starts_with("q:macron")), "{macron:?}");
        assert_eq!(s.people[0].evidence.len(), 1);
        assert_eq!(names(&s.orgs), [("NATO", Some("q:nato"), 0)]);
    }

    #[test]
    fn where_two_may_be_meant_nobody_is() {
        let s = story(&["Ashgrove", "Ruth Ashgrove"], &[(Person, "Ruth Ashgrove")]);
        assert_eq!(names(&s.people), [("Ashgrove", None, 1), ("Ruth Ashgrove", None, 1)]);
        assert!(s.people.iter().all(|p| p.evidence.is_empty()));
    }

    #[test]
    fn a_place_that_is_stated_lies_somewhere() {
        let s = story(&[], &[(Place, "Paris, Texas"), (Place, "Nowhere at all")]);
        assert_eq!(s.places[0].place.as_ref().map(|p| p.country.as_str()), Some("US"));
        assert_eq!(s.places.len(), 1);
    }
}
