//! Letters to sounds: the reading of `data/sounds.tsv`.

use super::distance::weight;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

const TABLE: &str = include_str!("../../data/sounds.tsv");

/// Sounds by the bit that stands for each; the order is that of [`super::distance`].
pub(super) const SOUNDS: [&str; 27] = [
    "A", "E", "I", "O", "U", "P", "B", "F", "V", "W", "M", "T", "D", "TH", "N", "S", "Z", "SH", "ZH", "CH", "J", "TS",
    "K", "G", "X", "H", "L",
];
/// The sounds beyond the 27 of the table above.
const MORE: [&str; 2] = ["R", "Y"];
/// Every vowel.
pub(super) const VOWELS: u32 = 0b1_1111;

/// What leaving a unit out costs, in hundredths of a consonant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Skip {
    /// As its kind costs.
    Full,
    /// Little.
    Cheap,
    /// Nothing worth mentioning.
    Free,
}

/// A place in a spoken word: the sounds that may be heard there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Unit {
    /// One bit a sound.
    pub(super) sounds: u32,
    pub(super) skip: Skip,
}

impl Unit {
    pub(super) fn is_vowel(self) -> bool {
        self.sounds & !VOWELS == 0
    }

    /// Whether a vowel or a semivowel may be heard.
    pub(super) fn may_be_vowel(self) -> bool {
        self.sounds & VOWELS != 0
    }
}

/// Returns the bit of a sound.
pub(super) fn bit(sound: &str) -> Option<u32> {
    let at = SOUNDS.iter().chain(&MORE).position(|s| *s == sound)?;
    Some(1 << at)
}

/// The scripts of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Hebrew,
    Greek,
    Hangul,
    Kana,
    Han,
}

impl Script {
    fn tag(self) -> &'static str {
        match self {
            Script::Latin => "Latn",
            Script::Cyrillic => "Cyrl",
            Script::Arabic => "Arab",
            Script::Hebrew => "Hebr",
            Script::Greek => "Grek",
            Script::Hangul => "Hang",
            Script::Kana => "Kana",
            Script::Han => "Pnyn",
        }
    }

    /// Returns the script of a letter; scripts without a column are read through Latin.
    pub(super) fn of(c: char) -> Script {
        match c {
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
            '\u{400}'..='\u{52F}' => Script::Cyrillic,
            '\u{590}'..='\u{5FF}' => Script::Hebrew,
            '\u{600}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}' | '\u{FB50}'..='\u{FEFC}' => Script::Arabic,
            '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7A3}' => Script::Hangul,
            '\u{3040}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9D}' => Script::Kana,
            '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => Script::Han,
            _ => Script::Latin,
        }
    }

    /// Whether it leaves vowels or readings open.
    pub(super) fn is_open(self) -> bool {
        matches!(self, Script::Han | Script::Kana | Script::Arabic)
    }

    /// Whether it leaves less open, but more than an alphabet.
    pub(super) fn is_half_open(self) -> bool {
        matches!(self, Script::Hangul | Script::Hebrew)
    }

    /// Whether it is written by syllables.
    pub(super) fn is_syllabic(self) -> bool {
        matches!(self, Script::Han | Script::Kana | Script::Hangul)
    }

    /// Whether copy in it leaves most vowels out.
    pub(super) fn omits_vowels(self) -> bool {
        matches!(self, Script::Arabic | Script::Hebrew)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    Anywhere,
    Start,
    End,
    BeforeFront,
    BeforeConsonant,
    BeforeVowel,
}

struct Row {
    place: Where,
    units: Vec<Unit>,
}

/// The rows by script and letters.
static ROWS: LazyLock<FxHashMap<&'static str, FxHashMap<&'static str, Vec<Row>>>> = LazyLock::new(|| {
    let mut all: FxHashMap<&str, FxHashMap<&str, Vec<Row>>> = FxHashMap::default();
    for line in TABLE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some((script, letters, row)) = read_row(line) {
            all.entry(script).or_default().entry(letters).or_default().push(row);
        }
    }
    all
});

fn rows(script: Script, letters: &str) -> Option<&'static [Row]> {
    ROWS.get(script.tag())?.get(letters).map(Vec::as_slice)
}

/// What a letter may sound like, alone or with others.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Letter {
    /// Every sound that a row of the table with it has.
    pub(super) sounds: u32,
    /// Its share of what a row with it weighs, the most of all rows.
    pub(super) weight: u32,
}

