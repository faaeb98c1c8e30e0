//! Lines that ask to hold a story back and say until when, and nothing else, wherever they
//! stand: *Embargo jusqu'à mardi 18h00*, *12 Mart 2030'a kadar ambargoludur*, *禁发至3月12日*.
//!
//! What such a line is made of is a closed list: what asks, a time, and small words between.
//! An embargo on arms until the year 2025 has a word that is none of these.

use super::chars::{is_longer, is_unspaced, trim};
use super::flags::{self, line_end};
use crate::data::flags::{self as lists, List};
use crate::data::{months, zones};
use crate::story::Status;
use crate::text::fold;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// Characters of the longest such line.
const LINE_CHARS_MAX: usize = 160;
/// Lines at the end of the copy that are looked at: a sign-off may stand below the embargo.
const LAST_LINES: usize = 8;
/// Characters between the two halves of what asks so in scripts without blanks.
const BETWEEN_CHARS_MAX: usize = 24;

/// Of what days and hours are written there beside figures.
const TIME_CHARS: &str = "年月日号號时時分点點半上下午前後后晚早间間周週星期曜火水木金土一二三四五六天北京时间當地当년월일시분오전오후요화수목금토";

/// What asks to hold back, by its first word; longer phrases first.
static ASKS: LazyLock<FxHashMap<&str, Vec<Vec<&str>>>> = LazyLock::new(|| {
    let flags = lists::flags().iter().filter(|(_, status)| *status == Some(Status::Embargoed)).map(|(flag, _)| *flag);
    let phrases = [List::Hold, List::Time, List::Asks].into_iter().flat_map(|list| lists::words(list).iter().copied());
    let mut by_first: FxHashMap<&str, Vec<Vec<&str>>> = FxHashMap::default();
    for phrase in flags.chain(phrases).filter(|phrase| !phrase.contains('*')) {
        let words: Vec<&str> = phrase.split(' ').collect();
        by_first.entry(words[0]).or_default().push(words);
    }
    by_first.values_mut().for_each(|phrases| phrases.sort_by_key(|words| std::cmp::Reverse(words.len())));
    by_first
});
/// The same in scripts without blanks: what stands before the time and behind it.
static UNSPACED: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| lists::words(List::Asks).iter().filter_map(|phrase| phrase.split_once('*')).collect());
/// Words between the phrase and its time.
static ASIDE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let words = [List::Aside, List::Until, List::Under].into_iter().flat_map(|list| lists::words(list).iter());
    words.copied().collect()
});

/// Tells whether a line asks to hold the story back until a time, and says nothing else.
pub(super) fn is_hold(line: &str) -> bool {
    if is_longer(line, LINE_CHARS_MAX) {
        return false;
    }
    let folded = fold(line);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    is_spaced_hold(&folded, &words) || !line.is_ascii() && is_unspaced_hold(&folded)
}

/// What is a stamp of the day on a page as well, and asks to wait where it tells an hour.
const STAMPS: [&[&str]; 2] = [&["release"], &["release", "date"]];

fn is_spaced_hold(folded: &str, words: &[&str]) -> bool {
    let phrase = (0..words.len()).find_map(|at| {
        let phrases = ASKS.get(words[at])?;
        let phrase = phrases.iter().find(|phrase| words[at..].starts_with(phrase))?;
        Some((at, at + phrase.len()))
    });
    let Some((from, to)) = phrase else { return false };
    let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    let is_hour = |(at, mark): (usize, &u8)| {
        let bytes = folded.as_bytes();
        *mark == b':' && digit(at.checked_sub(1).and_then(|at| bytes.get(at))) && digit(bytes.get(at + 1))
    };
    if STAMPS.contains(&&words[from..to]) && !folded.bytes().enumerate().any(|(at, b)| is_hour((at, &b))) {
        return false;
    }
    let rest: Vec<&str> = words[..from].iter().chain(&words[to..]).copied().collect();
    let is_asked = |word: &&str| ASKS.get(*word).is_some_and(|phrases| phrases.iter().any(|p| p.len() == 1));
    let is_beside = |word: &str| ASIDE.contains(word) || is_asked(&word) || zones::minutes(word).is_some();
    let of_a_place = |i: usize| {
        // `18h00 heure de Paris`, `12:00 London time`
        let clock = |word: Option<&&str>| word.is_some_and(|w| lists::words(List::Clock).contains(w));
        clock(rest.get(i + 1)) || clock(i.checked_sub(2).and_then(|i| rest.get(i)))
    };
    let known = |(i, word): (usize, &&str)| {
        has_digit(word) || months::month(word).is_some() || is_day(word) || is_beside(word) || of_a_place(i)
    };
    tells_a_time(&rest) && rest.iter().enumerate().all(known)
}

