//! The opening of a dispatch: flags, headline, writers, dateline, and where the lead and
//! the body lie. Rules for wires in general; agencies are rows of a table.
//!
//! What the markup of a story stated already is kept.

#[cfg(test)]
mod above_tests;
mod block;
mod candidates;
mod chars;
mod cjk;
mod credit;
mod date_read;
pub mod dates;
mod ends;
mod flags;
mod furniture;
mod head;
mod holds;
mod notices;
mod own_report;
mod page;
mod place;
mod place_words;
mod reporters;
mod scan;
mod source;
#[cfg(test)]
mod status_tests;
#[cfg(test)]
mod tests;
mod whole;

use crate::data::agencies::{by_alias, by_id};
use crate::story::{Agency, Confidence, Dateline, DatelinePlace, Evidence, Sourced, Span, Status, Story};
use furniture::Kind;
use head::Head;
use scan::Opening;
use source::Source;

/// Reads the opening of `story`; a place is believed where it is written in capitals.
pub fn read(story: &mut Story) {
    read_with(story, &chars::is_capitals);
}

/// Reads the opening of `story`. `is_place` tells of a name as written whether it is one
/// of a place; it is asked only where neither a date nor an agency stands by.
pub fn read_with(story: &mut Story, is_place: &dyn Fn(&str) -> bool) {
    let text = std::mem::take(&mut story.text);
    // Markup states where the headline ends and the copy begins: above that nothing is read.
    let stated = story.layout.headline.is_some();
    let from = story.layout.headline.map_or(0, |h| h.end).max(story.layout.lead_start) as usize;
    // The frame of a telex was taken off; what stood in it is a message all the same.
    let framed = story.format == "telex";
    let opening = scan::scan(&text, from, scan::Given { stated, framed }, is_place);
    fill(story, &text, opening);
    story.text = text;
    stated_dateline(story, is_place);
    located(story, is_place);
}

/// Takes a dateline that a field of the markup gives where the grammar reads none of it:
/// its extent is known, and a place that it begins with.
fn stated_dateline(story: &mut Story, is_place: &dyn Fn(&str) -> bool) {
    let at = story.layout.lead_start as usize;
    let Some(field) = story.dateline_field.as_ref().filter(|_| story.dateline.is_none()) else { return };
    let Some(behind) = story.text.get(at..).and_then(|t| t.strip_prefix(field.value.as_str())) else { return };
    let written = field.value.as_str();
    let end = written.find(|c: char| matches!(c, ',' | '(' | '/' | '-' | '–' | '—' | ':' | '.') || c.is_ascii_digit());
    let mut name = written[..end.unwrap_or(written.len())].trim();
    // `SYDNEY March 22 AAP`: the month is no part of the name.
    while !is_place(name) {
        let Some((shorter, _)) = name.rsplit_once(char::is_whitespace) else { break };
        name = shorter.trim_end();
    }
    let places = if is_place(name) {
        vec![DatelinePlace { as_written: name.to_owned(), span: Span::new(at, at + name.len()), entry: None }]
    } else {
        Vec::new()
    };
    // The copy may go on with the agency, which the field leaves out.
    let credit = credit_end(behind);
    let gap = credit
        + behind[credit..]
            .find(|c: char| !c.is_whitespace() && !matches!(c, '-' | '–' | '—'))
            .unwrap_or(behind.len() - credit);
    let end = at + written.len() + gap;
    story.dateline = Some(Dateline { span: Span::new(at, end), places, date_as_written: None });
    story.layout.lead_start =
        u32::try_from(end).unwrap_or(u32::MAX).min(story.layout.lead_end.max(story.layout.lead_start));
}

/// Longest name of an agency between a dateline and the copy.
const CREDIT_BYTES_MAX: usize = 60;

/// Where `, Kyodo - ` ends before its dash: a known agency between the dateline of a field
/// and the copy; 0 where there is none.
fn credit_end(behind: &str) -> usize {
    let name = behind.trim_start_matches([',', ' ']);
    let from = behind.len() - name.len();
    let dash = [" -", " –", " —"].iter().filter_map(|dash| name.find(dash)).min();
    match dash.filter(|dash| *dash <= CREDIT_BYTES_MAX && by_alias(name[..*dash].trim()).is_some()) {
        Some(dash) if from > 0 => from + dash,
        _ => 0,
    }
}

