//! The floor: what a bare tantivy needs for the same files, and nothing more.
//!
//! For whoever asks what `dateline`'s reading, datelines and names cost on top of the engine. It
//! has one text field with positions, tantivy's default tokenizer, stored; the path as one
//! stored and fast term; one column of numbers; two indexing threads, 128 MB of heap in all, one commit, LZ4.
//!
//! ```text
//! floor index DIR OUT
//! floor search OUT QUERY [--limit 10] [--count] [--by-number]
//! floor ids OUT QUERY
//! floor scan DIR
//! ```
//!
//! `ids` reads one number a story from a column and prints it in hexadecimal, in the order of the
//! index: what no export of ids can save. `--by-number` orders by that column, as a list by date
//! orders by its own.
//!
//! `scan` walks and reads the files only: what no indexer can save. `search` reads tantivy's own
//! syntax, words joined by AND; `--count` prints the total alone, without ranking.
//!
//! Refuses to update: `index` writes a new folder or fails. It has no stemming, folding, fields or
//! snippets, so its hits differ from `dateline`'s; compare the totals before the times.

#![allow(clippy::print_stdout, reason = "a program run by hand, whose report is its output")]

use std::fs;
use std::hash::{Hash, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::{Parser, Subcommand};
use tantivy::collector::{Collector, Count, SegmentCollector, TopDocs};
use tantivy::columnar::Column;
use tantivy::query::{Query, QueryParser};
use tantivy::schema::{FAST, Field, STORED, STRING, Schema, TEXT, Value};
use tantivy::{DocId, Index, IndexWriter, Order, Score, Searcher, SegmentReader, TantivyDocument, doc};
use walkdir::WalkDir;

/// Indexing threads: right on two cores, and what `dateline` is measured against.
const INDEXING_THREADS: usize = 2;

/// Heap of all indexing threads together: with less, segments multiply.
const HEAP_BYTES: usize = 128_000_000;

/// Clock ticks a second in `/proc/self/stat`: Linux shows 100 on every common machine.
const TICKS_A_SECOND: f64 = 100.0;

#[derive(Parser)]
#[command(about = "Bare tantivy over a folder of text files, for comparison")]
struct Args {
    #[command(subcommand)]
    command: Cmd,
}

#[derive(Subcommand)]
enum Cmd {
    /// Indexes every file of a folder in one commit
    Index { dir: PathBuf, out: PathBuf },
    /// Prints the total and the best paths
    Search {
        out: PathBuf,
        query: String,
        #[arg(long, default_value_t = 10)]
        limit: usize,
        /// Prints the total alone
        #[arg(long)]
        count: bool,
        /// Orders by the column of numbers instead of the score
        #[arg(long)]
        by_number: bool,
    },
    /// Prints the number of every story that matches
    Ids { out: PathBuf, query: String },
    /// Walks and reads the files, and does nothing with them
    Scan { dir: PathBuf },
}

fn main() -> Result<()> {
    match Args::parse().command {
        Cmd::Index { dir, out } => index(&dir, &out),
        Cmd::Search { out, query, limit, count, by_number } => search(&out, &query, limit, count, by_number),
        Cmd::Ids { out, query } => ids(&out, &query),
        Cmd::Scan { dir } => scan(&dir),
    }
}

fn index(dir: &Path, out: &Path) -> Result<()> {
    let start = Instant::now();
    let mut schema = Schema::builder();
    let path = schema.add_text_field("path", STRING | STORED | FAST);
    let text = schema.add_text_field("text", TEXT | STORED);
    let number = schema.add_u64_field("number", FAST);
    fs::create_dir_all(out)?;
    let index = Index::create_in_dir(out, schema.build())
        .with_context(|| format!("cannot make an index in {}", out.display()))?;
    let mut writer: IndexWriter = index.writer_with_num_threads(INDEXING_THREADS, HEAP_BYTES)?;
    let read = for_each_file(dir, |file, bytes| {
        let text_read = String::from_utf8_lossy(bytes).into_owned();
        let file = file.to_string_lossy().into_owned();
        let mut hasher = std::hash::DefaultHasher::new();
        file.hash(&mut hasher);
        writer.add_document(doc!(number => hasher.finish(), path => file, text => text_read))?;
        Ok(())
    })?;
    writer.commit()?;
    writer.wait_merging_threads()?;
    report(&read, start.elapsed());
    let segments = index.searchable_segment_ids()?.len();
    println!("index    {} bytes, {segments} segments", folder_bytes(out)?);
    Ok(())
}

/// Opens an index and reads a query in tantivy's own syntax.
fn open(out: &Path, query: &str) -> Result<(Searcher, Box<dyn Query>, Field)> {
    let index = Index::open_in_dir(out).with_context(|| format!("cannot open an index in {}", out.display()))?;
    let searcher = index.reader()?.searcher();
    let (path, text) = (index.schema().get_field("path")?, index.schema().get_field("text")?);
    let mut parser = QueryParser::for_index(&index, vec![text]);
    parser.set_conjunction_by_default();
    parser.allow_regexes();
    Ok((searcher, parser.parse_query(query)?, path))
}

fn search(out: &Path, query: &str, limit: usize, count: bool, by_number: bool) -> Result<()> {
    ensure!(limit > 0, "a limit of 0 asks for nothing: use --count");
    let (searcher, query, path) = open(out, query)?;
    let mut to = io::stdout().lock();
    if count {
        writeln!(to, "{}", searcher.search(&query, &Count)?)?;
        return Ok(());
    }
    if by_number {
        let first = TopDocs::with_limit(limit).order_by_fast_field::<u64>("number", Order::Asc);
        let (hits, total) = searcher.search(&query, &(first, Count))?;
        writeln!(to, "{total}")?;
        for (number, address) in hits {
            let story: TantivyDocument = searcher.doc(address)?;
            writeln!(to, "{number:?}\t{}", stored(&story, path))?;
        }
        return Ok(());
    }
    let best = TopDocs::with_limit(limit).order_by_score();
    let (hits, total) = searcher.search(&query, &(best, Count))?;
    writeln!(to, "{total}")?;
    for (score, address) in hits {
        let story: TantivyDocument = searcher.doc(address)?;
        writeln!(to, "{score:.3}\t{}", stored(&story, path))?;
    }
    Ok(())
}

/// Prints the numbers as a bare program would: one pass, no order.
fn ids(out: &Path, query: &str) -> Result<()> {
    let (searcher, query, _) = open(out, query)?;
    let mut to = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    for numbers in searcher.search(&query, &Numbers)? {
        for number in numbers {
            writeln!(to, "{number:016x}")?;
        }
    }
    to.flush()?;
    Ok(())
}

/// Collects the column of numbers.
struct Numbers;

struct NumbersOfSegment {
    column: Column<u64>,
    numbers: Vec<u64>,
}

impl Collector for Numbers {
    type Fruit = Vec<Vec<u64>>;
    type Child = NumbersOfSegment;
    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<NumbersOfSegment> {
        Ok(NumbersOfSegment { column: segment.fast_fields().u64("number")?, numbers: Vec::new() })
    }
    fn requires_scoring(&self) -> bool {
        false
    }
    fn merge_fruits(&self, fruits: Vec<Vec<u64>>) -> tantivy::Result<Vec<Vec<u64>>> {
        Ok(fruits)
    }
}

impl SegmentCollector for NumbersOfSegment {
    type Fruit = Vec<u64>;
    fn collect(&mut self, doc: DocId, _: Score) {
        self.numbers.extend(self.column.first(doc));
    }
    fn harvest(self) -> Vec<u64> {
        self.numbers
    }
}

fn scan(dir: &Path) -> Result<()> {
    let start = Instant::now();
    let read = for_each_file(dir, |_, _| Ok(()))?;
    report(&read, start.elapsed());
    Ok(())
}

/// What went through [`for_each_file`].
#[derive(Default)]
struct Read {
    stories: u64,
    bytes: u64,
}

/// Calls `each` with the path and the bytes of every regular file under a folder.
fn for_each_file(dir: &Path, mut each: impl FnMut(&Path, &[u8]) -> Result<()>) -> Result<Read> {
    let mut read = Read::default();
    for entry in WalkDir::new(dir) {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        let file = entry.path();
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        each(file, &bytes)?;
        read.stories += 1;
        read.bytes += bytes.len() as u64;
    }
    Ok(read)
}

fn stored(story: &TantivyDocument, field: Field) -> &str {
    story.get_first(field).and_then(|value| value.as_str()).unwrap_or_default()
}

fn report(read: &Read, wall: Duration) {
    println!("stories  {}", read.stories);
    println!("bytes    {}", read.bytes);
    println!("wall     {:.3} s", wall.as_secs_f64());
    match cpu_seconds() {
        Some(cpu) => println!("cpu      {cpu:.2} s"),
        None => println!("cpu      unknown (no /proc)"),
    }
    match peak_kib() {
        Some(kib) => println!("peak     {kib} KiB"),
        None => println!("peak     unknown (no /proc)"),
    }
}

/// Reads the seconds of CPU, user and system, of all threads so far.
fn cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name may hold blanks and brackets: the fields start after the last bracket,
    // with the third (proc(5)); utime and stime are the 14th and 15th.
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(ticks as f64 / TICKS_A_SECOND)
}

/// Reads the largest resident size so far.
fn peak_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn folder_bytes(dir: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in WalkDir::new(dir) {
        let entry = entry?;
        if entry.file_type().is_file() {
            bytes += entry.metadata()?.len();
        }
    }
    Ok(bytes)
}
