//! Plain text: any encoding, one story or several.

use super::draft::floor;
use super::head::Head;
use super::split::split;
use super::telegraph::without_controls;
use super::{Format, Out, Refusal, Source, decode::decode};
use crate::story::Story;
use std::borrow::Cow;

/// The longest plain text that is one story, as long as a long novel: what is known of each
/// of its words takes many times as much, and nothing is lost where it is divided.
const PIECE_BYTES_MAX: usize = 1 << 20;
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
        let whole = split(text);
        for (part, of) in whole.into_iter().flat_map(pieces).filter(|(part, _)| !part.trim().is_empty()) {
            // A frame of the telegraph that no other format knows: its controls are no copy.
            let framed = part.contains(['\u{1}', '\u{2}', '\u{3}']);
            let copy = if framed { without_controls(part) } else { part.to_owned() };
            if copy.trim().is_empty() {
                continue;
            }
            let mut story = Story::new(copy);
            if of > 1 {
                let message = format!("the text is so long that it is read as {of} stories, this is one of them");
                story.warn("text-divided", message, true);
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

/// Cuts a text that is too long for a story, at the last paragraph or line of each piece
/// where it has one; each with the number of pieces.
fn pieces(text: &str) -> Vec<(&str, usize)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > PIECE_BYTES_MAX {
        let room = &rest[..floor(rest, PIECE_BYTES_MAX)];
        let cut = room.rfind("\n\n").or_else(|| room.rfind('\n')).or_else(|| room.rfind(' '));
        let (piece, behind) = rest.split_at(cut.filter(|cut| *cut > PIECE_BYTES_MAX / 2).unwrap_or(room.len()));
        pieces.push(piece);
        rest = behind;
    }
    pieces.push(rest);
    let count = pieces.len();
    pieces.into_iter().map(|piece| (piece, count)).collect()
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
