//! What a sentence to editors says of the use of a story, in a line above it or in the dispatch
//! itself: *Please kill the story*, *Reuters has withdrawn its story*.

use super::chars::{is_longer, is_quote, is_unspaced, trim};
use super::source;
use crate::data::agencies::by_alias;
use crate::data::flags::{self, List};
use crate::story::Status;
use crate::text::fold;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The first words of notices, and that of an advisory.
static NOTICES_BEGIN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let phrases = flags::notices().iter().map(|(phrase, _)| *phrase);
    phrases.map(|phrase| phrase.split(' ').next().unwrap_or_default()).chain(["advisory"]).collect()
});
/// The first words of verbs of taking back.
static RETRACTS_BEGIN: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut first: Vec<&str> = flags::words(List::Retracts)
        .iter()
        .filter_map(|verb| verb.split(' ').next())
        .filter(|w| w.is_ascii())
        .collect();
    first.sort_unstable();
    first.dedup();
    first
});
/// What notices say in scripts without blanks.
static NOTICES_UNSPACED: LazyLock<Vec<(&str, Status)>> =
    LazyLock::new(|| flags::notices().iter().copied().filter(|(phrase, _)| is_unspaced(phrase)).collect());
const NOTICE_CHARS_MAX: usize = 160;

/// Returns what a line to editors says of the story in a sentence: *Eds: kill the story …*.
pub(super) fn notice(line: &str) -> Option<Status> {
    if is_longer(line, NOTICE_CHARS_MAX) {
        return None;
    }
    let folded = fold(line);
    if !line.is_ascii()
        && let Some((_, status)) = NOTICES_UNSPACED.iter().find(|(phrase, _)| folded.contains(phrase))
    {
        return Some(*status);
    }
    if retracts(line, None) {
        return Some(Status::Kill);
    }
    let words = || folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    // Few lines have a word that any of the phrases begins with.
    if !words().any(|word| NOTICES_BEGIN.contains(word)) {
        return None;
    }
    let words: Vec<&str> = words().collect();
    let said = format!(" {} ", words.join(" "));
    let says = |notice: &&(&str, Status)| match notice.0.split_once(" * ") {
        Some((first, last)) => said
            .split_once(&format!(" {first} "))
            .is_some_and(|(_, behind)| format!(" {behind}").contains(&format!(" {last} "))),
        None => said.contains(&format!(" {} ", notice.0)),
    };
    let advised = words.first() == Some(&"advisory") && words.contains(&"withdrawn");
    flags::notices().iter().find(says).map(|n| n.1).or_else(|| advised.then_some(Status::Kill))
}

/// Tells whether an agency says of its own copy that it takes it back: *Reuters has withdrawn its
/// story*, *ANP trekt bericht in*. `own`: only this one may say so.
fn retracts(line: &str, own: Option<&str>) -> bool {
    /// Words of an agency's name, and between the verb and what it takes back.
    const NAME_WORDS: usize = 4;
    const BETWEEN_WORDS: usize = 4;
    // An elided article belongs to the name: *L'AFP retire*.
    let elided = line.get(1..).and_then(|rest| rest.strip_prefix(['\'', '’'])).filter(|_| !line.starts_with('\''));
    let line = elided.unwrap_or(line);
    // Few lines have a word so near their beginning that any of the verbs begins with.
    if !line.trim_start().starts_with(char::is_uppercase)
        || !line.split_whitespace().take(NAME_WORDS + 2).any(may_begin_verb)
    {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    // An article may stand before the name: *Die dpa zieht*.
    let article = usize::from(words.first().is_some_and(|w| w.chars().count() <= 3 && by_alias(w).is_none()));
    (article..=(NAME_WORDS + article).min(words.len())).any(|end| {
        let names = (0..=article).filter(|from| *from < end).map(|from| words[from..end].join(" "));
        let mut named = names.filter_map(|name| source::in_small_too(&name));
        if !named.any(|agency| own.is_none_or(|own| own == agency.id)) {
            return false;
        }
        let behind = fold(&words[end..].join(" "));
        let verb = flags::words(List::Retracts).iter().find_map(|verb| behind.strip_prefix(verb));
        let object = verb.filter(|rest| rest.starts_with(' '));
        object.is_some_and(|rest| {
            let mut rest = rest.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(BETWEEN_WORDS);
            rest.any(|word| flags::words(List::Copy).contains(&word))
        })
    })
}

/// Tells whether a word may be the first of a verb of taking back; of ASCII, whose folding is known, few are.
fn may_begin_verb(word: &str) -> bool {
    !word.is_ascii() || RETRACTS_BEGIN.iter().any(|verb| verb.len() == word.len() && verb.eq_ignore_ascii_case(word))
}

/// Returns what the first paragraph of a short dispatch says of it to editors: *Merci d'annuler
/// notre flash*. `own`: the agency that files it; what another one takes back is news.
pub(super) fn said_in(text: &str, own: Option<&str>) -> Option<(Status, (usize, usize))> {
    /// Characters of a dispatch that says no more than this.
    const COPY_CHARS_MAX: usize = 1_200;
    /// Sentences that are looked at.
    const SENTENCES_MAX: usize = 3;
    if is_longer(text, COPY_CHARS_MAX) {
        return None;
    }
    let mut at = 0;
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '。' | '।' | '۔' | '؟');
    for sentence in text.split_inclusive(ends).take(SENTENCES_MAX) {
        let span = trim(text, at, at + sentence.len());
        at += sentence.len();
        let spoken = unquoted(&text[span.0..span.1]);
        // The agency's own verb needs its name before it; other notices speak to editors.
        let others = own.is_some()
            && spoken.split_whitespace().any(|word| {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                by_alias(word).is_some_and(|agency| own != Some(agency.id))
            });
        if retracts(&spoken, Some(own.unwrap_or_default())) {
            return Some((Status::Kill, span));
        }
        if let Some(status) = notice(&spoken).filter(|_| !others && !retracts(&spoken, None)) {
            return Some((status, span));
        }
    }
    None
}

/// Returns a sentence without what stands in quotation marks.
fn unquoted(sentence: &str) -> String {
    let mut open = false;
    let mut out = String::with_capacity(sentence.len());
    for c in sentence.chars() {
        if is_quote(c) || c == '」' || c == '』' {
            open = !open;
            out.push(' ');
        } else if !open {
            out.push(c);
        }
    }
    out
}

/// Returns what a note to editors says of its story, sentence by sentence.
pub(super) fn noted(note: &str) -> Option<Status> {
    let behind = note.split_once(':').map(|(_, behind)| behind.trim_start().trim_end_matches(')'));
    // `EDS: Kill BC-NO--Bridge, sent earlier`
    let first = behind.and_then(|b| b.split(|c: char| !c.is_alphanumeric()).next()).map(fold);
    let kills = first.is_some_and(|word| matches!(word.as_str(), "kill" | "annuler" | "anular" | "annullare"));
    let sentences = note.split_inclusive(['.', '!', '。']).chain(behind);
    sentences.map(str::trim).find_map(notice).or_else(|| kills.then_some(Status::Kill))
}
