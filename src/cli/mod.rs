//! The command line: arguments, colour, clock, exit codes. One file a command.

mod check;
mod config;
mod corrections;
mod count;
mod deferred;
mod explain;
mod export;
mod files;
mod index;
mod inspect;
mod listings;
mod manual;
mod names;
mod options;
mod pager;
mod search;
mod show;
mod status;
mod stories;
mod timeline;
mod variables;
mod versions;
mod when;

use crate::engine::{Archive, ArchiveError, Reader};
use crate::print::{PrintError, Style};
use crate::query::{self, Parsed};
use crate::search::{SearchError, Summary, Total};
use anyhow::{Context, Result};
use clap::builder::OsStringValueParser;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use config::Config;
use deferred::Deferred;
use pager::Out;
use std::ffi::OsString;
use std::io::{IsTerminal, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Exit codes, as the manual states them.
mod exit {
    pub(super) const FOUND: u8 = 0;
    pub(super) const NOTHING: u8 = 1;
    pub(super) const USAGE: u8 = 2;
    pub(super) const ARCHIVE: u8 = 3;
    pub(super) const LOCKED: u8 = 4;
    pub(super) const RAW_INPUT: u8 = 5;
    pub(super) const UNWRITTEN: u8 = 6;
    pub(super) const INTERRUPTED: u8 = 130;
}

/// A news archive on your own machine.
///
/// Reads folders of wire stories, knows where every value came from, and searches them.
#[derive(Debug, Parser)]
#[command(version, name = "dateline", propagate_version = true, max_term_width = 100)]
#[command(after_help = "Examples:
  dateline index wires                     make an archive in ./index
  dateline search Poutine Alep             list what matches, best first
  dateline count --by agency Syrie         break a total down
  dateline export 'date:2024' -o 2024.csv  write the whole list into a file

Settings: flags beat DATELINE_INDEX, DATELINE_COLOR, DATELINE_PAGER,
DATELINE_SORT, DATELINE_LIMIT and DATELINE_SNIPPETS, which beat the file
$XDG_CONFIG_HOME/dateline/config.toml (index, color, pager, sort, limit,
snippets; queries by name under [query]). NO_COLOR and PAGER are honoured.

Exit codes: 0 found or done, 1 nothing found, 2 usage or query error,
3 archive missing, foreign or damaged, 4 locked by another writer, 5 done but
some input could only be read as raw text or not at all, 6 the output could
not be written, 130 interrupted.")]
struct Cli {
    /// The archive's folder; several times to read several as one, as does DATELINE_INDEX=A:B
    /// [default: ./index, else the user's data folder]
    #[arg(long, global = true, env = "DATELINE_INDEX", value_name = "DIR", value_parser = OsStringValueParser::new())]
    index: Vec<OsString>,
    /// The configuration file [default: dateline/config.toml in the user's folder of configurations]
    #[arg(long, global = true, env = "DATELINE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// When to use colour [default: auto]
    #[arg(long, global = true, env = "DATELINE_COLOR", value_name = "WHEN")]
    color: Option<Color>,
    /// Write straight to the terminal, without a pager
    #[arg(long, global = true)]
    no_pager: bool,
    /// Say nothing but results and errors
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say which archive is read, how the query is read, and how long it took
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add or refresh files and folders
    Index(Deferred<index::Args>),
    /// List the stories that match a query
    Search(Deferred<search::Args>),
    /// Count the stories that match a query
    Count(Deferred<count::Args>),
    /// Show how the stories that match spread over time
    Timeline(Deferred<timeline::Args>),
    /// Write every story that matches into a file, with a manifest
    Export(Deferred<export::Args>),
    /// Show one story, with the reason for every value
    Show(Deferred<show::Args>),
    /// Show what would be read from files, without an archive
    Inspect(Deferred<inspect::Args>),
    /// List which stories are versions of one dispatch
    Versions(Deferred<versions::Args>),
    /// List the people, places and organisations, or compare spellings
    Names(Deferred<names::Args>),
    /// Show how a query is read
    Explain(Deferred<explain::Args>),
    /// Show the days that a date expression means
    When(Deferred<when::Args>),
    /// Show what is in the archive
    Status(Deferred<status::Args>),
    /// Check that the archive is whole
    Check(Deferred<check::Args>),
    /// List the wire formats that are read, or the formats of output
    Formats(Deferred<listings::Args>),
    /// List the fields of the query language, or those of output
    Fields(Deferred<listings::Args>),
    /// List the operators of the query language
    Operators,
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// What every command is given.
struct Env {
    /// The archives' folders, where any are named.
    index: Vec<PathBuf>,
    config: Config,
    no_pager: bool,
    quiet: bool,
    verbose: bool,
    style: Style,
    columns: usize,
    now: chrono::DateTime<chrono::Local>,
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match variables::without_empty(Cli::command()).try_get_matches().and_then(|m| Cli::from_arg_matches(&m)) {
        Ok(cli) => cli,
        Err(e) => {
            if let Err(written) = e.print().and_then(|()| std::io::stdout().flush())
                && written.kind() != std::io::ErrorKind::BrokenPipe
            {
                message(&format!("error: standard output: {written}"));
                return ExitCode::from(exit::UNWRITTEN);
            }
            if let Some(hint) = hyphen_hint(&e) {
                message(hint);
            }
            if let Some(hint) = variables::hint(&e) {
                message(&hint);
            }
            return ExitCode::from(if e.use_stderr() { exit::USAGE } else { exit::FOUND });
        }
    };
    let started = std::time::Instant::now();
    // Only damaged files make the engine panic: the user is told so, not shown a trace.
    std::panic::set_hook(Box::new(|_| {}));
    let verbose = cli.verbose;
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        environment(&cli).and_then(|env| run(cli.command, &env))
    }));
    if verbose {
        message(&format!("took {:.1} ms", started.elapsed().as_secs_f64() * 1e3));
    }
    match result {
        Ok(Ok(code)) => ExitCode::from(code),
        Ok(Err(e)) => ExitCode::from(report(&e)),
        Err(cause) => {
            let text = cause.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
            message(&format!("error: the archive is damaged, or the program has a fault: {text}"));
            message("hint: see: dateline check");
            ExitCode::from(exit::ARCHIVE)
        }
    }
}

