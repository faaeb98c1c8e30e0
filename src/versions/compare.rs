//! What two texts have in common, and whether it makes them versions of one.
//!
//! The bounds were chosen on pairs judged by people and on pairs made by machine (resent, cut,
//! corrected, taken up, translated twice), and held against all of Reuters-21578, whose tables
//! and bond issues share half their words and are not versions of each other.

use super::Outline;

/// Below so many tokens a text is a flash or a table, of which little differs from the next.
const SHORT: usize = 60;
/// From so many on, a pattern that is common to several dispatches is less than half of one.
const LONG: usize = 150;
/// A run of words that so many stories have is of a pattern, or of a dispatch sent very often.
const PATTERN_STORIES: f32 = 8.0;

/// How a text stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same words, whatever the case, the accents and the line ends.
    Same,
    /// More than half of its runs of words are the same.
    Edited,
    /// Nearly all of it is in the other, which is longer.
    Shortened,
    /// The other is nearly all in it, and it is longer.
    Lengthened,
    /// Names, figures and some of the wording are the same.
    Retold,
}

impl Relation {
    /// Returns the word used in output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Same => "same",
            Relation::Edited => "edited",
            Relation::Shortened => "shortened",
            Relation::Lengthened => "lengthened",
            Relation::Retold => "retold",
        }
    }
}

/// What two texts have in common. Shares are from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// Share of the shorter one's shingles that the longer one has: containment.
    pub contained: f32,
    /// Share of the shingles of both that are in both: resemblance.
    pub alike: f32,
    /// Share of the shorter one's words that the longer one has, by weight...
    words: f32,
    /// ...the rarest counting most...
    rare: f32,
    /// ...and of the longer one's that the shorter one has.
    words_of_longer: f32,
    /// Share of the shorter one's figures that the longer one has, one taken for granted.
    figures: f32,
    /// Share of the longer one's opening that the shorter one has.
    opening: f32,
    /// Number of tokens of the shorter one.
    shorter: usize,
    /// Whether the first of the two is the shorter.
    first_is_shorter: bool,
}

impl Likeness {
    /// Compares two texts.
    #[must_use]
    pub fn between(first: &Outline, second: &Outline) -> Likeness {
        let first_is_shorter = first.shingles.len() <= second.shingles.len();
        let (a, b) = if first_is_shorter { (first, second) } else { (second, first) };
        let shared = common(&a.shingles, &b.shingles, |n| *n);
        let both = a.shingles.len() + b.shingles.len() - shared;
        let figures = common(&a.figures, &b.figures, |n| *n);
        let (words, rare, words_of_longer) = weighed(a, b);
        let opening = &b.opening[..b.opening.len().min((a.shingles.len() / 2).max(10))];
        let opened = opening.iter().filter(|shingle| a.shingles.binary_search(shingle).is_ok()).count();
        Likeness {
            contained: share(shared, a.shingles.len()),
            alike: share(shared, both),
            words,
            rare,
            words_of_longer,
            figures: share(figures + 1, a.figures.len() + 1),
            opening: share(opened, opening.len()),
            shorter: a.length.min(b.length),
            first_is_shorter,
        }
    }

    /// Tells whether the two are versions of one. `own` is how much of what they share is theirs
    /// alone, from 0 to 1, as a [`super::Pair`] has it.
    #[must_use]
    pub fn are_versions(&self, own: f32) -> bool {
        let Likeness { contained, words, rare, figures, .. } = *self;
        // What stands in the midst of a longer text is an item of a summary.
        if self.words_of_longer < 0.45 && self.opening < 0.5 {
            return false;
        }
        if self.shorter < SHORT {
            return contained >= 0.8 && rare >= 0.85 && figures >= 0.8;
        }
        let own = own * contained;
        let is_whole = contained >= 0.9 && rare >= 0.85;
        let is_most = contained >= 0.65 && words >= 0.8 && rare >= 0.75 && own >= 0.3 && {
            let figures_min = match self.shorter {
                _ if contained >= 0.8 => 0.4,
                LONG.. => 0.45,
                _ => 0.8,
            };
            figures >= figures_min
        };
        let is_half = contained >= 0.45 && own >= 0.35 && figures >= 0.6 && words >= 0.55 && rare >= 0.45;
        let is_retold = own >= 0.24 && figures >= 0.7 && words >= 0.5 && self.words_of_longer >= 0.4 && rare >= 0.3;
        is_whole || is_most || is_half || is_retold
    }

    /// Returns how the first stands to the second.
    #[must_use]
    pub fn relation(&self) -> Relation {
        match () {
            () if self.alike >= 1.0 => Relation::Same,
            () if self.alike >= 0.6 => Relation::Edited,
            () if self.contained >= 0.8 && self.first_is_shorter => Relation::Shortened,
            () if self.contained >= 0.8 => Relation::Lengthened,
            () if self.contained > 0.5 => Relation::Edited,
            () => Relation::Retold,
        }
    }
}

/// Of the shingles that two texts share, how much is theirs alone: `stories` says of each how many
/// stories of the archive have it.
pub(super) fn own_share(stories: impl Iterator<Item = u32>) -> f32 {
    let (mut own, mut all) = (0.0, 0.0);
    for stories in stories {
        let part = (PATTERN_STORIES / stories.max(1) as f32).min(1.0);
        own += part * part;
        all += 1.0;
    }
    if all > 0.0 { own / all } else { 1.0 }
}

fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

/// How many of two rising lists are the same.
fn common<T>(a: &[T], b: &[T], key: impl Fn(&T) -> u32) -> usize {
    let mut count = 0;
    merge(a, b, key, |_, _| count += 1);
    count
}

/// Calls `same` with what has one key in two rising lists.
fn merge<T>(a: &[T], b: &[T], key: impl Fn(&T) -> u32, mut same: impl FnMut(&T, &T)) {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    while let (Some(l), Some(r)) = (left.peek(), right.peek()) {
        match key(l).cmp(&key(r)) {
            std::cmp::Ordering::Less => _ = left.next(),
            std::cmp::Ordering::Greater => _ = right.next(),
            std::cmp::Ordering::Equal => {
                same(l, r);
                left.next();
                right.next();
            }
        }
    }
}

/// Shares of the words of `a` that `b` has: by weight, by its third power, and of those of `b`.
fn weighed(a: &Outline, b: &Outline) -> (f32, f32, f32) {
    let sum = |words: &[(u32, f32)], power: i32| words.iter().map(|(_, w)| w.powi(power)).sum::<f32>();
    let (mut plain, mut cubed) = (0.0, 0.0);
    merge(
        &a.words,
        &b.words,
        |(hash, _)| *hash,
        |(_, weight), _| {
            plain += weight;
            cubed += weight.powi(3);
        },
    );
    let of = |part: f32, whole: f32| if whole > 0.0 { part / whole } else { 0.0 };
    (of(plain, sum(&a.words, 1)), of(cubed, sum(&a.words, 3)), of(plain, sum(&b.words, 1)))
}
