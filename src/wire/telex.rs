//! Telex framing: `ZCZC … NNNN`, with plain copy or lines of fields inside.

use super::draft::{Draft, plain};
use super::head::Head;
use super::split::split_telex;
use super::telegraph::without_controls;
use super::{Format, Out, Refusal, Source};
use std::borrow::Cow;

/// Lines of fields that a message may begin with.
const HEAD_LINES_MAX: usize = 24;

/// Bytes that may stand before the first `ZCZC`.
const LEADER_BYTES_MAX: usize = 32;
/// Groups of a line that routes a message.
const ROUTING_GROUPS_MAX: usize = 8;

/// Telex.
pub(super) struct Telex;

impl Format for Telex {
    fn name(&self) -> &'static str {
        "telex"
    }

    fn help(&self) -> &'static str {
        "telex framing ZCZC … NNNN, any number of stories; lines of fields such as $headline or TI#headline"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        let mut start = head.bytes.iter().position(u8::is_ascii_alphanumeric)?;
        // A capture may begin with the end of the message before.
        if head.bytes[start..].starts_with(b"NNNN") {
            start += 4;
            start += head.bytes[start..].iter().position(u8::is_ascii_alphanumeric)?;
        }
        let word = head.bytes.get(start..start + 4)?;
        let behind = head.bytes.get(start + 4).is_none_or(|b| !b.is_ascii_alphanumeric());
        (start < LEADER_BYTES_MAX && word.eq_ignore_ascii_case(b"ZCZC") && behind)
            .then_some(Cow::Borrowed("a first line ZCZC"))
    }

    fn read(&self, source: &Source<'_>, _: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let text = out.decode(source, None);
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        for part in split_telex(&lines) {
            if out.is_over() {
                break;
            }
            let mut draft = Draft::new("telex");
            one(part, &mut draft);
            if !draft.is_empty() {
                out.story(draft.finish());
            }
        }
        if out.count() == 0 { Err("no message has text".into()) } else { Ok(()) }
    }
}

fn one(part: &str, draft: &mut Draft) {
    let clean = without_controls(part);
    let mut lines = clean.lines().peekable();
    let Some(first) = lines.find(|l| !l.trim().is_empty()) else { return };
    let is_start = first.trim().get(..4).is_some_and(|w| w.eq_ignore_ascii_case("ZCZC"));
    let mut body = String::new();
    if is_start {
        if let Some(code) = first.trim().get(4..).map(str::trim).filter(|c| !c.is_empty()) {
            draft.set(|s| &mut s.take, code, "ZCZC");
        }
    } else {
        body.push_str(first);
        body.push('\n');
    }
    let mut heads = 0;
    let mut keyed = false;
    while let Some(line) = lines.peek().filter(|_| is_start && heads < HEAD_LINES_MAX) {
        let trimmed = line.trim();
        let keys = key_of(trimmed);
        match () {
            () if trimmed.is_empty() && heads == 0 => {}
            () if keys.is_some() => {
                keyed = true;
                if let Some((key, value)) = keys
                    && field(key, value, draft)
                {
                    lines.next();
                    break;
                }
            }
            () if is_routing(trimmed) => draft.flag(trimmed, "routing line"),
            () if keyword_line(trimmed, draft) => {}
            () if !signed(trimmed, draft) => break,
            () => {}
        }
        heads += 1;
        lines.next();
    }
    for line in lines {
        if line.trim() == "NNNN" || line.trim().eq_ignore_ascii_case("nnnn") {
            break;
        }
        body.push_str(line);
        body.push('\n');
    }
    if draft.story.headline.is_none() && !keyed {
        draft.headline_in_text();
    }
    draft.body(&plain(&body));
}

/// Tells whether a line routes a message, as `RR EEE 01-12 0640`: short groups of capitals,
/// then at least one of digits alone.
fn is_routing(line: &str) -> bool {
    let digits = |group: &&str| group.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/' | b':'));
    let letters = |group: &&str| group.len() <= 4 && group.bytes().all(|b| b.is_ascii_uppercase());
    let groups: Vec<&str> = line.split_ascii_whitespace().collect();
    let code = groups.iter().take_while(|g| letters(g)).count();
    let numbers = &groups[code..];
    groups.len() <= ROUTING_GROUPS_MAX
        && code > 0
        && !numbers.is_empty()
        && numbers.iter().all(|g| digits(g) && g.bytes().any(|b| b.is_ascii_digit()))
        && numbers.iter().map(|g| g.len()).sum::<usize>() >= 4
}

