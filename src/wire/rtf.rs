//! Rich text: what word processors and newsroom systems saved for twenty years. Its text,
//! paragraph by paragraph, in the code pages that it names; layout and pictures go.
//!
//! Read here and not by a library: those that there are end with a panic or an error on
//! damaged files and know no code pages, which is what such files mostly are about. A list
//! of a database (`nexis`, `factiva`) that was saved so is divided.

use super::draft::{Draft, plain};
use super::head::Head;
use super::office::LAYOUT;
use super::{Format, Out, Refusal, Source, exports};
use encoding_rs::Encoding;
use std::borrow::Cow;

/// Groups within groups: what lies deeper is read in the state of the last.
const DEPTH_MAX: usize = 500;
/// Destinations whose content is no copy.
const SKIPPED: &[&str] = &[
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "objdata",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "generator",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "fldinst",
    "xmlnstbl",
    "mmathPr",
    "filetbl",
    "xe",
    "tc",
    "bkmkstart",
    "bkmkend",
    "pntext",
    "pntxta",
    "pntxtb",
    "nonshppict",
    "shpinst",
    "private",
    "passwordhash",
    "annotation",
    "atnid",
    "atnauthor",
];
/// Fields of the head that say what the document is.
const TITLE: &str = "title";

/// Rich text.
pub(super) struct Rtf;

impl Format for Rtf {
    fn name(&self) -> &'static str {
        "rtf"
    }

    fn help(&self) -> &'static str {
        "rich text: text without layout, in the code pages that it names"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        head.bytes.starts_with(b"{\\rtf").then_some(Cow::Borrowed("a first group {\\rtf"))
    }

    fn read(&self, _: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let mut reader = Reader::new();
        reader.run(head.bytes);
        let mut text = plain(&reader.out);
        // An empty paragraph is a gap, not three.
        while text.contains("\n\n\n") {
            text = text.replace("\n\n\n", "\n\n");
        }
        if !text.chars().any(char::is_alphanumeric) {
            return Err("no copy is left beside its control words".into());
        }
        if reader.open > 0 {
            out.note("document-damaged", format!("{} groups have no end: it is read as far as it goes", reader.open));
        }
        let encoding = reader.page.name().to_ascii_lowercase();
        let give = |mut story: crate::story::Story, out: &mut Out<'_>| {
            story.encoding.clone_from(&encoding);
            story.warn("layout", LAYOUT, false);
            out.story(story);
        };
        if exports::stories(&text, &mut |story| give(story, out)) > 0 {
            return Ok(());
        }
        let mut draft = Draft::new("rtf");
        draft.headline_in_text();
        draft.body(&text);
        give(draft.finish(), out);
        Ok(())
    }
}

/// What a group hands down to those within it.
#[derive(Clone, Copy)]
struct State {
    skipped: bool,
    hidden: bool,
    /// Letters that stand for one of Unicode in older readers, behind it.
    fallback: usize,
    font: i32,
}

/// Reads control words, groups and letters.
struct Reader {
    out: String,
    page: &'static Encoding,
    /// Code pages of fonts, by number.
    fonts: Vec<(i32, &'static Encoding)>,
    /// Bytes that are not yet decoded: letters of two bytes are two escapes.
    pending: Vec<u8>,
    stack: Vec<State>,
    state: State,
    /// Groups open at the end, and those beyond the bound.
    open: usize,
    deeper: usize,
    /// Letters still to be left out behind one of Unicode.
    skip: usize,
    /// The first half of a pair.
    half: Option<u16>,
    in_fonts: bool,
    font: i32,
}

impl Reader {
    fn new() -> Reader {
        Reader {
            out: String::new(),
            page: encoding_rs::WINDOWS_1252,
            fonts: Vec::new(),
            pending: Vec::new(),
            stack: Vec::new(),
            state: State { skipped: false, hidden: false, fallback: 1, font: -1 },
            open: 0,
            deeper: 0,
            skip: 0,
            half: None,
            in_fonts: false,
            font: -1,
        }
    }

