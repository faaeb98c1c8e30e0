//! Lays out the lexicons of expressions of time: `data/times/*.tsv`, with the names of
//! months from `data/months.tsv` and those of days from CLDR's table.

use super::fold::fold;
use super::marks::marks;
use super::time_kind::{Kind, PARTS, UNITS, pack};
use super::time_lexicon::{Build, Lexicon as Written};
use super::times_layout::lay_out;
use super::{lines, read};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{self, StrDeserializer};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// The table whose rules hold in every language.
const COMMON: &str = "any";
const MONTHS: &str = "data/months.tsv";
const NAMES: &str = "src/query/dates/names.tsv";
/// Languages with a table of their own; the others have what CLDR knows and the common rules.
const OWN: [&str; 33] = [
    "any", "ar", "bg", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja",
    "ko", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sr", "sv", "tr", "uk", "vi", "zh",
];
/// The language in which a mark makes another word of a word of a phrase: *tháng sáu* is June,
/// *tháng sau* next month.
const TONAL: &str = "vi";

pub(crate) type Test = (Kind, Option<i32>);

pub(crate) struct Place {
    pub(crate) tests: Vec<Test>,
    pub(crate) optional: bool,
    pub(crate) inside: bool,
}

pub(crate) struct Rule {
    pub(crate) build: Build,
    pub(crate) places: Vec<Place>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Phrase {
    pub(crate) rest: Vec<String>,
    pub(crate) kind: Kind,
    pub(crate) value: i32,
    pub(crate) weak: bool,
    /// Whether it is a month only beside a figure.
    pub(crate) short: bool,
    pub(crate) capital: Option<bool>,
    /// The marked letters of its first word; of a tonal language those of all.
    pub(crate) marks: String,
}

#[derive(Default)]
pub(crate) struct Lexicon {
    /// Whether the marks of all its words tell a phrase from another.
    pub(crate) tonal: bool,
    pub(crate) phrases: BTreeMap<String, Vec<Phrase>>,
    /// The marked letters of each folded word, as often as it is written with others.
    pub(crate) marks: BTreeMap<String, BTreeSet<String>>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) endings: Vec<(String, i32)>,
    pub(crate) literals: HashMap<String, i32>,
}

/// Divides folded text into words as the scanner does: letters apart from digits.
fn words_of(folded: &str) -> Vec<String> {
    let mut out = Vec::new();
    for word in super::words::words(folded) {
        let mut rest = &folded[word.start..word.end];
        while let Some(first) = rest.chars().next() {
            let digits = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
            out.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
    }
    out
}

impl Lexicon {
    fn add(&mut self, form: &str, kind: Kind, value: i32, weak: bool) {
        let capital = if form.contains('_') { Some(false) } else { form.contains('^').then_some(true) };
        let short = form.contains('+');
        let weak = weak || short || form.contains('*');
        let printed = form.replace(['^', '_', '*', '+'], "");
        let words = words_of(&fold(&printed));
        let written = self.keep_marks(&printed, &words);
        let Some((first, rest)) = words.split_first() else { return };
        let marks = if self.tonal { written.concat() } else { written.first().cloned().unwrap_or_default() };
        let phrase = Phrase { rest: rest.to_vec(), kind, value, weak, short, capital, marks };
        let list = self.phrases.entry(first.clone()).or_default();
        let same =
            |p: &Phrase| (&p.rest, &p.marks) == (&phrase.rest, &phrase.marks) && p.kind == kind && p.value == value;
        if !list.iter().any(same) {
            list.push(phrase);
        }
    }

    /// Keeps and returns the marked letters of each word of a form; those of the whole form where
    /// its words are not the folded ones.
    fn keep_marks(&mut self, form: &str, folded: &[String]) -> Vec<String> {
        let printed = words_of(form);
        let same = printed.len() == folded.len();
        let written: Vec<String> = (0..folded.len()).map(|i| marks(if same { &printed[i] } else { form })).collect();
        for (word, marks) in folded.iter().zip(&written) {
            self.marks.entry(word.clone()).or_default().insert(marks.clone());
        }
        written
    }

    fn literal(&mut self, word: &str) -> i32 {
        let next = self.literals.len() as i32;
        let value = *self.literals.entry(word.to_owned()).or_insert(next);
        self.add(word, Kind::Literal, value, false);
        value
    }

    /// Reads a pattern: places parted by blanks, alternatives by `|`; `?` makes one optional,
    /// `~` leaves it outside the expression, `=` asks for a value, quotes for words.
    fn pattern(&mut self, text: &str) -> Result<Vec<Place>, String> {
        let mut places = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let mut quoted = false;
            let end = rest
                .find(|c| {
                    quoted ^= c == '\'';
                    c == ' ' && !quoted
                })
                .unwrap_or(rest.len());
            let (token, tail) = rest.split_at(end);
            rest = tail.trim_start();
            let (token, inside) = token.strip_prefix('~').map_or((token, true), |t| (t, false));
            let (token, optional) = token.strip_suffix('?').map_or((token, false), |t| (t, true));
            let mut tests = Vec::new();
            for one in token.split('|') {
                tests.push(self.test(one)?);
            }
            places.push(Place { tests, optional, inside });
        }
        if places.iter().all(|p| p.optional) {
            return Err("a rule needs a place that is not optional".to_owned());
        }
        Ok(places)
    }

    fn test(&mut self, text: &str) -> Result<Test, String> {
        if let Some(word) = text.strip_prefix('\'').and_then(|t| t.strip_suffix('\'')) {
            return Ok((Kind::Literal, Some(self.literal(word))));
        }
        let (name, value) = text.split_once('=').map_or((text, None), |(n, v)| (n, Some(v)));
        let kind = Kind::from_name(name).ok_or_else(|| format!("no kind is called {name:?}"))?;
        let value = value.map(|v| number(kind, v)).transpose()?;
        Ok((kind, value))
    }
}

