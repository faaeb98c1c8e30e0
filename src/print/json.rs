//! JSON for machines: schema 1, described in `docs/JSON.md`.

use crate::search::{Hit, ResultList};
use crate::story::{Agency, Dateline, Entity, Evidence, Filed, Moment, Origin, Sourced, Span, Story, TimeExpr};
use serde_json::{Map, Value, json};

/// Version of the objects.
pub const SCHEMA: u32 = 1;

fn span(s: Span) -> Value {
    json!([s.start, s.end])
}

fn evidence(list: &[Evidence]) -> Value {
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
                map.insert("lat".into(), degrees(entry.lat));
                map.insert("lon".into(), degrees(entry.lon));
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
            json!({
                "id": e.id, "name": e.name, "mentions": mentions,
                "country": e.place.as_ref().map(|p| p.country.as_str()),
                "lat": e.place.as_ref().map(|p| degrees(p.lat)), "lon": e.place.as_ref().map(|p| degrees(p.lon)),
                "evidence": evidence(&e.evidence),
            })
        })
        .collect()
}

fn times(list: &[TimeExpr], text: &str) -> Value {
    list.iter()
        .map(|t| {
            let days = t.days.map(|(from, to)| [from.to_string(), to.to_string()]);
            json!({
                "span": span(t.span), "text": t.span.of(text), "type": t.kind.as_str(), "value": t.value,
                "days": days, "evidence": evidence(&t.evidence),
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
    put("warnings", json!(warnings));
    Value::Object(map)
}

/// Returns a hit as an object.
#[must_use]
pub fn hit(h: &Hit) -> Value {
    let s = &h.story;
    let place = s.dateline.as_ref().and_then(|d| d.places.first()).map(|p| p.as_written.as_str());
    let spans: Vec<Value> = h.snippet.spans.iter().map(|r| json!([r.start, r.end])).collect();
    json!({
        "schema": SCHEMA, "id": s.id.to_string(), "path": s.path, "part": s.part, "score": h.score,
        "headline": s.headline.as_ref().map(|x| x.value.as_str()),
        "agency": s.agency.as_ref().map(|a| a.id.as_str()), "from": place,
        "filed": s.filed.value.map(|v| v.to_string()), "lang": s.lang.as_ref().map(|l| l.value.as_str()),
        "status": s.status.value.as_str(), "snippet": h.snippet.text, "spans": spans,
    })
}

/// Returns a result list as one object.
#[must_use]
pub fn list(list: &ResultList) -> Value {
    json!({
        "schema": SCHEMA, "query": list.query, "total": list.total, "undated": list.undated,
        "undated_left_out": list.undated_left_out, "held_back": list.held_back, "generation": list.generation,
        "hits": list.hits.iter().map(hit).collect::<Vec<_>>(),
    })
}
