//! Words by their stems, and plain phrases.

use super::alike::Alike;
use super::body::InBody;
use super::{LowerError, Lowering, Scope, any_of, term};
use crate::data::irregular;
use crate::engine::analysis::{LONG, LONG_BEGINS, STEM_MARK, is_letter, is_unstemmed, stem_terms};
use crate::engine::marks::Mark;
use crate::engine::near::NearQuery;
use crate::engine::reader::Reader;
use crate::query::{Node, NodeKind, Phrase};
use crate::text::fold;
use std::rc::Rc;
use std::sync::Arc;
use tantivy::query::{PhraseQuery, Query as Engine};
use tantivy::schema::{Field as Column, Term};

/// Stems, each with the number of stories that hold it.
type Held = Rc<Vec<(String, u64)>>;

/// Stems of a word, and which of them the columns hold that were asked for.
#[derive(Default)]
pub(super) struct Stems {
    all: Rc<Vec<String>>,
    held: Vec<(Column, Held)>,
}

impl Lowering<'_> {
    /// A word, and where words are widened those much like it.
    pub(super) fn word(&self, word: &str, scope: Scope) -> Result<Box<dyn Engine>, LowerError> {
        let itself = self.word_itself(word, scope);
        let alike = self.alike_in(word, scope)?;
        if alike.is_empty() {
            return Ok(itself);
        }
        let alike = if self.ranked {
            self.alike_group(word, &alike).query()
        } else {
            any_of(alike.iter().map(|a| term(self.reader.fields.text, &a.word, false)).collect())
        };
        Ok(any_of(vec![itself, alike]))
    }

    /// The words that a word stands for beside itself.
    pub(super) fn alike_in(&self, word: &str, scope: Scope) -> Result<Rc<Vec<Alike>>, LowerError> {
        let sought = self.widened && scope == Scope::Text && !is_unstemmed(word);
        if sought { self.alike(word) } else { Ok(Rc::default()) }
    }

    fn word_itself(&self, word: &str, scope: Scope) -> Box<dyn Engine> {
        let f = &self.reader.fields;
        if is_unstemmed(word) || matches!(scope, Scope::Byline | Scope::Quote) {
            return match scope {
                Scope::Lead | Scope::Body | Scope::Quote => self.near(self.word_spec(word, scope), scope),
                Scope::Text | Scope::Headline | Scope::Byline => term(self.column(scope), &fold(word), self.ranked),
            };
        }
        if self.ranked && scope == Scope::Text && !word.contains('\u{200C}') {
            return self.ranked_word(word);
        }
        let mut queries: Vec<Box<dyn Engine>> = Vec::new();
        for (stem, _) in self.held_stems(word, self.stems_of_scope(scope)).iter() {
            match scope {
                Scope::Body => queries.push(Box::new(InBody::new(f, stem))),
                _ => queries.push(term(self.stems_of_scope(scope), stem, self.ranked)),
            }
        }
        if word.contains('\u{200C}') {
            queries.push(self.near(self.word_spec(word, scope), scope));
        }
        any_of(queries)
    }

    pub(super) fn word_mark(&self, word: &str, scope: Scope) -> Result<Mark, LowerError> {
        let itself = self.word_mark_itself(word, scope);
        let alike = self.alike_in(word, scope)?;
        if alike.is_empty() {
            return Ok(itself);
        }
        let words = alike.iter().map(|a| a.word.clone()).collect();
        Ok(Mark::Any(vec![itself, Mark::Words { words, scope }]))
    }

    fn word_mark_itself(&self, word: &str, scope: Scope) -> Mark {
        if is_unstemmed(word) || matches!(scope, Scope::Byline | Scope::Quote) || word.contains('\u{200C}') {
            return Mark::places(self.word_spec(word, scope), scope);
        }
        let held = self.held_stems(word, self.stems_of_scope(scope));
        Mark::Stems { stems: held.iter().map(|(stem, _)| stem.clone()).collect(), scope }
    }

    /// The column that holds a part's stems; those of the body are told apart by frequencies.
    fn stems_of_scope(&self, scope: Scope) -> Column {
        let f = &self.reader.fields;
        match scope {
            Scope::Text | Scope::Body | Scope::Byline | Scope::Quote => f.stem,
            Scope::Headline => f.head_stem,
            Scope::Lead => f.lead_stem,
        }
    }

    /// The stems of a word that a column of the archive holds, each with the number of stories;
    /// each word is looked up once.
    pub(super) fn held_stems(&self, word: &str, column: Column) -> Held {
        let stems = self.stems(word);
        let of_column = |known: &Stems| known.held.iter().find(|(c, _)| *c == column).map(|(_, held)| Rc::clone(held));
        if let Some(held) = self.stems.borrow().get(word).and_then(of_column) {
            return held;
        }
        let stories = |stem: &String| self.reader.held_by(column, stem);
        let counted = stems.iter().map(|stem| (stem.clone(), stories(stem)));
        let held: Held = Rc::new(counted.filter(|(_, stories)| *stories > 0).collect());
        if let Some(known) = self.stems.borrow_mut().get_mut(word) {
            known.held.push((column, Rc::clone(&held)));
        }
        held
    }

    /// Looks up together what a query is sure to need: the stems of its words, with `listed` in all
    /// places that rank them, which words of its phrases are written in parts, and the statuses that are held back.
    pub(super) fn look_up(&self, root: &Node, statuses: &[&str], listed: bool) {
        let f = &self.reader.fields;
        let mut terms: Vec<Term> = statuses.iter().map(|status| Term::from_field_text(f.status, status)).collect();
        let places = [f.stem, f.head_stem, f.lead_stem];
        let columns = if listed { &places } else { &places[..1] };
        let (mut words, mut phrases) = (Vec::new(), Vec::new());
        plain_parts(root, &mut words, &mut phrases);
        let of_phrases = phrases.iter().flat_map(|phrase| &phrase.words);
        terms.extend(of_phrases.map(|word| Term::from_field_text(f.text, &format!("{}{LONG}", fold(word)))));
        for word in words {
            let stems = self.stems(word);
            terms.extend(columns.iter().flat_map(|c| stems.iter().map(|stem| Term::from_field_text(*c, stem))));
            if listed {
                terms.push(Term::from_field_text(f.text, &fold(word)));
            }
        }
        self.reader.dictionary.look_up(&self.reader.searcher, terms);
    }

    /// The term of a folded word at the places of all its parts, where a column has it in parts.
    pub(super) fn long(&self, column: Column, folded: &str) -> Option<String> {
        let long = format!("{folded}{LONG}");
        (self.reader.held_by(column, &long) > 0).then_some(long)
    }

    /// The same of many words.
    pub(super) fn all_long(&self, column: Column, words: &[String]) -> Vec<String> {
        // An archive without any is spared a look-up a word.
        if self.reader.held_by(column, LONG_BEGINS) == 0 {
            return Vec::new();
        }
        words.iter().filter_map(|word| self.long(column, word)).collect()
    }

    /// The stems of a word in all languages of the archive.
    fn stems(&self, word: &str) -> Rc<Vec<String>> {
        let mut known = self.stems.borrow_mut();
        let known = known.entry(word.to_owned()).or_default();
        if known.all.is_empty() {
            known.all = Rc::new(stems_of(self.reader, word));
        }
        Rc::clone(&known.all)
    }

    /// The column that holds a part's words with their positions.
    pub(super) fn column(&self, scope: Scope) -> Column {
        let f = &self.reader.fields;
        match scope {
            Scope::Text | Scope::Lead | Scope::Body | Scope::Quote => f.text,
            Scope::Headline => f.head,
            Scope::Byline => f.byline,
        }
    }

    pub(super) fn phrase(&self, node: &Node, phrase: &Phrase, scope: Scope) -> Result<Box<dyn Engine>, LowerError> {
        let wild = |w: &String| w.contains(['*', '?', '\u{200C}']);
        let in_part = matches!(scope, Scope::Lead | Scope::Body | Scope::Quote);
        // Tantivy's phrase of no story cannot be left out: it would be asked for stories behind its end.
        if phrase.exact || phrase.slop > 0 || in_part || self.excluded || phrase.words.iter().any(wild) {
            return self.placed(node, scope);
        }
        let column = self.column(scope);
        // Nor does it know words that have several places, and letters that have one together.
        let letters = |pair: &[String]| pair.iter().all(|word| is_letter(word));
        if phrase.words.windows(2).any(letters) {
            return self.placed(node, scope);
        }
        if phrase.words.iter().any(|word| self.long(column, &fold(word)).is_some()) {
            return self.placed(node, scope);
        }
        // Tantivy's phrase is exact where nothing may stand between the words.
        Ok(match phrase.words.as_slice() {
            [one] => term(column, &fold(one), self.ranked),
            words => {
                Box::new(PhraseQuery::new(words.iter().map(|w| Term::from_field_text(column, &fold(w))).collect()))
            }
        })
    }

    pub(super) fn near(&self, spec: crate::engine::near::Spec, scope: Scope) -> Box<dyn Engine> {
        let column = self.column(scope);
        Box::new(NearQuery { column, spec: Arc::new(spec), budget: Arc::clone(&self.budget) })
    }
}

