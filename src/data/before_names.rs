//! What stands before a name and is no part of it: *President* Putin, *the* United Nations.
//!
//! For names in queries. The words are the articles, titles, roles and demonyms of
//! `data/entity_words.tsv`, which the build script gathers.

use crate::text::{fold, words};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The words, folded, a line each, in order.
static BEFORE: &str = include_str!(concat!(env!("OUT_DIR"), "/before_names.txt"));

/// Words of the longest title that is looked for: *secretary of state*.
const TITLE_WORDS_MAX: usize = 4;

/// Tells whether a folded word or phrase may stand before a name and be no part of it.
#[must_use]
pub fn is_before(folded: &str) -> bool {
    WORDS.contains(folded)
}

static WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| BEFORE.lines().collect());

/// Returns the name without the titles and articles before it; `None` where there are none,
/// or nothing else.
///
/// ```
/// use dateline::data::before_names::bare;
/// assert_eq!(bare("Russian President Putin"), Some("Putin"));
/// assert_eq!(bare("Vladimir Putin"), None);
/// ```
#[must_use]
pub fn bare(name: &str) -> Option<&str> {
    let words: Vec<_> = words(name).collect();
    let mut from = 0;
    let longest = |from: usize| {
        let ends = from + 1..=(from + TITLE_WORDS_MAX).min(words.len().saturating_sub(1));
        ends.rev().find(|to| is_before(&fold(&name[words[from].start..words[to - 1].end])))
    };
    while let Some(next) = longest(from) {
        from = next;
    }
    (from > 0).then(|| &name[words[from].start..])
}

#[cfg(test)]
mod tests {
    use super::{BEFORE, bare};

    #[test]
    fn titles_and_articles_go() {
        for (name, left) in [
            ("President Putin", "Putin"),
            ("the United Nations", "United Nations"),
            ("l'ONU", "ONU"),
            ("Secretary of State Antony Blinken", "Antony Blinken"),
            ("le président français Emmanuel Macron", "Emmanuel Macron"),
            ("президент Путин", "Путин"),
            ("Bundeskanzler Olaf Scholz", "Olaf Scholz"),
        ] {
            assert_eq!(bare(name), Some(left), "{name}");
        }
    }

    #[test]
    fn a_name_keeps_its_last_word() {
        for name in ["Putin", "President", "Anna President", "", "the", "习近平"] {
            assert_eq!(bare(name), None, "{name}");
        }
    }

    #[test]
    fn the_words_are_in_order() {
        assert!(BEFORE.lines().is_sorted() && BEFORE.lines().count() > 100);
    }
}
