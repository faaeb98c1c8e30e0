//! What the words beside a mention and its own make of it, by `data/no_names.tsv`.
//!
//! For [`super::mentions`] and [`super::document`].

use super::hash::{self, EMPTY_PHRASE};
use super::lexicon::{Flags, GIVEN, LEGAL, NAME, ORG_HEAD, ROLE, SPEECH, SURNAME, TITLE};
use crate::data::function_words;
use crate::data::given_names::sex_of;
use crate::data::no_names::Word;
use crate::data::{known, places};
use crate::names;
use crate::story::{EntityKind, Span};
use crate::text::fold;

/// Languages of which the recogniser has learned what begins a sentence.
const LEARNED: [&str; 16] =
    ["fr", "en", "es", "de", "it", "pt", "nl", "ru", "uk", "ar", "fa", "tr", "pl", "zh", "ja", "ko"];
/// Letters of a function word that is taken for no name, fewest.
const FUNCTION_CHARS_MIN: usize = 3;
/// Letters of the longest Vietnamese syllable.
const SYLLABLE_CHARS_MAX: usize = 7;

/// Tells whether a relative stands before a given name: *his son Austin*, *su hijo Santiago*.
pub(super) fn is_behind_kin(text: &str, mention: Span, lang: &str) -> bool {
    let name = mention.of(text);
    let is_one = !name.contains(char::is_whitespace) && places::sure_country(name).is_none();
    is_one && is_called_kin(text, mention, lang)
}

/// Tells whether a relative's word stands before a name, a full one too: *his daughter Anne Duval*.
pub(super) fn is_called_kin(text: &str, mention: Span, lang: &str) -> bool {
    word_before(text, mention).is_some_and(|word| Word::Kin.has(word, lang))
}

/// Tells whether a street, a school, a ship or a plan bears the name: *le lycée Victor-Hugo*, *il Piano Mattei*.
pub(super) fn is_of_building(text: &str, mention: Span, lang: &str) -> bool {
    let is_long = mention.of(text).contains([' ', '-']);
    let first = mention.of(text).split_once(' ').map(|(first, _)| first);
    // *Al piano Stefano Bollani*: he plays it.
    let before = word_before(text, unmarked(text, mention)).filter(|word| *word != "piano");
    is_long && [first, before].into_iter().flatten().any(|word| Word::Building.has(word, lang))
}

/// Tells whether a mention is no name but what begins a sentence or a title: *Tämä*, *Chủ tịch*.
pub(super) fn is_plain(name: &str, lang: &str) -> bool {
    let is_function = || {
        let lower = name.to_lowercase();
        let of = |number| {
            function_words::languages_of(number).iter().any(|l| function_words::codes()[usize::from(*l)] == lang)
        };
        !LEARNED.contains(&lang)
            && name.chars().count() >= FUNCTION_CHARS_MIN
            && name.chars().skip(1).all(char::is_lowercase)
            && function_words::number_of(&lower).is_some_and(of)
            && flags(name) & (GIVEN | SURNAME | NAME) == 0
            && known::lookup(EntityKind::Person, name).next().is_none()
    };
    let is_acronym = name.chars().all(char::is_uppercase);
    !is_acronym && (Word::Plain.has(name, lang) || is_function())
}

/// Tells whether a word is what somebody is called after where they are from: *Briton*, *Holendra*.
pub(super) fn is_inhabitant(name: &str, lang: &str) -> bool {
    let is = |word: &str| Word::Inhabitant.has(word, lang);
    is(name) || names::base_forms(name, Some(lang)).iter().any(|base| is(base))
}

