//! Multiplies labelled texts: other names of the same kind in the same sentences, and the
//! habits of telex and of careless typing.

use crate::corpus::Item;
use crate::gazetteer;
use dateline::enrich::entities::hash::{self, mix};
use dateline::story::EntityKind;
use dateline::text::fold;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Of a hundred names of a kind, so many are replaced.
const REPLACED: [u64; 3] = [75, 55, 45];
/// Of a hundred replacements of a person's name, so many come from the lists of names.
const LISTED: u64 = 50;
/// The same in scripts without capitals, where an unknown word is seldom a name.
const LISTED_CASELESS: u64 = 12;
/// Of a hundred variants, so many are set in capitals, in small letters, without accents.
const CAPITALS: u64 = 7;
const SMALL: u64 = 3;
const BARE: u64 = 7;
/// Of a hundred variants, so many are an excerpt of a few sentences: what a story told
/// before is then not known.
const EXCERPTS: u64 = 40;
/// Sentences of an excerpt at most.
const EXCERPT_MAX: usize = 3;
/// Of a hundred full names of people in variants, so many lose the given name.
const SURNAME_ONLY: u64 = 25;
/// Languages that inflect names: a replacement must end alike.
const INFLECTED: [&str; 3] = ["ru", "uk", "pl"];
/// Languages without spaces between the parts of a name.
const JOINED: [&str; 3] = ["zh", "ja", "ko"];

/// A row of numbers that looks drawn and is the same each time.
pub(crate) struct Draw(u64);

impl Draw {
    pub(crate) fn new(seed: u64) -> Draw {
        Draw(seed)
    }

    fn next(&mut self, below: usize) -> usize {
        self.0 = mix(self.0, 0x5EED);
        ((u128::from(self.0) * below as u128) >> 64) as usize
    }

    fn chance(&mut self, of_hundred: u64) -> bool {
        (self.next(100) as u64) < of_hundred
    }
}

/// Names to choose from.
#[derive(Default)]
struct Pools {
    /// By language, kind and form: whole names of the texts.
    whole: BTreeMap<(String, usize, String), Vec<String>>,
    /// By language and form: parts of names of people of the texts; given ones, surnames.
    parts: BTreeMap<(String, bool, String), Vec<String>>,
    /// By script: given names and surnames of the lists.
    listed: gazetteer::Names,
}

impl Pools {
    fn new(items: &[Item], names: Option<&Path>) -> Pools {
        let mut pools = Pools { listed: names.map(gazetteer::names).unwrap_or_default(), ..Pools::default() };
        for item in items {
            for (piece, kind) in &item.pieces {
                let Some(kind) = kind else { continue };
                let key = (item.lang.clone(), *kind as usize, form(piece, &item.lang));
                pools.whole.entry(key).or_default().push(piece.clone());
                if *kind == EntityKind::Person {
                    let words: Vec<&str> = piece.split(' ').collect();
                    for (at, word) in words.iter().enumerate().filter(|(_, w)| is_replaceable(w)) {
                        let last = at + 1 == words.len();
                        let key = (item.lang.clone(), last, ending(word, &item.lang));
                        pools.parts.entry(key).or_default().push((*word).to_owned());
                    }
                }
            }
        }
        pools
    }

    /// Another name for a part of a person's name.
    fn part(&self, word: &str, last: bool, lang: &str, draw: &mut Draw) -> String {
        let own = self.parts.get(&(lang.to_owned(), last, ending(word, lang)));
        let listed = self.listed.pool(word, last, &ending(word, lang));
        let share = if word.chars().any(char::is_uppercase) { LISTED } else { LISTED_CASELESS };
        let from_list = !listed.is_empty() && (draw.chance(share) || own.is_none_or(|o| o.len() < 3));
        let chosen = match own {
            _ if from_list => &listed[draw.next(listed.len())],
            Some(own) => &own[draw.next(own.len())],
            None => return word.to_owned(),
        };
        if is_capitals(word) && word.chars().count() > 1 { chosen.to_uppercase() } else { chosen.clone() }
    }

    /// Another whole name of a place or an organisation.
    fn whole(&self, name: &str, kind: EntityKind, lang: &str, draw: &mut Draw) -> String {
        let key = (lang.to_owned(), kind as usize, form(name, lang));
        if kind == EntityKind::Place
            && !name.contains(' ')
            && !INFLECTED.contains(&lang)
            && draw.chance(if is_caseless(name) { 15 } else { 40 })
        {
            let towns = self.listed.towns(name);
            if !towns.is_empty() {
                let town = &towns[draw.next(towns.len())];
                return if is_capitals(name) && name.len() > 3 { town.to_uppercase() } else { town.clone() };
            }
        }
        match self.whole.get(&key) {
            Some(pool) => pool[draw.next(pool.len())].clone(),
            None => name.to_owned(),
        }
    }
}

fn is_caseless(word: &str) -> bool {
    !word.chars().any(|c| c.is_uppercase() || c.is_lowercase())
}

