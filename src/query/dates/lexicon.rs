//! The words of date expressions, language by language, read from the two tables.
//!
//! `names.tsv` is CLDR's, `grammar.tsv` is ours; both hold one line a language and kind.
//! This file turns lines into meanings and knows nothing of how meanings combine.

use super::calendar::Unit;
use super::tokens::{Token, tokens};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Names from Unicode CLDR.
const NAMES: &str = include_str!("names.tsv");
/// Grammar words written for this project.
const GRAMMAR: &str = include_str!("grammar.tsv");

/// The year before the first of each era, in the order of the `era` columns.
const ERAS: [i32; 4] = [2018, 1988, 1925, 1911];

/// What a word or phrase can mean in a date expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A number, in figures or words.
    Number(u32),
    /// A number in its ordinal form.
    Ordinal(u32),
    /// Makes an ordinal of the number beside it.
    OrdinalMark,
    /// A period that was written in figures.
    Period(super::DateRange),
    /// January is 1.
    Month(u32),
    /// Farvardin is 1.
    SolarMonth(u32),
    /// Monday is 0.
    Weekday(u32),
    /// Days from today.
    Day(i32),
    /// A unit so many units from this one.
    UnitRel(Unit, i32),
    /// A weekday before (-1) or after (1) today.
    WeekdayRel(u32, i32),
    /// A weekday of the last (-1) or next (1) week.
    WeekWeekday(u32, i32),
    /// So many units ago.
    AgoOf(u32, Unit),
    Unit(Unit),
    /// Two of a unit: the dual of Arabic.
    Dual(Unit),
    /// Last (-1), this (0), next (1).
    Rel(i32),
    Ago,
    In,
    /// First third, middle, last third.
    Part(u8),
    /// The same of this year or month: *Jahresende*.
    UnitPart(u8, Unit),
    /// The first or the second half of a year, in a word.
    HalfYear(u32),
    /// From the start of this unit to today: *year to date*.
    SoFar(Unit),
    /// So many days in a word: *fortnight*.
    Run(u32),
    /// The one before the last: *vorletzte*.
    BeforeLast,
    /// Spring is 0.
    Season(u32),
    /// Column of the `holiday` row.
    Holiday(u8),
    /// The year before an era's first.
    Era(i32),
    Decade,
    DecadeMark,
    /// The years from this one of a century on: *the nineties*.
    DecadeOf(u32),
    From,
    To,
    Since,
    Until,
    Before,
    After,
    Between,
    And,
    /// Says nothing about the date.
    Filler,
}

/// A phrase with one of its meanings.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) phrase: Vec<Token>,
    pub(super) meaning: Meaning,
    /// The marked letters that it is written with; our own table is written without them.
    pub(super) marks: Option<String>,
    /// Whether it is short enough to be another language's word.
    pub(super) abbreviated: bool,
}

/// A phrase with a number in it that counts back from today.
#[derive(Debug)]
pub(super) struct AgoPattern {
    pub(super) before: Vec<Token>,
    pub(super) after: Vec<Token>,
    pub(super) unit: Unit,
}

/// The words of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub(super) code: &'static str,
    entries: HashMap<Token, Vec<Entry>>,
    pub(super) ago: Vec<AgoPattern>,
}

impl Lexicon {
    /// Returns the phrases that begin with `first`.
    pub(super) fn starting(&self, first: &Token) -> &[Entry] {
        self.entries.get(first).map_or(&[], Vec::as_slice)
    }
}

/// Returns the words of every language, in the order of their codes.
pub(super) fn all() -> &'static [Lexicon] {
    static ALL: LazyLock<Vec<Lexicon>> = LazyLock::new(load);
    &ALL
}

fn load() -> Vec<Lexicon> {
    let mut lexicons: Vec<Lexicon> = Vec::new();
    let names = NAMES.lines().map(|l| (l, true));
    for (line, marked) in names.chain(GRAMMAR.lines().map(|l| (l, false))).filter(|(l, _)| !l.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(code), Some(kind)) = (columns.next(), columns.next()) else { continue };
        let at = lexicons.iter().position(|l| l.code == code).unwrap_or_else(|| {
            lexicons.push(Lexicon { code, ..Lexicon::default() });
            lexicons.len() - 1
        });
        for (column, cell) in columns.enumerate() {
            for phrase in cell.split('|').filter(|p| !p.is_empty()) {
                add(&mut lexicons[at], kind, column, phrase, marked);
            }
        }
    }
    lexicons.sort_by_key(|l| l.code);
    lexicons
}

