//! JSON that ends before it closes: a file cut off, a line without its brace.
//!
//! It is closed where it ends, so that the parser reads what stands whole. A text that is cut
//! stays what it is where it is copy; a cut headline, name or date would be shown as a fact, so
//! it is kept under [`CUT_KEY`], as a text.

use super::super::keys::{KEYS, KeyMap, Role};
use crate::text::letters;

/// The key of a text that is cut, and is no copy.
pub(super) const CUT_KEY: &str = "cut-off text";
/// What a story is told to be that is of such a value.
pub(in crate::wire) const WARNING: &str = "the JSON ends before it closes: this story or what followed it is cut off";

/// An object or a list that is open.
struct Open<'a> {
    close: char,
    /// The key that it stands under.
    under: &'a str,
    /// The key that was read last in it.
    key: &'a str,
}

/// Closes a value that is cut off; nothing where it does not end too early.
pub(super) fn closed(piece: &str, map: Option<&KeyMap>) -> Option<String> {
    let bytes = piece.as_bytes();
    let mut open: Vec<Open<'_>> = Vec::new();
    // Where the last part ends that stands whole, and the text that is cut.
    let (mut whole, mut cut) = (0, None);
    let mut at = 0;
    while let Some(b) = bytes.get(at) {
        match b {
            b'{' | b'[' => {
                let under = open.last().map_or("", |o| if o.close == '}' { o.key } else { o.under });
                open.push(Open { close: if *b == b'{' { '}' } else { ']' }, under, key: "" });
                whole = at + 1;
            }
            b'}' | b']' => {
                open.pop()?;
                whole = at + 1;
            }
            b'"' => {
                let Some(end) = end_of_text(bytes, at + 1) else {
                    let is_key = open.last().is_some_and(|o| o.close == '}') && !is_value(bytes, at);
                    cut = Some(&piece[at + 1..]).filter(|_| !is_key);
                    break;
                };
                let text = &piece[at + 1..end];
                let is_key = bytes[end + 1..].iter().find(|b| !b.is_ascii_whitespace()) == Some(&b':');
                match open.last_mut() {
                    Some(object) if object.close == '}' && (is_key || !is_value(bytes, at)) => object.key = text,
                    _ => whole = end + 1,
                }
                at = end;
            }
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' => {}
            // A number, or a word: whole where something follows it.
            _ => {
                let end = bytes[at..].iter().position(|b| b.is_ascii_whitespace() || b",]}".contains(b));
                let Some(end) = end else { break };
                at += end;
                whole = at;
                continue;
            }
        }
        at += 1;
    }
    finish(piece.get(..whole)?, cut, open, map)
}

/// Tells whether a string that begins at `at` is the value of a key.
fn is_value(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().find(|b| !b.is_ascii_whitespace()) == Some(&b':')
}

