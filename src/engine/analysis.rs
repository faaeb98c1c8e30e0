//! Words to index terms.
//!
//! Two analyses of the same words. The *folded* one keeps every word once, case and
//! accents levelled, with its position; where the printed form differs from the folded
//! one a second term, `folded U+0001 printed`, stands at the same position, so that an
//! exact search needs no field of its own. The *stemmed* one keeps stems tagged with
//! the story's language (`fr U+0002 soutien`): a French stem can only meet French copy,
//! and word statistics stay those of one language in a mixed archive.
//!
//! A stem is taken twice, of the word as printed and of its folded form, so that copy
//! or queries without accents meet the accented ones.

use crate::data::languages;
use crate::text::{Word, fold_into, words, words::Words, words::stands_alone};
use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

/// Parts an exact variant from its folded form.
pub(crate) const EXACT_MARK: char = '\u{1}';
/// Parts a stem from its language.
pub(crate) const STEM_MARK: char = '\u{2}';
/// First of the private-use characters that tell the stemmed analysis the language.
const LANGUAGE_MARK: u32 = 0xE000;
/// Words longer than this many bytes are cut: tantivy drops terms above 65,530 bytes,
/// and no word of any language comes near.
const TERM_BYTES_MAX: usize = 256;
/// Stems remembered per language and thread, about 8 MiB at most.
const STEMS_MAX: usize = 100_000;

/// Registers the analyses with an index.
pub(crate) fn register(manager: &TokenizerManager) {
    manager.register(super::schema::FOLDED, TextAnalyzer::from(FoldedTokenizer::default()));
    manager.register(super::schema::STEMMED, TextAnalyzer::from(StemmedTokenizer::default()));
}

/// Returns the character that begins a value of a stemmed field.
pub(crate) fn language_mark(lang: Option<&str>) -> char {
    let index = lang.and_then(stemming_index).map_or(0, |i| i + 1);
    u32::try_from(index).ok().and_then(|i| char::from_u32(LANGUAGE_MARK + i)).unwrap_or('\u{E000}')
}

fn stemming_index(lang: &str) -> Option<usize> {
    languages::all().iter().position(|l| l.code == lang && !l.stemmer.is_empty())
}

/// Returns the terms of the stemmed fields that `word` has in `lang`: one or two.
pub fn stem_terms(word: &str, lang: Option<&str>) -> Vec<String> {
    let mut tokenizer = StemmedTokenizer::default();
    let value = format!("{}{word}", language_mark(lang));
    let mut stream = tokenizer.token_stream(&value);
    let mut terms = Vec::new();
    while stream.advance() {
        terms.push(stream.token().text.clone());
    }
    terms
}

/// Tells whether plain search for `word` goes by its folded form: scripts without
/// spaces have no stems.
pub(crate) fn is_unstemmed(word: &str) -> bool {
    word.chars().next().is_some_and(stands_alone)
}

fn clip(text: &mut String) {
    if text.len() > TERM_BYTES_MAX {
        let mut end = TERM_BYTES_MAX;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
}

/// The folded analysis.
#[derive(Clone, Default)]
struct FoldedTokenizer {
    token: Token,
    queue: Vec<(usize, String)>,
}

impl Tokenizer for FoldedTokenizer {
    type TokenStream<'a> = FoldedStream<'a>;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> FoldedStream<'a> {
        self.token.reset();
        self.queue.clear();
        FoldedStream { text, words: words(text), next: 0, token: &mut self.token, queue: &mut self.queue }
    }
}

struct FoldedStream<'a> {
    text: &'a str,
    words: Words<'a>,
    /// Position of the next word.
    next: usize,
    token: &'a mut Token,
    /// Further terms of the last word with their positions, last first.
    queue: &'a mut Vec<(usize, String)>,
}