/// Tells whether words name a day or an hour; a year alone is none.
fn tells_a_time(words: &[&str]) -> bool {
    let figures = words.iter().filter(|w| has_digit(w)).count();
    let is_year = |w: &&&str| w.len() == 4 && (w.starts_with("19") || w.starts_with("20")) && !w.contains('h');
    let until = words.iter().any(|w| lists::words(List::Until).contains(w));
    let month = words.iter().any(|w| months::month(w).is_some());
    let sure = words.iter().filter(|w| has_digit(w) && !is_year(w)).count();
    words.iter().any(|w| is_day(w)) || sure > 0 && (month || until || figures > 1)
}

fn has_digit(word: &str) -> bool {
    word.contains(char::is_numeric)
}

/// A weekday; shorter words are weekdays in one language and words in others.
fn is_day(word: &str) -> bool {
    word.chars().count() > 3 && super::place::is_weekday(word)
}

/// `禁止在3月12日前发布`: the halves of what asks at the ends of the line, a time between them.
fn is_unspaced_hold(folded: &str) -> bool {
    let marks = |c: char| !c.is_alphanumeric();
    let mut line = folded.trim_matches(marks);
    for word in lists::words(List::Aside).iter().filter(|word| word.chars().all(is_unspaced_char)) {
        line = line.strip_prefix(word).unwrap_or(line).trim_start_matches(marks);
    }
    UNSPACED.iter().any(|(before, behind)| {
        let rest = line.strip_prefix(before).and_then(|rest| rest.strip_suffix(behind));
        rest.is_some_and(|time| {
            let of_a_time = |c: char| !c.is_alphabetic() || TIME_CHARS.contains(c);
            has_digit(time) && time.chars().count() <= BETWEEN_CHARS_MAX && time.chars().all(of_a_time)
        })
    })
}

fn is_unspaced_char(c: char) -> bool {
    is_unspaced(c.encode_utf8(&mut [0; 4]))
}

/// Returns the line below the copy that holds the story back, or what its last paragraph ends
/// with: *… sagte er. Sperrfrist: 5. März 2030, 12.00 Uhr*.
pub(super) fn closing(text: &str, lead_start: usize) -> Option<(usize, usize)> {
    let from = lead_start.min(text.len());
    let mut below = trim(text, from, text.len()).1;
    let mut is_last = true;
    for _ in 0..LAST_LINES {
        let newline = memchr::memrchr(b'\n', text.get(from..below)?.as_bytes());
        let (start, end) = trim(text, newline.map_or(from, |at| from + at + 1), below);
        let line = &text[start..end];
        if newline.is_some() && begins(text, from, start) && !goes_on(text, end) && is_sure(line) {
            return Some((start, end));
        }
        if is_last && let Some(at) = last_sentence(line) {
            return Some((start + at, end));
        }
        // Below the embargo may stand a sign-off: short lines.
        is_last &= line.chars().take(LINE_CHARS_MAX).count() < SIGN_OFF_CHARS_MAX;
        below = trim(text, from, from + newline?).1;
    }
    None
}

/// Characters of a line of a sign-off.
const SIGN_OFF_CHARS_MAX: usize = 60;

/// Tells whether a line of its own begins at `start`: behind a blank line, or behind one that a sentence or a bracket
/// ends.
fn begins(text: &str, from: usize, start: usize) -> bool {
    let above = text[from..start].trim_end_matches([' ', '\t', '\r']);
    let Some(above) = above.strip_suffix('\n') else { return false };
    let above = above.trim_end_matches([' ', '\t', '\r']);
    above.is_empty() || above.ends_with(|c: char| c == '\n' || !(c.is_alphanumeric() || matches!(c, ',' | '-')))
}

/// Tells whether what follows a line goes on with its sentence.
fn goes_on(text: &str, end: usize) -> bool {
    let behind = text[line_end(text, end)..].trim_start_matches('\r');
    let next = behind.strip_prefix('\n').unwrap_or_default().trim_start_matches([' ', '\t']);
    next.starts_with(char::is_lowercase)
}

