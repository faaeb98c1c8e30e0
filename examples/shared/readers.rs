//! One writer and several readers on one archive.
//!
//! The writer rewrites every source with the number of its round and indexes them, again and again.
//! A reader asks for everything: whatever the moment, it must get every story, all of one round, and
//! no earlier round than it has seen.

use super::product::{Product, ended};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What was done while writing and reading went on.
pub(crate) struct Summary {
    pub(crate) rounds: u64,
    pub(crate) answers: u64,
    pub(crate) rounds_seen: u64,
}

/// Runs a writer and `readers` readers in `folder` for `time`.
///
/// # Errors
/// An answer of two rounds, an incomplete one, one that goes back, or a process that fails.
pub(crate) fn run(product: &Product, folder: &Path, stories: usize, readers: usize, time: Duration) -> Result<Summary> {
    let (archive, corpus) = (folder.join("archive"), folder.join("corpus"));
    write_round(&corpus, stories, 0)?;
    product.index_whole(&archive, &corpus)?;
    let (stop, answers, seen) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    let until = Instant::now() + time;
    let rounds = std::thread::scope(|scope| -> Result<u64> {
        let read = || -> Result<()> {
            let mut last = 0;
            while !stop.load(Ordering::Relaxed) {
                let round = ask(product, &archive, stories)?;
                ensure!(round >= last, "round {round} after round {last}");
                seen.fetch_add(u64::from(round > last), Ordering::Relaxed);
                last = round;
                answers.fetch_add(1, Ordering::Relaxed);
            }
            Ok(())
        };
        let threads: Vec<_> = (0..readers).map(|_| scope.spawn(read)).collect();
        let mut rounds = 0;
        let mut write = || -> Result<()> {
            while Instant::now() < until && !threads.iter().any(std::thread::ScopedJoinHandle::is_finished) {
                rounds += 1;
                write_round(&corpus, stories, rounds)?;
                product.index_whole(&archive, &corpus)?;
            }
            Ok(())
        };
        let written = write();
        stop.store(true, Ordering::Relaxed);
        for thread in threads {
            thread.join().map_err(|_| anyhow::anyhow!("a reader panicked"))??;
        }
        written.map(|()| rounds)
    })?;
    ensure!(product.check_is_clean(&archive)?, "check finds damage at the end");
    Ok(Summary { rounds, answers: answers.into_inner(), rounds_seen: seen.into_inner() })
}

fn write_round(corpus: &Path, stories: usize, round: u64) -> Result<()> {
    fs::create_dir_all(corpus)?;
    for story in 0..stories {
        let text = format!(
            "Round {round:06}\n\nOSLO, Dec. 4 (Reuters) - Story {story} of round {round:06} is ready, the desk said.\n"
        );
        fs::write(corpus.join(format!("{story:04}.txt")), text)?;
    }
    Ok(())
}

/// Asks for every story and returns the one round that they are of.
fn ask(product: &Product, archive: &Path, stories: usize) -> Result<u64> {
    let args = ["search", "--format", "jsonl", "--limit", "100000", "--", "*"];
    let ended = ended(&mut product.command(archive, &args))?;
    ensure!(ended.code == Some(0), "search ends with {:?}: {}", ended.code, ended.err.trim());
    let mut rounds = Vec::new();
    for line in ended.out.lines() {
        let (_, after) = line.split_once("Round ").context("a story without its round")?;
        rounds.push(after.chars().take(6).collect::<String>().parse::<u64>()?);
    }
    ensure!(rounds.len() == stories, "{} stories of {stories}", rounds.len());
    let first = rounds.first().copied().unwrap_or(0);
    ensure!(rounds.iter().all(|r| *r == first), "an answer of several rounds: {rounds:?}");
    Ok(first)
}
