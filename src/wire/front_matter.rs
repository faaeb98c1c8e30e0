//! Text with its fields above it: YAML between `---` or TOML between `+++`, or lines of keys that a
//! blank line or `---` ends, as tools that save pages and generators of sites write them; and
//! whole documents of such fields.
//!
//! Only what such heads hold is read: keys, plain and quoted values, lists, blocks of lines.

use super::draft::{floor, plain};
use super::head::{Head, lossy};
use super::keys::KEYS;
use super::record::{Claim, Record};
use super::{Format, Out, Refusal, Source, exports};
use crate::text::letters;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Lines of a head.
const HEAD_LINES_MAX: usize = 200;
/// Letters of the copy below a head without a fence.
const LETTERS_MIN: usize = 10;
/// Bytes that are looked at to recognise a head.
const SAMPLE_BYTES_MAX: usize = 8 << 10;

/// Text with its fields above it.
pub(super) struct FrontMatter;

impl Format for FrontMatter {
    fn name(&self) -> &'static str {
        "front-matter"
    }

    fn help(&self) -> &'static str {
        "text with its fields above it, between --- (YAML) or +++ (TOML), and YAML documents"
    }

    fn recognises(&self, source: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        let sample = lossy(&head.bytes[..head.bytes.len().min(SAMPLE_BYTES_MAX)]);
        let first = sample.lines().next()?.trim_end();
        let fenced = matches!(first, "---" | "+++");
        if !fenced && !matches!(source.extension().as_str(), "yaml" | "yml") {
            let exports: [&dyn Format; 3] = [&exports::Nexis, &exports::Factiva, &exports::ProQuest];
            return bare(&sample)
                .filter(|_| exports.iter().all(|export| export.recognises(source, head).is_none()))
                .map(|_| Cow::Borrowed("a head of keys, with its headline and its day"));
        }
        let (fields, _) = fields(&sample, fenced);
        let record = Record::new(&fields, source.envelope.map);
        let named = record.has_headline() || (!fenced && record.claim(false) >= Claim::Story);
        (named && fields.len() > 1).then(|| {
            let names: Vec<&str> = fields.keys().take(4).map(String::as_str).collect();
            Cow::Owned(format!("a head with the fields {}", names.join(", ")))
        })
    }

    fn read(&self, source: &Source<'_>, _: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let text = out.decode(source, None).replace("\r\n", "\n");
        let text = text.trim_start_matches(|c: char| c == '\u{FEFF}' || c.is_whitespace());
        let fenced = text.starts_with("---") || text.starts_with("+++");
        let (mut fields, body) = bare(text).filter(|_| !fenced).unwrap_or_else(|| fields(text, fenced));
        if body.chars().any(char::is_alphanumeric) {
            fields.insert("body".to_owned(), Value::String(plain(body)));
        }
        let draft = Record::new(&fields, source.envelope.map).draft("front-matter");
        if draft.is_empty() {
            return Err("its fields name neither a headline nor a text".into());
        }
        out.story(draft.finish());
        Ok(())
    }
}

/// Reads a head without a fence above it: a line for each key, at least three that are known, the
/// headline and the day or the source among them, and copy below.
fn bare(text: &str) -> Option<(Map<String, Value>, &str)> {
    const LINES_MIN: usize = 3;
    const KNOWN_MIN: usize = 3;
    let (mut end, mut lines, mut ended) = (0, 0, false);
    let mut behind = 0;
    for line in text.split_inclusive('\n') {
        behind += line.len();
        let trimmed = line.trim_end();
        if trimmed.is_empty() || trimmed == "---" {
            ended = true;
            break;
        }
        let is_item = lines > 0 && (trimmed.starts_with("- ") || trimmed.starts_with([' ', '\t']));
        if (pair(trimmed).is_none() && !is_item) || trimmed.contains(" = ") || lines > HEAD_LINES_MAX {
            return None;
        }
        lines += 1;
        end = behind;
    }
    let (head, body) = (text.get(..end)?, text.get(behind..)?);
    if !ended
        || lines < LINES_MIN
        || body.chars().filter(|c| c.is_alphanumeric()).take(LETTERS_MIN).count() < LETTERS_MIN
    {
        return None;
    }
    let (fields, _) = fields(head, false);
    let known = fields.keys().filter(|key| KEYS.contains_key(letters(key).as_str())).count();
    let record = Record::new(&fields, None);
    let is_of_wire = record.is_dated() || record.is_credited();
    (record.has_headline() && is_of_wire && known >= KNOWN_MIN).then_some((fields, body))
}

