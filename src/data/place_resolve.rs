//! From the place as a dateline writes it to an entry of the gazetteer, with the rule that
//! decided. Where nothing decides there is no answer.

use super::languages;
use super::memory::Memory;
use super::place_text as text;
use super::places::{Kind, NAME_BYTES_MAX, Place, Position, at_key, country, key_of};
use std::cell::RefCell;

/// A candidate this much more populous than the next needs no other reason.
pub(super) const DOMINANCE: u32 = 10;
/// Within one country a mistake costs less.
const DOMINANCE_AT_HOME: u32 = 3;
/// A renowned place this much more populous is meant even by the namesake's own agency.
const DOMINANCE_OVER_HOME: u32 = 6;
/// A place at the agency's home that bears the name as its own, where the most populous bears
/// it as what that language makes of another: French *Valence*, of Valencia too.
const DOMINANCE_OVER_OWN_NAME: u32 = 20;
/// A city is meant, not the region of its name, unless the region is this much larger.
const REGION_OVER_CITY: u32 = 50;
/// Entries this close under one name are one place: a city and its old town.
const SAME_PLACE_KM: f32 = 40.0;
/// A town is told apart by a city this near: `Algeciras (Cádiz)`.
pub(super) const NEARBY_KM: f32 = 150.0;
/// A city from this size on can stand second in a dateline: `LONDON, New York`.
const SECOND_DATELINE_MIN: u32 = 500_000;
/// Characters of a country's name that can stand glued before a city's, `德国汉堡`.
const GLUED_CHARS_MAX: usize = 12;

/// Words before a name that say what it is, as keys.
const PREFIXES: [&str; 36] = [
    "kota ",
    "kabupaten ",
    "ciudad de ",
    "cidade de ",
    "cidade do ",
    "ville de ",
    "city of ",
    "town of ",
    "stadt ",
    "citta di ",
    "comune di ",
    "municipio de ",
    "provincia de ",
    "province of ",
    "state of ",
    "estado de ",
    "prefectura de ",
    "g ",
    "м ",
    "г ",
    "город ",
    "місто ",
    "гр ",
    "град ",
    "مدينه",
    "شهر",
    "استان",
    "شهرستان",
    "روستاي",
    "جزيره",
    "كشور",
    "منطقه",
    "ايالت",
    "near ",
    "outside ",
    "outskirts of ",
];
/// Words after a name that say what it is, as keys.
const SUFFIXES: [&str; 14] =
    ["市", "县", "縣", "省", "州", "시", "도", "군", "県", "府", "都", " city", " province", " town"];

/// Those of them that states and provinces have.
const REGION_SUFFIXES: [&str; 5] = ["省", "州", "도", "県", "府"];

/// Rivers that German copy tells towns by: `Frankfurt/Main`, `Frankfurt (Oder)`; as keys.
const RIVERS: [&str; 30] = [
    "main", "oder", "saale", "donau", "neckar", "rhein", "ruhr", "lahn", "weser", "elbe", "spree", "inn", "isar",
    "lech", "mosel", "neisse", "fulda", "werra", "havel", "ems", "aisch", "sieg", "enz", "aare", "drau", "mur", "enns",
    "traun", "salzach", "thaya",
];

/// Tells whether a name is that of a river by which towns are told apart.
#[must_use]
pub fn is_river(name: &str) -> bool {
    RIVERS.contains(&key_of(name).as_str())
}

/// What else is known of the story that a place was read from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// Home country of the agency, ISO 3166-1 alpha-2.
    pub agency_country: Option<&'a str>,
    /// Languages of the story, ISO 639-1.
    pub languages: &'a [&'a str],
    /// Countries that the text names, ISO 3166-1 alpha-2.
    pub countries: &'a [&'a str],
    /// Where the story was filed, and the regions that it names beyond doubt.
    pub near: &'a [Place],
    /// The country that the story was filed from, where it also names several places that lie nowhere else.
    pub home: Option<&'a str>,
    /// Whether the name stands in running text, not in a dateline: there it is a country
    /// rather than the capital of that name, and needs more than being the only one.
    pub in_text: bool,
}

