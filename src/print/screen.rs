//! Results and stories for people.

use super::columns::{Column, Value};
use super::printer::{List, Look, Needs, Page, Printer};
use super::table::Table;
use super::terminal::{Style, clean, cut, isolate, push_visible, width, wrap};
use crate::search::{Hit, Snippet, Summary};
use crate::story::{Direction, Entity, Evidence, Origin, Story};
use std::io::{self, Write};

/// Columns that text is set in at most: longer lines are hard to read.
const COLUMNS_MAX: usize = 110;

/// Digits of an id that a list shows: enough to be the only one of some million.
const ID_DIGITS: usize = 8;

/// Lists for people.
pub(super) struct Text;

struct Items<'a> {
    out: &'a mut dyn Write,
    page: &'a Page<'a>,
    columns: usize,
    number: usize,
    /// Columns of the widest number.
    digits: usize,
}

impl Printer for Text {
    fn name(&self) -> &'static str {
        "text"
    }
    fn extension(&self) -> &'static str {
        "txt"
    }
    fn help(&self) -> &'static str {
        "for people, with what matched marked"
    }
    fn needs(&self, fields: Option<&[&'static Column]>) -> Needs {
        if fields.is_none_or(|f| f.iter().any(|c| c.passages)) { Needs::Passages } else { Needs::Stories }
    }
    fn takes_fields(&self) -> bool {
        true
    }
    fn begin<'a>(&self, out: &'a mut dyn Write, page: &'a Page<'a>) -> io::Result<Box<dyn List + 'a>> {
        let last = page.summary.offset + page.summary.listed;
        let digits = last.to_string().len().max(2);
        let columns = page.look.columns.min(COLUMNS_MAX);
        Ok(Box::new(Items { out, page, columns, number: page.summary.offset, digits }))
    }
    fn has_tables(&self) -> bool {
        true
    }
    fn table(&self, out: &mut dyn Write, table: &Table, look: &Look) -> Option<io::Result<()>> {
        Some(super::table::text(out, table, look))
    }
}

impl List for Items<'_> {
    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        self.number += 1;
        match &self.page.fields {
            Some(fields) => self.chosen(hit, fields),
            None => self.usual(hit),
        }
    }
    fn finish(self: Box<Self>) -> io::Result<Vec<String>> {
        summary(self.out, self.page.summary, self.page.look.style)?;
        Ok(Vec::new())
    }
}

impl Items<'_> {
    /// The number of the hit, and the blanks below it.
    fn margin(&self, first: bool) -> String {
        let wide = self.digits;
        if first { format!("{:>wide$}. ", self.number) } else { " ".repeat(wide + 2) }
    }

    fn usual(&mut self, hit: &Hit) -> io::Result<()> {
        let (s, style) = (&hit.story, self.page.look.style);
        let facts_room = self.columns.saturating_sub(self.digits + 2);
        // Some terminals give the marks around right-to-left copy a column each.
        let marks = if style.colour && s.direction == Direction::Rtl { 2 } else { 0 };
        let room = facts_room.saturating_sub(marks);
        let headline = s.headline.as_ref().map_or_else(
            || {
                let lead = s.text.get(s.layout.lead_start as usize..s.layout.lead_end as usize).unwrap_or(&s.text);
                cut(&clean(lead), room)
            },
            |h| clean(&h.value),
        );
        // What matched in the headline alone is marked there, and not said twice.
        let is_passage = !hit.snippet.spans.is_empty() && clean(&hit.snippet.text).trim() == headline.trim();
        let lines: Vec<String> = if is_passage {
            snippet_lines(&hit.snippet, room, style).iter().map(|line| style.bold_throughout(line)).collect()
        } else {
            wrap(&headline, room).iter().map(|line| style.bold(line)).collect()
        };
        for (i, line) in lines.iter().enumerate() {
            writeln!(self.out, "{}{}", self.margin(i == 0), isolate(line, s.direction, style))?;
        }
        if lines.is_empty() {
            writeln!(self.out, "{}{}", self.margin(true), style.dim("(no words)"))?;
        }
        let margin = self.margin(false);
        for line in facts(hit, &self.page.look, facts_room) {
            writeln!(self.out, "{margin}{line}")?;
        }
        let passage = if is_passage { Vec::new() } else { snippet_lines(&hit.snippet, room, style) };
        for line in passage {
            writeln!(self.out, "{margin}{}", isolate(&line, s.direction, style))?;
        }
        writeln!(self.out)
    }

    fn chosen(&mut self, hit: &Hit, fields: &[&'static Column]) -> io::Result<()> {
        let style = self.page.look.style;
        let wide = fields.iter().map(|f| f.name.len()).max().unwrap_or(0);
        let room = self.columns.saturating_sub(self.digits + 2 + wide + 2);
        let mut first = true;
        for field in fields {
            let value = match (field.value)(hit) {
                Value::None => style.dim("unknown"),
                Value::Text(text) => clean(&text),
                Value::Count(n) => n.to_string(),
                Value::Number(n) => n.to_string(),
                Value::Moment(m) => m.to_string(),
            };
            let pad = " ".repeat(wide + 2 - field.name.len());
            for (i, line) in wrap(&value, room).iter().enumerate() {
                let name = if i == 0 { format!("{}{pad}", style.name(field.name)) } else { " ".repeat(wide + 2) };
                writeln!(self.out, "{}{name}{}", self.margin(first), isolate(line, hit.story.direction, style))?;
                first = false;
            }
        }
        writeln!(self.out)
    }
}

