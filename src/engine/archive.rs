//! The archive's folder: what lies in it, how it is recognised, who may write.

use super::schema::{ANALYSIS_VERSION, build};
use super::{coded, read_only::ReadOnly, shared::Shared};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use tantivy::directory::error::{OpenDirectoryError, OpenReadError};
use tantivy::directory::{Directory, MmapDirectory};
use tantivy::schema::Schema;
use tantivy::{Index, IndexSettings, TantivyError};

/// Layout of the folder. Raise it when files move or change their meaning.
const FORMAT_VERSION: u32 = 1;
pub(super) const MARKER: &str = "dateline.json";
const STORE: &str = "store";
const LOCK: &str = "writer.lock";
/// How long a look at the lock may hold it.
const LOOK: std::time::Duration = std::time::Duration::from_millis(50);

/// What can be wrong with an archive.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// There is nothing there.
    #[error("there is no archive in {0}")]
    Missing(PathBuf),
    /// The folder holds something else.
    #[error("{0} is not a dateline archive: it holds other files")]
    Foreign(PathBuf),
    /// Made by another version.
    #[error("the archive in {folder} was made by {made} of the format; this program reads {reads}")]
    Version {
        /// The archive's folder.
        folder: PathBuf,
        /// Which version made it.
        made: String,
        /// Which version this program reads.
        reads: String,
    },
    /// A file is missing, cut or altered.
    #[error("the archive in {folder} is damaged: {what}")]
    Damaged {
        /// The archive's folder.
        folder: PathBuf,
        /// What was found.
        what: String,
    },
    /// Another process writes.
    #[error("the archive in {folder} is being written by {holder}")]
    Locked {
        /// The archive's folder.
        folder: PathBuf,
        /// Who holds the lock, as it wrote itself down.
        holder: String,
    },
    /// It is another user's, who does not let it be read.
    #[error("{0} cannot be read: permission denied")]
    Unreadable(PathBuf),
    /// The file system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// A thread that writes has ended.
    #[error(
        "the archive in {folder} cannot be written further: the disk is full, a file may not be written, \
         or one is damaged; what was committed stays"
    )]
    Unwritten {
        /// The archive's folder.
        folder: PathBuf,
    },
    /// The engine refused.
    #[error("the archive in {folder}: {source}")]
    Engine {
        /// The archive's folder.
        folder: PathBuf,
        /// The reason.
        source: tantivy::TantivyError,
    },
}

impl ArchiveError {
    /// Returns what the user may do next.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            ArchiveError::Missing(_) => "make one with: dateline index FOLDER",
            ArchiveError::Foreign(_) => "name another folder with --index",
            ArchiveError::Version { .. } => "rebuild it from its sources with: dateline index --rebuild FOLDER",
            ArchiveError::Damaged { .. } => {
                "see: dateline check; make it anew from its sources with: dateline check --repair"
            }
            ArchiveError::Locked { .. } => "wait for it to end, then try again",
            ArchiveError::Unreadable(_) => {
                "ask its owner for the right to read it, or name another folder with --index"
            }
            ArchiveError::Unwritten { .. } => "make room and run it again; see: dateline check",
            ArchiveError::Io { source, .. } => match source.kind() {
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                    "get the right to write there, or name another folder with --index"
                }
                ErrorKind::NotADirectory => "name a folder with --index",
                _ => "see: dateline check",
            },
            ArchiveError::Engine { .. } => "see: dateline check",
        }
    }
}

/// What a commit says of itself, in the engine's own commit record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Version of words, stems and schema.
    pub analysis: u32,
    /// Grows by one with each commit that changed something.
    pub generation: u64,
    /// Name of the ledger file.
    pub ledger: String,
    /// How many of its bytes count.
    pub ledger_bytes: u64,
    /// Hash of those bytes, hexadecimal.
    pub ledger_hash: String,
    /// How many stories the commit holds.
    pub stories: u64,
}

#[derive(Serialize, Deserialize)]
struct Marker {
    dateline_archive: u32,
}

/// A recognised archive folder.
#[derive(Clone, Debug)]
pub struct Archive {
    folder: PathBuf,
    #[cfg(test)]
    faults: Option<super::failing::Faults>,
}

impl Archive {
    /// Recognises the archive in `folder`.
    ///
    /// # Errors
    /// Missing, foreign, or of another format.
    pub fn find(folder: &Path) -> Result<Archive, ArchiveError> {
        let archive = Archive::unrecognised(folder);
        match fs::read(folder.join(MARKER)) {
            Ok(bytes) => {
                let marker: Marker = serde_json::from_slice(&bytes)
                    .map_err(|e| archive.damaged(format!("{MARKER} cannot be read: {e}")))?;
                if marker.dateline_archive == FORMAT_VERSION {
                    Ok(archive)
                } else {
                    Err(archive.version(format!("version {}", marker.dateline_archive), FORMAT_VERSION))
                }
            }
            Err(e) if e.kind() == ErrorKind::NotFound => {
                if archive.store().join("meta.json").exists() {
                    Err(archive.damaged(format!("{MARKER} is missing")))
                } else if is_vacant(folder) {
                    Err(ArchiveError::Missing(folder.to_owned()))
                } else {
                    Err(ArchiveError::Foreign(folder.to_owned()))
                }
            }
            Err(e) if e.kind() == ErrorKind::PermissionDenied => Err(ArchiveError::Unreadable(folder.join(MARKER))),
            Err(source) => Err(ArchiveError::Io { path: folder.join(MARKER), source }),
        }
    }

