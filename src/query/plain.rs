//! A query for people: as a tree, and as one sentence.

use super::ast::{Distance, FieldValue, Near, Node, NodeKind, NumberRange, Phrase};
use super::dates::DateRange;
use super::describe::describe;
use crate::story::Field;
use chrono::NaiveDate;
use std::borrow::Cow;

/// Returns the tree of a query, a line a node, with its depth.
#[must_use]
pub fn tree(node: &Node) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    branch(node, 0, false, &mut out);
    out
}

/// Returns one sentence that says which stories a query finds.
#[must_use]
pub fn sentence(node: &Node) -> String {
    let text = clause(node);
    match &node.kind {
        NodeKind::All => "Every story.".to_owned(),
        _ => format!("Stories {text}."),
    }
}

fn branch(node: &Node, depth: usize, placed: bool, out: &mut Vec<(usize, String)>) {
    // Words whose places count are looked for as printed, not by their stems.
    let places = placed
        || match &node.kind {
            NodeKind::Near(_) | NodeKind::AtLeast(..) => true,
            NodeKind::Field(field, _) => is_as_printed(*field),
            _ => false,
        };
    let under = |line: &str, nodes: &[&Node], out: &mut Vec<(usize, String)>| {
        out.push((depth, line.to_owned()));
        nodes.iter().for_each(|n| branch(n, depth + 1, places, out));
    };
    match &node.kind {
        NodeKind::And(nodes) => under("all of", &nodes.iter().collect::<Vec<_>>(), out),
        NodeKind::Or(nodes) => under("any of", &nodes.iter().collect::<Vec<_>>(), out),
        NodeKind::Not(inner) => under("without", &[inner], out),
        NodeKind::AtLeast(count, inner) => under(&format!("at least {count} occurrences of"), &[inner], out),
        NodeKind::Near(near) => under(&apart(near), &[&near.left, &near.right], out),
        NodeKind::Field(field, FieldValue::Words(inner)) if inner.kind == NodeKind::All => {
            out.push((depth, format!("any word {}", inside(*field))));
        }
        NodeKind::Field(field, FieldValue::Words(inner)) => under(&inside(*field), &[inner], out),
        NodeKind::Word(word) if placed => out.push((depth, format!("the word {word}"))),
        NodeKind::All
        | NodeKind::Word(_)
        | NodeKind::Exact(_)
        | NodeKind::Phrase(_)
        | NodeKind::Wildcard(_)
        | NodeKind::Fuzzy(..)
        | NodeKind::Regex(_)
        | NodeKind::Field(..) => out.push((depth, leaf(node))),
    }
}

/// Whether the words of a field are looked for as printed, not by their stems.
fn is_as_printed(field: Field) -> bool {
    matches!(field, Field::Quote | Field::Byline)
}

fn inside(field: Field) -> String {
    match field {
        Field::Quote => "in a quotation".to_owned(),
        _ => format!("in the {}", field.row().prefix),
    }
}

fn apart(near: &Near) -> String {
    let how = match near.distance {
        Distance::Within(1) => "adjacent, in any order".to_owned(),
        Distance::Within(n) => format!("at most {n} words apart, in any order"),
        Distance::Before(1) => "adjacent, in this order".to_owned(),
        Distance::Before(n) => format!("at most {n} words apart, in this order"),
        Distance::Sentence => "in one sentence".to_owned(),
        Distance::Paragraph => "in one paragraph".to_owned(),
    };
    if near.without { format!("the first with no second {}", from_it(near.distance)) } else { how }
}

fn from_it(distance: Distance) -> String {
    match distance {
        Distance::Within(1) => "beside it".to_owned(),
        Distance::Within(n) => format!("at most {n} words from it"),
        Distance::Before(1) => "right behind it".to_owned(),
        Distance::Before(n) => format!("at most {n} words behind it"),
        Distance::Sentence => "in its sentence".to_owned(),
        Distance::Paragraph => "in its paragraph".to_owned(),
    }
}

fn leaf(node: &Node) -> String {
    match &node.kind {
        NodeKind::All => "every story".to_owned(),
        NodeKind::Word(word) => format!("the word {word}, by its stem"),
        NodeKind::Exact(word) => format!("{word} exactly as printed"),
        NodeKind::Phrase(phrase) => phrase_words(phrase),
        NodeKind::Wildcard(pattern) => format!("a word like {pattern}"),
        NodeKind::Fuzzy(word, 1) => format!("{word}, or a word one letter away"),
        NodeKind::Fuzzy(word, _) => format!("{word}, or a word two letters away"),
        NodeKind::Regex(pattern) => format!("a word that /{pattern}/ describes"),
        NodeKind::Field(field, value) => field_words(*field, value),
        _ => describe(node),
    }
}

