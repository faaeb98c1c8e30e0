//! Words of the archive that are much like a word of the query: misread by a scanner,
//! misprinted, joined to another, inflected as no stemmer knows.
//!
//! Asked only where one of the words is enough (`any`): there a list is a ranking, and
//! what is much like a rare word belongs into it, behind the word itself. Likeness is the
//! share of three-letter runs that two words have in common (Dice's coefficient, the
//! border of a word counted as a letter), as n-gram retrieval of scanned copy has it
//! (Harding, Croft, Weir 1997); the first letter must be the same, so that only a part of
//! the dictionary is read. In the same pass the words of one beginning are gathered, which
//! rank and do no more (`rank.rs`): a stem for languages that have no stemmer.

use super::{LowerError, Lowering, given_up};
use crate::data::languages;
use crate::engine::analysis::{is_unstemmed, stem_terms};
use crate::query::{Node, NodeKind};
use crate::text::fold;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The least likeness.
const LIKENESS_MIN: f32 = 0.5;
/// Most words taken for one, the likest first: more add nothing to a list.
const ALIKE_MAX: usize = 20;
/// Letters of the shortest word that others are like.
const LETTERS_MIN: usize = 4;
/// Letters of the longest: the bits of a mask of runs.
const LETTERS_MAX: usize = 60;
/// A word in more than one of so many stories needs no others beside it.
const COMMON_SHARE: u64 = 10;
/// Words of a query that others are looked for, so that a pasted page costs no more than
/// a paragraph.
const SOUGHT_MAX: usize = 64;
/// Letters that words of one beginning have in common: most inflections keep them.
const BEGINNING: usize = 5;
/// Most words taken of one beginning, those in most stories.
const BEGUN_MAX: usize = 20;
/// Steps of the budget that comparing a word of the dictionary counts for.
const WORD_STEPS: u64 = 8;

/// A word with its likeness.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Alike {
    pub(super) word: String,
    pub(super) likeness: f32,
    /// Stories that hold it.
    pub(super) stories: u64,
}

/// What the dictionary holds beside a word.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// Words much like it, the likest first.
    alike: Rc<Vec<Alike>>,
    /// Words of its beginning, itself among them, those in most stories first; none where a
    /// stemmer tells its inflections.
    begun: Rc<Vec<Alike>>,
}

/// What was looked up for one query.
pub(super) type Known = FxHashMap<String, Beside>;

/// The runs of several words, which are held against another in one walk over it.
struct Runs {
    /// How many each word has.
    sizes: Vec<usize>,
    /// Which words have a run, and as which of theirs.
    owners: FxHashMap<[char; 3], Vec<(usize, u32)>>,
    /// The runs of the word that each is held against last, as bits; all zero between calls.
    found: Vec<u64>,
}

/// Stands before and behind a word.
const BORDER: char = ' ';

impl Runs {
    fn of(words: &[&str]) -> Runs {
        let mut sizes = vec![0; words.len()];
        let mut owners: FxHashMap<[char; 3], Vec<(usize, u32)>> = FxHashMap::default();
        for (word, size) in sizes.iter_mut().enumerate() {
            let mut number = 0;
            each_run(words[word], &mut |run| {
                let owners = owners.entry(run).or_default();
                if owners.last().is_none_or(|(w, _)| *w != word) {
                    owners.push((word, number));
                    number += 1;
                }
            });
            *size = number as usize;
        }
        Runs { sizes, owners, found: vec![0; words.len()] }
    }

    /// Calls `each` with those of the words, by number, that `other` has any run of, and with
    /// Dice's coefficient of the runs of both.
    fn like(&mut self, other: &str, each: &mut dyn FnMut(usize, f32)) {
        let mut all = 0;
        let (mut first, mut last) = (usize::MAX, 0);
        each_run(other, &mut |run| {
            all += 1;
            for (word, number) in self.owners.get(&run).into_iter().flatten() {
                self.found[*word] |= 1 << number;
                (first, last) = (first.min(*word), last.max(*word));
            }
        });
        for word in first..self.found.len().min(last + 1) {
            let found = std::mem::take(&mut self.found[word]).count_ones();
            if found > 0 {
                each(word, 2.0 * found as f32 / (self.sizes[word] + all) as f32);
            }
        }
    }
}

fn each_run(word: &str, each: &mut dyn FnMut([char; 3])) {
    let mut run = [BORDER, BORDER, BORDER];
    for (i, c) in word.chars().chain([BORDER]).enumerate() {
        run = [run[1], run[2], c];
        if i > 0 {
            each(run);
        }
    }
}

/// Whether others are looked for beside a folded word: numbers are not misspelt.
fn is_sought(folded: &str) -> bool {
    let letters = folded.chars().count();
    (LETTERS_MIN..=LETTERS_MAX).contains(&letters) && !folded.chars().any(|c| c.is_numeric() || c == '\u{200C}')
}

