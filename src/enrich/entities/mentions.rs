//! The mentions of a labelled text: each with its kind, its words and how full it is.
//!
//! What the labels leave is put right: names that were read as one are parted ([`parted`]), those that were read
//! as two joined ([`joined`]), titles before them left out, and what is the desk's own word is none
//! ([`desk`]); one name has one kind ([`kinds`]).

use super::labels;
use super::lexicon::{COMMON, FUNCTION, GIVEN, PLACES, ROLE, TITLE};
use super::tokens::Join;
use super::traits::{Case, Sheet, is_name};
use super::unspaced;
use super::{arabic, called, desk, dutch, joined, kinds, neighbours, parted, towns};
use crate::data::no_names::Word;
use crate::data::quoting::Class;
use crate::data::{continents, places};
use crate::story::{EntityKind, Span};
use crate::text::{fold, stands_alone, words};

/// A name by the acronym behind it in brackets.
pub(super) const ACRONYM: &str = "entities/acronym-in-brackets";
/// A name by what somebody is said to be called beside it: *alias*, *known as*.
pub(super) const ALIAS: &str = "entities/alias";

/// A mention of a bearer.
pub(super) struct Mention {
    pub(super) span: Span,
    pub(super) kind: EntityKind,
    pub(super) words: Vec<String>,
    /// How full it is, as [`fullness`] says; twice its characters where there are no spaces.
    pub(super) length: usize,
    /// Whether the tables have it where no capitals tell names.
    pub(super) listed: bool,
    /// Whether it is a given name that stands alone behind its title: *Prince William*.
    pub(super) regnal: bool,
    /// The mention before it that this one is another name of: its acronym, its alias.
    pub(super) other_name_of: Option<(usize, &'static str)>,
}

/// Returns the names of a labelled text, titles before them left out.
pub(super) fn mentions(text: &str, lang: &str, sheet: &Sheet<'_>, labels: &[u8]) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    let mut last_end = 0;
    let divided = |name: (usize, usize, EntityKind)| {
        let (from, to, kind) = name;
        if let Some(at) = parted::join_of_two(text, sheet, name) {
            return [Some((from, at, kind)), Some((at + 1, to, kind))];
        }
        if let Some(at) = parted::country_before_person(text, sheet, name) {
            return [Some((from, at, EntityKind::Place)), Some((at, to, kind))];
        }
        let body = parted::body_before_person(text, sheet, name)
            .or_else(|| parted::body_in_a_case_before_person(text, sheet, lang, name));
        if let Some((at, body)) = body {
            return [Some((from, at, body)), Some((at, to, EntityKind::Person))];
        }
        if let Some((at, site)) = parted::site_behind_person(text, sheet, lang, name) {
            return [Some((from, at, kind)), Some((at, to, site))];
        }
        if let Some(at) = parted::second_person(text, sheet, lang, name) {
            return [Some((from, at, kind)), Some((at, to, kind))];
        }
        match parted::country_beside_person(text, sheet, lang, name) {
            Some((at, true)) => [Some((from, at, EntityKind::Place)), Some((at, to, kind))],
            Some((at, false)) => [Some((from, at, kind)), Some((at, to, EntityKind::Place))],
            None => [Some(name), None],
        }
    };
    let all: Vec<_> = labels::names(labels)
        .map(|name| if lang == "ar" { arabic::whole(text, sheet, labels, name) } else { name })
        .flat_map(|name| parted::divided_by_conjunctions(text, sheet, name))
        .map(|name| parted::owner_alone(text, sheet, lang, name))
        .map(|name| parted::person_behind_demonym(sheet, lang, name))
        .flat_map(divided)
        .flatten()
        .collect();
    let all = towns::with_given_names(text, sheet, with_inflected(text, lang, sheet, all));
    let all = towns::with_what_it_is_of(text, sheet, lang, all);
    let all = if lang == "ar" { arabic::with_lists(text, sheet, all) } else { all };
    let all = if lang == "nl" { dutch::with_whole_names(text, sheet, all) } else { all };
    // Where aliases stand in the list: few stories have any.
    let mut aliases: Vec<usize> = Vec::new();
    for (mut from, mut to, mut kind) in joined::all(text, sheet, all) {
        if from < last_end {
            // A part of the name before it.
            continue;
        }
        // *[정정] 윤 대통령*: a bracket that is closed in a name is none of it.
        if let Some(at) = (from..to - 1).rev().find(|at| matches!(mark(text, sheet, *at), "]" | "】")) {
            from = at + 1;
        }
        if kind != EntityKind::Place
            && let Some(start) = towns::state_in_genitive(text, sheet, lang, (from, to))
            && (kind == EntityKind::Person || start > from)
        {
            (from, kind) = (start, EntityKind::Place);
        }
        while from + 1 < to && !is_word(text, sheet, from) {
            from += 1;
        }
        while from + 1 < to && is_stroke(mark(text, sheet, to - 1)) {
            to -= 1;
        }
        if matches!(lang, "uk" | "be") {
            to = behind_apostrophes(text, sheet, to);
        }
        if kind == EntityKind::Person && from > last_end {
            from = match lang {
                "vi" => with_surname(text, sheet, (from, to)),
                _ => with_given_name(text, sheet, lang, (from, to)),
            };
        }
        while kind == EntityKind::Person && from + 1 < to && is_before_name(text, sheet, lang, (from, to)) {
            from += 1;
        }
        let first = Span { start: sheet.tokens[from].start, end: sheet.tokens[from].end };
        let is_cut = kind == EntityKind::Person && from + 1 < to && desk::is_state_behind_town(text, first);
        from += usize::from(is_cut);
        if kind == EntityKind::Person && to > from + 2 && is_desks_head(text, sheet, from) {
            from += 2;
        }
        if kind == EntityKind::Person {
            to = parted::end_before_quotation(text, sheet, (from, to));
            to = parted::end_before_body(text, sheet, lang, (from, to));
            to = parted::end_before_preposition(text, sheet, lang, (from, to));
        }
        while kind == EntityKind::Person
            && from + 1 < to
            && (is_title_behind(text, sheet, to - 1) || is_no_end(text, sheet, (from, to)))
        {
            to -= 1;
        }
        if kind == EntityKind::Person {
            to += syllable_behind(text, sheet, from, to);
        } else if let Some(end) = parted::country_with_bracket(text, sheet, from, to) {
            (to, kind) = (end, EntityKind::Place);
        }
        if kind == EntityKind::Person && from + 1 == to {
            let first = called::with_nickname(text, sheet, from);
            // What was read of it as a name of its own is a part of this one.
            while first < from && out.last().is_some_and(|m| m.span.start >= sheet.tokens[first].start) {
                out.pop();
            }
            aliases.retain(|at| *at < out.len());
            from = first;
        }
        let mut span = Span { start: sheet.tokens[from].start, end: sheet.tokens[to - 1].end };
        if kind == EntityKind::Person {
            span = unspaced::whole(text, span);
            span = called::with_opening_quote(text, span);
        }
        if kind == EntityKind::Person
            && (desk::is_company(span.of(text))
                || desk::is_known_body(span.of(text))
                || desk::is_body_in_a_case(text, sheet, (from, to), lang))
        {
            kind = EntityKind::Org;
        }
        if kind == EntityKind::Person
            && (neighbours::is_firm(text, span, lang) || neighbours::is_french_body(span.of(text), lang))
        {
            kind = EntityKind::Org;
        }
        if kind != EntityKind::Person && neighbours::is_somebody(text, span, lang) {
            kind = EntityKind::Person;
        }
        let is_single = from + 1 == to;
        if kind == EntityKind::Place && is_single && neighbours::is_behind_kin(text, span, lang) {
            kind = EntityKind::Person;
        }
        if kind == EntityKind::Place && is_single && is_player(text, sheet, lang, from) {
            kind = EntityKind::Person;
        }
        if kind == EntityKind::Person && is_single && desk::is_town_of_region(text, span) {
            kind = EntityKind::Place;
        }
        if kind == EntityKind::Place
            && (desk::makes_person(text, span) || is_single && desk::is_rather_person(span.of(text), lang))
        {
            kind = EntityKind::Person;
        }
        let folded = match kind {
            EntityKind::Person if lang == "ar" => parts(arabic::alone(span.of(text))),
            _ => parts(span.of(text)),
        };
        let before = out.last().filter(|before| before.kind == EntityKind::Person);
        let is_alias = before.is_some_and(|before| called::is_alias(text, before.span, span));
        let is_own_alias = |at: &usize| out[*at].words == folded && out[*at].kind != kind;
        if is_alias || aliases.iter().any(is_own_alias) {
            kind = EntityKind::Person;
        }
        // *Eric Abetz (Lib)*: a party, no place.
        let is_bracketed = last_end + 1 == from
            && before.is_some()
            && mark(text, sheet, from.wrapping_sub(1)) == "("
            && mark(text, sheet, to) == ")";
        let is_none = || {
            desk::is_none(text, sheet, (from, to), kind)
                || kind == EntityKind::Person && is_single && is_behind_state(text, sheet, from, is_cut)
                || neighbours::is_plain(span.of(text), lang)
                || neighbours::is_spanish_source(text, span, lang)
                || kind == EntityKind::Place && is_bracketed && is_label(span.of(text))
                || kind == EntityKind::Org && neighbours::is_italian_birth(text, span, lang)
                || kind == EntityKind::Person
                    && (neighbours::is_of_building(text, span, lang)
                        || neighbours::is_no_vietnamese(span.of(text), lang))
        };
        if folded.is_empty() || is_none() {
            continue;
        }
        let bracketed = from > 0
            && last_end + 1 == from
            && kind == EntityKind::Org
            && mark(text, sheet, from - 1) == "("
            && mark(text, sheet, to) == ")";
        let last = out.len().saturating_sub(1);
        let is_acronym = bracketed && out.last().is_some_and(|m| is_acronym_of(span.of(text), m));
        let other_name_of = match (is_acronym, is_alias) {
            (true, _) => Some((last, ACRONYM)),
            (_, true) => Some((last, ALIAS)),
            _ => None,
        };
        let listed = sheet.listed.binary_search_by_key(&from, |l| l.from);
        let listed = listed.is_ok_and(|at| sheet.listed[at].to == to && sheet.listed[at].kind == kind);
        let unspaced = span.of(text).chars().next().is_some_and(stands_alone);
        let length = if unspaced { 2 * span.of(text).chars().count() } else { fullness(&folded, kind) };
        let regnal = kind == EntityKind::Person && folded.len() == 1 && desk::is_behind_regnal_title(text, span);
        if is_alias {
            aliases.push(out.len());
        }
        out.push(Mention { span, kind, words: folded, length, listed, regnal, other_name_of });
        last_end = to;
    }
    kinds::settle(text, lang, sheet, &mut out);
    out
}

/// How full a name is: twice its words; initials, however many, are less than one word.
fn fullness(words: &[String], kind: EntityKind) -> usize {
    let initials = words.iter().filter(|word| kind == EntityKind::Person && is_initial(word)).count();
    2 * (words.len() - initials) + usize::from(initials > 0)
}

pub(super) fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
}

