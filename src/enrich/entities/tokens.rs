//! Division of a text into the words and marks that the recogniser labels.
//!
//! Finer than a reader's words: hyphens and apostrophes divide (*l'Iran*,
//! *Charles-de-Gaulle*) and leave a mark of how the parts hang together; scripts without
//! spaces and Hangul give one token a character; initials and abbreviations keep their
//! full stop (*J. Smith*, *Acme Inc.*).

use crate::text::words;

/// How a token hangs together with the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// Nothing before it, a new paragraph or a short line: no name runs across.
    Break,
    /// White space.
    Space,
    /// The end of a line that was broken for its width.
    Wrap,
    /// A hyphen.
    Hyphen,
    /// An apostrophe.
    Apostrophe,
    /// A full stop within a word: `U.S.`, `boohoo.com`.
    Dot,
    /// Nothing at all.
    Adjacent,
}

/// Number of [`Join`]s.
pub const JOINS: usize = 7;

/// A word or a mark.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// How it hangs together with the one before.
    pub join: Join,
    /// Whether it is a word; a single mark otherwise.
    pub is_word: bool,
    /// Whether a sentence may begin with it.
    pub opens: bool,
}

/// Lines of at least so many bytes were broken for their width; shorter ones end where
/// their writer meant it.
const WRAPPED_LINE_MIN: usize = 50;
/// Wire copy is set to at most so many; longer lines are paragraphs.
const WRAPPED_LINE_MAX: usize = 110;

/// Words before whose full stop no sentence ends, folded to lower case.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "maj", "capt", "cmdr", "adm", "sen", "rep", "gov",
    "rev", "hon", "st", "ste", "mt", "ft", "jr", "sr", "sra", "srta", "co", "inc", "corp", "ltd", "bros", "cie", "cia",
    "cía", "bhd", "pte", "pty", "tbk", "plc", "dott", "avv", "ing", "lic", "mgr", "mme", "mlle", "me", "dip", "dep",
    "hr", "fr", "dipl", "ph", "ch", "th", "yu", "ya", "ye", "zh", "kh", "дж", "им", "ул", "пр", "св", "акад", "проф",
    "ген", "обл", "вул", "ім", "ks", "bp", "abp", "gen", "płk", "ppłk", "mjr", "kpt", "inż", "mec", "sp", "wm", "geo",
    "chas", "jas", "thos", "univ", "dept", "assn", "intl", "natl", "vs", "op", "dist", "gob", "gral", "cnel", "arq",
];

/// Divides `text`; the list is the caller's to clear.
pub fn tokens(text: &str, out: &mut Vec<Token>) {
    let mut scan = Scan { text, out, at: 0, line_start: 0 };
    for word in words(text) {
        scan.gap(word.start);
        scan.word(word.start, word.end);
    }
    scan.gap(text.len());
}

struct Scan<'a> {
    text: &'a str,
    out: &'a mut Vec<Token>,
    /// End of what has been divided.
    at: usize,
    line_start: usize,
}

impl Scan<'_> {
    /// Reads what lies between two words: marks become tokens.
    fn gap(&mut self, to: usize) {
        if self.at >= to {
            return;
        }
        let from = self.at;
        let gap = &self.text[from..to];
        if gap == " " || joined_by(gap).is_some() && to < self.text.len() {
            return;
        }
        for (offset, c) in gap.char_indices() {
            if c.is_whitespace() || is_format(c) {
                continue;
            }
            let at = from + offset;
            self.push(at, at + c.len_utf8(), false);
        }
    }

    fn word(&mut self, start: usize, end: usize) {
        let word = &self.text[start..end];
        if word.bytes().any(|b| b >= 0xE1) && word.chars().any(is_hangul) {
            // A syllable is a token; letters and digits of other scripts stay together.
            let mut from = start;
            for (offset, c) in word.char_indices() {
                let at = start + offset;
                if is_hangul(c) {
                    if from < at {
                        self.push(from, at, true);
                    }
                    from = at + c.len_utf8();
                    self.push(at, from, true);
                }
            }
            if from < end {
                self.push(from, end, true);
            }
            return;
        }
        let stop = self.text[end..].starts_with('.') && keeps_full_stop(word, &self.text[end + 1..]);
        self.push(start, end + usize::from(stop), true);
    }

    fn push(&mut self, start: usize, end: usize, is_word: bool) {
        let join = self.join(start);
        let opens = match self.out.last() {
            None => true,
            Some(_) if join == Join::Break => true,
            Some(last) => {
                let before = &self.text[last.start as usize..last.end as usize];
                !last.is_word && join != Join::Adjacent && ends_sentence(before)
                    || !last.is_word && last.opens && !is_word
                    || !last.is_word
                        && is_opening(before)
                        && (last.opens || join == Join::Adjacent && self.after_stop())
            }
        };
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.out.push(Token { start: clip(start), end: clip(end), join, is_word, opens });
        self.at = end;
    }

    /// Tells whether the mark before the last token ended a sentence.
    fn after_stop(&self) -> bool {
        let [.., before, _] = self.out.as_slice() else { return true };
        !before.is_word && ends_sentence(&self.text[before.start as usize..before.end as usize])
    }

    fn join(&mut self, start: usize) -> Join {
        let Some(last) = self.out.last() else { return Join::Break };
        let gap = &self.text[last.end as usize..start];
        match gap {
            "" if last.is_word && self.text[..start].ends_with('.') => return Join::Dot,
            "" => return Join::Adjacent,
            " " => return Join::Space,
            _ => {}
        }
        if let Some(join) = joined_by(gap) {
            return join;
        }
        let Some(first) = gap.find('\n') else { return Join::Space };
        let hyphenated = gap.starts_with('-') || gap.starts_with('\u{AD}');
        let length = (last.end as usize + first).saturating_sub(self.line_start);
        self.line_start = start;
        let blank = gap[first + 1..].contains('\n');
        let before = &self.text[last.start as usize..last.end as usize];
        let ended = !last.is_word && ends_sentence(before);
        if blank || ended || !(WRAPPED_LINE_MIN..=WRAPPED_LINE_MAX).contains(&length) {
            Join::Break
        } else if hyphenated {
            Join::Hyphen
        } else {
            Join::Wrap
        }
    }
}

