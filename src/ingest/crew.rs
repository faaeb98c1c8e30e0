//! Many threads for the stories of one file: one reads, the others enrich and add.
//!
//! Numbers and ids are given by the reader, so that a story is the same whoever adds it.

use super::add::count;
use super::halt::Halt;
use super::report::IngestReport;
use crate::engine::{ArchiveError, Writer};
use crate::enrich::Enrich;
use crate::story::Story;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Condvar, Mutex, PoisonError};

/// Files above this size are worth the threads.
pub(super) const FILE_BYTES_MIN: u64 = 4 << 20;
/// Stories that wait for a thread.
const WAITING_MAX: usize = 64;
/// Bytes of text under way, beyond which the reader waits until they are added: with its
/// annotations and terms a story takes many times its text.
const UNDER_WAY_BYTES_MAX: usize = 2 << 20;
/// Threads beside the reader.
const THREADS_MAX: usize = 32;

/// What came of a file's stories.
#[derive(Default)]
pub(super) struct Done {
    pub(super) stories: u32,
    pub(super) raw_only: u32,
    pub(super) failure: Option<ArchiveError>,
}

/// Takes the stories of a file as they are read.
pub(super) type Give<'a> = dyn FnMut(Box<Story>) + 'a;

/// Runs `read`, which gives each story to its first argument; `jobs` threads `enrich` them
/// and add them to the file of path `key`.
pub(super) fn run(
    writer: &Writer,
    key: &[u8],
    enrich: Enrich,
    jobs: usize,
    halt: &Halt<'_>,
    report: &mut IngestReport,
    read: &mut dyn FnMut(&mut Give<'_>, &mut IngestReport) -> io::Result<()>,
) -> (io::Result<()>, Done) {
    let (give, taken) = sync_channel::<Box<Story>>(WAITING_MAX);
    let taken = Mutex::new(taken);
    let has_failed = AtomicBool::new(false);
    let under_way = UnderWay::default();
    let work = || {
        let (mut done, mut own) = (Done::default(), IngestReport::default());
        loop {
            let next = taken.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(mut story) = next else { return (done, own) };
            // Behind a failure, and at the end of a run, the rest is only taken, so that the reader comes to its end.
            let bytes = story.text.len();
            if has_failed.load(Ordering::Relaxed) || halt.is_asked() {
                under_way.less(bytes);
                continue;
            }
            if !enrich(&mut story, &|| !halt.is_asked()) {
                under_way.less(bytes);
                continue;
            }
            match writer.add(&story, key) {
                Ok(()) => {
                    done.stories = done.stories.saturating_add(1);
                    done.raw_only += u32::from(count(&story, &story.path, &mut own));
                }
                Err(e) => {
                    has_failed.store(true, Ordering::Relaxed);
                    done.failure = Some(e);
                }
            }
            drop(story);
            under_way.less(bytes);
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..jobs.min(THREADS_MAX)).map(|_| scope.spawn(work)).collect();
        let read = read(
            &mut |story| {
                under_way.more(story.text.len());
                // There are takers as long as this thread gives.
                let _ = give.send(story);
            },
            report,
        );
        drop(give);
        let mut all = Done::default();
        for thread in threads {
            let (done, own) = thread.join().expect("enrichment does not panic: it is tested on any bytes");
            all.stories = all.stories.saturating_add(done.stories);
            all.raw_only = all.raw_only.saturating_add(done.raw_only);
            all.failure = all.failure.or(done.failure);
            report.add(own);
        }
        (read, all)
    })
}

/// The bytes of text that were given and are not yet added.
#[derive(Default)]
struct UnderWay {
    bytes: Mutex<usize>,
    changed: Condvar,
}

impl UnderWay {
    /// Counts a story, as soon as there is room for it beside the others or it is alone.
    fn more(&self, bytes: usize) {
        let now = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |now: &mut usize| *now > 0 && *now + bytes > UNDER_WAY_BYTES_MAX;
        *self.changed.wait_while(now, full).unwrap_or_else(PoisonError::into_inner) += bytes;
    }

    fn less(&self, bytes: usize) {
        *self.bytes.lock().unwrap_or_else(PoisonError::into_inner) -= bytes;
        self.changed.notify_all();
    }
}