/// Adds the well-known people and places whose names stand alone in a case of languages that write names in
/// few others, where the model reads a noun: *Putins Sprecher*, *Macronin vierailu*, *Moskvast*.
fn with_inflected(
    text: &str,
    lang: &str,
    sheet: &Sheet<'_>,
    all: Vec<(usize, usize, EntityKind)>,
) -> Vec<(usize, usize, EntityKind)> {
    const LANGUAGES: [&str; 9] = ["de", "nl", "sv", "da", "no", "nb", "fi", "et", "hu"];
    if !LANGUAGES.contains(&lang) {
        return all;
    }
    let known_in_a_case = |at: usize| {
        let (token, traits) = (&sheet.tokens[at], &sheet.traits[at]);
        let next_joined = sheet.tokens.get(at + 1).is_some_and(|t| t.join != Join::Space && t.is_word);
        let is_name = token.is_word && token.join == Join::Space && !next_joined && traits.case == Case::Title;
        if !is_name || traits.flags & COMMON != 0 {
            return None;
        }
        let word = mark(text, sheet, at);
        let kind = match () {
            () if traits.flags & PLACES == 0 && desk::is_case_of_known(word, lang) => EntityKind::Person,
            () if desk::is_site(word, lang) => EntityKind::Place,
            () => return None,
        };
        Some((at, at + 1, kind))
    };
    let mut out: Vec<(usize, usize, EntityKind)> = Vec::with_capacity(all.len());
    let mut free = 0;
    for name in all {
        out.extend((free..name.0).filter_map(known_in_a_case));
        free = name.1.max(free);
        out.push(name);
    }
    out.extend((free..sheet.tokens.len()).filter_map(known_in_a_case));
    out
}

