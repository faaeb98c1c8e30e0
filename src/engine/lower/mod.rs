//! A query's tree to the engine's queries, and to the marks that highlighting looks for.

mod about;
mod alike;
mod bearers;
mod body;
mod fields;
mod inflected;
mod pattern;
mod places;
mod rank;
mod reading;
mod weigh;
mod words;

pub use reading::{Expansion, expansions, misspelt};

use fields::ANY;

use super::left_out::LeftOut;
use super::marks::{Mark, Marks};
use super::near::Budget;
use super::reader::Reader;
use super::second_look::Runs;
use super::weighing::Weighing;
use super::{ArchiveError, Row};
use crate::query::{FieldValue, Node, NodeKind, Query, QueryError, describe};
use crate::story::{Field, FieldKind, Status};
use crate::text::fold;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, Query as Engine, TermQuery,
};
use tantivy::schema::{Field as Column, IndexRecordOption, Term};

/// A query that the engine cannot carry out.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}\nhint: {hint}")]
pub struct LowerError {
    message: String,
    hint: String,
    /// The part of the query that asks for it, where it is one.
    span: Option<Range<usize>>,
}

impl LowerError {
    fn new(message: impl Into<String>, hint: impl Into<String>) -> LowerError {
        LowerError { message: message.into(), hint: hint.into(), span: None }
    }

    /// The same, of a part of the query unless it is known to be of a smaller one.
    fn at(self, node: &Node) -> LowerError {
        let span = self.span.or_else(|| Some(node.span.clone()).filter(|s| !s.is_empty()));
        LowerError { span, ..self }
    }

    /// Draws the query with a caret under the part that asks for too much.
    #[must_use]
    pub fn draw(&self, text: &str) -> String {
        match &self.span {
            Some(span) => {
                QueryError { message: self.message.clone(), span: span.clone(), hint: self.hint.clone() }.draw(text)
            }
            None => self.to_string(),
        }
    }
}

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Text,
    Headline,
    Lead,
    Body,
    Byline,
    /// Between quotation marks; of whom, the lowering knows.
    Quote,
}

impl Scope {
    fn of(field: Field) -> Option<Scope> {
        match field {
            Field::Headline => Some(Scope::Headline),
            Field::Lead => Some(Scope::Lead),
            Field::Body => Some(Scope::Body),
            Field::Byline => Some(Scope::Byline),
            Field::Quote => Some(Scope::Quote),
            _ => None,
        }
    }
}

/// The statuses that are held back from the lists of `query`: all that it does not itself
/// ask for.
fn held_back(query: &Query) -> Vec<&'static str> {
    let mut held: Vec<&'static str> = Status::ALL.iter().filter(|s| s.is_held_back()).map(|s| s.as_str()).collect();
    query.root.walk_asked(&mut |node| {
        if let NodeKind::Field(Field::Status, FieldValue::Names(names)) = &node.kind {
            held.retain(|status| !names.iter().any(|n| n == ANY || fold(n) == *status));
        }
    });
    held
}

/// What orders a list by relevance.
pub enum Ranking {
    /// What the words weigh, all together.
    Weighed(Weighing),
    /// A query that finds the same set.
    Scored(Box<dyn Engine>),
    /// Nothing: the set alone was asked for.
    None,
}

/// A query made ready for one archive.
pub struct Plan {
    matching: Box<dyn Engine>,
    ranking: Ranking,
    marks: Marks,
    runs: Option<Runs>,
    without_date: Option<Box<dyn Engine>>,
    undated: Option<Box<dyn Engine>>,
    asks_for_days: bool,
    held_back: Vec<&'static str>,
    budget: Arc<Budget>,
}

impl Plan {
    /// Makes `query` ready for the archive that `reader` reads. With `any`, for a query that
    /// was read so, words stand for those much like them, and rank by their company too.
    ///
    /// # Errors
    /// The query asks for what this engine cannot do, or for more than it may cost.
    pub fn new(reader: &Reader, query: &Query, any: bool) -> Result<Plan, LowerError> {
        Plan::made(reader, query, any, true)
    }

    /// The same for who asks for the set alone: nothing ranks or marks it.
    ///
    /// # Errors
    /// As [`Plan::new`].
    pub fn of_set(reader: &Reader, query: &Query, any: bool) -> Result<Plan, LowerError> {
        Plan::made(reader, query, any, false)
    }

