//! What Persian says of a name by the word that it hangs on: `تیم ملی ایران` is a team, no
//! country; `استان همدان` is the name of a province with its noun; `شهید رجایی` is Rajai.
//!
//! For [`super::read`], between the labels of the model and the gathering of mentions. The
//! language joins noun and name into one without a mark, and the model, which weighs words
//! one by one, often labels the part that it knows.

use super::hash;
use super::labels::{self, OUTSIDE, Part, label};
use super::traits::Sheet;
use crate::story::EntityKind;
use crate::text::fold;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The noun of a team.
const TEAM: &str = "تیم";
/// What stands before two teams that play: `دو تیم ایران و اتریش`.
const TWO: &str = "دو";
const AND: &str = "و";
/// What may stand between a team's noun and its name: the sport, who plays it.
const OF_TEAMS: [&str; 32] = [
    "ملی",
    "منتخب",
    "فوتبال",
    "فوتسال",
    "والیبال",
    "بسکتبال",
    "هندبال",
    "واترپلو",
    "هاکی",
    "کشتی",
    "جودو",
    "کاراته",
    "تکواندو",
    "بوکس",
    "شطرنج",
    "شمشیربازی",
    "تیراندازی",
    "دوومیدانی",
    "شنا",
    "آزاد",
    "فرنگی",
    "ساحلی",
    "امید",
    "جوانان",
    "نوجوانان",
    "نونهالان",
    "بزرگسالان",
    "دانشجویان",
    "مردان",
    "زنان",
    "بانوان",
    "دختران",
];
/// Most of them.
const OF_TEAMS_MAX: usize = 4;
/// Nouns that belong to the name of a division of a country, as officials write it.
const DIVISIONS: [&str; 4] = ["استان", "شهرستان", "دهستان", "ایالت"];
/// Titles that are given names as well, which before another name they are not.
const TITLES: [&str; 2] = ["شهید", "سردار"];

/// The hashes of folded words, as [`super::traits::Traits::key`] has them.
struct Keys {
    team: u64,
    two: u64,
    and: u64,
    of_teams: FxHashSet<u64>,
    divisions: FxHashSet<u64>,
    titles: FxHashSet<u64>,
}

static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let key = |word: &str| hash::of(&fold(word));
    let all = |words: &[&str]| words.iter().map(|word| key(word)).collect();
    Keys {
        team: key(TEAM),
        two: key(TWO),
        and: key(AND),
        of_teams: all(&OF_TEAMS),
        divisions: all(&DIVISIONS),
        titles: all(&TITLES),
    }
});

/// Labels names with the nouns that belong to them, and without the titles that do not.
pub(super) fn join_nouns(sheet: &Sheet<'_>, labels: &mut [u8]) {
    let names: Vec<(usize, usize, EntityKind)> = labels::names(labels).collect();
    let mut end = 0;
    // One past the first of two teams: the second is one too.
    let mut first_of_two = None;
    for (from, to, kind) in names {
        let is_second = first_of_two.take().is_some_and(|and| and + 1 == from && sheet.is_spaced(from));
        let named = match kind {
            EntityKind::Person => (from + titles(sheet, from, to), kind),
            EntityKind::Place | EntityKind::Org => match team(sheet, from, end) {
                Some(noun) => {
                    let is_one_of_two = noun > end && sheet.is_spaced(noun) && sheet.traits[noun - 1].key == KEYS.two;
                    let and = sheet.traits.get(to).is_some_and(|t| t.key == KEYS.and) && sheet.is_spaced(to);
                    first_of_two = (is_one_of_two && and).then_some(to);
                    (noun, EntityKind::Org)
                }
                None if is_second => (from, EntityKind::Org),
                None if kind == EntityKind::Place && is_division(sheet, from, end) => (from - 1, kind),
                None => (from, kind),
            },
        };
        end = to;
        if named != (from, kind) {
            labels[from..to].fill(OUTSIDE);
            write(labels, named.0, to, named.1);
        }
    }
}