/// Returns the parts of a name that a mention may leave out, folded: its words; of Chinese
/// and Japanese names the characters, but not of those that write foreign sounds, whose
/// parts stand between dots.
fn parts(name: &str) -> Vec<String> {
    let foreign = name.contains(['\u{B7}', '\u{30FB}', '\u{FF65}']) || name.chars().all(is_katakana);
    let mut parts: Vec<String> = Vec::new();
    let mut end = 0;
    for word in words(name) {
        let folded = fold(&name[word.start..word.end]);
        let joins = foreign && word.start == end;
        match parts.last_mut().filter(|_| joins) {
            Some(last) => last.push_str(&folded),
            None => parts.push(folded),
        }
        end = word.end;
    }
    parts
}

fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9D}')
}

/// A token as it is printed; nothing beyond the last.
pub(super) fn mark<'a>(text: &'a str, sheet: &Sheet<'_>, at: usize) -> &'a str {
    sheet.tokens.get(at).map_or("", |t| &text[t.start as usize..t.end as usize])
}

/// Counts the tokens of a small syllable that a hyphen joins to a full name: *Park Chung-hee*.
fn syllable_behind(text: &str, sheet: &Sheet<'_>, from: usize, to: usize) -> usize {
    // What else a small word behind a hyphen says: *the Vladimir Putin-led bloc*.
    const NO_NAMES: [&str; 8] = ["led", "era", "style", "like", "born", "run", "lite", "aged"];
    const LETTERS_MAX: usize = 5;
    let (hyphen, next) = (mark(text, sheet, to), mark(text, sheet, to + 1));
    let parts = if hyphen == "-" { 2 } else { 1 };
    let small = if parts == 2 { next } else { hyphen };
    let joined = sheet.tokens.get(to).is_some_and(|t| parts == 2 || t.join == Join::Hyphen);
    let is_syllable = !small.is_empty()
        && small.len() <= LETTERS_MAX
        && small.bytes().all(|b| b.is_ascii_lowercase())
        && !NO_NAMES.contains(&small);
    let close = sheet
        .tokens
        .get(to + parts - 1)
        .is_some_and(|last| last.end as usize - small.len() == sheet.tokens[to - 1].end as usize + 1);
    if to - from >= 2 && joined && is_syllable && close { parts } else { 0 }
}

