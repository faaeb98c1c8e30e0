//! Speakers of a word or two: who calls somebody or something so (*X called it "…"*, *X a qualifié le plan de
//! « … »*, *X hat es "…" genannt*), for whom it is so (*Pour X, « … »*), and who says it of others (*X said that
//! Y was "…"*).

use super::grammar::{Named, Sentence, Told, Verb};
use crate::data::quoting::Class;
use crate::text::Word;
use std::ops::Range;

/// The rule of a verb that calls something so.
const CALLS: &str = "quotes/calls";
/// The rule of an opinion.
const FOR: &str = "quotes/for";
/// The rule of a part of what somebody is said to have said.
const REPORTS: &str = "quotes/reported";
/// Words of what is told of others before such a part.
const CLAUSE_MAX: usize = 12;
/// Words between such a verb and the quotation: what is called so.
const OBJECT_MAX: usize = 10;
/// Words of the longest such verb: *falou de*.
const VERB_WORDS_MAX: usize = 2;
/// Words of the shortest quotation that may begin with a capital: fewer are a name.
const CAPITAL_WORDS_MIN: usize = 3;
/// Words between an opinion's bearer and the quotation: *ist das*.
const COPULA_MAX: usize = 4;
/// What makes somebody the bearer of an opinion at the head of a sentence, by language.
const OPINIONS: [(&str, &str); 7] =
    [("fr", "pour"), ("it", "per"), ("es", "para"), ("pt", "para"), ("en", "for"), ("de", "fur"), ("nl", "voor")];
/// Words of others that a report may be about: *said the letter was "…"*.
const SAYINGS: [&str; 32] = [
    "letter",
    "note",
    "message",
    "remark",
    "remarks",
    "comment",
    "comments",
    "words",
    "phrase",
    "term",
    "statement",
    "claim",
    "lettre",
    "mots",
    "expression",
    "terme",
    "propos",
    "carta",
    "mensaje",
    "palabras",
    "frase",
    "expresion",
    "termino",
    "messaggio",
    "parole",
    "lettera",
    "mensagem",
    "palavras",
    "brief",
    "worte",
    "wort",
    "satz",
];
/// What begins what is said.
const THAT: [&str; 18] = [
    "que", "qu", "che", "ch", "dat", "что", "що", "ze", "że", "att", "at", "hogy", "ca", "إن", "ان", "أن", "که", "ότι",
];
/// What begins the clause of a subject: *what X called "…"*.
const WHAT: [&str; 6] = ["what", "que", "qu", "che", "was", "wat"];