/// Tells whether what was read as a person cannot be one where names begin with one of few surnames: `Phó Cục`.
pub(super) fn is_no_vietnamese(name: &str, lang: &str) -> bool {
    let is_own_letter = |c: char| matches!(c, 'ă' | 'ơ' | 'ư' | 'đ' | 'Ă' | 'Ơ' | 'Ư' | 'Đ' | '\u{1EA0}'..='\u{1EF9}');
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    // No syllable is longer; *Velinski* is a foreign surname alone.
    let is_syllable = !name.contains(' ') && name.chars().count() <= SYLLABLE_CHARS_MAX;
    let is_small = name.starts_with(char::is_lowercase) || is_syllable;
    let mut words = name.split(' ');
    let begins = words.next().is_some_and(|first| Word::Surname.has(first, lang));
    let is_full = begins && words.clone().next().is_some() && words.all(is_capital);
    lang == "vi"
        && (name.contains(is_own_letter) || is_small)
        && !is_full
        && known::lookup(EntityKind::Person, name).next().is_none()
}

/// Tells whether a word behind which a player or a guest stands and seldom a place comes before a mention: *con
/// Mayoral*, *with Haaland*.
pub(super) fn is_behind_with(text: &str, mention: Span, lang: &str) -> bool {
    const WITH: [(&str, &[&str]); 7] = [
        ("es", &["con", "contra"]),
        ("it", &["con", "contro"]),
        ("pt", &["com", "contra", "para"]),
        ("fr", &["avec", "contre"]),
        ("en", &["with", "against"]),
        ("de", &["mit", "gegen"]),
        ("nl", &["met", "tegen"]),
    ];
    let words = WITH.iter().find(|(of, _)| *of == lang).map_or(&[] as &[&str], |(_, words)| words);
    word_before(text, mention).is_some_and(|word| words.contains(&word.to_lowercase().as_str()))
}

/// Tells whether what only firms have stands beside a mention: *Ferrari shares*, *les actions Ferrari*.
pub(super) fn is_before_shares(text: &str, mention: Span, lang: &str) -> bool {
    const BEHIND: [&str; 10] =
        ["shares", "stock", "factory", "plant", "plants", "employees", "dealers", "aktie", "aktien", "aandelen"];
    const BEFORE: [&str; 9] = ["action", "actions", "azioni", "titolo", "acciones", "ações", "akcje", "акции", "акций"];
    let behind = text.get(mention.end as usize..).and_then(|behind| behind.strip_prefix([' ', '-'])).unwrap_or("");
    let next = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
    BEHIND.contains(&next.as_str()) && matches!(lang, "en" | "de" | "nl")
        || word_before(text, mention).is_some_and(|word| BEFORE.contains(&word.to_lowercase().as_str()))
}

/// Tells whether a mention is where a sentence begins, and a comma behind it: *Em Moura, a seca*.
pub(super) fn is_where_it_begins(text: &str, mention: Span, lang: &str) -> bool {
    const IN: [(&str, &str); 8] =
        [("pt", "Em"), ("es", "En"), ("it", "A"), ("fr", "À"), ("en", "In"), ("de", "In"), ("nl", "In"), ("ca", "A")];
    let is_in = |word: &str| IN.iter().any(|(of, own)| *of == lang && *own == word);
    text[mention.end as usize..].starts_with(',') && word_before(text, mention).is_some_and(is_in)
}

/// Tells whether Spanish sources are spoken of, and nobody called Fuentes: *Fuentes judiciales*, *Fuentes del Gobierno*.
pub(super) fn is_spanish_source(text: &str, mention: Span, lang: &str) -> bool {
    if !matches!(lang, "es" | "ca" | "gl") || mention.of(text) != "Fuentes" {
        return false;
    }
    let behind = text[mention.end as usize..].strip_prefix(' ').unwrap_or("");
    let next = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    next.starts_with(char::is_lowercase)
        && (matches!(next, "de" | "del") || next.ends_with("es") || next.ends_with("as"))
}