fn is_word(text: &str, sheet: &Sheet<'_>, at: usize) -> bool {
    sheet.tokens[at].is_word && !is_stroke(mark(text, sheet, at))
}

/// Where a Ukrainian name ends of which an apostrophe is a letter: *Дем'янюк*, *Куп’янськ*.
fn behind_apostrophes(text: &str, sheet: &Sheet<'_>, to: usize) -> usize {
    let is_part = |at: &usize| {
        let token = sheet.tokens.get(*at);
        token.is_some_and(|t| t.join == Join::Apostrophe) && mark(text, sheet, *at).starts_with(char::is_lowercase)
    };
    (to..).take_while(is_part).last().map_or(to, |last| last + 1)
}

/// Tells whether a token is the stroke that lengthens Arabic letters: by itself copy sets
/// it for a dash, `تهران ـ ایرنا`.
fn is_stroke(token: &str) -> bool {
    token.chars().all(|c| c == '\u{640}') && !token.is_empty()
}

/// Tells whether what begins a name is none of it: a title, a post, *according to* at the head of a sentence.
fn is_before_name(text: &str, sheet: &Sheet<'_>, lang: &str, name: (usize, usize)) -> bool {
    let (from, to) = name;
    if is_title(text, sheet, from) {
        return true;
    }
    let word = mark(text, sheet, from);
    let is_title = sheet.traits[from].case == Case::Title && sheet.is_spaced(from + 1);
    // *Донька Софія* at the head of a sentence. *Son Heung-min* and *Mari Alkatiri* are called so.
    if is_title
        && matches!(lang, "ru" | "uk" | "pl" | "cs")
        && Word::Kin.has(word, lang)
        && sheet.traits[from].flags & GIVEN == 0
    {
        return true;
    }
    // *Dunia Marko Velinski*; *Nhật Bản* before a foreign name.
    let is_rest = lang == "vi" && to >= from + 3 && !word.is_ascii() && mark(text, sheet, from + 1).is_ascii();
    if is_title && (is_rest && !Word::Surname.has(word, lang) || Word::Plain.has(word, lang)) {
        return true;
    }
    let folded = fold(word);
    let is_long = to >= from + 3 && is_title;
    // *Grek Efthymis Koulouris*; *minister van Staat Herman De Croo*.
    let is_rank = lang == "nl" && word == "Staat" && from > 0 && mark(text, sheet, from - 1) == "van";
    if is_long && (is_rank || Word::Inhabitant.has(word, lang)) {
        return true;
    }
    let is_head =
        Class::Post.has(&folded, lang) || Class::Source.has(&folded, lang) && sheet.traits[from + 1].flags & GIVEN != 0;
    is_long && is_head
}

