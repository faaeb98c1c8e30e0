//! From the names of a story to bearers that other stories share.
//!
//! Layers, each with its evidence: the table of well-known names, asked with the fullest
//! form of the story and then with its shorter mentions, where what is fuller must sound
//! like the table's; the gazetteer for places, decided by what the story itself names.
//! Inflected words are asked for in their base forms. A surname alone makes nobody one
//! person: where nothing decides, a name keeps no id.

use super::bodies;
use crate::data::known::{self, Known};
use crate::data::places::{self, Hints, Kind, Place};
use crate::data::{agencies, languages};
use crate::names::{self, Name};
use crate::story::{Confidence, Entity, EntityKind, Evidence, Story};

/// Countries of the story that decide among namesakes.
const COUNTRIES_MAX: usize = 8;
/// Base forms that are tried for a name of several words.
const FORMS_MAX: usize = 24;

/// Gives the people, places and organisations of `story` the ids of what they stand for.
pub(crate) fn link(story: &mut Story) {
    let lang = story.lang.as_ref().map(|l| l.value.clone());
    let lang = lang.as_deref();
    let text = std::mem::take(&mut story.text);
    for entity in story.people.iter_mut().chain(&mut story.orgs) {
        link_known(entity, &text, lang);
    }
    story.text = text;
    link_places(story);
    bodies::link(story);
}

fn link_known(entity: &mut Entity, text: &str, lang: Option<&str>) {
    if entity.id.is_some() {
        return;
    }
    let found = by_full_name(entity, lang).or_else(|| by_mention(entity, text, lang));
    let Some((known, rule, confidence)) = found else { return };
    entity.id = Some(format!("q:{}", known.id()));
    let Some(first) = entity.mentions.first() else { return };
    entity.evidence.push(Evidence::text(*first, rule, confidence));
}

type Found = (Known, &'static str, Confidence);

fn by_full_name(entity: &Entity, lang: Option<&str>) -> Option<Found> {
    let single = |name: &str| single(known::lookup(entity.kind, name));
    if let Some((known, ambiguous)) = single(&entity.name) {
        return Some(if ambiguous {
            (known, "link/likeliest-bearer", Confidence::Inferred)
        } else {
            (known, "link/known-name", Confidence::Derived)
        });
    }
    let forms = forms_of(&entity.name, lang);
    forms.iter().find_map(|f| single(f)).filter(|(_, ambiguous)| !ambiguous).map(|(known, _)| {
        // An ending taken off is a step further from what is written.
        (known, "link/known-name-inflected", Confidence::Derived)
    })
}

/// A shorter mention names somebody of the table, and the full name sounds like theirs.
fn by_mention(entity: &Entity, text: &str, lang: Option<&str>) -> Option<Found> {
    let full = Name::new(&entity.name);
    let last = entity.name.rsplit(char::is_whitespace).next().filter(|w| w.len() < entity.name.len());
    let mentions = entity.mentions.iter().map(|m| m.of(text)).filter(|m| m.len() < entity.name.len());
    for short in mentions.chain(last) {
        let known = std::iter::once(short.to_owned()).chain(names::base_forms(short, lang));
        for (candidate, _) in known.flat_map(|n| known::lookup(entity.kind, &n).collect::<Vec<_>>()) {
            if names::compare(&full, &Name::new(candidate.name())).same {
                return Some((candidate, "link/sounds-like-known", Confidence::Derived));
            }
        }
    }
    None
}

/// The one entry that a name leads to: one that it surely means, else the only one.
fn single(found: impl Iterator<Item = (Known, bool)>) -> Option<(Known, bool)> {
    let all: Vec<(Known, bool)> = found.collect();
    let mut sure = all.iter().filter(|(_, ambiguous)| !ambiguous);
    match (sure.next(), sure.next()) {
        (Some(one), None) => Some(*one),
        (Some(_), Some(_)) => None,
        (None, _) => {
            if let [one] = all[..] {
                Some(one)
            } else {
                None
            }
        }
    }
}

/// The name with each of its words, or all, in a base form.
fn forms_of(name: &str, lang: Option<&str>) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').collect();
    if words.len() == 1 {
        return names::base_forms(name, lang);
    }
    let bases: Vec<Vec<String>> =
        words.iter().map(|w| std::iter::once((*w).to_owned()).chain(names::base_forms(w, lang)).collect()).collect();
    let mut forms = vec![String::new()];
    for choices in &bases {
        forms = forms
            .iter()
            .flat_map(|f| choices.iter().map(move |c| if f.is_empty() { c.clone() } else { format!("{f} {c}") }))
            .take(FORMS_MAX)
            .collect();
    }
    forms.retain(|f| f != name);
    forms
}