/// Tells whether what firms are stands before a full name: *retailer Laura Ashley*, *shares in Ted Baker*.
pub(super) fn is_firm(text: &str, mention: Span, lang: &str) -> bool {
    const SHARES: [&str; 6] = ["shares in ", "shares of ", "actions de ", "acciones de ", "azioni di ", "ações da "];
    const SHARES_CHARS_MAX: usize = "acciones de ".len();
    let is_long = mention.of(text).contains(' ');
    let before = &text[..mention.start as usize];
    let is_of_shares = || {
        let from = before.char_indices().rev().nth(SHARES_CHARS_MAX - 1).map_or(0, |(at, _)| at);
        let near = before[from..].to_lowercase();
        SHARES.iter().any(|shares| near.ends_with(shares))
    };
    let firm = word_before(text, mention).filter(|word| Word::Firm.has(word, lang));
    is_long
        && (firm.is_some_and(|firm| !is_behind_head(before, firm, mention.of(text), lang))
            || before.ends_with(' ') && is_of_shares()
            || lang == "en" && has_results(&text[mention.end as usize..]))
}

/// Tells whether whoever heads a firm stands before it, and a given name behind: *директор компании Александр
/// Шевелев*. Languages that have an article or a comma between write of the firm.
fn is_behind_head(before: &str, firm: &str, name: &str, lang: &str) -> bool {
    let before = before.trim_end().strip_suffix(firm).unwrap_or(before).trim_end();
    let head = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let given = name.split(' ').next().unwrap_or("");
    let is_given = flags(given) & GIVEN != 0 || sex_of(given, lang).is_some();
    is_given && !head.is_empty() && flags(head) & (ROLE | TITLE) != 0
}

/// Tells whether a firm's results follow: *reported a loss*, *posted a 5 pct rise in profit*.
fn has_results(behind: &str) -> bool {
    const WORDS_MAX: usize = 7;
    const RESULTS: [&str; 8] = ["loss", "losses", "profit", "profits", "earnings", "revenue", "revenues", "turnover"];
    let rest = [" reported ", " posted ", " swung to "].iter().find_map(|verb| behind.strip_prefix(verb));
    let Some(rest) = rest else { return false };
    let sentence = rest.split(['.', ',', ';', '\n']).next().unwrap_or("");
    let mut words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.by_ref().take(WORDS_MAX).any(|word| RESULTS.contains(&word))
}

/// Tells whether a French name is a body's that begins with the country: *France Télévisions*. *France Gall* is a singer.
pub(super) fn is_french_body(name: &str, lang: &str) -> bool {
    let Some(("France", rest)) = name.split_once(' ').filter(|_| lang == "fr") else { return false };
    let is_word = |word: &str| flags(word) & (SURNAME | NAME | GIVEN) == 0 && word.starts_with(char::is_uppercase);
    rest.split(' ').next().is_some_and(is_word)
}

/// A mention with the mark that opens before it: *el buque "Juan Carlos I"*.
fn unmarked(text: &str, mention: Span) -> Span {
    let before = &text[..mention.start as usize];
    let mark = before.chars().next_back().filter(|c| matches!(c, '"' | '“' | '«' | '„' | '\'' | '‘'));
    Span { start: mention.start - mark.map_or(0, |c| u32::try_from(c.len_utf8()).unwrap_or(0)), end: mention.end }
}

/// Tells whether *Nato* begins an Italian sentence on somebody who was born: *Nato a Ferrara nel 1914*.
pub(super) fn is_italian_birth(text: &str, mention: Span, lang: &str) -> bool {
    const FOLLOWS: [&str; 16] = [
        "a", "ad", "in", "il", "nel", "nell", "nella", "l", "da", "sotto", "come", "e", "dalla", "sulle", "negli",
        "nei",
    ];
    const WORDS_MAX: usize = 2;
    if lang != "it" || !matches!(mention.of(text), "Nato" | "NATO") {
        return false;
    }
    let before = text[..mention.start as usize].trim_end_matches([' ', '\n', '"', '«', '“']);
    let begins = before.is_empty() || before.ends_with(['.', '!', '?', ':', ')', '-', '–', '—']);
    let mut behind = text[mention.end as usize..].split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let next: Vec<&str> = behind.by_ref().take(WORDS_MAX).collect();
    // *Nato e Ue sono d'accordo*: two bodies.
    let is_of_two = next.first() == Some(&"e") && next.get(1).is_some_and(|w| w.starts_with(char::is_uppercase));
    begins && !is_of_two && next.first().is_some_and(|w| FOLLOWS.contains(&w.to_lowercase().as_str()))
}

