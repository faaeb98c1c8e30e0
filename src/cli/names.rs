//! `dateline names`: spellings of one name.

use super::{Env, exit, json_line, out};
use crate::names::{Name, compare};
use crate::print::json::SCHEMA;
use anyhow::{Context, Result};
use clap::ValueEnum;
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  dateline names --compare pairs.tsv\n  printf 'Putin\\tПутин\\n' | dateline names --compare -"
)]
pub(super) struct Args {
    /// Says of each tab-separated pair of names in FILE whether it is one; - is standard input
    #[arg(long, value_name = "FILE")]
    compare: PathBuf,
    /// The form
    #[arg(long, default_value = "text")]
    format: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Jsonl,
}

pub(super) fn run(args: &Args, _: &Env) -> Result<u8> {
    let input: Box<dyn BufRead> = if args.compare.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        let file = std::fs::File::open(&args.compare).with_context(|| args.compare.display().to_string())?;
        Box::new(BufReader::new(file))
    };
    let mut out = out();
    for line in input.lines() {
        let line = line.with_context(|| args.compare.display().to_string())?;
        let (a, b) = line.split_once('\t').unwrap_or((&line, ""));
        let found = compare(&Name::new(a), &Name::new(b));
        let score = (f64::from(found.score) * 1000.0).round() / 1000.0;
        match args.format {
            Form::Text => writeln!(out, "{}  {score:.3}  {a} | {b}", if found.same { "same " } else { "other" })?,
            Form::Jsonl => json_line(&mut out, &json!({ "schema": SCHEMA, "same": found.same, "score": score }))?,
        }
    }
    out.flush()?;
    Ok(exit::FOUND)
}
