//! What the spelling makes look like a name and the desk's habits tell to be none, or to be
//! another kind of name.
//!
//! For [`super::document`], which asks about every mention of the model. It says no where it
//! does not know.

use super::lexicon::{COMMON, COUNTRY, FUNCTION, Flags, GIVEN, NAME, ORG, PLACES, ROLE, SPEECH, SURNAME, TIME, TITLE};
use super::traits::{Case, Sheet};
use crate::data::flags::flags;
use crate::data::no_names::Word;
use crate::data::{known, places};
use crate::names;
use crate::story::{EntityKind, Span};
use crate::text::fold;

/// Words that are no name by themselves.
const PLAIN: Flags = COMMON | FUNCTION | SPEECH | TIME | TITLE | ROLE;
/// What makes a word a name all the same.
const NAMES: Flags = GIVEN | SURNAME | NAME | ORG | PLACES;
/// A town from this size on is not passed over for a person of its name.
const TOWN_OVER_PERSON_MIN: u32 = 100_000;
/// People of the smallest town that a word in a case is taken for where nothing else says so.
const GREAT_TOWN_MIN: u32 = 500_000;
/// Longest line of initials: `jb/ct/mm`, `(AB/CD)`.
const SIGN_OFF_BYTES_MAX: usize = 32;
/// No honorific is longer, full stop included.
const HONORIFIC_CHARS_MAX: usize = 16;
/// Letters of the stem of an adjective, more than these.
const STEM_CHARS_MIN: usize = 3;
/// Most letters of one writer's initials.
const INITIALS_MAX: usize = 4;

/// Words that stand before a person's name and before nothing else, in small letters,
/// without a full stop.
const HONORIFICS: [&str; 50] = [
    "mr",
    "mrs",
    "ms",
    "messrs",
    "dr",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "mademoiselle",
    "herr",
    "herrn",
    "frau",
    "señor",
    "señora",
    "señorita",
    "sr",
    "sra",
    "signor",
    "signora",
    "senhor",
    "senhora",
    "dhr",
    "mevr",
    "mevrouw",
    "meneer",
    "pan",
    "pani",
    "г-н",
    "г-на",
    "г-ну",
    "г-ном",
    "г-не",
    "г-жа",
    "г-жи",
    "г-же",
    "г-жу",
    "г-жой",
    "господин",
    "господина",
    "господину",
    "господином",
    "госпожа",
    "госпожи",
    "госпоже",
    "госпожу",
    "доктор",
    "доктора",
    "доктору",
    "доктором",
];

/// Tells whether a mention is the desk's own word: a sign-off, `UPDATE`, `JUNE` as an
/// organisation, a title without its bearer.
pub(super) fn is_none(text: &str, sheet: &Sheet<'_>, tokens: (usize, usize), kind: EntityKind) -> bool {
    let (from, to) = tokens;
    let span = Span { start: sheet.tokens[from].start, end: sheet.tokens[to - 1].end };
    let is_desks = [is_sign_off, is_flag, is_flag_word, is_number, is_state_behind_town, is_address];
    if is_desks.iter().any(|is| is(text, span)) {
        return true;
    }
    if kind == EntityKind::Person
        && (is_answer(span.of(text))
            || is_ship(text, span)
            || is_figure(text, span)
            || is_iranian_month(text, span)
            || is_spaced_out(text, span))
    {
        return true;
    }
    if kind == EntityKind::Place && is_part_of_town(span.of(text)) {
        return true;
    }
    let words = || sheet.traits[from..to].iter().zip(&sheet.tokens[from..to]).filter(|(_, t)| t.is_word);
    let plain = |flags: Flags| flags & PLAIN != 0 && flags & NAMES == 0;
    let telex = words().all(|(t, _)| t.case == Case::Upper);
    // *May* is a person too; `مايو أيار` is a month by both of its names.
    let month = (kind == EntityKind::Org || to > from + 1) && words().all(|(t, _)| t.flags & TIME != 0);
    let bare_title = kind == EntityKind::Person && words().all(|(t, _)| t.flags & (TITLE | ROLE) != 0);
    let unlisted = kind == EntityKind::Place && from + 1 == to && sheet.traits[from].flags & PLACES == 0;
    let before_small = || sheet.traits.get(to).is_some_and(|t| t.case == Case::Lower) && sheet.is_spaced(to);
    if unlisted && (is_inhabitant(span.of(text)) || is_russian_adjective(span.of(text)) && before_small()) {
        return true;
    }
    words().next().is_some() && (month || (telex || bare_title) && words().all(|(t, _)| plain(t.flags)))
}

