//! The best stories of a set by what they weigh, without weighing those that cannot be among
//! them.
//!
//! A set is given, and groups of postings whose sum ranks it (`weighing.rs`). Once as many
//! stories are known as are wanted, a group whose stories reach none of these by the most that
//! it and all smaller ones can add is not read any more but where another group brings a story
//! near (MaxScore: Turtle and Flood 1995). What is read is added up in windows of documents; where
//! many stories of a window are near, a group that was left out is read there after all. Every
//! story that is handed out has been weighed in full and in the order of the groups, so that its
//! score does not hang on what was left out.

use super::sets::{Bits, WORD, ones};
use super::weighing::Postings;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::{DocId, TERMINATED};

/// Documents that are added up at a time: 16 KiB of sums, half of the nearest cache. Whole
/// words of a set.
const WINDOW: u32 = 4096;
/// Share of a sum of weights that rounding cannot reach: [`GROUPS_MAX`] additions lose half a
/// unit in the last place each.
const SLACK: f32 = 1e-4;
/// Documents of a window up to which they are told by a list of them: to go through the whole window
/// costs more.
const LISTED_MAX: u64 = 512;
/// With more groups nothing is left out, since rounding might be more than [`SLACK`].
const GROUPS_MAX: usize = 1000;
/// Stories that may be added up in the time that one is looked for in a list: measured with common words
/// of a million stories.
const LOOKED_FOR: u64 = 8;
/// The longest list for which it is told what cannot be in it any more.
const KEPT_MAX: usize = 10_000;

/// The scores of the best stories so far: what a further one has to reach.
pub(super) struct Bar {
    /// Ranks of scores, the worst on top.
    ranks: BinaryHeap<Reverse<Score>>,
    keep: usize,
}

/// A score, which is never less than nothing: its bits are in order.
type Score = u32;

impl Bar {
    /// A bar for a list of `keep` stories.
    pub(super) fn new(keep: usize) -> Bar {
        Bar { ranks: BinaryHeap::new(), keep: if keep > KEPT_MAX { usize::MAX } else { keep } }
    }

    /// What a story has to weigh to be in the list; nothing while any may be.
    fn height(&self) -> Option<f32> {
        if self.ranks.len() < self.keep {
            return None;
        }
        self.ranks.peek().map(|worst| f32::from_bits(worst.0))
    }

    fn add(&mut self, score: f32) {
        if self.keep == usize::MAX {
            return;
        }
        self.ranks.push(Reverse(score.to_bits()));
        if self.ranks.len() > self.keep {
            self.ranks.pop();
        }
    }
}

/// A group in one segment.
struct Group {
    lists: Vec<Postings>,
    /// The same, for stories that are looked for one by one.
    sought: Vec<Postings>,
    most: f32,
    /// Stories of the lists that a window has, taking them to be spread evenly.
    a_window: u64,
}

impl Group {
    fn weigh(&mut self, doc: DocId) -> f32 {
        self.sought.iter_mut().fold(0.0, |best, list| best.max(list.weigh(doc)))
    }
}

/// What ranks the stories of one segment.
pub(super) struct Segment {
    groups: Vec<Group>,
    /// The groups by the most that they add, the least first.
    rising: Vec<usize>,
    /// What the documents of a window weigh; nothing between windows.
    sums: Vec<f32>,
    /// The same of one group; nothing between groups.
    best: Vec<f32>,
    /// Of a window that few documents are read of, those that have a sum.
    listed: Vec<DocId>,
}

/// Where a window begins, and how many groups are left out of its sums.
#[derive(Clone, Copy)]
struct Window {
    start: DocId,
    left: usize,
}

impl Segment {
    /// What ranks the stories of a segment that has so many documents.
    pub(super) fn new(groups: Vec<Vec<Postings>>, docs: DocId) -> Segment {
        let groups: Vec<Group> = groups
            .into_iter()
            .filter(|lists| !lists.is_empty())
            .map(|lists| Group {
                sought: lists.iter().map(Postings::again).collect(),
                most: lists.iter().map(Postings::most).fold(0.0, f32::max),
                a_window: lists.iter().map(Postings::len).sum::<u64>() * u64::from(WINDOW) / u64::from(docs.max(1)),
                lists,
            })
            .collect();
        let mut rising: Vec<usize> = (0..groups.len()).collect();
        rising.sort_by(|a, b| groups[*a].most.total_cmp(&groups[*b].most));
        Segment {
            groups,
            rising,
            sums: vec![0.0; WINDOW as usize],
            best: vec![0.0; WINDOW as usize],
            listed: Vec::new(),
        }
    }

