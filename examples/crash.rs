//! Kills `dateline index` at random moments and asks whether the archive forgives it.
//!
//! For whoever touches the writer, the commit or the check. Each round starts from nothing
//! (*fresh*), or kills several runs in a row on what the last kill left (*continuing*), or kills a
//! `--rebuild` of a whole archive (*rebuild*, only if asked for with `--rebuild`). The moments are
//! spread evenly over the time that an undisturbed run takes. After the last kill of a round:
//!
//! 1. `check` ends with 0, or `check --repair` does; or, where no commit had been made before,
//!    `check` says 3 and the next `index` must make good;
//! 2. every story that can be found is one that the undisturbed archive has, once;
//! 3. `index` runs to its end, and `check` ends with 0;
//! 4. everything and a few words find the stories that they find in the undisturbed archive.
//!
//! ```text
//! cargo run --release --example crash -- --dateline target/release/dateline --corpus DIR
//! ```
//!
//! Ends with 1 on any difference, and then keeps the archive of the first one. The same `--seed`
//! draws the same moments, though the machine's own pace moves what they hit.
//!
//! Refuses to kill anything but its own child; to ask that a killed rebuild still answers in full
//! (the column *found* shows it); and to speak for a power cut: what the kernel has taken, it still
//! writes after a kill.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program run by hand, whose lines are its output")]

#[path = "shared/random.rs"]
mod random;

use random::Random;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use serde_json::Value;
use walkdir::WalkDir;

/// Most kills in a row of a continuing round.
const KILLS_MAX: u64 = 4;

/// How `dateline` says that an archive is missing, foreign or damaged.
const EXIT_NO_ARCHIVE: i32 = 3;

/// The queries whose answers must not differ: everything, then words of any business wire.
const QUERIES: [&str; 6] = ["*", "said", "oil", "bank", "government", "shares"];

#[derive(Parser)]
#[command(about = "Kills dateline index at random moments and compares what is found afterwards")]
struct Args {
    #[arg(long, default_value = "target/release/dateline")]
    dateline: PathBuf,
    /// Folder of stories; nothing in it is changed
    #[arg(long)]
    corpus: PathBuf,
    #[arg(long, default_value_t = 30)]
    rounds: u32,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Also kills `index --rebuild` of a whole archive, every third round
    #[arg(long)]
    rebuild: bool,
}

fn main() -> Result<ExitCode> {
    let args = Args::parse();
    let work = tempfile::Builder::new().prefix("dateline-crash-").tempdir()?;
    let (rounds, mut random) = (args.rounds, Random(args.seed));
    println!("corpus {}, seed {}", args.corpus.display(), args.seed);
    let bench = Bench::undisturbed(args, work.path())?;

    println!("round  start       killed at, s               hit  check     found  verdict");
    let (mut tally, mut kept) = (Tally::default(), false);
    for number in 1..=rounds {
        let start = Start::of(number, bench.args.rebuild);
        let archive = work.path().join(format!("round-{number}"));
        let round = bench.round(start, &archive, &mut random)?;
        println!("{number:>5}  {}", round.line());
        tally.add(&round);
        // The first archive that went wrong is evidence; the others would only fill the disk.
        if round.faults.is_empty() || kept {
            remove(&archive)?;
        } else {
            kept = true;
            println!("       kept: {}", archive.display());
        }
    }
    tally.print();
    if kept {
        println!("kept for a look: {}", work.keep().display());
    }
    Ok(if tally.rounds_with_faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What a round's first killed run finds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// No archive; one kill.
    Fresh,
    /// What the kill before has left; two kills or more, nothing repaired between them.
    Continuing,
    /// A whole archive that is being rebuilt; one kill.
    Rebuild,
}

impl Start {
    fn of(round: u32, rebuild: bool) -> Self {
        match round % if rebuild { 3 } else { 2 } {
            1 => Self::Fresh,
            2 => Self::Rebuild,
            _ => Self::Continuing,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Continuing => "continuing",
            Self::Rebuild => "rebuild",
        }
    }
}

/// What `check` made of the archive after the last kill.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Checked {
    Clean,
    Repaired,
    /// Exit 3: no commit had been made, or the damage shuts the archive.
    NoArchive,
    /// Neither clean nor to be repaired.
    Failed,
}

impl Checked {
    fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Repaired => "repaired",
            Self::NoArchive => "none",
            Self::Failed => "FAILED",
        }
    }
}

struct Round {
    start: Start,
    /// Moment of each kill, in seconds, and whether the run was still on its way.
    kills: Vec<(f64, bool)>,
    checked: Checked,
    /// Stories that could be found before anything was indexed again.
    found: usize,
    faults: Vec<String>,
}

