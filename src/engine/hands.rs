//! The segments of an archive, pieces of them, or its records, shared between two threads.
//!
//! What a query costs is, for the most part, opening the lists of its terms in every segment and
//! going through them; no document has to wait for another.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use tantivy::{DocId, Searcher, SegmentReader};

/// Of fewer stories, a second thread costs more than it saves.
const STORIES_MIN: u64 = 20_000;
/// The same of postings that are read.
const READ_MIN: u64 = 4_096;
/// The same of records that are read: each takes a block of the store to be unpacked.
const HALVED_MIN: usize = 4;
/// Documents of a segment are parted at multiples of this: what is added up together stays so.
const PARTED_AT: DocId = 4096;

/// A segment, or a part of a large one.
pub(super) struct Piece<'a> {
    /// The segment's number.
    pub(super) number: usize,
    pub(super) segment: &'a SegmentReader,
    /// The number of the segment's first document among those of all segments.
    pub(super) base: u32,
    /// Its documents.
    pub(super) docs: Range<DocId>,
}

impl Piece<'_> {
    /// Whether it is all of its segment.
    pub(super) fn is_whole(&self) -> bool {
        self.docs == (0..self.segment.max_doc())
    }
}

/// Whether the stories are worth a second thread.
fn two(searcher: &Searcher) -> bool {
    searcher.num_docs() >= STORIES_MIN
}

/// The segments of an archive, each whole.
pub(super) fn whole(searcher: &Searcher) -> Vec<Piece<'_>> {
    let segments = searcher.segment_readers().iter().enumerate().zip(bases(searcher));
    segments.map(|((number, segment), base)| Piece { number, segment, base, docs: 0..segment.max_doc() }).collect()
}

/// The numbers of the segments' first documents among those of all.
pub(super) fn bases(searcher: &Searcher) -> Vec<u32> {
    let sizes = searcher.segment_readers().iter().map(SegmentReader::max_doc);
    sizes.scan(0, |next, size| Some(std::mem::replace(next, *next + size))).collect()
}

/// The segments, each cut in two, as large ones are.
#[cfg(test)]
pub(super) fn cut_in_two(searcher: &Searcher) -> Vec<Piece<'_>> {
    let cut = |Piece { number, segment, base, docs }| {
        let middle = docs.end / 2 / u64::BITS * u64::BITS;
        [0..middle, middle..docs.end].map(|docs| Piece { number, segment, base, docs })
    };
    whole(searcher).into_iter().flat_map(cut).collect()
}

/// The same, the largest first; where two threads share them, one of them is cut so that each can
/// have a half of all documents. The pieces hang on the archive alone.
fn pieces(searcher: &Searcher) -> Vec<Piece<'_>> {
    let mut pieces = whole(searcher);
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.docs.len()));
    if !two(searcher) {
        return pieces;
    }
    let mut left = pieces.iter().map(|piece| piece.docs.len()).sum::<usize>() / 2;
    for at in 0..pieces.len() {
        let Piece { number, segment, base, docs: Range { end, .. } } = pieces[at];
        if let Some(rest) = left.checked_sub(end as usize) {
            left = rest;
            continue;
        }
        let cut = DocId::try_from(left).unwrap_or(DocId::MAX).next_multiple_of(PARTED_AT);
        if (1..end).contains(&cut) {
            pieces[at].docs.end = cut;
            pieces.push(Piece { number, segment, base, docs: cut..end });
        }
        break;
    }
    pieces
}

/// Calls `work` with every segment, once, and with what the thread has gathered that does so, which
/// begins as `start` makes it. Returns what the threads have gathered; which segments each had is
/// left to chance.
///
/// # Errors
/// The first that `work` gives.
pub(super) fn by_segment<T: Send>(
    searcher: &Searcher,
    start: impl Fn() -> T + Sync,
    work: impl Fn(&mut T, usize, &SegmentReader) -> tantivy::Result<()> + Sync,
) -> tantivy::Result<Vec<T>> {
    let shared = whole(searcher);
    share(shared, two(searcher), start, |gathered, piece| work(gathered, piece.number, piece.segment))
}

