//! One self-contained page: the list with what matched, facets, the timeline as inline SVG.
//!
//! It loads nothing and runs nothing (a content security policy says so to the browser),
//! works without scripts, can be read by keyboard and by screen readers, printed, and in
//! dark and light. All copy is escaped text.

use super::columns::Column;
use super::plot;
use super::printer::{List, Look, Needs, Page, Printer};
use super::screen::{figures, left_out};
use super::svg;
use super::table::{Cell, Table, facet_rows};
use super::terminal::clean;
use crate::search::{Hit, Snippet, Summary, Timeline};
use crate::story::{Direction, Status};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Rows of a facet that are shown; the rest are counted in a last row.
const FACET_ROWS: usize = 12;
const STYLE: &str = include_str!("html.css");

/// Pages.
pub(super) struct Html;

struct Stories<'a> {
    out: &'a mut dyn Write,
    page: &'a Page<'a>,
    number: usize,
}

impl Printer for Html {
    fn name(&self) -> &'static str {
        "html"
    }
    fn extension(&self) -> &'static str {
        "html"
    }
    fn help(&self) -> &'static str {
        "one self-contained page with facets and timeline"
    }
    fn needs(&self, _: Option<&[&'static Column]>) -> Needs {
        Needs::Passages
    }
    fn shows_overview(&self) -> bool {
        true
    }
    fn begin<'a>(&self, out: &'a mut dyn Write, page: &'a Page<'a>) -> io::Result<Box<dyn List + 'a>> {
        let s = page.summary;
        head(out, &s.query)?;
        writeln!(out, "<a class=\"skip\" href=\"#stories\">Skip to the stories</a>\n<div class=\"page\">")?;
        writeln!(out, "<header>\n<p class=\"brand\">dateline</p>\n<h1 dir=\"auto\">{}</h1>", escape(&s.query))?;
        writeln!(out, "<p class=\"figures\">{}</p>", escape(&figures(s)))?;
        for line in left_out(s) {
            writeln!(out, "<p class=\"aside\">{}</p>", escape(&line))?;
        }
        writeln!(out, "</header>")?;
        let overview = page.overview.as_ref();
        if let Some(line) = overview.and_then(|o| o.timeline.as_ref()).filter(|t| !t.bars.is_empty()) {
            figure(out, line)?;
        }
        let two = overview.is_some_and(|o| !o.facets.is_empty());
        writeln!(out, "<div class=\"columns{}\">", if two { " two" } else { "" })?;
        writeln!(out, "<main id=\"stories\" tabindex=\"-1\">\n<h2>Stories</h2>")?;
        writeln!(out, "<ol class=\"stories\" start=\"{}\">", s.offset + 1)?;
        Ok(Box::new(Stories { out, page, number: s.offset }))
    }
    fn has_tables(&self) -> bool {
        true
    }
    fn table(&self, out: &mut dyn Write, table: &Table, _: &Look) -> Option<io::Result<()>> {
        Some(counts_page(out, table))
    }
}

/// Writes `text` as text of a page, within an element or a quoted attribute.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

fn head(out: &mut dyn Write, title: &str) -> io::Result<()> {
    writeln!(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<meta name=\"color-scheme\" content=\"light dark\">")?;
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
    writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")?;
    writeln!(out, "<meta name=\"generator\" content=\"dateline {}\">", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "<title>{} · dateline</title>\n<style>\n{STYLE}</style>\n</head>\n<body>", escape(title))
}

fn figure(out: &mut dyn Write, line: &Timeline) -> io::Result<()> {
    let text = escape(&plot::figures(line));
    writeln!(out, "<section aria-labelledby=\"timeline\">\n<h2 id=\"timeline\">Timeline</h2>\n<figure>")?;
    out.write_all(svg::timeline(line, &text).as_bytes())?;
    writeln!(out, "<figcaption>{text}</figcaption>\n<details>\n<summary>The figures as a table</summary>")?;
    writeln!(out, "<table>\n<caption>Stories by {}</caption>", line.bin.as_str())?;
    writeln!(
        out,
        "<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">Stories</th></tr></thead>",
        line.bin.as_str()
    )?;
    writeln!(out, "<tbody>")?;
    for bar in line.bars.iter().filter(|b| b.count > 0) {
        writeln!(out, "<tr><th scope=\"row\">{}</th><td>{}</td></tr>", bar.label, bar.count)?;
    }
    if line.undated > 0 {
        writeln!(out, "<tr><th scope=\"row\">undated</th><td>{}</td></tr>", line.undated)?;
    }
    writeln!(out, "</tbody>\n</table>\n</details>\n</figure>\n</section>")
}

