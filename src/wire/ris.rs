//! Lists of references in RIS, as databases of newspapers and managers of references save
//! them: lines of two signs and a dash, from `TY` to `ER`.

use super::draft::Draft;
use super::exports::publication;
use super::head::{Head, lossy};
use super::{Format, Out, Refusal, Source};
use std::borrow::Cow;

/// How far a second tag is looked for: one line, however long its value may reasonably be.
const OPENING_BYTES: usize = 4 << 10;

/// Lists of references in RIS.
pub(super) struct Ris;

impl Format for Ris {
    fn name(&self) -> &'static str {
        "ris"
    }

    fn help(&self) -> &'static str {
        "references in RIS, of databases and managers of references: a story a record"
    }

    fn recognises(&self, _: &Source<'_>, head: &Head<'_>) -> Option<Cow<'static, str>> {
        // One line alone may be a headline that looks so.
        let opening = lossy(&head.bytes[..head.bytes.len().min(OPENING_BYTES)]);
        let mut tags = opening.lines().filter(|line| !line.trim().is_empty()).map(field);
        let is_record = matches!(tags.next(), Some(Some(("TY", _)))) && matches!(tags.next(), Some(Some(_)));
        is_record.then_some(Cow::Borrowed("a first line TY  - and another tag"))
    }

    fn read(&self, source: &Source<'_>, _: &Head<'_>, out: &mut Out<'_>) -> Result<(), Refusal> {
        let text = out.decode(source, None);
        let mut record: Vec<(&str, String)> = Vec::new();
        for line in text.lines() {
            match field(line.trim_start_matches('\u{FEFF}')) {
                Some(("TY", _)) => give(std::mem::take(&mut record), out),
                Some((tag, value)) => record.push((tag, value.to_owned())),
                // What a tag holds may go on.
                None => {
                    if let Some((_, value)) = record.last_mut() {
                        value.push('\n');
                        value.push_str(line.trim());
                    }
                }
            }
        }
        give(record, out);
        if out.count() == 0 { Err("no reference of it has a title or a text".into()) } else { Ok(()) }
    }
}

/// Reads `TI  - Bridge reopens`; the end of a record has nothing behind its dash.
fn field(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_at_checked(2)?;
    let is_tag = tag.starts_with(|c: char| c.is_ascii_uppercase())
        && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let value = rest.strip_prefix("  -")?;
    (is_tag && (value.is_empty() || value.starts_with([' ', '\r']))).then(|| (tag, value.trim()))
}

fn give(record: Vec<(&str, String)>, out: &mut Out<'_>) {
    let draft = draft(&record);
    if !draft.is_empty() {
        out.story(draft.finish());
    }
}

fn draft(record: &[(&str, String)]) -> Draft {
    let mut draft = Draft::new("ris");
    let all = |tags: &'static [&'static str]| {
        tags.iter().flat_map(move |tag| record.iter().filter(move |(t, v)| t == tag && !v.trim().is_empty()))
    };
    for (tag, title) in all(&["TI", "T1", "CT"]).take(1) {
        draft.headline(title.as_str(), (*tag).to_owned());
    }
    for (tag, name) in all(&["AU", "A1"]) {
        draft.byline(in_order(name), (*tag).to_owned());
    }
    // A day before a year; what a publication prints as its date before the day of an issue.
    let dates = || all(&["DA", "PY", "Y1"]);
    for (tag, date) in dates() {
        draft.time(&plain_date(date), (*tag).to_owned(), true);
    }
    for (_, name) in all(&["T2", "JO", "JF", "JA", "PB", "DP"]).take(1) {
        publication(name.trim(), &mut draft);
    }
    for (tag, place) in all(&["CY"]) {
        draft.located(place.as_str(), (*tag).to_owned());
    }
    for (tag, language) in all(&["LA"]) {
        draft.language(language, (*tag).to_owned());
    }
    for (tag, version) in all(&["ET"]) {
        draft.set(|s| &mut s.version, version.as_str(), (*tag).to_owned());
    }
    for (tag, word) in all(&["KW"]) {
        // Some put all of them on one tag.
        word.split([';', '\n']).for_each(|word| draft.keyword(word.trim(), (*tag).to_owned()));
    }
    for (tag, id) in all(&["AN", "UR", "L2", "DO", "ID"]) {
        draft.set(|s| &mut s.guid, id.as_str(), (*tag).to_owned());
    }
    // The whole text, where there is one, is the longest; an abstract is its beginning.
    if let Some((_, text)) = all(&["N2", "AB", "N1"]).max_by_key(|(tag, text)| (*tag != "N1", text.len())) {
        draft.body(&text.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n\n"));
    }
    draft
}

