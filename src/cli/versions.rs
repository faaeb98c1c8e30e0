//! `dateline versions`: which stories are versions of one dispatch.

use super::options::{Matching, asked, printer, table_formats};
use super::{Env, exit, json_line, message, out};
use crate::print::json::SCHEMA;
use crate::print::{Cell, Table, clean, width, wrap};
use crate::search::{self, Version, VersionGroup, VersionList, Wanted};
use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::io::Write;

/// Groups shown for people when nobody says otherwise.
const LIMIT: usize = 20;
/// Stories told of when a prefix is not unique.
const CANDIDATES_MAX: usize = 20;
/// Digits of an id that are shown in lists.
const ID_SHOWN: usize = 8;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  dateline versions\n  dateline versions 'agency:Reuters date:2024-11-30'\n  dateline versions --of a81f\n  dateline search --unique Aleppo\n\nThe first of a group is the last version, as far as dates and versions tell, else the longest. Stories of one\nidentifier of their sender are versions of one dispatch, and those whose texts share most of their runs of words,\nnames and figures; what merely tells the same in other words is marked as inferred, and stays\nin lists with --unique."
)]
pub(super) struct Args {
    /// The query; without it, all stories
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// The versions of one story, whatever their status
    #[arg(long, value_name = "ID", conflicts_with = "query")]
    of: Option<String>,
    /// The most groups; 0 for all [default: 20; of formats for machines, all]
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// Whether every word must be there, or any
    #[arg(long = "match", default_value = "all")]
    matching: Matching,
    /// The form
    #[arg(long, default_value = "text", value_parser = table_formats())]
    format: String,
}

/// Columns of a table of versions.
const COLUMNS: [&str; 10] =
    ["group", "id", "filed", "agency", "status", "relation", "shared", "confidence", "headline", "path"];

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let reader = env.reader()?;
    let (title, list) = match &args.of {
        Some(id) => (id.clone(), of_one(reader, id)?),
        None => {
            let words = if args.query.is_empty() { vec!["*".to_owned()] } else { args.query.clone() };
            let (text, parsed) = env.parse(&words, args.matching)?;
            env.tell(reader, &parsed);
            env.tell_unknown(reader, &parsed)?;
            let wanted = Wanted { query: &parsed.query, any: args.matching.is_any(), unique: false };
            let list = asked(&text, search::versions(reader, wanted))?;
            (text, list)
        }
    };
    let most = match args.limit {
        Some(0) => usize::MAX,
        Some(limit) => limit,
        None if args.format == "text" => LIMIT,
        None => usize::MAX,
    };
    let groups = &list.groups[..list.groups.len().min(most)];
    let mut out = if args.format == "text" { env.paged() } else { out() };
    match args.format.as_str() {
        "text" => {
            groups.iter().try_for_each(|group| told(&mut out, group, env))?;
            if args.of.is_none() {
                writeln!(out, "{}", env.style.dim(&figures(&list, groups.len())))?;
            }
        }
        "jsonl" => groups.iter().try_for_each(|group| json_line(&mut out, &object(group, true)))?,
        "json" => {
            let all: Vec<Value> = groups.iter().map(|group| object(group, false)).collect();
            let (stories, total) = (list.stories, list.groups.len());
            json_line(
                &mut out,
                &json!({ "schema": SCHEMA, "query": title, "stories": stories, "total": total, "groups": all }),
            )?;
        }
        format => {
            let rows = (1..).zip(groups).flat_map(|(n, group)| group.iter().map(move |version| row(n, version)));
            let rows = rows.collect();
            let table = Table {
                title,
                columns: COLUMNS.map(Into::into).to_vec(),
                rows,
                figures: Vec::new(),
                caption: "Versions".to_owned(),
            };
            printer(format)?.table(&mut out, &table, &env.look(false)).unwrap_or(Ok(()))?;
        }
    }
    out.flush()?;
    if let (Some(id), true, false) = (&args.of, list.groups.is_empty(), env.quiet) {
        message(&format!("no other story of the archive is a version of {}", clean(id)));
    }
    Ok(if groups.is_empty() { exit::NOTHING } else { exit::FOUND })
}

/// The versions of the story whose id begins so.
fn of_one(reader: &crate::engine::Reader, id: &str) -> Result<VersionList> {
    let stories = reader.by_id(&id.to_lowercase(), CANDIDATES_MAX)?;
    let Some(story) = stories.first() else {
        anyhow::bail!("no story has an id that begins with {id}\nhint: a list shows the id of every story");
    };
    let is_one = stories.iter().all(|other| other.id == story.id);
    ensure!(is_one, "{id} is the beginning of several ids\nhint: type more of it");
    let group = search::versions_of(reader, story.id)?;
    Ok(VersionList { groups: group.into_iter().collect(), stories: 1 })
}

