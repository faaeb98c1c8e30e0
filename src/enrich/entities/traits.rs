//! What is known of each token before any weight is asked: spelling, shape, what the
//! lexicons know it as, the run of capitals it stands in, what the rest of the story says.

use super::clusters::Clusters;
use super::hash::{self, EMPTY_PHRASE, mix};
use super::inflection;
use super::lexicon::{
    FUNCTION, Flags, GIVEN, LEGAL, Lexicon, NAME, ORG, ORG_HEAD, PARTICLE, PLACES, PREFIX, ROLE, SPEECH, SURNAME, TITLE,
};
use super::listed::{self, Listed};
use super::tokens::{Join, Token, tokens};
use crate::text::fold_into;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Longest phrase that is looked up, in words.
const PHRASE_WORDS_MAX: usize = 6;
/// Longest stretch that is labelled at once; a longer one is cut.
const SEGMENT_TOKENS_MAX: usize = 2_000;
/// Words whose spelling is remembered: 2.3 MiB.
const SPELLINGS: usize = 1 << 14;
/// Letters of a word that count for its shape and affixes.
const WORD_CHARS_MAX: usize = 40;
/// Most lower-case particles within one run of capitals: *Ursula von der Leyen*.
const PARTICLES_MAX: usize = 2;

/// The case of a word's letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Case {
    /// A mark or a number.
    #[default]
    None,
    /// Of a script without capitals.
    Caseless,
    /// Small letters only, or at first.
    Lower,
    /// A capital, then small letters.
    Title,
    /// Capitals only.
    Upper,
    /// Capitals within.
    Mixed,
}

/// What is known of a token.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traits {
    /// Hash of the folded form.
    pub key: u64,
    /// The same, digits levelled.
    pub word: u64,
    /// Hash of the form as printed.
    pub raw: u64,
    /// Hash of what is left without endings or clitics; that of the word where none are.
    pub stem: u64,
    /// Code of the shape.
    pub shape: u64,
    /// The case of the letters.
    pub case: Case,
    /// Hashes of the first two to five letters.
    pub prefix: [u64; 4],
    /// Hashes of the last one to four letters.
    pub suffix: [u64; 4],
    /// What the word is known as by itself.
    pub flags: Flags,
    /// In which of the lexicons a longer phrase begins with the word, a bit each.
    pub(super) begins: u8,
    /// Group of words that are used alike, 0 where none is known.
    pub group: u16,
    /// The longest known phrase that it stands in: kind and position, 0 for none.
    pub phrase: u8,
    /// The name of the tables that it stands in, where the script has no capitals: kind,
    /// surety and position, 0 for none.
    pub listed: u8,
    /// What the rest of the story says of the word.
    pub story: u16,
    /// First token of the run of capitals, counted from 1; 0 where it stands in none.
    pub run_start: u32,
    /// One past its last token.
    pub run_end: u32,
}

/// Evidence from anywhere in a story about a word, a bit each.
mod seen {
    pub(super) const AFTER_TITLE: u16 = 1;
    pub(super) const AFTER_GIVEN: u16 = 2;
    pub(super) const WITH_SPEECH: u16 = 4;
    pub(super) const CAPITAL_INSIDE: u16 = 8;
    pub(super) const SMALL: u16 = 16;
    pub(super) const WITH_ORG_WORD: u16 = 32;
    pub(super) const IN_BRACKETS: u16 = 64;
    pub(super) const TWICE: u16 = 128;
    pub(super) const ONCE: u16 = 256;
    pub(super) const IN_PLACE: u16 = 512;
    pub(super) const IN_ORG: u16 = 1024;
}

/// A story divided into tokens with what is known of each; reused from story to story.
#[derive(Debug)]
pub struct Sheet<'l> {
    lexicons: [Lexicon<'l>; 2],
    clusters: Clusters<'l>,
    /// The tokens in order.
    pub tokens: Vec<Token>,
    /// What is known of each.
    pub traits: Vec<Traits>,
    /// Stretches that are labelled by themselves: no name runs from one into the next.
    pub segments: Vec<Range<usize>>,
    /// Hash of the language's code.
    pub lang: u64,
    /// Names of the tables, in scripts without capitals.
    pub listed: Vec<Listed>,
    seen: FxHashMap<u64, u16>,
    folded: String,
    /// Words that were met, by the hash of their letters and the language.
    spellings: Vec<(u64, Traits)>,
}

impl<'l> Sheet<'l> {
    /// Tells whether nothing but space parts a token from the one before.
    pub(super) fn is_spaced(&self, at: usize) -> bool {
        matches!(self.tokens[at].join, Join::Space | Join::Wrap)
    }

