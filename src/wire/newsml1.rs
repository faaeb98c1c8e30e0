//! NewsML 1.0 to 1.2, in every dialect seen: with or without a version, any nesting of
//! components, NITF, HTML or plain text as content.

use super::draft::Draft;
use super::head::Head;
use super::markup::{Document, Element};
use super::nitf;
use super::orders::instruction_of;
use super::{Format, Out, Refusal, Source, xml};
use crate::story::Status;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// Components within components that are followed.
const NESTING_MAX: usize = 32;

/// Stories before a component among which its own is looked for.
const NEAR_MAX: usize = 64;

/// NewsML 1.
pub(super) struct NewsMl1;

impl Format for NewsMl1 {
    fn name(&self) -> &'static str {
        "newsml-1"
    }

    fn help(&self) -> &'static str {
        "NewsML 1.0 to 1.2: envelopes of any number of items, one story a text component"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        head.root_is(&["newsml", "newsitem", "newscomponent"])
            .then(|| Cow::Owned(format!("root element {}", head.root)))
    }

    fn read(&self, source: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let text = xml::open(source, head, out);
        let document = xml::parse(&text, out);
        stories(&document, out);
        match () {
            () if out.count() > 0 => Ok(()),
            () if document.top().find("TopicSet").is_some() || document.top().find("Catalog").is_some() => {
                Err(Refusal::NoStory("newsml 1 without a story: catalogues or topics"))
            }
            () => Err("its items have neither headline nor text".into()),
        }
    }
}

/// A text of an item with the components around it, outermost first.
struct Found<'d, 'a> {
    around: Vec<Element<'d, 'a>>,
    contents: Vec<Element<'d, 'a>>,
    /// Headlines that are components of their own, by their role.
    titles: Vec<String>,
}

fn stories(document: &Document<'_>, out: &mut Out<'_>) {
    let top = document.top();
    let envelope = top.find("NewsEnvelope");
    let items: Vec<Element<'_, '_>> = top.below().filter(|e| e.is("NewsItem")).collect();
    let items = if items.is_empty() { vec![top] } else { items };
    for item in items {
        if out.is_over() {
            break;
        }
        let mut found = Vec::new();
        let mut around = Vec::new();
        for component in item.children("NewsComponent") {
            collect(component, &mut around, &mut found);
        }
        let groups = merge(found);
        let mut held: FxHashMap<u32, usize> = FxHashMap::default();
        for group in &groups {
            let numbers: FxHashSet<u32> = group.around.iter().map(|component| component.number()).collect();
            numbers.into_iter().for_each(|number| *held.entry(number).or_default() += 1);
        }
        for group in groups {
            let mut draft = Draft::new("newsml-1");
            // The innermost component says it best, but of a package, whose parts lie
            // elsewhere, the outermost.
            let is_package = group.contents.is_empty();
            for at in 0..group.around.len() {
                let at = if is_package { at } else { group.around.len() - 1 - at };
                let component = group.around[at];
                // A headline above several texts is that of one of them, or of none.
                let is_shared = held.get(&component.number()).is_some_and(|n| *n > 1);
                lines(component, is_shared && draft.story.headline.is_some(), &mut draft);
                metadata(component, &mut draft);
            }
            for title in &group.titles {
                draft.headline(title.as_str(), "NewsComponent/Role of a headline");
            }
            identification(item, &mut draft);
            management(item, envelope, &mut draft);
            if let Some(tag) = item.attr("lang") {
                draft.language(&tag, "NewsItem/@xml:lang");
            }
            for content in &group.contents {
                data_content(*content, &mut draft);
            }
            if draft.has_no_body() {
                captions(&group, &mut draft);
            }
            if !draft.is_empty() {
                out.story(draft.finish());
            }
        }
    }
}

/// Finds the components that hold text, or a headline whose text lies elsewhere.
fn collect<'d, 'a>(component: Element<'d, 'a>, around: &mut Vec<Element<'d, 'a>>, found: &mut Vec<Found<'d, 'a>>) {
    around.push(component);
    let contents: Vec<Element<'d, 'a>> = component
        .children("ContentItem")
        .filter(|c| c.child("DataContent").is_some_and(|d| d.attr("Encoding").is_none()) && is_text(*c))
        .collect();
    let inner: Vec<Element<'d, 'a>> = component.children("NewsComponent").collect();
    let before = found.len();
    if !contents.is_empty() && matches!(role_of(component).as_str(), "title" | "headline" | "head") {
        let titles = contents.iter().filter_map(|c| c.child("DataContent")).map(xml::copy).collect();
        found.push(Found { around: around.clone(), contents: Vec::new(), titles });
    } else if !contents.is_empty() {
        found.push(Found { around: around.clone(), contents, titles: Vec::new() });
    }
    if around.len() < NESTING_MAX {
        for part in inner {
            collect(part, around, found);
        }
    }
    // A headline whose content lies elsewhere.
    if found.len() == before && headline_of(component).is_some() {
        found.push(Found { around: around.clone(), contents: Vec::new(), titles: Vec::new() });
    }
    around.pop();
}

