//! A query's tree to tantivy's queries, and to the marks that highlighting looks for.

use super::analysis::{EXACT_MARK, is_unstemmed, stem_terms};
use super::reader::Reader;
use super::writer::day_number;
use crate::data::{agencies, languages, places};
use crate::query::{DateRange, FieldValue, Node, NodeKind, NumberRange, Query};
use crate::story::{Field, FieldKind};
use crate::text::fold;
use std::ops::Bound;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query as Engine, RangeQuery,
    RegexQuery, TermQuery,
};
use tantivy::schema::{Field as Column, IndexRecordOption, Term};

/// How much a word in the headline counts beside one in the text.
const HEADLINE_BOOST: f32 = 1.5;

/// A query that the engine cannot carry out.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct LowerError {
    message: String,
}

/// What highlighting looks for in a story's text.
#[derive(Debug)]
pub enum Mark {
    /// A word that has one of these stems in the story's language.
    Word {
        /// Terms of the stemmed analysis.
        stems: Vec<String>,
    },
    /// Folded words one behind the other.
    Phrase {
        /// The words.
        words: Vec<String>,
    },
    /// A word exactly as printed.
    Exact {
        /// As printed.
        printed: String,
    },
    /// Folded words that a pattern matches whole.
    Pattern {
        /// The pattern.
        regex: regex::Regex,
    },
}

/// A query made ready for one archive.
pub struct Plan {
    matching: Box<dyn Engine>,
    ranking: Box<dyn Engine>,
    marks: Vec<Mark>,
    without_date: Option<Box<dyn Engine>>,
    names_status: bool,
}

impl Plan {
    /// Makes `query` ready for the archive that `reader` reads. With `any`, one of the
    /// parts that are joined by AND is enough.
    ///
    /// # Errors
    /// The query asks for what this engine cannot do.
    pub fn new(reader: &Reader, query: &Query, any: bool) -> Result<Plan, LowerError> {
        let mut lowering = Lowering { reader, any, ranked: false };
        let matching = lowering.node(&query.root, None)?;
        lowering.ranked = true;
        let ranking = lowering.node(&query.root, None)?;
        let mut marks = Vec::new();
        collect_marks(&query.root, reader, &mut marks);
        let mut names_status = false;
        query.root.walk(&mut |n| names_status |= matches!(n.kind, NodeKind::Field(Field::Status, _)));
        let without_date = lowering.undated_left_out(&query.root)?;
        Ok(Plan { matching, ranking, marks, without_date, names_status })
    }

    /// The set.
    pub fn matching(&self) -> &dyn Engine {
        &*self.matching
    }

    /// The same set, with the weights that rank it.
    pub fn ranking(&self) -> &dyn Engine {
        &*self.ranking
    }

    /// What made a story match.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The undated stories that would match but for a filter by date.
    pub fn without_date(&self) -> Option<&dyn Engine> {
        self.without_date.as_deref()
    }

    /// Whether the query itself asks for a status.
    #[must_use]
    pub fn names_status(&self) -> bool {
        self.names_status
    }

    /// Takes the stories of some statuses out of the set.
    #[must_use]
    pub fn without_statuses(self, reader: &Reader, statuses: &[&str]) -> Plan {
        let without = |inner: Box<dyn Engine>| -> Box<dyn Engine> {
            let mut clauses = vec![(Occur::Must, inner)];
            clauses.extend(statuses.iter().map(|s| (Occur::MustNot, term(reader.fields.status, s, false))));
            Box::new(BooleanQuery::new(clauses))
        };
        Plan {
            matching: without(self.matching),
            ranking: without(self.ranking),
            without_date: self.without_date.map(without),
            ..self
        }
    }
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

/// A filter: it takes part in the set, not in the ranking.
fn filter(inner: Box<dyn Engine>) -> Box<dyn Engine> {
    Box::new(ConstScoreQuery::new(inner, 0.0))
}

struct Lowering<'a> {
    reader: &'a Reader,
    any: bool,
    ranked: bool,
}

