//! Letters with marks: what folding levels, for those who must tell two words apart by it.
//!
//! Folding makes *się* and *sie*, *är* and *år* one word. Copy may leave its marks out, as
//! telex and capitals do; it does not add any. So a printed word is one of a table where its
//! marked letters are, in their order, some of those that the table writes.

// The build script includes this file too: it must depend on nothing of the crate.
use unicode_normalization::UnicodeNormalization;

/// Returns the marked Latin letters of a text in their order, in small letters.
#[must_use]
pub fn marks(text: &str) -> String {
    // Most words beyond ASCII are of another script.
    if !text.chars().any(|c| is_marked(c) || c == 'İ' || matches!(c, 'À'..='Þ' | '\u{300}'..='\u{36F}')) {
        return String::new();
    }
    let small = |c: char| if c == 'İ' { 'i' } else { c.to_lowercase().next().unwrap_or(c) };
    text.nfc().map(small).map(one_spelling).filter(|c| is_marked(*c)).collect()
}

/// Tells whether a word printed with these marked letters may be one written with those.
#[must_use]
pub fn may_be(printed: &str, written: &str) -> bool {
    let mut left = written.chars();
    printed.chars().all(|mark| left.any(|c| c == mark))
}

fn is_marked(c: char) -> bool {
    matches!(c, 'ß'..='ö' | 'ø'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// Letters of one sound that copy writes either way: the accents of the Romance languages,
/// cedilla and comma of Romanian.
fn one_spelling(c: char) -> char {
    match c {
        'à' | 'â' => 'á',
        'è' | 'ê' => 'é',
        'ì' | 'î' => 'í',
        'ò' | 'ô' => 'ó',
        'ù' | 'û' => 'ú',
        'ș' => 'ş',
        'ț' => 'ţ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{marks, may_be};

    #[test]
    fn marks_may_be_left_out_and_not_added() {
        for (printed, written, is) in [
            ("się", "sie", false),
            ("wrzesnia", "września", true),
            ("WRZEŚNIA", "września", true),
            ("wrzes\u{301}nia", "września", true),
            ("är", "år", false),
            ("ar", "år", true),
            ("lunedí", "lunedì", true),
            ("luni", "luni", true),
            ("marţi", "marți", true),
            ("SALI", "salı", true),
            ("EKİM", "ekim", true),
            ("á", "a", false),
            ("ма\u{301}я", "мая", true),
        ] {
            assert_eq!(may_be(&marks(printed), &marks(written)), is, "{printed} {written}");
        }
    }
}
