//! Values of fields that are not words: names, days, numbers, paths.

use super::ast::{FieldValue, Node, NodeKind, NumberRange};
use super::bounds::parse_days;
use super::dates::DateRange;
use super::error::QueryError;
use super::lex::PieceKind;
use super::parse::Parser;
use crate::story::{Field, FieldKind};
use crate::text::fold;
use std::ops::Range;

/// Any value.
const ANY: &str = "*";
/// Words behind a date that may belong to it: *2 décembre 2024*, *la semaine dernière*.
const BEHIND_MAX: usize = 4;
/// Digits of a year.
const YEAR_DIGITS: usize = 4;
/// Bytes of a day such as 2024-12-02.
const ISO_DAY: usize = 10;

/// A field whose values are read.
#[derive(Clone)]
pub(super) struct Valued {
    pub(super) field: Field,
    pub(super) inferred: bool,
    /// Where its prefix stands.
    pub(super) prefix: Range<usize>,
}

impl Parser<'_> {
    /// Whether a group of values begins here: of names always, of days, numbers and paths
    /// where operators join or leave out its parts, since blanks may stand inside a day.
    pub(super) fn is_group_of_values(&self, kind: FieldKind) -> bool {
        let mut depth = 0_usize;
        let mut joined = matches!(kind, FieldKind::Name | FieldKind::Place | FieldKind::Bearer);
        for piece in &self.pieces[self.at..] {
            match piece.kind {
                PieceKind::Open => depth += 1,
                PieceKind::Close => depth = depth.saturating_sub(1),
                PieceKind::And | PieceKind::Or | PieceKind::Not | PieceKind::Minus => joined = true,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        joined && self.peek().is_some_and(|p| p.kind == PieceKind::Open)
    }

    /// Reads a group of values with operators between them; alternatives of names are one
    /// list of names.
    pub(super) fn values_of(&mut self, valued: Valued) -> Result<Option<Node>, QueryError> {
        let Some(open) = self.peek() else { return Ok(None) };
        self.at += 1;
        let empty = no_value(&valued);
        let from = valued.prefix.start;
        let outer = self.valued.replace(valued);
        let inner = self.group(open);
        self.valued = outer;
        let mut node = alternatives(inner?.ok_or(empty)?);
        node.span.start = from;
        Ok(Some(node))
    }

    /// Reads one value.
    pub(super) fn value_of(&mut self, valued: &Valued) -> Result<Node, QueryError> {
        let (mut value, mut span) = self.raw_value();
        if value.iter().all(|v| v.trim().is_empty()) {
            return Err(no_value(valued));
        }
        let Valued { field, inferred, prefix } = valued;
        let ranged = matches!(field.row().kind, FieldKind::Date | FieldKind::Number);
        if ranged && value[0].starts_with(['[', '{']) {
            let message = format!("{} is how another program writes a range", value.join(" "));
            return Err(QueryError::new(message, span, "write a range with two dots, as in date:1987..1988"));
        }
        if ranged && self.text.get(span.clone()) == Some(value[0].as_str()) {
            self.with_blanks(valued, &mut value[0], &mut span)?;
        }
        if *field == Field::Event && is_none(&value) {
            // What speaks of no time: none, stated or inferred as the prefix says.
            let any = FieldValue::Dates { range: DateRange { from: None, to: None }, inferred: *inferred };
            let node = Node { span: span.clone(), kind: NodeKind::Field(*field, any) };
            return Ok(Node { span, kind: NodeKind::Not(Box::new(node)) });
        }
        let value = match field.row().kind {
            FieldKind::Name | FieldKind::Place | FieldKind::Bearer => {
                value.iter().try_for_each(|name| check_name(*field, name, &span))?;
                FieldValue::Names(value)
            }
            FieldKind::Path | FieldKind::Words => FieldValue::Path(value.join(" ")),
            FieldKind::Date => self.dates(*field, &value.join(" "), span.clone(), *inferred)?,
            FieldKind::Number => FieldValue::Numbers(numbers(&value.join(" "), span.clone())?),
        };
        let from = if self.valued.is_some() { span.start } else { prefix.start };
        Ok(Node { span: from..span.end, kind: NodeKind::Field(*field, value) })
    }

    /// The value of a field: one word, a quoted text, or what stands in parentheses.
    pub(super) fn raw_value(&mut self) -> (Vec<String>, Range<usize>) {
        let from = self.peek().map_or(self.text.len(), |p| p.span.start);
        let mut values = Vec::new();
        let grouped = self.peek().is_some_and(|p| p.kind == PieceKind::Open);
        self.at += usize::from(grouped);
        let mut end = from;
        while let Some(piece) = self.peek() {
            let glued = piece.span.start == end || values.is_empty();
            if !grouped && (!glued || matches!(piece.kind, PieceKind::Open | PieceKind::Close)) {
                break;
            }
            self.at += 1;
            end = piece.span.end;
            match &piece.kind {
                PieceKind::Close => break,
                PieceKind::Or | PieceKind::And | PieceKind::Open | PieceKind::Not | PieceKind::Minus if grouped => {}
                PieceKind::Quoted { text: inside, exact, .. } => {
                    values.push(if *exact { format!("={inside}") } else { inside.clone() });
                }
                _ if grouped || values.is_empty() => values.push(self.text[piece.span.clone()].to_owned()),
                _ => {
                    if let Some(last) = values.last_mut() {
                        last.push_str(&self.text[piece.span.clone()]);
                    }
                }
            }
        }
        (values, from..end)
    }

    /// Adds to a value what belongs to it behind blanks, where nothing else can be meant:
    /// `date:2024-12-02 .. 2024-12-05`, `words:100 - 200`. What may be meant is told.
    fn with_blanks(&mut self, of: &Valued, value: &mut String, span: &mut Range<usize>) -> Result<(), QueryError> {
        let words = self.pieces[self.at..].iter().take_while(|p| matches!(p.kind, PieceKind::Bare(_)));
        let ends: Vec<usize> = words.take(BEHIND_MAX).map(|p| p.span.end).collect();
        let name = self.text[of.prefix.clone()].trim_end_matches([':', '\u{FF1A}']);
        for (i, end) in ends.iter().enumerate().take(2) {
            let behind = self.text[span.end..*end].trim();
            if let Some(range) = self.range_of(of, value, behind) {
                self.at += i + 1;
                *value = range;
                span.end = *end;
                return Ok(());
            }
        }
        if of.field.row().kind != FieldKind::Date {
            return Ok(());
        }
        // The longest that is a date: the last behind it is no part of one.
        let whole = ends.iter().rev().map(|end| &self.text[span.start..*end]).find(|text| self.is_date(text));
        let Some(whole) = whole else { return Ok(()) };
        if !self.is_date(value) {
            let message = format!("{value} is not understood as a date; {whole} is");
            let hint = format!("put it between quotation marks: {name}:\"{whole}\"");
            return Err(QueryError::new(message, span.start..span.start + whole.len(), hint));
        }
        let behind = whole[value.len()..].trim();
        self.hints.push(format!(
            "{name}:{value} ends at the blank, and {behind} is searched as text; for both as a date write {name}:\"{whole}\""
        ));
        Ok(())
    }

    fn is_date(&self, text: &str) -> bool {
        parse_days(text, self.context.today, None).is_ok()
    }

    /// A value and what stands behind it as a range, where the two are its ends.
    fn range_of(&self, of: &Valued, value: &str, behind: &str) -> Option<String> {
        let figures = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let (mark, last) = match behind.split_once(char::is_whitespace) {
            Some((mark, last)) => (mark, last.trim()),
            None if value.ends_with("..") => ("", behind),
            None => ("..", behind.strip_prefix("..")?),
        };
        if !figures(last) || mark.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if of.field.row().kind == FieldKind::Number {
            let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
            let joins = matches!(mark, ".." | "-" | "\u{2013}" | "to");
            return (joins && figures(value) && digits(value) && digits(last)).then(|| format!("{value}..{last}"));
        }
        // A number alone is a year or a word of the text: 2024-12.. 2024.
        if mark.is_empty() && !last.contains(['-', '/', '.']) || last.len() < YEAR_DIGITS {
            return None;
        }
        let range =
            if mark == ".." || mark.is_empty() { format!("{value}{mark}{last}") } else { format!("{value} {behind}") };
        let read = |text: &str| parse_days(text, self.context.today, None).ok();
        let (from, to) = (read(value.trim_end_matches('.'))?, read(last)?);
        read(&range).filter(|r| r.from == from.from && r.to == to.to && r.from.is_some() && r.to.is_some())?;
        Some(range)
    }

    pub(super) fn dates(
        &self,
        field: Field,
        value: &str,
        span: Range<usize>,
        inferred: bool,
    ) -> Result<FieldValue, QueryError> {
        if field == Field::Date && is_none(&[value.to_owned()]) {
            return Ok(FieldValue::Undated);
        }
        if let Some(day) = with_time(value) {
            let message = format!("{value} has a time of day, and days are all that is asked for");
            return Err(QueryError::new(message, span, format!("write the day alone, {day}")));
        }
        let name = field.row().prefix;
        if let Some(rest) = value.strip_prefix('-').filter(|rest| self.is_date(rest) && !is_count(rest)) {
            let message = format!("{value} may be what is left out, or all up to it");
            return Err(QueryError::new(message, span, format!("write -{name}:{rest}, or {name}:..{rest}")));
        }
        if value == ANY {
            // Any day, as `*` is any value of names: what has none stays out.
            return Ok(FieldValue::Dates { range: DateRange { from: None, to: None }, inferred });
        }
        match parse_days(value, self.context.today, None) {
            Ok(range) => Ok(FieldValue::Dates { range, inferred }),
            Err(e) => Err(QueryError::new(e.to_string(), span, e.hint())),
        }
    }
}

/// Whether a value asks for the stories that have no day.
fn is_none(value: &[String]) -> bool {
    matches!(value, [one] if matches!(fold(one).as_str(), "none" | "unknown" | "undated"))
}

/// Whether an expression counts back from today, 7d: with a minus it does the same.
fn is_count(text: &str) -> bool {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.len() < text.len() && matches!(unit, "d" | "j" | "w" | "m" | "y" | "h")
}

/// The day of a value that has a time of day behind one, such as 2024-12-02T10:31.
fn with_time(value: &str) -> Option<&str> {
    value.split("..").find_map(|end| {
        let (day, time) = (end.get(..ISO_DAY)?, end.get(ISO_DAY..)?);
        let is_day = day.bytes().all(|b| b.is_ascii_digit() || b == b'-') && day.matches('-').count() == 2;
        let time = time.strip_prefix(['T', 't', ' '])?;
        (is_day && time.starts_with(|c: char| c.is_ascii_digit()) && time.contains(':')).then_some(day)
    })
}

pub(super) fn no_value(valued: &Valued) -> QueryError {
    let row = valued.field.row();
    QueryError::new(format!("{}: has no value", row.prefix), valued.prefix.clone(), format!("as in {}", row.example))
}

/// Refuses a pattern where names are compared by their sound or found in a table: taken as
/// it is, it would find nothing. `*` alone is any value; slugs, subjects and codes of warnings are mere letters.
fn check_name(field: Field, name: &str, span: &Range<usize>) -> Result<(), QueryError> {
    let is_expression = name.len() > 2 && name.starts_with('/') && name.ends_with('/');
    let is_alike = name.rsplit_once('~').is_some_and(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    if matches!(field, Field::Slug | Field::Subject | Field::Warning) || name == ANY {
        return Ok(());
    }
    let prefix = field.row().prefix;
    let takes_exact = field == Field::From || field.row().kind == FieldKind::Bearer;
    let is_spelling = name.len() > 1 && name.starts_with('=') && !takes_exact;
    if is_spelling {
        let message = format!("{prefix}: takes names as they are, and = means nothing there");
        return Err(QueryError::new(message, span.clone(), format!("write {prefix}:{}", &name[1..])));
    }
    if is_alike {
        let message = format!("{prefix}: takes names as they are, and ~ means nothing there");
        let hint = "people, places and organisations are found in other spellings too, without a sign";
        return Err(QueryError::new(message, span.clone(), hint));
    }
    if !is_expression && !name.contains(['*', '?']) {
        return Ok(());
    }
    let message = format!("{prefix}: takes names, not parts of them");
    let hint = format!("write the name, or {name} without {prefix}: for a word; {prefix}:* is any");
    Err(QueryError::new(message, span.clone(), hint))
}

/// Makes one list of names of alternatives that are nothing else.
fn alternatives(node: Node) -> Node {
    let Node { span, kind } = node;
    let each = |nodes: Vec<Node>| nodes.into_iter().map(alternatives).collect::<Vec<_>>();
    let kind = match kind {
        NodeKind::And(nodes) => NodeKind::And(each(nodes)),
        NodeKind::Not(inner) => NodeKind::Not(Box::new(alternatives(*inner))),
        NodeKind::Or(nodes) => {
            let nodes = each(nodes);
            let mut names = Vec::new();
            let mut of = None;
            for node in &nodes {
                if let NodeKind::Field(field, FieldValue::Names(list)) = &node.kind {
                    of = Some(*field);
                    names.extend(list.iter().cloned());
                }
            }
            match of {
                Some(field) if names.len() == nodes.len() => NodeKind::Field(field, FieldValue::Names(names)),
                _ => NodeKind::Or(nodes),
            }
        }
        other => other,
    };
    Node { span, kind }
}

/// Reads `300`, `>300`, `<=300` or `100..200`.
pub(super) fn numbers(value: &str, span: Range<usize>) -> Result<NumberRange, QueryError> {
    let fault = |message: String| QueryError::new(message, span.clone(), "as in words:>300 or words:100..200");
    let number = |text: &str| -> Result<Option<u64>, QueryError> {
        text.parse()
            .map(Some)
            .map_err(|_| fault(format!("{} is no number", if text.is_empty() { value } else { text })))
    };
    let end = |text: &str| if text.is_empty() { Ok(None) } else { number(text) };
    let up = |n: Option<u64>| n.map(|n| n.saturating_add(1));
    let down = |n: Option<u64>| n.map(|n| n.saturating_sub(1));
    if let Some(rest) = value.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        let message = format!("{value} may be what is left out, or all up to it");
        return Err(QueryError::new(message, span, format!("write -words:{rest}, or words:..{rest}")));
    }
    let range = match value {
        ANY => NumberRange { from: Some(0), to: None },
        ".." => return Err(fault("a range without numbers is everything".to_owned())),
        v if v.contains("..") => {
            let (from, to) = v.split_once("..").unwrap_or((v, ""));
            NumberRange { from: end(from)?, to: end(to)? }
        }
        v if v.starts_with(">=") => NumberRange { from: number(&v[2..])?, to: None },
        v if v.starts_with("<=") => NumberRange { from: None, to: number(&v[2..])? },
        v if v.starts_with('>') => NumberRange { from: up(number(&v[1..])?), to: None },
        v if v.starts_with('<') => NumberRange { from: None, to: down(number(&v[1..])?) },
        v => NumberRange { from: number(v)?, to: number(v)? },
    };
    match (range.from, range.to) {
        (Some(from), Some(to)) if from > to => Err(fault(format!("the range runs backwards, from {from} to {to}"))),
        _ => Ok(range),
    }
}
