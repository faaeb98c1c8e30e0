//! Markup to readable text: paragraphs divided by blank lines, inline tags gone, tables
//! a row a line, cells divided by tabs.

use super::token::{Token, local, tokens};
use super::{Element, decode};

/// Elements whose content is no copy.
const SKIPPED: &[&str] = &["head", "noscript", "script", "style", "svg", "template"];
/// Elements whose content was struck out.
const STRUCK: &[&str] = &["del", "strike"];
/// Elements whose content is no markup either.
const RAW: &[&str] = &["script", "style"];
/// Elements that stand in paragraphs of their own: HTML, NITF.
const BLOCKS: &[&str] = &[
    "abstract",
    "address",
    "article",
    "aside",
    "block",
    "blockquote",
    "body.content",
    "body.end",
    "body.head",
    "bq",
    "byline",
    "caption",
    "center",
    "dateline",
    "details",
    "distributor",
    "div",
    "dl",
    "figcaption",
    "figure",
    "fn",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hedline",
    "hl1",
    "hl2",
    "hr",
    "main",
    "media",
    "media-caption",
    "nav",
    "note",
    "ol",
    "p",
    "para",
    "paragraph",
    "pre",
    "section",
    "table",
    "tagline",
    "ul",
];
/// Elements that begin a line.
const LINES: &[&str] = &["br", "byttl", "dd", "dt", "li", "option", "tr", "tbody", "thead", "tfoot", "virtloc"];
/// Elements that stand in a cell.
const CELLS: &[&str] = &["td", "th"];
/// Elements without content in HTML, whose start tag may stand without an end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