    /// Recognises the archive in `folder`, or makes an empty one where there is nothing.
    ///
    /// # Errors
    /// Foreign, of another format, or the file system refuses.
    pub fn find_or_create(folder: &Path) -> Result<Archive, ArchiveError> {
        match Archive::find(folder) {
            Err(ArchiveError::Missing(_)) => {}
            found => return found,
        }
        let archive = Archive::unrecognised(folder);
        fs::create_dir_all(archive.store()).map_err(|source| ArchiveError::Io { path: archive.store(), source })?;
        // Written whole under another name first, its own for each process: a marker is never half there, and two
        // that make the archive at once do not take each other's away.
        let marker = archive.folder.join(MARKER);
        let fresh = archive.folder.join(format!("{MARKER}.{}.new", std::process::id()));
        let text = format!("{{\"dateline_archive\":{FORMAT_VERSION}}}\n");
        fs::write(&fresh, text)
            .and_then(|()| fs::rename(&fresh, &marker))
            .map_err(|source| ArchiveError::Io { path: marker, source })?;
        Ok(archive)
    }

    /// Returns the archive in `folder` without a look at it.
    pub(super) fn unrecognised(folder: &Path) -> Archive {
        Archive {
            folder: folder.to_owned(),
            #[cfg(test)]
            faults: None,
        }
    }

    #[cfg(test)]
    pub(super) fn with_faults(mut self, faults: super::failing::Faults) -> Archive {
        self.faults = Some(faults);
        self
    }

    /// Returns what stands for all of `archives` in messages: the one, or their folders' names
    /// in one; `None` where there is none.
    pub(super) fn all_of(archives: &[Archive]) -> Option<Archive> {
        let [_, _, ..] = archives else { return archives.first().cloned() };
        let names: Vec<_> = archives.iter().map(|a| a.folder.to_string_lossy()).collect();
        Some(Archive::unrecognised(Path::new(&names.join(" or "))))
    }

    /// Removes the archive's content, so that it is rebuilt from its sources.
    ///
    /// # Errors
    /// Another process writes, or the file system refuses.
    pub fn clear(folder: &Path) -> Result<(), ArchiveError> {
        let _lock = Archive::unrecognised(folder).lock()?;
        Archive::clear_locked(folder)
    }

