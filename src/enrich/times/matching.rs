//! Rules against tokens.
//!
//! Only where a word of the lexicon or a figure stands are rules tried, and only those that
//! may begin with it. Of all that match, the longest holds; of equals, the first.

use super::context::{leaning, starts_sentence};
use super::scan::{Class, Gap, Scan, Token};
use crate::data::times::{ANYTHING, Build, Kind, Phrase, Place, Rule, Test, bit};
use crate::story::Span;

/// Values of one expression: rules have fewer places.
const CAPTURES_MAX: usize = 12;

/// What a rule's places held, in order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Captures {
    list: [(Kind, i32); CAPTURES_MAX],
    len: usize,
}

impl Captures {
    fn new() -> Captures {
        Captures { list: [(Kind::Literal, 0); CAPTURES_MAX], len: 0 }
    }

    fn push(&mut self, kind: Kind, value: i32) {
        if self.len < CAPTURES_MAX {
            self.list[self.len] = (kind, value);
            self.len += 1;
        }
    }

    /// Returns the first value of a kind.
    pub(crate) fn get(&self, kind: Kind) -> Option<i32> {
        self.nth(kind, 0)
    }

    /// Returns the value of a kind that stands `n` behind the first of it.
    pub(crate) fn nth(&self, kind: Kind, n: usize) -> Option<i32> {
        self.all().filter(|(k, _)| *k == kind).nth(n).map(|(_, v)| v)
    }

    /// Returns kinds and values in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Kind, i32)> + '_ {
        self.list[..self.len].iter().copied()
    }

    /// Returns how many values there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }
}

/// An expression of time as it was read, before it is resolved against anything.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Read {
    /// Where it stands.
    pub(crate) span: Span,
    /// What is made of it.
    pub(crate) build: Build,
    /// The values in it.
    pub(crate) captures: Captures,
    /// Whether its sentence looks ahead or back; `None` where it does not tell.
    pub(crate) lean: Option<bool>,
    /// The same, where the word that tells stands in the same clause.
    pub(crate) firm: Option<bool>,
    /// The same, where it stands right there.
    pub(crate) tight: Option<bool>,
    /// Number of its sentence.
    pub(crate) sentence: u32,
}

/// A rule that matched.
struct Match {
    end: usize,
    first_inside: usize,
    last_inside: usize,
    captures: Captures,
    weak: bool,
}