/// Tells whether a mention is a part of an address: *Jane.Doe@example.org*.
fn is_address(text: &str, mention: Span) -> bool {
    let (before, behind) = (&text[..mention.start as usize], &text[mention.end as usize..]);
    // A handle, `@EmmanuelMacron`, is somebody's.
    let is_domain = before.strip_suffix('@').is_some_and(|name| name.ends_with(|c: char| c.is_alphanumeric()));
    behind.strip_prefix('@').is_some_and(|domain| domain.starts_with(|c: char| c.is_alphanumeric())) || is_domain
}

/// Tells whether a word only answers: *— Oui, répondit-il*.
fn is_answer(name: &str) -> bool {
    matches!(name, "Oui" | "Non" | "Yes" | "Nein" | "Sí" | "Да" | "Нет")
}

/// Tells whether what was read as a person is a ship, by the letters before its name or as its first word:
/// *HMS Queen Elizabeth*.
fn is_ship(text: &str, mention: Span) -> bool {
    // Prefixes of the navies that the press names most, and of merchant ships.
    const PREFIXES: [&str; 20] = [
        "HMS", "USS", "USNS", "USCGC", "RMS", "RRS", "HMCS", "HMAS", "HMNZS", "HNLMS", "HDMS", "HNoMS", "HSwMS", "RFA",
        "ROKS", "TCG", "ORP", "KRI", "MV", "M/V",
    ];
    // What a ship's name begins with that was taken for a title: *HMS Prince of Wales*. An officer's rank is none.
    const PARTS: [&str; 7] = ["Queen", "King", "Prince", "Princess", "Duke", "Duchess", "of"];
    let (name, before) = (mention.of(text), &text[..mention.start as usize]);
    let mut words = before.rsplit([' ', '\u{A0}', '\n']).map(|w| w.trim_matches(['"', '“', '«', '(']));
    let last = words.find(|word| !word.is_empty() && !PARTS.contains(word));
    let first = name.split(' ').next().unwrap_or_default();
    last.is_some_and(|word| PREFIXES.contains(&word)) || PREFIXES.contains(&first) && first.len() < name.len()
}

/// Tells whether a Russian word has the endings of the adjectives that are made of places:
/// *Парижского соглашения*. Towns that are called so stand in the tables.
fn is_russian_adjective(word: &str) -> bool {
    const ENDINGS: [&str; 11] = ["ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их"];
    let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    stem.is_some_and(|stem| stem.ends_with("ск") && stem.chars().count() > STEM_CHARS_MIN)
}

/// Tells whether a word is what somebody from a place is called: *Perthite*, *Sydneysider*.
fn is_inhabitant(word: &str) -> bool {
    const ENDINGS: [&str; 4] = ["siders", "sider", "ites", "ite"];
    let base = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    base.is_some_and(|base| places::lookup(base).next().is_some())
}

