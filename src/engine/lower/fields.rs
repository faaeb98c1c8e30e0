//! Fields that are not words: names, days, numbers, paths.

use super::bearers::kind_of;
use super::pattern::Pattern;
use super::{LowerError, Lowering, Scope, any_of, term};
use crate::data::{agencies, languages};
use crate::engine::analysis::{BODY, LEAD};
use crate::engine::annotations::QUOTE;
use crate::engine::bearers::column;
use crate::engine::writer::day_number;
use crate::query::{DateRange, FieldValue, Node, NodeKind, NumberRange};
use crate::story::{EntityKind, Field, Status};
use crate::text::fold;
use std::ops::Bound;
use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, ExistsQuery, Occur, Query as Engine, QueryClone, RangeQuery, TermSetQuery,
};
use tantivy::schema::Term;

/// What asks for any value.
pub(super) const ANY: &str = "*";
/// What asks for stories without a value.
const NONE: [&str; 2] = ["none", "unknown"];
/// The code of a language that nothing told.
const UNDETERMINED: &str = "und";

impl Lowering<'_> {
    pub(super) fn field(&self, field: Field, value: &FieldValue) -> Result<Box<dyn Engine>, LowerError> {
        let f = &self.reader.fields;
        Ok(match value {
            FieldValue::Words(node) if field == Field::Byline && is_no_word(node) => self.filter(self.no_value(field)?),
            FieldValue::Words(node) => match Scope::of(field) {
                Some(scope) => self.node(node, scope)?,
                None => Box::new(EmptyQuery),
            },
            FieldValue::Names(names) if names.iter().any(|n| n == ANY) && !is_lettered(field) => {
                self.filter(self.any_value(field)?)
            }
            FieldValue::Names(names) if names.iter().any(|n| is_none(field, n)) => {
                let rest: Vec<String> = names.iter().filter(|n| !is_none(field, n)).cloned().collect();
                let mut queries = vec![self.no_value(field)?];
                if !rest.is_empty() {
                    queries.push(self.field(field, &FieldValue::Names(rest))?);
                }
                self.filter(any_of(queries))
            }
            FieldValue::Names(names) if field == Field::Speaker => {
                let terms = self.spoken(names)?;
                self.filter(any_of(terms.iter().map(|t| term(f.text, t, false)).collect()))
            }
            FieldValue::Names(names) if kind_of(field).is_some() => {
                let named = names.iter().map(|n| self.bearer(field, n)).collect::<Result<Vec<_>, _>>()?;
                self.filter(any_of(named))
            }
            FieldValue::Names(names) if is_lettered(field) => {
                let named: Result<Vec<_>, LowerError> = names.iter().map(|n| self.letters(field, n)).collect();
                self.filter(any_of(named?))
            }
            FieldValue::Names(names) => self.filter(any_of(names.iter().map(|n| self.name(field, n)).collect())),
            FieldValue::Dates { range, inferred } if field == Field::Event => {
                self.filter(crate::engine::events::query(f.event, *range, *inferred))
            }
            FieldValue::Dates { range, inferred } => self.filter(self.dates(*range, *inferred)),
            FieldValue::Undated => self.filter(all_but(self.reader.dated())),
            FieldValue::Numbers(NumberRange { from, to }) => {
                let bound =
                    |n: Option<u64>| n.map_or(Bound::Unbounded, |n| Bound::Included(Term::from_field_u64(f.words, n)));
                self.filter(Box::new(RangeQuery::new(bound(*from), bound(*to))))
            }
            FieldValue::Path(path) => {
                let pattern = Pattern::whole(&path_regex(path), path)?;
                self.filter(self.pattern_in(pattern, f.path))
            }
        })
    }

    /// The stories that have any word in a part of the text.
    pub(super) fn any_word(&self, scope: Scope) -> Result<Box<dyn Engine>, LowerError> {
        let f = &self.reader.fields;
        Ok(match scope {
            Scope::Text => Box::new(AllQuery),
            Scope::Lead => term(f.text, LEAD, false),
            Scope::Body => term(f.text, BODY, false),
            Scope::Quote => term(f.text, QUOTE, false),
            Scope::Headline | Scope::Byline => {
                self.filter(self.pattern_in(Pattern::wildcard(ANY)?, self.column(scope)))
            }
        })
    }

    /// The stories that have a value in a field of names, or a word in the byline.
    fn any_value(&self, field: Field) -> Result<Box<dyn Engine>, LowerError> {
        let has = |column: &str| -> Box<dyn Engine> { Box::new(ExistsQuery::new(column.to_owned(), false)) };
        Ok(match field {
            Field::Agency => has("agency"),
            Field::From => has("from_label"),
            Field::Person | Field::Place | Field::Org if !self.reader.corrections().is_empty() => {
                self.any_bearer(field)?
            }
            Field::Person => has("person"),
            Field::Place => has("place_label"),
            Field::Org => has("org"),
            Field::Speaker => {
                let spoken = self.anybody()?.into_iter().map(|t| Term::from_field_text(self.reader.fields.text, &t));
                Box::new(TermSetQuery::new(spoken))
            }
            Field::Lang => all_but(term(self.reader.fields.lang, UNDETERMINED, false)),
            Field::Status => has("status"),
            Field::Format => has("format"),
            Field::Encoding => has("encoding"),
            Field::Warning => has("warning"),
            Field::Slug => self.pattern_in(Pattern::whole(".*", ANY)?, self.reader.fields.slug),
            Field::Subject => self.pattern_in(Pattern::whole(".*", ANY)?, self.reader.fields.subject),
            Field::Byline => self.any_word(Scope::Byline)?,
            Field::Quote
            | Field::Headline
            | Field::Lead
            | Field::Body
            | Field::Date
            | Field::Event
            | Field::Path
            | Field::Words => Box::new(EmptyQuery),
        })
    }

    /// The stories that name anybody of a kind whom the user's corrections do not take out, as
    /// counts have it.
    fn any_bearer(&self, field: Field) -> Result<Box<dyn Engine>, LowerError> {
        let Some(kind) = kind_of(field) else { return Ok(Box::new(EmptyQuery)) };
        let f = &self.reader.fields;
        let column = if kind == EntityKind::Place { f.place_label } else { column(f, kind) };
        let found = self.reader.all_bearers(kind);
        let found = found.map_err(|e| LowerError::new(e.to_string(), e.hint()))?;
        Ok(Box::new(TermSetQuery::new(found.iter().map(|b| Term::from_field_text(column, &b.term)))))
    }

    /// The stories that have none.
    fn no_value(&self, field: Field) -> Result<Box<dyn Engine>, LowerError> {
        Ok(all_but(self.any_value(field)?))
    }

    /// A slug, a subject or the code of a warning: its letters, with `*` and `?` for any. Desks join
    /// the words of one by signs or blanks, and any run of the words finds it; behind `=` the whole alone does.
    fn letters(&self, field: Field, name: &str) -> Result<Box<dyn Engine>, LowerError> {
        let f = &self.reader.fields;
        let column = match field {
            Field::Slug => f.slug,
            Field::Warning => f.warning,
            _ => f.subject,
        };
        if let Some(whole) = name.strip_prefix('=') {
            return Ok(term(column, &fold(whole), false));
        }
        let sign = "[-/,;:._ ]";
        let inner = glob(&fold(name)).replace(' ', &format!("{sign}+"));
        let pattern = Pattern::whole(&format!("(.*{sign})?{inner}({sign}.*)?"), name)?;
        Ok(self.pattern_in(pattern, column))
    }

    /// One name of a field of names, as it is kept in the index.
    fn name(&self, field: Field, name: &str) -> Box<dyn Engine> {
        let f = &self.reader.fields;
        let folded = fold(name);
        match field {
            Field::Agency => {
                let known = agencies::by_id(&folded)
                    .or_else(|| agencies::by_alias(name))
                    .or_else(|| agencies::by_alias(&name.to_uppercase()));
                let id = known.map_or(folded.as_str(), |a| a.id);
                any_of(vec![term(f.agency, id, false), term(f.agency, &format!("src:{folded}"), false)])
            }
            Field::From => {
                let (mark, bare) = name.strip_prefix('=').map_or(("", name), |bare| ("=", bare));
                let terms = self.told_places(mark, bare).1;
                any_of(terms.iter().map(|t| term(f.from, t, false)).collect())
            }
            Field::Lang => term(f.lang, languages::find(name).map_or(folded.as_str(), |l| l.code), false),
            Field::Status => self.status(&folded),
            Field::Format => term(f.format, &folded, false),
            Field::Encoding => term(f.encoding, &folded, false),
            Field::Warning => term(f.warning, &folded, false),
            Field::Slug => term(f.slug, &folded, false),
            Field::Subject => term(f.subject, &folded, false),
            Field::Person | Field::Place | Field::Org | Field::Speaker | Field::Quote => Box::new(EmptyQuery),
            Field::Headline
            | Field::Lead
            | Field::Body
            | Field::Byline
            | Field::Date
            | Field::Event
            | Field::Path
            | Field::Words => Box::new(EmptyQuery),
        }
    }

    /// A status: what was taken back has that one instead of the one it was sent with.
    fn status(&self, status: &str) -> Box<dyn Engine> {
        // An archive that cannot be read fails at the gate, which asks the same.
        if status == Status::Withdrawn.as_str() {
            return self.reader.withdrawn().ok().flatten().unwrap_or_else(|| Box::new(EmptyQuery));
        }
        let stated = term(self.reader.fields.status, status, false);
        self.reader.not_withdrawn(stated.box_clone()).unwrap_or(stated)
    }

    fn dates(&self, range: DateRange, inferred: bool) -> Box<dyn Engine> {
        let f = &self.reader.fields;
        if !inferred {
            let second = |n: i64| Term::from_field_i64(f.filed, n);
            let from = range
                .from
                .map_or(Bound::Included(second(i64::MIN)), |d| Bound::Included(second(day_number(d) * 86_400)));
            let to = range.to.map_or(Bound::Unbounded, |d| Bound::Excluded(second((day_number(d) + 1) * 86_400)));
            return Box::new(RangeQuery::new(from, to));
        }
        // Bounds that overlap the range: known at both ends, or the story could be of any day.
        let day = |field, d: Option<chrono::NaiveDate>, none: i64| {
            Bound::Included(Term::from_field_i64(field, d.map_or(none, day_number)))
        };
        let clauses: Vec<(Occur, Box<dyn Engine>)> = vec![
            (
                Occur::Must,
                Box::new(RangeQuery::new(day(f.earliest, None, i64::MIN), day(f.earliest, range.to, i64::MAX))),
            ),
            (
                Occur::Must,
                Box::new(RangeQuery::new(day(f.latest, range.from, i64::MIN), day(f.latest, None, i64::MAX))),
            ),
        ];
        Box::new(BooleanQuery::new(clauses))
    }

    /// The undated stories that the query would match but for its filters by date.
    pub(super) fn undated_left_out(&self, root: &Node) -> Result<Option<Box<dyn Engine>>, LowerError> {
        let open = without_dates(root);
        if open == *root {
            return Ok(None);
        }
        let mut clauses = vec![(Occur::Must, self.field(Field::Date, &FieldValue::Undated)?)];
        if open.kind != NodeKind::All {
            clauses.push((Occur::Must, self.node(&open, Scope::Text)?));
        }
        if !has_only_dated(root) {
            // What is found without a date is not left out.
            let itself = Lowering { excluded: true, ..self.clone() };
            clauses.push((Occur::MustNot, itself.node(root, Scope::Text)?));
        }
        Ok(Some(Box::new(BooleanQuery::new(clauses))))
    }

    /// The undated stories that the query matches, where it asks for days and may match some.
    pub(super) fn undated_kept(
        &self,
        root: &Node,
        matching: &dyn Engine,
    ) -> Result<Option<Box<dyn Engine>>, LowerError> {
        if !asks_for_days(root) || has_only_dated(root) {
            return Ok(None);
        }
        let undated = self.field(Field::Date, &FieldValue::Undated)?;
        Ok(Some(Box::new(BooleanQuery::new(vec![(Occur::Must, matching.box_clone()), (Occur::Must, undated)]))))
    }
}

