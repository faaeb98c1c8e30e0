//! Function words: which languages a common short word belongs to.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Codes of the languages in the table, by index.
#[must_use]
pub fn codes() -> &'static [&'static str] {
    &TABLE.codes
}

/// Tells of each language, by index, whether wires seldom send it: what it shares with others
/// speaks for it only beside a word of its own.
#[must_use]
pub fn is_rare(language: u8) -> bool {
    TABLE.rare[usize::from(language)]
}

/// Tells the same of a language by its code.
#[must_use]
pub fn is_seldom_sent(code: &str) -> bool {
    codes().iter().zip(&TABLE.rare).any(|(c, rare)| *c == code && *rare)
}

/// Returns the number of a function word of any language, lower case, below [`count`].
#[must_use]
pub fn number_of(word: &str) -> Option<usize> {
    if word.len() > TABLE.longest {
        return None;
    }
    TABLE.words.get(word).map(|number| usize::from(*number))
}

/// Returns how many function words the table has.
#[must_use]
pub fn count() -> usize {
    TABLE.languages.len()
}

/// Returns the indexes of the languages in which the word of a number is a function word.
#[must_use]
pub fn languages_of(number: usize) -> &'static [u8] {
    TABLE.languages.get(number).map_or(&[], Vec::as_slice)
}

#[derive(Default)]
struct Table {
    codes: Vec<&'static str>,
    rare: Vec<bool>,
    words: FxHashMap<&'static str, u16>,
    /// By the number of a word.
    languages: Vec<Vec<u8>>,
    /// Bytes of the longest word.
    longest: usize,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for line in include_str!("../../data/function_words.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.split('\t');
        let Some(code) = cells.next() else { continue };
        let index = u8::try_from(table.codes.len()).unwrap_or(u8::MAX);
        table.codes.push(code.trim_end_matches('~'));
        table.rare.push(code.ends_with('~'));
        for word in cells {
            let fresh = u16::try_from(table.languages.len()).unwrap_or(u16::MAX);
            let number = *table.words.entry(word).or_insert(fresh);
            if number == fresh {
                table.languages.push(Vec::new());
            }
            table.languages[usize::from(number)].push(index);
            table.longest = table.longest.max(word.len());
        }
    }
    table
});

#[cfg(test)]
mod tests {
    use super::{codes, count, languages_of, number_of};
    use crate::data::languages;

    #[test]
    fn every_code_is_a_language_and_every_row_has_words() {
        for line in include_str!("../../data/function_words.tsv").lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(cells.len() > 10, "{line}");
            let code = cells[0].trim_end_matches('~');
            assert!(languages::find(code).is_some_and(|l| l.code == code), "{code}");
        }
        assert!(codes().len() > 40);
        let les = number_of("les").map_or(&[][..], languages_of);
        assert!(les.iter().any(|&i| codes()[i as usize] == "fr"));
        assert!(number_of("astana").is_none() && count() < usize::from(u16::MAX));
    }
}
