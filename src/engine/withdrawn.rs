//! Copy that a kill takes back: stories of the identifier that a killed one has, unless
//! they are known to be newer than the kill.
//!
//! The status of such a story is what its sender stated, and stays so in the index. That it
//! was taken back later is told by another file, which may be read before or after it, or be
//! removed again: so it is found when the archive is asked, by comparing the few kills with
//! the identifiers of all. Nothing is concluded from a withheld or embargoed version.

use super::ArchiveError;
use super::reader::Reader;
use super::schema::Fields;
use crate::story::{Confidence, Evidence, Moment, Origin, Status, Story};
use std::borrow::Cow;
use std::cmp::Ordering;
use tantivy::TantivyDocument;
use tantivy::postings::TermInfo;
use tantivy::query::{BooleanQuery, Occur, Query, TermSetQuery};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::termdict::TermDictionary;
use tantivy::{DocAddress, DocSet, InvertedIndexReader, Searcher, SegmentReader, TERMINATED};

/// Hexadecimal digits of an identifier's hash.
const KEY_DIGITS: usize = 16;
/// Behind the version, before the moment of filing.
const BEHIND_VERSION: char = '\u{1f}';
/// Characters of a version that are compared.
const VERSION_CHARS_MAX: usize = 64;
/// Shortest identifier without punctuation that is taken to mean one item everywhere.
const WHOLE_CHARS_MIN: usize = 16;
/// A shorter one of so few digits is a message number, which comes back every day.
const MESSAGE_DIGITS_MAX: usize = 4;

/// Enters the identifier of `story`, by which versions of one item meet.
pub(super) fn add(f: &Fields, story: &Story, d: &mut TantivyDocument) {
    let Some(key) = key(story) else { return };
    let version: String = story.version.iter().flat_map(|v| v.value.trim().chars()).take(VERSION_CHARS_MAX).collect();
    let killed = story.status.value == Status::Kill;
    // A story is newer only where even its first possible moment is behind the kill's last.
    let moment = |m: Moment| if killed { m.over_everywhere() } else { m.begins_somewhere() };
    let seconds = story.filed.value.map(|m| moment(m).to_string()).unwrap_or_default();
    let field = if killed { f.killed } else { f.item };
    d.add_text(field, format!("{key}{version}{BEHIND_VERSION}{seconds}"));
}

/// The identifier as a hash: alone where it means one item everywhere, else with what it is
/// unique in.
fn key(story: &Story) -> Option<String> {
    let guid = story.guid.as_ref().map(|g| g.value.trim()).filter(|g| !g.is_empty())?;
    let mut hash = blake3::Hasher::new();
    hash.update(guid.as_bytes());
    if !guid.contains([':', '/', '@']) && guid.chars().count() < WHOLE_CHARS_MIN {
        let agency = story.agency.as_ref().map_or("", |a| a.id.as_str());
        let is_number = guid.chars().filter(char::is_ascii_digit).count() <= MESSAGE_DIGITS_MAX;
        let day = story.filed.value.filter(|_| is_number).map(|m| m.day.to_string());
        for part in [story.format.as_str(), agency, day.as_deref().unwrap_or_default()] {
            hash.update(b"\0");
            hash.update(part.as_bytes());
        }
    }
    Some(hash.finalize().to_hex()[..KEY_DIGITS].to_owned())
}

/// Version and moment of a term behind its key.
fn version_and_moment(term: &str) -> Option<(&str, Option<i64>)> {
    let (version, seconds) = term.get(KEY_DIGITS..)?.rsplit_once(BEHIND_VERSION)?;
    Some((version, seconds.parse().ok()))
}

/// Whether the story of `item` is known to be newer than the kill of `kill`, of one key.
fn is_newer(item: &str, kill: &str) -> bool {
    let (Some(item), Some(kill)) = (version_and_moment(item), version_and_moment(kill)) else { return false };
    match by_version(item.0, kill.0) {
        Some(Ordering::Greater) => true,
        Some(Ordering::Less) => false,
        Some(Ordering::Equal) | None => matches!((item.1, kill.1), (Some(item), Some(kill)) if item > kill),
    }
}

