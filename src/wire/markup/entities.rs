//! Character references and the entities of XML and HTML; unknown ones stay as written.

use std::borrow::Cow;

/// Longest name between `&` and `;` that is looked up.
const NAME_BYTES_MAX: usize = 32;

/// Replaces references in `raw`. No reference stands for more than two characters, so
/// that the text never grows beyond its source.
///
/// ```text
/// A &amp; B &eacute; &#8211; &unknown; & C   →   A & B é – &unknown; & C
/// ```
pub(in crate::wire) fn decode(raw: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', raw.as_bytes()) else { return Cow::Borrowed(raw) };
    let mut out = String::with_capacity(raw.len());
    out.push_str(&raw[..first]);
    let mut rest = &raw[first..];
    while !rest.is_empty() {
        if let Some((text, length)) = reference(rest) {
            match text {
                Reference::Char(c) => out.push(c),
                Reference::Text(text) => out.push_str(&text),
            }
            rest = &rest[length..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
        let next = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        out.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(out)
}

enum Reference {
    Char(char),
    Text(String),
}

/// Reads the reference that `text` begins with, and its length.
fn reference(text: &str) -> Option<(Reference, usize)> {
    let window = &text.as_bytes()[..text.len().min(NAME_BYTES_MAX)];
    let end = memchr::memchr(b';', window)?;
    let name = text.get(1..end)?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        _ => match name.strip_prefix('#') {
            Some(number) => numbered(number)?,
            None if name.bytes().all(|b| b.is_ascii_alphanumeric()) && !name.is_empty() => {
                let decoded = htmlescape::decode_html(&text[..=end]).ok()?;
                return Some((Reference::Text(decoded), end + 1));
            }
            None => return None,
        },
    };
    Some((Reference::Char(c), end + 1))
}

fn numbered(number: &str) -> Option<char> {
    let value = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // 0x80–0x9F are windows-1252 in every feed that writes them (WHATWG HTML, 13.2.5.80).
    if let (0x80..=0x9F, Ok(byte)) = (value, u8::try_from(value)) {
        let byte = [byte];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
        return text.chars().next();
    }
    // Controls that neither XML nor a reader of news has a use for become blanks.
    match char::from_u32(value)? {
        c if c.is_control() && !matches!(c, '\n' | '\r' | '\t') => Some(' '),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references() {
        for (raw, text) in [
            ("A &amp; B", "A & B"),
            ("caf&eacute; &#233; &#xE9; &#8211;", "café é é –"),
            ("&unknown; & C &", "&unknown; & C &"),
            ("&#150;&#146;", "–’"),
            ("&#3;x", " x"),
            ("&&amp;amp;", "&&amp;"),
            ("none", "none"),
        ] {
            assert_eq!(decode(raw), text, "{raw}");
        }
    }
}
