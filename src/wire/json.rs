//! JSON: ninjs 1 to 3, the AP Media API, and exports of any other newsroom, as documents,
//! as lists, or a value a line.

pub(super) mod cut;

use super::draft::Draft;
use super::finder::{has_text, stories};
use super::head::Head;
use super::record::Record;
use super::values::prose_of;
use super::{Format, KeyMap, Out, Refusal, Source};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The most memory that one value of JSON may take once it is parsed.
const VALUE_BYTES_MAX: usize = 192 << 20;
/// What an object takes, if it has a single key: a node of its map has room for eleven.
const OBJECT_BYTES: usize = 640;
/// What an element of a list takes, its list having grown by doubling.
const ELEMENT_BYTES: usize = 64;
/// Keys of other news interfaces that have a `uri` and a headline too.
const FOREIGN: &[&[u8]] = &[b"\"url\"", b"\"web_url\"", b"\"pub_date\"", b"\"dateTime\"", b"\"publishedAt\""];
/// Keys that only ninjs has.
const OWN: &[&[u8]] = &[b"\"headlines\"", b"\"bodies\"", b"\"standard\"", b"\"pubstatus\""];
/// Lines that are named one by one as broken.
const BROKEN_NAMED: usize = 5;

/// A dialect of JSON: one row of formats each.
pub(super) struct Json {
    name: &'static str,
    help: &'static str,
    dialect: Dialect,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    Ninjs,
    Ap,
    Other,
}

/// ninjs.
pub(super) const NINJS: Json =
    Json { name: "ninjs", help: "ninjs 1.x, 2.x and 3.x, single items and lists", dialect: Dialect::Ninjs };
/// The AP Media API.
pub(super) const AP: Json = Json { name: "ap-json", help: "AP Media API: items and feeds", dialect: Dialect::Ap };
/// Any other JSON.
pub(super) const OTHER: Json = Json {
    name: "json",
    help: "other JSON, one document or a value a line: common keys are known, --map names others",
    dialect: Dialect::Other,
};

