//! What a word or a figure can be in an expression of time. The build script includes
//! this file too: it must depend on nothing of the crate.

use serde::{Deserialize, Serialize};

/// A kind of word, figure or mark. The names in tables are those of [`Kind::from_name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Kind {
    /// A month of the Gregorian calendar, from 1.
    Month,
    /// A month of the solar Hijri calendar, from 1.
    Jalali,
    /// A month of the lunar Hijri calendar, from 1.
    Hijri,
    /// A day of the week; Monday is 0.
    Weekday,
    /// Days from the day of filing.
    Day,
    /// Days from the day of filing and a part of that day: [`pack`].
    DayPart,
    /// A part of the day: its place in [`PARTS`].
    Part,
    /// A stretch of time: its place in [`UNITS`].
    Unit,
    /// A unit, so many of its kind from this one: [`pack`].
    UnitRel,
    /// A unit, so many of its kind from the one last spoken of, or from what follows: [`pack`].
    Step,
    /// A weekday in the week that lies so many weeks from this one: [`pack`].
    WeekWeekday,
    /// A number in words.
    Num,
    /// A number that is not told: *several*.
    Vague,
    /// An ordinal in words.
    Ord,
    /// Last (-1), this (0), next (1).
    Rel,
    /// Makes an amount one of time gone by: *ago*, *il y a*.
    Ago,
    /// Makes an amount one of time to come.
    Hence,
    /// A season; spring is 0.
    Season,
    /// Start (0), middle (1) or end (2) of something.
    Mod,
    /// The present (0), the past (1), the future (2).
    Ref,
    /// A time of day with a name, in minutes.
    Clock,
    /// Before noon (0), after noon (1).
    AmPm,
    /// Makes a unit one that recurs: *every*.
    Every,
    /// Something that recurs in a word: the unit (*daily*).
    Freq,
    /// A feast: its place in the table of feasts.
    Feast,
    /// An era: the year before its first.
    Era,
    /// A decade without its century, or with it: its first year.
    Decade,
    /// Belongs to the expression before which it stands: *the*.
    Det,
    /// What may follow the figure of a day or an ordinal: *th*, *er*.
    Suffix,
    /// A word of a rule.
    Literal,
    /// A word that looks ahead (1) or back (0), or says something (-1); one that only looks
    /// like a verb (2), begins a clause (3), joins two (4); one that looks ahead with its participle (5).
    Ahead,
    /// A word before which a month or a year is one: *in*, *since*.
    Prep,
    /// What is counted: a number before it is no year.
    Counted,
    /// What makes the figure behind it no year.
    Measure,
    /// Adds a half to an amount: *et demi*.
    Half,
    /// A unit in the plural that tells no amount: its place in [`UNITS`].
    Bare,
    /// Joins the two ends of a stretch: *to*, *bis*.
    Range,
    /// A word of games (1), whose halves and quarters are none of the year, or of trade (0), whose
    /// halves and quarters are.
    Game,

    // What follows are figures and marks: no table lists words for them.
    /// A figure from 1 to 31, with or without the suffix of an ordinal.
    Dd,
    /// A figure from 1 to 12.
    Mm,
    /// A year in four digits.
    Yyyy,
    /// A figure of two digits.
    Yy,
    /// Any figure.
    Int,
    /// An ordinal in figures.
    IntOrd,
    /// A figure from 0 to 24.
    Hh,
    /// Two digits from 00 to 59.
    Min,
    /// Hours and minutes in one figure of four digits.
    Hhmm,
    /// A day in figures: `2.12.2024`.
    Figures,
    /// A time in figures: `18:35`.
    Time,
    /// A time in figures with a stop: `18.35`.
    DotTime,
    /// A year in Roman figures, or a century.
    Roman,
    /// A comma.
    Comma,
    /// A full stop.
    Dot,
    /// A dash or a hyphen.
    Dash,
    /// A slash.
    Slash,
    /// A bracket, opening or closing.
    Open,
}

/// Number of kinds.
pub const KINDS: usize = 56;

/// Parts of the day, as TIMEX3 calls them.
pub const PARTS: [&str; 6] = ["MO", "MI", "AF", "EV", "NI", "DT"];

