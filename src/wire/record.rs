//! A record of keys and values to a story: JSON objects, rows of CSV, unknown XML.

use super::draft::Draft;
use super::keys::{AGENCY_KEYS, CITY_KEYS, KEYS, KeyMap, REGION_KEYS, Role, get, is_blank};
use super::markup::Document;
use super::nitf;
use super::orders::{instruction_of, status_of};
use super::values::{
    best_body, by_role, first_text, flat, has_any, has_line, items, longest, prose, prose_of, scalar, seconds, texts,
    unix,
};
use super::xml::copy_of_text;
use crate::data::places;
use crate::story::Status;
use crate::text::{fold, letters};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Keys of one story: an object with more is a table of something.
pub(super) const KEYS_MAX: usize = 1_000;
/// Keys under which interfaces keep the fields of a story apart from its address.
const WRAPPERS: &[&str] = &["fields", "attributes", "_source"];
/// Parts of keys that say what may be done with the copy.
const RIGHTS: &[&str] = &["copyright", "rights", "usageterms", "licen", "disclaimer", "legal", "termsofuse"];
/// Keys of lists of other things than copy.
const BESIDE: &[&str] = &[
    "associations",
    "related",
    "relateditems",
    "relatedarticles",
    "links",
    "comments",
    "media",
    "images",
    "photos",
    "gallery",
    "teasers",
    "breadcrumbs",
    "entities",
    "annotations",
    "quotes",
    "products",
    "events",
];
/// What lies in a wrapper yields to what lies beside it.
const WRAPPED_RANK: usize = 1_000;

/// How much of a story an object has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// No text under a known key.
    Nothing,
    /// A text, and nothing that tells a dispatch from a label: a story only beside others.
    Text,
    /// A line with its time or its sender: a flash, or a post.
    Line,
    /// A story.
    Story,
}

/// An object with its keys read by role.
pub(super) struct Record<'v> {
    object: &'v Map<String, Value>,
    /// Known keys with a value: role, rank, key as written, value; by rank.
    known: Vec<(Role, usize, &'v str, &'v Value)>,
    /// Unknown keys with a text, normalised.
    unknown: Vec<(String, &'v str, &'v Value)>,
    is_typed: bool,
    /// Whether it has a key of a body, be it that nothing stands there.
    has_body_key: bool,
    map: Option<&'v KeyMap>,
}

