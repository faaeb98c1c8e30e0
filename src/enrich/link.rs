//! From the names of a story to bearers that other stories share.
//!
//! Layers, each with its evidence: the table of well-known names, asked with the fullest
//! form of the story and then with its shorter mentions, where what is fuller must sound
//! like the table's; the gazetteer for places, decided by what the story itself names.
//! Inflected words are asked for in their base forms. A surname alone makes nobody one
//! person: where nothing decides, a name keeps no id.

use super::bodies;
use crate::data::known::{self, Known};
use crate::data::places::{self, Hints, Kind, Place};
use crate::data::{agencies, languages};
use crate::names::{self, Name};
use crate::story::{Agency, Confidence, Entity, EntityKind, Evidence, Origin, Span, Story};
use crate::text::fold;

/// Countries of the story that decide among namesakes.
const COUNTRIES_MAX: usize = 8;
/// How alike a full name has to sound to the table's in one script: *Christine Lindner* is
/// no *Christian Lindner*.
const KNOWN_SAME_SCRIPT_MIN: f32 = 0.9;
/// Places of one country that make a story one of its home affairs.
const HOME_PLACES_MIN: usize = 3;
/// Places that make it so where each of them can lie there, for others as well.
const LISTED_PLACES_MIN: usize = 4;
/// Places that decide by lying near.
const NEAR_MAX: usize = 16;
/// A town from this size on is not passed over for an organisation of its name.
const TOWN_OVER_ORG_MIN: u32 = 100_000;
/// Base forms that are tried for a name of several words.
const FORMS_MAX: usize = 24;

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
    story.text = text;
    link_places(story);
    bodies::check(story);
    bodies::link(story);
}

