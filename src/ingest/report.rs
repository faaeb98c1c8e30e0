//! What a run did, counted.

use std::collections::BTreeMap;

/// The most problems that are kept one by one; the counts are exact beyond it.
const PROBLEMS_KEPT: usize = 1_000;

/// What an ingestion did.
#[derive(Clone, Debug, Default)]
pub struct IngestReport {
    /// Files whose stories were added or replaced.
    pub files_read: u64,
    /// Files found as they were before.
    pub files_unchanged: u64,
    /// Files that are gone.
    pub files_removed: u64,
    /// Files that moved: gone under one path, there under another with the same content.
    pub files_moved: u64,
    /// Stories added or replaced.
    pub stories: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Stories by wire format.
    pub by_format: BTreeMap<String, u64>,
    /// Stories by agency id, a story under each agency credited; `unknown` where none is.
    pub by_agency: BTreeMap<String, u64>,
    /// Stories by language code; `und` where it is not known.
    pub by_lang: BTreeMap<String, u64>,
    /// Files that are no story, by what they are.
    pub skipped: BTreeMap<String, u64>,
    /// Stories by the code of a warning they carry.
    pub warnings: BTreeMap<String, u64>,
    /// Stories without a known day of filing.
    pub undated: u64,
    /// Stories that could only be read as raw text, of files in the archive.
    pub raw_only: u64,
    /// Files that could not be read.
    pub unreadable: u64,
    /// Files and members of containers of which a part could not be read.
    pub incomplete: u64,
    /// Files and members of containers that hold no story, one by one: path and what each is
    /// instead. Pictures and the like are only counted.
    pub without: Vec<(String, String)>,
    /// Problems one by one: path and reason, the same of the parts of one file once.
    pub problems: Vec<(String, String)>,
    /// Number of the archive's last commit.
    pub generation: u64,
    /// Files that the archive now knows.
    pub files_known: u64,
    /// Whether the run was cut short by the user.
    pub interrupted: bool,
}

impl IngestReport {
    /// Notes a problem; what all parts of one file have in common, once.
    pub fn problem(&mut self, path: &str, reason: impl Into<String>) {
        let reason = reason.into();
        let is_told = self.problems.last().is_some_and(|(p, r)| p == path && *r == reason);
        if self.problems.len() < PROBLEMS_KEPT && !is_told {
            self.problems.push((path.to_owned(), reason));
        }
    }

    /// Notes what holds no story.
    pub fn without_story(&mut self, path: &str, kind: &str) {
        if self.without.len() < PROBLEMS_KEPT {
            self.without.push((path.to_owned(), kind.to_owned()));
        }
    }

    /// Adds the counts of another part of the same run.
    pub fn add(&mut self, other: IngestReport) {
        self.files_read += other.files_read;
        self.files_unchanged += other.files_unchanged;
        self.files_removed += other.files_removed;
        self.files_moved += other.files_moved;
        self.stories += other.stories;
        self.bytes += other.bytes;
        self.undated += other.undated;
        self.raw_only += other.raw_only;
        self.unreadable += other.unreadable;
        self.incomplete += other.incomplete;
        for (mine, theirs) in [
            (&mut self.by_format, other.by_format),
            (&mut self.by_agency, other.by_agency),
            (&mut self.by_lang, other.by_lang),
            (&mut self.skipped, other.skipped),
            (&mut self.warnings, other.warnings),
        ] {
            for (key, count) in theirs {
                *mine.entry(key).or_default() += count;
            }
        }
        for (path, reason) in other.problems {
            self.problem(&path, reason);
        }
        for (path, kind) in other.without {
            self.without_story(&path, &kind);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::IngestReport;

    #[test]
    fn what_all_parts_of_a_file_have_is_told_once() {
        let mut report = IngestReport::default();
        for (path, reason) in [("a", "cut"), ("a", "cut"), ("a", "damaged"), ("b", "damaged"), ("a", "cut")] {
            report.problem(path, reason);
        }
        let told: Vec<(&str, &str)> = report.problems.iter().map(|(p, r)| (&**p, &**r)).collect();
        assert_eq!(told, [("a", "cut"), ("a", "damaged"), ("b", "damaged"), ("a", "cut")]);
    }
}
