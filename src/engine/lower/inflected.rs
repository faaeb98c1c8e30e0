//! The words of an archive that a word finds by its stem, for `explain`: as stories have them, with
//! the number of stories that are found by each.
//!
//! The dictionary of the text is looked through where words of the stem may stand. What is found by
//! words that stand elsewhere is counted all the same.

use super::pattern::prefix_end;
use super::{LowerError, Lowering, Scope, any_of, term};
use crate::engine::ArchiveError;
use crate::engine::analysis::STEM_MARK;
use crate::engine::exact::EXACT_MARK;
use crate::engine::lexemes::Lexemes;
use crate::query::{Node, NodeKind};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use tantivy::query::{BooleanQuery, Occur, Query as Engine};
use tantivy::schema::Field as Column;

/// Letters of a stem that its words begin with, as far as they are looked for at first.
const LETTERS_MAX: usize = 3;
/// Letters of a stem that stand together in its words, wherever that is.
const LETTERS_WITHIN: usize = 2;
/// The forms that are counted one by one, those in most stories: their number is always told.
const COUNTED_MAX: usize = 256;

/// What a word finds by its stem.
pub(super) struct Inflected {
    /// The forms with the stories that are found by them, most first.
    pub(super) forms: Vec<(String, u64)>,
    /// Stories that are found by none of them.
    pub(super) others: u64,
}

/// A form in the dictionary, levelled: the languages in which it has the stem, and in which it has that only
/// as it is printed.
#[derive(Default)]
struct Form {
    stories: u64,
    languages: Vec<usize>,
    printed: Vec<(String, usize)>,
    /// How it is printed where that is not plain, in small letters.
    spellings: BTreeMap<String, u64>,
}

impl Form {
    /// The form as most stories have it.
    fn shown<'f>(&'f self, levelled: &'f str) -> &'f str {
        let most = self.spellings.iter().max_by_key(|(_, stories)| **stories);
        most.filter(|(_, stories)| **stories * 2 > self.stories).map_or(levelled, |(spelling, _)| spelling)
    }
}

/// The stems that are looked for in one language.
struct Sought<'a> {
    lexemes: Lexemes,
    stems: Vec<&'a str>,
}

impl Sought<'_> {
    /// Whether a word has one of the stems; the second of its stems is that of its levelled form.
    fn has(&mut self, word: &str) -> bool {
        let lexeme = self.lexemes.of(word);
        [lexeme.stem(), lexeme.second_stem()].into_iter().any(|s| self.stems.contains(&self.lexemes.term(s)))
    }
}

/// The forms that were found in a dictionary so far.
#[derive(Default)]
struct Found {
    forms: BTreeMap<String, Form>,
    /// In which of the languages a word has one of the stems.
    languages: FxHashMap<String, Vec<usize>>,
}

impl Found {
    fn add(&mut self, term: &str, stories: u64, sought: &mut [Sought<'_>]) {
        let (levelled, printed) = match term.split_once(EXACT_MARK) {
            Some((levelled, printed)) => (levelled, Some(printed)),
            None => (term, None),
        };
        let word = printed.unwrap_or(levelled);
        if word.contains(char::is_control) {
            // A mark, a word in parts, or one in other cases, which is the levelled one.
            return;
        }
        if !self.languages.contains_key(word) {
            let of = (0..).zip(sought.iter_mut()).filter_map(|(i, s)| s.has(word).then_some(i)).collect();
            self.languages.insert(word.to_owned(), of);
        }
        let languages = &self.languages[word];
        if languages.is_empty() {
            return;
        }
        let form = self.forms.entry(levelled.to_owned()).or_default();
        let Some(printed) = printed else {
            form.stories += stories;
            form.languages.clone_from(languages);
            return;
        };
        *form.spellings.entry(printed.to_lowercase()).or_default() += stories;
        for language in languages {
            if !form.printed.iter().any(|(p, l)| p == printed && l == language) {
                form.printed.push((printed.to_owned(), *language));
            }
        }
    }
}

impl Lowering<'_> {
    /// The forms of a word that a part of the text holds, whose stems that are there are `stems`.
    pub(super) fn inflected(&self, word: &str, scope: Scope, stems: &[String]) -> Result<Inflected, LowerError> {
        let itself = Node { span: 0..0, kind: NodeKind::Word(word.to_owned()) };
        let all = self.shown_count(&*self.narrow().node(&itself, scope)?)?;
        let mut sought: Vec<Sought<'_>> = Vec::new();
        for stem in stems {
            let (code, _) = stem.split_once(STEM_MARK).unwrap_or_default();
            match sought.iter_mut().find(|s| s.lexemes.code() == code) {
                Some(known) => known.stems.push(stem),
                None => sought.push(Sought { lexemes: Lexemes::new(Some(code)), stems: vec![stem] }),
            }
        }
        // An affix leaves some letters of the stem side by side.
        let within = |s: &Sought<'_>| if s.lexemes.takes_off_beginnings() { LETTERS_WITHIN } else { 1 };
        let parts = beginnings(&sought, |s, stem| Some(stem.chars().take(within(s)).collect()));
        let near = beginnings(&sought, |s, stem| {
            if s.lexemes.takes_off_beginnings() {
                return None;
            }
            let letters = stem.chars().count();
            let taken = if letters > LETTERS_MAX { LETTERS_MAX } else { letters.saturating_sub(1).max(1) };
            Some(stem.chars().take(taken).collect())
        });
        let found = self.forms_within(&near, &parts, &mut sought, scope)?;
        let found = self.counted_forms(&found, &sought, scope, all)?;
        if found.others == 0 {
            return Ok(found);
        }
        // Words that keep no more than the first letter of their stem, and not all that.
        let far = beginnings(&sought, |s, stem| {
            stem.chars().next().filter(|_| s.lexemes.keeps_first_letter()).map(String::from)
        });
        let found = self.forms_within(&far, &parts, &mut sought, scope)?;
        self.counted_forms(&found, &sought, scope, all)
    }

