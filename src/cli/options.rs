//! What the commands that take a query share: options, and the words for them.

use super::Env;
use crate::engine::Order;
use crate::print::{self, Column, Look, PRINTERS, Printer};
use crate::query::Parsed;
use crate::search::{SearchError, Wanted};
use anyhow::Result;
use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser};

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Sort {
    /// Best match first
    Relevance,
    /// Earliest first by the moment of filing, whatever its zone; undated last
    Date,
    /// Latest first by the moment of filing, whatever its zone; undated last
    #[value(name = "-date")]
    #[serde(rename = "-date")]
    DateDescending,
    /// In no order, which takes least time for the ids of a large part of an archive
    None,
}

impl Sort {
    pub(super) fn order(self) -> Order {
        match self {
            Sort::Relevance => Order::Relevance,
            Sort::Date => Order::Date,
            Sort::DateDescending => Order::DateDescending,
            Sort::None => Order::Unordered,
        }
    }
}

/// Whether every word must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Matching {
    /// Every part of the query must hold
    All,
    /// One of the words side by side is enough; AND, NOT, names, dates and numbers still hold
    Any,
}

impl Matching {
    pub(super) fn is_any(self) -> bool {
        self == Matching::Any
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Matching::All => "all",
            Matching::Any => "any",
        }
    }
}

fn names(of: impl Fn(&dyn Printer) -> bool) -> PossibleValuesParser {
    let rows = PRINTERS.iter().filter(|p| of(**p));
    PossibleValuesParser::new(rows.map(|p| PossibleValue::new(p.name()).help(p.help())))
}

/// Reads the name of a format of lists.
pub(super) fn list_formats() -> PossibleValuesParser {
    names(|_| true)
}

/// Reads the name of a format of tables.
pub(super) fn table_formats() -> PossibleValuesParser {
    names(|p| p.has_tables())
}

/// Returns the format of that name.
///
/// # Errors
/// There is none.
pub(super) fn printer(name: &str) -> Result<&'static dyn Printer> {
    print::printer(name).ok_or_else(|| anyhow::anyhow!("there is no format {name}\nhint: see: dateline search --help"))
}

/// Reads `--fields` for a format.
///
/// # Errors
/// No such field, or the format has fields of its own.
pub(super) fn fields(list: Option<&str>, printer: &dyn Printer) -> Result<Option<Vec<&'static Column>>> {
    let Some(list) = list else { return Ok(None) };
    if !printer.takes_fields() {
        let able: Vec<&str> = PRINTERS.iter().filter(|p| p.takes_fields()).map(|p| p.name()).collect();
        let (name, able) = (printer.name(), able.join(", "));
        anyhow::bail!("{name} has fields of its own\nhint: --fields goes with {able}");
    }
    let columns = print::columns(list).map_err(|e| anyhow::anyhow!("{e}\nhint: {}", e.hint()))?;
    anyhow::ensure!(!columns.is_empty(), "--fields names no field\nhint: such as --fields id,headline,filed");
    Ok(Some(columns))
}

/// Facets that a page shows beside its list.
pub(super) const OVERVIEW: [crate::engine::Facet; 3] =
    [crate::engine::Facet::Agency, crate::engine::Facet::From, crate::engine::Facet::Lang];

/// Facets and timeline, where the format shows them.
pub(super) fn overview(printer: &dyn Printer, found: &crate::search::Found<'_>) -> Result<Option<print::Overview>> {
    if !printer.shows_overview() || found.summary().total == 0 {
        return Ok(None);
    }
    let mut facets = Vec::new();
    for facet in OVERVIEW {
        facets.push((facet.as_str(), found.facets(facet)?));
    }
    let timeline = Some(found.timeline(crate::search::Of::Filed, None)?);
    Ok(Some(print::Overview { facets, timeline }))
}

/// Draws a fault of a query, found when the archive was asked, under the query.
pub(super) fn asked<T>(text: &str, answer: Result<T, SearchError>) -> Result<T> {
    answer.map_err(|e| match e {
        SearchError::Query(e) => anyhow::anyhow!("{}", e.draw(text)),
        SearchError::Archive(_) | SearchError::Bars { .. } | SearchError::Cells { .. } => e.into(),
    })
}

impl Env {
    /// How text is looked at here.
    pub(super) fn look(&self, nul: bool) -> Look {
        let base = std::env::current_dir().ok().map(|d| d.to_string_lossy().into_owned());
        Look { columns: self.columns, style: self.style, base, whole: false, nul }
    }

    /// Says which values of the query no story has, what may be meant, and which acronym is a common word.
    pub(super) fn tell_unknown(&self, reader: &crate::engine::Reader, parsed: &Parsed) -> Result<()> {
        if !self.quiet {
            let common = crate::search::common_in_small(reader, &parsed.query)?;
            for hint in crate::search::unknown_values(reader, &parsed.query)?.into_iter().chain(common) {
                super::message(&format!("hint: {}", print::clean(&hint)));
            }
        }
        Ok(())
    }

    /// Says what of a query that found nothing may have been meant otherwise: first of all that its
    /// minus signs are the dashes of a text.
    pub(super) fn tell_overlooked(&self, reader: &crate::engine::Reader, text: &str) -> Result<()> {
        if self.quiet {
            return Ok(());
        }
        let dashed = crate::query::with_dashes(text).map(|dashed| self.count_as(reader, dashed)).transpose()?;
        match dashed.filter(|(_, n)| *n > 0) {
            Some((dashed, n)) => {
                let find = if n == 1 { "1 story has" } else { &format!("{n} stories have") };
                let hint = format!("a minus leaves out the word behind it; {find} all of them: {dashed}");
                super::message(&format!("hint: {}", print::clean(&hint)));
            }
            None => crate::query::overlooked(text)
                .iter()
                .for_each(|hint| super::message(&format!("hint: {}", print::clean(hint)))),
        }
        Ok(())
    }

    fn count_as(&self, reader: &crate::engine::Reader, text: String) -> Result<(String, usize)> {
        let parsed = self.read(&text, Matching::All);
        let n =
            parsed.map_or(Ok(0), |parsed| crate::search::count(reader, Wanted::all(&parsed.query)).map(|c| c.total))?;
        Ok((text, n))
    }

    /// Says which words of a query that found nothing may be mistyped.
    pub(super) fn tell_mistyped(&self, reader: &crate::engine::Reader, parsed: &Parsed) -> Result<()> {
        if !self.quiet {
            for hint in crate::search::unknown_words(reader, &parsed.query)? {
                super::message(&format!("hint: {}", print::clean(&hint)));
            }
        }
        Ok(())
    }

    /// With `-v`, says what is asked of which archive.
    pub(super) fn tell(&self, reader: &crate::engine::Reader, parsed: &Parsed) {
        if self.verbose {
            let reading = print::clean(&crate::query::describe(&parsed.query.root));
            for (folder, state) in reader.archives() {
                let (folder, generation, stories) = (folder.display(), state.generation, state.stories);
                super::message(&format!("archive {folder}, generation {generation}, {stories} stories"));
            }
            super::message(&format!("read as {reading}"));
        }
    }
}
