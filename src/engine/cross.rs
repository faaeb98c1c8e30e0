//! Counts of a set by two facets at once: how many stories have this value of the one and that
//! of the other, in one pass over what matches.
//!
//! Rows, columns and cells are counted by themselves. A story with several values counts in several
//! cells, so the total of a row is no sum of its cells: it is what the one facet alone would count.

use super::facets::{DAY, DAY_SECONDS, MONTH, YEAR, country_name, day_shown};
use super::hands::{Piece, whole};
use super::tally::{Tally, Terms};
use super::{ArchiveError, Corrections, Facet, Reader, reader::for_each_block};
use crate::story::{EntityKind, Status};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::Query;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

/// Cells that are counted at most: what nobody reads would fill the memory.
pub const CELLS_MAX: usize = 2_000_000;
/// The number of the value that a story without one has.
const WITHOUT: usize = 0;

/// A set by two facets. The empty value is that of stories without one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cross {
    /// Stories by the first facet, exactly as it alone counts them.
    pub rows: Vec<(String, u64)>,
    /// Stories by the second.
    pub columns: Vec<(String, u64)>,
    /// Stories that have both values, where there are any, by their places in rows and columns.
    pub cells: FxHashMap<(usize, usize), u64>,
}

/// The values of a facet, by number from one segment to the next.
struct Axis<'a> {
    reader: &'a Reader,
    facet: Facet,
    /// Of people, places and organisations.
    tally: Option<Tally<'a>>,
    /// Of all others.
    numbers: FxHashMap<String, usize>,
}

/// Where the values of a segment's stories are read from.
enum Values {
    /// Nothing of the segment has one.
    None,
    /// A column of terms, each with the number of its value.
    Terms(StrColumn, Vec<Option<usize>>),
    /// The same where a kill of a later version may have taken the story back.
    Statuses(StrColumn, Vec<Option<usize>>, Vec<bool>, usize),
    /// A column of bearers.
    Bearers(StrColumn, Terms),
    /// Days of filing, in a pattern, with the numbers met so far.
    Days(Column<i64>, &'static str, FxHashMap<i64, usize>),
    /// What no column has, by story.
    Listed(FxHashMap<DocId, Vec<usize>>),
}

impl<'a> Axis<'a> {
    fn new(reader: &'a Reader, facet: Facet, uncorrected: &'a Corrections) -> Axis<'a> {
        let tally = match facet {
            // A dateline says what it says, whatever the user's corrections are.
            Facet::From => Some(Tally::new(EntityKind::Place, uncorrected)),
            Facet::Person => Some(Tally::new(EntityKind::Person, &reader.corrections)),
            Facet::Place => Some(Tally::new(EntityKind::Place, &reader.corrections)),
            Facet::Org => Some(Tally::new(EntityKind::Org, &reader.corrections)),
            _ => None,
        };
        let numbers = std::iter::once((String::new(), WITHOUT)).collect();
        Axis { reader, facet, tally, numbers }
    }

    fn number(&mut self, value: &str) -> usize {
        let next = self.numbers.len();
        match self.numbers.get(value) {
            Some(number) => *number,
            None => *self.numbers.entry(value.to_owned()).or_insert(next),
        }
    }

