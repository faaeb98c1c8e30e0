//! People, places and organisations in queries: by any spelling, with what lies in a place,
//! beside words, and one by one.

use chrono::NaiveDate;
use dateline::data::places;
use dateline::engine::{Archive, Facet, FileState, LedgerRow, Order, Outcome, Reader, Writer};
use dateline::query::{self, Context};
use dateline::search::{self, Request, Wanted};
use dateline::story::{Entity, EntityKind, Span, Story, StoryId};
use std::path::Path;

/// A story whose mentions are marked: `[p Vladimir Poutine]`, `[l Alep]`, `[o ONU]`; an id behind
/// the kind tells who or where it is, `[p:putin-vladimir he]`, `[l:g285787 Kuwait]`; `[l:? EC]` is a place that nothing told.
fn story(id: u64, marked: &str) -> Story {
    let (mut text, mut found) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (inside, behind) = after.split_once(']').expect("a mark is closed");
        let (kind, name) = inside.split_once(' ').expect("a kind and a name");
        found.push((kind.to_owned(), Span::new(text.len(), text.len() + name.len()), name.to_owned()));
        text.push_str(name);
        rest = behind;
    }
    text.push_str(rest);
    let mut story = Story::new(text);
    story.id = StoryId(id);
    story.path = format!("{id}.txt");
    for (kind, span, name) in found {
        let (kind, id) = kind.split_once(':').map_or((kind.as_str(), None), |(k, id)| (k, Some(format!("q:{id}"))));
        let (kind, list) = match kind {
            "p" => (EntityKind::Person, &mut story.people),
            "l" => (EntityKind::Place, &mut story.places),
            _ => (EntityKind::Org, &mut story.orgs),
        };
        let place = match id.as_deref().map(|id| &id[2..]).filter(|_| kind == EntityKind::Place) {
            Some(id) => places::by_id(id),
            None => places::lookup(&name).next().filter(|_| kind == EntityKind::Place),
        };
        let (id, place) = (id.filter(|_| kind != EntityKind::Place), place.map(|p| p.to_ref()));
        if let Some(known) = list.iter_mut().find(|e| e.name.ends_with(&name)) {
            known.mentions.push(span);
            continue;
        }
        list.push(Entity { kind, id, name, mentions: vec![span], place, evidence: Vec::new() });
    }
    story
}

fn archive(folder: &Path, stories: &[&str]) -> Reader {
    let archive = Archive::find_or_create(folder).expect("a new archive");
    let mut writer = Writer::open(&archive, 1).expect("nobody else writes");
    for (i, marked) in stories.iter().enumerate() {
        let story = story(i as u64 + 1, marked);
        writer.add(&story, story.path.as_bytes()).expect("there is space");
    }
    let row = |i: usize| LedgerRow {
        path: format!("{}.txt", i + 1).into_bytes(),
        state: FileState { size: 1, modified: 0 },
        content: [0; 16],
        racy: false,
        outcome: Outcome::Stories { count: 1, raw_only: 0 },
        remarks: Vec::new(),
    };
    writer.commit((0..stories.len()).map(row).collect()).expect("there is space");
    writer.finish().expect("merges end well");
    Reader::open(&archive).expect("it was just written")
}

/// The ids of the stories found, and what is marked in each.
fn found(reader: &Reader, text: &str) -> Vec<(u64, Vec<String>)> {
    let parsed = query::parse(text, &Context { today: NaiveDate::default(), any: false }).expect("a query");
    let request = Request {
        text,
        wanted: Wanted::all(&parsed.query),
        order: Order::Relevance,
        limit: 100,
        offset: 0,
        snippets: 9,
    };
    let list = search::search(reader, &request).expect("an answer");
    let mut rows: Vec<(u64, Vec<String>)> = list
        .hits()
        .map(|h| h.expect("a story can be read"))
        .map(|h| (h.story.id.0, h.snippet.spans.iter().map(|s| h.snippet.text[s.clone()].to_owned()).collect()))
        .collect();
    rows.sort();
    rows
}