fn among(list: &[&str], name: &str) -> bool {
    list.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// What a walk over markup calls.
pub(in crate::wire) trait Walk {
    /// An element begins; returns whether its content is wanted.
    fn open(&mut self, name: &str, attributes: &str) -> bool;
    /// Text, references replaced.
    fn text(&mut self, text: &str);
    /// An element ends.
    fn close(&mut self, name: &str);
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Blank,
    Cell,
    Line,
    Paragraph,
}

/// Builds readable text.
#[derive(Debug)]
pub(in crate::wire) struct Blocks {
    out: String,
    gap: Gap,
    preformatted: u32,
}

impl Blocks {
    /// Returns a builder without text.
    pub(in crate::wire) fn new() -> Blocks {
        Blocks { out: String::new(), gap: Gap::None, preformatted: 0 }
    }

    fn gap(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// Begins a paragraph.
    pub(in crate::wire) fn paragraph(&mut self) {
        self.gap(Gap::Paragraph);
    }

    fn put(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push_str(match self.gap {
                Gap::None => "",
                Gap::Blank => " ",
                Gap::Cell => "\t",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.gap = Gap::None;
        self.out.push_str(text);
    }

    /// Returns the text.
    pub(in crate::wire) fn finish(self) -> String {
        self.out
    }
}

impl Walk for Blocks {
    fn open(&mut self, name: &str, _: &str) -> bool {
        let name = local(name);
        if among(SKIPPED, name) || among(STRUCK, name) {
            return false;
        }
        if among(BLOCKS, name) {
            self.gap(Gap::Paragraph);
            self.preformatted += u32::from(name.eq_ignore_ascii_case("pre"));
        } else if among(LINES, name) {
            self.gap(Gap::Line);
        } else if among(CELLS, name) && self.gap < Gap::Line {
            self.gap(Gap::Cell);
        }
        true
    }

    fn text(&mut self, text: &str) {
        if self.preformatted > 0 {
            let lines = text.trim_end();
            if !lines.is_empty() {
                self.put(&lines.trim_start_matches(['\r', '\n']).replace("\r\n", "\n"));
                if lines.len() < text.len() {
                    self.gap(if text[lines.len()..].contains('\n') { Gap::Line } else { Gap::Blank });
                }
            } else if !text.is_empty() {
                self.gap(if text.contains('\n') { Gap::Line } else { Gap::Blank });
            }
            return;
        }
        // Only the blanks of markup fold; a no-break space is part of the copy.
        let is_blank = |b: u8| matches!(b, b' ' | b'\n' | b'\r' | b'\t' | 0x0C);
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if is_blank(bytes[at]) {
                self.gap(Gap::Blank);
                at += 1;
                continue;
            }
            let end = bytes[at..].iter().position(|b| is_blank(*b)).map_or(bytes.len(), |i| at + i);
            self.put(&text[at..end]);
            at = end;
        }
    }

    fn close(&mut self, name: &str) {
        let name = local(name);
        if among(BLOCKS, name) {
            self.gap(Gap::Paragraph);
            if name.eq_ignore_ascii_case("pre") {
                self.preformatted = self.preformatted.saturating_sub(1);
            }
        } else if name.eq_ignore_ascii_case("li") || name.eq_ignore_ascii_case("tr") {
            self.gap(Gap::Line);
        }
    }
}

/// Adds the readable text of everything below `element`.
pub(in crate::wire) fn of_element(element: Element<'_, '_>, blocks: &mut Blocks) {
    element.walk(blocks);
}

/// Returns the readable text of a piece of HTML, with paragraphs where it has none but
/// blank lines: feeds send plain text in fields of HTML.
pub(in crate::wire) fn of_html(html: &str) -> String {
    if memchr::memchr2(b'<', b'&', html.as_bytes()).is_none() {
        return super::super::draft::plain(html);
    }
    let mut blocks = Blocks::new();
    let mut pieces = tokens(html);
    let mut skipping: Option<&str> = None;
    let mut blank_lines = false;
    let mut tagged = false;
    // Struck text without an end would hide the rest.
    let last = |tag: &str| memchr::memmem::rfind(html.as_bytes(), tag.as_bytes());
    let struck_ends = ["</del", "</DEL", "</strike", "</STRIKE"].into_iter().filter_map(last).max();
    while let Some(token) = pieces.next() {
        match token {
            Token::Start { name, .. } if among(STRUCK, name) && struck_ends.is_none_or(|end| end < pieces.at()) => {}
            Token::Start { name, attributes, empty } if skipping.is_none() => {
                tagged |= among(BLOCKS, local(name)) || among(LINES, local(name));
                if !blocks.open(name, attributes) && !empty {
                    if among(RAW, name) {
                        pieces.skip_raw(name);
                    }
                    skipping = Some(name);
                } else if empty && !among(VOID, name) {
                    blocks.close(name);
                }
            }
            Token::End { name } => match skipping {
                Some(open) if open.eq_ignore_ascii_case(name) => skipping = None,
                // A head without an end would hide the page.
                Some(open) if open.eq_ignore_ascii_case("head") && name.eq_ignore_ascii_case("html") => skipping = None,
                Some(_) => {}
                None => blocks.close(name),
            },
            Token::Start { name, .. } if name.eq_ignore_ascii_case("body") => skipping = None,
            Token::Start { .. } => {}
            Token::Text(raw) if skipping.is_none() => {
                blank_lines |= raw.contains("\n\n") || raw.contains("\n\r\n");
                blocks.text(&decode(raw));
            }
            Token::Cdata(raw) if skipping.is_none() => blocks.text(raw),
            Token::Text(_) | Token::Cdata(_) => {}
        }
    }
    if blank_lines && !tagged {
        return super::super::draft::plain(&untagged(html));
    }
    blocks.finish()
}

/// Takes the tags out of text whose lines are its paragraphs.
fn untagged(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for token in tokens(html) {
        match token {
            Token::Text(raw) => out.push_str(&decode(raw)),
            Token::Cdata(raw) => out.push_str(raw),
            Token::Start { .. } | Token::End { .. } => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::of_html;

    #[test]
    fn markup_becomes_paragraphs() {
        for (html, want) in [
            ("<p>One <b>bold</b>, two.</p><p>Three&nbsp;&amp; four</p>", "One bold, two.\n\nThree\u{A0}& four"),
            ("a<br>b<br/>c", "a\nb\nc"),
            ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1\t2\n3"),
            ("<head><title>x</title></head><body><script>if (a<b) {}</script>text", "text"),
            ("<pre>a  b\n c</pre>", "a  b\n c"),
            ("plain\n\nwith <i>tag</i> &lt;", "plain\n\nwith tag <"),
            ("no markup\nat all", "no markup\nat all"),
            ("<ul><li>x</li><li>y</li></ul>z", "x\ny\n\nz"),
        ] {
            assert_eq!(of_html(html), want, "{html}");
        }
    }
}
