//! Query text to a tree: what was asked, with the place of every part in the text.
//!
//! Everything that is not clearly syntax is text, so that a pasted sentence is a query.
//! What is clearly wrong is an error that points at itself. No engine, no clock: the day
//! that relative dates count from is an argument.

mod ast;
mod atom;
mod bare;
mod beside;
mod bounds;
mod capitals;
pub mod dates;
mod describe;
mod error;
mod foreign;
mod lex;
mod loose;
mod near;
mod operators;
mod parse;
#[cfg(test)]
mod parse_tests;
mod plain;
mod saved;
mod signs;
mod spellings;
mod value;

pub(crate) use atom::letters_apart;

pub use ast::{Distance, FieldValue, Near, Node, NodeKind, NumberRange, Phrase, Query};
pub use bounds::parse_days;
pub use dates::{DateError, DateRange, parse_date_expr};
pub use describe::describe;
pub use error::QueryError;
pub use foreign::{overlooked, with_dashes};
pub use operators::{OPERATORS, OperatorRow};
pub use parse::{Context, Parsed, parse, parse_with};
pub use plain::{sentence, tree};
pub use saved::Saved;
