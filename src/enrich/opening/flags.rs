//! Flags, advisories to editors, frame lines and writers' lines around a headline.

use super::chars::{char_at, char_before, is_capitals, is_cased, is_dash, is_longer, skip_blanks, trim};
use super::{credit, holds, notices, source};
use crate::data::agencies::by_alias;
use crate::data::flags::{self, List};
use crate::story::Status;
use crate::text::fold;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

const FLAG_LINE_CHARS_MAX: usize = 90;
const BYLINE_CHARS_MAX: usize = 90;

/// The first words of what asks to wait until a time.
static WAITS_BEGIN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    flags::words(List::Time).iter().map(|phrase| phrase.split(' ').next().unwrap_or_default()).collect()
});
/// Marks that set a line off: `***EMBARGOED***`, `/// ANNULATION ///`.
const DECORATION: [char; 9] = ['*', '/', '+', '=', '#', '<', '>', '_', '-'];

/// What writers' lines begin with.
const BY: &[&str] = &[
    "Written by ",
    "Reporting by ",
    "Words by ",
    "Haber: ",
    "Muhabir: ",
    "كتب: ",
    "نویسنده: ",
    "di ",
    "By ",
    "BY ",
    "by ",
    "Por ",
    "POR ",
    "Par ",
    "PAR ",
    "Von ",
    "VON ",
    "Di ",
    "Door ",
    "Av ",
    "Af ",
    "Autor: ",
    "Autore: ",
    "Автор: ",
    "Корр. ",
    "Od ",
    "Przez ",
    "Oleh ",
    "Oleh: ",
    "Yazan: ",
    "بقلم ",
    "از ",
    "Reporter: ",
    "记者",
    "記者",
];

/// A flag with what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flag {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Where the text goes on.
    pub(super) next: usize,
    /// The status that it states.
    pub(super) status: Option<Status>,
}

/// The flags by their words.
static BY_WORD: LazyLock<FxHashMap<&str, Option<Status>>> = LazyLock::new(|| flags::flags().iter().copied().collect());

/// The flags of several words.
static OF_SEVERAL: LazyLock<Vec<(&str, Option<Status>)>> =
    LazyLock::new(|| flags::flags().iter().copied().filter(|(flag, _)| flag.contains(' ')).collect());

/// Returns what the folded word states, where it is a flag.
fn flag_of(word: &str) -> Option<Option<Status>> {
    BY_WORD.get(word).copied()
}

/// Tells whether words of a note begin with what says that the story was sent before.
pub(super) fn begins_update(note: &str) -> bool {
    let folded = fold(note);
    status_of(&folded).flatten() == Some(Status::Update)
}

/// Tells whether a phrase is a word of flags and no more.
pub(super) fn is_flag(phrase: &str) -> bool {
    flag_of(&fold(phrase.trim())).is_some()
}

fn status_of(phrase: &str) -> Option<Option<Status>> {
    let folded = fold(phrase);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let mut first = words.next()?;
    let mut ordinal = false;
    if first.starts_with(|c: char| c.is_ascii_digit()) && !matches!(first, "1보" | "2보" | "3보") {
        ordinal = true;
        first = words.next().unwrap_or("");
    }
    let mut word = first;
    // 3rd LEAD, ADDS; LEAD-WRITETHRU; MANDATORY KILL, BULLETIN KILL
    if matches!(word, "mandatory" | "bulletin")
        && let Some(behind) = words.next()
    {
        word = behind;
    }
    if is_under(word) {
        let behind = words.find(|word| !is_under(word))?;
        return flag_of(behind).filter(|s| *s == Some(Status::Embargoed));
    }
    // FE DE ERRATAS: some flags are several words.
    let several = |f: &str| folded.trim_start().strip_prefix(f).is_some_and(|r| !r.starts_with(char::is_alphanumeric));
    if let Some((_, status)) = OF_SEVERAL.iter().find(|(f, _)| several(f)) {
        return Some(*status);
    }
    if flags::words(List::Hold).iter().any(|h| several(h)) {
        return Some(Some(Status::Embargoed));
    }
    let later = || words.clone().find_map(|w| flag_of(w).flatten());
    // `2nd LD`, `LEAD 2`: a lead that is counted follows an earlier one.
    let is_count = |w: &str| w.len() <= 2 && w.bytes().all(|b| b.is_ascii_digit());
    let counted = ordinal || words.clone().next().is_some_and(is_count);
    // `UPDATE1`
    let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
    match flag_of(word).or_else(|| flag_of(bare).filter(|status| *status == Some(Status::Update))) {
        _ if counted && matches!(word, "ld" | "lead") => Some(later().or(Some(Status::Update))),
        Some(None) if word != "attn" => Some(later()),
        Some(status) => Some(status),
        _ => None,
    }
}

