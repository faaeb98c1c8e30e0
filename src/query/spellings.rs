//! Spellings of one word that the division into words tells apart: acronyms with and
//! without points, numbers with and without their thousands parted.
//!
//! *U.N.* is two words of one letter and *UN* one word; *30,000*, *30.000* and *30 000*
//! are two words and *30000* one. Agencies write the one or the other, so a query for one
//! is carried out as one for both. The index keeps what was printed.

use super::ast::{FieldValue, Near, Node, NodeKind, Phrase, Query};

/// Letters of the longest acronym.
const ACRONYM_LETTERS_MAX: usize = 5;
/// Digits of the longest number.
const DIGITS_MAX: usize = 15;
/// Words of a query in capitals that may all be acronyms; more are a headline.
const CAPITALS_MAX: usize = 3;
/// Words of a query that are written in parts: each costs a phrase of very common words. More
/// are a list of codes, which stand for themselves.
const PARTED_MAX: usize = 16;

impl Query {
    /// Returns the query as it is carried out: every spelling of its acronyms and numbers.
    #[must_use]
    pub fn carried_out(&self) -> Query {
        let (mut small, mut plain) = (false, 0);
        let mut words: Vec<String> = Vec::new();
        self.root.walk(&mut |node| match &node.kind {
            NodeKind::Word(word) => {
                plain += 1;
                small |= word.chars().any(char::is_lowercase);
                words.push(word.clone());
            }
            NodeKind::Phrase(phrase) => words.extend(phrase.words.iter().cloned()),
            _ => {}
        });
        let mut spelling = Spelling { parts: true, acronyms: small || plain <= CAPITALS_MAX };
        spelling.parts = words.iter().filter(|w| spelling.parted(w).is_some()).count() <= PARTED_MAX;
        Query { root: spelling.of(&self.root) }
    }
}

struct Spelling {
    /// Whether words are written in parts.
    parts: bool,
    /// Whether a word in capitals may be an acronym.
    acronyms: bool,
}

impl Spelling {
    fn of(&self, node: &Node) -> Node {
        let each = |nodes: &[Node]| nodes.iter().map(|n| self.of(n)).collect();
        let kind = match &node.kind {
            NodeKind::Word(word) => match self.parted(word) {
                Some(parts) => either(node, node.kind.clone(), phrase(parts)),
                None => node.kind.clone(),
            },
            NodeKind::Phrase(p) if is_plain(p) => self.of_phrase(node, p),
            NodeKind::And(nodes) => NodeKind::And(each(nodes)),
            NodeKind::Or(nodes) => NodeKind::Or(each(nodes)),
            NodeKind::Not(inner) => NodeKind::Not(Box::new(self.of(inner))),
            NodeKind::AtLeast(count, inner) => NodeKind::AtLeast(*count, Box::new(self.of(inner))),
            NodeKind::Near(near) => {
                let (left, right) = (self.of(&near.left), self.of(&near.right));
                NodeKind::Near(Box::new(Near { left, right, ..**near }))
            }
            NodeKind::Field(field, FieldValue::Words(inner)) => {
                NodeKind::Field(*field, FieldValue::Words(Box::new(self.of(inner))))
            }
            other => other.clone(),
        };
        Node { span: node.span.clone(), kind }
    }

    /// A phrase, beside the same with its acronyms and numbers written the other way.
    fn of_phrase(&self, node: &Node, p: &Phrase) -> NodeKind {
        let joined = joined(&p.words);
        if let ([one], true) = (joined.as_slice(), p.words.len() > 1) {
            // The small word *us* is not the U.S.
            let kind = if one.starts_with(char::is_alphabetic) { NodeKind::Exact } else { NodeKind::Word };
            return either(node, node.kind.clone(), kind(one.clone()));
        }
        let mut parted = Vec::with_capacity(p.words.len());
        for word in &p.words {
            match self.parted(word) {
                Some(parts) => parted.extend(parts),
                None => parted.push(word.clone()),
            }
        }
        let mut kind = node.kind.clone();
        for words in [joined, parted] {
            if words != p.words {
                kind = either(node, kind, phrase(words));
            }
        }
        kind
    }