/// Returns the surnames, folded, that two people of a story bear: alone they are nobody's,
/// however famous one of the two is.
fn shared_surnames(people: &[Entity]) -> Vec<String> {
    let full = people.iter().filter_map(|p| p.name.rsplit_once(char::is_whitespace));
    let mut surnames: Vec<String> = full.map(|(_, last)| fold(last)).collect();
    surnames.sort_unstable();
    let pairs = surnames.windows(2).filter(|w| w[0] == w[1]);
    let mut shared: Vec<String> = pairs.map(|w| w[0].clone()).collect();
    shared.dedup();
    shared
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
    if entity.id.is_some() {
        return;
    }
    let found = by_title(entity, text)
        .or_else(|| by_full_name(entity, lang))
        .or_else(|| by_bare_name(entity))
        .or_else(|| by_mention(entity, text, lang));
    let Some((known, rule, confidence)) = found else { return };
    entity.id = Some(format!("q:{}", known.id()));
    let Some(first) = entity.mentions.first() else { return };
    entity.evidence.push(Evidence::text(*first, rule, confidence));
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
    forms.iter().find_map(|f| single(f)).filter(|(_, ambiguous)| !ambiguous).map(|(known, _)| {
        // An ending taken off is a step further from what is written.
        (known, "link/known-name-inflected", Confidence::Derived)
    })
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
    let mut full: Option<Name> = None;
    let last = entity.name.rsplit(char::is_whitespace).next().filter(|w| w.len() < entity.name.len());
    let mentions = entity.mentions.iter().map(|m| m.of(text)).filter(|m| m.len() < entity.name.len());
    for short in mentions.chain(last) {
        let known = std::iter::once(short.to_owned()).chain(names::base_forms(short, lang));
        let mut alike: Vec<Known> = Vec::new();
        for (candidate, _) in known.flat_map(|n| known::lookup(entity.kind, &n).collect::<Vec<_>>()) {
            let theirs = Name::new(candidate.name());
            let full = full.get_or_insert_with(|| Name::new(&entity.name));
            let found = names::compare(full, &theirs);
            let is_alike = found.same && (found.score >= KNOWN_SAME_SCRIPT_MIN || !full.shares_script(&theirs));
            if is_alike && !alike.contains(&candidate) {
                alike.push(candidate);
            }
        }
        match alike[..] {
            [] => {}
            [one] => return Some((one, "link/sounds-like-known", Confidence::Derived)),
            // *George Bush* is father or son.
            _ => return None,
        }
    }
    None
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

/// Where a story was filed: what decides among the namesakes that its text names.
struct FiledFrom {
    /// The names that the dateline gives, folded, and the entry of each.
    places: Vec<(String, Place)>,
}

impl FiledFrom {
    fn of(story: &Story) -> FiledFrom {
        let places = story.dateline.iter().flat_map(|d| &d.places).filter_map(|p| {
            let entry = places::by_id(&p.entry.as_ref()?.id)?;
            let name = p.as_written.split([',', '(', '/']).next().unwrap_or_default();
            Some((fold(name.trim()), entry))
        });
        FiledFrom { places: places.collect() }
    }

    /// The country of the dateline, where the text names several more places that lie there
    /// and nowhere else, or more that all can lie there while no other country is named:
    /// *Mérida, Trujillo, Granada y Córdoba* of a story from Madrid.
    fn home(&self, story: &Story, countries: &[&str]) -> Option<&'static str> {
        let country = self.places.first().map(|(_, p)| p.country())?;
        let (mut only_there, mut may_be_there, mut elsewhere) = (0, 0, 0);
        for entity in &story.places {
            if self.of_name(&entity.name).is_some()
                || places::sure_country(&entity.name).is_some_and(|c| c.country() == country)
            {
                continue;
            }
            let mut found = places::lookup(&entity.name).peekable();
            if found.peek().is_none() {
                continue;
            }
            let (mut any, mut all) = (false, true);
            for place in found {
                let is_there = place.country() == country && place.kind() != Kind::Country;
                any |= is_there;
                all &= is_there;
            }
            only_there += usize::from(all);
            may_be_there += usize::from(any);
            elsewhere += usize::from(!any);
        }
        let all_at_home = may_be_there >= LISTED_PLACES_MIN
            && elsewhere * LISTED_PLACES_MIN <= may_be_there
            && countries.iter().all(|c| *c == country);
        (only_there >= HOME_PLACES_MIN || all_at_home).then_some(country)
    }

    /// What the dateline says of a name: a place, nothing, or that the town is one that the
    /// gazetteer lacks: `HARWICH, England`.
    fn of_name(&self, name: &str) -> Option<Option<Place>> {
        if let Some(place) = places::lookup(name).find(|p| self.places.iter().any(|(_, entry)| entry == p)) {
            return Some(Some(place));
        }
        let folded = fold(name);
        self.places.iter().any(|(head, _)| *head == folded).then_some(None)
    }
}

fn link_places(story: &mut Story) {
    let lang = story.lang.as_ref().and_then(|l| languages::find(&l.value)).map(|l| l.code);
    let languages: Vec<&str> = lang.into_iter().collect();
    let agency = story.agency.as_ref().and_then(|a| agencies::by_id(&a.id)).map(|a| a.country);
    let filed_from = FiledFrom::of(story);
    let mut countries: Vec<&str> = Vec::new();
    let mut near: Vec<Place> = filed_from.places.iter().map(|(_, p)| *p).collect();
    for name in story.places.iter().map(|p| p.name.as_str()) {
        let country = written_forms(name, lang).find_map(|n| places::sure_country(&n));
        if let Some(code) = country.map(|c| c.country()).filter(|c| !countries.contains(c)) {
            countries.push(code);
        }
        near.extend(places::sure_region(name).filter(|r| !near.contains(r)));
    }
    countries.truncate(COUNTRIES_MAX);
    near.truncate(NEAR_MAX);
    let home = filed_from.home(story, &countries);
    let hints = Hints {
        agency_country: agency,
        languages: &languages,
        countries: &countries,
        near: &near,
        home,
        in_text: true,
    };
    let mut named: Vec<Span> = story.places.iter().flat_map(|p| &p.mentions).copied().collect();
    named.sort_unstable();
    for entity in &mut story.places {
        let full = entity.mentions.iter().find_map(|m| with_qualifier(&story.text, *m, &named));
        resolve(entity, full, &hints, &filed_from, lang);
    }
}

