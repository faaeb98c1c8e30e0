//! People, places and organisations as a story names them.

use super::{Evidence, PlaceRef, Span};
use serde::{Deserialize, Serialize};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EntityKind {
    /// A person or a family.
    Person,
    /// A place.
    Place,
    /// An organisation.
    Org,
}

impl EntityKind {
    /// Every kind, in the order of the listing.
    pub const ALL: [EntityKind; 3] = [EntityKind::Person, EntityKind::Place, EntityKind::Org];

    /// Returns the word used in queries and output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Place => "place",
            EntityKind::Org => "org",
        }
    }
}

/// A person, place or organisation as a story names it: all mentions of one bearer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// The name that all spellings of the bearer share: a row of a reference table
    /// (`q:putin`), a gazetteer id, or a key made from the name; absent where the story
    /// does not tell enough.
    pub id: Option<String>,
    /// The name in full, as the story gives it.
    pub name: String,
    /// Where it stands in the text, in order.
    pub mentions: Vec<Span>,
    /// The gazetteer entry, for a place that was resolved.
    pub place: Option<PlaceRef>,
    /// Why it is believed.
    pub evidence: Vec<Evidence>,
}
