//! Hits and stories to bytes: one file per format. Writes into whatever it is given and
//! never decides what is shown.

pub mod json;
pub mod screen;
mod terminal;

pub use terminal::{Style, clean, width, wrap};