/// The words that are looked for in all of the text, other than behind NOT.
fn plain_words<'a>(node: &'a Node, out: &mut Vec<&'a str>) {
    match &node.kind {
        NodeKind::Word(word) if !is_unstemmed(word) => out.push(word),
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().for_each(|n| plain_words(n, out)),
        _ => {}
    }
}

impl Lowering<'_> {
    /// The words of the archive that are much like `word`, the likest first; none where
    /// `word` is common.
    pub(super) fn alike(&self, word: &str) -> Result<Rc<Vec<Alike>>, LowerError> {
        let folded = fold(word);
        if !self.alike.borrow().contains_key(&folded) {
            self.seek_alike(&[word])?;
        }
        Ok(self.alike.borrow().get(&folded).map_or_else(Rc::default, |beside| Rc::clone(&beside.alike)))
    }

    /// The words that begin as a folded one does, of those that were sought and that have no
    /// stems.
    pub(super) fn begun_as(&self, folded: &str) -> Rc<Vec<Alike>> {
        self.alike.borrow().get(folded).map_or_else(Rc::default, |beside| Rc::clone(&beside.begun))
    }

    /// Looks up what the words that `root` asks for are much like, all at once: [`Self::alike`]
    /// then knows it.
    pub(super) fn seek_alike_of(&self, root: &Node) -> Result<(), LowerError> {
        let mut words = Vec::new();
        plain_words(root, &mut words);
        self.seek_alike(&words)
    }

    /// The same of some words. Those of one first letter are looked for in one pass over that
    /// part of the dictionary.
    pub(super) fn seek_alike(&self, words: &[&str]) -> Result<(), LowerError> {
        let mut by_letter: BTreeMap<char, Vec<String>> = BTreeMap::new();
        let mut known = self.alike.borrow_mut();
        for word in words {
            let folded = fold(word);
            if known.contains_key(&folded) {
                continue;
            }
            let full = known.len() >= SOUGHT_MAX;
            known.insert(folded.clone(), Beside::default());
            if let Some(first) = folded.chars().next()
                && !full
                && is_sought(&folded)
                && !self.is_common(&folded)
            {
                by_letter.entry(first).or_default().push(folded);
            }
        }
        for (letter, words) in by_letter {
            for (word, beside) in words.iter().zip(self.look_beside(letter, &words)?) {
                known.insert(word.clone(), beside);
            }
        }
        Ok(())
    }

    fn is_common(&self, folded: &str) -> bool {
        self.reader.held_by(self.reader.fields.text, folded) * COMMON_SHARE > self.reader.searcher.num_docs()
    }

    /// The stems of a word in the languages that have it in this archive.
    fn stems_by_language(&self, folded: &str) -> Vec<(&str, Vec<String>)> {
        let held = |stem: &String| self.reader.held_by(self.reader.fields.stem, stem) > 0;
        let stems = self.reader.languages().iter().map(|l| (l.as_str(), stem_terms(folded, Some(l))));
        stems.filter(|(_, stems)| stems.iter().any(held)).collect()
    }

    /// Whether most stories that hold a word are in languages that have a stemmer; where none
    /// holds it, most of all stories. A few stories in another language, or told wrongly to be,
    /// do not decide for the archive.
    pub(super) fn is_stemmed(&self, folded: &str) -> bool {
        let f = &self.reader.fields;
        let stories = |column, term: &str| self.reader.held_by(column, term);
        let own = self.stems_by_language(folded);
        let mut counted: Vec<(&str, u64)> = Vec::with_capacity(own.len());
        counted.extend(own.iter().map(|(code, stems)| (*code, stems.iter().map(|s| stories(f.stem, s)).sum())));
        if counted.is_empty() {
            counted.extend(self.reader.languages().iter().map(|code| (code.as_str(), stories(f.lang, code))));
        }
        let (mut with, mut without) = (0, 0);
        for (code, stories) in counted {
            // Stories in no known language tell nothing.
            let Some(language) = languages::find(code) else { continue };
            *(if language.stemmer.is_empty() { &mut without } else { &mut with }) += stories;
        }
        with > without
    }

    /// What stands beside each of some folded words that begin with `letter`.
    fn look_beside(&self, letter: char, words: &[String]) -> Result<Vec<Beside>, LowerError> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut runs = Runs::of(&words);
        let from = letter.to_string();
        let to = char::from_u32(letter as u32 + 1).map(|c| c.to_string());
        // Of two words that are alike, neither has more than three times the runs of the other.
        let longest = words.iter().map(|w| w.len()).max().unwrap_or(0) * 3 + 4;
        let beginnings: Vec<Option<&str>> =
            words.iter().map(|w| beginning(w).filter(|_| !self.is_stemmed(w))).collect();
        let mut found: Vec<FxHashMap<String, (f32, u64)>> = vec![FxHashMap::default(); words.len()];
        let mut begun = found.clone();
        for segment in self.reader.searcher.segment_readers() {
            let mut read = || -> tantivy::Result<u64> {
                let index = segment.inverted_index(self.reader.fields.text)?;
                let mut range = index.terms().range().ge(from.as_bytes());
                if let Some(to) = &to {
                    range = range.lt(to.as_bytes());
                }
                let mut stream = range.into_stream()?;
                let mut read = 0;
                while let Some((term, info)) = stream.next() {
                    read += 1;
                    // Exact variants of words hold control characters.
                    if term.len() > longest || term.iter().any(|b| *b < 0x20) {
                        continue;
                    }
                    let Ok(other) = std::str::from_utf8(term) else { continue };
                    for (begun, beginning) in begun.iter_mut().zip(&beginnings) {
                        if beginning.is_some_and(|b| other.starts_with(b)) {
                            begun.entry(other.to_owned()).or_insert((1.0, 0)).1 += u64::from(info.doc_freq);
                        }
                    }
                    runs.like(other, &mut |word, likeness| {
                        if likeness >= LIKENESS_MIN && words[word] != other {
                            found[word].entry(other.to_owned()).or_insert((likeness, 0)).1 += u64::from(info.doc_freq);
                        }
                    });
                }
                Ok(read)
            };
            let read =
                read().map_err(|e| LowerError::new(format!("the dictionary cannot be read: {e}"), "run check"))?;
            if !self.budget.take(read * WORD_STEPS) {
                return Err(given_up());
            }
        }
        let beside = |((word, found), begun): ((&&str, _), _)| Beside {
            alike: Rc::new(self.likest(word, found)),
            begun: Rc::new(listed(begun).into_iter().take(BEGUN_MAX).collect()),
        };
        Ok(words.iter().zip(found).zip(begun).map(beside).collect())
    }

    /// The likest of what is like a word, but for its inflections: those are found, and
    /// weighed, as the word itself.
    fn likest(&self, folded: &str, found: FxHashMap<String, (f32, u64)>) -> Vec<Alike> {
        let own = self.stems_by_language(folded);
        let inflects =
            |word: &str| own.iter().any(|(l, stems)| stem_terms(word, Some(l)).iter().any(|s| stems.contains(s)));
        listed(found).into_iter().filter(|a| !inflects(&a.word)).take(ALIKE_MAX).collect()
    }
}

