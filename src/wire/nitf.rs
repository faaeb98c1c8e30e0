//! NITF 3.x: documents of their own, and the content of other formats.

use super::draft::Draft;
use super::head::Head;
use super::markup::{Blocks, Element, of_element};
use super::{Format, Out, Refusal, Source, xml};
use crate::story::{EntityKind, Status};
use std::borrow::Cow;

/// NITF, the News Industry Text Format.
pub(super) struct Nitf;

impl Format for Nitf {
    fn name(&self) -> &'static str {
        "nitf"
    }

    fn help(&self) -> &'static str {
        "NITF 3.x, as documents and within NewsML"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        head.root_is(&["nitf"]).then_some(Cow::Borrowed("root element nitf"))
    }

    fn read(&self, source: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let text = xml::open(source, head, out);
        let document = xml::parse(&text, out);
        let (main, beside) = components(document.top());
        for nitf in main {
            let mut draft = Draft::new("nitf");
            metadata(nitf, &mut draft);
            content(nitf, &mut draft);
            around(document.top(), &mut draft);
            beside.iter().for_each(|component| stands_beside(*component, &mut draft));
            if !draft.is_empty() {
                out.story(draft.finish());
            }
        }
        match () {
            () if out.count() > 0 => Ok(()),
            () if document.slips == 0 => Err(Refusal::NoStory("nitf without headline or text")),
            () => Err("it has neither headline nor body".into()),
        }
    }
}

/// The documents that are stories, and the components beside them: AP's own XML has captions and
/// notes in documents of their own, and says by its role which one is the copy.
fn components<'d, 'a>(top: Element<'d, 'a>) -> (Vec<Element<'d, 'a>>, Vec<Element<'d, 'a>>) {
    let role = |e: &Element<'_, '_>| e.attr("Role").unwrap_or_default().to_ascii_lowercase();
    let all: Vec<Element<'d, 'a>> =
        top.below().filter(|e| e.is("PublicationComponent") && e.find("nitf").is_some()).collect();
    if all.len() < 2 || all.iter().filter(|e| role(e) == "main").count() != 1 {
        return (top.below().filter(|e| e.is("nitf")).collect(), Vec::new());
    }
    let (main, beside): (Vec<_>, Vec<_>) = all.into_iter().partition(|e| role(e) == "main");
    (main.into_iter().filter_map(|e| e.find("nitf")).collect(), beside)
}

/// Takes a component beside the copy: a note to editors, or a caption below it.
fn stands_beside(component: Element<'_, '_>, draft: &mut Draft) {
    let role = component.attr("Role").unwrap_or_default();
    let Some(nitf) = component.find("nitf") else { return };
    if role.to_ascii_lowercase().contains("note") {
        nitf.text().into_iter().for_each(|note| draft.ednote(note, format!("PublicationComponent/{role}")));
    } else {
        draft.body(&xml::copy(nitf));
    }
}

/// Adds what another document around this one says of it, by the names of its elements: AP's
/// own XML states headline, status and times only there.
fn around(top: Element<'_, '_>, draft: &mut Draft) {
    if top.elements().next().is_none_or(|root| root.is("nitf")) {
        return;
    }
    let mut open = vec![top];
    while let Some(element) = open.pop() {
        let inner: Vec<Element<'_, '_>> = element.elements().filter(|e| !e.is("nitf")).collect();
        if inner.is_empty() {
            field_around(element, draft);
        }
        open.extend(inner.into_iter().rev());
    }
}

