//! The ledger: which files were read, in which state, and what came of them.
//!
//! An append-only file of rows; a later row of a path replaces an earlier one. Only as
//! many bytes count as the last commit names: what a killed run appended beyond is cut
//! off by the next writer. When more than half of the rows are replaced, the next commit
//! writes a new file.
//!
//! It is held in memory as a table of small rows: a million files are some 120 MB by the sizes of its parts.

use super::paths::{PathAt, Paths, hash};
use super::remarks::Remark;
use super::{Archive, ArchiveError, State};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fs;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

/// Bytes of the file that are read at a time.
const CHUNK_BYTES: u64 = 1 << 20;
/// Bytes of a common row: a path of fifty bytes, its state and hash.
const ROW_BYTES: u64 = 90;
/// The most rows that memory is taken for before they are read: the length of the file
/// is only a number until its checksum fits.
const ROWS_RESERVED_MAX: usize = 4_000_000;

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

impl FileState {
    /// Returns what tells a changed file.
    #[must_use]
    pub fn of(meta: &fs::Metadata) -> FileState {
        let modified = meta.modified().ok().map_or(0, |t| match t.duration_since(UNIX_EPOCH) {
            Ok(d) => i64::try_from(d.as_nanos()).unwrap_or(i64::MAX),
            Err(e) => i64::try_from(e.duration().as_nanos()).map_or(i64::MIN, |n| -n),
        });
        FileState { size: meta.len(), modified }
    }
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
    /// What is to be said of it beside its stories.
    pub remarks: Vec<Remark>,
}

/// What is known of a file, without its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// As [`LedgerRow::state`].
    pub state: FileState,
    /// As [`LedgerRow::content`].
    pub content: [u8; 16],
    /// As [`LedgerRow::racy`].
    pub racy: bool,
    /// As [`LedgerRow::outcome`].
    pub outcome: Outcome,
}

/// A row as it is read: its path is still the file's bytes.
#[derive(Serialize, Deserialize)]
struct RawRow<'a> {
    path: &'a [u8],
    state: FileState,
    content: [u8; 16],
    racy: bool,
    outcome: Outcome,
    remarks: Cow<'a, [Remark]>,
}

