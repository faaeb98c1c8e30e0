//! Lines above a dateline that are no headline: slugs, notes to editors, stamps, and what
//! writers are.

use super::block::Message;
use super::chars::{is_capitals, is_longer, trim};
use super::flags::{self, line_end};
use super::{credit, dates, page, source};
use crate::data::agencies::by_alias;
use crate::data::flags::{self as lists, List};
use crate::data::months::month;
use crate::enrich::filed;
use crate::story::Status;
use crate::text::fold;

const LINE_CHARS_MAX: usize = 200;
const TITLE_WORDS_MAX: usize = 5;

/// What a line is instead of a headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The slug, with the status that it states.
    Slug(Option<Status>),
    /// The head of a message, with its number where the line has one.
    Message(Option<Message>),
    /// A note to editors, with the status that it states.
    Note(Option<Status>),
    /// When it was sent or changed.
    Stamp,
    /// What the writer is, or for whom.
    Title,
    /// The name of an agency, alone.
    Agency,
    /// A caption, a count of pictures, a menu.
    Page,
}

impl Kind {
    /// Tells whether it is of the page around a dispatch: a caption, a name alone.
    pub(super) fn is_of_page(self) -> bool {
        matches!(self, Kind::Agency | Kind::Page)
    }
}

/// A line with what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// What it is.
    pub(super) kind: Kind,
}

/// What notes to editors begin with, folded.
const NOTES: &[&str] =
    &["eds:", "ed:", "editors:", "editor's note:", "note to editors:", "attention editors:", "text of report"];
/// Words of a note in brackets that say that the story was sent before, folded.
const UPDATES: &[&str] = &[
    "adds",
    "updates",
    "updating",
    "recasts",
    "rewrites",
    "ampliacion",
    "amplia",
    "actualiza",
    "actualizacion",
    "zusammenfassung",
    "neu",
    "aktualisiert",
    "ajoute",
    "actualise",
    "precise",
    "aggiunge",
    "aggiornamento",
    "acrescenta",
    "atualiza",
    "opis",
    "aktl",
    "uzupelnienie",
    "дополняет",
    "добавлены",
    "обновляется",
];
/// Characters in which the label of a note to editors stands.
const NOTE_LABEL_CHARS: usize = 30;
const CREDIT_CHARS_MAX: usize = 90;
/// What slugs of American wires begin with: the cycle.
const CYCLES: &[&str] = &["BC-", "AM-", "PM-"];
/// What writers are, folded.
const TITLES: &[&str] =
    &["writer", "writers", "correspondent", "correspondents", "reporter", "reporters", "editor", "columnist"];
