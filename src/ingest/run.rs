//! One run: reconcile, read in parallel, commit in batches.

use super::add::add_stories;
use super::halt::Halt;
use super::moved::Moves;
use super::read::{How, content};
use super::reconcile::{Asked, Todo, Work, has_keys, reconcile};
use super::report::IngestReport;
use super::walk::{Found, told};
use crate::engine::{
    Archive, ArchiveError, FileState, KeysFile, Ledger, LedgerRow, Outcome, Remark, RemarkKind, Writer,
};
use crate::enrich::{self, Enrich};
use crate::wire::KeyMap;
use rustc_hash::FxHashSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Bytes of input between two commits: commits cost, and what a kill loses is one batch.
const BATCH_BYTES_MAX: u64 = 256 << 20;
/// Files between two commits, for trees of very small files.
const BATCH_FILES_MAX: usize = 100_000;
/// Changes closer than this to the reading can hide behind the same time of change
/// (coarse file systems keep two seconds).
const RACY: Duration = Duration::from_secs(2);

/// What a run is asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files and folders.
    pub roots: Vec<PathBuf>,
    /// Threads that read and parse; the engine indexes beside them.
    pub jobs: usize,
    /// Which keys of exports mean what.
    pub map: Option<KeyMap>,
    /// Whether a folder named that is missing or empty means that its stories go; else they
    /// stay, since a disk may not be mounted.
    pub forget: bool,
    /// Whether the bytes of every file are compared, not only its size and time of change.
    pub content: bool,
    /// What is told of each story.
    pub depth: Depth,
    /// The clock, for telling files that changed just now; it dates nothing.
    pub now: SystemTime,
}

/// What is told of a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// Everything.
    #[default]
    Whole,
    /// What its head tells; the text is read neither for names nor for times. For whoever
    /// measures what those cost: such an archive answers `person:` with nothing.
    Head,
}

impl Depth {
    fn enrich(self) -> Enrich {
        match self {
            Depth::Whole => enrich::enrich_while,
            Depth::Head => enrich::enrich_head,
        }
    }
}

impl Options {
    fn asked(&self, keys: &Keys) -> Asked<'_> {
        Asked { roots: &self.roots, forget: self.forget, content: self.content, is_remapped: keys.is_new }
    }
}

/// Where a run stands, for a progress bar.
#[derive(Debug, Default)]
pub struct Progress {
    /// Files to read in all.
    pub total: AtomicUsize,
    /// Files read.
    pub done: AtomicUsize,
    /// Set it to end the run early: what was read is committed.
    pub stop: AtomicBool,
}

/// Says what a run would do to the archive in `folder`, and does nothing.
#[must_use]
pub fn preview(ledger: &Ledger, folder: &Path, options: &Options) -> IngestReport {
    let mut report = IngestReport::default();
    let own = folder.canonicalize().ok();
    let keys = Keys::of(&KeysFile::of(folder), options.map.as_ref());
    let work = reconcile(&options.asked(&keys), own.as_deref(), ledger, &mut report);
    report.files_read = work.read.len() as u64;
    report.files_removed = work.gone.len() as u64;
    foresee(&work, ledger, &mut report);
    report
}