    /// Opens a segment.
    fn values(&mut self, piece: &Piece<'_>) -> tantivy::Result<Values> {
        let column = match self.facet {
            Facet::Slug => return self.slugs(piece),
            Facet::Day => return days(piece, DAY),
            Facet::Month => return days(piece, MONTH),
            Facet::Year => return days(piece, YEAR),
            Facet::From => "from_label",
            Facet::Place | Facet::Country => "place_label",
            other => other.as_str(),
        };
        let Some(column) = piece.segment.fast_fields().str(column)? else { return Ok(Values::None) };
        if let Some(tally) = &mut self.tally {
            let terms = tally.terms(&column)?;
            return Ok(Values::Bearers(column, terms));
        }
        if self.facet == Facet::Country {
            let countries = self.reader.countries(&column)?;
            let numbers = countries.into_iter().map(|code| Some(self.number(&country_name(code?)?)));
            let numbers = numbers.collect();
            return Ok(Values::Terms(column, numbers));
        }
        let mut numbers = Vec::with_capacity(column.num_terms());
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            numbers.push(Some(self.number(&String::from_utf8_lossy(terms.key()))));
        }
        if self.facet == Facet::Status
            && let Some(withdrawn) = self.reader.withdrawn()?
        {
            let mut taken_back = vec![false; piece.segment.max_doc() as usize];
            let weight = self.reader.unscored(&*withdrawn)?;
            for_each_block(&*weight, piece, &mut |docs| docs.iter().for_each(|doc| taken_back[*doc as usize] = true))?;
            let number = self.number(Status::Withdrawn.as_str());
            return Ok(Values::Statuses(column, numbers, taken_back, number));
        }
        Ok(Values::Terms(column, numbers))
    }

    fn slugs(&mut self, piece: &Piece<'_>) -> tantivy::Result<Values> {
        let index = piece.segment.inverted_index(self.reader.fields.slug)?;
        let mut listed: FxHashMap<DocId, Vec<usize>> = FxHashMap::default();
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            let number = self.number(&String::from_utf8_lossy(terms.key()));
            let mut postings = index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
            while postings.doc() != TERMINATED {
                listed.entry(postings.doc()).or_default().push(number);
                postings.advance();
            }
        }
        Ok(Values::Listed(listed))
    }

    /// Fills `here` with the numbers of a story's values, each once.
    fn of(&mut self, values: &mut Values, doc: DocId, here: &mut Vec<usize>) {
        here.clear();
        let number_of = |numbers: &[Option<usize>], ord: u64| *numbers.get(usize::try_from(ord).ok()?)?;
        match values {
            Values::None => {}
            Values::Terms(column, numbers) => {
                here.extend(column.term_ords(doc).filter_map(|ord| number_of(numbers, ord)));
                here.sort_unstable();
                here.dedup();
            }
            Values::Statuses(_, _, taken_back, number) if taken_back.get(doc as usize).copied() == Some(true) => {
                here.push(*number);
            }
            Values::Statuses(column, numbers, ..) => {
                here.extend(column.term_ords(doc).filter_map(|ord| number_of(numbers, ord)));
            }
            Values::Bearers(column, terms) => {
                terms.of(column.term_ords(doc), here);
                // Their own numbers begin at 0.
                here.iter_mut().for_each(|bearer| *bearer += 1);
            }
            Values::Days(column, pattern, numbers) => {
                if let Some(day) = column.first(doc).map(|second| second.div_euclid(DAY_SECONDS)) {
                    let number = numbers.entry(day).or_insert_with(|| self.number(&day_shown(day, pattern)));
                    here.push(*number);
                }
            }
            Values::Listed(listed) => here.extend(listed.get(&doc).into_iter().flatten()),
        }
        if here.is_empty() {
            here.push(WITHOUT);
        }
    }

    /// Ends a segment.
    fn close(&mut self, values: Values) {
        if let (Values::Bearers(_, terms), Some(tally)) = (values, &mut self.tally) {
            tally.add(terms);
        }
    }

    /// Returns the values with their counts, and the place of each number among them.
    fn counted(self, counts: &[u64]) -> (Vec<(String, u64)>, Vec<usize>) {
        let mut labels: FxHashMap<usize, String> = match self.tally {
            Some(tally) => tally.labels().into_iter().map(|(bearer, name)| (bearer + 1, name)).collect(),
            None => self.numbers.into_iter().map(|(value, number)| (number, value)).collect(),
        };
        let names: Vec<String> = (0..counts.len()).map(|number| labels.remove(&number).unwrap_or_default()).collect();
        let mut all: BTreeMap<&str, (u64, usize)> = BTreeMap::new();
        for (name, count) in names.iter().zip(counts).filter(|(_, count)| **count > 0) {
            all.entry(name).or_default().0 += count;
        }
        all.values_mut().enumerate().for_each(|(place, value)| value.1 = place);
        let places = names.iter().map(|name| all.get(name.as_str()).map_or(0, |(_, place)| *place)).collect();
        (all.iter().map(|(name, (count, _))| ((*name).to_owned(), *count)).collect(), places)
    }
}

fn days(piece: &Piece<'_>, pattern: &'static str) -> tantivy::Result<Values> {
    Ok(Values::Days(piece.segment.fast_fields().i64("filed")?, pattern, FxHashMap::default()))
}

fn add(counts: &mut Vec<u64>, here: &[usize]) {
    for number in here {
        if counts.len() <= *number {
            counts.resize(number + 1, 0);
        }
        counts[*number] += 1;
    }
}

impl Reader {
    /// Counts the matching stories by two facets; `None` where there are more than [`CELLS_MAX`] cells.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn cross(&self, query: &dyn Query, rows: Facet, columns: Facet) -> Result<Option<Cross>, ArchiveError> {
        self.crossed(query, rows, columns).map_err(|e| self.damaged(&e))
    }

    fn crossed(&self, query: &dyn Query, rows: Facet, columns: Facet) -> tantivy::Result<Option<Cross>> {
        let weight = self.unscored(query)?;
        let uncorrected = Corrections::default();
        let (mut down, mut across) = (Axis::new(self, rows, &uncorrected), Axis::new(self, columns, &uncorrected));
        let (mut of_rows, mut of_columns) = (Vec::new(), Vec::new());
        let mut cells: FxHashMap<(usize, usize), u64> = FxHashMap::default();
        let (mut here, mut there) = (Vec::new(), Vec::new());
        for piece in &whole(&self.searcher) {
            let (mut left, mut right) = (down.values(piece)?, across.values(piece)?);
            for_each_block(&*weight, piece, &mut |docs| {
                for doc in docs {
                    down.of(&mut left, *doc, &mut here);
                    across.of(&mut right, *doc, &mut there);
                    add(&mut of_rows, &here);
                    add(&mut of_columns, &there);
                    if cells.len() <= CELLS_MAX {
                        let both = here.iter().flat_map(|row| there.iter().map(|column| (*row, *column)));
                        both.for_each(|cell| *cells.entry(cell).or_default() += 1);
                    }
                }
            })?;
            down.close(left);
            across.close(right);
        }
        if cells.len() > CELLS_MAX {
            return Ok(None);
        }
        let (rows, row_of) = down.counted(&of_rows);
        let (columns, column_of) = across.counted(&of_columns);
        let mut cross = Cross { rows, columns, cells: FxHashMap::default() };
        for ((row, column), count) in cells {
            *cross.cells.entry((row_of[row], column_of[column])).or_default() += count;
        }
        Ok(Some(cross))
    }
}
