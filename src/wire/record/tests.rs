//! Records read, judged and turned into stories.

use super::super::keys::KeyMap;
use super::Record;
use crate::wire::finder::stories;
use serde_json::json;

#[test]
fn keys_are_read_by_their_letters() {
    let value = json!({ "_items": [{ "Version-Created": "2020-01-02T03:04:05Z", "headLine": "Bridge reopens", "body_HTML": "<p>One.</p><p>Two words of it.</p>", "ID": 7 }] });
    let mut seen = Vec::new();
    stories(&value, None, false, false, &mut |record, _| seen.push(record.draft("json").finish()));
    assert_eq!(seen[0].text, "Bridge reopens\n\nOne.\n\nTwo words of it.");
    assert_eq!(seen[0].filed.value.map(|m| m.to_string()).as_deref(), Some("2020-01-02T03:04:05Z"));
    assert_eq!(seen[0].guid.as_ref().map(|g| g.value.as_str()), Some("7"));
}

#[test]
fn text_under_a_key_that_nobody_knows_is_the_copy_or_is_told() {
    let long = "The bridge over the Lom is open again, the mayor said on Monday.";
    let value = json!({ "title": "Bridge reopens", "id": 7, "foo": format!("<p>{long}</p>"), "bar": "It was closed for a month by the flood of the spring." });
    let story = Record::new(value.as_object().expect("an object"), None).draft("json").finish();
    assert_eq!(story.text, format!("Bridge reopens\n\n{long}"));
    let kinds: Vec<&str> = story.warnings.iter().map(|w| w.code.as_str()).collect();
    assert_eq!(kinds, ["key-guessed", "text-left-out"]);
    // What the mapping names is known.
    let map = KeyMap::parse("body = foo\nsummary = bar").expect("a mapping");
    let story = Record::new(value.as_object().expect("an object"), Some(&map)).draft("json").finish();
    assert!(story.text.ends_with(long) && story.warnings.is_empty(), "{:?}", story.warnings);
}

#[test]
fn a_mapping_names_other_keys() {
    let map = KeyMap::parse("# ours\nheadline = kop\nbody = data.tekst\n").expect("a mapping");
    let value = json!({ "kop": "Brug weer open", "data": { "tekst": "De brug is weer open." } });
    let record = Record::new(value.as_object().expect("an object"), Some(&map));
    assert_eq!(record.draft("json").finish().text, "Brug weer open\n\nDe brug is weer open.");
    assert_eq!(KeyMap::parse("title kop").expect_err("no mapping"), "line 1: no = between role and key");
    assert!(
        KeyMap::parse("\nnothing = kop")
            .expect_err("no mapping")
            .starts_with("line 2: no role is called nothing; roles are headline")
    );
}

#[test]
fn what_interfaces_wrap_around_a_value_goes() {
    let value = json!({ "id": 11, "date_gmt": "2021-05-03T07:00:00", "title": { "rendered": "Bridge &#038; road" },
        "content": { "rendered": "<p>One.</p><p>Two.</p>" } });
    let story = Record::new(value.as_object().expect("an object"), None).draft("json").finish();
    assert_eq!(story.text, "Bridge & road\n\nOne.\n\nTwo.");
    assert_eq!(story.filed.value.map(|m| m.to_string()).as_deref(), Some("2021-05-03T07:00:00Z"));
    let value = json!({ "_id": "a1", "_source": { "titel": "Brücke", "inhalt": "Die Brücke ist wieder offen.",
        "datum": { "$date": 1_620_032_400_000_i64 } } });
    let story = Record::new(value.as_object().expect("an object"), None).draft("json").finish();
    assert_eq!(story.text, "Brücke\n\nDie Brücke ist wieder offen.");
    assert_eq!(story.guid.map(|g| g.value).as_deref(), Some("a1"));
    assert_eq!(story.filed.value.map(|m| m.to_string()).as_deref(), Some("2021-05-03T09:00:00Z"));
}

#[test]
fn a_flash_is_a_story() {
    let count = |value: serde_json::Value| {
        let mut count = 0;
        stories(&value, None, false, false, &mut |_, _| count += 1);
        count
    };
    for value in [
        json!({ "headline": "Bridge of Lom closed - mayor", "body": "", "date": "2021-05-03" }),
        json!({ "headline": "Bridge closed", "body": null, "date": "2021-05-03" }),
        json!({ "headline": "Bridge closed", "body": "LOM (AP) - It is closed.", "date": "2021-05-03" }),
        json!([{ "title": "Ponte chiuso", "text": "Chiuso.", "id": 7 }]),
    ] {
        assert_eq!(count(value.clone()), 1, "{value}");
    }
    // Neither a copy nor a key for one; nothing that tells a story from a setting.
    for value in [json!({ "title": "Settings", "date": "2021-05-03" }), json!({ "title": "Dialog", "text": "OK" })] {
        assert_eq!(count(value.clone()), 0, "{value}");
    }
}

#[test]
fn what_a_field_does_not_say_is_a_warning() {
    let value = json!({ "title": "Bridge reopens", "content": "The bridge over the Lom… [+1200 chars]" });
    let story = Record::new(value.as_object().expect("an object"), None).draft("json").finish();
    let value = json!({ "title": "Bridge reopens", "content": "It did.", "date": "03/04/2025" });
    let dated = Record::new(value.as_object().expect("an object"), None).draft("json").finish();
    assert_eq!(dated.filed.value, None);
    assert_eq!(dated.warnings[0].message, "date: either number of 03/04/2025 may be the month: it is no date");
    assert_eq!(story.warnings[0].message, "content holds only the beginning of the copy: 1200 more characters");
}
