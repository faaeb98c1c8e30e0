//! RIS: for Zotero, EndNote, Mendeley and JabRef. Tags as in the RIS specification of 2011,
//! UTF-8, lines ended by CR LF. A field that is not known is left out.

use super::columns::Column;
use super::keys::Keys;
use super::printer::{List, Needs, Page, Printer};
use super::terminal::clean;
use super::writers::writers;
use crate::search::Hit;
use std::io::{self, Write};

/// RIS.
pub(super) struct Ris;

struct Records<'a> {
    out: &'a mut dyn Write,
    keys: Keys,
}

impl Printer for Ris {
    fn name(&self) -> &'static str {
        "ris"
    }
    fn extension(&self) -> &'static str {
        "ris"
    }
    fn help(&self) -> &'static str {
        "references for Zotero, EndNote and Mendeley"
    }
    fn needs(&self, _: Option<&[&'static Column]>) -> Needs {
        Needs::Stories
    }
    fn begin<'a>(&self, out: &'a mut dyn Write, _: &'a Page<'a>) -> io::Result<Box<dyn List + 'a>> {
        Ok(Box::new(Records { out, keys: Keys::default() }))
    }
}

impl Records<'_> {
    /// A field is one line, so that copy cannot begin a field of its own.
    fn put(&mut self, tag: &str, value: &str) -> io::Result<()> {
        let value = clean(value);
        if value.is_empty() { Ok(()) } else { write!(self.out, "{tag}  - {value}\r\n") }
    }
}

impl List for Records<'_> {
    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        let s = &hit.story;
        self.put("TY", "NEWS")?;
        let key = self.keys.next(s.id);
        self.put("ID", &key)?;
        if let Some(headline) = &s.headline {
            self.put("TI", &headline.value)?;
        }
        if let Some(byline) = &s.byline {
            for writer in writers(&byline.value) {
                self.put("AU", &writer)?;
            }
        }
        if let Some(agency) = &s.agency {
            self.put("T2", &agency.name)?;
            self.put("PB", &agency.name)?;
        }
        if let Some(place) = s.dateline.as_ref().and_then(|d| d.places.first()) {
            self.put("CY", &place.as_written)?;
        }
        if let Some(moment) = s.filed.value {
            self.put("PY", &moment.day.format("%Y").to_string())?;
            let time = moment.time.map(|t| t.format("%H:%M").to_string()).unwrap_or_default();
            self.put("DA", &format!("{}/{time}", moment.day.format("%Y/%m/%d")))?;
        }
        if let Some(lang) = &s.lang {
            self.put("LA", &lang.value)?;
        }
        if let Some(version) = &s.version {
            self.put("ET", &version.value)?;
        }
        for word in s.keywords.iter().chain(&s.subjects) {
            self.put("KW", &word.value)?;
        }
        self.put("AB", s.text.get(s.layout.lead_start as usize..s.layout.lead_end as usize).unwrap_or(""))?;
        if s.status.value != crate::story::Status::Usable {
            self.put("N1", &format!("status: {}", s.status.value.as_str()))?;
        }
        self.put("L1", &s.path)?;
        self.out.write_all(b"ER  - \r\n\r\n")
    }
    fn finish(self: Box<Self>) -> io::Result<Vec<String>> {
        Ok(Vec::new())
    }
}