/// Tells whether a verb of saying stands before a mention: *ocenił Włoch*.
pub(super) fn is_behind_verb_of_saying(text: &str, mention: Span) -> bool {
    word_before(text, mention).is_some_and(|word| flags(word) & SPEECH != 0)
}

/// Tells whether a verb of saying stands right before or behind a mention.
pub(super) fn is_beside_verb_of_saying(text: &str, mention: Span) -> bool {
    let behind = text[mention.end as usize..].strip_prefix(' ').unwrap_or("");
    let next = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    is_behind_verb_of_saying(text, mention) || next.starts_with(char::is_lowercase) && flags(next) & SPEECH != 0
}

/// Tells whether what was read as a body or a place is somebody, by a given name and what only people do or are beside
/// it: *disse Conceição Porto*, *Neide Natal, de 34 anos,*.
pub(super) fn is_somebody(text: &str, mention: Span, lang: &str) -> bool {
    let name = mention.of(text);
    let mut words = name.split(' ');
    let is_given = words.next().is_some_and(|given| sex_of(given, lang).is_some());
    let is_plain = |word: &str| word.starts_with(char::is_uppercase) && flags(word) & (ORG_HEAD | LEGAL) == 0;
    let mut rest = words.clone();
    let is_name = is_given && rest.clone().count() == 1 && rest.all(is_plain);
    if !is_name || known::lookup(EntityKind::Org, name).next().is_some() || places::lookup(name).next().is_some() {
        return false;
    }
    is_beside_verb_of_saying(text, mention) || is_before_age(&text[mention.end as usize..])
}

/// Tells whether an age follows: *, 34,*, *, de 34 anos*, *, 34 ans*.
fn is_before_age(behind: &str) -> bool {
    let Some(rest) = behind.strip_prefix(", ") else { return false };
    let rest = rest.strip_prefix("de ").or_else(|| rest.strip_prefix("di ")).unwrap_or(rest);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let behind = rest.get(digits..).unwrap_or("");
    const UNITS: [&str; 6] = [" ans", " años", " anos", " anni", " Jahre", " jaar"];
    (1..=2).contains(&digits) && (behind.starts_with([',', ';']) || UNITS.iter().any(|unit| behind.starts_with(unit)))
}

/// What a word is known as in any language.
fn flags(word: &str) -> Flags {
    super::flags_of(hash::phrase(EMPTY_PHRASE, hash::of(&fold(word))))
}