/// What to do about a word with a minus that was taken for an option.
fn hyphen_hint(e: &clap::Error) -> Option<&'static str> {
    use clap::error::{ContextKind, ContextValue, ErrorKind};
    let Some(ContextValue::String(option)) = e.get(ContextKind::InvalidArg) else { return None };
    let number = option.get(1..).is_some_and(|o| o.starts_with(|c: char| c.is_ascii_digit()));
    let short = option.starts_with('-') && !option.starts_with("--") && !number;
    (e.kind() == ErrorKind::UnknownArgument && short).then_some(
        "hint: a query that begins with a minus goes behind --, as in: dateline count -- -Syria\n      \
         or is written with NOT, as in: dateline count 'NOT Syria'",
    )
}

fn environment(cli: &Cli) -> Result<Env> {
    let config = Config::read(cli.config.as_deref())?;
    let terminal = std::io::stdout().is_terminal();
    let plain =
        std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) || std::env::var("TERM").is_ok_and(|t| t == "dumb");
    let colour = match cli.color.or(config.color).unwrap_or(Color::Auto) {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && !plain,
    };
    // A variable that is set to nothing is not set.
    let named = variables::folders(&cli.index);
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let columns = columns.or_else(|| terminal_size::terminal_size().map(|(w, _)| usize::from(w.0))).unwrap_or(100);
    Ok(Env {
        index: if named.is_empty() { config.index.clone() } else { named },
        config,
        no_pager: cli.no_pager,
        quiet: cli.quiet,
        verbose: cli.verbose,
        style: Style { colour },
        columns: columns.clamp(20, 400),
        now: clock(),
    })
}

/// The clock: `DATELINE_NOW` (a day) fixes it for tests and scripts.
fn clock() -> chrono::DateTime<chrono::Local> {
    let fixed = std::env::var("DATELINE_NOW").ok().and_then(|d| d.parse::<chrono::NaiveDate>().ok());
    let noon = fixed.and_then(|d| d.and_hms_opt(12, 0, 0)).and_then(|t| t.and_local_timezone(chrono::Local).single());
    noon.unwrap_or_else(chrono::Local::now)
}

fn run(command: Command, env: &Env) -> Result<u8> {
    match command {
        Command::Index(args) => index::run(&args.0, env),
        Command::Search(args) => search::run(&args.0, env),
        Command::Count(args) => count::run(&args.0, env),
        Command::Timeline(args) => timeline::run(&args.0, env),
        Command::Export(args) => export::run(&args.0, env),
        Command::Show(args) => show::run(&args.0, env),
        Command::Inspect(args) => inspect::run(&args.0, env),
        Command::Versions(args) => versions::run(&args.0, env),
        Command::Names(args) => names::run(&args.0, env),
        Command::Explain(args) => explain::run(&args.0, env),
        Command::When(args) => when::run(&args.0, env),
        Command::Status(args) => status::run(&args.0, env),
        Command::Check(args) => check::run(&args.0, env),
        Command::Formats(args) => listings::formats(&args.0, env),
        Command::Fields(args) => listings::fields(&args.0, env),
        Command::Operators => listings::operators(env),
        Command::Completions { shell } => listings::completions(shell),
        Command::Man => manual::print(),
    }
}

