//! Speakers whom the sentence before tells: of a quotation that goes on (`"…," X said. "…"`) and of one whose verb
//! has a pronoun (`X said … "…," he added`). Nobody but that speaker may be named in that sentence.

use super::grammar::{AUXILIARIES, Sentence, Told, Verb};
use crate::data::callings::Callings;
use crate::text::{Boundary, Word, boundary};
use std::ops::Range;

/// The rule of a quotation that goes on behind the words that tell whose it is.
pub(super) const GOES_ON: &str = "quotes/goes-on";
/// The rule of a pronoun.
pub(super) const PRONOUN: &str = "quotes/pronoun";
/// Words of a pronoun, its verb and what stands between: *a-t-il ajouté*.
const PHRASE_MAX: usize = 5;
/// Sentences that are read backwards, each with a pronoun for its speaker.
const SENTENCES_MAX: usize = 4;
/// Words between an auxiliary, a pronoun and a verb of saying.
const FILLERS: [&str; 8] = ["t", "lui", "m", "me", "l", "also", "then", "later"];
/// Pronouns of one speaker by language, with whether a woman's.
const PRONOUNS: [(&str, &[(&str, bool)]); 14] = [
    ("en", &[("he", false), ("she", true)]),
    ("fr", &[("il", false), ("elle", true)]),
    ("de", &[("er", false), ("sie", true)]),
    ("nl", &[("hij", false), ("zij", true), ("ze", true)]),
    ("es", &[("ella", true)]),
    ("it", &[("lui", false), ("lei", true)]),
    ("pt", &[("ele", false), ("ela", true)]),
    ("ru", &[("он", false), ("она", true)]),
    ("uk", &[("він", false), ("вона", true)]),
    ("be", &[("ен", false), ("яна", true)]),
    ("sv", &[("han", false), ("hon", true)]),
    ("da", &[("han", false), ("hun", true)]),
    ("no", &[("han", false), ("hun", true)]),
    ("nb", &[("han", false), ("hun", true)]),
];

/// A quotation with the person whose it is, where the story tells.
pub(super) struct Spoken<'a> {
    pub(super) quotation: &'a Range<usize>,
    pub(super) told: Option<Told>,
}

/// What stands around a quotation, by numbers of the words of a story.
#[derive(Clone)]
struct Place {
    /// The first word of the quotation, which begins a sentence.
    first: usize,
    /// The words of its last sentence behind it.
    behind: Range<usize>,
}

