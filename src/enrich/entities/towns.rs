//! Surnames that are towns too: *Washington, 34, left the field*, *sostuvo Bolívar*, *Raúl Alberto San Martín*.
//!
//! For [`super::mentions`]. A town becomes a person only where the story names somebody of that surname in full, and
//! what stands beside the mention is said of people alone; behind *in*, *from* and their like it stays a town.

use super::hash::{self, EMPTY_PHRASE};
use super::lexicon::{GIVEN, PLACE_HEAD, PLACES, ROLE, SPEECH, TITLE};
use super::mentions::Mention;
use super::traits::{Case, Sheet};
use crate::data::no_names::Word;
use crate::data::places;
use crate::story::{EntityKind, Span};
use crate::text::fold;

/// Words that begin the names of towns and surnames that were called after a saint.
const SAINTS: [&str; 7] = ["San", "Santa", "Santo", "São", "Saint", "Sankt", "St."];
/// Given names before such a surname.
const GIVEN_MAX: usize = 3;
/// Bytes beside a mention that are looked at.
const BESIDE_BYTES: usize = 48;
/// Words of a verb.
const VERB_WORDS_MAX: usize = 3;
/// Words behind which a place stands.
const WHERE: [&str; 50] = [
    "in", "at", "near", "from", "to", "into", "outside", "around", "across", "toward", "towards", "via", "à", "vers",
    "depuis", "dans", "près", "en", "desde", "hacia", "hasta", "cerca", "a", "ad", "da", "verso", "vicino", "presso",
    "em", "para", "até", "perto", "nach", "aus", "bei", "um", "im", "bis", "ab", "naar", "uit", "te", "bij", "rond",
    "von", "city", "ciudad", "ville", "stadt", "città",
];
/// Languages whose verbs are known.
const LANGUAGES: [&str; 7] = ["en", "fr", "es", "it", "pt", "de", "nl"];
/// Words that join a town to whatever is of it; a person has a goal, a book, a wife.
const OF: [&str; 8] = ["of", "de", "d", "di", "do", "von", "van", "des"];
/// Words before an age and behind it.
const AGED: [&str; 8] = ["de ", "di ", "aged ", "âgé de ", "âgée de ", "com ", "con ", "d'"];
/// Who is spoken of behind a comma, and no town.
const WHO: [&str; 16] = [
    "who ", "whose ", "né ", "née ", "nacido ", "nacida ", "quien ", "nato ", "nata ", "nascido ", "nascida ", "quem ",
    "geboren ", "geboren,", "himself ", "herself ",
];

/// Joins a surname that is called after a saint to the given names before it: *Raúl Alberto* and *San Martín* are
/// one man.
pub(super) fn with_given_names(
    text: &str,
    sheet: &Sheet<'_>,
    all: Vec<(usize, usize, EntityKind)>,
) -> Vec<(usize, usize, EntityKind)> {
    let word = |at: usize| &text[sheet.tokens[at].start as usize..sheet.tokens[at].end as usize];
    let is_given = |at: usize| {
        let traits = &sheet.traits[at];
        traits.flags & GIVEN != 0
            && traits.flags & (PLACE_HEAD | ROLE) == 0
            && traits.case == Case::Title
            && !SAINTS.contains(&word(at))
    };
    let mut out: Vec<(usize, usize, EntityKind)> = Vec::with_capacity(all.len());
    for name in all {
        let (from, to, kind) = name;
        let begins = (from..to.saturating_sub(1)).find(|at| SAINTS.contains(&word(*at)) && *at + 2 == to);
        let Some(saint) = begins.filter(|_| kind != EntityKind::Org) else {
            out.push(name);
            continue;
        };
        let mut start = saint;
        while start > 0 && saint - start < GIVEN_MAX && sheet.is_spaced(start) && is_given(start - 1) {
            start -= 1;
        }
        let whole = &text[sheet.tokens[start].start as usize..sheet.tokens[to - 1].end as usize];
        if start == saint || start > from || places::lookup(whole).next().is_some() {
            out.push(name);
            continue;
        }
        while out.last().is_some_and(|before| before.0 >= start) {
            out.pop();
        }
        match out.last_mut() {
            // The given names were read as the end of another.
            Some(before) if before.1 > start => before.1 = to,
            _ => out.push((start, to, EntityKind::Person)),
        }
    }
    out
}

