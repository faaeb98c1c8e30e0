//! Speakers in Japanese and Korean copy: the topic stands before the quotation with a title and a particle
//! (`小椋弁護士は会見で「…」と話した`, `강유정 대변인은 브리핑에서 "…"고 전했다`), the verb behind the mark of what is
//! said. Where no sentence has a topic of its own, the one before goes on.

use super::carried::{GOES_ON, Spoken};
use super::grammar::{Named, Sentence, Told, Verb};
use super::subject::OWNED;
use crate::data::quoting::Class;
use crate::text::{Word, fold};
use std::ops::Range;

/// Letters of a title between a name and its particle.
const TITLE_CHARS_MAX: usize = 22;
/// Letters of what tells where or when something was said.
const ASIDE_CHARS_MAX: usize = 60;
/// Letters between the mark of what is said and its verb: *と改めて強調した*.
const MANNER_MAX: usize = 12;
/// Letters of the longest verb of the table.
const VERB_CHARS_MAX: usize = 9;
/// Korean words between that mark and its verb.
const MANNER_WORDS_MAX: usize = 2;
/// Words of a Korean title and of the body it belongs to.
const TITLE_WORDS_MAX: usize = 5;
/// Bytes between two quotations of one topic.
const BETWEEN_MAX: usize = 240;
/// What stands around a quotation's words.
const MARKS: [char; 17] = ['"', '\'', '`', '‘', '’', '“', '”', '„', '«', '「', '」', '『', ' ', '\n', ',', '、', '，'];
/// Japanese particles in which a topic's stands, but that make none.
const NO_TOPICS: [&str; 20] = [
    "については",
    "に関しては",
    "に対しては",
    "に対しても",
    "については",
    "としては",
    "では",
    "には",
    "とは",
    "からは",
    "までは",
    "でも",
    "にも",
    "とも",
    "たが、",
    "だが、",
    "るが、",
    "いが、",
    "すが、",
    "ものの",
];
/// Japanese verbs that say something where nothing follows them.
const SHORT: [&str; 3] = ["した", "みる", "している"];
/// Korean endings by which a quotation is said with no verb behind it: *saying*.
const SAYING: [&str; 9] = ["며", "면서", "라며", "라면서", "이라며", "이라면서", "다며", "다면서", "라고도"];
/// Those that a verb stands behind.
const THAT: [&str; 9] = ["고", "라고", "이라고", "는", "라는", "이라는", "고도", "라고도", "다고"];
/// Whose title makes them speak for a Korean name before it, unless they bear that name.
const VOICES: [&str; 4] = ["대변인", "변호사", "보좌관", "비서관"];
/// Whose name it is that stands before such a title: *윤석열 대통령 대변인*.
const PRINCIPALS: [&str; 12] =
    ["대통령", "총리", "총재", "대표", "의원", "장관", "위원장", "후보", "국왕", "주석", "회장", "지사"];
/// Kin and camps within a Korean title.
const KIN: [&str; 22] = [
    "부인",
    "아내",
    "남편",
    "아들",
    "딸",
    "동생",
    "형",
    "누나",
    "어머니",
    "아버지",
    "모친",
    "부친",
    "측",
    "캠프",
    "측근",
    "가족",
    "유족",
    "친구",
    "행정부",
    "정부",
    "정권",
    "법률대리인",
];
/// Japanese titles of who speaks for others, which stand behind the bearer's own name.
const OWN_VOICES: [&str; 3] = ["弁護士", "報道官", "官房長官"];

