//! Which names of an archive a name in a query takes: by the bearers that the tables know, by how
//! they are written, and by sound.
//!
//! For [`super::who`], which asks of every name of the archive.

use super::bearers::{number, part, tidy};
use super::corrections::{Corrected, Corrections};
use super::one_name::name_key;
use super::one_person::Called;
use super::roll::Roll;
use super::told_apart::{NO_ID, with_id};
use crate::data::{han_names, known, place_asked, places};
use crate::names::{self, Ear, Name};
use crate::story::EntityKind;
use crate::text::fold;
use std::cell::OnceCell;

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

/// How a name of the archive was found to be one that is asked for, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// By its id, as it is written, or as the tables spell one bearer's name.
    Written,
    /// By sound, in another script.
    Heard,
    /// In Latin letters, as another language spells a foreign name.
    Respelt,
    /// With other words beside those that are alike: *John A. Smith*.
    Loose,
}

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
    key: String,
    /// Whether its letters are Latin, in which sound alone says little.
    is_latin: bool,
    /// Whether it takes what is written so and nothing else.
    is_written_only: bool,
    ear: Ear,
    ids: Vec<&'static str>,
    /// The id in brackets behind the name, as facets print it: that bearer and no other.
    only: Option<String>,
    /// How the table calls those whom it may mean.
    called: OnceCell<Called>,
    /// Whether it is a surname and a given name in one run of signs.
    is_run_in_full: bool,
}

