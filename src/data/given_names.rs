//! Given names that men alone or women alone bear: `data/given_names.tsv`.

use crate::text::fold;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Whose a given name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// A woman's.
    Woman,
    /// A man's.
    Man,
}

/// The names of a language, folded.
type Names = FxHashMap<String, Sex>;

/// By language; under `*` those that are the same everywhere.
static NAMES: LazyLock<FxHashMap<&'static str, Names>> = LazyLock::new(|| {
    let mut out: FxHashMap<&'static str, Names> = FxHashMap::default();
    for line in include_str!("../../data/given_names.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let sex = match cells.next() {
            Some("woman") => Sex::Woman,
            Some("man") => Sex::Man,
            _ => continue,
        };
        let lang = cells.next().unwrap_or("*");
        let names = cells.next().unwrap_or("");
        out.entry(lang).or_default().extend(names.split('|').map(|name| (fold(name), sex)));
    }
    out
});

/// Returns whose a given name is in copy of a language, whatever its case and accents; nothing where both bear it or
/// the table lacks it.
///
/// ```
/// use dateline::data::given_names::{Sex, sex_of};
/// assert_eq!(sex_of("Ursula", "fr"), Some(Sex::Woman));
/// assert_eq!(sex_of("Пётр", "ru"), Some(Sex::Man));
/// assert_eq!((sex_of("Andrea", "it"), sex_of("Andrea", "de")), (Some(Sex::Man), Some(Sex::Woman)));
/// assert_eq!(sex_of("Andrea", "nl"), None);
/// ```
#[must_use]
pub fn sex_of(given: &str, lang: &str) -> Option<Sex> {
    let given = fold(given);
    [lang, "*"].iter().find_map(|lang| NAMES.get(lang)?.get(given.as_str()).copied())
}

#[cfg(test)]
mod tests {
    use super::sex_of;
    use crate::text::fold;
    use std::collections::HashMap;

    #[test]
    fn no_name_of_a_language_is_a_mans_and_a_womans() {
        let mut seen: HashMap<(String, String), String> = HashMap::new();
        for line in include_str!("../../data/given_names.tsv").lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [sex, lang, names] = cells[..] else { panic!("three columns: {line}") };
            for name in names.split('|') {
                let before = seen.insert((lang.to_owned(), fold(name)), sex.to_owned());
                assert!(before.is_none_or(|before| before == sex), "{name}");
                assert!(sex_of(name, lang).is_some(), "{name}");
            }
        }
    }
}
