//! Keys of references: no two alike in one list.

use crate::story::StoryId;
use rustc_hash::FxHashMap;

/// The keys given out so far.
#[derive(Default)]
pub(super) struct Keys {
    given: FxHashMap<StoryId, u32>,
}

impl Keys {
    /// Returns the key of the next story of that id: the id, and behind those of its
    /// copies `-2`, `-3` and so on. An id has no hyphen, so that no key is another's.
    pub(super) fn next(&mut self, id: StoryId) -> String {
        let number = self.given.entry(id).or_default();
        *number += 1;
        if *number == 1 { id.to_string() } else { format!("{id}-{number}") }
    }
}

#[cfg(test)]
mod tests {
    use super::{Keys, StoryId};

    #[test]
    fn copies_have_keys_of_their_own() {
        let mut keys = Keys::default();
        let given: Vec<String> = [1, 2, 1, 1].map(|n| keys.next(StoryId(n))).into();
        assert_eq!(given, ["0000000000000001", "0000000000000002", "0000000000000001-2", "0000000000000001-3"]);
    }
}
