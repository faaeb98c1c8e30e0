//! What was read of an expression of time before anything resolves it.

use super::between::Between;
use crate::data::times::{Build, Kind};
use crate::story::Span;

/// Values of one expression: rules have fewer places.
const CAPTURES_MAX: usize = 12;

/// What a rule's places held, in order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Captures {
    list: [(Kind, i32); CAPTURES_MAX],
    len: usize,
}

impl Captures {
    pub(super) fn new() -> Captures {
        Captures { list: [(Kind::Literal, 0); CAPTURES_MAX], len: 0 }
    }

    pub(super) fn push(&mut self, kind: Kind, value: i32) {
        if self.len < CAPTURES_MAX {
            self.list[self.len] = (kind, value);
            self.len += 1;
        }
    }

    /// Keeps only the first `len` values.
    pub(super) fn cut(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// Returns the values without the one of a kind that stands `n` behind its first.
    pub(super) fn without(&self, kind: Kind, n: usize) -> Captures {
        let mut left = Captures::new();
        let mut seen = 0;
        for (k, value) in self.all() {
            let this = k == kind && seen == n;
            seen += usize::from(k == kind);
            if !this {
                left.push(k, value);
            }
        }
        left
    }

    /// Returns the first value of a kind.
    pub(crate) fn get(&self, kind: Kind) -> Option<i32> {
        self.nth(kind, 0)
    }

    /// Returns the value of a kind that stands `n` behind the first of it.
    pub(crate) fn nth(&self, kind: Kind, n: usize) -> Option<i32> {
        self.all().filter(|(k, _)| *k == kind).nth(n).map(|(_, v)| v)
    }

    /// Returns kinds and values in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Kind, i32)> + '_ {
        self.list[..self.len].iter().copied()
    }

    /// Returns how many values there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }
}

/// An expression of time as it was read, before it is resolved against anything.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Read {
    /// Where it stands.
    pub(crate) span: Span,
    /// What is made of it.
    pub(crate) build: Build,
    /// The values in it.
    pub(crate) captures: Captures,
    /// Whether its sentence looks ahead or back; `None` where it does not tell.
    pub(crate) lean: Option<bool>,
    /// The same, where the word that tells stands in the same clause.
    pub(crate) firm: Option<bool>,
    /// The same, where it stands right there.
    pub(crate) tight: Option<bool>,
    /// Whether the verb of its own clause says so and leaves no doubt.
    pub(crate) sure: bool,
    /// Whether it comes back every year: *born on June 1*.
    pub(crate) yearly: bool,
    /// Number of its sentence.
    pub(crate) sentence: u32,
    /// Whether it ends a stretch that the expression before it begins: *from Monday to Friday*.
    pub(crate) ends_stretch: bool,
    /// Whether all between that one and it belongs to the stretch.
    pub(crate) joins: bool,
    /// Whether a word before it makes it the end of something: *until 2034*.
    pub(crate) is_end: bool,
    /// What stands between it and the expression before it.
    pub(super) between: Between,
    /// Whether a word beside it may be what it is counted from: *la veille il*.
    pub(super) of_noun: bool,
}
