//! Whole stories, one behind the other, as `show` and `inspect` write them.

use super::{Env, json_line};
use crate::print::{json, screen};
use crate::story::Story;
use anyhow::Result;
use clap::ValueEnum;
use std::io::{IsTerminal, Write};

/// The form of stories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// To be read
    Text,
    /// One object that holds all of them; see docs/JSON.md
    Json,
    /// One object a line, for scripts; see docs/JSON.md
    Jsonl,
    /// The decoded text alone, which spans refer to
    TextOnly,
}

/// Stories that are being written.
pub(super) struct Stories<'a> {
    out: &'a mut dyn Write,
    form: Form,
    /// Whether every value is given with its evidence where people read.
    why: bool,
    columns: usize,
    style: crate::print::Style,
    count: usize,
    /// Whether the last text did not end its last line.
    is_line_open: bool,
}

impl<'a> Stories<'a> {
    pub(super) fn new(out: &'a mut dyn Write, form: Form, why: bool, env: &Env) -> Stories<'a> {
        let (columns, style) = (env.columns, env.style);
        Stories { out, form, why, columns, style, count: 0, is_line_open: false }
    }

    /// Writes a story.
    pub(super) fn put(&mut self, story: &Story) -> Result<()> {
        self.count += 1;
        match self.form {
            Form::Text => screen::story(self.out, story, self.why, self.columns, self.style)?,
            Form::Jsonl => json_line(self.out, &json::story(story))?,
            Form::TextOnly => self.text(&story.text)?,
            Form::Json => {
                self.out.write_all(if self.count == 1 { json::OPEN_STORIES } else { b",\n" })?;
                json::write(self.out, &json::story(story))?;
            }
        }
        Ok(())
    }

    /// Writes bytes of a source as they are, on a terminal what of them is no command to it.
    pub(super) fn raw(&mut self, bytes: &[u8]) -> Result<()> {
        if std::io::stdout().is_terminal() {
            let text = crate::print::clean_lines(&String::from_utf8_lossy(bytes));
            return Ok(self.out.write_all(text.as_bytes())?);
        }
        Ok(self.out.write_all(bytes)?)
    }

    /// Writes a text as [`raw`](Self::raw) does; before it, a line that is open is ended.
    fn text(&mut self, text: &str) -> Result<()> {
        if std::mem::replace(&mut self.is_line_open, !text.is_empty() && !text.ends_with('\n')) {
            self.out.write_all(b"\n")?;
        }
        self.raw(text.as_bytes())
    }

    /// Writes what ends the whole.
    pub(super) fn end(self) -> Result<()> {
        if self.form == Form::Json {
            if self.count == 0 {
                self.out.write_all(json::OPEN_STORIES)?;
            }
            self.out.write_all(b"]}\n")?;
        }
        Ok(self.out.flush()?)
    }
}
