//! The stories that a query finds, segment by segment, without order or weight.
//!
//! What asks for terms alone, joined in any way, is carried out on bits, a list of postings at a
//! time: an alternative of stems, or two common words joined by AND, cost several times as much
//! when they are merged story by story. All else is left to the engine.

use super::hands::by_segment;
use super::reader::for_each_block;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, EnableScoring, Occur, Query, TermQuery, Weight};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, Searcher, SegmentReader};

/// Stories of a list that are read in the time that one is looked for in it.
const LOOKED_FOR: u64 = 16;
/// Stories of one word of [`Bits`].
pub(super) const WORD: u32 = u64::BITS;

/// Stories of a segment, a bit for each.
#[derive(Clone, Debug)]
pub(super) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// No story of as many.
    pub(super) fn none(stories: u32) -> Bits {
        Bits { words: vec![0; stories.div_ceil(WORD) as usize] }
    }

    fn all(stories: u32) -> Bits {
        let mut bits = Bits { words: vec![u64::MAX; stories.div_ceil(WORD) as usize] };
        if let Some(last) = bits.words.last_mut()
            && !stories.is_multiple_of(WORD)
        {
            *last = (1 << (stories % WORD)) - 1;
        }
        bits
    }

    #[inline]
    pub(super) fn insert(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut((doc / WORD) as usize) {
            *word |= 1 << (doc % WORD);
        }
    }

    /// How many stories there are.
    pub(super) fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The bits of the stories from `number` times [`WORD`] on.
    pub(super) fn word(&self, number: u32) -> u64 {
        self.words.get(number as usize).copied().unwrap_or_default()
    }

    /// The first word from `number` on that has any story.
    pub(super) fn next_word(&self, number: u32) -> Option<u32> {
        let rest = self.words.get(number as usize..)?;
        rest.iter().position(|word| *word != 0).and_then(|at| u32::try_from(at).ok()).map(|at| number + at)
    }

    /// Keeps of the stories those that `keep` says yes to, which is asked in their order.
    fn retain(&mut self, mut keep: impl FnMut(DocId) -> bool) {
        for (number, word) in (0..).zip(&mut self.words) {
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
        for (number, word) in (0..).zip(&self.words).filter(|(_, word)| **word != 0) {
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
    pub(super) fn of(query: &'a dyn Query, searcher: &Searcher) -> tantivy::Result<Set<'a>> {
        Ok(match Joined::of(query) {
            Some(joined) => Set::Terms(joined),
            None => Set::Other(query.weight(EnableScoring::disabled_from_searcher(searcher))?),
        })
    }

    /// Calls `each` with the stories of a segment that are in the set and not deleted, in blocks.
    pub(super) fn for_each_block(
        &self,
        segment: &SegmentReader,
        each: &mut dyn FnMut(&[DocId]),
    ) -> tantivy::Result<()> {
        match self {
            Set::Terms(_) => self.bits(segment)?.for_each_block(each),
            Set::Other(weight) => for_each_block(&**weight, segment, each)?,
        }
        Ok(())
    }

    /// The stories of a segment that are in the set and not deleted.
    pub(super) fn bits(&self, segment: &SegmentReader) -> tantivy::Result<Bits> {
        match self {
            Set::Terms(joined) => {
                let mut bits = joined.open(segment)?.bits(segment.max_doc());
                if let Some(alive) = segment.alive_bitset() {
                    bits.retain(|doc| alive.is_alive(doc));
                }
                Ok(bits)
            }
            Set::Other(weight) => {
                let mut bits = Bits::none(segment.max_doc());
                for_each_block(&**weight, segment, &mut |docs| docs.iter().for_each(|doc| bits.insert(*doc)))?;
                Ok(bits)
            }
        }
    }

    /// How many stories there are in all.
    pub(super) fn count(&self, searcher: &Searcher) -> tantivy::Result<usize> {
        let counts = by_segment(
            searcher,
            || 0,
            |count, _, segment| {
                *count += match self {
                    Set::Terms(Joined::Term(term)) if !segment.has_deletes() => {
                        segment.inverted_index(term.field())?.doc_freq(term)? as usize
                    }
                    Set::Terms(_) => self.bits(segment)?.len(),
                    Set::Other(weight) => weight.count(segment)? as usize,
                };
                Ok(())
            },
        )?;
        Ok(counts.iter().sum())
    }
}

/// Terms, and how they are joined.
pub(super) enum Joined<'a> {
    Term(&'a Term),
    Every,
    Any(Vec<Joined<'a>>),
    /// All of the first, none of the second.
    All(Vec<Joined<'a>>, Vec<Joined<'a>>),
}

impl<'a> Joined<'a> {
    /// The terms of a query; nothing where it asks for anything else.
    fn of(query: &'a dyn Query) -> Option<Joined<'a>> {
        if let Some(inner) = query.downcast_ref::<Box<dyn Query>>() {
            return Joined::of(&**inner);
        }
        if let Some(term) = query.downcast_ref::<TermQuery>() {
            return Some(Joined::Term(term.term()));
        }
        if query.is::<AllQuery>() {
            return Some(Joined::Every);
        }
        if query.is::<EmptyQuery>() {
            return Some(Joined::Any(Vec::new()));
        }
        let boolean = query.downcast_ref::<BooleanQuery>()?;
        let (mut must, mut should, mut without) = (Vec::new(), Vec::new(), Vec::new());
        for (occur, clause) in boolean.clauses() {
            let clause = Joined::of(&**clause)?;
            match occur {
                Occur::Must => must.push(clause),
                Occur::Should => should.push(clause),
                Occur::MustNot => without.push(clause),
            }
        }
        match (must.is_empty(), should.is_empty(), without.is_empty()) {
            (true, _, true) if boolean.get_minimum_number_should_match() <= 1 => Some(Joined::Any(should)),
            (false, true, _) => Some(Joined::All(must, without)),
            // What is neither all nor any has rules of its own.
            _ => None,
        }
    }

    /// Opens the lists of a segment.
    fn open(&self, segment: &SegmentReader) -> tantivy::Result<Opened> {
        let open = |parts: &[Joined<'_>]| parts.iter().map(|p| p.open(segment)).collect::<tantivy::Result<Vec<_>>>();
        Ok(match self {
            Joined::Term(term) => {
                let index = segment.inverted_index(term.field())?;
                Opened::Lists(index.read_block_postings(term, IndexRecordOption::Basic)?.into_iter().collect())
            }
            Joined::Every => Opened::Bits(Bits::all(segment.max_doc())),
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
                let mut any = Opened::Lists(lists).bits(segment.max_doc());
                for other in others {
                    any.join(&other.bits(segment.max_doc()), |own, other| own | other);
                }
                Opened::Bits(any)
            }
            Joined::All(parts, without) => Opened::Parts(open(parts)?, open(without)?),
        })
    }
}

/// The lists of one segment.
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

    fn bits(self, stories: u32) -> Bits {
        match self {
            Opened::Lists(lists) => {
                let mut bits = Bits::none(stories);
                for mut list in lists {
                    while !list.docs().is_empty() {
                        list.docs().iter().for_each(|doc| bits.insert(*doc));
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
                let Some(first) = parts.next() else { return Bits::none(stories) };
                let mut bits = first.bits(stories);
                for part in parts {
                    part.narrow(&mut bits, stories, true);
                }
                for part in without {
                    part.narrow(&mut bits, stories, false);
                }
                bits
            }
        }
    }

    /// Leaves in `bits` what is, or is not, in this too.
    fn narrow(self, bits: &mut Bits, stories: u32, within: bool) {
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
                let other = other.bits(stories);
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
    use super::Set;
    use tantivy::collector::{Count, DocSetCollector};
    use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Occur, Query, TermQuery};
    use tantivy::schema::{Field, IndexRecordOption, Schema, TEXT, Term};
    use tantivy::{DocAddress, Index, IndexWriter, Searcher, doc};

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
        let mut runner = proptest::test_runner::TestRunner::default();
        let checked = runner.run(&trees(), |tree| {
            let query = query(&tree, field);
            let set = Set::of(&*query, &searcher).expect("terms");
            let mut found = std::collections::HashSet::new();
            for (number, segment) in (0..).zip(searcher.segment_readers()) {
                let mut add = |docs: &[u32]| found.extend(docs.iter().map(|doc| DocAddress::new(number, *doc)));
                set.for_each_block(segment, &mut add).expect("postings");
            }
            proptest::prop_assert_eq!(&found, &searcher.search(&query, &DocSetCollector).expect("postings"));
            proptest::prop_assert_eq!(set.count(&searcher).expect("postings"), found.len());
            proptest::prop_assert_eq!(searcher.search(&query, &Count).expect("postings"), found.len());
            Ok(())
        });
        checked.expect("the same stories");
    }
}
