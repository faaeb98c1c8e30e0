//! Persian speakers at the head of a sentence whose verb stands right before the colon: `X وزیر … در دیدار با Y گفت:`,
//! `X با بیان اینکه …، تصریح کرد:`. Whoever stands behind a preposition is no subject.

use super::grammar::{BEFORE, Named, Sentence, Told, Verb};
use crate::data::before_names::is_before;
use crate::data::quoting::Class;
use crate::text::{Word, fold};
use std::ops::Range;

/// Words of the longest such sentence.
const SENTENCE_MAX: usize = 45;
/// Words before the name: *به گزارش ایرنا،*.
const OPENING_MAX: usize = 6;
/// Words of what somebody is: *وزیر امور خارجه جمهوری اسلامی ایران*.
const POST_MAX: usize = 9;
/// Verbs that make a verb of the noun before them.
const LIGHT: [&str; 9] = ["کرد", "داد", "داشت", "شد", "کرده", "نمود", "کرده است", "می‌کند", "دارد"];
/// What tells where, when and how, behind the subject.
const ASIDES: [&str; 21] = [
    "در",
    "نیز",
    "هم",
    "با",
    "روز",
    "امروز",
    "دیروز",
    "عصر",
    "صبح",
    "شامگاه",
    "ظهر",
    "پس",
    "پیش",
    "ضمن",
    "به",
    "طی",
    "درباره",
    "شنبه",
    "یکشنبه",
    "دوشنبه",
    "خطاب",
];
/// What makes a name behind it no subject.
const TO: [&str; 6] = ["به", "با", "از", "برای", "علیه", "درباره"];

