//! One pass over the text: words, figures and marks, each word looked up as it is read.
//!
//! Folded words lie in one buffer and tokens are plain values: nothing is allocated for a
//! token. What stands between two tokens is kept as a gap; a mark other than a hyphen or an
//! apostrophe within a word is a token of its own, over which no expression reaches.

use crate::data::times::Lexicon;
use crate::text::{fold_into, words};

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
    folded: String,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, lexicon: &'static Lexicon) -> Scan<'a> {
        let mut scan = Scan {
            text,
            lexicon,
            tokens: Vec::with_capacity(text.len() / 5 + 8),
            figures: Vec::new(),
            folded: String::with_capacity(text.len() + 8),
        };
        scan.run();
        scan
    }

    /// Returns the folded form of a word.
    pub(super) fn folded(&self, token: &Token) -> &str {
        let from = token.folded as usize;
        self.folded.get(from..from + usize::from(token.folded_len)).unwrap_or("")
    }

    /// Returns a token's text.
    pub(super) fn shown(&self, token: &Token) -> &str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or("")
    }

    fn run(&mut self) {
        let text = self.text;
        let mut done = 0;
        for word in words(text) {
            if self.tokens.len() >= TOKENS_MAX {
                return;
            }
            if word.end <= done {
                continue;
            }
            let mut at = word.start.max(done);
            let mut gap = self.gap(done, at);
            while at < word.end {
                let first = text.as_bytes()[at];
                let end = if digit_at(text, at).is_some() {
                    self.number(at, gap)
                } else {
                    let end = letters_end(text, at, word.end, first);
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

    fn push(&mut self, start: usize, end: usize, class: Class, gap: Gap, value: u32) {
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.tokens.push(Token {
            start: clip(start),
            end: clip(end),
            folded: clip(self.folded.len()),
            folded_len: 0,
            head: 0,
            class,
            gap,
            digits: 0,
            value,
        });
    }

    fn word(&mut self, start: usize, end: usize, gap: Gap) {
        self.push(start, end, Class::Word, gap, 0);
        let from = self.folded.len();
        fold_into(&self.text[start..end], &mut self.folded);
        let head = self.lexicon.head(&self.folded[from..]);
        if let Some(token) = self.tokens.last_mut() {
            token.folded_len = u16::try_from(self.folded.len() - from).unwrap_or(0);
            token.head = head;
        }
    }

    /// Reads a run of figures and returns its end.
    fn number(&mut self, start: usize, gap: Gap) -> usize {
        let text = self.text;
        let mut groups: [Group; 3] = [Group::default(); 3];
        let mut marks = [' '; 2];
        let mut n = 0;
        let mut at = start;
        while n < 3 {
            let group = Group::read(text, at);
            groups[n] = group;
            n += 1;
            let Some(mark) = text.as_bytes().get(group.end).copied() else { break };
            let next = digit_at(text, group.end + 1).is_some();
            if n == 3 || !next || !matches!(mark, b'.' | b',' | b'/' | b'-' | b':') {
                break;
            }
            marks[n - 1] = char::from(mark);
            at = group.end + 1;
        }
        let [a, b, c] = groups;
        // A day in figures.
        if n == 3 && marks[0] == marks[1] && matches!(marks[0], '.' | '/' | '-') {
            let more = text.as_bytes().get(c.end).is_some_and(|b| matches!(b, b'.' | b'/' | b'-'))
                && digit_at(text, c.end + 1).is_some();
            if let Some(figure) = figure(a, b, c, marks[0]).filter(|_| !more) {
                self.figures.push(figure);
                let index = u32::try_from(self.figures.len() - 1).unwrap_or(0);
                self.push(start, c.end, Class::Figures, gap, index);
                return self.iso_time(c.end);
            }
        }
        if n >= 2 && marks[0] == ':' && a.digits <= 2 && a.value <= 24 && b.digits == 2 && b.value < 60 {
            let end = if n == 3 && marks[1] == ':' && c.digits == 2 { c.end } else { b.end };
            self.push(start, end, Class::Time, gap, a.value * 60 + b.value);
            return end;
        }
        // 1,234.5 and 2.1 are amounts; so is 15 000.
        if n >= 2 && matches!(marks[0], '.' | ',') {
            let mut end = if n == 3 && matches!(marks[1], '.' | ',') { c.end } else { b.end };
            loop {
                let more = text.as_bytes().get(end).is_some_and(|b| matches!(b, b'.' | b','));
                if !more || digit_at(text, end + 1).is_none() {
                    break;
                }
                end = Group::read(text, end + 1).end;
            }
            let value = if a.value <= 24 && b.digits == 2 && b.value < 60 { a.value * 60 + b.value } else { u32::MAX };
            self.push(start, end, Class::Amount, gap, value);
            return end;
        }
        if a.digits <= 3
            && let Some(end) = grouped_by_blanks(text, a.end)
        {
            self.push(start, end, Class::Amount, gap, u32::MAX);
            return end;
        }
        self.push(start, a.end, Class::Number, gap, a.value);
        if let Some(token) = self.tokens.last_mut() {
            token.digits = a.digits;
        }
        a.end
    }

    /// Reads the time behind the T of an ISO moment.
    fn iso_time(&mut self, end: usize) -> usize {
        let text = self.text;
        if !text.as_bytes().get(end).is_some_and(|b| matches!(b, b'T' | b't')) || digit_at(text, end + 1).is_none() {
            return end;
        }
        let hour = Group::read(text, end + 1);
        let minute = Group::read(text, hour.end + 1);
        if text.as_bytes().get(hour.end) != Some(&b':') || hour.value > 24 || minute.digits != 2 || minute.value > 59 {
            return end;
        }
        let mut stop = minute.end;
        if text.as_bytes().get(stop) == Some(&b':') && digit_at(text, stop + 1).is_some() {
            stop = Group::read(text, stop + 1).end;
        }
        self.push(end + 1, stop, Class::Time, Gap::None, hour.value * 60 + minute.value);
        stop
    }
}

/// Digits in a row.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    value: u32,
    digits: u8,
    end: usize,
}

impl Group {
    fn read(text: &str, start: usize) -> Group {
        let mut group = Group { value: 0, digits: 0, end: start };
        while let Some((value, len)) = digit_at(text, group.end) {
            group.value = group.value.saturating_mul(10).saturating_add(value);
            group.digits = group.digits.saturating_add(1);
            group.end += len;
        }
        group
    }
}

/// Returns the value and the length of the digit at a place, in any script of the wires.
pub(super) fn digit_at(text: &str, at: usize) -> Option<(u32, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte < 128 {
        return byte.is_ascii_digit().then(|| (u32::from(byte - b'0'), 1));
    }
    let c = text.get(at..)?.chars().next()?;
    const ZEROS: [u32; 7] = [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10, 0x1040];
    let code = c as u32;
    ZEROS.iter().find(|z| (**z..**z + 10).contains(&code)).map(|z| (code - z, c.len_utf8()))
}

fn letters_end(text: &str, at: usize, limit: usize, first: u8) -> usize {
    let bytes = &text.as_bytes()[..limit];
    let mut end = at + usize::from(first < 128);
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

/// Reads `000` behind a blank, as often as it comes: the end of `15 000 000`.
fn grouped_by_blanks(text: &str, end: usize) -> Option<usize> {
    let mut stop = None;
    let mut at = end;
    loop {
        let rest = text.get(at..)?;
        let blank = [" ", "\u{A0}", "\u{202F}", "\u{2009}"].into_iter().find(|b| rest.starts_with(*b));
        let Some(blank) = blank else { return stop };
        let group = Group::read(text, at + blank.len());
        if group.digits != 3 {
            return stop;
        }
        at = group.end;
        stop = Some(at);
    }
}

fn figure(a: Group, b: Group, c: Group, mark: char) -> Option<Figure> {
    let day = |g: Group| g.digits <= 2 && (1..=31).contains(&g.value);
    let month = |g: Group| g.digits <= 2 && (1..=12).contains(&g.value);
    let year = |g: Group| i32::try_from(g.value).unwrap_or(0);
    if a.digits == 4 {
        return (month(b) && day(c) && (1_300..=2_700).contains(&a.value)).then(|| Figure {
            year: year(a),
            month: b.value,
            day: c.value,
            ambiguous: false,
        });
    }
    let four = c.digits == 4 && (1_300..=2_700).contains(&c.value);
    if !(four || (c.digits == 2 && mark != '-')) {
        return None;
    }
    if day(a) && month(b) {
        let ambiguous = mark != '.' && a.value <= 12 && a.value != b.value;
        return Some(Figure { year: year(c), month: b.value, day: a.value, ambiguous });
    }
    (month(a) && day(b) && mark != '.').then(|| Figure {
        year: year(c),
        month: a.value,
        day: b.value,
        ambiguous: false,
    })
}
