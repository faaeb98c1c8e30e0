//! Speakers in languages of which few words are known: nothing stands between a verb and its
//! subject but posts, and the name is in no case but the subject's.

use super::grammar::{BEFORE, Named, Sentence, Told, Verb};
use crate::data::before_names::is_before;
use crate::data::quoting::Class;
use crate::names;
use crate::text::Word;

/// The languages.
const LANGUAGES: [&str; 22] = [
    "hu", "fi", "et", "cs", "sk", "ro", "sv", "da", "no", "nb", "hr", "sr", "bs", "bg", "sl", "el", "he", "id", "lt",
    "lv", "vi", "hi",
];
/// Those where anything but a preposition may stand before a post: the owner in a case, or who is told.
const FREE: [&str; 14] = ["fi", "et", "sv", "da", "no", "nb", "cs", "sk", "hr", "sr", "bs", "sl", "lt", "lv"];
/// Those where a post may have its body in a genitive behind it: *портпарол Кремља*.
const GENITIVE: [&str; 6] = ["cs", "sk", "hr", "sr", "bs", "sl"];
/// Prepositions and the like: what follows them is no subject.
const PREPOSITIONS: [&str; 60] = [
    "till", "for", "av", "af", "med", "at", "fran", "fra", "mot", "mod", "om", "hos", "pa", "i", "til", "ved", "vid",
    "overfor", "som", "der", "og", "och", "att", "za", "pro", "s", "se", "k", "ke", "o", "u", "na", "v", "ve", "po",
    "do", "z", "ze", "iz", "sa", "kod", "ob", "pri", "proti", "da", "a", "и", "за", "на", "у", "са", "од", "о", "ja",
    "et", "par", "uz", "ar", "no", "pie",
];
/// What stands before a surname and within it.
const OF_SURNAMES: [&str; 9] = ["von", "der", "van", "den", "fon", "фон", "дер", "φον", "ντερ"];
/// Words before a post that no preposition is among.
const FREE_MAX: usize = 5;
/// Words of an owner's noun: *Magdalena Anderssons pressekreterare Anna Berg*.
const OWNED_MAX: usize = 2;
/// Posts and the like between a verb and its name.
const POSTS_MAX: usize = 3;
/// What may stand between a name and its verb: verbs that help others, *it*, *also*.
const BETWEEN: [&str; 17] = [
    "azt",
    "ezt",
    "har",
    "hade",
    "on",
    "oli",
    "je",
    "ocksa",
    "ogsa",
    "myos",
    "take",
    "tez",
    "tiez",
    "takodje",
    "је",
    "ने",
    "अंत",
];
/// Posts and the like between a name and its verb.
const BETWEEN_MAX: usize = 3;
/// Words between a verb and a quotation that it announces: *that*.
const LINK_MAX: usize = 1;
/// Words between a verb and a quotation behind a colon.
const ANNOUNCED_MAX: usize = 6;
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
            // *Uppger Magdalena Anderssons pressekreterare Anna Berg*.
            if let Some(owned) = self.owned_by(words, &named, name) {
                return self.is_subject_here(words, owned, verb).then(|| self.told(words, verb, owned, rule))?;
            }
            // Whoever is addressed stands before who speaks, in a case of his own.
            if let Some(next) = named.iter().find(|n| n.from == name.to).filter(|_| !self.is_in_case(words, name, verb))
            {
                (from, name) = (name.to, *next);
            }
            return (self.are_posts(words, from, name.from) && self.is_subject_here(words, name, verb))
                .then(|| self.told(words, verb, name, rule))?;
        }
        let ahead: Vec<Named> = named.into_iter().filter(|n| n.from < verb.at).collect();
        let (name, from) = self.behind_owner(words, &ahead)?;
        ((from > 0 || self.are_posts(words, 0, name.from)) && self.meets(words, name, verb))
            .then(|| self.told(words, verb, name, rule))?
    }

    /// The speaker by the words before one: `Szijjártó Péter azt mondta: "…"`.
    pub(super) fn sparse_before(&self, words: &[Word], verb: Verb, rule: &'static str) -> Option<Told> {
        let named = self.named(words);
        let (name, behind_owner) = self.behind_owner(words, &named)?;
        let end = verb.at + verb.count;
        if self.embeds(words, end.max(if name.from >= end { name.to } else { end })) {
            return None;
        }
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
        let begins = behind_owner > 0 || begins.is_some() || self.is_marked(words, name);
        let behind = words.len() - end;
        // *Azt mondta, hogy a táblán az állt: "…"*: what a comma parts from the verb speaks of something else.
        let is_one_clause = || (end..words.len()).all(|at| !self.is_apart(words, at));
        let is_late = behind <= ANNOUNCED_MAX && self.announces(words, words.len()) && is_one_clause();
        let is_linked = behind <= LINK_MAX || is_late;
        (begins && is_linked && self.meets(words, name, verb)).then(|| self.told(words, verb, name, rule))?
    }

    /// Who speaks in a sentence without a quotation: *Dian mengatakan*, *Pia Olsen Dyhr, mener dog*.
    pub(super) fn sparse_says(&self, words: &[Word]) -> Option<Told> {
        let verb = self.all_verbs(words).into_iter().next()?;
        let named = self.named(words);
        let left: Vec<Named> = named.into_iter().filter(|n| n.to <= verb.at).collect();
        let (name, from) = self.behind_owner(words, &left)?;
        let leads = from > 0 || self.are_posts(words, 0, name.from) || self.are_capitalised(&words[..name.from]);
        (leads && self.meets(words, name, verb)).then(|| self.told(words, verb, name, BEFORE))?
    }

    /// Whether an Indonesian post with its body stands before a name: *Kepala Dinas Kebudayaan DIY*.
    fn are_capitalised(&self, words: &[Word]) -> bool {
        const AIDES: [&str; 12] = [
            "pengacara",
            "istri",
            "isteri",
            "suami",
            "anak",
            "jubir",
            "bicara",
            "ajudan",
            "hukum",
            "staf",
            "keluarga",
            "peguam",
        ];
        let is_one = |w: &Word| {
            let is_capital = self.story.text[w.start..].starts_with(char::is_uppercase);
            is_capital && !AIDES.contains(&self.folded(*w).as_str())
        };
        self.lang == Some("id") && words.iter().all(is_one)
    }

    /// Whether nothing stands before a verb but what helps it.
    fn is_helped(&self, words: &[Word], at: usize) -> bool {
        at == 0 || at == 1 && BETWEEN.contains(&self.folded(words[0]).as_str())
    }

    /// The only name, or the one whose noun the only other owns, and the first word behind the owner.
    fn behind_owner(&self, words: &[Word], named: &[Named]) -> Option<(Named, usize)> {
        match named {
            [one] => Some((*one, 0)),
            [owner, _] => self.owned_by(words, named, *owner).map(|owned| (owned, owner.to)),
            _ => None,
        }
    }

    /// The name behind the noun that another owns: *Petteri Orpon avustaja Matti Meikäläinen*.
    fn owned_by(&self, words: &[Word], named: &[Named], owner: Named) -> Option<Named> {
        let next = *named.iter().find(|n| n.from > owner.to)?;
        let noun = &words[owner.to..next.from];
        let is_noun = |w: &Word| self.story.text[w.start..].starts_with(char::is_lowercase);
        let is_near = noun.len() <= OWNED_MAX && noun.iter().all(is_noun);
        let gap = &self.story.text[words[owner.to - 1].end..words[next.from].start];
        let owns = self.may_own(words, owner) || self.owns(words, owner);
        let gap = gap.trim_end().trim_end_matches(',');
        let is_whole = !gap.contains(|c: char| !c.is_alphanumeric() && !c.is_whitespace() && c != '-');
        (is_near && owns && is_whole && !noun.is_empty()).then_some(next)
    }

    /// Whether a name and a verb stand side by side, the name in the subject's case.
    fn meets(&self, words: &[Word], name: Named, verb: Verb) -> bool {
        let between: Vec<String> = words[name.to..verb.at].iter().map(|w| self.folded(*w)).collect();
        let is_light =
            |w: &String| BETWEEN.contains(&w.as_str()) || self.lang.is_some_and(|lang| Class::Post.has(w, lang));
        // *मोदी ने बताया कि चालक ने कहा*: the second verb has a subject of its own.
        if self.lang == Some("hi") && self.has_that(&words[name.to..verb.at]) {
            return false;
        }
        let is_marked = self.is_marked(words, name);
        // Vietnamese posts stand before names: *Bộ Ngoại giao nói* is no name with a post behind it.
        let is_near = between.len() <= BETWEEN_MAX
            && between.iter().all(is_light)
            && (self.lang != Some("vi") || between.is_empty());
        let is_set_off = self.is_in_apposition(words, name.to, verb.at);
        (is_near || is_marked && between.len() <= FREE_MAX || is_set_off || self.has_hungarian_post(words, name, verb))
            && self.is_in_case(words, name, verb)
    }

    /// *मोदी ने … कहा*: the Hindi particle of whoever did something.
    fn is_marked(&self, words: &[Word], name: Named) -> bool {
        self.lang == Some("hi") && words.get(name.to).is_some_and(|w| self.folded(*w) == "ने")
    }

    /// *Szijjártó Péter külgazdasági és külügyminiszter közölte*: the post ends what stands between, as nobody's.
    fn has_hungarian_post(&self, words: &[Word], name: Named, verb: Verb) -> bool {
        let mut between = &words[name.to..verb.at];
        while between.last().is_some_and(|w| BETWEEN.contains(&self.folded(*w).as_str())) {
            between = &between[..between.len() - 1];
        }
        let Some(last) = between.last().map(|w| self.folded(*w)).filter(|_| self.lang == Some("hu")) else {
            return false;
        };
        let is_low = |w: &Word| self.story.text[w.start..].starts_with(char::is_lowercase);
        between.len() <= FREE_MAX && between.iter().all(is_low) && Class::Post.has(&last, "hu")
            || self.is_apart(words, name.to) && name.from == 0 && between.len() <= FREE_MAX * 2
    }

    fn are_posts(&self, words: &[Word], from: usize, to: usize) -> bool {
        let is_one = |w: &Word| self.is_post(*w);
        let to = if self.lang == Some("ro") { to } else { self.before_particles(words, from, to) };
        let list = &words[from..to];
        list.len() <= POSTS_MAX && list.iter().all(is_one) || self.ends_in_post(list)
    }

    fn is_post(&self, word: Word) -> bool {
        // *R. Kazlauskienė*.
        let printed = &self.story.text[word.start..];
        let mut letters = printed.chars();
        if letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.') {
            return true;
        }
        let word = self.folded(word);
        self.lang.is_some_and(|lang| Class::Post.has(&word, lang)) || is_before(&word)
    }

    /// Where the particles of a surname begin: *von der*.
    fn before_particles(&self, words: &[Word], from: usize, to: usize) -> usize {
        (from..to).rev().find(|at| !OF_SURNAMES.contains(&self.folded(words[*at]).as_str())).map_or(from, |at| at + 1)
    }

    /// Whether a post stands right before a name and nothing before it makes it another's: *säger Moderaternas
    /// partiledare X*; or a post and its body: *изјавио је портпарол Кремља X*.
    fn ends_in_post(&self, words: &[Word]) -> bool {
        let (Some(lang), [first, .., last]) = (self.lang, words) else { return false };
        let is_free = words.len() <= FREE_MAX
            && FREE.contains(&lang)
            && words.iter().all(|w| !PREPOSITIONS.contains(&self.folded(*w).as_str()))
            && self.all_verbs(words).is_empty()
            && self.named(words).is_empty()
            && words.windows(2).all(|pair| {
                self.story.text[pair[0].end..pair[1].start].chars().all(|c| c.is_whitespace() || matches!(c, '-' | '.'))
            });
        let is_post = |w: &Word| self.lang.is_some_and(|lang| Class::Post.has(&self.folded(*w), lang));
        is_free && (is_post(last) || GENITIVE.contains(&lang) && is_post(first))
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
        let is_oblique = self.lang.is_some_and(|lang| SHOW_CASES.contains(&lang) && names::is_oblique(printed, lang))
            || self.is_baltic_oblique(words, name);
        !is_oblique && self.is_nominative(words, name, verb)
    }

    /// Whether a Baltic name is in another case than the subject's: *Gitanui Nausėdai*, *Evikas Siliņas*.
    fn is_baltic_oblique(&self, words: &[Word], name: Named) -> bool {
        let endings: &[&str] = match self.lang {
            Some("lt") => &["o", "os", "ės", "aus", "ies", "ui", "ai", "ei", "ą", "ę", "į", "ų", "u", "oje", "ėje"],
            Some("lv") => &["u", "am", "im", "um", "ai", "ei", "as", "es", "ā", "ē", "ī"],
            _ => return false,
        };
        words[name.from..name.to].iter().any(|w| {
            let printed = &self.story.text[w.start..w.end];
            endings.iter().any(|ending| printed.ends_with(ending)) && printed.chars().count() > 2
        })
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
        if matches!(self.lang, Some("lt" | "lv")) {
            return true;
        }
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
