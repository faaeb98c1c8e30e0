//! Names of the tables in scripts without capitals: Han, kana, Hangul, Arabic, Hebrew, Thai
//! and their like.
//!
//! Nothing in the spelling of such text tells a name from a word, so that well-known people,
//! organisations and places are looked for letter by letter, the longest first. A find is
//! no verdict: it speaks for the labels of the name, more or less strongly, and the words
//! around can speak against it. It refuses what is only a part of a longer word or name.

use super::hash;
use super::inflection::without_onto;
use super::labels::Part;
use super::lexicon::{COMMON, FUNCTION};
use super::tokens::{Join, Token};
use super::traits::Sheet;
use crate::data::spelled::{Surety, Walk};
use crate::story::EntityKind;
use crate::text::fold_into;

/// Longest name that is looked for, in tokens.
const TOKENS_MAX: usize = 24;
/// Letters of a Semitic name behind a prefix.
const BEHIND_PREFIX_MIN: usize = 4;

/// Korean particles and suffixes behind a name.
const KOREAN_ENDINGS: &[&str] = &[
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "에게",
    "에서",
    "에는",
    "에도",
    "에서는",
    "에서도",
    "와",
    "과",
    "도",
    "만",
    "로",
    "으로",
    "로부터",
    "으로부터",
    "부터",
    "까지",
    "보다",
    "처럼",
    "라고",
    "이라고",
    "라는",
    "이라는",
    "인",
    "이다",
    "이며",
    "이자",
    "이나",
    "나",
    "든",
    "께",
    "께서",
    "씨",
    "측",
    "군",
    "발",
    "행",
    "산",
    "와의",
    "과의",
    "에의",
    "로의",
    "으로의",
    "에게서",
    "씨는",
    "씨가",
    "측은",
    "측이",
    "측에",
    "및",
    "등",
    "등은",
    "등이",
    "간",
    "내",
];

/// A name of the tables where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its first token.
    pub from: usize,
    /// One past its last token.
    pub to: usize,
    /// What it is.
    pub kind: EntityKind,
    /// How surely.
    pub surety: Surety,
}

impl Listed {
    /// Yields its tokens, each with where it stands in the name.
    pub(super) fn parts(&self) -> impl Iterator<Item = (usize, Part)> + use<> {
        let Listed { from, to, .. } = *self;
        (from..to).map(move |at| match (at == from, at + 1 == to) {
            (true, true) => (at, Part::Single),
            (true, false) => (at, Part::Begin),
            (false, true) => (at, Part::End),
            (false, false) => (at, Part::Inside),
        })
    }
}

/// The ways in which scripts set names apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    /// No spaces: a name may stand anywhere.
    Unspaced,
    /// Endings hang on a name, nothing stands before it.
    Hangul,
    /// Words, before which one-letter words hang.
    Semitic,
    /// Words.
    Words,
}

fn setting(c: char) -> Option<Setting> {
    Some(match c {
        '\u{AC00}'..='\u{D7A3}' => Setting::Hangul,
        '\u{0590}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' => Setting::Semitic,
        '\u{0900}'..='\u{0DFF}' => Setting::Words,
        _ if crate::text::stands_alone(c) => Setting::Unspaced,
        _ => return None,
    })
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9D}')
}

/// Finds the names of the tables in a sheet, in order, none within another.
pub(super) fn find(text: &str, sheet: &Sheet<'_>, folded: &mut String, out: &mut Vec<Listed>) {
    out.clear();
    let start = Walk::start();
    let persian = sheet.lang == hash::of("fa");
    let mut at = 0;
    while at < sheet.tokens.len() {
        let found = begins(text, &sheet.tokens, at).and_then(|setting| {
            let search = Search { text, tokens: &sheet.tokens, setting };
            search.longest(start, at, folded)
        });
        at = found.map_or(at + 1, |f| f.to);
        out.extend(found.filter(|f| !(persian && is_ordinary(sheet, f))));
    }
}

/// Tells whether a name of one word is rather the word: a Persian *fish* is no Mahé.
fn is_ordinary(sheet: &Sheet<'_>, name: &Listed) -> bool {
    name.to == name.from + 1 && sheet.traits[name.from].flags & (COMMON | FUNCTION) != 0
}

