//! `dateline` as a process, for the examples that put it under stress.

#![allow(dead_code, reason = "each example uses a part")]

use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use walkdir::WalkDir;

/// What is asked of an archive when two are compared: everything, and some words of any copy.
const QUERIES: [&str; 3] = ["*", "said OR dit OR сказал OR قال", "\"of the\" OR \"de la\""];

/// The program under test.
pub(crate) struct Product {
    pub(crate) program: PathBuf,
}

/// How a process ended and what it said.
pub(crate) struct Ended {
    /// `None` where a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Product {
    /// `dateline` on an archive, with nothing of the caller's settings.
    pub(crate) fn command(&self, archive: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--index").arg(archive).args(args).stdin(Stdio::null());
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("DATELINE_")) {
            command.env_remove(name);
        }
        let nowhere = archive.with_file_name("no-settings");
        command.env("XDG_CONFIG_HOME", &nowhere).env("XDG_DATA_HOME", &nowhere);
        command
    }

    pub(crate) fn index(&self, archive: &Path, corpus: &Path) -> Command {
        let mut command = self.command(archive, &["index", "--"]);
        command.arg(corpus);
        command
    }

    pub(crate) fn run(&self, archive: &Path, args: &[&str]) -> Result<Ended> {
        ended(&mut self.command(archive, args))
    }

    /// Indexes to the end.
    pub(crate) fn index_whole(&self, archive: &Path, corpus: &Path) -> Result<Ended> {
        let ended = ended(&mut self.index(archive, corpus))?;
        ensure!(matches!(ended.code, Some(0 | 5)), "index ends with {:?}: {}", ended.code, ended.err.trim());
        Ok(ended)
    }

    /// Returns what the archive answers, or how the first question failed.
    pub(crate) fn answers(&self, archive: &Path) -> Result<std::result::Result<Vec<String>, Ended>> {
        let mut answers = Vec::new();
        for query in QUERIES {
            let ended = self.run(archive, &["search", "--format", "jsonl", "--limit", "1000000", "--", query])?;
            if !matches!(ended.code, Some(0 | 1)) {
                return Ok(Err(ended));
            }
            // Scores depend on how stories are spread over segments: a set of lines is compared.
            let mut lines: Vec<String> = ended.out.lines().map(without_score).collect();
            lines.sort_unstable();
            answers.push(lines.join("\n"));
        }
        Ok(Ok(answers))
    }

    pub(crate) fn same_answers(&self, archive: &Path, expected: &[String]) -> Result<bool> {
        Ok(self.answers(archive)?.is_ok_and(|answers| answers == expected))
    }

    pub(crate) fn check_is_clean(&self, archive: &Path) -> Result<bool> {
        Ok(self.run(archive, &["check"])?.code == Some(0))
    }
}

/// A line of a list without its place in the ranking.
fn without_score(line: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(line) {
        Ok(serde_json::Value::Object(mut story)) => {
            for key in ["score", "rank", "generation"] {
                story.remove(key);
            }
            serde_json::Value::Object(story).to_string()
        }
        _ => line.to_owned(),
    }
}

/// Runs a command to its end.
pub(crate) fn ended(command: &mut Command) -> Result<Ended> {
    let output = command.output().with_context(|| format!("cannot run {}", command.get_program().to_string_lossy()))?;
    Ok(Ended {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// Starts a command that says nothing.
pub(crate) fn start(command: &mut Command) -> Result<Child> {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().with_context(|| format!("cannot run {}", command.get_program().to_string_lossy()))
}

pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

pub(crate) fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Every file below a folder, in the order of names.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    entries.filter(|e| e.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

/// Copies the first `count` files of a folder side by side into another.
pub(crate) fn sample(from: &Path, to: &Path, count: usize) -> Result<usize> {
    fs::create_dir_all(to)?;
    let all = files(from);
    let step = (all.len() / count.max(1)).max(1);
    let mut copied = 0;
    for file in all.iter().step_by(step).take(count) {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        fs::copy(file, to.join(format!("{copied:06}-{name}")))?;
        copied += 1;
    }
    ensure!(copied > 0, "no files in {}", from.display());
    Ok(copied)
}
