//! Listings printed from the tables that the code runs on, and completions.

use super::{Cli, Env, exit, out};
use crate::ingest::CONTAINERS;
use crate::print::{COLUMNS, PRINTERS, width, wrap};
use crate::query::OPERATORS;
use crate::story::FIELDS;
use crate::wire::FORMATS;
use anyhow::Result;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Command, CommandFactory};
use std::io::{IsTerminal, Write};

/// Columns of a meaning at least: narrower ones are left to the terminal to break.
const MEANING_COLUMNS_MIN: usize = 20;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Those of output instead: what --format and --fields take
    #[arg(long)]
    output: bool,
}

pub(super) fn formats(args: &Args, env: &Env) -> Result<u8> {
    let mut out = out();
    if args.output {
        for printer in PRINTERS {
            row(&mut out, env, &format!("{:<8} .{:<9}", printer.name(), printer.extension()), printer.help())?;
        }
    } else {
        for format in FORMATS {
            row(&mut out, env, &format!("{:<14}", format.name()), format.help())?;
        }
        writeln!(out, "\nOpened as if they were folders, nested, by their first bytes: {}", CONTAINERS.join(", "))?;
    }
    out.flush()?;
    Ok(exit::FOUND)
}

pub(super) fn fields(args: &Args, env: &Env) -> Result<u8> {
    let mut out = out();
    if args.output {
        for column in COLUMNS {
            row(&mut out, env, &format!("{:<12}", column.name), column.help)?;
        }
    } else {
        for field in FIELDS {
            let form = format!("{:<10} {:<32}", format!("{}:", field.prefix), field.example);
            row(&mut out, env, &form, field.help)?;
        }
    }
    out.flush()?;
    Ok(exit::FOUND)
}

pub(super) fn operators(env: &Env) -> Result<u8> {
    let mut out = out();
    for operator in OPERATORS {
        row(&mut out, env, &format!("{:<28}", operator.form), operator.meaning)?;
    }
    out.flush()?;
    Ok(exit::FOUND)
}

/// Writes a form and its meaning, which on a terminal is set within the width behind the form.
fn row(out: &mut dyn Write, env: &Env, form: &str, meaning: &str) -> Result<()> {
    let room = env.columns.saturating_sub(width(form) + 1);
    if !std::io::stdout().is_terminal() || room < MEANING_COLUMNS_MIN {
        writeln!(out, "{form} {meaning}")?;
        return Ok(());
    }
    for (number, line) in wrap(meaning, room).iter().enumerate() {
        let form = if number == 0 { form } else { "" };
        writeln!(out, "{form:<margin$} {line}", margin = env.columns - room - 1)?;
    }
    Ok(())
}

pub(super) fn completions(shell: clap_complete::Shell) -> Result<u8> {
    // What a list of fields may hold is checked when it is read, with hints of our own.
    let names = || PossibleValuesParser::new(COLUMNS.iter().map(|c| PossibleValue::new(c.name).help(c.help)));
    let has_fields = |command: &Command| command.get_arguments().any(|arg| arg.get_id() == "fields");
    let mut command = Cli::command();
    // The options of commands are made up before they are looked at.
    command.build();
    let mut command = command.mut_subcommands(|command| match has_fields(&command) {
        true => command.mut_arg("fields", |arg| arg.value_parser(names())),
        false => command,
    });
    // Written into memory first: the generator panics where the output refuses.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "dateline", &mut script);
    let mut out = out();
    out.write_all(&script)?;
    out.flush()?;
    Ok(exit::FOUND)
}
