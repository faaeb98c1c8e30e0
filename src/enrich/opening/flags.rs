//! Flags, advisories to editors, frame lines and writers' lines around a headline.

use super::chars::{char_at, char_before, is_capitals, is_cased, is_dash, skip_blanks, trim};
use super::source;
use crate::story::Status;
use crate::text::fold;

const FLAG_LINE_CHARS_MAX: usize = 90;
const BYLINE_CHARS_MAX: usize = 90;

/// First words of flags, folded, with the status that they state.
const FLAGS: &[(&str, Option<Status>)] = &[
    ("attn", None),
    ("lead", None),
    ("ld", None),
    ("urgent", None),
    ("urgente", None),
    ("flash", None),
    ("bulletin", None),
    ("alert", None),
    ("alerte", None),
    ("breaking", None),
    ("exclusive", None),
    ("advisory", None),
    ("avance", None),
    ("eilmeldung", None),
    ("eil", None),
    ("blitz", None),
    ("срочно", None),
    ("молния", None),
    ("экстренно", None),
    ("терміново", None),
    ("عاجل", None),
    ("فوري", None),
    ("速報", None),
    ("긴급", None),
    ("속보", None),
    ("1보", None),
    ("2보", None),
    ("快讯", None),
    ("快訊", None),
    ("急電", None),
    ("zczc", None),
    ("repeat", None),
    ("refile", None),
    ("update", Some(Status::Update)),
    ("updated", Some(Status::Update)),
    ("updates", Some(Status::Update)),
    ("writethru", Some(Status::Update)),
    ("actualisation", Some(Status::Update)),
    ("actualizacion", Some(Status::Update)),
    ("обновление", Some(Status::Update)),
    ("обновлено", Some(Status::Update)),
    ("correction", Some(Status::Correction)),
    ("corrections", Some(Status::Correction)),
    ("corrected", Some(Status::Correction)),
    ("corrects", Some(Status::Correction)),
    ("corrective", Some(Status::Correction)),
    ("rectificatif", Some(Status::Correction)),
    ("correctif", Some(Status::Correction)),
    ("corrigendum", Some(Status::Correction)),
    ("erratum", Some(Status::Correction)),
    ("errata", Some(Status::Correction)),
    ("fe de errata", Some(Status::Correction)),
    ("fe de erratas", Some(Status::Correction)),
    ("fe de errores", Some(Status::Correction)),
    ("retificacao", Some(Status::Correction)),
    ("уточнение", Some(Status::Correction)),
    ("تصويب", Some(Status::Correction)),
    ("rectification", Some(Status::Correction)),
    ("rectificacion", Some(Status::Correction)),
    ("correccion", Some(Status::Correction)),
    ("correcao", Some(Status::Correction)),
    ("korrektur", Some(Status::Correction)),
    ("berichtigung", Some(Status::Correction)),
    ("rettifica", Some(Status::Correction)),
    ("correzione", Some(Status::Correction)),
    ("корректировка", Some(Status::Correction)),
    ("исправление", Some(Status::Correction)),
    ("поправка", Some(Status::Correction)),
    ("تصحيح", Some(Status::Correction)),
    ("更正", Some(Status::Correction)),
    ("訂正", Some(Status::Correction)),
    ("정정", Some(Status::Correction)),
    ("kill", Some(Status::Kill)),
    ("mandatory kill", Some(Status::Kill)),
    ("annule", Some(Status::Kill)),
    ("annulation", Some(Status::Kill)),
    ("annulee", Some(Status::Kill)),
    ("annuler", Some(Status::Kill)),
    ("anulacion", Some(Status::Kill)),
    ("anular", Some(Status::Kill)),
    ("anulacao", Some(Status::Kill)),
    ("annullamento", Some(Status::Kill)),
    ("annullata", Some(Status::Kill)),
    ("annullierung", Some(Status::Kill)),
    ("zuruckgezogen", Some(Status::Withheld)),
    ("anulada", Some(Status::Kill)),
    ("annullare", Some(Status::Kill)),
    ("storno", Some(Status::Kill)),
    ("аннулировано", Some(Status::Kill)),
    ("аннулируется", Some(Status::Kill)),
    ("аннулирование", Some(Status::Kill)),
    ("аннулирована", Some(Status::Kill)),
    ("الغاء", Some(Status::Kill)),
    ("отмена", Some(Status::Kill)),
    ("撤稿", Some(Status::Kill)),
    ("withhold", Some(Status::Withheld)),
    ("withheld", Some(Status::Withheld)),
    ("withdrawn", Some(Status::Withheld)),
    ("embargo", Some(Status::Embargoed)),
    ("embargoed", Some(Status::Embargoed)),
    ("embargado", Some(Status::Embargoed)),
    ("sperrfrist", Some(Status::Embargoed)),
    ("эмбарго", Some(Status::Embargoed)),
    ("ембарго", Some(Status::Embargoed)),
    // Without "until" it is what courts order, and news.
    ("حظر النشر حتي", Some(Status::Embargoed)),
    ("محظور النشر حتي", Some(Status::Embargoed)),
];

/// What may stand before the word for an embargo: `SOUS EMBARGO`, `ПОД ЭМБАРГО`.
const UNDER: &[&str] = &["sous", "bajo", "sob", "sotto", "unter", "under", "onder", "под", "під", "تحت"];
/// Words of embargoes that begin no headline.
const EMBARGO_ONLY: &[&str] = &["sperrfrist", "embargoed", "embargado"];

