//! From the names of a story to bearers that other stories share.
//!
//! Layers, each with its evidence: the table of well-known names, asked with the fullest
//! form of the story and then with its shorter mentions, where what is fuller must sound
//! like the table's; the gazetteer for places, decided by what the story itself names.
//! Inflected words are asked for in their base forms. A surname alone makes nobody one
//! person: where nothing decides, a name keeps no id.

mod beside;
mod callings;
mod places;

use super::bodies;
use crate::data::agencies;
use crate::data::known::{self, Known};
use crate::data::no_names::Word;
use crate::names::{self, Name};
use crate::story::{Agency, Confidence, Entity, EntityKind, Evidence, Origin, Span, Story};
use crate::text::{fold, stands_alone};

/// How alike a full name has to sound to the table's in one script: *Christine Lindner* is
/// no *Christian Lindner*.
const KNOWN_SAME_SCRIPT_MIN: f32 = 0.9;
/// Base forms that are tried for a name of several words.
const FORMS_MAX: usize = 48;
/// Base forms of a full name that are heard against the table's.
const FORMS_HEARD_MAX: usize = 12;
/// The rule of a name that is not the table's as written and sounds like it.
const SOUNDS_LIKE_KNOWN: &str = "link/sounds-like-known";

/// Gives the people, places and organisations of `story` the ids of what they stand for.
pub fn link(story: &mut Story) {
    let lang = story.lang.as_ref().map(|l| l.value.clone());
    let lang = lang.as_deref();
    let text = std::mem::take(&mut story.text);
    for agency in story.agency.iter().chain(&story.credits) {
        link_credited(&mut story.orgs, agency);
    }
    let shared = shared_surnames(&story.people);
    let is_shared = |e: &Entity| e.kind == EntityKind::Person && shared.contains(&fold(&e.name));
    for entity in story.people.iter_mut().chain(&mut story.orgs).filter(|e| !is_shared(e)) {
        link_known(entity, &text, lang);
    }
    part_relatives(&mut story.people);
    story.text = text;
    places::take_countries(story);
    callings::check(story);
    places::link(story);
    bodies::check(story);
    bodies::link(story);
}

/// Returns the surnames, folded, that two people of a story bear: alone they are nobody's,
/// however famous one of the two is.
fn shared_surnames(people: &[Entity]) -> Vec<String> {
    // *Carla Bruni-Sarkozy* is one too.
    let full = people.iter().filter(|p| p.name.contains(char::is_whitespace));
    let last = |p: &Entity| p.name.rsplit(|c: char| c.is_whitespace() || c == '-').next().map(fold);
    let mut surnames: Vec<String> = full.filter_map(last).collect();
    surnames.sort_unstable();
    let pairs = surnames.windows(2).filter(|w| w[0] == w[1]);
    let mut shared: Vec<String> = pairs.map(|w| w[0].clone()).collect();
    shared.dedup();
    // Chinese and Japanese names have the surname first, without a space. Sorted, those who bear it
    // follow it.
    let mut unspaced: Vec<&str> =
        people.iter().map(|p| p.name.as_str()).filter(|name| name.chars().all(stands_alone)).collect();
    unspaced.sort_unstable();
    unspaced.dedup();
    for three in unspaced.windows(3) {
        if three[1..].iter().all(|name| name.starts_with(three[0])) {
            shared.push(fold(three[0]));
        }
    }
    shared
}

/// Takes the id from those whose name goes on behind a known one where the story names the known one too:
/// *Nicolás Maduro Guerra* beside *Nicolás Maduro*.
fn part_relatives(people: &mut [Entity]) {
    let is_inferred =
        |e: &Entity| e.evidence.iter().any(|v| v.rule == SOUNDS_LIKE_KNOWN && v.confidence == Confidence::Inferred);
    let surely = |e: &Entity| e.id.clone().filter(|_| !is_inferred(e) && e.name.contains(' '));
    let sure: Vec<String> = people.iter().filter_map(surely).collect();
    for person in people.iter_mut().filter(|e| is_inferred(e)) {
        if person.id.as_ref().is_some_and(|id| sure.contains(id)) {
            person.id = None;
            person.evidence.retain(|v| v.rule != SOUNDS_LIKE_KNOWN);
        }
    }
}

