//! Sources: which agency a bracket or a bare word names.

use super::chars::{char_at, char_before, is_blank, is_cased, is_comma, is_dash, is_unspaced, trim};
use super::dates::{self, DateRead};
use super::{credit, flags};
use crate::data::agencies::{self, by_alias};

const CONTENT_BYTES_MAX: usize = 140;
const BARE_BYTES_MAX: usize = 60;

/// An agency with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Id.
    pub(super) id: String,
    /// Name.
    pub(super) name: String,
    /// Whether the table knows it, at least in part.
    pub(super) known: bool,
    /// Further agencies, where the source is several.
    pub(super) parts: Vec<(usize, usize)>,
}

impl Source {
    fn of(agency: &agencies::Agency, start: usize, end: usize) -> Source {
        Source { start, end, id: agency.id.to_owned(), name: agency.name.to_owned(), known: true, parts: Vec::new() }
    }
}

/// What a bracket holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bracket {
    /// One past the closing mark.
    pub(super) end: usize,
    /// First byte inside.
    pub(super) inner: usize,
    /// One past the last byte inside.
    pub(super) inner_end: usize,
    /// The agency.
    pub(super) source: Option<Source>,
    /// A date behind the agency.
    pub(super) date: Option<DateRead>,
    /// A place before the agency.
    pub(super) place: Option<(usize, usize)>,
    /// The writer, behind the agency.
    pub(super) byline: Option<(usize, usize)>,
    /// It says how the dispatch came, and names no agency: `Delayed`, `Own correspondent`.
    pub(super) is_own: bool,
}

fn closing(open: char) -> Option<char> {
    Some(match open {
        '(' => ')',
        '[' => ']',
        '/' => '/',
        '（' => '）',
        '［' => '］',
        '【' => '】',
        '〔' => '〕',
        _ => return None,
    })
}

/// Finds the bracket that opens at `pos`; brackets may nest, slashes may not.
pub(super) fn bracket_at(text: &str, pos: usize) -> Option<Bracket> {
    let open = char_at(text, pos)?;
    let close = closing(open)?;
    let inner = pos + open.len_utf8();
    let mut depth = 1;
    let mut breaks = 0;
    let mut slash = None;
    for (i, c) in text.get(inner..)?.char_indices() {
        if i > CONTENT_BYTES_MAX || breaks > 1 {
            break;
        }
        breaks += usize::from(c == '\n');
        if c == close || (close == ')' && c == '）') || (close == '）' && c == ')') {
            depth -= 1;
            if depth == 0 {
                // A name within slashes may have one of its own: the last one closes
                // only where nothing but a boundary follows.
                let end = inner + i + c.len_utf8();
                let (start, stop) = trim(text, inner, inner + i);
                slash = (stop > start).then_some(Bracket { end, inner: start, inner_end: stop, ..Bracket::default() });
                break;
            }
        } else if c == open && open != '/' {
            depth += 1;
        }
    }
    slash
}

