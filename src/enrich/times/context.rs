//! What the sentence around an expression says of its direction: whether it looks ahead or
//! back, and where sentences begin.

use super::places::phrase_end;
use super::scan::{Class, Gap, Scan, Token};
use crate::data::times::{Kind, REST, bit};

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

/// Tokens at most before an expression that heads its clause: *que le samedi*.
const HEAD_TOKENS_BEFORE: usize = 3;
/// Tokens before an expression in which a participle is sought.
const PARTICIPLE_TOKENS: usize = 2;
/// Letters behind the beginning of a verb that make it one: *سيزور*.
const STEM_LETTERS: usize = 3;

/// Values of the words `ahead` that are no cues: what only looks like a verb, what begins a
/// clause, what joins two.
const NO_VERB: i32 = 2;
const SUBORDINATES: i32 = 3;
const COORDINATES: i32 = 4;
/// The value of a word that looks ahead and takes a participle with it: *will*.
const AUXILIARY: i32 = 5;
/// Tokens between such a word and its participle.
const AUXILIARY_TOKENS: usize = 4;
/// The value of endings of participles.
const PARTICIPLE: i32 = -1;

/// What times are made of.
const TIMES: u64 = bit(Kind::Weekday) | bit(Kind::Month) | bit(Kind::Dd) | bit(Kind::Day) | bit(Kind::Yyyy);

/// A word that looks ahead or back.
#[derive(Clone, Copy)]
pub(super) struct Cue {
    pub(super) ahead: bool,
    /// Whether it is of the same clause, and no verb of saying.
    pub(super) firm: bool,
    /// Whether it stands within [`TIGHT_TOKENS`], or the expression heads its sentence.
    pub(super) tight: bool,
}

/// Languages whose verb ends its clause: what stands behind a time is asked first.
const VERB_LAST: [&str; 4] = ["tr", "fa", "ja", "ko"];

/// Tells whether the sentence of an expression looks ahead or back: the verb of its clause
/// decides, of several the nearest; else a word of the clauses before it.
pub(super) fn leaning(scan: &Scan<'_>, first: usize, last: usize) -> Option<Cue> {
    let around = Around::of(scan, first, last);
    let before = || around.before(around.own).or_else(|| around.participle());
    let found = if VERB_LAST.contains(&scan.lexicon.code) {
        around.behind().or_else(before)
    } else {
        before().or_else(|| around.behind())
    };
    found.or_else(|| around.before(around.sentence))
}

/// What stands around an expression.
struct Around<'a> {
    scan: &'a Scan<'a>,
    first: usize,
    last: usize,
    /// First token of its sentence, as far as is looked.
    sentence: usize,
    /// First token of its clause.
    own: usize,
    /// First token near it with no mark between.
    firm: usize,
}

impl<'a> Around<'a> {
    fn of(scan: &'a Scan<'a>, first: usize, last: usize) -> Around<'a> {
        let (mut sentence, mut own, mut firm) = (first, None, first);
        let limit = first.saturating_sub(AHEAD_TOKENS_BEFORE);
        while sentence > limit && !starts_sentence(scan, sentence) {
            sentence -= 1;
            let ends = ends_clause(scan, sentence);
            if firm == sentence + 1 && !ends && first - sentence <= FIRM_TOKENS {
                firm = sentence;
            }
            if own.is_none() {
                if ends {
                    own = Some(sentence + 1);
                } else if begins_clause(scan, sentence, first) {
                    own = Some(sentence);
                }
            }
        }
        Around { scan, first, last, sentence, own: own.unwrap_or(sentence), firm }
    }

    /// The word between a place and the expression that looks either way and ends nearest.
    fn before(&self, from: usize) -> Option<Cue> {
        let looks = |i| looks(self.scan, i, self.first).map(|(end, value)| (end, std::cmp::Reverse(i), value));
        let (end, std::cmp::Reverse(at), value) =
            (from..self.first).filter_map(looks).max_by_key(|(e, at, _)| (*e, *at))?;
        let value = if value <= 0 && self.is_to_come(from, at) { 1 } else { value };
        let near = value == 0 || self.first - end <= FIRM_AHEAD_TOKENS;
        let tight = self.first - end <= TIGHT_TOKENS;
        Some(Cue { ahead: value > 0, firm: at >= self.firm && value >= 0 && near, tight })
    }

    /// *Will be held from*: a participle behind an auxiliary of the future is no past.
    fn is_to_come(&self, from: usize, at: usize) -> bool {
        let near = at.saturating_sub(AUXILIARY_TOKENS).max(from);
        (near..at).any(|i| looks(self.scan, i, at).is_some_and(|(_, value)| value == AUXILIARY))
    }

    /// *The man arrested Monday*: a participle right before a time takes it from the verb.
    fn participle(&self) -> Option<Cue> {
        let from = self.first.saturating_sub(PARTICIPLE_TOKENS).max(self.own);
        let found = (from..self.first).any(|i| ending(self.scan, i, true).is_some());
        found.then_some(Cue { ahead: false, firm: false, tight: false })
    }

    /// The first word behind the expression that looks either way: near it, or anywhere in the
    /// clause that it heads.
    fn behind(&self) -> Option<Cue> {
        let scan = self.scan;
        let heads_sentence = self.first - self.sentence <= 2 && starts_sentence(scan, self.sentence);
        let heads =
            heads_sentence || self.first - self.own <= HEAD_TOKENS_BEFORE || VERB_LAST.contains(&scan.lexicon.code);
        let to = (self.last + if heads { HEAD_TOKENS } else { AHEAD_TOKENS_BEHIND }).min(scan.tokens.len());
        let mut at = self.last;
        while at < to && !starts_sentence(scan, at) {
            // At the head of a sentence the verb stands behind the comma.
            let comma = matches!(mark_at(scan, at), Some(',' | '،' | '、' | '，'));
            if ends_clause(scan, at) && !(heads_sentence && comma) {
                return None;
            }
            match clause_word(scan, at) {
                Some(SUBORDINATES) => at = self.behind_insertion(at, to)?,
                Some(COORDINATES) if (!heads || at == self.last) && !joins_times(scan, at, self.first) => return None,
                _ => {}
            }
            if let Some((_, value)) = looks(scan, at, scan.tokens.len()) {
                return Some(Cue { ahead: value > 0, firm: value >= 0, tight: true });
            }
            at += 1;
        }
        None
    }

    /// *Samedi, le maire, qui est malade, viendra*: returns the end of a clause between commas.
    fn behind_insertion(&self, at: usize, to: usize) -> Option<usize> {
        let opened = at > self.last && mark_at(self.scan, at - 1) == Some(',');
        let end = (at..to).find(|i| ends_clause(self.scan, *i) || starts_sentence(self.scan, *i)).filter(|_| opened)?;
        (mark_at(self.scan, end) == Some(',')).then_some(end)
    }
}

