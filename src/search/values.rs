//! Values of fields that no story has: asked for by mistake more often than not.

use super::SearchError;
use crate::data::continents::is_continent;
use crate::data::function_words;
use crate::data::place_asked::{asked as asked_places, namesakes, told_apart};
use crate::data::places;
use crate::engine::{Facet, Plan, Reader, misspelt};
use crate::query::{FieldValue, Node, NodeKind, Phrase, Query, letters_apart};
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
        Field::Warning => Some(Facet::Warning),
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
        Ok::<usize, SearchError>(super::count(reader, super::Wanted::all(&Query { root }))?.total)
    };
    for (word, span) in acronyms {
        // With stops between its letters it stands in capitals too, as a phrase of them.
        let stopped: String = word.chars().flat_map(|c| [c, '.']).collect();
        let node = |kind: NodeKind| Node { span: span.clone(), kind };
        let exact = || node(NodeKind::Exact(word.clone()));
        let words = word.chars().map(String::from).collect();
        let apart = NodeKind::Phrase(Phrase { words, exact: true, slop: 0 });
        let with_stops = count(apart.clone(), &span)?;
        let in_capitals = count(NodeKind::Or(vec![exact(), node(apart)]), &span)?;
        let all = count(NodeKind::Word(word.clone()), &span)?;
        if all > in_capitals {
            let stories = if all == 1 { "story" } else { "stories" };
            let those = if with_stops > 0 { format!("={word} OR ={stopped} finds") } else { format!("={word} finds") };
            return Ok(Some(format!(
                "{word} stands in capitals in {in_capitals} of {all} {stories}; {those} those alone"
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

/// Words behind a value that may belong to it: *Kim Jong Un*, *Ali Abdullah Saleh*.
const BEHIND_MAX: usize = 3;

/// A name that ends at a blank in the query and goes on in the archive.
struct CutName {
    /// Where its first word stands.
    span: Range<usize>,
    hint: String,
}

/// Returns the names of `query` that were meant to have the words behind them: `person:Vladimir
/// Putin`, where the archive has such a name. People and organisations count as they are printed,
/// since comparing a name with all others takes longer than most queries.
fn cut_names(reader: &Reader, query: &Query) -> Result<Vec<CutName>, SearchError> {
    let mut parts: Vec<&Node> = Vec::new();
    in_order(&query.root, &mut parts);
    let mut cut = Vec::new();
    for (at, node) in parts.iter().enumerate() {
        let NodeKind::Field(field, FieldValue::Names(names)) = &node.kind else { continue };
        let ([first], Some(prefix)) = (names.as_slice(), goes_on(*field).then(|| field.row().prefix)) else { continue };
        // What stands between quotation marks is longer than itself.
        if first.is_empty() || node.span.len() != prefix.len() + 1 + first.len() {
            continue;
        }
        let mut end = node.span.end;
        let mut names = Vec::new();
        let mut name = first.clone();
        for behind in parts[at + 1..].iter().take(BEHIND_MAX) {
            let Some(word) = word_of(behind).filter(|_| behind.span.start == end + 1) else { break };
            name = format!("{name} {word}");
            names.push(name.clone());
            end = behind.span.end;
        }
        for name in names.into_iter().rev() {
            if !is_held(reader, *field, first, &name)? {
                continue;
            }
            let behind = name[first.len()..].trim();
            cut.push(CutName {
                span: node.span.clone(),
                hint: format!(
                    "{prefix}:{first} ends at the blank, and {behind} is searched as text; for the name write \
                     {prefix}:\"{name}\""
                ),
            });
            break;
        }
    }
    Ok(cut)
}

/// The parts of a query in the order in which they are written.
fn in_order<'a>(node: &'a Node, out: &mut Vec<&'a Node>) {
    match &node.kind {
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().for_each(|n| in_order(n, out)),
        NodeKind::Not(inner) => in_order(inner, out),
        _ => {
            out.push(node);
            out.sort_by_key(|n| n.span.start);
        }
    }
}

/// The fields whose values are names of several words.
fn goes_on(field: Field) -> bool {
    matches!(field, Field::Agency | Field::From | Field::Person | Field::Place | Field::Org | Field::Speaker)
}

/// A word as typed, without quotation marks; parts of one, al-Assad, are joined as names have them.
fn word_of(node: &Node) -> Option<String> {
    let word = match &node.kind {
        NodeKind::Word(word) => word.clone(),
        NodeKind::Phrase(phrase) if !phrase.exact && phrase.slop == 0 => phrase.words.join("-"),
        _ => return None,
    };
    (word.len() == node.span.len()).then_some(word)
}

/// Whether a story has a name, as it is typed or with capitals; of places the table's is enough, where
/// its `first` word alone is none.
fn is_held(reader: &Reader, field: Field, first: &str, name: &str) -> Result<bool, SearchError> {
    let holds = |field: Field, name: String| Ok::<bool, SearchError>(count_of(reader, field, &name)? > 0);
    match field {
        Field::Person | Field::Speaker | Field::Org => {
            let field = if field == Field::Speaker { Field::Person } else { field };
            let large = name.split(' ').map(capitalised).collect::<Vec<_>>().join(" ");
            Ok(holds(field, format!("={name}"))? || large != name && holds(field, format!("={large}"))?)
        }
        // What the table lacks would be looked for as an inflected form in every language.
        Field::Place | Field::From => {
            Ok(!asked_places(name).is_empty() && (asked_places(first).is_empty() || holds(field, name.to_owned())?))
        }
        _ => holds(field, name.to_owned()),
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Returns a hint for every value that `query` asks for and no story of the archive has,
/// held-back copy counted, with the nearest value that one has; and for every name that ends
/// at a blank where the archive has it with the words behind.
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
    let cut = cut_names(reader, query)?;
    let mut hints: Vec<String> = cut.iter().map(|name| name.hint.clone()).collect();
    for (field, facet, name, span) in asked {
        hints.extend(of_code(field, &name).filter(|hint| !hints.contains(hint)));
        if matches!(field, Field::Place | Field::From) && is_continent(&name) && asked_places(&name).is_empty() {
            let prefix = field.row().prefix;
            hints.push(format!(
                "{name} is no town, region or country: {prefix}: finds where it is named, not what lies in it"
            ));
            continue;
        }
        if cut.iter().any(|name| name.span == span) || count_of(reader, field, &name)? > 0 {
            continue;
        }
        let prefix = field.row().prefix;
        let named = if field == Field::Speaker { count_of(reader, Field::Person, &name)? } else { 0 };
        if named > 0 {
            let name_it = if named == 1 { "1 story names" } else { &format!("{named} stories name") };
            hints.push(format!(
                "no quotation is told to be of {prefix}:{name}; {name_it} the person: person:{}",
                quoted(&name)
            ));
            continue;
        }
        let all = Plan::of_set(reader, &Query { root: Node { span: 0..0, kind: NodeKind::All } }, false)?;
        let mut known: Vec<(String, u64)> = reader.facets(all.matching(), facet)?.into_iter().collect();
        known.retain(|(value, _)| !value.is_empty());
        known.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let told = match field {
            Field::Place | Field::From if !namesakes(&name).is_empty() => of_namesakes(&name),
            Field::Speaker => {
                // Who is named may be quoted by nobody.
                let near = nearest(&fold(&name), &known);
                let quoted =
                    near.map(|near| Ok::<_, SearchError>((count_of(reader, field, near)? > 0).then(|| meant(near))));
                quoted.transpose()?.flatten()
            }
            Field::Person | Field::Place | Field::Org => nearest(&fold(&name), &known).map(meant),
            _ => Some(instead(&fold(&name), &known)),
        };
        let hint = format!("no story has {prefix}:{name}{}", told.unwrap_or_default());
        if !hints.contains(&hint) {
            hints.push(hint);
        }
    }
    Ok(hints)
}

/// What is meant by a country's code that is short for something else too: `show` and exports print `DE`, which
/// a query takes for Delaware.
fn of_code(field: Field, name: &str) -> Option<String> {
    let bare = name.strip_prefix('=').unwrap_or(name);
    if !matches!(field, Field::Place | Field::From) || bare.len() != 2 || !bare.chars().all(|c| c.is_ascii_uppercase())
    {
        return None;
    }
    let country = places::country(bare)?;
    let found = asked_places(bare);
    let other = found.first().filter(|_| !found.contains(&country))?;
    let label = match asked_places(country.name()).as_slice() {
        [one] if *one == country => country.name().to_owned(),
        _ => told_apart(country),
    };
    let (prefix, other) = (field.row().prefix, other.name());
    Some(format!("{prefix}:{name} is {other}; for the country of that code write {prefix}:{}", quoted(&label)))
}

/// Stories that have a value, held-back copy counted.
fn count_of(reader: &Reader, field: Field, name: &str) -> Result<usize, SearchError> {
    let kind = NodeKind::Field(field, FieldValue::Names(vec![name.to_owned()]));
    let plan = Plan::of_set(reader, &Query { root: Node { span: 0..0, kind } }, false)?;
    Ok(reader.count(plan.matching())?)
}

/// A name as it is typed behind a prefix.
fn quoted(name: &str) -> String {
    if name.chars().all(char::is_alphanumeric) { name.to_owned() } else { format!("\"{name}\"") }
}

fn meant(near: &str) -> String {
    format!("; did you mean {near}?")
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
fn nearest<'a>(asked: &str, known: &'a [(String, u64)]) -> Option<&'a str> {
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
    near.map(|(_, value)| value.as_str())
}

/// What may be meant: the nearest value, or the commonest ones.
fn instead(asked: &str, known: &[(String, u64)]) -> String {
    if let Some(near) = nearest(asked, known) {
        return meant(near);
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
