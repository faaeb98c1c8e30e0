//! The names of the tables letter by letter: where in a text does one end?
//!
//! For the recogniser, in scripts that have no capitals to tell names by. The automata are
//! those of [`super::known`] and [`super::places`], walked side by side where they lie.

use super::known;
use super::places::{self, Kind};
use crate::story::EntityKind;
use fst::raw::{CompiledAddr, Fst, Output};

/// A city of so many people is known to every desk.
const KNOWN_CITY_POPULATION_MIN: u32 = 300_000;

/// How surely a name of the tables is meant where its letters stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Surety {
    /// A place that few know, or a name that is others' too.
    Possible,
    /// A country, a capital, a large city; a name that is one person's or organisation's.
    Sure,
}

/// A walk through the tables; copied at each place of a text where a name may begin.
#[derive(Clone, Copy, Debug)]
pub struct Walk {
    heads: [Option<Head>; 3],
}

#[derive(Clone, Copy, Debug)]
struct Head {
    node: CompiledAddr,
    output: Output,
}

/// The automata, in the order of [`EntityKind::ALL`].
fn automata() -> [(&'static Fst<&'static [u8]>, &'static str); 3] {
    [(known::automaton(), "p"), (places::automaton(), ""), (known::automaton(), "o")]
}

impl Walk {
    /// Returns a walk before its first letter.
    #[must_use]
    pub fn start() -> Walk {
        let heads = automata().map(|(fst, prefix)| {
            let mut head = Some(Head { node: fst.root().addr(), output: Output::zero() });
            for byte in prefix.bytes() {
                head = head.and_then(|h| h.step(fst, byte));
            }
            head
        });
        Walk { heads }
    }

    /// Goes on by letters that were folded; tells whether some name still begins so.
    pub fn step(&mut self, folded: &str) -> bool {
        for (head, (fst, _)) in self.heads.iter_mut().zip(automata()) {
            for byte in folded.bytes() {
                let Some(at) = *head else { break };
                *head = at.step(fst, byte);
            }
        }
        self.heads.iter().any(Option::is_some)
    }

    /// Returns what is named by the letters so far: people, then organisations, then places,
    /// the surest first.
    #[must_use]
    pub fn found(&self) -> Option<(EntityKind, Surety)> {
        let mut best: Option<(EntityKind, Surety)> = None;
        let order = [EntityKind::Person, EntityKind::Org, EntityKind::Place];
        for kind in order {
            let Some(head) = self.heads[kind as usize] else { continue };
            let (fst, _) = automata()[kind as usize];
            let node = fst.node(head.node);
            if !node.is_final() {
                continue;
            }
            let value = head.output.cat(node.final_output()).value();
            let surety = match kind {
                EntityKind::Person | EntityKind::Org if known::is_sure(value) => Surety::Sure,
                EntityKind::Place if places::listed(value).any(is_known_place) => Surety::Sure,
                EntityKind::Person | EntityKind::Org | EntityKind::Place => Surety::Possible,
            };
            if best.is_none_or(|(_, b)| surety > b) {
                best = Some((kind, surety));
            }
        }
        best
    }
}

impl Head {
    fn step(self, fst: &Fst<&'static [u8]>, byte: u8) -> Option<Head> {
        let node = fst.node(self.node);
        let transition = node.transition(node.find_input(byte)?);
        Some(Head { node: transition.addr, output: self.output.cat(transition.out) })
    }
}

fn is_known_place(place: places::Place) -> bool {
    place.kind() == Kind::Country || place.is_capital() || place.population() >= KNOWN_CITY_POPULATION_MIN
}

#[cfg(test)]
mod tests {
    use super::{Surety, Walk};
    use crate::story::EntityKind::{Org, Person, Place};
    use crate::text::fold;

    #[test]
    fn names_as_their_letters_come() {
        let after = |text: &str| {
            let mut walk = Walk::start();
            walk.step(&fold(text)).then(|| walk.found())
        };
        assert_eq!(after("普京"), Some(Some((Person, Surety::Sure))));
        assert_eq!(after("普"), Some(None));
        assert_eq!(after("プーチン"), Some(Some((Person, Surety::Sure))));
        assert_eq!(after("欧盟"), Some(Some((Org, Surety::Sure))));
        assert_eq!(after("叙利亚"), Some(Some((Place, Surety::Sure))));
        assert_eq!(after("xqzv"), None);
    }
}
