//! Ending a run within a file: what is being read is given up, and what was read before of
//! the same file is taken back.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a run is to end, and whether the reading of a file was cut short by it.
#[derive(Debug)]
pub(super) struct Halt<'a> {
    asked: &'a AtomicBool,
    cut: AtomicBool,
}

impl<'a> Halt<'a> {
    pub(super) fn new(asked: &'a AtomicBool) -> Halt<'a> {
        Halt { asked, cut: AtomicBool::new(false) }
    }

    /// Tells whether to end now; who asks gives up what it would have done.
    pub(super) fn is_asked(&self) -> bool {
        let asked = self.asked.load(Ordering::Relaxed);
        if asked {
            self.cut.store(true, Ordering::Relaxed);
        }
        asked
    }

    /// What tells it, for rooms below.
    pub(super) fn flag(&self) -> &'a AtomicBool {
        self.asked
    }

    /// Tells whether something was given up.
    pub(super) fn was_cut(&self) -> bool {
        self.cut.load(Ordering::Relaxed)
    }
}

/// A file that cannot be read any further once the run is to end.
#[derive(Debug)]
pub(super) struct Watched<'h, R> {
    inner: R,
    halt: Option<&'h Halt<'h>>,
}

impl<'h, R> Watched<'h, R> {
    pub(super) fn new(inner: R, halt: Option<&'h Halt<'h>>) -> Watched<'h, R> {
        Watched { inner, halt }
    }
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.halt.is_some_and(Halt::is_asked) {
            return Err(io::Error::other("the run was ended"));
        }
        self.inner.read(bytes)
    }
}

impl<R: Seek> Seek for Watched<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::{Halt, Watched};
    use std::io::Read;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn what_is_watched_ends() {
        let asked = AtomicBool::new(false);
        let halt = Halt::new(&asked);
        let mut file = Watched::new(&b"abc"[..], Some(&halt));
        let mut two = [0; 2];
        assert!(file.read(&mut two).is_ok() && !halt.was_cut());
        asked.store(true, Ordering::Relaxed);
        assert!(!halt.was_cut() && file.read(&mut two).is_err() && halt.was_cut());
    }
}
