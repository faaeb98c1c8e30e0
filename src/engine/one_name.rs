//! When two names without an id are one bearer's by their letters alone: the key that facets, `names` and
//! queries have in common, so that they count the same.

use super::bearers::tidy;
use crate::data::places::place_key;
use crate::story::EntityKind;
use crate::text::fold;

/// Ends of words as the two English usages spell them, the second for both.
const USAGES: &[(&str, &str)] = &[
    ("isation", "ization"),
    ("isations", "izations"),
    ("abour", "abor"),
    ("arbour", "arbor"),
    ("efence", "efense"),
    ("entre", "enter"),
    ("entres", "enters"),
    ("ogramme", "ogram"),
    ("ogrammes", "ograms"),
];

/// Returns the key of a name: its folded letters and figures, without what copy sets or omits.
///
/// Full stops and apostrophes go, what else stands between words is a space, & is *and*, and British
/// spelling is American: *Getty Oil Co.* is *GETTY OIL CO*, an *Organisation* an *Organization*.
#[must_use]
pub(super) fn name_key(name: &str) -> String {
    if name.is_ascii() {
        // Most names are: nothing has to be levelled but capitals.
        let key = key_of_letters(name.chars().map(|c| c.to_ascii_lowercase()), name.len());
        return if key.is_empty() { name.to_ascii_lowercase() } else { key };
    }
    let folded = fold(name);
    let key = key_of_letters(folded.chars(), folded.len());
    // A name of nothing but marks is these marks.
    if key.is_empty() { folded } else { key }
}

fn key_of_letters(letters: impl Iterator<Item = char>, length: usize) -> String {
    let mut out = String::with_capacity(length + 4);
    let mut word_at = 0;
    for c in letters {
        match c {
            '.' | '\'' | '\u{2019}' | '\u{2018}' | '\u{2BC}' | '`' => {}
            // *OPEC+* is not *OPEC*.
            '+' => out.push('+'),
            '&' => {
                word_at = end_word(&mut out, word_at);
                out.push_str("and");
                word_at = end_word(&mut out, word_at);
            }
            _ if is_part(c) => out.push(c),
            _ => word_at = end_word(&mut out, word_at),
        }
    }
    end_word(&mut out, word_at);
    out.truncate(out.trim_end().len());
    out
}

/// Returns the key of a name of a kind: of places that nothing told that of the gazetteer, as the index has it.
#[must_use]
pub fn key_of(kind: EntityKind, name: &str) -> String {
    if kind != EntityKind::Place {
        return name_key(name);
    }
    let folded = fold(&tidy(name));
    let key = place_key(&folded);
    // A name of nothing but marks is these marks.
    if key.is_empty() { folded } else { key }
}

/// Letters, figures, and the marks of scripts in which they are part of a word.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && !c.is_whitespace() && unicode_normalization::char::is_combining_mark(c)
}

/// Ends the word that began at `word_at`; the next one begins where the result says.
fn end_word(out: &mut String, word_at: usize) -> usize {
    let word = &out[word_at..];
    if word.is_empty() {
        return word_at;
    }
    let may_end_so = word.len() > 4 && word.ends_with(['n', 's', 'r', 'e']);
    if may_end_so && let Some((british, american)) = USAGES.iter().find(|(british, _)| word.ends_with(british)) {
        out.truncate(out.len() - british.len());
        out.push_str(american);
    }
    out.push(' ');
    out.len()
}

#[cfg(test)]
mod tests {
    use super::name_key;

    #[test]
    fn one_name_has_one_key() {
        for (a, b) in [
            ("Getty Oil Co", "GETTY OIL CO."),
            ("Organisation of Petroleum Exporting Countries", "Organization of  Petroleum Exporting Countries"),
            ("Jean-Luc O’Neill", "JEAN LUC ONEILL"),
            ("Procter & Gamble", "Procter and Gamble"),
            ("U.S. Labour Party", "US Labor Party"),
            ("Élise Carbonneau", "ELISE CARBONNEAU"),
        ] {
            assert_eq!(name_key(a), name_key(b));
        }
        for (a, b) in [("OPEC", "OPEC+"), ("Putin", "Путин"), ("Walker", "Volcker"), ("<<>>", "**")] {
            assert_ne!(name_key(a), name_key(b));
        }
    }

    proptest::proptest! {
        #[test]
        fn the_key_of_a_key_is_itself(name in "\\PC{0,24}") {
            let key = name_key(&name);
            proptest::prop_assert_eq!(name_key(&key), key);
        }
    }
}
