//! Files within files: compressed, archived, crawled. Recognised by their first bytes,
//! never by name, and opened as streams within bounds.
//!
//! What lies inside has the address of the container, a slash and its own name, as if the
//! container were a folder. A compressed file adds nothing to the path of its content.

use super::turn::{self, Turn};
use super::{warc, zip_list};
use crate::story::{Moment, path_text};
use rustc_hash::FxHashSet;
use std::io::{self, BufReader, Cursor, Read, Seek};

/// The most bytes of one content that are read at once; a longer one is read up to here,
/// with a warning that counts the rest.
pub(super) const CONTENT_BYTES_MAX: u64 = 64 << 20;
/// Bytes of a content that are read before it waits for its turn.
const SHORT_BYTES: u64 = 4 << 20;
/// Containers within containers that are opened.
const DEPTH_MAX: u32 = 8;
/// Members of one file that are read, those of members included.
const MEMBERS_MAX: u64 = 1_000_000;
/// Bytes that one file may grow to, for small files; then as many times its size. Copy
/// shrinks to a tenth, never to a thousandth: what grows more is a bomb.
const EXPANDED_BYTES_FREE: u64 = 256 << 20;
const EXPANDED_RATIO_MAX: u64 = 300;
/// Memory that an xz stream may ask for: its largest preset needs 65 MiB.
const XZ_KIB_MAX: u32 = 96 * 1024;
/// The largest zip within a container: its list stands at its end, so it must be whole.
const ZIP_BYTES_MAX: u64 = 32 << 20;
/// Bytes that are looked at to tell what a content is.
const PEEK_BYTES: usize = 1024;

/// Containers that are opened, for listings.
pub const CONTAINERS: &[&str] = &["gzip", "zstd", "bzip2", "xz", "tar", "zip", "WARC", "ARC"];

/// A content that is no container.
pub(super) struct Leaf<'a> {
    /// Its address.
    pub(super) path: &'a str,
    /// Its bytes, or as many as are read.
    pub(super) bytes: &'a [u8],
    /// Bytes that were left out.
    pub(super) left_out: u64,
    /// The number of its first part, where it is a piece of a longer file.
    pub(super) first_part: u32,
    /// What the container says of it.
    pub(super) label: Label,
}

/// What a container says of a content.
#[derive(Clone, Debug, Default)]
pub(super) struct Label {
    /// The encoding that a server declared.
    pub(super) charset: Option<String>,
    /// The address that it was fetched from.
    pub(super) address: Option<String>,
    /// When it was fetched.
    pub(super) captured: Option<Moment>,
}

/// What is met inside.
pub(super) enum Met<'a> {
    /// A content.
    Leaf(Leaf<'a>),
    /// Something that could not be read whole: address and reason.
    Problem(&'a str, String),
}

/// What a content is by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
    Tar,
    Zip,
    Warc,
    Arc,
}

fn kind_of(start: &[u8]) -> Option<Kind> {
    match start {
        [0x1F, 0x8B, 8, ..] => Some(Kind::Gzip),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Kind::Zstd),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..] => Some(Kind::Bzip2),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Kind::Xz),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Kind::Zip),
        [b'W', b'A', b'R', b'C', b'/', ..] => Some(Kind::Warc),
        [b'f', b'i', b'l', b'e', b'd', b'e', b's', b'c', b':', ..] => Some(Kind::Arc),
        _ if is_tar(start) => Some(Kind::Tar),
        _ => None,
    }
}

/// Tells a tar by the checksum of its first header: old ones have no magic bytes.
fn is_tar(start: &[u8]) -> bool {
    let Some(header) = start.get(..512) else { return false };
    let digits: String = header[148..156].iter().map(|b| char::from(*b)).filter(|c| c.is_ascii_digit()).collect();
    let Ok(stated) = u32::from_str_radix(&digits, 8) else { return false };
    let sum: u32 =
        header.iter().enumerate().map(|(i, b)| if (148..156).contains(&i) { 32 } else { u32::from(*b) }).sum();
    stated == sum && header[0] != 0
}

/// Tells whether a content may be a container, by its first bytes.
pub(super) fn is_container(start: &[u8]) -> bool {
    kind_of(&start[..start.len().min(PEEK_BYTES)]).is_some_and(|kind| kind != Kind::Zip || !is_document(start))
}

/// Tells an office document from an archive: it is read by a format of its own.
pub(super) fn is_document(zip: &[u8]) -> bool {
    let start = &zip[..zip.len().min(4096)];
    let has = |name: &[u8]| memchr::memmem::find(start, name).is_some();
    has(b"application/vnd.oasis.opendocument.text")
        || has(b"[Content_Types].xml")
        || has(b"word/")
        || has(b"_rels/.rels")
}