fn field_around(element: Element<'_, '_>, draft: &mut Draft) {
    let field = element.full_name().to_owned();
    let name = element.name().to_ascii_lowercase();
    if matches!(name.as_str(), "occurrence" | "subject") {
        if let Some(value) = element.attr("Value") {
            draft.subject(&element.attr("Id").unwrap_or_default(), Some(&value), field);
        }
        return;
    }
    if name == "firstcreated"
        && let (Some(year), Some(month), Some(day)) = (element.attr("Year"), element.attr("Month"), element.attr("Day"))
    {
        draft.time(&format!("{year}-{month:0>2}-{day:0>2}"), field, false);
        return;
    }
    let Some(text) = element.text() else { return };
    let unset = draft.story.filed.value.is_none();
    match name.as_str() {
        "headline" if draft.story.headline.is_none() => draft.headline(text, field),
        "byline" if draft.story.byline.is_none() => draft.byline(text, field),
        "dateline" => draft.dateline(text, field),
        "slugline" | "slug" => draft.set(|s| &mut s.slug, text, field),
        "itemid" | "guid" => draft.set(|s| &mut s.guid, text, field),
        "recordsequencenumber" | "version" => draft.set(|s| &mut s.version, text, field),
        "priority" | "urgency" => draft.set(|s| &mut s.urgency, text, field),
        "language" => draft.language(&text, field),
        "status" => {
            if let Some(status) = draft.known_status(&text, &field) {
                draft.status(status, field);
            }
        }
        "arrivaldatetime" | "itemstartdatetime" | "versioncreated" => draft.time(&text, field, unset),
        "provider" | "source" | "creator" => _ = draft.agency(&text, field),
        "editornotes" | "ednote" | "edmsg" => draft.ednote(text, field),
        "keywords" => text.split([',', ';', ' ']).for_each(|word| draft.keyword(word, field.clone())),
        _ => {}
    }
}

/// Adds what the head of a document says of the story.
fn metadata(nitf: Element<'_, '_>, draft: &mut Draft) {
    for holder in [Some(nitf), nitf.child("body"), nitf.at("body/body.content")].into_iter().flatten() {
        if let Some(tag) = holder.attr("baselang").or_else(|| holder.attr("lang")) {
            draft.language(&tag, format!("{}/@lang", holder.full_name()));
        }
    }
    let Some(head) = nitf.child("head") else { return };
    for meta in head.children("meta") {
        let (Some(name), Some(content)) = (meta.attr("name"), meta.attr("content")) else { continue };
        match name.to_ascii_lowercase().as_str() {
            "language" | "lang" | "anpa-language" => draft.language(&content, "head/meta/language"),
            "slug" | "anpa-keyword" | "ap-slugline" | "slugline" => {
                draft.set(|s| &mut s.slug, content, format!("head/meta/{name}"));
            }
            "keyword" | "keywords" => draft.keyword(content, format!("head/meta/{name}")),
            "priority" | "anpa-priority" => draft.set(|s| &mut s.urgency, content, format!("head/meta/{name}")),
            "provider" | "source" => _ = draft.agency(&content, format!("head/meta/{name}")),
            _ => {}
        }
    }
    for subject in head.below().filter(|e| e.is("tobject.subject")) {
        let part = |name: &str| subject.attr(&format!("tobject.subject.{name}"));
        let names: Vec<Cow<'_, str>> = ["type", "matter", "detail"].into_iter().filter_map(part).collect();
        let code = part("refnum").or_else(|| part("code")).unwrap_or_default();
        draft.subject(&code, Some(&names.join("/")), "tobject/tobject.subject");
    }
    if let Some(docdata) = head.child("docdata") {
        docdata_fields(docdata, draft);
        docdata.children("identified-content").for_each(|c| named(c, "docdata/identified-content", draft));
    }
    for history in head.children("revision-history") {
        if let Some(norm) = history.attr("norm") {
            draft.time(&norm, "head/revision-history/@norm", false);
        }
    }
    for pubdata in head.children("pubdata") {
        if let Some(date) = pubdata.attr("date.publication") {
            draft.time(&date, "head/pubdata/@date.publication", draft.story.filed.value.is_none());
        }
        if let Some(section) = pubdata.attr("position.section") {
            draft.subject("", Some(&section), "head/pubdata/@position.section");
        }
    }
}

