//! Archives, read: opening, counting, fetching stories. Never writes, never locks.
//! Lists are made in `listing.rs`, breakdowns in `facets.rs`; several archives become one
//! index in `joined.rs`.

use super::dictionary::{Dictionary, Entry};
use super::hands::{Piece, in_halves};
use super::joined::{Joined, Records};
use super::listing::{Order, Row};
use super::schema::{Fields, build};
use super::sets::Set;
use super::who::Asked;
use super::{Archive, ArchiveError, Bearer, Corrections, State};
use crate::story::{EntityKind, Status, Story, StoryId};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, OnceLock};
use tantivy::query::{BooleanQuery, EnableScoring, Occur, Query, RangeQuery, Scorer, TermQuery, Weight};
use tantivy::schema::{Field, IndexRecordOption, Term, Value};
use tantivy::{DocAddress, DocId, DocSet, Index, Searcher, TantivyDocument};

/// How often opening is tried again when a writer removes a segment under our hands.
const OPENINGS_MAX: usize = 5;

/// One archive or several, opened for reading at one commit of each.
pub struct Reader {
    archives: Vec<Archive>,
    pub(super) fields: Fields,
    pub(super) searcher: Searcher,
    states: Vec<State>,
    /// Which archive each segment is of.
    owners: Vec<usize>,
    languages: Vec<String>,
    pub(super) corrections: Corrections,
    /// Seconds since 1970 UTC of the moment that is asked at.
    asked_at: Option<i64>,
    /// Terms of stories that a kill has taken back, once they were asked for.
    pub(super) withdrawn: OnceLock<Vec<String>>,
    /// Names that were asked for, with whom they stand for.
    pub(super) asked_for: Mutex<FxHashMap<(EntityKind, String), Vec<Bearer>>>,
    /// Terms that were asked for.
    pub(super) dictionary: Dictionary,
    /// The names of a kind, once they were asked for often.
    pub(super) rolls: Mutex<FxHashMap<EntityKind, Asked>>,
}

impl Reader {
    /// Opens `archive` at its last commit.
    ///
    /// # Errors
    /// Damaged or of another version.
    pub fn open(archive: &Archive) -> Result<Reader, ArchiveError> {
        Reader::open_all(std::slice::from_ref(archive))
    }

    /// Opens `archives` as one, each at its last commit.
    ///
    /// # Errors
    /// There is none, or one is damaged or of another version.
    pub fn open_all(archives: &[Archive]) -> Result<Reader, ArchiveError> {
        let mut last = None;
        for _ in 0..OPENINGS_MAX {
            match Reader::try_open(archives) {
                Ok(reader) => return Ok(reader),
                Err(e @ (ArchiveError::Version { .. } | ArchiveError::Missing(_) | ArchiveError::Unreadable(_))) => {
                    return Err(e);
                }
                Err(e) => last = Some(e),
            }
        }
        Err(last.unwrap_or_else(|| ArchiveError::Missing(std::path::PathBuf::new())))
    }

    fn try_open(archives: &[Archive]) -> Result<Reader, ArchiveError> {
        let Some(whole) = Archive::all_of(archives) else {
            return Err(ArchiveError::Missing(std::path::PathBuf::new()));
        };
        let (schema, fields) = build();
        let records = Records::read(archives)?;
        let directory = Joined::new(archives, &records)?;
        let index = Index::open(directory.clone()).map_err(|e| whole.unread(&e))?;
        whole.check_schema(&index, &schema)?;
        let reader = index
            .reader_builder()
            .reload_policy(tantivy::ReloadPolicy::Manual)
            .try_into()
            .map_err(|e| whole.unread(&e))?;
        let searcher: Searcher = reader.searcher();
        // The commit records are read before the segments: both must be of one commit.
        if !records.hold(archives) {
            return Err(whole.damaged("it is being written faster than it can be opened"));
        }
        let segments = searcher.segment_readers();
        let owners: Vec<usize> = segments.iter().map(|s| directory.archive_of(&s.segment_id().uuid_string())).collect();
        for (number, (archive, state)) in archives.iter().zip(&records.states).enumerate() {
            let own = segments.iter().zip(&owners).filter(|(_, owner)| **owner == number);
            let held: u64 = own.map(|(segment, _)| u64::from(segment.num_docs())).sum();
            if held != state.stories {
                let stories = state.stories;
                return Err(archive.damaged(format!("the commit record counts {stories} stories, the index {held}")));
            }
        }
        let languages = languages(&searcher).map_err(|e| whole.unread(&e))?;
        let (states, corrections) = (records.states, Corrections::default());
        Ok(Reader {
            archives: archives.to_vec(),
            fields,
            searcher,
            states,
            owners,
            languages,
            corrections,
            asked_at: None,
            withdrawn: OnceLock::new(),
            asked_for: Mutex::default(),
            dictionary: Dictionary::default(),
            rolls: Mutex::default(),
        })
    }

    /// Returns the reader with the user's corrections of names, which hold for all it answers.
    #[must_use]
    pub fn corrected(mut self, corrections: Corrections) -> Reader {
        self.corrections = corrections;
        self.asked_for = Mutex::default();
        self
    }

