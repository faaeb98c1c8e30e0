//! Speakers in languages whose verb comes last: the name stands before the quotation, the verb behind
//! it: `Erdoğan, "…" dedi`, `岸田首相は「…」と述べた`, `윤석열 대통령은 "…"라고 말했다`.

use super::east::is_told_by_another;
use super::grammar::{Named, Sentence, Told, Verb};
use super::refused::is_taken_back;
use crate::text::Word;
use std::ops::Range;

/// Words between a quotation and its verb: *diye*, `と`, `라고`.
const LINK_MAX: usize = 1;
/// Letters of what tells where or when something was said.
const ASIDE_CHARS_MAX: usize = 140;
/// What stands before a quotation's words.
const MARKS: [char; 15] = ['"', '\'', '`', '‘', '“', '”', '„', '«', '「', '『', ' ', '\n', ',', '、', '，'];

/// Whether a comma (or *too*) ends a Turkish subject, and another what tells where or how it was said: `, görüşmede,`,
/// `ise yaklaşık 5 dönümle başladıklarını belirterek,`.
fn is_turkish_aside(gap: &str) -> bool {
    const ENDINGS: [&str; 12] = ["da", "de", "ta", "te", "rak", "rek", "ıp", "ip", "up", "üp", "ken", "nca"];
    let gap = gap.to_lowercase();
    let Some(aside) = [",", "de ", "da ", "ise "].iter().find_map(|begun| gap.strip_prefix(begun)) else {
        return false;
    };
    let last = aside.trim().rsplit(' ').next().unwrap_or(aside);
    aside.chars().count() <= ASIDE_CHARS_MAX
        && !aside.contains(['.', ':', '"', '\u{201C}'])
        && ENDINGS.iter().any(|ending| last.len() > ending.len() && last.ends_with(ending))
}

impl Sentence<'_> {
    /// The speaker by the words on both sides of a quotation.
    pub(super) fn around(&self, left: &[Word], quotation: &Range<usize>, right: &[Word]) -> Option<Told> {
        let rule = "quotes/verb-last";
        let lang = self.lang.filter(|lang| matches!(*lang, "tr" | "az" | "ja" | "ko"))?;
        if let Some(told) = self.topic_behind(right) {
            return Some(told);
        }
        let verb = self.eastern_verb(right).or_else(|| self.last_verb(right))?;
        let named = self.named(left);
        let (name, owners) = named.split_last()?;
        let last = right[verb.at + verb.count - 1].end;
        let rest = self.story.text.get(last..).unwrap_or("");
        if is_taken_back(rest) {
            return None;
        }
        if matches!(lang, "ja" | "ko") {
            if lang == "ja" && is_told_by_another(rest) {
                return None;
            }
            // Whoever is named behind the topic has no particle of one.
            let one = named.iter().rev().find(|one| self.is_topic(**one, left[one.to - 1], quotation))?;
            return Some(self.told_by(left, *one, right, verb, rule));
        }
        if let [speaker] = owners
            && self.is_addressed(*name, quotation)
        {
            let to = self.mention(*name).start as usize;
            let leads = self.leads_to(left, *speaker, &(to..to), false);
            return leads.then(|| self.told_by(left, *speaker, right, verb, rule));
        }
        let is_alone = owners.iter().all(|owner| self.owns(left, *owner));
        let is_near = verb.at == 0;
        (is_alone && self.leads_to(left, *name, quotation, is_near))
            .then(|| self.told_by(left, *name, right, verb, rule))
    }

    /// Whether the case of a Turkish name makes its bearer the one who is told: `Erdoğan'a "…"`.
    fn is_addressed(&self, name: Named, quotation: &Range<usize>) -> bool {
        const CASES: [&str; 6] = ["a", "e", "ya", "ye", "na", "ne"];
        let Some(gap) = self.story.text.get(self.mention(name).end as usize..quotation.start) else { return false };
        let gap = gap.trim_end_matches(MARKS).trim_start();
        gap.strip_prefix(['\'', '’']).is_some_and(|case| CASES.contains(&case))
    }

    fn last_verb(&self, right: &[Word]) -> Option<Verb> {
        let verb = self.all_verbs(right).into_iter().next()?;
        // *"…" diyen Özel*: the words are of whoever is named behind.
        let is_finite = !self.is_participle(right, verb);
        (is_finite && verb.at <= LINK_MAX && self.named(&right[..verb.at]).is_empty()).then_some(verb)
    }

    /// Whether a Turkish verb belongs to the name behind it: *diyen*, *diye konuşan*.
    pub(super) fn is_participle(&self, words: &[Word], verb: Verb) -> bool {
        let word = self.folded(words[verb.end() - 1]);
        self.lang == Some("tr") && matches!(word.as_str(), "diyen" | "konusan" | "kullanan")
    }

    /// Whether nothing but a comma stands between a Turkish name and the quotation; `may_be_far` lets where and when it
    /// was said stand there too.
    fn leads_to(&self, left: &[Word], name: Named, quotation: &Range<usize>, may_be_far: bool) -> bool {
        let end = self.mention(name).end as usize;
        let Some(gap) = self.story.text.get(end.min(left[name.to - 1].end)..quotation.start) else { return false };
        let gap = gap.trim_end_matches(MARKS).trim_start();
        gap.is_empty() || may_be_far && is_turkish_aside(gap)
    }
}
