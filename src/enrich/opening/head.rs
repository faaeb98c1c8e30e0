//! One dateline at one start: places, date and agency in any order, up to its end.

use super::chars::{
    Separator, char_at, is_blank, is_capitals, is_cased, is_comma, is_dash, separator, skip_blanks, trim, word_end,
};
use super::dates::{self, DateRead};
use super::place::{self, is_in_capitals, is_like_place};
use super::source::{self, Source};

const ITEMS_MAX: usize = 9;
const HEAD_BYTES_MAX: usize = 260;
const LONG_LEAD_CHARS: usize = 40;
/// Characters of a line from which it may have been wrapped.
const WRAPPED_CHARS_MIN: usize = 45;

/// How much speaks for a dateline: more wins over less, and earlier over later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// A date and a dash.
    DateOnly,
    /// A place and its mark.
    PlaceOnly,
    /// An agency alone.
    AgencyOnly,
    /// A place and a date that a line break or a full stop ends, or that no comma divides.
    Loose,
    /// Two of place, date and agency.
    Two,
}

/// A dateline as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// First byte.
    pub(super) start: usize,
    /// First byte of the lead.
    pub(super) end: usize,
    /// Places.
    pub(super) places: Vec<(usize, usize)>,
    /// Date.
    pub(super) date: Option<DateRead>,
    /// Agency that files.
    pub(super) source: Option<Source>,
    /// Further sources.
    pub(super) credits: Vec<Source>,
    /// Writers within the dateline.
    pub(super) byline: Option<(usize, usize)>,
    /// Name of the rule that read the agency.
    pub(super) rule: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    Bracket,
    Bare,
    Date,
    Place,
    Filler,
}

/// Reads the dateline that begins at `from`.
pub(super) fn read(text: &str, from: usize, is_place: &dyn Fn(&str) -> bool) -> Option<(Head, Strength)> {
    let start = skip_decoration(text, from);
    let mut head = Head { start, rule: "dateline/agency-bare", ..Head::default() };
    let mut best: Option<(Head, Strength)> = None;
    let mut pos = behind_clock(text, start).unwrap_or(start);
    let mut before = Separator::default();
    for _ in 0..ITEMS_MAX {
        if pos >= text.len() || pos - start > HEAD_BYTES_MAX {
            break;
        }
        let Some((item, end)) = item_at(text, pos, &mut head, before, best.is_some(), is_place) else { break };
        let sep = separator(text, end);
        if let Some((writers, lead)) = writers_at(text, end).filter(|_| item == Item::Bare && head.date.is_some()) {
            head.byline = Some(writers);
            head.end = lead;
            if text[lead..].chars().any(char::is_alphabetic) {
                return Some((head, Strength::Two));
            }
            break;
        }
        if item != Item::Filler
            && let Some(strength) = accept(text, &head, item, before, sep, is_place)
            && best.as_ref().is_none_or(|(_, s)| strength >= *s)
        {
            let mut found = head.clone();
            found.end = sep.end;
            best = Some((found, strength));
        }
        // `05.03.Kraków`: the full stop behind the month is the date's own.
        let dotted = item == Item::Date && text[..end].ends_with('.');
        let credited = sep.blank_line && item == Item::Date && is_credit_line(text, sep.end);
        if sep.blank_line && !credited || (!sep.any && !dotted && !matches!(item, Item::Bracket) && !opens(text, end)) {
            break;
        }
        before = sep;
        pos = sep.end;
    }
    best
}

/// Tells whether a line is nothing but a bracket that names an agency: `(Dépêche de l'Agence Havas)`.
fn is_credit_line(text: &str, pos: usize) -> bool {
    let bracket = source::bracketed(text, pos, true, false).filter(|b| b.source.is_some());
    bracket.is_some_and(|b| separator(text, b.end).newline)
}

