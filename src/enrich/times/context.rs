//! What the sentence around an expression says of its direction: whether it looks ahead or
//! back, and where sentences begin.

use super::places::phrase_end;
use super::scan::{Class, Gap, Scan, Token};
use crate::data::times::{Kind, bit};

/// Tokens in which a word that looks ahead is sought, on either side.
const AHEAD_TOKENS_BEFORE: usize = 24;
const AHEAD_TOKENS_BEHIND: usize = 4;
/// The same behind an expression at the head of its sentence.
const HEAD_TOKENS: usize = 14;
/// Tokens between a word that looks ahead or back and the expression that it surely means.
const FIRM_TOKENS: usize = 9;
/// The same for one that looks ahead: *veut rattraper des dates repoussées en 2020*.
const FIRM_AHEAD_TOKENS: usize = 3;

/// Tokens between a verb and a bare year that it surely means.
const TIGHT_TOKENS: usize = 4;

/// Tokens between a preposition that looks ahead and its time: *by the 3rd*.
const PREP_TOKENS: usize = 1;

/// A word that looks ahead or back.
#[derive(Clone, Copy)]
pub(super) struct Cue {
    pub(super) ahead: bool,
    /// Whether it is of the same clause, and no verb of saying.
    pub(super) firm: bool,
    /// Whether it stands within [`TIGHT_TOKENS`], or the expression heads its sentence.
    pub(super) tight: bool,
}

/// Tells whether the sentence of an expression looks ahead or back: the word before it that
/// looks either way and ends nearest decides, else one behind it.
pub(super) fn leaning(scan: &Scan<'_>, first: usize, last: usize) -> Option<Cue> {
    let mut from = first;
    let mut clause = first;
    let limit = first.saturating_sub(AHEAD_TOKENS_BEFORE);
    while from > limit && !starts_sentence(scan, from) {
        from -= 1;
        if clause == from + 1 && !ends_clause(scan, from) && first - from <= FIRM_TOKENS {
            clause = from;
        }
    }
    let found =
        (from..first).filter_map(|i| looks(scan, i, first).map(|(end, value)| (end, std::cmp::Reverse(i), value)));
    if let Some((end, std::cmp::Reverse(at), value)) = found.max_by_key(|(end, at, _)| (*end, *at)) {
        let near = value == 0 || first - end <= FIRM_AHEAD_TOKENS;
        let tight = first - end <= TIGHT_TOKENS;
        return Some(Cue { ahead: value > 0, firm: at >= clause && value >= 0 && near, tight });
    }
    // At the head of a sentence the verb stands behind the comma.
    let heads = first - from <= 2 && starts_sentence(scan, from);
    let to = (last + if heads { HEAD_TOKENS } else { AHEAD_TOKENS_BEHIND }).min(scan.tokens.len());
    let stops = |i: usize| starts_sentence(scan, i) || (!heads && ends_clause(scan, i));
    let behind = (last..to).take_while(|i| !stops(*i)).find_map(|i| looks(scan, i, scan.tokens.len()));
    behind.map(|(_, value)| Cue { ahead: value > 0, firm: value >= 0, tight: true })
}

/// Returns where a phrase that looks either way ends, and its value: 1 ahead, 0 back, -1 a
/// verb of saying.
fn looks(scan: &Scan<'_>, at: usize, limit: usize) -> Option<(usize, i32)> {
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
            let far = |end: usize| phrase.value > 0 && phrase.rest.is_empty() && limit - end > PREP_TOKENS;
            let prep = token.is & bit(Kind::Prep) != 0;
            if printed && let Some(end) = phrase_end(scan, at, phrase).filter(|e| *e <= limit && !(prep && far(*e))) {
                return Some((end, phrase.value));
            }
        }
    }
    let levelled = scan.levelled(token).as_bytes();
    let ends = |ending: &str| {
        let from = levelled.len().checked_sub(ending.len()).filter(|n| *n > 1);
        from.is_some_and(|n| levelled[n..].eq_ignore_ascii_case(ending.as_bytes()))
    };
    let ending = scan.lexicon.endings.iter().find(|(e, _)| ends(e));
    ending.map(|(_, value)| (at + 1, *value))
}

fn mark_at(scan: &Scan<'_>, at: usize) -> Option<char> {
    scan.tokens.get(at).filter(|t| t.class == Class::Mark).and_then(|t| char::from_u32(t.value))
}

/// Tells whether a sentence starts at a token: at the head of a paragraph, or behind a full
/// stop that is not an abbreviation's.
pub(super) fn starts_sentence(scan: &Scan<'_>, at: usize) -> bool {
    let Some(token) = scan.tokens.get(at) else { return true };
    if at == 0 || token.gap == Gap::Paragraph {
        return true;
    }
    match mark_at(scan, at - 1) {
        Some('!' | '?' | '。' | '؟' | '।') => true,
        Some('.') => {
            let lower = |t: &Token| scan.shown(t).starts_with(|c: char| c.is_lowercase());
            let before = at.checked_sub(2).map(|i| &scan.tokens[i]);
            let short = before.is_some_and(|t| t.class == Class::Word && t.end - t.start <= 3 && !lower(t));
            token.gap != Gap::None && !lower(token) && !short
        }
        _ => false,
    }
}

fn ends_clause(scan: &Scan<'_>, at: usize) -> bool {
    matches!(mark_at(scan, at), Some(',' | '.' | ';' | ':' | '"' | '«' | '»' | '“' | '”' | '、' | '，'))
}
