//! Queries that have names: `query:NAME` stands for what is saved as NAME.
//!
//! What a name stands for is read as if it stood there in parentheses. A fault in it is told where the
//! name stands, and a query that asks for itself, by whatever way, is one.

use super::ast::{FieldValue, Node, NodeKind};
use super::error::QueryError;
use super::lex::{Piece, PieceKind};
use super::parse::{Parser, QUERY_BYTES_MAX, tree_of};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;

/// The prefix of a name.
pub(super) const PREFIX: &str = "query";

/// The queries that are saved, by name.
pub type Saved = BTreeMap<String, String>;

/// What the names of a query may stand for, and where it is read.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) saved: &'a Saved,
    /// The names around what is read, outermost first.
    pub(super) within: &'a [&'a str],
    /// Bytes of all that names stood for so far: each may stand for several others.
    pub(super) bytes: &'a Cell<usize>,
}

impl Parser<'_> {
    /// Reads the name behind `query:` and what it stands for.
    pub(super) fn saved_query(&mut self, prefix: &Piece) -> Result<Option<Node>, QueryError> {
        let fault = |message: String, span: Range<usize>, hint: String| Err(QueryError::new(message, span, hint));
        if self.in_words {
            let message = format!("{PREFIX}: stands inside a field of words");
            return fault(message, prefix.span.clone(), "join the two with AND".to_owned());
        }
        let name = match self.peek().map(|piece| &piece.kind) {
            Some(PieceKind::Bare(name) | PieceKind::Quoted { text: name, .. }) => name.trim().to_owned(),
            _ => String::new(),
        };
        let end = self.peek().map_or(prefix.span.end, |piece| piece.span.end);
        self.at += 1;
        let span = prefix.span.start..end;
        let Known { saved, within, bytes } = self.known;
        let found = saved.iter().find(|(own, _)| own.to_lowercase() == name.to_lowercase());
        let Some((name, text)) = found else {
            let names: Vec<&str> = saved.keys().map(String::as_str).collect();
            let hint = match names.as_slice() {
                [] => "save one in the configuration, under [query], as in: putin-syria = 'person:Putin place:Syria'"
                    .to_owned(),
                names => format!("there are {}", names.join(", ")),
            };
            return fault(format!("no query is saved as {name:?}"), span, hint);
        };
        if within.contains(&name.as_str()) {
            let way = [within, &[name.as_str()]].concat().join(", which asks for ");
            return fault(format!("{PREFIX}:{name} asks for itself"), span, format!("it is {way}"));
        }
        bytes.set(bytes.get() + text.len());
        if bytes.get() > QUERY_BYTES_MAX {
            let message = format!("what the names stand for has more than {QUERY_BYTES_MAX} bytes");
            return fault(message, span, "search for a part of it".to_owned());
        }
        let within = [within, &[name.as_str()]].concat();
        let known = Known { saved, within: &within, bytes };
        match tree_of(text, &self.context, known) {
            Ok((mut root, hints)) => {
                self.hints.extend(hints.into_iter().map(|hint| format!("in {PREFIX}:{name}: {hint}")));
                put_at(&mut root, &span);
                Ok(Some(root))
            }
            Err(e) => {
                let place = text.get(e.span.clone()).filter(|place| !place.is_empty() && *place != text.as_str());
                let place = place.map_or_else(String::new, |place| format!(", at {place}"));
                fault(format!("{PREFIX}:{name} cannot be read: {}{place}", e.message), span, e.hint)
            }
        }
    }
}

/// Gives a tree the place of the name that it stands for.
fn put_at(node: &mut Node, span: &Range<usize>) {
    node.span = span.clone();
    match &mut node.kind {
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter_mut().for_each(|node| put_at(node, span)),
        NodeKind::Not(inner) | NodeKind::AtLeast(_, inner) | NodeKind::Field(_, FieldValue::Words(inner)) => {
            put_at(inner, span);
        }
        NodeKind::Near(near) => {
            put_at(&mut near.left, span);
            put_at(&mut near.right, span);
        }
        NodeKind::All
        | NodeKind::Word(_)
        | NodeKind::Exact(_)
        | NodeKind::Phrase(_)
        | NodeKind::Wildcard(_)
        | NodeKind::Fuzzy(..)
        | NodeKind::Regex(_)
        | NodeKind::Field(..) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::Saved;
    use crate::query::{Context, describe, parse_with};
    use chrono::NaiveDate;

    fn read(text: &str) -> String {
        let saved: Saved = [
            ("ps", "person:Putin place:Syria"),
            ("Either", "Alep OR query:ps"),
            ("loop", "a query:knot"),
            ("knot", "query:loop"),
            ("bad", "date:2024-13"),
            ("typo", "agncy:AFP"),
        ]
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .into();
        let context = Context { today: NaiveDate::default(), any: false };
        match parse_with(text, &context, &saved) {
            Ok(parsed) => [vec![describe(&parsed.query.root)], parsed.hints].concat().join(" | "),
            Err(e) => format!("{} @{:?}: {}", e.message, e.span, e.hint),
        }
    }

    #[test]
    fn a_name_stands_for_its_query_in_parentheses() {
        let context = Context { today: NaiveDate::default(), any: false };
        for (named, whole) in [
            ("query:ps", "person:Putin place:Syria"),
            ("QUERY:PS lang:fr", "(person:Putin place:Syria) lang:fr"),
            ("-query:ps trêve", "-(person:Putin place:Syria) trêve"),
            ("query:either -query:\"ps\"", "(Alep OR (person:Putin place:Syria)) -(person:Putin place:Syria)"),
        ] {
            let whole = parse_with(whole, &context, &Saved::new()).expect(whole);
            assert_eq!(read(named), describe(&whole.query.root), "{named}");
        }
        assert!(read("query:typo").contains(" | in query:typo: "), "{}", read("query:typo"));
    }

    #[test]
    fn what_cannot_be_carried_out_is_told_where_the_name_stands() {
        for (text, told) in [
            ("a query:none", "no query is saved as \"none\" @2..12: there are Either, bad, knot, loop, ps, typo"),
            ("query:loop", "query:loop cannot be read: query:knot cannot be read: query:loop asks for itself"),
            ("b query:bad", "query:bad cannot be read: "),
            ("headline:(query:ps)", "query: stands inside a field of words"),
            ("query:()", "no query is saved as \"\""),
        ] {
            assert!(read(text).starts_with(told), "{text}: {}", read(text));
        }
        assert!(read("b query:bad").contains("@2..11"), "{}", read("b query:bad"));
        let many: Saved = (0..40).map(|n| (format!("q{n}"), format!("query:q{} OR query:q{0}", n + 1))).collect();
        let context = Context { today: NaiveDate::default(), any: false };
        let e = parse_with("query:q0", &context, &many).expect_err("more than anybody reads");
        assert!(e.message.contains("bytes") || e.message.contains("q40"), "{}", e.message);
    }
}
