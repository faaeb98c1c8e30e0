//! People, places and organisations that a story names.
//!
//! A trained sequence model labels the words ([`tagger`]); what it goes by is spelling,
//! context, lexicons and the rest of the story ([`features`]). A pass over the story then
//! gathers the mentions by bearer. The weights come from `examples/train_entities`; tables
//! and weights are used where they lie in the program, and nothing is parsed at start.

mod arabic;
mod called;
pub mod clusters;
mod desk;
mod document;
mod dutch;
pub mod features;
pub mod hash;
mod hebrew;
mod hindi;
mod inflection;
mod joined;
mod kin;
mod kinds;
pub mod labels;
pub mod lexicon;
pub mod listed;
mod mentions;
pub mod model;
mod neighbours;
#[cfg(test)]
mod other_tests;
mod parted;
mod persian;
pub(in crate::enrich) mod sexes;
pub mod tagger;
#[cfg(test)]
mod tests;
pub mod tokens;
mod towns;
pub mod traits;
mod unspaced;

use crate::data::spelled::Surety;
use crate::story::{Entity, EntityKind, Origin, Span, Story};
use crate::text::{cuts, fold};
use clusters::Clusters;
use lexicon::Lexicon;
use listed::Listed;
use model::Model;
use std::cell::RefCell;
use std::sync::LazyLock;
use tagger::Tagger;
use traits::Sheet;

/// Bytes that begin with a line of the processor's cache, so that a line of a table is one.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

/// Places and parts of names of people, from `data/places.tsv` and lists of names.
static GAZETTEER: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../data/entities/gazetteer.bin"));
/// The words of `data/entity_words.tsv` and `data/institutions.tsv`.
static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/entity_words.lexicon"));
/// Groups of Russian words that are used alike.
static CLUSTERS: &[u8] = include_bytes!("../../../data/entities/clusters_ru.bin");
/// The weights.
static WEIGHTS: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../data/entities/model.bin"));
static MODEL: LazyLock<Option<Model<'static>>> = LazyLock::new(|| Model::new(&WEIGHTS.0));

/// Bytes of a text in which names are looked for: more is no dispatch, and a warning says
/// so. A token takes some 250 bytes of memory while it is read.
const TEXT_BYTES_MAX: usize = 2 << 20;
/// Tokens for which memory is kept from story to story.
const KEPT_TOKENS_MAX: usize = 100_000;

/// What one thread reads with; its memory is reused from story to story.
struct Reader {
    sheet: Sheet<'static>,
    tagger: Tagger<'static>,
    labels: Vec<u8>,
}

thread_local! {
    static READER: RefCell<Option<Reader>> = const { RefCell::new(None) };
}

