//! Words and rules of expressions of time, a lexicon a language.
//!
//! The tables lie in `data/times/`; names of months and weekdays come from `data/months.tsv`
//! and from CLDR. The build script lays them out: nothing is parsed at start.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

pub use super::time_kind::{ANYTHING, KINDS, Kind, PARTS, REST, UNITS, bit, literal_bit, pack, tag, unpack, word_hash};

/// What is made of what a rule matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Build {
    /// A day, month or year of the calendar, as far as it is told.
    Date,
    /// Two days of one month: the words of the first name no month.
    Days,
    /// A weekday, with or without a part of the day or a direction.
    Weekday,
    /// A day counted from the day of filing.
    Day,
    /// A unit counted from this one: *last week*.
    Unit,
    /// An amount back from the day of filing: *three years ago*.
    Ago,
    /// As `Ago`, told to the day: *il y a trois semaines*.
    AgoDay,
    /// An amount from the day of filing on.
    Hence,
    /// An amount back from the day last spoken of: *two days earlier*.
    Earlier,
    /// An amount on from the day last spoken of.
    Later,
    /// An amount from something on that is not dated: *five years after the fire*.
    After,
    /// The same period a year before.
    YearBack,
    /// A length of time.
    Duration,
    /// A time that recurs.
    Set,
    /// A season.
    Season,
    /// A quarter or half of a year, by its number.
    Quarter,
    /// The quarter last spoken of.
    SameQuarter,
    /// A time of day.
    Time,
    /// A feast.
    Feast,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// The present, the past, the future.
    Ref,
    /// The day last spoken of, or a part of it.
    Same,
    /// A year in words: *nineteen ninety-six*.
    SpeltYear,
    /// Nothing: the words only look like a time.
    Skip,
}

/// What a place in a rule takes: a kind, with one value or any.
#[derive(Clone, Copy, Debug)]
pub struct Test {
    /// The kind.
    pub kind: Kind,
    /// The only value, where there is one.
    pub value: Option<i32>,
}

/// A place in a rule.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Any of these.
    pub tests: &'static [Test],
    /// Whether it may be missing.
    pub optional: bool,
    /// Whether it belongs to the expression or only stands beside it.
    pub inside: bool,
    /// Bits of what it takes: a token that has none of them does not suit.
    pub takes: u64,
}

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What is made of it.
    pub build: Build,
    /// Its places in order.
    pub places: &'static [Place],
}

/// A rule that may begin with a kind.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Its number.
    pub rule: u16,
    /// Bits of what must stand behind its first place: any of them, or [`ANYTHING`].
    pub next: u64,
}

/// A phrase of the lexicon with one of its meanings.
#[derive(Clone, Copy, Debug)]
pub struct Phrase {
    /// Numbers of the words behind the first, as [`Lexicon::head`] tells them.
    pub rest: &'static [u16],
    /// What it is.
    pub kind: Kind,
    /// Which one of its kind.
    pub value: i32,
    /// Whether it says nothing of time when it stands alone: an abbreviation, *May*.
    pub weak: bool,
    /// Whether it must be printed with a capital, or with a small letter.
    pub capital: Option<bool>,
}

/// A word that phrases begin with or have within them.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// The word, folded.
    pub word: &'static str,
    /// First of its phrases.
    pub first: u16,
    /// Number of its phrases; 0 for a word that begins none.
    pub count: u16,
    /// Bits of what it may be.
    pub is: u64,
    /// Bits of what must stand behind it where a rule begins with it: any of them, or
    /// [`ANYTHING`]; 0 where none does.
    pub next: u64,
    /// The kinds by which rules may begin with it, each once, of literals each one.
    pub starts: &'static [(Kind, i32)],
}

/// The words and rules of one language.
#[derive(Debug)]
pub struct Lexicon {
    /// ISO 639-1.
    pub code: &'static str,
    /// Numbers of heads with the [`tag`] of their hash; 0 where nothing lies.
    slots: &'static [u32],
    heads: &'static [Head],
    phrases: &'static [Phrase],
    rules: &'static [Rule],
    by_kind: &'static [&'static [Candidate]],
    by_literal: &'static [&'static [Candidate]],
    /// Endings of verbs that look ahead (1) or back (0) and of participles (-1) as they are
    /// printed, *ront*; with a hyphen behind it what such words begin with.
    pub endings: &'static [(&'static str, i32)],
}

include!(concat!(env!("OUT_DIR"), "/times.rs"));

