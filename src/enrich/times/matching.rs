//! Rules against tokens.
//!
//! Only where a word of the lexicon or a figure stands are rules tried, and only those that
//! may begin with it. Of all that match, the longest holds; of equals, the first.

use super::amounts::is_one_number;
use super::between::Between;
use super::captures::{Captures, Read};
use super::context::{is_yearly, leaning, starts_sentence};
use super::cues::{is_known, looks};
use super::doubts::{begins_amounts, counts_noun, crosses_stop, is_name, is_of_game, is_set_apart, lacks_figure};
use super::named::{ends_in_two, is_year_of_two};
use super::places::{Match, joined, matches_from, phrase_end, roman};
use super::scan::{Class, Gap, Scan, Token};
use super::stretches::{counts_things, ends_stretch, is_end, is_two_days, join, joins_days, kind_of_two, two_days};
use crate::data::times::{ANYTHING, Build, Kind, Phrase, Place, Rule, UNITS, bit};
use crate::story::Span;

/// Reads every expression of time in a scanned text, in order.
pub(super) fn reads(scan: &Scan<'_>) -> Vec<Read> {
    let mut out: Vec<Read> = Vec::new();
    let mut at = 0;
    let (mut sentence, mut counted) = (0, 0);
    // The last expression: its token, and the one behind it.
    let mut last = (usize::MAX, usize::MAX);
    let mut inside = usize::MAX;
    // Where an expression begins that is counted from the one behind it.
    let mut counted_from = None;
    while at < scan.tokens.len() {
        match best(scan, at) {
            Some((rule, found)) => {
                if rule.build != Build::Skip {
                    sentence +=
                        u32::try_from((counted + 1..=at).filter(|i| starts_sentence(scan, *i)).count()).unwrap_or(0);
                    counted = at;
                    let before = out.len();
                    let head = counted_from.filter(|_| at <= inside + 1);
                    let (first, end) = push(scan, rule, at, head, &found, &mut out);
                    out[before..].iter_mut().for_each(|read| read.sentence = sentence);
                    if let Some(read) = out.get_mut(before) {
                        read.between = Between::of(scan, inside, first);
                    }
                    inside = end;
                    let counts =
                        matches!(rule.build, Build::Before | Build::After | Build::EarlierThan | Build::LaterThan);
                    counted_from = counts.then_some(first);
                    if out.len() > before && ends_stretch(scan, last, at) {
                        join(&mut out, before);
                    }
                    last = (at, found.end);
                }
                at = found.end.max(at + 1);
            }
            None => at += 1,
        }
    }
    share_years(scan.text, &mut out);
    out
}

/// *15 April and 18 October 2016*: the year of the second is that of the first.
fn share_years(text: &str, reads: &mut [Read]) {
    const BETWEEN_BYTES: usize = 6;
    for i in (1..reads.len()).rev() {
        let (left, right) = reads.split_at_mut(i);
        let (Some(a), b) = (left.last_mut(), &right[0]) else { continue };
        let dates = a.build == Build::Date && b.build == Build::Date;
        let between = text.get(a.span.end as usize..b.span.start as usize);
        let near = between.is_some_and(|t| t.len() <= BETWEEN_BYTES && !t.contains(['.', '\n', '(']));
        let partial = a.captures.get(Kind::Month).is_some() && a.captures.get(Kind::Yyyy).is_none();
        let same_form = a.captures.get(Kind::Dd).is_some() == b.captures.get(Kind::Dd).is_some();
        if let (true, true, true, true, Some(year)) = (dates, near, partial, same_form, b.captures.get(Kind::Yyyy)) {
            a.captures.push(Kind::Yyyy, year);
        }
    }
}

