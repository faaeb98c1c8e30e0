//! Text exports of Factiva: documents of lines with labels of two capitals (`HD`, `PD`,
//! `LP`, `TD`), or as they are displayed, each closed by a line `Document AFPR0000…`.

use super::{copyright, is_count, is_date, paragraphs, publication, sample};
use crate::story::Story;
use crate::wire::draft::Draft;
use crate::wire::head::Head;
use crate::wire::{Format, Out, Refusal, Source};
use std::borrow::Cow;

/// Labels of a document; those behind the copy from `CT` on.
const LABELS: &[&str] = &[
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "CX", "LP", "TD", "ART", "CT",
    "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "CLM",
];
/// Labels that stand behind the copy.
const BEHIND: &[&str] = &["CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN"];
/// The fewest letters and digits of an accession number.
const NUMBER_CHARS_MIN: usize = 16;
/// Labels that a text whose labels stand one blank before their values has at least.
const CLOSE_LABELS_MIN: usize = 5;
/// Lines of a displayed document above its count of words.
const TITLE_LINES_MAX: usize = 12;
/// Lines of a displayed document between its count of words and its copy.
const HEAD_LINES_MAX: usize = 12;

/// Text exports of Factiva.
pub(in crate::wire) struct Factiva;

impl Format for Factiva {
    fn name(&self) -> &'static str {
        "factiva"
    }

    fn help(&self) -> &'static str {
        "text exports of Factiva: labels HD, PD, LP, TD, or as displayed, with Document numbers"
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
    let mut seen: Vec<&str> = Vec::new();
    let mut close: Vec<&str> = Vec::new();
    let mut is_dated = false;
    let (mut counted, mut count_then_date) = (false, false);
    let mut numbered = false;
    for line in sample.lines().filter(|l| !l.trim().is_empty()) {
        if let Some((key, _)) = label(line, true)
            && !seen.contains(&key)
        {
            seen.push(key);
        }
        if let Some((key, value)) = label(line, false)
            && !close.contains(&key)
        {
            is_dated |= key == "PD" && is_date(value);
            close.push(key);
        }
        count_then_date |= counted && is_date(line.trim());
        counted = is_count(line.trim());
        numbered |= number(line).is_some();
    }
    let has = |key: &str| seen.contains(&key);
    let is_close = |key: &str| close.contains(&key);
    match () {
        // One blank before the value: words of two capitals begin lines too, but not so many, in this order.
        () if is_dated
            && close.len() >= CLOSE_LABELS_MIN
            && matches!(close[0], "SE" | "HD")
            && is_close("HD")
            && (is_close("LP") || is_close("TD")) =>
        {
            Some("labels HD, PD and LP or TD".into())
        }
        () if has("HD") && has("PD") && (has("LP") || has("TD")) => Some("labels HD, PD and LP or TD".into()),
        () if count_then_date && numbered => Some("a count of words above a date, and a document number".into()),
        () => None,
    }
}

/// Reads a line that begins with a label. Behind the head a label of letters that may begin
/// a sentence has to stand apart from its value.
fn label(line: &str, is_apart: bool) -> Option<(&'static str, &str)> {
    let end = line.bytes().take_while(u8::is_ascii_uppercase).count();
    if end == 0 {
        return None;
    }
    let key = LABELS.iter().find(|l| **l == &line[..end])?;
    let line = line.trim_end();
    let rest = &line[end..];
    let value = rest.trim();
    let apart =
        rest.is_empty() || rest.starts_with(['\t', '\u{A0}']) || rest.starts_with("  ") || rest.starts_with(" \t");
    (apart || (!is_apart && rest.starts_with(' '))).then_some((*key, value))
}

/// Reads `Document AFPR000020210503eh53002xx`.
fn number(line: &str) -> Option<&str> {
    if !line.trim_start().starts_with(['D', 'Д']) {
        return None;
    }
    let mut words = line.split_whitespace();
    let noun = words.next()?;
    if !matches!(noun, "Document" | "Documento" | "Dokument" | "Документ") {
        return None;
    }
    let number = accession(words.next()?)?;
    words.next().is_none().then_some(number)
}

