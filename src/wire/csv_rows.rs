//! CSV and its kin: a row of names, then a story a row.

use super::decode::decode;
use super::head::Head;
use super::record::{Claim, Record};
use super::{Format, Out, Refusal, Source, stamp};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Signs that divide columns.
const DELIMITERS: &[u8] = b",;\t|";
/// Columns of a row; more are no export of stories.
const COLUMNS_MAX: usize = 500;

/// Signs that divide cells in one line: a copy of many commas is far below it.
const CELLS_MAX: usize = 500_000;

/// Rows in which dates in numbers are looked for.
const ORDER_ROWS_MAX: usize = 200;
/// Longest cell that may be a date in numbers.
const DATE_BYTES_MAX: usize = 32;

/// CSV, TSV and the like.
pub(super) struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn help(&self) -> &'static str {
        "CSV, TSV and the like with a row of names: common names are known, --map names others"
    }

    fn recognises(&self, source: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        let line = head.line();
        let delimiter = delimiter(line)?;
        // Prose with commas is told by its words before anything is parsed.
        if line
            .split(|b| *b == delimiter)
            .any(|cell| cell.len() > 62 || memchr::memchr_iter(b' ', cell.trim_ascii()).count() > 3)
        {
            return None;
        }
        let names = names(line, delimiter)?;
        let mut row = Map::new();
        for name in &names {
            // Any text: the question is what the names mean.
            row.insert(name.clone(), Value::String("eight words that stand for any text there".into()));
        }
        let by_names = Record::new(&row, source.envelope.map).claim(false) >= Claim::Story;
        let by_name = matches!(source.extension().as_str(), "csv" | "tsv") && names.len() > 1;
        match () {
            () if by_names => Some(Cow::Borrowed("a first row that names the columns of stories")),
            () if by_name => Some(Cow::Borrowed("the name of the file")),
            () => None,
        }
    }

    fn read(&self, source: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let text = out.decode(source, None);
        let text = text.trim_start_matches('\u{FEFF}');
        let delimiter = delimiter(head.line()).ok_or("its first row has one column")?;
        let cells = |line: &[u8]| memchr::memchr_iter(delimiter, line).count();
        if text.as_bytes().split(|b| *b == b'\n').any(|line| cells(line) > CELLS_MAX) {
            return Err("a row of it has too many cells".into());
        }
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.trim_start().as_bytes());
        let names: Vec<String> = match reader.headers() {
            Ok(names) if names.len() <= COLUMNS_MAX => names.iter().map(str::to_owned).collect(),
            _ => return Err("its first row cannot be read".into()),
        };
        let columns = orders(&names, text.trim_start().as_bytes(), delimiter);
        for (column, order) in columns.iter().enumerate().filter_map(|(i, order)| Some((i, order.as_ref()?))) {
            let first = if order.days_first { "days" } else { "months" };
            let message =
                format!("{} has its {first} first, as {} shows: all of it is read so", names[column], order.shown);
            out.note("date-order", message);
        }
        let mut broken = 0usize;
        for row in reader.records() {
            if out.is_over() {
                break;
            }
            let Ok(row) = row else {
                broken += 1;
                continue;
            };
            let mut object = Map::new();
            for (column, (name, cell)) in names.iter().zip(row.iter()).enumerate() {
                if !cell.trim().is_empty() {
                    let order = columns.get(column).and_then(Option::as_ref);
                    let plain = order.and_then(|o| stamp::ordered(cell, o.days_first));
                    object.insert(name.clone(), Value::String(plain.unwrap_or_else(|| cell.to_owned())));
                }
            }
            let draft = Record::new(&object, source.envelope.map).draft("csv");
            if !draft.is_empty() {
                out.story(draft.finish());
            }
        }
        if broken > 0 {
            out.trouble("broken-rows", format!("{broken} rows cannot be read and are left out"));
        }
        if out.count() == 0 {
            Err("no row has a headline or a text that is known; --map FILE names columns".into())
        } else {
            Ok(())
        }
    }
}