fn best(scan: &Scan<'_>, at: usize) -> Option<(&'static Rule, Match)> {
    let token = &scan.tokens[at];
    let next = scan.is(at + 1);
    let mut best = Best { scan, at, found: None };
    match token.class {
        Class::Word => {
            let Some(head) = scan.lexicon.entry(token.head).filter(|h| h.count > 0) else {
                if token.is & bit(Kind::Roman) != 0 && roman(scan.shown(token)).is_some() {
                    best.consider(Kind::Roman, 0, next);
                }
                return best.found();
            };
            if head.next & next == 0 && head.next != ANYTHING {
                return None;
            }
            let phrases = scan.lexicon.phrases(token.head);
            for (kind, value) in &head.starts {
                // Each kind once, and each literal, whatever the number of phrases.
                let same = |p: &&Phrase| p.kind == *kind && (*kind != Kind::Literal || p.value == *value);
                let mut ends = phrases.iter().filter(same).filter_map(|p| phrase_end(scan, at, p)).peekable();
                if ends.peek().is_some() {
                    let follow = ends.fold(0, |bits, end| bits | scan.is(end));
                    best.consider(*kind, *value, follow);
                }
            }
        }
        Class::Number if !is_bound(scan, at) => {
            // Behind the suffix of an ordinal anything may stand.
            let next = if next & bit(Kind::Suffix) != 0 { ANYTHING } else { next };
            for kind in [Kind::Dd, Kind::Mm, Kind::Yyyy, Kind::Int, Kind::IntOrd, Kind::Hh, Kind::Hhmm, Kind::Yy] {
                if may_be(kind, token) {
                    best.consider(kind, 0, next);
                }
            }
        }
        Class::Figures => best.consider(Kind::Figures, 0, next),
        Class::Time => best.consider(Kind::Time, 0, next),
        Class::Amount => best.consider(Kind::DotTime, 0, next),
        Class::Number | Class::Mark => {}
    }
    best.found()
}

/// The longest match at a place so far, and the number of its rule.
struct Best<'a> {
    scan: &'a Scan<'a>,
    at: usize,
    found: Option<(u16, &'static Rule, Match)>,
}

impl Best<'_> {
    /// Tries the rules that begin with a kind and go on with any of `next`.
    fn consider(&mut self, kind: Kind, value: i32, next: u64) {
        let lexicon = self.scan.lexicon;
        for candidate in lexicon.candidates(kind, value) {
            if candidate.next & next == 0 && candidate.next != ANYTHING {
                continue;
            }
            let Some(rule) = lexicon.rule(candidate.rule) else { continue };
            let mut found = Match {
                end: self.at,
                first_inside: usize::MAX,
                last_inside: self.at,
                captures: Captures::new(),
                weak: true,
            };
            if !matches_from(self.scan, &rule.places, self.at, self.at, &mut found)
                || !holds(self.scan, rule, self.at, &found)
            {
                continue;
            }
            let longer = self
                .found
                .as_ref()
                .is_none_or(|(old, _, b)| found.end > b.end || (found.end == b.end && candidate.rule < *old));
            if longer {
                self.found = Some((candidate.rule, rule, found));
            }
        }
    }

    fn found(self) -> Option<(&'static Rule, Match)> {
        self.found.map(|(_, rule, found)| (rule, found))
    }
}

/// Tells by its digits whether a number may be of a kind: spares trying its rules.
fn may_be(kind: Kind, token: &Token) -> bool {
    match kind {
        Kind::Dd | Kind::Mm | Kind::Hh => token.digits <= 2,
        Kind::Yyyy | Kind::Hhmm => token.digits == 4,
        Kind::Yy => token.digits == 2,
        Kind::IntOrd => token.value < 200,
        _ => true,
    }
}

/// Tells whether a figure is part of a name: `A320`, `Covid-19`, `$2000`.
fn is_bound(scan: &Scan<'_>, at: usize) -> bool {
    let token = &scan.tokens[at];
    let Some(before) = at.checked_sub(1).map(|i| &scan.tokens[i]) else { return false };
    match (before.class, token.gap) {
        (Class::Word, Gap::None) => {
            !crate::text::words::stands_alone(scan.shown(before).chars().next_back().unwrap_or(' '))
        }
        (Class::Word, Gap::Hyphen) => scan.lexicon.phrases(before.head).is_empty(),
        (Class::Mark, Gap::None | Gap::Blank) => {
            matches!(char::from_u32(before.value), Some('$' | '€' | '£' | '¥' | '#' | '№' | '+'))
        }
        _ => false,
    }
}