/// Reads the flag in brackets at `pos`: `(LEAD)`, `(ATTN: …)`.
pub(super) fn bracketed_at(text: &str, pos: usize) -> Option<Flag> {
    if !matches!(char_at(text, pos), Some('(' | '[' | '（' | '【' | '［')) {
        return None;
    }
    let bracket = source::bracket_at(text, pos).or_else(|| long_bracket(text, pos))?;
    let inner = &text[bracket.inner..bracket.inner_end];
    let head = inner.split([':', '\n']).next().unwrap_or("");
    let held = notices::notice(inner).or_else(|| {
        let first = fold(head.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(""));
        let embargo = flags::words(List::Embargo).contains(&first.as_str()) || tells_its_end(inner);
        status_of(head).flatten().filter(|s| *s == Status::Embargoed && embargo)
    });
    if let Some(status) = held {
        return Some(Flag {
            start: pos,
            end: bracket.end,
            next: skip_blanks(text, bracket.end, false),
            status: Some(status),
        });
    }
    let shouted = is_capitals(head.split_whitespace().next().unwrap_or(""));
    // Nothing but the flag: `(исправлено)`.
    let alone = head.len() == inner.len() && matches!(flag_of(&fold(inner.trim())), Some(Some(_)));
    let short = head.len() <= 24 && (head.starts_with(char::is_uppercase) || alone);
    let numbered = head.starts_with(|c: char| c.is_ascii_digit());
    if is_cased(head) && !shouted && !short && !numbered {
        return None;
    }
    let status = status_of(head)?;
    Some(Flag { start: pos, end: bracket.end, next: skip_blanks(text, bracket.end, false), status })
}

/// Reads `<전문취소>` at `pos`, in scripts that have no capitals: markup is in Latin letters.
fn pointed_at(text: &str, pos: usize) -> Option<Flag> {
    const INNER_BYTES_MAX: usize = 40;
    let inner = text.get(pos..)?.strip_prefix('<')?;
    let inner = &inner[..inner.find(['>', '\n'])?];
    let end = pos + inner.len() + 2;
    let closed = text.get(..end).is_some_and(|t| t.ends_with('>'));
    let status = status_of(inner).filter(|_| closed && inner.len() <= INNER_BYTES_MAX && !is_cased(inner))?;
    Some(Flag { start: pos, end, next: skip_blanks(text, end, false), status })
}

/// Tells whether a line asks to hold the story back and says at once until when: `Not for
/// release before 6 a.m. on Friday`.
fn asks_to_wait(line: &str) -> bool {
    /// Words between the phrase and the figures: *antes de las 6*.
    const WORDS_MAX: usize = 3;
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if !WAITS_BEGIN.contains(fold(first).as_str()) || is_longer(line, FLAG_LINE_CHARS_MAX) || line.ends_with('.') {
        return false;
    }
    let folded = fold(line);
    // Shorter words are weekdays in one language and words in others.
    let is_weekday = |w: &str| w.chars().count() > 3 && super::place::is_weekday(w);
    let is_time = |w: &str| w.starts_with(|c: char| c.is_ascii_digit()) || is_weekday(w);
    flags::words(List::Time).iter().any(|phrase| {
        let behind = folded.strip_prefix(phrase);
        behind.filter(|b| b.starts_with([' ', ':'])).is_some_and(|behind| {
            behind.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(WORDS_MAX).any(is_time)
        })
    })
}