/// The line of who, where, when, language, id and path; on a narrow terminal several.
fn facts(hit: &Hit, look: &Look, columns: usize) -> Vec<String> {
    let (s, style) = (&hit.story, look.style);
    let agency = s.agency.as_ref().map_or("agency unknown".to_owned(), |a| clean(&a.name));
    let place = s.dateline.as_ref().and_then(|d| d.places.first()).map(|p| clean(&p.as_written));
    let date = s.filed.value.map_or("undated".to_owned(), |v| v.day.to_string());
    let lang = s.lang.as_ref().map_or("?", |l| l.value.as_str());
    let mut head = vec![(width(&agency), style.name(&agency))];
    head.extend(place.into_iter().chain([date, lang.to_owned()]).map(|part| (width(&part), part)));
    if s.status.value != crate::story::Status::Usable {
        let status = s.status.value.as_str();
        head.push((status.len(), style.warn(status)));
    }
    let archive = hit.archive.as_deref().map_or(String::new(), |a| format!("@{}", clean(a)));
    let id = s.id.to_string();
    let id = format!("{}{archive}", if look.whole { &id } else { &id[..ID_DIGITS] });
    let path = |room: usize| {
        let path = clean(look.path(&s.path));
        style.dim(&if look.whole || width(&path) <= room { path } else { tail(&path, room) })
    };
    let plain = head.iter().map(|(wide, _)| wide + 3).sum::<usize>() - 3;
    if look.whole || plain + 3 + width(&id) <= columns {
        let head: Vec<String> = head.into_iter().map(|(_, part)| part).collect();
        let path = path(columns.saturating_sub(plain + 6 + width(&id)));
        return vec![format!("{} {} {path}", head.join(" · "), style.dim(&format!("· {id}")))];
    }
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for (wide, part) in head {
        match lines.last_mut() {
            Some(line) if used + 3 + wide <= columns => {
                line.push_str(&format!(" · {part}"));
                used += 3 + wide;
            }
            _ => {
                lines.push(part);
                used = wide;
            }
        }
    }
    lines.push(format!("{} {}", style.dim(&id), path(columns.saturating_sub(width(&id) + 1))));
    lines
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
    // Copy that holds the marks themselves must not switch them.
    let plain = |piece: Option<&str>| piece.unwrap_or("").replace([OPEN, CLOSE], "\u{FFFD}");
    let mut marked = String::new();
    let mut at = 0;
    for span in &snippet.spans {
        marked.push_str(&plain(snippet.text.get(at..span.start)));
        marked.push(OPEN);
        marked.push_str(&plain(snippet.text.get(span.start..span.end)));
        marked.push(CLOSE);
        at = span.end;
    }
    marked.push_str(&plain(snippet.text.get(at..)));
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

/// The figures of a list in one line.
pub(super) fn figures(s: &Summary) -> String {
    let mut line = format!("{} {}", s.total, plural(s.total));
    if s.listed < s.total {
        line.push_str(&format!(", {} shown", s.listed));
    }
    if s.undated > 0 {
        line.push_str(&format!(", {} undated", s.undated));
    }
    line
}

/// Says how many of the stories of a query that asks for days are undated, where any is: they match
/// by another part of it, or by what lies behind NOT.
#[must_use]
pub fn undated_note(undated: usize, total: usize) -> Option<String> {
    let are = if undated == 1 { "is" } else { "are" };
    (undated > 0).then(|| format!("{undated} of the {total} {are} undated: the date filter says nothing of them"))
}

/// Says how many stories were left out as versions of others, where any were.
#[must_use]
pub fn versions_note(left_out: usize) -> Option<String> {
    let are = if left_out == 1 { "story is" } else { "stories are" };
    (left_out > 0).then(|| format!("{left_out} more {are} versions of these, left out by --unique"))
}

/// What a list leaves out, a sentence each.
pub(super) fn left_out(s: &Summary) -> Vec<String> {
    let mut lines: Vec<String> = undated_note(s.undated, s.total).filter(|_| s.asks_for_days).into_iter().collect();
    if s.undated_left_out > 0 {
        let n = s.undated_left_out;
        lines.push(format!("{n} undated {} left out by the date filter", plural(n)));
    }
    lines.extend(s.versions_left_out.and_then(versions_note));
    if s.held_back > 0 {
        let n = s.held_back;
        lines.push(format!(
            "{n} embargoed, killed, withheld or withdrawn {} left out; status:* finds them too",
            plural(n)
        ));
    }
    lines
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "story" } else { "stories" }
}

