//! The segments of an archive, shared between two threads.
//!
//! What a query costs is, for the most part, opening the lists of its terms in every segment and
//! going through them; no segment has to wait for another.

use std::sync::atomic::{AtomicUsize, Ordering};
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader};

/// Of fewer stories, a second thread costs more than it saves.
const STORIES_MIN: u64 = 20_000;

/// Whether the stories are worth a second thread.
pub(super) fn two(searcher: &Searcher) -> bool {
    searcher.segment_readers().len() > 1 && searcher.num_docs() >= STORIES_MIN
}

/// Calls `work` with every segment and its number, once, and with what the thread has gathered
/// that does so, which begins as `start` makes it. Returns what the threads have gathered; which
/// segments each had is left to chance.
///
/// # Errors
/// The first that `work` gives.
pub(super) fn by_segment<T: Send>(
    searcher: &Searcher,
    start: impl Fn() -> T + Sync,
    work: impl Fn(&mut T, usize, &SegmentReader) -> tantivy::Result<()> + Sync,
) -> tantivy::Result<Vec<T>> {
    let segments = searcher.segment_readers();
    // The largest first, so that none is left for the end.
    let mut order: Vec<usize> = (0..segments.len()).collect();
    order.sort_by_key(|number| std::cmp::Reverse(segments[*number].max_doc()));
    let next = AtomicUsize::new(0);
    let hand = || -> tantivy::Result<T> {
        let mut gathered = start();
        while let Some(number) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(&mut gathered, *number, &segments[*number])?;
        }
        Ok(gathered)
    };
    if !two(searcher) {
        return Ok(vec![hand()?]);
    }
    std::thread::scope(|scope| {
        // A machine that gives no thread is no reason to give no answer.
        let other = std::thread::Builder::new().spawn_scoped(scope, hand);
        let own = hand();
        let mut gathered = vec![own?];
        if let Ok(other) = other {
            match other.join() {
                Ok(other) => gathered.push(other?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(gathered)
    })
}

/// Opens the dictionaries of `columns` in every segment on a thread of its own, the last segment
/// first, while the words of a query are looked up from the first on. Who comes second finds them
/// open.
pub(super) fn open_ahead(searcher: &Searcher, columns: Vec<Field>) {
    if !two(searcher) {
        return;
    }
    let searcher = searcher.clone();
    let open = move || {
        for column in columns {
            for segment in searcher.segment_readers().iter().rev() {
                // What cannot be opened is told to who needs it.
                let _ = segment.inverted_index(column);
            }
        }
    };
    // Without a thread all is opened when it is needed.
    let _ = std::thread::Builder::new().spawn(open);
}

#[cfg(test)]
mod tests {
    use super::{STORIES_MIN, by_segment, two};
    use tantivy::schema::{Schema, TEXT};
    use tantivy::{Index, IndexWriter, Searcher, TantivyError, doc};

    /// So many stories in four segments.
    fn archive(stories: u64) -> Searcher {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).expect("memory");
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        for story in 1..=stories {
            writer.add_document(doc!(field => "word")).expect("a writer");
            if story < 4 {
                writer.commit().expect("memory");
            }
        }
        writer.commit().expect("memory");
        index.reader().expect("an index").searcher()
    }

    #[test]
    fn every_segment_has_its_turn_once() {
        for (stories, hands) in [(STORIES_MIN - 1, 1), (STORIES_MIN, 2)] {
            let searcher = archive(stories);
            assert_eq!(two(&searcher), hands == 2);
            let gathered = by_segment(&searcher, Vec::new, |seen, number, segment| {
                seen.push((number, segment.max_doc()));
                Ok(())
            });
            let gathered = gathered.expect("no error");
            assert_eq!(gathered.len(), hands);
            let mut seen = gathered.concat();
            seen.sort_unstable();
            assert!(seen.iter().map(|(number, _)| *number).eq(0..4), "{seen:?}");
            assert_eq!(seen.iter().map(|(_, size)| u64::from(*size)).sum::<u64>(), stories);
        }
    }

    #[test]
    fn an_error_of_any_segment_is_one_of_all() {
        let searcher = archive(STORIES_MIN);
        for bad in 0..4 {
            let done = by_segment(
                &searcher,
                || (),
                |(), number, _| {
                    if number == bad { Err(TantivyError::SystemError("bad".to_owned())) } else { Ok(()) }
                },
            );
            assert!(done.is_err(), "{bad}");
        }
    }
}