fn add(lexicon: &mut Lexicon, kind: &str, column: usize, phrase: &str, marked: bool) {
    if let Some((before, after)) = phrase.split_once("{0}") {
        let units = [Unit::Day, Unit::Week, Unit::Month, Unit::Year];
        if let Some(&unit) = units.get(column) {
            let [before, after] = [before, after].map(words_of);
            lexicon.ago.push(AgoPattern { before, after, unit });
        }
        return;
    }
    let tokens = words_of(phrase);
    let (Some(meaning), Some(first)) = (meaning(kind, column), tokens.first()) else { return };
    let entries = lexicon.entries.entry(first.clone()).or_default();
    let marks = marked.then(|| crate::text::marks::marks(phrase));
    if !entries.iter().any(|e| e.phrase == tokens && e.meaning == meaning && e.marks == marks) {
        let abbreviated = kind.ends_with("-abbr");
        entries.push(Entry { phrase: tokens, meaning, marks, abbreviated });
    }
}

fn words_of(phrase: &str) -> Vec<Token> {
    tokens(&crate::text::fold(phrase)).into_iter().filter(|t| *t != Token::Dash).collect()
}

/// Returns what the cells of a kind of line mean.
fn meaning(kind: &str, column: usize) -> Option<Meaning> {
    let n = u32::try_from(column).ok()?;
    let k = i32::try_from(column).ok()?;
    let one_more = n + 1;
    Some(match kind {
        "filler" => Meaning::Filler,
        "month" | "month-abbr" => Meaning::Month(one_more),
        "solar-month" => Meaning::SolarMonth(one_more),
        "weekday" | "weekday-abbr" => Meaning::Weekday(n),
        "day" => Meaning::Day(k - 2),
        "rel-week" => Meaning::UnitRel(Unit::Week, k - 1),
        "rel-month" => Meaning::UnitRel(Unit::Month, k - 1),
        "rel-quarter" => Meaning::UnitRel(Unit::Quarter, k - 1),
        "rel-year" => Meaning::UnitRel(Unit::Year, k - 1),
        "rel-years-back" => Meaning::UnitRel(Unit::Year, -2),
        "last-weekday" => Meaning::WeekdayRel(n, -1),
        "next-weekday" => Meaning::WeekdayRel(n, 1),
        "last-week-weekday" => Meaning::WeekWeekday(n, -1),
        "next-week-weekday" => Meaning::WeekWeekday(n, 1),
        "unit" => Meaning::Unit(*Unit::ALL.get(column)?),
        "dual" => Meaning::Dual(*Unit::ALL.get(column)?),
        "number" => Meaning::Number(one_more),
        "ordinal" => Meaning::Ordinal(one_more),
        "ordinal-mark" => Meaning::OrdinalMark,
        "season" => Meaning::Season(n),
        "holiday" => Meaning::Holiday(u8::try_from(column).ok()?),
        "era" => Meaning::Era(*ERAS.get(column)?),
        "decade" => Meaning::Decade,
        "decade-mark" => Meaning::DecadeMark,
        "decade-word" => Meaning::DecadeOf(10 * (n + 2)),
        "last" => Meaning::Rel(-1),
        "this" => Meaning::Rel(0),
        "next" => Meaning::Rel(1),
        "early" => Meaning::Part(0),
        "mid" => Meaning::Part(1),
        "late" => Meaning::Part(2),
        "year-part" => Meaning::UnitPart(u8::try_from(column).ok()?, Unit::Year),
        "month-part" => Meaning::UnitPart(u8::try_from(column).ok()?, Unit::Month),
        "half-year" => Meaning::HalfYear(one_more),
        "so-far" => Meaning::SoFar(*Unit::ALL.get(column)?),
        "two-weeks" => Meaning::Run(14),
        "fifteen-days" => Meaning::Run(15),
        "before-last" => Meaning::BeforeLast,
        "ago" => Meaning::Ago,
        "in" => Meaning::In,
        "from" => Meaning::From,
        "to" => Meaning::To,
        "since" => Meaning::Since,
        "until" => Meaning::Until,
        "before" => Meaning::Before,
        "after" => Meaning::After,
        "between" => Meaning::Between,
        "and" => Meaning::And,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{GRAMMAR, NAMES, all, meaning};

    #[test]
    fn every_line_of_the_tables_means_something() {
        for line in NAMES.lines().chain(GRAMMAR.lines()).filter(|l| !l.starts_with('#')) {
            let mut columns = line.split('\t');
            let (code, kind) = (columns.next().expect("a code"), columns.next().expect("a kind"));
            for (i, cell) in columns.enumerate() {
                let known = cell.is_empty() || meaning(kind, i).is_some();
                assert!(known, "{code} {kind} column {i}: {cell}");
            }
        }
    }

    #[test]
    fn the_languages_of_the_archive_have_months() {
        for code in ["ar", "de", "en", "es", "fa", "fr", "he", "ja", "ko", "ru", "zh", "sw", "uk"] {
            assert!(all().iter().any(|l| l.code == code), "{code}");
        }
    }
}
