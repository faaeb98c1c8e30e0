//! Times that a text speaks of: found by the tables of its language, resolved against the
//! day of filing.
//!
//! One pass divides the text (`scan`), rules of the tables are tried where a word of
//! theirs stands (`matching`), and each expression is then resolved in order
//! (`resolve`). Nothing is guessed: what nothing resolves keeps `X` in its value, and has
//! no days.

mod amounts;
mod between;
#[cfg(test)]
mod calendar_tests;
mod captures;
mod context;
mod cues;
#[cfg(test)]
mod direction_tests;
#[cfg(test)]
mod dispatches_tests;
mod doubts;
mod feasts;
mod han;
#[cfg(test)]
mod languages_tests;
mod matching;
mod named;
mod numbers;
mod partial;
mod places;
#[cfg(test)]
mod relatives_tests;
mod resolve;
mod scan;
mod stretches;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use captures::Read;
pub(crate) use partial::Partial;

use crate::data::calendars::LUNAR_DAYS_UNSURE;
use crate::data::times::{Build, Kind, lexicon};
use crate::story::{Confidence, Evidence, FILING_RULE, Origin, Span, Story, TimeExpr, TimeKind};
use chrono::{Datelike, NaiveDate};
use resolve::Resolver;
use scan::Scan;
use std::borrow::Cow;

/// Reads the expressions of time of a story, unresolved.
pub(crate) fn find(story: &Story) -> Vec<Read> {
    let lang = story.lang.as_ref().map(|l| l.value.as_str());
    matching::reads(&Scan::new(&story.text, lexicon(lang)))
}

/// What relative expressions are resolved against.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    /// The first and the last day that it may be.
    pub(crate) from: NaiveDate,
    /// The last day.
    pub(crate) to: NaiveDate,
    /// Where it was read.
    pub(crate) evidence: Evidence,
}

/// Returns what `story` is resolved against: its day of filing, the day that stands in for
/// it, or the interval in which it was filed.
pub(crate) fn reference(story: &Story, stand_in: Option<NaiveDate>) -> Option<Reference> {
    let because = || {
        let first = story.filed.evidence.first();
        let origin = first.map_or(Origin::Field(Cow::Borrowed("filed")), |e| e.origin.clone());
        let confidence = if story.filed.value.is_some() { Confidence::Derived } else { Confidence::Inferred };
        Evidence { origin, rule: Cow::Borrowed("times/filed"), confidence }
    };
    if let Some(moment) = story.filed.value {
        return Some(Reference { from: moment.day, to: moment.day, evidence: because() });
    }
    if let Some(day) = stand_in {
        let origin = Origin::Field(Cow::Borrowed("reference"));
        let evidence = Evidence { origin, rule: Cow::Borrowed("times/reference"), confidence: Confidence::Derived };
        return Some(Reference { from: day, to: day, evidence });
    }
    let (from, to) = story.filed.earliest.zip(story.filed.latest)?;
    Some(Reference { from, to, evidence: because() })
}

/// Resolves expressions in the order of the text.
pub(crate) fn resolve(
    reads: &[Read],
    reference: Option<&Reference>,
    lang: Option<&str>,
    country: Option<[u8; 2]>,
) -> Vec<TimeExpr> {
    let mut first = Resolver::new(reference.map(|r| r.from), lang, country);
    let mut last = Resolver::new(reference.map(|r| r.to), lang, country);
    let mut unknown = Resolver::new(None, lang, country);
    let one_day = reference.is_none_or(|r| r.from == r.to);
    let mut out: Vec<TimeExpr> = Vec::with_capacity(reads.len());
    let mut before: Option<&Read> = None;
    for (i, read) in reads.iter().enumerate() {
        let behind = reads.get(i + 1..).unwrap_or(&[]);
        let mut resolved = first.next(read, behind);
        if !one_day {
            // An interval resolves only what it resolves the same at either end.
            let other = last.next(read, behind);
            let open = unknown.next(read, behind);
            if other != resolved {
                resolved = open;
            }
        }
        let settled = resolved.value.as_ref().is_some_and(|v| v.days.is_some());
        let relative = resolved.relative && settled;
        let confidence = match reference {
            Some(reference) if relative => reference.evidence.confidence,
            _ => Confidence::Stated,
        };
        let doubtful = relative && (resolved.doubtful || is_of_another_year(reads, i, resolved.value.as_ref()));
        let (rule, confidence) =
            if doubtful { (NEAREST, Confidence::Inferred) } else { (rule_name(read.build), confidence) };
        let mut evidence = vec![Evidence::text(read.span, rule, confidence)];
        if let Some(reference) = reference.filter(|_| relative) {
            evidence.push(reference.evidence.clone());
        }
        let Some(value) = resolved.value else { continue };
        let days = value.days.filter(|_| matches!(resolved.kind, TimeKind::Date | TimeKind::Time));
        let stretch = days.zip(out.last()).filter(|_| read.joins).and_then(|(days, begin)| stretch(begin, days));
        if let Some(begin) = out.last().filter(|_| stretch.is_some()) {
            evidence.push(Evidence::text(begin.span, "times/stretch", begin.confidence()));
        }
        out.push(TimeExpr { span: read.span, kind: resolved.kind, value: Some(value.text), days, stretch, evidence });
        if let ([.., first, second], Some(before)) = (&mut out[..], before.replace(read)) {
            told_twice((before, &mut *first), (read, &mut *second));
            of_named_year((before, first), (read, second));
        }
    }
    out
}

