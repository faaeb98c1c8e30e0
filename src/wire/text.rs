//! Plain text: any encoding, one story or several.

use super::split::split;
use super::{Format, Source, decode::decode};
use crate::story::Story;

/// Plain text in any encoding.
pub(super) struct PlainText;

impl Format for PlainText {
    fn name(&self) -> &'static str {
        "text"
    }

    fn help(&self) -> &'static str {
        "plain text in any encoding; several stories framed by ZCZC and NNNN, form feeds or ruled lines"
    }

    fn recognises(&self, _: &Source<'_>) -> bool {
        true
    }

    fn read(&self, source: &Source<'_>) -> Vec<Story> {
        let decoded = decode(source.bytes);
        let markup = looks_like_markup(&decoded.text);
        split(&decoded.text)
            .into_iter()
            .filter(|part| !part.trim().is_empty())
            .map(|part| {
                let mut story = Story::new(part.to_owned());
                story.encoding.clone_from(&decoded.encoding);
                if decoded.replaced > 0 {
                    let message =
                        format!("{} byte sequences are no {} and show as U+FFFD", decoded.replaced, decoded.encoding);
                    story.warn("replaced-bytes", message, false);
                }
                if let Some(kind) = markup {
                    story.warn("markup-as-text", format!("{kind} is read as raw text, tags included"), true);
                }
                story
            })
            .collect()
    }
}

/// Names the markup that a text begins with: this version reads none of it.
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
