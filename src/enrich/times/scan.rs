//! One pass over the text: words, figures and marks, each word looked up as it is read.
//!
//! Tokens are plain values and the folded forms of words beyond ASCII lie in one buffer:
//! nothing is allocated for a token. Each knows as bits what it may be, so that most rules
//! are passed over without a look at its letters. What stands between two tokens is kept as a gap; a mark other than a hyphen or an
//! apostrophe within a word is a token of its own, over which no expression reaches.

use super::han::{self, Han};
use super::numbers::digit_at;
use super::places::DASHES;
use crate::data::times::{Kind, Lexicon, REST, bit};
use crate::text::fold_into;
use crate::text::words::word_from;

/// Tokens of one story that are looked at; news copy has a few thousand at most.
pub(super) const TOKENS_MAX: usize = 400_000;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Word,
    /// A plain whole number.
    Number,
    /// A number with a decimal or grouping sign: never a day or a year.
    Amount,
    /// A day in figures: its number in [`Scan::figures`].
    Figures,
    /// A time of day in minutes.
    Time,
    Mark,
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    None,
    Blank,
    Line,
    Paragraph,
    Hyphen,
    Apostrophe,
}

/// A word, a figure or a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    folded: u32,
    folded_len: u16,
    /// Number of the head in the lexicon; 0 for words that it lacks.
    pub(super) head: u16,
    pub(super) class: Class,
    pub(super) gap: Gap,
    /// Digits of a number.
    pub(super) digits: u8,
    /// Value of a number, index of figures, minutes, or the character of a mark.
    pub(super) value: u32,
    /// Bits of the kinds that it may be.
    pub(super) is: u64,
}

impl Token {
    /// Tells whether a word is of ASCII letters alone.
    pub(super) fn is_ascii(&self) -> bool {
        self.folded_len == 0
    }
}

/// A day in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) year: i32,
    pub(super) month: u32,
    pub(super) day: u32,
    /// Whether day and month could be the other way round.
    pub(super) ambiguous: bool,
}