/// The word that one blank parts from a mention behind it.
fn word_before(text: &str, mention: Span) -> Option<&str> {
    let before = text.get(..mention.start as usize)?.strip_suffix([' ', '\u{A0}'])?;
    let start = before
        .rfind(|c: char| !c.is_alphabetic() && c != '-')
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    before.get(start..).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{
        is_behind_kin, is_firm, is_inhabitant, is_italian_birth, is_no_vietnamese, is_of_building, is_plain,
        is_spanish_source, is_where_it_begins,
    };
    use crate::story::Span;

    fn span(text: &str, name: &str) -> Span {
        let at = text.find(name).expect("a part of the text");
        Span::new(at, at + name.len())
    }

    #[test]
    fn a_given_name_stands_behind_a_relative() {
        let is = |text: &str, name: &str, lang: &str| is_behind_kin(text, span(text, name), lang);
        assert!(is("his son Austin came", "Austin", "en") && is("su hijo Santiago murió", "Santiago", "es"));
        assert!(!is("his son in Austin", "Austin", "en") && !is("Mother Russia", "Russia", "en"));
    }

    #[test]
    fn what_bears_a_name_is_nobody() {
        let is = |text: &str, name: &str, lang: &str| is_of_building(text, span(text, name), lang);
        assert!(is("le lycée Victor-Hugo", "Victor-Hugo", "fr") && is("in piazza Aldo Moro", "Aldo Moro", "it"));
        assert!(is("il Piano Mattei", "Piano Mattei", "it") && !is("al piano Ugo Fonte", "Ugo Fonte", "it"));
        assert!(!is("au lycée, Victor Hugo", "Victor Hugo", "fr") && !is("la rue Hugo", "Hugo", "fr"));
    }

    #[test]
    fn a_vietnamese_name_begins_with_a_surname() {
        let is_none = |name: &str| is_no_vietnamese(name, "vi");
        assert!(is_none("Phó Cục") && is_none("Ngoại") && is_none("Nguyễn") && is_none("ký Liên"));
        assert!(
            !is_none("Trần Thị Hoa") && !is_none("Marko Velinski") && !is_none("Velinski") && !is_none("José Peralta")
        );
    }

    #[test]
    fn a_firm_may_be_called_after_somebody() {
        let firm = |text: &str, name: &str| is_firm(text, span(text, name), "en");
        assert!(firm("Retailer Laura Ashley closed", "Laura Ashley") && firm("Shares in Ted Baker fell", "Ted Baker"));
        assert!(!firm("Designer Laura Ashley died", "Laura Ashley"));
        assert!(is_of_building(
            "The tanker Maria Lopez sank",
            span("The tanker Maria Lopez sank", "Maria Lopez"),
            "en"
        ));
        let text = "El buque \"Juan Carlos I\" zarpó";
        assert!(is_of_building(text, span(text, "Juan Carlos I"), "es"));
    }

    #[test]
    fn who_heads_a_firm_is_no_firm() {
        let firm = |text: &str, name: &str, lang: &str| is_firm(text, span(text, name), lang);
        let head = "заявил генеральный директор компании Александр Шевелев";
        assert!(!firm(head, "Александр Шевелев", "ru"));
        assert!(!firm("Prezes firmy Jan Kowalski mówi", "Jan Kowalski", "pl"));
        assert!(firm("акции компании Северный Ветер", "Северный Ветер", "ru"));
        assert!(firm("Ted Baker reported a first-half loss", "Ted Baker", "en"));
        assert!(!firm("Mary Jones reported a theft", "Mary Jones", "en"));
    }

    #[test]
    fn towns_and_sources_at_the_head_of_a_sentence() {
        let begins = |text: &str, name: &str, lang: &str| is_where_it_begins(text, span(text, name), lang);
        assert!(begins("Em Moura, a seca foi grave.", "Moura", "pt"));
        assert!(!begins("Confiança em Moura, disse.", "Moura", "pt") && !begins("Em Moura a seca", "Moura", "pt"));
        let source = |text: &str| is_spanish_source(text, span(text, "Fuentes"), "es");
        assert!(source("Fuentes judiciales lo confirman") && source("Fuentes del Gobierno"));
        assert!(!source("Fuentes negó todo") && !source("Fuentes, juez"));
    }

    #[test]
    fn nato_may_be_born() {
        for (text, is_birth) in [
            ("Nato a Ferrara nel 1914, scrisse romanzi.", true),
            ("Morì nel 2000. Nato nel 1920, visse a Roma.", true),
            ("La Nato a Bruxelles ha deciso.", false),
            ("Nato e Ue sono d'accordo.", false),
        ] {
            assert_eq!(is_italian_birth(text, span(text, "Nato"), "it"), is_birth, "{text}");
        }
    }

    #[test]
    fn words_that_are_no_names() {
        assert!(is_plain("Tämä", "fi") && is_plain("Tai", "lt") && !is_plain("Ja", "fi"));
        assert!(!is_plain("Will", "en") && !is_plain("TAI", "lt"));
        assert!(is_inhabitant("Holender", "pl") && is_inhabitant("Serba", "pl") && !is_inhabitant("Nowak", "pl"));
    }
}
