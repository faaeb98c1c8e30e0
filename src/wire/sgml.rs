//! Collections in SGML: Reuters-21578, and the DOC files of LDC and TREC. They are no XML:
//! control characters stand as references, tags stay open, records follow each other.

use super::draft::{Draft, plain};
use super::head::Head;
use super::markup::{Document, Element};
use super::{Format, Out, Refusal, Source, xml};
use crate::story::Status;
use std::borrow::Cow;

/// Sets of codes in a record of Reuters.
const SETS: &[&str] = &["TOPICS", "PLACES", "PEOPLE", "ORGS", "EXCHANGES", "COMPANIES"];
/// What document numbers of LDC begin with, and the agency.
const COLLECTIONS: &[(&str, &str)] = &[
    ("AFP", "AFP"),
    ("AFA", "AFP"),
    ("APW", "AP"),
    ("AP", "AP"),
    ("XIN", "Xinhua"),
    ("XIE", "Xinhua"),
    ("REU", "Reuters"),
    ("RTR", "Reuters"),
    ("UPI", "UPI"),
    ("ITAR", "TASS"),
    ("KYO", "Kyodo"),
];

/// Reuters-21578.
pub(super) struct Reuters21578;

impl Format for Reuters21578 {
    fn name(&self) -> &'static str {
        "reuters-21578"
    }

    fn help(&self) -> &'static str {
        "Reuters-21578 in SGML, one story a REUTERS element"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        head.root_is(&["reuters"]).then_some(Cow::Borrowed("root element REUTERS"))
    }

    fn read(&self, source: &Source<'_>, _: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let text = out.decode(source, None);
        records(&text, "<REUTERS", "</REUTERS>", &mut |record| {
            let document = Document::parse(record);
            let Some(root) = document.root() else { return };
            let mut draft = Draft::new("reuters-21578");
            reuters(root, &mut draft);
            if !draft.is_empty() {
                out.story(draft.finish());
            }
        });
        if out.count() == 0 { Err("no record has text".into()) } else { Ok(()) }
    }
}

/// Calls `found` with each record, from its start tag to its end or the next.
fn records(text: &str, start: &str, end: &str, found: &mut dyn FnMut(&str)) {
    let bytes = text.as_bytes();
    let finder = memchr::memmem::Finder::new(start);
    // `<DOC` is no start where it goes on as `<DOCNO>`.
    let find = |from: usize| -> Option<usize> {
        let mut from = from;
        loop {
            let at = from + finder.find(bytes.get(from..)?)?;
            if !bytes.get(at + start.len()).is_some_and(u8::is_ascii_alphanumeric) {
                return Some(at);
            }
            from = at + start.len();
        }
    };
    let mut at = find(0);
    while let Some(from) = at {
        let next = find(from + start.len());
        let limit = next.unwrap_or(bytes.len());
        let stop = memchr::memmem::find(&bytes[from..limit], end.as_bytes()).map_or(limit, |i| from + i + end.len());
        if let Some(record) = text.get(from..stop) {
            found(record);
        }
        at = next;
    }
}

fn reuters(root: Element<'_, '_>, draft: &mut Draft) {
    if let Some(id) = root.attr("NEWID") {
        draft.set(|s| &mut s.guid, id, "REUTERS/@NEWID");
    }
    draft.agency("Reuters", "REUTERS");
    draft.language("en", "REUTERS");
    if let Some(date) = root.child("DATE").and_then(|d| d.text()) {
        draft.time(&date, "DATE", true);
    }
    for set in SETS {
        for code in root.children(set).flat_map(|s| s.children("D")).filter_map(|d| d.text()) {
            draft.subject(&format!("{}:{code}", set.to_ascii_lowercase()), None, *set);
        }
    }
    let Some(text) = root.child("TEXT") else { return };
    if let Some(title) = text.child("TITLE").and_then(|t| t.text()) {
        draft.headline(title, "TITLE");
    }
    if let Some(author) = text.child("AUTHOR").and_then(|a| a.text()) {
        draft.byline(author, "AUTHOR");
    }
    if let Some(dateline) = text.child("DATELINE").and_then(|d| d.text()) {
        draft.dateline(dateline, "DATELINE");
    }
    match text.child("BODY") {
        Some(body) => draft.body(&copy(&body.lines())),
        // Unprocessed records have their copy in TEXT itself.
        None if text.attr("TYPE").is_some_and(|t| t == "UNPROC") => {
            draft.headline_in_text();
            draft.body(&copy(&text.lines()));
        }
        None => {}
    }
}