/// Returns the token of the noun of the team that a name is of, where it stands behind `end`.
fn team(sheet: &Sheet<'_>, from: usize, end: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..=OF_TEAMS_MAX {
        if at <= end || !sheet.is_spaced(at) {
            return None;
        }
        at -= 1;
        let key = sheet.traits[at].key;
        if key == KEYS.team {
            return Some(at);
        }
        if !KEYS.of_teams.contains(&key) {
            return None;
        }
    }
    None
}

fn is_division(sheet: &Sheet<'_>, from: usize, end: usize) -> bool {
    from > end && sheet.is_spaced(from) && KEYS.divisions.contains(&sheet.traits[from - 1].key)
}

/// Counts the titles that a person's name begins with.
fn titles(sheet: &Sheet<'_>, from: usize, to: usize) -> usize {
    let own = &sheet.traits[from..to - 1];
    own.iter().take_while(|traits| KEYS.titles.contains(&traits.key)).count()
}

fn write(labels: &mut [u8], from: usize, to: usize, kind: EntityKind) {
    for (at, cell) in labels.iter_mut().enumerate().take(to).skip(from) {
        *cell = label(
            kind,
            match (at == from, at + 1 == to) {
                (true, true) => Part::Single,
                (true, false) => Part::Begin,
                (false, true) => Part::End,
                (false, false) => Part::Inside,
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enrich::entities::tables;

    /// The names of a text whose words are labelled by their marks: `P` person, `L` place.
    fn names(text: &str, marked: &[(&str, EntityKind)]) -> Vec<(String, EntityKind)> {
        let mut sheet = Sheet::new(tables());
        sheet.read(text, "fa");
        let mut labels = vec![OUTSIDE; sheet.tokens.len()];
        let mut from_byte = 0;
        for (name, kind) in marked {
            let start = from_byte + text[from_byte..].find(name).expect("a name of the text");
            let end = start + name.len();
            let from = sheet.tokens.partition_point(|t| (t.start as usize) < start);
            let to = sheet.tokens.partition_point(|t| (t.start as usize) < end);
            write(&mut labels, from, to, *kind);
            from_byte = end;
        }
        join_nouns(&sheet, &mut labels);
        let span = |(from, to, kind): (usize, usize, EntityKind)| {
            let bytes = sheet.tokens[from].start as usize..sheet.tokens[to - 1].end as usize;
            (text[bytes].to_owned(), kind)
        };
        labels::names(&labels).map(span).collect()
    }

    #[test]
    fn a_noun_and_its_name_are_one() {
        use EntityKind::{Org, Person, Place};
        for (text, marked, wanted) in [
            ("تیم ملی فوتبال ژاپن برد.", vec![("ژاپن", Place)], vec![("تیم ملی فوتبال ژاپن", Org)]),
            (
                "دیدار دو تیم شیلی و پرو در لیما.",
                vec![("شیلی", Place), ("پرو", Place), ("لیما", Place)],
                vec![("تیم شیلی", Org), ("پرو", Org), ("لیما", Place)],
            ),
            ("مردم استان یزد آمدند.", vec![("یزد", Place)], vec![("استان یزد", Place)]),
            (
                "شهید همت و سردار همت",
                vec![("شهید همت", Person), ("سردار همت", Person)],
                vec![("همت", Person), ("همت", Person)],
            ),
            // A title by itself is somebody's name; a team of doctors is none of a country.
            ("سردار آمد.", vec![("سردار", Person)], vec![("سردار", Person)]),
            ("تیم پزشکی ژاپن آمد.", vec![("ژاپن", Place)], vec![("ژاپن", Place)]),
            ("تیم، ژاپن", vec![("ژاپن", Place)], vec![("ژاپن", Place)]),
        ] {
            let wanted: Vec<(String, EntityKind)> = wanted.into_iter().map(|(n, k)| (n.to_owned(), k)).collect();
            assert_eq!(names(text, &marked), wanted, "{text}");
        }
    }
}
