//! Asks an archive what costs most, and says what it took: no query of a thousand characters
//! may take more than two seconds or 512 MiB on 200,000 stories, unless it ends with an error
//! that says why.
//!
//! For whoever touches lowering, proximity, patterns, lists or exports. The archive is best one of
//! stories made by `generate`; `--words` names its commonest words, those of Reuters-21578 unless
//! said otherwise.
//!
//! ```text
//! hostile_queries --index DIR [--runs 3]
//! ```
//!
//! Each query is a process under GNU time. Printed are CPU, wall clock and largest peak of the
//! quickest run, the exit code and the first line of an error. The end code is 1 where a bound is
//! passed without an error. CPU is what is judged: the wall clock of a busy machine says nothing.

#![allow(clippy::print_stdout, reason = "a program run by hand, whose table is its output")]

use anyhow::{Context, Result, ensure};
use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// Seconds that a query may take.
const SECONDS_MAX: f64 = 2.0;
/// MiB that a query may take.
const PEAK_MIB_MAX: f64 = 512.0;
/// Characters of a query that the bounds hold for.
const CHARS_MAX: usize = 1_000;

#[derive(Parser)]
#[command(about = "Asks an archive what costs most")]
struct Args {
    /// The archive
    #[arg(long)]
    index: PathBuf,
    #[arg(long, default_value = "target/release/dateline")]
    dateline: PathBuf,
    /// The archive's commonest words, parted by blanks
    #[arg(long, default_value = "the of to in said and a mln for vs dlrs it reuter pct on from is that its cts")]
    words: String,
    /// Runs of each query, of which the quickest counts
    #[arg(long, default_value_t = 1)]
    runs: usize,
    /// Only queries whose name holds this
    #[arg(long, default_value = "")]
    only: String,
}

/// A query with its name and the command that asks it.
struct Case {
    name: String,
    command: Vec<&'static str>,
    query: String,
    /// A whole list with its stories may take its time, not more memory.
    long: bool,
}

/// What a process took.
struct Cost {
    cpu_s: f64,
    wall_s: f64,
    peak_mib: f64,
    code: i32,
    error: String,
}

