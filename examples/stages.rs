//! Measures how fast the text of stories is read: their opening, times, names and links, on one
//! core.
//!
//! `cargo run --release --example stages -- FOLDER` reads every file of a folder as one story and
//! enriches it. The fastest of several rounds counts for each part; megabytes are those of the
//! stories' text.

#![allow(clippy::print_stdout, reason = "a program run by hand, whose table is its output")]

use dateline::enrich::enrich_while;
use dateline::story::Story;
use std::cell::RefCell;
use std::path::Path;
use std::time::{Duration, Instant};

/// Rounds over the texts.
const ROUNDS: usize = 7;
/// What lies between the moments at which a story may be given up.
const PARTS: [&str; 4] = ["opening and language", "times and filed", "names", "links and quotations"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder of texts")?;
    let mut texts = Vec::new();
    read(Path::new(&folder), &mut texts)?;
    let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let mut best = [Duration::MAX; PARTS.len()];
    for _ in 0..ROUNDS {
        let mut round = [Duration::ZERO; PARTS.len()];
        for text in &texts {
            let mut story = Story::new(text.clone());
            let marks = RefCell::new(vec![Instant::now()]);
            enrich_while(&mut story, &|| {
                marks.borrow_mut().push(Instant::now());
                true
            });
            for (part, pair) in round.iter_mut().zip(marks.borrow().windows(2)) {
                *part += pair[1] - pair[0];
            }
        }
        for (best, part) in best.iter_mut().zip(round) {
            *best = part.min(*best);
        }
    }
    println!("{} texts, {megabytes:.1} MB", texts.len());
    let show = |name: &str, time: f64| println!("{name:<24} {time:>7.3} s {:>7.2} MB/s", megabytes / time);
    for (name, part) in PARTS.iter().zip(best) {
        show(name, part.as_secs_f64());
    }
    show("times, names, links", best[1..].iter().sum::<Duration>().as_secs_f64());
    Ok(())
}

fn read(folder: &Path, texts: &mut Vec<String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(&path, texts)?;
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            texts.push(text);
        }
    }
    Ok(())
}
