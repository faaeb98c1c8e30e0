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
    /// Latitude in degrees, north positive (WGS 84); of a country or region that of its largest town.
    pub lat: f32,
    /// Longitude in degrees, east positive (WGS 84).
    pub lon: f32,
}

impl PlaceRef {
    /// Returns latitude and longitude of a town; of a country or region none, for those in the
    /// table are its largest town's.
    #[must_use]
    pub fn point(&self) -> Option<(f32, f32)> {
        (!self.id.starts_with("c:") && !self.id.starts_with("r:")).then_some((self.lat, self.lon))
    }
}
