//! `dateline explain`: how a query is read.

use super::{Env, exit, out};
use crate::engine::Order;
use crate::query::describe;
use crate::search::{self, Request};
use anyhow::Result;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The query
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let (text, parsed) = env.parse(&args.query)?;
    let mut out = out();
    writeln!(out, "typed     {}", crate::print::clean(&text))?;
    writeln!(out, "read as   {}", crate::print::clean(&describe(&parsed.query.root)))?;
    // Without an archive the reading is all there is to say.
    if let Ok(reader) = env.reader() {
        let query = &parsed.query;
        let request =
            Request { text: &text, query, any: false, order: Order::Relevance, limit: 0, offset: 0, snippets: 0 };
        let list = search::search(&reader, &request)?;
        writeln!(out, "languages {}", reader.languages().join(" "))?;
        writeln!(out, "matches   {} of {} stories", list.total, reader.stories())?;
        if list.undated_left_out > 0 {
            writeln!(out, "          {} undated left out by the date", list.undated_left_out)?;
        }
    }
    out.flush()?;
    Ok(exit::FOUND)
}
