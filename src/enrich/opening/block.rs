//! The block above a dateline as a wire sends it: numbers and codes of the message, the
//! slug, and which of the remaining lines are the headline.
//!
//! What a line is follows from its shape and from what stands above it: codes without a
//! number, and slugs without a mark, count only below a line that is one for certain.

use super::dates;
use super::place::is_weekday;
use crate::data::agencies::by_alias;
use crate::story::Status;

const MESSAGE_CHARS_MAX: usize = 64;
const MESSAGE_WORDS_MAX: usize = 10;
/// Letters of a code that has no figures.
const CODE_CHARS_MAX: usize = 5;
/// Characters of a slug; a longer line may be the first of a headline.
const SLUG_CHARS_MAX: usize = 36;
/// Words of a slug that is known by its place alone.
const SLUG_WORDS_MAX: usize = 4;

/// What the number of a message line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Message {
    /// Bytes of the number, counted from the start of the line.
    pub(super) number: Option<(usize, usize)>,
    /// Bytes of the priority.
    pub(super) priority: Option<(usize, usize)>,
}

/// Reads a line of a message's head: `ADN0456 7 POL 0 ADN`, `dpa 0123 4 pl 145 bdt0456`.
/// `below`: a line above it is one already, so that codes alone are enough.
pub(super) fn message(line: &str, below: bool) -> Option<Message> {
    let line = line.trim_end();
    let first = line.split_whitespace().next().unwrap_or("");
    // `LD0305161296 Paris AFP in French 1600 GMT 3 May 96`: the number alone tells.
    if is_monitored(first) {
        return Some(Message { number: Some((0, first.len())), priority: None });
    }
    let line = without_day(line);
    if line.split_whitespace().map(|w| w.chars().count() + 1).sum::<usize>() > MESSAGE_CHARS_MAX + 1 {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).collect();
    let (first, rest) = words.split_first()?;
    if words.len() > MESSAGE_WORDS_MAX {
        return None;
    }
    let at = |word: &str| {
        let start = word.as_ptr().addr() - line.as_ptr().addr();
        (start, start + word.len())
    };
    let coded = words.iter().all(|w| is_code(w));
    // `u a BC-IRAN-HOSTAGES 1STLD 01-20 0312`: priority, category and the cycle.
    let cycled = |w: &&&str| ["BC-", "AM-", "PM-"].iter().any(|cycle| w.starts_with(cycle));
    if first.len() == 1 && rest.first().is_some_and(|w| w.len() == 1) && rest.get(1).as_ref().is_some_and(cycled) {
        return Some(Message { number: None, priority: None });
    }
    let number = if (is_number(first) || rest.is_empty() && is_lettered(first))
        && (rest.is_empty() || rest.iter().any(|w| has_digit(w)))
    {
        Some(at(first))
    } else if is_agency(first) && rest.iter().any(|w| is_count(w) || is_number(w) || is_key(w)) {
        let behind = rest.first().filter(|w| is_count(w) || is_number(w) || is_key(w));
        Some(behind.map_or(at(first), |w| (at(first).0, at(w).1)))
    } else {
        None
    };
    if let Some(number) = number.filter(|_| coded) {
        let digit = |w: &&&str| w.len() == 1 && w.bytes().all(|b| (b'1'..=b'8').contains(&b));
        let priority = words.iter().find(|w| at(w).0 >= number.1).filter(digit).map(|w| at(w));
        return Some(Message { number: Some(number), priority });
    }
    (below && is_routing(&words, coded)).then_some(Message { number: None, priority: None })
}

