//! What the words beside a quotation tell of its speaker.

use super::refused::Side;
use crate::data::before_names::is_before;
use crate::data::callings::Callings;
use crate::data::quoting::Class;
use crate::enrich::entities::flags_of;
use crate::enrich::entities::hash::{self, EMPTY_PHRASE};
use crate::enrich::entities::lexicon::{Flags, GIVEN, SPEECH};
use crate::names;
use crate::story::{Span, Story};
use crate::text::{Word, fold, words};

/// The rule of a verb behind its quotation.
pub(super) const BEHIND: &str = "quotes/verb-behind";
/// The rule of a verb before its quotation.
const BEFORE: &str = "quotes/verb-before";
/// Words of the longest verb of saying: *ifade etti*.
const VERB_WORDS_MAX: usize = 3;
/// Words between a verb and a quotation that it announces.
const ANNOUNCED_MAX: usize = 6;
/// Words between a name behind its verb and the quotation: *that*.
const LINK_MAX: usize = 2;
/// Words between the subject and its verb: *has*, *hat gestern*.
const APART_MAX: usize = 3;
/// Words between a subject and a participle at the end: *hat am Donnerstag in Berlin vor Journalisten gesagt*.
const PERFECT_MAX: usize = 9;
/// Titles and the like between a verb and the name behind it.
const TITLES_MAX: usize = 8;
/// Verbs that help others, before a verb of saying.
pub(super) const AUXILIARIES: [&str; 16] = [
    "a",
    "ont",
    "avait",
    "ha",
    "han",
    "hat",
    "hatte",
    "has",
    "had",
    "havia",
    "heeft",
    "также",
    "also",
    "har",
    "so",
    "segun",
];

/// A speaker, and by what words.
#[derive(Clone)]
pub(super) struct Told {
    /// Number among the people of the story.
    pub(super) person: usize,
    pub(super) verb: Span,
    pub(super) mention: Span,
    pub(super) rule: &'static str,
    /// Whether verb and name stand side by side.
    pub(super) is_beside: bool,
}

/// A story's people, to be looked for among words.
pub(super) struct Sentence<'a> {
    pub(super) story: &'a Story,
    pub(super) lang: Option<&'a str>,
    /// Mentions with the number of the person, in order.
    mentions: Vec<(Span, usize)>,
}

/// A verb of saying among words: the first of them and how many.
#[derive(Clone, Copy)]
pub(super) struct Verb {
    pub(super) at: usize,
    pub(super) count: usize,
}

impl Verb {
    /// Where it stands among the words it was found in.
    pub(super) fn span(self, words: &[Word]) -> Span {
        Span::new(words[self.at].start, words[self.at + self.count - 1].end)
    }
}

/// A person among words: the first of them, one past the last, and which mention.
#[derive(Clone, Copy)]
pub(super) struct Named {
    pub(super) from: usize,
    pub(super) to: usize,
    mention: usize,
}

