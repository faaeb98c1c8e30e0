//! Words to index terms.
//!
//! One walk over the words gives two analyses. The *folded* one keeps every word once, case
//! and accents levelled, with its position; where the printed form differs from the folded
//! one a second term, its exact variant ([`super::exact`]), stands at the same position, so that
//! an exact search needs no field of its own. The *stemmed* one keeps stems tagged with
//! the story's language (`fr U+0002 soutien`): a French stem can only meet French copy,
//! and word statistics stay those of one language in a mixed archive.
//!
//! A word that is cut at the end of a line, or that Persian joins of several parts, has a position
//! for each part, since a reader may type the parts apart. The whole stands at the first, and once
//! more with [`LONG`] behind it at all of them: the word behind the last part is its neighbour.
//!
//! Letters that stops join (*U.S.*) are one word to distances, at one position: each by itself, and
//! all together ([`LETTER_MARK`]).
//!
//! A stem is taken twice, of the word as printed and of its folded form, so that copy
//! or queries without accents meet the accented ones.
//!
//! The index ([`super::coded`]) and what is highlighted ([`super::marks`]) take the same walk.

use super::annotations::Names;
use super::exact::{is_variant, push_exact};
use super::lexemes::{Lexeme, Lexemes, TERM_BYTES_MAX, push_folded};
use crate::text::{Boundary, Word, boundary, cuts, words, words::stands_alone};
use rustc_hash::{FxHashMap, FxHashSet};

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
/// Ends the term of a whole word that stands at the positions of all its parts.
pub(crate) const LONG: char = '\u{7}';
/// Term at the first part of every such word.
pub(super) const LONG_BEGINS: &str = "\u{7}";
/// Stands between letters that stops join.
pub(super) const LETTER_MARK: char = '\u{8}';
/// Positions left free between headline, lead and body: distances below it need no look
/// at where the runs begin. More would widen the first position of every list.
pub(crate) const RUN_GAP: u32 = 64;
/// Parts a stem from its language.
pub(crate) const STEM_MARK: char = '\u{2}';
/// Languages remembered at once and thread: an archive of more learns some words again.
const LANGUAGES_MAX: usize = 12;

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
    /// Returns where the part begins.
    pub(super) fn start(self) -> Start {
        let (position, marks) = match self {
            Part::Headline => (0, 0),
            Part::Opening | Part::Lead => (RUN_GAP, AT_SENTENCE | AT_PARAGRAPH | AT_RUN | AT_LEAD),
            Part::LeadBehindOpening => (0, AT_SENTENCE),
            Part::Body => (RUN_GAP, AT_SENTENCE | AT_PARAGRAPH | AT_RUN | AT_BODY),
        };
        Start { position, marks }
    }
}

/// Where a stretch of text begins: its first position, and the marks at its first word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Start {
    position: u32,
    marks: u8,
}

impl Start {
    /// A run of its own that is no part.
    pub(super) const APART: Start = Start { position: RUN_GAP, marks: AT_SENTENCE | AT_PARAGRAPH | AT_RUN };
}

const AT_SENTENCE: u8 = 1;
const AT_PARAGRAPH: u8 = 2;
const AT_RUN: u8 = 4;
const AT_LEAD: u8 = 8;
const AT_BODY: u8 = 16;
const MARKS: [(u8, &str); 5] =
    [(AT_SENTENCE, SENTENCE), (AT_PARAGRAPH, PARAGRAPH), (AT_RUN, RUN), (AT_LEAD, LEAD), (AT_BODY, BODY)];