fn summary(out: &mut dyn Write, s: &Summary, style: Style) -> io::Result<()> {
    writeln!(out, "{}", style.dim(&figures(s)))?;
    left_out(s).iter().try_for_each(|line| writeln!(out, "{}", style.warn(line)))
}

/// Writes one story to be read, with every value's evidence where `why` is set.
///
/// # Errors
/// The writer refuses.
pub fn story(out: &mut dyn Write, s: &Story, why: bool, columns: usize, style: Style) -> io::Result<()> {
    let columns = columns.min(COLUMNS_MAX);
    for (name, value, evidence) in
        rows(s).into_iter().chain(speakers(s).filter(|_| !why)).chain(spoken(s).chain(quoted(s)).filter(|_| why))
    {
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
        writeln!(out, "{}", style.warn(&format!("warning    {} ({})", clean(&warning.message), warning.code)))?;
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
                let point = e.point().map_or_else(String::new, |(lat, lon)| format!(" ({lat:.2}, {lon:.2})"));
                // `GEORGIA, Vt.` where the table lacks the town: it lies in what was found.
                let is_whole = e.id.starts_with("c:") || e.id.starts_with("r:");
                let within = if is_whole && place.as_written.contains([',', '(']) { "in " } else { "" };
                format!("{within}{}, {}{point}", e.name, e.country)
            });
            put("from", (format!("{} = {entry}", place.as_written), place.evidence(&s.located)));
        }
        if let Some(date) = &d.date_as_written {
            put("written", (date.value.clone(), date.evidence.clone()));
        }
    } else {
        put("from", unknown());
    }
    put("filed", filed(s));
    let fields = [
        ("byline", &s.byline),
        ("dateline", &s.dateline_field),
        ("slug", &s.slug),
        ("guid", &s.guid),
        ("version", &s.version),
        ("previous", &s.previous),
        ("take", &s.take),
        ("urgency", &s.urgency),
        ("ed. note", &s.ednote),
    ];
    for (name, field) in fields.into_iter().filter_map(|(n, f)| f.as_ref().map(|f| (n, f))) {
        put(name, (field.value.clone(), field.evidence.clone()));
    }
    for (name, list) in [("subject", &s.subjects), ("keyword", &s.keywords)] {
        for item in list {
            put(name, (item.value.clone(), item.evidence.clone()));
        }
    }
    if let Some(embargo) = &s.embargo {
        put("embargo", (embargo.value.to_string(), embargo.evidence.clone()));
    }
    for flag in &s.flags {
        put("flag", (flag.value.clone(), flag.evidence.clone()));
    }
    put("status", (s.status.value.as_str().to_owned(), s.status.evidence.clone()));
    put("language", s.lang.as_ref().map_or_else(unknown, |l| (l.value.clone(), l.evidence.clone())));
    if !s.recognised_by.is_empty() {
        put("format", (format!("{}: {}", s.format, s.recognised_by), Vec::new()));
    }
    put("source", (format!("{} (part {}, {}, {})", s.path, s.part, s.format, s.encoding), Vec::new()));
    for (label, list) in [("people", &s.people), ("places", &s.places), ("orgs", &s.orgs)] {
        if !list.is_empty() {
            put(label, named(list));
        }
    }
    rows
}

/// The times that the text speaks of, with what each is resolved to.
fn spoken(s: &Story) -> impl Iterator<Item = (&'static str, String, Vec<Evidence>)> + '_ {
    s.times.iter().map(|t| {
        let value = t.value.as_deref().unwrap_or("unknown");
        let label = if t.is_filing() { "filing" } else { "speaks of" };
        (label, format!("{value} ({})", t.kind.as_str().to_lowercase()), t.evidence.clone())
    })
}

/// Who is quoted how often, in the order of the story, and how many quotations nobody is told to have said.
fn speakers(s: &Story) -> impl Iterator<Item = (&'static str, String, Vec<Evidence>)> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for quote in &s.quotes {
        let name = quote.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
        match counts.iter_mut().find(|(of, _)| *of == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    counts.sort_by_key(|(name, _)| name.is_empty());
    let told = |(name, count): &(&str, usize)| {
        let name = if name.is_empty() { "unknown" } else { name };
        if *count > 1 { format!("{name} ×{count}") } else { name.to_owned() }
    };
    let list: Vec<String> = counts.iter().map(told).collect();
    (!list.is_empty()).then(|| ("quoted", list.join(", "), Vec::new())).into_iter()
}

/// The quotations whose speaker is told.
fn quoted(s: &Story) -> impl Iterator<Item = (&'static str, String, Vec<Evidence>)> + '_ {
    s.quotes.iter().filter_map(|q| {
        let speaker = q.speaker.as_ref()?;
        let words = cut(&clean(q.span.of(&s.text)), 40);
        Some(("quotes", format!("{}: “{words}”", speaker.name), q.evidence.clone()))
    })
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
            let bounds = [("not before", earliest), ("not after", latest)];
            let told = bounds.iter().filter_map(|(words, d)| d.map(|d| format!("{words} {d}")));
            format!("undated; inferred: {}", told.collect::<Vec<_>>().join(", "))
        }
    };
    (text, f.evidence.clone())
}