impl<'a> Sentence<'a> {
    pub(super) fn of(story: &'a Story) -> Sentence<'a> {
        let all = story.people.iter().enumerate();
        let mut mentions: Vec<(Span, usize)> = all.flat_map(|(i, p)| p.mentions.iter().map(move |m| (*m, i))).collect();
        mentions.sort_by_key(|(m, i)| (m.start, m.end, *i));
        Sentence { story, lang: story.lang.as_ref().map(|l| l.value.as_str()), mentions }
    }

    /// Reads the words behind a quotation: verb and name, in either order.
    pub(super) fn behind(&self, words: &[Word]) -> Option<Told> {
        let rule = BEHIND;
        let verb = self.verbs(words).into_iter().next()?;
        if self.has_pronoun(words, verb) {
            return None;
        }
        if self.is_sparse() {
            return self.sparse_behind(words, verb, rule);
        }
        let named = self.named(words);
        let helped = verb.at == 0 || verb.at == 1 && AUXILIARIES.contains(&self.folded(words[0]).as_str());
        if helped {
            let mut from = verb.at + verb.count;
            for name in named.iter().filter(|n| n.from >= verb.at + verb.count) {
                if self.announces(words, name.to) {
                    return None;
                }
                // *Ответил Лаврову Блинкен*: whoever is answered stands in a case of his own.
                if !self.owns(words, *name)
                    && (self.is_nominative(words, *name, verb) || !self.is_next_named(&named, *name))
                {
                    return self.subject_behind(words, verb, *name, from, rule);
                }
                from = name.to;
            }
            return None;
        }
        let [only] = named.iter().filter(|n| n.from < verb.at).collect::<Vec<_>>()[..] else { return None };
        // *Hat Olaf Scholz am Montag gesagt*.
        let helps = usize::from(self.is_perfect(words, 0));
        // But for English what is said before its speaker's name has the verb between: *a dit X*.
        let is_english = self.lang == Some("en") && (1..=only.from).all(|at| !self.is_apart(words, at));
        let leads = is_english || self.leads(words, helps, only.from);
        let leads = leads && !self.announces(words, verb.at + verb.count);
        (leads && self.is_subject(words, *only, helps, verb)).then(|| self.told(words, verb, *only, rule))?
    }

    /// Reads the words before a quotation: a verb that announces it, and its subject.
    /// What follows another quotation of the sentence is its own only where the verb ends it.
    pub(super) fn before(&self, words: &[Word], follows: bool) -> Option<Told> {
        let rule = BEFORE;
        let verb = self.verbs(words).into_iter().next_back()?;
        if follows && verb.at + verb.count < words.len() {
            return None;
        }
        if self.is_sparse() {
            return self.sparse_before(words, verb, rule);
        }
        let named = self.named(words);
        let left: Vec<&Named> = named.iter().filter(|n| n.to <= verb.at && !self.is_told_to(words, **n)).collect();
        let right: Vec<&Named> = named.iter().filter(|n| n.from >= verb.at + verb.count).collect();
        match (&left[..], &right[..]) {
            ([owners @ .., one], [])
                if words.len() - (verb.at + verb.count) <= ANNOUNCED_MAX
                    && owners.iter().all(|owner| self.owns(words, **owner)) =>
            {
                // What marks the owner may be a word: the s of *Putin's*.
                let from = owners.last().map_or(0, |owner| owner.to + usize::from(self.is_mark(words, owner.to)));
                let leads = self.is_subject(words, **one, from, verb);
                leads.then(|| self.told(words, verb, **one, rule))?
            }
            ([], [one]) if verb.at <= 1 && (words.len() - one.to <= LINK_MAX || self.announces(words, one.to)) => {
                self.subject_behind(words, verb, **one, verb.at + verb.count, rule)
            }
            _ => None,
        }
    }

    /// Who speaks in a sentence without a quotation: *X said the ship was lost*.
    pub(super) fn says(&self, words: &[Word]) -> Option<Told> {
        let verb = self.verbs(words).into_iter().next().filter(|_| !self.is_sparse())?;
        let named = self.named(words).into_iter().next().filter(|named| named.to <= verb.at)?;
        self.is_subject(words, named, 0, verb).then(|| self.told(words, verb, named, BEFORE))?
    }

    /// A name behind its verb: nothing but titles stands between, and nothing that makes it
    /// another's.
    fn subject_behind(
        &self,
        words: &[Word],
        verb: Verb,
        named: Named,
        from: usize,
        rule: &'static str,
    ) -> Option<Told> {
        // *Said one sign, Sadiq Khan recalled*.
        let comma = (from.max(1)..=named.from).rev().find(|at| self.is_apart(words, *at));
        let fits = named.from - from <= TITLES_MAX
            && comma.is_none_or(|at| self.leads(words, from, at))
            && self.is_free(words, from, named.from)
            && self.is_nominative(words, named, verb)
            && (self.is_source(words, verb) || !self.is_bound(words, named))
            && !self.owns(words, named);
        fits.then(|| self.told(words, verb, named, rule))?
    }

    /// A name before its verb.
    fn is_subject(&self, words: &[Word], named: Named, from: usize, verb: Verb) -> bool {
        let is_perfect = self.is_perfect(words, named.to) || from > 0 && self.is_perfect(words, from - 1);
        let apart = if is_perfect { PERFECT_MAX } else { APART_MAX };
        (verb.at - named.to <= apart || self.is_in_apposition(words, named.to, verb.at))
            && self.is_free(words, from, named.from)
            && self.is_nominative(words, named, verb)
            && self.reaches(words, named, verb)
            && !self.is_told_of(words, from, named)
            && !self.is_bound(words, named)
            // *Özel'e göre*: the case that the word asks for.
            && (!self.owns(words, named) || self.lang == Some("tr") && self.is_source(words, verb))
    }

    /// Whether commas set off all that stands between a name and its verb: *X, head of oil at Y, said*.
    fn is_in_apposition(&self, words: &[Word], from: usize, to: usize) -> bool {
        from > 0 && from < to && self.is_apart(words, from) && self.is_apart(words, to)
    }

    /// Whether a word is the verb that German and Dutch set far before its participle: *hat … gesagt*.
    fn is_perfect(&self, words: &[Word], at: usize) -> bool {
        matches!(self.lang, Some("de" | "nl"))
            && words.get(at).is_some_and(|w| matches!(self.folded(*w).as_str(), "hat" | "hatte" | "heeft" | "had"))
    }

    /// Whether another name begins where one ends.
    fn is_next_named(&self, named: &[Named], name: Named) -> bool {
        named.iter().any(|next| next.from == name.to)
    }

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
            let between = if named.from > verb.at { verb.at + verb.count..named.from } else { 0..named.from };
            return words[between].iter().all(|w| self.is_post_in_a_case(*w));
        }
        let spoken = self.folded(words[verb.at + verb.count - 1]);
        let is_womans = spoken.ends_with(['а', 'a']);
        if is_slavic && let Some(is_subject) = by_given_name(&self.folded(words[named.from]), named, is_womans) {
            return is_subject;
        }
        let oblique = ["ом", "ым", "ем", "ого", "ему", "ому", "ego", "emu", "owi", "ovi", "em", "im"];
        let ends_open = last.ends_with(['а', 'я', 'у', 'ю', 'ы', 'е', 'a', 'u', 'e']);
        let (_, person) = self.mentions[named.mention];
        let id = self.story.people[person].id.as_deref().and_then(|id| id.strip_prefix("q:"));
        let is_known = id.and_then(Callings::of_person).and_then(Callings::is_womans);
        let is_woman =
            is_known.unwrap_or_else(|| named.to - named.from == 1 || is_womans_name(&self.folded(words[named.from])));
        let feminine = is_womans && is_woman && last.ends_with(['а', 'я', 'a']);
        (!ends_open || feminine) && !oblique.iter().any(|ending| last.ends_with(ending))
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

