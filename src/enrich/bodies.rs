//! Whose National Assembly? Bodies that many countries have under one name.
//!
//! Such an organisation gets an id of its country where the story tells it: a country named
//! right before or behind it, else the only country of the whole story. Where an adjective
//! of origin stands beside it that nothing resolves, or where several countries are named,
//! it keeps no id. The table is `data/bodies.tsv`.

use super::entities::hash::{self, EMPTY_PHRASE};
use super::entities::lexicon::DEMONYM;
use super::entities::tables;
use crate::data::{known, places};
use crate::story::{Confidence, Entity, EntityKind, Evidence, Span, Story};
use crate::text::{fold, words};

/// The rule by which an organisation is the agency that the story credits.
pub(super) const CREDITED: &str = "link/agency-of-story";
/// Letters between a body and its country: *of the*, *de la*, an apostrophe and an s.
const BETWEEN_MAX: usize = 8;
/// Words beside a body among which an adjective of origin is looked for.
const BESIDE_BYTES: usize = 40;

/// Gives the bodies of `story` the ids of their countries.
pub(super) fn link(story: &mut Story) {
    let all = countries(story);
    let only = if let [one] = all.as_slice() { Some(one.clone()) } else { None };
    for at in 0..story.orgs.len() {
        let org = &story.orgs[at];
        let Some(body) = known::body(&org.name).filter(|_| org.id.is_none()) else { continue };
        let (Some(first), beside) = (org.mentions.first().copied(), beside(story, org)) else { continue };
        let (country, rule, confidence) = match (beside, &only) {
            (Some(country), _) => (country, "link/body-of-country-beside", Confidence::Derived),
            (None, Some(country)) if !org.mentions.iter().any(|m| has_demonym(&story.text, *m)) => {
                (country.clone(), "link/body-of-only-country", Confidence::Inferred)
            }
            (None, _) => continue,
        };
        let org = &mut story.orgs[at];
        org.id = Some(format!("n:{country}:{}", body.id()));
        org.evidence.push(Evidence::text(first, rule, confidence));
    }
}

/// Takes back the ids of one country's bodies that go by a name common to many, where the
/// story does not tell that country: the *House of Representatives* of a story from Canberra
/// is not Washington's.
pub(super) fn check(story: &mut Story) {
    let countries = countries(story);
    let filed: Vec<String> = filed(story).collect();
    for at in 0..story.orgs.len() {
        let org = &story.orgs[at];
        let Some(known) = common(org) else { continue };
        let seat = known.country();
        let told = match beside(story, org) {
            Some(country) => country == seat,
            // Of one word, as *Congress*, it is rather a name that the world knows.
            None if filed.is_empty() || is_word(&org.name) => countries.iter().any(|c| c == seat),
            None => filed.iter().any(|c| c == seat),
        };
        if !told {
            let org = &mut story.orgs[at];
            org.id = None;
            org.evidence.retain(|e| !e.rule.starts_with("link/"));
        }
    }
}

/// The entry that an organisation was linked to, where its name is one of many countries.
fn common(org: &Entity) -> Option<known::Known> {
    let id = org.id.as_deref()?.strip_prefix("q:")?;
    if org.evidence.iter().any(|e| e.rule == CREDITED) {
        return None;
    }
    let mut entries = known::lookup(EntityKind::Org, &org.name);
    let (entry, ambiguous) = entries.find(|(k, _)| k.id() == id)?;
    (known::body(&org.name).is_some() || ambiguous && entry.country().len() == 2).then_some(entry)
}

fn is_word(name: &str) -> bool {
    words(name).count() == 1
}

/// Returns the codes of the countries that a story was filed from.
fn filed(story: &Story) -> impl Iterator<Item = String> + '_ {
    let filed = story.dateline.iter().flat_map(|d| &d.places);
    filed.filter_map(|p| p.entry.as_ref()).map(|e| e.country.clone()).filter(|c| !c.is_empty())
}

/// Returns the codes of the countries that a story names or is filed from.
fn countries(story: &Story) -> Vec<String> {
    let named = story.places.iter().filter_map(|p| p.place.as_ref()).map(|p| p.country.clone());
    let mut all: Vec<String> = named.chain(filed(story)).filter(|c| !c.is_empty()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Returns the country that stands right before or behind a mention of a body.
fn beside(story: &Story, org: &Entity) -> Option<String> {
    let is_country = |id: &str| places::by_id(id).is_some_and(|p| p.kind() == places::Kind::Country);
    let countries = story.places.iter().filter_map(|p| p.place.as_ref().filter(|r| is_country(&r.id)).map(|r| (p, r)));
    let mut spans: Vec<(Span, &str)> = Vec::new();
    for (place, reference) in countries {
        spans.extend(place.mentions.iter().map(|m| (*m, reference.country.as_str())));
    }
    org.mentions
        .iter()
        .find_map(|own| {
            let near = |a: Span, b: Span| {
                let gap = story.text.get(a.end as usize..b.start as usize)?;
                let joins =
                    gap.len() <= BETWEEN_MAX && !gap.contains(['.', ',', ';', ':', '\n', '。', '，', '、', '(']);
                joins.then_some(())
            };
            spans.iter().find(|(place, _)| near(*place, *own).or_else(|| near(*own, *place)).is_some())
        })
        .map(|(_, country)| (*country).to_owned())
}

/// Tells whether a word is an adjective of origin.
pub(super) fn is_demonym(word: &str) -> bool {
    let (lexicons, _) = tables();
    let hash = hash::phrase(EMPTY_PHRASE, hash::of(&fold(word)));
    lexicons.iter().any(|l| l.get(hash) & DEMONYM != 0)
}

/// Tells whether an adjective of origin stands beside a mention.
fn has_demonym(text: &str, mention: Span) -> bool {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (mention.start as usize, mention.end as usize);
    let before = &text[boundary(start.saturating_sub(BESIDE_BYTES))..start];
    let behind = &text[end..boundary((end + BESIDE_BYTES).min(text.len()))];
    let last = words(before).last().map(|w| &before[w.start..w.end]);
    let next = words(behind).next().map(|w| &behind[w.start..w.end]);
    last.into_iter().chain(next).any(is_demonym)
}

#[cfg(test)]
mod tests {
    use crate::story::{Story, StoryId};

    fn ids(text: &str) -> Vec<Option<String>> {
        let mut story = Story::new(text.to_owned());
        story.id = StoryId(1);
        crate::enrich::enrich(&mut story);
        let bodies = story.orgs.iter().filter(|o| crate::data::known::body(&o.name).is_some());
        bodies.map(|o| o.id.clone()).collect()
    }

    #[test]
    fn one_name_in_two_countries() {
        let korea =
            "SEOUL, Dec. 4 (Yonhap) -- The National Assembly voted on Wednesday to lift martial law in South Korea.";
        assert_eq!(ids(korea), [Some("n:KR:national-assembly".to_owned())]);
        let france = "PARIS, Dec 4 (Reuters) - France's National Assembly toppled the government on Wednesday, a day after \
                      talks with Germany.";
        assert_eq!(ids(france), [Some("n:FR:national-assembly".to_owned())]);
    }

    #[test]
    fn nothing_is_guessed_where_two_countries_are_named() {
        let text =
            "GENEVA, Dec 4 (Reuters) - The National Assembly debated a treaty between Chad and Sudan on Wednesday.";
        assert!(ids(text).iter().all(Option::is_none), "{:?}", ids(text));
    }
}
