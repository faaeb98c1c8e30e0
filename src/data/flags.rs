//! What newsrooms write above a story: flags, advisories to editors, words of embargoes.

use crate::story::Status;
use std::sync::LazyLock;

/// Which words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// What asks to hold a story back until a time, apart from flags.
    Hold,
    /// What asks so where a time follows at once.
    Time,
    /// What an embargo is when it is over.
    Lifted,
    /// Words between an embargo and its end.
    Until,
    /// What may stand before the word for an embargo.
    Under,
    /// What asks to hold a story back where nothing but a time stands with it.
    Asks,
    /// Words beside such a time.
    Aside,
    /// What stands between an embargo of trade and what or whom it is on.
    Against,
    /// What stands beside a town whose time it is.
    Clock,
    /// Words of embargoes that begin no headline.
    Embargo,
    /// Flags that are also words of a headline.
    Market,
    /// Words by which a correction speaks of its story.
    Copy,
    /// Words beside an agency: what a dispatch is, who sent it, how it came.
    Trade,
    /// What stands before a writer.
    By,
    /// What stands before whom a dispatch is for.
    For,
    /// What calls for attention before a flag.
    Attention,
    /// What an agency does that takes its own copy back.
    Retracts,
    /// Lines of a page around a dispatch.
    Page,
    /// What stands below a story before those who reported or wrote it.
    Reports,
    /// What stands there before those who helped, edited or translated.
    Edits,
}

/// Returns the first words of flags, folded, each with the status that it states.
#[must_use]
pub fn flags() -> &'static [(&'static str, Option<Status>)] {
    &TABLE.flags
}

/// Returns what a sentence to editors says of the story that it stands in, folded, with the
/// status that it states; the gravest first.
#[must_use]
pub fn notices() -> &'static [(&'static str, Status)] {
    &TABLE.notices
}

/// Returns the words of a list, folded.
#[must_use]
pub fn words(list: List) -> &'static [&'static str] {
    &TABLE.lists[list as usize]
}

#[derive(Default)]
struct Table {
    flags: Vec<(&'static str, Option<Status>)>,
    notices: Vec<(&'static str, Status)>,
    lists: [Vec<&'static str>; LISTS.len()],
}

const SOURCE: &str = include_str!("../../data/flags.tsv");
/// Names of the lists in the table, in the order of [`List`].
const LISTS: [&str; 20] = [
    "hold",
    "time",
    "lifted",
    "until",
    "under",
    "asks",
    "aside",
    "against",
    "clock",
    "embargo",
    "market",
    "copy",
    "trade",
    "by",
    "for",
    "attention",
    "retracts",
    "page",
    "reports",
    "edits",
];

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for line in SOURCE.lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(kind), Some(status), Some(words)) = (cells.next(), cells.next(), cells.next()) else { continue };
        let words = words.split('|');
        match (kind, status_of(status)) {
            ("flag", status) => table.flags.extend(words.map(|w| (w, status))),
            ("notice", Some(status)) => table.notices.extend(words.map(|w| (w, status))),
            (kind, _) => {
                if let Some(i) = LISTS.iter().position(|l| *l == kind) {
                    table.lists[i].extend(words);
                }
            }
        }
    }
    table
});

fn status_of(name: &str) -> Option<Status> {
    let stated = [Status::Update, Status::Correction, Status::Kill, Status::Withheld, Status::Embargoed];
    stated.into_iter().find(|s| s.as_str() == name)
}

#[cfg(test)]
mod tests {
    use super::{LISTS, SOURCE, status_of};
    use crate::text::fold;

    #[test]
    fn every_line_of_the_table_means_something() {
        for line in SOURCE.lines().filter(|l| !l.starts_with('#')) {
            let [kind, status, words] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("three columns: {line}")
            };
            assert!(matches!(kind, "flag" | "notice") || LISTS.contains(&kind), "{line}");
            assert!(status.is_empty() || status_of(status).is_some(), "{line}");
            assert!(kind != "notice" || !status.is_empty(), "{line}");
            assert!(words.split('|').all(|w| !w.is_empty() && fold(w) == w), "{line}");
        }
    }
}
