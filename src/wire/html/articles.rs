//! Pages that are lists of stories: every `article` of an export of Europresse, and of a
//! digest whose articles open with datelines of agencies; the documents of a page of Factiva.
//!
//! An `article` alone says nothing: sites put their teasers into such elements.

use crate::story::Story;
use crate::wire::draft::Draft;
use crate::wire::markup::{Blocks, Document, Element, of_element, of_html};
use crate::wire::{exports, split, stamp};

/// Words of a head that may be its date.
const DATE_WORDS_MAX: usize = 6;
/// Headings of an article, the first of which is its headline.
const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4"];

/// Reads the stories of a list; none where the page is no list.
pub(super) fn read(text: &str, out: &mut dyn FnMut(Story)) -> usize {
    // Factiva writes its documents into a page as it displays them.
    if memchr::memmem::find(text.as_bytes(), b"articleParagraph").is_some() {
        return exports::stories(&of_html(text), out);
    }
    let starts = || memchr::memmem::find_iter(text.as_bytes(), b"<article");
    let of_database = memchr::memmem::find(text.as_bytes(), b"DocPublicationName").is_some();
    if starts().take(2).count() < if of_database { 1 } else { 2 } {
        return 0;
    }
    let document = Document::parse(text);
    let articles = outermost(document.top());
    let drafts: Vec<Draft> = if of_database {
        articles.iter().filter_map(|a| of_europresse(*a)).collect()
    } else {
        let all: Vec<Draft> = articles.iter().filter_map(|a| of_digest(*a)).collect();
        if all.len() < 2 || all.len() < articles.len() { Vec::new() } else { all }
    };
    drafts.into_iter().map(|draft| out(draft.finish())).count()
}

/// The articles that lie in no other.
fn outermost<'d, 'a>(top: Element<'d, 'a>) -> Vec<Element<'d, 'a>> {
    let mut found = Vec::new();
    let mut open: Vec<Element<'d, 'a>> = vec![top];
    while let Some(element) = open.pop() {
        if element.is("article") {
            found.push(element);
            continue;
        }
        let inner: Vec<Element<'d, 'a>> = element.elements().collect();
        open.extend(inner.into_iter().rev());
    }
    found
}

fn copy(element: Element<'_, '_>) -> String {
    let mut blocks = Blocks::new();
    of_element(element, &mut blocks);
    blocks.finish()
}

/// The first element below whose class begins so.
fn classed<'d, 'a>(element: Element<'d, 'a>, class: &str) -> Option<Element<'d, 'a>> {
    let has =
        |e: &Element<'d, 'a>| e.attr("class").is_some_and(|c| c.split_ascii_whitespace().any(|c| c.starts_with(class)));
    element.below().find(has)
}

fn of_europresse(article: Element<'_, '_>) -> Option<Draft> {
    let text = |class: &str| classed(article, class).and_then(|e| e.text());
    let mut draft = Draft::new("html/europresse");
    if let Some(headline) = text("titreArticle") {
        draft.headline(headline, "titreArticle");
    }
    if let Some(name) = text("DocPublicationName") {
        exports::publication(&name, &mut draft);
    }
    if let Some(head) = text("DocHeader") {
        // A count of words and a page stand behind the date, an edition may stand before it.
        let words: Vec<&str> = head.split_whitespace().collect();
        let date = (0..words.len()).find_map(|from| {
            let to = words.len().min(from + DATE_WORDS_MAX);
            (from + 3..=to).rev().map(|to| words[from..to].join(" ")).find(|d| stamp::moment(d).is_some())
        });
        match date {
            Some(date) => draft.time(&date, "DocHeader", true),
            None => draft.keyword(head, "DocHeader"),
        }
    }
    if let Some(writer) = text("docAuthors").or_else(|| text("Author")) {
        draft.byline(writer, "docAuthors");
    }
    match classed(article, "docOcurrContainer").or_else(|| classed(article, "DocText")) {
        Some(body) => draft.body(&copy(body)),
        None => draft.body(&copy(article)),
    }
    (!draft.is_empty()).then_some(draft)
}

/// An article with a heading and copy that opens with the credit of an agency.
fn of_digest(article: Element<'_, '_>) -> Option<Draft> {
    let heading = article.below().find(|e| HEADINGS.iter().any(|h| e.is(h)))?.text()?;
    let copy = copy(article);
    let opens = copy.lines().filter(|l| !l.trim().is_empty()).take(4).any(split::opens_story);
    if !opens {
        return None;
    }
    let mut draft = Draft::new("html/article");
    draft.headline(heading, "heading of the article");
    draft.body(&copy);
    Some(draft)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::story::Story;

    fn all(text: &str) -> Vec<Story> {
        let mut all = Vec::new();
        read(text, &mut |s| all.push(s));
        all
    }

    #[test]
    fn a_digest_is_several_stories() {
        let page = "<html><body><article><h2>Bridge opens</h2><p>LOM, Texas (AP) — The bridge opened.</p></article>\
            <div><article><h2>Road closed</h2><p>OSLO (AFP) - The road is closed.</p></article></div></body></html>";
        let seen = all(page);
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[0].text, "Bridge opens\n\nLOM, Texas (AP) — The bridge opened.");
        assert_eq!(seen[1].headline.as_ref().map(|h| h.value.as_str()), Some("Road closed"));
        // A teaser among them makes it a page of a site.
        assert!(all(&page.replace("OSLO (AFP) - ", "")).is_empty());
    }

    #[test]
    fn an_export_of_europresse_is_a_list() {
        let page = "<html><body><article><span class=\"DocPublicationName\">Le Courrier de Lom</span>\
            <span class=\"DocHeader\">Édition du soir lundi 3 mai 2021 320 mots, p. 3</span>\
            <p class=\"titreArticleVisu\">Le pont rouvre</p><div class=\"docOcurrContainer\"><p>Le pont a rouvert.</p></div></article></body></html>";
        let seen = all(page);
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].text, "Le pont rouvre\n\nLe pont a rouvert.");
        assert_eq!(seen[0].filed.value.map(|m| m.to_string()).as_deref(), Some("2021-05-03"));
        assert!(seen[0].keywords.iter().any(|k| k.value == "Le Courrier de Lom"));
    }
}
