//! What is said behind a dash: `- Nie będzie zgody - powiedział Tusk. - Pójdziemy dalej.`, a paragraph that
//! begins with one and goes on, behind another, with a verb of saying. Nordic and French copy ends it with a
//! comma (`– Vi ger oss inte, säger Andersson`), Spanish sets its dashes close (`—No cederemos —dijo Abascal—.`).

use crate::text::words;
use std::ops::Range;

/// Bytes of the longest paragraph that is read.
const BYTES_MAX: usize = 4_000;
/// Words of the shortest speech.
const WORDS_MIN: usize = 2;
const DASHES: [char; 3] = ['-', '–', '—'];
/// Languages that end what is said with a comma, behind whatever dash.
const ENDED_BY_COMMA: [&str; 5] = ["sv", "da", "no", "nb", "fi"];

/// How a language writes speech.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    /// A comma ends it, or a question mark; behind a long dash alone where a short one begins lists.
    ends_by_comma: bool,
    /// Hyphens begin no speech that a comma ends.
    is_long: bool,
    /// Long dashes stand close to what they part.
    is_close: bool,
}

impl Manner {
    pub(super) fn of(lang: Option<&str>) -> Manner {
        Manner {
            ends_by_comma: lang.is_some_and(|lang| ENDED_BY_COMMA.contains(&lang) || lang == "fr"),
            is_long: lang == Some("fr"),
            is_close: matches!(lang, Some("es" | "gl" | "ca")),
        }
    }
}

/// Returns what is said so in a part of a text, in order. `is_verb` tells whether a text begins with a verb of
/// saying.
pub(super) fn spoken(
    text: &str,
    part: Range<usize>,
    manner: Manner,
    is_verb: &dyn Fn(&str) -> bool,
) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut line = part.start;
    while line < part.end {
        let next = memchr::memchr(b'\n', &text.as_bytes()[line..part.end]).map_or(part.end, |at| line + at + 1);
        if begins_speech(text, part.start, line, manner) {
            let end = paragraph_end(text, line, part.end);
            in_paragraph(text, line..end, manner, is_verb, &mut out);
        }
        line = next;
    }
    out
}

/// Whether a line begins with a dash and no sentence goes on in it.
fn begins_speech(text: &str, start: usize, line: usize, manner: Manner) -> bool {
    let before = text[start..line].trim_end();
    let is_apart = before.is_empty() || before.ends_with(['.', '!', '?', '…', ':', '"', '”', '»', ')']);
    let mut letters = text[line..].trim_start_matches([' ', '\t']).chars();
    let Some(dash) = letters.next().filter(|c| DASHES.contains(c)) else { return false };
    let is_close = |c: char| manner.is_close && dash != '-' && (c.is_uppercase() || matches!(c, '¡' | '¿'));
    is_apart && letters.next().is_some_and(|c| c == ' ' || c == '\u{A0}' || is_close(c))
}

/// Where a paragraph ends: before a line without text, or one that begins with a dash.
fn paragraph_end(text: &str, from: usize, end: usize) -> usize {
    let lines = memchr::memchr_iter(b'\n', &text.as_bytes()[from..end]).map(|at| from + at);
    let is_end = |at: &usize| {
        let rest = text[*at + 1..end].trim_start_matches([' ', '\t', '\r']);
        rest.is_empty() || rest.starts_with('\n') || rest.starts_with(DASHES)
    };
    lines.into_iter().find(is_end).unwrap_or(end)
}

/// Adds the speeches of one paragraph: every second stretch between dashes.
fn in_paragraph(
    text: &str,
    paragraph: Range<usize>,
    manner: Manner,
    is_verb: &dyn Fn(&str) -> bool,
    out: &mut Vec<Range<usize>>,
) {
    if paragraph.len() > BYTES_MAX {
        return;
    }
    let of = &text[paragraph.clone()];
    let mut said = of.find(DASHES).map(|at| after(of, at));
    if manner.ends_by_comma && !(manner.is_long && of.trim_start().starts_with('-')) {
        let from = said.unwrap_or_default();
        let ends = of[from..].match_indices([',', '?', '!']).map(|(at, mark)| (from + at, mark));
        let mut tells = ends
            .filter(|(at, _)| of[at + 1..].starts_with([' ', '\u{A0}', '\n']) && is_verb(of[at + 1..].trim_start()));
        if let Some((at, mark)) = tells.next() {
            let end = if mark == "," { at } else { at + 1 };
            push(text, paragraph.start + from..paragraph.start + end, out);
            return;
        }
    }
    let mut is_told = false;
    while let Some(from) = said.take() {
        let told = dashes(of, from, manner).find(|at| is_verb(of[after(of, *at)..].trim_start()));
        // Without its verb nothing tells that the first one is speech.
        let to = match told {
            Some(at) => at,
            None if is_told => of.len(),
            None => return,
        };
        is_told = true;
        push(text, paragraph.start + from..paragraph.start + to, out);
        let Some(told) = told else { return };
        said = dashes(of, after(of, told), manner).map(|at| after(of, at)).find(|from| {
            let before = of[..*from].trim_end_matches(|c: char| c.is_whitespace() || DASHES.contains(&c));
            let speaks = of[*from..].trim_start().starts_with(char::is_uppercase);
            // *—dijo Abascal—. Ni hoy*: the stop stands behind the dash.
            let is_stopped = before.ends_with(['.', '!', '?', '…']) || of[*from..].starts_with(". ");
            let speaks =
                speaks || of[*from..].strip_prefix(". ").is_some_and(|rest| rest.starts_with(char::is_uppercase));
            is_stopped && speaks
        });
    }
}

