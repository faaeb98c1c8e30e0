//! What was read of a date, and how far it goes.

use crate::data::calendars;
use crate::data::months::Calendar;
use chrono::{NaiveDate, NaiveTime};

/// Years of two digits mean the last such year before this one: copy of before 1936 that
/// writes its year so is not told apart.
const SHORT_YEARS_BEFORE: i32 = 2036;

/// Languages in which figures may have the month first: those of the United States and its like.
const MONTH_FIRST: [&str; 4] = ["en", "tl", "fil", "ceb"];

/// Calendar, month and language of a name.
pub(super) type Meanings = &'static [(Calendar, u32, &'static str)];

/// A date that was read, as far as it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateRead {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Day of the month.
    pub day: Option<u32>,
    /// Month, with its calendar.
    pub month: Option<(Calendar, u32)>,
    /// Year as written, with two or four digits.
    pub year: Option<i32>,
    /// Time of day.
    pub time: Option<NaiveTime>,
    /// Where the time begins, in bytes.
    pub timed: Option<usize>,
    /// Its zone, in minutes east of UTC.
    pub offset_minutes: Option<i32>,
    /// Whether day and month could be the other way round.
    pub ambiguous: bool,
    /// Whether it is written in figures alone.
    pub in_figures: bool,
    /// Whether it is too little to be a date but beside the name of an agency.
    pub needs_agency: bool,
    /// Everything that the name of the month may mean.
    pub(super) meanings: Meanings,
}

impl DateRead {
    /// Tells whether its month is one of the common calendar.
    pub(super) fn is_gregorian(&self) -> bool {
        self.month.is_some_and(|(calendar, _)| calendar == Calendar::Gregorian)
    }

    /// Takes what the name of a month means.
    pub(super) fn name_month(&mut self, meanings: Meanings) {
        self.month = meanings.first().map(|m| (m.0, m.1));
        self.meanings = meanings;
    }

    /// Returns the date with the month that its name means in `lang`: *listopad* is
    /// October to some and November to others. Without the language it is ambiguous.
    #[must_use]
    pub fn settled(mut self, lang: Option<&str>) -> DateRead {
        let Some(read) = self.month else { return self };
        // Figures with strokes are the day first in every language but English.
        if self.in_figures && self.ambiguous && lang.is_some_and(|lang| !MONTH_FIRST.contains(&lang)) {
            self.ambiguous = false;
        }
        let mut same = self.meanings.iter().filter(|m| m.0 == read.0);
        if same.any(|m| m.1 != read.1) {
            match self.meanings.iter().find(|m| lang == Some(m.2)) {
                Some(meaning) => self.month = Some((meaning.0, meaning.1)),
                None => self.ambiguous = true,
            }
        }
        self
    }

    /// Returns the date with day and month exchanged.
    #[must_use]
    pub fn swapped(mut self) -> DateRead {
        if let (Some(day), Some((calendar, month))) = (self.day, self.month) {
            self.day = Some(month);
            self.month = Some((calendar, day));
        }
        self
    }

    /// Returns the year in its own calendar with all its digits: one of two digits is the
    /// last such year before `near` or, without it, before 2036.
    #[must_use]
    pub fn year_near(&self, near: Option<i32>, lang: Option<&str>) -> Option<i32> {
        let year = self.year?;
        if !(0..100).contains(&year) {
            return Some(year);
        }
        let limit = match (self.month, lang) {
            (Some((Calendar::Gregorian, _)), _) => near.map_or(SHORT_YEARS_BEFORE, |n| n + 10),
            (Some((Calendar::Persian, _)), _) => calendars::solar_year_of(SHORT_YEARS_BEFORE),
            _ => return None,
        };
        let full = limit - limit.rem_euclid(100) + year;
        Some(if full >= limit { full - 100 } else { full })
    }

    /// Returns the day, where year (four digits), month and day are known for certain.
    #[must_use]
    pub fn full(&self) -> Option<NaiveDate> {
        self.year.filter(|y| (1200..=2700).contains(y)).and_then(|y| self.in_year(y))
    }

    /// Returns the day, were the year `year` in the calendar of the month.
    #[must_use]
    pub fn in_year(&self, year: i32) -> Option<NaiveDate> {
        self.day_in(year, None)
    }

    /// As [`DateRead::in_year`]; figures alone are of the calendar that `lang` writes.
    #[must_use]
    pub fn day_in(&self, year: i32, lang: Option<&str>) -> Option<NaiveDate> {
        let ((calendar, month), day) = (self.month?, self.day?);
        if self.ambiguous {
            return None;
        }
        let thai = lang == Some("th") || self.meanings.iter().any(|m| m.2 == "th");
        match calendar {
            Calendar::Gregorian if thai && year > 2_400 => {
                NaiveDate::from_ymd_opt(year - calendars::BUDDHIST_YEARS, month, day)
            }
            Calendar::Gregorian if (1600..=2200).contains(&year) => NaiveDate::from_ymd_opt(year, month, day),
            Calendar::Gregorian => None,
            Calendar::Persian => calendars::solar_day(year, month, day),
            Calendar::Islamic => calendars::lunar_day(year, month, day),
            Calendar::Other if year > 2_400 => NaiveDate::from_ymd_opt(year - calendars::BUDDHIST_YEARS, month, day),
            // Figures alone: of the two Hijri calendars the one whose present years these are.
            Calendar::Other if matches!(lang, Some("fa" | "ps")) || (1_380..=1_420).contains(&year) => {
                calendars::solar_day(year, month, day)
            }
            Calendar::Other if (1_421..=1_500).contains(&year) => calendars::lunar_day(year, month, day),
            Calendar::Other => None,
        }
    }

    /// Returns by how many days the day may be off: calendars by sighting of the moon.
    #[must_use]
    pub fn unsure_days(&self) -> i64 {
        match self.month {
            Some((Calendar::Islamic, _)) => calendars::LUNAR_DAYS_UNSURE,
            Some((Calendar::Other, _)) if self.year.is_some_and(|y| (1_421..=1_500).contains(&y)) => {
                calendars::LUNAR_DAYS_UNSURE
            }
            _ => 0,
        }
    }
}
