//! A record of keys and values to a story: JSON objects, rows of CSV, unknown XML.
//!
//! Keys are compared by their letters and digits alone, so that `versionCreated`,
//! `version_created` and `versioncreated` are one. A mapping of the user comes first.

use super::draft::{Draft, plain};
use super::markup::{Document, of_html};
use super::nitf::{self, instruction_of, status_of};
use super::xml::looks_like_html;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Objects within objects that are searched for stories.
const NESTING_MAX: usize = 8;
/// Keys of one story: an object with more is a table of something.
const KEYS_MAX: usize = 1_000;
/// Words that make a text prose rather than a label.
const PROSE_WORDS_MIN: usize = 8;

/// What a key can be of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The headline.
    Headline,
    /// A second headline.
    Subheadline,
    /// The writers.
    Byline,
    /// The dateline.
    Dateline,
    /// Where it comes from.
    Place,
    /// When this version was filed.
    Filed,
    /// Another time.
    Time,
    /// The slug.
    Slug,
    /// The identifier that versions share.
    Guid,
    /// The version.
    Version,
    /// What it replaces.
    Previous,
    /// The number of the take.
    Take,
    /// The note to editors.
    Ednote,
    /// Urgency or priority.
    Urgency,
    /// A keyword.
    Keyword,
    /// A subject.
    Subject,
    /// The language.
    Language,
    /// What may be done with it.
    Status,
    /// A signal or an instruction.
    Signal,
    /// Not to be published before.
    Embargo,
    /// Who files it.
    Agency,
    /// The body.
    Body,
    /// A summary, taken for the body where there is none.
    Summary,
}