/// Codes below the first line: `R POL S0A QBXB`, `PRI GEN NAT`, `.NEWDELHI DEL12`.
fn is_routing(words: &[&str], coded: bool) -> bool {
    let capitals = |w: &&str| !w.chars().any(char::is_lowercase);
    let Some((first, rest)) = words.split_first() else { return false };
    let priority = matches!(first.to_ascii_lowercase().as_str(), "r" | "u" | "b" | "d" | "f" | "s" | "n" | "z");
    let short = |w: &&str| w.chars().count() <= 3;
    match () {
        () if first.starts_with('.') => words.iter().all(capitals) && rest.iter().all(|w| is_code(w)),
        () if priority && !rest.is_empty() && coded => rest.iter().any(|w| has_digit(w)) || words.iter().all(capitals),
        () if priority && words.len() == 3 => words.iter().all(capitals) && rest.first().is_some_and(short),
        () if rest.is_empty() => coded && capitals(first) && is_key(first) && first.chars().count() >= 6,
        () => coded && words.iter().all(capitals) && words.iter().all(short),
    }
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
}

/// A word that is no word of copy: figures, letters with figures, or a few letters of one
/// case.
fn is_code(word: &str) -> bool {
    let marks = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | ':' | '&');
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let mixed_case = word.chars().any(char::is_lowercase) && word.chars().any(char::is_uppercase);
    let parts = || word.split(['/', '-', '_']).all(|p| p.chars().count() <= CODE_CHARS_MAX);
    word.chars().all(marks)
        && (has_digit(word) || is_agency(word) || (!mixed_case && (letters <= CODE_CHARS_MAX || parts())))
}

fn is_agency(word: &str) -> bool {
    by_alias(word).is_some() || (word.chars().count() >= 3 && by_alias(&word.to_uppercase()).is_some())
}

/// `0123`: a count or a number of a message, not a year.
fn is_count(word: &str) -> bool {
    let figures = word.bytes().all(|b| b.is_ascii_digit());
    figures && (word.starts_with('0') && word.len() >= 3 || word.len() >= 5)
}

/// `ADN0456`, `T0123A`, `YNA-E0123`, `XPP45721_SXA`: letters and then at least four figures,
/// or three behind a nought, that are not a year.
fn is_number(word: &str) -> bool {
    let Some(at) = word.find(|c: char| c.is_ascii_digit()) else { return false };
    let (letters, rest) = word.split_at(at);
    let figures = &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())];
    let tail = &rest[figures.len()..];
    let year = figures.len() == 4 && matches!(&figures[..2], "19" | "20");
    (1..=8).contains(&letters.chars().count())
        && letters.chars().all(|c| c.is_alphabetic() || c == '-')
        && (figures.len() >= 4 || figures.len() == 3 && figures.starts_with('0'))
        && (!year || tail.starts_with('_'))
        && (tail.is_empty() || tail.starts_with('_') || tail.chars().count() == 1)
}

/// Takes the day off the end of a message's head: `APA0231 5 AI 0187 CI/CA   Di, 05.Nov 2024`.
fn without_day(line: &str) -> &str {
    let number = line.split_whitespace().next().is_some_and(is_number);
    let words = line.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(i, c)| i + c.len_utf8());
    let day = words.filter(|_| number).find(|at| {
        let rest = &line[*at..];
        let is_day = |at: usize| dates::at(line, at).is_some_and(|d| d.month.is_some() && d.end == line.len());
        let behind = rest
            .split_once(", ")
            .filter(|(weekday, _)| weekday.chars().count() <= 3 || is_weekday(weekday))
            .map(|(w, _)| at + w.len() + 2);
        behind.is_some_and(is_day)
    });
    day.map_or(line, |at| line[..at].trim_end())
}

/// `LD0305161296`: the number of a monitoring service, its station and the time.
fn is_monitored(word: &str) -> bool {
    let figures = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    word.len() - figures.len() == 2 && figures.len() == 10 && figures.bytes().all(|b| b.is_ascii_digit())
}

/// `A121DA`: a letter, three figures and two or three letters, alone on its line.
fn is_lettered(word: &str) -> bool {
    let tail = word.get(4..).unwrap_or("");
    word.is_ascii()
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.get(1..4).is_some_and(|f| f.bytes().all(|b| b.is_ascii_digit()))
        && (2..=3).contains(&tail.len())
        && tail.bytes().all(|b| b.is_ascii_uppercase())
}

