//! Bytes to stories: one file a wire format, one row of [`FORMATS`] each.
//!
//! Recognition goes by content, then by name. A format that recognises a file and then
//! finds that it is none of its own refuses with a reason, and the next is asked, down to
//! plain text; every refusal becomes a warning of the stories. What is no text at all is
//! named for the report and skipped. Nothing that the bytes do not say is added.

mod anpa;
mod credits;
mod csv_rows;
pub mod decode;
mod draft;
mod exports;
mod feed;
mod finder;
mod front_matter;
mod head;
mod headed;
mod html;
mod iptc7901;
mod json;
mod keys;
mod mail;
mod markup;
mod newsml1;
mod newsml_g2;
mod newsml_json;
mod nitf;
mod office;
mod orders;
mod pdf;
mod rcv1;
mod record;
mod repeats;
mod ris;
mod rtf;
mod sgml;
mod spaced;
mod split;
mod stamp;
mod subtitles;
mod telegraph;
mod telex;
mod text;
mod values;
mod wide;
mod xml;
mod zeros;

pub use keys::KeyMap;

use crate::story::{Layout, Moment, Span, Story};
use head::Head;
use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a format is given to read.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The path, for people.
    pub path: &'a str,
    /// The content, or as much of it as is read.
    pub bytes: &'a [u8],
    /// Bytes of the file beyond `bytes` that were left out.
    pub left_out: u64,
    /// What is known from around the content.
    pub envelope: Envelope<'a>,
}

/// What is known of a content from what it came in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Envelope<'a> {
    /// The encoding that a transport declared.
    pub charset: Option<&'a str>,
    /// The address that a page was fetched from.
    pub address: Option<&'a str>,
    /// When a page was fetched: no later can it have been filed.
    pub captured: Option<Moment>,
    /// Which keys of JSON, CSV and unknown XML mean what.
    pub map: Option<&'a KeyMap>,
    /// How many messages this content is attached within.
    pub depth: u8,
    /// What ends the reading early, between stories and parts.
    pub halt: Option<&'a AtomicBool>,
}

impl<'a> Source<'a> {
    /// Returns a source of `bytes`, whole, with nothing known around it.
    #[must_use]
    pub fn new(path: &'a str, bytes: &'a [u8]) -> Source<'a> {
        Source { path, bytes, left_out: 0, envelope: Envelope::default() }
    }

    /// Returns the extension of the path in lower case.
    fn extension(&self) -> String {
        let name = self.path.rsplit(['/', '\\']).next().unwrap_or("");
        name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_lowercase())
    }
}

