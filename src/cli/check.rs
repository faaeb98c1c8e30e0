//! `dateline check`: is the archive whole?

use super::{Env, exit, message, out};
use crate::engine::{self, Archive, Writer};
use anyhow::Result;
use std::io::Write;

/// Paths listed of each kind of finding.
const LISTED_MAX: usize = 10;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Compare the bytes of every source, not only its size
    #[arg(long)]
    content: bool,
    /// Remove what killed runs have left; sources that changed are read by `index`
    #[arg(long)]
    repair: bool,
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let archive = Archive::find(&env.folder())?;
    if args.repair {
        // Opening for writing cuts off and removes what no commit names.
        Writer::open(&archive, 1)?.finish()?;
    }
    let report = engine::check(&archive, args.content)?;
    let mut out = out();
    writeln!(out, "{} stories, {} index files whole, {} sources", report.stories, report.files, report.sources)?;
    let mut list = |what: &str, paths: &[std::path::PathBuf]| -> std::io::Result<()> {
        if paths.is_empty() {
            return Ok(());
        }
        writeln!(out, "{} {what}", paths.len())?;
        for path in paths.iter().take(LISTED_MAX) {
            writeln!(out, "  {}", crate::print::clean(&path.to_string_lossy()))?;
        }
        if paths.len() > LISTED_MAX {
            writeln!(out, "  and {} more", paths.len() - LISTED_MAX)?;
        }
        Ok(())
    };
    list("damaged files of the index", &report.damaged)?;
    list("files left by a killed run; the next index run or check --repair removes them", &report.orphans)?;
    list("sources are gone; run index to take their stories out", &report.sources_gone)?;
    list("sources have changed; run index to read them", &report.sources_changed)?;
    if report.damaged.is_empty() && report.stories != report.stories_in_ledger {
        writeln!(out, "the ledger counts {} stories, the index {}", report.stories_in_ledger, report.stories)?;
    }
    out.flush()?;
    if report.is_whole() {
        return Ok(exit::FOUND);
    }
    message("error: the archive is damaged");
    message("hint: rebuild it from its sources with: dateline index --rebuild FOLDER");
    Ok(exit::ARCHIVE)
}