    /// The parts of a word that may be written in parts: letters of an acronym, thousands.
    fn parted(&self, word: &str) -> Option<Vec<String>> {
        if !self.parts {
            return None;
        }
        let letters = word.chars().count();
        if (2..=ACRONYM_LETTERS_MAX).contains(&letters) && word.chars().all(char::is_uppercase) {
            return self.acronyms.then(|| word.chars().map(String::from).collect());
        }
        let is_year = letters == 4 && (word.starts_with("19") || word.starts_with("20"));
        let digits = word.bytes().all(|b| b.is_ascii_digit()) && !word.starts_with('0');
        if !digits || is_year || !(4..=DIGITS_MAX).contains(&letters) {
            return None;
        }
        let mut parts = Vec::new();
        let (first, mut rest) = word.split_at((letters - 1) % 3 + 1);
        parts.push(first.to_owned());
        while !rest.is_empty() {
            let (three, behind) = rest.split_at(3);
            parts.push(three.to_owned());
            rest = behind;
        }
        Some(parts)
    }
}

fn phrase(words: Vec<String>) -> NodeKind {
    NodeKind::Phrase(Phrase { words, exact: false, slop: 0 })
}

fn is_plain(p: &Phrase) -> bool {
    !p.exact && p.slop == 0 && p.words.iter().all(|w| !w.contains(['*', '?']))
}

/// One or the other, at the place of a node.
fn either(node: &Node, one: NodeKind, other: NodeKind) -> NodeKind {
    let mut nodes = match one {
        NodeKind::Or(nodes) => nodes,
        kind => vec![Node { span: node.span.clone(), kind }],
    };
    nodes.push(Node { span: node.span.clone(), kind: other });
    NodeKind::Or(nodes)
}

/// Words with runs of capital letters and of thousands joined to one word.
fn joined(words: &[String]) -> Vec<String> {
    let is_letter = |w: &String| {
        let mut chars = w.chars();
        matches!((chars.next(), chars.next()), (Some(c), None) if c.is_uppercase())
    };
    let digits = |w: &String| w.bytes().all(|b| b.is_ascii_digit());
    let opens = |w: &String| digits(w) && w.len() <= 3 && !w.starts_with('0');
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        let letters = rest.iter().take_while(|w| is_letter(w)).count();
        let thousands =
            if opens(&rest[0]) { 1 + rest[1..].iter().take_while(|w| digits(w) && w.len() == 3).count() } else { 1 };
        let run = if (2..=ACRONYM_LETTERS_MAX).contains(&letters) { letters } else { thousands };
        out.push(rest[..run].concat());
        at += run;
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::query::{Context, describe, parse};
    use chrono::NaiveDate;

    #[test]
    fn a_list_of_codes_stands_for_itself() {
        let codes: Vec<String> = (b'A'..=b'Z').map(|c| format!("{}X", c as char)).collect();
        let typed = format!("stock {}", codes.join(" OR "));
        let query = parse(&typed, &Context { today: NaiveDate::default(), any: false }).expect("a list").query;
        assert_eq!(query.carried_out(), query);
    }

    #[test]
    fn acronyms_and_numbers_in_every_spelling() {
        for (typed, asked) in [
            ("UN envoys", "((UN OR \"U N\") AND envoys)"),
            ("U.N. envoys", "((\"U N\" OR =UN) AND envoys)"),
            ("l'O.N.U", "(\"O N U\" OR =ONU)"),
            ("\"UN envoys\"", "(\"UN envoys\" OR \"U N envoys\")"),
            ("\"the U.S. envoy\"", "(\"the U S envoy\" OR \"the US envoy\")"),
            ("Iran W/5 UN", "(Iran W/5 (UN OR \"U N\"))"),
            ("-headline:UN", "NOT headline:(UN OR \"U N\")"),
            ("30000", "(30000 OR \"30 000\")"),
            ("1500", "(1500 OR \"1 500\")"),
            ("30.000", "(\"30 000\" OR 30000)"),
            ("30\u{A0}000 morts", "((\"30 000\" OR 30000) AND morts)"),
            ("1,234,567", "(\"1 234 567\" OR 1234567)"),
            ("\"10,000 people\"", "(\"10 000 people\" OR \"10000 people\")"),
            // Years, small words, exact forms and headlines stand for themselves.
            ("2024", "2024"),
            ("un", "un"),
            ("=UN", "=UN"),
            ("MINISTER RESIGNS IN PERU", "(MINISTER AND RESIGNS AND IN AND PERU)"),
            ("2.5", "\"2 5\""),
            ("2024-100", "\"2024 100\""),
            ("007", "007"),
        ] {
            let parsed = parse(typed, &Context { today: NaiveDate::default(), any: false }).expect(typed);
            assert_eq!(describe(&parsed.query.carried_out().root), asked, "{typed}");
        }
    }
}
