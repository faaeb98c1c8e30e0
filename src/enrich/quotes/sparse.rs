//! Speakers in languages of which few words are known: nothing stands between a verb and its
//! subject but posts, and the name is in no case but the subject's.

use super::grammar::{Named, Sentence, Told, Verb};
use crate::data::before_names::is_before;
use crate::data::quoting::Class;
use crate::names;
use crate::text::Word;

/// The languages.
const LANGUAGES: [&str; 18] =
    ["hu", "fi", "et", "cs", "sk", "ro", "sv", "da", "no", "nb", "hr", "sr", "bs", "bg", "sl", "el", "he", "id"];
/// Posts and the like between a verb and its name.
const POSTS_MAX: usize = 3;
/// What may stand between a name and its verb: verbs that help others, *it*, *also*.
const BETWEEN: [&str; 14] =
    ["azt", "ezt", "har", "hade", "on", "oli", "je", "ocksa", "ogsa", "myos", "take", "tez", "tiez", "takodje"];
/// Words between a verb and a quotation that it announces: *that*.
const LINK_MAX: usize = 1;
/// Languages whose names show by an ending that their bearer is addressed, met or spoken of; Slavic names are read
/// by their given names too ([`Sentence::is_nominative`]).
const SHOW_CASES: [&str; 3] = ["hu", "fi", "et"];

impl Sentence<'_> {
    /// Whether the story is in one of these languages.
    pub(super) fn is_sparse(&self) -> bool {
        self.lang.is_some_and(|lang| LANGUAGES.contains(&lang))
    }

    /// The speaker by the words behind a quotation: `sanoi Stubb`, `řekl premiér Petr Fiala`, `Stubb sanoi`.
    pub(super) fn sparse_behind(&self, words: &[Word], verb: Verb, rule: &'static str) -> Option<Told> {
        let named = self.named(words);
        let end = verb.at + verb.count;
        if self.is_helped(words, verb.at) {
            // *Rekao je Plenković*.
            let mut from =
                end + usize::from(words.get(end).is_some_and(|w| BETWEEN.contains(&self.folded(*w).as_str())));
            let mut name = *named.iter().find(|n| n.from >= from)?;
            // Whoever is addressed stands before who speaks, in a case of his own.
            if let Some(next) = named.iter().find(|n| n.from == name.to).filter(|_| !self.is_in_case(words, name, verb))
            {
                (from, name) = (name.to, *next);
            }
            return (self.are_posts(words, from, name.from) && self.is_subject_here(words, name, verb))
                .then(|| self.told(words, verb, name, rule))?;
        }
        let [name] = named.iter().filter(|n| n.from < verb.at).collect::<Vec<_>>()[..] else { return None };
        (self.are_posts(words, 0, name.from) && self.meets(words, *name, verb))
            .then(|| self.told(words, verb, *name, rule))?
    }

    /// The speaker by the words before one: `Szijjártó Péter azt mondta: "…"`.
    pub(super) fn sparse_before(&self, words: &[Word], verb: Verb, rule: &'static str) -> Option<Told> {
        let [name] = self.named(words)[..] else { return None };
        let end = verb.at + verb.count;
        if name.from >= end {
            let last = words.len() - name.to <= LINK_MAX;
            return (last
                && self.is_helped(words, verb.at)
                && self.are_posts(words, end, name.from)
                && self.is_subject_here(words, name, verb))
            .then(|| self.told(words, verb, name, rule))?;
        }
        let begins = (0..=name.from).rev().take(POSTS_MAX + 1).find(|at| {
            let is_begun = *at == 0 || self.is_apart(words, *at);
            is_begun && self.are_posts(words, *at, name.from)
        });
        (begins.is_some() && words.len() - end <= LINK_MAX && self.meets(words, name, verb))
            .then(|| self.told(words, verb, name, rule))?
    }

    /// Whether nothing stands before a verb but what helps it.
    fn is_helped(&self, words: &[Word], at: usize) -> bool {
        at == 0 || at == 1 && BETWEEN.contains(&self.folded(words[0]).as_str())
    }

    /// Whether a name and a verb stand side by side, the name in the subject's case.
    fn meets(&self, words: &[Word], name: Named, verb: Verb) -> bool {
        let between: Vec<String> = words[name.to..verb.at].iter().map(|w| self.folded(*w)).collect();
        let is_light =
            |w: &String| BETWEEN.contains(&w.as_str()) || self.lang.is_some_and(|lang| Class::Post.has(w, lang));
        between.len() <= 2 && between.iter().all(is_light) && self.is_in_case(words, name, verb)
    }

    fn are_posts(&self, words: &[Word], from: usize, to: usize) -> bool {
        let is_one = |w: &Word| {
            let word = self.folded(*w);
            self.lang.is_some_and(|lang| Class::Post.has(&word, lang)) || is_before(&word)
        };
        to - from <= POSTS_MAX && words[from..to].iter().all(is_one)
    }

    /// Whether a name behind its verb is nobody's owner and in the subject's case.
    fn is_subject_here(&self, words: &[Word], name: Named, verb: Verb) -> bool {
        self.is_in_case(words, name, verb)
            && !self.owns(words, name)
            && !self.may_own(words, name)
            && !self.is_bound(words, name)
    }

    fn is_in_case(&self, words: &[Word], name: Named, verb: Verb) -> bool {
        let last = words[name.to - 1];
        let printed = &self.story.text[last.start..last.end];
        if self.is_source(words, verb) {
            return self.is_nominative(words, name, verb);
        }
        let is_oblique = self.lang.is_some_and(|lang| SHOW_CASES.contains(&lang) && names::is_oblique(printed, lang));
        !is_oblique && self.is_nominative(words, name, verb)
    }

    /// Whether what follows a name may belong to it: *Stubbin tiedottaja*, *Orbán Viktor szóvivője*.
    fn may_own(&self, words: &[Word], name: Named) -> bool {
        let Some(next) = words.get(name.to) else { return false };
        let gap = &self.story.text[words[name.to - 1].end..next.start];
        let is_low = self.story.text[next.start..].starts_with(char::is_lowercase);
        if gap.contains(|c: char| !c.is_whitespace()) || !is_low {
            return false;
        }
        let (word, last) = (self.folded(*next), self.folded(words[name.to - 1]));
        let is_aide = Class::Relation.has_in_any(&word) || Class::Voice.has_in_any(&word);
        match self.lang {
            Some("hu") => is_aide || word.chars().count() > 2 && word.ends_with(['a', 'e']),
            Some("fi") => is_aide || last.ends_with('n'),
            Some("et") => is_aide || last.ends_with(['a', 'e', 'i', 'o', 'u']),
            Some("sv" | "da" | "no" | "nb") => is_aide || last.ends_with('s'),
            _ => is_aide,
        }
    }
}
