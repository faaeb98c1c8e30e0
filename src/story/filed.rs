//! When a story was filed.

use super::Evidence;
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// A day, with a time and an offset where the source gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// The day in the source's own zone.
    pub day: NaiveDate,
    /// The time of day, where stated.
    pub time: Option<NaiveTime>,
    /// Minutes east of UTC, where stated.
    pub offset_minutes: Option<i32>,
}

/// The zone in which a day begins last, in minutes east of UTC.
const LAST_ZONE_MINUTES: i32 = -12 * 60;
/// The zone in which a day begins first.
const FIRST_ZONE_MINUTES: i32 = 14 * 60;
const DAY_SECONDS: i64 = 24 * 60 * 60;

impl Moment {
    /// Returns the moment of a day without a time.
    #[must_use]
    pub fn day(day: NaiveDate) -> Moment {
        Moment { day, time: None, offset_minutes: None }
    }

    /// Returns seconds since 1970-01-01 of the moment as written, zone disregarded: the day
    /// of filters and counts is the source's own.
    #[must_use]
    pub fn local_seconds(self) -> i64 {
        self.day.and_time(self.time.unwrap_or(NaiveTime::MIN)).and_utc().timestamp()
    }

    /// Returns seconds since 1970-01-01 UTC of the moment; one without a time or a zone is
    /// taken as it is written. The order of lists: who had it first.
    #[must_use]
    pub fn instant(self) -> i64 {
        let east = self.offset_minutes.filter(|_| self.time.is_some()).unwrap_or(0);
        self.local_seconds() - i64::from(east) * 60
    }

    /// Returns seconds since 1970-01-01 UTC at which the moment has come wherever it may be
    /// meant: without a zone in the last one that gets there, without a time at the end of
    /// the day.
    #[must_use]
    pub fn over_everywhere(self) -> i64 {
        let east = self.offset_minutes.filter(|_| self.time.is_some()).unwrap_or(LAST_ZONE_MINUTES);
        let whole_day = if self.time.is_none() { DAY_SECONDS } else { 0 };
        self.local_seconds() + whole_day - i64::from(east) * 60
    }

    /// Returns seconds since 1970-01-01 UTC at which the moment may first have come: without
    /// a zone in the first one that gets there, without a time at the beginning of the day.
    #[must_use]
    pub fn begins_somewhere(self) -> i64 {
        let east = self.offset_minutes.filter(|_| self.time.is_some()).unwrap_or(FIRST_ZONE_MINUTES);
        self.local_seconds() - i64::from(east) * 60
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.day)?;
        if let Some(time) = self.time {
            write!(f, "T{}", time.format("%H:%M:%S"))?;
            match self.offset_minutes {
                Some(0) => write!(f, "Z")?,
                Some(minutes) => write!(
                    f,
                    "{}{:02}:{:02}",
                    if minutes < 0 { '-' } else { '+' },
                    minutes.abs() / 60,
                    minutes.abs() % 60
                )?,
                None => {}
            }
        }
        Ok(())
    }
}

/// What is known of the time of filing.
///
/// `value` is stated or derived, never inferred; without it `earliest` and `latest`
/// may bound the day where something in the story does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// The moment, where it is known.
    pub value: Option<Moment>,
    /// The first day that is possible.
    pub earliest: Option<NaiveDate>,
    /// The last day that is possible.
    pub latest: Option<NaiveDate>,
    /// The reasons.
    pub evidence: Vec<Evidence>,
}
