//! XLSX workbooks, written a row at a time: memory does not grow with the list. Every text
//! is a string cell, which no spreadsheet computes; days are days, to sort and to group by.

use super::columns::{Column, Value, usual};
use super::delimited;
use super::printer::{List, Look, Needs, Page, Printer};
use super::table::{Cell, Table};
use super::terminal::clean;
use crate::search::Hit;
use crate::story::Moment;
use chrono::{Datelike, Timelike};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::collections::HashMap;
use std::io::{self, Seek, Write};

/// Rows of a sheet, its heading included: the format has no more.
const SHEET_ROWS_MAX: u32 = 1_048_576;
/// UTF-16 units of a cell: the format has no more.
const CELL_UNITS_MAX: usize = 32_767;

/// The first year whose days every spreadsheet counts alike: some take 1900 for a leap year.
const YEAR_MIN: u16 = 1901;
const DAY_FORMAT: &str = "yyyy-mm-dd";

/// Workbooks.
pub(super) struct Xlsx;

struct Sheets<'a> {
    out: &'a mut dyn Write,
    book: Workbook,
    columns: Vec<&'static Column>,
    sheets: usize,
    row: u32,
    cut: usize,
    /// Forms of days, by what they are written as.
    formats: HashMap<String, Format>,
}

fn refused(e: XlsxError) -> io::Error {
    io::Error::other(e)
}

/// A workbook of the same bytes whenever it is written: it says when it was made, so that
/// moment is fixed.
fn workbook() -> io::Result<Workbook> {
    let mut book = Workbook::new();
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1).map_err(refused)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&epoch).set_author("dateline"));
    Ok(book)
}

/// Writes through a file of its own: the format seeks, and standard output cannot.
fn save(mut book: Workbook, out: &mut dyn Write) -> io::Result<()> {
    let mut file = tempfile::tempfile()?;
    book.save_to_writer(io::BufWriter::new(&mut file)).map_err(refused)?;
    file.rewind()?;
    io::copy(&mut file, out).map(|_| ())
}

fn head(sheet: &mut Worksheet, names: &[impl AsRef<str>], chars: &[u16]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_freeze_panes(1, 0)?;
    for (i, (name, chars)) in (0..).zip(names.iter().zip(chars)) {
        sheet.set_column_width(i, f64::from(*chars))?;
        sheet.write_string_with_format(0, i, name.as_ref(), &bold)?;
    }
    Ok(())
}

impl Printer for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }
    fn extension(&self) -> &'static str {
        "xlsx"
    }
    fn help(&self) -> &'static str {
        "an Excel workbook; cells cannot be formulas"
    }
    fn needs(&self, fields: Option<&[&'static Column]>) -> Needs {
        delimited::needs(fields)
    }
    fn takes_fields(&self) -> bool {
        true
    }
    fn begin<'a>(&self, out: &'a mut dyn Write, page: &'a Page<'a>) -> io::Result<Box<dyn List + 'a>> {
        let columns = page.fields.clone().unwrap_or_else(|| usual(page.summary.archives.len() > 1));
        let mut list = Sheets { out, book: workbook()?, columns, sheets: 0, row: 0, cut: 0, formats: HashMap::new() };
        list.next_sheet().map_err(refused)?;
        Ok(Box::new(list))
    }
    fn has_tables(&self) -> bool {
        true
    }
    fn table(&self, out: &mut dyn Write, table: &Table, _: &Look) -> Option<io::Result<()>> {
        let mut write = || {
            let mut book = workbook()?;
            let sheet = book.add_worksheet_with_constant_memory().map_err(refused)?;
            sheet.set_name("Counts").map_err(refused)?;
            let chars: Vec<u16> = (0..table.columns.len()).map(|i| if table.is_number(i) { 10 } else { 24 }).collect();
            let names: Vec<String> = table.columns.iter().map(|name| fitting(name).0).collect();
            head(sheet, &names, &chars).map_err(refused)?;
            for (row, cells) in (1..).zip(&table.rows) {
                for (i, cell) in (0..).zip(cells) {
                    match cell {
                        Cell::Text(text) => sheet.write_string(row, i, fitting(text).0).map_err(refused)?,
                        Cell::Count(n) => sheet.write_number(row, i, number(*n)).map_err(refused)?,
                    };
                }
            }
            save(book, out)
        };
        Some(write())
    }
}

#[allow(clippy::cast_precision_loss)] // the format has no other numbers, and counts of stories are small
fn number(n: u64) -> f64 {
    n as f64
}

/// The text as one line that a cell holds, and whether it had to be cut.
fn fitting(text: &str) -> (String, bool) {
    let clean = clean(text);
    if clean.len() <= CELL_UNITS_MAX || clean.encode_utf16().count() <= CELL_UNITS_MAX {
        return (clean, false);
    }
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units < CELL_UNITS_MAX
    };
    let mut cut: String = clean.chars().take_while(fits).collect();
    cut.push('…');
    (cut, true)
}