impl Sentence<'_> {
    /// The speaker by a verb that calls something so, or by whose opinion it is.
    pub(super) fn called(&self, ahead: &[Word], quotation: &Range<usize>, behind: &[Word]) -> Option<Told> {
        if !self.may_be_called(quotation) {
            return None;
        }
        self.calls(ahead, behind)
            .or_else(|| self.holds(ahead, quotation))
            .or_else(|| self.reports(ahead, quotation).filter(|told| !self.goes_on(told, ahead, quotation, behind)))
    }

    /// The speaker of whose report the quotation is a part: *X said Y was "the best"*, *X afirmou que Y "nunca pediu
    /// nada"*. What is denied, written or said by others there is not the speaker's.
    fn reports(&self, ahead: &[Word], quotation: &Range<usize>) -> Option<Told> {
        let inside = self.story.text[quotation.clone()].trim();
        // *A rétorqué que*: what says something beside a quotation does so before *that*.
        let is_that_behind = |verb: &Verb| ahead.get(verb.end()).is_some_and(|w| self.is_that(*w));
        let wide = self.all_verbs(ahead).into_iter().next_back().filter(is_that_behind);
        let verb = wide.or_else(|| self.verbs(ahead).into_iter().next_back())?;
        let clause = &ahead[verb.end()..];
        let last = clause.last()?;
        let is_part = self
            .story
            .text
            .get(last.end..quotation.start)?
            .trim_matches(['"', '\u{201C}', '«', '„', '\'', '`', ',', '\u{2018}'])
            .trim()
            .is_empty();
        let is_others = |w: &Word| {
            let word = self.folded(*w);
            let lang = self.lang.unwrap_or("");
            SAYINGS.contains(&word.as_str())
                || Class::Denies.has(&word, lang)
                || Class::Cites.has(&word, lang)
                || Class::Calls.has(&word, lang)
                || self.is_written(*w)
        };
        // A comma parts *that* from its verb in some languages; another would begin a clause of its own.
        let is_one = (verb.end() + 1..ahead.len()).all(|at| !self.is_apart(ahead, at));
        // *A lancé la recherche après un afflux de "…"*: but for English and German *that* begins what is said.
        let is_that = |w: &Word| THAT.contains(&self.folded(*w).as_str());
        let is_said = matches!(self.lang, Some("en" | "de")) || clause.iter().any(is_that);
        let fits = inside.starts_with(char::is_lowercase)
            && is_said
            && is_part
            && is_one
            && clause.len() <= CLAUSE_MAX
            && !self.is_source(ahead, verb)
            && self.all_verbs(clause).is_empty()
            && !clause.iter().any(is_others);
        let named = self.named(ahead);
        let left: Vec<Named> = named.into_iter().filter(|n| n.to <= verb.at).collect();
        let (one, from) = if fits { self.subject_of(ahead, &left, verb)? } else { return None };
        let told = self.is_subject(ahead, one, from, verb).then(|| self.told(ahead, verb, one, REPORTS))??;
        Some(Told { is_beside: false, ..told })
    }

    /// Whether a quotation is what something is called and not its name: titles begin with a capital.
    fn may_be_called(&self, quotation: &Range<usize>) -> bool {
        let inside = self.story.text[quotation.clone()].trim();
        let is_long = inside.split_whitespace().count() >= CAPITAL_WORDS_MIN;
        let is_noun = self.lang == Some("de") && is_long;
        let is_sentence = is_long && inside.chars().skip(1).any(|c| c == '\'' || c == '\u{2019}');
        inside.starts_with(|c: char| !c.is_uppercase() && c.is_alphabetic()) || is_noun || is_sentence
    }

    fn calls(&self, ahead: &[Word], behind: &[Word]) -> Option<Told> {
        let verb = self.calling(ahead)?;
        let object = &ahead[verb.end()..];
        let is_far = object.len() > OBJECT_MAX || (verb.end()..ahead.len()).any(|at| self.is_apart(ahead, at));
        if is_far || !self.all_verbs(object).is_empty() {
            return None;
        }
        let last = ahead.last()?;
        // *Called for calm: "…"*: what follows a colon is no name for anything.
        let gap = self.story.text[last.end..].trim_start();
        if gap.starts_with([':', '：', ',', '.', '—', '–']) {
            return None;
        }
        // *Hat den Plan "…" genannt*: the verb is behind.
        let is_helper = matches!(self.folded(ahead[verb.at]).as_str(), "hat" | "hatte" | "heeft" | "had");
        if is_helper && !behind.first().is_some_and(|w| self.is_calling(&self.folded(*w))) {
            return None;
        }
        let named = self.named(ahead);
        let left: Vec<Named> = named.into_iter().filter(|n| n.to <= verb.at).collect();
        let (one, from) = self.subject_of(ahead, &left, verb)?;
        let fits =
            self.is_subject(ahead, one, from, verb) && !self.all_verbs(&ahead[one.to..verb.at]).iter().any(|_| true);
        fits.then(|| self.told(ahead, verb, one, CALLS))?
    }

    /// Who may be the subject of a verb, and where the subject's clause begins.
    fn subject_of(&self, words: &[Word], left: &[Named], verb: Verb) -> Option<(Named, usize)> {
        let last = *left.last()?;
        let begins = |at: &usize| WHAT.contains(&self.folded(words[*at]).as_str());
        let what = (0..last.from).rev().find(begins).filter(|at| self.leads(words, at + 1, last.from));
        what.map(|at| (last, at + 1))
            .or_else(|| self.last_of_owners(words, left))
            .or_else(|| self.own_clause(words, last, verb).map(|from| (last, from)))
    }

    /// The last verb among words that calls something so; for German and Dutch the one that helps it too.
    fn calling(&self, words: &[Word]) -> Option<Verb> {
        let named = self.named(words);
        let is_free = |at: usize, count: usize| !named.iter().any(|n| n.from < at + count && at < n.to);
        let folded: Vec<String> = words.iter().map(|w| self.folded(*w)).collect();
        let helps = |word: &str| {
            matches!(self.lang, Some("de")) && matches!(word, "hat" | "hatte")
                || matches!(self.lang, Some("nl")) && matches!(word, "heeft" | "had")
        };
        (0..words.len()).rev().find_map(|at| {
            let long = folded.get(at..at + VERB_WORDS_MAX).map(|two| two.join(" "));
            let count = match long {
                Some(two) if self.is_calling(&two) => VERB_WORDS_MAX,
                _ if self.is_calling(&folded[at]) || helps(&folded[at]) => 1,
                _ => return None,
            };
            is_free(at, count).then_some(Verb { at, count })
        })
    }

    fn is_calling(&self, folded: &str) -> bool {
        self.lang.is_some_and(|lang| Class::Calls.has(folded, lang))
    }

    /// The bearer of an opinion at the head of a sentence.
    fn holds(&self, ahead: &[Word], quotation: &Range<usize>) -> Option<Told> {
        let lang = self.lang?;
        let (_, word) = OPINIONS.iter().find(|(of, _)| *of == lang)?;
        let first = (0..ahead.len()).rev().find(|at| self.folded(ahead[*at]) == *word)?;
        let is_head = self.story.text[ahead[first].start..].starts_with(char::is_uppercase);
        let words = &ahead[first..];
        let named = self.named(words);
        let one = *named.first()?;
        let rest = &words[one.to..];
        let gap = self.story.text.get(words[one.to - 1].end..quotation.start)?;
        let is_copula = |w: &Word| matches!(self.folded(*w).as_str(), "ist" | "war" | "ware" | "is" | "was" | "sind");
        // *Para o promotor X, a decisão "chega tarde"*.
        let is_clause = || {
            rest.len() <= CLAUSE_MAX
                && self.is_apart(words, one.to)
                && self.all_verbs(rest).is_empty()
                && !rest
                    .iter()
                    .any(|w| Class::Denies.has(&self.folded(*w), lang) || Class::Calls.has(&self.folded(*w), lang))
                && self.story.text[quotation.clone()].trim().starts_with(char::is_lowercase)
        };
        let is_joined = match lang {
            "de" | "nl" => named.len() == 1 && rest.first().is_some_and(is_copula) && rest.len() <= COPULA_MAX,
            _ => !gap.contains(['.', ':', '(', ')']) && (rest.is_empty() || is_clause()),
        };
        let fits = is_head && is_joined && self.leads(words, 1, one.from) && !self.owns(words, one);
        let verb = Verb { at: 0, count: 1 };
        let told = fits.then(|| self.told(words, verb, one, FOR))??;
        Some(Told { is_beside: false, ..told })
    }
}