    /// The words of the dictionary that begin with one of `ranges`, hold one of `parts` and have one of the
    /// stems.
    fn forms_within(
        &self,
        ranges: &[String],
        parts: &[String],
        sought: &mut [Sought<'_>],
        scope: Scope,
    ) -> Result<BTreeMap<String, Form>, LowerError> {
        let mut found = Found::default();
        let column = self.column(scope);
        for segment in self.reader.searcher.segment_readers() {
            for range in ranges {
                let mut read = || -> tantivy::Result<()> {
                    let index = segment.inverted_index(column)?;
                    let mut terms = index.terms().range().ge(range.as_bytes());
                    if let Some(end) = prefix_end(range) {
                        terms = terms.lt(end);
                    }
                    let mut stream = terms.into_stream()?;
                    while let Some((term, info)) = stream.next() {
                        let Ok(term) = std::str::from_utf8(term) else { continue };
                        if parts.iter().any(|part| term.contains(part.as_str())) {
                            found.add(term, u64::from(info.doc_freq), sought);
                        }
                    }
                    Ok(())
                };
                read().map_err(|e| LowerError::new(format!("the dictionary cannot be read: {e}"), "run check"))?;
            }
        }
        Ok(found.forms)
    }

    fn counted_forms(
        &self,
        found: &BTreeMap<String, Form>,
        sought: &[Sought<'_>],
        scope: Scope,
        all: u64,
    ) -> Result<Inflected, LowerError> {
        let mut queries = Vec::with_capacity(found.len());
        for (word, form) in found {
            queries.push((form.shown(word), form.stories, self.form_query(word, form, sought, scope)?));
        }
        queries.sort_by_key(|(_, stories, _)| std::cmp::Reverse(*stories));
        let mut forms = Vec::new();
        for (word, _, query) in queries.iter().take(COUNTED_MAX) {
            forms.push(((*word).to_owned(), self.shown_count(&**query)?));
        }
        forms.retain(|(_, stories)| *stories > 0);
        forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let listed = any_of(queries.into_iter().take(COUNTED_MAX).map(|(.., query)| query).collect());
        Ok(Inflected { forms, others: all.saturating_sub(self.shown_count(&*listed)?) })
    }

    /// The stories that are found by a form: those of the languages in which it has the stem.
    fn form_query(
        &self,
        word: &str,
        form: &Form,
        sought: &[Sought<'_>],
        scope: Scope,
    ) -> Result<Box<dyn Engine>, LowerError> {
        let stem: Column = self.reader.fields.stem;
        let of_language = |there: Box<dyn Engine>, language: usize| -> Box<dyn Engine> {
            let stems = any_of(sought[language].stems.iter().map(|s| term(stem, s, false)).collect());
            Box::new(BooleanQuery::new(vec![(Occur::Must, there), (Occur::Must, stems)]))
        };
        let mut queries = Vec::new();
        for language in &form.languages {
            let there = match scope {
                Scope::Lead | Scope::Body | Scope::Quote => self.near(self.word_spec(word, scope), scope),
                Scope::Text | Scope::Headline | Scope::Byline => term(self.column(scope), word, false),
            };
            queries.push(of_language(there, *language));
        }
        for (printed, language) in form.printed.iter().filter(|(_, l)| !form.languages.contains(l)) {
            let exact = Node { span: 0..0, kind: NodeKind::Exact(printed.clone()) };
            queries.push(of_language(self.narrow().node(&exact, scope)?, *language));
        }
        Ok(any_of(queries))
    }

    /// Counts what a query finds, without the stories held back.
    pub(super) fn shown_count(&self, query: &dyn Engine) -> Result<u64, LowerError> {
        let counted = |n: Result<usize, ArchiveError>| n.map_err(|e| LowerError::new(e.to_string(), e.hint()));
        let all = counted(self.reader.count(query))?;
        let held = counted(self.reader.count_with_status(query, &self.held))?;
        Ok(all.saturating_sub(held) as u64)
    }
}

/// What the words of the stems may begin with; nothing where it may be anything. No beginning is
/// within another.
fn beginnings(sought: &[Sought<'_>], beginning: impl Fn(&Sought<'_>, &str) -> Option<String>) -> Vec<String> {
    let of = |s: &Sought<'_>| {
        let stems = s.stems.iter().map(|stem| stem.split_once(STEM_MARK).map_or(*stem, |(_, stem)| stem));
        stems.map(|stem| beginning(s, stem).unwrap_or_default()).collect::<Vec<_>>()
    };
    let mut all: Vec<String> = sought.iter().flat_map(of).collect();
    all.sort_unstable();
    all.dedup_by(|next, kept| next.starts_with(kept.as_str()));
    all
}
