//! Words and rules of expressions of time, a lexicon a language.
//!
//! The tables lie in `data/times/`; names of months and weekdays come from `data/months.tsv`
//! and from CLDR. The build script lays them out (`time_lexicon`) as postcard; each
//! language is read when it is first asked for: a search reads none.

pub use super::time_kind::{ANYTHING, KINDS, Kind, PARTS, REST, UNITS, bit, literal_bit, pack, tag, unpack, word_hash};
pub use super::time_lexicon::{Build, Candidate, Head, Lexicon, Phrase, Place, Rule, Test};
use crate::text::marks::{marks, may_be};
use rustc_hash::FxHashMap;
use std::sync::{LazyLock, OnceLock};

/// Every lexicon: pairs of the code and of its bytes, in the order of the codes.
static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/times.lexicons"));

/// A lexicon that is read when it is asked for.
struct Lazy {
    code: &'static str,
    bytes: &'static [u8],
    read: OnceLock<Lexicon>,
}

static LEXICONS: LazyLock<Vec<Lazy>> = LazyLock::new(|| {
    let pairs: Vec<(&str, &[u8])> = postcard::from_bytes(BYTES).expect("the build script wrote it");
    pairs.into_iter().map(|(code, bytes)| Lazy { code, bytes, read: OnceLock::new() }).collect()
});

impl Lazy {
    fn get(&'static self) -> &'static Lexicon {
        self.read.get_or_init(|| postcard::from_bytes(self.bytes).expect("the build script wrote it"))
    }
}

impl Lexicon {
    /// Returns the language, ISO 639-1; `any` for what holds in all.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

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

    /// Returns the number of the head for a printed word and its folded form; 0 also where the
    /// word has letters of its own that the head is not written with: *się* is not *sie*.
    #[must_use]
    pub fn head_as_printed(&self, printed: &str, folded: &str) -> u16 {
        let head = self.head(folded);
        let Some(entry) = self.entry(head) else { return 0 };
        let marked = marks(printed);
        let is = marked.is_empty() || entry.marks.iter().any(|written| may_be(&marked, written));
        if is { head } else { 0 }
    }

    /// Returns the head of a number; nothing for 0.
    #[must_use]
    #[inline]
    pub fn entry(&self, head: u16) -> Option<&Head> {
        usize::from(head).checked_sub(1).and_then(|i| self.heads.get(i))
    }

    /// Returns the phrases that begin with a head, longest first.
    #[must_use]
    #[inline]
    pub fn phrases(&self, head: u16) -> &[Phrase] {
        let Some(head) = self.entry(head) else { return &[] };
        &self.phrases[usize::from(head.first)..][..usize::from(head.count)]
    }

    /// Returns the rule of a number.
    #[must_use]
    pub fn rule(&self, number: u16) -> Option<&Rule> {
        self.rules.get(usize::from(number))
    }

    /// Returns the rules that may begin with a kind, in their order; of literals those that
    /// may begin with that very one.
    #[must_use]
    pub fn candidates(&self, kind: Kind, value: i32) -> &[Candidate] {
        match kind {
            Kind::Literal => usize::try_from(value).ok().and_then(|v| self.by_literal.get(v)).map_or(&[], |c| c),
            _ => &self.by_kind[kind as usize],
        }
    }

    /// Returns the folded phrases of a kind and value, for tests over every language.
    #[cfg(test)]
    pub(crate) fn words_of(&self, kind: Kind, value: i32) -> Vec<String> {
        let heads = self.heads.iter().flat_map(|h| self.phrases(self.head(&h.word)).iter().map(move |p| (&*h.word, p)));
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
    let at = |code: &str| LEXICONS.binary_search_by(|l| l.code.cmp(code)).ok();
    let found = code.and_then(at).or_else(|| at("any"));
    LEXICONS[found.unwrap_or(0)].get()
}

/// Weekdays by their folded names of one word; none where languages disagree.
static WEEKDAYS: LazyLock<FxHashMap<&'static str, Option<u32>>> = LazyLock::new(|| {
    let mut days: FxHashMap<&'static str, Option<u32>> = FxHashMap::default();
    for lexicon in all() {
        for head in &lexicon.heads {
            let phrases = &lexicon.phrases[usize::from(head.first)..][..usize::from(head.count)];
            for phrase in phrases.iter().filter(|p| p.kind == Kind::Weekday && p.rest.is_empty()) {
                let day = u32::try_from(phrase.value).ok();
                let known = days.entry(&*head.word).or_insert(day);
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
pub fn all() -> impl Iterator<Item = &'static Lexicon> {
    LEXICONS.iter().map(Lazy::get)
}

#[cfg(test)]
mod tests {
    use super::{Kind, all, lexicon};

    #[test]
    fn every_head_is_found_by_its_word() {
        for lexicon in all() {
            for (i, head) in lexicon.heads.iter().enumerate() {
                assert_eq!(usize::from(lexicon.head(&head.word)), i + 1, "{} {}", lexicon.code(), head.word);
            }
            assert_eq!(lexicon.head("xyzzy"), 0);
        }
    }

    #[test]
    fn languages_without_a_table_of_their_own_have_months_and_weekdays() {
        for (code, word) in [("pl", "grudnia"), ("nl", "maandag"), ("sv", "december"), ("fr", "lundi"), ("ru", "вчера")]
        {
            let lexicon = lexicon(Some(code));
            assert_eq!(lexicon.code(), code);
            let kinds: Vec<Kind> = lexicon.phrases(lexicon.head(word)).iter().map(|p| p.kind).collect();
            assert!(kinds.iter().any(|k| matches!(k, Kind::Month | Kind::Weekday | Kind::Day)), "{word} {kinds:?}");
        }
    }
}
