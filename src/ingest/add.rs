//! The stories of one file into the archive, counted, with what is to be said beside them.

use super::crew;
use super::own;
use super::read::{Content, Found as Met, How, read_content};
use super::report::IngestReport;
use super::walk::{Found, told};
use crate::engine::{ArchiveError, Outcome, Remark, RemarkKind, Remarks, Writer};
use crate::story::Story;
use crate::wire;
use std::collections::BTreeSet;

/// Adds the stories of a file, in the place of those that the archive has of it where `replace` says so;
/// what is to be said beside them goes into report and remarks.
pub(super) fn add_stories(
    writer: &Writer,
    found: &Found,
    replace: bool,
    content: &Content,
    mut how: How<'_>,
    jobs: usize,
    report: &mut IngestReport,
) -> Result<(Outcome, Vec<Remark>), ArchiveError> {
    let name = told(&found.path);
    let mut remarks = Remarks::default();
    let key = found.path.as_os_str().as_encoded_bytes();
    if replace {
        writer.remove_file(key);
    }
    let mut others = |met: Met, report: &mut IngestReport| match met {
        Met::Story(_) => {}
        Met::NotAStory(path, kind) => {
            // A crawl has thousands of pictures among its members.
            if path == name || !wire::needs_no_naming(kind) {
                remarks.add(&name, &path, RemarkKind::NoStory, kind);
            }
            *report.skipped.entry(kind.to_owned()).or_default() += 1;
            if !(wire::needs_no_naming(kind) || own::is_own(kind)) {
                report.without_story(&path, kind);
            }
        }
        Met::Problem(path, reason) => {
            report.incomplete += 1;
            remarks.add(&name, &path, RemarkKind::Unreadable, &reason);
            report.problem(&path, reason);
        }
    };
    let (mut stories, mut raw_only) = (0u32, 0u32);
    let mut failure = None;
    let read = if content.size > crew::FILE_BYTES_MIN && jobs > 1 {
        let enrich = how.enrich.take().expect("a run tells of its stories");
        let halt = how.halt.expect("a run may always be ended");
        let (read, done) = crew::run(writer, key, enrich, jobs, halt, report, &mut |take, report| {
            read_content(&found.path, content, how, &mut |met| match met {
                Met::Story(story) => take(story),
                other => others(other, report),
            })
        });
        (stories, raw_only, failure) = (done.stories, done.raw_only, done.failure);
        read
    } else {
        read_content(&found.path, content, how, &mut |met| match met {
            Met::Story(_) if failure.is_some() => {}
            Met::Story(story) => {
                if let Err(e) = writer.add(&story, key) {
                    failure = Some(e);
                    return;
                }
                stories = stories.saturating_add(1);
                raw_only += u32::from(count(&story, &story.path, report));
            }
            other => others(other, report),
        })
    };
    if let Some(e) = failure {
        return Err(e);
    }
    if let Err(e) = read {
        report.unreadable += 1;
        report.problem(&name, e.to_string());
        remarks.add(&name, &name, RemarkKind::Unreadable, &e.to_string());
        return Ok((Outcome::Unreadable, remarks.finish()));
    }
    if stories == 0 {
        if remarks.is_empty() {
            let kinds: Vec<String> = report.skipped.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
            remarks.add(&name, &name, RemarkKind::NoStory, &format!("a container of {}", kinds.join(", ")));
        }
        // What may hold copy and could not be read is told again by every run.
        let outcome = if report.incomplete > 0 { Outcome::Unreadable } else { Outcome::Skipped };
        return Ok((outcome, remarks.finish()));
    }
    report.files_read += 1;
    Ok((Outcome::Stories { count: stories, raw_only }, remarks.finish()))
}

/// Counts a story into the report; tells whether it is raw text only.
pub(super) fn count(story: &Story, path: &str, report: &mut IngestReport) -> bool {
    let mut add = |map: fn(&mut IngestReport) -> &mut std::collections::BTreeMap<String, u64>, key: &str| {
        *map(report).entry(key.to_owned()).or_default() += 1;
    };
    add(|r| &mut r.by_format, &story.format);
    let credited: BTreeSet<&str> = story.agency.iter().chain(&story.credits).map(|a| a.id.as_str()).collect();
    if credited.is_empty() {
        add(|r| &mut r.by_agency, "unknown");
    }
    credited.iter().for_each(|id| add(|r| &mut r.by_agency, id));
    add(|r| &mut r.by_lang, story.lang.as_ref().map_or("und", |l| l.value.as_str()));
    for warning in &story.warnings {
        add(|r| &mut r.warnings, &warning.code);
    }
    report.stories += 1;
    report.undated += u64::from(story.filed.value.is_none());
    let raw = story.warnings.iter().find(|w| w.raw_only);
    if let Some(warning) = raw {
        report.raw_only += 1;
        report.problem(path, warning.message.clone());
    }
    raw.is_some()
}
