//! Which names of an archive a name in a query takes: by the bearers that the tables know, by how
//! they are written, and by sound.
//!
//! For [`super::who`], which asks of every name of the archive.

use super::bearers::tidy;
use super::corrections::{Corrected, Corrections};
use super::told_apart::{NO_ID, with_id};
use crate::data::{han_names, known, place_asked, places};
use crate::names::{self, Ear, Name};
use crate::story::EntityKind;
use crate::text::fold;

/// How alike a single word has to sound within one script, and across two: a surname alone
/// has nothing else to tell it.
const WORD_SAME_SCRIPT_MIN: f32 = 0.92;
const WORD_MIN: f32 = 0.92;
/// The same where one is written by syllables, as in Han: these respell roughly.
const WORD_SYLLABLES_MIN: f32 = 0.9;
/// How alike it has to sound to the usual name of somebody who is known, whom another
/// spelling of his sounds like.
const USUAL_MIN: f32 = 0.8;
/// The same for a word of few consonants: *Bush* is not *Abbas*.
const WORD_SHORT_MIN: f32 = 0.97;
/// Consonants from which on a word is not short.
const CONSONANTS_MIN: usize = 3;
/// Letters below which a word of the same script has to be spelt the same.
const SPELT_CHARS_MIN: usize = 5;
/// Capitals up to this many are an acronym.
const ACRONYM_CHARS_MAX: usize = 6;

/// What a name in a query takes: itself, and the names that the user says are its bearer's.
pub struct Matcher<'a> {
    kind: EntityKind,
    asked: Vec<Asked>,
    corrections: Option<&'a Corrections>,
}

/// One name asked for.
struct Asked {
    kind: EntityKind,
    printed: String,
    folded: String,
    ear: Ear,
    ids: Vec<&'static str>,
    /// The id in brackets behind the name, as facets print it: that bearer and no other.
    only: Option<String>,
    /// Whether it is a surname and a given name in one run of Han.
    is_chinese: bool,
}

impl Matcher<'_> {
    /// Reads the name asked for.
    #[must_use]
    pub fn new(kind: EntityKind, asked: &str) -> Matcher<'static> {
        Matcher { kind, asked: vec![Asked::new(kind, asked)], corrections: None }
    }

    /// The same by the user's corrections.
    pub(super) fn corrected<'a>(kind: EntityKind, asked: &str, corrections: &'a Corrections) -> Matcher<'a> {
        if corrections.is_empty() {
            return Matcher::new(kind, asked);
        }
        let asked = corrections.asked(kind, asked).into_iter().map(|name| Asked::new(kind, name)).collect();
        Matcher { kind, asked, corrections: Some(corrections) }
    }

    /// Tells whether the names asked for stand with the ids of those whom they mean.
    pub(super) fn is_settled(&self) -> bool {
        self.asked.iter().all(|asked| asked.only.is_some())
    }

    /// Returns the id of a name of the archive, by the user's corrections too; none where
    /// they keep it apart from the name asked for or say that it is nobody's.
    pub(super) fn identity(&self, id: &str, name: &str) -> Option<String> {
        let Some(corrections) = self.corrections else { return Some(id.to_owned()) };
        let Corrected::As(id) = corrections.identity(self.kind, id, name) else { return None };
        let apart = |asked: &Asked| corrections.are_apart(self.kind, &asked.printed, name);
        (!self.asked.iter().any(apart)).then(|| id.into_owned())
    }

    /// Tells whether a name of the archive is taken.
    #[must_use]
    pub fn takes(&self, id: &str, name: &str) -> bool {
        let Some(corrections) = self.corrections else { return self.asked.iter().any(|a| a.takes(id, name)) };
        let Corrected::As(id) = corrections.identity(self.kind, id, name) else { return false };
        let apart = |asked: &Asked| corrections.are_apart(self.kind, &asked.printed, name);
        let others = corrections.others(self.kind, &id, name);
        self.asked.iter().any(|asked| {
            !apart(asked) && (asked.takes(&id, name) || others.iter().any(|other| asked.takes(&id, other)))
        })
    }
}

impl Asked {
    fn new(kind: EntityKind, asked: &str) -> Asked {
        let asked = tidy(asked);
        let (asked, only) = match with_id(&asked) {
            Some((name, id)) => (name.to_owned(), Some(id)),
            None => (asked, None),
        };
        let ids = match kind {
            EntityKind::Place => place_asked::asked(&asked).iter().map(places::Place::id).collect(),
            _ => known::lookup(kind, &asked).map(|(k, _)| k.id()).collect(),
        };
        Asked {
            kind,
            folded: fold(&asked),
            ear: Ear::new(Name::new(&asked)),
            ids,
            is_chinese: han_names::is_chinese(&asked),
            printed: asked,
            only,
        }
    }