/// Tells whether a line is nothing but a message's number, as it stands again at its end.
pub(super) fn is_number_line(line: &str) -> bool {
    let word = line.trim();
    !word.contains(char::is_whitespace) && (is_number(word) || is_key(word)) && is_capital_code(word)
}

fn is_capital_code(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() >= 2 && !word.chars().any(char::is_lowercase)
}

/// `n-123`, `A123`, `EFE1234`: letters and then at least three figures.
fn is_key(word: &str) -> bool {
    let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let figures = word.len() - bare.len();
    figures >= 3 && !bare.is_empty() && bare.chars().count() <= 4 && bare.chars().all(|c| c.is_alphabetic() || c == '-')
}

/// Tells how many of the first lines above a dateline are slugs. `coded`: they stand below
/// a message's number; `open`: no dateline follows, so that copy stands among them.
pub(super) fn slugs(lines: &[&str], coded: bool, open: bool) -> usize {
    let behind = |i: usize| lines.len() - i - 1;
    let is = |(i, line): &(usize, &&str)| match () {
        () if open => behind(*i) >= 2 && is_slug(line),
        () if coded && behind(*i) == 0 => is_slug(line) || is_dated_slug(line),
        () if coded => is_slug(line) || is_dated_slug(line) || is_loose_slug(line),
        // Words that count its versions tell a slug that no headline follows.
        () if behind(*i) == 0 => is_slug(line) && line.contains(" (") && super::chars::is_capitals(line),
        () => is_slug(line),
    };
    lines.iter().enumerate().take_while(is).count()
}

/// Tells whether the first of the lines above a dateline holds EFE's key words: a code of three letters
/// and words in capitals, right above a headline that has small letters (`MEX HURACÁN`).
pub(super) fn begins_with_keywords(lines: &[&str]) -> bool {
    let [first, second, ..] = lines else { return false };
    let words: Vec<&str> = first.split_whitespace().collect();
    let lettered = |word: &&str| word.chars().all(char::is_alphabetic);
    (2..=SLUG_WORDS_MAX).contains(&words.len())
        && words[0].len() == 3
        && words.iter().all(lettered)
        && first.chars().count() <= SLUG_CHARS_MAX
        && super::chars::is_capitals(first)
        && second.chars().any(char::is_lowercase)
}

/// `Ukraine-conflict-navy`, `Suisse/Budget`, `RUSSIA-UKRAINE UPDATE 2`: key words without
/// blanks, and which version it is.
fn is_slug(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let Some(first) = words.next() else { return false };
    let parts: Vec<&str> = first.split(['-', '/', '_']).filter(|p| !p.is_empty()).collect();
    let lettered = parts.iter().filter(|p| p.chars().filter(|c| c.is_alphabetic()).count() >= 2).count();
    let open = parts.len() == 1 && first.ends_with('/');
    (lettered >= 2 || open && lettered == 1)
        && first.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '_' | '&'))
        && first.chars().count() >= 6
        && words.all(is_version)
}

/// `LEAD`, `UPDATE`, `2`, `1STLD`: words of a slug that count its versions.
fn is_version(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "LEAD",
        "UPDATE",
        "LD",
        "LDALL",
        "WRAP",
        "WRAPUP",
        "ADD",
        "URGENT",
        "BULLETIN",
        "CORR",
        "SUB",
        "SUBS",
        "WRITETHRU",
        "PIX",
        "TV",
    ];
    let word = word.trim_matches(['(', ')', ',']);
    let bare = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let bare = ["ST", "ND", "RD", "TH"].iter().find_map(|o| bare.strip_prefix(o)).unwrap_or(bare);
    WORDS.contains(&bare) || bare.is_empty()
}

