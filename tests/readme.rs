//! The README's commands print what the README shows.
//!
//! `UPDATE_README=1 cargo test --test readme` writes the real output into it.

use std::path::Path;
use std::process::Command;

/// Copies a folder: the README's archive is made beside a copy of the sample corpus.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file");
        }
    }
}

fn run(line: &str, folder: &Path) -> String {
    let bin = Path::new(env!("CARGO_BIN_EXE_dateline")).parent().expect("a folder");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", line])
        .current_dir(folder)
        .env("PATH", path)
        .env("COLUMNS", "80")
        .env("DATELINE_NOW", "2024-12-20")
        .env_remove("DATELINE_INDEX")
        .output()
        .expect("a shell");
    let mut text = String::from_utf8(output.stdout).expect("UTF-8");
    text.push_str(&String::from_utf8(output.stderr).expect("UTF-8"));
    text
}

#[test]
fn the_readme_shows_real_output() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("the README");
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&root.join("sample_corpus"), &folder.path().join("sample_corpus"));
    run("dateline index sample_corpus", folder.path());
    let (mut fresh, mut commands, mut inside) = (String::new(), 0, false);
    for line in readme.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if inside && line.starts_with("$ ") {
            commands += 1;
            fresh.push_str(line);
            fresh.push('\n');
            let output = run(&line[2..], folder.path());
            fresh.push_str(output.trim_end());
            fresh.push('\n');
            continue;
        } else if inside {
            continue;
        }
        fresh.push_str(line);
        fresh.push('\n');
    }
    assert!(commands >= 4, "{commands} commands");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(root.join("README.md"), &fresh).expect("the README");
    } else {
        assert_eq!(readme, fresh, "run UPDATE_README=1 cargo test --test readme and read the difference");
    }
}
