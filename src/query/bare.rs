//! Words without quotes, and what stands between quotes.

use super::ast::{NodeKind, Phrase};
use crate::text::{fold, words};

/// Greatest edit distance of a fuzzy word: beyond it everything is near everything.
const EDITS_MAX: u8 = 2;

/// Elided articles and the like, folded: *l'Iran* is *Iran* to a reader.
const ELIDED: &[&str] = &[
    "l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "dell", "nell", "all", "sull",
    "dall", "un", "quell", "quest",
];

/// A word that cannot be what it looks like: what is wrong and what would be right.
pub(super) type Fault = (String, &'static str);

/// The words of `text`; `*` and `?` glued to letters stay with them where `wild`.
pub(super) fn list(text: &str, wild: bool) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    let mut end = 0;
    for word in words(text) {
        let between = &text[end..word.start];
        let printed = &text[word.start..word.end];
        let is_wild = |c: char| matches!(c, '*' | '?');
        let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        if wild
            && between.contains('*')
            && between.chars().all(is_wild)
            && digit(text[..end].chars().next_back())
            && digit(printed.chars().next())
        {
            // Between figures it is a sign of reckoning, 50*2; a question mark, 19?4, is none.
            list.push(printed.to_owned());
            end = word.end;
            continue;
        }
        match list.last_mut() {
            // One pattern goes on behind its sign: Pez?shkian, c*e.
            Some(last) if wild && !between.is_empty() && between.chars().all(is_wild) => {
                last.push_str(between);
                last.push_str(printed);
            }
            last => {
                if wild {
                    if let Some(last) = last {
                        // A question mark that ends a word is punctuation.
                        let glued = between.len() - between.trim_start_matches(is_wild).len();
                        last.push_str(between[..glued].trim_end_matches('?'));
                    }
                    let glued = between.trim_end_matches(is_wild).len();
                    let before = if glued == 0 && end > 0 { "" } else { &between[glued..] };
                    list.push(format!("{before}{printed}"));
                } else {
                    list.push(printed.to_owned());
                }
            }
        }
        end = word.end;
    }
    if let Some(last) = list.last_mut().filter(|_| wild) {
        let rest = &text[end..];
        let glued = rest.len() - rest.trim_start_matches(['*', '?']).len();
        last.push_str(rest[..glued].trim_end_matches('?'));
    }
    list
}

/// Tells whether `*` or `?` in `word` stand for letters.
pub(super) fn is_wild(word: &str) -> bool {
    word.contains(['*', '?'])
}

/// Reads what stands between quotes; `None` where there is no word.
pub(super) fn phrase(inside: &str, exact: bool, slop: u32) -> Option<NodeKind> {
    let mut words = list(inside, !exact);
    match (words.len(), exact) {
        (0, _) => None,
        (1, true) => words.pop().map(NodeKind::Exact),
        // Nothing stands between the words of one word.
        (1, false) => Some(NodeKind::Phrase(Phrase { words, exact, slop: 0 })),
        _ => Some(NodeKind::Phrase(Phrase { words, exact, slop })),
    }
}

/// Reads a word without quotes: one word by its stem, several as a phrase.
pub(super) fn bare(word: &str) -> Result<Option<NodeKind>, Fault> {
    if word == "*" {
        return Ok(Some(NodeKind::All));
    }
    if let Some(exact) = word.strip_prefix('=') {
        super::signs::check_exact(exact)?;
        return Ok(phrase(exact, true, 0));
    }
    let (text, edits) = fuzziness(word)?;
    // An address has a question mark of its own.
    let is_address = text.contains("://");
    if !is_address {
        super::signs::check_beside(text)?;
    }
    let mut parts = list(text, !is_address);
    if parts.len() > 1 && ELIDED.contains(&fold(&parts[0]).as_str()) {
        let after = text.find(parts[0].as_str()).map_or(0, |i| i + parts[0].len());
        if text[after..].starts_with(['\'', '’', '\u{2BC}', '＇']) {
            parts.remove(0);
        }
    }
    if let Some(edits) = edits {
        return match parts.as_slice() {
            [] => Ok(None),
            [one] if !is_wild(one) => Ok(Some(NodeKind::Fuzzy(one.clone(), edits))),
            _ => Err((format!("{word}: a likeness is of one word without wildcards"), "as in Pezechkian~1")),
        };
    }
    Ok(match parts.len() {
        0 => None,
        1 => parts.pop().map(|p| if is_wild(&p) { NodeKind::Wildcard(p) } else { NodeKind::Word(unreserved(p)) }),
        _ => Some(NodeKind::Phrase(Phrase { words: parts, exact: false, slop: 0 })),
    })
}

/// A word that would read as an operator, in letters that do not: case never matters.
fn unreserved(word: String) -> String {
    if matches!(word.as_str(), "AND" | "OR" | "NOT") { word.to_lowercase() } else { word }
}

/// Parts `word~2` into the word and its number of edits.
pub(super) fn fuzziness(word: &str) -> Result<(&str, Option<u8>), Fault> {
    let Some((text, digits)) = word.rsplit_once('~') else { return Ok((word, None)) };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) || !stands_for_letters(text) {
        return Ok((word, None));
    }
    match digits.parse::<u8>().ok().filter(|n| (1..=EDITS_MAX).contains(n)) {
        Some(edits) => Ok((text, Some(edits))),
        None => Err((format!("{word}: one or {EDITS_MAX} edits may part a word from another"), "write ~1 or ~2")),
    }
}

/// Whether a likeness may stand behind a text: letters, or signs for some.
fn stands_for_letters(text: &str) -> bool {
    text.trim_end_matches(['*', '?']).ends_with(char::is_alphanumeric)
}
