//! Variables of the environment that stand for options.

use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue};
use clap::{Arg, Command};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// Whether a variable is set to nothing, which scripts mean as not set.
fn is_empty(variable: &OsStr) -> bool {
    std::env::var_os(variable).is_some_and(|value| value.is_empty())
}

/// The same command without the variables that are set to nothing.
pub(super) fn without_empty(command: Command) -> Command {
    let own = std::env::vars_os().any(|(name, value)| value.is_empty() && is_own(&name));
    if own { cleared(command) } else { command }
}

fn is_own(variable: &OsStr) -> bool {
    variable.to_string_lossy().starts_with("DATELINE_")
}

fn cleared(command: Command) -> Command {
    let clear = |arg: Arg| match arg.get_env().is_some_and(is_empty) {
        true => arg.env(Resettable::Reset),
        false => arg,
    };
    command.mut_args(clear).mut_subcommands(cleared)
}

/// The folders that `--index` names, or `DATELINE_INDEX`: several of them as in `PATH`, unless there is a
/// folder of that whole name.
pub(super) fn folders(given: &[OsString]) -> Vec<PathBuf> {
    let given: Vec<&OsString> = given.iter().filter(|folder| !folder.is_empty()).collect();
    match given.as_slice() {
        [one] if std::env::var_os("DATELINE_INDEX").as_ref() == Some(one) && !Path::new(one).is_dir() => {
            std::env::split_paths(one).filter(|folder| !folder.as_os_str().is_empty()).collect()
        }
        given => given.iter().map(PathBuf::from).collect(),
    }
}

/// Says which variable a bad value comes from, where the option was not given.
pub(super) fn hint(e: &clap::Error) -> Option<String> {
    let Some(ContextValue::String(shown)) = e.get(ContextKind::InvalidArg) else { return None };
    let option = shown.split_whitespace().next()?;
    let variable = format!("DATELINE_{}", option.strip_prefix("--")?.replace('-', "_").to_uppercase());
    let value = std::env::var(&variable).ok()?;
    let Some(ContextValue::String(bad)) = e.get(ContextKind::InvalidValue) else { return None };
    (*bad == value).then(|| format!("hint: {variable} is set to {}", crate::print::clean(&value)))
}
