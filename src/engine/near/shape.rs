//! The tree of relations and the search for hits in one story's lists.

use super::lists::{List, Span};

/// What the lists must obey.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// Any span of a list.
    List(usize),
    /// One span of each list, all different, by Lucene's rule for slop: with each word's
    /// position counted from its place in the phrase, the greatest and the least differ by
    /// at most so much.
    /// Runs of positions begin at the spans of the last list, where the slop reaches
    /// beyond the gap between them.
    Sloppy(Vec<usize>, u32, Option<usize>),
    /// A hit of any of them.
    Any(Vec<Shape>),
    /// Two hits that are near each other, or one with no other near it.
    Near { left: Box<Shape>, right: Box<Shape>, relation: Relation, without: bool },
    /// Hits that are so many; an occurrence is counted by its first word.
    AtLeast(u32, Box<Shape>),
}

/// How two hits lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// Their nearest words are at most so far apart. Runs of positions begin at the spans
    /// of the list, where distances reach beyond the gap between them.
    Within(u32, Option<usize>),
    /// The same, the left hit wholly before the right one.
    Before(u32, Option<usize>),
    /// No span of the list (beginnings of sentences or paragraphs) parts them.
    Together(usize),
}

/// Whether two hits that are near each other may have words in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Overlap {
    No,
    /// If the right one has words of its own: `bank NOT W/2 "world bank"`.
    InPart,
}

/// Whether a search goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    /// To the next hit.
    Go,
    /// To the next occurrence of the first word.
    Skip,
    /// No further.
    Stop,
}

/// The search for hits in one story.
pub(crate) struct Solver<'a> {
    lists: &'a [List],
    /// The hit under construction: one span a leaf.
    pub(crate) spans: Vec<Span>,
    /// Where the spans of the hit whose first words are counted begin.
    base: usize,
    /// Spans looked at.
    pub(crate) steps: u64,
    /// Steps after which the search gives up.
    limit: u64,
}

/// Steps that looking up where a list goes on counts for: a search by halves, and what it
/// reads is seldom in the cache.
const WINDOW_STEPS: u64 = 6;

type Found<'f, 'a> = &'f mut dyn FnMut(&mut Solver<'a>) -> Flow;