/// Tells whether a letter is of the Latin script, accents included.
fn is_latin(c: char) -> bool {
    matches!(c, '\u{41}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// Characters of a line before `pos`.
fn line_chars(text: &str, pos: usize) -> usize {
    text[..pos].chars().rev().take_while(|c| *c != '\n').count()
}

fn opens(text: &str, pos: usize) -> bool {
    char_at(text, pos).is_some_and(|c| matches!(c, '(' | '[' | '/' | '（' | '［'))
}

fn skip_decoration(text: &str, from: usize) -> usize {
    let mut pos = from;
    while let Some(c) = char_at(text, pos) {
        if !(is_blank(c) || c == '\r' || is_dash(c) || matches!(c, '*' | '•' | '>' | '#' | '■' | '●' | '◆' | '·'))
        {
            break;
        }
        pos += c.len_utf8();
    }
    pos
}

/// `15:32. Lima, mar. 5.`: when it was sent stands before the dateline.
fn behind_clock(text: &str, pos: usize) -> Option<usize> {
    let clock = text.get(pos..pos + 6)?.as_bytes();
    let is_clock = [0, 1, 3, 4].iter().all(|i| clock[*i].is_ascii_digit()) && clock[2] == b':' && clock[5] == b'.';
    let next = skip_blanks(text, pos + 6, false);
    (is_clock && char_at(text, next).is_some_and(char::is_uppercase)).then_some(next)
}

/// Reads one part at `pos` into `head`; returns its kind and end.
fn item_at(
    text: &str,
    pos: usize,
    head: &mut Head,
    before: Separator,
    has_best: bool,
    is_place: &dyn Fn(&str) -> bool,
) -> Option<(Item, usize)> {
    let c = char_at(text, pos)?;
    let placed = !head.places.is_empty();
    if matches!(c, '(' | '[' | '/' | '（' | '［' | '【') {
        let dated = head.date.is_some();
        // What follows a dash or an agency is the lead's: [TEXT], (with photos).
        let named = || {
            let inner = source::bracket_at(text, pos).filter(|b| separator(text, b.end).dash);
            inner.is_some_and(|b| reads_like_source(&text[b.inner..b.inner_end], is_place))
        };
        let free = !before.dash && head.source.is_none() && (dated || (placed && matches!(c, '(' | '[') && named()));
        let bracket = source::bracketed(text, pos, placed, free);
        if let Some(found) = bracket {
            if has_best && head.source.is_some() && head.places.is_empty() {
                return None;
            }
            if found.is_own {
                let item = if dated { Item::Bracket } else { Item::Place };
                return placed.then_some((item, found.end));
            }
            if let Some(place) = found.place {
                head.places = vec![place];
            }
            if head.date.is_none() {
                head.date = found.date;
            }
            let source = found.source?;
            head.byline = head.byline.or(found.byline);
            if head.source.is_some() {
                head.credits.push(source);
            } else {
                head.source = Some(source);
                head.rule = if c == '/' { "dateline/agency-in-slashes" } else { "dateline/agency-in-brackets" };
            }
            return Some((Item::Bracket, found.end));
        }
        // PLACE (Region), and PLACE /Region/ before a date.
        let slashed = |b: &source::Bracket| {
            let sep = separator(text, b.end);
            sep.comma && dates::at(text, sep.end).is_some()
        };
        let region = source::bracket_at(text, pos)
            // `(ANSA) - CORTINA D'AMPEZZO (BELLUNO), 19 GEN`: behind an agency the date must follow.
            .filter(|b| placed && !dated && (head.source.is_none() || slashed(b)))
            .filter(|b| matches!(c, '(' | '[') || c == '/' && slashed(b))?;
        let inner = &text[region.inner..region.inner_end];
        if before.dash || before.colon {
            return None;
        }
        if is_like_place(inner) || place::is_region(inner) {
            head.places.last_mut()?.1 = region.end;
        } else if !(slashed(&region) && place::is_remark(inner)) {
            return None;
        }
        return Some((Item::Place, region.end));
    }
    let ended = before.dash || before.colon || before.stop || before.newline;
    if let Some(end) = (!ended).then(|| behind_date(text, pos, head)).flatten() {
        return Some((Item::Date, end));
    }
    if let Some(end) = time_group(text, pos).filter(|_| placed && head.date.is_none() && !ended) {
        return Some((Item::Filler, end));
    }
    if head.date.is_none() {
        if let Some(date) = dates::apart_at(text, pos).filter(|_| placed && before.dash) {
            head.date = Some(date);
            return Some((Item::Date, date.end));
        }
        let loose = || if placed && (before.comma || before.stop) { dates::loose_at(text, pos) } else { None };
        if let Some(date) = dates::at(text, pos).or_else(loose) {
            head.date = Some(date);
            return Some((Item::Date, date.end));
        }
    }
    if (head.source.is_none() || (head.places.is_empty() && head.credits.is_empty() && !has_best))
        && let Some(source) = source::bare_at(text, pos).filter(|s| {
            let short = text[s.start..s.end].chars().filter(|c| c.is_alphabetic()).count() <= 2;
            !(short && before.comma && head.date.is_none())
        })
    {
        let end = source.end;
        if head.source.is_none() {
            head.source = Some(source);
        } else {
            head.credits.push(source);
        }
        return Some((Item::Bare, end));
    }
    let word = word_end(text, pos);
    if placed && head.date.is_none() && word > pos && place::is_filler(&text[pos..word]) {
        return Some((Item::Filler, word));
    }
    if placed {
        return None;
    }
    let run = place::run_at(text, pos)?;
    let name = &text[run.start..run.end];
    // Copy that was lower-cased by a machine: only with a name that the gazetteer has.
    let known = || name.split_whitespace().count() <= 3 && is_place(name.split(is_comma).next().unwrap_or(""));
    if !is_like_place(name) && !known() {
        return None;
    }
    head.places = place::divide(text, run.start, run.end);
    Some((Item::Place, run.next.max(run.end)))
}

/// `VIENNA 121400 REUTER = `: day, hour and minute of a telegram. Returns its end.
fn time_group(text: &str, pos: usize) -> Option<usize> {
    let end = word_end(text, pos);
    let figures = text.get(pos..end).filter(|w| w.len() == 6 && w.bytes().all(|b| b.is_ascii_digit()))?;
    let two = |at: usize| figures.get(at..at + 2).and_then(|two| two.parse::<u32>().ok());
    let is_time = (1..=31).contains(&two(0)?) && two(2)? < 24 && two(4)? < 60;
    is_time.then_some(end)
}

/// Tells whether a dateline is a telegram's: above it stands to whom it goes.
pub(super) fn is_telegram(dateline: &str) -> bool {
    dateline.split_whitespace().any(|word| time_group(word, 0) == Some(word.len()))
}

/// Tells whether what stands before an agency ends with the time of a telegram.
fn ends_with_time_group(before: &str) -> bool {
    let before = before.trim_end();
    let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    time_group(before, start).is_some_and(|end| end == before.len())
}

/// Reads what may stand behind the date of a dateline: the name of its era, the same day of
/// the common calendar, a weekday, the way the message took. Returns its end.
fn behind_date(text: &str, pos: usize, head: &mut Head) -> Option<usize> {
    let date = head.date.filter(|_| !head.places.is_empty() && head.source.is_none())?;
    let other = || dates::at(text, pos).filter(|d| d.year.is_some() && d.is_gregorian());
    if let Some(common) = other().filter(|_| date.year.is_some() && !date.is_gregorian()) {
        head.date = Some(common);
        return Some(common.end);
    }
    let end = word_end(text, pos);
    let word = text.get(pos..end).filter(|w| !w.is_empty())?;
    if word == "via" {
        let run = place::run_at(text, skip_blanks(text, end, false))?;
        return is_like_place(&text[run.start..run.end]).then_some(run.end);
    }
    let era = matches!(word, "هـ" | "ه" | "م" | "الموافق");
    (era || place::is_weekday(word)).then_some(end)
}

/// Tells how much speaks for a dateline that ends behind this part.
fn accept(
    text: &str,
    head: &Head,
    item: Item,
    before: Separator,
    sep: Separator,
    is_place: &dyn Fn(&str) -> bool,
) -> Option<Strength> {
    let lead = text.get(sep.end..)?;
    let first = lead.chars().find(|c| !c.is_whitespace())?;
    if !lead.chars().take(400).any(char::is_alphanumeric) || sep.comma && !sep.dash && !sep.stop {
        return None;
    }
    let marked = sep.dash || sep.colon || sep.newline;
    if !marked && (first.is_lowercase() || matches!(first, ')' | ']' | '/' | ';' | '=')) {
        return None;
    }
    let capitals = |(s, e): &(usize, usize)| is_in_capitals(&text[*s..*e]);
    let named = |(s, e): &(usize, usize)| {
        let whole = &text[*s..*e];
        is_place(whole) || whole.split(is_comma).next().is_some_and(|p| is_place(p.trim())) || {
            whole.split('(').next().is_some_and(|p| is_place(p.trim()))
        }
    };
    let place = head.places.first();
    if let (Some((s, e)), Some(source)) = (place, &head.source) {
        let name = &text[source.start..source.end];
        if item == Item::Bracket && head.date.is_none() && place::spells(&text[*s..*e], name) {
            return None;
        }
    }
    // `Luanda, 12/03 - `: figures are a day only where an agency or a known place says so.
    let placed = || place.is_some_and(|p| named(p) && before.comma && sep.dash);
    if head.date.is_some_and(|d| d.needs_agency) && head.source.is_none() && !placed() {
        return None;
    }
    let two = usize::from(place.is_some()) + usize::from(head.date.is_some()) + usize::from(head.source.is_some()) >= 2;
    match item {
        Item::Bracket if two => Some(Strength::Two),
        Item::Bracket => {
            let credit_line = sep.newline && !sep.dash && !sep.colon;
            (head.source.is_some() && !credit_line).then_some(Strength::AgencyOnly)
        }
        Item::Bare if two => {
            let full = place.is_some() && head.date.is_some();
            let timed = || head.source.as_ref().is_some_and(|s| ends_with_time_group(&text[head.start..s.start]));
            let apart = before.dash || before.stop || before.bar || before.comma || head.date.is_some() || timed();
            let ends =
                sep.dash || sep.newline || sep.colon || sep.bar || (sep.stop && (full || before.stop || before.dash));
            let byline = sep.comma;
            // `LISBON, April 7 - TAP Air Portugal said`: behind a mark, a name that nothing ends is the
            // first word of the copy; so is one at the end of a line that was wrapped there.
            // In another script than the copy it stands apart: `08:51 — REGNUM Значительного`.
            let name = head.source.as_ref().map_or("", |s| &text[s.start..s.end]);
            let apart_by_script = name.is_ascii() && !first.is_ascii() && first.is_alphabetic() && !is_latin(first);
            let begins_copy = (before.dash || before.comma || before.colon || before.stop) && !apart_by_script;
            let wrapped = sep.newline
                && !(sep.blank_line || sep.dash || sep.colon || sep.stop || sep.bar)
                && begins_copy
                && head.source.as_ref().is_some_and(|s| line_chars(text, s.end) >= WRAPPED_CHARS_MIN);
            // SPA writes the day in both calendars and nothing behind its name.
            let spelled = is_capitals(name) || !is_cased(name) && head.date.is_some_and(|d| d.year.is_some());
            let open = full
                && !begins_copy
                && (sep.any || !is_cased(name))
                && !byline
                && spelled
                && (first.is_uppercase() || !is_cased(lead));
            (apart && (ends && !wrapped || open)).then_some(Strength::Two)
        }
        // `AP-KILL--US-Shooting`: a hyphen between letters divides nothing.
        Item::Bare => {
            let end = head.source.as_ref().map_or(sep.end, |s| s.end);
            let glued = sep.end == end + 1 && first.is_uppercase();
            (sep.bar || sep.dash && !glued).then_some(Strength::AgencyOnly)
        }
        Item::Date if two => {
            let sure = place.is_none_or(|p| capitals(p) || named(p)) || head.source.is_some();
            // `THE TIMES, Monday, March 4, 1912`, `FRIDAY, MAY 3` alone on their lines: the place has
            // to be one of the gazetteer.
            let alone = sep.newline && !sep.dash && !sep.bar && head.source.is_none() && !place.is_none_or(named);
            let ends = sep.dash || sep.bar || (sure && !alone && (sep.colon || sep.newline || sep.stop));
            let words = place.map_or(0, |(s, e)| text[*s..*e].split_whitespace().count());
            let run_on = words > 3 && before.any && !(before.comma || before.stop || before.dash);
            let firm = head.source.is_some() || ((sep.dash || sep.colon) && !run_on);
            ends.then_some(if firm { Strength::Two } else { Strength::Loose })
        }
        Item::Date => {
            let worded =
                head.date.is_some_and(|d| d.month.is_some() && text[d.start..d.end].chars().any(char::is_alphabetic));
            (sep.dash && worded && first.is_uppercase()).then_some(Strength::DateOnly)
        }
        Item::Place => {
            let place = place?;
            let sure = named(place);
            // `UPI:` and a key on the next line are fields of something.
            if before.colon && before.newline {
                return None;
            }
            if head.source.is_some() {
                let marked = (sep.dash || sep.colon) && (capitals(place) || sure) && (before.dash || before.any);
                // `STT, Helsinki. Hallitus esittää`
                let stopped = sep.stop && sure && before.comma && !sep.newline && first.is_uppercase();
                let ends = marked || stopped;
                return ends.then_some(Strength::Two);
            }
            let long = lead.chars().take_while(|c| *c != '\n').count() >= LONG_LEAD_CHARS;
            let sentence = lead.lines().next().is_some_and(|l| l.trim_end().ends_with(['.', '…', '"', '”', '»']));
            // `LONDON, Jack. The author`: what stands behind the comma is no region.
            let whole = || text[place.0..place.1].split(is_comma).all(|part| is_place(part.trim()));
            if sep.dash && (is_versus(lead, is_place) || !capitals(place) && is_explained(lead)) {
                return None;
            }
            let ends = (sep.dash && sure && (capitals(place) || (long && sentence)))
                || (sep.colon && sure && capitals(place) && long)
                || (sep.stop && !sep.dash && sure && whole() && long && sentence && !sep.newline && is_cased(lead));
            ends.then_some(Strength::PlaceOnly)
        }
        Item::Filler => None,
    }
}

/// Tells whether what stands in brackets between a place and a dash is a source that the table
/// lacks, and no region: capitals throughout or within a word (`CNN`, `MarketWatch`).
fn reads_like_source(inner: &str, is_place: &dyn Fn(&str) -> bool) -> bool {
    /// Letters of a source in capitals.
    const LETTERS: std::ops::RangeInclusive<usize> = 3..=8;
    let word = inner.split_whitespace().next().unwrap_or("");
    let capitals =
        is_capitals(word) && word.chars().all(char::is_alphabetic) && LETTERS.contains(&word.chars().count());
    let camel =
        word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase) && !word.contains('-');
    (capitals || camel) && inner.split_whitespace().count() <= 3 && !is_place(inner) && !is_place(word)
}

/// Tells whether what follows a name and a dash explains the name or goes on in its sentence: it
/// begins small or with a figure, or another dash closes it (*Lincoln — the movie — was*).
fn is_explained(lead: &str) -> bool {
    const WORDS_MAX: usize = 8;
    let first = lead.chars().find(|c| !c.is_whitespace());
    let goes_on = first.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
    let mut words = lead.split_whitespace().take(WORDS_MAX);
    goes_on || words.any(|word| word.chars().all(is_dash))
}

/// Tells whether what follows a place and a dash is another place and then a headline:
/// `UNITED STATES - CANADA: trade talks`, `Köln - Bonn in 20 Minuten: die Bahn`.
fn is_versus(lead: &str, is_place: &dyn Fn(&str) -> bool) -> bool {
    const BYTES_MAX: usize = 48;
    let line = lead.lines().next().unwrap_or("").trim_start();
    let Some(colon) = line.find(':').filter(|at| *at <= BYTES_MAX) else { return false };
    let before = line[..colon].trim();
    is_place(before) || before.split(' ').next().is_some_and(|first| first != before && is_place(first))
}

/// Reads writers behind an agency: `РИА Новости, Имя Фамилия.` Returns their bytes and
/// where the lead starts.
pub(super) fn writers_at(text: &str, pos: usize) -> Option<((usize, usize), usize)> {
    let comma = char_at(text, pos).filter(|c| is_comma(*c))?;
    let start = skip_blanks(text, pos + comma.len_utf8(), true);
    let mut end = start;
    let mut words = 0;
    loop {
        let word = word_end(text, end);
        let piece = &text[end..word];
        let stop = piece.ends_with('.') && piece.chars().count() > 2;
        if piece.is_empty() || !piece.starts_with(char::is_uppercase) || words == 6 {
            return None;
        }
        words += 1;
        if stop {
            let (s, e) = trim(text, start, word - 1);
            return (words >= 2).then(|| ((s, e), separator(text, word).end));
        }
        end = word;
        if char_at(text, end).is_some_and(is_comma) {
            end += char_at(text, end).map_or(0, char::len_utf8);
        }
        end = skip_blanks(text, end, true);
        if char_at(text, end).is_some_and(is_dash) {
            return (words >= 2).then(|| (trim(text, start, end), separator(text, end).end));
        }
    }
}