/// Takes the place that a field of the markup gives where the text has no dateline: of a field
/// that newsrooms fill as they like only what reads like the name of a place.
fn located(story: &mut Story, is_place: &dyn Fn(&str) -> bool) {
    if story.dateline.as_ref().is_some_and(|d| !d.places.is_empty()) {
        return;
    }
    let at = story.dateline.as_ref().map_or(Span { start: 0, end: 0 }, |d| d.span);
    let named = |name: &str| {
        let first = name.split(',').next().unwrap_or(name).trim();
        is_place(name) || is_place(first) || place::is_like_place(first) && !place::is_reported(first)
    };
    let field = story.dateline_field.as_ref().map(|d| d.value.trim()).filter(|d| is_place(d));
    let stated = story.located.iter().map(|place| place.value.as_str()).filter(|name| named(name));
    let places = stated.map(str::to_owned).chain(field.filter(|_| story.located.is_empty()).map(str::to_owned));
    let places = places.map(|as_written| DatelinePlace { as_written, span: Span { start: 0, end: 0 }, entry: None });
    let mut places: Vec<DatelinePlace> = places.collect();
    let mut date = None;
    if places.is_empty()
        && let Some(field) = story.dateline_field.as_ref().filter(|_| story.dateline.is_none())
    {
        // `KATHMANDU, April 25, 2015`
        let name = field.value.split([',', '(']).next().unwrap_or("").trim();
        if is_place(name) {
            let (as_written, span) = (name.to_owned(), Span { start: 0, end: 0 });
            places.push(DatelinePlace { as_written, span, entry: None });
            date = dates::find(&field.value)
                .map(|d| Sourced { value: field.value[d.start..d.end].to_owned(), evidence: field.evidence.clone() });
        }
    }
    if places.is_empty() {
        return;
    }
    match &mut story.dateline {
        Some(dateline) => dateline.places = places,
        None => story.dateline = Some(Dateline { span: at, places, date_as_written: date }),
    }
}

fn agency(text: &str, source: &Source, rule: &'static str) -> Agency {
    Agency {
        id: source.id.clone(),
        name: source.name.clone(),
        as_written: text[source.start..source.end].to_owned(),
        evidence: vec![Evidence::text(Span::new(source.start, source.end), rule, Confidence::Stated)],
    }
}

fn named_part(text: &str, (start, end): (usize, usize), rule: &'static str) -> Option<Agency> {
    let row = source::in_small_too(text.get(start..end)?)?;
    Some(Agency {
        id: row.id.to_owned(),
        name: row.name.to_owned(),
        as_written: text[start..end].to_owned(),
        evidence: vec![Evidence::text(Span::new(start, end), rule, Confidence::Stated)],
    })
}

fn sourced(text: &str, (start, end): (usize, usize), rule: &'static str) -> Sourced<String> {
    Sourced::text(text[start..end].to_owned(), Span::new(start, end), rule, Confidence::Stated)
}

