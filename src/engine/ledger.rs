//! The ledger: which files were read, in which state, and what came of them.
//!
//! An append-only file of rows; a later row of a path replaces an earlier one. Only as
//! many bytes count as the last commit names: what a killed run appended beyond is cut
//! off by the next writer. When more than half of the rows are replaced, the next commit
//! writes a new file.

use super::{Archive, ArchiveError, State};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::PathBuf;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It gave stories.
    Stories {
        /// How many.
        count: u32,
        /// How many of them could only be read as raw text.
        raw_only: u32,
    },
    /// It is no story: an image, a binary, an empty file.
    Skipped,
    /// It could not be read.
    Unreadable,
    /// It is gone.
    Removed,
}

/// What tells that a file changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileState {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970 of the last change. Never taken for a date of a story.
    pub modified: i64,
}

/// One file as it was last read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerRow {
    /// The path's bytes.
    pub path: Vec<u8>,
    /// Size and time of change when it was read.
    pub state: FileState,
    /// First 16 bytes of the BLAKE3 hash of its content; zero where it was not read.
    pub content: [u8; 16],
    /// Whether the file was changed so shortly before it was read that a second change
    /// could hide behind the same time: its content is then compared the next time.
    pub racy: bool,
    /// What came of it.
    pub outcome: Outcome,
}

/// The rows that hold, by path.
#[derive(Debug, Default)]
pub struct Ledger {
    rows: FxHashMap<Vec<u8>, LedgerRow>,
    rows_in_file: usize,
    hasher: blake3::Hasher,
}

impl Ledger {
    /// Reads the ledger that `state` names.
    ///
    /// # Errors
    /// The file is missing, too short, or not what the commit says.
    pub(crate) fn read(archive: &Archive, state: &State) -> Result<Ledger, ArchiveError> {
        let mut ledger = Ledger::default();
        if state.ledger.is_empty() {
            return Ok(ledger);
        }
        let path = path_of(archive, &state.ledger);
        let bytes = fs::read(&path).map_err(|e| archive.damaged(format!("the ledger cannot be read: {e}")))?;
        let length = usize::try_from(state.ledger_bytes).unwrap_or(usize::MAX);
        let bytes = bytes.get(..length).ok_or_else(|| archive.damaged("the ledger is cut short"))?;
        ledger.hasher.update(bytes);
        if ledger.hasher.finalize().to_hex().as_str() != state.ledger_hash {
            return Err(archive.damaged("the ledger is altered: its checksum does not fit"));
        }
        let mut rest = bytes;
        while !rest.is_empty() {
            let (row, after): (LedgerRow, _) =
                postcard::take_from_bytes(rest).map_err(|e| archive.damaged(format!("the ledger: {e}")))?;
            rest = after;
            ledger.apply(row);
        }
        Ok(ledger)
    }

    /// Reads the ledger of `archive` at its last commit, writing nothing.
    ///
    /// # Errors
    /// The archive is damaged or of another version.
    pub fn open(archive: &Archive) -> Result<Ledger, ArchiveError> {
        let index = archive.open_for_reading()?;
        Ledger::read(archive, &archive.state(&index)?)
    }

    fn apply(&mut self, row: LedgerRow) {
        self.rows_in_file += 1;
        if row.outcome == Outcome::Removed {
            self.rows.remove(&row.path);
        } else {
            self.rows.insert(row.path.clone(), row);
        }
    }

    /// Returns the row of a path.
    #[must_use]
    pub fn get(&self, path: &[u8]) -> Option<&LedgerRow> {
        self.rows.get(path)
    }

    /// Iterates over the rows in no order.
    pub fn rows(&self) -> impl Iterator<Item = &LedgerRow> {
        self.rows.values()
    }

    /// Number of files known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Tells whether no file is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes `fresh` behind what `state` names and returns the state to commit. Nothing
    /// counts before that commit: until then the old state still names the old bytes.
    pub(crate) fn append(
        &mut self,
        archive: &Archive,
        state: &State,
        fresh: Vec<LedgerRow>,
    ) -> Result<State, ArchiveError> {
        let mut next = State { generation: state.generation + 1, ..state.clone() };
        let mut bytes = Vec::new();
        for row in fresh {
            encode(&row, &mut bytes);
            self.apply(row);
        }
        let crowded = self.rows_in_file > 2 * self.rows.len() + 1024;
        let start = if state.ledger.is_empty() || crowded {
            next.ledger = format!("ledger-{}", next.generation);
            self.hasher.reset();
            self.rows_in_file = self.rows.len();
            bytes.clear();
            let mut rows: Vec<&LedgerRow> = self.rows.values().collect();
            rows.sort_unstable_by(|a, b| a.path.cmp(&b.path));
            rows.into_iter().for_each(|row| encode(row, &mut bytes));
            0
        } else {
            state.ledger_bytes
        };
        let path = path_of(archive, &next.ledger);
        write_from(&path, start, &bytes).map_err(|source| ArchiveError::Io { path, source })?;
        self.hasher.update(&bytes);
        next.ledger_bytes = start + bytes.len() as u64;
        next.ledger_hash = self.hasher.finalize().to_hex().to_string();
        Ok(next)
    }
}

fn encode(row: &LedgerRow, out: &mut Vec<u8>) {
    let bytes = postcard::to_stdvec(row).expect("a row of plain values always serializes");
    out.extend_from_slice(&bytes);
}

fn path_of(archive: &Archive, name: &str) -> PathBuf {
    archive.folder().join(name)
}

fn write_from(path: &PathBuf, start: u64, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
    file.set_len(start)?;
    file.seek(SeekFrom::Start(start))?;
    file.write_all(bytes)?;
    file.sync_data()
}

/// Removes ledgers that no commit names.
pub(crate) fn remove_orphans(archive: &Archive, state: &State) {
    for path in orphans(archive, state) {
        // What cannot be removed now is found again by the next run and by `check`.
        let _ = fs::remove_file(path);
    }
}

/// Lists ledgers that no commit names.
pub(crate) fn orphans(archive: &Archive, state: &State) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(archive.folder()) else { return Vec::new() };
    entries
        .flatten()
        .filter(|e| {
            let name = e.file_name();
            let name = name.to_string_lossy();
            name.starts_with("ledger-") && name != state.ledger
        })
        .map(|e| e.path())
        .collect()
}
