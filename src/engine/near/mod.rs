//! Proximity over positions: phrases with slop, `W/n`, `PRE/n`, `W/s`, `W/p`, `NOT W/n`,
//! `ATLEAST/n`, wildcards in phrases.
//!
//! A [`Spec`] says what is looked for: *leaves* of index terms, *lists* of spans made of
//! them, and a tree of [`Shape`]s over the lists. The same evaluation decides whether a
//! story matches (over postings, [`query`]) and which words are highlighted (over a
//! story's own words): they cannot disagree.
//!
//! A *hit* of a shape is one choice of spans, one a leaf, that obeys every relation.
//! Interval algebras (Clarke, Cormack, Burkowski 1995; Boldi, Vigna 2018; Lucene's
//! intervals) keep only the shortest intervals and their ends; that loses hits where a
//! longer one lies nearer to the next operand and cannot tell a word inside an interval
//! from one of its own. Here the spans themselves are kept, depth first and without
//! allocation, and the search stops at the first hit: what remains costs no more than
//! intervals for two operands, and is exact for any number.

mod lists;
mod query;
mod shape;
mod source;

pub(crate) use lists::{LeafSpec, List, Slot, Span, derive};
pub(crate) use query::NearQuery;
pub(crate) use shape::{Flow, Relation, Shape, Solver};

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What is looked for, ready for any segment and any story.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    /// Alternatives of index terms.
    pub(crate) leaves: Vec<LeafSpec>,
    /// Lists of spans, each made of leaves or of lists before it.
    pub(crate) slots: Vec<Slot>,
    /// What the lists must obey.
    pub(crate) shape: Shape,
}

/// Steps that one query may take: one to two seconds' work. A step is a position read or
/// a part of comparing two spans.
pub(crate) const STEPS_MAX: u64 = 300_000_000;

/// What is left of a query's steps; shared by everything that carries it out.
#[derive(Debug)]
pub(crate) struct Budget {
    left: AtomicU64,
    spent: AtomicBool,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { left: AtomicU64::new(STEPS_MAX), spent: AtomicBool::new(false) }
    }
}

impl Budget {
    /// Takes `steps`; false where they are no longer there.
    pub(crate) fn take(&self, steps: u64) -> bool {
        let less = |left: u64| Some(left.saturating_sub(steps));
        let before = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).unwrap_or_default();
        if before < steps {
            self.spent.store(true, Ordering::Relaxed);
        }
        !self.spent.load(Ordering::Relaxed)
    }

    /// Whether something was left undone for want of steps.
    pub(crate) fn is_spent(&self) -> bool {
        self.spent.load(Ordering::Relaxed)
    }
}