/// An advisory may be longer than the brackets of a dateline.
fn long_bracket(text: &str, pos: usize) -> Option<source::Bracket> {
    let line = &text[pos..line_end(text, pos)];
    let rest = line.strip_prefix('(')?;
    let close = rest.find(')')?;
    (close <= 600).then(|| source::Bracket {
        end: pos + 1 + close + 1,
        inner: pos + 1,
        inner_end: pos + 1 + close,
        ..source::Bracket::default()
    })
}

/// Returns the end of the line at `pos`, before its break.
pub(super) fn line_end(text: &str, pos: usize) -> usize {
    let end = memchr::memchr(b'\n', text.get(pos..).unwrap_or("").as_bytes()).map_or(text.len(), |i| pos + i);
    if end > pos && char_before(text, end) == Some('\r') { end - 1 } else { end }
}

/// Reads the flag that the line at `start` is or begins with: `URGENT`, `UPDATE 1-…`.
pub(super) fn line_at(text: &str, start: usize) -> Option<Flag> {
    if let Some(flag) = bracketed_at(text, start).or_else(|| pointed_at(text, start)) {
        return Some(flag);
    }
    let (start, end) = trim(text, start, line_end(text, start));
    let line = &text[start..end];
    if let Some(status) = notices::notice(line).filter(|status| *status != Status::Update || !is_set_off(line)) {
        return Some(Flag { start, end, next: end, status: Some(status) });
    }
    if asks_to_wait(line) || holds::is_hold(line) {
        return Some(Flag { start, end, next: end, status: Some(Status::Embargoed) });
    }
    let plain = line.trim_matches(DECORATION).trim();
    if plain.len() < line.len() && line.starts_with(DECORATION) && !plain.is_empty() {
        let says = |s: Status| s.is_held_back() || s == Status::Correction;
        let held = line_at(plain, 0).filter(|f| f.end == plain.len() && f.status.is_some_and(says));
        if let Some(flag) = held {
            return Some(Flag { start, end, next: end, status: flag.status });
        }
    }
    if let Some(behind) = behind_attention(line) {
        let said = line_at(&line[behind..], 0).filter(|f| f.end == line.len() - behind);
        if let Some(flag) = said.filter(|f| f.status.is_some()) {
            return Some(Flag { start, end, next: end, status: flag.status });
        }
    }
    if line.starts_with("ZCZC") || matches!(line, "NNNN" | "BULLETIN BULLETIN") {
        return Some(Flag { start, end, next: end, status: None });
    }
    if let Some((end, status)) = version_at(line) {
        let next = super::chars::separator(text, start + end).end.min(start + line.len());
        let next = next.max(start + end + usize::from(line[end..].starts_with(',')));
        return Some(Flag { start, end: start + end, next: skip_blanks(text, next, false), status });
    }
    let mark = line.char_indices().take(60).find(|(i, c)| matches!(c, ':' | '：') || (is_dash(*c) && *i > 0));
    let label = mark.map_or(line, |(i, _)| &line[..i]);
    let colon = mark.is_some_and(|(_, c)| matches!(c, ':' | '：'));
    let words = label.split_whitespace().count();
    if words == 0 || mark.is_none() && is_longer(line, FLAG_LINE_CHARS_MAX) {
        return None;
    }
    let status = status_of(label)?;
    if status == Some(Status::Embargoed) && is_of_trade(line) {
        return None;
    }
    if status == Some(Status::Embargoed) && is_lifted(label) {
        return Some(Flag { start, end, next: end, status: None });
    }
    if status == Some(Status::Embargoed) && line.chars().count() <= FLAG_LINE_CHARS_MAX && tells_its_end(line) {
        return Some(Flag { start, end, next: end, status });
    }
    let first = label.split_whitespace().next().unwrap_or("");
    let capitals = !is_cased(first) || is_capitals(first) || first.starts_with(|c: char| c.is_ascii_digit());
    let held = status.is_some_and(Status::is_held_back);
    let embargo = status == Some(Status::Embargoed);
    let title = first.starts_with(char::is_uppercase);
    let phrase = fold(label.trim());
    let named = title && colon && (words == 1 || OF_SEVERAL.iter().any(|(flag, _)| *flag == phrase));
    // `Sperrfrist: 10. Januar`, `Berichtigung: …`: a colon makes them flags in small letters;
    // `Annulation` alone on its line above others is one too.
    if embargo && named && flags::words(List::Embargo).contains(&fold(first).as_str()) {
        return Some(Flag { start, end, next: end, status });
    }
    let above = title && mark.is_none() && words == 1 && status.is_some() && !text[end..].trim().is_empty();
    let corrects = named
        && match status {
            Some(Status::Correction) => !is_of_a_market(first, &line[label.len()..]),
            // `Update: Sturm über Kiel`
            Some(Status::Update) => !line[label.len()..].trim_start_matches([':', '：', ' ']).is_empty(),
            _ => false,
        };
    let capitals = capitals || above || corrects;
    if embargo
        && !line.ends_with('.')
        && line.chars().count() <= FLAG_LINE_CHARS_MAX
        && (capitals || words >= 2 && colon)
    {
        return Some(Flag { start, end, next: end, status });
    }
    let repeated = words > 1 && label.split_whitespace().all(|w| w.eq_ignore_ascii_case(first));
    if mark.is_none() {
        // BULLETIN KILL, MANDATORY KILL: nothing but flags. KILL BILL is a headline.
        let is_flag = |w: &str| w == "mandatory" || flag_of(w).is_some();
        let only_flags = is_capitals(label) && label.split_whitespace().all(|w| is_flag(&fold(w)));
        // `ПОВТОР С ИСПРАВЛЕНИЕМ В ТРЕТЬЕМ АБЗАЦЕ` speaks of the copy; a flag of several words may be the line.
        let corrects = status == Some(Status::Correction) && is_capitals(label) && speaks_of_copy(label);
        let whole = words > 1 && OF_SEVERAL.iter().any(|(flag, _)| *flag == fold(label.trim()));
        if corrects || whole && capitals {
            return Some(Flag { start, end, next: end, status });
        }
        let alone = words == 1 || repeated || only_flags || (words <= 4 && is_capitals(label) && !held);
        return (alone && capitals && (words <= 2 || repeated || !held)).then_some(Flag {
            start,
            end,
            next: end,
            status,
        });
    }
    // MANDATORY KILL - Slug: two words that are nothing else need no colon.
    let doubled = words == 2 && is_capitals(label) && matches!(fold(first).as_str(), "mandatory" | "bulletin");
    let colon = colon || doubled;
    if words > 3 || !capitals || (held && !colon && !repeated) || (held && words > 2 && !repeated) {
        return None;
    }
    let (label_start, label_end) = trim(text, start, start + label.len());
    let next = super::chars::separator(text, label_end).end.min(end);
    Some(Flag { start: label_start, end: label_end, next, status })
}

