//! What of a sentence makes a name beside a verb of saying nobody who said it: the passive (*was told*), a denial
//! (*never said*), a second subject (*and his wife*), somebody else's words (*said a sign read "…"*), a question.

use super::grammar::{Named, Sentence, Told, Verb, flags};
use crate::data::before_names::is_before;
use crate::data::quoting::Class;
use crate::enrich::entities::lexicon::{FAMOUS, FUNCTION, GIVEN, SURNAME};
use crate::text::Word;
use std::ops::Range;

/// Verbs that make of what follows a passive, or what somebody might say.
const PASSIVE: [&str; 51] = [
    "must", "should", "would", "might", "could", "may", "can", "doit", "devrait", "pourrait", "aurait", "soll",
    "sollte", "konnte", "wurde", "mochte", "debe", "deberia", "podria", "habria", "dovrebbe", "potrebbe", "avrebbe",
    "deve", "was", "were", "been", "being", "is", "are", "be", "got", "ete", "fue", "fueron", "sido", "stato", "stata",
    "stati", "foi", "foram", "wurden", "worden", "wird", "werd", "werden", "wordt", "byl", "byla", "zostal", "został",
];
/// Verbs whose subject or object a quotation may be.
pub(super) const COPULAS: [&str; 31] = [
    "was", "were", "is", "are", "had", "has", "would", "will", "est", "etait", "sont", "etaient", "ont", "sera", "ist",
    "war", "sei", "sind", "era", "eran", "son", "foi", "eram", "byl", "n", "ne", "seien", "waren", "es", "avait",
    "stand",
];
/// Words between the passive and its participle: *was also told*.
const PASSIVE_MAX: usize = 2;
/// The word that joins two subjects, folded, by language.
const AND: [(&str, &[&str]); 26] = [
    ("en", &["and"]),
    ("fr", &["et"]),
    ("de", &["und"]),
    ("es", &["y", "e"]),
    ("it", &["e", "ed"]),
    ("pt", &["e"]),
    ("nl", &["en"]),
    ("ru", &["и"]),
    ("uk", &["і", "и", "та", "й"]),
    ("be", &["і"]),
    ("bg", &["и"]),
    ("sr", &["i", "и"]),
    ("pl", &["i", "oraz"]),
    ("cs", &["a"]),
    ("sk", &["a"]),
    ("hr", &["i"]),
    ("bs", &["i"]),
    ("da", &["og"]),
    ("no", &["og"]),
    ("nb", &["og"]),
    ("sv", &["och"]),
    ("fi", &["ja"]),
    ("et", &["ja"]),
    ("hu", &["es"]),
    ("ro", &["si"]),
    ("tr", &["ve"]),
];
/// Words behind name and verb that may deny them: *sagte er nie*.
const BEHIND_MAX: usize = 2;
/// Words of the longest phrase by which a speaker rejects words.
const REJECTED_MAX: usize = 3;
/// What begins a clause in which others speak.
const THAT: [&str; 10] = ["that", "que", "qu", "dass", "che", "что", "що", "ze", "dat", "att"];
/// *Never*, folded, by language.
const NEVER: [(&str, &[&str]); 8] = [
    ("fr", &["jamais"]),
    ("de", &["nie", "niemals"]),
    ("es", &["nunca", "jamas"]),
    ("it", &["mai"]),
    ("pt", &["nunca", "jamais"]),
    ("nl", &["nooit"]),
    ("ru", &["никогда"]),
    ("pl", &["nigdy"]),
];
/// What begins a question in a sentence whose quotation is asked.
const ASKS: [&str; 24] = [
    "asked",
    "asking",
    "whether",
    "question",
    "interroge",
    "interrogee",
    "demande",
    "demandait",
    "gefragt",
    "frage",
    "preguntado",
    "preguntada",
    "pregunta",
    "chiesto",
    "domanda",
    "gevraagd",
    "vraag",
    "perguntado",
    "pergunta",
    "вопрос",
    "спросили",
    "pytanie",
    "zapytany",
    "zapytana",
];
/// The same of copy without blanks between words.
const DENIED: [&str; 14] = [
    "ことはない",
    "ことがない",
    "否认",
    "否認",
    "没有",
    "沒有",
    "从未",
    "從未",
    "否定",
    "なかった",
    "부인",
    "않았",
    "아니라",
    "반박",
];

/// Which side of a quotation words stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Behind,
}

