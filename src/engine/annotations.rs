//! Names at the places of their words: how the folded analysis is told of them.
//!
//! The analysis writes the term of a mention at the position of every word of it, so that
//! `person:Putin W/5 Alep` is a question of positions like any other.

use super::bearers;
use crate::story::{EntityKind, Story};
use crate::text::{Word, words};
use std::ops::Range;

/// First character of the terms of names.
pub(super) const BEARER_MARK: char = '\u{4}';

/// Stands at the first word of a quotation.
pub(super) const QUOTE: &str = "\u{3}q";
/// Stands at the first word behind one.
pub(super) const QUOTE_END: &str = "\u{3}e";
/// Stands at the first word of one whose speaker is told.
pub(super) const SPOKEN: &str = "\u{3}k";
/// The term at the first word of a quotation that nobody is told to have said.
pub(super) const UNSPOKEN: &str = "\u{3}u";

/// Characters of six bits each that hold a number of 64.
const NUMBER_CHARS: usize = 11;

/// The kinds of mentions, a bit each, and the term at the first word of one that stands directly behind
/// another of its kind: without, two mentions side by side would be one occurrence.
const KINDS: [(u8, EntityKind, &str); 3] =
    [(1, EntityKind::Person, "\u{4}bp"), (1 << 1, EntityKind::Place, "\u{4}bl"), (1 << 2, EntityKind::Org, "\u{4}bo")];

/// Returns the term at which a mention of a kind begins that stands directly behind another.
pub(super) fn behind_term(kind: EntityKind) -> &'static str {
    KINDS.iter().find(|(_, of, _)| *of == kind).map_or("", |(_, _, term)| term)
}

/// The kinds of mentions, as bits.
fn kinds_of(open: &[(usize, &str)]) -> u8 {
    let bit = |term: &str| match term.as_bytes().get(1)? {
        b'p' | b'P' => Some(KINDS[0].0),
        b'l' | b'L' => Some(KINDS[1].0),
        b'o' | b'O' => Some(KINDS[2].0),
        _ => None,
    };
    open.iter().filter_map(|(_, term)| bit(term).filter(|_| term.starts_with(BEARER_MARK))).fold(0, |all, b| all | b)
}

/// Returns the term that stands for a term of a bearer's column in the text: that term or,
/// where it is longer, its number. It is looked for by the term alone, and the names
/// themselves would be the larger part of the dictionary of words.
pub(super) fn placed_term(kind: EntityKind, term: &str) -> String {
    let letters = match kind {
        EntityKind::Person => ['p', 'P'],
        EntityKind::Place => ['l', 'L'],
        EntityKind::Org => ['o', 'O'],
    };
    let is_long = term.len() > NUMBER_CHARS;
    let mut placed = String::with_capacity(NUMBER_CHARS + 2);
    placed.extend([BEARER_MARK, letters[usize::from(is_long)]]);
    if is_long {
        let number = bearers::number(term.bytes());
        placed.extend((0..NUMBER_CHARS).map(|i| char::from(b'0' + (number >> (6 * i) & 0x3F) as u8)));
    } else {
        placed.push_str(term);
    }
    placed
}

/// The mentions of a story with their terms, in the order of the text.
pub(super) struct Mentions {
    terms: Vec<String>,
    /// Bytes of the text with the number of the term.
    list: Vec<(Range<usize>, usize)>,
}

impl Mentions {
    /// Lists the mentions of `story`.
    pub(super) fn of(story: &Story) -> Mentions {
        let (mut list, mut all) = (Vec::new(), Vec::new());
        for entity in story.people.iter().chain(&story.orgs).chain(&story.places) {
            let terms = match entity.kind {
                EntityKind::Place => bearers::place_terms(entity.place.as_ref(), &entity.name),
                EntityKind::Person | EntityKind::Org => vec![bearers::term(entity)],
            };
            let first = all.len();
            all.extend(terms.iter().map(|t| placed_term(entity.kind, t)));
            for mention in &entity.mentions {
                let range = mention.start as usize..mention.end as usize;
                list.extend((first..all.len()).map(|t| (range.clone(), t)));
            }
        }
        quotations(story, &mut all, &mut list);
        let key = |(range, term): &(Range<usize>, usize)| (range.start, range.end, all[*term].as_str());
        list.sort_by(|a, b| key(a).cmp(&key(b)));
        list.dedup_by(|a, b| key(a) == key(b));
        Mentions { terms: all, list }
    }

