//! The fields of a record that are no copy: headline, writer, times, codes, state.

use super::super::draft::Draft;
use super::super::keys::{AGENCY_KEYS, CITY_KEYS, REGION_KEYS, Role, get};
use super::super::orders::{instruction_of, status_of};
use super::super::values::{by_role, first_text, flat, items, scalar, seconds, texts, unix};
use super::Record;
use crate::data::places;
use crate::story::{EntityKind, Status};
use crate::text::{fold, letters};
use serde_json::Value;

impl Record<'_> {
    fn texts(&self, role: Role, mut put: impl FnMut(String, String)) {
        for (key, value) in self.all(role) {
            for text in texts(value) {
                put(text, key.to_string());
            }
        }
    }

    pub(super) fn lines(&self, draft: &mut Draft) {
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

    pub(super) fn times(&self, draft: &mut Draft) {
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

    pub(super) fn rest(&self, draft: &mut Draft) {
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
        self.named(draft);
        for (key, value) in self.all(Role::Subject) {
            for subject in items(value).iter().filter(|s| !s.is_number()) {
                self.subject(subject, &key, draft);
            }
        }
    }

    /// Lists of objects with a name, as ninjs and AP write whom and what a story is about.
    fn named(&self, draft: &mut Draft) {
        const KINDS: &[(&str, EntityKind)] = &[
            ("person", EntityKind::Person),
            ("people", EntityKind::Person),
            ("persons", EntityKind::Person),
            ("organisation", EntityKind::Org),
            ("organization", EntityKind::Org),
            ("organisations", EntityKind::Org),
            ("organizations", EntityKind::Org),
            ("company", EntityKind::Org),
            ("companies", EntityKind::Org),
            ("place", EntityKind::Place),
            ("places", EntityKind::Place),
        ];
        for (key, kind) in KINDS {
            let Some(Value::Array(list)) = get(self.object, key) else { continue };
            let names = list.iter().filter_map(|item| scalar(get(item.as_object()?, "name")?));
            names.for_each(|name| draft.named(*kind, &name, (*key).to_owned()));
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
