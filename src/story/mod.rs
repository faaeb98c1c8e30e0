//! The nouns of the desk and what must hold of them.
//!
//! A [`Story`] is one dispatch as it was read, with everything known of it. Every
//! value says where it was read ([`Evidence`]); what is not known is absent. Nothing
//! here reads, searches or prints.

mod entity;
pub mod field;
mod filed;
mod opening;
mod path;
mod place;
mod quote;
mod source;
mod time;

pub use entity::{Entity, EntityKind};
pub use field::{FIELDS, Field, FieldKind};
pub use filed::{Filed, Moment};
pub use opening::{Agency, Dateline, DatelinePlace};
pub use path::{path_bytes, path_shown, path_text};
pub use place::PlaceRef;
pub use quote::{Quote, Speaker};
pub use source::{Confidence, Evidence, Origin, Sourced, Span};
pub use time::{FILING_RULE, TimeExpr, TimeKind};

use serde::{Deserialize, Serialize};

/// The short stable name of a story: 64 bits of a hash of the file's bytes and the
/// part's number in it. It does not depend on the path, so a story keeps it when its
/// file moves; identical copies share it and are told apart by their paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StoryId(pub u64);

impl std::fmt::Display for StoryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl StoryId {
    /// Returns the lowest and highest id that begin with `prefix` (1 to 16 hexadecimal
    /// digits), or `None` where it is not such a prefix.
    #[must_use]
    pub fn prefix_range(prefix: &str) -> Option<(StoryId, StoryId)> {
        if prefix.is_empty() || prefix.len() > 16 || !prefix.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let value = u64::from_str_radix(prefix, 16).ok()?;
        let bits = 4 * (16 - prefix.len() as u32);
        let low = if bits == 64 { 0 } else { value << bits };
        let high = low | if bits == 0 { 0 } else { u64::MAX >> (64 - bits) };
        Some((StoryId(low), StoryId(high)))
    }
}

/// What the desk said may be done with a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    /// May be published.
    #[default]
    Usable,
    /// Replaces an earlier version.
    Update,
    /// Replaces an earlier version that was wrong.
    Correction,
    /// Must not be published, and removed where it was.
    Kill,
    /// Taken back for the time being.
    Withheld,
    /// Not to be published before a stated time.
    Embargoed,
    /// Sent as usable, and taken back by the kill of a later version. Never stated by the
    /// story itself: an archive tells, which has both.
    Withdrawn,
}

impl Status {
    /// Every status, in the order of the listing.
    pub const ALL: [Status; 7] = [
        Status::Usable,
        Status::Update,
        Status::Correction,
        Status::Kill,
        Status::Withheld,
        Status::Embargoed,
        Status::Withdrawn,
    ];

    /// Returns the word used in queries and output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Usable => "usable",
            Status::Update => "update",
            Status::Correction => "correction",
            Status::Kill => "kill",
            Status::Withheld => "withheld",
            Status::Embargoed => "embargoed",
            Status::Withdrawn => "withdrawn",
        }
    }

    /// Tells whether a result list leaves such a story out unless it is asked for.
    #[must_use]
    pub fn is_held_back(self) -> bool {
        match self {
            Status::Kill | Status::Withheld | Status::Embargoed | Status::Withdrawn => true,
            Status::Usable | Status::Update | Status::Correction => false,
        }
    }
}

/// Something about the input that its owner should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// A stable word for programs, such as `replaced-bytes`.
    pub code: String,
    /// One sentence for people, without a full stop.
    pub message: String,
    /// Whether the story could not be read as more than raw text.
    pub raw_only: bool,
}

/// The direction in which a script is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

/// Where the parts of a story lie in its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The headline, where the text holds one.
    pub headline: Option<Span>,
    /// First byte after the dateline, or of the first paragraph where there is none.
    pub lead_start: u32,
    /// One past the last byte of the first paragraph.
    pub lead_end: u32,
    /// One past the last byte of the body: a sign-off lies behind it.
    pub body_end: u32,
}