/// Each role with its name in a mapping file and the keys that mean it, best first.
const ROLES: &[(Role, &str, &[&str])] = &[
    (
        Role::Headline,
        "headline",
        &[
            "headlines",
            "headline",
            "title",
            "titles",
            "hl1",
            "heading",
            "head",
            "titre",
            "titulo",
            "titolo",
            "titel",
            "überschrift",
            "заголовок",
            "العنوان",
            "عنوان",
            "标题",
        ],
    ),
    (
        Role::Subheadline,
        "subheadline",
        &["subheadline", "subhead", "subtitle", "strapline", "headlineextended", "standfirst", "hl2", "headline2"],
    ),
    (
        Role::Byline,
        "byline",
        &["byline", "bylines", "by", "author", "authors", "creator", "dccreator", "writer", "autor", "auteur", "автор"],
    ),
    (Role::Dateline, "dateline", &["dateline"]),
    (Role::Place, "place", &["located", "datelinelocation", "location", "town", "city"]),
    (
        Role::Filed,
        "filed",
        &[
            "versioncreated",
            "contentmodified",
            "thisrevisioncreated",
            "filed",
            "datepublished",
            "publishedat",
            "publishdate",
            "publicationdate",
            "pubdate",
            "publishtime",
            "published",
            "webpublicationdate",
            "firstpublished",
            "datetime",
            "date",
            "dateline date",
            "issued",
            "timestamp",
            "contentcreated",
            "firstcreated",
            "createdat",
            "datecreated",
            "created",
            "datetimesent",
            "sent",
            "firstversion",
            "datum",
            "fecha",
            "дата",
        ],
    ),
    (Role::Time, "time", &["updated", "modified", "datemodified", "lastmodified", "updatedat", "arrivaldatetime"]),
    (Role::Slug, "slug", &["slugline", "slug", "slugproper", "sluglines", "catchline", "uniquename"]),
    (
        Role::Guid,
        "guid",
        &[
            "guid",
            "uri",
            "itemid",
            "usn",
            "id",
            "newsid",
            "identifier",
            "storyid",
            "articleid",
            "docid",
            "docno",
            "url",
            "link",
        ],
    ),
    (Role::Version, "version", &["version", "revision", "authorversion"]),
    (Role::Previous, "previous", &["previous", "previousversion", "replaces", "evolvedfrom", "rewriteof"]),
    (Role::Take, "take", &["take", "takekey", "part"]),
    (
        Role::Ednote,
        "ednote",
        &["ednote", "editornote", "editorsnote", "ednotes", "updatenote", "advisory", "notetoeditors"],
    ),
    (Role::Urgency, "urgency", &["urgency", "priority", "editorialpriority"]),
    (Role::Keyword, "keyword", &["keywords", "keyword", "tags", "tag"]),
    (
        Role::Subject,
        "subject",
        &[
            "subject",
            "subjects",
            "category",
            "categories",
            "topic",
            "topics",
            "section",
            "anpacategory",
            "service",
            "genre",
        ],
    ),
    (Role::Language, "language", &["language", "lang", "inlanguage", "languagecode"]),
    (Role::Status, "status", &["pubstatus", "status", "publicationstatus"]),
    (Role::Signal, "signal", &["signals", "signal", "instruction", "editorialtypes", "updatetype"]),
    (Role::Embargo, "embargo", &["embargoed", "embargo", "embargotime", "embargodate"]),
    (
        Role::Agency,
        "agency",
        &[
            "agency",
            "provider",
            "source",
            "infosource",
            "organisation",
            "creditline",
            "credit",
            "sourcefeed",
            "publisher",
            "origin",
        ],
    ),
    (
        Role::Body,
        "body",
        &[
            "bodies",
            "bodyhtml",
            "bodyxhtml",
            "bodytext",
            "body",
            "articlebody",
            "contenthtml",
            "content",
            "contents",
            "contentencoded",
            "story",
            "storytext",
            "text",
            "fulltext",
            "contenttext",
            "articletext",
            "article",
            "cleanedtext",
            "maintext",
            "html",
            "texto",
            "texte",
            "contenu",
            "contenido",
            "inhalt",
            "текст",
            "النص",
            "内容",
            "正文",
        ],
    ),
    (
        Role::Summary,
        "summary",
        &[
            "descriptions",
            "descriptionhtml",
            "descriptiontext",
            "description",
            "abstract",
            "summary",
            "lead",
            "excerpt",
            "caption",
            "teaser",
            "bodyintro",
            "directorytext",
        ],
    ),
];

/// A mapping of the user: which key is what. One line a role, `role = key`; `#` begins a
/// comment; a dot goes into an object.
///
/// ```text
/// headline = titulo
/// body     = datos.cuerpo
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyMap {
    rows: Vec<(Role, Vec<String>)>,
}

impl KeyMap {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// A line is no row, or its role is unknown: the message names the line.
    pub fn parse(text: &str) -> Result<KeyMap, String> {
        let mut map = KeyMap::default();
        for (number, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            if line.is_empty() {
                continue;
            }
            let wrong = |what: &str| format!("line {}: {what}", number + 1);
            let (role, key) = line.split_once('=').ok_or_else(|| wrong("no = between role and key"))?;
            let role = ROLES
                .iter()
                .find(|(_, name, _)| name.eq_ignore_ascii_case(role.trim()))
                .ok_or_else(|| {
                    let names: Vec<&str> = ROLES.iter().map(|(_, name, _)| *name).collect();
                    wrong(&format!("no role is called {}; roles are {}", role.trim(), names.join(", ")))
                })?
                .0;
            let path: Vec<String> = key.trim().trim_matches('"').split('.').map(normal).collect();
            map.rows.push((role, path));
        }
        Ok(map)
    }

    fn values<'v>(&self, object: &'v Map<String, Value>, role: Role) -> Vec<(Cow<'v, str>, &'v Value)> {
        let rows = self.rows.iter().filter(|(r, _)| *r == role);
        rows.filter_map(|(_, path)| {
            let (first, rest) = path.split_first()?;
            let mut value = get(object, first)?;
            for key in rest {
                value = get(value.as_object()?, key)?;
            }
            Some((Cow::Owned(path.join(".")), value))
        })
        .collect()
    }
}