/// Tells whether a word is no name but what begins the sentence behind a state: *Portland, Me. She*, *Kan. Crash*.
fn is_behind_state(text: &str, sheet: &Sheet<'_>, at: usize, is_cut: bool) -> bool {
    let (token, flags) = (sheet.tokens[at], sheet.traits[at].flags);
    let is_word = flags & FUNCTION != 0 || is_cut && !is_name(flags);
    is_word && desk::is_behind_state(text, Span { start: token.start, end: token.end })
}

/// The first token of a name whose given name was left out, for it is a word too: *Beat Grandjean*, *Pier Silvio X*.
fn with_given_name(text: &str, sheet: &Sheet<'_>, lang: &str, name: (usize, usize)) -> usize {
    const LANGUAGES: [&str; 3] = ["de", "fr", "it"];
    const FIRST: [&str; 4] = ["Beat", "Urs", "Reto", "Pier"];
    let (from, to) = name;
    let is_cut = to <= from + 2
        && LANGUAGES.contains(&lang)
        && sheet.is_spaced(from)
        && FIRST.contains(&mark(text, sheet, from - 1))
        && sheet.traits[from].case == Case::Title;
    if is_cut { from - 1 } else { from }
}

/// Tells whether a word is on no list of places and stands where teams name their players: *con Mayoral*.
fn is_player(text: &str, sheet: &Sheet<'_>, lang: &str, at: usize) -> bool {
    let (token, traits) = (sheet.tokens[at], &sheet.traits[at]);
    let word = mark(text, sheet, at);
    let is_unlisted = traits.flags & PLACES == 0 && traits.case == Case::Title && places::lookup(word).next().is_none();
    is_unlisted
        && !continents::is_continent(word)
        && neighbours::is_behind_with(text, Span { start: token.start, end: token.end }, lang)
}

