//! Words that tell beside a quotation whose words it gives: the classes of `data/entity_words.tsv` that the
//! recogniser of names does not go by.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// A class of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Somebody who belongs to another: *lawyer*, *aide*, *brother*.
    Relation,
    /// Somebody who speaks for another: *spokesman*.
    Voice,
    /// What has a title: *film*, *newspaper*, *author*.
    Work,
    /// Verbs of saying, and what stands for one: *according to*.
    Says,
    /// What people are, in languages of which the recogniser has no roles.
    Post,
    /// Verbs that give the words of others: *read*, *called*.
    Cites,
    /// What makes a verb of saying none: *never*, *denied*.
    Denies,
    /// What acts in somebody's name or bears it: *government*, *ship*.
    House,
    /// What stands for a verb of saying beside a name in a case of its own: *según*, *по словам*, *szerint*.
    Source,
    /// Verbs that say something where they stand beside a quotation: *criticised*, *rief*.
    Utters,
    /// What a speaker says of words that are not his: *disagreed with*, *ne pas croire*.
    Rejects,
    /// Verbs that call something by the quoted words: *called*, *a qualifié*.
    Calls,
}

/// The lists as the build script wrote them, in the order of [`Class`]: a line is a language, a blank and a
/// folded word or phrase.
const LISTS: [&str; 12] = [
    include_str!(concat!(env!("OUT_DIR"), "/relation.txt")),
    include_str!(concat!(env!("OUT_DIR"), "/voice.txt")),
    include_str!(concat!(env!("OUT_DIR"), "/work.txt")),
    include_str!(concat!(env!("OUT_DIR"), "/says.txt")),
    include_str!(concat!(env!("OUT_DIR"), "/post.txt")),
    include_str!(concat!(env!("OUT_DIR"), "/cites.txt")),
    include_str!(concat!(env!("OUT_DIR"), "/denies.txt")),
    include_str!(concat!(env!("OUT_DIR"), "/house.txt")),
    include_str!(concat!(env!("OUT_DIR"), "/source.txt")),
    include_str!(concat!(env!("OUT_DIR"), "/utters.txt")),
    include_str!(concat!(env!("OUT_DIR"), "/rejects.txt")),
    include_str!(concat!(env!("OUT_DIR"), "/calls.txt")),
];

type Words = FxHashMap<&'static str, FxHashSet<&'static str>>;

static WORDS: LazyLock<[Words; LISTS.len()]> = LazyLock::new(|| {
    LISTS.map(|list| {
        let mut words = Words::default();
        for (lang, word) in list.lines().filter_map(|line| line.split_once(' ')) {
            words.entry(lang).or_default().insert(word);
        }
        words
    })
});

impl Class {
    /// Tells whether a folded word or phrase is of the class in a language.
    ///
    /// ```
    /// use dateline::data::quoting::Class;
    /// assert!(Class::Says.has("sa", "sv") && !Class::Says.has("sa", "fr"));
    /// ```
    #[must_use]
    pub fn has(self, folded: &str, lang: &str) -> bool {
        WORDS[self as usize].get(lang).is_some_and(|words| words.contains(folded))
    }

    /// The same in any language.
    #[must_use]
    pub fn has_in_any(self, folded: &str) -> bool {
        WORDS[self as usize].values().any(|words| words.contains(folded))
    }
}
