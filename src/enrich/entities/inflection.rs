//! What a word is without the endings and prefixes that its language glues to names:
//! Slavic cases (*Путина*), German genitives (*Nigerias*), Finnic and Hungarian cases (*Brüsszelbe*), Greek cases and Greek letters, Arabic
//! conjunctions, prepositions and the article (*وبوتين*).
//!
//! No dictionary: candidates are asked for in the lexicons, and the first that is a name
//! lends the word what it is known as.

use super::hash;
use super::lexicon::{
    COMMON, DEMONYM, FUNCTION, Flags, GIVEN, NAME, ORG, ORG_HEAD, PLACE_HEAD, PLACES, ROLE, SPEECH, SURNAME, TITLE,
};
use crate::names::base_forms;

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
        Some('\u{0370}'..='\u{03FF}') => greek(folded, known_as, known),
        Some(c) if c.is_alphabetic() => match lang {
            "pl" | "cs" | "sk" | "hr" | "sl" | "sr" | "bs" => {
                slavic(folded, &["a", "o", "e", "y", "i", "ia"], known_as, known)
            }
            "de" | "nl" | "sv" | "da" | "no" if known_as & NAMES == 0 => {
                let base = folded.strip_suffix('s').map_or(0, |base| known(hash::of(base)));
                (None, base & NAMES)
            }
            "fi" | "et" | "hu" if known_as & NAMES == 0 => {
                let bases = base_forms(folded, Some(lang));
                let flags = bases.iter().map(|base| known(hash::of(base)) & NAMES).find(|flags| *flags != 0);
                (None, flags.unwrap_or(0))
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

/// What Greek writes with one letter or two, and how the languages of the tables write it; the
/// longest first.
const GREEK_SOUNDS: &[(&str, &[&str])] = &[
    ("ντζ", &["j", "g"]),
    ("ντ", &["d", "nd", "nt"]),
    ("μπ", &["b", "mb", "mp"]),
    ("γκ", &["g", "ng"]),
    ("γγ", &["ng"]),
    ("γχ", &["nh"]),
    ("τζ", &["j", "g", "dz"]),
    ("τσ", &["ch", "c", "ts"]),
    ("ου", &["u", "ou", "oo", "w"]),
    ("αι", &["e", "ai"]),
    ("ει", &["i", "ei", "ey"]),
    ("οι", &["i", "oi"]),
    ("αυ", &["au", "av"]),
    ("ευ", &["eu", "ev"]),
    ("α", &["a"]),
    ("β", &["v", "w", "b"]),
    ("γ", &["g", "y"]),
    ("δ", &["d"]),
    ("ε", &["e"]),
    ("ζ", &["z", "s"]),
    ("η", &["i", "e"]),
    ("θ", &["th"]),
    ("ι", &["i", "y", "j"]),
    ("κ", &["k", "c"]),
    ("λ", &["l"]),
    ("μ", &["m"]),
    ("ν", &["n"]),
    ("ξ", &["x", "ks"]),
    ("ο", &["o"]),
    ("π", &["p"]),
    ("ρ", &["r"]),
    ("σ", &["s", "sh"]),
    ("τ", &["t"]),
    ("υ", &["y", "i"]),
    ("φ", &["f", "ph"]),
    ("χ", &["h", "ch"]),
    ("ψ", &["ps"]),
    ("ω", &["o"]),
];
/// Latin spellings that are tried of a Greek word.
const SPELLINGS_MAX: usize = 24;
/// Letters of a Greek name whose Latin spelling says something.
const GREEK_CHARS_MIN: usize = 4;
/// What Greek endings of cases stand for in the nominative.
const GREEK_CASES: &[(&str, &[&str])] =
    &[("ου", &["οσ"]), ("η", &["ησ"]), ("α", &["ασ"]), ("ο", &["οσ"]), ("ασ", &["α"]), ("ησ", &["η"])];

/// Reads a Greek word in the nominative, then in Latin letters: lists of names have few in Greek.
fn greek(folded: &str, known_as: Flags, known: &dyn Fn(u64) -> Flags) -> (Option<u64>, Flags) {
    let cases = || GREEK_CASES.iter().filter_map(|(end, bases)| Some((folded.strip_suffix(end)?, *bases)));
    let nominatives: Vec<String> =
        cases().flat_map(|(stem, bases)| bases.iter().map(move |base| format!("{stem}{base}"))).collect();
    let stem = cases().next().map(|(stem, _)| hash::of(stem));
    // A town may be somebody as well: *Βλαντίμιρ*.
    if known_as & !PLACES != 0 || folded.chars().count() < GREEK_CHARS_MIN {
        return (stem, 0);
    }
    let words = || std::iter::once(folded).chain(nominatives.iter().map(String::as_str));
    let found = nominatives.iter().map(|word| known(hash::of(word)) & NAMES).find(|flags| *flags != 0);
    let in_latin = || {
        let spellings = words().flat_map(latin_spellings);
        spellings.map(|word| known(hash::of(&word)) & (GIVEN | SURNAME | NAME)).find(|flags| *flags != 0)
    };
    (stem, found.or_else(in_latin).unwrap_or(0))
}

/// Returns how a folded Greek word may be written in Latin letters, the likeliest first.
fn latin_spellings(word: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut rest = word;
    while !rest.is_empty() {
        let Some((greek, latin)) = GREEK_SOUNDS.iter().find(|(greek, _)| rest.starts_with(greek)) else {
            return Vec::new();
        };
        rest = &rest[greek.len()..];
        let longer = latin.iter().flat_map(|letters| out.iter().map(move |before| format!("{before}{letters}")));
        out = longer.take(SPELLINGS_MAX).collect();
    }
    out
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

/// Conjunctions that Arabic writes onto a word, and the prepositions that may stand between.
const CONJUNCTIONS: [char; 2] = ['و', 'ف'];
const PREPOSITIONS: [char; 3] = ['ب', 'ل', 'ك'];

/// Yields what is left of an Arabic word behind a conjunction, a preposition or both, the shortest
/// prefix first: *وبماكرون*.
pub(super) fn without_onto(word: &str) -> impl Iterator<Item = &str> {
    let first = word.strip_prefix(CONJUNCTIONS);
    let only = first.or_else(|| word.strip_prefix(PREPOSITIONS));
    let both = first.and_then(|rest| rest.strip_prefix(PREPOSITIONS));
    only.into_iter().chain(both).filter(|rest| rest.chars().count() >= STEM_CHARS_MIN)
}

/// Endings of two forms of one Slavic word are at most so long.
const ENDING_CHARS_MAX: usize = 3;

/// Tells whether a folded surname has the ending that Czech and Slovak give to women: *Dvořáková*, *Dvořákové*.
fn is_czech_womans(word: &str) -> bool {
    const LETTERS_MIN: usize = 6;
    ["ova", "ove", "ovou", "ovej"].iter().any(|ending| word.ends_with(ending)) && word.chars().count() >= LETTERS_MIN
}

/// Tells whether a folded Hungarian name is that of a man's wife, and another his in some case: *Jánosné* or *Jánosnét*
/// beside *János* or *Jánosnak*; *Jánosnál* and *Péternél* are cases.
fn is_hungarian_wife(wife: &str, man: &str) -> bool {
    let is_hers = |rest: &str| rest.starts_with("ne") && !rest.starts_with("nek") && !rest.starts_with("nel");
    let in_a_case = || wife.strip_suffix("ne").and_then(|husband| man.strip_prefix(husband));
    wife.strip_prefix(man).is_some_and(is_hers) || in_a_case().is_some_and(|rest| !is_hers(rest))
}

/// Tells whether two folded given names, of people of one surname, are one in different cases though they share less than
/// a stem: *Jan* and *Janem*, *Marek* and *Markiem*.
pub(super) fn same_given(a: &str, b: &str, lang: &str) -> bool {
    const VOWELS: [char; 6] = ['a', 'e', 'i', 'o', 'u', 'y'];
    const CYRILLIC_VOWELS: [char; 10] = ['а', 'е', 'ё', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я'];
    if !matches!(lang, "ru" | "uk" | "pl" | "cs" | "sk" | "hr" | "sr" | "sl" | "bs" | "bg")
        || a.chars().next() != b.chars().next()
    {
        return false;
    }
    let is_vowel = |c: char| VOWELS.contains(&c) || CYRILLIC_VOWELS.contains(&c);
    // The vowel of a last syllable that falls out before an ending: *Павла* of *Павел*.
    let with_vowel = |base: &str| {
        let (at, last) = base.char_indices().next_back()?;
        let before = base[..at].chars().next_back()?;
        let joined = if last.is_ascii() { "e" } else { "е" };
        (!is_vowel(last) && !is_vowel(before)).then(|| format!("{}{joined}{last}", &base[..at]))
    };
    let forms = |word: &str| {
        let mut forms = base_forms(word, Some(lang));
        let longer: Vec<String> = forms.iter().filter_map(|base| with_vowel(base)).collect();
        forms.extend(longer);
        forms.push(word.to_owned());
        forms
    };
    let own = forms(a);
    forms(b).iter().any(|form| own.contains(form))
}

/// Tells whether two folded words are one name in different forms: equal, or alike but
/// for the endings or clitics that their language glues to names.
pub(super) fn same_word(a: &str, b: &str, lang: &str) -> bool {
    if a == b {
        return true;
    }
    if matches!(lang, "cs" | "sk") && is_czech_womans(a) != is_czech_womans(b) {
        return false;
    }
    match lang {
        "hu" if is_hungarian_wife(a, b) || is_hungarian_wife(b, a) => false,
        "ru" | "uk" | "be" | "bg" | "sr" | "mk" | "pl" | "cs" | "sk" | "hr" | "sl" | "bs" | "fi" | "et" | "hu" => {
            let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
            let longest = a.chars().count().max(b.chars().count());
            shared > STEM_CHARS_MIN && longest - shared <= ENDING_CHARS_MAX
        }
        "ar" => {
            let is_bare_of = |bare: &str, word: &str| without_onto(word).any(|rest| rest == bare);
            is_bare_of(a, b) || is_bare_of(b, a)
        }
        "de" | "nl" | "sv" | "da" | "no" => a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a),
        _ => false,
    }
}
