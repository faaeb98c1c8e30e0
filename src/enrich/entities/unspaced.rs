//! Where names end in scripts that put no blanks between words.
//!
//! The model labels characters and may stop short of a name's last, or take the first of the
//! title behind it. What is well known, and what copy sets around names, tells where they end.

use super::hash::{self, EMPTY_PHRASE};
use super::lexicon::{Flags, ROLE, TITLE};
use super::tables;
use crate::data::known;
use crate::story::{EntityKind, Span};
use crate::text::{fold, words};

/// Characters that a well-known name may go on behind what was read of it.
const BEYOND_MAX: usize = 2;
/// Characters of the longest name that is mended.
const CHARACTERS_MAX: usize = 4;

/// Returns the whole name of a person of whom a part was read.
pub(super) fn whole(text: &str, mention: Span) -> Span {
    let name = mention.of(text);
    if let Some(bare) = before_affiliation(text, mention) {
        return bare;
    }
    let count = name.chars().count();
    if !(2..=CHARACTERS_MAX).contains(&count) || !name.chars().all(|c| is_han(c) || is_hangul(c)) {
        return mention;
    }
    if let Some(bare) = without_title(text, mention, count) {
        return bare;
    }
    let behind = &text[mention.end as usize..];
    let is_known = |end: usize| {
        text.get(mention.start as usize..end).is_some_and(|n| known::lookup(EntityKind::Person, n).any(|(_, a)| !a))
    };
    let end = mention.end as usize;
    if !is_known(end) {
        let ends = behind.char_indices().take(BEYOND_MAX).map(|(at, c)| (end + at + c.len_utf8(), c));
        let longest =
            ends.take_while(|(_, c)| is_han(*c) || is_hangul(*c)).map(|(end, _)| end).filter(|e| is_known(*e)).last();
        if let Some(end) = longest {
            return Span::new(mention.start as usize, end);
        }
    }
    of_reporter(text, mention, count).or_else(|| with_syllable(text, mention, count)).unwrap_or(mention)
}

/// `박서윤 한` + `국무역협회`: the last syllable begins the next word.
fn before_affiliation(text: &str, mention: Span) -> Option<Span> {
    let (name, rest) = mention.of(text).split_once(' ')?;
    let goes_on = text[mention.end as usize..].starts_with(is_hangul);
    let is_cut = rest.chars().count() == 1 && goes_on && name.chars().count() > 1 && name.chars().all(is_hangul);
    is_cut.then(|| Span::new(mention.start as usize, mention.start as usize + name.len()))
}

/// `김지` + `은 부산대 교수는`: what looks like the particle of a topic is the name's, for another word has it.
fn with_syllable(text: &str, mention: Span, count: usize) -> Option<Span> {
    const TOPICS: [char; 4] = ['은', '는', '이', '가'];
    const WORDS_MAX: usize = 2;
    let behind = text[mention.end as usize..].strip_prefix("은 ").filter(|_| count == 2)?;
    let is_topic = |word: &str| {
        let bare = word.trim_end_matches(TOPICS);
        let last = bare.char_indices().nth_back(1).map_or(bare, |(at, _)| &bare[at..]);
        bare.len() < word.len() && (flags(bare) | flags(last)) & (TITLE | ROLE) != 0
    };
    let is_name = behind.split(' ').take(WORDS_MAX).any(is_topic);
    is_name.then(|| Span::new(mention.start as usize, mention.end as usize + '은'.len_utf8()))
}

/// `岸田首` + `相`: the last character begins a title.
fn without_title(text: &str, mention: Span, count: usize) -> Option<Span> {
    let (last, _) = mention.of(text).char_indices().next_back().filter(|_| count > 2)?;
    // `高市首相`: all of it. A word that is whole in front of the title is a surname.
    if let Some((at, _)) = mention.of(text).char_indices().nth(count - 2).filter(|_| count > 3)
        && flags(&mention.of(text)[at..]) & (TITLE | ROLE) != 0
    {
        return Some(Span::new(mention.start as usize, mention.start as usize + at));
    }
    let from = mention.start as usize + last;
    let title = text[from..].char_indices().nth(2).map_or(text.len(), |(at, _)| from + at);
    (flags(&text[from..title]) & (TITLE | ROLE) != 0).then(|| Span::new(mention.start as usize, from))
}

/// `記者王承` + `中台北5日電`: a reporter's name goes on to the place that he files from.
fn of_reporter(text: &str, mention: Span, count: usize) -> Option<Span> {
    const REPORTERS: [&str; 2] = ["記者", "记者"];
    const PLACE_MAX: usize = 4;
    if count != 2 || !REPORTERS.iter().any(|r| text[..mention.start as usize].ends_with(r)) {
        return None;
    }
    let behind = &text[mention.end as usize..];
    let next = behind.chars().next().filter(|c| is_han(*c))?;
    let place = &behind[next.len_utf8()..];
    let of = |n: usize| place.char_indices().nth(n).map(|(at, _)| &place[..at]);
    let dated = |n: usize| of(n).is_some_and(|p| place[p.len()..].starts_with(|c: char| c.is_ascii_digit()));
    let is_place = |p: &str| crate::data::places::lookup(p).next().is_some();
    let is_filed = (2..=PLACE_MAX).any(|n| dated(n) && of(n).is_some_and(is_place));
    is_filed.then(|| Span::new(mention.start as usize, mention.end as usize + next.len_utf8()))
}

fn flags(phrase: &str) -> Flags {
    let of = |hash, word: &str| hash::phrase(hash, hash::of(&fold(word)));
    let hash = words(phrase).fold(EMPTY_PHRASE, |hash, w| of(hash, &phrase[w.start..w.end]));
    tables().0.iter().fold(0, |all, lexicon| all | lexicon.get(hash))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

#[cfg(test)]
mod tests {
    use super::whole;
    use crate::story::Span;

    #[test]
    fn a_name_is_read_to_its_end() {
        for (text, part, name) in [
            ("경애하는 김정은동지께서 접견하시였다.", "김정", "김정은"),
            ("中央社記者王承中台北5日電", "王承", "王承中"),
            ("岸田首相は述べた。", "岸田首", "岸田"),
            ("高市首相は述べた。", "高市首相", "高市"),
            ("記者王明表示", "王明", "王明"),
            ("기자 김철수는 말했다", "김철수", "김철수"),
            ("김지은 부산대 교수는 말했다", "김지", "김지은"),
            ("김구은 학교에 갔다", "김구", "김구"),
            ("박서윤 한국무역협회 회장", "박서윤 한", "박서윤"),
        ] {
            let at = text.find(part).expect("a part of the text");
            assert_eq!(whole(text, Span::new(at, at + part.len())).of(text), name, "{text}");
        }
    }
}
