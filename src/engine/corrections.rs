//! The user's corrections of names: these are one, those are not, that is nobody.
//!
//! They are applied when the archive is asked, never when it is written, so that a changed
//! correction holds at once and a rebuilt archive keeps it. A correction names people, places or
//! organisations as an archive shows them; case and accents do not matter. A place that is taken
//! out is neither listed nor asked for; what it lies in is still found by its stories.

use super::bearers::tidy;
use crate::data::{known, places};
use crate::story::{Confidence, Entity, EntityKind, Evidence, Origin, Story};
use crate::text::fold;
use std::borrow::Cow;
use std::collections::HashMap;

/// The file in an archive's folder that holds them; nothing but the user writes it, and no
/// rebuild removes it.
pub const CORRECTIONS_FILE: &str = "names.toml";

/// Before the id of a bearer that the user made one of several names.
const MERGED: &str = "u:";
/// Before the id of a bearer that the user keeps apart from all others.
const APART: &str = "s:";

/// What the user says of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are one bearer's, whose name is the first.
    Merge,
    /// Each is somebody else's.
    Split,
    /// They are nobody's.
    Ban,
}

/// A correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// People, places or organisations.
    pub kind: EntityKind,
    /// What is said of the names.
    pub verdict: Verdict,
    /// The names.
    pub names: Vec<String>,
    /// Where it is written, for people: `names.toml:12`.
    pub origin: String,
}

impl Correction {
    /// Tells whether it says the same as another. The first name of a merger stands for all.
    fn says_as(&self, other: &Correction) -> bool {
        let names = |c: &Correction| c.names.iter().map(|n| key(n)).collect::<std::collections::BTreeSet<_>>();
        self.kind == other.kind
            && self.verdict == other.verdict
            && (self.verdict != Verdict::Merge || self.names.first() == other.names.first())
            && names(self) == names(other)
    }
}

/// All corrections of an archive.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    rules: Vec<Correction>,
    /// The rule of each name, by kind and folded name.
    by_name: HashMap<(EntityKind, String), usize>,
    /// Ids of the table that a rule made another.
    by_id: HashMap<(EntityKind, &'static str), usize>,
}

/// What a correction makes of a name.
pub(super) enum Corrected<'a> {
    /// The name as it was, under this id.
    As(Cow<'a, str>),
    /// Nobody's.
    Nobody,
}

impl Corrections {
    /// Takes a correction up; one that is known already changes nothing.
    ///
    /// # Errors
    /// It names too few, or what another correction names; the message says what to do.
    pub fn add(&mut self, correction: Correction) -> Result<(), String> {
        let least = if correction.verdict == Verdict::Ban { 1 } else { 2 };
        if correction.names.len() < least {
            return Err(format!("at least {least} names are wanted"));
        }
        if correction.kind == EntityKind::Place && correction.verdict == Verdict::Split {
            return Err("places cannot be split: where a name lies is read in each story".to_owned());
        }
        let rule = self.rules.len();
        let mut keys = Vec::new();
        for name in &correction.names {
            let folded = key(name);
            if folded.is_empty() {
                return Err(format!("{name:?} has no letters"));
            }
            if let Some(other) = self.by_name.get(&(correction.kind, folded.clone())) {
                if self.rules[*other].says_as(&correction) {
                    return Ok(());
                }
                let origin = &self.rules[*other].origin;
                return Err(format!("{name:?} is corrected at {origin} already; put both into one correction"));
            }
            keys.push(folded);
        }
        keys.into_iter().for_each(|k| {
            self.by_name.insert((correction.kind, k), rule);
        });
        if correction.verdict == Verdict::Merge {
            for id in correction.names.iter().filter_map(|n| known_id(correction.kind, n)) {
                self.by_id.insert((correction.kind, id), rule);
            }
        }
        self.rules.push(correction);
        Ok(())
    }

    /// Tells whether nothing is corrected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Corrects the people, places and organisations of a story that is shown; the evidence says
    /// which correction did it, and a warning who was taken out.
    pub fn apply(&self, story: &mut Story) {
        if self.is_empty() {
            return;
        }
        let mut out = Vec::new();
        for list in [&mut story.people, &mut story.places, &mut story.orgs] {
            list.retain_mut(|entity| {
                let (id, name) = (entity.id.as_deref().unwrap_or(""), shown(entity));
                let Some(rule) = self.rule(entity.kind, id, name) else { return true };
                let keep = self.correct(entity, rule);
                if !keep {
                    out.push(format!("{} takes {:?} out of the names", rule.origin, entity.name));
                }
                keep
            });
        }
        out.into_iter().for_each(|message| story.warn("name-banned", message, false));
    }

    fn correct(&self, entity: &mut Entity, rule: &Correction) -> bool {
        let name = match rule.verdict {
            Verdict::Merge => "names/merged",
            Verdict::Split => "names/split",
            Verdict::Ban => return false,
        };
        let id = match self.identity(entity.kind, entity.id.as_deref().unwrap_or(""), shown(entity)) {
            Corrected::As(id) => id.into_owned(),
            Corrected::Nobody => return false,
        };
        if entity.id.as_deref() == Some(id.as_str()) {
            return true;
        }
        if entity.kind == EntityKind::Place {
            entity.place = places::by_id(&id).map(|p| p.to_ref());
        }
        entity.id = Some(id);
        entity.evidence.push(Evidence {
            origin: Origin::Field(rule.origin.clone().into()),
            rule: name.to_owned().into(),
            confidence: Confidence::Stated,
        });
        true
    }

