//! Speakers in languages whose verb comes last: the name stands before the quotation, the verb behind
//! it: `Erdoğan, "…" dedi`, `岸田首相は「…」と述べた`, `윤석열 대통령은 "…"라고 말했다`.

use super::grammar::{Named, Sentence, Told, Verb};
use super::refused::is_taken_back;
use super::subject::OWNED;
use crate::text::Word;
use std::ops::Range;

/// Words between a quotation and its verb: *diye*, `と`, `라고`.
const LINK_MAX: usize = 1;
/// Letters of a title between a name and its particle.
const TITLE_CHARS_MAX: usize = 8;
/// What stands before a quotation's words.
const MARKS: [char; 12] = ['"', '“', '”', '„', '«', '「', '『', ' ', '\n', ',', '、', '，'];
/// What Japanese and Korean titles end in. What is none of them may be somebody's cabinet, camp or wife.
const TITLES: [&str; 70] = [
    "首相",
    "大統領",
    "総理",
    "大臣",
    "外相",
    "防衛相",
    "財務相",
    "経産相",
    "法相",
    "文科相",
    "厚労相",
    "農相",
    "国防相",
    "内相",
    "長官",
    "氏",
    "さん",
    "議員",
    "知事",
    "市長",
    "会長",
    "社長",
    "総裁",
    "委員長",
    "代表",
    "幹事長",
    "党首",
    "教授",
    "監督",
    "選手",
    "容疑者",
    "被告",
    "主席",
    "書記長",
    "議長",
    "総書記",
    "書記",
    "大使",
    "補佐官",
    "首席",
    "皇帝",
    "国王",
    "法王",
    "教皇",
    "대통령",
    "총리",
    "장관",
    "의원",
    "대표",
    "씨",
    "위원장",
    "회장",
    "사장",
    "시장",
    "지사",
    "교수",
    "감독",
    "선수",
    "의장",
    "주석",
    "총비서",
    "총서기",
    "대사",
    "실장",
    "수석",
    "부총리",
    "차관",
    "총장",
    "국왕",
    "교황",
];

/// Whether nothing or a title stands between a name and its particle.
fn is_title(title: &str) -> bool {
    let is_known = |title: &str| TITLES.iter().any(|known| title.ends_with(known));
    title.is_empty() || is_known(title) && title.chars().count() <= TITLE_CHARS_MAX
}

impl Sentence<'_> {
    /// The speaker by the words on both sides of a quotation.
    pub(super) fn around(&self, left: &[Word], quotation: &Range<usize>, right: &[Word]) -> Option<Told> {
        let rule = "quotes/verb-last";
        let lang = self.lang.filter(|lang| matches!(*lang, "tr" | "az" | "ja" | "ko"))?;
        let verb = self.verb_behind(right)?;
        let named = self.named(left);
        let (name, owners) = named.split_last()?;
        let last = right[verb.at + verb.count - 1].end;
        if is_taken_back(self.story.text.get(last..).unwrap_or("")) {
            return None;
        }
        if let [speaker] = owners
            && self.is_addressed(*name, quotation, lang)
        {
            let to = self.mention(*name).start as usize;
            let leads = self.leads_to(left, *speaker, &(to..to), lang);
            return leads.then(|| self.told_by(left, *speaker, right, verb, rule));
        }
        let is_alone = owners.iter().all(|owner| self.owns(left, *owner));
        (is_alone && self.leads_to(left, *name, quotation, lang)).then(|| self.told_by(left, *name, right, verb, rule))
    }

    /// Whether what stands between a name and the quotation makes it the one who is told: `石破氏に「…」`,
    /// `윤 대통령에게 "…"`, `Erdoğan'a "…"`.
    fn is_addressed(&self, name: Named, quotation: &Range<usize>, lang: &str) -> bool {
        let cases: &[&str] = match lang {
            "ja" => &["に対して", "に対し", "に"],
            "ko" => &["에게", "께", "한테"],
            _ => &["'a", "'e", "'ya", "'ye", "'na", "'ne", "’a", "’e", "’ya", "’ye", "’na", "’ne"],
        };
        let Some(gap) = self.story.text.get(self.mention(name).end as usize..quotation.start) else { return false };
        let gap = gap.trim_end_matches(MARKS).trim_start();
        let title = cases.iter().find_map(|case| gap.strip_suffix(case)).map(str::trim);
        title.is_some_and(is_title)
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
        let end = self.mention(name).end as usize;
        let Some(gap) = self.story.text.get(end.min(left[name.to - 1].end)..quotation.start) else { return false };
        let gap = gap.trim_end_matches(MARKS).trim_start();
        if OWNED.iter().any(|owned| gap.contains(owned)) || gap.contains(['の', '」', '"', '.', '。']) {
            return false;
        }
        let particles: &[char] = match lang {
            "ja" => &['は', 'が', 'も'],
            "ko" => &['은', '는', '이', '가', '도'],
            _ => return gap.is_empty(),
        };
        let title =
            gap.strip_suffix(particles).map(|title| title.trim().trim_start_matches("前").trim_start_matches("전 "));
        title.is_some_and(is_title)
    }
}