impl Format for Json {
    fn name(&self) -> &'static str {
        self.name
    }

    fn help(&self) -> &'static str {
        self.help
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        let start = &head.bytes[..head.bytes.len().min(4096)];
        let start = &start[assignment(start)..];
        let inner = start.get(1..)?.iter().find(|b| !b.is_ascii_whitespace())?;
        let is_json = match start.first()? {
            b'{' => matches!(inner, b'"' | b'}' | 0xE2),
            b'[' => matches!(inner, b'{' | b'[' | b'"' | b']'),
            _ => false,
        };
        let mentions = |key: &[u8]| memchr::memmem::find(start, key).is_some();
        let why = match self.dialect {
            _ if !is_json => return None,
            Dialect::Ap => {
                (mentions(b"\"api_version\"") || mentions(b"\"org_name\"")).then_some("a reply of the AP Media API")
            }
            Dialect::Ninjs => {
                let stated = mentions(b"ninjs");
                let all = |keys: &[&[u8]]| {
                    keys.iter().all(|k| memchr::memmem::find(&head.bytes[..head.bytes.len().min(65_536)], k).is_some())
                };
                let foreign = FOREIGN.iter().any(|k| all(&[k])) && !OWN.iter().any(|k| all(&[k]));
                let is_keyed = (all(&[b"\"uri\"", b"\"type\""]) && !foreign)
                    || all(&[b"\"uri\"", b"\"versioncreated\""])
                    || all(&[b"\"guid\"", b"\"pubstatus\""])
                    || all(&[b"\"uri\"", b"\"versionCreated\""])
                    || all(&[b"\"uri\"", b"\"pubstatus\""])
                    || (all(&[b"\"uri\""])
                        && !foreign
                        && [&b"\"headline"[..], b"\"body_", b"\"bodies\"", b"\"title\""].iter().any(|k| all(&[k])));
                match (stated, is_keyed) {
                    (true, _) => Some("it names ninjs"),
                    (false, true) => Some("the keys of ninjs"),
                    (false, false) => None,
                }
            }
            Dialect::Other => Some("a JSON value"),
        };
        why.map(Cow::Borrowed)
    }

    fn read(&self, source: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let text = out.decode(source, Some("utf-8"));
        let text = text.trim_start_matches('\u{FEFF}').trim();
        let text = text.get(assignment(text.as_bytes())..).unwrap_or(text).trim_end_matches(';');
        let mut broken = Broken::default();
        let (mut parsed, mut cut) = (0usize, Vec::new());
        let (mut prose, mut lines, mut left_out) = (Vec::new(), Vec::new(), 0);
        for (line, piece) in Values::of(text) {
            if out.is_over() {
                break;
            }
            let Parsed { value, is_cut } = match parse(piece, source.envelope.map) {
                Ok(parsed) => parsed,
                Err(why) => {
                    broken.add(line, &why);
                    continue;
                }
            };
            parsed += 1;
            if is_cut {
                cut.push(line);
            }
            if self.dialect == Dialect::Ninjs && !is_ninjs(&value) {
                continue;
            }
            let before = out.count();
            let beside = before > 0 && self.dialect == Dialect::Other;
            left_out += self.value(&value, is_cut, beside, source, out);
            if out.count() == before && self.dialect == Dialect::Other {
                let mut texts = Vec::new();
                prose_of(&value, 0, &mut texts);
                if !texts.is_empty() {
                    prose.push((texts.join("\n\n"), is_cut));
                } else if !beside && has_text(&value, source.envelope.map) {
                    lines.push(piece);
                }
            }
        }
        // What stands before the first story is one where a story follows.
        let beside = out.count() > 0;
        for piece in lines.iter().filter(|_| beside) {
            if let Ok(Parsed { value, is_cut }) = parse(piece, source.envelope.map) {
                left_out += self.value(&value, is_cut, true, source, out);
            }
        }
        if parsed == 0 {
            return Err(Refusal::Other(
                broken.first.map_or("it is empty".to_owned(), |(line, why)| format!("line {line}: {why}")),
            ));
        }
        for (text, is_cut) in prose {
            let mut draft = Draft::new(self.name);
            draft.body(&text);
            let mut story = draft.finish();
            if is_cut {
                story.warn("json-cut", cut::WARNING, false);
            }
            story.warn("keys-unknown", "none of its keys is known: its prose is indexed; --map FILE names keys", true);
            out.story(story);
        }
        match () {
            () if out.count() > 0 => {
                if let Some(report) = broken.report() {
                    out.trouble("broken-json", report);
                }
                if let Some(first) = cut.first() {
                    let values = if cut.len() == 1 { "value ends" } else { "values end" };
                    let message =
                        format!("{} {values} too early and is read as far as it goes: line {first}", cut.len());
                    out.trouble("json-cut", message);
                }
                if left_out > 0 {
                    out.trouble(
                        "records-left-out",
                        format!("records beside stories with no text under a known key: {left_out}"),
                    );
                }
                Ok(())
            }
            () if self.dialect == Dialect::Other && broken.count == 0 && cut.is_empty() => {
                Err(Refusal::NoStory("json without a story"))
            }
            () if self.dialect == Dialect::Other => Err("no value of it is a story".into()),
            () => {
                let _ = head;
                Err("no value of it is an item with text".into())
            }
        }
    }
}