/// Tells what a rule cannot say of itself: whether a lone year or weak word is a time here.
fn holds(scan: &Scan<'_>, rule: &Rule, at: usize, found: &Match) -> bool {
    if rule.build == Build::Skip {
        return true;
    }
    // "Les années 1980": a word says that it is no count.
    if found.captures.len() == 1 && found.captures.get(Kind::Yyyy).is_some() && rule.build != Build::Decade {
        return lone_year(scan, at, found.end);
    }
    if rule.build == Build::Days && (!is_two_days(scan, at, found) || counts_things(scan, at, found)) {
        return false;
    }
    if rule.build == Build::Date && (is_named_day(scan, at, found) || crosses_stop(scan, at, found)) {
        return false;
    }
    if counts_a_year(scan, rule.build, at, found) || counts_two(scan, rule, at, found) {
        return false;
    }
    if is_name(scan, at, found) || lacks_figure(scan, at, found) || is_of_game(scan, rule.build, at, found) {
        return false;
    }
    if rule.build == Build::Date && ends_in_two(scan, at, found) && !is_year_of_two(scan, found) {
        return false;
    }
    if found.weak && found.captures.len() > 0 {
        return before_is(scan, at, Kind::Prep) || before_is(scan, at, Kind::Det) || is_set_apart(scan, at, found);
    }
    true
}

/// Tells whether a day and a month without a year are a name: *le 11-Septembre*.
fn is_named_day(scan: &Scan<'_>, at: usize, found: &Match) -> bool {
    let c = &found.captures;
    let (day, month) = (c.get(Kind::Dd).is_some(), c.get(Kind::Month).is_some());
    if !month || c.len() != 1 + usize::from(day) {
        return false;
    }
    let last = &scan.tokens[found.end - 1];
    // The month alone is not read either.
    let number = |i: usize| scan.tokens[i].class == Class::Number;
    let follows = if day {
        found.end >= at + 2 && number(found.end - 2)
    } else {
        at > 0 && at + 1 == found.end && number(at - 1)
    };
    follows
        && last.gap == Gap::Hyphen
        && last.class == Class::Word
        && scan.shown(last).starts_with(char::is_uppercase)
        && last.end - last.start > ABBREVIATED_BYTES
}

/// Bytes of the name of a month in a table: *12-Mar*.
const ABBREVIATED_BYTES: u32 = 3;

/// Tells whether what would count units is the number of a year: *2030 года*.
fn counts_a_year(scan: &Scan<'_>, build: Build, at: usize, found: &Match) -> bool {
    let counts = matches!(
        build,
        Build::Duration | Build::Ago | Build::AgoDay | Build::Hence | Build::Earlier | Build::Later | Build::After
    );
    let year = |u: i32| UNITS.get(u as usize) == Some(&"year");
    let number = |t: &Token| t.class == Class::Number && t.digits == 4;
    counts
        && found.captures.get(Kind::Unit).is_some_and(year)
        && found.captures.get(Kind::Num).is_some_and(|n| (1901..=2099).contains(&n) && n % 100 != 0)
        && scan.tokens[at..found.end].iter().any(number)
}

/// Tells whether two numbers stand before a unit that are not one: *192 a year ago*, *161 from 20 one
/// year earlier*; or whether the unit is of a word of its own, *48 year-ago*.
fn counts_two(scan: &Scan<'_>, rule: &Rule, at: usize, found: &Match) -> bool {
    let counts = matches!(
        rule.build,
        Build::Duration
            | Build::Ago
            | Build::AgoDay
            | Build::Hence
            | Build::Earlier
            | Build::EarlierThan
            | Build::Later
            | Build::LaterThan
            | Build::Before
            | Build::After
    );
    let c = &found.captures;
    if !counts || c.get(Kind::Unit).is_none() {
        return false;
    }
    let tokens = &scan.tokens[at..found.end];
    let figure = tokens.first().is_some_and(|t| t.class == Class::Number);
    // "3 to 5 years": a word stands between the two.
    let is_number = |p: &Place| p.tests.iter().any(|t| matches!(t.kind, Kind::Num | Kind::Int));
    let beside = rule.places.windows(2).any(|pair| is_number(&pair[0]) && is_number(&pair[1]));
    let two = match (c.get(Kind::Num), c.nth(Kind::Num, 1)) {
        (Some(a), Some(b)) if beside => figure || !is_one_number(a, b),
        _ => false,
    };
    // "48 year-ago": the unit belongs to what follows it, not to the figure.
    let grown = scan.tokens.get(at + 1).zip(scan.tokens.get(at + 2)).is_some_and(|(unit, behind)| {
        figure && unit.gap == Gap::Blank && behind.gap == Gap::Hyphen && behind.is & bit(Kind::Ago) != 0
    });
    two || grown
}