/// Tells the user what went wrong and what to do; returns the exit code.
fn report(error: &anyhow::Error) -> u8 {
    let broken = |e: &std::io::Error| e.kind() == std::io::ErrorKind::BrokenPipe;
    let of_list = |c: &(dyn std::error::Error + 'static)| match c.downcast_ref::<PrintError>() {
        Some(PrintError::Io(e)) => broken(e),
        Some(PrintError::Search(_)) | None => false,
    };
    if error.chain().any(|c| c.downcast_ref::<std::io::Error>().is_some_and(broken) || of_list(c)) {
        return exit::FOUND;
    }
    message(&format!("error: {}", causes(error)));
    for cause in error.chain() {
        let of_print = cause.downcast_ref::<PrintError>().and_then(|e| match e {
            PrintError::Search(e) => Some(e),
            PrintError::Io(_) => None,
        });
        let search = cause.downcast_ref::<SearchError>().or(of_print);
        let archive = search.and_then(|e| match e {
            SearchError::Archive(e) => Some(e),
            SearchError::Query(_) | SearchError::Bars { .. } | SearchError::Cells { .. } => None,
        });
        if let (Some(hint), None) = (search.and_then(SearchError::hint), archive) {
            message(&format!("hint: {hint}"));
        }
        if let Some(e) = cause.downcast_ref::<ArchiveError>().or(archive) {
            message(&format!("hint: {}", e.hint()));
            return if matches!(e, ArchiveError::Locked { .. }) { exit::LOCKED } else { exit::ARCHIVE };
        }
    }
    if error.chain().any(is_unwritten) { exit::UNWRITTEN } else { exit::USAGE }
}

/// Whether what was to be written could not be: a full disk, mostly.
fn is_unwritten(cause: &(dyn std::error::Error + 'static)) -> bool {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull, WriteZero};
    let full = |e: &std::io::Error| matches!(e.kind(), StorageFull | QuotaExceeded | FileTooLarge | WriteZero);
    let of_list = matches!(cause.downcast_ref::<PrintError>(), Some(PrintError::Io(_)));
    let of_file = cause.is::<export::Unwritten>();
    of_list || of_file || cause.downcast_ref::<std::io::Error>().is_some_and(full)
}

/// The error and its causes; a cause that the one before it tells already is left out.
fn causes(error: &anyhow::Error) -> String {
    let mut said: Vec<String> = Vec::new();
    for cause in error.chain().map(ToString::to_string) {
        if !said.last().is_some_and(|last| last.ends_with(&cause)) {
            said.push(cause);
        }
    }
    said.join(": ")
}

/// Writes a line to standard error; a closed standard error is no reason to fail.
fn message(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

impl Env {
    /// The folders of the archives to read, each once however it is named.
    fn folders(&self) -> Vec<PathBuf> {
        if self.index.is_empty() {
            return vec![self.usual_folder()];
        }
        let mut seen = Vec::new();
        let mut folders = Vec::new();
        for folder in &self.index {
            let real = folder.canonicalize().unwrap_or_else(|_| folder.clone());
            if !seen.contains(&real) {
                seen.push(real);
                folders.push(folder.clone());
            }
        }
        folders
    }

    /// Does the same to every archive in turn; what is wrong with one does not keep the
    /// others back. Returns the worst exit code.
    fn each_folder(&self, each: &mut dyn FnMut(&Path) -> Result<u8>) -> Result<u8> {
        let folders = self.folders();
        if let [one] = folders.as_slice() {
            return each(one);
        }
        let mut worst = exit::FOUND;
        for folder in &folders {
            worst = worst.max(each(folder).unwrap_or_else(|e| report(&e)));
        }
        Ok(worst)
    }

    /// The one folder that a command changes.
    fn one_folder(&self, command: &str) -> Result<PathBuf> {
        match self.folders().as_mut_slice() {
            [one] => Ok(std::mem::take(one)),
            several => anyhow::bail!(
                "{command} takes one archive, not {}\nhint: run it for each --index by itself",
                several.len()
            ),
        }
    }

    /// The archive's folder where none is named.
    fn usual_folder(&self) -> PathBuf {
        let here = PathBuf::from("index");
        match Archive::find(&here) {
            Err(ArchiveError::Missing(_) | ArchiveError::Foreign(_)) => {
                let other = data_folder().filter(|f| Archive::find(f).is_ok());
                other.unwrap_or(here)
            }
            // One that is there but cannot be read is the one that is meant.
            _ => here,
        }
    }

    /// The folder that `index` writes to: `./index` unless something else is there.
    fn folder_to_write(&self) -> Result<PathBuf> {
        if !self.index.is_empty() {
            return self.one_folder("index");
        }
        let here = PathBuf::from("index");
        Ok(match Archive::find(&here) {
            Err(ArchiveError::Foreign(_)) => data_folder().unwrap_or(here),
            _ => here,
        })
    }

    /// Opens the archives that are named. They stay open to the end of the process: taking their
    /// files out of memory one by one is a tenth of a short search.
    fn reader(&self) -> Result<&'static Reader> {
        Ok(Box::leak(Box::new(Env::reader_of(&self.folders())?.asked_at(self.now.timestamp()))))
    }

    /// Opens the archives in `folders` as one, with the corrections of names of each.
    fn reader_of(folders: &[PathBuf]) -> Result<Reader> {
        let archives = folders.iter().map(|f| Archive::find(f)).collect::<Result<Vec<_>, _>>()?;
        for folder in folders.iter().filter(|folder| crate::engine::is_being_made_anew(folder)) {
            message(&format!(
                "warning: the archive in {} is being made anew, or that was cut short: stories are missing\n\
                 hint: where nothing writes it, go on with: dateline check --repair",
                folder.display()
            ));
        }
        Ok(Reader::open_all(&archives)?.corrected(corrections::read_all(folders)?))
    }

    /// Reads a query; a fault is drawn under the query.
    fn parse(&self, words: &[String], matching: options::Matching) -> Result<(String, Parsed)> {
        let text = if matches!(words, [one] if one == "-") { typed()? } else { words.join(" ") };
        let parsed = self.read(&text, matching).map_err(|e| anyhow::anyhow!("{}", e.draw(&text)))?;
        if !self.quiet {
            for hint in &parsed.hints {
                message(&format!("hint: {hint}"));
            }
        }
        Ok((text, parsed))
    }

    /// Reads a query, with those that the user has saved.
    fn read(&self, text: &str, matching: options::Matching) -> Result<Parsed, query::QueryError> {
        let context = query::Context { today: self.now.date_naive(), any: matching.is_any() };
        query::parse_with(text, &context, &self.config.query)
    }

    /// The path as seen from the current folder, where it lies below it.
    fn shown(&self, path: &str) -> String {
        let here = std::env::current_dir().ok();
        let below = here.and_then(|h| Path::new(path).strip_prefix(h).ok().map(Path::to_path_buf));
        below.map_or_else(|| path.to_owned(), |p| p.to_string_lossy().into_owned())
    }
}

/// Most bytes of a query that are read from standard input: more than any query may have.
const TYPED_BYTES_MAX: u64 = 1 << 20;

/// Reads a query from standard input.
fn typed() -> Result<String> {
    let mut text = String::new();
    std::io::stdin().take(TYPED_BYTES_MAX).read_to_string(&mut text).context("standard input")?;
    Ok(text.trim().to_owned())
}

fn data_folder() -> Option<PathBuf> {
    let xdg = std::env::var_os("XDG_DATA_HOME").filter(|v| !v.is_empty()).map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|h| PathBuf::from(h).join(".local/share"));
    Some(xdg.or_else(home)?.join("dateline"))
}