/// Reads the fields of a head; returns them with what stands below.
fn fields(text: &str, fenced: bool) -> (Map<String, Value>, &str) {
    let mut fields = Map::new();
    let mut at = 0;
    let mut lines = 0;
    let mut open: Option<String> = None;
    let mut first = fenced;
    let mut block: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        at += line.len();
        let bare = line.trim_end();
        if std::mem::take(&mut first) {
            continue;
        }
        if fenced && matches!(bare, "---" | "+++" | "...") {
            return (fields, &text[at..]);
        }
        lines += 1;
        if fenced && lines > HEAD_LINES_MAX {
            // A head without an end is none.
            return (Map::new(), text);
        }
        let indent = bare.len() - bare.trim_start().len();
        // The lines of a block, and of what is set in below a key.
        if let Some(key) = &open
            && (indent > 0 || bare.is_empty() || bare.starts_with("- "))
        {
            put(&mut fields, key, bare, block.map(|b| if b == 0 { indent } else { b }));
            if block == Some(0) && indent > 0 {
                block = Some(indent);
            }
            continue;
        }
        open = None;
        block = None;
        let Some((key, value)) = pair(bare) else { continue };
        match value {
            "" => open = Some(key.to_owned()),
            "|" | ">" | "|-" | ">-" | "|+" | ">+" => {
                open = Some(key.to_owned());
                block = Some(0);
            }
            value => {
                fields.insert(key.to_owned(), scalar(value));
                open = Some(key.to_owned());
            }
        }
    }
    if fenced { (Map::new(), text) } else { (fields, "") }
}

/// Adds a line to the value of a key: of a block as it is, of a list an item, else as what a
/// value goes on with.
fn put(fields: &mut Map<String, Value>, key: &str, line: &str, block: Option<usize>) {
    let trimmed = line.trim();
    let value = fields.entry(key).or_insert(Value::Null);
    match (block, trimmed.strip_prefix("- "), &mut *value) {
        (Some(indent), _, Value::String(text)) => {
            text.push('\n');
            text.push_str(line.get(floor(line, indent)..).unwrap_or("").trim_end());
        }
        (Some(_), _, slot) if !trimmed.is_empty() => *slot = Value::String(trimmed.to_owned()),
        (None, Some(item), Value::Array(list)) => list.push(scalar(item)),
        (None, Some(item), slot @ Value::Null) => *slot = Value::Array(vec![scalar(item)]),
        (None, None, Value::String(text)) if !trimmed.is_empty() => {
            text.push(' ');
            text.push_str(trimmed);
        }
        // `author:` with `name: …` set in below it.
        (None, None, slot @ Value::Null) => {
            if let Some((_, inner)) = pair(trimmed).filter(|(_, v)| !v.is_empty()) {
                *slot = scalar(inner);
            }
        }
        _ => {}
    }
}

/// Reads `key: value` or `key = value`.
fn pair(line: &str) -> Option<(&str, &str)> {
    let end = line.find([':', '='])?;
    let key = line[..end].trim().trim_matches(['"', '\'']);
    let value = &line[end + 1..];
    let spaced = value.is_empty() || value.starts_with([' ', '\t']);
    let named = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.'));
    (spaced && named && key.len() <= 60).then_some((key, value.trim()))
}

