//! Documents of word processors: docx and odt. Their text, without their layout.

use super::draft::{Draft, plain};
use super::head::Head;
use super::markup::{Token, attribute, decode, local, tokens};
use super::{Format, Out, Refusal, Source, exports};
use std::borrow::Cow;
use std::io::{Cursor, Read};

/// The most bytes of a part that are read: a document of text alone is far smaller.
const PART_BYTES_MAX: u64 = 32 << 20;

/// What every document carries as a warning.
pub(super) const LAYOUT: &str =
    "a document of a word processor: notes, columns and tables are read in the order of the file";

/// A kind of document.
pub(super) struct Office {
    name: &'static str,
    help: &'static str,
    part: &'static str,
    about: &'static str,
}

/// Word.
pub(super) const DOCX: Office = Office {
    name: "docx",
    help: "Word documents: text without layout",
    part: "word/document.xml",
    about: "docProps/core.xml",
};
/// OpenDocument.
pub(super) const ODT: Office =
    Office { name: "odt", help: "OpenDocument texts: text without layout", part: "content.xml", about: "meta.xml" };

impl Format for Office {
    fn name(&self) -> &'static str {
        self.name
    }

    fn help(&self) -> &'static str {
        self.help
    }

    fn reads_binary(&self) -> bool {
        true
    }

    fn recognises(&self, source: &Source<'_>, _: &Head<'_>) -> Option<Cow<'static, str>> {
        let has = |name: &str| memchr::memmem::find(source.bytes, name.as_bytes()).is_some();
        let is_kind = source.bytes.starts_with(b"PK\x03\x04")
            && has(self.part)
            && (self.name == "docx" || has("application/vnd.oasis.opendocument.text"));
        is_kind.then(|| Cow::Owned(format!("a zip with {}", self.part)))
    }

    fn read(&self, source: &Source<'_>, _: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let mut archive = zip::ZipArchive::new(Cursor::new(source.bytes)).map_err(|e| Refusal::Other(e.to_string()))?;
        let mut part = |name: &str| -> Option<String> {
            let mut bytes = Vec::new();
            // What can be read of a damaged part is kept.
            let _ = archive.by_name(name).ok()?.take(PART_BYTES_MAX).read_to_end(&mut bytes);
            Some(String::from_utf8_lossy(&bytes).into_owned())
        };
        let content = part(self.part).ok_or("its text cannot be read")?;
        let about = part(self.about);
        let mut text = plain(&text_of(&content));
        // Word keeps its notes in parts of their own: they follow the copy.
        for notes in ["word/footnotes.xml", "word/endnotes.xml"].iter().filter(|_| self.name == "docx") {
            let notes = part(notes).map(|notes| plain(&text_of(&notes)));
            if let Some(notes) = notes.as_deref().map(str::trim).filter(|n| n.chars().any(char::is_alphanumeric)) {
                text.push_str("\n\n");
                text.push_str(notes);
            }
        }
        // A list of a database that was saved as a document.
        if exports::stories(&text, &mut |mut story| {
            "utf-8".clone_into(&mut story.encoding);
            story.warn("layout", LAYOUT, false);
            out.story(story);
        }) > 0
        {
            return Ok(());
        }
        let mut draft = Draft::new(self.name);
        draft.headline_in_text();
        draft.body(&text);
        if draft.has_no_body() {
            return Err(Refusal::NoStory("a document without text"));
        }
        if let Some(about) = about {
            describe(&about, &mut draft);
        }
        let mut story = draft.finish();
        story.encoding = "utf-8".to_owned();
        story.warn("layout", LAYOUT, false);
        out.story(story);
        Ok(())
    }
}

/// The paragraphs of a document: elements `p` and `h`, in both formats.
fn text_of(content: &str) -> String {
    let mut out = String::new();
    let mut copy = false;
    let mut deleted = 0usize;
    // Runs of Word that are hidden: their properties stand before their text.
    let (mut in_run, mut hidden_run) = (false, false);
    // Sections of OpenDocument that are not shown, by how deep they are.
    let mut sections: Vec<bool> = Vec::new();
    for token in tokens(content) {
        match token {
            Token::Start { name, empty, attributes } => match local(name) {
                "r" if !empty => (in_run, hidden_run) = (true, false),
                "vanish" | "webHidden" if in_run => {
                    hidden_run = !matches!(attribute(attributes, "val"), Some("0" | "false" | "off"));
                }
                "section" if name.starts_with("text:") && !empty => {
                    let hidden = attribute(attributes, "display").is_some_and(|d| d == "none");
                    sections.push(hidden);
                    deleted += usize::from(hidden);
                }
                "t" => copy = !empty,
                "p" | "h" if name.starts_with("text:") => copy = !empty,
                "tab" => out.push('\t'),
                "br" | "cr" | "line-break" => out.push('\n'),
                "s" if name.starts_with("text:") => out.push(' '),
                // A text box stands twice, for readers of two ages.
                "delText" | "instrText" | "tracked-changes" | "annotation" | "moveFrom" | "Fallback" if !empty => {
                    deleted += 1;
                }
                "noBreakHyphen" => out.push('\u{2011}'),
                _ => {}
            },
            Token::End { name } => match local(name) {
                "t" => copy = false,
                "r" => (in_run, hidden_run) = (false, false),
                "section" if name.starts_with("text:") => {
                    deleted = deleted.saturating_sub(usize::from(sections.pop().unwrap_or(false)));
                }
                "p" | "h" => {
                    copy = copy && !name.starts_with("text:");
                    out.push_str("\n\n");
                }
                "tc" | "table-cell" => out.push('\t'),
                "delText" | "instrText" | "tracked-changes" | "annotation" | "moveFrom" | "Fallback" => {
                    deleted = deleted.saturating_sub(1);
                }
                _ => {}
            },
            Token::Text(raw) if copy && deleted == 0 && !hidden_run => out.push_str(&decode(raw)),
            Token::Cdata(raw) if copy && deleted == 0 && !hidden_run => out.push_str(raw),
            Token::Text(_) | Token::Cdata(_) => {}
        }
    }
    out
}

/// What a document says of itself. When it was made is not when it was filed.
fn describe(about: &str, draft: &mut Draft) {
    let mut field = "";
    for token in tokens(about) {
        match token {
            Token::Start { name, .. } => field = local(name),
            Token::Text(raw) if !raw.trim().is_empty() => match field {
                "created" | "creation-date" | "modified" | "date" => draft.time(raw, format!("about/{field}"), false),
                "language" => draft.language(raw, "about/language"),
                "keyword" | "keywords" => draft.keyword(decode(raw), "about/keywords"),
                _ => {}
            },
            Token::End { .. } => field = "",
            Token::Text(_) | Token::Cdata(_) => {}
        }
    }
}
