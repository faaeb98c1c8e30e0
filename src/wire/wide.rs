//! Copy in units of two and of four bytes, with a byte order mark or without one.

use super::decode::Decoded;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Decodes UTF-32, which a byte order mark tells, or that nearly all units are letters and
/// blanks; `None` of anything else.
pub(super) fn utf32(bytes: &[u8]) -> Option<Decoded<'static>> {
    let (unit, label): (fn([u8; 4]) -> u32, _) = match bytes {
        [0xFF, 0xFE, 0, 0, ..] => (u32::from_le_bytes, "utf-32le"),
        [0, 0, 0xFE, 0xFF, ..] => (u32::from_be_bytes, "utf-32be"),
        [_, _, _, 0, ..] if is_utf32(bytes, u32::from_le_bytes) => (u32::from_le_bytes, "utf-32le"),
        [0, _, _, _, ..] if is_utf32(bytes, u32::from_be_bytes) => (u32::from_be_bytes, "utf-32be"),
        _ => return None,
    };
    let is_marked = unit([bytes[0], bytes[1], bytes[2], bytes[3]]) == 0xFEFF;
    let mut text = String::with_capacity(bytes.len() / 4);
    let mut replaced = 0;
    let (units, rest) = bytes[if is_marked { 4 } else { 0 }..].as_chunks::<4>();
    for four in units {
        text.push(char::from_u32(unit(*four)).unwrap_or_else(|| {
            replaced += 1;
            char::REPLACEMENT_CHARACTER
        }));
    }
    replaced += usize::from(!rest.is_empty());
    // UTF-16 that begins with a zero is no text, but four bytes may look like a mark.
    (replaced * 4 <= units.len()).then_some(Decoded {
        text: Cow::Owned(text),
        encoding: label.to_owned(),
        replaced,
        guessed: !is_marked,
    })
}

/// Tells whether units of four bytes are a text: numbers as small as those of characters are
/// control characters where they are not letters.
fn is_utf32(bytes: &[u8], unit: fn([u8; 4]) -> u32) -> bool {
    let (units, _) = bytes[..bytes.len().min(4096)].as_chunks::<4>();
    let chars = || units.iter().filter_map(|four| char::from_u32(unit(*four)));
    let printed = chars().filter(|c| !c.is_control() || c.is_ascii_whitespace()).count();
    let words = chars().filter(|c| c.is_alphanumeric() || c.is_whitespace()).count();
    units.len() >= 4 && printed * 100 >= units.len() * 97 && words * 4 >= units.len() * 3
}

/// Recognises UTF-16 by the bytes that fall on one side: zeros in Latin text, zeros and
/// the number of one block in other alphabets.
pub(super) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    // Letters of ASCII with a byte each: no half of a unit is ever empty.
    if sample.is_ascii() && !sample.contains(&0) {
        return None;
    }
    let pairs = sample.len() / 2;
    let zeros = |side: usize| sample.chunks_exact(2).filter(|p| p[side] == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Greek to Georgian, U+0370 to U+10FF: letters of one block with blanks between them.
    let alphabet = |side: usize, blanks: usize| {
        let mut counts = [0usize; 0x11];
        for pair in sample.chunks_exact(2) {
            if let Some(count) = counts.get_mut(usize::from(pair[side])) {
                *count += 1;
            }
        }
        let letters = counts[3..].iter().max().copied().unwrap_or(0);
        letters * 2 > pairs && blanks * 20 > pairs && (letters + blanks) * 100 > pairs * 95
    };
    match () {
        () if pairs < 4 || has_bytes_of_words(sample) => None,
        () if odd > pairs / 3 && even <= pairs / 20 => Some(UTF_16LE),
        () if even > pairs / 3 && odd <= pairs / 20 => Some(UTF_16BE),
        () if pairs < 16 => None,
        () if even <= pairs / 20 && alphabet(1, odd) => Some(UTF_16LE),
        () if odd <= pairs / 20 && alphabet(0, even) => Some(UTF_16BE),
        () if std::str::from_utf8(sample).is_ok_and(str::is_ascii) => None,
        () if is_east_asian(sample, u16::from_le_bytes) => Some(UTF_16LE),
        () if is_east_asian(sample, u16::from_be_bytes) => Some(UTF_16BE),
        () => None,
    }
}

/// Tells whether a stretch of text stands there a byte a letter: pairs of letters and blanks, one
/// behind the other, which no text of two-byte units has so many of.
fn has_bytes_of_words(sample: &[u8]) -> bool {
    const PAIRS: usize = 8;
    let is_word = |pair: &&[u8]| pair.iter().all(|b| b.is_ascii_alphanumeric() || b.is_ascii_whitespace());
    let mut run = 0;
    sample.chunks_exact(2).any(|pair| {
        run = if is_word(&pair) { run + 1 } else { 0 };
        run >= PAIRS
    })
}

/// Tells whether two-byte units are Chinese, Japanese or Korean: nearly all of them are
/// letters of these, and as many as any copy needs are signs between words, kana or blanks,
/// which other encodings, read so, do not come upon.
fn is_east_asian(sample: &[u8], unit: fn([u8; 2]) -> u16) -> bool {
    let (mut letters, mut signs) = (0usize, 0usize);
    let (units, _) = sample.as_chunks::<2>();
    for pair in units {
        match unit(*pair) {
            0x3000..=0x30FF | 0xFF01..=0xFF5E | 0x20 | 0x0A | 0x0D => signs += 1,
            0x4E00..=0x9FFF | 0xAC00..=0xD7A3 | 0x21..=0x7E | 0x2010..=0x2027 => letters += 1,
            _ => {}
        }
    }
    (letters + signs) * 100 >= units.len() * 97 && signs * 40 >= units.len()
}

/// Returns how many bytes are UTF-16, where the content is that: without zeros that fill up its end.
pub(super) fn utf16_length(bytes: &[u8]) -> Option<usize> {
    let end = bytes.iter().rposition(|b| *b != 0).map_or(0, |last| (last + 2) & !1).min(bytes.len());
    let copy = &bytes[..end];
    let is_utf16 = match Encoding::for_bom(copy) {
        Some((encoding, _)) => encoding != UTF_8,
        None => utf16_without_mark(copy).is_some(),
    };
    is_utf16.then_some(end)
}
