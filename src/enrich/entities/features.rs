//! The features of a token: what the weights are asked about.
//!
//! A feature is a hash of the number of its template and of the facts it joins. The
//! definition is part of the model: a change here asks for another [`MAGIC`] and training.
//!
//! [`MAGIC`]: super::model::MAGIC

use super::clusters::sort_of;
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
    listed: 0,
    story: 0,
    run_start: 0,
    run_end: 0,
};

/// A token with those around it.
#[derive(Debug)]
pub struct Window<'s> {
    b2: &'s Traits,
    b1: &'s Traits,
    own: &'s Traits,
    a1: &'s Traits,
    a2: &'s Traits,
    lang: u64,
    opens: u64,
    joins: u64,
    back: u64,
    ahead: u64,
}

/// What the lexicons know of a token as a name, and as part of a known phrase.
fn names(t: &Traits) -> u64 {
    u64::from(t.flags & NAMES) | u64::from(t.phrase) << 32
}

/// What they know it as in the sentence.
fn words(t: &Traits) -> u64 {
    u64::from(t.flags & WORDS)
}

fn feature(template: u64, a: u64, b: u64) -> u64 {
    mix(mix(template, a), b)
}

impl Window<'_> {
    /// Features of the token's letters.
    #[inline]
    pub fn letters(&self, emit: &mut impl FnMut(u64)) {
        let (own, opens) = (self.own, self.opens);
        let shape = own.shape;
        let mut put = |template, a, b| emit(feature(template, a, b));
        put(1, own.word, 0);
        put(2, own.raw, opens);
        put(22, own.prefix[0], shape);
        put(23, own.prefix[1], 0);
        put(24, own.prefix[2], 0);
        put(25, own.prefix[3], 0);
        put(26, own.suffix[0], shape);
        put(27, own.suffix[1], 0);
        put(28, own.suffix[2], 0);
        put(29, own.suffix[3], 0);
        put(30, mix(self.lang, own.suffix[2]), shape);
        if own.stem != own.word {
            put(34, own.stem, 0);
        }
        put(40, words(own), shape);
        let group = u64::from(own.group);
        if group != 0 {
            put(70, group, shape);
            put(71, group >> 4, shape);
            // At the start of a sentence a capital says nothing, and the group all the more.
            put(81, group >> 4, mix(shape, opens));
            put(82, u64::from(sort_of(own.group)), mix(shape, opens));
        }
    }

    /// A number for all that [`Window::letters`] goes by.
    #[inline]
    #[must_use]
    pub fn letters_key(&self) -> u64 {
        let own = self.own;
        // Key and language give the affixes, key and printed form the stem.
        let spelling = mix(mix(own.key, own.raw), mix(own.stem, own.shape));
        let known = words(own) | u64::from(own.group) << 32;
        mix(mix(spelling, known), self.lang ^ self.opens)
    }

    /// Features of what the token looks like and is known as, whatever its letters.
    #[inline]
    pub fn looks(&self, emit: &mut impl FnMut(u64)) {
        let (own, opens) = (self.own, self.opens);
        let shape = own.shape;
        let mut put = |template, a, b| emit(feature(template, a, b));
        put(0, self.lang, opens);
        put(14, shape, opens);
        put(20, mix(self.lang, shape), opens);
        put(21, self.joins, shape);
        put(36, names(own), shape);
        put(45, u64::from(own.phrase), opens);
        put(50, u64::from(own.story), shape);
        put(51, u64::from(own.story), names(own));
    }

    /// A number for all that [`Window::looks`] goes by.
    #[inline]
    #[must_use]
    pub fn looks_key(&self) -> u64 {
        let own = self.own;
        mix(mix(names(own), own.shape), mix(mix(self.lang, self.joins), self.opens << 16 | u64::from(own.story)))
    }

    /// Features of the shapes around.
    #[inline]
    pub fn shapes(&self, emit: &mut impl FnMut(u64)) {
        let (b1, shape, a1) = (self.b1.shape, self.own.shape, self.a1.shape);
        let mut put = |template, a, b| emit(feature(template, a, b));
        put(15, b1, shape);
        put(16, shape, a1);
        put(17, mix(b1, shape), a1);
        put(18, mix(self.b2.shape, b1), shape);
        put(19, mix(shape, a1), self.a2.shape);
    }

    /// A number for all that [`Window::shapes`] goes by.
    #[inline]
    #[must_use]
    pub fn shapes_key(&self) -> u64 {
        let before = mix(self.b2.shape, self.b1.shape);
        mix(mix(before, self.own.shape), mix(self.a1.shape, self.a2.shape))
    }

    /// Looks for titles, roles and heads within reach, for [`Window::reach`].
    #[inline]
    pub fn look_around(&mut self, sheet: &Sheet<'_>, segment: &Range<usize>, at: usize) {
        self.back = sheet.back(segment, at);
        self.ahead = sheet.ahead(segment, at);
    }

    /// Features of what is known of the token and those beside it as names.
    #[inline]
    pub fn known(&self, emit: &mut impl FnMut(u64)) {
        let Window { b1, own, a1, .. } = self;
        let mut put = |template, a, b| emit(feature(template, a, b));
        put(37, names(b1), names(own));
        put(38, names(own), names(a1));
        put(44, mix(names(b1), names(own)), names(a1));
        put(52, u64::from(b1.story), u64::from(own.story));
    }

    /// A number for all that [`Window::known`] goes by.
    #[inline]
    #[must_use]
    pub fn known_key(&self) -> u64 {
        let stories = u64::from(self.b1.story) << 16 | u64::from(self.own.story);
        mix(mix(names(self.b1), names(self.own)), mix(names(self.a1), stories))
    }

    /// Features of what is known of the words before.
    #[inline]
    pub fn before(&self, emit: &mut impl FnMut(u64)) {
        let Window { b2, b1, own, .. } = self;
        let shape = own.shape;
        let mut put = |template, a, b| emit(feature(template, a, b));
        put(39, words(b1), mix(names(own), shape));
        put(41, words(b1), mix(words(own), shape));
        put(43, words(b2), mix(words(b1), shape));
    }

    /// A number for all that [`Window::before`] goes by.
    #[inline]
    #[must_use]
    pub fn before_key(&self) -> u64 {
        let Window { b2, b1, own, .. } = self;
        let own_known = u64::from(own.flags) | u64::from(own.phrase) << 32;
        mix(mix(words(b1) | words(b2) << 32, own_known), own.shape)
    }

    /// Features of what is known of the words behind.
    #[inline]
    pub fn behind(&self, emit: &mut impl FnMut(u64)) {
        let Window { own, a1, a2, .. } = self;
        let mut put = |template, a, b| emit(feature(template, a, b));
        put(42, words(a1), own.shape);
        put(46, words(a1), mix(words(a2), names(own)));
    }

    /// A number for all that [`Window::behind`] goes by.
    #[inline]
    #[must_use]
    pub fn behind_key(&self) -> u64 {
        let Window { own, a1, a2, .. } = self;
        mix(mix(words(a1) | words(a2) << 32, names(own)), own.shape)
    }

    /// Features of the titles, roles and heads within reach.
    #[inline]
    pub fn reach(&self, emit: &mut impl FnMut(u64)) {
        let own = self.own;
        let mut put = |template, a, b| emit(feature(template, a, b));
        put(47, self.back, own.shape);
        put(48, self.ahead, own.shape);
        put(49, self.back, names(own));
    }

    /// A number for all that [`Window::reach`] goes by.
    #[inline]
    #[must_use]
    pub fn reach_key(&self) -> u64 {
        mix(mix(self.back, self.ahead), mix(names(self.own), self.own.shape))
    }

    /// Features of the word before with the shape of the token.
    #[inline]
    pub fn left(&self, emit: &mut impl FnMut(u64)) {
        let (b1, shape) = (self.b1, self.own.shape);
        let mut put = |template, a, b| emit(feature(template, a, b));
        put(3, b1.word, 0);
        put(12, b1.word, shape);
        put(31, b1.suffix[1], shape);
        if b1.stem != b1.word {
            put(35, b1.stem, shape);
        }
        if b1.group != 0 {
            put(74, u64::from(b1.group), shape);
        }
    }

    /// A number for all that [`Window::left`] goes by.
    #[inline]
    #[must_use]
    pub fn left_key(&self) -> u64 {
        let b1 = self.b1;
        mix(mix(b1.word, b1.suffix[1]), mix(mix(b1.stem, u64::from(b1.group)), self.own.shape))
    }

    /// Features of the word behind with the shape of the token.
    #[inline]
    pub fn right(&self, emit: &mut impl FnMut(u64)) {
        let (shape, a1) = (self.own.shape, self.a1);
        let mut put = |template, a, b| emit(feature(template, a, b));
        put(4, a1.word, 0);
        put(13, shape, a1.word);
        put(32, shape, a1.suffix[1]);
        if a1.group != 0 {
            put(76, u64::from(a1.group), shape);
        }
    }

    /// A number for all that [`Window::right`] goes by.
    #[inline]
    #[must_use]
    pub fn right_key(&self) -> u64 {
        let a1 = self.a1;
        mix(mix(a1.word, a1.suffix[1]), mix(self.own.shape, u64::from(a1.group)))
    }

    /// Features of words beside each other, and of those further away.
    #[inline]
    pub fn words(&self, emit: &mut impl FnMut(u64)) {
        let Window { b2, b1, own, a1, a2, .. } = self;
        let shape = own.shape;
        let mut put = |template, a, b| emit(feature(template, a, b));
        put(5, b2.word, 0);
        put(6, a2.word, 0);
        put(7, b1.word, own.word);
        put(8, own.word, a1.word);
        put(9, b1.word, a1.word);
        put(10, b2.word, b1.word);
        put(11, a1.word, a2.word);
        put(33, b1.suffix[2], own.suffix[2]);
        // Groups of words that are used alike.
        let (g1, group, h1) = (u64::from(b1.group), u64::from(own.group), u64::from(a1.group));
        if group != 0 {
            put(72, g1 >> 4, group >> 4);
            put(73, group >> 4, h1 >> 4);
            put(83, group, h1 >> 4);
            put(84, g1 >> 4, group);
            let sorts = [b1.group, own.group, a1.group].map(|group| u64::from(sort_of(group)));
            put(85, sorts[0] << 4 | sorts[1] << 2 | sorts[2], mix(shape, self.opens));
        }
        if g1 != 0 {
            put(75, mix(u64::from(b2.group) >> 4, g1 >> 4), shape);
        }
        // Names of the tables, where no capitals tell.
        if own.listed != 0 {
            put(77, u64::from(own.listed), 0);
            put(78, u64::from(own.listed), mix(words(b1), words(a1)));
            put(79, u64::from(own.listed), own.word);
        } else if b1.listed != 0 || a1.listed != 0 {
            put(80, u64::from(b1.listed) << 8 | u64::from(a1.listed), shape);
        }
    }
}

