//! From folders to the archive: walk, read, enrich, batch, commit, report.

mod add;
mod containers;
mod crew;
mod halt;
mod moved;
mod own;
mod pieces;
mod read;
mod reconcile;
mod report;
mod run;
mod turn;
mod walk;
mod warc;
mod zip_list;

pub use containers::CONTAINERS;
pub use own::MANIFEST_ENDING;
pub use read::{Found, Raw, file_of, is_other_source, raw, read_bytes, read_each, read_file, resolve_against};
pub use reconcile::outside;
pub use report::IngestReport;
pub use run::{Depth, Options, Progress, preview, run};
