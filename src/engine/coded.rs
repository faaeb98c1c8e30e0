//! Terms as the index takes them: analysed once, beside the reading, and only parted here.
//!
//! A value of a field with positions is a list of terms, each behind a character that says
//! how many positions it stands behind the one before, each with a line feed at its end. A
//! value of stems is a language's tag and then the stems, each with a line feed. No term
//! holds a line feed: words and names have no control characters of that kind.

use super::analysis::{RUN_GAP, STEM_MARK};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

/// Ends a term.
const END: char = '\n';
/// Stands for no step; the characters behind it stand for one and more.
const STEP: u8 = b' ';

/// Registers the analyses with an index.
pub(super) fn register(manager: &TokenizerManager) {
    manager.register(super::schema::FOLDED, TextAnalyzer::from(PlacedTokenizer::default()));
    manager.register(super::schema::STEMMED, TextAnalyzer::from(StemTokenizer::default()));
}

/// A value of a field with positions, while it is written.
#[derive(Default)]
pub(super) struct Placed {
    value: String,
    last: u32,
}

impl Placed {
    /// Begins a new value.
    pub(super) fn clear(&mut self) {
        self.value.clear();
        self.last = 0;
    }

    /// Adds a term; positions never decrease, and no step is longer than the gap of a run.
    pub(super) fn push(&mut self, position: u32, term: &str) {
        let step = position.saturating_sub(self.last).min(RUN_GAP);
        self.last = position;
        self.value.push(char::from(STEP + step as u8));
        self.value.push_str(term);
        self.value.push(END);
    }

    /// The value.
    pub(super) fn as_str(&self) -> &str {
        &self.value
    }
}

/// Adds a tagged stem to a list; the list itself begins with the tag.
pub(super) fn push_stem(stem: &str, tag_bytes: usize, list: &mut String) {
    list.push_str(stem.get(tag_bytes..).unwrap_or_default());
    list.push(END);
}

/// Parts a value of stems into the tag and the list.
fn part(value: &str) -> (&str, &str) {
    value.find(STEM_MARK).map_or(("", value), |at| value.split_at(at + STEM_MARK.len_utf8()))
}

/// Parts values with positions.
#[derive(Clone, Default)]
struct PlacedTokenizer {
    token: Token,
}

impl Tokenizer for PlacedTokenizer {
    type TokenStream<'a> = PlacedStream<'a>;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> PlacedStream<'a> {
        self.token.reset();
        self.token.position = 0;
        // A value ends at its last word's position, so that the next may follow at once.
        self.token.position_length = 0;
        PlacedStream { rest: text, token: &mut self.token }
    }
}

struct PlacedStream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl TokenStream for PlacedStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(end) = memchr::memchr(END as u8, self.rest.as_bytes()) else { return false };
        let (Some(step), Some(term)) = (self.rest.as_bytes().first(), self.rest.get(1..end)) else { return false };
        self.token.position += usize::from(step.saturating_sub(STEP));
        self.token.text.clear();
        self.token.text.push_str(term);
        self.rest = &self.rest[end + 1..];
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Parts lists of stems.
#[derive(Clone, Default)]
struct StemTokenizer {
    token: Token,
}

impl Tokenizer for StemTokenizer {
    type TokenStream<'a> = StemStream<'a>;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> StemStream<'a> {
        self.token.reset();
        // No positions are kept, but the engine adds them up: a new token's is the highest number.
        self.token.position = 0;
        self.token.position_length = 0;
        let (tag, rest) = part(text);
        self.token.text.push_str(tag);
        StemStream { rest, tag: tag.len(), token: &mut self.token }
    }
}

struct StemStream<'a> {
    rest: &'a str,
    /// Bytes of the tag, which stays in the token.
    tag: usize,
    token: &'a mut Token,
}

impl TokenStream for StemStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(end) = memchr::memchr(END as u8, self.rest.as_bytes()) else { return false };
        self.token.text.truncate(self.tag);
        self.token.text.push_str(&self.rest[..end]);
        self.rest = &self.rest[end + 1..];
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::{Placed, PlacedTokenizer, StemTokenizer, push_stem};
    use tantivy::tokenizer::{TokenStream, Tokenizer};

    fn read(mut tokenizer: impl Tokenizer, value: &str) -> Vec<(usize, String)> {
        let mut stream = tokenizer.token_stream(value);
        let mut out = Vec::new();
        while stream.advance() {
            out.push((stream.token().position, stream.token().text.clone()));
        }
        out
    }

    #[test]
    fn a_value_gives_back_its_terms() {
        let terms = [(64, "moscou"), (64, "moscou\u{1}Moscou"), (65, "\u{3}s"), (65, "\u{4}p\u{1F}Vladimir Poutine")];
        let mut placed = Placed::default();
        placed.push(3, "old");
        placed.clear();
        terms.iter().for_each(|(at, term)| placed.push(*at, term));
        let expected: Vec<(usize, String)> = terms.iter().map(|(at, t)| (*at as usize, (*t).to_owned())).collect();
        assert_eq!(read(PlacedTokenizer::default(), placed.as_str()), expected);
        assert!(read(PlacedTokenizer::default(), "").is_empty());
    }

    #[test]
    fn a_list_of_stems_keeps_its_tag() {
        let mut list = "fr\u{2}".to_owned();
        let tag_bytes = list.len();
        for stem in ["fr\u{2}soutien", "fr\u{2}alep"] {
            push_stem(stem, tag_bytes, &mut list);
        }
        let stems: Vec<String> = read(StemTokenizer::default(), &list).into_iter().map(|(_, t)| t).collect();
        assert_eq!(stems, ["fr\u{2}soutien", "fr\u{2}alep"]);
    }
}
