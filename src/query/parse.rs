//! Pieces to the tree: OR binds loosest, then AND and juxtaposition, then NOT.

use super::ast::{FieldValue, Node, NodeKind, NumberRange, Query};
use super::dates::parse_date_expr;
use super::error::QueryError;
use super::lex::{Piece, PieceKind, lex};
use crate::story::{FIELDS, Field, FieldKind};
use crate::text::{fold, words};
use chrono::NaiveDate;
use std::ops::Range;

/// Longest query, in bytes: a long pasted paragraph, several times over.
const QUERY_BYTES_MAX: usize = 65_536;
/// Deepest nesting of parentheses: far beyond what people write, far below the stack.
const NESTING_MAX: usize = 64;

/// What reading a query depends on besides its text.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The day that *yesterday* counts from.
    pub today: NaiveDate,
}

/// A query as read, with what its writer might like to know.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The query.
    pub query: Query,
    /// Hints: a prefix that is nearly a field's, for example.
    pub hints: Vec<String>,
}

/// Reads a query.
///
/// # Errors
/// An operator without its operand, a field value that means nothing, a bound exceeded,
/// or nothing to search for.
pub fn parse(text: &str, context: &Context) -> Result<Parsed, QueryError> {
    if text.len() > QUERY_BYTES_MAX {
        let message = format!("the query has {} bytes; at most {QUERY_BYTES_MAX} are read", text.len());
        return Err(QueryError::new(message, 0..0, "search for a part of it"));
    }
    let pieces = lex(text);
    let mut parser = Parser { text, pieces: &pieces, at: 0, depth: 0, today: context.today, hints: Vec::new() };
    let mut nodes = Vec::new();
    loop {
        nodes.extend(parser.or()?);
        // A parenthesis that closes nothing is text.
        if parser.at >= pieces.len() {
            break;
        }
        parser.at += 1;
    }
    let root = join(nodes, NodeKind::And).ok_or_else(|| {
        QueryError::new(
            "there is no word to search for",
            0..text.len(),
            "give a word, a field such as agency:AFP, or * for everything",
        )
    })?;
    Ok(Parsed { query: Query { root }, hints: parser.hints })
}

struct Parser<'a> {
    text: &'a str,
    pieces: &'a [Piece],
    at: usize,
    depth: usize,
    today: NaiveDate,
    hints: Vec<String>,
}

