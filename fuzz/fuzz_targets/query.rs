//! Any text as a query.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let today = chrono::NaiveDate::from_ymd_opt(2024, 12, 5).expect("a day of the calendar");
    let _ = dateline::query::parse(text, &dateline::query::Context { today, any: false });
});
