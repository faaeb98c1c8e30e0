//! Values of fields that are not words: names, days, numbers, paths.

use super::ast::{FieldValue, NumberRange};
use super::dates::parse_date_expr;
use super::error::QueryError;
use super::lex::PieceKind;
use super::parse::Parser;
use crate::story::Field;
use crate::text::fold;
use std::ops::Range;

impl Parser<'_> {
    /// The value of a field of names: one word, a quoted text, or alternatives in
    /// parentheses.
    pub(super) fn raw_value(&mut self) -> (Vec<String>, Range<usize>) {
        let from = self.peek().map_or(self.text.len(), |p| p.span.start);
        let mut values = Vec::new();
        let grouped = self.peek().is_some_and(|p| p.kind == PieceKind::Open);
        self.at += usize::from(grouped);
        let mut end = from;
        while let Some(piece) = self.peek() {
            let glued = piece.span.start == end || values.is_empty();
            if !grouped && (!glued || matches!(piece.kind, PieceKind::Open | PieceKind::Close)) {
                break;
            }
            self.at += 1;
            end = piece.span.end;
            match &piece.kind {
                PieceKind::Close => break,
                PieceKind::Or | PieceKind::And | PieceKind::Open | PieceKind::Not | PieceKind::Minus if grouped => {}
                PieceKind::Quoted { text: inside, exact, .. } => {
                    values.push(if *exact { format!("={inside}") } else { inside.clone() });
                }
                _ if grouped || values.is_empty() => values.push(self.text[piece.span.clone()].to_owned()),
                _ => {
                    if let Some(last) = values.last_mut() {
                        last.push_str(&self.text[piece.span.clone()]);
                    }
                }
            }
        }
        (values, from..end)
    }

    pub(super) fn dates(
        &self,
        field: Field,
        value: &str,
        span: Range<usize>,
        inferred: bool,
    ) -> Result<FieldValue, QueryError> {
        if field == Field::Date && matches!(fold(value).as_str(), "none" | "unknown" | "undated") {
            return Ok(FieldValue::Undated);
        }
        match parse_date_expr(value, self.today, None) {
            Ok(range) => Ok(FieldValue::Dates { range, inferred }),
            Err(e) => Err(QueryError::new(e.to_string(), span, e.hint())),
        }
    }
}

/// Reads `300`, `>300`, `<=300` or `100..200`.
pub(super) fn numbers(value: &str, span: Range<usize>) -> Result<NumberRange, QueryError> {
    let number = |text: &str| -> Result<Option<u64>, QueryError> {
        if text.is_empty() {
            return Ok(None);
        }
        let fault =
            || QueryError::new(format!("{text} is no number"), span.clone(), "as in words:>300 or words:100..200");
        text.parse().map(Some).map_err(|_| fault())
    };
    let up = |n: Option<u64>| n.map(|n| n.saturating_add(1));
    let down = |n: Option<u64>| n.map(|n| n.saturating_sub(1));
    Ok(match value {
        v if v.contains("..") => {
            let (from, to) = v.split_once("..").unwrap_or((v, ""));
            NumberRange { from: number(from)?, to: number(to)? }
        }
        v if v.starts_with(">=") => NumberRange { from: number(&v[2..])?, to: None },
        v if v.starts_with("<=") => NumberRange { from: None, to: number(&v[2..])? },
        v if v.starts_with('>') => NumberRange { from: up(number(&v[1..])?), to: None },
        v if v.starts_with('<') => NumberRange { from: None, to: down(number(&v[1..])?) },
        v => NumberRange { from: number(v)?, to: number(v)? },
    })
}
