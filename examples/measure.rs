//! Measures `dateline` against the floor, both as whole processes, one after the other in turn.
//!
//! For whoever claims or doubts a speed: the time until the prompt is back is what a person waits
//! for, so starting, opening and printing count. Both programs run on the same files, A B A B …, so
//! that a busy machine hits both; the ratio is the median of the pairwise ratios.
//!
//! ```text
//! cargo build --release --bins --examples
//! cargo run --release --example measure -- --corpus DIR
//! ```
//!
//! Measured: indexing a corpus into a new archive, with everything on, and without the names and
//! times of the text (`heads`); indexing it again with nothing changed, against
//! `find` reading the same times and sizes; searches and counts. Index runs go through GNU time
//! (`/usr/bin/time -f`); without it only the wall clock is shown. Searches are too short for its
//! hundredths: they run in batches, whose CPU is what the kernel books to this program's children.
//!
//! Refuses to judge: it prints figures and totals and has no bound to pass. The two engines read
//! words differently, so look at the hits before the ratio. Caches are warm by design.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program run by hand, whose table is its output")]

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use clap::Parser;
use walkdir::WalkDir;

/// GNU time, called by its path: the shell's own `time` knows no memory.
const GNU_TIME: &str = "/usr/bin/time";

/// Clock ticks a second in `/proc/self/stat`: Linux shows 100 on every common machine.
const TICKS_A_SECOND: f64 = 100.0;

/// What is searched unless `--queries` says otherwise: what it is, in `dateline`'s syntax, in
/// tantivy's. Chosen for Reuters-21578.
const QUERIES: [[&str; 3]; 11] = [
    ["rare word", "comissaria", "comissaria"],
    ["common word", "said", "said"],
    ["two words", "bank rates", "bank AND rates"],
    ["common and rare", "said cocoa", "said AND cocoa"],
    ["phrase", "\"interest rates\"", "\"interest rates\""],
    ["phrase of common words", "\"of the\"", "\"of the\""],
    ["either", "oil OR gas OR coal", "oil OR gas OR coal"],
    ["without", "oil -opec", "oil -opec"],
    ["prefix", "inter*", "/inter.*/"],
    // The floor's numbers spread evenly: half of all stories, as are those of 100 words and more.
    ["range of a column", "words:>=100", "number:[0 TO 9223372036854775807]"],
    // What a proximity costs is told against the phrase of its words.
    ["within five words, against the phrase", "of W/5 the", "\"of the\""],
];

#[derive(Parser)]
#[command(about = "Measures dateline against bare tantivy, as whole processes")]
struct Args {
    /// Folder of stories
    #[arg(long)]
    corpus: PathBuf,
    /// Pairs of runs of each measurement
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Folder with an `archive` and a `floor` made before: nothing is indexed, only searched
    #[arg(long)]
    made: Option<PathBuf>,
    /// Processes in one run of a search; the step of its CPU figure is 10 ms divided by this
    #[arg(long, default_value_t = 100)]
    batch: usize,
    #[arg(long, default_value = "target/release/dateline")]
    dateline: PathBuf,
    #[arg(long, default_value = "target/release/examples/floor")]
    floor: PathBuf,
    /// The program that indexes without names and times of the text
    #[arg(long, default_value = "target/release/examples/heads")]
    heads: PathBuf,
    /// Lines of: name, TAB, query for dateline, TAB, query for the floor
    #[arg(long)]
    queries: Option<PathBuf>,
    /// Where the archives are made and removed again; the system's temporary folder if not given
    #[arg(long)]
    work: Option<PathBuf>,
}

fn main() -> Result<()> {
    let args = Args::parse();
    ensure!(args.runs > 0 && args.batch > 0, "--runs and --batch start at 1");
    let queries = queries(args.queries.as_deref())?;
    let work = match &args.work {
        Some(folder) => tempfile::tempdir_in(folder)?,
        None => tempfile::tempdir()?,
    };
    let bench = Bench { gnu_time: has_gnu_time(), work: work.path().to_owned(), args };
    bench.print_conditions()?;
    println!("| what | dateline | floor | ratio | lowest–highest | hits |");
    println!("|---|---:|---:|---:|---:|---:|");
    if bench.args.made.is_none() {
        bench.indexing()?;
        bench.nothing_changed()?;
    }
    for [name, ours, theirs] in &queries {
        bench.searching(name, ours, theirs);
    }
    if bench.gnu_time {
        bench.searching_peak(&queries);
    }
    Ok(())
}

