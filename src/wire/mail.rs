//! Mail: single messages and mbox files; subject, writer, time and the text part, then
//! what is attached as stories of their own.

mod attachments;
mod forwarded;

use super::decode::{decode, decode_declared};
use super::draft::{Draft, plain};
use super::head::Head;
use super::markup::of_html;
use super::{Format, Out, Refusal, Source};
use crate::story::Story;
use mail_parser::{Encoding, Message, MessageParser, MimeHeaders, PartType};
use std::borrow::Cow;

/// Headers that begin mail; two of them make it one.
const HEADERS: &[&str] = &[
    "from",
    "to",
    "subject",
    "date",
    "received",
    "return-path",
    "delivered-to",
    "message-id",
    "mime-version",
    "content-type",
    "x-mailer",
    "reply-to",
    "sender",
    "cc",
    "list-id",
    "dkim-signature",
    "x-received",
    "arc-seal",
    "x-original-to",
    "authentication-results",
];
/// Lines that may divide parts of one message; what stands behind them is not read, since
/// every part takes a kilobyte of memory, be it empty.
const PARTS_MAX: usize = 20_000;
/// Lines that are looked at for headers.
const LINES_MAX: usize = 40;

/// Mail.
pub(super) struct Mail;

impl Format for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn help(&self) -> &'static str {
        "mail: eml and mbox, any charset and transfer encoding, text before HTML"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        if is_mbox(head.bytes) {
            return Some(Cow::Borrowed("a From line of mbox"));
        }
        let known = known_headers(head.bytes)?;
        (known.len() >= 2
            && known
                .iter()
                .any(|h| matches!(h.as_str(), "subject" | "from" | "received" | "message-id" | "delivered-to")))
        .then(|| Cow::Owned(format!("the headers {}", known.join(", "))))
    }

    fn read(&self, source: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let mut unread = 0usize;
        let is_mbox = is_mbox(head.bytes);
        for message in messages(head.bytes) {
            let message = if is_mbox { unquoted(message) } else { Cow::Borrowed(message) };
            let end = end_of_parts(&message);
            if end < message.len() {
                let left_out = message.len() - end;
                out.trouble(
                    "parts-left-out",
                    format!("a message has too many parts: its last {left_out} bytes are not read"),
                );
            }
            let message = &message[..end];
            match MessageParser::default().parse(message) {
                Some(message) => one(&message, source, out),
                None => unread += 1,
            }
        }
        if unread > 0 {
            out.trouble("broken-mail", format!("{unread} messages cannot be read and are left out"));
        }
        if out.count() == 0 { Err("no message has a subject or a text".into()) } else { Ok(()) }
    }
}

/// Tells whether the content begins as mail does.
pub(super) fn is_mail(head: &Head<'_>) -> bool {
    is_mbox(head.bytes) || known_headers(head.bytes).is_some_and(|k| k.len() >= 2)
}

fn is_mbox(bytes: &[u8]) -> bool {
    // `From address Thu Jan  1 …`, then headers.
    let Some(rest) = bytes.strip_prefix(b"From ") else { return false };
    let end = memchr::memchr(b'\n', &rest[..rest.len().min(512)]);
    end.is_some_and(|end| known_headers(&rest[end + 1..]).is_some_and(|k| !k.is_empty()))
}

/// The known headers of the first lines, in order; `None` where a line is no header.
fn known_headers(bytes: &[u8]) -> Option<Vec<String>> {
    let mut known: Vec<String> = Vec::new();
    let mut broken = 0;
    for line in bytes.split(|b| *b == b'\n').take(LINES_MAX) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if matches!(line[0], b' ' | b'\t') {
            continue;
        }
        let colon = memchr::memchr(b':', &line[..line.len().min(80)]);
        let name = colon.map_or(&[][..], |colon| &line[..colon]);
        if !name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) || name.is_empty() {
            // Gateways break lines without folding them: mail that began well is mail.
            broken += 1;
            if broken > known.len() / 2 {
                return None;
            }
            continue;
        }
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        if HEADERS.contains(&name.as_str()) && !known.contains(&name) {
            known.push(name);
        }
    }
    Some(known)
}

