//! Division of text into words, with byte offsets.
//!
//! A word is a run of letters, digits and their marks. Apostrophes, hyphens and stops
//! divide, so *cessez-le-feu* is three words and *l'Iran* is two. Scripts written
//! without spaces (Han, kana, Thai, Lao, Khmer, Burmese) give one word a character:
//! a phrase of them is then exactly a contiguous run of characters, whatever the
//! segmentation a reader would choose.

use super::fold::is_invisible;
use unicode_normalization::char::is_combining_mark;

/// A word's place in the text: byte offsets, half-open, on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Iterates over the words of `text` in order.
///
/// ```
/// let text = "l'Iran et 2024年";
/// let words: Vec<&str> = dateline::text::words(text).map(|w| &text[w.start..w.end]).collect();
/// assert_eq!(words, ["l", "Iran", "et", "2024", "年"]);
/// ```
#[must_use]
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// Returns the first word from a place on, which must be a character boundary.
#[must_use]
pub fn word_from(text: &str, at: usize) -> Option<Word> {
    Words { text, at }.next()
}

/// The iterator that [`words`] returns.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Alone,
    Inside,
    Outside,
}

/// ASCII letters and digits, the fast way.
const ASCII_WORD: [bool; 256] = bytes(false);
/// The same and all bytes of other characters.
const WORD_OR_BEYOND: [bool; 256] = bytes(true);

const fn bytes(beyond_ascii: bool) -> [bool; 256] {
    let mut table = [beyond_ascii; 256];
    let mut i = 0;
    while i < 128 {
        table[i] = (i as u8).is_ascii_alphanumeric();
        i += 1;
    }
    table
}

fn class(c: char) -> Class {
    if matches!(c, '\u{2B9}'..='\u{2BC}' | '\u{2C8}') {
        // Letters to Unicode, apostrophes to whoever types them.
        Class::Outside
    } else if matches!(c, '\u{FF9E}' | '\u{FF9F}') {
        // Half-width voicing marks are letters to Unicode, marks to a reader.
        Class::Inside
    } else if is_plain(c) {
        Class::Letter
    } else if stands_alone(c) {
        Class::Alone
    } else if c.is_alphanumeric() {
        Class::Letter
    } else if is_combining_mark(c) || is_invisible(c) {
        Class::Inside
    } else {
        Class::Outside
    }
}

/// Letters of Latin, Cyrillic and Arabic copy: by far the most beyond ASCII, told without a table.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2B8}' | '\u{400}'..='\u{481}'
        | '\u{620}'..='\u{64A}')
}

/// Tells whether `c` is a letter, as [`char::is_alphabetic`] does: sooner, of the letters of most copy.
#[must_use]
pub fn is_alphabetic(c: char) -> bool {
    is_plain(c) || c.is_alphabetic()
}

/// Tells whether `c` belongs to a script that is written without spaces.
#[must_use]
pub fn stands_alone(c: char) -> bool {
    c >= '\u{0E01}'
        && matches!(c, '\u{0E01}'..='\u{0E30}' | '\u{0E32}'..='\u{0E33}' | '\u{0E40}'..='\u{0E46}'
        | '\u{0E81}'..='\u{0EB0}' | '\u{0EB2}'..='\u{0EB3}' | '\u{0EC0}'..='\u{0EC6}'
        | '\u{1000}'..='\u{102A}' | '\u{1780}'..='\u{17B3}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}'
        | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9D}' | '\u{20000}'..='\u{3FFFF}')
}

impl Iterator for Words<'_> {
    type Item = Word;

    #[inline]
    fn next(&mut self) -> Option<Word> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while bytes.get(at).is_some_and(|b| !WORD_OR_BEYOND[usize::from(*b)]) {
            at += 1;
        }
        // Most words are of ASCII alone: letters up to a byte that is none and begins no other character.
        let start = at;
        while bytes.get(at).is_some_and(|b| ASCII_WORD[usize::from(*b)]) {
            at += 1;
        }
        self.at = at;
        match bytes.get(at) {
            Some(byte) if !byte.is_ascii() => self.beyond_ascii(start),
            _ if at > start => Some(Word { start, end: at }),
            _ => None,
        }
    }
}

impl Words<'_> {
    /// Returns the next word where it is not of ASCII alone: ASCII letters from `start` on were seen.
    fn beyond_ascii(&mut self, start: usize) -> Option<Word> {
        let bytes = self.text.as_bytes();
        let (start, alone) = if start < self.at { (start, false) } else { self.first()? };
        // One character has been seen when it stands alone; none yet otherwise.
        let mut end = self.at;
        while let Some(&byte) = bytes.get(self.at) {
            if byte < 128 {
                if alone || !ASCII_WORD[byte as usize] {
                    break;
                }
                self.at += 1;
                end = self.at;
                continue;
            }
            let Some(c) = self.text[self.at..].chars().next() else { break };
            match class(c) {
                Class::Letter if !alone => {
                    self.at += c.len_utf8();
                    end = self.at;
                }
                Class::Inside => {
                    self.at += c.len_utf8();
                    if !is_invisible(c) {
                        end = self.at;
                    }
                }
                _ => break,
            }
        }
        Some(Word { start, end })
    }

    /// Skips to the first letter, and over it where it stands alone: a mark or an invisible character
    /// starts no word.
    fn first(&mut self) -> Option<(usize, bool)> {
        loop {
            let start = self.at;
            let c = self.text[start..].chars().next()?;
            match class(c) {
                Class::Letter => return Some((start, false)),
                Class::Alone => {
                    self.at += c.len_utf8();
                    return Some((start, true));
                }
                Class::Inside | Class::Outside => self.at += c.len_utf8(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_plain, stands_alone, words};

    fn list(text: &str) -> Vec<&str> {
        words(text).map(|w| &text[w.start..w.end]).collect()
    }

    #[test]
    fn divisions() {
        assert_eq!(list("«soutien inconditionnel»"), ["soutien", "inconditionnel"]);
        assert_eq!(list("cessez-le-feu, COVID‑19"), ["cessez", "le", "feu", "COVID", "19"]);
        assert_eq!(list("Kaza\u{AD}khstan\u{200B}"), ["Kaza\u{AD}khstan"]);
        assert_eq!(list("می‌شود"), ["می‌شود"]);
        assert_eq!(list("习近平在俄罗斯"), ["习", "近", "平", "在", "俄", "罗", "斯"]);
        assert_eq!(list("प्रधानमंत्री मोदी"), ["प्रधानमंत्री", "मोदी"]);
        assert_eq!(list("서울에서 3명"), ["서울에서", "3명"]);
        assert_eq!(list(" \u{301}a"), ["a"]);
        assert_eq!(list("ﾊﾟﾘ"), ["ﾊﾟ", "ﾘ"]);
        assert!(list("… — \u{200F}").is_empty());
    }

    #[test]
    fn plain_letters_are_letters() {
        for c in ('\0'..=char::MAX).filter(|c| is_plain(*c)) {
            assert!(c.is_alphabetic() && !stands_alone(c), "{c}");
        }
    }

    proptest::proptest! {
        #[test]
        fn words_are_in_order_on_boundaries_and_not_empty(text in "\\PC{0,60}") {
            let mut last = 0;
            for w in words(&text) {
                proptest::prop_assert!(w.start >= last && w.end > w.start);
                proptest::prop_assert!(text.is_char_boundary(w.start) && text.is_char_boundary(w.end));
                last = w.end;
            }
        }
    }
}
