//! What stands near the main heading of a page: who wrote it, when it was published and
//! whose copy it is, in elements that say so by their class, and in the lines between the
//! heading and the copy.

use super::near_words::{
    ASIDE, AUTHORS, BLOCKS, BY, DATES, NEITHER, NOBODY, PUBLISHED, SOURCES, STATED, UNDIVIDED, UPDATED, WRITERS,
};
use crate::data::months::month;
use crate::data::times::weekday;
use crate::text::fold;
use crate::wire::markup::{Token, attribute, decode, tokens};
use crate::wire::stamp;

/// Letters of text before a heading, and behind it, that are near it.
const BEFORE_MAX: usize = 300;
const BEHIND_MAX: usize = 1_200;
/// Characters from which a line is copy.
const LINE_CHARS_MAX: usize = 160;
/// Characters of the name of a writer.
const WRITER_CHARS_MAX: usize = 80;
const WRITER_WORDS_MAX: usize = 9;
/// Bytes of a value; a longer one is an element without its end.
const VALUE_BYTES_MAX: usize = 300;
/// Elements whose values are read within each other.
const OPEN_MAX: usize = 4;
/// Values that are kept.
const FOUND_MAX: usize = 40;

/// What stands near the main heading.
#[derive(Debug, Default)]
pub(super) struct Near {
    pub(super) writer: Option<String>,
    pub(super) published: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) source: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Writer,
    Date,
}

/// A value, and how many letters of text stand before it.
struct Value {
    what: What,
    text: String,
    at: usize,
}

struct Open<'a> {
    what: What,
    element: &'a str,
    depth: usize,
    text: String,
    at: usize,
}

/// Walks over a page.
#[derive(Default)]
struct Walk<'a> {
    found: Vec<Value>,
    lines: Vec<(usize, String)>,
    line: String,
    open: Vec<Open<'a>>,
    letters: usize,
    heading: Option<usize>,
}

/// Reads what stands near the heading of a page.
pub(super) fn near(page: &str) -> Near {
    let mut walk = Walk::default();
    let mut aside: Option<(&str, usize)> = None;
    let mut in_heading = false;
    // What stands behind the article of the heading is near another thing.
    let (mut articles, mut of_heading) = (0usize, 0usize);
    let mut pieces = tokens(page);
    while let Some(token) = pieces.next() {
        if walk.heading.is_some_and(|at| walk.letters > at + BEHIND_MAX) {
            break;
        }
        match token {
            Token::Start { name, attributes, empty } => {
                if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") {
                    pieces.skip_raw(&name.to_ascii_lowercase());
                    continue;
                }
                if let Some((element, depth)) = &mut aside {
                    *depth += usize::from(!empty && name.eq_ignore_ascii_case(element));
                    continue;
                }
                if !empty && among(ASIDE, name) {
                    aside = Some((name, 1));
                    continue;
                }
                if among(BLOCKS, name) {
                    walk.end_line();
                }
                in_heading |= name.eq_ignore_ascii_case("h1");
                articles += usize::from(!empty && name.eq_ignore_ascii_case("article"));
                walk.start(name, attributes, empty);
            }
            Token::End { name } => {
                if let Some((element, depth)) = &mut aside {
                    if name.eq_ignore_ascii_case(element) {
                        *depth -= 1;
                        if *depth == 0 {
                            aside = None;
                        }
                    }
                    continue;
                }
                if among(BLOCKS, name) {
                    walk.end_line();
                }
                if in_heading && name.eq_ignore_ascii_case("h1") {
                    in_heading = false;
                    // Of two the first is often the name of the site: nearness is to the last.
                    walk.heading = Some(walk.letters);
                    of_heading = articles;
                }
                articles = articles.saturating_sub(usize::from(name.eq_ignore_ascii_case("article")));
                walk.end(name);
                if walk.heading.is_some() && articles < of_heading {
                    break;
                }
            }
            Token::Text(raw) | Token::Cdata(raw) if aside.is_none() => walk.text(&decode(raw)),
            Token::Text(_) | Token::Cdata(_) => {}
        }
    }
    walk.end_line();
    walk.finish()
}

fn among(list: &[&str], name: &str) -> bool {
    list.iter().any(|n| n.eq_ignore_ascii_case(name))
}

