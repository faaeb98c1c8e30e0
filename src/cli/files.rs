//! `dateline status --files`: the files that became no story, and what of others could not be
//! read, with the reason of each, as the ledger has them.

use super::options::printer;
use super::{Env, exit, json_line, message, out};
use crate::engine::{Archive, Ledger, Outcome, RemarkKind};
use crate::print::json::SCHEMA;
use crate::print::{Cell, Table, clean};
use crate::story::{path_shown, path_text};
use anyhow::Result;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;

/// Columns of the table; the archive where several are asked.
const COLUMNS: [&str; 4] = ["archive", "state", "path", "reason"];

/// A file, or a member of one, that is no story.
struct Row {
    archive: String,
    state: &'static str,
    path: String,
    reason: String,
}

/// How many files an archive knows, and how many of them gave no story or not all that they hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) files: u64,
    /// Files that hold no story.
    pub(super) without: u64,
    /// Files that could not be read, or not wholly.
    pub(super) unreadable: u64,
}

pub(super) fn counts(ledger: &Ledger) -> Counts {
    let mut counts = Counts { files: ledger.len() as u64, ..Counts::default() };
    for (number, known) in ledger.rows() {
        let is_lost = ledger.remarks(number).iter().any(|r| r.kind != RemarkKind::NoStory);
        counts.unreadable += u64::from(is_lost);
        counts.without += u64::from(!is_lost && known.outcome == Outcome::Skipped);
    }
    counts
}

pub(super) fn run(format: &str, env: &Env) -> Result<u8> {
    let mut rows = Vec::new();
    for folder in env.folders() {
        rows.extend(of(&folder)?);
    }
    let several = env.folders().len() > 1;
    let mut out = out();
    match format {
        "text" => {
            let look = env.look(false);
            for row in &rows {
                let (path, reason) = (clean(look.path(&row.path)), clean(&row.reason));
                let archive = if several { format!("  {}", clean(&row.archive)) } else { String::new() };
                writeln!(out, "{:<10}{archive}  {path}: {reason}", row.state)?;
            }
        }
        "json" => {
            let files: Vec<Value> = rows.iter().map(|row| object(row, several)).collect();
            json_line(&mut out, &json!({ "schema": SCHEMA, "files": files }))?;
        }
        "jsonl" => rows.iter().try_for_each(|row| {
            let mut object = object(row, several);
            object["schema"] = json!(SCHEMA);
            json_line(&mut out, &object)
        })?,
        format => {
            let skipped = usize::from(!several);
            let cells = |row: &Row| {
                let all = [row.archive.as_str(), row.state, &row.path, &row.reason];
                all.into_iter().skip(skipped).map(|text| Cell::Text(text.to_owned())).collect()
            };
            let table = Table {
                title: "Files that are no stories".to_owned(),
                caption: "Files, and members of files, with the reason".to_owned(),
                columns: Table::named(&COLUMNS[skipped..]),
                rows: rows.iter().map(cells).collect(),
                figures: vec![("files", rows.len() as u64)],
            };
            printer(format)?.table(&mut out, &table, &env.look(false)).unwrap_or(Ok(()))?;
        }
    }
    out.flush()?;
    if rows.is_empty() && !env.quiet {
        message("every file that was read gave its stories");
    }
    Ok(if rows.is_empty() { exit::NOTHING } else { exit::FOUND })
}

/// The rows of an archive, by path.
fn of(folder: &Path) -> Result<Vec<Row>> {
    let ledger = Ledger::open(&Archive::find(folder)?)?;
    let mut rows = Vec::new();
    for (number, _) in ledger.rows() {
        let remarks = ledger.remarks(number);
        if remarks.is_empty() {
            continue;
        }
        let path = ledger.path(number);
        let file = path_text(&path);
        rows.extend(remarks.iter().map(|remark| Row {
            archive: folder.to_string_lossy().into_owned(),
            state: match remark.kind {
                RemarkKind::NoStory => "no story",
                RemarkKind::Unreadable | RemarkKind::Refused => "unreadable",
            },
            path: path_shown(&remark.path(&file)).into_owned(),
            reason: remark.reason.clone(),
        }));
    }
    rows.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(rows)
}

fn object(row: &Row, several: bool) -> Value {
    let mut object = json!({ "path": row.path, "state": row.state, "reason": row.reason });
    if several {
        object["archive"] = json!(row.archive);
    }
    object
}
