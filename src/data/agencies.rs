//! Agencies: their names in every script, and the one that a piece of text names.
//!
//! The table is `data/agencies.tsv`. Many acronyms are words of some language (*LUSA*,
//! *MAP*, *AGI*), so the case in which a name is written counts.

use crate::text::fold;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/agencies.tsv");

/// Up to this many letters an acronym is nothing unless it is written in capitals.
const SHORT_ACRONYM_MAX: usize = 4;

/// Longest alias that is looked up, in bytes as written.
const ALIAS_BYTES_MAX: usize = 160;

/// An agency of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Agency {
    /// Id, stable between releases.
    pub id: &'static str,
    /// Name.
    pub name: &'static str,
    /// Country of its seat, ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// Languages of its services, as in the table.
    pub languages: &'static str,
    /// Every other name, in any script.
    pub aliases: Vec<&'static str>,
}

struct Index {
    agencies: Vec<Agency>,
    /// Ends and lengths of the folded aliases: most of what is asked for has others.
    sieve: Box<[bool; SIEVE]>,
    by_alias: FxHashMap<String, Vec<(&'static str, usize)>>,
    by_id: FxHashMap<&'static str, usize>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index {
        agencies: Vec::new(),
        sieve: Box::new([false; SIEVE]),
        by_alias: FxHashMap::default(),
        by_id: FxHashMap::default(),
    };
    for line in TABLE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or("").trim();
        let (id, name, country, languages) = (next(), next(), next(), next());
        let aliases: Vec<&'static str> = next().split('|').map(str::trim).filter(|a| !a.is_empty()).collect();
        if id.is_empty() || name.is_empty() {
            continue;
        }
        let at = index.agencies.len();
        for alias in std::iter::once(name).chain(aliases.iter().copied()) {
            let folded = fold(alias);
            index.sieve[sieve_place(&folded)] = true;
            let known = index.by_alias.entry(folded).or_default();
            if !known.contains(&(alias, at)) {
                known.push((alias, at));
            }
        }
        index.by_id.entry(id).or_insert(at);
        index.agencies.push(Agency { id, name, country, languages, aliases });
    }
    index
});

/// Cells of the sieve, of which some one in seven is set.
const SIEVE: usize = 1 << 13;

/// Where a name that folds to itself, or to small letters of ASCII, lies in the sieve.
fn sieve_place(name: &str) -> usize {
    let at = |i: usize| usize::from(name.as_bytes().get(i).map_or(0, u8::to_ascii_lowercase));
    let (first, second, last) = (at(0), at(1), at(name.len().wrapping_sub(1)));
    (first * 31 + second * 7 + last * 961 + name.len() * 4_001) % SIEVE
}

/// Tells whether a text may be an alias: of ASCII, whose folding is known, most is not.
fn may_be_alias(text: &str) -> bool {
    text.len() <= ALIAS_BYTES_MAX && (!text.is_ascii() || INDEX.sieve[sieve_place(text)])
}

/// Returns the agency that `text` names, whole.
///
/// Acronyms of up to four letters count only in capitals, names only with a capital
/// where the table has one, in scripts that have capitals.
#[must_use]
pub fn by_alias(text: &str) -> Option<&'static Agency> {
    homonyms(text).next()
}

/// Returns every agency that goes by a name, the usual bearer first: *APS* is Algeria's, and
/// Senegal's.
pub fn homonyms(text: &str) -> impl Iterator<Item = &'static Agency> {
    // Most of what is asked for has no blank at its ends, and is no alias.
    let is_plain = |b: Option<&u8>| b.is_some_and(u8::is_ascii_graphic);
    let is_trimmed = is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last());
    let text = if is_trimmed { text } else { text.trim() };
    let known = if may_be_alias(text) { INDEX.by_alias.get(&fold(text)) } else { None };
    let own = known.into_iter().flatten().filter(move |(alias, _)| is_cased_like(text, alias));
    // An agency has many a spelling of one acronym, side by side.
    let mut last = None;
    own.filter(move |(_, at)| last.replace(*at) != Some(*at)).filter_map(|&(_, at)| INDEX.agencies.get(at))
}

/// Returns the agency with this id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Agency> {
    INDEX.by_id.get(id).and_then(|&at| INDEX.agencies.get(at))
}

/// Returns every agency in the order of the table.
#[must_use]
pub fn all() -> &'static [Agency] {
    &INDEX.agencies
}

fn is_cased_like(text: &str, alias: &str) -> bool {
    let is_capitals = |s: &str| !s.chars().any(char::is_lowercase);
    if text == alias || is_capitals(text) {
        return true;
    }
    let starts_upper = |s: &str| s.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    if starts_upper(alias) && !starts_upper(text) {
        return false;
    }
    !(is_capitals(alias) && alias.chars().filter(|c| c.is_alphabetic()).count() <= SHORT_ACRONYM_MAX)
}

#[cfg(test)]
mod tests {
    use super::{all, by_alias, by_id};

    #[test]
    fn names_in_every_script() {
        for (text, id) in
            [("AFP", "afp"), ("ТАСС", "tass"), ("新华社", "xinhua"), ("رويترز", "reuters"), ("Reuters", "reuters")]
        {
            assert_eq!(by_alias(text).map(|a| a.id), Some(id), "{text}");
        }
        assert_eq!(by_id("afp").map(|a| a.id), Some("afp"));
        assert!(by_id("no such agency").is_none() && by_alias("").is_none());
        assert!(all().iter().all(|a| by_alias(a.name).is_some()));
    }

    #[test]
    fn one_acronym_of_two_agencies() {
        let ids = |text| super::homonyms(text).map(|a| a.id).collect::<Vec<_>>();
        assert_eq!(ids("APS"), ["aps_dz", "aps_sn"]);
        assert_eq!(ids("CNA"), ["cna_tw", "cna_us", "cna_cy"]);
        assert_eq!(ids("AFP"), ["afp"]);
    }

    #[test]
    fn common_words_are_no_acronyms() {
        for text in ["pap", "map", "efe", "lusa", "reuters", "antara"] {
            assert!(by_alias(text).is_none(), "{text}");
        }
    }
}