/// Opens what `file` holds and gives every content to `sink`. `size` bounds how far it
/// may grow.
pub(super) fn open<R: Read + Seek>(
    path: &str,
    mut file: R,
    size: u64,
    sink: &mut dyn FnMut(Met<'_>),
) -> io::Result<()> {
    let mut start = Vec::with_capacity(PEEK_BYTES);
    (&mut file).take(PEEK_BYTES as u64).read_to_end(&mut start)?;
    file.rewind()?;
    let budget = EXPANDED_BYTES_FREE.saturating_add(size.saturating_mul(EXPANDED_RATIO_MAX));
    let mut opener = Opener { sink, members_left: MEMBERS_MAX, bytes_left: budget, exhausted: false };
    match kind_of(&start) {
        Some(Kind::Zip) => opener.zip(path, file, 0),
        _ => opener.stream(path, &mut file, 0),
    }
    Ok(())
}

struct Opener<'s> {
    sink: &'s mut dyn FnMut(Met<'_>),
    members_left: u64,
    bytes_left: u64,
    exhausted: bool,
}

impl Opener<'_> {
    fn problem(&mut self, path: &str, reason: impl Into<String>) {
        (self.sink)(Met::Problem(path, reason.into()));
    }

    /// Tells whether a bound is reached, and says so once.
    fn is_exhausted(&mut self, path: &str) -> bool {
        if !self.exhausted && (self.bytes_left == 0 || self.members_left == 0) {
            self.exhausted = true;
            let what = if self.bytes_left == 0 { "it grows beyond all measure" } else { "it has too many members" };
            self.problem(path, format!("{what}: the rest is not read"));
        }
        self.exhausted
    }

    /// Opens a stream: a container in turn, or a content.
    fn stream(&mut self, path: &str, reader: &mut dyn Read, depth: u32) {
        if self.is_exhausted(path) {
            return;
        }
        let mut start = Vec::with_capacity(PEEK_BYTES);
        if let Err(e) = reader.take(PEEK_BYTES as u64).read_to_end(&mut start) {
            // What came before the damage is read below, which meets the damage again.
            if start.is_empty() {
                return self.problem(path, format!("cannot be read: {e}"));
            }
        }
        self.bytes_left = self.bytes_left.saturating_sub(start.len() as u64);
        let kind = kind_of(&start);
        let mut whole = Cursor::new(start).chain(reader);
        let Some(kind) = kind else {
            self.leaf(path, &mut whole);
            return;
        };
        if depth >= DEPTH_MAX {
            self.problem(path, format!("containers lie more than {DEPTH_MAX} deep: not opened"));
            return;
        }
        match kind {
            Kind::Gzip => self.stream(path, &mut flate2::read::MultiGzDecoder::new(whole), depth + 1),
            Kind::Bzip2 => self.stream(path, &mut bzip2::read::MultiBzDecoder::new(whole), depth + 1),
            Kind::Xz => self.stream(path, &mut lzma_rust2::XzReader::new_mem_limit(whole, true, XZ_KIB_MAX), depth + 1),
            Kind::Zstd => match zstd::stream::read::Decoder::new(whole) {
                Ok(mut decoder) => self.stream(path, &mut decoder, depth + 1),
                Err(e) => self.problem(path, format!("cannot be opened: {e}")),
            },
            Kind::Tar => self.tar(path, &mut whole, depth),
            Kind::Warc | Kind::Arc => {
                let is_arc = kind == Kind::Arc;
                let mut records = warc::Records::new(BufReader::new(whole), is_arc);
                while let Some(record) = records.next_record() {
                    if self.is_exhausted(path) || !self.count_member() {
                        return;
                    }
                    self.bytes_left = self.bytes_left.saturating_sub(record.bytes.len() as u64);
                    let address = format!("{path}/{}", clean(record.label.address.as_deref().unwrap_or("record")));
                    self.give(&address, &record.bytes, record.left_out, record.label);
                }
                for reason in records.problems() {
                    self.problem(path, reason);
                }
            }
            Kind::Zip => {
                // The list of a zip stands at its end: within a stream it must be whole.
                let (bytes, _, more, _turn) = self.read(path, &mut whole, ZIP_BYTES_MAX);
                if is_document(&bytes) {
                    self.give(path, &bytes, 0, Label::default());
                } else if more > 0 {
                    self.problem(path, "a zip within a container is too large to be opened");
                } else {
                    self.zip(path, Cursor::new(bytes), depth);
                }
            }
        }
    }

    fn count_member(&mut self) -> bool {
        self.members_left = self.members_left.saturating_sub(1);
        self.members_left > 0
    }

    fn tar(&mut self, path: &str, reader: &mut dyn Read, depth: u32) {
        let mut archive = tar::Archive::new(reader);
        archive.set_ignore_zeros(false);
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(e) => return self.problem(path, format!("cannot be opened: {e}")),
        };
        for entry in entries {
            let mut entry = match entry {
                Ok(entry) => entry,
                Err(e) => return self.problem(path, format!("is cut off or damaged: {e}")),
            };
            if self.is_exhausted(path) || !self.count_member() {
                return;
            }
            let kind = entry.header().entry_type();
            if kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse() {
                let name = clean(&path_text(&entry.path_bytes()));
                if !is_hidden(&name) {
                    self.stream(&format!("{path}/{name}"), &mut entry, depth + 1);
                }
            }
        }
    }

    fn zip<R: Read + Seek>(&mut self, path: &str, reader: R, depth: u32) {
        let mut archive = match zip::ZipArchive::new(reader) {
            Ok(archive) => archive,
            Err(e) => return self.problem(path, format!("cannot be opened: {e}")),
        };
        let mut starts = FxHashSet::default();
        let base = archive.offset();
        for index in 0..archive.len() {
            if self.is_exhausted(path) || !self.count_member() {
                return;
            }
            if let Ok(member) = archive.by_index_raw(index) {
                starts.insert(member.header_start());
            }
            let failed = match archive.by_index(index) {
                Ok(mut member) if member.is_file() => {
                    let name = member.name().map_or_else(|_| format!("member {}", index + 1), |n| clean(&n));
                    // A book says in its first member what it is.
                    if !(is_hidden(&name) || index == 0 && name == "mimetype") {
                        self.stream(&format!("{path}/{name}"), &mut member, depth + 1);
                    }
                    None
                }
                Ok(_) => None,
                Err(e) => Some(format!("cannot be read: {e}")),
            };
            if let Some(reason) = failed {
                self.problem(&format!("{path}/{}", name_of(&mut archive, index)), reason);
            }
        }
        let list = archive.central_directory_start();
        self.namesakes(path, archive.into_inner(), (list, base), &starts, depth);
    }

    /// Reads the members of a zip whose name another has too: the library gives the last alone.
    fn namesakes<R: Read + Seek>(
        &mut self,
        path: &str,
        mut file: R,
        (list, base): (u64, u64),
        starts: &FxHashSet<u64>,
        depth: u32,
    ) {
        let entries = zip_list::others(&mut file, list, &|start| starts.contains(&(base + start)));
        for entry in entries {
            if self.is_exhausted(path) || !self.count_member() {
                return;
            }
            match zip_list::alone(&mut file, base, &entry, ZIP_BYTES_MAX) {
                Ok(Some(zip)) if depth < DEPTH_MAX => self.zip(path, Cursor::new(zip), depth + 1),
                Ok(_) => self.problem(path, "a member whose name another has too is not read"),
                Err(e) => self.problem(path, format!("a member whose name another has too cannot be read: {e}")),
            }
        }
    }

    /// Reads a content up to the bound: its bytes, whether reading failed, how much more
    /// there is, and the share of the budget that it needs.
    fn read(&mut self, path: &str, reader: &mut dyn Read, bound: u64) -> (Vec<u8>, bool, u64, Option<Turn>) {
        let bound = bound.min(self.bytes_left);
        let mut bytes = Vec::new();
        let mut turn = None;
        let mut read = reader.take(bound.min(SHORT_BYTES)).read_to_end(&mut bytes);
        if read.is_ok() && bytes.len() as u64 == SHORT_BYTES {
            // How long it will be is not known: it waits until it may be as long as any.
            turn = turn::take(bound);
            read = reader.take(bound - SHORT_BYTES).read_to_end(&mut bytes);
        }
        let failed = match read {
            Ok(_) => false,
            Err(e) => {
                self.problem(path, format!("is cut off or damaged: {e}"));
                true
            }
        };
        self.bytes_left = self.bytes_left.saturating_sub(bytes.len() as u64);
        let mut more = 0;
        if !failed && bytes.len() as u64 == bound {
            // Counts what is left out, as far as the budget goes.
            more = io::copy(&mut reader.take(self.bytes_left), &mut io::sink()).unwrap_or(0);
            self.bytes_left = self.bytes_left.saturating_sub(more);
        }
        (bytes, failed, more, turn)
    }

    fn leaf(&mut self, path: &str, reader: &mut dyn Read) {
        let (bytes, failed, more, _turn) = self.read(path, reader, CONTENT_BYTES_MAX);
        if !(bytes.is_empty() && failed) {
            self.give(path, &bytes, more, Label::default());
        }
        self.is_exhausted(path);
    }

    fn give(&mut self, path: &str, bytes: &[u8], left_out: u64, label: Label) {
        (self.sink)(Met::Leaf(Leaf { path, bytes, left_out, first_part: 0, label }));
    }
}

