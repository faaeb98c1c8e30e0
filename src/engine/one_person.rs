//! Whether two names may be one person's: by the table of well-known people where it says so, else by sound.
//!
//! The one place that decides it, for `names --compare` and for [`super::matcher`]. What a script leaves open
//! the table closes: who is 김정은 in Hangul is no 윤재문 there, much as the latter may sound like *Kim Jong-un*.

use crate::data::known::{self, Known};
use crate::names::{Comparison, Name, compare, pieces};
use crate::story::EntityKind;

/// How sure it is that two names of one row of the table are one.
const KNOWN_SCORE: f32 = 0.95;
/// How alike a word has to be to a word by which the table calls somebody in its script.
const WORD_MIN: f32 = 0.84;

/// Compares two spellings of a person's name.
#[must_use]
pub fn compare_people(a: &str, b: &str) -> Comparison {
    let (own, other) = (Name::new(a), Name::new(b));
    let by_sound = compare(&own, &other);
    let others = |score: f32| Comparison { same: false, score: score.min(1.0 - KNOWN_SCORE) };
    match (known_as(a), known_as(b)) {
        (Some(x), Some(y)) if x == y => Comparison { same: true, score: by_sound.score.max(KNOWN_SCORE) },
        // Two people of the table, however alike their names sound.
        (Some(_), Some(_)) => others(by_sound.score),
        (Some(known), None) => by_table(by_sound, known, &own, &other).unwrap_or(others(by_sound.score)),
        (None, Some(known)) => by_table(by_sound, known, &other, &own).unwrap_or(others(by_sound.score)),
        (None, None) => by_sound,
    }
}

/// Compares a name of somebody known with one that the table lacks, by his usual name too, as queries do; none
/// where the table calls him otherwise.
fn by_table(by_sound: Comparison, known: Known, own: &Name, other: &Name) -> Option<Comparison> {
    let is_full = own.words_count() > 1 || own.is_of_signs();
    let by_usual = (is_full && !by_sound.same).then(|| compare(&Name::new(known.name()), other));
    let best = by_usual.filter(|usual| usual.same).unwrap_or(by_sound);
    (!best.same || !Called::new([known]).otherwise(other)).then_some(best)
}

/// The one person that a name surely means.
fn known_as(name: &str) -> Option<Known> {
    let mut sure = known::lookup(EntityKind::Person, name).filter(|(_, ambiguous)| !ambiguous);
    let (first, _) = sure.next()?;
    sure.next().is_none().then_some(first)
}

/// How the table calls people.
#[derive(Clone, Debug, Default)]
pub(super) struct Called {
    people: Vec<Known>,
}

impl Called {
    pub(super) fn new(people: impl IntoIterator<Item = Known>) -> Called {
        Called { people: people.into_iter().collect() }
    }

    /// Tells whether the table has names of each of these people in the script of `name`, and none that may be it.
    pub(super) fn otherwise(&self, name: &Name) -> bool {
        self.all(name, |own| {
            let own: Vec<Name> = own.iter().map(|spelling| Name::new(spelling)).collect();
            let is_full = |spelling: &&Name| spelling.words_count() > 1 || spelling.is_of_signs();
            match own.iter().any(|spelling| is_full(&spelling)) {
                true => own.iter().filter(is_full).any(|spelling| compare(spelling, name).same),
                false => own.iter().any(|spelling| name.best_word(spelling) >= WORD_MIN),
            }
        })
    }

    /// The same of a name that one of theirs may be a word of.
    pub(super) fn otherwise_in(&self, name: &Name) -> bool {
        self.all(name, |own| {
            own.iter().flat_map(|spelling| pieces(spelling)).any(|word| name.best_word(&Name::new(word)) >= WORD_MIN)
        })
    }

    /// Tells whether each has names in the script of `name` that are not so.
    fn all(&self, name: &Name, are_so: impl Fn(&[&'static str]) -> bool) -> bool {
        let is_other = |known: &Known| {
            let own: Vec<&'static str> = known.spellings().filter(|spelling| name.is_in_script_of(spelling)).collect();
            !own.is_empty() && !are_so(&own)
        };
        !self.people.is_empty() && self.people.iter().all(is_other)
    }
}

#[cfg(test)]
mod tests {
    use super::compare_people;

    #[test]
    fn the_table_knows_what_sound_does_not_tell() {
        for (a, b) in [("Shinzo Abe", "安倍晋三"), ("Donald Trump", "唐纳德·特朗普"), ("习近平", "Xi Jinping")]
        {
            assert!(compare_people(a, b).same, "{a} and {b}");
        }
        assert!(!compare_people("Bashar al-Assad", "حافظ الأسد").same);
        assert!(!compare_people("George W. Bush", "Jeb Bush").same);
    }

    #[test]
    fn who_has_a_name_in_a_script_has_no_other_there() {
        for (a, b) in [("Kim Jong-un", "윤재문"), ("Moon Jae-in", "문세라"), ("Гидеон Саар", "Samir Haddouni")]
        {
            assert!(!compare_people(a, b).same && !compare_people(b, a).same, "{a} and {b}");
        }
        // A spelling that the table lacks is his if it is like one of his.
        assert!(compare_people("Дмитрий Песков", "Dmitrij Peszkov").same);
    }
}