    /// Calls `offer` with all stories of `set`, in their order, that may be among the best, and
    /// what they weigh.
    pub(super) fn offer(&mut self, set: &Bits, bar: &mut Bar, offer: &mut dyn FnMut(DocId, f32)) {
        let postings: u64 = self.groups.iter().flat_map(|g| &g.lists).map(Postings::len).sum();
        let lists: usize = self.groups.iter().map(|g| g.lists.len()).sum();
        if set.len() as u64 * lists as u64 * LOOKED_FOR < postings {
            self.look_for_each(set, bar, offer);
            return;
        }
        let mut from = 0;
        while let Some(window) = self.next_window(set, bar, from) {
            if self.is_listed(window, bar) {
                self.list(window);
                self.offer_listed(set, window, bar, offer);
            } else {
                self.add_up(window);
                self.offer_window(set, window, bar, offer);
            }
            from = window.start + WINDOW;
        }
    }

    /// A small set: each of its stories by itself.
    fn look_for_each(&mut self, set: &Bits, bar: &mut Bar, offer: &mut dyn FnMut(DocId, f32)) {
        let mut next = set.next_word(0);
        while let Some(number) = next {
            for bit in ones(set.word(number)) {
                let doc = number * WORD + bit;
                let score = self.weigh(doc);
                if bar.height().is_none_or(|height| score >= height) {
                    bar.add(score);
                    offer(doc, score);
                }
            }
            next = set.next_word(number + 1);
        }
    }

    /// What a story weighs: the groups in their order.
    fn weigh(&mut self, doc: DocId) -> f32 {
        self.groups.iter_mut().fold(0.0, |sum, group| sum + group.weigh(doc))
    }

    /// How many groups, of those that add least, cannot bring a story over the bar together.
    fn left_out(&self, bar: &Bar) -> usize {
        let Some(height) = bar.height() else { return 0 };
        if self.groups.len() > GROUPS_MAX {
            return 0;
        }
        let mut sum = 0.0;
        let under = |group: &&usize| {
            sum += self.groups[**group].most;
            sum < height * (1.0 - SLACK)
        };
        self.rising.iter().take_while(under).count()
    }

    /// The next window that may hold a story of the list.
    fn next_window(&mut self, set: &Bits, bar: &Bar, from: DocId) -> Option<Window> {
        let left = self.left_out(bar);
        let mut doc = from;
        // Stories that weigh nothing are as good as others that do not either.
        if bar.height().is_some_and(|height| height > 0.0) {
            let (groups, rising) = (&mut self.groups, &self.rising);
            let lists = rising[left..].iter().map(|g| groups[*g].lists.iter_mut().map(|l| l.seek(from)).min());
            doc = lists.flatten().min().filter(|doc| *doc < TERMINATED)?;
        }
        Some(Window { start: set.next_word(doc / WORD)? * WORD, left })
    }

    /// Adds up what all groups but those left out say of the documents of a window.
    fn add_up(&mut self, Window { start, left }: Window) {
        for number in 0..self.groups.len() {
            if !self.rising[..left].contains(&number) {
                self.add(number, start);
            }
        }
    }

    /// Whether so few documents of a window are read that they can be listed. What is not listed has
    /// no sum, so that this must be under what is wanted.
    fn is_listed(&self, window: Window, bar: &Bar) -> bool {
        let read: u64 = self.rising[window.left..].iter().map(|group| self.groups[*group].a_window).sum();
        read <= LISTED_MAX
            && bar.height().is_some_and(|height| least(height, self.most_of(window.left), window.left) > 0.0)
    }

