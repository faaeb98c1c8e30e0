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

use super::annotations::Annotations;
use crate::data::languages;
use crate::text::{Boundary, Word, boundary, fold_into, words, words::Words, words::stands_alone};
use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

/// Parts an exact variant from its folded form.
pub(crate) const EXACT_MARK: char = '\u{1}';
/// Term at the first word of every sentence but the first.
pub(crate) const SENTENCE: &str = "\u{3}s";
/// Term at the first word of every paragraph but the first.
pub(crate) const PARAGRAPH: &str = "\u{3}p";
/// Term at the first word of every run of positions but the first: opening or lead, body.
pub(crate) const RUN: &str = "\u{3}r";
/// Term at the first word of the lead's run, the dateline included.
pub(crate) const LEAD: &str = "\u{3}l";
/// Term at the first word of the body.
pub(crate) const BODY: &str = "\u{3}b";
/// Positions left free between headline, lead and body: distances below it need no look
/// at where the runs begin. More would widen the first position of every list.
pub(crate) const RUN_GAP: u32 = 64;
/// Parts a stem from its language.
pub(crate) const STEM_MARK: char = '\u{2}';
/// First of the private-use characters that tell the stemmed analysis the language.
const LANGUAGE_MARK: u32 = 0xE000;
/// First of the private-use characters that tell the folded analysis the part.
const PART_MARK: u32 = 0xE300;
/// Words longer than this many bytes are cut: tantivy drops terms above 65,530 bytes,
/// and no word of any language comes near.
const TERM_BYTES_MAX: usize = 256;
/// Bytes of terms remembered per language, field and thread: some 25,000 words, which are
/// all but three in a hundred of running copy, in about 2 MiB.
const STEM_BYTES_MAX: usize = 256 << 10;

/// The part of a story that a value of the text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// All up to the end of the headline.
    Headline,
    /// All between headline and lead: byline, dateline.
    Opening,
    /// The first paragraph where nothing stands before it.
    Lead,
    /// The first paragraph, in one run with the opening.
    LeadBehindOpening,
    /// The rest.
    Body,
}

impl Part {
    /// Returns the character that begins a value of the text's field.
    pub(crate) fn mark(self) -> char {
        let number = match self {
            Part::Headline => 0,
            Part::Opening => 1,
            Part::Lead => 2,
            Part::LeadBehindOpening => 3,
            Part::Body => 4,
        };
        char::from_u32(PART_MARK + number).unwrap_or('\u{E300}')
    }

    /// Returns the character that begins a value which is a run of its own and no part.
    pub(crate) fn run_mark(self) -> char {
        char::from_u32(PART_MARK + 5).unwrap_or('\u{E305}')
    }
}

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
pub(crate) fn stem_terms(word: &str, lang: Option<&str>) -> Vec<String> {
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
pub(crate) struct FoldedTokenizer {
    token: Token,
    queue: Vec<(usize, String)>,
    exact: String,
}

/// Bits of the marks that wait to be written at a word's position.
const MARKS: [(u8, &str); 5] = [(1, SENTENCE), (2, PARAGRAPH), (4, RUN), (8, LEAD), (16, BODY)];

impl Tokenizer for FoldedTokenizer {
    type TokenStream<'a> = FoldedStream<'a>;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> FoldedStream<'a> {
        self.token.reset();
        // A value ends at its last word's position, so that the next may follow at once.
        self.token.position_length = 0;
        self.queue.clear();
        self.exact.clear();
        let part = text.chars().next().and_then(|c| (c as u32).checked_sub(PART_MARK)).filter(|n| *n <= 5);
        let gap = RUN_GAP as usize;
        let (next, marks) = match part {
            None | Some(0) => (0, 0),
            Some(1) => (gap, 1 | 2 | 4 | 8),
            Some(2) => (gap, 1 | 2 | 4 | 8),
            Some(3) => (0, 1),
            Some(4) => (gap, 1 | 2 | 4 | 16),
            Some(_) => (gap, 1 | 2 | 4),
        };
        let text = if part.is_some() { &text[3..] } else { text };
        let (annotations, text) = Annotations::part(text);
        FoldedStream {
            text,
            words: words(text),
            next,
            marks,
            marks_position: next,
            last: None,
            annotations,
            token: &mut self.token,
            queue: &mut self.queue,
            exact: &mut self.exact,
        }
    }
}