/// Reads a bracket as a source. `placed`: a place stands before it; `dated`: a date too.
pub(super) fn bracketed(text: &str, pos: usize, placed: bool, dated: bool) -> Option<Bracket> {
    let mut bracket = bracket_at(text, pos)?;
    let slash = char_at(text, pos) == Some('/');
    let (start, mut end) = (bracket.inner, bracket.inner_end);
    while let Some(c) = char_before(&text[start..end], end - start).filter(|c| is_comma(*c) || is_blank(*c)) {
        end -= c.len_utf8();
    }
    let content = &text[start..end];
    if content.is_empty() || content.contains(['=', '＝', '?', '!']) {
        return None;
    }
    let whole = named(text, start, end, placed, true);
    if whole.is_some() {
        bracket.source = whole;
        return Some(bracket);
    }
    // AGENCY, DATE or AGENCY-DATE
    for (i, c) in content.char_indices().filter(|(_, c)| is_comma(*c) || is_dash(*c) || is_blank(*c)) {
        let after = trim(text, start + i + c.len_utf8(), end).0;
        let Some(date) = dates::at(text, after).filter(|d| d.end + 1 >= end && !d.needs_agency) else { continue };
        let mut name_end = trim(text, start, start + i).1;
        // (AGENCY / Place, DATE)
        if let Some(at) = text[start..name_end].find(" / ").filter(|_| !placed) {
            bracket.place = Some(trim(text, start + at + 3, name_end)).filter(|(s, e)| e > s);
            name_end = trim(text, start, start + at).1;
        }
        let credit = || credit::read(text, start, name_end).filter(|_| placed)?.source;
        bracket.source = named(text, start, name_end, placed, true)
            .or_else(credit)
            .or_else(|| placed.then(|| unknown(text, start, name_end)).flatten());
        bracket.date = Some(date);
        return bracket.source.is_some().then_some(bracket);
    }
    // (Place-AGENCY) where nothing came before
    if !placed && !slash {
        for (i, c) in
            content.char_indices().filter(|(_, c)| is_dash(*c) || is_comma(*c) || *c == '/').collect::<Vec<_>>()
        {
            let (from, to) = trim(text, start + i + c.len_utf8(), end);
            let (place, place_end) = trim(text, start, start + i);
            let title = text[place..place_end].chars().any(char::is_lowercase)
                && text[place..place_end].starts_with(char::is_uppercase)
                && super::place::is_like_place(&text[place..place_end]);
            if let (Some(agency), true) = (by_alias(&text[from..to]), title) {
                bracket.source = Some(Source::of(agency, from, to));
                bracket.place = Some((place, place_end));
                return Some(bracket);
            }
        }
    }
    if let Some((source, byline)) = with_correspondent(text, start, end).filter(|_| placed) {
        (bracket.source, bracket.byline) = (Some(source), Some(byline));
        return Some(bracket);
    }
    if let Some(credit) = credit::read(text, start, end).filter(|_| placed) {
        (bracket.byline, bracket.date) = (credit.byline, credit.date);
        bracket.is_own = credit.source.is_none();
        bracket.source = credit.source;
        return Some(bracket);
    }
    // `(Embargoed)`, `(Urgent)`: a flag is no source.
    if placed && flags::is_flag(content) {
        bracket.is_own = true;
        return Some(bracket);
    }
    if placed && dated {
        bracket.source = unknown(text, start, end);
    }
    bracket.source.is_some().then_some(bracket)
}

