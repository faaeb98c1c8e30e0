//! Transcripts of whole expressions, asked on Wednesday 4 December 2024.

use super::{DateRange, parse_date_expr};
use chrono::{Days, NaiveDate};

fn asked(lang: &str, text: &str) -> String {
    let today = "2024-12-04".parse().expect("a day");
    parse_date_expr(text, today, Some(lang)).map_or_else(|_| "error".to_owned(), |r| r.to_string())
}

#[test]
fn ranges_whose_ends_share_a_month() {
    assert_eq!(asked("fr", "entre le 1er et le 5 décembre"), "2024-12-01..2024-12-05");
    assert_eq!(asked("fr", "du 1er au 3 décembre"), "2024-12-01..2024-12-03");
    assert_eq!(asked("fr", "du 28 décembre au 3 janvier 2025"), "2024-12-28..2025-01-03");
}

#[test]
fn other_reckonings() {
    assert_eq!(asked("th", "2 ธันวาคม 2567"), "2024-12-02");
    assert_eq!(asked("zh", "民國113年12月2日"), "2024-12-02");
    assert_eq!(asked("ja", "令和6年12月2日"), "2024-12-02");
    assert_eq!(asked("fa", "۱۲ آذر ۱۴۰۳"), "2024-12-02");
    assert_eq!(asked("en", "2 December 2567"), "error");
}

#[test]
fn boundaries() {
    assert_eq!(asked("en", "29 February 2024"), "2024-02-29");
    assert_eq!(asked("en", "29 February 2023"), "error");
    assert_eq!(asked("en", "2020-W53"), "2020-12-28..2021-01-03");
    assert_eq!(asked("en", "2024-W53"), "error");
    assert_eq!(asked("en", "2024-12-31..2025-01-01"), "2024-12-31..2025-01-01");
}

proptest::proptest! {
    #[test]
    fn what_is_printed_reads_back(from in 0u64..73_000, length in 0u64..4_000, open in 0..3) {
        let first = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day") + Days::new(from);
        let last = first + Days::new(length);
        let range = DateRange { from: (open != 1).then_some(first), to: (open != 2).then_some(last) };
        let today = "2024-12-04".parse().expect("a day");
        proptest::prop_assert_eq!(parse_date_expr(&range.to_string(), today, None), Ok(range));
    }

    #[test]
    fn no_expression_breaks_it(text in "\\PC{0,40}", lang in "en|fr|ar|zh|th|ja") {
        let today = "9999-12-31".parse().expect("a day");
        let _ = parse_date_expr(&text, today, Some(&lang));
    }
}
