//! Files that lie elsewhere now: in a folder that was renamed, or under another root.
//!
//! A new file with the bytes of one that the archive knows, and that is no longer there, is that
//! file: its stories would else be in the archive twice. As long as both are there, both count.

use crate::engine::{Ledger, path_of};
use rustc_hash::FxHashSet;
use std::sync::{Mutex, PoisonError};

/// Files that may have moved.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// Contents of files that a walk below the same roots no longer met: they are taken out anyway.
    gone: FxHashSet<[u8; 16]>,
    /// Contents and numbers of files that nothing was said of, in their order.
    elsewhere: Vec<([u8; 16], u32)>,
    taken: Mutex<FxHashSet<u32>>,
}

impl Moves {
    /// Takes the contents of files that are gone, and the files that were not looked for.
    pub(super) fn new(gone: FxHashSet<[u8; 16]>, mut elsewhere: Vec<([u8; 16], u32)>) -> Moves {
        elsewhere.sort_unstable();
        Moves { gone, elsewhere, taken: Mutex::default() }
    }

    /// Tells whether a new file with this content is one that is gone.
    pub(super) fn is_gone(&self, content: &[u8; 16]) -> bool {
        self.gone.contains(content)
    }

    /// Returns the paths, each once, at which a file with this content lay and lies no more.
    pub(super) fn left(&self, ledger: &Ledger, content: &[u8; 16]) -> Vec<Vec<u8>> {
        let first = self.elsewhere.partition_point(|(other, _)| other < content);
        let same = self.elsewhere[first..].iter().take_while(|(other, _)| other == content);
        let mut left = Vec::new();
        for (_, number) in same {
            let path = ledger.path(*number as usize);
            let is_absent =
                std::fs::symlink_metadata(path_of(&path)).is_err_and(|e| e.kind() == std::io::ErrorKind::NotFound);
            if is_absent && self.taken.lock().unwrap_or_else(PoisonError::into_inner).insert(*number) {
                left.push(path);
            }
        }
        left
    }
}
