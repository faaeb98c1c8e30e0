//! What stands beside the mention of a place says which of its namesakes it is.
//!
//! `Paris, Texas`, `Vienne (Isère)`, `the state of Georgia`, `Victoria, the capital of
//! Seychelles`: each mention is read by itself, for one story may name two Birminghams. A
//! list (`Mali, Niger, Nigeria and Chad`) looks the same and says nothing; nor does a place
//! before which a clause ends: `In Geneva, Iran's minister said`.

use super::written_forms;
use crate::data::places::{self, Hints, Kind, Place};
use crate::story::{Entity, Span};
use crate::text::fold;

/// What is known of one mention.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Said {
    /// It is this place; whether nothing else can be meant.
    Is(Place, bool),
    /// It stands in the dateline, which says so.
    Filed(Place),
    /// A town of that name that the gazetteer lacks: it is none of its namesakes.
    Unlisted,
    /// It is one of a list of countries: the country of that name.
    Country(Place),
    /// Something stands behind it that may tell it apart or not.
    Doubted,
    /// Nothing stands beside it.
    Nothing,
}

/// How what is written behind a comma or in a bracket goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// A bracket, a comma, a full stop.
    Closed,
    /// Another name of a list.
    Listed,
    /// A word in small letters.
    Loose,
    /// A name or a genitive: there a clause begins.
    Clause,
}

/// Letters of an unlabelled qualifier at most: `Newfoundland and Labrador`.
const QUALIFIER_BYTES_MAX: usize = 64;
/// Letters between a town and what it is the capital of at most.
const CAPITAL_OF_BYTES_MAX: usize = 32;
/// Letters before a mention that are compared with [`OUTER_BEFORE`] at most.
const BEFORE_BYTES_MAX: usize = 32;

/// Words before a name that say that it is a region, in small letters.
const OUTER_BEFORE: [&str; 29] = [
    "state of ",
    "province of ",
    "region of ",
    "estado de ",
    "estado da ",
    "estado do ",
    "provincia de ",
    "provincia del ",
    "provincia di ",
    "província de ",
    "département de ",
    "province de ",
    "province du ",
    "état de ",
    "état du ",
    "état américain de ",
    "état américain du ",
    "bundesstaat ",
    "bundesland ",
    "provinz ",
    "stato della ",
    "stato del ",
    "stato di ",
    "штат ",
    "штате ",
    "штата ",
    "штату ",
    "ولاية ",
    "ایالت ",
];
/// Amman as marks tell it from Oman, which Arabic writes with the same letters; and its id.
const AMMAN: &str = "عمّان";
const AMMAN_ID: &str = "g250441";
/// Words behind a name that say so.
const OUTER_BEHIND: [&str; 4] = [" state", " State", " province", " Province"];
/// Words that say that a town is the capital of what follows.
const CAPITALS: [&str; 6] = ["capital", "capitale", "hauptstadt", "столица", "столицы", "столице"];
/// Words between a town and what it lies in.
const IN: [&str; 17] =
    ["in", "en", "au", "aux", "em", "no", "na", "в", "у", "w", "we", "في", "alle", "nel", "nella", "im", "i"];
/// Conjunctions of lists.
const JOINS: [&str; 13] = ["and", "or", "et", "ou", "y", "e", "und", "en", "i", "и", "та", "ve", "och"];

/// Returns what stands beside each mention of each place, in the order of `entities`.
pub(super) fn read(text: &str, entities: &[Entity], lang: Option<&str>) -> Vec<Vec<Said>> {
    let mut said: Vec<Vec<Said>> = entities.iter().map(|e| vec![Said::Nothing; e.mentions.len()]).collect();
    let mut named: Vec<(Span, usize, usize)> = Vec::new();
    for (at, entity) in entities.iter().enumerate() {
        named.extend(entity.mentions.iter().enumerate().map(|(i, m)| (*m, at, i)));
    }
    named.sort_unstable();
    let reader = Reader { text, named: &named, lang };
    for (order, (span, at, i)) in named.iter().enumerate() {
        let (own, outer) = reader.mention(order, *span);
        if own != Said::Nothing && said[*at][*i] == Said::Nothing {
            said[*at][*i] = own;
        }
        // What tells a town apart is told by it: *Athens, Georgia* is in America.
        if let (Some(outer), Some((span, at, i))) = (outer, named.get(order + 1))
            && places::lookup(span.of(text)).count() != 1
        {
            said[*at][*i] = Said::Is(outer, true);
        }
    }
    said
}

struct Reader<'a> {
    text: &'a str,
    named: &'a [(Span, usize, usize)],
    lang: Option<&'a str>,
}

