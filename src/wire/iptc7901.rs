//! IPTC 7901: the framing of European wires, also where its controls were lost.

use super::draft::{Draft, plain};
use super::head::Head;
use super::telegraph::{EOT, ETX, STX, trailer_7901, transmissions, without_controls};
use super::{Format, Out, Refusal, Source, decode::decode};
use crate::story::Status;
use crate::text::fold;
use std::borrow::Cow;

/// Lines between the heading and the headline: slug, flags, keywords.
const HEAD_LINES_MAX: usize = 14;

/// IPTC 7901.
pub(super) struct Iptc7901;

/// The first line of a message: `eca0124 3 i 211 ccccb   dpa 061`.
struct Heading<'a> {
    number: &'a str,
    priority: &'a str,
    category: &'a str,
    services: Vec<&'a str>,
}

fn heading(line: &str) -> Option<Heading<'_>> {
    let mut words = line.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty());
    let (number, priority, category) = (words.next()?, words.next()?, words.next()?);
    let letters = number.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = number.len() - letters;
    let is_number = (1..=5).contains(&letters)
        && (2..=6).contains(&digits)
        && number[letters..].bytes().all(|b| b.is_ascii_digit());
    let is_priority = priority.len() == 1 && priority.as_bytes()[0].is_ascii_digit();
    let is_category = (1..=4).contains(&category.len()) && category.bytes().all(|b| b.is_ascii_alphabetic());
    let rest: Vec<&str> = words.collect();
    let counted = rest.first().is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
    (is_number && is_priority && is_category && counted && rest.len() <= 8).then(|| Heading {
        number,
        priority,
        category,
        services: rest[1..].to_vec(),
    })
}

/// The first line behind the controls that announce a message.
fn first_line(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|b| b.is_ascii_alphanumeric()).unwrap_or(bytes.len());
    let window = &bytes[start..bytes.len().min(start + 120)];
    &window[..memchr::memchr2(b'\n', b'\r', window).unwrap_or(window.len())]
}

fn is_message(bytes: &[u8]) -> bool {
    let line = first_line(bytes);
    line.is_ascii() && std::str::from_utf8(line).is_ok_and(|l| heading(l).is_some())
}

impl Format for Iptc7901 {
    fn name(&self) -> &'static str {
        "iptc-7901"
    }

    fn help(&self) -> &'static str {
        "IPTC 7901, with or without its controls; dates only from the trailer"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        let framed = matches!(head.bytes.first(), Some(0x01 | 0x7F | 0x16));
        let bare = head.bytes.first().is_some_and(u8::is_ascii_lowercase);
        ((framed || bare) && is_message(head.bytes)).then_some(Cow::Borrowed("a heading of IPTC 7901"))
    }

    fn read(&self, _: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        for bytes in transmissions(head.bytes) {
            if !is_message(bytes) {
                continue;
            }
            let decoded = decode(bytes);
            let mut draft = Draft::new("iptc-7901");
            one(&decoded.text, &mut draft);
            if !draft.is_empty() {
                let mut story = draft.finish();
                story.encoding = decoded.encoding;
                out.story(story);
            }
        }
        if out.count() == 0 { Err("no message has text".into()) } else { Ok(()) }
    }
}

fn one(text: &str, draft: &mut Draft) {
    let text = text.trim_start_matches(|c: char| c.is_control() || c.is_whitespace());
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(heading) = heading(first) {
        draft.set(|s| &mut s.guid, heading.number, "heading/number");
        draft.set(|s| &mut s.urgency, heading.priority, "heading/priority");
        draft.subject(&format!("iptc7901:{}", heading.category), None, "heading/category");
        for service in &heading.services {
            let name = service.split('-').next().unwrap_or(service);
            draft.agency(name, "heading/service");
        }
    }
    // The trailer stands behind ETX, or is the last line that reads like one.
    let (copy, trailer) = match rest.rfind(char::from(ETX)) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => {
            let copy = rest.trim_end_matches(|c: char| c.is_whitespace() || c.is_control());
            let last = copy.rfind('\n').map_or(0, |i| i + 1);
            match trailer_7901(&copy[last..]) {
                Some(_) => (&copy[..last], Some(&copy[last..])),
                None => (rest, None),
            }
        }
    };
    if let Some((moment, _)) = trailer.and_then(trailer_7901) {
        draft.time(&moment.to_string(), "trailer", true);
    }
    let copy = copy.trim_end_matches([char::from(EOT), '\u{7F}', '\n', '\r', ' ']);
    let (head, body) = divide(copy);
    head_lines(&head, draft);
    let (body, notes) = without_notebook(body);
    draft.body(&plain(&without_controls(body)));
    if let Some(notes) = notes {
        draft.ednote(without_controls(notes), "notebook");
    }
}

/// Divides what follows the heading into the lines of the head and the body: the head
/// ends with the line that an equals sign closes.
fn divide(copy: &str) -> (String, &str) {
    let mut at = 0;
    for line in copy.split_inclusive('\n').take(HEAD_LINES_MAX) {
        at += line.len();
        if line.trim_end_matches(|c: char| c.is_whitespace() || c.is_control()).ends_with('=') {
            return (copy[..at].to_owned(), &copy[at..]);
        }
    }
    // Without one, STX begins the text.
    match copy.find(char::from(STX)) {
        Some(at) => (copy[..at].to_owned(), &copy[at + 1..]),
        None => (String::new(), copy),
    }
}