    fn takes(&self, id: &str, name: &str) -> bool {
        if let Some(only) = &self.only {
            return if only == NO_ID { id.is_empty() && fold(name) == self.folded } else { id == only };
        }
        let known = id.strip_prefix("q:");
        let own = if self.kind == EntityKind::Place { Some(id) } else { known };
        if own.is_some_and(|own| self.ids.contains(&own)) || self.is_written(name) {
            return true;
        }
        match (self.kind, self.name().words_count()) {
            (EntityKind::Place, _) | (_, 0) => false,
            // A word of the name as it is written: a given name, or a surname of many.
            (EntityKind::Person, 1) if self.is_written_in(name) => !Name::new(name).is_other_than(self.name()),
            // Two who are both known are not one because they sound alike.
            _ if known.is_some() && !self.ids.is_empty() => false,
            (EntityKind::Person, 1) if !self.is_chinese => {
                self.ear.may_hold(name, WORD_SYLLABLES_MIN) && self.is_like_usual(id) && {
                    let other = Name::new(name);
                    !other.is_other_than(self.name()) && self.sounds_in(&other, &fold(name))
                }
            }
            (EntityKind::Org, 1) => {
                !self.is_acronym()
                    && self.ear.may_hold(name, WORD_SYLLABLES_MIN)
                    && self.sounds_in(&Name::new(name), &fold(name))
            }
            (EntityKind::Org, count) => {
                // Of a body a word less is another body: *National Congress*, *National People's Congress*.
                self.ear.may_be(name, true) && {
                    let other = Name::new(name);
                    other.words_count() == count && names::compare(&other, self.name()).same
                }
            }
            (EntityKind::Person, _) => {
                self.ear.may_be(name, false) && {
                    let other = Name::new(name);
                    // A surname in two signs sounds like many a whole name: *普京* is no *Cán bộ*.
                    let usual = known::by_id(id).filter(|_| other.words_count() == 1);
                    names::compare(&other, self.name()).same
                        && usual.is_none_or(|k| names::compare(&Name::new(k.name()), self.name()).same)
                }
            }
        }
    }

    fn name(&self) -> &Name {
        self.ear.name()
    }

    /// Tells whether a name is this one, as it is written.
    fn is_written(&self, name: &str) -> bool {
        if name.is_ascii() { name.eq_ignore_ascii_case(&self.folded) } else { fold(name) == self.folded }
    }

    /// Tells whether the one word asked for is a word of a name, as it is written.
    fn is_written_in(&self, name: &str) -> bool {
        if name.is_ascii() {
            return words_of(name).any(|w| w.eq_ignore_ascii_case(&self.folded));
        }
        words_of(&fold(name)).any(|w| w == self.folded)
    }

    /// Tells whether somebody known is called so that the word asked for may be a spelling of
    /// it. Without, one short spelling in another script would bring a stranger with all his
    /// names: *Chelsea* sounds like 그로시, and not like *Grossi*.
    fn is_like_usual(&self, id: &str) -> bool {
        known::by_id(id).is_none_or(|known| Name::new(known.name()).best_word(self.name()) >= USUAL_MIN)
    }

    /// Tells whether a word of `other` sounds like the one word asked for. The less there is
    /// to hear, the closer it has to be.
    fn sounds_in(&self, other: &Name, folded: &str) -> bool {
        if self.kind == EntityKind::Org && other.words_count() != 1 {
            return false;
        }
        let (same_script, syllabic) =
            (other.shares_script(self.name()), other.is_syllabic() || self.name().is_syllabic());
        if !same_script && syllabic && (other.omits_vowels() || self.name().omits_vowels()) {
            // Rough syllables and bare consonants have hardly anything in common to be compared by.
            return false;
        }
        let is_short = self.name().consonants_count() < CONSONANTS_MIN;
        if is_short && same_script {
            // *Yoon* and *John* sound the same in somebody's ear, as do *May* and *Moi*.
            let length = self.folded.chars().count();
            if length < SPELT_CHARS_MIN {
                return false;
            }
            let near =
                |w: &str| w.chars().next() == self.folded.chars().next() && w.chars().count().abs_diff(length) <= 1;
            return other.best_word(self.name()) >= WORD_SAME_SCRIPT_MIN && words_of(folded).any(near);
        }
        let least = match (same_script, syllabic) {
            (true, _) => WORD_SAME_SCRIPT_MIN,
            (false, true) if !is_short => WORD_SYLLABLES_MIN,
            (false, _) if is_short => WORD_SHORT_MIN,
            (false, _) => WORD_MIN,
        };
        other.best_word(self.name()) >= least
    }

    /// Letters that stand for words are spelt, not heard: *EU* is not *EFE*.
    fn is_acronym(&self) -> bool {
        self.printed.chars().count() <= ACRONYM_CHARS_MAX && self.printed.chars().all(char::is_uppercase)
    }
}

fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::Matcher;
    use crate::story::EntityKind::{Org, Person, Place};

    #[test]
    fn a_surname_takes_its_bearers_in_any_script() {
        let putin = Matcher::new(Person, "Putin");
        for name in ["Vladimir Poutine", "Владимир Путин", "Путина", "ولادیمیر پوتین", "弗拉基米尔·普京", "V. Putin"]
        {
            assert!(putin.takes("", name), "{name}");
        }
        for name in ["Vladimir Petrov", "George Patton", "Viktor Orbán", "Пётр Путилов", "Paul Pétain", "Путилов"]
        {
            assert!(!putin.takes("", name), "{name}");
        }
        assert!(putin.takes("q:putin-vladimir", "президент"));
    }

    #[test]
    fn short_names_and_known_people_are_not_taken_by_a_likeness() {
        for (asked, id, name) in [
            ("Bush", "q:araghchi-abbas", "عباس عراقچی"),
            ("Bush", "", "عباس عراقچی"),
            ("Yoon", "", "John Mahama"),
            ("Xi", "", "이시바 시게루"),
            ("May", "", "Moi"),
            ("Assad", "", "سعاد مرعي"),
            ("Biden", "q:fidan-hakan", "هاکان فیدان"),
        ] {
            assert!(!Matcher::new(Person, asked).takes(id, name), "{asked}: {name}");
        }
        for (asked, id, name) in [
            ("Chelsea", "q:grossi-rafael", "그로시"),
            ("王小明", "q:netanyahu-benjamin", "בנימין נתניהו"),
            ("王小明", "", "בנימין נתניהו"),
            ("严玉洁", "", "Jannik Sinner"),
            ("王辉", "", "Ange Postecoglou"),
            ("Bache", "", "James Baker"),
            ("Peters", "", "Peter Perchtold"),
            ("Paris", "", "Parisa Hafezi"),
        ] {
            assert!(!Matcher::new(Person, asked).takes(id, name), "{asked}: {name}");
        }
        assert!(Matcher::new(Person, "Grossi").takes("q:grossi-rafael", "그로시"));
        assert!(Matcher::new(Person, "Карбонно").takes("", "Élise Carbonneau"));
        assert!(Matcher::new(Person, "Peseschkian").takes("", "Massoud Pezeshkian"));
        assert!(Matcher::new(Person, "Bush").takes("", "Джордж Буш"));
        assert!(Matcher::new(Person, "Abbas").takes("q:araghchi-abbas", "Abbas Araghchi"), "as it is written");
        for (asked, name) in [("EU", "EFE"), ("UN", "УНН"), ("CNA", "KUNA"), ("ANA", "ANI"), ("TASS", "TASR")] {
            assert!(!Matcher::new(Org, asked).takes("", name), "{asked}: {name}");
        }
    }

    #[test]
    fn a_title_and_a_number_belong_to_the_name() {
        let charles = Matcher::new(Person, "Charles III");
        assert!(charles.takes("", "King Charles III") && charles.takes("", "CHARLES III"));
        assert!(!charles.takes("", "King Charles II") && !charles.takes("", "Charles Michel"));
        let francis = Matcher::new(Person, "Pope Francis");
        assert!(francis.takes("", "Francis") && !francis.takes("", "Francis Smith"));
        assert!(Matcher::new(Person, "Francis").takes("", "Francis Smith"));
    }

    #[test]
    fn a_surname_in_signs_is_no_whole_name() {
        let takes = |asked: &str, id: &str, name: &str| Matcher::new(Person, asked).takes(id, name);
        assert!(!takes("Cán bộ", "q:putin-vladimir", "普京") && takes("Xi Jinping", "q:xi-jinping", "习近平"));
    }

    #[test]
    fn an_id_in_brackets_is_one_bearer() {
        let senate = Matcher::new(Org, "Senate [n:US:senate]");
        assert!(senate.takes("n:US:senate", "Senate"));
        let nobodys = Matcher::new(Org, "Senate [none]");
        assert!(nobodys.takes("", "SENATE") && !nobodys.takes("n:US:senate", "Senate"));
        assert!(!senate.takes("", "Senate") && !senate.takes("n:FR:senate", "Sénat"));
    }

    #[test]
    fn a_full_name_takes_no_namesake() {
        let kim = Matcher::new(Person, "Kim Jong-un");
        assert!(kim.takes("", "김정은") && kim.takes("", "Ким Чен Ын"));
        assert!(!kim.takes("", "Kim Jong-il") && !kim.takes("", "Kim"));
    }

    #[test]
    fn a_place_is_asked_for_by_any_of_its_names() {
        for asked in ["Moscou", "Москва", "موسكو", "moscow"] {
            assert!(Matcher::new(Place, asked).takes("g524901", "Moscow"), "{asked}");
        }
        assert!(!Matcher::new(Place, "Moscou").takes("g2988507", "Paris"));
        assert!(Matcher::new(Place, "Kleindorf").takes("", "KLEINDORF"));
    }

    #[test]
    fn an_organisation_is_asked_for_whole() {
        let gazprom = Matcher::new(Org, "Gazprom");
        assert!(gazprom.takes("", "Газпром") && gazprom.takes("", "GAZPROM"));
        assert!(!gazprom.takes("", "Gazprom Neft"));
        assert!(!Matcher::new(Org, "Congresso Nacional").takes("q:npc", "National People's Congress"));
    }
}
