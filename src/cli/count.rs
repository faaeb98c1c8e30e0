//! `dateline count`: exact totals and facets.

use super::options::{Matching, asked, printer, table_formats};
use super::{Env, exit, json_line, message, out};
use crate::engine::{Facet, Reader};
use crate::print::json::SCHEMA;
use crate::print::{Cell, Grid, Table, facets_table};
use crate::search::{self, Total, Wanted};
use anyhow::{Context, Result};
use clap::builder::PossibleValuesParser;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  dateline count 'Syrie agency:IRNA'\n  dateline count --by month '*'\n  dateline count --by agency --by year Syrie\n  dateline count --by agency --format csv Syrie > agencies.csv\n  dateline count --batch queries.txt\n\nWith --batch, a query that cannot be read counts as error and the others go on; the exit code is then 2, and 1 where no query found anything."
)]
pub(super) struct Args {
    /// The query
    #[arg(value_name = "QUERY", required_unless_present = "batch")]
    query: Vec<String>,
    /// Break the count down; given twice, by rows and columns
    #[arg(long, value_parser = facet_names(), value_name = "FACET")]
    by: Vec<String>,
    /// List at most so many values of the breakdown, in its order
    #[arg(
        short = 'n',
        long,
        value_name = "N",
        allow_negative_numbers = true,
        requires = "by",
        conflicts_with = "batch"
    )]
    limit: Option<usize>,
    /// Count many queries, one a line; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["by", "query"])]
    batch: Option<PathBuf>,
    /// Whether every word must be there, or any
    #[arg(long = "match", default_value = "all")]
    matching: Matching,
    /// Of the versions of one dispatch only the last; dateline versions shows which are
    #[arg(long)]
    unique: bool,
    /// The form of the answer
    #[arg(long, default_value = "text", value_parser = table_formats())]
    format: String,
}

fn facet_names() -> PossibleValuesParser {
    PossibleValuesParser::new(Facet::ALL.map(Facet::as_str))
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let reader = env.reader()?;
    let mut out = out();
    if let Some(file) = &args.batch {
        return batch(file, args, reader, env, &mut out);
    }
    let (text, parsed) = env.parse(&args.query, args.matching)?;
    env.tell(reader, &parsed);
    env.tell_unknown(reader, &parsed)?;
    let any = args.matching.is_any();
    let wanted = Wanted { query: &parsed.query, any, unique: args.unique };
    let facets = args.by.iter().filter_map(|name| Facet::ALL.into_iter().find(|f| f.as_str() == name));
    let total = match facets.collect::<Vec<_>>()[..] {
        [facet] => {
            let (counts, total) = asked(&text, search::facets(reader, wanted, facet))?;
            let mut table = facets_table(&text, facet.as_str(), &counts, total.total as u64);
            let values = table.rows.len();
            table.rows.truncate(args.limit.unwrap_or(usize::MAX));
            if table.rows.len() < values && !env.quiet {
                message(&format!("{} of {values} values; without -n all are listed", table.rows.len()));
            }
            write(&mut out, args, &table, env)?;
            total
        }
        [rows, columns] => {
            let (cross, total) = asked(&text, search::cross(reader, wanted, rows, columns))?;
            let mut grid = Grid::new(&text, [rows.as_str(), columns.as_str()], &cross, total.total as u64);
            let limit = args.limit.unwrap_or(usize::MAX);
            let all = grid.truncate(limit);
            if limit < all && !env.quiet {
                message(&format!("{limit} of {all} values of {}; the totals are those of all", rows.as_str()));
            }
            write_grid(&mut out, args, &grid, env)?;
            total
        }
        [_, _, _, ..] => anyhow::bail!("--by is given more than twice\nhint: a table has rows and columns"),
        [] => {
            let total = asked(&text, search::count(reader, wanted))?;
            one(&mut out, args, &text, total, env)?;
            total
        }
    };
    out.flush()?;
    if !env.quiet {
        super::total_messages(total);
    }
    if total.total == 0 && !any {
        env.tell_overlooked(reader, &text)?;
        env.tell_mistyped(reader, &parsed)?;
    }
    Ok(if total.total > 0 { exit::FOUND } else { exit::NOTHING })
}

fn write(out: &mut dyn Write, args: &Args, table: &Table, env: &Env) -> Result<()> {
    Ok(printer(&args.format)?.table(out, table, &env.look(false)).unwrap_or(Ok(()))?)
}

