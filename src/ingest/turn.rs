//! A budget of bytes for what is parsed at the same time.
//!
//! Trees of markup and values take many times the bytes that they are read from. Small
//! contents pass side by side; a large one waits until what is under way leaves room, or
//! until nothing is. A thread that has a share takes no second one for what lies within.

use std::cell::Cell;
use std::sync::{Condvar, Mutex, PoisonError};

/// Contents below this size need no share: many of them fit beside each other.
const SMALL_BYTES: u64 = 1 << 20;
/// Bytes of larger contents that are parsed at the same time.
const TOGETHER_BYTES_MAX: u64 = 16 << 20;

static TAKEN: Mutex<u64> = Mutex::new(0);
static GIVEN_BACK: Condvar = Condvar::new();

thread_local! {
    static HAS_SHARE: Cell<bool> = const { Cell::new(false) };
}

/// A share of the budget, given back when it is dropped by the thread that took it.
#[derive(Debug)]
pub(super) struct Turn {
    bytes: u64,
    /// Shares belong to threads.
    _stays: std::marker::PhantomData<*const ()>,
}

/// Waits for room for a content of `bytes`, where it needs any.
pub(super) fn take(bytes: u64) -> Option<Turn> {
    if bytes < SMALL_BYTES || HAS_SHARE.get() {
        return None;
    }
    // The largest has all of it for itself.
    let bytes = bytes.min(TOGETHER_BYTES_MAX);
    let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    let full = |taken: &mut u64| *taken + bytes > TOGETHER_BYTES_MAX;
    let mut taken = GIVEN_BACK.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner);
    *taken += bytes;
    HAS_SHARE.set(true);
    Some(Turn { bytes, _stays: std::marker::PhantomData })
}

impl Drop for Turn {
    fn drop(&mut self) {
        HAS_SHARE.set(false);
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        GIVEN_BACK.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::{SMALL_BYTES, TOGETHER_BYTES_MAX, take};
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn together_they_stay_below_the_budget() {
        let (now, peak) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for i in 0..8u64 {
                let (now, peak) = (&now, &peak);
                scope.spawn(move || {
                    for size in [SMALL_BYTES * (i + 1), TOGETHER_BYTES_MAX * 4, SMALL_BYTES] {
                        let _turn = take(size).expect("no share is held yet");
                        let share = size.min(TOGETHER_BYTES_MAX);
                        peak.fetch_max(now.fetch_add(share, Ordering::SeqCst) + share, Ordering::SeqCst);
                        // What lies within a content has the share of what it lies in.
                        assert!(take(size).is_none());
                        now.fetch_sub(share, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(peak.into_inner() <= TOGETHER_BYTES_MAX);
        assert!(take(SMALL_BYTES - 1).is_none());
    }
}