/// Words of a stamp beside numbers, months and zones, folded.
const STAMP_WORDS: &[&str] = &[
    "am",
    "pm",
    "a.m",
    "p.m",
    "gmt",
    "utc",
    "et",
    "est",
    "edt",
    "cet",
    "cest",
    "bst",
    "updated",
    "published",
    "posted",
    "last",
    "at",
    "on",
    "ago",
    "hours",
    "hour",
    "minutes",
    "minute",
    "min",
    "read",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Reads the line at `start` where it is no headline.
pub(super) fn line_at(text: &str, start: usize) -> Option<Line> {
    let (start, end) = trim(text, start, line_end(text, start));
    let line = &text[start..end];
    if is_longer(line, LINE_CHARS_MAX) {
        return None;
    }
    let kind = slug(line)
        .map(Kind::Slug)
        .or_else(|| is_note(line).then(|| Kind::Note(changed(line))))
        .or_else(|| change_in_capitals(line).map(|status| Kind::Note(Some(status))))
        .or_else(|| {
            (page::is_caption(line) || page::is_count(line) || page::is_menu(line) || page::is_of_site(line))
                .then_some(Kind::Page)
        })
        .or_else(|| is_agency(line).then_some(Kind::Agency))
        .or_else(|| bracketed(text, start, end))
        .or_else(|| is_credit(line).then_some(Kind::Title))
        .or_else(|| (is_stamp(line) || is_dated(line) || page::is_masthead(line)).then_some(Kind::Stamp))
        .or_else(|| (is_title(line) || is_trade_byline(line)).then_some(Kind::Title))?;
    Some(Line { start, end, kind })
}

/// Reads `BC-US--Storm,1st Ld-Writethru`: the cycle and words without blanks before a comma; a
/// clock may stand before it. `AP-KILL--US-Shooting`: what is to be done is a part of it.
fn slug(line: &str) -> Option<Option<Status>> {
    let told = || {
        let parts = || line.split('-').filter(|part| !part.is_empty());
        let says = |word: &str| parts().any(|part| part == word);
        let status = says("KILL").then_some(Status::Kill).or(says("WITHHOLD").then_some(Status::Withheld));
        // `AP-Planner-Advisory`: the agency is the first part.
        let own = parts().next().is_some_and(|part| is_capitals(part) && by_alias(part).is_some());
        (parts().count() >= 3 && !line.contains(char::is_whitespace) && (own || status.is_some())).then_some(status)
    };
    if let Some(status) = told() {
        return Some(status);
    }
    if let Some(status) = versions(line) {
        return Some(status);
    }
    let timed = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.'));
    let line = if timed.starts_with(' ') { timed.trim_start() } else { line };
    let rest = CYCLES.iter().find_map(|c| line.strip_prefix(c))?;
    let key = rest.split(',').next().unwrap_or("");
    if key.is_empty() || key.split_whitespace().count() > 3 {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let says = |word: &str| lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| w == word);
    let part = || line.split(',').skip(1).find_map(|part| flags::version(part.trim()).flatten());
    Some(match () {
        () if says("kill") => Some(Status::Kill),
        () if says("withhold") => Some(Status::Withheld),
        () if says("correction") || says("corrective") => Some(Status::Correction),
        () if says("writethru") || says("update") => Some(Status::Update),
        () => part(),
    })
}

/// Tells whether a slug that a field states counts an earlier version: `BC-EU--Spain-Storm, 1st Ld-Writethru`.
pub(super) fn counts_versions(slug: &str) -> bool {
    slug.split(',').skip(1).any(|part| flags::version(part.trim()) == Some(Some(Status::Update)))
}

/// Reads `Budget, 1st Ld-Writethru, a0512`: key words, then nothing but what counts the versions
/// and the numbers of messages.
fn versions(line: &str) -> Option<Option<Status>> {
    let mut parts = line.split(',').map(str::trim);
    let key = parts.next()?;
    if !(1..=3).contains(&key.split_whitespace().count()) || !key.chars().any(char::is_alphabetic) {
        return None;
    }
    let is_number = |part: &str| {
        let figures = part.trim_start_matches(|c: char| c.is_ascii_lowercase());
        part.len() - figures.len() <= 1 && figures.len() >= 3 && figures.bytes().all(|b| b.is_ascii_digit())
    };
    let mut status = None;
    let mut counts = false;
    for part in parts {
        // A short word alone, as *hold*, is one only below a cycle.
        match flags::version(part)
            .filter(|_| part.contains(|c: char| c.is_ascii_digit()) || part == "Bjt" || part == "Writethru")
        {
            Some(said) => {
                status = status.or(said);
                counts = true;
            }
            None if is_number(part) => {}
            None => return None,
        }
    }
    counts.then_some(status)
}

/// Tells whether a line says when the story was published, or how long ago, and no more.
pub(super) fn is_dated(line: &str) -> bool {
    filed::is_date_line(line)
        || is_age(line)
        || is_weekday_and_day(line)
        || behind_agency(line).is_some_and(filed::is_date_line)
}

/// `LUNES, 3 DE MAYO`: a weekday and a day, without the year.
fn is_weekday_and_day(line: &str) -> bool {
    let Some((first, rest)) = line.split_once([' ', ',']) else { return false };
    let rest = rest.trim_start_matches([',', ' ']);
    first.chars().count() >= 4
        && super::place::is_weekday(first)
        && dates::at(rest, 0).is_some_and(|d| d.day.is_some() && d.month.is_some() && d.end == rest.len())
}

/// `Reuters 12:01 GMT 3 May 2024`: what stands behind the agency.
fn behind_agency(line: &str) -> Option<&str> {
    let (name, rest) = line.split_once(' ')?;
    by_alias(name).filter(|_| name.chars().all(char::is_alphabetic)).map(|_| rest.trim_start())
}

/// `1 hour ago`, `il y a 2 heures`, `vor 3 Stunden`.
fn is_age(line: &str) -> bool {
    const BEFORE: &[&str] = &["il y a ", "vor ", "hace ", "ha ", "for ", "przed "];
    const BEHIND: &[&str] = &[" ago", " fa", " atras", " назад", " temu", " once", " geleden", " önce", "前", " 전"];
    const WORDS_MAX: usize = 5;
    if line.split_whitespace().count() > WORDS_MAX || !line.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let folded = fold(line);
    let rest = BEFORE.iter().find_map(|b| folded.strip_prefix(b));
    let rest = rest.or_else(|| BEHIND.iter().find_map(|b| folded.strip_suffix(b)));
    let Some((count, unit)) = rest.and_then(|r| r.trim().split_once(' ')) else { return false };
    count.bytes().all(|b| b.is_ascii_digit()) && unit.split_whitespace().count() == 1 && !unit.ends_with('.')
}

/// `Source: Xinhua   Editor: huaxia`: who made the page.
fn is_credit(line: &str) -> bool {
    let folded = fold(line.get(..line.char_indices().nth(12).map_or(line.len(), |(i, _)| i)).unwrap_or(""));
    ["source:", "来源:", "來源:", "来源：", "來源："].iter().any(|label| folded.starts_with(label))
        && line.chars().count() <= CREDIT_CHARS_MAX
        && !line.ends_with('.')
}

/// A line that is nothing but a bracket: a note, unless it names an agency.
fn bracketed(text: &str, start: usize, end: usize) -> Option<Kind> {
    let line = &text[start..end];
    let inner = line.strip_prefix('(').and_then(|l| l.strip_suffix(')'))?;
    if inner.contains(['(', ')']) || !inner.chars().any(char::is_alphabetic) {
        return None;
    }
    let named = source::bracketed(text, start, false, false).is_some_and(|b| b.source.is_some_and(|s| s.known));
    let named = named || credit::read(text, start + 1, end - 1).is_some_and(|c| c.source.is_some());
    Some(if named { Kind::Title } else { Kind::Note(note_status(inner)) })
}

/// Returns the status that the first words of a note state.
fn note_status(inner: &str) -> Option<Status> {
    let folded = fold(inner);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    (words.any(|w| UPDATES.contains(&w)) || flags::begins_update(inner)).then_some(Status::Update)
}

/// Returns the status of a flag in brackets that says that the story was sent before:
/// `(LEAD)`, `(2nd LD)`, `(ATTN: ADDS photo)`.
pub(super) fn newer(flag: &str) -> Option<Status> {
    let inner = flag.strip_prefix('(').and_then(|f| f.strip_suffix(')'))?;
    let folded = fold(inner);
    let counted = folded.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = ["st ", "nd ", "rd ", "th "].iter().find_map(|o| counted.strip_prefix(o)).unwrap_or(counted);
    match counted {
        "lead" | "ld" => Some(Status::Update),
        _ if flags::begins_update(inner) => Some(Status::Update),
        _ if counted.starts_with("attn:") => note_status(inner),
        _ => None,
    }
}

/// Takes a note off the end of a headline: `Port reopens (opis)`.
pub(super) fn note_behind(text: &str, headline: &mut (usize, usize)) -> Option<Line> {
    let (start, end) = *headline;
    let line = &text[start..end];
    let open = line.strip_suffix(')')?.rfind('(').filter(|at| *at > 0)?;
    let inner = &line[open + 1..line.len() - 1];
    let status = note_status(inner).filter(|_| inner.split_whitespace().count() <= 3)?;
    headline.1 = trim(text, start, start + open).1;
    Some(Line { start: start + open, end, kind: Kind::Note(Some(status)) })
}

fn is_note(line: &str) -> bool {
    let start: String = line.chars().take(NOTE_LABEL_CHARS).collect();
    let start = fold(&start);
    let label = start.split(':').next().filter(|label| label.len() < start.len()).unwrap_or("");
    let directed = label.starts_with("editors") && label.split_whitespace().count() <= 3;
    directed || NOTES.iter().any(|note| start.starts_with(note))
}

/// Returns the status that a note to editors states by what it begins with, or has in capitals:
/// `Eds: UPDATES with quotes`.
fn changed(note: &str) -> Option<Status> {
    let behind = note.split_once(':').map_or(note, |(_, behind)| behind);
    let mut words = behind.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let says = |word: &str| UPDATES.contains(&fold(word).as_str());
    let first = words.next().is_some_and(says);
    (first || words.any(|w| is_capitals(w) && says(w))).then_some(Status::Update)
}

/// Reads `SUBS 3RD GRAF TO CORRECT SPELLING`: what was changed in the copy, in capitals.
fn change_in_capitals(line: &str) -> Option<Status> {
    const VERBS: &[&str] = &["SUBS", "ADDS", "UPDATES", "RECASTS", "INSERTS", "CORRECTS", "RESTORES"];
    let first = line.split_whitespace().next().filter(|w| VERBS.contains(w))?;
    let folded = fold(line);
    let has = |words: &[&str]| folded.split(|c: char| !c.is_alphanumeric()).any(|w| words.contains(&w));
    let of_copy = is_capitals(line) && has(lists::words(List::Copy));
    let status = if first == "CORRECTS" || has(&["correct", "corrects", "fix", "fixes"]) {
        Status::Correction
    } else {
        Status::Update
    };
    of_copy.then_some(status)
}

/// Tells whether a line is the name of an agency and no more.
fn is_agency(line: &str) -> bool {
    by_alias(line.trim_end_matches([':', '.'])).is_some_and(|_| line.chars().count() >= 2 && !line.ends_with('='))
}

/// `Par Fil Spécial`, `From Our Own Correspondent`: how it came, not by whom.
fn is_trade_byline(line: &str) -> bool {
    let folded = fold(line);
    let mut words = folded.splitn(2, ' ');
    let by = words.next().is_some_and(|w| lists::words(List::By).contains(&w) || matches!(w, "from"));
    by && words.next().is_some_and(credit::is_trade)
}

/// Tells whether a line has a year or a clock and nothing but what stamps are made of.
fn is_stamp(line: &str) -> bool {
    let mut day = false;
    let mut words = 0;
    for word in line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')')).filter(|w| !w.is_empty())
    {
        words += 1;
        let bare = word.trim_end_matches([':', '.']);
        let is_number = bare.bytes().any(|b| b.is_ascii_digit())
            && bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'-' | b'/'));
        let folded = fold(bare);
        let zone = ["gmt", "utc"].iter().any(|z| folded.starts_with(z)) && folded.len() <= 9;
        let glued = folded.strip_suffix("am").or_else(|| folded.strip_suffix("pm")).unwrap_or("x");
        let clock = glued.bytes().all(|b| b.is_ascii_digit() || b == b':');
        day |= is_number && (bare.len() == 4 || bare.contains(':'));
        if !(is_number || zone || clock || is_stamp_word(&folded)) {
            return false;
        }
    }
    day && words > 1
}