fn figures(list: &VersionList, shown: usize) -> String {
    let grouped: usize = list.groups.iter().map(Vec::len).sum();
    let groups = super::plural(list.groups.len() as u64, "dispatch", "dispatches");
    let tail = if shown < list.groups.len() { format!(", {shown} shown; -n 0 lists all") } else { String::new() };
    let stories = super::plural(list.stories as u64, "story", "stories");
    match grouped {
        0 => format!("no versions among {stories}"),
        _ => format!("{groups} in {grouped} versions, among {stories}{tail}"),
    }
}

/// Writes a group for people: the headline of its first, and a line a version.
fn told(out: &mut dyn Write, group: &VersionGroup, env: &Env) -> Result<()> {
    let headline = group.iter().find_map(|version| version.headline.as_deref()).unwrap_or("(no headline)");
    for line in wrap(&clean(headline), env.columns) {
        writeln!(out, "{}", env.style.bold_throughout(&line))?;
    }
    let when = |version: &Version| version.filed.map_or_else(|| "undated".to_owned(), |moment| moment.to_string());
    let agency = |version: &Version| clean(version.agency.as_deref().unwrap_or("unknown agency"));
    let widest = |of: &dyn Fn(&Version) -> String| group.iter().map(|v| width(&of(v))).max().unwrap_or_default();
    let (when_width, agency_width) = (widest(&when), widest(&agency));
    for version in group {
        let pad = |text: String, columns: usize| format!("{text}{}", " ".repeat(columns.saturating_sub(width(&text))));
        let id = &version.id.to_string()[..ID_SHOWN];
        let archive = version.archive.as_ref().map(|folder| format!("@{folder}")).unwrap_or_default();
        let (when, agency) = (pad(when(version), when_width), pad(agency(version), agency_width));
        let line = format!("  {}{archive}  {when}  {agency}  {}", env.style.dim(id), remark(version));
        writeln!(out, "{}", line.trim_end())?;
        let path = env.shown(&version.path);
        writeln!(out, "            {}", env.style.dim(&clean(&path)))?;
    }
    writeln!(out)?;
    Ok(())
}

/// What is said of a version beside the first: its status, and how it stands to it.
fn remark(version: &Version) -> String {
    let mut parts = Vec::new();
    if version.status != crate::story::Status::Usable {
        parts.push(version.status.as_str().to_owned());
    }
    if let (Some(relation), Some(evidence)) = (version.relation, &version.evidence) {
        let percent = (f64::from(version.shared) * 100.0).floor();
        let told = match relation {
            crate::versions::Relation::Same => "the same words".to_owned(),
            _ => format!("{}, {percent} % shared", relation.as_str()),
        };
        parts.push(told);
        match evidence.confidence {
            crate::story::Confidence::Derived => {}
            other => parts.push(other.as_str().to_owned()),
        }
    }
    parts.join(" · ")
}

fn row(group: u64, version: &Version) -> Vec<Cell> {
    let text = |value: Option<String>| Cell::Text(value.unwrap_or_default());
    vec![
        Cell::Count(group),
        Cell::Text(version.id.to_string()),
        text(version.filed.map(|moment| moment.to_string())),
        text(version.agency.clone()),
        Cell::Text(version.status.as_str().to_owned()),
        text(version.relation.map(|relation| relation.as_str().to_owned())),
        text(version.relation.map(|_| format!("{:.2}", version.shared))),
        text(version.evidence.as_ref().map(|evidence| evidence.confidence.as_str().to_owned())),
        text(version.headline.clone()),
        Cell::Text(version.path.clone()),
    ]
}

fn object(group: &VersionGroup, alone: bool) -> Value {
    let member = |version: &Version| {
        let mut object = json!({
            "id": version.id.to_string(), "path": version.path, "headline": version.headline,
            "agency": version.agency, "filed": version.filed.map(|moment| moment.to_string()),
            "status": version.status.as_str(), "relation": version.relation.map(|r| r.as_str()),
            "shared": version.relation.map(|_| (f64::from(version.shared) * 1000.0).round() / 1000.0),
            "evidence": version.evidence.as_ref().map(|evidence| crate::print::json::evidence(std::slice::from_ref(evidence))),
        });
        if let Some(folder) = &version.archive {
            object["archive"] = folder.as_str().into();
        }
        object
    };
    let mut object = json!({ "members": group.iter().map(member).collect::<Vec<_>>() });
    if alone {
        object["schema"] = SCHEMA.into();
    }
    object
}
