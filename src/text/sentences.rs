//! Where sentences and paragraphs end, told from what lies between two words.
//!
//! Wire copy is wrapped at some seventy characters or not at all, so that a single line
//! break says nothing; a blank line, a line that is set in or the end of a line that is too
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
    "abp",
    "abs",
    "abt",
    "adm",
    "adv",
    "afd",
    "alb",
    "alin",
    "allg",
    "approx",
    "apr",
    "aprox",
    "apt",
    "arq",
    "art",
    "assn",
    "assoc",
    "aug",
    "av",
    "avd",
    "avda",
    "ave",
    "avv",
    "bd",
    "bhd",
    "bijv",
    "bkz",
    "bldg",
    "blv",
    "blvd",
    "blz",
    "bnb",
    "boul",
    "bp",
    "brig",
    "bros",
    "bzgl",
    "bzw",
    "ca",
    "cad",
    "cap",
    "capt",
    "cav",
    "cel",
    "cf",
    "chap",
    "cia",
    "cie",
    "cmdr",
    "cmdte",
    "cnel",
    "co",
    "col",
    "corp",
    "cpl",
    "dec",
    "dep",
    "dept",
    "dhr",
    "dip",
    "dipl",
    "dir",
    "dist",
    "dl",
    "dna",
    "don",
    "dott",
    "dottssa",
    "dpto",
    "dr",
    "dra",
    "drs",
    "ee",
    "einschl",
    "env",
    "esim",
    "est",
    "etc",
    "evtl",
    "excl",
    "excmo",
    "exkl",
    "exma",
    "exmo",
    "ext",
    "feb",
    "febr",
    "fevr",
    "fhv",
    "fig",
    "frl",
    "geb",
    "gegr",
    "gen",
    "geom",
    "gest",
    "ggf",
    "gob",
    "godz",
    "gov",
    "gral",
    "hab",
    "hbf",
    "hj",
    "hnos",
    "hon",
    "hr",
    "hrsg",
    "ifj",
    "inc",
    "incl",
    "ing",
    "inkl",
    "int",
    "intl",
    "inz",
    "ir",
    "jan",
    "janv",
    "jfr",
    "jh",
    "jhd",
    "jhr",
    "jl",
    "jr",
    "jud",
    "judr",
    "juil",
    "jul",
    "jun",
    "kab",
    "kap",
    "kard",
    "kec",
    "kl",
    "klo",
    "kpt",
    "lfd",
    "lic",
    "lt",
    "ltd",
    "mag",
    "magg",
    "mah",
    "maj",
    "mar",
    "me",
    "mec",
    "mej",
    "messrs",
    "mevr",
    "mgr",
    "mjr",
    "mlle",
    "mlles",
    "mm",
    "mme",
    "mmes",
    "mons",
    "mr",
    "mrs",
    "ms",
    "mt",
    "mudr",
    "mw",
    "nam",
    "napr",
    "natl",
    "nl",
    "no",
    "nos",
    "nov",
    "np",
    "nr",
    "num",
    "oct",
    "ogr",
    "okt",
    "op",
    "ozv",
    "pag",
    "phdr",
    "pkt",
    "plc",
    "plk",
    "poz",
    "pp",
    "pplk",
    "pres",
    "prof",
    "prok",
    "pt",
    "pte",
    "pty",
    "puh",
    "pvt",
    "rag",
    "rep",
    "reps",
    "resp",
    "rev",
    "rndr",
    "sen",
    "sens",
    "sep",
    "sept",
    "sgt",
    "sierz",
    "sig",
    "sn",
    "sog",
    "sok",
    "sr",
    "sra",
    "sres",
    "srta",
    "st",
    "sta",
    "std",
    "ste",
    "sto",
    "str",
    "supt",
    "sw",
    "tbk",
    "tel",
    "tgl",
    "tlf",
    "tte",
    "tzn",
    "tzv",
    "tzw",
    "ud",
    "uds",
    "ul",
    "univ",
    "ur",
    "ust",
    "usw",
    "uzm",
    "vb",
    "vda",
    "verh",
    "vgl",
    "vol",
    "vs",
    "wg",
    "wm",
    "woj",
    "yrd",
    "yzb",
    "zb",
    "zgn",
    "zzgl",
    "δρ",
    "акад",
    "англ",
    "буд",
    "вул",
    "г",
    "гг",
    "гл",
    "грн",
    "долл",
    "доц",
    "др",
    "зам",
    "им",
    "корп",
    "млн",
    "млрд",
    "напр",
    "нач",
    "обл",
    "ок",
    "пл",
    "полк",
    "пр",
    "просп",
    "проф",
    "ред",
    "рис",
    "род",
    "руб",
    "св",
    "см",
    "ст",
    "стр",
    "тис",
    "тов",
    "тыс",
    "ул",
    "ім",
];

/// The same, printed with a capital: in small letters they are words, *ill*, *ten*, *on*.
const CAPITAL_ABBREVIATIONS: &[&str] = &[
    "ala", "alta", "ariz", "ark", "calif", "colo", "conn", "del", "doc", "fla", "ga", "ill", "ind", "kan", "ky", "la",
    "mass", "md", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "on", "ont", "ore", "org", "pa", "penn",
    "que", "sask", "ten", "tenn", "tex", "va", "vt", "wash", "wis", "wyo",
];

/// The same behind a figure: *5 mln. Euro*.
const FIGURE_ABBREVIATIONS: &[&str] =
    &["bn", "mia", "mill", "mio", "mld", "mln", "mlrd", "mrd", "tsd", "tys", "εκατ", "δισ"];

