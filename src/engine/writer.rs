//! Stories into the archive.

use super::analysis::{Analysis, Part, Start, Term as Analysed};
use super::annotations::{Mentions, Names};
use super::bearers;
use super::coded::{Placed, push_stem};
use super::ledger::{Ledger, LedgerRow, remove_orphans};
use super::merging;
use super::queue::{Queue, Queued};
use super::schema::{Fields, build};
use super::{Archive, ArchiveError, State};
use crate::story::{Status, Story};
use crate::text::{fold, words};
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::File;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::Term;
use tantivy::{Index, IndexWriter, TantivyDocument};

/// Memory for postings in all threads, bytes: more gains no time, less costs merges.
const HEAP_BYTES: usize = 128 << 20;
/// Threads that read and enrich for each that indexes: to read costs more than twice as
/// much. Each thread that indexes makes a dictionary of its own of the same words, which is
/// written, merged and opened once more.
const READERS_AN_INDEXER: usize = 2;

/// The archive's one writer. Adding and removing may happen from several threads.
pub struct Writer {
    archive: Archive,
    fields: Fields,
    index: Index,
    writer: IndexWriter<Queued>,
    queue: Queue,
    ledger: Ledger,
    state: State,
    /// Stories added since it was opened.
    brought: AtomicU64,
    _lock: File,
}

impl Writer {
    /// Opens `archive` for writing by `threads` threads and puts right what a killed run has
    /// left.
    ///
    /// # Errors
    /// Locked, damaged, of another version, or the file system refuses.
    pub fn open(archive: &Archive, threads: usize) -> Result<Writer, ArchiveError> {
        let lock = archive.lock()?;
        let index = archive.open_for_writing()?;
        let state = archive.state(&index)?;
        let ledger = Ledger::read(archive, &state)?;
        remove_orphans(archive, &state);
        let threads = threads.div_ceil(READERS_AN_INDEXER).clamp(1, 8);
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(HEAP_BYTES / threads)
            .num_merge_threads(threads.min(merging::MERGES_MAX))
            .build();
        let writer = index.writer_with_options(options).map_err(|e| archive.engine(e))?;
        writer.set_merge_policy(merging::while_writing());
        let _ = writer.garbage_collect_files().wait();
        Ok(Writer {
            archive: archive.clone(),
            fields: build().1,
            index,
            writer,
            queue: Queue::default(),
            ledger,
            state,
            brought: AtomicU64::new(0),
            _lock: lock,
        })
    }

    /// The files read so far.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Number of the last commit.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.state.generation
    }

    /// Adds a story of the file whose path is `path`.
    ///
    /// # Errors
    /// The engine refuses, for want of space for example.
    pub fn add(&self, story: &Story, path: &[u8]) -> Result<(), ArchiveError> {
        let document = document(&self.fields, story, path);
        self.brought.fetch_add(1, Ordering::Relaxed);
        self.writer.add_document(self.queue.enter(document)).map(|_| ()).map_err(|e| self.archive.engine(e))
    }

    /// Removes every story that came from the file whose path is `path`.
    pub fn remove_file(&self, path: &[u8]) {
        self.writer.delete_term(Term::from_field_u64(self.fields.source, source_key(path)));
    }

    /// Makes everything since the last commit visible together with its ledger rows.
    ///
    /// # Errors
    /// The file system refuses; what was committed before stays whole.
    pub fn commit(&mut self, rows: Vec<LedgerRow>) -> Result<(), ArchiveError> {
        let next = self.ledger.append(&self.archive, &self.state, rows)?;
        let payload = serde_json::to_string(&next).expect("a state of plain values always serializes");
        let mut commit = self.writer.prepare_commit().map_err(|e| self.archive.engine(e))?;
        commit.set_payload(&payload);
        commit.commit().map_err(|e| self.archive.engine(e))?;
        self.state = next;
        remove_orphans(&self.archive, &self.state);
        Ok(())
    }

    /// Waits for merges under way, merges what is left small and closes the archive.
    ///
    /// # Errors
    /// A merge failed; the commits before it stay whole.
    pub fn finish(self) -> Result<(), ArchiveError> {
        let Writer { archive, index, writer, brought, _lock, .. } = self;
        let merged = writer.wait_merging_threads().and_then(|()| merging::at_the_end(&index, brought.into_inner()));
        merged.map_err(|e| archive.engine(e))
    }
}