fn lone_year(scan: &Scan<'_>, at: usize, end: usize) -> bool {
    let token = &scan.tokens[at];
    if let Some(next) = scan.tokens.get(at + 1) {
        let near = matches!(next.gap, Gap::None | Gap::Blank | Gap::Hyphen | Gap::Line);
        if near && is_kind(scan, at + 1, Kind::Counted) {
            return false;
        }
        let mark = char::from_u32(next.value).filter(|_| next.class == Class::Mark);
        if matches!(mark, Some('%' | '€' | '$' | '°' | '£')) && near {
            return false;
        }
        if counts_noun(scan, at, end) || begins_amounts(scan, at) {
            return false;
        }
        // 1700 GMT, 2000-3000 and 1234/567 are no years.
        if next.class == Class::Number && next.gap == Gap::Hyphen && next.digits > 2 && next.value > 2200 {
            return false;
        }
    }
    // Not before its own unit: "до 2030 года".
    let named = end > at + 1 && is_kind(scan, at + 1, Kind::Unit);
    if !named && before_is(scan, at, Kind::Measure) {
        return false;
    }
    // Years of these languages are those of a calendar of their own.
    if matches!(scan.lexicon.code(), "am" | "ne" | "ti") {
        return false;
    }
    let prep = before_is(scan, at, Kind::Prep);
    match token.value {
        1900..=2099 => true,
        // Years of the Iranian calendar, in the copy of Iran and Afghanistan.
        1300..=1450 if matches!(scan.lexicon.code(), "fa" | "ps") => prep,
        1000..=1899 => prep,
        _ => false,
    }
}

/// Tells whether the token at a place begins with a phrase of a kind.
pub(super) fn is_kind(scan: &Scan<'_>, at: usize, kind: Kind) -> bool {
    let Some(token) = scan.tokens.get(at).filter(|t| t.is & bit(kind) != 0) else { return false };
    scan.lexicon.phrases(token.head).iter().any(|p| p.kind == kind && phrase_end(scan, at, p).is_some())
}

/// Tells whether a phrase of a kind ends right before a place.
pub(super) fn before_is(scan: &Scan<'_>, at: usize, kind: Kind) -> bool {
    (1..=3usize.min(at)).any(|back| {
        let from = at - back;
        let token = &scan.tokens[from];
        token.is & bit(kind) != 0
            && scan.lexicon.phrases(token.head).iter().any(|p| p.kind == kind && phrase_end(scan, from, p) == Some(at))
    })
}

