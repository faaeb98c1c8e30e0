//! Markup as the wires send it: a tokenizer and a tree that never fail.
//!
//! XML, HTML fragments and SGML go through the same reader. It tolerates undeclared
//! prefixes, unknown entities, bare ampersands, mismatched tags and cut-off ends. It
//! reads no DTD: no entity is expanded but the predefined ones and those of HTML, and
//! nothing outside the bytes is ever fetched.

mod blocks;
mod entities;
mod token;
mod tree;

pub(super) use blocks::{Blocks, Walk, of_element, of_html};
pub(super) use entities::decode;
pub(super) use token::{Token, attribute, local, tokens};
pub(super) use tree::{Document, Element};
