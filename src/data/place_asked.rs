//! Places as a query or a list of counts names them: by a name alone, which may be of
//! several, or with what tells one of them apart, *Paris, Texas* and `Georgia [country]`.

use super::place_resolve::{candidates, divide, narrowed, qualifier};
use super::places::{Kind, Place, by_id, country_of, ids_for, key_of};

/// Words in brackets that tell a place by what it is.
const KINDS: [(&str, Kind); 3] = [("country", Kind::Country), ("region", Kind::Region), ("city", Kind::City)];

/// Of a town and the country around it that have one name, as city states do, the country has less than
/// this many times the people.
const STATE_OVER_CITY: u32 = 2;

/// Returns every place that a name asks for, the likeliest first; none where the table has no
/// such place, or none where it is said to lie.
///
/// ```
/// use dateline::data::place_asked::asked;
/// let places = asked("Paris, Texas");
/// assert!(places.iter().all(|p| p.country() == "US") && !places.is_empty());
/// ```
#[must_use]
pub fn asked(name: &str) -> Vec<Place> {
    let of_name = of_name(name, STATE_OVER_CITY);
    if of_name.is_empty() { told(name) } else { of_name }
}

/// The same where each place is asked for without what lies in it, and without what it lies in.
#[must_use]
pub fn asked_alone(name: &str) -> Vec<Place> {
    let of_name = of_name(name, 0);
    if of_name.is_empty() { told(name) } else { of_name }
}

fn of_name(name: &str, state_over_city: u32) -> Vec<Place> {
    by_usual_name(&key_of(name), ids_for(name).into_iter().filter_map(by_id).collect(), state_over_city)
}

/// The places of a name with what tells which is meant.
fn told(name: &str) -> Vec<Place> {
    let (head, outer) = divide(name);
    if outer.is_empty() {
        return Vec::new();
    }
    let mut found = named(head);
    let mut places: Vec<Vec<Place>> = Vec::new();
    for told in outer {
        match KINDS.iter().find(|(word, _)| key_of(told) == *word) {
            Some((_, kind)) => found.retain(|p| p.kind() == *kind),
            None => places.push(qualifier(&key_of(told))),
        }
    }
    if places.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    narrowed(&found, &places)
}

/// Drops what only some language calls by the name that another place goes by, where the two lie one in
/// the other or that one is the likelier: *Tunis* is the town, not Tunisia, *Mexico* no city, *Cuba* not Juba.
/// Of a state that is hardly more than its city either may be meant, and *Åland* is short for its islands.
fn by_usual_name(key: &str, found: Vec<Place>, state_over_city: u32) -> Vec<Place> {
    let is_usual = |place: &Place| key_of(place.name()) == key;
    let gives_way = |number: usize, place: &Place| {
        !is_usual(place)
            && found.iter().enumerate().filter(|(_, usual)| is_usual(usual)).any(|(other, usual)| {
                let is_one = place.population() / state_over_city.max(1) < usual.population() && state_over_city > 0;
                let is_short = key_of(place.name()).split(' ').any(|word| word == key);
                place.is_within(*usual) || usual.is_within(*place) && !is_one || other < number && !is_short
            })
    };
    let left = found.iter().enumerate().filter(|(number, place)| !gives_way(*number, place));
    left.map(|(_, place)| *place).collect()
}

/// Returns the places that have the first part of `name` where the rest of it tells of none
/// of them; none where there is no rest.
#[must_use]
pub fn namesakes(name: &str) -> Vec<Place> {
    let (head, outer) = divide(name);
    if outer.is_empty() || !asked(name).is_empty() { Vec::new() } else { named(head) }
}

fn named(head: &str) -> Vec<Place> {
    let ids: Vec<Place> = ids_for(head).into_iter().filter_map(by_id).collect();
    if ids.is_empty() { candidates(&key_of(head)) } else { ids }
}

/// Returns the name of a place with what tells it from others of that name, in a form that
/// [`asked`] reads as this place alone: `Paris [Texas]`, `Georgia [country]`.
#[must_use]
pub fn told_apart(place: Place) -> String {
    let name = place.name();
    let region = place.region().map(|r| r.name()).filter(|r| *r != name);
    let country = country_of(place).map(|c| c.name()).filter(|_| place.kind() != Kind::Country);
    let kind = KINDS.iter().find(|(_, kind)| *kind == place.kind()).map(|(word, _)| *word);
    let both = region.zip(country).map(|(r, c)| format!("{r}, {c}"));
    let of_kind = kind.zip(country).map(|(k, c)| format!("{k}, {c}"));
    let tries = [country.map(str::to_owned), region.map(str::to_owned), both, kind.map(str::to_owned), of_kind];
    let forms = tries.into_iter().flatten().map(|told| format!("{name} [{told}]"));
    let mut exact = forms.filter(|form| asked(form) == [place]);
    exact.next().unwrap_or_else(|| format!("{name} [{}]", place.id()))
}

#[cfg(test)]
mod tests {
    use super::{asked, asked_alone, namesakes, told_apart};
    use crate::data::places;

    fn ids(name: &str) -> Vec<&'static str> {
        asked(name).iter().map(|p| p.id()).collect()
    }

    #[test]
    fn what_is_written_with_a_name_tells_which_is_meant() {
        assert_eq!(ids("Paris, Texas"), ids("Paris [Texas]"));
        assert_eq!(ids("Paris, Texas"), ids("Paris (Texas, US)"));
        assert_eq!(ids("Georgia [US]"), ["r:US-GA"]);
        assert_eq!(ids("Georgia [country]"), ["c:GE"]);
        assert_eq!(ids("Georgia"), ["c:GE", "r:US-GA"]);
        assert!(asked("Tripoli, Libya").iter().all(|p| p.country() == "LY"));
        assert!(asked("Tripoli, Lebanon").iter().all(|p| p.country() == "LB"));
        assert!(ids("Paris, Nowhere").is_empty() && ids("Nowhere, Texas").is_empty() && ids("").is_empty());
    }

    #[test]
    fn a_usual_name_goes_before_what_languages_call_others() {
        assert_eq!(ids("Hong Kong").len(), 2);
        assert_eq!(asked_alone("Hong Kong").iter().map(|p| p.name()).collect::<Vec<_>>(), ["Hong Kong"]);
        for (name, id, other) in [
            ("Tunis", "g2464470", "c:TN"),
            ("Brasília", "g3469058", "c:BR"),
            ("Mexico", "c:MX", "g3530597"),
            ("Panama", "c:PA", "g3703443"),
        ] {
            let found = ids(name);
            assert!(
                places::by_id(other).is_some() && found.contains(&id) && !found.contains(&other),
                "{name}: {found:?}"
            );
        }
        // Rome is larger than the towns that are called Roma.
        assert_eq!(ids("Roma").first(), ids("Rome").first());
    }

    #[test]
    fn namesakes_are_told_where_the_place_is_none_of_them() {
        assert!(namesakes("Paris, Poland").len() > 1);
        assert!(namesakes("Paris").is_empty() && namesakes("Paris, Texas").is_empty());
    }

    #[test]
    fn every_place_is_asked_for_by_its_own_label() {
        for place in places::all() {
            let label = told_apart(place);
            let own = format!("{} [{}]", place.name(), place.id());
            assert!(label == own || asked(&label) == [place], "{label}");
        }
        let georgia = places::by_id("c:GE").map(told_apart);
        assert_eq!(georgia.as_deref(), Some("Georgia [country]"));
        let texan = asked("Paris, Texas").first().copied().map(told_apart);
        assert_eq!(texan.as_deref(), Some("Paris [Texas]"));
    }
}
