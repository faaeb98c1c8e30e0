//! What stands on a page beside its article: the comments of readers, and the frame that an
//! archive of the web lays around what it shows.

use crate::story::Moment;
use crate::wire::markup::{Token, attribute, tokens};
use crate::wire::stamp;
use std::borrow::Cow;

/// Classes and ids of comments of readers and of the frame, each a whole word.
const BESIDE: &[&str] = &[
    "comments",
    "comment-list",
    "commentlist",
    "comments-area",
    "comments-section",
    "comment-section",
    "reader-comments",
    "disqus_thread",
    "respond",
    "comment-respond",
    "fb-comments",
    "comentarios",
    "commentaires",
    "kommentare",
    "commenti",
    "reacties",
    "disqus",
    "comment",
    "related",
    "related-articles",
    "related-posts",
    "related-links",
    "related-stories",
    "breadcrumb",
    "breadcrumbs",
    "share",
    "share-buttons",
    "social",
    "social-share",
    "sharedaddy",
    "cookie",
    "cookies",
    "cookie-banner",
    "cookie-notice",
    "cookie-consent",
    "cookiebanner",
    "consent",
    "gdpr",
    "modal",
    "overlay",
    "popup",
    "newsletter",
    "newsletter-signup",
    "login",
    "wm-ipp",
    "wm-ipp-base",
    "wm-ipp-print",
    "donato",
];
/// Elements that hold them.
const HOLDERS: &[&str] = &["div", "section", "ol", "ul", "aside"];

/// Returns a page without them. What has a main heading in it is the page itself.
pub(super) fn without(text: &str) -> Cow<'_, str> {
    if !BESIDE.iter().any(|name| memchr::memmem::find(text.as_bytes(), name.as_bytes()).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut kept = 0;
    let mut open: Option<(usize, &str, usize)> = None;
    let mut pieces = tokens(text);
    let mut before = 0;
    while let Some(token) = pieces.next() {
        match token {
            Token::Start { name, attributes, empty } => {
                match &mut open {
                    Some((_, holder, depth)) => *depth += usize::from(!empty && name.eq_ignore_ascii_case(holder)),
                    None if !empty && is_beside(name, attributes) => open = Some((before, name, 1)),
                    None => {}
                }
                if matches!(name, "script" | "style") {
                    pieces.skip_raw(name);
                }
            }
            Token::End { name } => {
                if let Some((start, holder, depth)) = &mut open
                    && name.eq_ignore_ascii_case(holder)
                {
                    *depth -= 1;
                    if *depth == 0 {
                        let (from, to) = (*start, pieces.at());
                        if memchr::memmem::find(&text.as_bytes()[from..to], b"<h1").is_none() {
                            out.push_str(&text[kept..from]);
                            kept = to;
                        }
                        open = None;
                    }
                }
            }
            Token::Text(_) | Token::Cdata(_) => {}
        }
        before = pieces.at();
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[kept..]);
    Cow::Owned(out)
}

fn is_beside(element: &str, attributes: &str) -> bool {
    HOLDERS.iter().any(|h| h.eq_ignore_ascii_case(element))
        && ["class", "id"]
            .iter()
            .filter_map(|key| attribute(attributes, key))
            .any(|names| names.split_ascii_whitespace().any(|n| BESIDE.iter().any(|b| b.eq_ignore_ascii_case(n))))
}

/// When an archive of the web took the page, as it writes at its end.
pub(super) fn archived(text: &str) -> Option<Moment> {
    const MARK: &str = "FILE ARCHIVED ON ";
    const DAY_BYTES_MAX: usize = 40;
    let behind = &text[memchr::memmem::find(text.as_bytes(), MARK.as_bytes())? + MARK.len()..];
    // `03:45:00 Sep 12, 2001 AND RETRIEVED FROM …`
    let day = behind.get(..behind.find(" AND ")?).filter(|d| d.len() <= DAY_BYTES_MAX)?;
    let (_, day) = day.split_once(' ')?;
    stamp::moment(day.trim())
}

#[cfg(test)]
mod tests {
    use super::{archived, without};

    #[test]
    fn comments_and_the_frame_of_an_archive_go() {
        let page = "<body><div id=\"wm-ipp-base\"><div>12 captures</div></div><h1>Bridge</h1><p>It is open.</p>\
            <section class=\"post comments\"><div>No!</div><section>Yes</section></section><p>End.</p></body>";
        assert_eq!(without(page), "<body><h1>Bridge</h1><p>It is open.</p><p>End.</p></body>");
        // A page around its heading, what has no end, and other words stay.
        for page in [
            "<div class=\"comments\"><h1>Bridge</h1></div>",
            "<p>One.</p><div class=\"comments\"><p>Two.",
            "<div class=\"no-comments\">Bridge</div>",
        ] {
            assert_eq!(without(page), page);
        }
    }

    #[test]
    fn an_archive_says_when_it_took_a_page() {
        let note = "<!-- FILE ARCHIVED ON 03:45:00 Sep 12, 2001 AND RETRIEVED FROM THE ARCHIVE -->";
        assert_eq!(archived(note).map(|m| m.day.to_string()).as_deref(), Some("2001-09-12"));
        assert_eq!(archived("FILE ARCHIVED ON"), None);
    }
}
