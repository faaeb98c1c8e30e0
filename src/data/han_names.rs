//! Whether a run of Han is a Chinese name or a foreign one by its sounds.
//!
//! The signs are the Chinese surnames and the signs of transliterations of
//! `data/entity_words.tsv`, which the build script gathers.

/// Surnames of one sign, a line; signs that write foreign names, a line.
static SIGNS: &str = include_str!(concat!(env!("OUT_DIR"), "/han_signs.txt"));

/// Signs of a Chinese name, surname and given name: with more it is a foreign one.
const SIGNS_MAX: usize = 4;

/// Tells whether `name` is a surname of China with a given name behind it, and cannot be a
/// foreign name written by its sounds.
///
/// ```
/// use dateline::data::han_names::is_chinese;
/// assert!(is_chinese("王小明") && !is_chinese("马克龙") && !is_chinese("普京") && !is_chinese("王"));
/// ```
#[must_use]
pub fn is_chinese(name: &str) -> bool {
    let (surnames, sounds) = SIGNS.split_once('\n').unwrap_or_default();
    let mut signs = name.chars();
    let begins = signs.next().is_some_and(|sign| surnames.contains(sign));
    let rest = signs.clone().count();
    begins && (1..SIGNS_MAX).contains(&rest) && signs.any(|sign| !sounds.contains(sign))
}

/// Tells whether `surname` is the first half of a Japanese name of four signs.
///
/// ```
/// use dateline::data::han_names::is_surname_of;
/// assert!(is_surname_of("高田", "高田優子") && !is_surname_of("高", "高田優子") && !is_surname_of("高田", "高田"));
/// ```
#[must_use]
pub fn is_surname_of(surname: &str, name: &str) -> bool {
    let is_han = |c: char| ('\u{3400}'..='\u{9FFF}').contains(&c);
    let is_half = |name: &str| name.chars().count() == SIGNS_MAX && name.chars().all(is_han);
    name.starts_with(surname) && 2 * surname.chars().count() == SIGNS_MAX && is_half(name)
}
