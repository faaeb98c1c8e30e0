//! Names that several bearers have, told apart in a form that a reader understands and a
//! query takes: `Senate [France]`, `Paris [Texas]`, `AFP [none]`.

use super::corrections::{APART, MERGED};
use crate::data::place_asked;
use crate::data::{known, places};
use crate::story::EntityKind;

/// In the place of what tells a bearer apart, behind the name of one that nothing told.
pub(super) const NO_ID: &str = "none";

/// Returns a name with what tells its bearer from others of that name.
#[must_use]
pub fn told_apart(kind: EntityKind, name: &str, id: &str) -> String {
    if id.is_empty() {
        return format!("{name} [{NO_ID}]");
    }
    if let Some(place) = places::by_id(id).filter(|_| kind == EntityKind::Place) {
        return place_asked::told_apart(place);
    }
    let country =
        id.strip_prefix("n:").and_then(|rest| rest.split_once(':')).and_then(|(code, _)| places::country(code));
    let of_country = country.map(|c| format!("{name} [{}]", c.name()));
    of_country.filter(|label| with_id(label).is_some_and(|(_, own)| own == id)).unwrap_or(format!("{name} [{id}]"))
}

/// Parts a name from what stands in brackets behind it, as the id that it stands for.
pub(super) fn with_id(asked: &str) -> Option<(&str, String)> {
    let (name, told) = asked.strip_suffix(']')?.rsplit_once(" [")?;
    if name.is_empty() || told.is_empty() {
        return None;
    }
    if let (Some(body), [country]) = (known::body(name), country(told).as_slice()) {
        return Some((name, format!("n:{country}:{}", body.id())));
    }
    // Whom the user corrected has a name for an id.
    let is_id = !told.contains(char::is_whitespace) || [MERGED, APART].iter().any(|mark| told.starts_with(mark));
    is_id.then(|| (name, told.to_owned()))
}

/// The codes of the countries of a name or code.
fn country(name: &str) -> Vec<&'static str> {
    let found = places::ids_for(name).into_iter();
    found.filter_map(|id| id.strip_prefix("c:")).collect()
}

#[cfg(test)]
mod tests {
    use super::{told_apart, with_id};
    use crate::data::places;
    use crate::story::EntityKind::{Org, Person, Place};

    #[test]
    fn a_label_is_read_as_the_bearer_that_it_is_of() {
        for (name, id, label) in [
            ("National Assembly", "n:KR:national-assembly", "National Assembly [South Korea]"),
            ("Senate", "n:FR:senate", "Senate [France]"),
            ("AFP", "", "AFP [none]"),
            ("AFP", "q:afp", "AFP [q:afp]"),
        ] {
            assert_eq!(told_apart(Org, name, id), label);
            let read = with_id(label).map(|(_, id)| id);
            assert_eq!(read.as_deref(), Some(if id.is_empty() { "none" } else { id }), "{label}");
        }
        assert_eq!(told_apart(Person, "George Bush", "q:bush-george"), "George Bush [q:bush-george]");
        assert_eq!(told_apart(Place, "Georgia", "c:GE"), "Georgia [country]");
        assert!(places::by_id("c:GE").is_some());
    }

    #[test]
    fn what_is_no_label_is_a_name() {
        for name in ["Senate", "Senate []", "[US]", "Sunday [Times", "Club [of the North]"] {
            assert_eq!(with_id(name), None, "{name}");
        }
    }
}