fn phrase_words(phrase: &Phrase) -> String {
    if let ([word], false) = (phrase.words.as_slice(), phrase.exact) {
        return if word.contains(['*', '?']) {
            format!("a word like {word}")
        } else {
            format!("“{word}” in this form")
        };
    }
    let words = phrase.words.join(" ");
    let exact = if phrase.exact { " exactly as printed" } else { "" };
    match phrase.slop {
        0 => format!("the phrase “{words}”{exact}"),
        1 => format!("the phrase “{words}”{exact} with at most one word between"),
        n => format!("the phrase “{words}”{exact} with at most {n} words between"),
    }
}

fn field_words(field: Field, value: &FieldValue) -> String {
    let name = field.row().prefix;
    match value {
        FieldValue::Words(inner) => format!("{}: {}", inside(field), describe(inner)),
        FieldValue::Names(names) => format!("{name} {}", names.join(" or ")),
        FieldValue::Dates { range, inferred } => {
            if range.from.is_none() && range.to.is_none() {
                return if field == Field::Date { "with a day of filing" } else { "speaking of any time" }.to_owned();
            }
            let inferred = if *inferred { ", as stated or inferred" } else { "" };
            let days = interval(range);
            match field {
                Field::Date => format!("filed {days}{inferred}"),
                _ => {
                    let days = days.strip_prefix("on ").or_else(|| days.strip_prefix("from ")).unwrap_or(&days);
                    format!("speaking of {days}{inferred}")
                }
            }
        }
        FieldValue::Undated => "with no known day of filing".to_owned(),
        FieldValue::Numbers(NumberRange { from, to }) => match (from, to) {
            (Some(from), Some(to)) if from == to => format!("with {from} {name}"),
            (Some(from), Some(to)) => format!("with {from} to {to} {name}"),
            (Some(from), None) => format!("with at least {from} {name}"),
            (None, Some(to)) => format!("with at most {to} {name}"),
            (None, None) => format!("with any number of {name}"),
        },
        FieldValue::Path(path) => format!("under the path {path}"),
    }
}

fn interval(range: &DateRange) -> String {
    let day = |d: NaiveDate| d.format("%Y-%m-%d").to_string();
    match (range.from, range.to) {
        (Some(from), Some(to)) if from == to => format!("on {}", day(from)),
        (Some(from), Some(to)) => format!("from {} to {}", day(from), day(to)),
        (Some(from), None) => format!("on {} or later", day(from)),
        (None, Some(to)) => format!("on {} or earlier", day(to)),
        (None, None) => "on any day".to_owned(),
    }
}

/// What goes behind *stories*.
fn clause(node: &Node) -> String {
    match &node.kind {
        NodeKind::All => "of any kind".to_owned(),
        NodeKind::And(nodes) => {
            // Words first, then what is not there, then filters, then what these leave out.
            let (without, nodes): (Vec<&Node>, Vec<&Node>) = nodes.iter().partition(|n| left_out(n).is_some());
            if nodes.is_empty() {
                return without.into_iter().map(clause_in).collect::<Vec<_>>().join(" and ");
            }
            let speakers = speakers_beside(&nodes);
            let told = nodes.iter().filter(|n| speakers.is_none() || !is_speaker(n));
            let part = |n: &Node| (rank(n), format!("{}{}", clause_in(n), of_speakers(n, speakers.as_deref())));
            let mut parts: Vec<(u8, String)> = told.map(|n| part(n)).collect();
            parts.sort_by_key(|p| p.0);
            let parts = parts.into_iter().map(|p| p.1).collect::<Vec<_>>().join(" and ");
            let without: Vec<String> = without.into_iter().filter_map(left_out).map(clause_in).collect();
            if without.is_empty() { parts } else { format!("{parts}, but none {}", without.join(" or ")) }
        }
        NodeKind::Or(nodes) => nodes.iter().map(clause_in).collect::<Vec<_>>().join(" or "),
        NodeKind::Not(inner) => match left_out(node) {
            Some(inner) => format!("other than those {}", clause(inner)),
            None => format!("without {}", noun(inner)),
        },
        NodeKind::Field(_, FieldValue::Words(inner)) => {
            // What ends in a phrase of its own is parted from the place.
            let comma = if matches!(inner.kind, NodeKind::Near(_)) { "," } else { "" };
            match (&node.kind, &inner.kind) {
                // Each of them may be in another one.
                (NodeKind::Field(Field::Quote, _), NodeKind::And(_)) => {
                    format!("with {} in quotations, one or several", in_field(node, inner))
                }
                _ => format!("with {}{comma} {}", in_field(node, inner), leaf_place(node)),
            }
        }
        NodeKind::Field(field, value) => match value {
            FieldValue::Names(names) if matches!(names.as_slice(), [one] if one == "*") => {
                format!("with any {}", field.row().prefix)
            }
            FieldValue::Names(names) => {
                let names: Vec<Cow<'_, str>> = names.iter().map(|name| value_words(*field, name)).collect();
                let names = names.join(" or ");
                match field {
                    Field::Agency => format!("by {names}"),
                    Field::From => format!("from {names}"),
                    Field::Person | Field::Place | Field::Org => format!("that name {names}"),
                    Field::Speaker => format!("that quote {names}"),
                    Field::Warning => format!("read with {names}"),
                    _ => format!("whose {} is {names}", field.row().prefix),
                }
            }
            _ => field_words(*field, value),
        },
        _ => format!("with {}", noun(node)),
    }
}