    /// Returns the reader as of a moment, in seconds since 1970 UTC: embargoes that are over
    /// by then hold nothing back. A reader without one holds every embargo.
    #[must_use]
    pub fn asked_at(mut self, now: i64) -> Reader {
        self.asked_at = Some(now);
        self
    }

    /// Returns the user's corrections of names.
    #[must_use]
    pub fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    /// Returns the archives that are read, each with what its commit says of itself.
    pub fn archives(&self) -> impl Iterator<Item = (&std::path::Path, &State)> {
        self.archives.iter().map(Archive::folder).zip(&self.states)
    }

    /// Returns the folder of the archive that holds the story of `row`, where several are
    /// read.
    #[must_use]
    pub fn archive_of(&self, row: &Row) -> Option<&std::path::Path> {
        let owner = self.owners.get(row.segment_number()).filter(|_| self.archives.len() > 1)?;
        self.archives.get(*owner).map(Archive::folder)
    }

    /// Number of stories.
    #[must_use]
    pub fn stories(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Number of segments.
    #[must_use]
    pub fn segments(&self) -> usize {
        self.searcher.segment_readers().len()
    }

    /// Codes of the languages that the archive's stories are in.
    #[must_use]
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    pub(super) fn damaged(&self, e: &tantivy::TantivyError) -> ArchiveError {
        match Archive::all_of(&self.archives) {
            Some(whole) => whole.unread(e),
            None => ArchiveError::Missing(std::path::PathBuf::new()),
        }
    }

    /// Returns which of the archives a segment is of.
    pub(super) fn owner_number(&self, segment: usize) -> usize {
        self.owners.get(segment).copied().unwrap_or_default()
    }

    /// Returns the archive that the document is of.
    fn owner(&self, address: DocAddress) -> &Archive {
        &self.archives[self.owner_number(address.segment_ord as usize)]
    }

    /// Counts the stories that match.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn count(&self, query: &dyn Query) -> Result<usize, ArchiveError> {
        let set = Set::of(query, &self.searcher, &self.dictionary);
        set.and_then(|set| set.count(&self.searcher)).map_err(|e| self.damaged(&e))
    }