impl<'a> Walk<'a> {
    fn start(&mut self, name: &'a str, attributes: &'a str, empty: bool) {
        for open in &mut self.open {
            open.depth += usize::from(!empty && name.eq_ignore_ascii_case(open.element));
        }
        let of_class = |list: &[&str]| {
            let is_of = |class: &str| {
                let mut parts = class.split(['-', '_']).filter(|p| !p.is_empty());
                among(list, class) || (!parts.clone().any(|p| among(NEITHER, p)) && parts.any(|p| among(list, p)))
            };
            attribute(attributes, "class").is_some_and(|c| c.split_ascii_whitespace().any(is_of))
        };
        let writes = attribute(attributes, "rel").is_some_and(|r| r.eq_ignore_ascii_case("author"));
        let what = match () {
            () if writes || of_class(WRITERS) => What::Writer,
            () if name.eq_ignore_ascii_case("time") || of_class(DATES) => What::Date,
            () => return,
        };
        if what == What::Date
            && let Some(stated) = STATED.iter().find_map(|k| attribute(attributes, k))
            && stamp::moment(&decode(stated)).is_some()
        {
            self.put(what, decode(stated).into_owned(), self.letters);
        } else if !empty && self.open.len() < OPEN_MAX {
            self.open.push(Open { what, element: name, depth: 1, text: String::new(), at: self.letters });
        }
    }

    fn end(&mut self, name: &str) {
        for open in &mut self.open {
            open.depth -= usize::from(name.eq_ignore_ascii_case(open.element)).min(open.depth);
        }
        while let Some(open) = self.open.last()
            && (open.depth == 0 || open.text.len() > VALUE_BYTES_MAX)
        {
            let Some(open) = self.open.pop() else { return };
            if open.text.len() <= VALUE_BYTES_MAX {
                self.put(open.what, open.text, open.at);
            }
        }
    }

    fn put(&mut self, what: What, text: String, at: usize) {
        if self.found.len() < FOUND_MAX {
            self.found.push(Value { what, text, at });
        }
    }

    fn text(&mut self, text: &str) {
        self.letters += text.chars().filter(|c| c.is_alphanumeric()).count();
        if self.line.len() <= LINE_CHARS_MAX * 4 {
            self.line.push_str(text);
        }
        for open in &mut self.open {
            if open.text.len() <= VALUE_BYTES_MAX {
                open.text.push_str(text);
                open.text.push(' ');
            }
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if self.heading.is_some() && line.chars().any(char::is_alphanumeric) {
            self.lines.push((self.letters, line.trim().to_owned()));
        }
    }

    fn finish(self) -> Near {
        let mut near = Near::default();
        let heading = self.heading.unwrap_or(0);
        let is_near = |at: usize| at + BEFORE_MAX >= heading;
        // Behind the heading first: what stands before it may be of the page's head.
        let (before, behind): (Vec<&Value>, Vec<&Value>) =
            self.found.iter().filter(|v| is_near(v.at)).partition(|v| v.at < heading);
        for value in behind.into_iter().chain(before.into_iter().rev()) {
            match value.what {
                What::Writer => {
                    near.writer = near.writer.take().or_else(|| writer_of(&value.text));
                }
                What::Date => near.date(&value.text),
            }
        }
        for (_, line) in self.lines.iter().take_while(|(_, line)| line.chars().count() <= LINE_CHARS_MAX) {
            near.line(line);
        }
        near
    }
}

impl Near {
    fn date(&mut self, text: &str) {
        let line = plain(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        let Some(first) = line.find(|c: char| c.is_ascii_digit()) else { return };
        // The month may stand before the first figure.
        let before = fold(&line[..first]);
        let mut words: Vec<&str> = before.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let months = words.last().is_some_and(|w| month(w).is_some());
        if months {
            words.pop();
        }
        let start = match words.last() {
            Some(_) if months => line[..first].trim_end().rfind(|c: char| !c.is_alphanumeric()).map_or(0, |i| i + 1),
            Some(_) => first,
            None => 0,
        };
        let is_day = |w: &&str| weekday(w).is_some() || w.chars().count() == 1;
        let date = line.get(start..).unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric());
        // A second date says when it was changed.
        let date = &date[..date.char_indices().nth(40).map_or(date.len(), |(i, _)| i)];
        if stamp::moment(date).is_none() {
            return;
        }
        let published = words.iter().all(|w| PUBLISHED.contains(w) || is_day(w));
        let updated = words.iter().any(|w| UPDATED.contains(w))
            && words.iter().all(|w| UPDATED.contains(w) || PUBLISHED.contains(w) || is_day(w));
        match () {
            () if published && self.published.is_none() => self.published = Some(date.to_owned()),
            () if updated && self.updated.is_none() => self.updated = Some(date.to_owned()),
            () => {}
        }
    }

