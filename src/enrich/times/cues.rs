//! Words and endings of verbs that tell whether a sentence looks ahead or back.

use super::context::starts_sentence;
use super::places::phrase_end;
use super::scan::{Class, Gap, Scan, Token};
use crate::data::times::{Kind, REST, bit};

/// Values of the words `ahead`, as `data/times/any.tsv` tells them: 1 looks ahead and 0 back.
pub(super) mod value {
    /// Joins a time to a noun, so that no verb has it for its time: *the summit of*.
    pub(in super::super) const GENITIVE: i32 = -2;
    /// Says something.
    pub(in super::super) const SAYING: i32 = -1;
    pub(in super::super) const BACK: i32 = 0;
    /// Only looks like a verb by its letters.
    pub(in super::super) const NO_VERB: i32 = 2;
    /// Begins a clause: *that*.
    pub(in super::super) const SUBORDINATE: i32 = 3;
    /// Joins two: *and*.
    pub(in super::super) const COORDINATE: i32 = 4;
    /// Looks ahead and takes a participle with it: *will*.
    pub(in super::super) const AUXILIARY: i32 = 5;
    /// A noun follows, so that what looks like a verb is an adjective: *a disputed vote*.
    pub(in super::super) const NOUN_FOLLOWS: i32 = 6;
    /// Looks ahead right before a day: *for June 9*.
    pub(in super::super) const FOR_A_DAY: i32 = 7;
    /// A verb still to be done, which leaves it open what a past verb is the time of: *agreed to pay*.
    pub(in super::super) const INFINITIVE: i32 = 8;
    /// Tells what comes back every year: *born*.
    pub(in super::super) const YEARLY: i32 = 9;
    /// Looks ahead, but tells nothing for certain: *target*.
    pub(in super::super) const AHEAD_WEAK: i32 = 10;
    /// Looks back where a participle follows: *hat*.
    pub(in super::super) const PERFECT: i32 = 11;
    /// Looks back right before a time: *since*.
    pub(in super::super) const SINCE: i32 = 14;
    /// The same, but where a stretch begins or the verb looks ahead it is its beginning: *dal*.
    pub(in super::super) const FROM: i32 = 15;
    /// Looks back, but tells nothing for certain: *results*.
    pub(in super::super) const BACK_WEAK: i32 = 13;
    /// A verb of the present that tells of what is to come beside a day, and nothing for certain:
    /// *Leeds visit Hull on Saturday*.
    pub(in super::super) const PRESENT: i32 = 17;
    /// Looks ahead, and what its subject is dated by is when it takes place: *the meeting of June 14
    /// will be held*.
    pub(in super::super) const HAPPENS: i32 = 16;
    /// The value of endings of participles, and of those that count only behind such a word.
    pub(in super::super) const PARTICIPLE: i32 = -1;
    pub(in super::super) const BOUND_PARTICIPLE: i32 = 12;
}

/// Letters behind the beginning of a verb that make it one: *سيزور*.
const STEM_LETTERS: usize = 3;

/// Tokens between a preposition that looks ahead and its time: *by the 3rd*.
const PREP_TOKENS: usize = 1;

/// Returns where the first phrase of the table ends whose value suits, and that value.
pub(super) fn value_of(scan: &Scan<'_>, at: usize, suits: impl Fn(i32) -> bool) -> Option<(usize, i32)> {
    let token = scan.tokens.get(at).filter(|t| t.is & bit(Kind::Ahead) != 0)?;
    let phrases = scan.lexicon.phrases(token.head).iter().filter(|p| p.kind == Kind::Ahead && suits(p.value));
    phrases.filter_map(|p| phrase_end(scan, at, p).map(|end| (end, p.value))).next()
}

pub(super) fn noun_follows(scan: &Scan<'_>, at: usize) -> bool {
    value_of(scan, at, |v| v == value::NOUN_FOLLOWS).is_some_and(|(end, _)| end == at + 1)
}

/// Tells whether a word is, or begins, a verb still to be done: *fermer*, *to close*.
pub(super) fn is_infinitive(scan: &Scan<'_>, at: usize) -> bool {
    let verb = |t: &Token| {
        let small = scan.shown(t).starts_with(|c: char| c.is_lowercase());
        t.class == Class::Word && small && !is_known(scan, t)
    };
    let to = value_of(scan, at, |v| v == value::INFINITIVE).filter(|_| !noun_follows(scan, at + 1));
    to.and_then(|(end, _)| scan.tokens.get(end)).is_some_and(verb)
        || ending(scan, at, |v| v == value::INFINITIVE, false).is_some()
}

/// Tells whether a value looks ahead.
pub(super) fn is_ahead(told: i32) -> bool {
    matches!(told, 1 | value::AUXILIARY | value::AHEAD_WEAK | value::HAPPENS | value::PRESENT)
}

/// Tells whether a word is one of the table.
pub(super) fn is_known(scan: &Scan<'_>, token: &Token) -> bool {
    // A word that only tells of games is not known to be anything else.
    let known = |is: u64| if is == 0 { true } else { !matches!(is & !bit(Kind::Game), 0 | REST) };
    scan.lexicon.entry(token.head).is_some_and(|h| known(h.is))
}