/// A term of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term<'a> {
    /// A term of the folded analysis at its position; positions never decrease.
    Placed(u32, &'a str),
    /// A tagged stem.
    Stem(&'a str),
}

/// Returns the tagged stems that `word` has in `lang`: one or two.
pub(crate) fn stem_terms(word: &str, lang: Option<&str>) -> Vec<String> {
    let mut terms = Vec::new();
    Analysis::default().walk(word, lang, Start::default(), Names::default(), &mut |_, term| {
        if let Term::Stem(stem) = term {
            terms.push(stem.to_owned());
        }
    });
    terms
}

/// Tells whether plain search for `word` goes by its folded form: scripts without
/// spaces have no stems.
pub(crate) fn is_unstemmed(word: &str) -> bool {
    word.chars().next().is_some_and(stands_alone)
}

/// Cuts what `text` holds from `from` on where it is too long for a term.
pub(super) fn clip(text: &mut String, from: usize) {
    if text.len() - from > TERM_BYTES_MAX {
        let mut end = from + TERM_BYTES_MAX;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
}

/// The analysis, with the words that it has met; each thread has its own.
#[derive(Default)]
pub(crate) struct Analysis {
    languages: FxHashMap<String, Lexemes>,
    long: String,
}

impl Analysis {
    /// Returns what the stems of a language begin with.
    pub(super) fn tag(&mut self, lang: Option<&str>) -> String {
        let mut tag = lexemes_of(&mut self.languages, lang).code().to_owned();
        tag.push(STEM_MARK);
        tag
    }

    /// Gives every term of `text`, in the order of its words, to `each` with its word;
    /// returns the number of words. `names` are the mentions of the stretch.
    pub(super) fn walk(
        &mut self,
        text: &str,
        lang: Option<&str>,
        start: Start,
        mut names: Names<'_>,
        each: &mut impl FnMut(Word, Term<'_>),
    ) -> u64 {
        let Analysis { languages, long } = self;
        let lexemes = lexemes_of(languages, lang);
        let mut next = start.position;
        let mut marks = start.marks;
        let mut last = None;
        let mut count = 0;
        // The whole of a word whose first part was the last word.
        let mut begun: Option<String> = None;
        // Where the letters end that stops join.
        let mut joined_until = 0;
        for word in words(text) {
            count += 1;
            let printed = &text[word.start..word.end];
            let lexeme = lexemes.of(printed);
            if !lexeme.folded().is_empty() {
                let position = if word.start < joined_until { next.saturating_sub(1) } else { next };
                each(word, Term::Placed(position, lexemes.term(lexeme.folded())));
                if word.start >= joined_until
                    && let Some(end) = joined_letters(text, word)
                {
                    joined_until = end;
                    let letters = text[word.start..end].split('.');
                    long.clear();
                    push_letters(letters.clone(), long);
                    each(word, Term::Placed(position, long));
                    if push_exact_letters(letters, long) {
                        each(word, Term::Placed(position, long));
                    }
                }
                if let Some(last) = last {
                    marks = match boundary(text, last, word) {
                        Boundary::Inside => 0,
                        Boundary::Sentence => AT_SENTENCE,
                        Boundary::Paragraph => AT_SENTENCE | AT_PARAGRAPH,
                    };
                }
                if marks != 0 {
                    for (_, mark) in MARKS.iter().filter(|(bit, _)| marks & bit != 0) {
                        each(word, Term::Placed(position, mark));
                    }
                }
                last = Some(word);
                names.at(word, &mut |name| each(word, Term::Placed(position, name)));
                if let Some(whole) = begun.take() {
                    each(word, Term::Placed(position, &whole));
                }
                next = position + 1;
                let is_joined = has_joiner(printed);
                if is_joined {
                    long.clear();
                    long.push_str(lexemes.term(lexeme.folded()));
                    next = joined(printed, position, long, &mut |place, part| each(word, Term::Placed(place, part)));
                } else if !lexeme.exact().is_empty() {
                    each(word, Term::Placed(position, lexemes.term(lexeme.exact())));
                }
                stems(lexemes, lexeme, printed, &mut |stem| each(word, Term::Stem(stem)));
                if let Some(rest) = cuts::rest(text, word).filter(|_| !is_joined) {
                    let whole = lexemes.of(&format!("{printed}{}", &text[rest.start..rest.end]));
                    let term = lexemes.term(whole.folded());
                    let both = Word { end: rest.end, ..word };
                    each(both, Term::Placed(position, term));
                    let spread = format!("{term}{LONG}");
                    each(word, Term::Placed(position, &spread));
                    each(word, Term::Placed(position, LONG_BEGINS));
                    begun = Some(spread);
                    if !whole.exact().is_empty() {
                        each(both, Term::Placed(position, lexemes.term(whole.exact())));
                    }
                    if !is_unstemmed(printed) {
                        each(both, Term::Stem(lexemes.term(whole.stem())));
                    }
                }
            }
        }
        count
    }
}

impl Analysis {
    /// Gives the stems of the words of `text` that begin with a letter of `first`, levelled, to
    /// `each`; of all words where the language's stems may begin with another letter than
    /// their words, which are few languages.
    pub(super) fn stems_from(
        &mut self,
        text: &str,
        lang: Option<&str>,
        first: &FxHashSet<char>,
        each: &mut impl FnMut(Word, &str),
    ) {
        let lexemes = lexemes_of(&mut self.languages, lang);
        let all = !lexemes.keeps_first_letter();
        for word in words(text) {
            let printed = &text[word.start..word.end];
            let begins =
                || printed.chars().next().is_some_and(|c| !c.is_ascii() || first.contains(&c.to_ascii_lowercase()));
            if !all && !begins() {
                continue;
            }
            let lexeme = lexemes.of(printed);
            if !lexeme.folded().is_empty() {
                stems(lexemes, lexeme, printed, &mut |stem| each(word, stem));
                if let Some(rest) = cuts::rest(text, word).filter(|_| !is_unstemmed(printed)) {
                    let whole = lexemes.of(&format!("{printed}{}", &text[rest.start..rest.end]));
                    each(Word { end: rest.end, ..word }, lexemes.term(whole.stem()));
                }
            }
        }
    }
}

fn lexemes_of<'a>(languages: &'a mut FxHashMap<String, Lexemes>, lang: Option<&str>) -> &'a mut Lexemes {
    let code = lang.unwrap_or("");
    if !languages.contains_key(code) && languages.len() >= LANGUAGES_MAX {
        languages.clear();
    }
    languages.entry(code.to_owned()).or_insert_with(|| Lexemes::new(lang))
}

/// Persian joins the parts of a word by a zero-width mark that copy may drop or turn into a
/// blank: the whole stands at the first part's position.
const JOINER: char = '\u{200C}';

/// Gives the parts of such a word with their positions, and at each the whole; `long` holds the
/// whole as it is levelled. Returns the position behind them.
fn joined(printed: &str, position: u32, long: &mut String, each: &mut impl FnMut(u32, &str)) -> u32 {
    if parts_of(printed).nth(1).is_none() {
        return position + 1;
    }
    long.push(LONG);
    each(position, LONG_BEGINS);
    let mut next = position;
    let mut folded = String::new();
    for part in parts_of(printed) {
        folded.clear();
        push_folded(part, &mut folded);
        each(next, &folded);
        each(next, long);
        next += 1;
    }
    next
}

/// Appends the term of letters that stops join.
pub(super) fn push_letters<'l>(letters: impl Iterator<Item = &'l str>, out: &mut String) {
    for (number, letter) in letters.enumerate() {
        if number > 0 {
            out.push(LETTER_MARK);
        }
        push_folded(letter, out);
    }
}