    /// Adds up what all groups but those left out say of the documents of a window, and lists them.
    fn list(&mut self, Window { start, left }: Window) {
        let end = start + WINDOW;
        let Segment { groups, rising, sums, best, listed } = self;
        let mut of_group: Vec<DocId> = Vec::new();
        for (_, group) in groups.iter_mut().enumerate().filter(|(number, _)| !rising[..left].contains(number)) {
            for list in &mut group.lists {
                list.seek(start);
                list.for_each(end, |doc, weight| {
                    let best = &mut best[(doc - start) as usize];
                    if *best == 0.0 {
                        of_group.push(doc);
                    }
                    *best = best.max(weight);
                });
            }
            for doc in of_group.drain(..) {
                let at = (doc - start) as usize;
                if sums[at] == 0.0 {
                    listed.push(doc);
                }
                sums[at] += std::mem::take(&mut best[at]);
            }
        }
        listed.sort_unstable();
        listed.dedup();
    }

    /// Offers the stories of a window that are listed.
    fn offer_listed(&mut self, set: &Bits, window: Window, bar: &mut Bar, offer: &mut dyn FnMut(DocId, f32)) {
        let Window { start, left } = window;
        let rest = self.most_of(left);
        let mut listed = std::mem::take(&mut self.listed);
        let near = bar.height().map_or(f32::NEG_INFINITY, |height| least(height, rest, left));
        listed.retain(|doc| {
            let sum = &mut self.sums[(doc - start) as usize];
            let stays = *sum >= near && set.word(doc / WORD) >> (doc % WORD) & 1 == 1;
            if !stays {
                *sum = 0.0;
            }
            stays
        });
        let group = left.checked_sub(1).map_or(0, |last| self.groups[self.rising[last]].a_window);
        if left > 0 && listed.len() as u64 * LOOKED_FOR > group {
            // To read the next group too costs less than to look for each.
            self.offer_window(set, window, bar, offer);
        } else {
            for doc in &listed {
                let sum = std::mem::take(&mut self.sums[(doc - start) as usize]);
                self.offer_one(*doc, sum, (window, left), bar, offer);
            }
        }
        listed.clear();
        self.listed = listed;
    }

    /// Offers a story that may be among the best; `left` groups are not in its sum.
    #[inline]
    fn offer_one(
        &mut self,
        doc: DocId,
        sum: f32,
        (window, left): (Window, usize),
        bar: &mut Bar,
        offer: &mut dyn FnMut(DocId, f32),
    ) {
        let rest = self.most_of(left);
        if bar.height().is_some_and(|height| sum < least(height, rest, window.left)) {
            return;
        }
        // Sums that were added up in the order of the groups are scores.
        let score = if window.left == 0 { Some(sum) } else { self.score(doc, sum, rest, left, bar) };
        let Some(score) = score else { return };
        if bar.height().is_none_or(|height| score >= height) {
            bar.add(score);
            offer(doc, score);
        }
    }

    /// Adds what a group says of the documents of a window.
    fn add(&mut self, number: usize, start: DocId) {
        let end = start + WINDOW;
        let (sums, best) = (&mut self.sums, &mut self.best);
        match self.groups[number].lists.as_mut_slice() {
            [list] => {
                list.seek(start);
                list.for_each(end, |doc, weight| sums[(doc - start) as usize] += weight);
            }
            lists => {
                for list in lists {
                    list.seek(start);
                    list.for_each(end, |doc, weight| {
                        let best = &mut best[(doc - start) as usize];
                        *best = best.max(weight);
                    });
                }
                sums.iter_mut().zip(best).for_each(|(sum, best)| *sum += std::mem::take(best));
            }
        }
    }

    /// How many stories of the set have sums in a window that are not below `near`.
    fn near(&self, set: &Bits, start: DocId, near: f32) -> u64 {
        let mut count = 0;
        for number in 0..WINDOW / WORD {
            let sums = &self.sums[(number * WORD) as usize..];
            count += ones(set.word(start / WORD + number)).filter(|bit| sums[*bit as usize] >= near).count() as u64;
        }
        count
    }

    /// Adds groups that were left out to the sums of a window, as long as it costs less than to look
    /// for its stories in them; returns how many are left out still.
    fn add_left_out(&mut self, set: &Bits, Window { start, mut left }: Window, bar: &Bar) -> usize {
        while let (Some(group), Some(height)) = (left.checked_sub(1).map(|last| self.rising[last]), bar.height()) {
            let rest = self.most_of(left);
            if self.near(set, start, least(height, rest, left)) * LOOKED_FOR <= self.groups[group].a_window {
                break;
            }
            self.add(group, start);
            left -= 1;
        }
        left
    }