    fn run(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while let Some(byte) = bytes.get(at).copied() {
            at += 1;
            match byte {
                b'{' => self.group(),
                b'}' => {
                    self.end();
                    if self.open == 0 {
                        // What stands behind the document is none of it.
                        break;
                    }
                }
                b'\\' => at = self.control(bytes, at),
                b'\r' | b'\n' | 0 => {}
                _ => self.byte(byte),
            }
        }
        self.flush();
    }

    fn group(&mut self) {
        self.flush();
        self.skip = 0;
        if self.stack.len() < DEPTH_MAX {
            self.stack.push(self.state);
        } else {
            self.deeper += 1;
        }
        self.open += 1;
    }

    fn end(&mut self) {
        self.flush();
        self.skip = 0;
        self.open = self.open.saturating_sub(1);
        if self.deeper > 0 {
            self.deeper -= 1;
        } else if let Some(state) = self.stack.pop() {
            self.in_fonts &= state.skipped || self.stack.len() > 1;
            self.state = state;
        }
    }

    /// Reads what a backslash begins; returns where it ends.
    fn control(&mut self, bytes: &[u8], at: usize) -> usize {
        let Some(sign) = bytes.get(at).copied() else { return at };
        if !sign.is_ascii_alphabetic() {
            match sign {
                b'\'' => {
                    let hex = bytes.get(at + 1..at + 3).and_then(|h| std::str::from_utf8(h).ok());
                    let Some(byte) = hex.and_then(|h| u8::from_str_radix(h, 16).ok()) else { return at + 1 };
                    self.byte(byte);
                    return at + 3;
                }
                b'~' => self.text("\u{A0}"),
                b'_' => self.text("-"),
                b'*' => self.state.skipped = true,
                b'\\' | b'{' | b'}' => self.byte(sign),
                b'\r' | b'\n' => self.text("\n"),
                _ => {}
            }
            return at + 1;
        }
        let end = bytes[at..].iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count() + at;
        let word = std::str::from_utf8(&bytes[at..end]).unwrap_or("");
        let mut stop = end + usize::from(bytes.get(end) == Some(&b'-'));
        stop += bytes[stop..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let number = std::str::from_utf8(&bytes[end..stop]).ok().and_then(|n| n.parse::<i32>().ok());
        let mut next = if number.is_some() { stop } else { end };
        next += usize::from(bytes.get(next) == Some(&b' '));
        if word == "bin" {
            // Bytes of a picture, whatever they look like.
            return next.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0));
        }
        self.word(word, number);
        next
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if word != "u" {
            self.half = None;
        }
        match word {
            "par" | "sect" | "page" => self.text("\n\n"),
            "line" | "row" => self.text("\n"),
            "tab" | "cell" => self.text("\t"),
            "emdash" => self.text("—"),
            "endash" => self.text("–"),
            "lquote" => self.text("‘"),
            "rquote" => self.text("’"),
            "ldblquote" => self.text("“"),
            "rdblquote" => self.text("”"),
            "bullet" => self.text("•"),
            "emspace" | "enspace" | "qmspace" => self.text(" "),
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.state.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(8),
            "ansicpg" => {
                if let Some(page) = number.and_then(code_page) {
                    self.page = page;
                }
            }
            "mac" => self.page = encoding_rs::MACINTOSH,
            "f" => {
                self.flush();
                self.font = number.unwrap_or(-1);
                self.state.font = self.font;
            }
            "fcharset" => {
                if let Some(page) = number.and_then(of_charset).filter(|_| self.in_fonts)
                    && self.fonts.len() < 1_000
                {
                    self.fonts.push((self.font, page));
                }
            }
            "plain" => self.state.hidden = false,
            "v" => self.state.hidden = number != Some(0),
            "deleted" => self.state.hidden = number != Some(0),
            "fonttbl" => {
                self.in_fonts = true;
                self.state.skipped = true;
            }
            // The words of a box lie within what is no copy otherwise.
            "shptxt" => self.state.skipped = false,
            word if SKIPPED.contains(&word) || word == TITLE => self.state.skipped = true,
            _ => {}
        }
    }