fn docdata_fields(docdata: Element<'_, '_>, draft: &mut Draft) {
    if let Some(status) = docdata.attr("management-status").and_then(|s| draft.known_status(&s, "management-status")) {
        draft.status(status, "docdata/@management-status");
    }
    for item in docdata.elements() {
        let attr = |name: &str| item.attr(name);
        match item.name().to_ascii_lowercase().as_str() {
            "doc-id" => {
                if let Some(id) = attr("id-string") {
                    draft.set(|s| &mut s.guid, id, "docdata/doc-id/@id-string");
                }
                if let Some(source) = attr("regsrc") {
                    draft.agency(&source, "docdata/doc-id/@regsrc");
                }
            }
            "urgency" => {
                if let Some(urgency) = attr("ed-urg").or_else(|| item.text().map(Cow::Owned)) {
                    draft.set(|s| &mut s.urgency, urgency, "docdata/urgency/@ed-urg");
                }
            }
            "date.issue" => {
                if let Some(norm) = attr("norm").or_else(|| item.text().map(Cow::Owned)) {
                    draft.time(&norm, "docdata/date.issue/@norm", true);
                }
            }
            // A release later than the issue is an embargo; an earlier one is not.
            "date.release" => {
                if let Some(norm) = attr("norm") {
                    draft.time(&norm, "docdata/date.release/@norm", draft.story.filed.value.is_none());
                    if draft
                        .story
                        .filed
                        .value
                        .is_some_and(|f| super::stamp::moment(&norm).is_some_and(|r| is_later(r, f)))
                    {
                        draft.embargo(&norm, "docdata/date.release/@norm");
                    }
                }
            }
            "date.expire" => {
                if let Some(norm) = attr("norm") {
                    draft.time(&norm, "docdata/date.expire/@norm", false);
                }
            }
            "ed-msg" => {
                if let Some(note) = attr("info").or_else(|| item.text().map(Cow::Owned)) {
                    draft.ednote(note, "docdata/ed-msg/@info");
                }
            }
            "du-key" => {
                if let Some(slug) = attr("key") {
                    draft.set(|s| &mut s.slug, slug, "docdata/du-key/@key");
                }
                if let Some(version) = attr("version") {
                    draft.set(|s| &mut s.version, version, "docdata/du-key/@version");
                }
                if let Some(part) = attr("part") {
                    draft.set(|s| &mut s.take, part, "docdata/du-key/@part");
                }
            }
            "key-list" => {
                for keyword in item.children("keyword") {
                    if let Some(key) = keyword.attr("key").or_else(|| keyword.text().map(Cow::Owned)) {
                        draft.keyword(key, "docdata/key-list/keyword/@key");
                    }
                }
            }
            "correction" => {
                draft.status(Status::Correction, "docdata/correction");
                if let Some(id) = attr("id-string") {
                    draft.set(|s| &mut s.previous, id, "docdata/correction/@id-string");
                }
                if let Some(info) = attr("info") {
                    draft.ednote(info, "docdata/correction/@info");
                }
            }
            "series" => {
                if let Some(part) = attr("series.part") {
                    draft.set(|s| &mut s.take, part, "docdata/series/@series.part");
                }
            }
            _ => {}
        }
    }
}

/// The words of a dateline: elements that stand side by side without a sign between them
/// are divided by commas.
fn dateline_text(dateline: Element<'_, '_>) -> Option<String> {
    let whole = dateline.text()?;
    let parts: Vec<String> = dateline.elements().filter_map(Element::text).collect();
    Some(if parts.len() > 1 && parts.concat() == whole { parts.join(", ") } else { whole })
}

fn is_later(release: crate::story::Moment, filed: crate::story::Moment) -> bool {
    let utc = |m: crate::story::Moment| m.local_seconds() - i64::from(m.offset_minutes.unwrap_or(0)) * 60;
    utc(release) > utc(filed)
}

/// Takes the people, places and organisations that elements below `element` mark.
fn named(element: Element<'_, '_>, field: &str, draft: &mut Draft) {
    for mark in element.below() {
        let kind = match mark.name().to_ascii_lowercase().as_str() {
            "person" => EntityKind::Person,
            "org" => EntityKind::Org,
            "location" => EntityKind::Place,
            _ => continue,
        };
        // A location may be told in parts: city, state, country.
        let parts = || mark.elements().filter_map(Element::text).reduce(|all, part| all + ", " + &part);
        let parts = if kind == EntityKind::Place { parts() } else { None };
        if let Some(name) = parts.or_else(|| mark.text()) {
            draft.named(kind, &name, format!("{field}/{}", mark.full_name()));
        }
    }
}

