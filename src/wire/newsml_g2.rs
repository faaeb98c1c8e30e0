//! NewsML-G2: messages of many items, single items and packages.

use super::draft::Draft;
use super::head::Head;
use super::markup::{Blocks, Element, Walk, of_element};
use super::nitf;
use super::orders::instruction_of;
use super::{Format, Out, Refusal, Source, json, newsml_json, xml};
use crate::story::EntityKind;
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// NewsML-G2.
pub(super) struct NewsMlG2;

/// Languages of one item beside its own.
const LANGUAGES_MAX: usize = 8;
/// Bytes in which JSON has to name its items.
const JSON_SAMPLE_BYTES: usize = 4096;
const ROOTS: &[&str] = &[
    "newsmessage",
    "newsitem",
    "packageitem",
    "itemset",
    "contentset",
    "conceptitem",
    "knowledgeitem",
    "planningitem",
    "catalogitem",
    "contentmeta",
    "groupset",
];

impl Format for NewsMlG2 {
    fn name(&self) -> &'static str {
        "newsml-g2"
    }

    fn help(&self) -> &'static str {
        "NewsML-G2: newsMessage with any number of items, newsItem, packageItem"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        if newsml_json::is_g2(&head.bytes[..head.bytes.len().min(JSON_SAMPLE_BYTES)]) {
            return Some(Cow::Borrowed("the names of NewsML-G2 in JSON"));
        }
        head.root_is(ROOTS).then(|| Cow::Owned(format!("root element {}", head.root)))
    }

    fn read(&self, source: &Source<'_>, head: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let mut is_cut = false;
        let text = match head.bytes.first() {
            Some(b'{') => {
                let text = out.decode(source, Some("utf-8"));
                let text = text.trim_start_matches('\u{FEFF}').trim();
                let parsed = json::parse(text, source.envelope.map).map_err(Refusal::Other)?;
                is_cut = parsed.is_cut;
                if is_cut {
                    out.note("json-cut", json::cut::WARNING.to_owned());
                }
                Cow::Owned(newsml_json::markup(&parsed.value))
            }
            _ => xml::open(source, head, out),
        };
        let document = xml::parse(&text, out);
        let top = document.top();
        let sent = top.find("header").and_then(|h| h.child("sent")).and_then(|s| s.text());
        let mut others = 0;
        for item in top.below() {
            if out.is_over() {
                break;
            }
            let draft = match item.name().to_ascii_lowercase().as_str() {
                "newsitem" => {
                    // A copy in several languages is a story in each, the item's own first.
                    let mut drafts = vec![news_item(item, sent.as_deref(), None)];
                    drafts.extend(languages(item).iter().map(|lang| news_item(item, sent.as_deref(), Some(lang))));
                    let last = drafts.pop().unwrap_or_else(|| Draft::new("newsml-g2"));
                    drafts.into_iter().filter(|d| !d.is_empty()).for_each(|d| out.story(d.finish()));
                    last
                }
                "packageitem" => package(item, sent.as_deref()),
                "conceptitem" | "knowledgeitem" | "planningitem" | "catalogitem" => {
                    others += 1;
                    continue;
                }
                _ => continue,
            };
            if !draft.is_empty() {
                out.story(draft.finish());
            }
        }
        if out.count() == 0
            && let Some(content) = document.root().filter(|r| r.is("contentSet"))
        {
            let mut draft = Draft::new("newsml-g2");
            content_set(content, &|_| true, &mut draft);
            if !draft.is_empty() {
                out.story(draft.finish());
            }
        }
        match () {
            () if out.count() > 0 => {
                if is_cut {
                    out.trouble("json-cut", "it ends too early and is read as far as it goes".to_owned());
                }
                Ok(())
            }
            () if is_cut => Err("it ends before its items have a headline or text".into()),
            () if others > 0 => Err(Refusal::NoStory("newsml-g2 without a story: concepts, plans or catalogues")),
            () if document.root().is_some_and(|r| r.is("contentMeta") || r.is("groupSet")) => {
                Err(Refusal::NoStory("a fragment of newsml-g2"))
            }
            () if top.find("newsItem").is_none() && top.find("packageItem").is_none() => {
                Err(Refusal::NoStory("newsml-g2 without items"))
            }
            () if top.find("NewsComponent").is_some() => Err("its item has the components of NewsML 1".into()),
            () if document.slips == 0 => Err(Refusal::NoStory("newsml-g2 items without headline or text")),
            () => Err("its items have neither headline nor text".into()),
        }
    }
}

