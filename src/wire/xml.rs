//! XML in general: opening a document, and the fallback for XML that no format claims.

use super::finder::stories;
use super::head::Head;
use super::markup::{Blocks, Document, Element, attribute, decode, of_element, of_html};
use super::{Format, Out, Refusal, Source, draft, keys};
use crate::story::Story;
use crate::text::letters;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Returns the encoding that an XML declaration names.
pub(super) fn declared(head: &Head<'_>) -> Option<String> {
    let sample = head.sample.trim_start();
    let end = sample.find("?>")?;
    let declaration = sample.get(..end).filter(|d| d.starts_with("<?xml"))?;
    attribute(declaration.get(5..)?, "encoding").map(str::to_owned)
}

/// Decodes the content of an XML file.
pub(super) fn open<'s>(source: &Source<'s>, head: &Head<'_>, out: &mut Out<'_>) -> Cow<'s, str> {
    out.decode(source, declared(head).as_deref())
}

/// Reads the tree of a document and notes what was wrong with it.
pub(super) fn parse<'t>(text: &'t str, out: &mut Out<'_>) -> Document<'t> {
    let document = Document::parse(text);
    if document.left_out > 0 {
        out.note("markup-cut", format!("its markup is too large: the last {} bytes were not read", document.left_out));
    } else if document.slips > 0 {
        out.note("markup-damaged", format!("{} of its tags do not match", document.slips));
    }
    if text.contains("<!ENTITY") {
        out.note("entities-ignored", "it defines entities of its own, which are not expanded".to_owned());
    }
    document
}

/// Returns the copy in an element: marked up, HTML within text, or plain lines.
pub(super) fn copy(element: Element<'_, '_>) -> String {
    if element.has_elements() {
        let mut blocks = Blocks::new();
        of_element(element, &mut blocks);
        return blocks.finish();
    }
    copy_of_text(&element.lines())
}

/// Returns the copy of a text that may be HTML, also where it was escaped twice, or XML
/// of some other kind.
pub(super) fn copy_of_text(text: &str) -> String {
    if !looks_like_html(text) && !is_tagged(text) {
        return draft::plain(text);
    }
    let once = of_html(text);
    let start = once.get(..draft::floor(&once, 64)).unwrap_or("").trim_start();
    if start.starts_with('<') && looks_like_html(start) { of_html(&once) } else { once }
}

/// Tells whether a text is one element of any markup from its first sign to its last.
fn is_tagged(text: &str) -> bool {
    let text = text.trim();
    let Some(rest) = text.strip_prefix('<') else { return false };
    let name: &str =
        &rest[..rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '.'))).unwrap_or(0)];
    !name.is_empty() && text.strip_suffix('>').and_then(|t| t.strip_suffix(name)).is_some_and(|t| t.ends_with("</"))
}

