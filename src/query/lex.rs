//! Query text to pieces: words, quotes, parentheses, prefixes, operators.

use super::ast::Distance;
use crate::story::Field;
use std::ops::Range;

/// Widest distance of `W/n` and slop of a phrase: several paragraphs.
const DISTANCE_MAX: u32 = 1000;
/// Most occurrences that `ATLEAST/n` may ask for.
const AT_LEAST_MAX: u32 = 1000;

/// Most letters that other programs write behind an expression.
const FLAGS_MAX: usize = 3;

/// The colon that Chinese and Japanese keyboards write.
const WIDE_COLON: char = '\u{FF1A}';

/// What makes an expression of letters.
const SIGNS: [char; 14] = ['[', ']', '(', ')', '{', '}', '.', '*', '+', '?', '|', '^', '$', '\\'];

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
    Near(Distance),
    AtLeast(u32),
    /// An operator that is wrong: what is wrong and what would be right.
    Fault(String, String),
    /// `name:` glued to what follows; without the colon.
    Prefix(String),
    /// Quoted text without the quotes.
    Quoted {
        text: String,
        /// Whether `=` stands before it.
        exact: bool,
        /// The number behind `~`.
        slop: u32,
    },
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
            p.span.end == self.at && matches!(p.kind, PieceKind::Bare(_) | PieceKind::Quoted { .. } | PieceKind::Close)
        });
        !glued
    }

    fn step(&mut self) -> bool {
        let Some(c) = self.rest().chars().next() else { return false };
        match c {
            _ if c.is_whitespace() => self.at += c.len_utf8(),
            '(' => self.push(1, PieceKind::Open),
            ')' => self.push(1, PieceKind::Close),
            '"' if self.is_stray() => self.at += 1,
            '"' => self.quoted(false),
            _ if self.behind_prefix() && self.curly() => {}
            '=' if self.rest().starts_with("=\"") => self.quoted(true),
            '-' if self.at_start() && self.glued_to_text(1) && (self.behind_prefix() || !self.is_dash()) => {
                self.push(1, PieceKind::Minus);
            }
            '/' if self.at_start() && self.glued_to_text(1) => self.regex(),
            _ => self.bare(),
        }
        true
    }

    /// Whether the quotation mark that stands here opens nothing: behind a word and before none,
    /// it is an inch, or closes what nothing opened.
    fn is_stray(&self) -> bool {
        self.text[..self.at].ends_with(char::is_alphanumeric)
            && self.rest()[1..].chars().next().is_none_or(|c| !c.is_alphanumeric())
    }

    /// Whether something other than a blank follows `skip` bytes on.
    fn glued_to_text(&self, skip: usize) -> bool {
        let next = self.rest()[skip..].chars().next();
        next.is_some_and(|c| !c.is_whitespace() && c != ')' && c != '-')
    }

    /// Whether the minus that stands here is a dash of a pasted text: one that another
    /// closes, as in *he -they say- left*, or one before a number: a temperature, a loss, the
    /// sign-off -30-. A number is left out by NOT.
    fn is_dash(&self) -> bool {
        let line = self.text[self.at..].split('\n').next().unwrap_or("");
        let inside = &line[1..];
        if !inside.starts_with(char::is_alphanumeric) {
            return false;
        }
        if inside.starts_with(|c: char| c.is_numeric()) {
            return true;
        }
        let mut before = ' ';
        let mut chars = inside.chars().peekable();
        while let Some(c) = chars.next() {
            if c == '-' {
                let ends = chars.peek().is_none_or(|next| !next.is_alphanumeric() && *next != '-');
                match (before.is_whitespace(), ends) {
                    // Another opens, before this one is closed.
                    (true, false) => return false,
                    (false, true) => return true,
                    _ => {}
                }
            }
            before = c;
        }
        false
    }

    fn quoted(&mut self, exact: bool) {
        let open = if exact { 2 } else { 1 };
        let inside = &self.rest()[open..];
        let Some((length, _)) = inside.match_indices('"').find(|(at, _)| !is_gershayim(inside, *at)) else {
            // A quote that is never closed is text: an inch, a pasted half sentence.
            self.at += open;
            return;
        };
        let mut text = inside[..length].to_owned();
        let mut end = open + length + 1;
        // "oil pri"* is "oil pri*".
        if self.rest()[end..].starts_with('*') && text.ends_with(char::is_alphanumeric) && !text.is_empty() {
            let stars = self.rest()[end..].bytes().take_while(|b| *b == b'*').count();
            if !self.rest()[end + stars..].starts_with(char::is_alphanumeric) {
                text.push('*');
                end += stars;
            }
        }
        let behind = &self.rest()[end..];
        let digits = behind.strip_prefix('~').map_or(0, |d| d.bytes().take_while(u8::is_ascii_digit).count());
        if digits == 0 {
            self.push(end, PieceKind::Quoted { text, exact, slop: 0 });
            return;
        }
        let slop = number(&behind[1..=digits], DISTANCE_MAX);
        let kind = match slop {
            Some(slop) => PieceKind::Quoted { text, exact, slop },
            None => PieceKind::Fault(
                format!("at most {DISTANCE_MAX} words may stand between those of a phrase"),
                "join the words with AND where the distance does not matter".into(),
            ),
        };
        self.push(end + 1 + digits, kind);
    }

    /// Whether a prefix is glued to what stands here.
    fn behind_prefix(&self) -> bool {
        self.pieces.last().is_some_and(|p| p.span.end == self.at && matches!(p.kind, PieceKind::Prefix(_)))
    }

    /// Reads what stands between the quotation marks of a text, which telephones and word
    /// processors write by themselves: behind a prefix they can be nothing else.
    fn curly(&mut self) -> bool {
        let line = self.rest().split('\n').next().unwrap_or("");
        let mut chars = line.char_indices();
        let Some(closing) = chars.next().and_then(|(_, open)| closing_of(open)) else { return false };
        let ends = |at: usize| line[at..].chars().nth(1).is_none_or(|next| !next.is_alphanumeric());
        let Some((at, close)) = chars.find(|(at, c)| closing.contains(c) && ends(*at)) else { return false };
        let open = line.chars().next().map_or(0, char::len_utf8);
        let inside = line[open..at].trim();
        let mark = |(i, c): (usize, char)| if c == '"' && !is_gershayim(inside, i) { ' ' } else { c };
        let text = inside.char_indices().map(mark).collect();
        self.push(at + close.len_utf8(), PieceKind::Quoted { text, exact: false, slop: 0 });
        true
    }

    fn regex(&mut self) {
        let rest = self.rest();
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let word = &rest[..end];
        match word[1..].rfind('/') {
            Some(length) if length > 0 => {
                let inside = word[1..=length].to_owned();
                let behind = word[length + 2..].trim_end_matches(')');
                if let Some(fault) = behind_regex(&inside, behind) {
                    return self.push(end, fault);
                }
                if behind.starts_with(char::is_alphanumeric) {
                    // A path, /usr/bin.
                    return self.bare();
                }
                let is_text = !inside.contains(SIGNS) && inside.chars().any(|c| !c.is_alphanumeric());
                // The stamp of an agency, /PRNewswire-Asia/: over one word it could find nothing.
                let kind = if is_text { PieceKind::Bare(inside) } else { PieceKind::Regex(Some(inside)) };
                self.push(length + 2, kind);
            }
            _ => self.push(end, PieceKind::Regex(None)),
        }
    }

    fn bare(&mut self) {
        let rest = self.rest();
        let ends = |(i, c): &(usize, char)| match c {
            '(' | ')' => true,
            '"' => !is_gershayim(rest, *i),
            c => c.is_whitespace() && !parts_thousands(rest, *i, *c),
        };
        let end = rest.char_indices().find(ends).map_or(rest.len(), |(i, _)| i);
        let word = &rest[..end];
        if let Some((colon, width)) = self.prefix_of(word, end) {
            let name = word[..colon].to_owned();
            self.push(colon + width, PieceKind::Prefix(name));
            return;
        }
        self.bare_word(end);
    }

    /// Takes a word of `end` bytes.
    fn bare_word(&mut self, end: usize) {
        let word = &self.rest()[..end];
        let closed = self.pieces.last().is_some_and(|p| p.span.end == self.at && p.kind == PieceKind::Close);
        let kind = match word {
            _ if closed && is_likeness(word) => PieceKind::Fault(
                format!("{word} goes with a word or with what is between quotation marks"),
                "as in Pezechkian~1, or \"accord paix\"~3".into(),
            ),
            "AND" => PieceKind::And,
            "OR" => PieceKind::Or,
            "NOT" => PieceKind::Not,
            _ => operator(word).unwrap_or_else(|| PieceKind::Bare(word.to_owned())),
        };
        self.push(end.max(1), kind);
    }

    /// Where the colon of a prefix stands, and its bytes: letters and a colon with a value glued to
    /// it. The colon of a Chinese or Japanese keyboard is one behind the name of a field.
    fn prefix_of(&self, word: &str, end: usize) -> Option<(usize, usize)> {
        let (colon, sign) = word.char_indices().find(|(_, c)| *c == ':' || *c == WIDE_COLON)?;
        let (name, behind) = (&word[..colon], colon + sign.len_utf8());
        let name = name.strip_suffix('~').unwrap_or(name);
        let is_name = (2..=16).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphabetic());
        let is_name = is_name && (sign == ':' || Field::from_prefix(name).is_some());
        let follows = behind < end || matches!(self.rest()[end..].chars().next(), Some('(' | '"'));
        // A prefix behind glued text is part of it.
        (is_name && follows && self.at_start() && !word[behind..].starts_with("//")).then_some((colon, sign.len_utf8()))
    }
}