impl Round {
    fn line(&self) -> String {
        let moments: Vec<String> = self.kills.iter().map(|(s, _)| format!("{s:.3}")).collect();
        let verdict = if self.faults.is_empty() {
            "same answers".to_owned()
        } else {
            format!("DIFFERS: {}", self.faults.join("; "))
        };
        format!(
            "{:<10}  {:<25}  {}/{}  {:<8}  {:>5}  {verdict}",
            self.start.name(),
            moments.join(" "),
            self.kills_that_hit(),
            self.kills.len(),
            self.checked.name(),
            self.found,
        )
    }

    fn kills_that_hit(&self) -> usize {
        self.kills.iter().filter(|(_, hit)| *hit).count()
    }
}

/// The program, the corpus, and what an archive that nobody disturbed says of it.
struct Bench {
    args: Args,
    /// The whole archive, which a rebuild round copies.
    archive: PathBuf,
    /// How long an undisturbed run takes.
    whole_run: Duration,
    answers: Vec<BTreeSet<Story>>,
}

/// A story as the JSON lines name it: id, path, part.
type Story = (String, String, u64);

impl Bench {
    /// Indexes the corpus twice without killing anything: to warm the caches, then to learn how
    /// long it takes and what is found.
    fn undisturbed(args: Args, work: &Path) -> Result<Self> {
        let mut bench =
            Self { args, archive: work.join("undisturbed"), whole_run: Duration::ZERO, answers: Vec::new() };
        for _ in 0..2 {
            remove(&bench.archive)?;
            let start = Instant::now();
            let code = run(bench.index(&bench.archive, false))?;
            ensure!(matches!(code, Some(0 | 5)), "an undisturbed index ends with {code:?}");
            bench.whole_run = start.elapsed();
        }
        let code = run(bench.check(&bench.archive, false))?;
        ensure!(code == Some(0), "check of the undisturbed archive ends with {code:?}");
        for query in QUERIES {
            let (stories, lines) = bench.answer(&bench.archive, query)?;
            ensure!(stories.len() == lines, "{query}: a story is listed twice");
            bench.answers.push(stories);
        }
        let counts: Vec<String> =
            QUERIES.iter().zip(&bench.answers).map(|(query, stories)| format!("{query} {}", stories.len())).collect();
        let seconds = bench.whole_run.as_secs_f64();
        println!("undisturbed: {seconds:.3} s; {}", counts.join(", "));
        ensure!(!bench.answers[0].is_empty(), "nothing was indexed");
        Ok(bench)
    }

    fn round(&self, start: Start, archive: &Path, random: &mut Random) -> Result<Round> {
        if start == Start::Rebuild {
            copy_folder(&self.archive, archive)?;
        }
        let kills = match start {
            Start::Fresh | Start::Rebuild => 1,
            Start::Continuing => 2 + random.below(KILLS_MAX - 1),
        };
        let mut round = Round { start, kills: Vec::new(), checked: Checked::Clean, found: 0, faults: Vec::new() };
        for _ in 0..kills {
            let moment = self.whole_run.mul_f64(random.fraction());
            let hit = kill_at(self.index(archive, start == Start::Rebuild), moment)?;
            round.kills.push((moment.as_secs_f64(), hit));
        }

        round.checked = self.check_after_kill(archive)?;
        let shut = round.checked == Checked::NoArchive;
        if round.checked == Checked::Failed || (shut && start == Start::Rebuild) {
            round.faults.push("check finds no whole archive".into());
        }
        if !shut {
            self.compare_half(archive, &mut round)?;
        }

        let code = run(self.index(archive, false))?;
        if !matches!(code, Some(0 | 5)) {
            round.faults.push(format!("index ends with {code:?}"));
            return Ok(round);
        }
        let code = run(self.check(archive, false))?;
        if code != Some(0) {
            round.faults.push(format!("last check ends with {code:?}"));
        }
        self.compare_whole(archive, &mut round)?;
        Ok(round)
    }

    fn check_after_kill(&self, archive: &Path) -> Result<Checked> {
        let code = run(self.check(archive, false))?;
        if code == Some(0) {
            return Ok(Checked::Clean);
        }
        Ok(if run(self.check(archive, true))? == Some(0) {
            Checked::Repaired
        } else if code == Some(EXIT_NO_ARCHIVE) {
            Checked::NoArchive
        } else {
            Checked::Failed
        })
    }

    /// Holds what is found after the kill against the undisturbed stories: no stranger, none twice.
    fn compare_half(&self, archive: &Path, round: &mut Round) -> Result<()> {
        match self.answer(archive, QUERIES[0]) {
            Ok((stories, lines)) => {
                round.found = stories.len();
                let strangers = stories.difference(&self.answers[0]).count();
                if strangers > 0 || lines != stories.len() {
                    let twice = lines - stories.len();
                    round.faults.push(format!("after the kill {strangers} strangers, {twice} twice"));
                }
            }
            Err(error) => round.faults.push(format!("after the kill: {error:#}")),
        }
        Ok(())
    }

