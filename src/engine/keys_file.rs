//! The mapping of keys that an archive is read with, as text in its folder: a run without
//! one, and a repair, read as the runs before.
//!
//! A new one is written under another name first and gets its own when everything that it
//! bears on has been read: a run that was cut short is made good by the next.

use super::ArchiveError;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const NAME: &str = "keys.map";
const NEW: &str = "keys.map.new";

/// Where the mapping of an archive lies.
#[derive(Debug)]
pub struct KeysFile {
    folder: PathBuf,
}

impl KeysFile {
    /// Returns the file of the archive in `folder`.
    #[must_use]
    pub fn of(folder: &Path) -> KeysFile {
        KeysFile { folder: folder.to_owned() }
    }

    /// Returns the mapping, and whether a run with it was cut short.
    #[must_use]
    pub fn read(&self) -> (Option<String>, bool) {
        if let Ok(text) = fs::read_to_string(self.folder.join(NEW)) {
            return (Some(text), true);
        }
        (fs::read_to_string(self.folder.join(NAME)).ok(), false)
    }

    /// Notes the mapping that a run begins with.
    ///
    /// # Errors
    /// The file system refuses.
    pub fn begin(&self, text: &str) -> Result<(), ArchiveError> {
        let path = self.folder.join(NEW);
        fs::write(&path, text).map_err(|source| ArchiveError::Io { path, source })
    }

    /// Notes that everything was read with the new mapping; without one nothing is done.
    ///
    /// # Errors
    /// The file system refuses.
    pub fn end(&self) -> Result<(), ArchiveError> {
        let path = self.folder.join(NAME);
        match fs::rename(self.folder.join(NEW), &path) {
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(()),
            other => other.map_err(|source| ArchiveError::Io { path, source }),
        }
    }
}

/// Tells whether a file in an archive's folder is its mapping.
pub(super) fn is_keys(name: &str) -> bool {
    name == NAME || name == NEW
}
