//! Whether what stands around a name leaves it the subject of its verb.
//!
//! A name is another's in many ways: behind a preposition (*the lawyer for X*, `le ministre à X`),
//! in another case (`адвокат Навального`), behind a noun that it owns (`محامي مرسي`), or before
//! one (*a Trump spokesman*). Each of them is refused; what is not known to be a subject is none.

use super::grammar::{Named, Sentence, Verb, flags, known};
use crate::data::before_names::is_before;
use crate::data::callings::Callings;
use crate::data::quoting::Class;
use crate::enrich::entities::hash::{self, EMPTY_PHRASE};
use crate::enrich::entities::lexicon::{FAMOUS, FUNCTION, GIVEN, NAME, PARTICLE, ROLE, SPEECH, SURNAME, TIME, TITLE};
use crate::text::Word;

/// Words before a name that are read where a noun of people stands among them.
const LEADING_MAX: usize = 10;

/// What begins a clause that tells of the noun before it.
pub(super) const RELATIVE: [&str; 13] =
    ["who", "whom", "whose", "which", "qui", "dont", "che", "quien", "que", "которыи", "которая", "welcher", "якии"];
/// Of East Asian copy: *of*, and who speaks for somebody.
pub(super) const OWNED: [&str; 51] = [
    "的",
    "の",
    "발언인",
    "发言人",
    "發言人",
    "律师",
    "律師",
    "顾问",
    "顧問",
    "之子",
    "之女",
    "之妻",
    "之父",
    "之母",
    "儿子",
    "女儿",
    "妻子",
    "弁護士",
    "報道官",
    "代理人",
    "대변인",
    "변호사",
    "측근",
    "团队",
    "團隊",
    "支持者",
    "当局",
    "當局",
    "基金会",
    "基金會",
    "内阁",
    "內閣",
    "办公室",
    "辦公室",
    "总统府",
    "總統府",
    "政府",
    "阵营",
    "陣營",
    "集团",
    "集團",
    "夫人",
    "家人",
    "办事处",
    "竞选",
    "幕僚",
    "方面",
    "행정부",
    "캠프",
    "정부",
    "대통령실",
];

/// Times that stand before a subject.
pub(super) const BEFORE_SUBJECT: [&str; 18] = [
    "tonight",
    "today",
    "yesterday",
    "tomorrow",
    "later",
    "earlier",
    "hier",
    "demain",
    "heute",
    "gestern",
    "ayer",
    "hoy",
    "ieri",
    "oggi",
    "ontem",
    "hoje",
    "вчера",
    "сегодня",
];

/// What a word before a name is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// *the*, where it may stand before a subject.
    Article,
    /// A noun of people: *president*, *pianist*.
    Person,
    /// Of what country: *French*.
    Origin,
    /// A preposition and all else that makes the name no subject.
    Other,
    /// When it was.
    Time,
    /// What is not known.
    Unknown,
}

