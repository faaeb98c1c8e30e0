//! Which agency an acronym means that several share: *APS* is of Algiers and of Dakar.
//!
//! The country of the dateline's place decides, then the language of the text. Where
//! neither does, the agency stays as written: an acronym alone is no proof.

use crate::data::agencies::{self, Agency};
use crate::data::places::{Hints, resolve};
use crate::story::{Confidence, Evidence, Story};
use std::borrow::Cow;

/// Settles the agencies of `story` whose names are of several.
pub(crate) fn settle(story: &mut Story) {
    let language = story.lang.as_ref().map(|l| l.value.clone());
    let place = story.dateline.as_ref().and_then(|d| d.places.first()).map(|p| p.as_written.clone());
    for agency in story.agency.iter_mut().chain(&mut story.credits) {
        let rows: Vec<&Agency> = agencies::homonyms(&agency.as_written).collect();
        if rows.len() < 2 || !rows.iter().any(|r| r.id == agency.id) {
            continue;
        }
        let row = decide(&rows, place.as_deref(), language.as_deref());
        let rule = row.map(|(_, rule)| rule);
        match row {
            Some((row, _)) => (agency.id, agency.name) = (row.id.to_owned(), row.name.to_owned()),
            None => {
                agency.id = format!("src:{}", agency.as_written.to_lowercase());
                agency.name.clone_from(&agency.as_written);
            }
        }
        let Some(first) = agency.evidence.first().cloned() else { continue };
        if let Some(rule) = rule {
            agency.evidence.push(Evidence { rule: Cow::Borrowed(rule), confidence: Confidence::Derived, ..first });
        }
    }
}

fn decide<'a>(rows: &[&'a Agency], place: Option<&str>, language: Option<&str>) -> Option<(&'a Agency, &'static str)> {
    let languages: Vec<&str> = language.into_iter().collect();
    let here = place.and_then(|name| resolve(name, &Hints { languages: &languages, ..Hints::default() }));
    let country = here.map(|(entry, _)| entry.country());
    // A name of several places counts where one agency alone has one of them at home.
    let home = |row: &&&'a Agency| match country {
        Some(country) => country == row.country,
        None => place.is_some_and(|name| {
            let hints = Hints { agency_country: Some(row.country), languages: &languages, ..Hints::default() };
            resolve(name, &hints).is_some_and(|(entry, _)| entry.country() == row.country)
        }),
    };
    let mut at_home = rows.iter().filter(home);
    if let (Some(row), None) = (at_home.next(), at_home.next()) {
        return Some((row, "agency/homonym-by-place"));
    }
    let speaks = |row: &&&Agency| row.languages.split(',').any(|l| Some(l) == language);
    let mut fits = rows.iter().filter(speaks);
    let row = fits.next().filter(|_| fits.next().is_none())?;
    Some((row, "agency/homonym-by-language"))
}

#[cfg(test)]
mod tests {
    use crate::enrich::enrich;
    use crate::story::Story;

    #[test]
    fn a_shared_acronym_is_of_the_agency_of_the_place_or_language() {
        for (text, id) in [
            ("Dakar, 7 juin (APS) - Le port a rouvert lundi, a dit le ministre aux journalistes.", "aps_sn"),
            ("Oran, 7 juin (APS) - Le port a rouvert lundi, a dit le ministre aux journalistes.", "aps_dz"),
            ("NAIROBI, June 7 (KNA) - The harbour was opened again on Monday, the minister said.", "kna_ke"),
            ("Köln (KNA) - Der Hafen ist seit Montag wieder geöffnet, sagte der Minister.", "kna_de"),
            ("Nicosia, June 7 (CNA) - The harbour was opened again on Monday, the minister said.", "cna_cy"),
            ("TAIPEI, June 7 (CNA) - The harbour was opened again on Monday, the minister said.", "cna_tw"),
            ("OSLO, June 7 (CNA) - The harbour was opened again on Monday, the minister said.", "src:cna"),
            ("HAVANA, June 7 (ACN) - The harbour was opened again on Monday, the minister said.", "acn_cu"),
            ("Girona (ACN) - El port ha reobert dilluns, ha dit el ministre als periodistes.", "acn_cat"),
            ("BAKU, June 7 (APA) - The harbour was opened again on Monday, the minister said.", "apa_az"),
            ("YAOUNDE, June 7 (APA) - The harbour was opened again on Monday, the minister said.", "src:apa"),
            ("Graz (APA) - Der Hafen ist seit Montag wieder geöffnet, sagte der Minister.", "apa_at"),
            ("KYIV, June 7 (Interfax-Ukraine) - The harbour was opened again on Monday.", "interfax_ua"),
            ("Oslo, June 7 (AFP) - The harbour was opened again on Monday, the minister said.", "afp"),
        ] {
            let mut story = Story::new(text.to_owned());
            enrich(&mut story);
            assert_eq!(story.agency.as_ref().map(|a| a.id.as_str()), Some(id), "{text}");
        }
    }
}
