//! `dateline timeline`: a result over time.

use super::options::{Matching, asked, printer, table_formats};
use super::{Env, exit, out};
use crate::print::{plot_timeline, timeline_table};
use crate::search::{self, Bin, Of, Wanted};
use anyhow::Result;
use clap::ValueEnum;
use std::io::Write;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  dateline timeline Syrie\n  dateline timeline --bin month 'agency:IRNA date:2024'\n  dateline timeline --of events élections\n  dateline timeline --bin day --format csv Syrie > syrie.csv"
)]
pub(super) struct Args {
    /// The query
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    /// The length of a bar [default: the shortest that fits]
    #[arg(long)]
    bin: Option<BinArg>,
    /// Which times are counted
    #[arg(long, default_value = "filed")]
    of: OfArg,
    /// Whether every word must be there, or any
    #[arg(long = "match", default_value = "all")]
    matching: Matching,
    /// Of the versions of one dispatch only the last; dateline versions shows which are
    #[arg(long)]
    unique: bool,
    /// The form of the answer
    #[arg(long, default_value = "text", value_parser = table_formats())]
    format: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum BinArg {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum OfArg {
    /// When stories were filed
    Filed,
    /// The times that they speak of; a story counts in each bar in which event: finds it
    Events,
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let bin = args.bin.map(|bin| match bin {
        BinArg::Day => Bin::Day,
        BinArg::Week => Bin::Week,
        BinArg::Month => Bin::Month,
        BinArg::Year => Bin::Year,
    });
    let of = match args.of {
        OfArg::Filed => Of::Filed,
        OfArg::Events => Of::Events,
    };
    let reader = env.reader()?;
    let (text, parsed) = env.parse(&args.query, args.matching)?;
    env.tell(reader, &parsed);
    env.tell_unknown(reader, &parsed)?;
    let wanted = Wanted { query: &parsed.query, any: args.matching.is_any(), unique: args.unique };
    let (line, total) = asked(&text, search::timeline(reader, wanted, of, bin))?;
    let mut out = out();
    if args.format == "text" {
        plot_timeline(&mut out, &line, &env.look(false))?;
    } else {
        let table = timeline_table(&text, &line, total.undated_left_out as u64);
        printer(&args.format)?.table(&mut out, &table, &env.look(false)).unwrap_or(Ok(()))?;
    }
    out.flush()?;
    if !env.quiet {
        super::total_messages(total);
    }
    Ok(if line.total > 0 { exit::FOUND } else { exit::NOTHING })
}
