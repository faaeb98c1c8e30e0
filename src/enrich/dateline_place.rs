//! Where the places of a dateline lie.
//!
//! A dateline names the bureau that files, so what decides among namesakes is what the
//! dateline itself says, then the agency's country, then the countries of the text and
//! its language. What nothing decides stays as written.

use crate::data::places::{Hints, Kind, Place, lookup, resolve as resolve_place, sure_country, sure_region};
use crate::data::{agencies, languages};
use crate::story::{Span, Story};
use crate::text::words;

/// Words of the text that are looked up for countries.
const WORDS_MAX: usize = 120;
/// A first sentence is read so far.
const SENTENCE_BYTES_MAX: usize = 240;
/// A city of so many people is meant whatever the sentence names.
const WORLD_CITY_MIN: u32 = 1_000_000;

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
        let told = found.and_then(|(entry, _)| by_sentence(&place.as_written, entry, &story.text, dateline.span));
        let found = told.map(|told| (told, "text-country")).or(found);
        place.entry = found.map(|(entry, _)| entry.to_ref());
    }
    story.dateline = Some(dateline);
}

/// The namesake that lies where the first sentence says, which names nothing of the place that
/// is the likelier without it: `HAMILTON (AP) — Officials in Bermuda`. A capital and a city that
/// the world knows are not passed over: from London one writes of Canada too.
fn by_sentence(as_written: &str, likelier: Place, text: &str, dateline: Span) -> Option<Place> {
    let is_known = |p: Place| p.kind() == Kind::City && p.population() >= WORLD_CITY_MIN;
    if as_written.contains([',', '(', '/']) || likelier.is_capital() || is_known(likelier) {
        return None;
    }
    let mut namesakes = lookup(as_written).filter(|p| p.kind() == Kind::City && *p != likelier).peekable();
    namesakes.peek()?;
    let behind = &text[dateline.end as usize..];
    let mut end = behind.len().min(SENTENCE_BYTES_MAX);
    while !behind.is_char_boundary(end) {
        end -= 1;
    }
    let behind = &behind[..end];
    let wholes = wholes_of(&behind[..behind.find(['\n', ';']).unwrap_or(end)]);
    if wholes.is_empty() || wholes.iter().any(|w| likelier.is_within(*w)) {
        return None;
    }
    let mut there = namesakes.filter(|p| wholes.iter().any(|w| p.is_within(*w)));
    there.next().filter(|_| there.next().is_none())
}

/// Countries and regions that a sentence names beyond doubt, `New York state` too.
fn wholes_of(sentence: &str) -> Vec<Place> {
    let mut wholes = Vec::new();
    let words: Vec<_> = words(sentence).take(WORDS_MAX).collect();
    for (at, word) in words.iter().enumerate() {
        if sentence[word.start..word.end].starts_with(char::is_lowercase) {
            continue;
        }
        for last in &words[at..words.len().min(at + 2)] {
            let name = &sentence[word.start..last.end];
            let is_state = sentence[last.end..].strip_prefix([' ', '-']).is_some_and(|rest| rest.starts_with("state"));
            let region = || lookup(name).find(|p| p.kind() == Kind::Region).filter(|_| is_state);
            wholes.extend(sure_country(name).or_else(|| sure_region(name)).or_else(region));
        }
    }
    wholes
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

#[cfg(test)]
mod tests {
    use crate::story::Story;

    fn country(text: &str) -> Option<String> {
        let mut story = Story::new(text.to_owned());
        crate::enrich::enrich(&mut story);
        story.dateline.and_then(|d| d.places.into_iter().next()?.entry).map(|e| e.country)
    }

    #[test]
    fn the_first_sentence_decides_among_small_namesakes() {
        let is = |text: &str, code: &str| assert_eq!(country(text).as_deref(), Some(code), "{text}");
        is("HAMILTON (AP) — Officials in Bermuda said on Tuesday that a storm was near.", "BM");
        is("VICTORIA (AP) — Officials in Seychelles said on Tuesday that a storm was near.", "SC");
        is("ALBANY (Reuters) - New York state officials said on Tuesday that a storm was near.", "US");
        is("LONDON (AP) — Canada said on Tuesday that it would send troops.", "GB");
        is("PARIS (AP) — Texas sent firefighters on Tuesday, officials said.", "FR");
    }
}