/// Tells whether a line begins with a flag of several words and a mark behind it: `ANNULE ET REMPLACE - …`.
fn is_set_off(line: &str) -> bool {
    let folded = fold(line);
    let behind = OF_SEVERAL.iter().find_map(|(flag, _)| folded.strip_prefix(flag));
    behind.is_some_and(|behind| behind.trim_start().starts_with([':', '：', '-', '–', '—']))
}

/// Reads the version that a line of an American wire begins with, `1st Ld-Writethru, …`: where it
/// ends, and what it says.
fn version_at(line: &str) -> Option<(usize, Option<Status>)> {
    let figures = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if figures == 0 || figures > 2 {
        return None;
    }
    let mut ends = line.char_indices().filter(|(_, c)| matches!(c, ',' | ':' | '-' | '–' | '—')).map(|(at, _)| at);
    let first = ends.next().unwrap_or(line.len());
    let second = ends.next().unwrap_or(line.len());
    // The longer one first: `1st Ld-Writethru`.
    [second, first]
        .into_iter()
        .find_map(|end| version(line[..end].trim_end()).map(|status| (line[..end].trim_end().len(), status)))
}

/// Reads what counts the versions of a story in the slugs of American wires: `1st Ld`,
/// `2nd Ld-Writethru`, `3rd Add`, `Adv12`, `Bjt`, `Hold`.
pub(super) fn version(part: &str) -> Option<Option<Status>> {
    let folded = fold(part);
    let mut words: Vec<&str> = folded.split([' ', '-', '–']).filter(|w| !w.is_empty()).collect();
    let is_ordinal = |w: &str| {
        let behind = w.trim_start_matches(|c: char| c.is_ascii_digit());
        behind.len() < w.len() && w.len() - behind.len() <= 2 && ["st", "nd", "rd", "th"].contains(&behind)
    };
    let counted = words.first().is_some_and(|w| is_ordinal(w));
    if counted {
        words.remove(0);
    }
    let updates = |w: &&str| matches!(*w, "ld" | "lead" | "writethru" | "writethrough" | "sub" | "subs");
    match words[..] {
        ["ld" | "lead", "writethru" | "writethrough"] => Some(Some(Status::Update)),
        ["add" | "insert" | "take"] if counted => Some(None),
        [word] if counted && updates(&word) => Some(Some(Status::Update)),
        ["writethru" | "writethrough" | "sub" | "subs"] => Some(Some(Status::Update)),
        ["bjt"] => Some(None),
        ["hold"] => Some(Some(Status::Withheld)),
        ["adv"] => Some(Some(Status::Embargoed)),
        ["adv", day] if day.bytes().all(|b| b.is_ascii_digit()) => Some(Some(Status::Embargoed)),
        [word] => word
            .strip_prefix("adv")
            .filter(|day| !day.is_empty() && day.len() <= 2 && day.bytes().all(|b| b.is_ascii_digit()))
            .map(|_| Some(Status::Embargoed)),
        _ => None,
    }
}

