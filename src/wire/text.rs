//! Plain text: any encoding, one story or several.

use super::draft::floor;
use super::head::Head;
use super::spaced::closed_up;
use super::split::split;
use super::telegraph::without_controls;
use super::{Format, Out, Refusal, Source, decode::decode};
use crate::story::{Confidence, Evidence, Origin, Sourced, Story};
use std::borrow::Cow;

/// Bytes that are kept of what looks like markup and cannot be read as such.
const RAW_BYTES_MAX: usize = 256 << 10;

/// Plain text in any encoding.
pub(super) struct PlainText;

impl Format for PlainText {
    fn name(&self) -> &'static str {
        "text"
    }

    fn help(&self) -> &'static str {
        "plain text in any encoding; several stories framed by ZCZC and NNNN, form feeds or ruled lines"
    }

    fn recognises(&self, _: &Source<'_>, _: &Head<'_>) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed("no other format claims it"))
    }

    fn read(&self, source: &Source<'_>, _: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let decoded = decode(source.bytes);
        let markup = looks_like_markup(&decoded.text);
        // What a reader of markup has refused is no copy: a beginning shows what it is.
        let is_raw = markup.is_some() || out.has_refusals();
        let text = if is_raw { &decoded.text[..floor(&decoded.text, RAW_BYTES_MAX)] } else { &*decoded.text };
        if text.len() < decoded.text.len() {
            let left_out = decoded.text.len() - text.len();
            out.note(
                "text-cut",
                format!("of so long a text only the beginning is read: {left_out} bytes are left out"),
            );
        }
        if is_comment(text) {
            return Err(Refusal::NoStory("markup without text"));
        }
        let whole: Vec<&str> = super::headed::starred(text).into_iter().flat_map(split).collect();
        for part in whole.into_iter().filter(|part| !part.trim().is_empty()) {
            // A frame of the telegraph that no other format knows: its controls are no copy.
            let framed = part.contains(['\u{1}', '\u{2}', '\u{3}']);
            let mut copy = if framed { without_controls(part) } else { part.to_owned() };
            if copy.trim().is_empty() {
                continue;
            }
            if let Cow::Owned(closed) = closed_up(&copy) {
                copy = closed;
            }
            let mut story = super::headed::read(&copy).unwrap_or_else(|| Story::new(copy));
            if let Some(address) = source.envelope.address.filter(|_| story.guid.is_none()) {
                let origin = Origin::Field(Cow::Borrowed("address of the page"));
                let evidence = vec![Evidence { origin, rule: Cow::Borrowed("text"), confidence: Confidence::Stated }];
                story.guid = Some(Sourced { value: address.to_owned(), evidence });
            }
            story.encoding.clone_from(&decoded.encoding);
            if decoded.replaced > 0 {
                let message =
                    format!("{} byte sequences are no {} and show as U+FFFD", decoded.replaced, decoded.encoding);
                story.warn("replaced-bytes", message, false);
            }
            if let Some(kind) = markup {
                story.warn("markup-as-text", format!("{kind} is read as raw text, tags included"), true);
            }
            out.story(story);
        }
        Ok(())
    }
}

/// Tells whether a text is comments of markup and nothing else.
fn is_comment(text: &str) -> bool {
    let mut rest = text.trim();
    while let Some((_, behind)) = rest.strip_prefix("<!--").and_then(|inner| inner.split_once("-->")) {
        rest = behind.trim_start();
    }
    rest.is_empty() && !text.trim().is_empty()
}

/// Names the markup that a text begins with: no format could read it.
fn looks_like_markup(text: &str) -> Option<&'static str> {
    let start = text.trim_start();
    let lower: String = start.chars().take(16).flat_map(char::to_lowercase).collect();
    match () {
        () if lower.starts_with("<!doctype html") || lower.starts_with("<html") => Some("HTML"),
        () if lower.starts_with("<?xml") || lower.starts_with("<newsml") || lower.starts_with("<nitf") => Some("XML"),
        () if lower.starts_with("<!doctype") => Some("SGML"),
        () if lower.starts_with("{\\rtf") => Some("RTF"),
        () if lower.starts_with('{') && text.trim_end().ends_with('}') && start.contains("\":") => Some("JSON"),
        () => None,
    }
}