/// Reads a value as tables write it: a number, a unit, a part of the day, or two of them.
fn number(kind: Kind, text: &str) -> Result<i32, String> {
    let plain = |t: &str| t.parse::<i32>().map_err(|_| format!("{t:?} is no number"));
    let unit = |t: &str| UNITS.iter().position(|u| *u == t).map(|i| i as i32).ok_or_else(|| format!("no unit {t:?}"));
    let part = |t: &str| PARTS.iter().position(|p| *p == t).map(|i| i as i32).ok_or_else(|| format!("no part {t:?}"));
    let two = |a: &str, b: Result<i32, String>| {
        let a = plain(a)?;
        if !(-8..=7).contains(&a) {
            return Err(format!("{a} is not within -8 to 7"));
        }
        Ok(pack(a, b?))
    };
    match kind {
        Kind::Unit | Kind::Freq | Kind::Bare => unit(text),
        Kind::Part => part(text),
        Kind::UnitRel | Kind::Step => {
            let (u, n) = text.split_once(' ').ok_or("a unit and a number")?;
            two(n, unit(u))
        }
        Kind::DayPart => {
            let (n, p) = text.split_once(' ').ok_or("a number and a part of the day")?;
            two(n, part(p))
        }
        Kind::WeekWeekday => {
            let (n, w) = text.split_once(' ').ok_or("a number and a weekday")?;
            two(n, plain(w))
        }
        _ => plain(text),
    }
}

/// Returns what a rule makes by its name, as the program calls it.
fn build_named(name: &str) -> Option<Build> {
    let name: StrDeserializer<'_, value::Error> = name.into_deserializer();
    Build::deserialize(name).ok()
}

