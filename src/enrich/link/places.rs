//! From the names of places to entries of the gazetteer, each mention by what stands beside
//! it, then by where the story was filed and what else it names.
//!
//! Mentions of one name that are told apart (`Paris, Texas` and `Paris, France`) become two
//! places. A wrong place is worse than none: where the story says two things, none is chosen.

use super::beside::{self, Said};
use super::written_forms;
use crate::data::known;
use crate::data::places::{self, Hints, Kind, Place};
use crate::data::{agencies, languages};
use crate::names;
use crate::story::{Confidence, Entity, EntityKind, Evidence, Origin, Span, Story};
use crate::text::fold;

/// Countries of the story that decide among namesakes.
const COUNTRIES_MAX: usize = 8;
/// Places of one country that make a story one of its home affairs.
const HOME_PLACES_MIN: usize = 3;
/// Places that make it so where each of them can lie there, for others as well.
const LISTED_PLACES_MIN: usize = 4;
/// Places that decide by lying near.
const NEAR_MAX: usize = 16;
/// A town from this size on is not passed over for an organisation of its name.
const TOWN_OVER_ORG_MIN: u32 = 100_000;
/// Who holds an office in an American state, behind its name.
const STATE_OFFICES: [&str; 7] = ["governor", "gov", "senator", "sen", "congressman", "congresswoman", "legislature"];
/// A short word in capitals amid small letters is an acronym, up to so many letters.
const ACRONYM_CHARS_MAX: usize = 4;
/// Languages that write the names of places in cases.
const CASES: [&str; 16] =
    ["ru", "uk", "be", "bg", "pl", "cs", "sk", "hr", "sr", "sl", "fi", "et", "hu", "lt", "lv", "el"];
/// Letters that two cases of a name share at least, and of an ending at most: *Київ*, *Києві*.
const STEM_CHARS_MIN: usize = 2;
const ENDING_CHARS_MAX: usize = 4;
/// So much of its line is looked at on either side.
const LINE_BYTES_MAX: usize = 120;

/// Gives the places of `story` the ids of the gazetteer.
pub(super) fn link(story: &mut Story) {
    let lang = story.lang.as_ref().and_then(|l| languages::find(&l.value)).map(|l| l.code);
    let languages: Vec<&str> = lang.into_iter().collect();
    let agency = story.agency.as_ref().and_then(|a| agencies::by_id(&a.id)).map(|a| a.country);
    let filed_from = FiledFrom::of(story);
    let mut said = beside::read(&story.text, &story.places, lang);
    for (entity, said) in story.places.iter().zip(&mut said) {
        for (mention, said) in entity.mentions.iter().zip(said) {
            if let Some(filed) = filed_from.at(*mention) {
                *said = filed.map_or(Said::Unlisted, Said::Filed);
            }
        }
    }
    let mut countries: Vec<&str> = Vec::new();
    let mut near: Vec<Place> = filed_from.places.iter().map(|(_, p)| *p).collect();
    for (name, said) in story.places.iter().map(|p| p.name.as_str()).zip(&said) {
        let country = written_forms(name, lang).find_map(|n| places::sure_country(&n));
        if let Some(code) = country.map(|c| c.country()).filter(|c| !countries.contains(c)) {
            countries.push(code);
        }
        let told = said.iter().filter_map(|s| if let Said::Is(p, true) = s { Some(*p) } else { None });
        let regions = places::sure_region(name).into_iter().chain(told.filter(|p| p.kind() == Kind::Region));
        for region in regions {
            if !near.contains(&region) {
                near.push(region);
            }
        }
    }
    countries.truncate(COUNTRIES_MAX);
    near.truncate(NEAR_MAX);
    let hints = Hints {
        agency_country: agency,
        languages: &languages,
        countries: &countries,
        near: &near,
        home: filed_from.home(story),
        in_text: true,
    };
    let entities = std::mem::take(&mut story.places);
    let linker = Linker { text: &story.text, hints, filed_from: &filed_from, lang, named: &entities };
    let mut linked: Vec<Entity> =
        entities.iter().zip(&said).flat_map(|(entity, said)| linker.parted(entity, said)).collect();
    linked.sort_by_key(|e| e.mentions.first().copied());
    story.places = cases_joined(linked, lang, &story.text);
}

