//! CSV (RFC 4180, UTF-8, LF) and TSV: a heading, then a row a story. Every cell is one
//! line, and none is a formula.
//!
//! A cell that a spreadsheet would compute (`= + - @`, and the wide forms of these signs)
//! is given an apostrophe in front, which spreadsheets take as *this is text*. TSV quotes
//! nothing, so a cell that begins with a quotation mark is given one too. Numbers are
//! numbers and stay as they are.

use super::columns::{Column, Value, usual};
use super::printer::{List, Look, Needs, Page, Printer};
use super::table::{Cell, Table};
use super::terminal::clean;
use crate::search::Hit;
use std::io::{self, Write};

/// Signs that make a formula of a cell, as OWASP lists them; tab and return are gone
/// after cleaning.
const FORMULA_SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Comma-separated values.
pub(super) struct Csv;

/// Tab-separated values.
pub(super) struct Tsv;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Comma,
    Tab,
}

struct Rows<'a> {
    out: &'a mut dyn Write,
    dialect: Dialect,
    columns: Vec<&'static Column>,
}

pub(super) fn needs(fields: Option<&[&'static Column]>) -> Needs {
    if fields.is_some_and(|f| f.iter().any(|c| c.passages)) { Needs::Passages } else { Needs::Stories }
}

impl Printer for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }
    fn extension(&self) -> &'static str {
        "csv"
    }
    fn help(&self) -> &'static str {
        "a table for spreadsheets; cells cannot be formulas"
    }
    fn needs(&self, fields: Option<&[&'static Column]>) -> Needs {
        needs(fields)
    }
    fn takes_fields(&self) -> bool {
        true
    }
    fn begin<'a>(&self, out: &'a mut dyn Write, page: &'a Page<'a>) -> io::Result<Box<dyn List + 'a>> {
        begin(out, page, Dialect::Comma)
    }
    fn has_tables(&self) -> bool {
        true
    }
    fn table(&self, out: &mut dyn Write, table: &Table, _: &Look) -> Option<io::Result<()>> {
        Some(counts(out, table, Dialect::Comma))
    }
}

impl Printer for Tsv {
    fn name(&self) -> &'static str {
        "tsv"
    }
    fn extension(&self) -> &'static str {
        "tsv"
    }
    fn help(&self) -> &'static str {
        "a table, cells parted by tabs and never quoted"
    }
    fn needs(&self, fields: Option<&[&'static Column]>) -> Needs {
        needs(fields)
    }
    fn takes_fields(&self) -> bool {
        true
    }
    fn begin<'a>(&self, out: &'a mut dyn Write, page: &'a Page<'a>) -> io::Result<Box<dyn List + 'a>> {
        begin(out, page, Dialect::Tab)
    }
    fn has_tables(&self) -> bool {
        true
    }
    fn table(&self, out: &mut dyn Write, table: &Table, _: &Look) -> Option<io::Result<()>> {
        Some(counts(out, table, Dialect::Tab))
    }
}

fn begin<'a>(out: &'a mut dyn Write, page: &'a Page<'a>, dialect: Dialect) -> io::Result<Box<dyn List + 'a>> {
    let columns = page.fields.clone().unwrap_or_else(|| usual(page.summary.archives.len() > 1));
    row(out, dialect, columns.iter().map(|c| c.name.to_owned()))?;
    Ok(Box::new(Rows { out, dialect, columns }))
}

impl List for Rows<'_> {
    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        let cells = self.columns.iter().map(|c| match (c.value)(hit) {
            Value::None => String::new(),
            Value::Text(text) => text_cell(&text, self.dialect),
            Value::Count(n) => n.to_string(),
            Value::Number(n) => n.to_string(),
            Value::Moment(m) => m.to_string(),
        });
        row(self.out, self.dialect, cells)
    }
    fn finish(self: Box<Self>) -> io::Result<Vec<String>> {
        Ok(Vec::new())
    }
}

fn counts(out: &mut dyn Write, table: &Table, dialect: Dialect) -> io::Result<()> {
    row(out, dialect, table.columns.iter().map(|c| text_cell(c, dialect)))?;
    for cells in &table.rows {
        let cells = cells.iter().map(|cell| match cell {
            Cell::Text(text) => text_cell(text, dialect),
            Cell::Count(n) => n.to_string(),
        });
        row(out, dialect, cells)?;
    }
    Ok(())
}

/// One line of text that nothing computes.
fn text_cell(text: &str, dialect: Dialect) -> String {
    let clean = clean(text);
    let first = clean.chars().next();
    let formula = first.is_some_and(|c| FORMULA_SIGNS.contains(&c));
    let quote = dialect == Dialect::Tab && first == Some('"');
    if formula || quote { format!("'{clean}") } else { clean }
}

fn row(out: &mut dyn Write, dialect: Dialect, cells: impl Iterator<Item = String>) -> io::Result<()> {
    let delimiter = if dialect == Dialect::Comma { b"," } else { b"\t" };
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.write_all(delimiter)?;
        }
        if dialect == Dialect::Comma && cell.contains([',', '"', ';', '\'']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::{Dialect, row, text_cell};

    #[test]
    fn formulas_are_text() {
        let csv = |text| text_cell(text, Dialect::Comma);
        assert_eq!(csv("=1+1"), "'=1+1");
        assert_eq!(csv("\t@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(csv("\r\n-2"), "'-2");
        assert_eq!(csv("＝cmd|'/c calc'!A0"), "'＝cmd|'/c calc'!A0");
        assert_eq!(csv("a = b"), "a = b");
        assert_eq!(text_cell("\"a\tb", Dialect::Tab), "'\"a b");
    }

    #[test]
    fn rows_are_quoted_as_rfc_4180_says() {
        let mut out = Vec::new();
        row(&mut out, Dialect::Comma, ["a,b", "say \"x\"", "", "ü"].into_iter().map(str::to_owned)).expect("memory");
        assert_eq!(String::from_utf8(out).expect("UTF-8"), "\"a,b\",\"say \"\"x\"\"\",,ü\n");
    }
}