/// A moment as a day of a spreadsheet, and the form that shows it as it is elsewhere. Spreadsheets know no
/// zone: the form writes it. `None` for days that they count wrongly or not at all.
fn date_cell(moment: Moment) -> Option<(ExcelDateTime, String)> {
    let day = moment.day;
    let year = u16::try_from(day.year()).ok().filter(|year| *year >= YEAR_MIN)?;
    let small = |n: u32| u8::try_from(n).ok();
    let cell = ExcelDateTime::from_ymd(year, small(day.month())?, small(day.day())?).ok()?;
    let Some(time) = moment.time else { return Some((cell, DAY_FORMAT.to_owned())) };
    let cell = cell.and_hms(u16::try_from(time.hour()).ok()?, small(time.minute())?, f64::from(time.second())).ok()?;
    let zone = match moment.offset_minutes {
        None => String::new(),
        Some(0) => "\"Z\"".to_owned(),
        Some(n) => format!("\"{}{:02}:{:02}\"", if n < 0 { '-' } else { '+' }, n.abs() / 60, n.abs() % 60),
    };
    Some((cell, format!("{DAY_FORMAT}\"T\"hh:mm:ss{zone}")))
}

impl Sheets<'_> {
    /// Begins a sheet; a list longer than one goes on in the next.
    fn next_sheet(&mut self) -> Result<(), XlsxError> {
        self.sheets += 1;
        self.row = 1;
        let name = if self.sheets == 1 { "Stories".to_owned() } else { format!("Stories {}", self.sheets) };
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        let names: Vec<&str> = self.columns.iter().map(|c| c.heading).collect();
        let chars: Vec<u16> = self.columns.iter().map(|c| c.chars).collect();
        head(sheet, &names, &chars)
    }

    fn put(&mut self, hit: &Hit) -> Result<(), XlsxError> {
        if self.row >= SHEET_ROWS_MAX {
            self.next_sheet()?;
        }
        let sheet = self.book.worksheet_from_index(self.sheets - 1)?;
        for (i, column) in (0..).zip(&self.columns) {
            match (column.value)(hit) {
                Value::None => {}
                Value::Text(text) => {
                    let (text, cut) = fitting(&text);
                    self.cut += usize::from(cut);
                    sheet.write_string(self.row, i, text)?;
                }
                Value::Count(n) => {
                    sheet.write_number(self.row, i, number(n))?;
                }
                Value::Number(n) => {
                    sheet.write_number(self.row, i, n)?;
                }
                Value::Moment(moment) => match date_cell(moment) {
                    Some((cell, format)) => {
                        let format = self.formats.entry(format).or_insert_with_key(|f| Format::new().set_num_format(f));
                        sheet.write_datetime_with_format(self.row, i, &cell, format)?;
                    }
                    None => {
                        sheet.write_string(self.row, i, moment.to_string())?;
                    }
                },
            }
        }
        self.row += 1;
        Ok(())
    }
}

impl List for Sheets<'_> {
    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        self.put(hit).map_err(refused)
    }
    fn finish(self: Box<Self>) -> io::Result<Vec<String>> {
        let cut = self.cut;
        save(self.book, self.out)?;
        let note = format!("{cut} cells are longer than {CELL_UNITS_MAX} characters and were cut: take another format");
        Ok(if cut > 0 { vec![note] } else { Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::{CELL_UNITS_MAX, date_cell, fitting};
    use crate::story::Moment;

    #[test]
    fn a_day_is_one_and_its_form_shows_time_and_zone() {
        let day = |y, m, d| chrono::NaiveDate::from_ymd_opt(y, m, d).expect("a day");
        let (_, form) = date_cell(Moment::day(day(2024, 3, 12))).expect("a cell");
        assert_eq!(form, "yyyy-mm-dd");
        let moment = Moment {
            day: day(2024, 3, 12),
            time: chrono::NaiveTime::from_hms_opt(18, 5, 0),
            offset_minutes: Some(-210),
        };
        let (cell, form) = date_cell(moment).expect("a cell");
        assert_eq!(form, "yyyy-mm-dd\"T\"hh:mm:ss\"-03:30\"");
        assert!((cell.to_excel() - 45_363.753_47).abs() < 1e-4, "{}", cell.to_excel());
        assert!(date_cell(Moment::day(day(1871, 1, 18))).is_none(), "text, as it is elsewhere");
    }

    #[test]
    fn cells_hold_what_the_format_holds() {
        assert_eq!(fitting("a\nb"), ("a b".to_owned(), false));
        let (cut, was_cut) = fitting(&"𝕏".repeat(CELL_UNITS_MAX));
        assert!(was_cut && cut.encode_utf16().count() <= CELL_UNITS_MAX && cut.ends_with('…'));
    }
}
