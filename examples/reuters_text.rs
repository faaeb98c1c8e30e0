//! Turns the Reuters-21578 SGML collection into one plain text file a story, as a wire would send it.
//!
//! For whoever measures an archive on it: 21,578 short dispatches that open with a dateline and
//! carry no date of their own. Each file holds the title line, a blank line, the byline if there is
//! one, then dateline and body with the lines and the paragraph indents that they were sent with.
//! It is `OUT_DIR/NN/NNNNN.txt`, after the story's `NEWID`, a thousand to a folder.
//!
//! ```text
//! cargo run --release --example reuters_text -- SGML_DIR_OR_TAR OUT_DIR
//! ```
//!
//! A tar file is unpacked by the system's `tar`. The collection is SGML and not XML (a bare `>`,
//! `&#3;`, one Latin-1 byte), so it is read as the few tags that it has.
//!
//! Refuses to add anything, the collection's own `<DATE>` and topics included; to invent a title
//! for a story that has none; and to write into a folder that is not empty. The texts are for
//! research only and must not be shipped.

#![allow(clippy::print_stdout, reason = "a program run by hand, whose report is its output")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use clap::Parser;
use walkdir::WalkDir;

/// Stories in one folder: enough for a short walk, few enough for any file manager.
const STORIES_A_FOLDER: u32 = 1_000;

/// Stories in the whole collection, to tell a partial copy from a whole one.
const STORIES_EXPECTED: usize = 21_578;

#[derive(Parser)]
#[command(about = "Turns Reuters-21578 SGML into one plain text file a story")]
struct Args {
    /// Folder with the .sgm files, or a tar file of it (.tar, .tar.gz, .tar.xz)
    source: PathBuf,
    /// Folder to make; must be empty if it is there
    out_dir: PathBuf,
}

fn main() -> Result<()> {
    let args = Args::parse();
    refuse_full_folder(&args.out_dir)?;
    let unpacked;
    let folder = if args.source.is_dir() {
        args.source.as_path()
    } else {
        unpacked = unpack(&args.source)?;
        unpacked.path()
    };

    let (mut stories, mut without_title, mut without_body) = (0_usize, 0_usize, 0_usize);
    for file in sgml_files(folder)? {
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        for record in records(&latin1(&bytes)) {
            let id = new_id(record).with_context(|| format!("a story without NEWID in {}", file.display()))?;
            let parts = Parts::of(record);
            without_title += usize::from(parts.title.is_empty());
            without_body += usize::from(parts.body.is_empty());
            write_story(&args.out_dir, id, &parts.to_text())?;
            stories += 1;
        }
    }
    ensure!(stories > 0, "no stories in {}", folder.display());
    println!("{stories} stories written ({without_title} without title, {without_body} without text)");
    if stories != STORIES_EXPECTED {
        println!("the whole collection has {STORIES_EXPECTED}: this copy is not it");
    }
    Ok(())
}

/// What a story's `<TEXT>` element says, decoded.
struct Parts {
    title: String,
    byline: String,
    /// Dateline and text, joined as they were sent.
    body: String,
}

impl Parts {
    /// Reads the parts of one `<REUTERS>` record.
    ///
    /// An unprocessed story has no tags inside `<TEXT>`: all of it is body. A brief is a title
    /// between six asterisks, the wire's sign for a snap, and `Blah blah blah.`, which stands for
    /// a missing text; both are left out.
    fn of(record: &str) -> Self {
        let text = element(record, "TEXT").unwrap_or_default();
        let title = element(text, "TITLE").map(decode).unwrap_or_default();
        let byline = element(text, "AUTHOR").map(decode).unwrap_or_default();
        let body = match (element(text, "DATELINE"), element(text, "BODY")) {
            (None, None) => untagged(text),
            (dateline, body) => dateline.unwrap_or_default().to_owned() + body.unwrap_or_default(),
        };
        Self {
            title: title.split_whitespace().collect::<Vec<_>>().join(" "),
            byline: byline.trim().to_owned(),
            body: trim_blank_lines(&decode(&body)).to_owned(),
        }
    }