impl Reader<'_> {
    /// What is said of the mention of a number, and what of the next one by it.
    fn mention(&self, order: usize, span: Span) -> (Said, Option<Place>) {
        let name = span.of(self.text);
        if let Some(is_before) = self.is_outer(span) {
            let found = self.found(name);
            let regions: Vec<Place> = found.iter().copied().filter(|p| p.kind() == Kind::Region).collect();
            // *Georgia state television* is no American one's.
            let is_country = !is_before && found.iter().any(|p| p.kind() == Kind::Country);
            if let Some(first) = regions.first().filter(|_| !is_country) {
                return (Said::Is(*first, regions.len() == 1), None);
            }
        }
        if name == AMMAN {
            return (places::by_id(AMMAN_ID).map_or(Said::Nothing, |place| Said::Is(place, true)), None);
        }
        if let Some(river) = self.river(span) {
            let town = places::resolve(&format!("{name} ({river})"), &Hints::default());
            return (town.map_or(Said::Unlisted, |(town, _)| Said::Is(town, true)), None);
        }
        // `León (México)`, `刚果（金）` are entries of their own.
        if let Some(whole) = self.bracketed(span)
            && let Some(place) = places::lookup(whole).next()
        {
            return (Said::Is(place, true), None);
        }
        let next = self.named.get(order + 1).map(|(s, ..)| *s);
        if let Some(next) = next.filter(|n| self.lies_in(span, *n)) {
            let outer = places::outer(next.of(self.text));
            let wholes: Vec<Place> = outer.into_iter().filter(|p| p.kind() != Kind::City).collect();
            if let Some((place, tie)) = places::tied(&self.found(name), &wholes)
                && place.kind() != Kind::Country
            {
                return (Said::Is(place, true), Some(tie));
            }
        }
        let Some((qualifier, is_bracketed)) = self.qualifier(span, next) else { return (Said::Nothing, None) };
        let own = self.found(name);
        if own.is_empty() {
            return (Said::Nothing, None);
        }
        let end = if is_bracketed { End::Closed } else { self.end(qualifier, order + 1) };
        let (said, outer) = self.told(name, &own, qualifier.of(self.text), is_bracketed, end);
        (said, outer.filter(|_| next == Some(qualifier)))
    }

    fn found(&self, name: &str) -> Vec<Place> {
        written_forms(name, self.lang)
            .map(|n| places::lookup(&n).collect::<Vec<_>>())
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    fn told(&self, name: &str, own: &[Place], qualifier: &str, is_bracketed: bool, end: End) -> (Said, Option<Place>) {
        let outer = written_forms(qualifier, self.lang).map(|q| places::outer(&q)).find(|o| !o.is_empty());
        let Some(outer) = outer else {
            // Of a bracket that the gazetteer does not know, the town that bears the name as its own.
            let mut called = own.iter().filter(|p| fold(p.name()) == fold(name));
            let said = match (called.next(), called.next()) {
                _ if !is_bracketed => Said::Nothing,
                (Some(town), None) => Said::Is(*town, false),
                _ => Said::Doubted,
            };
            return (said, None);
        };
        let country = own.iter().find(|p| p.kind() == Kind::Country);
        let outer_country = outer.iter().find(|p| p.kind() == Kind::Country);
        // *Niger, Nigeria*: countries side by side are a list. *Georgia, USA* is the state.
        if let (Some(land), Some(other)) = (country, outer_country)
            && land != other
        {
            // A bracket is no list: *Granada (Nicaragua)*.
            let is_part = |p: &&Place| match p.kind() {
                Kind::Country => false,
                Kind::City => is_bracketed && p.country() == other.country(),
                Kind::Region => p.is_within(*other) && (is_bracketed || p.population() >= land.population()),
            };
            let part = own.iter().find(is_part);
            return match part.filter(|_| end == End::Closed) {
                Some(part) => (Said::Is(*part, true), Some(*other)),
                None => (Said::Country(*land), None),
            };
        }
        // *Uttar Pradesh, West Bengal and Bihar* are a list too.
        let is_region = |p: &Place| p.kind() == Kind::Region;
        if !is_bracketed && own.iter().all(is_region) && outer.iter().all(is_region) {
            return (Said::Nothing, None);
        }
        // Two or three capitals may be anybody's: `BELFAST (PA)`.
        let is_code = qualifier.chars().count() <= 3 && !qualifier.contains('.');
        // What is rather a city behind a comma may be the next of a list.
        let is_city = |p: &Place| p.kind() == Kind::City;
        let is_next = !is_bracketed && outer.first().is_some_and(is_city);
        let wholes: Vec<Place> =
            if is_bracketed { outer.clone() } else { outer.iter().copied().filter(|p| !is_city(p)).collect() };
        let tied = places::tied(own, &wholes).filter(|(place, _)| place.kind() != Kind::Country);
        if let Some((place, tie)) = tied {
            // *In London, Canada's minister said*, *In Paris, Texas officials said*.
            let is_large = own.first().is_some_and(|p| p.is_capital() && *p != place);
            return match end {
                End::Clause if tie.kind() == Kind::Country => (Said::Nothing, None),
                End::Clause => (Said::Doubted, None),
                End::Loose if is_large && tie.kind() == Kind::Country => (Said::Doubted, None),
                End::Loose => (Said::Is(place, false), None),
                End::Listed if is_next => (Said::Is(place, false), None),
                End::Closed | End::Listed => (Said::Is(place, true), Some(tie)),
            };
        }
        if is_code {
            return (Said::Nothing, None);
        }
        if is_next || !is_bracketed && wholes.is_empty() {
            return (
                if is_next && end == End::Closed && !wholes.is_empty() { Said::Doubted } else { Said::Nothing },
                None,
            );
        }
        if is_bracketed && wholes.iter().all(is_city) {
            // *Trujillo (Cáceres)*: a smaller town of that name near the one in the bracket, or none that is known.
            let mut there = own.iter().filter(|p| wholes.first().is_some_and(|w| p.country() == w.country()));
            return match (there.next(), there.next()) {
                (Some(one), None) => (Said::Is(*one, false), None),
                (None, _) => (Said::Unlisted, None),
                _ => (Said::Doubted, None),
            };
        }
        let is_region = outer_country.is_none();
        let said = match (end, country) {
            (End::Listed | End::Clause | End::Loose, Some(land)) => Said::Country(*land),
            (End::Closed, _) => Said::Unlisted,
            (End::Listed, None) if is_region => Said::Unlisted,
            (End::Loose | End::Clause, None) if is_region => Said::Doubted,
            (End::Listed | End::Loose | End::Clause, None) => Said::Nothing,
        };
        (said, None)
    }

    /// A mention with the bracket behind it, where that is short.
    fn bracketed(&self, mention: Span) -> Option<&str> {
        let behind = &self.text[mention.end as usize..];
        let open = if behind.starts_with(" (") { 2 } else { behind.starts_with('（').then_some('（'.len_utf8())? };
        let mut to = behind.len().min(QUALIFIER_BYTES_MAX);
        while !behind.is_char_boundary(to) {
            to -= 1;
        }
        let close = behind[open..to].find([')', '）'])? + open;
        let end = close + behind[close..].chars().next().map_or(0, char::len_utf8);
        self.text.get(mention.start as usize..mention.end as usize + end)
    }

    /// Tells whether the words between two places say that one lies in the other: *Paris in Texas*, *Brest, en
    /// Biélorussie*.
    fn lies_in(&self, mention: Span, next: Span) -> bool {
        let between = self.text.get(mention.end as usize..next.start as usize);
        let word =
            between.map(|b| b.strip_prefix(',').unwrap_or(b)).and_then(|b| b.strip_prefix(' ')?.strip_suffix(' '));
        word.is_some_and(|word| IN.contains(&word))
    }

    /// The river behind a town: `Frankfurt (Oder)`, `Frankfurt/Main`.
    fn river(&self, mention: Span) -> Option<&str> {
        let behind = &self.text[mention.end as usize..];
        let rest = behind.strip_prefix(" (").or_else(|| behind.strip_prefix('/'))?;
        let word = rest.split(|c: char| !c.is_alphabetic()).next()?;
        places::is_river(word).then_some(word)
    }

    /// Whether words beside a mention say that it is a region, and whether they stand before it.
    fn is_outer(&self, mention: Span) -> Option<bool> {
        let behind = &self.text[mention.end as usize..];
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
        let start = mention.start as usize;
        let mut from = start.saturating_sub(BEFORE_BYTES_MAX);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let before = self.text[from..start].to_lowercase();
        let is_word = |rest: &str| !rest.ends_with(char::is_alphanumeric);
        if OUTER_BEFORE.iter().any(|words| before.strip_suffix(words).is_some_and(is_word)) {
            return Some(true);
        }
        OUTER_BEHIND.iter().any(|word| behind.strip_prefix(word).is_some_and(ends)).then_some(false)
    }

    /// What is written behind a mention to tell it apart, and whether in brackets.
    fn qualifier(&self, mention: Span, next: Option<Span>) -> Option<(Span, bool)> {
        let start = mention.end as usize;
        if let Some(next) =
            next.filter(|n| n.start >= mention.end && n.start - mention.end < CAPITAL_OF_BYTES_MAX as u32)
        {
            let between = &self.text[start..next.start as usize];
            match between {
                ", " | "، " | "，" => return Some((next, false)),
                " (" | "（" => return Some((next, true)),
                "/" if places::outer(next.of(self.text)).first().is_some_and(|p| p.kind() != Kind::City) => {
                    return Some((next, true));
                }
                _ if is_capital_of(between) || is_outer_word(between) => return Some((next, true)),
                _ => {}
            }
        }
        let behind = &self.text[start..];
        let (rest, is_bracketed) = match (behind.strip_prefix(", "), behind.strip_prefix(" (")) {
            (Some(rest), _) => (rest, false),
            (_, Some(rest)) => (rest, true),
            (None, None) => return None,
        };
        // Not labelled as a place: `Paris, Tenn.`, `Cordoba, N.M.`.
        let from = self.text.len() - rest.len();
        if next.is_some_and(|n| (n.start as usize) < from) || !rest.starts_with(char::is_uppercase) {
            return None;
        }
        let mut limit = rest.len().min(QUALIFIER_BYTES_MAX);
        while !rest.is_char_boundary(limit) {
            limit -= 1;
        }
        let part = &rest[..limit];
        let stop = part.find([',', ')', '\n', ';', '(', ':']).unwrap_or(part.len());
        let mut end = stop;
        while end > 0 {
            let name = &part[..end];
            let is_abbreviation = name.ends_with('.') || name.contains('.');
            if places::outer(name).iter().any(|p| p.kind() != Kind::City)
                && (is_abbreviation || name.chars().count() > 3 || name.chars().all(char::is_uppercase))
            {
                return Some((Span::new(from, from + end), is_bracketed));
            }
            end = name.rfind(' ').unwrap_or(0);
        }
        None
    }

    /// How the text goes on behind what tells a mention apart, which is the named place of a
    /// number or stands before it.
    fn end(&self, qualifier: Span, order: usize) -> End {
        let end = qualifier.end as usize;
        let rest = &self.text[end..];
        let named_at = |at: usize| self.named[order..].iter().any(|(s, ..)| s.start as usize == at);
        if rest.starts_with(['\'', '’', '-']) {
            return End::Clause;
        }
        if let Some(behind) = rest.strip_prefix(", ").or_else(|| rest.strip_prefix("، ")) {
            let mut at = self.text.len() - behind.len();
            let word = behind.split(' ').next().unwrap_or("");
            if JOINS.contains(&word) {
                at += word.len() + 1;
            }
            return if named_at(at) { End::Listed } else { End::Closed };
        }
        let Some(behind) = rest.strip_prefix(' ') else { return End::Closed };
        let word = behind.split([' ', '\n', ',', '.']).next().unwrap_or("");
        // `Portland, Me. She was built there`: the full stop that cuts the state short ends the sentence too.
        if is_cut_short(qualifier.of(self.text)) && word.starts_with(char::is_uppercase) {
            return End::Closed;
        }
        if JOINS.contains(&word) && named_at(self.text.len() - behind.len() + word.len() + 1) {
            return End::Listed;
        }
        match word.chars().next() {
            Some(c) if c.is_uppercase() => End::Clause,
            Some(c) if c.is_alphabetic() => End::Loose,
            _ => End::Closed,
        }
    }
}

/// Tells whether what stands behind a comma is cut short, and no title of whom the clause is about: *In Paris, Ms. Roe*.
fn is_cut_short(qualifier: &str) -> bool {
    const TITLES: [&str; 8] = ["ms.", "col.", "gen.", "sen.", "rep.", "gov.", "fr.", "pres."];
    qualifier.ends_with('.') && !TITLES.contains(&qualifier.to_lowercase().as_str())
}

/// Tells whether a bracket opens with what says that a region follows: `Бирмингем (штат Алабама)`.
fn is_outer_word(between: &str) -> bool {
    between.strip_prefix(" (").is_some_and(|word| OUTER_BEFORE.contains(&word))
}

/// Tells whether the words between two places say that one is the capital of the other.
fn is_capital_of(between: &str) -> bool {
    let Some(words) = between.strip_prefix(", ") else { return false };
    !words.contains([',', '.', ';']) && words.to_lowercase().split([' ', '’', '\'']).any(|w| CAPITALS.contains(&w))
}