/// Bytes in front of a value that a script assigns to a name, as archives of services have it:
/// `window.YTD.tweets.part0 = [`; 0 where there is no such thing.
fn assignment(text: &[u8]) -> usize {
    const NAME_BYTES_MAX: usize = 120;
    let start = &text[..text.len().min(NAME_BYTES_MAX)];
    let Some(sign) = memchr::memchr(b'=', start) else { return 0 };
    let is_name = start[..sign].iter().all(|b| b.is_ascii_alphanumeric() || b"._$ []\"'".contains(b));
    let gap = start[sign + 1..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    let begins = start.get(sign + 1 + gap).is_some_and(|b| matches!(b, b'{' | b'['));
    if is_name && begins && start[0].is_ascii_alphabetic() { sign + 1 + gap } else { 0 }
}

fn is_ninjs(value: &Value) -> bool {
    match value {
        Value::Array(list) => list.iter().any(is_ninjs),
        Value::Object(object) => {
            object.contains_key("uri")
                || object.contains_key("guid")
                || object.values().any(|v| (v.is_array() || v.is_object()) && is_ninjs(v))
        }
        _ => false,
    }
}

impl Json {
    /// Reads the stories of a value, which `is_cut` off or whole and stands `beside` others or
    /// not; returns how many of its records have a text and are none.
    fn value(&self, value: &Value, is_cut: bool, beside: bool, source: &Source<'_>, out: &mut Out<'_>) -> usize {
        // Superdesk keeps the copy of an AP item beside it.
        let copy_beside = value.get("nitf").and_then(Value::as_object);
        let mut drafts: Vec<Draft> = Vec::new();
        let is_item = self.dialect != Dialect::Other;
        // What would tell that it is a story may be cut off.
        let beside = beside || (is_cut && !is_item);
        let left_out = stories(value, source.envelope.map, is_item, beside, &mut |record: &Record<'_>, object| {
            // Without a headline of its own it is no second story.
            let is_copy = copy_beside.is_some_and(|copy| std::ptr::eq(copy, object)) && !record.has_headline();
            if is_copy && !drafts.is_empty() {
                return;
            }
            let mut draft = record.draft(self.name);
            if draft.has_no_body()
                && drafts.is_empty()
                && let Some(copy) = copy_beside
            {
                draft.body(&body_of(copy, self.name));
            }
            if self.dialect == Dialect::Ap {
                ap(object, &mut draft);
            }
            if let Some(text) = object.get(cut::CUT_KEY).and_then(Value::as_str).filter(|_| is_cut)
                && !draft.has_in_body(text)
            {
                draft.body(text);
            }
            if !draft.is_empty() {
                drafts.push(draft);
            }
            // Memory holds the stories of one value at most.
        });
        if let Some(last) = drafts.last_mut().filter(|_| is_cut) {
            last.story.warn("json-cut", cut::WARNING, false);
        }
        for draft in drafts {
            out.story(draft.finish());
        }
        left_out
    }
}

fn body_of(copy: &Map<String, Value>, rule: &'static str) -> String {
    Record::new(copy, None).draft(rule).finish().text
}

/// What the AP says in places of its own.
fn ap(item: &Map<String, Value>, draft: &mut Draft) {
    if let Some(sequence) = item.get("altids").and_then(|a| a.get("itemid")).and_then(Value::as_str) {
        draft.story.guid = None;
        draft.set(|s| &mut s.guid, sequence, "altids/itemid");
    }
}

#[derive(Default)]
struct Broken {
    count: usize,
    lines: Vec<usize>,
    first: Option<(usize, String)>,
}

impl Broken {
    fn add(&mut self, line: usize, why: &str) {
        self.count += 1;
        if self.lines.len() < BROKEN_NAMED {
            self.lines.push(line);
        }
        self.first.get_or_insert_with(|| (line, why.to_owned()));
    }

    fn report(&self) -> Option<String> {
        let (_, why) = self.first.as_ref()?;
        let lines: Vec<String> = self.lines.iter().map(usize::to_string).collect();
        let more = if self.count > self.lines.len() { ", …" } else { "" };
        let plural = if self.count == 1 { "value is" } else { "values are" };
        Some(format!("{} {plural} no JSON and left out: line {}{more} ({why})", self.count, lines.join(", ")))
    }
}

/// A value, and whether it was cut off.
pub(super) struct Parsed {
    pub(super) value: Value,
    pub(super) is_cut: bool,
}

/// Parses a value, mending what feeds are known to send: raw control characters within
/// strings and typographic quotes for straight ones; of one that is cut off what is left.
pub(super) fn parse(piece: &str, map: Option<&KeyMap>) -> Result<Parsed, String> {
    let bytes = weight(piece);
    if bytes > VALUE_BYTES_MAX {
        return Err(format!("a value that may take {} MiB of memory is too large", bytes >> 20));
    }
    let whole = |value| Parsed { value, is_cut: false };
    let wrong = match serde_json::from_str(piece) {
        Ok(value) => return Ok(whole(value)),
        Err(e) => e,
    };
    let plain = without_nan(piece);
    let mended = mend(plain.as_deref().unwrap_or(piece)).or(plain);
    let ends_early = match mended.as_deref().map(serde_json::from_str) {
        Some(Ok(value)) => return Ok(whole(value)),
        Some(Err(e)) => e.is_eof(),
        None => wrong.is_eof(),
    };
    let closed = if ends_early { cut::closed(mended.as_deref().unwrap_or(piece), map) } else { None };
    let value = closed.and_then(|text| serde_json::from_str(&text).ok());
    value.map(|value| Parsed { value, is_cut: true }).ok_or_else(|| short(&wrong))
}

