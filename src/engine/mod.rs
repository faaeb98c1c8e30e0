//! The only room that names tantivy: schema, analysis, writer, reader, lowering, check.
//!
//! An [`Archive`] is a folder: a marker file, the ledger of files read, and tantivy's
//! segments. The segments' commit payload names the ledger's valid length, so stories
//! and ledger become visible by one atomic rename and can never disagree.

mod analysis;
mod annotations;
mod archive;
mod bearers;
mod best;
mod check;
mod coded;
mod corrections;
mod cross;
mod dictionary;
mod events;
mod exact;
mod facets;
#[cfg(test)]
mod failing;
mod forms;
mod hands;
mod joined;
mod keys_file;
mod ledger;
mod left_out;
mod lexemes;
mod listing;
mod lower;
mod marks;
mod matcher;
mod merging;
mod named_file;
mod near;
mod one_name;
mod one_person;
mod paths;
mod queue;
mod read_only;
mod reader;
mod record;
mod remarks;
mod roll;
mod rows;
mod salvage;
mod schema;
mod second_look;
mod sets;
mod shared;
mod sketches;
mod stemming;
mod tally;
mod told_apart;
mod weighing;
mod who;
mod windowed;
mod withdrawn;
mod writer;

pub use archive::{Archive, ArchiveError, State};
pub use check::{CheckReport, check};
pub use corrections::{CORRECTIONS_FILE, Correction, Corrections, Verdict, is_apart};
pub use cross::{CELLS_MAX, Cross};
pub use facets::Facet;
pub use keys_file::KeysFile;
pub use ledger::{FileState, Known, Ledger, LedgerRow, Outcome};
pub use listing::{Listing, Order, Row};
pub use lower::{Expansion, LowerError, Plan, Ranking, expansions, misspelt};
pub use marks::Marks;
pub use matcher::Matcher;
pub use named_file::{named_folders, note_folders};
pub use one_name::key_of;
pub use one_person::compare_people;
pub use paths::{PathAt, Paths, path_of};
pub use reader::Reader;
pub use remarks::{Remark, RemarkKind, Remarks};
pub use salvage::{Salvage, clear_for_repair, is_being_made_anew, repaired, salvage};
pub use second_look::Runs;
pub use told_apart::told_apart;
pub use weighing::Weighing;
pub use who::Bearer;
pub use writer::Writer;