    fn compare_whole(&self, archive: &Path, round: &mut Round) -> Result<()> {
        for (query, expected) in QUERIES.iter().zip(&self.answers) {
            match self.answer(archive, query) {
                Ok((stories, lines)) => {
                    let missing = expected.difference(&stories).count();
                    let strangers = stories.difference(expected).count();
                    let twice = lines - stories.len();
                    if missing + strangers + twice > 0 {
                        round.faults.push(format!("{query}: {missing} missing, {strangers} strangers, {twice} twice"));
                    }
                }
                Err(error) => round.faults.push(format!("{query}: {error:#}")),
            }
        }
        Ok(())
    }

    /// Returns the stories that a query finds, and the number of lines that listed them.
    fn answer(&self, archive: &Path, query: &str) -> Result<(BTreeSet<Story>, usize)> {
        let mut command = self.dateline(archive, &["search", "--format", "jsonl"]);
        command.args(["--limit", "1000000", "--", query]);
        let output = command.stdin(Stdio::null()).output()?;
        let error = String::from_utf8_lossy(&output.stderr);
        let code = output.status.code();
        ensure!(matches!(code, Some(0 | 1)), "search ends with {code:?}: {}", error.trim());
        let (mut stories, mut lines) = (BTreeSet::new(), 0);
        for line in String::from_utf8(output.stdout)?.lines() {
            let hit: Value = serde_json::from_str(line).context("search printed no JSON line")?;
            let text = |key: &str| hit[key].as_str().map(str::to_owned);
            let part = hit["part"].as_u64().unwrap_or_default();
            let story = text("id").zip(text("path"));
            let (id, path) = story.context("a hit without id or path")?;
            stories.insert((id, path, part));
            lines += 1;
        }
        Ok((stories, lines))
    }

    fn index(&self, archive: &Path, rebuild: bool) -> Command {
        let mut command = self.dateline(archive, &["index"]);
        if rebuild {
            command.arg("--rebuild");
        }
        command.arg("--").arg(&self.args.corpus);
        command
    }

    fn check(&self, archive: &Path, repair: bool) -> Command {
        let mut command = self.dateline(archive, &["check"]);
        if repair {
            command.arg("--repair");
        }
        command
    }

    /// `dateline` on an archive, with nothing of the caller's settings.
    fn dateline(&self, archive: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(&self.args.dateline);
        command.arg("--index").arg(archive).args(args);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("DATELINE_") {
                command.env_remove(name);
            }
        }
        let xdg = self.archive.with_file_name("xdg");
        command.env("XDG_CONFIG_HOME", &xdg).env("XDG_DATA_HOME", &xdg);
        command
    }
}

/// Starts a command, kills it at the moment, and says whether it was still running.
fn kill_at(command: Command, moment: Duration) -> Result<bool> {
    let start = Instant::now();
    let mut child = quiet(command)?;
    thread::sleep(moment.saturating_sub(start.elapsed()));
    let running = child.try_wait()?.is_none();
    if running {
        // On Unix this is SIGKILL, to the child alone; it is not yet reaped, so the id is its own.
        child.kill()?;
        child.wait()?;
    }
    Ok(running)
}

/// Runs a command to its end and returns its exit code.
fn run(command: Command) -> Result<Option<i32>> {
    Ok(quiet(command)?.wait()?.code())
}

fn quiet(mut command: Command) -> Result<Child> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot run {}", command.get_program().to_string_lossy()))
}

/// The closing table.
#[derive(Default)]
struct Tally {
    rounds: usize,
    rounds_with_faults: usize,
    kills: usize,
    hit: usize,
    clean: usize,
    repaired: usize,
    no_archive: usize,
    failed: usize,
    half: usize,
}

impl Tally {
    fn add(&mut self, round: &Round) {
        self.rounds += 1;
        self.rounds_with_faults += usize::from(!round.faults.is_empty());
        self.kills += round.kills.len();
        self.hit += round.kills_that_hit();
        self.half += usize::from(round.found > 0);
        match round.checked {
            Checked::Clean => self.clean += 1,
            Checked::Repaired => self.repaired += 1,
            Checked::NoArchive => self.no_archive += 1,
            Checked::Failed => self.failed += 1,
        }
    }

    fn print(&self) {
        println!();
        println!("rounds                              {:>5}", self.rounds);
        println!("kills                               {:>5}", self.kills);
        println!("  that hit a running index          {:>5}", self.hit);
        println!("check afterwards: clean             {:>5}", self.clean);
        println!("  repaired by check --repair        {:>5}", self.repaired);
        println!("  no archive yet, made by index     {:>5}", self.no_archive);
        println!("  failed                            {:>5}", self.failed);
        println!("stories to be found before resuming {:>5}", self.half);
        println!("rounds that differ                  {:>5}", self.rounds_with_faults);
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
