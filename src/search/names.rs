//! The names of an archive, those of one bearer together.
//!
//! Names with an id stand under it. A full name without one joins the bearer whose most
//! frequent spelling surely is the same ([`are_surely_one`]); a single word joins nobody.

use super::{SearchError, held_back};
use crate::data::known;
use crate::engine::{Bearer, Reader, is_apart, key_of, told_apart};
use crate::names::{Buckets, Name, are_spelt_alike, are_surely_one, compare, is_latin};
use crate::story::EntityKind;
use std::collections::BTreeMap;

/// The most names of a kind that are compared with each other: some seconds' work.
pub const COMPARED_MAX: usize = 20_000;

/// One bearer with the spellings of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameGroup {
    /// What it is.
    pub kind: EntityKind,
    /// Whom it stands for; empty where nothing told.
    pub id: String,
    /// The most frequent spelling.
    pub name: String,
    /// The name with what tells the bearer from others of the list that have it, in a form
    /// that a query takes; else the name.
    pub label: String,
    /// Stories with any of the spellings, without held-back copy.
    pub stories: u64,
    /// Every spelling with its number of stories, the most frequent first.
    pub spellings: Vec<(String, u64)>,
}

/// The names of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameList {
    /// Bearers, the most frequent first.
    pub groups: Vec<NameGroup>,
    /// Bearers beyond the limit.
    pub left_out: usize,
    /// Names that were not compared with the others, for there were too many.
    pub not_compared: usize,
}

/// Returns the bearers of `kind` that `text` may stand for, or all, at most `limit`.
///
/// # Errors
/// The archive cannot be read.
pub fn names(reader: &Reader, kind: EntityKind, text: Option<&str>, limit: usize) -> Result<NameList, SearchError> {
    let mut bearers = match text {
        Some(text) => reader.who_without(kind, text, &held_back())?,
        None => reader.all_bearers_without(kind, &held_back())?,
    };
    bearers.sort_by(|a, b| b.stories.cmp(&a.stories).then_with(|| a.name.cmp(&b.name)));
    let not_compared = bearers.len().saturating_sub(COMPARED_MAX);
    let mut groups = Vec::new();
    for members in gather(bearers) {
        groups.push(group(reader, kind, members)?);
    }
    groups.sort_by(|a, b| b.stories.cmp(&a.stories).then_with(|| a.name.cmp(&b.name)));
    tell_apart(&mut groups);
    let left_out = groups.len().saturating_sub(limit);
    groups.truncate(limit);
    Ok(NameList { groups, left_out, not_compared })
}

/// Labels the groups whose name others have too, and bodies that many countries have.
fn tell_apart(groups: &mut [NameGroup]) {
    let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
    groups.iter().for_each(|g| *bearers.entry(key_of(g.kind, &g.name)).or_default() += 1);
    for group in groups {
        if bearers.get(&key_of(group.kind, &group.name)).is_some_and(|n| *n > 1) || group.id.starts_with("n:") {
            group.label = told_apart(group.kind, &group.name, &group.id);
        }
    }
}

/// Puts together what is of one bearer. The names come most frequent first.
fn gather(bearers: Vec<Bearer>) -> Vec<Vec<Bearer>> {
    let mut groups: Vec<Vec<Bearer>> = Vec::new();
    let mut heads: Vec<Name> = Vec::new();
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    let mut buckets = Buckets::default();
    for (number, bearer) in bearers.into_iter().enumerate() {
        // Without an id a name is one in any case of its letters, as facets and queries have it.
        let own = if bearer.id.is_empty() {
            format!("\u{1F}{}", key_of(bearer.kind, &bearer.name))
        } else {
            bearer.id.clone()
        };
        let known = by_id.get(&own).copied();
        let is_compared = bearer.kind != EntityKind::Place && number < COMPARED_MAX;
        let name = if is_compared { Name::new(&bearer.name) } else { Name::default() };
        let is_full = name.words_count() > 1 || name.is_of_signs();
        let joins = is_compared && is_full && !is_apart(&bearer.id);
        let alike = || {
            let near = buckets.near(&name).into_iter();
            let open = |g: usize| !groups[g].iter().any(|b| is_apart(&b.id));
            let free =
                near.filter(|g| open(*g) && (bearer.id.is_empty() || groups[*g].iter().all(|b| b.id.is_empty())));
            // Of a body a word less is another body, as `engine::Matcher` has it.
            let whole = |g: &usize| {
                bearer.kind == EntityKind::Person
                    || heads[*g].words_count() == name.words_count() && are_one_body(&groups[*g][0].name, &bearer.name)
            };
            let alike = free.filter(whole).filter(|g| are_surely_one(&heads[*g], &name));
            let scored = alike.map(|g| (compare(&heads[g], &name).score, g));
            scored.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, g)| g)
        };
        let at = known.or_else(|| if joins { alike() } else { None }).unwrap_or_else(|| {
            groups.push(Vec::new());
            buckets.insert(&name, groups.len() - 1);
            heads.push(name);
            groups.len() - 1
        });
        by_id.entry(own).or_insert(at);
        groups[at].push(bearer);
    }
    groups
}

/// Tells whether two bodies are one by more than sound, where both names are in Latin letters.
fn are_one_body(a: &str, b: &str) -> bool {
    !is_latin(a) || !is_latin(b) || are_spelt_alike(a, b)
}

fn group(reader: &Reader, kind: EntityKind, members: Vec<Bearer>) -> Result<NameGroup, SearchError> {
    let stories =
        if let [one] = members.as_slice() { one.stories } else { reader.count_bearers(&members, &held_back())? };
    let id = members.iter().map(|b| b.id.as_str()).find(|id| !id.is_empty()).unwrap_or("").to_owned();
    // The user's word first. Who is in the table goes by the name there, whatever spelling is the most frequent.
    let own = members.iter().find_map(|b| reader.corrections().name_of(kind, &b.id, &b.name)).map(str::to_owned);
    let usual = own.or_else(|| known::by_id(&id).map(|k| k.name().to_owned()));
    let name = usual.or_else(|| members.first().map(|b| b.name.clone())).unwrap_or_default();
    let mut spellings: BTreeMap<String, u64> = BTreeMap::new();
    for bearer in members {
        *spellings.entry(bearer.name).or_default() += bearer.stories;
    }
    let mut spellings: Vec<(String, u64)> = spellings.into_iter().collect();
    spellings.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(NameGroup { kind, id, label: name.clone(), name, stories, spellings })
}