/// Plain lines without the controls that end a record.
fn copy(text: &str) -> String {
    plain(&text.replace(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t'), " "))
}

/// Collections of LDC and TREC.
pub(super) struct Collection;

impl Format for Collection {
    fn name(&self) -> &'static str {
        "ldc-sgml"
    }

    fn help(&self) -> &'static str {
        "collections of LDC and TREC in SGML, one story a DOC element"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        let is_collection = head.root_is(&["doc"]) || (!head.is_xml && head.sample.contains("<DOC>"));
        let has_text =
            head.sample.contains("<DOCNO>") || head.sample.contains("<TEXT") || head.attributes.contains("id=");
        (is_collection && has_text).then_some(Cow::Borrowed("elements DOC with numbers"))
    }

    fn read(&self, source: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let text = xml::open(source, head, out);
        let tag = if head.sample.contains("<doc") { ("<doc", "</doc>") } else { ("<DOC", "</DOC>") };
        records(&text, tag.0, tag.1, &mut |record| {
            let document = Document::parse(record);
            let Some(doc) = document.root().filter(|r| r.is("doc")) else { return };
            let mut draft = Draft::new("ldc-sgml");
            ldc(doc, &mut draft);
            if !draft.is_empty() {
                out.story(draft.finish());
            }
        });
        if out.count() == 0 { Err("no DOC has text".into()) } else { Ok(()) }
    }
}

fn ldc(doc: Element<'_, '_>, draft: &mut Draft) {
    let part = |names: &[&str]| names.iter().find_map(|n| doc.find(n)).and_then(|e| e.text());
    let id = doc.attr("id").map(Cow::into_owned).or_else(|| part(&["DOCNO", "DOCID"]));
    if let Some(date) = part(&["DATE_TIME", "DATETIME", "DATE", "DATE1", "PUBDATE", "DD"]) {
        draft.time(&of_six(&date).unwrap_or_else(|| american(&date)), "DATE_TIME", true);
    }
    if let Some(file) = part(&["FILEID"]) {
        let unset = draft.story.filed.value.is_none();
        file_id(&file).into_iter().for_each(|time| draft.time(&time, "FILEID", unset));
    }
    if let Some(id) = id {
        if let Some((_, agency)) = COLLECTIONS.iter().find(|(prefix, _)| id.starts_with(prefix)) {
            draft.agency(agency, "DOC/@id");
        }
        // AFP_ENG_20020101.0001, APW19980314.0391: the day is part of the number.
        let digits: &str = id.split(['.', '-']).next().unwrap_or("").trim_start_matches(|c: char| !c.is_ascii_digit());
        if draft.story.filed.value.is_none() {
            // `AP880212-0001`, `FT921-3`: six figures are year, month and day, but of the Los Angeles
            // Times month, day and year.
            let day = match digits.len() {
                8 => Some(digits.to_owned()),
                6 if id.starts_with("LA") => of_six(&format!("{}{}", &digits[4..], &digits[..4])),
                6 => of_six(digits),
                _ => None,
            };
            day.into_iter().for_each(|day| draft.time(&day, "DOC/@id", true));
        }
        draft.set(|s| &mut s.guid, id, "DOC/@id");
    }
    for element in doc.below().filter(|e| ["HEADLINE", "HEAD", "HL", "TI", "TITLE", "HEDLINE"].iter().any(|n| e.is(n)))
    {
        let Some(line) = element.text() else { continue };
        // AP's own heads have its notes to editors among them.
        let lower = line.to_ascii_lowercase();
        match ["eds:", "editor", "with ", "an ap "].iter().any(|start| lower.starts_with(start)) {
            true => draft.ednote(line, "HEAD"),
            false if draft.story.headline.is_none() => draft.headline(line, "HEADLINE"),
            false => {}
        }
    }
    for byline in doc.below().filter(|e| e.is("BYLINE") || e.is("AUTHOR")).filter_map(|e| e.text()) {
        draft.byline(byline, "BYLINE");
    }
    // The keyword line of the wire: `u w AM-Vietnam 2ndLd-Writethru a0405 01-01 0720`.
    if let Some(first) = part(&["FIRST"]) {
        if let Some(status) = super::orders::instruction_of(&first) {
            draft.status(status, "FIRST");
        }
        let mut words = first.split_whitespace();
        if let Some(priority) = words.next().filter(|w| w.len() == 1) {
            draft.set(|s| &mut s.urgency, priority, "FIRST");
        }
        let slug: Vec<&str> = words.skip_while(|w| w.len() == 1).take_while(|w| !is_number(w)).collect();
        draft.set(|s| &mut s.slug, slug.join(" "), "FIRST");
    }
    let sections = ["SECTION", "CATEGORY", "DESCRIPT"];
    for section in doc.below().filter(|e| sections.iter().any(|n| e.is(n))).filter_map(|e| e.text()) {
        draft.subject("", Some(&section), "SECTION");
    }
    if let Some(dateline) = part(&["DATELINE"]) {
        draft.dateline(dateline, "DATELINE");
    }
    if let Some(slug) = part(&["SLUG", "SLUGLINE"]) {
        draft.set(|s| &mut s.slug, slug, "SLUG");
    }
    let has_text = doc.find("TEXT").is_some();
    for element in doc.outermost(|e| is_copy(e, has_text)) {
        let copy = if element.elements().any(|e| e.is("p")) { xml::copy(element) } else { copy(&element.lines()) };
        draft.body(&copy);
        if element.is("CORRECTION") {
            draft.status(Status::Correction, "CORRECTION");
        }
    }
}

