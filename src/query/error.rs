//! Faults of a query, drawn under it.

use std::ops::Range;

/// A fault: what is wrong, where, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// What is wrong: lower case, no final stop.
    pub message: String,
    /// Where, in bytes of the query text.
    pub span: Range<usize>,
    /// What would be right.
    pub hint: String,
}

impl QueryError {
    pub(super) fn new(message: impl Into<String>, span: Range<usize>, hint: impl Into<String>) -> QueryError {
        QueryError { message: message.into(), span, hint: hint.into() }
    }

    /// Draws the query with a caret under the fault.
    #[must_use]
    pub fn draw(&self, text: &str) -> String {
        let count = |part: Option<&str>| part.map_or(0, |p| p.chars().count());
        let before = count(text.get(..self.span.start));
        let under = count(text.get(self.span.clone())).max(1);
        // Lines and tabs would move the caret away from what it points at.
        let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        format!("{}\n  {line}\n  {}{}\nhint: {}", self.message, " ".repeat(before), "^".repeat(under), self.hint)
    }
}