/// Standard output, buffered, through which every result goes.
fn out() -> Out {
    Out::plain()
}

/// Says what a list leaves out, where its format cannot.
fn search_messages(s: &Summary) {
    let undated = s.asks_for_days.then_some(s.undated);
    total_messages(Total {
        total: s.total,
        undated,
        undated_left_out: s.undated_left_out,
        held_back: s.held_back,
        versions_left_out: s.versions_left_out,
    });
}

/// Says what a count leaves out, and what of it no date is known of.
fn total_messages(total: Total) {
    let stories = |n: usize| if n == 1 { "story" } else { "stories" };
    if let Some(note) = total.undated.and_then(|n| crate::print::undated_note(n, total.total)) {
        message(&note);
    }
    if total.undated_left_out > 0 {
        let n = total.undated_left_out;
        message(&format!("{n} undated {} left out by the date filter", stories(n)));
    }
    if let Some(note) = total.versions_left_out.and_then(crate::print::versions_note) {
        message(&note);
    }
    if total.held_back > 0 {
        let n = total.held_back;
        message(&format!(
            "{n} embargoed, killed, withheld or withdrawn {} left out; status:* finds them too",
            stories(n)
        ));
    }
}

/// A number with what it counts.
fn plural(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Writes a JSON value as one line.
fn json_line(out: &mut dyn Write, value: &serde_json::Value) -> Result<()> {
    crate::print::json::write(out, value)?;
    out.write_all(b"\n").context("standard output")
}

/// Reads the mapping of keys that `--map` names.
fn key_map(file: Option<&std::path::Path>) -> anyhow::Result<Option<crate::wire::KeyMap>> {
    let Some(file) = file else { return Ok(None) };
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let map = crate::wire::KeyMap::parse(&text).map_err(|e| anyhow::anyhow!("{}: {e}", file.display()))?;
    Ok(Some(map))
}