/// Reads every expression of time in a scanned text, in order.
pub(super) fn reads(scan: &Scan<'_>) -> Vec<Read> {
    let mut out: Vec<Read> = Vec::new();
    let mut at = 0;
    let (mut sentence, mut counted) = (0, 0);
    while at < scan.tokens.len() {
        match best(scan, at) {
            Some((rule, found)) => {
                if rule.build != Build::Skip {
                    sentence +=
                        u32::try_from((counted + 1..=at).filter(|i| starts_sentence(scan, *i)).count()).unwrap_or(0);
                    counted = at;
                    push(scan, rule, &found, &mut out);
                    if let Some(last) = out.last_mut() {
                        last.sentence = sentence;
                    }
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
            for (kind, value) in head.starts {
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
            if !matches_from(self.scan, rule.places, self.at, self.at, &mut found)
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
    if found.captures.len() == 1 && found.captures.get(Kind::Yyyy).is_some() {
        return lone_year(scan, at);
    }
    if found.weak && found.captures.len() > 0 {
        return before_is(scan, at, Kind::Prep) || before_is(scan, at, Kind::Det);
    }
    true
}

fn lone_year(scan: &Scan<'_>, at: usize) -> bool {
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
        // 1700 GMT, 2000-3000 and 1234/567 are no years.
        if next.class == Class::Number && next.gap == Gap::Hyphen && next.digits > 2 && next.value > 2200 {
            return false;
        }
    }
    if before_is(scan, at, Kind::Measure) {
        return false;
    }
    let prep = before_is(scan, at, Kind::Prep);
    match token.value {
        1900..=2099 => true,
        // Years of the Iranian calendar, in the copy of Iran and Afghanistan.
        1300..=1450 if matches!(scan.lexicon.code, "fa" | "ps") => prep,
        1000..=1899 => prep,
        _ => false,
    }
}

/// Tells whether the token at a place begins with a phrase of a kind.
fn is_kind(scan: &Scan<'_>, at: usize, kind: Kind) -> bool {
    let Some(token) = scan.tokens.get(at).filter(|t| t.is & bit(kind) != 0) else { return false };
    scan.lexicon.phrases(token.head).iter().any(|p| p.kind == kind && phrase_end(scan, at, p).is_some())
}

/// Tells whether a phrase of a kind ends right before a place.
fn before_is(scan: &Scan<'_>, at: usize, kind: Kind) -> bool {
    (1..=3usize.min(at)).any(|back| {
        let from = at - back;
        let token = &scan.tokens[from];
        token.is & bit(kind) != 0
            && scan.lexicon.phrases(token.head).iter().any(|p| p.kind == kind && phrase_end(scan, from, p) == Some(at))
    })
}

/// Matches the places behind `at`; `found.end` is where the rule ends.
fn matches_from(scan: &Scan<'_>, places: &[Place], start: usize, at: usize, found: &mut Match) -> bool {
    let Some((place, rest)) = places.split_first() else {
        found.end = at;
        return true;
    };
    let suits = |t: &Token| t.is & place.takes != 0 && (at == start || joined(t.gap));
    if scan.tokens.get(at).is_some_and(suits) {
        for test in place.tests {
            if try_test(scan, *test, place, rest, start, at, found) {
                return true;
            }
        }
    }
    place.optional && matches_from(scan, rest, start, at, found)
}

/// Tells whether an expression may reach over a gap.
fn joined(gap: Gap) -> bool {
    gap != Gap::Paragraph
}

fn try_test(
    scan: &Scan<'_>,
    test: Test,
    place: &Place,
    rest: &[Place],
    start: usize,
    at: usize,
    found: &mut Match,
) -> bool {
    let saved = (found.captures.len, found.first_inside, found.last_inside, found.weak);
    let go_on = |found: &mut Match, end: usize, values: &[(Kind, i32)], weak: bool| {
        if place.inside {
            found.first_inside = found.first_inside.min(at);
            found.last_inside = end;
        }
        for (kind, value) in values {
            found.captures.push(*kind, *value);
        }
        found.weak &= weak || values.is_empty();
        if matches_from(scan, rest, start, end, found) {
            return true;
        }
        (found.captures.len, found.first_inside, found.last_inside, found.weak) = saved;
        false
    };
    let token = &scan.tokens[at];
    if test.kind.is_word() {
        for phrase in scan.lexicon.phrases(token.head) {
            if phrase.kind != test.kind || test.value.is_some_and(|v| v != phrase.value) {
                continue;
            }
            let Some(end) = phrase_end(scan, at, phrase) else { continue };
            let values = [(phrase.kind, phrase.value)];
            let literal = matches!(phrase.kind, Kind::Literal | Kind::Det | Kind::Suffix);
            if go_on(found, end, if literal { &[] } else { &values }, phrase.weak) {
                return true;
            }
        }
        return false;
    }
    match figure(scan, test.kind, at) {
        Some((values, n, end)) => go_on(found, end, &values[..n], false),
        None => false,
    }
}

/// Returns the token behind a phrase that begins at a place.
pub(super) fn phrase_end(scan: &Scan<'_>, at: usize, phrase: &Phrase) -> Option<usize> {
    let first = &scan.tokens[at];
    if phrase.capital && !scan.shown(first).starts_with(|c: char| c.is_uppercase()) {
        return None;
    }
    let mut next = at + 1;
    for word in phrase.rest {
        let mut token = scan.tokens.get(next)?;
        // p.m., B.e.
        if token.class == Class::Mark && token.value == u32::from('.') && token.gap == Gap::None {
            next += 1;
            token = scan.tokens.get(next)?;
        }
        if token.head != *word || !joined(token.gap) {
            return None;
        }
        next += 1;
    }
    Some(next)
}

type Found = ([(Kind, i32); 4], usize, usize);

/// Reads the figure or mark at a place as one of a kind: its values, their number, the
/// token behind it.
fn figure(scan: &Scan<'_>, kind: Kind, at: usize) -> Option<Found> {
    let token = &scan.tokens[at];
    let value = i32::try_from(token.value).unwrap_or(i32::MAX);
    let none = (Kind::Literal, 0);
    let one = |kind: Kind, value: i32, end: usize| Some(([(kind, value), none, none, none], 1, end));
    let mark = |c: char| (token.class == Class::Mark && token.value == u32::from(c)).then_some(([none; 4], 0, at + 1));
    let number = token.class == Class::Number;
    let suffix = || {
        let next = scan.tokens.get(at + 1)?;
        let near = matches!(next.gap, Gap::None | Gap::Hyphen | Gap::Blank);
        (next.is & bit(Kind::Suffix) != 0).then_some(())?;
        let phrase = scan.lexicon.phrases(next.head).iter().find(|p| p.kind == Kind::Suffix)?;
        let tight = next.gap != Gap::Blank || scan.shown(next).chars().count() <= 2;
        (near && tight).then(|| phrase_end(scan, at + 1, phrase)).flatten()
    };
    // A figure grown together with letters behind it, as in 747s, is no day.
    let loose =
        || scan.tokens.get(at + 1).is_none_or(|n| n.class != Class::Word || n.gap != Gap::None || unspaced(scan, n));
    match kind {
        Kind::Dd if number && token.digits <= 2 && (1..=31).contains(&value) => match suffix() {
            Some(end) => one(Kind::Dd, value, end),
            None if loose() => one(Kind::Dd, value, at + 1),
            None => None,
        },
        Kind::IntOrd if number && value < 200 => one(Kind::Ord, value, suffix()?),
        Kind::Mm if number && token.digits <= 2 && (1..=12).contains(&value) => one(Kind::Month, value, at + 1),
        Kind::Yyyy if number && token.digits == 4 && (1000..=2700).contains(&value) && loose() => {
            one(Kind::Yyyy, value, at + 1)
        }
        Kind::Yy if number && token.digits == 2 => one(Kind::Yy, value, at + 1),
        Kind::Int if number && value < 10_000 => one(Kind::Num, value, at + 1),
        Kind::Hh if number && token.digits <= 2 && value <= 24 => one(Kind::Hh, value, at + 1),
        Kind::Min if number && token.digits == 2 && value < 60 => one(Kind::Min, value, at + 1),
        Kind::Hhmm if number && token.digits == 4 && value / 100 <= 24 && value % 100 < 60 => {
            Some(([(Kind::Hh, value / 100), (Kind::Min, value % 100), none, none], 2, at + 1))
        }
        Kind::Time if token.class == Class::Time => {
            Some(([(Kind::Hh, value / 60), (Kind::Min, value % 60), none, none], 2, at + 1))
        }
        Kind::DotTime if token.class == Class::Amount && value < 1_500 => {
            Some(([(Kind::Hh, value / 60), (Kind::Min, value % 60), none, none], 2, at + 1))
        }
        Kind::Figures if token.class == Class::Figures => {
            let f = scan.figures.get(token.value as usize)?;
            let int = |n: u32| i32::try_from(n).unwrap_or(0);
            let year = if f.year < 100 { (Kind::Yy, f.year) } else { (Kind::Yyyy, f.year) };
            let values =
                [year, (Kind::Month, int(f.month)), (Kind::Dd, int(f.day)), (Kind::Figures, i32::from(f.ambiguous))];
            Some((values, 4, at + 1))
        }
        Kind::Roman if token.class == Class::Word => one(Kind::Roman, roman(scan.shown(token))?, at + 1),
        Kind::Comma => mark(',').or_else(|| mark('،')).or_else(|| mark('،')),
        Kind::Dot => mark('.'),
        Kind::Dash => mark('-').or_else(|| mark('–')).or_else(|| mark('—')),
        Kind::Slash => mark('/'),
        Kind::Open => mark('('),
        _ => None,
    }
}

fn unspaced(scan: &Scan<'_>, token: &Token) -> bool {
    let first = scan.shown(token).chars().next().unwrap_or(' ');
    crate::text::words::stands_alone(first) || ('\u{AC00}'..='\u{D7A3}').contains(&first)
}

/// Reads a Roman figure up to 30, with the ending of an ordinal.
fn roman(word: &str) -> Option<i32> {
    let digits = word.trim_end_matches(['e', 'è', 'm']);
    let digits = if digits.is_empty() { return None } else { digits };
    let mut total = 0;
    let mut last = 0;
    for c in digits.chars().rev() {
        let value = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            _ => return None,
        };
        total += if value < last { -value } else { value };
        last = last.max(value);
    }
    (1..=30).contains(&total).then_some(total)
}

fn push(scan: &Scan<'_>, rule: &Rule, found: &Match, out: &mut Vec<Read>) {
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
    let span = Span { start: scan.tokens[first].start, end: scan.tokens[last - 1].end };
    let lean = leaning(scan, first, last);
    out.push(Read {
        span,
        build: rule.build,
        captures: found.captures,
        lean: lean.map(|c| c.ahead),
        firm: lean.filter(|c| c.firm).map(|c| c.ahead),
        tight: lean.filter(|c| c.firm && c.tight).map(|c| c.ahead),
        sentence: 0,
    });
}