/// Tells whether a mention stands in a line of nothing but initials parted by strokes.
fn is_sign_off(text: &str, mention: Span) -> bool {
    let (start, end) = (mention.start as usize, mention.end as usize);
    // No farther than such a line is long: a text may be one line of megabytes.
    let (first, last) = (start.saturating_sub(SIGN_OFF_BYTES_MAX), text.len().min(end + SIGN_OFF_BYTES_MAX));
    let (before, behind) = (&text.as_bytes()[first..start], &text.as_bytes()[end..last]);
    let line_start = before.iter().rposition(|b| *b == b'\n').map(|at| first + at + 1).or((first == 0).then_some(0));
    let line_end = memchr::memchr(b'\n', behind).map(|at| end + at).or((last == text.len()).then_some(last));
    let (Some(line_start), Some(line_end)) = (line_start, line_end) else { return false };
    if line_end - line_start > SIGN_OFF_BYTES_MAX {
        return false;
    }
    if is_line_of_initials(text[line_start..line_end].trim()) {
        return true;
    }
    let line = text[line_start..line_end].trim().trim_matches(|c| matches!(c, '(' | ')' | '[' | ']' | '-' | '/'));
    // The agency may stand before them: `REUTER DM/RT`.
    let last = line.rsplit(char::is_whitespace).next().unwrap_or("");
    let at = text[line_start..line_end].rfind(last).map_or(line_end, |at| line_start + at);
    if start < at {
        return false;
    }
    let mut parts = last.split('/');
    let initials = |part: &str| {
        (1..=INITIALS_MAX).contains(&part.chars().count()) && part.chars().all(|c| c.is_alphabetic() && c.is_ascii())
    };
    last.contains('/') && parts.all(initials)
}

/// Tells whether a line holds initials of any script alone, with strokes between: `م ع / ر ج`,
/// `PVJ // MLL`.
fn is_line_of_initials(line: &str) -> bool {
    const LETTERS_MAX: usize = 3;
    let parts = || line.split(|c: char| c == '/' || c.is_whitespace()).filter(|part| !part.is_empty());
    let initials = |part: &str| {
        part.chars().count() <= LETTERS_MAX && part.chars().all(|c| c.is_alphabetic() && !c.is_lowercase())
    };
    line.contains('/') && parts().count() > 1 && parts().all(initials)
}

/// Tells whether a mention stands in a line of capitals between strokes or brackets, which is the
/// desk's: `/ПОВТОР С ИСПРАВЛЕНИЕМ В ТРЕТЬЕМ АБЗАЦЕ/`.
fn is_flag(text: &str, mention: Span) -> bool {
    const LINE_BYTES_MAX: usize = 160;
    let (start, end) = (mention.start as usize, mention.end as usize);
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    if start - from > LINE_BYTES_MAX {
        return false;
    }
    let Some(line) = text[from..].lines().next().filter(|line| line.len() <= LINE_BYTES_MAX) else { return false };
    let line = line.trim();
    let is_framed = line.len() > 2 && line.starts_with('/') && line.ends_with('/');
    is_framed && end <= from + line.len() && !line.chars().any(char::is_lowercase)
}

/// Tells whether a mention is a flag in capitals that begins its line: `EMBARGADO hasta las 18.00`.
fn is_flag_word(text: &str, mention: Span) -> bool {
    let name = mention.of(text);
    let begins = text[..mention.start as usize].chars().next_back().is_none_or(|c| c == '\n');
    begins && !name.chars().any(char::is_lowercase) && {
        let folded = fold(name);
        flags().iter().any(|(flag, _)| *flag == folded)
    }
}

/// Tells whether a mention is the word before a number: *No. 10*.
fn is_number(text: &str, mention: Span) -> bool {
    const WORDS: [&str; 4] = ["No", "Nos", "Nr", "NO"];
    let behind = text[mention.end as usize..].trim_start_matches(['.', ' ', '\u{A0}']);
    WORDS.contains(&mention.of(text).trim_end_matches('.')) && behind.starts_with(|c: char| c.is_ascii_digit())
}