/// Returns the lexicons and the groups of words that the program carries.
#[must_use]
pub fn tables() -> ([Lexicon<'static>; 2], Clusters<'static>) {
    ([Lexicon::new(&GAZETTEER.0), Lexicon::new(WORDS)], Clusters::new(CLUSTERS))
}

/// Returns what a phrase is known as by itself, in any language, by its hash.
pub(super) fn flags_of(phrase: u64) -> lexicon::Flags {
    static LEXICONS: LazyLock<[Lexicon<'static>; 2]> = LazyLock::new(|| tables().0);
    LEXICONS.iter().fold(0, |all, lexicon| all | lexicon.get(phrase))
}

/// Returns the weights that the program carries.
#[must_use]
pub fn weights() -> &'static [u8] {
    &WEIGHTS.0
}

/// Tells whether the model has learned what tells a name in such text: capitals, or the
/// words of a language of the training texts. Of anything else it makes whole sentences
/// names.
fn is_learned(script: Option<&str>, lang: &str) -> bool {
    match script {
        Some("Arab") => matches!(lang, "" | "ar" | "fa"),
        Some("Latn" | "Cyrl" | "Grek" | "Armn" | "Hani" | "Jpan" | "Hang") | None => true,
        Some(_) => false,
    }
}

/// Labels the names that the tables are sure of, and nothing else.
fn by_tables(sheet: &Sheet<'_>, labels: &mut Vec<u8>) {
    labels.clear();
    labels.resize(sheet.tokens.len(), labels::OUTSIDE);
    let sure = || sheet.listed.iter().filter(|name| name.surety == Surety::Sure);
    for (at, name) in sure().enumerate() {
        // A town before a surname is a given name: Vladimir.
        let before_person = |next: &Listed| next.kind == EntityKind::Person && next.from == name.to;
        if name.kind == EntityKind::Place && sure().nth(at + 1).is_some_and(before_person) {
            continue;
        }
        for (at, part) in name.parts() {
            labels[at] = labels::label(name.kind, part);
        }
    }
}

/// Gives an entity of a joined text the bytes of the text as it was.
fn set_back(entity: &mut Entity, joined: &cuts::Joined) {
    let before = |span: &mut Span| {
        let (start, end) = joined.before((span.start as usize, span.end as usize));
        *span = Span::new(start, end);
    };
    entity.mentions.iter_mut().for_each(before);
    let origins = entity.evidence.iter_mut().map(|evidence| &mut evidence.origin);
    origins.for_each(|origin| {
        if let Origin::Text(span) = origin {
            before(span)
        }
    });
}

/// Makes a place of what was read as a person and is the place of the dateline: *Rodez, 12 mars (AFP)*.
fn town_of_dateline(story: &Story, entities: &mut Vec<Entity>) {
    let towns = story.dateline.iter().flat_map(|dateline| &dateline.places).map(|place| fold(&place.as_written));
    for town in towns {
        let is = |entity: &Entity, kind| entity.kind == kind && fold(&entity.name) == town;
        let Some(at) = entities.iter().position(|e| is(e, EntityKind::Person)) else { continue };
        let mut place = entities.remove(at);
        match entities.iter_mut().find(|e| is(e, EntityKind::Place)) {
            Some(known) => {
                known.mentions.append(&mut place.mentions);
                known.mentions.sort_unstable();
            }
            None => {
                place.kind = EntityKind::Place;
                entities.insert(at, place);
            }
        }
    }
}

/// Fills the people, places and organisations of `story`, without ids.
pub(crate) fn read(story: &mut Story) {
    let Some(model) = MODEL.as_ref() else { return };
    let mut end = story.text.len().min(TEXT_BYTES_MAX);
    while !story.text.is_char_boundary(end) {
        end -= 1;
    }
    if end < story.text.len() {
        let left_out = story.text.len() - end;
        story.warn("entities-cut", format!("names were not looked for in the last {left_out} bytes"), false);
    }
    let lang = story.lang.as_ref().map_or("", |l| l.value.as_str());
    let is_learned = is_learned(story.script.as_deref(), lang);
    // A name that a line's end cuts is read whole.
    let joined = cuts::joined(&story.text[..end]);
    let text = joined.as_ref().map_or(&story.text[..end], |joined| joined.text.as_str());
    let mut entities = READER.with_borrow_mut(|reader| {
        let own = reader.get_or_insert_with(|| Reader {
            sheet: Sheet::new(tables()),
            tagger: Tagger::new(model),
            labels: Vec::new(),
        });
        own.sheet.read(text, lang);
        if is_learned {
            own.tagger.label(&own.sheet, &mut own.labels);
        } else {
            by_tables(&own.sheet, &mut own.labels);
            if lang == "he" {
                hebrew::join_given_names(text, &own.sheet, &mut own.labels);
            } else if hindi::LANGUAGES.contains(&lang) {
                hindi::join_given_names(text, &own.sheet, &mut own.labels);
            }
        }
        if lang == "fa" {
            persian::join_nouns(&own.sheet, &mut own.labels);
        }
        let entities = document::gather(text, lang, &own.sheet, &own.labels);
        if own.labels.len() > KEPT_TOKENS_MAX {
            *reader = None;
        }
        entities
    });
    if let Some(joined) = &joined {
        entities.iter_mut().for_each(|entity| set_back(entity, joined));
    }
    town_of_dateline(story, &mut entities);
    for entity in entities {
        match entity.kind {
            EntityKind::Person => story.people.push(entity),
            EntityKind::Place => story.places.push(entity),
            EntityKind::Org => story.orgs.push(entity),
        }
    }
}
