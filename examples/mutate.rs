//! Damages fixtures at random and reads them, format by format, and prints what was read in
//! every format of output; then damages queries and parses and explains them: no panic,
//! bounded time.
//!
//! `cargo run --release --example mutate -- [--seconds N] [--seed N] [FORMAT… | queries]`. What
//! fails is written to the folder of temporary files and named. Blind to coverage: `fuzz/` is not.

#![allow(clippy::print_stdout, reason = "a program for people")]

use dateline::print::{COLUMNS, Look, Needs, PRINTERS, Page, Style};
use dateline::query::OPERATORS;
use dateline::search::{Hit, Snippet, Summary};
use dateline::story::{FIELDS, Story};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Time that one damaged fixture may take.
const TIME_MAX: Duration = Duration::from_secs(2);
/// Bytes that a damaged fixture may grow to.
const BYTES_MAX: usize = 256 * 1024;

/// A generator of the kind xorshift64*.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).map(|e| e.flatten().map(|e| e.path()).collect()).unwrap_or_default();
    let mut paths: Vec<PathBuf> = entries;
    paths.retain(|p| p.extension().is_none_or(|e| e != "read"));
    paths.sort();
    paths.iter().filter_map(|p| std::fs::read(p).ok()).filter(|b| !b.is_empty()).collect()
}

