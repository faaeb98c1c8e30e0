//! Paths as text: of a name that is no UTF-8 each odd byte is kept as a character of its own,
//! so that the very file is found again.

use std::borrow::Cow;

/// The characters that stand for bytes begin here: the last of private use, which nobody has
/// a letter for.
const BYTES: u32 = 0x10_FE00;

fn is_byte(c: char) -> bool {
    (BYTES + 0x80..=BYTES + 0xFF).contains(&(c as u32))
}

/// Tells whether a path has such characters: by a byte that hardly any has.
fn has_bytes(text: &str) -> bool {
    text.as_bytes().contains(&0xF4) && text.contains(is_byte)
}

/// Returns the text of a path of these bytes; [`path_bytes`] gives them back.
#[must_use]
pub fn path_text(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes)
        && !has_bytes(text)
    {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len());
    let put = |bytes: &[u8], text: &mut String| {
        text.extend(bytes.iter().filter_map(|b| char::from_u32(BYTES + u32::from(*b))));
    };
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            // What stands for bytes is kept by its own bytes: no two paths have one text.
            if is_byte(c) { put(c.encode_utf8(&mut [0; 4]).as_bytes(), &mut text) } else { text.push(c) }
        }
        put(chunk.invalid(), &mut text);
    }
    Cow::Owned(text)
}

/// Returns the bytes of a path, as the file system has them.
#[must_use]
pub fn path_bytes(text: &str) -> Cow<'_, [u8]> {
    if !has_bytes(text) {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from((c as u32).wrapping_sub(BYTES)) {
            Ok(byte) if is_byte(c) => bytes.push(byte),
            _ => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    Cow::Owned(bytes)
}

/// Returns a path for people: U+FFFD for what is no UTF-8.
#[must_use]
pub fn path_shown(text: &str) -> Cow<'_, str> {
    if has_bytes(text) { Cow::Owned(text.replace(is_byte, "\u{FFFD}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::{path_bytes, path_shown, path_text};

    proptest::proptest! {
        #[test]
        fn any_bytes_come_back(bytes: Vec<u8>, name in "[a\u{E9}\u{10FE80}\u{10FEFF}\u{10FF00}]{0,6}") {
            for bytes in [&bytes[..], name.as_bytes()] {
                let text = path_text(bytes);
                proptest::prop_assert_eq!(&*path_bytes(&text), bytes);
            }
        }
    }

    #[test]
    fn people_see_what_is_text() {
        assert_eq!(path_shown(&path_text(b"w/\xFF\xFEa.txt")), "w/\u{FFFD}\u{FFFD}a.txt");
        assert_eq!(path_text("w/é.txt".as_bytes()), "w/é.txt");
    }
}
