//! Folded text of a date expression to words, numbers and dashes.
//!
//! Words are divided as everywhere ([`crate::text::words`]) and once more where digits
//! meet letters: *1er*, *2nd*, *12月* and *Q3* are two tokens each.

use crate::text::words;

/// A piece of a date expression.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Token {
    /// Letters, folded.
    Word(String),
    /// Digits; a number too large to mean anything in a date is `u32::MAX`.
    Number(u32),
    /// A dash that stands for *to*.
    Dash,
}

/// Divides folded text.
pub(super) fn tokens(folded: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut end = 0;
    for word in words(folded) {
        if is_range_dash(folded, end, word.start) {
            out.push(Token::Dash);
        }
        push_word(&folded[word.start..word.end], &mut out);
        end = word.end;
    }
    out
}

fn push_word(word: &str, out: &mut Vec<Token>) {
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(end);
        out.push(if digits { Token::Number(piece.parse().unwrap_or(u32::MAX)) } else { Token::Word(piece.to_owned()) });
        rest = tail;
    }
}

/// Tells whether the text between two words is a dash that stands for *to*.
///
/// A hyphen does between figures and between blanks (`2-5 décembre`, `mai - juin`); in
/// *mi-novembre* and *23-го* it does not.
fn is_range_dash(text: &str, gap_start: usize, gap_end: usize) -> bool {
    let gap = &text[gap_start..gap_end];
    let bare = gap.trim();
    let mut marks = bare.chars();
    let (Some(mark), None) = (marks.next(), marks.next()) else { return false };
    match mark {
        '–' | '—' | '〜' | '~' | '―' => gap_start > 0,
        '-' | '−' | '‐' | '‑' => {
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let between_digits = digit(figure_before(text, gap_start)) && digit(text[gap_end..].chars().next());
            let between_blanks =
                gap.starts_with(char::is_whitespace) && gap.ends_with(char::is_whitespace) && gap_start > 0;
            between_digits || between_blanks
        }
        _ => false,
    }
}

/// The last sign before a place, letters behind a figure passed over: *1er-5 décembre*, *1st-5th*.
fn figure_before(text: &str, end: usize) -> Option<char> {
    const SUFFIX_LETTERS_MAX: usize = 3;
    let before = &text[..end];
    let bare = before.trim_end_matches(char::is_alphabetic);
    let suffix = before[bare.len()..].chars().count();
    if suffix <= SUFFIX_LETTERS_MAX { bare.chars().next_back() } else { before.chars().next_back() }
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    fn show(text: &str) -> String {
        let shown = tokens(text).into_iter().map(|t| match t {
            Token::Word(w) => w,
            Token::Number(n) => n.to_string(),
            Token::Dash => "TO".to_owned(),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn transcripts() {
        assert_eq!(show("1er decembre 2024"), "1 er decembre 2024");
        assert_eq!(show("mi-novembre"), "mi novembre");
        assert_eq!(show("2-5 decembre"), "2 TO 5 decembre");
        assert_eq!(show("1er-5 decembre"), "1 er TO 5 decembre");
        assert_eq!(show("mai – juin 2024"), "mai TO juin 2024");
        assert_eq!(show("2024年12月02日"), "2024 年 12 月 2 日");
        assert_eq!(show("23-го"), "23 го");
        assert_eq!(show("99999999999"), u32::MAX.to_string());
    }
}
