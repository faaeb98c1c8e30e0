//! Where the places of a dateline lie.
//!
//! A dateline names the bureau that files, so what decides among namesakes is what the
//! dateline itself says, then the agency's country, then the countries of the text and
//! its language. What nothing decides stays as written.

use crate::data::places::{Hints, Kind, Place, lookup, resolve as resolve_place};
use crate::data::{agencies, languages};
use crate::story::{Confidence, Evidence, Story};
use crate::text::words;

/// Words of the text that are looked up for countries.
const WORDS_MAX: usize = 120;

/// Fills the gazetteer entries of the dateline's places.
pub(crate) fn resolve(story: &mut Story) {
    let Some(mut dateline) = story.dateline.take() else { return };
    let agency = story.agency.as_ref().and_then(|a| agencies::by_id(&a.id));
    let language = story.lang.as_ref().and_then(|l| languages::find(&l.value)).map(|l| l.code);
    let languages: Vec<&str> = language.into_iter().collect();
    for place in &mut dateline.places {
        let hints = Hints { agency_country: agency.map(|a| a.country), ..Hints::default() };
        let found = resolve_place(&place.as_written, &hints).or_else(|| {
            // The text is read only for a name that nothing else decides.
            lookup(&place.as_written).next()?;
            let countries = countries_of(&story.text);
            resolve_place(&place.as_written, &Hints { countries: &countries, languages: &languages, ..hints })
        });
        place.entry = found.map(|(entry, _)| entry.to_ref());
    }
    story.dateline = Some(dateline);
    settle_agency(story);
}

/// Decides between agencies of one acronym: the one whose country the dateline is in, else
/// the one that alone writes the story's language.
fn settle_agency(story: &mut Story) {
    let Some(agency) = &mut story.agency else { return };
    let all: Vec<&agencies::Agency> = agencies::homonyms(&agency.as_written).collect();
    if all.len() < 2 || all[0].id != agency.id {
        return;
    }
    let filed = story.dateline.iter().flat_map(|d| &d.places).find_map(|p| p.entry.as_ref());
    let at_home = filed.and_then(|f| all.iter().find(|a| a.country == f.country));
    let language = story.lang.as_ref().map_or("", |l| l.value.as_str());
    let mut writing = all.iter().filter(|a| a.languages.split(',').any(|l| l == language));
    let only_writing = writing.next().filter(|_| writing.next().is_none());
    let Some(chosen) = at_home.or(only_writing).filter(|a| a.id != agency.id) else { return };
    (agency.id, agency.name) = (chosen.id.to_owned(), chosen.name.to_owned());
    let rule = if at_home.is_some() { "agency/homonym-by-place" } else { "agency/homonym-by-language" };
    if let Some(first) = agency.evidence.first() {
        let (origin, rule) = (first.origin.clone(), rule.into());
        agency.evidence.push(Evidence { origin, rule, confidence: Confidence::Derived });
    }
}

/// Countries that the beginning of the text names in one word.
fn countries_of(text: &str) -> Vec<&'static str> {
    let mut codes: Vec<&'static str> = Vec::new();
    for word in words(text).take(WORDS_MAX) {
        let name = &text[word.start..word.end];
        if !name.chars().next().is_some_and(char::is_lowercase) {
            let country: Option<Place> = lookup(name).find(|p| p.kind() == Kind::Country);
            if let Some(country) = country.filter(|c| !codes.contains(&c.country())) {
                codes.push(country.country());
            }
        }
    }
    codes
}
