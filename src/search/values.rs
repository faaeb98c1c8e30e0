//! Values of fields that no story has: asked for by mistake more often than not.

use super::SearchError;
use crate::data::continents::is_continent;
use crate::data::function_words;
use crate::data::place_asked::{asked as asked_places, namesakes, told_apart};
use crate::engine::{Facet, Plan, Reader, misspelt};
use crate::query::{FieldValue, Node, NodeKind, Query, letters_apart};
use crate::story::Field;
use crate::text::fold;
use std::ops::{Range, RangeInclusive};

/// Most letters that part a value from the one that may be meant.
const LETTERS_APART_MAX: usize = 2;
/// Letters of an acronym that may be a common word too.
const ACRONYM_LETTERS: RangeInclusive<usize> = 2..=4;
/// Letters of a word for each that a typing error changes.
const SLIP_LETTERS: usize = 4;
/// Words that a hint is given for: of more, the query was not mistyped.
const WORDS_MAX: usize = 3;
/// Values of the archive that are named where none is near.
const NAMED_MAX: usize = 6;

/// The breakdown that lists the values of a field; `None` of fields whose values are too many
/// to be told.
fn facet_of(field: Field) -> Option<Facet> {
    match field {
        Field::Agency => Some(Facet::Agency),
        Field::From => Some(Facet::From),
        Field::Person | Field::Speaker => Some(Facet::Person),
        Field::Place => Some(Facet::Place),
        Field::Org => Some(Facet::Org),
        Field::Lang => Some(Facet::Lang),
        Field::Status => Some(Facet::Status),
        Field::Format => Some(Facet::Format),
        Field::Encoding => Some(Facet::Encoding),
        _ => None,
    }
}

/// Returns a hint for words of `query` that no story holds and that are much like one that
/// some do: typing errors, for the most part.
///
/// # Errors
/// The archive cannot be read.
pub fn unknown_words(reader: &Reader, query: &Query) -> Result<Vec<String>, SearchError> {
    let mut words = misspelt(reader, query, WORDS_MAX)?;
    // Of another language is what more letters part from a word than a slip of the hand.
    words.retain(|(word, like)| {
        let word = fold(word);
        is_swapped(&word, like)
            || letters_apart(&word, like) <= (word.chars().count() / SLIP_LETTERS).min(LETTERS_APART_MAX)
    });
    Ok(words.into_iter().map(|(word, like)| format!("no story has {word}; did you mean {like}?")).collect())
}

/// Returns a hint for a word in capitals that most stories have as a common word of some
/// language: *UN* finds the French *un*.
///
/// # Errors
/// The archive cannot be read.
pub fn common_in_small(reader: &Reader, query: &Query) -> Result<Option<String>, SearchError> {
    let (mut words, mut acronyms) = (0, Vec::new());
    query.root.walk_asked(&mut |node| {
        if let NodeKind::Word(word) = &node.kind {
            words += 1;
            let is_acronym = ACRONYM_LETTERS.contains(&word.chars().count()) && word.chars().all(char::is_uppercase);
            if is_acronym && function_words::number_of(&word.to_lowercase()).is_some() {
                acronyms.push((word.clone(), node.span.clone()));
            }
        }
    });
    // A headline in capitals is no list of acronyms.
    if words > WORDS_MAX {
        return Ok(None);
    }
    let count = |kind: NodeKind, span: &Range<usize>| {
        let root = Node { span: span.clone(), kind };
        Ok::<usize, SearchError>(super::count(reader, &Query { root }, false)?.total)
    };
    for (word, span) in acronyms {
        let (all, exact) = (count(NodeKind::Word(word.clone()), &span)?, count(NodeKind::Exact(word.clone()), &span)?);
        if all > exact {
            let stories = if all == 1 { "story" } else { "stories" };
            return Ok(Some(format!(
                "{word} stands in capitals in {exact} of {all} {stories}; ={word} finds those alone"
            )));
        }
    }
    Ok(None)
}

/// Whether two letters side by side, in each other's place, make one word of another.
fn is_swapped(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let apart: Vec<usize> = (0..a.len().min(b.len())).filter(|i| a[*i] != b[*i]).collect();
    let swapped = |i: usize, j: usize| j == i + 1 && a[i] == b[j] && a[j] == b[i];
    a.len() == b.len() && matches!(apart.as_slice(), [i, j] if swapped(*i, *j))
}