/// Returns what identifies a concept: its code, address or literal.
fn code<'a>(element: Element<'_, 'a>) -> Cow<'a, str> {
    element
        .attr("qcode")
        .or_else(|| element.attr("uri"))
        .or_else(|| element.attr("literal"))
        .or_else(|| element.attr("code"))
        .unwrap_or_default()
}

/// Returns the name of a concept, its own text where it has no name element.
fn name(element: Element<'_, '_>) -> Option<String> {
    element.children("name").find_map(|n| n.text()).or_else(|| element.text().filter(|_| !element.has_elements()))
}

/// What a concept is by its nature in IPTC's `cpnat`.
fn concept(kind: &str) -> Option<EntityKind> {
    match kind.rsplit(':').next()?.to_ascii_lowercase().as_str() {
        "person" => Some(EntityKind::Person),
        "organisation" | "organization" => Some(EntityKind::Org),
        "geoarea" => Some(EntityKind::Place),
        _ => None,
    }
}

fn identity(item: Element<'_, '_>, sent: Option<&str>, lang: Option<&str>) -> Draft {
    let mut draft = Draft::new("newsml-g2");
    if let Some(guid) = item.attr("guid") {
        draft.set(|s| &mut s.guid, guid, "@guid");
    }
    if let Some(version) = item.attr("version") {
        draft.set(|s| &mut s.version, version, "@version");
    }
    if let Some(lang) = lang {
        draft.language(lang, "contentSet/@xml:lang");
    }
    item_meta(item, &mut draft);
    content_meta(item, lang, &mut draft);
    if let Some(tag) = item.attr("lang") {
        draft.language(&tag, "@xml:lang");
    }
    if let Some(sent) = sent {
        let undated = draft.story.filed.value.is_none();
        draft.time(sent, "header/sent", undated);
    }
    draft
}

fn item_meta(item: Element<'_, '_>, draft: &mut Draft) {
    let Some(meta) = item.child("itemMeta") else { return };
    for (tag, filed) in [("versionCreated", true), ("firstCreated", false)] {
        if let Some(value) = meta.child(tag).and_then(|e| e.text()) {
            draft.time(&value, format!("itemMeta/{tag}"), filed);
        }
    }
    for element in meta.elements() {
        let text = || element.text();
        match element.name().to_ascii_lowercase().as_str() {
            "embargoed" => {
                if let Some(value) = text() {
                    draft.time(&value, "itemMeta/embargoed", false);
                    draft.embargo(&value, "itemMeta/embargoed");
                } else {
                    // Some mean by it an embargo without end, others write it always.
                    let message = "itemMeta/embargoed stands there without a time: it may be held back".to_owned();
                    draft.story.warn("embargo-without-time", message, false);
                }
            }
            "pubstatus" => {
                if let Some(status) = draft.known_status(&code(element), "itemMeta/pubStatus") {
                    draft.status(status, "itemMeta/pubStatus");
                }
            }
            "signal" => {
                let signal = code(element);
                if let Some(status) = instruction_of(&signal) {
                    draft.status(status, "itemMeta/signal");
                }
                draft.flag(
                    name(element).filter(|n| signal.is_empty() || n == &signal).unwrap_or(signal.into()),
                    "itemMeta/signal",
                );
            }
            "ednote" => {
                if let Some(note) = text() {
                    draft.ednote(note, "itemMeta/edNote");
                }
            }
            "provider" => {
                let known = draft.agency(&code(element), "itemMeta/provider");
                if let Some(name) = name(element).filter(|_| !known) {
                    draft.agency(&name, "itemMeta/provider/name");
                }
            }
            // Infomaker's list of what a story is about.
            "links" => {
                for link in element.children("link").filter(|l| l.attr("rel").is_some_and(|r| r == "subject")) {
                    draft.subject("", link.attr("title").as_deref(), "itemMeta/links");
                }
            }
            "link" => {
                let relation = element.attr("rel").unwrap_or_default().to_ascii_lowercase();
                let target = element.attr("residref").or_else(|| element.attr("href"));
                if let Some(target) = target.filter(|_| relation.contains("previous") || relation.contains("replaces"))
                {
                    draft.set(|s| &mut s.previous, target, "itemMeta/link");
                }
            }
            _ => {}
        }
    }
}