impl Matcher<'_> {
    /// Reads the name asked for.
    #[must_use]
    pub fn new(kind: EntityKind, asked: &str) -> Matcher<'static> {
        let asked = std::iter::once(asked.to_owned()).chain(usual_spelling(kind, asked));
        Matcher { kind, asked: asked.map(|name| Asked::new(kind, &name)).collect(), corrections: None }
    }

    /// The same by the user's corrections.
    pub(super) fn corrected<'a>(kind: EntityKind, asked: &str, corrections: &'a Corrections) -> Matcher<'a> {
        if corrections.is_empty() {
            return Matcher::new(kind, asked);
        }
        let names = corrections.asked(kind, asked).into_iter().map(str::to_owned).chain(usual_spelling(kind, asked));
        let asked = names.map(|name| Asked::new(kind, &name)).collect();
        Matcher { kind, asked, corrections: Some(corrections) }
    }

    /// Reads the forms that a name may be an inflected form of; none of them takes a name by sound.
    pub(super) fn of_forms<'a>(kind: EntityKind, forms: &[String], corrections: &'a Corrections) -> Matcher<'a> {
        let asked = forms.iter().map(|form| Asked { is_written_only: true, ..Asked::new(kind, form) }).collect();
        Matcher { kind, asked, corrections: (!corrections.is_empty()).then_some(corrections) }
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

    /// Returns the terms of a roll that may be taken, and all that are; none where the user's corrections
    /// may make any name another's.
    pub(super) fn may_take<'r>(&self, roll: &'r Roll) -> Option<Vec<&'r str>> {
        if self.corrections.is_some() {
            return None;
        }
        let mut may_be = vec![false; roll.entries().len()];
        self.asked.iter().for_each(|asked| asked.mark(roll, &mut may_be));
        Some(roll.entries().iter().zip(may_be).filter(|(_, may_be)| *may_be).map(|(entry, _)| entry.term()).collect())
    }

    /// Tells whether a name of the archive is taken.
    #[must_use]
    pub fn takes(&self, id: &str, name: &str) -> bool {
        self.how(id, name).is_some()
    }

    /// Tells whether a name of the archive is taken, and how.
    #[must_use]
    pub fn how(&self, id: &str, name: &str) -> Option<How> {
        let Some(corrections) = self.corrections else {
            return self.asked.iter().filter_map(|a| a.how(id, name)).min();
        };
        let Corrected::As(id) = corrections.identity(self.kind, id, name) else { return None };
        let apart = |asked: &Asked| corrections.are_apart(self.kind, &asked.printed, name);
        let others = corrections.others(self.kind, &id, name);
        let free = self.asked.iter().filter(|asked| !apart(asked));
        free.filter_map(|asked| {
            // By the user's word another of his names is his as surely as this one, if it is the one asked for:
            // whoever is merely called much like it is somebody else.
            let is_asked = |other: &String| asked.how(&id, other) == Some(How::Written);
            let by_other = || others.iter().any(is_asked).then_some(How::Written);
            asked.how(&id, name).or_else(by_other)
        })
        .min()
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
            key: name_key(&asked),
            is_latin: names::is_latin(&asked),
            is_written_only: false,
            ear: Ear::new(Name::new(&asked)),
            ids,
            called: OnceCell::new(),
            is_run_in_full: is_run_in_full(&asked),
            printed: asked,
            only,
        }
    }

    /// Marks the names of a roll that [`Asked::how`] may take.
    fn mark(&self, roll: &Roll, may_be: &mut [bool]) {
        let count = self.name().words_count();
        let by_word = count == 1 && !(self.kind == EntityKind::Person && self.is_run_in_full);
        if self.only.is_some() || self.kind == EntityKind::Place || self.ear.is_run() && !by_word {
            may_be.fill(true);
            return;
        }
        let key = number(self.key.bytes());
        let is_spelt = self.kind == EntityKind::Org && by_word && self.is_acronym();
        let is_heard = !self.is_written_only && count > 0 && !is_spelt;
        let counterparts = |word: &super::roll::Word| match by_word {
            true => {
                let is_written = self.kind == EntityKind::Person && word.folded.contains(&self.folded);
                let is_like = || self.ear.is_like(&word.printed, WORD_SYLLABLES_MIN, &|| word.heard());
                u32::from(is_written || is_heard && is_like())
            }
            false if is_heard => self.ear.counterparts(&word.printed, &|| word.heard()),
            false => 0,
        };
        let agrees: Vec<u32> = roll.words().iter().map(counterparts).collect();
        for (entry, may_be) in roll.entries().iter().zip(may_be) {
            let known = part(entry.term()).0.strip_prefix("q:");
            let common = || entry.words().iter().fold(0, |all, word| all | agrees[*word]);
            let in_full = self.kind == EntityKind::Org;
            *may_be |= entry.is_open
                || entry.key == key
                || known.is_some_and(|id| self.ids.contains(&id))
                || match by_word {
                    true => common() != 0,
                    false => is_heard && self.ear.may_agree(common(), entry.words().len(), in_full),
                };
        }
    }

    fn how(&self, id: &str, name: &str) -> Option<How> {
        if let Some(only) = &self.only {
            let is_one = if only == NO_ID { id.is_empty() && self.is_written(name) } else { id == only };
            return is_one.then_some(How::Written);
        }
        let known = id.strip_prefix("q:");
        let own = if self.kind == EntityKind::Place { Some(id) } else { known };
        if own.is_some_and(|own| self.ids.contains(&own)) || self.is_written(name) {
            return Some(How::Written);
        }
        match (self.kind, self.name().words_count()) {
            (EntityKind::Place, _) | (_, 0) => None,
            // A word of the name as it is written: a given name, or a surname of many.
            (EntityKind::Person, 1) if self.is_written_in(name) => {
                (!Name::new(name).is_other_than(self.name())).then_some(How::Written)
            }
            _ if self.is_written_only => None,
            // Two who are both known are not one because they sound alike.
            _ if known.is_some() && !self.ids.is_empty() => None,
            (EntityKind::Person, 1) if !self.is_run_in_full => {
                let is_heard = self.ear.may_hold(name, WORD_SYLLABLES_MIN) && self.is_like_usual(id) && {
                    let other = Name::new(name);
                    !other.is_other_than(self.name())
                        && self.sounds_in(&other, &fold(name))
                        && !self.called().otherwise_in(&other)
                };
                if is_heard { self.by_word(name) } else { None }
            }
            (EntityKind::Org, 1) => {
                let is_heard = !self.is_acronym()
                    && self.is_spelt_as_usual(id)
                    && self.ear.may_hold(name, WORD_SYLLABLES_MIN)
                    && self.sounds_in(&Name::new(name), &fold(name));
                if is_heard { self.by_word(name) } else { None }
            }
            (EntityKind::Org, count) => {
                // Of a body a word less is another body: *National Congress*, *National People's Congress*.
                let is_heard = self.ear.may_be(name, true) && {
                    let other = Name::new(name);
                    other.words_count() == count && names::compare(&other, self.name()).same
                };
                match is_heard {
                    false => None,
                    true if self.is_latin && names::is_latin(name) => {
                        names::are_spelt_alike(name, &self.printed).then_some(How::Respelt)
                    }
                    true => Some(How::Heard),
                }
            }
            (EntityKind::Person, _) => {
                if !self.ear.may_be(name, false) {
                    return None;
                }
                let other = Name::new(name);
                // A surname in two signs sounds like many a whole name: *普京* is no *Cán bộ*.
                let usual = known::by_id(id).filter(|_| other.words_count() == 1);
                let is_heard = names::compare(&other, self.name()).same
                    && usual.is_none_or(|k| names::compare(&Name::new(k.name()), self.name()).same)
                    && !self.called().otherwise(&other)
                    && !Called::new(known::by_id(id)).otherwise(self.name());
                match is_heard {
                    false => None,
                    true if !(self.is_latin && names::is_latin(name)) => Some(How::Heard),
                    true if names::are_surely_one(&other, self.name()) => Some(How::Respelt),
                    true => self.shares_surname(name).then_some(How::Loose),
                }
            }
        }
    }

    /// How a name is taken of which a word sounds like the one asked for: in Latin letters sound
    /// alone takes none.
    fn by_word(&self, name: &str) -> Option<How> {
        if !self.is_latin || !names::is_latin(name) {
            return Some(How::Heard);
        }
        let by_table = |word: &str| {
            let theirs = known::lookup(self.kind, word);
            theirs.map(|(k, _)| k.id()).any(|id| self.ids.contains(&id))
        };
        if !self.ids.is_empty() && names::pieces(name).any(by_table) {
            return Some(How::Written);
        }
        // Without the title and the number of either: *King Charles III*.
        let own: Vec<&str> = names::pieces(&self.printed).collect();
        let is_own = |word: &str| own.iter().any(|o| fold(o) == fold(word));
        let is_respelt = |word: &str| own.iter().any(|o| names::are_respelt(word, o));
        if own.len() > 1 && names::pieces(name).any(is_own) {
            return Some(How::Written);
        }
        names::pieces(name).any(is_respelt).then_some(How::Respelt)
    }

    /// Tells whether the last word of one of both names is a word of the other, by more than sound.
    fn shares_surname(&self, name: &str) -> bool {
        let one = |x: &str, y: &str| fold(x) == fold(y) || names::are_respelt(x, y);
        let in_other = |last: &str, other: &str| names::pieces(other).any(|w| one(w, last));
        let last = |name: &'_ str| names::pieces(name).last().map(str::to_owned);
        last(name).is_some_and(|last| in_other(&last, &self.printed))
            || last(&self.printed).is_some_and(|last| in_other(&last, name))
    }

    fn name(&self) -> &Name {
        self.ear.name()
    }

    /// How the table calls those whom the name may mean, asked for only where a name sounds like it.
    fn called(&self) -> &Called {
        self.called.get_or_init(|| Called::new(known::lookup(self.kind, &self.printed).map(|(known, _)| known)))
    }

    /// Tells whether a name is this one, as it is written.
    fn is_written(&self, name: &str) -> bool {
        if name.is_ascii() && name.eq_ignore_ascii_case(&self.folded) {
            return true;
        }
        self.begins_alike(name) && name_key(name) == self.key
    }

    /// Tells whether a name may have the key of the one asked for: in most it differs at once.
    fn begins_alike(&self, name: &str) -> bool {
        const LETTERS: usize = 2;
        if !name.is_ascii() || name.contains('&') {
            return true;
        }
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase()).take(LETTERS);
        let wanted = self.key.bytes().filter(|b| *b != b' ' && *b != b'+').take(LETTERS);
        letters.zip(wanted).all(|(a, b)| a == b)
    }

    /// Tells whether the one word asked for is a word of a name, as it is written.
    fn is_written_in(&self, name: &str) -> bool {
        if name.is_ascii() {
            return words_of(name).any(|w| w.eq_ignore_ascii_case(&self.folded));
        }
        let folded = fold(name);
        words_of(&folded).any(|w| w == self.folded) || han_names::is_surname_of(&self.folded, &folded)
    }

    /// Tells whether somebody known is called so that the word asked for may be a spelling of
    /// it. Without, one short spelling in another script would bring a stranger with all his
    /// names: *Chelsea* sounds like 그로시, and not like *Grossi*.
    fn is_like_usual(&self, id: &str) -> bool {
        known::by_id(id).is_none_or(|known| Name::new(known.name()).best_word(self.name()) >= USUAL_MIN)
    }

    /// Tells whether a known body is called so that the word asked for may be a spelling of it by more
    /// than sound: *Sena* is no *SANA*, though *سانا* may be read so.
    fn is_spelt_as_usual(&self, id: &str) -> bool {
        let is_other =
            |usual: &str| self.is_latin && names::is_latin(usual) && !names::are_spelt_alike(usual, &self.printed);
        known::by_id(id).is_none_or(|known| !is_other(known.name()))
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
        if is_short && !same_script && self.name().omits_vowels() {
            // Two consonants are Cohen's, Jan's and Jane's.
            return false;
        }
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

/// Returns how the table spells the name of the one person that a name surely means, where it is asked for
/// otherwise: whatever sounds like the one is to be found by the other too. Of a surname the surname.
fn usual_spelling(kind: EntityKind, asked: &str) -> Option<String> {
    if kind != EntityKind::Person || with_id(asked).is_some() {
        return None;
    }
    let only = |name: &str| {
        let mut all = known::lookup(kind, name);
        let (first, is_shared) = all.next()?;
        (!is_shared && all.next().is_none()).then_some(first)
    };
    let known = only(asked)?;
    let own = Name::new(asked);
    let usual = Name::new(known.name());
    let is_full = own.words_count() > 1 || is_run_in_full(asked) || names::compare(&own, &usual).same;
    let spelling = if is_full { known.name() } else { names::pieces(known.name()).last()? };
    let is_heard = is_full || Name::new(spelling).best_word(&own) >= USUAL_MIN;
    (is_heard && only(spelling) == Some(known) && fold(spelling) != fold(asked)).then(|| spelling.to_owned())
}

/// Tells whether a name is a surname and a given name in one run of signs.
fn is_run_in_full(name: &str) -> bool {
    han_names::is_chinese(name) || names::is_korean(name)
}

fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{How, Matcher};
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
            ("Volcker", "", "Richard Walker"),
            ("Müller", "", "Arthur Miller"),
            ("Paul Volcker", "", "Paul Walker"),
        ] {
            assert!(!Matcher::new(Person, asked).takes(id, name), "{asked}: {name}");
        }
        for name in ["Jan Dvorsky", "Jane Ashby", "John Ashby"] {
            assert!(!Matcher::new(Person, "כהן").takes("", name), "{name}");
        }
        for (asked, name) in [
            ("Kim Jong-un", "윤재문"),
            ("Wang Yi", "한지우"),
            ("조현", "Eli Cohen"),
            ("李强", "Rinjani"),
            ("נתניהו", "Антония Антонова"),
        ] {
            assert!(!Matcher::new(Person, asked).takes("", name), "{asked}: {name}");
        }
        assert!(
            Matcher::new(Person, "高木").takes("", "高木優子") && !Matcher::new(Person, "高").takes("", "高木優子")
        );
        assert!(Matcher::new(Person, "Grossi").takes("q:grossi-rafael", "그로시"));
        assert!(Matcher::new(Person, "Карбонно").takes("", "Élise Carbonneau"));
        assert!(Matcher::new(Person, "Peseschkian").takes("", "Massoud Pezeshkian"));
        assert!(Matcher::new(Person, "Bush").takes("", "Джордж Буш"));
        assert_eq!(Matcher::new(Person, "Ponomarev").how("", "Ilja Ponomarjow"), Some(How::Respelt));
        // The table spells one man's name both ways.
        assert_eq!(Matcher::new(Person, "Gaddafi").how("", "Seif Qaddafi"), Some(How::Written));
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
        assert!(!Matcher::new(Org, "Sena").takes("q:sana", "سانا"));
        assert!(!Matcher::new(Org, "Sena").takes("", "SANA") && !Matcher::new(Org, "Getty Oil").takes("", "HEAT OIL"));
        assert!(Matcher::new(Org, "Getty Oil Co").takes("", "GETTY OIL CO."));
        let opec = Matcher::new(Org, "Organisation of Oil Exporters");
        assert_eq!(opec.how("", "Organization of Oil Exporters"), Some(How::Written));
        assert!(!Matcher::new(Org, "Congresso Nacional").takes("q:npc", "National People's Congress"));
    }
}
