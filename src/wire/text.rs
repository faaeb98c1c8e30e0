//! Plain text: any encoding, one story or several.

use super::head::Head;
use super::split::split;
use super::telegraph::without_controls;
use super::{Format, Out, Refusal, Source, decode::decode};
use crate::story::Story;
use std::borrow::Cow;

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
        for part in split(&decoded.text).into_iter().filter(|part| !part.trim().is_empty()) {
            // A frame of the telegraph that no other format knows: its controls are no copy.
            let framed = part.contains(['\u{1}', '\u{2}', '\u{3}']);
            let mut story = Story::new(if framed { without_controls(part) } else { part.to_owned() });
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

/// Names the markup that a text begins with: no format could read it.
fn looks_like_markup(text: &str) -> Option<&'static str> {
    let start = text.trim_start();
    let lower: String = start.chars().take(16).flat_map(char::to_lowercase).collect();
    match () {
        () if lower.starts_with("<!doctype html") || lower.starts_with("<html") => Some("HTML"),
        () if lower.starts_with("<?xml") || lower.starts_with("<newsml") || lower.starts_with("<nitf") => Some("XML"),
        () if lower.starts_with("<!doctype") => Some("SGML"),
        () if lower.starts_with('{') && text.trim_end().ends_with('}') && start.contains("\":") => Some("JSON"),
        () => None,
    }
}