fn is_text(content: Element<'_, '_>) -> bool {
    let media = content.child("MediaType").and_then(|m| m.attr("FormalName"));
    let encoded = content.find("Encoding").is_some_and(|e| e.attr("Notation").is_some());
    media.is_none_or(|m| !["photo", "graphic", "video", "audio", "image"].contains(&m.to_ascii_lowercase().as_str()))
        && !encoded
}

fn headline_of(component: Element<'_, '_>) -> Option<String> {
    component.at("NewsLines/HeadLine").and_then(|h| h.text())
}

fn role_of(component: Element<'_, '_>) -> String {
    component.child("Role").and_then(|r| r.attr("FormalName")).unwrap_or_default().to_ascii_lowercase()
}

/// Joins what is one story: components without a headline of their own, with the same
/// one, or with the role of a caption, belong to the first that has text.
fn merge<'d, 'a>(found: Vec<Found<'d, 'a>>) -> Vec<Found<'d, 'a>> {
    let mut stories: Vec<(Option<String>, Option<String>, Found<'d, 'a>)> = Vec::new();
    for part in found {
        let innermost = part.around.last().copied();
        let headline = part.around.iter().rev().find_map(|c| headline_of(*c));
        let lang =
            part.around.iter().rev().find_map(|c| c.attr("lang").or_else(|| language_of(*c))).map(Cow::into_owned);
        let own = innermost.and_then(headline_of);
        let role = innermost.map(role_of).unwrap_or_default();
        let side = ["caption", "teaser", "sidebar", "photo", "picture", "graphic", "video", "audio"]
            .contains(&role.as_str())
            || (part.contents.is_empty() && !stories.is_empty());
        let same = stories.iter_mut().rev().take(NEAR_MAX).find(|(h, l, _)| {
            let same_language = *l == lang || lang.is_none() || l.is_none();
            same_language && (own.is_none() || *h == headline || side || h.is_none())
        });
        match same {
            Some((first, _, story)) => {
                if first.is_none() {
                    first.clone_from(&headline);
                }
                // What the side component says of itself is no field of the story.
                if story.contents.is_empty() && !part.contents.is_empty() {
                    story.around.clone_from(&part.around);
                } else if !side {
                    story.around.splice(0..0, innermost.filter(|c| own.is_some() || c.child("NewsLines").is_some()));
                }
                story.contents.extend(part.contents);
                story.titles.extend(part.titles);
            }
            None => stories.push((headline, lang, part)),
        }
    }
    stories.into_iter().map(|(_, _, story)| story).collect()
}

fn language_of<'a>(component: Element<'_, 'a>) -> Option<Cow<'a, str>> {
    component.below().take(200).find(|e| e.is("Language")).and_then(|l| l.attr("FormalName"))
}

fn lines(component: Element<'_, '_>, has_headline: bool, draft: &mut Draft) {
    let Some(lines) = component.child("NewsLines") else { return };
    for line in lines.elements() {
        let Some(text) = line.text() else { continue };
        match line.name().to_ascii_lowercase().as_str() {
            "headline" | "subheadline" if has_headline => {}
            "headline" | "subheadline" => draft.headline(text, format!("NewsLines/{}", line.name())),
            "byline" => draft.byline(text, "NewsLines/ByLine"),
            "dateline" => draft.dateline(text, "NewsLines/DateLine"),
            "creditline" => _ = draft.agency(&text, "NewsLines/CreditLine"),
            "slugline" => draft.set(|s| &mut s.slug, text, "NewsLines/SlugLine"),
            "keywordline" => draft.keyword(text, "NewsLines/KeywordLine"),
            "seriesline" => draft.set(|s| &mut s.take, text, "NewsLines/SeriesLine"),
            "newsline" => {
                let kind = line.child("NewsLineType").and_then(|t| t.attr("FormalName")).unwrap_or_default();
                let Some(text) = line.child("NewsLineText").and_then(|t| t.text()) else { continue };
                let kind = kind.to_ascii_lowercase();
                if kind.contains("edit") || kind.contains("advis") || kind.contains("note") {
                    draft.ednote(text, "NewsLines/NewsLine");
                } else if kind.contains("byline") {
                    draft.byline(text, "NewsLines/NewsLine");
                } else if kind.contains("slug") || kind.contains("catch") {
                    draft.set(|s| &mut s.slug, text, "NewsLines/NewsLine");
                }
            }
            _ => {}
        }
    }
}