/// Tells whether a line below the copy is about its embargo: what is a flag above it, and is no heading.
fn is_sure(line: &str) -> bool {
    if is_longer(line, LINE_CHARS_MAX) {
        return false;
    }
    let folded = fold(line);
    // Few lines have a word that asks begins with; the rest need no second look.
    if !folded.split(|c: char| !c.is_alphanumeric()).any(|word| ASKS.contains_key(word)) && line.is_ascii() {
        return false;
    }
    let told = || flags::line_at(line, 0).filter(|f| f.end == line.len()).and_then(|f| f.status);
    is_hold(line) || flags::tells_how_long(line) && told() == Some(Status::Embargoed)
}

/// Where the last sentence of a line begins, if it is a label of an embargo and its time.
fn last_sentence(line: &str) -> Option<usize> {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '…' | ')' | '"' | '”' | '»' | '/' | '*');
    let starts = line.char_indices().filter(|(_, c)| ends(*c)).map(|(at, c)| at + c.len_utf8());
    let starts = starts.filter_map(|at| {
        let behind = &line[at..];
        let start = at + behind.len() - behind.trim_start().len();
        (start > at && line.len() - start <= 2 * LINE_CHARS_MAX).then_some(start)
    });
    // A label and a colon: a sentence of the copy may speak of an embargo and its end as well.
    starts.filter(|at| line[*at..].contains([':', '：'])).find(|at| is_hold(&line[*at..]))
}

#[cfg(test)]
mod tests {
    use super::{closing, is_hold};

    /// Lines that hold a story back.
    const HOLDS: &[&str] = &[
        "EMBARGOED FOR 1800 GMT ON MARCH 12, 2030",
        "Embargoed until Tuesday.",
        "This story is embargoed until Tuesday, March 12, at 6 p.m. EST.",
        "Embargo: 12 March 2030, 18:00 London time",
        "NOT FOR PUBLICATION BEFORE 12 MARCH 2030",
        "Not for broadcast before 6pm on Friday",
        "ADVANCE FOR RELEASE SUNDAY, MARCH 12",
        "ADVANCE FOR SUNDAY, MARCH 12, AND THEREAFTER",
        "For release Sunday, March 12, 2030, and thereafter",
        "For use after 1800 GMT on March 12",
        "Release: 12 March 2030 00:01 GMT",
        "Note to editors: this story is embargoed until 0001 GMT on Tuesday.",
        "Release date: Tuesday 12 March 2030, 10:00 EST",
        "Embargo jusqu'à mardi 18h00",
        "Cette dépêche est sous embargo jusqu'au 12 mars 2030 à 18h00, heure de Paris",
        "Ne pas publier avant mardi 12 mars à 18h00",
        "SPERRFRIST 12.03.2030 18:00 Uhr",
        "Diese Meldung hat eine Sperrfrist bis 12. März 2030, 18.00 Uhr",
        "Gesperrt bis Dienstag, 12. März, 18 Uhr",
        "Frei ab Dienstag, 18.00 Uhr",
        "Frei für Dienstag",
        "Embargada hasta el martes 12 de marzo a las 18:00 horas",
        "NO DIFUNDIR HASTA EL 12 DE MARZO DE 2030",
        "Proibida a divulgação antes de 12 de março de 2030",
        "Embargo até terça-feira às 18h",
        "Notizia sotto embargo fino alle ore 18 di martedì 12 marzo",
        "DA NON PUBBLICARE PRIMA DELLE 18 DEL 12 MARZO",
        "Embargo do 12 marca 2030 r., godz. 18.00",
        "Do publikacji od wtorku, godz. 6.00",
        "ЭМБАРГО до 12 марта 2030 г.",
        "Эмбарго до вторника, 18:00 мск",
        "ЕМБАРГО ДО 12 БЕРЕЗНЯ 2030 РОКУ",
        "12 Mart 2030'a kadar ambargoludur",
        "AMBARGO: 12 Mart 2030, saat 18.00",
        "حظر النشر حتى الساعة 18:00 يوم الثلاثاء 12 مارس",
        "محظور النشر حتى 12 مارس 2030",
        "ممنوع النشر قبل 12 مارس 2030",
        "تا ۱۲ اسفند منتشر نشود",
        "禁止在2030年3月12日前发布",
        "禁发至2030年3月12日18时",
        "限3月12日18时后发布",
        "此稿请于3月12日后发布",
        "解禁時間：3月12日18時",
        "엠바고 3월 12일 오후 6시",
        "3월 12일까지 보도 금지",
        "3月12日18時まで報道禁止",
        "Onder embargo tot dinsdag 18.00 uur",
        "Embargo till tisdag kl. 18.00",
        "אמברגו עד 12 במרץ 2030",
    ];

