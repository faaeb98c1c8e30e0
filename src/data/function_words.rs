//! Function words: which languages a common short word belongs to.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Codes of the languages in the table, by index.
#[must_use]
pub fn codes() -> &'static [&'static str] {
    &TABLE.codes
}

/// Returns the indexes of the languages in which `word` (lower case) is a function word.
#[must_use]
pub fn languages_of(word: &str) -> &'static [u8] {
    TABLE.words.get(word).map_or(&[], Vec::as_slice)
}

struct Table {
    codes: Vec<&'static str>,
    words: FxHashMap<&'static str, Vec<u8>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { codes: Vec::new(), words: FxHashMap::default() };
    for line in include_str!("../../data/function_words.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.split('\t');
        let Some(code) = cells.next() else { continue };
        let index = u8::try_from(table.codes.len()).unwrap_or(u8::MAX);
        table.codes.push(code);
        for word in cells {
            table.words.entry(word).or_default().push(index);
        }
    }
    table
});

#[cfg(test)]
mod tests {
    use super::{codes, languages_of};
    use crate::data::languages;

    #[test]
    fn every_code_is_a_language_and_every_row_has_words() {
        for line in include_str!("../../data/function_words.tsv").lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(cells.len() > 10, "{line}");
            assert!(languages::find(cells[0]).is_some_and(|l| l.code == cells[0]), "{}", cells[0]);
        }
        assert!(codes().len() > 40);
        assert!(languages_of("les").iter().any(|&i| codes()[i as usize] == "fr"));
        assert!(languages_of("astana").is_empty());
    }
}
