//! Who is meant: the names of an archive that a name in a query stands for.
//!
//! The names are those of the archive's own dictionary, so that what is found is what is
//! there, each with its number of stories. A name asked for in full finds what sounds the
//! same in any script; a single word finds the bearers whose name it is part of.

use super::ArchiveError;
use super::bearers::{column, part, tidy};
use super::corrections::{Corrected, Corrections};
use super::reader::Reader;
use super::told_apart::{NO_ID, with_id};
use crate::data::before_names::bare;
use crate::data::{han_names, known};
use crate::names::{self, Name};
use crate::story::EntityKind;
use crate::text::fold;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::RefCell;
use std::collections::BTreeMap;
use tantivy::query::{AllQuery, BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};

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
/// Words of names whose sound is remembered.
const HEARD_MAX: usize = 1 << 16;
/// Capitals up to this many are an acronym.
const ACRONYM_CHARS_MAX: usize = 6;

/// A name of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// What it is.
    pub kind: EntityKind,
    /// Whom it stands for; empty where nothing told.
    pub id: String,
    /// The name as a story gives it in full.
    pub name: String,
    /// Stories with it.
    pub stories: u64,
    /// The term of the index.
    pub(super) term: String,
}

impl Reader {
    /// Returns every name of a kind that `wanted` takes, in the order of the dictionary.
    /// Of places, those under which they are counted.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn bearers(
        &self,
        kind: EntityKind,
        wanted: &mut dyn FnMut(&str, &str) -> bool,
    ) -> Result<Vec<Bearer>, ArchiveError> {
        self.scan(kind, wanted).map_err(|e| self.damaged(&e))
    }

    fn scan(&self, kind: EntityKind, wanted: &mut dyn FnMut(&str, &str) -> bool) -> tantivy::Result<Vec<Bearer>> {
        let field = if kind == EntityKind::Place { self.fields.place_label } else { column(&self.fields, kind) };
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut terms = index.terms().stream()?;
            while terms.advance() {
                let Ok(term) = str::from_utf8(terms.key()) else { continue };
                if let Some(count) = found.get_mut(term) {
                    *count += u64::from(terms.value().doc_freq);
                    continue;
                }
                let (id, name) = part(term);
                if wanted(id, name) {
                    found.insert(term.to_owned(), u64::from(terms.value().doc_freq));
                }
            }
        }
        let bearer = |(term, stories): (String, u64)| {
            let (id, name) = part(&term);
            let Corrected::As(id) = self.corrections.identity(kind, id, name) else { return None };
            Some(Bearer { kind, id: id.into_owned(), name: name.to_owned(), stories, term })
        };
        Ok(found.into_iter().filter_map(bearer).collect())
    }

    /// Returns the same with the stories of some statuses left out, and without the names
    /// that only they hold.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn bearers_without(
        &self,
        kind: EntityKind,
        statuses: &[&str],
        wanted: &mut dyn FnMut(&str, &str) -> bool,
    ) -> Result<Vec<Bearer>, ArchiveError> {
        let mut found = self.bearers(kind, wanted)?;
        let left_out = self.count_with_status(&AllQuery, statuses)?;
        if left_out == 0 && self.searcher.segment_readers().iter().all(|s| !s.has_deletes()) {
            return Ok(found);
        }
        let column = match kind {
            EntityKind::Person => "person",
            EntityKind::Place => "place_label",
            EntityKind::Org => "org",
        };
        let shown = self.without(Box::new(AllQuery), statuses)?;
        let counts = self.names(&*shown, column).map_err(|e| self.damaged(&e))?;
        found.iter_mut().for_each(|b| b.stories = counts.get(&b.term).copied().unwrap_or(0));
        found.retain(|b| b.stories > 0);
        Ok(found)
    }

    /// What of a query is not held back for its status.
    fn without(&self, query: Box<dyn Query>, statuses: &[&str]) -> Result<Box<dyn Query>, ArchiveError> {
        Ok(match self.of_statuses(statuses).map_err(|e| self.damaged(&e))? {
            Some(held) => Box::new(BooleanQuery::new(vec![(Occur::Must, query), (Occur::MustNot, held)])),
            None => query,
        })
    }

    /// Counts the stories that name any of `bearers`, which are of one kind, those of some
    /// statuses left out.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn count_bearers(&self, bearers: &[Bearer], statuses: &[&str]) -> Result<u64, ArchiveError> {
        let query = |b: &Bearer| -> (Occur, Box<dyn Query>) {
            let field =
                if b.kind == EntityKind::Place { self.fields.place_label } else { column(&self.fields, b.kind) };
            (Occur::Should, Box::new(TermQuery::new(Term::from_field_text(field, &b.term), IndexRecordOption::Basic)))
        };
        let any = BooleanQuery::new(bearers.iter().map(query).collect());
        Ok(self.count(&*self.without(Box::new(any), statuses)?)? as u64)
    }

    /// Returns the people or organisations of the archive that `asked` may stand for.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn who(&self, kind: EntityKind, asked: &str) -> Result<Vec<Bearer>, ArchiveError> {
        self.bearers(kind, &mut *self.taker(kind, asked)?)
    }

    /// The same with the stories of some statuses left out.
    ///
    /// # Errors
    /// The archive is damaged.
    pub fn who_without(&self, kind: EntityKind, asked: &str, statuses: &[&str]) -> Result<Vec<Bearer>, ArchiveError> {
        self.bearers_without(kind, statuses, &mut *self.taker(kind, asked)?)
    }

    /// What `asked` takes: names that are it or sound like it, and all the other names of
    /// the bearers whom these stand for. One person has one set of stories, whichever of
    /// the names is asked for.
    fn taker<'a>(&'a self, kind: EntityKind, asked: &str) -> Result<Box<Taker<'a>>, ArchiveError> {
        let mut matcher = Matcher::corrected(kind, asked, &self.corrections);
        if kind == EntityKind::Place || matcher.is_settled() {
            return Ok(Box::new(move |id, name| matcher.takes(id, name)));
        }
        let mut taken = self.taken(kind, &matcher)?;
        if let (true, Some(bare)) = (taken.names.is_empty(), bare(asked)) {
            // A title is no part of a name, unless somebody is called so.
            matcher = Matcher::corrected(kind, bare, &self.corrections);
            taken = self.taken(kind, &matcher)?;
        }
        let is_theirs = move |id: &str, name: &str| {
            taken.has(id, name)
                || !id.is_empty() && matcher.identity(id, name).is_some_and(|id| taken.ids.contains(&id))
        };
        Ok(Box::new(is_theirs))
    }

    /// What `matcher` takes.
    fn taken(&self, kind: EntityKind, matcher: &Matcher<'_>) -> Result<Taken, ArchiveError> {
        let mut taken = Taken::default();
        self.bearers(kind, &mut |id, name| {
            if matcher.takes(id, name) && !taken.has(id, name) {
                taken.names.entry(name.to_owned()).or_default().push(id.to_owned());
                taken.ids.extend(if id.is_empty() { None } else { matcher.identity(id, name) });
            }
            false
        })?;
        Ok(taken)
    }
}