    fn made(reader: &Reader, query: &Query, any: bool, listed: bool) -> Result<Plan, LowerError> {
        let query = &query.carried_out();
        let budget = Arc::new(Budget::default());
        let held_back = held_back(query);
        let mut lowering = Lowering::new(reader, any, Arc::clone(&budget));
        lowering.look_up(&query.root, &held_back, listed);
        if any {
            lowering.seek_alike_of(&query.root)?;
        }
        let matching = lowering.node(&query.root, Scope::Text)?;
        lowering.patterns.borrow_mut().begin();
        let without_date = lowering.undated_left_out(&query.root)?;
        let undated = lowering.undated_kept(&query.root, &*matching)?;
        let asks_for_days = fields::asks_for_days(&query.root);
        lowering.patterns.borrow_mut().begin();
        if !listed {
            let marks = Marks::new(Mark::Holds);
            let ranking = Ranking::None;
            return Ok(Plan {
                matching,
                ranking,
                marks,
                runs: None,
                without_date,
                undated,
                asks_for_days,
                held_back,
                budget,
            });
        }
        let marks = Marks::new(lowering.mark(&query.root, Scope::Text)?);
        lowering.ranked = true;
        lowering.patterns.borrow_mut().begin();
        let ranking = match lowering.weighing(&query.root).or_else(|| lowering.about(&query.root)) {
            Some(weighing) => Ranking::Weighed(weighing),
            None => {
                let ranking = lowering.node(&query.root, Scope::Text)?;
                Ranking::Scored(if any { lowering.ranked_any(&query.root, ranking) } else { ranking })
            }
        };
        let runs = any.then(|| lowering.runs(&query.root));
        Ok(Plan { matching, ranking, marks, runs, without_date, undated, asks_for_days, held_back, budget })
    }

    /// The set.
    pub fn matching(&self) -> &dyn Engine {
        &*self.matching
    }

    /// What ranks it.
    #[must_use]
    pub fn ranking(&self) -> &Ranking {
        &self.ranking
    }

    /// What the best of a ranking are looked at again for, where any of the words is enough.
    #[must_use]
    pub fn runs(&self) -> Option<&Runs> {
        self.runs.as_ref()
    }

    /// What made a story match.
    #[must_use]
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// The undated stories that would match but for a filter by date.
    pub fn without_date(&self) -> Option<&dyn Engine> {
        self.without_date.as_deref()
    }

    /// The undated stories of the set, where the query asks for days and may match some.
    pub fn undated(&self) -> Option<&dyn Engine> {
        self.undated.as_deref()
    }

    /// Tells whether a part of the query is a filter by days.
    #[must_use]
    pub fn asks_for_days(&self) -> bool {
        self.asks_for_days
    }

    /// The statuses whose stories stay out of lists: those held back that the query does
    /// not ask for by name.
    #[must_use]
    pub fn held_back(&self) -> &[&'static str] {
        &self.held_back
    }

    /// Tells whether what was answered so far is whole; to be asked after every answer.
    ///
    /// # Errors
    /// The query was given up because it costs too much.
    pub fn check(&self) -> Result<(), LowerError> {
        if self.budget.is_spent() {
            return Err(given_up());
        }
        Ok(())
    }

    /// Takes the stories of some statuses out of the set, but for those whose embargo is over.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn without_statuses(self, reader: &Reader, statuses: &[&str]) -> Result<Plan, ArchiveError> {
        let Some(held) = reader.of_statuses(statuses).map_err(|e| reader.damaged(&e))? else { return Ok(self) };
        let mut plan = self.less(&*held);
        plan.without_date = plan.without_date.map(|undated| without(undated, &*held));
        Ok(plan)
    }

    /// Takes single stories out of the set.
    #[must_use]
    pub fn without_rows(self, reader: &Reader, rows: &[Row]) -> Plan {
        if rows.is_empty() { self } else { self.less(&LeftOut::new(&reader.searcher, rows)) }
    }

    fn less(self, other: &dyn Engine) -> Plan {
        let ranking = match self.ranking {
            Ranking::Scored(query) => Ranking::Scored(without(query, other)),
            ranking @ (Ranking::Weighed(_) | Ranking::None) => ranking,
        };
        Plan { matching: without(self.matching, other), ranking, ..self }
    }
}

/// What one query finds and another does not.
fn without(query: Box<dyn Engine>, other: &dyn Engine) -> Box<dyn Engine> {
    Box::new(BooleanQuery::new(vec![(Occur::Must, query), (Occur::MustNot, other.box_clone())]))
}

fn given_up() -> LowerError {
    LowerError::new(
        format!("the query was given up after {} steps", super::near::STEPS_MAX),
        "use rarer words, smaller distances or fewer wildcards, or add a date: or agency:",
    )
}

