//! A dispatch that is pasted whole as a query finds itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Sample files that cannot be the answer to their own text: what is held back is left out
/// of every list, and a file of several dispatches is several stories, none of which holds
/// all of it.
const NOT_ONE_SHOWN_STORY: &[&str] =
    &["ap/notices/kill_marlow_terminal.txt", "cp/embargo_fjord_report.txt", "reuters/morning_briefs.txt"];

fn texts_below(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            texts_below(&path, out);
        } else if path.extension().is_some_and(|e| e == "txt") {
            out.push(path);
        }
    }
}

#[test]
fn every_sample_dispatch_pasted_whole_finds_itself_and_finds_it_first() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.current_dir(folder.path()).env_clear().env("HOME", folder.path());
        let output = command.args(args).output().expect("the program runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    run(&["-q", "index", &samples.to_string_lossy()]);
    let mut files = Vec::new();
    texts_below(&samples, &mut files);
    files.sort();
    assert!(files.len() > 80, "{} files", files.len());
    let mut lost = Vec::new();
    for file in &files {
        let name = file.strip_prefix(&samples).expect("below").to_string_lossy().replace('\\', "/");
        if NOT_ONE_SHOWN_STORY.contains(&name.as_str()) {
            continue;
        }
        let text = run(&["inspect", "--format", "text-only", &file.to_string_lossy()]);
        for matching in ["all", "any"] {
            let found = run(&["-q", "search", "--match", matching, "--format", "paths", "-n", "1", "--", &text]);
            if Path::new(found.trim_end()) != file {
                lost.push(format!("{name} --match {matching}: {}", found.trim_end()));
            }
        }
    }
    assert!(lost.is_empty(), "{} pasted dispatches are not found\n{lost:#?}", lost.len());
}

#[test]
fn a_page_of_words_is_no_more_than_its_different_words() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("w")).expect("a folder");
    fs::write(folder.path().join("w/a.txt"), "Storm\n\nLYON (AFP) - A storm over the town.\n").expect("a file");
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.current_dir(folder.path()).env_clear().env("HOME", folder.path());
        let output = command.args(args).output().expect("the program runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    run(&["-q", "index", "w"]);
    let started = std::time::Instant::now();
    assert_eq!(run(&["-q", "count", "--", &"storm town ".repeat(5000)]), "1\n");
    assert_eq!(run(&["-q", "count", "--match", "any", "--", &"storm nowhere ".repeat(4000)]), "1\n");
    // Each of 10,000 words looked up for itself took most of a minute.
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}
