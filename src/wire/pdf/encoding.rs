//! What the codes of simple fonts mean: the encodings of the standard, glyphs by name.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

/// Names of glyphs whose character their name does not tell (Adobe Glyph List), beside
/// the letters with accents that are composed from theirs.
const GLYPHS: &[(&str, char)] = &[
    ("AE", 'Æ'),
    ("Dcroat", 'Đ'),
    ("Eth", 'Ð'),
    ("Euro", '€'),
    ("Lslash", 'Ł'),
    ("OE", 'Œ'),
    ("Oslash", 'Ø'),
    ("Thorn", 'Þ'),
    ("ae", 'æ'),
    ("ampersand", '&'),
    ("asciicircum", '^'),
    ("asciitilde", '~'),
    ("asterisk", '*'),
    ("at", '@'),
    ("backslash", '\\'),
    ("bar", '|'),
    ("braceleft", '{'),
    ("braceright", '}'),
    ("bracketleft", '['),
    ("bracketright", ']'),
    ("bullet", '•'),
    ("cent", '¢'),
    ("colon", ':'),
    ("comma", ','),
    ("copyright", '©'),
    ("currency", '¤'),
    ("dagger", '†'),
    ("daggerdbl", '‡'),
    ("dcroat", 'đ'),
    ("degree", '°'),
    ("divide", '÷'),
    ("dollar", '$'),
    ("dotlessi", 'ı'),
    ("eight", '8'),
    ("ellipsis", '…'),
    ("emdash", '—'),
    ("endash", '–'),
    ("equal", '='),
    ("eth", 'ð'),
    ("exclam", '!'),
    ("exclamdown", '¡'),
    ("ff", 'ﬀ'),
    ("ffi", 'ﬃ'),
    ("ffl", 'ﬄ'),
    ("fi", 'ﬁ'),
    ("five", '5'),
    ("fl", 'ﬂ'),
    ("four", '4'),
    ("fraction", '⁄'),
    ("germandbls", 'ß'),
    ("greater", '>'),
    ("guillemotleft", '«'),
    ("guillemotright", '»'),
    ("guilsinglleft", '‹'),
    ("guilsinglright", '›'),
    ("hyphen", '-'),
    ("less", '<'),
    ("lslash", 'ł'),
    ("minus", '−'),
    ("mu", 'µ'),
    ("multiply", '×'),
    ("nbspace", '\u{A0}'),
    ("nine", '9'),
    ("numbersign", '#'),
    ("oe", 'œ'),
    ("one", '1'),
    ("onehalf", '½'),
    ("onequarter", '¼'),
    ("ordfeminine", 'ª'),
    ("ordmasculine", 'º'),
    ("oslash", 'ø'),
    ("paragraph", '¶'),
    ("parenleft", '('),
    ("parenright", ')'),
    ("percent", '%'),
    ("period", '.'),
    ("periodcentered", '·'),
    ("perthousand", '‰'),
    ("plus", '+'),
    ("plusminus", '±'),
    ("question", '?'),
    ("questiondown", '¿'),
    ("quotedbl", '"'),
    ("quotedblbase", '„'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotesinglbase", '‚'),
    ("quotesingle", '\''),
    ("registered", '®'),
    ("section", '§'),
    ("semicolon", ';'),
    ("seven", '7'),
    ("sfthyphen", '\u{AD}'),
    ("six", '6'),
    ("slash", '/'),
    ("space", ' '),
    ("sterling", '£'),
    ("thorn", 'þ'),
    ("three", '3'),
    ("threequarters", '¾'),
    ("trademark", '™'),
    ("two", '2'),
    ("underscore", '_'),
    ("yen", '¥'),
    ("zero", '0'),
];

/// Accents in names of glyphs, as the marks that compose with the letter before.
const ACCENTS: &[(&str, char)] = &[
    ("acute", '\u{301}'),
    ("breve", '\u{306}'),
    ("caron", '\u{30C}'),
    ("cedilla", '\u{327}'),
    ("circumflex", '\u{302}'),
    ("commaaccent", '\u{326}'),
    ("dieresis", '\u{308}'),
    ("dotaccent", '\u{307}'),
    ("grave", '\u{300}'),
    ("hungarumlaut", '\u{30B}'),
    ("macron", '\u{304}'),
    ("ogonek", '\u{328}'),
    ("ring", '\u{30A}'),
    ("tilde", '\u{303}'),
];

/// Codes of the standard encoding (ISO 32000, annex D) that are not those of ASCII.
const STANDARD: &[(u8, &str)] = &[
    (0x27, "quoteright"),
    (0x60, "quoteleft"),
    (0xA1, "exclamdown"),
    (0xA2, "cent"),
    (0xA3, "sterling"),
    (0xA4, "fraction"),
    (0xA5, "yen"),
    (0xA7, "section"),
    (0xA8, "currency"),
    (0xA9, "quotesingle"),
    (0xAA, "quotedblleft"),
    (0xAB, "guillemotleft"),
    (0xAC, "guilsinglleft"),
    (0xAD, "guilsinglright"),
    (0xAE, "fi"),
    (0xAF, "fl"),
    (0xB1, "endash"),
    (0xB2, "dagger"),
    (0xB3, "daggerdbl"),
    (0xB4, "periodcentered"),
    (0xB6, "paragraph"),
    (0xB7, "bullet"),
    (0xB8, "quotesinglbase"),
    (0xB9, "quotedblbase"),
    (0xBA, "quotedblright"),
    (0xBB, "guillemotright"),
    (0xBC, "ellipsis"),
    (0xBD, "perthousand"),
    (0xBF, "questiondown"),
    (0xD0, "emdash"),
    (0xE1, "AE"),
    (0xE3, "ordfeminine"),
    (0xE8, "Lslash"),
    (0xE9, "Oslash"),
    (0xEA, "OE"),
    (0xEB, "ordmasculine"),
    (0xF1, "ae"),
    (0xF5, "dotlessi"),
    (0xF8, "lslash"),
    (0xF9, "oslash"),
    (0xFA, "oe"),
    (0xFB, "germandbls"),
];

/// Returns the character of a code in a named encoding; without a name the standard one.
pub(super) fn of_code(encoding: Option<&[u8]>, code: u8) -> Option<char> {
    let by = |encoding: &'static Encoding| {
        let bytes = [code];
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        text.chars().next().filter(|c| !c.is_control())
    };
    match encoding {
        Some(b"MacRomanEncoding" | b"MacExpertEncoding") => by(MACINTOSH),
        Some(_) => by(WINDOWS_1252),
        None => match STANDARD.iter().find(|(c, _)| *c == code) {
            Some((_, name)) => of_name(name),
            None => (0x20..0x7F).contains(&code).then(|| char::from(code)),
        },
    }
}