fn term(field: Column, text: &str, scored: bool) -> Box<dyn Engine> {
    let option = if scored { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
    Box::new(TermQuery::new(Term::from_field_text(field, text), option))
}

/// Any of the queries; one alone stands for itself.
fn any_of(mut queries: Vec<Box<dyn Engine>>) -> Box<dyn Engine> {
    if queries.len() > 1 {
        return Box::new(BooleanQuery::new(queries.into_iter().map(|q| (Occur::Should, q)).collect()));
    }
    queries.pop().unwrap_or_else(|| Box::new(EmptyQuery))
}

/// The different ones of `nodes`, in their order, with how often each is there: a pasted
/// page asks for its commonest words a hundred times.
fn distinct(nodes: &[Node]) -> Vec<(&Node, usize)> {
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut out: Vec<(&Node, usize)> = Vec::with_capacity(nodes.len());
    for node in nodes {
        match places.entry(describe(node)) {
            Entry::Occupied(known) => out[*known.get()].1 += 1,
            Entry::Vacant(new) => {
                new.insert(out.len());
                out.push((node, 1));
            }
        }
    }
    out
}

#[derive(Clone)]
struct Lowering<'a> {
    reader: &'a Reader,
    any: bool,
    ranked: bool,
    /// Whether what it asks for is left out of the rest.
    excluded: bool,
    /// Whether words stand for those much like them too: with `any`, but not behind NOT.
    widened: bool,
    alike: Rc<RefCell<alike::Known>>,
    patterns: Rc<RefCell<pattern::Known>>,
    /// The stems of words that were looked up.
    stems: Rc<RefCell<FxHashMap<String, words::Stems>>>,
    /// Whose quotations `quote:` looks into; anybody's where empty.
    speakers: Rc<Vec<String>>,
    /// The names that names stand for, which were looked up.
    bearers: Rc<RefCell<bearers::Known>>,
    /// Statuses whose stories are not counted in what is listed of a query.
    held: Rc<Vec<&'static str>>,
    /// Most words that are listed of what a part of the query stands for.
    listed_max: usize,
    budget: Arc<Budget>,
}

impl<'a> Lowering<'a> {
    fn new(reader: &'a Reader, any: bool, budget: Arc<Budget>) -> Lowering<'a> {
        Lowering {
            reader,
            any,
            ranked: false,
            excluded: false,
            widened: any,
            alike: Rc::default(),
            patterns: Rc::default(),
            stems: Rc::default(),
            speakers: Rc::default(),
            bearers: Rc::default(),
            held: Rc::default(),
            listed_max: 0,
            budget,
        }
    }

    /// The same for what must not be there: only the words themselves.
    fn narrow(&self) -> Lowering<'a> {
        Lowering { widened: false, ranked: false, ..self.clone() }
    }

    /// The same for parts joined by AND: `quote:` beside `speaker:` is in that person's words.
    fn joined(&self, nodes: &[Node]) -> Result<Option<Lowering<'a>>, LowerError> {
        let mut speakers = Vec::new();
        for node in nodes {
            if let NodeKind::Field(Field::Speaker, FieldValue::Names(names)) = &node.kind {
                speakers.extend(self.spoken_beside(names).map_err(|e| e.at(node))?);
                // Whom the archive does not know said nothing.
                speakers.push(String::new());
            }
        }
        Ok((!speakers.is_empty()).then(|| Lowering { speakers: Rc::new(speakers), ..self.clone() }))
    }
}

