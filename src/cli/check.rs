//! `dateline check`: is the archive whole?

use super::{Env, exit, message, out, plural};
use crate::engine::{self, Archive, ArchiveError, Writer};
use crate::ingest::{self, Depth, Options, Progress};
use crate::story::path_bytes;
use anyhow::Result;
use std::io::Write;
use std::path::Path;

/// Paths listed of each kind of finding.
const LISTED_MAX: usize = 10;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Compare the bytes of every source, not only its size
    #[arg(long)]
    content: bool,
    /// Remove what killed runs have left; make a damaged archive anew from its sources
    #[arg(long)]
    repair: bool,
    /// With --repair: go on where sources are gone, and lose their stories
    #[arg(long, requires = "repair")]
    drop_missing: bool,
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    env.each_folder(&mut |folder| one(folder, args, env))
}

fn one(folder: &Path, args: &Args, env: &Env) -> Result<u8> {
    if args.repair {
        repair(folder, args.drop_missing, env)?;
    } else if engine::is_being_made_anew(folder) {
        message("error: the archive is being made anew, or that was cut short: stories are missing");
        message("hint: where nothing writes it, go on with: dateline check --repair");
        return Ok(exit::ARCHIVE);
    }
    let archive = Archive::find(folder)?;
    let report = engine::check(&archive, args.content)?;
    let mut out = out();
    if env.folders().len() > 1 {
        writeln!(out, "{}:", crate::print::clean(&folder.to_string_lossy()))?;
    }
    let stories = plural(report.stories, "story", "stories");
    let (files, sources) = (report.files as u64, report.sources as u64);
    let (files, sources) = (plural(files, "index file", "index files"), plural(sources, "source", "sources"));
    writeln!(out, "{stories}, {files} whole, {sources}")?;
    let mut list = |one: &str, many: &str, what: &str, paths: &[std::path::PathBuf]| -> std::io::Result<()> {
        if paths.is_empty() {
            return Ok(());
        }
        writeln!(out, "{} {what}", plural(paths.len() as u64, one, many))?;
        for path in paths.iter().take(LISTED_MAX) {
            writeln!(out, "  {}", crate::print::clean(&path.to_string_lossy()))?;
        }
        if paths.len() > LISTED_MAX {
            writeln!(out, "  and {} more", paths.len() - LISTED_MAX)?;
        }
        Ok(())
    };
    list("damaged file", "damaged files", "of the index", &report.damaged)?;
    let orphans = "that a killed run left; the next index run or check --repair removes what it left";
    list("file", "files", orphans, &report.orphans)?;
    let gone = "gone; index with the folder it lay in takes its stories out, or --forget where that is gone too";
    list("source is", "sources are", gone, &report.sources_gone)?;
    list("source has", "sources have", "changed; index reads what changed", &report.sources_changed)?;
    let altered = "changed, with size and time as they were; index --content reads such";
    list("source has", "sources have", altered, &report.sources_altered)?;
    let unread: Vec<_> = report.sources_unread.iter().map(|(path, reason)| named(path, reason)).collect();
    list("source", "sources", "that cannot be read; what the archive has of them stays", &unread)?;
    if let Some(writer) = &report.writer {
        writeln!(out, "{writer} is writing it just now; what that run has not committed is not looked at")?;
    }
    if report.damaged.is_empty() && report.stories != report.stories_in_ledger {
        writeln!(out, "the ledger counts {} stories, the index {}", report.stories_in_ledger, report.stories)?;
    }
    out.flush()?;
    if report.is_whole() {
        let are_all_gone = report.sources > 0 && report.sources_gone.len() == report.sources;
        let is_unread = are_all_gone || !report.sources_unread.is_empty();
        return Ok(if is_unread { exit::RAW_INPUT } else { exit::FOUND });
    }
    message("error: the archive is damaged");
    message("hint: make it anew from its sources with: dateline check --repair");
    Ok(exit::ARCHIVE)
}

/// A path with what is to be said of it.
fn named(path: &Path, reason: &str) -> std::path::PathBuf {
    let mut text = path.as_os_str().to_owned();
    text.push(": ");
    text.push(reason);
    text.into()
}

/// Puts right what killed runs have left. What is damaged is made anew from its sources,
/// as the ledger or, where that is damaged, the stories name them.
fn repair(folder: &Path, drop_missing: bool, env: &Env) -> Result<()> {
    let is_begun = engine::is_being_made_anew(folder);
    if !is_begun {
        match heal(folder) {
            Ok(true) => return Ok(()),
            Err(e @ (ArchiveError::Missing(_) | ArchiveError::Foreign(_) | ArchiveError::Locked { .. })) => {
                return Err(e.into());
            }
            // A full disk or a folder that may not be written is no damage.
            Err(e @ (ArchiveError::Io { .. } | ArchiveError::Engine { .. } | ArchiveError::Unreadable(_))) => {
                return Err(e.into());
            }
            Ok(false)
            | Err(ArchiveError::Damaged { .. } | ArchiveError::Version { .. } | ArchiveError::Unwritten { .. }) => {}
        }
    }
    let salvage = engine::salvage(folder)?;
    // Stories of members name their member: what is read again is the file around it.
    let mut roots: Vec<_> = salvage.paths.iter().map(|p| ingest::file_of(&engine::path_of(p))).collect();
    roots.sort();
    roots.dedup();
    // What may not be looked at is read or told by the run.
    let missing: Vec<_> = roots.iter().filter(|root| matches!(root.try_exists(), Ok(false))).collect();
    if !is_begun && !drop_missing && !missing.is_empty() {
        // A disk that is not mounted must not cost the archive.
        let first = crate::print::clean(&missing[0].to_string_lossy());
        anyhow::bail!(
            "{} of {} sources are gone ({first}{}): nothing was changed\nhint: bring them back, or lose their stories \
             with: dateline check --repair --drop-missing",
            missing.len(),
            roots.len(),
            if missing.len() > 1 { ", …" } else { "" }
        );
    }
    engine::clear_for_repair(folder, &salvage)?;
    let archive = Archive::find_or_create(folder)?;
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let now = std::time::SystemTime::now();
    let options = Options { roots, jobs, map: None, forget: true, content: false, depth: Depth::Whole, now };
    let report = ingest::run(&archive, &options, &Progress::default())?;
    engine::repaired(folder)?;
    if !env.quiet {
        let (stories, sources) = (report.stories, salvage.paths.len());
        message(&format!("made anew: {stories} stories of {sources} sources, which {} named", salvage.from));
    }
    if report.unreadable > 0 {
        message(&format!("{} sources are gone or cannot be read; their stories are lost:", report.unreadable));
        for (path, reason) in
            report.problems.iter().filter(|(p, _)| !engine::path_of(&path_bytes(p)).exists()).take(LISTED_MAX)
        {
            message(&format!("  {}: {reason}", crate::print::clean(path)));
        }
    }
    Ok(())
}

/// Opens the archive for writing, which cuts off and removes what no commit names, and
/// tells whether it is whole then.
fn heal(folder: &Path) -> Result<bool, ArchiveError> {
    let whole = || {
        let archive = Archive::find(folder)?;
        Writer::open(&archive, 1)?.finish()?;
        Ok(engine::check(&archive, false)?.is_whole())
    };
    // Damaged files can make the engine panic; nothing of it is used behind this point.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(whole)).unwrap_or(Ok(false))
}
