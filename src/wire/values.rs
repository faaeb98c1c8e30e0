//! The texts in values of JSON, whatever objects and lists an export wraps around them.

use super::keys::get;
use super::markup::of_html;
use super::xml::looks_like_html;
use serde_json::Value;

/// Objects within objects that are searched for prose.
const NESTING_MAX: usize = 8;
/// Words that make a text prose rather than a label.
const PROSE_WORDS_MIN: usize = 8;

pub(super) fn unix(number: i64) -> String {
    // Milliseconds where seconds would lie beyond the year 5000.
    let seconds = if number > 100_000_000_000 { number / 1000 } else { number };
    let is_time = (1_000_000..100_000_000_000).contains(&seconds);
    chrono::DateTime::from_timestamp(seconds, 0)
        .filter(|_| is_time)
        .map_or(String::new(), |t| t.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// Returns a time that is written as a number of seconds or milliseconds since 1970: a
/// number, digits that are no day of the calendar, or what databases wrap around one.
pub(super) fn seconds(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|f| f as i64)),
        Value::String(text) => {
            let digits = matches!(text.len(), 10 | 13) && text.bytes().all(|b| b.is_ascii_digit());
            let is_day = text.starts_with("19") || text.starts_with("20");
            text.parse().ok().filter(|_| digits && !is_day)
        }
        Value::Object(object) => {
            let inner = get(object, "date").or_else(|| get(object, "numberlong")).or_else(|| get(object, "seconds"))?;
            seconds(inner).filter(|_| !inner.is_object())
        }
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    }
}

/// One line of text without markup.
pub(super) fn flat(text: &str) -> String {
    if looks_like_html(text) { of_html(text).replace('\n', " ") } else { text.to_owned() }
}

pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
        Value::Number(n) => Some(n.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

pub(super) fn items(value: &Value) -> &[Value] {
    match value {
        Value::Array(list) => list,
        other => std::slice::from_ref(other),
    }
}

/// The texts of a value: itself, or of objects the part that names or holds it.
pub(super) fn texts(value: &Value) -> Vec<String> {
    items(value).iter().filter_map(object_text).collect()
}

pub(super) fn object_text(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => {
            const PARTS: &[&str] = &[
                "value",
                "rendered",
                "main",
                "original",
                "by",
                "name",
                "text",
                "city",
                "headline",
                "title",
                "byline",
                "parsed",
                "literal",
                "code",
                "locationname",
                "html",
                "content",
                "webtitle",
                "oid",
                "date",
                "datetime",
                "paragraph",
                "basic",
                "data",
                "attributes",
            ];
            PARTS.iter().find_map(|p| get(object, p)).and_then(object_text).or_else(|| full_name(object))
        }
        Value::Array(list) => list.first().and_then(object_text),
        other => scalar(other),
    }
}

/// The name of a person whose parts have keys of their own.
fn full_name(object: &serde_json::Map<String, Value>) -> Option<String> {
    let part = |keys: [&str; 2]| keys.iter().find_map(|k| get(object, k)).and_then(scalar);
    let last = part(["lastname", "familyname"])?;
    Some(part(["firstname", "givenname"]).map_or(last.clone(), |first| format!("{first} {last}")))
}

pub(super) fn first_text(value: &Value) -> Option<String> {
    items(value).iter().find_map(object_text)
}

/// Text in runs, as messengers keep it: strings between objects that say how theirs looks,
/// or objects alone.
fn runs(value: &Value) -> Option<String> {
    /// What a run within a line can be.
    const INLINE: &[&str] = &[
        "plain",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "link",
        "text_link",
        "textlink",
        "mention",
        "mention_name",
        "hashtag",
        "cashtag",
        "bot_command",
        "email",
        "phone",
        "custom_emoji",
        "bank_card",
    ];
    let list = value.as_array()?;
    let kind = |v: &Value| v.get("type").and_then(Value::as_str).map(str::to_ascii_lowercase).unwrap_or_default();
    let run = |v: &Value| match v {
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => object.get("type").and(object.get("text")).and_then(Value::as_str).map(str::to_owned),
        _ => None,
    };
    let mixed = list.iter().any(Value::is_string) && list.iter().any(Value::is_object);
    let inline = || !list.is_empty() && list.iter().all(|v| INLINE.contains(&kind(v).as_str()));
    if mixed || inline() { list.iter().map(run).collect() } else { None }
}

/// Tells whether a value is a text itself, not an object that holds one.
pub(super) fn has_line(value: &Value) -> bool {
    let is_text = |v: &Value| v.as_str().is_some_and(|t| t.contains(char::is_alphanumeric));
    is_text(value)
        || value.as_array().is_some_and(|list| list.iter().any(is_text))
        || runs(value).is_some_and(|t| t.contains(char::is_alphanumeric))
}

pub(super) fn prose(value: &Value) -> bool {
    let reads = |t: &str| {
        t.split_whitespace().take(PROSE_WORDS_MIN).count() == PROSE_WORDS_MIN
            || t.chars().filter(|c| *c as u32 > 0x2E80).take(21).count() > 20
    };
    match value {
        // A text may be long: it is not copied for a look at it.
        Value::String(text) => reads(text),
        value => runs(value).map_or_else(|| texts(value), |whole| vec![whole]).iter().any(|t| reads(t)),
    }
}

/// Tells whether a value has any text, without copying it.
pub(super) fn has_any(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        value => first_text(value).is_some(),
    }
}

/// The bytes of the longest text of a value.
pub(super) fn longest(value: &Value) -> usize {
    match value {
        Value::String(text) => text.trim().len(),
        value => texts(value).iter().map(String::len).max().unwrap_or(0),
    }
}

