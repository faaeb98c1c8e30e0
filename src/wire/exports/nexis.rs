//! Text exports of Nexis, old and new: documents divided by `1 of 20 DOCUMENTS` or
//! `End of Document`, labels such as `BYLINE:` above the copy and `LOAD-DATE:` below.
//!
//! The date of a document is the line of its head. When it was loaded is another time.

use super::{copyright, is_count, is_date, paragraphs, publication, sample};
use crate::story::Story;
use crate::wire::draft::Draft;
use crate::wire::head::Head;
use crate::wire::{Format, Out, Refusal, Source};
use std::borrow::Cow;

/// Lines of a head above its first label.
const HEAD_LINES_MAX: usize = 24;
/// Letters of a label.
const LABEL_CHARS_MAX: usize = 24;
/// Letters above the first document that are more than a title of the list.
const COVER_LETTERS_MAX: usize = 40;

/// What a label stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Headline,
    Byline,
    Dateline,
    Section,
    Length,
    Summary,
    Body,
    Loaded,
    Language,
    Caption,
    Note,
    Subject,
    Address,
    Other,
}

/// Labels in the languages of the interface; compared without case.
const LABELS: &[(Label, &str)] = &[
    (Label::Headline, "HEADLINE|TITLE|TITRE|TITULAR|ÜBERSCHRIFT|TITEL"),
    (Label::Byline, "BYLINE|SIGNATURE|AUTEUR|AUTOR|AUTHOR|AUTORE"),
    (Label::Dateline, "DATELINE|DATE-LIGNE"),
    (Label::Section, "SECTION|RUBRIQUE|RUBRIK|SECCIÓN|SEZIONE"),
    (Label::Length, "LENGTH|LONGUEUR|LÄNGE|LONGITUD|LENGTE|LUNGHEZZA"),
    (Label::Summary, "HIGHLIGHT|ENCART|HIGHLIGHTS"),
    (Label::Body, "BODY|CORPS|TEXT"),
    (Label::Loaded, "LOAD-DATE|DATE-CHARGEMENT|UPDATE|FECHA-CARGA|LADE-DATUM|UPDATE-DATUM"),
    (Label::Language, "LANGUAGE|LANGUE|SPRACHE|IDIOMA|TAAL|LINGUA"),
    (Label::Caption, "GRAPHIC|GRAPHIQUE|GRAFIK|GRÁFICO"),
    (Label::Note, "CORRECTION|CORRECTION-DATE|NOTES|NOTE"),
    (
        Label::Subject,
        "SUBJECT|ORGANIZATION|COMPANY|INDUSTRY|PERSON|GEOGRAPHIC|CITY|STATE|COUNTRY|TICKER|SUJET|SOCIÉTÉ|THEMA",
    ),
    (Label::Address, "URL"),
    (
        Label::Other,
        "PUBLICATION-TYPE|TYPE-PUBLICATION|DOCUMENT-TYPE|JOURNAL-CODE|ACC-NO|PUB-TYPE|SERIES|DISTRIBUTION|TYPE|\
         PUBLICATION-CODE|ZEITUNGS-CODE|CODE-REVUE|CLASSIFICATION|COPYRIGHT",
    ),
];

/// Lines that end a document.
const ENDS: &[&str] = &["End of Document", "Fin du document", "Ende des Dokuments", "Fin del documento"];

/// Text exports of Nexis.
pub(in crate::wire) struct Nexis;

impl Format for Nexis {
    fn name(&self) -> &'static str {
        "nexis"
    }

    fn help(&self) -> &'static str {
        "text exports of Nexis: lists of documents with BYLINE:, LENGTH:, LOAD-DATE: and the like"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        mark(&sample(head)?)
    }

    fn read(&self, source: &Source<'_>, _: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let text = out.decode(source, None).into_owned();
        let cover = documents(&text).0;
        if cover.chars().filter(|c| c.is_alphanumeric()).count() > COVER_LETTERS_MAX {
            let message = format!("{} bytes above the first document are no story and are left out", cover.len());
            out.note("cover-left-out", message);
        }
        if stories(&text, &mut |story| out.story(story)) == 0 {
            return Err("no document of it has a headline or a text".into());
        }
        Ok(())
    }
}

