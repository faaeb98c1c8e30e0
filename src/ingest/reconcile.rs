//! The tree as it is against the ledger: what is new, changed, unchanged, gone.

use super::containers::is_container;
use super::report::IngestReport;
use super::walk::{Found, Step, told, walk};
use crate::engine::{FileState, Ledger, LedgerRow, Outcome, PathAt, Paths, Remark, RemarkKind, path_of};
use crate::wire;
use rustc_hash::FxHashSet;
use std::cell::Cell;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes of a file that tell whether it has keys.
const START_BYTES: u64 = 4096;

/// Files to read, in the order in which they were found.
#[derive(Debug, Default)]
pub(super) struct Todo {
    paths: Paths,
    files: Vec<(PathAt, FileState)>,
}

impl Todo {
    fn push(&mut self, path: &[u8], state: FileState) {
        self.files.push((self.paths.push(path), state));
    }

    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// Sizes from the file of number `from` on.
    pub(super) fn sizes(&self, from: usize) -> impl Iterator<Item = u64> {
        self.files.iter().skip(from).map(|(_, state)| state.size)
    }

    /// Returns the file of number `number`.
    pub(super) fn get(&self, number: usize) -> Option<Found> {
        let &(at, state) = self.files.get(number)?;
        Some(Found { path: path_of(&self.paths.get(at)), state })
    }
}

/// What a run has to do.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// Files to read.
    pub(super) read: Todo,
    /// Paths whose stories go.
    pub(super) gone: Vec<Vec<u8>>,
    /// Contents and numbers of files with stories that were not looked for: of other roots, or below
    /// a folder that cannot be listed. Empty where nothing is read.
    pub(super) elsewhere: Vec<([u8; 16], u32)>,
    /// Rows for what could not be read or is special.
    pub(super) rows: Vec<LedgerRow>,
}

/// What a run is asked to compare.
pub(super) struct Asked<'a> {
    pub(super) roots: &'a [PathBuf],
    /// Whether the stories of a root that is missing or empty go.
    pub(super) forget: bool,
    /// Whether every file is read, to compare its bytes.
    pub(super) content: bool,
    /// Whether there is a new mapping of keys: files whose keys it may name are read again,
    /// wherever they lie.
    pub(super) is_remapped: bool,
}

/// Compares what lies below the roots with the ledger. Only what lay below the same roots
/// can be gone, and nothing below a folder that cannot be listed; below a root that is
/// missing or empty only where that is to be forgotten.
pub(super) fn reconcile(asked: &Asked<'_>, own: Option<&Path>, ledger: &Ledger, report: &mut IngestReport) -> Work {
    let roots = asked.roots;
    let mut work = Work::default();
    let tree = Roots::new(roots);
    let mut seen = vec![false; ledger.rows_max()];
    // New files can be met twice only where one root lies in another.
    let mut met: Option<FxHashSet<Vec<u8>>> = tree.overlap.then(FxHashSet::default);
    let mut unlisted: Vec<PathBuf> = Vec::new();
    let hidden = Cell::new(0);
    for root in roots {
        if !root.exists() && !root.is_symlink() && !knows(ledger, root) {
            report.problem(&told(root), "no such file or folder");
            report.unreadable += 1;
            continue;
        }
        let mut is_empty = true;
        for step in walk(root, own, &hidden) {
            match step {
                Step::File(found) => {
                    is_empty = false;
                    let key = found.path.as_os_str().as_encoded_bytes();
                    let Some((number, row)) = ledger.find(key) else {
                        if met.as_mut().is_none_or(|met| met.insert(key.to_vec())) {
                            work.read.push(key, found.state);
                        }
                        continue;
                    };
                    if std::mem::replace(&mut seen[number], true) {
                        continue;
                    }
                    if row.state == found.state
                        && !(row.racy || asked.content)
                        && !(asked.is_remapped && has_keys(&found.path))
                    {
                        report.files_unchanged += 1;
                        match row.outcome {
                            Outcome::Stories { raw_only, .. } => report.raw_only += u64::from(raw_only),
                            Outcome::Unreadable => {
                                report.unreadable += 1;
                                let lost = |r: &&Remark| r.kind != RemarkKind::NoStory;
                                for remark in ledger.remarks(number).iter().filter(lost) {
                                    report.problem(&remark.path(&told(&found.path)), remark.reason.clone());
                                }
                            }
                            Outcome::Skipped | Outcome::Removed => {}
                        }
                    } else {
                        work.read.push(key, found.state);
                    }
                }
                Step::Problem { path, .. } if path == *root && !root.exists() => {}
                Step::Problem { path, reason } => {
                    report.unreadable += 1;
                    report.problem(&told(&path), reason);
                    unlisted.push(path);
                }
                Step::Special(path) => {
                    *report.skipped.entry("pipe, socket or device".to_owned()).or_default() += 1;
                    if let Some((number, _)) = ledger.find(path.as_os_str().as_encoded_bytes()) {
                        seen[number] = true;
                    }
                }
            }
        }
        if is_empty && !asked.forget {
            let kept = below(ledger, root);
            if kept > 0 {
                report.unreadable += 1;
                let reason = format!(
                    "missing or empty, and the archive has {kept} files of it: they stay; index --forget takes them out"
                );
                report.problem(&told(root), reason);
                unlisted.push(root.clone());
            }
        }
    }
    if hidden.get() > 0 {
        *report.skipped.entry("hidden file or folder".to_owned()).or_default() += hidden.get();
    }
    if asked.is_remapped {
        let elsewhere = ledger.rows().filter(|(number, _)| !seen.get(*number).copied().unwrap_or(false));
        for (path, row) in elsewhere.map(|(number, row)| (ledger.path(number), row)) {
            if !tree.hold(&path) && has_keys(&path_of(&path)) {
                work.read.push(&path, row.state);
            }
        }
    }
    let unlisted = Roots::new(&unlisted);
    for (number, row) in ledger.rows().filter(|(number, _)| !seen.get(*number).copied().unwrap_or(false)) {
        let path = ledger.path(number);
        if tree.hold(&path) && !unlisted.hold(&path) {
            work.gone.push(path);
        } else if work.read.len() > 0 && matches!(row.outcome, Outcome::Stories { .. }) {
            work.elsewhere.extend(u32::try_from(number).ok().map(|number| (row.content, number)));
        }
    }
    work.gone.sort_unstable();
    work
}

