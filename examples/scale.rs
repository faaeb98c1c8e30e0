//! Cost at several sizes of archive, beside the floor: does it grow in a straight line?
//!
//! ```text
//! cargo build --release --bins --examples
//! target/release/examples/scale --corpus DIR [--points 20000,200000] [--work DIR]
//! target/release/examples/scale --corpus DIR --points 1000000
//! ```
//!
//! For each point: `generate` makes that many stories out of the folder; the floor and `dateline`
//! index them, one after the other; then nothing has changed, against `find` reading the same times
//! and sizes; then a hundred stories are added. Start-up is `dateline --version` against `true`.
//!
//! Wall and CPU are whole processes under GNU time (`/usr/bin/time`), which is needed. Runs of
//! indexing are made once a point, `--runs` sets more; the short ones are medians of five. Refuses to
//! judge, as `measure` does.

#![allow(clippy::print_stdout, reason = "a program run by hand, whose table is its output")]

use anyhow::{Context, Result, ensure};
use clap::Parser;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use walkdir::WalkDir;

/// GNU time, called by its path: the shell's own `time` knows no memory.
const GNU_TIME: &str = "/usr/bin/time";
/// Runs of what takes less than a second.
const SHORT_RUNS: usize = 5;
/// Starts of the program in one measurement of starting.
const STARTS: u32 = 100;
/// Stories that are added to each archive, every time anew.
const ADDED: usize = 100;

#[derive(Parser)]
#[command(about = "Measures dateline and the floor on generated archives of several sizes")]
struct Args {
    /// Folder of stories that sentences are taken from
    #[arg(long)]
    corpus: PathBuf,
    #[arg(long, value_delimiter = ',', default_value = "20000,200000")]
    points: Vec<usize>,
    #[arg(long, default_value_t = 1)]
    runs: usize,
    /// Where the stories and archives are made and removed again
    #[arg(long)]
    work: Option<PathBuf>,
    #[arg(long, default_value = "target/release")]
    bin: PathBuf,
}

/// What one run cost.
#[derive(Clone, Copy)]
struct Cost {
    wall_s: f64,
    cpu_s: f64,
    peak_mb: f64,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let work = match &args.work {
        Some(folder) => tempfile::tempdir_in(folder)?,
        None => tempfile::tempdir()?,
    };
    let bench = Bench { bin: fs::canonicalize(&args.bin)?, work: work.path().to_owned() };
    println!("| stories | what | dateline | floor or find | ratio |");
    println!("|---:|---|---:|---:|---:|");
    bench.starting()?;
    for &stories in &args.points {
        bench.point(&args.corpus, stories, args.runs)?;
    }
    Ok(())
}

struct Bench {
    bin: PathBuf,
    work: PathBuf,
}

impl Bench {
    fn point(&self, corpus: &Path, stories: usize, runs: usize) -> Result<()> {
        let folder = self.work.join("stories");
        self.generate(corpus, &folder.join("made"), stories, 0)?;
        let bytes = folder_bytes(&folder)?;
        let (mut ours, mut floors) = (Vec::new(), Vec::new());
        let (archive, floor_index) = (self.work.join("archive"), self.work.join("floor"));
        for _ in 0..runs.max(1) {
            remove(&archive)?;
            remove(&floor_index)?;
            let mut floor = Command::new(self.bin.join("examples/floor"));
            floors.push(timed(floor.arg("index").arg(&folder).arg(&floor_index))?);
            ours.push(timed(&mut self.index(&archive, &folder))?);
        }
        let row = |what: &str, unit: &str, of: &dyn Fn(&Cost) -> f64| {
            print_row(stories, what, unit, median(&ours, of), median(&floors, of));
        };
        row("index, wall", "s", &|c| c.wall_s);
        row("index, CPU", "s", &|c| c.cpu_s);
        row("index, peak memory", "MB", &|c| c.peak_mb);
        let (size, floor_size) = (folder_bytes(&archive)? as f64, folder_bytes(&floor_index)? as f64);
        print_row(stories, "archive", "MB", size / 1e6, floor_size / 1e6);
        print_row(stories, "archive, against the text", "MB", size / 1e6, bytes as f64 / 1e6);
        remove(&floor_index)?;
        self.again(&archive, &folder, stories, corpus)?;
        remove(&folder)?;
        remove(&archive)
    }

