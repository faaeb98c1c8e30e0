//! `dateline export`: every hit into a file, with a manifest that says what the file is.

use super::options::{Matching, Sort, asked, fields, list_formats, overview, printer};
use super::{Env, exit, json_line, message};
use crate::engine::{CORRECTIONS_FILE, Reader};
use crate::ingest::MANIFEST_ENDING;
use crate::print::{self, Look, Needs, PRINTERS, Page, Printer, Style};
use crate::query::describe;
use crate::search::{self, Request, Wanted};
use anyhow::{Result, bail};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Columns of an exported text: a file is the same whatever the terminal.
const COLUMNS: usize = 100;
/// Bytes written, and hashed, at a time.
const BLOCK_BYTES: usize = 1 << 17;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  dateline export 'Syrie date:2024' -o syrie.csv\n  dateline export -o moscow.html --snippets 2 from:Moscou\n  dateline export agency:IRNA -o refs.ris\n  dateline export '*' --format jsonl -o - | jq .headline\n\nThe manifest beside the file (FILE.manifest.json) holds the query, how it was read, the\narchive's generation, the number of stories and the digest of the file. The same query on\nthe same generation gives the same bytes."
)]
pub(super) struct Args {
    /// The query
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    /// The file to write; - is standard output
    #[arg(short, long, value_name = "FILE", required = true)]
    output: PathBuf,
    /// The form of the list [default: by the file's ending, jsonl where it has none]
    #[arg(long, value_parser = list_formats())]
    format: Option<String>,
    /// Fields to show, parted by commas, such as id,filed,headline
    #[arg(long, value_name = "LIST")]
    fields: Option<String>,
    /// The order of the list
    #[arg(long, default_value = "date", allow_hyphen_values = true)]
    sort: Sort,
    /// The longest list wanted [default: all]
    #[arg(short = 'n', long, value_name = "N", allow_negative_numbers = true)]
    limit: Option<usize>,
    /// Matches passed over before the first
    #[arg(long, default_value_t = 0, value_name = "N", allow_negative_numbers = true)]
    offset: usize,
    /// Passages shown of each story
    #[arg(long, default_value_t = 1, value_name = "N")]
    snippets: usize,
    /// Whether every word must be there, or any
    #[arg(long = "match", default_value = "all")]
    matching: Matching,
    /// Of the versions of one dispatch only the last; dateline versions shows which are
    #[arg(long)]
    unique: bool,
    /// End paths and ids with NUL
    #[arg(short = '0', long = "null")]
    nul: bool,
    /// Where the manifest goes [default: beside the file; nowhere with -o -]
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
}

/// Endings beside a format's own and its name, which other programs write.
const OTHER_ENDINGS: [(&str, &str); 3] = [("htm", "html"), ("markdown", "md"), ("ndjson", "jsonl")];
/// Endings of what is compressed.
const COMPRESSED: [&str; 5] = ["gz", "bz2", "xz", "zst", "zip"];

/// The format that a file's ending stands for; `None` of an ending that none has.
fn by_ending(file: &Path) -> Option<&'static str> {
    let name = file.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
    let ends = |p: &&&dyn Printer| name.ends_with(&format!(".{}", p.extension()));
    let last = name.rsplit_once('.').map(|(_, ending)| ending);
    let called = |p: &&&dyn Printer| last == Some(p.name());
    // The longest ending wins: a .csl.json is no .json.
    PRINTERS
        .iter()
        .filter(ends)
        .max_by_key(|p| p.extension().len())
        .or_else(|| PRINTERS.iter().find(called))
        .map(|p| p.name())
        .or_else(|| OTHER_ENDINGS.iter().find(|(ending, _)| last == Some(ending)).map(|(_, name)| *name))
        .or_else(|| last.is_none().then_some("jsonl"))
}