/// Tells whether a clause begins with a word before the expression at `first`.
fn begins_clause(scan: &Scan<'_>, at: usize, first: usize) -> bool {
    match clause_word(scan, at) {
        Some(SUBORDINATES) => true,
        // "Lundi il est parti et vendredi il reviendra", but "lundi et vendredi".
        Some(_) => first - at <= HEAD_TOKENS_BEFORE && !joins_times(scan, at, first),
        None => false,
    }
}

/// Tells whether a word that joins stands between two times.
fn joins_times(scan: &Scan<'_>, at: usize, first: usize) -> bool {
    let time = |i: usize| scan.tokens.get(i).is_some_and(|t| t.is & TIMES != 0);
    let before = at.checked_sub(1).is_some_and(time);
    before && (first > at || (at + 1..=at + HEAD_TOKENS_BEFORE).any(time))
}

/// Returns how a word begins a clause, where it does.
fn clause_word(scan: &Scan<'_>, at: usize) -> Option<i32> {
    let token = &scan.tokens[at];
    if token.is & bit(Kind::Ahead) == 0 {
        return None;
    }
    let phrases = scan.lexicon.phrases(token.head).iter();
    let found = phrases.filter(|p| p.kind == Kind::Ahead && matches!(p.value, SUBORDINATES | COORDINATES));
    found.filter(|p| phrase_end(scan, at, p).is_some()).map(|p| p.value).next()
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
                let is_cue = phrase.value < NO_VERB || phrase.value == AUXILIARY;
                return is_cue.then_some((end, phrase.value));
            }
        }
    }
    ending(scan, at, false).map(|value| (at + 1, value))
}

/// Returns what the letters of a verb say, of participles where they are asked for. A word of
/// the tables is none, nor is a name; accents are compared, since *viajara* is no *viajará*.
fn ending(scan: &Scan<'_>, at: usize, participle: bool) -> Option<i32> {
    let token = &scan.tokens[at];
    let known = |t: &Token| scan.lexicon.entry(t.head).is_some_and(|h| h.is != REST);
    if token.class != Class::Word || known(token) {
        return None;
    }
    let shown = scan.shown(token);
    if shown.starts_with(char::is_uppercase) && !starts_sentence(scan, at) {
        return None;
    }
    let letters =
        |affix: &str| shown.len().checked_sub(affix.len()).is_some_and(|n| shown.is_char_boundary(n) && n > 1);
    let fits = |(affix, value): &&(&str, i32)| {
        (*value == PARTICIPLE) == participle
            && match affix.strip_suffix('-') {
                Some(start) => {
                    shown.starts_with(start) && shown.chars().count() >= start.chars().count() + STEM_LETTERS
                }
                None => letters(affix) && shown.ends_with(affix),
            }
    };
    scan.lexicon.endings.iter().find(fits).map(|(_, value)| *value)
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
