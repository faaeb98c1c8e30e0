//! NewsML-G2 written as JSON, as interfaces of LSEG and Reuters give it: the names of the
//! markup, attributes with `_` before them, the text of an element under `$`.
//!
//! It is written down as the markup that it stands for, and read as that.

use serde_json::{Map, Value};

/// Objects within objects that are followed.
const NESTING_MAX: usize = 40;
/// Keys of items.
const ITEMS: &[&str] = &["newsItem", "packageItem", "newsMessage"];

/// Tells whether the beginning of a file looks like it.
pub(super) fn is_g2(start: &[u8]) -> bool {
    let mentions = |key: &[u8]| memchr::memmem::find(start, key).is_some();
    start.first() == Some(&b'{')
        && ITEMS.iter().any(|item| mentions(format!("\"{item}\"").as_bytes()))
        && (mentions(b"\"_guid\"") || mentions(b"\"_standard\"") || mentions(b"\"_conformance\""))
}

/// Writes the items of a value as markup; nothing where it has none.
pub(super) fn markup(value: &Value) -> String {
    let mut out = String::new();
    items(value, 0, &mut out);
    if out.is_empty() { out } else { format!("<newsMessage>{out}</newsMessage>") }
}

fn items(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(object) if depth < NESTING_MAX => {
            for (key, inner) in object {
                match ITEMS.contains(&key.as_str()) {
                    true => element(key, inner, depth, out),
                    false => items(inner, depth + 1, out),
                }
            }
        }
        Value::Array(list) if depth < NESTING_MAX => list.iter().for_each(|inner| items(inner, depth + 1, out)),
        _ => {}
    }
}

fn element(name: &str, value: &Value, depth: usize, out: &mut String) {
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'_' | b'.'));
    if !is_name || depth > NESTING_MAX {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|inner| element(name, inner, depth + 1, out)),
        Value::Object(object) => whole(name, object, depth, out),
        Value::Null => {}
        text => {
            out.push_str(&format!("<{name}>"));
            escaped(&plain(text), out);
            out.push_str(&format!("</{name}>"));
        }
    }
}

fn whole(name: &str, object: &Map<String, Value>, depth: usize, out: &mut String) {
    out.push('<');
    out.push_str(name);
    for (key, value) in object {
        let Some(attribute) = key.strip_prefix('_').filter(|a| !a.contains(['<', '>', '"', '=', ' '])) else {
            continue;
        };
        out.push(' ');
        out.push_str(attribute);
        out.push_str("=\"");
        escaped(&plain(value), out);
        out.push('"');
    }
    out.push('>');
    for (key, value) in object {
        match (key.as_str(), value) {
            // A page within the text is markup itself.
            ("$", Value::String(text)) if name == "inlineXML" => out.push_str(text),
            ("$", text) => escaped(&plain(text), out),
            (key, _) if key.starts_with('_') => {}
            (key, value) => element(key, value, depth + 1, out),
        }
    }
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(said) => said.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

fn escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Reading, Source, read};

    #[test]
    fn items_are_read_as_their_markup() {
        let text = r#"{"newsItem": {"_guid": "tag:lom.example:1", "_version": 5, "_standard": "NewsML-G2",
            "itemMeta": {"versionCreated": {"$": "2022-04-08T06:02:25Z"}, "pubStatus": {"_qcode": "stat:canceled"}},
            "contentMeta": {"urgency": {"$": 3}, "language": [{"_tag": "de"}], "subject": [{"_qcode": "G:1"}],
                "headline": [{"$": "Brücke & Straße offen"}]},
            "contentSet": {"inlineXML": [{"_contenttype": "application/xhtml+xml",
                "$": "<html><body><p>Die Brücke ist wieder offen.</p></body></html>"}],
                "inlineData": [{"_contenttype": "text/plain", "$": "Die Brücke ist wieder offen."}]}}}"#;
        let Reading::Stories(stories) = read(&Source::new("a.json", text.as_bytes())) else { panic!("an item") };
        let [story] = stories.as_slice() else { panic!("one story: {}", stories.len()) };
        assert_eq!((story.format.as_str(), story.status.value.as_str()), ("newsml-g2", "kill"));
        assert_eq!(story.text, "Brücke & Straße offen\n\nDie Brücke ist wieder offen.");
        assert_eq!(story.guid.as_ref().map(|g| g.value.as_str()), Some("tag:lom.example:1"));
        assert_eq!(story.version.as_ref().map(|v| v.value.as_str()), Some("5"));
        assert_eq!(story.lang.as_ref().map(|l| l.value.as_str()), Some("de"));
    }
}