/// The letters that stand for themselves: those of scripts that [`spell`] leaves as they are.
static LETTERS: LazyLock<FxHashMap<char, Letter>> = LazyLock::new(|| {
    let mut letters: FxHashMap<char, Letter> = FxHashMap::default();
    for script in [Script::Latin, Script::Cyrillic, Script::Arabic, Script::Hebrew] {
        for (written, rows) in ROWS.get(script.tag()).into_iter().flatten() {
            let stands = |c: char| script != Script::Latin || rows_of(c).is_some();
            let length = u32::try_from(written.chars().count()).unwrap_or(1).max(1);
            for c in written.chars().filter(|c| c.is_ascii() || Script::of(*c) == script && stands(*c)) {
                let letter = letters.entry(c).or_default();
                for row in rows {
                    letter.sounds |= row.units.iter().fold(0, |all, unit| all | unit.sounds);
                    letter.weight = letter.weight.max(weight(&row.units).div_ceil(length));
                }
            }
        }
    }
    letters
});

/// What each pair of small letters of the alphabet may sound like where a row of the table
/// begins with it, by [`pair`].
pub(super) static PAIRS: LazyLock<[u32; PAIRS_COUNT]> = LazyLock::new(|| {
    let mut table = [0; PAIRS_COUNT];
    for (written, rows) in ROWS.get(Script::Latin.tag()).into_iter().flatten() {
        if let [first, second, ..] = *written.as_bytes() {
            for row in rows {
                table[pair(first, second)] |= row.units.iter().fold(0, |all, unit| all | unit.sounds);
            }
        }
    }
    table
});

/// Five bits a letter.
const PAIRS_COUNT: usize = 1 << 10;

/// Returns where [`PAIRS`] has two letters, large or small.
pub(super) fn pair(first: u8, second: u8) -> usize {
    usize::from(first & 0x1F) << 5 | usize::from(second & 0x1F)
}

/// Returns what a small letter may sound like by itself.
pub(super) fn alone(c: char) -> u32 {
    rows_of(c).into_iter().flatten().flat_map(|row| &row.units).fold(0, |all, unit| all | unit.sounds)
}

fn rows_of(c: char) -> Option<&'static [Row]> {
    rows(Script::Latin, c.encode_utf8(&mut [0; 4]))
}

/// Returns what a small letter may sound like; `None` of one that is spelt otherwise before it
/// is looked up.
pub(super) fn letter(c: char) -> Option<Letter> {
    LETTERS.get(&c).copied()
}

fn read_row(line: &'static str) -> Option<(&'static str, &'static str, Row)> {
    let mut columns = line.split('\t');
    let (script, letters, place, sounds) = (columns.next()?, columns.next()?, columns.next()?, columns.next()?);
    let place = match place {
        "-" => Where::Anywhere,
        "^" => Where::Start,
        "$" => Where::End,
        "e" => Where::BeforeFront,
        "c" => Where::BeforeConsonant,
        "v" => Where::BeforeVowel,
        _ => return None,
    };
    let units = sounds.split(' ').filter(|u| *u != "0").map(read_unit).collect::<Option<Vec<_>>>()?;
    Some((script, letters, Row { place, units }))
}

fn read_unit(text: &str) -> Option<Unit> {
    let (skip, text) = match text.as_bytes().last()? {
        b'?' => (Skip::Cheap, &text[..text.len() - 1]),
        b'!' => (Skip::Free, &text[..text.len() - 1]),
        _ => (Skip::Full, text),
    };
    let mut sounds = 0;
    for sound in text.split('|') {
        // A mark within the list holds for the whole unit.
        let sound = sound.trim_end_matches(['?', '!']);
        sounds |= if sound == "V*" { VOWELS } else { bit(sound)? };
    }
    Some(Unit { sounds, skip })
}

/// Longest entry of the table, in letters.
const LETTERS_MAX: usize = 7;
/// Longest word that is read: longer ones are no names.
const WORD_CHARS_MAX: usize = 64;

/// Returns the sounds of a word of a name, in its own script.
pub(super) fn sounds_of(word: &str) -> (Script, Vec<Unit>) {
    let script = word.chars().find(|c| c.is_alphanumeric()).map_or(Script::Latin, Script::of);
    let letters = spell(word, script);
    let ends: Vec<usize> = letters.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    let mut units: Vec<Unit> = Vec::with_capacity(ends.len());
    let mut next = 0;
    while next < ends.len() {
        let start = if next == 0 { 0 } else { ends[next - 1] };
        let longest = ends.len().min(next + LETTERS_MAX);
        let found = (next..longest).rev().find_map(|last| {
            let end = ends[last];
            pick(rows(script, &letters[start..end])?, &letters, start, end).map(|row| (last, row))
        });
        next = found.map_or(next, |(last, _)| last) + 1;
        for unit in found.iter().flat_map(|(_, row)| &row.units) {
            // A doubled letter is one sound.
            if units.last().is_none_or(|last| last.sounds != unit.sounds || unit.is_vowel()) {
                units.push(*unit);
            }
        }
    }
    (script, units)
}

