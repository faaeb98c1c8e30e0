//! One kind for all mentions of a name, by what the story says of one of them: a firm called after its founder, a
//! surname read as a place.

use super::lexicon::PLACE_HEAD;
use super::mentions::Mention;
use super::traits::Sheet;
use super::{desk, neighbours, towns};
use crate::data::{agencies, known, places};
use crate::names;
use crate::story::EntityKind;

/// Settles the kinds of a story's mentions.
pub(super) fn settle(text: &str, lang: &str, sheet: &Sheet<'_>, mentions: &mut [Mention]) {
    agencies_over_places(text, mentions);
    places_over_people(sheet, mentions);
    firms_over_people(text, lang, mentions);
    one_kind_a_name(text, lang, mentions);
    people_over_places(text, lang, mentions);
    towns::people_over_towns(text, lang, mentions);
    places_at_the_head(text, lang, mentions);
}

/// Makes places of the surnames that a sentence begins with behind *in*, where a town is called so: *Em Moura, a seca*
/// of a story on João Moura.
fn places_at_the_head(text: &str, lang: &str, mentions: &mut [Mention]) {
    for mention in mentions.iter_mut().filter(|m| m.kind == EntityKind::Person && m.words.len() == 1) {
        let is_town = || places::lookup(mention.span.of(text)).next().is_some();
        if neighbours::is_where_it_begins(text, mention.span, lang) && is_town() {
            mention.kind = EntityKind::Place;
        }
    }
}

/// Makes agencies of what was read as a place that no list has: *(Ritzau)*.
fn agencies_over_places(text: &str, mentions: &mut [Mention]) {
    for mention in mentions.iter_mut().filter(|m| m.kind == EntityKind::Place) {
        let name = mention.span.of(text);
        if agencies::by_alias(name).is_some() && places::lookup(name).next().is_none() {
            mention.kind = EntityKind::Org;
        }
    }
}

/// Makes places of what was read as a person here and as a place there, where a word of it says
/// that it is one: *Jabal Mohsen*.
fn places_over_people(sheet: &Sheet<'_>, mentions: &mut [Mention]) {
    let mut places: Vec<Vec<String>> =
        mentions.iter().filter(|m| m.kind == EntityKind::Place && m.words.len() > 1).map(|m| m.words.clone()).collect();
    places.sort_unstable();
    for mention in mentions.iter_mut().filter(|m| m.kind == EntityKind::Person && m.words.len() > 1) {
        if places.binary_search(&mention.words).is_err() {
            continue;
        }
        let from = sheet.tokens.partition_point(|t| t.start < mention.span.start);
        let to = sheet.tokens.partition_point(|t| t.start < mention.span.end);
        if sheet.traits[from..to].iter().any(|t| t.flags & PLACE_HEAD != 0) {
            mention.kind = EntityKind::Place;
        }
    }
}

/// Makes people of the surnames that were read as places no list has, where the story has the full name.
fn people_over_places(text: &str, lang: &str, mentions: &mut [Mention]) {
    let full = mentions.iter().filter(|m| m.kind == EntityKind::Person && m.words.len() > 1);
    let mut surnames: Vec<String> = full.filter_map(|m| m.words.last().cloned()).collect();
    surnames.sort_unstable();
    for mention in mentions.iter_mut().filter(|m| m.kind == EntityKind::Place && m.words.len() == 1) {
        let name = mention.span.of(text);
        let is_listed = |name: &str| places::lookup(name).next().is_some();
        if surnames.binary_search(&mention.words[0]).is_ok()
            && !is_listed(name)
            && !names::base_forms(name, Some(lang)).iter().any(|base| is_listed(base))
        {
            mention.kind = EntityKind::Person;
        }
    }
}

/// Makes firms of the surnames of their founders, where the story has the firm or what only firms have beside the
/// surname: *Enzo Ferrari died in 1988. Ferrari shares fell.* Whoever is called Mr stays a person.
fn firms_over_people(text: &str, lang: &str, mentions: &mut [Mention]) {
    let is_known_firm = |word: &str| known::lookup(EntityKind::Org, word).any(|(_, ambiguous)| !ambiguous);
    for mention in mentions.iter_mut().filter(|m| m.kind == EntityKind::Person && m.words.len() > 1) {
        // *Pernod Ricard*: a full name that nobody bears.
        if is_known_firm(mention.span.of(text)) && !desk::makes_person(text, mention.span) {
            mention.kind = EntityKind::Org;
        }
    }
    let bare = |m: &Mention| m.words.len() == 1 && m.kind != EntityKind::Place && is_known_firm(m.span.of(text));
    // *Cargill declined to comment*: of a surname alone nobody is named.
    let full = mentions.iter().filter(|m| m.kind == EntityKind::Person && m.words.len() > 1);
    let mut surnames: Vec<String> = full.filter_map(|m| m.words.last().cloned()).collect();
    surnames.sort_unstable();
    for mention in mentions.iter_mut().filter(|m| m.kind == EntityKind::Person && bare(m)) {
        if surnames.binary_search(&mention.words[0]).is_err() && !desk::makes_person(text, mention.span) {
            mention.kind = EntityKind::Org;
        }
    }
    let is_firm =
        |m: &&Mention| bare(m) && (m.kind == EntityKind::Org || neighbours::is_before_shares(text, m.span, lang));
    let mut firms: Vec<String> = mentions.iter().filter(is_firm).map(|m| m.words[0].clone()).collect();
    firms.sort_unstable();
    for mention in mentions.iter_mut().filter(|m| m.kind == EntityKind::Person && bare(m)) {
        if firms.binary_search(&mention.words[0]).is_ok() && !desk::makes_person(text, mention.span) {
            mention.kind = EntityKind::Org;
        }
    }
}

/// Makes one kind of a full name that was read as a person here and as a firm or a place there, where what stands beside
/// it tells: *retailer Laura Ashley*, *disse Conceição Porto*.
fn one_kind_a_name(text: &str, lang: &str, mentions: &mut [Mention]) {
    let is_told = |m: &Mention| match m.kind {
        EntityKind::Org => neighbours::is_firm(text, m.span, lang),
        EntityKind::Person => m.words.len() > 1 && neighbours::is_beside_verb_of_saying(text, m.span),
        EntityKind::Place => false,
    };
    let full = mentions.iter().filter(|m| m.words.len() > 1 && is_told(m));
    let mut told: Vec<(Vec<String>, EntityKind)> = full.map(|m| (m.words.clone(), m.kind)).collect();
    told.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    for mention in mentions.iter_mut().filter(|m| m.words.len() > 1) {
        // *Mario Gabelli, head of investment firm Mario Gabelli and Co*.
        let is_apposed = text[mention.span.end as usize..].starts_with(',');
        if let Ok(at) = told.binary_search_by(|(words, _)| words.cmp(&mention.words))
            && !(is_apposed && mention.kind == EntityKind::Person)
        {
            mention.kind = told[at].1;
        }
    }
}
