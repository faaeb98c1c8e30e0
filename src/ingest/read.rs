//! One file to enriched stories: containers opened, long files taken in pieces.

use super::containers::{CONTENT_BYTES_MAX, Leaf, Met, is_container, open};
use super::halt::{Halt, Watched};
use super::own;
use super::pieces::{boundary, pieces};
use super::turn::{self, Turn};
use crate::engine::path_of;
use crate::enrich::{self, Enrich};
use crate::story::{Story, StoryId, path_bytes, path_text};
use crate::wire::{self, Envelope, KeyMap, Reading, Source};
use chrono::NaiveDate;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

/// Bytes of a file that tell whether it is a container.
const CONTENT_START_BYTES: u64 = 4096;

/// How a file is read.
#[derive(Clone, Copy)]
pub(super) struct How<'a> {
    /// Which keys of exports mean what.
    pub(super) map: Option<&'a KeyMap>,
    /// What is told of stories where they are read; nothing where whoever takes them does it.
    pub(super) enrich: Option<Enrich>,
    /// What may end the reading early.
    pub(super) halt: Option<&'a Halt<'a>>,
}

/// A file's content as far as memory holds it.
pub(super) struct Content {
    /// The bytes, or the first of them.
    pub(super) bytes: Vec<u8>,
    /// The size of the file.
    pub(super) size: u64,
    /// The hash of the whole file.
    pub(super) hash: blake3::Hash,
    /// The share of the budget of bytes that it has until its stories are done with.
    _turn: Option<Turn>,
}

/// What reading a file meets, one by one.
pub enum Found {
    /// A story, enriched.
    Story(Box<Story>),
    /// A content without a story: its address and what it is instead.
    NotAStory(String, &'static str),
    /// Something that could not be read whole: its address and why.
    Problem(String, String),
}

/// Reads a file's content.
pub(super) fn content(path: &Path, halt: Option<&Halt<'_>>) -> io::Result<Content> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut file = Watched::new(file, halt);
    let turn = turn::take(size.min(CONTENT_BYTES_MAX));
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(CONTENT_BYTES_MAX)).unwrap_or(0));
    (&mut file).take(CONTENT_BYTES_MAX).read_to_end(&mut bytes)?;
    let mut hasher = blake3::Hasher::new();
    hasher.update(&bytes);
    if bytes.len() as u64 == CONTENT_BYTES_MAX {
        io::copy(&mut file, &mut hasher)?;
    }
    Ok(Content { bytes, size, hash: hasher.finalize(), _turn: turn })
}

/// Reads the stories of a file, as `index` would.
///
/// # Errors
/// The file system refuses.
pub fn read_file(path: &Path) -> io::Result<Reading> {
    let mut stories = Vec::new();
    let mut instead = "blank";
    read_each(path, None, &mut |found| match found {
        Found::Story(story) => stories.push(*story),
        Found::NotAStory(_, kind) => instead = kind,
        Found::Problem(..) => {}
    })?;
    Ok(if stories.is_empty() { Reading::NotAStory(instead) } else { Reading::Stories(stories) })
}

/// Reads the stories of a file one by one, as `index` would; `map` names keys of exports.
///
/// # Errors
/// The file system refuses.
pub fn read_each(path: &Path, map: Option<&KeyMap>, sink: &mut dyn FnMut(Found)) -> io::Result<()> {
    let content = content(path, None)?;
    read_content(path, &content, How { map, enrich: Some(enrich::enrich_while), halt: None }, sink)
}

/// Reads the stories of bytes in memory.
pub fn read_bytes(path: &str, bytes: &[u8], map: Option<&KeyMap>, sink: &mut dyn FnMut(Found)) {
    let how = How { map, enrich: Some(enrich::enrich_while), halt: None };
    if is_container(bytes) {
        // Memory does not refuse to be read.
        let _ = open(path, Cursor::new(bytes), bytes.len() as u64, &mut |met| one(met, how, sink));
    } else {
        let leaf = Leaf { path, bytes, left_out: 0, first_part: 0, label: super::containers::Label::default() };
        read_leaf(&leaf, how, sink);
    }
}

