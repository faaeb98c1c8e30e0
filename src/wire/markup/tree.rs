//! A tree of elements over the text it was read from.

use super::token::{Token, attribute, local, tokens};
use super::{Blocks, decode};
use std::borrow::Cow;

/// The most nodes of one document: at 56 bytes each the tree stays below 64 MiB.
const NODES_MAX: usize = 1 << 20;
/// The deepest nesting kept; deeper elements become children of the last.
const DEPTH_MAX: usize = 200;
const NONE: u32 = u32::MAX;

#[derive(Clone, Copy, Debug)]
enum Kind<'a> {
    Element { name: &'a str, attributes: &'a str },
    Text { raw: &'a str, cdata: bool },
}

#[derive(Clone, Copy, Debug)]
struct Node<'a> {
    kind: Kind<'a>,
    first: u32,
    last: u32,
    next: u32,
}

/// A document read leniently.
#[derive(Debug)]
pub(in crate::wire) struct Document<'a> {
    nodes: Vec<Node<'a>>,
    /// Slips that were tolerated: end tags without a start, elements without an end.
    pub(in crate::wire) slips: usize,
    /// Bytes that were not read because the document has too many nodes.
    pub(in crate::wire) left_out: usize,
}

/// An element of a document.
#[derive(Clone, Copy, Debug)]
pub(in crate::wire) struct Element<'d, 'a> {
    document: &'d Document<'a>,
    at: u32,
}

impl<'a> Document<'a> {
    /// Reads `text`. The document itself is the parent of everything at the top.
    pub(in crate::wire) fn parse(text: &'a str) -> Document<'a> {
        let top = Node { kind: Kind::Element { name: "", attributes: "" }, first: NONE, last: NONE, next: NONE };
        let mut document = Document { nodes: vec![top], slips: 0, left_out: 0 };
        let mut open: Vec<u32> = vec![0];
        let mut pieces = tokens(text);
        while let Some(token) = pieces.next() {
            if document.nodes.len() >= NODES_MAX {
                document.left_out = text.len() - pieces.at();
                break;
            }
            let parent = open.last().copied().unwrap_or(0);
            match token {
                Token::Start { name, attributes, empty } => {
                    let at = document.add(parent, Kind::Element { name, attributes });
                    if !empty && open.len() < DEPTH_MAX {
                        open.push(at);
                    } else if !empty {
                        document.slips += 1;
                    }
                }
                Token::End { name } => {
                    // HTML in a feed leaves <p> and <br> open: only what is open closes.
                    match open.iter().rposition(|at| document.name(*at) == name) {
                        Some(depth) if depth > 0 => {
                            document.slips += open.len() - 1 - depth;
                            open.truncate(depth);
                        }
                        _ => document.slips += 1,
                    }
                }
                Token::Text("") => {}
                Token::Text(raw) => _ = document.add(parent, Kind::Text { raw, cdata: false }),
                Token::Cdata(raw) => _ = document.add(parent, Kind::Text { raw, cdata: true }),
            }
        }
        document.slips += open.len() - 1;
        document
    }

    fn add(&mut self, parent: u32, kind: Kind<'a>) -> u32 {
        let at = u32::try_from(self.nodes.len()).unwrap_or(0);
        self.nodes.push(Node { kind, first: NONE, last: NONE, next: NONE });
        let last = std::mem::replace(&mut self.nodes[parent as usize].last, at);
        if last == NONE {
            self.nodes[parent as usize].first = at;
        } else {
            self.nodes[last as usize].next = at;
        }
        at
    }

    fn name(&self, at: u32) -> &'a str {
        match self.nodes[at as usize].kind {
            Kind::Element { name, .. } => name,
            Kind::Text { .. } => "",
        }
    }

    /// Returns the parent of everything at the top.
    pub(in crate::wire) fn top(&self) -> Element<'_, 'a> {
        Element { document: self, at: 0 }
    }

    /// Returns the first element at the top.
    pub(in crate::wire) fn root(&self) -> Option<Element<'_, 'a>> {
        self.top().elements().next()
    }
}