    /// The most that so many groups can add.
    fn most_of(&self, left: usize) -> f32 {
        self.rising[..left].iter().map(|group| self.groups[*group].most).sum()
    }

    /// Offers the stories of a window, and forgets their sums. With no group left out these are whole.
    fn offer_window(&mut self, set: &Bits, window: Window, bar: &mut Bar, offer: &mut dyn FnMut(DocId, f32)) {
        let start = window.start;
        let left = self.add_left_out(set, window, bar);
        let rest = self.most_of(left);
        for number in 0..WINDOW / WORD {
            let bits = set.word(start / WORD + number);
            let first = (number * WORD) as usize;
            let near = bar.height().map_or(f32::NEG_INFINITY, |height| least(height, rest, window.left));
            if bits == 0 || !self.sums[first..first + WORD as usize].iter().any(|sum| *sum >= near) {
                continue;
            }
            for bit in ones(bits) {
                let sum = self.sums[first + bit as usize];
                if sum >= near {
                    self.offer_one(start + number * WORD + bit, sum, (window, left), bar, offer);
                }
            }
        }
        self.sums.fill(0.0);
    }

    /// What a story weighs of whose weight `sum` is known and at most `rest` is not; nothing where
    /// it is under the bar.
    fn score(&mut self, doc: DocId, sum: f32, rest: f32, left: usize, bar: &Bar) -> Option<f32> {
        let Some(height) = bar.height() else { return Some(self.weigh(doc)) };
        let (mut sum, mut rest) = (sum, rest);
        // The group that may add most tells most.
        for group in self.rising[..left].iter().rev() {
            if sum < slack(height) - rest.max(0.0) {
                return None;
            }
            let group = &mut self.groups[*group];
            sum += group.weigh(doc);
            rest -= group.most;
        }
        (sum >= slack(height)).then(|| self.weigh(doc))
    }
}

/// What the sum of a story has to be if at most `rest` may come to it, which `left` groups add; a sum
/// that none of them is left out of has its score.
fn least(height: f32, rest: f32, left: usize) -> f32 {
    if left == 0 { height } else { slack(height) - rest.max(0.0) }
}

/// What a sum in another order than that of the groups has to be.
fn slack(height: f32) -> f32 {
    height * (1.0 - SLACK)
}

#[cfg(test)]
mod tests {
    use super::{Bar, Segment};
    use crate::engine::dictionary::Dictionary;
    use crate::engine::hands::{Piece, cut_in_two, whole};
    use crate::engine::sets::Bits;
    use crate::engine::weighing::{self, Postings, Weighing};
    use rustc_hash::FxHashMap;
    use tantivy::query::{BooleanQuery, EnableScoring, Occur, Query};
    use tantivy::schema::{Field, Schema, TEXT, Term};
    use tantivy::{DocId, Index, IndexWriter, Searcher, TantivyDocument};

    const STORIES: usize = 20_000;
    const WORDS: usize = 40;