impl FoldedStream<'_> {
    fn queue_variants(&mut self, word: Word) {
        let printed = &self.text[word.start..word.end];
        if !printed.is_ascii() && printed.contains('\u{200C}') {
            // Persian joins the parts of a word by a zero-width mark that copy may drop
            // or turn into a blank: the whole stands at the first part's position.
            let first = self.token.position;
            let parts: Vec<&str> = printed.split('\u{200C}').filter(|p| words(p).next().is_some()).collect();
            if parts.len() > 1 {
                for (i, part) in parts.iter().enumerate().rev() {
                    let mut folded = String::new();
                    fold_into(part, &mut folded);
                    clip(&mut folded);
                    self.queue.push((first + i, folded));
                }
                self.next = first + parts.len();
            }
        } else if printed.len() <= TERM_BYTES_MAX && printed != self.token.text {
            let mut exact = String::with_capacity(self.token.text.len() + printed.len() + 1);
            exact.push_str(&self.token.text);
            exact.push(EXACT_MARK);
            exact.push_str(printed);
            self.queue.push((self.token.position, exact));
        }
    }
}

impl TokenStream for FoldedStream<'_> {
    fn advance(&mut self) -> bool {
        if let Some((position, text)) = self.queue.pop() {
            self.token.position = position;
            self.token.text = text;
            return true;
        }
        for word in self.words.by_ref() {
            self.token.text.clear();
            fold_into(&self.text[word.start..word.end], &mut self.token.text);
            if self.token.text.is_empty() {
                continue;
            }
            clip(&mut self.token.text);
            self.token.position = self.next;
            self.token.offset_from = word.start;
            self.token.offset_to = word.end;
            self.next += 1;
            self.queue_variants(word);
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// One language's stemmer with the stems that it has given.
struct Stems {
    code: &'static str,
    stemmer: Option<Stemmer>,
    seen: FxHashMap<String, usize>,
    list: Vec<(String, Option<String>)>,
}

/// The stemmed analysis. A clone starts with empty memories: they are per thread.
#[derive(Default)]
struct StemmedTokenizer {
    token: Token,
    languages: FxHashMap<u32, Stems>,
    second: Option<String>,
    lower: String,
}

impl Clone for StemmedTokenizer {
    fn clone(&self) -> Self {
        StemmedTokenizer::default()
    }
}

fn stems_of(mark: u32) -> Stems {
    let language = (mark > 0).then(|| languages::all().get(mark as usize - 1)).flatten();
    let stemmer = language.and_then(|l| Algorithm::from_name(l.stemmer).ok()).map(Stemmer::new);
    let code = language.filter(|_| stemmer.is_some()).map_or("", |l| l.code);
    Stems { code, stemmer, seen: FxHashMap::default(), list: Vec::new() }
}

impl Stems {
    /// Returns the stems of a lower-cased word: of itself, and of its folded form where
    /// that gives another.
    fn stem(&mut self, lower: &str) -> &(String, Option<String>) {
        if self.seen.len() >= STEMS_MAX {
            self.seen.clear();
            self.list.clear();
        }
        // One look-up for known words, by far the most: the map gives a place in the list.
        let at = match self.seen.get(lower) {
            Some(&at) => at,
            None => {
                self.list.push(stems_of_word(self.code, self.stemmer.as_ref(), lower));
                self.seen.insert(lower.to_owned(), self.list.len() - 1);
                self.list.len() - 1
            }
        };
        &self.list[at]
    }
}

fn stems_of_word(code: &str, stemmer: Option<&Stemmer>, lower: &str) -> (String, Option<String>) {
    let mut folded = String::new();
    fold_into(lower, &mut folded);
    clip(&mut folded);
    let tag = |stem: &str| {
        let mut term = String::with_capacity(code.len() + stem.len() + 1);
        term.push_str(code);
        term.push(STEM_MARK);
        fold_into(stem, &mut term);
        term
    };
    let Some(stemmer) = stemmer else { return (tag(&folded), None) };
    let first = tag(&stemmer.stem(lower));
    let second = tag(&stemmer.stem(&folded));
    let second = (second != first).then_some(second);
    (first, second)
}

impl Tokenizer for StemmedTokenizer {
    type TokenStream<'a> = StemmedStream<'a>;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> StemmedStream<'a> {
        self.token.reset();
        self.second = None;
        let mark = text.chars().next().map_or(LANGUAGE_MARK, |c| c as u32);
        let (mark, text) = if (LANGUAGE_MARK..LANGUAGE_MARK + 512).contains(&mark) {
            (mark - LANGUAGE_MARK, &text[3..])
        } else {
            (0, text)
        };
        let stems = self.languages.entry(mark).or_insert_with(|| stems_of(mark));
        StemmedStream {
            text,
            words: words(text),
            token: &mut self.token,
            stems,
            second: &mut self.second,
            lower: &mut self.lower,
        }
    }
}

struct StemmedStream<'a> {
    text: &'a str,
    words: Words<'a>,
    token: &'a mut Token,
    stems: &'a mut Stems,
    second: &'a mut Option<String>,
    lower: &'a mut String,
}