impl<'v> Record<'v> {
    pub(super) fn new(object: &'v Map<String, Value>, map: Option<&'v KeyMap>) -> Record<'v> {
        let mut record =
            Record { object, known: Vec::new(), unknown: Vec::new(), is_typed: false, has_body_key: false, map };
        record.take(object, 0);
        for (written, value) in object.iter().take(KEYS_MAX) {
            if let Value::Object(inner) = value
                && WRAPPERS.contains(&written.as_str())
            {
                record.take(inner, WRAPPED_RANK);
            }
        }
        record.known.sort_by_key(|(_, rank, _, _)| *rank);
        record
    }

    /// Notes the keys of an object, `behind` as many better ones.
    fn take(&mut self, object: &'v Map<String, Value>, behind: usize) {
        for (written, value) in object.iter().take(KEYS_MAX) {
            if is_blank(value) {
                self.has_body_key |= matches!(KEYS.get(letters(written).as_str()), Some((Role::Body, _)));
                continue;
            }
            if WRAPPERS.contains(&written.as_str()) && value.is_object() {
                continue;
            }
            let key = letters(written);
            self.is_typed |= matches!(key.as_str(), "type" | "uri" | "guid");
            match KEYS.get(key.as_str()) {
                // A date in Polish, Italian and Portuguese; what a reply holds in English.
                None if key == "data" && value.is_string() => self.known.push((Role::Filed, behind, written, value)),
                Some((role, rank)) => self.known.push((*role, behind + rank, written, value)),
                None if value.is_string() => self.unknown.push((key, written, value)),
                None => {}
            }
        }
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

    /// Tells whether it has a headline.
    pub(super) fn has_headline(&self) -> bool {
        self.all(Role::Headline).iter().any(|(_, v)| has_any(v))
    }

    /// Tells whether it says when it was filed.
    pub(super) fn is_dated(&self) -> bool {
        self.has(Role::Filed)
    }

    /// Tells how much of a story the object has.
    pub(super) fn claim(&self, is_item: bool) -> Claim {
        let headline = self.has_headline();
        let dated = self.has(Role::Filed);
        let named = self.has(Role::Guid);
        let about = dated || named || self.has(Role::Slug) || self.has(Role::Byline) || self.has(Role::Agency);
        let line = self.all(Role::Body).iter().any(|(_, v)| has_line(v));
        // What an interface writes in place of a story that was taken out.
        let is_removed = |(_, v): &(Cow<'_, str>, &Value)| {
            v.as_str().is_some_and(|t| t.eq_ignore_ascii_case("[removed]") || t.eq_ignore_ascii_case("[deleted]"))
        };
        if headline && self.all(Role::Headline).iter().all(is_removed) {
            return Claim::Nothing;
        }
        // A flash in a key that only newsrooms have, or filed, or signed.
        let is_desk = || self.all(Role::Headline).iter().any(|(k, _)| letters(k).starts_with("headline"));
        match () {
            () if self.is_story(is_item) => Claim::Story,
            () if line && (dated || (named && about && self.has(Role::Agency)) || (headline && is_desk())) => {
                Claim::Line
            }
            () if line || headline || self.all(Role::Summary).iter().any(|(_, v)| has_line(v)) => Claim::Text,
            () => Claim::Nothing,
        }
    }

    /// Tells whether it holds copy of its own, which reads like prose.
    pub(super) fn has_copy(&self) -> bool {
        self.all(Role::Body).iter().any(|(_, v)| prose(v))
    }

    /// Tells whether the object is a story: it has a headline or a body that reads like
    /// one, and something else of a story.
    fn is_story(&self, is_item: bool) -> bool {
        let headline = self.has_headline();
        let body = self.all(Role::Body).iter().chain(&self.all(Role::Summary)).any(|(_, v)| prose(v));
        let dated = self.has(Role::Filed);
        let named = self.has(Role::Guid);
        // An object with the keys of an item of some newsroom, even where it is bare.
        let kept = named && (dated || self.has(Role::Status) || self.has(Role::Time) || self.is_typed);
        // In a format of news items an identifier and any text make one.
        let any_text = || self.all(Role::Body).iter().chain(&self.all(Role::Summary)).any(|(_, v)| has_any(v));
        if is_item && named && (headline || any_text()) {
            return true;
        }
        // A flash is a headline with nothing behind it yet, or a line.
        let about = dated || named || self.has(Role::Slug) || self.has(Role::Byline) || self.has(Role::Agency);
        let short = self.all(Role::Body).iter().any(|(_, v)| has_any(v));
        if headline && about && (short || (self.has_body_key && dated)) {
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
                let line = flat(&text);
                draft.headline(self.without_source(&line), key.to_string());
            }
        }
        self.texts(Role::Subheadline, |text, key| draft.headline(flat(&text), key));
        for (key, value) in self.all(Role::Byline).into_iter().take(1) {
            // A number is the key of a table that is not here.
            for text in texts(value).into_iter().filter(|t| t.contains(char::is_alphabetic)) {
                draft.byline(flat(&text), key.to_string());
            }
        }
        self.texts(Role::Dateline, |text, key| draft.dateline(flat(&text), key));
        for (key, value) in self.all(Role::Place).into_iter().take(1) {
            for text in texts(value) {
                let (place, key) = self.with_region(flat(&text), &key);
                draft.located(place, key);
            }
        }
    }

    /// A headline without the source that interfaces write behind it.
    fn without_source<'t>(&self, headline: &'t str) -> &'t str {
        let bare = |source: &str| {
            let rest = headline.strip_suffix(source.trim())?.trim_end();
            let rest = rest.strip_suffix(['-', '–', '—', '|'])?;
            rest.ends_with(' ').then(|| rest.trim_end()).filter(|r| !r.is_empty())
        };
        let sources = self.all(Role::Agency);
        sources.iter().flat_map(|(_, v)| texts(v)).find_map(|s| bare(&s)).unwrap_or(headline)
    }

    /// A town with the state and the country that keys beside its own name.
    fn with_region(&self, place: String, key: &str) -> (String, String) {
        if !CITY_KEYS.contains(&letters(key).as_str()) || place.contains(',') {
            return (place, key.to_owned());
        }
        let (mut place, mut key) = (place, key.to_owned());
        for names in REGION_KEYS {
            let beside = self.object.iter().find(|(k, _)| names.contains(&letters(k).as_str()));
            // `state` is also what the desk calls how far a story is.
            let Some((name, value)) = beside.and_then(|(k, v)| Some((k, first_text(v)?))) else { continue };
            if places::is_place(&fold(&value)) && !place.eq_ignore_ascii_case(&value) {
                place = format!("{place}, {value}");
                key = format!("{key}, {name}");
            }
        }
        (place, key)
    }

    fn body(&self, draft: &mut Draft) {
        let known = [Role::Body, Role::Summary].into_iter().flat_map(|role| self.all(role));
        let longest = known.map(|(_, v)| longest(v)).max().unwrap_or(0);
        // A column of an unknown name that holds more is the copy, the known one its summary.
        let mapped = |key: &str| self.map.is_some_and(|map| map.names(key));
        // Who may use the copy is no copy.
        let is_of_rights = |key: &str| RIGHTS.iter().any(|part| key.contains(part));
        let more = self.unknown.iter().filter(|(key, _, _)| !mapped(key) && !is_of_rights(key));
        let mut more: Vec<(&str, &str)> =
            more.filter_map(|(_, written, value)| Some((*written, value.as_str()?))).collect();
        // Markup makes a text long; beside copy it is the copy again.
        more.retain(|(_, t)| prose(&Value::from(*t)) && (longest == 0 || !t.trim_start().starts_with('<')));
        more.sort_by_key(|(_, t)| std::cmp::Reverse(t.len()));
        if let Some((written, text)) = more.first().filter(|(_, t)| longest == 0 || t.len() > longest * 3 / 2) {
            let message = format!("{written} is not known and holds the longest text: it is read as the copy");
            draft.story.warn("key-guessed", message, false);
            add_body(text, draft);
            more.remove(0);
        }
        if !more.is_empty() {
            let names: Vec<&str> = more.iter().map(|(written, _)| *written).collect();
            let message = format!("the text of {} is not read: --map FILE says what it is", names.join(", "));
            draft.story.warn("text-left-out", message, false);
        }
        for role in [Role::Body, Role::Summary] {
            for (key, value) in self.all(role) {
                if draft.has_no_body() {
                    // Factiva keeps the first paragraph apart from the rest.
                    if letters(&key) == "tailparagraphs"
                        && let Some(lead) = get(self.object, "leadparagraph")
                    {
                        best_body(lead).iter().for_each(|text| add_body(text, draft));
                    }
                    for text in best_body(value) {
                        if let Some(more) = left_out(&text) {
                            let message = format!("{key} holds only the beginning of the copy: {more} more characters");
                            draft.story.warn("copy-cut", message, false);
                        }
                        add_body(&text, draft);
                    }
                }
            }
        }
        if draft.has_no_body() {
            self.tree(draft);
        }
    }

    /// Takes the prose of a tree that some editor keeps the copy in, where nothing else holds any.
    fn tree(&self, draft: &mut Draft) {
        for (key, value) in self.object.iter().filter(|(_, v)| v.is_object() || v.is_array()) {
            // What stands there in a known shape is read as such.
            let role = KEYS.get(letters(key).as_str()).map(|(role, _)| *role);
            let is_read = || best_body(value).iter().any(|text| !text.trim().is_empty());
            let name = letters(key);
            let is_beside = BESIDE.contains(&name.as_str())
                || WRAPPERS.contains(&key.as_str())
                || RIGHTS.iter().any(|part| name.contains(part));
            if is_beside || !matches!(role, None | Some(Role::Body)) || (role == Some(Role::Body) && is_read()) {
                continue;
            }
            let mut texts = Vec::new();
            prose_of(value, 0, &mut texts);
            if !texts.is_empty() {
                let message = format!("the tree of {key} is not known: the texts in it are read as the copy");
                draft.story.warn("key-guessed", message, false);
                return texts.iter().for_each(|text| add_body(text, draft));
            }
        }
    }

    fn times(&self, draft: &mut Draft) {
        for role in [Role::Filed, Role::Time] {
            for (key, value) in self.all(role) {
                let filed = role == Role::Filed && draft.story.filed.value.is_none();
                if let Some(seconds) = seconds(value) {
                    draft.time(&unix(seconds), key.to_string(), filed);
                    continue;
                }
                if let Some(zoned) = self.zoned(value) {
                    draft.time(&zoned, format!("{key}, date_unixtime"), filed);
                    continue;
                }
                // `date_gmt`: the name of the key states the zone.
                let is_utc = key.ends_with("gmt") || key.ends_with("utc") || key.ends_with("GMT");
                for mut text in texts(value) {
                    if is_utc && text.ends_with(|c: char| c.is_ascii_digit()) && text.contains(':') {
                        text.push('Z');
                    }
                    draft.time(&text, key.to_string(), filed);
                }
            }
        }
        self.texts(Role::Embargo, |text, key| {
            draft.time(&text, key.clone(), false);
            draft.embargo(&text, key);
        });
    }

    /// A local time with the zone that the same moment in seconds beside it tells.
    fn zoned(&self, value: &Value) -> Option<String> {
        const MINUTES_MAX: i64 = 14 * 60;
        let local = chrono::NaiveDateTime::parse_from_str(value.as_str()?, "%Y-%m-%dT%H:%M:%S").ok()?;
        let utc = seconds(get(self.object, "dateunixtime")?)?;
        let offset = local.and_utc().timestamp() - utc;
        let minutes = offset / 60;
        let is_zone = offset % 900 == 0 && minutes.abs() <= MINUTES_MAX;
        let sign = if minutes < 0 { '-' } else { '+' };
        is_zone.then(|| {
            format!("{}{sign}{:02}:{:02}", local.format("%Y-%m-%dT%H:%M:%S"), minutes.abs() / 60, minutes.abs() % 60)
        })
    }

    fn rest(&self, draft: &mut Draft) {
        self.texts(Role::Slug, |text, key| draft.set(|s| &mut s.slug, text, key));
        self.texts(Role::Guid, |text, key| draft.set(|s| &mut s.guid, text, key));
        self.texts(Role::Version, |text, key| draft.set(|s| &mut s.version, text, key));
        self.texts(Role::Previous, |text, key| draft.set(|s| &mut s.previous, text, key));
        // Sweden's wire lists the versions before this one.
        let revisions = get(self.object, "revisions").map(items).unwrap_or_default();
        let own = get(self.object, "uri").and_then(scalar);
        let before =
            revisions.iter().filter_map(|r| r.get("uri").and_then(scalar)).find(|uri| Some(uri) != own.as_ref());
        before.into_iter().for_each(|uri| draft.set(|s| &mut s.previous, uri, "revisions"));
        self.texts(Role::Take, |text, key| draft.set(|s| &mut s.take, text, key));
        self.texts(Role::Ednote, |text, key| draft.ednote(flat(&text), key));
        self.texts(Role::Urgency, |text, key| draft.set(|s| &mut s.urgency, text, key));
        self.texts(Role::Language, |text, key| draft.language(&text, key));
        self.texts(Role::Agency, |text, key| {
            if !draft.agency(&text, key.clone()) && AGENCY_KEYS.contains(&letters(&key).as_str()) {
                draft.unknown_agency(&text, key);
            }
        });
        self.texts(Role::Status, |text, key| {
            draft.known_status(&text, &key).into_iter().for_each(|s| draft.status(s, key.clone()));
        });
        self.switches(draft);
        self.texts(Role::Signal, |text, key| {
            instruction_of(&text).into_iter().for_each(|s| draft.status(s, key.clone()));
            draft.flag(text, key);
        });
        for (key, value) in self.all(Role::Keyword) {
            // Only a text holds several; what a list has divided stays whole.
            let is_list = value.is_array();
            for text in texts(value) {
                for word in text.split(|c| !is_list && matches!(c, ';' | ',')) {
                    draft.keyword(word, key.to_string());
                }
            }
        }
        for (key, value) in self.all(Role::Subject) {
            for subject in items(value).iter().filter(|s| !s.is_number()) {
                self.subject(subject, &key, draft);
            }
        }
    }

    /// What newsrooms keep as yes or no, or as the state of the desk.
    fn switches(&self, draft: &mut Draft) {
        const YES: &[(&str, Status)] = &[
            ("isdeleted", Status::Kill),
            ("deleted", Status::Kill),
            ("kill", Status::Kill),
            ("killed", Status::Kill),
            ("embargoed", Status::Embargoed),
            ("cancelled", Status::Kill),
            ("canceled", Status::Kill),
            ("withdrawn", Status::Kill),
            ("retracted", Status::Kill),
            ("annuleret", Status::Kill),
            ("annullert", Status::Kill),
            ("annullerad", Status::Kill),
            ("annule", Status::Kill),
            ("storniert", Status::Kill),
            ("anulado", Status::Kill),
            ("correction", Status::Correction),
            ("iscorrection", Status::Correction),
            ("korrektion", Status::Correction),
            ("korrektur", Status::Correction),
            ("rettelse", Status::Correction),
            ("draft", Status::Withheld),
            ("isdraft", Status::Withheld),
        ];
        // Heads of text and cells write it down.
        let says = |value: &Value, said: bool| {
            let word = if said { "true" } else { "false" };
            value.as_bool() == Some(said) || value.as_str().is_some_and(|s| s.trim().eq_ignore_ascii_case(word))
        };
        for (key, status) in YES {
            if get(self.object, key).is_some_and(|value| says(value, true)) {
                draft.status(*status, (*key).to_owned());
            }
        }
        if get(self.object, "published").is_some_and(|value| says(value, false)) {
            draft.status(Status::Withheld, "published".to_owned());
        }
        // Other exports keep a part of a country there.
        let state = get(self.object, "state").and_then(scalar).and_then(|s| status_of(&s));
        if let Some(state) = state.filter(|s| matches!(s, Status::Kill | Status::Withheld | Status::Correction)) {
            draft.status(state, "state".to_owned());
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
    // Some keep what their editor writes as text within text.
    if start.starts_with(['{', '['])
        && let Ok(value) = serde_json::from_str::<Value>(start)
    {
        let mut inner = best_body(&value);
        if inner.iter().all(|t| t.trim().is_empty()) {
            inner.clear();
            prose_of(&value, 0, &mut inner);
        }
        if inner.iter().any(|t| !t.trim().is_empty()) {
            return inner.iter().for_each(|t| draft.body(&copy_of_text(t)));
        }
    }
    draft.body(&copy_of_text(text));
}

/// Reads `[+1200 chars]` at the end of a text: what a news interface left out.
fn left_out(text: &str) -> Option<&str> {
    let (_, mark) = text.trim_end().rsplit_once("[+")?;
    mark.strip_suffix(" chars]").filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::keys::KeyMap;
    use super::Record;
    use crate::wire::finder::stories;
    use serde_json::json;

    #[test]
    fn keys_are_read_by_their_letters() {
        let value = json!({ "_items": [{ "Version-Created": "2020-01-02T03:04:05Z", "headLine": "Bridge reopens", "body_HTML": "<p>One.</p><p>Two words of it.</p>", "ID": 7 }] });
        let mut seen = Vec::new();
        stories(&value, None, false, false, &mut |record, _| seen.push(record.draft("json").finish()));
        assert_eq!(seen[0].text, "Bridge reopens\n\nOne.\n\nTwo words of it.");
        assert_eq!(seen[0].filed.value.map(|m| m.to_string()).as_deref(), Some("2020-01-02T03:04:05Z"));
        assert_eq!(seen[0].guid.as_ref().map(|g| g.value.as_str()), Some("7"));
    }

    #[test]
    fn text_under_a_key_that_nobody_knows_is_the_copy_or_is_told() {
        let long = "The bridge over the Lom is open again, the mayor said on Monday.";
        let value = json!({ "title": "Bridge reopens", "id": 7, "foo": format!("<p>{long}</p>"), "bar": "It was closed for a month by the flood of the spring." });
        let story = Record::new(value.as_object().expect("an object"), None).draft("json").finish();
        assert_eq!(story.text, format!("Bridge reopens\n\n{long}"));
        let kinds: Vec<&str> = story.warnings.iter().map(|w| w.code.as_str()).collect();
        assert_eq!(kinds, ["key-guessed", "text-left-out"]);
        // What the mapping names is known.
        let map = KeyMap::parse("body = foo\nsummary = bar").expect("a mapping");
        let story = Record::new(value.as_object().expect("an object"), Some(&map)).draft("json").finish();
        assert!(story.text.ends_with(long) && story.warnings.is_empty(), "{:?}", story.warnings);
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

    #[test]
    fn what_interfaces_wrap_around_a_value_goes() {
        let value = json!({ "id": 11, "date_gmt": "2021-05-03T07:00:00", "title": { "rendered": "Bridge &#038; road" },
            "content": { "rendered": "<p>One.</p><p>Two.</p>" } });
        let story = Record::new(value.as_object().expect("an object"), None).draft("json").finish();
        assert_eq!(story.text, "Bridge & road\n\nOne.\n\nTwo.");
        assert_eq!(story.filed.value.map(|m| m.to_string()).as_deref(), Some("2021-05-03T07:00:00Z"));
        let value = json!({ "_id": "a1", "_source": { "titel": "Brücke", "inhalt": "Die Brücke ist wieder offen.",
            "datum": { "$date": 1_620_032_400_000_i64 } } });
        let story = Record::new(value.as_object().expect("an object"), None).draft("json").finish();
        assert_eq!(story.text, "Brücke\n\nDie Brücke ist wieder offen.");
        assert_eq!(story.guid.map(|g| g.value).as_deref(), Some("a1"));
        assert_eq!(story.filed.value.map(|m| m.to_string()).as_deref(), Some("2021-05-03T09:00:00Z"));
    }

    #[test]
    fn a_flash_is_a_story() {
        let count = |value: serde_json::Value| {
            let mut count = 0;
            stories(&value, None, false, false, &mut |_, _| count += 1);
            count
        };
        for value in [
            json!({ "headline": "Bridge of Lom closed - mayor", "body": "", "date": "2021-05-03" }),
            json!({ "headline": "Bridge closed", "body": null, "date": "2021-05-03" }),
            json!({ "headline": "Bridge closed", "body": "LOM (AP) - It is closed.", "date": "2021-05-03" }),
            json!([{ "title": "Ponte chiuso", "text": "Chiuso.", "id": 7 }]),
        ] {
            assert_eq!(count(value.clone()), 1, "{value}");
        }
        // Neither a copy nor a key for one; nothing that tells a story from a setting.
        for value in [json!({ "title": "Settings", "date": "2021-05-03" }), json!({ "title": "Dialog", "text": "OK" })]
        {
            assert_eq!(count(value.clone()), 0, "{value}");
        }
    }

    #[test]
    fn what_a_field_does_not_say_is_a_warning() {
        let value = json!({ "title": "Bridge reopens", "content": "The bridge over the Lom… [+1200 chars]" });
        let story = Record::new(value.as_object().expect("an object"), None).draft("json").finish();
        let value = json!({ "title": "Bridge reopens", "content": "It did.", "date": "03/04/2025" });
        let dated = Record::new(value.as_object().expect("an object"), None).draft("json").finish();
        assert_eq!(dated.filed.value, None);
        assert_eq!(dated.warnings[0].message, "date: either number of 03/04/2025 may be the month: it is no date");
        assert_eq!(story.warnings[0].message, "content holds only the beginning of the copy: 1200 more characters");
    }
}
