//! Names across scripts: whether two spellings may be of one bearer.
//!
//! A letter stands for a set of sounds (`data/sounds.tsv`): *j* is the sound of *Jean*, of
//! *John*, of *Jan* or of *Juan*. Two words agree where their sets meet, letter for letter,
//! with small costs for vowels that Arabic and Hebrew do not write, and for near sounds.
//! Nothing here knows who a name belongs to: it says how likely two spellings are one, and
//! never merges two people because they share a surname.

mod compare;
mod distance;
mod ear;
mod inflection;
mod keys;
mod parts;
mod respelt;
mod romanised;
mod runs;
mod sieve;
mod sounds;
mod sure;
mod vowels;

pub use compare::{Comparison, Name, SAME_MIN, SAME_SCRIPT_MIN, compare};
pub use ear::Ear;
pub use inflection::{base_forms, is_locative, is_oblique};
pub use keys::Buckets;
pub use parts::pieces;
pub use respelt::{are_respelt, is_latin};
pub use runs::is_korean;
pub use sure::{are_spelt_alike, are_surely_one};
