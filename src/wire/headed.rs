//! Plain copy below lines that say what it is, as corpora keep it: a title of Markdown, an
//! address with a time and a title, a line of starred variables, lines such as `TITLE=…`.

use super::draft::{Draft, plain};
use super::stamp;
use crate::data::months::{self, Calendar};
use crate::story::Story;
use crate::text::fold;

/// Longest title.
const HEADLINE_BYTES_MAX: usize = 300;
/// Longest address, and line of variables.
const LINE_BYTES_MAX: usize = 2_000;
/// Lines above those of keys and values that say who sends it.
const SENDERS_MAX: usize = 2;
/// Bytes within which the title of such a head stands.
const ASSIGNED_BYTES_MAX: usize = 1_000;
/// What a line of starred variables begins with.
const STARS: &str = "**** *";

/// Reads copy below such lines, where it has any.
pub(super) fn read(copy: &str) -> Option<Story> {
    let start = copy.trim_start_matches(['\n', '\r', '\u{FEFF}']);
    match () {
        () if start.starts_with("# ") => markdown(start),
        () if start.starts_with("http://") || start.starts_with("https://") => addressed(start),
        () if start.starts_with(STARS) => variables(start),
        () if memchr::memmem::find(&start.as_bytes()[..start.len().min(ASSIGNED_BYTES_MAX)], b"\nTITLE=").is_some() => {
            assigned(start)
        }
        () => None,
    }
}

/// Divides a text before each line of starred variables; one without any is whole.
pub(super) fn starred(text: &str) -> Vec<&str> {
    let begins = text.trim_start_matches(['\n', '\r', '\u{FEFF}', ' ']).starts_with(STARS);
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    for line in text.split_inclusive('\n').take_while(|_| begins) {
        if line.starts_with(STARS) && !text[from..at].trim_matches(['\u{FEFF}', ' ', '\n', '\r']).is_empty() {
            parts.push(&text[from..at]);
            from = at;
        }
        at += line.len();
    }
    parts.push(&text[from..]);
    parts
}

/// `# Bridge reopens`, a line alone.
fn markdown(start: &str) -> Option<Story> {
    let (line, rest) = start.strip_prefix("# ")?.split_once('\n')?;
    let headline = line.trim().trim_end_matches('#').trim();
    let alone = rest.lines().next().is_none_or(|l| l.trim().is_empty());
    if !alone || headline.is_empty() || headline.len() > HEADLINE_BYTES_MAX || rest.trim().is_empty() {
        return None;
    }
    let mut draft = Draft::new("text/heading");
    draft.headline(headline, "# line");
    draft.body(&plain(rest));
    Some(draft.finish())
}

/// An address, a time and a title, a line each, the last two in either order.
fn addressed(start: &str) -> Option<Story> {
    let mut behind = 0;
    let mut lines = start.split_inclusive('\n').inspect(|l| behind += l.len());
    let mut next = || lines.find(|l| !l.trim().is_empty());
    let (address, second, third) = (next()?, next()?, next()?);
    let rest = start.get(behind..)?;
    let is_time = |line: &str| {
        let line = line.trim();
        line.len() <= 60 && line.starts_with(|c: char| c.is_ascii_digit()) && stamp::moment(line).is_some()
    };
    let (time, title) = match (is_time(second), is_time(third)) {
        (true, false) => (second.trim(), third.trim()),
        (false, true) => (third.trim(), second.trim()),
        _ => return None,
    };
    let address = address.trim();
    let fits = address.len() <= LINE_BYTES_MAX && !address.contains(char::is_whitespace);
    if !fits || title.len() > HEADLINE_BYTES_MAX || !rest.contains(char::is_alphanumeric) {
        return None;
    }
    let mut draft = Draft::new("text/address");
    draft.set(|s| &mut s.guid, address, "address line");
    draft.time(time, "time line", true);
    draft.headline(title, "title line");
    draft.body(&plain(rest));
    Some(draft.finish())
}