/// The words of the text that are looked for by their stems, and the phrases, but for those in
/// fields and beside distances.
fn plain_parts<'a>(node: &'a Node, words: &mut Vec<&'a str>, phrases: &mut Vec<&'a Phrase>) {
    match &node.kind {
        NodeKind::Word(word) if !is_unstemmed(word) && !word.contains('\u{200C}') => words.push(word),
        NodeKind::Phrase(phrase) => phrases.push(phrase),
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().for_each(|node| plain_parts(node, words, phrases)),
        NodeKind::Not(node) => plain_parts(node, words, phrases),
        _ => {}
    }
}

/// The stems of a word in every language of the archive: its own, those of its irregular
/// forms, and the word itself, which is the stem of its inflections where a stemmer takes
/// part of it for an ending (Turkish *seçim*, *seçimler*).
pub(super) fn stems_of(reader: &Reader, word: &str) -> Vec<String> {
    let mut stems = stem_terms(word, None);
    let folded = fold(word);
    let mut add = |stem: String| {
        if !stems.contains(&stem) {
            stems.push(stem);
        }
    };
    for language in reader.languages() {
        let own = stem_terms(word, Some(language));
        let tagged =
            own.first().and_then(|s| s.split_once(STEM_MARK)).map(|(tag, _)| format!("{tag}{STEM_MARK}{folded}"));
        own.into_iter().chain(tagged).for_each(&mut add);
        for form in irregular::forms_of(language, &folded) {
            stem_terms(form, Some(language)).into_iter().for_each(&mut add);
        }
    }
    stems
}