/// Joins a Spanish town to what it is of where no list has that alone: *Luján de Cuyo* is not Luján.
pub(super) fn with_what_it_is_of(
    text: &str,
    sheet: &Sheet<'_>,
    lang: &str,
    all: Vec<(usize, usize, EntityKind)>,
) -> Vec<(usize, usize, EntityKind)> {
    let mut out: Vec<(usize, usize, EntityKind)> = Vec::with_capacity(all.len());
    for name in all {
        let (from, to, kind) = name;
        let word = |at: usize| &text[sheet.tokens[at].start as usize..sheet.tokens[at].end as usize];
        let is_unlisted =
            || from + 1 == to && sheet.traits[from].flags & PLACES == 0 && places::lookup(word(from)).next().is_none();
        match out.last_mut() {
            Some(before)
                if matches!(lang, "es" | "pt")
                    && (before.2, kind) == (EntityKind::Place, EntityKind::Place)
                    && before.0 + 1 == before.1
                    && before.1 + 1 == from
                    && word(before.1) == "de"
                    && sheet.is_spaced(before.1)
                    && sheet.is_spaced(from)
                    && is_unlisted() =>
            {
                before.1 = to;
            }
            _ => out.push(name),
        }
    }
    out
}

/// Returns where a German state in the genitive begins that was read as somebody or as a body: *Ministerpräsident
/// Baden-Württembergs*.
pub(super) fn state_in_genitive(text: &str, sheet: &Sheet<'_>, lang: &str, name: (usize, usize)) -> Option<usize> {
    let (from, to) = name;
    let is_state = |at: usize| {
        let written = &text[sheet.tokens[at].start as usize..sheet.tokens[to - 1].end as usize];
        written.strip_suffix('s').is_some_and(|bare| places::sure_region(bare).is_some())
    };
    let start = (from..to).find(|at| is_state(*at)).filter(|_| lang == "de")?;
    (from..start).all(|at| sheet.traits[at].flags & (ROLE | TITLE) != 0).then_some(start)
}

/// Makes people of the towns that are surnames of people whom the story names in full, where only a person can stand.
pub(super) fn people_over_towns(text: &str, lang: &str, mentions: &mut [Mention]) {
    let full = mentions.iter().filter(|m| m.kind == EntityKind::Person && m.words.len() > 1);
    let mut surnames: Vec<&[String]> = Vec::new();
    for mention in full {
        surnames.extend((1..mention.words.len().min(3)).map(|n| &mention.words[mention.words.len() - n..]));
    }
    surnames.sort_unstable();
    let is_surname = |m: &Mention| surnames.binary_search(&m.words.as_slice()).is_ok();
    let towns: Vec<usize> =
        (0..mentions.len()).filter(|i| mentions[*i].kind == EntityKind::Place && is_surname(&mentions[*i])).collect();
    let mut made: Vec<usize> = Vec::new();
    for at in &towns {
        let mention = &mentions[*at];
        let is_compound = mention.words.len() > 1;
        if !is_where(text, mention.span)
            && (is_compound && !is_dateline(text, mention.span) || is_person(text, lang, mention.span))
        {
            made.push(*at);
        }
    }
    // What the story says of a person elsewhere, it says of him at the head of a sentence too, unless it speaks of the
    // town as well.
    let same = |a: usize, b: usize| mentions[a].words == mentions[b].words;
    let is_person_elsewhere =
        |at: usize| mentions.iter().any(|m| m.kind == EntityKind::Person && m.words == mentions[at].words);
    let more: Vec<usize> = towns
        .iter()
        .copied()
        .filter(|at| !made.contains(at) && (made.iter().any(|m| same(*m, *at)) || is_person_elsewhere(*at)))
        .filter(|at| !towns.iter().any(|t| same(*t, *at) && is_told_town(text, mentions[*t].span)))
        .filter(|at| is_subject(text, mentions[*at].span) || is_of_person(text, mentions[*at].span))
        .collect();
    for at in made.into_iter().chain(more) {
        mentions[at].kind = EntityKind::Person;
    }
}

/// Tells whether what stands beside a mention is said of people alone.
fn is_person(text: &str, lang: &str, mention: Span) -> bool {
    let behind = behind(text, mention);
    // *The mayor of London, who is 54*: what follows is said of another.
    let word = before(text, mention).trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    if OF.contains(&word) {
        return false;
    }
    is_aged(behind)
        || behind.strip_prefix(", ").is_some_and(|rest| WHO.iter().any(|who| rest.starts_with(who)))
        || has_deed(behind, lang) && (is_subject(text, mention) || is_behind_role(text, mention))
        || is_quoted(text, mention)
}

/// Tells whether an age follows: `, 34, left`, `, 27 anni,`, `, de 61 años`. Figures alone are those of a table.
fn is_aged(behind: &str) -> bool {
    const YEARS: [&str; 7] = ["years", "year", "ans", "años", "anni", "anos", "jahre"];
    let Some(rest) = behind.strip_prefix(", ") else { return false };
    let rest = AGED.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let figures = rest.bytes().take_while(u8::is_ascii_digit).count();
    if figures != 2 {
        return false;
    }
    let after = &rest[figures..];
    let word = after.strip_prefix([' ', '-']).unwrap_or("").split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    // *Washington, 34, left*; `Washington, 34, Boston, 28` is a table.
    let goes_on = after.strip_prefix(", ").is_some_and(|next| next.starts_with(char::is_lowercase));
    goes_on || YEARS.contains(&word.to_lowercase().as_str())
}

