//! Characters and words: the one folding and the one word division of the project.
//!
//! Index, queries, name tables and recognisers all go through here, so that a word
//! typed and a word printed meet. Knows nothing of stories, languages or engines.

pub mod cuts;
pub mod fold;
pub mod marks;
pub mod sentences;
pub mod words;

pub use fold::{fold, fold_into, seen};
pub(crate) use sentences::begins_paragraph;
pub use sentences::{Boundary, boundary};
pub use words::{Word, stands_alone, words};

/// Returns the letters and digits of a text in lower case: what is compared where signs and blanks
/// do not count.
///
/// ```
/// assert_eq!(dateline::text::letters("Pub-Date: 3 МАЯ"), "pubdate3мая");
/// ```
#[must_use]
pub fn letters(text: &str) -> String {
    if text.is_ascii() {
        return text.bytes().filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_lowercase())).collect();
    }
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
