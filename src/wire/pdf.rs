//! PDF: the text layer, in the order of the file.
//!
//! Objects, streams and tables of references are read by lopdf; fonts, pages and lines
//! here, within bounds of bytes, glyphs and steps. A PDF says where signs stand, not what
//! a paragraph or a column is: that is guessed from the places, and the story says so.
//! Pictures of text are not read.

mod content;
mod encoding;
mod font;
mod lines;
mod page;
mod unicode;

use super::draft::Draft;
use super::head::Head;
use super::{Format, Out, Refusal, Source};
use lopdf::{Dictionary, Document, LoadOptions, Object};
use std::borrow::Cow;
use std::thread;

/// The largest PDF that is opened: all its objects lie in memory, several times its size.
const FILE_BYTES_MAX: usize = 48 << 20;
/// Bytes that all streams of objects together may grow to.
const OBJECTS_BYTES_MAX: usize = 192 << 20;
/// Bytes that one stream of objects may grow to.
const STREAM_BYTES_MAX: usize = 16 << 20;
/// Stack of the thread that opens a PDF: its objects may lie within each other.
const STACK_BYTES: usize = 32 << 20;
/// Bytes into a file among which its mark is looked for (as other readers do).
const MARK_BYTES: usize = 1024;

/// PDF.
pub(super) struct Pdf;

/// What was read of a document.
#[derive(Debug, Default)]
struct Text {
    body: String,
    lang: Option<String>,
    times: Vec<(&'static str, String)>,
    pages: usize,
    unknown: usize,
    left_out: Option<&'static str>,
}

impl Format for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn help(&self) -> &'static str {
        "PDF: the text layer without its layout"
    }

    fn reads_binary(&self) -> bool {
        true
    }

    fn recognises(&self, source: &Source<'_>, _: &Head<'_>) -> Option<Cow<'static, str>> {
        let start = &source.bytes[..source.bytes.len().min(MARK_BYTES)];
        let at = memchr::memmem::find(start, b"%PDF-")?;
        // A text that speaks of the mark is no PDF.
        (start[..at].iter().all(|b| b.is_ascii_whitespace() || !b.is_ascii()) || start[..at].starts_with(b"%!PS"))
            .then_some(Cow::Borrowed("the mark %PDF-"))
    }

    fn read(&self, source: &Source<'_>, _: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        if source.bytes.len() > FILE_BYTES_MAX || source.left_out > 0 {
            return Err(Refusal::Unread("pdf too large to be opened"));
        }
        // A thread of its own: its stack bounds nesting, and a slip of the library ends it alone.
        let read = thread::scope(|scope| {
            thread::Builder::new()
                .name("pdf".to_owned())
                .stack_size(STACK_BYTES)
                .spawn_scoped(scope, || text_of(source.bytes))
                .map_err(|_| Refusal::Unread("pdf that no thread could be had for"))?
                .join()
                .map_err(|_| Refusal::Unread("pdf too damaged to be read"))?
        })?;
        let mut draft = Draft::new("pdf");
        draft.headline_in_text();
        draft.body(&read.body);
        if draft.has_no_body() {
            return Err(Refusal::Unread(read.left_out.unwrap_or("pdf without a text layer")));
        }
        for (field, value) in &read.times {
            draft.time(value, *field, false);
        }
        if let Some(lang) = &read.lang {
            draft.language(lang, "Catalog/Lang");
        }
        let mut story = draft.finish();
        story.encoding = "utf-8".to_owned();
        let pages = if read.pages == 1 { "1 page".to_owned() } else { format!("{} pages", read.pages) };
        story.warn(
            "layout",
            format!("{pages} of a PDF: columns, tables and notes are read in the order of the file"),
            false,
        );
        if read.unknown > 0 {
            let message = format!("{} signs of its fonts have no Unicode and show as U+FFFD", read.unknown);
            story.warn("signs-unknown", message, false);
        }
        if let Some(why) = read.left_out {
            story.warn("pdf-cut", format!("not all of it was read: {why}"), true);
        }
        out.story(story);
        Ok(())
    }
}

fn text_of(bytes: &[u8]) -> Result<Text, Refusal> {
    let streams = memchr::memmem::find_iter(bytes, b"/ObjStm").count().max(1);
    let limit = STREAM_BYTES_MAX.min(OBJECTS_BYTES_MAX / streams);
    let options = LoadOptions { max_decompressed_size: Some(limit), ..LoadOptions::default() };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(_) => return Err(Refusal::Unread("pdf that cannot be opened")),
    };
    if document.is_encrypted() {
        return Err(Refusal::Unread("pdf with a password"));
    }
    let mut text = page::read(&document);
    text.lang = document.catalog().ok().and_then(|c| string(&document, c, b"Lang")).filter(|l| l.len() <= 20);
    if let Ok(Object::Dictionary(info)) = document.trailer.get_deref(b"Info", &document) {
        // When a document was made is not when the story was filed.
        for (key, field) in [(&b"CreationDate"[..], "Info/CreationDate"), (b"ModDate", "Info/ModDate")] {
            text.times.extend(string(&document, info, key).and_then(|s| date(&s)).map(|d| (field, d)));
        }
    }
    Ok(text)
}

fn string(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    let bytes = dictionary.get_deref(key, document).ok()?.as_str().ok()?;
    Some(String::from_utf8_lossy(bytes).into_owned())
}

/// Reads `D:20210503090000+02'00'` (ISO 32000, 7.9.4) as a moment in ISO 8601.
fn date(text: &str) -> Option<String> {
    let text = text.strip_prefix("D:").unwrap_or(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (stamp, zone) = text.split_at_checked(digits)?;
    let part = |from: usize, to: usize| stamp.get(from..to);
    let day = format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let (Some(hours), Some(minutes)) = (part(8, 10), part(10, 12)) else { return Some(day) };
    let zone = zone.replace('\'', "");
    let zone = if zone.len() == 5 || zone == "Z" { zone } else { String::new() };
    Some(format!("{day}T{hours}:{minutes}:{}{zone}", part(12, 14).unwrap_or("00")))
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_of_documents() {
        for (text, want) in [
            ("D:20210503090000+02'00'", "2021-05-03T09:00:00+0200"),
            ("D:20210503090000Z", "2021-05-03T09:00:00Z"),
            ("20210503", "2021-05-03"),
        ] {
            assert_eq!(date(text).as_deref(), Some(want), "{text}");
        }
        assert_eq!(date("yesterday"), None);
    }
}