/// Writes every lexicon to `OUT_DIR/times.lexicons`.
pub(crate) fn write(root: &Path, out: &Path, faults: &mut Vec<String>) {
    let months = read(root, MONTHS, faults);
    let names = read(root, NAMES, faults);
    let mut codes: BTreeSet<&str> = OWN.into_iter().collect();
    codes.extend(lines(NAMES, &names).map(|l| l.columns[0]));
    let tables: BTreeMap<&str, (&'static str, String)> = OWN
        .into_iter()
        .map(|code| {
            let file: &'static str = Box::leak(format!("data/times/{code}.tsv").into_boxed_str());
            (code, (file, read(root, file, faults)))
        })
        .collect();
    let mut all: Vec<(&str, Vec<u8>)> = Vec::new();
    for code in codes {
        let mut lexicon = Lexicon { tonal: code == TONAL, ..Lexicon::default() };
        // What a language's own table says of a word holds against the others.
        for own in [code, COMMON] {
            if let Some((file, text)) = tables.get(own).filter(|_| own == code || code != COMMON) {
                from_table(&mut lexicon, file, text, faults);
            }
        }
        if code != COMMON {
            from_months(&mut lexicon, code, &months);
            from_names(&mut lexicon, code, &names);
        }
        let written: Written = lay_out(&lexicon, code);
        all.push((code, postcard::to_stdvec(&written).expect("a Vec takes it")));
    }
    let bytes = postcard::to_stdvec(&all).expect("a Vec takes it");
    std::fs::write(out.join("times.lexicons"), bytes).expect("OUT_DIR can be written");
}

fn from_months(lexicon: &mut Lexicon, code: &str, table: &str) {
    for line in lines(MONTHS, table) {
        let [calendar, month, lang, names, ..] = line.columns[..] else { continue };
        let lang = if lang == "no" && code == "nb" { "nb" } else { lang };
        let Ok(month) = month.trim().parse() else { continue };
        let kind = match calendar {
            "gregorian" => Kind::Month,
            "jalali" => Kind::Jalali,
            "hijri" => Kind::Hijri,
            _ => continue,
        };
        if lang.trim() != code {
            continue;
        }
        let full = names.split('|').next().map_or(0, |n| n.chars().count());
        for name in names.split('|').map(str::trim) {
            // An abbreviation is a month only beside a figure: *mar* is the sea, *лист* a letter. The
            // Arab countries have whole names of four letters.
            let letters = name.chars().count();
            let short = letters <= 4 && letters < full && code != "ar";
            lexicon.add(&if short { format!("{name}+") } else { name.to_owned() }, kind, month, false);
        }
    }
}

fn from_names(lexicon: &mut Lexicon, code: &str, table: &str) {
    for line in lines(NAMES, table).filter(|l| l.columns[0] == code) {
        let cells = || line.columns[2..].iter().enumerate().flat_map(|(i, c)| c.split('|').map(move |f| (i as i32, f)));
        for (i, form) in cells().filter(|(_, f)| !f.is_empty()) {
            let rel = i - 1;
            let unit = |name: &str| UNITS.iter().position(|u| *u == name).unwrap_or(0) as i32;
            let (kind, value) = match line.columns[1] {
                "month" => (Kind::Month, i + 1),
                "solar-month" => (Kind::Jalali, i + 1),
                "weekday" => (Kind::Weekday, i),
                "day" => (Kind::Day, i - 2),
                "rel-week" => (Kind::UnitRel, pack(rel, unit("week"))),
                "rel-month" => (Kind::UnitRel, pack(rel, unit("month"))),
                "rel-quarter" => (Kind::UnitRel, pack(rel, unit("quarter"))),
                "rel-year" => (Kind::UnitRel, pack(rel, unit("year"))),
                "last-week-weekday" => (Kind::WeekWeekday, pack(-1, i)),
                "next-week-weekday" => (Kind::WeekWeekday, pack(1, i)),
                _ => continue,
            };
            lexicon.add(form, kind, value, false);
        }
    }
}

fn from_table(lexicon: &mut Lexicon, file: &'static str, text: &str, faults: &mut Vec<String>) {
    for line in lines(file, text) {
        let [kind, value, forms] = line.columns[..] else {
            line.fault(faults, &format!("{} columns instead of 3", line.columns.len()));
            continue;
        };
        match kind {
            "rule" => match build_named(value) {
                Some(build) => match lexicon.pattern(forms) {
                    Ok(places) => lexicon.rules.push(Rule { build, places }),
                    Err(what) => line.fault(faults, &what),
                },
                None => line.fault(faults, &format!("nothing is built as {value:?}")),
            },
            "ending" => match value {
                "-1" | "0" | "1" | "2" | "8" | "12" => {
                    let value = value.parse().unwrap_or(0);
                    lexicon.endings.extend(forms.split('|').map(|f| (f.to_owned(), value)));
                }
                _ => line.fault(
                    faults,
                    "an ending looks ahead (1) or back (0), or is a participle's (-1, 12), an infinitive's (8) or no verb's (2)",
                ),
            },
            _ => match Kind::from_name(kind).filter(|k| k.is_word()).map(|k| (k, number(k, value))) {
                Some((kind, Ok(value))) => {
                    for form in forms.split('|') {
                        if words_of(&fold(form)).is_empty() {
                            line.fault(faults, "an empty form");
                        }
                        lexicon.add(form, kind, value, false);
                    }
                }
                Some((_, Err(what))) => line.fault(faults, &what),
                None => line.fault(faults, &format!("no kind of word is called {kind:?}")),
            },
        }
    }
}
