//! Where the lead and the body end: paragraphs and sign-offs.

use super::chars::{is_blank, is_dash, trim};
use super::{block, cjk, dates, holds, reporters, source};
use crate::data::agencies::by_alias;
use crate::data::places::lookup;
use crate::enrich::{filed, wire_stamp};
use crate::text::begins_paragraph;

const SIGN_OFF_CHARS_MAX: usize = 48;
const SIGN_OFF_LINES_MAX: usize = 8;

/// Returns the end of the paragraph at `start`: before a line without text, before one that
/// begins another, or `end`.
pub(super) fn paragraph_end(text: &str, start: usize, end: usize) -> usize {
    let mut from = start.min(end);
    let mut line_start = memchr::memrchr(b'\n', &text.as_bytes()[..from]).map_or(0, |n| n + 1);
    while let Some(i) = memchr::memchr(b'\n', &text.as_bytes()[from..end]) {
        let line = from + i + 1;
        let next = memchr::memchr(b'\n', &text.as_bytes()[line..end]).map_or(end, |n| line + n);
        let before = &text[line_start..from + i];
        if begins_paragraph(before, &text[line..next]) || text[line..next].chars().all(char::is_whitespace) {
            return trim(text, start, from + i).1;
        }
        from = line;
        line_start = line;
    }
    trim(text, start.min(end), end).1
}

/// What a text ends with.
pub(super) struct SignOff {
    /// One past the last byte of the body.
    pub(super) body_end: usize,
    /// Agencies credited behind it.
    pub(super) agencies: Vec<(usize, usize)>,
    /// Whether the one agency there filed the story, where nothing above it names another.
    pub(super) files: bool,
    /// Those who reported or wrote, as the desk says there.
    pub(super) writers: Option<(usize, usize)>,
}

/// Finds the sign-off of a body that begins at `start`.
pub(super) fn sign_off(text: &str, start: usize) -> SignOff {
    let mut found =
        SignOff { body_end: trim(text, start, text.len()).1, agencies: Vec::new(), files: false, writers: None };
    let (mut below, body_end) = (found.body_end, found.body_end);
    for _ in 0..SIGN_OFF_LINES_MAX {
        if let Some(desk) = reporters::read(text, start, below).filter(|desk| desk.start > start) {
            found.writers = desk.writers.or(found.writers);
            below = trim(text, start, desk.start).1;
            found.body_end = below;
            continue;
        }
        let body = &text[start..below];
        let Some(newline) = memchr::memrchr(b'\n', body.as_bytes()) else {
            // Nothing but an agency: all that stands above it is furniture.
            found.agencies.extend(agency_of(text, start, below).filter(|_| found.agencies.is_empty() && below > start));
            break;
        };
        let (from, to) = trim(text, start + newline + 1, below);
        let line = &text[from..to];
        let published = first_published(text, from, to);
        let is_hold = holds::is_hold(line);
        if line.chars().count() > SIGN_OFF_CHARS_MAX && published.is_none() && !is_hold {
            break;
        }
        below = trim(text, start, from).1;
        if let Some(agency) = published.or_else(|| agency_of(text, from, to)).or_else(|| stamped(text, from, to)) {
            found.agencies.push(agency);
        } else if !is_hold && filed::is_date_line(line) {
            // Alone it is copy or a stamp; above it may stand what tells.
            continue;
        } else if !(is_hold
            || is_end_mark(line)
            || is_initials(line)
            || wire_stamp::is_stamp(line)
            || block::is_number_line(line))
        {
            // `(PAP)`, below it the writer, below him the desk's initials.
            let signed = found.body_end < body_end && is_writers(line) && last_words(text, start, below).is_some();
            if !signed {
                break;
            }
            found.writers = found.writers.or(Some((from, to)));
        }
        found.body_end = below;
    }
    if found.agencies.is_empty() {
        found.agencies.extend(last_words(text, start, found.body_end));
    }
    found.files = found.agencies.len() == 1;
    found
}

/// `This report by The Canadian Press was first published …`: the agency.
fn first_published(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    const FORMS: [(&str, &str); 2] = [("This report by ", " was first published "), ("Ce texte de ", " a été publié ")];
    let line = &text[from..to];
    FORMS.iter().find_map(|(before, behind)| {
        let rest = line.strip_prefix(before)?;
        let name = &rest[..rest.find(behind)?];
        let start = from + before.len();
        by_alias(name).map(|_| (start, start + name.len()))
    })
}