/// Gives the organisation that stands where the story credits an agency the id of that
/// agency: its acronym alone may be of others.
fn link_credited(orgs: &mut [Entity], agency: &Agency) {
    let spans =
        || agency.evidence.iter().filter_map(|e| if let Origin::Text(span) = e.origin { Some(span) } else { None });
    let covers = |own: &Span| spans().any(|s| s.start <= own.start && own.end <= s.end);
    let Some((org, span)) = orgs.iter_mut().find_map(|o| o.mentions.iter().copied().find(covers).map(|m| (o, m)))
    else {
        return;
    };
    let country = agencies::by_id(&agency.id).map(|a| a.country);
    let known = known::lookup(EntityKind::Org, &agency.name).find(|(k, _)| k.id() == agency.id);
    let Some((known, _)) = known.filter(|(k, _)| org.id.is_none() && Some(k.country()) == country) else { return };
    org.id = Some(format!("q:{}", known.id()));
    org.evidence.push(Evidence::text(span, bodies::CREDITED, Confidence::Derived));
}

fn link_known(entity: &mut Entity, text: &str, lang: Option<&str>) {
    let is_others = entity.kind == EntityKind::Person
        && (is_family(entity, text, lang) || entity.mentions.iter().any(|m| is_younger(text, *m)));
    if entity.id.is_some() || is_others {
        return;
    }
    let found = by_title(entity, text)
        .or_else(|| by_full_name(entity, lang))
        .or_else(|| by_bare_name(entity))
        .or_else(|| by_mention(entity, text, lang));
    let Some((known, rule, confidence)) = found else { return };
    if rule == "link/likeliest-bearer" && is_arabic_word(entity, text, lang) {
        return;
    }
    entity.id = Some(format!("q:{}", known.id()));
    let Some(first) = entity.mentions.first() else { return };
    entity.evidence.push(Evidence::text(*first, rule, confidence));
}

/// Tells whether a surname stands for a family wherever the story has it: *la famille Agnelli*, *the Agnelli family*.
fn is_family(entity: &Entity, text: &str, lang: Option<&str>) -> bool {
    let Some(lang) = lang.filter(|_| !entity.name.contains(char::is_whitespace)) else { return false };
    let is = |mention: &Span| {
        let before = text.get(..mention.start as usize).and_then(|before| before.strip_suffix(' ')).unwrap_or("");
        let behind = text.get(mention.end as usize..).and_then(|behind| behind.strip_prefix(' ')).unwrap_or("");
        let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let next = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        Word::Clan.has(last, lang) || lang == "en" && Word::Clan.has(next, lang)
    };
    !entity.mentions.is_empty() && entity.mentions.iter().all(is)
}

/// Tells whether an organisation's one word is an Arabic noun too, and nothing before it says that it is one: *فتح* is
/// an opening, *حركة فتح* a movement.
fn is_arabic_word(entity: &Entity, text: &str, lang: Option<&str>) -> bool {
    const HEADS: [&str; 9] = ["حركة", "حزب", "نادي", "فريق", "جماعة", "جمعية", "منظمة", "تنظيم", "شركة"];
    let is_told = |mention: &Span| {
        let before = text.get(..mention.start as usize).unwrap_or("").trim_end();
        HEADS.contains(&before.rsplit(char::is_whitespace).next().unwrap_or(""))
    };
    entity.kind == EntityKind::Org
        && lang == Some("ar")
        && !entity.name.contains(char::is_whitespace)
        && !entity.mentions.iter().any(is_told)
}

