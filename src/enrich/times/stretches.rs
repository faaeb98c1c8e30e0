//! Stretches of time: an expression that begins one and the expression that ends it.

use super::captures::Read;
use super::matching::is_kind;
use super::places::{Match, phrase_end};
use super::scan::{Class, Gap, Scan, Token};
use crate::data::times::{Kind, Phrase, REST, bit};

/// Values of the words `range`: joins the ends of a stretch; stands before both; joins them
/// behind such a word.
const JOINS: i32 = 1;
const BETWEEN: i32 = 2;
const JOINS_BEHIND: i32 = 3;
/// Leads to the end of something and joins nothing: *by 2050*.
const ENDS: i32 = 4;

/// Tells whether a word joins the two ends of a stretch, or stands before both.
pub(super) fn is_joiner(scan: &Scan<'_>, token: &Token) -> bool {
    token.is & bit(Kind::Range) != 0
        && scan.lexicon.phrases(token.head).iter().any(|p| p.kind == Kind::Range && p.value != ENDS)
}

/// Tells whether a phrase of such a word is for a place of a rule.
pub(super) fn joins(phrase: &Phrase) -> bool {
    phrase.kind != Kind::Range || phrase.value != ENDS
}

/// *Until 2034*, *bis Ende 2034*, *by 2050*: tells whether a word that leads to an end stands right
/// before a place.
pub(super) fn is_end(scan: &Scan<'_>, at: usize) -> bool {
    range_before(scan, at, JOINS) || range_before(scan, at, ENDS)
}

/// What a stretch ends with lies where what it begins with does.
pub(super) fn join(reads: &mut [Read], at: usize) {
    let (left, right) = reads.split_at_mut(at);
    let (Some(begin), Some(end)) = (left.last(), right.first_mut()) else { return };
    (end.ends_stretch, end.joins) = (true, true);
    if begin.lean.is_some() {
        (end.lean, end.sure) = (begin.lean, begin.sure);
    }
    end.yearly |= begin.yearly;
}

/// Tells whether nothing but a word or mark that joins the ends of a stretch stands between an
/// expression and the token at `to`: *from Monday to Friday*, *17.–19. März*.
pub(super) fn ends_stretch(scan: &Scan<'_>, (first, from): (usize, usize), to: usize) -> bool {
    if from >= to {
        return from == to && scan.tokens[to].gap == Gap::Hyphen;
    }
    let dash = from + 1 == to && scan.tokens[from].is & bit(Kind::Dash) != 0;
    let ends = range_ends(scan, from, JOINS);
    let between = || range_before(scan, first, BETWEEN);
    let ends = ends.chain(range_ends(scan, from, JOINS_BEHIND).filter(|_| between()));
    let word = ends.into_iter().any(|end| {
        // "du 3 mars au 5 mars", "dal 3 al 5": an article may follow.
        end == to || (end + 1 == to && is_kind(scan, end, Kind::Det))
    });
    dash || word
}

/// Returns where words that join a stretch end which begin at a place.
pub(super) fn range_ends<'a>(scan: &'a Scan<'_>, at: usize, value: i32) -> impl Iterator<Item = usize> + 'a {
    let head = scan.tokens.get(at).map_or(0, |t| t.head);
    let phrases = scan.lexicon.phrases(head).iter().filter(move |p| p.kind == Kind::Range && p.value == value);
    phrases.filter_map(move |p| phrase_end(scan, at, p))
}

/// Tells whether such a word ends before a place, with an article between at the most.
pub(super) fn range_before(scan: &Scan<'_>, at: usize, value: i32) -> bool {
    const BACK_TOKENS: usize = 3;
    let article = usize::from(at > 0 && is_kind(scan, at - 1, Kind::Det));
    (at.saturating_sub(BACK_TOKENS)..at).any(|i| range_ends(scan, i, value).any(|end| end == at || end + article == at))
}

/// The kind of what a rule has two of: days, or where it has none months, *7～9月*.
pub(super) fn kind_of_two(found: &Match) -> Kind {
    if found.captures.get(Kind::Dd).is_some() { Kind::Dd } else { Kind::Month }
}

/// Returns the tokens of the two days of one month, *14 to 16 June*, or the two months of one year.
pub(super) fn two_days(scan: &Scan<'_>, at: usize, found: &Match) -> Option<(usize, usize)> {
    let kind = kind_of_two(found);
    let (a, b) = (found.captures.get(kind)?, found.captures.nth(kind, 1)?);
    let is = |i: &usize, day: i32| {
        let token = &scan.tokens[*i];
        token.class == Class::Number && token.digits <= 2 && i32::try_from(token.value) == Ok(day)
    };
    let first = (at..found.end).find(|i| is(i, a))?;
    let second = (first + 1..found.end).find(|i| is(i, b))?;
    Some((first, second))
}

/// Two days with nothing between them are two only with a hyphen there: *15-17 марта*.
pub(super) fn is_two_days(scan: &Scan<'_>, at: usize, found: &Match) -> bool {
    two_days(scan, at, found).is_none_or(|(first, second)| second > first + 1 || scan.tokens[second].gap == Gap::Hyphen)
}

/// *Ruled on May 3 to 4 people*: tells whether a second number without its month counts what
/// follows it.
pub(super) fn counts_things(scan: &Scan<'_>, at: usize, found: &Match) -> bool {
    let Some((_, second)) = two_days(scan, at, found) else { return false };
    let Some(next) = scan.tokens.get(found.end).filter(|_| second + 1 == found.end) else { return false };
    let joined = scan.tokens[second].gap == Gap::Hyphen || scan.tokens[second - 1].is & bit(Kind::Dash) != 0;
    let small = scan.shown(next).starts_with(|c: char| c.is_lowercase());
    let known = scan.lexicon.entry(next.head).is_some_and(|h| h.is != REST);
    !joined
        && next.class == Class::Word
        && matches!(next.gap, Gap::Blank | Gap::Line)
        && small
        && (!known || is_kind(scan, found.end, Kind::Counted) || is_kind(scan, found.end, Kind::Unit))
}

/// Tells whether two days of one month are the ends of a stretch: *14 to 16 June*, *between 14
/// and 16 June*, but *14 and 16 June*.
pub(super) fn joins_days(scan: &Scan<'_>, at: usize, a: usize, b: usize) -> bool {
    let dash = |t: &Token| t.gap == Gap::Hyphen || t.is & bit(Kind::Dash) != 0;
    scan.tokens[a + 1..=b].iter().any(dash)
        || (a + 1..b).any(|i| {
            range_ends(scan, i, JOINS).next().is_some()
                || (range_ends(scan, i, JOINS_BEHIND).next().is_some() && range_before(scan, at, BETWEEN))
        })
}
