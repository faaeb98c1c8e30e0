//! Languages: their names, script, direction and stemmer, for whoever shows, queries or
//! stems a story. Tells nothing of which language a text is in.
//!
//! The table is `data/languages.tsv`; the build script checks and compiles it.

use crate::story::Direction;
use crate::text::fold;

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// A language of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-1 code, or ISO 639-3 where there is none.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
    /// Its own name for itself.
    pub native: &'static str,
    /// Main script, as an ISO 15924 code.
    pub script: &'static str,
    /// Direction of the main script.
    pub direction: Direction,
    /// Name of the Snowball algorithm, empty where there is none.
    pub stemmer: &'static str,
    /// Countries where a story in the language is likely filed, ISO 3166-1 alpha-2.
    pub countries: &'static [&'static str],
}

/// Finds a language by its code or by any name of the table, however it is written.
///
/// A tag with subtags, such as `pt-BR`, stands for its language.
///
/// ```
/// use dateline::data::languages::find;
/// assert_eq!(find("Französisch").map(|l| l.code), Some("fr"));
/// ```
#[must_use]
pub fn find(code_or_name: &str) -> Option<&'static Language> {
    let folded = fold(code_or_name.trim());
    by_key(&folded).or_else(|| {
        let (language, _) = folded.split_once(['-', '_'])?;
        matches!(language.len(), 2 | 3).then(|| by_key(language)).flatten()
    })
}

/// Returns every language, in the order of the table.
#[must_use]
pub fn all() -> &'static [Language] {
    ALL
}

/// Returns the direction of a language's main script; an unknown one runs left to right.
#[must_use]
pub fn direction(code: &str) -> Direction {
    find(code).map_or(Direction::Ltr, |l| l.direction)
}

/// Returns a language's main script, as an ISO 15924 code.
#[must_use]
pub fn script(code: &str) -> Option<&'static str> {
    find(code).map(|l| l.script)
}

fn by_key(folded: &str) -> Option<&'static Language> {
    let at = NAMES.binary_search_by(|(name, _)| (*name).cmp(folded)).ok()?;
    ALL.get(usize::from(NAMES[at].1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_by_any_name() {
        for (name, code) in [
            ("fr", "fr"),
            ("FR", "fr"),
            ("French", "fr"),
            ("français", "fr"),
            ("FRANCAIS", "fr"),
            ("Französisch", "fr"),
            ("francés", "fr"),
            ("французский", "fr"),
            ("الفرنسية", "fr"),
            ("法语", "fr"),
            ("Farsi", "fa"),
            ("persan", "fa"),
            ("فارسی", "fa"),
            ("Deutsch", "de"),
            ("allemand", "de"),
            ("alemán", "de"),
            ("pt-BR", "pt"),
            ("zh_Hans", "zh"),
            ("中文", "zh"),
            ("mandarin", "zh"),
            ("русский", "ru"),
            ("українська", "uk"),
            ("日本語", "ja"),
            ("한국어", "ko"),
        ] {
            assert_eq!(find(name).map(|l| l.code), Some(code), "{name}");
        }
        assert_eq!(find("Klingon"), None);
        assert_eq!(find(""), None);
    }

    #[test]
    fn script_and_direction() {
        for (code, script_code, way) in [
            ("ar", "Arab", Direction::Rtl),
            ("fa", "Arab", Direction::Rtl),
            ("he", "Hebr", Direction::Rtl),
            ("ru", "Cyrl", Direction::Ltr),
            ("ja", "Jpan", Direction::Ltr),
            ("fr", "Latn", Direction::Ltr),
        ] {
            assert_eq!((script(code), direction(code)), (Some(script_code), way), "{code}");
        }
        assert_eq!(direction("xx"), Direction::Ltr);
    }

    #[test]
    fn names_are_sorted_and_codes_are_single() {
        assert!(NAMES.windows(2).all(|w| w[0].0 < w[1].0));
        assert!(ALL.len() >= 80);
        assert_eq!(find("ru").map(|l| l.stemmer), Some("russian"));
    }
}
