//! BibTeX, with the fields that biblatex adds: an `@misc` entry a story, UTF-8. Signs that
//! TeX acts on are written as the commands that print them; braces always balance.

use super::columns::Column;
use super::keys::Keys;
use super::printer::{List, Needs, Page, Printer};
use super::terminal::clean;
use super::writers::writers;
use crate::search::Hit;
use std::io::{self, Write};

/// BibTeX.
pub(super) struct Bibtex;

struct Entries<'a> {
    out: &'a mut dyn Write,
    keys: Keys,
}

impl Printer for Bibtex {
    fn name(&self) -> &'static str {
        "bibtex"
    }
    fn extension(&self) -> &'static str {
        "bib"
    }
    fn help(&self) -> &'static str {
        "references for LaTeX"
    }
    fn needs(&self, _: Option<&[&'static Column]>) -> Needs {
        Needs::Stories
    }
    fn begin<'a>(&self, out: &'a mut dyn Write, _: &'a Page<'a>) -> io::Result<Box<dyn List + 'a>> {
        Ok(Box::new(Entries { out, keys: Keys::default() }))
    }
}

/// Writes `text` so that TeX prints it as it is.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in clean(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            // Old readers begin an entry at any of these.
            '@' => out.push_str("{@}"),
            '"' => out.push_str("{\"}"),
            '%' | '$' | '&' | '#' | '_' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

impl Entries<'_> {
    fn put(&mut self, name: &str, value: &str) -> io::Result<()> {
        if value.is_empty() { Ok(()) } else { writeln!(self.out, "  {name:<12} = {{{value}}},") }
    }
}

impl List for Entries<'_> {
    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        let s = &hit.story;
        writeln!(self.out, "@misc{{dateline-{},", self.keys.next(s.id))?;
        // A second pair of braces keeps capitals, and makes one name of a writer.
        let whole = |text: &str| Some(escape(text)).filter(|t| !t.is_empty()).map(|t| format!("{{{t}}}"));
        if let Some(title) = s.headline.as_ref().and_then(|h| whole(&h.value)) {
            self.put("title", &title)?;
        }
        let authors = s.byline.iter().flat_map(|b| writers(&b.value)).filter_map(|w| whole(&w));
        self.put("author", &authors.collect::<Vec<_>>().join(" and "))?;
        if let Some(agency) = &s.agency {
            self.put("organization", &escape(&agency.name))?;
        }
        if let Some(place) = s.dateline.as_ref().and_then(|d| d.places.first()) {
            self.put("address", &escape(&place.as_written))?;
        }
        if let Some(moment) = s.filed.value {
            self.put("date", &moment.day.to_string())?;
            self.put("year", &moment.day.format("%Y").to_string())?;
            self.put("month", &moment.day.format("%-m").to_string())?;
            self.put("day", &moment.day.format("%-d").to_string())?;
        }
        if let Some(lang) = &s.lang {
            self.put("language", &escape(&lang.value))?;
        }
        let words: Vec<String> = s.keywords.iter().chain(&s.subjects).map(|k| escape(&k.value)).collect();
        self.put("keywords", &words.join(", "))?;
        if s.status.value != crate::story::Status::Usable {
            self.put("note", &format!("status: {}", s.status.value.as_str()))?;
        }
        // Taken as it is by whoever reads the field, so it is only altered where it would
        // end it.
        let path = clean(&s.path);
        self.put("file", &if path.contains(['{', '}', '\\', '@']) { escape(&path) } else { path })?;
        writeln!(self.out, "}}\n")
    }
    fn finish(self: Box<Self>) -> io::Result<Vec<String>> {
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn tex_prints_what_copy_says() {
        assert_eq!(super::escape("50 % & #1_a"), "50 \\% \\& \\#1\\_a");
        assert_eq!(super::escape("}, author = {x"), "\\textbraceright{}, author = \\textbraceleft{}x");
        assert_eq!(super::escape("a\n@misc{\\input"), "a {@}misc\\textbraceleft{}\\textbackslash{}input");
    }
}