/// What a part leaves out that is told by a clause.
fn left_out(node: &Node) -> Option<&Node> {
    match &node.kind {
        NodeKind::Not(inner) => {
            matches!(inner.kind, NodeKind::Field(..) | NodeKind::Or(_) | NodeKind::And(_) | NodeKind::All)
                .then_some(&**inner)
        }
        _ => None,
    }
}

/// Whose words a quotation beside them is of: what joins the two is one quotation, not one story.
fn speakers_beside(nodes: &[&Node]) -> Option<String> {
    let mut speakers: Vec<&str> = Vec::new();
    for node in nodes.iter().filter(|n| is_speaker(n)) {
        if let NodeKind::Field(_, FieldValue::Names(names)) = &node.kind {
            speakers.extend(names.iter().map(|n| if n == "*" { "somebody named" } else { n.as_str() }));
        }
    }
    (!speakers.is_empty() && nodes.iter().any(|n| is_quote(n))).then(|| speakers.join(" or "))
}

fn is_speaker(node: &Node) -> bool {
    let names = |names: &[String]| names.iter().all(|n| value_words(Field::Speaker, n) == n.as_str());
    matches!(&node.kind, NodeKind::Field(Field::Speaker, FieldValue::Names(list)) if names(list))
}

fn is_quote(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Field(Field::Quote, _))
}

fn of_speakers(node: &Node, speakers: Option<&str>) -> String {
    speakers.filter(|_| is_quote(node)).map_or_else(String::new, |speakers| format!(" of {speakers}"))
}

/// A value, or what stands for none in a sentence.
fn value_words(field: Field, name: &str) -> Cow<'_, str> {
    if let Some(rest) = name.strip_prefix('=').filter(|rest| !rest.is_empty()) {
        return Cow::Owned(match field {
            Field::From | Field::Place => format!("{rest} itself"),
            Field::Slug | Field::Subject | Field::Warning => format!("exactly {rest}"),
            _ => format!("{rest} in this spelling"),
        });
    }
    // Codes of warnings have *unknown* among their words.
    if field == Field::Warning && !name.eq_ignore_ascii_case("none") {
        return Cow::Owned(format!("the warning {name}"));
    }
    if !matches!(name.to_lowercase().as_str(), "none" | "unknown") {
        return Cow::Borrowed(name);
    }
    Cow::Borrowed(match field {
        Field::Agency => "no known agency",
        Field::From => "no known place",
        Field::Person | Field::Speaker => "nobody",
        Field::Place => "no place",
        Field::Org => "no organisation",
        Field::Warning => "no warning",
        _ => name,
    })
}

/// What is asked of the words of a field as a noun.
fn in_field(node: &Node, inner: &Node) -> String {
    match &node.kind {
        NodeKind::Field(field, _) if is_as_printed(*field) => place(inner),
        _ => noun(inner),
    }
}

fn clause_in(node: &Node) -> String {
    match &node.kind {
        NodeKind::Or(_) | NodeKind::And(_) => format!("({})", clause(node)),
        NodeKind::Not(inner) => match left_out(node) {
            Some(inner) => format!("not those {}", clause_in(inner)),
            None => format!("without {}", noun(inner)),
        },
        _ => clause(node),
    }
}

fn rank(node: &Node) -> u8 {
    match &node.kind {
        NodeKind::Not(_) => 1,
        NodeKind::Field(_, FieldValue::Words(_)) => 0,
        NodeKind::Field(..) => 2,
        _ => 0,
    }
}

fn leaf_place(node: &Node) -> String {
    match &node.kind {
        NodeKind::Field(field, _) => inside(*field),
        _ => String::new(),
    }
}

