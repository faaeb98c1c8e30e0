//! From labelled words to the people, places and organisations of a story.
//!
//! Mentions of one bearer are gathered: equal names; a surname alone with the one full name
//! of the story that has it; initials with the name that they begin; an acronym in
//! brackets with the name before it. A surname that two people of the story share stays
//! apart. The name of an entity is its fullest form.

use super::arabic;
use super::desk;
use super::inflection::{same_given, same_word};
use super::kin;
use super::mentions::{ACRONYM, ALIAS, Mention, is_initial, mentions};
use super::neighbours;
use super::sexes;
use super::traits::Sheet;
use crate::data::given_names::Sex;
use crate::data::places;
use crate::story::{Confidence, Entity, EntityKind, Evidence, Span};

/// Names by the words that stand around and in them.
const MODEL: &str = "entities/context";
/// A name of the tables, in scripts that have no capitals.
const LISTED: &str = "entities/known-name";
/// A name by a part of a fuller one in the story.
const PART: &str = "entities/part-of-full-name";
/// Different names of a story; what names more is a list, and its tail is left apart.
const COMPARED_MAX: usize = 2_000;

/// A bearer in the making.
struct Bearer {
    kind: EntityKind,
    /// Words of the fullest form.
    words: Vec<String>,
    length: usize,
    /// Its acronyms and aliases.
    other_names: Vec<String>,
    name: Span,
    mentions: Vec<Span>,
    rules: Vec<(Span, &'static str)>,
    /// Whether a man or a woman, by a given name or by what stands beside a mention.
    sex: Option<Sex>,
    /// Whether that alone keeps it apart from another of the name: *Mrs. Lindgren*.
    is_apart: bool,
}

/// Gathers the names of a labelled text by bearer, in the order of their first mention.
pub(super) fn gather(text: &str, lang: &str, sheet: &Sheet<'_>, labels: &[u8]) -> Vec<Entity> {
    let mentions = mentions(text, lang, sheet, labels);
    let mut bearers: Vec<Bearer> = Vec::new();
    // The bearer of each mention, by number.
    let mut of: Vec<Option<usize>> = vec![None; mentions.len()];
    // Fuller names first: shorter ones are then met with all that they may be part of.
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|&i| {
        let mention = &mentions[i];
        (std::cmp::Reverse(mention.length), mention.other_name_of.is_none(), mention.span.start)
    });
    for i in order {
        let mention = &mentions[i];
        let is_person = mention.kind == EntityKind::Person;
        let beside = is_person.then(|| sexes::beside(text, mention.span, lang)).flatten();
        let own = sexes::of_name(&mention.words, lang).filter(|_| is_person);
        let (at, mut rule) = match find(text, mention, beside, &of, &bearers, lang) {
            Some((at, rule)) => (at, rule),
            None => {
                let last = mention.words.last();
                let is_other = |b: &Bearer| b.kind == mention.kind && b.words.last() == last && are_two(b.sex, beside);
                let is_bare = mention.words.len() == 1;
                let is_apart = are_two(own, beside) || is_bare && bearers.iter().take(COMPARED_MAX).any(is_other);
                bearers.push(Bearer {
                    sex: None,
                    is_apart,
                    kind: mention.kind,
                    words: mention.words.clone(),
                    length: mention.length,
                    other_names: Vec::new(),
                    name: mention.span,
                    mentions: Vec::new(),
                    rules: Vec::new(),
                });
                (bearers.len() - 1, MODEL)
            }
        };
        if rule == MODEL && mention.listed {
            rule = LISTED;
        }
        let bearer = &mut bearers[at];
        let fuller =
            mention.words.len() == bearer.words.len() && mention.span.of(text).len() < bearer.name.of(text).len();
        if fuller && (rule == MODEL || rule == LISTED) {
            // Of inflected forms the shortest is the nearest to the base form.
            bearer.name = mention.span;
        }
        if rule == ACRONYM || rule == ALIAS {
            bearer.other_names.push(mention.words.join(" "));
        }
        bearer.mentions.push(mention.span);
        bearer.sex = bearer.sex.or(beside).or(own);
        if !bearer.rules.iter().any(|(_, r)| *r == rule) {
            bearer.rules.push((mention.span, rule));
        }
        of[i] = Some(at);
    }
    // *Stwierdził Niemiec*: what somebody is called after where they are from, unless it is a full name's.
    let is_nobody = |b: &Bearer| {
        let name = b.name.of(text);
        // *Włoch* is an Italian, and Italy in the genitive.
        let is_land = matches!(lang, "pl" | "cs" | "sk")
            && places::lookup(name).next().is_some()
            && !neighbours::is_behind_verb_of_saying(text, b.name);
        // *M. Breton* is called so.
        let is_named =
            || b.mentions.iter().any(|m| desk::makes_person(text, *m) || text[..m.start as usize].ends_with("M. "));
        neighbours::is_inhabitant(name, lang)
            && (b.kind == EntityKind::Person && !is_named() || b.kind != EntityKind::Person && !is_land)
    };
    bearers.retain(|b| b.words.len() > 1 || !is_nobody(b));
    for bearer in &mut bearers {
        bearer.mentions.sort_unstable();
    }
    bearers.sort_by_key(|b| b.mentions.first().copied());
    bearers
        .into_iter()
        .map(|b| Entity {
            kind: b.kind,
            id: None,
            name: match b.kind {
                EntityKind::Person if lang == "ar" => one_line(arabic::alone(b.name.of(text))),
                _ => one_line(b.name.of(text)),
            },
            mentions: b.mentions,
            place: None,
            evidence: b
                .rules
                .into_iter()
                .map(|(span, rule)| {
                    let confidence = if rule == MODEL { Confidence::Inferred } else { Confidence::Derived };
                    Evidence::text(span, rule, confidence)
                })
                .collect(),
        })
        .collect()
}

