//! A query in words: how it was read.

use super::ast::{Distance, FieldValue, Node, NodeKind, Phrase};
use std::fmt::Write;

/// Returns the reading of a query in the query language itself, fully parenthesised.
/// Reading that again gives the same query.
#[must_use]
pub fn describe(node: &Node) -> String {
    match &node.kind {
        NodeKind::All => "*".to_owned(),
        NodeKind::Word(word) => word.clone(),
        NodeKind::Exact(word) => format!("={word}"),
        NodeKind::Phrase(phrase) => phrase_of(phrase),
        NodeKind::Wildcard(pattern) => pattern.clone(),
        NodeKind::Fuzzy(word, edits) => format!("{word}~{edits}"),
        NodeKind::Regex(pattern) => format!("/{pattern}/"),
        NodeKind::And(nodes) => joined(nodes, " AND "),
        NodeKind::Or(nodes) => joined(nodes, " OR "),
        NodeKind::Not(node) => format!("NOT {}", describe(node)),
        NodeKind::Near(near) => {
            let not = if near.without { "NOT " } else { "" };
            format!("({} {not}{} {})", describe(&near.left), distance(near.distance), describe(&near.right))
        }
        NodeKind::AtLeast(count, inner) => format!("ATLEAST/{count}{}", grouped(inner)),
        NodeKind::Field(field, value) => {
            let mark = if matches!(value, FieldValue::Dates { inferred: true, .. }) { "~" } else { "" };
            format!("{}{mark}:{}", field.row().prefix, value_of(value))
        }
    }
}

/// Writes a distance as its operator.
pub(super) fn distance(distance: Distance) -> String {
    match distance {
        Distance::Within(n) => format!("W/{n}"),
        Distance::Before(n) => format!("PRE/{n}"),
        Distance::Sentence => "W/s".to_owned(),
        Distance::Paragraph => "W/p".to_owned(),
    }
}

fn phrase_of(phrase: &Phrase) -> String {
    let exact = if phrase.exact { "=" } else { "" };
    let slop = if phrase.slop > 0 { format!("~{}", phrase.slop) } else { String::new() };
    format!("{exact}\"{}\"{slop}", phrase.words.join(" "))
}

fn joined(nodes: &[Node], with: &str) -> String {
    let parts: Vec<String> = nodes.iter().map(describe).collect();
    format!("({})", parts.join(with))
}

fn grouped(node: &Node) -> String {
    let inner = describe(node);
    if inner.starts_with('(') { inner } else { format!("({inner})") }
}

/// A name or path as it is typed: in quotes unless it is one plain word.
fn name(text: &str) -> String {
    // `=` of a value stands before its quotation marks.
    if let Some(rest) = text.strip_prefix('=').filter(|rest| rest.starts_with(char::is_alphanumeric)) {
        return format!("={}", name(rest));
    }
    let plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'));
    let operator = matches!(text, "AND" | "OR" | "NOT");
    if plain && !operator && !text.starts_with(['-', '/']) { text.to_owned() } else { format!("\"{text}\"") }
}

fn value_of(value: &FieldValue) -> String {
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = match value {
        FieldValue::Words(node) => match &node.kind {
            NodeKind::Word(_) | NodeKind::Phrase(_) => write!(out, "{}", describe(node)),
            _ => write!(out, "{}", grouped(node)),
        },
        FieldValue::Names(names) => match names.as_slice() {
            [one] => write!(out, "{}", name(one)),
            _ => {
                let names: Vec<String> = names.iter().map(|n| name(n)).collect();
                write!(out, "({})", names.join(" OR "))
            }
        },
        FieldValue::Dates { range, .. } if range.from.is_none() && range.to.is_none() => write!(out, "*"),
        FieldValue::Dates { range, .. } => {
            let day = |d: Option<chrono::NaiveDate>| d.map_or(String::new(), |d| d.to_string());
            write!(out, "{}..{}", day(range.from), day(range.to))
        }
        FieldValue::Undated => write!(out, "none"),
        FieldValue::Numbers(range) => {
            let number = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
            write!(out, "{}..{}", number(range.from), number(range.to))
        }
        FieldValue::Path(path) => write!(out, "{}", name(path)),
    };
    out
}