/// Resolves a place as a dateline writes it, region or country included.
///
/// The rule is one of `only`, `population`, `renown` (many languages name it), `capital`, `in-name` (a region or country
/// written with it decides), `qualifier` (the town is unknown: the place is the region or
/// country written with it), `agency-country`, `text-country` and `language`.
///
/// ```
/// use dateline::data::places::{Hints, resolve};
/// let (place, rule) = resolve("PARIS, Texas", &Hints::default()).expect("a town of the table");
/// assert_eq!((place.country(), rule), ("US", "in-name"));
/// ```
#[must_use]
pub fn resolve(as_written: &str, hints: &Hints) -> Option<(Place, &'static str)> {
    if as_written.len() > NAME_BYTES_MAX {
        return None;
    }
    if let Some((town, river)) = on_a_river(as_written) {
        // A namesake on another river is another town.
        let forms = ["{}/{}", "{} am {}", "{} an der {}", "{} ({})", "{} {}"];
        let found = forms.iter().map(|f| candidates(&f.replacen("{}", &town, 1).replacen("{}", &river, 1)));
        return Some((decide("", found.into_iter().find(|f| !f.is_empty())?, hints)?.0, "in-name"));
    }
    let (head, qualifiers) = divide(as_written);
    let head = key_of(head);
    let outer: Vec<Vec<Place>> = qualifiers.iter().map(|q| qualifier(&key_of(q))).filter(|q| !q.is_empty()).collect();
    let found = if hints.in_text { candidates_at(&head, &[Position::Anywhere]) } else { candidates(&head) };
    if found.is_empty() {
        return glued(&head, hints).or_else(|| spaced(&head, &outer, hints)).or_else(|| instead(&outer, hints));
    }
    let bracketed = as_written.contains(['(', '[', '/', '（']);
    if outer.is_empty() {
        return decide(&head, if bracketed { by_bracket(&head, found) } else { found }, hints);
    }
    let within = narrowed(&found, &outer);
    if !within.is_empty() {
        return Some((decide(&head, within, hints)?.0, "in-name"));
    }
    // A namesake that the table lacks, unless what follows is rather a second dateline.
    let large = |p: &Place| p.kind() == Kind::City && p.population() >= SECOND_DATELINE_MIN;
    let second_dateline = !bracketed && outer.iter().flatten().any(large);
    // `León, México`: a city and the country of its name; which of the two is not told.
    let is_country = |places: &Vec<Place>| places.iter().any(|p| p.kind() == Kind::Country);
    if second_dateline && outer.iter().any(is_country) {
        return None;
    }
    if second_dateline { decide(&head, found, hints) } else { instead(&outer, hints) }
}

/// What a bracket of which the table knows nothing may tell apart: the towns whose own name
/// it is, where there are any. *Vienne (Isère)* is no Vienna.
fn by_bracket(key: &str, found: Vec<Place>) -> Vec<Place> {
    let own: Vec<Place> = found.iter().copied().filter(|p| key_of(p.name()) == key).collect();
    if own.is_empty() { found } else { own }
}

/// Parts `SAN JOSE , Costa Rica` and `Estrasburgo (Francia)` into the name and what follows.
pub(super) fn divide(as_written: &str) -> (&str, Vec<&str>) {
    let is_divider = |c: char| matches!(c, ',' | '(' | ')' | '[' | ']' | '/' | ';' | '،' | '，' | '（' | '）' | '、');
    let bare = as_written
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '-' | '–' | '—' | '"' | '«' | '>'));
    let mut parts = bare.split(is_divider).map(str::trim).filter(|p| !p.is_empty());
    (parts.next().unwrap_or(""), parts.collect())
}

