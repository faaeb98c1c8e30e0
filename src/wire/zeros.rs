//! Zero bytes within text: what a power cut, a transfer that was taken up again, or a tape
//! leaves. The copy around them is read as if they were not there.

use super::decode::is_copy_but_for_zeros;
use super::wide::utf16_length;
use memchr::memchr;
use std::borrow::Cow;

/// Text whose zero bytes are taken out.
pub(super) struct Filled<'a> {
    /// The bytes that are left; a blank stands for each hole.
    pub(super) bytes: Cow<'a, [u8]>,
    /// How many zeros there were.
    pub(super) zeros: usize,
}

impl Filled<'_> {
    /// Tells whether copy may be lost: one zero at the end is how some programs end a text.
    pub(super) fn is_loss(&self) -> bool {
        self.zeros > 1
    }

    /// Says what was found.
    pub(super) fn message(&self) -> String {
        match self.zeros {
            1 => "a zero byte stands in the text: left out".to_owned(),
            n => format!("{n} zero bytes stand in the text: left out, and copy may be missing there"),
        }
    }
}

/// Takes the zeros out of text; `None` where there are none, where they are halves of
/// letters of two bytes, or where the rest is no text. `is_marked` tells that the content
/// begins as some binaries do: then nothing but plain UTF-8 is text.
pub(super) fn without(bytes: &[u8], is_marked: bool) -> Option<Filled<'_>> {
    memchr(0, bytes)?;
    if let Some(length) = utf16_length(bytes) {
        // Of two-byte letters only what fills up the end is none.
        let zeros = bytes.len() - length;
        return (zeros > 1).then(|| Filled { bytes: Cow::Borrowed(&bytes[..length]), zeros });
    }
    if !is_copy_but_for_zeros(bytes, is_marked) {
        return None;
    }
    let first = bytes.iter().position(|b| *b != 0)?;
    let last = bytes.iter().rposition(|b| *b != 0)? + 1;
    let inner = &bytes[first..last];
    if memchr(0, inner).is_none() {
        return Some(Filled { bytes: Cow::Borrowed(inner), zeros: bytes.len() - inner.len() });
    }
    let mut out = Vec::with_capacity(inner.len());
    let (mut rest, mut was_lone) = (inner, false);
    while let Some(at) = memchr(0, rest) {
        let length = rest[at..].iter().take_while(|b| **b == 0).count();
        let behind = &rest[at + length..];
        // A stretch in letters of two bytes, such as a program has appended: each zero is half a letter.
        let is_half = length == 1 && (behind.get(1) == Some(&0) || at == 1 && was_lone);
        out.extend_from_slice(&rest[..at]);
        if !is_half {
            out.push(b' ');
        }
        (rest, was_lone) = (behind, length == 1);
    }
    out.extend_from_slice(rest);
    let zeros = memchr::memchr_iter(0, bytes).count();
    Some(Filled { bytes: Cow::Owned(out), zeros })
}

#[cfg(test)]
mod tests {
    use crate::wire::{Reading, Source, read, read_each};

    const COPY: &str = "Good story\n\nPARIS, March 3, 2023 (AFP) - Good text of some words.\n";

    /// The texts of the stories in `bytes`, the warnings of the first, and what is told of the file.
    fn of(name: &str, bytes: &[u8]) -> (Vec<String>, Vec<String>, Vec<String>) {
        let (mut texts, mut warnings) = (Vec::new(), Vec::new());
        let remarks = read_each(&Source::new(name, bytes), &mut |story| {
            if texts.is_empty() {
                warnings = story.warnings.iter().map(|w| w.code.to_string()).collect();
            }
            texts.push(story.text);
        });
        (texts, warnings, remarks.troubles)
    }

    #[test]
    fn zeros_cost_no_copy_and_are_told() {
        for (before, behind) in [(0, 1), (0, 10_000), (5_000, 0), (4, 200_000)] {
            let bytes = [&vec![0; before], COPY.as_bytes(), &vec![0; behind]].concat();
            let (texts, warnings, troubles) = of("a.txt", &bytes);
            assert_eq!((texts[0].trim(), &*warnings[0]), (COPY.trim(), "zero-bytes"), "{before} {behind}");
            assert_eq!(troubles.len(), usize::from(before + behind > 1));
        }
        assert_eq!(of("a.txt", b"Head\0line\n\nA text with one.").0, ["Head line\n\nA text with one."]);
        assert_eq!(of("a.txt", b"Head\0\0\0\0line\n\nA text with more.").0, ["Head line\n\nA text with more."]);
        // A line that a program of two-byte letters has appended.
        assert_eq!(
            of("a.txt", b"A text of some words.\r\nM\0o\0r\0e\0\r\0\n\0of it").0,
            ["A text of some words.\r\nMore\r\nof it"]
        );
    }

    #[test]
    fn records_with_zeros_are_read() {
        let csv = b"headline,date,body\nBridge,2021-05-03,A text of\0 one\nTunnel,2021-05-04,A text of two\n";
        assert_eq!(of("a.csv", csv).0.len(), 2);
        let json = b"{\"headline\": \"Bridge\", \"date\": \"2021-05-03\", \"body\": \"A text\0 of some words.\"}\0";
        let (texts, warnings, _) = of("a.json", json);
        assert!(texts[0].contains("of some words") && warnings.contains(&"zero-bytes".to_owned()));
        let Reading::Stories(stories) = read(&Source::new("a.json", json)) else { panic!("a story") };
        assert_ne!(stories[0].format, "text");
    }

    #[test]
    fn letters_of_several_bytes_keep_their_zeros() {
        let wide = |unit: fn(u16) -> [u8; 2]| COPY.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        for bytes in [wide(u16::to_le_bytes), wide(u16::to_be_bytes)] {
            assert_eq!(of("a.txt", &bytes), (vec![COPY.to_owned()], vec![], vec![]));
            let filled = [&bytes[..], &[0; 600]].concat();
            let (texts, warnings, _) = of("a.txt", &filled);
            assert_eq!((&*texts[0], &*warnings[0]), (COPY, "zero-bytes"));
        }
        let copy = "Le président\n\nPARIS, 3 mars 2023 (AFP) - Café et thé.";
        for unit in [u32::to_le_bytes, u32::to_be_bytes] {
            let bytes: Vec<u8> = copy.chars().flat_map(|c| unit(c as u32)).collect();
            assert_eq!(of("a.txt", &bytes), (vec![copy.to_owned()], vec![], vec![]));
        }
    }

    #[test]
    fn what_is_binary_stays_so() {
        for bytes in [
            &b"\x00\x01\x02\x03\x00\x00\x00\x05binary\0\0\0"[..],
            &[0; 5_000],
            b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8\0\0\0\0\0\0\0@\0\0\0",
            b"\0asm\x01\0\0\0\x01\x07\x01\x60\x02\x7f\x7f\x01\x7f\x03",
        ] {
            assert!(matches!(read(&Source::new("a", bytes)), Reading::NotAStory(_)), "{bytes:?}");
        }
    }
}