/// Why a format that recognised a file gives no story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is something else: the next format is asked. One sentence without a full stop.
    Other(String),
    /// It is of this format and holds no story: what it is instead.
    NoStory(&'static str),
    /// It is of this format and may hold copy that cannot be read: what it is.
    Unread(&'static str),
}

impl From<&str> for Refusal {
    fn from(reason: &str) -> Refusal {
        Refusal::Other(reason.to_owned())
    }
}

/// A wire format.
pub trait Format: Sync {
    /// The name in listings and in the `format:` field.
    fn name(&self) -> &'static str;
    /// One line for the listing of formats.
    fn help(&self) -> &'static str;
    /// Tells whether the format reads bytes that are no text.
    fn reads_binary(&self) -> bool {
        false
    }
    /// Tells what of the content makes it look like this format, or that nothing does.
    fn recognises(&self, source: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>>;
    /// Gives every story to `out`.
    ///
    /// # Errors
    /// The content is of another format after all, or holds no story. What was given
    /// before stands.
    fn read(&self, source: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal>;
}

/// Every format, in the order in which they are asked; the last takes any text.
pub const FORMATS: &[&dyn Format] = &[
    &office::DOCX,
    &office::ODT,
    &pdf::Pdf,
    &rcv1::Rcv1,
    &newsml_g2::NewsMlG2,
    &newsml1::NewsMl1,
    &nitf::Nitf,
    &feed::Feed,
    &sgml::Reuters21578,
    &sgml::Collection,
    &html::Html,
    &xml::OtherXml,
    &rtf::Rtf,
    &json::AP,
    &json::NINJS,
    &json::OTHER,
    &anpa::Anpa,
    &iptc7901::Iptc7901,
    &telex::Telex,
    &mail::Mail,
    &front_matter::FrontMatter,
    &exports::Nexis,
    &exports::Factiva,
    &exports::ProQuest,
    &ris::Ris,
    &subtitles::Subtitles,
    &csv_rows::Csv,
    &text::PlainText,
];

/// The last of the formats.
const FALLBACK: &str = "text";

/// The longest text of a story, as long as a long novel: what is known of each of its words
/// takes many times as much. A longer text is read as several.
const STORY_BYTES_MAX: usize = 1 << 20;

/// Takes the stories of a file as they are read.
pub struct Out<'a> {
    sink: &'a mut dyn FnMut(Story),
    format: &'static str,
    reason: Cow<'static, str>,
    path: &'a str,
    left_out: u64,
    refusals: Vec<String>,
    encoding: String,
    notes: Vec<(&'static str, String)>,
    troubles: Vec<String>,
    parts: u32,
    halt: Option<&'a AtomicBool>,
}

impl std::fmt::Debug for Out<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Out").field("path", &self.path).field("parts", &self.parts).finish_non_exhaustive()
    }
}

impl Out<'_> {
    /// Takes a story; one whose text is too long as several, so that nothing of it is lost.
    pub(super) fn story(&mut self, mut story: Story) {
        if self.is_over() {
            self.parts = self.parts.saturating_add(1);
            return;
        }
        if story.text.len() <= STORY_BYTES_MAX {
            return self.one(story);
        }
        let text = std::mem::take(&mut story.text);
        let pieces = split::pieces(&text, STORY_BYTES_MAX);
        let message = format!("the text is so long that it is read as {} stories, this is one of them", pieces.len());
        story.warn("text-divided", message, true);
        for (number, piece) in pieces.into_iter().enumerate() {
            let mut part = story.clone();
            piece.clone_into(&mut part.text);
            let end = u32::try_from(piece.len()).unwrap_or(u32::MAX);
            // The first begins as the whole does; a headline that is a field is that of all.
            let (headline, start) = match number {
                0 => (part.layout.headline, part.layout.lead_start.min(end)),
                _ => (part.layout.headline.map(|_| Span::new(0, 0)), 0),
            };
            part.layout = Layout { headline, lead_start: start, lead_end: end, body_end: end };
            self.one(part);
        }
    }

    fn one(&mut self, mut story: Story) {
        self.format.clone_into(&mut story.format);
        story.recognised_by.clear();
        story.recognised_by.push_str(&self.reason);
        self.path.clone_into(&mut story.path);
        story.part = self.parts;
        if story.encoding.is_empty() {
            story.encoding.clone_from(&self.encoding);
        }
        for refusal in &self.refusals {
            // What another format could not read is raw text at the end of the chain.
            story.warn("format-refused", refusal.clone(), self.format == FALLBACK);
        }
        for (code, message) in &self.notes {
            story.warn(code, message.clone(), false);
        }
        if self.left_out > 0 {
            let message = format!("the file is too large: its last {} bytes were not read", self.left_out);
            story.warn("file-cut", message, true);
        }
        self.parts = self.parts.saturating_add(1);
        (self.sink)(story);
    }

    /// Takes a story that another format has read, such as of an attachment.
    pub(super) fn inner(&mut self, mut story: Story) {
        story.part = self.parts;
        self.parts = self.parts.saturating_add(1);
        (self.sink)(story);
    }

    /// Tells whether the reading is to end: what would still be given is taken back.
    fn is_over(&self) -> bool {
        self.halt.is_some_and(|halt| halt.load(Ordering::Relaxed))
    }

    /// Tells whether another format was asked before and refused.
    fn has_refusals(&self) -> bool {
        !self.refusals.is_empty()
    }

    /// Returns how many stories were taken.
    fn count(&self) -> u32 {
        self.parts
    }

    /// Notes something about the file, as a warning of each of its stories.
    fn note(&mut self, code: &'static str, message: String) {
        self.notes.push((code, message));
    }

    /// Notes that a part of the file was lost while others were read.
    fn trouble(&mut self, code: &'static str, message: String) {
        self.troubles.push(format!("{code}: {message}"));
    }

    /// Decodes the content of `source`, `label` being the encoding that it declares, and
    /// notes what was wrong with it.
    fn decode<'s>(&mut self, source: &Source<'s>, label: Option<&str>) -> Cow<'s, str> {
        let label = label.or(source.envelope.charset);
        let (decoded, is_false) = decode::decode_declared(source.bytes, label);
        if is_false {
            let declared = label.unwrap_or("").to_owned();
            self.note("false-encoding", format!("it declares {declared} and is {}", decoded.encoding));
        }
        if decoded.replaced > 0 {
            let message = format!("{} byte sequences are no {} and show as U+FFFD", decoded.replaced, decoded.encoding);
            self.note("replaced-bytes", message);
        }
        self.encoding = decoded.encoding;
        decoded.text
    }
}

