//! `dateline inspect`: what would be read, without an archive.

use super::{Env, exit, json_line, message, out};
use crate::ingest;
use crate::print::{json, screen};
use crate::wire::Reading;
use anyhow::Result;
use chrono::NaiveDate;
use clap::ValueEnum;
use std::io::{Read, Write};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  dateline inspect story.txt\n  dateline inspect --format jsonl *.txt\n  cat story.txt | dateline inspect -"
)]
pub(super) struct Args {
    /// Files; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The form
    #[arg(long, default_value = "text")]
    format: Form,
    /// Stands in for a missing filed date where text is resolved against it
    #[arg(long, value_name = "DATE")]
    reference: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    Jsonl,
    TextOnly,
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let mut out = out();
    let mut code = exit::FOUND;
    for file in &args.files {
        let reading = if file.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            ingest::read_bytes("-", &bytes, 0)
        } else {
            match ingest::read_file(file) {
                Ok(reading) => reading,
                Err(e) => {
                    message(&format!("error: {}: {e}", file.display()));
                    code = exit::RAW_INPUT;
                    continue;
                }
            }
        };
        let mut stories = match reading {
            Reading::Stories(stories) => stories,
            Reading::NotAStory(kind) => {
                message(&format!("{}: no story: {kind}", file.display()));
                continue;
            }
        };
        for story in &mut stories {
            if let Some(day) = args.reference {
                ingest::resolve_against(story, day);
            }
            if story.warnings.iter().any(|w| w.raw_only) {
                code = exit::RAW_INPUT;
            }
            match args.format {
                Form::Text => screen::story(&mut out, story, true, env.columns, env.style)?,
                Form::Json | Form::Jsonl => json_line(&mut out, &json::story(story))?,
                Form::TextOnly => out.write_all(story.text.as_bytes())?,
            }
        }
    }
    out.flush()?;
    Ok(code)
}