/// Finds the bearer of a mention among those that are fuller or equal.
fn find(
    text: &str,
    mention: &Mention,
    sex: Option<Sex>,
    of: &[Option<usize>],
    bearers: &[Bearer],
    lang: &str,
) -> Option<(usize, &'static str)> {
    // Whoever is told apart by a title is met by that title alone.
    let is_somebody_else = |b: &Bearer| are_two(b.sex, sex) || b.is_apart && sex.is_none();
    let same = |a: &String, b: &String| same_word(a, b, lang);
    let own = &mention.words;
    let candidates = || bearers.iter().enumerate().take(COMPARED_MAX).filter(|(_, b)| b.kind == mention.kind);
    let spouses = |b: &Bearer| own.len() == 1 && are_of_two_sexes(&b.words[0], &own[0], bearers);
    // Of two whole names whose surnames are of one sex, short given names in their cases too.
    let is_full = mention.kind == EntityKind::Person && own.len() > 1;
    let one_sex = |b: &Bearer| {
        let ends = |words: &[String]| words.last().is_some_and(|last| last.ends_with(['a', 'а', 'я']));
        ends(&b.words) == ends(own)
    };
    let alike = |b: &Bearer| {
        let given = |(x, y): (&String, &String)| same(x, y) || same_given(x, y, lang);
        is_full
            && one_sex(b)
            && same(&b.words[own.len() - 1], &own[own.len() - 1])
            && b.words.iter().zip(own).all(given)
    };
    // Equal names, word for word.
    let equal = |b: &Bearer| {
        b.words.len() == own.len()
            && (b.words.iter().zip(own).all(|(a, b)| same(a, b)) || alike(b))
            && !(mention.kind == EntityKind::Person && spouses(b))
            && !(mention.kind == EntityKind::Place && desk::are_two_countries(&b.words, own, lang))
            || !b.other_names.is_empty() && b.other_names.contains(&own.join(" "))
    };
    if let Some((at, _)) = candidates().find(|(_, b)| equal(b) && !is_somebody_else(b)) {
        return Some((at, MODEL));
    }
    if let Some((at, rule)) = mention.other_name_of.and_then(|(before, rule)| Some((of[before]?, rule))) {
        return Some((at, rule));
    }
    if mention.kind != EntityKind::Person {
        return None;
    }
    // *His son Thomas* is not Thomas Baxter, unless that is who the story calls a son.
    let is_relative = own.len() == 1 && neighbours::is_behind_kin(text, mention.span, lang);
    let is_before = |b: &Bearer| b.mentions.iter().any(|m| m.start < mention.span.start);
    // A part of exactly one fuller name: the surname first, else any of its words.
    let only = |test: &dyn Fn(&Bearer) -> bool| {
        let fuller = |b: &Bearer| {
            b.length > mention.length
                && !is_somebody_else(b)
                && !kin::is_of_kin(text, mention.span, b.name)
                && (!is_relative || b.mentions.iter().any(|m| neighbours::is_called_kin(text, *m, lang)))
        };
        let all: Vec<(usize, &Bearer)> = candidates().filter(|(_, b)| fuller(b) && test(b)).collect();
        // Of two, the one who was named before; shared by two who were, it stays apart.
        let mut before = all.iter().filter(|(_, b)| is_before(b));
        // *Волков* of a story that has a Волкова too.
        let exact = |(_, b): &&(usize, &Bearer)| b.words.last() == own.last();
        let man = all.iter().filter(|(_, b)| b.words.len() > 1 && own.len() == 1).find(exact);
        if let (Some((at, _)), [_, _]) = (man, &all[..])
            && all.iter().all(|(i, b)| i == at || b.words.last().is_some_and(|last| is_hers(last, &own[0])))
        {
            return Some(Some(*at));
        }
        match (&all[..], before.next(), before.next()) {
            ([], ..) => None,
            ([(at, _)], ..) | (_, Some((at, _)), None) => Some(Some(*at)),
            _ => Some(None),
        }
    };
    // Chinese copy gives a foreign name by its parts, or by one of them, character by character.
    let whole = own.concat();
    let surname = |b: &Bearer| {
        let own_part = b.words.len() > 1 && own.len() > 1 && b.words.last() == Some(&whole);
        let at_end = || b.words.iter().rev().zip(own.iter().rev()).all(|(a, b)| same(a, b));
        own_part || b.words.len() >= own.len() && at_end()
    };
    let initials = |b: &Bearer| {
        let Some((last, given)) = own.split_last().filter(|(_, given)| !given.is_empty()) else { return false };
        // The father's name may be left out of the fuller one: *В. В. Путин*, *Владимир Путин*.
        let all = b.words.len() >= own.len() || given.iter().all(|word| is_initial(word));
        all && b.words.len() > 1
            && b.words.last().is_some_and(|b| same(b, last))
            && given
                .iter()
                .zip(&b.words[..b.words.len() - 1])
                .all(|(short, long)| long.starts_with(short.as_str()) || same(short, long))
    };
    // *De la Fuente* of *Manuel de la Fuente Ríos*, *Norberto dos Santos* of *Norberto Garcia dos Santos*.
    let within = |b: &Bearer| {
        let is_run = || b.words.windows(own.len()).any(|run| run.iter().zip(own).all(|(a, b)| same(a, b)));
        let mut left = own.iter().peekable();
        b.words.iter().for_each(|word| _ = left.next_if(|next| same(next, word)));
        let ends = || same(&b.words[0], &own[0]) && b.words.last().zip(own.last()).is_some_and(|(a, b)| same(a, b));
        own.len() > 1 && b.words.len() > own.len() && (is_run() || left.peek().is_none() && ends())
    };
    let first = |b: &Bearer| b.words.len() >= own.len() && b.words.iter().zip(own).all(|(a, b)| same(a, b));
    let any = |b: &Bearer| own.len() == 1 && b.words.iter().any(|w| same(w, &own[0]));
    if mention.regnal {
        return None;
    }
    // A first name of two bearers is neither's, whoever of them was named before.
    let of_two = candidates().filter(|(_, b)| b.length > mention.length && first(b)).take(2).count() > 1;
    let found = only(&surname)
        .or_else(|| only(&initials))
        .or_else(|| only(&within))
        .or_else(|| if of_two { Some(None) } else { only(&first) })
        .or_else(|| only(&any))
        .flatten()
        .or_else(|| korean(text, mention, bearers))?;
    // Who was named already goes before who is only to come; of several, nobody does.
    let named = |b: &Bearer| is_before(b) && any(b);
    let sooner = if is_before(&bearers[found]) { None } else { only(&named) };
    Some((sooner.unwrap_or(Some(found))?, PART))
}

