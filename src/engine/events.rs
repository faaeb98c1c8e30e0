//! Times that stories speak of, as a column of the index.
//!
//! A time is sought by the days it covers. One as long as a week or shorter is entered day
//! by day; a longer one by its two ends, in a class of its length. A query takes the
//! times that overlap it and are no longer than itself or a week: `event:2024-10` finds
//! *23 October* and *in October 2024*, not *in 2024*. A time no longer than the range that
//! it overlaps has an end in it, so that ends are enough, and the answer is exact.

use super::writer::day_number;
use crate::query::DateRange;
use crate::story::{Confidence, Span, Story};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::ops::{Bound, RangeInclusive};
use tantivy::query::{BooleanQuery, Occur, Query as Engine, RangeQuery};
use tantivy::schema::{Field as Column, Term};

/// The longest time, in days, that is entered day by day.
const WEEK_DAYS: i64 = 7;
/// The shortest time of each further class: months, quarters and seasons, years, decades,
/// centuries.
const CLASS_DAYS_MIN: [i64; 5] = [WEEK_DAYS + 1, 32, 100, 367, 3_700];
/// Distance of the classes in the column; the days of every year that is written with four
/// digits lie within half of it of 1970.
const CLASS_STEP: i64 = 10_000_000;

/// How far the entries of times that are inferred lie from those of others: beyond every class.
const LIKELY: i64 = 8 * CLASS_STEP;

/// Returns the entries of a story, without repeats.
pub(super) fn entries(story: &Story) -> BTreeSet<i64> {
    spoken_of(story).flat_map(|(_, entries)| entries).collect()
}

/// Returns where a story speaks of `range`: the times for which [`query`] finds it.
pub(super) fn spans(story: &Story, range: DateRange, inferred: bool) -> Vec<Span> {
    let classes = classes_of(range, inferred);
    spoken_of(story)
        .filter(|(_, entries)| entries.iter().any(|e| classes.iter().any(|class| class.contains(e))))
        .map(|(span, _)| span)
        .collect()
}

/// Lists the times of a story with the entries of each. Those that say when it was filed are left
/// out.
fn spoken_of(story: &Story) -> impl Iterator<Item = (Span, Vec<i64>)> {
    let spoken = story.times.iter().filter(|time| !time.is_filing());
    spoken.filter_map(|time| {
        // What is only the likeliest reading is kept apart: `event~:` alone asks for it.
        let apart = |inferred: bool| move |entry: i64| if inferred { entry + LIKELY } else { entry };
        let inferred = time.confidence() == Confidence::Inferred;
        let either = time.evidence.iter().any(|e| e.confidence == Confidence::Inferred);
        let own = of_days(time.days?).into_iter().map(apart(inferred));
        let whole = time.stretch.into_iter().flat_map(of_days).map(apart(either));
        Some((time.span, own.chain(whole).collect()))
    })
}

/// Returns the entries of a time that covers these days.
fn of_days((from, to): (NaiveDate, NaiveDate)) -> Vec<i64> {
    let (from, to) = (day_number(from), day_number(to));
    let length = to - from + 1;
    if length <= WEEK_DAYS {
        return (from..=to).collect();
    }
    let class = class_step(class_of(length));
    vec![class + from, class + to]
}

/// Returns the number of the longest class that a time of `length` days belongs to.
fn class_of(length: i64) -> usize {
    CLASS_DAYS_MIN.iter().take_while(|min| **min <= length).count()
}

fn class_step(class: usize) -> i64 {
    i64::try_from(class).unwrap_or(0) * CLASS_STEP
}

/// Returns the day of an entry that a bin of `bin_days` days takes, as [`query`] would take
/// it for a range of that length; `None` for an end of a longer time.
pub(super) fn bins_of_entry(entry: i64, bin_days: i64) -> Option<i64> {
    let class = (entry + CLASS_STEP / 2).div_euclid(CLASS_STEP);
    let longest = i64::try_from(class_of(bin_days.max(WEEK_DAYS))).unwrap_or(0);
    (0..=longest).contains(&class).then(|| entry - class * CLASS_STEP)
}

/// Returns the query for the stories that speak of `range`.
pub(super) fn query(column: Column, range: DateRange, inferred: bool) -> Box<dyn Engine> {
    let clauses = classes_of(range, inferred).into_iter().map(|class| {
        let entry = |n: i64| Bound::Included(Term::from_field_i64(column, n));
        (Occur::Should, Box::new(RangeQuery::new(entry(*class.start()), entry(*class.end()))) as Box<dyn Engine>)
    });
    Box::new(BooleanQuery::new(clauses.collect()))
}