impl Sentence<'_> {
    /// The verb behind a quotation and the mark of what is said.
    pub(super) fn eastern_verb(&self, right: &[Word]) -> Option<Verb> {
        match self.lang? {
            "ja" => self.japanese_verb(right),
            "ko" => self.korean_verb(right),
            _ => None,
        }
    }

    fn japanese_verb(&self, right: &[Word]) -> Option<Verb> {
        let begun =
            if self.is_text(right, 0, "と") { 1 } else { 3 * usize::from(self.is_text(right, 0, "などと")) };
        if begun == 0 {
            return None;
        }
        for at in begun..right.len().min(begun + MANNER_MAX) {
            let counts = (2..=VERB_CHARS_MAX.min(right.len() - at)).rev();
            let found = counts.into_iter().find(|count| {
                let phrase = self.slice(right, at, *count);
                Class::Utters.has(&fold(phrase), "ja")
            });
            // *「…」とした。*: the whole of the verb.
            let ends = |count: usize| {
                let rest = right.get(at + count - 1).map_or("", |w| &self.story.text[w.end..]);
                SHORT.contains(&self.slice(right, at, count)) && rest.starts_with(['。', '、', '\n'])
            };
            let found = found.or_else(|| [2, 4].into_iter().find(|count| at == begun && ends(*count)));
            if let Some(count) = found {
                return Some(Verb { at, count });
            }
            let rest = &self.story.text[right[at].end..];
            if ["は", "が", "も"].contains(&self.slice(right, at, 1)) || rest.starts_with(['、', '。', '「', '\n'])
            {
                return None;
            }
        }
        None
    }

    fn korean_verb(&self, right: &[Word]) -> Option<Verb> {
        let first = right.first()?;
        // What is said and its mark are written together.
        let mark = &self.story.text[first.start..first.end];
        if SAYING.contains(&mark) {
            return Some(Verb { at: 0, count: 1 });
        }
        if !THAT.contains(&mark) {
            return None;
        }
        let verb = self.all_verbs(right).into_iter().find(|verb| verb.at > 0)?;
        let is_manner = |w: &Word| {
            let word = &self.story.text[w.start..w.end];
            let endings = [
                "게",
                "히",
                "을",
                "를",
                "에",
                "에게",
                "서",
                "로",
                "거듭",
                "다시",
                "재차",
                "이같이",
                "덧붙여",
                "모아",
                "당시",
                "이날",
                "이처럼",
                "함께",
            ];
            endings.iter().any(|ending| word.ends_with(ending))
        };
        let between = &right[1..verb.at];
        (between.len() <= MANNER_WORDS_MAX && between.iter().all(is_manner)).then_some(verb)
    }

    /// Whether a name is the topic of what leads to a quotation.
    pub(super) fn is_topic(&self, name: Named, last: Word, quotation: &Range<usize>) -> bool {
        let end = (self.mention(name).end as usize).min(last.end);
        let Some(gap) = self.story.text.get(end..quotation.start) else { return false };
        match self.lang {
            Some("ja") => is_japanese_topic(gap),
            Some("ko") => self.is_korean_topic(name, gap),
            _ => false,
        }
    }

    fn is_korean_topic(&self, name: Named, gap: &str) -> bool {
        let gap = gap.trim_end_matches(MARKS);
        // *정미영(45)씨는*.
        let gap = gap.strip_prefix('(').and_then(|age| age.split_once(')')).map_or(gap, |(_, rest)| rest);
        let glued = gap.split(char::is_whitespace).next().unwrap_or("");
        if !glued.is_empty() {
            let is_topic = matches!(glued, "씨는" | "씨가" | "씨도" | "은" | "는" | "이" | "가" | "도");
            return is_topic && may_follow(glued, gap[glued.len()..].trim());
        }
        let mut title: Vec<&str> = Vec::new();
        let mut rest = gap.trim_start();
        while title.len() < TITLE_WORDS_MAX {
            let word = rest.split(char::is_whitespace).next().unwrap_or("");
            if word.is_empty() || word.contains(['.', '"', '“', '”']) {
                return false;
            }
            rest = rest[word.len()..].trim_start();
            let bare = word.strip_suffix(['은', '는', '이', '가', '도']);
            if let Some(bare) = bare.filter(|bare| is_post(bare, "ko")) {
                title.push(bare);
                return self.is_own_title(name, &title) && may_follow(word, rest);
            }
            title.push(word);
        }
        false
    }

    /// Whether a Korean title is that of the name before it.
    fn is_own_title(&self, name: Named, title: &[&str]) -> bool {
        let whole: usize = title.iter().map(|word| word.chars().count() + 1).sum();
        let is_others = |word: &&str| {
            word.ends_with('의') || KIN.contains(word) || word.ends_with('측') || word.ends_with("행정부")
        };
        let Some((last, before)) = title.split_last() else { return false };
        // *대통령과 만난 노조 대표는*: what has a case or is a verb is no body.
        const JOINED: [char; 17] =
            ['과', '와', '을', '를', '의', '에', '난', '한', '은', '는', '던', '된', '며', '고', '로', '이', '가'];
        if before.iter().any(|word| word.ends_with(JOINED)) {
            return false;
        }
        if whole > TITLE_CHARS_MAX || title.iter().any(is_others) {
            return false;
        }
        if !VOICES.iter().any(|voice| last.ends_with(voice)) {
            return true;
        }
        let mention = self.mention(name);
        let printed = &self.story.text[mention.start as usize..mention.end as usize];
        // Of a foreign name, or of one with a post, it may be the spokesman.
        let is_native = printed.chars().count() == 3 && is_surname(printed);
        is_native && !before.iter().any(|word| PRINCIPALS.iter().any(|post| word.ends_with(post)))
    }

    /// The topic of the quotation before, where nothing between the two has another.
    pub(super) fn goes_on_in_east(
        &self,
        list: &[Word],
        quotation: &Range<usize>,
        before: &[Spoken<'_>],
    ) -> Option<Told> {
        let lang = self.lang.filter(|lang| matches!(*lang, "ja" | "ko"))?;
        let Spoken { quotation: last, told } = before.last()?;
        let told = told.as_ref()?;
        let gap = self.story.text.get(last.end..quotation.start)?;
        let from = list.partition_point(|w| w.end <= quotation.end);
        let right = list.get(from..list.len().min(from + 2 * MANNER_MAX))?;
        let is_said = |right: &[Word]| self.eastern_verb(right).is_some();
        if gap.len() > BETWEEN_MAX || gap.contains('\n') || !is_said(right) {
            return None;
        }
        let goes_on = match lang {
            "ja" => gap.matches('。').count() <= 1 && !has_japanese_subject(gap),
            _ => !gap.contains(". ") && !has_korean_subject(gap.trim_start_matches(MARKS)),
        };
        goes_on.then(|| Told { rule: GOES_ON, is_beside: false, ..told.clone() })
    }

    /// *「…」と小椋大輔弁護士は話した*: the topic behind a quotation.
    pub(super) fn topic_behind(&self, right: &[Word]) -> Option<Told> {
        if self.lang != Some("ja") || !self.is_text(right, 0, "と") {
            return None;
        }
        let one = *self.named(right).first().filter(|one| one.from == 1)?;
        let end = self.mention(one).end as usize;
        let topic = (one.to..right.len()).find(|at| ["は", "が"].contains(&self.slice(right, *at, 1)))?;
        let title = self.story.text.get(end..right[topic].start)?;
        let rest = &right[topic + 1..];
        let verb = (0..rest.len().min(MANNER_MAX)).find_map(|at| {
            let counts = 2..=VERB_CHARS_MAX.min(rest.len() - at);
            let found = counts.rev().find(|count| Class::Utters.has(&fold(self.slice(rest, at, *count)), "ja"));
            found.map(|count| Verb { at: topic + 1 + at, count })
        })?;
        let mention = self.mention(one);
        let told = Told {
            person: self.person(one),
            verb: verb.span(right),
            mention,
            rule: "quotes/verb-last",
            is_beside: true,
        };
        is_japanese_title(title).then_some(told)
    }

    fn is_text(&self, words: &[Word], at: usize, text: &str) -> bool {
        words.get(at).is_some_and(|w| self.story.text[w.start..].starts_with(text))
    }

    fn slice(&self, words: &[Word], at: usize, count: usize) -> &str {
        let (Some(first), Some(last)) = (words.get(at), words.get(at + count - 1)) else { return "" };
        &self.story.text[first.start..last.end]
    }
}

