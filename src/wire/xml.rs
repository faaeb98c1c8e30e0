//! XML in general: opening a document, and the fallback for XML that no format claims.

use super::head::Head;
use super::markup::{Blocks, Document, Element, attribute, decode, of_element, of_html};
use super::{Format, Out, Refusal, Source, draft};
use crate::story::Story;
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
    let text = element.lines();
    if looks_like_html(&text) { of_html(&text) } else { draft::plain(&text) }
}

/// Tells whether text holds tags of HTML or references.
pub(super) fn looks_like_html(text: &str) -> bool {
    const TAGS: &[&str] =
        &["<p", "<br", "<div", "</", "<b>", "<i>", "<a ", "<h", "<span", "<img", "<ul", "<table", "<pre", "<!--", "<section"];
    let mut at = 0;
    while let Some(i) = memchr::memchr(b'<', &text.as_bytes()[at..]).map(|i| at + i) {
        let rest = &text.as_bytes()[i..];
        if TAGS.iter().any(|t| rest.len() >= t.len() && rest[..t.len()].eq_ignore_ascii_case(t.as_bytes())) {
            return true;
        }
        at = i + 1;
    }
    memchr::memchr(b'&', text.as_bytes()).is_some() && decode(text) != text
}

/// Any XML that no format claims.
pub(super) struct OtherXml;

impl Format for OtherXml {
    fn name(&self) -> &'static str {
        "xml"
    }

    fn help(&self) -> &'static str {
        "any other XML: the text of its elements, with a warning"
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
        let mut blocks = Blocks::new();
        for element in document.top().below().filter(|e| !e.has_elements()) {
            blocks.paragraph();
            of_element(element, &mut blocks);
        }
        let text = blocks.finish();
        if text.is_empty() {
            return Err("it has no text".into());
        }
        let mut story = Story::new(text);
        story.warn("markup-as-text", "no format here reads this XML: the text of its elements is indexed", true);
        out.story(story);
        Ok(())
    }
}
