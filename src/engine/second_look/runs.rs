//! Runs of four letters of a query's words, and what stories weigh by them.

use super::Texts;
use super::counted::{Counted, weigh};
use super::seams::Seams;
use crate::text::fold;
use rustc_hash::{FxHashMap, FxHashSet};

/// Words of a query whose runs are looked for; a pasted page tells enough by its beginning.
pub(in crate::engine) const WORDS_MAX: usize = 64;
/// Letters of a run, the border of a word counted as one.
const LETTERS: usize = 4;
/// How much the runs of letters of a query count.
const WHOLE: f32 = 0.35;
/// The same where no word of the query is of a language that has a stemmer: runs tell then
/// what is one word. Between the two by the share of such words.
const WHOLE_UNSTEMMED: f32 = 1.6;
/// Words of the beginnings of a story that are weighed once more.
const BEGINNINGS: [usize; 2] = [80, 320];
/// How much the runs count in each beginning, and where no word has a stemmer.
const BEGINNING: f32 = 0.2;
const BEGINNING_UNSTEMMED: f32 = 0.4;
/// Different words of a query, beside the first, from which on beginnings count in full.
const TELLING_WORDS: f32 = 8.0;

/// Letters that stand together in a word; shorter words are filled up.
type Run = [char; LETTERS];

/// Stands before and behind a word.
pub(super) const BORDER: char = ' ';
pub(super) const NOTHING: char = '\0';

/// The runs of a query's words, each with its number and how often the query has it.
#[derive(Debug, Default)]
pub struct Runs {
    numbers: FxHashMap<Run, usize>,
    times: Vec<f32>,
    /// How much they count in all of a story, and in each of its beginnings.
    whole: f32,
    beginning: f32,
    seams: Seams,
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

/// A word of the texts: how many runs it has, and which of the query's.
struct Word {
    runs: usize,
    found: Vec<usize>,
}

impl Runs {
    /// The runs of words; a word that is written twice counts twice. `unstemmed` is the share
    /// of them that no stemmer knows.
    pub(in crate::engine) fn of(words: &[&str], unstemmed: f32) -> Runs {
        let mut runs = Runs::default();
        let words: Vec<String> = words.iter().map(|word| fold(word)).collect();
        for word in &words {
            each_run(word, &mut |run| {
                let next = runs.times.len();
                let number = *runs.numbers.entry(run).or_insert(next);
                if number == next {
                    runs.times.push(0.0);
                }
                runs.times[number] += 1.0;
            });
        }
        let different = words.iter().collect::<FxHashSet<_>>().len();
        let telling = (different.saturating_sub(1) as f32 / TELLING_WORDS).min(1.0);
        let between = |with: f32, without: f32| with + (without - with) * unstemmed;
        runs.whole = between(WHOLE, WHOLE_UNSTEMMED);
        runs.beginning = between(BEGINNING, BEGINNING_UNSTEMMED) * telling;
        runs.seams = Seams::of(&words, different);
        runs
    }

    pub(super) fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// Returns what each text adds to its story's score.
    pub(super) fn weigh(&self, texts: &Texts) -> Vec<f32> {
        let known: Vec<Word> = texts.words.iter().map(|word| self.word(word)).collect();
        // One list for each beginning, and one for the whole.
        let mut counted: Vec<Vec<Counted>> = vec![Vec::with_capacity(texts.texts.len()); BEGINNINGS.len() + 1];
        for text in &texts.texts {
            let mut counts = Counted::none(self.times.len());
            let mut from = 0;
            for (part, end) in BEGINNINGS.into_iter().chain([usize::MAX]).enumerate() {
                let end = end.min(text.len());
                for word in text[from..end].iter().filter_map(|word| known.get(*word as usize)) {
                    counts.all += word.runs;
                    word.found.iter().for_each(|number| counts.runs[*number] += 1);
                }
                from = end;
                counted[part].push(counts.clone());
            }
        }
        let mut added = self.seams.weigh(texts);
        for (part, counted) in counted.iter().enumerate() {
            let weight = if part < BEGINNINGS.len() { self.beginning } else { self.whole };
            for (added, part) in added.iter_mut().zip(weigh(counted, &self.times)) {
                *added += weight * part;
            }
        }
        added
    }

    fn word(&self, folded: &str) -> Word {
        let mut found = Vec::new();
        let runs = each_run(folded, &mut |run| found.extend(self.numbers.get(&run)));
        Word { runs, found }
    }
}

#[cfg(test)]
mod tests {
    use super::{Runs, each_run};
    use crate::engine::second_look::Texts;

    fn runs(word: &str) -> Vec<String> {
        let mut runs = Vec::new();
        each_run(word, &mut |run| runs.push(run.iter().collect::<String>().replace('\0', "")));
        runs
    }

    fn weigh(words: &[&str], texts: &[&str]) -> Vec<f32> {
        let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
        Runs::of(words, 0.0).weigh(&Texts::of(&texts))
    }

    #[test]
    fn runs_are_of_four_letters_with_the_borders() {
        assert_eq!(runs("ivory"), [" ivo", "ivor", "vory", "ory "]);
        assert_eq!(runs("un"), [" un "]);
        assert_eq!(runs("a"), [" a "]);
    }

    #[test]
    fn what_all_texts_hold_tells_none_from_the_others() {
        let texts = ["Ivorian talks", "cocoa talks", "talks of talks"];
        let ivory = weigh(&["ivory"], &texts);
        assert!(ivory[0] > 0.35 && ivory[1] == 0.0 && ivory[2] == 0.0, "{ivory:?}");
        let talks = weigh(&["talks"], &texts);
        assert!(talks.iter().all(|added| (0.0..ivory[0]).contains(added)), "{talks:?}");
        assert_eq!(weigh(&[], &texts), [0.0; 3]);
        assert!(weigh(&["a"], &[]).is_empty());
    }

    #[test]
    fn a_query_that_tells_counts_more_where_a_story_begins() {
        let other = "word ".repeat(400);
        let (early, late) = (format!("cocoa prices fall {other}"), format!("{other} cocoa prices fall"));
        let both = [early.as_str(), late.as_str()];
        let name = weigh(&["cocoa"], &both);
        assert_eq!(name[0], name[1]);
        let event = weigh(&["cocoa", "prices", "fall"], &both);
        assert!(event[0] > event[1], "{event:?}");
    }
}
