//! A set of stories over time: bars of a day, a week, a month or a year, without gaps. Where a
//! date lies far from the others, one bar stands for all the empty ones between.

use super::SearchError;
use crate::engine::{Plan, Reader};
use chrono::{Datelike, Days, Months, NaiveDate};
use std::collections::BTreeMap;

/// Most bars of a timeline: fifty years of days. Where there were more, those of a long stretch of
/// no story are one; what are more then are refused, never dropped.
pub(super) const BARS_MAX: i64 = 20_000;
/// Bars of no story, one behind the other, that stay as they are.
const EMPTY_MAX: u64 = 100;
/// Bars of a plot when nobody says which bin to take: what a line of a terminal holds.
const BARS_WANTED: i64 = 90;

/// The length of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bin {
    /// A day.
    Day,
    /// A week, from Monday, named by its ISO week.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Bin {
    /// Every bin, the shortest first.
    pub const ALL: [Bin; 4] = [Bin::Day, Bin::Week, Bin::Month, Bin::Year];

    /// Returns the word used on the command line and in output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Bin::Day => "day",
            Bin::Week => "week",
            Bin::Month => "month",
            Bin::Year => "year",
        }
    }

    /// Days of the longest such bin.
    fn days_max(self) -> i64 {
        match self {
            Bin::Day => 1,
            Bin::Week => 7,
            Bin::Month => 31,
            Bin::Year => 366,
        }
    }

    /// The first day of the bin that `day` lies in.
    fn start(self, day: NaiveDate) -> NaiveDate {
        match self {
            Bin::Day => day,
            Bin::Week => day - Days::new(u64::from(day.weekday().num_days_from_monday())),
            Bin::Month => day.with_day(1).unwrap_or(day),
            Bin::Year => day.with_ordinal(1).unwrap_or(day),
        }
    }

    /// The first day of the next bin.
    fn next(self, start: NaiveDate) -> Option<NaiveDate> {
        match self {
            Bin::Day => start.succ_opt(),
            Bin::Week => start.checked_add_days(Days::new(7)),
            Bin::Month => start.checked_add_months(Months::new(1)),
            Bin::Year => start.checked_add_months(Months::new(12)),
        }
    }

    fn label(self, start: NaiveDate) -> String {
        let pattern = match self {
            Bin::Day => "%Y-%m-%d",
            Bin::Week => "%G-W%V",
            Bin::Month => "%Y-%m",
            Bin::Year => "%Y",
        };
        start.format(pattern).to_string()
    }

    /// How many bins there are from one day to another, about.
    fn between(self, first: NaiveDate, last: NaiveDate) -> i64 {
        (last - first).num_days() / self.days_max() + 1
    }
}

/// Which times a timeline is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Of {
    /// When stories were filed.
    #[default]
    Filed,
    /// The times that they speak of.
    Events,
}

impl Of {
    /// Returns the word used on the command line and in output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Of::Filed => "filed",
            Of::Events => "events",
        }
    }
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Its name, such as `2024-12`; what `date:` understands, save for weeks.
    pub label: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// How many stories.
    pub count: u64,
    /// How many bins it stands for: one, or a long stretch of no story.
    pub bins: u64,
}

/// Bars from the first story to the last, empty ones included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// Which times.
    pub of: Of,
    /// The length of a bar.
    pub bin: Bin,
    /// The bars, in order. By times spoken of, a story may stand in several.
    pub bars: Vec<Bar>,
    /// Stories without a known day of filing, or that speak of no time; in no bar.
    pub undated: u64,
    /// Stories of the set.
    pub total: u64,
}

fn day_of(number: i64) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_signed(chrono::TimeDelta::try_days(number)?)
}

fn number_of(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}

pub(super) fn of_set(reader: &Reader, plan: &Plan, of: Of, bin: Option<Bin>) -> Result<Timeline, SearchError> {
    let days = match of {
        Of::Filed => reader.days(plan.matching())?,
        Of::Events => reader.events(plan.matching(), 1, &|day| day)?,
    };
    let bin = bin.unwrap_or_else(|| readable(&days));
    plan.check()?;
    match of {
        Of::Filed => {
            let total = days.values().sum();
            fill(of, bin, &days, total)
        }
        Of::Events => {
            let total = reader.count(plan.matching())? as u64;
            // A day beyond the calendar stays its own bin, and is no bar.
            let start = |day: i64| day_of(day).map_or(day, |d| number_of(bin.start(d)));
            fill(of, bin, &reader.events(plan.matching(), bin.days_max(), &start)?, total)
        }
    }
}

/// The shortest bin that gives a plot of readable length.
fn readable(days: &BTreeMap<Option<i64>, u64>) -> Bin {
    let mut known = days.keys().flatten().filter_map(|d| day_of(*d));
    let Some(first) = known.next() else { return Bin::Day };
    let last = known.next_back().unwrap_or(first);
    Bin::ALL.into_iter().find(|bin| bin.between(first, last) <= BARS_WANTED).unwrap_or(Bin::Year)
}