/// The row whose place holds; special places win over anywhere.
fn pick(rows: &'static [Row], letters: &str, start: usize, end: usize) -> Option<&'static Row> {
    let next = letters[end..].chars().next();
    let is_vowel = |c: char| "aeiouyàáâäåæèéêëìíîïòóôöøùúûüýąęěőűыаеёиоуэюяії".contains(c);
    let holds = |place: Where| match place {
        Where::Anywhere => true,
        Where::Start => start == 0,
        Where::End => end == letters.len(),
        Where::BeforeFront => next.is_some_and(|c| "eiyéèêëìíîïý".contains(c)),
        Where::BeforeConsonant => next.is_none_or(|c| !is_vowel(c)),
        Where::BeforeVowel => next.is_some_and(is_vowel),
    };
    let special = rows.iter().filter(|r| r.place != Where::Anywhere).find(|r| holds(r.place));
    special.or_else(|| rows.iter().find(|r| r.place == Where::Anywhere))
}

/// The letters that the table is asked for.
fn spell(word: &str, script: Script) -> String {
    if word.is_ascii() {
        return word[..word.len().min(WORD_CHARS_MAX)].to_ascii_lowercase();
    }
    let lower = word.chars().take(WORD_CHARS_MAX).flat_map(char::to_lowercase).nfc();
    match script {
        Script::Latin => {
            let mut out = String::with_capacity(word.len());
            lower.for_each(|c| spell_latin(c, &mut out));
            out
        }
        Script::Cyrillic | Script::Hebrew => lower.map(|c| if c == '’' || c == '׳' { '\'' } else { c }).collect(),
        Script::Greek => lower.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect(),
        Script::Arabic => lower
            .nfkc()
            .filter(|c| !matches!(c, '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{200B}'..='\u{200F}'))
            .collect(),
        Script::Hangul => spell_hangul(word),
        Script::Kana => spell_kana(word),
        Script::Han => any_ascii::any_ascii(word).to_lowercase().chars().filter(char::is_ascii_alphabetic).collect(),
    }
}

/// Latin letters of the table stay; others lose their accents, and scripts without a
/// column of their own become Latin.
fn spell_latin(c: char, out: &mut String) {
    let mut buffer = [0; 4];
    if c.is_ascii_alphabetic() || rows(Script::Latin, c.encode_utf8(&mut buffer)).is_some() {
        out.push(c);
    } else if c.is_alphabetic() {
        let ascii = any_ascii::any_ascii_char(c).chars();
        out.extend(ascii.filter(char::is_ascii_alphabetic).map(|a| a.to_ascii_lowercase()));
    }
}

/// Syllables stand beside their letters: a few have a reading of their own at the start.
fn spell_hangul(word: &str) -> String {
    let mut buffer = [0; 4];
    let mut out = String::with_capacity(2 * word.len());
    for (i, c) in word.chars().take(WORD_CHARS_MAX).enumerate() {
        if i == 0 && rows(Script::Hangul, c.encode_utf8(&mut buffer)).is_some() {
            out.push(c);
        } else {
            out.extend(c.nfd());
        }
    }
    out
}

fn spell_kana(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().take(WORD_CHARS_MAX).nfkc() {
        let small = "ァィゥェォャュョぁぃぅぇぉゃゅょ".contains(c);
        if small && out.ends_with(['a', 'e', 'i', 'o', 'u']) {
            // A small kana takes the place of the vowel before it.
            out.pop();
        }
        if !matches!(c, 'ー' | 'っ' | 'ッ') {
            out.push_str(&any_ascii::any_ascii_char(c).to_ascii_lowercase());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{ROWS, TABLE, sounds_of};
    use rustc_hash::FxHashMap;

    #[test]
    fn every_row_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
        for line in lines.clone() {
            assert!(super::read_row(line).is_some(), "{line}");
        }
        assert_eq!(ROWS.values().flat_map(FxHashMap::values).map(Vec::len).sum::<usize>(), lines.count());
    }

    #[test]
    fn one_name_has_as_many_sounds_in_every_script() {
        for word in ["Putin", "Путин", "پوتین", "بوتين"] {
            assert_eq!(sounds_of(word).1.iter().filter(|u| !u.may_be_vowel()).count(), 3, "{word}");
        }
    }
}
