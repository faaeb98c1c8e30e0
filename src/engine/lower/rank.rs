//! How stories that match are ranked.
//!
//! A word scores by BM25 of its best stem in the whole text, in the headline and in the
//! lead, and of its printed form, so that a story in which it stands as typed, or in a
//! better place, comes first. With `any`, words that stand side by side in the query
//! score once more where they do so in a story, a phrase's words score by themselves too, and
//! a word that the archive does not hold scores by those that a letter parts from it. Words
//! of one beginning score as if they were one, in languages without a stemmer. Words much
//! like a rare one (`alike.rs`) score by the likest that a story holds; they belong to the
//! set. Nothing else of this changes which stories match.
//!
//! The weights were chosen over seventeen sets of queries in nine languages together, and
//! held against nine more of headlines and first sentences taken out of their stories. Tried
//! and left out, since they gained on some sets what they lost on others: a second ranking
//! of the archive with the words of the stories that come out first (pseudo-relevance
//! feedback; it gained on long questions and lost on names and on known headlines), words near
//! each other in any order or over a gap, the share of the query's words that a story holds,
//! rare words counting more or less than BM25 has it, other lengths of text. What gained on
//! nearly all is the second look at the best stories (`second_look/`).

use super::alike::Alike;
use super::pattern::Pattern;
use super::{Lowering, any_of};
use crate::engine::analysis::is_unstemmed;
use crate::engine::second_look::{Runs, WORDS_MAX};
use crate::engine::weighing::Group;
use crate::query::{FieldValue, Node, NodeKind};
use crate::text::fold;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, BoostQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query as Engine,
};
use tantivy::schema::{Field as Column, Term};

/// How much the headline's best stem counts beside the whole text's.
const HEADLINE: f32 = 1.0;
/// The same of the lead's.
const LEAD: f32 = 0.15;
/// The same of the word as printed, levelled.
const PRINTED: f32 = 0.5;
/// How much two words of the query count where they stand side by side in the text.
const PAIR: f32 = 0.2;
/// The same in the headline.
const HEADLINE_PAIR: f32 = 0.1;
/// How much a word of a phrase counts by itself, beside a word that is none's.
const OF_PHRASE: f32 = 0.5;
/// How much the commonest words of a word's beginning count, as one word, in languages without
/// a stemmer: in others its stems do better.
const BEGUN: f32 = 1.0;
/// How much a word counts that is much like one of the query, times its likeness.
const ALIKE: f32 = 0.5;
/// How much a likely word counts beside one that is typed.
const LIKELY: f32 = 0.5;
/// Likely words taken of each unknown one, those in most stories.
const LIKELY_MAX: usize = 3;
/// Letters of the shortest word that others are likely for.
const LIKELY_LETTERS_MIN: usize = 4;

fn boosted(query: Box<dyn Engine>, boost: f32) -> Box<dyn Engine> {
    Box::new(BoostQuery::new(query, boost))
}

