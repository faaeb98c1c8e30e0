//! What a damaged archive was made from, so that it can be made again.
//!
//! The ledger names every source. Where it is damaged itself, the segments name those that
//! gave stories, if their files are whole; where the commit record is damaged, a ledger is
//! read as far as it goes. Damage in one place therefore costs nothing. A rebuild keeps the same
//! list of what it reads.

use super::ledger::Ledger;
use super::{Archive, ArchiveError};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tantivy::Index;

/// The sources of a repair or a rebuild under way: it survives a kill between clearing and the end.
const LIST: &str = "repair.list";

/// The sources of a damaged archive.
#[derive(Debug, Default)]
pub struct Salvage {
    /// Their paths, as bytes.
    pub paths: Vec<Vec<u8>>,
    /// What named them, for people.
    pub from: &'static str,
}

/// Finds out what the archive in `folder` was made from.
///
/// # Errors
/// Nothing that is still readable names its sources.
pub fn salvage(folder: &Path) -> Result<Salvage, ArchiveError> {
    let archive = Archive::unrecognised(folder);
    if let Ok(list) = fs::read(folder.join(LIST)) {
        let paths = list.split(|b| *b == 0).filter(|p| !p.is_empty()).map(<[u8]>::to_vec);
        return Ok(Salvage { paths: paths.collect(), from: "the list of a run that was cut short" });
    }
    let paths_of = |ledger: &Ledger| ledger.rows().map(|(number, _)| ledger.path(number)).collect();
    if let Ok(ledger) = Ledger::open(&archive) {
        return Ok(Salvage { paths: paths_of(&ledger), from: "the ledger" });
    }
    if let Some(paths) = archive.open_for_reading().ok().and_then(|index| paths_in(&index)) {
        return Ok(Salvage { paths, from: "the stories" });
    }
    let ledger = Ledger::read_unverified(&archive);
    if ledger.is_empty() {
        return Err(archive.damaged("neither its ledger nor its stories name its sources"));
    }
    Ok(Salvage { paths: paths_of(&ledger), from: "a ledger without its checksum" })
}

/// Writes down the sources, then empties the archive: whoever is killed behind this point
/// finds the list, and who reads meanwhile that stories are missing.
///
/// # Errors
/// Locked, or the file system refuses.
pub fn clear_for_repair(folder: &Path, salvage: &Salvage) -> Result<(), ArchiveError> {
    let _lock = Archive::unrecognised(folder).lock()?;
    let list = folder.join(LIST);
    let fresh = folder.join(format!("{LIST}.new"));
    let io = |source| ArchiveError::Io { path: list.clone(), source };
    let write = || -> std::io::Result<()> {
        use std::io::Write;
        let mut file = fs::File::create(&fresh)?;
        file.write_all(&salvage.paths.join(&0))?;
        file.sync_all()?;
        fs::rename(&fresh, &list)
    };
    write().map_err(io)?;
    Archive::clear_locked(folder)
}

/// Ends a repair: the archive is whole again.
///
/// # Errors
/// The file system refuses.
pub fn repaired(folder: &Path) -> Result<(), ArchiveError> {
    let path = folder.join(LIST);
    fs::remove_file(&path).map_err(|source| ArchiveError::Io { path, source })
}

/// Tells whether the archive in `folder` is being made anew, or that was cut short.
#[must_use]
pub fn is_being_made_anew(folder: &Path) -> bool {
    folder.join(LIST).exists()
}

/// Lists the paths in the dictionary of every segment, where every file is whole.
fn paths_in(index: &Index) -> Option<Vec<Vec<u8>>> {
    if !super::check::damaged_files(index).ok()?.is_empty() {
        return None;
    }
    let field = super::schema::build().1.path;
    let reader = index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into().ok()?;
    let searcher: tantivy::Searcher = tantivy::IndexReader::searcher(&reader);
    let mut paths = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let dictionary = segment.inverted_index(field).ok()?;
        let mut terms = dictionary.terms().stream().ok()?;
        while terms.advance() {
            let path = String::from_utf8_lossy(terms.key());
            paths.insert(crate::story::path_bytes(&path).into_owned());
        }
    }
    Some(paths.into_iter().collect::<Vec<Vec<u8>>>()).filter(|p| !p.is_empty())
}

/// Whether a file in an archive's folder belongs to a repair.
pub(super) fn is_list(name: &str) -> bool {
    name.starts_with(LIST)
}
