//! Bytes to stories: one file a wire format, one row of [`FORMATS`] each.
//!
//! Recognition goes by content, then by name. A file that no format claims is read as
//! plain text; what is no text at all is named for the report and skipped.

pub mod decode;
mod split;
mod text;

use crate::story::Story;

/// What a format is given to read.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The path, for people.
    pub path: &'a str,
    /// The content, or as much of it as is read.
    pub bytes: &'a [u8],
    /// Bytes of the file beyond `bytes` that were left out.
    pub left_out: u64,
}

/// A wire format.
pub trait Format: Sync {
    /// The name in listings and in the `format:` field.
    fn name(&self) -> &'static str;
    /// One line for the listing of formats.
    fn help(&self) -> &'static str;
    /// Tells whether the content looks like this format.
    fn recognises(&self, source: &Source<'_>) -> bool;
    /// Reads every story; a format that cannot returns none, and the next is asked.
    fn read(&self, source: &Source<'_>) -> Vec<Story>;
}

/// Every format, in the order in which they are asked; the last takes any text.
pub const FORMATS: &[&dyn Format] = &[&text::PlainText];

/// What became of a file's content.
#[derive(Debug)]
pub enum Reading {
    /// The stories in it, in order, with format, encoding, path and part filled in.
    Stories(Vec<Story>),
    /// No story: what it is instead.
    NotAStory(&'static str),
}

/// Reads the stories of a file.
///
/// ```
/// use dateline::wire::{read, Reading, Source};
/// let source = Source { path: "a.txt", bytes: b"Moscou - IRNA - Un texte.", left_out: 0 };
/// let Reading::Stories(stories) = read(&source) else { panic!("a text is a story") };
/// assert_eq!(stories[0].text, "Moscou - IRNA - Un texte.");
/// ```
#[must_use]
pub fn read(source: &Source<'_>) -> Reading {
    if let Some(kind) = not_a_story(source.bytes) {
        return Reading::NotAStory(kind);
    }
    for format in FORMATS.iter().filter(|f| f.recognises(source)) {
        let mut stories = format.read(source);
        if stories.is_empty() {
            continue;
        }
        for (part, story) in stories.iter_mut().enumerate() {
            story.format = format.name().to_owned();
            source.path.clone_into(&mut story.path);
            story.part = u32::try_from(part).unwrap_or(u32::MAX);
            if source.left_out > 0 {
                story.warn(
                    "file-cut",
                    format!("the file is too large: its last {} bytes were not read", source.left_out),
                    true,
                );
            }
        }
        return Reading::Stories(stories);
    }
    Reading::NotAStory("blank")
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
    (b"RIFF", "sound or film"),
    (b"\0\0\0\x18ftyp", "film"),
    (b"\0\0\0 ftyp", "film"),
    (b"SQLite format 3\0", "database"),
];

/// Names what the bytes are where they are surely no text.
fn not_a_story(bytes: &[u8]) -> Option<&'static str> {
    if bytes.is_empty() {
        return Some("empty");
    }
    let magic = MAGIC.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind);
    // Two-letter marks begin texts too ("BMW …"): they count only where binary follows.
    let binary = decode::is_binary(bytes);
    match magic {
        Some(kind @ ("image" | "program" | "sound" | "sound or film")) if !binary => {
            bytes.starts_with(b"\x89PNG").then_some(kind)
        }
        Some(kind) => Some(kind),
        None => binary.then_some("binary"),
    }
}

#[cfg(test)]
mod tests {
    use super::{FORMATS, not_a_story};

    #[test]
    fn binaries_are_named_and_texts_are_not() {
        assert_eq!(not_a_story(b""), Some("empty"));
        assert_eq!(not_a_story(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), Some("image"));
        assert_eq!(not_a_story(b"\x00\x01\x02\x03\x00\x00\x00\x05binary\0\0\0"), Some("binary"));
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