    /// Nothing changed, then a hundred more stories, then nothing again.
    fn again(&self, archive: &Path, folder: &Path, stories: usize, corpus: &Path) -> Result<()> {
        let (mut none, mut find, mut added) = (Vec::new(), Vec::new(), Vec::new());
        for run in 0..SHORT_RUNS {
            none.push(timed(&mut self.index(archive, folder))?);
            find.push(timed(Command::new("find").arg(folder).args(["-printf", "%T@ %s %p\\n"]))?);
            self.generate(corpus, &folder.join(format!("added-{run}")), ADDED, stories + run * ADDED)?;
            added.push(timed(&mut self.index(archive, folder))?);
        }
        let ms = |costs: &[Cost], of: &dyn Fn(&Cost) -> f64| 1e3 * median(costs, of);
        let (wall, cpu) = (&|c: &Cost| c.wall_s, &|c: &Cost| c.cpu_s);
        print_row(stories, "nothing changed, wall", "ms", ms(&none, wall), ms(&find, wall));
        print_row(stories, "nothing changed, CPU", "ms", ms(&none, cpu), ms(&find, cpu));
        let peak = |c: &Cost| c.peak_mb;
        print_row(stories, "nothing changed, peak memory", "MB", median(&none, &peak), median(&find, &peak));
        print_row(stories, "100 stories more, against nothing changed, wall", "ms", ms(&added, wall), ms(&none, wall));
        print_row(stories, "100 stories more, against nothing changed, CPU", "ms", ms(&added, cpu), ms(&none, cpu));
        Ok(())
    }

    fn starting(&self) -> Result<()> {
        let starts = |command: &dyn Fn() -> Command| -> Result<f64> {
            let since = Instant::now();
            for _ in 0..STARTS {
                command().stdout(Stdio::null()).status()?;
            }
            Ok(since.elapsed().as_secs_f64() * 1e3 / f64::from(STARTS))
        };
        let ours = || {
            let mut command = Command::new(self.bin.join("dateline"));
            command.arg("--version");
            command
        };
        let (ours, theirs) = (starts(&ours)?, starts(&|| Command::new("true"))?);
        println!("| | start, wall, against `true` | {ours:.2} ms | {theirs:.2} ms | +{:.2} ms |", ours - theirs);
        Ok(())
    }

    fn generate(&self, corpus: &Path, out: &Path, stories: usize, skip: usize) -> Result<()> {
        let mut command = Command::new(self.bin.join("examples/generate"));
        command.arg(corpus).arg(out).args(["--stories", &stories.to_string(), "--skip", &skip.to_string()]);
        let status = command.stdout(Stdio::null()).status().context("generate")?;
        ensure!(status.success(), "generate ends with {status}");
        Ok(())
    }

    fn index(&self, archive: &Path, folder: &Path) -> Command {
        let mut command = Command::new(self.bin.join("dateline"));
        command.arg("--index").arg(archive).args(["--quiet", "index", "--"]).arg(folder);
        command
    }
}

fn print_row(stories: usize, what: &str, unit: &str, ours: f64, theirs: f64) {
    let places = if ours < 10.0 { 2 } else { usize::from(ours < 100.0) };
    // Below a step of the clock there is nothing to divide by.
    let ratio = if theirs > 0.0 { format!("{:.2}", ours / theirs) } else { "–".to_owned() };
    println!("| {stories} | {what} | {ours:.places$} {unit} | {theirs:.places$} {unit} | {ratio} |");
}

fn median(costs: &[Cost], of: &dyn Fn(&Cost) -> f64) -> f64 {
    let mut values: Vec<f64> = costs.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Runs a command under GNU time.
fn timed(command: &mut Command) -> Result<Cost> {
    let report = tempfile::NamedTempFile::new()?;
    let mut time = Command::new(GNU_TIME);
    time.args(["-f", "%e %U %S %M", "-o"]).arg(report.path()).arg(command.get_program()).args(command.get_args());
    let since = Instant::now();
    let status = time.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().context(GNU_TIME)?;
    let wall_s = since.elapsed().as_secs_f64();
    ensure!(matches!(status.code(), Some(0 | 5)), "{} ends with {status}", command.get_program().to_string_lossy());
    let text = fs::read_to_string(report.path())?;
    let line = text.lines().last().unwrap_or_default();
    let figures: Vec<f64> = line.split_whitespace().filter_map(|f| f.parse().ok()).collect();
    let [_, user, system, kib] = figures[..] else { anyhow::bail!("{GNU_TIME} is not GNU time: {text}") };
    Ok(Cost { wall_s, cpu_s: user + system, peak_mb: kib * 1024.0 / 1e6 })
}

fn folder_bytes(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            bytes += entry.metadata()?.len();
        }
    }
    Ok(bytes)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}