/// Whether the quotation mark at `at` is a letter's: before the last letter of an acronym,
/// Hebrew writes one, צה"ל.
fn is_gershayim(text: &str, at: usize) -> bool {
    let is_hebrew = |c: char| matches!(c, '\u{05D0}'..='\u{05F2}' | '\u{FB1D}'..='\u{FB4F}');
    text[..at].ends_with(is_hebrew) && text[at + 1..].starts_with(is_hebrew)
}

/// Whether a word is a sign of likeness alone, ~1.
fn is_likeness(word: &str) -> bool {
    word.strip_prefix('~').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// What is wrong with what is glued to the end of an expression: flags, or a likeness.
fn behind_regex(inside: &str, behind: &str) -> Option<PieceKind> {
    if is_likeness(behind) {
        let message = format!("/{inside}/ describes its words to the letter: ~ goes with a word");
        return Some(PieceKind::Fault(message, "as in Pezechkian~1, or write the letters into it: p[ou]+tine".into()));
    }
    let is_flags = (1..=FLAGS_MAX).contains(&behind.len()) && behind.bytes().all(|b| b"gimsuxy".contains(&b));
    let is_regex = inside.contains(|c| c != '.' && SIGNS.contains(&c)) || inside.contains(".*");
    (is_flags && is_regex).then(|| {
        let message = format!("an expression takes no letters behind it, such as {behind}");
        PieceKind::Fault(message, format!("write /{inside}/: case never counts in it"))
    })
}

/// Whether the blank at `at` is one that parts the thousands of a number: 30 000 with a
/// blank that does not break.
fn parts_thousands(text: &str, at: usize, blank: char) -> bool {
    let digits = |b: &[u8]| b.iter().take_while(|b| b.is_ascii_digit()).count();
    matches!(blank, '\u{A0}' | '\u{2009}' | '\u{202F}')
        && text[..at].ends_with(|c: char| c.is_ascii_digit())
        && digits(&text.as_bytes()[at + blank.len_utf8()..]) == 3
}

/// The marks that close what `open` opens, where that is a quotation mark other than `"`.
fn closing_of(open: char) -> Option<&'static [char]> {
    Some(match open {
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' | '\u{FF02}' => {
            &['\u{201C}', '\u{201D}', '\u{201F}', '\u{FF02}']
        }
        '«' | '»' => &['«', '»'],
        '\u{2039}' | '\u{203A}' => &['\u{2039}', '\u{203A}'],
        '\'' | '\u{2018}' | '\u{2019}' | '\u{201A}' => &['\'', '\u{2018}', '\u{2019}'],
        '「' => &['」'],
        '『' => &['』'],
        _ => return None,
    })
}

