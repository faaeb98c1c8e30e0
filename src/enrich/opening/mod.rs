//! The opening of a dispatch: flags, headline, writers, dateline, and where the lead and
//! the body lie. Rules for wires in general; agencies are rows of a table.
//!
//! What the markup of a story stated already is kept.

mod chars;
mod cjk;
mod date_read;
pub mod dates;
mod ends;
mod flags;
mod furniture;
mod head;
mod place;
mod place_words;
mod source;
#[cfg(test)]
mod tests;

use crate::data::agencies::by_alias;
use crate::story::{Agency, Confidence, Dateline, DatelinePlace, Evidence, Sourced, Span, Status, Story};
use flags::Flag;
use furniture::Kind;
use head::{Head, Strength};
use source::Source;

/// Lines whose start is tried, beside those that are flags or writers.
const LINES_MAX: usize = 7;
/// Bytes of the text in which a dateline may start.
const WINDOW_BYTES: usize = 900;
const HEADLINE_CHARS_MAX: usize = 200;

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
    let opening = scan(&text, from, stated, is_place);
    fill(story, &text, opening);
    story.text = text;
    stated_dateline(story, is_place);
    located(story);
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

/// Takes the place that a field of the markup gives where the text has no dateline.
fn located(story: &mut Story) {
    if story.dateline.as_ref().is_some_and(|d| !d.places.is_empty()) || story.located.is_empty() {
        return;
    }
    let at = story.dateline.as_ref().map_or(Span { start: 0, end: 0 }, |d| d.span);
    let places = story.located.iter().map(|place| DatelinePlace {
        as_written: place.value.clone(),
        span: Span { start: 0, end: 0 },
        entry: None,
    });
    let places = places.collect();
    match &mut story.dateline {
        Some(dateline) => dateline.places = places,
        None => story.dateline = Some(Dateline { span: at, places, date_as_written: None }),
    }
}

/// Everything that was found, as bytes of the text.
#[derive(Debug, Default)]
struct Opening {
    head: Option<Head>,
    flags: Vec<Flag>,
    furniture: Vec<furniture::Line>,
    headline: Option<(usize, usize)>,
    byline: Option<(usize, usize)>,
    lead_start: usize,
}

fn scan(text: &str, from: usize, stated: bool, is_place: &dyn Fn(&str) -> bool) -> Opening {
    let from = if text.is_char_boundary(from) { from.min(text.len()) } else { 0 };
    let mut opening = Opening::default();
    let mut best: Option<(Head, Strength)> = None;
    let mut others: Vec<(usize, usize)> = Vec::new();
    let mut bylines: Vec<(usize, usize, usize)> = Vec::new();
    let mut flagged: Vec<Flag> = Vec::new();
    let mut furniture: Vec<furniture::Line> = Vec::new();
    let mut line = from;
    while line < text.len() && line - from < WINDOW_BYTES && others.len() < LINES_MAX {
        let end = flags::line_end(text, line);
        let (mut start, stop) = chars::trim(text, line, end);
        while start < stop {
            let Some(flag) = flags::line_at(text, start).filter(|f| f.next > start) else { break };
            flagged.push(flag);
            start = chars::skip_blanks(text, flag.next, false).min(stop);
        }
        if start < stop {
            let other = furniture::line_at(text, start);
            // "Date: 03/05/2024" is no place with a date behind it.
            let is_stamp = matches!(other, Some(furniture::Line { kind: Kind::Stamp, .. }));
            let found = if is_stamp { None } else { candidate(text, start, stop, is_place) };
            let is_head = found.is_some();
            if let Some((head, strength)) = found
                && best.as_ref().is_none_or(|(_, s)| strength > *s)
                && !is_headline(text, &head, strength, stop)
            {
                best = Some((head, strength));
            }
            if best.as_ref().is_some_and(|(_, s)| *s == Strength::Two) {
                break;
            }
            match (flags::byline_at(text, start), other) {
                (Some((s, e)), _) => bylines.push((start, s, e)),
                (None, Some(other)) if !is_head => furniture.push(other),
                (None, _) => others.push((start, stop)),
            }
        }
        line = memchr::memchr(b'\n', &text.as_bytes()[end..]).map_or(text.len(), |i| end + i + 1);
    }
    let head = best.map(|(head, _)| head);
    let head_start = head.as_ref().map_or(text.len(), |h| h.start);
    // Without a dateline the lead is what follows the headline.
    let mut lead = head.as_ref().map(|h| h.end);
    let first = others.first().copied().filter(|(s, _)| *s < head_start);
    if stated {
        if head.is_none() {
            lead = first.map(|(start, _)| start);
        }
    } else if let Some((start, stop)) = first {
        let end = match &head {
            Some(head) => ends::paragraph_end(text, start, head.start).max(start),
            None => ends::paragraph_end(text, start, text.len()),
        };
        let more = head.is_some() || text[end..].chars().any(char::is_alphanumeric);
        let cut = furniture.iter().map(|f| f.start).find(|f| *f > start && *f < end).unwrap_or(end);
        let (start, end) = chars::trim(text, start, without_byline(&bylines, start, cut));
        let glued = head.as_ref().is_some_and(|h| h.start < stop);
        if more && end > start && text[start..end].chars().count() <= HEADLINE_CHARS_MAX {
            opening.headline = Some((start, end));
        } else if let (true, false, Some(head)) = (more, glued, &head) {
            // A long paragraph above the dateline is no headline, but its first line may be.
            let (_, line_stop) = chars::trim(text, start, stop);
            if line_stop <= head.start && text[start..line_stop].chars().count() <= HEADLINE_CHARS_MAX {
                opening.headline = Some((start, line_stop));
            }
        }
        if head.is_none() {
            lead = Some(match opening.headline {
                Some((_, end)) => lead_after(text, end, &bylines, &flagged, &furniture),
                None => start,
            });
        }
    }
    opening.lead_start = lead.unwrap_or_else(|| chars::trim(text, from, text.len()).0);
    opening.byline = head.as_ref().and_then(|h| h.byline).or_else(|| {
        bylines.iter().find(|(line, _, _)| *line < opening.lead_start.max(from + 1)).map(|(_, s, e)| (*s, *e))
    });
    opening.flags = flagged;
    opening.flags.retain(|f| f.start < opening.lead_start.max(1));
    opening.furniture = furniture;
    opening.furniture.retain(|f| f.start < opening.lead_start);
    opening.head = head;
    opening
}

