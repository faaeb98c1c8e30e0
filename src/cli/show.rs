//! `dateline show`: one story.

use super::{Env, exit, json_line, message, out};
use crate::print::{json, screen};
use anyhow::{Context, Result};
use clap::ValueEnum;
use std::io::{BufRead, Write};

/// Stories named when a prefix is not unique.
const CANDIDATES_MAX: usize = 20;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  dateline show a81f --why\n  dateline show a81f --raw > story.txt")]
pub(super) struct Args {
    /// Ids, or the beginnings of them; ID@FOLDER for the story of one archive; - reads ids from standard input, one a line
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Every value with its evidence
    #[arg(long)]
    why: bool,
    /// The bytes of the source file
    #[arg(long, conflicts_with_all = ["why", "text"])]
    raw: bool,
    /// The decoded text that spans refer to
    #[arg(long, conflicts_with = "why")]
    text: bool,
    /// The form
    #[arg(long, default_value = "text")]
    format: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    Jsonl,
}

/// The ids asked for; those of standard input where `-` stands.
fn ids(args: &Args) -> Result<Vec<String>> {
    let mut ids = Vec::with_capacity(args.ids.len());
    for id in &args.ids {
        if id != "-" {
            ids.push(id.clone());
            continue;
        }
        for line in std::io::stdin().lock().lines() {
            let line = line.context("standard input")?;
            ids.extend(Some(line.trim().to_owned()).filter(|l| !l.is_empty()));
        }
    }
    Ok(ids)
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let mut usual = None;
    let readable = args.format == Form::Text && !args.raw && !args.text;
    let mut out = if readable { env.paged() } else { out() };
    let mut code = exit::FOUND;
    let mut open_line = false;
    for id in ids(args)? {
        let id = &id;
        let (id, reader) = match id.split_once('@') {
            Some((id, folder)) => (id, &Env::reader_of(&[folder.into()])?),
            None => {
                if usual.is_none() {
                    usual = Some(env.reader()?);
                }
                let Some(reader) = usual else { continue };
                (id.as_str(), reader)
            }
        };
        if id.is_empty() {
            message("error: an id has a letter or a digit at least\nhint: a list shows the id of every story");
            code = exit::USAGE;
            continue;
        }
        let mut stories = reader.by_id(&id.to_lowercase(), CANDIDATES_MAX)?;
        // Copies of one file share an id: any of them is the story.
        stories.dedup_by_key(|s| s.id);
        let story = match stories.as_mut_slice() {
            [] => {
                message(&format!("error: no story has an id that begins with {id}"));
                code = exit::NOTHING;
                continue;
            }
            [story] => {
                reader.corrections().apply(story);
                story
            }
            several => {
                let ids: Vec<String> = several.iter().map(|s| s.id.to_string()).collect();
                message(&format!("error: {id} is the beginning of several ids: {}", ids.join(" ")));
                code = exit::USAGE;
                continue;
            }
        };
        match () {
            () if args.raw => {
                let bytes = crate::ingest::raw(std::path::Path::new(&story.path))
                    .with_context(|| format!("the source {}", story.path))?;
                if crate::ingest::is_other_source(&bytes, story) {
                    message(&format!(
                        "warning: {} has changed since it was indexed: these are its present bytes, not those that \
                         the values of {} were read from\nhint: read it again: dateline index",
                        crate::print::clean(&story.path),
                        story.id
                    ));
                }
                super::raw(&mut out, &bytes)?;
            }
            () if args.text => super::text(&mut out, &story.text, &mut open_line)?,
            () if args.format == Form::Text => {
                story.path = env.shown(&story.path);
                screen::story(&mut out, story, args.why, env.columns, env.style)?;
            }
            () => json_line(&mut out, &json::story(story))?,
        }
    }
    out.flush()?;
    Ok(code)
}
