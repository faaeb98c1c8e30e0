//! Whether two full names of one list are so alike that nobody would take them for two.
//!
//! [`compare`](super::compare()) answers for one pair that somebody asks about. In a list every
//! name meets every other: of ten million pairs of strangers a hundred sound like one name, if
//! the words may change places or an initial may stand for a given name. Here each word has to
//! sound like the word at its own place.

use super::compare::{Name, Word, compare};
use super::distance::{likeness, likeness_as_written};
use super::parts::words;
use super::respelt::{are_respelt, is_latin};
use crate::text::fold;

/// How alike each word has to sound within one script, and across two.
const WORD_SAME_SCRIPT_MIN: f32 = 0.88;
const WORD_MIN: f32 = 0.84;
/// The same where one writes consonants alone.
const WORD_WITHOUT_VOWELS_MIN: f32 = 0.93;
/// The same for the two words of a name in the other order: surname before given name.
const WORD_TURNED_MIN: f32 = 0.97;
/// Consonants that both names have to have, and where one is in a script without vowels.
const CONSONANTS_MIN: usize = 4;
const CONSONANTS_WITHOUT_VOWELS_MIN: usize = 5;

/// Tells whether two names of several words are surely spellings of one.
#[must_use]
pub fn are_surely_one(a: &Name, b: &Name) -> bool {
    // What rules most pairs out costs least.
    let least = match a.omits_vowels() != b.omits_vowels() {
        true => CONSONANTS_WITHOUT_VOWELS_MIN,
        false => CONSONANTS_MIN,
    };
    if a.all_consonants_count().min(b.all_consonants_count()) < least {
        return false;
    }
    if a.is_of_signs() && b.is_of_signs() && a.shares_script(b) {
        return compare(a, b).same;
    }
    // One run of signs is parted by nothing: which of its syllables are the surname is open.
    let is_divided = a.words.len() > 1 && a.words.len() == b.words.len();
    is_divided
        && (in_order(a, b) || is_turned(a, b))
        && (are_spelt_so(a, b) || is_one_baltic(a, b))
        && compare(a, b).same
}

/// Tells whether the surnames of two names are one by more than sound, where both are in Latin
/// letters: the first words may be one given name in two languages.
fn are_spelt_so(a: &Name, b: &Name) -> bool {
    let (Some((first, last)), Some((other_first, other_last))) = (&a.ends, &b.ends) else { return true };
    let one = |x: &str, y: &str| !is_latin(x) || !is_latin(y) || x == y || are_respelt(x, y);
    one(last, other_last) || one(last, other_first) && one(first, other_last)
}

/// Tells whether two names in Latin letters are the same word for word, or as languages respell a
/// name; those in others only where they are the same.
///
/// ```
/// use dateline::names::are_spelt_alike;
/// assert!(are_spelt_alike("Dmitri Peskov", "Dmitrij Peskow") && !are_spelt_alike("Getty Oil", "HEAT OIL"));
/// ```
#[must_use]
pub fn are_spelt_alike(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    a.len() == b.len() && a.iter().zip(&b).all(|(x, y)| fold(x) == fold(y) || are_respelt(x, y))
}

/// Tells whether each word sounds like the one at its place.
fn in_order(a: &Name, b: &Name) -> bool {
    let least = match () {
        () if a.shares_script(b) => WORD_SAME_SCRIPT_MIN,
        () if a.omits_vowels() || b.omits_vowels() => WORD_WITHOUT_VOWELS_MIN,
        () => WORD_MIN,
    };
    let by = if is_one_baltic(a, b) { heard_likeness } else { word_likeness };
    a.words.iter().zip(&b.words).all(|(x, y)| by(x, y) >= least)
}

/// Tells whether one of two names has in both its words the ending that Lithuanian and Latvian give every man's:
/// *Samiras Haddounis*.
fn is_one_baltic(a: &Name, b: &Name) -> bool {
    let ends = |name: &Name| name.ends.as_ref().map(|(first, last)| [first, last].map(|word| word.ends_with('s')));
    matches!(
        (ends(a), ends(b)),
        (Some([true, true]), Some([false, false])) | (Some([false, false]), Some([true, true]))
    )
}

fn heard_likeness(a: &Word, b: &Word) -> f32 {
    if a.is_initial || b.is_initial { 0.0 } else { likeness(a.heard(), b.heard()) }
}

/// Tells whether one has the surname first.
fn is_turned(a: &Name, b: &Name) -> bool {
    let ([first, last], [other_first, other_last]) = (&a.words[..], &b.words[..]) else { return false };
    word_likeness(first, other_last) >= WORD_TURNED_MIN && word_likeness(last, other_first) >= WORD_TURNED_MIN
}

fn word_likeness(a: &Word, b: &Word) -> f32 {
    // An initial may be anybody's.
    if a.is_initial || b.is_initial {
        return 0.0;
    }
    let by = if a.script == b.script { likeness_as_written } else { likeness };
    by(a.heard(), b.heard())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(a: &str, b: &str) -> bool {
        are_surely_one(&Name::new(a), &Name::new(b))
    }

    #[test]
    fn spellings_of_one_name_are_one() {
        for (a, b) in [
            ("Élise Carbonneau", "Элиз Карбонно"),
            ("Élise Carbonneau", "إليز كاربونو"),
            ("Karim Benhaddou", "كريم بنحدو"),
            ("Vladimir Poutine", "Владимир Путин"),
            ("Massoud Pezeshkian", "مسعود پزشکیان"),
            ("Viktor Orbán", "Orban Viktor"),
            ("Masoud Pezeshkian", "Massud Peseschkian"),
            ("Karim Benhaddou", "Karimas Benhaddous"),
            ("Dmitry Peskow", "Dmitrij Peszkow"),
            ("高木优子", "高木優子"),
            ("Leila Haddouni", "ليلى حدوني"),
        ] {
            assert!(one(a, b) && one(b, a), "{a} and {b}");
        }
    }

    #[test]
    fn strangers_who_sound_alike_are_two() {
        for (a, b) in [
            ("John Kerry", "Jerry Yang"),
            ("Jack Quinn", "Kevin Sack"),
            ("Alan Horn", "John Allen"),
            ("Jean Marie", "Maria Cheng"),
            ("Wayne Rooney", "Arne Oeien"),
            ("Frida Kahlo", "M G Price"),
            ("C W McDonald", "G Macdonald"),
            ("Hans Martin Meyer", "John Mayer"),
            ("王辉", "هوانغ جي"),
            ("Jose Bedia", "بدء الغزو"),
            ("Tom Perry", "Tommy Berry"),
            ("Kamuzu Banda", "جيمس بوند"),
            ("Xavi Hernández", "ثيو هرنانديز"),
            ("Stephen Powell", "ستيفانو بيولي"),
            ("Lee Jae-myung", "Moon Jae"),
            ("David Wyss", "David Wells"),
            ("Cha Cha", "Co. He"),
            ("Paul Volcker", "Pavel Walker"),
            ("Donald Regan", "Donald Reagan"),
            ("Karim Saleh", "كرم صالح"),
            ("Mohsen Rezaei", "محسن رضا"),
            ("Ahmed Salem", "أحمد سليم"),
            ("Maria Popova", "Марио Попов"),
            ("高木健太", "高木健二"),
        ] {
            assert!(!one(a, b) && !one(b, a), "{a} and {b}");
        }
    }
}
