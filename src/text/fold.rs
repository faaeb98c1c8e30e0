//! Folding: the spelling differences that never matter become equal.
//!
//! Case, Latin and Greek accents, full-width and half-width forms, ligatures,
//! Arabic and Persian letter variants, vowel points, decimal digits of any script,
//! Cyrillic ё/е and invisible characters are levelled. Letters that change the word
//! stay: Cyrillic й, ї and ў, Devanagari and Thai vowel signs, kana voicing marks.
//! Simplified and traditional Han are not levelled: they are different characters.

// The build script includes this file too: it must depend on nothing of the crate.
use std::borrow::Cow;
use std::sync::atomic::{AtomicU16, Ordering};
use unicode_normalization::char::{compose, decompose_compatible, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Returns the folded form of `text`.
///
/// ```
/// use dateline::text::fold;
/// assert_eq!(fold("Président"), "president");
/// assert_eq!(fold("Ёлка"), "елка");
/// assert_eq!(fold("ＢＲＩＣＳ"), "brics");
/// assert_eq!(fold("إيران"), fold("ایران"));
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Appends the folded form of `text` to `out`; the buffer is the caller's to clear.
pub fn fold_into(text: &str, out: &mut String) {
    let from = out.len();
    if text.is_ascii() {
        out.push_str(text);
        out[from..].make_ascii_lowercase();
        return;
    }
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            fold_from_memory(c, from, out);
        }
    }
}

/// Characters up to here are remembered: those of Latin, Greek, Cyrillic, Hebrew and Arabic copy.
const REMEMBERED: usize = 0x700;
/// It has to be folded where it stands.
const ANEW: u16 = 1;
/// What characters become that become one whatever stands before them; 0 where none was met yet.
static FOLDED: [AtomicU16; REMEMBERED] = [const { AtomicU16::new(0) }; REMEMBERED];

fn fold_from_memory(c: char, from: usize, out: &mut String) {
    let Some(cell) = FOLDED.get(c as usize) else { return fold_char(c, from, out) };
    let mut code = cell.load(Ordering::Relaxed);
    if code == 0 {
        code = folded_alone(c).unwrap_or(ANEW);
        cell.store(code, Ordering::Relaxed);
    }
    match char::from_u32(u32::from(code)) {
        Some(folded) if code != ANEW => out.push(folded),
        _ => fold_char(c, from, out),
    }
}

/// The one character that `c` becomes; nothing where it joins what stands before it, goes, or becomes several.
fn folded_alone(c: char) -> Option<u16> {
    let mut out = String::new();
    fold_char(c, 0, &mut out);
    let mut folded = out.chars();
    let one = folded.next().filter(|one| folded.next().is_none() && !is_combining_mark(*one))?;
    u16::try_from(u32::from(one)).ok().filter(|_| !is_combining_mark(c))
}

fn fold_char(c: char, from: usize, out: &mut String) {
    if is_invisible(c) {
        return;
    }
    if let Some(replacement) = letter_variant(c) {
        out.push_str(replacement);
        return;
    }
    if is_syllabic_block(c) {
        out.push(c);
        return;
    }
    for lower in c.to_lowercase() {
        decompose_compatible(lower, |part| push_part(part, from, out));
    }
}

/// Appends one decomposed character: a mark is dropped, joined to its letter, or kept.
fn push_part(part: char, from: usize, out: &mut String) {
    if is_invisible(part) {
        return;
    }
    if !is_combining_mark(part) {
        // Compatibility decomposition can yield capitals and variants of its own.
        if let Some(replacement) = letter_variant(part) {
            out.push_str(replacement);
        } else if let Some(composed) = jamo_with_last(part, from, out) {
            out.pop();
            out.push(composed);
        } else {
            out.extend(part.to_lowercase());
        }
        return;
    }
    let last = out[from..].chars().next_back();
    let joined = last.and_then(|l| compose(l, part));
    match (last, joined) {
        (Some('и' | 'і' | 'у'), Some(letter @ ('й' | 'ї' | 'ў'))) => {
            out.pop();
            out.push(letter);
        }
        _ if is_dropped_mark(part) => {}
        (_, Some(letter)) => {
            out.pop();
            out.push(letter);
        }
        _ => out.push(part),
    }
}

fn jamo_with_last(part: char, from: usize, out: &str) -> Option<char> {
    if !('\u{1161}'..='\u{11FF}').contains(&part) {
        return None;
    }
    compose(out[from..].chars().next_back()?, part)
}

/// Tells whether `c` is never seen by a reader and never part of a spelling.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{0640}')
}

