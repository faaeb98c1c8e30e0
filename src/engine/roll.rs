//! The names of an archive, read once for many questions.
//!
//! A batch of queries asks of every name again and again. What does not hang on the question, a
//! name's words and its key, is read once; each different word is held against the name asked for,
//! and only names whose words may be its own are compared. For [`super::who`] and [`super::matcher`]:
//! nothing here tells whether two names are one.

use super::bearers::{number, part};
use super::one_name::name_key;
use crate::names::{Name, pieces};
use crate::text::fold;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Words of the longest name that its words tell.
const WORDS_MAX: usize = 8;

/// The names of a kind.
#[derive(Default)]
pub(super) struct Roll {
    entries: Vec<Entry>,
    words: Vec<Word>,
    places: FxHashMap<Box<str>, usize>,
}

/// A name.
pub(super) struct Entry {
    term: String,
    words: Vec<usize>,
    /// The number of its key.
    pub(super) key: u64,
    /// Whether it may be one without words in common: a run of signs, or of very many words.
    pub(super) is_open: bool,
}

/// A word of names, as printed.
pub(super) struct Word {
    pub(super) printed: Box<str>,
    pub(super) folded: String,
    heard: OnceLock<Name>,
}

impl Word {
    /// The word made ready for comparing.
    pub(super) fn heard(&self) -> &Name {
        self.heard.get_or_init(|| Name::new(&self.printed))
    }
}

impl Entry {
    /// The term of the index.
    pub(super) fn term(&self) -> &str {
        &self.term
    }

    /// The numbers of its words.
    pub(super) fn words(&self) -> &[usize] {
        &self.words
    }
}

impl Roll {
    /// Adds the name of a term.
    pub(super) fn add(&mut self, term: &str) {
        let (_, name) = part(term);
        let words: Vec<usize> = pieces(name).map(|word| self.place(word)).collect();
        let is_sign = |c: char| c >= '\u{2E80}' || ('\u{1100}'..='\u{11FF}').contains(&c);
        self.entries.push(Entry {
            key: number(name_key(name).bytes()),
            is_open: words.len() > WORDS_MAX || name.contains(is_sign),
            words,
            term: term.to_owned(),
        });
    }

    fn place(&mut self, word: &str) -> usize {
        if let Some(place) = self.places.get(word) {
            return *place;
        }
        self.words.push(Word { printed: word.into(), folded: fold(word), heard: OnceLock::new() });
        self.places.insert(word.into(), self.words.len() - 1);
        self.words.len() - 1
    }

    /// The names, in the order in which they were added.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The different words of all names.
    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }
}