fn without_byline(bylines: &[(usize, usize, usize)], start: usize, end: usize) -> usize {
    bylines.iter().map(|b| b.0).find(|b| *b > start && *b < end).unwrap_or(end)
}

fn lead_after(
    text: &str,
    end: usize,
    bylines: &[(usize, usize, usize)],
    flagged: &[Flag],
    furniture: &[furniture::Line],
) -> usize {
    let mut lead = chars::trim(text, end, text.len()).0;
    loop {
        let byline = bylines.iter().find(|b| b.0 == lead).map(|b| b.2);
        let flag = flagged.iter().find(|f| f.start == lead).map(|f| f.next.max(f.end));
        let other = furniture.iter().find(|f| f.start == lead).map(|f| f.end);
        match byline.or(flag).or(other) {
            Some(next) if next > lead => lead = chars::trim(text, next, text.len()).0,
            _ => return lead,
        }
    }
}

/// Tells whether a place with a dash is a headline: alone on its line, without a full stop.
fn is_headline(text: &str, head: &Head, strength: Strength, stop: usize) -> bool {
    if strength > Strength::PlaceOnly || head.end >= stop {
        return false;
    }
    let after = &text[stop..];
    let blank_follows = after.trim_start_matches([' ', '\r', '\t']).strip_prefix('\n').is_some_and(|rest| {
        rest.lines().next().is_some_and(|l| l.trim().is_empty()) && rest.chars().any(char::is_alphanumeric)
    });
    blank_follows && stop - head.end < 120 && !text[..stop].ends_with(['.', '"', '”', '»', '…', '。'])
}

/// Reads the best dateline that begins in a line.
fn candidate(text: &str, start: usize, stop: usize, is_place: &dyn Fn(&str) -> bool) -> Option<(Head, Strength)> {
    if let Some(head) = cjk::read(text, start, is_place) {
        return Some((head, Strength::Two));
    }
    if let Some(found) = flags::name_start(text, start).and_then(|names| behind_names(text, names, stop, is_place)) {
        return Some(found);
    }
    let plain = head::read(text, start, is_place);
    if plain.as_ref().is_some_and(|(_, s)| *s == Strength::Two) {
        return plain;
    }
    let better = behind_bracket(text, start, stop, is_place).or_else(|| behind_capitals(text, start, stop, is_place));
    better.or(plain)
}

/// `(Republisher) KUWAIT, Dec 26 (KUNA) --`
fn behind_bracket(text: &str, start: usize, stop: usize, is_place: &dyn Fn(&str) -> bool) -> Option<(Head, Strength)> {
    let bracket = source::bracket_at(text, start).filter(|b| b.end < stop && text[start..].starts_with(['(', '[']))?;
    let next = chars::skip_blanks(text, bracket.end, false);
    head::read(text, next, is_place).filter(|(h, s)| *s == Strength::Two && h.source.is_some())
}

