//! More whole texts in, names out: cases of whole names, heads of sentences, firms, two people side by side.

use super::read;
use crate::story::{Entity, Sourced, Story};

fn story(lang: &str, text: &str) -> Story {
    let mut story = Story::new(text.to_owned());
    story.lang = Some(Sourced { value: lang.to_owned(), evidence: Vec::new() });
    read(&mut story);
    story
}

fn listed(entities: &[Entity]) -> Vec<String> {
    entities.iter().map(|entity| format!("{} ×{}", entity.name, entity.mentions.len())).collect()
}

fn people(lang: &str, text: &str) -> Vec<String> {
    listed(&story(lang, text).people)
}

#[test]
fn a_short_given_name_in_a_case_is_of_the_same_person() {
    let text = "Jan Kowalski wygrał. Sąd skazał Jana Kowalskiego na karę. Rozmawiał z Janem Kowalskim.";
    assert_eq!(people("pl", text), ["Jan Kowalski ×3"]);
    // Husband and wife.
    let text = "Minister Jan Kowalski wygrał wybory. Jego żona Jana Kowalska też wygrała.";
    assert_eq!(people("pl", text).len(), 2, "{:?}", people("pl", text));
}

#[test]
fn a_hungarian_wife_is_not_her_husband() {
    let text = "Kovács Jánosné és férje, Kovács János megsérült. Kovács Jánosnak eltört a lába.";
    assert_eq!(people("hu", text), ["Kovács Jánosné ×1", "Kovács János ×2"]);
}

#[test]
fn a_surname_with_particles_is_a_part_of_the_whole_name() {
    let text = "Manuel de la Fuente Ríos fue condenado en Sevilla. El abogado de De la Fuente recurrió.";
    assert_eq!(people("es", text), ["Manuel de la Fuente Ríos ×2"]);
}

#[test]
fn small_words_end_no_name_and_begin_none() {
    let text = "Кметът Васил Терзиев каза, че чака. Министърът Теменужка Петкова каза, че бюджетът е готов. През нощта валя \
                сняг. Според министъра Петкова всичко е наред.";
    assert_eq!(people("bg", text), ["Васил Терзиев ×1", "Теменужка Петкова ×2"]);
    assert_eq!(people("cs", "Loni pršelo více než letos. Letos je sucho, uvedl hejtman Jan Novák."), ["Jan Novák ×1"]);
}

#[test]
fn the_second_of_two_is_another() {
    let text = "\"Это хороший знак\", - сказал Путин Трампу.";
    assert_eq!(people("ru", text), ["Путин ×1", "Трампу ×1"]);
}

#[test]
fn who_heads_a_firm_is_somebody_and_a_firm_is_nobody() {
    let text = "Об этом заявил генеральный директор компании Александр Шевелев. Президент банка Олег Титов против.";
    assert_eq!(people("ru", text), ["Александр Шевелев ×1", "Олег Титов ×1"]);
    let s = story("en", "Cargill declined to comment. Pernod Ricard shares rose. Lloyds cut its forecast on Monday.");
    assert_eq!(listed(&s.people), [] as [&str; 0]);
    assert!(listed(&s.orgs).contains(&"Pernod Ricard ×1".to_owned()), "{:?}", listed(&s.orgs));
}

#[test]
fn sources_and_labels_of_parties_are_no_names() {
    let text = "Fuentes judiciales lo confirmaron. El abogado Juan Fuentes habló. Fuentes negó todo.";
    assert_eq!(people("es", text), ["Juan Fuentes ×2"]);
    let s =
        story("en", "Eric Abetz (Lib) 12,408; Rosalie Woodruff (Grn) 9,020; Dean Winter (ALP) 7,000 votes in Hobart.");
    assert_eq!(listed(&s.places), ["Hobart ×1"]);
    assert_eq!(s.people.len(), 3);
}

#[test]
fn two_side_by_side_are_two_in_german() {
    let text = "Der Vorsitzende lächelte. Das Urteil gab Anna Klein Karl Weber bekannt.";
    assert_eq!(people("de", text), ["Anna Klein ×1", "Karl Weber ×1"]);
}

#[test]
fn a_town_of_somebodys_surname_and_an_agency_in_brackets() {
    let text = "O ministro Pedro Guimarães falou sobre a água. Em Guimarães, a seca foi grave. Guimarães saiu.";
    let s = story("pt", text);
    assert_eq!(
        (listed(&s.people), listed(&s.places)),
        (vec!["Pedro Guimarães ×2".into()], vec!["Guimarães ×1".into()])
    );
    let s = story("da", "KØBENHAVN (Ritzau) - Dommen bliver anket, sagde Mette Grith Stage efter mødet i retten.");
    assert!(listed(&s.places).iter().all(|place| !place.starts_with("Ritzau")), "{:?}", listed(&s.places));
    assert!(listed(&s.orgs).contains(&"Ritzau ×1".to_owned()), "{:?}", listed(&s.orgs));
}
