//! What was read of a date, and how far it goes.

use crate::data::months::Calendar;
use chrono::{NaiveDate, NaiveTime};

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
    /// Whether day and month could be the other way round.
    pub ambiguous: bool,
    /// Whether it is too little to be a date but beside the name of an agency.
    pub needs_agency: bool,
    /// Everything that the name of the month may mean.
    pub(super) meanings: Meanings,
}

impl DateRead {
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
        let mut same = self.meanings.iter().filter(|m| m.0 == read.0);
        if same.any(|m| m.1 != read.1) {
            match self.meanings.iter().find(|m| lang == Some(m.2)) {
                Some(meaning) => self.month = Some((meaning.0, meaning.1)),
                None => self.ambiguous = true,
            }
        }
        self
    }

    /// Returns the day, where year (four digits), month and day are known for certain.
    #[must_use]
    pub fn full(&self) -> Option<NaiveDate> {
        self.year.filter(|y| (1600..=2200).contains(y)).and_then(|y| self.in_year(y))
    }

    /// Returns the day, were the year `year`; the month must be of the Gregorian calendar.
    #[must_use]
    pub fn in_year(&self, year: i32) -> Option<NaiveDate> {
        match self.month {
            Some((Calendar::Gregorian, month)) if !self.ambiguous => NaiveDate::from_ymd_opt(year, month, self.day?),
            _ => None,
        }
    }
}
