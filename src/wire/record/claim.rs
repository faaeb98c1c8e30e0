//! How much of a story a record has.

use super::super::keys::Role;
use super::super::values::{has_any, has_line, prose};
use super::Record;
use crate::text::letters;
use serde_json::Value;
use std::borrow::Cow;

/// How much of a story an object has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::wire) enum Claim {
    /// No text under a known key.
    Nothing,
    /// A text, and nothing that tells a dispatch from a label: a story only beside others.
    Text,
    /// A line with its time or its sender: a flash, or a post.
    Line,
    /// A story.
    Story,
}

impl Record<'_> {
    /// Tells how much of a story the object has.
    pub(in crate::wire) fn claim(&self, is_item: bool) -> Claim {
        let headline = self.has_headline();
        let dated = self.has(Role::Filed);
        let named = self.has(Role::Guid);
        let about = dated || named || self.has(Role::Slug) || self.has(Role::Byline) || self.has(Role::Agency);
        let line = self.all(Role::Body).iter().any(|(_, v)| has_line(v));
        // What an interface writes in place of a story that was taken out.
        let is_removed = |(_, v): &(Cow<'_, str>, &Value)| {
            v.as_str().is_some_and(|t| t.eq_ignore_ascii_case("[removed]") || t.eq_ignore_ascii_case("[deleted]"))
        };
        if headline && self.all(Role::Headline).iter().all(is_removed) {
            return Claim::Nothing;
        }
        // A flash in a key that only newsrooms have, or filed, or signed.
        let is_desk = || self.all(Role::Headline).iter().any(|(k, _)| letters(k).starts_with("headline"));
        match () {
            () if self.is_story(is_item) => Claim::Story,
            () if line && (dated || (named && about && self.has(Role::Agency)) || (headline && is_desk())) => {
                Claim::Line
            }
            () if line || headline || self.all(Role::Summary).iter().any(|(_, v)| has_line(v)) => Claim::Text,
            () => Claim::Nothing,
        }
    }

    /// Tells whether it holds copy of its own, which reads like prose.
    pub(in crate::wire) fn has_copy(&self) -> bool {
        self.all(Role::Body).iter().any(|(_, v)| prose(v))
    }

    /// Tells whether the object is a story: it has a headline or a body that reads like
    /// one, and something else of a story.
    fn is_story(&self, is_item: bool) -> bool {
        let headline = self.has_headline();
        let body = self.all(Role::Body).iter().chain(&self.all(Role::Summary)).any(|(_, v)| prose(v));
        let dated = self.has(Role::Filed);
        let named = self.has(Role::Guid);
        // An object with the keys of an item of some newsroom, even where it is bare.
        let kept = named && (dated || self.has(Role::Status) || self.has(Role::Time) || self.is_typed);
        // In a format of news items an identifier and any text make one.
        let any_text = || self.all(Role::Body).iter().chain(&self.all(Role::Summary)).any(|(_, v)| has_any(v));
        if is_item && named && (headline || any_text()) {
            return true;
        }
        // A flash is a headline with nothing behind it yet, or a line.
        let about = dated || named || self.has(Role::Slug) || self.has(Role::Byline) || self.has(Role::Agency);
        let short = self.all(Role::Body).iter().any(|(_, v)| has_any(v));
        if headline && about && (short || (self.has_body_key && dated)) {
            return true;
        }
        (headline && (body || kept || (dated && self.has(Role::Byline))))
            || (body && (dated || named || self.has(Role::Slug)))
            || (kept && dated && self.has(Role::Slug))
    }
}
