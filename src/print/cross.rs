//! Counts by two facets: a grid for people that fits their terminal, a whole one for spreadsheets, a
//! list of its cells for machines.

use super::json::{self, SCHEMA};
use super::printer::Look;
use super::table::{Cell, Table, order, without};
use super::terminal::{clean, cut, width, wrap};
use crate::search::Cross;
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::io::{self, Write};

/// Cells of a table at most, and columns of one: spreadsheets have no more columns.
const TABLE_CELLS_MAX: usize = 1_000_000;
const TABLE_COLUMNS_MAX: usize = 16_000;
/// Columns of the terminal for the name of a row at most, and of a column.
const ROW_NAME_MAX: usize = 24;
const COLUMN_NAME_MAX: usize = 12;
/// What parts two columns.
const GAP: usize = 2;
/// What stands where there is no story.
const NONE: &str = "·";
const TOTAL: &str = "total";
const OTHERS: &str = "others";

/// A set by two facets, in the order in which they are listed.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The query.
    pub title: String,
    by: [&'static str; 2],
    rows: Vec<(String, u64)>,
    columns: Vec<(String, u64)>,
    /// By row and column.
    cells: FxHashMap<(usize, usize), u64>,
    total: u64,
    /// Whether stories count in several rows, and in several columns.
    several: [bool; 2],
}

/// The values of a facet in their order, and the new place of each.
fn listed(facet: &'static str, values: &[(String, u64)]) -> (Vec<(String, u64)>, Vec<usize>) {
    let name = |value: &str| if value.is_empty() { without(facet).to_owned() } else { value.to_owned() };
    let mut named: Vec<(usize, (String, u64))> =
        values.iter().map(|(value, count)| (name(value), *count)).enumerate().collect();
    named.sort_by(|(_, a), (_, b)| order(facet, (&a.0, a.1), (&b.0, b.1)));
    let mut places = vec![0; named.len()];
    named.iter().enumerate().for_each(|(place, (number, _))| places[*number] = place);
    (named.into_iter().map(|(_, value)| value).collect(), places)
}

