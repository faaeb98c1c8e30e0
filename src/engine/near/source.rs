//! Positions of a leaf's terms, from the postings of a segment.

use super::lists::{LeafSpec, List};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

/// Steps of the budget that moving one of many lists counts for: it costs the cache.
const MOVE_STEPS: u64 = 16;

/// The stories that hold a leaf, with its positions.
pub(super) struct Source {
    terms: TermPostings,
    without: Vec<SegmentPostings>,
    /// Of names, where one begins directly behind another; there may be none.
    behind: Option<Vec<SegmentPostings>>,
    /// Positions of the present story, kept for their memory.
    begins: Vec<u32>,
}

enum TermPostings {
    One(Box<SegmentPostings>),
    Many(Many),
}

/// Several terms: a heap by story, with those of the present story set aside.
struct Many {
    postings: Vec<SegmentPostings>,
    heap: BinaryHeap<Reverse<(DocId, usize)>>,
    here: Vec<usize>,
    doc: DocId,
    /// Lists moved since somebody asked.
    moved: u64,
}

impl Many {
    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        self.moved += self.here.len() as u64;
        for i in self.here.drain(..) {
            let doc = self.postings[i].seek(target);
            if doc < TERMINATED {
                self.heap.push(Reverse((doc, i)));
            }
        }
        while let Some(mut top) = self.heap.peek_mut() {
            let Reverse((doc, i)) = *top;
            if doc >= target {
                break;
            }
            self.moved += 1;
            let next = self.postings[i].seek(target);
            if next < TERMINATED {
                *top = Reverse((next, i));
            } else {
                std::collections::binary_heap::PeekMut::pop(top);
            }
        }
        self.doc = self.heap.peek().map_or(TERMINATED, |Reverse((doc, _))| *doc);
        while let Some(&Reverse((doc, i))) = self.heap.peek() {
            if doc != self.doc {
                break;
            }
            self.heap.pop();
            self.here.push(i);
        }
        self.doc
    }
}

impl Source {
    /// Opens the postings of `leaf` in a segment.
    pub(super) fn open(segment: &SegmentReader, field: Field, leaf: &LeafSpec) -> tantivy::Result<Source> {
        let index = segment.inverted_index(field)?;
        let open = |terms: &[String]| -> tantivy::Result<Vec<SegmentPostings>> {
            let mut list = Vec::new();
            for term in terms {
                let term = Term::from_field_text(field, term);
                list.extend(index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?);
            }
            Ok(list)
        };
        let mut postings = open(&leaf.terms)?;
        let without = open(&leaf.without)?;
        let behind = match leaf.joined {
            Some(term) => Some(open(&[term.to_owned()])?),
            None => None,
        };
        let terms = match (postings.len(), postings.pop()) {
            (1, Some(one)) => TermPostings::One(Box::new(one)),
            (_, last) => {
                postings.extend(last);
                let heap = postings.iter().enumerate().map(|(i, p)| Reverse((p.doc(), i))).collect();
                let mut many = Many { postings, heap, here: Vec::new(), doc: 0, moved: 0 };
                // The heap holds every list at its first story; settle on the least.
                many.doc = many.heap.peek().map_or(TERMINATED, |Reverse((doc, _))| *doc);
                while let Some(&Reverse((doc, i))) = many.heap.peek() {
                    if doc != many.doc {
                        break;
                    }
                    many.heap.pop();
                    many.here.push(i);
                }
                TermPostings::Many(many)
            }
        };
        Ok(Source { terms, without, behind, begins: Vec::new() })
    }

    /// Goes to the first story from `target` on that holds a term.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match &mut self.terms {
            TermPostings::One(p) => {
                if p.doc() >= target {
                    p.doc()
                } else {
                    p.seek(target)
                }
            }
            TermPostings::Many(m) => m.seek(target),
        }
    }

    /// Steps of going through the lists of several terms since the last call.
    pub(super) fn steps(&mut self) -> u64 {
        match &mut self.terms {
            TermPostings::One(_) => 0,
            TermPostings::Many(m) => std::mem::take(&mut m.moved) * MOVE_STEPS,
        }
    }

    /// About how many stories hold a term.
    pub(super) fn size_hint(&self) -> u32 {
        match &self.terms {
            TermPostings::One(p) => p.size_hint(),
            TermPostings::Many(m) => m.postings.iter().map(DocSet::size_hint).fold(0, u32::saturating_add),
        }
    }

    /// Fills `list` with the occurrences in story `doc`; returns how many positions were read.
    pub(super) fn fill(&mut self, doc: DocId, buffer: &mut Vec<u32>, list: &mut List) -> usize {
        buffer.clear();
        if self.seek(doc) != doc {
            list.clear();
            return 1;
        }
        match &mut self.terms {
            TermPostings::One(p) => p.append_positions_with_offset(0, buffer),
            TermPostings::Many(m) => {
                for &i in &m.here {
                    m.postings[i].append_positions_with_offset(0, buffer);
                }
                if m.here.len() > 1 {
                    buffer.sort_unstable();
                }
            }
        }
        if !self.without.is_empty() {
            self.take_away(doc, buffer);
        }
        self.begins.clear();
        match &mut self.behind {
            // Of a single word there is nothing to part.
            Some(behind) if buffer.len() > 1 => positions_of(behind, doc, &mut self.begins),
            _ => {}
        }
        list.fill(buffer, self.behind.is_some().then_some(self.begins.as_slice()));
        buffer.len() + self.begins.len() + 1
    }

    fn take_away(&mut self, doc: DocId, buffer: &mut Vec<u32>) {
        let mut away = Vec::new();
        positions_of(&mut self.without, doc, &mut away);
        away.sort_unstable();
        buffer.retain(|p| away.binary_search(p).is_err());
    }
}

/// Adds the positions of lists in a story, which they may not have.
fn positions_of(lists: &mut [SegmentPostings], doc: DocId, out: &mut Vec<u32>) {
    for list in lists {
        let at = if list.doc() < doc { list.seek(doc) } else { list.doc() };
        if at == doc {
            list.append_positions_with_offset(0, out);
        }
    }
}
