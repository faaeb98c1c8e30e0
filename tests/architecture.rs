//! The rooms name only the rooms below them, as the table of `docs/ARCHITECTURE.md` has it, and
//! only one names tantivy.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What the table says of a room that may name every other.
const ALL: &str = "all";

/// Crates that only one room may name.
const OWNED: &[(&str, &str)] = &[
    ("tantivy", "engine"),
    ("frostem", "engine"),
    ("walkdir", "ingest"),
    ("encoding_rs", "wire"),
    ("chardetng", "wire"),
    ("clap", "cli"),
    ("anyhow", "cli"),
    ("fst", "data"),
    ("rust_xlsxwriter", "print"),
    ("toml", "cli"),
];

fn architecture() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ARCHITECTURE.md");
    fs::read_to_string(path).expect("the architecture")
}

/// Each room of the table with the rooms that it may name.
fn rooms(document: &str) -> Vec<(String, Vec<String>)> {
    let section = document.split("\n## Rooms").nth(1).and_then(|t| t.split("\n## ").next()).expect("a section");
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [room, _, may] = cells[..] else { return None };
        let room = room.strip_prefix('`')?.strip_suffix("/`")?;
        Some((room.to_owned(), may.split(", ").map(str::to_owned).collect()))
    };
    section.lines().filter(|l| l.starts_with('|')).filter_map(row).collect()
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// The first words behind each `marker` in a line of code.
fn named<'a>(line: &'a str, marker: &str) -> Vec<&'a str> {
    let word = |s: &'a str| s.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
    line.match_indices(marker).map(|(at, _)| word(&line[at + marker.len()..])).collect()
}

#[test]
fn rooms_name_only_rooms_below_them() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let rooms = rooms(&architecture());
    assert!(rooms.len() > 10, "{rooms:?}");
    let mut faults = Vec::new();
    let mut rooms_seen = 0;
    for entry in fs::read_dir(&src).expect("src").flatten().filter(|e| e.path().is_dir()) {
        let room = entry.file_name().to_string_lossy().into_owned();
        let Some((_, may)) = rooms.iter().find(|(name, _)| *name == room) else {
            faults.push(format!("src/{room} is in no table of rooms"));
            continue;
        };
        rooms_seen += 1;
        let mut files = Vec::new();
        sources(&entry.path(), &mut files);
        for file in files {
            let text = fs::read_to_string(&file).expect("a source file");
            for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
                let place = || format!("{}:{}", file.display(), number + 1);
                // A list of imports would hide what it names.
                if line.contains("crate::{") {
                    faults.push(format!("{}: one room a line of imports", place()));
                }
                for other in named(line, "crate::") {
                    let is_room = rooms.iter().any(|(name, _)| *name == other);
                    let allowed = may.iter().any(|m| m == other || m == ALL);
                    if is_room && other != room && !allowed {
                        faults.push(format!("{}: {room} names {other}", place()));
                    }
                }
                for (owned, owner) in OWNED {
                    let uses = line.contains(&format!("{owned}::"));
                    // status measures the folder of the archive, and walks it.
                    let allowed = room == *owner || (*owned == "walkdir" && room == "cli");
                    if uses && !allowed {
                        faults.push(format!("{}: only {owner} names {owned}", place()));
                    }
                }
            }
        }
    }
    assert_eq!(rooms_seen, rooms.len(), "every room of the table has a folder");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The codes of warnings that a text of Rust gives stories.
fn codes_of_warnings(text: &str) -> Vec<String> {
    let behind = ["warn(", ".note("].into_iter().flat_map(|call| text.split(call).skip(1));
    let code = |rest: &str| rest.trim_start().strip_prefix('"')?.split_once('"').map(|(code, _)| code.to_owned());
    behind.filter_map(code).collect()
}

#[test]
fn every_warning_has_its_row() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let formats = fs::read_to_string(root.join("docs/FORMATS.md")).expect("the formats");
    let section = formats.split("\n## Warnings").nth(1).and_then(|t| t.split("\n## ").next()).expect("a section");
    let first_cells = section.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    let documented: BTreeSet<&str> =
        first_cells.flat_map(|cell| cell.split("`, `")).map(|c| c.trim_end_matches('`')).collect();
    let mut given = BTreeSet::new();
    for room in ["wire", "enrich"] {
        let mut files = Vec::new();
        sources(&root.join("src").join(room), &mut files);
        for file in files {
            given.extend(codes_of_warnings(&fs::read_to_string(&file).expect("a source file")));
        }
    }
    assert!(given.len() > 30, "{given:?}");
    assert_eq!(documented, given.iter().map(String::as_str).collect());
}

#[test]
fn every_dependency_has_its_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("the manifest");
    let text = architecture();
    let reasons = text.split("## Dependencies").nth(1).and_then(|t| t.split("\n## ").next()).expect("a section");
    let mut section = "";
    let mut seen = 0;
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]")
            && let Some((name, _)) = line.split_once(" = ")
        {
            seen += 1;
            let is_named = |r: &str| r.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').any(|w| w == name);
            assert!(is_named(reasons), "{name} has no reason in docs/ARCHITECTURE.md");
        }
    }
    assert!(seen > 20);
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    assert!(files.len() > 30);
    for file in files {
        let text = fs::read_to_string(&file).expect("a source file");
        assert!(text.starts_with("//!"), "{} does not open with //!", file.display());
    }
}