/// Tells whether a name goes on as that of the younger of two: `Порошенко-молодший`.
fn is_younger(text: &str, mention: Span) -> bool {
    const YOUNGER: [&str; 6] = ["-молодший", "-младший", "-молодшого", "-младшего", "-молодшим", "-младшим"];
    text.get(mention.end as usize..).is_some_and(|behind| YOUNGER.iter().any(|word| behind.starts_with(word)))
}

type Found = (Known, &'static str, Confidence);

fn by_full_name(entity: &Entity, lang: Option<&str>) -> Option<Found> {
    let single = |name: &str| single(known::lookup(entity.kind, name));
    if let Some((known, ambiguous)) = single(&entity.name) {
        // A surname alone may be anybody's, however famous.
        let is_surname = entity.kind == EntityKind::Person && Name::new(&entity.name).words_count() == 1;
        return Some(if ambiguous || is_surname {
            (known, "link/likeliest-bearer", Confidence::Inferred)
        } else {
            (known, "link/known-name", Confidence::Derived)
        });
    }
    let forms = forms_of(&entity.name, lang);
    let (known, ambiguous) = forms.iter().find_map(|f| single(f))?;
    // An ending taken off is a step further from what is written.
    let is_surname = entity.kind == EntityKind::Person && Name::new(&entity.name).words_count() == 1;
    match (is_surname, ambiguous) {
        (true, _) => Some((known, "link/likeliest-bearer", Confidence::Inferred)),
        (false, false) => Some((known, "link/known-name-inflected", Confidence::Derived)),
        (false, true) => None,
    }
}

/// A given name behind the title with which the table has it: `Papst Franziskus`.
fn by_title(entity: &Entity, text: &str) -> Option<Found> {
    if entity.kind != EntityKind::Person || entity.name.contains(char::is_whitespace) {
        return None;
    }
    let told = |mention: &Span| {
        let before = text.get(..mention.start as usize)?;
        let spaced = before.trim_end_matches(' ');
        let title = spaced.rsplit(|c: char| !c.is_alphabetic()).next().filter(|t| !t.is_empty())?;
        if before.len() - spaced.len() != 1 {
            return None;
        }
        let name = format!("{title} {}", mention.of(text));
        let (known, ambiguous) = single(known::lookup(entity.kind, &name))?;
        (!ambiguous).then_some((known, "link/known-name", Confidence::Derived))
    };
    entity.mentions.iter().find_map(told)
}

/// A Persian name behind the word that says what it is of: `خبرگزاری ایرنا`.
fn by_bare_name(entity: &Entity) -> Option<Found> {
    const HEADS: [&str; 10] =
        ["خبرگزاری", "باشگاه", "تیم", "شبکه", "روزنامه", "شرکت", "بانک", "سازمان", "حزب", "دانشگاه"];
    let (head, bare) = entity.name.split_once(' ').filter(|_| entity.kind == EntityKind::Org)?;
    if head.is_ascii() {
        return None;
    }
    let head = fold(head);
    let (known, ambiguous) =
        HEADS.iter().any(|h| fold(h) == head).then(|| single(known::lookup(entity.kind, bare)))??;
    (!ambiguous).then_some((known, "link/known-name", Confidence::Derived))
}

/// A shorter mention names somebody of the table, and the full name sounds like theirs.
fn by_mention(entity: &Entity, text: &str, lang: Option<&str>) -> Option<Found> {
    // Most mentions lead to nobody: the name is heard only where one does.
    let mut full: Option<Vec<Name>> = None;
    let last = entity.name.rsplit(char::is_whitespace).next().filter(|w| w.len() < entity.name.len());
    let mentions = entity.mentions.iter().map(|m| m.of(text)).filter(|m| m.len() < entity.name.len());
    for short in mentions.chain(last) {
        let known = std::iter::once(short.to_owned()).chain(names::base_forms(short, lang));
        let mut alike: Vec<Known> = Vec::new();
        for (candidate, _) in known.flat_map(|n| known::lookup(entity.kind, &n).collect::<Vec<_>>()) {
            let theirs = Name::new(candidate.name());
            // In some case of both its words: *Ильхамом Алиевым*.
            let full = full.get_or_insert_with(|| {
                written_forms(&entity.name, lang).take(FORMS_HEARD_MAX + 1).map(|n| Name::new(&n)).collect()
            });
            let is_alike = full.iter().any(|own| {
                let found = names::compare(own, &theirs);
                found.same && (found.score >= KNOWN_SAME_SCRIPT_MIN || !own.shares_script(&theirs))
            });
            if is_alike && !alike.contains(&candidate) {
                alike.push(candidate);
            }
        }
        match alike[..] {
            [] => {}
            [one] if goes_on(&entity.name, one.name()) => {
                return Some((one, SOUNDS_LIKE_KNOWN, Confidence::Inferred));
            }
            [one] => return Some((one, SOUNDS_LIKE_KNOWN, Confidence::Derived)),
            // *George Bush* is father or son.
            _ => return None,
        }
    }
    None
}

/// Tells whether a name goes on behind the surname of a known one: *Pedro Sánchez Gómez* may be
/// the whole name of a famous man, or another's.
fn goes_on(full: &str, known: &str) -> bool {
    let (own, theirs) = (Name::new(full), Name::new(known));
    let last = |name: &str| name.rsplit([' ', '-']).next().map(Name::new);
    own.words_count() > theirs.words_count()
        && last(full).zip(last(known)).is_some_and(|(a, b)| !names::compare(&a, &b).same)
}

/// The one entry that a name leads to: one that it surely means, else the only one.
fn single(found: impl Iterator<Item = (Known, bool)>) -> Option<(Known, bool)> {
    let all: Vec<(Known, bool)> = found.collect();
    let mut sure = all.iter().filter(|(_, ambiguous)| !ambiguous);
    match (sure.next(), sure.next()) {
        (Some(one), None) => Some(*one),
        (Some(_), Some(_)) => None,
        (None, _) => {
            if let [one] = all[..] {
                Some(one)
            } else {
                None
            }
        }
    }
}

/// A name as written, then with its words in base forms.
fn written_forms(name: &str, lang: Option<&str>) -> impl Iterator<Item = String> + use<> {
    std::iter::once(name.to_owned()).chain(forms_of(name, lang))
}

/// The name with each of its words, or all, in a base form.
fn forms_of(name: &str, lang: Option<&str>) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').collect();
    if words.len() == 1 {
        return names::base_forms(name, lang);
    }
    let mut bases: Vec<Vec<String>> = words.iter().map(|w| names::base_forms(w, lang)).collect();
    if bases.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    bases.iter_mut().zip(words).for_each(|(forms, word)| forms.insert(0, word.to_owned()));
    let mut forms = vec![String::new()];
    for choices in &bases {
        forms = forms
            .iter()
            .flat_map(|f| choices.iter().map(move |c| if f.is_empty() { c.clone() } else { format!("{f} {c}") }))
            .take(FORMS_MAX)
            .collect();
    }
    forms.retain(|f| f != name);
    forms
}