    /// Returns an empty sheet over the tables.
    #[must_use]
    pub fn new((lexicons, clusters): ([Lexicon<'l>; 2], Clusters<'l>)) -> Sheet<'l> {
        Sheet {
            lexicons,
            clusters,
            tokens: Vec::new(),
            traits: Vec::new(),
            segments: Vec::new(),
            lang: 0,
            listed: Vec::new(),
            seen: FxHashMap::default(),
            folded: String::new(),
            spellings: Vec::new(),
        }
    }

    /// Reads a text in a language (its ISO 639-1 code, empty where unknown).
    pub fn read(&mut self, text: &str, lang: &str) {
        self.tokens.clear();
        self.traits.clear();
        self.segments.clear();
        self.seen.clear();
        self.lang = hash::of(lang);
        tokens(text, &mut self.tokens);
        for at in 0..self.tokens.len() {
            self.spell(text, at, lang);
        }
        self.phrases();
        let mut start = 0;
        for at in 1..=self.tokens.len() {
            let cut = at == self.tokens.len() || self.tokens[at].join == Join::Break;
            if cut || at - start >= SEGMENT_TOKENS_MAX {
                self.segments.push(start..at);
                self.level_case(start..at);
                self.runs(start..at);
                start = at;
            }
        }
        self.story(text);
        let (mut found, mut folded) = (std::mem::take(&mut self.listed), std::mem::take(&mut self.folded));
        listed::find(text, self, &mut folded, &mut found);
        for name in &found {
            for (at, part) in name.parts() {
                let code = name.kind as u8 * 2 + name.surety as u8;
                self.traits[at].listed = 1 + code * 4 + part as u8;
            }
        }
        (self.listed, self.folded) = (found, folded);
    }

    /// Notes what the letters of a token say, from memory where they were met.
    fn spell(&mut self, text: &str, at: usize, lang: &str) {
        let token = self.tokens[at];
        let raw = &text[token.start as usize..token.end as usize];
        if !token.is_word {
            let mark = hash::of(level_mark(raw));
            self.traits.push(Traits { key: mark, word: mark, raw: mark, stem: mark, shape: mark, ..Traits::default() });
            return;
        }
        let known = mix(hash::of(raw), self.lang);
        let place = known as usize % SPELLINGS;
        match self.spellings.get(place) {
            Some((number, traits)) if *number == known => return self.traits.push(*traits),
            Some(_) => {}
            None => self.spellings.resize(SPELLINGS, (0, Traits::default())),
        }
        let traits = self.spelling_of(raw, lang);
        self.spellings[place] = (known, traits);
        self.traits.push(traits);
    }

    /// What the letters of a word say; the same wherever it stands.
    fn spelling_of(&mut self, raw: &str, lang: &str) -> Traits {
        self.folded.clear();
        fold_into(raw.trim_end_matches('.'), &mut self.folded);
        let key = hash::of(&self.folded);
        let (shape, case) = shape(raw);
        let mut traits = Traits { key, word: key, raw: hash::of(raw), shape, case, ..Traits::default() };
        if self.folded.bytes().any(|b| b.is_ascii_digit()) {
            traits.word = mix(shape, 1);
            traits.raw = traits.word;
        }
        let mut bounds = [0usize; WORD_CHARS_MAX + 1];
        let mut count = 0;
        for (offset, _) in self.folded.char_indices().take(WORD_CHARS_MAX) {
            bounds[count] = offset;
            count += 1;
        }
        bounds[count] = self.folded.len();
        for (i, cell) in traits.prefix.iter_mut().enumerate() {
            *cell = hash::of(&self.folded[..bounds[(i + 2).min(count)]]);
        }
        for (i, cell) in traits.suffix.iter_mut().enumerate() {
            *cell = hash::of(&self.folded[bounds[count.saturating_sub(i + 1)]..]);
        }
        let lexicons = self.lexicons;
        let both = |hash: u64| {
            let hash = hash::phrase(EMPTY_PHRASE, hash);
            (lexicons[0].get(hash), lexicons[1].get(hash))
        };
        let known = |hash: u64| {
            let (first, second) = both(hash);
            (first | second) & !PREFIX
        };
        let (first, second) = both(key);
        traits.flags = (first | second) & !PREFIX;
        traits.begins = u8::from(first & PREFIX != 0) | u8::from(second & PREFIX != 0) << 1;
        if matches!(self.folded.chars().next(), Some('\u{0400}'..='\u{04FF}')) {
            traits.group = self.clusters.get(key);
        }
        traits.stem = traits.word;
        // Small Greek letters spell no name, whatever they sound like.
        let is_small_greek = case == Case::Lower && self.folded.starts_with(|c| matches!(c, '\u{370}'..='\u{3FF}'));
        if case != Case::Lower || traits.flags == 0 && !is_small_greek {
            let (stem, flags) = inflection::read(&self.folded, lang, traits.flags, &known);
            traits.stem = stem.unwrap_or(traits.word);
            traits.flags |= flags;
        }
        traits
    }