/// Reads an accession number that stands behind its label without its noun.
fn accession(value: &str) -> Option<&str> {
    let whole = value.len() >= NUMBER_CHARS_MIN && value.bytes().all(|b| b.is_ascii_alphanumeric());
    (whole && value.bytes().any(|b| b.is_ascii_digit())).then_some(value)
}

/// Reads every document of a text.
pub(super) fn stories(text: &str, out: &mut dyn FnMut(Story)) -> usize {
    let has_head = |apart| text.lines().take(2_000).filter_map(|l| label(l, apart)).any(|(key, _)| key == "HD");
    // Labels stand apart from their values, or one blank before them.
    let is_close = !has_head(true) && has_head(false);
    let is_labelled = is_close || has_head(true);
    let mut count = 0;
    let mut lines: Vec<&str> = Vec::new();
    let mut close = |lines: &mut Vec<&str>, number: Option<&str>| {
        let mut draft = Draft::new("factiva");
        if is_labelled {
            labelled(lines, is_close, &mut draft)
        } else {
            displayed(lines, &mut draft)
        }
        lines.clear();
        if let Some(number) = number {
            draft.set(|s| &mut s.guid, number, "Document");
        }
        if !draft.is_empty() {
            count += 1;
            out(draft.finish());
        }
    };
    for line in text.lines() {
        let closing = match label(line, false) {
            Some(("AN", value)) if is_labelled => number(value).or_else(|| accession(value)),
            _ => number(line),
        };
        if let Some(number) = closing {
            // Nothing but a label stands before the number where it is on a line of its own.
            if lines.last().is_some_and(|l| l.trim() == "AN") {
                lines.pop();
            }
            close(&mut lines, Some(number));
            continue;
        }
        // A document whose number was cut off.
        if is_labelled
            && matches!(label(line, !is_close), Some(("HD" | "SE", _)))
            && lines.iter().any(|l| matches!(label(l, !is_close), Some(("HD", _))))
            && !lines.iter().rev().take(4).any(|l| matches!(label(l, !is_close), Some(("SE", _))))
        {
            close(&mut lines, None);
        }
        lines.push(line);
    }
    close(&mut lines, None);
    count
}

/// Reads a document with labels, `is_close` where they stand one blank before their values.
fn labelled(lines: &[&str], is_close: bool, draft: &mut Draft) {
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut in_copy = false;
    let mut blank = true;
    for line in lines {
        // Within the copy a line may begin with a word of two capitals.
        let copy_goes_on = is_close && matches!(fields.last(), Some(("LP", _))) && line.starts_with("TD ");
        let has_codes = || label(line, false).is_some_and(|(k, v)| BEHIND.contains(&k) && v.contains([':', '|']));
        let strict = in_copy && !copy_goes_on && !((blank || is_close) && has_codes());
        match label(line, strict) {
            Some((key, value)) => {
                in_copy = matches!(key, "LP" | "TD");
                fields.push((key, vec![value]));
            }
            None => {
                if let Some((_, values)) = fields.last_mut() {
                    values.push(line);
                }
            }
        }
        blank = line.trim().is_empty();
    }
    let time = fields.iter().find(|(key, _)| *key == "ET").map(|(_, values)| values.join(" "));
    for (key, values) in &fields {
        let line = values.iter().map(|v| v.trim()).filter(|v| !v.is_empty()).collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            continue;
        }
        match *key {
            "HD" => draft.headline(line, "HD"),
            "BY" => draft.byline(line, "BY"),
            "PD" => {
                let whole = time.as_ref().map_or(line.clone(), |time| format!("{line} {}", time.trim()));
                draft.time(&whole, "PD", true);
            }
            "SN" => publication(&line, draft),
            "LA" => draft.language(&line, "LA"),
            "CY" => copyright(&line, draft),
            "SE" => draft.subject("", Some(&line), "SE"),
            "LP" | "TD" => draft.body(&paragraphs(values)),
            "ED" => draft.keyword(line, "ED"),
            "NS" | "RE" | "CO" | "IN" => line.split('|').for_each(|subject| {
                let (code, name) = subject.split_once(':').unwrap_or(("", subject));
                draft.subject(code.trim(), Some(name), (*key).to_owned());
            }),
            "CT" | "RF" => draft.ednote(line, (*key).to_owned()),
            _ => {}
        }
    }
}

