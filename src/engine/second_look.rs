//! A second look at the stories that rank first: those that share more runs of letters with
//! the query go before the others.
//!
//! For lists where any of the words is enough. The index weighs whole words and stems. What
//! a stemmer does not know (*Ivory Coast*, *Ivorian*; parts of compounds; prefixes of
//! Swahili and Yoruba; letters misread by a scanner) is told by runs of four letters
//! (McNamee, Mayfield 2004), of which an index would hold two to three times as many as of
//! words. Read from the texts of a few stories they cost milliseconds, and they are weighed
//! better: a run that all of these stories hold tells none of them from the others. What is
//! added is never below zero, so that the stories behind them stay behind, and the set stays
//! what it is.

use super::listing::{Listing, Row};
use super::{ArchiveError, Reader};
use crate::text::{fold, fold_into, words};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// Stories that are looked at again. More were no better over twenty-three sets of queries.
const LOOKED_AT: usize = 50;
/// Bytes of a story's text that are looked at: the fifty must not cost more than the search.
const TEXT_BYTES_MAX: usize = 16 << 10;
/// Words of a query whose runs are looked for; a pasted page tells enough by its beginning.
pub(super) const WORDS_MAX: usize = 64;
/// Letters of a run, the border of a word counted as one.
const LETTERS: usize = 4;
/// BM25's bend of frequencies, and its share of the text's length.
const BEND: f32 = 1.2;
const LENGTH_SHARE: f32 = 0.75;

/// Letters that stand together in a word; shorter words are filled up.
type Run = [char; LETTERS];

/// Stands before and behind a word.
const BORDER: char = ' ';
const NOTHING: char = '\0';

/// The runs of a query's words, each with its number and what it counts.
#[derive(Debug, Default)]
pub struct Runs {
    numbers: FxHashMap<Run, usize>,
    weights: Vec<f32>,
}

/// Calls `each` with the runs of a folded word, its borders among them; returns their number.
fn each_run(folded: &str, each: &mut dyn FnMut(Run)) -> usize {
    let mut run = [NOTHING; LETTERS];
    let (mut letters, mut runs) = (0, 0);
    for c in [BORDER].into_iter().chain(folded.chars()).chain([BORDER]) {
        run.rotate_left(1);
        run[LETTERS - 1] = c;
        letters += 1;
        if letters >= LETTERS {
            each(run);
            runs += 1;
        }
    }
    if runs == 0 {
        each(run);
        runs = 1;
    }
    runs
}

impl Runs {
    /// The runs of words, each with what it counts; a word that is written twice counts twice.
    pub(super) fn of<'a>(words: impl Iterator<Item = (&'a str, f32)>) -> Runs {
        let mut runs = Runs::default();
        for (word, weight) in words {
            each_run(&fold(word), &mut |run| {
                let next = runs.weights.len();
                let number = *runs.numbers.entry(run).or_insert(next);
                if number == next {
                    runs.weights.push(0.0);
                }
                runs.weights[number] += weight;
            });
        }
        runs
    }

    /// Returns what each text adds to its story's score.
    fn weigh(&self, texts: &[String]) -> Vec<f32> {
        let mut known: FxHashMap<&str, (usize, Vec<usize>)> = FxHashMap::default();
        let mut folded = String::new();
        // How often each text has each run, and how many runs it has in all.
        let mut counted: Vec<(Vec<u32>, usize)> = Vec::with_capacity(texts.len());
        for text in texts {
            let (mut counts, mut all) = (vec![0; self.weights.len()], 0);
            for word in words(text) {
                let (runs, found) = known.entry(&text[word.start..word.end]).or_insert_with(|| {
                    folded.clear();
                    fold_into(&text[word.start..word.end], &mut folded);
                    let mut found = Vec::new();
                    let runs = each_run(&folded, &mut |run| found.extend(self.numbers.get(&run)));
                    (runs, found)
                });
                all += *runs;
                found.iter().for_each(|number| counts[*number] += 1);
            }
            counted.push((counts, all));
        }
        let stories = texts.len() as f32;
        let mean = counted.iter().map(|(_, all)| *all as f32).sum::<f32>() / stories.max(1.0);
        let rarity = |number: usize| {
            let holding = counted.iter().filter(|(counts, _)| counts[number] > 0).count() as f32;
            (1.0 + (stories - holding + 0.5) / (holding + 0.5)).ln()
        };
        let weights: Vec<f32> =
            self.weights.iter().enumerate().map(|(number, weight)| weight * rarity(number)).collect();
        let added = |(counts, all): &(Vec<u32>, usize)| -> f32 {
            let length = BEND * (1.0 - LENGTH_SHARE + LENGTH_SHARE * *all as f32 / mean.max(1.0));
            let bent = |count: u32| count as f32 * (BEND + 1.0) / (count as f32 + length);
            counts.iter().zip(&weights).map(|(count, weight)| weight * bent(*count)).sum()
        };
        counted.iter().map(added).collect()
    }
}

impl Reader {
    /// Lists the best of a ranking as `list` does, which is given a limit and an offset, the first of
    /// all looked at again.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn looked_at(
        &self,
        runs: &Runs,
        limit: usize,
        offset: usize,
        list: &dyn Fn(usize, usize) -> Result<Listing, ArchiveError>,
    ) -> Result<Listing, ArchiveError> {
        if offset >= LOOKED_AT || runs.weights.is_empty() {
            return list(limit, offset);
        }
        let end = limit.saturating_add(offset);
        let mut listing = list(end.max(LOOKED_AT), 0)?;
        let first = listing.rows.len().min(LOOKED_AT);
        self.look_again(&mut listing.rows[..first], runs)?;
        listing.rows.truncate(end);
        listing.rows.drain(..offset.min(listing.rows.len()));
        Ok(listing)
    }

    fn look_again(&self, rows: &mut [Row], runs: &Runs) -> Result<(), ArchiveError> {
        let texts = self.texts(rows, TEXT_BYTES_MAX)?;
        for (row, added) in rows.iter_mut().zip(runs.weigh(&texts)) {
            row.score += added;
        }
        // Those that are alike stay in the order that they were in.
        rows.sort_by(|a, b| b.score.partial_cmp(&a.score).unwrap_or(Ordering::Equal));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Runs, each_run};

    fn runs(word: &str) -> Vec<String> {
        let mut runs = Vec::new();
        each_run(word, &mut |run| runs.push(run.iter().collect::<String>().replace('\0', "")));
        runs
    }

    #[test]
    fn runs_are_of_four_letters_with_the_borders() {
        assert_eq!(runs("ivory"), [" ivo", "ivor", "vory", "ory "]);
        assert_eq!(runs("un"), [" un "]);
        assert_eq!(runs("a"), [" a "]);
    }

    #[test]
    fn what_all_texts_hold_tells_none_from_the_others() {
        let texts = ["Ivorian talks".to_owned(), "cocoa talks".to_owned(), "talks of talks".to_owned()];
        let weigh = |word: &str| Runs::of([(word, 1.0)].into_iter()).weigh(&texts);
        let ivory = weigh("ivory");
        assert!(ivory[0] > 1.0 && ivory[1] == 0.0 && ivory[2] == 0.0, "{ivory:?}");
        let talks = weigh("talks");
        assert!(talks.iter().all(|added| (0.0..ivory[0]).contains(added)), "{talks:?}");
        assert_eq!(Runs::default().weigh(&texts), [0.0; 3]);
        assert!(Runs::of([("a", 1.0)].into_iter()).weigh(&[]).is_empty());
    }
}
