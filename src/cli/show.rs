//! `dateline show`: one story.

use super::stories::{Form, Stories};
use super::{Env, exit, message, out};
use crate::story::{Story, path_shown};
use anyhow::{Context, Result};
use std::io::BufRead;

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
    let form = if args.text || args.raw { Form::TextOnly } else { args.format };
    let mut out = if form == Form::Text { env.paged() } else { out() };
    let mut out = Stories::new(&mut out, form, args.why, env);
    let mut code = exit::FOUND;
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
        let stories = reader.by_id(&id.to_lowercase(), CANDIDATES_MAX)?;
        let Some(first) = stories.first() else {
            message(&format!("error: no story has an id that begins with {id}"));
            code = exit::NOTHING;
            continue;
        };
        if stories.iter().any(|s| s.id != first.id) {
            let mut ids: Vec<String> = stories.iter().map(|s| s.id.to_string()).collect();
            ids.dedup();
            message(&format!("error: {id} is the beginning of several ids: {}", ids.join(" ")));
            code = exit::USAGE;
            continue;
        }
        let (unlike, like) = copies(stories);
        for mut story in unlike {
            reader.corrections().apply(&mut story);
            if args.raw {
                out.raw(&source(&story)?)?;
                break;
            }
            story.path = path_shown(&story.path).into_owned();
            if form == Form::Text {
                story.path = env.shown(&story.path);
            }
            out.put(&story)?;
        }
        for path in like.iter().filter(|_| !env.quiet) {
            message(&format!("the same story: {}", crate::print::clean(&env.shown(path))));
        }
    }
    out.end()?;
    Ok(code)
}

/// Parts the copies of one text into those of which different things are known, for a folder may
/// date them, and the paths of the others.
fn copies(stories: Vec<Story>) -> (Vec<Story>, Vec<String>) {
    let (mut unlike, mut like): (Vec<Story>, Vec<String>) = (Vec::new(), Vec::new());
    for mut story in stories {
        let path = std::mem::take(&mut story.path);
        let is_like = |other: &mut Story| {
            let own = std::mem::take(&mut other.path);
            let is_like = *other == story;
            other.path = own;
            is_like
        };
        if unlike.iter_mut().any(is_like) {
            like.push(path);
        } else {
            story.path = path;
            unlike.push(story);
        }
    }
    (unlike, like)
}

/// The bytes of a story's source, with a warning where they are no longer those it was read from.
fn source(story: &Story) -> Result<Vec<u8>> {
    let path = crate::print::clean(&story.path);
    let raw = crate::ingest::raw(story).with_context(|| format!("the source {path}"))?;
    if raw.left_out > 0 {
        message(&format!("warning: {path} is so long that its last {} bytes are left out", raw.left_out));
    } else if crate::ingest::is_other_source(&raw.bytes, story) {
        message(&format!(
            "warning: {path} has changed since it was indexed: these are its present bytes, not those that \
             the values of {} were read from\nhint: read it again: dateline index --content",
            story.id
        ));
    }
    Ok(raw.bytes)
}
