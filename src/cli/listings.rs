//! Listings printed from the tables that the code runs on.

use super::{Cli, exit, out};
use crate::ingest::CONTAINERS;
use crate::query::OPERATORS;
use crate::story::FIELDS;
use crate::wire::FORMATS;
use anyhow::Result;
use clap::CommandFactory;
use std::io::Write;

pub(super) fn formats() -> Result<u8> {
    let mut out = out();
    for format in FORMATS {
        writeln!(out, "{:<14} {}", format.name(), format.help())?;
    }
    writeln!(out, "\nOpened as if they were folders, nested, by their first bytes: {}", CONTAINERS.join(", "))?;
    out.flush()?;
    Ok(exit::FOUND)
}

pub(super) fn fields() -> Result<u8> {
    let mut out = out();
    for row in FIELDS {
        writeln!(out, "{:<10} {:<32} {}", format!("{}:", row.prefix), row.example, row.help)?;
    }
    out.flush()?;
    Ok(exit::FOUND)
}

pub(super) fn operators() -> Result<u8> {
    let mut out = out();
    for row in OPERATORS {
        writeln!(out, "{:<28} {}", row.form, row.meaning)?;
    }
    out.flush()?;
    Ok(exit::FOUND)
}

pub(super) fn completions(shell: clap_complete::Shell) -> Result<u8> {
    clap_complete::generate(shell, &mut Cli::command(), "dateline", &mut out());
    Ok(exit::FOUND)
}

pub(super) fn man() -> Result<u8> {
    clap_mangen::Man::new(Cli::command()).render(&mut out())?;
    Ok(exit::FOUND)
}