/// The two programs, the corpus, and where to put archives.
struct Bench {
    args: Args,
    work: PathBuf,
    gnu_time: bool,
}

/// What one run cost; `None` where it could not be learned.
#[derive(Clone, Copy)]
struct Cost {
    wall_s: f64,
    cpu_s: Option<f64>,
    peak_mib: Option<f64>,
}

impl Bench {
    fn print_conditions(&self) -> Result<()> {
        let (stories, bytes) = read_all(&self.args.corpus)?;
        ensure!(stories > 0, "no files in {}", self.args.corpus.display());
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        println!("corpus: {stories} files, {bytes} bytes, read once to warm the cache");
        println!(
            "machine: {}, {cores} cores, load {}",
            first_line_with("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown CPU".into()),
            fs::read_to_string("/proc/loadavg").map_or("unknown".into(), |l| l.trim().to_owned()),
        );
        println!("runs: {} pairs, searches in batches of {}; medians are shown", self.args.runs, self.args.batch);
        if !self.gnu_time {
            println!("{GNU_TIME} is not GNU time or absent: indexing shows the wall clock only");
        }
        println!();
        Ok(())
    }

    fn indexing(&self) -> Result<()> {
        let (mut ours, mut heads, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..self.args.runs {
            for archive in [self.archive(), self.floor_index(), self.heads_archive()] {
                if archive.exists() {
                    fs::remove_dir_all(archive)?;
                }
            }
            ours.push(self.timed(self.dateline_index(), &[0, 5])?);
            let mut floor = Command::new(&self.args.floor);
            floor.arg("index").arg(&self.args.corpus).arg(self.floor_index());
            theirs.push(self.timed(floor, &[0])?);
            let mut without = Command::new(&self.args.heads);
            without.arg(&self.args.corpus).arg(self.heads_archive());
            heads.push(self.timed(without, &[0])?);
        }
        print_rows("index", &ours, &theirs, &Unit::SECONDS, "");
        print_rows("index without names and times", &heads, &theirs, &Unit::SECONDS, "");
        let mib = |dir: &Path| Ok::<_, anyhow::Error>(vec![folder_bytes(dir)? as f64 / 1e6]);
        let (a, b) = (mib(&self.archive())?, mib(&self.floor_index())?);
        print_row("index: size, MB", &a, &b, "");
        let c = mib(&self.heads_archive())?;
        print_row("index without names and times: size, MB", &c, &b, "");
        Ok(())
    }

    fn nothing_changed(&self) -> Result<()> {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..self.args.runs {
            ours.push(self.timed(self.dateline_index(), &[0, 5])?);
            let mut find = Command::new("find");
            find.arg(&self.args.corpus).args(["-printf", "%T@ %s %p\\n"]);
            theirs.push(self.timed(find, &[0])?);
        }
        print_rows("nothing changed, against find", &ours, &theirs, &Unit::MILLISECONDS, "");
        Ok(())
    }

    /// Measures one query as a list of ten, as one by date, as a count and as an export of all ids; a
    /// failure is a row and not the end.
    fn searching(&self, name: &str, ours: &str, theirs: &str) {
        let [search_a, search_b] = [
            self.dateline(&["search", "--limit", "10", "--", ours]),
            self.floor_search(&["--limit", "10", "--", theirs]),
        ];
        let [count_a, count_b] = [self.dateline(&["count", "--", ours]), self.floor_search(&["--count", "--", theirs])];
        let by_date = ["search", "--limit", "10", "--sort", "date", "--", ours];
        let [date_a, date_b] =
            [self.dateline(&by_date), self.floor_search(&["--limit", "10", "--by-number", "--", theirs])];
        let [ids_a, ids_b] =
            [self.dateline(&["export", "--format", "ids", "-o", "-", "--", ours]), self.floor_ids(theirs)];
        let pairs = [
            ("search", search_a, search_b),
            ("by date", date_a, date_b),
            ("count", count_a, count_b),
            ("ids of all", ids_a, ids_b),
        ];
        for (verb, a, b) in pairs {
            let name = format!("{verb}: {name}");
            if let Err(error) = self.pair_of_searches(&name, a, b, (ours, theirs)) {
                println!("| {name} | failed: {error:#} | | | | |");
            }
        }
    }

    /// Prints the largest peak of all the queries, for each program.
    fn searching_peak(&self, queries: &[[String; 3]]) {
        let largest = |of: &dyn Fn(&[String; 3]) -> Command| {
            let peaks = queries.iter().map(|query| {
                let cost = self.timed(of(query), &[0, 1]).ok()?;
                cost.peak_mib
            });
            peaks.flatten().fold(0.0, f64::max)
        };
        let a = largest(&|[_, ours, _]| self.dateline(&["search", "--limit", "10", "--", ours]));
        let b = largest(&|[_, _, theirs]| self.floor_search(&["--limit", "10", "--", theirs]));
        print_row("search: largest peak, MiB", &[a], &[b], "");
        let a = largest(&|[_, ours, _]| self.dateline(&["export", "--format", "ids", "-o", "-", "--", ours]));
        let b = largest(&|[_, _, theirs]| self.floor_ids(theirs));
        print_row("ids of all: largest peak, MiB", &[a], &[b], "");
    }

    fn pair_of_searches(&self, name: &str, mut a: Command, mut b: Command, (ours, theirs): (&str, &str)) -> Result<()> {
        let hits = format!(
            "{} / {}",
            total(self.dateline(&["count", "--", ours]))?,
            total(self.floor_search(&["--count", "--", theirs]))?
        );
        let (mut costs_a, mut costs_b) = (Vec::new(), Vec::new());
        for _ in 0..self.args.runs {
            costs_a.push(self.batch(&mut a)?);
            costs_b.push(self.batch(&mut b)?);
        }
        print_rows(name, &costs_a, &costs_b, &Unit::MILLISECONDS, &hits);
        Ok(())
    }

    /// Runs a command once, through GNU time if there is one.
    fn timed(&self, command: Command, exits: &[i32]) -> Result<Cost> {
        if !self.gnu_time {
            return once(command, exits);
        }
        let figures = self.work.join("time");
        let mut timed = Command::new(GNU_TIME);
        timed.args(["-f", "%U %S %M", "-o"]).arg(&figures);
        timed.arg(command.get_program()).args(command.get_args());
        copy_env(&command, &mut timed);
        let cost = once(timed, exits)?;
        let text = fs::read_to_string(&figures)?;
        // A failed command puts a line of words before the figures.
        let last = text.lines().last().unwrap_or_default();
        let [user, system, kib] = last.split(' ').map(str::parse).collect::<Result<Vec<f64>, _>>()?[..] else {
            bail!("GNU time said {text:?}");
        };
        Ok(Cost { cpu_s: Some(user + system), peak_mib: Some(kib / 1024.0), ..cost })
    }

    /// Runs a search as often as a batch asks and returns the mean of one.
    fn batch(&self, command: &mut Command) -> Result<Cost> {
        let of_one = 1.0 / self.args.batch as f64;
        let (start, cpu) = (Instant::now(), children_cpu_seconds());
        for _ in 0..self.args.batch {
            let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
            ensure!(matches!(status.code(), Some(0 | 1)), "ended with {status}: {}", words(command));
        }
        let wall_s = start.elapsed().as_secs_f64() * of_one;
        let cpu_s = children_cpu_seconds().zip(cpu).map(|(after, before)| (after - before) * of_one);
        Ok(Cost { wall_s, cpu_s, peak_mib: None })
    }

    fn dateline_index(&self) -> Command {
        let mut command = self.dateline(&["index", "--"]);
        command.arg(&self.args.corpus);
        command
    }

    /// `dateline` on the archive, with nothing of the caller's settings.
    fn dateline(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.args.dateline);
        command.arg("--index").arg(self.archive()).args(args);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("DATELINE_") {
                command.env_remove(name);
            }
        }
        let xdg = self.work.join("xdg");
        command.env("XDG_CONFIG_HOME", &xdg).env("XDG_DATA_HOME", &xdg);
        command
    }

    fn floor_search(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.args.floor);
        command.arg("search").arg(self.floor_index()).args(args);
        command
    }

    fn floor_ids(&self, query: &str) -> Command {
        let mut command = Command::new(&self.args.floor);
        command.arg("ids").arg(self.floor_index()).args(["--", query]);
        command
    }

    fn archive(&self) -> PathBuf {
        self.args.made.as_ref().unwrap_or(&self.work).join("archive")
    }

    fn heads_archive(&self) -> PathBuf {
        self.work.join("heads")
    }

    fn floor_index(&self) -> PathBuf {
        self.args.made.as_ref().unwrap_or(&self.work).join("floor")
    }
}