fn main() -> Result<ExitCode> {
    let args = Args::parse();
    let words: Vec<&str> = args.words.split_whitespace().collect();
    ensure!(words.len() >= 4, "--words wants four words at least");
    println!("| query | CPU, s | wall, s | peak, MiB | exit |");
    println!("|---|---:|---:|---:|---|");
    let mut passed = 0;
    for case in cases(&words).into_iter().filter(|c| c.name.contains(&args.only)) {
        let mut best: Option<Cost> = None;
        for _ in 0..args.runs.max(1) {
            let cost = ask(&args.dateline, &args.index, &case)?;
            if best.as_ref().is_none_or(|b| cost.cpu_s < b.cpu_s) {
                best = Some(cost);
            }
        }
        let Some(cost) = best else { continue };
        let over = (cost.cpu_s > SECONDS_MAX && !case.long) || cost.peak_mib > PEAK_MIB_MAX;
        // A panic is told as damage, and no query may cause one.
        let bad = (over && case.query.chars().count() <= CHARS_MAX && cost.code != 2) || cost.code > 2;
        passed += usize::from(bad);
        let mark = if bad { " **over**" } else { "" };
        let Cost { cpu_s, wall_s, peak_mib, code, error } = cost;
        println!("| {} | {cpu_s:.2} | {wall_s:.2} | {peak_mib:.0} | {code}{mark} {error} |", case.name);
    }
    println!("\n{passed} over the bounds");
    Ok(if passed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn ask(dateline: &Path, index: &Path, case: &Case) -> Result<Cost> {
    let mut command = Command::new("/usr/bin/time");
    command.args(["-q", "-f", "time %U %S %e %M"]).arg(dateline).arg("--index").arg(index);
    command.args(&case.command).arg("--").arg(&case.query);
    let output = command.stdin(Stdio::null()).stdout(Stdio::null()).output().context("GNU time")?;
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().rev().find_map(|l| l.strip_prefix("time ")).context("GNU time said nothing")?;
    let figures = line.split(' ').map(str::parse).collect::<Result<Vec<f64>, _>>()?;
    let [user, system, wall_s, kib] = figures[..] else { anyhow::bail!("GNU time said {line:?}") };
    let error = text.lines().find(|l| l.starts_with("error")).unwrap_or_default();
    let error = error.chars().take(90).map(|c| if c == '|' { '/' } else { c }).collect();
    let code = output.status.code().unwrap_or(-1);
    Ok(Cost { cpu_s: user + system, wall_s, peak_mib: kib / 1024.0, code, error })
}

/// As much of an endless list as a query of the bound's length holds.
fn filled(parts: impl Iterator<Item = String>, joint: &str) -> String {
    let mut query = String::new();
    for part in parts {
        if query.chars().count() + joint.len() + part.chars().count() > CHARS_MAX - 20 {
            break;
        }
        if !query.is_empty() {
            query.push_str(joint);
        }
        query.push_str(&part);
    }
    query
}

fn cases(words: &[&str]) -> Vec<Case> {
    let (a, b, c, d) = (words[0], words[1], words[2], words[3]);
    let endless = || words.iter().cycle().map(|w| (*w).to_owned());
    let pairs = || (b'a'..=b'z').flat_map(|x| (b'a'..=b'z').map(move |y| format!("{}{}", x as char, y as char)));
    let search = vec!["search"];
    let mut cases = Vec::new();
    let mut add = |name: &str, command: &[&'static str], query: String| {
        cases.push(Case { name: name.to_owned(), command: command.to_vec(), query, long: false });
    };
    for query in [
        a.to_owned(),
        format!("{a} {b} {c} {d}"),
        "a*".into(),
        "*a*".into(),
        "*e".into(),
        "?????".into(),
        "*".into(),
        "s*d".into(),
        "/.*/".into(),
        "/.*a.*e.*/".into(),
        "/(a|b|c|d|e)+.*(x|y|z)/".into(),
        "/([a-z]{1,5}){1,9}/".into(),
        "/(.*.*.*.*.*)*q/".into(),
        format!("{a}~2"),
        "government~2".into(),
        "president~2 minister~2 company~2 market~2".into(),
        format!("\"{b} {a}\""),
        format!("\"{a} {b} {c} {d}\""),
        format!("\"{a} {a} {a}\""),
        format!("\"{a} {b}\"~50"),
        format!("\"{a} {b} {c} {d} {a} {b}\"~100"),
        "\"a* b* c*\"".into(),
        "\"*a* *e*\"".into(),
        format!("\"{b} {a} *\""),
        format!("{a} W/5 {b}"),
        format!("{a} W/1000 {b}"),
        "a* W/5 b*".into(),
        "*a* W/5 *e*".into(),
        "s* W/50 t*".into(),
        format!("{a} W/s {b}"),
        format!("{a} W/p {b}"),
        format!("{a} NOT W/p {b}"),
        format!("{a} NOT W/5 {b}"),
        format!("({a} W/20 {b}) W/20 ({c} W/20 {d})"),
        format!("(({a} W/50 {b}) W/50 ({c} W/50 {d})) W/50 (({d} W/50 {c}) W/50 ({b} W/50 {a}))"),
        format!("{a} PRE/100 {a}"),
        format!("({a} OR {b} OR {c}) W/100 ({a} OR {b} OR {c})"),
        format!("({a} OR {b}) NOT W/10 ({c} OR {d})"),
        format!("ATLEAST/200({a})"),
        format!("ATLEAST/20({a} W/10 {b})"),
        "ATLEAST/5(a*)".into(),
        format!("headline:({a} OR {b})"),
        format!("body:{a}"),
        format!("lead:\"{b} {a}\""),
        format!("body:(a* W/5 {a})"),
        format!("={a}"),
        format!("=\"{b} {a}\""),
        format!("-{a}"),
        format!("{a} -zzzz"),
        "date:1800..2100".into(),
        format!("{a} date:2020"),
        "event:1900..2100".into(),
        "words:>1".into(),
        "path:a".into(),
        "path:*1*".into(),
        "from:*".into(),
        "person:a".into(),
        "person:Smith".into(),
        "place:US".into(),
        "place:Europe".into(),
        "org:bank".into(),
        format!("person:Smith W/50 {a}"),
        format!("place:US W/50 {a}"),
    ] {
        add(&format!("`{}`", query.replace('|', "/")), &search, query);
    }
    add("300 alternatives near a word", &search, format!("{a} W/50 ({})", filled(pairs(), " OR ")));
    add("alternatives near alternatives", &search, {
        let half: Vec<String> = pairs().take(75).collect();
        format!("({}) W/50 ({})", half.join(" OR "), half.join(" OR "))
    });
    add("parts of words joined by OR", &search, filled(pairs().map(|p| format!("*{p}*")), " OR "));
    add("expressions joined by OR", &search, filled(pairs().map(|p| format!("/.*{p}.?/")), " OR "));
    add("acronyms joined by OR", &search, filled(pairs().map(|p| p.to_uppercase()).chain(["x".into()]), " OR "));
    add("sloppy common words", &search, {
        let eight: Vec<String> = endless().take(8).collect();
        format!("\"{}\"~1000", eight.join(" "))
    });
    add("nested ATLEAST", &search, format!("ATLEAST/5(ATLEAST/4({a} W/20 {b}) W/50 ATLEAST/3({c} W/20 {d}))"));
    add("nested NOT W/n", &search, format!("({a} NOT W/50 {b}) NOT W/50 ({c} NOT W/50 {d})"));
    add("prefixes joined by OR", &search, filled((b'a'..=b'z').map(|c| format!("{}*", c as char)), " OR "));
    add("prefixes joined by AND", &search, filled((b'a'..=b'z').map(|c| format!("{}*", c as char)), " "));
    add("fuzzy words joined by OR", &search, filled(endless().map(|w| format!("{w}tion~2")), " OR "));
    add("common words joined by AND", &search, filled(endless(), " "));
    add("common words joined by W/9", &search, filled(endless(), " W/9 "));
    add("a phrase of common words", &search, format!("\"{}\"", filled(endless(), " ")));
    add("deep parentheses", &search, format!("{}{a}{}", "(".repeat(400), ")".repeat(400)));
    add("deep NOT", &search, format!("{}{a}", "NOT (".repeat(100)) + &")".repeat(100));
    add(
        "a pasted text, any",
        &["search", "--match", "any"],
        filled(endless().zip(pairs()).map(|(w, p)| format!("{w} {p}rt")), " "),
    );
    add("rare words, any", &["search", "--match", "any"], filled(pairs().map(|p| format!("{p}{p}a")), " "));
    add("wildcards, any", &["search", "--match", "any"], filled(pairs().map(|p| format!("{p}*")), " "));
    for (name, command) in [
        ("everything by date", &["search", "--sort", "date"][..]),
        ("everything, last page", &["search", "--offset", "199990"]),
        ("everything, 50 passages", &["search", "--snippets", "50"]),
        ("count everything", &["count"]),
        ("everything by agency", &["count", "--by", "agency"]),
        ("everything by place", &["count", "--by", "place"]),
        ("everything by person", &["count", "--by", "person"]),
        ("everything by organisation", &["count", "--by", "org"]),
        ("everything by day", &["count", "--by", "day"]),
        ("timeline of everything", &["timeline"]),
        ("timeline of events", &["timeline", "--of", "events"]),
        ("ids of everything", &["export", "--format", "ids", "-o", "-"]),
        ("paths of everything", &["export", "--format", "paths", "-o", "-"]),
    ] {
        add(name, command, "*".into());
    }
    add("a common word by date", &["search", "--sort", "-date"], a.into());
    add("ids of a common word by relevance", &["search", "--format", "ids"], a.into());
    add("explain wildcards", &["explain"], "a* *b* c?d*".into());
    for format in ["text", "json", "jsonl", "csv", "tsv", "md", "html", "ris", "bibtex", "csl", "xlsx"] {
        let command = vec!["export", "-o", "-", "--format", format];
        cases.push(Case { name: format!("{format} of everything"), command, query: "*".into(), long: true });
    }
    cases
}
