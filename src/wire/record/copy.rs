//! The copy of a record: the text under the best key, the longest of an unknown one, or a tree.

use super::super::draft::Draft;
use super::super::keys::{KEYS, Role, get};
use super::super::markup::Document;
use super::super::nitf;
use super::super::values::{best_body, longest, prose, prose_of};
use super::super::xml::copy_of_text;
use super::{Record, WRAPPERS};
use crate::text::letters;
use serde_json::Value;

/// Parts of keys that say what may be done with the copy.
const RIGHTS: &[&str] = &["copyright", "rights", "usageterms", "licen", "disclaimer", "legal", "termsofuse"];
/// Keys of lists of other things than copy.
const BESIDE: &[&str] = &[
    "associations",
    "related",
    "relateditems",
    "relatedarticles",
    "links",
    "comments",
    "media",
    "images",
    "photos",
    "gallery",
    "teasers",
    "breadcrumbs",
    "entities",
    "annotations",
    "quotes",
    "products",
    "events",
];

impl Record<'_> {
    pub(super) fn body(&self, draft: &mut Draft) {
        let known = [Role::Body, Role::Summary].into_iter().flat_map(|role| self.all(role));
        let longest = known.map(|(_, v)| longest(v)).max().unwrap_or(0);
        // A column of an unknown name that holds more is the copy, the known one its summary.
        let mapped = |key: &str| self.map.is_some_and(|map| map.names(key));
        // Who may use the copy is no copy.
        let is_of_rights = |key: &str| RIGHTS.iter().any(|part| key.contains(part));
        let more = self.unknown.iter().filter(|(key, _, _)| !mapped(key) && !is_of_rights(key));
        let mut more: Vec<(&str, &str)> =
            more.filter_map(|(_, written, value)| Some((*written, value.as_str()?))).collect();
        // Markup makes a text long; beside copy it is the copy again.
        more.retain(|(_, t)| prose(&Value::from(*t)) && (longest == 0 || !t.trim_start().starts_with('<')));
        more.sort_by_key(|(_, t)| std::cmp::Reverse(t.len()));
        if let Some((written, text)) = more.first().filter(|(_, t)| longest == 0 || t.len() > longest * 3 / 2) {
            let message = format!("{written} is not known and holds the longest text: it is read as the copy");
            draft.story.warn("key-guessed", message, false);
            add_body(text, draft);
            more.remove(0);
        }
        if !more.is_empty() {
            let names: Vec<&str> = more.iter().map(|(written, _)| *written).collect();
            let message = format!("the text of {} is not read: --map FILE says what it is", names.join(", "));
            draft.story.warn("text-left-out", message, false);
        }
        for role in [Role::Body, Role::Summary] {
            for (key, value) in self.all(role) {
                if draft.has_no_body() {
                    // Factiva keeps the first paragraph apart from the rest.
                    if letters(&key) == "tailparagraphs"
                        && let Some(lead) = get(self.object, "leadparagraph")
                    {
                        best_body(lead).iter().for_each(|text| add_body(text, draft));
                    }
                    for text in best_body(value) {
                        if let Some(more) = left_out(&text) {
                            let message = format!("{key} holds only the beginning of the copy: {more} more characters");
                            draft.story.warn("copy-cut", message, false);
                        }
                        add_body(&text, draft);
                    }
                }
            }
        }
        if draft.has_no_body() {
            self.tree(draft);
        }
    }

    /// Takes the prose of a tree that some editor keeps the copy in, where nothing else holds any.
    fn tree(&self, draft: &mut Draft) {
        for (key, value) in self.object.iter().filter(|(_, v)| v.is_object() || v.is_array()) {
            // What stands there in a known shape is read as such.
            let role = KEYS.get(letters(key).as_str()).map(|(role, _)| *role);
            let is_read = || best_body(value).iter().any(|text| !text.trim().is_empty());
            let name = letters(key);
            let is_beside = BESIDE.contains(&name.as_str())
                || WRAPPERS.contains(&key.as_str())
                || RIGHTS.iter().any(|part| name.contains(part));
            if is_beside || !matches!(role, None | Some(Role::Body)) || (role == Some(Role::Body) && is_read()) {
                continue;
            }
            let mut texts = Vec::new();
            prose_of(value, 0, &mut texts);
            if !texts.is_empty() {
                let message = format!("the tree of {key} is not known: the texts in it are read as the copy");
                draft.story.warn("key-guessed", message, false);
                return texts.iter().for_each(|text| add_body(text, draft));
            }
        }
    }
}

/// Adds copy in whatever markup it is.
fn add_body(text: &str, draft: &mut Draft) {
    let start = text.trim_start();
    if start.starts_with("<?xml") || start.starts_with("<nitf") {
        let document = Document::parse(text);
        if let Some(nitf) = document.top().elements().find(|e| e.is("nitf")) {
            nitf::content(nitf, draft);
            return;
        }
    }
    // Some keep what their editor writes as text within text.
    if start.starts_with(['{', '['])
        && let Ok(value) = serde_json::from_str::<Value>(start)
    {
        let mut inner = best_body(&value);
        if inner.iter().all(|t| t.trim().is_empty()) {
            inner.clear();
            prose_of(&value, 0, &mut inner);
        }
        if inner.iter().any(|t| !t.trim().is_empty()) {
            return inner.iter().for_each(|t| draft.body(&copy_of_text(t)));
        }
    }
    draft.body(&copy_of_text(text));
}

/// Reads `[+1200 chars]` at the end of a text: what a news interface left out.
fn left_out(text: &str) -> Option<&str> {
    let (_, mark) = text.trim_end().rsplit_once("[+")?;
    mark.strip_suffix(" chars]").filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}
