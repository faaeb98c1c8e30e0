//! Calendars other than the Gregorian: days of the Iranian, the Islamic, the Buddhist and
//! the Japanese reckoning.

use chrono::{Days, NaiveDate, Weekday};

/// Years of the Iranian calendar for which its 33-year rule equals the observed one.
pub const SOLAR_YEARS: std::ops::RangeInclusive<i32> = 1244..=1498;

/// Years between the Buddhist era as Thailand counts it and the common era.
pub const BUDDHIST_YEARS: i32 = 543;

/// The year before the first of the republic by which Taiwan counts.
pub const REPUBLIC_YEAR_0: i32 = 1911;

/// Days by which the Islamic calendar of a country may differ from the tabular one: its years
/// begin within a day of it, single months within two.
pub const LUNAR_DAYS_UNSURE: i64 = 2;

/// Returns a day of the Iranian (solar Hijri) calendar.
#[must_use]
pub fn solar_day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let length = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 if (25 * i64::from(year) + 11) % 33 < 8 => 30,
        12 => 29,
        _ => return None,
    };
    if !SOLAR_YEARS.contains(&year) || !(1..=length).contains(&day) {
        return None;
    }
    // 1 Farvardin 1 is day 226,895 after 31 December of the year 0.
    let before = if month <= 7 { 31 * (month - 1) } else { 30 * (month - 1) + 6 };
    let days = 226_894 + 365 * (year - 1) + (8 * year + 21) / 33 + i32::try_from(before + day).ok()?;
    NaiveDate::from_num_days_from_ce_opt(days)
}

/// Returns a day of the Islamic (lunar Hijri) calendar by the tabular rule of thirty years
/// (leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29; epoch 16 July 622 of the Julian
/// calendar). Calendars by sighting or by decree differ by [`LUNAR_DAYS_UNSURE`].
#[must_use]
pub fn lunar_day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    if !(1..=1600).contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let leap = (11 * year + 14) % 30 < 11;
    let length = if month % 2 == 1 || (month == 12 && leap) { 30 } else { 29 };
    // A month that the table gives 29 days may have 30 where it is sighted.
    let day = i32::try_from(day).ok()?.min(length);
    let month = i32::try_from(month).ok()?;
    let days = 227_014 + 354 * (year - 1) + (3 + 11 * year) / 30 + 29 * (month - 1) + month / 2 + day;
    NaiveDate::from_num_days_from_ce_opt(days)
}

/// Returns the Iranian year in which a Gregorian year begins.
#[must_use]
pub fn solar_year_of(gregorian: i32) -> i32 {
    gregorian - 622
}

/// Returns the Islamic year in which a Gregorian year begins.
#[must_use]
pub fn lunar_year_of(gregorian: i32) -> i32 {
    let years = i64::from(gregorian - 622) * 33 / 32;
    i32::try_from(years).unwrap_or(0)
}

/// Returns Easter Sunday of the Western churches, by the rule of Meeus, Jones and Butcher.
#[must_use]
pub fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// Returns Easter Sunday of the Orthodox churches, by the rule of Meeus for the Julian
/// calendar, as a day of the Gregorian one.
#[must_use]
pub fn orthodox_easter(year: i32) -> Option<NaiveDate> {
    let d = (19 * (year % 19) + 15) % 30;
    let e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
    let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
    // Days by which the Julian calendar is behind: 13 from 1900 to 2100.
    let behind = year / 100 - year / 400 - 2;
    let julian = NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
    julian.checked_add_days(Days::new(u64::try_from(behind).ok()?))
}

/// Returns Thanksgiving of the United States: the fourth Thursday of November.
#[must_use]
pub fn thanksgiving(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, 11, Weekday::Thu, 4)
}

#[cfg(test)]
mod tests {
    use super::{easter, lunar_day, lunar_year_of, orthodox_easter, solar_day, solar_year_of, thanksgiving};
    use chrono::{Datelike, NaiveDate};

    fn d(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn movable_feasts() {
        for (year, west, east) in [
            (1961, "1961-04-02", "1961-04-09"),
            (2000, "2000-04-23", "2000-04-30"),
            (2017, "2017-04-16", "2017-04-16"),
            (2024, "2024-03-31", "2024-05-05"),
            (2025, "2025-04-20", "2025-04-20"),
            (2038, "2038-04-25", "2038-04-25"),
        ] {
            assert_eq!((easter(year), orthodox_easter(year)), (Some(d(west)), Some(d(east))), "{year}");
        }
        for year in 1900..=2100 {
            let sundays = [easter(year), orthodox_easter(year)].map(|d| d.map(|d| d.weekday()));
            assert_eq!(sundays, [Some(chrono::Weekday::Sun); 2], "{year}");
        }
        assert_eq!([2023, 2024].map(thanksgiving), [Some(d("2023-11-23")), Some(d("2024-11-28"))]);
    }

    #[test]
    fn iranian_days() {
        for (y, m, day, iso) in [
            (1403, 1, 1, "2024-03-20"),
            (1403, 9, 12, "2024-12-02"),
            (1403, 12, 30, "2025-03-20"),
            (1404, 1, 1, "2025-03-21"),
            (1357, 11, 22, "1979-02-11"),
        ] {
            assert_eq!(solar_day(y, m, day), Some(d(iso)), "{y}-{m}-{day}");
        }
        assert_eq!(solar_day(1404, 12, 30), None);
    }

    #[test]
    fn islamic_days_within_a_day_of_the_decreed_ones() {
        // Days on which Saudi Arabia began these months.
        for (y, m, iso) in [
            (1446, 1, "2024-07-07"),
            (1446, 9, "2025-03-01"),
            (1445, 10, "2024-04-10"),
            (1445, 12, "2024-06-07"),
            (1400, 1, "1979-11-20"),
        ] {
            let read = lunar_day(y, m, 1).expect("a day");
            assert!((read - d(iso)).num_days().abs() <= super::LUNAR_DAYS_UNSURE, "{y}-{m}: {read} {iso}");
        }
    }

    #[test]
    fn every_day_of_the_calendars_follows_the_one_before() {
        for (day_of, years) in [(solar_day as fn(i32, u32, u32) -> _, 1279..=1479), (lunar_day, 1318..=1524)] {
            let mut last: Option<NaiveDate> = None;
            for (year, month) in years.flat_map(|y| (1..=12).map(move |m| (y, m))) {
                let first: NaiveDate = day_of(year, month, 1).expect("a day");
                if let Some(last) = last {
                    assert!(matches!((first - last).num_days(), 29..=31), "{year}-{month}");
                }
                last = Some(first);
            }
        }
        assert_eq!(solar_day(solar_year_of(2024) + 1, 1, 1).map(|d| d.year()), Some(2024));
        let lunar = lunar_day(lunar_year_of(2024), 12, 29).expect("a day");
        assert!((2023..=2024).contains(&lunar.year()), "{lunar}");
    }
}
