//! The best row of labels for a text.
//!
//! Two passes: the first labels each stretch by itself; the second lets every word hear
//! how the same word was labelled elsewhere in the text, so that *Chen* is a person once
//! *Chen Guiqiu* was, and labels again where that may change something.

use super::labels::{LABELS, OUTSIDE, Part, label, may_stand_at, meaning};
use super::listed::Listed;
use super::model::{Model, ROW, Scores, Sums};
use super::tokens::{JOINS, Join};
use super::traits::{Case, Sheet};
use crate::story::EntityKind;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A score that no sum of weights reaches.
const NEVER: i32 = i32::MIN / 4;

/// What the same word elsewhere in the text weighs, where all its uses agree: as a name of
/// a kind, and as none. In units of the weights; found on the project's own texts.
const ELSEWHERE: f32 = 2.0;
const ELSEWHERE_OUTSIDE: f32 = 1.0;
/// What a name of the tables weighs at each of its words, in scripts without capitals; in
/// units of the weights.
const LISTED_SURE: f32 = 3.0;
const LISTED_POSSIBLE: f32 = 0.75;
/// A mark or a word of small letters is part of a name only with a capital so many tokens
/// before it, *Banque centrale européenne*, or after, *al-Sadr*; others are not looked at.
const CAPITAL_BEFORE: usize = 5;
const CAPITAL_AFTER: usize = 2;
/// Near a capital, it is none where its spelling and shape speak so much more against a
/// name than for any, in units of the weights: what stands around it is not asked. Both
/// leave out most of the look-ups; on the project's own texts 0.1 of F1 is lost.
const SURELY_OUTSIDE: f32 = 2.0;
/// A word of a person's full name counts so many times: it says most of who is meant.
const FULL_NAME_VOTES: u32 = 3;

/// Labels texts; its memory is reused from text to text.
#[derive(Debug)]
pub struct Tagger<'m> {
    model: &'m Model<'m>,
    scores: Vec<Scores>,
    /// Those of the token at hand.
    features: Vec<u64>,
    /// Sums of the features that recur together: of a word's letters and of its looks, of shapes,
    /// of names beside each other, of the kinds of the words before and behind and of those
    /// within reach, of the words before and behind themselves.
    memory: [Memory; MEMORIES.len()],
    /// Of each token, whether its own spelling says enough: no part of a name.
    plain: Vec<bool>,
    from: Vec<[u8; LABELS]>,
    /// Of each word, how often it is a person, place, organisation, or no name.
    votes: FxHashMap<u64, [u32; 4]>,
    steps: Steps,
    elsewhere: [f32; 2],
    sure: i32,
    listed: [f32; 2],
}