/// Appends to that term what makes it the exact variant; false where it has none.
pub(super) fn push_exact_letters<'l>(letters: impl Iterator<Item = &'l str>, term: &mut String) -> bool {
    let printed = letters.collect::<Vec<_>>().join(LETTER_MARK.encode_utf8(&mut [0; 4]));
    let folded = term.clone();
    let differs = is_variant(&folded, &printed);
    if differs {
        push_exact(&folded, &printed, term);
    }
    differs
}

/// Where letters end, two at least, of which `word` is the first and that stops join: `U.S`.
fn joined_letters(text: &str, word: Word) -> Option<usize> {
    let mut end = word.end;
    if text.as_bytes().get(end) != Some(&b'.') || !is_letter(&text[word.start..end]) {
        return None;
    }
    while let Some(behind) = text[end..].strip_prefix('.') {
        let Some(next) = words(behind).next().filter(|next| next.start == 0 && is_letter(&behind[..next.end])) else {
            break;
        };
        end += 1 + next.end;
    }
    (end > word.end).then_some(end)
}

/// Whether a word is one letter.
pub(super) fn is_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|c| c.is_alphabetic() && !stands_alone(c)) && letters.next().is_none()
}

/// Whether a word is of several parts: hardly any has even the first byte of what joins them.
fn has_joiner(printed: &str) -> bool {
    printed.bytes().any(|b| b == 0xE2) && printed.contains(JOINER)
}

