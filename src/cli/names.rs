//! `dateline names`: the names of the archive with their spellings; spellings compared.

use super::options::{printer, table_formats};
use super::{Env, exit, json_line, message, out};
use crate::print::json::SCHEMA;
use crate::print::{Cell, Table};
use crate::search::{self, COMPARED_MAX, NameGroup};
use crate::story::EntityKind;
use anyhow::{Context, Result};
use clap::ValueEnum;
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// Spellings shown of a bearer for people; machines get all.
const SPELLINGS_SHOWN: usize = 6;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  dateline names Putin\n  dateline names --kind org -n 20\n  \
                  printf 'Putin\\tПутин\\n' | dateline names --compare -")]
pub(super) struct Args {
    /// A name in any script; without it, the most frequent names
    text: Vec<String>,
    /// Only people, places or organisations
    #[arg(long, value_name = "KIND")]
    kind: Option<Kind>,
    /// The most names of a kind; 0 for all
    #[arg(short = 'n', long, default_value_t = 20)]
    limit: usize,
    /// Says of each tab-separated pair of names in FILE whether it is one; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    compare: Option<PathBuf>,
    /// The form; with --compare text, json or jsonl
    #[arg(long, default_value = "text", value_parser = table_formats())]
    format: String,
}

/// Columns of a table of names.
const COLUMNS: [&str; 6] = ["kind", "name", "label", "id", "spellings", "stories"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Person,
    Place,
    Org,
}

impl Kind {
    fn of(self) -> EntityKind {
        match self {
            Kind::Person => EntityKind::Person,
            Kind::Place => EntityKind::Place,
            Kind::Org => EntityKind::Org,
        }
    }
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    match &args.compare {
        Some(file) => compare_pairs(file, &args.format),
        None => list(args, env),
    }
}

fn list(args: &Args, env: &Env) -> Result<u8> {
    let reader = env.reader()?;
    super::corrections::tell_in_vain(reader)?;
    let text = args.text.join(" ");
    let text = Some(text.as_str()).filter(|t| !t.trim().is_empty());
    let limit = if args.limit == 0 { usize::MAX } else { args.limit };
    let kinds = args.kind.map_or(EntityKind::ALL.to_vec(), |k| vec![k.of()]);
    let mut out = out();
    let mut groups = Vec::new();
    for kind in kinds {
        let list = search::names(reader, kind, text, limit)?;
        groups.extend(list.groups);
        if list.left_out > 0 && !env.quiet {
            message(&format!("{} more of kind {}; -n 0 lists all", list.left_out, kind.as_str()));
        }
        if list.not_compared > 0 {
            let (kind, rest) = (kind.as_str(), list.not_compared);
            message(&format!("only the {COMPARED_MAX} most frequent {kind} names were compared; {rest} stand alone"));
        }
    }
    match args.format.as_str() {
        "text" => groups.iter().try_for_each(|group| line(&mut out, group))?,
        "jsonl" => groups.iter().try_for_each(|group| json_line(&mut out, &object(group, true)))?,
        "json" => {
            let names: Vec<_> = groups.iter().map(|group| object(group, false)).collect();
            json_line(&mut out, &json!({ "schema": SCHEMA, "query": text, "names": names }))?;
        }
        format => {
            let title = text.unwrap_or("*").to_owned();
            let rows = groups.iter().map(row).collect();
            let columns = Table::named(&COLUMNS);
            let table = Table { title, caption: "Names".to_owned(), columns, rows, figures: Vec::new() };
            printer(format)?.table(&mut out, &table, &env.look(false)).unwrap_or(Ok(()))?;
        }
    }
    out.flush()?;
    if let (Some(text), true, false) = (text, groups.is_empty(), env.quiet) {
        let kind = args.kind.map_or("person, place or organisation", |k| match k {
            Kind::Person => "person",
            Kind::Place => "place",
            Kind::Org => "organisation",
        });
        message(&format!("no {kind} of the archive has the name {}", crate::print::clean(text)));
    }
    Ok(if groups.is_empty() { exit::NOTHING } else { exit::FOUND })
}

/// A row of a table: all spellings in one cell, as lists are in every table.
fn row(group: &NameGroup) -> Vec<Cell> {
    let spellings: Vec<&str> = group.spellings.iter().map(|(spelling, _)| spelling.as_str()).collect();
    let cell = |text: &str| Cell::Text(text.to_owned());
    vec![
        cell(group.kind.as_str()),
        cell(&group.name),
        cell(&group.label),
        cell(&group.id),
        cell(&spellings.join("; ")),
        Cell::Count(group.stories),
    ]
}

fn line(out: &mut dyn Write, group: &NameGroup) -> Result<()> {
    let more = group.spellings.len().saturating_sub(SPELLINGS_SHOWN);
    let spellings: Vec<String> = group
        .spellings
        .iter()
        .take(SPELLINGS_SHOWN)
        .filter(|(s, _)| *s != group.name || group.spellings.len() > 1)
        .map(|(s, n)| format!("{} {n}", crate::print::clean(s)))
        .collect();
    let tail = if more > 0 { format!(" · {more} more") } else { String::new() };
    let spellings = if spellings.is_empty() { String::new() } else { format!("  ({}{tail})", spellings.join(" · ")) };
    let (kind, label) = (group.kind.as_str(), crate::print::clean(&group.label));
    writeln!(out, "{kind:6}  {:>6}  {label}{spellings}", group.stories)?;
    Ok(())
}

fn object(group: &NameGroup, alone: bool) -> serde_json::Value {
    let spellings: Vec<_> = group.spellings.iter().map(|(s, n)| json!({ "name": s, "stories": n })).collect();
    let id = Some(group.id.as_str()).filter(|id| !id.is_empty());
    let mut object = json!({
        "kind": group.kind.as_str(), "id": id, "name": group.name, "label": group.label,
        "stories": group.stories, "spellings": spellings,
    });
    if alone {
        object["schema"] = SCHEMA.into();
    }
    object
}

fn compare_pairs(file: &Path, form: &str) -> Result<u8> {
    anyhow::ensure!(
        matches!(form, "text" | "json" | "jsonl"),
        "--compare answers a pair a line, not as {form}\nhint: leave --format out, or take jsonl"
    );
    let input: Box<dyn BufRead> = if file.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(BufReader::new(std::fs::File::open(file).with_context(|| file.display().to_string())?))
    };
    let mut out = out();
    for (number, line) in (1..).zip(input.lines()) {
        let line = line.with_context(|| file.display().to_string())?;
        let Some((a, b)) = line.split_once('\t') else {
            anyhow::bail!(
                "{}, line {number}: no two names\nhint: write a pair a line, parted by a tab",
                file.display()
            );
        };
        let found = crate::engine::compare_people(a, b);
        let score = (f64::from(found.score) * 1000.0).round() / 1000.0;
        match form {
            "text" => {
                let (a, b) = (crate::print::clean(a), crate::print::clean(b));
                writeln!(out, "{}  {score:.3}  {a} | {b}", if found.same { "same " } else { "other" })?;
            }
            _ => json_line(&mut out, &json!({ "schema": SCHEMA, "same": found.same, "score": score }))?,
        }
    }
    out.flush()?;
    Ok(exit::FOUND)
}
