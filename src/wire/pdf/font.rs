//! Fonts of a PDF: what their codes mean and how far each moves.

use super::content::Operand;
use super::encoding::{of_code, of_name};
use super::unicode::ToUnicode;
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS, UTF_16BE};
use lopdf::{Dictionary, Document, Object};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// Bytes that the maps of one font may grow to.
const MAP_BYTES_MAX: usize = 2 << 20;
/// Widths of one font that are kept.
const WIDTHS_MAX: usize = 70_000;
/// Width of a sign of which nothing is said, in thousandths.
const WIDTH_UNKNOWN: f32 = 500.0;

/// A font.
#[derive(Debug)]
pub(super) struct Font {
    unicode: Option<ToUnicode>,
    /// Characters by code of a simple font; `None` for a composite one.
    simple: Option<Box<[Option<char>; 256]>>,
    /// The legacy encoding of the codes of a composite font.
    legacy: Option<&'static Encoding>,
    widths: FxHashMap<u32, f32>,
    width_default: f32,
    code_bytes: usize,
}

impl Font {
    /// Reads a font.
    pub(super) fn of(document: &Document, font: &Dictionary) -> Font {
        let unicode = font
            .get_deref(b"ToUnicode", document)
            .and_then(Object::as_stream)
            .and_then(|s| {
                s.decompressed_content_with_limit(MAP_BYTES_MAX).or_else(|_| Ok::<_, lopdf::Error>(s.content.clone()))
            })
            .ok()
            .map(|bytes| ToUnicode::parse(&bytes[..bytes.len().min(MAP_BYTES_MAX)]));
        let kind = font.get_deref(b"Subtype", document).and_then(Object::as_name).unwrap_or(b"");
        if kind == b"Type0" { composite(document, font, unicode) } else { simple(document, font, kind, unicode) }
    }

    /// Calls `glyph` for every code of a string: its text, its width in units of the size,
    /// and whether it is the blank that word spacing widens. Returns how many codes are
    /// unknown.
    pub(super) fn each(&self, string: &[u8], glyph: &mut dyn FnMut(&str, f32, bool)) -> usize {
        let mut unknown = 0;
        let mut text = String::new();
        let mut rest = string;
        while let Some(first) = rest.first() {
            let length = self.length(*first, rest).min(rest.len());
            let (bytes, after) = rest.split_at(length);
            rest = after;
            let code = bytes.iter().fold(0u32, |code, b| code << 8 | u32::from(*b));
            text.clear();
            if !self.text(code, bytes, &mut text) {
                unknown += 1;
                text.push(char::REPLACEMENT_CHARACTER);
            }
            let width = self.widths.get(&code).copied().unwrap_or(self.width_default) / 1000.0;
            glyph(&text, width, length == 1 && code == 32);
        }
        unknown
    }

    fn length(&self, first: u8, rest: &[u8]) -> usize {
        match self.legacy {
            None => self.code_bytes,
            Some(encoding) if encoding == UTF_16BE => {
                if (0xD8..0xDC).contains(&first) && rest.len() >= 4 {
                    4
                } else {
                    2
                }
            }
            Some(encoding) if encoding == SHIFT_JIS && (0xA0..0xE0).contains(&first) => 1,
            Some(_) => {
                if first < 0x81 {
                    1
                } else {
                    2
                }
            }
        }
    }

    fn text(&self, code: u32, bytes: &[u8], out: &mut String) -> bool {
        if let Some((units, length)) = self.unicode.as_ref().and_then(|u| u.get(code)) {
            for c in char::decode_utf16(units[..length].iter().copied()) {
                push(c.unwrap_or(char::REPLACEMENT_CHARACTER), out);
            }
            return !out.contains(char::REPLACEMENT_CHARACTER);
        }
        if let Some(table) = &self.simple {
            return table.get(code as usize).copied().flatten().map(|c| push(c, out)).is_some();
        }
        let Some(encoding) = self.legacy else { return false };
        let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
        text.chars().for_each(|c| push(c, out));
        !had_errors
    }
}

/// Adds a character; forms that only print has become the letters they stand for.
fn push(c: char, out: &mut String) {
    match c {
        '\u{2F00}'..='\u{2FD5}' | '\u{FB00}'..='\u{FDFB}' | '\u{FE70}'..='\u{FEFC}' => {
            out.extend(std::iter::once(c).nfkc())
        }
        // What a map says of glyphs of symbols is no text.
        '\u{E000}'..='\u{F8FF}' => out.push(char::REPLACEMENT_CHARACTER),
        '\t' | '\n' | '\r' => out.push(' '),
        c if c.is_control() => {}
        c => out.push(c),
    }
}

fn number(object: &Object) -> Option<f32> {
    object.as_float().ok().filter(|n| n.is_finite())
}