/// The same before a figure: *ok. 5*, *km. 3*.
const COUNTING_ABBREVIATIONS: &[&str] = &["approx", "circa", "int", "max", "min", "ok", "par", "ung", "vers", "zal"];

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
    let first = gap.find('\n').unwrap_or(gap.len());
    let last = gap.rfind('\n').unwrap_or(first);
    let blank_line = gap[first..last].split('\n').skip(1).any(|l| l.trim().is_empty());
    let (end, line) = (from + last, from + last + 1);
    let start = memchr::memrchr(b'\n', &text.as_bytes()[..end]).map_or(0, |n| n + 1);
    let next = memchr::memchr(b'\n', &text.as_bytes()[line.min(text.len())..]).map_or(text.len(), |n| line + n);
    blank_line || begins_paragraph(&text[start..end], text.get(line..next).unwrap_or(""))
}

/// Tells whether a line that follows on `before` without a blank line between begins a
/// paragraph: it is set in further, or as far behind a sentence that ended,
/// or the line before it is too long to have been wrapped. One that goes on with a small
/// letter in mid-sentence begins none.
pub(crate) fn begins_paragraph(before: &str, line: &str) -> bool {
    let ends = || before.trim_end().ends_with(ENDS_OF_SENTENCES);
    let set_in = match indent(line) {
        0 | 1 => false,
        by if by > indent(before) => true,
        by => by == indent(before) && ends(),
    };
    let goes_on = || {
        let line = line.trim_start();
        line.starts_with(char::is_lowercase) && !line.starts_with("http") && !ends()
    };
    ((set_in || before.len() > WRAPPED_BYTES_MAX) && !goes_on()) || line.starts_with('\u{3000}')
}

/// What the last line of a paragraph ends with.
const ENDS_OF_SENTENCES: [char; 16] =
    ['.', '!', '?', '…', ':', '"', '”', '»', '’', ')', '。', '！', '？', '」', '؟', '।'];

/// Columns that a line is set in by; a tab and an ideographic blank count as two.
fn indent(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| matches!(c, ' ' | '\t' | '\u{3000}'));
    blanks.map(|c| if c == ' ' { 1 } else { 2 }).sum()
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
    if is_abbreviation(&folded, text, before, next) {
        return false;
    }
    if folded.len() <= 2 && folded.bytes().all(|b| b.is_ascii_digit()) {
        let mut month = String::new();
        fold_into(&text[after.start..after.end], &mut month);
        return !MONTHS.contains(&month.as_str());
    }
    true
}

/// Tells whether a word before a full stop is shortened by it; `next` is the sign behind the gap.
fn is_abbreviation(folded: &str, text: &str, word: Word, next: Option<char>) -> bool {
    let is_one_of = |list: &[&str]| list.contains(&folded);
    let left = &text[..word.start];
    is_one_of(ABBREVIATIONS)
        || (text[word.start..].starts_with(char::is_uppercase) && is_one_of(CAPITAL_ABBREVIATIONS))
        || (left.trim_end().ends_with(|c: char| c.is_ascii_digit()) && is_one_of(FIGURE_ABBREVIATIONS))
        || (next.is_some_and(|c| c.is_ascii_digit()) && is_one_of(COUNTING_ABBREVIATIONS))
        || follows_stop(left, folded)
}

/// *m.in*, *t.ex*, *Ph.D*, *p. ex*: tells whether a few letters stand right behind a few with a stop.
fn follows_stop(left: &str, folded: &str) -> bool {
    const LETTERS_MAX: usize = 3;
    let Some(before) = left.strip_suffix('.').or_else(|| left.strip_suffix(". ").filter(|_| folded == "ex")) else {
        return false;
    };
    let letters = before.chars().rev().take_while(|c| c.is_alphabetic()).take(LETTERS_MAX + 1).count();
    (1..=LETTERS_MAX).contains(&letters) && folded.chars().count() <= LETTERS_MAX
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
            ("dhr. Jansen en mevr. Jansen", "dhr Jansen en mevr Jansen"),
            ("godz. 10 i ok. 5 m.in. Jan", "godz 10 i ok 5 m in Jan"),
            ("It is ok. He left", "It is ok | He left"),
            ("kl. 10 i t.ex. Stockholm", "kl 10 i t ex Stockholm"),
            ("p. ex. Rome et vb. Ankara", "p ex Rome et vb Ankara"),
            ("Calif. Gov. Smith was ill. He left", "Calif Gov Smith was ill | He left"),
            ("kostet 5 Mio. Euro", "kostet 5 Mio Euro"),
            ("www.example.com. He", "www example com | He"),
            ("他走了。她来了", "他 走 了 | 她 来 了"),
            ("one line\nwrapped here", "one line wrapped here"),
            ("first\n\nsecond", "first || second"),
            ("First\n   Second", "First || Second"),
            ("broke out in the\n    harbour", "broke out in the harbour"),
            ("the end.\n   a) one", "the end || a one"),
            ("   The one in\n   Paris met.\n   The other", "The one in Paris met || The other"),
            ("قال. ثم ذهب", "قال | ثم ذهب"),
        ] {
            assert_eq!(cut(text), expected);
        }
        let long = "word ".repeat(40);
        assert!(cut(&format!("{long}\nNext")).ends_with("|| Next"));
        assert!(cut(&format!("{long}\nnext")).ends_with("word next"));
    }
}