fn content_meta(item: Element<'_, '_>, lang: Option<&str>, draft: &mut Draft) {
    let Some(meta) = item.child("contentMeta") else { return };
    for tag in ["contentModified", "contentCreated"] {
        if let Some(value) = meta.child(tag).and_then(|e| e.text()) {
            let undated = draft.story.filed.value.is_none();
            draft.time(&value, format!("contentMeta/{tag}"), undated);
        }
    }
    headlines(item, meta, lang, draft);
    for element in meta.elements() {
        let text = || element.text();
        match element.name().to_ascii_lowercase().as_str() {
            "by" => text().into_iter().for_each(|t| draft.byline(t, "contentMeta/by")),
            "dateline" => text().into_iter().for_each(|t| draft.dateline(t, "contentMeta/dateline")),
            "creator" if meta.child("by").is_none() => {
                // A person; what a code names is a desk or an agency.
                let is_code = element.attr("qcode").is_some() && element.child("personDetails").is_none();
                let name = element.children("name").find_map(|n| n.text()).filter(|n| !is_code && n.contains(' '));
                name.into_iter().for_each(|n| draft.byline(n, "contentMeta/creator/name"));
            }
            "slugline" => text().into_iter().for_each(|t| draft.set(|s| &mut s.slug, t, "contentMeta/slugline")),
            "urgency" => text().into_iter().for_each(|t| draft.set(|s| &mut s.urgency, t, "contentMeta/urgency")),
            "keyword" => text().into_iter().for_each(|t| draft.keyword(t, "contentMeta/keyword")),
            "creditline" => _ = text().map(|t| draft.agency(&t, "contentMeta/creditline")),
            "infosource" => {
                let known = draft.agency(&code(element), "contentMeta/infoSource");
                name(element).filter(|_| !known).into_iter().for_each(|n| {
                    draft.agency(&n, "contentMeta/infoSource/name");
                });
            }
            "located" => {
                let place = name(element).unwrap_or_else(|| code(element).into());
                draft.located(place, "contentMeta/located");
            }
            "language" => {
                if let Some(tag) = element.attr("tag") {
                    draft.language(&tag, "contentMeta/language/@tag");
                }
            }
            "subject" => {
                // NewsML-G2 2.29 lets a subject be a concept with facets.
                let subject = element.child("mainConcept").unwrap_or(element);
                draft.subject(&code(subject), name(subject).as_deref(), "contentMeta/subject");
                let kind = subject.attr("type").and_then(|kind| concept(&kind));
                if let (Some(kind), Some(name)) = (kind, name(subject)) {
                    draft.named(kind, &name, "contentMeta/subject");
                }
            }
            _ => {}
        }
    }
}

