//! People of the table who are not meant: the footballer Lavrov, Mrs Putin, `Pedro Sanchez, a
//! retired mechanic`.
//!
//! What stands right before a name, or behind its comma, is held against what its bearer is
//! known for. A full name of which something else is said is a namesake's. A surname of which
//! it is said is another's than the one whom the story names in full, and is parted from them.

use super::super::bodies;
use super::super::entities::hash::{self, EMPTY_PHRASE};
use super::super::entities::lexicon::FUNCTION;
use super::super::entities::tables;
use crate::data::callings::Callings;
use crate::story::{Confidence, Entity, EntityKind, Evidence, Span, Story};
use crate::text::fold;

/// Letters of a word before a name that are read, and of an apposition behind it.
const BESIDE_BYTES_MAX: usize = 64;
/// Words of an apposition that are read: *a retired car mechanic*.
const APPOSITION_WORDS_MAX: usize = 4;
/// Words that say that somebody was something else before, folded.
const FORMER: [&str; 22] = [
    "former",
    "onetime",
    "ancien",
    "ancienne",
    "ehemalige",
    "ehemaliger",
    "ehemaligen",
    "fruhere",
    "fruherer",
    "antiguo",
    "antigua",
    "exjugador",
    "gia",
    "antigo",
    "antiga",
    "voormalig",
    "voormalige",
    "бывший",
    "бывшего",
    "бывшая",
    "eski",
    "tidigare",
];

/// What the words beside a mention say of its bearer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// Nothing against it.
    Fine,
    /// That it may be another.
    Doubted,
    /// That it is another.
    Denied,
}

/// Takes the ids off the people of `story` whom their own words deny.
pub(super) fn check(story: &mut Story) {
    let Some(lang) = story.lang.as_ref().map(|l| l.value.clone()) else { return };
    let mut starts: Vec<u32> = story.people.iter().flat_map(|p| &p.mentions).map(|m| m.start).collect();
    starts.sort_unstable();
    let reader = Reader { text: &story.text, lang: &lang, starts: &starts };
    let mut parted: Vec<Entity> = Vec::new();
    for entity in &mut story.people {
        let id = entity.id.as_deref().and_then(|id| id.strip_prefix("q:"));
        let Some(bearer) = id.and_then(Callings::of_person) else { continue };
        let said: Vec<(Span, bool, Verdict)> = entity
            .mentions
            .iter()
            .map(|m| (*m, m.of(&story.text).contains(char::is_whitespace), reader.verdict(*m, bearer)))
            .collect();
        let full = || said.iter().filter(|(_, is_full, _)| *is_full);
        let is_namesake = full().any(|(.., v)| *v == Verdict::Denied)
            || full().next().is_none() && said.iter().any(|(.., v)| *v != Verdict::Fine);
        if is_namesake {
            entity.id = None;
            entity.evidence.retain(|e| !e.rule.starts_with("link/"));
            continue;
        }
        let others = said.iter().filter(|(_, is_full, v)| !is_full && *v == Verdict::Denied);
        for (mention, ..) in others {
            entity.mentions.retain(|m| m != mention);
            part(&mut parted, *mention, &story.text);
        }
    }
    if !parted.is_empty() {
        story.people.append(&mut parted);
        story.people.sort_by_key(|e| e.mentions.first().copied());
    }
}

/// Adds a mention to the bearer of its name among those that were parted.
fn part(parted: &mut Vec<Entity>, mention: Span, text: &str) {
    let name = mention.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(other) = parted.iter_mut().find(|e| e.name == name) {
        other.mentions.push(mention);
        other.mentions.sort_unstable();
        return;
    }
    let evidence = vec![Evidence::text(mention, "entities/context", Confidence::Inferred)];
    let kind = EntityKind::Person;
    parted.push(Entity { kind, id: None, name, mentions: vec![mention], place: None, evidence });
}

struct Reader<'a> {
    text: &'a str,
    lang: &'a str,
    /// Where people are named.
    starts: &'a [u32],
}

