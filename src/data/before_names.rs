//! What stands before a name and is no part of it: *President* Putin, *the* United Nations.
//!
//! For names in queries. The words are the articles, titles, roles and demonyms of
//! `data/entity_words.tsv`, which the build script gathers.

use crate::text::{fold, words};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The words, folded, a line each, in order.
static BEFORE: &str = include_str!(concat!(env!("OUT_DIR"), "/before_names.txt"));

/// Who belongs to somebody, and who speaks for him: the same way.
static RELATIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/relation.txt"));
static WORKS: &str = include_str!(concat!(env!("OUT_DIR"), "/work.txt"));
static VOICES: &str = include_str!(concat!(env!("OUT_DIR"), "/voice.txt"));

static SAYS: &str = include_str!(concat!(env!("OUT_DIR"), "/says.txt"));
static CITES: &str = include_str!(concat!(env!("OUT_DIR"), "/cites.txt"));
static DENIES: &str = include_str!(concat!(env!("OUT_DIR"), "/denies.txt"));
static HOUSES: &str = include_str!(concat!(env!("OUT_DIR"), "/house.txt"));
static POSTS: &str = include_str!(concat!(env!("OUT_DIR"), "/post.txt"));

/// Words of the longest title that is looked for: *secretary of state*.
const TITLE_WORDS_MAX: usize = 4;

/// Tells whether a folded word or phrase may stand before a name and be no part of it.
#[must_use]
pub fn is_before(folded: &str) -> bool {
    WORDS.contains(folded)
}

/// Tells whether a folded word is of somebody who belongs to another: *lawyer*, *aide*, *brother*.
#[must_use]
pub fn is_relation(folded: &str) -> bool {
    static SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| RELATIONS.lines().collect());
    SET.contains(folded)
}

/// Tells whether a folded word is of somebody who speaks for another: *spokesman*.
#[must_use]
pub fn is_voice(folded: &str) -> bool {
    static SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| VOICES.lines().collect());
    SET.contains(folded)
}

/// Tells whether a folded word is of what has a title: *film*, *newspaper*, *author*.
#[must_use]
pub fn is_work(folded: &str) -> bool {
    static SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| WORKS.lines().collect());
    SET.contains(folded)
}

/// Tells whether a folded word or phrase is a verb of saying, or what stands for one (*according to*), that
/// the recogniser of names does not go by.
#[must_use]
pub fn is_saying(folded: &str, lang: &str) -> bool {
    static SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| SAYS.lines().collect());
    SET.contains(format!("{lang} {folded}").as_str())
}

/// Tells whether a folded word is a verb that gives the words of others: *read*, *called*.
#[must_use]
pub fn is_citing(folded: &str, lang: &str) -> bool {
    static SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| CITES.lines().collect());
    SET.contains(format!("{lang} {folded}").as_str())
}

/// Tells whether a folded word makes a verb of saying none: *never*, *denied*.
#[must_use]
pub fn is_denying(folded: &str, lang: &str) -> bool {
    static SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| DENIES.lines().collect());
    SET.contains(format!("{lang} {folded}").as_str())
}

/// Tells whether a folded word is of what acts in somebody's name or bears it: *government*, *ship*.
#[must_use]
pub fn is_house(folded: &str, lang: &str) -> bool {
    static SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| HOUSES.lines().collect());
    SET.contains(format!("{lang} {folded}").as_str())
}

/// Tells whether a folded word is what people are in languages that the recogniser of names has no roles of.
#[must_use]
pub fn is_post(folded: &str, lang: &str) -> bool {
    static SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| POSTS.lines().collect());
    SET.contains(format!("{lang} {folded}").as_str())
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