    /// Whether a name stands behind the word for whom something is told, in languages that set it before
    /// the verb: `به عباس عراقچی گفت`, `对李强说`.
    fn is_told_to(&self, words: &[Word], named: Named) -> bool {
        let Some(before) = named.from.checked_sub(1).map(|at| self.folded(words[at])) else { return false };
        match self.lang {
            Some("fa") => before == "به",
            Some("zh") => matches!(before.as_str(), "对" | "向" | "對"),
            _ => false,
        }
    }

    /// Whether a colon stands before a word: what is said follows.
    fn announces(&self, words: &[Word], at: usize) -> bool {
        let Some(last) = at.checked_sub(1).and_then(|i| words.get(i)) else { return false };
        let rest = self.story.text.get(last.end..).unwrap_or("");
        rest.trim_start().starts_with([':', '：'])
    }

    /// Whether a word is the mark of a genitive, parted from its name by an apostrophe.
    fn is_mark(&self, words: &[Word], at: usize) -> bool {
        words.get(at).is_some_and(|w| self.folded(*w) == "s")
    }

    /// Who said it by a name and a verb, unless anything else of the sentence says otherwise.
    pub(super) fn told(&self, words: &[Word], verb: Verb, named: Named, rule: &'static str) -> Option<Told> {
        let side = if rule == BEHIND { Side::Behind } else { Side::Before };
        if self.is_refused(words, named, verb, side) {
            return None;
        }
        let (mention, person) = self.mentions[named.mention];
        let between = if named.from > verb.at { verb.at + verb.count..named.from } else { named.to..verb.at };
        let gap = between.filter(|i| !is_before(&self.folded(words[*i]))).count();
        Some(Told { person, verb: verb.span(words), mention, rule, is_beside: gap <= 1 })
    }

    /// The same of a name and a verb on the two sides of a quotation.
    pub(super) fn told_by(&self, left: &[Word], named: Named, right: &[Word], verb: Verb, rule: &'static str) -> Told {
        let (mention, person) = self.mentions[named.mention];
        debug_assert!(left[named.to - 1].end <= right[verb.at].start);
        Told { person, verb: verb.span(right), mention, rule, is_beside: true }
    }

