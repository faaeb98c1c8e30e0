//! Tantivy's folder, written so that whoever may read the archive may read all of it, and read so
//! that a merge does not hold all that it merges.
//!
//! Tantivy writes its two small books, `meta.json` and `.managed.json`, as temporary files
//! first, which operating systems keep from other users; their mode stays when they take
//! their names. Here they get the mode of the archive's marker, which the user's own mask
//! made.

use super::Archive;
use super::archive::MARKER;
use super::windowed::{self, Windowed};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// Bytes that are written at once. Page caches keep what is written together in pages that are as
/// long, and a query that touches one of them maps it as a whole: with 8 KiB at a time a list of a
/// million stories took a fifth longer.
const WRITTEN_AT_ONCE: usize = 128 << 10;

#[derive(Clone, Debug)]
pub(super) struct Shared {
    directory: MmapDirectory,
    store: PathBuf,
    marker: PathBuf,
}

impl Shared {
    pub(super) fn new(directory: MmapDirectory, archive: &Archive) -> Shared {
        Shared { directory, store: archive.store(), marker: archive.folder().join(MARKER) }
    }

    /// Gives the file at `path` the mode of the marker. Where that fails the file stays as
    /// it is: nothing is lost but that others can read it.
    fn share(&self, path: &Path) {
        if let Ok(marker) = std::fs::metadata(&self.marker)
            && !marker.permissions().readonly()
        {
            let _ = std::fs::set_permissions(self.store.join(path), marker.permissions());
        }
    }
}

impl Directory for Shared {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if windowed::is_for(path) {
            return Ok(Arc::new(Windowed::open(&self.store, path)?));
        }
        self.directory.get_file_handle(path)
    }
    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.directory.delete(path)
    }
    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.directory.exists(path)
    }
    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let file = self.directory.open_write(path)?.into_inner();
        let file = file.map_err(|e| OpenWriteError::wrap_io_error(e.into_error(), path.to_owned()))?;
        // The engine puts a short buffer of its own before what it is given.
        Ok(BufWriter::new(Box::new(BufWriter::with_capacity(WRITTEN_AT_ONCE, file))))
    }
    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.directory.atomic_read(path)
    }
    fn atomic_write(&self, path: &Path, data: &[u8]) -> std::io::Result<()> {
        self.directory.atomic_write(path, data)?;
        self.share(path);
        Ok(())
    }
    fn sync_directory(&self) -> std::io::Result<()> {
        self.directory.sync_directory()
    }
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.directory.acquire_lock(lock)
    }
    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.directory.watch(callback)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Archive, ArchiveError, Writer};
    use super::MARKER;
    use crate::story::{Story, StoryId};
    use std::sync::Arc;
    use tantivy::directory::error::OpenReadError;

    #[cfg(unix)]
    #[test]
    fn every_file_has_the_mode_of_the_marker() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let archive = Archive::find_or_create(folder.path()).expect("an archive");
        let marker = folder.path().join(MARKER);
        std::fs::set_permissions(&marker, std::fs::Permissions::from_mode(0o644)).expect("a mode");
        let mut writer = Writer::open(&archive, 1).expect("a writer");
        writer.add(&Story { id: StoryId(1), ..Story::new("One story.".into()) }, b"/a").expect("a story is added");
        writer.commit(Vec::new()).expect("a commit");
        writer.finish().expect("an end");
        for name in ["meta.json", ".managed.json"] {
            let meta = std::fs::metadata(archive.store().join(name)).expect("the engine writes it");
            assert_eq!(meta.permissions().mode() & 0o777, 0o644, "{name}");
        }
    }

    #[test]
    fn what_may_not_be_read_is_not_damaged() {
        let archive = Archive::unrecognised(std::path::Path::new("a"));
        let error = |kind: std::io::ErrorKind| {
            let io_error = Arc::new(std::io::Error::from(kind));
            archive.unread(&OpenReadError::IoError { io_error, filepath: "meta.json".into() }.into())
        };
        let denied = error(std::io::ErrorKind::PermissionDenied);
        assert!(matches!(denied, ArchiveError::Unreadable(_)));
        assert!(denied.to_string().ends_with("meta.json cannot be read: permission denied"), "{denied}");
        assert!(matches!(error(std::io::ErrorKind::UnexpectedEof), ArchiveError::Damaged { .. }));
    }
}
