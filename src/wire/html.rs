//! Saved pages: what JSON-LD states, then OpenGraph and meta, then the main text as
//! dom_smoothie (a port of Mozilla's Readability) finds it.

mod articles;
mod beside;

use super::draft::Draft;
use super::head::Head;
use super::markup::{Token, attribute, decode, of_html, tokens};
use super::record::Record;
use super::{Format, Out, Refusal, Source};
use crate::story::{Confidence, Evidence, Origin};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Nesting beyond which the page is read without looking for its main text: a tree that
/// deep is no page, and its recursion would overflow the stack.
const DEPTH_MAX: usize = 250;
/// Size beyond which the page is read without looking for its main text.
const PAGE_BYTES_MAX: usize = 8 << 20;
/// Bytes of a page that are read with what surrounds its text: a story has fewer.
const ALL_BYTES_MAX: usize = 16 << 20;
/// Objects within objects of JSON-LD that are searched for the article.
const NESTING_MAX: usize = 6;
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
            () => None,
        }
    }

    fn read(&self, source: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let label = charset(&head.sample).or_else(|| super::xml::declared(head));
        let text = out.decode(source, label.as_deref());
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
            linked(article, source, &mut draft, &mut body);
        } else if !stated.is_empty() {
            out.note(
                "linked-data-unclear",
                "its linked data describes several articles, none of which is its own".to_owned(),
            );
        }
        metas(&page, &mut draft);
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

/// What a page says of itself outside its text.
#[derive(Default)]
struct Page {
    lang: Option<String>,
    title: String,
    metas: Vec<(String, String)>,
    linked: Vec<Value>,
    times: Vec<String>,
    /// The first time between the main heading and the next one.
    heading_time: Option<String>,
    depth: usize,
    is_page: bool,
    /// Main headings.
    headings: Vec<String>,
}

/// Words that a main heading has at least, where the title of the page says otherwise.
const HEADING_WORDS_MIN: usize = 4;
/// Main headings that are kept.
const HEADINGS_MAX: usize = 8;

impl Page {
    fn of(text: &str) -> Page {
        let mut page = Page::default();
        let (mut depth, mut in_title) = (0usize, false);
        let mut property = Property::default();
        let (mut in_heading, mut behind_heading) = (false, false);
        let mut pieces = tokens(text);
        while let Some(token) = pieces.next() {
            match token {
                Token::Start { name, attributes, empty } => {
                    let lower = name.to_ascii_lowercase();
                    depth += usize::from(
                        !empty
                            && !matches!(lower.as_str(), "p" | "br" | "img" | "meta" | "link" | "input" | "hr" | "li"),
                    );
                    page.depth = page.depth.max(depth);
                    if !empty && lower != "meta" {
                        property.open(&lower, attributes, &mut page.metas);
                    }
                    match lower.as_str() {
                        "html" => {
                            page.is_page = true;
                            page.lang = attribute(attributes, "lang").map(str::to_owned);
                        }
                        "body" | "head" => page.is_page = true,
                        "title" if page.title.is_empty() => in_title = true,
                        "h1" if page.headings.len() < HEADINGS_MAX => {
                            in_heading = true;
                            page.headings.push(String::new());
                        }
                        "h2" | "h3" | "article" | "aside" | "footer" => behind_heading = false,
                        "meta" => page.meta(attributes),
                        "link" if attribute(attributes, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                            let address = attribute(attributes, "href").map(decode).map(Cow::into_owned);
                            page.metas.extend(address.map(|a| ("canonical".to_owned(), a)));
                        }
                        "time" => {
                            let time = attribute(attributes, "datetime").map(str::to_owned);
                            if behind_heading && page.heading_time.is_none() {
                                page.heading_time.clone_from(&time);
                            }
                            page.times.extend(time.filter(|_| page.times.len() < 8));
                        }
                        "script" | "style" => {
                            let is_linked = attribute(attributes, "type").is_some_and(|t| t.contains("ld+json"));
                            let from = pieces.at();
                            pieces.skip_raw(&lower);
                            if is_linked {
                                page.link(&text[from..pieces.at()]);
                            }
                        }
                        _ => {}
                    }
                }
                Token::End { name } => {
                    depth = depth.saturating_sub(1);
                    in_title &= !name.eq_ignore_ascii_case("title");
                    behind_heading |= in_heading && name.eq_ignore_ascii_case("h1");
                    in_heading &= !name.eq_ignore_ascii_case("h1");
                    property.close(name, &mut page.metas);
                }
                Token::Text(raw) | Token::Cdata(raw) if in_title => page.title.push_str(&decode(raw)),
                Token::Text(raw) | Token::Cdata(raw) => {
                    if let Some(heading) = page.headings.last_mut().filter(|_| in_heading) {
                        heading.push_str(&decode(raw));
                        heading.push(' ');
                    }
                    property.text(raw);
                }
            }
        }
        page
    }

