//! The tokenizer: tags, text, CDATA. Anything that is not markup is text.

use memchr::{memchr, memchr3, memmem};

/// How far the end of a quoted attribute is looked for: beyond it the quote is a slip.
const QUOTED_BYTES_MAX: usize = 64 * 1024;
/// Longest name of an element.
const NAME_BYTES_MAX: usize = 256;

/// A piece of markup. Text is raw: see [`super::decode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::wire) enum Token<'a> {
    /// A start tag; `empty` where it closes itself.
    Start { name: &'a str, attributes: &'a str, empty: bool },
    /// An end tag.
    End { name: &'a str },
    /// Text with references in it.
    Text(&'a str),
    /// Text without references.
    Cdata(&'a str),
}

/// Reads `text` token by token; comments, instructions and declarations are left out.
pub(in crate::wire) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, subset_unclosed: false }
}

/// The tokens of a text, each with the byte behind it.
#[derive(Clone, Debug)]
pub(in crate::wire) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Whether an internal subset was found to have no end: none is looked for again.
    subset_unclosed: bool,
}

impl Tokens<'_> {
    /// Returns the first byte that was not read yet.
    pub(in crate::wire) fn at(&self) -> usize {
        self.at
    }

    /// Goes on behind the end tag of a raw element (`script`, `style`) whose content is
    /// no markup.
    pub(in crate::wire) fn skip_raw(&mut self, name: &str) {
        let bytes = self.text.as_bytes();
        let mut from = self.at;
        while let Some(found) = memmem::find(&bytes[from..], b"</").map(|i| from + i) {
            let tag = &bytes[found + 2..];
            if tag.len() >= name.len() && tag[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
                self.at = found;
                return;
            }
            from = found + 2;
        }
        self.at = self.text.len();
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = &self.text[self.at..];
            if rest.is_empty() {
                return None;
            }
            if !rest.starts_with('<') {
                let end = text_end(rest, 0);
                self.at += end;
                return Some(Token::Text(&rest[..end]));
            }
            match rest.as_bytes().get(1) {
                Some(b'!') => {
                    if let Some(inner) = rest.strip_prefix("<![CDATA[") {
                        let end = memmem::find(inner.as_bytes(), b"]]>");
                        self.at += 9 + end.map_or(inner.len(), |e| e + 3);
                        return Some(Token::Cdata(&inner[..end.unwrap_or(inner.len())]));
                    }
                    self.at += declaration(rest, &mut self.subset_unclosed);
                }
                Some(b'?') => {
                    let end = memchr(b'>', rest.as_bytes());
                    self.at += end.map_or(rest.len(), |e| e + 1);
                }
                _ => {
                    if let Some((token, length)) = tag(rest) {
                        self.at += length;
                        return Some(token);
                    }
                    let end = text_end(rest, 1);
                    self.at += end;
                    return Some(Token::Text(&rest[..end]));
                }
            }
        }
    }
}

fn text_end(rest: &str, from: usize) -> usize {
    memchr(b'<', &rest.as_bytes()[from..]).map_or(rest.len(), |i| from + i)
}

/// Length of a comment or a declaration, internal subset included.
fn declaration(rest: &str, subset_unclosed: &mut bool) -> usize {
    let bytes = rest.as_bytes();
    if let Some(comment) = rest.strip_prefix("<!--") {
        return memmem::find(comment.as_bytes(), b"-->").map_or(rest.len(), |e| 4 + e + 3);
    }
    let mut at = 2;
    let mut inside = false;
    while let Some(i) = memchr3(b'>', b'[', b']', &bytes[at..]).filter(|_| !*subset_unclosed) {
        at += i + 1;
        match bytes[at - 1] {
            b'[' => inside = true,
            b']' => inside = false,
            _ if !inside => return at,
            _ => {}
        }
    }
    *subset_unclosed = true;
    // An unclosed subset: the declaration ends where its first line says.
    memchr(b'>', bytes).map_or(rest.len(), |e| e + 1)
}

fn is_name_start(b: u8) -> bool {
    b.is_ascii_alphabetic() || b == b'_' || b >= 0x80
}

