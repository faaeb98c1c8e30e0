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
fn abbreviations_initials_and_figures_are_nobody() {
    let people = |text: &str| read(text).people.iter().map(|p| p.name.clone()).collect::<Vec<_>>();
    for (text, expected) in [
        (
            "DENVER, April 2 (Reuters) - Harper Corp of Englewood, Colo, said it bought Jones Ltd of Ann Arbor, Mich, for one mln dlrs. Mr Sean Penn said so.",
            &["Sean Penn"][..],
        ),
        (
            "الكويت (كونا) -- بحث وزير الخارجية الكويتي عبدالله اليحيا العلاقات الثنائية.\n\nم ع / ر ج\n",
            &["عبدالله اليحيا"],
        ),
        (
            "Paris, 12 mars (AFP) - Le premier ministre Najib Mikati a reçu l'ambassadeur de France Hervé Magro.",
            &["Najib Mikati", "Hervé Magro"],
        ),
    ] {
        assert_eq!(people(text), expected, "{text}");
    }
}

#[test]
fn a_dotted_abbreviation_is_its_country_amid_capitals_too() {
    let story = read("U.S. SAYS MONEY SUPPLY RISES\n\nWASHINGTON, Feb 26 (AP) - The officials met bankers on Monday.");
    assert!(shown(&story.places).contains(&"U.S. c:US 1".to_owned()), "{:?}", shown(&story.places));
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
    // With the dateline's, or by itself.
    let is_named = |p: &Entity| p.mentions.iter().any(|m| m.of(&story.text) == "Jackson");
    assert!(story.places.iter().any(|p| is_named(p) && p.id.is_some()), "{:?}", shown(&story.places));
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

/// Name, id and number of mentions of the places.
fn places(text: &str) -> Vec<String> {
    shown(&read(text).places)
}

/// Tells whether the places hold all of these.
#[track_caller]
fn has(text: &str, wanted: &[&str]) {
    let places = places(text);
    for one in wanted {
        assert!(places.iter().any(|p| p == one), "{one} is not in {places:?}");
    }
}

#[test]
fn each_mention_of_a_place_by_what_stands_beside_it() {
    has(
        "DALLAS (Reuters) - The mayor of Paris, Texas, said on Wednesday that he had been invited to Paris, France, by the \
         government. He was born in Cairo, Illinois, and in Peru, Indiana.",
        &["Paris g4717560 1", "Paris g2988507 1", "Cairo - 1", "Peru g4924733 1"],
    );
    has(
        "KIGALI (Reuters) - Rwandan President Paul Kagame will stop in Athens, Georgia, on Tuesday, and later in Macon, \
         Georgia, his office said.",
        &["Athens g4180386 1", "Georgia r:US-GA 2"],
    );
    has(
        "GENEVA (Reuters) - Victoria, the capital of British Columbia, and Victoria, the capital of Seychelles, twinned with \
         Victoria, Australia, officials said on Wednesday.",
        &["Victoria g6174041 1", "Victoria g241131 1", "Victoria r:AU-VIC 1"],
    );
}

#[test]
fn a_mention_without_its_own_is_what_the_story_was_filed_from() {
    has(
        "HYDERABAD, Pakistan (Reuters) - Police in Hyderabad and Karachi said on Wednesday that they had arrested a man from \
         Hyderabad, India.",
        &["HYDERABAD g1176734 2", "HYDERABAD g1269843 1"],
    );
    has(
        "SANTIAGO DE CUBA, 14 may (EFE).- Los vecinos de Santiago limpiaron las calles, dijo la alcaldesa de Santiago.",
        &["Santiago g3536729 2"],
    );
}

#[test]
fn a_list_of_countries_is_no_town_and_its_country() {
    has(
        "GENEVA (Reuters) - Floods hit Mali, Niger, Nigeria and Chad, the United Nations said on Wednesday.",
        &["Niger c:NE 1", "Nigeria c:NG 1"],
    );
    has(
        "ЖЕНЕВА, 14 мая. /ТАСС/. Соглашение подписано с Нигером, Нигерией и Гвинеей, сообщил министр.",
        &["Нигером c:NE 1"],
    );
    // A clause begins behind the comma.
    has(
        "GENEVA (Reuters) - In Geneva, Iran's minister met envoys of the United States on Wednesday.",
        &["GENEVA g2660646 2"],
    );
}

#[test]
fn two_countries_of_one_name() {
    has(
        "GENEVA (Reuters) - The Democratic Republic of Congo said on Wednesday that rebels had taken Goma. Congo and Rwanda \
         blame each other.",
        &["Democratic Republic of Congo c:CD 1", "Congo c:CD 1"],
    );
    let both = places(
        "NAIROBI (Reuters) - Congo's army said on Wednesday that it had retaken Bukavu, while the Republic of Congo urged calm.",
    );
    assert!(both.contains(&"Congo - 1".to_owned()), "{both:?}");
}

#[test]
fn acronyms_and_rivers() {
    has(
        "BELFAST (PA) - Officials of the UAE met officials of the UK on Wednesday, they said.",
        &["UAE c:AE 1", "UK c:GB 1"],
    );
    let story = read("WASHINGTON (Reuters) - The SEC sued the company on Wednesday, and the SEC said why.");
    assert!(story.places.iter().all(|p| p.name != "SEC" || p.id.is_none()), "{:?}", shown(&story.places));
    has(
        "BERLIN (dpa) - Die Kanzlerin besuchte am Mittwoch Frankfurt (Oder) und danach die Stadt Halle (Saale).",
        &["Frankfurt g2925535 1"],
    );
}

#[test]
fn a_surname_before_a_relative_and_among_many() {
    let people = |text: &str| shown(&read(text).people);
    let named =
        people("KINSHASA, 14 mai (AFP) - Tshisekedi, fils d'Etienne Tshisekedi, a parlé mercredi à la télévision.");
    assert!(named.contains(&"Etienne Tshisekedi q:tshisekedi-etienne 1".to_owned()), "{named:?}");
    let named = people(
        "BEIJING (Reuters) - Wang Yi met Wang Wentao on Wednesday. Wang said trade would grow. Yi Wang, a student, watched.",
    );
    assert!(named.contains(&"Wang - 1".to_owned()), "{named:?}");
}

#[test]
fn a_short_country_in_a_headline_of_capitals_is_one() {
    let story = read(
        "IRAN PRESIDENT DOUBTS ACTION\n\nPARIS, May 3, 2024 (AFP) - The president of Iran said on Friday that Iran would not act.\n",
    );
    let places = shown(&story.places);
    assert!(places.iter().any(|p| p.contains(" c:IR 3")), "{places:?}");
}

#[test]
fn a_well_known_name_in_a_case_is_found() {
    let people = |text: &str| shown(&read(text).people);
    let german = people(
        "BERLIN, 3. Mai 2024 (dpa) - Putins Sprecher wies dies zurück. Macrons Besuch in Berlin wurde verschoben. Bundeskanzler Olaf Scholz traf den Minister am Freitag.",
    );
    assert!(german.contains(&"Putins q:putin-vladimir 1".to_owned()), "{german:?}");
    let finnish = people(
        "HELSINKI, 3.5.2024 (STT) - Presidentti Alexander Stubb tapasi Vladimir Putinin perjantaina. Presidentti sanoi, että Macronin vierailu oli tärkeä, ja hän toivoi, että se jatkuisi pian.",
    );
    assert!(finnish.iter().any(|p| p.contains("q:putin-vladimir")), "{finnish:?}");
}

/// The people of a text and the places, each with what it is linked to.
fn people_and_places(text: &str) -> (Vec<String>, Vec<String>) {
    let story = read(text);
    (shown(&story.people), shown(&story.places))
}

#[test]
fn a_state_cut_short_at_the_end_of_a_sentence_tells_which_town() {
    for (text, town) in [
        ("The ship was built in Portland, Me. She was bound for Boston.", "Portland g4975802 1"),
        ("THE SCHOONER SANK. SHE WAS BUILT AT PORTLAND, ME. SHE WAS BOUND FOR BOSTON.", "PORTLAND g4975802 1"),
        ("Jones grew up in Athens, Ga. His father was a teacher.", "Athens g4180386 1"),
        ("Four died near Kansas City, Kan. Crash investigators were sent.", "Kansas City g4273837 1"),
        ("The miners met in Charleston, W.Va. The strike went on.", "Charleston g4801859 1"),
        // A title begins the clause.
        ("In Salem, Ms. Brown said on Tuesday that the mayor was ill.", "Salem g5750162 1"),
    ] {
        let (people, places) = people_and_places(text);
        assert!(places.contains(&town.to_owned()), "{text}: {places:?}");
        assert!(!people.iter().any(|p| p.starts_with("She ") || p.contains("Crash")), "{text}: {people:?}");
    }
}

#[test]
fn a_surname_that_is_a_town_is_the_persons_where_only_people_can_stand() {
    for (text, person, mentions) in [
        (
            "LEEDS, March 12 (PA) - Marcus Washington scored twice. Washington, 34, left the field.",
            "Marcus Washington",
            2,
        ),
        ("LEEDS, March 12 (PA) - Adam Lincoln scored. Lincoln, who was born in Bath, is out.", "Adam Lincoln", 2),
        (
            "BOGOTÁ, 12 mar (EFE) - La ministra Mercedes Bolívar deja el cargo. \"Me voy\", sostuvo Bolívar en Medellín.",
            "Mercedes Bolívar",
            2,
        ),
        ("MADRID, 12 mar (EFE) - El torero Jaime Valencia murió ayer. Valencia nació en Soria.", "Jaime Valencia", 2),
        (
            "BERLIN, 12. März (dpa) - Die Schauspielerin Sara Frankfurt gewann den Preis. Frankfurt schwieg am Montag.",
            "Sara Frankfurt",
            2,
        ),
        ("ROMA, 12 mar (ANSA) - Davide Modena ha segnato. Modena, 27 anni, è di Rimini.", "Davide Modena", 2),
        (
            "ROSARIO, 12 mar (Télam) - Raúl Alberto San Martín fue detenido. San Martín, de 61 años, vive en Rosario.",
            "Raúl Alberto San Martín",
            2,
        ),
    ] {
        let (people, places) = people_and_places(text);
        assert!(people.contains(&format!("{person} - {mentions}")), "{text}: {people:?} {places:?}");
    }
}

#[test]
fn a_town_of_somebodys_surname_stays_the_town_where_a_place_stands() {
    for (text, town) in [
        (
            "BOGOTÁ, 12 mar (EFE) - El ministro Andrés Bolívar viajó de Cartagena a Bolívar. En Bolívar dijo que iría.",
            "Bolívar r:CO-BOL 2",
        ),
        ("PARIS, 12 mars (AFP) - Le maire de Tours, Jean Tours, a parlé à Tours lundi.", "Tours g2972191 2"),
        (
            "OMAHA, March 12 (AP) - Ann Lincoln left. The mayor of Lincoln, 54, was in Lincoln on Monday.",
            "Lincoln g5072006 2",
        ),
    ] {
        let (people, places) = people_and_places(text);
        assert!(places.contains(&town.to_owned()), "{text}: {people:?} {places:?}");
    }
}

#[test]
fn cases_and_capitals_of_a_place_are_one() {
    for (text, place) in [
        ("КИЇВ, 12 березня (Укрінформ) - Президент у Києві зустрів гостей. Вони приїхали до Києва.", "КИЇВ g703448 3"),
        (
            "GDYNIA, 12 marca (PAP) - W porcie w Gdyni doszło do wypadku. Policja z Gdyni bada sprawę.",
            "GDYNIA g3099424 3",
        ),
        ("КИЇВ, 12 березня (Укрінформ) - Зустріч пройшла у Чернівцях.", "Чернівцях g710719 1"),
        (
            "Der Ministerpräsident Baden-Württembergs, Winfried Kretschmann, sprach in Stuttgart. Der Landtag tagte.",
            "Baden-Württembergs r:DE-BW 1",
        ),
        ("MENDOZA, 12 mar (Télam) - El hecho ocurrió en Luján de Cuyo, dijo la policía.", "Luján de Cuyo - 1"),
        ("मुंबई, 12 मार्च (भाषा) - उत्तर प्रदेश, पश्चिम बंगाल और बिहार में चुनाव होंगे।", "पश्चिम बंगाल r:IN-WB 1"),
    ] {
        let (_, places) = people_and_places(text);
        assert!(places.contains(&place.to_owned()), "{text}: {places:?}");
    }
}