/// `AFP 051015 MAR 24`: the agency in front of its stamp.
fn stamped(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let line = &text[from..to];
    let word = line.split_whitespace().next()?.trim_matches(['(', ')']);
    let start = word.as_ptr().addr() - text.as_ptr().addr();
    (by_alias(word).is_some() && wire_stamp::is_stamp(line)).then_some((start, start + word.len()))
}

/// `… the delegation. (APS)`, `… da saúde.  ANGOP`: the agency behind the last sentence.
fn last_words(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let body = &text[start..end];
    let sentence =
        |before: &str| before.trim_end().ends_with(['.', '!', '?', '…', '"', '”', '»', '\'', '’', '。', '؟', '۔', '।']);
    let core = body.strip_suffix('.').unwrap_or(body);
    if let Some(name) = with_desk(core) {
        let (from, to) = (start + name.0, start + name.1);
        return sentence(&body[..name.0]).then_some((from, to));
    }
    if core.ends_with(')') {
        let open = core.rfind('(').filter(|at| sentence(&body[..*at]))?;
        let source = source::bracketed(text, start + open, false, false)?.source.filter(|s| s.known)?;
        return Some((source.start, source.end));
    }
    let at = body.rfind(char::is_whitespace)?;
    let (from, to) = trim(text, start + at, end);
    let name = &text[from..to];
    let acronym = name.chars().count() >= 3 && name.chars().all(char::is_uppercase);
    (acronym && sentence(&body[..at]) && by_alias(name).is_some()).then_some((from, to))
}

/// `… Văratec. AGERPRES/(AS - autor: Ada Lem, editor: Ion Pop)`: the agency before its desk.
fn with_desk(core: &str) -> Option<(usize, usize)> {
    let open = core.strip_suffix(')')?.rfind("/(")?;
    let from = core[..open].trim_end_matches(|c: char| !c.is_whitespace()).len();
    by_alias(&core[from..open]).is_some().then_some((from, open))
}

/// `Ada Lem`, `Ada Lem, Jan Kot`: a line that is nothing but names.
fn is_writers(line: &str) -> bool {
    const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=3;
    let plain = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '.'))
    };
    line.split(", ").all(|name| {
        let words = || name.split_whitespace();
        NAME_WORDS.contains(&words().count()) && words().all(plain)
    })
}

/// `Ada Lem/TT`, `Ada LEM/İZMİR, (DHA)`: an agency behind its writer.
fn behind_writer(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let line = &text[from..to];
    let (writer, rest) = line.split_once('/')?;
    let name = match rest.rsplit_once(", (").filter(|(place, _)| place.starts_with(char::is_uppercase)) {
        Some((_, name)) => name.strip_suffix(')')?,
        None => rest,
    };
    let start = name.as_ptr().addr() - text.as_ptr().addr();
    (is_writers(writer) && by_alias(name).is_some()).then_some((start, start + name.len()))
}

fn is_end_mark(line: &str) -> bool {
    let core = line.trim_matches(|c: char| is_dash(c) || is_blank(c) || matches!(c, '/' | '(' | ')' | '.' | '*' | '='));
    let marked = core.len() < line.len();
    matches!(core, "NNNN" | "nnnn" | "###" | "XXX" | "ENDS" | "完" | "끝" | "了")
        || core == "#"
        || (marked
            && matches!(
                core,
                "0" | "30"
                    | "END"
                    | "End"
                    | "end"
                    | "ends"
                    | "Ends"
                    | "fim"
                    | "FIM"
                    | "Fim"
                    | "fin"
                    | "FIN"
                    | "ENDE"
                    | "konec"
                    | "koniec"
                    | ""
            ))
        || core.starts_with("NNNN")
}

/// `js/mk`, `SMA/TA// JPS`, `bur-em/cb/rb`: the desk's initials.
fn is_initials(line: &str) -> bool {
    let mut letters = 0;
    line.contains('/')
        && line.split(['/', ' ', '-']).filter(|p| !p.is_empty()).all(|part| {
            letters += 1;
            part.chars().count() <= 4 && part.chars().all(char::is_alphabetic)
        })
        && (2..=6).contains(&letters)
}