/// Tells whether one is a man and the other a woman.
fn are_two(a: Option<Sex>, b: Option<Sex>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a != b)
}

/// Tells whether two surnames are a man's and a woman's where two of the story are called so: *Волкова* may be his in
/// a case too, *Волков* is never hers.
fn are_of_two_sexes(a: &str, b: &str, bearers: &[Bearer]) -> bool {
    let bears = |full: &&Bearer| full.words.len() > 1 && full.words.last().is_some_and(|last| last == a || last == b);
    (is_hers(a, b) || is_hers(b, a)) && bearers.iter().take(COMPARED_MAX).filter(bears).take(2).count() == 2
}

/// Tells whether a surname is the woman's form of a man's.
fn is_hers(woman: &str, man: &str) -> bool {
    woman.strip_suffix(['а', 'a']) == Some(man)
}

/// The one person of a Korean surname, which is one syllable, written together with the given
/// name: `이재명`, `이 후보`.
fn korean(text: &str, mention: &Mention, bearers: &[Bearer]) -> Option<usize> {
    let mut letters = mention.span.of(text).chars();
    let (Some(surname @ '\u{AC00}'..='\u{D7A3}'), None) = (letters.next(), letters.next()) else { return None };
    let bears = |b: &Bearer| {
        let name = b.name.of(text);
        b.kind == EntityKind::Person
            // *이시바 시게루* is no Korean name.
            && !name.contains(' ')
            && name.starts_with(surname)
            && name.chars().nth(1).is_some_and(char::is_alphabetic)
    };
    let mut all = bearers.iter().enumerate().take(COMPARED_MAX).filter(|(_, b)| bears(b));
    let (at, _) = all.next()?;
    all.next().is_none().then_some(at)
}

/// A name on one line, with single spaces.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
