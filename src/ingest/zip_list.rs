//! The list at the end of a zip, read by hand: the library keeps one member of a name, and an
//! archive that was written to twice has several.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

/// Bytes of an entry of the list, without its names.
const ENTRY_BYTES: usize = 46;
/// Bytes of the header before a member's content, without its names.
const HEADER_BYTES: u64 = 30;
/// What an entry, a member and the end of the list begin with.
const ENTRY: &[u8; 4] = b"PK\x01\x02";
const MEMBER: &[u8; 4] = b"PK\x03\x04";
const END: &[u8; 4] = b"PK\x05\x06";

/// An entry of the list.
pub(super) struct Entry {
    /// As it stands in the list, with its names.
    bytes: Vec<u8>,
    /// Where the member begins, counted from the first.
    start: u64,
    /// Bytes of its content as it is packed.
    packed: u64,
}

fn number(bytes: &[u8], at: usize, length: usize) -> u64 {
    bytes[at..at + length].iter().rev().fold(0, |n, b| n << 8 | u64::from(*b))
}

/// Lists the entries from `start` on whose members do not begin where one of `known` does.
pub(super) fn others<R: Read + Seek>(file: &mut R, start: u64, known: &dyn Fn(u64) -> bool) -> Vec<Entry> {
    let mut entries = Vec::new();
    if file.seek(SeekFrom::Start(start)).is_err() {
        return entries;
    }
    let mut file = BufReader::new(file);
    let mut bytes = vec![0; ENTRY_BYTES];
    while file.read_exact(&mut bytes[..ENTRY_BYTES]).is_ok() && bytes.starts_with(ENTRY) {
        let names = number(&bytes, 28, 2) + number(&bytes, 30, 2) + number(&bytes, 32, 2);
        let (start, packed) = (number(&bytes, 42, 4), number(&bytes, 20, 4));
        bytes.resize(ENTRY_BYTES + usize::try_from(names).unwrap_or(0), 0);
        if file.read_exact(&mut bytes[ENTRY_BYTES..]).is_err() {
            break;
        }
        // Beyond 4 GiB the number stands elsewhere; such a member is left to the library.
        if start != u64::from(u32::MAX) && !known(start) {
            entries.push(Entry { bytes: bytes.clone(), start, packed });
        }
        bytes.resize(ENTRY_BYTES, 0);
    }
    entries
}

/// Returns a zip of one member: `base` is where the first member of the whole begins. `None`
/// where the member has more than `most` bytes.
///
/// # Errors
/// The member cannot be read whole.
pub(super) fn alone<R: Read + Seek>(file: &mut R, base: u64, entry: &Entry, most: u64) -> io::Result<Option<Vec<u8>>> {
    if entry.packed > most {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(base + entry.start))?;
    let mut zip = Vec::new();
    file.take(HEADER_BYTES).read_to_end(&mut zip)?;
    if zip.len() as u64 != HEADER_BYTES || !zip.starts_with(MEMBER) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "no member begins where the list says"));
    }
    let length = number(&zip, 26, 2) + number(&zip, 28, 2) + entry.packed;
    if file.take(length).read_to_end(&mut zip)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let list = u32::try_from(zip.len()).unwrap_or(u32::MAX);
    let mut bytes = entry.bytes.clone();
    bytes[42..46].fill(0);
    zip.extend_from_slice(&bytes);
    zip.extend_from_slice(END);
    zip.extend_from_slice(&[0, 0, 0, 0, 1, 0, 1, 0]);
    zip.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
    zip.extend_from_slice(&list.to_le_bytes());
    zip.extend_from_slice(&[0, 0]);
    Ok(Some(zip))
}