impl Sheet<'_> {
    /// Gives every feature of the token `at` in its segment to `emit`.
    pub fn features(&self, segment: &Range<usize>, at: usize, mut emit: impl FnMut(u64)) {
        let mut window = self.window(segment, at);
        window.look_around(self, segment, at);
        window.letters(&mut emit);
        window.looks(&mut emit);
        window.shapes(&mut emit);
        window.known(&mut emit);
        window.before(&mut emit);
        window.behind(&mut emit);
        window.reach(&mut emit);
        window.left(&mut emit);
        window.right(&mut emit);
        window.words(&mut emit);
        self.run_features(segment, at, &mut emit);
    }

    /// Returns the token `at` in its segment with those around it.
    #[inline]
    #[must_use]
    pub fn window(&self, segment: &Range<usize>, at: usize) -> Window<'_> {
        let near = |distance: isize| -> &Traits {
            match at.checked_add_signed(distance).filter(|i| segment.contains(i)) {
                Some(i) => &self.traits[i],
                None => &OUTSIDE,
            }
        };
        let token = &self.tokens[at];
        let next_join = if at + 1 < segment.end { self.tokens[at + 1].join as u64 } else { 9 };
        Window {
            b2: near(-2),
            b1: near(-1),
            own: near(0),
            a1: near(1),
            a2: near(2),
            lang: self.lang,
            opens: u64::from(token.opens),
            joins: mix(token.join as u64, next_join),
            back: 0,
            ahead: 0,
        }
    }

    /// Features of the run of capitals, or of the characters around in scripts without.
    #[inline]
    pub fn run_features(&self, segment: &Range<usize>, at: usize, emit: &mut impl FnMut(u64)) {
        let mut put = |template, a, b| emit(feature(template, a, b));
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