/// Letters and digits of a key in lower case; a prefix in front of a colon goes.
fn normal(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn get<'v>(object: &'v Map<String, Value>, normalised: &str) -> Option<&'v Value> {
    object.iter().find(|(k, v)| normal(k) == normalised && !is_blank(v)).map(|(_, v)| v)
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(s) => s.trim().is_empty(),
        Value::Array(a) => a.iter().all(is_blank),
        Value::Object(o) => o.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Each known key with its role and its rank among the keys of that role.
static KEYS: LazyLock<FxHashMap<&'static str, (Role, usize)>> = LazyLock::new(|| {
    let mut keys = FxHashMap::default();
    for (role, _, names) in ROLES {
        for (rank, name) in names.iter().enumerate() {
            keys.entry(*name).or_insert((*role, rank));
        }
    }
    keys
});

/// An object with its keys read by role.
pub(super) struct Record<'v> {
    object: &'v Map<String, Value>,
    /// Known keys with a value: role, rank, key as written, value; by rank.
    known: Vec<(Role, usize, &'v str, &'v Value)>,
    /// Unknown keys with a text, normalised.
    unknown: Vec<(String, &'v str, &'v Value)>,
    is_typed: bool,
    map: Option<&'v KeyMap>,
}

impl<'v> Record<'v> {
    pub(super) fn new(object: &'v Map<String, Value>, map: Option<&'v KeyMap>) -> Record<'v> {
        let mut record = Record { object, known: Vec::new(), unknown: Vec::new(), is_typed: false, map };
        for (written, value) in object.iter().take(KEYS_MAX).filter(|(_, v)| !is_blank(v)) {
            let key = normal(written);
            record.is_typed |= matches!(key.as_str(), "type" | "uri" | "guid");
            match KEYS.get(key.as_str()) {
                Some((role, rank)) => record.known.push((*role, *rank, written, value)),
                None if value.is_string() => record.unknown.push((key, written, value)),
                None => {}
            }
        }
        record.known.sort_by_key(|(_, rank, _, _)| *rank);
        record
    }

    /// Returns the values of a role, best key first.
    fn all(&self, role: Role) -> Vec<(Cow<'v, str>, &'v Value)> {
        let mut found = self.map.map(|m| m.values(self.object, role)).unwrap_or_default();
        let known = self.known.iter().filter(|(r, _, _, _)| *r == role);
        found.extend(known.map(|(_, _, written, value)| (Cow::Borrowed(*written), *value)));
        // ninjs 1 lets newsrooms add endings: headline_short, body_richtext.
        let family = match role {
            Role::Headline => "headline",
            Role::Body => "body",
            Role::Summary => "description",
            _ => return found,
        };
        if found.is_empty() {
            let kin = self.unknown.iter().filter(|(key, _, _)| key.starts_with(family));
            found.extend(kin.map(|(_, written, value)| (Cow::Borrowed(*written), *value)));
        }
        found
    }

    fn has(&self, role: Role) -> bool {
        !self.all(role).is_empty()
    }

    /// Tells whether the object is a story: it has a headline or a body that reads like
    /// one, and something else of a story.
    pub(super) fn is_story(&self, is_item: bool) -> bool {
        let headline = self.all(Role::Headline).iter().any(|(_, v)| first_text(v).is_some());
        let body = self.all(Role::Body).iter().chain(&self.all(Role::Summary)).any(|(_, v)| prose(v));
        let dated = self.has(Role::Filed);
        let named = self.has(Role::Guid);
        // An object with the keys of an item of some newsroom, even where it is bare.
        let kept = named && (dated || self.has(Role::Status) || self.is_typed);
        // In a format of news items an identifier and any text make one.
        let any_text =
            || self.all(Role::Body).iter().chain(&self.all(Role::Summary)).any(|(_, v)| first_text(v).is_some());
        if is_item && named && (headline || any_text()) {
            return true;
        }
        (headline && (body || kept || (dated && self.has(Role::Byline))))
            || (body && (dated || named || self.has(Role::Slug)))
            || (kept && dated && self.has(Role::Slug))
    }

    /// Reads the story.
    pub(super) fn draft(&self, rule: &'static str) -> Draft {
        let mut draft = Draft::new(rule);
        self.lines(&mut draft);
        self.body(&mut draft);
        self.times(&mut draft);
        self.rest(&mut draft);
        draft
    }

    fn texts(&self, role: Role, mut put: impl FnMut(String, String)) {
        for (key, value) in self.all(role) {
            for text in texts(value) {
                put(text, key.to_string());
            }
        }
    }

    fn lines(&self, draft: &mut Draft) {
        for (key, value) in self.all(Role::Headline).into_iter().take(1) {
            // Of several, the main one leads (ninjs 2 and 3).
            for text in by_role(value, &["main", ""]) {
                draft.headline(flat(&text), key.to_string());
            }
        }
        self.texts(Role::Subheadline, |text, key| draft.headline(flat(&text), key));
        for (key, value) in self.all(Role::Byline).into_iter().take(1) {
            for text in texts(value) {
                draft.byline(flat(&text), key.to_string());
            }
        }
        self.texts(Role::Dateline, |text, key| draft.dateline(flat(&text), key));
        for (key, value) in self.all(Role::Place).into_iter().take(1) {
            for text in texts(value) {
                draft.located(flat(&text), key.to_string());
            }
        }
    }

    fn body(&self, draft: &mut Draft) {
        for role in [Role::Body, Role::Summary] {
            for (_, value) in self.all(role) {
                if draft.has_no_body() {
                    for text in best_body(value) {
                        add_body(&text, draft);
                    }
                }
            }
        }
    }

    fn times(&self, draft: &mut Draft) {
        for role in [Role::Filed, Role::Time] {
            for (key, value) in self.all(role) {
                let undated = draft.story.filed.value.is_none();
                for text in texts(value) {
                    draft.time(&text, key.to_string(), undated && role == Role::Filed);
                }
                if let (Some(seconds), true) = (value.as_i64(), role == Role::Filed) {
                    draft.time(&unix(seconds), key.to_string(), undated);
                }
            }
        }
        self.texts(Role::Embargo, |text, key| {
            draft.time(&text, key.clone(), false);
            draft.embargo(&text, key);
        });
    }

    fn rest(&self, draft: &mut Draft) {
        self.texts(Role::Slug, |text, key| draft.set(|s| &mut s.slug, text, key));
        self.texts(Role::Guid, |text, key| draft.set(|s| &mut s.guid, text, key));
        self.texts(Role::Version, |text, key| draft.set(|s| &mut s.version, text, key));
        self.texts(Role::Previous, |text, key| draft.set(|s| &mut s.previous, text, key));
        self.texts(Role::Take, |text, key| draft.set(|s| &mut s.take, text, key));
        self.texts(Role::Ednote, |text, key| draft.ednote(flat(&text), key));
        self.texts(Role::Urgency, |text, key| draft.set(|s| &mut s.urgency, text, key));
        self.texts(Role::Language, |text, key| draft.language(&text, key));
        self.texts(Role::Agency, |text, key| _ = draft.agency(&text, key));
        self.texts(Role::Status, |text, key| {
            status_of(&text).into_iter().for_each(|s| draft.status(s, key.clone()));
        });
        self.texts(Role::Signal, |text, key| {
            instruction_of(&text).into_iter().for_each(|s| draft.status(s, key.clone()));
            draft.flag(text, key);
        });
        for (key, value) in self.all(Role::Keyword) {
            for text in texts(value) {
                for word in text.split([';', ',']) {
                    draft.keyword(word, key.to_string());
                }
            }
        }
        for (key, value) in self.all(Role::Subject) {
            for subject in items(value) {
                self.subject(subject, &key, draft);
            }
        }
    }

    fn subject(&self, value: &Value, key: &str, draft: &mut Draft) {
        let Value::Object(object) = value else {
            scalar(value).into_iter().for_each(|text| draft.subject("", Some(&text), key.to_owned()));
            return;
        };
        let part = |names: &[&str]| names.iter().find_map(|n| get(object, n)).and_then(scalar);
        let code = part(&["qcode", "code", "uri", "literal"]).unwrap_or_default();
        let scheme = part(&["scheme"]).filter(|s| !s.contains("://") && !code.contains(':'));
        let code = scheme.map_or(code.clone(), |s| if code.is_empty() { code } else { format!("{s}:{code}") });
        draft.subject(&code, part(&["name", "value", "title"]).as_deref(), key.to_owned());
        // {"code": ["a", "b"]} is a list of codes.
        if let Some(Value::Array(codes)) = get(object, "code") {
            codes.iter().filter_map(scalar).for_each(|c| draft.subject(&c, None, key.to_owned()));
        }
    }
}

