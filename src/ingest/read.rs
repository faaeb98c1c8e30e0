//! One file to enriched stories.

use crate::enrich;
use crate::story::{Story, StoryId};
use crate::wire::{self, Reading, Source};
use chrono::NaiveDate;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The most bytes of one file that are read, so that two threads stay within the memory
/// budget; a longer file is indexed up to here, with a warning that counts the rest.
pub(super) const FILE_BYTES_MAX: u64 = 64 << 20;

/// A file's content, or as much as is read, with the number of bytes left out.
pub(super) fn content(path: &Path) -> std::io::Result<(Vec<u8>, u64)> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(FILE_BYTES_MAX)).unwrap_or(0));
    file.take(FILE_BYTES_MAX).read_to_end(&mut bytes)?;
    let left_out = size.saturating_sub(bytes.len() as u64);
    Ok((bytes, left_out))
}

/// Reads the stories of a file, as `index` would.
///
/// # Errors
/// The file system refuses.
pub fn read_file(path: &Path) -> std::io::Result<Reading> {
    let (bytes, left_out) = content(path)?;
    Ok(read_bytes(&path.to_string_lossy(), &bytes, left_out))
}

/// Reads the stories of a file's content. `left_out` counts bytes beyond it.
#[must_use]
pub fn read_bytes(path: &str, bytes: &[u8], left_out: u64) -> Reading {
    read_hashed(path, bytes, left_out, &blake3::hash(bytes))
}

/// Reads the stories of a file's content whose hash is known.
pub(super) fn read_hashed(path: &str, bytes: &[u8], left_out: u64, hash: &blake3::Hash) -> Reading {
    let mut reading = wire::read(&Source { left_out, ..Source::new(path, bytes) });
    if let Reading::Stories(stories) = &mut reading {
        for story in stories {
            story.id = story_id(hash.as_bytes(), story.part);
            enrich::enrich(story);
        }
    }
    reading
}

/// Resolves the times of an undated story against a day that stands in for its own.
pub fn resolve_against(story: &mut Story, day: NaiveDate) {
    enrich::times::read(story, Some(day));
}

/// Returns the id of part `part` of a file with content hash `content`.
fn story_id(content: &[u8; 32], part: u32) -> StoryId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(content).update(&part.to_le_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    StoryId(u64::from_be_bytes(bytes))
}