/// Reads a plain or quoted value, or a list in brackets.
fn scalar(text: &str) -> Value {
    if let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
        return Value::Array(inner.split(',').map(|i| scalar(i.trim())).filter(|v| v.as_str() != Some("")).collect());
    }
    let quoted = |sign: char| text.strip_prefix(sign).and_then(|t| t.strip_suffix(sign));
    let text = match (quoted('"'), quoted('\'')) {
        (Some(inner), _) => inner.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\"),
        (None, Some(inner)) => inner.replace("''", "'"),
        (None, None) => text.split(" #").next().unwrap_or(text).trim().to_owned(),
    };
    match text.as_str() {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" | "~" => Value::Null,
        _ => Value::String(text),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Reading, Source, read};
    use super::fields;

    fn one(name: &str, text: &str) -> crate::story::Story {
        let Reading::Stories(mut stories) = read(&Source::new(name, text.as_bytes())) else { panic!("a story") };
        assert_eq!(stories.len(), 1);
        stories.remove(0)
    }

    #[test]
    fn fields_above_a_text() {
        let story = one(
            "a.md",
            "---\ntitle: \"Bridge: open again\"\ndate: 2021-05-03T10:00:00+01:00\nauthor:\n  name: Anna Writer\n\
             tags: [roads, Lom]\nkeywords:\n- bridges\n---\n\nLOM (AFP) - The bridge\nis open.\n\n---\n\nSo it is.\n",
        );
        assert_eq!(story.format, "front-matter");
        assert_eq!(
            story.text,
            "Bridge: open again\n\nAnna Writer\n\nLOM (AFP) - The bridge\nis open.\n\n---\n\nSo it is."
        );
        assert_eq!(story.filed.value.map(|m| m.to_string()).as_deref(), Some("2021-05-03T10:00:00+01:00"));
        let words: Vec<&str> = story.keywords.iter().map(|k| k.value.as_str()).collect();
        assert!(words.contains(&"roads") && words.contains(&"Lom") && words.contains(&"bridges"), "{words:?}");
        let toml = one("a.md", "+++\ntitle = \"Bridge open\"\ndate = 2021-05-03\n+++\nThe bridge is open.\n");
        assert_eq!(toml.text, "Bridge open\n\nThe bridge is open.");
    }

    #[test]
    fn documents_of_fields() {
        let story = one(
            "a.yaml",
            "headline: Bridge open\ndate: 2021-05-03\nbody: |\n  LOM (AFP) - It is open.\n\n  So it is.\n",
        );
        assert_eq!(story.text, "Bridge open\n\nLOM (AFP) - It is open.\n\nSo it is.");
    }

    #[test]
    fn fields_without_a_fence() {
        let story = one(
            "a.md",
            "Title: Le pont est ouvert\nDate: 2021-05-03 10:30\nTags: ponts, Lom\nAuthors: Anna Writer\n\nLOM (AFP) - Le pont est de nouveau ouvert.\n",
        );
        assert_eq!(story.text, "Le pont est ouvert\n\nAnna Writer\n\nLOM (AFP) - Le pont est de nouveau ouvert.");
        assert_eq!(story.filed.value.map(|m| m.to_string()).as_deref(), Some("2021-05-03T10:30:00"));
        let story = one(
            "a.md",
            "title: 大桥开通\ndate: 2021/05/03 10:30:00\ntags:\n- 桥\n---\n新华社洛姆5月3日电 洛姆河大桥三日重新开通，市长当天这样说。\n",
        );
        assert_eq!((story.format.as_str(), story.keywords.len()), ("front-matter", 1));
        for text in [
            "Note: this is\nWarning: that\nText: here\n\nAnd some more copy below it, of several words.\n",
            "From: a@b.example\nTitle: x\n\nAnd some more copy below it, of several words.\n",
        ] {
            assert_ne!(one("a.txt", text).format, "front-matter", "{text}");
        }
    }

    #[test]
    fn a_rule_is_no_head() {
        for text in
            ["---\nPARIS (AFP) - The bridge is open.\n---\nMore of it.\n", "---\ntitle: x\n", "title: x\ndate: y\n"]
        {
            assert_eq!(one("a.txt", text).format, "text", "{text}");
        }
        assert!(fields("---\ntitle: x\n", true).0.is_empty());
    }
}