#[cfg(test)]
mod tests {
    use super::link;
    use crate::story::{Confidence, Entity, EntityKind, Sourced, Span, Story};

    pub(super) fn story(lang: &str, named: &[(EntityKind, &str)]) -> Story {
        let text: Vec<&str> = named.iter().map(|(_, n)| *n).collect();
        let mut story = Story::new(text.join("\n"));
        story.lang = Some(Sourced::text(lang.to_owned(), Span::new(0, 1), "test", Confidence::Stated));
        let mut at = 0;
        for (kind, name) in named {
            let mentions = vec![Span::new(at, at + name.len())];
            at += name.len() + 1;
            let entity =
                Entity { kind: *kind, id: None, name: (*name).to_owned(), mentions, place: None, evidence: vec![] };
            match kind {
                EntityKind::Person => story.people.push(entity),
                EntityKind::Place => story.places.push(entity),
                EntityKind::Org => story.orgs.push(entity),
            }
        }
        link(&mut story);
        story
    }

    pub(super) fn ids(entities: &[Entity]) -> Vec<Option<&str>> {
        entities.iter().map(|e| e.id.as_deref()).collect()
    }

    #[test]
    fn people_of_the_table_in_any_spelling_and_case() {
        use EntityKind::Person as P;
        let s = story("ru", &[(P, "Владимира Путина"), (P, "Путиным"), (P, "Пётр Путилов")]);
        assert_eq!(ids(&s.people), [Some("q:putin-vladimir"), Some("q:putin-vladimir"), None]);
        let s = story("fr", &[(P, "Vladimir Poutine"), (P, "Massoud Pezeshkian"), (P, "Lioudmila Poutina")]);
        assert_eq!(ids(&s.people), [Some("q:putin-vladimir"), Some("q:pezeshkian-masoud"), None]);
        let s = story("ar", &[(P, "وبوتين")]);
        assert_eq!(ids(&s.people), [Some("q:putin-vladimir")]);
    }