impl<'m> Tagger<'m> {
    /// Returns a tagger with the weights of a model.
    #[must_use]
    pub fn new(model: &'m Model<'m>) -> Tagger<'m> {
        let unit = |weight: f32| weight / model.scale;
        Tagger {
            model,
            scores: Vec::new(),
            features: Vec::new(),
            memory: MEMORIES.map(Memory::new),
            plain: Vec::new(),
            from: Vec::new(),
            votes: FxHashMap::default(),
            steps: Steps::new(model),
            elsewhere: [unit(ELSEWHERE), unit(ELSEWHERE_OUTSIDE)],
            sure: unit(SURELY_OUTSIDE) as i32,
            listed: [unit(LISTED_POSSIBLE), unit(LISTED_SURE)],
        }
    }

    /// Labels every token of a sheet.
    pub fn label(&mut self, sheet: &Sheet<'_>, labels: &mut Vec<u8>) {
        labels.clear();
        labels.resize(sheet.tokens.len(), OUTSIDE);
        self.scores.clear();
        self.plain.clear();
        let mut listed = sheet.listed.iter().peekable();
        for segment in &sheet.segments {
            for at in segment.clone() {
                let scores = self.score(sheet, segment, at);
                self.scores.push(scores);
            }
            while let Some(name) = listed.next_if(|name| name.to <= segment.end) {
                self.speak_for(name);
            }
            self.best(sheet, segment, &mut labels[segment.clone()]);
        }
        self.count(sheet, labels);
        for segment in &sheet.segments {
            if self.listen(sheet, segment, labels) {
                self.best(sheet, segment, &mut labels[segment.clone()]);
            }
        }
    }

    /// Returns the sums of the weights of a token's features; notes whether the first of
    /// them were enough.
    fn score(&mut self, sheet: &Sheet<'_>, segment: &Range<usize>, at: usize) -> Scores {
        let Tagger {
            model,
            features,
            memory: [letters, looks, shapes, known, before, behind, reach, left, right],
            plain,
            sure,
            ..
        } = self;
        let may_be_plain = !may_be_name(sheet.traits[at].case);
        if may_be_plain && !is_near_name(sheet, segment, at) {
            plain.push(true);
            return [0; LABELS];
        }
        let mut sums: Sums = [0; ROW];
        let mut window = sheet.window(segment, at);
        // Each group of features has its memory, its key and its list of the same name.
        macro_rules! add {
            ($group:ident, $key:ident) => {
                $group.add(window.$key(), &mut sums, |sums| {
                    features.clear();
                    window.$group(&mut |feature| features.push(feature));
                    model.add(features, sums);
                })
            };
        }
        add!(letters, letters_key);
        add!(looks, looks_key);
        add!(shapes, shapes_key);
        if may_be_plain {
            let scores = scores_of(&sums);
            let is_surely_none = scores[1..].iter().all(|score| score + *sure <= scores[0]);
            plain.push(is_surely_none);
            if is_surely_none {
                return scores;
            }
        } else {
            plain.push(false);
        }
        window.look_around(sheet, segment, at);
        add!(known, known_key);
        add!(before, before_key);
        add!(behind, behind_key);
        add!(reach, reach_key);
        add!(left, left_key);
        add!(right, right_key);
        features.clear();
        window.words(&mut |feature| features.push(feature));
        sheet.run_features(segment, at, &mut |feature| features.push(feature));
        model.add(features, &mut sums);
        scores_of(&sums)
    }

    /// Lets a name of the tables speak for its labels.
    fn speak_for(&mut self, name: &Listed) {
        let bonus = self.listed[name.surety as usize] as i32;
        for (at, part) in name.parts() {
            self.scores[at][usize::from(label(name.kind, part))] += bonus;
        }
    }

    /// Counts how each word was labelled.
    fn count(&mut self, sheet: &Sheet<'_>, labels: &[u8]) {
        self.votes.clear();
        for (traits, &label) in sheet.traits.iter().zip(labels) {
            if !may_be_name(traits.case) {
                continue;
            }
            let (kind, votes) = vote(label);
            self.votes.entry(traits.stem).or_default()[kind] += votes;
        }
    }

    /// Adds what the other uses of each word say to its scores; tells whether any did.
    fn listen(&mut self, sheet: &Sheet<'_>, segment: &Range<usize>, labels: &[u8]) -> bool {
        let mut any = false;
        for at in segment.clone() {
            let traits = &sheet.traits[at];
            if !may_be_name(traits.case) {
                continue;
            }
            let Some(votes) = self.votes.get(&traits.stem) else { continue };
            let (own, weight) = vote(labels[at]);
            let mut others = *votes;
            others[own] = others[own].saturating_sub(weight);
            let total: u32 = others.iter().sum();
            if total == 0 {
                continue;
            }
            any |= others.iter().enumerate().any(|(kind, n)| kind != own && *n > 0);
            let share = |kind: usize| others[kind] as f32 / total as f32;
            for (kind, entity) in EntityKind::ALL.into_iter().enumerate() {
                let bonus = (self.elsewhere[0] * share(kind)) as i32;
                for part in [Part::Begin, Part::Inside, Part::End, Part::Single] {
                    self.scores[at][usize::from(label(entity, part))] += bonus;
                }
            }
            self.scores[at][usize::from(OUTSIDE)] += (self.elsewhere[1] * share(3)) as i32;
        }
        any
    }

    /// Finds the best row of labels of a segment, by its scores.
    fn best(&mut self, sheet: &Sheet<'_>, segment: &Range<usize>, labels: &mut [u8]) {
        self.from.clear();
        let mut best = [NEVER; LABELS];
        for at in segment.clone() {
            if self.plain[at] {
                // One label may stand here: after another such token nothing is to choose.
                if at > segment.start && !self.plain[at - 1] {
                    self.from.push([self.steps.before_outside(sheet.tokens[at].join, &best); LABELS]);
                } else {
                    self.from.push([OUTSIDE; LABELS]);
                }
                best = [NEVER; LABELS];
                best[usize::from(OUTSIDE)] = 0;
                continue;
            }
            let own = &self.scores[at];
            let mut from = [0u8; LABELS];
            let mut next = [NEVER; LABELS];
            if at == segment.start {
                for label in (0..LABELS).filter(|label| may_stand_at(*label as u8, false)) {
                    next[label] = own[label];
                }
            } else {
                let join = sheet.tokens[at].join;
                if self.plain[at - 1] {
                    self.steps.behind_outside(join, &mut next);
                } else {
                    self.steps.take(join, &best, &mut next, &mut from);
                }
                for (next, own) in next.iter_mut().zip(own) {
                    *next = if *next > NEVER / 2 { *next + own } else { NEVER };
                }
            }
            best = next;
            self.from.push(from);
        }
        let mut label = (0..LABELS)
            .filter(|l| may_stand_at(*l as u8, true))
            .max_by_key(|l| (best[*l], std::cmp::Reverse(*l)))
            .unwrap_or(0);
        for i in (0..labels.len()).rev() {
            labels[i] = label as u8;
            label = usize::from(self.from[i][label]);
        }
    }
}