/// Joins the places that are one by the gazetteer and whose names are cases of one: *КИЇВ* and *Києві*. The name that
/// is shown is one that the gazetteer has, where the story has such a one.
fn cases_joined(places: Vec<Entity>, lang: Option<&str>, text: &str) -> Vec<Entity> {
    if !lang.is_some_and(|lang| CASES.contains(&lang)) {
        return places;
    }
    let mut out: Vec<Entity> = Vec::with_capacity(places.len());
    for place in places {
        let is_same = |known: &&mut Entity| {
            known.id.is_some() && known.id == place.id && are_of_one_stem(&known.name, &place.name)
        };
        match out.iter_mut().find(is_same) {
            Some(known) => {
                known.mentions.extend(place.mentions);
                known.mentions.sort_unstable();
            }
            None => out.push(place),
        }
    }
    for place in &mut out {
        let Some(id) = place.id.as_deref() else { continue };
        let is_listed = |name: &str| places::lookup(name).any(|p| p.id() == id);
        if is_listed(&place.name) {
            continue;
        }
        let mut written = place.mentions.iter().map(|m| m.of(text).split_whitespace().collect::<Vec<_>>().join(" "));
        if let Some(name) = written.find(|name| is_listed(name)) {
            place.name = name;
        }
    }
    out
}

/// Tells whether two names begin alike and differ by an ending.
fn are_of_one_stem(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    let (long, short) = (a.chars().count().max(b.chars().count()), a.chars().count().min(b.chars().count()));
    let alike = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    alike >= STEM_CHARS_MIN && short - alike <= ENDING_CHARS_MAX && long - alike <= ENDING_CHARS_MAX
}

/// Makes places of the organisations that are countries by their name, of several words or an
/// acronym: *DR Congo*, *UAE*. A country of one word may be what its team or its government does.
pub(super) fn take_countries(story: &mut Story) {
    let is_country = |org: &Entity| {
        let letters = || org.name.chars().filter(|c| c.is_alphabetic());
        let is_acronym = letters().count() > 1 && letters().all(char::is_uppercase);
        org.id.is_none()
            && (is_acronym || org.name.contains(' '))
            && known::lookup(EntityKind::Org, &org.name).next().is_none()
            && known::body(&org.name).is_none()
            && match is_acronym {
                true => places::acronym(&org.name).is_some(),
                false => {
                    let mut found = places::lookup(&org.name).peekable();
                    found.peek().is_some() && found.all(|p| p.kind() == Kind::Country)
                }
            }
    };
    let mut at = 0;
    while at < story.orgs.len() {
        if !is_country(&story.orgs[at]) {
            at += 1;
            continue;
        }
        let mut place = story.orgs.remove(at);
        place.kind = EntityKind::Place;
        match story.places.iter_mut().find(|p| fold(&p.name) == fold(&place.name)) {
            Some(known) => {
                known.mentions.append(&mut place.mentions);
                known.mentions.sort_unstable();
            }
            None => story.places.push(place),
        }
    }
    story.places.sort_by_key(|e| e.mentions.first().copied());
}

/// What a name was found to be: nothing, or a place with the rule that decided.
type Decided = Option<(Place, &'static str, Confidence)>;

struct Linker<'a> {
    text: &'a str,
    hints: Hints<'a>,
    filed_from: &'a FiledFrom,
    lang: Option<&'a str>,
    named: &'a [Entity],
}

