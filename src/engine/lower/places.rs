//! Parts of a query that are told by the places of words: to a [`Spec`].

use super::bearers::kind_of;
use super::pattern::Pattern;
use super::{LowerError, Lowering, Scope};
use crate::engine::analysis::{
    BODY, LEAD, LONG_BEGINS, PARAGRAPH, RUN, RUN_GAP, SENTENCE, is_letter, push_exact_letters, push_letters,
};
use crate::engine::annotations::{QUOTE, QUOTE_END, behind_term};
use crate::engine::exact::{exact_term, is_variant};
use crate::engine::near::{LeafSpec, Relation, Shape, Slot, Spec};
use crate::query::{Distance, FieldValue, Node, NodeKind, Phrase, describe};
use crate::text::fold;
use tantivy::query::Query as Engine;
use tantivy::schema::Field as Column;

impl Lowering<'_> {
    /// Stories in which the places of words obey `node`.
    pub(super) fn placed(&self, node: &Node, scope: Scope) -> Result<Box<dyn Engine>, LowerError> {
        Ok(self.near(self.spec(node, scope)?, scope))
    }

    /// What is looked for at the places of words.
    pub(super) fn spec(&self, node: &Node, scope: Scope) -> Result<Spec, LowerError> {
        let mut builder = self.builder(scope);
        let shape = builder.shape(node)?;
        Ok(builder.finish(shape))
    }

    /// A word by its folded form, at its places.
    pub(super) fn word_spec(&self, word: &str, scope: Scope) -> Spec {
        let mut builder = self.builder(scope);
        let shape = Shape::List(builder.folded(word));
        builder.finish(shape)
    }

    fn builder(&self, scope: Scope) -> Builder<'_> {
        Builder {
            lowering: self,
            column: self.column(scope),
            scope,
            leaves: Vec::new(),
            slots: Vec::new(),
            marks: Vec::new(),
            speakers: None,
        }
    }
}

struct Builder<'a> {
    lowering: &'a Lowering<'a>,
    column: Column,
    scope: Scope,
    leaves: Vec<LeafSpec>,
    slots: Vec<Slot>,
    /// Marks of sentences and the like that have a list already.
    marks: Vec<(&'static str, usize)>,
    /// The list of the quotations of those asked for.
    speakers: Option<usize>,
}

