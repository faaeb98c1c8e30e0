//! Which objects of a value of JSON are stories, however exports nest them.
//!
//! What has a headline or prose and something else of a story is one. A single line is one
//! where it has its time or its sender, or where it stands in a list of stories: the flashes
//! of a channel are short. What else has a text there is counted, so that it can be said.

use super::keys::KeyMap;
use super::record::{Claim, KEYS_MAX, Record};
use serde_json::{Map, Value};

/// Objects within objects that are searched for stories.
const NESTING_MAX: usize = 8;
/// Keys under which feeds and replies of interfaces keep their stories, beside a title and
/// a description of their own.
const LISTS: &[&str] = &[
    "items",
    "entries",
    "entry",
    "item",
    "articles",
    "stories",
    "news",
    "results",
    "docs",
    "documents",
    "data",
    "posts",
    "messages",
    "hits",
    "records",
    "feed",
    "response",
    "channel",
    "list",
    "rows",
    "nodes",
    "edges",
    "values",
];

/// Takes what is found.
type Sink<'s, 'v> = &'s mut dyn FnMut(&Record<'v>, &'v Map<String, Value>);

/// Calls `found` with every object that is a story, in order, outermost first; `is_item`
/// says that the format is one of news items, `beside` that the value stands among stories.
/// Returns how many objects beside stories have a text and are none.
pub(super) fn stories<'v>(
    value: &'v Value,
    map: Option<&'v KeyMap>,
    is_item: bool,
    beside: bool,
    found: Sink<'_, 'v>,
) -> usize {
    let mut finder = Finder { map, is_item, found, count: 0, left_out: 0 };
    finder.visit(value, 0, beside);
    finder.left_out
}

/// Tells whether a value is an object with a text that would be a story among others.
pub(super) fn has_text(value: &Value, map: Option<&KeyMap>) -> bool {
    value.as_object().is_some_and(|o| Record::new(o, map).claim(false) >= Claim::Text)
}

struct Finder<'s, 'v> {
    map: Option<&'v KeyMap>,
    is_item: bool,
    found: Sink<'s, 'v>,
    count: usize,
    left_out: usize,
}

impl<'v> Finder<'_, 'v> {
    fn visit(&mut self, value: &'v Value, depth: usize, beside: bool) {
        if depth > NESTING_MAX {
            return;
        }
        match value {
            Value::Array(list) => {
                // Only asked where something stands in the list that is no story by itself.
                let mut among = None;
                for item in list {
                    let among =
                        |finder: &Self| *among.get_or_insert_with(|| beside || list.iter().any(|v| finder.is_story(v)));
                    self.element(item, depth + 1, among);
                }
            }
            Value::Object(_) => self.element(value, depth, |_| beside),
            _ => {}
        }
    }

    fn is_story(&self, value: &'v Value) -> bool {
        value.as_object().is_some_and(|o| self.claim(&Record::new(o, self.map)) >= Claim::Line)
    }

    fn claim(&self, record: &Record<'v>) -> Claim {
        record.claim(self.is_item)
    }

    fn element(&mut self, value: &'v Value, depth: usize, mut beside: impl FnMut(&Self) -> bool) {
        let Value::Object(object) = value else { return self.visit(value, depth, false) };
        let record = Record::new(object, self.map);
        let claim = if object.len() > KEYS_MAX { Claim::Nothing } else { self.claim(&record) };
        let is_story = match claim {
            Claim::Story if self.is_item || record.has_copy() => true,
            Claim::Story | Claim::Line => !self.lists_stories(object),
            Claim::Text => beside(self) && !self.lists_stories(object),
            Claim::Nothing => false,
        };
        if is_story {
            self.count += 1;
            return (self.found)(&record, object);
        }
        let before = self.count;
        // What belongs to a story follows it, wherever its key stands.
        let side = |key: &str| matches!(key, "associations" | "related" | "links");
        for pass in [false, true] {
            for (_, inner) in object.iter().filter(|(k, v)| side(k) == pass && (v.is_object() || v.is_array())) {
                self.visit(inner, depth + 1, false);
            }
        }
        if self.count == before && object.values().any(is_sentence) && beside(self) {
            self.left_out += 1;
        }
    }

    /// Tells whether what looks like a story is the head of a list of them.
    fn lists_stories(&self, object: &'v Map<String, Value>) -> bool {
        let lists = object.iter().filter(|(k, v)| v.is_array() && LISTS.contains(&k.to_ascii_lowercase().as_str()));
        lists.filter_map(|(_, v)| v.as_array()).any(|list| {
            list.iter().any(|v| {
                // A list may name its elements: `{\"item\": {…}}`.
                let inner = v.as_object().filter(|o| o.len() == 1).and_then(|o| o.values().next());
                self.is_story(v) || inner.is_some_and(|v| self.is_story(v))
            })
        })
    }
}

