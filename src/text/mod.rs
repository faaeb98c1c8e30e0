//! Characters and words: the one folding and the one word division of the project.
//!
//! Index, queries, name tables and recognisers all go through here, so that a word
//! typed and a word printed meet. Knows nothing of stories, languages or engines.

pub mod fold;
pub mod sentences;
pub mod words;

pub use fold::{fold, fold_into};
pub use sentences::{Boundary, boundary};
pub use words::{Word, stands_alone, words};