fn ids(reader: &Reader, text: &str) -> Vec<u64> {
    found(reader, text).into_iter().map(|(id, _)| id).collect()
}

const STORIES: &[&str] = &[
    "Le président [p Vladimir Poutine] a appelé [l Damas]. Selon [p Poutine], la [l Syrie] vivra.",
    "[p Владимир Путин] прилетел в Казань на саммит.",
    "سافر [p فلاديمير بوتين] أمس.",
    "[p Lioudmila Pétrova] chante à [l Alep], a dit l'[o ONU] mardi.",
    "[p Viktor Orbán] and [p George Patton] met near [l Paris].",
    "The word Putin stands here as a word and as nobody's name.",
];

#[test]
fn a_person_is_found_in_any_script_and_nobody_else() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let reader = archive(folder.path(), STORIES);
    assert_eq!(ids(&reader, "person:Putin"), [1, 2, 3]);
    assert_eq!(ids(&reader, "person:\"Vladimir Putin\""), [1, 2, 3]);
    assert_eq!(ids(&reader, "person:Путин lang:und"), [1, 2, 3]);
    assert_eq!(ids(&reader, "person:=Poutine"), [1]);
    assert_eq!(ids(&reader, "person:\"Orban Viktor\""), [5]);
    assert_eq!(ids(&reader, "-person:Putin -Putin"), [4, 5]);
    assert_eq!(found(&reader, "person:Putin")[0].1, ["Vladimir Poutine", "Poutine"]);
}

#[test]
fn a_bearer_has_one_set_of_stories_under_any_of_the_names() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let stories = [
        "[p:putin-vladimir Владимир Путин] прилетел.",
        "[p:putin-vladimir The Kremlin chief] arrived.",
        "[p Lioudmila Pétrova] chante.",
    ];
    let reader = archive(folder.path(), &stories);
    // No alias of the table: it sounds like one name of his, and so finds the others.
    for name in ["Wladimir Poutine", "Vladimir Putin", "Путин"] {
        assert_eq!(ids(&reader, &format!("person:\"{name}\"")), [1, 2], "{name}");
    }
}

#[test]
fn short_names_of_other_scripts_are_nobody_elses() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let stories = [
        "붓을 파는 [p 윤재문] 씨가 말했다.",
        "[p 박지선] 변호사가 왔다.",
        "[p Park Ji-sung] arrived.",
        "[p 박지성] 선수가 왔다.",
        "Министр [p Марио Попов] приехал.",
        "[p Maria Popova], a lawyer, spoke.",
        "وصل [p كرم صالح] أمس.",
        "[p 高木优子]在东京说。",
        "[p 高木優子]さんが話した。",
    ];
    let reader = archive(folder.path(), &stories);
    for (query, wanted) in [
        ("person:\"Kim Jong Un\"", &[][..]),
        ("person:金正恩", &[]),
        ("person:\"Park Ji-sung\"", &[3, 4]),
        ("person:박지선", &[2]),
        ("person:\"Maria Popova\"", &[6]),
        ("person:\"Karim Saleh\"", &[]),
        ("person:\"Karam Saleh\"", &[7]),
        ("person:高木優子", &[8, 9]),
        ("person:高木", &[8, 9]),
    ] {
        assert_eq!(ids(&reader, query), wanted, "{query}");
    }
    let people = search::names(&reader, EntityKind::Person, None, 99).expect("an answer");
    let spelt = |name: &str| {
        let group = people.groups.iter().find(|g| g.spellings.iter().any(|(s, _)| s == name));
        group.map_or(0, |g| g.spellings.len())
    };
    assert_eq!((spelt("Maria Popova"), spelt("كرم صالح"), spelt("高木優子")), (1, 1, 2));
}

