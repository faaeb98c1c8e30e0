//! The language, script and direction of a story.
//!
//! The script is counted from the letters. Scripts that one language of the wires uses
//! name it. Languages of one script are told apart by letters that only some of them have,
//! then by function words, and where these are too few by trigrams, which is inferred.
//! What is too short or too mixed to tell stays unknown.

mod calendar_words;
mod denied;
mod desk;
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

/// Languages whose headlines of a dozen words often have no function word.
const WORDLESS: [&str; 4] = ["en", "it", "de", "hu"];

/// The rule of what is told by small words.
const WORDS: &str = "language/function-words";
/// The rule of what is told by runs of letters.
const TRIGRAMS: &str = "language/trigrams";

/// What is found: a language, the rule that found it, how sure it is.
type Told = Option<(&'static str, &'static str, Confidence)>;

/// Fills `lang`, `script` and `direction`. A language stated by the markup is kept, unless the
/// text denies it.
pub(crate) fn read(story: &mut Story) {
    let Some(script) = script::script_of(&story.text) else { return };
    story.script = Some(script.to_owned());
    story.direction = if matches!(script, "Arab" | "Hebr") { Direction::Rtl } else { Direction::Ltr };
    let declared = story.lang.as_ref().map(|l| l.value.clone());
    if declared.as_ref().is_some_and(|declared| !denied::by(&copy_of(story), script, declared)) {
        return;
    }
    story.lang = told(story, script).map(|(code, rule, confidence)| {
        let evidence =
            Evidence { origin: Origin::Text(Span::new(0, story.text.len())), rule: Cow::Borrowed(rule), confidence };
        Sourced { value: code.to_owned(), evidence: vec![evidence] }
    });
    if let Some(declared) = declared {
        let is = story.lang.as_ref().map_or_else(|| format!("in letters of {script}"), |l| l.value.clone());
        story.warn("false-language", format!("it declares {declared} and the text is {is}"), false);
    }
}

/// Tells by the copy; where that is too short, by the dateline too if the copy points the same
/// way, which is inferred.
fn told(story: &Story, script: &str) -> Told {
    let copy = copy_of(story);
    // What runs of letters suggest yields to what the agency writes in.
    let told = tell(&copy, script).filter(|(code, rule, _)| *rule != TRIGRAMS || !desk::denies(story, script, code));
    // So do the small words of a flash that two neighbours share.
    let instead =
        told.filter(|(_, rule, _)| *rule == WORDS).and_then(|(code, ..)| desk::instead_of(story, &copy, script, code));
    if told.is_some() || copy.len() == story.text.len() {
        return instead.or(told);
    }
    if let Some(told) = by_calendar(&copy, script) {
        return Some(told);
    }
    if let Some(told) = desk::of(story, &copy, script) {
        return Some(told);
    }
    let (code, rule, _) = tell(&story.text, script)?;
    let leading = match function_words::by_function_words(&copy, None) {
        Votes::Enough(code) => Some(code),
        Votes::Few(leading) => leading,
    };
    let is_likely = (script != "Latn" || leading == Some(code)) && !desk::denies(story, script, code);
    is_likely.then_some((code, rule, Confidence::Inferred))
}

/// Tells the language of copy too short for its function words: of those that most of them may be
/// of, the one in which a weekday, a month or a word such as *tomorrow* is named. That is inferred.
fn by_calendar(copy: &str, script: &str) -> Told {
    let Votes::Few(_) = function_words::by_function_words(copy, None) else { return None };
    let tally = function_words::tally(copy, None);
    let most = tally.votes.iter().copied().max().filter(|most| *most > 0 && script == "Latn")?;
    let mut codes = (0..tally.votes.len()).filter(|i| tally.votes[*i] == most).map(|i| tally.code(i));
    let code = codes.by_ref().find(|code| calendar_words::names_day(copy, code))?;
    codes.all(|other| !calendar_words::names_day(copy, other)).then_some((
        code,
        "language/calendar-words",
        Confidence::Inferred,
    ))
}

/// The text without its dateline: months, places and agencies are of any language, and a
/// month of one is a short word of another (*mai*).
fn copy_of(story: &Story) -> Cow<'_, str> {
    let text = story.text.as_str();
    let around = story.dateline.as_ref().and_then(|dateline| {
        let (start, end) = (dateline.span.start as usize, dateline.span.end as usize);
        text.get(..start).zip(text.get(end..)).filter(|_| start < end)
    });
    match around {
        Some((above, behind)) if behind.chars().take(LETTERS_MAX).any(char::is_alphabetic) => {
            Cow::Owned([above, behind].join("\n"))
        }
        _ => Cow::Borrowed(text),
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
        "Ethi" => by_letters(letters::ethiopic(text)),
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
        Votes::Enough(code) => Some((code, WORDS, Confidence::Derived)),
        Votes::Few(leading) => {
            let code = trigrams::by_trigrams(text, leading, among)?;
            // What has no word of a language is more likely of one that no trigrams are known of.
            let has_word = || function_words::tally(text, None).votes_of(code).is_some_and(|n| n > 0);
            (among.is_some() || WORDLESS.contains(&code) || has_word()).then_some(())?;
            Some((code, TRIGRAMS, Confidence::Inferred))
        }
    }
}
