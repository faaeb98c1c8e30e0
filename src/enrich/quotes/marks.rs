//! Where quotations begin and end, by the marks of all languages.

use crate::text::{stands_alone, words};
use std::ops::Range;

/// Bytes of the longest quotation: a mark that is not closed by then closes nothing.
const BYTES_MAX: usize = 4_000;
/// Words of the shortest that needs no speaker; characters in scripts without spaces. Less is most often a title or
/// irony.
const WORDS_MIN: usize = 2;
const CHARACTERS_MIN: usize = 4;

/// How a quotation is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Pair {
    open: &'static str,
    close: &'static [&'static str],
    manner: Manner,
}

/// How sure it is that a mark is one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// It opens wherever it stands; where nothing closes it, its paragraph does.
    Always,
    /// It opens before a word and closes behind one, or has a blank on both sides.
    Apart,
    /// It is an apostrophe as well: it opens before a word, and closes behind the end of what is said or before that of
    /// the sentence's part.
    Single,
    /// The same on a typewriter, where it closes behind the end of what is said alone.
    Typed,
}

/// Marks that open, with those that close. A mark stands before those that it begins with. Two strokes are one mark
/// where a desk's machine had no other (the Associated Press's ``` ``…'' ```), as two commas are (`,,…''`).
const PAIRS: [Pair; 18] = [
    pair("\u{201C}", &["\u{201D}", "\u{201C}"], Manner::Always),
    pair("\u{201E}", &["\u{201C}", "\u{201D}", "\""], Manner::Always),
    pair("\u{AB}", &["\u{BB}"], Manner::Always),
    pair("\u{300C}", &["\u{300D}"], Manner::Always),
    pair("\u{300E}", &["\u{300F}"], Manner::Always),
    pair("``", &["''", "\""], Manner::Apart),
    pair("\u{2018}\u{2018}", &["\u{2019}\u{2019}"], Manner::Apart),
    pair("''", &["''"], Manner::Apart),
    pair(",,", &["''", "\"", "\u{201C}", "\u{201D}", "``"], Manner::Apart),
    pair("<<", &[">>"], Manner::Apart),
    pair("\u{BB}", &["\u{AB}", "\u{BB}"], Manner::Apart),
    pair("\"", &["\""], Manner::Apart),
    pair("\u{2039}", &["\u{203A}"], Manner::Always),
    pair("\u{203A}", &["\u{2039}"], Manner::Apart),
    pair("\u{201A}", &["\u{2018}", "\u{2019}"], Manner::Single),
    pair("\u{2018}", &["\u{2019}"], Manner::Single),
    pair("`", &["'"], Manner::Typed),
    pair("'", &["'"], Manner::Typed),
];

const fn pair(open: &'static str, close: &'static [&'static str], manner: Manner) -> Pair {
    Pair { open, close, manner }
}

/// Returns what stands between the quotation marks of a part of a text, in order. A quotation
/// does not go beyond its paragraph: where the next one opens anew, it was not closed.
pub(super) fn quotations(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    // Where the words of what is open begin, and which pair opened it.
    let mut open: Option<(usize, usize)> = None;
    // Until where nothing closes a pair: what seems to open it there is an apostrophe, or inches.
    let mut barren = [part.start; PAIRS.len()];
    let mut before = ' ';
    let mut at = part.start;
    loop {
        let rest = &text[at..part.end];
        let next = rest.chars().next();
        let mut taken = next.map_or(0, char::len_utf8);
        match open {
            Some((from, which)) => {
                let pair = &PAIRS[which];
                let closing = pair.close.iter().find(|mark| rest.starts_with(**mark));
                let is_over = next.is_none() || next == Some('\n') && is_blank_line(rest);
                let is_set_in = text[from..].starts_with(char::is_whitespace);
                if let Some(mark) = closing.filter(|mark| closes(pair, is_set_in, before, &rest[mark.len()..])) {
                    push(text, from..at, &mut out);
                    taken = mark.len();
                    open = None;
                } else if is_over && pair.manner == Manner::Always {
                    if next.is_some() {
                        push(text, from..at, &mut out);
                    }
                    open = None;
                } else if is_over || at - from > BYTES_MAX {
                    barren[which] = at;
                    (at, taken) = (from, 0);
                    open = None;
                }
            }
            None => {
                // Most of a text is read here: what begins no mark is passed over by its bytes.
                let skipped = rest.bytes().position(|b| MAY_BEGIN[usize::from(b)]);
                let Some(skipped) = skipped else { return out };
                if skipped > 0 {
                    at += skipped;
                    continue;
                }
                let Some(next) = next else { return out };
                let may_open =
                    |pair: &Pair| rest.starts_with(pair.open) && opens(pair, &text[..at], &rest[pair.open.len()..]);
                let which = MARKS.contains(&next).then(|| PAIRS.iter().position(may_open)).flatten();
                if let Some(which) = which.filter(|which| at >= barren[*which]) {
                    taken = PAIRS[which].open.len();
                    open = Some((at + taken, which));
                }
            }
        }
        at += taken;
        before = text[..at].chars().next_back().unwrap_or(' ');
    }
}

/// The first characters of the marks that open.
const MARKS: [char; 15] = [
    '<', '\u{201C}', '\u{201E}', '\u{AB}', '\u{BB}', '\u{300C}', '\u{300E}', '`', '\'', ',', '"', '\u{2039}',
    '\u{203A}', '\u{201A}', '\u{2018}',
];

/// The first bytes of these characters.
const MAY_BEGIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut i = 0;
    while i < MARKS.len() {
        let mut bytes = [0; 4];
        MARKS[i].encode_utf8(&mut bytes);
        table[bytes[0] as usize] = true;
        i += 1;
    }
    table
};