/// Where a string ends whose text begins at `start`.
fn end_of_text(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

/// Adds the text that is cut to what stands whole, and closes what is open.
fn finish(whole: &str, cut: Option<&str>, mut open: Vec<Open<'_>>, map: Option<&KeyMap>) -> Option<String> {
    let innermost = open.last()?;
    let mut out = whole.trim_end().to_owned();
    let text = cut.map(unescaped).filter(|text| text.contains(char::is_alphabetic));
    let is_list = innermost.close == ']';
    let key = if is_list { innermost.under } else { innermost.key };
    if let Some(text) = text.filter(|_| is_list || !key.is_empty()) {
        let is_copy = is_copy(key, innermost.under, map);
        // A list of names or subjects is left as it is.
        while !is_copy && open.last().is_some_and(|o| o.close == ']') {
            open.pop().map(|o| out.push(o.close))?;
        }
        if open.is_empty() {
            return Some(out);
        }
        let text = serde_json::to_string(&text).ok()?;
        if !out.ends_with(['{', '[']) {
            out.push(',');
        }
        if open.last().is_some_and(|o| o.close == '}') {
            let key = if is_copy { format!("\"{key}\"") } else { format!("\"{CUT_KEY}\"") };
            out.push_str(&key);
            out.push(':');
        }
        out.push_str(&text);
    }
    out.extend(open.iter().rev().map(|o| o.close));
    Some(out)
}

/// Tells whether a text under a key is copy, which may be cut: one that says something about a
/// story is not, by its own key or by that which its object stands under.
fn is_copy(key: &str, under: &str, map: Option<&KeyMap>) -> bool {
    let role = |key: &str| {
        let key = letters(key);
        map.and_then(|map| map.role(&key)).or_else(|| KEYS.get(key.as_str()).map(|(role, _)| *role))
    };
    let copy = |role| matches!(role, Role::Body | Role::Summary);
    match (role(key), role(under)) {
        (Some(own), None) => copy(own),
        (None, Some(outer)) => copy(outer),
        (Some(own), Some(outer)) => copy(own) && copy(outer),
        (None, None) => true,
    }
}

/// The text of a string that has no end: an escape that is cut is left out.
fn unescaped(raw: &str) -> String {
    let backslash = raw.rfind('\\').filter(|at| {
        let before = raw[..*at].bytes().rev().take_while(|b| *b == b'\\').count();
        let behind = &raw[*at + 1..];
        before % 2 == 0 && (behind.is_empty() || (behind.starts_with('u') && behind.len() < "uXXXX".len()))
    });
    let raw = &raw[..backslash.unwrap_or(raw.len())];
    let read = |raw: &str| serde_json::from_str::<String>(&format!("\"{raw}\"")).ok();
    // Of two halves of a character the second may be cut.
    let half = || raw.len().checked_sub("\\uXXXX".len()).and_then(|at| read(raw.get(..at)?));
    let text = read(raw).or_else(half).unwrap_or_else(|| raw.to_owned());
    // So is a character of which only some bytes are left.
    text.trim_end_matches('\u{FFFD}').to_owned()
}

#[cfg(test)]
mod tests {
    use super::closed;

    #[test]
    fn what_is_cut_off_is_closed_behind_its_last_whole_part() {
        for (cut, whole) in [
            (r#"{"id":2,"headline":"B","text":"Two.""#, r#"{"id":2,"headline":"B","text":"Two."}"#),
            (r#"{"headline":"C","body":"Two resi"#, r#"{"headline":"C","body":"Two resi"}"#),
            (r#"{"a":{"body":["One.","Two re"#, r#"{"a":{"body":["One.","Two re"]}}"#),
            (r#"{"items":[{"title":"A"},{"ti"#, r#"{"items":[{"title":"A"},{}]}"#),
            (r#"{"items":[{"title":"A"},"#, r#"{"items":[{"title":"A"}]}"#),
            // What is shown as a fact is not shown cut.
            (r#"{"id":1,"headline":"Bridge op"#, r#"{"id":1,"cut-off text":"Bridge op"}"#),
            (r#"{"headlines":[{"value":"Bridge op"#, r#"{"headlines":[{"cut-off text":"Bridge op"}]}"#),
            (r#"{"id":1,"keywords":["bridge","Lom riv"#, r#"{"id":1,"keywords":["bridge"],"cut-off text":"Lom riv"}"#),
            (r#"{"id":1,"date":"2024-05-1"#, r#"{"id":1}"#),
            (r#"{"id":1,"version":1"#, r#"{"id":1}"#),
            (r#"{"id":1,"is_live":tr"#, r#"{"id":1}"#),
            (r#"{"text":"Two.","da"#, r#"{"text":"Two."}"#),
            (r#"{"id":1,"date""#, r#"{"id":1}"#),
            (r#"{"id":1,"date":"#, r#"{"id":1}"#),
            // Escapes are read or left out.
            (r#"{"body":"\"Two\" \u00"#, r#"{"body":"\"Two\" "}"#),
            (r#"{"body":"Two\\n\"#, r#"{"body":"Two\\n"}"#),
            (r#"{"body":"Two \ud83d"#, r#"{"body":"Two "}"#),
        ] {
            assert_eq!(closed(cut, None).as_deref(), Some(whole), "{cut}");
        }
    }

    proptest::proptest! {
        #[test]
        fn wherever_a_value_is_cut_it_is_read(at in 1usize..150) {
            let whole = r#"{"items": [{"id": 1, "headline": "Bridge", "body": ["It \u00e9\"\\", {"b": null}], "live": true}, {"id": -2.5, "text": "Öffnet"}]}"#;
            if whole.is_char_boundary(at) && at < whole.len() {
                let closed = closed(&whole[..at], None).expect("it is open");
                proptest::prop_assert!(serde_json::from_str::<serde_json::Value>(&closed).is_ok(), "{}", closed);
            }
        }
    }
}