fn fill(of: Of, bin: Bin, days: &BTreeMap<Option<i64>, u64>, total: u64) -> Result<Timeline, SearchError> {
    let mut counts: BTreeMap<NaiveDate, u64> = BTreeMap::new();
    let mut undated = 0;
    for (day, count) in days {
        match day.and_then(day_of) {
            Some(day) => *counts.entry(bin.start(day)).or_default() += count,
            None => undated += count,
        }
    }
    let mut bars = Vec::new();
    if let (Some((first, _)), Some((last, _))) = (counts.first_key_value(), counts.last_key_value()) {
        let joins = bin.between(*first, *last) > BARS_MAX;
        let mut empty = Vec::new();
        let mut start = Some(*first);
        while let Some(from) = start.filter(|s| s <= last) {
            start = bin.next(from);
            let to = start.and_then(|s| s.pred_opt()).unwrap_or(from);
            let bar = |count| Bar { label: bin.label(from), from, to, count, bins: 1 };
            match counts.get(&from) {
                None => empty.push(bar(0)),
                Some(count) => {
                    stretch(std::mem::take(&mut empty), joins, &mut bars);
                    bars.push(bar(*count));
                }
            }
        }
        if i64::try_from(bars.len()).unwrap_or(i64::MAX) > BARS_MAX {
            let (bars, first, last) = (bin.between(*first, *last), first.to_string(), last.to_string());
            return Err(SearchError::Bars { bars, bin, first, last });
        }
    }
    Ok(Timeline { of, bin, bars, undated, total })
}

/// Adds bars of no story; as one where they are to be joined and are many.
fn stretch(empty: Vec<Bar>, joins: bool, bars: &mut Vec<Bar>) {
    match (empty.first(), empty.last()) {
        (Some(first), Some(last)) if joins && empty.len() as u64 > EMPTY_MAX => bars.push(Bar {
            label: format!("{}..{}", first.label, last.label),
            from: first.from,
            to: last.to,
            count: 0,
            bins: empty.len() as u64,
        }),
        _ => bars.extend(empty),
    }
}

#[cfg(test)]
mod tests {
    use super::{Bin, Of, day_of, fill, number_of, readable};
    use std::collections::BTreeMap;

    fn days(list: &[(&str, u64)]) -> BTreeMap<Option<i64>, u64> {
        list.iter().map(|(d, n)| (d.parse().ok().map(number_of), *n)).collect()
    }

    fn shown(bin: Bin, list: &[(&str, u64)]) -> String {
        let line = fill(Of::Filed, bin, &days(list), 0).expect("few bars");
        let bars: Vec<String> = line.bars.iter().map(|b| format!("{} {}", b.label, b.count)).collect();
        format!("{} | {}", bars.join(", "), line.undated)
    }

    #[test]
    fn bars_have_no_gaps_and_the_undated_stand_aside() {
        let list = [("2024-11-30", 2), ("2024-12-02", 1), ("none", 4)];
        assert_eq!(shown(Bin::Day, &list), "2024-11-30 2, 2024-12-01 0, 2024-12-02 1 | 4");
        assert_eq!(shown(Bin::Week, &list), "2024-W48 2, 2024-W49 1 | 4");
        assert_eq!(shown(Bin::Month, &list), "2024-11 2, 2024-12 1 | 4");
        assert_eq!(shown(Bin::Year, &list), "2024 3 | 4");
        assert_eq!(shown(Bin::Day, &[("none", 4)]), " | 4");
    }

    #[test]
    fn a_wrong_clock_is_one_bar_and_too_many_are_refused() {
        let list = days(&[("1024-01-01", 1), ("2024-01-01", 1)]);
        assert_eq!(
            shown(Bin::Day, &[("1024-01-01", 1), ("2024-01-01", 1)]),
            "1024-01-01 1, 1024-01-02..2023-12-31 0, 2024-01-01 1 | 0"
        );
        let often: BTreeMap<Option<i64>, u64> = (0..30_000).map(|n| (Some(n * 20), 1)).collect();
        let error = fill(Of::Filed, Bin::Day, &often, 2).expect_err("too many").to_string();
        assert!(error.contains("599981 bars of a day"), "{error}");
        assert_eq!(readable(&list), Bin::Year);
        assert_eq!(readable(&days(&[("2024-01-01", 1), ("2024-03-01", 1)])), Bin::Day);
        assert_eq!(readable(&days(&[("2024-01-01", 1), ("2025-03-01", 1)])), Bin::Week);
    }

    #[test]
    fn days_and_numbers_agree() {
        assert_eq!(day_of(0).map(number_of), Some(0));
        assert_eq!(day_of(i64::MAX), None);
    }

    proptest::proptest! {
        #[test]
        fn no_story_is_lost(list in proptest::collection::btree_map(-3000i64..3000, 1u64..9, 0..40)) {
            let days: BTreeMap<Option<i64>, u64> = list.iter().map(|(d, n)| (Some(*d), *n)).collect();
            for bin in Bin::ALL {
                let line = fill(Of::Filed, bin, &days, 0).expect("few bars");
                proptest::prop_assert_eq!(line.bars.iter().map(|b| b.count).sum::<u64>(), list.values().sum::<u64>());
                for pair in line.bars.windows(2) {
                    proptest::prop_assert_eq!(pair[0].to.succ_opt(), Some(pair[1].from));
                }
            }
        }
    }
}
