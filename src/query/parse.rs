//! Pieces to the tree: OR binds loosest, then AND and juxtaposition, then NOT, then proximity.

use super::ast::{Node, NodeKind, Query};
use super::error::QueryError;
use super::lex::{Piece, PieceKind, lex};
use super::value::Valued;
use chrono::NaiveDate;

/// Longest query, in bytes: a long pasted paragraph, several times over.
const QUERY_BYTES_MAX: usize = 65_536;

/// What reading a query depends on besides its text.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The day that *yesterday* counts from.
    pub today: NaiveDate,
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
    if text.len() > QUERY_BYTES_MAX {
        let message = format!("the query has {} bytes; at most {QUERY_BYTES_MAX} are read", text.len());
        return Err(QueryError::new(message, 0..0, "search for a part of it"));
    }
    let mut pieces = lex(text);
    let mut hints = Vec::new();
    if let Some(word) = as_text(text, &mut pieces) {
        let hint = "the query is in capitals like a headline, and its operators are read as words";
        hints.push(format!("{hint}: {word}; write other words in small letters to have it as an operator"));
    }
    if is_quoted_whole(text) {
        let marks = "the quotation marks of a text are text, and its words may stand in any order";
        hints.push(format!("{marks}; straight ones, \"\u{2026}\", make a phrase"));
    }
    let mut parser =
        Parser { text, pieces: &pieces, at: 0, depth: 0, today: context.today, in_words: false, valued: None, hints };
    let mut nodes = Vec::new();
    loop {
        nodes.extend(parser.or()?);
        // A parenthesis that closes nothing is text.
        if parser.at >= pieces.len() {
            break;
        }
        parser.at += 1;
    }
    let root = join(nodes, NodeKind::And).ok_or_else(|| {
        QueryError::new(
            "there is no word to search for",
            0..text.len(),
            "give a word, a field such as agency:AFP, or * for everything",
        )
    })?;
    Ok(Parsed { query: Query { root }, hints: parser.hints })
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

/// Words of a headline in capitals at least, beside those that look like operators.
const CAPITALS_MIN: usize = 4;

/// Makes words of the operators of a text that is all in capitals, as headlines are; returns
/// the first of them. Words side by side tell it from acronyms that operators join.
fn as_text(text: &str, pieces: &mut [Piece]) -> Option<String> {
    let is_word = |p: &Piece| matches!(p.kind, PieceKind::Bare(_));
    let is_operator = |p: &Piece| matches!(p.kind, PieceKind::And | PieceKind::Or | PieceKind::Not | PieceKind::Minus);
    let side_by_side = pieces.windows(2).any(|pair| pair.iter().all(is_word));
    let words = pieces.iter().filter(|p| is_word(p) && text[p.span.clone()].chars().any(char::is_uppercase)).count();
    // 3rd and 10pct are small in every headline.
    let mut large = text.split_whitespace().filter(|w| !w.starts_with(|c: char| c.is_ascii_digit()));
    let is_cut = matches!(pieces.first().map(|p| &p.kind), Some(PieceKind::And | PieceKind::Or));
    let enough = words >= CAPITALS_MIN || is_cut && words > 1;
    if !enough || !side_by_side || large.any(|w| w.chars().any(char::is_lowercase)) {
        return None;
    }
    if !pieces.iter().all(|p| is_word(p) || is_operator(p)) {
        return None;
    }
    let mut first = None;
    for piece in pieces.iter_mut().filter(|p| is_operator(p)) {
        let word = text[piece.span.clone()].to_owned();
        piece.kind = PieceKind::Bare(word.to_lowercase());
        first.get_or_insert(word);
    }
    first
}

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) pieces: &'a [Piece],
    pub(super) at: usize,
    pub(super) depth: usize,
    pub(super) today: NaiveDate,
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
        let hint = format!("write something {side} it, or \"{}\" in lower case for the word", name.to_lowercase());
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
        let mut nodes = Vec::new();
        let mut pending: Option<&Piece> = None;
        while let Some(piece) = self.peek() {
            match piece.kind {
                PieceKind::Or | PieceKind::Close => break,
                PieceKind::And => {
                    if nodes.is_empty() {
                        return Err(self.operand_missing(piece, "before"));
                    }
                    pending = Some(piece);
                    self.at += 1;
                }
                _ => {
                    let before = nodes.len();
                    nodes.extend(self.not()?);
                    if nodes.len() > before {
                        pending = None;
                    }
                }
            }
        }
        match pending {
            Some(operator) => Err(self.operand_missing(operator, "behind")),
            None => Ok(join(nodes, NodeKind::And)),
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
            None if last.kind == PieceKind::Not => Err(self.operand_missing(last, "behind")),
            inner => Ok(inner),
        }
    }
}
