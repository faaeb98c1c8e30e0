//! Words, quotes, groups and fields: what operators join.

use super::ast::{FieldValue, Node, NodeKind};
use super::bare::{bare, phrase};
use super::error::QueryError;
use super::lex::{Piece, PieceKind};
use super::parse::Parser;
use super::value::{Valued, no_value};
use crate::story::{Field, FieldKind};
use std::ops::Range;

/// Deepest nesting of parentheses: far beyond what people write, far below the stack.
const NESTING_MAX: usize = 64;

impl Parser<'_> {
    pub(super) fn atom(&mut self) -> Result<Option<Node>, QueryError> {
        let Some(piece) = self.peek() else { return Ok(None) };
        if let (Some(valued), false) = (self.valued.clone(), matches!(piece.kind, PieceKind::Open | PieceKind::Close)) {
            return self.value_of(&valued).map(Some);
        }
        self.at += 1;
        let span = piece.span.clone();
        Ok(match &piece.kind {
            PieceKind::Open => return self.group(piece),
            PieceKind::Prefix(name) => return self.prefixed(name, piece),
            PieceKind::AtLeast(count) => return self.at_least(*count, piece),
            PieceKind::Quoted { text, exact, slop } => {
                super::signs::check_quoted(text, *exact, &span)?;
                phrase(text, *exact, *slop).map(|kind| Node { span, kind })
            }
            PieceKind::Regex(Some(pattern)) => {
                let built = regex::Regex::new(pattern);
                built.map_err(|e| bad_regex(&e, span.clone()))?;
                Some(Node { span, kind: NodeKind::Regex(pattern.clone()) })
            }
            PieceKind::Regex(None) => {
                // One with a second slash nowhere: text such as /ТАСС is no regex.
                let word = &self.text[span.clone()];
                if super::signs::is_regex(word) || word.matches('(').count() > word.matches(')').count() {
                    let message = "the regular expression is not closed";
                    return Err(QueryError::new(message, span, "end it with /, or put text between quotes"));
                }
                self.hint_regex(word);
                self.hint_foreign(word, false);
                self.word(word.trim_start_matches('/'), span)?
            }
            PieceKind::Bare(word) => {
                self.hint_foreign(
                    word,
                    self.peek().is_some_and(|p| p.kind == PieceKind::Open && p.span.start == span.end),
                );
                self.word(word, span)?
            }
            PieceKind::Fault(message, hint) => return Err(QueryError::new(message, span, hint)),
            PieceKind::Close
            | PieceKind::Minus
            | PieceKind::And
            | PieceKind::Or
            | PieceKind::Not
            | PieceKind::Near(_) => None,
        })
    }

    fn word(&self, word: &str, span: Range<usize>) -> Result<Option<Node>, QueryError> {
        match bare(word) {
            Ok(kind) => Ok(kind.map(|kind| Node { span, kind })),
            Err((message, hint)) => Err(QueryError::new(message, span, hint)),
        }
    }

    pub(super) fn group(&mut self, open: &Piece) -> Result<Option<Node>, QueryError> {
        if self.depth >= NESTING_MAX {
            let message = format!("parentheses nest deeper than {NESTING_MAX}");
            return Err(QueryError::new(message, open.span.clone(), "take some of them away"));
        }
        self.depth += 1;
        let inner = self.or();
        self.depth -= 1;
        if self.peek().is_some_and(|p| p.kind == PieceKind::Close) {
            self.at += 1;
        }
        inner
    }

    fn at_least(&mut self, count: u32, piece: &Piece) -> Result<Option<Node>, QueryError> {
        let fault = |span: Range<usize>, message: &str| {
            Err(QueryError::new(message, span, "as in ATLEAST/3(Syrie) or ATLEAST/3(Syrie OR Syrien*)"))
        };
        if !self.peek().is_some_and(|p| p.kind == PieceKind::Open) {
            return fault(piece.span.clone(), "ATLEAST has nothing in parentheses behind it");
        }
        match self.atom()? {
            Some(Node { kind: NodeKind::And(_), span }) => {
                fault(span, "ATLEAST counts a word, a phrase or alternatives, not several words at once")
            }
            Some(inner) => {
                super::near::check_operand(&inner)?;
                let span = piece.span.start..self.end();
                Ok(Some(Node { span, kind: NodeKind::AtLeast(count, Box::new(inner)) }))
            }
            None => fault(piece.span.clone(), "ATLEAST has nothing in parentheses behind it"),
        }
    }

    fn prefixed(&mut self, name: &str, piece: &Piece) -> Result<Option<Node>, QueryError> {
        if name.eq_ignore_ascii_case(super::saved::PREFIX) {
            return self.saved_query(piece);
        }
        let inferred = name.ends_with('~');
        let Some(field) = Field::from_prefix(name.trim_end_matches('~')) else {
            self.suggest(name);
            // Not a field: the name is a word like any other.
            return self.word(name, piece.span.clone());
        };
        let kind = field.row().kind;
        if inferred && !matches!(field, Field::Date | Field::Event) {
            let message = format!("{name}: has no inferred values");
            return Err(QueryError::new(
                message,
                piece.span.clone(),
                "only dates and times are inferred, as in date~:2024-12, event~:2024-12",
            ));
        }
        if kind == FieldKind::Words {
            return self.words_of(field, name, piece);
        }
        if self.in_words && !super::near::stands_in_text(field) {
            let message = format!("{name}: stands inside a field of words");
            return Err(QueryError::new(message, piece.span.clone(), "join the two fields with AND"));
        }
        let valued = Valued { field, inferred, prefix: piece.span.clone() };
        let ranged = matches!(kind, FieldKind::Date | FieldKind::Number);
        // date:-7d counts back: what a minus is before a day is told where it is read.
        let minus = !ranged && self.minus();
        if let Some(sign) = self.sign_of_not() {
            return Err(sign_before(name, sign, self.peek().map_or(0..0, |p| p.span.clone()), self.text));
        }
        if let Some(fault) = self.operator_for_value(&valued) {
            return Err(fault);
        }
        let node = if self.is_group_of_values(kind) { self.values_of(valued)? } else { Some(self.value_of(&valued)?) };
        Ok(node.map(|node| without(node, minus)))
    }

    /// Takes a minus that is glued to a prefix: person:-Putin is -person:Putin.
    fn minus(&mut self) -> bool {
        let minus = self.peek().is_some_and(|p| p.kind == PieceKind::Minus);
        self.at += usize::from(minus);
        minus
    }

    /// The sign that a value begins with and that other programs, or a pen, leave out by.
    fn sign_of_not(&self) -> Option<char> {
        let piece = self.peek()?;
        let word = matches!(piece.kind, PieceKind::Bare(_)).then(|| &self.text[piece.span.clone()])?;
        let mut chars = word.chars();
        let sign = chars.next().filter(|c| matches!(c, '!' | '\u{2212}' | '\u{2013}' | '\u{2014}'))?;
        chars.next().is_some_and(char::is_alphanumeric).then_some(sign)
    }

    fn words_of(&mut self, field: Field, name: &str, piece: &Piece) -> Result<Option<Node>, QueryError> {
        if self.in_words {
            let message = format!("{name}: stands inside another field of words");
            return Err(QueryError::new(message, piece.span.clone(), "join the two fields with AND"));
        }
        let minus = self.minus();
        if let Some(sign) = self.sign_of_not() {
            return Err(sign_before(name, sign, self.peek().map_or(0..0, |p| p.span.clone()), self.text));
        }
        let of = Valued { field, inferred: false, prefix: piece.span.clone() };
        if let Some(fault) = self.operator_for_value(&of) {
            return Err(fault);
        }
        self.in_words = true;
        let inner = self.atom();
        self.in_words = false;
        // A field without a word must not be dropped: all that stands behind it would mean another thing.
        let inner = inner?.ok_or_else(|| no_value(&of))?;
        let span = piece.span.start..self.end().max(inner.span.end);
        let kind = NodeKind::Field(field, FieldValue::Words(Box::new(inner)));
        Ok(Some(without(Node { span, kind }, minus)))
    }

    /// The fault of an operator where a value stands, headline:NOT Syria. A name may be written as
    /// one, place:OR, where nothing stands behind it.
    fn operator_for_value(&self, of: &Valued) -> Option<QueryError> {
        let is_operator =
            |p: &&Piece| matches!(p.kind, PieceKind::And | PieceKind::Or | PieceKind::Not | PieceKind::Near(_));
        let piece = self.peek().filter(is_operator)?;
        let behind = self.pieces.get(self.at + 1).filter(|p| p.kind != PieceKind::Close && !is_operator(p));
        let row = of.field.row();
        if behind.is_none() && row.kind != FieldKind::Words {
            return None;
        }
        let (name, word) = (row.prefix, &self.text[piece.span.clone()]);
        let value = behind.filter(|_| piece.kind == PieceKind::Not).and_then(|p| match p.kind {
            PieceKind::Bare(_) | PieceKind::Quoted { .. } => Some(&self.text[p.span.clone()]),
            PieceKind::Open => Some("(\u{2026})"),
            _ => None,
        });
        let hint = match value {
            Some(value) => format!("write -{name}:{value} to leave it out"),
            None => format!("as in {}; for the word itself write {name}:\"{word}\"", row.example),
        };
        Some(QueryError::new(format!("{name}: has no value: {word} is an operator"), piece.span.clone(), hint))
    }

    /// One past the last byte that was read.
    pub(super) fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|i| self.pieces.get(i)).map_or(0, |p| p.span.end)
    }
}