/// Where what calls for attention ends before a flag: `ВНИМАНИЕ! ОТМЕНА`.
fn behind_attention(line: &str) -> Option<usize> {
    let end = line.find(['!', ':', '：', '-', '–', '—']).filter(|end| *end <= FLAG_LINE_CHARS_MAX)?;
    let first = fold(line[..end].trim());
    if !flags::words(List::Attention).contains(&first.as_str()) {
        return None;
    }
    let rest = line[end..].trim_start_matches(|c: char| !c.is_alphanumeric());
    (!rest.is_empty()).then(|| line.len() - rest.len())
}

/// Tells whether `Correction: the market fell` is a headline: small letters go on, and none of
/// its words speaks of a story.
fn is_of_a_market(flag: &str, behind: &str) -> bool {
    let behind = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
    let flag = fold(flag);
    let flag = flag.trim_matches(|c: char| !c.is_alphanumeric());
    flags::words(List::Market).contains(&flag) && behind.starts_with(char::is_lowercase) && !speaks_of_copy(behind)
}

/// Tells whether a line speaks of a story as newsrooms do: of its paragraphs, its headline.
fn speaks_of_copy(line: &str) -> bool {
    let folded = fold(line);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| flags::words(List::Copy).contains(&word))
}

/// Tells whether the line about an embargo says that it is over.
fn is_lifted(label: &str) -> bool {
    let folded = fold(label);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.nth(1).is_some_and(|w| flags::words(List::Lifted).contains(&w)) && words.next().is_none()
}

/// Tells whether a line begins with an embargo on something, without a time: `EMBARGO ON OIL: EU VOTES` is news.
fn is_of_trade(line: &str) -> bool {
    let folded = fold(line);
    let words = || folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let is_against = words().nth(1).is_some_and(|word| flags::words(List::Against).contains(&word));
    let tells_a_time = || folded.contains(char::is_numeric) || words().any(super::place::is_weekday);
    is_against && !tells_a_time()
}