fn write_grid(out: &mut dyn Write, args: &Args, grid: &Grid, env: &Env) -> Result<()> {
    match args.format.as_str() {
        "text" => grid.text(out, &env.look(false))?,
        form @ ("json" | "jsonl") => grid.json(out, form == "jsonl")?,
        _ => {
            let table = grid.table().context(
                "so large a table is of no use\nhint: take --format jsonl, which has a line for each cell with \
                 stories, or change rows and columns, or list fewer rows with -n",
            )?;
            write(out, args, &table, env)?;
        }
    }
    Ok(())
}

fn totals_table(title: &str, rows: Vec<Vec<Cell>>) -> Table {
    let columns = Table::named(&["query", "count"]);
    Table { title: title.to_owned(), caption: "Stories by query".to_owned(), columns, rows, figures: Vec::new() }
}

fn one(out: &mut dyn Write, args: &Args, text: &str, total: Total, env: &Env) -> Result<()> {
    match args.format.as_str() {
        "text" => Ok(writeln!(out, "{}", total.total)?),
        "json" | "jsonl" => json_line(
            out,
            &serde_json::json!({
                "schema": SCHEMA, "query": text, "total": total.total, "undated": total.undated,
                "undated_left_out": total.undated_left_out, "held_back": total.held_back,
                "versions_left_out": total.versions_left_out,
            }),
        ),
        _ => {
            let row = vec![Cell::Text(text.to_owned()), Cell::Count(total.total as u64)];
            write(out, args, &totals_table(text, vec![row]), env)
        }
    }
}

fn batch(file: &PathBuf, args: &Args, reader: &Reader, env: &Env, out: &mut dyn Write) -> Result<u8> {
    let input: Box<dyn Read> = if file.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(file).with_context(|| file.display().to_string())?)
    };
    // The worst of the answers: nothing found by any, or a query that cannot be read.
    let mut code = exit::NOTHING;
    let mut rows = Vec::new();
    for (number, line) in (1..).zip(BufReader::new(input).split(b'\n')) {
        let line = line.context("list of queries")?;
        let read = std::str::from_utf8(&line).map(|line| line.trim_end_matches('\r').to_owned());
        let (line, read) = match read {
            Ok(line) => (line, Ok(())),
            Err(e) => (String::from_utf8_lossy(&line).into_owned(), Err(anyhow::anyhow!("the query is no UTF-8: {e}"))),
        };
        // A line without a query is an answer without a count: line n answers line n.
        if line.trim().is_empty() {
            match args.format.as_str() {
                "text" => writeln!(out, "\t")?,
                "json" | "jsonl" => {
                    json_line(out, &serde_json::json!({"schema": SCHEMA, "query": line, "error": "no query"}))?;
                }
                _ => rows.push(vec![Cell::Text(line), Cell::Text(String::new())]),
            }
            continue;
        }
        let answer =
            read.and_then(|()| env.parse(std::slice::from_ref(&line), args.matching)).and_then(|(_, parsed)| {
                let (any, unique) = (args.matching.is_any(), args.unique);
                Ok(search::count(reader, Wanted { query: &parsed.query, any, unique })?)
            });
        match &answer {
            Ok(total) if total.total > 0 && code == exit::NOTHING => code = exit::FOUND,
            Ok(_) => {}
            Err(e) => {
                code = exit::USAGE;
                // Forms without a place for the reason leave it to the terminal.
                if !matches!(args.format.as_str(), "json" | "jsonl") && !env.quiet {
                    super::message(&format!("line {number}: {e:#}"));
                }
            }
        }
        match (answer, args.format.as_str()) {
            (Ok(total), "json" | "jsonl" | "text") => match args.format.as_str() {
                "text" => writeln!(out, "{}\t{}", total.total, crate::print::clean(&line))?,
                _ => one(out, args, &line, total, env)?,
            },
            (Err(e), "json" | "jsonl") => {
                json_line(out, &serde_json::json!({"schema": SCHEMA, "query": line, "error": format!("{e:#}")}))?;
            }
            (Err(_), "text") => writeln!(out, "error\t{}", crate::print::clean(&line))?,
            (Ok(total), _) => rows.push(vec![Cell::Text(line), Cell::Count(total.total as u64)]),
            (Err(_), _) => rows.push(vec![Cell::Text(line), Cell::Text("error".to_owned())]),
        }
    }
    if !rows.is_empty() {
        write(out, args, &totals_table(&file.display().to_string(), rows), env)?;
    }
    out.flush()?;
    Ok(code)
}
