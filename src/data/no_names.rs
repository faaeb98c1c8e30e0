//! Words by which the reading of a name is refused or mended: the classes of `data/no_names.tsv`.

use crate::text::fold;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// A class of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Word {
    /// What somebody is called after where they are from: *Briton*.
    Inhabitant,
    /// What is written with a capital and no name.
    Plain,
    /// A relative, whose given name follows.
    Kin,
    /// A family.
    Clan,
    /// What bears somebody's name: a street, a ship.
    Building,
    /// What a firm is, before its name: *retailer*.
    Firm,
    /// A surname that begins a name, or ends it.
    Surname,
    /// A given name.
    Given,
    /// A title that goes with given names.
    Regnal,
    /// A verb that only people are the subject of.
    Deed,
}

/// The words by class and language, as [`key`] gives them.
type Lists = FxHashMap<Word, FxHashMap<&'static str, FxHashSet<String>>>;

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists = Lists::default();
    for line in include_str!("../../data/no_names.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(class), Some(lang), Some(words)) = (cells.next().and_then(of_class), cells.next(), cells.next())
        else {
            continue;
        };
        lists.entry(class).or_default().entry(lang).or_default().extend(words.split('|').map(|word| key(word, lang)));
    }
    lists
});

/// What a word is looked up by: without its accents *Chủ* would be the surname *Chu*.
fn key(word: &str, lang: &str) -> String {
    if lang == "vi" { word.to_owned() } else { fold(word) }
}

fn of_class(name: &str) -> Option<Word> {
    Some(match name {
        "inhabitant" => Word::Inhabitant,
        "plain" => Word::Plain,
        "kin" => Word::Kin,
        "clan" => Word::Clan,
        "building" => Word::Building,
        "firm" => Word::Firm,
        "surname" => Word::Surname,
        "given" => Word::Given,
        "regnal" => Word::Regnal,
        "deed" => Word::Deed,
        _ => return None,
    })
}

impl Word {
    /// Tells whether a word or phrase is of the class in a language, whatever its case and accents but for
    /// Vietnamese ones.
    ///
    /// ```
    /// use dateline::data::no_names::Word;
    /// assert!(Word::Kin.has("Tochter", "de") && !Word::Kin.has("Tochter", "fr"));
    /// ```
    #[must_use]
    pub fn has(self, word: &str, lang: &str) -> bool {
        LISTS.get(&self).and_then(|of| of.get(lang)).is_some_and(|words| words.contains(&key(word, lang)))
    }
}

#[cfg(test)]
mod tests {
    use super::of_class;

    #[test]
    fn every_line_has_a_class_a_language_and_words() {
        for line in include_str!("../../data/no_names.tsv").lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [class, lang, words] = cells[..] else { panic!("three columns: {line}") };
            let class = of_class(class).unwrap_or_else(|| panic!("a class: {line}"));
            assert!((2..=3).contains(&lang.len()) || lang == "*", "{line}");
            assert!(words.split('|').all(|word| class.has(word, lang)), "{line}");
        }
    }
}