/// Takes the headlines: of several, those in the language of the item lead, and those that
/// stand below or in place of another follow.
fn headlines(item: Element<'_, '_>, meta: Element<'_, '_>, lang: Option<&str>, draft: &mut Draft) {
    let own = lang.map(str::to_owned).or_else(|| own_language(item));
    // Of an item in several languages each story has its own headlines, if there are any.
    let several = languages(item);
    let language =
        |headline: Element<'_, '_>| headline.attr("lang").map(|tag| primary(&tag)).or_else(|| own_language(item));
    let is_told = meta.children("headline").any(|h| language(h) == own);
    let is_other = |headline: &Element<'_, '_>| !several.is_empty() && is_told && language(*headline) != own;
    let rank = |headline: &Element<'_, '_>| {
        let lang = headline.attr("lang").map(|tag| primary(&tag));
        let role = headline.attr("role").unwrap_or_default().to_ascii_lowercase();
        let is_other = ["sub", "short", "seo", "teaser", "kicker"].iter().any(|r| role.contains(r));
        (own.is_some() && lang.is_some() && lang != own, is_other)
    };
    let mut all: Vec<Element<'_, '_>> = meta.children("headline").filter(|h| !is_other(h)).collect();
    all.sort_by_key(rank);
    for text in all.into_iter().filter_map(Element::text) {
        draft.headline(text, "contentMeta/headline");
    }
}

/// The languages of the parts of an item's copy, all but the item's own, where there are several.
fn languages(item: Element<'_, '_>) -> Vec<String> {
    let own = own_language(item);
    let mut found: Vec<String> = Vec::new();
    for part in item.children("contentSet").flat_map(|set| set.elements()) {
        let lang = part.attr("lang").map(|tag| primary(&tag));
        if let Some(lang) = lang.filter(|l| own.as_ref().is_some_and(|own| own != l) && !found.contains(l)) {
            found.push(lang);
        }
    }
    // Where all of it is in one language, the item's own is only declared falsely.
    let is_own = |part: Element<'_, '_>| part.attr("lang").is_none_or(|tag| Some(primary(&tag)) == own);
    let has_own = item.children("contentSet").flat_map(|set| set.elements()).any(is_own);
    found.truncate(if has_own { LANGUAGES_MAX } else { 0 });
    found
}

fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase()
}

/// The language that an item says it is in.
fn own_language(item: Element<'_, '_>) -> Option<String> {
    let meta = item.at("contentMeta/language").and_then(|l| l.attr("tag"));
    meta.or_else(|| item.attr("lang")).map(|tag| primary(&tag))
}

/// Reads an item, or of one in several languages what is in `lang`, which stands for the item's own
/// where it is not given.
fn news_item(item: Element<'_, '_>, sent: Option<&str>, lang: Option<&str>) -> Draft {
    let mut draft = identity(item, sent, lang);
    let several = languages(item);
    let is_of = |part: Element<'_, '_>| match (lang, part.attr("lang").map(|tag| primary(&tag))) {
        (Some(lang), tag) => tag.as_deref() == Some(lang),
        (None, tag) => tag.is_none_or(|tag| !several.contains(&tag)),
    };
    for set in item.children("contentSet") {
        content_set(set, &is_of, &mut draft);
    }
    if lang.is_none() {
        describe(item, &mut draft);
    }
    draft
}

/// Takes descriptions and titles for what is missing: pictures and films have captions.
fn describe(item: Element<'_, '_>, draft: &mut Draft) {
    if draft.has_no_body() {
        for text in
            item.at("contentMeta").into_iter().flat_map(|m| m.children("description")).filter_map(|d| copy_of(d))
        {
            draft.body(&text);
        }
    }
    if draft.story.headline.is_none()
        && let Some(title) = item.at("itemMeta/title").and_then(|t| t.text())
    {
        draft.headline(title, "itemMeta/title");
    }
}

fn copy_of(element: Element<'_, '_>) -> Option<String> {
    Some(xml::copy(element)).filter(|t| !t.is_empty())
}