fn is_stamp_word(folded: &str) -> bool {
    STAMP_WORDS.contains(&folded) || month(folded).is_some() || super::place::is_weekday(folded)
}

/// Reads `AP Sports Writer`: an agency, words with capitals, and what writers are.
fn is_title(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    (2..=TITLE_WORDS_MAX).contains(&words.len())
        && TITLES.contains(&fold(last).as_str())
        && words.iter().all(|w| w.starts_with(char::is_uppercase))
        && (by_alias(first).is_some() || words.get(..2).is_some_and(|w| by_alias(&w.join(" ")).is_some()))
}

#[cfg(test)]
mod tests {
    use super::{Kind, line_at};
    use crate::story::Status;

    #[test]
    fn lines_that_are_no_headline() {
        for (line, kind) in [
            ("AP Sports Writer", Some(Kind::Title)),
            ("Reuters Correspondent", Some(Kind::Title)),
            ("BC-US--Storm,1st Ld-Writethru", Some(Kind::Slug(Some(Status::Update)))),
            ("BC-NO--Bridge, KILL", Some(Kind::Slug(Some(Status::Kill)))),
            ("AM-Budget, 1st Ld-Writethru, a0512", Some(Kind::Slug(Some(Status::Update)))),
            ("AM-Budget, 1st Ld, a0512", Some(Kind::Slug(Some(Status::Update)))),
            ("AM-Budget, Bjt", Some(Kind::Slug(None))),
            ("AM-Budget, 1st Add", Some(Kind::Slug(None))),
            ("AM-Budget, Sub", Some(Kind::Slug(Some(Status::Update)))),
            ("AM-Budget, Hold", Some(Kind::Slug(Some(Status::Withheld)))),
            ("AM-Budget, Adv 12", Some(Kind::Slug(Some(Status::Embargoed)))),
            ("AM-Budget, Adv12-13", Some(Kind::Slug(None))),
            ("Budget, 2nd Ld-Writethru, a0512", Some(Kind::Slug(Some(Status::Update)))),
            ("Budget, Bjt, 0512", Some(Kind::Slug(None))),
            ("Oslo, 2nd city, opens", None),
            ("Oslo, 500", None),
            ("AM-Bridge", Some(Kind::Slug(None))),
            ("Eds: UPDATES with new deaths.", Some(Kind::Note(Some(Status::Update)))),
            ("Eds: The updates follow.", Some(Kind::Note(None))),
            ("Jan 5, 2025 4:35 PM", Some(Kind::Stamp)),
            ("Jan 5, 2025 4:35 PM GMT+1 Updated 2 hours ago", Some(Kind::Stamp)),
            ("Published: 04:30 GMT, 5 January 2025", Some(Kind::Stamp)),
            ("Publié le dimanche 12 décembre 2021 à 20h30", Some(Kind::Stamp)),
            ("Stand: 05.03.2024, 10:15 Uhr", Some(Kind::Stamp)),
            ("Опубликовано: 5 марта 2024", Some(Kind::Stamp)),
            ("Mardi 5 mars 2024", Some(Kind::Stamp)),
            ("Date: 03/05/2024", Some(Kind::Stamp)),
            ("Le sommet du 5 mars 2024", None),
            ("Bridge reopens", None),
            ("The Hunger Games Writer", None),
            ("Prize for AP Sports Writer", None),
            ("(Adds detail, paragraphs 2-5)", Some(Kind::Note(Some(Status::Update)))),
            ("(Zusammenfassung 1500)", Some(Kind::Note(Some(Status::Update)))),
            ("(Top News)", Some(Kind::Note(None))),
            ("(Special Cable to The Evening Paper.)", Some(Kind::Note(None))),
            ("(Reuters)", Some(Kind::Title)),
            ("Source: Xinhua   Editor: ada", Some(Kind::Title)),
            ("Source of the river found", None),
            ("Edinburgh: bridge opens", None),
            ("May 1968: a month of marches", None),
            ("1984", None),
            ("BC-Premier resigns over the bridge that never was", None),
        ] {
            let found = line_at(line, 0).map(|l| l.kind);
            assert_eq!(found, kind, "{line}");
        }
    }

