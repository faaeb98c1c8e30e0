//! Any bytes through containers, every wire format and enrichment.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    dateline::ingest::read_bytes("fuzz", bytes, None, &mut |_| {});
});