/// Divides an mbox at its From lines; a message alone is one.
fn messages(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mbox = is_mbox(bytes);
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let current = rest.filter(|r| !r.is_empty())?;
        if !mbox {
            rest = None;
            return Some(current);
        }
        let start = memchr::memchr(b'\n', current).map_or(current.len(), |i| i + 1);
        let body = &current[start..];
        let mut from = 0;
        while let Some(i) = memchr::memmem::find(&body[from..], b"\nFrom ").map(|i| from + i) {
            // A line of copy may begin with the word: headers must follow.
            let blank_before = body[..i].ends_with(b"\n") || body[..i].ends_with(b"\r");
            if blank_before && is_mbox(&body[i + 1..]) {
                rest = Some(&body[i + 1..]);
                return Some(&body[..i]);
            }
            from = i + 1;
        }
        rest = None;
        Some(body)
    })
}

/// Where the last part that is read ends: the whole message, unless it has too many.
fn end_of_parts(message: &[u8]) -> usize {
    memchr::memmem::find_iter(message, b"\n--").nth(PARTS_MAX).unwrap_or(message.len())
}

/// Takes back what an mbox does to lines of copy that begin with `From `: a sign before them.
fn unquoted(message: &[u8]) -> Cow<'_, [u8]> {
    let is_quoted = |line: &[u8]| {
        let signs = line.iter().take_while(|b| **b == b'>').count();
        signs > 0 && line[signs..].starts_with(b"From ")
    };
    if memchr::memmem::find(message, b">From ").is_none() {
        return Cow::Borrowed(message);
    }
    let lines = message.split_inclusive(|b| *b == b'\n');
    Cow::Owned(lines.flat_map(|line| if is_quoted(line) { &line[1..] } else { line }).copied().collect())
}

/// Joins the lines that a sender broke for show (RFC 3676): those that end with a blank.
fn unflowed(text: &str, drops_blank: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let quoted = line.len() - line.trim_start_matches('>').len();
        // What was quoted goes on behind the sign of its next line.
        let line = match open {
            Some(depth) if depth == quoted && quoted > 0 => line[quoted..].strip_prefix(' ').unwrap_or(&line[quoted..]),
            Some(depth) if depth != quoted => {
                out.push('\n');
                line.strip_prefix(' ').unwrap_or(line)
            }
            _ => line.strip_prefix(' ').unwrap_or(line),
        };
        // `-- ` stands before a signature and is no broken line.
        let goes_on = line.ends_with(' ') && line != "-- ";
        open = goes_on.then_some(quoted);
        out.push_str(if goes_on && drops_blank { &line[..line.len() - 1] } else { line });
        if !goes_on {
            out.push('\n');
        }
    }
    out
}

/// Reads a page that a browser saved with its pictures (MHTML): the page alone, with its
/// address. Tells whether the message is one.
fn saved_page(message: &Message<'_>, source: &Source<'_>, out: &mut Out<'_>) -> bool {
    let address = message.header_raw("Snapshot-Content-Location").map(str::trim);
    let by_browser =
        message.header_raw("From").is_some_and(|f| f.trim_start().to_ascii_lowercase().starts_with("<saved by"));
    if address.is_none() && !by_browser {
        return false;
    }
    let Some(page) = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(text) => Some(text),
        _ => None,
    }) else {
        return false;
    };
    let saved = message.header_raw("Date").and_then(|d| super::parse_moment(d.trim()));
    // The text is decoded: what the page declares of its bytes is no longer true.
    let envelope = super::Envelope { address, captured: saved, charset: Some("utf-8"), ..source.envelope };
    let inner = Source { path: source.path, bytes: page.as_bytes(), left_out: 0, envelope };
    let before = out.count();
    super::read_each(&inner, &mut |story| out.inner(story));
    out.count() > before
}