/// The dashes between blanks from a place on; of long ones that stand close, those with one on one side.
fn dashes(text: &str, from: usize, manner: Manner) -> impl Iterator<Item = usize> + '_ {
    let is_apart = move |at: &usize| {
        let (before, behind) = (&text[..*at], &text[after(text, *at)..]);
        let (is_before, is_behind) =
            (before.ends_with([' ', '\u{A0}', '\n']), behind.starts_with([' ', '\u{A0}', '\n']));
        let is_close = manner.is_close && !text[*at..].starts_with('-') && (is_before || behind.starts_with(". "));
        is_before && is_behind || is_close
    };
    text[from..].match_indices(DASHES).map(move |(at, _)| from + at).filter(is_apart)
}

fn after(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

fn push(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let inside = &text[range.clone()];
    let begun = inside.trim_start().trim_start_matches(". ");
    let start = range.start + inside.len() - begun.len();
    let end = start + begun.trim_end().len();
    if words(&text[start..end]).count() >= WORDS_MIN {
        out.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::{Manner, spoken};

    #[test]
    fn a_dash_and_a_verb_behind_another_make_speech() {
        let verbs = ["powiedział", "dodał", "säger", "a prévenu", "demanda", "respondió"];
        let is_verb = |rest: &str| verbs.iter().any(|verb| rest.starts_with(verb));
        for (lang, text, found) in [
            (
                "pl",
                "Sejm obradował.\n\n- Nie będzie zgody - powiedział Tusk. - Pójdziemy dalej - dodał.\n\nKoniec.",
                vec!["Nie będzie zgody", "Pójdziemy dalej"],
            ),
            (
                "pl",
                "– Nie będzie\nżadnej zgody – powiedział Tusk. – Pójdziemy dalej.",
                vec!["Nie będzie\nżadnej zgody", "Pójdziemy dalej."],
            ),
            // A list, an aside, a line that a sentence goes on in.
            ("pl", "Plan:\n- praca dla młodych\n- mieszkania - tanie i dobre\n", vec![]),
            ("pl", "Premier\n- jak to on - powiedział nie.", vec![]),
            ("pl", "Tusk - powiedział nie.", vec![]),
            ("sv", "– Vi ger oss inte i dag, säger Andersson.\n", vec!["Vi ger oss inte i dag"]),
            ("sv", "- Vi ger oss inte, i dag, säger Andersson. Det var allt.\n", vec!["Vi ger oss inte, i dag"]),
            ("fr", "— Nous ne céderons rien, a prévenu Binet.\n", vec!["Nous ne céderons rien"]),
            ("fr", "— Vous partez ? demanda Binet.\n", vec!["Vous partez ?"]),
            // A list of news.
            ("fr", "- Nous ne céderons rien, a prévenu Binet.\n", vec![]),
            ("pl", "— Nie będzie zgody, powiedział Tusk.\n", vec![]),
            ("es", "—No vamos a ceder —respondió Abascal—. Ni hoy.\n", vec!["No vamos a ceder", "Ni hoy."]),
            ("es", "–¿Se va usted? –respondió Abascal.\n", vec!["¿Se va usted?"]),
            ("es", "-No vamos a ceder -respondió Abascal.\n", vec![]),
        ] {
            let list: Vec<&str> =
                spoken(text, 0..text.len(), Manner::of(Some(lang)), &is_verb).into_iter().map(|r| &text[r]).collect();
            assert_eq!(list, found, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn speeches_are_in_order_and_apart(lang in "(pl|sv|fr|es)", text in "(- |– |—|— |a |A |b\\. |, |\\? |v |\n|\\PC){0,30}") {
            let found = spoken(&text, 0..text.len(), Manner::of(Some(&lang)), &|rest| rest.starts_with('v'));
            for pair in found.windows(2) {
                proptest::prop_assert!(pair[0].end <= pair[1].start);
            }
            for range in found {
                proptest::prop_assert!(text.get(range).is_some());
            }
        }
    }
}