/// Returns at most how much memory a value takes beside its strings.
fn weight(piece: &str) -> usize {
    // Short pieces are most: they cannot weigh too much.
    if piece.len() < VALUE_BYTES_MAX / OBJECT_BYTES {
        return 0;
    }
    let count = |signs: [u8; 2]| memchr::memchr2_iter(signs[0], signs[1], piece.as_bytes()).count();
    count([b'{', b'{']) * OBJECT_BYTES + count([b',', b'[']) * ELEMENT_BYTES
}

fn short(e: &serde_json::Error) -> String {
    let text = e.to_string();
    text.split(" at line").next().unwrap_or(&text).to_owned()
}

/// Writes `null` for what Python gives as a number that is none: `NaN`, `Infinity`.
fn without_nan(piece: &str) -> Option<String> {
    const NONE: &[&str] = &["NaN", "-Infinity", "Infinity"];
    if !NONE.iter().any(|n| memchr::memmem::find(piece.as_bytes(), n.as_bytes()).is_some()) {
        return None;
    }
    let mut out = String::with_capacity(piece.len());
    let (mut inside, mut escaped, mut skip) = (false, false, 0usize);
    for (at, c) in piece.char_indices() {
        if at < skip {
            continue;
        }
        if let Some(none) = NONE.iter().find(|n| !inside && piece[at..].starts_with(**n)) {
            out.push_str("null");
            skip = at + none.len();
            continue;
        }
        inside ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    Some(out)
}

fn mend(piece: &str) -> Option<String> {
    let straight: Cow<'_, str> = if piece.starts_with("{“") || piece.contains(": “") || piece.contains("“:") {
        Cow::Owned(piece.replace(['“', '”'], "\""))
    } else {
        Cow::Borrowed(piece)
    };
    let mut out = String::with_capacity(straight.len() + 16);
    let (mut inside, mut escaped, mut changed) = (false, false, matches!(straight, Cow::Owned(_)));
    for c in straight.chars() {
        match c {
            '"' if !escaped => inside = !inside,
            '\n' | '\r' | '\t' if inside => {
                out.push_str(match c {
                    '\n' => "\\n",
                    '\r' => "\\r",
                    _ => "\\t",
                });
                (changed, escaped) = (true, false);
                continue;
            }
            c if inside && (c as u32) < 0x20 => {
                (changed, escaped) = (true, false);
                out.push(' ');
                continue;
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    // A comma before a closing bracket is the other common slip.
    if let Some(without) = trailing_commas(&out) {
        return Some(without);
    }
    changed.then_some(out)
}

fn trailing_commas(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let (mut inside, mut escaped, mut changed) = (false, false, false);
    for (at, c) in text.char_indices() {
        if c == '"' && !escaped {
            inside = !inside;
        }
        escaped = c == '\\' && !escaped;
        if c == ',' && !inside && text[at + 1..].trim_start().starts_with([']', '}']) {
            changed = true;
            continue;
        }
        out.push(c);
    }
    changed.then_some(out)
}

/// Divides a text into the values of JSON that it holds, each with the number of its
/// line: the elements of a list, or the values that follow each other.
struct Values<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    in_list: bool,
    /// Whether a value was found to have no end: then each ends with its line.
    by_line: bool,
    /// Whether all of it is one object, be it cut off: some begin their records on lines of
    /// their own.
    is_one: bool,
}

impl<'a> Values<'a> {
    fn of(text: &'a str) -> Values<'a> {
        let in_list = text.starts_with('[');
        // Where the first line is a value, every line is one: a broken one costs itself.
        let bytes = text.as_bytes();
        let by_line = memchr::memchr(b'\n', bytes).is_some_and(|end| {
            let line = bytes[..end].trim_ascii_end();
            let first = line.first().copied().unwrap_or(0);
            first == b'{' && value_end(line, 0, first, false, true) == (line.len(), true)
        });
        let is_one = !by_line
            && text.starts_with('{')
            && (memchr::memmem::find(bytes, b"\n{\"").is_some() || !value_end(bytes, 0, b'{', false, false).1)
            && serde_json::from_str::<serde::de::IgnoredAny>(text).map_or_else(|e| e.is_eof(), |_| true);
        Values { text, at: usize::from(in_list), line: 1, in_list, by_line, is_one }
    }
}

impl<'a> Iterator for Values<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<(usize, &'a str)> {
        let bytes = self.text.as_bytes();
        while let Some(b) = bytes.get(self.at) {
            let between = b.is_ascii_whitespace() || *b == b',' || (self.in_list && *b == b']') || *b == 0x1E;
            if !between {
                break;
            }
            self.line += usize::from(*b == b'\n');
            self.at += 1;
        }
        let start = self.at;
        let line = self.line;
        let first = *bytes.get(start)?;
        let (end, closed) = match self.is_one {
            true => (bytes.len(), true),
            false => value_end(bytes, start, first, self.in_list, self.by_line),
        };
        self.by_line |= !closed;
        self.line += memchr::memchr_iter(b'\n', &bytes[start..end]).count();
        self.at = end;
        Some((line, self.text.get(start..end)?.trim()))
    }
}

/// Finds the end of the value that begins at `start`. A value that does not close ends
/// with its line, so that the next line is read.
fn value_end(bytes: &[u8], start: usize, first: u8, in_list: bool, by_line: bool) -> (usize, bool) {
    // Only looked for where it is asked for: a list of a million values may be one line.
    let line_end = || memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |i| start + i);
    if !matches!(first, b'{' | b'[') {
        let stop = if in_list {
            memchr::memchr2(b',', b'\n', &bytes[start..]).map_or(bytes.len(), |i| start + i)
        } else {
            line_end()
        };
        return (stop.max(start + 1), true);
    }
    let limit = if by_line { line_end() } else { bytes.len() };
    let bytes = &bytes[..limit];
    let mut depth = 0usize;
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                at += 1;
                while let Some(i) = memchr::memchr2(b'"', b'\\', &bytes[at..]) {
                    at += i;
                    if bytes[at] == b'"' {
                        break;
                    }
                    at += 2;
                    if at >= bytes.len() {
                        break;
                    }
                }
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return (at + 1, true);
                }
            }
            // An object that starts a line while another is open: the open one is broken.
            b'\n'
                if !in_list
                    && bytes[at + 1..].starts_with(b"{\"")
                    && depth > 0
                    && bytes[start..at].iter().all(|b| *b != b'\n') =>
            {
                return (at, true);
            }
            _ => {}
        }
        at += 1;
    }
    (if in_list { limit } else { line_end() }.max(start + 1), false)
}

