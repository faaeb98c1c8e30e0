//! The language, script and direction of a story.
//!
//! The script is counted from the letters. Scripts that one language of the wires uses
//! name it. Languages of one script are told apart by letters that only some of them have,
//! then by function words, and where these are too few by trigrams, which is inferred.
//! What is too short or too mixed to tell stays unknown.

mod function_words;
mod letters;
mod script;
#[cfg(test)]
mod tests;
mod trigrams;

use crate::story::{Confidence, Direction, Evidence, Origin, Sourced, Span, Story};
use function_words::Votes;
use std::borrow::Cow;

/// Letters looked at for the script.
const LETTERS_MAX: usize = 2_000;
/// Letters by which an alphabet is known for sure: shorter copy may lack a letter by chance.
const ALPHABET_LETTERS_MIN: usize = 40;

/// What is found: a language, the rule that found it, how sure it is.
type Told = Option<(&'static str, &'static str, Confidence)>;

/// Fills `lang`, `script` and `direction`. A language stated by the markup is kept.
pub(crate) fn read(story: &mut Story) {
    let Some(script) = script::script_of(&story.text) else { return };
    story.script = Some(script.to_owned());
    story.direction = if matches!(script, "Arab" | "Hebr") { Direction::Rtl } else { Direction::Ltr };
    if story.lang.is_some() {
        return;
    }
    if let Some((code, rule, confidence)) = tell(&story.text, script) {
        let evidence =
            Evidence { origin: Origin::Text(Span::new(0, story.text.len())), rule: Cow::Borrowed(rule), confidence };
        story.lang = Some(Sourced { value: code.to_owned(), evidence: vec![evidence] });
    }
}

fn tell(text: &str, script: &str) -> Told {
    let by_letters = |code| Some((code, "language/letters", Confidence::Derived));
    match script {
        "Latn" => by_words(text, None),
        "Cyrl" => by_alphabet(text, &letters::candidates(text, script)),
        "Deva" => by_words(text, Some(&["hi", "mr", "ne"])),
        "Arab" => by_letters(letters::arabic(text)),
        "Beng" => letters::bengali(text).and_then(by_letters),
        "Hebr" => by_letters(letters::hebrew(text)),
        _ => script::only_language(script).map(|code| (code, "language/script", Confidence::Derived)),
    }
}

/// Tells by the alphabets that the text fits, and among several by its words.
fn by_alphabet(text: &str, candidates: &letters::Candidates) -> Told {
    let is_enough = candidates.seen >= ALPHABET_LETTERS_MIN;
    let letters = |code, confidence| Some((code, "language/letters", confidence));
    match candidates.codes.as_slice() {
        [] => None,
        [one] => letters(*one, if is_enough { Confidence::Derived } else { Confidence::Inferred }),
        some => by_words(text, Some(some)).or_else(|| {
            let closest = candidates.closest.filter(|_| is_enough)?;
            letters(closest, Confidence::Inferred)
        }),
    }
}

/// Tells by function words, else by trigrams; of the languages `among`, where given.
fn by_words(text: &str, among: Option<&[&str]>) -> Told {
    match function_words::by_function_words(text, among) {
        Votes::Enough(code) => Some((code, "language/function-words", Confidence::Derived)),
        Votes::Few(leading) => {
            let code = trigrams::by_trigrams(text, leading, among)?;
            Some((code, "language/trigrams", Confidence::Inferred))
        }
    }
}