/// How the rows of one measurement are labelled and scaled.
struct Unit {
    time: &'static str,
    a_second: f64,
}

impl Unit {
    const SECONDS: Self = Self { time: "s", a_second: 1.0 };
    const MILLISECONDS: Self = Self { time: "ms", a_second: 1e3 };
}

fn print_rows(name: &str, ours: &[Cost], theirs: &[Cost], unit: &Unit, hits: &str) {
    let row = |label: &str, read: &dyn Fn(&Cost) -> Option<f64>| {
        let of = |costs: &[Cost]| costs.iter().map(read).collect::<Option<Vec<_>>>();
        if let (Some(a), Some(b)) = (of(ours), of(theirs)) {
            print_row(&format!("{name}: {label}"), &a, &b, hits);
        }
    };
    let Unit { time, a_second } = unit;
    row(&format!("wall, {time}"), &|c| Some(c.wall_s * a_second));
    row(&format!("CPU, {time}"), &|c| c.cpu_s.map(|s| s * a_second));
    row("peak, MiB", &|c| c.peak_mib);
}

/// Prints medians, the median of the pairwise ratios, and their spread.
fn print_row(label: &str, ours: &[f64], theirs: &[f64], hits: &str) {
    // Below the clock's step a ratio says nothing.
    let ratios: Option<Vec<f64>> = ours.iter().zip(theirs).map(|(a, b)| (*b > 0.0).then(|| a / b)).collect();
    let (ratio, spread) = ratios.map_or(("–".to_owned(), "–".to_owned()), |ratios| {
        let low = ratios.iter().copied().fold(f64::INFINITY, f64::min);
        let high = ratios.iter().copied().fold(0.0, f64::max);
        (format!("{:.2}", median(&ratios)), format!("{low:.2}–{high:.2}"))
    });
    println!("| {label} | {:.2} | {:.2} | {ratio} | {spread} | {hits} |", median(ours), median(theirs));
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[middle],
        _ => (sorted[middle - 1] + sorted[middle]) / 2.0,
    }
}

