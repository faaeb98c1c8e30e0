//! Where quotations begin and end, by the marks of all languages.

use crate::text::{stands_alone, words};
use std::ops::Range;

/// Bytes of the longest quotation: a mark that is not closed by then closes nothing.
const BYTES_MAX: usize = 4_000;
/// Words of the shortest; characters in scripts without spaces. Less is a title or irony.
const WORDS_MIN: usize = 2;
const CHARACTERS_MIN: usize = 4;

/// Marks that open, with those that close.
const PAIRS: [(char, &[char]); 6] = [
    ('\u{201C}', &['\u{201D}', '\u{201C}']),
    ('\u{201E}', &['\u{201C}', '\u{201D}']),
    ('\u{AB}', &['\u{BB}']),
    ('\u{BB}', &['\u{AB}', '\u{BB}']),
    ('\u{300C}', &['\u{300D}']),
    ('"', &['"']),
];

/// Returns what stands between the quotation marks of a part of a text, in order. A quotation
/// does not go beyond its paragraph: where the next one opens anew, it was not closed.
pub(super) fn quotations(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char, &[char])> = None;
    let mut before = ' ';
    let mut chars = text[part.clone()].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let at = part.start + at;
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        match open {
            Some((from, mark, closing)) => {
                if closing.contains(&c) && closes(c, before, next) {
                    push(text, from..at, &mut out);
                    open = None;
                } else if c == '\n' && is_blank_line(&text[at..part.end]) {
                    if mark != '"' {
                        push(text, from..at, &mut out);
                    }
                    open = None;
                } else if at - from > BYTES_MAX {
                    open = None;
                }
            }
            None => {
                let pair = PAIRS.iter().find(|(mark, _)| *mark == c);
                open =
                    pair.filter(|_| opens(c, before, next)).map(|(mark, closing)| (at + c.len_utf8(), *mark, *closing));
            }
        }
        before = c;
    }
    out
}

/// Whether a mark opens where it stands: the brackets of East Asian copy do anywhere.
fn opens(mark: char, before: char, next: char) -> bool {
    match mark {
        '\u{300C}' | '\u{201C}' | '\u{201E}' => true,
        '\u{AB}' => true,
        _ => !before.is_alphanumeric() && !next.is_whitespace(),
    }
}

/// Whether a mark that both opens and closes closes here.
fn closes(mark: char, before: char, next: char) -> bool {
    match mark {
        '"' => !next.is_alphanumeric() || stands_alone(next) || !before.is_whitespace(),
        _ => true,
    }
}

fn is_blank_line(rest: &str) -> bool {
    rest.strip_prefix('\n').is_some_and(|r| r.trim_start_matches([' ', '\t', '\r']).starts_with('\n'))
}

fn push(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let inside = &text[range.clone()];
    let count = words(inside).count();
    let least = if inside.chars().any(stands_alone) { CHARACTERS_MIN } else { WORDS_MIN };
    if count >= least {
        out.push(range);
    }
}

#[cfg(test)]
mod tests {
    use super::quotations;

    #[test]
    fn the_marks_of_many_languages() {
        for (text, found) in [
            ("\"A bad deal,\" he said. \"We go on.\"", vec!["A bad deal,", "We go on."]),
            ("Il parle d'un « plan dangereux ».", vec![" plan dangereux "]),
            ("\u{201E}Wir gehen weiter\u{201C}, sagte er.", vec!["Wir gehen weiter"]),
            ("\u{BB}Wir gehen weiter\u{AB}, sagte er.", vec!["Wir gehen weiter"]),
            ("«Мы идём дальше», — сказал он.", vec!["Мы идём дальше"]),
            ("他说：\u{201C}我们将继续努力。\u{201D}", vec!["我们将继续努力。"]),
            ("「合意は重要だ」と述べた。", vec!["合意は重要だ"]),
            // Not closed: the next paragraph opens anew.
            ("\u{201C}We go on.\n\n\u{201C}We win,\u{201D} he said.", vec!["We go on.", "We win,"]),
            // A size in inches, a title of one word, nothing.
            ("a 15\" screen, the \"Titanic\", \"\"", vec![]),
        ] {
            let list: Vec<&str> = quotations(text, 0..text.len()).into_iter().map(|r| &text[r]).collect();
            assert_eq!(list, found, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn quotations_are_in_order_and_apart(text in "[ab \"«»\u{201C}\u{201D}\n]{0,40}") {
            let found = quotations(&text, 0..text.len());
            for pair in found.windows(2) {
                proptest::prop_assert!(pair[0].end <= pair[1].start);
            }
            for range in found {
                proptest::prop_assert!(text.get(range).is_some());
            }
        }
    }
}
