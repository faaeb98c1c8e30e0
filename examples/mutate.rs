//! Damages fixtures at random and reads them, format by format: no panic, bounded time.
//!
//! `cargo run --release --example mutate -- [--seconds N] [--seed N] [FORMAT…]`. What fails is
//! written to the folder of temporary files and named. Blind to coverage: `fuzz/` is not.

#![allow(clippy::print_stdout, reason = "a program for people")]

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
        let (mut runs, mut stories, mut slowest) = (0u64, 0u64, Duration::ZERO);
        while Instant::now() < until && !seeds.is_empty() {
            let bytes = damage(&seeds[random.below(seeds.len())], &all[random.below(all.len())], &mut random);
            let started = Instant::now();
            let read = catch_unwind(AssertUnwindSafe(|| {
                dateline::ingest::read_bytes("damaged", &bytes, None, &mut |found| {
                    stories += u64::from(matches!(found, dateline::ingest::Found::Story(_)));
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
        println!("{format:<14} {runs:>8} runs, {stories:>8} stories, slowest {slowest:?}");
    }
    if failed > 0 {
        std::process::exit(1);
    }
}
