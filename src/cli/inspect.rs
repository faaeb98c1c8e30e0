//! `dateline inspect`: what would be read, without an archive.

use super::stories::{Form, Stories};
use super::{Env, exit, message, out};
use crate::ingest::{self, Found};
use crate::print::clean;
use crate::story::path_shown;
use anyhow::Result;
use chrono::NaiveDate;
use std::io::Read;
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
    /// Which keys of JSON, CSV and unknown XML mean what: lines such as headline = titulo
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Stands in for a missing filed date where text is resolved against it
    #[arg(long, value_name = "DATE")]
    reference: Option<NaiveDate>,
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let mut out = out();
    let mut code = exit::FOUND;
    let map = super::key_map(args.map.as_deref())?;
    let mut stories = Stories::new(&mut out, args.format, true, env);
    for file in &args.files {
        let mut written: Result<()> = Ok(());
        let mut sink = |found: Found| match found {
            Found::Story(mut story) => {
                story.path = path_shown(&story.path).into_owned();
                if let Some(day) = args.reference {
                    ingest::resolve_against(&mut story, day);
                }
                if story.warnings.iter().any(|w| w.raw_only) {
                    code = exit::RAW_INPUT;
                }
                if written.is_ok() {
                    written = stories.put(&story);
                }
            }
            Found::NotAStory(path, kind) => message(&format!("{}: no story: {kind}", clean(&path))),
            Found::Problem(path, reason) => {
                code = exit::RAW_INPUT;
                message(&format!("{}: {}", clean(&path), clean(&reason)));
            }
        };
        if file.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            ingest::read_bytes("-", &bytes, map.as_ref(), &mut sink);
        } else if let Err(e) = ingest::read_each(file, map.as_ref(), &mut sink) {
            message(&format!("error: {}: {e}", file.display()));
            code = exit::RAW_INPUT;
        }
        written?;
    }
    stories.end()?;
    Ok(code)
}
