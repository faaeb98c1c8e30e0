//! The stories that a query finds, piece by piece, without order or weight.
//!
//! What asks for terms alone, joined in any way, is carried out on bits, a list of postings at a
//! time: an alternative of stems, or two common words joined by AND, cost several times as much
//! when they are merged story by story. All else is left to the engine.

use super::dictionary::{Dictionary, Entry};
use super::hands::{Piece, by_piece};
use super::reader::for_each_block;
use std::ops::Range;
use std::sync::Arc;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, EnableScoring, Occur, Query, TermQuery, Weight};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, Searcher};

/// Stories of a list that are read in the time that one is looked for in it.
const LOOKED_FOR: u64 = 16;
/// Stories of one word of [`Bits`].
pub(super) const WORD: u32 = u64::BITS;

/// Stories of a segment, or of a stretch of it, a bit for each.
#[derive(Clone, Debug)]
pub(super) struct Bits {
    /// The number of the first word: the stretch begins at that times [`WORD`].
    first: u32,
    words: Vec<u64>,
}

impl Bits {
    /// No story of a stretch, which begins at a multiple of [`WORD`].
    pub(super) fn none(docs: &Range<DocId>) -> Bits {
        let first = docs.start / WORD;
        Bits { first, words: vec![0; docs.end.div_ceil(WORD).saturating_sub(first) as usize] }
    }

    fn all(docs: &Range<DocId>) -> Bits {
        let mut bits = Bits::none(docs);
        bits.words.fill(u64::MAX);
        if let Some(last) = bits.words.last_mut()
            && !docs.end.is_multiple_of(WORD)
        {
            *last = (1 << (docs.end % WORD)) - 1;
        }
        bits
    }

    /// Adds stories, in rising order; those outside the stretch have no bit.
    pub(super) fn insert_all(&mut self, docs: &[DocId]) {
        let (mut at, mut word) = (u32::MAX, 0);
        for doc in docs {
            // Those of one word together: to write it for each is to wait for the one before.
            if doc / WORD != at {
                self.add(at, word);
                (at, word) = (doc / WORD, 0);
            }
            word |= 1 << (doc % WORD);
        }
        self.add(at, word);
    }

    fn add(&mut self, number: u32, word: u64) {
        if let Some(own) = number.checked_sub(self.first).and_then(|at| self.words.get_mut(at as usize)) {
            *own |= word;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.next_word(0).is_none()
    }

    /// How many stories there are.
    pub(super) fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The bits of the stories from `number` times [`WORD`] on.
    pub(super) fn word(&self, number: u32) -> u64 {
        number.checked_sub(self.first).and_then(|at| self.words.get(at as usize)).copied().unwrap_or_default()
    }

    /// The first word from `number` on that has any story.
    pub(super) fn next_word(&self, number: u32) -> Option<u32> {
        let from = number.max(self.first);
        let rest = self.words.get((from - self.first) as usize..)?;
        rest.iter().position(|word| *word != 0).and_then(|at| u32::try_from(at).ok()).map(|at| from + at)
    }

    /// Keeps of the stories those that `keep` says yes to, which is asked in their order.
    fn retain(&mut self, mut keep: impl FnMut(DocId) -> bool) {
        for (number, word) in (self.first..).zip(&mut self.words) {
            for bit in ones(*word) {
                if !keep(number * WORD + bit) {
                    *word &= !(1 << bit);
                }
            }
        }
    }

    fn join(&mut self, other: &Bits, join: impl Fn(u64, u64) -> u64) {
        self.words.iter_mut().zip(&other.words).for_each(|(own, other)| *own = join(*own, *other));
    }

    /// Calls `each` with the stories, in blocks.
    pub(super) fn for_each_block(&self, each: &mut dyn FnMut(&[DocId])) {
        let mut block = Vec::with_capacity(WORD as usize);
        for (number, word) in (self.first..).zip(&self.words).filter(|(_, word)| **word != 0) {
            block.clear();
            block.extend(ones(*word).map(|bit| number * WORD + bit));
            each(&block);
        }
    }
}

/// The places of a word's ones, the lowest first.
pub(super) fn ones(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (word != 0).then(|| word.trailing_zeros())?;
        word &= word - 1;
        Some(bit)
    })
}

/// What a query finds.
pub(super) enum Set<'a> {
    /// Terms, on bits.
    Terms(Joined<'a>),
    /// Anything else, as the engine does it.
    Other(Box<dyn Weight>),
}

