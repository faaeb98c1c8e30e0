//! Dutch surnames that begin with *van den*, which the labels leave in pieces: *Jan van den Bosch*, *zei Van den Bosch*.

use super::lexicon::GIVEN;
use super::traits::{Case, Sheet};
use crate::story::EntityKind;

/// Towns that *Den* begins: *van Den Haag* is from there.
const TOWNS: [&str; 5] = ["haag", "helder", "bosch", "burg", "oever"];

/// Puts such a name in the place of what was read within it.
pub(super) fn with_whole_names(
    text: &str,
    sheet: &Sheet<'_>,
    all: Vec<(usize, usize, EntityKind)>,
) -> Vec<(usize, usize, EntityKind)> {
    let found: Vec<(usize, usize)> = (0..sheet.tokens.len()).filter_map(|at| whole(text, sheet, at)).collect();
    if found.is_empty() {
        return all;
    }
    let is_within = |name: &(usize, usize, EntityKind)| found.iter().any(|(from, to)| name.0 < *to && *from < name.1);
    let mut out: Vec<_> = all.into_iter().filter(|name| !is_within(name)).collect();
    out.extend(found.iter().map(|(from, to)| (*from, *to, EntityKind::Person)));
    out.sort_unstable_by_key(|name| name.0);
    out
}

/// The name whose *van* stands at a token.
fn whole(text: &str, sheet: &Sheet<'_>, van: usize) -> Option<(usize, usize)> {
    let word = |at: usize| sheet.tokens.get(at).map_or("", |t| &text[t.start as usize..t.end as usize]);
    let case = |at: usize| sheet.traits.get(at).map_or(Case::None, |t| t.case);
    let is_name = |at: usize| matches!(case(at), Case::Title | Case::Mixed) && sheet.is_spaced(at);
    let is_printed = |at: usize| word(at).chars().all(char::is_uppercase) && sheet.is_spaced(at);
    let den = van + 1;
    let is_capital = match (word(van), word(den)) {
        ("van", "den") => false,
        ("Van", "den") => true,
        ("Van", "Den") if !TOWNS.contains(&word(den + 1).to_lowercase().as_str()) => true,
        ("VAN", "DEN") if is_printed(den + 1) => false,
        _ => return None,
    };
    let is_surname = is_name(den + 1) || word(van) == "VAN";
    let mut from = van;
    // Initials have a token for each stop.
    let is_given = |at: usize| {
        let is_letter = word(at).trim_end_matches('.').chars().count() == 1 && case(at) != Case::Lower;
        case(at) != Case::Lower && (sheet.traits[at].flags & GIVEN != 0 || is_letter)
    };
    while from > 0 && (is_given(from - 1) || word(from - 1) == "." && from > 1 && is_given(from - 2)) {
        from -= if word(from - 1) == "." { 2 } else { 1 };
    }
    // *Rogier Van den Brande*, whose given name no list has.
    if from == van && van > 0 && is_name(van - 1) && !is_first(text, sheet, van - 1) && word(van) != "VAN" {
        from -= 1;
    }
    // A double surname: *van den Berg-Smit*.
    let mut to = den + 2;
    while to + 1 < sheet.tokens.len() && word(to) == "-" && !sheet.is_spaced(to) && case(to + 1) == Case::Title {
        to += 2;
    }
    (is_surname && sheet.is_spaced(den) && (from < van || is_capital)).then_some((from, to))
}

/// Tells whether a token begins a sentence: a capital says nothing there.
fn is_first(text: &str, sheet: &Sheet<'_>, at: usize) -> bool {
    let before = text[..sheet.tokens[at].start as usize].trim_end_matches(' ');
    before.is_empty() || before.ends_with(['.', '!', '?', '\n', '"', '”', ':'])
}

#[cfg(test)]
mod tests {
    use crate::story::{Sourced, Story};

    #[test]
    fn van_den_is_of_the_name() {
        for (text, names) in [
            (
                "Ploegleider Jan van den Bosch was tevreden. \"We hebben gewonnen\", zei Van den Bosch. Ook Luc Van den \
                 Brande sprak.",
                vec!["Jan van den Bosch ×2", "Luc Van den Brande ×1"],
            ),
            ("Hij komt van den berg. De trein rijdt van Den Haag naar Utrecht.", vec![]),
            ("De burgemeester van Den Haag, J. van den Doel, sprak.", vec!["J. van den Doel ×1"]),
        ] {
            let mut story = Story::new(text.to_owned());
            story.lang = Some(Sourced { value: "nl".to_owned(), evidence: Vec::new() });
            super::super::read(&mut story);
            let found: Vec<String> = story.people.iter().map(|p| format!("{} ×{}", p.name, p.mentions.len())).collect();
            assert_eq!(found, names, "{text}");
        }
    }
}
