//! The terms of words, remembered: news repeats its words, and what a word folds and stems
//! to is found out once a thread and language.

use super::analysis::{STEM_MARK, clip};
use super::exact::{is_variant, push_exact};
use super::stemming::{Stemming, keeps_first_letter, takes_off_beginnings};
use crate::data::languages;
use crate::text::{fold::is_invisible, fold_into};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Words longer than this many bytes are cut: tantivy drops terms above 65,530 bytes,
/// and no word of any language comes near.
pub(super) const TERM_BYTES_MAX: usize = 256;
/// Bytes of terms remembered per language and thread: some 25,000 words, which are all but
/// three in a hundred of running copy. With the tables that lead to them, about 2.5 MiB.
const REMEMBERED_BYTES_MAX: usize = 768 << 10;

/// One language's stemmer, with the terms of the words that it has met.
pub(super) struct Lexemes {
    code: &'static str,
    stemmer: Option<Stemming>,
    keeps_first: bool,
    takes_off_beginnings: bool,
    /// Words of up to 15 bytes, by far the most, packed with their length: comparing
    /// them follows no pointer.
    short: FxHashMap<u128, Lexeme>,
    long: FxHashMap<Box<str>, Lexeme>,
    /// The terms, one behind the other.
    terms: String,
    lower: String,
}

/// Where the terms of a word end; each begins where the one before ends, and one that the
/// word does not have is empty.
#[derive(Clone, Copy)]
pub(super) struct Lexeme {
    start: u32,
    folded: u32,
    exact: u32,
    stem: u32,
    second: u32,
}

impl Lexeme {
    /// The folded word; empty where nothing of the word is visible.
    pub(super) fn folded(self) -> Range<usize> {
        self.start as usize..self.folded as usize
    }

    /// The exact variant, where the printed word differs from the folded one.
    pub(super) fn exact(self) -> Range<usize> {
        self.folded as usize..self.exact as usize
    }

    /// The tagged stem of the word in lower case.
    pub(super) fn stem(self) -> Range<usize> {
        self.exact as usize..self.stem as usize
    }

    /// The tagged stem of its folded form, where it is another.
    pub(super) fn second_stem(self) -> Range<usize> {
        self.stem as usize..self.second as usize
    }
}

impl Lexemes {
    /// Returns an empty memory for a language; stories without one, or of one that has no
    /// stemmer, keep their words as they are folded.
    pub(super) fn new(lang: Option<&str>) -> Lexemes {
        let language = lang.and_then(|code| languages::all().iter().find(|l| l.code == code));
        let stemmer = language.and_then(Stemming::of);
        let code = language.filter(|_| stemmer.is_some()).map_or("", |l| l.code);
        // Without a stemmer a stem is the folded word.
        let keeps_first = language.filter(|_| stemmer.is_some()).is_none_or(keeps_first_letter);
        let takes_off_beginnings = language.filter(|_| stemmer.is_some()).is_some_and(takes_off_beginnings);
        let (short, long, terms, lower) = (FxHashMap::default(), FxHashMap::default(), String::new(), String::new());
        Lexemes { code, stemmer, keeps_first, takes_off_beginnings, short, long, terms, lower }
    }

    /// Tells whether a word may be its stem with something before it.
    pub(super) fn takes_off_beginnings(&self) -> bool {
        self.takes_off_beginnings
    }

    /// Tells whether words and their stems begin with the same letter, levelled.
    pub(super) fn keeps_first_letter(&self) -> bool {
        self.keeps_first
    }

    /// The code that stems are tagged with; empty where words have none.
    pub(super) fn code(&self) -> &'static str {
        self.code
    }

    /// Returns where the terms of a word as printed lie, until the next word is asked for.
    pub(super) fn of(&mut self, printed: &str) -> Lexeme {
        let packed = pack(printed);
        let known = match packed {
            Some(packed) => self.short.get(&packed),
            None => self.long.get(printed),
        };
        if let Some(&known) = known {
            return known;
        }
        if self.terms.len() >= REMEMBERED_BYTES_MAX {
            self.short.clear();
            self.long.clear();
            self.terms.clear();
        }
        let fresh = self.learn(printed);
        match packed {
            Some(packed) => self.short.insert(packed, fresh),
            None => self.long.insert(printed.into(), fresh),
        };
        fresh
    }

    /// Returns a term.
    pub(super) fn term(&self, range: Range<usize>) -> &str {
        &self.terms[range]
    }

    fn learn(&mut self, printed: &str) -> Lexeme {
        let at = |terms: &String| u32::try_from(terms.len()).unwrap_or(u32::MAX);
        let start = at(&self.terms);
        push_folded(printed, &mut self.terms);
        let folded = at(&self.terms);
        let visible = start < folded;
        if visible && printed.len() <= TERM_BYTES_MAX && is_variant(&self.terms[start as usize..], printed) {
            self.lower.clear();
            self.lower.push_str(&self.terms[start as usize..]);
            self.terms.push_str(&self.lower);
            push_exact(&self.lower, printed, &mut self.terms);
        }
        let exact = at(&self.terms);
        self.lower.clear();
        lower_into(printed, &mut self.lower);
        if self.lower.is_empty() {
            return Lexeme { start, folded, exact, stem: exact, second: exact };
        }
        clip(&mut self.lower, 0);
        let stem = push_stems(self.code, self.stemmer.as_ref(), &self.lower, &mut self.terms);
        let stem = u32::try_from(stem).unwrap_or(u32::MAX);
        Lexeme { start, folded, exact, stem, second: at(&self.terms) }
    }
}

/// Appends the folded form of a word, cut where it is too long.
pub(super) fn push_folded(printed: &str, out: &mut String) {
    let from = out.len();
    fold_into(printed, out);
    clip(out, from);
}

/// Packs a word of up to 15 bytes with its length.
fn pack(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..word.len()).filter(|b| b.len() < 16)?.copy_from_slice(word.as_bytes());
    bytes[15] = u8::try_from(word.len()).unwrap_or(u8::MAX);
    Some(u128::from_le_bytes(bytes))
}

/// Appends the tagged stems of a word in lower case, one or two; returns where the first ends.
fn push_stems(code: &str, stemmer: Option<&Stemming>, lower: &str, out: &mut String) -> usize {
    let from = out.len();
    let tag = |out: &mut String| {
        out.push_str(code);
        out.push(STEM_MARK);
    };
    tag(out);
    let Some(stemmer) = stemmer else {
        push_folded(lower, out);
        return out.len();
    };
    fold_into(&stemmer.stem(lower), out);
    let first = out.len();
    if lower.is_ascii() {
        return first;
    }
    let mut folded = String::new();
    push_folded(lower, &mut folded);
    if folded != lower {
        tag(out);
        fold_into(&stemmer.stem(&folded), out);
        if out[from..first] == out[first..] {
            out.truncate(first);
        }
    }
    first
}

fn lower_into(printed: &str, out: &mut String) {
    for c in printed.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else if !is_invisible(c) {
            out.extend(c.to_lowercase());
        }
    }
}
