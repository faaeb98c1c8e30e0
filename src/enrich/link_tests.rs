//! Whole dispatches: who and what the names in them are taken for.

use super::enrich;
use crate::story::{Entity, Story};

fn read(text: &str) -> Story {
    let mut story = Story::new(text.to_owned());
    enrich(&mut story);
    story
}

/// Name, id and number of mentions.
fn shown(entities: &[Entity]) -> Vec<String> {
    let id = |e: &Entity| e.id.clone().unwrap_or_else(|| "-".to_owned());
    entities.iter().map(|e| format!("{} {} {}", e.name, id(e), e.mentions.len())).collect()
}

#[test]
fn two_bodies_joined_by_a_conjunction_are_two() {
    let story = read(
        "BRUSSELS (Reuters) - The International Criminal Court and Doctors Without Borders said on Monday they would leave.",
    );
    let orgs = shown(&story.orgs);
    assert!(orgs.contains(&"International Criminal Court q:icc 1".to_owned()), "{orgs:?}");
    assert!(orgs.contains(&"Doctors Without Borders q:msf 1".to_owned()), "{orgs:?}");
}

#[test]
fn a_title_that_goes_with_given_names_makes_a_whole_name() {
    let story = read("LONDON (Reuters) - Prince William and William Hague met. William smiled.");
    assert!(shown(&story.people).contains(&"William Hague - 1".to_owned()), "{:?}", shown(&story.people));
}

#[test]
fn a_country_is_no_part_of_the_name_beside_it() {
    let story = read("ANKARA (AA) - Erdoğan, Putin Türkiye ilişkilerini görüştü.");
    assert!(shown(&story.people).contains(&"Putin q:putin-vladimir 1".to_owned()), "{:?}", shown(&story.people));
    assert!(shown(&story.places).contains(&"Türkiye c:TR 1".to_owned()), "{:?}", shown(&story.places));
}

#[test]
fn a_name_before_its_region_is_a_town() {
    let story = read("JACKSON, Miss. (AP) - Jackson, Mississippi, mourned Jesse Jackson on Monday.");
    assert!(story.places.iter().any(|p| p.name == "Jackson" && p.id.is_some()), "{:?}", shown(&story.places));
    assert!(shown(&story.people).iter().all(|p| !p.ends_with(" 3")), "{:?}", shown(&story.people));
}

#[test]
fn the_credited_agency_is_itself_wherever_it_files_from() {
    let story = read("ROME (AFP) - Le ministre a reçu lundi le président Zelensky à Rome.");
    assert!(shown(&story.orgs).contains(&"AFP q:afp 1".to_owned()), "{:?}", shown(&story.orgs));
    // The acronym of the Press Association is that of the Palestinian Authority too.
    let story = read("LEEDS (PA) - George Bush, a plumber from Leeds, won the lottery on Monday. Bush, 54, said so.");
    assert!(story.orgs.iter().all(|o| o.id.as_deref() != Some("q:pa")), "{:?}", shown(&story.orgs));
    // Two of the table bear the name.
    assert!(story.people.iter().all(|p| p.id.is_none()), "{:?}", shown(&story.people));
}

#[test]
fn a_list_of_towns_lies_in_the_country_of_the_dateline() {
    let story = read("MADRID (EFE) - Trenes parados en Mérida, Trujillo, Santiago, Granada y Córdoba por la nieve.");
    for name in ["Mérida", "Santiago", "Granada", "Córdoba"] {
        let place = story.places.iter().find(|p| p.name == name).and_then(|p| p.place.as_ref());
        assert_eq!(place.map(|p| p.country.as_str()), Some("ES"), "{name}: {:?}", shown(&story.places));
    }
}
