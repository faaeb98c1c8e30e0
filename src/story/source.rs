//! Where a value comes from.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A place in a story's text: UTF-8 byte offsets, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Returns the span of `start..end`; texts end before 4 GiB.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Span {
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: clip(start), end: clip(end) }
    }

    /// Returns what the span covers in `text`, or nothing where it does not fit.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// Tells whether no byte is covered.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

/// How sure a value is, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Confidence {
    /// The source says so in as many words.
    Stated,
    /// It follows from what the source says, by rule.
    Derived,
    /// It is the likeliest reading; never shown as a fact.
    Inferred,
}

impl Confidence {
    /// Returns the word used in output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Confidence::Stated => "stated",
            Confidence::Derived => "derived",
            Confidence::Inferred => "inferred",
        }
    }
}

/// The place that a value was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Bytes of the story's text.
    Text(Span),
    /// A field of the markup, as a path such as `NewsLines/DateLine`.
    Field(Cow<'static, str>),
    /// A part of the file's path.
    Path(String),
}

/// One reason to believe a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Where it was read.
    pub origin: Origin,
    /// Name of the rule that read it, such as `dateline/agency-in-brackets`.
    pub rule: Cow<'static, str>,
    /// How sure the rule is.
    pub confidence: Confidence,
}

impl Evidence {
    /// Returns evidence from bytes of the text.
    #[must_use]
    pub fn text(span: Span, rule: &'static str, confidence: Confidence) -> Evidence {
        Evidence { origin: Origin::Text(span), rule: Cow::Borrowed(rule), confidence }
    }
}

/// A value together with the reasons to believe it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// At least one reason, except for defaults.
    pub evidence: Vec<Evidence>,
}

impl<T> Sourced<T> {
    /// Returns `value` as read from bytes of the text.
    #[must_use]
    pub fn text(value: T, span: Span, rule: &'static str, confidence: Confidence) -> Sourced<T> {
        Sourced { value, evidence: vec![Evidence::text(span, rule, confidence)] }
    }
}