/// Units, in the order of their numbers.
pub const UNITS: [&str; 12] =
    ["day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century", "hour", "minute", "second"];

/// Bits of [`literal_bit`], between those of the kinds and [`REST`].
const LITERAL_BITS: usize = 63 - KINDS;

/// Set for a word that may be the second of a phrase.
pub const REST: u64 = 1 << 63;

/// Stands in a set of bits for a demand that everything meets.
pub const ANYTHING: u64 = u64::MAX;

/// Returns the bit of a kind: what a token may be is a set of them.
#[must_use]
pub const fn bit(kind: Kind) -> u64 {
    1 << kind as u8
}

/// Returns the bit of a word of rules, which it shares with others.
#[must_use]
pub const fn literal_bit(id: i32) -> u64 {
    1 << (KINDS + id.unsigned_abs() as usize % LITERAL_BITS)
}

/// Packs a number from -8 to 7 and a small one into one value.
#[must_use]
pub const fn pack(offset: i32, other: i32) -> i32 {
    other * 16 + offset + 8
}

/// Returns the offset and the other number of a packed value.
#[must_use]
pub const fn unpack(value: i32) -> (i32, i32) {
    (value % 16 - 8, value / 16)
}

const NAMES: [(&str, Kind); KINDS] = [
    ("month", Kind::Month),
    ("jalali", Kind::Jalali),
    ("hijri", Kind::Hijri),
    ("weekday", Kind::Weekday),
    ("day", Kind::Day),
    ("daypart", Kind::DayPart),
    ("part", Kind::Part),
    ("unit", Kind::Unit),
    ("unitrel", Kind::UnitRel),
    ("step", Kind::Step),
    ("weekweekday", Kind::WeekWeekday),
    ("num", Kind::Num),
    ("vague", Kind::Vague),
    ("ord", Kind::Ord),
    ("rel", Kind::Rel),
    ("ago", Kind::Ago),
    ("hence", Kind::Hence),
    ("season", Kind::Season),
    ("mod", Kind::Mod),
    ("ref", Kind::Ref),
    ("clock", Kind::Clock),
    ("ampm", Kind::AmPm),
    ("every", Kind::Every),
    ("freq", Kind::Freq),
    ("feast", Kind::Feast),
    ("era", Kind::Era),
    ("decade", Kind::Decade),
    ("det", Kind::Det),
    ("suffix", Kind::Suffix),
    ("literal", Kind::Literal),
    ("ahead", Kind::Ahead),
    ("prep", Kind::Prep),
    ("counted", Kind::Counted),
    ("measure", Kind::Measure),
    ("half", Kind::Half),
    ("bare", Kind::Bare),
    ("range", Kind::Range),
    ("game", Kind::Game),
    ("dd", Kind::Dd),
    ("mm", Kind::Mm),
    ("yyyy", Kind::Yyyy),
    ("yy", Kind::Yy),
    ("int", Kind::Int),
    ("intord", Kind::IntOrd),
    ("hh", Kind::Hh),
    ("min", Kind::Min),
    ("hhmm", Kind::Hhmm),
    ("figures", Kind::Figures),
    ("time", Kind::Time),
    ("dottime", Kind::DotTime),
    ("roman", Kind::Roman),
    (",", Kind::Comma),
    (".", Kind::Dot),
    ("-", Kind::Dash),
    ("/", Kind::Slash),
    ("(", Kind::Open),
];

impl Kind {
    /// Returns the kind that tables call `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Kind> {
        NAMES.iter().find(|(n, _)| *n == name).map(|(_, k)| *k)
    }

    /// Tells whether tables list words of the kind.
    #[must_use]
    pub fn is_word(self) -> bool {
        (self as usize) < Kind::Dd as usize
    }
}

/// Hashes a folded word; build script and program must agree. ASCII capitals count as small.
#[must_use]
#[inline]
pub fn word_hash(word: &[u8]) -> u32 {
    // FNV-1a: words are short.
    let mut hash = 0x811c_9dc5_u32;
    for byte in word {
        hash = (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193);
    }
    hash ^ (hash >> 15)
}

/// Returns the part of a hash that a slot keeps beside the number of its head.
#[must_use]
pub const fn tag(hash: u32) -> u32 {
    hash & 0xFFFF_0000
}