/// Reads a document as it is displayed: headline, writers, count of words, date, time,
/// publication, its code, language, who claims it; then the copy.
fn displayed(lines: &[&str], draft: &mut Draft) {
    let dated = |i: usize| lines.iter().skip(i + 1).find(|l| !l.trim().is_empty()).is_some_and(|l| is_date(l.trim()));
    let Some(counted) = (0..lines.len()).find(|i| is_count(lines[*i].trim()) && dated(*i)) else {
        draft.headline_in_text();
        draft.body(&paragraphs(lines));
        return;
    };
    let title: Vec<&str> = lines[..counted].iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect();
    let title = &title[title.len().saturating_sub(TITLE_LINES_MAX)..];
    // A section may stand above the headline, the writers stand below it.
    let (section, rest) = match title {
        [section, rest @ ..] if rest.len() > 1 && section.split_whitespace().count() <= 2 => (Some(*section), rest),
        _ => (None, title),
    };
    if let Some(section) = section {
        draft.subject("", Some(section), "section");
    }
    if let Some((headline, writers)) = rest.split_first() {
        draft.headline(*headline, "headline of the document");
        writers.iter().for_each(|w| draft.byline(*w, "writers of the document"));
    }
    let mut at = counted + 1;
    let mut date = String::new();
    let mut has_name = false;
    let mut step = 0;
    while at < lines.len() && step < HEAD_LINES_MAX {
        let line = lines[at].trim();
        if line.is_empty() {
            // Pages have a blank line between any two of them: the head ends where copy begins.
            let next = lines[at..].iter().map(|l| l.trim()).find(|l| !l.is_empty()).unwrap_or("");
            let goes_on = date.is_empty() || is_head(next) || (!has_name && is_short(next));
            if goes_on && !next.is_empty() {
                at += 1;
                continue;
            }
            break;
        }
        let is_language = crate::data::languages::find(line).is_some();
        match () {
            () if date.is_empty() => line.clone_into(&mut date),
            () if is_clock(line) => {
                date.push(' ');
                date.push_str(line);
            }
            () if is_claim(line) => copyright(line, draft),
            () if is_language => draft.language(line, "language of the document"),
            () if is_code(line) => {}
            () if !has_name => {
                has_name = true;
                publication(line, draft);
            }
            () => draft.keyword(line, "head of the document"),
        }
        at += 1;
        step += 1;
    }
    draft.time(&date, "date of the document", true);
    draft.body(&paragraphs(&lines[at..]));
}

fn is_clock(line: &str) -> bool {
    line.len() <= 14 && line.contains(':') && line.starts_with(|c: char| c.is_ascii_digit())
}

fn is_code(line: &str) -> bool {
    line.len() <= 8 && line.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}

fn is_claim(line: &str) -> bool {
    line.starts_with('©') || line.starts_with("(c)") || line.to_lowercase().starts_with("copyright")
}

/// Tells whether a line surely belongs to the head of a displayed document.
fn is_head(line: &str) -> bool {
    is_clock(line) || is_code(line) || is_claim(line) || crate::data::languages::find(line).is_some()
}

/// Tells whether a line may be the name of a publication.
fn is_short(line: &str) -> bool {
    line.len() <= 80 && !line.ends_with(['.', '!', '?'])
}