/// Reads a start or end tag and its length.
fn tag(rest: &str) -> Option<(Token<'_>, usize)> {
    let bytes = rest.as_bytes();
    let closing = bytes.get(1) == Some(&b'/');
    let start = if closing { 2 } else { 1 };
    if !is_name_start(*bytes.get(start)?) {
        return None;
    }
    let window = &bytes[start..bytes.len().min(start + NAME_BYTES_MAX)];
    let length = window.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/' | b'<'))?;
    // `<desk@wire.example>` is an address.
    let name = rest.get(start..start + length).filter(|n| !n.contains('@'))?;
    let mut at = start + length;
    if closing {
        let end = memchr(b'>', &bytes[at..]).map_or(bytes.len(), |e| at + e + 1);
        return Some((Token::End { name }, end));
    }
    let attributes = at;
    loop {
        let Some(i) = memchr3(b'>', b'"', b'\'', &bytes[at..]) else {
            // Cut off within the tag: what is left is the tag.
            return Some((Token::Start { name, attributes: &rest[attributes..], empty: false }, rest.len()));
        };
        at += i;
        if bytes[at] == b'>' {
            let empty = bytes[at - 1] == b'/' && at > attributes;
            let end = if empty { at - 1 } else { at };
            return Some((Token::Start { name, attributes: rest.get(attributes..end)?, empty }, at + 1));
        }
        let quoted = &bytes[at + 1..bytes.len().min(at + 1 + QUOTED_BYTES_MAX)];
        at += memchr(bytes[at], quoted).map_or(1, |e| e + 2);
    }
}

/// Returns the name without its prefix: `h` of `xhtml:h`.
pub(in crate::wire) fn local(name: &str) -> &str {
    memchr(b':', name.as_bytes()).map_or(name, |i| &name[i + 1..])
}

/// Returns the raw value of the attribute whose local name is `name`.
pub(in crate::wire) fn attribute<'a>(raw: &'a str, name: &str) -> Option<&'a str> {
    attributes(raw).find(|(key, _)| local(key).eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Iterates over the attributes of a tag: name and raw value.
pub(in crate::wire) fn attributes(raw: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = raw.trim_start();
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let end = rest.find(|c: char| c == '=' || c.is_ascii_whitespace()).unwrap_or(rest.len());
            let (key, after) = rest.split_at(end);
            let after = after.trim_start();
            let Some(after) = after.strip_prefix('=') else {
                rest = after;
                return Some((key, ""));
            };
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let value = match quote.and_then(|q| after[1..].split_once(q)) {
                Some((inside, behind)) => {
                    rest = behind.trim_start();
                    inside
                }
                None => {
                    let end = after.find(|c: char| c.is_ascii_whitespace()).unwrap_or(after.len());
                    rest = after[end..].trim_start();
                    after[..end].trim_matches(['"', '\''])
                }
            };
            if !key.is_empty() {
                return Some((key, value));
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::{Token, attribute, tokens};

    fn shown(text: &str) -> String {
        let mut out = String::new();
        for token in tokens(text) {
            out.push_str(&match token {
                Token::Start { name, attributes, empty } => {
                    format!("[{name}|{}{}]", attributes.trim(), if empty { "/" } else { "" })
                }
                Token::End { name } => format!("[/{name}]"),
                Token::Text(text) => text.to_owned(),
                Token::Cdata(text) => format!("cdata({text})"),
            });
        }
        out
    }

    #[test]
    fn markup_is_divided() {
        for (text, want) in [
            ("<a x='1'>b</a>", "[a|x='1']b[/a]"),
            ("<?xml version='1.0'?><!-- c > --><a/>", "[a|/]"),
            ("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "[a|]&x;[/a]"),
            ("<![CDATA[<b>&amp;]]>x", "cdata(<b>&amp;)x"),
            ("3 < 5 & <a", "3 < 5 & <a"),
            ("<a href=\"x>y\">z", "[a|href=\"x>y\"]z"),
            ("<a b=\"unclosed><c>d", "[a|b=\"unclosed][c|]d"),
            ("<![CDATA[cut", "cdata(cut)"),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn attributes_are_found() {
        let raw = " xml:lang = 'de' guid=\"urn:x\" bare rank=1 ";
        for (name, want) in [("lang", "de"), ("guid", "urn:x"), ("bare", ""), ("rank", "1")] {
            assert_eq!(attribute(raw, name), Some(want));
        }
        assert_eq!(attribute(raw, "none"), None);
        assert_eq!(attribute("= = \"", "x"), None);
    }
}
