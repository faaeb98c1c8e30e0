//! The case of a name: who speaks is in the subject's, where names have cases that show.

use super::grammar::{Named, Sentence, Verb, flags};
use crate::data::before_names::is_before;
use crate::data::callings::Callings;
use crate::data::given_names::{Sex, sex_of};
use crate::data::quoting::Class;
use crate::enrich::entities::lexicon::{GIVEN, SURNAME};
use crate::names;
use crate::text::{Word, fold};

impl Sentence<'_> {
    /// Whether a name may be in the subject's case, where its language declines names.
    pub(super) fn is_nominative(&self, words: &[Word], named: Named, verb: Verb) -> bool {
        let last = self.folded(words[named.to - 1]);
        let is_cyrillic = last.chars().next().is_some_and(|c| ('\u{400}'..='\u{52F}').contains(&c));
        let is_slavic = matches!(self.lang, Some("pl" | "cs" | "sk" | "hr" | "sl" | "sr"));
        if !is_cyrillic && !is_slavic {
            return true;
        }
        if self.is_source(words, verb) {
            // Its case is the owner's too: *по словам жены Лаврова*.
            let between = if named.from > verb.at { verb.end()..named.from } else { 0..named.from };
            return words[between].iter().all(|w| self.is_post_in_a_case(*w));
        }
        let spoken = self.folded(words[verb.end() - 1]);
        let is_womans = spoken.ends_with(['а', 'a']);
        if is_slavic && let Some(is_subject) = by_given_name(&self.folded(words[named.from]), named, is_womans) {
            return is_subject;
        }
        // *Jana Černochová* is a woman's, *Jana Nováka* is not.
        let is_feminine =
            matches!(self.lang, Some("cs" | "sk")) && self.story.text[..words[named.to - 1].end].ends_with('á');
        if is_womans && is_feminine {
            return true;
        }
        if self.is_surname_of(words, named, &last) {
            return true;
        }
        let oblique = ["ом", "ым", "ем", "ого", "ему", "ому", "ego", "emu", "owi", "ovi", "em", "im"];
        let ends_open = last.ends_with(['а', 'я', 'у', 'ю', 'ы', 'е', 'a', 'u', 'e']);
        let person = self.person(named);
        let id = self.story.people[person].id.as_deref().and_then(|id| id.strip_prefix("q:"));
        let is_known = id.and_then(Callings::of_person).and_then(Callings::is_womans);
        let is_woman =
            is_known.unwrap_or_else(|| named.to - named.from == 1 || is_womans_name(&self.folded(words[named.from])));
        let feminine = is_womans && is_woman && last.ends_with(['а', 'я', 'a']);
        (!ends_open || feminine) && !oblique.iter().any(|ending| last.ends_with(ending))
    }

    /// Whether a surname alone stands as behind a man's given name in the subject's case elsewhere: *Fiala* of
    /// *Petr Fiala*.
    fn is_surname_of(&self, words: &[Word], named: Named, last: &str) -> bool {
        let person = &self.story.people[self.person(named)];
        let is_alone = named.to - named.from == 1 && !words.is_empty();
        is_alone
            && person.mentions.iter().filter_map(|m| self.story.text.get(m.start as usize..m.end as usize)).any(
                |full| {
                    let Some((given, surname)) = full.split_once(' ') else { return false };
                    let given = fold(given);
                    fold(surname) == last
                        && flags(&given) & GIVEN != 0
                        && !given.ends_with(['a', 'а', 'e', 'u', 'я', 'у', 'ю'])
                },
            )
    }

    /// Whether a word is a title or a role in some case, of nobody who belongs to another.
    fn is_post_in_a_case(&self, word: Word) -> bool {
        let printed = &self.story.text[word.start..word.end];
        let others = [Class::Relation, Class::Voice, Class::House];
        let forms = std::iter::once(printed.to_owned()).chain(names::base_forms(printed, self.lang));
        let mut forms = forms.map(|form| fold(&form));
        let is_post = |w: &String| is_before(w) || self.lang.is_some_and(|lang| Class::Post.has(w, lang));
        forms.clone().any(|w| is_post(&w)) && !forms.any(|w| others.iter().any(|class| class.has_in_any(&w)))
    }

    /// *Der Sprecher Wladimir Putins*: an s that is not the name's own.
    pub(super) fn is_german_genitive(&self, words: &[Word], to: usize, first: &str) -> bool {
        let named = self.named(words).into_iter().find(|n| n.from == to);
        let last = named.map_or_else(|| first.to_owned(), |n| self.folded(words[n.to - 1]));
        last.ends_with('s') && flags(&last) & SURNAME == 0
    }

    /// Whether a Slavic name shows by its end that it is in the subject's case.
    pub(super) fn shows_nominative(&self, words: &[Word], to: usize) -> bool {
        const ENDINGS: [&str; 16] =
            ["ов", "ев", "ин", "ын", "ии", "ыи", "ои", "ич", "юк", "ук", "ова", "ева", "ина", "ая", "ська", "ский"];
        let Some(named) = self.named(words).into_iter().find(|n| n.from == to) else { return false };
        let last = self.folded(words[named.to - 1]);
        // *Адвокат Анна Ким*: of a lawyer of hers it would be *Анны*.
        let given = self.folded(words[named.from]);
        let is_base = named.to - named.from > 1
            && match sex_of(&given, self.lang.unwrap_or("ru")) {
                Some(Sex::Man) => true,
                Some(Sex::Woman) => is_womans_name(&given),
                None => false,
            };
        is_base || ENDINGS.iter().any(|e| last.ends_with(e))
    }
}

/// Whether a man's given name tells the case of the whole: *Petr Fiala* says, of *Petra Fialy* is told.
/// `None` where it tells nothing.
fn by_given_name(given: &str, named: Named, is_womans_verb: bool) -> Option<bool> {
    let is_given = |name: &str| flags(name) & GIVEN != 0;
    if named.to - named.from < 2 || is_womans_verb {
        return None;
    }
    let Some(stem) = given.strip_suffix(['a', 'а']) else {
        return (is_given(given) && !given.ends_with(['e', 'u'])).then_some(true);
    };
    // *Marka* is *Marek*, with an *e* that fleets.
    let last = stem.char_indices().next_back().map_or(0, |(at, _)| at);
    let fleeting = format!("{}e{}", &stem[..last], &stem[last..]);
    (is_given(stem) || is_given(&fleeting)).then_some(false)
}

/// Whether a given name is a woman's as it stands: *Владимира* is a man's in another case.
fn is_womans_name(given: &str) -> bool {
    let is_given = |name: &str| flags(name) & GIVEN != 0;
    let Some(stem) = given.strip_suffix(['а', 'я', 'a']) else { return false };
    let is_mans = match given.ends_with('я') {
        true => ["й", "ь"].iter().any(|end| is_given(&format!("{stem}{end}"))),
        false => is_given(stem),
    };
    is_given(given) && !is_mans
}
