//! What stands between an expression and the one before it: whether they belong together.

use super::context::{clause_word, leads, mark_at, starts_sentence};
use super::cues::{is_known, looks, value};
use super::scan::{Class, Scan, Token};
use super::stretches::is_joiner;

/// Tokens between two expressions that are looked at: what lies further apart is not together.
const TOKENS_MAX: usize = 10;
/// Words between two expressions of one phrase: *10 a.m. local time on Monday*.
const BESIDE_WORDS: u8 = 4;
/// The same between two of one clause.
const LINKED_WORDS: u8 = 7;

/// What stands between an expression and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Between {
    /// Words and figures, those of another clause not counted; [`u8::MAX`] where they are too many.
    words: u8,
    /// Of these the words that no table knows.
    unknown: u8,
    /// Bits of what else stands there.
    marks: u8,
}

const COMMA: u8 = 1;
/// The end of a clause, or a word that leads to another.
const CLAUSE: u8 = 2;
const OPENS: u8 = 4;
const CLOSES: u8 = 8;
/// A word that joins the ends of a stretch, or the comma of a list.
const RANGE: u8 = 16;
/// A verb.
const VERB: u8 = 32;

impl Between {
    /// Too far apart.
    pub(super) const FAR: Between = Between { words: u8::MAX, unknown: u8::MAX, marks: CLAUSE };

    /// Looks at the tokens from the end of one expression to the start of the next.
    pub(super) fn of(scan: &Scan<'_>, from: usize, to: usize) -> Between {
        if to < from || to - from > TOKENS_MAX {
            return Between::FAR;
        }
        let mut found = Between { words: 0, unknown: 0, marks: 0 };
        for at in from..to {
            let token = &scan.tokens[at];
            // "9 a.m. ET tomorrow": the stop of an abbreviation ends nothing.
            let short = abbreviates(scan, from) && at <= from + 1;
            if !short && starts_sentence(scan, at) {
                return Between::FAR;
            }
            match (token.class, mark_at(scan, at)) {
                (Class::Mark, Some(',' | '،')) => found.marks |= COMMA,
                (Class::Mark, Some('、' | '，')) => found.marks |= COMMA | RANGE,
                (Class::Mark, Some('(' | '（')) => found.marks |= OPENS,
                (Class::Mark, Some(')' | '）')) => found.marks |= CLOSES,
                (Class::Mark, Some('.')) => {}
                (Class::Mark, Some('-' | '–' | '—')) => found.marks |= RANGE,
                (Class::Mark, _) => found.marks |= CLAUSE,
                _ => {
                    found.words += 1;
                    found.unknown += u8::from(token.class == Class::Word && !is_known(scan, token));
                    if is_joiner(scan, token) {
                        found.marks |= RANGE;
                    }
                    let leads = |w: i32| w == value::SUBORDINATE || w == value::COORDINATE;
                    if clause_word(scan, at).is_some_and(leads) {
                        found.marks |= CLAUSE;
                    }
                    match looks(scan, at, to) {
                        Some((_, value::SAYING)) => found.marks |= CLAUSE,
                        Some(_) => found.marks |= VERB,
                        None => {}
                    }
                }
            }
        }
        let open_stop = to == from + 1 && abbreviates(scan, from);
        if !open_stop && starts_sentence(scan, to) {
            return Between::FAR;
        }
        found
    }

    /// Tells whether the two are of one phrase: *10 a.m. local time (1400 GMT) on Monday*.
    pub(super) fn is_beside(self) -> bool {
        let pause = self.marks & COMMA != 0 && self.words > 2;
        self.words <= BESIDE_WORDS && self.marks & (CLAUSE | VERB | RANGE) == 0 && !pause
    }

    /// Tells whether nothing but a preposition stands between the two: *lundi soir à 8 heures*.
    pub(super) fn is_tight(self) -> bool {
        self.words <= 1 && self.unknown == 0 && self.marks & !RANGE == 0
    }

    /// Tells whether the two are of one clause.
    pub(super) fn is_linked(self) -> bool {
        self.words <= LINKED_WORDS && self.marks & CLAUSE == 0
    }

    /// Tells whether nothing but a preposition or an article and a word that no table knows stand
    /// between, and how many of the latter: *two days before the vote of*.
    pub(super) fn unknown_before(self) -> Option<u8> {
        const WORDS_MAX: u8 = 4;
        (self.marks == 0 && self.words <= WORDS_MAX && self.unknown <= 1).then_some(self.unknown)
    }

    /// Tells whether the second says the same again: *three years earlier, in 1995*.
    pub(super) fn says_again(self) -> bool {
        let known = self.words <= 2 && self.unknown == 0 && self.marks & (CLAUSE | VERB | RANGE) == 0;
        known && self.marks & (COMMA | OPENS) != 0
    }

    /// Tells whether a bracket opens between the two.
    pub(super) fn opens(self) -> bool {
        self.marks & OPENS != 0
    }

    /// Tells whether a bracket closes between the two.
    pub(super) fn closes(self) -> bool {
        self.marks & CLOSES != 0
    }
}

/// Tells whether a stop is that of an abbreviation, *9 a.m. Monday*, and not the end of a sentence:
/// *vers 20H30. Le 3 janvier*, *at 9 a.m. On Monday*.
fn abbreviates(scan: &Scan<'_>, at: usize) -> bool {
    const LETTERS_MAX: usize = 3;
    let letters = |t: &Token| t.class == Class::Word && scan.shown(t).chars().count() <= LETTERS_MAX;
    mark_at(scan, at) == Some('.')
        && at.checked_sub(1).is_some_and(|i| letters(&scan.tokens[i]))
        && !scan.tokens.get(at + 1).is_some_and(|t| leads(scan, t))
}