fn is_date(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Field(Field::Date, FieldValue::Dates { .. }))
}

/// Whether a part of the query is a filter by days, be it behind NOT.
pub(super) fn asks_for_days(root: &Node) -> bool {
    let mut asks = false;
    root.walk(&mut |node| asks |= is_date(node));
    asks
}

/// Whether a filter by days holds for all that the query matches.
fn has_only_dated(root: &Node) -> bool {
    let is_stated =
        |n: &Node| matches!(n.kind, NodeKind::Field(Field::Date, FieldValue::Dates { inferred: false, .. }));
    match &root.kind {
        NodeKind::And(nodes) => nodes.iter().any(is_stated),
        _ => is_stated(root),
    }
}

/// The same query without its filters by days, but for those behind NOT.
fn without_dates(node: &Node) -> Node {
    let kind = match &node.kind {
        _ if is_date(node) => NodeKind::All,
        NodeKind::And(nodes) if nodes.iter().any(is_date) || nodes.iter().any(|n| without_dates(n) != *n) => {
            let mut rest: Vec<Node> = nodes.iter().map(without_dates).filter(|n| n.kind != NodeKind::All).collect();
            match rest.len() {
                0 => NodeKind::All,
                1 => return rest.remove(0),
                _ => NodeKind::And(rest),
            }
        }
        NodeKind::Or(nodes) => {
            let rest: Vec<Node> = nodes.iter().map(without_dates).collect();
            if rest.iter().any(|n| n.kind == NodeKind::All) { NodeKind::All } else { NodeKind::Or(rest) }
        }
        _ => node.kind.clone(),
    };
    Node { span: node.span.clone(), kind }
}