/// Looks at the files that may only have been touched or moved, which their bytes tell.
fn foresee(work: &Work, ledger: &Ledger, report: &mut IngestReport) {
    let content_of = |path: &Path| content(path, None).ok().map(|c| c.hash.as_bytes()[..16].to_vec());
    let gone: Vec<_> = work.gone.iter().filter_map(|path| ledger.get(path)).collect();
    let elsewhere = Moves::new(FxHashSet::default(), work.elsewhere.clone());
    for found in (0..work.read.len()).filter_map(|number| work.read.get(number)) {
        let Some(before) = ledger.get(found.path.as_os_str().as_encoded_bytes()) else {
            let is_size = |state: &FileState| state.size == found.state.size;
            let mut others = work.elsewhere.iter().map(|(_, number)| ledger.state(*number as usize));
            let may_be = gone.iter().any(|known| is_size(&known.state)) || others.any(|state| is_size(&state));
            let Some(hash) = Some(()).filter(|()| may_be).and_then(|()| content_of(&found.path)) else { continue };
            let hash: [u8; 16] = hash.try_into().unwrap_or_default();
            if gone.iter().any(|known| known.content == hash) {
                report.files_moved += 1;
                report.files_removed = report.files_removed.saturating_sub(1);
            }
            report.files_moved += elsewhere.left(ledger, &hash).len() as u64;
            continue;
        };
        let is_same = before.state.size == found.state.size
            && matches!(before.outcome, Outcome::Stories { .. } | Outcome::Skipped)
            && content_of(&found.path).is_some_and(|hash| hash == before.content);
        if is_same {
            report.files_read -= 1;
            report.files_unchanged += 1;
        }
    }
}

/// Brings the archive up to date with what lies below the roots.
///
/// # Errors
/// The archive is locked, damaged or cannot be written; what was committed stays.
pub fn run(archive: &Archive, options: &Options, progress: &Progress) -> Result<IngestReport, ArchiveError> {
    let mut report = IngestReport::default();
    let mut writer = Writer::open(archive, options.jobs)?;
    let own = archive.folder().canonicalize().ok();
    let file = KeysFile::of(archive.folder());
    let keys = Keys::of(&file, options.map.as_ref());
    if let Some(map) = keys.map.as_ref().filter(|_| keys.is_new) {
        file.begin(map.text())?;
    }
    let mut work = reconcile(&options.asked(&keys), own.as_deref(), writer.ledger(), &mut report);
    report.files_removed = work.gone.len() as u64;
    report.files_known = writer.ledger().len() as u64;
    report.generation = writer.generation();
    progress.total.store(work.read.len(), Ordering::Relaxed);
    let gone = work.gone.iter().filter_map(|p| writer.ledger().get(p)).map(|r| r.content).collect();
    let moves = Moves::new(gone, std::mem::take(&mut work.elsewhere));
    let mut rows = std::mem::take(&mut work.rows);
    for path in &work.gone {
        writer.remove_file(path);
        rows.push(removed(path));
    }
    let mut batches = Batches { files: &work.read, from: 0 };
    while let Some(batch) = batches.next_batch() {
        let (part, fresh) = read_batch(&writer, &work.read, batch, options, &keys, progress, &moves)?;
        report.add(part);
        rows.extend(fresh);
        if progress.stop.load(Ordering::Relaxed) {
            report.interrupted = true;
        }
        if keys.is_new || rows.iter().any(|row| !is_known(writer.ledger(), row)) {
            writer.commit(std::mem::take(&mut rows))?;
        }
        if report.interrupted {
            break;
        }
    }
    if rows.iter().any(|row| !is_known(writer.ledger(), row)) {
        writer.commit(rows)?;
    }
    report.files_removed -= report.files_moved.min(report.files_removed);
    report.files_known = writer.ledger().len() as u64;
    report.generation = writer.generation();
    writer.finish()?;
    if keys.is_new && !report.interrupted {
        file.end()?;
    }
    Ok(report)
}

/// The mapping of keys that a run reads with: the one given, else the archive's own.
struct Keys {
    map: Option<KeyMap>,
    /// Whether what was read before was read with another.
    is_new: bool,
}

impl Keys {
    fn of(file: &KeysFile, given: Option<&KeyMap>) -> Keys {
        let (kept, was_cut_short) = file.read();
        let is_new = was_cut_short || given.is_some_and(|map| map.text() != kept.as_deref().unwrap_or(""));
        // What lies there was parsed before it was written.
        let map = given.cloned().or_else(|| KeyMap::parse(&kept?).ok());
        Keys { map, is_new }
    }
}

struct Batches<'a> {
    files: &'a Todo,
    from: usize,
}