impl Grid {
    /// Returns the grid of what was counted; `total` is the number of stories in the set.
    #[must_use]
    pub fn new(query: &str, by: [&'static str; 2], cross: &Cross, total: u64) -> Grid {
        let (rows, row_of) = listed(by[0], &cross.rows);
        let (columns, column_of) = listed(by[1], &cross.columns);
        let cells = cross.cells.iter().map(|((row, column), n)| ((row_of[*row], column_of[*column]), *n)).collect();
        let several = [&rows, &columns].map(|values| values.iter().map(|(_, n)| n).sum::<u64>() > total);
        Grid { title: query.to_owned(), by, rows, columns, cells, total, several }
    }

    /// Keeps the first rows and returns how many there were; the totals stay those of the set.
    pub fn truncate(&mut self, rows: usize) -> usize {
        let all = self.rows.len();
        self.rows.truncate(rows);
        self.cells.retain(|(row, _), _| *row < rows);
        all
    }

    /// What the grid is of, and how it is to be read.
    fn caption(&self) -> String {
        let stories = if self.total == 1 { "story" } else { "stories" };
        let mut caption = format!("{} {stories} by {} and {}", self.total, self.by[0], self.by[1]);
        let several: Vec<&str> =
            self.by.into_iter().zip(self.several).filter(|(_, is)| *is).map(|(by, _)| by).collect();
        if !several.is_empty() {
            let several = if several.len() == 2 && several[0] == several[1] { &several[..1] } else { &several };
            caption.push_str(&format!(
                "; a story with several values of {} counts under each, and once in a total",
                several.join(" or ")
            ));
        }
        caption
    }

    fn count(&self, row: usize, column: usize) -> u64 {
        self.cells.get(&(row, column)).copied().unwrap_or_default()
    }

    /// Returns all of it as a table, with the totals behind and below; nothing where it has more cells
    /// than a table should.
    #[must_use]
    pub fn table(&self) -> Option<Table> {
        let (rows, columns) = (self.rows.len() + 1, self.columns.len() + 2);
        if columns > TABLE_COLUMNS_MAX || rows.saturating_mul(columns) > TABLE_CELLS_MAX {
            return None;
        }
        let names = self.columns.iter().map(|(name, _)| Cow::Owned(name.clone()));
        let line = |name: &str, counts: &mut dyn Iterator<Item = u64>, total: u64| {
            let counts = counts.map(Cell::Count);
            std::iter::once(Cell::Text(name.to_owned())).chain(counts).chain([Cell::Count(total)]).collect()
        };
        let mut lines: Vec<Vec<Cell>> = Vec::with_capacity(rows);
        for (row, (name, total)) in self.rows.iter().enumerate() {
            lines.push(line(name, &mut (0..self.columns.len()).map(|column| self.count(row, column)), *total));
        }
        lines.push(line(TOTAL, &mut self.columns.iter().map(|(_, n)| *n), self.total));
        Some(Table {
            title: self.title.clone(),
            caption: self.caption(),
            columns: std::iter::once(self.by[0].into()).chain(names).chain([TOTAL.into()]).collect(),
            rows: lines,
            figures: vec![("total", self.total)],
        })
    }

    /// Writes it for people, as wide as their terminal: the most frequent columns in their order, and the
    /// sum of the rest.
    ///
    /// # Errors
    /// The writer refuses.
    pub fn text(&self, out: &mut dyn Write, look: &Look) -> io::Result<()> {
        let name_of = |name: &str, columns| cut(&clean(name), columns);
        let names: Vec<String> = self.rows.iter().map(|(name, _)| name_of(name, ROW_NAME_MAX)).collect();
        let heads: Vec<String> = self.columns.iter().map(|(name, _)| name_of(name, COLUMN_NAME_MAX)).collect();
        let digits = |n: u64| n.to_string().len();
        let first = names.iter().map(|name| width(name)).chain([TOTAL.len()]).max().unwrap_or_default();
        let last = digits(self.total).max(TOTAL.len());
        let wide = |column: usize| digits(self.columns[column].1).max(width(&heads[column]));
        let room = look.columns.saturating_sub(first + GAP + last);
        let rest: u64 = self.columns.iter().map(|(_, n)| n).sum();
        let shown = self.shown(room, digits(rest).max(OTHERS.len()), &wide);
        let left_out: Vec<usize> = (0..heads.len()).filter(|column| !shown.contains(column)).collect();
        let others = |row: Option<usize>| -> u64 {
            let count = |column: &usize| row.map_or(self.columns[*column].1, |row| self.count(row, *column));
            left_out.iter().map(count).sum()
        };
        let other = digits(others(None)).max(OTHERS.len());
        let mut line = |name: &str, cells: &[String], others: &str, total: &str| {
            let mut text = format!("{name}{}", " ".repeat(first - width(name)));
            let mut put = |cell: &str, wide: usize| {
                text.push_str(&" ".repeat(GAP + wide.saturating_sub(width(cell))));
                text.push_str(cell);
            };
            shown.iter().zip(cells).for_each(|(column, cell)| put(cell, wide(*column)));
            if !left_out.is_empty() {
                put(others, other);
            }
            put(total, last);
            writeln!(out, "{}", text.trim_end())
        };
        let told = |n: u64| if n == 0 { NONE.to_owned() } else { n.to_string() };
        let head: Vec<String> = shown.iter().map(|column| heads[*column].clone()).collect();
        line("", &head, OTHERS, TOTAL)?;
        for (row, (name, (_, total))) in names.iter().zip(&self.rows).enumerate() {
            let cells: Vec<String> = shown.iter().map(|column| told(self.count(row, *column))).collect();
            line(name, &cells, &told(others(Some(row))), &told(*total))?;
        }
        let sums: Vec<String> = shown.iter().map(|column| told(self.columns[*column].1)).collect();
        line(TOTAL, &sums, &told(others(None)), &told(self.total))?;
        let mut caption = self.caption();
        if !left_out.is_empty() {
            let (n, by) = (left_out.len(), self.by[1]);
            caption.push_str(&format!("; {OTHERS}: the sum of {n} more of {by}, which other forms list"));
        }
        wrap(&caption, look.columns).iter().try_for_each(|part| writeln!(out, "{}", look.style.dim(part)))
    }

    /// The columns that fit into `room`, in their order: all, or the most frequent beside one for the others.
    fn shown(&self, room: usize, others: usize, wide: &dyn Fn(usize) -> usize) -> Vec<usize> {
        let all: usize = (0..self.columns.len()).map(|column| GAP + wide(column)).sum();
        if all <= room {
            return (0..self.columns.len()).collect();
        }
        let mut left = room.saturating_sub(GAP + others);
        let mut by_count: Vec<usize> = (0..self.columns.len()).collect();
        by_count.sort_by_key(|column| std::cmp::Reverse(self.columns[*column].1));
        let fits = |column: &usize| match left.checked_sub(GAP + wide(*column)) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        };
        let mut shown: Vec<usize> = by_count.into_iter().take_while(fits).collect();
        shown.sort_unstable();
        shown
    }

