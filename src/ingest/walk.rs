//! Every file below the roots, once, with its state; nothing stops the walk.

use crate::engine::FileState;
use crate::story::path_text;
use std::borrow::Cow;
use std::cell::Cell;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A file found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) state: FileState,
}

/// What the walk meets.
pub(super) enum Step {
    File(Found),
    Problem {
        path: PathBuf,
        reason: String,
    },
    /// A pipe, socket or device: reading it could wait for ever.
    Special(PathBuf),
}

/// Returns a path as reports hold it.
pub(super) fn told(path: &Path) -> Cow<'_, str> {
    path_text(path.as_os_str().as_encoded_bytes())
}

/// Walks below `root`, in the order of names; symbolic links are followed, loops are
/// reported. `leave_out` is the archive's own folder. What is hidden below the root is left out
/// and counted in `hidden`.
pub(super) fn walk<'a>(
    root: &'a Path,
    leave_out: Option<&'a Path>,
    hidden: &'a Cell<u64>,
) -> impl Iterator<Item = Step> + 'a {
    WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |e| {
            let is_hidden = e.depth() > 0 && e.file_name().as_encoded_bytes().starts_with(b".");
            hidden.set(hidden.get() + u64::from(is_hidden));
            let own = e.file_type().is_dir() && leave_out.is_some_and(|l| is(e, l));
            !is_hidden && !own
        })
        .filter_map(|entry| match entry {
            Err(e) => {
                let path = e.path().unwrap_or(Path::new("")).to_owned();
                let reason = if e.loop_ancestor().is_some() {
                    "a link that leads back to a folder above it".to_owned()
                } else {
                    e.io_error().map_or_else(|| e.to_string(), std::string::ToString::to_string)
                };
                Some(Step::Problem { path, reason })
            }
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) if !entry.file_type().is_file() => Some(Step::Special(entry.into_path())),
            Ok(entry) => Some(match entry.metadata() {
                Ok(meta) => Step::File(Found { state: FileState::of(&meta), path: entry.into_path() }),
                Err(e) => Step::Problem { path: entry.into_path(), reason: e.to_string() },
            }),
        })
}

/// Tells whether an entry is the folder `own`. Only a link, the root of the walk or a
/// folder of its name can be: asking for the real path of every folder would cost more
/// than listing them.
fn is(entry: &walkdir::DirEntry, own: &Path) -> bool {
    let may_be = entry.depth() == 0 || entry.path_is_symlink() || Some(entry.file_name()) == own.file_name();
    may_be && entry.path().canonicalize().is_ok_and(|path| path == own)
}