impl Linker<'_> {
    /// Parts the mentions of a name by what each is told to be, and links each part.
    fn parted(&self, entity: &Entity, said: &[Said]) -> Vec<Entity> {
        let is_linked = entity.place.is_some() || entity.kind != EntityKind::Place;
        // *The White House* is not in Tennessee.
        if is_linked || is_rather_org(&entity.name) {
            return vec![entity.clone()];
        }
        let said: Vec<Said> = said.iter().map(|s| self.at_home(entity, *s)).collect();
        let bare = self.bare(entity, &said);
        let mut parts: Vec<(Decided, Vec<Span>)> = Vec::new();
        for (mention, said) in entity.mentions.iter().zip(&said) {
            let decided = match said {
                Said::Filed(place) => Some((*place, "link/place-of-dateline", Confidence::Derived)),
                Said::Is(place, true) => Some((*place, "link/place-in-name", Confidence::Derived)),
                Said::Is(place, false) => Some((*place, "link/place-in-name", Confidence::Inferred)),
                Said::Country(place) => Some((*place, "link/country", Confidence::Derived)),
                Said::Unlisted => None,
                Said::Doubted => bare.map(|(place, rule, _)| (place, rule, Confidence::Inferred)),
                Said::Nothing => bare,
            };
            let id = |d: &Decided| d.map(|(place, ..)| place);
            match parts.iter_mut().find(|(d, _)| id(d) == id(&decided)) {
                Some((_, mentions)) => mentions.push(*mention),
                None => parts.push((decided, vec![*mention])),
            }
        }
        parts.into_iter().map(|(decided, mentions)| self.part(entity, decided, mentions)).collect()
    }

    /// In a list of towns of one country, what stands behind the comma is rather the next one,
    /// unless it is surely a whole.
    fn at_home(&self, entity: &Entity, said: Said) -> Said {
        let Said::Is(place, false) = said else { return said };
        let is_at_home = |p: Place| Some(p.country()) == self.hints.home && p.kind() == Kind::City;
        let other = self.hints.home.is_some_and(|home| place.country() != home);
        if other && places::lookup(&entity.name).any(is_at_home) { Said::Nothing } else { said }
    }

    /// What the mentions are beside which nothing stands.
    fn bare(&self, entity: &Entity, said: &[Said]) -> Decided {
        let mut told: Vec<Place> = Vec::new();
        for place in said.iter().filter_map(|s| if let Said::Is(p, _) | Said::Country(p) = s { Some(*p) } else { None })
        {
            if !told.contains(&place) {
                told.push(place);
            }
        }
        let is_unlisted = said.contains(&Said::Unlisted);
        let own = self.own(entity);
        match (&told[..], own) {
            // Where it was filed goes before what another mention is told to be.
            (_, Some((place, rule, confidence))) if rule == "link/place-of-dateline" => Some((place, rule, confidence)),
            ([], _) if is_unlisted => None,
            ([], own) => own,
            // Georgia of a story from Tbilisi; from Atlanta too, a bare one is nobody's.
            ([one], Some((place, ..))) if place != *one && self.filed_from.is_in(place) => {
                own.filter(|_| !self.filed_from.is_in(*one))
            }
            ([one], _) if !is_unlisted => {
                let is_sure = said.iter().any(|s| matches!(s, Said::Is(_, true) | Said::Country(_)));
                let confidence = if is_sure { Confidence::Derived } else { Confidence::Inferred };
                Some((*one, "link/place-in-name", confidence))
            }
            // Of several, the one in the country that it was filed from.
            (several, Some((place, rule, _))) if several.contains(&place) && !is_unlisted => {
                let mut there = several.iter().filter(|p| self.filed_from.is_in(**p));
                (there.next() == Some(&place) && there.next().is_none()).then_some((place, rule, Confidence::Inferred))
            }
            _ => None,
        }
    }

    /// What a name means by the rest of the story.
    fn own(&self, entity: &Entity) -> Decided {
        let forms = self.forms(&entity.name);
        let found = forms.into_iter().find_map(|name| match self.filed_from.of_name(&name) {
            Some(own) => Some(own.map(|p| (p, "dateline"))),
            None => self.resolve(entity, &name).map(Some),
        });
        let (place, decided) = found.flatten()?;
        let (rule, confidence) = reason(decided);
        Some((place, rule, confidence))
    }

    /// The forms of a name, as written first; last where it ends as what says where and is a
    /// place at home without that: *Tartus* of an Estonian story is in Tartu.
    fn forms(&self, name: &str) -> Vec<String> {
        let mut forms: Vec<String> = written_forms(name, self.lang).collect();
        let is_home = |form: &String| {
            let mut found = places::lookup(form);
            let languages = self.hints.languages.iter().filter_map(|l| languages::find(l));
            let countries: Vec<&str> = languages.flat_map(|l| l.countries.iter().copied()).collect();
            found.any(|p| self.filed_from.is_in(p) || countries.contains(&p.country()))
        };
        let is_locative = self.lang.is_some_and(|lang| names::is_locative(name, lang));
        if is_locative && !is_home(&forms[0]) && forms[1..].iter().any(is_home) {
            forms.rotate_left(1);
        }
        forms
    }

    fn resolve(&self, entity: &Entity, name: &str) -> Option<(Place, &'static str)> {
        if self.is_acronym(entity) {
            return places::acronym(name).map(|p| (p, "country"));
        }
        if let Some(region) = self.region_of_state(entity, name) {
            return Some((region, "near"));
        }
        match self.of_two_states(name) {
            Some(decided) => decided.map(|p| (p, "near")),
            None => places::resolve(name, &self.hints),
        }
    }

    /// The American state of a name that is a country's too, where the story names a town of the state and none of
    /// the country, or whom only states have: *Georgia Governor*.
    fn region_of_state(&self, entity: &Entity, name: &str) -> Option<Place> {
        let found: Vec<Place> = places::lookup(name).collect();
        let land = found.iter().find(|p| p.kind() == Kind::Country)?;
        let region = found.iter().find(|p| p.kind() == Kind::Region && p.country() == "US")?;
        let towns: Vec<Place> =
            self.named.iter().filter(|e| e.name != name).filter_map(|e| places::lookup(&e.name).next()).collect();
        let is_there = towns.iter().any(|town| town.is_within(*region));
        let is_abroad = towns.iter().any(|town| town.country() == land.country()) || self.filed_from.is_in(*land);
        let has_office = |mention: &Span| {
            let word = self.text.get(mention.end as usize..).and_then(|behind| behind.strip_prefix(' '))?;
            Some(STATE_OFFICES.contains(&word.split(|c: char| !c.is_alphabetic()).next()?.to_lowercase().as_str()))
        };
        let is_states = entity.mentions.iter().any(|mention| has_office(mention) == Some(true));
        ((is_there || is_states) && !is_abroad).then_some(*region)
    }

    /// A name that two countries share, *Congo*: the one of which the story names a part or
    /// the full name. `None` where the name is of no two, or the story tells of neither.
    fn of_two_states(&self, name: &str) -> Option<Option<Place>> {
        let states: Vec<Place> = places::lookup(name).filter(|p| p.kind() == Kind::Country).collect();
        let [first, second] = states[..] else { return None };
        let word = |p: Place| p.name().split([' ', '-']).next().map(str::to_owned);
        if word(first) != word(second) {
            // A state that was.
            return None;
        }
        let is_part = |state: Place| {
            let only = |e: &&Entity| {
                let mut found = places::lookup(&e.name).peekable();
                found.peek().is_some() && found.all(|p| p.country() == state.country())
            };
            self.hints.near.iter().any(|p| p.country() == state.country())
                || self.hints.countries.contains(&state.country())
                || self.named.iter().any(|e| only(&e))
        };
        match (is_part(first), is_part(second)) {
            (true, false) => Some(Some(first)),
            (false, true) => Some(Some(second)),
            (true, true) => Some(None),
            (false, false) => None,
        }
    }

    /// Tells whether a name is a short word in capitals amid small letters.
    fn is_acronym(&self, entity: &Entity) -> bool {
        let letters = entity.name.chars().filter(|c| c.is_alphabetic());
        let is_short = letters.clone().count() <= ACRONYM_CHARS_MAX && letters.clone().all(char::is_uppercase);
        if !is_short || letters.clone().count() < 2 {
            return false;
        }
        // *U.S.* is one amid capitals too; *US* is *us* there.
        let is_dotted = entity.name.matches('.').count() >= letters.count();
        // *Iran* in the text under a headline of capitals says nothing of the headline's.
        let capital = |mention: &Span| !mention.of(self.text).chars().any(char::is_lowercase);
        is_dotted || entity.mentions.iter().any(|mention| capital(mention) && self.is_amid_small(*mention))
    }

    /// Tells whether the line of a mention has small letters.
    fn is_amid_small(&self, mention: Span) -> bool {
        let (start, end) = (mention.start as usize, mention.end as usize);
        let mut from = start.saturating_sub(LINE_BYTES_MAX);
        let mut to = self.text.len().min(end + LINE_BYTES_MAX);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        while !self.text.is_char_boundary(to) {
            to -= 1;
        }
        let before = self.text[from..start].rsplit('\n').next().unwrap_or_default();
        let behind = self.text[end..to].split('\n').next().unwrap_or_default();
        before.chars().chain(behind.chars()).any(char::is_lowercase)
    }

    /// An entity of some of the mentions of another.
    fn part(&self, entity: &Entity, decided: Decided, mentions: Vec<Span>) -> Entity {
        let first = mentions.first().copied();
        let mut part = Entity { mentions, ..entity.clone() };
        for evidence in &mut part.evidence {
            if let Some(first) = first.filter(|_| part.mentions.len() < entity.mentions.len()) {
                evidence.origin = Origin::Text(first);
            }
        }
        if let (Some((place, rule, confidence)), Some(first)) = (decided, first) {
            part.id = Some(place.id().to_owned());
            part.place = Some(place.to_ref());
            part.evidence.push(Evidence::text(first, rule, confidence));
        }
        part
    }
}