/// Parts `Frankfurt/Main` and `Frankfurt (Oder)` into the keys of town and river.
fn on_a_river(as_written: &str) -> Option<(String, String)> {
    let (town, river) = as_written.split_once(['/', '('])?;
    let river = river.trim_end_matches(')');
    is_river(river).then(|| (key_of(town), key_of(river)))
}

/// The places that a key names, with what it is written before or after taken off.
pub(super) fn candidates(key: &str) -> Vec<Place> {
    candidates_at(key, &[Position::Anywhere, Position::Dateline])
}

fn candidates_at(key: &str, positions: &[Position]) -> Vec<Place> {
    let exact: Vec<Place> = positions.iter().flat_map(|p| at_key(key, *p)).collect();
    if !exact.is_empty() {
        return exact;
    }
    // What says that it is a state or province is no country's: *ジョージア州*.
    if let Some(bare) = REGION_SUFFIXES.iter().find_map(|s| key.strip_suffix(s)) {
        return at_key(bare, Position::Anywhere).filter(|p| p.kind() != Kind::Country).collect();
    }
    let bare =
        PREFIXES.iter().filter_map(|p| key.strip_prefix(p)).chain(SUFFIXES.iter().filter_map(|s| key.strip_suffix(s)));
    bare.map(|k| at_key(k, Position::Anywhere).collect::<Vec<_>>()).find(|found| !found.is_empty()).unwrap_or_default()
}

/// What a region or country written with a name may be.
pub(super) fn qualifier(key: &str) -> Vec<Place> {
    let short: Vec<Place> = at_key(key, Position::Qualifier).collect();
    if short.is_empty() { candidates(key) } else { short }
}

/// Returns what may be meant by the region or country written behind a name, `Ga.` or `US` too.
#[must_use]
pub fn outer(name: &str) -> Vec<Place> {
    // What stands behind a comma is asked for word by word, and most of it is no place.
    thread_local! {
        static ASKED: RefCell<Memory<Vec<Place>>> = RefCell::default();
    }
    let find = || qualifier(&key_of(name));
    if name.len() <= NAME_BYTES_MAX { ASKED.with_borrow_mut(|asked| asked.of(name, find)) } else { find() }
}

/// Returns the country of an acronym: *UAE*, *RDC*, *США*.
#[must_use]
pub fn acronym(name: &str) -> Option<Place> {
    at_key(&key_of(name), Position::Qualifier).find(|p| p.kind() == Kind::Country)
}

/// Returns the one of `found` that lies in one of the `outer` places, with that one.
#[must_use]
pub fn tied(found: &[Place], outer: &[Place]) -> Option<(Place, Place)> {
    let within = narrowed(found, &[outer.to_vec()]);
    let place = decide("", within, &Hints::default())?.0;
    let whole = outer.iter().copied().max_by_key(|o| tie(place, *o))?;
    Some((place, whole))
}

/// The candidates that lie in every one of the outer places, by the closest tie that any has.
pub(super) fn narrowed(found: &[Place], outer: &[Vec<Place>]) -> Vec<Place> {
    let mut left = found.to_vec();
    for places in outer {
        let ties: Vec<u8> = left.iter().map(|c| places.iter().map(|o| tie(*c, *o)).max().unwrap_or(0)).collect();
        let best = ties.iter().copied().max().unwrap_or(0);
        let kept = left.iter().zip(&ties).filter(|(_, t)| **t == best && best > 0);
        left = kept.map(|(place, _)| *place).collect();
    }
    left
}

/// How surely `place` is told by `outer` written with it; 0 for not at all.
fn tie(place: Place, outer: Place) -> u8 {
    let at_home = place.country() == outer.country();
    match outer.kind() {
        Kind::Country if at_home && place.kind() != Kind::Country => 3,
        Kind::Region if place.kind() == Kind::City && place.region() == Some(outer) => 3,
        Kind::Country => u8::from(at_home),
        // Of some towns the table does not know the region.
        Kind::Region => u8::from(at_home && (place == outer || place.kind() == Kind::City && place.region().is_none())),
        Kind::City if place == outer => 1,
        Kind::City => 2 * u8::from(at_home && place.kind() == Kind::City && place.distance_km(outer) < NEARBY_KM),
    }
}

