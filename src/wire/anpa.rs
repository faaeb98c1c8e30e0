//! ANPA 1312: the framing of American wires, also without its synchronisation.

use super::draft::{Draft, plain};
use super::head::Head;
use super::orders::instruction_of;
use super::telegraph::{SOH, parts, trailer_anpa, transmissions, without_controls};
use super::{Format, Out, Refusal, Source, decode::decode};
use crate::text::letters;
use std::borrow::Cow;

/// ANPA 1312.
pub(super) struct Anpa;

/// Lines between the fields of a heading of ANPA: service and number, then priority and
/// category behind a format code.
fn is_heading(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\x16\x16").unwrap_or(bytes);
    let Some(rest) = bytes.strip_prefix(&[SOH]) else { return false };
    let window = &rest[..rest.len().min(120)];
    // The unit separator divides number and selector; a device control follows category.
    let Some(separator) = memchr::memchr(0x1F, window) else { return false };
    separator <= 16
        && window[..separator].iter().all(u8::is_ascii_alphanumeric)
        && window[separator..].iter().any(|b| matches!(b, 0x11..=0x14))
}

impl Format for Anpa {
    fn name(&self) -> &'static str {
        "anpa-1312"
    }

    fn help(&self) -> &'static str {
        "ANPA 1312, with or without SYN SYN; dates only from the trailer"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        if !matches!(head.bytes.first(), Some(0x16 | 0x01)) {
            return None;
        }
        is_heading(head.bytes).then_some(Cow::Borrowed("a heading of ANPA 1312"))
    }

    fn read(&self, _: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        for bytes in transmissions(head.bytes) {
            let mut draft = Draft::new("anpa-1312");
            let encoding = one(bytes, &mut draft);
            if !draft.is_empty() {
                let mut story = draft.finish();
                story.encoding = encoding;
                out.story(story);
            }
        }
        if out.count() == 0 { Err("no transmission has text".into()) } else { Ok(()) }
    }
}

fn one(bytes: &[u8], draft: &mut Draft) -> String {
    let (heading, text, trailer) = parts(bytes);
    let decoded = decode(text);
    let heading = decode(heading).text.into_owned();
    let trailer = without_controls(&decode(trailer).text);
    fields(&heading, draft);
    let text = without_controls(&decoded.text);
    let mut body = String::new();
    let mut in_head = true;
    let mut first = true;
    for line in text.lines() {
        let trimmed = line.trim();
        // Every line of a header begins with a caret and ends with a sign of its own.
        let header =
            trimmed.strip_prefix('^').map(|h| h.trim_end_matches(['<', '=', '\\', '+', '-', '!', '>', '@']).trim());
        match header {
            Some(header) if in_head => header_line(header, first, draft),
            // Some services send the slug and headline without carets.
            None if in_head
                && first
                && !trimmed.is_empty()
                && draft.story.slug.as_ref().is_some_and(|s| slug_like(&s.value, trimmed)) => {}
            None if in_head && draft.story.headline.is_none() && trimmed.ends_with(['+', '<']) => {
                draft.headline(trimmed.trim_end_matches(['+', '<']), "headline line");
            }
            None if trimmed.is_empty() && in_head => {}
            Some(header) => body.push_str(header),
            None => {
                in_head = false;
                body.push_str(line.trim_end());
                body.push('\n');
            }
        }
        first &= trimmed.is_empty();
    }
    draft.body(&plain(&paragraphs(&body)));
    let opening: String = body.chars().take(300).collect();
    if let Some(moment) = trailer_anpa(&trailer, &opening) {
        draft.time(&moment.to_string(), "trailer", true);
    }
    if let Some(service) = trailer.trim_start_matches(['^', ' ']).split('-').next() {
        draft.agency(service, "trailer");
    }
    decoded.encoding
}

/// Joins the hard lines of telegraph copy into paragraphs, which it marks by indents.
fn paragraphs(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    for line in body.lines() {
        let indented = line.starts_with([' ', '\t']) && !line.trim().is_empty();
        if indented && !out.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
        out.push_str(line.trim());
        out.push('\n');
    }
    out
}