/// Returns the entries that a range takes, those of one class after those of another, with
/// those of times that are inferred where they are asked for.
fn classes_of(range: DateRange, inferred: bool) -> Vec<RangeInclusive<i64>> {
    let length = match (range.from, range.to) {
        (Some(from), Some(to)) => (to - from).num_days() + 1,
        _ => i64::MAX,
    };
    let end = |day: Option<NaiveDate>, open: i64| day.map_or(open, day_number);
    let (from, to) = (end(range.from, -CLASS_STEP / 2 + 1), end(range.to, CLASS_STEP / 2 - 1));
    let apart = if inferred { &[0, LIKELY][..] } else { &[0][..] };
    let class = |class| apart.iter().map(move |a| a + class_step(class) + from..=a + class_step(class) + to);
    (0..=class_of(length.max(WEEK_DAYS))).flat_map(class).collect()
}

#[cfg(test)]
mod tests {
    use super::{CLASS_DAYS_MIN, bins_of_entry, class_of, entries, spans};
    use crate::query::DateRange;
    use crate::story::{Confidence, Evidence, FILING_RULE, Span, Story, TimeExpr, TimeKind};

    fn story(from: &str, to: &str) -> Story {
        let mut story = Story::new("x".to_owned());
        story.times.push(TimeExpr {
            span: Span::new(0, 1),
            kind: TimeKind::Date,
            value: None,
            days: Some((from.parse().expect("a day"), to.parse().expect("a day"))),
            stretch: None,
            evidence: vec![Evidence::text(Span::new(0, 1), "times/date", Confidence::Stated)],
        });
        story
    }

    #[test]
    fn what_says_when_it_was_filed_is_not_spoken_of() {
        let mut story = story("1970-01-02", "1970-01-02");
        story.times[0].evidence[0].rule = FILING_RULE.into();
        assert!(entries(&story).is_empty());
    }

    #[test]
    fn short_times_are_days_and_long_ones_two_ends() {
        assert_eq!(entries(&story("1970-01-02", "1970-01-02")).into_iter().collect::<Vec<_>>(), [1]);
        assert_eq!(entries(&story("1970-01-05", "1970-01-11")).len(), 7);
        assert_eq!(entries(&story("2024-10-01", "2024-10-31")).len(), 2);
    }

    #[test]
    fn a_range_is_spoken_of_where_a_time_has_an_end_in_it() {
        let october = story("2024-10-01", "2024-10-31");
        let range = |from: &str, to: &str| DateRange { from: from.parse().ok(), to: to.parse().ok() };
        assert_eq!(spans(&october, range("2024-10-15", "2024-11-20"), false), [Span::new(0, 1)]);
        assert_eq!(spans(&october, range("2024-10-15", "2024-10-16"), false), [], "a month is longer than two days");
        assert_eq!(spans(&october, range("2024-11-01", "2024-12-31"), false), []);
        assert_eq!(spans(&october, DateRange { from: None, to: None }, false), [Span::new(0, 1)]);
    }

    #[test]
    fn a_bin_takes_what_a_query_of_its_length_takes() {
        let month: Vec<i64> = entries(&story("1960-10-01", "1960-10-31")).into_iter().collect();
        let days: Vec<_> = month.iter().map(|e| bins_of_entry(*e, 31)).collect();
        assert_eq!(days, [Some(-3379), Some(-3349)]);
        assert!(month.iter().all(|e| bins_of_entry(*e, 7).is_none()), "a month is no time of a week");
        assert_eq!(bins_of_entry(-3379, 1), Some(-3379));
    }

    #[test]
    fn what_is_inferred_is_found_only_where_it_is_asked_for() {
        let mut story = story("2024-10-23", "2024-10-23");
        story.times[0].evidence[0].confidence = Confidence::Inferred;
        let day = DateRange::day("2024-10-23".parse().expect("a day"));
        assert_eq!(spans(&story, day, false), []);
        assert_eq!(spans(&story, day, true), [Span::new(0, 1)]);
        assert!(entries(&story).iter().all(|e| bins_of_entry(*e, 31).is_none()), "nor is it in a bar of a timeline");
    }

    #[test]
    fn a_stretch_is_found_by_its_days() {
        let mut story = story("2024-06-16", "2024-06-16");
        story.times[0].stretch = Some(("2024-06-14".parse().expect("a day"), "2024-06-16".parse().expect("a day")));
        let day = |d: &str| DateRange::day(d.parse().expect("a day"));
        assert_eq!(spans(&story, day("2024-06-15"), false), [Span::new(0, 1)]);
        assert_eq!(spans(&story, day("2024-06-17"), false), []);
    }

    #[test]
    fn a_range_as_long_as_a_month_takes_months_but_no_years() {
        assert_eq!(class_of(7), 0);
        assert_eq!(class_of(28), 1);
        assert_eq!(class_of(31), 1);
        assert_eq!(class_of(92), 2);
        assert_eq!(class_of(366), 3);
        assert_eq!(class_of(3_653), 4);
        assert_eq!(class_of(i64::MAX), CLASS_DAYS_MIN.len());
    }
}