/// What became of a file's content.
#[derive(Debug)]
pub enum Reading {
    /// The stories in it, in order, with format, encoding, path and part filled in.
    Stories(Vec<Story>),
    /// No story: what it is instead.
    NotAStory(&'static str),
}

/// What is to be said of a content beside its stories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// What it is instead, where it holds no story.
    pub instead: Option<&'static str>,
    /// What of it was lost, though it may hold copy: a code or a kind, and a sentence each.
    pub troubles: Vec<String>,
}

/// Reads the stories of a file.
///
/// ```
/// use dateline::wire::{read, Reading, Source};
/// let source = Source::new("a.txt", b"Moscou - IRNA - Un texte.");
/// let Reading::Stories(stories) = read(&source) else { panic!("a text is a story") };
/// assert_eq!(stories[0].text, "Moscou - IRNA - Un texte.");
/// ```
#[must_use]
pub fn read(source: &Source<'_>) -> Reading {
    let mut stories = Vec::new();
    match read_each(source, &mut |story| stories.push(story)).instead {
        Some(kind) => Reading::NotAStory(kind),
        None => Reading::Stories(stories),
    }
}

/// Reads the stories of a file one by one into `sink`.
pub fn read_each(source: &Source<'_>, sink: &mut dyn FnMut(Story)) -> Remarks {
    if let Some(wide) = wide::utf32(source.bytes) {
        let narrow = Source { bytes: wide.text.as_bytes(), ..*source };
        return read_each(&narrow, &mut |mut story| {
            story.encoding.clone_from(&wide.encoding);
            if wide.replaced > 0 {
                let message = format!("{} units are no {} and show as U+FFFD", wide.replaced, wide.encoding);
                story.warn("replaced-bytes", message, false);
            }
            sink(story);
        });
    }
    let instead = |kind| Remarks { instead: Some(kind), troubles: Vec::new() };
    let unread = |kind| Remarks { instead: Some(kind), troubles: vec![format!("{kind}: what it holds is not read")] };
    let binary = not_a_story(source.bytes);
    let head = Head::of(source.bytes);
    let may_be_filled = || match binary {
        None => !FORMATS.iter().any(|f| f.reads_binary() && f.recognises(source, &head).is_some()),
        Some(kind) => kind == NO_TEXT || BY_LETTERS.contains(&kind),
    };
    if memchr::memchr(0, source.bytes).is_some()
        && may_be_filled()
        && let Some(filled) = zeros::without(source.bytes, binary.is_some_and(|kind| kind != NO_TEXT))
    {
        let narrow = Source { bytes: &filled.bytes, ..*source };
        let mut remarks = read_each(&narrow, &mut |mut story| {
            story.warn("zero-bytes", filled.message(), false);
            sink(story);
        });
        if remarks.instead.is_none() && filled.is_loss() {
            remarks.troubles.push(format!("zero-bytes: {}", filled.message()));
        }
        return remarks;
    }
    let mut out = Out {
        sink,
        format: "",
        reason: Cow::Borrowed(""),
        path: source.path,
        left_out: source.left_out,
        refusals: Vec::new(),
        encoding: String::new(),
        notes: Vec::new(),
        troubles: Vec::new(),
        parts: 0,
        halt: source.envelope.halt,
    };
    for format in FORMATS.iter().filter(|f| binary.is_none() || f.reads_binary()) {
        let Some(reason) = format.recognises(source, &head) else { continue };
        (out.format, out.reason) = (format.name(), reason);
        out.notes.clear();
        match format.read(source, &head, &mut out) {
            _ if out.count() > 0 => return Remarks { instead: None, troubles: out.troubles },
            Ok(()) => return instead("blank"),
            Err(Refusal::NoStory(kind)) => return instead(kind),
            Err(Refusal::Unread(kind)) => return unread(kind),
            Err(Refusal::Other(why)) => {
                out.refusals.push(format!("looks like {} ({}) and is not: {why}", out.format, out.reason));
            }
        }
    }
    match binary {
        Some(kind) if UNREAD.contains(&kind) => unread(kind),
        _ => instead(binary.unwrap_or("blank")),
    }
}