/// The labels that end a name or are none: what comes before one that begins anew.
const CLOSED: [u8; 7] = [0, 3, 4, 7, 8, 11, 12];
/// The labels that begin anew, then those that go on with a name.
const FRESH: [u8; 7] = [0, 1, 4, 5, 8, 9, 12];
const FURTHER: [u8; 6] = [2, 3, 6, 7, 10, 11];

/// Numbers that are reckoned side by side: one for each of [`FRESH`] or [`FURTHER`].
type Lanes = [i32; LANES];
const LANES: usize = 8;
/// What comes before each of [`FURTHER`]: the beginning of its name, or its inside. Lanes of one
/// name stand side by side; the last two are of no label.
const BEGUN: Lanes = [1, 1, 5, 5, 9, 9, 9, 9];
const WITHIN: Lanes = [2, 2, 6, 6, 10, 10, 10, 10];

/// What a step from label to label weighs, laid out as the search reads it: for each label
/// before, all that may follow side by side. What no label fills is never read.
#[derive(Debug)]
struct Steps {
    /// By join and label of [`CLOSED`].
    fresh: Box<[[Lanes; CLOSED.len()]; JOINS]>,
    /// By join: from the beginning of the name, and from its inside.
    further: Box<[[Lanes; 2]; JOINS]>,
}

impl Steps {
    fn new(model: &Model<'_>) -> Steps {
        let weight =
            |join: usize, before: u8, next: u8| model.transitions[join][usize::from(before)][usize::from(next)];
        let (mut fresh, mut further) =
            (Box::new([[[0; LANES]; CLOSED.len()]; JOINS]), Box::new([[[0; LANES]; 2]; JOINS]));
        for join in 0..JOINS {
            for (row, before) in fresh[join].iter_mut().zip(CLOSED) {
                row.iter_mut().zip(FRESH).for_each(|(cell, next)| *cell = weight(join, before, next));
            }
            for (row, place) in further[join].iter_mut().zip(0..) {
                row.iter_mut().zip(FURTHER).for_each(|(cell, next)| *cell = weight(join, opens_of(next) + place, next));
            }
        }
        Steps { fresh, further }
    }

    /// Finds for each label the best one before it: what both weigh, and which it is.
    #[inline]
    fn take(&self, join: Join, best: &Scores, next: &mut Scores, from: &mut [u8; LABELS]) {
        let (mut most, mut which) = ([NEVER; LANES], [0; LANES]);
        for (weights, before) in self.fresh[join as usize].iter().zip(CLOSED) {
            let from = [best[usize::from(before)]; LANES];
            better(&from, weights, &[i32::from(before); LANES], &mut most, &mut which);
        }
        let mut lane = 0;
        while lane < FRESH.len() {
            let label = FRESH[lane] as usize;
            (next[label], from[label]) = (most[lane], which[lane] as u8);
            lane += 1;
        }
        let [begun, inside] = &self.further[join as usize];
        let (mut most, mut which) = ([NEVER; LANES], [0; LANES]);
        for (weights, before) in [(begun, &BEGUN), (inside, &WITHIN)] {
            let mut score = [0; LANES];
            let mut lane = 0;
            while lane < LANES {
                score[lane] = best[before[lane] as usize];
                lane += 1;
            }
            better(&score, weights, before, &mut most, &mut which);
        }
        let mut lane = 0;
        while lane < FURTHER.len() {
            let label = FURTHER[lane] as usize;
            (next[label], from[label]) = (most[lane], which[lane] as u8);
            lane += 1;
        }
    }

    /// The same where no name stands before: what each label weighs that begins anew.
    #[inline]
    fn behind_outside(&self, join: Join, next: &mut Scores) {
        let [weights, ..] = &self.fresh[join as usize];
        for (label, weight) in FRESH.into_iter().zip(weights) {
            next[usize::from(label)] = *weight;
        }
    }

    /// The same where no name can stand: the label before it.
    #[inline]
    fn before_outside(&self, join: Join, best: &Scores) -> u8 {
        let (mut most, mut which) = (NEVER, OUTSIDE);
        for (weights, before) in self.fresh[join as usize].iter().zip(CLOSED) {
            let score = best[usize::from(before)] + weights[0];
            if score > most {
                (most, which) = (score, before);
            }
        }
        which
    }
}