#[test]
fn a_place_holds_what_lies_in_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let reader = archive(folder.path(), STORIES);
    assert_eq!(ids(&reader, "place:Syria"), [1, 4]);
    assert_eq!(ids(&reader, "place:=Syria"), [1]);
    assert_eq!(ids(&reader, "place:Aleppo"), [4]);
    assert_eq!(ids(&reader, "place:France"), [5]);
    assert_eq!(ids(&reader, "org:ONU"), [4]);
}

#[test]
fn a_place_that_nothing_told_is_found_by_its_name_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let stories = ["The quarter of [l Jabal Mohsen] near [l Paris].", "Snow fell on [l Jabal  Mohsen] alone."];
    let reader = archive(folder.path(), &stories);
    assert_eq!(ids(&reader, "place:\"Jabal Mohsen [none]\""), [1, 2]);
    // The tables know which Paris that is.
    assert!(ids(&reader, "place:\"Paris [none]\"").is_empty());
    assert_eq!(ids(&reader, "place:Paris"), [1]);
}

#[test]
fn a_count_by_place_can_be_followed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let stories = [
        "Oil from [l:c:KW Kuwait] went up.",
        "Ships left [l:g285787 Kuwait] at dawn, the state of [l:c:KW Kuwait] said.",
        "Rain fell on [l:g285787 Kuwait City].",
        "The capital, [l:g3469058 Brasília], slept.",
        "[l:c:BR Brasilia] on säätänyt lain.",
        "Nothing told where [l:? UK] was.",
        "[l:c:GB UK] ministers met.",
        "The [l:? EC] met a [l:? Kuwaiti] envoy and [l:? Nulle Part].",
    ];
    let reader = archive(folder.path(), &stories);
    for text in ["*", "envoy", "oil OR ships", "capital OR laki"] {
        let parsed = query::parse(text, &Context { today: NaiveDate::default(), any: false }).expect("a query");
        let (counts, _) = search::facets(&reader, Wanted::all(&parsed.query), Facet::Place).expect("counts");
        let mut followed = 0;
        for (label, count) in counts.iter().filter(|(label, _)| !label.is_empty()) {
            let query = format!("({text}) place:=\"{label}\"");
            assert_eq!(ids(&reader, &query).len() as u64, *count, "{query}");
            followed += 1;
        }
        assert!(followed > 0, "{text}");
    }
    // Another language's name, under which nothing is counted, is asked for as ever: it is the city's too.
    assert_eq!(ids(&reader, "place:=Koweït"), [1, 2, 3]);
    assert_eq!(ids(&reader, "place:=UK"), [6, 7]);
}

#[test]
fn names_stand_beside_words() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let reader = archive(folder.path(), STORIES);
    assert_eq!(ids(&reader, "person:Putin W/2 appelé"), [1]);
    assert!(ids(&reader, "person:Putin W/1 appelé").is_empty());
    assert_eq!(ids(&reader, "président PRE/1 person:Putin"), [1]);
    assert_eq!(ids(&reader, "place:Syria W/s person:Putin"), [1]);
    assert_eq!(ids(&reader, "ATLEAST/2(person:Putin)"), [1]);
    assert_eq!(found(&reader, "person:Putin W/2 appelé")[0].1, ["Vladimir Poutine", "appelé"]);
    // A name is no word of the dictionary.
    assert_eq!(ids(&reader, "*utin"), [6]);
}

#[test]
fn the_names_of_an_archive_with_their_spellings() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let reader = archive(folder.path(), STORIES);
    let list = search::names(&reader, EntityKind::Person, Some("Putin"), 10).expect("an answer");
    assert_eq!(list.groups.len(), 1);
    assert_eq!((list.groups[0].stories, list.groups[0].spellings.len()), (3, 3));
    let all = search::names(&reader, EntityKind::Person, None, 2).expect("an answer");
    assert_eq!((all.groups.len(), all.left_out), (2, 2));
    assert_eq!(all.groups[0].stories, 3);
}
