//! Speakers in languages whose verb comes last: the name stands before the quotation, the verb behind
//! it: `Erdoğan, "…" dedi`, `岸田首相は「…」と述べた`, `윤석열 대통령은 "…"라고 말했다`.

use super::grammar::{Named, Sentence, Told, Verb};
use super::subject::OWNED;
use crate::text::Word;
use std::ops::Range;

/// Words between a quotation and its verb: *diye*, `と`, `라고`.
const LINK_MAX: usize = 1;
/// Letters of a title between a name and its particle.
const TITLE_CHARS_MAX: usize = 8;

impl Sentence<'_> {
    /// The speaker by the words on both sides of a quotation.
    pub(super) fn around(&self, left: &[Word], quotation: &Range<usize>, right: &[Word]) -> Option<Told> {
        let rule = "quotes/verb-last";
        let lang = self.lang.filter(|lang| matches!(*lang, "tr" | "az" | "ja" | "ko"))?;
        let verb = self.verb_behind(right)?;
        let named = self.named(left);
        let (name, owners) = named.split_last()?;
        let is_alone = owners.iter().all(|owner| self.owns(left, *owner));
        (is_alone && self.leads_to(left, *name, quotation, lang)).then(|| self.told_by(left, *name, right, verb, rule))
    }

    fn verb_behind(&self, right: &[Word]) -> Option<Verb> {
        self.verbs(right)
            .into_iter()
            .next()
            .filter(|verb| verb.at <= LINK_MAX && self.named(&right[..verb.at]).is_empty())
    }

    /// Whether nothing but a title, a particle of the subject and a comma stands between a name and the
    /// quotation.
    fn leads_to(&self, left: &[Word], name: Named, quotation: &Range<usize>, lang: &str) -> bool {
        let marks = ['"', '“', '”', '„', '«', '「', '『', ' ', '\n', ',', '、', '，'];
        let end = self.mention(name).end as usize;
        let Some(gap) = self.story.text.get(end.min(left[name.to - 1].end)..quotation.start) else { return false };
        let gap = gap.trim_end_matches(marks).trim_start();
        if OWNED.iter().any(|owned| gap.contains(owned)) || gap.contains(['の', '」', '"', '.', '。']) {
            return false;
        }
        let particles: &[char] = match lang {
            "ja" => &['は', 'が', 'も'],
            "ko" => &['은', '는', '이', '가', '도'],
            _ => return gap.is_empty(),
        };
        let title = gap.strip_suffix(particles).map(str::trim);
        title.is_some_and(|title| title.chars().count() <= TITLE_CHARS_MAX)
    }
}
