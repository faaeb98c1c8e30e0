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
const TITLE_CHARS_MAX: usize = 10;
/// Letters of what tells where or when something was said.
const ASIDE_CHARS_MAX: usize = 60;
/// What stands before a quotation's words.
const MARKS: [char; 15] = ['"', '\'', '`', '‘', '“', '”', '„', '«', '「', '『', ' ', '\n', ',', '、', '，'];
/// What Japanese and Korean titles end in. What is none of them may be somebody's cabinet, camp or wife.
const TITLES: [&str; 84] = [
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
    "官房長官",
    "社長",
    "店長",
    "学長",
    "校長",
    "理事長",
    "部長",
    "局長",
    "課長",
    "支配人",
    "住職",
    "アナリスト",
    "研究員",
    "연구위원",
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

/// Whether neither a blank nor a particle alone follows a Korean name.
fn is_within_word(rest: &str) -> bool {
    let word = rest.split(char::is_whitespace).next().unwrap_or("");
    !matches!(word, "" | "씨는" | "씨가" | "은" | "는" | "이" | "가" | "도")
}

/// Whether what follows a topic has no subject of its own: `は東京都内で`, `은 회담 뒤 기자회견에서`.
fn is_aside(rest: &str, lang: &str) -> bool {
    let aside = rest.chars().skip(1).collect::<String>();
    let is_short = aside.chars().count() <= ASIDE_CHARS_MAX && !aside.contains(['「', '”', '“']);
    let has_subject = match lang {
        "ja" => aside.contains(['が', 'は', 'も']),
        _ => aside.split_whitespace().any(|word| word.chars().count() > 1 && word.ends_with(['은', '는', '이', '가'])),
    };
    is_short && !has_subject
}

/// Whether a comma (or *too*) ends a Turkish subject, and another what tells where or how it was said: `, görüşmede,`.
fn is_turkish_aside(gap: &str) -> bool {
    const ENDINGS: [&str; 12] = ["da", "de", "ta", "te", "rak", "rek", "ıp", "ip", "up", "üp", "ken", "nca"];
    let Some(aside) = [",", "de ", "da "].iter().find_map(|begun| gap.strip_prefix(begun)) else { return false };
    let last = aside.trim().rsplit(' ').next().unwrap_or(aside);
    aside.chars().count() <= ASIDE_CHARS_MAX
        && !aside.contains([',', '.', ':', '"', '\u{201C}'])
        && ENDINGS.iter().any(|ending| last.len() > ending.len() && last.ends_with(ending))
}

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
        let verb = self.last_verb(right)?;
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
            let leads = self.leads_to(left, *speaker, &(to..to), lang, false);
            return leads.then(|| self.told_by(left, *speaker, right, verb, rule));
        }
        let is_alone = owners.iter().all(|owner| self.owns(left, *owner));
        let is_near = verb.at == 0 || lang != "tr";
        (is_alone && self.leads_to(left, *name, quotation, lang, is_near))
            .then(|| self.told_by(left, *name, right, verb, rule))
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

    /// Whether nothing but a title, a particle of the subject and a comma stands between a name and the
    /// quotation; `may_be_far` lets where and when it was said stand there too.
    fn leads_to(&self, left: &[Word], name: Named, quotation: &Range<usize>, lang: &str, may_be_far: bool) -> bool {
        let end = self.mention(name).end as usize;
        let Some(gap) = self.story.text.get(end.min(left[name.to - 1].end)..quotation.start) else { return false };
        let gap = gap.trim_end_matches(MARKS).trim_start();
        if OWNED.iter().any(|owned| gap.contains(owned)) || gap.contains(['の', '」', '"', '.', '。']) {
            return false;
        }
        let particles: &[char] = match lang {
            "ja" => &['は', 'が', 'も'],
            "ko" => &['은', '는', '이', '가', '도'],
            _ => return gap.is_empty() || may_be_far && is_turkish_aside(gap),
        };
        // *高田会長は東京都内で「…」*: the topic, and where or when.
        let topics: &[char] = if lang == "ja" { &['は'] } else { &['은', '는'] };
        let until = gap.find(topics).filter(|at| may_be_far && is_aside(&gap[*at..], lang));
        let gap = until.map_or(gap, |at| &gap[..at + topics[0].len_utf8()]);
        let title =
            gap.strip_suffix(particles).map(|title| title.trim().trim_start_matches("前").trim_start_matches("전 "));
        let title = title.map(|title| title.split('（').next().unwrap_or(title));
        // *박서윤 한국무역협회*: a name that ends within a word was read amiss; so was *김지* of *김지은 교수는*.
        let rest = self.story.text.get(end..quotation.start).unwrap_or("");
        let has_two = gap.split_whitespace().count() > 1 && !rest.starts_with(char::is_whitespace);
        let is_cut = lang == "ko" && (is_within_word(rest) || has_two);
        !is_cut && title.is_some_and(is_title)
    }
}
