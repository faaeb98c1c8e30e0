//! IPTC 7901: the framing of European wires, also where its controls were lost, as in the
//! files that some agencies kept of each day.

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

/// Reads a heading in capitals as it stands in copy without controls, which must say more to be
/// known: `INT001 3 GEN 0091 F LOM-0031 COR 703`.
fn plain_heading(line: &str) -> Option<Heading<'_>> {
    let line = line.trim_end();
    let found = line.starts_with(|c: char| c.is_ascii_uppercase()).then(|| heading(line)).flatten()?;
    let capitals = |w: &str| w.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    let numbered = |w: &&str| w.len() >= 3 && w.contains('-') && w.ends_with(|c: char| c.is_ascii_digit());
    let is_sure = capitals(found.number)
        && capitals(found.category)
        && found.services.iter().all(|w| capitals(w))
        && found.services.iter().any(numbered);
    is_sure.then_some(found)
}

/// Divides copy without controls at its headings; what is long enough above the first is copy too.
fn plain_messages(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if plain_heading(line).is_some() {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).filter_map(|(from, to)| text.get(*from..to)).collect()
}

/// Tells whether copy begins with such a heading, be it below a line that stamps the file.
fn is_plain(bytes: &[u8]) -> bool {
    const LINES_MAX: usize = 4;
    const LINE_BYTES_MAX: usize = 120;
    if !bytes.first().is_some_and(|b| b.is_ascii_uppercase() || *b == b'[') {
        return false;
    }
    let window = &bytes[..bytes.len().min(LINES_MAX * LINE_BYTES_MAX)];
    let mut lines = window.split(|b| *b == b'\n').filter(|l| !l.trim_ascii().is_empty()).take(LINES_MAX);
    let is_heading = |l: &[u8]| std::str::from_utf8(l).is_ok_and(|l| plain_heading(l).is_some());
    let is_stamp = |l: &[u8]| l.starts_with(b"[") && l.trim_ascii().ends_with(b"]");
    match lines.next() {
        Some(first) if is_stamp(first) => lines.next().is_some_and(is_heading),
        Some(first) => is_heading(first),
        None => false,
    }
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
        let is_7901 = ((framed || bare) && is_message(head.bytes)) || is_plain(head.bytes);
        is_7901.then_some(Cow::Borrowed("a heading of IPTC 7901"))
    }

    fn read(&self, source: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        if is_plain(head.bytes) {
            let text = out.decode(source, None);
            let lines = text.replace("\r\n", "\n").replace('\r', "\n");
            for message in plain_messages(&lines) {
                if out.is_over() {
                    break;
                }
                let mut draft = Draft::new("iptc-7901");
                one(message, &mut draft);
                if !draft.is_empty() {
                    out.story(draft.finish());
                }
            }
            return if out.count() == 0 { Err("no message has text".into()) } else { Ok(()) };
        }
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
    let in_capitals = plain_heading(first);
    if let Some(heading) = &in_capitals {
        services(heading, draft);
    }
    if let Some(heading) = in_capitals.or_else(|| heading(first)) {
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
    let copy = without_end(copy);
    let (head, body) = divide(copy);
    head_lines(&head, draft);
    let (body, notes) = without_notebook(body);
    draft.body(&plain(&without_controls(body)));
    if let Some(notes) = notes {
        draft.ednote(without_controls(notes), "notebook");
    }
}

/// What a heading in capitals says behind its count of words: the language by its letter, and
/// the number of the message that it corrects.
fn services(heading: &Heading<'_>, draft: &mut Draft) {
    const LANGUAGES: &[(&str, &str)] = &[("F", "fr"), ("N", "nl"), ("D", "de"), ("E", "en")];
    let mut words = heading.services.iter();
    while let Some(word) = words.next() {
        if let Some((_, code)) = LANGUAGES.iter().find(|(letter, _)| letter == word) {
            draft.language(code, "heading/language");
        }
        if matches!(*word, "COR" | "CORR" | "RECT") {
            draft.status(Status::Correction, "heading");
            words.next().into_iter().for_each(|number| draft.set(|s| &mut s.previous, *number, "heading"));
        }
    }
}

/// Takes off the marks that end a message: `./.`, with the sign of who wrote it.
fn without_end(copy: &str) -> &str {
    const SIGN_LETTERS_MAX: usize = 8;
    let mut copy = copy.trim_end();
    loop {
        let last = copy.rfind('\n').map_or(0, |i| i + 1);
        let sign = copy[last..].trim().strip_prefix("./.");
        match sign.filter(|sign| sign.len() <= SIGN_LETTERS_MAX && !sign.contains(char::is_whitespace)) {
            Some(_) => copy = copy[..last].trim_end(),
            None => return copy,
        }
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
    if let Some(at) = copy.find(char::from(STX)) {
        return (copy[..at].to_owned(), &copy[at + 1..]);
    }
    // Without either, a slug stands above the headline, and a blank line below it.
    let slug = copy.lines().find(|l| !l.trim().is_empty()).filter(|l| l.trim_end().ends_with('/'));
    let start = slug.and_then(|l| copy.find(l)).unwrap_or(0);
    match copy[start..].find("\n\n").map(|end| start + end).filter(|_| slug.is_some()) {
        Some(end) if copy[..end].lines().count() <= HEAD_LINES_MAX => (copy[..end].to_owned(), &copy[end..]),
        _ => (String::new(), copy),
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
        "repeat" | "wiederholung" | "urgent" | "flash" | "eil" | "bulletin" | "advisory" => None,
        "correction" | "corrected" | "berichtigung" | "korrektur" | "rectificatif" | "correctif" => {
            Some(Status::Correction)
        }
        "update" | "updated" | "refile" | "neu" | "aktualisierung" => Some(Status::Update),
        "kill" | "annulation" | "achtung sperre" => Some(Status::Kill),
        _ if is_take => {
            draft.set(|s| &mut s.take, line, "flag line");
            // A lead that is counted, or stands alone, follows an earlier version; a net is a list.
            (!lower.ends_with("net")).then_some(Status::Update)
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
    use super::super::{Reading, Source, read};
    use super::{heading, plain_heading};
    use crate::story::Status;

    #[test]
    fn a_day_of_messages_without_controls_is_a_story_each() {
        let text = "[03-MAY-97  00:00]\n\nSPF001 3 RES 0070 F LOM-0001\nCYCLISME/\nTour du Lom: résultats (2DER)\n\n\n   \
            LOM 03/05 (BELGA) = Les résultats de l'étape du jour, disputée samedi:\n     A Coureur (Lom)    3h12\n\n\
            ./.CVN\n\n./.\n030001 MAY 97\n\nINT001 3 GEN 0091 F LOM-0031 COR 703\nDIVERS/\nLe pont est ouvert\n\n   \
            LOM 03/05 (BELGA) = Le pont de Lom est de nouveau ouvert.\n./.\n030100 MAY 97\n";
        let Reading::Stories(stories) = read(&Source::new("030597.FRA", text.as_bytes())) else { panic!("messages") };
        assert_eq!(stories.len(), 2);
        let second = &stories[1];
        assert_eq!(second.format, "iptc-7901");
        assert_eq!(second.text, "Le pont est ouvert\n\nLOM 03/05 (BELGA) = Le pont de Lom est de nouveau ouvert.");
        assert_eq!(second.filed.value.map(|m| m.to_string()).as_deref(), Some("1997-05-03T01:00:00"));
        assert_eq!(second.status.value, Status::Correction);
        assert_eq!(second.previous.as_ref().map(|p| p.value.as_str()), Some("703"));
        assert!(stories[0].text.ends_with("3h12"), "{}", stories[0].text);
        for line in
            ["May 3 2020 10", "USA001 3 GEN 0091 F", "BBC1 3 GEN 0091 the news-1", "eca0124 3 i 211 ccccb dpa 061"]
        {
            assert!(plain_heading(line).is_none(), "{line}");
        }
    }

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
