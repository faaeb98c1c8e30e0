//! The element of a page that holds its main heading: what stands in it is the story, however
//! short, and what stands beside it is not, however long.

use crate::wire::markup::{Token, of_html, tokens};

/// Letters of a paragraph that is copy for certain.
const PARAGRAPH_CHARS_MIN: usize = 60;

/// Returns the copy of the only `article`, else `main`, with a main heading in it, unless
/// `found` has a paragraph of it: a banner may be longer than a brief.
pub(super) fn instead_of(page: &str, found: &str) -> Option<String> {
    let own = ["article", "main"].iter().find_map(|name| holder(page, name))?;
    let copy = of_html(own);
    let paragraphs = || copy.split("\n\n").map(str::trim).filter(|p| p.chars().count() >= PARAGRAPH_CHARS_MIN);
    let is_missed = paragraphs().next().is_some() && !paragraphs().any(|p| found.contains(p));
    is_missed.then(|| copy.trim().to_owned())
}

/// The outermost element of this name that holds a main heading; none where several do.
fn holder<'p>(page: &'p str, name: &str) -> Option<&'p str> {
    let (mut depth, mut start, mut has_heading) = (0usize, 0, false);
    let mut found: Option<&str> = None;
    let mut pieces = tokens(page);
    let mut before = 0;
    while let Some(token) = pieces.next() {
        match token {
            Token::Start { name: element, .. }
                if ["script", "style"].iter().any(|raw| element.eq_ignore_ascii_case(raw)) =>
            {
                pieces.skip_raw(element);
            }
            Token::Start { name: element, empty, .. } if !empty && element.eq_ignore_ascii_case(name) => {
                if depth == 0 {
                    (start, has_heading) = (pieces.at(), false);
                }
                depth += 1;
            }
            Token::Start { name: element, .. } => has_heading |= element.eq_ignore_ascii_case("h1"),
            Token::End { name: element } if depth > 0 && element.eq_ignore_ascii_case(name) => {
                depth -= 1;
                if depth == 0 && has_heading {
                    if found.is_some() {
                        return None;
                    }
                    found = page.get(start..before);
                }
            }
            Token::End { .. } | Token::Text(_) | Token::Cdata(_) => {}
        }
        before = pieces.at();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::instead_of;

    #[test]
    fn the_element_of_the_heading_is_the_story() {
        let brief = "LOM (AFP) - The bridge over the river was opened again on Monday, the mayor said.";
        let banner = "We use cookies to recognise visitors, to measure what they read, and for much else.";
        let page =
            format!("<body><main><article><h1>Bridge</h1><p>{brief}</p></article></main><div>{banner}</div></body>");
        assert_eq!(instead_of(&page, banner), Some(format!("Bridge\n\n{brief}")));
        // What was found is of it, or nothing is its only one.
        assert_eq!(instead_of(&page, brief), None);
        let two = page.replace("</main>", "<article><h1>Road</h1></article></main>");
        assert_eq!(instead_of(&two.replace("main", "div"), banner), None);
    }
}
