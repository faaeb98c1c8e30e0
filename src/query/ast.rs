//! The tree of a query.

use super::dates::DateRange;
use crate::story::Field;
use std::ops::Range;

/// A query as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The tree.
    pub root: Node,
}

/// A part of a query with its place in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Byte offsets in the query text.
    pub span: Range<usize>,
    /// What it asks for.
    pub kind: NodeKind,
}

/// What a part of a query asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// Every story.
    All,
    /// A word by its stem.
    Word(String),
    /// A word exactly as printed.
    Exact(String),
    /// Words one behind the other, folded and unstemmed.
    Phrase(Vec<String>),
    /// Words one behind the other, exactly as printed.
    ExactPhrase(Vec<String>),
    /// A folded word with `*` for any letters and `?` for one.
    Wildcard(String),
    /// A regular expression over one folded word.
    Regex(String),
    /// All of them.
    And(Vec<Node>),
    /// Any of them.
    Or(Vec<Node>),
    /// Every story without it.
    Not(Box<Node>),
    /// A field.
    Field(Field, FieldValue),
}

/// What is asked of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// Words, phrases and their combinations within the field.
    Words(Box<Node>),
    /// One of these names, folded when compared.
    Names(Vec<String>),
    /// Days of filing.
    Dates {
        /// The range.
        range: DateRange,
        /// Whether inferred bounds count too.
        inferred: bool,
    },
    /// Stories whose day of filing is not known.
    Undated,
    /// A range of numbers.
    Numbers(NumberRange),
    /// A folder, a file name or a glob.
    Path(String),
}

/// Numbers from one to another, both included; an absent end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberRange {
    /// The least.
    pub from: Option<u64>,
    /// The greatest.
    pub to: Option<u64>,
}

impl Node {
    /// Calls `each` with the node and every node below it.
    pub fn walk(&self, each: &mut dyn FnMut(&Node)) {
        each(self);
        match &self.kind {
            NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().for_each(|n| n.walk(each)),
            NodeKind::Not(node) | NodeKind::Field(_, FieldValue::Words(node)) => node.walk(each),
            NodeKind::All
            | NodeKind::Word(_)
            | NodeKind::Exact(_)
            | NodeKind::Phrase(_)
            | NodeKind::ExactPhrase(_)
            | NodeKind::Wildcard(_)
            | NodeKind::Regex(_)
            | NodeKind::Field(_, _) => {}
        }
    }
}
