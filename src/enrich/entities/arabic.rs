//! Arabic lists of people: *and* is written onto the name behind it (*حمزة خابا ونوفل الزرهوني*).

use super::labels;
use super::lexicon::{COMMON, FUNCTION, GIVEN, ORG_HEAD, ROLE, SPEECH, SURNAME, TIME, TITLE};
use super::traits::Sheet;
use crate::data::given_names::sex_of;
use crate::data::known;
use crate::enrich::entities::flags_of;
use crate::enrich::entities::hash::{self, EMPTY_PHRASE};
use crate::story::EntityKind;
use crate::text::fold;

/// *And*, and *so* before a name.
const AND: char = 'و';
/// Letters of a given name, fewest.
const GIVEN_CHARS_MIN: usize = 3;

/// Tells whether a token is a given name with *and* written onto it, and no given name as it stands.
pub(super) fn is_joined(text: &str, sheet: &Sheet<'_>, at: usize) -> bool {
    let token = sheet.tokens[at];
    sheet.is_spaced(at) && without_and(&text[token.start as usize..token.end as usize]).is_some()
}

/// A full name without the *and* that is written onto it.
pub(super) fn alone(name: &str) -> &str {
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    if !rest.is_empty() && without_and(first).is_some() { &name[AND.len_utf8()..] } else { name }
}

/// The given name that *and* is written onto.
fn without_and(word: &str) -> Option<&str> {
    let rest = word.strip_prefix(AND)?;
    let is_given = |word: &str| {
        let hash = hash::phrase(EMPTY_PHRASE, hash::of(&fold(word)));
        sex_of(word, "ar").is_some() || flags_of(hash) & GIVEN != 0
    };
    let is_whole = known::lookup(EntityKind::Person, word).next().is_some();
    (rest.chars().count() >= GIVEN_CHARS_MIN && is_given(rest) && !is_given(word) && !is_whole).then_some(rest)
}

/// A name with the given name that *and* is written onto, where that was left out: *وعلي حمدان*.
pub(super) fn whole(
    text: &str,
    sheet: &Sheet<'_>,
    labels: &[u8],
    name: (usize, usize, EntityKind),
) -> (usize, usize, EntityKind) {
    let (from, to, kind) = name;
    let is_left_out = |at: usize| labels[at] == labels::OUTSIDE && sheet.is_spaced(from) && is_joined(text, sheet, at);
    let before = from.checked_sub(1).filter(|at| kind == EntityKind::Person && is_left_out(*at));
    (before.unwrap_or(from), to, kind)
}

/// Adds the people of a list that were not read: a given name with *and* right behind somebody, and the word behind it.
pub(super) fn with_lists(
    text: &str,
    sheet: &Sheet<'_>,
    all: Vec<(usize, usize, EntityKind)>,
) -> Vec<(usize, usize, EntityKind)> {
    let mut out: Vec<(usize, usize, EntityKind)> = Vec::with_capacity(all.len());
    let mut names = all.into_iter().peekable();
    while let Some(name) = names.next() {
        out.push(name);
        let (_, mut end, kind) = name;
        if kind != EntityKind::Person {
            continue;
        }
        loop {
            let next = names.peek().map_or(sheet.tokens.len(), |next| next.0);
            if end + 1 >= next || !is_joined(text, sheet, end) || !is_surname(sheet, end + 1) {
                break;
            }
            out.push((end, end + 2, EntityKind::Person));
            end += 2;
        }
    }
    out
}

/// Tells whether a token may be the surname behind a given name.
fn is_surname(sheet: &Sheet<'_>, at: usize) -> bool {
    const NONE: u32 = FUNCTION | COMMON | ROLE | TITLE | SPEECH | ORG_HEAD | TIME;
    let traits = &sheet.traits[at];
    sheet.tokens[at].is_word && sheet.is_spaced(at) && (traits.flags & NONE == 0 || traits.flags & SURNAME != 0)
}
