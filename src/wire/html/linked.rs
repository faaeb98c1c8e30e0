//! Linked data (JSON-LD) of a page: which articles it describes, and what it says of one.

use crate::wire::Source;
use crate::wire::draft::{Draft, plain};
use crate::wire::markup::of_html;
use crate::wire::record::Record;
use serde_json::{Map, Value};

/// Objects within objects of JSON-LD that are searched for the article.
const NESTING_MAX: usize = 6;

/// Finds the articles in JSON-LD.
pub(super) fn articles<'v>(value: &'v Value, depth: usize, found: &mut Vec<&'v Map<String, Value>>) {
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
pub(super) fn read(article: &Map<String, Value>, source: &Source<'_>, draft: &mut Draft, body: &mut String) {
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
        *body = if crate::wire::xml::looks_like_html(text) { of_html(text) } else { plain(text) };
    }
    // What happened since stands in postings of its own.
    for update in article.get("liveBlogUpdate").and_then(Value::as_array).into_iter().flatten() {
        for text in ["headline", "articleBody"].iter().filter_map(|key| update.get(*key)).filter_map(Value::as_str) {
            let text = if crate::wire::xml::looks_like_html(text) { of_html(text) } else { plain(text) };
            body.push_str(if body.is_empty() { "" } else { "\n\n" });
            body.push_str(text.trim());
        }
    }
}
