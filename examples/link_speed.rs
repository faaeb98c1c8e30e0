//! Measures how fast the names of stories are linked, apart from finding them.
//!
//! `cargo run --release --example link_speed -- FOLDER` reads every file of a folder as one
//! story, enriches it, takes the ids of its people, places and organisations away and links
//! them again. The fastest round counts; megabytes are those of the stories' text.

#![allow(clippy::print_stdout, reason = "a program run by hand, whose line is its output")]

use dateline::enrich::{enrich, link};
use dateline::story::Story;
use std::path::Path;
use std::time::Instant;

/// Rounds over the texts.
const ROUNDS: usize = 9;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder of texts")?;
    let mut stories = Vec::new();
    read(Path::new(&folder), &mut stories)?;
    let start = Instant::now();
    stories.iter_mut().for_each(enrich);
    let all = start.elapsed().as_secs_f64();
    let bytes: usize = stories.iter().map(|s| s.text.len()).sum();
    let names: usize = stories.iter().map(|s| s.people.len() + s.places.len() + s.orgs.len()).sum();
    let mut best = f64::MAX;
    for _ in 0..ROUNDS {
        stories.iter_mut().for_each(forget);
        let start = Instant::now();
        stories.iter_mut().for_each(link::link);
        best = best.min(start.elapsed().as_secs_f64());
    }
    let megabytes = bytes as f64 / 1e6;
    println!("{} texts, {megabytes:.1} MB, {names} names", stories.len());
    println!("linking {best:.3} s, {:.1} MB/s; with all else once {all:.3} s", megabytes / best);
    Ok(())
}

/// Takes what linking gave.
fn forget(story: &mut Story) {
    for entity in [&mut story.people, &mut story.places, &mut story.orgs].into_iter().flatten() {
        (entity.id, entity.place) = (None, None);
        entity.evidence.retain(|e| !e.rule.starts_with("link/"));
    }
}

fn read(folder: &Path, stories: &mut Vec<Story>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(&path, stories)?;
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            stories.push(Story::new(text));
        }
    }
    Ok(())
}
