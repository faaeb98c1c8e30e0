//! Given names of Korea and China in Latin letters, which write their syllables by rule.
//!
//! By ear 지선 is *Ji-sung* and 军 is *jing*. But whoever romanises a name keeps to the vowel and the end of the
//! syllable, so that what is spelt otherwise is another name.

use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The beginnings, vowels and ends of a Korean syllable as the usages romanise them, in the order of Unicode.
const ONSETS: [&[&str]; 19] = [
    &["g", "k", "c"],
    &["k", "kk", "gg", "g"],
    &["n", "l"],
    &["d", "t"],
    &["t", "tt", "dd", "d"],
    &["r", "l", "n"],
    &["m"],
    &["b", "p", "v"],
    &["p", "pp", "bb", "b"],
    &["s", "sh"],
    &["s", "ss"],
    &["", "l", "r", "n"],
    &["j", "ch", "z", "ts", "dj", "tch", "dz"],
    &["j", "jj", "ch", "z"],
    &["ch", "c", "tch", "ts", "j"],
    &["k"],
    &["t", "th"],
    &["p", "f", "ph"],
    &["h"],
];
const VOWELS: [&[&str]; 21] = [
    &["a", "ah"],
    &["ae", "ai", "ay", "e", "a", "eh"],
    &["ya", "ia", "ja", "yah"],
    &["yae"],
    &["eo", "o", "e", "u", "uh", "er", "oe", "ou"],
    &["e", "ae", "eh", "ei"],
    &["yeo", "yo", "yu", "you", "yuh", "ye", "io", "jo", "yeu", "iu"],
    &["ye", "yae", "e", "ie", "yeh", "hye"],
    &["o", "oh", "ou"],
    &["wa", "oa", "ua", "wah"],
    &["wae", "oae", "we"],
    &["oe", "oi", "we", "ey", "ui"],
    &["yo", "io", "jo", "yoh"],
    &["u", "oo", "woo", "ou", "wu", "w"],
    &["wo", "weo", "uo", "ueo", "uo"],
    &["we"],
    &["wi", "ui", "we", "wie", "ee"],
    &["yu", "yoo", "you", "iu", "ju", "ryu"],
    &["eu", "u", "e", "oo", "ue"],
    &["ui", "eui", "i", "ee", "ei", "uy", "ey", "yi", "e"],
    &["i", "ee", "yi", "y", "ie", "ih"],
];
/// Ends by the number of the last consonant.
const CODAS: [&[&str]; 28] = [
    &["", "h"],
    &["k", "g", "c", "ck"],
    &["k"],
    &["k"],
    &["n"],
    &["n"],
    &["n"],
    &["t", "d"],
    &["l", "r", "ll"],
    &["k", "l"],
    &["m"],
    &["l"],
    &["l"],
    &["l"],
    &["p"],
    &["l"],
    &["m"],
    &["p", "b"],
    &["p"],
    &["t", "s"],
    &["t", "s"],
    &["ng"],
    &["t"],
    &["t"],
    &["k"],
    &["t"],
    &["p"],
    &["", "h"],
];
/// The vowel that is written with a *u* only where a consonant closes its syllable: *Sung*, but *Seo*.
const EO: usize = 4;
const FIRST: u32 = 0xAC00;

/// Tells whether small Latin letters may be these Korean syllables.
pub(super) fn are_korean_syllables(syllables: &str, letters: &str) -> bool {
    let mut signs = syllables.chars();
    let Some(sign) = signs.next() else { return letters.is_empty() };
    let Some(at) = u32::from(sign).checked_sub(FIRST).map(|at| at as usize) else { return false };
    let (onset, vowel, coda) = (at / (21 * 28), at / 28 % 21, at % 28);
    let Some(onsets) = ONSETS.get(onset) else { return false };
    let rest = signs.as_str();
    let vowels = || VOWELS[vowel].iter().filter(|v| !(vowel == EO && coda == 0 && **v == "u"));
    onsets.iter().filter_map(|o| letters.strip_prefix(o)).any(|left| {
        vowels().filter_map(|v| left.strip_prefix(v)).any(|left| {
            CODAS[coda].iter().filter_map(|c| left.strip_prefix(c)).any(|left| are_korean_syllables(rest, left))
        })
    })
}

/// Every syllable of Mandarin as pinyin writes it.
static PINYIN: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let signs = ('\u{4E00}'..='\u{9FA5}').map(|sign| any_ascii::any_ascii_char(sign).to_ascii_lowercase());
    signs.filter(|syllable| syllable.bytes().all(|b| b.is_ascii_lowercase())).collect()
});

/// Tells whether small Latin letters are pinyin of as many syllables as these signs of Han, and of others.
pub(super) fn are_other_pinyin(signs: &str, letters: &str) -> bool {
    let own = any_ascii::any_ascii(signs).to_ascii_lowercase();
    own != letters && is_pinyin(signs, letters)
}

/// Tells whether small Latin letters are pinyin of as many syllables as these signs.
pub(super) fn is_pinyin(signs: &str, letters: &str) -> bool {
    are_pinyin(letters, signs.chars().count())
}

fn are_pinyin(letters: &str, syllables: usize) -> bool {
    const LETTERS_MAX: usize = 6;
    if syllables == 0 {
        return letters.is_empty();
    }
    let ends = 1..=letters.len().min(LETTERS_MAX);
    ends.rev().any(|end| {
        letters.is_char_boundary(end) && PINYIN.contains(&letters[..end]) && are_pinyin(&letters[end..], syllables - 1)
    })
}

#[cfg(test)]
mod tests {
    use super::{are_korean_syllables, are_other_pinyin};

    #[test]
    fn korean_syllables_have_their_vowels_and_ends() {
        for (signs, letters) in [
            ("지성", "jisung"),
            ("은희", "eunhee"),
            ("경영", "kyeongyeong"),
            ("갑용", "kabyong"),
            ("정은", "jongun"),
            ("근혜", "geunhye"),
            ("서윤", "seoyoon"),
        ] {
            assert!(are_korean_syllables(signs, letters), "{signs} {letters}");
        }
        for (signs, letters) in [("지선", "jisung"), ("준호", "junha"), ("민호", "minhee"), ("민서", "minsu")] {
            assert!(!are_korean_syllables(signs, letters), "{signs} {letters}");
        }
    }

    #[test]
    fn pinyin_is_its_letters() {
        assert!(are_other_pinyin("军", "jing") && !are_other_pinyin("小明", "xiaoming"));
        assert!(!are_other_pinyin("英文", "ingwen") && are_other_pinyin("欣荣", "jintao"));
    }
}
