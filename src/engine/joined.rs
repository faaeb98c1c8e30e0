//! One or several archives seen as one index that is never written: a directory whose
//! commit record lists the segments of all. One searcher over them gives one ranking, one
//! set and exact counts; no room above knows how many archives there are.
//!
//! The record is read once and held, so that the index, its segments and what the commit
//! says of itself are of one moment. Nothing is written, not even the lock file that
//! tantivy asks for (upstream issue 557): the one race that it guards against, a segment
//! removed between reading the list and opening it, is met by opening again.

use super::archive::{Archive, ArchiveError, State};
use super::read_only::{ReadOnly, refused};
use super::schema::ANALYSIS_VERSION;
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// Tantivy's commit record.
const RECORD: &str = "meta.json";

/// Where a segment of the joined index lies.
#[derive(Clone, Debug)]
struct Place {
    archive: usize,
    /// What its files are called there, where that is not its name here.
    name: Option<String>,
}

/// The commit records of several archives at one moment.
pub(super) struct Records {
    /// As they were read, to tell whether they still hold.
    texts: Vec<Vec<u8>>,
    /// What each commit says of itself.
    pub(super) states: Vec<State>,
}

#[derive(serde::Deserialize)]
struct Payload {
    payload: Option<String>,
}

impl Records {
    /// Reads the records of `archives`.
    ///
    /// # Errors
    /// One cannot be read or is of another version.
    pub(super) fn read(archives: &[Archive]) -> Result<Records, ArchiveError> {
        let mut records = Records { texts: Vec::new(), states: Vec::new() };
        for archive in archives {
            let path = archive.store().join(RECORD);
            let text = fs::read(&path).map_err(|e| archive.unread(&OpenReadError::wrap_io_error(e, path).into()))?;
            let payload: Payload = serde_json::from_slice(&text)
                .map_err(|e| archive.damaged(format!("the commit record cannot be read: {e}")))?;
            records.states.push(archive.state_of(payload.payload)?);
            records.texts.push(text);
        }
        Ok(records)
    }

    /// Tells whether nothing was committed since the records were read.
    pub(super) fn hold(&self, archives: &[Archive]) -> bool {
        let mut pairs = archives.iter().zip(&self.texts);
        pairs.all(|(archive, text)| fs::read(archive.store().join(RECORD)).is_ok_and(|now| now == *text))
    }
}

/// The directory.
#[derive(Clone, Debug)]
pub(super) struct Joined {
    parts: Arc<[ReadOnly]>,
    record: Arc<Vec<u8>>,
    /// By the name of the segment: 32 hexadecimal digits.
    places: Arc<FxHashMap<String, Place>>,
}

impl Joined {
    /// Joins `archives` at the moment of `records`.
    ///
    /// # Errors
    /// A folder cannot be opened, or an archive has another schema than the first.
    pub(super) fn new(archives: &[Archive], records: &Records) -> Result<Joined, ArchiveError> {
        let open = |archive: &Archive| {
            MmapDirectory::open(archive.store()).map(ReadOnly::new).map_err(|e| archive.unread(&e.into()))
        };
        let parts = archives.iter().map(open).collect::<Result<Arc<[ReadOnly]>, _>>()?;
        let mut places = FxHashMap::default();
        let record = match records.texts.as_slice() {
            [one] => one.clone(),
            several => join(archives, several, &mut places)?,
        };
        Ok(Joined { parts, record: Arc::new(record), places: Arc::new(places) })
    }

    /// Returns which of the archives a segment is of.
    pub(super) fn archive_of(&self, segment: &str) -> usize {
        self.places.get(segment).map_or(0, |place| place.archive)
    }

