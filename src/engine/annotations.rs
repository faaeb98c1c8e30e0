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

/// Characters of six bits each that hold a number of 64.
const NUMBER_CHARS: usize = 11;

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
        Names { terms: &self.terms, rest: &self.list[from..to], offset: part.start, open: Vec::new() }
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
        if let Some(speaker) = &quote.speaker {
            put(first(from), SPOKEN.to_owned());
            put(first(from), spoken_term(&bearers::named(speaker.id.as_deref(), &speaker.name)));
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
}

impl<'a> Names<'a> {
    /// Calls `each` with every term that stands at `word`; words come in order.
    pub(super) fn at(&mut self, word: Word, each: &mut dyn FnMut(&str)) {
        if self.rest.is_empty() && self.open.is_empty() {
            return;
        }
        let (start, end) = (self.offset + word.start, self.offset + word.end);
        while let Some(((range, term), rest)) = self.rest.split_first().filter(|((m, _), _)| m.start < end) {
            if range.start < range.end {
                self.open.push((range.end, &self.terms[*term]));
            }
            self.rest = rest;
        }
        self.open.retain(|(end, _)| *end > start);
        self.open.iter().for_each(|(_, term)| each(term));
    }
}

#[cfg(test)]
mod tests {
    use super::{Mentions, placed_term};
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
}
