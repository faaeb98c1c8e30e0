//! Tables of counts: facets and timelines, for people and for machines.

use super::printer::Look;
use super::terminal::{clean, width};
use crate::search::Timeline;
use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Columns of a bar at most: a longer one is no clearer.
const BAR_COLUMNS_MAX: usize = 60;
/// Columns of a key at most.
const KEY_COLUMNS_MAX: usize = 32;
/// Parts of a cell, an eighth each.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A number.
    Count(u64),
}

/// A table, of counts for the most part: the last column then holds the count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it is of: the query.
    pub title: String,
    /// What its rows are, such as *Stories by agency*.
    pub caption: String,
    /// Names of the columns.
    pub columns: Vec<Cow<'static, str>>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Further figures: name and number.
    pub figures: Vec<(&'static str, u64)>,
}

impl Table {
    /// Returns names as the columns of a table.
    #[must_use]
    pub fn named(columns: &[&'static str]) -> Vec<Cow<'static, str>> {
        columns.iter().map(|name| Cow::Borrowed(*name)).collect()
    }

    /// Tells whether a column holds numbers; one without rows by its name.
    pub(super) fn is_number(&self, column: usize) -> bool {
        match self.rows.first().and_then(|row| row.get(column)) {
            Some(cell) => matches!(cell, Cell::Count(_)),
            None => self.columns.get(column).is_some_and(|name| name == "count"),
        }
    }
}

/// What a story without a value is counted under.
pub(super) fn without(facet: &str) -> &'static str {
    match facet {
        "day" | "month" | "year" => "undated",
        "person" | "place" | "org" | "warning" => "none",
        _ => "unknown",
    }
}

/// The order of two values of a facet with their counts: times in their own with the undated
/// last, all else by count and name.
pub(super) fn order(facet: &str, a: (&str, u64), b: (&str, u64)) -> Ordering {
    let without = without(facet);
    match without {
        "undated" => (a.0 == without, a.0).cmp(&(b.0 == without, b.0)),
        _ => (Reverse(a.1), a.0).cmp(&(Reverse(b.1), b.0)),
    }
}

/// Returns the rows of a facet in their order.
pub(super) fn facet_rows<'a>(facet: &str, counts: &'a BTreeMap<String, u64>) -> Vec<(&'a str, u64)> {
    let without = without(facet);
    let mut rows: Vec<(&str, u64)> =
        counts.iter().map(|(k, n)| (if k.is_empty() { without } else { k.as_str() }, *n)).collect();
    rows.sort_by(|a, b| order(facet, *a, *b));
    rows
}

/// Returns the table of a facet; `total` is the number of stories in the set.
#[must_use]
pub fn facets_table(query: &str, facet: &'static str, counts: &BTreeMap<String, u64>, total: u64) -> Table {
    let rows =
        facet_rows(facet, counts).into_iter().map(|(k, n)| vec![Cell::Text(k.to_owned()), Cell::Count(n)]).collect();
    let (title, caption) = (query.to_owned(), format!("Stories by {facet}"));
    Table { title, caption, columns: Table::named(&[facet, "count"]), rows, figures: vec![("total", total)] }
}

/// Returns the table of a timeline: each bar with its first and last day.
#[must_use]
pub fn timeline_table(query: &str, line: &Timeline, undated_left_out: u64) -> Table {
    let row = |b: &crate::search::Bar| {
        let text = |d: chrono::NaiveDate| Cell::Text(d.to_string());
        vec![Cell::Text(b.label.clone()), text(b.from), text(b.to), Cell::Count(b.count)]
    };
    Table {
        title: query.to_owned(),
        caption: format!("Stories by {}", line.bin.as_str()),
        columns: Table::named(&[line.bin.as_str(), "from", "to", "count"]),
        rows: line.bars.iter().map(row).collect(),
        figures: vec![("total", line.total), ("undated", line.undated), ("undated_left_out", undated_left_out)],
    }
}

/// Writes the table for people: key, count, bar.
pub(super) fn text(out: &mut dyn Write, table: &Table, look: &Look) -> io::Result<()> {
    let rows: Vec<(String, u64)> = table
        .rows
        .iter()
        .filter_map(|row| match (row.first(), row.last()) {
            (Some(Cell::Text(key)), Some(Cell::Count(n))) => {
                Some((super::terminal::cut(&clean(key), KEY_COLUMNS_MAX), *n))
            }
            _ => None,
        })
        .collect();
    let most = rows.iter().map(|r| r.1).max().unwrap_or(1).max(1);
    let digits = most.to_string().len().max(4);
    let wide = rows.iter().map(|r| width(&r.0)).max().unwrap_or(0);
    let room = look.columns.saturating_sub(wide + digits + 5).clamp(8, BAR_COLUMNS_MAX);
    for (key, n) in rows {
        let pad = " ".repeat(wide - width(&key));
        writeln!(out, "{key}{pad}  {n:>digits$}  {}", look.style.name(&bar(n, most, room)))?;
    }
    Ok(())
}

/// A bar of at most `room` cells, to an eighth of a cell; what is not nothing is seen.
fn bar(n: u64, most: u64, room: usize) -> String {
    let eighths = (u128::from(n) * room as u128 * 8 / u128::from(most)).max(u128::from(n > 0));
    let eighths = usize::try_from(eighths).unwrap_or(0);
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

#[cfg(test)]
mod tests {
    use super::{bar, facet_rows};

    #[test]
    fn bars_are_in_proportion_and_never_vanish() {
        assert_eq!(bar(8, 8, 4), "████");
        assert_eq!(bar(3, 8, 4), "█▌");
        assert_eq!(bar(1, 1000, 4), "▏");
        assert_eq!(bar(0, 8, 4), "");
        assert_eq!(bar(u64::MAX, u64::MAX, 2), "██");
    }

    #[test]
    fn times_stand_in_their_order_with_the_undated_last() {
        let counts = [("", 9), ("2024-12", 1), ("2023-01", 3)].map(|(k, n)| (k.to_owned(), n)).into();
        assert_eq!(facet_rows("month", &counts), [("2023-01", 3), ("2024-12", 1), ("undated", 9)]);
        assert_eq!(facet_rows("lang", &counts), [("unknown", 9), ("2023-01", 3), ("2024-12", 1)]);
    }
}
