//! A record of keys and values to a story: JSON objects, rows of CSV, unknown XML.
//!
//! Here its keys are read by their roles; `claim` tells how much of a story it has, `fields`
//! and `copy` read it.

mod claim;
mod copy;
mod fields;
#[cfg(test)]
mod tests;

pub(in crate::wire) use claim::Claim;

use super::draft::Draft;
use super::keys::{KEYS, KeyMap, Role, is_blank};
use super::values::has_any;
use crate::text::letters;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Keys of one story: an object with more is a table of something.
pub(in crate::wire) const KEYS_MAX: usize = 1_000;
/// Keys under which interfaces keep the fields of a story apart from its address.
const WRAPPERS: &[&str] = &["fields", "attributes", "_source"];
/// What lies in a wrapper yields to what lies beside it.
const WRAPPED_RANK: usize = 1_000;

/// An object with its keys read by role.
pub(in crate::wire) struct Record<'v> {
    object: &'v Map<String, Value>,
    /// Known keys with a value: role, rank, key as written, value; by rank.
    known: Vec<(Role, usize, &'v str, &'v Value)>,
    /// Unknown keys with a text, normalised.
    unknown: Vec<(String, &'v str, &'v Value)>,
    is_typed: bool,
    /// Whether it has a key of a body, be it that nothing stands there.
    has_body_key: bool,
    map: Option<&'v KeyMap>,
}

impl<'v> Record<'v> {
    pub(in crate::wire) fn new(object: &'v Map<String, Value>, map: Option<&'v KeyMap>) -> Record<'v> {
        let mut record =
            Record { object, known: Vec::new(), unknown: Vec::new(), is_typed: false, has_body_key: false, map };
        record.take(object, 0);
        for (written, value) in object.iter().take(KEYS_MAX) {
            if let Value::Object(inner) = value
                && WRAPPERS.contains(&written.as_str())
            {
                record.take(inner, WRAPPED_RANK);
            }
        }
        record.known.sort_by_key(|(_, rank, _, _)| *rank);
        record
    }

    /// Notes the keys of an object, `behind` as many better ones.
    fn take(&mut self, object: &'v Map<String, Value>, behind: usize) {
        for (written, value) in object.iter().take(KEYS_MAX) {
            if is_blank(value) {
                self.has_body_key |= matches!(KEYS.get(letters(written).as_str()), Some((Role::Body, _)));
                continue;
            }
            if WRAPPERS.contains(&written.as_str()) && value.is_object() {
                continue;
            }
            let key = letters(written);
            self.is_typed |= matches!(key.as_str(), "type" | "uri" | "guid");
            match KEYS.get(key.as_str()) {
                // A date in Polish, Italian and Portuguese; what a reply holds in English.
                None if key == "data" && value.is_string() => self.known.push((Role::Filed, behind, written, value)),
                Some((role, rank)) => self.known.push((*role, behind + rank, written, value)),
                None if value.is_string() => self.unknown.push((key, written, value)),
                None => {}
            }
        }
    }

    /// Returns the values of a role, best key first.
    fn all(&self, role: Role) -> Vec<(Cow<'v, str>, &'v Value)> {
        let mut found = self.map.map(|m| m.values(self.object, role)).unwrap_or_default();
        let known = self.known.iter().filter(|(r, _, _, _)| *r == role);
        found.extend(known.map(|(_, _, written, value)| (Cow::Borrowed(*written), *value)));
        // ninjs 1 lets newsrooms add endings: headline_short, body_richtext.
        let family = match role {
            Role::Headline => "headline",
            Role::Body => "body",
            Role::Summary => "description",
            _ => return found,
        };
        if found.is_empty() {
            let kin = self.unknown.iter().filter(|(key, _, _)| key.starts_with(family));
            found.extend(kin.map(|(_, written, value)| (Cow::Borrowed(*written), *value)));
        }
        found
    }

    fn has(&self, role: Role) -> bool {
        !self.all(role).is_empty()
    }

    /// Tells whether it has a headline.
    pub(in crate::wire) fn has_headline(&self) -> bool {
        self.all(Role::Headline).iter().any(|(_, v)| has_any(v))
    }

    /// Tells whether it says when it was filed.
    pub(in crate::wire) fn is_dated(&self) -> bool {
        self.has(Role::Filed)
    }

    /// Tells whether it says from where or by whom it comes: a dateline, an agency.
    pub(in crate::wire) fn is_credited(&self) -> bool {
        self.has(Role::Agency) || self.has(Role::Dateline)
    }

    /// Reads the story.
    pub(in crate::wire) fn draft(&self, rule: &'static str) -> Draft {
        let mut draft = Draft::new(rule);
        self.lines(&mut draft);
        self.body(&mut draft);
        self.times(&mut draft);
        self.rest(&mut draft);
        draft
    }
}