    /// Returns the mentions that begin in the bytes `part` of the text.
    pub(super) fn within(&self, part: &Range<usize>) -> Names<'_> {
        let from = self.list.partition_point(|(m, _)| m.start < part.start);
        let to = self.list.partition_point(|(m, _)| m.start < part.end);
        Names { terms: &self.terms, rest: &self.list[from..to], offset: part.start, ..Names::default() }
    }

    /// Returns the mentions in the headline of `story`, where the text holds it as it reads.
    pub(super) fn in_headline(&self, story: &Story) -> Names<'_> {
        match (story.layout.headline, &story.headline) {
            (Some(span), Some(headline)) if span.of(&story.text) == headline.value => {
                self.within(&(span.start as usize..span.end as usize))
            }
            _ => Names::default(),
        }
    }
}

/// Lists where quotations begin, with whose they are, and the word behind each, which ends it.
fn quotations(story: &Story, terms: &mut Vec<String>, list: &mut Vec<(Range<usize>, usize)>) {
    let text = story.text.as_str();
    for quote in &story.quotes {
        let (from, to) = (quote.span.start as usize, quote.span.end as usize);
        let first = |at: usize| words(text.get(at..)?).next().map(|w| at + w.start..at + w.end);
        let mut put = |word: Option<Range<usize>>, term: String| {
            let Some(word) = word else { return };
            terms.push(term);
            list.push((word, terms.len() - 1));
        };
        put(first(from), QUOTE.to_owned());
        put(first(to), QUOTE_END.to_owned());
        match &quote.speaker {
            Some(speaker) => {
                put(first(from), SPOKEN.to_owned());
                put(first(from), spoken_term(&bearers::named(speaker.id.as_deref(), &speaker.name)));
            }
            None => put(first(from), UNSPOKEN.to_owned()),
        }
    }
}

/// Returns the term by which a quotation is found that is a person's, by the term of the
/// person's column.
pub(super) fn spoken_term(term: &str) -> String {
    let mut spoken = String::with_capacity(term.len() + 2);
    spoken.extend([BEARER_MARK, 'q']);
    spoken.push_str(term);
    spoken
}

/// The mentions of a stretch of text, read as its words go by.
#[derive(Default)]
pub(super) struct Names<'a> {
    terms: &'a [String],
    rest: &'a [(Range<usize>, usize)],
    /// Where the stretch begins in the text.
    offset: usize,
    /// Mentions that have begun: where each ends in the text, and its term.
    open: Vec<(usize, &'a str)>,
    /// The kinds of the mentions that the word before is of, as bits.
    before: u8,
}

impl<'a> Names<'a> {
    /// Calls `each` with every term that stands at `word`; words come in order.
    pub(super) fn at(&mut self, word: Word, each: &mut dyn FnMut(&str)) {
        if self.rest.is_empty() && self.open.is_empty() {
            return;
        }
        let (start, end) = (self.offset + word.start, self.offset + word.end);
        self.open.retain(|(end, _)| *end > start);
        let running = kinds_of(&self.open);
        while let Some(((range, term), rest)) = self.rest.split_first().filter(|((m, _), _)| m.start < end) {
            if range.start < range.end {
                self.open.push((range.end, &self.terms[*term]));
            }
            self.rest = rest;
        }
        self.open.retain(|(end, _)| *end > start);
        let here = kinds_of(&self.open);
        let behind = here & self.before & !running;
        if behind != 0 {
            KINDS.iter().filter(|(bit, ..)| behind & bit != 0).for_each(|(_, _, term)| each(term));
        }
        self.before = here;
        self.open.iter().for_each(|(_, term)| each(term));
    }
}