    /// Counts the matching stories of any of `statuses`, but for those whose embargo is over. Costs nothing where the archive
    /// has no such story.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn count_with_status(&self, query: &dyn Query, statuses: &[&str]) -> Result<usize, ArchiveError> {
        match self.of_statuses(statuses).map_err(|e| self.damaged(&e))? {
            Some(held) => self.count(&BooleanQuery::new(vec![(Occur::Must, held), (Occur::Must, query.box_clone())])),
            None => Ok(0),
        }
    }

    /// The stories of any of `statuses`, but for those whose embargo is over; nothing where
    /// the archive has none of them.
    pub(super) fn of_statuses(&self, statuses: &[&str]) -> tantivy::Result<Option<Box<dyn Query>>> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for status in statuses {
            if *status == Status::Withdrawn.as_str() {
                clauses.extend(self.withdrawn()?.map(|q| (Occur::Should, q)));
                continue;
            }
            let term = Term::from_field_text(self.fields.status, status);
            if self.entry(&term)?.stories > 0 {
                let stated = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
                let stated = self.not_withdrawn(stated)?;
                let held = match self.asked_at.filter(|_| *status == Status::Embargoed.as_str()) {
                    Some(now) => self.not_over(stated, now),
                    None => stated,
                };
                clauses.push((Occur::Should, held));
            }
        }
        Ok(if clauses.is_empty() { None } else { Some(Box::new(BooleanQuery::new(clauses))) })
    }

    /// What of embargoed copy is not free by `now`.
    fn not_over(&self, embargoed: Box<dyn Query>, now: i64) -> Box<dyn Query> {
        let now = Term::from_field_i64(self.fields.embargo, now);
        let over = RangeQuery::new(std::ops::Bound::Unbounded, std::ops::Bound::Included(now));
        Box::new(BooleanQuery::new(vec![(Occur::Must, embargoed), (Occur::MustNot, Box::new(over))]))
    }

    pub(super) fn dated(&self) -> Box<dyn Query> {
        let lowest = Term::from_field_i64(self.fields.filed, i64::MIN);
        Box::new(RangeQuery::new(std::ops::Bound::Included(lowest), std::ops::Bound::Unbounded))
    }

    /// Where a term stands in the segments.
    pub(super) fn entry(&self, term: &Term) -> tantivy::Result<Arc<Entry>> {
        self.dictionary.entry(&self.searcher, term)
    }

    /// How many stories hold a term, those included that are deleted but not yet merged away; none
    /// where that cannot be read.
    pub(super) fn held_by(&self, column: Field, text: &str) -> u64 {
        self.entry(&Term::from_field_text(column, text)).map_or(0, |entry| entry.stories)
    }

    pub(super) fn unscored(&self, query: &dyn Query) -> tantivy::Result<Box<dyn Weight>> {
        query.weight(EnableScoring::disabled_from_searcher(&self.searcher))
    }

    /// Returns the stories of `rows`, in their order.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn read(&self, rows: &[Row]) -> Result<Vec<Story>, ArchiveError> {
        self.each(rows, |address| self.story(address))
    }

    /// Returns the texts of `rows`, in their order, of each at most `bytes_max`.
    pub(super) fn texts(&self, rows: &[Row], bytes_max: usize) -> Result<Vec<String>, ArchiveError> {
        let cut = |bytes: &[u8]| {
            let text = super::record::text_of(bytes)?;
            let end = (0..=bytes_max.min(text.len())).rev().find(|e| text.is_char_boundary(*e)).unwrap_or(0);
            Ok(text[..end].to_owned())
        };
        self.each(rows, |address| self.with_record(address, cut))
    }

    /// What `read` makes of the records of `rows`, in their order. They are read in the order in
    /// which they lie, so that a block of the store is unpacked once, by two threads.
    fn each<T: Send>(
        &self,
        rows: &[Row],
        read: impl Fn(DocAddress) -> Result<T, ArchiveError> + Sync,
    ) -> Result<Vec<T>, ArchiveError> {
        let mut places: Vec<(DocAddress, usize)> = rows.iter().map(Row::address).zip(0..).collect();
        places.sort_unstable();
        let of_half = |half: &[(DocAddress, usize)]| {
            half.iter().map(|(address, place)| Ok((*place, read(*address)?))).collect::<Result<Vec<_>, _>>()
        };
        let mut all = Vec::with_capacity(rows.len());
        for half in in_halves(&places, of_half) {
            all.extend(half?);
        }
        all.sort_unstable_by_key(|(place, _)| *place);
        Ok(all.into_iter().map(|(_, of_row)| of_row).collect())
    }

    fn story(&self, address: DocAddress) -> Result<Story, ArchiveError> {
        let mut story = self.with_record(address, super::record::decode)?;
        self.mark_withdrawn(&mut story)?;
        Ok(story)
    }

    fn with_record<T>(
        &self,
        address: DocAddress,
        read: impl FnOnce(&[u8]) -> Result<T, String>,
    ) -> Result<T, ArchiveError> {
        let document: TantivyDocument = self.searcher.doc(address).map_err(|e| self.damaged(&e))?;
        let bytes = document
            .get_first(self.fields.record)
            .and_then(|v| v.as_bytes())
            .ok_or_else(|| self.owner(address).damaged("a story has no record"))?;
        read(bytes).map_err(|e| self.owner(address).damaged(e))
    }

    /// Returns the stories whose ids begin with `prefix`, at most `limit`.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub fn by_id(&self, prefix: &str, limit: usize) -> Result<Vec<Story>, ArchiveError> {
        let Some((low, high)) = StoryId::prefix_range(prefix) else { return Ok(Vec::new()) };
        let term = |id: StoryId| std::ops::Bound::Included(Term::from_field_u64(self.fields.id, id.0));
        let query = RangeQuery::new(term(low), term(high));
        let listing = self.list(&query, Order::Date, limit, 0)?;
        let mut stories = self.read(&listing.rows)?;
        stories.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| a.path.cmp(&b.path)));
        Ok(stories)
    }
}

/// Calls `each` with the stories of a piece that match and are not deleted, in blocks.
pub(super) fn for_each_block(
    weight: &dyn Weight,
    piece: &Piece<'_>,
    each: &mut dyn FnMut(&[DocId]),
) -> tantivy::Result<()> {
    let alive = piece.segment.alive_bitset();
    let mut living = Vec::with_capacity(tantivy::COLLECT_BLOCK_BUFFER_LEN);
    let mut living = |docs: &[DocId]| match alive {
        None => each(docs),
        Some(alive) => {
            living.clear();
            living.extend(docs.iter().copied().filter(|d| alive.is_alive(*d)));
            each(&living);
        }
    };
    if piece.is_whole() {
        return weight.for_each_no_score(piece.segment, &mut living);
    }
    let mut scorer = begun(weight, piece)?;
    let mut block = [0; tantivy::COLLECT_BLOCK_BUFFER_LEN];
    while scorer.doc() < piece.docs.end {
        let filled = scorer.fill_buffer(&mut block);
        let docs = &block[..filled];
        living(&docs[..docs.partition_point(|doc| *doc < piece.docs.end)]);
    }
    Ok(())
}

/// The stories of a segment that match, from the first of a piece on.
pub(super) fn begun(weight: &dyn Weight, piece: &Piece<'_>) -> tantivy::Result<Box<dyn Scorer>> {
    let mut scorer = weight.scorer(piece.segment, 1.0)?;
    if scorer.doc() < piece.docs.start {
        scorer.seek(piece.docs.start);
    }
    Ok(scorer)
}

/// Reads the languages from the dictionaries of their column.
fn languages(searcher: &Searcher) -> tantivy::Result<Vec<String>> {
    let mut languages = std::collections::BTreeSet::new();
    for segment in searcher.segment_readers() {
        let Some(column) = segment.fast_fields().str("lang")? else { continue };
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            languages.insert(String::from_utf8_lossy(terms.key()).into_owned());
        }
    }
    Ok(languages.into_iter().collect())
}
