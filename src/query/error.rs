//! Faults of a query, drawn under it.

use std::ops::Range;

/// Most characters of a query that are drawn, a line of most terminals.
const SHOWN_MAX: usize = 72;
/// Those before the fault, where not all are.
const SHOWN_BEFORE: usize = 30;

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
        // Of a long query, what stands about the fault: wrapped, the caret would point nowhere.
        let long = text.chars().nth(SHOWN_MAX).is_some();
        let skipped = if long { before.saturating_sub(SHOWN_BEFORE) } else { 0 };
        let mut shown = text.chars().skip(skipped);
        // Lines and tabs would move the caret away from what it points at.
        let plain = |c: char| if c.is_control() { ' ' } else { c };
        let mut line: String = shown.by_ref().take(SHOWN_MAX).map(plain).collect();
        if skipped > 0 {
            line.insert(0, '\u{2026}');
        }
        if shown.next().is_some() {
            line.push('\u{2026}');
        }
        let at = before - skipped + usize::from(skipped > 0);
        let under = under.min(count(Some(&line)).saturating_sub(at).max(1));
        format!("{}\n  {line}\n  {}{}\nhint: {}", self.message, " ".repeat(at), "^".repeat(under), self.hint)
    }
}

#[cfg(test)]
mod tests {
    use super::QueryError;

    #[test]
    fn a_long_query_is_drawn_about_its_fault() {
        let drawn = |text: &str, span| QueryError::new("wrong", span, "right").draw(text);
        assert_eq!(drawn("a AND", 2..5), "wrong\n  a AND\n    ^^^\nhint: right");
        let long = "x".repeat(200) + " AND " + &"y".repeat(200);
        let lines: Vec<String> = drawn(&long, 201..204).lines().map(str::to_owned).collect();
        let (line, caret): (Vec<char>, _) = (lines[1].chars().collect(), lines[2].find('^').expect("a caret"));
        assert_eq!(line[caret..caret + 3].iter().collect::<String>(), "AND", "{lines:#?}");
        assert!(line.len() < 80 && line[2] == '\u{2026}' && line.ends_with(&['\u{2026}']), "{lines:#?}");
        assert!(drawn(&long, 0..405).lines().all(|line| line.chars().count() < 80));
    }
}
