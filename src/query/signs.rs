//! Signs for other letters where they would be lost: beside `=`, between quotation marks,
//! beside each other. What cannot be carried out is refused with what can.

use super::bare::{Fault, fuzziness, is_wild, list};
use super::error::QueryError;
use std::ops::Range;

/// What stands in regular expressions and hardly in text.
const UNMISTAKABLE: [&str; 6] = ["[", "(?", ".*", ".+", "\\", "|"];

/// Tells whether `word` has what stands in regular expressions alone.
pub(super) fn is_regex(word: &str) -> bool {
    UNMISTAKABLE.iter().any(|sign| word.contains(sign))
}

/// Refuses signs between quotation marks that would be dropped there.
pub(super) fn check_quoted(text: &str, exact: bool, span: &Range<usize>) -> Result<(), QueryError> {
    if exact && let Err((message, hint)) = check_exact(text) {
        return Err(QueryError::new(message, span.clone(), hint));
    }
    stands_for_a_word(text, span)?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let beside = |word: &str| {
        let rest: Vec<&str> = words.iter().filter(|w| **w != word).copied().collect();
        match rest.as_slice() {
            [] => format!("write {word} without the quotation marks"),
            _ => format!("as in {}", words.join(" PRE/1 ")),
        }
    };
    for word in &words {
        let encloses = |w: &str| w.len() > 2 && w.starts_with('/') && w.ends_with('/');
        if encloses(word) && is_regex(word) {
            let message = format!("{word} stands between quotation marks, where it is no expression");
            return Err(QueryError::new(message, span.clone(), beside(word)));
        }
        if is_alike(word) {
            let message = format!("{word} stands between quotation marks, where ~ means nothing");
            return Err(QueryError::new(message, span.clone(), beside(word)));
        }
        if let Err((message, hint)) = check_beside(word) {
            return Err(QueryError::new(message, span.clone(), hint));
        }
    }
    Ok(())
}

/// Whether a word ends in a likeness: letters, `~`, a number.
fn is_alike(word: &str) -> bool {
    let Some((text, digits)) = word.rsplit_once('~') else { return false };
    let digit = |b: u8| b.is_ascii_digit();
    !digits.is_empty() && digits.bytes().all(digit) && text.ends_with(|c: char| c.is_alphabetic() || c == '*')
}

/// Refuses signs for other letters in what is asked for exactly as printed.
pub(super) fn check_exact(text: &str) -> Result<(), Fault> {
    let hint = "= asks for a word or a phrase exactly as printed; leave out the = or the sign";
    let is_expression = text.len() > 2 && text.starts_with('/') && text.ends_with('/');
    if is_expression {
        return Err((format!("={text} is no expression"), hint));
    }
    let has_sign = |w: &String| is_wild(w) && w.chars().any(char::is_alphanumeric);
    if list(text, true).iter().any(has_sign) || text.split_whitespace().any(|word| check_beside(word).is_err()) {
        return Err(("* and ? stand for no letters behind =".to_owned(), hint));
    }
    let mut words = text.split_whitespace();
    if words.any(|word| fuzziness(word).is_ok_and(|(_, edits)| edits.is_some())) {
        return Err(("~ means nothing behind =".to_owned(), hint));
    }
    Ok(())
}

/// Refuses a `*` beside no letter of a word that has some, as in `U.*` and `l'*`: it would be dropped.
pub(super) fn check_beside(text: &str) -> Result<(), Fault> {
    let is_sign = |c: char| matches!(c, '*' | '?');
    let mut rest = text;
    let mut before = None;
    while let Some(at) = rest.find(is_sign) {
        before = rest[..at].chars().next_back().or(before);
        let behind = rest[at..].trim_start_matches(is_sign);
        let signs = &rest[at..rest.len() - behind.len()];
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if signs.contains('*')
            && !is_letter(before)
            && !is_letter(behind.chars().next())
            && text.contains(char::is_alphanumeric)
        {
            let message = format!("{text}: * stands for letters of a word, and none is beside it");
            return Err((message, "put it beside letters, as in gouvern*, or leave it out"));
        }
        rest = behind;
    }
    Ok(())
}

/// Refuses a phrase in which a sign stands for a word: one word is any, and a phrase with
/// any word in it is one with a word between.
fn stands_for_a_word(text: &str, span: &Range<usize>) -> Result<(), QueryError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_sign = |w: &&str| w.contains('*') && w.chars().all(|c| matches!(c, '*' | '?'));
    let rest: Vec<&str> = words.iter().filter(|w| !is_sign(w)).copied().collect();
    if rest.len() == words.len() || !rest.iter().any(|w| w.contains(char::is_alphanumeric)) {
        return Ok(());
    }
    let first = words.iter().position(|w| !is_sign(w)).unwrap_or(0);
    let last = words.iter().rposition(|w| !is_sign(w)).unwrap_or(0);
    let inside = words[first..=last].iter().any(is_sign);
    let hint = if inside {
        format!("write \"{}\"~{} for words between", rest.join(" "), words.len() - rest.len())
    } else {
        format!("write \"{}\": any word may stand beside it", rest.join(" "))
    };
    Err(QueryError::new("* stands for letters of a word, not for a word of a phrase", span.clone(), hint))
}
