//! Headlines of typewriters with a blank behind every letter: `M I N I S T E R S   M E E T`. Nobody finds
//! their words, so such a line is closed up; nothing else is altered.

use super::draft::floor;
use std::borrow::Cow;

/// Bytes within which such a line stands, if there is one.
const HEAD_BYTES_MAX: usize = 4 << 10;
/// Letters of such a line, and of the longest of its words.
const LETTERS_MIN: usize = 6;
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
        match closed(line).filter(|_| is_spaced(line)) {
            Some(closed) => {
                out.push_str(&closed);
                out.push_str(&line[line.trim_end().len()..]);
            }
            None => out.push_str(line),
        }
    }
    Cow::Owned(out)
}

/// The words of a line in which every sign stands alone; wider gaps part them.
fn closed(line: &str) -> Option<String> {
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
    let fits = all >= LETTERS_MIN && longest >= WORD_LETTERS_MIN && (words.len() > 1 || all <= ALONE_LETTERS_MAX);
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