/// What is written with a town that the table lacks: the region or country, else the city
/// that Spanish agencies name the province by.
fn instead(outer: &[Vec<Place>], hints: &Hints) -> Option<(Place, &'static str)> {
    let places = outer.first()?;
    let mut wholes = places.iter().filter(|p| p.kind() != Kind::City);
    match (wholes.next(), wholes.next()) {
        (Some(whole), None) => Some((*whole, "qualifier")),
        (Some(whole), Some(next)) if whole.country() == next.country() => Some((*whole, "qualifier")),
        // A state that was: several countries share its name.
        (Some(_), Some(_)) => None,
        (None, _) => Some((decide("", places.clone(), hints)?.0, "qualifier")),
    }
}

/// Reads `德国汉堡`: a country or region, and without a space a place in it.
fn glued(key: &str, hints: &Hints) -> Option<(Place, &'static str)> {
    if key.is_ascii() {
        return None;
    }
    let cuts = key.char_indices().map(|(at, _)| at).skip(2).take(GLUED_CHARS_MAX);
    cuts.filter_map(|at| {
        let wholes: Vec<Place> = candidates(&key[..at]).into_iter().filter(|p| p.kind() != Kind::City).collect();
        let within = narrowed(&candidates(&key[at..]), &[wholes]);
        Some((decide(&key[at..], within, hints)?.0, "in-name"))
    })
    .next()
}

/// Reads `WASHINGTON DC` and `PORTLAND OREGON`: a region or country without its comma.
fn spaced(key: &str, outer: &[Vec<Place>], hints: &Hints) -> Option<(Place, &'static str)> {
    key.rmatch_indices(' ').find_map(|(at, _)| {
        let mut all = vec![qualifier(&key[at + 1..])];
        all.extend_from_slice(outer);
        let within = narrowed(&candidates(&key[..at]), &all);
        Some((decide(&key[..at], within, hints)?.0, "in-name"))
    })
}

/// Chooses among the places of one name.
fn decide(key: &str, mut found: Vec<Place>, hints: &Hints) -> Option<(Place, &'static str)> {
    found.sort_by_key(|p| std::cmp::Reverse(p.population()));
    found.dedup();
    if hints.in_text
        && let Some(decided) = text::decide(key, &found, hints)
    {
        return decided;
    }
    let found = distinct(key, &by_own_name(key, found));
    let (first, rest) = found.split_first()?;
    let Some(second) = rest.first() else { return Some((*first, "only")) };
    let is_own = |p: &Place| key_of(p.name()) == key;
    if let Some(code) = hints.agency_country.filter(|code| !is_own(first) && first.country() != *code) {
        let mut at_home = found.iter().filter(|p| p.country() == code && is_own(p));
        let enough = |p: &&Place| p.population() >= first.population() / DOMINANCE_OVER_OWN_NAME;
        if let (Some(home), None) = (at_home.next().filter(enough), at_home.next()) {
            return Some((*home, "agency-country"));
        }
    }
    if first.population() / DOMINANCE >= second.population().max(1) {
        return Some((*first, "population"));
    }
    let of = |code: &str| -> Option<Place> {
        let mut there = found.iter().filter(|p| p.country() == code);
        let place = there.next()?;
        let next = there.next().map_or(0, Place::population);
        (place.population() / DOMINANCE_AT_HOME >= next).then_some(*place)
    };
    // A place at the agency's home, where it is not dwarfed by the most populous.
    let home = hints.agency_country.and_then(of).filter(|p| p.population() >= first.population() / DOMINANCE);
    if is_renowned(*first, rest) && home.is_none_or(|h| h.population() <= first.population() / DOMINANCE_OVER_HOME) {
        return Some((*first, "renown"));
    }
    let is_whole = |p: &Place| p.kind() != Kind::City;
    let weighty = first.is_capital() || found.iter().all(is_whole) && first.kind() == Kind::Country;
    if weighty && home.is_none_or(|h| h.country() == first.country()) {
        return Some((*first, "capital"));
    }
    if let Some(home) = home.filter(|h| !weighty || h.is_capital()) {
        return Some((home, "agency-country"));
    }
    if let Some(place) = single(hints.countries.iter().copied(), of) {
        return Some((place, "text-country"));
    }
    if home.is_some() {
        // The agency's home says one, its rank the other.
        return None;
    }
    let of_language =
        hints.languages.iter().filter_map(|l| languages::find(l)).flat_map(|l| l.countries.iter().copied());
    if let Some(place) = single(of_language, of) {
        return Some((place, "language"));
    }
    let one_country = rest.iter().all(|p| p.country() == first.country());
    (one_country && first.population() / DOMINANCE_AT_HOME >= second.population()).then_some((*first, "population"))
}

