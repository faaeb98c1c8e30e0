//! Words of the archive that are much like a word of the query: misread by a scanner,
//! misprinted, joined to another, inflected as no stemmer knows.
//!
//! Asked only where one of the words is enough (`any`): there a list is a ranking, and
//! what is much like a rare word belongs into it, behind the word itself. Likeness is the
//! share of three-letter runs that two words have in common (Dice's coefficient, the
//! border of a word counted as a letter), as n-gram retrieval of scanned copy has it
//! (Harding, Croft, Weir 1997); the first letter must be the same, so that only a part of
//! the dictionary is read.

use super::{LowerError, Lowering, given_up};
use crate::engine::analysis::stem_terms;
use crate::text::fold;
use rustc_hash::FxHashMap;
use std::rc::Rc;
use tantivy::schema::{Field as Column, Term};

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

/// What was looked up for one query.
pub(super) type Known = FxHashMap<String, Rc<Vec<Alike>>>;

/// The runs of a word, ready to be found in others.
struct Runs {
    runs: Vec<[char; 3]>,
}

/// Stands before and behind a word.
const BORDER: char = ' ';

impl Runs {
    fn of(word: &str) -> Runs {
        let mut runs = Vec::new();
        each_run(word, &mut |run| {
            if !runs.contains(&run) {
                runs.push(run);
            }
        });
        Runs { runs }
    }

    /// Dice's coefficient of the runs of both.
    fn likeness(&self, other: &str) -> f32 {
        let (mut found, mut all) = (0_u64, 0_usize);
        each_run(other, &mut |run| {
            all += 1;
            if let Some(i) = self.runs.iter().position(|r| *r == run) {
                found |= 1 << i;
            }
        });
        2.0 * found.count_ones() as f32 / (self.runs.len() + all) as f32
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

impl Lowering<'_> {
    /// The words of the archive that are much like `word`, the likest first; none where
    /// `word` is common.
    pub(super) fn alike(&self, word: &str) -> Result<Rc<Vec<Alike>>, LowerError> {
        let folded = fold(word);
        if let Some(known) = self.alike.borrow().get(&folded) {
            return Ok(Rc::clone(known));
        }
        let full = self.alike.borrow().len() >= SOUGHT_MAX;
        let found = if full || !is_sought(&folded) || self.is_common(&folded) {
            Vec::new()
        } else {
            self.look_for_alike(&folded, self.reader.fields.text)?
        };
        let found = Rc::new(found);
        self.alike.borrow_mut().insert(folded, Rc::clone(&found));
        Ok(found)
    }

    fn is_common(&self, folded: &str) -> bool {
        let term = Term::from_field_text(self.reader.fields.text, folded);
        let stories = self.reader.searcher.doc_freq(&term).unwrap_or(0);
        stories * COMMON_SHARE > self.reader.searcher.num_docs()
    }

    /// The stems of a word in the languages that have it in this archive.
    fn stems_by_language(&self, folded: &str) -> Vec<(&str, Vec<String>)> {
        let held = |stem: &String| {
            let term = Term::from_field_text(self.reader.fields.stem, stem);
            self.reader.searcher.doc_freq(&term).is_ok_and(|n| n > 0)
        };
        let stems = self.reader.languages().iter().map(|l| (l.as_str(), stem_terms(folded, Some(l))));
        stems.filter(|(_, stems)| stems.iter().any(held)).collect()
    }

    fn look_for_alike(&self, folded: &str, column: Column) -> Result<Vec<Alike>, LowerError> {
        let runs = Runs::of(folded);
        let Some(first) = folded.chars().next() else { return Ok(Vec::new()) };
        let from = first.to_string();
        let to = char::from_u32(first as u32 + 1).map(|c| c.to_string());
        // Of two words that are alike, neither has more than three times the runs of the other.
        let longest = folded.len() * 3 + 4;
        let mut found: FxHashMap<String, (f32, u64)> = FxHashMap::default();
        for segment in self.reader.searcher.segment_readers() {
            let mut read = || -> tantivy::Result<u64> {
                let index = segment.inverted_index(column)?;
                let mut range = index.terms().range().ge(from.as_bytes());
                if let Some(to) = &to {
                    range = range.lt(to.as_bytes());
                }
                let mut stream = range.into_stream()?;
                let mut read = 0;
                while let Some((term, info)) = stream.next() {
                    read += 1;
                    // Exact variants of words hold control characters.
                    if term.len() > longest || term.iter().any(|b| *b < 0x20) || term == folded.as_bytes() {
                        continue;
                    }
                    let Ok(word) = std::str::from_utf8(term) else { continue };
                    let likeness = runs.likeness(word);
                    if likeness >= LIKENESS_MIN {
                        found.entry(word.to_owned()).or_insert((likeness, 0)).1 += u64::from(info.doc_freq);
                    }
                }
                Ok(read)
            };
            let read =
                read().map_err(|e| LowerError::new(format!("the dictionary cannot be read: {e}"), "run check"))?;
            if !self.budget.take(read * WORD_STEPS) {
                return Err(given_up());
            }
        }
        // Inflections are found, and weighed, as the word itself.
        let own = self.stems_by_language(folded);
        let inflects =
            |word: &str| own.iter().any(|(l, stems)| stem_terms(word, Some(l)).iter().any(|s| stems.contains(s)));
        let mut found: Vec<Alike> =
            found.into_iter().map(|(word, (likeness, stories))| Alike { word, likeness, stories }).collect();
        found.sort_by(|a, b| {
            b.likeness.total_cmp(&a.likeness).then(b.stories.cmp(&a.stories)).then_with(|| a.word.cmp(&b.word))
        });
        Ok(found.into_iter().filter(|a| !inflects(&a.word)).take(ALIKE_MAX).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Runs, is_sought};

    #[test]
    fn likeness_is_the_share_of_runs_in_common() {
        let like = |a: &str, b: &str| (Runs::of(a).likeness(b) * 100.0).round();
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
            let like = Runs::of(&a).likeness(&b);
            proptest::prop_assert!((0.0..=1.0).contains(&like));
            proptest::prop_assert!(Runs::of(&a).likeness(&a) > 0.0);
        }
    }
}