/// What writers' lines begin with.
const BY: &[&str] = &[
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

/// Returns what the folded word states, where it is a flag.
fn flag_of(word: &str) -> Option<Option<Status>> {
    FLAGS.iter().find(|(f, _)| *f == word).map(|(_, status)| *status)
}

fn status_of(phrase: &str) -> Option<Option<Status>> {
    let folded = fold(phrase);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let mut first = words.next()?;
    let mut ordinal = false;
    if first.starts_with(|c: char| c.is_ascii_digit()) && !matches!(first, "1보" | "2보") {
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
    if UNDER.contains(&word) {
        let behind = words.next()?;
        return flag_of(behind).filter(|s| *s == Some(Status::Embargoed));
    }
    // FE DE ERRATAS: some flags are several words.
    let several = |f: &str| folded.trim_start().strip_prefix(f).is_some_and(|r| !r.starts_with(char::is_alphanumeric));
    if let Some((_, status)) = FLAGS.iter().find(|(f, _)| f.contains(' ') && several(f)) {
        return Some(*status);
    }
    let found = FLAGS.iter().find(|(f, _)| *f == word);
    let later = words.clone().find_map(|w| FLAGS.iter().find(|(f, s)| *f == w && s.is_some()));
    match (found, later) {
        (Some((f, None)), Some((_, status))) if *f != "attn" => Some(*status),
        (Some((_, status)), _) => Some(*status),
        (None, _) if ordinal && matches!(word, "ld" | "lead") => Some(None),
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
    let shouted = is_capitals(head.split_whitespace().next().unwrap_or(""));
    let short = head.len() <= 24 && head.starts_with(char::is_uppercase);
    let numbered = head.starts_with(|c: char| c.is_ascii_digit());
    if is_cased(head) && !shouted && !short && !numbered {
        return None;
    }
    let status = status_of(head)?;
    Some(Flag { start: pos, end: bracket.end, next: skip_blanks(text, bracket.end, false), status })
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
    if let Some(flag) = bracketed_at(text, start) {
        return Some(flag);
    }
    let (start, end) = trim(text, start, line_end(text, start));
    let line = &text[start..end];
    if line.starts_with("ZCZC") || matches!(line, "NNNN" | "BULLETIN BULLETIN") {
        return Some(Flag { start, end, next: end, status: None });
    }
    let mark = line.char_indices().take(60).find(|(i, c)| matches!(c, ':' | '：') || (is_dash(*c) && *i > 0));
    let label = mark.map_or(line, |(i, _)| &line[..i]);
    let colon = mark.is_some_and(|(_, c)| matches!(c, ':' | '：'));
    let words = label.split_whitespace().count();
    if words == 0 || line.chars().count() > FLAG_LINE_CHARS_MAX && mark.is_none() {
        return None;
    }
    let status = status_of(label)?;
    let first = label.split_whitespace().next().unwrap_or("");
    let capitals = !is_cased(first) || is_capitals(first) || first.starts_with(|c: char| c.is_ascii_digit());
    let held = status.is_some_and(Status::is_held_back);
    let embargo = status == Some(Status::Embargoed);
    let title = first.starts_with(char::is_uppercase);
    let named = title && colon && words == 1;
    // `Sperrfrist: 10. Januar`, `Berichtigung: …`: a colon makes them flags in small letters;
    // `Annulation` alone on its line above others is one too.
    if embargo && named && EMBARGO_ONLY.contains(&fold(first).as_str()) {
        return Some(Flag { start, end, next: end, status });
    }
    let above = title && mark.is_none() && words == 1 && status.is_some() && !text[end..].trim().is_empty();
    let capitals = capitals || above || (named && status == Some(Status::Correction));
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
        let is_flag = |w: &str| w == "mandatory" || FLAGS.iter().any(|(f, _)| *f == w);
        let only_flags = is_capitals(label) && label.split_whitespace().all(|w| is_flag(&fold(w)));
        let alone = words == 1 || repeated || only_flags || (words <= 4 && is_capitals(label) && !held);
        return (alone && capitals && (words <= 2 || !held)).then_some(Flag { start, end, next: end, status });
    }
    if words > 3 || !capitals || (held && !colon && !repeated) || (held && words > 2 && !repeated) {
        return None;
    }
    let (label_start, label_end) = trim(text, start, start + label.len());
    let next = super::chars::separator(text, label_end).end.min(end);
    Some(Flag { start: label_start, end: label_end, next, status })
}

/// Reads the line at `start` as the writers'; returns the bytes of their names.
pub(super) fn byline_at(text: &str, start: usize) -> Option<(usize, usize)> {
    let (start, end) = trim(text, start, line_end(text, start));
    let names = name_start(text, start)?;
    let line = &text[names..end];
    let words = line.split_whitespace().filter(|w| w.chars().count() > 1);
    let capitalised = words.clone().filter(|w| w.starts_with(|c: char| c.is_uppercase() || !is_cased(w))).count();
    let all = words.count();
    let whole =
        line.chars().count() <= BYLINE_CHARS_MAX && !line.ends_with(['.', ':', '?', '!']) && !line.contains(['(', '"']);
    (whole
        && all >= 1
        && (capitalised * 2 > all || capitalised >= 2)
        && line.starts_with(|c: char| c.is_uppercase() || !is_cased(line)))
    .then_some((names, end))
}

/// Returns where the names begin behind `By`, at the start of a line.
pub(super) fn name_start(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let by = BY.iter().find(|b| rest.starts_with(**b))?;
    let names = skip_blanks(text, start + by.len(), false);
    char_at(text, names).filter(|c| c.is_alphabetic() && !c.is_lowercase()).map(|_| names)
}
