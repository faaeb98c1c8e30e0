//! `dateline index`: adds and refreshes.

use super::{Env, exit, message, plural};
use crate::engine::{self, Archive, ArchiveError, Ledger, Salvage, path_of};
use crate::ingest::{self, Depth, IngestReport, Options, Progress};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Problems listed one by one at the end of a run.
const PROBLEMS_SHOWN: usize = 20;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  dateline index ~/wires\n  dateline index --dry-run ~/wires\n  find ~/wires -name '*.txt' -print0 | dateline index -0 --files-from -"
)]
pub(super) struct Args {
    /// Files and folders; of a folder, what is not hidden [default: what the archive was made from]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Build the archive anew; until that is done, a search says that stories are missing
    #[arg(long)]
    rebuild: bool,
    /// Read paths from a file, one a line; - is standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// Take out the stories of named folders that are missing or empty
    #[arg(long)]
    forget: bool,
    /// Compare the bytes of every file, not only its size and time of change
    #[arg(long)]
    content: bool,
    /// Paths of --files-from end with a NUL
    #[arg(short = '0')]
    nul: bool,
    /// Which keys of JSON, CSV and unknown XML mean what: lines such as headline = titulo; the archive keeps it
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Threads that read and parse [default: one a processor]
    #[arg(short, long, value_name = "N")]
    jobs: Option<usize>,
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let mut roots = roots(args)?;
    let folder = env.folder_to_write()?;
    if roots.is_empty() && args.files_from.is_some() {
        // Of a list made by another program, none is an answer: nothing is new.
        if !env.quiet {
            message("the list of files is empty: nothing to do");
        }
        return Ok(exit::FOUND);
    }
    let is_unnamed = roots.is_empty();
    if is_unnamed {
        roots = known_roots(&folder, env)?;
    }
    if engine::is_being_made_anew(&folder) && !args.dry_run {
        // What a rebuild that was cut short had still to read is read by whoever comes next.
        let rest = engine::salvage(&folder)?.paths;
        roots.extend(rest.iter().map(|path| ingest::file_of(&path_of(path))).filter(|path| path.exists()));
        roots.sort();
        roots.dedup();
    }
    if args.rebuild && !args.dry_run && folder.exists() {
        match Archive::find(&folder) {
            Err(e @ ArchiveError::Foreign(_)) => return Err(e.into()),
            Err(ArchiveError::Missing(_)) => {}
            found => {
                may_clear(found.ok().as_ref(), &roots)?;
                let paths = roots.iter().map(|root| root.as_os_str().as_encoded_bytes().to_vec()).collect();
                engine::clear_for_repair(&folder, &Salvage { paths, from: "" })?;
            }
        }
    }
    let named = roots.clone();
    let map = super::key_map(args.map.as_deref())?;
    let jobs = args.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let (forget, content, now) = (args.forget, args.content, std::time::SystemTime::now());
    let options = Options { roots, jobs, map, forget, content, depth: Depth::Whole, now };
    if args.dry_run {
        let ledger = match Archive::find(&folder) {
            Err(ArchiveError::Missing(_)) => Ledger::default(),
            found => Ledger::open(&found?)?,
        };
        would(&ingest::preview(&ledger, &folder, &options));
        return Ok(exit::FOUND);
    }
    let archive = Archive::find_or_create(&folder)?;
    let progress = std::sync::Arc::new(Progress::default());
    let stopper = progress.clone();
    // A second handler cannot be set in one process; then the default, to end, stands.
    let _ = ctrlc::set_handler(move || stopper.stop.store(true, Ordering::Relaxed));
    let started = Instant::now();
    let bar = (!env.quiet && std::io::stderr().is_terminal()).then(|| Bar::start(progress.clone()));
    let result = ingest::run(&archive, &options, &progress);
    drop(bar);
    let report = result?;
    if !is_unnamed || args.forget {
        engine::note_folders(&folder, &named, args.forget)?;
    }
    if !report.interrupted && engine::is_being_made_anew(&folder) {
        engine::repaired(&folder)?;
    }
    if !env.quiet {
        print(&report, &folder, started.elapsed());
    }
    Ok(match () {
        () if report.interrupted => exit::INTERRUPTED,
        () if report.raw_only > 0 || report.unreadable > 0 || report.incomplete > 0 => exit::RAW_INPUT,
        () => exit::FOUND,
    })
}

