//! The long files of a segment, read a window at a time: postings, places of words, records.
//!
//! A merge reads each of them once, from end to end. Mapped, they would stay in memory until it is
//! over, those of all its segments together.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tantivy::HasLen;
use tantivy::directory::error::OpenReadError;
use tantivy::directory::{Directory, FileHandle, MmapDirectory, OwnedBytes};

/// Endings of the files that are read so.
const ENDINGS: [&str; 3] = ["idx", "pos", "store"];
/// Bytes of a window: of one segment, each of three files has one.
const WINDOW: usize = 256 << 10;
/// Bytes that may be passed over between two reads for the second to go on from the first.
const GAP: usize = 4 << 10;

/// Whether the file is read a window at a time.
pub(super) fn is_for(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ENDINGS.iter().any(|e| ending == *e))
}

/// One file.
#[derive(Debug)]
pub(super) struct Windowed {
    folder: PathBuf,
    name: PathBuf,
    len: usize,
    window: Mutex<Window>,
}

#[derive(Debug)]
struct Window {
    file: File,
    start: usize,
    bytes: OwnedBytes,
    /// Where the last read ended.
    left_at: usize,
}

impl Windowed {
    /// Opens the file `name` of `folder`.
    ///
    /// # Errors
    /// As the system gives them.
    pub(super) fn open(folder: &Path, name: &Path) -> Result<Windowed, OpenReadError> {
        let path = folder.join(name);
        let opened = File::open(&path).and_then(|file| Ok((file.metadata()?.len(), file)));
        let (len, file) = opened.map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path),
            _ => OpenReadError::wrap_io_error(e, path),
        })?;
        Ok(Windowed {
            folder: folder.to_owned(),
            name: name.to_owned(),
            len: usize::try_from(len).unwrap_or(usize::MAX),
            window: Mutex::new(Window { file, start: 0, bytes: OwnedBytes::empty(), left_at: usize::MAX }),
        })
    }

    /// What is longer than a window: a map of its own, that goes when the bytes are done with.
    fn mapped(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let directory = MmapDirectory::open(&self.folder).map_err(io::Error::other)?;
        directory.get_file_handle(&self.name).map_err(io::Error::other)?.read_bytes(range)
    }
}

impl Window {
    fn read(&mut self, range: Range<usize>, len: usize) -> io::Result<OwnedBytes> {
        let held = self.start..self.start + self.bytes.len();
        if range.start < held.start || range.end > held.end {
            let goes_on = range.start.checked_sub(self.left_at).is_some_and(|gap| gap <= GAP);
            let end = if goes_on { len.min(range.start + WINDOW).max(range.end) } else { range.end };
            let mut bytes = vec![0; end - range.start];
            self.file.seek(SeekFrom::Start(range.start as u64))?;
            self.file.read_exact(&mut bytes)?;
            (self.start, self.bytes) = (range.start, OwnedBytes::new(bytes));
        }
        self.left_at = range.end;
        Ok(self.bytes.slice(range.start - self.start..range.end - self.start))
    }
}

impl HasLen for Windowed {
    fn len(&self) -> usize {
        self.len
    }
}

impl FileHandle for Windowed {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.len() > WINDOW {
            return self.mapped(range);
        }
        self.window.lock().unwrap_or_else(PoisonError::into_inner).read(range, self.len)
    }
}

#[cfg(test)]
mod tests {
    use super::{GAP, WINDOW, Windowed, is_for};
    use proptest::prelude::*;
    use std::path::Path;
    use tantivy::HasLen;
    use tantivy::directory::FileHandle;
    use tantivy::directory::error::OpenReadError;

    #[test]
    fn long_files_of_a_segment_are_read_so() {
        let segment = "4f928bfab9064d3995472b1606e67505";
        let read_so = |ending: &str| is_for(Path::new(&format!("{segment}.{ending}")));
        assert!(["idx", "pos", "store"].into_iter().all(read_so));
        assert!(!["term", "fast", "fieldnorm", "del"].into_iter().any(read_so));
        assert!(!is_for(Path::new("meta.json")) && !is_for(Path::new("store")));
    }

    #[test]
    fn a_file_that_is_not_there_is_told_from_one_that_cannot_be_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let missing = Windowed::open(folder.path(), Path::new("a.idx"));
        assert!(matches!(missing, Err(OpenReadError::FileDoesNotExist(path)) if path.ends_with("a.idx")));
        std::fs::write(folder.path().join("a.idx"), []).expect("a file");
        let under_a_file = Windowed::open(&folder.path().join("a.idx"), Path::new("b.idx"));
        assert!(matches!(under_a_file, Err(OpenReadError::IoError { .. })));
    }

    /// Reads as a merge does them: on from the last, over small gaps, or anywhere else.
    fn reads() -> impl Strategy<Value = Vec<(bool, usize, usize)>> {
        let gap = prop_oneof![4 => Just(0), 2 => 0..2 * GAP, 1 => 0..6 * WINDOW];
        let long = prop_oneof![8 => 0usize..5_000, 1 => WINDOW - 2..WINDOW + 3, 1 => 0..2 * WINDOW];
        proptest::collection::vec((proptest::bool::weighted(0.8), gap, long), 1..60)
    }

    #[test]
    fn every_read_gives_the_bytes_that_lie_there() {
        let bytes: Vec<u8> =
            (0..6 * WINDOW).map(|n| u8::try_from(n.wrapping_mul(2_654_435_761) >> 13 & 255).expect("a byte")).collect();
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.pos"), &bytes).expect("a file");
        let mut runner = proptest::test_runner::TestRunner::default();
        let checked = runner.run(&reads(), |reads| {
            let file = Windowed::open(folder.path(), Path::new("a.pos")).expect("a file");
            prop_assert_eq!(file.len(), bytes.len());
            let (mut at, mut kept) = (0, Vec::new());
            for (goes_on, gap, long) in reads {
                let start = if goes_on { at + gap } else { gap }.min(bytes.len());
                let end = (start + long).min(bytes.len());
                kept.push((start..end, file.read_bytes(start..end).expect("bytes")));
                at = end;
            }
            // What was read before stays as it was.
            for (range, read) in kept {
                prop_assert!(read.as_slice() == &bytes[range.clone()], "{range:?}");
            }
            Ok(())
        });
        checked.expect("the same bytes");
    }

    #[test]
    fn what_lies_behind_the_end_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.idx"), b"four").expect("a file");
        let file = Windowed::open(folder.path(), Path::new("a.idx")).expect("a file");
        assert!(file.read_bytes(2..6).is_err());
        assert_eq!(file.read_bytes(2..4).expect("bytes").as_slice(), b"ur");
    }
}
