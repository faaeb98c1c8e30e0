//! Hits and stories to bytes: one file per format. Writes into whatever it is given and
//! never decides what is shown.
//!
//! [`PRINTERS`] is the one registry of formats. Copy may hold anything: what it writes
//! can neither control a terminal, nor run in a page or a spreadsheet, nor break a row.

mod bibtex;
mod columns;
mod cross;
mod csl;
mod delimited;
mod geojson;
mod html;
pub mod json;
mod keys;
mod lines;
mod markdown;
mod plot;
mod printer;
mod ris;
pub mod screen;
mod svg;
mod table;
mod terminal;
#[cfg(test)]
mod tests;
mod writers;
mod xlsx;

pub use columns::{COLUMNS, Column, FieldsError, columns};
pub use cross::Grid;
pub use plot::timeline as plot_timeline;
pub use printer::{List, Look, Needs, Overview, PRINTERS, Page, PrintError, Printer, list, printer};
pub use screen::{undated_note, versions_note};
pub use table::{Cell, Table, facets_table, timeline_table};
pub use terminal::{Style, clean, clean_lines, width, wrap};
