//! JSON for machines: schema 1, described in `docs/JSON.md`.

use super::columns::{Column, Value as Field};
use super::printer::{List, Look, Needs, Page, Printer};
use super::table::{Cell, Table};
use crate::search::{Hit, Summary};
use crate::story::{
    Agency, Dateline, Entity, Evidence, Filed, Moment, Origin, PlaceRef, Quote, Sourced, Span, Story, TimeExpr,
};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Version of the objects.
pub const SCHEMA: u32 = 1;
/// What stands before the stories of the object that holds them all.
pub const OPEN_STORIES: &[u8] = b"{\"schema\":1,\"stories\":[\n";
const _: () = assert!(SCHEMA == 1, "what opens the stories says so too");

fn span(s: Span) -> Value {
    json!([s.start, s.end])
}

/// Returns the reasons of a value as a list of objects.
#[must_use]
pub fn evidence(list: &[Evidence]) -> Value {
    list.iter()
        .map(|e| {
            let (key, value) = match &e.origin {
                Origin::Text(s) => ("span", span(*s)),
                Origin::Field(name) => ("field", json!(name)),
                Origin::Path(part) => ("path", json!(part)),
            };
            json!({ key: value, "rule": e.rule, "confidence": e.confidence.as_str() })
        })
        .collect()
}

fn sourced(value: Option<&Sourced<String>>) -> Value {
    value.map_or(Value::Null, |s| json!({ "value": s.value, "evidence": evidence(&s.evidence) }))
}

fn agency(a: &Agency) -> Value {
    json!({ "id": a.id, "name": a.name, "as_written": a.as_written, "evidence": evidence(&a.evidence) })
}

fn dateline(d: &Dateline, text: &str) -> Value {
    let places: Vec<Value> = d
        .places
        .iter()
        .map(|p| {
            let mut place = json!({ "as_written": p.as_written, "span": span(p.span) });
            if let (Some(entry), Some(map)) = (&p.entry, place.as_object_mut()) {
                map.insert("id".into(), json!(entry.id));
                map.insert("name".into(), json!(entry.name));
                map.insert("country".into(), json!(entry.country));
                if let Some((lat, lon)) = entry.point() {
                    map.insert("lat".into(), degrees(lat));
                    map.insert("lon".into(), degrees(lon));
                }
            }
            place
        })
        .collect();
    json!({
        "text": d.span.of(text), "span": span(d.span), "places": places,
        "date_as_written": d.date_as_written.as_ref().map(|s| s.value.as_str()),
    })
}

/// Degrees with the digits that the gazetteer has, not those of a binary fraction.
fn degrees(value: f32) -> Value {
    json!((f64::from(value) * 10_000.0).round() / 10_000.0)
}

fn filed(f: &Filed) -> Value {
    json!({
        "value": f.value.map(|v| v.to_string()),
        "earliest": f.earliest.map(|d| d.to_string()),
        "latest": f.latest.map(|d| d.to_string()),
        "evidence": evidence(&f.evidence),
    })
}

fn moment(m: &Sourced<Moment>) -> Value {
    json!({ "value": m.value.to_string(), "evidence": evidence(&m.evidence) })
}

fn entities(list: &[Entity], text: &str) -> Value {
    list.iter()
        .map(|e| {
            let mentions: Vec<Value> =
                e.mentions.iter().map(|m| json!({ "span": span(*m), "text": m.of(text) })).collect();
            let point = e.place.as_ref().and_then(PlaceRef::point);
            json!({
                "id": e.id, "name": e.name, "mentions": mentions,
                "country": e.place.as_ref().map(|p| p.country.as_str()),
                "lat": point.map(|(lat, _)| degrees(lat)), "lon": point.map(|(_, lon)| degrees(lon)),
                "evidence": evidence(&e.evidence),
            })
        })
        .collect()
}

fn times(list: &[TimeExpr], text: &str) -> Value {
    list.iter()
        .map(|t| {
            let ends = |(from, to): (NaiveDate, NaiveDate)| [from.to_string(), to.to_string()];
            let (days, stretch) = (t.days.map(ends), t.stretch.map(ends));
            json!({
                "span": span(t.span), "text": t.span.of(text), "type": t.kind.as_str(), "value": t.value,
                "days": days, "stretch": stretch, "evidence": evidence(&t.evidence),
            })
        })
        .collect()
}

fn quotes(list: &[Quote], text: &str) -> Value {
    let speaker = |q: &Quote| q.speaker.as_ref().map(|s| json!({ "id": s.id, "name": s.name }));
    list.iter()
        .map(|q| {
            json!({
                "span": span(q.span), "text": q.span.of(text), "speaker": speaker(q), "evidence": evidence(&q.evidence),
            })
        })
        .collect()
}

