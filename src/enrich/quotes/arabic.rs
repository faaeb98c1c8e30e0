//! Arabic speakers who are named at the head of a sentence that goes on to their words: `وأكد X أن …، مبينا أن "…"`,
//! `أشار X إلى …، وقال: "…"`. The subject stands right behind the first verb.

use super::carried::GOES_ON;
use super::grammar::{Named, Sentence, Told, Verb};
use crate::text::{Word, fold};
use std::ops::Range;

/// Words of the longest such sentence.
const SENTENCE_MAX: usize = 60;
/// Words before its verb: *من جانبه*.
const OPENING_MAX: usize = 4;
/// Words between what goes on and the quotation: *أن فريقه*.
const REST_MAX: usize = 5;
/// Words of where and to whom something was said, before the colon.
const LATE_MAX: usize = 12;
/// What goes on with the words of the subject, in a man's form and a woman's.
const PARTICIPLES: [&str; 44] = [
    "مؤكدا",
    "مؤكدة",
    "مضيفا",
    "مضيفة",
    "موضحا",
    "موضحة",
    "مبينا",
    "مبينة",
    "مشيرا",
    "مشيرة",
    "معتبرا",
    "معتبرة",
    "لافتا",
    "لافتة",
    "محذرا",
    "محذرة",
    "مشددا",
    "مشددة",
    "قائلا",
    "قائلة",
    "منوها",
    "منوهة",
    "مستطردا",
    "مستطردة",
    "متابعا",
    "متابعة",
    "معربا",
    "معربة",
    "مردفا",
    "مردفة",
    "مجددا",
    "مجددة",
    "متهما",
    "متهمة",
    "داعيا",
    "داعية",
    "مطالبا",
    "مطالبة",
    "معلنا",
    "معلنة",
    "زاعما",
    "زاعمة",
    "كاشفا",
    "كاشفة",
];
/// *That*, folded.
const THAT: [&str; 10] = ["ان", "انه", "انها", "انهم", "بان", "بانه", "بانها", "لان", "لكن", "ولكن"];

impl Sentence<'_> {
    /// The subject at the head of the sentence that goes on to a quotation.
    pub(super) fn goes_on_in_arabic(&self, list: &[Word], first: usize, quotation: &Range<usize>) -> Option<Told> {
        if self.lang != Some("ar") {
            return None;
        }
        let sentence = self.sentence_before(list, first);
        let words = list.get(sentence).filter(|words| words.len() <= SENTENCE_MAX)?;
        let gap = self.story.text.get(words.last()?.end..quotation.start)?;
        let at = self.goes_on_at(words, gap)?;
        let head = &words[..at];
        let verb = self.all_verbs(head).into_iter().next().filter(|verb| verb.at <= OPENING_MAX)?;
        let named = self.named(head);
        let one = *named.first().filter(|one| one.from >= verb.end())?;
        let told = self.subject_behind(head, verb, one, verb.end(), GOES_ON)?;
        self.is_alone_in_clause(head, verb, &named, told.person).then_some(Told { is_beside: false, ..told })
    }

    /// Where the words of the subject begin anew: a participle behind a comma, or a verb of saying with *and* right
    /// before a colon.
    fn goes_on_at(&self, words: &[Word], gap: &str) -> Option<usize> {
        let near = words.len().saturating_sub(REST_MAX + 1).max(1);
        let has_colon = gap.trim_start().starts_with(':');
        let at = (near..words.len()).rev().find(|at| {
            let word = self.folded(words[*at]);
            let is_participle = PARTICIPLES.iter().any(|p| fold(p) == word) && self.is_apart(words, *at);
            let says = has_colon && word.starts_with('و') && *at + 1 == words.len();
            is_participle || says && !self.all_verbs(&words[*at..]).is_empty()
        })?;
        let rest = &words[at + 1..];
        let is_that = |w: &Word| THAT.contains(&self.folded(*w).as_str());
        let is_linked = rest.is_empty() && has_colon || rest.iter().take(2).any(is_that);
        (is_linked && self.named(rest).is_empty() && self.all_verbs(rest).is_empty()).then_some(at)
    }

    /// Whether nobody else is named where another subject could stand: in a clause behind *that*.
    fn is_alone_in_clause(&self, head: &[Word], verb: Verb, named: &[Named], person: usize) -> bool {
        let that = (verb.end()..head.len()).find(|at| THAT.contains(&self.folded(head[*at]).as_str()));
        named.iter().all(|n| self.person(*n) == person || that.is_none_or(|that| n.to <= that))
    }

    /// Whether a colon follows where and to whom Arabic copy says something was said: *وأوضح X في تصريح:*.
    pub(super) fn is_announced_late(&self, words: &[Word], from: usize) -> bool {
        const THAT: [&str; 4] = ["إن", "أن", "الذي", "التي"];
        let rest = &words[from..];
        let is_that = |w: &Word| THAT.iter().any(|that| fold(that) == self.folded(*w));
        self.lang == Some("ar")
            && rest.len() <= LATE_MAX
            && self.announces(words, words.len())
            && self.all_verbs(rest).is_empty()
            && !rest.iter().any(is_that)
    }

    /// Whether nothing but the agency that was told stands before an Arabic quotation: *قالت X لوكالة فرانس برس "…"*, with
    /// *that* behind it or not.
    pub(super) fn is_to_agency(&self, words: &[Word], from: usize) -> bool {
        const WORDS_MAX: usize = 4;
        const THAT: [&str; 5] = ["ان", "انه", "انها", "انهم", "بان"];
        let rest = &words[from..];
        let that = rest.iter().position(|w| THAT.contains(&self.folded(*w).as_str())).unwrap_or(rest.len());
        let told = &rest[..that];
        let is_org = |w: &Word| {
            let mentions = self.story.orgs.iter().flat_map(|org| &org.mentions);
            mentions.into_iter().any(|m| m.start as usize <= w.start && w.end <= m.end as usize)
        };
        self.lang == Some("ar")
            && !told.is_empty()
            && told.len() <= WORDS_MAX
            && rest.len() - that <= 2
            && told[0].start < told[0].end
            && self.folded(told[0]).starts_with('ل')
            && told.iter().all(is_org)
    }
}