/// The same with pieces: of an archive that is one large segment too, each thread has a half. Where
/// no more than `read` postings are gone through, which are few, one thread has all.
///
/// # Errors
/// As [`by_segment`].
pub(super) fn by_piece<T: Send>(
    searcher: &Searcher,
    read: u64,
    start: impl Fn() -> T + Sync,
    work: impl Fn(&mut T, &Piece<'_>) -> tantivy::Result<()> + Sync,
) -> tantivy::Result<Vec<T>> {
    share(pieces(searcher), two(searcher) && read >= READ_MIN, start, work)
}

fn share<T: Send>(
    mut pieces: Vec<Piece<'_>>,
    two: bool,
    start: impl Fn() -> T + Sync,
    work: impl Fn(&mut T, &Piece<'_>) -> tantivy::Result<()> + Sync,
) -> tantivy::Result<Vec<T>> {
    // The largest first, so that none is left for the end.
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.docs.len()));
    let next = AtomicUsize::new(0);
    let hand = || -> tantivy::Result<T> {
        let mut gathered = start();
        while let Some(piece) = pieces.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(&mut gathered, piece)?;
        }
        Ok(gathered)
    };
    if !two || pieces.len() < 2 {
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

/// Calls `work` with the two halves of `items`, or with all of them where they are too few to be
/// worth a second thread. Returns what comes of each, the first half's first.
pub(super) fn in_halves<I: Sync, T: Send>(items: &[I], work: impl Fn(&[I]) -> T + Sync) -> Vec<T> {
    if items.len() < HALVED_MIN {
        return vec![work(items)];
    }
    let (first, second) = items.split_at(items.len() / 2);
    in_two(first, second, work).into()
}

/// Calls `work` with both, each in a thread of its own.
pub(super) fn in_two<I: Send, T: Send>(first: I, second: I, work: impl Fn(I) -> T + Sync) -> [T; 2] {
    // A machine that gives no thread is no reason to give no answer.
    let second = Mutex::new(Some(second));
    let take = || second.lock().unwrap_or_else(PoisonError::into_inner).take();
    std::thread::scope(|scope| {
        let other = std::thread::Builder::new().spawn_scoped(scope, || take().map(&work));
        let own = work(first);
        let other = match other.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(other)) => other,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => take().map(&work),
        };
        [Some(own), other].map(|done| done.expect("each is taken once"))
    })
}

#[cfg(test)]
mod tests {
    use super::{HALVED_MIN, PARTED_AT, READ_MIN, STORIES_MIN, by_piece, by_segment, in_halves, pieces, two};
    use tantivy::schema::{Schema, TEXT};
    use tantivy::{Index, IndexWriter, Searcher, TantivyError, doc};

    /// So many stories, the first of them in segments of their own.
    fn archive(stories: u64, segments: u64) -> Searcher {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).expect("memory");
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        for story in 1..=stories {
            writer.add_document(doc!(field => "word")).expect("a writer");
            if story < segments {
                writer.commit().expect("memory");
            }
        }
        writer.commit().expect("memory");
        index.reader().expect("an index").searcher()
    }

    #[test]
    fn every_segment_has_its_turn_once() {
        for (stories, hands) in [(STORIES_MIN - 1, 1), (STORIES_MIN, 2)] {
            let searcher = archive(stories, 4);
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
    fn pieces_are_all_documents_once_in_two_halves_at_most() {
        for (stories, segments, count) in
            [(STORIES_MIN - 1, 1, 1), (STORIES_MIN, 1, 2), (STORIES_MIN + 5, 4, 5), (2 * STORIES_MIN, 2, 3)]
        {
            let searcher = archive(stories, segments);
            let all = pieces(&searcher);
            assert_eq!(all.len(), count, "{stories} in {segments}");
            let mut next = std::collections::BTreeMap::new();
            for piece in &all {
                let next = next.entry(piece.number).or_insert(0);
                assert_eq!(*next, piece.docs.start, "one behind the other");
                assert!(piece.docs.start.is_multiple_of(PARTED_AT) && !piece.docs.is_empty());
                assert!(piece.docs.len() as u64 <= stories.div_ceil(2) + u64::from(PARTED_AT) || count == 1);
                *next = piece.docs.end;
            }
            for (number, segment) in searcher.segment_readers().iter().enumerate() {
                assert_eq!(next.get(&number), Some(&segment.max_doc()));
            }
            let gathered = by_piece(
                &searcher,
                u64::MAX,
                || 0,
                |sum, piece| {
                    *sum += piece.docs.len() as u64;
                    Ok(())
                },
            );
            assert_eq!(gathered.expect("no error").iter().sum::<u64>(), stories);
        }
    }

    #[test]
    fn a_few_postings_are_read_by_one_thread() {
        let searcher = archive(STORIES_MIN, 4);
        let hands = |read| by_piece(&searcher, read, || (), |(), _| Ok(())).expect("no error").len();
        assert_eq!((hands(READ_MIN - 1), hands(READ_MIN)), (1, 2));
    }

    #[test]
    fn an_error_of_any_segment_is_one_of_all() {
        let searcher = archive(STORIES_MIN, 4);
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

    #[test]
    fn every_item_is_in_one_half() {
        for count in 0..=2 * HALVED_MIN + 1 {
            let items: Vec<usize> = (0..count).collect();
            let halves = in_halves(&items, <[usize]>::to_vec);
            assert_eq!(halves.len(), if count < HALVED_MIN { 1 } else { 2 });
            assert_eq!(halves.concat(), items);
        }
    }
}