/// Whether what is said is told by another, *と述べたと証言した*, or the verb belongs to who follows: *と述べた石破氏を*.
pub(super) fn is_told_by_another(rest: &str) -> bool {
    const NEAR: usize = 4;
    /// What begins another clause: *た上で*, *た後*.
    const CLAUSES: [char; 9] = ['上', '後', '際', '一', '時', '直', '翌', '模', '以'];
    let near: String = rest.chars().take(NEAR).collect();
    let is_told = ["たと", "いると"].iter().any(|told| near.contains(told) && !near.contains(&format!("{told}い")));
    let mut letters = rest.chars();
    let ends = letters.by_ref().take(NEAR).any(|c| matches!(c, 'た' | 'だ' | 'る'));
    let next = letters.next().filter(|_| ends).unwrap_or('。');
    let is_noun = matches!(next, '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}') && !CLAUSES.contains(&next);
    is_told || is_noun
}

/// Whether a title, a particle and what tells where and when lead to a quotation.
fn is_japanese_topic(gap: &str) -> bool {
    let gap = gap.trim_end_matches(MARKS);
    let Some(at) = gap.find(['は', 'が', 'も']) else { return false };
    let (title, rest) = gap.split_at(at);
    let mut letters = rest.chars();
    let particle = letters.next();
    let aside = letters.as_str();
    let is_near = aside.is_empty();
    let is_far = particle == Some('は')
        && aside.chars().count() <= ASIDE_CHARS_MAX
        && !aside.contains(['。', '\n', '「', '」', '“'])
        && !has_japanese_subject(aside);
    is_japanese_title(title) && (is_near || is_far)
}

