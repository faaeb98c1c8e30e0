//! Lists of spans: of a term, of alternatives, of phrases.

/// Positions of one occurrence, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    pub(crate) first: u32,
    pub(crate) last: u32,
}

impl Span {
    pub(crate) fn one(position: u32) -> Span {
        Span { first: position, last: position }
    }

    pub(crate) fn overlaps(self, other: Span) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    pub(crate) fn holds(self, other: Span) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// By how much the positions of the two nearest words differ; 0 where they overlap.
    pub(crate) fn distance(self, other: Span) -> u32 {
        if self.overlaps(other) {
            0
        } else if self.last < other.first {
            other.first - self.last
        } else {
            self.first - other.last
        }
    }
}

/// Spans in order, none twice.
#[derive(Clone, Debug, Default)]
pub(crate) struct List {
    pub(crate) spans: Vec<Span>,
    /// `last - first` of the longest.
    pub(crate) longest: u32,
}

/// Alternatives of index terms that stand at the same place in the query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LeafSpec {
    /// The terms.
    pub(crate) terms: Vec<String>,
    /// Terms that must not stand at the position.
    pub(crate) without: Vec<String>,
    /// Of names of several words, whose consecutive positions are one occurrence: the term at which
    /// the next one begins that stands directly behind.
    pub(crate) joined: Option<&'static str>,
}

impl LeafSpec {
    /// One term.
    pub(crate) fn term(term: impl Into<String>) -> LeafSpec {
        LeafSpec { terms: vec![term.into()], ..LeafSpec::default() }
    }
}

/// How a list is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Occurrences of the leaf with this number.
    Leaf(usize),
    /// Spans of these lists one behind the other.
    Phrase(Vec<usize>),
    /// Spans of any of these lists.
    Union(Vec<usize>),
    /// Spans of the list `of`, each as long as one of the list `by` that begins where it does.
    Lengthened { of: usize, by: usize },
    /// Spans of a list between a span of the list `from` and the next of `to`.
    Inside { of: usize, from: usize, to: usize },
}

impl List {
    pub(crate) fn clear(&mut self) {
        self.spans.clear();
        self.longest = 0;
    }

    /// Takes over sorted `positions`; of names, consecutive ones as one span up to where the next begins,
    /// which is at one of the sorted `behind`.
    pub(crate) fn fill(&mut self, positions: &[u32], behind: Option<&[u32]>) {
        self.clear();
        for &p in positions {
            match (self.spans.last_mut(), behind) {
                (Some(last), Some(behind)) if last.last + 1 == p && behind.binary_search(&p).is_err() => {
                    last.last = p;
                    self.longest = self.longest.max(p - last.first);
                }
                (Some(last), _) if last.last == p => {}
                _ => self.spans.push(Span::one(p)),
            }
        }
    }

    /// Index of the first span whose first position is at least `position`.
    pub(crate) fn from(&self, position: u32) -> usize {
        self.spans.partition_point(|s| s.first < position)
    }
}

/// Makes the list of `slot` from the lists before it. Leaves are filled by the caller.
pub(crate) fn derive(slot: &Slot, before: &[List], out: &mut List) {
    match slot {
        Slot::Leaf(_) => {}
        Slot::Phrase(words) => {
            out.clear();
            let Some((&first, rest)) = words.split_first() else { return };
            'spans: for span in &before[first].spans {
                let mut last = span.last;
                for &word in rest {
                    let list = &before[word];
                    let Some(next) = list.spans.get(list.from(last + 1)).filter(|s| s.first == last + 1) else {
                        continue 'spans;
                    };
                    last = next.last;
                }
                out.longest = out.longest.max(last - span.first);
                out.spans.push(Span { first: span.first, last });
            }
            out.spans.dedup();
        }
        Slot::Inside { of, from, to } => {
            out.clear();
            let (begins, ends) = (&before[*from].spans, &before[*to]);
            let list = &before[*of];
            out.longest = list.longest;
            let (mut next, mut end) = (0, 0);
            for span in &list.spans {
                while begins.get(next).is_some_and(|b| b.first <= span.first) {
                    end = ends.spans.get(ends.from(begins[next].first + 1)).map_or(u32::MAX, |s| s.first);
                    next += 1;
                }
                if span.last < end {
                    out.spans.push(*span);
                }
            }
        }
        Slot::Lengthened { of, by } => {
            out.clear();
            let by = &before[*by];
            for span in &before[*of].spans {
                let long = by.spans.get(by.from(span.first)).filter(|long| long.first == span.first);
                let span = long.copied().unwrap_or(*span);
                out.longest = out.longest.max(span.last - span.first);
                out.spans.push(span);
            }
        }
        Slot::Union(lists) => {
            out.clear();
            for &list in lists {
                out.spans.extend_from_slice(&before[list].spans);
                out.longest = out.longest.max(before[list].longest);
            }
            if lists.len() > 1 {
                out.spans.sort_unstable();
                out.spans.dedup();
            }
        }
    }
}