/// Tells whether text holds tags of HTML or references. `<peter@desk.example>` is none.
pub(super) fn looks_like_html(text: &str) -> bool {
    const TAGS: &[&str] = &[
        "a",
        "article",
        "b",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "figure",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "html",
        "i",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "td",
        "tr",
        "u",
        "ul",
    ];
    let mut at = 0;
    while let Some(i) = memchr::memchr(b'<', &text.as_bytes()[at..]).map(|i| at + i) {
        let rest = &text.as_bytes()[i + 1..];
        let name = rest.strip_prefix(b"/").unwrap_or(rest);
        let length = name.iter().take(12).position(|b| !b.is_ascii_alphanumeric()).unwrap_or(12.min(name.len()));
        let ends = matches!(name.get(length), Some(b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r'));
        if (ends && TAGS.iter().any(|t| t.as_bytes().eq_ignore_ascii_case(&name[..length]))) || rest.starts_with(b"!--")
        {
            return true;
        }
        at = i + 1;
    }
    memchr::memchr(b'&', text.as_bytes()).is_some() && decode(text) != text
}

/// Names of elements that are markup of copy rather than fields.
const INLINE: &[&str] =
    &["a", "b", "br", "div", "em", "h1", "h2", "h3", "i", "li", "ol", "p", "pre", "span", "strong", "table", "u", "ul"];
/// Elements whose attribute says which field they are.
const NAMED: &[&str] = &[
    "field",
    "column",
    "col",
    "str",
    "arr",
    "date",
    "int",
    "long",
    "text",
    "property",
    "attribute",
    "element",
    "value",
];
/// Elements within elements that become objects within objects.
const NESTING_MAX: usize = 40;

/// Returns an element as a value of JSON: fields by name, repeated ones as lists.
fn value_of(element: Element<'_, '_>, depth: usize) -> Value {
    let is_inline = |e: Element<'_, '_>| INLINE.contains(&e.name().to_ascii_lowercase().as_str());
    // Text around other elements is copy, whatever they are, unless they are fields.
    let is_field = |e: Element<'_, '_>| keys::KEYS.contains_key(letters(e.name()).as_str());
    let is_copy = element.elements().any(is_inline) || (element.is_mixed() && !element.elements().any(is_field));
    if is_copy || !element.has_elements() || depth >= NESTING_MAX {
        return Value::String(copy(element));
    }
    let mut object = Map::new();
    for (name, value) in element.attributes() {
        object.insert(name.to_owned(), Value::String(value.into_owned()));
    }
    for child in element.elements() {
        // Databases and indexes name a field in an attribute: `<field name="title">`.
        let name =
            NAMED.iter().any(|n| child.is(n)).then(|| child.attr("name").or_else(|| child.attr("key"))).flatten();
        let value = match (value_of(child, depth + 1), &name) {
            (Value::Object(mut inner), Some(_)) => {
                inner.remove("name");
                inner.remove("key");
                let is_one = inner.len() == 1;
                if is_one { inner.into_iter().next().map_or(Value::Null, |(_, v)| v) } else { Value::Object(inner) }
            }
            (Value::String(text), Some(_)) if text.is_empty() => {
                child.attr("value").map_or(Value::Null, |v| Value::String(v.into_owned()))
            }
            (value, _) => value,
        };
        let name = name.map_or_else(|| child.name().to_owned(), Cow::into_owned);
        match object.get_mut(&name) {
            None => _ = object.insert(name, value),
            Some(Value::Array(list)) => list.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    Value::Object(object)
}

/// Returns the copy in the body of a page within markup, without the header that repeats
/// the fields, and what of it is not for publication.
pub(super) fn page(body: Element<'_, '_>) -> (String, String) {
    let sections = body.elements().any(|e| e.is("section") || e.is("article") || e.is("main"));
    let (mut public, mut private) = (Blocks::new(), Blocks::new());
    if !sections {
        return (copy(body), String::new());
    }
    for part in body.elements() {
        let class = part.attr("class").unwrap_or_default().to_ascii_lowercase();
        let blocks = match () {
            () if part.is("header") || part.is("nav") || part.is("script") || part.is("style") => continue,
            () if class.contains("nonpublic") || class.contains("notepad") || class.contains("np-") => &mut private,
            () => &mut public,
        };
        blocks.paragraph();
        of_element(part, blocks);
    }
    (public.finish(), private.finish())
}

/// Adds every element that has text of its own, whole, as a paragraph.
fn leaves(top: Element<'_, '_>, blocks: &mut Blocks) {
    let mut open = vec![top];
    while let Some(element) = open.pop() {
        if element.is_mixed() || !element.has_elements() {
            blocks.paragraph();
            of_element(element, blocks);
            continue;
        }
        let inner: Vec<Element<'_, '_>> = element.elements().collect();
        open.extend(inner.into_iter().rev());
    }
}

/// Any XML that no format claims.
pub(super) struct OtherXml;

impl Format for OtherXml {
    fn name(&self) -> &'static str {
        "xml"
    }

    fn help(&self) -> &'static str {
        "any other XML: records with the names of common fields, else the text of its elements with a warning"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        head.is_xml.then(|| Cow::Owned(format!("an XML declaration, root element {}", head.root)))
    }

    fn read(&self, source: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        if head.root_is(&["schema", "stylesheet", "svg", "urlset", "sitemapindex", "wsdl", "plist", "project"]) {
            return Err(Refusal::NoStory("xml that is no copy"));
        }
        let text = open(source, head, out);
        let document = parse(&text, out);
        if out.is_over() {
            return Ok(());
        }
        let value = value_of(document.top(), 0);
        if out.is_over() {
            return Ok(());
        }
        let left_out = stories(&value, source.envelope.map, false, false, &mut |record, _| {
            if !out.is_over() {
                let draft = record.draft("xml");
                if !draft.is_empty() {
                    out.story(draft.finish());
                }
            }
        });
        if out.count() > 0 {
            if left_out > 0 {
                out.trouble(
                    "records-left-out",
                    format!("records beside stories with no text under a known name: {left_out}"),
                );
            }
            return Ok(());
        }
        let mut blocks = Blocks::new();
        leaves(document.top(), &mut blocks);
        let text = blocks.finish();
        if text.is_empty() {
            return Err(Refusal::NoStory("xml without text"));
        }
        let mut story = Story::new(text);
        story.warn("markup-as-text", "no format here reads this XML: the text of its elements is indexed", true);
        out.story(story);
        Ok(())
    }
}