/// `**** *source_Le_Pont *date_2024-09-11`: variables, each a name and a value.
fn variables(start: &str) -> Option<Story> {
    let (line, rest) = start.split_once('\n')?;
    if line.len() > LINE_BYTES_MAX || !rest.contains(char::is_alphanumeric) {
        return None;
    }
    let mut draft = Draft::new("text/variables");
    for variable in line.split_whitespace().filter_map(|w| w.strip_prefix('*')).filter(|w| !w.starts_with('*')) {
        let Some((name, value)) = variable.split_once('_') else { continue };
        let field = format!("*{name}");
        match name.to_lowercase().as_str() {
            "date" | "jour" | "day" => draft.time(value, field, true),
            "source" | "journal" | "media" | "titre" => {
                let written = value.replace('_', " ");
                if !draft.agency(&written, field.clone()) {
                    draft.keyword(written, field);
                }
            }
            "auteur" | "author" => draft.byline(value.replace('_', " "), field),
            "langue" | "lang" => draft.language(value, field),
            // The month and the year of the date again.
            "am" | "annee" | "année" | "mois" | "year" | "month" => {}
            _ => draft.keyword(variable.replace('_', " "), field),
        }
    }
    draft.headline_in_text();
    draft.body(&plain(rest));
    Some(draft.finish())
}

/// `DATE=5/3/96`, `TITLE=…`, `DATELINE=PARIS`, `CONTENT=`: keys in capitals and their values, as the Voice
/// of America sent its reports.
fn assigned(start: &str) -> Option<Story> {
    let mut draft = Draft::new("text/assigned");
    let (mut behind, mut keys, mut above) = (0, Vec::new(), Vec::new());
    for line in start.split_inclusive('\n') {
        let pair = line
            .trim()
            .split_once('=')
            .filter(|(key, _)| (3..=12).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_uppercase()));
        match pair {
            Some(("CONTENT", _)) => {
                behind += line.len();
                break;
            }
            Some(pair) => keys.push(pair),
            None if !keys.is_empty() => break,
            None if line.trim().is_empty() => {}
            None if above.len() < SENDERS_MAX => above.push(line.trim()),
            None => return None,
        }
        behind += line.len();
    }
    let rest = start.get(behind..).filter(|rest| rest.contains(char::is_alphabetic))?;
    let value =
        |key: &str| keys.iter().find(|(k, _)| *k == key).map(|(_, value)| value.trim()).filter(|v| !v.is_empty());
    value("TITLE").filter(|_| value("DATE").is_some() || value("DATELINE").is_some())?;
    for line in above {
        if !draft.agency(line, "line above") {
            draft.headline_below(line);
        }
    }
    for (key, value) in keys.iter().map(|(key, value)| (*key, value.trim())).filter(|(_, v)| !v.is_empty()) {
        match key {
            "TITLE" => draft.headline(value, key.to_owned()),
            "BYLINE" => draft.byline(value, key.to_owned()),
            "DATELINE" => draft.dateline(value, key.to_owned()),
            "NUMBER" => draft.set(|s| &mut s.guid, value, key.to_owned()),
            "DATE" => match day(value, rest) {
                Some(day) => draft.time(&day, key.to_owned(), true),
                None => draft.keyword(value, key.to_owned()),
            },
            _ => draft.keyword(value, key.to_owned()),
        }
    }
    draft.body(&plain(rest));
    Some(draft.finish())
}

