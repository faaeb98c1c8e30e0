//! Listings printed from the tables that the code runs on, completions, and the manual.

use super::{Cli, Env, exit, out};
use crate::ingest::CONTAINERS;
use crate::print::{COLUMNS, PRINTERS, width, wrap};
use crate::query::OPERATORS;
use crate::story::FIELDS;
use crate::wire::FORMATS;
use anyhow::Result;
use clap::CommandFactory;
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
    clap_complete::generate(shell, &mut Cli::command(), "dateline", &mut out());
    Ok(exit::FOUND)
}

/// The manual: the program, then each of its commands as a section of the same page.
pub(super) fn man() -> Result<u8> {
    let program = Cli::command();
    let mut page = Vec::new();
    clap_mangen::Man::new(program.clone()).render(&mut page)?;
    for command in program.get_subcommands() {
        let man = clap_mangen::Man::new(command.clone());
        let mut section = Vec::new();
        man.render_description_section(&mut section)?;
        man.render_synopsis_section(&mut section)?;
        man.render_options_section(&mut section)?;
        man.render_extra_section(&mut section)?;
        writeln!(page, ".SH \"DATELINE {}\"", command.get_name().to_uppercase())?;
        page.extend(String::from_utf8_lossy(&section).replace("\n.SH ", "\n.SS ").replacen(".SH ", ".SS ", 1).bytes());
    }
    let fields = FIELDS.iter().map(|row| (row.example, row.help));
    let operators = OPERATORS.iter().map(|row| (row.form, row.meaning));
    page.extend(listed("THE QUERY LANGUAGE", operators).bytes());
    page.extend(listed("FIELDS OF A QUERY", fields).bytes());
    let mut out = out();
    out.write_all(&page)?;
    out.flush()?;
    Ok(exit::FOUND)
}

/// A section of the manual that lists forms with their meanings.
fn listed<'a>(title: &str, rows: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    // A backslash, a hyphen, and a dot or an apostrophe that begins a line mean something to troff.
    let plain = |text: &str| format!("\\&{}", text.replace('\\', "\\e").replace('-', "\\-"));
    let row = |(form, meaning)| format!(".TP\n{}\n{}\n", plain(form), plain(meaning));
    format!(".SH \"{title}\"\n{}", rows.map(row).collect::<String>())
}
