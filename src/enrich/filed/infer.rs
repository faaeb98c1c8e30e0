//! Bounds of the day of filing from what a text tells of: it was filed after what it tells
//! as past and before what it tells as to come. Every bound is inferred and has a reason;
//! bounds that contradict each other are dropped.
//!
//! A day without a year leaves it out because the year is the reader's own: such a day lies
//! within months of the filing, one with its weekday within days. Which year it is must be
//! told by something else, and by that alone.

use super::clues::{Clue, clues, season_of, span_of};
use crate::data::times::{Build, Kind, UNITS};
use crate::enrich::opening::dates::DateRead;
use crate::enrich::times::{Partial, Read};
use crate::story::{Confidence, Evidence, Origin, Span, Story};
use crate::text::fold;
use chrono::{Datelike, Days, Months, NaiveDate};
use std::borrow::Cow;

/// Days from a named weekday and date to the filing, where it is past.
const NAMED_WEEKDAY_DAYS: u64 = 14;
/// Days from a date without a year to the filing where it is what the story is about: no
/// weekday tells of anything later.
const PEG_DAYS: u64 = 20;
/// The same, where weekdays tell of something later.
const BACKGROUND_DAYS: u64 = 70;
/// Days from the end of a month without a year to the filing.
const MONTH_DAYS: u64 = 92;
/// Bytes between a day without a year and the year that tells of the same.
const BESIDE_BYTES: u32 = 60;
/// A day without a year belongs to the year in which it lies this near to a dated month,
/// if in every other year it lies further than [`FAR_DAYS`].
const NEAR_DAYS: i64 = 150;
const FAR_DAYS: i64 = 210;

/// Bytes between a word such as *since* and the time that it counts from.
const SINCE_BYTES: usize = 48;
/// Years behind the first bound in which the day of a dateline is sought.
const YEARS_INSIDE: i32 = 8;