/// `By Name Surname Place, Oct 17 (PTI)`: nothing divides the names from the place.
fn behind_names(text: &str, names: usize, stop: usize, is_place: &dyn Fn(&str) -> bool) -> Option<(Head, Strength)> {
    let mut found: Vec<(Head, bool)> = Vec::new();
    let line = &text[names..stop];
    let mut words = 0;
    let mut after_blank = false;
    for (i, c) in line.char_indices().take(110) {
        if c.is_whitespace() {
            after_blank = true;
            continue;
        }
        if after_blank && i > 0 && (c.is_uppercase() || !chars::is_cased(line)) {
            words += 1;
            if words > 10 {
                break;
            }
            if let Some((head, Strength::Two)) = head::read(text, names + i, is_place)
                && !head.places.is_empty()
                && head.start == names + i
            {
                let wide = line[..i].ends_with("  ") || line[..i].ends_with('\n');
                found.push((head, wide));
            }
        }
        after_blank = false;
    }
    let place = |head: &Head| head.places.first().is_some_and(|(s, e)| is_place(&text[*s..*e]));
    let at = found.iter().position(|(_, wide)| *wide).or_else(|| found.iter().position(|(h, _)| place(h)));
    let (mut head, _) = match at {
        Some(at) => found.swap_remove(at),
        None => found.pop()?,
    };
    head.byline = Some(chars::trim(text, names, head.start));
    Some((head, Strength::Two))
}

/// `HEADLINE IN CAPITALS Estambul (EFE).`
fn behind_capitals(text: &str, start: usize, stop: usize, is_place: &dyn Fn(&str) -> bool) -> Option<(Head, Strength)> {
    let mut at = start;
    let mut capitals = 0;
    for word in text[start..stop].split(' ').take(40) {
        let shout = !word.chars().any(char::is_lowercase);
        if !shout {
            let found = (capitals >= 3).then(|| head::read(text, at, is_place)).flatten()?;
            return Some(found).filter(|(h, s)| *s == Strength::Two && h.start == at && h.source.is_some());
        }
        capitals += usize::from(word.chars().any(char::is_uppercase));
        at += word.len() + 1;
    }
    None
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
    let row = by_alias(text.get(start..end)?)?;
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
        story.headline = Some(sourced(text, (start, end), "headline/first-paragraph"));
    }
    if story.byline.is_none() {
        story.byline = opening.byline.filter(|(s, e)| e > s).map(|b| sourced(text, b, "byline/opening"));
    }
    let mut slugged = None;
    for line in &opening.furniture {
        let span = (line.start, line.end);
        match line.kind {
            Kind::Slug(status) => {
                story.slug.get_or_insert_with(|| sourced(text, span, "slug/opening"));
                slugged = slugged.or(status.map(|s| (s, Span::new(line.start, line.end))));
            }
            Kind::Note => _ = story.ednote.get_or_insert_with(|| sourced(text, span, "ednote/opening")),
            Kind::Stamp | Kind::Title => {}
        }
    }
    for flag in &opening.flags {
        story.flags.push(sourced(text, (flag.start, flag.end), "flag/opening"));
    }
    let noted = story.ednote.as_ref().and_then(|n| Some((flags::notice(&n.value)?, n.evidence.clone())));
    if let Some((status, evidence)) = noted.filter(|_| !story.status.value.is_held_back()) {
        story.status = Sourced { value: status, evidence };
    }
    if story.status.value == Status::Usable && story.status.evidence.is_empty() {
        // The gravest flag decides: a kill outranks the update that it also is.
        let rank = |s: Status| Status::ALL.iter().position(|x| *x == s).unwrap_or(0);
        let gravest = opening.flags.iter().filter_map(|f| f.status.map(|s| (f, s))).max_by_key(|(_, s)| rank(*s));
        if let Some((flag, status)) = gravest {
            story.status = Sourced::text(status, Span::new(flag.start, flag.end), "status/flag", Confidence::Stated);
        } else if let Some((status, span)) = slugged {
            story.status = Sourced::text(status, span, "status/slug", Confidence::Stated);
        }
    }
    if let Some(head) = opening.head {
        fill_dateline(story, text, &head);
    }
    for part in sign_off.agencies {
        let Some(credit) = named_part(text, part, "credit/sign-off") else { continue };
        let filed = story.agency.as_ref().is_some_and(|a| a.id == credit.id);
        if !filed && !story.credits.iter().any(|c| c.id == credit.id) {
            story.credits.push(credit);
        }
    }
}

fn fill_dateline(story: &mut Story, text: &str, head: &Head) {
    if let Some(source) = &head.source {
        let parts = source.parts.iter().filter_map(|p| named_part(text, *p, "credit/dateline"));
        let others = head.credits.iter().map(|c| agency(text, c, "credit/dateline"));
        let credits: Vec<Agency> = parts.chain(others).filter(|c| c.id != source.id).collect();
        for credit in credits {
            if !story.credits.iter().any(|c| c.id == credit.id) {
                story.credits.push(credit);
            }
        }
        if story.agency.is_none() {
            story.agency = Some(agency(text, source, head.rule));
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
