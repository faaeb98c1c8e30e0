//! From folders to the archive: walk, read, enrich, batch, commit, report.

mod read;
mod reconcile;
mod report;
mod run;
mod walk;

pub use read::{read_bytes, read_file, resolve_against};
pub use report::IngestReport;
pub use run::{Options, Progress, preview, run};