/// A bound with its reason.
type Bound = Option<(NaiveDate, Span, &'static str)>;

/// Fills `earliest` and `latest` where the text bounds the filing.
pub(super) fn bounds(story: &mut Story, reads: &[Read], dateline: Option<DateRead>, unix: Option<(NaiveDate, String)>) {
    // A month that the markup states is closer than what the text tells.
    if story.filed.earliest.is_some() {
        return;
    }
    let own = story.dateline.as_ref().map(|d| d.span);
    let outside = |r: &&Read| own.is_none_or(|d| r.span.start >= d.end || r.span.end <= d.start);
    let reads: Vec<Read> = reads.iter().filter(outside).copied().collect();
    let told = clues(&story.text, &reads);
    let found = Finder { text: &story.text, reads: &reads, clues: told.clone() }.run();
    let (mut earliest, mut latest) = found;
    if let (Some((e, ..)), Some((l, ..))) = (earliest, latest)
        && e > l
    {
        return;
    }
    // Day and month of the dateline in the one year that the bounds leave.
    if let (Some(date), Some(line), Some((e, span, _))) = (dateline.filter(|d| d.year.is_none()), own, earliest) {
        let days = (e.year() - 1..=e.year() + YEARS_INSIDE).filter_map(|y| date.in_year(y)).filter(|d| *d >= e);
        let days: Vec<NaiveDate> = days.filter(|d| latest.is_none_or(|(l, ..)| *d <= l)).collect();
        let here = |day: NaiveDate| Some((day, line, "filed/inferred-dateline-year"));
        // What a text tells as past, counts from, or a day of its own, may be long past: a year that
        // it speaks of tells that of the dateline only where it speaks of the years beside it too, and
        // not of all as past. Any other time tells it only with an end.
        let is_year = (e.month(), e.day()) == (1, 1);
        let is_beside = |c: &&Clue| c.span != span && (0..=1).contains(&(c.from.year() - e.year()));
        let is_current = told.iter().filter(is_beside).any(|c| c.ahead != Some(false) || c.results);
        let counts = is_year && is_current && !since(&story.text, span);
        let end = if counts { e.checked_add_months(Months::new(11)) } else { None };
        let year_long = |d: &NaiveDate| end.is_some_and(|end| *d <= end);
        match (&days[..], latest) {
            ([day], Some(_)) => (earliest, latest) = (here(*day), here(*day)),
            // No such day lies between the bounds: one of them is wrong.
            ([], Some(_)) if date.month.is_some() && date.day.is_some() && !date.ambiguous => return,
            ([first, .., last], Some((l, ..))) if l.year() <= e.year() + YEARS_INSIDE => {
                (earliest, latest) = (here(*first), here(*last));
            }
            ([day, ..], None) if year_long(day) => (earliest, latest) = (here(*day), here(*day)),
            ([first, ..], None) => earliest = here(*first),
            _ => {}
        }
    }
    let mut evidence = Vec::new();
    // Seconds in a file's name are a day only where the text agrees.
    if let (Some((day, part)), Some((e, ..)), Some((l, ..))) = (unix, earliest, latest)
        && (e..=l).contains(&day)
    {
        story.filed.earliest = Some(day);
        story.filed.latest = Some(day);
        let rule = Cow::Borrowed("filed/inferred-path-seconds");
        evidence.push(Evidence { origin: Origin::Path(part), rule, confidence: Confidence::Inferred });
        story.filed.evidence = evidence;
        return;
    }
    for bound in [earliest, latest].into_iter().flatten() {
        let reason = Evidence::text(bound.1, bound.2, Confidence::Inferred);
        if !evidence.contains(&reason) {
            evidence.push(reason);
        }
    }
    // When a page was fetched bounds it too: what the text says beyond that is of later days.
    let fetched = story.filed.latest;
    evidence.splice(..0, story.filed.evidence.drain(..));
    story.filed.earliest = earliest.map(|b| b.0).filter(|e| fetched.is_none_or(|f| *e <= f));
    story.filed.latest = latest.map(|b| b.0).into_iter().chain(fetched).min();
    story.filed.evidence = evidence;
}

/// Tells whether a time is what its clause counts from: *desde el incendio de abril de 2019*.
fn since(text: &str, time: Span) -> bool {
    const SINCE: [&str; 12] =
        ["since", "depuis", "desde", "seit", "sedert", "sinds", "sedan", "с", "со", "з", "od", "منذ"];
    let end = time.start as usize;
    let from = (0..=end.saturating_sub(SINCE_BYTES)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let before = fold(text.get(from..end).unwrap_or(""));
    let clause = before.rsplit(['.', ',', ';', ':', '\n']).next().unwrap_or("");
    clause.split_whitespace().any(|word| SINCE.contains(&word))
}

struct Finder<'a> {
    text: &'a str,
    reads: &'a [Read],
    clues: Vec<Clue>,
}

impl Finder<'_> {
    fn run(&self) -> (Bound, Bound) {
        let (mut earliest, mut latest): (Bound, Bound) = (None, None);
        let later = |bound: &mut Bound, new: (NaiveDate, Span, &'static str)| {
            if bound.is_none_or(|(old, ..)| new.0 > old) {
                *bound = Some(new);
            }
        };
        let sooner = |bound: &mut Bound, new: (NaiveDate, Span, &'static str)| {
            if bound.is_none_or(|(old, ..)| new.0 < old) {
                *bound = Some(new);
            }
        };
        for clue in &self.clues {
            match clue.ahead {
                Some(true) => sooner(&mut latest, (clue.to, clue.span, "filed/inferred-before-future")),
                Some(false) if clue.results => {
                    later(
                        &mut earliest,
                        (clue.to.succ_opt().unwrap_or(clue.to), clue.span, "filed/inferred-after-past"),
                    );
                }
                Some(false) => later(&mut earliest, (clue.from, clue.span, "filed/inferred-after-past")),
                None => {}
            }
        }
        for (day, span) in self.since() {
            later(&mut earliest, (day, span, "filed/inferred-after-duration"));
        }
        if let Some((year, span)) = self.this_year_after() {
            later(&mut earliest, (year, span, "filed/inferred-this-year"));
            if let Some(end) = NaiveDate::from_ymd_opt(year.year(), 12, 31) {
                sooner(&mut latest, (end, span, "filed/inferred-this-year"));
            }
        }
        if let Some((day, span)) = self.to_the_day() {
            later(&mut earliest, (day, span, "filed/inferred-anniversary"));
            if let Some(to) = day.checked_add_days(Days::new(2)) {
                sooner(&mut latest, (to, span, "filed/inferred-anniversary"));
            }
            return (earliest, latest);
        }
        if let Some((from, to, span)) = self.named_weekday() {
            later(&mut earliest, (from, span, "filed/inferred-weekday-date"));
            sooner(&mut latest, (to, span, "filed/inferred-weekday-date"));
            return (earliest, latest);
        }
        let fine = self.clues.iter().filter(|c| c.ahead == Some(false) && (c.fine || c.results)).map(|c| c.from);
        let fine = fine.chain(self.since().into_iter().map(|s| s.0)).max();
        if let Some((day, span)) = self.yearless_day(earliest.map(|b| b.0), fine) {
            let days = if self.has_bare_weekday() { BACKGROUND_DAYS } else { PEG_DAYS };
            later(&mut earliest, (day, span, "filed/inferred-after-past"));
            if let Some(to) = day.checked_add_days(Days::new(days)) {
                sooner(&mut latest, (to, span, "filed/inferred-near-day"));
            }
            return (earliest, latest);
        }
        if let Some((from, to, span)) = self.yearless_month(earliest.map(|b| b.0), latest.map(|b| b.0)) {
            later(&mut earliest, (from, span, "filed/inferred-after-past"));
            sooner(&mut latest, (to, span, "filed/inferred-near-month"));
        }
        if let (Some((e, ..)), None) = (earliest, latest)
            && let Some((to, span)) = self.yearless_future(e)
        {
            sooner(&mut latest, (to, span, "filed/inferred-before-future"));
        }
        if let Some((e, _, _)) = earliest
            && let Some((to, span)) = self.recent(e)
        {
            sooner(&mut latest, (to, span, "filed/inferred-near-day"));
        }
        (earliest, latest)
    }

    /// The words right before an expression, folded.
    fn before(&self, span: Span) -> String {
        let end = span.start as usize;
        let from = (0..=end.saturating_sub(24)).rev().find(|i| self.text.is_char_boundary(*i)).unwrap_or(0);
        fold(self.text.get(from..end).unwrap_or(""))
    }

    /// *held for two years since his arrest in April 2019*: a length of years beside a date.
    fn since(&self) -> Vec<(NaiveDate, Span)> {
        let mut out = Vec::new();
        for read in self.reads.iter().filter(|r| r.build == Build::Duration) {
            let c = &read.captures;
            let unit = c.get(Kind::Unit).and_then(|u| UNITS.get(u as usize)).copied();
            let (Some(n), Some("year")) = (c.get(Kind::Num), unit) else { continue };
            let before = self.before(read.span);
            let lasts = ["depuis ", "for ", "seit ", "desde hace ", "da "].iter().any(|w| before.ends_with(w));
            let half = if c.get(Kind::Half).is_some() { 6 } else { 0 };
            let Ok(n) = u32::try_from(n * 12 + half) else { continue };
            if !lasts || n > 12 * 30 {
                continue;
            }
            let beside = self.clues.iter().filter(|k| k.sentence == read.sentence && k.fine && k.ahead != Some(true));
            for clue in beside {
                if let Some(day) = clue.from.checked_add_months(Months::new(n)) {
                    out.push((day, read.span));
                }
            }
        }
        out
    }

    /// *In 2019 … This year*: of a bare year as the last one dated, the year behind it.
    fn this_year_after(&self) -> Option<(NaiveDate, Span)> {
        let this_year = self.reads.iter().find(|r| {
            let c = &r.captures;
            let year = |u: i32| UNITS.get(u as usize) == Some(&"year");
            r.build == Build::Unit
                && (c.get(Kind::Unit).is_some_and(year) && c.get(Kind::Rel) == Some(0)
                    || c.get(Kind::UnitRel).is_some_and(|p| crate::data::times::unpack(p).0 == 0 && year(p / 16)))
        })?;
        let last = self.clues.iter().max_by_key(|c| c.from)?;
        let whole = (last.to - last.from).num_days() > 200;
        let told_before = last.span.start < this_year.span.start && last.sentence + 1 >= this_year.sentence;
        (whole && told_before && last.ahead != Some(true)).then_some(())?;
        Some((NaiveDate::from_ymd_opt(last.from.year() + 1, 1, 1)?, this_year.span))
    }

    /// A weekday with its day and month: the year in which they agree and which lies nearest
    /// to the years that are dated.
    fn named_weekday(&self) -> Option<(NaiveDate, NaiveDate, Span)> {
        let mut best: Option<(NaiveDate, NaiveDate, NaiveDate, Span)> = None;
        for read in self.reads.iter().filter(|r| matches!(r.build, Build::Date | Build::Time)) {
            let p = Partial::of(&read.captures, None, false);
            let (Some(weekday), None) = (p.weekday, p.year) else { continue };
            let Some(day) = self.year_by_weekday(&p, weekday) else { continue };
            let span = |back: u64, on: u64| {
                Some((day.checked_sub_days(Days::new(back))?, day.checked_add_days(Days::new(on))?))
            };
            let near = match (read.firm, read.lean) {
                (Some(true), _) => span(NAMED_WEEKDAY_DAYS, 0),
                (_, Some(true)) => span(NAMED_WEEKDAY_DAYS / 2, NAMED_WEEKDAY_DAYS / 2),
                _ => span(0, NAMED_WEEKDAY_DAYS),
            };
            let Some((from, to)) = near else { continue };
            if best.is_none_or(|(old, ..)| day > old) {
                best = Some((day, from, to, read.span));
            }
        }
        best.map(|(_, from, to, span)| (from, to, span))
    }

    fn year_by_weekday(&self, p: &Partial, weekday: u32) -> Option<NaiveDate> {
        let years = self.clues.iter().map(|c| c.from.year());
        let (first, last) = (years.clone().min()?, years.max()?);
        let mut costs: Vec<(i32, NaiveDate)> = (first - 7..=last + 7)
            .filter_map(|y| p.in_year(y))
            .filter(|d| d.weekday().num_days_from_monday() == weekday)
            .map(|d| (self.cost(d), d))
            .collect();
        costs.sort();
        match costs[..] {
            [(_, day)] => Some(day),
            [(a, day), (b, _), ..] if a < b && a < 5 => Some(day),
            _ => None,
        }
    }

    /// How ill a day suits the years that are dated: years to the nearest, and more for
    /// each that is told as past but lies behind it, or the other way round.
    fn cost(&self, day: NaiveDate) -> i32 {
        const CONTRADICTION: i32 = 5;
        const FAR_AHEAD_YEARS: i32 = 10;
        let nearest = self.clues.iter().map(|c| (c.from.year() - day.year()).abs()).min().unwrap_or(0);
        let wrong = self.clues.iter().filter(|c| match c.ahead {
            Some(true) => c.to < day,
            Some(false) => c.from > day,
            None => false,
        });
        // What nothing tells to be ahead is rarely years ahead.
        let last = self.clues.iter().filter(|c| c.ahead.is_none()).map(|c| c.from.year()).max();
        let far = i32::from(last.is_some_and(|y| y > day.year() + FAR_AHEAD_YEARS));
        nearest + far + CONTRADICTION * i32::try_from(wrong.count()).unwrap_or(i32::MAX / CONTRADICTION)
    }

    /// A past day without its year: that of its sentence, or the one that alone is near to a
    /// dated day or month.
    fn yearless_day(&self, earliest: Option<NaiveDate>, fine: Option<NaiveDate>) -> Option<(NaiveDate, Span)> {
        let mut best: Option<(NaiveDate, Span)> = None;
        for read in self.reads.iter().filter(|r| matches!(r.build, Build::Date | Build::Time)) {
            let p = Partial::of(&read.captures, None, false);
            if p.year.is_some() || p.day.is_none() || p.weekday.is_some() || read.firm == Some(true) {
                continue;
            }
            // Books are closed on days of their own.
            let before = self.before(read.span);
            if ["ended ", "ending ", "clos le ", "clos au "].iter().any(|w| before.ends_with(w)) {
                continue;
            }
            let gap = |c: &Clue| c.span.start.saturating_sub(read.span.end);
            let beside = self.clues.iter().filter(|c| {
                c.sentence == read.sentence && !c.fine && c.span.start > read.span.end && gap(c) <= BESIDE_BYTES
            });
            let beside: Vec<i32> = beside.map(|c| c.from.year()).collect();
            let day = match beside[..] {
                [year] if read.firm == Some(false) => p.in_year(year).filter(|d| earliest.is_none_or(|e| *d >= e)),
                _ => self.year_by_nearness(&p, fine),
            };
            if let Some(day) = day
                && best.is_none_or(|(old, _)| day > old)
            {
                best = Some((day, read.span));
            }
        }
        best
    }

    fn year_by_nearness(&self, p: &Partial, earliest: Option<NaiveDate>) -> Option<NaiveDate> {
        let dated: Vec<NaiveDate> = self.clues.iter().filter(|c| c.fine).map(|c| c.from).chain(earliest).collect();
        let anchor = dated.iter().max().copied()?;
        let days = (anchor.year() - 1..=anchor.year() + 2).filter_map(|y| p.in_year(y));
        let mut away: Vec<(i64, NaiveDate)> = days.map(|d| ((d - anchor).num_days().abs(), d)).collect();
        away.sort();
        let suits = |d: NaiveDate| earliest.is_none_or(|e| d >= e);
        match away[..] {
            [(near, day), (far, _), ..] if near <= NEAR_DAYS && far >= FAR_DAYS && suits(day) => Some(day),
            _ => None,
        }
    }

    /// The end of a past month without its year, where the year is told to be this one.
    fn yearless_month(
        &self,
        earliest: Option<NaiveDate>,
        latest: Option<NaiveDate>,
    ) -> Option<(NaiveDate, NaiveDate, Span)> {
        let (e, l) = (earliest?, latest?);
        if e.year() != l.year() {
            return None;
        }
        let mut best: Option<(NaiveDate, NaiveDate, Span)> = None;
        for read in self.reads.iter().filter(|r| r.build == Build::Date && r.firm != Some(true)) {
            let p = Partial::of(&read.captures, None, false);
            let (None, Some((Kind::Month, month)), None) = (p.year, p.month, p.day) else { continue };
            let (from, to) = span_of(e.year(), month, 1)?;
            // At the end of June: after June.
            let start = if read.captures.get(Kind::Mod) == Some(2) { to.succ_opt()? } else { from };
            let end = to.checked_add_days(Days::new(MONTH_DAYS))?;
            if start >= e && start <= l && best.is_none_or(|(old, ..)| start > old) {
                best = Some((start, end, read.span));
            }
        }
        best
    }

    /// The end of a season or month without its year that is told as to come, where the past
    /// is told to the month.
    fn yearless_future(&self, earliest: NaiveDate) -> Option<(NaiveDate, Span)> {
        let told = self.clues.iter().any(|c| c.ahead == Some(false) && (c.fine || c.results));
        told.then_some(())?;
        let ends = self.reads.iter().filter(|r| r.firm == Some(true)).filter_map(|read| {
            let c = &read.captures;
            let p = Partial::of(c, None, false);
            if p.year.is_some() || c.get(Kind::Rel).is_some() {
                return None;
            }
            let in_year = |y: i32| match (read.build, p.month, p.day) {
                (Build::Season, ..) => season_of(y, c.get(Kind::Season)?).map(|s| s.1),
                (Build::Date, Some((Kind::Month, month)), None) => span_of(y, month, 1).map(|s| s.1),
                (Build::Date, Some(_), Some(_)) => p.in_year(y),
                _ => None,
            };
            let end = (earliest.year()..=earliest.year() + 1).filter_map(in_year).find(|d| *d >= earliest)?;
            Some((end, read.span))
        });
        ends.min_by_key(|(d, _)| *d)
    }

    /// A dated month or day that is the last one told, in copy that names weekdays and looks
    /// at the year that follows: news of its weeks.
    fn recent(&self, earliest: NaiveDate) -> Option<(NaiveDate, Span)> {
        let last = self.clues.iter().filter(|c| c.ahead == Some(false)).max_by_key(|c| c.from)?;
        let next =
            self.clues.iter().any(|c| c.ahead != Some(false) && (1..=2).contains(&(c.from.year() - last.from.year())));
        let anniversary = self.anniversaries().any(|(a, _)| (a - last.from).num_days().abs() <= 200);
        let fresh = last.fine
            && last.from >= earliest
            && ((next && self.has_bare_weekday()) || (anniversary && last.from == last.to));
        fresh.then_some(())?;
        Some((last.to.checked_add_days(Days::new(62))?, last.span))
    }

    /// *Five years after … of 18 October 2016*: about when the text was written.
    fn anniversaries(&self) -> impl Iterator<Item = (NaiveDate, Span)> + '_ {
        self.reads.iter().filter(|r| matches!(r.build, Build::Later | Build::LaterThan | Build::After)).flat_map(
            |read| {
                let c = &read.captures;
                let year = c.get(Kind::Unit).is_some_and(|u| UNITS.get(u as usize) == Some(&"year"));
                let months = c.get(Kind::Num).and_then(|n| u32::try_from(n * 12).ok()).filter(|_| year);
                let events = self
                    .clues
                    .iter()
                    .filter(|k| k.sentence == read.sentence && k.span.start > read.span.start && k.fine);
                events.filter_map(move |k| Some((k.from.checked_add_months(Months::new(months?))?, read.span)))
            },
        )
    }

    /// *80 years to the day after 6 June 1944*.
    fn to_the_day(&self) -> Option<(NaiveDate, Span)> {
        self.anniversaries().find(|(_, span)| {
            let words = fold(span.of(self.text));
            ["to the day", "jour pour jour"].iter().any(|w| words.contains(w))
        })
    }

    fn has_bare_weekday(&self) -> bool {
        self.reads.iter().any(|r| match r.build {
            Build::Weekday => true,
            Build::Day => r.captures.get(Kind::Day).is_none_or(|d| d != 0),
            _ => false,
        })
    }
}