/// Reads a message: its own story, then those of what is attached to it.
fn one(message: &Message<'_>, source: &Source<'_>, out: &mut Out<'_>) {
    if saved_page(message, source, out) {
        return;
    }
    let listed = exported(message, out);
    let story = if listed { None } else { own(message) };
    let sent = message.header_raw("Date").and_then(|d| super::parse_moment(d.trim()));
    let attached = attachments::read(message, source, sent);
    if let Some(mut story) = story {
        if let Some(summary) = attached.summary() {
            story.warn("attachments", summary, false);
        }
        out.story(story);
    }
    attached.stories.into_iter().for_each(|story| out.inner(story));
}

/// Reads the documents that a database sent; tells whether the message has some.
fn exported(message: &Message<'_>, out: &mut Out<'_>) -> bool {
    let mut encodings = Vec::new();
    let mut count = 0;
    for bodies in [message.text_bodies().collect::<Vec<_>>(), message.html_bodies().collect()] {
        for part in bodies {
            if count > 0 {
                break;
            }
            let text = text_of(message, part, &mut encodings).unwrap_or_default();
            count += super::exports::stories(&text, &mut |story| out.story(story));
        }
    }
    count > 0
}

/// The story of a message without its attachments.
fn own(message: &Message<'_>) -> Option<Story> {
    let mut draft = Draft::new("mail");
    let mut encodings = Vec::new();
    let mut texts: Vec<String> =
        message.text_bodies().filter_map(|part| text_of(message, part, &mut encodings)).collect();
    if texts.iter().all(|t| t.trim().is_empty()) {
        texts = message.html_bodies().filter_map(|part| text_of(message, part, &mut encodings)).collect();
    }
    // Who passes a dispatch on has not filed it.
    let forwarded = texts.iter().position(|t| forwarded::find(t).is_some());
    let passed = forwarded.and_then(|i| Some((i, forwarded::find(&texts[i])?)));
    let remark = passed.map(|(i, inner)| {
        inner.fields(&mut draft);
        let (copy, behind) = forwarded::unquoted(inner.copy);
        let before = [inner.before, behind.as_str()].join("\n\n");
        (i, before.trim().to_owned(), copy)
    });
    if let Some((i, before, copy)) = remark {
        texts[i] = copy;
        if before.chars().any(char::is_alphanumeric) {
            texts.push(before);
        }
    }
    if let Some(subject) = subject_of(message).filter(|_| draft.story.headline.is_none()) {
        draft.headline(subject, "Subject");
    }
    let is_passed = forwarded.is_some();
    if let Some(from) = message.from().and_then(|f| f.first()).filter(|_| !is_passed) {
        let domain = from.address().and_then(|a| a.rsplit_once('@')).map(|(_, d)| d.to_owned());
        let name = from.name().map(str::to_owned);
        let known = name.as_deref().is_some_and(|n| draft.agency(n, "From"))
            || domain.as_deref().is_some_and(|d| draft.agency(d, "From"));
        let by_desk = name.as_deref().is_some_and(is_desk);
        // `AFP News Desk`: the agency stands before its desk.
        if let Some(name) = name.as_deref().filter(|_| !known && by_desk) {
            let words: Vec<&str> = name.split_whitespace().collect();
            let _ = (1..words.len()).rev().any(|n| draft.agency(&words[..n].join(" "), "From"));
        }
        if let Some(name) = name.filter(|_| !known && !by_desk) {
            draft.byline(name, "From");
        }
    }
    if let Some(date) = message.header_raw("Date") {
        draft.time(date.trim(), "Date", !is_passed);
    }
    if let Some(id) = message.message_id() {
        draft.set(|s| &mut s.guid, id, "Message-ID");
    }
    if let Some(words) = message.header_raw("Keywords") {
        words.split(',').for_each(|w| draft.keyword(w.trim(), "Keywords"));
    }
    for text in texts {
        draft.body(&text);
    }
    if draft.is_empty() {
        return None;
    }
    let mut story = draft.finish();
    if is_passed && story.filed.value.is_none() && story.filed.latest.is_none() {
        // It was filed by the time it was passed on.
        story.filed.latest = message.header_raw("Date").and_then(|d| super::parse_moment(d.trim())).map(|m| m.day);
    }
    // The lead of mail is what follows its subject; its text has an opening of its own.
    story.encoding = encodings.pop().unwrap_or_else(|| "utf-8".to_owned());
    Some(story)
}

