//! The language of a flash by its words of time: *lundi*, *mañana*, *Montag*.

use crate::data::times::{Kind, bit, lexicon};
use crate::text::{fold, words};

/// Letters of the shortest word that tells: *mai* and *mar* are words of many languages.
const LETTERS_MIN: usize = 4;
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
            && lexicon.entry(lexicon.head(&fold(word))).is_some_and(|e| e.is & days != 0)
    })
}
