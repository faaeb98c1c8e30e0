//! Where the places of a dateline lie.
//!
//! A dateline names the bureau that files, so what decides among namesakes is what the
//! dateline itself says, then the agency's country, then the countries of the text and
//! its language. What nothing decides stays as written.

use crate::data::places::{Hints, Kind, Place, lookup, resolve as resolve_place};
use crate::data::{agencies, languages};
use crate::story::Story;
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
}

/// Countries that the beginning of the text names in one word or two.
fn countries_of(text: &str) -> Vec<&'static str> {
    let mut codes: Vec<&'static str> = Vec::new();
    let words: Vec<_> = words(text).take(WORDS_MAX).collect();
    for (at, word) in words.iter().enumerate() {
        let name = &text[word.start..word.end];
        if !name.chars().next().is_some_and(char::is_lowercase) {
            let country_of =
                |end: usize| -> Option<Place> { lookup(&text[word.start..end]).find(|p| p.kind() == Kind::Country) };
            let country = country_of(word.end).or_else(|| country_of(words.get(at + 1)?.end));
            if let Some(country) = country.filter(|c| !codes.contains(&c.country())) {
                codes.push(country.country());
            }
        }
    }
    codes
}