/// Returns a hint for every value that `query` asks for and no story of the archive has,
/// held-back copy counted, with the nearest value that one has.
///
/// # Errors
/// The archive cannot be read.
pub fn unknown_values(reader: &Reader, query: &Query) -> Result<Vec<String>, SearchError> {
    let mut asked = Vec::new();
    query.root.walk(&mut |node| {
        if let NodeKind::Field(field, FieldValue::Names(names)) = &node.kind
            && let Some(facet) = facet_of(*field)
        {
            asked.extend(names.iter().map(|name| (*field, facet, name.clone(), node.span.clone())));
        }
    });
    let mut hints = Vec::new();
    for (field, facet, name, span) in asked {
        if matches!(field, Field::Place | Field::From) && is_continent(&name) && asked_places(&name).is_empty() {
            let prefix = field.row().prefix;
            hints.push(format!(
                "{name} is no town, region or country: {prefix}: finds where it is named, not what lies in it"
            ));
            continue;
        }
        let kind = NodeKind::Field(field, FieldValue::Names(vec![name.clone()]));
        let plan = Plan::of_set(reader, &Query { root: Node { span, kind } }, false)?;
        if reader.count(plan.matching())? > 0 {
            continue;
        }
        let all = Plan::of_set(reader, &Query { root: Node { span: 0..0, kind: NodeKind::All } }, false)?;
        let mut known: Vec<(String, u64)> = reader.facets(all.matching(), facet)?.into_iter().collect();
        known.retain(|(value, _)| !value.is_empty());
        known.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let told = match field {
            Field::Place | Field::From if !namesakes(&name).is_empty() => of_namesakes(&name),
            Field::Person | Field::Speaker | Field::Place | Field::Org => nearest(&fold(&name), &known),
            _ => Some(instead(&fold(&name), &known)),
        };
        let hint = format!("no story has {}:{name}{}", field.row().prefix, told.unwrap_or_default());
        if !hints.contains(&hint) {
            hints.push(hint);
        }
    }
    Ok(hints)
}

/// The places that have the name, where none lies where it is said to.
fn of_namesakes(name: &str) -> Option<String> {
    let labels: Vec<String> = namesakes(name).into_iter().map(told_apart).collect();
    let more = labels.len().saturating_sub(NAMED_MAX);
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!labels.is_empty()).then(|| format!("; there are {}{tail}", labels[..labels.len() - more].join(", ")))
}

/// The nearest value, or the one with the nearest word where a word is asked for; none where
/// none is near. `known` comes most frequent first.
fn nearest(asked: &str, known: &[(String, u64)]) -> Option<String> {
    let letters = asked.chars().count();
    let is_word = !asked.contains(' ');
    let apart = known.iter().map(|(value, _)| {
        let folded = fold(value);
        let words = folded.split(' ').filter(|_| is_word).map(|word| letters_apart(asked, word));
        (words.chain([letters_apart(asked, &folded)]).min().unwrap_or(usize::MAX), value)
    });
    // Of a short value, every other is near.
    let near = apart.filter(|(n, _)| *n <= LETTERS_APART_MAX && n * 2 < letters);
    // Of two that are as near, letters in each other's place are the commoner slip.
    let near = near.min_by_key(|(n, value)| (*n, !is_swapped(asked, &fold(value))));
    near.map(|(_, value)| format!("; did you mean {value}?"))
}

/// What may be meant: the nearest value, or the commonest ones.
fn instead(asked: &str, known: &[(String, u64)]) -> String {
    if let Some(near) = nearest(asked, known) {
        return near;
    }
    let named: Vec<&str> = known.iter().take(NAMED_MAX).map(|(value, _)| value.as_str()).collect();
    match known.len().saturating_sub(named.len()) {
        _ if named.is_empty() => String::new(),
        0 => format!("; there are {}", named.join(", ")),
        more => format!("; there are {} and {more} more", named.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::instead;

    #[test]
    fn the_nearest_value_is_told_and_else_the_commonest() {
        let known = |values: &[&str]| values.iter().map(|v| ((*v).to_owned(), 1)).collect::<Vec<_>>();
        assert_eq!(instead("reuter", &known(&["afp", "reuters"])), "; did you mean reuters?");
        assert_eq!(instead("apf", &known(&["ap", "afp"])), "; did you mean afp?");
        assert_eq!(instead("xx", &known(&["fr", "en"])), "; there are fr, en");
        let many = known(&["a", "b", "c", "d", "e", "f", "g"]);
        assert_eq!(instead("nosuch", &many), "; there are a, b, c, d, e, f and 1 more");
        assert_eq!(instead("nosuch", &[]), "");
        assert_eq!(instead("gazprm", &known(&["Rosneft", "Gazprom Neft"])), "; did you mean Gazprom Neft?");
    }
}
