//! What the words beside a quotation tell of its speaker.

use super::refused::Side;
use crate::data::before_names::is_before;
use crate::data::quoting::Class;
use crate::enrich::entities::flags_of;
use crate::enrich::entities::hash::{self, EMPTY_PHRASE};
use crate::enrich::entities::lexicon::Flags;
use crate::story::{Span, Story};
use crate::text::{Word, fold};

/// The rule of a verb behind its quotation.
pub(super) const BEHIND: &str = "quotes/verb-behind";
/// The rule of a verb before its quotation.
pub(super) const BEFORE: &str = "quotes/verb-before";
/// Words between a verb and a quotation that it announces.
const ANNOUNCED_MAX: usize = 6;
/// Words between a name behind its verb and the quotation: *that*.
const LINK_MAX: usize = 2;
/// Words between the subject and its verb: *has*, *hat gestern*.
const APART_MAX: usize = 3;
/// Words between a subject and a participle at the end: *hat am Donnerstag in Berlin vor Journalisten gesagt*.
const PERFECT_MAX: usize = 9;
/// Words between a source and the quotation that its report ends in.
const REPORT_MAX: usize = 12;
/// Words between a subject and its verb where the verb comes last.
const FAR_MAX: usize = 16;
/// Titles and the like between a verb and the name behind it.
const TITLES_MAX: usize = 8;
/// What joins a clause to the one before: *while*, folded.
const JOINTS: [&str; 27] = [
    "while", "and", "but", "as", "whereas", "tandis", "que", "et", "mais", "alors", "wahrend", "und", "aber",
    "mientras", "y", "pero", "mentre", "e", "ma", "enquanto", "mas", "terwijl", "en", "maar", "а", "но", "и",
];
const JOINTS_MAX: usize = 2;
/// Verbs that help others, before a verb of saying, and pronouns of whom it is told.
pub(super) const AUXILIARIES: [&str; 29] = [
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
    "aveva",
    "avevano",
    "habia",
    "tinha",
    "tem",
    "lui",
    "leur",
    "le",
    "les",
    "gli",
    "lhe",
    "me",
    "nos",
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
        // Malay is written with the verbs of Indonesian.
        let lang = story.lang.as_ref().map(|l| if l.value == "ms" { "id" } else { l.value.as_str() });
        Sentence { story, lang, mentions }
    }

    /// Reads the words behind a quotation: verb and name, in either order. `is_set_off` tells whether a comma or
    /// the like ends the quotation.
    pub(super) fn behind(&self, words: &[Word], is_set_off: bool) -> Option<Told> {
        let rule = BEHIND;
        let verb = self.verb_behind(words, is_set_off)?;
        if self.has_pronoun(words, verb) {
            return None;
        }
        if let Some(name) = self.in_apposition(words, verb) {
            return self.told(words, verb, name, rule);
        }
        if self.is_sparse() {
            return self.sparse_behind(words, verb, rule);
        }
        let named = self.named(words);
        if self.is_helped_by(words, verb.at) {
            let mut from = verb.end();
            for name in named.iter().filter(|n| n.from >= verb.end()) {
                let is_other =
                    self.is_participle(words, verb) && name.to < words.len() && !self.is_apart(words, name.to);
                if is_other || self.announces(words, name.to) {
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
        let ahead: Vec<Named> = named.into_iter().filter(|n| n.from < verb.at).collect();
        let (only, from) = self.last_of_owners(words, &ahead)?;
        // *Hat Olaf Scholz am Montag gesagt*.
        let helps = usize::from(self.is_perfect(words, 0));
        // But for English what is said before its speaker's name has the verb between: *a dit X*.
        let is_english = self.lang == Some("en") && (1..=only.from).all(|at| !self.is_apart(words, at));
        let leads =
            is_english || from == 0 && (self.leads(words, helps, only.from) || self.is_chinese_post(words, only));
        let leads = leads && !self.announces(words, verb.end());
        (leads && self.is_subject(words, only, helps.max(from), verb)).then(|| self.told(words, verb, only, rule))?
    }

    /// The last of names where all before it own what stands between them: *Trump lawyer X*, *Putin's spokesman X*.
    /// With the first word behind the owners.
    pub(super) fn last_of_owners(&self, words: &[Word], named: &[Named]) -> Option<(Named, usize)> {
        let (one, owners) = named.split_last()?;
        // What marks the owner may be a word: the s of *Putin's*.
        let from = owners.last().map_or(0, |owner| owner.to + usize::from(self.is_mark(words, owner.to)));
        owners.iter().all(|owner| self.owns(words, *owner)).then_some((*one, from))
    }

    /// Reads the words before a quotation: a verb that announces it, and its subject.
    /// What follows another quotation of the sentence is its own only where the verb ends it.
    pub(super) fn before(&self, words: &[Word], follows: bool) -> Option<Told> {
        let rule = BEFORE;
        let verb = self.verb_before(words)?;
        if follows && verb.end() < words.len() || self.is_launched(words, verb) {
            return None;
        }
        if self.is_sparse() {
            return self.sparse_before(words, verb, rule);
        }
        let named = self.named(words);
        let left: Vec<Named> =
            named.iter().filter(|n| n.to <= verb.at && !self.is_told_to(words, **n)).copied().collect();
        let right: Vec<&Named> = named.iter().filter(|n| n.from >= verb.end()).collect();
        let right = if self.are_told(words, verb, &right) { Vec::new() } else { right };
        // *X said his mother had shouted: "…"*.
        if self.embeds(words, right.first().map_or(verb.end(), |one| one.to)) {
            return None;
        }
        match (&left[..], &right[..]) {
            ([.., last], []) if words.len() - verb.end() <= ANNOUNCED_MAX => {
                let clause = || self.own_clause(words, *last, verb).map(|from| (*last, from));
                let (one, from) = self.last_of_owners(words, &left).or_else(clause)?;
                self.is_subject(words, one, from, verb).then(|| self.told(words, verb, one, rule))?
            }
            // *Darauf angesprochen, meinte X:*
            ([], [one])
                if (verb.at <= 1 || self.is_behind_opening(words, verb))
                    && (words.len() - one.to <= LINK_MAX
                        || self.announces(words, one.to)
                        || self.is_announced_late(words, one.to)
                        || self.is_to_agency(words, one.to)
                        || self.is_sourced(words, verb, **one)) =>
            {
                self.subject_behind(words, verb, **one, verb.end(), rule)
            }
            _ => None,
        }
    }

    /// *A lancé la collecte après un afflux de « … »*: what is launched is not said, but for what a colon announces.
    fn is_launched(&self, words: &[Word], verb: Verb) -> bool {
        let is_verb = matches!(self.folded(words[verb.end() - 1]).as_str(), "lance" | "lancait" | "lancee");
        self.lang == Some("fr") && is_verb && verb.end() < words.len() && !self.announces(words, words.len())
    }

    /// Whether a verb stands right behind the one comma that ends what opens the sentence: *Darauf angesprochen, meinte X*,
    /// *En fait, dit X*.
    fn is_behind_opening(&self, words: &[Word], verb: Verb) -> bool {
        let is_one = (1..verb.at).all(|at| !self.is_apart(words, at));
        let begins = !self.story.text[words[0].start..].starts_with(char::is_lowercase);
        begins && is_one && self.is_apart(words, verb.at) && !self.asks(&words[..verb.at])
    }

    /// Where the clause of a name and its verb begins, if a comma alone stands before both: *asked about X,
    /// Mr. Y replied*.
    pub(super) fn own_clause(&self, words: &[Word], name: Named, verb: Verb) -> Option<usize> {
        let comma = (1..=name.from).rev().find(|at| self.is_apart(words, *at))?;
        // *…, mientras que X opinó*.
        let is_joint = |at: &usize| JOINTS.contains(&self.folded(words[*at]).as_str());
        let comma = (comma..name.from).take(JOINTS_MAX).take_while(is_joint).last().map_or(comma, |at| at + 1);
        let is_whole = (name.to..=verb.at).all(|at| !self.is_apart(words, at));
        // *Quoting X, Y said*: the words are X's.
        let cites = |w: &Word| self.lang.is_some_and(|lang| Class::Cites.has(&self.folded(*w), lang));
        (is_whole && self.leads(words, comma, name.from) && !words[..comma].iter().any(cites)).then_some(comma)
    }

    /// Whether all that stands between a source and a quotation is of its report: *according to X, head of oil,*.
    fn is_sourced(&self, words: &[Word], verb: Verb, name: Named) -> bool {
        let is_source =
            self.is_source(words, verb) || matches!(self.folded(words[verb.at]).as_str(), "selon" | "according");
        let rest = &words[name.to..];
        let ends = words.last().is_some_and(|last| {
            self.story.text[last.end..].trim_start_matches([')', ' ', '"', '»', '”']).starts_with([',', ':'])
        });
        is_source
            && ends
            && rest.len() <= REPORT_MAX
            && !rest.is_empty()
            && self.is_apart(words, name.to)
            && self.all_verbs(rest).is_empty()
            && !rest.iter().any(|w| self.lang.is_some_and(|lang| Class::Cites.has(&self.folded(*w), lang)))
    }

    /// A name behind its verb: nothing but titles stands between, and nothing that makes it
    /// another's.
    pub(super) fn subject_behind(
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
            && (comma != Some(named.from) || self.ends_with_name(words, named))
            && self.is_free(words, from, named.from)
            && self.is_nominative(words, named, verb)
            && (self.is_source(words, verb) || !self.is_bound(words, named))
            && !self.owns(words, named)
            && !self.may_be_object(words, verb, named);
        fits.then(|| self.told(words, verb, named, rule))?
    }

    /// A name before its verb.
    pub(super) fn is_subject(&self, words: &[Word], named: Named, from: usize, verb: Verb) -> bool {
        let is_perfect = self.is_perfect(words, named.to) || from > 0 && self.is_perfect(words, from - 1);
        let apart = if is_perfect { PERFECT_MAX } else { APART_MAX };
        // *X را دید*: whom somebody met is no subject.
        if self.lang == Some("fa") && words.get(named.to).is_some_and(|w| self.folded(*w) == "را") {
            return false;
        }
        let apart = if self.is_verb_far(words, named, verb) { FAR_MAX } else { apart };
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
    pub(super) fn is_in_apposition(&self, words: &[Word], from: usize, to: usize) -> bool {
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

    /// Whether a name stands behind the word for whom something is told, in languages that set it before
    /// the verb: `به عباس عراقچی گفت`, `对李强说`.
    fn is_told_to(&self, words: &[Word], named: Named) -> bool {
        let Some(before) = named.from.checked_sub(1).map(|at| self.folded(words[at])) else { return false };
        match self.lang {
            Some("fa") => before == "به" || self.is_behind_preposition(words, named),
            Some("zh") => matches!(before.as_str(), "对" | "向" | "對"),
            _ => false,
        }
    }

    /// Whether a colon stands before a word: what is said follows.
    pub(super) fn announces(&self, words: &[Word], at: usize) -> bool {
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
        if self.is_refused(words, named, verb, side) || self.is_kin(words, named) {
            return None;
        }
        let (mention, person) = self.mentions[named.mention];
        let between = if named.from > verb.at { verb.end()..named.from } else { named.to..verb.at };
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

    pub(super) fn folded(&self, word: Word) -> String {
        fold(&self.story.text[word.start..word.end])
    }
}

pub(super) fn flags(folded: &str) -> Flags {
    known(hash::phrase(EMPTY_PHRASE, hash::of(folded)))
}

pub(super) fn known(hash: u64) -> Flags {
    flags_of(hash)
}