/// Tells whether a value is a text of several words.
fn is_sentence(value: &Value) -> bool {
    value.as_str().is_some_and(|t| {
        let mut words = t.split_whitespace().filter(|w| w.contains(char::is_alphabetic));
        words.nth(1).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::stories;
    use serde_json::{Value, json};

    fn found(value: &Value) -> (Vec<String>, usize) {
        let mut texts = Vec::new();
        let left_out = stories(value, None, false, false, &mut |record, _| {
            texts.push(record.draft("json").finish().text.replace("\n\n", " | "));
        });
        (texts, left_out)
    }

    #[test]
    fn the_posts_of_a_channel_are_stories_however_short() {
        let value = json!({ "name": "Lom Wire", "type": "public_channel", "id": 7, "messages": [
            { "id": 1, "type": "message", "date": "2021-05-03T10:15:00", "text": "Bridge closed." },
            { "id": 2, "type": "message", "date": "2021-05-03T10:20:00",
              "text": ["The mayor of ", { "type": "bold", "text": "Lom" }, " resigns."] },
            { "id": 3, "type": "message", "date": "2021-05-03T10:30:00", "text": "เกิดเหตุระเบิด" },
            { "id": 4, "type": "message", "date": "2021-05-03T10:40:00",
              "text": [{ "type": "bold", "text": "Bridge" }, { "type": "plain", "text": " open." }] },
        ] });
        assert_eq!(found(&value).0, ["Bridge closed.", "The mayor of Lom resigns.", "เกิดเหตุระเบิด", "Bridge open."]);
    }

    #[test]
    fn a_line_is_a_story_by_its_time_its_sender_or_its_neighbours() {
        let flash = json!({ "headline": "", "body": "FLASH: bridge closed", "source": "Lom", "date": "2021-05-03" });
        assert_eq!(found(&flash).0, ["FLASH: bridge closed"]);
        let list = json!([
            { "title": "Bridge closed", "text": "The bridge over the Lom is closed until further notice, the mayor said.", "id": 7 },
            { "text": "It is open." },
            { "remark": "no key of ours", "count": 3 },
            { "kind": "end" },
        ]);
        assert_eq!(found(&list).0[1..], ["It is open."]);
        assert_eq!(found(&list).1, 1, "what else has a text is counted");
        // Labels of a program are none, alone or together.
        let labels =
            json!([{ "title": "Save?", "text": "Do you want to save it?" }, { "title": "Open", "text": "OK" }]);
        assert_eq!(found(&labels), (Vec::new(), 0));
    }

    #[test]
    fn the_head_of_a_feed_is_no_story() {
        let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "title": "Lom Wire",
            "description": "All the news of the valley of the river Lom, every hour of every day.", "id": "f",
            "items": [
                { "id": "1", "title": "Bridge closed", "content_text": "The bridge is closed.", "date_published": "2021-05-03" },
                { "id": "2", "content_text": "Flash: it is open", "date_published": "2021-05-04" },
            ] });
        assert_eq!(found(&feed).0, ["Bridge closed | The bridge is closed.", "Flash: it is open"]);
        // What belongs to a story does not make it a head.
        let story = json!({ "title": "Bridge closed", "body": "The bridge over the Lom is closed until further notice, he said.",
            "date": "2021-05-03", "items": [{ "title": "Map", "body": "The bridge.", "id": 4 }] });
        assert_eq!(found(&story).0.len(), 1);
    }
}
