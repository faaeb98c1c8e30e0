//! Where one mention was read for two names, or for a name and a word beside it.
//!
//! For [`super::document`]. It leaves together what it does not know.

use super::arabic;
use super::desk::is_case_of_known;
use super::hash::{self, EMPTY_PHRASE};
use super::lexicon::{COUNTRY, DEMONYM, GIVEN, LEGAL, NAME, ORG, ORG_HEAD, PARTICLE, SURNAME};
use super::traits::{Case, Sheet};
use crate::data::given_names::sex_of;
use crate::data::spelled::Surety;
use crate::data::{known, places};
use crate::names;
use crate::story::EntityKind;
use crate::text::fold;

/// People of the smallest place that is rather that than a part of a name before it.
const TOWN_BEHIND_PERSON_MIN: u32 = 50_000;

/// Tells whether a country that a preposition hangs on stands before a person's full name:
/// `l'ambassadeur de France Hervé Magro`.
pub(super) fn country_before_person(text: &str, sheet: &Sheet<'_>, name: (usize, usize, EntityKind)) -> Option<usize> {
    const OF: [&str; 9] = ["de", "d", "du", "di", "da", "do", "von", "des", "del"];
    let (from, to, kind) = name;
    let before = from.checked_sub(1).and_then(|at| sheet.tokens.get(at))?;
    let of = before.start as usize..before.end as usize;
    let country = text.get(sheet.tokens[from].start as usize..sheet.tokens[from].end as usize)?;
    let is_hung = OF.contains(&text.get(of)?.trim_end_matches(['\'', '\u{2019}']));
    let is_given = to >= from + 3 && sheet.traits[from + 1].flags & GIVEN != 0;
    let is_country = kind == EntityKind::Person && sheet.traits[from].flags & COUNTRY != 0;
    (is_country && is_hung && is_given && places::sure_country(country).is_some()).then_some(from + 1)
}

/// Returns where a person's name begins that was read as one with the body or the place that a preposition hangs on,
/// and which of the two that is: *le patron de Renault Luca de Meo*, *il rettore della Sapienza Antonella Polimeni*.
pub(super) fn body_before_person(
    text: &str,
    sheet: &Sheet<'_>,
    name: (usize, usize, EntityKind),
) -> Option<(usize, EntityKind)> {
    const OF: [&str; 17] = [
        "de", "d", "du", "di", "da", "do", "von", "van", "del", "della", "dell", "dello", "dei", "degli", "της", "του",
        "των",
    ];
    const PERSON_WORDS_MAX: usize = 4;
    let (from, to, kind) = name;
    let of = |from: usize, to: usize| &text[sheet.tokens[from].start as usize..sheet.tokens[to - 1].end as usize];
    let before = from.checked_sub(1)?;
    let is_hung = OF.contains(&of(before, from).trim_end_matches(['\'', '\u{2019}']));
    if kind == EntityKind::Place || !is_hung || to < from + 3 {
        return None;
    }
    let flags = |at: usize| sheet.traits[at].flags;
    let is_given = |at: usize| flags(at) & GIVEN != 0 && sheet.traits[at].case == Case::Title;
    let at = (from + 1..to - 1).find(|at| is_given(*at))?;
    let is_name = |at: usize| sheet.traits[at].case == Case::Title || flags(at) & PARTICLE != 0;
    let is_person = (at..to).all(|i| flags(i) & (ORG_HEAD | LEGAL) == 0 && is_name(i)) && to - at <= PERSON_WORDS_MAX;
    if !is_person || (from..at).any(|i| flags(i) & (GIVEN | ORG_HEAD) != 0) {
        return None;
    }
    let body = if kind == EntityKind::Org { Some(kind) } else { body_or_town(&[of(from, at).to_owned()]) };
    Some((at, body?))
}

/// Returns the same where Slavic copy has the body in a case: *тренер Спартака Деян Станкович*.
pub(super) fn body_in_a_case_before_person(
    text: &str,
    sheet: &Sheet<'_>,
    lang: &str,
    name: (usize, usize, EntityKind),
) -> Option<(usize, EntityKind)> {
    let (from, to, kind) = name;
    let flags = |at: usize| sheet.traits[at].flags;
    if kind != EntityKind::Person || to < from + 3 || !IN_CASES.contains(&lang) {
        return None;
    }
    let is_person =
        flags(from + 1) & GIVEN != 0 && sheet.is_spaced(from + 1) && sheet.traits[from + 1].case == Case::Title;
    let first = &text[sheet.tokens[from].start as usize..sheet.tokens[from].end as usize];
    let is_anybody = flags(from) & GIVEN != 0 || known::lookup(kind, first).next().is_some();
    if !is_person || is_anybody {
        return None;
    }
    let bases = names::base_forms(first, Some(lang));
    if bases.iter().any(|base| known::lookup(kind, base).next().is_some()) {
        return None;
    }
    Some((from + 1, body_or_town(&bases)?))
}