/// The same, left out where there is a minus; what is left out twice is there.
fn without(node: Node, minus: bool) -> Node {
    let span = node.span.clone();
    match node.kind {
        _ if !minus => node,
        NodeKind::Not(inner) => *inner,
        kind => Node { kind: NodeKind::Not(Box::new(Node { span: span.clone(), kind })), span },
    }
}

/// The fault of a value behind a sign that means nothing there.
pub(super) fn sign_before(name: &str, sign: char, span: Range<usize>, text: &str) -> QueryError {
    let value = text[span.clone()].trim_start_matches(sign);
    let message = format!("{sign} before a value means nothing");
    QueryError::new(message, span.clone(), format!("write -{name}:{value} to leave it out"))
}

fn bad_regex(e: &regex::Error, span: Range<usize>) -> QueryError {
    let last = e.to_string().lines().last().unwrap_or_default().trim().to_owned();
    let first = last.strip_prefix("error: ").unwrap_or(&last);
    QueryError::new(format!("the regular expression cannot be read: {first}"), span, "as in /p[ou]+tine/")
}

/// The least number of letters to change, add or take away.
pub(crate) fn letters_apart(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let a: Vec<char> = a.chars().collect();
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let replaced = row[j] + usize::from(x != y);
            let mut best = replaced.min(next[j] + 1).min(row[j + 1] + 1);
            // Two letters in each other's place are one slip.
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(above[j - 1] + 1);
            }
            next.push(best);
        }
        above = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}
