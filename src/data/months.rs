//! Names of months in every language and calendar of the table `data/months.tsv`.

use crate::text::fold;
use crate::text::marks::{marks, may_be};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/months.tsv");

/// A calendar that datelines count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Calendar {
    /// Gregorian, under any of its names for the months.
    Gregorian,
    /// Solar Hijri, of Iran and Afghanistan.
    Persian,
    /// Lunar Hijri.
    Islamic,
    /// One that nothing here converts.
    Other,
}

impl Calendar {
    fn from_name(name: &str) -> Calendar {
        match name {
            "gregorian" | "levantine" | "maghreb" => Calendar::Gregorian,
            "persian" | "jalali" => Calendar::Persian,
            "islamic" | "hijri" => Calendar::Islamic,
            _ => Calendar::Other,
        }
    }
}

type Meaning = (Calendar, u32, &'static str);

/// The marked letters that a folded name is written with, for each spelling.
static MARKS: LazyLock<FxHashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut all: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for line in TABLE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        for name in line.split('\t').nth(3).unwrap_or("").split('|').map(|n| n.trim().trim_end_matches('.')) {
            all.entry(fold(name)).or_default().push(marks(name));
        }
    }
    all
});

static NAMES: LazyLock<FxHashMap<String, Vec<Meaning>>> = LazyLock::new(|| {
    let mut names: FxHashMap<String, Vec<Meaning>> = FxHashMap::default();
    for line in TABLE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let mut columns = line.split('\t').map(str::trim);
        let (Some(calendar), Some(month), Some(lang), Some(list)) =
            (columns.next(), columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let Ok(month) = month.parse::<u32>() else { continue };
        let meaning = (Calendar::from_name(calendar), month, lang);
        for name in list.split('|').map(|n| fold(n.trim().trim_end_matches('.'))).filter(|n| !n.is_empty()) {
            names.entry(name).or_default().push(meaning);
        }
    }
    for meanings in names.values_mut() {
        // A name that two calendars share is read in the commoner one.
        meanings.sort_by_key(|m| m.0 != Calendar::Gregorian);
    }
    names
});

/// The letters that names begin with before anything else, of those in ASCII.
static FIRST_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let first = |name: &'static String| &name[..name.bytes().take_while(u8::is_ascii_lowercase).count()];
    NAMES.keys().map(first).collect()
});
/// Letters of the longest first word of a name, and more.
const FIRST_WORD_MAX: usize = 24;

/// Tells whether the name of a month may begin with a word of ASCII letters, in any case.
#[must_use]
pub fn may_begin_with(word: &str) -> bool {
    let mut lower = [0; FIRST_WORD_MAX];
    let Some(lower) = lower.get_mut(..word.len()) else { return true };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    str::from_utf8(lower).is_ok_and(|word| FIRST_WORDS.contains(word))
}

/// Returns the calendar and number of the month that a folded name means, without a
/// full stop behind it.
#[must_use]
pub fn month(folded: &str) -> Option<(Calendar, u32)> {
    NAMES.get(folded)?.first().map(|m| (m.0, m.1))
}

/// Returns everything that a folded name may mean: calendar, month, language.
///
/// Few names mean more than one month: *listopad* is October in Croatian, November in
/// Polish and Czech.
#[must_use]
pub fn meanings(folded: &str) -> &'static [(Calendar, u32, &'static str)] {
    NAMES.get(folded).map_or(&[], Vec::as_slice)
}

/// Returns everything that a name may mean as it is printed: a letter of its own that no name
/// has makes it another word, as *się* is not *sie*.
#[must_use]
pub fn printed(name: &str, folded: &str) -> &'static [Meaning] {
    let found = meanings(folded);
    if found.is_empty() || name.is_ascii() {
        return found;
    }
    let marked = marks(name);
    let written = MARKS.get(folded).is_some_and(|all| all.iter().any(|written| may_be(&marked, written)));
    if marked.is_empty() || written { found } else { &[] }
}

#[cfg(test)]
mod tests {
    use super::{Calendar, NAMES, may_begin_with, month, printed};
    use crate::text::fold;

    #[test]
    fn no_name_begins_with_a_word_that_none_may_begin_with() {
        for name in NAMES.keys() {
            let word = &name[..name.bytes().take_while(u8::is_ascii_lowercase).count()];
            assert!(may_begin_with(word) && may_begin_with(&word.to_ascii_uppercase()), "{name}");
        }
        assert!(!may_begin_with("mln") && !may_begin_with("Bridge"));
    }

    #[test]
    fn names_of_months() {
        for (name, number) in [("December", 12), ("déc", 12), ("декабря", 12), ("ديسمبر", 12), ("mars", 3), ("Juli", 7)]
        {
            assert_eq!(month(&fold(name)), Some((Calendar::Gregorian, number)), "{name}");
        }
        assert_eq!(month("monday"), None);
        assert!(printed("się", "sie").is_empty() && !printed("sie", "sie").is_empty());
        assert!(!printed("WRZEŚNIA", "wrzesnia").is_empty());
    }
}
