//! The language of short copy by its runs of three letters.

use super::LETTERS_MAX;
use crate::data::function_words;
use crate::text::words;
use whatlang::{Detector, Lang};

/// Languages told by trigrams: ISO 639-3 and the code of the tables.
const TRIGRAM_LANGUAGES: [(&str, &str); 32] = [
    ("bel", "be"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("eng", "en"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("ind", "id"),
    ("ita", "it"),
    ("lit", "lt"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "no"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("spa", "es"),
    ("swe", "sv"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("vie", "vi"),
];
/// Those of them that are not written in Latin letters.
const NOT_LATIN: [&str; 8] = ["be", "bg", "hi", "mr", "mk", "ne", "ru", "uk"];

/// Tells the language of short copy by its trigrams, where these leave no doubt or its few
/// function words say the same.
pub(super) fn by_trigrams(text: &str, leading: Option<&'static str>, among: Option<&[&str]>) -> Option<&'static str> {
    /// Below this a headline of names is as likely to be of the next language.
    const LETTERS_MIN: usize = 60;
    /// How far the first language must be ahead of the second, as the crate counts it: lists
    /// of names and clubs stay below half of it.
    const CONFIDENCE_MIN: f64 = 0.45;
    let end = text.char_indices().nth(4 * LETTERS_MAX).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    // Lists and tables are mostly figures and capitals.
    let (mut letters, mut small, mut signs) = (0, 0, 0);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        signs += 1;
        letters += usize::from(c.is_alphabetic());
        small += usize::from(c.is_lowercase());
    }
    if letters < LETTERS_MIN || letters * 4 < signs * 3 || small * 3 < letters * 2 {
        return None;
    }
    // Names are of any language.
    let plain: String = words(text)
        .map(|word| &text[word.start..word.end])
        .filter(|word| !word.starts_with(char::is_uppercase))
        .flat_map(|word| [word, " "])
        .collect();
    let plain = if plain.chars().filter(|c| c.is_alphabetic()).count() < LETTERS_MIN { text } else { plain.as_str() };
    let allowed = TRIGRAM_LANGUAGES.iter().filter(|(_, code)| match among {
        Some(among) => among.contains(code),
        None => !NOT_LATIN.contains(code),
    });
    let known = allowed.filter_map(|(long, _)| Lang::from_code(*long)).collect();
    let found = Detector::with_allowlist(known).detect(plain)?;
    let (_, code) = TRIGRAM_LANGUAGES.iter().find(|(long, _)| *long == found.lang().code())?;
    // Serbian and Bosnian have no runs of letters of their own here; their words speak.
    if let (&"hr", Some(leading @ ("sr" | "bs"))) = (code, leading) {
        return Some(leading);
    }
    // What the words point to and no trigrams are known of is not another language.
    if leading.is_some_and(function_words::is_seldom_sent) {
        return None;
    }
    (found.confidence() >= CONFIDENCE_MIN || leading == Some(*code)).then_some(*code)
}
