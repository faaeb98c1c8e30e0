//! Every wire format against its fixtures: what is read of each, as a transcript.
//!
//! `tests/fixtures/<format>/<case>` is a file as it came in, `<case>.read` what is read
//! of it. `UPDATE_FIXTURES=1 cargo test --test fixtures` writes the transcripts anew.

use dateline::ingest::{Found, read_bytes};
use dateline::story::{Evidence, Origin, Sourced, Story};
use dateline::wire::FORMATS;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn cases(format: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder().join(format)) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    files.retain(|f| f.extension().is_none_or(|e| e != "read"));
    files.sort();
    files
}

fn fields(evidence: &[Evidence]) -> String {
    let names: Vec<String> = evidence
        .iter()
        .map(|e| match &e.origin {
            Origin::Field(name) => name.to_string(),
            Origin::Text(span) => format!("{}–{}", span.start, span.end),
            Origin::Path(part) => part.clone(),
        })
        .collect();
    names.join(", ")
}

fn transcript(story: &Story) -> String {
    let mut out = String::new();
    let mut put = |name: &str, value: &str, evidence: &[Evidence]| {
        writeln!(out, "{name:<10} {value}  ({})", fields(evidence)).expect("a string takes all");
    };
    put("format", &format!("{}: {}", story.format, story.recognised_by), &[]);
    put("encoding", &story.encoding, &[]);
    let fields: [(&str, &Option<Sourced<String>>); 12] = [
        ("headline", &story.headline),
        ("byline", &story.byline),
        ("dateline", &story.dateline_field),
        ("slug", &story.slug),
        ("guid", &story.guid),
        ("version", &story.version),
        ("previous", &story.previous),
        ("take", &story.take),
        ("urgency", &story.urgency),
        ("ednote", &story.ednote),
        ("lang", &story.lang),
        ("", &None),
    ];
    for (name, field) in fields {
        if let Some(field) = field {
            put(name, &field.value, &field.evidence);
        }
    }
    for agency in story.agency.iter().chain(&story.credits) {
        put("agency", &agency.id, &agency.evidence);
    }
    for place in story.dateline.iter().flat_map(|d| &d.places) {
        put("from", &place.as_written, &[]);
    }
    for (name, list) in [
        ("located", &story.located),
        ("subject", &story.subjects),
        ("keyword", &story.keywords),
        ("flag", &story.flags),
    ] {
        for item in list {
            put(name, &item.value, &item.evidence);
        }
    }
    let filed = (story.filed.value.map(|v| v.to_string()), story.filed.earliest, story.filed.latest);
    match filed {
        (Some(value), _, _) => put("filed", &value, &story.filed.evidence),
        (None, None, None) => put("filed", "unknown", &[]),
        (None, earliest, latest) => put("filed", &format!("{earliest:?} to {latest:?}"), &story.filed.evidence),
    }
    for stamp in story.stamps.iter().chain(&story.embargo) {
        put("time", &stamp.value.to_string(), &stamp.evidence);
    }
    put("status", story.status.value.as_str(), &story.status.evidence);
    for warning in &story.warnings {
        put(
            "warning",
            &format!("{}: {}{}", warning.code, warning.message, if warning.raw_only { " [raw]" } else { "" }),
            &[],
        );
    }
    let lead = story.text.get(story.layout.lead_start as usize..story.layout.lead_end as usize).unwrap_or("?");
    put("lead", &lead.chars().take(60).collect::<String>().replace('\n', "⏎"), &[]);
    for line in story.text.lines() {
        out.push_str(if line.is_empty() { "  |" } else { "  | " });
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn read(path: &Path) -> String {
    let bytes = fs::read(path).expect("a fixture");
    let name = path.file_name().expect("a name").to_string_lossy();
    let mut out = Vec::new();
    read_bytes(&name, &bytes, None, &mut |found| {
        out.push(match found {
            Found::Story(story) => transcript(&story),
            Found::NotAStory(path, kind) => format!("{path}: no story: {kind}\n"),
            Found::Problem(path, reason) => format!("{path}: {reason}\n"),
        });
    });
    out.join("\n")
}

#[test]
fn every_format_has_fixtures_whole_and_broken() {
    for format in FORMATS {
        let cases = cases(format.name());
        let broken = |path: &&PathBuf| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("broken"));
        assert!(cases.iter().any(|c| broken(&c)), "{} has no broken fixture", format.name());
        assert!(cases.iter().any(|c| !broken(&c)), "{} has no whole fixture", format.name());
        // Whole ones are read by their own format.
        for case in cases.iter().filter(|c| !broken(c)) {
            let read = read(case);
            let own = format!("format     {}: ", format.name());
            assert!(read.contains(&own), "{} is not read as {}:\n{read}", case.display(), format.name());
        }
    }
}

#[test]
fn every_fixture_is_read_as_before() {
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    let mut faults = Vec::new();
    for case in FORMATS.iter().flat_map(|f| cases(f.name())) {
        let read = read(&case);
        let mut name = case.as_os_str().to_owned();
        name.push(".read");
        if update {
            fs::write(&name, &read).expect("the folder of fixtures can be written");
        } else if fs::read_to_string(&name).ok().as_deref() != Some(read.as_str()) {
            faults.push(format!("{}\n{read}", case.display()));
        }
    }
    assert!(faults.is_empty(), "read otherwise than before:\n{}", faults.join("\n"));
}