/// Reads the stories of a file whose content is at hand.
pub(super) fn read_content(
    path: &Path,
    content: &Content,
    how: How<'_>,
    sink: &mut dyn FnMut(Found),
) -> io::Result<()> {
    let name = path_text(path.as_os_str().as_encoded_bytes());
    let left_out = content.size.saturating_sub(content.bytes.len() as u64);
    match () {
        () if own::is_export(path, &content.hash) => {
            sink(Found::NotAStory(name.into_owned(), own::EXPORT));
            Ok(())
        }
        () if own::is_manifest(path, &content.bytes) => {
            sink(Found::NotAStory(name.into_owned(), own::MANIFEST));
            Ok(())
        }
        () if is_container(&content.bytes) => {
            let mut met_any = false;
            let mut each = |met: Met<'_>| {
                met_any = true;
                one(met, how, sink);
            };
            if left_out > 0 {
                open(&name, Watched::new(File::open(path)?, how.halt), content.size, &mut each)?;
            } else {
                let bytes = Cursor::new(content.bytes.as_slice());
                open(&name, Watched::new(bytes, how.halt), content.size, &mut each)?;
            }
            if !met_any {
                sink(Found::NotAStory(name.into_owned(), "a container without stories"));
            }
            Ok(())
        }
        () if left_out > 0 && boundary(&content.bytes).is_some() => {
            pieces(&name, Watched::new(File::open(path)?, how.halt), &content.bytes, &mut |leaf| {
                read_leaf(leaf, how, sink)
            })
        }
        () => {
            let label = super::containers::Label::default();
            read_leaf(&Leaf { path: &name, bytes: &content.bytes, left_out, first_part: 0, label }, how, sink);
            Ok(())
        }
    }
}

fn one(met: Met<'_>, how: How<'_>, sink: &mut dyn FnMut(Found)) {
    match met {
        Met::Leaf(leaf) => _ = read_leaf(&leaf, how, sink),
        Met::Problem(path, reason) => sink(Found::Problem(path.to_owned(), reason)),
    }
}

/// Reads a content; returns the number of the part behind its last.
fn read_leaf(leaf: &Leaf<'_>, how: How<'_>, sink: &mut dyn FnMut(Found)) -> u32 {
    if how.halt.is_some_and(Halt::is_asked) {
        return leaf.first_part;
    }
    let envelope = Envelope {
        charset: leaf.label.charset.as_deref(),
        address: leaf.label.address.as_deref(),
        captured: leaf.label.captured,
        map: how.map,
        depth: 0,
        halt: how.halt.map(Halt::flag),
    };
    let source = Source { path: leaf.path, bytes: leaf.bytes, left_out: leaf.left_out, envelope };
    let hash = blake3::hash(leaf.bytes);
    let mut next = leaf.first_part;
    let remarks = wire::read_each(&source, &mut |mut story| {
        story.id = story_id(hash.as_bytes(), story.part);
        story.part = story.part.saturating_add(leaf.first_part);
        next = story.part.saturating_add(1);
        if how.halt.is_some_and(Halt::is_asked) {
            return;
        }
        let go_on = || !how.halt.is_some_and(Halt::is_asked);
        if how.enrich.is_some_and(|enrich| !enrich(&mut story, &go_on)) {
            return;
        }
        sink(Found::Story(Box::new(story)));
    });
    // What was asked for while the content was read leaves it half read.
    if how.halt.is_some_and(Halt::is_asked) {
        return next;
    }
    if let Some(kind) = remarks.instead {
        sink(Found::NotAStory(leaf.path.to_owned(), kind));
    }
    for trouble in remarks.troubles {
        sink(Found::Problem(leaf.path.to_owned(), trouble));
    }
    next
}

/// Returns the file that holds what `path` names: itself, or the container around it.
#[must_use]
pub fn file_of(path: &Path) -> PathBuf {
    if path.exists() {
        return path.to_owned();
    }
    path.ancestors().skip(1).find(|a| a.is_file()).unwrap_or(path).to_owned()
}

/// The source of a story, as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// The bytes of the file, or what a container holds under the story's path.
    pub bytes: Vec<u8>,
    /// Bytes of it that are too many to be held.
    pub left_out: u64,
}

/// Returns the bytes that a story was read from: of a file, of a compressed file its content,
/// of a container the member. Of members of one name, the one that the story is of.
///
/// # Errors
/// There is no such file, or no such member in it.
pub fn raw(story: &Story) -> io::Result<Raw> {
    let path = path_of(&path_bytes(&story.path));
    let whole = |bytes| Raw { bytes, left_out: 0 };
    match starts_container(&path) {
        Ok(false) => return std::fs::read(&path).map(whole),
        Ok(true) => {}
        Err(e) if path.ancestors().skip(1).all(|a| !a.is_file()) => return Err(e),
        Err(_) => {}
    }
    let container = file_of(&path);
    let mut found: Option<Raw> = None;
    let mut is_sure = false;
    let file = File::open(&container)?;
    let size = file.metadata()?.len();
    open(&path_text(container.as_os_str().as_encoded_bytes()), file, size, &mut |met| {
        if let Met::Leaf(leaf) = met
            && leaf.path == story.path
            && !is_sure
        {
            is_sure = !is_other_source(leaf.bytes, story);
            if is_sure || found.is_none() {
                found = Some(Raw { bytes: leaf.bytes.to_vec(), left_out: leaf.left_out });
            }
        }
    })?;
    match found {
        Some(raw) => Ok(raw),
        None if path == container => std::fs::read(&path).map(whole),
        None => Err(io::Error::new(io::ErrorKind::NotFound, format!("no such member in {}", container.display()))),
    }
}