/// Tells whether a name begins with what a sign-off says of its bearer: *Edição de Ana Lobo*.
fn is_desks_head(text: &str, sheet: &Sheet<'_>, at: usize) -> bool {
    const HEADS: [&str; 8] =
        ["Edição", "Reportagem", "Tradução", "Edición", "Reporte", "Redacción", "Traducción", "Redazione"];
    HEADS.contains(&mark(text, sheet, at)) && matches!(mark(text, sheet, at + 1), "de" | "por" | "di")
}

/// The first token of a Vietnamese name whose surname was left out: *Trần* of *Trần Thị Hoa*.
fn with_surname(text: &str, sheet: &Sheet<'_>, name: (usize, usize)) -> usize {
    let (from, _) = name;
    let is_surname = |at: usize| Word::Surname.has(mark(text, sheet, at), "vi");
    let is_cut = !is_surname(from) && is_surname(from - 1) && sheet.is_spaced(from);
    if is_cut { from - 1 } else { from }
}

/// Tells whether a token is a title that the name behind it can do without.
fn is_title(text: &str, sheet: &Sheet<'_>, at: usize) -> bool {
    let traits = &sheet.traits[at];
    let next_joined = sheet.tokens.get(at + 1).is_some_and(|t| t.join != Join::Space);
    traits.flags & TITLE != 0
        && !next_joined
        && match traits.case {
            Case::Lower => true,
            // Where no capitals tell, a title may be a given name as well: *Sardar*.
            Case::Caseless => !is_name(traits.flags),
            Case::None | Case::Title | Case::Upper | Case::Mixed => {
                mark(text, sheet, at).ends_with('.') && !is_name(traits.flags)
            }
        }
}

/// Tells whether what stands in brackets behind somebody is a party's label in a table of results. Tables of sports have
/// countries there: *(Ita)*, and *(Ind)* may be either.
fn is_label(name: &str) -> bool {
    const PARTIES: [&str; 13] =
        ["Lib", "Lab", "Con", "Grn", "ALP", "LNP", "Nat", "LD", "SNP", "DUP", "NDP", "Dem", "Rep"];
    PARTIES.contains(&name)
}

/// Tells whether the last word of a person's name is none: a small word behind capitals, *Петкова каза*, or the
/// preposition that Arabic writes before a name in brackets, `إبراهيم نصر الله لـ`.
fn is_no_end(text: &str, sheet: &Sheet<'_>, (from, to): (usize, usize)) -> bool {
    const PREPOSITION: &str = "لـ";
    let (first, last) = (&sheet.traits[from], &sheet.traits[to - 1]);
    let is_small = last.case == Case::Lower && sheet.is_spaced(to - 1);
    is_small && matches!(first.case, Case::Title | Case::Upper) || mark(text, sheet, to - 1) == PREPOSITION
}

/// Tells whether a character is the end of a Chinese or Japanese title behind a name.
fn is_title_behind(text: &str, sheet: &Sheet<'_>, at: usize) -> bool {
    sheet.traits[at].flags & (TITLE | ROLE) != 0
        && !is_name(sheet.traits[at].flags)
        && mark(text, sheet, at).chars().next().is_some_and(stands_alone)
}

/// Tells whether capitals in brackets are the first letters of the words before them, or
/// of some, in order.
fn is_acronym_of(acronym: &str, name: &Mention) -> bool {
    let letters: Vec<char> = fold(acronym).chars().filter(|c| c.is_alphanumeric()).collect();
    if name.kind != EntityKind::Org || name.words.len() < 2 || letters.len() < 2 || acronym.contains(' ') {
        return false;
    }
    let mut initials = name.words.iter().filter_map(|w| w.chars().next());
    let met = letters.iter().filter(|c| initials.any(|i| i == **c)).count();
    met >= 2 && met * 2 >= letters.len().min(name.words.len())
}