impl Sentence<'_> {
    /// Whether a verb ends the clause: a colon follows, in Persian behind a light verb or before *that*, in Chinese a
    /// comma or a stop too.
    pub(super) fn ends_at(&self, words: &[Word], verb: Verb) -> bool {
        let end = self.behind_light(words, verb);
        let rest = self.story.text.get(words[end - 1].end..).unwrap_or("");
        self.announces(words, end)
            || self.lang == Some("fa") && words.get(end).is_some_and(|w| self.is_any(*w, &["که"]))
            || self.lang == Some("zh") && rest.starts_with(['。', '，'])
    }

    /// *وی درباره … گفت:*: a pronoun at the head, and its verb at the end.
    pub(super) fn persian_pronoun(&self, words: &[Word]) -> Option<Verb> {
        let first = words.first().filter(|_| self.lang == Some("fa") && words.len() <= SENTENCE_MAX)?;
        let is_pronoun = matches!(&self.story.text[first.start..first.end], "وی" | "او" | "ایشان");
        let verb = self.all_verbs(words).into_iter().next_back()?;
        let fits = is_pronoun
            && self.behind_light(words, verb) == words.len()
            && self.announces(words, words.len())
            && self.named(words).is_empty()
            && !words.iter().any(|w| self.is_any(*w, &["که", "را"]));
        fits.then_some(verb)
    }

    /// Whether a word is one of some.
    fn is_any(&self, word: Word, list: &[&str]) -> bool {
        let word = self.folded(word);
        list.iter().any(|one| fold(one) == word)
    }

    /// The first word behind a verb and the one that makes it a verb.
    fn behind_light(&self, words: &[Word], verb: Verb) -> usize {
        let is_light = |w: &Word| self.is_any(*w, &LIGHT);
        verb.end() + usize::from(self.lang == Some("fa") && words.get(verb.end()).is_some_and(is_light))
    }

    /// Whether a Persian name stands behind a preposition, with or without what its bearer is between.
    pub(super) fn is_behind_preposition(&self, words: &[Word], named: Named) -> bool {
        let is_post = |at: &usize| {
            let word = self.folded(words[*at]);
            is_before(&word) || Class::Post.has(&word, "fa")
        };
        let first = (0..named.from).rev().take(POST_MAX).find(|at| !is_post(at));
        first.is_some_and(|at| self.is_any(words[at], &TO))
    }

    /// The subject at the head of the sentence before a quotation.
    pub(super) fn far_in_persian(&self, list: &[Word], first: usize, quotation: &Range<usize>) -> Option<Told> {
        if self.lang != Some("fa") {
            return None;
        }
        let sentence = self.sentence_before(list, first);
        let words = list.get(sentence).filter(|words| words.len() <= SENTENCE_MAX)?;
        let gap = self.story.text.get(words.last()?.end..quotation.start)?;
        let verb = self.all_verbs(words).into_iter().next_back()?;
        let ends = self.behind_light(words, verb) == words.len() && gap.trim_start().starts_with(':');
        let all = self.named(words);
        let one = *all.first()?;
        let others =
            all[1..].iter().all(|n| self.person(*n) == self.person(one) || self.is_behind_preposition(words, *n));
        let is_head = one.from == 0 || one.from <= OPENING_MAX && self.is_apart(words, one.from);
        let is_head =
            is_head || one.from <= OPENING_MAX && self.leads(words, 0, one.from) && self.is_free(words, 0, one.from);
        let fits = ends && others && is_head && one.to < verb.at && !self.is_bound(words, one);
        (fits && self.is_aside(words, one, verb)).then(|| self.told_far(words, verb, one))?
    }

    /// *X سخنگوی … در پاسخ به خبرنگاران گفت که*: who speaks in a sentence without a quotation.
    pub(super) fn says_in_persian(&self, words: &[Word]) -> Option<Told> {
        let one = *self.named(words).first().filter(|one| self.lang == Some("fa") && one.from <= OPENING_MAX)?;
        let verb = self.all_verbs(words).into_iter().find(|verb| self.ends_at(words, *verb) && one.to < verb.at)?;
        let is_head = one.from == 0 || self.is_apart(words, one.from);
        (is_head && self.is_aside(words, one, verb)).then(|| self.told_far(words, verb, one))?
    }

    /// Who said it by a name far from its verb, unless it is denied.
    fn told_far(&self, words: &[Word], verb: Verb, one: Named) -> Option<Told> {
        let is_denied = words.iter().any(|w| Class::Denies.has(&self.folded(*w), "fa"));
        let mention = self.mention(one);
        let told = Told { person: self.person(one), verb: verb.span(words), mention, rule: BEFORE, is_beside: false };
        (!is_denied).then_some(told)
    }

    /// Whether nothing but what somebody is, and where, when and how it was said, stands between name and verb.
    fn is_aside(&self, words: &[Word], one: Named, verb: Verb) -> bool {
        let word = |at: usize| self.folded(words[at]);
        let opens = |at: &usize| self.is_any(words[*at], &ASIDES);
        let until = verb.at.min(one.to + POST_MAX + 1);
        let Some(from) = (one.to..until).find(opens) else { return false };
        let is_post = one.to == from
            || is_before(&word(one.to))
            || Class::Post.has(&word(one.to), "fa")
            || Class::Voice.has_in_any(&word(one.to));
        // *با بیان اینکه … دارند، اظهار داشت*: the clause that a comma ends has a subject of its own.
        let clause = (from..verb.at).find(|at| self.is_any(words[*at], &["اینکه", "آنکه"]));
        let rest = from..clause.unwrap_or(verb.at);
        let is_plain = rest.clone().all(|at| !self.is_any(words[at], &["که", "را"]))
            && self
                .verbs(&words[rest])
                .iter()
                .all(|verb| self.is_any(words[from + verb.at], &["بیان", "تاکید", "اعلام"]));
        is_post && is_plain && (clause.is_none() || self.is_apart(words, verb.at))
    }

    /// Whether Persian or Chinese copy has nothing but where, when and to whom between a subject that begins the
    /// sentence and the verb before a colon: `فیدان در نشست خبری مشترک گفت:`, `佩斯科夫当天对媒体说：`.
    pub(super) fn is_verb_far(&self, words: &[Word], named: Named, verb: Verb) -> bool {
        let opens: &[&str] = match self.lang {
            Some("fa") => &["در", "نیز", "هم", "با", "روز", "امروز", "دیروز", "عصر", "صبح", "پس", "پیش", "ضمن", "به"],
            Some("zh") => &[
                "在", "当", "當", "对", "對", "向", "于", "日", "随", "隨", "昨", "今", "还", "還", "也", "就", "接",
                "同", "1", "2",
            ],
            _ => return false,
        };
        let from = named.to + self.persian_post(&words[named.to..verb.at]);
        let Some(next) = words.get(from) else { return false };
        let word = self.folded(*next);
        let gap = &self.story.text[words[named.to - 1].end..words[verb.at].start];
        let is_opened = opens.contains(&word.as_str()) || self.lang == Some("zh") && word.parse::<u8>().is_ok();
        is_opened
            && self.ends_at(words, verb)
            && !gap.contains([',', '،', '，', '；', '؛'])
            && !gap.split_whitespace().any(|w| matches!(w, "را" | "که" | "و"))
    }

    /// Words of the post and its body that a Persian name is followed by: *سرمربی پرسپولیس*.
    fn persian_post(&self, words: &[Word]) -> usize {
        const WORDS_MAX: usize = 4;
        let is_body = |w: &Word| {
            let all = self.story.orgs.iter().chain(&self.story.places).flat_map(|body| &body.mentions);
            all.into_iter().any(|m| m.start as usize <= w.start && w.end <= m.end as usize)
        };
        let is_post = |w: &Word| is_before(&self.folded(*w)) || Class::Post.has(&self.folded(*w), "fa");
        let count = words.iter().take_while(|w| is_post(w) || is_body(w)).count();
        if self.lang == Some("fa") && count <= WORDS_MAX && words.first().is_some_and(is_post) { count } else { 0 }
    }
}