/// Tells whether a mention is a state's abbreviation behind its town: *Ann Arbor, Mich.*
pub(super) fn is_state_behind_town(text: &str, mention: Span) -> bool {
    const STATES: [&str; 51] = [
        "Ala", "Ariz", "Ark", "Cal", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Kans", "Ky",
        "La", "Mass", "Md", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "N.C", "N.D", "N.H", "N.J", "N.M",
        "N.Y", "Okla", "Ore", "Pa", "Penn", "R.I", "S.C", "S.D", "Tenn", "Tex", "Va", "Vt", "Wash", "W.Va", "Wis",
        "Wyo", "Me", "Dela", "Nebr", "Wisc", "Ont",
    ];
    let name = mention.of(text).trim_end_matches('.');
    let Some(before) = text[..mention.start as usize].trim_end().strip_suffix(',') else { return false };
    let town = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let behind = text[mention.end as usize..].trim_start_matches('.').chars().next().unwrap_or('\n');
    STATES.contains(&name)
        && town.starts_with(char::is_uppercase)
        && (matches!(behind, ',' | ';' | ')' | '-' | '\n') || behind == ' ')
}

/// Tells whether a mention begins the sentence behind a state that is cut short: *Portland, Me. She*.
pub(super) fn is_behind_state(text: &str, mention: Span) -> bool {
    let before = text[..mention.start as usize].trim_end();
    let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    before.ends_with('.') && is_state_behind_town(text, Span::new(start, before.len()))
}

/// Tells whether a word heads a column of a company's results: *Shr 34 cts*.
fn is_figure(text: &str, mention: Span) -> bool {
    const HEADS: [&str; 14] =
        ["Shr", "Shrs", "Net", "Revs", "Qtr", "Qtly", "Oper", "Avg", "Mths", "Yr", "Qtrs", "Dlrs", "Cts", "Pct"];
    HEADS.contains(&mention.of(text).trim_end_matches('.'))
}

/// Tells whether a word is a part that any town has: *in DOWNTOWN DALLAS*.
fn is_part_of_town(name: &str) -> bool {
    ["downtown", "uptown", "midtown"].iter().any(|part| name.eq_ignore_ascii_case(part))
}

/// Tells whether a word is a month of the Iranian calendar before its day: *Azar 12*.
fn is_iranian_month(text: &str, mention: Span) -> bool {
    const MONTHS: [&str; 14] = [
        "farvardin",
        "ordibehesht",
        "khordad",
        "tir",
        "mordad",
        "amordad",
        "shahrivar",
        "mehr",
        "aban",
        "azar",
        "dey",
        "bahman",
        "esfand",
        "dei",
    ];
    let behind = text[mention.end as usize..].trim_start_matches([' ', '.']);
    MONTHS.contains(&mention.of(text).to_lowercase().as_str()) && behind.starts_with(|c: char| c.is_ascii_digit())
}

/// Tells whether a mention is a word of spaced capitals, or the initials of a body in brackets:
/// `W A S H I N G T O N`, `(W. T. B.)`.
fn is_spaced_out(text: &str, mention: Span) -> bool {
    const LETTERS_MIN: usize = 3;
    let name = mention.of(text);
    let parts = || name.split(|c: char| c.is_whitespace() || c == '.').filter(|part| !part.is_empty());
    let are_letters = parts().all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase));
    let is_in_brackets = text[..mention.start as usize].ends_with('(')
        && text[mention.end as usize..].trim_start_matches('.').starts_with(')');
    are_letters && parts().count() >= LETTERS_MIN && (is_in_brackets || !name.contains('.'))
}

/// Tells whether a name ends in the legal form of a company or in what a house does: *Harper Corp*, *Harper Films*.
pub(super) fn is_company(name: &str) -> bool {
    const FORMS: [&str; 36] = [
        "corp",
        "ltd",
        "inc",
        "plc",
        "llc",
        "gmbh",
        "corporation",
        "limited",
        "kgaa",
        "bhd",
        "oyj",
        "pty",
        "films",
        "pictures",
        "productions",
        "studios",
        "records",
        "motors",
        "airlines",
        "airways",
        "technologies",
        "systems",
        "industries",
        "pharmaceuticals",
        "foundation",
        "holdings",
        "partners",
        "ventures",
        "farming",
        "seminar",
        "institut",
        "stiftung",
        "verlag",
        "gymnasium",
        "associates",
        "enterprises",
    ];
    let mut words = name.split_whitespace();
    let last = words.next_back().unwrap_or("").trim_end_matches('.').to_lowercase();
    words.next().is_some() && FORMS.contains(&last.as_str())
}