impl Lowering<'_> {
    /// A filter: it takes part in the set, not in the ranking.
    fn filter(&self, inner: Box<dyn Engine>) -> Box<dyn Engine> {
        if self.ranked { Box::new(ConstScoreQuery::new(inner, 0.0)) } else { inner }
    }

    fn node(&self, node: &Node, scope: Scope) -> Result<Box<dyn Engine>, LowerError> {
        self.lowered(node, scope).map_err(|e| e.at(node))
    }

    fn lowered(&self, node: &Node, scope: Scope) -> Result<Box<dyn Engine>, LowerError> {
        Ok(match &node.kind {
            NodeKind::All => self.any_word(scope)?,
            NodeKind::Word(word) => self.word(word, scope)?,
            NodeKind::Exact(_) | NodeKind::Near(_) | NodeKind::AtLeast(..) => self.placed(node, scope)?,
            NodeKind::Phrase(phrase) => self.phrase(node, phrase, scope)?,
            NodeKind::Wildcard(_) | NodeKind::Fuzzy(..) | NodeKind::Regex(_) => self.pattern(node, scope)?,
            NodeKind::And(nodes) => self.and(nodes, scope)?,
            NodeKind::Or(nodes) => {
                let each = distinct(nodes).into_iter().map(|(n, times)| self.repeated(n, times, scope));
                any_of(each.collect::<Result<_, _>>()?)
            }
            NodeKind::Not(inner) => {
                self.without(vec![(Occur::Must, Box::new(AllQuery) as Box<dyn Engine>)], &[inner], scope)?
            }
            // In a part of the text a name has to stand there.
            NodeKind::Field(field, FieldValue::Names(names))
                if scope != Scope::Text && bearers::is_placed(*field, names) =>
            {
                self.filter(self.placed(node, scope)?)
            }
            NodeKind::Field(field, value) => self.field(*field, value)?,
        })
    }

    /// What is asked for several times counts as often in the ranking, and is looked for
    /// once.
    fn repeated(&self, node: &Node, times: usize, scope: Scope) -> Result<Box<dyn Engine>, LowerError> {
        let once = self.node(node, scope)?;
        Ok(if self.ranked && times > 1 { Box::new(BoostQuery::new(once, times as f32)) } else { once })
    }

    fn and(&self, nodes: &[Node], scope: Scope) -> Result<Box<dyn Engine>, LowerError> {
        match self.joined(nodes)? {
            Some(joined) => joined.all(nodes, scope),
            None => self.all(nodes, scope),
        }
    }

    fn all(&self, nodes: &[Node], scope: Scope) -> Result<Box<dyn Engine>, LowerError> {
        let (mut must, mut excluded) = (Vec::new(), Vec::new());
        for (node, times) in distinct(nodes) {
            match &node.kind {
                NodeKind::Not(inner) => excluded.push(&**inner),
                // A filter that stands twice weighs no more.
                NodeKind::Field(f, _) if f.row().kind != FieldKind::Words => must.push(self.node(node, scope)?),
                _ => must.push(self.repeated(node, times, scope)?),
            }
        }
        if must.is_empty() {
            must.push(Box::new(AllQuery));
        }
        self.without(must.into_iter().map(|q| (Occur::Must, q)).collect(), &excluded, scope)
    }

    fn without(
        &self,
        mut clauses: Vec<(Occur, Box<dyn Engine>)>,
        excluded: &[&Node],
        scope: Scope,
    ) -> Result<Box<dyn Engine>, LowerError> {
        for node in excluded {
            let lowering = Lowering { excluded: true, ..self.narrow() };
            clauses.push((Occur::MustNot, lowering.node(node, scope)?));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// What of `node` is marked in a story.
    fn mark(&self, node: &Node, scope: Scope) -> Result<Mark, LowerError> {
        if let NodeKind::And(nodes) = &node.kind
            && let Some(joined) = self.joined(nodes)?
        {
            return joined.mark_of(node, scope);
        }
        self.mark_of(node, scope)
    }

    fn mark_of(&self, node: &Node, scope: Scope) -> Result<Mark, LowerError> {
        let of = |nodes: &[Node]| {
            distinct(nodes).into_iter().map(|(n, _)| self.mark(n, scope)).collect::<Result<Vec<_>, _>>()
        };
        Ok(match &node.kind {
            NodeKind::All => Mark::Holds,
            NodeKind::Word(word) => self.word_mark(word, scope)?,
            NodeKind::Exact(_) | NodeKind::Near(_) | NodeKind::AtLeast(..) | NodeKind::Phrase(_) => {
                Mark::places(self.spec(node, scope)?, scope)
            }
            NodeKind::Wildcard(_) | NodeKind::Fuzzy(..) | NodeKind::Regex(_) => self.pattern_mark(node, scope)?,
            NodeKind::And(nodes) => Mark::All(of(nodes)?),
            NodeKind::Or(nodes) => Mark::Any(of(nodes)?),
            NodeKind::Not(inner) => self.narrow().mark(inner, scope)?.negated(),
            NodeKind::Field(field, FieldValue::Words(inner)) => match Scope::of(*field) {
                Some(scope) => self.mark(inner, scope)?,
                None => Mark::Holds,
            },
            NodeKind::Field(field, FieldValue::Names(names)) if bearers::is_placed(*field, names) => {
                // A name that only the markup holds matches with nothing to show.
                let here = Mark::places(self.spec(node, scope)?, scope);
                if scope == Scope::Text { Mark::Any(vec![here, Mark::Holds]) } else { here }
            }
            NodeKind::Field(Field::Speaker, FieldValue::Names(names)) if !names.iter().any(|n| n == ANY) => {
                Mark::Spoken(self.spoken(names)?.into_iter().collect())
            }
            NodeKind::Field(Field::Event, FieldValue::Dates { range, inferred }) => Mark::Times(*range, *inferred),
            NodeKind::Field(..) => Mark::Holds,
        })
    }
}
