//! What people do, by the words that stand beside their names, and what those of the table of
//! people are known for.
//!
//! The tables are `data/callings.tsv` and `data/people_facts.tsv`; the build script checks and
//! compiles them. They keep namesakes apart and never say anything of anybody.

use crate::text::fold;
use fst::Map;
use std::sync::LazyLock;

static TABLE: LazyLock<Map<&'static [u8]>> = LazyLock::new(|| {
    let bytes: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/callings.fst"));
    Map::new(bytes).expect("the build script wrote an automaton")
});

/// Longest word that is looked up, in bytes.
const WORD_BYTES_MAX: usize = 96;

/// Classes of words and people; the bits are those of `build/callings.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Callings(u16);

/// What one word or one person may be of: bits of [`Callings`].
impl Callings {
    const SPORT: u16 = 1;
    const ARTS: u16 = 1 << 1;
    const RELIGION: u16 = 1 << 5;
    const NONE: u16 = 1 << 6;
    const WOMAN: u16 = 1 << 7;
    const MAN: u16 = 1 << 8;
    const SEX: u16 = Callings::WOMAN | Callings::MAN;
    const NO_FIELD: u16 = 1 << 13;

    /// Returns what a word of a language says of the person beside whose name it stands.
    ///
    /// ```
    /// use dateline::data::callings::Callings;
    /// let lavrov = Callings::of_person("lavrov-sergey").expect("he is in the table");
    /// assert!(Callings::of_word("Footballer", "en").is_some_and(|word| word.denies(lavrov)));
    /// assert!(Callings::of_word("Mme", "fr").is_some_and(|word| word.denies(lavrov)));
    /// assert_eq!(Callings::of_word("minister", "en"), None);
    /// ```
    #[must_use]
    pub fn of_word(word: &str, lang: &str) -> Option<Callings> {
        if word.is_empty() || word.len() > WORD_BYTES_MAX {
            return None;
        }
        Callings::at(&[lang, " ", &fold(word)].concat())
    }

    /// Returns what a person of the table of people is known for, by their id there.
    #[must_use]
    pub fn of_person(id: &str) -> Option<Callings> {
        Callings::at(&["=", id].concat())
    }

    fn at(key: &str) -> Option<Callings> {
        TABLE.get(key).and_then(|bits| u16::try_from(bits).ok()).map(Callings)
    }

    /// Tells whether a person of the table of people is a woman, where the table says.
    #[must_use]
    pub fn is_womans(self) -> Option<bool> {
        match self.0 & Callings::SEX {
            Callings::WOMAN => Some(true),
            Callings::MAN => Some(false),
            _ => None,
        }
    }

    /// Tells whether somebody of whom this word is said is surely not a person of whom the
    /// other is known: of the other sex, an athlete, an artist or somebody of everyday life.
    #[must_use]
    pub fn denies(self, person: Callings) -> bool {
        self.is_of_other_sex(person)
            || self.0 & (Callings::SPORT | Callings::ARTS | Callings::NONE) != 0 && self.is_of_other_field(person)
    }

    /// Tells whether the word is of anything that the person is not known for.
    #[must_use]
    pub fn doubts(self, person: Callings) -> bool {
        self.is_of_other_sex(person) || self.is_of_other_field(person)
    }

    fn is_of_other_sex(self, person: Callings) -> bool {
        let (word, own) = (self.0 & Callings::SEX, person.0 & Callings::SEX);
        word != 0 && own != 0 && word & own == 0
    }

    fn is_of_other_field(self, person: Callings) -> bool {
        let (word, own) = (self.0 & !Callings::SEX, person.0 & !Callings::SEX);
        // Titles of clerics are given names in places, and heads of state bear them.
        word & !Callings::RELIGION != 0 && own != 0 && own & Callings::NO_FIELD == 0 && word & own == 0
    }
}

#[cfg(test)]
mod tests {
    use super::Callings;

    fn of(word: &str, lang: &str, id: &str) -> (bool, bool) {
        let person = Callings::of_person(id).expect("a person of the table");
        Callings::of_word(word, lang).map_or((false, false), |w| (w.denies(person), w.doubts(person)))
    }

    #[test]
    fn words_of_another_field_or_sex_keep_namesakes_apart() {
        assert_eq!(of("футболист", "ru", "lavrov-sergey"), (true, true));
        assert_eq!(of("Mrs", "en", "putin-vladimir"), (true, true));
        assert_eq!(of("mechanic", "en", "sanchez-pedro"), (true, true));
        // A minister may have written books; alone, it makes a surname somebody else's.
        assert_eq!(of("novelist", "en", "macron-emmanuel"), (false, true));
        assert_eq!(of("Mr", "en", "putin-vladimir"), (false, false));
        assert_eq!(of("president", "en", "putin-vladimir"), (false, false));
        assert_eq!(of("striker", "en", "messi-lionel"), (false, false));
    }
}
