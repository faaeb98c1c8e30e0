//! Pieces to the tree: OR binds loosest, then AND and juxtaposition, then NOT, then proximity.

use super::ast::{Node, NodeKind, Query};
use super::beside::Beside;
use super::capitals::{ANY_REMEDY, REMEDY, as_text};
use super::error::QueryError;
use super::lex::{Piece, PieceKind, lex};
use super::saved::{Known, Saved};
use super::value::Valued;
use chrono::NaiveDate;
use std::cell::Cell;

/// Longest query, in bytes: a long pasted paragraph, several times over.
pub(super) const QUERY_BYTES_MAX: usize = 65_536;

/// What reading a query depends on besides its text.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The day that *yesterday* counts from.
    pub today: NaiveDate,
    /// Whether one of the words that stand side by side is enough.
    pub any: bool,
}

/// A query as read, with what its writer might like to know.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The query.
    pub query: Query,
    /// Hints: a prefix that is nearly a field's, for example.
    pub hints: Vec<String>,
}

/// Reads a query.
///
/// # Errors
/// An operator without its operand, a field value that means nothing, a bound exceeded,
/// or nothing to search for.
pub fn parse(text: &str, context: &Context) -> Result<Parsed, QueryError> {
    parse_with(text, context, &Saved::new())
}

/// Reads a query in which `query:NAME` stands for one of `saved`.
///
/// # Errors
/// As [`parse`], and a name that none has, that stands for what cannot be read, or for itself.
pub fn parse_with(text: &str, context: &Context, saved: &Saved) -> Result<Parsed, QueryError> {
    let (root, hints) = tree_of(text, context, Known { saved, within: &[], bytes: &Cell::new(0) })?;
    let query = Query { root };
    Ok(Parsed { query: if context.any { query.loosened() } else { query }, hints })
}

/// Reads a text to a tree, with hints.
pub(super) fn tree_of(text: &str, context: &Context, known: Known<'_>) -> Result<(Node, Vec<String>), QueryError> {
    if text.len() > QUERY_BYTES_MAX {
        let message = format!("the query has {} bytes; at most {QUERY_BYTES_MAX} are read", text.len());
        return Err(QueryError::new(message, 0..0, "search for a part of it"));
    }
    let mut pieces = lex(text);
    let mut hints = Vec::new();
    let words = as_text(text, &mut pieces, context.any);
    if !words.is_empty() {
        let hint = "the query is in capitals like a headline, and these are read as words";
        hints.push(format!("{hint}: {}; {}", words.join(" "), if context.any { ANY_REMEDY } else { REMEDY }));
    }
    if is_quoted_whole(text) {
        let marks = "the quotation marks of a text are text, and its words may stand in any order";
        hints.push(format!("{marks}; straight ones, \"\u{2026}\", make a phrase"));
    }
    let context = *context;
    let mut parser =
        Parser { text, pieces: &pieces, at: 0, depth: 0, context, known, in_words: false, valued: None, hints };
    parser.hint_unclosed();
    let mut nodes = Vec::new();
    loop {
        nodes.extend(parser.or()?);
        // A parenthesis that closes nothing is text.
        if parser.at >= pieces.len() {
            break;
        }
        parser.at += 1;
    }
    let mut joined = Beside::new(context.any);
    nodes.into_iter().for_each(|node| joined.push(node));
    let root = join(joined.nodes(), NodeKind::And).ok_or_else(|| {
        QueryError::new(
            "there is no word to search for",
            0..text.len(),
            "give a word, a field such as agency:AFP, or * for everything",
        )
    })?;
    Ok((root, parser.hints))
}

/// Most words of a quotation that is taken for a phrase by whoever types it alone.
const QUOTED_WORDS_MAX: usize = 8;

/// Tells whether a query is a few words between the quotation marks of a text and no more.
fn is_quoted_whole(text: &str) -> bool {
    let marks =
        ['\u{201C}', '\u{201D}', '\u{201E}', '«', '»', '\u{2039}', '\u{203A}', '\u{2018}', '\u{2019}', '「', '」'];
    let Some(inside) = text.trim().strip_prefix(marks).and_then(|t| t.strip_suffix(marks)) else { return false };
    let words = inside.split_whitespace().count();
    (2..=QUOTED_WORDS_MAX).contains(&words) && !inside.contains(['"', ':'])
}

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) pieces: &'a [Piece],
    pub(super) at: usize,
    pub(super) depth: usize,
    pub(super) context: Context,
    pub(super) known: Known<'a>,
    /// Whether what is read stands inside a field of words.
    pub(super) in_words: bool,
    /// The field whose values are read, inside a group of them.
    pub(super) valued: Option<Valued>,
    pub(super) hints: Vec<String>,
}

