//! Files that are longer than memory should hold and whose records can be told apart:
//! JSON lines, mailboxes, SGML collections, telex captures. They are read in pieces that
//! end where a record ends.

use super::containers::{CONTENT_BYTES_MAX, Label, Leaf};
use std::io::{self, Read};

/// Returns what a record of the file begins with, where its beginning tells.
pub(super) fn boundary(start: &[u8]) -> Option<&'static [u8]> {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let line_end = memchr::memchr(b'\n', &start[..start.len().min(1 << 20)])?;
    let line = start[..line_end].trim_ascii();
    match () {
        () if line.starts_with(b"{") && line.ends_with(b"}") => Some(b"\n{"),
        () if start.starts_with(b"From ") => Some(b"\n\nFrom "),
        () if line.starts_with(b"ZCZC") => Some(b"\nZCZC"),
        () => {
            let window = &start[..start.len().min(4096)];
            let has = |tag: &[u8]| memchr::memmem::find(window, tag).is_some();
            match () {
                () if has(b"\n<REUTERS") || start.starts_with(b"<REUTERS") => Some(b"\n<REUTERS"),
                () if has(b"<DOCNO>") && has(b"<DOC>") => Some(b"\n<DOC>"),
                () if start.starts_with(b"<DOC id=") => Some(b"\n<DOC id="),
                () => None,
            }
        }
    }
}

/// Reads `file` piece by piece. A piece without a boundary is as long as the bound, and
/// what follows it begins a new one. `sink` returns the number of the next part.
pub(super) fn pieces(
    path: &str,
    mut file: impl Read,
    start: &[u8],
    sink: &mut dyn FnMut(&Leaf<'_>) -> u32,
) -> io::Result<()> {
    let mark = boundary(start).unwrap_or(b"\n");
    let bound = usize::try_from(CONTENT_BYTES_MAX).unwrap_or(usize::MAX);
    let mut bytes: Vec<u8> = Vec::with_capacity(bound);
    let mut part = 0;
    loop {
        let room = (bound - bytes.len()) as u64;
        let read = (&mut file).take(room).read_to_end(&mut bytes)?;
        if bytes.is_empty() {
            return Ok(());
        }
        let is_last = (read as u64) < room;
        let cut = if is_last {
            bytes.len()
        } else {
            memchr::memmem::rfind(&bytes, mark).filter(|c| *c > 0).map_or(bytes.len(), |c| c + 1)
        };
        part = sink(&Leaf { path, bytes: &bytes[..cut], left_out: 0, first_part: part, label: Label::default() });
        bytes.drain(..cut);
        if is_last {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::boundary;

    #[test]
    fn records_are_told_by_the_beginning() {
        assert_eq!(boundary(b"{\"a\": 1}\n{\"a\": 2}\n"), Some(&b"\n{"[..]));
        assert_eq!(boundary(b"From a@b.example Thu\nSubject: x\n"), Some(&b"\n\nFrom "[..]));
        assert_eq!(boundary(b"PARIS (AFP) -\ntext"), None);
        assert_eq!(boundary(b"{\"a\":"), None);
    }
}