/// Tells whether the word before a name is a title that goes with given names: a name
/// behind it is whole, *Prince William* is no *William Hague*.
pub(super) fn is_behind_regnal_title(text: &str, mention: Span) -> bool {
    let before = text[..mention.start as usize].strip_suffix(' ').unwrap_or("");
    Word::Regnal.has(before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or(""), "*")
}

/// Tells whether a token is a country's name that a mark or conjunction of a list parts from a
/// country before it, and is no part of a longer name.
pub(super) fn is_listed_country(text: &str, sheet: &Sheet<'_>, at: usize, last: &str) -> bool {
    const JOINS: [&str; 11] = [",", "and", "et", "y", "und", "en", "i", "и", "та", "й", "och"];
    let (Some(token), Some(traits)) = (sheet.tokens.get(at), sheet.traits.get(at)) else { return false };
    let of = |at: usize| sheet.tokens.get(at).map_or("", |t| &text[t.start as usize..t.end as usize]);
    let is_name = |at: usize| sheet.traits.get(at).is_some_and(|t| t.case == Case::Title) && sheet.tokens[at].is_word;
    let before = at.checked_sub(1);
    traits.case == Case::Title
        && traits.flags & COUNTRY != 0
        && before.is_some_and(|b| JOINS.contains(&of(b)))
        && (JOINS.contains(&of(at + 1)) || !is_name(at + 1))
        && places::sure_country(last).is_some()
        && places::sure_country(&text[token.start as usize..token.end as usize]).is_some()
}

/// Tells whether two forms that look like one word's are the names of two countries: *Нигером*,
/// *Нигерией*.
pub(super) fn are_two_countries(a: &[String], b: &[String], lang: &str) -> bool {
    let ([a], [b]) = (a, b) else { return false };
    if a == b {
        return false;
    }
    let of = |word: &str| -> Option<places::Place> {
        let mut forms = std::iter::once(word.to_owned()).chain(names::base_forms(word, Some(lang)));
        forms.find_map(|form| places::sure_country(&form))
    };
    of(a).zip(of(b)).is_some_and(|(a, b)| a != b)
}

/// Tells whether a name is a town by the region behind its comma: *Jackson, Mississippi*.
pub(super) fn is_town_of_region(text: &str, mention: Span) -> bool {
    let Some(behind) = text[mention.end as usize..].strip_prefix(", ") else { return false };
    let end = behind.find(|c: char| !c.is_alphabetic() && c != ' ').unwrap_or(behind.len());
    // A region of two words, or of one.
    let ends = behind[..end].match_indices(' ').map(|(at, _)| at).chain([end]).take(2);
    let mut regions = ends.map(|end| &behind[..end]);
    let town = mention.of(text);
    regions.any(|region| places::lookup(town).any(|p| places::lookup(region).any(|r| p != r && p.is_within(r))))
}

/// Tells whether what stands before a mention makes it a person: `Mr. Gladstone`, `г-на Коуми`.
pub(super) fn makes_person(text: &str, mention: Span) -> bool {
    let before = &text[..mention.start as usize];
    let Some(bare) = before.strip_suffix([' ', '\u{A0}']) else { return false };
    // A word of a script without blanks may go on for long.
    let mut near = bare.char_indices().rev().take(HONORIFIC_CHARS_MAX + 1);
    let cut =
        near.find(|(_, c)| c.is_whitespace() || matches!(c, '(' | '«' | '"' | '“')).map(|(i, c)| i + c.len_utf8());
    let start = cut.or((bare.len() <= HONORIFIC_CHARS_MAX * 4).then_some(0));
    let word = start.map_or("", |start| &bare[start..]);
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let word = word.strip_suffix('.').unwrap_or(word).to_lowercase();
    // A small *pan* is Spanish bread; Russian writes the word small.
    HONORIFICS.contains(&word.as_str()) && (capital || !word.is_ascii())
}

