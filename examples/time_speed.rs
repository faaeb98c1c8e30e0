//! Measures how fast times are read from text: megabytes a second on one core.
//!
//! `cargo run --release --example time_speed -- FOLDER [LANGUAGE]` reads every file of a
//! folder as one story and then, without the disk, finds and resolves its times.

#![allow(clippy::print_stdout, reason = "a program run by hand, whose line is its output")]

use dateline::enrich::times;
use dateline::story::{Sourced, Story};
use std::path::Path;
use std::time::Instant;

/// Rounds over the texts; the fastest counts.
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("name a folder of texts")?;
    let lang = args.next().unwrap_or_else(|| "en".to_owned());
    let mut stories = Vec::new();
    read(Path::new(&folder), &lang, &mut stories)?;
    let bytes: usize = stories.iter().map(|s| s.text.len()).sum();
    let day = chrono::NaiveDate::from_ymd_opt(1987, 6, 1);
    let (mut best, mut found) = (f64::MAX, 0);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        for story in &mut stories {
            times::read(story, day);
        }
        best = best.min(start.elapsed().as_secs_f64());
        found = stories.iter().map(|s| s.times.len()).sum();
    }
    let megabytes = bytes as f64 / 1e6;
    let rate = megabytes / best;
    println!("{} texts, {megabytes:.1} MB, {found} times, {best:.3} s, {rate:.1} MB/s", stories.len());
    Ok(())
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