/// Adds headline, writers, dateline and body of a document.
pub(super) fn content(nitf: Element<'_, '_>, draft: &mut Draft) {
    let body = nitf.child("body").unwrap_or(nitf);
    if let Some(head) = body.child("body.head") {
        // `headline` before NITF 3.
        for hedline in head.children("hedline").chain(head.children("headline")) {
            for line in hedline.elements() {
                if let Some(text) = line.text() {
                    draft.headline(text, format!("body.head/hedline/{}", line.full_name()));
                }
            }
            if let Some(text) = hedline.text().filter(|_| !hedline.has_elements()) {
                draft.headline(text, "body.head/hedline");
            }
        }
        let is_normal = |b: &Element<'_, '_>| b.attr("class").is_some_and(|c| c.contains("normalized"));
        let has_printed = head.children("byline").any(|b| !is_normal(&b));
        for byline in head.children("byline").filter(|b| !(has_printed && is_normal(b))) {
            if let Some(text) = byline.text() {
                draft.byline(text, "body.head/byline");
            }
        }
        for distributor in head.children("distributor") {
            if let Some(text) = distributor.text() {
                draft.agency(&text, "body.head/distributor");
            }
        }
        for note in head.children("note") {
            if let Some(text) = note.text() {
                draft.ednote(text, "body.head/note");
            }
        }
        for dateline in head.children("dateline") {
            if let Some(text) = dateline_text(dateline) {
                draft.dateline(text, "body.head/dateline");
            }
            for location in dateline.children("location") {
                let city = location.child("city").unwrap_or(location);
                if let Some(text) = city.text() {
                    draft.located(text, "body.head/dateline/location");
                }
            }
            let date = dateline.child("story.date");
            if let Some(norm) = date.and_then(|d| d.attr("norm").or_else(|| d.text().map(Cow::Owned))) {
                draft.time(&norm, "body.head/dateline/story.date", draft.story.filed.value.is_none());
            }
        }
    }
    // An abstract that the copy does not repeat stands above it.
    if let Some(text) = body.at("body.head/abstract").and_then(|a| a.text())
        && let Some(content) = body.child("body.content").and_then(|c| c.text())
        && text.len() < content.len()
    {
        draft.headline_below(text);
    }
    let mut copy = String::new();
    for part in body.children("body.content") {
        named(part, "body.content", draft);
        let is = |e: &Element<'_, '_>, class: &str| e.attr("class").is_some_and(|c| c.ends_with(class));
        // Archives keep the first paragraph once more in front of the whole.
        if part.children("block").any(|b| is(&b, "full_text")) {
            for block in part.elements().filter(|b| !is(b, "lead_paragraph")) {
                draft.body(&xml::copy(block));
            }
            continue;
        }
        draft.body(&xml::copy(part));
    }
    if draft.has_no_body() {
        // Dialects without body.content: paragraphs stand in body itself.
        let mut blocks = Blocks::new();
        for part in body.elements().filter(|e| !e.is("body.head") && !e.is("head")) {
            blocks.paragraph();
            of_element(part, &mut blocks);
            blocks.paragraph();
        }
        copy = blocks.finish();
    }
    if let Some(text) = body.at("body.head/abstract").filter(|_| draft.has_no_body() && copy.is_empty()) {
        copy = xml::copy(text);
    }
    draft.body(&copy);
    if let Some(end) = body.at("body.end/tagline") {
        draft.body(&xml::copy(end));
    }
    if let Some(title) =
        nitf.at("head/title").and_then(|t| t.lines().split_whitespace().map(str::to_owned).reduce(|a, b| a + " " + &b))
        && draft.story.headline.is_none()
    {
        draft.headline(title, "head/title");
    }
}