/// Reads a day of figures, whose order the figures tell, or a day below with the name of its month
/// (`03-May-96`). Nothing where neither does.
fn day(value: &str, rest: &str) -> Option<String> {
    /// Years of two figures from this one on are of the last century.
    const CENTURY_FROM: i32 = 50;
    let parts: Vec<i32> = value.split(['/', '-', '.']).map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let [a, b, year] = parts.as_slice() else { return None };
    let year = match year {
        0..CENTURY_FROM => 2000 + year,
        CENTURY_FROM..100 => 1900 + year,
        year => *year,
    };
    let is_below = |day: i32, month: i32| {
        rest.split_whitespace().any(|word| {
            let mut parts = word.splitn(3, '-');
            let below = parts.next().and_then(|d| d.parse::<i32>().ok());
            let name = parts.next().map(fold).and_then(|name| month_of(&name));
            below == Some(day) && name.and_then(|n| i32::try_from(n).ok()) == Some(month)
        })
    };
    let (month, day) = match (*a, *b) {
        (1..=12, 13..=31) => (*a, *b),
        (13..=31, 1..=12) => (*b, *a),
        (1..=12, 1..=12) if a == b || is_below(*b, *a) => (*a, *b),
        (1..=12, 1..=12) if is_below(*a, *b) => (*b, *a),
        _ => return None,
    };
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// The number of a month of the common calendar by its folded name.
fn month_of(name: &str) -> Option<u32> {
    months::month(name).filter(|(calendar, _)| *calendar == Calendar::Gregorian).map(|(_, month)| month)
}

#[cfg(test)]
mod tests {
    use super::{read, starred};

    #[test]
    fn keys_in_capitals_and_their_values_are_a_head() {
        let head = "LOM RADIO\nDATE=5/3/96\nTYPE=REPORT\nNUMBER=2-1234\nTITLE=LOM / BRIDGE (L-ONLY)\nBYLINE=JANE ROE\n\
            DATELINE=LOM\nCONTENT=\nVOICED AT:\n\nINTRO: THE BRIDGE IS OPEN.\n\n";
        let story = read(&format!("{head}03-May-96 1:15 PM EDT (1715 UTC)\n")).expect("a head");
        assert_eq!(story.headline.map(|h| h.value).as_deref(), Some("LOM / BRIDGE (L-ONLY)"));
        assert_eq!(story.filed.value.map(|m| m.to_string()).as_deref(), Some("1996-05-03"));
        assert_eq!(story.byline.map(|b| b.value).as_deref(), Some("JANE ROE"));
        assert_eq!(story.dateline_field.map(|d| d.value).as_deref(), Some("LOM"));
        assert!(
            story.text.contains("LOM RADIO") && story.text.contains("INTRO: THE BRIDGE IS OPEN."),
            "{}",
            story.text
        );
        // Nothing tells which of the figures is the day.
        let open = read(head).expect("a head");
        assert!(open.filed.value.is_none() && open.keywords.iter().any(|k| k.value == "5/3/96"));
        assert!(read("BRIDGE OPEN\nTITLE=x\n\nCopy of several words.\n").is_none());
    }

    #[test]
    fn lines_above_the_copy_say_what_it_is() {
        let text = "https://lom.example/news/7\n2021-05-03T10:00:00+0900\n橋が開通\nロム川の橋が３日、開通した。\n";
        let story = read(text).expect("an address, a time, a title");
        assert_eq!(story.text, "橋が開通\n\nロム川の橋が３日、開通した。");
        assert_eq!(story.filed.value.map(|m| m.to_string()).as_deref(), Some("2021-05-03T10:00:00+09:00"));
        assert_eq!(story.guid.map(|g| g.value).as_deref(), Some("https://lom.example/news/7"));
        let text = "**** *source_Le_Pont *date_2024-09-11 *am_2024-09\nLe pont est ouvert.\n**** *source_AFP *date_2024-09-12\nIl est fermé.\n";
        let parts = starred(text);
        assert_eq!((parts.len(), parts.concat()), (2, text.to_owned()));
        let story = read(parts[1]).expect("variables");
        assert_eq!(story.agency.map(|a| a.id).as_deref(), Some("afp"));
        assert_eq!(story.text, "Il est fermé.");
        for text in ["https://lom.example/\nThe bridge\nis open.\n", "# Bridge\nopen\n", "**** stars\nand copy\n"] {
            assert!(read(text).is_none() && starred(text).len() == 1, "{text}");
        }
    }
}
