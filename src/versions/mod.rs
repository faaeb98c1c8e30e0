//! Whether two texts are versions of one dispatch: sent again, cut, corrected, written through,
//! taken up by another desk or told in other words.
//!
//! A text is held against another by its *shingles*, runs of three words (A. Broder, *On the
//! resemblance and containment of documents*, 1997), by its words, each as much as it is rare,
//! and by its figures. What two dispatches of one pattern share, a bond issue or a bulletin, are
//! the words of the pattern; what they do not are names and figures. [`sketch`] is a sample of
//! the shingles by which those that may be versions are found among many.
//!
//! Knows texts only: which stories are compared, and what their senders say, is for `search`.

use crate::story::Story;

mod compare;
mod groups;
mod outline;
mod pairs;
mod tokens;

pub use compare::{Likeness, Relation};
pub use groups::Groups;
pub use outline::{Outline, sketch};
pub use pairs::{Pair, Sketches};

/// The parts of a story that are compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Compared<'a> {
    /// The headline, wherever it was read.
    pub headline: &'a str,
    /// The text behind the dateline, up to the sign-off.
    pub body: &'a str,
}

impl<'a> Compared<'a> {
    /// The parts of `story`: neither the dateline, which a desk writes anew, nor the sign-off.
    #[must_use]
    pub fn of(story: &'a Story) -> Compared<'a> {
        let (start, end) = (story.layout.lead_start as usize, story.layout.body_end as usize);
        let headline = story.headline.as_ref().map_or("", |headline| headline.value.as_str());
        Compared { headline, body: story.text.get(start..end).unwrap_or("") }
    }
}
