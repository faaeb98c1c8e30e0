//! A cheap look at the beginning of a file: enough to tell formats apart.

use super::decode::decode;
use super::markup::{Token, local, tokens};
use std::borrow::Cow;

/// Bytes that are looked at.
const SAMPLE_BYTES_MAX: usize = 8 * 1024;
/// Bytes before an XML declaration that are forgiven: log lines, stray characters.
const JUNK_BYTES_MAX: usize = 256;

/// The beginning of a file.
#[derive(Debug)]
pub struct Head<'a> {
    /// The bytes behind byte order mark and blanks.
    pub(super) bytes: &'a [u8],
    /// The beginning as text, where it is markup; else empty.
    pub(super) sample: Cow<'a, str>,
    /// Local name of the first element, in lower case; empty where there is none.
    pub(super) root: String,
    /// The tag of the first element, as far as the sample goes.
    pub(super) attributes: String,
    /// Whether the markup says that it is XML.
    pub(super) is_xml: bool,
}

impl<'a> Head<'a> {
    /// Looks at `bytes`. For plain text this costs a few comparisons.
    pub(super) fn of(bytes: &'a [u8]) -> Head<'a> {
        let (start, wide) = match bytes {
            [0xEF, 0xBB, 0xBF, rest @ ..] => (rest, false),
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, b'<', ..] | [b'<', 0, ..] => (bytes, true),
            _ => (bytes, false),
        };
        let blanks = start.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(start.len());
        let start = if wide { start } else { &start[blanks..] };
        let mut head = Head {
            bytes: start,
            sample: Cow::Borrowed(""),
            root: String::new(),
            attributes: String::new(),
            is_xml: false,
        };
        let markup = if wide || start.first() == Some(&b'<') {
            start
        } else {
            let junk = &start[..start.len().min(JUNK_BYTES_MAX)];
            match memchr::memmem::find(junk, b"<?xml ") {
                Some(at) => &start[at..],
                None => return head,
            }
        };
        let cut = &markup[..markup.len().min(SAMPLE_BYTES_MAX)];
        head.sample = if wide { Cow::Owned(decode(cut).text.into_owned()) } else { String::from_utf8_lossy(cut) };
        head.is_xml = head.sample.trim_start().starts_with("<?xml");
        let first = tokens(&head.sample).find_map(|t| match t {
            Token::Start { name, attributes, .. } => Some((local(name).to_ascii_lowercase(), attributes.to_owned())),
            _ => None,
        });
        if let Some((root, attributes)) = first {
            (head.root, head.attributes) = (root, attributes);
        }
        head.look_within();
        head
    }

    /// Looks through an envelope of some transport (SOAP, a reply of a server) for the root
    /// of the copy within it.
    fn look_within(&mut self) {
        const KNOWN: &[&str] = &["html", "rss", "feed", "rdf", "channel", "entry", "urlset", "reuters", "lewis", "doc"];
        const WITHIN: &[&str] = &["newsmessage", "packageitem", "newsml", "nitf"];
        if self.root.is_empty() || KNOWN.contains(&self.root.as_str()) || WITHIN.contains(&self.root.as_str()) {
            return;
        }
        let found = tokens(&self.sample).find_map(|t| match t {
            Token::Start { name, attributes, .. } => {
                let root = local(name).to_ascii_lowercase();
                WITHIN.contains(&root.as_str()).then(|| (root, attributes.to_owned()))
            }
            _ => None,
        });
        // Items of other markup have the same name: these have metadata of NewsML.
        let is_item = matches!(self.root.as_str(), "newsitem" | "newscomponent" | "contentset");
        if let Some((root, attributes)) = found.filter(|(root, _)| !(is_item && root == "nitf")) {
            (self.root, self.attributes) = (root, attributes);
        }
    }

    /// Tells whether the first element is one of `names` (lower case).
    pub(super) fn root_is(&self, names: &[&str]) -> bool {
        names.contains(&self.root.as_str())
    }

    /// Returns the first line, at most 512 bytes of it.
    pub(super) fn line(&self) -> &'a [u8] {
        let window = &self.bytes[..self.bytes.len().min(512)];
        &window[..memchr::memchr2(b'\n', b'\r', window).unwrap_or(window.len())]
    }
}

/// Returns bytes as text; what is no UTF-8 shows as U+FFFD. Most copy is UTF-8 throughout, which
/// is found out many bytes at a time.
pub(super) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use super::Head;

    #[test]
    fn roots_are_found() {
        for (text, root) in [
            ("\u{feff}\n<?xml version='1.0'?><!DOCTYPE x [<!ELEMENT y ANY>]><!-- <z> --><n:NewsML a='b'>", "newsml"),
            ("<HTML lang=de>", "html"),
            ("PARIS (AFP) - <b>", ""),
            ("junk: <?xml version='1.0'?><nitf>", "nitf"),
            ("<soap:Envelope><soap:Body><n:newsMessage>", "newsmessage"),
            ("<newsItem><contentSet><inlineXML><nitf>", "newsitem"),
            ("", ""),
        ] {
            assert_eq!(Head::of(text.as_bytes()).root, root, "{text}");
        }
        let wide: Vec<u8> = "<?xml version='1.0'?><rss>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(Head::of(&wide).root, "rss");
    }
}