impl Lowering<'_> {
    /// A word of the text with the weights of its places.
    pub(super) fn ranked_word(&self, word: &str) -> Box<dyn Engine> {
        any_of(self.word_groups(word).iter().map(Group::query).collect())
    }

    /// What a word of the text weighs: its best stem, by place, and itself as printed.
    pub(super) fn word_groups(&self, word: &str) -> Vec<Group> {
        let f = &self.reader.fields;
        let all = self.reader.searcher.total_num_docs().unwrap_or(0);
        let best = |column: Column, boost: f32| {
            let held = self.held_stems(word, column);
            let stories = held.iter().map(|(_, stories)| stories).sum::<u64>().min(all);
            let terms = held.iter().map(|(stem, _)| (Term::from_field_text(column, stem), 1.0)).collect();
            Group { terms, stories: Some(stories), boost }
        };
        let places = [(f.stem, 1.0), (f.head_stem, HEADLINE), (f.lead_stem, LEAD)];
        let mut groups: Vec<Group> = places.map(|(column, boost)| best(column, boost)).into();
        groups.push(Group::of(f.text, &fold(word)).boosted(PRINTED));
        groups.retain(|group| !group.terms.is_empty());
        groups
    }

    /// Words much like one, which count by how like they are.
    pub(super) fn alike_group(&self, word: &str, alike: &[Alike]) -> Group {
        let f = &self.reader.fields;
        let weighed = |a: &Alike| (Term::from_field_text(f.text, &a.word), ALIKE * a.likeness);
        let all = self.reader.searcher.num_docs();
        let itself = self.reader.held_by(f.text, &fold(word));
        let stories = alike.iter().map(|a| a.stories).sum::<u64>().saturating_add(itself).min(all);
        Group { terms: alike.iter().map(weighed).collect(), stories: Some(stories), boost: 1.0 }
    }

    /// Adds to a ranking of words joined by `any` what tells more than the words alone.
    pub(super) fn ranked_any(&self, root: &Node, ranking: Box<dyn Engine>) -> Box<dyn Engine> {
        let mut words = Vec::new();
        plain_words(root, &mut words);
        let mut extra: Vec<Box<dyn Engine>> = Vec::new();
        if !words.is_empty() {
            self.pairs(&words, &mut extra);
            self.begun(&words, &mut extra);
            self.likely(&words, &mut extra);
        }
        let mut of_phrases = Vec::new();
        phrase_words(root, &mut of_phrases);
        for word in of_phrases {
            extra.push(boosted(self.ranked_word(word), OF_PHRASE));
        }
        with(ranking, extra)
    }

    /// What the best stories are looked at again for.
    pub(super) fn runs(&self, root: &Node) -> Runs {
        let mut words = Vec::new();
        plain_words(root, &mut words);
        words.retain(|w| !is_unstemmed(w));
        words.truncate(WORDS_MAX);
        let unstemmed = words.iter().filter(|w| !self.is_stemmed(&fold(w))).count();
        let share = unstemmed as f32 / words.len().max(1) as f32;
        Runs::of(&words, share)
    }

    fn pairs(&self, words: &[&str], out: &mut Vec<Box<dyn Engine>>) {
        let f = &self.reader.fields;
        let mut pairs: FxHashMap<&[&str], f32> = FxHashMap::default();
        for pair in words.windows(2) {
            *pairs.entry(pair).or_default() += 1.0;
        }
        for pair in words.windows(2) {
            // A pair that is written several times counts as often, where it is first.
            let Some(times) = pairs.remove(pair) else { continue };
            let terms = |column| pair.iter().map(|w| Term::from_field_text(column, &fold(w))).collect::<Vec<_>>();
            for (weight, column) in [(PAIR, f.text), (HEADLINE_PAIR, f.head)] {
                out.push(boosted(Box::new(PhraseQuery::new(terms(column))), weight * times));
            }
        }
    }

    /// Words of one beginning count as if they were one: the best of them that a story holds.
    fn begun(&self, words: &[&str], out: &mut Vec<Box<dyn Engine>>) {
        let mut times: BTreeMap<String, f32> = BTreeMap::new();
        for word in words {
            *times.entry(fold(word)).or_default() += 1.0;
        }
        let all = self.reader.searcher.num_docs();
        for (word, times) in times {
            let begun = self.begun_as(&word);
            if begun.is_empty() {
                continue;
            }
            let stories = begun.iter().map(|b| b.stories).sum::<u64>().min(all);
            let terms = begun.iter().map(|b| (Term::from_field_text(self.reader.fields.text, &b.word), 1.0)).collect();
            out.push(Group { terms, stories: Some(stories), boost: BEGUN * times }.query());
        }
    }

    /// Words that the archive does not hold: those a letter away stand in for them.
    fn likely(&self, words: &[&str], out: &mut Vec<Box<dyn Engine>>) {
        let f = &self.reader.fields;
        for word in words {
            let folded = fold(word);
            if folded.chars().count() < LIKELY_LETTERS_MIN || self.reader.held_by(f.text, &folded) > 0 {
                continue;
            }
            let Ok((mut like, _)) = self.expand(&Pattern::Fuzzy(folded.clone(), 1), f.text, 1000) else { continue };
            like.retain(|l| l.0 != folded);
            like.sort_by_key(|l| std::cmp::Reverse(l.1));
            like.truncate(LIKELY_MAX);
            let terms: Vec<Box<dyn Engine>> = like.iter().map(|l| self.ranked_word(&l.0)).collect();
            if !terms.is_empty() {
                out.push(boosted(Box::new(DisjunctionMaxQuery::new(terms)), LIKELY));
            }
        }
    }
}

fn with(ranking: Box<dyn Engine>, extra: Vec<Box<dyn Engine>>) -> Box<dyn Engine> {
    if extra.is_empty() {
        return ranking;
    }
    let mut clauses = vec![(Occur::Must, ranking)];
    clauses.extend(extra.into_iter().map(|q| (Occur::Should, q)));
    Box::new(BooleanQuery::new(clauses))
}

/// The words of the phrases that a query joins, each once: *porte-parole* is one too.
fn phrase_words<'a>(node: &'a Node, out: &mut Vec<&'a str>) {
    match &node.kind {
        NodeKind::Phrase(phrase) if !phrase.exact => {
            // A letter of U.N. says nothing by itself.
            let tells = |w: &&String| !is_unstemmed(w) && !w.contains(['*', '?']) && w.chars().nth(1).is_some();
            for word in phrase.words.iter().filter(tells) {
                if !out.contains(&word.as_str()) {
                    out.push(word);
                }
            }
        }
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().for_each(|n| phrase_words(n, out)),
        _ => {}
    }
}

/// The plain words that a query joins, in order; words of phrases without quotes too.
fn plain_words<'a>(node: &'a Node, out: &mut Vec<&'a str>) {
    match &node.kind {
        NodeKind::Word(word) if !is_unstemmed(word) => out.push(word),
        NodeKind::Phrase(phrase) if !phrase.exact => out.extend(phrase.words.iter().map(String::as_str)),
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().for_each(|n| plain_words(n, out)),
        NodeKind::Field(_, FieldValue::Words(_)) => {}
        _ => {}
    }
}
