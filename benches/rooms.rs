//! What each room costs by itself: time for one story, or for one query.
//!
//! ```text
//! cargo bench --bench rooms [-- FOLDER_OF_STORIES]
//! ```
//!
//! The sample corpus is read where no folder is given. Each room works on all stories in turn, ten
//! rounds; shown is the median round, divided by the stories. Refuses to compare with an earlier run:
//! the tables of `benches/README.md` are for that.

#![allow(clippy::print_stdout, reason = "a program run by hand, whose table is its output")]

use anyhow::{Context, Result};
use dateline::engine::{Archive, Facet, Reader};
use dateline::ingest::{self, Options, Progress};
use dateline::story::Story;
use dateline::wire::{self, Reading, Source};
use dateline::{enrich, query, search, text};
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Instant, SystemTime};

/// Rounds of each measurement.
const ROUNDS: usize = 10;
/// Stories read at most: a median of ten rounds needs no more.
const STORIES_MAX: usize = 5_000;
/// Queries of each kind that the language has.
const QUERIES: [(&str, &str); 9] = [
    ("word", "said OR dit"),
    ("two words", "president government"),
    ("phrase", "\"prime minister\""),
    ("exact", "=President"),
    ("wildcard", "minist*"),
    ("regular expression", "/p[ou]+tine?/"),
    ("field", "agency:reuters OR lang:fr"),
    ("date", "date:1980..2030"),
    ("everything", "*"),
];

fn main() -> Result<()> {
    let folder = std::env::args().skip(1).find(|a| !a.starts_with("--")).map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/sample_corpus")));
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().flatten().take(4 * STORIES_MAX) {
        if entry.file_type().is_file() && files.len() < STORIES_MAX {
            files.push(std::fs::read(entry.path())?);
        }
    }
    let stories: Vec<Story> = files.iter().flat_map(|bytes| read(bytes)).collect();
    let bytes: usize = stories.iter().map(|s| s.text.len()).sum();
    println!("{}: {} stories, {bytes} bytes", folder.display(), stories.len());
    rooms(&files, &stories);
    queries(&folder)
}

fn read(bytes: &[u8]) -> Vec<Story> {
    match wire::read(&Source::new("", bytes)) {
        Reading::Stories(stories) => stories,
        Reading::NotAStory(_) => Vec::new(),
    }
}

fn rooms(files: &[Vec<u8>], stories: &[Story]) {
    let count = stories.len();
    show("wire: bytes to story", count, || files.iter().for_each(|f| drop(black_box(read(f)))));
    let each = |name: &str, work: &dyn Fn(&mut Story)| {
        let mut fresh: Vec<Vec<Story>> = (0..ROUNDS).map(|_| stories.to_vec()).collect();
        show(name, count, || {
            for story in fresh.pop().iter_mut().flatten() {
                work(story);
            }
        });
    };
    each("enrich: opening", &|s| enrich::opening::read_with(s, &|_| false));
    each("enrich: times", &|s| enrich::times::read(s, None));
    each("enrich: everything", &enrich::enrich);
    show("text: words", count, || {
        for story in stories {
            black_box(text::words(&story.text).count());
        }
    });
    let mut folded = String::new();
    show("text: words, folded", count, || {
        for story in stories {
            for word in text::words(&story.text) {
                folded.clear();
                text::fold_into(&story.text[word.start..word.end], &mut folded);
                black_box(&folded);
            }
        }
    });
}

fn queries(folder: &std::path::Path) -> Result<()> {
    let work = tempfile::tempdir()?;
    let archive = Archive::find_or_create(&work.path().join("archive"))?;
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let options = Options {
        roots: vec![std::path::absolute(folder)?],
        jobs,
        map: None,
        forget: false,
        content: false,
        depth: ingest::Depth::Whole,
        now: SystemTime::now(),
    };
    ingest::run(&archive, &options, &Progress::default())?;
    show("archive: open", 1, || drop(black_box(Reader::open(&archive))));
    let reader = Reader::open(&archive)?;
    let today = chrono::NaiveDate::from_ymd_opt(2024, 12, 20).context("a day")?;
    for (name, text) in QUERIES {
        let parsed = query::parse(text, &query::Context { today, any: false })
            .map_err(|e| anyhow::anyhow!("{}", e.draw(text)))?;
        show(&format!("query: {name}: parse"), 1, || {
            drop(black_box(query::parse(text, &query::Context { today, any: false })));
        });
        show(&format!("query: {name}: counted by agency"), 1, || {
            drop(black_box(search::facets(&reader, search::Wanted::all(&parsed.query), Facet::Agency)));
        });
    }
    Ok(())
}

/// Runs `work` in rounds and prints the median, divided by `count`.
fn show(name: &str, count: usize, mut work: impl FnMut()) {
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let since = Instant::now();
            work();
            since.elapsed().as_secs_f64()
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    println!("{name:<46} {:>10.2} µs", rounds[ROUNDS / 2] * 1e6 / count.max(1) as f64);
}
