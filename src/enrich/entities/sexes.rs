//! Men and women of one surname: *Mrs. Lindgren* is nobody whom the story calls *John W. Lindgren*.

use super::flags_of;
use super::hash::{self, EMPTY_PHRASE};
use super::lexicon::SPEECH;
use crate::data::callings::Callings;
use crate::data::given_names::{Sex, sex_of};
use crate::story::Span;
use crate::text::fold;

/// What the words beside a name say of its bearer: a title or a relative's word before it (*Mrs*, `la signora`), the verb
/// of saying of a language whose past has a sex (*powiedziała Nowak*).
pub(super) fn beside(text: &str, mention: Span, lang: &str) -> Option<Sex> {
    let before = text[..mention.start as usize].trim_end_matches([' ', '\u{A0}', '\n']);
    let before = before.strip_suffix('.').unwrap_or(before);
    let word = before.rsplit(|c: char| !c.is_alphabetic() && c != '.').next().unwrap_or("");
    // *Will miss Thatcher*; titles of English have capitals.
    let is_verb = lang == "en" && word == "miss";
    let called = Callings::of_word(word, lang).filter(|_| !is_verb).and_then(Callings::is_womans);
    if let Some(is_womans) = called {
        return Some(if is_womans { Sex::Woman } else { Sex::Man });
    }
    let behind = text[mention.end as usize..].trim_start_matches(' ');
    let next = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    [word, next].into_iter().find_map(|verb| of_verb(verb, lang))
}

/// What a full name says of its bearer by the given name. *Александра Петрова*, *Jana Nováka* may be a man in another
/// case.
pub(in crate::enrich) fn of_name(words: &[String], lang: &str) -> Option<Sex> {
    const IN_CASES: [&str; 9] = ["ru", "uk", "be", "pl", "cs", "sk", "hr", "sr", "sl"];
    let given = words.first().filter(|_| words.len() > 1)?;
    let is_mans = |stem: &str, end: &str| sex_of(&[stem, end].concat(), lang) == Some(Sex::Man);
    let may_be_his = IN_CASES.contains(&lang)
        && given
            .strip_suffix(['а', 'я', 'a'])
            .is_some_and(|stem| ["", "й", "ь", "o", "и"].iter().any(|end| is_mans(stem, end)));
    sex_of(given, lang).filter(|_| !may_be_his)
}

/// What a verb of saying in the past says of its subject.
fn of_verb(verb: &str, lang: &str) -> Option<Sex> {
    let (woman, man): (&[&str], &[&str]) = match lang {
        "ru" => (&["ла", "лась"], &["л", "лся"]),
        "uk" => (&["ла", "лася"], &["в", "вся"]),
        "pl" => (&["ła"], &["ł"]),
        _ => return None,
    };
    let is_low = verb.chars().next().is_some_and(char::is_lowercase);
    let ends = |endings: &[&str]| endings.iter().any(|ending| verb.ends_with(ending));
    if !is_low || flags_of(hash::phrase(EMPTY_PHRASE, hash::of(&fold(verb)))) & SPEECH == 0 {
        return None;
    }
    match (ends(woman), ends(man)) {
        (true, _) => Some(Sex::Woman),
        (_, true) => Some(Sex::Man),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Sex, beside};
    use crate::story::Span;
    use crate::text::fold;

    #[test]
    fn a_given_name_in_a_case_tells_nothing() {
        let of = |name: &str, lang| super::of_name(&name.split(' ').map(fold).collect::<Vec<_>>(), lang);
        assert_eq!(of("Анна Петрова", "ru"), Some(Sex::Woman));
        assert_eq!(of("Александра Петрова", "ru"), None);
        assert_eq!(of("Валерия Петрова", "ru"), None);
        assert_eq!(of("Jana Nováka", "cs"), None);
        assert_eq!(of("Jana Hill", "en"), Some(Sex::Woman));
    }

    #[test]
    fn titles_and_verbs_tell_whose_a_surname_is() {
        for (lang, text, name, sex) in [
            ("en", "\"He comes back,\" Mrs. Lindgren said", "Lindgren", Some(Sex::Woman)),
            ("en", "MRS. LINDGREN SAID", "LINDGREN", Some(Sex::Woman)),
            ("en", "we will miss Thatcher", "Thatcher", None),
            ("fr", "a dit M. Duval", "Duval", Some(Sex::Man)),
            ("it", "ha detto la signora Conti", "Conti", Some(Sex::Woman)),
            ("pl", "- powiedziała Nowak", "Nowak", Some(Sex::Woman)),
            ("ru", "сказал Ким", "Ким", Some(Sex::Man)),
            ("en", "the mayor Duval", "Duval", None),
        ] {
            let at = text.find(name).expect("a part of the text");
            assert_eq!(beside(text, Span::new(at, at + name.len()), lang), sex, "{text}");
        }
    }
}