    #[test]
    fn what_asks_to_wait_and_says_until_when() {
        let missed: Vec<&&str> = HOLDS.iter().filter(|line| !is_hold(line)).collect();
        assert!(missed.is_empty(), "{missed:#?}");
    }

    /// What dispatches say of embargoes, and of what is forbidden until a day.
    const NEWS: &[&str] = &[
        "UN embargo on Iran until 2025",
        "The UN embargo until 2025",
        "Embargo until 2030",
        "The U.N. arms embargo on Iran is in force until October 18, 2025.",
        "EU extends Russian oil embargo until March 12",
        "Embargo lifted on March 12",
        "The embargo ends on Tuesday, March 12.",
        "The embargo was extended until 12 March 2030.",
        "Cuba embargo: 60 years on",
        "L'embargo sur les armes expire le 12 mars 2030.",
        "L'embargo contre Cuba est prolongé jusqu'au 12 mars.",
        "Das Waffenembargo gilt bis 12. März 2030.",
        "Das Embargo gegen den Iran gilt bis Dienstag.",
        "El embargo a Cuba seguirá hasta el 12 de marzo.",
        "O embargo à carne vale até 12 de março.",
        "L'embargo sulle armi resta in vigore fino al 12 marzo.",
        "Embargo na rosyjską ropę obowiązuje do 12 marca 2030 r.",
        "Эмбарго на поставки оружия действует до 12 марта 2030 г.",
        "ООН продлила эмбарго до 12 марта",
        "Silah ambargosu 12 Mart 2030'a kadar uzatıldı",
        "يستمر حظر الأسلحة حتى 12 مارس 2030",
        "تحریم تسلیحاتی ایران تا ۱۲ اسفند ادامه دارد",
        "中国禁止在3月12日前发布民调",
        "联合国武器禁运至2030年3月12日",
        "3月12日アユ漁解禁",
        "Film release: 12 March",
        "Release date: March 12, 2030",
        "For immediate release",
        "For immediate release, March 12, 2030",
        "Release 12 prisoners, UN says",
        "Hostages for release on Tuesday, Hamas says",
        "Frei für Kinder bis 12 Jahre",
        "",
    ];

    #[test]
    fn news_of_an_embargo_holds_nothing_back() {
        let held: Vec<&&str> = NEWS.iter().filter(|line| is_hold(line)).collect();
        assert!(held.is_empty(), "{held:#?}");
        for line in NEWS {
            for text in
                [format!("Oslo says no.\n\n{line}"), format!("Oslo says no. {line}"), format!("No.\n{line}\n\nEnd")]
            {
                assert_eq!(closing(&text, 0), None, "{text}");
            }
        }
    }

    #[test]
    fn an_embargo_is_read_below_the_copy() {
        let mut missed = Vec::new();
        for line in HOLDS {
            for end in ["", "\n", "\n\nNNNN\n", "\n\n(END) AFP\n", "\n\njs/mk\n\n© 2023 Agency. All rights reserved.\n"]
            {
                let text = format!("Oslo says no.\n\nIt said so again.\n\n{line}{end}");
                if closing(&text, 0).map(|(from, to)| &text[from..to]) != Some(*line) {
                    missed.push(text);
                }
            }
        }
        assert!(missed.is_empty(), "{missed:#?}");
        let text = "Oslo says no. Sperrfrist: 5. März 2030, 12.00 Uhr";
        assert_eq!(closing(text, 0).map(|(from, to)| &text[from..to]), Some("Sperrfrist: 5. März 2030, 12.00 Uhr"));
        // A line of the copy, broken where a typewriter breaks it.
        let text = "It said that the\nembargo until 12 March 2030\nwas off.";
        assert_eq!(closing(text, 0), None);
        assert_eq!(closing("EMBARGO: 12 March 2030", 0), None, "the lead itself is no line below the copy");
    }
}