fn is_capitals(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

/// Parts that stay: particles, initials, ordinals.
fn is_replaceable(word: &str) -> bool {
    let first = word.chars().next();
    word.chars().count() > 2
        && !word.ends_with('.')
        && first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
        && !word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// What a replacement must share: the last letters where names are inflected, the glued
/// conjunction or preposition in Arabic.
fn ending(word: &str, lang: &str) -> String {
    if INFLECTED.contains(&lang) {
        let letters: Vec<char> = word.to_lowercase().chars().collect();
        return letters[letters.len().saturating_sub(2)..].iter().collect();
    }
    if lang == "ar" {
        return word.chars().next().filter(|c| matches!(c, 'و' | 'ل' | 'ب')).map(String::from).unwrap_or_default();
    }
    String::new()
}

/// The form of a whole name: one word or several, capitals, first letter's case, ending.
fn form(name: &str, lang: &str) -> String {
    let several = name.contains(' ');
    let small = name.chars().next().is_some_and(char::is_lowercase);
    format!("{several} {} {small} {}", is_capitals(name), ending(name, lang))
}

/// Returns the texts and `copies` variants of each, with the number of the text and of
/// the variant (0 for the text itself).
pub(crate) fn multiply(items: &[Item], copies: usize, names: Option<&Path>) -> Vec<(Item, usize, usize)> {
    let pools = Pools::new(items, names);
    let mut out = Vec::with_capacity(items.len() * (copies + 1));
    for (number, item) in items.iter().enumerate() {
        out.push((item.clone(), number, 0));
        for copy in 0..copies {
            let mut draw = Draw::new(mix(hash::of(&item.text()), copy as u64 + 1));
            let mut variant = replaced(item, &pools, &mut draw);
            if draw.chance(EXCERPTS) {
                excerpt(&mut variant, &mut draw);
            }
            shorten(&mut variant, &mut draw);
            if draw.chance(CAPITALS) {
                respell(&mut variant, |s| s.to_uppercase());
            } else if draw.chance(SMALL) {
                respell(&mut variant, |s| s.to_lowercase());
            } else if draw.chance(BARE) {
                respell(&mut variant, bare);
            }
            out.push((variant, number, copy + 1));
        }
    }
    out
}

/// Leaves a few sentences of a text.
fn excerpt(item: &mut Item, draw: &mut Draw) {
    // Where sentences end: the piece and the byte in it.
    let mut ends: Vec<(usize, usize)> = vec![(0, 0)];
    for (number, (piece, kind)) in item.pieces.iter().enumerate() {
        if kind.is_none() {
            let marks = [". ", "! ", "? ", ".\n", "。", "؟ ", "\n"];
            let mut found: Vec<usize> =
                marks.iter().flat_map(|m| piece.match_indices(m).map(|(at, m)| at + m.len())).collect();
            found.sort_unstable();
            found.dedup();
            ends.extend(found.into_iter().map(|at| (number, at)));
        }
    }
    if ends.len() < EXCERPT_MAX + 2 {
        return;
    }
    let from = draw.next(ends.len() - 1);
    let to = (from + 1 + draw.next(EXCERPT_MAX)).min(ends.len() - 1);
    let ((first, first_at), (last, last_at)) = (ends[from], ends[to]);
    let mut out: Vec<_> = item.pieces[first..=last].to_vec();
    if let Some((piece, _)) = out.last_mut() {
        piece.truncate(if first == last { last_at.max(first_at) } else { last_at });
    }
    if let Some((piece, _)) = out.first_mut() {
        piece.drain(..first_at.min(piece.len()));
    }
    out.retain(|(piece, _)| !piece.is_empty());
    if !out.is_empty() {
        item.pieces = out;
    }
}

/// Takes the given name from some full names.
fn shorten(item: &mut Item, draw: &mut Draw) {
    if JOINED.contains(&item.lang.as_str()) {
        return;
    }
    for (piece, kind) in &mut item.pieces {
        if *kind != Some(EntityKind::Person) || !draw.chance(SURNAME_ONLY) {
            continue;
        }
        let words: Vec<&str> = piece.split(' ').collect();
        if let [.., last] = words[..]
            && words.len() == 2
            && is_replaceable(last)
        {
            *piece = last.to_owned();
        }
    }
}

fn respell(item: &mut Item, spell: impl Fn(&str) -> String) {
    for (piece, _) in &mut item.pieces {
        *piece = spell(piece);
    }
}

/// Letters of the Latin script without their accents, in their case.
fn bare(text: &str) -> String {
    text.chars()
        .map(|c| {
            let folded = fold(&c.to_string());
            match folded.chars().next() {
                Some(plain) if plain.is_ascii_alphabetic() && folded.len() == 1 && !c.is_ascii() => {
                    if c.is_uppercase() { plain.to_ascii_uppercase() } else { plain }
                }
                _ => c,
            }
        })
        .collect()
}

fn replaced(item: &Item, pools: &Pools, draw: &mut Draw) -> Item {
    let mut parts: HashMap<String, String> = HashMap::new();
    let mut whole: HashMap<(String, EntityKind), String> = HashMap::new();
    let mut out = item.clone();
    let joined = JOINED.contains(&item.lang.as_str());
    for (piece, kind) in &mut out.pieces {
        let Some(kind) = *kind else { continue };
        if kind == EntityKind::Person && !joined {
            let words: Vec<&str> = piece.split(' ').collect();
            let count = words.len();
            let new: Vec<String> = words
                .into_iter()
                .enumerate()
                .map(|(at, word)| {
                    if !is_replaceable(word) {
                        return word.to_owned();
                    }
                    parts
                        .entry(word.to_owned())
                        .or_insert_with(|| {
                            if draw.chance(REPLACED[0]) {
                                pools.part(word, at + 1 == count, &item.lang, draw)
                            } else {
                                word.to_owned()
                            }
                        })
                        .clone()
                })
                .collect();
            *piece = new.join(" ");
        } else {
            *piece = whole
                .entry((piece.clone(), kind))
                .or_insert_with_key(|(name, kind)| {
                    if draw.chance(REPLACED[*kind as usize]) {
                        pools.whole(name, *kind, &item.lang, draw)
                    } else {
                        name.clone()
                    }
                })
                .clone();
        }
    }
    out
}