impl Sentence<'_> {
    /// The speaker of a quotation by the sentence before it, given all that was told of the quotations before.
    pub(super) fn carried(&self, list: &[Word], quotation: &Range<usize>, before: &[Spoken<'_>]) -> Option<Told> {
        let place = self.place(list, quotation)?;
        if place.behind.is_empty() {
            return self.goes_on_from(list, &place, before);
        }
        let behind = &list[place.behind.clone()];
        let (verb, is_womans) = self.pronoun(behind, true)?;
        let told = self.spoke(list, place.first, before, is_womans, SENTENCES_MAX)?;
        Some(Told { verb: verb.span(behind), rule: PRONOUN, is_beside: false, ..told })
    }

    /// Where a quotation that is a sentence of its own stands.
    fn place(&self, list: &[Word], quotation: &Range<usize>) -> Option<Place> {
        let text = &self.story.text;
        let first = list.partition_point(|w| w.start < quotation.start);
        let last = list.partition_point(|w| w.end <= quotation.end);
        if first == 0 || first >= last || boundary(text, list[first - 1], list[first]) == Boundary::Inside {
            return None;
        }
        let goes_on = |at: usize| boundary(text, list[at - 1], list[at]) == Boundary::Inside;
        let end = (last..list.len()).find(|at| !goes_on(*at)).unwrap_or(list.len());
        Some(Place { first, behind: last..end })
    }

    /// *"…," X said. "…"*: the speaker of the quotation before, whose sentence ends in a paragraph that goes on.
    fn goes_on_from(&self, list: &[Word], place: &Place, before: &[Spoken<'_>]) -> Option<Told> {
        let text = &self.story.text;
        if boundary(text, list[place.first - 1], list[place.first]) != Boundary::Sentence {
            return None;
        }
        let sentence = self.sentence_before(list, place.first);
        let Spoken { quotation, told } = before.last()?;
        let told = told.as_ref()?;
        let is_near = sentence.start < sentence.end && list[sentence.start].start < quotation.end
            || list[sentence.clone()].iter().all(|w| quotation.contains(&w.start));
        let is_behind = told.verb.start as usize >= quotation.end || told.rule == GOES_ON;
        (is_near && is_behind && self.is_only(list, sentence, told.person, before)).then(|| Told {
            rule: GOES_ON,
            is_beside: false,
            ..told.clone()
        })
    }

    /// Who speaks in the sentence before a word.
    fn spoke(
        &self,
        list: &[Word],
        at: usize,
        before: &[Spoken<'_>],
        is_womans: bool,
        sentences: usize,
    ) -> Option<Told> {
        let sentence = self.sentence_before(list, at);
        let words = &list[sentence.clone()];
        let (start, end) = (words.first()?.start, words.last()?.end);
        let quoted = before.iter().rev().find(|spoken| spoken.quotation.start < end && spoken.quotation.end > start);
        let told = match quoted {
            Some(spoken) => spoken.told.clone()?,
            None => match self.pronoun(words, false) {
                Some((_, same)) if sentences > 1 && same == is_womans && self.named(words).is_empty() => {
                    self.spoke(list, sentence.start, before, is_womans, sentences - 1)?
                }
                Some(_) => return None,
                None => self.says(words)?,
            },
        };
        let id = self.story.people[told.person].id.as_deref().and_then(|id| id.strip_prefix("q:"));
        let is_hers = id.and_then(Callings::of_person).and_then(Callings::is_womans);
        (is_hers.is_none_or(|hers| hers == is_womans) && self.is_only(list, sentence, told.person, before))
            .then_some(told)
    }

    /// The words of the sentence that ends before a word.
    fn sentence_before(&self, list: &[Word], at: usize) -> Range<usize> {
        let goes_on = |at: usize| boundary(&self.story.text, list[at - 1], list[at]) == Boundary::Inside;
        let start = (1..at).rev().find(|at| !goes_on(*at)).unwrap_or(0);
        start..at
    }

    /// Whether nobody but a person is named in a sentence, outside of quotations.
    fn is_only(&self, list: &[Word], sentence: Range<usize>, person: usize, before: &[Spoken<'_>]) -> bool {
        let words = &list[sentence];
        let is_quoted = |at: usize| before.iter().rev().any(|spoken| spoken.quotation.contains(&words[at].start));
        self.named(words).into_iter().all(|named| self.person(named) == person || is_quoted(named.from))
    }

    /// A verb of saying with a pronoun as its subject, at the beginning, and whether it is a woman's. Beside a
    /// quotation more verbs are.
    fn pronoun(&self, words: &[Word], is_beside: bool) -> Option<(Verb, bool)> {
        let phrase = &words[..words.len().min(PHRASE_MAX)];
        let verbs = if is_beside { self.all_verbs(phrase) } else { self.verbs(phrase) };
        let verb = verbs.into_iter().next()?;
        let pronouns = PRONOUNS.iter().find(|(lang, _)| self.lang == Some(*lang))?.1;
        let end = verb.at + verb.count;
        let found = |at: usize| {
            let word = self.folded(*words.get(at)?);
            pronouns.iter().find(|(pronoun, _)| *pronoun == word).map(|(_, is_womans)| (at, *is_womans))
        };
        let (at, is_womans) = (0..=end + 1).find_map(found)?;
        let is_filler = |i: usize| {
            let word = self.folded(words[i]);
            i == at
                || (verb.at..end).contains(&i)
                || AUXILIARIES.contains(&word.as_str())
                || FILLERS.contains(&word.as_str())
        };
        // *Sagten sie*: they.
        let is_plural = self.lang == Some("de") && is_womans && self.folded(words[verb.at]).ends_with('n');
        ((0..end.max(at + 1)).all(is_filler) && !is_plural).then_some((verb, is_womans))
    }
}
