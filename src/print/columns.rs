//! What can be told of a hit, field by field: the one table behind `--fields`, the columns
//! of tables and the choice of keys in JSON.

use crate::search::Hit;
use crate::story::{Entity, Moment, PlaceRef, Sourced};
use std::borrow::Cow;

/// A value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Not known.
    None,
    /// A text.
    Text(Cow<'a, str>),
    /// A whole number.
    Count(u64),
    /// A measure.
    Number(f64),
    /// A day, with a time and a zone where they are told.
    Moment(Moment),
}

/// A field of the output.
pub struct Column {
    /// The word after `--fields`.
    pub name: &'static str,
    /// The heading of a column for people.
    pub heading: &'static str,
    /// One line for the help.
    pub help: &'static str,
    /// Characters of a usual value: how wide a spreadsheet sets the column.
    pub chars: u16,
    /// Whether it needs the passages that show what matched.
    pub passages: bool,
    /// Reads it.
    pub value: for<'a> fn(&'a Hit) -> Value<'a>,
}

impl std::fmt::Debug for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

const fn column(
    name: &'static str,
    heading: &'static str,
    chars: u16,
    help: &'static str,
    value: for<'a> fn(&'a Hit) -> Value<'a>,
) -> Column {
    Column { name, heading, help, chars, passages: false, value }
}

fn text(value: &str) -> Value<'_> {
    Value::Text(Cow::Borrowed(value))
}

fn some(value: Option<&str>) -> Value<'_> {
    value.map_or(Value::None, text)
}

fn shown(value: Option<impl std::fmt::Display>) -> Value<'static> {
    value.map_or(Value::None, |v| Value::Text(Cow::Owned(v.to_string())))
}

fn moment(value: Option<Moment>) -> Value<'static> {
    value.map_or(Value::None, Value::Moment)
}

fn sourced(value: Option<&Sourced<String>>) -> Value<'_> {
    some(value.map(|v| v.value.as_str()))
}

fn joined<'a>(values: impl Iterator<Item = &'a str>) -> Value<'static> {
    let list: Vec<&str> = values.collect();
    if list.is_empty() { Value::None } else { Value::Text(Cow::Owned(list.join("; "))) }
}

fn names(list: &[Entity]) -> Value<'static> {
    joined(list.iter().map(|e| e.name.as_str()))
}

/// A coordinate with the digits that the gazetteer has.
fn degrees(value: Option<f32>) -> Value<'static> {
    value.map_or(Value::None, |v| Value::Number((f64::from(v) * 1e4).round() / 1e4))
}

fn place(hit: &Hit) -> Option<&crate::story::DatelinePlace> {
    hit.story.dateline.as_ref().and_then(|d| d.places.first())
}

fn entry(hit: &Hit) -> Option<&crate::story::PlaceRef> {
    place(hit).and_then(|p| p.entry.as_ref())
}

fn lead(hit: &Hit) -> &str {
    let s = &hit.story;
    s.text.get(s.layout.lead_start as usize..s.layout.lead_end as usize).unwrap_or("").trim()
}

