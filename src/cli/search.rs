//! `dateline search`: a result list.

use super::options::{Matching, Sort, asked, fields, list_formats, overview, printer};
use super::{Env, exit, message};
use crate::print::{self, Needs, Page};
use crate::query::describe;
use crate::search::{self, Request, Wanted};
use anyhow::{Result, ensure};
use std::io::{IsTerminal, Write};

/// Length of a list when nobody says otherwise.
const LIMIT: usize = 10;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  dateline search Poutine Alep\n  dateline search '\"soutien inconditionnel\" agency:IRNA'\n  dateline search --sort -date 'from:Moscou date:2024-12'\n  dateline search --format csv --fields id,filed,headline -n 100 Syrie > syrie.csv\n  dateline search --format paths -0 from:Moscou | xargs -0 wc -w\n\nSee: dateline fields, dateline operators; for whole lists in a file: dateline export"
)]
pub(super) struct Args {
    /// The query; words are joined by blanks
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    /// The order of the list [default: relevance]
    #[arg(long, env = "DATELINE_SORT", allow_hyphen_values = true)]
    sort: Option<Sort>,
    /// The longest list wanted [default: 10; of ids and paths, all]
    #[arg(short = 'n', long, env = "DATELINE_LIMIT", value_name = "N", allow_negative_numbers = true)]
    limit: Option<usize>,
    /// Matches passed over before the first
    #[arg(long, default_value_t = 0, value_name = "N", allow_negative_numbers = true)]
    offset: usize,
    /// The form of the list
    #[arg(long, default_value = "text", value_parser = list_formats())]
    format: String,
    /// Fields to show, parted by commas, such as id,filed,headline
    #[arg(long, value_name = "LIST")]
    fields: Option<String>,
    /// Passages shown of each story [default: 1]
    #[arg(long, env = "DATELINE_SNIPPETS", value_name = "N")]
    snippets: Option<usize>,
    /// Whether every word must be there, or any
    #[arg(long = "match", default_value = "all")]
    matching: Matching,
    /// Of the versions of one dispatch only the last; dateline versions shows which are
    #[arg(long)]
    unique: bool,
    /// End paths and ids with NUL, for xargs -0
    #[arg(short = '0', long = "null")]
    nul: bool,
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let printer = printer(&args.format)?;
    let fields = fields(args.fields.as_deref(), printer)?;
    let lines = matches!(args.format.as_str(), "ids" | "paths");
    ensure!(!args.nul || lines, "-0 ends paths and ids\nhint: add --format paths or --format ids");
    let binary = args.format == "xlsx" && std::io::stdout().is_terminal();
    ensure!(!binary, "a workbook is nothing for a terminal\nhint: dateline export -o FILE.xlsx QUERY");
    let reader = env.reader()?;
    let (text, parsed) = env.parse(&args.query, args.matching)?;
    env.tell(reader, &parsed);
    env.tell_unknown(reader, &parsed)?;
    let order = args.sort.or(env.config.sort).unwrap_or(Sort::Relevance).order();
    let passages = printer.needs(fields.as_deref()) == Needs::Passages;
    let snippets = args.snippets.or(env.config.snippets).unwrap_or(1);
    let request = Request {
        text: &text,
        wanted: Wanted { query: &parsed.query, any: args.matching.is_any(), unique: args.unique },
        order,
        // Ids and paths feed other programs, which cannot see that a list was cut short.
        limit: args.limit.or(env.config.limit).unwrap_or(if lines { usize::MAX } else { LIMIT }),
        offset: args.offset,
        snippets: if passages { snippets } else { 0 },
    };
    let found = asked(&text, search::search(reader, &request))?;
    let total = found.summary().total;
    let reading = describe(&parsed.query.root);
    let page = Page {
        summary: found.summary(),
        reading: &reading,
        order: order.as_str(),
        fields,
        overview: overview(printer, &found)?,
        look: env.look(args.nul),
    };
    let mut out = if args.format == "text" { env.paged() } else { super::out() };
    let notes = print::list(&mut out, printer, &found, &page)?;
    out.flush()?;
    drop(out);
    notes.iter().for_each(|note| message(&format!("warning: {note}")));
    let summary = found.summary();
    // These say it themselves.
    if !matches!(args.format.as_str(), "text" | "html" | "json") && !env.quiet {
        super::search_messages(summary);
    }
    let left = total.saturating_sub(summary.offset + summary.listed);
    if args.format != "text" && args.limit.is_none() && left > 0 && !env.quiet {
        message(&format!("{} of {total} stories; -n sets how many, export writes all", summary.listed));
    }
    if total == 0 && !args.matching.is_any() && !env.quiet {
        env.tell_overlooked(reader, &text)?;
        env.tell_mistyped(reader, &parsed)?;
        let any = env.read(&text, Matching::Any);
        let n = any.map_or(Ok(0), |any| {
            search::count(reader, Wanted { query: &any.query, any: true, unique: false }).map(|c| c.total)
        })?;
        if n > 0 {
            let stories = if n == 1 { "1 story holds" } else { &format!("{n} stories hold") };
            message(&format!("no story holds all of it; {stories} a part, or a word much like it: try --match any"));
        }
    }
    Ok(if total > 0 { exit::FOUND } else { exit::NOTHING })
}
