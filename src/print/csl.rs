//! CSL-JSON 1.0, the data of citeproc: a list of items of type `article-newspaper`.

use super::columns::Column;
use super::json;
use super::keys::Keys;
use super::printer::{List, Needs, Page, Printer};
use super::terminal::clean;
use super::writers::writers;
use crate::search::Hit;
use chrono::Datelike;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// CSL-JSON.
pub(super) struct Csl;

struct Items<'a> {
    out: &'a mut dyn Write,
    keys: Keys,
    first: bool,
}

impl Printer for Csl {
    fn name(&self) -> &'static str {
        "csl"
    }
    fn extension(&self) -> &'static str {
        "csl.json"
    }
    fn help(&self) -> &'static str {
        "references as CSL-JSON, for Pandoc and Zotero"
    }
    fn needs(&self, _: Option<&[&'static Column]>) -> Needs {
        Needs::Stories
    }
    fn begin<'a>(&self, out: &'a mut dyn Write, _: &'a Page<'a>) -> io::Result<Box<dyn List + 'a>> {
        out.write_all(b"[")?;
        Ok(Box::new(Items { out, first: true, keys: Keys::default() }))
    }
}

/// What processors take for markup in a title or a name; entities they print as they stand.
const TAGS: [&str; 6] = ["i>", "b>", "sc>", "sup>", "sub>", "span"];
/// Keeps two signs together and is not seen.
const WORD_JOINER: char = '\u{2060}';

/// A text in which nothing is markup: what would be is divided by a sign that is not seen.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        out.push(c);
        let inside = text[at + c.len_utf8()..].trim_start_matches('/');
        if c == '<' && TAGS.iter().any(|tag| inside.starts_with(tag)) {
            out.push(WORD_JOINER);
        }
    }
    out
}

fn item(hit: &Hit, key: &str) -> Value {
    let s = &hit.story;
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    let text = |t: &str| json!(plain(&clean(t)));
    put("id", json!(key));
    put("type", json!("article-newspaper"));
    if let Some(headline) = &s.headline {
        put("title", text(&headline.value));
    }
    if let Some(byline) = &s.byline {
        let author = |w: &String| json!({ "literal": text(w) });
        put("author", writers(&byline.value).iter().map(author).collect());
    }
    if let Some(agency) = &s.agency {
        put("container-title", text(&agency.name));
        put("publisher", text(&agency.name));
    }
    if let Some(place) = s.dateline.as_ref().and_then(|d| d.places.first()) {
        put("publisher-place", text(&place.as_written));
    }
    if let Some(day) = s.filed.value.map(|m| m.day) {
        put("issued", json!({ "date-parts": [[day.year(), day.month(), day.day()]] }));
    }
    if let Some(lang) = &s.lang {
        put("language", json!(lang.value));
    }
    if let Some(version) = &s.version {
        put("version", text(&version.value));
    }
    let words: Vec<String> = s.keywords.iter().chain(&s.subjects).map(|k| clean(&k.value)).collect();
    if !words.is_empty() {
        put("keyword", text(&words.join(", ")));
    }
    if s.status.value != crate::story::Status::Usable {
        put("status", json!(s.status.value.as_str()));
    }
    let lead = clean(s.text.get(s.layout.lead_start as usize..s.layout.lead_end as usize).unwrap_or(""));
    if !lead.is_empty() {
        put("abstract", text(&lead));
    }
    put("archive_location", text(&s.path));
    Value::Object(map)
}

impl List for Items<'_> {
    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        let key = self.keys.next(hit.story.id);
        json::write(self.out, &item(hit, &key))
    }
    fn finish(self: Box<Self>) -> io::Result<Vec<String>> {
        self.out.write_all(b"\n]\n")?;
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_text_stands_as_it_is_and_is_no_markup() {
        assert_eq!(plain("B&C: 3 < 4, >>>ANSA"), "B&C: 3 < 4, >>>ANSA");
        assert_eq!(plain("<i>x</i> <span class"), "<\u{2060}i>x<\u{2060}/i> <\u{2060}span class");
        assert_eq!(plain("<in> <script>"), "<in> <script>");
    }
}