/// Tells whether a word is surely a well-known person's, in some case, and the namesake of no
/// town of any size: *Обамы* is not the harbour in Japan.
pub(super) fn is_rather_person(name: &str, lang: &str) -> bool {
    let mut forms = std::iter::once(name.to_owned()).chain(names::base_forms(name, Some(lang)));
    let known = |n: &String| known::lookup(EntityKind::Person, n).any(|(_, ambiguous)| !ambiguous);
    let small = |n: &String| places::lookup(n).all(|p| p.population() < TOWN_OVER_PERSON_MIN);
    forms.find(known).is_some_and(|n| small(&n) && small(&name.to_owned())) || is_case_of_somebody(name, lang)
}

/// Tells whether a word is no place in any case, and in some case what somebody is called, be that a word
/// of another language too: *Tuskiem*.
fn is_case_of_somebody(name: &str, lang: &str) -> bool {
    let forms = names::base_forms(name, Some(lang));
    let is_place = |n: &str| places::lookup(n).next().is_some();
    let is_person = |n: &String| known::lookup(EntityKind::Person, n).next().is_some();
    forms.iter().any(is_person) && !is_place(name) && !forms.iter().any(|n| is_place(n))
}

/// Tells whether a word is surely a well-known person's name in a case, and nobody's as it stands.
pub(super) fn is_case_of_known(word: &str, lang: &str) -> bool {
    let known = |n: &str| known::lookup(EntityKind::Person, n).any(|(_, ambiguous)| !ambiguous);
    let forms = names::base_forms(word, Some(lang));
    forms.iter().any(|form| known(form))
        && known::lookup(EntityKind::Person, word).next().is_none()
        && known::lookup(EntityKind::Org, word).next().is_none()
        && is_rather_person(word, lang)
}

/// Tells whether a word says where in a case of its language, and is a country or a great town without it.
pub(super) fn is_site(word: &str, lang: &str) -> bool {
    let is_great = |p: places::Place| p.kind() == places::Kind::Country || p.population() >= GREAT_TOWN_MIN;
    names::is_locative(word, lang)
        && names::base_forms(word, Some(lang)).iter().any(|base| places::lookup(base).any(is_great))
        && known::lookup(EntityKind::Person, word).next().is_none()
}

/// Tells whether what was read as a person is the name of several words of a well-known body, and
/// nobody's: *Euroopa Liit*, *Rolls-Royce*.
pub(super) fn is_known_body(name: &str) -> bool {
    name.contains([' ', '-', '&', '·', '・'])
        && known::lookup(EntityKind::Org, name).any(|(_, ambiguous)| !ambiguous)
        && known::lookup(EntityKind::Person, name).next().is_none()
}

/// Tells whether what was read as a person is a well-known body in a case: *у Верховній Раді*.
pub(super) fn is_body_in_a_case(text: &str, sheet: &Sheet<'_>, name: (usize, usize), lang: &str) -> bool {
    const LANGUAGES: [&str; 5] = ["ru", "uk", "pl", "cs", "el"];
    let (from, to) = name;
    if to != from + 2 || !LANGUAGES.contains(&lang) || sheet.traits[from].flags & GIVEN != 0 {
        return false;
    }
    let forms = |at: usize| {
        let token = sheet.tokens[at];
        let word = &text[token.start as usize..token.end as usize];
        let bases = names::base_forms(word, Some(lang));
        std::iter::once(word.to_owned()).chain(bases).collect::<Vec<_>>()
    };
    let (first, second) = (forms(from), forms(from + 1));
    let mut both = first.iter().flat_map(|a| second.iter().map(move |b| format!("{a} {b}")));
    both.any(|body| known::lookup(EntityKind::Org, &body).any(|(_, ambiguous)| !ambiguous))
}