/// Adds what a rule found, and returns its first token and the one behind its last. Where it
/// belongs to an expression before it, *the day before May 3*, `head` is where that begins.
fn push(
    scan: &Scan<'_>,
    rule: &Rule,
    at: usize,
    head: Option<usize>,
    found: &Match,
    out: &mut Vec<Read>,
) -> (usize, usize) {
    let mut first = found.first_inside.min(found.end.saturating_sub(1));
    let last = found.last_inside.max(first + 1);
    let bare = found.captures.len() == 1 && found.captures.get(Kind::Yyyy).is_some();
    let hyphens = scan.tokens[first + 1..last].iter().any(|t| t.gap == Gap::Hyphen);
    if !bare && !hyphens && first > 0 && joined(scan.tokens[first].gap) && is_kind(scan, first - 1, Kind::Det) {
        let ends_here = scan.lexicon.phrases(scan.tokens[first - 1].head).iter();
        if ends_here.filter(|p| p.kind == Kind::Det).any(|p| phrase_end(scan, first - 1, p) == Some(first)) {
            first -= 1;
        }
    }
    let lean = leaning(scan, head.unwrap_or(first), last);
    let is_day = found.captures.get(Kind::Dd).is_some() && found.captures.get(Kind::Yyyy).is_none();
    let yearly = rule.build != Build::Weekday && is_day && is_yearly(scan, first, last);
    let both = if rule.build == Build::Days { two_days(scan, at, found) } else { None };
    let joins = both.is_some_and(|(a, b)| joins_days(scan, at, a, b));
    let read = |first: usize, last: usize, captures: Captures, ends_stretch: bool| Read {
        span: Span { start: scan.tokens[first].start, end: scan.tokens[last - 1].end },
        build: rule.build,
        captures,
        lean: lean.map(|c| c.ahead),
        firm: lean.filter(|c| c.firm).map(|c| c.ahead),
        tight: lean.filter(|c| c.firm && c.tight).map(|c| c.ahead),
        sure: lean.is_some_and(|c| c.sure),
        yearly,
        sentence: 0,
        ends_stretch,
        joins: ends_stretch && joins,
        is_end: is_end(scan, first),
        between: Between::FAR,
        of_noun: of_noun(scan, rule.build, first, last),
    };
    let Some((a, b)) = both else {
        out.push(read(first, last, found.captures, false));
        return (first, last);
    };
    let suffixed = |i: usize| i + 1 < b && scan.tokens[i + 1].gap == Gap::None && is_kind(scan, i + 1, Kind::Suffix);
    let month_first = scan.tokens[at].class == Class::Word && scan.tokens[at].is & bit(Kind::Month) != 0;
    let end = a + 1 + usize::from(suffixed(a));
    let start = if month_first { at } else { a.min(first) };
    let two = kind_of_two(found);
    let rising = found.captures.get(two) < found.captures.nth(two, 1);
    out.push(read(start, end, found.captures.without(two, 1), false));
    let second = read(b, last.max(b + 1), found.captures.without(two, 0), rising);
    out.push(Read { between: Between::of(scan, end, b), ..second });
    (start, last.max(b + 1))
}

/// Tells whether a word that no table knows may be what an amount is counted from: *la veille il*,
/// *seçimden iki gün önce*.
fn of_noun(scan: &Scan<'_>, build: Build, first: usize, last: usize) -> bool {
    match build {
        Build::EarlierThan | Build::LaterThan => noun_behind(scan, last),
        Build::Ago | Build::Hence => noun_before(scan, first),
        _ => false,
    }
}

fn noun_behind(scan: &Scan<'_>, at: usize) -> bool {
    scan.tokens.get(at).is_some_and(|t| {
        let unknown = !is_known(scan, t) && !scan.shown(t).starts_with(char::is_uppercase);
        t.class == Class::Word
            && matches!(t.gap, Gap::Blank | Gap::Line)
            && (unknown || t.is & bit(Kind::Det) != 0)
            && looks(scan, at, scan.tokens.len()).is_none()
    })
}

/// Turkish puts a noun in the ablative before the amount, Korean a noun without a particle.
fn noun_before(scan: &Scan<'_>, first: usize) -> bool {
    const ABLATIVE: [&str; 4] = ["den", "dan", "ten", "tan"];
    const PARTICLES: [char; 16] =
        ['은', '는', '이', '가', '을', '를', '에', '서', '의', '와', '과', '도', '로', '만', '고', '며'];
    let Some(noun) = first.checked_sub(1).map(|i| &scan.tokens[i]) else { return false };
    let shown = scan.shown(noun);
    let near = noun.class == Class::Word && matches!(scan.tokens[first].gap, Gap::Blank | Gap::Line);
    near && !is_known(scan, noun)
        && match scan.lexicon.code() {
            "tr" => ABLATIVE.iter().any(|e| shown.len() > e.len() + 1 && shown.ends_with(e)),
            "ko" => !shown.ends_with(PARTICLES),
            _ => false,
        }
}