/// What the first of some names is that is a well-known body's or a town's.
fn body_or_town(names: &[String]) -> Option<EntityKind> {
    let is_body = |name: &String| known::lookup(EntityKind::Org, name).next().is_some();
    let is_town = |name: &String| places::lookup(name).any(|p| p.population() >= TOWN_BEHIND_PERSON_MIN);
    match () {
        () if names.iter().any(is_body) => Some(EntityKind::Org),
        () if names.iter().any(is_town) => Some(EntityKind::Place),
        () => None,
    }
}

/// Returns where a name ends before a quotation that was read as a part of it: *Kamila Wrona "Miasto*.
pub(super) fn end_before_quotation(text: &str, sheet: &Sheet<'_>, name: (usize, usize)) -> usize {
    let (from, to) = name;
    let is_mark = |at: &usize| {
        let token = sheet.tokens[*at];
        let word = &text[token.start as usize..token.end as usize];
        matches!(word, "\"" | "„" | "“" | "”" | "«" | "»")
    };
    let marks: Vec<usize> = (from + 1..to).filter(is_mark).collect();
    if let [one] = marks[..] { one } else { to }
}

/// Returns where a Dutch name ends before the firm that its bearer is of: *Roy Jakobs van Philips*.
pub(super) fn end_before_body(text: &str, sheet: &Sheet<'_>, lang: &str, name: (usize, usize)) -> usize {
    let (from, to) = name;
    let of = |from: usize, to: usize| &text[sheet.tokens[from].start as usize..sheet.tokens[to - 1].end as usize];
    let is_body = |at: usize| known::lookup(EntityKind::Org, of(at, to)).any(|(_, ambiguous)| !ambiguous);
    let found = (from + 2..to.saturating_sub(1)).find(|at| lang == "nl" && of(*at, at + 1) == "van" && is_body(at + 1));
    found.unwrap_or(to)
}

/// Returns where a name ends before a preposition that no Indonesian or Malay name has: *Prabowo di Istana Merdeka*.
pub(super) fn end_before_preposition(text: &str, sheet: &Sheet<'_>, lang: &str, name: (usize, usize)) -> usize {
    const PREPOSITIONS: [&str; 6] = ["di", "ke", "dari", "pada", "dan", "yang"];
    let (from, to) = name;
    let word = |at: usize| &text[sheet.tokens[at].start as usize..sheet.tokens[at].end as usize];
    let found = (from + 1..to).find(|at| matches!(lang, "id" | "ms") && PREPOSITIONS.contains(&word(*at)));
    found.unwrap_or(to)
}

/// Returns the conjunction between two organisations that were read as one, by its token:
/// *International Criminal Court and Doctors Without Borders*, one of which the tables
/// know, while they know of no such pair.
pub(super) fn join_of_two(text: &str, sheet: &Sheet<'_>, name: (usize, usize, EntityKind)) -> Option<usize> {
    const JOINS: [&str; 11] = ["and", "et", "y", "e", "und", "en", "i", "и", "та", "ve", "och"];
    let (from, to, kind) = name;
    let of = |from: usize, to: usize| {
        text.get(sheet.tokens.get(from)?.start as usize..sheet.tokens.get(to.checked_sub(1)?)?.end as usize)
    };
    let is_known = |name: Option<&str>| name.is_some_and(|n| known::lookup(kind, n).any(|(_, ambiguous)| !ambiguous));
    if kind != EntityKind::Org {
        return None;
    }
    let mut joins = (from + 1..to.saturating_sub(1)).filter(|at| of(*at, at + 1).is_some_and(|w| JOINS.contains(&w)));
    joins.find(|at| (is_known(of(from, *at)) || is_known(of(at + 1, to))) && !is_known(of(from, to)))
}