fn head_lines(head: &str, draft: &mut Draft) {
    // What STX stands before is the headline; what is above it, slug and flags.
    let (above, text) = head.split_once(char::from(STX)).unwrap_or(("", head));
    let framed = head.contains(char::from(STX));
    let clean = |line: &str| without_controls(line).trim().trim_end_matches('=').trim().to_owned();
    let mut headline: Vec<String> = Vec::new();
    for (line, is_above) in above.lines().map(|l| (l, true)).chain(text.lines().map(|l| (l, false))) {
        let line = clean(line);
        let lower = line.to_lowercase();
        match () {
            () if line.is_empty() => {}
            () if flag(&line, draft) => {}
            () if headline.is_empty() && line.starts_with('(') && line.ends_with(')') => {
                let folded = fold(&line);
                let newer = ["zusammenfassung", "neu:", "adds", "updates", "aktualisier"];
                if newer.iter().any(|w| folded.contains(w)) {
                    draft.status(Status::Update, "note line");
                }
                draft.ednote(line, "note line");
            }
            () if (is_above || !framed) && (line.ends_with('/') || line.starts_with('/')) => {
                for word in line.split('/').filter(|w| !w.trim().is_empty()) {
                    draft.keyword(word.trim(), "slug line");
                }
                draft.set(|s| &mut s.slug, line.trim_matches('/'), "slug line");
            }
            () if is_above => draft.set(|s| &mut s.slug, line, "slug line"),
            () if ["by ", "von ", "par ", "por ", "di "].iter().any(|b| lower.starts_with(b))
                && !headline.is_empty() =>
            {
                draft.byline(line, "byline line");
            }
            () => headline.push(line),
        }
    }
    // Without STX the slug stands above the headline: one word, its parts divided.
    let is_slug = |line: &String| !line.contains(char::is_whitespace) && line.contains(['-', '/']) && line.len() > 4;
    if headline.len() > 1 && headline.first().is_some_and(is_slug) {
        draft.set(|s| &mut s.slug, headline.remove(0), "slug line");
    }
    draft.headline(headline.join(" "), "headline line");
}

/// Takes a line of flags: `REFILE`, `2ND LEAD`, `Eil`, `3RD NET`.
fn flag(line: &str, draft: &mut Draft) -> bool {
    let lower = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let words = lower.split_whitespace().count();
    let ordinal = lower.chars().next().is_some_and(|c| c.is_ascii_digit());
    let is_take = words <= 3
        && (lower.ends_with("lead")
            || lower.ends_with("net")
            || lower.ends_with("ld")
            || lower.ends_with("zusammenfassung"))
        && (ordinal || lower == "lead");
    let status = match lower.as_str() {
        "refile" | "repeat" | "wiederholung" | "urgent" | "flash" | "eil" | "bulletin" | "advisory" => None,
        "correction" | "corrected" | "berichtigung" | "korrektur" | "rectificatif" | "correctif" => {
            Some(Status::Correction)
        }
        "update" | "updated" | "neu" | "aktualisierung" => Some(Status::Update),
        "kill" | "annulation" | "achtung sperre" => Some(Status::Kill),
        _ if is_take => {
            draft.set(|s| &mut s.take, line, "flag line");
            None
        }
        _ => return false,
    };
    if let Some(status) = status {
        draft.status(status, "flag line");
    }
    draft.flag(line, "flag line");
    true
}

/// Divides off what is for editors alone, behind the notebook's ruled line.
fn without_notebook(body: &str) -> (&str, Option<&str>) {
    const MARKS: &[&str] = &[
        "information is not for publication",
        "information is not intended for publication",
        "nicht zur veröffentlichung",
        "nicht zur veroeffentlichung",
    ];
    let lower = body.to_ascii_lowercase();
    let Some(at) = MARKS.iter().filter_map(|m| lower.find(m)).min() else { return (body, None) };
    // The paragraph of the mark, and above it a line of stars and the notebook's title.
    let blank = |at: usize| body[..at].trim_end().rfind('\n').map_or(0, |i| i + 1);
    let mut start = body[..at].rfind('\n').map_or(0, |i| i + 1);
    while start > 0 {
        let above = blank(start);
        let line = body[above..start].trim();
        if !(line.starts_with('#') || line.starts_with('*')) {
            break;
        }
        start = above;
    }
    (&body[..start], Some(&body[start..]))
}

#[cfg(test)]
mod tests {
    use super::heading;

    #[test]
    fn headings() {
        for line in ["eca0124 3 i 211 ccccb   dpa 061", "bsf025 3 ec 121   etf 967", "eca00075 3 i 510    dpa 1003"] {
            assert!(heading(line).is_some(), "{line}");
        }
        for line in ["abc 3 i 211", "the 3 i 211", "abc123 33 i 211", "abc123 3 i words", "May 3 2020 10", ""] {
            assert!(heading(line).is_none(), "{line}");
        }
    }
}