/// A mention with the place that is written behind it: `Perth, Scotland`, `Vienne (Isère)`.
fn with_qualifier<'a>(text: &'a str, mention: Span, named: &[Span]) -> Option<&'a str> {
    let next = named.get(named.partition_point(|n| n.start < mention.end))?;
    let between = Span { start: mention.end, end: next.start }.of(text);
    matches!(between, ", " | " (" | "، " | "，" | "（").then(|| Span { start: mention.start, end: next.end }.of(text))
}

fn written_forms(name: &str, lang: Option<&str>) -> impl Iterator<Item = String> + use<> {
    std::iter::once(name.to_owned()).chain(forms_of(name, lang))
}

fn resolve(entity: &mut Entity, full: Option<&str>, hints: &Hints, filed_from: &FiledFrom, lang: Option<&str>) {
    if entity.place.is_some() || entity.kind != EntityKind::Place {
        return;
    }
    // Names side by side may also be a list: only a place that lies in the next one is told.
    if is_rather_org(&entity.name) {
        return;
    }
    let told = full.and_then(|full| places::resolve(full, hints)).filter(|(_, rule)| *rule == "in-name");
    // In a list of towns of one country, what stands behind the comma is rather the next one,
    // unless it can only be a country or a region.
    let at_home = || places::lookup(&entity.name).any(|p| Some(p.country()) == hints.home && p.kind() == Kind::City);
    let behind = full.and_then(|full| full.get(entity.name.len()..)).unwrap_or_default();
    let next = behind.trim_matches(|c: char| !c.is_alphabetic());
    let told = told.filter(|(place, _)| {
        hints.home.is_none_or(|home| place.country() == home)
            || places::sure_country(next).is_some()
            || places::sure_region(next).is_some()
            || !at_home()
    });
    let found = || {
        written_forms(&entity.name, lang).find_map(|name| match filed_from.of_name(&name) {
            Some(own) => Some(own.map(|p| (p, "dateline"))),
            None => places::resolve(&name, hints).map(Some),
        })
    };
    let Some((place, decided)) = told.or_else(|| found().flatten()) else { return };
    entity.id = Some(place.id().to_owned());
    entity.place = Some(place.to_ref());
    if let Some(first) = entity.mentions.first() {
        let (rule, confidence) = reason(decided);
        entity.evidence.push(Evidence::text(*first, rule, confidence));
    }
}

/// Tells whether a name is surely an organisation's that has the namesake of no large town:
/// *the White House* is not in Tennessee.
fn is_rather_org(name: &str) -> bool {
    let mut known = known::lookup(EntityKind::Org, name);
    known.any(|(_, ambiguous)| !ambiguous) && places::lookup(name).all(|p| p.population() < TOWN_OVER_ORG_MIN)
}

/// The rule that decided for a place, as evidence: what the story says makes it derived,
/// what the world is like makes it likely.
fn reason(decided: &str) -> (&'static str, Confidence) {
    match decided {
        "dateline" => ("link/place-of-dateline", Confidence::Derived),
        "only" => ("link/only-place", Confidence::Derived),
        "country" => ("link/country", Confidence::Derived),
        "in-name" => ("link/place-in-name", Confidence::Derived),
        "near" => ("link/place-nearby", Confidence::Derived),
        "text-country" => ("link/place-of-country", Confidence::Inferred),
        "agency-country" => ("link/place-of-agency", Confidence::Inferred),
        "language" => ("link/place-of-language", Confidence::Inferred),
        "capital" => ("link/capital", Confidence::Inferred),
        _ => ("link/largest-place", Confidence::Inferred),
    }
}

#[cfg(test)]
mod tests {
    use super::link;
    use crate::data::places::{self, Hints};
    use crate::story::{Confidence, Dateline, DatelinePlace, Entity, EntityKind, Sourced, Span, Story};