/// Reads the renditions of a copy: where one is marked up, plain text beside it that has its words
/// is the same again.
fn content_set(set: Element<'_, '_>, is_of: &dyn Fn(Element<'_, '_>) -> bool, draft: &mut Draft) {
    let marked: Vec<String> =
        set.children("inlineXML").filter(|part| is_of(*part)).map(xml::copy).filter(|copy| !copy.is_empty()).collect();
    let is_again = |part: &Element<'_, '_>| {
        let is_plain = part.is("inlineData")
            && part.attr("encoding").is_none()
            && part.attr("contenttype").is_some_and(|t| t.to_ascii_lowercase().starts_with("text/plain"));
        is_plain && !marked.is_empty() && (part.attr("rendition").is_some() || has_words(&marked, &part.lines()))
    };
    for part in set.elements().filter(|part| is_of(*part) && !is_again(part)) {
        if part.is("inlineXML") {
            let inner = part.elements().next();
            match inner {
                Some(nitf) if nitf.is("nitf") => nitf::content(nitf, draft),
                Some(html) if html.is("html") => {
                    let (public, private) = xml::page(html.child("body").unwrap_or(html));
                    draft.body(&public);
                    draft.ednote(private, "inlineXML/html");
                }
                Some(document) if document.below().any(|e| is_part(e)) => typed(document, draft),
                _ => draft.body(&xml::copy(part)),
            }
        } else if part.is("inlineData") {
            let is_text = part.attr("contenttype").is_none_or(|t| t.contains("text") || t.contains("ml"));
            match part.attr("encoding") {
                None if is_text => draft.body(&xml::copy(part)),
                Some(encoding) if is_text && encoding.to_ascii_lowercase().contains("base64") => {
                    let bytes = part.text().and_then(|t| mail_parser::decoders::base64::base64_decode(t.as_bytes()));
                    draft.body(&xml::copy_of_text(&super::decode::decode(&bytes.unwrap_or_default()).text));
                }
                _ => {}
            }
        }
    }
}

/// Tells whether most words of a text stand in others.
fn has_words(texts: &[String], text: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let known: FxHashSet<String> = texts.iter().flat_map(|t| words(t)).collect();
    let asked = words(text);
    let there = asked.iter().filter(|word| known.contains(*word)).count();
    there * 5 >= asked.len() * 4
}

/// Tells whether an element is a part of a copy that says of what kind it is: `<element type="paragraph">`.
fn is_part(element: Element<'_, '_>) -> bool {
    element.is("element") && element.attr("type").is_some()
}

/// The copy of a part without the data of what is set into it.
struct WithoutObjects(Blocks);

impl Walk for WithoutObjects {
    fn open(&mut self, name: &str, attributes: &str) -> bool {
        !name.eq_ignore_ascii_case("object") && self.0.open(name, attributes)
    }

    fn text(&mut self, text: &str) {
        self.0.text(text);
    }

    fn close(&mut self, name: &str) {
        self.0.close(name);
    }
}

/// Reads a copy of such parts, a paragraph each; what stands between them is data of pictures and
/// of links.
fn typed(document: Element<'_, '_>, draft: &mut Draft) {
    for part in document.below().filter(|e| is_part(*e)) {
        let kind = part.attr("type").unwrap_or_default().to_ascii_lowercase();
        let mut copy = WithoutObjects(Blocks::new());
        part.walk(&mut copy);
        let text = copy.0.finish();
        match kind.as_str() {
            "dateline" => draft.dateline(text, "inlineXML/element/@dateline"),
            "headline" if draft.story.headline.as_ref().is_some_and(|h| h.value == text) => {}
            _ => draft.body(&text),
        }
    }
}

/// A package: its own lines, then the items that it refers to, each with its address.
fn package(item: Element<'_, '_>, sent: Option<&str>) -> Draft {
    let mut draft = identity(item, sent, None);
    describe(item, &mut draft);
    let mut blocks = Blocks::new();
    for reference in item.below().filter(|e| e.is("itemRef")) {
        let title = ["headline", "title", "slugline", "description"].iter().find_map(|n| reference.child(n));
        let target = reference.attr("residref").or_else(|| reference.attr("href")).unwrap_or_default();
        blocks.paragraph();
        if let Some(title) = title {
            of_element(title, &mut blocks);
        }
        Walk::text(&mut blocks, if title.is_some() { " " } else { "" });
        Walk::text(&mut blocks, &format!("[{target}]"));
    }
    let references = blocks.finish();
    if !references.is_empty() {
        draft.body(&references);
    }
    if draft.story.headline.is_none() && references.is_empty() {
        return Draft::new("newsml-g2");
    }
    draft
}
