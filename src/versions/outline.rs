//! What is kept of a text to compare it: shingles, weighed words, figures.

use super::Compared;
use super::tokens::{Kind, Token, for_each, run};

/// Tokens of a shingle; of scripts without spaces one more, for a sign says less than a word.
const RUN_WORDS: usize = 3;
const RUN_SIGNS: usize = 4;
/// Tokens that are looked at: no dispatch is as long, and of a book the beginning tells.
const TOKENS_MAX: usize = 20_000;
/// One shingle in so many is in a sketch...
const SAMPLED: u32 = 8;
/// ...and the least ones of short copy, which would have hardly any.
const SKETCH_MIN: usize = 8;
/// Shingles of a sketch at most.
const SKETCH_MAX: usize = 256;
/// Shingles of the opening that are compared at most.
const OPENING_MAX: usize = 60;

/// A text as it is compared with others.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Shingles, in rising order, each once.
    pub(super) shingles: Vec<u32>,
    /// The first of them, in the order of the text.
    pub(super) opening: Vec<u32>,
    /// Words, or pairs of signs, each once with its weight, by their hashes.
    pub(super) words: Vec<(u32, f32)>,
    /// Figures, in rising order of their hashes, each once.
    pub(super) figures: Vec<u32>,
    /// Number of tokens.
    pub(super) length: usize,
}

impl Outline {
    /// Takes the outline of `copy`; `rarity` is what a folded word weighs, from 0 upwards.
    pub fn of(copy: Compared<'_>, rarity: &mut dyn FnMut(&str) -> f32) -> Outline {
        let mut tokens: Vec<Token> = Vec::new();
        let mut weights: Vec<f32> = Vec::new();
        for_each(copy, &mut |token, folded| {
            if tokens.len() < TOKENS_MAX {
                tokens.push(token);
                weights.push(rarity(folded));
            }
        });
        let in_order = shingles(&tokens);
        let opening = in_order.iter().copied().take(OPENING_MAX).collect();
        let mut words: Vec<(u32, f32)> = Vec::with_capacity(tokens.len());
        for (at, token) in tokens.iter().enumerate() {
            match (token.kind, tokens.get(at + 1)) {
                (Kind::Sign, Some(next)) if next.kind == Kind::Sign => {
                    words.push((run(&tokens[at..at + 2]), weights[at] + weights[at + 1]));
                }
                (Kind::Sign, _) => {}
                (Kind::Word | Kind::Figure, _) => words.push((token.hash, weights[at])),
            }
        }
        words.sort_unstable_by_key(|(hash, _)| *hash);
        words.dedup_by_key(|(hash, _)| *hash);
        let figures = tokens.iter().filter(|t| t.kind == Kind::Figure).map(|t| t.hash).collect();
        let length = tokens.len();
        Outline { shingles: sorted(in_order), opening, words, figures: sorted(figures), length }
    }
}

/// A sample of the shingles of `copy`, in rising order: of two texts those that both have are
/// sampled in both or in neither. At most 256.
#[must_use]
pub fn sketch(copy: Compared<'_>) -> Vec<u32> {
    let mut tokens = Vec::new();
    for_each(copy, &mut |token, _| {
        if tokens.len() < TOKENS_MAX {
            tokens.push(token);
        }
    });
    let all = sorted(shingles(&tokens));
    let mut sampled: Vec<u32> = all.iter().copied().filter(|shingle| shingle % SAMPLED == 0).collect();
    if sampled.len() < SKETCH_MIN {
        sampled.extend(all.iter().copied().take(SKETCH_MIN));
    }
    let mut sampled = sorted(sampled);
    sampled.truncate(SKETCH_MAX);
    sampled
}

/// The shingles, in the order of the text; of copy shorter than one, the whole.
fn shingles(tokens: &[Token]) -> Vec<u32> {
    let signs = tokens.iter().filter(|token| token.kind == Kind::Sign).count();
    let length = if 2 * signs > tokens.len() { RUN_SIGNS } else { RUN_WORDS };
    if tokens.is_empty() {
        return Vec::new();
    }
    tokens.windows(length.min(tokens.len())).map(run).collect()
}

fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(body: &str) -> Compared<'_> {
        Compared { headline: "", body }
    }

    #[test]
    fn a_sketch_of_a_part_is_in_that_of_the_whole_but_for_its_least() {
        let words: Vec<String> = (0..400).map(|n| format!("word{}", n * 7919 % 1009)).collect();
        let (whole, part) = (words.join(" "), words[..200].join(" "));
        let (whole, part) = (sketch(copy(&whole)), sketch(copy(&part)));
        assert!(part.len() > 12 && whole.len() > part.len(), "{} of {}", part.len(), whole.len());
        assert!(part.iter().all(|shingle| whole.contains(shingle)));
        assert!(whole.is_sorted());
    }

    #[test]
    fn short_copy_has_a_sketch_too() {
        assert_eq!(sketch(copy("")).len(), 0);
        assert_eq!(sketch(copy("Storm")).len(), 1);
        assert!(sketch(copy("Fed sets two billion dollar customer repurchase, Fed says today")).len() >= 7);
    }

    #[test]
    fn words_are_weighed_once_and_signs_by_pairs() {
        let outline = Outline::of(copy("the ship and the port 1,250"), &mut |w| w.len() as f32);
        assert_eq!(outline.words.len(), 5);
        assert_eq!(outline.figures.len(), 1);
        let outline = Outline::of(copy("北京下雪"), &mut |_| 1.0);
        assert_eq!(outline.words.len(), 3);
        assert!(outline.words.iter().all(|(_, weight)| *weight == 2.0));
        assert_eq!(outline.shingles.len(), 1);
    }
}