    /// The folder and the name of a file.
    fn at(&self, path: &Path) -> (&ReadOnly, PathBuf) {
        let name = path.to_string_lossy();
        let (segment, ending) = name.split_once('.').unwrap_or((&name, ""));
        match self.places.get(segment) {
            Some(Place { archive, name: Some(other) }) => {
                (&self.parts[*archive], PathBuf::from(format!("{other}.{ending}")))
            }
            Some(Place { archive, name: None }) => (&self.parts[*archive], path.to_owned()),
            None => (&self.parts[0], path.to_owned()),
        }
    }
}

/// Makes one record of several: the first one's, with the segments of all.
fn join(
    archives: &[Archive],
    texts: &[Vec<u8>],
    places: &mut FxHashMap<String, Place>,
) -> Result<Vec<u8>, ArchiveError> {
    let mut joined: Option<Value> = None;
    let mut segments: Vec<Value> = Vec::new();
    for (number, (archive, text)) in archives.iter().zip(texts).enumerate() {
        let unreadable = |e: &dyn std::fmt::Display| archive.damaged(format!("the commit record cannot be read: {e}"));
        let mut record: Value = serde_json::from_slice(text).map_err(|e| unreadable(&e))?;
        let Some(Value::Array(list)) = record.get_mut("segments").map(Value::take) else {
            return Err(unreadable(&"it lists no segments"));
        };
        for mut segment in list {
            let Some(id) = segment.get("segment_id").and_then(Value::as_str) else {
                return Err(unreadable(&"a segment has no name"));
            };
            let own = id.replace('-', "");
            let here = unused(&own, places);
            segment["segment_id"] = Value::from(hyphened(&here));
            let name = (here != own).then_some(own);
            places.insert(here, Place { archive: number, name });
            segments.push(segment);
        }
        match &joined {
            None => joined = Some(record),
            Some(first) if first.get("schema") == record.get("schema") => {}
            Some(_) => return Err(archive.version("another schema".to_owned(), ANALYSIS_VERSION)),
        }
    }
    let mut joined = joined.unwrap_or_default();
    joined["segments"] = Value::Array(segments);
    Ok(joined.to_string().into_bytes())
}

/// The segment's name, or another where an archive and its copy are read together.
fn unused(own: &str, places: &FxHashMap<String, Place>) -> String {
    let mut name = own.to_owned();
    let mut number = u128::from_str_radix(own, 16).unwrap_or_default();
    while places.contains_key(&name) {
        number = number.wrapping_add(1);
        name = format!("{number:032x}");
    }
    name
}

/// A segment's name as the commit record writes it.
fn hyphened(name: &str) -> String {
    let part = |range: std::ops::Range<usize>| name.get(range).unwrap_or_default();
    [part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)].join("-")
}

impl Directory for Joined {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let (part, path) = self.at(path);
        part.get_file_handle(&path)
    }
    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(refused()), filepath: path.to_owned() })
    }
    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        let (part, path) = self.at(path);
        part.exists(&path)
    }
    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::IoError { io_error: Arc::new(refused()), filepath: path.to_owned() })
    }
    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(RECORD) {
            return Ok(self.record.to_vec());
        }
        // The list of files that a writer keeps for itself; a reader takes the record's word.
        Err(OpenReadError::FileDoesNotExist(path.to_owned()))
    }
    fn atomic_write(&self, _: &Path, _: &[u8]) -> std::io::Result<()> {
        Err(refused())
    }
    fn sync_directory(&self) -> std::io::Result<()> {
        Ok(())
    }
    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }
    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, hyphened, unused};
    use rustc_hash::FxHashMap;

    #[test]
    fn a_copy_of_a_segment_gets_a_name_of_its_own() {
        let own = "4f928bfab9064d3995472b1606e67505";
        let mut places = FxHashMap::default();
        assert_eq!(unused(own, &places), own);
        places.insert(own.to_owned(), Place { archive: 0, name: None });
        assert_eq!(unused(own, &places), "4f928bfab9064d3995472b1606e67506");
        assert_eq!(hyphened(own), "4f928bfa-b906-4d39-9547-2b1606e67505");
    }
}