/// Returns a story as an object: every value with its evidence, absent ones null.
#[must_use]
pub fn story(s: &Story) -> Value {
    let warnings: Vec<Value> =
        s.warnings.iter().map(|w| json!({ "code": w.code, "message": w.message, "raw_only": w.raw_only })).collect();
    let list = |items: &[Sourced<String>]| items.iter().map(|i| sourced(Some(i))).collect::<Vec<_>>();
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    put("schema", json!(SCHEMA));
    put("id", json!(s.id.to_string()));
    put("path", json!(s.path));
    put("part", json!(s.part));
    put("format", json!(s.format));
    put("recognised_by", json!(s.recognised_by));
    put("encoding", json!(s.encoding));
    put("lang", json!(s.lang.as_ref().map(|l| l.value.as_str())));
    put("lang_evidence", s.lang.as_ref().map_or(Value::Null, |l| evidence(&l.evidence)));
    put("script", json!(s.script));
    put("headline", sourced(s.headline.as_ref()));
    put("agency", s.agency.as_ref().map_or(Value::Null, agency));
    put("credits", s.credits.iter().map(agency).collect());
    put("dateline", s.dateline.as_ref().map_or(Value::Null, |d| dateline(d, &s.text)));
    put("dateline_field", sourced(s.dateline_field.as_ref()));
    put("located", json!(list(&s.located)));
    put("lead_start", json!(s.layout.lead_start));
    put("filed", filed(&s.filed));
    put("stamps", s.stamps.iter().map(moment).collect());
    put("byline", sourced(s.byline.as_ref()));
    put("slug", sourced(s.slug.as_ref()));
    put("subjects", json!(list(&s.subjects)));
    put("flags", json!(list(&s.flags)));
    put("status", json!(s.status.value.as_str()));
    put("status_evidence", evidence(&s.status.evidence));
    put("version", sourced(s.version.as_ref()));
    put("guid", sourced(s.guid.as_ref()));
    put("previous", sourced(s.previous.as_ref()));
    put("take", sourced(s.take.as_ref()));
    put("ednote", sourced(s.ednote.as_ref()));
    put("urgency", sourced(s.urgency.as_ref()));
    put("keywords", json!(list(&s.keywords)));
    put("embargo", s.embargo.as_ref().map_or(Value::Null, moment));
    put("people", entities(&s.people, &s.text));
    put("places", entities(&s.places, &s.text));
    put("orgs", entities(&s.orgs, &s.text));
    put("times", times(&s.times, &s.text));
    put("quotes", quotes(&s.quotes, &s.text));
    put("warnings", json!(warnings));
    Value::Object(map)
}

/// Returns a hit as an object.
#[must_use]
pub fn hit(h: &Hit) -> Value {
    let s = &h.story;
    let place = s.dateline.as_ref().and_then(|d| d.places.first()).map(|p| p.as_written.as_str());
    let spans: Vec<Value> = h.snippet.spans.iter().map(|r| json!([r.start, r.end])).collect();
    let mut object = json!({
        "schema": SCHEMA, "id": s.id.to_string(), "path": s.path, "part": s.part, "score": h.score,
        "headline": s.headline.as_ref().map(|x| x.value.as_str()),
        "agency": s.agency.as_ref().map(|a| a.id.as_str()), "from": place,
        "filed": s.filed.value.map(|v| v.to_string()), "lang": s.lang.as_ref().map(|l| l.value.as_str()),
        "status": s.status.value.as_str(), "snippet": h.snippet.text, "spans": spans,
    });
    if let Some(archive) = &h.archive {
        object["archive"] = json!(archive);
    }
    object
}

/// Writes `value` as one line without its end. Control characters beyond ASCII, controls of
/// direction and exotic line ends are written as escapes: nothing is lost, and nothing
/// acts on a terminal.
///
/// # Errors
/// The writer refuses.
pub fn write(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(out, Escaping);
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// The compact form, with escapes for what JSON allows and a terminal obeys.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.is_ascii() && !fragment.contains('\u{7f}') {
            return CompactFormatter.write_string_fragment(out, fragment);
        }
        let mut from = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| acts(*c)) {
            out.write_all(&fragment.as_bytes()[from..at])?;
            write!(out, "\\u{:04x}", c as u32)?;
            from = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[from..])
    }
}

/// Tells whether a character controls rather than shows.
pub(super) fn acts(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// One object around the list.
pub(super) struct Json;

/// An object a line.
pub(super) struct JsonLines;

struct Hits<'a> {
    out: &'a mut dyn Write,
    fields: Option<&'a [&'static Column]>,
    wrapped: bool,
    first: bool,
}