/// Keeps in each lane the higher score, the earlier of two that are equal, and what it came by:
/// what `score` and `weights` are together.
#[inline]
fn better(score: &Lanes, weights: &Lanes, before: &Lanes, most: &mut Lanes, which: &mut Lanes) {
    // A loop over numbers becomes a few steps over all lanes at once.
    let mut lane = 0;
    while lane < LANES {
        let score = score[lane] + weights[lane];
        let is_better = score > most[lane];
        most[lane] = if is_better { score } else { most[lane] };
        which[lane] = if is_better { before[lane] } else { which[lane] };
        lane += 1;
    }
}

/// The label that begins the name that `label` goes on with; that of its inside is the next.
const fn opens_of(label: u8) -> u8 {
    (label - 1) / 4 * 4 + 1
}

/// Sums of weights by the number of what they are the sums of. News repeats its words and
/// turns: most sums are found here.
#[derive(Debug)]
struct Memory(Box<[Remembered]>);

/// Sums, and in the places that no label has the bits of their number that do not tell where
/// they lie: half a line of the processor's cache.
#[derive(Clone, Debug)]
#[repr(C, align(32))]
struct Remembered(Sums);

/// Sums that each memory holds, powers of two: 2.5 MiB in all. What goes by words has most to
/// remember; more than twice as much would find few sums more.
const MEMORIES: [usize; 9] = {
    const BY_WORDS: usize = 1 << 14;
    const BY_KINDS: usize = 1 << 13;
    const BY_LOOKS: usize = 1 << 12;
    [BY_WORDS, BY_LOOKS, BY_KINDS, BY_KINDS, BY_LOOKS, BY_LOOKS, BY_LOOKS, BY_WORDS, BY_WORDS]
};
/// Places that a number of sums may tell: the bits beyond are compared.
const PLACES: usize = 1 << 16;
/// Where the number stands.
const NUMBER: Range<usize> = LABELS..ROW;

impl Memory {
    fn new(sums: usize) -> Memory {
        Memory(vec![Remembered([0; ROW]); sums].into_boxed_slice())
    }

    /// Adds the sums that go by `key`, from memory or as `find` finds them.
    #[inline]
    fn add(&mut self, key: u64, sums: &mut Sums, find: impl FnOnce(&mut Sums)) {
        let at = (key as usize % PLACES) & (self.0.len() - 1);
        let place = &mut self.0[at];
        // The number of an empty place is 0, which no sums have.
        let number = [(key >> 16) as i16, (key >> 32) as i16, (key >> 48) as i16 | 1];
        if place.0[NUMBER] != number {
            place.0 = [0; ROW];
            find(&mut place.0);
            place.0[NUMBER].copy_from_slice(&number);
        }
        // A loop over numbers: that of two iterators is not always unrolled into one step.
        let mut at = 0;
        while at < ROW {
            sums[at] = sums[at].wrapping_add(place.0[at]);
            at += 1;
        }
    }
}

/// The sums of the labels.
#[inline]
fn scores_of(sums: &Sums) -> Scores {
    let mut scores = [0; LABELS];
    let mut label = 0;
    while label < LABELS {
        scores[label] = i32::from(sums[label]);
        label += 1;
    }
    scores
}

/// Tells whether a word of such letters can be a name at all.
fn may_be_name(case: Case) -> bool {
    !matches!(case, Case::None | Case::Lower)
}

/// Tells whether a word that may be a name stands within reach of a token.
fn is_near_name(sheet: &Sheet<'_>, segment: &Range<usize>, at: usize) -> bool {
    let near = segment.start.max(at.saturating_sub(CAPITAL_BEFORE))..segment.end.min(at + CAPITAL_AFTER + 1);
    sheet.traits[near].iter().any(|traits| may_be_name(traits.case))
}

/// Whose votes a label counts for, and how many.
fn vote(label: u8) -> (usize, u32) {
    match meaning(label) {
        None => (3, 1),
        Some((EntityKind::Person, part)) if part != Part::Single => (0, FULL_NAME_VOTES),
        Some((kind, _)) => (kind as usize, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::super::labels::{LABELS, may_follow};
    use super::{CLOSED, FRESH, FURTHER, opens_of};

    #[test]
    fn the_steps_are_those_that_labels_allow() {
        for next in 0..LABELS as u8 {
            let allowed: Vec<u8> = (0..LABELS as u8).filter(|before| may_follow(*before, next)).collect();
            if FRESH.contains(&next) {
                assert_eq!(allowed, CLOSED);
            } else {
                assert!(FURTHER.contains(&next));
                assert_eq!(allowed, [opens_of(next), opens_of(next) + 1]);
            }
        }
    }
}