fn source_key(path: &[u8]) -> u64 {
    let hash = blake3::hash(path);
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(bytes)
}

/// Days since 1970-01-01.
pub(crate) fn day_number(day: NaiveDate) -> i64 {
    day.signed_duration_since(NaiveDate::default()).num_days()
}

fn document(f: &Fields, story: &Story, path: &[u8]) -> TantivyDocument {
    let mut d = TantivyDocument::default();
    d.add_u64(f.id, story.id.0);
    d.add_u64(f.source, source_key(path));
    d.add_text(f.path, &story.path);
    d.add_u64(f.part, u64::from(story.part));
    add_words(f, story, &mut d);
    let agencies: BTreeSet<&str> = story.agency.iter().chain(&story.credits).map(|a| a.id.as_str()).collect();
    agencies.into_iter().for_each(|id| d.add_text(f.agency, id));
    add_places(f, story, &mut d);
    super::bearers::add(f, story, &mut d);
    let mut name = |field, value: &str| d.add_text(field, value);
    name(f.lang, story.lang.as_ref().map_or("und", |l| l.value.as_str()));
    name(f.status, story.status.value.as_str());
    name(f.format, &story.format);
    name(f.encoding, &story.encoding);
    let warnings: BTreeSet<&str> = story.warnings.iter().map(|w| w.code.as_str()).collect();
    warnings.into_iter().for_each(|code| name(f.warning, code));
    if let Some(slug) = &story.slug {
        name(f.slug, &fold(&slug.value));
    }
    for subject in story.subjects.iter().chain(&story.keywords) {
        for term in subject_terms(&subject.value) {
            name(f.subject, &fold(term));
        }
    }
    if let Some(moment) = story.filed.value {
        d.add_i64(f.filed, moment.local_seconds());
        d.add_i64(f.instant, moment.instant());
    }
    let known = story.filed.value.map(|m| m.day);
    if let Some(day) = known.or(story.filed.earliest) {
        d.add_i64(f.earliest, day_number(day));
    }
    if let Some(day) = known.or(story.filed.latest) {
        d.add_i64(f.latest, day_number(day));
    }
    if let (Status::Embargoed, Some(embargo)) = (story.status.value, &story.embargo) {
        d.add_i64(f.embargo, embargo.value.over_everywhere());
    }
    super::withdrawn::add(f, story, &mut d);
    for entry in super::events::entries(story) {
        d.add_i64(f.event, entry);
    }
    for run in crate::versions::sketch(crate::versions::Compared::of(story)) {
        d.add_u64(f.sketch, u64::from(run));
    }
    d.add_bytes(f.record, &super::record::encode(story));
    d
}

/// What a subject `scheme:code:name` is found by: whole, its code, with the scheme or
/// without, and its name.
fn subject_terms(subject: &str) -> impl Iterator<Item = &str> {
    let parts = if let Some(path) = subject.find("://") {
        // An address, with or without a name behind it.
        let name = subject[path + 3..].find(':').map(|s| path + 3 + s);
        let address = &subject[..name.unwrap_or(subject.len())];
        [Some(subject), Some(address), address.rsplit('/').next(), name.map(|n| &subject[n + 1..])]
    } else {
        let first = subject.find(':');
        let second = first.and_then(|f| subject[f + 1..].find(':').map(|s| f + 1 + s));
        let code = first.map(|f| &subject[f + 1..second.unwrap_or(subject.len())]);
        [Some(subject), second.map(|s| &subject[..s]), code, second.map(|s| &subject[s + 1..])]
    };
    parts.into_iter().flatten().filter(|t| !t.is_empty())
}

thread_local! {
    static COLUMNS: RefCell<Columns> = RefCell::default();
}

/// Adds the words of a story in their parts.
fn add_words(f: &Fields, story: &Story, d: &mut TantivyDocument) {
    COLUMNS.with_borrow_mut(|columns| columns.add(f, story, d));
}

/// What becomes of the words of a story; its memory is kept from story to story.
#[derive(Default)]
struct Columns {
    analysis: Analysis,
    placed: Placed,
    stems: String,
}

