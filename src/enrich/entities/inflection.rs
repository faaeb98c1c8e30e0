//! What a word is without the endings and prefixes that its language glues to names:
//! Slavic cases (*Путина*), German genitives (*Nigerias*), Arabic conjunctions,
//! prepositions and the article (*وبوتين*).
//!
//! No dictionary: candidates are asked for in the lexicons, and the first that is a name
//! lends the word what it is known as.

use super::hash;
use super::lexicon::{
    COMMON, DEMONYM, FUNCTION, Flags, GIVEN, NAME, ORG, ORG_HEAD, PLACE_HEAD, PLACES, ROLE, SPEECH, SURNAME, TITLE,
};

/// What makes a candidate believed.
const NAMES: Flags =
    PLACES | GIVEN | SURNAME | NAME | ORG | DEMONYM | ORG_HEAD | PLACE_HEAD | ROLE | SPEECH | TITLE | COMMON;
/// Letters that a stem keeps at least.
const STEM_CHARS_MIN: usize = 3;

/// Returns the hash of the stem of a folded word, where it has endings or clitics, and
/// what its base form is known as.
pub(super) fn read(folded: &str, lang: &str, known_as: Flags, known: &dyn Fn(u64) -> Flags) -> (Option<u64>, Flags) {
    match folded.chars().next() {
        Some('\u{0400}'..='\u{04FF}') => slavic(folded, &["а", "я", "й", "ь", "о", "е", "ы", "и"], known_as, known),
        Some('\u{0600}'..='\u{06FF}') if lang == "fa" => persian(folded, known_as, known),
        Some('\u{0600}'..='\u{06FF}') => arabic(folded, known_as, known),
        Some(c) if c.is_alphabetic() => match lang {
            "pl" | "cs" | "sk" | "hr" | "sl" | "sr" | "bs" => {
                slavic(folded, &["a", "o", "e", "y", "i", "ia"], known_as, known)
            }
            "de" | "nl" | "sv" | "da" | "no" if known_as & NAMES == 0 => {
                let base = folded.strip_suffix('s').map_or(0, |base| known(hash::of(base)));
                (None, base & NAMES)
            }
            _ => (None, 0),
        },
        _ => (None, 0),
    }
}

/// Cuts one to three letters and tries what names of the nominative end in.
fn slavic(folded: &str, endings: &[&str], known_as: Flags, known: &dyn Fn(u64) -> Flags) -> (Option<u64>, Flags) {
    let mut bounds = folded.char_indices().map(|(at, _)| at).rev();
    let count = folded.chars().count();
    if count <= STEM_CHARS_MIN {
        return (None, 0);
    }
    let cut = if count > 5 { 2 } else { 1 };
    let stem_at = folded.char_indices().map(|(at, _)| at).nth(count - cut).unwrap_or(folded.len());
    let stem = Some(hash::of(&folded[..stem_at]));
    if known_as & NAMES != 0 {
        return (stem, 0);
    }
    let mut candidate = [0u8; 96];
    for _ in 0..3.min(count - STEM_CHARS_MIN) {
        let Some(at) = bounds.next() else { break };
        let base = &folded[..at];
        let flags = known(hash::of(base)) & NAMES;
        if flags != 0 {
            return (stem, flags);
        }
        for ending in endings {
            let length = base.len() + ending.len();
            if length > candidate.len() {
                continue;
            }
            candidate[..base.len()].copy_from_slice(base.as_bytes());
            candidate[base.len()..length].copy_from_slice(ending.as_bytes());
            let Ok(word) = std::str::from_utf8(&candidate[..length]) else { continue };
            let flags = known(hash::of(word)) & NAMES;
            if flags != 0 && word != folded {
                return (stem, flags);
            }
        }
    }
    (stem, 0)
}

/// Strips a conjunction, a preposition and the article, in this order.
fn arabic(folded: &str, known_as: Flags, known: &dyn Fn(u64) -> Flags) -> (Option<u64>, Flags) {
    let mut rest = folded;
    let mut flags = known_as;
    for clitics in [&["و", "ف"][..], &["ب", "ل", "ك"], &["ال"]] {
        let Some(shorter) = clitics.iter().find_map(|c| rest.strip_prefix(c)) else { continue };
        if shorter.chars().count() < STEM_CHARS_MIN {
            break;
        }
        rest = shorter;
        if flags & NAMES == 0 {
            flags |= known(hash::of(rest)) & NAMES;
        }
    }
    // `لل` is the preposition and the article.
    if let Some(shorter) = folded.strip_prefix("لل").filter(|s| s.chars().count() >= STEM_CHARS_MIN) {
        rest = shorter;
        if flags & NAMES == 0 {
            flags |= known(hash::of(rest)) & NAMES;
        }
    }
    ((rest.len() < folded.len()).then(|| hash::of(rest)), flags)
}

/// Takes off plural and possessive endings, and the prefixes of verbs.
fn persian(folded: &str, known_as: Flags, known: &dyn Fn(u64) -> Flags) -> (Option<u64>, Flags) {
    if known_as != 0 {
        return (None, 0);
    }
    for ending in ["هايي", "هاي", "ترين", "ها", "تر", "شان", "ان", "اي", "اش", "ات", "ام", "ند", "ي", "ش", "م"]
    {
        let Some(base) = folded.strip_suffix(ending).filter(|b| b.chars().count() >= STEM_CHARS_MIN) else { continue };
        let hash = hash::of(base);
        let flags = known(hash) & (COMMON | FUNCTION | ROLE | ORG_HEAD | PLACE_HEAD | DEMONYM);
        if flags != 0 {
            return (Some(hash), flags);
        }
    }
    for prefix in ["نمي", "مي", "بي", "ب", "ن"] {
        let Some(base) = folded.strip_prefix(prefix).filter(|b| b.chars().count() >= STEM_CHARS_MIN) else { continue };
        let flags = known(hash::of(base)) & (COMMON | FUNCTION);
        if flags != 0 {
            return (Some(hash::of(base)), flags);
        }
    }
    (None, 0)
}

/// Endings of two forms of one Slavic word are at most so long.
const ENDING_CHARS_MAX: usize = 3;

/// Tells whether two folded words are one name in different forms: equal, or alike but
/// for the endings or clitics that their language glues to names.
pub(super) fn same_word(a: &str, b: &str, lang: &str) -> bool {
    if a == b {
        return true;
    }
    match lang {
        "ru" | "uk" | "be" | "bg" | "sr" | "mk" | "pl" | "cs" | "sk" | "hr" | "sl" | "bs" | "fi" | "et" | "hu" => {
            let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
            let longest = a.chars().count().max(b.chars().count());
            shared > STEM_CHARS_MIN && longest - shared <= ENDING_CHARS_MAX
        }
        "ar" => {
            let bare = |word: &str| -> String {
                let shorter =
                    word.strip_prefix('و').or_else(|| word.strip_prefix('ل')).or_else(|| word.strip_prefix('ب'));
                shorter.filter(|s| s.chars().count() >= STEM_CHARS_MIN).unwrap_or(word).to_owned()
            };
            bare(a) == *b || bare(b) == *a
        }
        "de" | "nl" | "sv" | "da" | "no" => a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a),
        _ => false,
    }
}
