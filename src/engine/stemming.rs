//! What is left of a word without its inflection.

use crate::data::languages::Language;
use frostem::{Algorithm, Stemmer};
use std::borrow::Cow;

/// How the words of a language lose their inflection.
pub(super) enum Stemming {
    /// As Snowball's algorithm of the language says.
    Snowball(Stemmer),
    /// Without the particles that Korean joins to its nouns.
    Korean,
}

/// Snowball's algorithms that take nothing off the beginning of a word and leave its first
/// letter what it is, but for an accent.
const SUFFIXES_ONLY: [&str; 9] =
    ["english", "french", "german", "italian", "portuguese", "russian", "spanish", "swedish", "danish"];

/// Tells whether a word and its stem begin with the same letter in a language, levelled.
pub(super) fn keeps_first_letter(language: &Language) -> bool {
    SUFFIXES_ONLY.contains(&language.stemmer)
}

impl Stemming {
    /// Returns that of a language, where there is one.
    pub(super) fn of(language: &Language) -> Option<Stemming> {
        if language.stemmer == "korean" {
            return Some(Stemming::Korean);
        }
        Algorithm::from_name(language.stemmer).ok().map(Stemmer::new).map(Stemming::Snowball)
    }

    /// Returns the stem of a word in lower case.
    pub(super) fn stem<'w>(&self, lower: &'w str) -> Cow<'w, str> {
        match self {
            Stemming::Snowball(stemmer) => stemmer.stem(lower),
            Stemming::Korean => Cow::Borrowed(without_particles(lower)),
        }
    }
}

/// What a noun ends in before a particle.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Any,
    Vowel,
    Consonant,
    /// A vowel or ㄹ.
    VowelOrL,
    /// A consonant other than ㄹ.
    ConsonantNotL,
}

/// Particles of nouns (조사), and what they follow; those of several syllables first.
const PARTICLES: [(&str, Before); 35] = [
    ("으로부터", Before::ConsonantNotL),
    ("에서부터", Before::Any),
    ("로부터", Before::VowelOrL),
    ("에게서", Before::Any),
    ("이라는", Before::Consonant),
    ("이라고", Before::Consonant),
    ("으로서", Before::ConsonantNotL),
    ("으로써", Before::ConsonantNotL),
    ("까지", Before::Any),
    ("부터", Before::Any),
    ("에서", Before::Any),
    ("에게", Before::Any),
    ("께서", Before::Any),
    ("한테", Before::Any),
    ("보다", Before::Any),
    ("처럼", Before::Any),
    ("마다", Before::Any),
    ("조차", Before::Any),
    ("마저", Before::Any),
    ("라는", Before::Vowel),
    ("라고", Before::Vowel),
    ("로서", Before::VowelOrL),
    ("로써", Before::VowelOrL),
    ("으로", Before::ConsonantNotL),
    ("은", Before::Consonant),
    ("는", Before::Any),
    ("이", Before::Consonant),
    ("가", Before::Vowel),
    ("을", Before::Consonant),
    ("를", Before::Vowel),
    ("과", Before::Consonant),
    ("와", Before::Vowel),
    ("로", Before::VowelOrL),
    ("의", Before::Any),
    ("에", Before::Any),
];
/// Particles of one syllable that also follow others: *에서도*, *까지만*.
const LAST: [&str; 3] = ["도", "만", "은"];
/// Syllables that a noun keeps: one of a single syllable is as often part of a longer word.
const SYLLABLES_MIN: usize = 2;
/// Particles that a noun takes one after the other.
const PARTICLES_MAX: usize = 2;

/// Returns a Korean noun without its particles; other words as they are.
fn without_particles(word: &str) -> &str {
    let mut stem = word;
    for _ in 0..PARTICLES_MAX {
        let shorter = PARTICLES
            .iter()
            .find_map(|(particle, before)| stem.strip_suffix(particle).filter(|rest| follows(rest, *before)))
            .or_else(|| LAST.iter().find_map(|last| stem.strip_suffix(last).filter(|rest| follows(rest, Before::Any))));
        match shorter {
            Some(shorter) => stem = shorter,
            None => break,
        }
    }
    stem
}

/// Tells whether a noun that a particle may follow is left.
fn follows(noun: &str, before: Before) -> bool {
    const FIRST: u32 = 0xAC00;
    const LAST_CONSONANTS: u32 = 28;
    const L: u32 = 8;
    let syllables = noun.chars().rev().take_while(|c| matches!(c, '\u{AC00}'..='\u{D7A3}')).count();
    if syllables < SYLLABLES_MIN {
        return false;
    }
    let last = noun.chars().next_back().map_or(0, |c| (c as u32).wrapping_sub(FIRST) % LAST_CONSONANTS);
    match before {
        Before::Any => true,
        Before::Vowel => last == 0,
        Before::Consonant => last != 0,
        Before::VowelOrL => last == 0 || last == L,
        Before::ConsonantNotL => last != 0 && last != L,
    }
}

#[cfg(test)]
mod tests {
    use super::{SUFFIXES_ONLY, Stemming, keeps_first_letter, without_particles};
    use crate::data::languages;
    use crate::text::fold;

    proptest::proptest! {
        #[test]
        fn first_letters_are_kept(word in "[a-zàâäãáåæçéèêëíîïñóôöõøœúùûüßа-яё]{1,9}") {
            for language in languages::all().iter().filter(|l| keeps_first_letter(l)) {
                let stemming = Stemming::of(language).expect("it has a stemmer");
                let stem = fold(&stemming.stem(&word));
                let first = stem.chars().next();
                proptest::prop_assert!(first.is_none() || first == fold(&word).chars().next(), "{} {stem}", language.code);
            }
            proptest::prop_assert_eq!(languages::all().iter().filter(|l| keeps_first_letter(l)).count(), SUFFIXES_ONLY.len());
        }
    }

    #[test]
    fn korean_nouns_lose_their_particles() {
        for (word, stem) in [
            ("대통령은", "대통령"),
            ("대통령이", "대통령"),
            ("대통령실에서는", "대통령실"),
            ("정부가", "정부"),
            ("서울에서", "서울"),
            ("서울로", "서울"),
            ("부산으로", "부산"),
            ("시민들에게도", "시민들"),
            ("러시아와", "러시아"),
            // A particle agrees with what it follows, and something is left.
            ("전문가", "전문가"),
            ("종로", "종로"),
            ("국가", "국가"),
            ("afp는", "afp는"),
        ] {
            assert_eq!(without_particles(word), stem, "{word}");
        }
        // A noun may end as a particle does: it does so with and without one.
        assert_eq!(without_particles("국무회의를"), without_particles("국무회의"));
    }
}
