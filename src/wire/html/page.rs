//! What a page says of itself outside its text: metas, microdata, headings, linked data.

use super::linked::articles;
use crate::text::letters;
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
    /// Times that stand in no list of links and no column beside the copy, each with whether it
    /// stands in an article.
    times: Vec<(Within, String)>,
    /// The first time between the main heading and the next one.
    pub(super) heading_time: Option<String>,
    pub(super) depth: usize,
    pub(super) is_page: bool,
    within: Within,
    /// Main headings.
    headings: Vec<String>,
    /// Headings of any level.
    all_headings: Vec<String>,
}

/// Words that a main heading has at least, where the title of the page says otherwise.
const HEADING_WORDS_MIN: usize = 4;
/// Main headings that are kept.
const HEADINGS_MAX: usize = 8;
/// Times that are kept.
const TIMES_MAX: usize = 8;
/// Headings of any level that are kept, and bytes of one.
const ALL_HEADINGS_MAX: usize = 40;
const HEADING_BYTES_MAX: usize = 1_000;
/// Signs between a headline and the name of its site.
const BETWEEN: [char; 12] = ['-', '–', '—', '|', '·', '•', ':', '_', '«', '»', '/', '―'];

/// Where a thing stands on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Within {
    #[default]
    Page,
    Main,
    Article,
}

impl Within {
    fn of(articles: usize, mains: usize) -> Within {
        match (articles, mains) {
            (1.., _) => Within::Article,
            (0, 1..) => Within::Main,
            (0, 0) => Within::Page,
        }
    }
}

impl Page {
    pub(super) fn of(text: &str) -> Page {
        let mut page = Page::default();
        let (mut depth, mut in_title) = (0usize, false);
        let mut property = Property::default();
        let (mut in_heading, mut behind_heading) = (false, false);
        let mut in_any = false;
        let (mut aside, mut articles, mut mains) = (0usize, 0usize, 0usize);
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
                    aside += usize::from(!empty && matches!(lower.as_str(), "aside" | "nav" | "footer"));
                    articles += usize::from(!empty && lower == "article");
                    mains += usize::from(!empty && lower == "main");
                    page.within = page.within.max(Within::of(articles, mains));
                    if matches!(lower.as_str(), "h1" | "h2" | "h3" | "h4") && page.all_headings.len() < ALL_HEADINGS_MAX
                    {
                        in_any = true;
                        page.all_headings.push(String::new());
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
                            let time = time.filter(|_| aside == 0 && page.times.len() < TIMES_MAX);
                            page.times.extend(time.map(|t| (Within::of(articles, mains), t)));
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
                    let closes = |names: &[&str]| usize::from(names.iter().any(|n| name.eq_ignore_ascii_case(n)));
                    aside = aside.saturating_sub(closes(&["aside", "nav", "footer"]));
                    articles = articles.saturating_sub(closes(&["article"]));
                    mains = mains.saturating_sub(closes(&["main"]));
                    in_any &= !matches!(name.as_bytes(), [b'h' | b'H', b'1'..=b'4']);
                    property.close(name, &mut page.metas);
                }
                Token::Text(raw) | Token::Cdata(raw) if in_title => page.title.push_str(&decode(raw)),
                Token::Text(raw) | Token::Cdata(raw) => {
                    if let Some(heading) =
                        page.all_headings.last_mut().filter(|h| in_any && h.len() < HEADING_BYTES_MAX)
                    {
                        heading.push_str(&decode(raw));
                        heading.push(' ');
                    }
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
        let title = letters(&self.title);
        // Of two the longer: the other is the site's name.
        let repeated = all.iter().filter(|h| title.contains(&letters(h))).max_by_key(|h| h.len());
        // A short one alone may be the name of the site or of a section.
        let alone = all.first().filter(|h| all.len() == 1 && words_of(h) >= HEADING_WORDS_MIN);
        repeated.filter(|h| words_of(h) > 1).or(alone).cloned()
    }

    /// A title without the name of the site: what a heading of the page says of it, or without
    /// the name that the page states for its site.
    pub(super) fn bare(&self, title: &str) -> String {
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = line(title);
        let lower = title.to_lowercase();
        let is_cut = |rest: &str, before: bool| {
            let rest = rest.trim();
            if before { rest.ends_with(BETWEEN) } else { rest.starts_with(BETWEEN) }
        };
        let mut best: Option<String> = None;
        for heading in self.all_headings.iter().map(|h| line(h)).filter(|h| words_of(h) > 1) {
            let small = heading.to_lowercase();
            let of_title = lower.strip_prefix(&small).is_some_and(|rest| is_cut(rest, false))
                || lower.strip_suffix(&small).is_some_and(|rest| is_cut(rest, true));
            if of_title && best.as_ref().is_none_or(|b| heading.len() > b.len()) {
                best = Some(heading);
            }
        }
        let site = || self.first(&["og:site_name", "application-name"]).map(|(_, name)| name.trim().to_owned());
        best.or_else(|| {
            let bare = title.strip_suffix(&site()?)?.trim_end();
            let bare = bare.strip_suffix(BETWEEN).filter(|b| b.ends_with(' '))?.trim();
            (words_of(bare) > 1).then(|| bare.to_owned())
        })
        .unwrap_or(title)
    }

    /// Tells whether a name is that of the site and of nobody: its host, or what it calls itself.
    pub(super) fn is_site(&self, name: &str) -> bool {
        let name = letters(name);
        let called = ["og:site_name", "application-name", "publisher", "dc.publisher", "twitter:site"];
        let called = called.iter().filter_map(|k| self.first(&[k])).any(|(_, v)| letters(v) == name);
        let host = self.first(&["canonical", "og:url"]).and_then(|(_, a)| a.split("://").nth(1)?.split('/').next());
        let hosted = host.is_some_and(|host| {
            let host = letters(host.trim_start_matches("www."));
            host == name || (name.len() >= SITE_LETTERS_MIN && host.starts_with(&name))
        });
        called || hosted
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

    /// The only time of the page that may be its own: in its article, where it has one.
    pub(super) fn only_time(&self) -> Option<&str> {
        // Beside the article stand the days of events and of other stories.
        let own: Vec<&str> = self.times.iter().filter(|(at, _)| *at == self.within).map(|(_, t)| t.as_str()).collect();
        if let [one] = own.as_slice() { Some(one) } else { None }
    }

    pub(super) fn first(&self, keys: &[&str]) -> Option<(&str, &str)> {
        keys.iter().find_map(|k| self.metas.iter().find(|(key, _)| key == k)).map(|(k, v)| (k.as_str(), v.as_str()))
    }
}

/// Letters from which the beginning of a host is its name.
const SITE_LETTERS_MIN: usize = 4;

/// How many words a line has; scripts without blanks have one for two letters.
fn words_of(line: &str) -> usize {
    let dense = line.chars().filter(|c| *c as u32 > 0x2E80 && c.is_alphabetic()).count();
    line.split(' ').count().max(dense.div_ceil(2))
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
