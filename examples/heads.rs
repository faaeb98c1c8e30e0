//! Indexes a folder as `dateline index` does, but reads no text for names or times: what is left
//! is reading files, openings, languages and words.
//!
//! ```text
//! cargo build --release --bins --examples
//! /usr/bin/time target/release/examples/heads DIR ARCHIVE
//! ```
//!
//! For measuring only (`measure` runs it): such an archive answers `person:` with nothing, and is
//! not one that `dateline` would make.

use anyhow::{Result, bail};
use dateline::engine::Archive;
use dateline::ingest::{self, Depth, Options, Progress};
use std::path::PathBuf;
use std::time::SystemTime;

fn main() -> Result<()> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [folder, archive] = &paths[..] else { bail!("heads DIR ARCHIVE") };
    let options = Options {
        roots: vec![std::path::absolute(folder)?],
        jobs: std::thread::available_parallelism().map_or(1, usize::from),
        map: None,
        forget: false,
        content: false,
        depth: Depth::Head,
        now: SystemTime::now(),
    };
    ingest::run(&Archive::find_or_create(archive)?, &options, &Progress::default())?;
    Ok(())
}
