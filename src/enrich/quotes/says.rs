//! Who speaks in a sentence without a quotation: a quotation behind it may go on with the words of the same person.

use super::grammar::{BEFORE, Sentence, Told};
use crate::text::Word;

impl Sentence<'_> {
    /// Who speaks in a sentence without a quotation: *X said the ship was lost*, `أوضح X أن`.
    pub(super) fn says(&self, words: &[Word]) -> Option<Told> {
        if let Some(told) = self.says_at_end(words) {
            return Some(told);
        }
        if self.is_sparse() {
            return self.sparse_says(words);
        }
        if let Some(told) = self.says_in_persian(words) {
            return Some(told);
        }
        let named = self.named(words).into_iter().next()?;
        let plain = self.verbs(words).into_iter().next();
        if let Some(verb) = plain.filter(|verb| named.to <= verb.at) {
            let is_subject = self.is_subject(words, named, 0, verb);
            return is_subject.then(|| self.told(words, verb, named, BEFORE))?;
        }
        if let Some(verb) = plain.filter(|verb| self.lang == Some("ar") && verb.at <= 1 && verb.end() <= named.from) {
            return self.subject_behind(words, verb, named, verb.end(), BEFORE);
        }
        // *Segundo X, …*
        let source = plain.filter(|verb| verb.at == 0 && verb.end() <= named.from && self.is_source(words, *verb));
        if let Some(verb) = source {
            return self.subject_behind(words, verb, named, verb.end(), BEFORE);
        }
        // *X a rétorqué que*: what says something beside a quotation does so before *that*.
        let verb = self.all_verbs(words).into_iter().next().filter(|verb| named.to <= verb.at)?;
        let is_that = words.get(verb.end()).is_some_and(|w| self.is_that(*w));
        (is_that && self.is_subject(words, named, 0, verb)).then(|| self.told(words, verb, named, BEFORE))?
    }

    /// *…, a annoncé X.*: the verb and its subject behind the comma that ends what is said.
    fn says_at_end(&self, words: &[Word]) -> Option<Told> {
        let comma =
            |at: &usize| self.is_apart(words, *at) && self.all_verbs(&words[*at..]).first().is_some_and(|v| v.at <= 1);
        let from = (1..words.len()).rev().find(comma)?;
        let told = self.behind(&words[from..], true).filter(|told| told.verb.start < told.mention.start)?;
        Some(Told { rule: BEFORE, ..told })
    }
}
