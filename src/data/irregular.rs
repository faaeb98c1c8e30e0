//! Irregular plurals: forms of one noun that share no stem.

use crate::text::fold;
use rustc_hash::FxHashMap;
use std::sync::{LazyLock, OnceLock};

/// Returns the forms of the noun that a folded word is in a language, the word's own among
/// them; none where it is regular.
#[must_use]
pub fn forms_of(language: &str, folded: &str) -> &'static [&'static str] {
    let Some(nouns) = TABLE.get(language) else { return &[] };
    nouns.forms.get_or_init(|| forms(&nouns.lines)).get(folded).map_or(&[], |forms| forms.as_slice())
}

/// The nouns of a language.
#[derive(Default)]
struct Nouns {
    /// Forms of a noun, a line each.
    lines: Vec<&'static str>,
    /// The same by every form, levelled; made when it is first asked for, since a search asks
    /// for the languages of its archive alone.
    forms: OnceLock<FxHashMap<String, Vec<&'static str>>>,
}

static TABLE: LazyLock<FxHashMap<&'static str, Nouns>> = LazyLock::new(|| {
    let mut table: FxHashMap<&str, Nouns> = FxHashMap::default();
    let lines = include_str!("../../data/irregular.tsv").lines().filter(|l| !l.starts_with('#'));
    for (code, forms) in lines.filter_map(|line| line.split_once('\t')) {
        table.entry(code).or_default().lines.push(forms);
    }
    table
});

fn forms(lines: &[&'static str]) -> FxHashMap<String, Vec<&'static str>> {
    let mut table: FxHashMap<String, Vec<&str>> = FxHashMap::default();
    for line in lines {
        for form in line.split('\t') {
            table.entry(fold(form)).or_insert_with(|| line.split('\t').collect());
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::forms_of;
    use crate::data::languages;
    use crate::text::{fold, words};

    #[test]
    fn forms_are_found_from_each_other() {
        assert!(forms_of("en", "children").contains(&"child"));
        assert!(forms_of("ru", "люди").contains(&"человек"));
        assert!(forms_of("fr", "children").is_empty() && forms_of("en", "storm").is_empty());
    }

    #[test]
    fn every_row_is_of_a_language_and_every_form_one_word_in_one_row() {
        let mut seen = Vec::new();
        for line in include_str!("../../data/irregular.tsv").lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(cells.len() > 2 && languages::find(cells[0]).is_some_and(|l| l.code == cells[0]), "{line}");
            for form in &cells[1..] {
                assert_eq!(words(form).count(), 1, "{form} in {line}");
                let key = (cells[0], fold(form));
                let own = cells[1..].iter().filter(|f| fold(f) == key.1).count() > 1;
                assert!(own || !seen.contains(&key), "{form} twice");
                seen.push(key);
            }
        }
    }
}
