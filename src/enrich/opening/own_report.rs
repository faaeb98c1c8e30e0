//! An agency that the lead itself names as the one whose report this is: `به گزارش ایسنا، …`
//! (*as ISNA reports*), `…, повідомляє кореспондент Укрінформу` (*Ukrinform's correspondent reports*).
//!
//! Copy also reports what others do, *as Reuters reports*: only an agency of the country and the
//! language that write so counts, and of those that end a sentence so only the one whose own
//! correspondent it was.

use super::chars::{is_comma, trim};
use crate::data::agencies::{Agency, by_alias};

/// Words of the longest name of an agency.
const NAME_WORDS_MAX: usize = 4;
/// How Persian copy begins.
const AS_REPORTS: &str = "به گزارش ";
/// Words between that and the agency: news agency, correspondent.
const BEFORE_NAME: [&str; 5] = ["خبرگزاری ", "خبرنگار ", "گروه ", "پایگاه خبری ", "سرویس "];
/// The words for a correspondent who reports, and the language that the agency writes in first.
const CORRESPONDENT: [(&str, &str); 7] = [
    ("кореспондент ", "uk"),
    ("кореспондентка ", "uk"),
    ("кор. ", "uk"),
    ("корреспондент ", "ru"),
    ("корр. ", "ru"),
    ("карэспандэнт ", "ru"),
    ("кореспондент на ", "bg"),
];
/// Verbs before such a word.
const REPORTS: [&str; 9] =
    ["повідомляє", "передає", "повідомила", "сообщает", "передает", "передаёт", "сообщил", "перадае", "съобщи"];

/// Paragraphs from the lead on that Persian copy begins so.
const PARAGRAPHS: usize = 3;

/// Finds the agency that a lead names as its own.
pub(super) fn read(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let lines = text.get(start..)?.lines().filter(|line| !line.trim().is_empty()).take(PARAGRAPHS);
    let mut spans = lines.map(|line| {
        let at = line.as_ptr().addr() - text.as_ptr().addr();
        (at, at + line.len())
    });
    spans.find_map(|(from, to)| persian(text, from, to)).or_else(|| by_correspondent(text, start, end))
}

/// `به گزارش خبرگزاری مهر، …`: at the head of a paragraph.
fn persian(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let (start, end) = trim(text, start, end);
    let mut rest = text.get(start..end)?.strip_prefix(AS_REPORTS)?;
    while let Some(behind) = BEFORE_NAME.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = behind;
    }
    let from = end - rest.len();
    let comma = rest.char_indices().find(|(_, c)| is_comma(*c) || matches!(c, ':' | '؛' | '.'))?.0;
    let name = rest[..comma].trim_end();
    let is_own = |agency: &Agency| agency.country == "IR" && agency.languages.starts_with("fa");
    (name.split_whitespace().count() <= NAME_WORDS_MAX && by_alias(name).is_some_and(is_own))
        .then(|| (from, from + name.len()))
}

/// `…, повідомляє кореспондент Укрінформу`: in the first paragraph.
fn by_correspondent(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let lead = text.get(start..end)?;
    CORRESPONDENT.iter().find_map(|(word, lang)| {
        let at = lead.find(word)?;
        let before = lead[..at].trim_end();
        REPORTS.iter().any(|verb| before.ends_with(verb)).then_some(())?;
        let from = at + word.len();
        let ends = lead[from..].match_indices(|c: char| !c.is_alphanumeric()).map(|(i, _)| from + i);
        let ends: Vec<usize> = ends.chain([lead.len()]).take(NAME_WORDS_MAX).collect();
        let end = ends.into_iter().rev().find(|to| agency_of(&lead[from..*to], lang))?;
        Some((start + from, start + end))
    })
}

/// Tells whether a name, in a case or not, is one of an agency that writes in a language first.
fn agency_of(name: &str, lang: &str) -> bool {
    in_a_case(name).is_some_and(|agency| agency.languages.starts_with(lang))
}

/// The agency of a name that may have the ending of a case: *Укрінформу*.
pub(super) fn in_a_case(name: &str) -> Option<&'static Agency> {
    let stem = || {
        let last = name.chars().next_back().filter(|c| matches!(c, 'у' | 'а' | 'і' | 'и'))?;
        by_alias(&name[..name.len() - last.len_utf8()])
    };
    by_alias(name).or_else(stem)
}

#[cfg(test)]
mod tests {
    use super::{in_a_case, read};

    #[test]
    fn own_reports_and_those_of_others() {
        for (text, expected) in [
            ("به گزارش ایسنا، صادق ضیائیان گفت: باران ادامه دارد.", Some("isna")),
            ("به گزارش خبرگزاری مهر، عباس عراقچی دیدار کرد.", Some("mehr")),
            ("هشدار دادند.\n\nبه گزارش ایسنا، باران ادامه دارد.", Some("isna")),
            ("به گزارش رویترز، قیمت نفت افزایش یافت.", None),
            ("به گزارش سخنگوی وزارت، باران ادامه دارد.", None),
            ("У Чернівцях відкрили музей, повідомляє кореспондент Укрінформу.", Some("ukrinform")),
            ("В Москве открыли музей, передает корреспондент РИА Новости.", Some("ria")),
            ("Музей відкрили, повідомляє Укрінформ.", None),
            ("Музей відкрили, повідомляє кореспондент Reuters.", None),
            ("Музей відкрив кореспондент Укрінформу.", None),
        ] {
            let found = read(text, 0, text.len()).and_then(|(s, e)| in_a_case(&text[s..e]));
            assert_eq!(found.map(|a| a.id), expected, "{text}");
        }
    }
}