/// Drops what only some language calls by the name of a large city: *Salvador* is in Bahia,
/// whatever San Salvador is called in French.
fn by_own_name(key: &str, mut found: Vec<Place>) -> Vec<Place> {
    let own = |p: &Place| p.kind() == Kind::City && key_of(p.name()) == key;
    let largest = found.iter().filter(|p| own(p)).map(Place::population).max().unwrap_or(0);
    if largest >= SECOND_DATELINE_MIN {
        found.retain(|p| key_of(p.name()) == key || p.kind() == Kind::City && p.population() > largest);
    }
    found
}

/// Tells whether a place is larger than the others and has many names where they have few:
/// the world has a name for Geneva on the lake, not for Geneva, N.Y. A capital is known too.
fn is_renowned(first: Place, rest: &[Place]) -> bool {
    const NAMES_MIN: usize = 15;
    const NAMES_OVER: usize = 5;
    let names = first.names_count();
    names >= NAMES_MIN
        && !rest.iter().any(Place::is_capital)
        && rest.iter().all(|p| p.names_count() * NAMES_OVER <= names && first.population() / 2 >= p.population())
}

/// The one place that the countries lead to, if they lead to one.
fn single<'a>(countries: impl Iterator<Item = &'a str>, of: impl Fn(&str) -> Option<Place>) -> Option<Place> {
    let mut places = countries.filter_map(of);
    let first = places.next()?;
    places.all(|p| p == first).then_some(first)
}

/// Drops what is the same place again: the country that has the name of a capital, the
/// region that has the name of its city, the smaller of two entries side by side.
pub(super) fn distinct(key: &str, found: &[Place]) -> Vec<Place> {
    let cities = || found.iter().filter(|p| p.kind() == Kind::City);
    let mut kept: Vec<Place> = Vec::new();
    for place in found {
        let keep = match place.kind() {
            Kind::Country => !cities().any(Place::is_capital),
            Kind::Region => {
                !cities().any(|c| c.population() >= place.population() / REGION_OVER_CITY && at_home(*c, *place))
            }
            Kind::City => !found.iter().any(|o| match o.kind() {
                Kind::Region => o.population() / REGION_OVER_CITY > place.population(),
                Kind::Country | Kind::City => false,
            }),
        };
        let twin = kept.iter().position(|k| k.kind() == place.kind() && k.distance_km(*place) < SAME_PLACE_KM);
        match twin {
            _ if !keep => {}
            Some(at) if place.kind() == Kind::City => {
                // Of two side by side, the one that is called so in the table.
                if key_of(place.name()) == key && key_of(kept[at].name()) != key {
                    kept[at] = *place;
                }
            }
            Some(_) | None => kept.push(*place),
        }
    }
    kept
}

/// Tells whether a city is in the region of the same name, or might be in one unknown.
fn at_home(city: Place, region: Place) -> bool {
    city.country() == region.country()
        || country(region.country()).is_none()
        || city.population() > region.population() / DOMINANCE
}