pub(super) fn run(args: &Args, env: &Env) -> Result<u8> {
    let to_stdout = args.output.as_os_str() == "-";
    let ending = || if to_stdout { Some("jsonl") } else { by_ending(&args.output) };
    let name = args.format.as_deref().or_else(ending).ok_or_else(|| {
        let endings: Vec<&str> = PRINTERS.iter().map(|p| p.extension()).collect();
        let (file, endings) = (args.output.display(), endings.join(", "));
        if args.output.extension().is_some_and(|e| COMPRESSED.iter().any(|known| e.eq_ignore_ascii_case(known))) {
            return anyhow::anyhow!(
                "{file}: nothing is written compressed\nhint: write it to a program that does, as in: dateline export \
                 --format csv -o - QUERY | gzip > FILE.csv.gz"
            );
        }
        anyhow::anyhow!("{file} ends like no format\nhint: name one with --format, or end the file in {endings}")
    })?;
    let printer = printer(name)?;
    let fields = fields(args.fields.as_deref(), printer)?;
    let reader = env.reader()?;
    let (text, parsed) = env.parse(&args.query, args.matching)?;
    env.tell(reader, &parsed);
    env.tell_unknown(reader, &parsed)?;
    let passages = printer.needs(fields.as_deref()) == Needs::Passages;
    let request = Request {
        text: &text,
        wanted: Wanted { query: &parsed.query, any: args.matching.is_any(), unique: args.unique },
        order: args.sort.order(),
        limit: args.limit.unwrap_or(usize::MAX),
        offset: args.offset,
        snippets: if passages { args.snippets } else { 0 },
    };
    let found = asked(&text, search::search(reader, &request))?;
    let reading = describe(&parsed.query.root);
    let page = Page {
        summary: found.summary(),
        reading: &reading,
        order: request.order.as_str(),
        fields,
        overview: overview(printer, &found)?,
        // Nothing of this terminal or folder: the file is the same wherever it is made.
        look: Look { columns: COLUMNS, style: Style::default(), base: None, whole: true, nul: args.nul },
    };
    let beside = || (!to_stdout).then(|| with_ending(&args.output, MANIFEST_ENDING));
    let manifest_file = args.manifest.clone().or_else(beside);
    let write = |out: &mut dyn Write| -> Result<(u64, String)> {
        // The hash is fed blocks: fed lines, it would cost more than the list.
        let hash = manifest_file.is_some().then(blake3::Hasher::new);
        let hashed = Hashed { inner: out, hash, bytes: 0 };
        let mut out = BufWriter::with_capacity(BLOCK_BYTES, hashed);
        for note in print::list(&mut out, printer, &found, &page)? {
            message(&format!("warning: {note}"));
        }
        out.flush()?;
        let hashed = out.get_ref();
        Ok((hashed.bytes, hashed.hash.as_ref().map(|h| h.finalize().to_hex().to_string()).unwrap_or_default()))
    };
    let (bytes, digest) = if to_stdout { write(&mut io::stdout().lock())? } else { into_file(&args.output, write)? };
    let s = found.summary();
    if let Some(file) = &manifest_file {
        let mut manifest = serde_json::json!({
            "schema": print::json::SCHEMA, "program": concat!("dateline ", env!("CARGO_PKG_VERSION")),
            "query": text, "reading": reading, "match": args.matching.as_str(), "sort": request.order.as_str(),
            "limit": args.limit, "offset": args.offset, "format": name,
            "fields": page.fields.as_ref().map(|f| f.iter().map(|c| c.name).collect::<Vec<_>>()),
            "snippets": request.snippets,
            "count": s.listed, "total": s.total, "undated": s.undated, "undated_left_out": s.undated_left_out,
            "held_back": s.held_back, "versions_left_out": s.versions_left_out,
            "file": if to_stdout { "-".into() } else { args.output.file_name().unwrap_or_default().to_string_lossy() },
            "bytes": bytes, "blake3": digest,
        });
        put_archives(&mut manifest, reader);
        into_file(file, |out| json_line(out, &manifest))?;
    }
    if !env.quiet {
        super::search_messages(s);
        if !to_stdout {
            let stories = if s.listed == 1 { "story" } else { "stories" };
            message(&format!("{} {stories} in {} ({name})", s.listed, args.output.display()));
        }
    }
    Ok(if s.total > 0 { exit::FOUND } else { exit::NOTHING })
}

