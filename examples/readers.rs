//! One writer and eight readers on one archive, for as long as wanted.
//!
//! ```text
//! cargo build --release --bins --examples
//! target/release/examples/readers [--seconds 600] [--readers 8] [--stories 200]
//! ```
//!
//! Every answer must hold every story, all of one round of writing, and no round before one that the
//! same reader has seen. The short form is a test (`tests/readers.rs`).

#![allow(clippy::print_stdout, reason = "a program run by hand, whose report is its output")]

#[path = "shared/product.rs"]
mod product;
#[path = "shared/readers.rs"]
mod together;

use anyhow::Result;
use clap::Parser;
use product::Product;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Parser)]
#[command(about = "Reads an archive while it is written, and looks at every answer")]
struct Args {
    #[arg(long, default_value_t = 600)]
    seconds: u64,
    #[arg(long, default_value_t = 8)]
    readers: usize,
    #[arg(long, default_value_t = 200)]
    stories: usize,
    #[arg(long, default_value = "target/release/dateline")]
    dateline: PathBuf,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let folder = tempfile::Builder::new().prefix("dateline-readers-").tempdir()?;
    let product = Product { program: args.dateline };
    let time = Duration::from_secs(args.seconds);
    let done = together::run(&product, folder.path(), args.stories, args.readers, time)?;
    println!("{} rounds written, {} answers, each of one round", done.rounds, done.answers);
    println!("{} times a reader met a new round", done.rounds_seen);
    Ok(())
}