/// Compares versions of numbers and dots, as `2` and `1.10`; others tell nothing.
fn by_version(a: &str, b: &str) -> Option<Ordering> {
    let numbers = |v: &str| v.split('.').map(|n| n.parse::<u64>().ok()).collect::<Option<Vec<u64>>>();
    Some(numbers(a)?.cmp(&numbers(b)?))
}

impl Reader {
    /// The stories that a kill has taken back; nothing where there are none.
    pub(super) fn withdrawn(&self) -> tantivy::Result<Option<Box<dyn Query>>> {
        let terms = self.known_withdrawn()?;
        if terms.is_empty() {
            return Ok(None);
        }
        let terms = terms.iter().map(|t| Term::from_field_text(self.fields.item, t));
        Ok(Some(Box::new(TermSetQuery::new(terms))))
    }

    /// Their terms, looked up once.
    fn known_withdrawn(&self) -> tantivy::Result<&[String]> {
        if let Some(terms) = self.withdrawn.get() {
            return Ok(terms);
        }
        let found = self.withdrawn_terms()?;
        Ok(self.withdrawn.get_or_init(|| found))
    }

    /// What of the stories of a status has that one still.
    pub(super) fn not_withdrawn(&self, stated: Box<dyn Query>) -> tantivy::Result<Box<dyn Query>> {
        Ok(match self.withdrawn()? {
            Some(withdrawn) => Box::new(BooleanQuery::new(vec![(Occur::Must, stated), (Occur::MustNot, withdrawn)])),
            None => stated,
        })
    }