    /// Finds the longest known phrases of two words and more.
    fn phrases(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            let Some((end, flags)) = self.longest(at) else {
                at += 1;
                continue;
            };
            let kind = match () {
                () if flags & ORG != 0 => 1,
                () if flags & PLACES != 0 => 2,
                () if flags & (TITLE | ROLE) != 0 => 3,
                () if flags & SPEECH != 0 => 4,
                () => 5,
            };
            for i in at..end {
                let part = if i == at { 0 } else { 1 + u8::from(i + 1 == end) };
                let traits = &mut self.traits[i];
                traits.phrase = 1 + kind * 3 + part;
                if kind >= 3 {
                    traits.flags |= flags;
                }
            }
            at = end;
        }
    }

    fn longest(&self, from: usize) -> Option<(usize, Flags)> {
        let first = &self.traits[from];
        let mut begins = first.begins;
        if begins == 0 || !self.tokens[from].is_word {
            return None;
        }
        let mut hash = hash::phrase(EMPTY_PHRASE, first.key);
        let mut found = None;
        for at in from + 1..self.tokens.len().min(from + PHRASE_WORDS_MAX) {
            let token = self.tokens[at];
            if !token.is_word || token.join == Join::Break {
                break;
            }
            hash = hash::phrase(hash, self.traits[at].key);
            let mut flags = 0;
            let mut longer = 0;
            for (bit, lexicon) in self.lexicons.iter().enumerate().filter(|(bit, _)| begins & 1 << bit != 0) {
                let own = lexicon.get(hash);
                flags |= own & !PREFIX;
                longer |= u8::from(own & PREFIX != 0) << bit;
            }
            if flags != 0 {
                found = Some((at + 1, flags));
            }
            if longer == 0 {
                break;
            }
            begins = longer;
        }
        found
    }

    /// Takes the case away where it says nothing: lines of capitals, lines without any.
    fn level_case(&mut self, segment: Range<usize>) {
        let (mut upper, mut lower, mut other) = (0, 0, 0);
        for traits in &self.traits[segment.clone()] {
            match traits.case {
                Case::Upper => upper += 1,
                Case::Lower => lower += 1,
                Case::Title | Case::Mixed => other += 1,
                Case::None | Case::Caseless => {}
            }
        }
        let capitals = upper >= 3 && upper > 4 * (lower + other);
        let small = lower >= 8 && upper + other == 0;
        if !capitals && !small {
            return;
        }
        for traits in &mut self.traits[segment] {
            if matches!(traits.case, Case::Upper | Case::Lower) {
                traits.case = Case::Caseless;
                traits.shape = if capitals { 2 } else { 3 };
                traits.raw = mix(traits.word, traits.shape);
            }
        }
    }

    /// Marks the runs of capitals of a segment.
    fn runs(&mut self, segment: Range<usize>) {
        let mut at = segment.start;
        while at < segment.end {
            let traits = &self.traits[at];
            let lone = self.tokens[at].opens && traits.flags & FUNCTION != 0;
            if !is_capital(traits) || lone && self.traits.get(at + 1).is_some_and(is_capital) {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            let mut next = end;
            while next < segment.end && next - end <= PARTICLES_MAX {
                let traits = &self.traits[next];
                let joined = matches!(self.tokens[next].join, Join::Hyphen | Join::Apostrophe | Join::Dot);
                if is_capital(traits) {
                    end = next + 1;
                } else if !(traits.flags & PARTICLE != 0 || joined && traits.case == Case::Lower) {
                    break;
                }
                next += 1;
            }
            for traits in &mut self.traits[at..end] {
                traits.run_start = at as u32 + 1;
                traits.run_end = end as u32;
            }
            at = end;
        }
    }

    /// Gathers what the whole story says of each word, then notes it at each.
    fn story(&mut self, text: &str) {
        for at in 0..self.tokens.len() {
            let traits = &self.traits[at];
            if traits.case == Case::None {
                continue;
            }
            if traits.case == Case::Lower {
                if let Some(bits) = self.seen.get_mut(&traits.word) {
                    *bits |= seen::SMALL;
                }
                continue;
            }
            let before = self.before(at);
            let after = self.after(at);
            let mut bits = 0;
            let before_flags = before.map_or(0, |t| t.flags);
            let after_flags = after.map_or(0, |t| t.flags);
            let mut set = |condition: bool, bit: u16| {
                if condition {
                    bits |= bit;
                }
            };
            set(before_flags & (TITLE | ROLE) != 0, seen::AFTER_TITLE);
            set(before_flags & GIVEN != 0 && before.is_some_and(|t| t.case != Case::Lower), seen::AFTER_GIVEN);
            set((before_flags | after_flags) & SPEECH != 0, seen::WITH_SPEECH);
            set(!self.tokens[at].opens, seen::CAPITAL_INSIDE);
            set((before_flags | after_flags) & (ORG_HEAD | LEGAL) != 0, seen::WITH_ORG_WORD);
            set(self.is_bracketed(text, at), seen::IN_BRACKETS);
            set(matches!(traits.phrase, 4..=6), seen::IN_ORG);
            set(matches!(traits.phrase, 7..=9), seen::IN_PLACE);
            let entry = self.seen.entry(traits.word).or_insert(0);
            if *entry & seen::ONCE != 0 {
                bits |= seen::TWICE;
            }
            *entry |= bits | seen::ONCE;
        }
        for traits in &mut self.traits {
            if traits.case != Case::None && traits.case != Case::Lower {
                traits.story = self.seen.get(&traits.word).copied().unwrap_or(0) & !seen::ONCE;
            }
        }
    }

    fn before(&self, at: usize) -> Option<&Traits> {
        (at > 0 && self.tokens[at].join != Join::Break).then(|| &self.traits[at - 1])
    }

    fn after(&self, at: usize) -> Option<&Traits> {
        self.tokens.get(at + 1).filter(|t| t.join != Join::Break).map(|_| &self.traits[at + 1])
    }

    fn is_bracketed(&self, text: &str, at: usize) -> bool {
        let mark = |i: usize| self.tokens.get(i).map_or("", |t| &text[t.start as usize..t.end as usize]);
        at > 0 && mark(at - 1) == "(" && mark(at + 1) == ")"
    }
}