fn metadata(component: Element<'_, '_>, draft: &mut Draft) {
    if let Some(tag) = component.attr("lang") {
        draft.language(&tag, "NewsComponent/@xml:lang");
    }
    for block in component.elements() {
        if block.is("AdministrativeMetadata") {
            for role in ["Source", "Provider"] {
                for party in block.children(role).flat_map(|p| p.children("Party")) {
                    if let Some(name) = party.attr("FormalName") {
                        draft.agency(&name, format!("AdministrativeMetadata/{role}"));
                    }
                }
            }
            for property in block.children("Property") {
                if property.attr("FormalName").is_some_and(|n| n.to_ascii_lowercase().starts_with("editorial"))
                    && let Some(note) = property.attr("Value")
                {
                    draft.ednote(note, "AdministrativeMetadata/Property/@EditorialInfo");
                }
            }
        } else if block.name().to_ascii_lowercase().starts_with("descriptivemeta") {
            descriptive(block, draft);
        } else if block.is("Comment") {
            continue;
        }
    }
}

fn descriptive(block: Element<'_, '_>, draft: &mut Draft) {
    for element in block.elements() {
        match element.name().to_ascii_lowercase().as_str() {
            "language" => {
                if let Some(tag) = element.attr("FormalName") {
                    draft.language(&tag, "DescriptiveMetadata/Language");
                }
            }
            "subjectcode" => {
                for subject in element.elements() {
                    if let Some(code) = subject.attr("FormalName") {
                        draft.subject(&code, None, "DescriptiveMetadata/SubjectCode");
                    }
                }
                if let Some(code) = element.attr("FormalName") {
                    draft.subject(&code, None, "DescriptiveMetadata/SubjectCode");
                }
            }
            "location" => {
                let origin = element.attr("HowPresent").is_some_and(|h| h.eq_ignore_ascii_case("origin"));
                let city = element
                    .below()
                    .filter(|p| p.is("Property"))
                    .find(|p| p.attr("FormalName").is_some_and(|n| n.eq_ignore_ascii_case("city")))
                    .and_then(|p| p.attr("Value"));
                if let Some(city) = city.filter(|_| origin) {
                    draft.located(city, "DescriptiveMetadata/Location");
                }
            }
            "property" => {
                let is_keyword = element.attr("FormalName").is_some_and(|n| n.eq_ignore_ascii_case("keyword"));
                if let Some(value) = element.attr("Value").filter(|_| is_keyword) {
                    draft.keyword(value, "DescriptiveMetadata/Property/@Keyword");
                }
            }
            "datelinedate" => {
                if let Some(value) = element.text() {
                    draft.time(&value, "DescriptiveMetadata/DateLineDate", false);
                }
            }
            "guid" => {
                if let Some(guid) = element.text() {
                    draft.set(|s| &mut s.guid, guid, "DescriptiveMetadata/guid");
                }
            }
            _ => {}
        }
    }
}

fn identification(item: Element<'_, '_>, draft: &mut Draft) {
    let Some(identifier) = item.at("Identification/NewsIdentifier") else { return };
    let part = |name: &str| identifier.child(name).and_then(|e| e.text());
    if let Some(provider) = part("ProviderId") {
        draft.agency(&provider, "NewsIdentifier/ProviderId");
    }
    let revision = identifier.child("RevisionId");
    let version = revision.and_then(|r| r.text());
    if let Some(version) = &version {
        draft.set(|s| &mut s.version, version.clone(), "NewsIdentifier/RevisionId");
    }
    if let Some(previous) = revision.and_then(|r| r.attr("PreviousRevision")).filter(|p| p != "0") {
        draft.set(|s| &mut s.previous, previous, "NewsIdentifier/RevisionId/@PreviousRevision");
    }
    // The identifier without its revision (NewsML 1.2, 5.5.3): all versions share it.
    let id = part("NewsItemId");
    let public = part("PublicIdentifier").filter(|p| id.as_ref().is_some_and(|id| p.contains(id.as_str())));
    let guid = match (public, &version) {
        (Some(public), Some(version)) => {
            let bare = public.trim_end_matches(['N', 'U', 'A']);
            bare.strip_suffix(&format!(":{version}")).map(str::to_owned).unwrap_or(public)
        }
        (Some(public), None) => public,
        (None, _) => {
            let Some(id) = id else { return };
            let parts = [part("ProviderId"), part("DateId"), Some(id)];
            format!("urn:newsml:{}", parts.into_iter().flatten().collect::<Vec<_>>().join(":"))
        }
    };
    draft.set(|s| &mut s.guid, guid, "NewsIdentifier");
    if let Some(label) = item.at("Identification/NameLabel").and_then(|l| l.text()) {
        draft.set(|s| &mut s.slug, label, "Identification/NameLabel");
    }
}

