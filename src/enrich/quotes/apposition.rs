//! Speakers who are named behind a comma: `dijo el presidente de la Xunta, Alfonso Rueda`, `a déclaré à l'AFP la
//! procureure de Nantes, Hélène Castagnier`. Whoever owns the noun is none: *said the wife of X, Y*.

use super::grammar::{AUXILIARIES, Named, Sentence, Verb, flags};
use super::refused::COPULAS;
use super::subject::{BEFORE_SUBJECT, RELATIVE};
use crate::data::quoting::Class;
use crate::enrich::entities::lexicon::{FUNCTION, TIME};
use crate::text::Word;

/// Words between a verb and the name behind the comma.
const PHRASE_MAX: usize = 16;
/// Words between an article and its noun: *la célèbre avocate*.
const ADJECTIVES_MAX: usize = 2;
/// What an owner stands behind, folded.
const OF: [&str; 34] = [
    "of", "for", "de", "d", "du", "des", "del", "dell", "della", "dello", "degli", "dei", "delle", "di", "von", "vom",
    "van", "da", "do", "dos", "das", "der", "al", "ale", "a", "lui", "на", "του", "της", "των", "av", "af", "til",
    "för",
];
/// What makes a person behind it the one who is told.
const TO: [&str; 24] = [
    "to",
    "with",
    "against",
    "about",
    "a",
    "au",
    "aux",
    "avec",
    "contre",
    "chez",
    "al",
    "con",
    "contra",
    "ao",
    "com",
    "alla",
    "ai",
    "zu",
    "zur",
    "zum",
    "gegenuber",
    "aan",
    "tegen",
    "met",
];
/// Nouns of people whom nobody names so, though they may own another.
const VICTIMS: [&str; 17] = [
    "vittima",
    "victime",
    "victima",
    "vitima",
    "victim",
    "slachtoffer",
    "opfer",
    "suspect",
    "sospechoso",
    "suspeito",
    "verdachte",
    "accused",
    "family",
    "famille",
    "familia",
    "famiglia",
    "familie",
];
/// What joins a second speaker.
const AND: [&str; 9] = ["and", "et", "und", "y", "e", "ed", "en", "i", "oraz"];