    fn meta(&mut self, attributes: &str) {
        let key = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|k| attribute(attributes, k));
        let content = attribute(attributes, "content").map(str::trim).filter(|c| !c.is_empty());
        if let (Some(key), Some(content)) = (key, content) {
            self.metas.push((key.trim().to_ascii_lowercase(), decode(content).into_owned()));
        }
    }

    fn link(&mut self, script: &str) {
        let script = script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_end_matches("-->");
        let script = script.trim_end_matches("//]]>").trim().trim_end_matches(';');
        // Line breaks within strings are the slip that pages make most.
        let value =
            serde_json::from_str(script).or_else(|_| serde_json::from_str(&script.replace(['\n', '\r', '\t'], " ")));
        self.linked.extend(value.ok());
    }

    /// The main heading that the title repeats beside the name of the site, or the only one.
    fn heading(&self) -> Option<String> {
        let letters =
            |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let line = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let all: Vec<String> = self.headings.iter().map(line).filter(|h| h.contains(char::is_alphabetic)).collect();
        let title = letters(&self.title);
        // Of two the longer: the other is the site's name.
        let repeated = all.iter().filter(|h| title.contains(&letters(h))).max_by_key(|h| h.len());
        // A short one alone may be the name of the site or of a section.
        let alone = all.first().filter(|h| all.len() == 1 && h.split(' ').count() >= HEADING_WORDS_MIN);
        repeated.filter(|h| h.split(' ').count() > 1).or(alone).cloned()
    }

    /// The articles that its linked data describes.
    fn stated(&self) -> Vec<&Map<String, Value>> {
        let mut found = Vec::new();
        self.linked.iter().for_each(|json| articles(json, 0, &mut found));
        found
    }

    /// Which of them the page is: the only one, or the one with its address or its headline.
    fn own<'v>(&self, stated: &[&'v Map<String, Value>], address: Option<&str>) -> Option<&'v Map<String, Value>> {
        if let [one] = stated {
            return Some(one);
        }
        let bare = |address: &str| {
            let address = address.split(['#', '?']).next().unwrap_or(address);
            address
                .rsplit("://")
                .next()
                .unwrap_or(address)
                .trim_start_matches("www.")
                .trim_end_matches('/')
                .to_lowercase()
        };
        let own: Vec<String> =
            self.first(&["canonical", "og:url"]).map(|(_, a)| a).into_iter().chain(address).map(bare).collect();
        let is_own = |value: &Value| {
            let address = value.as_str().or_else(|| value.get("@id").and_then(Value::as_str));
            address.is_some_and(|a| own.contains(&bare(a)))
        };
        let has_address = |article: &&&Map<String, Value>| {
            ["url", "mainEntityOfPage", "@id"].iter().filter_map(|k| article.get(*k)).any(is_own)
        };
        let letters =
            |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let heading = self.heading().map(|h| letters(&h));
        let title = letters(&self.title);
        let has_headline = |article: &&&Map<String, Value>| {
            let headline = article.get("headline").or_else(|| article.get("name")).and_then(Value::as_str).map(letters);
            headline
                .filter(|h| !h.is_empty())
                .is_some_and(|h| heading.as_ref() == Some(&h) || (!title.is_empty() && title.starts_with(&h)))
        };
        stated.iter().find(has_address).or_else(|| stated.iter().find(has_headline)).copied()
    }

    fn first(&self, keys: &[&str]) -> Option<(&str, &str)> {
        keys.iter().find_map(|k| self.metas.iter().find(|(key, _)| key == k)).map(|(k, v)| (k.as_str(), v.as_str()))
    }
}

/// A value of microdata that is being read: the text of an element with an `itemprop`.
#[derive(Default)]
struct Property {
    key: &'static str,
    /// The element, and how many of its name are open.
    element: String,
    open: usize,
    text: String,
}

impl Property {
    /// Properties of an article that say what, who and when.
    const KEYS: &[&str] = &["headline", "author", "datepublished", "datemodified"];
    /// A longer value is none: an element without its end.
    const BYTES_MAX: usize = 1_000;

    fn open(&mut self, element: &str, attributes: &str, metas: &mut Vec<(String, String)>) {
        if self.open > 0 {
            self.open += usize::from(self.element == element);
            return;
        }
        let Some(names) = attribute(attributes, "itemprop") else { return };
        let known = |key: &&str| names.split_ascii_whitespace().any(|n| n.eq_ignore_ascii_case(key));
        let Some(key) = Property::KEYS.iter().copied().find(known) else { return };
        if metas.iter().any(|(k, _)| k == key) {
            return;
        }
        match attribute(attributes, "content").or_else(|| attribute(attributes, "datetime")) {
            Some(value) => metas.push((key.to_owned(), decode(value).trim().to_owned())),
            None => {
                *self = Property { key, element: element.to_owned(), open: 1, text: String::new() };
            }
        }
    }

    fn text(&mut self, raw: &str) {
        if self.open > 0 {
            self.text.push_str(&decode(raw));
            if self.text.len() > Property::BYTES_MAX {
                self.open = 0;
            }
        }
    }