/// What makes a text look like an export.
pub(super) fn mark(sample: &str) -> Option<Cow<'static, str>> {
    let (mut length, mut loaded, mut ended, mut numbered, mut others) = (false, false, false, false, 0);
    for line in sample.lines().map(str::trim).filter(|l| !l.is_empty() && l.len() <= 400) {
        numbered |= is_number(line);
        ended |= ENDS.contains(&line);
        match label(line) {
            Some((Label::Length, value)) => length |= is_count(value),
            Some((Label::Loaded, value)) => loaded |= is_date(value),
            Some((Label::Byline | Label::Section | Label::Language | Label::Dateline, _)) => others += 1,
            _ => {}
        }
    }
    match () {
        () if numbered && (length || loaded) => Some("a line that numbers documents, and labels".into()),
        () if length && (loaded || ended) => Some("labels for length and time of loading".into()),
        () if length && others >= 2 => Some("labels for length, writers, section".into()),
        () => None,
    }
}

/// Reads `LABEL: value`; the value may be empty.
fn label(line: &str) -> Option<(Label, &str)> {
    if !line.trim_start().starts_with(char::is_uppercase) {
        return None;
    }
    // A letter has four bytes at most.
    let start = &line.as_bytes()[..line.len().min(4 * LABEL_CHARS_MAX + 1)];
    let (key, value) = line.split_at(memchr::memchr(b':', start)?);
    let (key, value) = (key.trim(), &value[1..]);
    if key.chars().count() > LABEL_CHARS_MAX {
        return None;
    }
    let upper = key.to_uppercase();
    let found = LABELS.iter().find(|(_, names)| names.split('|').any(|n| n == upper))?;
    Some((found.0, value.trim()))
}

/// Tells whether a line numbers a document: `1 of 20 DOCUMENTS`, `Document 1 de 20`.
fn is_number(line: &str) -> bool {
    let number = |w: &str| !w.is_empty() && w.len() <= 7 && w.bytes().all(|b| b.is_ascii_digit());
    // Few lines begin with a number: their words need no list.
    if !line.split_whitespace().next().is_some_and(number) {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let of = |w: &str| matches!(w.to_ascii_lowercase().as_str(), "of" | "sur" | "von" | "de" | "di" | "van");
    let noun = |w: &str| w.to_lowercase().starts_with("do") && w.to_lowercase().contains("ument");
    match words.as_slice() {
        [n, o, m, d] => number(n) && of(o) && number(m) && noun(d),
        _ => false,
    }
}

/// Divides a text into its cover and its documents.
fn documents(text: &str) -> (&str, Vec<&str>) {
    let mut numbers = Vec::new();
    let mut ends = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let trimmed = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{C}');
        if is_number(trimmed) {
            numbers.push((at, end));
        } else if ENDS.contains(&trimmed) {
            ends.push((at, end));
        }
        at = end;
    }
    let mut parts = Vec::new();
    if let Some((first, _)) = numbers.first() {
        for (i, (_, from)) in numbers.iter().enumerate() {
            let to = numbers.get(i + 1).map_or(text.len(), |(next, _)| *next);
            parts.push(&text[*from..to]);
        }
        return (&text[..*first], parts);
    }
    let mut from = 0;
    for (end, behind) in ends {
        parts.push(&text[from..end]);
        from = behind;
    }
    if text[from..].chars().any(char::is_alphanumeric) {
        parts.push(&text[from..]);
    }
    ("", parts)
}

/// Reads every document of a text.
pub(super) fn stories(text: &str, out: &mut dyn FnMut(Story)) -> usize {
    let mut count = 0;
    for part in documents(text).1 {
        let mut draft = Draft::new("nexis");
        one(part, &mut draft);
        if !draft.is_empty() {
            count += 1;
            out(draft.finish());
        }
    }
    count
}