/// What people call a facet.
fn facet_title(name: &str) -> &str {
    match name {
        "agency" => "Agency",
        "from" => "Filed from",
        "person" => "People",
        "place" => "Places",
        "org" => "Organisations",
        "lang" => "Language",
        "status" => "Status",
        "format" => "Format",
        "encoding" => "Encoding",
        "warning" => "Warning",
        "day" => "Day",
        "month" => "Month",
        "year" => "Year",
        other => other,
    }
}

fn facet(out: &mut dyn Write, name: &str, counts: &BTreeMap<String, u64>) -> io::Result<()> {
    let rows = facet_rows(name, counts);
    let most = rows.iter().map(|r| r.1).max().unwrap_or(1).max(1);
    let title = facet_title(name);
    writeln!(out, "<section>\n<table>\n<caption>{}</caption>", escape(title))?;
    writeln!(out, "<thead><tr><th scope=\"col\">Value</th><th scope=\"col\">Stories</th></tr></thead>\n<tbody>")?;
    for (key, n) in rows.iter().take(FACET_ROWS) {
        let part = n * 100 / most;
        writeln!(
            out,
            "<tr><th scope=\"row\" style=\"--part:{part}%\"><bdi>{}</bdi></th><td>{n}</td></tr>",
            escape(key)
        )?;
    }
    let rest = rows.len().saturating_sub(FACET_ROWS);
    if rest > 0 {
        let n: u64 = rows.iter().skip(FACET_ROWS).map(|r| r.1).sum();
        writeln!(out, "<tr><th scope=\"row\">{rest} more</th><td>{n}</td></tr>")?;
    }
    writeln!(out, "</tbody>\n</table>\n</section>")
}

