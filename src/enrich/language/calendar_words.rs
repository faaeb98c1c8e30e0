//! The language of a flash by its words of time: *lundi*, *mañana*, *Montag*.

use crate::data::times::{Kind, Lexicon, bit, lexicon};
use crate::text::{fold, words};

/// Letters of the shortest word that tells: *mai* and *mar* are words of many languages.
const LETTERS_MIN: usize = 4;
/// Letters of the longest ending that is joined to one.
const ENDING_MAX: usize = 2;
/// Words that are read: a flash is short.
const WORDS_MAX: usize = 60;

/// Tells whether copy names a weekday, a month or a day such as *tomorrow* in a language.
pub(super) fn names_day(copy: &str, code: &str) -> bool {
    let lexicon = lexicon(Some(code));
    if lexicon.code() != code {
        return false;
    }
    // *Rio de Janeiro* is no January: most languages write these words small.
    let is_capital = matches!(code, "en" | "de" | "id" | "ms");
    let days = bit(Kind::Weekday) | bit(Kind::Month) | bit(Kind::Day);
    words(copy).take(WORDS_MAX).map(|w| &copy[w.start..w.end]).any(|word| {
        (is_capital || !word.starts_with(char::is_uppercase))
            && word.chars().count() >= LETTERS_MIN
            && is_any(lexicon, &fold(word), days, is_joined(code))
    })
}

/// Tells whether a language joins its endings to the names of weekdays: *maanantaina*, *hétfőn*.
fn is_joined(code: &str) -> bool {
    matches!(code, "fi" | "hu" | "et")
}

/// Tells whether a folded word, or a name that an ending is joined to, is of some of these kinds.
fn is_any(lexicon: &Lexicon, word: &str, days: u64, is_joined: bool) -> bool {
    let is = |word: &str| lexicon.entry(lexicon.head(word)).is_some_and(|e| e.is & days != 0);
    let cut = |letters: usize| word.char_indices().rev().nth(letters - 1).map(|(at, _)| &word[..at]);
    let long = |name: &str| name.chars().count() >= LETTERS_MIN;
    is(word) || (is_joined && (1..=ENDING_MAX).filter_map(cut).any(|name| long(name) && is(name)))
}
