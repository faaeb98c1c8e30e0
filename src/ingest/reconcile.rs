//! The tree as it is against the ledger: what is new, changed, unchanged, gone.

use super::report::IngestReport;
use super::walk::{Found, Step, walk};
use crate::engine::{Ledger, LedgerRow, Outcome};
use rustc_hash::FxHashSet;
use std::path::{Path, PathBuf};

/// What a run has to do.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// Files to read.
    pub(super) read: Vec<Found>,
    /// Paths whose stories go.
    pub(super) gone: Vec<Vec<u8>>,
    /// Rows for what could not be read or is special.
    pub(super) rows: Vec<LedgerRow>,
}

/// Compares what lies below `roots` with the ledger. Only what lay below the same roots
/// can be gone, and nothing below a folder that cannot be listed.
pub(super) fn reconcile(roots: &[PathBuf], own: Option<&Path>, ledger: &Ledger, report: &mut IngestReport) -> Work {
    let mut work = Work::default();
    let mut seen: FxHashSet<Vec<u8>> = FxHashSet::default();
    let mut unlisted: Vec<Vec<u8>> = Vec::new();
    for root in roots {
        if !root.exists() && !root.is_symlink() && !knows(ledger, root) {
            report.problem(&root.to_string_lossy(), "no such file or folder");
            report.unreadable += 1;
            continue;
        }
        for step in walk(root, own) {
            match step {
                Step::File(found) => {
                    let key = found.path.as_os_str().as_encoded_bytes().to_vec();
                    if !seen.insert(key.clone()) {
                        continue;
                    }
                    match ledger.get(&key) {
                        Some(row) if row.state == found.state && !row.racy => unchanged(row, report),
                        _ => work.read.push(found),
                    }
                }
                Step::Problem { path, .. } if path == *root && !root.exists() => {}
                Step::Problem { path, reason } => {
                    report.unreadable += 1;
                    report.problem(&path.to_string_lossy(), reason);
                    unlisted.push(path.as_os_str().as_encoded_bytes().to_vec());
                }
                Step::Special(path) => {
                    *report.skipped.entry("pipe, socket or device".to_owned()).or_default() += 1;
                    seen.insert(path.as_os_str().as_encoded_bytes().to_vec());
                }
            }
        }
    }
    work.gone = gone(roots, ledger, &seen, &unlisted);
    work
}

fn unchanged(row: &LedgerRow, report: &mut IngestReport) {
    report.files_unchanged += 1;
    if let Outcome::Stories { raw_only, .. } = row.outcome {
        report.raw_only += u64::from(raw_only);
    }
}

fn knows(ledger: &Ledger, root: &Path) -> bool {
    ledger.rows().any(|r| is_below(&r.path, root.as_os_str().as_encoded_bytes()))
}

fn is_below(path: &[u8], root: &[u8]) -> bool {
    let root = root.strip_suffix(b"/").unwrap_or(root);
    path == root || (path.starts_with(root) && path.get(root.len()) == Some(&b'/')) || root == b"."
}

fn gone(roots: &[PathBuf], ledger: &Ledger, seen: &FxHashSet<Vec<u8>>, unlisted: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut gone: Vec<Vec<u8>> = ledger
        .rows()
        .filter(|row| {
            !seen.contains(&row.path)
                && roots.iter().any(|r| is_below(&row.path, r.as_os_str().as_encoded_bytes()))
                && !unlisted.iter().any(|u| is_below(&row.path, u))
        })
        .map(|row| row.path.clone())
        .collect();
    gone.sort_unstable();
    gone
}