    /// A small generator of numbers (xorshift): the same everywhere.
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 >> 33).expect("31 bits") % sides
        }

        /// Small numbers far more often than large ones, as words are in copy.
        fn word(&mut self) -> String {
            let sides = 1 + self.roll(WORDS);
            let sides = 1 + self.roll(sides);
            format!("w{}", self.roll(sides))
        }

        fn copy(&mut self, words: usize) -> String {
            (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
        }
    }

    /// Stories of random words with a text and a headline, in three segments.
    fn archive(dice: &mut Dice) -> (Searcher, [Field; 2]) {
        let mut schema = Schema::builder();
        let fields = [schema.add_text_field("text", TEXT), schema.add_text_field("head", TEXT)];
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).expect("memory");
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        for number in 0..STORIES {
            let mut story = TantivyDocument::default();
            let words = 1 + dice.roll(60);
            story.add_text(fields[0], dice.copy(words));
            let words = dice.roll(6);
            story.add_text(fields[1], dice.copy(words));
            writer.add_document(story).expect("a writer");
            if number == 300 || number == STORIES / 2 {
                writer.commit().expect("memory");
            }
        }
        writer.commit().expect("memory");
        (index.reader().expect("an index").searcher(), fields)
    }

    fn groups(dice: &mut Dice, fields: [Field; 2]) -> Vec<weighing::Group> {
        let count = 1 + dice.roll(6);
        let group = |_| {
            let field = fields[dice.roll(2)];
            let terms = 1 + dice.roll(2);
            let terms = (0..terms).map(|_| (Term::from_field_text(field, &dice.word()), 1.0)).collect();
            let stories = (dice.roll(2) == 0).then(|| 1 + dice.roll(STORIES / 2) as u64);
            weighing::Group { terms, stories, boost: [1.0, 0.5, 0.15][dice.roll(3)] }
        };
        (0..count).map(group).collect()
    }

    type Scored = (f32, usize, DocId);

    /// The best `keep` stories of `sets` and what each weighs, and how many were offered.
    fn best(searcher: &Searcher, weighing: &Weighing, sets: &[(Piece<'_>, Bits)], keep: usize) -> (Vec<Scored>, usize) {
        let weights = weighing.weights(searcher, &Dictionary::default()).expect("terms");
        let mut bar = Bar::new(keep);
        let mut offered = Vec::new();
        for (piece, set) in sets {
            let open = |weighed: &_| Postings::open(piece, weighed).expect("postings");
            let lists = weights.iter().map(|group| group.iter().filter_map(open).collect()).collect();
            let mut last = None;
            Segment::new(lists, piece.segment.max_doc()).offer(set, &mut bar, &mut |doc, score| {
                assert!(last < Some(doc), "in rising order, each once");
                last = Some(doc);
                offered.push((score, piece.number, doc));
            });
        }
        let count = offered.len();
        offered.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        offered.truncate(keep);
        (offered, count)
    }

    #[test]
    fn the_best_are_those_of_weighing_all() {
        let mut dice = Dice(0x5EED);
        let (searcher, fields) = archive(&mut dice);
        let (mut fewer, mut all_of_them) = (0, 0);
        for _ in 0..200 {
            let groups = groups(&mut dice, fields);
            let clauses: Vec<(Occur, Box<dyn Query>)> = groups.iter().map(|g| (Occur::Should, g.query())).collect();
            let weight = BooleanQuery::new(clauses).weight(EnableScoring::enabled_from_searcher(&searcher));
            let weight = weight.expect("terms");
            let weighing = Weighing::of(groups).expect("groups");
            // The set is at times all that weigh something, at times some or few of them, at times
            // others too, which weigh nothing.
            let one_of = [1, 1, 3, 400][dice.roll(4)];
            let others = [0, 0, 0, 200][dice.roll(4)];
            let mut sets = Vec::new();
            let mut engines: Vec<Scored> = Vec::new();
            // At times in pieces, as large segments are.
            for piece in if dice.roll(2) == 0 { whole(&searcher) } else { cut_in_two(&searcher) } {
                let mut weighed: FxHashMap<DocId, f32> = FxHashMap::default();
                let mut add = |doc, score| {
                    weighed.insert(doc, score);
                };
                weight.for_each(piece.segment, &mut add).expect("postings");
                let mut set = Bits::none(&piece.docs);
                for doc in piece.docs.clone() {
                    let score = weighed.get(&doc).copied();
                    let taken = if score.is_some() { dice.roll(one_of) == 0 } else { dice.roll(STORIES) < others };
                    if taken {
                        set.insert_all(&[doc]);
                        engines.push((score.unwrap_or_default(), piece.number, doc));
                    }
                }
                sets.push((piece, set));
            }
            let (all, offered) = best(&searcher, &weighing, &sets, usize::MAX);
            assert_eq!(offered, engines.len());
            let mut by_place = all.clone();
            by_place.sort_by_key(|e| (e.1, e.2));
            for (own, engine) in by_place.iter().zip(&engines) {
                assert_eq!((own.1, own.2), (engine.1, engine.2));
                assert!((own.0 - engine.0).abs() <= engine.0 * 1e-5, "{own:?} {engine:?}");
            }
            for keep in [1, 10, 100] {
                let (page, offered) = best(&searcher, &weighing, &sets, keep);
                assert_eq!(page, all[..keep.min(all.len())]);
                (fewer, all_of_them) = (fewer + offered, all_of_them + all.len());
            }
        }
        assert!(fewer * 10 < all_of_them, "{fewer} of {all_of_them}: what cannot be in a list is not weighed");
    }
}