impl<'a> Set<'a> {
    /// The set of a query.
    pub(super) fn of(query: &'a dyn Query, searcher: &Searcher, dictionary: &Dictionary) -> tantivy::Result<Set<'a>> {
        let entry = |term: &Term| dictionary.entry(searcher, term);
        Ok(match Joined::of(query, &entry)? {
            Some(joined) => Set::Terms(joined),
            None => Set::Other(query.weight(EnableScoring::disabled_from_searcher(searcher))?),
        })
    }

    /// How many postings are read to find it, as far as that is known beforehand.
    pub(super) fn read(&self) -> u64 {
        match self {
            Set::Terms(joined) => joined.read(),
            Set::Other(_) => u64::MAX,
        }
    }

    /// Calls `each` with the stories of a piece that are in the set and not deleted, in blocks.
    pub(super) fn for_each_block(&self, piece: &Piece<'_>, each: &mut dyn FnMut(&[DocId])) -> tantivy::Result<()> {
        match self {
            Set::Terms(_) => self.bits(piece)?.for_each_block(each),
            Set::Other(weight) => for_each_block(&**weight, piece, each)?,
        }
        Ok(())
    }

    /// The stories of a piece that are in the set and not deleted.
    pub(super) fn bits(&self, piece: &Piece<'_>) -> tantivy::Result<Bits> {
        match self {
            Set::Terms(joined) => {
                let mut bits = joined.open(piece)?.bits(&piece.docs);
                if let Some(alive) = piece.segment.alive_bitset() {
                    bits.retain(|doc| alive.is_alive(doc));
                }
                Ok(bits)
            }
            Set::Other(weight) => {
                let mut bits = Bits::none(&piece.docs);
                for_each_block(&**weight, piece, &mut |docs| bits.insert_all(docs))?;
                Ok(bits)
            }
        }
    }

    /// How many stories there are in all.
    pub(super) fn count(&self, searcher: &Searcher) -> tantivy::Result<usize> {
        let counts =
            by_piece(
                searcher,
                self.read(),
                || 0,
                |count, piece| {
                    *count +=
                        match self {
                            Set::Terms(Joined::Term(_, entry)) if !piece.segment.has_deletes() => {
                                if piece.docs.start == 0 { entry.stories_of(piece.number) as usize } else { 0 }
                            }
                            Set::Terms(_) => self.bits(piece)?.len(),
                            Set::Other(weight) if piece.is_whole() => weight.count(piece.segment)? as usize,
                            Set::Other(weight) => {
                                let mut found = 0;
                                for_each_block(&**weight, piece, &mut |docs| found += docs.len())?;
                                found
                            }
                        };
                    Ok(())
                },
            )?;
        Ok(counts.iter().sum())
    }
}

/// Terms, and how they are joined.
pub(super) enum Joined<'a> {
    Term(&'a Term, Arc<Entry>),
    Every,
    Any(Vec<Joined<'a>>),
    /// All of the first, none of the second.
    All(Vec<Joined<'a>>, Vec<Joined<'a>>),
}

impl<'a> Joined<'a> {
    /// The terms of a query; nothing where it asks for anything else.
    fn of(
        query: &'a dyn Query,
        entry: &dyn Fn(&Term) -> tantivy::Result<Arc<Entry>>,
    ) -> tantivy::Result<Option<Joined<'a>>> {
        if let Some(inner) = query.downcast_ref::<Box<dyn Query>>() {
            return Joined::of(&**inner, entry);
        }
        if let Some(term) = query.downcast_ref::<TermQuery>() {
            return Ok(Some(Joined::Term(term.term(), entry(term.term())?)));
        }
        if query.is::<AllQuery>() {
            return Ok(Some(Joined::Every));
        }
        if query.is::<EmptyQuery>() {
            return Ok(Some(Joined::Any(Vec::new())));
        }
        let Some(boolean) = query.downcast_ref::<BooleanQuery>() else { return Ok(None) };
        let (mut must, mut should, mut without) = (Vec::new(), Vec::new(), Vec::new());
        for (occur, clause) in boolean.clauses() {
            let Some(clause) = Joined::of(&**clause, entry)? else { return Ok(None) };
            match occur {
                Occur::Must => must.push(clause),
                Occur::Should => should.push(clause),
                Occur::MustNot => without.push(clause),
            }
        }
        Ok(match (must.is_empty(), should.is_empty(), without.is_empty()) {
            (true, _, true) if boolean.get_minimum_number_should_match() <= 1 => Some(Joined::Any(should)),
            (false, true, _) => Some(Joined::All(must, without)),
            // What is neither all nor any has rules of its own.
            _ => None,
        })
    }

    /// How many postings are read: of all parts the shortest, in which the others are looked for.
    fn read(&self) -> u64 {
        match self {
            Joined::Term(_, entry) => entry.stories,
            Joined::Every => u64::MAX,
            Joined::Any(parts) => parts.iter().map(Joined::read).fold(0, u64::saturating_add),
            Joined::All(parts, _) => parts.iter().map(Joined::read).min().unwrap_or_default(),
        }
    }

    /// Opens the lists of a piece.
    fn open(&self, piece: &Piece<'_>) -> tantivy::Result<Opened> {
        let open =
            |parts: &[Joined<'_>]| parts.iter().map(|part| part.open(piece)).collect::<tantivy::Result<Vec<_>>>();
        Ok(match self {
            Joined::Term(term, entry) => {
                let list = entry.postings(term, piece.number, piece.segment, IndexRecordOption::Basic)?;
                Opened::Lists(list.into_iter().collect())
            }
            Joined::Every => Opened::Bits(Bits::all(&piece.docs)),
            Joined::Any(parts) => {
                let mut lists = Vec::new();
                let mut others = Vec::new();
                for part in open(parts)? {
                    match part {
                        Opened::Lists(more) => lists.extend(more),
                        other @ (Opened::Bits(_) | Opened::Parts(..)) => others.push(other),
                    }
                }
                if others.is_empty() {
                    return Ok(Opened::Lists(lists));
                }
                let mut any = Opened::Lists(lists).bits(&piece.docs);
                for other in others {
                    any.join(&other.bits(&piece.docs), |own, other| own | other);
                }
                Opened::Bits(any)
            }
            Joined::All(parts, without) => Opened::Parts(open(parts)?, open(without)?),
        })
    }
}

/// The lists of one piece.
enum Opened {
    /// Any of these lists.
    Lists(Vec<BlockSegmentPostings>),
    Bits(Bits),
    /// All of the first, none of the second.
    Parts(Vec<Opened>, Vec<Opened>),
}

impl Opened {
    /// How many stories are read to go through it.
    fn len(&self) -> u64 {
        match self {
            Opened::Lists(lists) => lists.iter().map(|list| u64::from(list.doc_freq())).sum(),
            Opened::Bits(_) => 0,
            Opened::Parts(parts, _) => parts.iter().map(Opened::len).min().unwrap_or_default(),
        }
    }

    fn bits(self, docs: &Range<DocId>) -> Bits {
        match self {
            Opened::Lists(lists) => {
                let mut bits = Bits::none(docs);
                for mut list in lists {
                    if docs.start > 0 {
                        list.seek(docs.start);
                    }
                    // What of the first and the last block lies outside has no bit.
                    while list.docs().first().is_some_and(|first| *first < docs.end) {
                        bits.insert_all(list.docs());
                        list.advance();
                    }
                }
                bits
            }
            Opened::Bits(bits) => bits,
            Opened::Parts(mut parts, without) => {
                // The shortest first: the others need only tell which of it they hold.
                parts.sort_by_key(Opened::len);
                let mut parts = parts.into_iter();
                let Some(first) = parts.next() else { return Bits::none(docs) };
                let mut bits = first.bits(docs);
                for part in parts {
                    part.narrow(&mut bits, docs, true);
                }
                for part in without {
                    part.narrow(&mut bits, docs, false);
                }
                bits
            }
        }
    }

    /// Leaves in `bits` what is, or is not, in this too.
    fn narrow(self, bits: &mut Bits, docs: &Range<DocId>, within: bool) {
        match self {
            Opened::Lists(mut lists) if bits.len() as u64 * LOOKED_FOR < lists.iter().map(freq).sum() => {
                bits.retain(|doc| {
                    let holds = |list: &mut BlockSegmentPostings| {
                        let at = list.seek(doc);
                        list.docs().get(at) == Some(&doc)
                    };
                    lists.iter_mut().any(holds) == within
                });
            }
            other => {
                let other = other.bits(docs);
                bits.join(&other, |own, other| own & if within { other } else { !other });
            }
        }
    }
}

fn freq(list: &BlockSegmentPostings) -> u64 {
    u64::from(list.doc_freq())
}

#[cfg(test)]
mod tests {
    use super::{Dictionary, Set};
    use crate::engine::hands::cut_in_two;
    use crate::engine::reader::begun;
    use tantivy::collector::{Count, DocSetCollector};
    use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, EnableScoring, Occur, Query, TermQuery};
    use tantivy::schema::{Field, IndexRecordOption, Schema, TEXT, Term};
    use tantivy::{DocAddress, DocSet, Index, IndexWriter, Searcher, doc};

    const STORIES: usize = 3_000;

    fn term(field: Field, number: u32) -> Term {
        Term::from_field_text(field, &format!("w{number}"))
    }

    /// Stories of which one in three holds `w2`, one in four `w3` and so on; some are deleted.
    fn archive() -> (Searcher, Field) {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).expect("memory");
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        for story in 0..STORIES {
            let held = (0..200).filter(|word| story % (word + 1) == 0).map(|word| format!("w{word}"));
            writer.add_document(doc!(field => held.collect::<Vec<_>>().join(" "))).expect("a writer");
            if story == 130 || story == STORIES / 2 {
                writer.commit().expect("memory");
            }
        }
        writer.delete_term(term(field, 90));
        writer.commit().expect("memory");
        (index.reader().expect("an index").searcher(), field)
    }