/// Tells whether a token begins with a capital that may mean something.
fn is_capital(traits: &Traits) -> bool {
    matches!(traits.case, Case::Title | Case::Upper | Case::Mixed)
}

/// Tells whether a word is part of names of people, as far as the lexicons know.
#[must_use]
pub fn is_name(flags: Flags) -> bool {
    flags & (GIVEN | SURNAME | NAME) != 0
}

/// Returns a mark as one of a few that mean the same.
fn level_mark(mark: &str) -> &str {
    match mark {
        "“" | "”" | "„" | "«" | "»" | "‹" | "›" | "\"" | "「" | "」" | "『" | "』" | "《" | "》" => {
            "\""
        }
        "‘" | "’" | "'" | "`" => "'",
        "–" | "—" | "-" | "―" | "−" | "‐" | "‑" => "-",
        "，" | "،" | "、" | "," => ",",
        "。" | "۔" | "।" => ".",
        "：" => ":",
        "（" => "(",
        "）" => ")",
        "؛" | "；" => ";",
        "؟" | "？" => "?",
        "！" => "!",
        "…" => "...",
        other => other,
    }
}

/// Returns the code of a word's shape and the case of its letters.
///
/// Runs of letters of one sort count once; of words in capitals and numbers the length
/// counts up to five.
fn shape(raw: &str) -> (u64, Case) {
    let (mut upper, mut lower, mut caseless, mut digits) = (0u64, 0u64, 0u64, 0u64);
    let mut code = 1u64;
    let mut last = 0;
    let mut first_upper = false;
    for (i, c) in raw.chars().take(WORD_CHARS_MAX).enumerate() {
        let class = match c {
            'a'..='z' => 1,
            'A'..='Z' => 2,
            '0'..='9' => 3,
            '.' => 4,
            _ if c.is_lowercase() => 1,
            _ if c.is_uppercase() => 2,
            _ if c.is_numeric() => 3,
            '\u{0600}'..='\u{06FF}' => 5,
            '\u{3041}'..='\u{309F}' => 6,
            '\u{30A0}'..='\u{30FF}' => 7,
            '\u{AC00}'..='\u{D7A3}' => 8,
            '\u{3400}'..='\u{9FFF}' => 9,
            _ if c.is_alphabetic() => 10,
            _ => 11,
        };
        match class {
            1 => lower += 1,
            2 => upper += 1,
            3 => digits += 1,
            5..=10 => caseless += 1,
            _ => {}
        }
        first_upper |= i == 0 && class == 2;
        if class != last && code < 1 << 40 {
            code = code << 4 | class;
            last = class;
        }
    }
    let case = match () {
        () if upper == 0 && lower == 0 => {
            if caseless > 0 {
                Case::Caseless
            } else {
                Case::None
            }
        }
        () if upper == 0 => Case::Lower,
        () if lower == 0 => Case::Upper,
        () if first_upper && upper == 1 => Case::Title,
        () if first_upper => Case::Mixed,
        () => Case::Mixed,
    };
    let length = if lower == 0 { (upper + digits).min(5) } else { u64::from(lower > 1) };
    (code << 4 | length, case)
}
