//! GeoJSON (RFC 7946): a feature a story, at the place of its dateline. Maps and geographic
//! information systems open it.
//!
//! Only what the gazetteer has as a town has a point. A story from a country, from a place that
//! nothing told, or from nowhere has no geometry, which the format allows and maps leave out.

use super::columns::{self, Column, Value as Field};
use super::json;
use super::printer::{List, Needs, Page, Printer};
use crate::search::Hit;
use crate::story::{Confidence, DatelinePlace, PlaceRef};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// GeoJSON.
pub(super) struct GeoJson;

/// The properties of a feature where nobody says otherwise.
const PROPERTIES: [&str; 8] = ["archive", "id", "headline", "agency", "filed", "lang", "status", "path"];

struct Features<'a> {
    out: &'a mut dyn Write,
    columns: Vec<&'static Column>,
    /// Whether what is told of the places stands among the properties.
    places: bool,
    first: bool,
}

impl Printer for GeoJson {
    fn name(&self) -> &'static str {
        "geojson"
    }
    fn extension(&self) -> &'static str {
        "geojson"
    }
    fn help(&self) -> &'static str {
        "places of datelines for maps; a story whose place is no known town has none"
    }
    fn needs(&self, fields: Option<&[&'static Column]>) -> Needs {
        super::delimited::needs(fields)
    }
    fn takes_fields(&self) -> bool {
        true
    }
    fn begin<'a>(&self, out: &'a mut dyn Write, page: &'a Page<'a>) -> io::Result<Box<dyn List + 'a>> {
        out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        let several = page.summary.archives.len() > 1;
        let usual =
            || PROPERTIES.iter().skip(usize::from(!several)).filter_map(|name| columns::by_name(name)).collect();
        let columns = page.fields.clone().unwrap_or_else(usual);
        Ok(Box::new(Features { out, columns, places: page.fields.is_none(), first: true }))
    }
}

fn places(hit: &Hit) -> &[DatelinePlace] {
    hit.story.dateline.as_ref().map_or(&[], |dateline| &dateline.places)
}

/// Degrees east and north, as the format has them.
fn position(place: &PlaceRef) -> Option<[f64; 2]> {
    let (lat, lon) = place.point()?;
    Some([lon, lat].map(|degrees| (f64::from(degrees) * 1e4).round() / 1e4))
}

/// The points of the dateline's places, a place that is written twice once.
fn geometry(hit: &Hit) -> Value {
    let mut points: Vec<[f64; 2]> = Vec::new();
    for point in places(hit).iter().filter_map(|place| position(place.entry.as_ref()?)) {
        if !points.contains(&point) {
            points.push(point);
        }
    }
    match points.as_slice() {
        [] => Value::Null,
        [point] => json!({ "type": "Point", "coordinates": point }),
        points => json!({ "type": "MultiPoint", "coordinates": points }),
    }
}

/// The values of the dateline's places, parted by `; `; nothing where none has one.
fn joined<'a>(hit: &'a Hit, value: impl Fn(&'a DatelinePlace) -> Option<&'a str>) -> Value {
    let values: Vec<&str> = places(hit).iter().filter_map(value).filter(|value| !value.is_empty()).collect();
    if values.is_empty() { Value::Null } else { json!(values.join("; ")) }
}

/// What is told of the dateline's places: as written, which places they are, and how sure that is.
fn put_places(hit: &Hit, map: &mut Map<String, Value>) {
    let named = |of: fn(&PlaceRef) -> &str| joined(hit, move |place| place.entry.as_ref().map(of));
    let evidence = places(hit).iter().flat_map(|place| place.evidence(&hit.story.located));
    let least_sure = evidence.map(|e| e.confidence).max();
    map.insert("from".to_owned(), joined(hit, |place| Some(&place.as_written)));
    map.insert("place".to_owned(), named(|entry| &entry.name));
    map.insert("country".to_owned(), named(|entry| &entry.country));
    map.insert("confidence".to_owned(), json!(least_sure.map(Confidence::as_str)));
}

impl List for Features<'_> {
    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        let mut properties = Map::new();
        for column in &self.columns {
            let value = match (column.value)(hit) {
                Field::None => Value::Null,
                Field::Text(text) => json!(text),
                Field::Count(n) => json!(n),
                Field::Number(n) => json!(n),
                Field::Moment(m) => json!(m.to_string()),
            };
            properties.insert(column.name.to_owned(), value);
        }
        if self.places {
            put_places(hit, &mut properties);
        }
        let feature = json!({ "type": "Feature", "geometry": geometry(hit), "properties": properties });
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        json::write(self.out, &feature)
    }
    fn finish(self: Box<Self>) -> io::Result<Vec<String>> {
        self.out.write_all(b"\n]}\n")?;
        Ok(Vec::new())
    }
}