impl Lowering<'_> {
    fn node(&self, node: &Node, field: Option<Field>) -> Result<Box<dyn Engine>, LowerError> {
        Ok(match &node.kind {
            NodeKind::All => Box::new(AllQuery),
            NodeKind::Word(word) => self.word(word, field)?,
            NodeKind::Exact(word) => self.exact_phrase(std::slice::from_ref(word), field)?,
            NodeKind::Phrase(words) => self.phrase(words, field)?,
            NodeKind::ExactPhrase(words) => self.exact_phrase(words, field)?,
            NodeKind::Wildcard(pattern) => self.pattern(&wildcard_regex(pattern), field)?,
            NodeKind::Regex(pattern) => self.pattern(&folded_regex(pattern), field)?,
            NodeKind::And(nodes) => self.and(nodes, field)?,
            NodeKind::Or(nodes) => any_of(nodes.iter().map(|n| self.node(n, field)).collect::<Result<_, _>>()?),
            NodeKind::Not(inner) => {
                self.without(vec![(Occur::Must, Box::new(AllQuery) as Box<dyn Engine>)], &[inner], field)?
            }
            NodeKind::Field(field, value) => self.field(*field, value)?,
        })
    }

    fn and(&self, nodes: &[Node], field: Option<Field>) -> Result<Box<dyn Engine>, LowerError> {
        let (mut clauses, mut excluded) = (Vec::new(), Vec::new());
        for node in nodes {
            match &node.kind {
                NodeKind::Not(inner) => excluded.push(&**inner),
                // Filters hold whatever the words do.
                NodeKind::Field(f, _) if f.row().kind != FieldKind::Words => {
                    clauses.push((Occur::Must, self.node(node, field)?))
                }
                _ if self.any => clauses.push((Occur::Should, self.node(node, field)?)),
                _ => clauses.push((Occur::Must, self.node(node, field)?)),
            }
        }
        // Beside a filter, tantivy would make words optional: one of them has to be there.
        if self.any
            && clauses.iter().any(|(o, _)| *o == Occur::Must)
            && clauses.iter().any(|(o, _)| *o == Occur::Should)
        {
            let (must, should): (Vec<_>, Vec<_>) = clauses.into_iter().partition(|(o, _)| *o == Occur::Must);
            clauses = must;
            clauses.push((Occur::Must, any_of(should.into_iter().map(|(_, q)| q).collect())));
        }
        if clauses.is_empty() {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        self.without(clauses, &excluded, field)
    }

    fn without(
        &self,
        mut clauses: Vec<(Occur, Box<dyn Engine>)>,
        excluded: &[&Node],
        field: Option<Field>,
    ) -> Result<Box<dyn Engine>, LowerError> {
        for node in excluded {
            clauses.push((Occur::MustNot, self.node(node, field)?));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// The columns that words of a field are looked for in: stems, and positions.
    fn columns(&self, field: Option<Field>) -> Result<(Option<Column>, Column), LowerError> {
        let f = &self.reader.fields;
        match field {
            None => Ok((Some(f.stem), f.text)),
            Some(Field::Headline) => Ok((Some(f.head_stem), f.head)),
            Some(Field::Byline) => Ok((None, f.byline)),
            Some(other) => Err(LowerError {
                message: format!("{}: is not searched by this version; search without it", other.row().prefix),
            }),
        }
    }

    fn word(&self, word: &str, field: Option<Field>) -> Result<Box<dyn Engine>, LowerError> {
        let (stems, text) = self.columns(field)?;
        let Some(stems) = stems.filter(|_| !is_unstemmed(word)) else {
            return Ok(term(text, &fold(word), self.ranked));
        };
        let mut queries: Vec<Box<dyn Engine>> = Vec::new();
        for stem in stems_of(self.reader, word) {
            queries.push(term(stems, &stem, self.ranked));
            if self.ranked && field.is_none() {
                let headline = term(self.reader.fields.head_stem, &stem, true);
                queries.push(Box::new(BoostQuery::new(headline, HEADLINE_BOOST)));
            }
        }
        if word.contains('\u{200C}') {
            queries.push(self.phrase(&[word.to_owned()], field)?);
        }
        Ok(any_of(queries))
    }

    fn phrase(&self, words: &[String], field: Option<Field>) -> Result<Box<dyn Engine>, LowerError> {
        let (_, text) = self.columns(field)?;
        let whole: Vec<String> = words.iter().map(|w| fold(w)).collect();
        let mut queries = vec![folded_phrase(text, &whole, self.ranked)];
        // Persian: joined, parted and blank-parted spellings are one.
        if words.iter().any(|w| w.contains('\u{200C}')) {
            let parted: Vec<String> =
                words.iter().flat_map(|w| w.split('\u{200C}')).map(fold).filter(|w| !w.is_empty()).collect();
            queries.push(folded_phrase(text, &parted, self.ranked));
        }
        Ok(any_of(queries))
    }

    /// Exact words: their variants where case or accents differ from the folded form.
    fn exact_phrase(&self, words: &[String], field: Option<Field>) -> Result<Box<dyn Engine>, LowerError> {
        let (_, text) = self.columns(field)?;
        let mut terms = Vec::new();
        for word in words {
            let folded = fold(word);
            if folded == *word {
                return Err(LowerError {
                    message: format!(
                        "={word} has no capital and no accent to be exact about; search for \"{word}\" in quotes"
                    ),
                });
            }
            terms.push(format!("{folded}{EXACT_MARK}{word}"));
        }
        Ok(folded_phrase(text, &terms, self.ranked))
    }

    fn pattern(&self, regex: &str, field: Option<Field>) -> Result<Box<dyn Engine>, LowerError> {
        let (_, text) = self.columns(field)?;
        // Exact variants of a word follow a mark that no pattern may cross.
        let query = RegexQuery::from_pattern(regex, text)
            .map_err(|e| LowerError { message: format!("the pattern cannot be carried out: {e}") })?;
        Ok(Box::new(query))
    }

    fn field(&self, field: Field, value: &FieldValue) -> Result<Box<dyn Engine>, LowerError> {
        let f = &self.reader.fields;
        Ok(match value {
            FieldValue::Words(node) => self.node(node, Some(field))?,
            FieldValue::Names(names) => filter(any_of(names.iter().map(|n| self.name(field, n)).collect())),
            FieldValue::Dates { range, .. } if field == Field::Event => filter(super::events::query(f.event, *range)),
            FieldValue::Dates { range, inferred } => filter(self.dates(*range, *inferred)),
            FieldValue::Undated => {
                let clauses =
                    vec![(Occur::Must, Box::new(AllQuery) as Box<dyn Engine>), (Occur::MustNot, self.reader.dated())];
                filter(Box::new(BooleanQuery::new(clauses)))
            }
            FieldValue::Numbers(NumberRange { from, to }) => {
                let bound =
                    |n: Option<u64>| n.map_or(Bound::Unbounded, |n| Bound::Included(Term::from_field_u64(f.words, n)));
                filter(Box::new(RangeQuery::new(bound(*from), bound(*to))))
            }
            FieldValue::Path(path) => {
                let query = RegexQuery::from_pattern(&path_regex(path), f.path)
                    .map_err(|e| LowerError { message: format!("the path cannot be searched: {e}") })?;
                filter(Box::new(query))
            }
        })
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
                let mut queries = vec![term(f.from, &format!("w:{folded}"), false)];
                queries.extend(places::ids_for(name).into_iter().map(|id| term(f.from, id, false)));
                any_of(queries)
            }
            Field::Lang => term(f.lang, languages::find(name).map_or(folded.as_str(), |l| l.code), false),
            Field::Status => term(f.status, &folded, false),
            Field::Format => term(f.format, &folded, false),
            Field::Encoding => term(f.encoding, &folded, false),
            Field::Slug => term(f.slug, &folded, false),
            Field::Subject => term(f.subject, &folded, false),
            Field::Headline | Field::Byline | Field::Date | Field::Event | Field::Path | Field::Words => {
                Box::new(EmptyQuery)
            }
        }
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

    /// The undated stories that the rest of the query matches, where the query joins a
    /// filter by date to something with AND or is one.
    fn undated_left_out(&self, root: &Node) -> Result<Option<Box<dyn Engine>>, LowerError> {
        let is_date = |n: &Node| matches!(n.kind, NodeKind::Field(Field::Date, FieldValue::Dates { .. }));
        let undated: Box<dyn Engine> = self.field(Field::Date, &FieldValue::Undated)?;
        match &root.kind {
            _ if is_date(root) => Ok(Some(undated)),
            NodeKind::And(nodes) if nodes.iter().any(is_date) => {
                let rest: Vec<Node> = nodes.iter().filter(|n| !is_date(n)).cloned().collect();
                let rest = if rest.is_empty() { Box::new(AllQuery) } else { self.and(&rest, None)? };
                Ok(Some(Box::new(BooleanQuery::new(vec![(Occur::Must, rest), (Occur::Must, undated)]))))
            }
            _ => Ok(None),
        }
    }
}

fn folded_phrase(field: Column, words: &[String], scored: bool) -> Box<dyn Engine> {
    match words {
        [] => Box::new(EmptyQuery),
        [word] => term(field, word, scored),
        _ => Box::new(PhraseQuery::new(words.iter().map(|w| Term::from_field_text(field, w)).collect())),
    }
}

/// The stems of a word in every language of the archive.
fn stems_of(reader: &Reader, word: &str) -> Vec<String> {
    let mut stems = stem_terms(word, None);
    for language in reader.languages() {
        for stem in stem_terms(word, Some(language)) {
            if !stems.contains(&stem) {
                stems.push(stem);
            }
        }
    }
    stems
}

/// A wildcard as a regular expression over folded words.
fn wildcard_regex(pattern: &str) -> String {
    let mut regex = String::new();
    for c in fold(pattern).chars() {
        match c {
            '*' => regex.push_str("[^\u{1}]*"),
            '?' => regex.push_str("[^\u{1}]"),
            c => regex.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    regex
}

/// A regular expression as typed, levelled: folded words hold no capitals and no accents.
fn folded_regex(pattern: &str) -> String {
    let mut out = String::new();
    let mut escaped = false;
    for c in pattern.chars() {
        if escaped || c == '\\' {
            // \W and the like mean what their case says.
            out.push(c);
            escaped = !escaped;
        } else if c == '.' {
            out.push_str("[^\u{1}]");
        } else if c.is_alphanumeric() {
            out.push_str(&fold(c.encode_utf8(&mut [0; 4])));
        } else {
            out.push(c);
        }
    }
    out
}

/// A path: a glob with `*` and `?`, or a run of whole folder and file names.
fn path_regex(path: &str) -> String {
    let escaped = |text: &str| {
        let mut out = String::new();
        for c in text.chars() {
            match c {
                '*' => out.push_str(".*"),
                '?' => out.push('.'),
                c => out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
            }
        }
        out
    };
    let inner = escaped(path.trim_matches('/'));
    format!("(.*/)?{inner}(/.*)?")
}

fn collect_marks(node: &Node, reader: &Reader, marks: &mut Vec<Mark>) {
    let folded = |words: &[String]| -> Vec<String> { words.iter().map(|w| fold(w)).collect() };
    match &node.kind {
        NodeKind::Word(word) if is_unstemmed(word) => marks.push(Mark::Phrase { words: vec![fold(word)] }),
        NodeKind::Word(word) => marks.push(Mark::Word { stems: stems_of(reader, word) }),
        NodeKind::Phrase(words) => marks.push(Mark::Phrase { words: folded(words) }),
        NodeKind::Exact(word) => marks.push(Mark::Exact { printed: word.clone() }),
        NodeKind::ExactPhrase(words) => marks.push(Mark::Phrase { words: folded(words) }),
        NodeKind::Wildcard(pattern) => marks.extend(pattern_mark(&wildcard_regex(pattern))),
        NodeKind::Regex(pattern) => marks.extend(pattern_mark(&folded_regex(pattern))),
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().for_each(|n| collect_marks(n, reader, marks)),
        NodeKind::Field(_, FieldValue::Words(inner)) => collect_marks(inner, reader, marks),
        // What must not be there cannot be marked.
        NodeKind::All | NodeKind::Not(_) | NodeKind::Field(_, _) => {}
    }
}

fn pattern_mark(regex: &str) -> Option<Mark> {
    regex::Regex::new(&format!("^(?:{regex})$")).ok().map(|regex| Mark::Pattern { regex })
}
