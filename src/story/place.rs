//! A reference to an entry of the gazetteer.

use serde::{Deserialize, Serialize};

/// A gazetteer entry, with what lists and maps need of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceRef {
    /// Id in the gazetteer, stable between releases.
    pub id: String,
    /// English name.
    pub name: String,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: String,
    /// Latitude in degrees, north positive (WGS 84).
    pub lat: f32,
    /// Longitude in degrees, east positive (WGS 84).
    pub lon: f32,
}