/// Whether a mark opens between what stands before and behind it.
fn opens(pair: &Pair, before: &str, behind: &str) -> bool {
    let last = before.chars().next_back().unwrap_or(' ');
    let mut next = behind.chars();
    let first = next.next().unwrap_or(' ');
    match pair.manner {
        Manner::Always => true,
        Manner::Apart if first.is_whitespace() => {
            // *15 "* are inches.
            let is_number = before.trim_end().ends_with(|c: char| c.is_ascii_digit());
            last.is_whitespace() && first != '\n' && !is_number && next.next().is_some_and(char::is_alphanumeric)
        }
        Manner::Apart => !last.is_alphanumeric() && !matches!(first, ',' | '.' | ';' | ':' | ')'),
        Manner::Single => !last.is_alphanumeric() && first.is_alphanumeric(),
        Manner::Typed => !last.is_alphanumeric() && first.is_uppercase(),
    }
}

/// Whether a mark closes between what stands before and behind it; `is_set_in` tells whether a blank stood behind the
/// one that opened.
fn closes(pair: &Pair, is_set_in: bool, before: char, behind: &str) -> bool {
    let next = behind.chars().next().unwrap_or(' ');
    let is_apart = !next.is_alphanumeric() || stands_alone(next);
    let ends = matches!(before, ',' | '.' | '!' | '?' | '…');
    match pair.manner {
        Manner::Always => true,
        Manner::Apart if is_set_in => is_apart,
        Manner::Apart => is_apart || !before.is_whitespace(),
        // *the workers\u{2019} right*: behind an *s* it is an apostrophe where the sentence goes on.
        Manner::Single => {
            is_apart && (ends || before.is_alphanumeric() && (before != 's' || next.is_ascii_punctuation()))
        }
        Manner::Typed => is_apart && ends,
    }
}

fn is_blank_line(rest: &str) -> bool {
    rest.strip_prefix('\n').is_some_and(|r| r.trim_start_matches([' ', '\t', '\r']).starts_with('\n'))
}

fn push(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    if words(&text[range.clone()]).next().is_some() {
        out.push(range);
    }
}

/// Tells whether so little stands between marks that it is a quotation only where somebody is told to say it.
pub(super) fn is_word(inside: &str) -> bool {
    let least = if inside.chars().any(stands_alone) { CHARACTERS_MIN } else { WORDS_MIN };
    words(inside).take(least).count() < least
}

#[cfg(test)]
mod tests {
    use super::{is_word, quotations};

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
            ("``A bad deal,'' he said. ``We go on.''", vec!["A bad deal,", "We go on."]),
            ("\u{2018}A bad deal,\u{2019} he said of the workers\u{2019} plan.", vec!["A bad deal,"]),
            (
                "\u{2018}It\u{2019}s the workers\u{2019} right,\u{2019} he said.",
                vec!["It\u{2019}s the workers\u{2019} right,"],
            ),
            ("'It's a bad deal,' he said. 'We don't go on.'", vec!["It's a bad deal,", "We don't go on."]),
            (",,To jest dobry wynik\" - powiedział. ,,Gut so'', sagte er.", vec!["To jest dobry wynik", "Gut so"]),
            ("\u{201E}To dobry wynik\" - powiedział.", vec!["To dobry wynik"]),
            ("\u{2018}\u{2018}हम नहीं छोड़ेंगे।\u{2019}\u{2019} उन्होंने कहा", vec!["हम नहीं छोड़ेंगे।"]),
            (
                "\u{201A}Wir gehen weiter\u{2018}, sagte er. \u{2039}On continue\u{203A}",
                vec!["Wir gehen weiter", "On continue"],
            ),
            // Apostrophes: what follows them is read all the same.
            ("'Ndrangheta, l'Italia e un po' di tutto. \"Si va avanti\"", vec!["Si va avanti"]),
            ("\u{2018}t Is laat in de auto\u{2019}s.\n\n\"We gaan door\", zei hij", vec!["We gaan door"]),
            ("\u{2018}s Avonds zei hij: \u{201C}We gaan door.\u{201D}\n\nKlaar", vec!["We gaan door."]),
            ("'Tis late,\n\nrock 'n' roll in the '90s", vec![]),
            (
                "'' On continue '', dit-il. \" On verra \", << c'est tout >>.",
                vec![" On continue ", " On verra ", " c'est tout "],
            ),
            ("a 15 \" screen and the \"Big Red\" one, 20 \" wide", vec!["Big Red"]),
            // A size in inches, a title of one word, nothing.
            ("a 15\" screen, the \"Titanic\", \"\"", vec![]),
        ] {
            let list = quotations(text, 0..text.len()).into_iter().map(|r| &text[r]);
            let list: Vec<&str> = list.filter(|inside| !is_word(inside)).collect();
            assert_eq!(list, found, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn quotations_are_in_order_and_apart(text in "[abs ,.\"'`«»\u{2018}\u{2019}\u{201C}\u{201D}\n]{0,40}") {
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