pub(crate) struct FoldedStream<'a> {
    text: &'a str,
    words: Words<'a>,
    /// Position of the next word.
    next: usize,
    /// Marks that wait to be written.
    marks: u8,
    marks_position: usize,
    /// The word before.
    last: Option<Word>,
    /// Names at the words.
    annotations: Annotations<'a>,
    token: &'a mut Token,
    /// Further terms of the last word with their positions, last first.
    queue: &'a mut Vec<(usize, String)>,
    /// Exact variant of the last word while it is still to come, else empty.
    exact: &'a mut String,
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
            self.exact.push_str(&self.token.text);
            self.exact.push(EXACT_MARK);
            self.exact.push_str(printed);
        }
        if let Some(rest) = line_end_rest(self.text, word) {
            // A word cut at the end of a line stands whole at its first part's position.
            let mut whole = self.token.text.clone();
            fold_into(rest, &mut whole);
            clip(&mut whole);
            self.queue.push((self.token.position, whole));
        }
    }
}

/// The second part of a word that is cut at the end of a line, where `word` is the first.
fn line_end_rest(text: &str, word: Word) -> Option<&str> {
    let behind = &text[word.end..];
    let behind = match behind.as_bytes().first()? {
        b'-' => &behind[1..],
        0xC2 | 0xE2 => behind.strip_prefix(['¬', '\u{AD}', '\u{2010}'])?,
        _ => return None,
    };
    let behind = behind.trim_start_matches([' ', '\r']).strip_prefix('\n')?.trim_start_matches([' ', '\t']);
    let next = words(behind).next().filter(|w| w.start == 0)?;
    let rest = &behind[..next.end];
    let ends_small = text[..word.end].chars().next_back().is_some_and(char::is_lowercase);
    (ends_small && rest.starts_with(char::is_lowercase)).then_some(rest)
}

impl TokenStream for FoldedStream<'_> {
    fn advance(&mut self) -> bool {
        if !self.exact.is_empty() {
            std::mem::swap(&mut self.token.text, self.exact);
            self.exact.clear();
            return true;
        }
        if let Some((position, text)) = self.queue.pop() {
            self.token.position = position;
            self.token.text = text;
            return true;
        }
        if self.marks != 0 && self.last.is_some() {
            for (bit, mark) in MARKS {
                if self.marks & bit != 0 {
                    self.marks &= !bit;
                    self.token.position = self.marks_position;
                    self.token.text.clear();
                    self.token.text.push_str(mark);
                    return true;
                }
            }
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
            if let Some(last) = self.last {
                self.marks = match boundary(self.text, last, word) {
                    Boundary::Inside => 0,
                    Boundary::Sentence => 1,
                    Boundary::Paragraph => 3,
                };
            }
            self.marks_position = self.next;
            self.last = Some(word);
            self.next += 1;
            self.queue_variants(word);
            let (queue, position) = (&mut *self.queue, self.token.position);
            self.annotations.at(word, &mut |term| queue.push((position, term.to_owned())));
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
    /// Words of up to 15 bytes, by far the most, packed with their length: comparing
    /// them follows no pointer.
    short: FxHashMap<u128, Remembered>,
    long: FxHashMap<Box<str>, Remembered>,
    /// The terms, one behind the other.
    terms: String,
    lower: String,
}

/// The terms of a word: where the first starts and ends, and where the second does; a
/// word without a second has an empty one.
#[derive(Clone, Copy)]
struct Remembered {
    start: u32,
    middle: u32,
    end: u32,
}

/// The stemmed analysis. A clone starts with empty memories: they are per thread.
#[derive(Default)]
pub(crate) struct StemmedTokenizer {
    token: Token,
    languages: FxHashMap<u32, Stems>,
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
    let (short, long) = (FxHashMap::default(), FxHashMap::default());
    Stems { code, stemmer, short, long, terms: String::new(), lower: String::new() }
}

/// Packs a word of up to 15 bytes with its length.
fn pack(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..word.len()).filter(|b| b.len() < 16)?.copy_from_slice(word.as_bytes());
    bytes[15] = u8::try_from(word.len()).unwrap_or(u8::MAX);
    Some(u128::from_le_bytes(bytes))
}