fn parts_of(printed: &str) -> impl Iterator<Item = &str> {
    printed.split(JOINER).filter(|part| words(part).next().is_some())
}

fn stems(lexemes: &mut Lexemes, lexeme: Lexeme, printed: &str, each: &mut impl FnMut(&str)) {
    if is_unstemmed(printed) {
        return;
    }
    for stem in [lexeme.stem(), lexeme.second_stem()].into_iter().filter(|s| !s.is_empty()) {
        each(lexemes.term(stem));
    }
    if has_joiner(printed) {
        for part in parts_of(printed) {
            let part = lexemes.of(part);
            each(lexemes.term(part.stem()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Analysis, Names, STEM_MARK, Start, Term, stem_terms};

    fn folded(text: &str) -> Vec<(u32, String)> {
        let mut out = Vec::new();
        Analysis::default().walk(text, None, Start::default(), Names::default(), &mut |_, term| {
            if let Term::Placed(position, term) = term {
                out.push((position, term.to_owned()));
            }
        });
        out
    }

    #[test]
    fn the_printed_form_stands_beside_the_folded_one() {
        let term = |p: u32, t: &str| (p, t.to_owned());
        assert_eq!(
            folded("le Président a"),
            [term(0, "le"), term(1, "president"), term(1, "president\u{1}Président"), term(2, "a")]
        );
        assert_eq!(
            folded("\u{645}\u{6CC}\u{200C}\u{634}\u{648}\u{62F} x"),
            [
                term(0, "\u{645}\u{64A}\u{634}\u{648}\u{62F}"),
                term(0, "\u{7}"),
                term(0, "\u{645}\u{64A}"),
                term(0, "\u{645}\u{64A}\u{634}\u{648}\u{62F}\u{7}"),
                term(1, "\u{634}\u{648}\u{62F}"),
                term(1, "\u{645}\u{64A}\u{634}\u{648}\u{62F}\u{7}"),
                term(2, "x")
            ]
        );
    }

    #[test]
    fn a_word_cut_at_the_end_of_a_line_stands_at_both_its_places() {
        let term = |p: u32, t: &str| (p, t.to_owned());
        assert_eq!(
            folded("Gou-\nverné a"),
            [
                term(0, "gou"),
                term(0, "gou\u{1}\u{5}"),
                term(0, "gouverne"),
                term(0, "gouverne\u{7}"),
                term(0, "\u{7}"),
                term(0, "gouverne\u{1}Gouverné"),
                term(1, "verne"),
                term(1, "gouverne\u{7}"),
                term(1, "verne\u{1}verné"),
                term(2, "a")
            ]
        );
    }

    #[test]
    fn letters_that_stops_join_are_one_word() {
        let term = |p: u32, t: &str| (p, t.to_owned());
        assert_eq!(
            folded("the U.S. or a. b"),
            [
                term(0, "the"),
                term(1, "u"),
                term(1, "u\u{8}s"),
                term(1, "u\u{8}s\u{1}\u{6}"),
                term(1, "u\u{1}\u{5}"),
                term(1, "s"),
                term(1, "s\u{1}\u{5}"),
                term(2, "or"),
                term(3, "a"),
                term(4, "b")
            ]
        );
    }

    #[test]
    fn stems_by_their_first_letters_are_those_of_the_walk() {
        let text = "Élus et élections: the skies dis-\ncussed, Œuvres d'Eli; эра Ёлки";
        for lang in [None, Some("fr"), Some("en"), Some("ru"), Some("ar")] {
            let (mut all, mut some) = (Vec::new(), Vec::new());
            let first = ['e', 'd'].into_iter().collect();
            Analysis::default().stems_from(text, lang, &first, &mut |word, stem| some.push((word, stem.to_owned())));
            Analysis::default().walk(text, lang, Start::default(), Names::default(), &mut |word, term| {
                if let Term::Stem(stem) = term {
                    all.push((word, stem.to_owned()));
                }
            });
            let begins = |stem: &str| stem.split_once(STEM_MARK).is_some_and(|(_, s)| s.starts_with(['e', 'd']));
            all.retain(|(_, stem)| begins(stem));
            some.retain(|(_, stem)| begins(stem));
            assert_eq!(some, all, "{lang:?}");
            assert!(some.len() > 2, "{some:?}");
        }
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
