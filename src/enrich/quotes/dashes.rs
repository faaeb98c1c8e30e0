//! What is said behind a dash: `- Nie będzie zgody - powiedział Tusk. - Pójdziemy dalej.`, a paragraph that
//! begins with one and goes on, behind another, with a verb of saying.

use crate::text::words;
use std::ops::Range;

/// Bytes of the longest paragraph that is read.
const BYTES_MAX: usize = 4_000;
/// Words of the shortest speech.
const WORDS_MIN: usize = 2;
const DASHES: [char; 3] = ['-', '–', '—'];

/// Returns what is said so in a part of a text, in order. `is_verb` tells whether a text begins with a verb of
/// saying.
pub(super) fn spoken(text: &str, part: Range<usize>, is_verb: &dyn Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut line = part.start;
    while line < part.end {
        let next = memchr::memchr(b'\n', &text.as_bytes()[line..part.end]).map_or(part.end, |at| line + at + 1);
        if begins_speech(text, part.start, line) {
            let end = paragraph_end(text, line, part.end);
            in_paragraph(text, line..end, is_verb, &mut out);
        }
        line = next;
    }
    out
}

/// Whether a line begins with a dash and no sentence goes on in it.
fn begins_speech(text: &str, start: usize, line: usize) -> bool {
    let before = text[start..line].trim_end();
    let is_apart = before.is_empty() || before.ends_with(['.', '!', '?', '…', ':', '"', '”', '»', ')']);
    let mut letters = text[line..].trim_start_matches([' ', '\t']).chars();
    is_apart
        && letters.next().is_some_and(|c| DASHES.contains(&c))
        && letters.next().is_some_and(|c| c == ' ' || c == '\u{A0}')
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
fn in_paragraph(text: &str, paragraph: Range<usize>, is_verb: &dyn Fn(&str) -> bool, out: &mut Vec<Range<usize>>) {
    if paragraph.len() > BYTES_MAX {
        return;
    }
    let of = &text[paragraph.clone()];
    let mut said = of.find(DASHES).map(|at| after(of, at));
    let mut is_told = false;
    while let Some(from) = said.take() {
        let told = dashes(of, from).find(|at| is_verb(of[after(of, *at)..].trim_start()));
        // Without its verb nothing tells that the first one is speech.
        let to = match told {
            Some(at) => at,
            None if is_told => of.len(),
            None => return,
        };
        is_told = true;
        push(text, paragraph.start + from..paragraph.start + to, out);
        let Some(told) = told else { return };
        said = dashes(of, after(of, told)).map(|at| after(of, at)).find(|from| {
            let before = of[..*from].trim_end_matches(|c: char| c.is_whitespace() || DASHES.contains(&c));
            let speaks = of[*from..].trim_start().starts_with(char::is_uppercase);
            before.ends_with(['.', '!', '?', '…']) && speaks
        });
    }
}

/// The dashes between blanks from a place on.
fn dashes(text: &str, from: usize) -> impl Iterator<Item = usize> + '_ {
    let is_apart = |at: &usize| {
        text[..*at].ends_with([' ', '\u{A0}', '\n']) && text[after(text, *at)..].starts_with([' ', '\u{A0}', '\n'])
    };
    text[from..].match_indices(DASHES).map(move |(at, _)| from + at).filter(is_apart)
}

fn after(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

fn push(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let inside = &text[range.clone()];
    let start = range.start + inside.len() - inside.trim_start().len();
    let end = start + inside.trim().len();
    if words(&text[start..end]).count() >= WORDS_MIN {
        out.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn a_dash_and_a_verb_behind_another_make_speech() {
        let is_verb = |rest: &str| rest.starts_with("powiedział") || rest.starts_with("dodał");
        for (text, found) in [
            (
                "Sejm obradował.\n\n- Nie będzie zgody - powiedział Tusk. - Pójdziemy dalej - dodał.\n\nKoniec.",
                vec!["Nie będzie zgody", "Pójdziemy dalej"],
            ),
            (
                "– Nie będzie\nżadnej zgody – powiedział Tusk. – Pójdziemy dalej.",
                vec!["Nie będzie\nżadnej zgody", "Pójdziemy dalej."],
            ),
            // A list, an aside, a line that a sentence goes on in.
            ("Plan:\n- praca dla młodych\n- mieszkania - tanie i dobre\n", vec![]),
            ("Premier\n- jak to on - powiedział nie.", vec![]),
            ("Tusk - powiedział nie.", vec![]),
        ] {
            let list: Vec<&str> = spoken(text, 0..text.len(), &is_verb).into_iter().map(|r| &text[r]).collect();
            assert_eq!(list, found, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn speeches_are_in_order_and_apart(text in "(- |– |a |b\\. |v |\n|\\PC){0,30}") {
            let found = spoken(&text, 0..text.len(), &|rest| rest.starts_with('v'));
            for pair in found.windows(2) {
                proptest::prop_assert!(pair[0].end <= pair[1].start);
            }
            for range in found {
                proptest::prop_assert!(text.get(range).is_some());
            }
        }
    }
}
