//! Measures how fast times are read from text: megabytes a second on one core.
//!
//! `cargo run --release --example time_speed -- FOLDER [LANGUAGE]` reads every file of a
//! folder as one story and then, without the disk, finds and resolves its times. The processor's
//! own time is told too, where the system does: beside other work the clock tells of them all.

#![allow(clippy::print_stdout, reason = "a program run by hand, whose line is its output")]

use dateline::enrich::times;
use dateline::story::{Sourced, Story};
use std::path::Path;
use std::time::Instant;

/// Rounds over the texts; the fastest counts.
const ROUNDS: usize = 9;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("name a folder of texts")?;
    let lang = args.next().unwrap_or_else(|| "en".to_owned());
    let mut stories = Vec::new();
    read(Path::new(&folder), &lang, &mut stories)?;
    let bytes: usize = stories.iter().map(|s| s.text.len()).sum();
    let day = chrono::NaiveDate::from_ymd_opt(1987, 6, 1);
    let (mut best, mut least, mut found) = (f64::MAX, f64::MAX, 0);
    for _ in 0..ROUNDS {
        let (start, used) = (Instant::now(), processor_seconds());
        for story in &mut stories {
            times::read(story, day);
        }
        best = best.min(start.elapsed().as_secs_f64());
        if let Some((before, after)) = used.zip(processor_seconds()) {
            least = least.min(after - before);
        }
        found = stories.iter().map(|s| s.times.len()).sum();
    }
    let megabytes = bytes as f64 / 1e6;
    let rate = megabytes / best;
    println!("{} texts, {megabytes:.1} MB, {found} times, {best:.3} s, {rate:.1} MB/s", stories.len());
    if least < f64::MAX {
        println!("{least:.2} s of the processor, {:.1} MB/s", megabytes / least);
    }
    Ok(())
}

/// Returns the seconds that the processor spent on this process, as Linux counts them.
fn processor_seconds() -> Option<f64> {
    const TICKS_A_SECOND: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name in brackets; user time is the 14th field, system time the 15th.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: f64 = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    Some(ticks / TICKS_A_SECOND)
}

fn read(folder: &Path, lang: &str, stories: &mut Vec<Story>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(&path, lang, stories)?;
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            let mut story = Story::new(text);
            story.lang = Some(Sourced { value: lang.to_owned(), evidence: Vec::new() });
            stories.push(story);
        }
    }
    Ok(())
}