/// Tells whether a name may begin with the token, and in which setting.
fn begins(text: &str, tokens: &[Token], at: usize) -> Option<Setting> {
    let token = tokens[at];
    // Latin, Greek and Cyrillic letters lie below.
    if !token.is_word || text.as_bytes()[token.start as usize] < 0xD6 {
        return None;
    }
    let first = text[token.start as usize..].chars().next()?;
    let setting = setting(first)?;
    let before = at.checked_sub(1).map(|i| tokens[i]).filter(|b| b.is_word);
    let Some(last) = before.and_then(|b| text[..b.end as usize].chars().next_back()) else { return Some(setting) };
    let inside = match token.join {
        // The second part of a longer name.
        Join::Dot => true,
        Join::Adjacent => match setting {
            Setting::Hangul => self::setting(last) == Some(Setting::Hangul),
            Setting::Unspaced => is_kana(first) && is_kana(last),
            Setting::Semitic | Setting::Words => true,
        },
        Join::Break | Join::Space | Join::Wrap | Join::Hyphen | Join::Apostrophe => false,
    };
    (!inside).then_some(setting)
}

struct Search<'a> {
    text: &'a str,
    tokens: &'a [Token],
    setting: Setting,
}

impl Search<'_> {
    fn longest(&self, start: Walk, from: usize, folded: &mut String) -> Option<Listed> {
        let found = self.walk(start, from, 0, folded);
        if found.is_some() || self.setting != Setting::Semitic {
            return found;
        }
        // A conjunction, a preposition or an article before it.
        let word = self.token(from);
        let hebrew = word.strip_prefix(['ה', 'ו', 'ב', 'ל', 'מ', 'ש', 'כ']);
        // In Arabic a preposition may follow a conjunction: *وبماكرون*.
        let mut rests = without_onto(word).chain(hebrew).filter(|rest| rest.chars().count() >= BEHIND_PREFIX_MIN);
        rests.find_map(|rest| {
            self.walk(start, from, word.len() - rest.len(), folded).filter(|f| f.surety == Surety::Sure)
        })
    }

    /// Walks from a token on, without its first `skipped` bytes.
    fn walk(&self, mut walk: Walk, from: usize, skipped: usize, folded: &mut String) -> Option<Listed> {
        let mut best = None;
        for to in from..self.tokens.len().min(from + TOKENS_MAX) {
            let token = self.tokens[to];
            if to > from {
                let is_part = token.is_word && token.join != Join::Break;
                if !is_part || self.spaced(to) && !walk.step(" ") {
                    break;
                }
            }
            folded.clear();
            fold_into(&self.token(to)[if to == from { skipped } else { 0 }..], folded);
            if !walk.step(folded) {
                break;
            }
            let Some((kind, surety)) = walk.found() else { continue };
            let letters = self.text[self.tokens[from].start as usize..token.end as usize].chars().count();
            if letters > 1 && self.may_end(to + 1) {
                best = Some(Listed { from, to: to + 1, kind, surety });
            }
        }
        best
    }

    fn token(&self, at: usize) -> &str {
        let token = self.tokens[at];
        &self.text[token.start as usize..token.end as usize]
    }

    /// Tells whether a space before the token means something in a name.
    fn spaced(&self, at: usize) -> bool {
        self.setting == Setting::Words && !matches!(self.tokens[at].join, Join::Adjacent | Join::Apostrophe)
            // Hebrew names have spaces in the tables; Arabic ones are kept without.
            || self.setting == Setting::Semitic && self.token(at).bytes().next().is_some_and(|b| b < 0xD8)
    }

    /// Tells whether a name may end before the token.
    fn may_end(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at).filter(|t| t.is_word) else { return true };
        match next.join {
            Join::Dot => return false,
            Join::Adjacent => {}
            Join::Break | Join::Space | Join::Wrap | Join::Hyphen | Join::Apostrophe => return true,
        }
        let (last, first) =
            (self.text[..next.start as usize].chars().next_back(), self.text[next.start as usize..].chars().next());
        match self.setting {
            Setting::Hangul => self.is_ending(at),
            Setting::Unspaced => !(last.is_some_and(is_kana) && first.is_some_and(is_kana)),
            Setting::Semitic | Setting::Words => false,
        }
    }

    /// Tells whether the rest of a Korean word is a particle.
    fn is_ending(&self, at: usize) -> bool {
        let start = self.tokens[at].start as usize;
        let rest = &self.text[start..];
        let end = rest.find(|c| setting(c) != Some(Setting::Hangul)).unwrap_or(rest.len());
        KOREAN_ENDINGS.contains(&&rest[..end])
    }
}
