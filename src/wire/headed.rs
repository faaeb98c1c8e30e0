//! Plain copy below lines that say what it is, as corpora keep it: a title of Markdown, an
//! address with a time and a title, a line of starred variables.

use super::draft::{Draft, plain};
use super::stamp;
use crate::story::Story;

/// Longest title.
const HEADLINE_BYTES_MAX: usize = 300;
/// Longest address, and line of variables.
const LINE_BYTES_MAX: usize = 2_000;
/// What a line of starred variables begins with.
const STARS: &str = "**** *";

/// Reads copy below such lines, where it has any.
pub(super) fn read(copy: &str) -> Option<Story> {
    let start = copy.trim_start_matches(['\n', '\r', '\u{FEFF}']);
    match () {
        () if start.starts_with("# ") => markdown(start),
        () if start.starts_with("http://") || start.starts_with("https://") => addressed(start),
        () if start.starts_with(STARS) => variables(start),
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

#[cfg(test)]
mod tests {
    use super::{read, starred};

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