    /// Writes it for machines: an object with rows, columns and cells, or with `lines` a cell a line. Cells
    /// without a story are left out.
    ///
    /// # Errors
    /// The writer refuses.
    pub fn json(&self, out: &mut dyn Write, lines: bool) -> io::Result<()> {
        let mut cells: Vec<(&(usize, usize), &u64)> = self.cells.iter().collect();
        cells.sort_unstable();
        let cell = |(&(row, column), n): (&(usize, usize), &u64)| json!({ "values": [self.rows[row].0, self.columns[column].0], "count": n });
        if lines {
            return cells.into_iter().try_for_each(|each| {
                let mut object = cell(each);
                object["schema"] = json!(SCHEMA);
                json::write(out, &object)?;
                out.write_all(b"\n")
            });
        }
        let values = |list: &[(String, u64)]| -> Value {
            list.iter().map(|(value, n)| json!({ "value": value, "count": n })).collect()
        };
        let counts: Value = cells.into_iter().map(cell).collect();
        let object = json!({
            "schema": SCHEMA, "query": self.title, "by": self.by, "total": self.total,
            "rows": values(&self.rows), "columns": values(&self.columns), "counts": counts,
        });
        json::write(out, &object)?;
        out.write_all(b"\n")
    }
}

#[cfg(test)]
mod tests {
    use super::Grid;
    use crate::print::{Cell, Look, Style};
    use crate::search::Cross;

    fn grid(columns: usize) -> Grid {
        let values = |list: &[(&str, u64)]| list.iter().map(|(v, n)| ((*v).to_owned(), *n)).collect();
        let years: Vec<(String, u64)> = (0..columns)
            .map(|n| (if n == 0 { String::new() } else { format!("{}", 1999 + n) }, 1 + n as u64))
            .collect();
        let cells = (0..columns).map(|n| ((n % 2, n), 1 + n as u64)).collect();
        let sum = |odd: u64| (0..columns as u64).filter(|n| n % 2 == odd).map(|n| 1 + n).sum();
        let cross = Cross { rows: values(&[("afp", sum(0)), ("tass\u{1b}[31m", sum(1))]), columns: years, cells };
        Grid::new("q", ["agency", "year"], &cross, sum(0) + sum(1))
    }

    fn text(grid: &Grid, columns: usize) -> String {
        let look = Look { columns, style: Style::default(), base: None, whole: false, nul: false };
        let mut out = Vec::new();
        grid.text(&mut out, &look).expect("memory");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn what_fits_is_shown_whole_with_its_totals() {
        assert_eq!(
            text(&grid(3), 80),
            "           2000  2001  undated  total\n\
             afp           ·     3        1      4\n\
             tass␛[31m     2     ·        ·      2\n\
             total         2     3        1      6\n\
             6 stories by agency and year\n"
        );
    }

    #[test]
    fn beyond_the_terminal_the_most_frequent_columns_are_kept_in_their_order() {
        let wide = text(&grid(12), 40);
        assert!(wide.lines().all(|line| line.chars().count() <= 40), "{wide}");
        assert!(wide.starts_with("           2009  2010  others  total\n"), "{wide}");
        assert!(wide.contains("total        11    12      55     78\n"), "{wide}");
        assert!(wide.replace('\n', " ").contains("others: the sum of 10 more of year"), "{wide}");
        let narrow = text(&grid(12), 20);
        assert!(narrow.starts_with("           others  total\n"), "{narrow}");
    }

    #[test]
    fn a_table_has_all_and_the_totals_last() {
        let table = grid(3).table().expect("a table");
        assert_eq!(table.columns, ["agency", "2000", "2001", "undated", "total"]);
        let counts = [2, 3, 1, 6].map(Cell::Count);
        assert_eq!(table.rows.last(), Some(&std::iter::once(Cell::Text("total".into())).chain(counts).collect()));
        assert!(grid(20_000).table().is_none(), "no spreadsheet has so many columns");
    }

    #[test]
    fn machines_get_the_cells_that_have_stories() {
        let mut out = Vec::new();
        let mut grid = grid(3);
        assert_eq!(grid.truncate(1), 2);
        grid.json(&mut out, true).expect("memory");
        let text = String::from_utf8(out).expect("UTF-8");
        assert_eq!(
            text,
            "{\"count\":3,\"schema\":1,\"values\":[\"afp\",\"2001\"]}\n\
             {\"count\":1,\"schema\":1,\"values\":[\"afp\",\"undated\"]}\n"
        );
    }
}