/// Tells whether a line says which page of the print-out it begins.
fn is_page(line: &str) -> bool {
    let rest = line.strip_prefix("Page ").unwrap_or("");
    rest.starts_with(|c: char| c.is_ascii_digit()) && rest.split_whitespace().count() <= 3
}

fn one(part: &str, draft: &mut Draft) {
    let lines: Vec<&str> = part
        .lines()
        .filter(|l| !is_page(l.trim()) && !ENDS.contains(&l.trim()))
        .map(|l| l.trim_end_matches('\u{C}'))
        .collect();
    let is_body = |line: &str| matches!(line.trim(), "Body" | "Corps" | "Text" | "Cuerpo");
    let starts = |line: &&str| label(line.trim()).is_some() || is_body(line);
    // A print-out begins with who asked for it and a list of what was found.
    let is_cover = |line: &&str| {
        ["Client/Matter:", "Search Terms:", "Search Type:", "Job Number:", "Narrowed by:"]
            .iter()
            .any(|c| line.trim().starts_with(c))
    };
    let lines = &lines[lines.iter().rposition(is_cover).map_or(0, |at| at + 1)..];
    let labelled = lines.iter().position(starts).unwrap_or(0);
    let above = &lines[..labelled.min(HEAD_LINES_MAX.max(1) * 2)];
    let mut at = head(above, draft).min(labelled);
    at = at.max(labelled);
    // Labels above the copy: each with the lines up to the next blank one.
    let mut body: Vec<&str> = Vec::new();
    while at < lines.len() {
        let line = lines[at].trim();
        if line.is_empty() {
            at += 1;
            continue;
        }
        if is_body(line) {
            at += 1;
            break;
        }
        let Some((kind, value)) = label(line) else {
            if line.starts_with("Copyright") {
                copyright(line, draft);
                at += 1;
                continue;
            }
            break;
        };
        let (value, next) = joined(value, lines, at + 1);
        at = next;
        if kind == Label::Body {
            body.push("");
            draft.body(&value);
            break;
        }
        field(kind, &value, draft);
    }
    let end = (at..lines.len()).find(|i| is_tail(lines, *i)).unwrap_or(lines.len());
    draft.body(&paragraphs(&lines[at.min(end)..end]));
    let mut at = end;
    while at < lines.len() {
        let line = lines[at].trim();
        at += 1;
        if let Some((kind, value)) = label(line) {
            let (value, next) = joined(value, lines, at);
            at = next;
            field(kind, &value, draft);
        } else if line.starts_with("Copyright") {
            copyright(line, draft);
        }
    }
}

/// Tells whether the copy ends before line `at`: a label of those that stand below, with a
/// blank line above.
fn is_tail(lines: &[&str], at: usize) -> bool {
    let is_first = at == 0 || lines[at - 1].trim().is_empty();
    let below = matches!(
        label(lines[at].trim()),
        Some((Label::Loaded | Label::Language | Label::Caption | Label::Subject | Label::Other, _))
    );
    let claimed = lines[at].trim().starts_with("Copyright ") && lines[at].contains(|c: char| c.is_ascii_digit());
    is_first && (below || claimed)
}

/// A value with the lines that go on from it, up to a blank line or a label.
fn joined(value: &str, lines: &[&str], mut at: usize) -> (String, usize) {
    let mut joined = value.to_owned();
    while let Some(line) = lines.get(at).map(|l| l.trim()).filter(|l| !l.is_empty() && label(l).is_none()) {
        if matches!(line, "Body" | "Corps" | "Text" | "Cuerpo") {
            break;
        }
        joined.push(' ');
        joined.push_str(line);
        at += 1;
    }
    (joined, at)
}