impl Reader<'_> {
    fn verdict(&self, mention: Span, bearer: Callings) -> Verdict {
        let of = |word: Callings| match (word.denies(bearer), word.doubts(bearer)) {
            (true, _) => Verdict::Denied,
            (false, true) => Verdict::Doubted,
            (false, false) => Verdict::Fine,
        };
        let before = self.before(mention).map_or(Verdict::Fine, of);
        before.max(self.behind(mention).map_or(Verdict::Fine, of))
    }

    /// What the word before a name says: `striker Lavrov`, `le footballeur russe Lavrov`.
    fn before(&self, mention: Span) -> Option<Callings> {
        let mut from = (mention.start as usize).saturating_sub(BESIDE_BYTES_MAX);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let before = &self.text[from..mention.start as usize];
        let mut words = before.strip_suffix([' ', '\u{A0}'])?.rsplit([' ', '\u{A0}', '\n']);
        let mut word = words.next()?;
        if bodies::is_demonym(word) {
            word = words.next()?;
        }
        // What ends with a mark is of the sentence before, but for abbreviations.
        let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.strip_suffix('.').unwrap_or(bare);
        let found = Callings::of_word(bare, self.lang)?;
        (!words.next().is_some_and(is_former)).then_some(found)
    }

    /// What an apposition says: `Donald Tusk, 54, a plumber in Leeds`.
    fn behind(&self, mention: Span) -> Option<Callings> {
        let start = mention.end as usize;
        let mut to = self.text.len().min(start + BESIDE_BYTES_MAX);
        while !self.text.is_char_boundary(to) {
            to -= 1;
        }
        let mut rest = self.text[start..to].strip_prefix(", ")?;
        if let Some((age, behind)) = rest.split_once(", ")
            && !age.is_empty()
            && age.bytes().all(|b| b.is_ascii_digit())
        {
            rest = behind;
        }
        let from = to - rest.len();
        let end = rest.find([',', '.', ';', ':', '(', ')', '\n', '—', '–']).unwrap_or(rest.len());
        let names_another = self.starts.iter().any(|s| (from..from + end).contains(&(*s as usize)));
        if names_another {
            return None;
        }
        for (at, word) in rest[..end].split_whitespace().enumerate().take(APPOSITION_WORDS_MAX) {
            if is_former(word) {
                return None;
            }
            if let Some(found) = Callings::of_word(word, self.lang) {
                return Some(found);
            }
            if at > 0 && is_function(word) {
                return None;
            }
        }
        None
    }
}

fn is_former(word: &str) -> bool {
    let folded = fold(word);
    folded.starts_with("ex-") || FORMER.contains(&folded.as_str())
}

fn is_function(word: &str) -> bool {
    let (lexicons, _) = tables();
    let hash = hash::phrase(EMPTY_PHRASE, hash::of(&fold(word)));
    lexicons.iter().any(|l| l.get(hash) & FUNCTION != 0)
}

#[cfg(test)]
mod tests {
    use crate::enrich::enrich;
    use crate::story::Story;

    fn people(text: &str) -> Vec<String> {
        let mut story = Story::new(text.to_owned());
        enrich(&mut story);
        story
            .people
            .iter()
            .map(|p| format!("{} {} {}", p.name, p.id.as_deref().unwrap_or("-"), p.mentions.len()))
            .collect()
    }

    #[test]
    fn what_an_apposition_says_of_a_namesake() {
        let named = people(
            "ESPAÑOLA, N.M. (AP) — Pedro Sanchez, a retired mechanic from Chimayo, said on Tuesday that he was confident. \
             Donald Tusk, 54, a plumber in Leeds, was not there.",
        );
        assert!(named.contains(&"Pedro Sanchez - 1".to_owned()), "{named:?}");
        assert!(named.contains(&"Donald Tusk - 1".to_owned()), "{named:?}");
        let named = people(
            "PARIS (Reuters) - Emmanuel Macron, the president, met the singer Aya Nakamura and Donald Tusk on Tuesday.",
        );
        assert!(named.contains(&"Emmanuel Macron q:macron-emmanuel 1".to_owned()), "{named:?}");
        assert!(named.contains(&"Donald Tusk q:tusk-donald 1".to_owned()), "{named:?}");
    }

    #[test]
    fn a_man_is_not_his_wife() {
        let named = people(
            "MOSCOW (Reuters) - President Vladimir Putin spoke on Tuesday. Mrs Putin was not there. Putin left early.",
        );
        assert!(named.contains(&"Vladimir Putin q:putin-vladimir 2".to_owned()), "{named:?}");
        assert!(named.contains(&"Putin - 1".to_owned()), "{named:?}");
    }
}