    /// The same where this process writes.
    pub(super) fn clear_locked(folder: &Path) -> Result<(), ArchiveError> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| ArchiveError::Io { path, source }
        };
        let store = folder.join(STORE);
        if store.exists() {
            fs::remove_dir_all(&store).map_err(io(&store))?;
        }
        for entry in fs::read_dir(folder).map_err(io(folder))?.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with("ledger-") || name.starts_with(MARKER) {
                fs::remove_file(entry.path()).map_err(io(&entry.path()))?;
            }
        }
        Ok(())
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.folder.join(STORE)
    }

    pub(crate) fn damaged(&self, what: impl Into<String>) -> ArchiveError {
        ArchiveError::Damaged { folder: self.folder.clone(), what: what.into() }
    }

    /// Says why the engine cannot read: a file that is kept from this user is whole.
    pub(crate) fn unread(&self, error: &tantivy::TantivyError) -> ArchiveError {
        let (cause, path) = match error {
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
                (io_error, filepath.as_path())
            }
            TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, directory_path }) => {
                (io_error, directory_path.as_path())
            }
            TantivyError::IoError(io_error) => (io_error, Path::new("")),
            other => return self.damaged(other.to_string()),
        };
        match cause.kind() {
            ErrorKind::PermissionDenied => ArchiveError::Unreadable(self.store().join(path)),
            _ => self.damaged(error.to_string()),
        }
    }

    pub(super) fn version(&self, made: String, reads: u32) -> ArchiveError {
        ArchiveError::Version { folder: self.folder.clone(), made, reads: format!("version {reads}") }
    }

    pub(crate) fn engine(&self, source: tantivy::TantivyError) -> ArchiveError {
        let folder = self.folder.clone();
        match source {
            // The engine keeps the cause to itself; its threads fail at nothing but files.
            tantivy::TantivyError::ErrorInThread(_) => ArchiveError::Unwritten { folder },
            source => ArchiveError::Engine { folder, source },
        }
    }

    /// Opens tantivy's index for reading: nothing is written, not even a lock file.
    pub(crate) fn open_for_reading(&self) -> Result<Index, ArchiveError> {
        let directory = MmapDirectory::open(self.store()).map_err(|e| self.unread(&e.into()))?;
        let index = Index::open(ReadOnly::new(directory)).map_err(|e| self.unread(&e))?;
        self.check_schema(&index, &build().0)?;
        Ok(index)
    }

    /// Opens tantivy's index for writing, making it where the archive is new.
    pub(crate) fn open_for_writing(&self) -> Result<Index, ArchiveError> {
        let directory = self.directory()?;
        let (schema, _) = build();
        let expected = schema.clone();
        let exists = Index::exists(directory.as_ref()).map_err(|e| self.unread(&e.into()))?;
        let index = if exists {
            Index::open(directory).map_err(|e| self.unread(&e))?
        } else {
            let settings = IndexSettings {
                docstore_compression: tantivy::store::Compressor::Zstd(tantivy::store::ZstdCompressor::default()),
                docstore_blocksize: 16 * 1024,
                // Readers and indexing threads fill the processors already.
                docstore_compress_dedicated_thread: false,
                ..IndexSettings::default()
            };
            Index::create(directory, schema, settings).map_err(|e| self.engine(e))?
        };
        self.check_schema(&index, &expected)?;
        Ok(index)
    }

    /// The directory that is written to.
    fn directory(&self) -> Result<Box<dyn Directory>, ArchiveError> {
        let directory = MmapDirectory::open(self.store()).map_err(|e| self.unread(&e.into()))?;
        #[cfg(test)]
        if let Some(faults) = &self.faults {
            return Ok(Box::new(super::failing::Failing(directory, faults.clone())));
        }
        Ok(Box::new(Shared::new(directory, self)))
    }

    /// Compares the index's schema with this program's, and gives it our tokenizers.
    pub(super) fn check_schema(&self, index: &Index, expected: &Schema) -> Result<(), ArchiveError> {
        if index.schema() != *expected {
            return Err(self.version("another schema".to_owned(), ANALYSIS_VERSION));
        }
        coded::register(index.tokenizers());
        Ok(())
    }

    /// Returns what the last commit says of itself.
    pub(crate) fn state(&self, index: &Index) -> Result<State, ArchiveError> {
        let metas = index.load_metas().map_err(|e| self.unread(&e))?;
        self.state_of(metas.payload)
    }

    /// Reads what a commit says of itself; the first one, of an empty archive, says nothing.
    pub(super) fn state_of(&self, payload: Option<String>) -> Result<State, ArchiveError> {
        let Some(payload) = payload else { return Ok(State { analysis: ANALYSIS_VERSION, ..State::default() }) };
        let state: State = serde_json::from_str(&payload)
            .map_err(|e| self.damaged(format!("the commit record cannot be read: {e}")))?;
        if state.analysis != ANALYSIS_VERSION {
            return Err(self.version(format!("analysis {}", state.analysis), ANALYSIS_VERSION));
        }
        Ok(state)
    }

    /// Tells who writes the archive just now, as it wrote itself down; nothing where nobody does, or
    /// the lock may not be looked at.
    pub(crate) fn writer(&self) -> Option<String> {
        let mut file = fs::File::open(self.folder.join(LOCK)).ok()?;
        match file.try_lock_shared() {
            Err(fs::TryLockError::WouldBlock) => Some(holder(&mut file)),
            Ok(()) | Err(fs::TryLockError::Error(_)) => None,
        }
    }

    /// Takes the one writer's place, until the returned file is dropped. The lock is the
    /// operating system's: it goes with the process, whatever becomes of the file.
    pub(crate) fn lock(&self) -> Result<fs::File, ArchiveError> {
        let path = self.folder.join(LOCK);
        let io = |source| ArchiveError::Io { path: path.clone(), source };
        let mut file =
            fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(io)?;
        let mut taken = file.try_lock();
        if matches!(taken, Err(fs::TryLockError::WouldBlock)) {
            // A check that looks whether somebody writes holds it for a moment.
            std::thread::sleep(LOOK);
            taken = file.try_lock();
        }
        match taken {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => {
                return Err(ArchiveError::Locked { folder: self.folder.clone(), holder: holder(&mut file) });
            }
            Err(fs::TryLockError::Error(source)) => return Err(io(source)),
        }
        file.set_len(0).and_then(|()| file.rewind()).map_err(io)?;
        writeln!(file, "process {}", std::process::id()).map_err(io)?;
        Ok(file)
    }
}

/// Reads who holds the lock.
fn holder(file: &mut fs::File) -> String {
    let mut holder = String::new();
    let _ = file.read_to_string(&mut holder);
    if holder.trim().is_empty() { "another process".to_owned() } else { holder.trim().to_owned() }
}

/// Tells whether nothing stands in the way of making an archive in `folder`.
fn is_vacant(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return !folder.exists() };
    // What a first run that was cut short leaves, and the file that keeps the folder in git.
    entries.flatten().all(|e| {
        let name = e.file_name();
        let name = name.to_string_lossy();
        let ours = name == STORE || name == LOCK || name.starts_with(MARKER);
        let kept = super::salvage::is_list(&name)
            || super::keys_file::is_keys(&name)
            || super::named_file::is_named(&name)
            || name == super::CORRECTIONS_FILE;
        ours || kept || name == ".gitkeep"
    })
}
