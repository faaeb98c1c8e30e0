//! The language of a flash by the desk that files it: an agency writes in a few languages, of which
//! the month of its dateline, a word such as *tomorrow* and the few small words of the copy leave one.

use super::function_words::tally;
use super::{Told, calendar_words, denied};
use crate::data::{agencies, months};
use crate::story::{Confidence, Story};
use crate::text::{fold, words};

/// Words of the longest copy that is a flash: what is longer and has no small words is a table.
const WORDS_MAX: usize = 60;
/// Votes of small words that tell among an agency's languages: those of a word that two share.
const VOTES_MIN: u32 = 6;
/// The same where the dateline's month is told in one of them.
const MONTH_VOTES_MIN: u32 = 3;
/// Votes of a word that one other language alone uses, which deny a language that has none.
const DENYING_VOTES: u32 = 12;

/// Tells the language of copy that is too short for its words alone; that is inferred.
pub(super) fn of(story: &Story, copy: &str, script: &str) -> Told {
    if script != "Latn" || words(copy).nth(WORDS_MAX).is_some() {
        return None;
    }
    let mut codes = written(story, script);
    let in_months = month_languages(story);
    if !in_months.is_empty() {
        codes.retain(|code| in_months.contains(code));
    }
    let named: Vec<&'static str> = codes.iter().copied().filter(|code| calendar_words::names_day(copy, code)).collect();
    if !named.is_empty() {
        codes.clone_from(&named);
    }
    let tally = tally(copy, None);
    let votes = |code: &str| tally.votes_of(code).unwrap_or(0);
    let most = tally.votes.iter().copied().max().unwrap_or(0);
    let best = codes.iter().map(|code| votes(code)).max()?;
    let mut leading = codes.iter().copied().filter(|code| votes(code) == best);
    let code = leading.next().filter(|_| leading.next().is_none())?;
    let is_told = match (named.is_empty(), in_months.is_empty()) {
        (false, _) => best > 0 || most < DENYING_VOTES,
        (true, true) => best >= VOTES_MIN && best == most,
        // The month has ruled others out, which may have more of the words that they share.
        (true, false) => best >= MONTH_VOTES_MIN && 2 * best >= most,
    };
    is_told.then_some((code, "language/desk", Confidence::Inferred))
}

/// Of the votes that another language has in short copy, and in long copy, the share, in tenths, by
/// which a language of the agency's is meant.
const SHORT_SHARE: u32 = 5;
const LONG_SHARE: u32 = 9;

/// The language of its agency's that a text told to be of another is of: short copy shares most of
/// its small words with a neighbour, *a*, *i*, *y*, and long copy with one that is all but the same.
/// That is inferred.
pub(super) fn instead_of(story: &Story, copy: &str, script: &str, code: &str) -> Told {
    if !denies(story, script, code) {
        return None;
    }
    let tally = tally(copy, None);
    let votes = |code: &str| tally.votes_of(code).unwrap_or(0);
    let written = written(story, script);
    let best = written.iter().map(|code| votes(code)).max()?;
    let mut leading = written.iter().copied().filter(|code| votes(code) == best);
    let instead = leading.next().filter(|_| leading.next().is_none())?;
    let share = if words(copy).nth(WORDS_MAX).is_none() { SHORT_SHARE } else { LONG_SHARE };
    let is_meant = best >= VOTES_MIN && 10 * best >= share * votes(code);
    is_meant.then_some((instead, "language/desk", Confidence::Inferred))
}

/// Tells whether the agency writes in other languages than that, of the same script.
pub(super) fn denies(story: &Story, script: &str, code: &str) -> bool {
    let written = written(story, script);
    !written.is_empty() && !written.contains(&code)
}

/// The languages of a script that the story's agency writes in, under any of its names; of an acronym
/// that several agencies go by, those of all: the language is told before they are told apart.
fn written(story: &Story, script: &str) -> Vec<&'static str> {
    let Some(agency) = story.agency.as_ref().filter(|agency| !agency.id.is_empty()) else { return Vec::new() };
    let ids: Vec<&str> = agencies::homonyms(&agency.as_written).map(|a| a.id).chain([agency.id.as_str()]).collect();
    let rows = agencies::all().iter().filter(|row| ids.contains(&row.id));
    let codes = rows.flat_map(|row| row.languages.split(',')).map(str::trim);
    let mut written: Vec<&'static str> = codes.filter(|code| denied::is_written_in(code, script)).collect();
    written.sort_unstable();
    written.dedup();
    written
}

/// The languages that have the month as the dateline writes it; none where it names none.
fn month_languages(story: &Story) -> Vec<&'static str> {
    let date = story.dateline.as_ref().and_then(|d| d.date_as_written.as_ref()).map_or("", |d| d.value.as_str());
    let names = words(date).map(|w| fold(&date[w.start..w.end]));
    names.flat_map(|name| months::meanings(&name).iter().map(|(_, _, lang)| *lang)).collect()
}