/// Every field of the output, in the order of the listing.
pub static COLUMNS: &[Column] = &[
    column("id", "Id", 17, "the stable id", |h| shown(Some(h.story.id))),
    column("headline", "Headline", 60, "the headline", |h| sourced(h.story.headline.as_ref())),
    column("agency", "Agency", 12, "the agency's id", |h| some(h.story.agency.as_ref().map(|a| a.id.as_str()))),
    column("agency_name", "Agency", 16, "the agency's name", |h| {
        some(h.story.agency.as_ref().map(|a| a.name.as_str()))
    }),
    column("credits", "Credits", 16, "further agencies credited", |h| {
        joined(h.story.credits.iter().map(|a| a.name.as_str()))
    }),
    column("from", "From", 16, "the dateline's place as written", |h| some(place(h).map(|p| p.as_written.as_str()))),
    column("place", "Place", 16, "the dateline's place in the gazetteer", |h| some(entry(h).map(|e| e.name.as_str()))),
    column("country", "Country", 8, "its country, ISO 3166", |h| {
        some(entry(h).map(|e| e.country.as_str()).filter(|c| !c.is_empty()))
    }),
    column("lat", "Latitude", 9, "its latitude, of a town", |h| {
        degrees(entry(h).and_then(PlaceRef::point).map(|(lat, _)| lat))
    }),
    column("lon", "Longitude", 9, "its longitude, of a town", |h| {
        degrees(entry(h).and_then(PlaceRef::point).map(|(_, lon)| lon))
    }),
    column("filed", "Filed", 25, "when it was filed, stated or derived", |h| moment(h.story.filed.value)),
    column("earliest", "Earliest", 11, "the first day on which it can have been filed", |h| {
        moment(h.story.filed.value.map(|v| v.day).or(h.story.filed.earliest).map(Moment::day))
    }),
    column("latest", "Latest", 11, "the last day on which it can have been filed", |h| {
        moment(h.story.filed.value.map(|v| v.day).or(h.story.filed.latest).map(Moment::day))
    }),
    column("lang", "Language", 9, "the language, ISO 639", |h| sourced(h.story.lang.as_ref())),
    column("status", "Status", 11, "what may be done with it", |h| text(h.story.status.value.as_str())),
    column("embargo", "Embargo", 25, "not to be published before", |h| {
        shown(h.story.embargo.as_ref().map(|e| e.value))
    }),
    column("byline", "Byline", 24, "the writers", |h| sourced(h.story.byline.as_ref())),
    column("slug", "Slug", 20, "the slug", |h| sourced(h.story.slug.as_ref())),
    column("subjects", "Subjects", 24, "subjects as the sender coded them", |h| {
        joined(h.story.subjects.iter().map(|s| s.value.as_str()))
    }),
    column("keywords", "Keywords", 24, "keywords as the sender gave them", |h| {
        joined(h.story.keywords.iter().map(|s| s.value.as_str()))
    }),
    column("flags", "Flags", 12, "flags such as URGENT", |h| joined(h.story.flags.iter().map(|f| f.value.as_str()))),
    column("urgency", "Urgency", 8, "the sender's urgency", |h| sourced(h.story.urgency.as_ref())),
    column("version", "Version", 8, "the sender's version", |h| sourced(h.story.version.as_ref())),
    column("guid", "Guid", 30, "the sender's identifier", |h| sourced(h.story.guid.as_ref())),
    column("people", "People", 30, "people named", |h| names(&h.story.people)),
    column("places", "Places", 30, "places named", |h| names(&h.story.places)),
    column("orgs", "Organisations", 30, "organisations named", |h| names(&h.story.orgs)),
    column("path", "Path", 50, "the source file", |h| text(&h.story.path)),
    column("part", "Part", 6, "number of the story in its file", |h| Value::Count(u64::from(h.story.part))),
    column("archive", "Archive", 20, "the archive's folder, where several are read", |h| some(h.archive.as_deref())),
    column("format", "Format", 10, "the wire format", |h| text(&h.story.format)),
    column("encoding", "Encoding", 12, "the encoding of the source", |h| text(&h.story.encoding)),
    column("warnings", "Warnings", 40, "what it was read with: code and reason", |h| {
        let told: Vec<String> = h.story.warnings.iter().map(|w| format!("{}: {}", w.code, w.message)).collect();
        joined(told.iter().map(String::as_str))
    }),
    column("score", "Score", 8, "BM25, 0 in lists by date", |h| {
        Value::Number((f64::from(h.score) * 1e4).round() / 1e4)
    }),
    Column {
        name: "snippet",
        heading: "Passage",
        help: "the passage that shows what matched",
        chars: 80,
        passages: true,
        value: |h| text(&h.snippet.text),
    },
    column("lead", "Lead", 80, "the first paragraph", |h| some(Some(lead(h)).filter(|l| !l.is_empty()))),
    column("text", "Text", 80, "the whole text", |h| text(&h.story.text)),
];

/// A field that there is not.
#[derive(Debug, thiserror::Error)]
#[error("there is no field {name}")]
pub struct FieldsError {
    /// As asked for.
    pub name: String,
}

impl FieldsError {
    /// Returns what the user may do next.
    #[must_use]
    pub fn hint(&self) -> String {
        let names: Vec<&str> = COLUMNS.iter().map(|c| c.name).collect();
        format!("the fields are {}", names.join(" "))
    }
}

/// Reads a list of fields, parted by commas.
///
/// # Errors
/// The first name that is no field.
pub fn columns(list: &str) -> Result<Vec<&'static Column>, FieldsError> {
    let names = list.split(',').map(str::trim).filter(|n| !n.is_empty());
    let found = names.map(|name| by_name(name).ok_or_else(|| FieldsError { name: name.to_owned() }));
    found.collect()
}

pub(super) fn by_name(name: &str) -> Option<&'static Column> {
    COLUMNS.iter().find(|c| c.name.eq_ignore_ascii_case(name))
}

/// What tables show when nobody says otherwise; the archive where several are read.
pub(super) fn usual(several_archives: bool) -> Vec<&'static Column> {
    const USUAL: [&str; 11] =
        ["archive", "id", "filed", "agency", "from", "lang", "status", "headline", "byline", "part", "path"];
    let names = if several_archives { &USUAL[..] } else { &USUAL[1..] };
    names.iter().filter_map(|name| by_name(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, columns, usual};

    #[test]
    fn every_field_has_one_name() {
        for (i, column) in COLUMNS.iter().enumerate() {
            assert!(COLUMNS[..i].iter().all(|c| c.name != column.name), "{}", column.name);
            assert!(!column.help.is_empty() && !column.heading.is_empty());
        }
        assert_eq!((usual(false).len(), usual(true).len()), (10, 11));
    }

    #[test]
    fn lists_of_fields_are_read_and_faults_named() {
        let names: Vec<&str> = columns("id, Headline,,lat").expect("fields").iter().map(|c| c.name).collect();
        assert_eq!(names, ["id", "headline", "lat"]);
        let error = columns("id,headlin").expect_err("no such field");
        assert_eq!(error.to_string(), "there is no field headlin");
        assert!(error.hint().contains("headline"));
    }
}