/// Says which archives were asked, at which commit; one alone without its folder, which
/// may be anywhere.
fn put_archives(manifest: &mut serde_json::Value, reader: &Reader) {
    let told = reader.archives().map(|(folder, state)| {
        let mut told = serde_json::json!({
            "generation": state.generation, "stories": state.stories, "sources": state.ledger_hash,
        });
        // What the user says of names decides who is found, and lies beside the archive.
        if let Ok(corrections) = std::fs::read(folder.join(CORRECTIONS_FILE)) {
            told["names"] = blake3::hash(&corrections).to_hex().as_str().into();
        }
        (folder, told)
    });
    match told.collect::<Vec<_>>().as_mut_slice() {
        [(_, one)] => manifest["archive"] = one.take(),
        several => {
            for (folder, told) in several.iter_mut() {
                told["folder"] = folder.to_string_lossy().into();
            }
            manifest["archives"] = several.iter_mut().map(|(_, told)| told.take()).collect();
        }
    }
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Writes a file whole or not at all: into a file beside it that takes its place at the
/// end. What is no regular file, such as a pipe, is written to directly.
fn into_file<T>(file: &Path, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let naming = || file.display().to_string();
    let unwritten = |e: io::Error| Unwritten(format!("{}: {}", naming(), reason(&e)));
    match std::fs::metadata(file) {
        Ok(m) if m.is_dir() => bail!(Unwritten(format!("{} is a folder\nhint: name a file in it", naming()))),
        Ok(m) if !m.is_file() => {
            let mut out = File::options().write(true).open(file).map_err(unwritten)?;
            return write(&mut out);
        }
        _ => {}
    }
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    ensure_folder(folder)?;
    let mut prefix = std::ffi::OsString::from(".");
    prefix.push(file.file_name().unwrap_or_default());
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".part");
    #[cfg(unix)]
    {
        // What any new file gets; the process's mask takes its share.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut part = builder.tempfile_in(folder).map_err(unwritten)?;
    let done = write(part.as_file_mut())?;
    part.as_file().sync_all().map_err(unwritten)?;
    part.persist(file).map_err(|e| unwritten(e.error))?;
    Ok(done)
}

/// The file that was to be written cannot be.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Unwritten(String);

/// The system's own reason, without the name of the file that is written first.
fn reason(error: &io::Error) -> String {
    // What is more than the system's word names that file.
    if error.get_ref().is_some() { io::Error::from(error.kind()).to_string() } else { error.to_string() }
}

fn ensure_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let name = folder.display();
    bail!(Unwritten(if folder.exists() {
        format!("{name} is no folder\nhint: name another file")
    } else {
        format!("there is no folder {name}\nhint: make it first, or name another file")
    }))
}

/// A writer that knows what went through it, with a hash where one is asked for.
struct Hashed<W: Write> {
    inner: W,
    hash: Option<blake3::Hasher>,
    bytes: u64,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.inner.write(bytes)?;
        if let Some(hash) = &mut self.hash {
            hash.update(&bytes[..n]);
        }
        self.bytes += n as u64;
        Ok(n)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::by_ending;
    use std::path::Path;

    #[test]
    fn a_files_ending_is_its_format() {
        let of = |name| by_ending(Path::new(name)).unwrap_or("none");
        assert_eq!(of("a.csv"), "csv");
        assert_eq!(of("A.XLSX"), "xlsx");
        assert_eq!(of("refs.bib"), "bibtex");
        assert_eq!(of("refs.csl.json"), "csl");
        assert_eq!(of("x.json"), "json");
        assert_eq!(of("list"), "jsonl");
        assert_eq!(of("list.xls"), "none");
        assert_eq!([of("a.text"), of("a.bibtex"), of("a.csl")], ["text", "bibtex", "csl"]);
        assert_eq!([of("a.htm"), of("a.markdown"), of("a.ndjson")], ["html", "md", "jsonl"]);
        assert_eq!(of("a.csv.gz"), "none");
    }
}
