//! Values of fields that are not words: names, days, numbers, paths.

use super::ast::{FieldValue, Node, NodeKind, NumberRange};
use super::bounds::parse_days;
use super::dates::DateRange;
use super::error::QueryError;
use super::lex::PieceKind;
use super::parse::Parser;
use crate::story::{Field, FieldKind};
use crate::text::fold;
use std::ops::Range;

/// Any value.
const ANY: &str = "*";

/// A field whose values are read.
#[derive(Clone)]
pub(super) struct Valued {
    pub(super) field: Field,
    pub(super) inferred: bool,
    /// Where its prefix stands.
    pub(super) prefix: Range<usize>,
}

impl Parser<'_> {
    /// Whether a group of values begins here: of names always, of days, numbers and paths
    /// where operators join its parts, since blanks may stand inside a day.
    pub(super) fn is_group_of_values(&self, kind: FieldKind) -> bool {
        let mut depth = 0_usize;
        let mut joined = matches!(kind, FieldKind::Name | FieldKind::Place | FieldKind::Bearer);
        for piece in &self.pieces[self.at..] {
            match piece.kind {
                PieceKind::Open => depth += 1,
                PieceKind::Close => depth = depth.saturating_sub(1),
                PieceKind::And | PieceKind::Or | PieceKind::Not => joined = true,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        joined && self.peek().is_some_and(|p| p.kind == PieceKind::Open)
    }

    /// Reads a group of values with operators between them; alternatives of names are one
    /// list of names.
    pub(super) fn values_of(&mut self, valued: Valued) -> Result<Option<Node>, QueryError> {
        let Some(open) = self.peek() else { return Ok(None) };
        self.at += 1;
        let empty = no_value(&valued);
        let from = valued.prefix.start;
        let outer = self.valued.replace(valued);
        let inner = self.group(open);
        self.valued = outer;
        let mut node = alternatives(inner?.ok_or(empty)?);
        node.span.start = from;
        Ok(Some(node))
    }

    /// Reads one value.
    pub(super) fn value_of(&mut self, valued: &Valued) -> Result<Node, QueryError> {
        let (value, span) = self.raw_value();
        if value.iter().all(|v| v.trim().is_empty()) {
            return Err(no_value(valued));
        }
        let Valued { field, inferred, prefix } = valued;
        let ranged = matches!(field.row().kind, FieldKind::Date | FieldKind::Number);
        if ranged && value[0].starts_with(['[', '{']) {
            let message = format!("{} is how another program writes a range", value.join(" "));
            return Err(QueryError::new(message, span, "write a range with two dots, as in date:1987..1988"));
        }
        let value = match field.row().kind {
            FieldKind::Name | FieldKind::Place | FieldKind::Bearer => {
                value.iter().try_for_each(|name| check_name(*field, name, &span))?;
                FieldValue::Names(value)
            }
            FieldKind::Path | FieldKind::Words => FieldValue::Path(value.join(" ")),
            FieldKind::Date => self.dates(*field, &value.join(" "), span.clone(), *inferred)?,
            FieldKind::Number => FieldValue::Numbers(numbers(&value.join(" "), span.clone())?),
        };
        let from = if self.valued.is_some() { span.start } else { prefix.start };
        Ok(Node { span: from..span.end, kind: NodeKind::Field(*field, value) })
    }

    /// The value of a field: one word, a quoted text, or what stands in parentheses.
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
        if value == ANY {
            // Any day, as `*` is any value of names: what has none stays out.
            return Ok(FieldValue::Dates { range: DateRange { from: None, to: None }, inferred });
        }
        match parse_days(value, self.today, None) {
            Ok(range) => Ok(FieldValue::Dates { range, inferred }),
            Err(e) => Err(QueryError::new(e.to_string(), span, e.hint())),
        }
    }
}

fn no_value(valued: &Valued) -> QueryError {
    let row = valued.field.row();
    QueryError::new(format!("{}: has no value", row.prefix), valued.prefix.clone(), format!("as in {}", row.example))
}

/// Refuses a pattern where names are compared by their sound or found in a table: taken as
/// it is, it would find nothing. `*` alone is any value; slugs and subjects are mere letters.
fn check_name(field: Field, name: &str, span: &Range<usize>) -> Result<(), QueryError> {
    if matches!(field, Field::Slug | Field::Subject) || name == ANY || !name.contains(['*', '?']) {
        return Ok(());
    }
    let prefix = field.row().prefix;
    let message = format!("{prefix}: takes names, not parts of them");
    let hint = format!("write the name, or {name} without {prefix}: for a word; {prefix}:* is any");
    Err(QueryError::new(message, span.clone(), hint))
}

/// Makes one list of names of alternatives that are nothing else.
fn alternatives(node: Node) -> Node {
    let Node { span, kind } = node;
    let each = |nodes: Vec<Node>| nodes.into_iter().map(alternatives).collect::<Vec<_>>();
    let kind = match kind {
        NodeKind::And(nodes) => NodeKind::And(each(nodes)),
        NodeKind::Not(inner) => NodeKind::Not(Box::new(alternatives(*inner))),
        NodeKind::Or(nodes) => {
            let nodes = each(nodes);
            let mut names = Vec::new();
            let mut of = None;
            for node in &nodes {
                if let NodeKind::Field(field, FieldValue::Names(list)) = &node.kind {
                    of = Some(*field);
                    names.extend(list.iter().cloned());
                }
            }
            match of {
                Some(field) if names.len() == nodes.len() => NodeKind::Field(field, FieldValue::Names(names)),
                _ => NodeKind::Or(nodes),
            }
        }
        other => other,
    };
    Node { span, kind }
}

/// Reads `300`, `>300`, `<=300` or `100..200`.
pub(super) fn numbers(value: &str, span: Range<usize>) -> Result<NumberRange, QueryError> {
    let fault = |message: String| QueryError::new(message, span.clone(), "as in words:>300 or words:100..200");
    let number = |text: &str| -> Result<Option<u64>, QueryError> {
        text.parse()
            .map(Some)
            .map_err(|_| fault(format!("{} is no number", if text.is_empty() { value } else { text })))
    };
    let end = |text: &str| if text.is_empty() { Ok(None) } else { number(text) };
    let up = |n: Option<u64>| n.map(|n| n.saturating_add(1));
    let down = |n: Option<u64>| n.map(|n| n.saturating_sub(1));
    let range = match value {
        ANY => NumberRange { from: Some(0), to: None },
        ".." => return Err(fault("a range without numbers is everything".to_owned())),
        v if v.contains("..") => {
            let (from, to) = v.split_once("..").unwrap_or((v, ""));
            NumberRange { from: end(from)?, to: end(to)? }
        }
        v if v.starts_with(">=") => NumberRange { from: number(&v[2..])?, to: None },
        v if v.starts_with("<=") => NumberRange { from: None, to: number(&v[2..])? },
        v if v.starts_with('>') => NumberRange { from: up(number(&v[1..])?), to: None },
        v if v.starts_with('<') => NumberRange { from: None, to: down(number(&v[1..])?) },
        v => NumberRange { from: number(v)?, to: number(v)? },
    };
    match (range.from, range.to) {
        (Some(from), Some(to)) if from > to => Err(fault(format!("the range runs backwards, from {from} to {to}"))),
        _ => Ok(range),
    }
}