/// Lists the files of the archive that do not lie below `roots`.
#[must_use]
pub fn outside(ledger: &Ledger, roots: &[PathBuf]) -> Vec<PathBuf> {
    let roots = Roots::new(roots);
    let paths = ledger.rows().map(|(number, _)| ledger.path(number));
    paths.filter(|path| !roots.hold(path)).map(|path| path_of(&path)).collect()
}

/// Tells whether a mapping may name keys of a file: by its first bytes, and of containers
/// nothing is known without opening them.
pub(super) fn has_keys(path: &Path) -> bool {
    let mut start = Vec::with_capacity(START_BYTES as usize);
    let read = File::open(path).and_then(|file| file.take(START_BYTES).read_to_end(&mut start));
    read.is_ok() && (is_container(&start) || wire::may_have_keys(&start))
}

fn knows(ledger: &Ledger, root: &Path) -> bool {
    let root = Roots::new(std::slice::from_ref(&root));
    ledger.rows().any(|(number, _)| root.hold(&ledger.path(number)))
}

/// Counts the files of the archive that lie in a folder, itself left out.
fn below(ledger: &Ledger, folder: &Path) -> usize {
    let own = folder.as_os_str().as_encoded_bytes();
    let root = Roots::new(std::slice::from_ref(&folder));
    ledger.rows().map(|(number, _)| ledger.path(number)).filter(|path| path != own && root.hold(path)).count()
}

/// Folders and files that ask at once whether a path lies in one of them: a list of
/// roots may be as long as the archive.
struct Roots<'a> {
    paths: FxHashSet<&'a [u8]>,
    /// Whether one lies in another or is there twice.
    overlap: bool,
}

impl<'a> Roots<'a> {
    fn new<P: AsRef<Path>>(list: &'a [P]) -> Roots<'a> {
        let bytes = |p: &'a P| {
            let path = p.as_ref().as_os_str().as_encoded_bytes();
            path.strip_suffix(b"/").unwrap_or(path)
        };
        let paths: FxHashSet<&[u8]> = list.iter().map(bytes).collect();
        let mut roots = Roots { overlap: paths.len() < list.len(), paths };
        let here = roots.paths.contains(&b"."[..]) && roots.paths.len() > 1;
        roots.overlap |= here || roots.paths.iter().any(|p| above(p).any(|a| roots.paths.contains(a)));
        roots
    }

    fn hold(&self, path: &[u8]) -> bool {
        self.paths.contains(path) || self.paths.contains(&b"."[..]) || above(path).any(|a| self.paths.contains(a))
    }
}

/// The folders above a path, nearest first, without their slash.
fn above(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.iter().enumerate().rev().filter(|(_, b)| **b == b'/').map(|(at, _)| &path[..at])
}

#[cfg(test)]
mod tests {
    use super::Roots;

    #[test]
    fn a_root_holds_itself_and_what_lies_below() {
        let holds = |root: &str, path: &str| Roots::new(&[root]).hold(path.as_bytes());
        assert!(holds("/a/b", "/a/b") && holds("/a/b", "/a/b/c") && holds("/a/b/", "/a/b/c/d"));
        assert!(!holds("/a/b", "/a/bc") && !holds("/a/b", "/a"));
        assert!(holds("/", "/a") && holds(".", "a/b"));
        assert!(Roots::new(&["/a", "/a/b"]).overlap && Roots::new(&["/a", "/a"]).overlap);
        assert!(!Roots::new(&["/a/b", "/a/c"]).overlap);
    }
}
