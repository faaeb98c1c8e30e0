//! The gazetteer: countries, regions and cities, found by any name that copy gives them.
//!
//! For the reader of datelines ([`resolve`]), the recogniser ([`is_place`]) and queries
//! ([`ids_for`]). The tables are `data/places.tsv` and `data/places_extra.tsv`; the build
//! script checks and compiles them, and nothing is parsed here. It refuses to guess: a name
//! that nothing decides stays unresolved.

use super::memory::Memory;
use crate::story::PlaceRef;
use crate::text::fold;
use fst::Map;
use std::cell::RefCell;
use std::sync::LazyLock;

pub use super::place_key::place_key;
pub use super::place_resolve::{Hints, acronym, is_river, outer, resolve, tied};
pub use super::place_text::{sure_country, sure_region};

static NAMES: LazyLock<Map<&'static [u8]>> = LazyLock::new(|| {
    let bytes: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.fst"));
    Map::new(bytes).expect("the build script wrote an automaton")
});
static LISTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.lists"));
static RECORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.records"));
static STRINGS: &str = include_str!(concat!(env!("OUT_DIR"), "/places.strings"));
static KEYS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.keys"));
static IDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.ids"));

/// Bytes of a record; the layout is that of `write_places` in the build script.
const RECORD: usize = 32;
/// Longest name that is looked up, in bytes: the table's longest has fewer than half.
pub(super) const NAME_BYTES_MAX: usize = 256;

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A country or a territory with a code of its own.
    Country,
    /// A first-level division of a country.
    Region,
    /// A city, town or part of a city.
    City,
}

/// Names that hold only in some positions, by the mark before their key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// Holds anywhere.
    Anywhere,
    /// Holds as the place of a dateline: `UNITED NATIONS`.
    Dateline,
    /// Holds after a comma or in brackets: `Ga.`, `US`.
    Qualifier,
}

/// An entry of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    index: u16,
}

/// Returns the places of a name in any script and spelling, the likeliest first: by
/// population, where a region counts a fiftieth of its own.
///
/// ```
/// use dateline::data::places::lookup;
/// assert_eq!(lookup("Moscou").next().map(|p| p.name()), Some("Moscow"));
/// ```
pub fn lookup(name: &str) -> impl Iterator<Item = Place> + use<> {
    let find = || NAMES.get(key_of(name));
    let found = if name.len() <= NAME_BYTES_MAX { ASKED.with_borrow_mut(|asked| asked.of(name, find)) } else { None };
    found.into_iter().flat_map(listed)
}

thread_local! {
    static ASKED: RefCell<Memory> = RefCell::default();
    static IDS_ASKED: RefCell<Memory> = RefCell::default();
}

/// Tells whether some place has this folded name.
#[must_use]
pub fn is_place(folded: &str) -> bool {
    folded.len() <= NAME_BYTES_MAX && NAMES.contains_key(place_key(folded))
}

/// Returns the ids of every place that a name may mean, the likeliest first.
///
/// Abbreviations and codes of countries (`U.S.`, `FR`) count too, which stand for a place
/// in a query but not in running text.
#[must_use]
pub fn ids_for(name: &str) -> Vec<&'static str> {
    let key = key_of(name);
    let mut ids: Vec<&'static str> = Vec::new();
    for position in [Position::Anywhere, Position::Qualifier, Position::Dateline] {
        // *East Germany* is a part of Germany where it stands alone.
        if position == Position::Qualifier && !ids.is_empty() {
            continue;
        }
        for place in at_key(&key, position) {
            if !ids.contains(&place.id()) {
                ids.push(place.id());
            }
        }
    }
    if ids.is_empty() && key.len() == 2 {
        ids.extend(country(&key.to_ascii_uppercase()).map(|p| p.id()));
    }
    ids
}

/// Returns every place of the table, the likeliest first.
pub fn all() -> impl Iterator<Item = Place> {
    (0..RECORDS.len() / RECORD).map(|index| Place { index: index as u16 })
}

/// Returns the place with an id of the table.
#[must_use]
pub fn by_id(id: &str) -> Option<Place> {
    let found = IDS_ASKED.with_borrow_mut(|asked| asked.of(id, || find_id(id).map(|place| u64::from(place.index))));
    found.map(|index| Place { index: index as u16 })
}

