//! Files that `dateline export` wrote: lists of stories are no stories.
//!
//! An export is known by the manifest beside it, whose digest is that of its bytes: one that
//! somebody changed since is read like any other file.

use serde::Deserialize;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What the manifest of an export adds to its name.
pub const MANIFEST_ENDING: &str = ".manifest.json";
/// A manifest is some kB at most: longer queries are refused.
const MANIFEST_BYTES_MAX: u64 = 1 << 20;

/// What tells a manifest from other JSON.
#[derive(Deserialize)]
struct Manifest {
    program: String,
    blake3: String,
    #[serde(rename = "query")]
    _query: String,
}

/// What an export is called in counts.
pub(super) const EXPORT: &str = "an export of dateline";
/// What its manifest is called.
pub(super) const MANIFEST: &str = "the manifest of an export";

/// Tells whether what stands in the place of a story is of this program.
pub(super) fn is_own(kind: &str) -> bool {
    kind == EXPORT || kind == MANIFEST
}

/// Tells whether a file with this digest is an export as it was written.
pub(super) fn is_export(path: &Path, digest: &blake3::Hash) -> bool {
    let mut beside = OsString::from(path);
    beside.push(MANIFEST_ENDING);
    let beside = PathBuf::from(beside);
    let is_short = std::fs::metadata(&beside).is_ok_and(|m| m.is_file() && m.len() <= MANIFEST_BYTES_MAX);
    is_short
        && std::fs::read(&beside).is_ok_and(|bytes| read(&bytes).is_some_and(|m| m.blake3 == digest.to_hex().as_str()))
}

/// Tells whether a file is the manifest of an export.
pub(super) fn is_manifest(path: &Path, bytes: &[u8]) -> bool {
    path.as_os_str().as_encoded_bytes().ends_with(MANIFEST_ENDING.as_bytes()) && read(bytes).is_some()
}

fn read(bytes: &[u8]) -> Option<Manifest> {
    let manifest: Manifest = serde_json::from_slice(bytes).ok()?;
    manifest.program.starts_with("dateline ").then_some(manifest)
}