/// Divides what was read as one person where an Arabic *and* is written onto somebody well-known:
/// *ببوتين وبماكرون*.
pub(super) fn divided_by_conjunctions(
    text: &str,
    sheet: &Sheet<'_>,
    name: (usize, usize, EntityKind),
) -> Vec<(usize, usize, EntityKind)> {
    let (mut from, to, kind) = name;
    let mut out = Vec::new();
    let is_person = |at: usize| {
        let found = sheet.listed.binary_search_by_key(&at, |l| l.from).map(|i| sheet.listed[i]);
        found.is_ok_and(|l| l.kind == EntityKind::Person && l.surety == Surety::Sure)
    };
    if kind == EntityKind::Person {
        for at in from + 1..to {
            let token = sheet.tokens[at];
            let word = &text[token.start as usize..token.end as usize];
            let is_joined = word.starts_with(['و', 'ف']) && sheet.is_spaced(at);
            // The letter may be the name's own: *واين روني*.
            let is_known = || is_joined && is_person(at) && known::lookup(kind, word).next().is_none();
            if is_known() || at > from + 1 && arabic::is_joined(text, sheet, at) {
                out.push((from, at, kind));
                from = at;
            }
        }
    }
    out.push((from, to, kind));
    out
}

/// Returns where a country that was read as part of a well-known person's name is parted from
/// it, and whether the country comes first: *Putin Türkiye*, *Israel Benjamin Netanyahu*, *с Эрдоганом Сирию*.
pub(super) fn country_beside_person(
    text: &str,
    sheet: &Sheet<'_>,
    lang: &str,
    name: (usize, usize, EntityKind),
) -> Option<(usize, bool)> {
    let (from, to, kind) = name;
    if kind != EntityKind::Person || to < from + 2 {
        return None;
    }
    let of = |from: usize, to: usize| &text[sheet.tokens[from].start as usize..sheet.tokens[to - 1].end as usize];
    let is_sure = |name: &str| places::sure_country(name).is_some();
    let is_country = |at: usize| {
        let word = of(at, at + 1);
        let in_a_case = || names::base_forms(word, Some(lang)).iter().any(|base| is_sure(base));
        sheet.traits[at].flags & COUNTRY != 0 && is_sure(word) || in_a_case()
    };
    let is_known = |name: &str| {
        known::lookup(EntityKind::Person, name).any(|(_, ambiguous)| !ambiguous)
            || !name.contains(' ') && is_case_of_known(name, lang)
    };
    if is_known(of(from, to)) {
        return None;
    }
    if is_country(from) && is_known(of(from + 1, to)) {
        return Some((from + 1, true));
    }
    (is_country(to - 1) && is_known(of(from, to - 1))).then_some((to - 1, false))
}

/// Returns where a place or a body begins that was read as the end of a person's name and bears an ending
/// which says where, in languages that write it onto names, and what it is: *Novák Katalin Bécsben*, *Sauli
/// Niinistö Moskovassa*.
pub(super) fn site_behind_person(
    text: &str,
    sheet: &Sheet<'_>,
    lang: &str,
    name: (usize, usize, EntityKind),
) -> Option<(usize, EntityKind)> {
    let (from, to, kind) = name;
    let last = sheet.tokens[to - 1];
    let word = &text[last.start as usize..last.end as usize];
    // A given name wants the word behind it for itself, *Jack Londonista*, but for Hungarian, where it comes last.
    let is_whole = to > from + 2 || to == from + 2 && (lang == "hu" || sheet.traits[from].flags & GIVEN == 0);
    if kind != EntityKind::Person || !is_whole || !sheet.is_spaced(to - 1) || !names::is_locative(word, lang) {
        return None;
    }
    let is_place = |base: &String| places::lookup(base).any(|p| p.population() >= TOWN_BEHIND_PERSON_MIN);
    let is_body = |base: &String| known::lookup(EntityKind::Org, base).any(|(_, ambiguous)| !ambiguous);
    let bases = names::base_forms(word, Some(lang));
    let site = match () {
        () if known::lookup(kind, word).next().is_some() => return None,
        () if bases.iter().any(is_place) => EntityKind::Place,
        () if bases.iter().any(is_body) => EntityKind::Org,
        () => return None,
    };
    Some((to - 1, site))
}

/// Languages that decline the names of people and seldom give anybody two given names.
const IN_CASES: [&str; 9] = ["ru", "uk", "bg", "pl", "cs", "sk", "hr", "sr", "sl"];