    fn story(lang: &str, named: &[(EntityKind, &str)]) -> Story {
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

    fn ids(entities: &[Entity]) -> Vec<Option<&str>> {
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
        // Father or son: two bearers are none.
        assert!(story("fr", &[(EntityKind::Person, "Assad")]).people[0].id.is_none());
    }

    #[test]
    fn places_by_what_the_story_names() {
        use EntityKind::Place as L;
        let s = story("ru", &[(L, "Москве"), (L, "Сирии")]);
        assert_eq!(ids(&s.places), [Some("g524901"), Some("c:SY")]);
        let s = story("fr", &[(L, "Alep"), (L, "Trifouillis-les-Oies")]);
        assert_eq!(s.places[0].place.as_ref().map(|p| p.country.as_str()), Some("SY"));
        assert!(s.places[1].place.is_none());
        let s = story("de", &[(L, "Nigerias")]);
        assert_eq!(ids(&s.places), [Some("c:NG")]);
        // The country, not the capital of another that some language calls so.
        let s = story("es", &[(L, "Cuba"), (L, "Kuwait"), (L, "Panamá")]);
        assert_eq!(ids(&s.places), [Some("c:CU"), Some("c:KW"), Some("c:PA")]);
        assert_eq!(ids(&story("fr", &[(L, "Mexico"), (L, "Mexique")]).places), [Some("g3530597"), Some("c:MX")]);
    }

    #[test]
    fn a_place_behind_a_comma_tells_which() {
        let mut story = Story::new("Perth, Scotland. Boston, Lincolnshire. Vienne (Isère). Syria, Iraq.".to_owned());
        for name in ["Perth", "Scotland", "Syria", "Iraq"] {
            let at = story.text.find(name).expect("it is there");
            let mentions = vec![Span::new(at, at + name.len())];
            let (kind, name) = (EntityKind::Place, name.to_owned());
            story.places.push(Entity { kind, id: None, name, mentions, place: None, evidence: vec![] });
        }
        link(&mut story);
        let countries = story.places.iter().map(|p| p.place.as_ref().map(|p| p.country.as_str()));
        assert_eq!(countries.collect::<Vec<_>>(), [Some("GB"), Some("GB"), Some("SY"), Some("IQ")]);
    }

    #[test]
    fn namesakes_by_where_the_story_was_filed() {
        use EntityKind::Place as L;
        let filed = |from: &str, named: &[(EntityKind, &str)]| -> Vec<Option<String>> {
            let mut s = story("en", named);
            let (place, _) = places::resolve(from, &Hints::default()).expect("a place of the table");
            let (as_written, span) = (from.to_owned(), Span::new(0, 1));
            let entry = Some(place.to_ref());
            let places = vec![DatelinePlace { as_written, span, entry }];
            s.dateline = Some(Dateline { span, places, date_as_written: None });
            for p in &mut s.places {
                (p.id, p.place) = (None, None);
            }
            link(&mut s);
            s.places.into_iter().map(|p| p.place.map(|p| p.country)).collect()
        };
        let is = |code: &str| Some(code.to_owned());
        // Among cities of Colombia, Armenia is one.
        let colombia = ["Armenia", "Pereira", "Manizales", "Bucaramanga"].map(|n| (L, n));
        assert_eq!(filed("BOGOTA", &colombia)[0], is("CO"));
        assert_eq!(filed("BOGOTA", &[(L, "Armenia"), (L, "Yerevan")])[0], is("AM"));
        // A town that the table lacks is not its namesake abroad.
        assert_eq!(filed("HARWICH, England", &[(L, "Harwich")]), [None]);
        assert_eq!(filed("BEIRUT", &[(L, "Tripoli"), (L, "Lebanon")]), [is("LB"), is("LB")]);
        assert_eq!(filed("TUNIS", &[(L, "Tripoli")]), [is("LY")]);
        assert_eq!(filed("ATLANTA", &[(L, "Georgia")]), [is("US")]);
        assert_eq!(filed("TBILISI", &[(L, "Georgia")]), [is("GE")]);
        assert_eq!(filed("VIGO", &[(L, "Galicia"), (L, "Santiago")]), [is("ES"), is("ES")]);
    }
}
