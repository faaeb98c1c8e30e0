//! dateline: a news archive on your own machine.
//!
//! Reads directories of wire stories, keeps of every value where it was read, and
//! searches them. The rooms and the one direction of data between them are described in
//! `docs/ARCHITECTURE.md`.

pub mod cli;
pub mod data;
pub mod engine;
pub mod enrich;
pub mod ingest;
pub mod names;
pub mod print;
pub mod query;
pub mod search;
pub mod story;
pub mod text;
pub mod versions;
pub mod wire;