#[cfg(test)]
mod tests {
    use super::{mark, number, stories};
    use crate::story::Story;

    fn read(text: &str) -> Vec<Story> {
        let mut all = Vec::new();
        stories(text, &mut |s| all.push(s));
        all
    }

    #[test]
    fn labels_make_fields() {
        let one = "HD  Bridge over the Lom reopens\nBY  Anna Writer\nWC  120 words\nPD  3 May 2021\nET  10:15 GMT\n\
            SN  Agence France Presse\nSC  AFPR\nLA  English\nCY  Copyright Agence France-Presse, 2021 All rights reserved.\n\n\
            LP  The bridge over the Lom reopened on Monday.\n\nTD  It had been closed. IN fact it was new.\nIN the town it was quiet.\n\n\
            RE  lom : Lom | eurz : Europe\nAN  Document AFPR000020210503eh53002xx\n\n";
        let text =
            format!("{one}{}", one.replace("Bridge", "Road").replace("3 May", "4 May").replace("503eh", "504eh"));
        assert!(mark(&text).is_some());
        let all = read(&text);
        assert_eq!(all.len(), 2);
        assert_eq!(
            all[0].text,
            "Bridge over the Lom reopens\n\nAnna Writer\n\nThe bridge over the Lom reopened on Monday.\n\n\
             It had been closed. IN fact it was new.\nIN the town it was quiet."
        );
        assert_eq!(all[0].filed.value.map(|m| m.to_string()).as_deref(), Some("2021-05-03T10:15:00Z"));
        assert_eq!(all[0].agency.as_ref().map(|a| a.id.as_str()), Some("afp"));
        assert_eq!(all[1].guid.as_ref().map(|g| g.value.as_str()), Some("AFPR000020210504eh53002xx"));
        assert!(all[0].subjects.iter().any(|s| s.value == ":lom:Lom"), "{:?}", all[0].subjects);
    }

    #[test]
    fn labels_may_stand_on_lines_of_their_own() {
        let text = "HD\nBridge reopens\nWC\n120 words\nPD\n3 May 2021\nSN\nThe Lom Courier\nLP\nThe bridge reopened.\n\
            TD\nIt had been closed.\nAN\nDocument LOMC000020210503eh53002xx\n";
        let all = read(text);
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].text, "Bridge reopens\n\nThe bridge reopened.\n\nIt had been closed.");
        assert_eq!(all[0].guid.as_ref().map(|g| g.value.as_str()), Some("LOMC000020210503eh53002xx"));
    }

    #[test]
    fn documents_as_displayed() {
        let text = "Bridge over the Lom reopens\n\nBy Anna Writer\n120 words\n3 May 2021\n10:15\nAgence France Presse\nAFPR\n\
            English\nCopyright Agence France-Presse, 2021 All rights reserved.\n\nThe bridge reopened on Monday.\n\n\
            It had been closed.\n\nDocument AFPR000020210503eh53002xx\n\nRoad closed\n98 words\n4 May 2021\nThe Lom Courier\nLOMC\n\
            English\n\nThe road is closed.\n\nDocument LOMC000020210504eh53002xx\n";
        assert!(mark(text).is_some());
        let all = read(text);
        assert_eq!(all.len(), 2);
        assert_eq!(
            all[0].text,
            "Bridge over the Lom reopens\n\nBy Anna Writer\n\nThe bridge reopened on Monday.\n\nIt had been closed."
        );
        assert_eq!(all[0].filed.value.map(|m| m.to_string()).as_deref(), Some("2021-05-03T10:15:00"));
        assert_eq!(all[1].text, "Road closed\n\nThe road is closed.");
    }

    #[test]
    fn prose_is_no_export() {
        for text in ["IN Paris\nBY the way\nHD was shown\n", "120 words\n3 May 2021\n", ""] {
            assert!(mark(text).is_none(), "{text}");
        }
        assert!(number("Document signed on Monday").is_none());
    }
}