    /// A unit of UTF-16, as a number with a sign.
    fn unicode(&mut self, number: i32) {
        let unit = (number & 0xFFFF) as u16;
        self.skip = self.state.fallback;
        let units = match self.half.take() {
            Some(first) => vec![first, unit],
            None if (0xD800..0xDC00).contains(&unit) => {
                self.half = Some(unit);
                return;
            }
            None => vec![unit],
        };
        let skip = std::mem::take(&mut self.skip);
        let text = String::from_utf16_lossy(&units);
        self.text(&text);
        self.skip = skip;
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if !self.state.skipped && !self.state.hidden {
            self.pending.push(byte);
        }
    }

    fn text(&mut self, text: &str) {
        self.flush();
        self.skip = 0;
        if !self.state.skipped && !self.state.hidden {
            self.out.push_str(text);
        }
    }

    /// Decodes the bytes that were read, in the code page of their font.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let font = self.fonts.iter().find(|(number, _)| *number == self.state.font).map(|(_, page)| *page);
        let page = font.unwrap_or(self.page);
        self.out.push_str(&page.decode_without_bom_handling(&self.pending).0);
        self.pending.clear();
    }
}

/// The encoding of a code page of Windows.
fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        874 => "windows-874".to_owned(),
        866 => "ibm866".to_owned(),
        10000 => "macintosh".to_owned(),
        10007 => "x-mac-cyrillic".to_owned(),
        65001 => "utf-8".to_owned(),
        1250..=1258 => format!("windows-{number}"),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a font's character set.
fn of_charset(number: i32) -> Option<&'static Encoding> {
    code_page(match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::Reader;

    fn text(rtf: &[u8]) -> String {
        let mut reader = Reader::new();
        reader.run(rtf);
        reader.out
    }

    #[test]
    fn copy_is_what_is_left() {
        for (rtf, want) in [
            (&br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title x}}\f0\fs24 Le pr\'e9sident.\par Fin.\par}"[..], "Le président.\n\nFin.\n\n"),
            (br"{\rtf1\ansi Tout\u8217?s {\b gras} et {\*\generator x}fin}", "Tout’s gras et fin"),
            (br"{\rtf1\ansi\uc0 \u1051\u1086\u1084}", "Лом"),
            (br"{\rtf1\ansi\ansicpg1251 \'cb\'ee\'ec}", "Лом"),
            (br"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f1 \'cb\'ee\'ec \f0 \'e9}", "Лом é"),
            (br"{\rtf1\ansi\ansicpg932 \'93\'fa\'96\'7b}", "日本"),
            (br"{\rtf1\mac pr\'8esident}", "président"),
            (br"{\rtf1 a\{b\}\\c\~d\tab e}", "a{b}\\c\u{a0}d\te"),
            (br#"{\rtf1{\field{\*\fldinst HYPERLINK "x"}{\fldrslt site}} end}"#, "site end"),
            (br"{\rtf1 {\pict\bin3 }}}}shown}", "shown"),
            (br"{\rtf1 \u-10179?\u-8704?!}", "😀!"),
            (br"{\rtf1 cut {\b off", "cut off"),
            (br"{\rtf1 one} behind", "one"),
            (br"{\rtf1 a{\v hidden}b{\deleted gone}c}", "abc"),
        ] {
            assert_eq!(text(rtf), want, "{}", String::from_utf8_lossy(rtf));
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = [&b"{\\rtf1 "[..], &b"{".repeat(100_000), b"a", &b"}".repeat(100_000), b"b}"].concat();
        assert_eq!(text(&deep), "ab");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(parts in proptest::collection::vec(proptest::sample::select(vec![
            &b"{"[..], b"}", b"\\", b"\\u", b"-9", b"\\'", b"e9", b"\\bin", b"99999999999", b"\\f1", b"\\fonttbl", b" a ", b"\xFF",
        ]), 0..40)) {
            text(&parts.concat());
        }
    }
}
