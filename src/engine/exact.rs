//! Exact variants: how a word was printed, beside its folded form.
//!
//! A variant is the folded word, [`EXACT_MARK`] and what tells how it was printed. Most words
//! that are not printed as they fold have a capital first or are in capitals: for these a
//! single character stands, which all such words of a dictionary share. Any other is given as
//! it is seen: whether an accent is a character of its own, and what is invisible, is no reader's
//! matter ([`crate::text::seen`]).

use crate::text::seen;

/// Parts an exact variant from its folded form.
pub(super) const EXACT_MARK: char = '\u{1}';
/// The folded word with a capital first.
const TITLE: char = '\u{5}';
/// The folded word in capitals.
const CAPITALS: char = '\u{6}';

/// Returns the variant of a word as printed, which differs from its folded form.
pub(super) fn exact_term(folded: &str, printed: &str) -> String {
    let mut term = String::with_capacity(folded.len() + printed.len() + 1);
    term.push_str(folded);
    push_exact(folded, printed, &mut term);
    term
}

/// Appends what makes the variant of its folded form.
pub(super) fn push_exact(folded: &str, printed: &str, term: &mut String) {
    let printed = seen(printed);
    term.push(EXACT_MARK);
    if is_title(folded, &printed) {
        term.push(TITLE);
    } else if is_capitals(folded, &printed) {
        term.push(CAPITALS);
    } else {
        term.push_str(&printed);
    }
}

/// Whether a word is printed otherwise than it folds.
pub(super) fn is_variant(folded: &str, printed: &str) -> bool {
    folded != printed && *folded != *seen(printed)
}

/// Tells whether the printed word is what raising the first letter of the folded one gives: one
/// word alone is, so that two printed words never share a variant.
fn is_title(folded: &str, printed: &str) -> bool {
    let mut letters = folded.chars();
    let Some(first) = letters.next() else { return false };
    printed.chars().eq(first.to_uppercase().chain(letters))
}

/// The same of all letters.
fn is_capitals(folded: &str, printed: &str) -> bool {
    printed.chars().eq(folded.chars().flat_map(char::to_uppercase))
}

#[cfg(test)]
mod tests {
    use super::{exact_term, is_variant};
    use crate::text::fold;

    #[test]
    fn words_of_one_case_end_alike() {
        for (printed, term) in [
            ("Minister", "minister\u{1}\u{5}"),
            ("A", "a\u{1}\u{5}"),
            ("UN", "un\u{1}\u{6}"),
            ("McRoe", "mcroe\u{1}McRoe"),
            ("Président", "president\u{1}Président"),
            ("Москва", "москва\u{1}\u{5}"),
            ("Pre\u{301}si\u{AD}dent", "president\u{1}Président"),
        ] {
            assert_eq!(exact_term(&fold(printed), printed), term);
        }
    }

    #[test]
    fn what_is_seen_alike_is_printed_alike() {
        assert!(!is_variant("gouvernement", "gouver\u{AD}nement"));
        assert!(!is_variant("й", "и\u{306}"));
        assert!(is_variant("president", "pre\u{301}sident"));
        assert!(is_variant("iran", "Iran"));
    }

    proptest::proptest! {
        #[test]
        fn two_printed_words_have_two_variants(a in "[aAbBßéÉſKKǆǅ]{1,4}", b in "[aAbBßéÉſKKǆǅ]{1,4}") {
            let same = exact_term(&fold(&a), &a) == exact_term(&fold(&b), &b);
            proptest::prop_assert_eq!(same, a == b);
        }
    }
}
