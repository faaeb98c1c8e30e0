//! What the ledger has to say of a file beside its stories: what it, or a member of it, is
//! instead of a story, or why it could not be read.
//!
//! Few files have any, so a table of small rows stays one: remarks are held apart from it.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The most remarks that are kept of one file; how many more there were is the last.
const KEPT_MAX: usize = 1_000;

/// Of which kind a remark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RemarkKind {
    /// It holds no story: it is empty, a picture, something else.
    NoStory,
    /// It may hold copy, and it or a part of it could not be read.
    Unreadable,
    /// The file system did not let it be read: what an earlier reading found stays.
    Refused,
}

/// One remark.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Remark {
    /// The member of a container that it is of, as its path goes on behind the file's; empty where it
    /// is of the file itself.
    pub member: String,
    /// Of which kind it is.
    pub kind: RemarkKind,
    /// What it is instead of a story, or why it could not be read.
    pub reason: String,
}

impl Remark {
    /// Returns the path of what it is of; `file` is that of the file.
    #[must_use]
    pub fn path<'a>(&self, file: &'a str) -> Cow<'a, str> {
        if self.member.is_empty() { Cow::Borrowed(file) } else { Cow::Owned(format!("{file}/{}", self.member)) }
    }
}

/// The remarks of a file, as they come in.
#[derive(Debug, Default)]
pub struct Remarks {
    kept: Vec<Remark>,
    more: usize,
}

impl Remarks {
    /// Takes a remark on `path`, which is `file` or lies in it.
    pub fn add(&mut self, file: &str, path: &str, kind: RemarkKind, reason: &str) {
        if self.kept.len() >= KEPT_MAX {
            self.more += 1;
            return;
        }
        let member = path.strip_prefix(file).unwrap_or(path).trim_start_matches('/').to_owned();
        // What it is instead of a story is why it could not be read.
        let is_told = |last: &Remark| last.kind == RemarkKind::NoStory && last.member == member;
        if kind != RemarkKind::NoStory && self.kept.last().is_some_and(is_told) {
            self.kept.pop();
        }
        self.kept.push(Remark { member, kind, reason: reason.to_owned() });
    }

    /// Tells whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Returns the remarks, in the order of the file, the same one once.
    #[must_use]
    pub fn finish(self) -> Vec<Remark> {
        let Remarks { mut kept, more } = self;
        kept.dedup();
        if more > 0 {
            let kind = kept.iter().map(|r| r.kind).max().unwrap_or(RemarkKind::NoStory);
            kept.push(Remark { member: String::new(), kind, reason: format!("and {more} more of it") });
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT_MAX, Remark, RemarkKind, Remarks};

    #[test]
    fn a_member_is_told_by_its_path_in_the_file_and_too_many_are_counted() {
        let mut remarks = Remarks::default();
        remarks.add("/w/a.zip", "/w/a.zip/b/c.txt", RemarkKind::NoStory, "empty");
        remarks.add("/w/a.zip", "/w/a.zip/b/c.txt", RemarkKind::NoStory, "empty");
        remarks.add("/w/a.zip", "/w/a.zip", RemarkKind::NoStory, "no text");
        remarks.add("/w/a.zip", "/w/a.zip", RemarkKind::Unreadable, "no text: what it holds is not read");
        let told = remarks.finish();
        let of = |r: &Remark| (r.member.clone(), r.reason.clone());
        assert_eq!(
            told.iter().map(of).collect::<Vec<_>>(),
            [
                ("b/c.txt".to_owned(), "empty".to_owned()),
                (String::new(), "no text: what it holds is not read".to_owned())
            ]
        );
        let mut many = Remarks::default();
        (0..KEPT_MAX + 5).for_each(|n| many.add("a", &format!("a/{n}"), RemarkKind::NoStory, "empty"));
        let many = many.finish();
        assert_eq!((many.len(), &*many[KEPT_MAX].reason), (KEPT_MAX + 1, "and 5 more of it"));
    }
}