    #[test]
    fn lines_that_say_when_and_no_more() {
        for line in [
            "Publié le lundi 7 juin 2021 à 20h30",
            "Lundi 7 juin 2021",
            "Stand: 07.06.2021, 10:15 Uhr",
            "Опубликовано: 7 июня 2021, 10:15 (обновлено: 12:00)",
            "PUBLISHED : June 07, 2021, 10:15",
            "Date: 06/07/2021",
            "Thứ Hai, 07/06/2021 | 10:15 GMT+7",
            "Xinhua | 2021-06-07 10:15:32|Editor: ada",
            "2021-06-07 10:15:00 KST",
            "1 hour ago",
            "il y a 2 heures",
            "vor 3 Stunden",
        ] {
            assert!(super::is_dated(line), "{line}");
        }
        for line in [
            "The minister opened the bridge on 7 June 2021",
            "GRANADA 2021-06-07",
            "OSLO, June 7, 2021 (AFP) - The bridge was opened.",
            "Published on 7 June 2021, the report made a stir.",
            "7 June 2021: the day the bridge was opened again",
            "Rome opened 2000 years ago",
            "Before 1945",
        ] {
            assert!(!super::is_dated(line), "{line}");
        }
    }

    #[test]
    fn a_slug_of_a_field_counts_versions() {
        for (slug, counts) in [
            ("BC-EU--Spain-Storm Aftermath, 1st Ld-Writethru", true),
            ("AP-US--Biden-Staff, 3rd Ld", true),
            ("BC-EU--Spain-Storm Aftermath, Bjt", false),
            ("Oslo, leads", false),
            ("update", false),
        ] {
            assert_eq!(super::counts_versions(slug), counts, "{slug}");
        }
    }

    #[test]
    fn flags_of_a_newer_version() {
        for (flag, status) in [
            ("(LEAD)", Some(Status::Update)),
            ("(2nd LD)", Some(Status::Update)),
            ("(LEAD 2)", Some(Status::Update)),
            ("(ATTN: ADDS photo)", Some(Status::Update)),
            ("(ATTN: photo to follow)", None),
            ("LEAD", None),
            ("(URGENT)", None),
        ] {
            assert_eq!(super::newer(flag), status, "{flag}");
        }
    }
}
