//! Saved pages: what JSON-LD states, then OpenGraph and meta, then the main text as
//! dom_smoothie (a port of Mozilla's Readability) finds it.

mod articles;
mod beside;
mod linked;
mod near;
mod near_words;
mod own;
mod page;

use super::draft::Draft;
use super::head::Head;
use super::markup::{Token, attribute, of_html, tokens};
use super::{Format, Out, Refusal, Source};
use crate::story::{Confidence, Evidence, Origin};
use page::Page;
use std::borrow::Cow;

/// Nesting beyond which the page is read without looking for its main text: a tree that
/// deep is no page, and its recursion would overflow the stack.
const DEPTH_MAX: usize = 250;
/// Size beyond which the page is read without looking for its main text.
const PAGE_BYTES_MAX: usize = 8 << 20;
/// Bytes of a page that are read with what surrounds its text: a story has fewer.
const ALL_BYTES_MAX: usize = 16 << 20;
/// Roots of pages and of fragments of pages.
const ROOTS: &[&str] = &[
    "html",
    "head",
    "body",
    "article",
    "main",
    "section",
    "div",
    "p",
    "span",
    "h1",
    "h2",
    "h3",
    "table",
    "ul",
    "ol",
    "b",
    "i",
    "a",
    "br",
    "img",
    "blockquote",
    "pre",
    "center",
    "font",
    "meta",
    "title",
    "script",
    "style",
    "link",
    "header",
    "strong",
    "em",
];

/// Saved pages.
pub(super) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn help(&self) -> &'static str {
        "saved pages: JSON-LD, OpenGraph and meta, then the main text without what surrounds it"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        let start = head.sample.get(..super::draft::floor(&head.sample, 64)).unwrap_or("").to_ascii_lowercase();
        match () {
            () if start.starts_with("<!doctype html") => Some(Cow::Borrowed("a doctype of HTML")),
            () if head.root_is(ROOTS) => Some(Cow::Owned(format!("root element {}", head.root))),
            () if is_edgar(head) => Some(Cow::Borrowed("a document as EDGAR sends it")),
            () => None,
        }
    }

    fn read(&self, source: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let label = charset(&head.sample).or_else(|| super::xml::declared(head));
        let text = out.decode(source, label.as_deref());
        if is_edgar(head) {
            return edgar(&text, source, out);
        }
        if is_export(&text) && super::exports::stories(&of_html(&text), &mut |story| out.story(story)) > 0 {
            return Ok(());
        }
        let archived = beside::archived(&text);
        let text = beside::without(&text);
        let page = Page::of(&text);
        let is_small = page.depth <= DEPTH_MAX && text.len() <= PAGE_BYTES_MAX;
        let stated = page.stated();
        let states_one = !stated.is_empty();
        if is_small && !states_one && articles::read(&text, &mut |story| out.story(story)) > 0 {
            return Ok(());
        }
        let mut draft = Draft::new("html");
        let article = page.own(&stated, source.envelope.address);
        let mut body = String::new();
        if let Some(article) = article {
            linked::read(article, source, &mut draft, &mut body);
        } else if !stated.is_empty() {
            out.note(
                "linked-data-unclear",
                "its linked data describes several articles, none of which is its own".to_owned(),
            );
        }
        metas(&page, &mut draft);
        if page.is_page {
            near_heading(&text, &page, &mut draft);
        }
        main_text(&text, &page, &body, &mut draft, out);
        if let Some(address) = source.envelope.address {
            draft.set(|s| &mut s.guid, address, "address of the page");
        }
        if draft.is_empty() {
            return Err(Refusal::NoStory("a page without text"));
        }
        let mut story = draft.finish();
        let captured = source.envelope.captured.or(archived);
        if let Some(captured) = captured.filter(|_| story.filed.value.is_none()) {
            story.filed.latest = Some(captured.day);
            let origin = Origin::Field(Cow::Borrowed("when the page was fetched"));
            let rule = Cow::Borrowed("html");
            story.filed.evidence.push(Evidence { origin, rule, confidence: Confidence::Stated });
        }
        out.story(story);
        Ok(())
    }
}

