//! Names in one run of signs, a syllable each: surname and given name of China, Korea and Japan.
//!
//! They carry few sounds, and nothing parts their words. So each part has to agree at its own place, and the
//! surname above all: 윤재문 is no *Kim Jong-un*. Within one script such a name is its signs and nothing else.

use super::compare::{Name, Word};
use super::distance::likeness;
use super::respelt::is_latin;
use super::romanised::{are_korean_syllables, are_other_pinyin, is_pinyin};
use super::sounds::{Script, Unit};

/// Signs of a whole name; what has more is a foreign name by its sounds.
pub(super) const SIGNS_MAX: usize = 4;
/// Signs of the longest Korean name that is read by its surname.
const KOREAN_SIGNS_MAX: usize = 3;
/// How alike the surnames have to be, the given names, and of the latter each syllable.
const SURNAME_MIN: f32 = 0.75;
const GIVEN_MIN: f32 = 0.7;
const SYLLABLE_MIN: f32 = 0.55;
/// Surnames of most Koreans.
const KOREAN_SURNAMES: &str =
    "김이박최정강조윤장임한오서신권황안송류유홍전고문양손배백허남심노하곽성차주우구민진나지엄";
/// Surnames of two signs.
const COMPOUND_SURNAMES: [&str; 22] = [
    "남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방", "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛",
    "諸葛", "司徒", "夏侯", "皇甫", "公孙", "慕容", "令狐", "东方",
];
/// A syllable that Korean given names lack: an *eu* that nothing closes, or an aspirated *k*.
const FOREIGN_VOWEL: u32 = 18;
const FOREIGN_ONSET: u32 = 15;

/// Tells whether a run of Hangul is a Korean surname with a given name, by its syllables.
///
/// ```
/// use dateline::names::is_korean;
/// assert!(is_korean("윤재문") && !is_korean("마크롱") && !is_korean("푸틴") && !is_korean("김"));
/// ```
#[must_use]
pub fn is_korean(name: &str) -> bool {
    let mut signs = name.chars();
    let begins = signs.next().is_some_and(|sign| KOREAN_SURNAMES.contains(sign));
    let rest = signs.clone().count();
    begins && (1..KOREAN_SIGNS_MAX).contains(&rest) && signs.all(|sign| is_hangul(sign) && !is_foreign(sign))
}

fn is_hangul(c: char) -> bool {
    ('\u{AC00}'..='\u{D7A3}').contains(&c)
}

/// Tells whether a syllable stands in foreign names only.
fn is_foreign(syllable: char) -> bool {
    const VOWELS: u32 = 21;
    const CODAS: u32 = 28;
    let at = u32::from(syllable) - 0xAC00;
    let (onset, vowel, coda) = (at / (VOWELS * CODAS), at / CODAS % VOWELS, at % CODAS);
    onset == FOREIGN_ONSET || vowel == FOREIGN_VOWEL && coda == 0
}

/// Returns the syllables of a name in one run of Han or Hangul; none of what is longer or no run.
pub(super) fn syllables(parts: &[&str]) -> Vec<Word> {
    let [one] = parts else { return Vec::new() };
    let is_sign = |c: char| matches!(Script::of(c), Script::Han | Script::Hangul);
    if !(2..=SIGNS_MAX).contains(&one.chars().count()) || !one.chars().all(is_sign) {
        return Vec::new();
    }
    one.chars().map(|sign| Word::new(sign.encode_utf8(&mut [0; 4]))).collect()
}

/// Returns how like a run is to another name, where the run is short enough to be read sign by sign.
pub(super) fn likeness_of_runs(a: &Name, b: &Name) -> Option<f32> {
    match (a.syllables.is_empty(), b.syllables.is_empty()) {
        (true, true) => None,
        (false, false) => Some(both(a, b)),
        (false, true) => against_words(a, b),
        (true, false) => against_words(b, a),
    }
}

/// Of two runs every sign has to agree; within one script it has to be the same.
fn both(a: &Name, b: &Name) -> f32 {
    if a.shares_script(b) {
        return within_one_script(a, b);
    }
    let pairs = || a.syllables.iter().zip(&b.syllables).map(|(x, y)| likeness(x.heard(), y.heard()));
    let least = pairs().fold(1.0, f32::min);
    if a.syllables.len() != b.syllables.len() || least < SYLLABLE_MIN || pairs().next() < Some(SURNAME_MIN) {
        return 0.0;
    }
    pairs().sum::<f32>() / a.syllables.len() as f32
}

