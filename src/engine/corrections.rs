//! The user's corrections of names: these are one, those are not, that is nobody.
//!
//! They are applied when the archive is asked, never when it is written, so that a changed
//! correction holds at once and a rebuilt archive keeps it. A correction names people, places or
//! organisations as an archive shows them; case and accents do not matter. Of places that share a
//! name the likeliest is meant, unless the name is to be nobody's; `Paris [Texas]` names another.

use super::bearers::tidy;
use super::told_apart::{NO_ID, with_id};
use crate::data::place_asked::asked as places_asked;
use crate::data::{known, places};
use crate::story::{Confidence, Entity, EntityKind, Evidence, Origin, Story};
use crate::text::fold;
use std::borrow::Cow;
use std::collections::HashMap;

/// The file in an archive's folder that holds them; nothing but the user writes it, and no
/// rebuild removes it.
pub const CORRECTIONS_FILE: &str = "names.toml";

/// Before the id of a bearer that the user made one of several names.
pub(super) const MERGED: &str = "u:";
/// Before the id of a bearer that the user keeps apart from all others.
pub(super) const APART: &str = "s:";

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
    /// Whether only queries may have some of the names: they are others of one that the archive has.
    pub is_alias: bool,
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
    /// Places of the gazetteer that a rule names.
    by_place: HashMap<&'static str, usize>,
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
            let folded = key(bare(correction.kind, name));
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
        for name in correction.names.iter().filter(|_| correction.kind == EntityKind::Place) {
            for id in place_ids(correction.verdict, name) {
                let other = self.by_place.insert(id, rule).filter(|other| *other != rule);
                if let Some(other) = other {
                    let origin = self.rules[other].origin.clone();
                    self.by_place.retain(|_, of| *of != rule);
                    self.by_place.insert(id, other);
                    return Err(format!("{name:?} is corrected at {origin} already; put both into one correction"));
                }
            }
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

    /// Returns what is said in vain, for people: of names that no story has. `has` tells whether one has it.
    pub(super) fn in_vain(&self, has: &dyn Fn(EntityKind, &str, &[&'static str]) -> bool) -> Vec<String> {
        let mut out = Vec::new();
        for rule in &self.rules {
            let is_there = |name: &&String| {
                let ids = if rule.kind == EntityKind::Place { place_ids(rule.verdict, name) } else { Vec::new() };
                let known = (rule.kind != EntityKind::Place && rule.verdict == Verdict::Merge)
                    .then(|| known_id(rule.kind, name))
                    .flatten();
                let ids: Vec<&'static str> = ids.into_iter().chain(known).collect();
                has(rule.kind, &key(bare(rule.kind, name)), &ids)
            };
            let missing: Vec<&String> = rule.names.iter().filter(|name| !is_there(name)).collect();
            if missing.is_empty() || rule.is_alias && missing.len() < rule.names.len() {
                continue;
            }
            let kind = rule.kind.as_str();
            let names = missing.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
            out.push(format!("{} corrects nothing of {names}: no story has a {kind} of that name", rule.origin));
        }
        out
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
        for quote in &mut story.quotes {
            let Some(speaker) = &mut quote.speaker else { continue };
            match self.identity(EntityKind::Person, speaker.id.as_deref().unwrap_or(""), &speaker.name) {
                Corrected::Nobody => quote.speaker = None,
                Corrected::As(id) if id.is_empty() => {}
                Corrected::As(id) => speaker.id = Some(id.into_owned()),
            }
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
        if kind == EntityKind::Place && !id.is_empty() && !id.starts_with(MERGED) {
            return self.by_place.get(id).map(|rule| &self.rules[*rule]);
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
                let known = rule.names.iter().find_map(|n| place_ids(rule.verdict, n).into_iter().next());
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

    /// Tells whether names of a kind are corrected.
    pub(super) fn has(&self, kind: EntityKind) -> bool {
        self.rules.iter().any(|rule| rule.kind == kind)
    }

    /// Tells whether a name with all words of another is to be nobody's; of any name, whether any is.
    pub(super) fn bans(&self, kind: EntityKind, part: Option<&str>) -> bool {
        let part = part.map(key);
        let bans = self.rules.iter().filter(|rule| rule.kind == kind && rule.verdict == Verdict::Ban);
        bans.flat_map(|rule| &rule.names).any(|name| part.as_ref().is_none_or(|part| has_words(&key(name), part)))
    }

    /// Returns the places of the gazetteer that corrections name.
    pub(super) fn places(&self) -> impl Iterator<Item = &'static str> {
        self.by_place.keys().copied()
    }

    /// Returns the name that the user gave to the bearer of a name of the archive.
    #[must_use]
    pub fn name_of(&self, kind: EntityKind, id: &str, name: &str) -> Option<&str> {
        let merged = self.rule(kind, id, name).filter(|r| r.verdict == Verdict::Merge);
        merged.and_then(|r| r.names.first()).map(String::as_str)
    }

    /// Tells whether the user says anything of a name.
    pub(super) fn is_corrected(&self, kind: EntityKind, id: &str, name: &str) -> bool {
        self.rule(kind, id, name).is_some()
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

/// A name without what says that it is the place of nothing known: `Springfield [none]`.
fn bare(kind: EntityKind, name: &str) -> &str {
    let untold = with_id(name).filter(|(_, id)| kind == EntityKind::Place && id == NO_ID);
    untold.map_or(name, |(bare, _)| bare)
}

/// The places of the gazetteer that a name of a correction means: those whose usual name it is, else
/// the likeliest that is called so. Only who is to be nobody is all of them.
fn place_ids(verdict: Verdict, name: &str) -> Vec<&'static str> {
    match with_id(name) {
        Some((_, id)) if id == NO_ID => return Vec::new(),
        Some((_, id)) if places::by_id(&id).is_some() => {
            return places::by_id(&id).map(|p| p.id()).into_iter().collect();
        }
        _ => {}
    }
    let all = places_asked(name);
    let is_usual = |place: &places::Place| key(place.name()) == key(name);
    let usual: Vec<&'static str> = all.iter().filter(|p| is_usual(p)).map(places::Place::id).collect();
    let most = if verdict == Verdict::Ban { usual.len().max(1) } else { 1 };
    let ids = if usual.is_empty() { all.iter().map(places::Place::id).collect() } else { usual };
    ids.into_iter().take(most).collect()
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