fn number(digits: &str, max: u32) -> Option<u32> {
    digits.parse().ok().filter(|n| *n <= max)
}

/// Tells whether a value is written in figures, such as -1 or 1.5: no word of a text.
fn is_number(value: &str) -> bool {
    value.parse::<f64>().is_ok_and(|n| n.is_finite()) && value.ends_with(|c: char| c.is_ascii_digit())
}

/// Reads `W/5`, `W/s`, `PRE/3`, `ATLEAST/3`; in capitals only, as every operator.
fn operator(word: &str) -> Option<PieceKind> {
    let (name, value) = word.split_once('/')?;
    if !matches!(name, "W" | "NEAR" | "PRE" | "ADJ" | "ATLEAST") {
        return None;
    }
    let fault = |message: String, hint: &str| Some(PieceKind::Fault(message, hint.to_owned()));
    let digits = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    if name == "ATLEAST" {
        return match number(value, AT_LEAST_MAX).filter(|n| *n > 0) {
            Some(n) => Some(PieceKind::AtLeast(n)),
            None if digits => {
                fault(format!("{word}: the number goes from 1 to {AT_LEAST_MAX}"), "as in ATLEAST/3(Syrie)")
            }
            None => fault(format!("{name}/ has no number"), "as in ATLEAST/3(Syrie)"),
        };
    }
    let ordered = matches!(name, "PRE" | "ADJ");
    match value {
        "s" | "S" if !ordered => Some(PieceKind::Near(Distance::Sentence)),
        "p" | "P" if !ordered => Some(PieceKind::Near(Distance::Paragraph)),
        _ if is_number(value) => match number(value, DISTANCE_MAX).filter(|n| digits && *n > 0) {
            Some(n) if ordered => Some(PieceKind::Near(Distance::Before(n))),
            Some(n) => Some(PieceKind::Near(Distance::Within(n))),
            None => fault(
                format!("{word}: a distance goes from 1 to {DISTANCE_MAX}"),
                "W/1 is adjacent; where the distance does not matter, use AND",
            ),
        },
        "" | "n" | "N" | "s" | "S" | "p" | "P" => {
            fault(format!("{name}/ has no number"), if ordered { "as in PRE/3" } else { "as in W/5, W/s or W/p" })
        }
        // W/O and the like are words of a pasted line.
        _ => None,
    }
}