/// Where a story was filed: what decides among the namesakes that its text names.
struct FiledFrom {
    /// The names that the dateline gives, folded, and the entry of each.
    places: Vec<(String, Place)>,
    /// Where the name of each town stands, and its entry, if the gazetteer has the town.
    towns: Vec<(Span, Option<Place>)>,
}

impl FiledFrom {
    fn of(story: &Story) -> FiledFrom {
        let (mut places, mut towns) = (Vec::new(), Vec::new());
        for place in story.dateline.iter().flat_map(|d| &d.places) {
            let Some(entry) = place.entry.as_ref().and_then(|e| places::by_id(&e.id)) else { continue };
            let name = place.as_written.split([',', '(', '/']).next().unwrap_or_default().trim();
            let own = places::lookup(name).any(|p| p == entry) || entry.kind() == Kind::City;
            if !place.span.is_empty() {
                towns.push((place.span, Some(entry).filter(|_| own)));
            }
            places.push((fold(name), entry));
        }
        FiledFrom { places, towns }
    }

    /// What a name in the dateline is: its town or none, where it begins one.
    fn at(&self, mention: Span) -> Option<Option<Place>> {
        let begins = |span: &Span| span.start == mention.start && mention.end <= span.end;
        self.towns.iter().find(|(span, _)| begins(span)).map(|(_, town)| *town)
    }