/// Reads `start..end` as the name of an agency the table knows, or as several.
pub(super) fn named(text: &str, start: usize, end: usize, placed: bool, in_bracket: bool) -> Option<Source> {
    let content = text.get(start..end)?;
    let bare = content.trim_end_matches(['.', ' ']);
    if let Some(agency) = by_alias(content) {
        return Some(Source { parts: others(text, start, end, agency.id), ..Source::of(agency, start, end) });
    }
    if let Some(agency) = by_alias(bare).filter(|_| in_bracket) {
        let end = start + bare.len();
        return Some(Source { parts: others(text, start, end, agency.id), ..Source::of(agency, start, end) });
    }
    // `(AFP via Getty Images)`: who passes it on is not who files it.
    let via = if in_bracket { content.find(" via ") } else { None };
    let before_via = via.and_then(|at| by_alias(content[..at].trim()));
    if let Some(agency) = before_via {
        return Some(Source::of(agency, start, end));
    }
    // `(belga)` behind a place: some wrote their name small.
    let lower = || !text[text[..start].rfind('\n').map_or(0, |i| i + 1)..start].chars().any(char::is_uppercase);
    let small = placed
        && in_bracket
        && (content.len() >= 4 || content.len() == 3 && lower())
        && content.bytes().all(|b| b.is_ascii_lowercase());
    if let Some(agency) = small.then(|| by_alias(&content.to_uppercase())).flatten() {
        return Some(Source::of(agency, start, end));
    }
    if content.contains('@') || content.len() > 90 {
        return None;
    }
    // `AFP - Prime Minister`: a dash between blanks ends a bare name and joins none.
    if !in_bracket && content.char_indices().any(|(i, c)| is_dash(c) && content[..i].ends_with(' ')) {
        return None;
    }
    let is_joiner = |c: char| matches!(c, '/' | '-' | '–' | '+' | '&');
    // What stands bare is several names only where these join them.
    if !in_bracket && !content.contains(is_joiner) {
        return None;
    }
    let mut parts: Vec<(usize, usize)> = Vec::new();
    let mut from = start;
    for (i, c) in content.char_indices().filter(|(_, c)| is_joiner(*c)) {
        parts.push(trim(text, from, start + i));
        from = start + i + c.len_utf8();
    }
    parts.push(trim(text, from, end));
    if parts.len() == 1 && in_bracket {
        parts.clear();
        let mut from = start;
        for word in content.split_whitespace() {
            let at = text[from..end].find(word).map_or(from, |i| from + i);
            from = at + word.len();
            parts.push((at, from));
        }
    }
    let known = parts.iter().filter(|(s, e)| by_alias(&text[*s..*e]).is_some()).count();
    let acronyms = parts.iter().all(|(s, e)| {
        let part = &text[*s..*e];
        by_alias(part).is_some() || (part.len() <= 8 && part.len() >= 2 && part.chars().all(char::is_uppercase))
    });
    // `(AP, Reuters)`: two agencies and nothing else.
    let listed: Vec<(usize, usize)> = match content.split_once(", ") {
        Some((first, rest)) if in_bracket && !rest.contains(',') => {
            vec![(start, start + first.len()), (end - rest.len(), end)]
        }
        _ => Vec::new(),
    };
    if !listed.is_empty() && listed.iter().all(|(s, e)| by_alias(&text[*s..*e]).is_some()) {
        let id = content.replace(", ", "-").to_lowercase();
        return Some(Source { start, end, id, name: content.to_owned(), known: true, parts: listed });
    }
    if parts.len() >= 2 && known >= 1 && acronyms && (known == parts.len() || in_bracket) {
        let id = content.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        return Some(Source { start, end, id, name: content.to_owned(), known: true, parts });
    }
    // The code of a correspondent before the agency: `(tca/dpa)`.
    if placed && in_bracket && known == 1 && parts.len() == 2 && content.contains('/') {
        let is_code = |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase());
        let agency = parts.iter().find_map(|(s, e)| by_alias(&text[*s..*e]));
        let codes =
            parts.iter().filter(|(s, e)| by_alias(&text[*s..*e]).is_none()).all(|(s, e)| is_code(&text[*s..*e]));
        if let Some(agency) = agency.filter(|_| codes) {
            return Some(Source::of(agency, start, end));
        }
    }
    // Corr. AGENCY, From our correspondent AGENCY: the agency stands last.
    if in_bracket {
        for (i, c) in content.char_indices().filter(|(_, c)| c.is_whitespace()).take(3) {
            let (from, to) = trim(text, start + i + c.len_utf8(), end);
            let short = text[start..start + i].chars().count() <= 6 && text[start..start + i].ends_with('.');
            if let (Some(agency), true) =
                (by_alias(&text[from..to]), short || (placed && i <= 6 && is_unspaced(content)))
            {
                return Some(Source::of(agency, start, end));
            }
        }
    }
    None
}

/// The agencies that one passes on under a name of its own, `APA/dpa`, `ats afp`; none where
/// a part of the name is no agency's.
fn others(text: &str, start: usize, end: usize, own: &str) -> Vec<(usize, usize)> {
    let is_between = |c: char| c == '/' || c.is_whitespace();
    let mut parts = Vec::new();
    let mut at = start;
    for piece in text[start..end].split_inclusive(is_between) {
        let part = piece.trim_end_matches(is_between);
        let Some(agency) = in_small_too(part) else { return Vec::new() };
        if agency.id != own {
            parts.push((at, at + part.len()));
        }
        at += piece.len();
    }
    parts
}

