//! Whether an archive is whole: checksums, ledger, sources, orphans.

use super::ledger::{FileState, Known, Ledger, orphans};
use super::paths::path_of;
use super::{Archive, ArchiveError, Reader};
use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::PathBuf;
use tantivy::directory::error::OpenReadError;
use tantivy::{Directory, Index};

/// What a check found.
#[derive(Debug, Default)]
pub struct CheckReport {
    /// Files of the index whose checksum does not fit.
    pub damaged: Vec<PathBuf>,
    /// Files in the archive's folder that nothing refers to: left by a killed run and
    /// removed by the next one.
    pub orphans: Vec<PathBuf>,
    /// Who writes the archive just now: files that nothing refers to yet are of that run.
    pub writer: Option<String>,
    /// Sources that are gone.
    pub sources_gone: Vec<PathBuf>,
    /// Sources that may not be looked at, each with the reason.
    pub sources_unread: Vec<(PathBuf, String)>,
    /// Sources that have changed since they were read, as their size or time tells.
    pub sources_changed: Vec<PathBuf>,
    /// Sources whose bytes have changed while size and time stayed: only a reading tells.
    pub sources_altered: Vec<PathBuf>,
    /// Sources compared.
    pub sources: usize,
    /// Stories in the index.
    pub stories: u64,
    /// Stories that the ledger counts.
    pub stories_in_ledger: u64,
    /// Files of the index whose checksum fits.
    pub files: usize,
}

impl CheckReport {
    /// Tells whether the archive itself is whole; sources may have moved on.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.damaged.is_empty() && self.stories == self.stories_in_ledger
    }
}

/// Checks `archive`: every byte of the index against its checksum, the ledger against
/// the index, and every source that the ledger knows by its size and, with `content`,
/// by its bytes.
///
/// # Errors
/// The archive cannot be opened at all.
pub fn check(archive: &Archive, content: bool) -> Result<CheckReport, ArchiveError> {
    let index = archive.open_for_reading()?;
    let state = archive.state(&index)?;
    let ledger = Ledger::read(archive, &state)?;
    let mut report = CheckReport { writer: archive.writer(), ..CheckReport::default() };
    report.orphans = orphans(archive, &state);
    let metas = index.load_metas().map_err(|e| archive.unread(&e))?;
    let live: HashSet<PathBuf> = metas.list_segment_files();
    report.damaged = damaged_files(&index).map_err(|e| archive.unread(&e))?;
    report.orphans.extend(store_orphans(archive, &live));
    // A run that began meanwhile has files too.
    report.writer = report.writer.take().or_else(|| archive.writer());
    if report.writer.is_some() {
        report.orphans.clear();
    }
    report.files = live.len() - report.damaged.len().min(live.len());
    if report.damaged.is_empty() {
        report.stories = Reader::open(archive)?.stories();
    }
    report.stories_in_ledger = ledger.stories();
    for (number, row) in ledger.rows() {
        compare_source(path_of(&ledger.path(number)), row, content, &mut report);
    }
    report.sources_gone.sort();
    report.sources_changed.sort();
    report.sources_altered.sort();
    report.sources_unread.sort();
    Ok(report)
}

/// Lists the files of the last commit whose checksum does not fit, in order.
pub(super) fn damaged_files(index: &Index) -> tantivy::Result<Vec<PathBuf>> {
    let mut damaged = Vec::new();
    // The engine's own check passes over files that its list of files does not name.
    for file in index.load_metas()?.list_segment_files() {
        let exists = index.directory().exists(&file)?;
        if !exists {
            continue;
        }
        match index.directory().validate_checksum(&file) {
            Ok(true) => {}
            Err(e) if is_denied(&e) => return Err(e.into()),
            // A footer that makes no sense is damage too, not a failure to look.
            Ok(false) | Err(_) => damaged.push(file),
        }
    }
    damaged.sort();
    Ok(damaged)
}

/// Tells whether a file is kept from this user: that is no damage.
fn is_denied(error: &OpenReadError) -> bool {
    matches!(error, OpenReadError::IoError { io_error, .. } if io_error.kind() == ErrorKind::PermissionDenied)
}

fn compare_source(path: PathBuf, row: &Known, content: bool, report: &mut CheckReport) {
    report.sources += 1;
    let meta = match std::fs::metadata(&path) {
        Ok(meta) => meta,
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            report.sources_gone.push(path);
            return;
        }
        Err(e) => {
            report.sources_unread.push((path, e.to_string()));
            return;
        }
    };
    if meta.len() != row.state.size {
        report.sources_changed.push(path);
        return;
    }
    if !content || row.content == [0; 16] {
        return;
    }
    match hash(&path) {
        Err(e) => report.sources_unread.push((path, e.to_string())),
        Ok(hash) if hash.as_bytes()[..16] == row.content => {}
        Ok(_) if FileState::of(&meta) == row.state => report.sources_altered.push(path),
        Ok(_) => report.sources_changed.push(path),
    }
}

/// Hashes a file without holding it.
fn hash(path: &PathBuf) -> std::io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(path)?)?;
    Ok(hasher.finalize())
}

/// Lists files beside the segments that no commit refers to.
fn store_orphans(archive: &Archive, live: &HashSet<PathBuf>) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(archive.store()) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .filter(|e| {
            let name = PathBuf::from(e.file_name());
            let text = name.to_string_lossy();
            // tantivy's own books and locks.
            let kept = text.starts_with('.') || text == "meta.json" || live.contains(&name);
            !kept
        })
        .map(|e| e.path())
        .collect();
    found.sort();
    found
}