/// Tells whether a page may be the export of a database.
fn is_export(text: &str) -> bool {
    const MARKS: &[&str] = &["LXNComment", " DOCUMENTS</", "LOAD-DATE", "Load-Date", "ProQuest", "Factiva", "factiva"];
    MARKS.iter().any(|mark| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
}

/// Tells the frame that the filings of the American exchange commission stand in.
fn is_edgar(head: &Head<'_>) -> bool {
    head.root_is(&["document", "sec-document"]) && head.sample.contains("<TYPE>") && head.sample.contains("<SEQUENCE>")
}

/// Reads the documents of a filing, each as what it is.
fn edgar(text: &str, source: &Source<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
    let envelope = super::Envelope { charset: Some("utf-8"), ..source.envelope };
    for part in text.split("<TEXT>").skip(1) {
        let inner = part.split("</TEXT>").next().unwrap_or(part);
        let inner = Source { path: source.path, bytes: inner.trim().as_bytes(), left_out: 0, envelope };
        super::read_each(&inner, &mut |story| out.inner(story));
    }
    if out.count() == 0 { Err("none of its documents has a text".into()) } else { Ok(()) }
}

/// The encoding that a page declares within its first bytes.
fn charset(sample: &str) -> Option<String> {
    for token in tokens(sample) {
        if let Token::Start { name, attributes, .. } = token
            && name.eq_ignore_ascii_case("meta")
        {
            if let Some(label) = attribute(attributes, "charset") {
                return Some(label.to_owned());
            }
            let content = attribute(attributes, "content").unwrap_or("").to_ascii_lowercase();
            if let Some((_, label)) = content.split_once("charset=") {
                return Some(label.split([';', ' ']).next().unwrap_or(label).to_owned());
            }
        }
    }
    None
}

fn metas(page: &Page, draft: &mut Draft) {
    if draft.story.headline.is_none()
        && let Some((key, title)) = page.first(&["og:title", "twitter:title", "dc.title", "headline", "title"])
    {
        draft.headline(page.bare(title), format!("meta {key}"));
    }
    if draft.story.headline.is_none()
        && page.is_page
        && let Some(heading) = page.heading()
    {
        draft.headline(heading, "h1");
    }
    const PUBLISHED: &[&str] = &[
        "article:published_time",
        "datepublished",
        "og:published_time",
        "og:article:published_time",
        "og:release_date",
        "article:create_at",
        "nastooh:publishdate",
        "article:published",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "date",
        "article.published",
        "originalpublicationdate",
        "cxenseparse:recs:publishtime",
        "bt:pubdate",
        "rnews:datepublished",
        "article_date_original",
        "publication_date",
        "displaydate",
        "dcterms.date",
        "dcterms.issued",
        "article.created",
        "publish_time",
        "pdate",
        "ptime",
    ];
    if let Some((key, time)) = page.first(PUBLISHED) {
        let undated = draft.story.filed.value.is_none();
        draft.time(time, format!("meta {key}"), undated);
    }
    if let Some((key, time)) = page.first(&[
        "article:modified_time",
        "og:article:modified_time",
        "og:updated_time",
        "datemodified",
        "last-modified",
        "lastmod",
    ]) {
        draft.time(time, format!("meta {key}"), false);
    }
    let time = page.heading_time.as_deref().or_else(|| page.only_time());
    if let Some(time) = time.filter(|_| draft.story.filed.value.is_none()) {
        draft.time(time, "time/@datetime", true);
    }
    if draft.story.byline.is_none()
        && let Some((key, author)) = page.first(&[
            "author",
            "article:author",
            "dc.creator",
            "byl",
            "byline",
            "search.byline",
            "parsely-author",
            "sailthru.author",
        ])
        && !author.starts_with("http")
        && !page.is_site(author)
        && !draft.agency(author, format!("meta {key}"))
    {
        draft.byline(near::writer_of(author).unwrap_or_else(|| author.to_owned()), format!("meta {key}"));
    }
    // A list with the name of the site is the site's, the same on every page.
    let of_site = |value: &str| value.split([',', ';']).any(|word| page.is_site(word));
    for (key, value) in page
        .metas
        .iter()
        .filter(|(k, _)| matches!(k.as_str(), "keywords" | "news_keywords" | "article:tag" | "article:section"))
        .filter(|(k, v)| k != "keywords" || !of_site(v))
    {
        for word in value.split([',', ';']) {
            if key == "article:section" {
                draft.subject("", Some(word), format!("meta {key}"));
            } else {
                draft.keyword(word, format!("meta {key}"));
            }
        }
    }
    if draft.story.agency.is_none()
        && let Some((key, site)) =
            page.first(&["og:site_name", "application-name", "publisher", "dc.publisher", "copyright"])
    {
        draft.agency(site, format!("meta {key}"));
    }
    if let Some(lang) = &page.lang {
        draft.language(lang, "html/@lang");
    }
    if let Some((key, locale)) = page.first(&["og:locale", "content-language", "language", "dc.language"]) {
        draft.language(locale, format!("meta {key}"));
    }
    if let Some((key, address)) = page.first(&["og:url", "twitter:url", "canonical"]) {
        draft.set(|s| &mut s.guid, address, format!("meta {key}"));
    }
}

/// Takes what stands near the main heading, where the page states nothing else.
fn near_heading(text: &str, page: &Page, draft: &mut Draft) {
    let missing = draft.story.filed.value.is_none() || draft.story.byline.is_none() || draft.story.agency.is_none();
    if !missing {
        return;
    }
    let near = near::near(&text[..super::draft::floor(text, PAGE_BYTES_MAX)]);
    if let Some(date) = near.published.filter(|_| draft.story.filed.value.is_none()) {
        draft.time(&date, "line near the heading", true);
    }
    // When a page was made may be when it was last built.
    if draft.story.filed.value.is_none()
        && let Some((key, time)) = page.first(&["datecreated", "created"])
    {
        draft.time(time, format!("meta {key}"), true);
    }
    if let Some(date) = near.updated {
        draft.time(&date, "line near the heading", false);
    }
    if let Some(source) = near.source.filter(|_| draft.story.agency.is_none()) {
        draft.agency(&source, "line near the heading");
    }
    if let Some(writer) = near.writer.filter(|_| draft.story.byline.is_none())
        && !draft.agency(&writer, "line near the heading")
    {
        draft.byline(writer, "line near the heading");
    }
}

/// Adds the main text: what readability finds, unless JSON-LD has more or other copy.
fn main_text(text: &str, page: &Page, stated: &str, draft: &mut Draft, out: &mut Out<'_>) {
    let mut found = String::new();
    if page.is_page && page.depth <= DEPTH_MAX && text.len() <= PAGE_BYTES_MAX {
        let config = dom_smoothie::Config { disable_json_ld: true, ..dom_smoothie::Config::default() };
        if let Ok(article) = dom_smoothie::Readability::new(text, None, Some(config)).and_then(|mut r| r.parse()) {
            found = of_html(&article.content);
            if let Some(own) = own::instead_of(text, &found) {
                found = own;
            }
            if draft.story.headline.is_none() {
                draft.headline(page.bare(&article.title), "title");
            }
        }
    } else if page.is_page {
        out.note(
            "page-too-large",
            "the page is too deep or too large: its text is read with what surrounds it".to_owned(),
        );
    }
    // Both hold the copy: the one of the page has its paragraphs.
    let close = found.len() * 10 >= stated.len() * 7 && found.len() * 10 <= stated.len() * 13;
    match () {
        () if !found.is_empty() && (stated.is_empty() || close) => draft.body(&found),
        () if !stated.is_empty() => draft.body(stated),
        () => {
            let end = super::draft::floor(text, ALL_BYTES_MAX);
            if end < text.len() {
                out.note(
                    "text-cut",
                    format!("the page is too large: its last {} bytes are left out", text.len() - end),
                );
            }
            let all = of_html(&text[..end]);
            if !page.is_page {
                draft.headline_in_text();
            } else if !all.is_empty() {
                out.note("no-main-text", "no main text stands out: the page is read with what surrounds it".to_owned());
            }
            draft.body(&all);
        }
    }
    if draft.story.headline.is_none() && !page.title.trim().is_empty() {
        draft.headline(page.bare(&page.title), "title");
    }
}