    fn rule(&self, kind: EntityKind, id: &str, name: &str) -> Option<&Correction> {
        if self.is_empty() {
            return None;
        }
        let by_id = || id.strip_prefix("q:").and_then(|id| self.by_id.get(&(kind, id)));
        self.by_name.get(&(kind, key(name))).or_else(by_id).map(|rule| &self.rules[*rule])
    }

    /// Returns under which id a name of the archive goes.
    pub(super) fn identity<'a>(&self, kind: EntityKind, id: &'a str, name: &str) -> Corrected<'a> {
        let Some(rule) = self.rule(kind, id, name) else { return Corrected::As(Cow::Borrowed(id)) };
        match rule.verdict {
            Verdict::Ban => Corrected::Nobody,
            Verdict::Split => Corrected::As(Cow::Owned(format!("{APART}{}", key(name)))),
            Verdict::Merge if kind == EntityKind::Place => {
                let known = rule.names.iter().find_map(|n| places::ids_for(n).into_iter().next());
                Corrected::As(
                    known.map_or_else(|| Cow::Owned(format!("{MERGED}{}", key(&rule.names[0]))), Cow::Borrowed),
                )
            }
            Verdict::Merge => {
                let known = rule.names.iter().find_map(|n| known_id(kind, n));
                let id = known.map_or_else(|| format!("{MERGED}{}", key(&rule.names[0])), |id| format!("q:{id}"));
                Corrected::As(Cow::Owned(id))
            }
        }
    }

    /// Tells whether the user says that a name is nobody's.
    pub(super) fn is_banned(&self, kind: EntityKind, name: &str) -> bool {
        self.rule(kind, "", name).is_some_and(|r| r.verdict == Verdict::Ban)
    }

    /// Returns the names that a name in a query asks for too, itself the first.
    pub(super) fn asked<'a>(&'a self, kind: EntityKind, name: &'a str) -> Vec<&'a str> {
        let rule = self.by_name.get(&(kind, key(name))).map(|rule| &self.rules[*rule]);
        let merged = rule.filter(|r| r.verdict == Verdict::Merge);
        let others = merged.into_iter().flat_map(|r| &r.names).map(String::as_str);
        std::iter::once(name).chain(others.filter(|n| key(n) != key(name))).collect()
    }

    /// Returns the other names of the bearer of a name of the archive.
    pub(super) fn others(&self, kind: EntityKind, id: &str, name: &str) -> &[String] {
        let merged = self.rule(kind, id, name).filter(|r| r.verdict == Verdict::Merge);
        merged.map_or(&[], |r| &r.names)
    }

    /// Tells whether the user keeps a name of the archive apart from one that is asked for, or the
    /// names that these are parts of: *Regan* and *Reagan* part *Ronald Reagan* from *Regan* too. What
    /// is written in the name is never apart from it.
    pub(super) fn are_apart(&self, kind: EntityKind, asked: &str, name: &str) -> bool {
        let splits = || self.rules.iter().filter(|rule| rule.kind == kind && rule.verdict == Verdict::Split);
        if splits().next().is_none() {
            return false;
        }
        let (asked, name) = (key(asked), key(name));
        let is_within = has_words(&name, &asked);
        asked != name
            && splits().any(|rule| {
                let names: Vec<String> = rule.names.iter().map(|name| key(name)).collect();
                let both = names.contains(&asked) && names.contains(&name);
                let of_asked = |own: &String| share(own, &asked) && !share(own, &name);
                let of_name = |own: &String| share(own, &name) && !share(own, &asked);
                both || (!is_within && names.iter().any(of_asked) && names.iter().any(of_name))
            })
    }
}

/// Tells whether a name has every word of another.
fn has_words(name: &str, part: &str) -> bool {
    part.split(' ').all(|word| name.split(' ').any(|own| own == word))
}

/// Tells whether one of two names is a part of the other.
fn share(a: &str, b: &str) -> bool {
    has_words(a, b) || has_words(b, a)
}

/// Tells whether an id says that its bearer is kept apart from all others.
#[must_use]
pub fn is_apart(id: &str) -> bool {
    id.starts_with(APART)
}

/// The name under which a list shows an entity: of a place, that of the gazetteer.
fn shown(entity: &Entity) -> &str {
    entity.place.as_ref().map_or(&entity.name, |p| &p.name)
}

fn key(name: &str) -> String {
    fold(&tidy(name))
}

/// The id of the one entry of the table that a name surely means.
fn known_id(kind: EntityKind, name: &str) -> Option<&'static str> {
    let mut sure = known::lookup(kind, name).filter(|(_, ambiguous)| !ambiguous);
    let (first, _) = sure.next()?;
    sure.next().is_none().then(|| first.id())
}
