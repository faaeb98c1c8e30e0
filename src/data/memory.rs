//! What the tables answered to a name: copy asks for the same names again and again, and an
//! answer takes folding the name and a walk through an automaton.

use rustc_hash::FxHashMap;

/// Names remembered by one memory, of which each thread has its own: with names of usual
/// length about 1 MiB. When it is full it begins anew.
const NAMES_MAX: usize = 1 << 14;

/// Answers by name as written.
pub(super) struct Memory<A = Option<u64>>(FxHashMap<Box<str>, A>);

impl<A> Default for Memory<A> {
    fn default() -> Memory<A> {
        Memory(FxHashMap::default())
    }
}

impl<A: Clone> Memory<A> {
    /// Returns what `find` answers to a name, from memory where it was asked before.
    pub(super) fn of(&mut self, name: &str, find: impl FnOnce() -> A) -> A {
        if let Some(known) = self.0.get(name) {
            return known.clone();
        }
        if self.0.len() >= NAMES_MAX {
            self.0.clear();
        }
        let found = find();
        self.0.insert(name.into(), found.clone());
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Memory, NAMES_MAX};

    #[test]
    fn what_is_remembered_is_what_was_found_and_does_not_grow_for_ever() {
        let mut memory = Memory::default();
        let even = |n: usize| n.is_multiple_of(2).then_some(n as u64);
        for n in (0..NAMES_MAX + 10).chain(0..20) {
            assert_eq!(memory.of(&n.to_string(), || even(n)), even(n));
            assert!(memory.0.len() <= NAMES_MAX);
        }
        assert_eq!(memory.of("4", || unreachable!("it was asked just now")), Some(4));
    }
}