#[cfg(test)]
mod tests {
    use super::{Values, parse};

    #[test]
    fn values_are_divided_and_a_broken_line_costs_itself() {
        let divided = |text| Values::of(text).map(|(line, v)| format!("{line}:{v}")).collect::<Vec<_>>();
        assert_eq!(divided("{\"a\":1}\n{\"b\":\"}\\\"\"}\n"), ["1:{\"a\":1}", "2:{\"b\":\"}\\\"\"}"]);
        assert_eq!(divided("[{\"a\":1},\n {\"b\":[2]}]"), ["1:{\"a\":1}", "2:{\"b\":[2]}"]);
        assert_eq!(divided("{\"a\":\n{\"b\":2}\n{\"c\":3}"), ["1:{\"a\":", "2:{\"b\":2}", "3:{\"c\":3}"]);
        assert_eq!(divided("{\"a\": cut\n{\"b\":2}"), ["1:{\"a\": cut", "2:{\"b\":2}"]);
        assert_eq!(divided("{\"a\""), ["1:{\"a\""]);
        assert_eq!(divided("{\"a\":[\n{\"b\":2},\n{\"c\":3}]}"), ["1:{\"a\":[\n{\"b\":2},\n{\"c\":3}]}"]);
    }

    #[test]
    fn known_slips_are_mended() {
        for text in [
            "{“a”: “b”}",
            "{\"a\": \"b\tc\nd\"}",
            "{\"a\": [1, 2,],}",
            "{\"a\": \"\u{1}\"}",
            "{\"a\": NaN, \"b\": [-Infinity, Infinity]}",
        ] {
            assert!(parse(text, None).is_ok_and(|parsed| !parsed.is_cut), "{text}");
        }
        assert!(parse("{\"a\": }", None).is_err());
    }
}