    #[test]
    fn a_name_that_goes_on_behind_a_known_one_is_inferred() {
        let surname = "Pedro Sánchez Gómez";
        assert!(super::goes_on(surname, "Pedro Sánchez") && !super::goes_on("Pedro Sánchez", "Pedro Sánchez"));
        assert!(!super::goes_on("Vladimir Vladimirovich Putin", "Vladimir Putin"));
    }

    #[test]
    fn an_ambiguous_alias_is_inferred() {
        let s = story("en", &[(EntityKind::Person, "Gerasimov")]);
        assert_eq!(s.people[0].id.as_deref(), Some("q:gerasimov-valery"));
        assert_eq!(s.people[0].evidence[0].confidence, Confidence::Inferred);
        // A surname that two of the story bear is neither's.
        let two = story(
            "en",
            &[
                (EntityKind::Person, "David Cameron"),
                (EntityKind::Person, "James Cameron"),
                (EntityKind::Person, "Cameron"),
            ],
        );
        assert!(two.people[2].id.is_none());
        let two = story(
            "ja",
            &[(EntityKind::Person, "小泉純一郎"), (EntityKind::Person, "小泉進次郎"), (EntityKind::Person, "小泉")],
        );
        assert!(two.people[2].id.is_none());
        // Father or son: two bearers are none.
        assert!(story("fr", &[(EntityKind::Person, "Assad")]).people[0].id.is_none());
    }

    #[test]
    fn relatives_have_no_id_of_another() {
        use EntityKind::Person as P;
        let mut s = story("es", &[(P, "Nicolás Maduro Guerra"), (P, "Nicolás Maduro")]);
        // *Maduro* of the longer name leads to the table's.
        let surname = s.text.find("Maduro").expect("it is there");
        s.people[0].mentions.push(Span::new(surname, surname + "Maduro".len()));
        (s.people[0].id, s.people[1].id) = (None, None);
        let mut alone = s.clone();
        alone.people.truncate(1);
        link(&mut s);
        link(&mut alone);
        assert_eq!(ids(&s.people), [None, Some("q:maduro-nicolas")]);
        assert_eq!(ids(&alone.people), [Some("q:maduro-nicolas")]);
        let s = story("fr", &[(P, "Carla Bruni-Sarkozy"), (P, "Jean Sarkozy"), (P, "Sarkozy")]);
        assert_eq!(ids(&s.people), [None, None, None]);
        assert_eq!(ids(&story("fr", &[(P, "Sarkozy")]).people), [Some("q:sarkozy-nicolas")]);
    }
}