/// Returns a text as it is seen: composed letters, without what is invisible.
///
/// ```
/// use dateline::text::seen;
/// assert_eq!(seen("pre\u{301}si\u{AD}dent"), "président");
/// ```
#[must_use]
pub fn seen(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || (is_nfc_quick(text.chars()) == IsNormalized::Yes && !text.chars().any(is_invisible)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !is_invisible(*c)).nfc().collect())
}

/// Characters that have no decomposition to lose, by far the most of East Asian text.
fn is_syllabic_block(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}' | '\u{0E01}'..='\u{0E32}' | '\u{0E34}'..='\u{0E4E}')
}

/// Marks that are accents, points or vowel signs which copy may omit.
fn is_dropped_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05C7}'
        | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}')
}

/// Letters that normalisation leaves alone but readers take for another letter.
fn letter_variant(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' | 'Ł' => "l",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' | 'ɖ' | 'Ɖ' => "d",
        'þ' | 'Þ' => "th",
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' | 'ǽ' | 'Ǽ' => "ae",
        'œ' | 'Œ' => "oe",
        'ı' | 'İ' => "i",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        'ŋ' | 'Ŋ' => "n",
        'ɓ' | 'Ɓ' => "b",
        'ɗ' | 'Ɗ' => "d",
        'ƙ' | 'Ƙ' => "k",
        'ƴ' | 'Ƴ' => "y",
        'ə' | 'Ə' => "a",
        'ς' => "σ",
        'ґ' | 'Ґ' => "г",
        'أ' | 'إ' | 'آ' | 'ٱ' => "ا",
        'ى' | 'ی' | 'ئ' | 'ې' | 'ے' => "ي",
        'ک' | 'ڪ' => "ك",
        'ة' | 'ۀ' | 'ہ' | 'ە' | 'ھ' | 'ۃ' => "ه",
        'ؤ' => "و",
        '٠' | '۰' | '०' | '০' => "0",
        '١' | '۱' | '१' | '১' => "1",
        '٢' | '۲' | '२' | '২' => "2",
        '٣' | '۳' | '३' | '৩' => "3",
        '٤' | '۴' | '४' | '৪' => "4",
        '٥' | '۵' | '५' | '৫' => "5",
        '٦' | '۶' | '६' | '৬' => "6",
        '٧' | '۷' | '७' | '৭' => "7",
        '٨' | '۸' | '८' | '৮' => "8",
        '٩' | '۹' | '९' | '৯' => "9",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spellings_that_are_one() {
        for (a, b) in [
            ("ÉCOLE", "ecole"),
            ("Gdańsk", "gdansk"),
            ("Łódź", "lodz"),
            ("ΕΛΛΗΝΕΣ", "Έλληνες"),
            ("самолёт", "самолет"),
            ("پزشکیان", "پزشكيان"),
            ("می‌شود", "میشود"),
            ("۲۰۲۴", "2024"),
            ("ｶｻﾞﾝ", "カザン"),
            ("ﬁn", "fin"),
            ("Kaza\u{AD}khstan", "kazakhstan"),
            ("İstanbul", "istanbul"),
            ("e\u{301}te\u{301}", "été"),
            ("\u{1112}\u{1161}\u{11AB}", "한"),
            ("1ᵉʳ", "1er"),
            ("مُحَمَّد", "محمد"),
            ("ड\u{93C}", "\u{95C}"),
            ("и\u{306}", "й"),
            ("Straße", "strasse"),
            ("رئیس", "رییس"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
    }

    #[test]
    fn spellings_that_are_two() {
        for (a, b) in [("й", "и"), ("ї", "і"), ("が", "か"), ("国", "國"), ("कि", "क"), ("パ", "ハ")] {
            assert_ne!(fold(a), fold(b), "{a} and {b}");
        }
    }

    #[test]
    fn what_is_remembered_is_what_is_found() {
        for c in (0..0x800).filter_map(char::from_u32) {
            for before in ["", "a", "и", "у", "ا", "\u{1112}\u{1161}"] {
                let text = format!("{before}{c}");
                let mut anew = String::new();
                for c in text.chars() {
                    if c.is_ascii() { anew.push(c.to_ascii_lowercase()) } else { super::fold_char(c, 0, &mut anew) }
                }
                if !text.is_ascii() {
                    assert_eq!(fold(&text), anew, "U+{:04X} behind {before}", c as u32);
                }
            }
        }
    }

    #[test]
    fn folding_twice_is_folding_once() {
        for c in (0..0x3_0000).filter_map(char::from_u32) {
            let once = fold(&c.to_string());
            assert_eq!(fold(&once), once, "U+{:04X}", c as u32);
        }
    }
}
