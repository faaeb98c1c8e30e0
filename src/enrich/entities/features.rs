//! The features of a token: what the weights are asked about.
//!
//! A feature is a hash of the number of its template and of the facts it joins. The
//! definition is part of the model: a change here asks for another [`MAGIC`] and training.
//!
//! [`MAGIC`]: super::model::MAGIC

use super::hash::mix;
use super::lexicon::{
    COMMON, DEMONYM, FUNCTION, Flags, LEGAL, ORG_HEAD, PARTICLE, PLACE_HEAD, ROLE, SPEECH, THING, TIME, TITLE,
};
use super::tokens::Join;
use super::traits::{Case, Sheet, Traits};
use std::ops::Range;

/// Flags of words in their role in a sentence.
const WORDS: Flags =
    TITLE | ROLE | SPEECH | ORG_HEAD | LEGAL | PLACE_HEAD | TIME | DEMONYM | FUNCTION | PARTICLE | THING | COMMON;
/// Flags of names.
const NAMES: Flags = !WORDS;
/// How far back a title, a role or the head of a name is looked for, in tokens.
const LOOK_BACK: usize = 5;
/// How far ahead.
const LOOK_AHEAD: usize = 4;

/// Beyond the ends of a segment.
const OUTSIDE: Traits = Traits {
    key: 11,
    word: 11,
    raw: 11,
    stem: 11,
    shape: 11,
    case: Case::None,
    prefix: [11; 4],
    suffix: [11; 4],
    flags: 0,
    phrase: 0,
    begins: 0,
    group: 0,
    story: 0,
    run_start: 0,
    run_end: 0,
};