/// Runs a command once on the wall clock, its output thrown away.
fn once(mut command: Command, exits: &[i32]) -> Result<Cost> {
    let start = Instant::now();
    let output = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .with_context(|| format!("cannot run {}", words(&command)))?;
    let wall_s = start.elapsed().as_secs_f64();
    ensure!(
        output.status.code().is_some_and(|code| exits.contains(&code)),
        "{} ended with {}: {}",
        words(&command),
        output.status,
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(Cost { wall_s, cpu_s: None, peak_mib: None })
}

/// Reads the total that a count prints first.
fn total(mut command: Command) -> Result<u64> {
    let output = command.stdin(Stdio::null()).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let first = text.split_whitespace().next().unwrap_or_default();
    first.parse().with_context(|| {
        let error = String::from_utf8_lossy(&output.stderr);
        let error = error.lines().next().unwrap_or("nothing on standard error");
        format!("{} printed no total: {error}", words(&command))
    })
}

fn copy_env(from: &Command, to: &mut Command) {
    for (name, value) in from.get_envs() {
        match value {
            Some(value) => to.env(name, value),
            None => to.env_remove(name),
        };
    }
}

fn words(command: &Command) -> String {
    let all: Vec<OsString> =
        std::iter::once(command.get_program()).chain(command.get_args()).map(OsStr::to_owned).collect();
    all.join(OsStr::new(" ")).to_string_lossy().into_owned()
}

/// Reads the seconds of CPU, user and system, of all children that have ended.
fn children_cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name may hold blanks and brackets: the fields start after the last bracket,
    // with the third (proc(5)); cutime and cstime are the 16th and 17th.
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks = fields.get(13)?.parse::<u64>().ok()? + fields.get(14)?.parse::<u64>().ok()?;
    Some(ticks as f64 / TICKS_A_SECOND)
}

fn has_gnu_time() -> bool {
    Command::new(GNU_TIME).args(["-f", "%U %S %M", "true"]).output().is_ok_and(|output| output.status.success())
}

fn queries(file: Option<&Path>) -> Result<Vec<[String; 3]>> {
    let Some(file) = file else {
        return Ok(QUERIES.map(|query| query.map(str::to_owned)).to_vec());
    };
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut queries = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let columns = columns.try_into();
        queries.push(columns.map_err(|_| anyhow::anyhow!("{}:{}: three columns expected", file.display(), n + 1))?);
    }
    Ok(queries)
}

fn read_all(dir: &Path) -> Result<(u64, u64)> {
    let (mut files, mut bytes) = (0, 0);
    for entry in WalkDir::new(dir) {
        let entry = entry?;
        if entry.file_type().is_file() {
            files += 1;
            bytes += fs::read(entry.path())?.len() as u64;
        }
    }
    Ok((files, bytes))
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

fn first_line_with(file: &str, key: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(key))?;
    Some(line.split(':').nth(1)?.trim().to_owned())
}