/// What the archive was made from, for a run that names nothing: the folders that were named, and the
/// files of the ledger outside them. Of these the missing ones are let alone, since a disk may not be
/// mounted.
fn known_roots(folder: &Path, env: &Env) -> Result<Vec<PathBuf>> {
    let nothing = || anyhow::anyhow!("nothing to index: name files or folders, as in: dateline index FOLDER");
    let archive = match Archive::find(folder) {
        Err(ArchiveError::Missing(_)) => return Err(nothing()),
        found => found?,
    };
    let mut roots = engine::named_folders(folder).ok_or_else(nothing)?;
    let mut files = ingest::outside(&Ledger::open(&archive)?, &roots);
    let known = files.len();
    files.retain(|file| file.exists());
    let missing = (known - files.len()) as u64;
    if missing > 0 && !env.quiet {
        let (files, stay) = (plural(missing, "file", "files"), if missing == 1 { "its" } else { "their" });
        message(&format!("{files} outside the named folders cannot be found; {stay} stories stay"));
    }
    roots.extend(files);
    if roots.is_empty() { Err(nothing()) } else { Ok(roots) }
}

/// Refuses to empty an archive that could not be built anew from what is named.
fn may_clear(archive: Option<&Archive>, roots: &[PathBuf]) -> Result<()> {
    if let Some(missing) = roots.iter().find(|root| !root.exists()) {
        anyhow::bail!("{}: no such file or folder; the archive is left as it is", missing.display());
    }
    // The ledger of another version cannot be read; nothing is known of its sources then.
    let Some(ledger) = archive.and_then(|a| Ledger::open(a).ok()) else { return Ok(()) };
    let outside = ingest::outside(&ledger, roots);
    if let Some(first) = outside.first() {
        anyhow::bail!(
            "{} of the archive lie outside what is named, such as {}\nhint: name their folders too, or remove the \
             archive's folder to begin anew",
            plural(outside.len() as u64, "file", "files"),
            first.display()
        );
    }
    Ok(())
}

/// The paths to index, absolute: the archive then means the same from every folder.
fn roots(args: &Args) -> Result<Vec<PathBuf>> {
    let mut paths = args.paths.clone();
    if let Some(list) = &args.files_from {
        let bytes = if list.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).context("standard input")?;
            bytes
        } else {
            std::fs::read(list).with_context(|| list.display().to_string())?
        };
        let end = if args.nul { 0 } else { b'\n' };
        let lines = bytes.split(|b| *b == end).map(|line| without_return(line, args.nul));
        paths.extend(lines.filter(|line| !line.is_empty()).map(path_of));
    }
    paths.iter().map(|p| absolute(p).with_context(|| p.display().to_string())).collect()
}

/// A line without the return that lists of Windows end their lines in, unless a file is called so.
fn without_return(line: &[u8], nul: bool) -> &[u8] {
    let stripped = line.strip_suffix(b"\r").filter(|_| !nul);
    stripped.filter(|_| !path_of(line).exists()).unwrap_or(line)
}

/// Makes a path absolute and takes `.` and `..` out of it where no link is in the way.
fn absolute(path: &Path) -> std::io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    if path.components().any(|c| matches!(c, std::path::Component::ParentDir)) {
        return path.canonicalize();
    }
    Ok(path.components().collect())
}