impl Columns {
    fn add(&mut self, f: &Fields, story: &Story, d: &mut TantivyDocument) {
        let lang = story.lang.as_ref().map(|l| l.value.as_str());
        let mentions = Mentions::of(story);
        let tag = self.analysis.tag(lang);
        // The stems of the parts lie behind each other: what stands before the body, and
        // opening with lead, are stretches of one list.
        let (mut all, mut lead, mut body) = (String::new(), None, None);
        let mut count = 0;
        for (part, range) in parts(story) {
            match part {
                Part::Headline => {}
                Part::Opening | Part::Lead | Part::LeadBehindOpening => _ = lead.get_or_insert(all.len()),
                Part::Body => body = Some(all.len()),
            }
            count += self.walk(&story.text[range.clone()], lang, part.start(), mentions.within(&range), tag.len());
            d.add_text(f.text, self.placed.as_str());
            all.push_str(&self.stems);
        }
        let body = body.unwrap_or(all.len());
        let lead = lead.unwrap_or(body);
        let mut list = |field, stems: &str| d.add_text(field, format!("{tag}{stems}"));
        list(f.stem, &all);
        list(f.front_stem, &all[..lead]);
        list(f.lead_stem, &all[lead..body]);
        if let Some(headline) = &story.headline {
            self.walk(&headline.value, lang, Start::default(), mentions.in_headline(story), tag.len());
            list(f.head_stem, &self.stems);
            // A headline that the text does not hold is searched all the same.
            if story.layout.headline.is_none() {
                list(f.stem, &self.stems);
                list(f.front_stem, &self.stems);
            }
            d.add_text(f.head, self.placed.as_str());
            if story.layout.headline.is_none() {
                self.walk(&headline.value, lang, Start::APART, Names::default(), tag.len());
                d.add_text(f.text, self.placed.as_str());
            }
        }
        if let Some(byline) = &story.byline {
            self.walk(&byline.value, None, Start::default(), Names::default(), 0);
            d.add_text(f.byline, self.placed.as_str());
        }
        d.add_u64(f.words, count);
    }

    /// Fills the two columns with the terms of a stretch; returns the number of words.
    fn walk(&mut self, text: &str, lang: Option<&str>, start: Start, names: Names<'_>, tag_bytes: usize) -> u64 {
        let Columns { analysis, placed, stems } = self;
        placed.clear();
        stems.clear();
        analysis.walk(text, lang, start, names, &mut |_, term| match term {
            Analysed::Placed(position, term) => placed.push(position, term),
            Analysed::Stem(stem) => push_stem(stem, tag_bytes, stems),
        })
    }
}

/// Cuts the text at the borders of headline, opening, lead and body.
pub(crate) fn parts(story: &Story) -> impl Iterator<Item = (Part, Range<usize>)> {
    let text = story.text.as_str();
    let layout = story.layout;
    let headline_end = layout.headline.map_or(0, |h| h.end as usize);
    let mut cuts = [headline_end, layout.lead_start as usize, layout.lead_end as usize, text.len()];
    let mut from = 0;
    for cut in &mut cuts {
        *cut = (*cut).clamp(from, text.len());
        while !text.is_char_boundary(*cut) {
            *cut += 1;
        }
        from = *cut;
    }
    let [headline, opening, lead, body] = cuts;
    let has_words = |range: &Range<usize>| words(&text[range.clone()]).next().is_some();
    let opened = has_words(&(headline..opening));
    let lead_part = if opened { Part::LeadBehindOpening } else { Part::Lead };
    [
        (Part::Headline, 0..headline),
        (Part::Opening, headline..opening),
        (lead_part, opening..lead),
        (Part::Body, lead..body),
    ]
    .into_iter()
    .filter(move |(_, range)| has_words(range))
}

fn add_places(f: &Fields, story: &Story, d: &mut TantivyDocument) {
    let Some(dateline) = &story.dateline else { return };
    // A place that is written twice, `KYIV/KIEV`, is counted once.
    let (mut from, mut labels) = (BTreeSet::new(), BTreeSet::new());
    for place in &dateline.places {
        from.extend(bearers::place_terms(place.entry.as_ref(), &place.as_written));
        labels.insert(bearers::label(place.entry.as_ref(), &place.as_written));
    }
    from.iter().for_each(|term| d.add_text(f.from, term));
    labels.into_iter().for_each(|label| d.add_text(f.from_label, label));
}