fn link_places(story: &mut Story) {
    let lang = story.lang.as_ref().and_then(|l| languages::find(&l.value)).map(|l| l.code);
    let languages: Vec<&str> = lang.into_iter().collect();
    let agency = story.agency.as_ref().and_then(|a| agencies::by_id(&a.id)).map(|a| a.country);
    let mut countries: Vec<&str> = Vec::new();
    for name in story.places.iter().map(|p| p.name.as_str()) {
        let country = written_forms(name, lang).find_map(|n| places::lookup(&n).find(|p| p.kind() == Kind::Country));
        if let Some(code) = country.map(|c| c.country()).filter(|c| !countries.contains(c)) {
            countries.push(code);
        }
    }
    let filed_from: Vec<Place> = story
        .dateline
        .iter()
        .flat_map(|d| &d.places)
        .filter_map(|p| p.entry.as_ref().and_then(|e| places::by_id(&e.id)))
        .collect();
    countries.truncate(COUNTRIES_MAX);
    let hints = Hints { agency_country: agency, languages: &languages, countries: &countries };
    for entity in &mut story.places {
        resolve(entity, &hints, &filed_from, lang);
    }
}

fn written_forms(name: &str, lang: Option<&str>) -> impl Iterator<Item = String> + use<> {
    std::iter::once(name.to_owned()).chain(forms_of(name, lang))
}

fn resolve(entity: &mut Entity, hints: &Hints, filed_from: &[Place], lang: Option<&str>) {
    if entity.place.is_some() || entity.kind != EntityKind::Place {
        return;
    }
    let found = written_forms(&entity.name, lang).find_map(|name| {
        // The place of the dateline is the place of that name in its story.
        let own = places::lookup(&name).find(|p| filed_from.contains(p)).map(|p| (p, "dateline"));
        own.or_else(|| places::resolve(&name, hints))
    });
    let Some((place, _)) = found else { return };
    entity.id = Some(place.id().to_owned());
    entity.place = Some(place.to_ref());
    if let Some(first) = entity.mentions.first() {
        entity.evidence.push(Evidence::text(*first, "link/gazetteer", Confidence::Derived));
    }
}

#[cfg(test)]
mod tests {
    use super::link;
    use crate::story::{Confidence, Entity, EntityKind, Sourced, Span, Story};

    fn story(lang: &str, named: &[(EntityKind, &str)]) -> Story {
        let text: Vec<&str> = named.iter().map(|(_, n)| *n).collect();
        let mut story = Story::new(text.join("\n"));
        story.lang = Some(Sourced::text(lang.to_owned(), Span::new(0, 1), "test", Confidence::Stated));
        let mut at = 0;
        for (kind, name) in named {
            let mentions = vec![Span::new(at, at + name.len())];
            at += name.len() + 1;
            let entity =
                Entity { kind: *kind, id: None, name: (*name).to_owned(), mentions, place: None, evidence: vec![] };
            match kind {
                EntityKind::Person => story.people.push(entity),
                EntityKind::Place => story.places.push(entity),
                EntityKind::Org => story.orgs.push(entity),
            }
        }
        link(&mut story);
        story
    }

    fn ids(entities: &[Entity]) -> Vec<Option<&str>> {
        entities.iter().map(|e| e.id.as_deref()).collect()
    }

    #[test]
    fn people_of_the_table_in_any_spelling_and_case() {
        use EntityKind::Person as P;
        let s = story("ru", &[(P, "Владимира Путина"), (P, "Путиным"), (P, "Пётр Путилов")]);
        assert_eq!(ids(&s.people), [Some("q:putin-vladimir"), Some("q:putin-vladimir"), None]);
        let s = story("fr", &[(P, "Vladimir Poutine"), (P, "Massoud Pezeshkian"), (P, "Lioudmila Poutina")]);
        assert_eq!(ids(&s.people), [Some("q:putin-vladimir"), Some("q:pezeshkian-masoud"), None]);
        let s = story("ar", &[(P, "وبوتين")]);
        assert_eq!(ids(&s.people), [Some("q:putin-vladimir")]);
    }

    #[test]
    fn an_ambiguous_alias_is_inferred() {
        let s = story("en", &[(EntityKind::Person, "Gerasimov")]);
        assert_eq!(s.people[0].id.as_deref(), Some("q:gerasimov-valery"));
        assert_eq!(s.people[0].evidence[0].confidence, Confidence::Inferred);
        // Father or son: two bearers are none.
        assert!(story("fr", &[(EntityKind::Person, "Assad")]).people[0].id.is_none());
    }

    #[test]
    fn places_by_what_the_story_names() {
        use EntityKind::Place as L;
        let s = story("ru", &[(L, "Москве"), (L, "Сирии")]);
        assert_eq!(ids(&s.places), [Some("g524901"), Some("c:SY")]);
        let s = story("fr", &[(L, "Alep"), (L, "Trifouillis-les-Oies")]);
        assert_eq!(s.places[0].place.as_ref().map(|p| p.country.as_str()), Some("SY"));
        assert!(s.places[1].place.is_none());
        let s = story("de", &[(L, "Nigerias")]);
        assert_eq!(ids(&s.places), [Some("c:NG")]);
    }
}
