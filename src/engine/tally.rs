//! Whom the terms of a breakdown stand for, segment by segment, and what each bearer is called.

use super::bearers::{NAME_MARK, part};
use super::corrections::{APART, Corrected, Corrections, MERGED};
use super::one_name::key_of;
use super::told_apart::told_apart;
use crate::data::{known, place_asked};
use crate::story::EntityKind;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeMap;
use tantivy::columnar::StrColumn;

/// Tells whether a query for a name would find others too, by what the tables say: of what has an id,
/// others whose name it is, and the same body of other countries; of what nothing told, those that are
/// called so.
fn is_of_others(kind: EntityKind, name: &str, id: &str) -> bool {
    match kind {
        EntityKind::Place => id.is_empty() && !place_asked::asked(name).is_empty(),
        EntityKind::Person | EntityKind::Org => match id.strip_prefix("q:") {
            Some(own) => known::lookup(kind, name).any(|(k, _)| k.id() != own),
            None => !id.is_empty() || known::lookup(kind, name).next().is_some(),
        },
    }
}

/// The bearers of a breakdown, by number.
pub(super) struct Tally<'a> {
    kind: EntityKind,
    corrections: &'a Corrections,
    numbers: FxHashMap<String, usize>,
    /// How many stories of the set have each name of a bearer.
    names: FxHashMap<(usize, String), u64>,
    /// The names that the user gave.
    by_user: FxHashMap<String, String>,
}

/// Whom the terms of a segment stand for, by ordinal.
pub(super) struct Terms {
    bearer_of: Vec<Option<usize>>,
    name_of: Vec<String>,
    /// How many stories of the set have each.
    of_term: Vec<u64>,
}

impl Terms {
    /// Adds the bearers that a story's terms stand for, each once, and counts the terms.
    pub(super) fn of(&mut self, ords: impl Iterator<Item = u64>, here: &mut Vec<usize>) {
        for ord in ords.filter_map(|o| usize::try_from(o).ok()) {
            let Some(Some(bearer)) = self.bearer_of.get(ord) else { continue };
            self.of_term[ord] += 1;
            here.push(*bearer);
        }
        here.sort_unstable();
        here.dedup();
    }
}

impl<'a> Tally<'a> {
    pub(super) fn new(kind: EntityKind, corrections: &'a Corrections) -> Tally<'a> {
        let (numbers, names, by_user) = (FxHashMap::default(), FxHashMap::default(), FxHashMap::default());
        Tally { kind, corrections, numbers, names, by_user }
    }

    /// Number of bearers met so far.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Reads whom the terms of a segment's column stand for.
    pub(super) fn terms(&mut self, column: &StrColumn) -> tantivy::Result<Terms> {
        let Tally { kind, corrections, numbers, by_user, .. } = self;
        let kind = *kind;
        let (mut bearer_of, mut name_of) = (Vec::new(), Vec::new());
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            let term = String::from_utf8_lossy(terms.key());
            let (id, name) = part(&term);
            let next = numbers.len();
            let key = match corrections.identity(kind, id, name) {
                // In capitals it is the same name, as a query has it.
                Corrected::As(id) if id.is_empty() => Some(format!("{NAME_MARK}{}", key_of(kind, name))),
                Corrected::As(id) => Some(id.into_owned()),
                Corrected::Nobody => None,
            };
            if let Some((key, own)) = key.as_ref().zip(corrections.name_of(kind, id, name)) {
                by_user.insert(key.clone(), own.to_owned());
            }
            bearer_of.push(key.map(|key| *numbers.entry(key).or_insert(next)));
            name_of.push(name.to_owned());
        }
        let of_term = vec![0; bearer_of.len()];
        Ok(Terms { bearer_of, name_of, of_term })
    }

    /// Takes what was counted of the terms of a segment.
    pub(super) fn add(&mut self, terms: Terms) {
        let Terms { bearer_of, name_of, of_term } = terms;
        for ((bearer, name), count) in bearer_of.into_iter().zip(name_of).zip(of_term).filter(|(_, n)| *n > 0) {
            if let Some(bearer) = bearer {
                *self.names.entry((bearer, name)).or_default() += count;
            }
        }
    }

    /// Returns what each bearer that a story of the set has is called: by its most frequent name, told
    /// apart from others of that name.
    pub(super) fn labels(self) -> BTreeMap<usize, String> {
        let Tally { kind, numbers, names, by_user, .. } = self;
        let mut best: BTreeMap<usize, (u64, String)> = BTreeMap::new();
        for ((bearer, name), count) in names {
            let entry = best.entry(bearer).or_default();
            if (count, std::cmp::Reverse(&name)) > (entry.0, std::cmp::Reverse(&entry.1)) {
                *entry = (count, name);
            }
        }
        let keys: FxHashMap<usize, &str> = numbers.iter().map(|(key, number)| (*number, key.as_str())).collect();
        // Who is in the table goes by the name there, whatever spelling is the most frequent.
        for (bearer, (_, name)) in &mut best {
            let key = keys.get(bearer);
            if let Some(own) = key.and_then(|key| by_user.get(*key)) {
                own.clone_into(name);
            } else if let Some(known) = key.and_then(|key| known::by_id(key)) {
                known.name().clone_into(name);
            }
        }
        // A query takes a name in any case of its letters.
        let key_of_name = |bearer: usize, name: &str| -> Cow<'_, str> {
            let own = keys.get(&bearer).and_then(|key| key.strip_prefix(NAME_MARK));
            own.map_or_else(|| Cow::Owned(key_of(kind, name)), Cow::Borrowed)
        };
        let mut bearers_of: FxHashMap<Cow<'_, str>, usize> = FxHashMap::default();
        best.iter().for_each(|(bearer, (_, name))| *bearers_of.entry(key_of_name(*bearer, name)).or_default() += 1);
        let labels = best.iter().map(|(bearer, (_, name))| {
            // Two bearers of one name stay two, told by their ids; a query takes them so.
            let key = keys.get(bearer).copied().unwrap_or_default();
            let id = if key.starts_with(NAME_MARK) { "" } else { key };
            // Whom the user corrected is asked for by the name alone.
            let is_corrected = [MERGED, APART].iter().any(|mark| key.starts_with(mark));
            let is_shared = bearers_of.get(&key_of_name(*bearer, name)).is_some_and(|n| *n > 1)
                || !is_corrected && is_of_others(kind, name, id);
            (*bearer, if is_shared { told_apart(kind, name, id) } else { name.clone() })
        });
        labels.collect()
    }
}
