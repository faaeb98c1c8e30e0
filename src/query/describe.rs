//! A query in words: how it was read.

use super::ast::{FieldValue, Node, NodeKind};
use std::fmt::Write;

/// Returns the reading of a query in the query language itself, fully parenthesised.
#[must_use]
pub fn describe(node: &Node) -> String {
    match &node.kind {
        NodeKind::All => "*".to_owned(),
        NodeKind::Word(word) => word.clone(),
        NodeKind::Exact(word) => format!("={word}"),
        NodeKind::Phrase(words) => format!("\"{}\"", words.join(" ")),
        NodeKind::ExactPhrase(words) => format!("=\"{}\"", words.join(" ")),
        NodeKind::Wildcard(pattern) => pattern.clone(),
        NodeKind::Regex(pattern) => format!("/{pattern}/"),
        NodeKind::And(nodes) => joined(nodes, " AND "),
        NodeKind::Or(nodes) => joined(nodes, " OR "),
        NodeKind::Not(node) => format!("NOT {}", describe(node)),
        NodeKind::Field(field, value) => format!("{}:{}", field.row().prefix, value_of(value)),
    }
}

fn joined(nodes: &[Node], with: &str) -> String {
    let parts: Vec<String> = nodes.iter().map(describe).collect();
    format!("({})", parts.join(with))
}

fn value_of(value: &FieldValue) -> String {
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = match value {
        FieldValue::Words(node) => write!(out, "({})", describe(node)),
        FieldValue::Names(names) => write!(out, "{}", names.join("|")),
        FieldValue::Dates { range, inferred } => {
            let day = |d: Option<chrono::NaiveDate>| d.map_or(String::new(), |d| d.to_string());
            let mark = if *inferred { "~" } else { "" };
            write!(out, "{mark}{}..{}", day(range.from), day(range.to))
        }
        FieldValue::Undated => write!(out, "none"),
        FieldValue::Numbers(range) => {
            let number = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
            write!(out, "{}..{}", number(range.from), number(range.to))
        }
        FieldValue::Path(path) => write!(out, "{path}"),
    };
    out
}
