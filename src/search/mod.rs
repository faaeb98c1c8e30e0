//! A request to its result: the one evaluated set behind lists, counts, facets and
//! timelines, and the one gate that holds back embargoed, killed and withheld copy.

mod highlight;
mod names;
mod timeline;
mod values;
mod versions;

pub use crate::engine::Cross;
pub use highlight::Snippet;
pub use names::{COMPARED_MAX, NameGroup, NameList, names};
pub use timeline::{Bar, Bin, Of, Timeline};
pub use values::{common_in_small, unknown_values, unknown_words};
pub use versions::{Version, VersionGroup, VersionList, versions, versions_of};

use crate::engine::{ArchiveError, CELLS_MAX, Facet, LowerError, Order, Plan, Ranking, Reader, Row};
use crate::query::Query;
use crate::story::{Status, Story, StoryId, path_shown};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

/// Stories in memory at a time while a list is read.
const BATCH_STORIES: usize = 256;
/// Paths in memory at a time: each batch is a pass over the dictionary of paths.
const BATCH_PATHS: usize = 1 << 16;

/// Which stories are asked for: every answer is of such a set.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The query as read.
    pub query: &'a Query,
    /// Whether one of the words is enough.
    pub any: bool,
    /// Whether of the versions of one dispatch only the last is wanted.
    pub unique: bool,
}

impl<'a> Wanted<'a> {
    /// All that `query` finds.
    #[must_use]
    pub fn all(query: &'a Query) -> Wanted<'a> {
        Wanted { query, any: false, unique: false }
    }
}

/// What is asked of an archive.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The query as typed.
    pub text: &'a str,
    /// The stories.
    pub wanted: Wanted<'a>,
    /// The order of the list.
    pub order: Order,
    /// The longest list wanted; `usize::MAX` for all of it.
    pub limit: usize,
    /// How many of the first matches are passed over.
    pub offset: usize,
    /// Passages shown of each story; 0 where nothing shows them.
    pub snippets: usize,
}

/// A story in a result list.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The story.
    pub story: Story,
    /// BM25 score with what the second look adds; 0 in lists by date.
    pub score: f32,
    /// The best passage with what matched.
    pub snippet: Snippet,
    /// The folder of its archive, where several are read.
    pub archive: Option<String>,
}

/// The exact figures of a result, without its stories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The query as typed.
    pub query: String,
    /// Number of stories that match, exactly.
    pub total: usize,
    /// How many of them have no known day of filing.
    pub undated: usize,
    /// Whether the query asks for days: what is undated then matched without.
    pub asks_for_days: bool,
    /// How many undated stories a date filter left out.
    pub undated_left_out: usize,
    /// How many matching stories are held back.
    pub held_back: usize,
    /// How many were left out as versions of others, where only the last of each are wanted.
    pub versions_left_out: Option<usize>,
    /// The archives that were asked.
    pub archives: Vec<Asked>,
    /// Matches passed over before the first hit.
    pub offset: usize,
    /// Number of hits in the list.
    pub listed: usize,
}

/// An archive that was asked, at one commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Its folder, as it was named.
    pub folder: String,
    /// Its generation.
    pub generation: u64,
}

/// The figures of a count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Number of stories that match, exactly.
    pub total: usize,
    /// How many of them have no known day of filing, where the query asks for days.
    pub undated: Option<usize>,
    /// How many undated stories a date filter left out.
    pub undated_left_out: usize,
    /// How many matching stories are held back.
    pub held_back: usize,
    /// How many were left out as versions of others, where only the last of each are wanted.
    pub versions_left_out: Option<usize>,
}

/// Why a request has no answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The archive cannot be read.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The query asks for what cannot be done.
    #[error(transparent)]
    Query(#[from] LowerError),
    /// Two facets have more values together than anything can show.
    #[error("more than {CELLS_MAX} cells of {rows} and {columns}", rows = .rows.as_str(), columns = .columns.as_str())]
    Cells {
        /// The facet of the rows.
        rows: Facet,
        /// The facet of the columns.
        columns: Facet,
    },
    /// The timeline has more bars than anything can show.
    #[error("{bars} bars of a {bin} from {first} to {last}: more than {max}", bin = .bin.as_str(), max = timeline::BARS_MAX)]
    Bars {
        /// How many there would be.
        bars: i64,
        /// The bin asked for.
        bin: Bin,
        /// The first day.
        first: String,
        /// The last day.
        last: String,
    },
}

impl SearchError {
    /// Returns what the user may do next, where that is not plain from the message.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            SearchError::Archive(e) => Some(e.hint()),
            SearchError::Query(_) => None,
            SearchError::Bars { .. } => Some("choose a longer --bin"),
            SearchError::Cells { .. } => Some("ask for fewer stories, or break them down by what has fewer values"),
        }
    }
}

