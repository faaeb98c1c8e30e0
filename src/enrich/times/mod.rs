//! Times that a text speaks of: found by the tables of its language, resolved against the
//! day of filing.
//!
//! One pass divides the text (`scan`), rules of the tables are tried where a word of
//! theirs stands (`matching`), and each expression is then resolved in order
//! (`resolve`). Nothing is guessed: what nothing resolves keeps `X` in its value, and has
//! no days.

mod amounts;
#[cfg(test)]
mod calendar_tests;
mod captures;
mod context;
mod feasts;
mod han;
#[cfg(test)]
mod languages_tests;
mod matching;
mod numbers;
mod partial;
mod places;
mod resolve;
mod scan;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use captures::Read;
pub(crate) use partial::Partial;

use crate::data::calendars::LUNAR_DAYS_UNSURE;
use crate::data::times::{Build, Kind, lexicon};
use crate::story::{Confidence, Evidence, Origin, Story, TimeExpr, TimeKind};
use chrono::NaiveDate;
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
pub(crate) fn resolve(reads: &[Read], reference: Option<&Reference>, lang: Option<&str>) -> Vec<TimeExpr> {
    let mut first = Resolver::new(reference.map(|r| r.from), lang);
    let mut last = Resolver::new(reference.map(|r| r.to), lang);
    let mut unknown = Resolver::new(None, lang);
    let one_day = reference.is_none_or(|r| r.from == r.to);
    let mut out: Vec<TimeExpr> = Vec::with_capacity(reads.len());
    let mut before: Option<&Read> = None;
    for (i, read) in reads.iter().enumerate() {
        let behind = reads.get(i + 1);
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
        let mut evidence = vec![Evidence::text(read.span, rule_name(read.build), confidence)];
        if let Some(reference) = reference.filter(|_| relative) {
            evidence.push(reference.evidence.clone());
        }
        let Some(value) = resolved.value else { continue };
        let days = value.days.filter(|_| matches!(resolved.kind, TimeKind::Date | TimeKind::Time));
        out.push(TimeExpr { span: read.span, kind: resolved.kind, value: Some(value.text), days, evidence });
        if let ([.., first, second], Some(before)) = (&mut out[..], before.replace(read)) {
            told_twice((before, first), (read, second));
        }
    }
    out
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
        Build::After => "times/after",
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
    story.times = resolve(reads, against.as_ref(), story.lang.as_ref().map(|l| l.value.as_str()));
}