/// Tells whether an element of a document holds copy: its text, the first paragraph that some
/// collections keep apart, and without either whatever reads like prose.
fn is_copy(element: Element<'_, '_>, has_text: bool) -> bool {
    const COPY: &[&str] = &["TEXT", "LP", "LEADPARA", "CORRECTION"];
    const FIELDS: &[&str] =
        &["HEADLINE", "HEAD", "HL", "TI", "TITLE", "BYLINE", "DATELINE", "SUBJECT", "GRAPHIC", "DESCRIPT"];
    /// Words from which an element is more than a field.
    const WORDS_MIN: usize = 8;
    if COPY.iter().any(|n| element.is(n)) {
        return true;
    }
    let is_field = FIELDS.iter().any(|n| element.is(n)) || element.has_elements() || element.is("p");
    !has_text && !is_field && element.text().is_some_and(|t| t.split(' ').count() >= WORDS_MIN)
}

/// Reads `920527` as a day of the last century but for its first years: these collections end there.
fn of_six(digits: &str) -> Option<String> {
    let digits = digits.trim();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = digits.split_at(2);
    let century = if year < "30" { "20" } else { "19" };
    Some(format!("{century}{year}-{}-{}", &rest[..2], &rest[2..]))
}

/// Reads `AP-NR-01-01-89 2358EST`.
fn file_id(text: &str) -> Option<String> {
    let (day, clock) = text.trim().split_once(' ')?;
    let mut parts = day.rsplit('-');
    let (year, date, month) = (parts.next()?, parts.next()?, parts.next()?);
    let day = of_six(&format!("{year}{month}{date}"))?;
    let (hours, zone) = clock.trim().split_at_checked(4)?;
    let is_clock = hours.bytes().all(|b| b.is_ascii_digit());
    Some(if is_clock { format!("{day}T{}:{} {zone}", &hours[..2], &hours[2..]) } else { day })
}

/// Tells the number of a message, a day or a count of words: `a0405`, `01-01`, `0720`.
fn is_number(word: &str) -> bool {
    let bare = word.trim_start_matches(|c: char| c.is_ascii_lowercase());
    word.len() - bare.len() <= 1 && bare.len() >= 2 && bare.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

/// `03/14/1998 10:36:00` of American collections, whose order the format fixes.
fn american(date: &str) -> String {
    let mut parts = date.trim().splitn(3, '/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(month), Some(day), Some(rest)) if month.len() == 2 && day.len() == 2 && rest.len() >= 4 => {
            match (rest.get(..4), rest.get(4..)) {
                (Some(year), Some(time)) => format!("{year}-{month}-{day}{time}"),
                _ => date.to_owned(),
            }
        }
        (Some(month), Some(day), Some(year)) if [month, day, year].iter().all(|p| p.len() == 2) => {
            of_six(&format!("{year}{month}{day}")).unwrap_or_else(|| date.to_owned())
        }
        _ => date.to_owned(),
    }
}