/// One dispatch with everything that is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// The stable id.
    pub id: StoryId,
    /// The path as given to `index`, for people; bytes that are not UTF-8 are replaced.
    pub path: String,
    /// Number of the story in its file, from 0.
    pub part: u32,
    /// Name of the wire format that it was read by, from the registry of formats.
    pub format: String,
    /// What of the content decided for that format.
    pub recognised_by: String,
    /// Label of the encoding that the bytes were decoded with (WHATWG names, lower case).
    pub encoding: String,
    /// The decoded text, whole and unaltered but for decoding: every span refers to it.
    pub text: String,
    /// Where the parts lie.
    pub layout: Layout,
    /// The headline.
    pub headline: Option<Sourced<String>>,
    /// The agency that files the story.
    pub agency: Option<Agency>,
    /// Further agencies credited in the dateline or the sign-off.
    pub credits: Vec<Agency>,
    /// The dateline.
    pub dateline: Option<Dateline>,
    /// The dateline as a field of the markup gives it, whether or not it is one.
    pub dateline_field: Option<Sourced<String>>,
    /// Where it comes from, as a field of the markup gives it.
    pub located: Vec<Sourced<String>>,
    /// When it was filed.
    pub filed: Filed,
    /// Every time that the markup gives, in its order; the field says of what.
    pub stamps: Vec<Sourced<Moment>>,
    /// The writers.
    pub byline: Option<Sourced<String>>,
    /// The slug.
    pub slug: Option<Sourced<String>>,
    /// Subjects as the sender coded them.
    pub subjects: Vec<Sourced<String>>,
    /// Flags in the opening such as `URGENT` or `LEAD`, and advisories to editors.
    pub flags: Vec<Sourced<String>>,
    /// What may be done with it.
    pub status: Sourced<Status>,
    /// The sender's version.
    pub version: Option<Sourced<String>>,
    /// The sender's identifier.
    pub guid: Option<Sourced<String>>,
    /// The sender's identifier or version of what this story replaces.
    pub previous: Option<Sourced<String>>,
    /// Number or key of the take in a running story.
    pub take: Option<Sourced<String>>,
    /// The desk's note to editors; not for publication.
    pub ednote: Option<Sourced<String>>,
    /// Urgency or priority as the sender coded it.
    pub urgency: Option<Sourced<String>>,
    /// Keywords as the sender gave them.
    pub keywords: Vec<Sourced<String>>,
    /// Not to be published before.
    pub embargo: Option<Sourced<Moment>>,
    /// The language, as an ISO 639-1 code.
    pub lang: Option<Sourced<String>>,
    /// The main script, as an ISO 15924 code, from the letters of the text.
    pub script: Option<String>,
    /// The direction of the main script.
    pub direction: Direction,
    /// People, places and organisations that the markup states, until they are joined to those
    /// of the text.
    #[serde(skip)]
    pub named: Vec<(EntityKind, Sourced<String>)>,
    /// People named.
    pub people: Vec<Entity>,
    /// Places named.
    pub places: Vec<Entity>,
    /// Organisations named.
    pub orgs: Vec<Entity>,
    /// Times that the text speaks of, in order.
    pub times: Vec<TimeExpr>,
    /// What stands between quotation marks, in order.
    pub quotes: Vec<Quote>,
    /// What the owner of the archive should know.
    pub warnings: Vec<Warning>,
}

impl Story {
    /// Returns a story of `text` about which nothing else is known yet.
    #[must_use]
    pub fn new(text: String) -> Story {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Story {
            id: StoryId(0),
            path: String::new(),
            part: 0,
            format: String::new(),
            recognised_by: String::new(),
            encoding: String::new(),
            text,
            layout: Layout { headline: None, lead_start: 0, lead_end: end, body_end: end },
            headline: None,
            agency: None,
            credits: Vec::new(),
            dateline: None,
            dateline_field: None,
            located: Vec::new(),
            filed: Filed::default(),
            stamps: Vec::new(),
            byline: None,
            slug: None,
            subjects: Vec::new(),
            flags: Vec::new(),
            status: Sourced { value: Status::Usable, evidence: Vec::new() },
            version: None,
            guid: None,
            previous: None,
            take: None,
            ednote: None,
            urgency: None,
            keywords: Vec::new(),
            embargo: None,
            lang: None,
            script: None,
            direction: Direction::Ltr,
            named: Vec::new(),
            people: Vec::new(),
            places: Vec::new(),
            orgs: Vec::new(),
            times: Vec::new(),
            quotes: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Adds a warning; `code` is a stable word, `message` one sentence.
    pub fn warn(&mut self, code: &str, message: impl Into<String>, raw_only: bool) {
        self.warnings.push(Warning { code: code.to_owned(), message: message.into(), raw_only });
    }
}

#[cfg(test)]
mod tests {
    use super::StoryId;

    #[test]
    fn an_id_prefix_covers_the_ids_that_begin_with_it() {
        let id = StoryId(0xa81f_0000_1234_5678);
        assert_eq!(id.to_string(), "a81f000012345678");
        let (low, high) = StoryId::prefix_range("a81f").expect("a prefix");
        assert!(low <= id && id <= high);
        assert_eq!(StoryId::prefix_range("a81f000012345678"), Some((id, id)));
        assert_eq!(StoryId::prefix_range("g"), None);
        assert_eq!(StoryId::prefix_range(""), None);
        assert_eq!(StoryId::prefix_range("00000000000000000"), None);
    }
}