impl Sentence<'_> {
    /// Whether what stands before a name leaves it a subject: behind titles and an article
    /// comes no preposition, nor a noun that it would be the owner of.
    pub(super) fn is_free(&self, words: &[Word], from: usize, to: usize) -> bool {
        let (mut at, mut is_person, mut is_behind_article, mut unknown) = (to, false, false, 0);
        while at > from && to - at < LEADING_MAX {
            if self.is_apart(words, at) {
                return true;
            }
            let (part, count) = self.part(words, from, at);
            match part {
                // *A José*: without a noun it is *to*.
                Part::Article if at == to && self.lang == Some("pt") && self.folded(words[at - 1]) == "a" => {
                    return false;
                }
                // *Rief ein Mann X zu*: who is told stands in a case that no name shows.
                Part::Article
                    if self.lang == Some("de") && at < to && self.folded(words[at - 1]).starts_with("ein") =>
                {
                    return false;
                }
                Part::Person if at == to && self.is_family(words, at) => return false,
                // What stands right before a name in a construct is what the name owns: *حكومة نتنياهو*.
                Part::Unknown
                    if at == to
                        && matches!(self.lang, Some("ar" | "fa"))
                        && !self.folded(words[at - 1]).starts_with("ال") =>
                {
                    return false;
                }
                Part::Other => return self.is_clause(words, at),
                // Two nouns of people with an article between them: one is not the other.
                Part::Person if is_behind_article => return false,
                Part::Person if self.is_owned(words, at - count, to) => return false,
                Part::Person => is_person = true,
                Part::Article if is_behind_article => return true,
                Part::Time => return true,
                Part::Article => is_behind_article = true,
                Part::Unknown if is_behind_article => return true,
                Part::Unknown if !is_person => return self.may_lead(words, from, at),
                Part::Unknown => unknown += 1,
                Part::Origin => {}
            }
            // Adjectives stand between a preposition and its noun; not many of them.
            if unknown > 2 {
                return true;
            }
            at -= count;
        }
        true
    }

    /// *Le fils Sarkozy*: a surname alone behind a son is the father's.
    fn is_family(&self, words: &[Word], at: usize) -> bool {
        const FAMILY: [&str; 7] = ["fils", "fille", "frere", "pere", "veuve", "mere", "soeur"];
        self.lang == Some("fr")
            && FAMILY.contains(&self.folded(words[at - 1]).as_str())
            && self.named(words).iter().any(|n| n.from == at && n.to == at + 1)
    }

    /// Whether all that stands before a name says what its bearer is.
    pub(super) fn leads(&self, words: &[Word], from: usize, to: usize) -> bool {
        let (mut at, mut is_person, mut is_behind_article) = (to, false, false);
        while at > from {
            let (part, count) = self.part(words, from, at);
            match part {
                // *Der Anwalt der Witwe, X*: it cannot be told which of them is named.
                Part::Person if is_behind_article => return false,
                Part::Person => is_person = true,
                Part::Article => is_behind_article = is_person,
                Part::Origin => {}
                _ => return false,
            }
            at -= count;
        }
        true
    }

    /// Whether a word is a noun of people, or ends one of two words.
    pub(super) fn is_person(&self, words: &[Word], from: usize, at: usize) -> bool {
        self.part(words, from, at + 1).0 == Part::Person
    }

    /// What the word before `at` is, or the phrase of two words.
    fn part(&self, words: &[Word], from: usize, at: usize) -> (Part, usize) {
        let word = self.folded(words[at - 1]);
        let has_dot = self.story.text[words[at - 1].end..].starts_with('.');
        if is_other(&word) || self.is_house(words, at, &word) {
            return (Part::Other, 1);
        }
        // *Chairman A. William Reynolds*, *de Groote*: of the name itself.
        let printed = &self.story.text[words[at - 1].start..words[at - 1].end];
        if has_dot && printed.len() == 1 && printed.starts_with(char::is_uppercase) {
            return (Part::Origin, 1);
        }
        if self.lang == Some("en") && flags(&word) & PARTICLE != 0 && word != "of" && word != "the" && word != "and" {
            return (Part::Origin, 1);
        }
        if BEFORE_SUBJECT.contains(&word.as_str()) {
            return (Part::Time, 1);
        }
        // *Putin's spokesman Peskov*: what is owned has no article.
        if word == "s" && self.story.text[..words[at - 1].start].ends_with(['\'', '\u{2019}']) {
            return (Part::Article, 1);
        }
        if flags(&word) & FUNCTION != 0 && !(has_dot && is_before(&word)) {
            return (if self.is_article(words[at - 1], &word) { Part::Article } else { Part::Other }, 1);
        }
        if at - from >= 2 {
            let first = hash::phrase(EMPTY_PHRASE, hash::of(&self.folded(words[at - 2])));
            if known(hash::phrase(first, hash::of(&word))) & (ROLE | TITLE) != 0 {
                return (Part::Person, 2);
            }
        }
        let bare = ["ex", "vice", "vize", "вице", "экс"].iter().find_map(|p| word.strip_prefix(p)).unwrap_or(&word);
        // *Dem Präsidenten*.
        let bare = bare.strip_suffix("en").filter(|_| self.lang == Some("de")).unwrap_or(bare);
        let lang = self.lang.unwrap_or("en");
        if (flags(&word) | flags(bare)) & (ROLE | TITLE) != 0
            || Class::Relation.has_in_any(&word)
            || Class::Voice.has_in_any(&word)
            || Callings::of_word(&word, lang).is_some()
        {
            return (Part::Person, 1);
        }
        if self.is_article(words[at - 1], &word) {
            return (Part::Article, 1);
        }
        (if is_before(&word) { Part::Origin } else { Part::Unknown }, 1)
    }

    /// Whether a word is an article that may stand before a subject.
    pub(super) fn is_article(&self, word: Word, folded: &str) -> bool {
        let text = &self.story.text[word.start..word.end];
        let list: &[&str] = match self.lang {
            Some("en") => &["the", "a", "an"],
            Some("fr") => &["le", "la", "l", "les", "un", "une", "son", "sa", "leur"],
            Some("de") => &["der", "die", "das", "ein", "eine", "sein", "seine", "ihr", "ihre"],
            Some("es") => &["el", "la", "los", "las", "un", "una", "su"],
            Some("it") => &["il", "lo", "la", "l", "i", "gli", "le", "un", "una", "suo", "sua"],
            // What takes an accent or none is a preposition too.
            Some("pt") => &["o", "os", "as", "um", "uma"],
            Some("nl") => &["de", "het", "een", "zijn", "haar"],
            Some(_) => &[],
            None => &["the", "le", "la", "l", "der", "die", "el", "il", "o", "un", "une", "una"],
        };
        list.contains(&folded) && text.is_ascii() || self.lang == Some("pt") && text == "a"
    }

    /// Whether a noun of people owns the name behind it with nothing between: where names are
    /// not declined or stand in a genitive that is not seen.
    fn is_owned(&self, words: &[Word], noun: usize, to: usize) -> bool {
        let word = self.folded(words[noun]);
        let next = self.folded(words[to]);
        let of_people = Class::Relation.has_in_any(&word) || Class::Voice.has_in_any(&word);
        match self.lang {
            // *A lawyer of*: only what has the article stands beside a name.
            Some("ar") => {
                of_people && !word.starts_with("ال")
                    || noun + 1 == to && !word.starts_with("ال") && !matches!(word.as_str(), "د" | "م")
            }
            Some("fa") => of_people,
            Some("ru" | "uk" | "be" | "bg" | "sr") => of_people && !self.shows_nominative(words, to),
            Some("de") => {
                let behind_article = noun > 0 && self.is_article(words[noun - 1], &self.folded(words[noun - 1]));
                behind_article && self.is_german_genitive(words, to, &next)
            }
            _ => false,
        }
    }

    /// Whether a word that is not known may stand right before a subject: no verb may.
    fn may_lead(&self, words: &[Word], from: usize, at: usize) -> bool {
        let span = &self.story.text[words[at - 1].start..words[at - 1].end];
        let word = self.folded(words[at - 1]);
        let is_low = span.chars().next().is_some_and(char::is_lowercase);
        let is_verb = match self.lang {
            Some("en") | None => is_low,
            Some("fr") => {
                let before = (at - from >= 2).then(|| words[at - 2]);
                word.ends_with("ant") && !before.is_some_and(|w| self.is_article(w, &self.folded(w)))
            }
            Some("es" | "it" | "pt") => word.ends_with("ndo"),
            Some("de") => word.ends_with("end"),
            _ => false,
        };
        let meets = word.ends_with("ing") && matches!(self.lang, Some("en") | None);
        // *The lawyer of the family X*: whose name it is cannot be told.
        let is_aides = (from..at - 1).any(|i| {
            Class::Relation.has_in_any(&self.folded(words[i]))
                && (i + 1..at - 1).any(|k| flags(&self.folded(words[k])) & FUNCTION != 0)
        });
        // *Un médecin ayant examiné X*.
        let is_met = at - from >= 2 && is_other(&self.folded(words[at - 2]));
        !is_verb && !meets && !is_aides && !is_met
    }

    /// Whether a word acts in somebody's name; not in English before a noun of people: *campaign manager*.
    fn is_house(&self, words: &[Word], at: usize, word: &str) -> bool {
        let is_manager = self.lang == Some("en")
            && words.get(at).is_some_and(|next| flags(&self.folded(*next)) & ROLE != 0 && !self.is_apart(words, at));
        !is_manager && self.lang.is_some_and(|lang| Class::House.has(word, lang))
    }

    /// Whether a comma stands before a word.
    pub(super) fn is_apart(&self, words: &[Word], at: usize) -> bool {
        self.story.text[words[at - 1].end..words[at].start].contains([',', '،', '，', '、', '—', '–'])
    }

    /// Whether a function word only begins the clause: *and*, *that*.
    fn is_clause(&self, words: &[Word], at: usize) -> bool {
        const BEGINS: [&str; 16] =
            ["and", "but", "et", "mais", "und", "aber", "y", "pero", "e", "ma", "mas", "и", "а", "но", "та", "en"];
        at == 1 && BEGINS.contains(&self.folded(words[0]).as_str())
    }

    /// Whether a name owns what follows: *Putin's spokesman*, *Putins Sprecher*, *a Trump aide*.
    pub(super) fn owns(&self, words: &[Word], named: Named) -> bool {
        let end = words[named.to - 1].end;
        let rest = self.story.text.get(end..).unwrap_or("");
        if rest.starts_with(['\'', '\u{2019}']) {
            return true;
        }
        let Some(next) = words.get(named.to) else { return false };
        let gap = &self.story.text[end..next.start];
        let word = self.folded(*next);
        let is_role = flags(&word) & (ROLE | TITLE) != 0 && flags(&word) & FUNCTION == 0
            || Class::Voice.has_in_any(&word)
            || Class::Relation.has_in_any(&word);
        let is_glued = is_role && self.folded(words[named.to - 1]).ends_with('s');
        if gap.contains(|c: char| !c.is_whitespace() && c != '-') {
            return false;
        }
        is_glued
            || match self.lang {
                Some("en") | None => is_role || self.is_noun(*next, &word),
                Some("de" | "nl" | "sv" | "da" | "nb") => is_role,
                _ => false,
            }
    }

    /// Whether an English word behind a name is a noun that the name belongs to: no adverb,
    /// preposition, verb or time.
    fn is_noun(&self, word: Word, folded: &str) -> bool {
        const NONE: [&str; 18] = [
            "late",
            "early",
            "alongside",
            "via",
            "near",
            "outside",
            "inside",
            "upon",
            "within",
            "toward",
            "towards",
            "ahead",
            "whose",
            "again",
            "afterward",
            "afterwards",
            "himself",
            "herself",
        ];
        let is_low = self.story.text[word.start..].chars().next().is_some_and(char::is_lowercase);
        let is_plain = folded.ends_with("ly") || folded.ends_with("ing") || NONE.contains(&folded);
        is_low
            && !is_plain
            && flags(folded) & (FUNCTION | TIME | SPEECH) == 0
            && !Class::Utters.has(folded, "en")
            && !Class::Calls.has(folded, "en")
            && !folded.starts_with(char::is_numeric)
    }

    /// Whether the words between a name and its verb leave it the subject.
    pub(super) fn reaches(&self, words: &[Word], named: Named, verb: Verb) -> bool {
        if named.to >= verb.at {
            return true;
        }
        let gap = &self.story.text[words[named.to - 1].end..words[verb.at].start];
        // *付凌晖在国务院举行的发布会上说*: what is owned is where it was said.
        let is_where = self.lang == Some("zh") && self.is_verb_far(words, named, verb);
        if OWNED.iter().any(|w| gap.contains(w)) && !is_where {
            return false;
        }
        // A comma that is not closed ends another clause: *after meeting X, the minister said*.
        let commas = gap.matches([',', '،', '，']).count();
        let is_between = named.from > 0 && self.is_apart(words, named.from) && gap.starts_with([',', '،', '，']);
        let is_told = words.get(named.to).is_some_and(|w| RELATIVE.contains(&self.folded(*w).as_str()));
        // *Kılıçarslan, şunları kaydetti*: a Turkish subject ends in a comma.
        let is_turkish = matches!(self.lang, Some("tr" | "az")) && gap.starts_with(',');
        commas != 1 || is_between || is_told || is_turkish
    }

    /// Whether a relative clause before a name makes it another's object: *who shot X*.
    pub(super) fn is_told_of(&self, words: &[Word], from: usize, named: Named) -> bool {
        (from..named.from).any(|i| {
            RELATIVE.contains(&self.folded(words[i]).as_str()) && !(i + 1..=named.from).any(|k| self.is_apart(words, k))
        })
    }

    /// Whether a name begins with a preposition that is written as one word with it: `لمرسي`, `לנתניהו`.
    pub(super) fn is_bound(&self, words: &[Word], named: Named) -> bool {
        let word = self.folded(words[named.from]);
        if self.lang == Some("he") {
            // The tables have few Hebrew names: whom *to* may stand before is no subject.
            return word.starts_with('ל') && named.to > named.from + 1;
        }
        let Some(rest) = word.strip_prefix(['ل', 'ب', 'ك']) else { return false };
        let is_name = |w: &str| flags(w) & (GIVEN | SURNAME | NAME | FAMOUS) != 0;
        self.lang == Some("ar") && is_name(rest) && !is_name(&word)
    }
}

/// Whether a word that is no function word makes what follows another's.
fn is_other(folded: &str) -> bool {
    const OTHER: [&str; 15] = [
        "باسم",
        "بلسان",
        "representing",
        "including",
        "regarding",
        "concerning",
        "avec",
        "contre",
        "chez",
        "versus",
        "ayant",
        "etant",
        "habiendo",
        "avendo",
        "tendo",
    ];
    OTHER.contains(&folded)
}