    #[derive(Clone, Debug)]
    enum Tree {
        Term(u32),
        Every,
        Nothing,
        Joined(Vec<(Occur, Tree)>),
    }

    fn trees() -> impl proptest::strategy::Strategy<Value = Tree> {
        use proptest::prelude::*;
        let occur = prop_oneof![Just(Occur::Must), Just(Occur::Should), Just(Occur::MustNot)];
        let leaf = prop_oneof![
            8 => (0u32..210).prop_map(Tree::Term),
            4 => (0u32..8).prop_map(Tree::Term),
            1 => Just(Tree::Every),
            1 => Just(Tree::Nothing),
        ];
        leaf.prop_recursive(3, 20, 5, move |inner| {
            let clauses = |occur: BoxedStrategy<Occur>| proptest::collection::vec((occur, inner.clone()), 1..5);
            let all_alike = prop_oneof![Just(Occur::Must), Just(Occur::Should)].prop_flat_map({
                let inner = inner.clone();
                move |occur| proptest::collection::vec((Just(occur), inner.clone()), 1..5)
            });
            prop_oneof![clauses(occur.clone().boxed()), all_alike].prop_map(Tree::Joined)
        })
    }

    fn query(tree: &Tree, field: Field) -> Box<dyn Query> {
        match tree {
            Tree::Term(number) => Box::new(TermQuery::new(term(field, *number), IndexRecordOption::Basic)),
            Tree::Every => Box::new(AllQuery),
            Tree::Nothing => Box::new(EmptyQuery),
            Tree::Joined(clauses) => {
                Box::new(BooleanQuery::new(clauses.iter().map(|(occur, tree)| (*occur, query(tree, field))).collect()))
            }
        }
    }