/// Statuses that are held back where no query asks for one.
fn held_back() -> Vec<&'static str> {
    Status::ALL.iter().filter(|s| s.is_held_back()).map(|s| s.as_str()).collect()
}

/// A query made ready, held-back copy taken out: every answer is taken from here.
struct Gated {
    plan: Plan,
    held_back: usize,
    versions_left_out: Option<usize>,
}

impl Gated {
    fn new(reader: &Reader, wanted: Wanted<'_>) -> Result<Gated, SearchError> {
        let plan = Plan::new(reader, wanted.query, wanted.any)?;
        let held = plan.held_back().to_vec();
        let held_back = reader.count_with_status(plan.matching(), &held)?;
        // Where there is nothing to hold back, the query keeps its short ways.
        let undated_held = match plan.without_date() {
            Some(undated) => reader.count_with_status(undated, &held)?,
            None => 0,
        };
        let plan = if held_back + undated_held > 0 { plan.without_statuses(reader, &held)? } else { plan };
        if !wanted.unique {
            return Ok(Gated { plan, held_back, versions_left_out: None });
        }
        let rows = reader.list(plan.matching(), Order::Unordered, usize::MAX, 0)?.rows;
        let superseded = versions::superseded(reader, &rows)?;
        let versions_left_out = Some(superseded.len());
        Ok(Gated { plan: plan.without_rows(reader, &superseded), held_back, versions_left_out })
    }

    fn undated_left_out(&self, reader: &Reader) -> Result<usize, SearchError> {
        Ok(self.plan.without_date().map_or(Ok(0), |undated| reader.count(undated))?)
    }
}

/// Counts the stories, without making a list where that can be helped.
///
/// # Errors
/// The archive cannot be read, or the query asks for what cannot be done.
pub fn count(reader: &Reader, wanted: Wanted<'_>) -> Result<Total, SearchError> {
    if wanted.unique {
        return counted(reader, &Gated::new(reader, wanted)?);
    }
    // Held-back copy is subtracted, not excluded: both numbers are cheaper than their
    // difference as a set.
    let plan = Plan::of_set(reader, wanted.query, wanted.any)?;
    let held = plan.held_back();
    let held_back = reader.count_with_status(plan.matching(), held)?;
    let total = reader.count(plan.matching())? - held_back;
    let shown = |undated: Option<_>| match undated {
        Some(query) => Ok(reader.count(query)? - reader.count_with_status(query, held)?),
        None => Ok::<usize, SearchError>(0),
    };
    let undated_left_out = shown(plan.without_date())?;
    let undated = plan.asks_for_days().then(|| shown(plan.undated())).transpose()?;
    plan.check()?;
    Ok(Total { total, undated, undated_left_out, held_back, versions_left_out: None })
}

/// Counts a set that is known already.
fn counted(reader: &Reader, gated: &Gated) -> Result<Total, SearchError> {
    let set = reader.list(gated.plan.matching(), Order::Date, 0, 0)?;
    gated.plan.check()?;
    Ok(Total {
        total: set.total,
        undated: gated.plan.asks_for_days().then_some(set.undated),
        undated_left_out: gated.undated_left_out(reader)?,
        held_back: gated.held_back,
        versions_left_out: gated.versions_left_out,
    })
}

fn folder_name(folder: &Path) -> String {
    folder.to_string_lossy().into_owned()
}

fn asked(reader: &Reader) -> Vec<Asked> {
    let archives = reader.archives();
    archives.map(|(folder, state)| Asked { folder: folder_name(folder), generation: state.generation }).collect()
}

/// A result: figures, and the list of which stories in which order. The stories
/// themselves are read as they are asked for, so a list may be of any length.
pub struct Found<'a> {
    reader: &'a Reader,
    plan: Plan,
    rows: Vec<Row>,
    summary: Summary,
    snippets: usize,
}

/// Answers `request` with exact totals and a page of the list.
///
/// # Errors
/// The archive cannot be read, or the query asks for what cannot be done.
pub fn search<'a>(reader: &'a Reader, request: &Request<'_>) -> Result<Found<'a>, SearchError> {
    let gated = Gated::new(reader, request.wanted)?;
    let undated_left_out = gated.undated_left_out(reader)?;
    let plan = gated.plan;
    let order = if request.limit > 0 { request.order } else { Order::Date };
    let list = |limit: usize, offset: usize| match (order, plan.ranking()) {
        (Order::Relevance, Ranking::Weighed(weighing)) => reader.list_weighed(plan.matching(), weighing, limit, offset),
        (Order::Relevance, Ranking::Scored(query)) => reader.list(&**query, order, limit, offset),
        (Order::Relevance, Ranking::None) | (Order::Date | Order::DateDescending | Order::Unordered, _) => {
            reader.list(plan.matching(), order, limit, offset)
        }
    };
    let listing = match plan.runs().filter(|_| order == Order::Relevance) {
        Some(runs) => reader.looked_at(runs, request.limit, request.offset, &list)?,
        None => list(request.limit, request.offset)?,
    };
    plan.check()?;
    let summary = Summary {
        query: request.text.to_owned(),
        total: listing.total,
        undated: listing.undated,
        asks_for_days: plan.asks_for_days(),
        undated_left_out,
        held_back: gated.held_back,
        versions_left_out: gated.versions_left_out,
        archives: asked(reader),
        offset: request.offset,
        listed: listing.rows.len(),
    };
    Ok(Found { reader, plan, rows: listing.rows, summary, snippets: request.snippets })
}