/// The rows that hold, by path. A file keeps its row's number; a removed one too.
#[derive(Debug, Default)]
pub struct Ledger {
    paths: Paths,
    rows: Vec<(PathAt, Known)>,
    /// By the number of the row, of the few files that have any.
    remarks: FxHashMap<u32, Box<[Remark]>>,
    by_hash: FxHashMap<u64, u32>,
    /// Rows whose path has the hash of another path: next to never any.
    collided: Vec<u32>,
    live: usize,
    stories: u64,
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
        let unread = |e: std::io::Error| match e.kind() {
            std::io::ErrorKind::PermissionDenied => ArchiveError::Unreadable(path_of(archive, &state.ledger)),
            _ => archive.damaged(format!("the ledger cannot be read: {e}")),
        };
        let mut file = fs::File::open(path_of(archive, &state.ledger)).map_err(unread)?;
        let (mut bytes, mut left) = (Vec::new(), state.ledger_bytes);
        // The number of rows is not known before; growing by doubling would move them often.
        let rows = usize::try_from(left / ROW_BYTES).unwrap_or(0).min(ROWS_RESERVED_MAX);
        ledger.rows.reserve(rows);
        ledger.by_hash.reserve(rows);
        while left > 0 {
            let part = left.min(CHUNK_BYTES);
            let before = bytes.len();
            (&mut file).take(part).read_to_end(&mut bytes).map_err(unread)?;
            if ((bytes.len() - before) as u64) < part {
                return Err(archive.damaged("the ledger is cut short"));
            }
            left -= part;
            ledger.hasher.update(&bytes[before..]);
            let rest = ledger.apply_all(&bytes, left == 0).map_err(|e| archive.damaged(format!("the ledger: {e}")))?;
            bytes.drain(..bytes.len() - rest);
        }
        if ledger.hasher.finalize().to_hex().as_str() != state.ledger_hash {
            return Err(archive.damaged("the ledger is altered: its checksum does not fit"));
        }
        Ok(ledger)
    }

    /// Applies the whole rows in `bytes` and returns how many bytes of another one follow.
    fn apply_all(&mut self, bytes: &[u8], last: bool) -> Result<usize, postcard::Error> {
        let mut rest = bytes;
        while !rest.is_empty() {
            match postcard::take_from_bytes::<RawRow<'_>>(rest) {
                Ok((row, after)) => {
                    let RawRow { path, state, content, racy, outcome, remarks } = row;
                    self.apply(path, Known { state, content, racy, outcome }, remarks.into_owned());
                    rest = after;
                }
                Err(postcard::Error::DeserializeUnexpectedEnd) if !last => break,
                Err(e) => return Err(e),
            }
        }
        Ok(rest.len())
    }

    /// Reads the ledger of `archive` at its last commit, writing nothing.
    ///
    /// # Errors
    /// The archive is damaged or of another version.
    pub fn open(archive: &Archive) -> Result<Ledger, ArchiveError> {
        let index = archive.open_for_reading()?;
        Ledger::read(archive, &archive.state(&index)?)
    }

    /// Reads the newest ledger in the folder as far as it makes sense, whatever a commit
    /// says of it: for a repair, where nothing better is left.
    pub(super) fn read_unverified(archive: &Archive) -> Ledger {
        let mut ledger = Ledger::default();
        let number = |path: &PathBuf| {
            let name = path.file_name()?.to_str()?;
            name.strip_prefix("ledger-")?.parse::<u64>().ok()
        };
        let newest = orphans(archive, &State::default()).into_iter().filter_map(|p| Some((number(&p)?, p))).max();
        if let Some(bytes) = newest.and_then(|(_, path)| fs::read(path).ok()) {
            // What follows the last whole row is of no use.
            let _ = ledger.apply_all(&bytes, false);
        }
        ledger
    }

    fn apply(&mut self, path: &[u8], known: Known, remarks: Vec<Remark>) {
        self.rows_in_file += 1;
        let lives = known.outcome != Outcome::Removed;
        self.stories += stories_of(known.outcome);
        if let Some(number) = self.row_of(path) {
            let row = &mut self.rows[number].1;
            self.live += usize::from(lives);
            self.live -= usize::from(row.outcome != Outcome::Removed);
            self.stories -= stories_of(row.outcome);
            *row = known;
            self.note(number, remarks);
            return;
        }
        let number = u32::try_from(self.rows.len()).expect("fewer than 4 billion files: their rows would not fit");
        self.rows.push((self.paths.push(path), known));
        self.note(number as usize, remarks);
        self.live += usize::from(lives);
        match self.by_hash.entry(hash(path)) {
            std::collections::hash_map::Entry::Vacant(slot) => {
                slot.insert(number);
            }
            std::collections::hash_map::Entry::Occupied(_) => self.collided.push(number),
        }
    }

    fn note(&mut self, number: usize, remarks: Vec<Remark>) {
        let Ok(number) = u32::try_from(number) else { return };
        if remarks.is_empty() {
            self.remarks.remove(&number);
        } else {
            self.remarks.insert(number, remarks.into());
        }
    }

    /// Returns the number of a path's row, removed or not.
    fn row_of(&self, path: &[u8]) -> Option<usize> {
        let is = |number: &&u32| self.paths.is(self.rows[**number as usize].0, path);
        let first = self.by_hash.get(&hash(path))?;
        Some(first).filter(is).or_else(|| self.collided.iter().find(is)).map(|number| *number as usize)
    }

    /// Returns the number of a known file's row, below [`Ledger::rows_max`], and the row.
    #[must_use]
    pub fn find(&self, path: &[u8]) -> Option<(usize, &Known)> {
        let number = self.row_of(path)?;
        Some((number, &self.rows[number].1)).filter(|(_, known)| known.outcome != Outcome::Removed)
    }

    /// Returns what is known of a path.
    #[must_use]
    pub fn get(&self, path: &[u8]) -> Option<&Known> {
        self.find(path).map(|(_, known)| known)
    }

    /// Iterates over the known files: number of the row, the row. [`Ledger::path`] gives
    /// the path.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &Known)> {
        let rows = self.rows.iter().enumerate().map(|(number, (_, known))| (number, known));
        rows.filter(|(_, known)| known.outcome != Outcome::Removed)
    }

    /// Returns the path's bytes of a row.
    #[must_use]
    pub fn path(&self, number: usize) -> Vec<u8> {
        self.rows.get(number).map_or_else(Vec::new, |(at, _)| self.paths.get(*at))
    }

    /// Returns what is to be said of a row's file beside its stories.
    #[must_use]
    pub fn remarks(&self, number: usize) -> &[Remark] {
        u32::try_from(number).ok().and_then(|number| self.remarks.get(&number)).map_or(&[], |remarks| remarks)
    }

    /// Returns the size and time of change of a row's file, when it was read.
    #[must_use]
    pub fn state(&self, number: usize) -> FileState {
        self.rows.get(number).map_or(FileState { size: 0, modified: 0 }, |(_, known)| known.state)
    }

    /// Number of rows, of removed files too.
    #[must_use]
    pub fn rows_max(&self) -> usize {
        self.rows.len()
    }

    /// Number of files known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.live
    }

    /// Number of stories of the known files.
    #[must_use]
    pub fn stories(&self) -> u64 {
        self.stories
    }

    /// Tells whether no file is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.live == 0
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
        for row in &fresh {
            let LedgerRow { path, state, content, racy, outcome, remarks } = row;
            let known = Known { state: *state, content: *content, racy: *racy, outcome: *outcome };
            self.apply(path, known, remarks.clone());
        }
        let crowded = self.rows_in_file > 2 * self.live + 1024;
        let renew = state.ledger.is_empty() || crowded;
        if renew {
            next.ledger = format!("ledger-{}", next.generation);
            self.hasher.reset();
            self.rows_in_file = self.live;
        }
        let path = path_of(archive, &next.ledger);
        let start = if renew { 0 } else { state.ledger_bytes };
        let mut hasher = std::mem::take(&mut self.hasher);
        let written = if renew {
            let rows =
                self.rows().map(|(number, known)| (self.path(number), *known, Cow::Borrowed(self.remarks(number))));
            write_from(&path, start, rows, &mut hasher)
        } else {
            let known = |row: LedgerRow| {
                let LedgerRow { path, state, content, racy, outcome, remarks } = row;
                (path, Known { state, content, racy, outcome }, Cow::Owned(remarks))
            };
            write_from(&path, start, fresh.into_iter().map(known), &mut hasher)
        };
        self.hasher = hasher;
        next.ledger_bytes = start + written.map_err(|source| ArchiveError::Io { path, source })?;
        next.ledger_hash = self.hasher.finalize().to_hex().to_string();
        next.stories = self.stories;
        Ok(next)
    }
}