/// Returns the status that the version in a slug states: `UPDATE 2`, `1STLD`, `2ND LD`.
pub(super) fn version(line: &str) -> Option<Status> {
    let words = || line.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty());
    let counted = |word: &str| {
        let bare = word.trim_start_matches(|c: char| c.is_ascii_digit());
        bare.len() < word.len() && ["STLD", "NDLD", "RDLD", "THLD"].contains(&bare)
    };
    words().any(|w| matches!(w, "UPDATE" | "WRITETHRU" | "LD" | "LDALL") || counted(w)).then_some(Status::Update)
}

/// `WATERGATE 3-5`: key words in capitals, then the day.
fn is_dated_slug(line: &str) -> bool {
    let Some((words, date)) = line.rsplit_once(' ') else { return false };
    let Some((month, day)) = date.split_once('-') else { return false };
    let figures = |p: &str| matches!(p.len(), 1 | 2) && p.bytes().all(|b| b.is_ascii_digit());
    figures(month)
        && figures(day)
        && words.split_whitespace().count() <= SLUG_WORDS_MAX
        && super::chars::is_capitals(words)
}

/// Below a message's number: a few words with a mark between them, a list in small letters,
/// or up to three words in capitals.
fn is_loose_slug(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let joined = line.char_indices().any(|(i, c)| {
        let beside = |at: Option<char>| at.is_some_and(char::is_alphanumeric);
        matches!(c, '-' | '/') && beside(line[..i].chars().next_back()) && beside(line[i + 1..].chars().next())
    });
    let list = line.contains(", ") && !line.chars().any(char::is_uppercase);
    let capitals = words <= 3 && super::chars::is_capitals(line);
    words <= SLUG_WORDS_MAX
        && line.chars().count() <= SLUG_CHARS_MAX
        && !line.contains([':', '"', '\'', '’', '«', '?', '!'])
        && !line.ends_with(['.', '=', ','])
        && (joined || list || capitals)
}

#[cfg(test)]
mod tests {
    use super::{begins_with_keywords, message, slugs};

    #[test]
    fn key_words_stand_right_above_a_headline() {
        for (lines, is) in [
            (&["NOR PUERTO", "Un barco deja 43 heridos en Oslo"][..], true),
            (&["NOR PUERTO BARCO", "Un barco deja 43 heridos"], true),
            (&["NOR PUERTO", "UN BARCO DEJA 43 HERIDOS"], false),
            (&["UN BARCO DEJA HERIDOS", "Es el tercero"], false),
            (&["NOR PUERTO"], false),
            (&["PUERTO", "Un barco deja 43 heridos"], false),
        ] {
            assert_eq!(begins_with_keywords(lines), is, "{lines:?}");
        }
    }

    #[test]
    fn heads_of_messages() {
        for (line, below, number, priority) in [
            ("NTB0456 7 POL 0 NTB POL RPI", false, "NTB0456", "7"),
            ("OSL0345 4 I 0123 NOR /AFP-XY12", false, "OSL0345", "4"),
            ("ntb0123 4 pol 120  NTB0456", false, "ntb0123", "4"),
            ("dpa 0456 3 wi 145  bdt0789", false, "dpa 0456", "3"),
            ("K0234B 07.06.2021/14:35 eko for", false, "K0234B", ""),
            ("ТАСС-0234 07.06.2021 14:35:10 МСК", false, "ТАСС-0234", ""),
            ("YNA-E0234", false, "YNA-E0234", ""),
            ("XQQ45721_SXB_QBXC", false, "XQQ45721_SXB_QBXC", ""),
            ("xinhua xhe 070635 0234", false, "xinhua", ""),
            ("PAP GOS 0234", false, "PAP", ""),
            ("UPI A234", false, "UPI A234", ""),
            ("kyodo n-234", false, "kyodo n-234", ""),
            ("R CRO S0B QBXC", true, "", ""),
            ("R A BYLXYVBYL", true, "", ""),
            ("u i BC-NORWAY-HARBOUR-2NDLD 06-07 0234", true, "", ""),
            ("PRI GEN INT", true, "", ""),
            (".OSLO OSL12", true, "", ""),
            ("EFE2345", false, "EFE2345", ""),
            ("APA0345 5 AI 0234 CI/CA               Di, 08.Jun 2021", false, "APA0345", "5"),
            ("A123DB", false, "A123DB", ""),
            ("LD0706101521 Oslo NTB in English 1015 GMT 7 Jun 21", false, "LD0706101521", ""),
            ("u a BC-NORWAY-HARBOUR 1STLD 06-07 0234", false, "", ""),
        ] {
            let found = message(line, below).unwrap_or_else(|| panic!("none in {line}"));
            let of = |span: Option<(usize, usize)>| span.map_or("", |(s, e)| &line[s..e]);
            assert_eq!((of(found.number), of(found.priority)), (number, priority), "{line}");
            assert!(!below || line.contains("BC-") || message(line, false).is_none(), "{line}");
        }
    }