/// The letters that words of the beginning of `word` begin with; none where it has fewer.
fn beginning(word: &str) -> Option<&str> {
    word.char_indices().nth(BEGINNING - 1).map(|(at, last)| &word[..at + last.len_utf8()])
}

/// What was found in an order that does not hang on the dictionary's: by likeness, then by the
/// number of stories.
fn listed(found: FxHashMap<String, (f32, u64)>) -> Vec<Alike> {
    let mut list: Vec<Alike> =
        found.into_iter().map(|(word, (likeness, stories))| Alike { word, likeness, stories }).collect();
    list.sort_by(|a, b| {
        b.likeness.total_cmp(&a.likeness).then(b.stories.cmp(&a.stories)).then_with(|| a.word.cmp(&b.word))
    });
    list
}

#[cfg(test)]
mod tests {
    use super::{Runs, is_sought};

    fn likeness(a: &str, b: &str) -> f32 {
        let mut likeness = 0.0;
        Runs::of(&[a]).like(b, &mut |_, l| likeness = l);
        likeness
    }

    #[test]
    fn likeness_is_the_share_of_runs_in_common() {
        let like = |a: &str, b: &str| (likeness(a, b) * 100.0).round();
        assert_eq!(like("hambourg", "hambourg"), 100.0);
        // One letter misread by the scanner.
        assert_eq!(like("hambourg", "hambonrg"), 63.0);
        // Joined to another word.
        assert_eq!(like("dartmouth", "dartmouthshire"), 70.0);
        assert_eq!(like("hambourg", "habsbourg"), 59.0);
        assert_eq!(like("maroc", "mardi"), 40.0);
        assert_eq!(like("a", ""), 0.0);
    }

    #[test]
    fn short_words_and_numbers_stand_for_themselves() {
        assert!(is_sought("maroc"));
        for word in ["oil", "2024", "g20s", &"x".repeat(61)] {
            assert!(!is_sought(word), "{word}");
        }
    }

    proptest::proptest! {
        #[test]
        fn likeness_is_a_share(a in "[ab\u{e9}]{1,12}", b in "[ab\u{e9}]{1,12}") {
            proptest::prop_assert!((0.0..=1.0).contains(&likeness(&a, &b)));
            proptest::prop_assert!(likeness(&a, &a) > 0.0);
        }

        #[test]
        fn words_are_compared_together_as_one_by_one(
            words in proptest::collection::vec("[ab\u{e9}]{1,12}", 1..6),
            others in proptest::collection::vec("[ab\u{e9}]{0,12}", 1..6),
        ) {
            let mut runs = Runs::of(&words.iter().map(String::as_str).collect::<Vec<_>>());
            for other in &others {
                let mut together = vec![0.0; words.len()];
                runs.like(other, &mut |word, likeness| together[word] = likeness);
                let each: Vec<f32> = words.iter().map(|w| likeness(w, other)).collect();
                proptest::prop_assert_eq!(&together, &each);
            }
        }
    }
}