/// Returns where the second of two people begins who were read as one: the first is in a case of those who are
/// addressed or met, *Лаврову Блинкен*, *Orbán Viktornak Magyar Péter*, *Andrzejowi Dudzie Beata Szydło*.
pub(super) fn second_person(
    text: &str,
    sheet: &Sheet<'_>,
    lang: &str,
    name: (usize, usize, EntityKind),
) -> Option<usize> {
    let (from, to, kind) = name;
    if kind != EntityKind::Person || to < from + 2 {
        return None;
    }
    let word = |at: usize| &text[sheet.tokens[at].start as usize..sheet.tokens[at].end as usize];
    let own = |word: &str| super::flags_of(hash::phrase(EMPTY_PHRASE, hash::of(&fold(word))));
    // A name that is whole as it stands may end so by itself: *Kalle*, *Ольга*.
    let is_oblique =
        |at: usize| names::is_oblique(word(at), lang) && own(word(at)) & GIVEN == 0 && sheet.is_spaced(at + 1);
    let is_given = |word: &str| own(word) & GIVEN != 0;
    let is_case = |at: usize| {
        let bases = names::base_forms(word(at), Some(lang));
        let is_known = |base: &String| known::lookup(kind, base).next().is_some();
        // *Терезой Мэй*: a given name in a case goes on.
        match at == from {
            true => bases.iter().any(is_known) && !bases.iter().any(|base| is_given(base)),
            false => bases.iter().any(|base| own(base) & (GIVEN | SURNAME | NAME) != 0 || is_known(base)),
        }
    };
    // *сказал Путин Трампу*: two who are known by these surnames, the second in a case.
    if to == from + 2 && IN_CASES.contains(&lang) && sheet.is_spaced(from + 1) && !is_given(word(from)) {
        let sure = |name: &str| known::lookup(kind, name).any(|(_, ambiguous)| !ambiguous);
        let second = names::base_forms(word(from + 1), Some(lang));
        let is_addressed = !sure(word(from + 1)) && second.iter().any(|base| sure(base));
        if sure(word(from)) && is_addressed {
            return Some(from + 1);
        }
    }
    // *Сергея Лаврова Мария Захарова*: a given name in a case, and behind its surname one that is in none.
    let in_a_case =
        !is_given(word(from)) && names::base_forms(word(from), Some(lang)).iter().any(|base| is_given(base));
    if in_a_case && let Some(at) = (from + 2..to - 1).find(|at| is_given(word(*at)) && sheet.is_spaced(*at)) {
        return Some(at);
    }
    if to == from + 3 && is_owner_before(word(from), lang) && is_given(word(from + 1)) && !is_patronymic(word(to - 1)) {
        let is_alone = !is_given(word(from)) && !in_a_case && !is_given(word(to - 1));
        let are_spaced = sheet.is_spaced(from + 1) && sheet.is_spaced(from + 2);
        if is_alone && are_spaced {
            return Some(from + 1);
        }
    }
    // *Donalda Tuska Małgorzata Tusk*: two given names, each with a surname that is no given name.
    let may_be_given =
        |at: usize| is_given(word(at)) || names::base_forms(word(at), Some(lang)).iter().any(|base| is_given(base));
    // German and its like put two people side by side: *gab Anna Klein Karl Weber bekannt*. The lists of names have
    // surnames such as *Klein* among given names; the one by sex does not.
    let has_sex = |at: usize| sex_of(word(at), lang).is_some();
    if matches!(lang, "de" | "nl" | "sv" | "da" | "no" | "nb")
        && to == from + 4
        && has_sex(from)
        && !has_sex(from + 1)
        && has_sex(from + 2)
        && !has_sex(from + 3)
        && (from..to - 1).all(|at| sheet.is_spaced(at + 1))
    {
        return Some(from + 2);
    }
    if IN_CASES.contains(&lang)
        && to == from + 4
        && may_be_given(from)
        && !may_be_given(from + 1)
        && is_given(word(from + 2))
        && !may_be_given(from + 3)
        && (from..to - 1).all(|at| sheet.is_spaced(at + 1))
    {
        return Some(from + 2);
    }
    // The first goes on to a word that begins a name as it stands.
    let begins = |at: usize| {
        let next = word(at);
        match lang {
            "hu" => true,
            _ => own(next) & GIVEN != 0 || at + 1 == to && known::lookup(kind, next).next().is_some(),
        }
    };
    let last_of_first = (from..to - 1).find(|at| is_oblique(*at) && is_case(*at) && begins(at + 1))?;
    (!names::is_oblique(word(last_of_first + 1), lang)).then_some(last_of_first + 1)
}

