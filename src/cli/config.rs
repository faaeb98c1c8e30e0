//! The configuration file. Flags beat the environment, which beats this file.

use super::Color;
use super::options::Sort;
use crate::query::Saved;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What a configuration file may say. Nothing in it changes the format of output, so that
/// a script reads the same everywhere.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Config {
    /// The archive's folder, or those of several; a relative one is seen from the file's own.
    #[serde(default, deserialize_with = "one_or_several")]
    pub(super) index: Vec<PathBuf>,
    /// When to use colour.
    pub(super) color: Option<Color>,
    /// The pager; an empty one is none.
    pub(super) pager: Option<String>,
    /// Length of a result list.
    pub(super) limit: Option<usize>,
    /// Order of a result list.
    pub(super) sort: Option<Sort>,
    /// Passages of each story.
    pub(super) snippets: Option<usize>,
    /// Queries that have names, for `query:NAME`.
    #[serde(default)]
    pub(super) query: Saved,
}

impl Config {
    /// Reads the file that was named, or the usual one where there is one.
    ///
    /// # Errors
    /// A file that was named is missing, or a file says what cannot be read.
    pub(super) fn read(named: Option<&Path>) -> Result<Config> {
        let usual = || usual_file().filter(|f| f.is_file());
        let Some(file) = named.map(Path::to_path_buf).or_else(usual) else { return Ok(Config::default()) };
        let naming = || format!("the configuration {}", file.display());
        let text = std::fs::read_to_string(&file).with_context(naming)?;
        let mut config: Config = toml::from_str(&text).map_err(|e| {
            // The library draws the line with carets under the fault.
            anyhow::anyhow!(
                "{}\n{}\nhint: it may hold index, color, pager, limit, sort, snippets, and queries under [query]",
                naming(),
                e.to_string().trim_end()
            )
        })?;
        config.index.iter_mut().for_each(|index| *index = absolute(index, &file));
        Ok(config)
    }
}

fn one_or_several<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Vec<PathBuf>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a folder or a list of folders")]
    enum Folders {
        One(PathBuf),
        Several(Vec<PathBuf>),
    }
    Ok(match Folders::deserialize(value)? {
        Folders::One(folder) => vec![folder],
        Folders::Several(folders) => folders,
    })
}

fn absolute(index: &Path, file: &Path) -> PathBuf {
    if let (Ok(below), Some(home)) = (index.strip_prefix("~"), std::env::var_os("HOME")) {
        return PathBuf::from(home).join(below);
    }
    file.parent().unwrap_or_else(|| Path::new(".")).join(index)
}

/// `dateline/config.toml` in the user's folder of configurations (XDG).
fn usual_file() -> Option<PathBuf> {
    let set = std::env::var_os("XDG_CONFIG_HOME").filter(|v| !v.is_empty()).map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|h| PathBuf::from(h).join(".config"));
    Some(set.or_else(home)?.join("dateline").join("config.toml"))
}