/// Adds copy in whatever markup it is.
fn add_body(text: &str, draft: &mut Draft) {
    let start = text.trim_start();
    if start.starts_with("<?xml") || start.starts_with("<nitf") {
        let document = Document::parse(text);
        if let Some(nitf) = document.top().elements().find(|e| e.is("nitf")) {
            nitf::content(nitf, draft);
            return;
        }
    }
    draft.body(&if looks_like_html(text) { of_html(text) } else { plain(text) });
}

fn unix(number: i64) -> String {
    // Milliseconds where seconds would lie beyond the year 5000.
    let seconds = if number > 100_000_000_000 { number / 1000 } else { number };
    let is_time = (1_000_000..100_000_000_000).contains(&seconds);
    chrono::DateTime::from_timestamp(seconds, 0)
        .filter(|_| is_time)
        .map_or(String::new(), |t| t.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// One line of text without markup.
fn flat(text: &str) -> String {
    if looks_like_html(text) { of_html(text).replace('\n', " ") } else { text.to_owned() }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
        Value::Number(n) => Some(n.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn items(value: &Value) -> &[Value] {
    match value {
        Value::Array(list) => list,
        other => std::slice::from_ref(other),
    }
}

/// The texts of a value: itself, or of objects the part that names or holds it.
fn texts(value: &Value) -> Vec<String> {
    items(value).iter().filter_map(object_text).collect()
}

fn object_text(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => {
            const PARTS: &[&str] = &[
                "value",
                "by",
                "name",
                "text",
                "city",
                "headline",
                "title",
                "byline",
                "parsed",
                "literal",
                "code",
                "locationname",
                "html",
                "content",
            ];
            PARTS.iter().find_map(|p| get(object, p)).and_then(object_text)
        }
        Value::Array(list) => list.first().and_then(object_text),
        other => scalar(other),
    }
}

fn first_text(value: &Value) -> Option<String> {
    items(value).iter().find_map(object_text)
}

fn prose(value: &Value) -> bool {
    texts(value).iter().any(|t| {
        t.split_whitespace().take(PROSE_WORDS_MIN).count() == PROSE_WORDS_MIN
            || t.chars().filter(|c| *c as u32 > 0x2E80).count() > 20
    })
}

/// The texts of a list of objects with roles, those of `first` in front.
fn by_role(value: &Value, first: &[&str]) -> Vec<String> {
    let role = |v: &Value| v.as_object().and_then(|o| get(o, "role")).and_then(scalar).unwrap_or_default();
    let mut list: Vec<&Value> = items(value).iter().collect();
    list.sort_by_key(|v| first.iter().position(|f| role(v).eq_ignore_ascii_case(f)).unwrap_or(first.len()));
    list.into_iter().filter_map(object_text).collect()
}

/// Of several renditions of one body (ninjs 2 and 3) the one that keeps most: text of any
/// kind before markup of pages; of a list of paragraphs all.
fn best_body(value: &Value) -> Vec<String> {
    let Value::Array(list) = value else { return object_text(value).into_iter().collect() };
    if list.iter().all(|v| !v.is_object()) {
        return list.iter().filter_map(scalar).collect();
    }
    let kind = |v: &Value| v.as_object().and_then(|o| get(o, "contenttype")).and_then(scalar).unwrap_or_default();
    let rank = |v: &Value| {
        let kind = kind(v).to_ascii_lowercase();
        let length = object_text(v).map_or(0, |t| t.len());
        (length == 0, kind.contains("json"), !kind.contains("html"), !kind.contains("nitf"), !kind.contains("plain"))
    };
    list.iter().min_by_key(|v| rank(v)).and_then(object_text).into_iter().collect()
}

/// Calls `found` with every object that is a story, in order, outermost first.
pub(super) fn stories<'v>(
    value: &'v Value,
    map: Option<&'v KeyMap>,
    is_item: bool,
    depth: usize,
    found: &mut dyn FnMut(&Record<'v>, &'v Map<String, Value>),
) {
    match value {
        Value::Array(list) if depth < NESTING_MAX => {
            for item in list {
                stories(item, map, is_item, depth + 1, found);
            }
        }
        Value::Object(object) => {
            let record = Record::new(object, map);
            if object.len() <= KEYS_MAX && record.is_story(is_item) {
                found(&record, object);
            } else if depth < NESTING_MAX {
                for inner in object.values().filter(|v| v.is_object() || v.is_array()) {
                    stories(inner, map, is_item, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

/// All texts of a value that read like prose: what is left of a record without known keys.
pub(super) fn prose_of(value: &Value, depth: usize, out: &mut Vec<String>) {
    match value {
        Value::String(s) if prose(value) => out.push(s.clone()),
        Value::Array(list) if depth < NESTING_MAX => list.iter().for_each(|v| prose_of(v, depth + 1, out)),
        Value::Object(object) if depth < NESTING_MAX => object.values().for_each(|v| prose_of(v, depth + 1, out)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyMap, Record, stories};
    use serde_json::json;

    #[test]
    fn keys_are_read_by_their_letters() {
        let value = json!({ "_items": [{ "Version-Created": "2020-01-02T03:04:05Z", "headLine": "Bridge reopens", "body_HTML": "<p>One.</p><p>Two words of it.</p>", "ID": 7 }] });
        let mut seen = Vec::new();
        stories(&value, None, false, 0, &mut |record, _| seen.push(record.draft("json").finish()));
        assert_eq!(seen[0].text, "Bridge reopens\n\nOne.\n\nTwo words of it.");
        assert_eq!(seen[0].filed.value.map(|m| m.to_string()).as_deref(), Some("2020-01-02T03:04:05Z"));
        assert_eq!(seen[0].guid.as_ref().map(|g| g.value.as_str()), Some("7"));
    }

    #[test]
    fn a_mapping_names_other_keys() {
        let map = KeyMap::parse("# ours\nheadline = kop\nbody = data.tekst\n").expect("a mapping");
        let value = json!({ "kop": "Brug weer open", "data": { "tekst": "De brug is weer open." } });
        let record = Record::new(value.as_object().expect("an object"), Some(&map));
        assert_eq!(record.draft("json").finish().text, "Brug weer open\n\nDe brug is weer open.");
        assert_eq!(KeyMap::parse("title kop").expect_err("no mapping"), "line 1: no = between role and key");
        assert!(
            KeyMap::parse("\nnothing = kop")
                .expect_err("no mapping")
                .starts_with("line 2: no role is called nothing; roles are headline")
        );
    }
}