/// Tells whether a content that begins so may be one whose keys a mapping names: JSON, XML,
/// or a first row of columns. Mail may have such a content attached.
#[must_use]
pub fn may_have_keys(start: &[u8]) -> bool {
    let head = Head::of(start);
    let first = head.bytes.first().copied().unwrap_or(0);
    matches!(first, b'{' | b'[' | b'<')
        || first == 0xFF
        || first == 0xFE
        || csv_rows::has_columns(&head)
        || mail::is_mail(&head)
}

/// Reads a moment as headers and markup write it: at least a whole day.
#[must_use]
pub fn parse_moment(text: &str) -> Option<Moment> {
    stamp::moment(text)
}

/// First bytes of what surely is no text.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n", "image"),
    (b"\xFF\xD8\xFF", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\x1F\x8B", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xFD7zXZ\0", "xz"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
    (b"\x7FELF", "program"),
    (b"MZ", "program"),
    (b"OggS", "sound"),
    (b"ID3", "sound"),
    (b"\xFF\xFB", "sound"),
    (b"\xFF\xF3", "sound"),
    (b"fLaC", "sound"),
    (b"RIFF", "sound or film"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"OTTO", "font"),
    (b"PACK\0\0\0", "packed objects"),
    (b"7z\xBC\xAF\x27\x1C", "7-zip"),
    (b"Rar!\x1A\x07", "rar"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old office document"),
    (b"\0\0\0\x18ftyp", "film"),
    (b"\0\0\0 ftyp", "film"),
    (b"SQLite format 3\0", "database"),
];

/// What may hold copy and is read by no format.
const UNREAD: &[&str] = &["old office document", "rar", "7-zip", "database", NO_TEXT];

/// What surely never was copy: nobody needs to be told where it lies.
const NEVER_COPY: &[&str] = &["image", "program", "sound", "sound or film", "film", "font", "packed objects"];

/// Tells whether what stands in the place of a story needs not be named: it surely is no copy, or
/// a trouble names it.
#[must_use]
pub fn needs_no_naming(kind: &str) -> bool {
    NEVER_COPY.contains(&kind) || UNREAD.contains(&kind)
}

/// What is called text by nothing.
const NO_TEXT: &str = "no text";

/// What begins with letters that a text may begin with.
const BY_LETTERS: &[&str] = &["image", "program", "sound", "sound or film", "font"];

/// Names what the bytes are where they are surely no text.
fn not_a_story(bytes: &[u8]) -> Option<&'static str> {
    if bytes.is_empty() {
        return Some("empty");
    }
    let magic = MAGIC.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind);
    // Marks of letters begin texts too ("BMW …"): they count only where binary follows.
    // A JPEG or tagged sound is none by its mark, whatever follows.
    let sure = bytes.starts_with(b"\x89PNG")
        || matches!(bytes, [0xFF, 0xD8, 0xFF, 0xC0..=0xFF, ..] | [b'I', b'D', b'3', 2..=4, 0, ..]);
    let binary = decode::is_binary(bytes);
    match magic {
        Some(kind) if BY_LETTERS.contains(&kind) && !binary => sure.then_some(kind),
        Some(kind) => Some(kind),
        None => binary.then_some(NO_TEXT),
    }
}

#[cfg(test)]
mod tests {
    use super::{FORMATS, not_a_story};

    #[test]
    fn binaries_are_named_and_texts_are_not() {
        assert_eq!(not_a_story(b""), Some("empty"));
        assert_eq!(not_a_story(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), Some("image"));
        assert_eq!(not_a_story(b"\x00\x01\x02\x03\x00\x00\x00\x05binary\0\0\0"), Some("no text"));
        assert_eq!(not_a_story(b"\xFF\xD8\xFF\xE0\0\x10JFIF of no more bytes than letters"), Some("image"));
        assert_eq!(not_a_story(b"ID3\x03\0Some title, and sound behind it"), Some("sound"));
        assert_eq!(not_a_story(b"ID3 is what tags of sound are called"), None);
        assert_eq!(not_a_story(b"OTTO was king"), None);
        assert_eq!(not_a_story(b"BMW said on Monday"), None);
        assert_eq!(not_a_story("\u{feff}Moscou".as_bytes()), None);
        assert_eq!(not_a_story(b"M\0o\0s\0c\0o\0u\0 \0-\0 \0I\0R\0N\0A\0"), None);
    }

    #[test]
    fn names_of_formats_are_unique() {
        for (i, f) in FORMATS.iter().enumerate() {
            assert!(FORMATS[..i].iter().all(|g| g.name() != f.name()) && !f.help().is_empty());
        }
    }
}