/// Tells whether the name of a mailbox is that of a desk: nobody writes under it.
fn is_desk(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "desk",
        "newsdesk",
        "newsroom",
        "news",
        "redaktion",
        "redaction",
        "redaccion",
        "redazione",
        "redacao",
        "redactie",
        "redakcja",
        "redaktionen",
        "toimitus",
        "редакция",
        "редакція",
        "alerts",
        "alert",
        "newsletter",
        "noreply",
        "reply",
        "service",
        "services",
        "dienst",
        "press",
        "presse",
        "prensa",
        "stampa",
        "bureau",
        "editors",
        "wire",
        "office",
        "team",
        "編集部",
        "编辑部",
        "편집국",
        "التحرير",
        "تحريريه",
    ];
    let folded = crate::text::fold(name);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
}

/// The subject; one of raw bytes, against the standard, as its bytes look together with
/// those of the body, which are more.
fn subject_of<'a>(message: &'a Message<'_>) -> Option<Cow<'a, str>> {
    let subject = message.subject()?;
    if !subject.contains('\u{FFFD}') {
        return Some(Cow::Borrowed(subject));
    }
    let root = message.root_part();
    let header = root.headers.iter().find(|h| h.name() == "Subject");
    let raw = header.and_then(|h| message.raw_message().get(h.offset_start as usize..h.offset_end as usize));
    let Some(raw) = raw.filter(|raw| !raw.windows(2).any(|two| two == b"=?")) else {
        return Some(Cow::Borrowed(subject));
    };
    let body = message.raw_message().get(root.offset_body as usize..root.offset_end as usize).unwrap_or(&[]);
    let both = [raw, b"\n\n", body].concat();
    let as_body = decode(&both).encoding;
    let decoded = decode_declared(raw, Some(&as_body)).0.text;
    Some(Cow::Owned(decoded.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// The copy of a part: as its charset says, or, where it says none, as its bytes look.
fn text_of(message: &Message<'_>, part: &mail_parser::MessagePart<'_>, encodings: &mut Vec<String>) -> Option<String> {
    let charset = part.content_type().and_then(|c| c.attribute("charset")).map(str::to_ascii_lowercase);
    let (text, is_html) = match &part.body {
        PartType::Text(text) => (text, false),
        PartType::Html(text) => (text, true),
        _ => return None,
    };
    let raw = message.raw_message().get(part.offset_body as usize..part.offset_end as usize).unwrap_or(&[]);
    let undeclared =
        part.encoding == Encoding::None && (charset.is_none() || text.contains('\u{FFFD}')) && !raw.is_ascii();
    let text: Cow<'_, str> = if undeclared {
        let decoded = decode(raw);
        encodings.push(decoded.encoding);
        decoded.text
    } else {
        encodings.push(charset.unwrap_or_else(|| "utf-8".to_owned()));
        Cow::Borrowed(text)
    };
    let says = |name: &str, value: &str| {
        part.content_type().and_then(|c| c.attribute(name)).is_some_and(|v| v.eq_ignore_ascii_case(value))
    };
    Some(match is_html {
        true => of_html(&text),
        false if says("format", "flowed") => plain(&unflowed(&text, says("delsp", "yes"))),
        false => plain(&text),
    })
}