/// Tells how a gap without white space joins the words around it.
fn joined_by(gap: &str) -> Option<Join> {
    let mut chars = gap.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    match c {
        '-' | '\u{2010}' | '\u{2011}' => Some(Join::Hyphen),
        '\'' | '\u{2019}' | '\u{2BC}' | '\u{2B9}' | '`' | '\u{B4}' => Some(Join::Apostrophe),
        '.' | '\u{B7}' | '\u{30FB}' => Some(Join::Dot),
        _ => None,
    }
}

/// Tells whether a full stop after `word` belongs to it: an initial or an abbreviation.
fn keeps_full_stop(word: &str, after: &str) -> bool {
    let mut chars = word.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else { return false };
    if second.is_none() {
        let next = after.chars().next();
        return if first.is_uppercase() {
            // Not at the end of a text or a line: `vitamin C.`
            next.is_some_and(|c| c == ' ' || c == '-' || c == '\u{A0}' || c.is_alphabetic() || c == ',')
        } else {
            first.is_alphabetic() && !first.is_lowercase() && next.is_some_and(char::is_alphabetic)
        };
    }
    if word.len() > 10 || !first.is_alphabetic() {
        return false;
    }
    if word.is_ascii() {
        return ABBREVIATIONS.iter().any(|a| a.eq_ignore_ascii_case(word));
    }
    // No allocation: compare as written, in lower case, letter by letter.
    ABBREVIATIONS.iter().any(|a| a.chars().eq(word.chars().flat_map(char::to_lowercase)))
}

/// Tells whether a mark ends a sentence.
fn ends_sentence(mark: &str) -> bool {
    matches!(mark, "." | "!" | "?" | "…" | "。" | "！" | "？" | "؟" | "۔" | "।")
}

/// Tells whether a mark opens speech or an aside.
fn is_opening(mark: &str) -> bool {
    matches!(
        mark,
        "\"" | "'" | "“" | "„" | "«" | "»" | "‘" | "‹" | "(" | "[" | "「" | "『" | "-" | "–" | "—" | "•" | "*"
    )
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

/// Characters that are neither seen nor spoken.
fn is_format(c: char) -> bool {
    crate::text::fold::is_invisible(c) || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> String {
        let mut out = Vec::new();
        tokens(text, &mut out);
        let mut line = String::new();
        for t in &out {
            let join = match t.join {
                Join::Break => "¶",
                Join::Space => " ",
                Join::Wrap => "↩",
                Join::Hyphen => "-",
                Join::Apostrophe => "’",
                Join::Dot => ".",
                Join::Adjacent => "+",
            };
            line += join;
            line += &text[t.start as usize..t.end as usize];
        }
        line
    }

    #[test]
    fn divisions() {
        assert_eq!(list("l'Iran, Charles-de-Gaulle"), "¶l’Iran+, Charles-de-Gaulle");
        assert_eq!(list("the U.S. said J. Smith of Acme Inc. won."), "¶the U..S. said J. Smith of Acme Inc. won+.");
        assert_eq!(list("O'Connor's boohoo.com"), "¶O’Connor’s boohoo.com");
        assert_eq!(list("서울에서 KBS는"), "¶서+울+에+서 KBS+는");
        assert_eq!(list("习近平在"), "¶习+近+平+在");
        assert_eq!(list("A title\nA line"), "¶A title¶A line");
        assert_eq!(
            list("The president of the federal republic, Mr. Vladimir\nPutin, said"),
            "¶The president of the federal republic+, Mr. Vladimir↩Putin+, said"
        );
        assert_eq!(list(""), "");
        assert_eq!(list("« Oui »"), "¶« Oui »");
    }

    #[test]
    fn sentences_open_after_stops_and_quotes() {
        let text = "He left. \"Paris is far,\" he said. (Reuters) Mr. Smith";
        let mut out = Vec::new();
        tokens(text, &mut out);
        let opening: Vec<&str> =
            out.iter().filter(|t| t.opens && t.is_word).map(|t| &text[t.start as usize..t.end as usize]).collect();
        assert_eq!(opening, ["He", "Paris", "Reuters"]);
    }

    proptest::proptest! {
        #[test]
        fn tokens_are_in_order_on_boundaries_and_not_empty(text in "\\PC{0,60}|[a-zA-Z.'\n -]{0,60}") {
            let mut out = Vec::new();
            tokens(&text, &mut out);
            let mut last = 0;
            for t in out {
                let (start, end) = (t.start as usize, t.end as usize);
                proptest::prop_assert!(start >= last && end > start);
                proptest::prop_assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
                last = end;
            }
        }
    }
}
