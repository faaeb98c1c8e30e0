//! Readers beside a writer: every answer belongs to one commit.
//!
//! The long form is the example `readers`.

#[path = "../examples/shared/product.rs"]
mod product;
#[path = "../examples/shared/readers.rs"]
mod together;

use std::time::Duration;

#[test]
fn every_answer_is_of_one_commit() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let product = product::Product { program: env!("CARGO_BIN_EXE_dateline").into() };
    let done = together::run(&product, folder.path(), 20, 8, Duration::from_secs(2)).expect("answers of one commit");
    assert!(done.rounds > 0 && done.answers > 0 && done.rounds_seen > 0);
}
