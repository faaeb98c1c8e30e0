//! Any bytes as stories, and these through every format of output.

#![no_main]

use dateline::ingest::Found;
use dateline::print::{COLUMNS, Look, Needs, PRINTERS, Page, Style};
use dateline::search::{Hit, Snippet, Summary};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    dateline::ingest::read_bytes("fuzz", bytes, None, &mut |found| {
        let Found::Story(story) = found else { return };
        let text: String = story.text.chars().take(400).collect();
        let summary = Summary { query: text.clone(), total: 1, listed: 1, ..Summary::default() };
        let end = text.chars().next().map_or(0, char::len_utf8);
        let spans = std::iter::once(0..end).filter(|s| !s.is_empty()).collect();
        let hit = Hit { story: *story, score: 1.0, snippet: Snippet { spans, text }, archive: None };
        for printer in PRINTERS {
            let fields = printer.takes_fields().then(|| COLUMNS.iter().collect());
            let look = Look { columns: 80, style: Style::default(), base: None, whole: false, nul: false };
            let page = Page { summary: &summary, reading: "", order: "date", fields, overview: None, look };
            let mut out = Vec::new();
            let list = printer.begin(&mut out, &page).and_then(|mut list| {
                match printer.needs(page.fields.as_deref()) {
                    Needs::Ids => list.id(hit.story.id, None)?,
                    Needs::Paths => list.path(&hit.story.path)?,
                    Needs::Stories | Needs::Passages => list.hit(&hit)?,
                }
                list.finish()
            });
            list.expect("memory takes all");
        }
    });
});
