//! Text exports of ProQuest: documents divided by `Document 1 of 20` or ruled lines, every
//! field with a label of words (`Full text:`, `Publication date:`).

use super::{copyright, is_date, paragraphs, publication, sample};
use crate::story::Story;
use crate::wire::draft::Draft;
use crate::wire::head::Head;
use crate::wire::{Format, Out, Refusal, Source};
use std::borrow::Cow;

/// What a label stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Headline,
    Byline,
    Body,
    Summary,
    Publication,
    Date,
    Language,
    Subject,
    Number,
    Address,
    Copyright,
    Other,
}

/// Bytes of a label.
const KEY_BYTES_MAX: usize = 40;
/// Labels, in small letters.
const LABELS: &[(Label, &str)] = &[
    (Label::Headline, "title"),
    (Label::Byline, "author"),
    (Label::Body, "full text"),
    (Label::Summary, "abstract"),
    (Label::Publication, "publication title"),
    (Label::Date, "publication date"),
    (Label::Language, "language of publication"),
    (Label::Subject, "subject|location|company / organization|people|identifier / keyword|classification"),
    (Label::Number, "proquest document id"),
    (Label::Address, "document url"),
    (Label::Copyright, "copyright"),
    (
        Label::Other,
        "publication info|publication year|publication subject|publisher|place of publication|country of publication|\
         source type|document type|issn|eissn|links|last updated|database|section|pages|volume|issue|credit|dateline|\
         number of pages|first page|start page|year|column|document feature|accession number|correspondence author|isbn",
    ),
];

/// Text exports of ProQuest.
pub(in crate::wire) struct ProQuest;

impl Format for ProQuest {
    fn name(&self) -> &'static str {
        "proquest"
    }

    fn help(&self) -> &'static str {
        "text exports of ProQuest: labels such as Full text:, Publication title:, ProQuest document ID:"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        mark(&sample(head)?)
    }

    fn read(&self, source: &Source<'_>, _: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let text = out.decode(source, None).into_owned();
        if stories(&text, &mut |story| out.story(story)) == 0 {
            return Err("no document of it has a headline or a text".into());
        }
        Ok(())
    }
}

/// What makes a text look like an export.
pub(super) fn mark(sample: &str) -> Option<Cow<'static, str>> {
    let (mut text, mut name, mut date, mut number) = (false, false, false, false);
    for line in sample.lines() {
        match label(line).map(|(l, _)| l) {
            Some(Label::Body | Label::Summary) => text = true,
            Some(Label::Publication) => name = true,
            Some(Label::Date) => date = true,
            Some(Label::Number) => number = true,
            _ => {}
        }
    }
    (name && (number || (text && date))).then(|| "labels Full text, Publication title, Publication date".into())
}

/// Reads `Publication title: value`.
fn label(line: &str) -> Option<(Label, &str)> {
    if !line.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let start = &line.as_bytes()[..line.len().min(KEY_BYTES_MAX + 1)];
    let (key, value) = line.split_at(memchr::memchr(b':', start)?);
    let value = &value[1..];
    let key = key.trim().to_lowercase();
    let found = LABELS.iter().find(|(_, names)| names.split('|').any(|n| n.trim() == key))?;
    Some((found.0, value.trim()))
}

/// Tells whether a line divides documents.
fn is_border(line: &str) -> bool {
    let line = line.trim();
    let ruled = line.len() >= 20 && line.bytes().all(|b| b == b'_');
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit());
    ruled || matches!(words.as_slice(), ["Document" | "Email", n, "of", m] if number(n) && number(m))
}

/// Reads every document of a text.
pub(super) fn stories(text: &str, out: &mut dyn FnMut(Story)) -> usize {
    let mut count = 0;
    let mut lines: Vec<&str> = Vec::new();
    let mut close = |lines: &mut Vec<&str>| {
        // What has no label is a cover, or the list of what was searched for.
        if lines.iter().filter(|l| label(l).is_some()).count() > 1 {
            let mut draft = Draft::new("proquest");
            one(lines, &mut draft);
            if !draft.is_empty() {
                count += 1;
                out(draft.finish());
            }
        }
        lines.clear();
    };
    for line in text.lines() {
        if is_border(line) { close(&mut lines) } else { lines.push(line) }
    }
    close(&mut lines);
    count
}