    #[test]
    fn bits_say_what_the_engine_says() {
        let (searcher, field) = archive();
        let dictionary = Dictionary::default();
        let mut runner = proptest::test_runner::TestRunner::default();
        let checked = runner.run(&trees(), |tree| {
            let query = query(&tree, field);
            let set = Set::of(&*query, &searcher, &dictionary).expect("terms");
            let mut found = std::collections::HashSet::new();
            for piece in cut_in_two(&searcher) {
                let number = u32::try_from(piece.number).expect("a few segments");
                let mut add = |docs: &[u32]| found.extend(docs.iter().map(|doc| DocAddress::new(number, *doc)));
                set.for_each_block(&piece, &mut add).expect("postings");
            }
            proptest::prop_assert_eq!(&found, &searcher.search(&query, &DocSetCollector).expect("postings"));
            proptest::prop_assert_eq!(set.count(&searcher).expect("postings"), found.len());
            proptest::prop_assert_eq!(searcher.search(&query, &Count).expect("postings"), found.len());
            Ok(())
        });
        checked.expect("the same stories");
    }

    #[test]
    fn a_piece_is_scored_as_in_the_whole() {
        let (searcher, field) = archive();
        let mut runner = proptest::test_runner::TestRunner::default();
        let checked = runner.run(&trees(), |tree| {
            let weight = query(&tree, field).weight(EnableScoring::enabled_from_searcher(&searcher)).expect("terms");
            let (mut engines, mut own) = (Vec::new(), Vec::new());
            for segment in searcher.segment_readers() {
                weight.for_each(segment, &mut |doc, score| engines.push((doc, score))).expect("postings");
            }
            for piece in cut_in_two(&searcher) {
                let mut scorer = begun(&*weight, &piece).expect("postings");
                let mut doc = scorer.doc();
                while doc < piece.docs.end {
                    own.push((doc, scorer.score()));
                    doc = scorer.advance();
                }
            }
            proptest::prop_assert_eq!(own.len(), engines.len());
            for (own, engines) in own.iter().zip(&engines) {
                proptest::prop_assert_eq!(own.0, engines.0);
                proptest::prop_assert!((own.1 - engines.1).abs() <= engines.1.abs() * 1e-5, "{own:?} {engines:?}");
            }
            Ok(())
        });
        checked.expect("the same scores");
    }
}