/// Signs of Han that are read alike, if half of them are the same, are those of two countries: 优, 優.
fn within_one_script(a: &Name, b: &Name) -> f32 {
    let (Some(x), Some(y)) = (&a.only, &b.only) else { return 0.0 };
    if x == y {
        return 1.0;
    }
    let is_foreign = |run: &str| run.chars().count() > KOREAN_SIGNS_MAX && run.chars().all(is_hangul);
    if is_foreign(x) && is_foreign(y) {
        return likeness(a.words[0].heard(), b.words[0].heard());
    }
    let (count, other) = (x.chars().count(), y.chars().count());
    let same = x.chars().zip(y.chars()).filter(|(x, y)| x == y).count();
    let is_read_alike = |(x, y): (char, char)| x == y || any_ascii::any_ascii_char(x) == any_ascii::any_ascii_char(y);
    let is_one = count == other && 2 * same >= count && x.chars().zip(y.chars()).all(is_read_alike);
    if is_one && Script::of(x.chars().next().unwrap_or(' ')) == Script::Han { 0.98 } else { 0.0 }
}

/// A run beside a name in words: the surname is its first sign or its first two, and the first word or the last.
fn against_words(run: &Name, name: &Name) -> Option<f32> {
    let words = &name.words;
    if words.len() < 2 || words.iter().any(|word| word.is_initial) {
        return None;
    }
    let signs = &run.syllables;
    let printed = run.only.as_deref().unwrap_or("");
    let is_korean = is_korean(printed);
    let mut best = 0.0_f32;
    let is_long = COMPOUND_SURNAMES.iter().any(|surname| printed.starts_with(surname)) && signs.len() > 2;
    for of_surname in 1..=1 + usize::from(is_long) {
        let (surname, given) = signs.split_at(of_surname);
        let surname = joined(surname);
        let given_at = printed.char_indices().nth(of_surname).map_or(printed.len(), |(at, _)| at);
        let last = words.len() - 1;
        for (at, others) in [(0, 1..words.len()), (last, 0..last)] {
            let (word, others) = (&words[at], &words[others]);
            let by_surname = likeness(run.heard_as(&surname), word.heard());
            if by_surname < SURNAME_MIN {
                continue;
            }
            let by_given = likeness(run.heard_as(&joined(given)), name.heard_as(&joined(others)));
            let each = || given.iter().zip(others).map(|(x, y)| likeness(x.heard(), y.heard()));
            if by_given < GIVEN_MIN || given.len() == others.len() && each().any(|like| like < SYLLABLE_MIN) {
                continue;
            }
            // Asked last, for it costs most.
            if are_spelt_otherwise(printed.split_at(given_at), is_korean, name, at == 0) {
                continue;
            }
            let mean = (by_surname + by_given) / 2.0;
            best = best.max(0.5 * by_surname.min(by_given) + 0.5 * mean);
        }
    }
    Some(best)
}

/// Tells whether a name in Latin letters is romanised by rule, and the surname or the given names are others.
fn are_spelt_otherwise(run: (&str, &str), is_korean: bool, name: &Name, is_surname_first: bool) -> bool {
    let Some((first, last)) = name.ends.as_ref().filter(|(first, last)| is_latin(first) && is_latin(last)) else {
        return false;
    };
    let (surname, given) = match is_surname_first {
        true => (first, format!("{}{last}", name.between)),
        false => (last, format!("{first}{}", name.between)),
    };
    if is_korean && !(is_pinyin(run.0, surname) && is_pinyin(run.1, &given)) {
        return !are_korean_syllables(run.1, &given);
    }
    let is_han = run.0.chars().all(|c| Script::of(c) == Script::Han);
    is_han && (are_other_pinyin(run.1, &given) || are_other_pinyin(run.0, surname))
}

fn joined(words: &[Word]) -> Vec<Unit> {
    words.iter().flat_map(|word| word.units.iter().copied()).collect()
}
