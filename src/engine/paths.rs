//! Many paths in little memory: each folder once, the names one behind the other.
//!
//! An archive of a million files would hold some 200 MB of paths; here it holds 15.

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;
use std::path::PathBuf;

/// Where a path lies in its [`Paths`].
#[derive(Clone, Copy, Debug)]
pub struct PathAt {
    name: u64,
    length: u32,
    folder: u32,
}

/// A list of paths, as bytes.
#[derive(Debug, Default)]
pub struct Paths {
    folders: Vec<Box<[u8]>>,
    /// Folders by the hash of their bytes. Two folders of one hash only cost a second entry.
    by_hash: FxHashMap<u64, u32>,
    names: Vec<u8>,
}

impl Paths {
    /// Adds a path; adding it twice gives two entries.
    pub fn push(&mut self, path: &[u8]) -> PathAt {
        let cut = path.iter().rposition(|b| matches!(b, b'/' | b'\\')).map_or(0, |slash| slash + 1);
        let (folder, name) = path.split_at(cut);
        let folder = self.folder(folder);
        let at = self.names.len() as u64;
        self.names.extend_from_slice(name);
        PathAt { name: at, length: u32::try_from(name.len()).unwrap_or(u32::MAX), folder }
    }

    fn folder(&mut self, folder: &[u8]) -> u32 {
        let hash = hash(folder);
        if let Some(&at) = self.by_hash.get(&hash)
            && *self.folders[at as usize] == *folder
        {
            return at;
        }
        let at = u32::try_from(self.folders.len()).unwrap_or(u32::MAX);
        self.folders.push(folder.into());
        self.by_hash.insert(hash, at);
        at
    }

    fn parts(&self, at: PathAt) -> (&[u8], &[u8]) {
        let from = usize::try_from(at.name).unwrap_or(usize::MAX);
        (&self.folders[at.folder as usize], &self.names[from..from + at.length as usize])
    }

    /// Returns the bytes of a path.
    #[must_use]
    pub fn get(&self, at: PathAt) -> Vec<u8> {
        let (folder, name) = self.parts(at);
        [folder, name].concat()
    }

    /// Tells whether the path at `at` is `path`.
    #[must_use]
    pub fn is(&self, at: PathAt, path: &[u8]) -> bool {
        let (folder, name) = self.parts(at);
        path.len() == folder.len() + name.len() && path.starts_with(folder) && path.ends_with(name)
    }
}

/// Hash of a path's bytes within one process.
pub(super) fn hash(path: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(path);
    hasher.finish()
}

/// Returns the path that bytes of the ledger name.
#[cfg(unix)]
#[must_use]
pub fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// Returns the path that bytes of the ledger name.
#[cfg(not(unix))]
#[must_use]
pub fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::Paths;

    proptest::proptest! {
        #[test]
        fn what_goes_in_comes_out(list in proptest::collection::vec("[ab/]{0,8}", 0..40)) {
            let mut paths = Paths::default();
            let at: Vec<_> = list.iter().map(|p| paths.push(p.as_bytes())).collect();
            for (path, at) in list.iter().zip(at) {
                proptest::prop_assert_eq!(paths.get(at), path.as_bytes());
                proptest::prop_assert!(paths.is(at, path.as_bytes()));
                let longer = format!("{path}a");
                proptest::prop_assert!(!paths.is(at, longer.as_bytes()));
            }
        }
    }
}
