//! `dateline explain`: how a query is read.

use super::options::{Matching, asked};
use super::{Env, exit, out};
use crate::engine::{Expansion, expansions};
use crate::query::{describe, sentence, tree};
use crate::search::{self, SearchError};
use anyhow::Result;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The query
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    /// Whether every word must be there, or any
    #[arg(long = "match", default_value = "all")]
    matching: Matching,
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let (text, parsed) = env.parse(&args.query, args.matching)?;
    let any = args.matching.is_any();
    let mut out = out();
    let clean = crate::print::clean;
    writeln!(out, "typed      {}", clean(&text))?;
    let read = describe(&parsed.query.root);
    writeln!(out, "read as    {}", clean(&read))?;
    let root = parsed.query.carried_out().root;
    let asked_as = describe(&root);
    if asked_as != read {
        writeln!(out, "asked as   {}", clean(&asked_as))?;
    }
    if any {
        writeln!(out, "match any  one of the words side by side is enough; AND, NOT, dates and names hold for all")?;
    }
    for (i, line) in crate::print::wrap(&clean(&sentence(&root)), env.columns.saturating_sub(11)).iter().enumerate() {
        writeln!(out, "{:<10} {line}", if i == 0 { "in words" } else { "" })?;
    }
    for (i, (depth, line)) in tree(&root).into_iter().enumerate() {
        let margin = "  ".repeat(depth);
        for (j, line) in
            crate::print::wrap(&clean(&line), env.columns.saturating_sub(13 + 2 * depth)).iter().enumerate()
        {
            let label = if i + j == 0 { "tree" } else { "" };
            writeln!(out, "{label:<10} {margin}{}{line}", if j > 0 { "  " } else { "" })?;
        }
    }
    // Without an archive the reading is all there is to say.
    if let Ok(reader) = env.reader() {
        let query = &parsed.query;
        let mut label = "stands for";
        for e in asked(&text, expansions(reader, query, any, env.verbose).map_err(SearchError::from))? {
            let mut lines = vec![format!("{}: {}", clean(&e.written), stands_for(&e))];
            if env.verbose && !e.stems.is_empty() {
                lines.push(format!("{}, by its stems: {}", clean(&e.written), counted(&e.stems)));
            }
            for line in &lines {
                for (j, line) in crate::print::wrap(line, env.columns.saturating_sub(13)).iter().enumerate() {
                    writeln!(out, "{label:<10} {}{line}", if j > 0 { "  " } else { "" })?;
                    label = "";
                }
            }
        }
        let list = asked(&text, search::count(reader, search::Wanted { query, any, unique: false }))?;
        let languages = reader.languages().join(" ");
        for (i, line) in crate::print::wrap(&languages, env.columns.saturating_sub(11)).iter().enumerate() {
            writeln!(out, "{:<10} {line}", if i == 0 { "languages" } else { "" })?;
        }
        writeln!(out, "matches    {} of {} stories", list.total, reader.stories())?;
        if let Some(note) = list.undated.and_then(|n| crate::print::undated_note(n, list.total)) {
            writeln!(out, "           {note}")?;
        }
        if list.undated_left_out > 0 {
            writeln!(out, "           {} undated left out by the date", list.undated_left_out)?;
        }
    }
    out.flush()?;
    Ok(exit::FOUND)
}

/// The words of an expansion with the stories that hold each, and how many are not shown.
fn stands_for(e: &Expansion) -> String {
    let rest = e.total - e.items.len();
    let mut line = counted(&e.items);
    if rest > 0 {
        line.push_str(&format!(" and {rest} more, {} in all", e.total));
    }
    match (line.is_empty(), e.others) {
        (true, 0) => "nothing in this archive".to_owned(),
        (false, 0) => line,
        (true, others) => format!("forms that are not told apart {others}"),
        (false, others) => format!("{line}, and forms that are not told apart {others}"),
    }
}

/// Words with the stories that hold each.
fn counted(items: &[(String, u64)]) -> String {
    let items: Vec<String> = items.iter().map(|(word, n)| format!("{} {n}", crate::print::clean(word))).collect();
    items.join(", ")
}