#[cfg(test)]
mod tests {
    use super::{
        is_address, is_case_of_known, is_inhabitant, is_rather_person, is_russian_adjective, is_ship, is_sign_off,
        makes_person,
    };
    use crate::story::Span;

    fn span(text: &str, part: &str) -> Span {
        let at = text.find(part).expect("a part of the text");
        Span::new(at, at + part.len())
    }

    #[test]
    fn initials_at_the_end_sign_off() {
        let signs = |text: &str, part: &str| is_sign_off(text, span(text, part));
        assert!(signs("Ends.\nREUTER DM/RT", "RT") && !signs("Ends.\nREUTER DM/RT", "REUTER"));
        assert!(signs("He left.\njb/ct/MM\n", "MM") && signs("End.\n(AB/CD)", "AB"));
        assert!(!signs("APA/dpa reports from Vienna today.", "APA"));
        assert!(!signs("He left.\nAP\n", "AP"));
    }

    #[test]
    fn a_known_person_is_no_small_town() {
        assert!(is_rather_person("Обамы", "ru") && is_rather_person("Putin", "en"));
        assert!(!is_rather_person("Paris", "fr") && !is_rather_person("Москве", "ru"));
    }

    #[test]
    fn a_case_of_a_known_name_is_that_person() {
        assert!(is_case_of_known("Putins", "de") && is_case_of_known("Macronin", "fi"));
        assert!(
            !is_case_of_known("Putin", "de") && !is_case_of_known("Paris", "de") && !is_case_of_known("Hauses", "de")
        );
    }

    #[test]
    fn who_lives_in_a_place_is_none() {
        assert!(is_inhabitant("Perthite") && is_inhabitant("Sydneysiders"));
        assert!(!is_inhabitant("Perth") && !is_inhabitant("Riverside") && !is_inhabitant("ite"));
    }

    #[test]
    fn an_adjective_of_a_place_is_none() {
        assert!(["Киотского", "Венская", "Лиссабонском"].into_iter().all(is_russian_adjective));
        assert!(!["Москва", "Минск", "Минске", "Гаага"].into_iter().any(is_russian_adjective));
    }

    #[test]
    fn an_address_is_nobody() {
        let is = |text: &str, name: &str| is_address(text, span(text, name));
        assert!(is("(Jane.Doe@reuters.com)", "Jane.Doe") && is("(Jane.Doe@reuters.com)", "reuters"));
        assert!(!is("said @EmmanuelMacron", "EmmanuelMacron") && !is("Jane Doe @ the desk", "Jane Doe"));
    }

    #[test]
    fn a_ship_is_nobody() {
        let is = |text: &str, name: &str| is_ship(text, span(text, name));
        assert!(is("aboard HMS Queen Elizabeth", "Elizabeth") && is("HMS Prince of Wales", "Wales"));
        assert!(is("the USS Abraham Lincoln", "Abraham Lincoln") && is("MV Ever Given", "MV Ever Given"));
        assert!(!is("aboard HMS Victory, Abraham Lincoln said", "Abraham Lincoln"));
        assert!(!is("HMS Bounty Captain William Bligh", "William Bligh") && !is("SAS CEO Ann Mato", "Ann Mato"));
        assert!(!is("the HMS sank, Abraham Lincoln said", "Abraham Lincoln") && !is("Queen Elizabeth", "Elizabeth"));
    }

    #[test]
    fn an_honorific_makes_a_person() {
        let makes = |text: &str, part: &str| makes_person(text, span(text, part));
        assert!(makes("said Mr. Gladstone.", "Gladstone") && makes("письмо г-на Коуми", "Коуми"));
        assert!(makes("bei Frau Berlin", "Berlin") && makes("Mme\u{A0}Lyon", "Lyon"));
        assert!(!makes("pan Toledo", "Toledo") && !makes("Mr. in Lyon", "Lyon") && !makes("Lyon", "Lyon"));
    }
}
