//! Results and stories for people.

use super::terminal::{Style, clean, cut, isolate, push_visible, width, wrap};
use crate::search::{Hit, ResultList, Snippet};
use crate::story::{Entity, Evidence, Origin, Story};
use std::io::{self, Write};

/// Columns that text is set in at most: longer lines are hard to read.
const COLUMNS_MAX: usize = 110;
/// Columns before a snippet.
const INDENT: usize = 4;

/// Writes a result list.
///
/// # Errors
/// The writer refuses.
pub fn list(out: &mut dyn Write, list: &ResultList, columns: usize, style: Style) -> io::Result<()> {
    let columns = columns.min(COLUMNS_MAX);
    for (i, hit) in list.hits.iter().enumerate() {
        one(out, list.offset + i + 1, hit, columns, style)?;
    }
    summary(out, list, style)
}

fn one(out: &mut dyn Write, number: usize, hit: &Hit, columns: usize, style: Style) -> io::Result<()> {
    let s = &hit.story;
    let number = format!("{number:>2}. ");
    let headline = s.headline.as_ref().map_or_else(
        || {
            let lead = s.text.get(s.layout.lead_start as usize..s.layout.lead_end as usize).unwrap_or(&s.text);
            cut(&clean(lead), columns.saturating_sub(INDENT))
        },
        |h| clean(&h.value),
    );
    let lines = wrap(&headline, columns.saturating_sub(INDENT));
    for (i, line) in lines.iter().enumerate() {
        let lead = if i == 0 { number.clone() } else { " ".repeat(INDENT) };
        writeln!(out, "{lead}{}", isolate(&style.bold(line), s.direction, style))?;
    }
    if lines.is_empty() {
        writeln!(out, "{number}{}", style.dim("(no words)"))?;
    }
    writeln!(out, "{}{}", " ".repeat(INDENT), facts(s, columns.saturating_sub(INDENT), style))?;
    for line in snippet_lines(&hit.snippet, columns.saturating_sub(INDENT), style) {
        writeln!(out, "{}{}", " ".repeat(INDENT), isolate(&line, s.direction, style))?;
    }
    writeln!(out)
}

/// The line of who, where, when, language, id and path.
fn facts(s: &Story, columns: usize, style: Style) -> String {
    let agency = s.agency.as_ref().map_or("agency unknown".to_owned(), |a| clean(&a.name));
    let place = s.dateline.as_ref().and_then(|d| d.places.first()).map(|p| clean(&p.as_written));
    let date = s.filed.value.map_or("undated".to_owned(), |v| v.day.to_string());
    let lang = s.lang.as_ref().map_or("?", |l| l.value.as_str());
    let mut head = vec![style.name(&agency)];
    let mut plain = width(&agency);
    for part in place.into_iter().chain([date, lang.to_owned()]) {
        plain += 3 + width(&part);
        head.push(part);
    }
    if s.status.value != crate::story::Status::Usable {
        plain += 3 + s.status.value.as_str().len();
        head.push(style.warn(s.status.value.as_str()));
    }
    let id = &s.id.to_string()[..8];
    let room = columns.saturating_sub(plain + 6 + id.len());
    let path = clean(&s.path);
    let path = if width(&path) <= room { path } else { tail(&path, room) };
    format!("{} {} {}", head.join(" · "), style.dim(&format!("· {id}")), style.dim(&path))
}

/// Keeps the end of a path, where the name is.
fn tail(path: &str, columns: usize) -> String {
    let mut kept: Vec<char> = Vec::new();
    let mut used = 1;
    for c in path.chars().rev() {
        used += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if used > columns {
            break;
        }
        kept.push(c);
    }
    format!("…{}", kept.into_iter().rev().collect::<String>())
}

/// Marks of a match while lines are broken: private characters of no width in `clean`.
const OPEN: char = '\u{F8FE}';
const CLOSE: char = '\u{F8FF}';

fn snippet_lines(snippet: &Snippet, columns: usize, style: Style) -> Vec<String> {
    let mut marked = String::new();
    let mut at = 0;
    for span in &snippet.spans {
        marked.push_str(snippet.text.get(at..span.start).unwrap_or(""));
        marked.push(OPEN);
        marked.push_str(snippet.text.get(span.start..span.end).unwrap_or(""));
        marked.push(CLOSE);
        at = span.end;
    }
    marked.push_str(snippet.text.get(at..).unwrap_or(""));
    let mut inside = false;
    wrap(&clean(&marked), columns)
        .into_iter()
        .map(|line| {
            let mut out = String::new();
            let mut run = String::new();
            for c in line.chars() {
                match c {
                    OPEN | CLOSE => {
                        out.push_str(&if inside { style.hit(&run) } else { run.clone() });
                        run.clear();
                        inside = c == OPEN;
                    }
                    _ => run.push(c),
                }
            }
            out.push_str(&if inside { style.hit(&run) } else { run });
            out
        })
        .collect()
}

fn summary(out: &mut dyn Write, list: &ResultList, style: Style) -> io::Result<()> {
    let plural = |n: usize| if n == 1 { "story" } else { "stories" };
    let mut line = format!("{} {}", list.total, plural(list.total));
    if list.hits.len() < list.total {
        line.push_str(&format!(", {} shown", list.hits.len()));
    }
    if list.undated > 0 {
        line.push_str(&format!(", {} undated", list.undated));
    }
    writeln!(out, "{}", style.dim(&line))?;
    if list.undated_left_out > 0 {
        let n = list.undated_left_out;
        writeln!(out, "{}", style.dim(&format!("{n} undated {} left out by the date filter", plural(n))))?;
    }
    if list.held_back > 0 {
        let n = list.held_back;
        let text = format!("{n} embargoed, killed or withheld {} left out; find them with status:", plural(n));
        writeln!(out, "{}", style.warn(&text))?;
    }
    Ok(())
}