#[cfg(test)]
mod tests {
    use super::{Mentions, behind_term, placed_term};
    use crate::story::{Entity, EntityKind, Span, Story};
    use crate::text::words;

    #[test]
    fn a_term_stands_at_every_word_of_its_mention() {
        let text = "Moscou - Vladimir Poutine a parlé. Poutine, à Alep.";
        let mut story = Story::new(text.to_owned());
        let span = |name: &str| {
            let at = text.find(name).expect("it is there");
            Span::new(at, at + name.len())
        };
        let (name, mentions) = ("Vladimir Poutine".to_owned(), vec![span("Vladimir Poutine"), span("Poutine,")]);
        let (kind, evidence) = (EntityKind::Person, Vec::new());
        story.people.push(Entity { kind, id: None, name, mentions, place: None, evidence });
        let mentions = Mentions::of(&story);
        let mut names = mentions.within(&(9..text.len()));
        let rest = &text[9..];
        let mut marked = Vec::new();
        for word in words(rest) {
            names.at(word, &mut |term| {
                assert_eq!(term, placed_term(EntityKind::Person, "\u{1F}Vladimir Poutine"));
                assert_eq!(term.len(), 13);
                marked.push(&rest[word.start..word.end]);
            });
        }
        assert_eq!(marked, ["Vladimir", "Poutine", "Poutine"]);
    }

    proptest::proptest! {
        #[test]
        fn occurrences_are_the_mentions(lengths in proptest::collection::vec((0_usize..3, 1_usize..4, 0_usize..3), 0..12)) {
            use crate::engine::near::List;
            let kinds = [EntityKind::Person, EntityKind::Place, EntityKind::Org];
            let (mut text, mut mentions, mut next) = (String::new(), Vec::new(), 0_u32);
            for (gap, length, kind) in lengths {
                (0..gap).for_each(|_| text.push_str("and "));
                let (start, first) = (text.len(), next + gap as u32);
                (0..length).for_each(|_| text.push_str("Name "));
                mentions.push((kinds[kind], Span::new(start, text.len() - 1), first..first + length as u32));
                next = first + length as u32;
            }
            let mut story = Story::new(text.clone());
            for kind in kinds {
                let of_kind = mentions.iter().filter(|(k, ..)| *k == kind).map(|(_, span, _)| *span).collect();
                let (name, evidence) = (kind.as_str().to_owned(), Vec::new());
                story.people.push(Entity { kind, id: None, name, mentions: of_kind, place: None, evidence });
            }
            let listed = Mentions::of(&story);
            let mut names = listed.within(&(0..text.len()));
            let (mut at, mut behind) = (vec![Vec::new(); kinds.len()], vec![Vec::new(); kinds.len()]);
            for (position, word) in (0_u32..).zip(words(&text)) {
                names.at(word, &mut |term| {
                    for (number, kind) in kinds.iter().enumerate() {
                        let own = placed_term(*kind, &format!("\u{1F}{}", kind.as_str()));
                        let own = if *kind == EntityKind::Place { placed_term(*kind, "w:place") } else { own };
                        if term == own {
                            at[number].push(position);
                        }
                        if term == behind_term(*kind) {
                            behind[number].push(position);
                        }
                    }
                });
            }
            for (number, kind) in kinds.iter().enumerate() {
                let mut list = List::default();
                list.fill(&at[number], Some(&behind[number]));
                let found: Vec<_> = list.spans.iter().map(|span| span.first..span.last + 1).collect();
                let wanted: Vec<_> = mentions.iter().filter(|(k, ..)| k == kind).map(|(.., m)| m.clone()).collect();
                proptest::prop_assert_eq!(found, wanted);
            }
        }
    }
}
