//! Failure of the file system at the n-th operation, for every n.
//!
//! A directory of tantivy that counts what it is asked to do and fails at a set moment,
//! once or from then on, as a disk does that hiccups or is full. Whatever the moment, the
//! archive must hold the old commit or the new one, be whole, and take the work again.

use super::{Archive, FileState, LedgerRow, Outcome, Writer, check};
use crate::story::{Story, StoryId};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

/// When operations fail.
#[derive(Clone, Debug)]
pub(super) struct Faults {
    left: Arc<AtomicI64>,
    forever: bool,
}

impl Faults {
    fn at(operation: i64, forever: bool) -> Faults {
        Faults { left: Arc::new(AtomicI64::new(operation)), forever }
    }

    fn strike(&self) -> io::Result<()> {
        let left = self.left.fetch_sub(1, Ordering::SeqCst);
        if left == 1 || (self.forever && left < 1) {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        Ok(())
    }

    fn struck(&self) -> bool {
        self.left.load(Ordering::SeqCst) < 1
    }
}

#[derive(Clone, Debug)]
pub(super) struct Failing(pub(super) MmapDirectory, pub(super) Faults);

impl Directory for Failing {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.1.strike().map_err(|e| OpenReadError::wrap_io_error(e, path.to_owned()))?;
        self.0.get_file_handle(path)
    }
    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let fault = |e| DeleteError::IoError { io_error: Arc::new(e), filepath: path.to_owned() };
        self.1.strike().map_err(fault)?;
        self.0.delete(path)
    }
    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }
    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let fault = |e| OpenWriteError::IoError { io_error: Arc::new(e), filepath: path.to_owned() };
        self.1.strike().map_err(fault)?;
        let file = self.0.open_write(path)?;
        Ok(BufWriter::new(Box::new(FailingFile(file, self.1.clone()))))
    }
    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.1.strike().map_err(|e| OpenReadError::wrap_io_error(e, path.to_owned()))?;
        self.0.atomic_read(path)
    }
    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.1.strike()?;
        self.0.atomic_write(path, data)
    }
    fn sync_directory(&self) -> io::Result<()> {
        self.1.strike()?;
        self.0.sync_directory()
    }
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.0.acquire_lock(lock)
    }
    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }
}

struct FailingFile(WritePtr, Faults);

impl Write for FailingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.1.strike()?;
        self.0.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.1.strike()?;
        self.0.flush()
    }
}

impl TerminatingWrite for FailingFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.1.strike()?;
        self.0.terminate_ref(token)
    }
}

fn story(id: u64) -> Story {
    Story { id: StoryId(id), path: format!("/wires/{id}.txt"), ..Story::new(format!("Story number {id} of the desk.")) }
}

fn row(id: u64, outcome: Outcome) -> LedgerRow {
    let path = format!("/wires/{id}.txt").into_bytes();
    LedgerRow {
        path,
        state: FileState { size: 1, modified: 1 },
        content: [1; 16],
        racy: false,
        outcome,
        remarks: Vec::new(),
    }
}

/// Removes and adds stories in one commit.
fn change(archive: &Archive, gone: &[u64], added: &[u64]) -> Result<(), super::ArchiveError> {
    let mut writer = Writer::open(archive, 1)?;
    let mut rows = Vec::new();
    for &id in gone {
        writer.remove_file(format!("/wires/{id}.txt").as_bytes());
        rows.push(row(id, Outcome::Removed));
    }
    for &id in added {
        let path = format!("/wires/{id}.txt");
        writer.remove_file(path.as_bytes());
        writer.add(&story(id), path.as_bytes())?;
        rows.push(row(id, Outcome::Stories { count: 1, raw_only: 0 }));
    }
    writer.commit(rows)?;
    writer.finish()
}

fn ids(archive: &Archive) -> Vec<u64> {
    let reader = super::Reader::open(archive).expect("the archive opens");
    let mut ids: Vec<u64> = reader.by_id("0", 100).expect("the stories are read").iter().map(|s| s.id.0).collect();
    ids.sort_unstable();
    ids
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Fails at every `step`-th operation until a run meets no fault; returns the last.
fn fail_at_every(step: usize, forever: bool) -> i64 {
    let folder = tempfile::tempdir().expect("a folder");
    let before = folder.path().join("before");
    let first = Archive::find_or_create(&before).expect("an archive");
    // Two segments, the smaller of which the change is merged with.
    change(&first, &[], &[1, 2, 3, 6, 7, 8, 9, 10, 11, 12]).expect("a first commit");
    change(&first, &[], &[13]).expect("a second commit");
    let old = vec![1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13];
    let new = vec![1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
    let mut spared = 0;
    for operation in (1..).step_by(step) {
        let here = folder.path().join(format!("at-{operation}"));
        copy(&before, &here);
        let archive = Archive::find(&here).expect("an archive");
        let faults = Faults::at(operation, forever);
        let result = change(&archive.clone().with_faults(faults.clone()), &[2], &[4, 5]);
        let report = check(&archive, false).expect("the archive opens");
        assert!(report.is_whole(), "operation {operation}: {report:?}");
        let found = ids(&archive);
        assert!(found == new || (found == old && result.is_err()), "operation {operation}: {found:?}, {result:?}");
        change(&archive, &[2], &[4, 5]).expect("the work is taken again");
        assert_eq!(ids(&archive), new, "operation {operation}");
        std::fs::remove_dir_all(&here).expect("a removal");
        if !faults.struck() {
            assert!(result.is_ok());
            assert!(spared > 0, "a merge without room at the end is no fault of the run");
            return operation;
        }
        spared += usize::from(result.is_ok());
    }
    0
}

#[test]
fn a_disk_that_fails_at_some_moment_loses_nothing() {
    assert!(fail_at_every(17, true) > 20);
    assert!(fail_at_every(23, false) > 20);
}

/// The long form: `cargo test --release every_operation -- --ignored`.
#[test]
#[ignore = "takes a minute"]
fn a_disk_that_fails_at_every_operation_loses_nothing() {
    assert!(fail_at_every(1, true) > 20);
    assert!(fail_at_every(1, false) > 20);
}