/// `Roe, Jane` as it is printed under a headline.
fn in_order(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given)) if !given.contains(',') && !given.trim().is_empty() => {
            format!("{} {}", given.trim(), family.trim())
        }
        _ => name.to_owned(),
    }
}

/// `2021/05/03/10:15`, `2021/05/03/`, `2021///`: year, month, day and what else is known.
fn plain_date(date: &str) -> String {
    let mut parts = date.splitn(4, '/').map(str::trim);
    let (year, month, day) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let time = parts.next().filter(|t| t.contains(':')).unwrap_or("");
    match () {
        () if year.len() != 4 || !date.contains('/') => date.to_owned(),
        () if month.is_empty() => year.to_owned(),
        () if day.is_empty() => format!("{year}-{month:0>2}"),
        () => format!("{year}-{month:0>2}-{day:0>2} {time}").trim_end().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Reading, Source, read};
    use crate::story::Story;

    fn stories(text: &str) -> Vec<Story> {
        match read(&Source::new("a.ris", text.as_bytes())) {
            Reading::Stories(stories) => stories,
            Reading::NotAStory(kind) => panic!("{kind}"),
        }
    }

    #[test]
    fn a_record_is_a_story() {
        let all = stories(
            "TY  - NEWS\r\nTI  - Bridge over the Lom reopens\r\nAU  - Writer, Anna\r\nAU  - Beck, Hans\r\nT2  - Agence France-Presse\r\n\
             PY  - 2021\r\nDA  - 2021/05/03/10:15\r\nLA  - en\r\nKW  - bridges\r\nAB  - The bridge over the Lom reopened on Monday.\r\n\
             It had been closed.\r\nUR  - https://courier.example/bridge\r\nER  - \r\n\r\nTY  - NEWS\r\nT1  - Road closed\r\nJO  - The Lom Courier\r\n\
             Y1  - 2021/05//\r\nER  -",
        );
        assert_eq!(all.len(), 2);
        assert_eq!(
            all[0].text,
            "Bridge over the Lom reopens\n\nAnna Writer, Hans Beck\n\nThe bridge over the Lom reopened on Monday.\n\nIt had been closed."
        );
        assert_eq!(all[0].filed.value.map(|m| m.to_string()).as_deref(), Some("2021-05-03T10:15:00"));
        assert_eq!(all[0].agency.as_ref().map(|a| a.id.as_str()), Some("afp"));
        assert_eq!(all[0].guid.as_ref().map(|g| g.value.as_str()), Some("https://courier.example/bridge"));
        assert_eq!((all[1].text.as_str(), all[1].filed.value), ("Road closed", None));
        assert_eq!(all[1].filed.earliest.map(|d| d.to_string()).as_deref(), Some("2021-05-01"));
    }

    #[test]
    fn a_headline_that_begins_like_a_record_is_a_headline() {
        let all = stories("TY  - Typhoon nears\n\nLYON, 7 December 2024 (AFP) - A storm passed over the valley.\n");
        assert_eq!((all.len(), all[0].format.as_str(), all[0].warnings.len()), (1, "text", 0));
    }
}
