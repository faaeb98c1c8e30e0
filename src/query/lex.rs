//! Query text to pieces: words, quotes, parentheses, prefixes.

use std::ops::Range;

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) span: Range<usize>,
    pub(super) kind: PieceKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    Open,
    Close,
    /// `-` glued to what follows.
    Minus,
    And,
    Or,
    Not,
    /// `name:` glued to what follows; without the colon.
    Prefix(String),
    /// Quoted text without the quotes, and whether `=` stands before it.
    Quoted(String, bool),
    /// `/…/` without the slashes; `None` where it is not closed.
    Regex(Option<String>),
    /// Anything else up to a blank.
    Bare(String),
}

/// Cuts `text` into pieces. Nothing is refused here.
pub(super) fn lex(text: &str) -> Vec<Piece> {
    let mut lexer = Lexer { text, at: 0, pieces: Vec::new() };
    while lexer.step() {}
    lexer.pieces
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    pieces: Vec<Piece>,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn push(&mut self, length: usize, kind: PieceKind) {
        self.pieces.push(Piece { span: self.at..self.at + length, kind });
        self.at += length;
    }

    /// Whether what stands here begins a piece: behind a blank, a parenthesis, a prefix.
    fn at_start(&self) -> bool {
        let glued = self.pieces.last().is_some_and(|p| {
            p.span.end == self.at && matches!(p.kind, PieceKind::Bare(_) | PieceKind::Quoted(..) | PieceKind::Close)
        });
        !glued
    }

    fn step(&mut self) -> bool {
        let Some(c) = self.rest().chars().next() else { return false };
        match c {
            _ if c.is_whitespace() => self.at += c.len_utf8(),
            '(' => self.push(1, PieceKind::Open),
            ')' => self.push(1, PieceKind::Close),
            '"' => self.quoted(false),
            '=' if self.rest().starts_with("=\"") => self.quoted(true),
            '-' if self.at_start() && self.glued_to_text(1) => self.push(1, PieceKind::Minus),
            '/' if self.at_start() && self.glued_to_text(1) => self.regex(),
            _ => self.bare(),
        }
        true
    }

    /// Whether something other than a blank follows `skip` bytes on.
    fn glued_to_text(&self, skip: usize) -> bool {
        let next = self.rest()[skip..].chars().next();
        next.is_some_and(|c| !c.is_whitespace() && c != ')' && c != '-')
    }

    fn quoted(&mut self, exact: bool) {
        let open = if exact { 2 } else { 1 };
        match self.rest()[open..].find('"') {
            Some(length) => {
                let inside = self.rest()[open..open + length].to_owned();
                self.push(open + length + 1, PieceKind::Quoted(inside, exact));
            }
            // A quote that is never closed is text: an inch, a pasted half sentence.
            None => self.at += open,
        }
    }

    fn regex(&mut self) {
        let rest = self.rest();
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let word = &rest[..end];
        match word[1..].rfind('/') {
            Some(length) if length > 0 => {
                let inside = word[1..=length].to_owned();
                self.push(length + 2, PieceKind::Regex(Some(inside)));
            }
            _ => self.push(end, PieceKind::Regex(None)),
        }
    }

    fn bare(&mut self) {
        let rest = self.rest();
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"')).unwrap_or(rest.len());
        let word = &rest[..end];
        if let Some(colon) = self.prefix_of(word, end) {
            let name = word[..colon].to_owned();
            self.push(colon + 1, PieceKind::Prefix(name));
            return;
        }
        let kind = match word {
            "AND" => PieceKind::And,
            "OR" => PieceKind::Or,
            "NOT" => PieceKind::Not,
            _ => PieceKind::Bare(word.to_owned()),
        };
        self.push(end.max(1), kind);
    }

    /// The length of a prefix: letters and a colon, with a value glued to it.
    fn prefix_of(&self, word: &str, end: usize) -> Option<usize> {
        let colon = word.find(':')?;
        let name = word[..colon].strip_suffix('~').unwrap_or(&word[..colon]);
        let is_name = (2..=16).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphabetic());
        let follows = colon + 1 < end || matches!(self.rest()[end..].chars().next(), Some('(' | '"'));
        // A prefix behind glued text is part of it.
        (is_name && follows && self.at_start() && !word[colon + 1..].starts_with("//")).then_some(colon)
    }
}