/// The rule of a time that no verb of its clause tells the direction of: of the days that it may
/// be, the nearest.
const NEAREST: &str = "times/nearest";

/// *In 2019 he was arrested on May 3*: tells whether the sentence names a year before, and not the
/// one that a day without its year was given.
fn is_of_another_year(reads: &[Read], at: usize, value: Option<&value::Value>) -> bool {
    let read = &reads[at];
    let year = |r: &Read| if r.build == Build::Date { r.captures.get(Kind::Yyyy) } else { None };
    let Some((from, to)) = value.and_then(|v| v.days) else { return false };
    let open = matches!(read.build, Build::Date | Build::Days | Build::Feast | Build::Season | Build::Quarter)
        && read.captures.get(Kind::Yyyy).is_none()
        && read.captures.get(Kind::Rel).is_none()
        && read.captures.get(Kind::UnitRel).is_none();
    let same = |r: &&Read| r.sentence == read.sentence;
    let mut years = reads[..at].iter().rev().take_while(same).filter_map(year);
    open && years.next().is_some_and(|nearest| !(from.year()..=to.year()).contains(&nearest))
}

/// The days from the beginning of a stretch to its end.
fn stretch(begin: &TimeExpr, end: (NaiveDate, NaiveDate)) -> Option<(NaiveDate, NaiveDate)> {
    let (from, _) = begin.days?;
    (from < end.1).then_some((from, end.1))
}

/// *10 Safar 1446 (14 August 2024)*: a day by the moon beside the same day of our calendar is
/// that day.
fn told_twice(first: (&Read, &mut TimeExpr), second: (&Read, &mut TimeExpr)) {
    const BETWEEN_BYTES: u32 = 32;
    let gap = second.0.span.start.saturating_sub(first.0.span.end);
    if gap > BETWEEN_BYTES || first.0.sentence != second.0.sentence {
        return;
    }
    let by_moon = |read: &Read| read.build == Build::Date && read.captures.get(Kind::Hijri).is_some();
    let (moon, sure) = match (by_moon(first.0), by_moon(second.0)) {
        (true, false) => (first.1, second.1),
        (false, true) => (second.1, first.1),
        (true, true) | (false, false) => return,
    };
    let (Some((from, to)), Some((day, same))) = (moon.days, sure.days) else { return };
    if day == same && (from..=to).contains(&day) && (to - from).num_days() <= 2 * LUNAR_DAYS_UNSURE {
        moon.value.clone_from(&sure.value);
        moon.days = sure.days;
        moon.evidence.push(Evidence::text(sure.span, "times/told-twice", Confidence::Stated));
    }
}

/// *15 February last year*, *le 15 février de l'an dernier*, *geçen yıl 15 Şubat*: a day or a month
/// beside a year told from the filing is of that year.
fn of_named_year(first: (&Read, &mut TimeExpr), second: (&Read, &mut TimeExpr)) {
    /// What may stand between: a preposition with its spaces.
    const BETWEEN_BYTES: u32 = 7;
    let gap = second.0.span.start.saturating_sub(first.0.span.end);
    // The full stop of *15. Februar* parts no sentences; one between the two takes two bytes or more.
    let parted = first.0.sentence != second.0.sentence && gap >= 2;
    if gap > BETWEEN_BYTES || parted {
        return;
    }
    let is_open = |read: &Read| {
        read.build == Build::Date
            && read.captures.get(Kind::Yyyy).is_none()
            && read.captures.get(Kind::Rel).is_none()
            && read.captures.get(Kind::UnitRel).is_none()
    };
    let is_year = |read: &Read, time: &TimeExpr| {
        read.build == Build::Unit && time.value.as_ref().is_some_and(|v| v.len() == 4) && time.days.is_some()
    };
    let (open, year) = if is_open(first.0) && is_year(second.0, second.1) {
        (first.1, second.1)
    } else if is_open(second.0) && is_year(first.0, first.1) {
        (second.1, first.1)
    } else {
        return;
    };
    let (Some((_, to)), Some((start, _))) = (open.days, year.days) else { return };
    let is_month = open.value.as_ref().is_some_and(|v| v.len() == "2024-02".len());
    let days = match (is_month, open.days) {
        (true, _) => value::month(start.year(), to.month()),
        (false, Some((from, to))) if from == to => from.with_year(start.year()).map(value::day),
        (false, _) => None,
    };
    let Some(told) = days else { return };
    open.value = Some(told.text);
    open.days = told.days;
    open.evidence[0] = Evidence::text(open.span, "times/named-year", year.confidence());
    open.evidence.push(Evidence::text(year.span, "times/named-year", year.confidence()));
}

