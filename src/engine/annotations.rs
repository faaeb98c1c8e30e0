//! Names at the places of their words: how the folded analysis is told of them.
//!
//! A value of the text begins with a block that lists the mentions in it, by their bytes,
//! each with a term. The analysis writes the term at the position of every word of the
//! mention, so that `person:Putin W/5 Alep` is a question of positions like any other.

use super::bearers;
use crate::story::{EntityKind, Story};
use crate::text::Word;
use std::fmt::Write;
use std::ops::Range;

/// First character of the terms of names.
pub(super) const BEARER_MARK: char = '\u{4}';
/// The block's first and last characters: private use, and written whether or not there
/// are mentions, so that the text behind them may begin with anything.
const BLOCK_START: char = '\u{E310}';
const BLOCK_END: char = '\u{E311}';
/// Ends an entry of the block.
const ENTRY_END: char = '\u{1E}';

/// Returns the term that stands for a term of a bearer's column in the text.
pub(super) fn placed_term(kind: EntityKind, term: &str) -> String {
    let letter = match kind {
        EntityKind::Person => 'p',
        EntityKind::Place => 'l',
        EntityKind::Org => 'o',
    };
    format!("{BEARER_MARK}{letter}{term}")
}

/// The mentions of a story with their terms, in the order of the text.
pub(super) struct Mentions {
    list: Vec<(Range<usize>, String)>,
}

impl Mentions {
    /// Lists the mentions of `story`.
    pub(super) fn of(story: &Story) -> Mentions {
        let mut list = Vec::new();
        for entity in story.people.iter().chain(&story.orgs).chain(&story.places) {
            let terms = match entity.kind {
                EntityKind::Place => bearers::place_terms(entity.place.as_ref(), &entity.name),
                EntityKind::Person | EntityKind::Org => vec![bearers::term(entity)],
            };
            let terms: Vec<String> = terms.iter().map(|t| placed_term(entity.kind, t)).collect();
            for mention in &entity.mentions {
                let range = mention.start as usize..mention.end as usize;
                list.extend(terms.iter().map(|t| (range.clone(), t.clone())));
            }
        }
        list.sort_by(|a, b| (a.0.start, a.0.end, &a.1).cmp(&(b.0.start, b.0.end, &b.1)));
        list.dedup();
        Mentions { list }
    }

    /// Writes the block for the bytes `part` of the text.
    pub(super) fn write(&self, part: &Range<usize>, out: &mut String) {
        out.push(BLOCK_START);
        let from = self.list.partition_point(|(m, _)| m.start < part.start);
        for (range, term) in self.list[from..].iter().take_while(|(m, _)| m.start < part.end) {
            // Writing into a string cannot fail.
            let _ = write!(out, "{},{},{term}{ENTRY_END}", range.start - part.start, range.end - part.start);
        }
        out.push(BLOCK_END);
    }
}

/// The block of a value, read as its words go by.
pub(super) struct Annotations<'a> {
    rest: &'a str,
    next: Option<(usize, usize, &'a str)>,
    /// Mentions that have begun: where each ends, and its term.
    open: Vec<(usize, &'a str)>,
}

impl<'a> Annotations<'a> {
    /// Parts a value, its mark taken off, into the block and the text.
    pub(super) fn part(value: &'a str) -> (Annotations<'a>, &'a str) {
        let block = value.strip_prefix(BLOCK_START).and_then(|v| v.split_once(BLOCK_END));
        let (rest, text) = block.unwrap_or(("", value));
        let mut annotations = Annotations { rest, next: None, open: Vec::new() };
        annotations.read();
        (annotations, text)
    }

    fn read(&mut self) {
        let entry = self.rest.split_once(ENTRY_END).and_then(|(entry, rest)| {
            self.rest = rest;
            let mut parts = entry.splitn(3, ',');
            Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?))
        });
        self.next = entry;
    }

    /// Calls `each` with every term that stands at `word`; words come in order.
    pub(super) fn at(&mut self, word: Word, each: &mut dyn FnMut(&str)) {
        if self.next.is_none() && self.open.is_empty() {
            return;
        }
        while let Some((start, end, term)) = self.next.filter(|(start, ..)| *start < word.end) {
            if start < end {
                self.open.push((end, term));
            }
            self.read();
        }
        self.open.retain(|(end, _)| *end > word.start);
        self.open.iter().for_each(|(_, term)| each(term));
    }
}

#[cfg(test)]
mod tests {
    use super::{Annotations, Mentions};
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
        let mut value = String::new();
        let part = 9..text.len();
        Mentions::of(&story).write(&part, &mut value);
        value.push_str(&text[part]);
        let (mut annotations, rest) = Annotations::part(&value);
        let mut marked = Vec::new();
        for word in words(rest) {
            annotations.at(word, &mut |term| {
                assert_eq!(term, "\u{4}p\u{1F}Vladimir Poutine");
                marked.push(&rest[word.start..word.end]);
            });
        }
        assert_eq!(marked, ["Vladimir", "Poutine", "Poutine"]);
    }

    #[test]
    fn a_value_without_a_block_is_its_own_text() {
        assert_eq!(Annotations::part("\u{E310}no end").1, "\u{E310}no end");
        assert_eq!(Annotations::part("plain").1, "plain");
    }
}