impl<'d, 'a> Element<'d, 'a> {
    fn node(self) -> &'d Node<'a> {
        &self.document.nodes[self.at as usize]
    }

    /// Returns the number of the element in its document.
    pub(in crate::wire) fn number(self) -> u32 {
        self.at
    }

    /// Returns the name without its prefix.
    pub(in crate::wire) fn name(self) -> &'a str {
        local(self.document.name(self.at))
    }

    /// Returns the name as written.
    pub(in crate::wire) fn full_name(self) -> &'a str {
        self.document.name(self.at)
    }

    /// Tells whether the local name is `name`, whatever the case.
    pub(in crate::wire) fn is(self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }

    /// Returns the value of an attribute by its local name, where it is not blank.
    pub(in crate::wire) fn attr(self, name: &str) -> Option<Cow<'a, str>> {
        let Kind::Element { attributes, .. } = self.node().kind else { return None };
        let raw = attribute(attributes, name)?.trim();
        (!raw.is_empty()).then(|| decode(raw))
    }

    /// Iterates over the attributes, each by its local name.
    pub(in crate::wire) fn attributes(self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        let raw = match self.node().kind {
            Kind::Element { attributes, .. } => attributes,
            Kind::Text { .. } => "",
        };
        super::token::attributes(raw).map(|(name, value)| (local(name), decode(value)))
    }

    fn nodes(self) -> impl Iterator<Item = Element<'d, 'a>> {
        let document = self.document;
        let mut at = self.node().first;
        std::iter::from_fn(move || {
            (at != NONE).then(|| {
                let element = Element { document, at };
                at = document.nodes[at as usize].next;
                element
            })
        })
    }

    /// Iterates over the child elements.
    pub(in crate::wire) fn elements(self) -> impl Iterator<Item = Element<'d, 'a>> {
        self.nodes().filter(|e| matches!(e.node().kind, Kind::Element { .. }))
    }

    /// Iterates over the child elements of this local name.
    pub(in crate::wire) fn children(self, name: &str) -> impl Iterator<Item = Element<'d, 'a>> {
        self.elements().filter(move |e| e.is(name))
    }

    /// Returns the first child of this local name.
    pub(in crate::wire) fn child(self, name: &str) -> Option<Element<'d, 'a>> {
        self.children(name).next()
    }

    /// Follows a path of local names, such as `itemMeta/versionCreated`.
    pub(in crate::wire) fn at(self, path: &str) -> Option<Element<'d, 'a>> {
        path.split('/').try_fold(self, |element, name| element.child(name))
    }

    /// Iterates over all elements below, in the order of the document.
    pub(in crate::wire) fn below(self) -> impl Iterator<Item = Element<'d, 'a>> {
        self.gone_into(|_| true)
    }

    /// Iterates over the elements below that `is` holds for and that lie in no other such, in the order
    /// of the document.
    pub(in crate::wire) fn outermost(
        self,
        is: impl Fn(Element<'d, 'a>) -> bool + Copy,
    ) -> impl Iterator<Item = Element<'d, 'a>> {
        self.gone_into(move |e| !is(e)).filter(move |e| is(*e))
    }

    /// Iterates over the elements below, but for those within one that is not gone into.
    fn gone_into(self, goes_into: impl Fn(Element<'d, 'a>) -> bool) -> impl Iterator<Item = Element<'d, 'a>> {
        let mut stack: Vec<u32> = vec![self.node().first];
        let document = self.document;
        std::iter::from_fn(move || {
            loop {
                let at = stack.pop()?;
                if at == NONE {
                    continue;
                }
                let node = &document.nodes[at as usize];
                stack.push(node.next);
                if matches!(node.kind, Kind::Element { .. }) {
                    let element = Element { document, at };
                    if goes_into(element) {
                        stack.push(node.first);
                    }
                    return Some(element);
                }
            }
        })
    }

    /// Returns the first element below with this local name.
    pub(in crate::wire) fn find(self, name: &str) -> Option<Element<'d, 'a>> {
        self.below().find(|e| e.is(name))
    }

    /// Returns the whole text below in one line, blanks folded; `None` where it is blank.
    pub(in crate::wire) fn text(self) -> Option<String> {
        let mut blocks = Blocks::new();
        super::of_element(self, &mut blocks);
        let text = blocks.finish();
        let line: Vec<&str> = text.split_whitespace().collect();
        (!line.is_empty()).then(|| line.join(" "))
    }

    /// Returns the text directly in the element and below, its lines as they are.
    pub(in crate::wire) fn lines(self) -> String {
        struct Lines(String);
        impl super::Walk for Lines {
            fn open(&mut self, _: &str, _: &str) -> bool {
                true
            }
            fn text(&mut self, text: &str) {
                self.0.push_str(text);
            }
            fn close(&mut self, _: &str) {}
        }
        let mut lines = Lines(String::new());
        self.walk(&mut lines);
        lines.0
    }

    /// Tells whether text with letters stands directly in the element, beside other elements.
    pub(in crate::wire) fn is_mixed(self) -> bool {
        let is_text = |(raw, _): (&str, bool)| raw.contains(char::is_alphanumeric);
        self.nodes().filter_map(Element::raw).any(is_text) && self.has_elements()
    }

    /// Tells whether an element lies below.
    pub(in crate::wire) fn has_elements(self) -> bool {
        self.elements().next().is_some()
    }

    /// Returns the raw text of the node, with whether references are taken as they are;
    /// `None` for an element.
    fn raw(self) -> Option<(&'a str, bool)> {
        match self.node().kind {
            Kind::Text { raw, cdata } => Some((raw, cdata)),
            Kind::Element { .. } => None,
        }
    }

    /// Walks everything below: elements are opened and closed, text is given decoded.
    pub(in crate::wire) fn walk(self, visit: &mut dyn super::Walk) {
        // A stack of nodes to open; a node is closed when what follows it is reached.
        enum Step {
            Open(u32),
            Close(u32),
        }
        let mut stack = vec![Step::Open(self.node().first)];
        while let Some(step) = stack.pop() {
            match step {
                Step::Open(NONE) => {}
                Step::Open(at) => {
                    let element = Element { document: self.document, at };
                    stack.push(Step::Open(element.node().next));
                    match element.raw() {
                        Some((raw, true)) => visit.text(raw),
                        Some((raw, false)) => visit.text(&decode(raw)),
                        None => {
                            let Kind::Element { attributes, .. } = element.node().kind else { continue };
                            if visit.open(element.name(), attributes) {
                                stack.push(Step::Close(at));
                                stack.push(Step::Open(element.node().first));
                            }
                        }
                    }
                }
                Step::Close(at) => visit.close(Element { document: self.document, at }.name()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Document;

    #[test]
    fn broken_documents_are_read() {
        let document = Document::parse("<a><h:b c='1'>x <i>y</i> z</h:b><d>cut</a></e>");
        let root = document.root().expect("a root");
        assert_eq!(root.child("b").and_then(|b| b.text()).as_deref(), Some("x y z"));
        assert_eq!(root.at("b").and_then(|b| b.attr("c")).as_deref(), Some("1"));
        assert_eq!(root.child("d").and_then(|d| d.text()).as_deref(), Some("cut"));
        assert_eq!(document.slips, 2);
        assert_eq!(root.below().map(|e| e.name()).collect::<Vec<_>>(), ["b", "i", "d"]);
        // Elements that nothing ends lie in each other: their text is there once.
        let document = Document::parse("<a><t>one <t>two <t>three</a><b/><t>four</t>");
        let found: Vec<_> = document.top().outermost(|e| e.is("t")).filter_map(|e| e.text()).collect();
        assert_eq!(found, ["one two three", "four"]);
    }

    #[test]
    fn depth_and_size_are_bounded() {
        let deep = "<a>".repeat(100_000);
        let document = Document::parse(&deep);
        assert!(document.slips > 0 && document.root().is_some_and(|r| r.text().is_none()));
    }
}