    /// Joins the parts with a blank line after the title, as in a wire's plain text.
    fn to_text(&self) -> String {
        let mut text = String::with_capacity(self.body.len() + self.title.len() + 64);
        if !self.title.is_empty() {
            text.push_str(&self.title);
            text.push_str("\n\n");
        }
        for part in [&self.byline, &self.body] {
            if !part.is_empty() {
                text.push_str(part);
                text.push('\n');
            }
        }
        text
    }
}

/// Returns what stands in `<TEXT>` outside its title and byline.
fn untagged(text: &str) -> String {
    let mut rest = text.to_owned();
    for tag in ["TITLE", "AUTHOR"] {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        if let (Some(start), Some(end)) = (rest.find(&open), rest.find(&close)) {
            rest.replace_range(start..end + close.len(), "");
        }
    }
    rest.replace("******", "").replace("Blah blah blah.", "")
}

/// Drops blank lines before and after, and keeps the first line's indent.
fn trim_blank_lines(text: &str) -> &str {
    let text = text.trim_end();
    let first = text.len() - text.trim_start().len();
    let line_start = text[..first].rfind('\n').map_or(0, |at| at + 1);
    &text[line_start..]
}

/// Iterates over the `<REUTERS …>…</REUTERS>` records, opening tag included.
fn records(file: &str) -> impl Iterator<Item = &str> {
    file.split("</REUTERS>").filter_map(|piece| piece.find("<REUTERS ").map(|at| &piece[at..]))
}

/// Reads the `NEWID` attribute of a record's opening tag.
fn new_id(record: &str) -> Option<u32> {
    let tag = &record[..record.find('>')?];
    let value = tag.split("NEWID=\"").nth(1)?;
    value[..value.find('"')?].parse().ok()
}

/// Returns the raw content of the first element of that name, its attributes ignored.
fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let open = format!("<{name}");
    let from = text.match_indices(&open).find_map(|(at, _)| {
        let after = &text[at + open.len()..];
        match after.as_bytes().first()? {
            b'>' => Some(at + open.len() + 1),
            b' ' => Some(at + open.len() + after.find('>')? + 1),
            _ => None,
        }
    })?;
    let to = from + text[from..].find(&format!("</{name}>"))?;
    Some(&text[from..to])
}

/// Resolves the entities that the collection uses and drops control characters (but line ends).
///
/// Anything else after `&` stays as it is: the agency's copy has bare ampersands.
fn decode(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest[1..].split(';').next().unwrap_or_default();
        let known = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            _ => name.strip_prefix('#').and_then(|n| n.parse().ok()).and_then(char::from_u32),
        };
        let Some(c) = known else {
            out.push('&');
            rest = &rest[1..];
            continue;
        };
        out.push(c);
        rest = rest.get(name.len() + 2..).unwrap_or_default();
    }
    out.push_str(rest);
    out.retain(|c| !c.is_control() || c == '\n' || c == '\t');
    out
}

/// Decodes Latin-1, which the collection's one byte above ASCII (ü) is written in.
fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

fn write_story(out_dir: &Path, id: u32, text: &str) -> Result<()> {
    let folder = out_dir.join(format!("{:02}", id / STORIES_A_FOLDER));
    let file = folder.join(format!("{id:05}.txt"));
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&file, text))
        .with_context(|| format!("cannot write {}", file.display()))
}

fn sgml_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.path().extension().is_some_and(|e| e == "sgm") {
            files.push(entry.into_path());
        }
    }
    ensure!(!files.is_empty(), "no .sgm files in {}", folder.display());
    Ok(files)
}

fn unpack(tar: &Path) -> Result<tempfile::TempDir> {
    ensure!(tar.is_file(), "{} is not there", tar.display());
    let folder = tempfile::tempdir()?;
    let status = Command::new("tar")
        .arg("-xf")
        .arg(tar)
        .arg("-C")
        .arg(folder.path())
        .status()
        .context("cannot run tar: unpack the file yourself and give its folder")?;
    ensure!(status.success(), "tar cannot unpack {}", tar.display());
    Ok(folder)
}

fn refuse_full_folder(out_dir: &Path) -> Result<()> {
    if out_dir.exists() && fs::read_dir(out_dir)?.next().is_some() {
        bail!("{} is not empty", out_dir.display());
    }
    Ok(())
}