fn join(mut nodes: Vec<Node>, kind: fn(Vec<Node>) -> NodeKind) -> Option<Node> {
    if nodes.len() < 2 {
        return nodes.pop();
    }
    let span = nodes[0].span.start..nodes[nodes.len() - 1].span.end;
    Some(Node { span, kind: kind(nodes) })
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Piece> {
        self.pieces.get(self.at)
    }

    fn operand_missing(&self, piece: &Piece, side: &str) -> QueryError {
        let name = &self.text[piece.span.clone()];
        let hint = format!("write something {side} it, or \"{}\" in lower case for the word", name.to_lowercase());
        QueryError::new(format!("{name} has nothing {side} it"), piece.span.clone(), hint)
    }

    fn or(&mut self) -> Result<Option<Node>, QueryError> {
        let mut nodes = Vec::new();
        let mut pending: Option<&Piece> = None;
        loop {
            let node = self.and()?;
            match (node, pending) {
                (Some(node), _) => nodes.push(node),
                (None, Some(operator)) => return Err(self.operand_missing(operator, "behind")),
                (None, None) => {}
            }
            match self.peek() {
                Some(piece) if piece.kind == PieceKind::Or => {
                    if nodes.is_empty() {
                        return Err(self.operand_missing(piece, "before"));
                    }
                    pending = Some(piece);
                    self.at += 1;
                }
                _ => return Ok(join(nodes, NodeKind::Or)),
            }
        }
    }

    fn and(&mut self) -> Result<Option<Node>, QueryError> {
        let mut nodes = Vec::new();
        let mut pending: Option<&Piece> = None;
        while let Some(piece) = self.peek() {
            match piece.kind {
                PieceKind::Or | PieceKind::Close => break,
                PieceKind::And => {
                    if nodes.is_empty() {
                        return Err(self.operand_missing(piece, "before"));
                    }
                    pending = Some(piece);
                    self.at += 1;
                }
                _ => {
                    let before = nodes.len();
                    nodes.extend(self.not()?);
                    if nodes.len() > before {
                        pending = None;
                    }
                }
            }
        }
        match pending {
            Some(operator) => Err(self.operand_missing(operator, "behind")),
            None => Ok(join(nodes, NodeKind::And)),
        }
    }

    fn not(&mut self) -> Result<Option<Node>, QueryError> {
        let Some(piece) = self.peek() else { return Ok(None) };
        if !matches!(piece.kind, PieceKind::Not | PieceKind::Minus) {
            return self.atom(None);
        }
        self.at += 1;
        let inner = match self.peek() {
            Some(next) if matches!(next.kind, PieceKind::Or | PieceKind::And | PieceKind::Close) => None,
            Some(_) => self.not()?,
            None => None,
        };
        match inner {
            // Twice without is with.
            Some(Node { kind: NodeKind::Not(inner), .. }) => Ok(Some(*inner)),
            Some(inner) => {
                let span = piece.span.start..inner.span.end;
                Ok(Some(Node { span, kind: NodeKind::Not(Box::new(inner)) }))
            }
            None if piece.kind == PieceKind::Not => Err(self.operand_missing(piece, "behind")),
            None => Ok(None),
        }
    }

    fn atom(&mut self, field: Option<Field>) -> Result<Option<Node>, QueryError> {
        let Some(piece) = self.peek() else { return Ok(None) };
        self.at += 1;
        let span = piece.span.clone();
        Ok(match &piece.kind {
            PieceKind::Open => return self.group(piece, field),
            PieceKind::Prefix(name) => return self.prefixed(name, piece),
            PieceKind::Quoted(inside, exact) => phrase(inside, *exact).map(|kind| Node { span, kind }),
            PieceKind::Regex(Some(pattern)) => {
                let built = regex::Regex::new(pattern);
                built.map_err(|e| bad_regex(&e, span.clone()))?;
                Some(Node { span, kind: NodeKind::Regex(pattern.clone()) })
            }
            PieceKind::Regex(None) => {
                // An unclosed one with a second slash nowhere: text such as /ТАСС is no regex.
                let word = self.text[span.clone()].trim_start_matches('/');
                bare(word).map(|kind| Node { span, kind })
            }
            PieceKind::Bare(word) => bare(word).map(|kind| Node { span, kind }),
            PieceKind::Close | PieceKind::Minus | PieceKind::And | PieceKind::Or | PieceKind::Not => None,
        })
    }

    fn group(&mut self, open: &Piece, field: Option<Field>) -> Result<Option<Node>, QueryError> {
        if self.depth >= NESTING_MAX {
            let message = format!("parentheses nest deeper than {NESTING_MAX}");
            return Err(QueryError::new(message, open.span.clone(), "take some of them away"));
        }
        self.depth += 1;
        let inner = self.or();
        self.depth -= 1;
        let _ = field;
        if self.peek().is_some_and(|p| p.kind == PieceKind::Close) {
            self.at += 1;
        }
        inner
    }

    fn prefixed(&mut self, name: &str, piece: &Piece) -> Result<Option<Node>, QueryError> {
        let inferred = name.ends_with('~');
        let Some(field) = Field::from_prefix(name.trim_end_matches('~')) else {
            self.suggest(name);
            // Not a field: the name is a word like any other.
            return Ok(bare(name).map(|kind| Node { span: piece.span.clone(), kind }));
        };
        let kind = field.row().kind;
        if kind == FieldKind::Words {
            let inner = self.atom(Some(field))?;
            return Ok(inner.map(|inner| {
                let span = piece.span.start..inner.span.end;
                Node { span, kind: NodeKind::Field(field, FieldValue::Words(Box::new(inner))) }
            }));
        }
        let (value, value_span) = self.raw_value();
        if value.iter().all(|v| v.trim().is_empty()) {
            let message = format!("{name}: has no value");
            return Err(QueryError::new(message, piece.span.clone(), format!("as in {}", field.row().example)));
        }
        let span = piece.span.start..value_span.end;
        let value = match kind {
            FieldKind::Name | FieldKind::Place => FieldValue::Names(value),
            FieldKind::Path => FieldValue::Path(value.join(" ")),
            FieldKind::Date => self.dates(field, &value.join(" "), value_span, inferred)?,
            FieldKind::Number => FieldValue::Numbers(numbers(&value.join(" "), value_span)?),
            FieldKind::Words => return Ok(None),
        };
        Ok(Some(Node { span, kind: NodeKind::Field(field, value) }))
    }

    /// The value of a field of names: one word, a quoted text, or alternatives in
    /// parentheses.
    fn raw_value(&mut self) -> (Vec<String>, Range<usize>) {
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
                PieceKind::Quoted(inside, _) => values.push(inside.clone()),
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

    fn dates(&self, field: Field, value: &str, span: Range<usize>, inferred: bool) -> Result<FieldValue, QueryError> {
        if field == Field::Date && matches!(fold(value).as_str(), "none" | "unknown" | "undated") {
            return Ok(FieldValue::Undated);
        }
        match parse_date_expr(value, self.today, None) {
            Ok(range) => Ok(FieldValue::Dates { range, inferred }),
            Err(e) => Err(QueryError::new(e.to_string(), span, e.hint())),
        }
    }

    fn suggest(&mut self, name: &str) {
        let near = FIELDS.iter().find(|row| distance(row.prefix, &name.to_lowercase()) <= 2 && name.len() > 3);
        if let Some(row) = near {
            self.hints.push(format!("{name}: is no field and is searched as a word; did you mean {}:", row.prefix));
        }
    }
}

fn bad_regex(e: &regex::Error, span: Range<usize>) -> QueryError {
    let first = e.to_string().lines().last().unwrap_or_default().trim().to_owned();
    QueryError::new(format!("the regular expression cannot be read: {first}"), span, "as in /p[ou]+tine/")
}

/// The least number of letters to change, add or take away.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

fn list(text: &str) -> Vec<String> {
    words(text).map(|w| text[w.start..w.end].to_owned()).collect()
}

fn phrase(inside: &str, exact: bool) -> Option<NodeKind> {
    let mut words = list(inside);
    match (words.len(), exact) {
        (0, _) => None,
        (1, true) => words.pop().map(NodeKind::Exact),
        (_, true) => Some(NodeKind::ExactPhrase(words)),
        (_, false) => Some(NodeKind::Phrase(words)),
    }
}

/// Elided articles and the like, folded: *l'Iran* is *Iran* to a reader.
const ELIDED: &[&str] = &[
    "l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "dell", "nell", "all", "sull",
    "dall", "un", "quell", "quest",
];

/// Reads a word without quotes: one word by its stem, several as a phrase.
fn bare(word: &str) -> Option<NodeKind> {
    if word == "*" {
        return Some(NodeKind::All);
    }
    if let Some(exact) = word.strip_prefix('=') {
        return phrase(exact, true);
    }
    if word.contains(['*', '?']) {
        let pattern: String = word.chars().filter(|c| c.is_alphanumeric() || matches!(c, '*' | '?')).collect();
        let letters = pattern.chars().filter(|c| c.is_alphanumeric()).count();
        let inner = pattern.trim_end_matches('?');
        // A question mark that ends a word is punctuation in a pasted sentence.
        if letters > 0 && (inner.contains(['*', '?'])) {
            return Some(NodeKind::Wildcard(inner.to_owned()));
        }
    }
    let mut parts = list(word);
    if parts.len() > 1 && ELIDED.contains(&fold(&parts[0]).as_str()) {
        let after = word.find(parts[0].as_str()).map_or(0, |i| i + parts[0].len());
        if word[after..].starts_with(['\'', '’', '\u{2BC}', '＇']) {
            parts.remove(0);
        }
    }
    match parts.len() {
        0 => None,
        1 => parts.pop().map(NodeKind::Word),
        _ => Some(NodeKind::Phrase(parts)),
    }
}

fn numbers(value: &str, span: Range<usize>) -> Result<NumberRange, QueryError> {
    let number = |text: &str| -> Result<Option<u64>, QueryError> {
        if text.is_empty() {
            return Ok(None);
        }
        let fault =
            || QueryError::new(format!("{text} is no number"), span.clone(), "as in words:>300 or words:100..200");
        text.parse().map(Some).map_err(|_| fault())
    };
    let up = |n: Option<u64>| n.map(|n| n.saturating_add(1));
    let down = |n: Option<u64>| n.map(|n| n.saturating_sub(1));
    Ok(match value {
        v if v.contains("..") => {
            let (from, to) = v.split_once("..").unwrap_or((v, ""));
            NumberRange { from: number(from)?, to: number(to)? }
        }
        v if v.starts_with(">=") => NumberRange { from: number(&v[2..])?, to: None },
        v if v.starts_with("<=") => NumberRange { from: None, to: number(&v[2..])? },
        v if v.starts_with('>') => NumberRange { from: up(number(&v[1..])?), to: None },
        v if v.starts_with('<') => NumberRange { from: None, to: down(number(&v[1..])?) },
        v => NumberRange { from: number(v)?, to: number(v)? },
    })
}

#[cfg(test)]
mod tests {
    use super::{Context, parse};
    use crate::query::describe;
    use chrono::NaiveDate;

    fn read(text: &str) -> String {
        let today = NaiveDate::from_ymd_opt(2024, 12, 2).expect("a day");
        match parse(text, &Context { today }) {
            Ok(parsed) => describe(&parsed.query.root),
            Err(e) => format!("error at {}..{}: {}", e.span.start, e.span.end, e.message),
        }
    }

    #[test]
    fn queries_as_they_are_read() {
        for (query, reading) in [
            ("Poutine Alep", "(Poutine AND Alep)"),
            ("Poutine OR Assad Alep", "(Poutine OR (Assad AND Alep))"),
            ("(Poutine OR Assad) -Alep", "((Poutine OR Assad) AND NOT Alep)"),
            ("NOT NOT Alep", "Alep"),
            ("\"soutien inconditionnel\"", "\"soutien inconditionnel\""),
            ("=Président =\"Le Président\"", "(=Président AND =\"Le Président\")"),
            ("l'accord d’Alep", "(accord AND Alep)"),
            ("cessez-le-feu", "\"cessez le feu\""),
            ("AP: 10 morts", "(AP AND 10 AND morts)"),
            ("h52.1 - kurz", "(\"h52 1\" AND kurz)"),
            ("AT&T ( : wsx", "(\"AT T\" AND wsx)"),
            ("bilan [provisoire {à \\ wsx:", "(bilan AND provisoire AND à AND wsx)"),
            ("agency:IRNA from:\"New York\"", "(agency:IRNA AND from:New York)"),
            ("agency:(AFP OR TASS)", "agency:AFP|TASS"),
            ("headline:(Astana OR Alep)", "headline:((Astana OR Alep))"),
            ("date:2024-11..2024-12-05", "date:2024-11-01..2024-12-05"),
            ("date:..2024 date:none", "(date:..2024-12-31 AND date:none)"),
            ("words:>300", "words:301.."),
            ("synd* Pez?shkian vraiment?", "(synd* AND Pez?shkian AND vraiment)"),
            ("/p[ou]+tine/", "/p[ou]+tine/"),
            ("習近平", "\"習 近 平\""),
            ("\"never closed", "(never AND closed)"),
            ("a) b", "(a AND b)"),
            ("*", "*"),
            ("http://x.org/a", "\"http x org a\""),
        ] {
            assert_eq!(read(query), reading, "{query}");
        }
    }

    #[test]
    fn faults_point_at_themselves() {
        for (query, fault) in [
            ("OR x", "error at 0..2: OR has nothing before it"),
            ("x AND", "error at 2..5: AND has nothing behind it"),
            ("x NOT", "error at 2..5: NOT has nothing behind it"),
            ("date:someday", "error at 5..12: someday is not understood as a date"),
            ("words:many", "error at 6..10: many is no number"),
            ("", "error at 0..0: there is no word to search for"),
        ] {
            assert_eq!(read(query), fault, "{query}");
        }
        assert!(read("/a(/").starts_with("error at 0..4: the regular expression cannot be read"));
        assert!(read(&"(".repeat(100)).starts_with("error at 64..65: parentheses nest deeper"));
    }

    #[test]
    fn a_near_miss_of_a_field_is_a_word_with_a_hint() {
        let today = NaiveDate::default();
        let parsed = parse("agncy:IRNA", &Context { today }).expect("text");
        assert_eq!(parsed.hints, ["agncy: is no field and is searched as a word; did you mean agency:"]);
        assert_eq!(describe(&parsed.query.root), "(agncy AND IRNA)");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused_with_a_span_inside(text in "(\\PC|[()\"/:=*? -]|OR|AND|NOT|date:){0,40}") {
            let today = NaiveDate::default();
            if let Err(e) = parse(&text, &Context { today }) {
                proptest::prop_assert!(text.get(e.span.clone()).is_some());
                let _ = e.draw(&text);
            }
        }
    }
}