/// Whether a text has a subject or a topic.
fn has_japanese_subject(text: &str) -> bool {
    let mut text = text.to_owned();
    for none in NO_TOPICS {
        text = text.replace(none, "");
    }
    text.contains(['は', 'が', 'も'])
}

/// Whether a text has a word with the particle of a subject or a topic.
fn has_korean_subject(text: &str) -> bool {
    text.split_whitespace().any(|word| word.chars().count() > 1 && word.ends_with(['은', '는', '이', '가']))
}

/// Whether where and when alone stand behind a Korean topic.
fn may_follow(topic: &str, aside: &str) -> bool {
    let is_far = topic.ends_with(['은', '는', '도'])
        && aside.chars().count() <= ASIDE_CHARS_MAX
        && !aside.contains(['"', '“', '”', '「'])
        && !has_korean_subject(aside);
    aside.is_empty() || is_far
}

/// Whether nothing, or what somebody is, stands behind a Japanese name.
fn is_japanese_title(title: &str) -> bool {
    let title = title.split('（').next().unwrap_or(title).split('＝').next().unwrap_or(title);
    let title = title.trim().trim_start_matches(['前', '元', '新']);
    let is_kana = |c: char| ('\u{3041}'..='\u{3096}').contains(&c);
    // *ペスコフ大統領報道官*, but *岸本被告弁護士*.
    let is_own = |post: &str| post.ends_with("大統領") || !is_post(post, "ja");
    let is_voice = OWN_VOICES.iter().any(|voice| title.strip_suffix(voice).is_some_and(is_own));
    let is_owned = OWNED.iter().any(|owned| title.contains(owned)) && !is_voice;
    let is_known = title.is_empty() || matches!(title, "さん" | "ちゃん" | "くん") || is_post(title, "ja");
    is_known
        && !is_owned
        && title.chars().count() <= TITLE_CHARS_MAX
        && !title.contains(['、', '「', '・', '側'])
        && (!title.contains(is_kana) || matches!(title, "さん" | "ちゃん" | "くん"))
}

/// Whether a text ends in what people are.
fn is_post(text: &str, lang: &str) -> bool {
    text.char_indices().any(|(at, _)| Class::Post.has(&fold(&text[at..]), lang))
}

/// Whether a text begins with a frequent Korean surname.
fn is_surname(text: &str) -> bool {
    const SURNAMES: &str = "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설길연위표명기반왕금옥육인맹제모탁국어은편용";
    text.chars().next().is_some_and(|c| SURNAMES.contains(c))
}
