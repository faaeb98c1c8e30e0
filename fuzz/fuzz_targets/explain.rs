//! Any text as a query that is explained, and as an expression of dates.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let today = chrono::NaiveDate::from_ymd_opt(2024, 12, 5).expect("a day of the calendar");
    let _ = dateline::query::parse_date_expr(text, today, None);
    if let Ok(parsed) = dateline::query::parse(text, &dateline::query::Context { today, any: false }) {
        let _ = dateline::query::sentence(&parsed.query.root);
        let _ = dateline::query::tree(&parsed.query.root);
    }
});