    /// Reads a line between heading and copy, cell by cell.
    fn line(&mut self, line: &str) {
        let mut line = line.replace("  ", "\t");
        for label in UNDIVIDED {
            if let Some(at) = line.find(label).filter(|at| *at > 0) {
                let behind = line[at + label.len()..].trim_start();
                if behind.starts_with([':', '：']) && !line[..at].ends_with('\t') {
                    line.insert(at, '\t');
                }
            }
        }
        let cells = line.split(['|', '·', '•', '\u{3000}', '\t', '\n', '▪', '│', '／']);
        for cell in cells.map(str::trim).filter(|c| !c.is_empty()) {
            self.cell(cell);
        }
    }

    fn cell(&mut self, cell: &str) {
        let labelled =
            cell.split_once([':', '：']).map(|(l, v)| (fold(l.trim()), v.trim())).filter(|(_, v)| !v.is_empty());
        if let Some((label, value)) = &labelled {
            if SOURCES.contains(&label.as_str()) {
                self.source.get_or_insert_with(|| (*value).to_owned());
                return;
            }
            if AUTHORS.contains(&label.as_str()) {
                self.writer = self.writer.take().or_else(|| writer_of(value));
                return;
            }
        }
        // `By Jane Roe, May 14, 2025`, `Publié le 14 mai 2025 par Jean Dupont`, `von Eva Beck`.
        let words: Vec<&str> = cell.split_whitespace().collect();
        let by = words.iter().position(|w| BY.contains(&fold(w).trim_end_matches(':')));
        match by {
            Some(0) => {
                self.writer = self.writer.take().or_else(|| writer_of(cell));
                let dated = words.iter().position(|w| w.starts_with(|c: char| c.is_ascii_digit()));
                if let Some(at) = dated {
                    let from = if month_at(&words, at.wrapping_sub(1)) { at - 1 } else { at };
                    self.date(&words[from..].join(" "));
                }
            }
            Some(at) if words[..at].iter().any(|w| w.starts_with(|c: char| c.is_ascii_digit())) => {
                self.writer = self.writer.take().or_else(|| writer_of(&words[at..].join(" ")));
                self.date(&words[..at].join(" "));
            }
            _ => self.date(cell),
        }
    }
}

/// A date of East Asia with marks between its figures, and one behind its clock before it.
fn plain(line: &str) -> String {
    let mut out = line.to_owned();
    for (year, month, day) in [('年', '月', '日'), ('년', '월', '일')] {
        let figures = |text: &str| text.trim().parse::<u32>().ok();
        let Some((before, rest)) = line.split_once(year) else { continue };
        let at = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let Some((m, rest)) = rest.split_once(month) else { continue };
        let Some((d, rest)) = rest.split_once(day) else { continue };
        if let (Some(m), Some(d)) = (figures(m), figures(d)) {
            let clock = rest.trim().replace(['時', '时', '시'], ":").replace(['分', '분'], "");
            out = format!("{}{}-{m:02}-{d:02} {clock}", &before[..at], &before[at..]);
        }
    }
    // `09:22, 22.01.2025`
    let is_clock =
        |w: &str| w.len() == 5 && w.as_bytes()[2] == b':' && w.bytes().filter(u8::is_ascii_digit).count() == 4;
    if let Some((clock, rest)) = out.split_once([' ', ','])
        && is_clock(clock)
        && rest.trim_start_matches([' ', ',']).starts_with(|c: char| c.is_ascii_digit())
    {
        let date = rest.trim_start_matches([' ', ',']);
        out = format!("{} {clock}", date.split(" (").next().unwrap_or(date));
    }
    out
}

fn month_at(words: &[&str], at: usize) -> bool {
    words.get(at).is_some_and(|w| month(&fold(w.trim_end_matches(['.', ',']))).is_some())
}

/// The name of a writer without what stands around it: *By*, when it was posted.
pub(super) fn writer_of(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut words: Vec<&str> = line.split(' ').collect();
    let lead = |w: &str| {
        let bare = fold(w);
        let bare = bare.trim_end_matches(':');
        BY.contains(&bare)
            || AUTHORS.contains(&bare)
            || matches!(bare, "written" | "posted" | "story" | "publicado" | "escrito" | "publie")
    };
    while words.len() > 1 && lead(words[0]) {
        words.remove(0);
    }
    const ENDS: &[&str] =
        &["posted", "published", "updated", "on", "publie", "le", "|", "-", "–", "—", "·", "•", "at", "am", "el"];
    let end = (0..words.len()).find(|i| {
        words[*i].contains(|c: char| c.is_ascii_digit())
            || (*i > 0 && ENDS.contains(&fold(words[*i]).as_str()))
            || (month_at(&words, *i) && words.get(i + 1).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit())))
    });
    words.truncate(end.unwrap_or(words.len()));
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')' | '’' | '\''));
    let named = name.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    let is_name = named
        && !lead(name)
        && !name.split(' ').any(|word| NOBODY.contains(&fold(word).as_str()))
        && name.chars().count() <= WRITER_CHARS_MAX
        && name.split(' ').count() <= WRITER_WORDS_MAX
        && name.chars().filter(|c| c.is_alphabetic()).count() > 1
        && !name.contains(['@', '/', ':', '?', '!', '{', '<']);
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{near, writer_of};

    fn seen(page: &str) -> [Option<String>; 4] {
        let near = near(page);
        [near.writer, near.published, near.updated, near.source]
    }

    fn some(values: [&str; 4]) -> [Option<String>; 4] {
        values.map(|v| Some(v.to_owned()).filter(|v| !v.is_empty()))
    }

    #[test]
    fn lines_below_a_heading() {
        let copy = "The bridge over the Lom was opened again. ".repeat(8);
        for (lines, want) in [
            ("<p>May 3, 2021 | By Anna Writer</p>", ["Anna Writer", "May 3, 2021", "", ""]),
            ("<div>Publié le 3 mai 2021 par Jean Rédacteur</div>", ["Jean Rédacteur", "3 mai 2021", "", ""]),
            ("<div>2021-05-03 10:20　来源：新华网　作者：林晓</div>", ["林晓", "2021-05-03 10:20", "", "新华网"]),
            ("<div>2021年05月03日 来源: 新华社 编辑: 王</div>", ["", "2021-05-03", "", "新华社"]),
            ("<p class=\"byline vcard\">By <a class=\"author fn\">Sam Writer</a></p>", ["Sam Writer", "", "", ""]),
            ("<span class=\"post-time\">posted on Monday, May 3rd, 2021</span>", ["", "May 3rd, 2021", "", ""]),
            (
                "<abbr class=\"published\" title=\"2021-05-03T16:39:00-04:00\">ago</abbr>",
                ["", "2021-05-03T16:39:00-04:00", "", ""],
            ),
            (
                "<p>Updated: May 4, 2021</p><p>By: Anna Writer, May 3, 2021 10:15</p>",
                ["Anna Writer", "May 3, 2021 10:15", "May 4, 2021", ""],
            ),
            ("<span class=\"h-time\">2021-05-03 07:59:12</span>", ["", "2021-05-03 07:59:12", "", ""]),
            ("<time>2021年5月3日 18時30分</time>", ["", "2021-05-03 18:30", "", ""]),
            (
                "<div class=\"article__date\">09:22, 22.01.2025 (обновлено: 10:00)</div>",
                ["", "22.01.2025 09:22", "", ""],
            ),
            (
                "<b data-date-time=\"2021-05-03 18:30:01\" class=\"media_date\">now</b>",
                ["", "2021-05-03 18:30:01", "", ""],
            ),
            ("<span class=\"reading-time\">3 min</span>", ["", "", "", ""]),
            ("<p>기사입력 <span class=\"date\">2021-05-03 03:00:00</span></p>", ["", "2021-05-03 03:00:00", "", ""]),
            // Another label, copy, and what lies beside the article.
            ("<p>Launch Date: 1/2/2004</p>", ["", "", "", ""]),
            ("<aside><p>May 3, 2021</p></aside>", ["", "", "", ""]),
        ] {
            let page =
                format!("<html><body><h1>Bridge reopens</h1>{lines}<p>{copy}</p><p>By Other Name</p></body></html>");
            assert_eq!(seen(&page), some(want), "{lines}");
        }
    }

    #[test]
    fn names_without_what_stands_around_them() {
        for (text, name) in [
            ("By Richard Writer posted Aug 18th 2010 7:30PM", Some("Richard Writer")),
            ("Doug Writer, USA TODAY 8:42 a.m. EDT October 3, 2014", Some("Doug Writer, USA TODAY")),
            ("Von Eva Beck", Some("Eva Beck")),
            ("By: ", None),
            ("Authors", None),
            ("National Desk", None),
            ("staff", None),
            ("https://site.example/a", None),
        ] {
            assert_eq!(writer_of(text).as_deref(), name, "{text}");
        }
    }
}