/// Reads what stands above the labels: headline, publication, date, who claims it; returns
/// how many lines that were.
fn head(lines: &[&str], draft: &mut Draft) -> usize {
    let dated = lines.iter().position(|l| is_date(l.trim()));
    let (before, behind) = match dated {
        Some(at) => (&lines[..at], &lines[at + 1..]),
        None => (&lines[..0], lines),
    };
    if let Some(at) = dated {
        draft.time(lines[at].trim(), "date of the document", true);
    }
    let mut take = |lines: &[&str]| -> Vec<String> {
        // What blank lines divide; who claims the copy apart.
        let mut blocks: Vec<String> = Vec::new();
        let mut open = false;
        for line in lines.iter().map(|l| l.trim()) {
            match () {
                () if line.is_empty() => open = false,
                () if line.starts_with("Copyright") || line.starts_with('©') => copyright(line, draft),
                () if line.eq_ignore_ascii_case("all rights reserved") => {}
                () if open => {
                    if let Some(last) = blocks.last_mut() {
                        last.push(' ');
                        last.push_str(line);
                    }
                }
                () => {
                    blocks.push(line.to_owned());
                    open = true;
                }
            }
        }
        blocks
    };
    // Of lines side by side above the date the last is the publication.
    let named = before.iter().rposition(|l| !l.trim().is_empty() && !l.trim().starts_with("Copyright"));
    let name = named.map(|at| before[at].trim().to_owned());
    let mut above = take(&before[..named.unwrap_or(0)]);
    let mut below = take(behind);
    // An edition stands between date and headline.
    let is_edition = |block: &String| block.split_whitespace().count() <= 4 && block.to_lowercase().contains("edition");
    for edition in below.iter().chain(&above).filter(|b| is_edition(b)) {
        draft.keyword(edition.as_str(), "edition");
    }
    below.retain(|b| !is_edition(b));
    above.retain(|b| !is_edition(b));
    // The new form has the headline first, the old one last.
    match (below.pop(), above.is_empty()) {
        (Some(headline), true) => draft.headline(headline, "headline of the document"),
        (rest, false) => {
            draft.headline(above.join(" "), "headline of the document");
            rest.into_iter().for_each(|r| draft.headline(r, "head of the document"));
        }
        (None, true) => {}
    }
    for more in below {
        draft.headline(more, "head of the document");
    }
    if let Some(name) = name {
        publication(&name, draft);
    }
    lines.len()
}