/// A text divided into tokens.
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) lexicon: &'static Lexicon,
    pub(super) tokens: Vec<Token>,
    pub(super) figures: Vec<Figure>,
    /// Folded forms of words beyond ASCII.
    folded: String,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, lexicon: &'static Lexicon) -> Scan<'a> {
        let mut scan = Scan {
            text,
            lexicon,
            tokens: Vec::with_capacity(text.len() / 5 + 8),
            figures: Vec::new(),
            folded: String::new(),
        };
        scan.run();
        scan
    }

    /// Returns the folded form of a word; of one in ASCII its printed form.
    pub(super) fn levelled(&self, token: &Token) -> &str {
        if token.folded_len == 0 {
            return self.shown(token);
        }
        let from = token.folded as usize;
        self.folded.get(from..from + usize::from(token.folded_len)).unwrap_or("")
    }

    /// Returns a token's text.
    pub(super) fn shown(&self, token: &Token) -> &str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or("")
    }

    /// Returns the bits of what a token may be; none where an expression does not reach it.
    pub(super) fn is(&self, at: usize) -> u64 {
        self.tokens.get(at).filter(|t| t.gap != Gap::Paragraph).map_or(0, |t| t.is)
    }

    fn run(&mut self) {
        let text = self.text;
        let numerals = matches!(self.lexicon.code(), "zh" | "ja");
        let (mut done, mut at) = (0, 0);
        while self.tokens.len() < TOKENS_MAX {
            let Some(word) = word_from(text, at) else { return };
            at = word.start;
            let mut gap = self.gap(done, at);
            while at < word.end {
                let end = if digit_at(text, at).is_some() {
                    self.number(at, gap)
                } else if let Some(numeral) = numerals.then(|| han::read(text, at)).flatten() {
                    self.numeral(at, numeral, gap)
                } else {
                    let end = letters_end(text, at, word.end);
                    self.word(at, end, gap);
                    end
                };
                at = end.max(at + 1);
                while !text.is_char_boundary(at) {
                    at += 1;
                }
                gap = Gap::None;
            }
            done = at;
        }
    }

    /// Reads what stands between two words; marks become tokens.
    fn gap(&mut self, from: usize, to: usize) -> Gap {
        let between = &self.text[from..to];
        match between {
            " " => return Gap::Blank,
            "" => return Gap::None,
            _ => {}
        }
        let bytes = between.as_bytes();
        if from > 0 && bytes.iter().all(|b| !b.is_ascii_whitespace()) {
            match between {
                "'" | "’" | "ʼ" | "`" | "‘" => return Gap::Apostrophe,
                "-" | "‐" | "‑" | "–" => return Gap::Hyphen,
                _ => {}
            }
        }
        let mut gap = Gap::None;
        let mut last = '\0';
        for (i, c) in between.char_indices() {
            match c {
                '\n' => gap = if matches!(gap, Gap::Line | Gap::Paragraph) { Gap::Paragraph } else { Gap::Line },
                '\r' => {}
                c if c.is_whitespace() => {
                    if gap == Gap::None {
                        gap = Gap::Blank;
                    }
                }
                c if crate::text::fold::is_invisible(c) => {}
                '°' | 'º' if i == 0 && self.ends_with_one() => {}
                c => {
                    if c != last {
                        let start = from + i;
                        self.push(start, start + c.len_utf8(), Class::Mark, gap, c as u32);
                    }
                    gap = Gap::None;
                    last = c;
                    continue;
                }
            }
            last = '\0';
        }
        gap
    }

    /// *1° giugno*: tells whether the last token is the figure one.
    fn ends_with_one(&self) -> bool {
        self.tokens.last().is_some_and(|t| t.class == Class::Number && t.value == 1)
    }

    pub(super) fn push(&mut self, start: usize, end: usize, class: Class, gap: Gap, value: u32) {
        let is = match class {
            Class::Word => 0,
            Class::Number => IN_FIGURES,
            Class::Amount => bit(Kind::DotTime),
            Class::Figures => bit(Kind::Figures),
            Class::Time => bit(Kind::Time),
            Class::Mark => mark_is(value),
        };
        self.tokens.push(Token {
            start: clip(start),
            end: clip(end),
            folded: 0,
            folded_len: 0,
            head: 0,
            class,
            gap,
            digits: 0,
            value,
            is,
        });
    }

    /// Adds a number in Chinese numerals and returns its end.
    fn numeral(&mut self, start: usize, numeral: Han, gap: Gap) -> usize {
        match numeral {
            Han::Number { value, digits, end } => {
                self.push(start, end, Class::Number, gap, value);
                if let Some(token) = self.tokens.last_mut() {
                    token.digits = digits;
                }
                end
            }
            Han::Opaque { end } => {
                self.word(start, end, gap);
                end
            }
        }
    }

    /// Adds a word; only one that is not of ASCII letters needs a folded form of its own.
    fn word(&mut self, start: usize, end: usize, gap: Gap) {
        let shown = &self.text[start..end];
        let from = self.folded.len();
        let head = if shown.is_ascii() {
            self.lexicon.head(shown)
        } else {
            fold_into(shown, &mut self.folded);
            self.lexicon.head_as_printed(shown, &self.folded[from..])
        };
        let roman = if matches!(shown.as_bytes()[0], b'I' | b'V' | b'X') { bit(Kind::Roman) } else { 0 };
        self.tokens.push(Token {
            start: clip(start),
            end: clip(end),
            folded: clip(from),
            folded_len: u16::try_from(self.folded.len() - from).unwrap_or(0),
            head,
            class: Class::Word,
            gap,
            digits: 0,
            value: 0,
            is: self.lexicon.entry(head).map_or(0, |h| h.is) | roman,
        });
    }
}

fn clip(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// What a plain number may be.
const IN_FIGURES: u64 = bit(Kind::Dd)
    | bit(Kind::Mm)
    | bit(Kind::Yyyy)
    | bit(Kind::Yy)
    | bit(Kind::Int)
    | bit(Kind::IntOrd)
    | bit(Kind::Hh)
    | bit(Kind::Min)
    | bit(Kind::Hhmm);

/// What a mark may be; a stop may also stand within a phrase: *p.m.*
fn mark_is(value: u32) -> u64 {
    match char::from_u32(value) {
        Some(',' | '،') => bit(Kind::Comma),
        Some('.') => bit(Kind::Dot) | REST,
        Some(c) if DASHES.contains(&c) => bit(Kind::Dash),
        Some('/') => bit(Kind::Slash),
        Some('(' | ')') => bit(Kind::Open),
        _ => 0,
    }
}

/// Returns the end of the letters from a place on, at `limit` the latest.
fn letters_end(text: &str, at: usize, limit: usize) -> usize {
    let bytes = &text.as_bytes()[..limit];
    let mut end = at + usize::from(bytes[at] < 128);
    while let Some(byte) = bytes.get(end) {
        if *byte < 128 {
            if byte.is_ascii_digit() {
                break;
            }
            end += 1;
        } else {
            if digit_at(text, end).is_some() {
                break;
            }
            end += text[end..].chars().next().map_or(1, char::len_utf8);
        }
    }
    end.min(limit)
}
