//! What a page says of itself outside its text: metas, microdata, headings, linked data.

use super::linked::articles;
use crate::wire::markup::{Token, attribute, decode, tokens};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// What a page says of itself outside its text.
#[derive(Default)]
pub(super) struct Page {
    pub(super) lang: Option<String>,
    pub(super) title: String,
    pub(super) metas: Vec<(String, String)>,
    linked: Vec<Value>,
    pub(super) times: Vec<String>,
    /// The first time between the main heading and the next one.
    pub(super) heading_time: Option<String>,
    pub(super) depth: usize,
    pub(super) is_page: bool,
    /// Main headings.
    headings: Vec<String>,
}

/// Words that a main heading has at least, where the title of the page says otherwise.
const HEADING_WORDS_MIN: usize = 4;
/// Main headings that are kept.
const HEADINGS_MAX: usize = 8;

impl Page {
    pub(super) fn of(text: &str) -> Page {
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
    pub(super) fn heading(&self) -> Option<String> {
        let line = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let all: Vec<String> = self.headings.iter().map(line).filter(|h| h.contains(char::is_alphabetic)).collect();
        let title = letters_of(&self.title);
        // Of two the longer: the other is the site's name.
        let repeated = all.iter().filter(|h| title.contains(&letters_of(h))).max_by_key(|h| h.len());
        // A short one alone may be the name of the site or of a section.
        let alone = all.first().filter(|h| all.len() == 1 && h.split(' ').count() >= HEADING_WORDS_MIN);
        repeated.filter(|h| h.split(' ').count() > 1).or(alone).cloned()
    }

    /// The articles that its linked data describes.
    pub(super) fn stated(&self) -> Vec<&Map<String, Value>> {
        let mut found = Vec::new();
        self.linked.iter().for_each(|json| articles(json, 0, &mut found));
        found
    }

    /// Which of them the page is: the only one, or the one with its address or its headline.
    pub(super) fn own<'v>(
        &self,
        stated: &[&'v Map<String, Value>],
        address: Option<&str>,
    ) -> Option<&'v Map<String, Value>> {
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
        let heading = self.heading().map(|h| letters_of(&h));
        let title = letters_of(&self.title);
        let has_headline = |article: &&&Map<String, Value>| {
            let headline =
                article.get("headline").or_else(|| article.get("name")).and_then(Value::as_str).map(letters_of);
            headline
                .filter(|h| !h.is_empty())
                .is_some_and(|h| heading.as_ref() == Some(&h) || (!title.is_empty() && title.starts_with(&h)))
        };
        stated.iter().find(has_address).or_else(|| stated.iter().find(has_headline)).copied()
    }

    pub(super) fn first(&self, keys: &[&str]) -> Option<(&str, &str)> {
        keys.iter().find_map(|k| self.metas.iter().find(|(key, _)| key == k)).map(|(k, v)| (k.as_str(), v.as_str()))
    }
}

/// Letters and figures of a line, small: by these a heading and a title are compared.
fn letters_of(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
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