/// The name of a member that may not be readable.
fn name_of<R: Read + Seek>(archive: &mut zip::ZipArchive<R>, index: usize) -> String {
    let name = archive.by_index_raw(index).ok().and_then(|m| m.name().ok().map(|n| clean(&n)));
    name.unwrap_or_else(|| format!("member {}", index + 1))
}

/// A member's name without what could lead out of the container.
fn clean(name: &str) -> String {
    let parts: Vec<&str> = name.split(['/', '\\']).filter(|p| !p.is_empty() && *p != "." && *p != "..").collect();
    if name.contains("://") { name.to_owned() } else { parts.join("/") }
}

/// Hidden members are left alone, as hidden files are.
fn is_hidden(name: &str) -> bool {
    name.is_empty() || name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use super::{Met, open};
    use std::io::{Cursor, Write};

    fn tar_of(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (name, bytes) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            builder.append_data(&mut header, name, *bytes).expect("a member");
        }
        builder.into_inner().expect("a tar")
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    fn seen(bytes: &[u8]) -> Vec<String> {
        let mut seen = Vec::new();
        open("x", Cursor::new(bytes), bytes.len() as u64, &mut |met| match met {
            Met::Leaf(leaf) => {
                seen.push(format!("{} {}", leaf.path, String::from_utf8_lossy(&leaf.bytes[..leaf.bytes.len().min(20)])))
            }
            Met::Problem(path, reason) => seen.push(format!("{path}! {reason}")),
        })
        .expect("memory");
        seen
    }

    #[test]
    fn containers_are_opened_by_their_bytes() {
        let inner = tar_of(&[("d/a.txt", b"one"), (".hidden", b"no"), ("b.gz", &gzip(b"two"))]);
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("in.tar", zip::write::SimpleFileOptions::default()).expect("memory");
        zip.write_all(&inner).expect("memory");
        zip.start_file("c.txt", zip::write::SimpleFileOptions::default()).expect("memory");
        zip.write_all(b"three").expect("memory");
        let zip = zip.finish().expect("memory").into_inner();
        let want = ["x/in.tar/d/a.txt one", "x/in.tar/b.gz two", "x/c.txt three"];
        assert_eq!(seen(&zip), want);
        assert_eq!(seen(&gzip(&zip)), want, "a zip within a stream");
        assert_eq!(seen(&inner), ["x/d/a.txt one", "x/b.gz two"]);
        assert_eq!(seen(&zstd::encode_all(&b"four"[..], 1).expect("memory")), ["x four"]);
    }

    #[test]
    fn members_of_one_name_are_all_read() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [("one.txt", "first"), ("two.txt", "second"), ("six.txt", "third")] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory");
            zip.write_all(text.as_bytes()).expect("memory");
        }
        let mut zip = zip.finish().expect("memory").into_inner();
        for name in [b"two.txt", b"six.txt"] {
            while let Some(at) = memchr::memmem::find(&zip, name) {
                zip[at..at + 7].copy_from_slice(b"one.txt");
            }
        }
        let want = ["x/one.txt third", "x/one.txt first", "x/one.txt second"];
        assert_eq!(seen(&zip), want);
        let behind = [&b"a program that opens itself"[..], &zip].concat();
        assert_eq!(seen(&behind), ["x a program that opens"], "no zip by its first bytes");
    }

    #[test]
    fn damage_and_depth_are_named() {
        let copy: String = (0..3000u64).map(|i| format!("a story of some length {} ", i * i * 7919)).collect();
        let whole = gzip(copy.as_bytes());
        let cut = seen(&whole[..whole.len() / 2]);
        assert!(
            cut.iter().any(|s| s.starts_with("x a story of some"))
                && cut.iter().any(|s| s.contains("cut off or damaged")),
            "{cut:?}"
        );
        let mut deep = b"bottom".to_vec();
        for _ in 0..100 {
            deep = tar_of(&[("t", &deep)]);
        }
        assert_eq!(seen(&deep), [format!("x{}! containers lie more than 8 deep: not opened", "/t".repeat(8))]);
    }

    #[test]
    fn a_bomb_is_bounded() {
        let mut layer = vec![0u8; 32 << 20];
        layer = gzip(&layer);
        let many: Vec<(String, Vec<u8>)> = (0..40).map(|i| (format!("{i}"), layer.clone())).collect();
        let files: Vec<(&str, &[u8])> = many.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
        let bomb = gzip(&tar_of(&files));
        let seen = seen(&bomb);
        assert!(seen.iter().any(|s| s.contains("grows beyond all measure")), "{seen:?}");
        assert!(seen.len() < 20);
    }

    #[test]
    fn names_do_not_lead_out() {
        assert_eq!(super::clean("../../etc/passwd"), "etc/passwd");
        assert_eq!(super::clean("/a//./b"), "a/b");
    }
}