impl Batches<'_> {
    /// Returns the numbers of the files of the next batch.
    fn next_batch(&mut self) -> Option<Range<usize>> {
        let mut bytes = 0;
        let fits = |size: &u64| {
            let fits = bytes < BATCH_BYTES_MAX;
            bytes += size;
            fits
        };
        let length = self.files.sizes(self.from).take(BATCH_FILES_MAX).take_while(fits).count();
        let batch = self.from..self.from + length;
        self.from = batch.end;
        Some(batch).filter(|b| !b.is_empty())
    }
}

/// Whether the ledger says the same of a file. What was only looked at again makes no commit: nothing
/// is new to whoever asks, and a file that changed just now, or cannot be read, is looked at each time.
fn is_known(ledger: &Ledger, row: &LedgerRow) -> bool {
    ledger.find(&row.path).is_some_and(|(number, known)| {
        known.state == row.state
            && known.content == row.content
            && known.outcome == row.outcome
            && ledger.remarks(number) == row.remarks
    })
}

fn removed(path: &[u8]) -> LedgerRow {
    let state = crate::engine::FileState { size: 0, modified: 0 };
    LedgerRow {
        path: path.to_vec(),
        state,
        content: [0; 16],
        racy: false,
        outcome: Outcome::Removed,
        remarks: Vec::new(),
    }
}

/// What one thread brings home from a batch.
#[derive(Default)]
struct Harvest {
    report: IngestReport,
    rows: Vec<LedgerRow>,
}

fn read_batch(
    writer: &Writer,
    files: &Todo,
    batch: Range<usize>,
    options: &Options,
    keys: &Keys,
    progress: &Progress,
    moves: &Moves,
) -> Result<(IngestReport, Vec<LedgerRow>), ArchiveError> {
    let next = AtomicUsize::new(batch.start);
    let failure: Mutex<Option<ArchiveError>> = Mutex::new(None);
    let work = || {
        let mut harvest = Harvest::default();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(found) = files.get(number).filter(|_| number < batch.end) else { break };
            if progress.stop.load(Ordering::Relaxed) {
                break;
            }
            if let Err(e) = read_one(writer, &found, options, keys, moves, &progress.stop, &mut harvest) {
                if let Ok(mut slot) = failure.lock() {
                    slot.get_or_insert(e);
                }
                next.store(batch.end, Ordering::Relaxed);
                break;
            }
            progress.done.fetch_add(1, Ordering::Relaxed);
        }
        harvest
    };
    let harvests: Vec<Harvest> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..options.jobs.max(1)).map(|_| scope.spawn(work)).collect();
        threads.into_iter().map(|t| t.join().expect("readers do not panic: parsers are tested on any bytes")).collect()
    });
    if let Some(e) = failure.into_inner().ok().flatten() {
        return Err(e);
    }
    let mut report = IngestReport::default();
    let mut rows = Vec::with_capacity(batch.len());
    for harvest in harvests {
        report.add(harvest.report);
        rows.extend(harvest.rows);
    }
    rows.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    report.problems.sort_unstable();
    report.without.sort_unstable();
    Ok((report, rows))
}