    /// The country of the dateline, where the text names several more places that lie there
    /// and nowhere else, or more that all can lie there while no other country is named:
    /// *Mérida, Trujillo, Granada y Córdoba* of a story from Madrid.
    fn home(&self, story: &Story) -> Option<&'static str> {
        let country = self.places.first().map(|(_, p)| p.country())?;
        let (mut only_there, mut may_be_there, mut elsewhere, mut is_abroad) = (0, 0, 0, false);
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
            is_abroad |= !any && places::sure_country(&entity.name).is_some();
        }
        let all_at_home =
            may_be_there >= LISTED_PLACES_MIN && elsewhere * LISTED_PLACES_MIN <= may_be_there && !is_abroad;
        (only_there >= HOME_PLACES_MIN || all_at_home).then_some(country)
    }

    /// Tells whether the story was filed from the country of a place.
    fn is_in(&self, place: Place) -> bool {
        self.places.iter().any(|(_, p)| p.country() == place.country())
    }

    /// What the dateline says of a name: a place, nothing, or that the town is one that the
    /// gazetteer lacks: `HARWICH, England`.
    fn of_name(&self, name: &str) -> Option<Option<Place>> {
        // *Kuwait* and *الجزائر* are countries where they stand in the text; *Lebanon* of a story
        // from Lebanon, Pa., is not.
        let is_capital_of =
            |land: Place| self.places.iter().any(|(_, e)| e.is_capital() && e.country() == land.country());
        if places::lookup(name).any(|p| p.kind() == Kind::Country && is_capital_of(p)) {
            return None;
        }
        if let Some(place) = places::lookup(name).find(|p| self.places.iter().any(|(_, entry)| entry == p)) {
            return Some(Some(place));
        }
        let folded = fold(name);
        if let Some((_, entry)) = self.places.iter().find(|(head, _)| *head == folded) {
            return Some(Some(*entry).filter(|e| e.kind() == Kind::City));
        }
        // *Santiago* of a story from Santiago de Cuba; but *Mexico* is no Mexico City.
        let longer = |head: &str| head.strip_prefix(folded.as_str()).is_some_and(|rest| rest.starts_with(' '));
        let (_, entry) = self.places.iter().find(|(head, e)| e.kind() == Kind::City && longer(head))?;
        let mut namesakes = places::lookup(name).peekable();
        namesakes.peek()?;
        namesakes.all(|p| p.kind() == Kind::City).then_some(Some(*entry))
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
    use super::super::link;
    use super::super::tests::{ids, story};
    use crate::data::places::{self, Hints};
    use crate::story::{Dateline, DatelinePlace, Entity, EntityKind, Span, Story};

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
        let mut story = Story::new(
            "Perth, Scotland. Boston, Lincolnshire. Vienne (Isère). Syria, Iraq. Granada (Nicaragua).".to_owned(),
        );
        for name in ["Perth", "Scotland", "Syria", "Iraq", "Granada", "Nicaragua"] {
            let at = story.text.find(name).expect("it is there");
            let mentions = vec![Span::new(at, at + name.len())];
            let (kind, name) = (EntityKind::Place, name.to_owned());
            story.places.push(Entity { kind, id: None, name, mentions, place: None, evidence: vec![] });
        }
        link(&mut story);
        let countries = story.places.iter().map(|p| p.place.as_ref().map(|p| p.country.as_str()));
        assert_eq!(
            countries.collect::<Vec<_>>(),
            [Some("GB"), Some("GB"), Some("SY"), Some("IQ"), Some("NI"), Some("NI")]
        );
    }

    #[test]
    fn a_name_that_says_where() {
        use EntityKind::Place as L;
        let s = story("et", &[(L, "Tartus"), (L, "Pärnus")]);
        assert_eq!(s.places[0].place.as_ref().map(|p| p.country.as_str()), Some("EE"));
        let s = story("en", &[(L, "Tartus")]);
        assert_eq!(s.places[0].place.as_ref().map(|p| p.country.as_str()), Some("SY"));
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
        // A department that has the name of larger cities abroad.
        let colombia = ["Córdoba", "Sucre", "Montería"].map(|n| (L, n));
        assert_eq!(filed("BOGOTÁ", &colombia)[..2], [is("CO"), is("CO")]);
        assert_eq!(filed("TBILISI", &[(L, "Georgia")]), [is("GE")]);
        assert_eq!(filed("VIGO", &[(L, "Galicia"), (L, "Santiago")]), [is("ES"), is("ES")]);
    }
}
