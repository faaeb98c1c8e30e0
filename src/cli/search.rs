//! `dateline search`: a result list.

use super::{Env, exit, json_line, message, out};
use crate::engine::Order;
use crate::print::{json, screen};
use crate::search::{self, Request};
use anyhow::Result;
use clap::ValueEnum;
use std::io::Write;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  dateline search Poutine Alep\n  dateline search '\"soutien inconditionnel\" agency:IRNA'\n  dateline search --sort -date 'from:Moscou date:2024-12'\n\nSee: dateline fields, dateline operators"
)]
pub(super) struct Args {
    /// The query; words are joined by blanks
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    /// The order of the list
    #[arg(long, default_value = "relevance", allow_hyphen_values = true)]
    sort: Sort,
    /// The longest list wanted
    #[arg(short = 'n', long, default_value_t = 10)]
    limit: usize,
    /// Matches passed over before the first
    #[arg(long, default_value_t = 0)]
    offset: usize,
    /// The form of the list
    #[arg(long, default_value = "text")]
    format: Form,
    /// Passages shown of each story
    #[arg(long, default_value_t = 1)]
    snippets: usize,
    /// Whether every word must be there, or any
    #[arg(long = "match", default_value = "all")]
    matching: Matching,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Sort {
    Relevance,
    Date,
    #[value(name = "-date")]
    DateDescending,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Matching {
    All,
    Any,
}

/// Forms of a result list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    Jsonl,
    Ids,
    Paths,
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let reader = env.reader()?;
    let (text, parsed) = env.parse(&args.query)?;
    let request = Request {
        text: &text,
        query: &parsed.query,
        any: args.matching == Matching::Any,
        order: match args.sort {
            Sort::Relevance => Order::Relevance,
            Sort::Date => Order::Date,
            Sort::DateDescending => Order::DateDescending,
        },
        limit: args.limit,
        offset: args.offset,
        snippets: args.snippets,
    };
    let mut list = search::search(&reader, &request)?;
    let mut out = out();
    match args.format {
        Form::Text => {
            for hit in &mut list.hits {
                hit.story.path = env.shown(&hit.story.path);
            }
            screen::list(&mut out, &list, env.columns, env.style)?;
        }
        Form::Json => json_line(&mut out, &json::list(&list))?,
        Form::Jsonl => list.hits.iter().try_for_each(|h| json_line(&mut out, &json::hit(h)))?,
        Form::Ids => list.hits.iter().try_for_each(|h| writeln!(out, "{}", h.story.id))?,
        Form::Paths => list.hits.iter().try_for_each(|h| writeln!(out, "{}", h.story.path))?,
    }
    out.flush()?;
    if list.total == 0 && !request.any && !env.quiet {
        let any = search::count(&reader, &parsed.query, true)?;
        if any > 0 {
            let stories = if any == 1 { "1 story holds" } else { &format!("{any} stories hold") };
            message(&format!("no story holds all of it; {stories} a part: try --match any"));
        }
    }
    Ok(if list.total > 0 { exit::FOUND } else { exit::NOTHING })
}