fn stories_of(outcome: Outcome) -> u64 {
    match outcome {
        Outcome::Stories { count, .. } => u64::from(count),
        Outcome::Skipped | Outcome::Unreadable | Outcome::Removed => 0,
    }
}

fn path_of(archive: &Archive, name: &str) -> PathBuf {
    archive.folder().join(name)
}

/// Writes rows from `start` on, synchronises them and returns their bytes.
fn write_from<'a>(
    path: &PathBuf,
    start: u64,
    rows: impl Iterator<Item = (Vec<u8>, Known, Cow<'a, [Remark]>)>,
    hasher: &mut blake3::Hasher,
) -> std::io::Result<u64> {
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
    file.set_len(start)?;
    file.seek(SeekFrom::Start(start))?;
    let mut file = BufWriter::new(file);
    let (mut bytes, mut written) = (Vec::new(), 0);
    for (path, Known { state, content, racy, outcome }, remarks) in rows {
        let row = RawRow { path: &path, state, content, racy, outcome, remarks };
        bytes = postcard::to_extend(&row, std::mem::take(&mut bytes)).map_err(std::io::Error::other)?;
        hasher.update(&bytes);
        written += bytes.len() as u64;
        file.write_all(&bytes)?;
        bytes.clear();
    }
    file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_data()?;
    Ok(written)
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