/// Returns the character that the name of a glyph stands for.
pub(super) fn of_name(name: &str) -> Option<char> {
    // `a.sc` is a form of `a`.
    let name = name.split_once('.').map_or(name, |(base, _)| base);
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => return Some(c),
        (None, _) => return None,
        _ => {}
    }
    if let Ok(at) = GLYPHS.binary_search_by(|(n, _)| (*n).cmp(name)) {
        return Some(GLYPHS[at].1);
    }
    let hex = |digits: &str| {
        let fits =
            (4..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b));
        u32::from_str_radix(digits, 16).ok().filter(|_| fits).and_then(char::from_u32)
    };
    if let Some(c) =
        name.strip_prefix("uni").and_then(|d| hex(d.get(..4)?)).or_else(|| name.strip_prefix('u').and_then(hex))
    {
        return Some(c);
    }
    // `Afii10017` to `afii10097`: the names of Cyrillic letters.
    if let Some(number) = name.strip_prefix("afii").and_then(|n| n.parse::<u32>().ok()) {
        return cyrillic(number);
    }
    let mut letters = name.char_indices();
    let (_, letter) = letters.next()?;
    let accent = &name[letters.next()?.0..];
    let mark = ACCENTS.iter().find(|(n, _)| *n == accent)?.1;
    unicode_normalization::char::compose(letter, mark).filter(|_| letter.is_ascii_alphabetic())
}

fn cyrillic(number: u32) -> Option<char> {
    // Ё stands seventh among them (Adobe Glyph List).
    let letter = |first: u32, base: u32, yo: char| match number - first {
        i @ 0..=5 => char::from_u32(base + i),
        6 => Some(yo),
        i @ 7..=32 => char::from_u32(base + i - 1),
        _ => None,
    };
    match number {
        10017..=10049 => letter(10017, 0x410, 'Ё'),
        10065..=10097 => letter(10065, 0x430, 'ё'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{GLYPHS, of_code, of_name};

    #[test]
    fn glyphs_by_name_and_code() {
        assert!(GLYPHS.windows(2).all(|w| w[0].0 < w[1].0));
        for (name, c) in [
            ("A", 'A'),
            ("eacute", 'é'),
            ("Zcaron", 'Ž'),
            ("scommaaccent", 'ș'),
            ("quoteright", '’'),
            ("uni0416", 'Ж'),
            ("u1F600", '😀'),
            ("afii10017", 'А'),
            ("afii10071", 'ё'),
            ("afii10097", 'я'),
            ("a.sc", 'a'),
        ] {
            assert_eq!(of_name(name), Some(c), "{name}");
        }
        assert_eq!(of_name("g123"), None);
        assert_eq!(of_code(Some(b"WinAnsiEncoding"), 0x93), Some('“'));
        assert_eq!(of_code(Some(b"MacRomanEncoding"), 0x8E), Some('é'));
        assert_eq!(of_code(None, 0xAA), Some('“'));
        assert_eq!(of_code(None, 0x80), None);
    }
}
