//! Irregular plurals: forms of one noun that share no stem.

use crate::text::fold;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Returns the forms of the noun that a folded word is in a language, the word's own among
/// them; none where it is regular.
#[must_use]
pub fn forms_of(language: &str, folded: &str) -> &'static [&'static str] {
    TABLE.get(folded).and_then(|rows| rows.iter().find(|r| r.0 == language)).map_or(&[], |r| &r.1)
}

/// A language with the forms of a noun.
type Row = (&'static str, Vec<&'static str>);

static TABLE: LazyLock<FxHashMap<String, Vec<Row>>> = LazyLock::new(|| {
    let mut table: FxHashMap<String, Vec<Row>> = FxHashMap::default();
    for line in include_str!("../../data/irregular.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.split('\t');
        let Some(code) = cells.next() else { continue };
        let forms: Vec<&str> = cells.collect();
        for form in &forms {
            table.entry(fold(form)).or_default().push((code, forms.clone()));
        }
    }
    table
});

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