fn fill(story: &mut Story, text: &str, opening: Opening) {
    let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let sign_off = ends::sign_off(text, opening.lead_start);
    story.layout.lead_start = clip(opening.lead_start);
    story.layout.body_end = clip(sign_off.body_end.max(opening.lead_start));
    story.layout.lead_end =
        clip(ends::paragraph_end(text, opening.lead_start, sign_off.body_end.max(opening.lead_start)));
    if story.headline.is_none()
        && story.layout.headline.is_none()
        && let Some((start, end)) = opening.headline
    {
        story.layout.headline = Some(Span::new(start, end));
        let mut headline = sourced(text, (start, end), "headline/first-paragraph");
        // One line, as those that a field states.
        let lines = headline.value.split(['\n', '\r']).map(str::trim).filter(|l| !l.is_empty());
        headline.value = lines.collect::<Vec<_>>().join(" ");
        story.headline = Some(headline);
    }
    if story.byline.is_none() {
        let below = || sign_off.writers.map(|b| sourced(text, b, "byline/sign-off"));
        let above = opening.byline.filter(|(s, e)| e > s).map(|b| sourced(text, b, "byline/opening"));
        story.byline = above.or_else(below);
    }
    let (mut slugged, mut noted) = (None, None);
    for line in &opening.furniture {
        let span = (line.start, line.end);
        match line.kind {
            Kind::Slug(status) => {
                story.slug.get_or_insert_with(|| sourced(text, span, "slug/opening"));
                slugged = slugged.or(status.map(|s| (s, Span::new(line.start, line.end))));
            }
            Kind::Note(status) => {
                story.ednote.get_or_insert_with(|| sourced(text, span, "ednote/opening"));
                noted = noted.or(status.map(|s| (s, Span::new(line.start, line.end))));
            }
            Kind::Message(message) => {
                let part = |(s, e): (usize, usize)| (line.start + s, line.start + e);
                if let Some(number) = message.and_then(|m| m.number) {
                    story.take.get_or_insert_with(|| sourced(text, part(number), "take/message-line"));
                }
                if let Some(priority) = message.and_then(|m| m.priority) {
                    story.urgency.get_or_insert_with(|| sourced(text, part(priority), "urgency/message-line"));
                }
            }
            Kind::Stamp | Kind::Title | Kind::Agency | Kind::Page => {}
        }
    }
    for flag in &opening.flags {
        let span = Span::new(flag.start, flag.end);
        let updates = flag.status.is_none().then(|| furniture::newer(span.of(text))).flatten();
        noted = noted.or(updates.map(|s| (s, span)));
        story.flags.push(sourced(text, (flag.start, flag.end), "flag/opening"));
    }
    let closing = holds::closing(text, opening.lead_start);
    if let Some(line) = closing {
        story.flags.push(sourced(text, line, "flag/closing"));
    }
    let held = |note: &str| {
        let flagged = flags::line_at(note, 0).and_then(|f| f.status).filter(|s| *s == Status::Embargoed);
        let sentences = || note.split_inclusive(". ").any(|sentence| holds::is_hold(sentence.trim()));
        flagged.or_else(|| (flags::holds_until(note) || sentences()).then_some(Status::Embargoed))
    };
    let noticed = story
        .ednote
        .as_ref()
        .and_then(|n| Some((notices::noted(&n.value).or_else(|| held(&n.value))?, n.evidence.clone())));
    if let Some((status, evidence)) = noticed.filter(|_| !story.status.value.is_held_back()) {
        story.status = Sourced { value: status, evidence };
    }
    if story.status.value == Status::Usable && story.status.evidence.is_empty() {
        // The gravest flag decides: a kill outranks the update that it also is.
        let rank = |s: Status| Status::ALL.iter().position(|x| *x == s).unwrap_or(0);
        let gravest = opening.flags.iter().filter_map(|f| f.status.map(|s| (f, s))).max_by_key(|(_, s)| rank(*s));
        let closing = closing.filter(|_| gravest.is_none_or(|(_, other)| rank(other) < rank(Status::Embargoed)));
        let said = opening.said.filter(|(status, _)| gravest.is_none_or(|(_, other)| rank(other) < rank(*status)));
        if let Some((status, (start, end))) = said {
            story.status = Sourced::text(status, Span::new(start, end), "status/lead", Confidence::Stated);
        } else if let Some((start, end)) = closing {
            story.status =
                Sourced::text(Status::Embargoed, Span::new(start, end), "status/closing", Confidence::Stated);
        } else if let Some((flag, status)) = gravest {
            story.status = Sourced::text(status, Span::new(flag.start, flag.end), "status/flag", Confidence::Stated);
        } else if let Some((status, span)) = slugged {
            story.status = Sourced::text(status, span, "status/slug", Confidence::Stated);
        } else if let Some((status, span)) = noted {
            story.status = Sourced::text(status, span, "status/note", Confidence::Stated);
        } else if let Some((headline, status)) = story.headline.as_ref().and_then(|h| Some((h, flagged(&h.value)?))) {
            story.status = Sourced { value: status, evidence: headline.evidence.clone() };
        } else if let Some(slug) = story.slug.as_ref().filter(|slug| furniture::counts_versions(&slug.value)) {
            story.status = Sourced { value: Status::Update, evidence: slug.evidence.clone() };
        }
    }
    // What the markup calls usable its copy may hold back all the same: in doubt it is held.
    let flag = opening.flags.iter().find(|f| f.status == Some(Status::Embargoed)).map(|f| (f.start, f.end));
    let flag = flag.map(|line| (line, "status/flag")).or(closing.map(|line| (line, "status/closing")));
    if let Some(((start, end), rule)) = flag.filter(|_| !story.status.value.is_held_back()) {
        story.status = Sourced::text(Status::Embargoed, Span::new(start, end), rule, Confidence::Stated);
    }
    // By what a kill tells of a story in words, headlines above all, others may be meant.
    if story.status.value == Status::Kill && story.guid.is_none() {
        let message = "A kill without an identifier: it takes no other story of the archive back".to_owned();
        story.warn("kill-without-identifier", message, false);
    }
    if let Some(head) = &opening.head {
        fill_dateline(story, text, head);
    }
    if story.agency.is_none() && sign_off.agencies.is_empty() {
        story.agency = credit_line(text, &opening.furniture)
            .or_else(|| by_writer(text, opening.byline?))
            .or_else(|| own_report(text, story.layout.lead_start as usize, story.layout.lead_end as usize));
    }
    for part in sign_off.agencies {
        let Some(credit) = named_part(text, part, "credit/sign-off") else { continue };
        if story.agency.is_none() && sign_off.files {
            story.agency = Some(credit);
            continue;
        }
        let filed = story.agency.as_ref().is_some_and(|a| a.id == credit.id);
        if !filed && !story.credits.iter().any(|c| c.id == credit.id) {
            story.credits.push(credit);
        }
    }
}