fn read_one(
    writer: &Writer,
    found: &Found,
    options: &Options,
    keys: &Keys,
    moves: &Moves,
    stop: &AtomicBool,
    harvest: &mut Harvest,
) -> Result<(), ArchiveError> {
    let now = options.now;
    let key = found.path.as_os_str().as_encoded_bytes();
    let (before, remarks) = match writer.ledger().find(key) {
        Some((number, known)) => (Some(known), writer.ledger().remarks(number)),
        None => (None, &[][..]),
    };
    // What an earlier reading found; that a file could not be opened holds no longer than that.
    let found_before = || remarks.iter().filter(|r| r.kind != RemarkKind::Refused).cloned();
    let report = &mut harvest.report;
    let mut row = LedgerRow {
        path: key.to_vec(),
        state: found.state,
        content: [0; 16],
        racy: is_racy(found, now),
        outcome: Outcome::Unreadable,
        remarks: Vec::new(),
    };
    let halt = Halt::new(stop);
    match content(&found.path, Some(&halt)) {
        Err(_) if halt.was_cut() => return Ok(()),
        Err(e) => {
            report.unreadable += 1;
            // It is tried again, whatever its time of change: rights change without it.
            row.racy = true;
            let stays = before.filter(|b| matches!(b.outcome, Outcome::Stories { .. }));
            let tail = if stays.is_some() { ": its stories stay as they were read before" } else { "" };
            let reason = format!("{e}{tail}");
            report.problem(&told(&found.path), reason.clone());
            if let Some(before) = stays {
                (row.content, row.outcome) = (before.content, before.outcome);
                row.remarks.extend(found_before());
            }
            row.remarks.push(Remark { member: String::new(), kind: RemarkKind::Refused, reason });
            harvest.rows.push(row);
            return Ok(());
        }
        Ok(content) => {
            row.content.copy_from_slice(&content.hash.as_bytes()[..16]);
            if let Some(same) = before
                .filter(|_| !(keys.is_new && has_keys(&found.path)))
                .filter(|b| b.content == row.content && matches!(b.outcome, Outcome::Stories { .. } | Outcome::Skipped))
            {
                // Touched, or changed within the clock's grain: the stories stand.
                row.outcome = same.outcome;
                row.remarks.extend(found_before());
                report.files_unchanged += 1;
                if let Outcome::Stories { raw_only, .. } = same.outcome {
                    report.raw_only += u64::from(raw_only);
                }
                settle(&mut row, &found.path, now);
                harvest.rows.push(row);
                return Ok(());
            }
            report.bytes += content.size;
            report.files_moved += u64::from(before.is_none() && moves.is_gone(&row.content));
            let mut own = IngestReport::default();
            let how = How { map: keys.map.as_ref(), enrich: Some(options.depth.enrich()), halt: Some(&halt) };
            (row.outcome, row.remarks) =
                add_stories(writer, found, before.is_some(), &content, how, options.jobs, &mut own)?;
            if halt.was_cut() {
                // Half a file is none: the next run reads it anew.
                writer.remove_file(key);
                if before.is_some() {
                    harvest.rows.push(removed(key));
                }
                return Ok(());
            }
            report.add(own);
            if let (Some(Outcome::Stories { count, .. }), Outcome::Skipped | Outcome::Unreadable) =
                (before.map(|b| b.outcome), row.outcome)
            {
                report.files_removed += 1;
                let stories = if count == 1 { "the story" } else { "the stories" };
                report
                    .problem(&told(&found.path), format!("{stories} that it held when it was read before: taken out"));
            }
            if before.is_none() && matches!(row.outcome, Outcome::Stories { .. }) {
                for path in moves.left(writer.ledger(), &row.content) {
                    (report.files_moved, report.files_removed) = (report.files_moved + 1, report.files_removed + 1);
                    writer.remove_file(&path);
                    harvest.rows.push(removed(&path));
                }
            }
            settle(&mut row, &found.path, now);
            harvest.rows.push(row);
        }
    }
    Ok(())
}

/// Looks again at the file: one that changed while it was read is read again next time.
fn settle(row: &mut LedgerRow, path: &Path, now: SystemTime) {
    if let Ok(after) = std::fs::metadata(path).map(|m| FileState::of(&m)) {
        row.racy |= after != row.state || is_recent(after.modified, now);
    }
}

fn is_racy(found: &Found, now: SystemTime) -> bool {
    is_recent(found.state.modified, now)
}

fn is_recent(modified: i64, now: SystemTime) -> bool {
    let now = now.duration_since(UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_nanos()).unwrap_or(i64::MAX));
    modified.saturating_add(i64::try_from(RACY.as_nanos()).unwrap_or(i64::MAX)) >= now
}