fn one(lines: &[&str], draft: &mut Draft) {
    let first = lines.iter().position(|l| label(l).is_some()).unwrap_or(lines.len());
    let title = lines[..first].iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" ");
    let mut at = first;
    let mut summary = String::new();
    while at < lines.len() {
        let Some((kind, value)) = label(lines[at]) else {
            at += 1;
            continue;
        };
        // Copy holds blank lines, and goes on to the next label; other values are paragraphs.
        let behind = &lines[at + 1..];
        let is_long = matches!(kind, Label::Body | Label::Summary);
        let length = behind
            .iter()
            .enumerate()
            .position(|(i, l)| {
                let apart = i == 0 || behind[i - 1].trim().is_empty();
                (label(l).is_some() && (apart || !is_long)) || (!is_long && l.trim().is_empty())
            })
            .unwrap_or(behind.len());
        let whole: Vec<&str> = std::iter::once(value).chain(behind[..length].iter().copied()).collect();
        at += 1 + length;
        let line = || whole.iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" ");
        match kind {
            Label::Body => draft.body(&paragraphs(&whole)),
            Label::Summary => summary = paragraphs(&whole),
            Label::Headline => draft.headline(line(), "Title"),
            Label::Byline => line().split(';').for_each(|w| draft.byline(w, "Author")),
            Label::Publication => publication(&line(), draft),
            Label::Date => {
                let date = line();
                if is_date(&date) || crate::wire::stamp::span(&date).is_some() {
                    draft.time(&date, "Publication date", true);
                }
            }
            Label::Language => draft.language(&line(), "Language of publication"),
            Label::Subject => line().split(';').for_each(|s| draft.subject("", Some(s), "Subject")),
            Label::Number => draft.set(|s| &mut s.guid, line(), "ProQuest document ID"),
            Label::Address => draft.set(|s| &mut s.guid, line(), "Document URL"),
            Label::Copyright => copyright(&line(), draft),
            Label::Other => {}
        }
    }
    draft.headline(title, "headline of the document");
    if draft.has_no_body() {
        draft.body(&summary);
    }
}

#[cfg(test)]
mod tests {
    use super::{mark, stories};

    #[test]
    fn documents_with_labels_of_words() {
        let text = "Document 1 of 2\n\nFerry crews end their strike\n\nAuthor: Writer, Anna\n\n\
            Full text: Ferry crews went back to work on Tuesday.\n\nSubject to a vote: the union agreed.\n\n\
            Subject: Strikes; Ferries\n\nPublication title: The Lom Courier\n\nPublication date: Mar 5, 2024\n\n\
            Language of publication: English\n\nProQuest document ID: 12345678\n\n\
            ____________________________________________________________\n\nDocument 2 of 2\n\nTitle: Nine days\n\n\
            Abstract: No ferry for nine days.\n\nPublication title: The Lom Courier\n\nProQuest document ID: 12345679\n";
        assert!(mark(text).is_some() && mark("Subject: x\nTitle: y\n").is_none());
        let mut all = Vec::new();
        assert_eq!(stories(text, &mut |s| all.push(s)), 2);
        assert_eq!(
            all[0].text,
            "Ferry crews end their strike\n\nWriter, Anna\n\nFerry crews went back to work on Tuesday.\n\nSubject to a vote: the union agreed."
        );
        assert_eq!(all[0].filed.value.map(|m| m.to_string()).as_deref(), Some("2024-03-05"));
        assert_eq!(all[0].subjects.len(), 2);
        assert_eq!(all[1].text, "Nine days\n\nNo ferry for nine days.");
        assert_eq!(all[1].guid.as_ref().map(|g| g.value.as_str()), Some("12345679"));
    }
}
