//! `dateline status`: what is in the archive.

use super::files;
use super::options::table_formats;
use super::{Env, exit, json_line, out, plural};
use crate::engine::{Archive, Facet, Ledger, Reader};
use crate::print::json::SCHEMA;
use crate::query;
use crate::search::{self, Wanted};
use anyhow::Result;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  dateline status\n  dateline status --files --format csv > unread.csv")]
pub(super) struct Args {
    /// List the files that became no story, or not wholly, each with the reason
    #[arg(long)]
    files: bool,
    /// Print JSON; the same as --format json
    #[arg(long)]
    json: bool,
    /// The form of the answer; without --files text, json or jsonl
    #[arg(long, default_value = "text", value_parser = table_formats())]
    format: String,
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let format = if args.json && args.format == "text" { "json" } else { &args.format };
    if args.files {
        return files::run(format, env);
    }
    anyhow::ensure!(
        matches!(format, "text" | "json" | "jsonl"),
        "status is no table, and has no form {format}\nhint: leave --format out, take json, or list files with --files"
    );
    env.each_folder(&mut |folder| one(folder, format != "text", env))
}

fn one(folder: &Path, json: bool, env: &Env) -> Result<u8> {
    let corrections = super::corrections::read_all(&[folder.to_owned()])?;
    let archive = Archive::find(folder)?;
    let files = files::counts(&Ledger::open(&archive)?);
    let reader = Reader::open(&archive)?.corrected(corrections).asked_at(env.now.timestamp());
    super::corrections::tell_in_vain(&reader)?;
    let everything = query::parse("*", &query::Context { today: env.now.date_naive(), any: false })
        .map_err(|e| anyhow::anyhow!("{}", e.draw("*")))?
        .query;
    let bytes = size(folder);
    let generation = reader.archives().map(|(_, state)| state.generation).next().unwrap_or_default();
    let count = |facet| search::facets(&reader, Wanted::all(&everything), facet).map(|(counts, _)| counts);
    let held_back = search::count(&reader, Wanted::all(&everything))?.held_back;
    let (agencies, langs, days) = (count(Facet::Agency)?, count(Facet::Lang)?, count(Facet::Day)?);
    let undated = days.get("").copied().unwrap_or(0);
    let mut dated = days.keys().filter(|k| !k.is_empty());
    let (first, last) = (dated.next().cloned(), dated.next_back().cloned());
    let last = last.or_else(|| first.clone());
    let mut out = out();
    if json {
        json_line(
            &mut out,
            &serde_json::json!({
                "schema": SCHEMA, "folder": folder, "stories": reader.stories(), "generation": generation,
                "segments": reader.segments(), "bytes": bytes, "held_back": held_back, "undated": undated, "first": first, "last": last,
                "agencies": agencies, "languages": langs, "files": files.files, "files_without": files.without,
                "files_unreadable": files.unreadable,
            }),
        )?;
        out.flush()?;
        return Ok(exit::FOUND);
    }
    writeln!(out, "archive     {}", folder.display())?;
    writeln!(out, "stories     {}", reader.stories())?;
    if held_back > 0 {
        writeln!(out, "held back   {held_back} embargoed, killed, withheld or withdrawn, not counted below")?;
    }
    let told = [(files.without, "without a story"), (files.unreadable, "not read, or not wholly")];
    let told = told.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!(", {n} {what}")).collect::<String>();
    let listed = if told.is_empty() { "" } else { "; --files lists them" };
    writeln!(out, "read        {}{told}{listed}", plural(files.files, "file", "files"))?;
    match (first, last) {
        (Some(first), Some(last)) => writeln!(out, "filed       {first} to {last}, {undated} undated")?,
        _ => writeln!(out, "filed       {undated} undated")?,
    }
    writeln!(out, "agencies    {}", top(&agencies))?;
    writeln!(out, "languages   {}", top(&langs))?;
    #[allow(clippy::cast_precision_loss)] // shown with one digit
    let megabytes = bytes as f64 / 1e6;
    let segments = reader.segments();
    let noun = if segments == 1 { "segment" } else { "segments" };
    writeln!(out, "size        {megabytes:.1} MB in {segments} {noun}, generation {generation}")?;
    out.flush()?;
    Ok(exit::FOUND)
}

fn top(counts: &BTreeMap<String, u64>) -> String {
    let mut rows: Vec<(&str, u64)> =
        counts.iter().map(|(k, n)| (if k.is_empty() { "unknown" } else { k.as_str() }, *n)).collect();
    rows.sort_by_key(|(k, n)| (std::cmp::Reverse(*n), *k));
    let shown: Vec<String> = rows.iter().take(10).map(|(k, n)| format!("{k} {n}")).collect();
    let more = rows.len().saturating_sub(10);
    if more > 0 { format!("{}, {more} more", shown.join(", ")) } else { shown.join(", ") }
}

fn size(folder: &Path) -> u64 {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter_map(|e| e.metadata().ok())
        .filter(std::fs::Metadata::is_file)
        .map(|m| m.len())
        .sum()
}