    /// The terms of `item` that kills take back, in order.
    fn withdrawn_terms(&self) -> tantivy::Result<Vec<String>> {
        let mut kills = Vec::new();
        let killed = Term::from_field_text(self.fields.status, Status::Kill.as_str());
        let killed = self.entry(&killed)?;
        for (number, segment) in self.searcher.segment_readers().iter().enumerate() {
            // The engine makes up an automaton for a column that is empty, at the price of a
            // tenth of a search: most segments have no kill.
            if killed.stories_of(number) == 0 {
                continue;
            }
            let index = segment.inverted_index(self.fields.killed)?;
            for_each_term(index.terms(), "", &mut |term, info| {
                if lives(segment, &index, info)? {
                    kills.push(term.to_owned());
                }
                Ok(())
            })?;
        }
        let mut found = Vec::new();
        if kills.is_empty() {
            return Ok(found);
        }
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.item)?;
            for kill in &kills {
                for_each_term(index.terms(), &kill[..KEY_DIGITS.min(kill.len())], &mut |term, _| {
                    if !is_newer(term, kill) {
                        found.push(term.to_owned());
                    }
                    Ok(())
                })?;
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Says of a story that is read whether a kill has taken it back.
    ///
    /// # Errors
    /// A file of the archive cannot be read.
    pub(super) fn mark_withdrawn(&self, story: &mut Story) -> Result<(), ArchiveError> {
        let terms = self.known_withdrawn().map_err(|e| self.damaged(&e))?;
        if terms.is_empty() || story.guid.is_none() || story.status.value == Status::Kill {
            return Ok(());
        }
        let mut entered = TantivyDocument::default();
        add(&self.fields, story, &mut entered);
        let own = entered.get_first(self.fields.item).and_then(|v| tantivy::schema::Value::as_str(&v));
        if own.is_some_and(|own| terms.binary_search_by(|t| t.as_str().cmp(own)).is_ok()) {
            story.status.value = Status::Withdrawn;
            story.status.evidence = vec![Evidence {
                origin: Origin::Field(Cow::Borrowed("status of a later version in the archive")),
                rule: Cow::Borrowed("status/killed-identifier"),
                confidence: Confidence::Derived,
            }];
        }
        Ok(())
    }
}

/// The stories of each identifier that several have, killed ones too, in the order of the index.
pub(super) fn same_items(searcher: &Searcher, f: &Fields) -> tantivy::Result<Vec<Vec<DocAddress>>> {
    let mut entered: Vec<(u64, DocAddress)> = Vec::new();
    for (segment, number) in searcher.segment_readers().iter().zip(0..) {
        for field in [f.item, f.killed] {
            let index = segment.inverted_index(field)?;
            for_each_term(index.terms(), "", &mut |term, info| {
                let key = term.get(..KEY_DIGITS).and_then(|key| u64::from_str_radix(key, 16).ok());
                let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                while let Some(key) = key.filter(|_| postings.doc() != TERMINATED) {
                    entered.push((key, DocAddress::new(number, postings.doc())));
                    postings.advance();
                }
                Ok(())
            })?;
        }
    }
    entered.sort_unstable();
    let several = entered.chunk_by(|a, b| a.0 == b.0).filter(|item| item.len() > 1);
    Ok(several.map(|item| item.iter().map(|(_, address)| *address).collect()).collect())
}

/// Calls `each` with every term that begins with `prefix`.
fn for_each_term(
    terms: &TermDictionary,
    prefix: &str,
    each: &mut dyn FnMut(&str, &TermInfo) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    let mut stream = terms.range().ge(prefix.as_bytes()).into_stream()?;
    while stream.advance() {
        let Ok(term) = str::from_utf8(stream.key()) else { continue };
        if !term.starts_with(prefix) {
            break;
        }
        each(term, stream.value())?;
    }
    Ok(())
}

/// Whether any story of a term is still there: the dictionary keeps those of removed files.
fn lives(segment: &SegmentReader, index: &InvertedIndexReader, info: &TermInfo) -> tantivy::Result<bool> {
    let Some(alive) = segment.alive_bitset() else { return Ok(true) };
    let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    while postings.doc() != TERMINATED {
        if alive.is_alive(postings.doc()) {
            return Ok(true);
        }
        postings.advance();
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::Sourced;
    use chrono::NaiveDate;

    fn sourced(value: &str) -> Option<Sourced<String>> {
        Some(Sourced { value: value.to_owned(), evidence: Vec::new() })
    }

    fn story(guid: &str, version: &str, day: u32, status: Status) -> Story {
        let mut story = Story::new(String::new());
        story.guid = sourced(guid);
        story.version = sourced(version);
        story.filed.value = NaiveDate::from_ymd_opt(2024, 3, day).map(Moment::day);
        story.status.value = status;
        story
    }

    fn term(story: &Story) -> String {
        let (_, fields) = crate::engine::schema::build();
        let mut d = TantivyDocument::default();
        add(&fields, story, &mut d);
        let field = if story.status.value == Status::Kill { fields.killed } else { fields.item };
        d.get_first(field).and_then(|v| tantivy::schema::Value::as_str(&v).map(str::to_owned)).unwrap_or_default()
    }

    fn takes_back(kill: (&str, &str, u32), item: (&str, &str, u32)) -> bool {
        let kill = term(&story(kill.0, kill.1, kill.2, Status::Kill));
        let item = term(&story(item.0, item.1, item.2, Status::Usable));
        kill[..KEY_DIGITS] == item[..KEY_DIGITS] && !is_newer(&item, &kill)
    }

    #[test]
    fn a_kill_takes_back_what_is_not_known_to_be_newer() {
        let kill = ("urn:x:bank", "3", 3);
        assert!(takes_back(kill, ("urn:x:bank", "1", 1)));
        assert!(takes_back(kill, ("urn:x:bank", "2", 9)), "the version decides, not the day");
        assert!(takes_back(kill, ("urn:x:bank", "3", 3)));
        assert!(takes_back(kill, ("urn:x:bank", "", 3)), "of one day, and so not known to be newer");
        assert!(!takes_back(kill, ("urn:x:bank", "10", 1)));
        assert!(!takes_back(kill, ("urn:x:bank", "", 9)));
        assert!(!takes_back(kill, ("urn:x:other", "1", 1)));
        assert!(takes_back(("urn:x:bank", "1.10", 3), ("urn:x:bank", "1.9", 3)));
    }

    #[test]
    fn a_message_number_is_of_one_day() {
        assert!(takes_back(("bdt0456", "", 3), ("bdt0456", "", 3)));
        assert!(!takes_back(("bdt0456", "", 3), ("bdt0456", "", 2)));
        assert!(takes_back(("D9AB12345C", "", 3), ("D9AB12345C", "", 1)));
    }
}
