//! Faults of a query, drawn under it.

use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// Characters of the longest query that is drawn whole, and those shown of a longer one before a
/// fault, of it, and behind it: a line of a terminal.
const WHOLE_MAX: usize = 72;
const BEFORE_MAX: usize = 30;
const UNDER_MAX: usize = 30;
const AFTER_MAX: usize = 16;

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

    /// Draws the query with a caret under the fault; of a long query the part about it.
    #[must_use]
    pub fn draw(&self, text: &str) -> String {
        // Lines and tabs would move the caret away from what it points at.
        let plain = |part: &str| part.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
        let part = |range: Range<usize>| plain(text.get(range).unwrap_or_default());
        let (mut before, mut under) = (part(0..self.span.start), part(self.span.clone()));
        let mut after = part(self.span.end.min(text.len())..text.len());
        let long = text.chars().nth(WHOLE_MAX).is_some();
        if let Some((cut, _)) = before.char_indices().nth_back(BEFORE_MAX).filter(|_| long) {
            before = format!("…{}", before[cut..].trim_start());
        }
        for (part, most) in [(&mut under, UNDER_MAX), (&mut after, AFTER_MAX)].into_iter().filter(|_| long) {
            if let Some((cut, _)) = part.char_indices().nth(most) {
                part.truncate(cut);
                part.push('…');
            }
        }
        let (blanks, carets) = (before.width(), under.width().max(1));
        let line = format!("{before}{under}{after}");
        format!(
            "{}\n  {}\n  {}{}\nhint: {}",
            self.message,
            line.trim_end(),
            " ".repeat(blanks),
            "^".repeat(carets),
            self.hint
        )
    }
}

#[cfg(test)]
mod tests {
    use super::QueryError;

    #[test]
    fn the_caret_stands_under_the_fault() {
        let draw = |text: &str, span| QueryError::new("wrong", span, "right").draw(text);
        assert_eq!(draw("oil (gas", 4..5), "wrong\n  oil (gas\n      ^\nhint: right");
        assert_eq!(draw("oil", 3..3), "wrong\n  oil\n     ^\nhint: right");
        // A wide letter takes two columns, a mark none.
        assert_eq!(draw("俄罗斯 (", 10..11), "wrong\n  俄罗斯 (\n         ^\nhint: right");
        assert_eq!(draw("a\tb", 2..3), "wrong\n  a b\n    ^\nhint: right");
    }

    #[test]
    fn a_long_query_is_shown_about_its_fault() {
        let text = format!("{}(bad {}", "word ".repeat(400), "more ".repeat(400));
        let drawn = QueryError::new("wrong", 2000..2001, "right").draw(&text);
        let lines: Vec<&str> = drawn.lines().collect();
        assert!(lines.iter().all(|line| line.chars().count() <= 80), "{drawn}");
        assert_eq!(lines[1].chars().nth(lines[2].chars().count() - 1), Some('('), "{drawn}");
        assert!(lines[1].starts_with("  …") && lines[1].ends_with('…'), "{drawn}");
        let all = QueryError::new("wrong", 0..text.len(), "right").draw(&text);
        assert!(all.len() < 300, "{all}");
    }
}