fn damage(seed: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(8) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        let length = random.below(64).min(bytes.len() - at);
        match random.below(8) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => drop(bytes.drain(at..at + length)),
            2 => bytes.truncate(at),
            3 => {
                let from = random.below(other.len());
                let piece = other[from..(from + random.below(400)).min(other.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            4 => {
                let piece = bytes[at..at + length].to_vec();
                for _ in 0..random.below(200) {
                    bytes.splice(at..at, piece.iter().copied());
                    if bytes.len() > BYTES_MAX {
                        break;
                    }
                }
            }
            5 => {
                const NUMBERS: &[&[u8]] =
                    &[b"0", b"-1", b"4294967295", b"4294967296", b"99999999999999999999", b"1e999"];
                if let Some(at) = bytes[at..].iter().position(u8::is_ascii_digit).map(|i| at + i) {
                    let end = bytes[at..].iter().position(|b| !b.is_ascii_digit()).map_or(bytes.len(), |i| at + i);
                    bytes.splice(at..end, NUMBERS[random.below(NUMBERS.len())].iter().copied());
                }
            }
            6 => bytes[at] = random.next() as u8,
            _ => {
                const SIGNS: &[u8] = b"<>&\"'{}[]():=/\\\0\x01\x02\x1f\xff\n";
                bytes[at] = SIGNS[random.below(SIGNS.len())];
            }
        }
        bytes.truncate(BYTES_MAX);
    }
    bytes
}

/// Prints a story in every format of output.
fn print(story: Story, random: &mut Random) {
    let words: Vec<&str> = story.text.split_whitespace().take(40).collect();
    let text = words.join(" ");
    // Marks lie on characters and behind each other, as a search gives them.
    let border = |at: usize| (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let (from, to) = (border(random.below(text.len() + 1)), border(random.below(text.len() + 1)));
    let spans = std::iter::once(from..to).filter(|s| s.start < s.end).collect();
    let query = text.chars().take(60).collect::<String>();
    let hit = Hit { story, score: 1.0, snippet: Snippet { spans, text }, archive: None };
    let summary = Summary { query: query.clone(), total: 1, listed: 1, ..Summary::default() };
    for printer in PRINTERS {
        for fields in [None, printer.takes_fields().then(|| COLUMNS.iter().collect::<Vec<_>>())] {
            let look =
                Look { columns: 20 + random.below(100), style: Style::default(), base: None, whole: false, nul: false };
            let page = Page { summary: &summary, reading: &query, order: "date", fields, overview: None, look };
            let mut out = Vec::new();
            let list = printer.begin(&mut out, &page).and_then(|mut list| {
                match printer.needs(page.fields.as_deref()) {
                    Needs::Ids => list.id(hit.story.id, None)?,
                    Needs::Paths => list.path(&hit.story.path)?,
                    Needs::Stories | Needs::Passages => list.hit(&hit)?,
                }
                list.finish()
            });
            list.unwrap_or_else(|e| panic!("{}: {e}", printer.name()));
            if printer.name() != "xlsx" {
                assert!(std::str::from_utf8(&out).is_ok(), "{} writes UTF-8", printer.name());
            }
        }
    }
}

/// Damages queries of the table of operators and of fields.
fn queries(until: Instant, random: &mut Random, failed: &mut usize) -> u64 {
    let seeds: Vec<Vec<u8>> = OPERATORS
        .iter()
        .map(|row| row.form.as_bytes().to_vec())
        .chain(FIELDS.iter().map(|field| field.example.as_bytes().to_vec()))
        .collect();
    let today = chrono::NaiveDate::from_ymd_opt(2024, 12, 5).unwrap_or_default();
    let mut runs = 0;
    while Instant::now() < until {
        let mut bytes = damage(&seeds[random.below(seeds.len())], &seeds[random.below(seeds.len())], random);
        for _ in 0..random.below(3) {
            bytes.extend([" AND ", " OR ", " NOT ", " W/3 "][random.below(4)].bytes());
            bytes.extend(damage(&seeds[random.below(seeds.len())], &seeds[random.below(seeds.len())], random));
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let started = Instant::now();
        let read = catch_unwind(AssertUnwindSafe(|| {
            if let Ok(parsed) = dateline::query::parse(&text, &dateline::query::Context { today, any: false }) {
                let _ = dateline::query::sentence(&parsed.query.root);
                let _ = dateline::query::tree(&parsed.query.root);
            }
        }));
        if read.is_err() || started.elapsed() > TIME_MAX {
            *failed += 1;
            let path = std::env::temp_dir().join(format!("damaged-query-{runs}"));
            let _ = std::fs::write(&path, &bytes);
            println!(
                "query: {} after {:?}: {}",
                if read.is_err() { "panic" } else { "slow" },
                started.elapsed(),
                path.display()
            );
        }
        runs += 1;
    }
    runs
}

fn main() {
    let mut seconds = 20;
    let mut seed = 1;
    let mut wanted: Vec<String> = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().and_then(|n| n.parse().ok()).unwrap_or(1);
        match argument.as_str() {
            "--seconds" => seconds = number(),
            "--seed" => seed = number(),
            _ => wanted.push(argument),
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let formats = dateline::wire::FORMATS.iter().map(|f| f.name());
    let all: Vec<Vec<u8>> = formats.clone().flat_map(|f| files(&root.join(f))).collect();
    let mut failed = 0;
    for format in formats.filter(|f| wanted.is_empty() || wanted.iter().any(|w| w == f)) {
        let seeds = files(&root.join(format));
        let mut random = Random(seed ^ 0x9E37_79B9_7F4A_7C15);
        let until = Instant::now() + Duration::from_secs(seconds);
        let (mut runs, mut stories, mut printed, mut slowest) = (0u64, 0u64, 0u64, Duration::ZERO);
        while Instant::now() < until && !seeds.is_empty() {
            let bytes = damage(&seeds[random.below(seeds.len())], &all[random.below(all.len())], &mut random);
            let started = Instant::now();
            let read = catch_unwind(AssertUnwindSafe(|| {
                dateline::ingest::read_bytes("damaged", &bytes, None, &mut |found| {
                    if let dateline::ingest::Found::Story(story) = found {
                        stories += 1;
                        // Workbooks take longer than all parsers: one story in twenty.
                        if stories % 20 == 0 {
                            printed += 1;
                            print(*story, &mut random);
                        }
                    }
                });
            }));
            let took = started.elapsed();
            if read.is_err() || took > TIME_MAX {
                failed += 1;
                let path = std::env::temp_dir().join(format!("damaged-{format}-{runs}"));
                let _ = std::fs::write(&path, &bytes);
                println!(
                    "{format}: {} after {took:?}: {}",
                    if read.is_err() { "panic" } else { "slow" },
                    path.display()
                );
            }
            slowest = slowest.max(took);
            runs += 1;
        }
        println!("{format:<14} {runs:>8} runs, {stories:>8} stories, {printed:>6} printed, slowest {slowest:?}");
    }
    if wanted.is_empty() || wanted.iter().any(|w| w == "queries") {
        let mut random = Random(seed ^ 0x9E37_79B9_7F4A_7C15);
        let runs = queries(Instant::now() + Duration::from_secs(seconds), &mut random, &mut failed);
        println!("{:<14} {runs:>8} runs", "queries");
    }
    if failed > 0 {
        std::process::exit(1);
    }
}
