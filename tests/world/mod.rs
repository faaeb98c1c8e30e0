//! A folder in which the program is run as a user runs it.

#![allow(dead_code, reason = "each of the tests that share it uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) struct World {
    folder: tempfile::TempDir,
}

impl World {
    pub(crate) fn new() -> World {
        World { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, content).expect("a file");
    }

    /// The program in this folder, with nothing of the environment that the tests run in.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("COLUMNS", "100")
            .env("DATELINE_NOW", "2024-12-20")
            .env("HOME", self.folder.path());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command().args(args).output().expect("the program runs")
    }

    pub(crate) fn out(&self, args: &[&str]) -> String {
        String::from_utf8(self.run(args).stdout).expect("UTF-8")
    }

    pub(crate) fn err(&self, args: &[&str]) -> String {
        String::from_utf8(self.run(args).stderr).expect("UTF-8")
    }

    pub(crate) fn code(&self, args: &[&str]) -> Option<i32> {
        self.run(args).status.code()
    }

    pub(crate) fn ids(&self, query: &str) -> Vec<String> {
        self.out(&["search", "--format", "ids", "--limit", "1000", query]).lines().map(str::to_owned).collect()
    }
}
