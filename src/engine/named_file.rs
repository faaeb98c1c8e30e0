//! The folders that an archive was made from, as they were named, in a list beside it: a run that
//! names nothing refreshes them.
//!
//! Files that were named by themselves are not in it: the ledger has them.

use super::{ArchiveError, path_of};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const NAME: &str = "folders.list";

/// Returns the folders that were named to the archive in `folder`; `None` where no run has noted any.
#[must_use]
pub fn named_folders(folder: &Path) -> Option<Vec<PathBuf>> {
    let list = fs::read(folder.join(NAME)).ok()?;
    Some(list.split(|b| *b == 0).filter(|p| !p.is_empty()).map(path_of).collect())
}

/// Notes what a run was given, beside what is noted; what is missing is dropped where it is to be
/// forgotten.
///
/// # Errors
/// The file system refuses.
pub fn note_folders(folder: &Path, given: &[PathBuf], forget: bool) -> Result<(), ArchiveError> {
    let before = named_folders(folder);
    let noted = before.iter().flatten().chain(given.iter().filter(|path| path.is_dir()));
    let noted: BTreeSet<&PathBuf> = noted.filter(|path| !forget || path.exists()).collect();
    // What lies in another is read with it.
    let outer = |path: &&&PathBuf| !path.ancestors().skip(1).any(|above| noted.contains(&above.to_path_buf()));
    let list: Vec<&[u8]> = noted.iter().filter(outer).map(|path| path.as_os_str().as_encoded_bytes()).collect();
    let list = list.join(&0);
    let path = folder.join(NAME);
    if before.is_some() && fs::read(&path).is_ok_and(|old| old == list) {
        return Ok(());
    }
    let fresh = folder.join(format!("{NAME}.new"));
    let write = fs::write(&fresh, list).and_then(|()| fs::rename(&fresh, &path));
    write.map_err(|source| ArchiveError::Io { path, source })
}

/// Tells whether a file in an archive's folder is this list.
pub(super) fn is_named(name: &str) -> bool {
    name.starts_with(NAME)
}
