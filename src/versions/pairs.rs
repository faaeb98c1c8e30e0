//! Which of many texts may be versions of each other: those whose sketches have runs of words in
//! common that few others have.

use super::compare::own_share;
use rustc_hash::{FxHashMap, FxHashSet};

/// Stories that share a run of words beyond which it brings nobody together.
const SHARED_MAX: usize = 40;
/// Share of the smaller sketch that two have in common at least.
const SHARED_MIN: f32 = 0.12;
/// Sketches of so few runs need one in common, others two.
const FEW: usize = 8;

/// Sketches of many texts, and how many stories of the archive have each of their runs.
#[derive(Clone, Debug, Default)]
pub struct Sketches {
    /// The sketches, one behind the other.
    runs: Vec<u32>,
    /// Where each ends.
    ends: Vec<usize>,
    /// Of the runs that stories beyond these have too, how many of those do.
    elsewhere: FxHashMap<u32, u32>,
}

/// Two texts that may be versions of one, the first before the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Number of the first.
    pub first: usize,
    /// Number of the second.
    pub second: usize,
    /// How much of what they share is theirs alone, from 0 to 1.
    pub own: f32,
}

impl Sketches {
    /// Adds the sketch of the next text.
    pub fn push(&mut self, sketch: impl Iterator<Item = u32>) {
        self.runs.extend(sketch);
        self.ends.push(self.runs.len());
    }

    /// Notes that a story beyond these has a run.
    pub fn seen_elsewhere(&mut self, run: u32) {
        *self.elsewhere.entry(run).or_default() += 1;
    }

    /// Every run, once: what a story beyond these may have too.
    #[must_use]
    pub fn known(&self) -> FxHashSet<u32> {
        self.runs.iter().copied().collect()
    }

    fn of(&self, number: usize) -> &[u32] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.runs[start..self.ends[number]]
    }

    /// Returns the pairs that may be versions, in rising order.
    #[must_use]
    pub fn pairs(&self) -> Vec<Pair> {
        let holders = Holders::of(self);
        let mut pairs = Vec::new();
        let mut met: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for first in 0..self.ends.len() {
            met.clear();
            let own = self.of(first);
            for run in own {
                let holders = holders.get(*run);
                if holders.len() <= SHARED_MAX {
                    let behind = holders.partition_point(|number| *number as usize <= first);
                    holders[behind..].iter().for_each(|second| met.entry(*second).or_default().push(*run));
                }
            }
            let begins = pairs.len();
            for (second, shared) in &met {
                let second = *second as usize;
                let smaller = own.len().min(self.of(second).len());
                let least = if smaller <= FEW { 1 } else { 2 };
                if shared.len() >= least && shared.len() as f32 >= SHARED_MIN * smaller as f32 {
                    let stories = |run: &u32| {
                        let elsewhere = self.elsewhere.get(run).copied().unwrap_or_default();
                        elsewhere + u32::try_from(holders.get(*run).len()).unwrap_or(u32::MAX)
                    };
                    pairs.push(Pair { first, second, own: own_share(shared.iter().map(stories)) });
                }
            }
            pairs[begins..].sort_unstable_by_key(|pair| pair.second);
        }
        pairs.extend(self.resent());
        pairs.sort_by_key(|pair| (pair.first, pair.second));
        pairs.dedup_by_key(|pair| (pair.first, pair.second));
        pairs
    }

    /// Texts of one sketch, each with the next: what was sent a hundred times is kept together by
    /// this alone.
    fn resent(&self) -> Vec<Pair> {
        let mut last: FxHashMap<&[u32], usize> = FxHashMap::default();
        let mut pairs = Vec::new();
        for second in (0..self.ends.len()).filter(|number| !self.of(*number).is_empty()) {
            if let Some(first) = last.insert(self.of(second), second) {
                pairs.push(Pair { first, second, own: 1.0 });
            }
        }
        pairs
    }
}

/// Who has a run, of the runs that several have.
struct Holders {
    numbers: Vec<u32>,
    places: FxHashMap<u32, (usize, usize)>,
}

impl Holders {
    fn of(sketches: &Sketches) -> Holders {
        let mut held: Vec<(u32, u32)> = Vec::with_capacity(sketches.runs.len());
        for number in 0..sketches.ends.len() {
            let holder = u32::try_from(number).unwrap_or(u32::MAX);
            held.extend(sketches.of(number).iter().map(|run| (*run, holder)));
        }
        held.sort_unstable();
        let (mut numbers, mut places) = (Vec::new(), FxHashMap::default());
        for same in held.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            let start = numbers.len();
            numbers.extend(same.iter().map(|(_, number)| *number));
            places.insert(same[0].0, (start, numbers.len()));
        }
        Holders { numbers, places }
    }

    fn get(&self, run: u32) -> &[u32] {
        self.places.get(&run).map_or(&[], |(start, end)| &self.numbers[*start..*end])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketches(all: &[&[u32]]) -> Sketches {
        let mut sketches = Sketches::default();
        all.iter().for_each(|runs| sketches.push(runs.iter().copied()));
        sketches
    }

    fn numbers(sketches: &Sketches) -> Vec<(usize, usize)> {
        sketches.pairs().iter().map(|pair| (pair.first, pair.second)).collect()
    }

    #[test]
    fn who_shares_runs_is_a_pair() {
        let told = sketches(&[&[1, 2, 3], &[7, 8, 9], &[1, 2, 4], &[3, 5, 6]]);
        assert_eq!(numbers(&told), [(0, 2), (0, 3)]);
    }

    #[test]
    fn long_sketches_need_more_than_one_run() {
        let first: Vec<u32> = (0..40).collect();
        let one_shared: Vec<u32> = (39..79).collect();
        let many_shared: Vec<u32> = (30..70).collect();
        assert_eq!(numbers(&sketches(&[&first, &one_shared])), []);
        assert_eq!(numbers(&sketches(&[&first, &many_shared])), [(0, 1)]);
    }

    #[test]
    fn a_run_of_very_many_brings_nobody_together_unless_all_is_the_same() {
        let common: Vec<Vec<u32>> = (0..60).map(|n| vec![1, 2, 1000 + n]).collect();
        let common: Vec<&[u32]> = common.iter().map(Vec::as_slice).collect();
        assert_eq!(numbers(&sketches(&common)), []);
        let same: Vec<&[u32]> = vec![&[1, 2, 3]; 60];
        assert_eq!(numbers(&sketches(&same)).len(), 59);
    }

    #[test]
    fn what_stories_elsewhere_have_too_is_less_their_own() {
        let mut told = sketches(&[&[1, 2], &[1, 2]]);
        let alone = told.pairs();
        (0..98).for_each(|_| told.seen_elsewhere(1));
        (0..98).for_each(|_| told.seen_elsewhere(2));
        let among_many = told.pairs();
        assert_eq!(alone[0].own, 1.0);
        assert!(among_many[0].own < 0.01, "{among_many:?}");
        assert_eq!(told.known().len(), 2);
    }
}
