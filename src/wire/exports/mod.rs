//! Exports of databases of newspapers as plain text: many stories in one file, each with
//! lines of labels around its copy.
//!
//! What a word processor saved of such a list is divided in the same way (`rtf`, `docx`).

mod factiva;
mod nexis;
mod proquest;

pub(super) use factiva::Factiva;
pub(super) use nexis::Nexis;
pub(super) use proquest::ProQuest;

use super::draft::Draft;
use super::head::{Head, lossy};
use super::{decode::decode, stamp};
use crate::story::Story;
use std::borrow::Cow;

/// Bytes that are looked at to recognise an export.
const SAMPLE_BYTES_MAX: usize = 32 << 10;
/// Bytes of a line that may be a label, a date or a count of words.
const LINE_BYTES_MAX: usize = 120;
/// Words of a line that is a date alone.
const DATE_WORDS_MAX: usize = 9;
/// Words for words, as counts of them are written.
const WORDS: &[&str] = &[
    "words", "word", "mots", "mot", "wörter", "worte", "palabras", "parole", "palavras", "woorden", "words.", "слов",
    "słowa", "słów", "ord", "字",
];

/// Reads a text as an export of a database, where it is one; returns how many stories it
/// had. For formats whose text may hold such a list.
pub(super) fn stories(text: &str, out: &mut dyn FnMut(Story)) -> usize {
    let sample = &text[..super::draft::floor(text, SAMPLE_BYTES_MAX)];
    match () {
        () if nexis::mark(sample).is_some() => nexis::stories(text, out),
        () if factiva::mark(sample).is_some() => factiva::stories(text, out),
        () if proquest::mark(sample).is_some() => proquest::stories(text, out),
        () => 0,
    }
}

/// The beginning of a file as text, where it is no markup.
fn sample<'a>(head: &Head<'a>) -> Option<Cow<'a, str>> {
    let cut = &head.bytes[..head.bytes.len().min(SAMPLE_BYTES_MAX)];
    match cut {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Some(decode(&cut[..cut.len() & !1]).text),
        [b'<' | b'{' | b'[', ..] => None,
        _ => Some(lossy(cut)),
    }
}

/// Reads `320 words`, `1,204 mots`, `320 words, p. 3`: a count of words.
fn is_count(line: &str) -> bool {
    if line.len() > LINE_BYTES_MAX || !line.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let mut words = line.split_whitespace();
    let number = words.next().unwrap_or("");
    let counted = number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
    counted
        && words.next().is_some_and(|w| WORDS.contains(&w.trim_end_matches([',', ';']).to_lowercase().as_str()))
        && words.next().is_none_or(|w| w.starts_with("p.") || w.starts_with("pg"))
}

/// Tells whether a line is a date, with or without a time, and nothing else.
fn is_date(line: &str) -> bool {
    line.len() <= LINE_BYTES_MAX
        && line.split_whitespace().count() <= DATE_WORDS_MAX
        && line.bytes().any(|b| b.is_ascii_digit())
        && line.split_whitespace().all(|w| w.chars().count() < 14)
        && !is_count(line)
        && stamp::moment(line).is_some()
}

/// Notes where it was published: as agency where the table has it, else as a keyword.
pub(super) fn publication(name: &str, draft: &mut Draft) {
    // `Agence France Presse -- English`, `Associated Press International`.
    let bare = name.split(" -- ").next().unwrap_or(name).split(" (").next().unwrap_or(name).trim();
    let short = ["International", "Online", "Worldstream", "News Service", "Newswire", "World News", "Newswires"]
        .iter()
        .find_map(|tail| bare.strip_suffix(tail))
        .map_or(bare, str::trim_end);
    if ![name, bare, short].iter().any(|n| draft.agency(n, "publication")) {
        draft.keyword(name, "publication");
    }
}

/// Notes who claims the copy, where nothing else says who files it.
fn copyright(line: &str, draft: &mut Draft) {
    if draft.story.agency.is_some() {
        return;
    }
    let rest = line.trim_start_matches(|c: char| !c.is_whitespace());
    let rest = rest
        .trim_start_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '(' | ')' | '©' | ','));
    let holder = rest.strip_prefix("(c)").unwrap_or(rest).trim();
    let holder = holder.split(['.', ',']).next().unwrap_or(holder);
    let holder = holder.split(" All ").next().unwrap_or(holder).trim();
    let holder = holder.strip_prefix("The ").filter(|h| !h.is_empty()).unwrap_or(holder);
    draft.agency(holder, "copyright");
}

/// Groups lines into paragraphs: what blank lines divide, lines joined; a line that is set
/// in begins one.
fn paragraphs(lines: &[&str]) -> String {
    let mut out = String::new();
    let mut open = false;
    for line in lines {
        let is_set_in = line.starts_with("   ") || line.starts_with('\t');
        let trimmed = line.trim();
        if trimmed.is_empty() {
            open = false;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if open && !is_set_in { "\n" } else { "\n\n" });
        }
        out.push_str(trimmed);
        open = true;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{is_count, is_date};

    #[test]
    fn counts_and_dates_are_lines_of_their_own() {
        for line in ["320 words", "1,204 mots", "98 Wörter", "320 words, p. 3"] {
            assert!(is_count(line), "{line}");
        }
        for line in ["320 people died", "words", "320 words were said", "words 320"] {
            assert!(!is_count(line), "{line}");
        }
        for line in ["March 5, 2024 Tuesday 10:15 AM GMT", "5 March 2024", "mardi 5 mars 2024", "5. März 2024 Dienstag"]
        {
            assert!(is_date(line), "{line}");
        }
        for line in ["Strike of March 5, 2024 goes on in the north", "March 5", "320 words"] {
            assert!(!is_date(line), "{line}");
        }
    }
}