/// Tells whether the word for an embargo is followed by its end: `Embargo: 12 March 2024`,
/// `Embargo until 12 March`. An embargo on grain is not.
fn tells_its_end(line: &str) -> bool {
    let line = without_under(line);
    let dated = |text: &str| super::dates::find(text).filter(|d| d.day.is_some() && d.month.is_some());
    if let Some((label, rest)) = line.split_once([':', '：'])
        && label.split_whitespace().count() == 1
        && dated(rest).is_some_and(|d| d.start <= 1 + rest.len() - rest.trim_start().len())
    {
        return true;
    }
    // "Embargo 6.3.2024 klo 9.00"
    let first = line.find(char::is_whitespace).unwrap_or(line.len());
    if dated(&line[first..]).is_some_and(|d| line[first..first + d.start].trim().is_empty()) {
        return !line.ends_with('.');
    }
    let folded = fold(line);
    let until = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).nth(1);
    until.is_some_and(|w| flags::words(List::Until).contains(&w)) && !line.ends_with('.') && dated(line).is_some()
}

/// Tells whether a folded word stands before the word for an embargo: *sous embargo*, *strictly under embargo*.
fn is_under(word: &str) -> bool {
    flags::words(List::Under).contains(&word)
}

/// A line without such words: `Sous embargo jusqu'au 12 mars`.
fn without_under(mut line: &str) -> &str {
    while let Some((first, rest)) = line.split_once(char::is_whitespace)
        && is_under(&fold(first))
    {
        line = rest.trim_start();
    }
    line
}

/// Tells whether a note asks to hold the story back until a time of the day: `Embargoed until 6pm AEST`.
pub(super) fn holds_until(note: &str) -> bool {
    let folded = fold(without_under(note));
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let (Some(first), Some(second), Some(third)) = (words.next(), words.next(), words.next()) else { return false };
    flag_of(first) == Some(Some(Status::Embargoed))
        && flags::words(List::Until).contains(&second)
        && third.starts_with(|c: char| c.is_ascii_digit())
}

/// Tells whether a line is about an embargo, and says until when or nothing else.
pub(super) fn tells_how_long(line: &str) -> bool {
    let line = line.trim_matches(DECORATION).trim();
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    asks_to_wait(line) || tells_its_end(line) || flag_of(&fold(bare)) == Some(Some(Status::Embargoed))
}

/// Reads the line at `start` as the writers'; returns the bytes of their names.
pub(super) fn byline_at(text: &str, start: usize) -> Option<(usize, usize)> {
    let (start, end) = trim(text, start, line_end(text, start));
    let names = name_start(text, start)?;
    let end = agency_behind(text, names, end);
    // `By R. GREGORY NOKES=`
    let end = names + text[names..end].trim_end_matches(['=', '<', ' ']).len();
    let line = &text[names..end];
    let words = line.split_whitespace().filter(|w| w.chars().count() > 1);
    let capitalised = words.clone().filter(|w| w.starts_with(|c: char| c.is_uppercase() || !is_cased(w))).count();
    let all = words.count();
    let whole =
        line.chars().count() <= BYLINE_CHARS_MAX && !line.ends_with(['.', ':', '?', '!']) && !line.contains(['(', '"']);
    (whole
        && all >= 1
        && !credit::is_trade(line)
        && (capitalised * 2 > all || capitalised >= 2)
        && line.starts_with(|c: char| c.is_uppercase() || !is_cased(line)))
    .then_some((names, end))
}

/// Where the names of `By Jane Roe (AP)` end: before the bracket that is their agency.
fn agency_behind(text: &str, names: usize, end: usize) -> usize {
    let line = &text[names..end];
    let open = line.strip_suffix(')').and_then(|rest| rest.rfind('(')).filter(|at| *at > 0);
    match open.filter(|at| by_alias(&line[at + 1..line.len() - 1]).is_some()) {
        Some(at) => trim(text, names, names + at).1,
        None => end,
    }
}

/// Returns where the names begin behind `By`, at the start of a line.
pub(super) fn name_start(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let by = BY.iter().find(|b| rest.starts_with(**b))?;
    let names = skip_blanks(text, start + by.len(), false);
    char_at(text, names).filter(|c| c.is_alphabetic() && !c.is_lowercase()).map(|_| names)
}
