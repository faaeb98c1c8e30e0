//! Proximity: `W/5`, `PRE/3`, `W/s`, `NOT W/5` and what they may join.

use super::ast::{Distance, FieldValue, Near, Node, NodeKind};
use super::error::QueryError;
use super::lex::{Piece, PieceKind};
use super::parse::Parser;
use crate::story::{Field, FieldKind};

/// Most operators in a row, such as `a W/5 b W/5 c`: people write two or three.
const CHAIN_MAX: usize = 16;

impl Parser<'_> {
    /// Reads atoms joined by proximity; several are joined from the left.
    pub(super) fn near(&mut self) -> Result<Option<Node>, QueryError> {
        let mut left = if self.proximity().is_some() { None } else { self.atom()? };
        let mut operators = 0;
        while let Some((distance, without, pieces)) = self.proximity() {
            let operator = self.pieces[self.at].span.start..self.pieces[self.at + pieces - 1].span.end;
            let name = &self.text[operator.clone()];
            let missing = |side: &str| {
                let message = format!("{name} has nothing {side} it");
                QueryError::new(
                    message,
                    operator.clone(),
                    format!("write a word {side} it, as in Poutine {name} Assad"),
                )
            };
            let from = left.take().ok_or_else(|| missing("before"))?;
            self.at += pieces;
            operators += 1;
            if operators > CHAIN_MAX {
                let message = format!("more than {CHAIN_MAX} proximity operators in a row");
                return Err(QueryError::new(message, operator, "join parts of it with AND"));
            }
            let to = match self.peek().map(|p| &p.kind) {
                Some(PieceKind::Minus | PieceKind::Not) => None,
                _ => self.atom()?,
            };
            let to = to.ok_or_else(|| match self.left_out() {
                Some(word) if !without => {
                    let message = format!("a distance to what is not there cannot be told: {name} stands before a NOT");
                    let before = &self.text[from.span.clone()];
                    QueryError::new(message, operator.clone(), format!("write {before} NOT {name} {word}"))
                }
                _ => missing("behind"),
            })?;
            check_operand(&from)?;
            check_operand(&to)?;
            let span = from.span.start..to.span.end;
            let near = Near { left: from, right: to, distance, without };
            left = Some(Node { span, kind: NodeKind::Near(Box::new(near)) });
        }
        Ok(left)
    }

    /// What a minus or NOT leaves out that stands here.
    fn left_out(&self) -> Option<&str> {
        let is_not = |p: &&Piece| matches!(p.kind, PieceKind::Minus | PieceKind::Not);
        self.peek().filter(is_not)?;
        let next = self.pieces.get(self.at + 1)?;
        matches!(next.kind, PieceKind::Bare(_) | PieceKind::Quoted { .. }).then(|| &self.text[next.span.clone()])
    }

    /// The operator that stands here, if one does, and of how many pieces it is.
    fn proximity(&self) -> Option<(Distance, bool, usize)> {
        let kind = |i: usize| self.pieces.get(self.at + i).map(|p| &p.kind);
        match (kind(0)?, kind(1)) {
            (PieceKind::Near(distance), _) => Some((*distance, false, 1)),
            (PieceKind::Not, Some(PieceKind::Near(distance))) => Some((*distance, true, 2)),
            _ => None,
        }
    }
}

/// Refuses what has no place in the text.
pub(super) fn check_operand(node: &Node) -> Result<(), QueryError> {
    let fault = |message: String, hint: &str| Err(QueryError::new(message, node.span.clone(), hint));
    match &node.kind {
        NodeKind::Word(_)
        | NodeKind::Exact(_)
        | NodeKind::Phrase(_)
        | NodeKind::Wildcard(_)
        | NodeKind::Fuzzy(..)
        | NodeKind::Regex(_) => Ok(()),
        NodeKind::Or(nodes) => nodes.iter().try_for_each(check_operand),
        NodeKind::AtLeast(_, inner) => check_operand(inner),
        NodeKind::Near(near) => check_operand(&near.left).and_then(|()| check_operand(&near.right)),
        NodeKind::Field(field, FieldValue::Names(_)) if stands_in_text(*field) => Ok(()),
        NodeKind::Field(field, _) => fault(
            format!("{}: has no place among the words", field.row().prefix),
            if field.row().kind == FieldKind::Words {
                "join it with AND, or put the operator inside it: headline:(a W/5 b), headline:(ATLEAST/2(a))"
            } else {
                "join it with AND"
            },
        ),
        NodeKind::And(_) => fault(
            "a distance goes to a word, a phrase or alternatives, not to several words at once".into(),
            "write (a OR b), or \"a b\" for a phrase, or a W/5 b W/5 c",
        ),
        NodeKind::Not(_) => fault("a distance to what is not there cannot be told".into(), "write a NOT W/5 b"),
        NodeKind::All => fault("* for everything has no place among the words".into(), "give a word, or a part: synd*"),
    }
}

/// Whether the names of `field` are found at places in the text.
pub(super) fn stands_in_text(field: Field) -> bool {
    match field {
        Field::Person | Field::Place | Field::Org => true,
        Field::Speaker
        | Field::Quote
        | Field::Headline
        | Field::Lead
        | Field::Body
        | Field::Agency
        | Field::From
        | Field::Lang
        | Field::Date
        | Field::Event
        | Field::Path
        | Field::Byline
        | Field::Slug
        | Field::Subject
        | Field::Status
        | Field::Format
        | Field::Encoding
        | Field::Warning
        | Field::Words => false,
    }
}