impl Sentence<'_> {
    /// Whether anything makes the person no speaker.
    pub(super) fn is_refused(&self, words: &[Word], named: Named, verb: Verb, side: Side) -> bool {
        let between = between(named, verb);
        self.is_passive(words, named, verb)
            || self.is_counted(words, verb)
            || self.is_denied(words, named, verb, side)
            || self.is_one_of_two(words, named)
            || self.others_speak(words, between, named, verb, side)
    }

    /// *Erwiderte die Ministerin Scholz*, *fragte Scholz ein Kind*, *entgegnete Merz Scholz*: German names show no case,
    /// so that it may be the other who speaks. What everybody reads as *said* has no such object.
    pub(super) fn may_be_object(&self, words: &[Word], verb: Verb, named: Named) -> bool {
        const NOMINATIVE: [&str; 5] = ["ein", "eine", "einer", "der", "jemand"];
        if self.lang != Some("de") || !self.verbs(&words[verb.at..verb.end()]).is_empty() {
            return false;
        }
        // *Werder-Coach Friederike Kromp*: the last part says what she is.
        let is_part = |w: &Word| self.story.text[w.end..].starts_with('-');
        let has_other = words[verb.end()..named.from].iter().any(|w| {
            let word = self.folded(*w);
            (flags(&word) & FUNCTION != 0 || !is_before(&word)) && !is_part(w)
        });
        let is_followed = words.get(named.to).is_some_and(|w| NOMINATIVE.contains(&self.folded(*w).as_str()));
        let is = |at: usize, flag| flags(&self.folded(words[named.from + at])) & flag != 0;
        let are_two = match named.to - named.from {
            4 => is(2, GIVEN) && is(1, SURNAME),
            2 => !is(0, GIVEN) && is(0, SURNAME | FAMOUS) && is(1, SURNAME | FAMOUS),
            _ => false,
        };
        has_other || are_two || is_followed && !self.is_apart(words, named.to)
    }

    /// *Il secondo, Mario Draghi*: no source but the second.
    fn is_counted(&self, words: &[Word], verb: Verb) -> bool {
        verb.at > 0 && is_before(&self.folded(words[verb.at - 1])) && self.is_source(words, verb)
    }

    /// *Macron was told by the judge*.
    fn is_passive(&self, words: &[Word], named: Named, verb: Verb) -> bool {
        named.to <= verb.at
            && words[named.to..verb.at]
                .iter()
                .rev()
                .take(PASSIVE_MAX)
                .any(|w| PASSIVE.contains(&self.folded(*w).as_str()))
    }

    /// *Macron never said*, *a nié avoir dit*, *sagte Scholz nicht*.
    fn is_denied(&self, words: &[Word], named: Named, verb: Verb, side: Side) -> bool {
        let (from, to) = (named.from.min(verb.at), named.to.max(verb.at + verb.count));
        let gap = &self.story.text[words[from].start..words[to - 1].end];
        if DENIED.iter().any(|denied| gap.contains(denied)) {
            return true;
        }
        let Some(lang) = self.lang else { return false };
        // Arabic and Persian deny before they name.
        let from = if matches!(lang, "ar" | "fa") { 0 } else { from };
        let denies = |w: &Word| Class::Denies.has(&self.folded(*w), lang);
        // *Said he had never seen it*: what stands behind an English verb is of the clause that follows.
        let near = if lang == "en" { to } else { (to + BEHIND_MAX).min(words.len()) };
        // *Mai* is never in Italian and a month in French.
        let never = NEVER.iter().find(|(of, _)| *of == lang).map_or(&[] as &[&str], |(_, words)| words);
        let is_never = |w: &Word| never.contains(&self.folded(*w).as_str());
        words[from..near].iter().any(denies) || side == Side::Before && words[to..].iter().any(is_never)
    }

    /// *Prince Harry and his wife*: what is said by two is no one's.
    pub(super) fn is_one_of_two(&self, words: &[Word], named: Named) -> bool {
        let [joined, next, ..] = words.get(named.to..).unwrap_or_default() else { return false };
        let gap = &self.story.text[words[named.to - 1].end..joined.start];
        let word = self.folded(*joined);
        AND.iter().any(|(lang, and)| self.lang == Some(*lang) && and.contains(&word.as_str()))
            && gap.chars().all(char::is_whitespace)
            && self.verbs(std::slice::from_ref(next)).is_empty()
    }

    /// *Starmer said a voter told him "…"*, *"…", afirma Sánchez que le dijo su médico*.
    fn others_speak(&self, words: &[Word], between: Range<usize>, named: Named, verb: Verb, side: Side) -> bool {
        let cites = |w: &Word| self.lang.is_some_and(|lang| Class::Cites.has(&self.folded(*w), lang));
        let end = named.to.max(verb.at + verb.count);
        // *Had verklaard dat de verdachte zei*: the verb has a subject of its own.
        let is_that = |i: usize| {
            THAT.contains(&self.folded(words[i]).as_str()) && (!self.is_romance() || !self.is_apart(words, i))
        };
        if !self.verbs(&words[between.clone()]).is_empty() || named.to <= verb.at && between.clone().any(is_that) {
            return true;
        }
        if side == Side::Before {
            return words[end..].iter().any(cites) || self.is_rejected(&words[end..]);
        }
        let that = (end..words.len()).find(|i| THAT.contains(&self.folded(words[*i]).as_str()));
        that.is_some_and(|that| !self.verbs(&words[that..]).is_empty() || words[that..].iter().take(2).any(cites))
    }

    fn is_romance(&self) -> bool {
        matches!(self.lang, Some("fr" | "es" | "it" | "pt" | "ca" | "gl" | "ro"))
    }

    /// *Said he disagreed with the view that "…"*, *a affirmé ne pas croire que «…»*.
    fn is_rejected(&self, words: &[Word]) -> bool {
        let Some(lang) = self.lang else { return false };
        let is_asked = words.last().is_some_and(|w| matches!(self.folded(*w).as_str(), "whether" | "ob" | "of"));
        let is_whether = is_asked && matches!(lang, "en" | "de" | "nl") && !(lang == "en" && self.ends_in_of(words));
        let phrases = (0..words.len()).any(|from| {
            let mut phrase = String::new();
            words[from..].iter().take(REJECTED_MAX).any(|w| {
                phrase.push_str(if phrase.is_empty() { "" } else { " " });
                phrase.push_str(&self.folded(*w));
                Class::Rejects.has(&phrase, lang)
            })
        });
        is_whether || phrases
    }

    fn ends_in_of(&self, words: &[Word]) -> bool {
        words.last().is_some_and(|w| self.folded(*w) == "of")
    }

    /// Whether a quotation that is a part of what somebody says is the subject or the object of what follows it:
    /// *said that the phrase "…" was dead*.
    pub(super) fn goes_on(&self, told: &Told, ahead: &[Word], quotation: &Range<usize>, behind: &[Word]) -> bool {
        let is_announced = ahead.last().is_none_or(|last| {
            last.end <= told.verb.end as usize
                || last.end <= told.mention.end as usize
                || self.story.text[last.end..quotation.start].contains([':', '：'])
        });
        let Some(next) = behind.first().filter(|_| !is_announced) else { return false };
        let gap = &self.story.text[quotation.end..next.start];
        let word = self.folded(*next);
        let is_low = self.story.text[next.start..].starts_with(char::is_lowercase);
        // German parts a clause with a comma from what it is the subject of: *der Vorwurf, er sei «…», sei falsch*.
        let is_parted = self.lang == Some("de") && COPULAS.contains(&word.as_str()) && gap.trim_end().ends_with(',');
        let is_free = !is_parted && gap.contains([',', '.', ';', '!', '?', '—', '–', '(', '،', '。']);
        is_low && !is_free && (flags(&word) & FUNCTION == 0 || COPULAS.contains(&word.as_str()))
    }

    /// Whether words before a quotation in its sentence ask it.
    pub(super) fn asks(&self, words: &[Word]) -> bool {
        // *Told that "…", X laughed*.
        let is_told = words.first().is_some_and(|w| self.folded(*w) == "told");
        is_told || words.iter().any(|w| ASKS.contains(&self.folded(*w).as_str()))
    }
}

/// The words between a name and its verb.
fn between(named: Named, verb: Verb) -> Range<usize> {
    if named.to <= verb.at { named.to..verb.at } else { (verb.at + verb.count).min(named.from)..named.from }
}

/// Whether copy without blanks takes back what it says somebody said.
pub(super) fn is_taken_back(rest: &str) -> bool {
    let sentence = rest.split(['。', '.', '\n']).next().unwrap_or(rest);
    DENIED.iter().any(|denied| sentence.contains(denied))
}