/// The texts of a list of objects with roles, those of `first` in front.
pub(super) fn by_role(value: &Value, first: &[&str]) -> Vec<String> {
    let role = |v: &Value| v.as_object().and_then(|o| get(o, "role")).and_then(scalar).unwrap_or_default();
    let mut list: Vec<&Value> = items(value).iter().collect();
    list.sort_by_key(|v| first.iter().position(|f| role(v).eq_ignore_ascii_case(f)).unwrap_or(first.len()));
    list.into_iter().filter_map(object_text).collect()
}

/// Of several renditions of one body (ninjs 2 and 3) the one that keeps most: text of any
/// kind before markup of pages; of a list of paragraphs all.
pub(super) fn best_body(value: &Value) -> Vec<String> {
    if let Some(whole) = runs(value) {
        return vec![whole];
    }
    let inner = value.as_object().and_then(|o| BLOCKS.iter().find_map(|k| get(o, k))).filter(|v| v.is_array());
    if let Some(blocks) = inner {
        return best_body(blocks);
    }
    let Value::Array(list) = value else { return object_text(value).into_iter().collect() };
    if list.iter().all(|v| !v.is_object()) {
        return list.iter().filter_map(scalar).collect();
    }
    let has = |v: &Value, key: &str| v.as_object().is_some_and(|o| get(o, key).is_some());
    if !list.iter().any(|v| ["contenttype", "role", "rel", "format"].iter().any(|key| has(v, key))) {
        // Not the same copy several times, but its blocks one after the other.
        return list.iter().map(|v| block(v, 0)).filter(|t| !t.trim().is_empty()).collect();
    }
    let kind = |v: &Value| v.as_object().and_then(|o| get(o, "contenttype")).and_then(scalar).unwrap_or_default();
    let rank = |v: &Value| {
        let kind = kind(v).to_ascii_lowercase();
        let length = object_text(v).map_or(0, |t| t.len());
        (length == 0, kind.contains("json"), !kind.contains("html"), !kind.contains("nitf"), !kind.contains("plain"))
    };
    list.iter().min_by_key(|v| rank(v)).and_then(object_text).into_iter().collect()
}

/// Keys under which a block of an editor keeps what lies in it.
const BLOCKS: &[&str] =
    &["blocks", "children", "contentelements", "content", "items", "data", "attributes", "paragraph"];
/// Kinds of blocks that are not copy.
const BESIDE: &[&str] = &[
    "image",
    "gallery",
    "video",
    "audio",
    "embed",
    "photo",
    "reference",
    "interstitial",
    "ad",
    "link",
    "oembed",
    "divider",
];

/// The text of a block as editors keep it: its own, or of what lies in it. Runs of text
/// follow each other, blocks begin on a line of their own.
fn block(value: &Value, depth: usize) -> String {
    let object = match value {
        Value::Object(object) if depth < NESTING_MAX => object,
        Value::Array(list) if depth < NESTING_MAX => {
            return list.iter().map(|v| block(v, depth + 1)).collect::<Vec<_>>().join("\n");
        }
        other => return scalar(other).unwrap_or_default(),
    };
    let kind = |key: &str| get(object, key).and_then(scalar).map(|k| k.to_ascii_lowercase()).unwrap_or_default();
    if BESIDE.iter().any(|b| kind("type").starts_with(b) || kind("nodetype").starts_with(b)) {
        return String::new();
    }
    let own = ["text", "value", "html", "content", "paragraph"];
    // Blanks at the ends of a run divide it from the next.
    if let Some(text) = own.iter().find_map(|k| get(object, k)).and_then(Value::as_str) {
        return text.to_owned();
    }
    match BLOCKS.iter().find_map(|k| get(object, k)) {
        Some(Value::Array(list)) => {
            let is_run = |v: &Value| {
                v.as_object().is_some_and(|o| BLOCKS.iter().all(|k| get(o, k).is_none_or(|v| !v.is_array())))
            };
            let between = if list.iter().all(is_run) { "" } else { "\n" };
            list.iter().map(|v| block(v, depth + 1)).collect::<Vec<_>>().join(between)
        }
        Some(inner) => block(inner, depth + 1),
        None => object_text(value).unwrap_or_default(),
    }
}

/// All texts of a value that read like prose, and what stands under the same keys: what is left
/// of a record without known keys.
pub(super) fn prose_of(value: &Value, depth: usize, out: &mut Vec<String>) {
    let mut found: Vec<(&str, &str, bool)> = Vec::new();
    texts_under(value, "", depth, &mut found);
    let with_prose: Vec<&str> =
        found.iter().filter(|(key, _, is_prose)| *is_prose && !key.is_empty()).map(|f| f.0).collect();
    for (key, text, is_prose) in found {
        // A short paragraph between long ones.
        let beside = || with_prose.contains(&key) && text.trim().contains(char::is_whitespace);
        if is_prose || beside() {
            out.push(text.to_owned());
        }
    }
}

/// Gathers texts with the key that each stands under, and whether it reads like prose.
fn texts_under<'v>(value: &'v Value, key: &'v str, depth: usize, found: &mut Vec<(&'v str, &'v str, bool)>) {
    match value {
        Value::String(text) => found.push((key, text, prose(value))),
        Value::Array(list) if depth < NESTING_MAX => list.iter().for_each(|v| texts_under(v, key, depth + 1, found)),
        Value::Object(object) if depth < NESTING_MAX => {
            object.iter().for_each(|(name, v)| texts_under(v, name, depth + 1, found));
        }
        _ => {}
    }
}
