//! A request to its result: the one evaluated set behind lists, counts and facets, and
//! the one gate that holds back embargoed, killed and withheld copy.

mod highlight;
mod names;

pub use highlight::Snippet;
pub use names::{COMPARED_MAX, NameGroup, NameList, names};

use crate::engine::{ArchiveError, Facet, LowerError, Order, Plan, Reader};
use crate::query::Query;
use crate::story::{Status, Story, StoryId};
use std::collections::BTreeMap;

/// What is asked of an archive.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The query as typed.
    pub text: &'a str,
    /// The query as read.
    pub query: &'a Query,
    /// Whether one of the words is enough.
    pub any: bool,
    /// The order of the list.
    pub order: Order,
    /// The longest list wanted.
    pub limit: usize,
    /// How many of the first matches are passed over.
    pub offset: usize,
    /// Passages shown of each story.
    pub snippets: usize,
}

/// A story in a result list.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The story.
    pub story: Story,
    /// BM25 score; 0 in lists by date.
    pub score: f32,
    /// The best passage with what matched.
    pub snippet: Snippet,
}

/// A result list.
#[derive(Clone, Debug, Default)]
pub struct ResultList {
    /// The query as typed.
    pub query: String,
    /// Number of stories that match, exactly.
    pub total: usize,
    /// How many of them have no known day of filing.
    pub undated: usize,
    /// How many undated stories a date filter left out.
    pub undated_left_out: usize,
    /// How many matching stories are held back.
    pub held_back: usize,
    /// The archive's generation.
    pub generation: u64,
    /// Matches passed over before the first hit.
    pub offset: usize,
    /// The page asked for.
    pub hits: Vec<Hit>,
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
}

struct Gated {
    plan: Plan,
    held_back: usize,
    undated_left_out: usize,
}

/// Reads the query against the archive and takes held-back copy out of the set.
fn gate(reader: &Reader, query: &Query, any: bool) -> Result<Gated, SearchError> {
    let mut plan = Plan::new(reader, query, any)?;
    let held: Vec<&str> = Status::ALL.iter().filter(|s| s.is_held_back()).map(|s| s.as_str()).collect();
    let mut held_back = 0;
    if !plan.names_status()
        && let Some(stories) = plan.of_statuses(reader, &held)
    {
        // Few stories are held back, so that counting those alone is next to nothing.
        held_back = reader.count(&*stories)?;
        plan = plan.without_statuses(reader, &held);
    }
    let undated_left_out = plan.without_date().map_or(Ok(0), |undated| reader.count(undated))?;
    Ok(Gated { plan, held_back, undated_left_out })
}

/// Counts every hit.
///
/// # Errors
/// As [`search`].
pub fn count(reader: &Reader, query: &Query, any: bool) -> Result<usize, SearchError> {
    let plan = Plan::new(reader, query, any)?;
    let held: Vec<&str> = Status::ALL.iter().filter(|s| s.is_held_back()).map(|s| s.as_str()).collect();
    let held = if plan.names_status() { None } else { plan.of_statuses(reader, &held) };
    // Less those held back: a set without exclusions is counted faster.
    let total = reader.count(plan.matching())? - held.map_or(Ok(0), |stories| reader.count(&*stories))?;
    plan.check()?;
    Ok(total)
}

/// Answers `request` with a page of hits and exact totals.
///
/// # Errors
/// The archive cannot be read, or the query asks for what cannot be done.
pub fn search(reader: &Reader, request: &Request<'_>) -> Result<ResultList, SearchError> {
    let gated = gate(reader, request.query, request.any)?;
    let plan = &gated.plan;
    let answer = reader.answer(plan.matching(), plan.ranking(), request.order, request.limit, request.offset)?;
    plan.check()?;
    let hits = answer
        .matches
        .into_iter()
        .map(|m| Hit {
            snippet: highlight::snippet(&m.story, plan.marks(), request.snippets),
            score: m.score,
            story: m.story,
        })
        .collect();
    Ok(ResultList {
        query: request.text.to_owned(),
        total: answer.total,
        undated: answer.undated,
        undated_left_out: gated.undated_left_out,
        held_back: gated.held_back,
        generation: reader.generation(),
        offset: request.offset,
        hits,
    })
}

/// Calls `each` with id and path of every hit.
///
/// # Errors
/// As [`search`].
pub fn rows(reader: &Reader, query: &Query, any: bool, each: &mut dyn FnMut(StoryId, &str)) -> Result<(), SearchError> {
    let gated = gate(reader, query, any)?;
    reader.for_each_row(gated.plan.matching(), each)?;
    Ok(gated.plan.check()?)
}

/// Counts every hit by `facet`.
///
/// # Errors
/// As [`search`].
pub fn facets(reader: &Reader, query: &Query, facet: Facet) -> Result<BTreeMap<String, u64>, SearchError> {
    let gated = gate(reader, query, false)?;
    let counts = reader.facets(gated.plan.matching(), facet)?;
    gated.plan.check()?;
    Ok(counts)
}