fn join(mut nodes: Vec<Node>, kind: fn(Vec<Node>) -> NodeKind) -> Option<Node> {
    if nodes.len() < 2 {
        return nodes.pop();
    }
    let span = nodes[0].span.start..nodes[nodes.len() - 1].span.end;
    Some(Node { span, kind: kind(nodes) })
}

impl<'a> Parser<'a> {
    pub(super) fn peek(&self) -> Option<&'a Piece> {
        self.pieces.get(self.at)
    }

    fn operand_missing(&self, piece: &Piece, side: &str) -> QueryError {
        let name = &self.text[piece.span.clone()];
        let hint = match piece.kind {
            PieceKind::Minus => format!("write something {side} it, as in -Syria or -\"New York\""),
            _ => format!("write something {side} it, or \"{}\" in lower case for the word", name.to_lowercase()),
        };
        QueryError::new(format!("{name} has nothing {side} it"), piece.span.clone(), hint)
    }

    pub(super) fn or(&mut self) -> Result<Option<Node>, QueryError> {
        let mut nodes = Vec::new();
        let mut pending: Option<&Piece> = None;
        loop {
            let node = self.and()?;
            match (node, pending) {
                (Some(node), _) => nodes.push(node),
                (None, Some(operator)) => return Err(self.operand_missing(operator, "behind")),
                (None, None) => {}
            }
            match self.peek() {
                Some(piece) if piece.kind == PieceKind::Or => {
                    if nodes.is_empty() {
                        return Err(self.operand_missing(piece, "before"));
                    }
                    pending = Some(piece);
                    self.at += 1;
                }
                _ => return Ok(join(nodes, NodeKind::Or)),
            }
        }
    }

    fn and(&mut self) -> Result<Option<Node>, QueryError> {
        let mut joined = Beside::new(self.context.any);
        let mut pending: Option<&Piece> = None;
        while let Some(piece) = self.peek() {
            match piece.kind {
                PieceKind::Or | PieceKind::Close => break,
                PieceKind::And => {
                    if joined.is_empty() {
                        return Err(self.operand_missing(piece, "before"));
                    }
                    pending = Some(piece);
                    joined.and();
                    self.at += 1;
                }
                _ => {
                    if let Some(node) = self.not()? {
                        joined.push(node);
                        pending = None;
                    }
                }
            }
        }
        match pending {
            Some(operator) => Err(self.operand_missing(operator, "behind")),
            None => Ok(join(joined.nodes(), NodeKind::And)),
        }
    }

    fn not(&mut self) -> Result<Option<Node>, QueryError> {
        let Some(first) = self.peek() else { return Ok(None) };
        let mut without = false;
        let mut last = first;
        while let Some(piece) = self.peek().filter(|p| matches!(p.kind, PieceKind::Not | PieceKind::Minus)) {
            // Twice without is with.
            without = !without;
            last = piece;
            self.at += 1;
        }
        let inner = match self.peek() {
            Some(next) if matches!(next.kind, PieceKind::Or | PieceKind::And | PieceKind::Close) => None,
            Some(_) => self.near()?,
            None => None,
        };
        match inner {
            Some(Node { kind: NodeKind::Not(inner), .. }) if without => Ok(Some(*inner)),
            Some(inner) if without => {
                let span = first.span.start..inner.span.end;
                Ok(Some(Node { span, kind: NodeKind::Not(Box::new(inner)) }))
            }
            None if last.kind == PieceKind::Not || self.leaves_out_nothing(last) => {
                Err(self.operand_missing(last, "behind"))
            }
            inner => Ok(inner),
        }
    }

    /// Whether a minus stands before what is there and holds nothing: -"" and -().
    fn leaves_out_nothing(&self, minus: &Piece) -> bool {
        if minus.kind != PieceKind::Minus {
            return false;
        }
        let mut glued = self.pieces.iter().filter(|p| p.span.start >= minus.span.end);
        match (glued.next().map(|p| &p.kind), glued.next().map(|p| &p.kind)) {
            (Some(PieceKind::Quoted { text, .. }), _) => text.trim().is_empty(),
            (Some(PieceKind::Open), Some(PieceKind::Close)) => true,
            _ => false,
        }
    }
}