fn starts_container(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)?.take(CONTENT_START_BYTES).read_to_end(&mut start)?;
    Ok(is_container(&start))
}

/// Tells whether `story` was surely not read from these bytes, as [`raw`] returns them.
/// Of a container and of a file that is read in pieces it cannot be told.
#[must_use]
pub fn is_other_source(bytes: &[u8], story: &Story) -> bool {
    if is_container(bytes) || bytes.len() as u64 > CONTENT_BYTES_MAX {
        return false;
    }
    let hash = blake3::hash(bytes);
    // Parts are numbered through the pieces of a container, and hashed by the piece's own.
    !(0..=story.part).rev().any(|part| story_id(hash.as_bytes(), part) == story.id)
}

/// Resolves the times of an undated story against a day that stands in for its own.
pub fn resolve_against(story: &mut Story, day: NaiveDate) {
    enrich::times::read(story, Some(day));
}

/// Returns the id of part `part` of a content with hash `content`: the first eight bytes of the
/// hash of both that no spreadsheet takes for a number.
fn story_id(content: &[u8; 32], part: u32) -> StoryId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(content).update(&part.to_le_bytes());
    let mut stream = hasher.finalize_xof();
    loop {
        let mut bytes = [0; 8];
        stream.fill(&mut bytes);
        let id = StoryId(u64::from_be_bytes(bytes));
        if !looks_like_a_number(id) {
            return id;
        }
    }
}

/// Whether an id is of digits alone, or of digits about one `e`: a spreadsheet would round it.
fn looks_like_a_number(id: StoryId) -> bool {
    let text = id.to_string();
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    [digits, exponent].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{Found, Halt, How, content, looks_like_a_number, read_content, story_id};
    use crate::story::StoryId;
    use std::sync::atomic::{AtomicBool, Ordering};

    /// Stories that are given of a file when the run is to end at the first, and whether it was cut.
    fn given(name: &str, text: &str) -> (usize, bool) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        let asked = AtomicBool::new(false);
        let halt = Halt::new(&asked);
        let content = content(&path, Some(&halt)).expect("a content");
        let how = How { map: None, enrich: Some(crate::enrich::enrich_while), halt: Some(&halt) };
        let mut count = 0;
        read_content(&path, &content, how, &mut |found| {
            if let Found::Story(_) = found {
                count += 1;
                asked.store(true, Ordering::Relaxed);
            }
        })
        .expect("it is read");
        (count, halt.was_cut())
    }

    #[test]
    fn no_id_is_a_number() {
        for (id, number) in [
            (0x8980_3977_5594_6314, true),
            (0x0705_8078_2355_9556, true),
            (0x9392_2210_4383_67e1, true),
            (0xe393_2221_0438_3671, false),
            (0x9392_2210_4383_671e, false),
            (0x93e2_2210_4383_67e1, false),
            (0x6c8f_8edc_0000_0000, false),
        ] {
            assert_eq!(looks_like_a_number(StoryId(id)), number, "{id:x}");
        }
        // One in some 770 would be.
        let ids = (0..20_000).map(|part| story_id(&[7; 32], part));
        assert!(ids.into_iter().all(|id| !looks_like_a_number(id)));
    }

    #[test]
    fn a_file_ends_between_its_records_where_the_run_does() {
        let copy = "The bridge over the Lom is open to all again, the mayor said.";
        let many = |record: &str| record.repeat(50);
        for (name, text) in [
            ("a.csv", format!("headline,date,body\n{}", many(&format!("Bridge,2021-05-03,\"{copy}\"\n")))),
            ("a.jsonl", many(&format!("{{\"headline\":\"Bridge\",\"date\":\"2021-05-03\",\"body\":\"{copy}\"}}\n"))),
            (
                "a.json",
                format!(
                    "[{}0]",
                    many(&format!("{{\"headline\":\"Bridge\",\"date\":\"2021-05-03\",\"body\":\"{copy}\"}},"))
                ),
            ),
            (
                "a.xml",
                format!(
                    "<?xml version=\"1.0\"?><r>{}</r>",
                    many(&format!("<d><title>Bridge</title><body>{copy}</body></d>"))
                ),
            ),
            (
                "a.rss",
                format!(
                    "<rss><channel>{}</channel></rss>",
                    many(&format!("<item><title>Bridge</title><description>{copy}</description></item>"))
                ),
            ),
            ("a.sgm", many(&format!("<DOC>\n<DOCNO>1</DOCNO>\n<TEXT>\n{copy}\n</TEXT>\n</DOC>\n"))),
            ("a.txt", many(&format!("ZCZC\nLOM (AFP) - {copy}\nNNNN\n"))),
        ] {
            assert_eq!(given(name, &text), (1, true), "{name}");
        }
    }
}