    /// Where a name was read.
    pub(super) fn mention(&self, named: Named) -> Span {
        self.mentions[named.mention].0
    }

    /// Number of whom a name is of among the people of the story.
    pub(super) fn person(&self, named: Named) -> usize {
        self.mentions[named.mention].1
    }

    /// The people among words.
    pub(super) fn named(&self, words: &[Word]) -> Vec<Named> {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return Vec::new() };
        let begin = self.mentions.partition_point(|(m, _)| (m.start as usize) < first.start);
        let mut out: Vec<Named> = Vec::new();
        for (mention, (span, _)) in self.mentions.iter().enumerate().skip(begin) {
            if span.end as usize > last.end {
                break;
            }
            let from = words.partition_point(|w| w.end <= span.start as usize);
            let to = words.partition_point(|w| w.start < span.end as usize);
            if from < to && out.last().is_none_or(|n| n.to <= from) {
                out.push(Named { from, to, mention });
            }
        }
        out
    }

    /// The verbs of saying among words, none of them within a name.
    pub(super) fn verbs(&self, words: &[Word]) -> Vec<Verb> {
        let mut out: Vec<Verb> = Vec::new();
        let mut at = 0;
        let mut phrase = String::new();
        while at < words.len() {
            let mut hash = EMPTY_PHRASE;
            let mut found = None;
            phrase.clear();
            for (i, word) in words[at..].iter().take(VERB_WORDS_MAX).enumerate() {
                let folded = self.folded(*word);
                hash = hash::phrase(hash, hash::of(&folded));
                phrase.push_str(if i > 0 { " " } else { "" });
                phrase.push_str(&folded);
                let says = |lang| Class::Says.has(&phrase, lang) || Class::Source.has(&phrase, lang);
                if known(hash) & SPEECH != 0 || self.lang.is_some_and(says) {
                    found = Some(Verb { at, count: i + 1 });
                }
            }
            at += found.map_or(1, |verb| verb.count);
            out.extend(found);
        }
        let named = self.named(words);
        out.retain(|v| !named.iter().any(|n| n.from < v.at + v.count && v.at < n.to));
        // *Según dijo Sánchez*: the verb tells.
        let begun: Vec<usize> = out.iter().map(|verb| verb.at).collect();
        out.retain(|verb| !(begun.contains(&(verb.at + verb.count)) && self.is_source(words, *verb)));
        out
    }

    /// Whether what was read as a verb is none but makes a name its source: *laut*, *по словам*.
    pub(super) fn is_source(&self, words: &[Word], verb: Verb) -> bool {
        let phrase: Vec<String> = words[verb.at..verb.at + verb.count].iter().map(|w| self.folded(*w)).collect();
        self.lang.is_some_and(|lang| Class::Source.has(&phrase.join(" "), lang))
    }

    pub(super) fn folded(&self, word: Word) -> String {
        fold(&self.story.text[word.start..word.end])
    }
}

/// Whether a text begins with a verb of saying, or with one behind what helps it.
pub(super) fn begins_with_saying(text: &str, lang: Option<&str>) -> bool {
    let mut list = words(text).map(|w| fold(&text[w.start..w.end]));
    let is_verb = |word: &str| flags(word) & SPEECH != 0 || lang.is_some_and(|lang| Class::Says.has(word, lang));
    let Some(first) = list.next() else { return false };
    is_verb(&first) || AUXILIARIES.contains(&first.as_str()) && list.next().is_some_and(|second| is_verb(&second))
}

/// Whether a man's given name tells the case of the whole: *Petr Fiala* says, of *Petra Fialy* is told.
/// `None` where it tells nothing.
fn by_given_name(given: &str, named: Named, is_womans_verb: bool) -> Option<bool> {
    let is_given = |name: &str| flags(name) & GIVEN != 0;
    if named.to - named.from < 2 || is_womans_verb {
        return None;
    }
    let Some(stem) = given.strip_suffix('a') else {
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

pub(super) fn flags(folded: &str) -> Flags {
    known(hash::phrase(EMPTY_PHRASE, hash::of(folded)))
}

pub(super) fn known(hash: u64) -> Flags {
    flags_of(hash)
}
