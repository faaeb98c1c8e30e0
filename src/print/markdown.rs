//! Markdown (CommonMark, tables as GitHub has them). Signs that Markdown acts on are
//! escaped, so that copy is text wherever it is rendered.

use super::columns::{Column, Value};
use super::printer::{List, Look, Needs, Page, Printer};
use super::table::{Cell, Table};
use super::terminal::clean;
use crate::search::{Hit, Snippet};
use std::io::{self, Write};

/// Markdown.
pub(super) struct Markdown;

struct Items<'a> {
    out: &'a mut dyn Write,
    page: &'a Page<'a>,
    number: usize,
}

impl Printer for Markdown {
    fn name(&self) -> &'static str {
        "md"
    }
    fn extension(&self) -> &'static str {
        "md"
    }
    fn help(&self) -> &'static str {
        "Markdown: a list with passages, or a table with --fields"
    }
    fn needs(&self, fields: Option<&[&'static Column]>) -> Needs {
        if fields.is_none_or(|f| f.iter().any(|c| c.passages)) { Needs::Passages } else { Needs::Stories }
    }
    fn takes_fields(&self) -> bool {
        true
    }
    fn begin<'a>(&self, out: &'a mut dyn Write, page: &'a Page<'a>) -> io::Result<Box<dyn List + 'a>> {
        let s = page.summary;
        writeln!(out, "# {}\n", escape(&s.query))?;
        writeln!(out, "{}\n", super::screen::figures(s))?;
        if let Some(fields) = &page.fields {
            heading(out, fields.iter().map(|f| (f.heading, matches!(f.heading, "Score" | "Part"))))?;
        }
        Ok(Box::new(Items { out, page, number: s.offset }))
    }
    fn has_tables(&self) -> bool {
        true
    }
    fn table(&self, out: &mut dyn Write, table: &Table, _: &Look) -> Option<io::Result<()>> {
        let mut write = || {
            heading(out, table.columns.iter().enumerate().map(|(i, name)| (&**name, table.is_number(i))))?;
            for row in &table.rows {
                let cell = |c: &Cell| match c {
                    Cell::Text(text) => escape(text),
                    Cell::Count(n) => n.to_string(),
                };
                line(out, row.iter().map(cell))?;
            }
            Ok(())
        };
        Some(write())
    }
}

/// Writes the head of a table: names of columns, and whether each is of numbers.
fn heading<'n>(out: &mut dyn Write, columns: impl Iterator<Item = (&'n str, bool)> + Clone) -> io::Result<()> {
    line(out, columns.clone().map(|(name, _)| escape(name)))?;
    line(out, columns.map(|(_, is_number)| if is_number { "---:" } else { "---" }.to_owned()))
}

fn line(out: &mut dyn Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "))
}

/// Writes `text` so that it is text in a line, a cell or a quotation.
fn escape(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len());
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    for (i, c) in text.chars().enumerate() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '>' | '|' | '~' | '#' | '$' => out.extend(['\\', c]),
            // At the beginning these would open a list, a rule or a heading.
            '-' | '+' | '=' if i == 0 => out.extend(['\\', c]),
            '.' | ')' if i == digits && digits > 0 => out.extend(['\\', c]),
            // A bare address becomes a link.
            ':' if text.chars().skip(i + 1).take(2).eq(['/', '/']) => out.push_str("&#58;"),
            _ => out.push(c),
        }
    }
    out
}

/// The passage with what matched in bold.
fn passage(snippet: &Snippet) -> String {
    let mut out = String::new();
    let mut at = 0;
    // Each piece keeps the blanks at its ends, which escaping folds away.
    let mut push = |piece: &str, bold: bool| {
        let text = escape(piece);
        if piece.starts_with(char::is_whitespace) && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&if bold && !text.is_empty() { format!("**{text}**") } else { text });
        if piece.ends_with(char::is_whitespace) && !piece.trim().is_empty() {
            out.push(' ');
        }
    };
    for span in &snippet.spans {
        push(snippet.text.get(at..span.start).unwrap_or(""), false);
        push(snippet.text.get(span.start..span.end).unwrap_or(""), true);
        at = span.end;
    }
    push(snippet.text.get(at..).unwrap_or(""), false);
    out.trim().to_owned()
}

impl List for Items<'_> {
    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        if let Some(fields) = &self.page.fields {
            let cell = |c: &&'static Column| match (c.value)(hit) {
                Value::None => String::new(),
                Value::Text(text) => escape(&text),
                Value::Count(n) => n.to_string(),
                Value::Number(n) => n.to_string(),
                Value::Moment(m) => m.to_string(),
            };
            return line(self.out, fields.iter().map(cell));
        }
        self.number += 1;
        let s = &hit.story;
        let headline = s.headline.as_ref().map_or_else(|| "no headline".to_owned(), |h| escape(&h.value));
        writeln!(self.out, "{}. **{headline}**  ", self.number)?;
        let mut facts = vec![s.agency.as_ref().map_or("agency unknown".to_owned(), |a| escape(&a.name))];
        facts.extend(s.dateline.as_ref().and_then(|d| d.places.first()).map(|p| escape(&p.as_written)));
        facts.push(s.filed.value.map_or("undated".to_owned(), |m| m.day.to_string()));
        facts.extend(s.lang.as_ref().map(|l| escape(&l.value)));
        if s.status.value != crate::story::Status::Usable {
            facts.push(s.status.value.as_str().to_owned());
        }
        let archive = hit.archive.as_deref().map_or(String::new(), |a| format!("@{}", escape(a)));
        let path = escape(self.page.look.path(&s.path));
        // What belongs to an item stands under its text, behind the number (CommonMark 5.2).
        let margin = " ".repeat(self.number.to_string().len() + 2);
        writeln!(self.out, "{margin}{} · {}{archive} · {path}", facts.join(" · "), s.id)?;
        let passage = passage(&hit.snippet);
        if !passage.is_empty() {
            writeln!(self.out, "\n{margin}> {passage}")?;
        }
        writeln!(self.out)
    }
    fn finish(self: Box<Self>) -> io::Result<Vec<String>> {
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::{escape, passage};
    use crate::search::Snippet;

    #[test]
    fn copy_is_text() {
        assert_eq!(escape("<script>x</script>"), "&lt;script\\>x&lt;/script\\>");
        assert_eq!(escape("1. [a](javascript:x)"), "1\\. \\[a\\](javascript:x)");
        assert_eq!(escape("- a | b\n# c"), "\\- a \\| b \\# c");
        assert_eq!(escape("https://evil.example"), "https&#58;//evil.example");
    }

    #[test]
    fn what_matched_is_bold() {
        let snippet = Snippet { text: "the *old* storm passed".to_owned(), spans: std::iter::once(10..15).collect() };
        assert_eq!(passage(&snippet), "the \\*old\\* **storm** passed");
    }
}