impl Sentence<'_> {
    /// The name behind the comma that ends a noun of a person right behind a verb.
    pub(super) fn in_apposition(&self, words: &[Word], verb: Verb) -> Option<Named> {
        let helper = words.get(verb.end()).map(|w| self.folded(*w));
        let from = verb.end() + usize::from(helper.is_some_and(|w| matches!(w.as_str(), "je" | "је")));
        let names = self.named(words);
        let comma = (from + 1..words.len()).find(|at| self.is_apart(words, *at))?;
        let name = *names.iter().find(|n| n.from == comma)?;
        let mut nouns = (from..comma).filter(|at| self.is_noun_of_person(words, from, *at));
        let is_subject = |noun: usize| {
            self.begins_subject(words, &names, from, noun) && self.is_one_person(words, &names, verb, noun, comma)
        };
        let fits = self.is_helped_by(words, verb.at)
            && from > 0
            && !self.is_apart(words, from)
            && !self.is_source(words, verb)
            && comma - from <= PHRASE_MAX
            && nouns.any(is_subject)
            && self.ends_with_name(words, name)
            && self.is_nominative(words, name, verb)
            && !self.owns(words, name)
            && !self.is_bound(words, name);
        fits.then_some(name)
    }

    /// Whether a word is a noun of people, or one of the language's posts.
    fn is_noun_of_person(&self, words: &[Word], from: usize, at: usize) -> bool {
        let word = self.folded(words[at]);
        let is_post = word.chars().count() > 1 && self.lang.is_some_and(|lang| Class::Post.has(&word, lang));
        is_post || self.is_person(words, from, at)
    }

    /// Whether the words between a verb and a noun leave it the subject: an article behind no preposition, or
    /// an owner (*Putin's*).
    fn begins_subject(&self, words: &[Word], names: &[Named], from: usize, noun: usize) -> bool {
        let is_function = |at: usize| flags(&self.folded(words[at])) & FUNCTION != 0;
        let is_article = |at: &usize| self.is_article(words[*at], &self.folded(words[*at]));
        if let Some(owner) = names.iter().find(|n| n.from == from && n.to <= noun) {
            return self.owns(words, *owner);
        }
        let near = noun.saturating_sub(ADJECTIVES_MAX + 1).max(from);
        match (near..noun).rev().find(is_article) {
            Some(article) => {
                // *Sagte der Ministerin*: it may be she who is told.
                let is_dative = self.lang == Some("de")
                    && self.folded(words[article]) == "der"
                    && self.folded(words[noun]).ends_with("in");
                // What stands before it begins with a preposition or is a time: *à l'AFP la*, *ontem o*.
                let is_led = article == from || is_function(from) && !is_article(&from) || self.is_time(words[from]);
                let is_told = article > from && is_function(article - 1) || !is_led;
                !is_dative
                    && !is_told
                    && (article + 1..noun).all(|at| !is_function(at) || self.folded(words[at]) == "s")
            }
            None => noun - from <= ADJECTIVES_MAX && (from..noun).all(|at| !is_function(at)),
        }
    }

    /// Whether the words behind a noun speak of nobody else but an owner.
    fn is_one_person(&self, words: &[Word], names: &[Named], verb: Verb, noun: usize, comma: usize) -> bool {
        let word = |at: usize| self.folded(words[at]);
        let is_article = |at: usize| self.is_article(words[at], &word(at));
        let is_owner = |at: usize| {
            let before = (noun + 1..at).rev().take(ADJECTIVES_MAX + 1).find(|i| OF.contains(&word(*i).as_str()));
            before.is_some() || self.lang == Some("de")
        };
        // *The wife of the mayor, X*: it may be the mayor who is named.
        let is_another = |at: usize| {
            self.is_noun_of_person(words, noun, at)
                && !VICTIMS.contains(&word(at).as_str())
                && !AND.contains(&word(at - 1).as_str())
                && !self.is_noun_of_person(words, noun, at - 1)
        };
        let others = |at: usize| {
            let until = comma.min(at + ADJECTIVES_MAX + 2);
            (at + 1..until).any(|i| self.is_noun_of_person(words, noun, i) || names.iter().any(|n| n.from == i))
        };
        let is_wrong = |at: usize| {
            let it = word(at);
            RELATIVE.contains(&it.as_str())
                || TO.contains(&it.as_str()) && !OF.contains(&it.as_str()) && others(at)
                || is_another(at)
                || AND.contains(&it.as_str()) && at + 1 < comma && is_article(at + 1)
        };
        let are_owners = names
            .iter()
            .filter(|n| n.from > noun && n.from < comma)
            .all(|n| n.to <= comma && (is_owner(n.from) || self.is_declined() && !self.is_nominative(words, *n, verb)));
        are_owners && (noun + 1..comma).all(|at| !is_wrong(at)) && self.verbs(&words[noun..comma]).is_empty()
    }

    fn is_time(&self, word: Word) -> bool {
        let folded = self.folded(word);
        flags(&folded) & TIME != 0 || BEFORE_SUBJECT.contains(&folded.as_str())
    }

    /// Whether names have cases that show.
    fn is_declined(&self) -> bool {
        matches!(self.lang, Some("ru" | "uk" | "be" | "pl" | "cs" | "sk" | "hr" | "sr" | "bs" | "sl"))
    }

    /// Whether a name ends what is said of the speaker: no verb of its own follows.
    pub(super) fn ends_with_name(&self, words: &[Word], name: Named) -> bool {
        let Some(next) = words.get(name.to) else { return true };
        let gap = &self.story.text[words[name.to - 1].end..next.start];
        let word = self.folded(*next);
        let is_verb = COPULAS.contains(&word.as_str()) || AUXILIARIES.contains(&word.as_str());
        gap.contains(|c: char| !c.is_whitespace()) || !is_verb && flags(&word) & (FUNCTION | TIME) != 0
    }
}