impl Found<'_> {
    /// The figures.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// The ids, in the order of the list, each with its archive's folder where several
    /// are read.
    pub fn ids(&self) -> impl Iterator<Item = (StoryId, Option<&Path>)> + '_ {
        self.rows.iter().map(|row| (row.id, self.reader.archive_of(row)))
    }

    /// The paths, in the order of the list.
    pub fn paths(&self) -> impl Iterator<Item = Result<String, SearchError>> + '_ {
        in_batches(&self.rows, BATCH_PATHS, |rows| Ok(self.reader.paths(rows)?))
    }

    /// The hits, in the order of the list.
    pub fn hits(&self) -> impl Iterator<Item = Result<Hit, SearchError>> + '_ {
        in_batches(&self.rows, BATCH_STORIES, |rows| {
            let stories = self.reader.read(rows)?;
            let hit = |(row, mut story): (&Row, Story)| {
                let archive = self.reader.archive_of(row).map(folder_name);
                // The marks stand where the index has the names as they were read.
                let snippet = highlight::snippet(&story, self.plan.marks(), self.snippets);
                self.reader.corrections().apply(&mut story);
                if let Cow::Owned(shown) = path_shown(&story.path) {
                    story.path = shown;
                }
                Hit { snippet, score: row.score, story, archive }
            };
            Ok(rows.iter().zip(stories).map(hit).collect())
        })
    }

    /// Counts every story of the set, beyond the page, by `facet`.
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn facets(&self, facet: Facet) -> Result<BTreeMap<String, u64>, SearchError> {
        let counts = self.reader.facets(self.plan.matching(), facet)?;
        self.plan.check()?;
        Ok(counts)
    }

    /// Spreads every story of the set, beyond the page, over time.
    ///
    /// # Errors
    /// The archive cannot be read, or there would be too many bars.
    pub fn timeline(&self, of: Of, bin: Option<Bin>) -> Result<Timeline, SearchError> {
        timeline::of_set(self.reader, &self.plan, of, bin)
    }
}

/// Reads rows in batches and hands out what comes of them one by one; a batch that fails
/// ends the list.
fn in_batches<'a, T: 'a>(
    rows: &'a [Row],
    size: usize,
    read: impl Fn(&[Row]) -> Result<Vec<T>, SearchError> + 'a,
) -> impl Iterator<Item = Result<T, SearchError>> + 'a {
    let mut failed = false;
    rows.chunks(size)
        .map_while(move |batch| {
            if failed {
                return None;
            }
            Some(match read(batch) {
                Ok(items) => items.into_iter().map(Ok).collect::<Vec<_>>(),
                Err(e) => {
                    failed = true;
                    vec![Err(e)]
                }
            })
        })
        .flatten()
}

/// Counts every story of the set by `facet`, under the empty key those without a value.
///
/// # Errors
/// As [`search`].
pub fn facets(
    reader: &Reader,
    wanted: Wanted<'_>,
    facet: Facet,
) -> Result<(BTreeMap<String, u64>, Total), SearchError> {
    let gated = Gated::new(reader, wanted)?;
    let counts = reader.facets(gated.plan.matching(), facet)?;
    Ok((counts, counted(reader, &gated)?))
}

/// Counts every story of the set by two facets at once, the empty value being that of stories without one.
///
/// # Errors
/// As [`search`], and where there would be too many cells.
pub fn cross(reader: &Reader, wanted: Wanted<'_>, rows: Facet, columns: Facet) -> Result<(Cross, Total), SearchError> {
    let gated = Gated::new(reader, wanted)?;
    let cross = reader.cross(gated.plan.matching(), rows, columns)?;
    gated.plan.check()?;
    let cross = cross.ok_or(SearchError::Cells { rows, columns })?;
    Ok((cross, counted(reader, &gated)?))
}

/// Spreads every story of the set over time, by the day of filing or by the times spoken
/// of. Without a bin, the shortest is taken that gives a plot of readable length.
///
/// # Errors
/// As [`search`], and where there would be too many bars.
pub fn timeline(
    reader: &Reader,
    wanted: Wanted<'_>,
    of: Of,
    bin: Option<Bin>,
) -> Result<(Timeline, Total), SearchError> {
    let gated = Gated::new(reader, wanted)?;
    let timeline = timeline::of_set(reader, &gated.plan, of, bin)?;
    Ok((timeline, counted(reader, &gated)?))
}