fn rule_name(build: Build) -> &'static str {
    match build {
        Build::Date => "times/date",
        Build::Days => "times/days",
        Build::Weekday => "times/weekday",
        Build::Day => "times/day",
        Build::Unit => "times/unit",
        Build::Ago | Build::AgoDay => "times/ago",
        Build::Hence => "times/hence",
        Build::Earlier => "times/earlier",
        Build::Later => "times/later",
        Build::After | Build::LaterThan => "times/after",
        Build::Before | Build::EarlierThan => "times/before",
        Build::YearBack => "times/year-back",
        Build::Duration => "times/duration",
        Build::Set => "times/set",
        Build::Season => "times/season",
        Build::Quarter => "times/quarter",
        Build::SameQuarter => "times/same-quarter",
        Build::Time => "times/time",
        Build::Feast => "times/feast",
        Build::Decade => "times/decade",
        Build::Century => "times/century",
        Build::Ref => "times/ref",
        Build::Same => "times/same",
        Build::SpeltYear => "times/spelt-year",
        Build::Skip => "times/skip",
    }
}

/// Fills `times`; `stand_in` is the day that stands in for a missing day of filing.
pub fn read(story: &mut Story, stand_in: Option<NaiveDate>) {
    let reads = find(story);
    fill(story, &reads, stand_in);
    super::overlap::settle(story);
}

/// As [`read`], with the expressions found already.
pub(super) fn fill(story: &mut Story, reads: &[Read], stand_in: Option<NaiveDate>) {
    let against = reference(story, stand_in);
    let place = story.dateline.as_ref().and_then(|d| d.places.first()?.entry.as_ref());
    let country = place.and_then(|p| p.country.as_bytes().try_into().ok());
    story.times = resolve(reads, against.as_ref(), story.lang.as_ref().map(|l| l.value.as_str()), country);
    of_filing(story);
}

/// What stands in the dateline or in a line that states the filing says when the story was filed:
/// it is marked so, and a day without its year is that day.
fn of_filing(story: &mut Story) {
    let stated = story.filed.evidence.iter().filter(|e| e.confidence != Confidence::Inferred);
    let lines = stated.filter_map(|e| if let Origin::Text(span) = e.origin { Some(span) } else { None });
    let lines: Vec<Span> = lines.collect();
    let spans: Vec<Span> = story.dateline.iter().map(|d| d.span).chain(lines.iter().copied()).collect();
    let filed = story.filed.value;
    let within = |spans: &[Span], time: Span| spans.iter().any(|s| s.start <= time.start && time.end <= s.end);
    // A stamp has a grammar of its own: SEP 25 behind 141532 is a month and a year.
    let misread = |time: &TimeExpr| {
        let is_another = |(day, (from, to)): (NaiveDate, (NaiveDate, NaiveDate))| day < from || to < day;
        within(&lines, time.span) && filed.map(|m| m.day).zip(time.days).is_some_and(is_another)
    };
    story.times.retain(|time| !misread(time));
    for time in &mut story.times {
        if !within(&spans, time.span) {
            continue;
        }
        let mut confidence = time.confidence();
        let same = |day: NaiveDate| {
            let of_filing = |(from, to): (NaiveDate, NaiveDate)| {
                from == to && (day.month(), day.day()) == (from.month(), from.day())
            };
            time.days.is_some_and(of_filing)
        };
        if let Some(moment) = filed.filter(|m| confidence == Confidence::Inferred && same(m.day)) {
            confidence = story.filed.evidence.first().map_or(Confidence::Derived, |e| e.confidence);
            if time.kind == TimeKind::Date {
                time.value = Some(value::day(moment.day).text);
                time.days = Some((moment.day, moment.day));
            }
        }
        time.evidence[0] = Evidence::text(time.span, FILING_RULE, confidence);
    }
}
