//! Where sentences and paragraphs end, told from what lies between two words.
//!
//! Wire copy is wrapped at some seventy characters or not at all, so that a single line
//! break says nothing; a blank line, an indented line or the end of a line that is too
//! long to have been wrapped ends a paragraph. A stop ends a sentence where a blank and a
//! word without a small first letter follow, unless an abbreviation or an initial stands
//! before it.

use super::fold::fold_into;
use super::words::{Word, stands_alone};

/// Bytes of a line beyond which it cannot be wrapped copy.
const WRAPPED_BYTES_MAX: usize = 160;

/// What lies between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Boundary {
    /// Nothing: one sentence goes on.
    Inside,
    /// A sentence ends.
    Sentence,
    /// A paragraph ends, and a sentence with it.
    Paragraph,
}

/// Folded words whose stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "abs", "adm", "approx", "apr", "apt", "arq", "art", "assn", "assoc", "aug", "av", "ave", "avv", "bd", "bhd",
    "bldg", "blvd", "brig", "bros", "bzw", "ca", "capt", "cf", "cia", "cie", "cmdr", "cnel", "co", "col", "corp",
    "cpl", "dec", "dep", "dept", "dip", "dipl", "dir", "dist", "don", "dott", "dr", "dra", "drs", "ee", "env", "est",
    "etc", "evtl", "excmo", "ext", "feb", "febr", "fevr", "fig", "geb", "gen", "gest", "ggf", "gob", "gov", "gral",
    "hon", "hr", "inc", "ing", "inkl", "int", "intl", "jan", "janv", "jr", "juil", "jul", "jun", "lic", "lt", "ltd",
    "maj", "mar", "me", "messrs", "mgr", "mlle", "mlles", "mm", "mme", "mmes", "mr", "mrs", "ms", "mt", "natl", "no",
    "nos", "nov", "nr", "num", "oct", "okt", "op", "pag", "plc", "pp", "pres", "prof", "pt", "pte", "pty", "pvt",
    "rep", "reps", "resp", "rev", "sen", "sens", "sep", "sept", "sgt", "sig", "sr", "sra", "sres", "srta", "st", "sta",
    "ste", "sto", "str", "supt", "tbk", "tel", "tlf", "univ", "usw", "vgl", "vol", "vs", "wm", "zb", "г", "гг", "гл",
    "долл", "др", "им", "млн", "млрд", "обл", "пр", "руб", "св", "см", "стр", "тов", "тыс", "ул",
];

/// Months whose capital does not begin a sentence behind a day's number and stop.
const MONTHS: &[&str] = &[
    "januar",
    "janner",
    "februar",
    "marz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
];

/// Tells what lies between the word `before` and the word `after` of `text`.
#[must_use]
pub fn boundary(text: &str, before: Word, after: Word) -> Boundary {
    let gap = &text[before.end..after.start];
    if gap == " " || gap.is_empty() {
        return Boundary::Inside;
    }
    if gap.contains('\n') && ends_paragraph(text, before.end, gap) {
        return Boundary::Paragraph;
    }
    if ends_sentence(text, before, after, gap) { Boundary::Sentence } else { Boundary::Inside }
}

fn ends_paragraph(text: &str, from: usize, gap: &str) -> bool {
    let mut lines = gap.split('\n');
    let first = lines.next().unwrap_or("");
    let rest: Vec<&str> = lines.collect();
    let blank_line = rest.len() > 1 && rest[..rest.len() - 1].iter().any(|l| l.trim().is_empty());
    let indented = rest.last().is_some_and(|l| l.starts_with(['\t', '\u{3000}']) || l.starts_with("  "));
    let line_start = memchr::memrchr(b'\n', &text.as_bytes()[..from]).map_or(0, |n| n + 1);
    blank_line || indented || from + first.len() - line_start > WRAPPED_BYTES_MAX
}

fn ends_sentence(text: &str, before: Word, after: Word, gap: &str) -> bool {
    let mut stop = None;
    let mut blank_behind = false;
    for c in gap.chars() {
        match c {
            '。' | '！' | '？' | '．' | '｡' | '।' | '॥' | '။' | '።' | '፧' | '፨' | '؟' | '۔' => {
                return true;
            }
            '.' | '!' | '?' | '…' => {
                stop = Some(c);
                blank_behind = false;
            }
            _ if c.is_whitespace() => blank_behind |= stop.is_some(),
            _ => {}
        }
    }
    let Some(stop) = stop.filter(|_| blank_behind) else {
        // Thai parts sentences by blanks only; a blank is no sure end, and none is made.
        return false;
    };
    let next = text[after.start..].chars().next();
    if next.is_some_and(char::is_lowercase) {
        return false;
    }
    if stop != '.' {
        return true;
    }
    let printed = &text[before.start..before.end];
    let mut letters = printed.chars();
    let first = letters.next();
    if letters.next().is_none() && first.is_some_and(|c| c.is_alphabetic() && !stands_alone(c)) {
        return false;
    }
    let mut folded = String::new();
    fold_into(printed, &mut folded);
    if ABBREVIATIONS.contains(&folded.as_str()) {
        return false;
    }
    if folded.len() <= 2 && folded.bytes().all(|b| b.is_ascii_digit()) {
        let mut month = String::new();
        fold_into(&text[after.start..after.end], &mut month);
        return !MONTHS.contains(&month.as_str());
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{Boundary, boundary};
    use crate::text::words;

    /// The text with `|` before a sentence and `||` before a paragraph.
    fn cut(text: &str) -> String {
        let list: Vec<_> = words(text).collect();
        let mut out = String::new();
        for (i, w) in list.iter().enumerate() {
            let mark = match (i > 0).then(|| boundary(text, list[i - 1], *w)) {
                Some(Boundary::Paragraph) => "|| ",
                Some(Boundary::Sentence) => "| ",
                _ => "",
            };
            let blank = if i > 0 { " " } else { "" };
            out.push_str(&format!("{blank}{mark}{}", &text[w.start..w.end]));
        }
        out
    }

    #[test]
    fn sentences_and_paragraphs() {
        for (text, expected) in [
            ("M. Poutine a parlé. Il part.", "M Poutine a parlé | Il part"),
            ("The U.S. Senate met. It voted!", "The U S Senate met | It voted"),
            ("He said \"Never.\" She left", "He said Never | She left"),
            ("am 2. Dezember. Danach", "am 2 Dezember | Danach"),
            ("rose 0.68 pct. to 3", "rose 0 68 pct to 3"),
            ("Yahoo! said so", "Yahoo said so"),
            ("他走了。她来了", "他 走 了 | 她 来 了"),
            ("one line\nwrapped here", "one line wrapped here"),
            ("first\n\nsecond", "first || second"),
            ("first\n   second", "first || second"),
            ("قال. ثم ذهب", "قال | ثم ذهب"),
        ] {
            assert_eq!(cut(text), expected);
        }
        let long = "word ".repeat(40);
        assert!(cut(&format!("{long}\nnext")).ends_with("|| next"));
    }
}
