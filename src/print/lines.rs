//! Ids or paths, one a line or NUL-ended: for other programs. A path is written as it is,
//! because a program opens it; one with control characters is whole only with `-0`.

use super::printer::{List, Needs, Page, Printer};
use super::{Column, clean};
use crate::search::Hit;
use crate::story::{StoryId, path_bytes};
use std::io::{self, Write};
use std::path::Path;

/// Ids.
pub(super) struct Ids;

/// Paths.
pub(super) struct Paths;

struct Lines<'a> {
    out: &'a mut dyn Write,
    nul: bool,
}

impl Printer for Ids {
    fn name(&self) -> &'static str {
        "ids"
    }
    fn extension(&self) -> &'static str {
        "ids"
    }
    fn help(&self) -> &'static str {
        "ids, one a line, as ID@FOLDER where several archives are read; -0 ends them with NUL"
    }
    fn needs(&self, _: Option<&[&'static Column]>) -> Needs {
        Needs::Ids
    }
    fn begin<'a>(&self, out: &'a mut dyn Write, page: &'a Page<'a>) -> io::Result<Box<dyn List + 'a>> {
        Ok(Box::new(Lines { out, nul: page.look.nul }))
    }
}

impl Printer for Paths {
    fn name(&self) -> &'static str {
        "paths"
    }
    fn extension(&self) -> &'static str {
        "paths"
    }
    fn help(&self) -> &'static str {
        "paths of the sources, one a line; -0 ends them with NUL"
    }
    fn needs(&self, _: Option<&[&'static Column]>) -> Needs {
        Needs::Paths
    }
    fn begin<'a>(&self, out: &'a mut dyn Write, page: &'a Page<'a>) -> io::Result<Box<dyn List + 'a>> {
        Ok(Box::new(Lines { out, nul: page.look.nul }))
    }
}

/// The two hexadecimal digits of each byte.
const HEX: [[u8; 2]; 256] = {
    let digits = b"0123456789abcdef";
    let mut pairs = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        pairs[byte] = [digits[byte >> 4], digits[byte & 15]];
        byte += 1;
    }
    pairs
};

impl List for Lines<'_> {
    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        self.id(hit.story.id, hit.archive.as_deref().map(Path::new))
    }
    fn id(&mut self, id: StoryId, archive: Option<&Path>) -> io::Result<()> {
        // By hand: formatting is half the time of a list of a million ids.
        let mut line = [if self.nul { 0 } else { b'\n' }; 17];
        for (pair, byte) in line.as_chunks_mut::<2>().0.iter_mut().zip(id.0.to_be_bytes()) {
            *pair = HEX[usize::from(byte)];
        }
        let Some(archive) = archive else { return self.out.write_all(&line) };
        self.out.write_all(&line[..16])?;
        self.out.write_all(b"@")?;
        self.path(&archive.to_string_lossy())
    }
    fn path(&mut self, path: &str) -> io::Result<()> {
        if self.nul {
            self.out.write_all(&path_bytes(path))?;
            return self.out.write_all(&[0]);
        }
        // A line break or an escape in a name would make two paths of one, or worse.
        let acts = |c: char| c.is_control() || super::json::acts(c) || matches!(c, '\u{10FE80}'..='\u{10FE9F}');
        let plain = !path.chars().any(acts);
        if plain {
            self.out.write_all(&path_bytes(path))?;
        } else {
            self.out.write_all(clean(path).as_bytes())?;
        }
        self.out.write_all(b"\n")
    }
    fn finish(self: Box<Self>) -> io::Result<Vec<String>> {
        Ok(Vec::new())
    }
}