impl<'a> Solver<'a> {
    /// Searches `lists`; `spans` is a buffer to use again.
    pub(crate) fn new(lists: &'a [List], mut spans: Vec<Span>, limit: u64) -> Solver<'a> {
        spans.clear();
        Solver { lists, spans, base: 0, steps: 0, limit }
    }

    /// Whether the search gave up.
    pub(crate) fn gave_up(&self) -> bool {
        self.steps > self.limit
    }

    /// Whether there is a hit.
    pub(crate) fn exists(&mut self, shape: &Shape) -> bool {
        if let Shape::List(list) = shape {
            return !self.lists[*list].spans.is_empty();
        }
        let mut any = false;
        self.solve(shape, &mut |_| {
            any = true;
            Flow::Stop
        });
        any
    }

    /// The number of occurrences, each counted by its first word; at most `enough`.
    pub(crate) fn count(&mut self, shape: &Shape, enough: u32) -> u32 {
        if let Shape::List(list) = shape {
            return u32::try_from(self.lists[*list].spans.len()).unwrap_or(u32::MAX).min(enough);
        }
        let outer = std::mem::replace(&mut self.base, self.spans.len());
        let at = self.base;
        let mut seen: Vec<Span> = Vec::new();
        let mixed = begins_with_any(shape);
        let mut count = 0;
        self.solve(shape, &mut |s| {
            // Alternatives may begin with the same word.
            if mixed {
                if seen.contains(&s.spans[at]) {
                    return Flow::Skip;
                }
                seen.push(s.spans[at]);
            }
            count += 1;
            if count >= enough { Flow::Stop } else { Flow::Skip }
        });
        self.base = outer;
        count
    }

    /// Calls `found` with every hit pushed on `spans`.
    pub(crate) fn solve(&mut self, shape: &Shape, found: Found<'_, 'a>) -> Flow {
        match shape {
            Shape::List(list) => self.each_of(*list, found),
            Shape::Sloppy(words, slop, runs) => self.sloppy(words, *slop, *runs, found),
            Shape::Any(shapes) => {
                for shape in shapes {
                    let flow = self.solve(shape, found);
                    if flow != Flow::Go {
                        return flow;
                    }
                }
                Flow::Go
            }
            Shape::Near { left, right, relation, without } => {
                let start = self.spans.len();
                self.solve(left, &mut |s| {
                    if *without {
                        return if s.is_near(start, right, *relation) { Flow::Go } else { found(s) };
                    }
                    s.beside(start, right, *relation, Overlap::No, found)
                })
            }
            Shape::AtLeast(count, of) => {
                if self.count(of, *count) < *count {
                    return Flow::Go;
                }
                self.solve(of, found)
            }
        }
    }

    /// Whether the search may look at one span more.
    fn step(&mut self) -> bool {
        self.steps += 1;
        self.steps <= self.limit
    }

    /// Calls `found` with every span of a list.
    fn each_of(&mut self, list: usize, found: Found<'_, 'a>) -> Flow {
        let lists = self.lists;
        for span in &lists[list].spans {
            if !self.step() {
                return Flow::Stop;
            }
            let flow = self.push(*span, found);
            if flow != Flow::Go {
                return flow;
            }
        }
        Flow::Go
    }

    /// Adds a span to the hit, and calls `found`.
    fn push(&mut self, span: Span, found: Found<'_, 'a>) -> Flow {
        let first = self.spans.len() == self.base;
        self.spans.push(span);
        let flow = found(self);
        self.spans.pop();
        // Another occurrence of the first word is the next one here.
        if first && flow == Flow::Skip { Flow::Go } else { flow }
    }

    /// Whether a hit of `right` that is not the hit from `start` on, or of its words alone, is near it.
    fn is_near(&mut self, start: usize, right: &Shape, relation: Relation) -> bool {
        let mut near = false;
        self.beside(start, right, relation, Overlap::InPart, &mut |_| {
            near = true;
            Flow::Stop
        });
        near
    }

    /// Calls `found` with every hit of `right` that is near the hit from `start` on.
    fn beside(
        &mut self,
        start: usize,
        right: &Shape,
        relation: Relation,
        overlap: Overlap,
        found: Found<'_, 'a>,
    ) -> Flow {
        let middle = self.spans.len();
        let hull = hull(&self.spans[start..]);
        let Some(window) = self.window(hull, relation) else { return Flow::Go };
        let check = |s: &mut Solver<'a>| {
            // Every span of the one side is held against every one of the other.
            s.steps += 4 * s.spans.len() as u64;
            let (left, right) = s.spans[start..].split_at(middle - start);
            let overlapping = left.iter().any(|l| right.iter().any(|r| l.overlaps(*r)));
            match overlap {
                Overlap::No => !overlapping && related(left, right, relation, &window),
                Overlap::InPart => {
                    let own = overlapping && right.iter().all(|r| left.iter().any(|l| l.holds(*r)));
                    !own && (related(left, right, relation, &window)
                        || overlapping && matches!(relation, Relation::Before(..)) && goes_on(left, right, &window))
                }
            }
        };
        if let Shape::List(list) = right {
            // Spans that end inside the window may begin before it.
            let list = &self.lists[*list];
            let begin = list.from(window.low.saturating_sub(list.longest));
            for i in begin..list.spans.len() {
                let span = list.spans[i];
                if span.first > window.high {
                    break;
                }
                if !self.step() {
                    return Flow::Stop;
                }
                self.spans.push(span);
                let flow = if check(self) { found(self) } else { Flow::Go };
                self.spans.pop();
                if flow != Flow::Go {
                    return flow;
                }
            }
            return Flow::Go;
        }
        self.solve(right, &mut |s| {
            if s.gave_up() {
                Flow::Stop
            } else if check(s) {
                found(s)
            } else {
                Flow::Go
            }
        })
    }

    /// Where a hit near the hull may lie; `None` where none may.
    fn window(&self, (first, last): (u32, u32), relation: Relation) -> Option<Window> {
        let (low, high, bounds) = match relation {
            Relation::Within(n, runs) => (first.saturating_sub(n), last.saturating_add(n), runs),
            Relation::Before(n, runs) => (last.saturating_add(1), last.saturating_add(n), runs),
            Relation::Together(bounds) => (0, u32::MAX, Some(bounds)),
        };
        let (begin, end) = bounds.map_or((0, u32::MAX), |b| self.unit(b, first));
        (last <= end).then_some(Window { low: low.max(begin), high: high.min(end), begin, end })
    }

    /// The sentence, paragraph or run that holds a position.
    fn unit(&self, bounds: usize, position: u32) -> (u32, u32) {
        let bounds = &self.lists[bounds];
        let next = bounds.from(position.saturating_add(1));
        let begin = next.checked_sub(1).and_then(|i| bounds.spans.get(i)).map_or(0, |s| s.first);
        (begin, bounds.spans.get(next).map_or(u32::MAX, |s| s.first.saturating_sub(1)))
    }