impl TokenStream for StemmedStream<'_> {
    fn advance(&mut self) -> bool {
        if let Some(second) = self.second.take() {
            self.token.text = second;
            return true;
        }
        for word in self.words.by_ref() {
            let printed = &self.text[word.start..word.end];
            if is_unstemmed(printed) {
                continue;
            }
            self.lower.clear();
            lower_into(printed, self.lower);
            if self.lower.is_empty() {
                continue;
            }
            clip(self.lower);
            let (first, second) = self.stems.stem(self.lower);
            self.token.text.clear();
            self.token.text.push_str(first);
            self.second.clone_from(second);
            self.token.position = self.token.position.wrapping_add(1);
            self.token.offset_from = word.start;
            self.token.offset_to = word.end;
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

fn lower_into(printed: &str, out: &mut String) {
    for c in printed.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else if !crate::text::fold::is_invisible(c) {
            out.extend(c.to_lowercase());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FoldedTokenizer, stem_terms};
    use tantivy::tokenizer::{TokenStream, Tokenizer};

    fn folded(text: &str) -> Vec<(usize, String)> {
        let mut tokenizer = FoldedTokenizer::default();
        let mut stream = tokenizer.token_stream(text);
        let mut out = Vec::new();
        while stream.advance() {
            out.push((stream.token().position, stream.token().text.clone()));
        }
        out
    }

    #[test]
    fn the_printed_form_stands_beside_the_folded_one() {
        let term = |p: usize, t: &str| (p, t.to_owned());
        assert_eq!(
            folded("le Président a"),
            [term(0, "le"), term(1, "president"), term(1, "president\u{1}Président"), term(2, "a")]
        );
        assert_eq!(
            folded("\u{645}\u{6CC}\u{200C}\u{634}\u{648}\u{62F} x"),
            [
                term(0, "\u{645}\u{64A}\u{634}\u{648}\u{62F}"),
                term(0, "\u{645}\u{64A}"),
                term(1, "\u{634}\u{648}\u{62F}"),
                term(2, "x")
            ]
        );
    }

    #[test]
    fn inflected_forms_share_a_stem_in_their_language() {
        let share = |a: &str, b: &str, lang: &str| {
            let (a, b) = (stem_terms(a, Some(lang)), stem_terms(b, Some(lang)));
            a.iter().any(|t| b.contains(t))
        };
        assert!(share("soutiens", "soutien", "fr"));
        assert!(share("décidé", "decide", "fr"));
        assert!(share("élections", "ELECTION", "fr"));
        assert!(share("talks", "talk", "en"));
        assert!(share("президента", "президент", "ru"));
        assert!(!share("soutiens", "soutien", "zh"));
        assert_eq!(stem_terms("Poutine", None), ["\u{2}poutine"]);
    }
}
