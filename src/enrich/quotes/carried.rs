//! Speakers whom the sentence before tells: of a quotation that goes on (`"…," X said. "…"`) and of one whose verb
//! has a pronoun (`X said … "…," he added`). Nobody but that speaker may be named in that sentence.

use super::grammar::{AUXILIARIES, Named, Sentence, Told, Verb, flags};
use crate::data::callings::Callings;
use crate::data::given_names::{Sex, sex_of};
use crate::data::quoting::Class;
use crate::enrich::entities::lexicon::ORG_HEAD;
use crate::enrich::entities::sexes;
use crate::text::{Boundary, Word, boundary, fold, words};
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
/// A pronoun, with whether a woman's where it says.
type Pronoun = (&'static str, Option<bool>);
/// Pronouns of one speaker by language.
const PRONOUNS: [(&str, &[Pronoun]); 23] = [
    ("en", &[("he", Some(false)), ("she", Some(true))]),
    ("fr", &[("il", Some(false)), ("elle", Some(true))]),
    ("de", &[("er", Some(false)), ("sie", Some(true))]),
    ("nl", &[("hij", Some(false)), ("zij", Some(true)), ("ze", Some(true))]),
    ("es", &[("ella", Some(true))]),
    ("it", &[("lui", Some(false)), ("lei", Some(true))]),
    ("pt", &[("ele", Some(false)), ("ela", Some(true))]),
    ("ru", &[("он", Some(false)), ("она", Some(true))]),
    ("uk", &[("він", Some(false)), ("вона", Some(true))]),
    ("be", &[("ен", Some(false)), ("яна", Some(true))]),
    ("sv", &[("han", Some(false)), ("hon", Some(true))]),
    ("da", &[("han", Some(false)), ("hun", Some(true))]),
    ("no", &[("han", Some(false)), ("hun", Some(true))]),
    ("nb", &[("han", Some(false)), ("hun", Some(true))]),
    ("fa", &[("وی", None), ("او", None)]),
    ("zh", &[("他", Some(false)), ("她", Some(true))]),
    ("hi", &[("उन्होंने", None)]),
    ("id", &[("dia", None), ("ia", None), ("beliau", None)]),
    ("bg", &[("той", Some(false)), ("тя", Some(true))]),
    ("ro", &[("el", Some(false)), ("ea", Some(true))]),
    ("hr", &[("on", Some(false)), ("ona", Some(true))]),
    ("fi", &[("hän", None)]),
    ("hu", &[("ő", None)]),
];
/// Verbs of whoever spoke last, whoever else is named there: *added*, folded.
const GOING_ON: [&str; 46] = [
    "added",
    "adds",
    "continued",
    "continues",
    "concluded",
    "ajoute",
    "poursuivi",
    "poursuit",
    "conclu",
    "conclut",
    "enchaine",
    "complete",
    "precise",
    "insiste",
    "hinzu",
    "erganzte",
    "erganzt",
    "anadio",
    "agrego",
    "anade",
    "agrega",
    "concluyo",
    "prosiguio",
    "aggiunto",
    "aggiunge",
    "proseguito",
    "prosegue",
    "concluso",
    "acrescentou",
    "acrescenta",
    "prosseguiu",
    "concluiu",
    "toe",
    "vervolgde",
    "vervolgt",
    "dodał",
    "dodała",
    "dodal",
    "dodala",
    "добавил",
    "добавила",
    "додав",
    "додала",
    "tillade",
    "tilføjer",
    "tilfojer",
];

/// How French sentences of nobody begin.
const IMPERSONAL: [&str; 12] = [
    "il faut",
    "il y a",
    "il n y a",
    "il s agit",
    "il est trop",
    "il est temps",
    "il est important",
    "il est possible",
    "il est impossible",
    "il est clair",
    "il est difficile",
    "il est urgent",
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

/// What is asked of the sentences before a quotation.
#[derive(Clone, Copy)]
struct Asked {
    /// Whether the pronoun is a woman's, where it says.
    is_womans: Option<bool>,
    /// Whether somebody who does something there, and says nothing, may be the one.
    may_act: bool,
    /// Whether the verb is of whoever spoke last: *added*.
    goes_on: bool,
}

impl Sentence<'_> {
    /// The speaker of a quotation by the sentence before it, given all that was told of the quotations before.
    pub(super) fn carried(&self, list: &[Word], quotation: &Range<usize>, before: &[Spoken<'_>]) -> Option<Told> {
        if let Some(told) = self.pronoun_before(list, quotation, before) {
            return Some(told);
        }
        let place = self.place(list, quotation)?;
        if place.behind.is_empty() {
            return self.goes_on_from(list, &place, before);
        }
        let behind = &list[place.behind.clone()];
        let (verb, is_womans) = self.pronoun(behind, true)?;
        let told = self.spoke(list, place.first, before, self.asked(quotation, is_womans, behind), SENTENCES_MAX)?;
        Some(Told { verb: verb.span(behind), rule: PRONOUN, is_beside: false, ..told })
    }

    /// *He added: "…"*: the speaker of the sentence before that one.
    fn pronoun_before(&self, list: &[Word], quotation: &Range<usize>, before: &[Spoken<'_>]) -> Option<Told> {
        let first = list.partition_point(|w| w.start < quotation.start);
        let last = *list.get(first.checked_sub(1)?)?;
        let gap = self.story.text.get(last.end..quotation.start)?.trim_start();
        if !gap.starts_with([':', ',', '：', '،']) && self.lang != Some("ar") {
            return None;
        }
        let sentence = self.sentence_before(list, first);
        let words = &list[sentence.clone()];
        let (verb, is_womans) = self.pronoun(words, true)?;
        let is_arabic = self.lang == Some("ar");
        let is_persian = self.lang == Some("fa") && self.ends_at(words, verb);
        let ends = is_arabic
            || is_persian
            || verb.end() == words.len()
            || verb.end() + 1 == words.len() && gap.starts_with([':', '：']);
        if !ends || sentence.start == 0 {
            return None;
        }
        let told = self.spoke(list, sentence.start, before, self.asked(quotation, is_womans, words), SENTENCES_MAX)?;
        Some(Told { verb: verb.span(words), rule: PRONOUN, is_beside: false, ..told })
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
    fn spoke(&self, list: &[Word], at: usize, before: &[Spoken<'_>], asked: Asked, sentences: usize) -> Option<Told> {
        let is_womans = asked.is_womans;
        let sentence = self.sentence_before(list, at);
        let words = &list[sentence.clone()];
        let (start, end) = (words.first()?.start, words.last()?.end);
        let quoted = before.iter().rev().find(|spoken| spoken.quotation.start < end && spoken.quotation.end > start);
        let told = match quoted {
            Some(spoken) => spoken.told.clone()?,
            None => match self.pronoun(words, false) {
                Some((_, same)) if sentences > 1 && same == is_womans && self.named(words).is_empty() => {
                    self.spoke(list, sentence.start, before, asked, sentences - 1)?
                }
                Some(_) => return None,
                None => self.says(words).or_else(|| self.acts(words, is_womans).filter(|_| asked.may_act))?,
            },
        };
        let is_of_other_sex = self.is_hers(told.person).zip(is_womans).is_some_and(|(a, b)| a != b);
        let is_one = self.is_only(list, sentence.clone(), told.person, before)
            || self.is_only_of_sex(list, sentence.clone(), told.person, is_womans)
            || asked.goes_on && self.is_first(list, sentence, &told);
        (!is_of_other_sex && is_one).then_some(told)
    }

    /// What is asked of the sentences before a quotation whose verb has a pronoun. *"She was great," she said*: of whom
    /// the words speak, does not speak them.
    fn asked(&self, quotation: &Range<usize>, is_womans: Option<bool>, beside: &[Word]) -> Asked {
        const FIRST_WORDS: usize = 3;
        let text = &self.story.text[quotation.clone()];
        let pronouns = PRONOUNS.iter().find(|(lang, _)| self.lang == Some(*lang)).map_or(&[][..], |(_, list)| list);
        let is_same = |word: &str| pronouns.iter().any(|(pronoun, sex)| *pronoun == word && *sex == is_womans);
        let speaks_of = words(text).take(FIRST_WORDS).any(|w| is_same(&fold(&text[w.start..w.end])));
        // *Il faut*, *il est trop tôt*: nobody.
        let begun = fold(text.trim_start());
        let is_nobody = self.lang == Some("fr") && IMPERSONAL.iter().any(|nobody| begun.starts_with(nobody));
        let is_going_on = |w: &Word| GOING_ON.contains(&self.folded(*w).as_str());
        let goes_on = beside.iter().take(PHRASE_MAX).any(is_going_on);
        Asked { is_womans, may_act: !speaks_of || is_nobody, goes_on }
    }

    /// Whether a person is a woman, by the table of people or by the given name.
    fn is_hers(&self, person: usize) -> Option<bool> {
        let person = &self.story.people[person];
        let id = person.id.as_deref().and_then(|id| id.strip_prefix("q:"));
        let known = id.and_then(Callings::of_person).and_then(Callings::is_womans);
        let name: Vec<String> = person.name.split(' ').map(fold).collect();
        known.or(sexes::of_name(&name, self.lang.unwrap_or("")).map(|sex| sex == Sex::Woman))
    }

    /// The same by a title before a name too: *Mme Adzogble*. It confirms a pronoun, and never refuses one.
    fn is_called_hers(&self, person: usize) -> Option<bool> {
        let before = |at: u32| self.story.text.get(..at as usize).unwrap_or("");
        let titles = || self.story.people[person].mentions.iter().filter_map(|m| of_title(before(m.start)));
        self.is_hers(person).or_else(|| titles().next().filter(|first| titles().all(|title| title == *first)))
    }

    /// Who is the subject of a sentence in which nobody speaks, where the pronoun behind it is of that sex: *L'abbé
    /// Marcel Rethel a ouvert son presbytère*.
    fn acts(&self, words: &[Word], is_womans: Option<bool>) -> Option<Told> {
        let named = self.named(words).into_iter().next()?;
        let person = self.person(named);
        let is_agreed = self.is_called_hers(person).zip(is_womans).is_some_and(|(hers, womans)| hers == womans);
        // Where names have cases a given name in its base form tells the subject's.
        let given = self.folded(words[named.from]);
        let shows = !self.has_cases() || named.to - named.from > 1 && sex_of(&given, self.lang?).is_some();
        let goes_on = named.to < words.len() && !self.has_aide(words, named) && !self.is_one_of_two(words, named);
        // *The Reagan administration*; where anybody speaks in that sentence, it is they.
        let is_behind_article =
            named.from > 0 && self.is_article(words[named.from - 1], &self.folded(words[named.from - 1]));
        let is_quiet = self.verbs(words).is_empty() && !is_behind_article;
        let is_subject = is_agreed && shows && goes_on && is_quiet && self.is_free(words, 0, named.from);
        let mention = self.mention(named);
        is_subject.then_some(Told { person, verb: mention, mention, rule: PRONOUN, is_beside: false })
    }

    /// Whether a name belongs to a noun of people behind it: *Putin's spokesman*, *a Trump aide*.
    fn has_aide(&self, words: &[Word], named: Named) -> bool {
        let behind = &self.story.text[words[named.to - 1].end..];
        let next = self.folded(words[named.to]);
        let is_house = flags(&next) & ORG_HEAD != 0 || self.lang.is_some_and(|lang| Class::House.has(&next, lang));
        behind.starts_with(['\'', '\u{2019}']) || is_house || self.is_person(words, 0, named.to)
    }

    fn has_cases(&self) -> bool {
        const LANGUAGES: [&str; 9] = ["ru", "uk", "be", "pl", "cs", "sk", "hr", "sr", "sl"];
        self.lang.is_some_and(|lang| LANGUAGES.contains(&lang))
    }

    /// The words of the sentence that ends before a word.
    pub(super) fn sentence_before(&self, list: &[Word], at: usize) -> Range<usize> {
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

    /// Whether the sex of a pronoun leaves nobody but a person among those whom a sentence names.
    fn is_only_of_sex(&self, list: &[Word], sentence: Range<usize>, person: usize, is_womans: Option<bool>) -> bool {
        let Some(is_womans) = is_womans else { return false };
        let of = |named: &Named| (self.person(*named), self.is_hers(self.person(*named)));
        self.is_called_hers(person) == Some(is_womans)
            && self.named(&list[sentence]).iter().map(of).all(|(one, hers)| one == person || hers == Some(!is_womans))
    }

    /// Whether whoever else is named in a sentence stands behind the words that tell who speaks there.
    fn is_first(&self, list: &[Word], sentence: Range<usize>, told: &Told) -> bool {
        let words = &list[sentence];
        let told_until = told.verb.end.max(told.mention.end) as usize;
        let is_behind = |named: &Named| self.person(*named) == told.person || words[named.from].start >= told_until;
        told.rule != PRONOUN && self.named(words).iter().all(is_behind)
    }

    /// A verb of saying without any subject, in languages that need no pronoun, and nothing behind it but where and to
    /// whom: *"…", ressalvou*, *"…" - dodała*, `وأضاف في المؤتمر "…"`.
    fn without_pronoun(&self, words: &[Word], verb: Verb) -> Option<(Verb, Option<bool>)> {
        const REST_MAX: usize = 5;
        let prepositions: &[&str] = match self.lang? {
            "es" => &["a", "al", "en", "ante", "tras", "durante", "desde"],
            "it" => &["a", "al", "ai", "alla", "in", "nel", "davanti", "durante"],
            "pt" => &["a", "ao", "aos", "em", "no", "na", "durante", "apos"],
            "pl" => &["w", "na", "po", "do", "dla", "podczas"],
            "ar" => &["في", "خلال", "عبر", "بعد"],
            "cs" | "sk" => &["v", "ve", "na", "po", "pro", "u"],
            "hr" | "sr" | "bs" => &["je", "u", "na", "za"],
            "bg" => &["в", "пред", "на"],
            "el" => &["στο", "στη", "στην", "σε"],
            "hu" | "ro" => &[],
            // *Ujarnya*.
            "id" => &["di", "dalam", "saat", "usai", "kepada", "pada", "ketika", "lagi"],
            _ => return None,
        };
        let folded = self.folded(words[verb.end() - 1]);
        let is_womans = match self.lang? {
            "pl" => Some(folded.ends_with('a')),
            "ar" => Some(folded.ends_with('ت')),
            "cs" | "sk" | "hr" | "sr" | "bs" if folded.ends_with('a') => Some(true),
            "cs" | "sk" if folded.ends_with('l') => Some(false),
            _ => None,
        };
        let is_finite = match self.lang? {
            "pl" => folded.ends_with(['ł', 'l', 'a']),
            _ => true,
        };
        let rest = &words[verb.end()..];
        if self.lang == Some("id") && !self.folded(words[verb.at]).ends_with("nya") {
            return None;
        }
        let is_where = rest.first().is_none_or(|w| prepositions.iter().any(|p| fold(p) == self.folded(*w)));
        let is_alone = self.is_helped_by(words, verb.at) && self.named(words).is_empty() && rest.len() <= REST_MAX;
        (is_alone && is_where && is_finite).then_some((verb, is_womans))
    }

    /// A verb of saying with a pronoun as its subject, at the beginning, and whether it is a woman's. Beside a
    /// quotation more verbs are.
    fn pronoun(&self, words: &[Word], is_beside: bool) -> Option<(Verb, Option<bool>)> {
        if let Some(verb) = self.persian_pronoun(words).filter(|_| is_beside) {
            return Some((verb, None));
        }
        let phrase = &words[..words.len().min(PHRASE_MAX)];
        let verbs = if is_beside { self.all_verbs(phrase) } else { self.verbs(phrase) };
        let verb = verbs.into_iter().next()?;
        let pronouns = PRONOUNS.iter().find(|(lang, _)| self.lang == Some(*lang)).map_or(&[][..], |(_, list)| list);
        let end = verb.at + verb.count;
        let found = |at: usize| {
            let word = self.folded(*words.get(at)?);
            pronouns
                .iter()
                .find(|(pronoun, _)| *pronoun == word || self.lang == Some("fa") && fold(pronoun) == word)
                .map(|(_, is_womans)| (at, *is_womans))
        };
        let Some((at, is_womans)) = (0..=end + 1).find_map(found) else {
            return is_beside.then(|| self.without_pronoun(words, verb)).flatten();
        };
        let is_filler = |i: usize| {
            let word = self.folded(words[i]);
            i == at
                || (verb.at..end).contains(&i)
                || AUXILIARIES.contains(&word.as_str())
                || FILLERS.contains(&word.as_str())
        };
        // *Sagten sie*: they.
        let is_plural =
            self.lang == Some("de") && is_womans == Some(true) && self.folded(words[verb.at]).ends_with('n');
        ((0..end.max(at + 1)).all(is_filler) && !is_plural).then_some((verb, is_womans))
    }
}

/// Whether the title that ends a text is a woman's: *Mme*, *M.*
fn of_title(before: &str) -> Option<bool> {
    let word = before.trim_end().rsplit(char::is_whitespace).next()?;
    match word {
        "Mme" | "Mlle" | "Mrs" | "Mrs." | "Ms" | "Ms." | "Miss" | "Frau" | "señora" | "signora" => Some(true),
        "M." | "Mr" | "Mr." | "Herr" | "Herrn" | "señor" | "signor" => Some(false),
        _ => None,
    }
}
