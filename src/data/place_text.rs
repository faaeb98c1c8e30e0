//! Places named in running text, where other things hold than in a dateline: a country's
//! name means the country, what lies near decides, and a small namesake far from all that
//! the story tells is nobody's town.

use super::place_resolve::{DOMINANCE, Hints, NEARBY_KM, distinct};
use super::places::{Kind, Place, country, key_of, lookup};

/// What is decided, if anything is: a place with its rule, or that there is none.
type Decided = Option<Option<(Place, &'static str)>>;

/// A place with as many names is one that the world speaks of: a single entry of the table
/// is enough.
const WELL_KNOWN_NAMES: usize = 6;
/// The same for a city of this size.
const WELL_KNOWN_POPULATION: u32 = 200_000;

/// In a story of home affairs a namesake at home is meant unless the other is so much larger.
const DOMINANCE_OVER_OWN: u32 = 50;
/// And a city of this size rather than a country of its name.
const CITY_OVER_COUNTRY_MIN: u32 = 100_000;

/// Capitals that a language calls as others call the country, by language and key.
const CAPITALS_CALLED_AS_COUNTRIES: [(&str, &str); 1] = [("fr", "mexico")];

/// Names of capitals by which few languages call the country, by language and key.
const COUNTRIES_CALLED_AS_CAPITALS: [(&str, &str); 4] =
    [("fi", "brasilia"), ("hr", "tunis"), ("bs", "tunis"), ("sr", "tunis")];

/// Decides among the places of a name, the most populous first, by what holds in running
/// text alone; `None` leaves it to what holds anywhere.
pub(super) fn decide(key: &str, found: &[Place], hints: &Hints) -> Decided {
    if let Some(place) = of_home(found, hints) {
        return Some(Some((place, "near")));
    }
    if let Some(decided) = by_country(key, found, hints) {
        return Some(decided);
    }
    let found = with_home_regions(distinct(key, found), found, hints);
    let first = found.first()?;
    let most = found.iter().filter(|p| p.kind() == Kind::City).map(Place::population).max().unwrap_or(0);
    // What the story itself lies in or names, however small.
    let mut near = found.iter().filter(|p| hints.near.iter().any(|n| is_near(**p, *n)));
    if let Some(place) = near.next() {
        return Some(Some((*place, "near")));
    }
    // What lies in the country of the dateline, unless the world knows a much larger one.
    let mut at_home = found.iter().filter(|p| hints.near.iter().any(|n| n.country() == p.country()));
    if let Some(place) = at_home.next().filter(|p| p.population() >= most / DOMINANCE && found.len() > 1) {
        // Of two towns at home nothing says which.
        let rule = if at_home.next().is_some() { "text-country" } else { "near" };
        return Some(Some((*place, rule)));
    }
    let told = |p: &Place| {
        hints.agency_country == Some(p.country())
            || hints.countries.contains(&p.country())
            || hints.near.iter().any(|n| n.country() == p.country())
    };
    let tells = hints.agency_country.is_some() || !hints.countries.is_empty() || !hints.near.is_empty();
    let obscure = |p: &Place| p.names_count() < WELL_KNOWN_NAMES && p.population() < WELL_KNOWN_POPULATION;
    (found.len() == 1 && obscure(first) && tells && !told(first)).then_some(None)
}

/// What is told apart, and the regions at home that a larger city abroad has the name of:
/// *Córdoba* of a story from Bogotá.
fn with_home_regions(mut kept: Vec<Place>, found: &[Place], hints: &Hints) -> Vec<Place> {
    let is_home = |p: &Place| hints.near.iter().any(|n| n.country() == p.country());
    for region in found.iter().filter(|p| p.kind() == Kind::Region && is_home(p)) {
        if !kept.iter().any(|p| p.country() == region.country()) {
            kept.push(*region);
        }
    }
    kept
}

/// A namesake in the country that the story is about, unless the story names the other's:
/// *Armenia* among the cities of Colombia.
fn of_home(found: &[Place], hints: &Hints) -> Option<Place> {
    let home = hints.home?;
    let abroad = |p: &&Place| p.country() != home;
    let city = *found.iter().find(|p| p.country() == home && p.kind() == Kind::City)?;
    let other = found.iter().find(abroad)?;
    let told = found.iter().filter(abroad).any(|p| p.kind() != Kind::Country && hints.countries.contains(&p.country()));
    let least = if found.iter().filter(abroad).any(|p| p.kind() == Kind::Country) {
        CITY_OVER_COUNTRY_MIN
    } else {
        other.population() / DOMINANCE_OVER_OWN
    };
    (!told && city.population() >= least).then_some(city)
}

/// A country's name: the country, unless a region as large bears it at home.
fn by_country(key: &str, found: &[Place], hints: &Hints) -> Option<Option<(Place, &'static str)>> {
    let mut countries = found.iter().filter(|p| p.kind() == Kind::Country);
    let land = countries.next()?;
    if countries.next().is_some() {
        // A state that was: several have its name.
        return None;
    }
    let called = |(language, name): &(&str, &str)| *name == key && hints.languages.contains(language);
    if CAPITALS_CALLED_AS_COUNTRIES.iter().any(called) {
        let capital = found.iter().find(|p| p.is_capital() && p.country() == land.country());
        return Some(capital.map(|p| (*p, "capital")));
    }
    // *Brasilia* is the capital but in Finnish.
    let is_own = |p: &Place| key_of(p.name()) == key;
    if !is_own(land)
        && !COUNTRIES_CALLED_AS_CAPITALS.iter().any(called)
        && let Some(capital) = found.iter().find(|p| p.is_capital() && p.country() == land.country() && is_own(p))
    {
        return Some(Some((*capital, "only")));
    }
    // *Granada* is Spanish for Grenada too, and a city of its own with more people than the island.
    let is_larger = |p: &Place| p.kind() == Kind::City && is_own(p) && p.population() > land.population();
    if !is_own(land) && found.iter().any(is_larger) && !hints.countries.contains(&land.country()) {
        return None;
    }
    // Georgia: which one is told by where the story was filed.
    let rival = found.iter().find(|p| p.kind() == Kind::Region && p.population() >= land.population());
    match rival.map(Place::country) {
        Some(home) if !hints.near.is_empty() && hints.near.iter().all(|n| n.country() == home) => {
            Some(rival.map(|p| (*p, "near")))
        }
        Some(home) if hints.near.is_empty() && hints.agency_country == Some(home) => Some(None),
        Some(_) | None => Some(Some((*land, "country"))),
    }
}

fn is_near(place: Place, of: Place) -> bool {
    match of.kind() {
        Kind::Country => false,
        Kind::Region => place != of && place.is_within(of),
        Kind::City => place.kind() == Kind::City && (place == of || place.distance_km(of) < NEARBY_KM),
    }
}

/// Returns the country that a name means beyond doubt.
#[must_use]
pub fn sure_country(name: &str) -> Option<Place> {
    let mut countries = lookup(name).filter(|p| p.kind() == Kind::Country);
    let land = countries.next().filter(|_| countries.next().is_none())?;
    let rival = |p: &Place| p.country() != land.country() && p.population() >= land.population() / DOMINANCE;
    (!lookup(name).any(|p| rival(&p))).then_some(land)
}

/// Returns the region that a name means beyond doubt.
#[must_use]
pub fn sure_region(name: &str) -> Option<Place> {
    let mut all = lookup(name);
    let region = all.next().filter(|p| p.kind() == Kind::Region && country(p.country()).is_some())?;
    all.next().is_none().then_some(region)
}