fn simple(document: &Document, font: &Dictionary, kind: &[u8], unicode: Option<ToUnicode>) -> Font {
    let mut base = (kind == b"TrueType").then_some(&b"WinAnsiEncoding"[..]);
    let encoding = font.get_deref(b"Encoding", document);
    let mut names: Vec<(usize, Option<char>)> = Vec::new();
    match encoding {
        Ok(Object::Name(name)) => base = Some(name.as_slice()).filter(|n| *n != b"StandardEncoding"),
        Ok(Object::Dictionary(dictionary)) => {
            if let Ok(name) = dictionary.get_deref(b"BaseEncoding", document).and_then(Object::as_name) {
                base = Some(name).filter(|n| *n != b"StandardEncoding");
            }
            let mut code = 0usize;
            let list = dictionary.get_deref(b"Differences", document).and_then(Object::as_array);
            for item in list.into_iter().flatten().take(1024) {
                match item {
                    Object::Name(name) => {
                        names.push((code, std::str::from_utf8(name).ok().and_then(of_name)));
                        code += 1;
                    }
                    other => code = other.as_i64().ok().and_then(|n| usize::try_from(n).ok()).unwrap_or(code),
                }
            }
        }
        _ => {}
    }
    let mut table = Box::new([None; 256]);
    for (code, slot) in (0..=255u8).zip(table.iter_mut()) {
        *slot = of_code(base, code);
    }
    for (code, c) in names {
        if let Some(slot) = table.get_mut(code) {
            *slot = c;
        }
    }
    // A font of pictures without a map: its codes are no letters.
    let name = font.get_deref(b"BaseFont", document).and_then(Object::as_name).unwrap_or(b"");
    if name.ends_with(b"ZapfDingbats") || name.ends_with(b"Symbol") {
        table.fill(None);
        table[32] = Some(' ');
        table[0xB7] = Some('•');
    }
    // Glyphs of Type 3 have a space of their own.
    let scale = font
        .get_deref(b"FontMatrix", document)
        .and_then(Object::as_array)
        .ok()
        .filter(|_| kind == b"Type3")
        .and_then(|m| number(m.first()?))
        .map_or(1.0, |a| a.abs() * 1000.0);
    let mut widths = FxHashMap::default();
    let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0).clamp(0, 255) as u32;
    let list = font.get_deref(b"Widths", document).and_then(Object::as_array);
    for (code, width) in (first..256).zip(list.into_iter().flatten()) {
        let width = document.dereference(width).ok().and_then(|(_, w)| number(w));
        widths.extend(width.map(|w| (code, w * scale)));
    }
    let missing = font
        .get_deref(b"FontDescriptor", document)
        .and_then(Object::as_dict)
        .ok()
        .and_then(|d| number(d.get_deref(b"MissingWidth", document).ok()?));
    let width_default = missing.filter(|w| *w > 0.0).unwrap_or(WIDTH_UNKNOWN);
    Font { unicode, simple: Some(table), legacy: None, widths, width_default, code_bytes: 1 }
}

/// Encodings of composite fonts whose codes are those of a character set.
fn legacy(name: &[u8]) -> Option<&'static Encoding> {
    let has = |part: &[u8]| memchr::memmem::find(name, part).is_some();
    match () {
        () if has(b"UCS2") || has(b"UTF16") => Some(UTF_16BE),
        () if has(b"RKSJ") => Some(SHIFT_JIS),
        () if name.starts_with(b"GB") && (has(b"EUC") || has(b"GBK")) => Some(GBK),
        () if has(b"B5pc") || has(b"ETen-B5") || has(b"HKscs-B5") => Some(BIG5),
        () if has(b"KSC") => Some(EUC_KR),
        () if name.starts_with(b"EUC-") => Some(EUC_JP),
        () => None,
    }
}

fn composite(document: &Document, font: &Dictionary, unicode: Option<ToUnicode>) -> Font {
    let name = font.get_deref(b"Encoding", document).and_then(Object::as_name).unwrap_or(b"");
    let legacy = legacy(name);
    // Only a map within the file may have codes of one byte.
    let own = font.get_deref(b"Encoding", document).is_ok_and(|e| e.as_stream().is_ok());
    let code_bytes = unicode.as_ref().and_then(|u| u.code_bytes).filter(|_| own).map_or(2, usize::from);
    let descendant = font
        .get_deref(b"DescendantFonts", document)
        .and_then(Object::as_array)
        .ok()
        .and_then(|list| document.dereference(list.first()?).ok()?.1.as_dict().ok());
    let width_default = descendant.and_then(|d| number(d.get_deref(b"DW", document).ok()?)).unwrap_or(1000.0);
    let mut widths = FxHashMap::default();
    // Widths go by glyph, which is the code only in an identity.
    if legacy.is_none()
        && let Some(list) = descendant.and_then(|d| d.get_deref(b"W", document).ok()?.as_array().ok())
    {
        composite_widths(document, list, &mut widths);
    }
    Font { unicode, simple: None, legacy, widths, width_default, code_bytes }
}

/// Reads `code [w w w]` and `first last w`.
fn composite_widths(document: &Document, list: &[Object], widths: &mut FxHashMap<u32, f32>) {
    let code = |object: &Object| object.as_i64().ok().and_then(|n| u32::try_from(n).ok());
    let mut rest = list;
    while let [first, second, after @ ..] = rest {
        let Some(first) = code(first) else { return };
        let Ok((_, second)) = document.dereference(second) else { return };
        if let Object::Array(each) = second {
            for (code, width) in (first..).zip(each) {
                widths.extend(number(width).filter(|_| code - first < 65_536).map(|w| (code, w)));
            }
            rest = after;
        } else {
            let (Some(last), Some(width)) = (code(second), after.first().and_then(number)) else { return };
            for code in (first..=last).take(65_536) {
                widths.insert(code, width);
                if widths.len() > WIDTHS_MAX {
                    return;
                }
            }
            rest = &after[1..];
        }
        if widths.len() > WIDTHS_MAX {
            return;
        }
    }
}

/// Returns the numbers among operands.
pub(super) fn numbers(operands: &[Operand]) -> Vec<f32> {
    operands.iter().filter_map(|o| if let Operand::Number(n) = o { Some(*n) } else { None }).collect()
}
