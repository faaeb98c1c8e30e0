//! Documents on their way to the engine's threads, bounded by bytes.
//!
//! The engine's own queue is bounded by ten thousand documents, whatever their size: some
//! long ones would fill the memory. A document gives its share back when a thread takes it.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;
use tantivy::TantivyDocument;
use tantivy::schema::{Document, Value};

/// Bytes of documents that may wait.
const QUEUED_BYTES_MAX: usize = 8 << 20;
/// How long a document waits for room: threads that have failed never give any, and adding
/// then tells why.
const PATIENCE: Duration = Duration::from_secs(120);

/// The room that is taken.
#[derive(Clone, Default)]
pub(super) struct Queue(Arc<(Mutex<usize>, Condvar)>);

impl Queue {
    /// Waits for room for `document`; one that is alone always has it.
    pub(super) fn enter(&self, document: TantivyDocument) -> Queued {
        let bytes = size(&document);
        let (taken, given_back) = &*self.0;
        let now = taken.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |now: &mut usize| *now > 0 && *now + bytes > QUEUED_BYTES_MAX;
        let waited = given_back.wait_timeout_while(now, PATIENCE, full);
        *waited.unwrap_or_else(PoisonError::into_inner).0 += bytes;
        Queued { document, _share: Share { bytes, queue: self.clone() } }
    }
}

/// The bytes of a document's values.
fn size(document: &TantivyDocument) -> usize {
    let values = document.iter_fields_and_values();
    values.map(|(_, v)| v.as_str().map(str::len).or_else(|| v.as_bytes().map(<[u8]>::len)).unwrap_or(8)).sum()
}

struct Share {
    bytes: usize,
    queue: Queue,
}

impl Drop for Share {
    fn drop(&mut self) {
        let (taken, given_back) = &*self.queue.0;
        *taken.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        given_back.notify_all();
    }
}

/// A document with its share.
pub(super) struct Queued {
    document: TantivyDocument,
    _share: Share,
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        self.document
    }
}

#[cfg(test)]
mod tests {
    use super::{QUEUED_BYTES_MAX, Queue};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tantivy::TantivyDocument;
    use tantivy::schema::{Document, Field};

    #[test]
    fn what_waits_stays_below_the_bound_and_all_of_it_is_given_back() {
        let (queue, waiting, peak) = (Queue::default(), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for part in [3, 5, 7, 11] {
                let (queue, waiting, peak) = (&queue, &waiting, &peak);
                scope.spawn(move || {
                    for _ in 0..20 {
                        let mut document = TantivyDocument::default();
                        let bytes = QUEUED_BYTES_MAX / part;
                        document.add_text(Field::from_field_id(0), "x".repeat(bytes));
                        let queued = queue.enter(document);
                        peak.fetch_max(waiting.fetch_add(bytes, Ordering::SeqCst) + bytes, Ordering::SeqCst);
                        waiting.fetch_sub(bytes, Ordering::SeqCst);
                        drop(queued.into_tantivy_document());
                    }
                });
            }
        });
        assert!(peak.into_inner() <= QUEUED_BYTES_MAX);
        assert_eq!(*queue.0.0.lock().expect("no thread failed"), 0);
    }
}