fn counts_page(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    head(out, &table.title)?;
    writeln!(
        out,
        "<div class=\"page\">\n<header>\n<p class=\"brand\">dateline</p>\n<h1 dir=\"auto\">{}</h1>",
        escape(&table.title)
    )?;
    let figures: Vec<String> =
        table.figures.iter().map(|(name, n)| format!("{} {n}", name.replace('_', " "))).collect();
    writeln!(out, "<p class=\"figures\">{}</p>\n</header>\n<main>\n<table>", escape(&figures.join(", ")))?;
    writeln!(out, "<caption>{}</caption>\n<thead><tr>", escape(&table.caption))?;
    for name in &table.columns {
        writeln!(out, "<th scope=\"col\">{}</th>", escape(name))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for row in &table.rows {
        write!(out, "<tr>")?;
        for (i, cell) in row.iter().enumerate() {
            match cell {
                Cell::Text(text) if i == 0 => write!(out, "<th scope=\"row\"><bdi>{}</bdi></th>", escape(text))?,
                Cell::Text(text) => write!(out, "<td>{}</td>", escape(text))?,
                Cell::Count(n) => write!(out, "<td>{n}</td>")?,
            }
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>\n</main>\n</div>\n</body>\n</html>")
}

/// The passage with what matched marked.
fn passage(snippet: &Snippet) -> String {
    let mut out = String::new();
    let mut at = 0;
    let mut push = |piece: Option<&str>, marked: bool| {
        let piece = piece.unwrap_or("");
        let text = escape(piece);
        let blank = |edge: bool| if edge { " " } else { "" };
        out.push_str(blank(piece.starts_with(char::is_whitespace)));
        out.push_str(&if marked { format!("<mark>{text}</mark>") } else { text });
        out.push_str(blank(piece.ends_with(char::is_whitespace)));
    };
    for span in &snippet.spans {
        push(snippet.text.get(at..span.start), false);
        push(snippet.text.get(span.start..span.end), true);
        at = span.end;
    }
    push(snippet.text.get(at..), false);
    out.trim().to_owned()
}

impl List for Stories<'_> {
    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        self.number += 1;
        let s = &hit.story;
        let lang = s.lang.as_ref().map_or("", |l| l.value.as_str());
        let lang = if lang.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') { lang } else { "" };
        let dir = match s.direction {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        };
        writeln!(self.out, "<li><article aria-labelledby=\"s{}\" dir=\"{dir}\">", self.number)?;
        let headline = s.headline.as_ref().map_or_else(|| "No headline".to_owned(), |h| escape(&h.value));
        let lang = if s.headline.is_some() || !hit.snippet.text.is_empty() { lang } else { "" };
        writeln!(self.out, "<h3 id=\"s{}\" lang=\"{lang}\">{headline}</h3>", self.number)?;
        writeln!(self.out, "<ul class=\"facts\">")?;
        let mut fact = |class: &str, text: &str| {
            if text.is_empty() { Ok(()) } else { writeln!(self.out, "<li class=\"{class}\">{text}</li>") }
        };
        let named = |text: &str| format!("<bdi>{}</bdi>", escape(text));
        fact("number", &format!("{}.", self.number))?;
        fact("agency", &s.agency.as_ref().map_or("agency unknown".to_owned(), |a| named(&a.name)))?;
        let place = s.dateline.as_ref().and_then(|d| d.places.first());
        fact("from", &place.map(|p| named(&p.as_written)).unwrap_or_default())?;
        let day = s.filed.value.map(|m| m.day);
        fact("filed", &day.map_or("undated".to_owned(), |d| format!("<time datetime=\"{d}\">{d}</time>")))?;
        fact("lang", lang)?;
        if s.status.value != Status::Usable {
            fact("status", s.status.value.as_str())?;
        }
        fact("id", &format!("<code>{}</code>", &s.id.to_string()[..8]))?;
        fact("archive", &hit.archive.as_deref().map(named).unwrap_or_default())?;
        fact("path", &named(self.page.look.path(&s.path)))?;
        writeln!(self.out, "</ul>")?;
        let passage = passage(&hit.snippet);
        if !passage.is_empty() {
            writeln!(self.out, "<p class=\"passage\" lang=\"{lang}\">{passage}</p>")?;
        }
        writeln!(self.out, "</article></li>")
    }

    fn finish(self: Box<Self>) -> io::Result<Vec<String>> {
        let Stories { out, page, number } = *self;
        if number == page.summary.offset {
            writeln!(out, "<li><p>No story matches.</p></li>")?;
        }
        writeln!(out, "</ol>\n</main>")?;
        if let Some(overview) = page.overview.as_ref().filter(|o| !o.facets.is_empty()) {
            writeln!(out, "<aside aria-label=\"Facets\">")?;
            overview.facets.iter().try_for_each(|(name, counts)| facet(out, name, counts))?;
            writeln!(out, "</aside>")?;
        }
        writeln!(out, "</div>\n<footer>\n<dl>")?;
        let s = page.summary;
        let facts = [
            ("Query", escape(&s.query)),
            ("Read as", escape(page.reading)),
            ("Order", escape(page.order)),
            ("Archive", archives(s)),
            ("Made by", format!("dateline {}", env!("CARGO_PKG_VERSION"))),
        ];
        for (name, value) in facts {
            writeln!(out, "<dt>{name}</dt><dd dir=\"auto\">{value}</dd>")?;
        }
        writeln!(out, "</dl>\n</footer>\n</div>\n</body>\n</html>")?;
        Ok(Vec::new())
    }
}

/// One archive is told by its generation, several by their folders too.
fn archives(s: &Summary) -> String {
    match s.archives.as_slice() {
        [one] => format!("generation {}", one.generation),
        several => {
            let told = several.iter().map(|a| format!("{}, generation {}", escape(&a.folder), a.generation));
            told.collect::<Vec<_>>().join("; ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{escape, passage};
    use crate::search::Snippet;

    #[test]
    fn copy_is_text() {
        assert_eq!(
            escape("<script>alert(\"x\")</script> & 'y'"),
            "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;"
        );
        assert_eq!(escape("a\u{202e}b\u{1b}[0m"), "ab␛[0m");
    }

    #[test]
    fn what_matched_is_marked_and_blanks_stay() {
        let snippet = Snippet { text: "a <b> storm\npassed".to_owned(), spans: std::iter::once(6..11).collect() };
        assert_eq!(passage(&snippet), "a &lt;b&gt; <mark>storm</mark> passed");
    }
}
