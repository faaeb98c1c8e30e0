//! A lexicon of expressions of time as it is written down: the build script makes lexicons
//! of the tables, the program reads them back. Both include this file: of the crate it may
//! name the kinds alone.

use super::time_kind::Kind;
use serde::{Deserialize, Serialize};

/// What is made of what a rule matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Build {
    /// A day, month or year of the calendar, as far as it is told.
    Date,
    /// Two days of one month: the words of the first name no month.
    Days,
    /// A weekday, with or without a part of the day or a direction.
    Weekday,
    /// A day counted from the day of filing.
    Day,
    /// A unit counted from this one: *last week*.
    Unit,
    /// An amount back from the day of filing: *three years ago*.
    Ago,
    /// As `Ago`, told to the day: *il y a trois semaines*.
    AgoDay,
    /// An amount from the day of filing on.
    Hence,
    /// An amount back from the day last spoken of: *two days earlier*.
    Earlier,
    /// An amount on from the day last spoken of.
    Later,
    /// An amount from what follows on; where that is not dated, a length of time: *five years after
    /// the fire*.
    After,
    /// The same back: *two days before Christmas*.
    Before,
    /// An amount on from what follows right behind, else from what was last spoken of: *deux jours
    /// après*.
    LaterThan,
    /// The same back: *la veille*.
    EarlierThan,
    /// The same period a year before.
    YearBack,
    /// A length of time.
    Duration,
    /// A time that recurs.
    Set,
    /// A season.
    Season,
    /// A quarter or half of a year, by its number.
    Quarter,
    /// The quarter last spoken of.
    SameQuarter,
    /// A time of day.
    Time,
    /// A feast.
    Feast,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// The present, the past, the future.
    Ref,
    /// The day last spoken of, or a part of it.
    Same,
    /// A year in words: *nineteen ninety-six*.
    SpeltYear,
    /// Nothing: the words only look like a time.
    Skip,
}

/// What a place in a rule takes: a kind, with one value or any.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Test {
    /// The kind.
    pub kind: Kind,
    /// The only value, where there is one.
    pub value: Option<i32>,
}

/// A place in a rule.
#[derive(Debug, Serialize, Deserialize)]
pub struct Place {
    /// Any of these.
    pub tests: Box<[Test]>,
    /// Whether it may be missing.
    pub optional: bool,
    /// Whether it belongs to the expression or only stands beside it.
    pub inside: bool,
    /// Bits of what it takes: a token that has none of them does not suit.
    pub takes: u64,
}

/// A rule.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rule {
    /// What is made of it.
    pub build: Build,
    /// Its places in order.
    pub places: Box<[Place]>,
}

/// A rule that may begin with a kind.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Candidate {
    /// Its number.
    pub rule: u16,
    /// Bits of what must stand behind its first place: any of them, or `ANYTHING`.
    pub next: u64,
}

/// A phrase of the lexicon with one of its meanings.
#[derive(Debug, Serialize, Deserialize)]
pub struct Phrase {
    /// Numbers of the words behind the first, as [`Lexicon::head`] tells them.
    pub rest: Box<[u16]>,
    /// What it is.
    pub kind: Kind,
    /// Which one of its kind.
    pub value: i32,
    /// Whether it says nothing of time when it stands alone: an abbreviation, *May*.
    pub weak: bool,
    /// Whether it is a month only beside a figure: *mar*, the sea in Spanish.
    pub short: bool,
    /// Whether it must be printed with a capital, or with a small letter.
    pub capital: Option<bool>,
    /// The marked letters that its first word is written with; in Vietnamese those of all its words.
    pub marks: Box<str>,
}

/// A word that phrases begin with or have within them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Head {
    /// The word, folded.
    pub word: Box<str>,
    /// First of its phrases.
    pub first: u16,
    /// Number of its phrases; 0 for a word that begins none.
    pub count: u16,
    /// Bits of what it may be.
    pub is: u64,
    /// Bits of what must stand behind it where a rule begins with it: any of them, or
    /// `ANYTHING`; 0 where none does.
    pub next: u64,
    /// The kinds by which rules may begin with it, each once, of literals each one.
    pub starts: Box<[(Kind, i32)]>,
    /// The marked letters that it is written with, for each spelling.
    pub marks: Box<[Box<str>]>,
}

/// The words and rules of one language.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lexicon {
    /// ISO 639-1.
    pub(crate) code: Box<str>,
    /// Numbers of heads with the [`tag`] of their hash; 0 where nothing lies.
    pub(crate) slots: Box<[u32]>,
    pub(crate) heads: Box<[Head]>,
    pub(crate) phrases: Box<[Phrase]>,
    pub(crate) rules: Box<[Rule]>,
    pub(crate) by_kind: Box<[Box<[Candidate]>]>,
    pub(crate) by_literal: Box<[Box<[Candidate]>]>,
    /// Endings of verbs that look ahead (1) or back (0) and of participles (-1) as they are
    /// printed, *ront*; with a hyphen behind it what such words begin with.
    pub endings: Box<[(Box<str>, i32)]>,
}