fn find_id(id: &str) -> Option<Place> {
    let (mut low, mut high) = (0, IDS.len() / 2);
    while low < high {
        let middle = low.midpoint(high);
        let place = Place { index: u16_at(IDS, middle * 2) };
        match place.id().cmp(id) {
            std::cmp::Ordering::Equal => return Some(place),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

/// Returns the country of an ISO 3166-1 alpha-2 code.
#[must_use]
pub fn country(code: &str) -> Option<Place> {
    by_id(&format!("c:{code}"))
}

/// Returns the country that a place lies in; of a country, itself.
#[must_use]
pub fn country_of(place: Place) -> Option<Place> {
    country(place.country())
}

impl Place {
    /// Returns the id: `c:RU`, `r:US-NY`, or `g` and the GeoNames number.
    #[must_use]
    pub fn id(&self) -> &'static str {
        let (at, id, _) = self.strings();
        &STRINGS[at..at + id]
    }

    /// Returns the English name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        let (at, id, name) = self.strings();
        &STRINGS[at + id..at + id + name]
    }

    /// Returns what it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.record()[0] {
            0 => Kind::Country,
            1 => Kind::Region,
            _ => Kind::City,
        }
    }

    /// Tells whether it is a capital or seat of government.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        self.record()[1] & 1 != 0
    }

    /// Returns the ISO 3166-1 alpha-2 code of the country.
    #[must_use]
    pub fn country(&self) -> &'static str {
        str::from_utf8(&self.record()[2..4]).unwrap_or("")
    }

    /// Returns the region that a city lies in, where the table knows it.
    #[must_use]
    pub fn region(&self) -> Option<Place> {
        u16_at(self.record(), 10).checked_sub(1).map(|index| Place { index })
    }

    /// Returns the latitude in degrees, north positive; of a country, its capital's.
    #[must_use]
    pub fn lat(&self) -> f32 {
        f32::from_bits(u32_at(self.record(), 12))
    }

    /// Returns the longitude in degrees, east positive; of a country, its capital's.
    #[must_use]
    pub fn lon(&self) -> f32 {
        f32::from_bits(u32_at(self.record(), 16))
    }

    /// Returns the number of inhabitants, 0 where unknown; of a region, of its towns.
    #[must_use]
    pub fn population(&self) -> u32 {
        u32_at(self.record(), 20)
    }

    /// Returns the keys of all its names that hold anywhere: [`place_key`] of the folded name.
    pub fn names(&self) -> impl Iterator<Item = String> + use<> {
        self.keys().filter(|key| !key.starts_with(['!', ',']))
    }

    /// Returns the keys of all its names, those too that hold only as a dateline's or behind another:
    /// `us`, of *U.S.*
    pub fn all_names(&self) -> impl Iterator<Item = String> + use<> {
        self.keys().map(|key| key.trim_start_matches(['!', ',']).to_owned())
    }

    fn keys(&self) -> impl Iterator<Item = String> + use<> {
        let (first, count) = (u32_at(self.record(), 24) as usize, self.names_count());
        (first..first + count)
            .filter_map(|i| NAMES.as_fst().get_key(u64::from(u32_at(KEYS, i * 4))))
            .filter_map(|key| String::from_utf8(key).ok())
    }

    /// Returns how many names it has, marked ones included: a measure of renown.
    #[must_use]
    pub fn names_count(&self) -> usize {
        u32_at(self.record(), 28) as usize
    }

    /// Tells whether it is `outer` or lies in it, as far as the table knows regions.
    #[must_use]
    pub fn is_within(&self, outer: Place) -> bool {
        *self == outer
            || match outer.kind() {
                Kind::Country => self.country() == outer.country(),
                Kind::Region => self.region() == Some(outer),
                Kind::City => false,
            }
    }

    /// Returns what a story keeps of it.
    #[must_use]
    pub fn to_ref(&self) -> PlaceRef {
        PlaceRef {
            id: self.id().to_owned(),
            name: self.name().to_owned(),
            country: self.country().to_owned(),
            lat: self.lat(),
            lon: self.lon(),
        }
    }

    /// Returns the great-circle distance to another place, in kilometres.
    #[must_use]
    pub fn distance_km(&self, other: Place) -> f32 {
        const EARTH_RADIUS_KM: f32 = 6371.0;
        let (lat, other_lat) = (self.lat().to_radians(), other.lat().to_radians());
        let half_lat = ((other_lat - lat) / 2.0).sin();
        let half_lon = ((other.lon() - self.lon()).to_radians() / 2.0).sin();
        let chord = half_lat * half_lat + lat.cos() * other_lat.cos() * half_lon * half_lon;
        2.0 * EARTH_RADIUS_KM * chord.sqrt().min(1.0).asin()
    }

    fn record(&self) -> &'static [u8] {
        let at = usize::from(self.index) * RECORD;
        &RECORDS[at..at + RECORD]
    }

    /// Where the id stands in the strings, its length, and that of the name behind it.
    fn strings(&self) -> (usize, usize, usize) {
        let record = self.record();
        (u32_at(record, 4) as usize, usize::from(record[8]), usize::from(record[9]))
    }
}

/// Returns the key of a name as anybody writes it; empty where it is too long to be one.
pub(super) fn key_of(name: &str) -> String {
    if name.len() > NAME_BYTES_MAX {
        return String::new();
    }
    place_key(&fold(name))
}

/// Returns the places of a key that hold in a position.
pub(super) fn at_key(key: &str, position: Position) -> impl Iterator<Item = Place> + use<> {
    let offset = match position {
        Position::Anywhere => NAMES.get(key),
        Position::Dateline => NAMES.get(format!("!{key}")),
        Position::Qualifier => NAMES.get(format!(",{key}")),
    };
    offset.into_iter().flat_map(listed)
}

/// Returns the automaton of the names; those that hold only in some position begin with a
/// mark.
pub(super) fn automaton() -> &'static fst::raw::Fst<&'static [u8]> {
    NAMES.as_fst()
}

/// Returns the places of a name by its value in the automaton.
pub(super) fn listed(value: u64) -> impl Iterator<Item = Place> + use<> {
    let start = value as usize + 1;
    (0..usize::from(LISTS[start - 1])).map(move |i| Place { index: u16_at(LISTS, start + 2 * i) })
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