/// Returns where a phrase that looks either way ends, and its value.
pub(super) fn looks(scan: &Scan<'_>, at: usize, limit: usize) -> Option<(usize, i32)> {
    let token = &scan.tokens[at];
    if token.class != Class::Word {
        return None;
    }
    if token.is & bit(Kind::Ahead) != 0 {
        // French "a" is no "à": one letter is compared as it is printed.
        let accented = scan.levelled(token).len() == 1 && !scan.shown(token).is_ascii();
        for phrase in scan.lexicon.phrases(token.head).iter().filter(|p| p.kind == Kind::Ahead) {
            let printed = !accented || !phrase.rest.is_empty();
            // "Taken by the police on Dec 2": a preposition looks ahead only right at its time.
            let far = |end: usize| is_ahead(phrase.value) && phrase.rest.is_empty() && limit - end > PREP_TOKENS;
            let prep = token.is & bit(Kind::Prep) != 0;
            if printed && let Some(end) = phrase_end(scan, at, phrase).filter(|e| *e <= limit && !(prep && far(*e))) {
                match phrase.value {
                    value::NO_VERB => return None,
                    // What else the word is does not make it a verb.
                    value::SUBORDINATE
                    | value::COORDINATE
                    | value::NOUN_FOLLOWS
                    | value::FOR_A_DAY
                    | value::INFINITIVE
                    | value::GENITIVE
                    | value::YEARLY => {}
                    value::PRESENT if !is_verb(scan, at, end) => {}
                    told => return Some((end, told)),
                }
            }
        }
    }
    let told = ending(scan, at, |v| matches!(v, value::BACK | 1 | value::NO_VERB), true)?;
    (told != value::NO_VERB).then_some((at + 1, told))
}

/// Tells whether a word that may be a noun is a verb of the present: *Leeds visit Hull*, and not *a
/// visit*, *an official visit* or *to visit*.
fn is_verb(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return scan.lexicon.code() != "en" };
    let to = value_of(scan, before, |v| v == value::INFINITIVE).is_some();
    let shown = scan.shown(&scan.tokens[at]);
    if noun_follows(scan, before) || to {
        return false;
    }
    // Of English words the subject tells: a name, a plural, "side".
    let subject = || {
        let shown = scan.shown(&scan.tokens[before]);
        shown == ","
            || shown.starts_with(char::is_uppercase)
            || (shown.ends_with('s') && scan.tokens[before].gap != Gap::Apostrophe)
            || matches!(shown, "side" | "team" | "who" | "they" | "we" | "men" | "women")
    };
    scan.lexicon.code() != "en" || end > at + 1 || shown.ends_with('s') || subject()
}

/// Returns what the letters of a verb say, of the values that suit. A word of the tables is
/// none, nor is a name; accents are compared, since *viajara* is no *viajará*. Where the word
/// must be a verb by itself, none is behind an article or preposition: *a disputed vote*.
pub(super) fn ending(scan: &Scan<'_>, at: usize, suits: impl Fn(i32) -> bool, alone: bool) -> Option<i32> {
    let token = &scan.tokens[at];
    if token.class != Class::Word || is_known(scan, token) {
        return None;
    }
    let capitals = is_in_capitals(scan, at);
    let small = if capitals { scan.shown(token).to_lowercase() } else { String::new() };
    let shown = if capitals { small.as_str() } else { scan.shown(token) };
    if shown.starts_with(char::is_uppercase) && !starts_sentence(scan, at) {
        return None;
    }
    if alone && (token.gap == Gap::Hyphen || at.checked_sub(1).is_some_and(|i| noun_follows(scan, i))) {
        return None;
    }
    // Behind its auxiliary a participle may be as short as "vu".
    let short = |form: &str, told: i32| told == value::BOUND_PARTICIPLE && shown.len() == form.len() + 1;
    let fits = |(form, told): &&(Box<str>, i32)| {
        suits(*told) && (has_form(shown, form) || (short(form, *told) && shown.ends_with(&**form)))
    };
    scan.lexicon.endings.iter().find(fits).map(|(_, told)| *told)
}

/// Tells whether a word stands in a line of capitals; English names there end as its verbs do, *AHMED*.
fn is_in_capitals(scan: &Scan<'_>, at: usize) -> bool {
    const LETTERS: usize = 3;
    let large = |i: usize| {
        scan.tokens.get(i).is_some_and(|t| {
            let shown = scan.shown(t);
            t.class == Class::Word && shown.chars().count() >= LETTERS && shown.chars().all(char::is_uppercase)
        })
    };
    scan.lexicon.code() != "en" && large(at) && (large(at + 1) || at.checked_sub(1).is_some_and(large))
}

/// Tells whether a word has an ending, *ront*; a beginning, *سي-*; or both, *ge-t*.
pub(super) fn has_form(shown: &str, form: &str) -> bool {
    match form.split_once('-') {
        Some((start, end)) => {
            let stem = shown.strip_prefix(start).and_then(|s| s.strip_suffix(end));
            stem.is_some_and(|s| s.chars().count() >= STEM_LETTERS)
        }
        None => shown.strip_suffix(form).is_some_and(|stem| stem.len() != 1),
    }
}
