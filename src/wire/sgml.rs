//! Collections in SGML: Reuters-21578, and the DOC files of LDC and TREC. They are no XML:
//! control characters stand as references, tags stay open, records follow each other.

use super::draft::{Draft, plain};
use super::head::Head;
use super::markup::{Document, Element};
use super::{Format, Out, Refusal, Source, xml};
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
    if let Some(date) = part(&["DATE_TIME", "DATETIME", "DATE"]) {
        draft.time(&american(&date), "DATE_TIME", true);
    }
    if let Some(id) = id {
        if let Some((_, agency)) = COLLECTIONS.iter().find(|(prefix, _)| id.starts_with(prefix)) {
            draft.agency(agency, "DOC/@id");
        }
        // AFP_ENG_20020101.0001, APW19980314.0391: the day is part of the number.
        let digits: &str = id.split(['.', '-']).next().unwrap_or("").trim_start_matches(|c: char| !c.is_ascii_digit());
        if digits.len() == 8 && draft.story.filed.value.is_none() {
            draft.time(digits, "DOC/@id", true);
        }
        draft.set(|s| &mut s.guid, id, "DOC/@id");
    }
    if let Some(headline) = part(&["HEADLINE", "HEAD", "HL", "TI", "TITLE"]) {
        draft.headline(headline, "HEADLINE");
    }
    if let Some(byline) = part(&["BYLINE", "AUTHOR"]) {
        draft.byline(byline, "BYLINE");
    }
    if let Some(dateline) = part(&["DATELINE"]) {
        draft.dateline(dateline, "DATELINE");
    }
    if let Some(slug) = part(&["SLUG", "SLUGLINE"]) {
        draft.set(|s| &mut s.slug, slug, "SLUG");
    }
    for text in doc.below().filter(|e| e.is("TEXT")) {
        let copy = if text.elements().any(|e| e.is("p")) { xml::copy(text) } else { copy(&text.lines()) };
        draft.body(&copy);
    }
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
        _ => date.to_owned(),
    }
}
