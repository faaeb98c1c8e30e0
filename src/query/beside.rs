//! What stands side by side, and what AND joins.
//!
//! Where all of a query must hold, the two are one. Where any is enough, one of the words side
//! by side is: a written AND still asks for what is on either side of it, and filters and what
//! is left out hold for all.

use super::ast::{Node, NodeKind};
use crate::story::FieldKind;

/// Parts of a query in their order.
pub(super) struct Beside {
    any: bool,
    /// What stands between one AND and the next.
    runs: Vec<Vec<Node>>,
}

impl Beside {
    pub(super) fn new(any: bool) -> Beside {
        Beside { any, runs: vec![Vec::new()] }
    }

    pub(super) fn push(&mut self, node: Node) {
        if let Some(run) = self.runs.last_mut() {
            run.push(node);
        }
    }

    /// Takes a written AND.
    pub(super) fn and(&mut self) {
        self.runs.push(Vec::new());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.runs.iter().all(Vec::is_empty)
    }

    /// The parts of which each has to hold.
    pub(super) fn nodes(self) -> Vec<Node> {
        let runs = self.runs.into_iter();
        if self.any { runs.flat_map(any_word).collect() } else { runs.flatten().collect() }
    }
}

/// A run with its words made alternatives, where the first of them stands.
fn any_word(run: Vec<Node>) -> Vec<Node> {
    let first = run.iter().position(|n| !holds_for_all(n));
    let (mut parts, words): (Vec<Node>, Vec<Node>) = run.into_iter().partition(holds_for_all);
    if let (Some(first), [head, .., tail]) = (first, words.as_slice()) {
        let span = head.span.start..tail.span.end;
        parts.insert(first, Node { span, kind: NodeKind::Or(words) });
    } else if let Some(first) = first {
        words.into_iter().for_each(|word| parts.insert(first, word));
    }
    parts
}

/// Whether a part is a filter, or is left out: neither is a word that may be missing.
fn holds_for_all(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Not(_) => true,
        NodeKind::Field(field, _) => field.row().kind != FieldKind::Words,
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().all(holds_for_all),
        NodeKind::All
        | NodeKind::Word(_)
        | NodeKind::Exact(_)
        | NodeKind::Phrase(_)
        | NodeKind::Wildcard(_)
        | NodeKind::Fuzzy(..)
        | NodeKind::Regex(_)
        | NodeKind::Near(_)
        | NodeKind::AtLeast(..) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::query::{Context, describe, parse};
    use chrono::NaiveDate;

    #[test]
    fn any_is_for_words_side_by_side() {
        for (typed, read) in [
            ("oil gas", "(oil OR gas)"),
            ("oil AND gas", "(oil AND gas)"),
            ("crude oil AND gas price", "((crude OR oil) AND (gas OR price))"),
            (
                "oil gas agency:AFP -coal date:2024",
                "((oil OR gas) AND agency:AFP AND NOT coal AND date:2024-01-01..2024-12-31)",
            ),
            ("agency:AFP oil", "(agency:AFP AND oil)"),
            ("(agency:AFP OR agency:IRNA) oil gas", "((agency:AFP OR agency:IRNA) AND (oil OR gas))"),
            ("person:(Putin NOT Biden) oil gas", "((person:Putin AND NOT person:Biden) AND (oil OR gas))"),
            ("headline:(oil gas) trade", "(headline:(oil OR gas) OR trade)"),
            ("oil gas OR coal AND tar", "((oil OR gas) OR (coal AND tar))"),
            ("(oil AND gas) coal", "((oil AND gas) OR coal)"),
            ("-(oil gas)", "NOT (oil OR gas)"),
            ("speaker:Macron quote:peace", "(speaker:Macron AND quote:peace)"),
            ("oil) gas", "(oil OR gas)"),
            ("person:Putin place:Moscow", "(person:Putin AND place:Moscow)"),
        ] {
            let parsed = parse(typed, &Context { today: NaiveDate::default(), any: true }).expect(typed);
            assert_eq!(describe(&parsed.query.root), read, "{typed}");
        }
    }
}