fn management(item: Element<'_, '_>, envelope: Option<Element<'_, '_>>, draft: &mut Draft) {
    if let Some(management) = item.child("NewsManagement") {
        for tag in ["ThisRevisionCreated", "FirstCreated"] {
            if let Some(value) = management.child(tag).and_then(|e| e.text()) {
                let undated = draft.story.filed.value.is_none();
                draft.time(&value, format!("NewsManagement/{tag}"), undated);
            }
        }
        manage(management, draft);
    }
    if let Some(value) = item.at("Identification/NewsIdentifier/DateId").and_then(|e| e.text()) {
        let undated = draft.story.filed.value.is_none();
        draft.time(&value, "NewsIdentifier/DateId", undated);
    }
    let Some(envelope) = envelope else { return };
    if let Some(value) = envelope.child("DateAndTime").and_then(|e| e.text()) {
        let undated = draft.story.filed.value.is_none();
        draft.time(&value, "NewsEnvelope/DateAndTime", undated);
    }
    if let Some(priority) = envelope.child("Priority").and_then(|p| p.attr("FormalName")) {
        draft.set(|s| &mut s.urgency, priority, "NewsEnvelope/Priority");
    }
    for party in envelope.at("SentFrom/Party").into_iter().filter_map(|p| p.attr("FormalName")) {
        draft.agency(&party, "NewsEnvelope/SentFrom");
    }
}

fn manage(management: Element<'_, '_>, draft: &mut Draft) {
    let mut embargoed = false;
    for element in management.elements() {
        let formal = element.attr("FormalName").map(Cow::into_owned).or_else(|| element.text());
        match element.name().to_ascii_lowercase().as_str() {
            "status" => {
                if let Some(status) = formal.as_deref().and_then(|f| draft.known_status(f, "NewsManagement/Status")) {
                    embargoed = status == Status::Embargoed;
                    draft.status(status, "NewsManagement/Status");
                }
            }
            "urgency" => {
                formal.into_iter().for_each(|u| draft.set(|s| &mut s.urgency, u, "NewsManagement/Urgency"));
            }
            "instruction" => {
                let Some(instruction) = formal else { continue };
                if let Some(status) = instruction_of(&instruction) {
                    draft.status(status, "NewsManagement/Instruction");
                }
                draft.flag(instruction, "NewsManagement/Instruction");
            }
            "newsitemtype" => {
                if let Some(kind) = formal.filter(|k| !k.eq_ignore_ascii_case("news")) {
                    draft.flag(kind, "NewsManagement/NewsItemType");
                }
            }
            "statuswillchange" => {
                if let Some(until) = element.find("DateAndTime").and_then(|d| d.text()).filter(|_| embargoed) {
                    draft.embargo(&until, "NewsManagement/StatusWillChange");
                }
            }
            "derivedfrom" => {
                if let Some(target) = element.attr("NewsItem") {
                    draft.set(|s| &mut s.previous, target, "NewsManagement/DerivedFrom");
                }
            }
            _ => {}
        }
    }
}

fn data_content(content: Element<'_, '_>, draft: &mut Draft) {
    for data in content.children("DataContent") {
        let inner = data.elements().next();
        match inner {
            Some(nitf) if nitf.is("nitf") => nitf::content(nitf, draft),
            Some(html) if html.is("html") => draft.body(&xml::copy(html.child("body").unwrap_or(html))),
            _ => draft.body(&xml::copy(data)),
        }
    }
    // A remark beside the copy is to editors; beside a picture it is the caption.
    let has_copy = !draft.has_no_body();
    for remark in content.children("Comment").filter(|_| has_copy).filter_map(Element::text) {
        draft.ednote(remark, "ContentItem/Comment");
    }
}

/// Takes comments on pictures and films for the body where there is no text.
fn captions(group: &Found<'_, '_>, draft: &mut Draft) {
    let Some(component) = group.around.last() else { return };
    for comment in
        component.children("Comment").chain(component.children("ContentItem").flat_map(|c| c.children("Comment")))
    {
        draft.body(&xml::copy(comment));
    }
}
