//! `dateline when`: the days that an expression means.

use super::{Env, exit, json_line, out};
use crate::print::json::SCHEMA;
use crate::query::parse_days;
use anyhow::Result;
use chrono::NaiveDate;
use clap::ValueEnum;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The expression
    #[arg(required = true, value_name = "EXPR")]
    expression: Vec<String>,
    /// The day that relative expressions count from [default: today]
    #[arg(long, value_name = "DATE")]
    reference: Option<NaiveDate>,
    /// The language of the expression
    #[arg(long, value_name = "LANG", value_parser = language)]
    lang: Option<String>,
    /// The form of the answer
    #[arg(long, default_value = "text")]
    format: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    Jsonl,
}

/// Reads a language by its code, with a region or without, or by its name.
fn language(text: &str) -> Result<String, String> {
    let known = crate::data::languages::find(text).ok_or("no language is called so; give a code such as fr, en-US")?;
    Ok(if text.contains(['-', '_']) { text.to_owned() } else { known.code.to_owned() })
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let today = args.reference.unwrap_or_else(|| env.now.date_naive());
    let range = parse_days(&args.expression.join(" "), today, args.lang.as_deref())
        .map_err(|e| anyhow::anyhow!("{e}\nhint: {}", e.hint()))?;
    let day = |d: Option<NaiveDate>| d.map(|d| d.to_string());
    let mut out = out();
    match args.format {
        Form::Text => {
            let open = || "open".to_owned();
            writeln!(out, "{} to {}", day(range.from).unwrap_or_else(open), day(range.to).unwrap_or_else(open))?;
        }
        Form::Json | Form::Jsonl => {
            json_line(&mut out, &serde_json::json!({"schema": SCHEMA, "from": day(range.from), "to": day(range.to)}))?
        }
    }
    out.flush()?;
    Ok(exit::FOUND)
}