impl Sheet<'_> {
    /// Gives every feature of the token `at` in its segment to `emit`.
    #[inline]
    pub fn features(&self, segment: &Range<usize>, at: usize, mut emit: impl FnMut(u64)) {
        let near = |distance: isize| -> &Traits {
            match at.checked_add_signed(distance).filter(|i| segment.contains(i)) {
                Some(i) => &self.traits[i],
                None => &OUTSIDE,
            }
        };
        let (b2, b1, own, a1, a2) = (near(-2), near(-1), near(0), near(1), near(2));
        let token = &self.tokens[at];
        let opens = u64::from(token.opens);
        let join = token.join as u64;
        let next_join = if at + 1 < segment.end { self.tokens[at + 1].join as u64 } else { 9 };
        let mut put = |template: u64, a: u64, b: u64| emit(mix(mix(template, a), b));
        let shape = own.shape;

        put(0, self.lang, opens);
        // Words.
        put(1, own.word, 0);
        put(2, own.raw, opens);
        put(3, b1.word, 0);
        put(4, a1.word, 0);
        put(5, b2.word, 0);
        put(6, a2.word, 0);
        put(7, b1.word, own.word);
        put(8, own.word, a1.word);
        put(9, b1.word, a1.word);
        put(10, b2.word, b1.word);
        put(11, a1.word, a2.word);
        put(12, b1.word, shape);
        put(13, shape, a1.word);
        // Shapes.
        put(14, shape, opens);
        put(15, b1.shape, shape);
        put(16, shape, a1.shape);
        put(17, mix(b1.shape, shape), a1.shape);
        put(18, mix(b2.shape, b1.shape), shape);
        put(19, mix(shape, a1.shape), a2.shape);
        put(20, mix(self.lang, shape), opens);
        put(21, mix(join, next_join), shape);
        // Affixes.
        put(22, own.prefix[0], shape);
        put(23, own.prefix[1], 0);
        put(24, own.prefix[2], 0);
        put(25, own.prefix[3], 0);
        put(26, own.suffix[0], shape);
        put(27, own.suffix[1], 0);
        put(28, own.suffix[2], 0);
        put(29, own.suffix[3], 0);
        put(30, mix(self.lang, own.suffix[2]), shape);
        put(31, b1.suffix[1], shape);
        put(32, shape, a1.suffix[1]);
        put(33, b1.suffix[2], own.suffix[2]);
        if own.stem != own.word {
            put(34, own.stem, 0);
        }
        if b1.stem != b1.word {
            put(35, b1.stem, shape);
        }
        // What the lexicons know.
        let names = |t: &Traits| u64::from(t.flags & NAMES) | u64::from(t.phrase) << 32;
        let words = |t: &Traits| u64::from(t.flags & WORDS);
        put(36, names(own), shape);
        put(37, names(b1), names(own));
        put(38, names(own), names(a1));
        put(39, words(b1), mix(names(own), shape));
        put(40, words(own), shape);
        put(41, words(b1), mix(words(own), shape));
        put(42, words(a1), shape);
        put(43, words(b2), mix(words(b1), shape));
        put(44, mix(names(b1), names(own)), names(a1));
        put(45, u64::from(own.phrase), opens);
        put(46, words(a1), mix(words(a2), names(own)));
        // Titles, roles and heads within reach.
        let back = self.back(segment, at);
        let ahead = self.ahead(segment, at);
        put(47, back, shape);
        put(48, ahead, shape);
        put(49, back, names(own));
        // Groups of words that are used alike.
        let (g1, group, h1) = (u64::from(b1.group), u64::from(own.group), u64::from(a1.group));
        if group != 0 {
            put(70, group, shape);
            put(71, group >> 4, shape);
            put(72, g1 >> 4, group >> 4);
            put(73, group >> 4, h1 >> 4);
        }
        if g1 != 0 {
            put(74, g1, shape);
            put(75, mix(u64::from(b2.group) >> 4, g1 >> 4), shape);
        }
        if h1 != 0 {
            put(76, h1, shape);
        }
        // The story.
        put(50, u64::from(own.story), shape);
        put(51, u64::from(own.story), names(own));
        put(52, u64::from(b1.story), u64::from(own.story));
        self.run_features(segment, at, &mut put);
    }

    /// Features of the run of capitals, or of the characters around in scripts without.
    #[inline]
    fn run_features(&self, segment: &Range<usize>, at: usize, put: &mut impl FnMut(u64, u64, u64)) {
        let own = &self.traits[at];
        let word = |i: usize| if segment.contains(&i) { &self.traits[i] } else { &OUTSIDE };
        if own.run_start == 0 {
            if own.case == Case::Caseless {
                let (b2, b1) = (word(at.wrapping_sub(2)), word(at.wrapping_sub(1)));
                let (a1, a2) = (word(at + 1), word(at + 2));
                put(60, mix(b2.word, b1.word), own.word);
                put(61, mix(own.word, a1.word), a2.word);
                put(62, mix(b1.word, own.word), a1.word);
                put(63, b1.word, own.suffix[1]);
                put(64, own.prefix[1], a1.word);
                put(65, b1.stem, own.prefix[0]);
            }
            return;
        }
        let (start, end) = (own.run_start as usize - 1, own.run_end as usize);
        let place = u64::from(at == start) | u64::from(at + 1 == end) << 1;
        let (before, after) = (word(start.wrapping_sub(1)), word(end));
        let (first, last) = (&self.traits[start], &self.traits[end - 1]);
        let length = (end - start).min(5) as u64;
        put(53, before.word, place);
        put(54, after.word, place);
        put(55, first.word, place | length << 2);
        put(56, last.word, place | length << 2);
        put(57, length << 2 | place, mix(own.shape, u64::from(self.tokens[start].opens)));
        let words = |t: &Traits| u64::from(t.flags & WORDS);
        put(58, mix(words(before), words(after)), length << 2 | place);
        put(59, mix(words(first), words(last)), length << 2 | place);
        put(66, mix(u64::from(first.flags & NAMES), u64::from(last.flags & NAMES)), length << 2 | place);
        put(67, before.word, mix(after.word, place));
        put(68, last.suffix[2], place | length << 2);
        put(69, word(start.wrapping_sub(2)).word, place);
    }

    /// Returns a code of the nearest title, role or head before a token.
    #[inline]
    fn back(&self, segment: &Range<usize>, at: usize) -> u64 {
        for distance in 1..=LOOK_BACK {
            let Some(i) = at.checked_sub(distance).filter(|i| segment.contains(i)) else { break };
            let found = self.traits[i].flags & (TITLE | ROLE | SPEECH | ORG_HEAD | PLACE_HEAD | LEGAL);
            if found != 0 {
                return u64::from(found) << 8 | distance as u64;
            }
            if self.tokens[i].opens {
                break;
            }
        }
        0
    }

    /// Returns a code of the nearest one after it.
    #[inline]
    fn ahead(&self, segment: &Range<usize>, at: usize) -> u64 {
        for distance in 1..=LOOK_AHEAD {
            let i = at + distance;
            if !segment.contains(&i) || self.tokens[i].opens || self.tokens[i].join == Join::Break {
                break;
            }
            let found = self.traits[i].flags & (TITLE | ROLE | SPEECH | ORG_HEAD | PLACE_HEAD | LEGAL | THING);
            if found != 0 {
                return u64::from(found) << 8 | distance as u64;
            }
        }
        0
    }
}
