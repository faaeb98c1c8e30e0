//! RSS, Atom and RDF: one story an entry, with its full content where the feed has it.

use super::draft::{Draft, plain};
use super::head::Head;
use super::markup::{Blocks, Element, of_element, of_html};
use super::xml::looks_like_html;
use super::{Format, Out, Refusal, Source, values, xml};
use serde_json::Value;
use std::borrow::Cow;

/// Prefixes whose elements describe pictures and films beside the story.
const SIDE_PREFIXES: &[&str] = &["media", "itunes", "thr", "slash", "georss", "geo", "sy", "creativecommons"];

/// Kinds of items of WordPress that are no copy.
const BESIDE: &[&str] = &["attachment", "nav_menu_item", "revision", "custom_css", "wp_block", "wp_global_styles"];

/// RSS, Atom and RDF.
pub(super) struct Feed;

impl Format for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn help(&self) -> &'static str {
        "RSS, Atom, RDF and WordPress exports: one story an entry, full content first"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        if head.root == "urlset" && head.sample.contains("sitemap-news") {
            return Some(Cow::Borrowed("a site map of news"));
        }
        let is_feed = head.root_is(&["rss", "feed", "channel", "entry"])
            || (head.root == "rdf" && (head.sample.contains("rss") || head.sample.contains("<item")));
        is_feed.then(|| Cow::Owned(format!("root element {}", head.root)))
    }

    fn read(&self, source: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let text = xml::open(source, head, out);
        let document = xml::parse(&text, out);
        let top = document.top();
        let channel = top.below().find(|e| e.is("channel") || e.is("feed"));
        let shared = |name: &str| channel.and_then(|c| c.child(name)).and_then(|e| e.text());
        let lang = channel
            .and_then(|c| c.attr("lang").or_else(|| c.child("language").and_then(|l| l.text()).map(Cow::Owned)))
            .or_else(|| document.root().and_then(|r| r.attr("lang")))
            .map(Cow::into_owned);
        let title = shared("title");
        let mut seen = 0;
        for url in top.below().filter(|e| e.is("url")) {
            let mut draft = Draft::new("feed");
            mapped(url, &mut draft);
            if !draft.is_empty() {
                out.story(draft.finish());
            }
        }
        // Exports of WordPress keep pictures, menus and earlier drafts as items too.
        let is_beside = |entry: &Element<'_, '_>| {
            entry.child("post_type").and_then(|t| t.text()).is_some_and(|t| BESIDE.contains(&t.as_str()))
        };
        let entries = || top.below().filter(|e| e.is("item") || e.is("entry"));
        let beside = entries().filter(is_beside).count();
        if beside > 0 {
            let message = format!("it also has {beside} items that are no stories: pictures, menus or revisions");
            out.note("items-left-out", message);
        }
        for entry in entries().filter(|e| !is_beside(e)) {
            if out.is_over() {
                break;
            }
            seen += 1;
            let mut draft = Draft::new("feed");
            one(entry, &mut draft);
            if let Some(lang) = &lang {
                draft.language(lang, "channel/language");
            }
            if let Some(title) = title.as_deref().filter(|_| draft.story.agency.is_none()) {
                titles(title).into_iter().any(|name| draft.agency(name, "channel/title"));
            }
            if !draft.is_empty() {
                out.story(draft.finish());
            }
        }
        match () {
            () if out.count() > 0 => Ok(()),
            () if seen > 0 => Err(Refusal::NoStory("a feed whose entries have no text")),
            () if channel.is_some() => Err(Refusal::NoStory("a feed without entries")),
            () if document.slips == 0 => Err(Refusal::NoStory("a feed without entries")),
            () => Err("it has neither channel nor entries".into()),
        }
    }
}

/// What the title of a feed may name its agency by: itself, what stands before or behind a sign
/// that divides it, and the first word in letters without capitals.
fn titles(title: &str) -> Vec<&str> {
    let parts = [": ", " - ", " – ", " | ", " » "].iter().filter_map(|sign| title.split_once(sign));
    let first = title.split_whitespace().next().filter(|w| !w.chars().any(|c| c.is_uppercase() || c.is_lowercase()));
    let mut names = vec![title];
    names.extend(parts.flat_map(|(before, behind)| [before, behind]).map(str::trim).chain(first));
    names
}

/// The copy of a construct that may be text, escaped HTML or markup (RFC 4287, 3.1).
fn construct(element: Element<'_, '_>) -> String {
    let kind = element.attr("type").unwrap_or_default().to_ascii_lowercase();
    if element.has_elements() {
        let mut blocks = Blocks::new();
        of_element(element, &mut blocks);
        return blocks.finish();
    }
    let text = element.lines();
    if kind == "text" || kind == "text/plain" {
        return plain(&text).trim().to_owned();
    }
    if kind.contains("html") && !looks_like_html(&text) {
        return of_html(&text);
    }
    xml::copy_of_text(&text).trim().to_owned()
}