fn field(kind: Label, value: &str, draft: &mut Draft) {
    if value.is_empty() {
        return;
    }
    match kind {
        Label::Headline => {
            // What the head was taken for is none where a label says so.
            draft.story.headline = None;
            draft.headline(value, "HEADLINE");
        }
        Label::Byline => draft.byline(value, "BYLINE"),
        Label::Dateline => draft.dateline(value, "DATELINE"),
        Label::Section => draft.subject("", Some(value), "SECTION"),
        Label::Summary => draft.headline(value, "HIGHLIGHT"),
        Label::Loaded => draft.time(value, "LOAD-DATE", false),
        Label::Language => draft.language(value.split([';', ',']).next().unwrap_or(value), "LANGUAGE"),
        Label::Caption => draft.body(value),
        Label::Note => draft.ednote(value, "CORRECTION"),
        Label::Subject => value.split(';').for_each(|v| draft.subject("", Some(v), "SUBJECT")),
        Label::Address => draft.set(|s| &mut s.guid, value, "URL"),
        Label::Length | Label::Body | Label::Other => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{is_number, mark, stories};
    use crate::story::Story;

    fn read(text: &str) -> Vec<Story> {
        let mut all = Vec::new();
        stories(text, &mut |s| all.push(s));
        all
    }

    const OLD: &str = "1 of 2 DOCUMENTS\n\nAgence France Presse -- English\n\nMay 3, 2021 Monday 10:15 AM GMT\n\n\
        Bridge over the Lom reopens\n\nBYLINE: Anna Writer\n\nLENGTH: 120 words\n\nDATELINE: LOM, May 3 2021\n\n\
        The bridge over the Lom reopened on Monday.\n\nIt had been closed: for two years.\n\nLOAD-DATE: May 4, 2021\n\n\
        LANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newswire\n\nCopyright 2021 Agence France Presse\nAll Rights Reserved\n\n\
        2 of 2 DOCUMENTS\n\nThe Lom Courier\n\nMay 2, 2021 Sunday\nFinal Edition\n\nMayor speaks of\nthe bridge\n\n\
        SECTION: NEWS; Pg. 3\n\nLENGTH: 98 words\n\nThe mayor spoke on Sunday.\n\nLOAD-DATE: May 2, 2021\n";

    #[test]
    fn the_old_form_is_a_list_of_documents() {
        assert!(mark(OLD).is_some());
        let all = read(OLD);
        assert_eq!(all.len(), 2);
        let headline = |s: &Story| s.headline.as_ref().map(|h| h.value.clone());
        let filed = |s: &Story| s.filed.value.map(|m| m.to_string());
        assert_eq!(headline(&all[0]).as_deref(), Some("Bridge over the Lom reopens"));
        assert_eq!(filed(&all[0]).as_deref(), Some("2021-05-03T10:15:00Z"));
        assert_eq!(all[0].agency.as_ref().map(|a| a.id.as_str()), Some("afp"));
        assert_eq!(all[0].byline.as_ref().map(|b| b.value.as_str()), Some("Anna Writer"));
        assert!(
            all[0].text.ends_with("The bridge over the Lom reopened on Monday.\n\nIt had been closed: for two years.")
        );
        assert_eq!(headline(&all[1]).as_deref(), Some("Mayor speaks of the bridge"));
        assert_eq!(filed(&all[1]).as_deref(), Some("2021-05-02"));
        assert!(all[1].agency.is_none() && all[1].keywords.iter().any(|k| k.value == "The Lom Courier"));
    }

    #[test]
    fn the_new_form_has_its_headline_first() {
        let text = "Bridge over the Lom reopens\n\nAgence France Presse - English\n\nMay 3, 2021 Monday 10:15 AM GMT\n\n\
            Copyright 2021 Agence France Presse All Rights Reserved\n\nLength: 120 words\nByline: Anna Writer\n\
            Dateline: LOM, May 3 2021\n\nBody\n\nThe bridge over the Lom reopened on Monday.\n\n\
            Load-Date: May 4, 2021\n\nEnd of Document\n\nMayor speaks\nThe Lom Courier\nMay 2, 2021 Sunday\n\n\
            Section: NEWS; Pg. 3\nLength: 98 words\n\nBody\n\nThe mayor spoke on Sunday.\n\nLoad-Date: May 2, 2021\n\nEnd of Document\n";
        let all = read(text);
        let seen: Vec<_> = all.iter().map(|s| s.headline.as_ref().map(|h| h.value.as_str()).unwrap_or("")).collect();
        assert_eq!(seen, ["Bridge over the Lom reopens", "Mayor speaks"]);
        assert_eq!(all[0].agency.as_ref().map(|a| a.id.as_str()), Some("afp"));
        assert_eq!(all[1].text, "Mayor speaks\n\nThe mayor spoke on Sunday.");
    }

    #[test]
    fn a_headline_may_have_a_label() {
        let text = "1 of 1 DOCUMENT\n\nCopyright 1995 Agence France Presse\nAgence France Presse\n\nMay 3, 1995 10:15 GMT\n\n\
            SECTION: International news\n\nLENGTH: 120 words\n\nHEADLINE: Bridge reopens\n\nDATELINE: LOM, May 3\n\n\
            BODY:\n   The bridge reopened on Wednesday.\n\n   It had been closed.\n\nLOAD-DATE: May 4, 1995\n";
        let all = read(text);
        assert_eq!(
            all[0].text,
            "Bridge reopens\n\nLOM, May 3 - The bridge reopened on Wednesday.\n\nIt had been closed."
        );
    }

    #[test]
    fn prose_is_no_export() {
        for text in
            ["PARIS (AFP) - The bridge: it reopened.\n\nNote: it was closed.\n", "LENGTH: it is long\nBYLINE: A\n", ""]
        {
            assert!(mark(text).is_none(), "{text}");
        }
        assert!(is_number("12 sur 20 DOCUMENTS") && !is_number("2 of 3 people"));
    }
}