    #[test]
    fn headlines_are_no_messages() {
        for line in [
            "NORWAY 3 SWEDEN 2",
            "COVID-19",
            "EURO2024 DAY 1",
            "MH370",
            "B747",
            "A320neo",
            "MH370 SEARCH ENDS",
            "G20 SUMMIT OPENS",
            "AFP 100 YEARS",
            "A380 makes last flight",
            "OPEC CUTS OUTPUT BY 1,000,000 BARRELS",
            "Bridge reopens",
            "UK GDP UP 0.3 PCT",
            "2024",
            "THE BRIDGE IS OPEN",
        ] {
            assert_eq!(message(line, false), None, "{line}");
        }
        for line in ["BRIDGE OPENS AGAIN", "HARBOUR: SHIPS LEAVE", "Ships leave the harbour", "S. Korea opens bridge"] {
            assert_eq!(message(line, true), None, "{line}");
        }
    }

    #[test]
    fn slugs_above_headlines() {
        for (lines, coded, open, count) in [
            (&["Norvège-port-commerce", "Le port rouvre lundi"][..], false, false, 1),
            (&["Norway-harbour LEAD", "Harbour opens again"], false, false, 1),
            (&["Suisse/Ponts", "Le pont rouvre"], false, false, 1),
            (&["Verkehr/", "Brücke wieder offen"], false, false, 1),
            (&["NORWAY-HARBOUR UPDATE 2", "Harbour opens again"], false, false, 1),
            (&["NORWAY-HARBOUR/ (LEAD 1)", "Harbour opens again"], false, false, 1),
            (&["ЭКОНОМИКА-НОРВЕГИЯ", "ПОРТ-РАБОТА", "Порт снова открыт"], true, false, 2),
            (&["NORUEGA PUERTO", "El puerto reabre el lunes"], true, false, 1),
            (&["gospodarka, porty", "Port znów otwarty"], true, false, 1),
            (&["HARBOUR 6-7"], true, false, 1),
            (&["N Norway-harbour", "Harbour opens again"], true, false, 1),
            (&["HARBOUR-BRIDGE (SUB)"], false, false, 1),
            // A headline alone, and copy without a dateline, are left as they are.
            (&["Franco-Allemand"], false, false, 0),
            (&["Franco-Allemand", "Le film sort lundi."], false, true, 0),
            (&["NORUEGA PUERTO", "El puerto reabre el lunes"], false, false, 0),
            (&["Harbour opens again", "Ships leave"], true, false, 0),
            (&["GOVERNO: CAMERA VOTA", "LA FIDUCIA"], true, false, 0),
            (&["Covid-19", "Cases fall again"], false, false, 0),
        ] {
            assert_eq!(slugs(lines, coded, open), count, "{lines:?}");
        }
    }
}
