//! What is attached to mail: documents become stories of their own, whatever else is
//! named.

use crate::story::{Moment, Story};
use crate::wire::{Envelope, Source, read_each};
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders, PartType};
use std::borrow::Cow;

/// Messages within messages that are opened.
const DEPTH_MAX: u8 = 4;
/// Attachments of one message that are read; the rest is named.
const READ_MAX: usize = 200;
/// Names in a warning.
const NAMED_MAX: usize = 10;
/// Types that accompany copy and are none.
const SIDE: &[&str] =
    &["pgp-signature", "pkcs7-signature", "x-pkcs7-signature", "calendar", "vcard", "x-vcard", "ms-tnef"];

/// What was attached to a message.
#[derive(Debug, Default)]
pub(super) struct Attached {
    /// Stories of documents, in order.
    pub(super) stories: Vec<Story>,
    read: Vec<String>,
    unread: Vec<String>,
}

impl Attached {
    /// Says what was read and what was not, by name.
    pub(super) fn summary(&self) -> Option<String> {
        let part = |list: &[String], what: &str| {
            let more = list.len().saturating_sub(NAMED_MAX);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let names: Vec<&str> = list.iter().take(NAMED_MAX).map(String::as_str).collect();
            (!list.is_empty()).then(|| format!("{what}: {}{more}", names.join(", ")))
        };
        let read = part(&self.read, "attached, and stories of their own");
        let unread = part(&self.unread, "attached, and not read");
        let parts: Vec<String> = read.into_iter().chain(unread).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// Reads what is attached to a message that was `sent` then.
pub(super) fn read(message: &Message<'_>, source: &Source<'_>, sent: Option<Moment>) -> Attached {
    let mut attached = Attached::default();
    for (number, part) in message.attachments().enumerate() {
        let name = name_of(part, number);
        let side = part.content_type().is_some_and(|c| c.subtype().is_some_and(|s| SIDE.contains(&s)));
        if side || number >= READ_MAX || source.envelope.depth >= DEPTH_MAX {
            attached.unread.push(name);
            continue;
        }
        let before = attached.stories.len();
        let instead = one(message, part, source, sent, &mut attached.stories);
        if attached.stories.len() > before {
            attached.read.push(name);
        } else {
            attached.unread.push(instead.map_or(name.clone(), |kind| format!("{name} ({kind})")));
        }
    }
    attached
}

/// Reads an attachment as a file of its own; returns what it is where it is no story.
fn one(
    message: &Message<'_>,
    part: &MessagePart<'_>,
    source: &Source<'_>,
    sent: Option<Moment>,
    stories: &mut Vec<Story>,
) -> Option<&'static str> {
    let bytes: Cow<'_, [u8]> = match &part.body {
        PartType::Message(inner) => Cow::Borrowed(inner.raw_message()),
        // Bytes that no transport touched are decoded by what they are.
        PartType::Text(text) | PartType::Html(text) if part.encoding == Encoding::None && text.contains('\u{FFFD}') => {
            Cow::Borrowed(message.raw_message().get(part.offset_body as usize..part.offset_end as usize)?)
        }
        _ => Cow::Borrowed(part.contents()),
    };
    let envelope = Envelope { depth: source.envelope.depth + 1, captured: sent, ..source.envelope };
    let inner = Source { path: source.path, bytes: &bytes, left_out: 0, envelope };
    read_each(&inner, &mut |mut story| {
        // It was there when the message was sent.
        if let Some(sent) = sent.filter(|_| story.filed.value.is_none() && story.filed.latest.is_none()) {
            story.filed.latest = Some(sent.day);
        }
        stories.push(story);
    })
    .instead
}

/// The name of an attachment, or its type where it has none.
fn name_of(part: &MessagePart<'_>, number: usize) -> String {
    let kind = || part.content_type().map(|c| format!("{}/{}", c.ctype(), c.subtype().unwrap_or("?")));
    part.attachment_name().map(str::to_owned).or_else(kind).unwrap_or_else(|| format!("part {}", number + 1))
}