/// The agency of a name that some write in small letters: `afp`.
pub(super) fn in_small_too(name: &str) -> Option<&'static agencies::Agency> {
    by_alias(name).or_else(|| name.bytes().all(|b| b.is_ascii_lowercase()).then(|| by_alias(&name.to_uppercase()))?)
}

/// `Корр. ТАСС Имя Фамилия`: the word for a correspondent, the agency, two or three names.
fn with_correspondent(text: &str, start: usize, end: usize) -> Option<(Source, (usize, usize))> {
    const CORRESPONDENT: &[&str] = &["корр.", "спецкорр.", "corr.", "corresp.", "кор."];
    let content = text.get(start..end)?;
    let first = content.split_whitespace().next().filter(|w| CORRESPONDENT.contains(&w.to_lowercase().as_str()))?;
    let from = trim(text, start + first.len(), end).0;
    // The longest name of the table, and names of a person behind it.
    let ends = text[from..end].char_indices().filter(|(_, c)| c.is_whitespace()).map(|(i, _)| from + i);
    let at = ends.rev().find(|at| by_alias(&text[from..*at]).is_some())?;
    let names = trim(text, at, end);
    let words = text[names.0..names.1].split_whitespace();
    let capitalised = words.clone().all(|w| w.starts_with(char::is_uppercase));
    let source = by_alias(&text[from..at]).map(|agency| Source::of(agency, from, at))?;
    (capitalised && (2..=3).contains(&words.count())).then_some((source, names))
}

/// Takes the words of a bracket straight after place and date as a source's name.
fn unknown(text: &str, start: usize, end: usize) -> Option<Source> {
    let name = text.get(start..end)?;
    let words = name.split_whitespace().count();
    let first = name.chars().next()?;
    if !(1..=8).contains(&words)
        || name.chars().count() > 60
        || !name.chars().any(char::is_alphabetic)
        || (is_cased(name) && !first.is_uppercase())
        || name.contains(['\n', ';', '"'])
    {
        return None;
    }
    let id = format!("src:{}", name.to_lowercase());
    Some(Source { start, end, id, name: name.to_owned(), known: false, parts: Vec::new() })
}

/// Reads the agency that stands bare at `pos`: the longest name that ends at a boundary.
pub(super) fn bare_at(text: &str, pos: usize) -> Option<Source> {
    let first = char_at(text, pos)?;
    if !(first.is_alphabetic() || first == '©') || char_before(text, pos).is_some_and(char::is_alphanumeric) {
        return None;
    }
    if is_unspaced(&text[pos..pos + first.len_utf8()]) {
        return None;
    }
    let stops = |c: char| matches!(c, ':' | '|' | '(');
    let mut ends: Vec<usize> = Vec::with_capacity(8);
    let mut words = 0;
    for (i, c) in text[pos..].char_indices() {
        let end = pos + i;
        if c == '\n' && i <= BARE_BYTES_MAX && ends.len() < 10 {
            ends.push(end);
        }
        if i > BARE_BYTES_MAX || c == '\n' || words >= 4 || ends.len() >= 10 {
            break;
        }
        if c.is_whitespace()
            || is_comma(c)
            || is_dash(c)
            || stops(c)
            || matches!(c, '.' | ')' | ']' | '【' | '】' | '/')
        {
            let space = c.is_whitespace();
            if space && text[..end].ends_with(char::is_whitespace) {
                continue;
            }
            ends.push(end);
            words += usize::from(space);
            if is_comma(c) || stops(c) || matches!(c, ')' | '/' | ']') {
                break;
            }
        }
    }
    if text.len() - pos <= BARE_BYTES_MAX && !text[pos..].contains(['\n', ':', '(']) {
        ends.push(text.len());
    }
    ends.iter().rev().find_map(|&end| {
        let end = trim(text, pos, end).1;
        named(text, pos, end, true, false)
    })
}