impl Lexicon {
    /// Returns the number of the head for a folded word, from 1; 0 where there is none. A word
    /// of ASCII letters need not be folded.
    #[must_use]
    #[inline]
    pub fn head(&self, word: &str) -> u16 {
        let mask = self.slots.len() - 1;
        let hash = word_hash(word.as_bytes());
        let mut slot = hash as usize & mask;
        loop {
            let n = self.slots[slot];
            if n == 0 {
                return 0;
            }
            let index = (n & 0xFFFF) as u16;
            if tag(n) == tag(hash) && self.heads[usize::from(index) - 1].word.eq_ignore_ascii_case(word) {
                return index;
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Returns the head of a number; nothing for 0.
    #[must_use]
    #[inline]
    pub fn entry(&self, head: u16) -> Option<&'static Head> {
        usize::from(head).checked_sub(1).and_then(|i| self.heads.get(i))
    }

    /// Returns the phrases that begin with a head, longest first.
    #[must_use]
    #[inline]
    pub fn phrases(&self, head: u16) -> &'static [Phrase] {
        let Some(head) = self.entry(head) else { return &[] };
        &self.phrases[usize::from(head.first)..usize::from(head.first + head.count)]
    }

    /// Returns the rule of a number.
    #[must_use]
    pub fn rule(&self, number: u16) -> Option<&'static Rule> {
        self.rules.get(usize::from(number))
    }

    /// Returns the rules that may begin with a kind, in their order; of literals those that
    /// may begin with that very one.
    #[must_use]
    pub fn candidates(&self, kind: Kind, value: i32) -> &'static [Candidate] {
        match kind {
            Kind::Literal => usize::try_from(value).ok().and_then(|v| self.by_literal.get(v)).copied().unwrap_or(&[]),
            _ => self.by_kind[kind as usize],
        }
    }

    /// Returns the folded phrases of a kind and value, for tests over every language.
    #[cfg(test)]
    pub(crate) fn words_of(&self, kind: Kind, value: i32) -> Vec<String> {
        let heads = self.heads.iter().flat_map(|h| self.phrases(self.head(h.word)).iter().map(move |p| (h.word, p)));
        let wanted = heads.filter(|(_, p)| p.kind == kind && p.value == value && p.capital != Some(true));
        let rest = |p: &Phrase| -> String {
            p.rest.iter().filter_map(|w| self.entry(*w)).map(|h| format!(" {}", h.word)).collect()
        };
        wanted.map(|(word, p)| word.to_owned() + &rest(p)).collect()
    }
}

/// Returns the lexicon of a language, by its ISO 639-1 code; that of figures alone where the
/// language is not known or has none.
#[must_use]
pub fn lexicon(code: Option<&str>) -> &'static Lexicon {
    let code = code.unwrap_or("any");
    let at = |code: &str| LEXICONS.binary_search_by(|l| l.code.cmp(code)).ok();
    match at(code).or_else(|| at("any")) {
        Some(i) => &LEXICONS[i],
        None => &LEXICONS[0],
    }
}

/// Weekdays by their folded names of one word; none where languages disagree.
static WEEKDAYS: LazyLock<FxHashMap<&'static str, Option<u32>>> = LazyLock::new(|| {
    let mut days: FxHashMap<&'static str, Option<u32>> = FxHashMap::default();
    for lexicon in all() {
        for head in lexicon.heads {
            let phrases = &lexicon.phrases[usize::from(head.first)..usize::from(head.first + head.count)];
            for phrase in phrases.iter().filter(|p| p.kind == Kind::Weekday && p.rest.is_empty()) {
                let day = u32::try_from(phrase.value).ok();
                let known = days.entry(head.word).or_insert(day);
                if *known != day {
                    *known = None;
                }
            }
        }
    }
    days
});

/// Returns the weekday that a folded word means in any language, from Monday, 0; nothing where
/// languages disagree.
#[must_use]
pub fn weekday(folded: &str) -> Option<u32> {
    WEEKDAYS.get(folded).copied().flatten()
}

/// Returns every lexicon, in the order of their codes.
#[must_use]
pub fn all() -> &'static [Lexicon] {
    LEXICONS
}

#[cfg(test)]
mod tests {
    use super::{Kind, all, lexicon};

    #[test]
    fn every_head_is_found_by_its_word() {
        for lexicon in all() {
            for (i, head) in lexicon.heads.iter().enumerate() {
                assert_eq!(usize::from(lexicon.head(head.word)), i + 1, "{} {}", lexicon.code, head.word);
            }
            assert_eq!(lexicon.head("xyzzy"), 0);
        }
    }

    #[test]
    fn languages_without_a_table_of_their_own_have_months_and_weekdays() {
        for (code, word) in [("pl", "grudnia"), ("nl", "maandag"), ("sv", "december"), ("fr", "lundi"), ("ru", "вчера")]
        {
            let lexicon = lexicon(Some(code));
            assert_eq!(lexicon.code, code);
            let kinds: Vec<Kind> = lexicon.phrases(lexicon.head(word)).iter().map(|p| p.kind).collect();
            assert!(kinds.iter().any(|k| matches!(k, Kind::Month | Kind::Weekday | Kind::Day)), "{word} {kinds:?}");
        }
    }
}