fn needs(fields: Option<&[&'static Column]>) -> Needs {
    if fields.is_none_or(|f| f.iter().any(|c| c.passages)) { Needs::Passages } else { Needs::Stories }
}

impl Printer for Json {
    fn name(&self) -> &'static str {
        "json"
    }
    fn extension(&self) -> &'static str {
        "json"
    }
    fn help(&self) -> &'static str {
        "one object: the figures and the hits; see docs/JSON.md"
    }
    fn needs(&self, fields: Option<&[&'static Column]>) -> Needs {
        needs(fields)
    }
    fn takes_fields(&self) -> bool {
        true
    }
    fn begin<'a>(&self, out: &'a mut dyn Write, page: &'a Page<'a>) -> io::Result<Box<dyn List + 'a>> {
        let s = page.summary;
        let mut head = json!({
            "schema": SCHEMA, "query": s.query, "reading": page.reading, "sort": page.order, "total": s.total,
            "undated": s.undated, "undated_left_out": s.undated_left_out, "held_back": s.held_back,
            "offset": s.offset,
        });
        if let Some(left_out) = s.versions_left_out {
            head["versions_left_out"] = left_out.into();
        }
        put_archives(&mut head, s);
        let mut text = Vec::new();
        write(&mut text, &head)?;
        // The object stays open: its last key is the list.
        out.write_all(text.strip_suffix(b"}").unwrap_or(&text))?;
        out.write_all(b",\"hits\":[")?;
        Ok(Box::new(Hits { out, fields: page.fields.as_deref(), wrapped: true, first: true }))
    }
    fn has_tables(&self) -> bool {
        true
    }
    fn table(&self, out: &mut dyn Write, table: &Table, _: &Look) -> Option<io::Result<()>> {
        let rows: Vec<Value> = table.rows.iter().map(|row| counted(table, row)).collect();
        let mut object = json!({ "schema": SCHEMA, "query": table.title, "by": table.columns.first(), "counts": rows });
        if let Some(map) = object.as_object_mut() {
            map.extend(table.figures.iter().map(|(name, n)| ((*name).to_owned(), json!(n))));
        }
        Some(write(out, &object).and_then(|()| out.write_all(b"\n")))
    }
}

impl Printer for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }
    fn extension(&self) -> &'static str {
        "jsonl"
    }
    fn help(&self) -> &'static str {
        "one object a line, for scripts; see docs/JSON.md"
    }
    fn needs(&self, fields: Option<&[&'static Column]>) -> Needs {
        needs(fields)
    }
    fn takes_fields(&self) -> bool {
        true
    }
    fn begin<'a>(&self, out: &'a mut dyn Write, page: &'a Page<'a>) -> io::Result<Box<dyn List + 'a>> {
        Ok(Box::new(Hits { out, fields: page.fields.as_deref(), wrapped: false, first: true }))
    }
    fn has_tables(&self) -> bool {
        true
    }
    fn table(&self, out: &mut dyn Write, table: &Table, _: &Look) -> Option<io::Result<()>> {
        let mut line = |row: &Vec<Cell>| {
            let mut object = counted(table, row);
            if let Some(map) = object.as_object_mut() {
                map.insert("schema".to_owned(), json!(SCHEMA));
            }
            write(out, &object).and_then(|()| out.write_all(b"\n"))
        };
        Some(table.rows.iter().try_for_each(&mut line))
    }
}

/// A row of a table: the first cell is the value, whatever it is a value of.
fn counted(table: &Table, row: &[Cell]) -> Value {
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => json!(text),
        Cell::Count(n) => json!(n),
    };
    let keys = std::iter::once("value").chain(table.columns.iter().skip(1).map(AsRef::as_ref));
    keys.zip(row).map(|(key, c)| (key.to_owned(), cell(c))).collect::<Map<String, Value>>().into()
}

/// One archive is told by its generation, several by their folders too.
fn put_archives(object: &mut Value, s: &Summary) {
    match s.archives.as_slice() {
        [one] => object["generation"] = json!(one.generation),
        several => {
            let list = several.iter().map(|a| json!({ "folder": a.folder, "generation": a.generation }));
            object["archives"] = list.collect();
        }
    }
}

impl List for Hits<'_> {
    fn hit(&mut self, h: &Hit) -> io::Result<()> {
        if self.wrapped && !self.first {
            self.out.write_all(b",")?;
        }
        self.first = false;
        let value = self.fields.map_or_else(|| hit(h), |fields| chosen(h, fields));
        write(self.out, &value)?;
        if self.wrapped { Ok(()) } else { self.out.write_all(b"\n") }
    }
    fn finish(self: Box<Self>) -> io::Result<Vec<String>> {
        if self.wrapped {
            self.out.write_all(b"]}\n")?;
        }
        Ok(Vec::new())
    }
}

/// A hit with the fields that were asked for and no others.
fn chosen(hit: &Hit, fields: &[&'static Column]) -> Value {
    let mut map = Map::new();
    map.insert("schema".to_owned(), json!(SCHEMA));
    for field in fields {
        let value = match (field.value)(hit) {
            Field::None => Value::Null,
            Field::Text(text) => json!(text),
            Field::Count(n) => json!(n),
            Field::Number(n) => json!(n),
            Field::Moment(m) => json!(m.to_string()),
        };
        map.insert(field.name.to_owned(), value);
    }
    Value::Object(map)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn what_acts_is_escaped_and_comes_back() {
        let value = json!({ "headline": "a\u{1b}[31m\u{9b}b\u{202e}c\u{2066}\u{7f}é\"\n" });
        let mut out = Vec::new();
        super::write(&mut out, &value).expect("memory");
        let text = String::from_utf8(out).expect("UTF-8");
        assert_eq!(text, r#"{"headline":"a\u001b[31m\u009bb\u202ec\u2066\u007fé\"\n"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).expect("JSON"), value);
    }
}
