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
    /// Words one behind the other.
    Phrase(Phrase),
    /// A folded word with `*` for any letters and `?` for one.
    Wildcard(String),
    /// A folded word and those that so many edits (1 or 2) turn into it.
    Fuzzy(String, u8),
    /// A regular expression over one folded word.
    Regex(String),
    /// All of them.
    And(Vec<Node>),
    /// Any of them.
    Or(Vec<Node>),
    /// Every story without it.
    Not(Box<Node>),
    /// Two things near each other.
    Near(Box<Near>),
    /// So many occurrences at least.
    AtLeast(u32, Box<Node>),
    /// A field.
    Field(Field, FieldValue),
}

/// Words one behind the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The words; unless exact, `*` and `?` in them stand for letters.
    pub words: Vec<String>,
    /// Whether case and accents count.
    pub exact: bool,
    /// How many words may stand between, by Lucene's rule: in order, a swap costs 2.
    pub slop: u32,
}

/// Two things near each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// What is looked for.
    pub left: Node,
    /// What is near it, or must not be.
    pub right: Node,
    /// How near.
    pub distance: Distance,
    /// Whether what is asked for is an occurrence of the left with no right so near.
    pub without: bool,
}

/// How near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distance {
    /// The positions of the two nearest words differ by at most so many, in any order.
    Within(u32),
    /// The same, the left before the right.
    Before(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
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
    /// Calls `each` with the node and every node below it that is not excluded by a `NOT`.
    pub fn walk_asked(&self, each: &mut dyn FnMut(&Node)) {
        match &self.kind {
            NodeKind::Not(_) => {}
            NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().for_each(|n| n.walk_asked(each)),
            _ => self.walk(each),
        }
    }

    /// Calls `each` with the node and every node below it.
    pub fn walk(&self, each: &mut dyn FnMut(&Node)) {
        each(self);
        match &self.kind {
            NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().for_each(|n| n.walk(each)),
            NodeKind::Not(node) | NodeKind::AtLeast(_, node) | NodeKind::Field(_, FieldValue::Words(node)) => {
                node.walk(each)
            }
            NodeKind::Near(near) => {
                near.left.walk(each);
                near.right.walk(each);
            }
            NodeKind::All
            | NodeKind::Word(_)
            | NodeKind::Exact(_)
            | NodeKind::Phrase(_)
            | NodeKind::Wildcard(_)
            | NodeKind::Fuzzy(..)
            | NodeKind::Regex(_)
            | NodeKind::Field(_, _) => {}
        }
    }
}