fn line(element: Element<'_, '_>) -> String {
    construct(element).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn person(element: Element<'_, '_>) -> Option<String> {
    let name = element.children("name").find_map(|n| n.text());
    let text = name.or_else(|| element.text())?;
    // `desk@agency.example (A. Writer)` of RSS 2.0.
    match text.split_once('(') {
        Some((address, rest)) if address.contains('@') => Some(rest.trim_end_matches(')').trim().to_owned()),
        _ => Some(text),
    }
}

/// An address of a site map with what it says of news (Google's schema 0.9): no copy.
fn mapped(url: Element<'_, '_>, draft: &mut Draft) {
    let Some(news) = url.child("news") else { return };
    let text = |path: &str| news.at(path).and_then(|e| e.text());
    text("title").into_iter().for_each(|t| draft.headline(t, "news:title"));
    text("publication_date").into_iter().for_each(|t| draft.time(&t, "news:publication_date", true));
    text("publication/language").into_iter().for_each(|t| draft.language(&t, "news:language"));
    text("publication/name").into_iter().for_each(|t| _ = draft.agency(&t, "news:name"));
    for word in text("keywords").unwrap_or_default().split(',') {
        draft.keyword(word, "news:keywords");
    }
    url.child("loc").and_then(|l| l.text()).into_iter().for_each(|t| draft.set(|s| &mut s.guid, t, "loc"));
}

fn one(entry: Element<'_, '_>, draft: &mut Draft) {
    if let Some(tag) = entry.attr("lang") {
        draft.language(&tag, "entry/@xml:lang");
    }
    let (mut full, mut summary) = (String::new(), String::new());
    let mut link: Option<String> = None;
    let mut times: Vec<(u8, String, String)> = Vec::new();
    for element in entry.elements() {
        let prefix = element.full_name().split_once(':').map_or("", |(p, _)| p).to_ascii_lowercase();
        if SIDE_PREFIXES.contains(&prefix.as_str()) {
            continue;
        }
        let field = element.full_name().to_owned();
        let name = element.name().to_ascii_lowercase();
        let longer = |old: &mut String, new: String| {
            if new.len() > old.len() {
                *old = new;
            }
        };
        match name.as_str() {
            "title" => draft.headline(line(element), field),
            "encoded" | "content" | "body" | "fulltext" | "full-text" | "xhtml" if prefix != "excerpt" => {
                longer(&mut full, construct(element))
            }
            "description" | "summary" | "tagline" | "abstract" | "encoded" => longer(&mut summary, construct(element)),
            "guid" | "id" | "identifier" => {
                element.text().into_iter().for_each(|t| draft.set(|s| &mut s.guid, t, field.clone()))
            }
            "link" => {
                let target = element.attr("href").map(Cow::into_owned).or_else(|| element.text());
                if link.is_none() && element.attr("rel").is_none_or(|r| r == "alternate") {
                    link = target;
                }
            }
            "author" | "creator" | "contributor" if name != "contributor" => {
                if let Some(name) = person(element).filter(|n| !n.contains('@') || n.contains(' '))
                    && !draft.agency(&name, field.clone())
                {
                    draft.byline(name, field);
                }
            }
            "source" | "publisher" | "credit" => {
                if let Some(text) = element.child("title").unwrap_or(element).text() {
                    draft.agency(&text, field);
                }
            }
            "category" | "subject" => {
                let term = element
                    .attr("label")
                    .or_else(|| element.attr("term"))
                    .map(Cow::into_owned)
                    .or_else(|| element.text());
                if let Some(term) = term {
                    draft.subject("", Some(&term), field);
                }
            }
            "keywords" => {
                for word in element.text().unwrap_or_default().split([',', ';']) {
                    draft.keyword(word, field.clone());
                }
            }
            "language" => element.text().into_iter().for_each(|t| draft.language(&t, field.clone())),
            "status" => {
                if let Some(status) = element.text().and_then(|t| draft.known_status(&t, "status")) {
                    draft.status(status, field);
                }
            }
            // The time of publication first, in any dialect; then of the last change.
            "pubdate" | "published" | "issued" => times.push((0, element.text().unwrap_or_default(), field)),
            "post_date_gmt" => {
                let value = element.text().unwrap_or_default();
                times.push((0, if value.contains(':') { format!("{value}Z") } else { value }, field));
            }
            "date" | "post_date" => times.push((1, element.text().unwrap_or_default(), field)),
            "updated" | "modified" | "created" | "lastbuilddate" => {
                times.push((2, element.text().unwrap_or_default(), field))
            }
            _ => {}
        }
    }
    times.sort_by_key(|(rank, _, _)| *rank);
    for (_, mut value, field) in times {
        // Seconds or milliseconds since 1970.
        if let Some(seconds) = values::seconds(&Value::String(value.trim().to_owned())) {
            value = values::unix(seconds);
        }
        let undated = draft.story.filed.value.is_none() && draft.story.filed.earliest.is_none();
        draft.time(&value, field, undated);
    }
    if let Some(link) = link {
        draft.set(|s| &mut s.guid, link, "link");
    }
    if let Some(about) = entry.attr("about") {
        draft.set(|s| &mut s.guid, about, "@rdf:about");
    }
    // Some put less into the full text than into the summary.
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    draft.body(if letters(&summary) > letters(&full) { &summary } else { &full });
}
