//! A second look at the stories that rank first: those that share more runs of letters with
//! the query go before the others, those that do so where they begin before these, and those
//! that are written as the best of them are.
//!
//! For lists where any of the words is enough. The index weighs whole words and stems. What
//! a stemmer does not know (*Ivory Coast*, *Ivorian*; parts of compounds; prefixes of
//! Swahili and Yoruba; letters misread by a scanner) is told by runs of four letters
//! (McNamee, Mayfield 2004), of which an index would hold two to three times as many as of
//! words. Read from the texts of a few stories they cost milliseconds, and they are weighed
//! better: a run that all of these stories hold tells none of them from the others.
//!
//! News says first what it is about. The first 80 and the first 320 words are weighed once
//! more each: by count, since many a story is one paragraph. This holds for a query that says
//! what happened; where one or two words ask for a name, a story may bear it anywhere.
//!
//! Words of a short query that stand side by side in it are weighed by what they have there in
//! common (`seams.rs`). Stories of one event share words that the query does not hold. How much of the best ten
//! a story has is added last (`company.rs`).
//!
//! What is added is never below zero, so that the stories behind them stay behind, and the set
//! stays what it is.
//!
//! Chosen over seventeen sets of queries, and held against eight more. Tried and left out,
//! since they gained on some sets what they lost on others: runs of three or five letters
//! beside or instead of those of four, whole words once more, pairs of words in long queries,
//! the best passage, one score for beginning and rest together.

mod company;
mod counted;
mod runs;
mod seams;

pub use runs::Runs;
pub(super) use runs::WORDS_MAX;

use super::listing::{Listing, Row};
use super::{ArchiveError, Reader};
use crate::text::{fold_into, words};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// Stories that are looked at again. More were no better over twenty-three sets of queries.
const LOOKED_AT: usize = 50;
/// Bytes of a story's text that are looked at: the fifty must not cost more than the search.
const TEXT_BYTES_MAX: usize = 16 << 10;

/// The texts that are looked at, as numbers of folded words.
#[derive(Debug, Default)]
struct Texts {
    /// The different words, by number.
    words: Vec<String>,
    /// The words of each text, in order.
    texts: Vec<Vec<u32>>,
}

impl Texts {
    fn of(texts: &[String]) -> Texts {
        let mut read = Texts::default();
        // As printed, so that a word is folded once.
        let mut printed: FxHashMap<&str, u32> = FxHashMap::default();
        let mut known: FxHashMap<String, u32> = FxHashMap::default();
        let mut folded = String::new();
        for text in texts {
            let number = |word: crate::text::Word| {
                let word = &text[word.start..word.end];
                *printed.entry(word).or_insert_with(|| {
                    folded.clear();
                    fold_into(word, &mut folded);
                    if let Some(number) = known.get(&folded) {
                        return *number;
                    }
                    let number = u32::try_from(known.len()).unwrap_or(u32::MAX);
                    known.insert(folded.clone(), number);
                    read.words.push(folded.clone());
                    number
                })
            };
            read.texts.push(words(text).map(number).collect());
        }
        read
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
        if offset >= LOOKED_AT || runs.is_empty() {
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
        let texts = Texts::of(&self.texts(rows, TEXT_BYTES_MAX)?);
        for (row, added) in rows.iter_mut().zip(runs.weigh(&texts)) {
            row.score += added;
        }
        let scores: Vec<f32> = rows.iter().map(|row| row.score).collect();
        for (row, added) in rows.iter_mut().zip(company::weigh(&texts, &scores)) {
            row.score += added;
        }
        // Those that are alike stay in the order that they were in.
        rows.sort_by(|a, b| b.score.partial_cmp(&a.score).unwrap_or(Ordering::Equal));
        Ok(())
    }
}