/// Takes the keyword line of an American wire: priority, category, slug, month and day, number
/// of words, as `u i BC-LOM-BRIDGE 02-28 0121`. The slug names no headline.
fn keyword_line(line: &str, draft: &mut Draft) -> bool {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let letter = |w: &&str| w.len() == 1 && w.bytes().all(|b| b.is_ascii_lowercase());
    let [priority, category, slug @ .., day, count] = &words[..] else { return false };
    let is_day =
        day.len() == 5 && day.bytes().enumerate().all(|(i, b)| if i == 2 { b == b'-' } else { b.is_ascii_digit() });
    let is_count = (2..=5).contains(&count.len()) && count.bytes().all(|b| b.is_ascii_digit());
    if !(letter(priority) && letter(category) && is_day && is_count && slug.first().is_some_and(|w| w.contains('-'))) {
        return false;
    }
    draft.set(|s| &mut s.urgency, *priority, "keyword line");
    draft.subject(&format!("anpa:{category}"), None, "keyword line");
    let slug = slug.join(" ");
    super::orders::instruction_of(&slug).into_iter().for_each(|status| draft.status(status, "keyword line"));
    draft.set(|s| &mut s.slug, slug, "keyword line");
    true
}

/// `TI#Headline`: two capitals and a sign.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('#')?;
    (key.len() == 2 && key.bytes().all(|b| b.is_ascii_uppercase())).then_some((key, value.trim()))
}

/// Takes a field by its two letters; returns whether the text follows.
fn field(key: &str, value: &str, draft: &mut Draft) -> bool {
    match key {
        "TI" | "HL" | "HD" => draft.headline(value, "TI#"),
        "PD" | "DT" => draft.time(value, "PD#", true),
        "AN" | "ID" => draft.set(|s| &mut s.guid, value, "AN#"),
        "KY" | "SL" => draft.set(|s| &mut s.slug, value, "KY#"),
        "BY" => draft.byline(value, "BY#"),
        "SO" | "KN" => {
            draft.agency(value, "SO#");
        }
        "AB" => {
            if draft.story.headline.is_none() {
                draft.headline(value, "AB#");
            }
        }
        "TX" => {
            draft.body(value);
            return true;
        }
        _ => {
            if !value.is_empty() && value != "*" {
                draft.keyword(value, "field");
            }
        }
    }
    false
}

/// Takes a line whose first sign says what it is; returns whether it is one.
fn signed(line: &str, draft: &mut Draft) -> bool {
    let Some(sign) = line.chars().next() else { return true };
    let rest = line[sign.len_utf8()..].trim();
    match sign {
        '#' => draft.set(|s| &mut s.slug, rest, "# line"),
        '$' => draft.headline(rest, "$ line"),
        ':' if rest.starts_with('(') => draft.located(rest.trim_matches(['(', ')']), ": line"),
        ':' => draft.headline(rest, ": line"),
        '*' => draft.subject(rest, None, "* line"),
        '@' => draft.keyword(rest, "@ line"),
        '%' | '&' => draft.flag(line, "header line"),
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::{Reading, Source, read};
    use super::is_routing;

    #[test]
    fn a_line_that_routes_is_no_headline() {
        for line in ["RR EEE 01-12 0640", "UU AFP 1200", "B 0123"] {
            assert!(is_routing(line), "{line}");
        }
        for line in ["BRIDGE OF LOM OPEN", "USA 3 CUBA 2", "RR EEE", "0640 0641", "Lom 01-12 0640"] {
            assert!(!is_routing(line), "{line}");
        }
        let text = "ZCZC LOM0012\nr i BC-LOM-BRIDGE 1stLd-Writethru   02-28 0121\n\nBRIDGE OF LOM OPEN\n  LOM, Feb 28 (Reuters) - It is.\nNNNN\n";
        let Reading::Stories(stories) = read(&Source::new("a.tlx", text.as_bytes())) else { panic!("a message") };
        assert!(stories[0].text.starts_with("BRIDGE OF LOM"), "{}", stories[0].text);
        assert_eq!(stories[0].slug.as_ref().map(|s| s.value.as_str()), Some("BC-LOM-BRIDGE 1stLd-Writethru"));
        assert_eq!(stories[0].urgency.as_ref().map(|s| s.value.as_str()), Some("r"));
        let text = "NNNN\r\n\r\nZCZC LOM0012\r\nRR EEE 01-12 0640\r\n\r\nBRIDGE OF LOM OPENS AGAIN\r\n\r\n\
            LOM, JAN 12 (AP) - THE BRIDGE OPENED.\r\nNNNN\r\n";
        let Reading::Stories(stories) = read(&Source::new("a.tlx", text.as_bytes())) else { panic!("a message") };
        assert_eq!((stories.len(), stories[0].format.as_str()), (1, "telex"));
        assert!(stories[0].text.starts_with("BRIDGE OF LOM"), "{}", stories[0].text);
    }
}