/// Tells whether a verb follows that only people are the subject of.
fn has_deed(behind: &str, lang: &str) -> bool {
    let Some(rest) = behind.strip_prefix(' ') else { return false };
    let mut ends = rest.char_indices().filter(|(_, c)| !(c.is_alphabetic() || matches!(c, '\'' | '’' | '-')));
    let ends: Vec<usize> = ends.by_ref().map(|(at, _)| at).take(VERB_WORDS_MAX).collect();
    let is_deed = |phrase: &str| match lang {
        // Copy too short for its language to be told.
        "" => LANGUAGES.iter().any(|lang| Word::Deed.has(phrase, lang)),
        _ => Word::Deed.has(phrase, lang),
    };
    ends.iter().any(|end| is_deed(&rest[..*end].replace('’', "'")))
}

/// Tells whether a mention stands behind a verb of saying and that behind a quotation: *"…", sostuvo Bolívar*.
fn is_quoted(text: &str, mention: Span) -> bool {
    let Some(before) = before(text, mention).strip_suffix(' ') else { return false };
    let (head, verb) = before.rsplit_once(' ').unwrap_or(("", before));
    let is_verb = super::flags_of(hash::phrase(EMPTY_PHRASE, hash::of(&fold(verb)))) & SPEECH != 0;
    let ends = |head: &str| head.trim_end_matches([',', ' ', '-', '–', '—']).ends_with(['"', '”', '»', '“', '’', '«']);
    // *ha detto Modena*, *hat Frankfurt gesagt*: a short word before the verb.
    is_verb && (ends(head) || head.rsplit_once(' ').is_some_and(|(head, word)| word.len() <= 3 && ends(head)))
}

/// Tells whether a mention begins a sentence and a small word follows.
fn is_subject(text: &str, mention: Span) -> bool {
    let before = text[..mention.start as usize].trim_end();
    let begins = before.is_empty()
        || before.ends_with(['.', '!', '?', '»', '”', '"', '“', '«'])
        || text[before.len()..mention.start as usize].contains('\n');
    begins && behind(text, mention).strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_lowercase))
}

/// Tells whether a comma, or what somebody is, stands right before a mention: *el torero Valencia*.
fn is_behind_role(text: &str, mention: Span) -> bool {
    let Some(before) = before(text, mention).strip_suffix(' ') else { return false };
    let word = before.rsplit(' ').next().unwrap_or("");
    let flags = super::flags_of(hash::phrase(EMPTY_PHRASE, hash::of(&fold(word))));
    before.ends_with(',') || flags & ROLE != 0 && word.starts_with(char::is_lowercase)
}

/// Tells whether something is of a mention that is said of no office: *le but de Bourges*, not *le maire de Bourges*.
fn is_of_person(text: &str, mention: Span) -> bool {
    let Some((head, of)) = before(text, mention).trim_end().rsplit_once([' ', '\'', '’']) else { return false };
    let what = head.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let flags = super::flags_of(hash::phrase(EMPTY_PHRASE, hash::of(&fold(what))));
    OF.contains(&of)
        && !what.is_empty()
        && what.starts_with(char::is_lowercase)
        && flags & (ROLE | PLACE_HEAD | PLACES) == 0
}

/// Tells whether a mention stands where a place does: behind *in*, *from*, *near*.
fn is_where(text: &str, mention: Span) -> bool {
    let word = before(text, mention).trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    WHERE.contains(&word.to_lowercase().as_str())
}

/// Tells whether a mention is the town: where a place stands, in the dateline, or what somebody has an office of.
fn is_told_town(text: &str, mention: Span) -> bool {
    is_where(text, mention) || is_dateline(text, mention)
}

/// Tells whether a mention begins a line in capitals, or one that an agency or a date follows.
fn is_dateline(text: &str, mention: Span) -> bool {
    let begins = text[..mention.start as usize].trim_end_matches([' ', '\t']).ends_with('\n') || mention.start == 0;
    let name = mention.of(text);
    let behind = behind(text, mention);
    let is_marked = behind.starts_with(" (")
        || behind.strip_prefix(", ").is_some_and(|rest| rest.contains(['(', '/', '–', '—']) || rest.contains(" - "))
            && !is_aged(behind);
    begins && (is_marked || !name.chars().any(char::is_lowercase))
}

fn before(text: &str, mention: Span) -> &str {
    let mut from = (mention.start as usize).saturating_sub(BESIDE_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..mention.start as usize]
}

fn behind(text: &str, mention: Span) -> &str {
    let mut to = text.len().min(mention.end as usize + BESIDE_BYTES);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[mention.end as usize..to]
}