/// In which order a column writes its days and months.
struct Order {
    days_first: bool,
    /// The cell that shows it.
    shown: String,
}

/// Finds the order of each column that has dates in numbers some of which could be read
/// either way: one cell of it decides, unless another contradicts.
fn orders(names: &[String], text: &[u8], delimiter: u8) -> Vec<Option<Order>> {
    let reader = || csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text);
    let mut dated = vec![false; names.len()];
    let mut any = false;
    for row in reader().byte_records().take(ORDER_ROWS_MAX).flatten() {
        for (is_dated, cell) in dated.iter_mut().zip(row.iter()).filter(|(_, cell)| cell.len() <= DATE_BYTES_MAX) {
            let is_ambiguous = std::str::from_utf8(cell).is_ok_and(stamp::is_ambiguous);
            *is_dated |= is_ambiguous;
            any |= is_ambiguous;
        }
    }
    let mut orders: Vec<Option<Order>> = names.iter().map(|_| None).collect();
    if !any {
        return orders;
    }
    let mut row = csv::ByteRecord::new();
    let mut rows = reader();
    while let Ok(true) = rows.read_byte_record(&mut row) {
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| cell.len() <= DATE_BYTES_MAX) {
            if dated.get(column) != Some(&true) {
                continue;
            }
            let Ok(cell) = std::str::from_utf8(cell) else { continue };
            let Some(days_first) = stamp::days_first(cell) else { continue };
            match &orders[column] {
                None => orders[column] = Some(Order { days_first, shown: cell.trim().to_owned() }),
                Some(order) if order.days_first != days_first => {
                    (orders[column], dated[column]) = (None, false);
                }
                Some(_) => {}
            }
        }
    }
    orders
}

/// Tells whether the first line could be a row of names.
pub(super) fn has_columns(head: &Head<'_>) -> bool {
    let line = head.line();
    delimiter(line).is_some_and(|d| names(line, d).is_some())
}

/// The delimiter that divides the first line into most columns.
fn delimiter(line: &[u8]) -> Option<u8> {
    let count = |d: u8| memchr::memchr_iter(d, line).count();
    DELIMITERS.iter().copied().max_by_key(|d| count(*d)).filter(|d| count(*d) > 0)
}

/// The names of the first row: short, and each with a letter.
fn names(line: &[u8], delimiter: u8) -> Option<Vec<String>> {
    let line = decode(line).text;
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(line.as_bytes());
    let row = reader.records().next()?.ok()?;
    let names: Vec<String> = row.iter().map(|n| n.trim_start_matches('\u{FEFF}').trim().to_owned()).collect();
    let is_name = |n: &String| n.len() <= 60 && n.split_whitespace().count() <= 4;
    (names.len() > 1 && names.iter().all(is_name)).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::super::{Reading, Source, read};

    fn days(text: &str) -> Vec<String> {
        let Reading::Stories(stories) = read(&Source::new("a.csv", text.as_bytes())) else { panic!("stories") };
        stories.iter().map(|s| s.filed.value.map_or("none".to_owned(), |m| m.to_string())).collect()
    }

    #[test]
    fn a_column_has_one_order_of_days_and_months() {
        let rows = |dates: [&str; 3]| {
            let row = |d: &str| format!("Bridge;{d};The bridge over the Lom is open to all again.\n");
            format!("title;date;body\n{}", dates.map(row).concat())
        };
        for (dates, want) in [
            (["05/03/2024", "25/03/2024", "06/03/2024 14:30"], ["2024-03-05", "2024-03-25", "2024-03-06T14:30:00"]),
            (["05/03/2024", "03/25/2024", "06/03/2024"], ["2024-05-03", "2024-03-25", "2024-06-03"]),
            // Nothing decides, or both do.
            (["05/03/2024", "06/03/2024", "07/07/2024"], ["none", "none", "2024-07-07"]),
            (["05/03/2024", "25/03/2024", "03/25/2024"], ["none", "2024-03-25", "2024-03-25"]),
        ] {
            assert_eq!(days(&rows(dates)), want, "{dates:?}");
        }
    }
}
