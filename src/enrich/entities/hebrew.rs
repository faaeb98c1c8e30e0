//! Hebrew names, which no capitals tell and of which nothing was learned: a given name before the surname of
//! somebody well-known makes both of them one person, who need not be that one (*שרה נתניהו*); behind a post or a verb
//! of saying, or before an apposition, a given name and the word behind it are a person.

use super::labels::{self, Part};
use super::traits::Sheet;
use crate::data::no_names::Word;
use crate::data::quoting::Class;
use crate::story::EntityKind;
use crate::text::fold;

/// Titles before names.
const TITLES: [&str; 12] =
    ["ד\"ר", "פרופ'", "מר", "גב'", "הרב", "השחקן", "השחקנית", "הזמר", "הזמרת", "העיתונאי", "העיתונאית", "עו\"ד"];
/// Letters of a surname, fewest.
const SURNAME_CHARS_MIN: usize = 3;

/// Labels the people of a Hebrew text beside those whom the tables are sure of.
pub(super) fn join_given_names(text: &str, sheet: &Sheet<'_>, labels: &mut [u8]) {
    let mut at = 0;
    while at < sheet.tokens.len() {
        // *ברז'יט*: a mark parts a word.
        let is_next = |next: &usize| sheet.tokens[*next].start > sheet.tokens[*next - 1].end;
        let end = (at + 1..sheet.tokens.len()).find(is_next).unwrap_or(sheet.tokens.len());
        join_behind(text, sheet, labels, (at, end));
        at = end;
    }
}

/// Labels a given name together with the word behind it, where that is a surname.
fn join_behind(text: &str, sheet: &Sheet<'_>, labels: &mut [u8], given: (usize, usize)) {
    let (from, to) = given;
    let is_free = labels[from..to].iter().all(|label| *label == labels::OUTSIDE);
    if to >= sheet.tokens.len()
        || !sheet.is_spaced(to)
        || !is_free
        || !Word::Given.has(word(text, sheet, from, to), "he")
    {
        return;
    }
    let next = match labels::meaning(labels[to]) {
        Some((EntityKind::Person, Part::Single)) => Part::End,
        Some((EntityKind::Person, Part::Begin)) => Part::Inside,
        None if is_named(text, sheet, given) => Part::End,
        _ => return,
    };
    labels[from..to].fill(labels::label(EntityKind::Person, Part::Inside));
    labels[from] = labels::label(EntityKind::Person, Part::Begin);
    labels[to] = labels::label(EntityKind::Person, next);
}

fn word<'a>(text: &'a str, sheet: &Sheet<'_>, from: usize, to: usize) -> &'a str {
    &text[sheet.tokens[from].start as usize..sheet.tokens[to - 1].end as usize]
}

/// Tells whether what stands around a given name and the word behind it says that they are somebody.
fn is_named(text: &str, sheet: &Sheet<'_>, given: (usize, usize)) -> bool {
    let (from, to) = given;
    let surname = word(text, sheet, to, to + 1);
    let is_word = |word: &str| word.chars().all(|c| ('\u{5D0}'..='\u{5EA}').contains(&c));
    let is_verb = Class::Says.has(&fold(surname), "he");
    if !is_word(surname) || is_verb || surname.chars().count() < SURNAME_CHARS_MIN {
        return false;
    }
    let before = &text[..sheet.tokens[from].start as usize];
    let behind = &text[sheet.tokens[to].end as usize..];
    let last = before.trim_end().rsplit([' ', '\n', ',']).next().unwrap_or("");
    let is_post = Class::Post.has(&fold(last), "he") || Class::Says.has(&fold(last), "he") || TITLES.contains(&last);
    let is_begun = before.is_empty() || before.ends_with(['\n', '.']) || before.ends_with(". ");
    is_post && before.ends_with(' ') || is_begun && behind.starts_with(", ")
}
