//! Throughput by format: reads each file again and again in memory, without enrichment,
//! and prints MB/s on one thread. `cargo run --release --example formats -- FILE…`

#![allow(clippy::print_stdout, reason = "an example that prints its result")]

use dateline::wire::{Source, read_each};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Time spent on one file.
const TIME: Duration = Duration::from_millis(200);

fn main() {
    let mut by_format: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for path in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let mut format = String::new();
        let (started, mut best) = (Instant::now(), f64::MAX);
        while started.elapsed() < TIME {
            let once = Instant::now();
            read_each(&Source::new(&path, &bytes), &mut |story| format.clone_from(&story.format));
            // The fastest of many: what other work on the machine disturbs least.
            best = best.min(once.elapsed().as_secs_f64());
        }
        let row = by_format.entry(format).or_default();
        *row = (row.0 + bytes.len() as f64 / 1e6, row.1 + best);
    }
    for (format, (megabytes, seconds)) in by_format {
        let format = if format.is_empty() { "no story" } else { &format };
        println!("{format:<14} {:>8.1} MB/s over {megabytes:.2} MB", megabytes / seconds.max(1e-9));
    }
}
