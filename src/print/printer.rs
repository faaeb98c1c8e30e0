//! The registry of formats, and how a list goes through one.

use super::columns::Column;
use super::table::Table;
use super::terminal::Style;
use super::{bibtex, csl, delimited, geojson, html, json, lines, markdown, ris, screen, xlsx};
use crate::search::{Found, Hit, SearchError, Summary, Timeline};
use crate::story::StoryId;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// Every format, in the order of the listing.
pub const PRINTERS: &[&dyn Printer] = &[
    &screen::Text,
    &json::Json,
    &json::JsonLines,
    &delimited::Csv,
    &delimited::Tsv,
    &markdown::Markdown,
    &html::Html,
    &ris::Ris,
    &bibtex::Bibtex,
    &csl::Csl,
    &geojson::GeoJson,
    &xlsx::Xlsx,
    &lines::Ids,
    &lines::Paths,
];

/// What a format needs of each hit: the less, the faster a long list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// The id alone.
    Ids,
    /// The path alone.
    Paths,
    /// The story, without passages.
    Stories,
    /// The story and the passages that show what matched.
    Passages,
}

/// A format of result lists.
pub trait Printer: Sync {
    /// The word after `--format`.
    fn name(&self) -> &'static str;
    /// The usual ending of a file, without the dot.
    fn extension(&self) -> &'static str;
    /// One line for the help.
    fn help(&self) -> &'static str;
    /// What it needs of each hit when it shows `fields`.
    fn needs(&self, fields: Option<&[&'static Column]>) -> Needs;
    /// Whether it can show other fields than its own choice.
    fn takes_fields(&self) -> bool {
        false
    }
    /// Whether it shows facets and a timeline beside the list.
    fn shows_overview(&self) -> bool {
        false
    }
    /// Begins a list: what is written before the first hit.
    ///
    /// # Errors
    /// The writer refuses.
    fn begin<'a>(&self, out: &'a mut dyn Write, page: &'a Page<'a>) -> io::Result<Box<dyn List + 'a>>;
    /// Whether it writes tables of counts too.
    fn has_tables(&self) -> bool {
        false
    }
    /// Writes a table of counts; `None` where the format has no tables.
    fn table(&self, _out: &mut dyn Write, _table: &Table, _look: &Look) -> Option<io::Result<()>> {
        None
    }
}

/// A list under way.
pub trait List {
    /// Adds a hit.
    ///
    /// # Errors
    /// The writer refuses.
    fn hit(&mut self, hit: &Hit) -> io::Result<()>;
    /// Adds what a format of [`Needs::Ids`] takes, with its archive where several are read.
    ///
    /// # Errors
    /// The writer refuses.
    fn id(&mut self, _id: StoryId, _archive: Option<&Path>) -> io::Result<()> {
        Ok(())
    }
    /// Adds what a format of [`Needs::Paths`] takes.
    ///
    /// # Errors
    /// The writer refuses.
    fn path(&mut self, _path: &str) -> io::Result<()> {
        Ok(())
    }
    /// Ends the list and returns what its reader should know of what was cut.
    ///
    /// # Errors
    /// The writer refuses.
    fn finish(self: Box<Self>) -> io::Result<Vec<String>>;
}

/// How the reader of a text looks at it.
#[derive(Clone, Debug)]
pub struct Look {
    /// Columns of the terminal.
    pub columns: usize,
    /// Colours or none.
    pub style: Style,
    /// The folder that shown paths are relative to, where they lie in it.
    pub base: Option<String>,
    /// Ids and paths are written whole, however wide: nobody can look them up from a file.
    pub whole: bool,
    /// Ids and paths end with NUL instead of a line break.
    pub nul: bool,
}

impl Look {
    /// Returns the path as a person in the base folder would write it.
    #[must_use]
    pub fn path<'a>(&self, path: &'a str) -> &'a str {
        let below = self.base.as_deref().and_then(|base| path.strip_prefix(base)?.strip_prefix('/'));
        below.unwrap_or(path)
    }
}

/// Facets and timeline of the whole set.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// Name of the facet, and its counts.
    pub facets: Vec<(&'static str, BTreeMap<String, u64>)>,
    /// Days of filing.
    pub timeline: Option<Timeline>,
}

/// What a format knows of the list before its first hit.
pub struct Page<'a> {
    /// The figures.
    pub summary: &'a Summary,
    /// How the query was read.
    pub reading: &'a str,
    /// The order of the list, as on the command line.
    pub order: &'a str,
    /// The fields asked for.
    pub fields: Option<Vec<&'static Column>>,
    /// Facets and timeline, where the format shows them.
    pub overview: Option<Overview>,
    /// How text is looked at.
    pub look: Look,
}

/// Why a list did not reach its end.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The archive.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The writer.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Returns the format of that name.
#[must_use]
pub fn printer(name: &str) -> Option<&'static dyn Printer> {
    PRINTERS.iter().copied().find(|p| p.name() == name)
}

/// Writes the list of `found` into `out`, reading as it goes; returns what its reader
/// should know of what was cut.
///
/// # Errors
/// The archive cannot be read, or the writer refuses.
pub fn list(
    out: &mut dyn Write,
    printer: &dyn Printer,
    found: &Found<'_>,
    page: &Page<'_>,
) -> Result<Vec<String>, PrintError> {
    let mut list = printer.begin(out, page)?;
    match printer.needs(page.fields.as_deref()) {
        Needs::Ids => found.ids().try_for_each(|(id, archive)| list.id(id, archive))?,
        Needs::Paths => {
            for path in found.paths() {
                list.path(&path?)?;
            }
        }
        Needs::Stories | Needs::Passages => {
            for hit in found.hits() {
                list.hit(&hit?)?;
            }
        }
    }
    Ok(list.finish()?)
}
