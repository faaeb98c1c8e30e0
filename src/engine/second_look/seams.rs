//! Runs of five letters over the seam of two words of a query, and what stories weigh by them.
//!
//! Words that stand side by side in a short query are mostly one name. The index knows pairs
//! as printed; runs know them inflected and misread too. The more words a query has, the less
//! any two of them tell.

use super::Texts;
use super::counted::{Counted, weigh};
use super::runs::{BORDER, NOTHING};
use rustc_hash::{FxHashMap, FxHashSet};

/// Letters of a run, the seam among them.
const LETTERS: usize = 5;
/// Letters of a word that stand in a run over its seam.
const SIDE: usize = LETTERS - 2;
/// How much the runs count, by the square of the number of different words.
const SEAM: f32 = 3.0;
/// Different words of a query from which on they tell nothing.
const WORDS_MAX: usize = 8;

type Run = [char; LETTERS];

/// The letters of a word that stand at its seams, its borders among them.
struct Sides {
    head: [char; SIDE],
    tail: [char; SIDE],
}

impl Sides {
    fn of(folded: &str) -> Sides {
        let (mut head, mut tail) = ([NOTHING; SIDE], [NOTHING; SIDE]);
        for (place, letter) in head.iter_mut().zip(folded.chars().chain([BORDER])) {
            *place = letter;
        }
        for (place, letter) in tail.iter_mut().rev().zip(folded.chars().rev().chain([BORDER])) {
            *place = letter;
        }
        Sides { head, tail }
    }

    /// The letters next to the seam of this word and another.
    fn seam(&self, next: &Sides) -> (char, char) {
        (self.tail[SIDE - 1], next.head[0])
    }

    fn each_run(&self, next: &Sides, mut each: impl FnMut(Run)) {
        let [a, b, c] = self.tail;
        let [x, y, z] = next.head;
        each([a, b, c, BORDER, x]);
        each([b, c, BORDER, x, y]);
        each([c, BORDER, x, y, z]);
    }
}

/// The runs over the seams of a query's words, each with its number and how often it is there.
#[derive(Debug, Default)]
pub(super) struct Seams {
    numbers: FxHashMap<Run, usize>,
    times: Vec<f32>,
    /// The letters next to seams: most seams of a text are none of them.
    seams: FxHashSet<(char, char)>,
    weight: f32,
}

impl Seams {
    /// Those of folded words, in order, of which so many are different.
    pub(super) fn of(words: &[String], different: usize) -> Seams {
        let mut seams = Seams { weight: SEAM / (different * different).max(1) as f32, ..Seams::default() };
        if different > WORDS_MAX {
            return seams;
        }
        let words: Vec<Sides> = words.iter().map(|word| Sides::of(word)).collect();
        for pair in words.windows(2) {
            let [word, next] = pair else { continue };
            seams.seams.insert(word.seam(next));
            word.each_run(next, |run| {
                let known = seams.times.len();
                let number = *seams.numbers.entry(run).or_insert(known);
                if number == known {
                    seams.times.push(0.0);
                }
                seams.times[number] += 1.0;
            });
        }
        seams
    }

    /// Returns what each text adds to its story's score.
    pub(super) fn weigh(&self, texts: &Texts) -> Vec<f32> {
        if self.times.is_empty() {
            return vec![0.0; texts.texts.len()];
        }
        let sides: Vec<Sides> = texts.words.iter().map(|word| Sides::of(word)).collect();
        let counted: Vec<Counted> = texts.texts.iter().map(|text| self.count(text, &sides)).collect();
        weigh(&counted, &self.times).into_iter().map(|weighed| self.weight * weighed).collect()
    }

    fn count(&self, text: &[u32], sides: &[Sides]) -> Counted {
        let mut counts = Counted::none(self.times.len());
        counts.all = text.len();
        for pair in text.windows(2) {
            let [word, next] = pair else { continue };
            let (word, next) = (&sides[*word as usize], &sides[*next as usize]);
            if self.seams.contains(&word.seam(next)) {
                word.each_run(next, |run| {
                    if let Some(number) = self.numbers.get(&run) {
                        counts.runs[*number] += 1;
                    }
                });
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::Seams;
    use crate::engine::second_look::Texts;

    fn added(words: &[&str], texts: &[&str]) -> Vec<f32> {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
        Seams::of(&words, words.len()).weigh(&Texts::of(&texts))
    }

    #[test]
    fn words_that_stand_together_are_told_from_those_that_do_not() {
        let texts = ["the Ivory Coasts said", "the coast of ivory", "football"];
        let ivory = added(&["ivory", "coast"], &texts);
        assert!(ivory[0] > 0.0 && ivory[1] == 0.0 && ivory[2] == 0.0, "{ivory:?}");
        // Short words have seams too.
        assert!(added(&["g", "7"], &["G 7 talks", "7 G talks"])[0] > 0.0);
    }

    #[test]
    fn a_word_alone_and_a_long_query_have_none() {
        assert_eq!(added(&["ivory"], &["ivory ivory"]), [0.0]);
        let long = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
        assert_eq!(added(&long, &["a b c d e f g h i"]), [0.0]);
        assert!(added(&["ivory", "coast"], &[]).is_empty());
    }
}
