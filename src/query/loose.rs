//! A query whose parts need not all be there: a quotation of a sentence is taken as one.
//!
//! Whoever pastes a headline that is a quotation, quotes and all, and asks for any of its
//! words, means the words: as a phrase it finds the copy that has it to the letter, or
//! nothing. A short phrase stays one: it is a name or a term.

use super::ast::{Node, NodeKind, Phrase, Query};

/// Words of the longest phrase that stays one where any part is enough.
const PHRASE_WORDS_MAX: usize = 6;

impl Query {
    /// Returns the query that is carried out where any of its parts is enough.
    #[must_use]
    pub fn loosened(&self) -> Query {
        Query { root: loosened(&self.root) }
    }
}

fn loosened(node: &Node) -> Node {
    let each = |nodes: &[Node]| nodes.iter().map(loosened).collect();
    let kind = match &node.kind {
        NodeKind::And(nodes) => NodeKind::And(each(nodes)),
        NodeKind::Or(nodes) => NodeKind::Or(each(nodes)),
        NodeKind::Phrase(phrase) if is_sentence(phrase) => {
            let word = |w: &String| Node { span: node.span.clone(), kind: NodeKind::Word(w.clone()) };
            NodeKind::Or(phrase.words.iter().map(word).collect())
        }
        NodeKind::Phrase(phrase) => owner_of(phrase).map_or_else(|| node.kind.clone(), |o| NodeKind::Word(o.clone())),
        // What is left out, near something or in a field is meant as it is written.
        other => other.clone(),
    };
    Node { span: node.span.clone(), kind }
}

/// The name in *Bismarck's*: whoever asks for any of the words means him in any case.
fn owner_of(phrase: &Phrase) -> Option<&String> {
    let [owner, ending] = phrase.words.as_slice() else { return None };
    let owns = !phrase.exact && phrase.slop == 0 && ending.eq_ignore_ascii_case("s");
    Some(owner).filter(|o| owns && o.chars().nth(1).is_some() && !o.contains(['*', '?']))
}

fn is_sentence(phrase: &Phrase) -> bool {
    let plain = |w: &String| !w.contains(['*', '?']);
    !phrase.exact && phrase.slop == 0 && phrase.words.len() > PHRASE_WORDS_MAX && phrase.words.iter().all(plain)
}

#[cfg(test)]
mod tests {
    use crate::query::{Context, describe, parse};
    use chrono::NaiveDate;

    #[test]
    fn a_quoted_sentence_is_its_words() {
        for (typed, read) in [
            ("\"the plan is dead\"", "\"the plan is dead\""),
            ("Bismarck's heirs", "(Bismarck AND heirs)"),
            ("=\"Bismarck's\" U's", "(=\"Bismarck s\" AND \"U s\")"),
            (
                "\"there is a plague that makes it worse\" -x",
                "((there OR is OR a OR plague OR that OR makes OR it OR worse) AND NOT x)",
            ),
            ("NOT \"there is a plague that makes it worse\"", "NOT \"there is a plague that makes it worse\""),
            ("=\"there is a plague that makes it worse\"", "=\"there is a plague that makes it worse\""),
            ("\"there is a plague that makes it worse\"~2", "\"there is a plague that makes it worse\"~2"),
        ] {
            let parsed = parse(typed, &Context { today: NaiveDate::default(), any: false }).expect(typed);
            assert_eq!(describe(&parsed.query.loosened().root), read, "{typed}");
        }
    }
}