/// Priority, category, slug, day and number of words, behind the line of the service.
fn fields(heading: &str, draft: &mut Draft) {
    let mut lines = heading.lines().map(str::trim).filter(|l| !l.is_empty());
    if let Some(number) = lines.next() {
        let id: String = number.chars().take_while(char::is_ascii_alphanumeric).collect();
        draft.set(|s| &mut s.guid, id, "heading/number");
    }
    let rest = lines.collect::<Vec<_>>().join(" ");
    let Some(at) = rest.find(['\u{11}', '\u{12}', '\u{13}', '\u{14}']) else { return };
    let mut codes = rest[..at].split_whitespace();
    if let Some(priority) = codes.next() {
        draft.set(|s| &mut s.urgency, priority, "heading/priority");
    }
    if let Some(category) = codes.next() {
        draft.subject(&format!("anpa:{category}"), None, "heading/category");
    }
    let line = without_controls(&rest[at..]);
    let mut words: Vec<&str> = line.split_whitespace().collect();
    // Behind the slug: month and day, number of words.
    while words.last().is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit() || b == b'-')) && words.len() > 1 {
        words.pop();
    }
    let slug = words.join(" ");
    signals(&slug, draft);
    draft.set(|s| &mut s.slug, slug, "heading/slug");
}

/// Reads `1stLd-Writethru`, `CORRECTION`, `KILL` and the like, which only the slug says.
fn signals(slug: &str, draft: &mut Draft) {
    if let Some(status) = instruction_of(slug) {
        draft.status(status, "heading/slug");
    }
    let lower = slug.to_ascii_lowercase();
    for word in lower.split([' ', ',', '-', '_']) {
        let is_lead = word.ends_with("ld") && word.as_bytes().first().is_some_and(u8::is_ascii_digit);
        if is_lead {
            draft.set(|s| &mut s.take, word, "heading/slug");
        }
        if is_lead || matches!(word, "urgent" | "bulletin" | "flash" | "writethru" | "advisory" | "newsalert") {
            draft.flag(word, "heading/slug");
        }
    }
}

fn header_line(line: &str, first: bool, draft: &mut Draft) {
    let lower = line.to_ascii_lowercase();
    let headline = labelled(line, &["hl", "headline"]);
    let words = labelled(line, &["index", "symbol", "keywords"]);
    match () {
        () if line.is_empty() => {}
        // Canada's wire names its lines: `HL:Bridge reopens`, `INDEX:`, `code:2`.
        () if headline.is_some() => {
            draft.story.headline = None;
            draft.headline(headline.unwrap_or_default(), "HL: line");
        }
        () if words.is_some() => {
            words.unwrap_or_default().split(',').for_each(|word| draft.keyword(word.trim(), "header line"));
        }
        () if labelled(line, &["code", "selector-code", "update"]).is_some() => draft.ednote(line, "header line"),
        () if first => {
            // The keyword line: slug and number of words.
            let slug = line
                .rsplit_once(',')
                .filter(|(_, n)| n.trim().bytes().all(|b| b.is_ascii_digit()))
                .map_or(line, |(s, _)| s);
            signals(slug, draft);
            draft.story.slug = None;
            draft.set(|s| &mut s.slug, slug, "keyword line");
        }
        () if lower.starts_with("eds:")
            || lower.starts_with("ed:")
            || lower.starts_with("editors:")
            || lower.starts_with("with ") =>
        {
            draft.ednote(line, "header line");
        }
        () if lower.starts_with("ap photo") || lower.contains(" photo ") || lower.starts_with("ap video") => {
            draft.ednote(line, "header line")
        }
        () if lower.starts_with("by ") => draft.byline(line, "header line"),
        () if draft.story.byline.is_some() && !draft.agency(line, "header line") => {
            draft.byline(line, "header line");
        }
        () if draft.story.byline.is_some() => {}
        () if draft.story.headline.is_none() => draft.headline(line, "headline line"),
        () => draft.ednote(line, "header line"),
    }
}

/// Reads `KEY:value` where the key is one of `keys`.
fn labelled<'l>(line: &'l str, keys: &[&str]) -> Option<&'l str> {
    let (key, value) = line.split_once(':')?;
    keys.iter().any(|k| k.eq_ignore_ascii_case(key.trim())).then(|| value.trim()).filter(|v| !v.is_empty())
}

fn slug_like(slug: &str, line: &str) -> bool {
    let (slug, line) = (letters(slug), letters(line));
    !line.is_empty() && (slug.starts_with(&line) || line.starts_with(&slug))
}