impl Builder<'_> {
    fn finish(self, shape: Shape) -> Spec {
        Spec { leaves: self.leaves, slots: self.slots, shape }
    }

    fn slot(&mut self, slot: Slot) -> usize {
        self.slots.push(slot);
        self.slots.len() - 1
    }

    /// A list of what a leaf finds in the part that is looked at.
    fn leaf(&mut self, leaf: LeafSpec) -> usize {
        let of = self.whole_leaf(leaf);
        let part = match self.scope {
            Scope::Lead => LEAD,
            Scope::Body => BODY,
            Scope::Quote => return self.quoted(of),
            Scope::Text | Scope::Headline | Scope::Byline => return of,
        };
        let (from, to) = (self.mark(part), self.mark(RUN));
        self.slot(Slot::Inside { of, from, to })
    }

    /// What of a list lies in quotations, of the people asked for.
    fn quoted(&mut self, of: usize) -> usize {
        let speakers = &self.lowering.speakers;
        let from = match self.speakers {
            Some(slot) => slot,
            None if speakers.is_empty() => self.mark(QUOTE),
            None => {
                let terms = speakers.to_vec();
                let slot = self.whole_leaf(LeafSpec { terms, ..LeafSpec::default() });
                self.speakers = Some(slot);
                slot
            }
        };
        let to = self.mark(QUOTE_END);
        self.slot(Slot::Inside { of, from, to })
    }

    fn whole_leaf(&mut self, leaf: LeafSpec) -> usize {
        self.leaves.push(leaf);
        self.slot(Slot::Leaf(self.leaves.len() - 1))
    }

    fn mark(&mut self, mark: &'static str) -> usize {
        if let Some((_, slot)) = self.marks.iter().find(|(m, _)| *m == mark) {
            return *slot;
        }
        let slot = self.whole_leaf(LeafSpec::term(mark));
        self.marks.push((mark, slot));
        slot
    }

    fn shape(&mut self, node: &Node) -> Result<Shape, LowerError> {
        self.shape_of(node).map_err(|e| e.at(node))
    }

    fn shape_of(&mut self, node: &Node) -> Result<Shape, LowerError> {
        Ok(match &node.kind {
            NodeKind::Word(word) => Shape::List(self.folded(word)),
            NodeKind::Exact(word) => Shape::List(self.exact(word)?),
            NodeKind::Wildcard(_) | NodeKind::Fuzzy(..) | NodeKind::Regex(_) => {
                let pattern = Pattern::of(node)?;
                Shape::List(self.pattern(&pattern, &describe(node))?)
            }
            NodeKind::Phrase(phrase) => self.phrase(phrase)?,
            NodeKind::Or(nodes) => {
                let shapes = nodes.iter().map(|n| self.shape(n)).collect::<Result<Vec<_>, _>>()?;
                self.any(shapes)
            }
            NodeKind::Near(near) => {
                let left = Box::new(self.shape(&near.left)?);
                let right = Box::new(self.shape(&near.right)?);
                let relation = self.relation(near.distance);
                Shape::Near { left, right, relation, without: near.without }
            }
            NodeKind::AtLeast(count, inner) => Shape::AtLeast(*count, Box::new(self.shape(inner)?)),
            NodeKind::Field(field, FieldValue::Names(names)) if kind_of(*field).is_some() => {
                let mut terms = Vec::new();
                for name in names {
                    terms.extend(self.lowering.placed_bearers(*field, name)?);
                }
                let joined = kind_of(*field).map(behind_term);
                Shape::List(self.leaf(LeafSpec { terms, joined, ..LeafSpec::default() }))
            }
            NodeKind::All | NodeKind::And(_) | NodeKind::Not(_) | NodeKind::Field(..) => {
                return Err(LowerError::new(
                    format!("{} has no place among the words", describe(node)),
                    "join it with AND instead",
                ));
            }
        })
    }

    fn relation(&mut self, distance: Distance) -> Relation {
        let runs = |builder: &mut Self, n: u32| (n > RUN_GAP).then(|| builder.mark(RUN));
        match distance {
            Distance::Within(n) => Relation::Within(n, runs(self, n)),
            Distance::Before(n) => Relation::Before(n, runs(self, n)),
            Distance::Sentence => Relation::Together(self.mark(SENTENCE)),
            Distance::Paragraph => Relation::Together(self.mark(PARAGRAPH)),
        }
    }

    /// A word as the index folds it. Persian: joined, parted and blank-parted spellings of
    /// a word are one.
    fn folded(&mut self, word: &str) -> usize {
        let whole = self.whole(fold(word));
        if !word.contains('\u{200C}') {
            return whole;
        }
        let parts: Vec<String> = word.split('\u{200C}').map(fold).filter(|p| !p.is_empty()).collect();
        let parts = parts.into_iter().map(|p| self.leaf(LeafSpec::term(p))).collect();
        let parted = self.slot(Slot::Phrase(parts));
        self.slot(Slot::Union(vec![whole, parted]))
    }

    /// A folded word, which may be written in parts that have a place each.
    fn whole(&mut self, folded: String) -> usize {
        let long = self.lowering.long(self.column, &folded);
        let of = self.leaf(LeafSpec::term(folded));
        self.lengthened(of, long.into_iter().collect())
    }

    fn lengthened(&mut self, of: usize, long: Vec<String>) -> usize {
        if long.is_empty() {
            return of;
        }
        let by = self.leaf(LeafSpec { terms: long, joined: Some(LONG_BEGINS), ..LeafSpec::default() });
        self.slot(Slot::Lengthened { of, by })
    }

    /// A word as printed: its variant where case or accents differ from the folded form,
    /// else the folded form wherever it has no variant. What Persian joins has none.
    fn exact(&mut self, word: &str) -> Result<usize, LowerError> {
        if word.contains('\u{200C}') {
            return Ok(self.folded(word));
        }
        let folded = fold(word);
        let long = self.lowering.long(self.column, &folded);
        let of = if is_variant(&folded, word) {
            self.leaf(LeafSpec::term(exact_term(&folded, word)))
        } else {
            let without = self.lowering.variants(&folded, self.column)?;
            self.leaf(LeafSpec { terms: vec![folded], without, joined: None })
        };
        Ok(self.lengthened(of, long.into_iter().collect()))
    }

    fn pattern(&mut self, pattern: &Pattern, written: &str) -> Result<usize, LowerError> {
        let terms = self.lowering.expand_placed(pattern, written, self.column)?;
        let long = self.lowering.all_long(self.column, &terms);
        let of = self.leaf(LeafSpec { terms, ..LeafSpec::default() });
        Ok(self.lengthened(of, long))
    }

    /// Letters in a row: joined by stops they are one word, apart one behind the other.
    fn letters(&mut self, letters: &[String], exact: bool) -> Result<usize, LowerError> {
        let each = || letters.iter().map(String::as_str);
        let mut term = String::new();
        push_letters(each(), &mut term);
        let joined = if exact && !push_exact_letters(each(), &mut term) {
            let without = self.lowering.variants(&term, self.column)?;
            LeafSpec { terms: vec![term], without, joined: None }
        } else {
            LeafSpec::term(term)
        };
        let joined = self.leaf(joined);
        let mut apart = Vec::with_capacity(letters.len());
        for letter in letters {
            apart.push(if exact { self.exact(letter)? } else { self.folded(letter) });
        }
        let apart = self.slot(Slot::Phrase(apart));
        Ok(self.slot(Slot::Union(vec![joined, apart])))
    }

    fn phrase(&mut self, phrase: &Phrase) -> Result<Shape, LowerError> {
        let mut words = Vec::with_capacity(phrase.words.len());
        for run in phrase.words.chunk_by(|a, b| is_letter(a) && is_letter(b)) {
            let [word] = run else {
                words.push(self.letters(run, phrase.exact)?);
                continue;
            };
            words.push(if phrase.exact {
                self.exact(word)?
            } else if word.contains(['*', '?']) {
                self.pattern(&Pattern::wildcard(word)?, word)?
            } else {
                self.folded(word)
            });
        }
        if phrase.slop == 0 {
            return Ok(match words.as_slice() {
                [one] => Shape::List(*one),
                _ => Shape::List(self.slot(Slot::Phrase(words))),
            });
        }
        let reach = u32::try_from(words.len()).unwrap_or(u32::MAX).saturating_add(phrase.slop);
        let runs = (reach >= RUN_GAP).then(|| self.mark(RUN));
        Ok(Shape::Sloppy(words, phrase.slop, runs))
    }

    /// Alternatives: one list where each of them is one.
    fn any(&mut self, shapes: Vec<Shape>) -> Shape {
        let lists: Option<Vec<usize>> =
            shapes.iter().map(|s| if let Shape::List(list) = s { Some(*list) } else { None }).collect();
        match lists {
            Some(lists) => Shape::List(self.slot(Slot::Union(lists))),
            None => Shape::Any(shapes),
        }
    }
}