/// `São Paulo, 29 dic (EFE).-` with nothing behind: a notice that is signed by a dateline.
fn dateline_alone(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let core = text[from..to].trim_end_matches(|c: char| is_dash(c) || is_blank(c) || c == '.');
    let open = core.ends_with(')').then(|| core.rfind('(')).flatten().filter(|at| *at > 0)?;
    let before = core[..open].trim_end();
    dates::find(before).filter(|d| d.day.is_some() && d.month.is_some() && !d.needs_agency && d.end == before.len())?;
    let source = source::bracketed(text, from + open, true, false)?.source.filter(|s| s.known)?;
    Some((source.start, source.end))
}

/// `【東京共同】`: a place and an agency.
fn in_cjk_brackets(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let bracket =
        source::bracket_at(text, from).filter(|b| b.end == to && text[from..].starts_with(['【', '［', '〔']))?;
    let source = cjk::agency_suffix(text, bracket.inner, bracket.inner_end).filter(|s| s.known)?;
    Some((source.start, source.end))
}

/// `Lusa/fim`, `(ANSA).`, `-- AFP`, `EFE`: a line that is nothing but an agency.
fn agency_of(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    if let Some(bracket) = source::bracketed(text, from, false, false) {
        let rest = &text[bracket.end..to];
        if rest.chars().all(|c| is_blank(c) || c == '.' || is_dash(c)) {
            return bracket.source.filter(|s| s.known).map(|s| (s.start, s.end));
        }
    }
    let line = &text[from..to];
    let signed = || in_cjk_brackets(text, from, to).or_else(|| behind_writer(text, from, to));
    if let Some(agency) = dateline_alone(text, from, to).or_else(signed) {
        return Some(agency);
    }
    let line = line.strip_prefix("(END)").unwrap_or(line);
    let core = line.trim_matches(|c: char| is_dash(c) || is_blank(c) || matches!(c, '/' | '.' | '©' | '='));
    let start = core.as_ptr().addr() - text.as_ptr().addr();
    let name = core.split('/').next().unwrap_or("").trim_end();
    let rest = core[name.len()..].trim_matches(['/', ' ']);
    let ends = rest.is_empty() || is_end_mark(&format!("/{rest}"));
    if ends && by_alias(name).is_some() {
        return Some((start, start + name.len()));
    }
    // `The AP-London`: the bureau behind the agency.
    let (name, bureau) = core.split_once('-')?;
    let is_place = bureau.starts_with(char::is_uppercase) && lookup(bureau).next().is_some();
    (is_place && by_alias(name).is_some()).then_some((start, start + name.len()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::story;

    #[test]
    fn agencies_that_sign_below_the_copy() {
        const LEAD: &str = "Most jest zamknięty\n\nMost jest zamknięty od środy, a remont potrwa do jesieni.";
        for (below, agency, writer) in [
            (" (PAP)\n\nAda Lem\n\nada/ jkl/\n", Some("pap"), Some("Ada Lem")),
            (" AGERPRES/(AS - autor: Ada Lem, editor: Ion Pop)\n", Some("agerpres"), None),
            ("\n\nAda Lem/TT\n", Some("tt"), None),
            ("\n\nAda LEM/İZMİR, (DHA)\n", Some("dha"), None),
            // Names alone, and what only looks like a writer, sign for nobody.
            ("\n\nAda Lem\n\nada/ jkl/\n", None, None),
            ("\n\nVolvo/TT\n", None, None),
            ("\n\nAda Lem/Leeds\n", None, None),
        ] {
            let text = format!("{LEAD}{below}");
            let read = story(&text);
            let id = read.agency.as_ref().map(|a| a.id.as_str());
            let by = read.byline.as_ref().map(|b| b.value.as_str());
            assert_eq!((id, by), (agency, writer), "{text}");
        }
    }

    #[test]
    fn an_agency_behind_the_writer_above_the_copy() {
        for (by, agency) in [("By Ada Lem, PA", Some("pa")), ("By Ada Lem, Leeds", None), ("By Ada Lem", None)] {
            let read =
                story(&format!("Couple jailed after crash\n\n{by}\n\nA couple who left a driver have been jailed."));
            assert_eq!(read.agency.as_ref().map(|a| a.id.as_str()), agency, "{by}");
        }
    }
}