/// Writes one story to be read, with every value's evidence where `why` is set.
///
/// # Errors
/// The writer refuses.
pub fn story(out: &mut dyn Write, s: &Story, why: bool, columns: usize, style: Style) -> io::Result<()> {
    let columns = columns.min(COLUMNS_MAX);
    for (name, value, evidence) in rows(s) {
        let label = format!("{name:<10}");
        for (i, line) in wrap(&clean(&value), columns.saturating_sub(11)).iter().enumerate() {
            let label = if i == 0 { style.name(&label) } else { " ".repeat(10) };
            writeln!(out, "{label} {line}")?;
        }
        if why {
            for e in &evidence {
                writeln!(out, "{}{}", " ".repeat(11), style.dim(&reason(e, &s.text)))?;
            }
        }
    }
    for warning in &s.warnings {
        writeln!(out, "{}", style.warn(&format!("warning    {}", clean(&warning.message))))?;
    }
    writeln!(out)?;
    for paragraph in s.text.split('\n') {
        let mut text = String::new();
        paragraph
            .trim_end_matches('\r')
            .chars()
            .for_each(|c| if c == '\t' { text.push(' ') } else { push_visible(c, &mut text) });
        let text = clean(&text);
        if text.is_empty() {
            writeln!(out)?;
        }
        for line in wrap(&text, columns) {
            writeln!(out, "{}", isolate(&line, s.direction, style))?;
        }
    }
    Ok(())
}

fn reason(e: &Evidence, text: &str) -> String {
    let place = match &e.origin {
        Origin::Text(s) => {
            let quote = cut(&clean(s.of(text)), 40);
            format!("bytes {}–{} “{quote}”", s.start, s.end)
        }
        Origin::Field(name) => format!("field {name}"),
        Origin::Path(part) => format!("path {}", clean(part)),
    };
    format!("{} · {} · {place}", e.confidence.as_str(), e.rule)
}

/// Every value of a story: name, value, evidence. Unknown ones say so.
fn rows(s: &Story) -> Vec<(&'static str, String, Vec<Evidence>)> {
    let unknown = || ("unknown".to_owned(), Vec::new());
    let mut rows = vec![("id", s.id.to_string(), Vec::new())];
    let mut put = |name, (value, evidence): (String, Vec<Evidence>)| rows.push((name, value, evidence));
    if let Some(h) = &s.headline {
        put("headline", (h.value.clone(), h.evidence.clone()));
    }
    put("agency", s.agency.as_ref().map_or_else(unknown, |a| (format!("{} ({})", a.name, a.id), a.evidence.clone())));
    for credit in &s.credits {
        put("credit", (format!("{} ({})", credit.name, credit.id), credit.evidence.clone()));
    }
    if let Some(d) = &s.dateline {
        for place in &d.places {
            let entry = place.entry.as_ref().map_or("not in the gazetteer, or ambiguous".to_owned(), |e| {
                format!("{}, {} ({:.2}, {:.2})", e.name, e.country, e.lat, e.lon)
            });
            let why = Evidence::text(place.span, "dateline/place", crate::story::Confidence::Stated);
            put("from", (format!("{} = {entry}", place.as_written), vec![why]));
        }
        if let Some(date) = &d.date_as_written {
            put("written", (date.value.clone(), date.evidence.clone()));
        }
    } else {
        put("from", unknown());
    }
    put("filed", filed(s));
    if let Some(b) = &s.byline {
        put("byline", (b.value.clone(), b.evidence.clone()));
    }
    for flag in &s.flags {
        put("flag", (flag.value.clone(), flag.evidence.clone()));
    }
    put("status", (s.status.value.as_str().to_owned(), s.status.evidence.clone()));
    put("language", s.lang.as_ref().map_or_else(unknown, |l| (l.value.clone(), l.evidence.clone())));
    put("source", (format!("{} (part {}, {}, {})", s.path, s.part, s.format, s.encoding), Vec::new()));
    for (label, list) in [("people", &s.people), ("places", &s.places), ("orgs", &s.orgs)] {
        if !list.is_empty() {
            put(label, named(list));
        }
    }
    rows
}

/// Names with how often each is mentioned, and why they are believed.
fn named(list: &[Entity]) -> (String, Vec<Evidence>) {
    let names: Vec<String> = list
        .iter()
        .map(|e| if e.mentions.len() > 1 { format!("{} ×{}", e.name, e.mentions.len()) } else { e.name.clone() })
        .collect();
    (names.join(", "), list.iter().flat_map(|e| e.evidence.iter().cloned()).collect())
}

fn filed(s: &Story) -> (String, Vec<Evidence>) {
    let f = &s.filed;
    let text = match (f.value, f.earliest, f.latest) {
        (Some(moment), _, _) => moment.to_string(),
        (None, None, None) => "undated".to_owned(),
        (None, earliest, latest) => {
            let day = |d: Option<chrono::NaiveDate>, none: &str| d.map_or(none.to_owned(), |d| d.to_string());
            format!("undated; inferred between {} and {}", day(earliest, "any day"), day(latest, "any day"))
        }
    };
    (text, f.evidence.clone())
}