/// The names that a name in a query takes by themselves.
#[derive(Default)]
struct Taken {
    /// Each with the ids that it stands with.
    names: BTreeMap<String, Vec<String>>,
    /// Whom they stand for, by the user's corrections too.
    ids: FxHashSet<String>,
}

impl Taken {
    fn has(&self, id: &str, name: &str) -> bool {
        self.names.get(name).is_some_and(|ids| ids.iter().any(|other| other == id))
    }
}

/// Takes the id and the name of a bearer, or not.
type Taker<'a> = dyn FnMut(&str, &str) -> bool + 'a;

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
    name: Name,
    ids: Vec<&'static str>,
    /// The id in brackets behind the name, as facets print it: that bearer and no other.
    only: Option<String>,
    /// Whether it is a surname and a given name in one run of Han.
    is_chinese: bool,
    /// Words of names heard so far, each with whether it may be the one word asked for.
    heard: RefCell<FxHashMap<Box<str>, bool>>,
}

impl Matcher<'_> {
    /// Reads the name asked for.
    #[must_use]
    pub fn new(kind: EntityKind, asked: &str) -> Matcher<'static> {
        Matcher { kind, asked: vec![Asked::new(kind, asked)], corrections: None }
    }

    /// The same by the user's corrections.
    fn corrected<'a>(kind: EntityKind, asked: &str, corrections: &'a Corrections) -> Matcher<'a> {
        if corrections.is_empty() {
            return Matcher::new(kind, asked);
        }
        let asked = corrections.asked(kind, asked).into_iter().map(|name| Asked::new(kind, name)).collect();
        Matcher { kind, asked, corrections: Some(corrections) }
    }

    /// Tells whether the names asked for stand with the ids of those whom they mean.
    fn is_settled(&self) -> bool {
        self.asked.iter().all(|asked| asked.only.is_some())
    }

    /// Returns the id of a name of the archive, by the user's corrections too; none where
    /// they keep it apart from the name asked for or say that it is nobody's.
    fn identity(&self, id: &str, name: &str) -> Option<String> {
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
        let ids = known::lookup(kind, &asked).map(|(k, _)| k.id()).collect();
        Asked {
            kind,
            folded: fold(&asked),
            name: Name::new(&asked),
            ids,
            is_chinese: han_names::is_chinese(&asked),
            heard: RefCell::default(),
            printed: asked,
            only,
        }
    }

    fn takes(&self, id: &str, name: &str) -> bool {
        if let Some(only) = &self.only {
            return if only == NO_ID { id.is_empty() && fold(name) == self.folded } else { id == only };
        }
        let known = id.strip_prefix("q:");
        if known.is_some_and(|known| self.ids.contains(&known)) {
            return true;
        }
        let folded = fold(name);
        if folded == self.folded {
            return true;
        }
        match (self.kind, self.name.words_count()) {
            (EntityKind::Place, _) | (_, 0) => false,
            // A word of the name as it is written: a given name, or a surname of many.
            (EntityKind::Person, 1) if words_of(&folded).any(|w| w == self.folded) => {
                !Name::new(name).is_other_than(&self.name)
            }
            // Two who are both known are not one because they sound alike.
            _ if known.is_some() && !self.ids.is_empty() => false,
            (EntityKind::Person, 1) if !self.is_chinese => {
                self.may_sound_in(name) && self.is_like_usual(id) && {
                    let other = Name::new(name);
                    !other.is_other_than(&self.name) && self.sounds_in(&other, &folded)
                }
            }
            (EntityKind::Org, 1) => {
                !self.is_acronym() && self.may_sound_in(name) && self.sounds_in(&Name::new(name), &folded)
            }
            (EntityKind::Org, count) => {
                // Of a body a word less is another body: *National Congress*, *National People's Congress*.
                let other = Name::new(name);
                other.words_count() == count && names::compare(&other, &self.name).same
            }
            (EntityKind::Person, _) => {
                let other = Name::new(name);
                // A surname in two signs sounds like many a whole name: *普京* is no *Cán bộ*.
                let usual = known::by_id(id).filter(|_| other.words_count() == 1);
                names::compare(&other, &self.name).same
                    && usual.is_none_or(|k| names::compare(&Name::new(k.name()), &self.name).same)
            }
        }
    }

    /// Tells whether it is worth listening closer: names share words, and each is heard once.
    fn may_sound_in(&self, name: &str) -> bool {
        let mut heard = self.heard.borrow_mut();
        if heard.len() > HEARD_MAX {
            heard.clear();
        }
        names::pieces(name).any(|word| {
            heard.get(word).copied().unwrap_or_else(|| {
                let is_near = Name::new(word).best_word(&self.name) >= WORD_SYLLABLES_MIN;
                heard.insert(word.into(), is_near);
                is_near
            })
        })
    }

    /// Tells whether somebody known is called so that the word asked for may be a spelling of
    /// it. Without, one short spelling in another script would bring a stranger with all his
    /// names: *Chelsea* sounds like 그로시, and not like *Grossi*.
    fn is_like_usual(&self, id: &str) -> bool {
        known::by_id(id).is_none_or(|known| Name::new(known.name()).best_word(&self.name) >= USUAL_MIN)
    }

    /// Tells whether a word of `other` sounds like the one word asked for. The less there is
    /// to hear, the closer it has to be.
    fn sounds_in(&self, other: &Name, folded: &str) -> bool {
        if self.kind == EntityKind::Org && other.words_count() != 1 {
            return false;
        }
        let (same_script, syllabic) = (other.shares_script(&self.name), other.is_syllabic() || self.name.is_syllabic());
        if !same_script && syllabic && (other.omits_vowels() || self.name.omits_vowels()) {
            // Rough syllables and bare consonants have hardly anything in common to be compared by.
            return false;
        }
        let is_short = self.name.consonants_count() < CONSONANTS_MIN;
        if is_short && same_script {
            // *Yoon* and *John* sound the same in somebody's ear, as do *May* and *Moi*.
            let length = self.folded.chars().count();
            if length < SPELT_CHARS_MIN {
                return false;
            }
            let near =
                |w: &str| w.chars().next() == self.folded.chars().next() && w.chars().count().abs_diff(length) <= 1;
            return other.best_word(&self.name) >= WORD_SAME_SCRIPT_MIN && words_of(folded).any(near);
        }
        let least = match (same_script, syllabic) {
            (true, _) => WORD_SAME_SCRIPT_MIN,
            (false, true) if !is_short => WORD_SYLLABLES_MIN,
            (false, _) if is_short => WORD_SHORT_MIN,
            (false, _) => WORD_MIN,
        };
        other.best_word(&self.name) >= least
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
    use crate::story::EntityKind::{Org, Person};

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
    fn an_organisation_is_asked_for_whole() {
        let gazprom = Matcher::new(Org, "Gazprom");
        assert!(gazprom.takes("", "Газпром") && gazprom.takes("", "GAZPROM"));
        assert!(!gazprom.takes("", "Gazprom Neft"));
        assert!(!Matcher::new(Org, "Congresso Nacional").takes("q:npc", "National People's Congress"));
    }
}