/// A part of the text as a noun.
fn noun(node: &Node) -> String {
    match &node.kind {
        NodeKind::Word(word) => format!("“{word}” in any inflection"),
        NodeKind::All => "any word".to_owned(),
        NodeKind::Near(near) if near.without => {
            format!("{} with no {} {}", place(&near.left), place(&near.right), from_it(near.distance))
        }
        NodeKind::Near(near) => format!("{} and {} {}", place(&near.left), place(&near.right), apart(near)),
        NodeKind::AtLeast(count, inner) => format!("at least {count} occurrences of {}", place(inner)),
        NodeKind::Or(nodes) => format!("({})", nodes.iter().map(noun).collect::<Vec<_>>().join(" or ")),
        NodeKind::And(nodes) => format!("({})", nodes.iter().map(noun).collect::<Vec<_>>().join(" and ")),
        NodeKind::Not(inner) => format!("no {}", noun(inner)),
        _ => leaf(node),
    }
}

/// An operand of proximity: words are not inflected there.
fn place(node: &Node) -> String {
    match &node.kind {
        NodeKind::Word(word) => format!("“{word}”"),
        NodeKind::Or(nodes) => format!("({})", nodes.iter().map(place).collect::<Vec<_>>().join(" or ")),
        NodeKind::And(nodes) => format!("({})", nodes.iter().map(place).collect::<Vec<_>>().join(" and ")),
        NodeKind::Not(inner) => format!("no {}", place(inner)),
        NodeKind::Near(_) => format!("({})", noun(node)),
        _ => noun(node),
    }
}

#[cfg(test)]
mod tests {
    use super::{sentence, tree};
    use crate::query::{Context, parse};
    use chrono::NaiveDate;

    fn said(text: &str) -> String {
        let today = NaiveDate::from_ymd_opt(2024, 12, 2).expect("a day");
        sentence(&parse(text, &Context { today, any: false }).expect(text).query.root)
    }

    #[test]
    fn one_sentence() {
        for (query, expected) in [
            ("*", "Every story."),
            ("Poutine", "Stories with “Poutine” in any inflection."),
            ("agency:AFP Poutine", "Stories with “Poutine” in any inflection and by AFP."),
            (
                "(paix OR trêve) W/5 Alep date:2024-12 -Idlib",
                "Stories with (“paix” or “trêve”) and “Alep” at most 5 words apart, in any order and without “Idlib” \
                 in any inflection and filed from 2024-12-01 to 2024-12-31.",
            ),
            ("headline:\"a b\"~3", "Stories with the phrase “a b” with at most 3 words between in the headline."),
            ("event:2024-10-23", "Stories speaking of 2024-10-23."),
            ("event:2024-10..", "Stories speaking of 2024-10-01 or later."),
            ("NOT (oil W/5 price)", "Stories without “oil” and “price” at most 5 words apart, in any order."),
            ("oil NOT W/5 price", "Stories with “oil” with no “price” at most 5 words from it."),
            ("quote:(oil W/s price)", "Stories with (“oil” and “price” in one sentence), in a quotation."),
            ("quote:dollar", "Stories with “dollar” in a quotation."),
            (
                "speaker:Baker quote:dollar oil",
                "Stories with “dollar” in a quotation of Baker and with “oil” in any inflection.",
            ),
            ("speaker:* quote:dollar", "Stories with “dollar” in a quotation of somebody named."),
            ("speaker:Baker -quote:dollar", "Stories that quote Baker, but none with “dollar” in a quotation."),
            ("from:Moscou -agency:AFP -person:Baker", "Stories from Moscou, but none by AFP or that name Baker."),
            ("speaker:Baker OR quote:dollar", "Stories that quote Baker or with “dollar” in a quotation."),
            ("quote:(dollar -yen)", "Stories with (“dollar” and no “yen”) in quotations, one or several."),
            ("quote:\"dollar*\"", "Stories with a word like dollar* in a quotation."),
            ("\"dollar\"", "Stories with “dollar” in this form."),
            ("from:none agency:(none OR AFP)", "Stories from no known place and by no known agency or AFP."),
            ("quote:(oil price)", "Stories with (“oil” and “price”) in quotations, one or several."),
            ("byline:Ann", "Stories with “Ann” in the byline."),
            ("-agency:AFP", "Stories other than those by AFP."),
            ("words:>300 from:Moscou", "Stories with at least 301 words and from Moscou."),
        ] {
            assert_eq!(said(query), expected, "{query}");
        }
    }

    #[test]
    fn the_tree_has_a_line_a_node() {
        let today = NaiveDate::default();
        let parsed = parse("a NOT W/s b OR lead:c*", &Context { today, any: false }).expect("a query");
        let lines: Vec<String> =
            tree(&parsed.query.root).into_iter().map(|(d, t)| format!("{}{t}", "  ".repeat(d))).collect();
        assert_eq!(
            lines,
            [
                "any of",
                "  the first with no second in its sentence",
                "    the word a",
                "    the word b",
                "  in the lead",
                "    a word like c*",
            ]
        );
    }
}