/// Every story that a query does not match.
pub(super) fn all_but(query: Box<dyn Engine>) -> Box<dyn Engine> {
    Box::new(BooleanQuery::new(vec![(Occur::Must, Box::new(AllQuery) as Box<dyn Engine>), (Occur::MustNot, query)]))
}

/// Whether a value asks for the stories that have none, by the words that counts print.
pub(super) fn is_none(field: Field, value: &str) -> bool {
    let has_none = matches!(
        field,
        Field::Agency
            | Field::From
            | Field::Person
            | Field::Place
            | Field::Org
            | Field::Speaker
            | Field::Slug
            | Field::Subject
            | Field::Lang
            | Field::Warning
    );
    // Codes of warnings have *unknown* among their words.
    let words = if field == Field::Warning { &NONE[..1] } else { &NONE[..] };
    has_none && words.contains(&fold(value).as_str())
}

/// Whether what is asked for in a byline is that there is none: nobody is called so.
fn is_no_word(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Word(word) if NONE.contains(&fold(word).as_str()))
}

/// Whether the values of a field are mere letters, in which signs stand for others.
fn is_lettered(field: Field) -> bool {
    matches!(field, Field::Slug | Field::Subject | Field::Warning)
}

/// A pattern with `*` and `?` as a regular expression.
fn glob(pattern: &str) -> String {
    let mut out = String::new();
    for c in pattern.chars() {
        match c {
            '*' => out.push_str(".*"),
            '?' => out.push('.'),
            c => out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

/// A path: a glob with `*` and `?`, or a run of whole folder and file names.
fn path_regex(path: &str) -> String {
    let inner = glob(path.trim_matches('/'));
    format!("(.*/)?{inner}(/.*)?")
}