/// A progress bar that reads the counters of a run.
struct Bar {
    end: std::sync::mpsc::Sender<()>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Bar {
    fn start(progress: std::sync::Arc<Progress>) -> Bar {
        let (end, ended) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let style = indicatif::ProgressStyle::with_template(
                "{bar:30} {human_pos}/{human_len} files, {whole_per_sec}/s, {eta} left",
            );
            let style = style.map(|style| {
                style.with_key("whole_per_sec", |state: &indicatif::ProgressState, out: &mut dyn std::fmt::Write| {
                    let _ = write!(out, "{}", indicatif::HumanCount(state.per_sec().round() as u64));
                })
            });
            let bar = indicatif::ProgressBar::new(0);
            if let Ok(style) = style {
                bar.set_style(style);
            }
            while ended.recv_timeout(Duration::from_millis(100)) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                bar.set_length(progress.total.load(Ordering::Relaxed) as u64);
                bar.set_position(progress.done.load(Ordering::Relaxed) as u64);
            }
            bar.finish_and_clear();
        });
        Bar { end, thread: Some(thread) }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        let _ = self.end.send(());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn would(r: &IngestReport) {
    let files = plural(r.files_read, "file", "files");
    let moved = if r.files_moved > 0 { format!(", {} of them moved", r.files_moved) } else { String::new() };
    message(&format!("would read {files}{moved}, leave {} unchanged, remove {}", r.files_unchanged, r.files_removed));
}

fn print(r: &IngestReport, folder: &Path, took: Duration) {
    let seconds = took.as_secs_f64().max(0.001);
    let mut line = format!("{} from {}", plural(r.stories, "story", "stories"), plural(r.files_read, "file", "files"));
    for (n, what) in [(r.files_unchanged, "unchanged"), (r.files_moved, "moved"), (r.files_removed, "removed")] {
        if n > 0 {
            line.push_str(&format!(", {n} {what}"));
        }
    }
    // The speed of a few files says nothing.
    let bytes = r.bytes as f64 / 1e6;
    let speed = if bytes >= 1.0 { format!(" ({:.1} MB/s)", bytes / seconds) } else { String::new() };
    message(&format!("{line} in {seconds:.2} s{speed}, archive {}", folder.display()));
    counts("formats", &r.by_format);
    counts("agencies", &r.by_agency);
    counts("languages", &r.by_lang);
    if r.undated > 0 {
        message(&format!("  undated   {}", plural(r.undated, "story", "stories")));
    }
    counts("skipped", &r.skipped);
    counts("warnings", &r.warnings);
    for (path, reason) in r.problems.iter().take(PROBLEMS_SHOWN) {
        message(&format!("  {}: {reason}", crate::print::clean(path)));
    }
    if r.problems.len() > PROBLEMS_SHOWN {
        message(&format!("  and {} more", r.problems.len() - PROBLEMS_SHOWN));
    }
    for (path, kind) in r.without.iter().take(PROBLEMS_SHOWN) {
        message(&format!("  {}: no story: {kind}", crate::print::clean(path)));
    }
    if r.without.len() > PROBLEMS_SHOWN {
        message(&format!("  and {} more without a story", r.without.len() - PROBLEMS_SHOWN));
    }
    if r.interrupted {
        message("interrupted: the files that were read whole are in the archive; run again to go on");
    }
}

/// Writes the largest counts of a table in one line.
fn counts(name: &str, table: &BTreeMap<String, u64>) {
    let mut rows: Vec<(&String, &u64)> = table.iter().collect();
    rows.sort_by_key(|(key, n)| (std::cmp::Reverse(**n), key.as_str()));
    let shown: Vec<String> = rows.iter().take(12).map(|(key, n)| format!("{key} {n}")).collect();
    if !shown.is_empty() {
        let more = if rows.len() > 12 { format!(", {} more", rows.len() - 12) } else { String::new() };
        message(&format!("  {name:<9} {}{more}", shown.join(", ")));
    }
}