impl Stems {
    /// Returns where the terms of a word as printed lie: of the stem of the word in lower
    /// case, and of the stem of its folded form where that is another. `None` where
    /// nothing of the word is visible.
    fn terms_of(&mut self, printed: &str) -> Option<Remembered> {
        let packed = pack(printed);
        let known = match packed {
            Some(packed) => self.short.get(&packed),
            None => self.long.get(printed),
        };
        if let Some(&known) = known {
            return (known.start < known.middle).then_some(known);
        }
        if self.terms.len() >= STEM_BYTES_MAX {
            self.short.clear();
            self.long.clear();
            self.terms.clear();
        }
        let fresh = self.learn(printed);
        match packed {
            Some(packed) => self.short.insert(packed, fresh),
            None => self.long.insert(printed.into(), fresh),
        };
        (fresh.start < fresh.middle).then_some(fresh)
    }

    fn learn(&mut self, printed: &str) -> Remembered {
        let at = |terms: &String| u32::try_from(terms.len()).unwrap_or(u32::MAX);
        let start = at(&self.terms);
        self.lower.clear();
        lower_into(printed, &mut self.lower);
        if self.lower.is_empty() {
            return Remembered { start, middle: start, end: start };
        }
        clip(&mut self.lower);
        let (first, second) = stems_of_word(self.code, self.stemmer.as_ref(), &self.lower);
        self.terms.push_str(&first);
        let middle = at(&self.terms);
        self.terms.push_str(second.as_deref().unwrap_or_default());
        Remembered { start, middle, end: at(&self.terms) }
    }

    fn term(&self, start: u32, end: u32) -> &str {
        &self.terms[start as usize..end as usize]
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
        let mark = text.chars().next().map_or(LANGUAGE_MARK, |c| c as u32);
        let (mark, text) = if (LANGUAGE_MARK..LANGUAGE_MARK + 512).contains(&mark) {
            (mark - LANGUAGE_MARK, &text[3..])
        } else {
            (0, text)
        };
        let stems = self.languages.entry(mark).or_insert_with(|| stems_of(mark));
        StemmedStream { text, words: words(text), token: &mut self.token, stems, second: None, cut: None }
    }
}

pub(crate) struct StemmedStream<'a> {
    text: &'a str,
    words: Words<'a>,
    token: &'a mut Token,
    stems: &'a mut Stems,
    /// The second term of the last word while it is still to come.
    second: Option<(u32, u32)>,
    /// A word that is cut at the end of a line, whole, while it is still to come.
    cut: Option<String>,
}

impl TokenStream for StemmedStream<'_> {
    fn advance(&mut self) -> bool {
        if let Some((start, end)) = self.second.take() {
            self.token.text.clear();
            self.token.text.push_str(self.stems.term(start, end));
            return true;
        }
        if let Some(Remembered { start, middle, .. }) = self.cut.take().and_then(|whole| self.stems.terms_of(&whole)) {
            self.token.text.clear();
            self.token.text.push_str(self.stems.term(start, middle));
            return true;
        }
        for word in self.words.by_ref() {
            let printed = &self.text[word.start..word.end];
            if is_unstemmed(printed) {
                continue;
            }
            let Some(Remembered { start, middle, end }) = self.stems.terms_of(printed) else { continue };
            self.second = (middle < end).then_some((middle, end));
            self.token.text.clear();
            self.token.text.push_str(self.stems.term(start, middle));
            self.cut = line_end_rest(self.text, word).map(|rest| format!("{printed}{rest}"));
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
