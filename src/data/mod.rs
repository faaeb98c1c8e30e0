//! Reference tables and their look-ups: agencies, places, languages, months. The tables
//! lie in `data/` as text that anybody can edit; what is wrong in them fails the build or
//! a test with its line.

pub mod agencies;
pub mod before_names;
pub mod calendars;
pub mod callings;
pub mod continents;
#[cfg(test)]
pub(crate) mod date_forms;
pub mod flags;
pub mod function_words;
pub mod given_names;
pub mod han_names;
pub mod irregular;
pub mod known;
pub mod languages;
mod memory;
pub mod months;
pub mod no_names;
pub mod place_asked;
mod place_key;
mod place_resolve;
#[cfg(test)]
mod place_tests;
mod place_text;
pub mod places;
pub mod quoting;
pub mod spelled;
mod time_kind;
mod time_lexicon;
pub mod times;
pub mod zones;