    fn close(&mut self, element: &str, metas: &mut Vec<(String, String)>) {
        if self.open == 0 || !element.eq_ignore_ascii_case(&self.element) {
            return;
        }
        self.open -= 1;
        let value = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.open == 0 && !value.is_empty() {
            metas.push((self.key.to_owned(), value));
        }
    }
}

/// Finds the articles in JSON-LD.
fn articles<'v>(value: &'v Value, depth: usize, found: &mut Vec<&'v Map<String, Value>>) {
    /// More than one page has.
    const ARTICLES_MAX: usize = 100;
    let is_article = |kind: &str| {
        kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report" || kind.ends_with("NewsArticle")
    };
    match value {
        Value::Array(list) if depth < NESTING_MAX => list.iter().for_each(|v| articles(v, depth + 1, found)),
        Value::Object(object) => {
            let typed = match object.get("@type") {
                Some(Value::String(kind)) => is_article(kind),
                Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is_article),
                _ => false,
            };
            match () {
                () if typed && found.len() < ARTICLES_MAX => found.push(object),
                () if depth < NESTING_MAX => ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"]
                    .iter()
                    .filter_map(|k| object.get(*k))
                    .for_each(|v| articles(v, depth + 1, found)),
                () => {}
            }
        }
        _ => {}
    }
}

/// Takes the fields of an article in JSON-LD.
fn linked(article: &Map<String, Value>, source: &Source<'_>, draft: &mut Draft, body: &mut String) {
    // The keys of schema.org that say who, when and what; others describe the page.
    const KEYS: &[&str] = &[
        "headline",
        "name",
        "alternativeHeadline",
        "datePublished",
        "dateModified",
        "dateCreated",
        "author",
        "creator",
        "inLanguage",
        "keywords",
        "articleSection",
        "dateline",
        "publisher",
        "identifier",
        "url",
        "@id",
        "sourceOrganization",
        "provider",
    ];
    let mut kept = Map::new();
    for key in KEYS {
        if let Some(value) = article.get(*key) {
            let key = match *key {
                "articleSection" => "section",
                "name" if article.contains_key("headline") => continue,
                "name" => "headline",
                "sourceOrganization" => "provider",
                "@id" | "url" if kept.contains_key("id") => continue,
                "@id" | "url" | "identifier" => "id",
                key => key,
            };
            kept.entry(key).or_insert_with(|| value.clone());
        }
    }
    let mut fields = Record::new(&kept, source.envelope.map).draft("html/json-ld");
    std::mem::swap(&mut fields, draft);
    if let Some(text) = article.get("articleBody").and_then(Value::as_str) {
        *body = if super::xml::looks_like_html(text) { of_html(text) } else { super::draft::plain(text) };
    }
    // What happened since stands in postings of its own.
    for update in article.get("liveBlogUpdate").and_then(Value::as_array).into_iter().flatten() {
        for text in ["headline", "articleBody"].iter().filter_map(|key| update.get(*key)).filter_map(Value::as_str) {
            let text = if super::xml::looks_like_html(text) { of_html(text) } else { super::draft::plain(text) };
            body.push_str(if body.is_empty() { "" } else { "\n\n" });
            body.push_str(text.trim());
        }
    }
}

fn metas(page: &Page, draft: &mut Draft) {
    if draft.story.headline.is_none()
        && let Some((key, title)) = page.first(&["og:title", "twitter:title", "dc.title", "headline", "title"])
    {
        draft.headline(title, format!("meta {key}"));
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
        "datecreated",
        "created",
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
    let alone = page.times.first().filter(|_| page.times.len() == 1);
    if let Some(time) = page.heading_time.as_ref().or(alone).filter(|_| draft.story.filed.value.is_none()) {
        draft.time(time, "time/@datetime", true);
    }
    if draft.story.byline.is_none()
        && let Some((key, author)) =
            page.first(&["author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author"])
        && !author.starts_with("http")
        && !draft.agency(author, format!("meta {key}"))
    {
        draft.byline(author, format!("meta {key}"));
    }
    for (key, value) in page
        .metas
        .iter()
        .filter(|(k, _)| matches!(k.as_str(), "keywords" | "news_keywords" | "article:tag" | "article:section"))
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

/// Adds the main text: what readability finds, unless JSON-LD has more or other copy.
fn main_text(text: &str, page: &Page, stated: &str, draft: &mut Draft, out: &mut Out<'_>) {
    let mut found = String::new();
    if page.is_page && page.depth <= DEPTH_MAX && text.len() <= PAGE_BYTES_MAX {
        let config = dom_smoothie::Config { disable_json_ld: true, ..dom_smoothie::Config::default() };
        if let Ok(article) = dom_smoothie::Readability::new(text, None, Some(config)).and_then(|mut r| r.parse()) {
            found = of_html(&article.content);
            if draft.story.headline.is_none() {
                draft.headline(article.title.to_string(), "title");
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
        draft.headline(page.title.clone(), "title");
    }
}