/// `By Ada Lem, PA`: the agency behind the writers above the copy.
fn by_writer(text: &str, (start, end): (usize, usize)) -> Option<Agency> {
    let comma = text.get(start..end)?.rfind(", ")?;
    named_part(text, chars::trim(text, start + comma + 1, end), "agency/byline")
}

/// The agency that the lead names as the one that reports.
fn own_report(text: &str, start: usize, end: usize) -> Option<Agency> {
    let (start, end) = own_report::read(text, start, end)?;
    let row = own_report::in_a_case(&text[start..end])?;
    Some(Agency {
        id: row.id.to_owned(),
        name: row.name.to_owned(),
        as_written: text[start..end].to_owned(),
        evidence: vec![Evidence::text(Span::new(start, end), "agency/own-report", Confidence::Stated)],
    })
}

/// The one agency that stands alone on a line above the copy.
fn credit_line(text: &str, lines: &[furniture::Line]) -> Option<Agency> {
    let named = lines.iter().filter(|line| line.kind == Kind::Agency);
    let mut agencies = named.filter_map(|line| named_part(text, (line.start, line.end), "agency/line"));
    let first = agencies.next()?;
    agencies.all(|other| other.id == first.id).then_some(first)
}

/// What a headline that a field states says of its story by the flag that it begins with, in
/// capitals and set off: `CORRECTION - Le pont rouvre`.
fn flagged(headline: &str) -> Option<Status> {
    // `Le pont rouvre (actualisé)`
    if let Some(Kind::Note(Some(status))) = furniture::note_behind(headline, &mut (0, headline.len())).map(|n| n.kind) {
        return Some(status);
    }
    let flag = flags::line_at(headline, 0)?;
    let written = headline.get(flag.start..flag.end)?;
    let behind = headline.get(flag.next..)?;
    let set_off = headline.get(flag.end..flag.next).is_some_and(|gap| gap.contains([':', '-', '–', '—', '/', '|']))
        || written.ends_with([':', '-', '–', '—', ')', ']', '】', '>']);
    let word = written.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_marked = chars::is_capitals(word) || !chars::is_cased(word);
    flag.status
        .or_else(|| furniture::newer(written))
        .filter(|_| is_marked && set_off && behind.chars().any(char::is_alphabetic))
}

fn fill_dateline(story: &mut Story, text: &str, head: &Head) {
    if let Some(source) = &head.source {
        let parts = source.parts.iter().filter_map(|p| named_part(text, *p, "credit/dateline"));
        let others = head.credits.iter().map(|c| agency(text, c, "credit/dateline"));
        // Who passes on what another wrote names it in the dateline.
        let is_one = source.parts.is_empty() || by_id(&source.id).is_some();
        let passed = story.agency.as_ref().filter(|a| source.known && is_one && a.id != source.id);
        let passed = passed.map(|_| agency(text, source, "credit/dateline"));
        let mut credits: Vec<Agency> = parts.chain(others).filter(|c| c.id != source.id).collect();
        credits.extend(passed);
        for credit in credits {
            // Who files by the markup is no credit beside himself.
            if !story.agency.iter().chain(&story.credits).any(|c| c.id == credit.id) {
                story.credits.push(credit);
            }
        }
        if story.agency.is_none() {
            story.agency = Some(agency(text, source, head.rule));
            story.credits.retain(|c| c.id != source.id);
        }
    }
    if story.dateline.is_none() {
        let places = head.places.iter().filter(|(s, e)| e > s).map(|&(start, end)| DatelinePlace {
            as_written: text[start..end].to_owned(),
            span: Span::new(start, end),
            entry: None,
        });
        let date = head.date.map(|d| sourced(text, (d.start, d.end), "dateline/date"));
        story.dateline =
            Some(Dateline { span: Span::new(head.start, head.end), places: places.collect(), date_as_written: date });
    }
}
