//! `dateline count`: exact totals and facets.

use super::{Env, exit, json_line, out};
use crate::engine::Facet;
use crate::search;
use anyhow::{Context, Result};
use clap::ValueEnum;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  dateline count 'Syrie agency:IRNA'\n  dateline count --by month '*'\n  dateline count --batch queries.txt"
)]
pub(super) struct Args {
    /// The query
    #[arg(value_name = "QUERY", required_unless_present = "batch")]
    query: Vec<String>,
    /// Break the count down
    #[arg(long)]
    by: Option<By>,
    /// Count many queries, one a line; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "by")]
    batch: Option<PathBuf>,
    /// The form of the answer
    #[arg(long, default_value = "text")]
    format: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    Tsv,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum By {
    Agency,
    From,
    Lang,
    Status,
    Format,
    Encoding,
    Day,
    Month,
    Year,
}

impl By {
    fn facet(self) -> Facet {
        match self {
            By::Agency => Facet::Agency,
            By::From => Facet::From,
            By::Lang => Facet::Lang,
            By::Status => Facet::Status,
            By::Format => Facet::Format,
            By::Encoding => Facet::Encoding,
            By::Day => Facet::Day,
            By::Month => Facet::Month,
            By::Year => Facet::Year,
        }
    }

    /// What a story without a value is counted under.
    fn without(self) -> &'static str {
        match self {
            By::Day | By::Month | By::Year => "undated",
            By::Agency | By::From | By::Lang | By::Status | By::Format | By::Encoding => "unknown",
        }
    }

    fn is_time(self) -> bool {
        matches!(self, By::Day | By::Month | By::Year)
    }
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let reader = env.reader()?;
    let mut out = out();
    if let Some(file) = &args.batch {
        return batch(file, args.format, &reader, env, &mut out);
    }
    let (text, parsed) = env.parse(&args.query)?;
    if let Some(by) = args.by {
        let counts = search::facets(&reader, &parsed.query, by.facet())?;
        facets(&mut out, by, &counts, args.format, env)?;
        return Ok(if counts.is_empty() { exit::NOTHING } else { exit::FOUND });
    }
    let total = search::count(&reader, &parsed.query, false)?;
    match args.format {
        Form::Text | Form::Tsv => writeln!(out, "{total}")?,
        Form::Json => json_line(&mut out, &serde_json::json!({"schema": 1, "query": text, "total": total}))?,
    }
    out.flush()?;
    Ok(if total > 0 { exit::FOUND } else { exit::NOTHING })
}

fn batch(file: &PathBuf, form: Form, reader: &crate::engine::Reader, env: &Env, out: &mut dyn Write) -> Result<u8> {
    let input: Box<dyn Read> = if file.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(file).with_context(|| file.display().to_string())?)
    };
    let mut code = exit::FOUND;
    for line in BufReader::new(input).lines() {
        let line = line.context("list of queries")?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = env
            .parse(std::slice::from_ref(&line))
            .and_then(|(_, parsed)| Ok(search::count(reader, &parsed.query, false)?));
        match (answer, form) {
            (Ok(total), Form::Json) => {
                json_line(out, &serde_json::json!({"schema": 1, "query": line, "total": total}))?
            }
            (Ok(total), Form::Text | Form::Tsv) => writeln!(out, "{total}\t{line}")?,
            (Err(e), Form::Json) => {
                code = exit::USAGE;
                json_line(out, &serde_json::json!({"schema": 1, "query": line, "error": format!("{e:#}")}))?;
            }
            (Err(_), Form::Text | Form::Tsv) => {
                code = exit::USAGE;
                writeln!(out, "error\t{line}")?;
            }
        }
    }
    out.flush()?;
    Ok(code)
}

fn facets(out: &mut dyn Write, by: By, counts: &BTreeMap<String, u64>, form: Form, env: &Env) -> Result<()> {
    let mut rows: Vec<(&str, u64)> =
        counts.iter().map(|(k, n)| (if k.is_empty() { by.without() } else { k.as_str() }, *n)).collect();
    if by.is_time() {
        // In time's order, with the undated counted aside at the end.
        rows.sort_by_key(|(k, _)| (*k == by.without(), *k));
    } else {
        rows.sort_by_key(|(k, n)| (std::cmp::Reverse(*n), *k));
    }
    match form {
        Form::Json => {
            let rows: Vec<_> = rows.iter().map(|(k, n)| serde_json::json!({"value": k, "count": n})).collect();
            json_line(out, &serde_json::json!({"schema": 1, "counts": rows}))?;
        }
        Form::Tsv => rows.iter().try_for_each(|(k, n)| writeln!(out, "{k}\t{n}"))?,
        Form::Text => {
            let most = rows.iter().map(|r| r.1).max().unwrap_or(1).max(1);
            let wide = rows.iter().map(|r| crate::print::width(r.0)).max().unwrap_or(0);
            let room = env.columns.min(100).saturating_sub(wide + 12).max(8);
            for (key, n) in rows {
                let bar = "▇".repeat(usize::try_from(n * room as u64 / most).unwrap_or(0).max(1));
                let pad = " ".repeat(wide - crate::print::width(key));
                writeln!(out, "{}{pad} {n:>8}  {}", crate::print::clean(key), env.style.name(&bar))?;
            }
        }
    }
    Ok(out.flush()?)
}