    fn sloppy(&mut self, words: &[usize], slop: u32, runs: Option<usize>, found: Found<'_, 'a>) -> Flow {
        let Some((&head, rest)) = words.split_first() else { return Flow::Go };
        let start = self.spans.len();
        let first = start == self.base;
        let lists = self.lists;
        'heads: for span in &lists[head].spans {
            if !self.step() {
                return Flow::Stop;
            }
            let at = i64::from(span.first);
            // Every window of the slop's width that begins at some word and holds the head.
            let mut tried = i64::MIN;
            while let Some(window) = self.next_window(words, at, slop, tried) {
                tried = window;
                self.spans.push(*span);
                let flow = self.fill(rest, 1, window, slop, &mut |s| {
                    let (from, to) = hull(&s.spans[start..]);
                    let in_one_run = runs.is_none_or(|runs| to <= s.unit(runs, from).1);
                    if in_one_run { found(s) } else { Flow::Go }
                });
                self.spans.pop();
                match flow {
                    Flow::Go => {}
                    Flow::Skip if first => continue 'heads,
                    Flow::Skip | Flow::Stop => return flow,
                }
            }
            if self.gave_up() {
                return Flow::Stop;
            }
        }
        Flow::Go
    }

    /// The next beginning, behind `tried`, of a window that holds `at` and a word of every
    /// list, each counted from its place.
    fn next_window(&mut self, words: &[usize], at: i64, slop: u32, tried: i64) -> Option<i64> {
        let mut from = (at - i64::from(slop)).max(tried.saturating_add(1));
        'windows: while from <= at {
            let mut begin = i64::MAX;
            for (i, &word) in words.iter().enumerate() {
                self.steps += WINDOW_STEPS;
                let list = &self.lists[word];
                let shift = i as i64;
                let index = list.from(u32::try_from((from + shift).max(0)).unwrap_or(u32::MAX));
                let next = i64::from(list.spans.get(index)?.first) - shift;
                begin = begin.min(next);
                if next > from + i64::from(slop) {
                    // No window before this one reaches the word.
                    from = next - i64::from(slop);
                    continue 'windows;
                }
            }
            if begin > from {
                from = begin;
                continue;
            }
            return Some(from);
        }
        None
    }

    /// Chooses the words behind the head in a window.
    fn fill(&mut self, words: &[usize], place: i64, window: i64, slop: u32, found: Found<'_, 'a>) -> Flow {
        let Some((&word, rest)) = words.split_first() else { return found(self) };
        let list = &self.lists[word];
        let from = u32::try_from((window + place).max(0)).unwrap_or(u32::MAX);
        let to = window + place + i64::from(slop);
        let taken = self.spans.len() - usize::try_from(place).unwrap_or(0);
        for span in &list.spans[list.from(from)..] {
            if i64::from(span.first) > to {
                break;
            }
            if !self.step() {
                return Flow::Stop;
            }
            // It is held against every word chosen before it.
            self.steps += u64::try_from(place).unwrap_or(0);
            if self.spans[taken..].iter().any(|s| s.overlaps(*span)) {
                continue;
            }
            self.spans.push(*span);
            let flow = self.fill(rest, place + 1, window, slop, found);
            self.spans.pop();
            if flow != Flow::Go {
                return flow;
            }
        }
        Flow::Go
    }
}

/// Whether the first words of a shape's hits come from alternatives, of which several may hold
/// the same word.
fn begins_with_any(shape: &Shape) -> bool {
    match shape {
        Shape::Any(_) => true,
        Shape::Near { left, .. } => begins_with_any(left),
        Shape::AtLeast(_, of) => begins_with_any(of),
        Shape::List(_) | Shape::Sloppy(..) => false,
    }
}

fn hull(spans: &[Span]) -> (u32, u32) {
    let first = spans.iter().map(|s| s.first).min().unwrap_or(0);
    let last = spans.iter().map(|s| s.last).max().unwrap_or(0);
    (first, last)
}

/// Positions that a hit may touch, and the unit that it must not leave.
struct Window {
    low: u32,
    high: u32,
    begin: u32,
    end: u32,
}

/// Whether the right of two hits that overlap ends behind the left one, as *bank holiday* does behind *bank*.
fn goes_on(left: &[Span], right: &[Span], window: &Window) -> bool {
    let (first, last) = hull(right);
    first >= window.begin && last <= window.end && last > hull(left).1
}

fn related(left: &[Span], right: &[Span], relation: Relation, window: &Window) -> bool {
    let (first, last) = hull(right);
    if first < window.begin || last > window.end {
        return false;
    }
    match relation {
        Relation::Within(n, _) => left.iter().any(|l| right.iter().any(|r| l.distance(*r) <= n)),
        Relation::Before(n, _) => {
            let end = hull(left).1;
            first > end && first - end <= n
        }
        Relation::Together(_) => true,
    }
}