/// Tells whether a word may be the surname, in the genitive, of whom the person behind it belongs to: *адвокат
/// Кузнецова Андрей Грач*, *żona Nowickiego Maria Sowa*. Where Slavic copy writes the surname first, as lists
/// do, a patronymic or nothing ends the name.
fn is_owner_before(word: &str, lang: &str) -> bool {
    const ENDINGS: &[(&str, &[&str])] = &[
        ("ru", &["ова", "ева", "ёва", "ина", "ына", "ого", "его", "овой", "евой", "иной"]),
        ("uk", &["ова", "єва", "ева", "іна", "ина", "ого", "енка", "ука", "юка", "ака", "ика", "ової", "євої"]),
        ("pl", &["skiego", "ckiego", "dzkiego", "ego", "skiej", "ckiej", "owej", "nej"]),
        ("cs", &["ského", "ckého", "ové"]),
        ("sk", &["ského", "ckého", "ovej"]),
    ];
    const LETTERS_MIN: usize = 5;
    let by_ending = ENDINGS.iter().any(|(of, endings)| *of == lang && endings.iter().any(|e| word.ends_with(e)));
    let own = |word: &str| super::flags_of(hash::phrase(EMPTY_PHRASE, hash::of(&fold(word))));
    let is_surname = |word: &str| own(word) & SURNAME != 0 || known::lookup(EntityKind::Person, word).next().is_some();
    let is_declined = IN_CASES.contains(&lang) && names::base_forms(word, Some(lang)).iter().any(|w| is_surname(w));
    let is_long = word.chars().count() >= LETTERS_MIN;
    // A surname that no case changes stands before a given name for the same: *Собчак Сергей Грач*.
    is_long && (by_ending || is_declined || matches!(lang, "ru" | "uk") && is_surname(word))
}

/// Tells whether a word is called after a father's given name, which ends a name that begins with the surname.
fn is_patronymic(word: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "ович",
        "евич",
        "овна",
        "евна",
        "ична",
        "инична",
        "йович",
        "івна",
        "ївна",
        "оглы",
        "кызы",
        "овича",
        "евича",
        "ильич",
    ];
    let folded = word.to_lowercase();
    ENDINGS.iter().any(|ending| folded.ends_with(ending))
}

/// Returns where a country begins whose name was read as two: *Democratic Republic of Congo*.
pub(super) fn country_of_two(
    text: &str,
    sheet: &Sheet<'_>,
    before: (usize, usize, EntityKind),
    name: (usize, usize, EntityKind),
) -> Option<usize> {
    const BETWEEN_MAX: usize = 2;
    let (from, end, kind) = before;
    let between = name.0.checked_sub(end).filter(|n| (1..=BETWEEN_MAX).contains(n))?;
    let is_small = (end..end + between).all(|at| sheet.traits[at].case == Case::Lower);
    if kind == EntityKind::Person || !is_small {
        return None;
    }
    let whole = text.get(sheet.tokens[from].start as usize..sheet.tokens[name.1 - 1].end as usize)?;
    places::sure_country(whole).map(|_| from)
}

/// Returns where a country's name ends of which a bracket is part: `刚果（金）`.
pub(super) fn country_with_bracket(text: &str, sheet: &Sheet<'_>, from: usize, to: usize) -> Option<usize> {
    const WITH_BRACKET: usize = 3;
    let end = to + WITH_BRACKET;
    let of = |from: usize, to: usize| {
        text.get(sheet.tokens.get(from)?.start as usize..sheet.tokens.get(to.checked_sub(1)?)?.end as usize)
    };
    (of(to, to + 1)? == "（" && of(end - 1, end)? == "）").then_some(())?;
    places::sure_country(of(from, end)?).map(|_| end)
}

/// Takes the noun away that a well-known person's genitive was read together with: *Macrons Brief*.
pub(super) fn owner_alone(
    text: &str,
    sheet: &Sheet<'_>,
    lang: &str,
    name: (usize, usize, EntityKind),
) -> (usize, usize, EntityKind) {
    let (from, to, kind) = name;
    let of = |from: usize, to: usize| &text[sheet.tokens[from].start as usize..sheet.tokens[to - 1].end as usize];
    let is_owner = kind == EntityKind::Person
        && to == from + 2
        && lang == "de"
        && sheet.is_spaced(from + 1)
        && sheet.traits[from].flags & GIVEN == 0
        && is_case_of_known(of(from, from + 1), lang)
        && known::lookup(kind, of(from, to)).next().is_none();
    if is_owner { (from, from + 1, kind) } else { name }
}

/// Makes a person of what French calls by where somebody is from: *la Bernoise Flavia Wasserfallen*.
pub(super) fn person_behind_demonym(
    sheet: &Sheet<'_>,
    lang: &str,
    name: (usize, usize, EntityKind),
) -> (usize, usize, EntityKind) {
    let (from, to, kind) = name;
    let flags = |at: usize| sheet.traits[at].flags;
    let is_person = kind == EntityKind::Org
        && lang == "fr"
        && to == from + 3
        && flags(from) & DEMONYM != 0
        && flags(from + 1) & GIVEN != 0
        && (from + 1..to).all(|at| flags(at) & (ORG | ORG_HEAD | LEGAL) == 0 && sheet.is_spaced(at));
    if is_person { (from + 1, to, EntityKind::Person) } else { name }
}
