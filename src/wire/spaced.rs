//! Headlines of typewriters with a blank behind every letter: `M I N I S T E R S   M E E T`, and places of
//! datelines: `P A R I S, 3 May 1926`. Nobody finds their words, so they are closed up; nothing else is altered.

use super::draft::floor;
use std::borrow::Cow;

/// Bytes within which such a line stands, if there is one.
const HEAD_BYTES_MAX: usize = 4 << 10;
/// Letters of such a line, and of the longest of its words.
const LETTERS_MIN: usize = 6;
/// The same of a place before its date.
const PLACE_LETTERS_MIN: usize = 4;
const WORD_LETTERS_MIN: usize = 4;
/// Letters of a line without wider gaps that is one word: a longer one may be several.
const ALONE_LETTERS_MAX: usize = 14;

/// Closes up the lines of a text that are spaced so.
pub(super) fn closed_up(text: &str) -> Cow<'_, str> {
    let is_spaced = |line: &str| {
        let mut chars = line.trim_start().chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next() == Some(' ') && chars.nth(1) == Some(' ')
    };
    if !text[..floor(text, HEAD_BYTES_MAX)].lines().any(is_spaced) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match Some(line).filter(|line| is_spaced(line)).and_then(|line| closed(line).or_else(|| place_closed(line))) {
            Some(closed) => {
                out.push_str(&closed);
                out.push_str(&line[line.trim_end().len()..]);
            }
            None => out.push_str(line),
        }
    }
    Cow::Owned(out)
}

/// A line whose place alone is spaced: capitals up to a comma, and a date behind it.
fn place_closed(line: &str) -> Option<String> {
    let (place, rest) = line.trim().split_once(',')?;
    let letters = |c: char| c.is_uppercase() || c == ' ';
    let dated = rest.starts_with(' ') && rest.contains(|c: char| c.is_ascii_digit());
    let place = closed_of(place, PLACE_LETTERS_MIN).filter(|_| dated && place.chars().all(letters))?;
    Some(place + "," + rest)
}

/// The words of a line in which every sign stands alone; wider gaps part them.
fn closed(line: &str) -> Option<String> {
    closed_of(line, LETTERS_MIN)
}

fn closed_of(line: &str, letters_min: usize) -> Option<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut gap = 1;
    for sign in line.trim().split(' ') {
        let mut chars = sign.chars();
        let Some(c) = chars.next() else {
            gap += 1;
            continue;
        };
        if chars.next().is_some() || c.is_lowercase() {
            return None;
        }
        if std::mem::replace(&mut gap, 1) > 1 {
            words.push(String::new());
        }
        words.last_mut()?.push(c);
    }
    let letters = |word: &String| word.chars().filter(|c| c.is_alphabetic()).count();
    let (all, longest) = (words.iter().map(letters).sum::<usize>(), words.iter().map(letters).max()?);
    let fits = all >= letters_min && longest >= WORD_LETTERS_MIN && (words.len() > 1 || all <= ALONE_LETTERS_MAX);
    fits.then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::closed_up;

    #[test]
    fn spaced_capitals_are_words() {
        for (line, want) in [
            ("M I N I S T E R S   M E E T", "MINISTERS MEET"),
            ("  M I N I S T E R S   M E E T :   4\n\nOslo", "MINISTERS MEET: 4\n\nOslo"),
            ("É L E C T I O N S  À  P A R I S", "ÉLECTIONS À PARIS"),
            ("O S L O  -  M E E T I N G", "OSLO - MEETING"),
            ("B U L L E T I N", "BULLETIN"),
            ("P A R I S, 3 May 1926 (Havas) - It rained.", "PARIS, 3 May 1926 (Havas) - It rained."),
            ("N E W  Y O R K, May 3 - It rained.", "NEW YORK, May 3 - It rained."),
            ("A B C D, e and f", "A B C D, e and f"),
            // Nothing parts the words, or they are none.
            ("M I N I S T E R S M E E T I N", "M I N I S T E R S M E E T I N"),
            ("P W D L F A Pts", "P W D L F A Pts"),
            ("a b c d e f g", "a b c d e f g"),
            ("A B C", "A B C"),
        ] {
            assert_eq!(closed_up(line), want);
        }
    }
}
