//! `names.toml` in the archive's folder: the user's corrections of names.

use crate::engine::{CORRECTIONS_FILE as FILE, Correction, Corrections, Reader, Verdict};
use crate::story::EntityKind;
use anyhow::{Context, Result, anyhow};
use serde::Deserialize;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use toml::Spanned;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    person: Vec<Spanned<Entry>>,
    #[serde(default)]
    place: Vec<Spanned<Entry>>,
    #[serde(default)]
    org: Vec<Spanned<Entry>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    merge: Option<Vec<String>>,
    split: Option<Vec<String>>,
    ban: Option<Vec<String>>,
    name: Option<String>,
    alias: Option<Vec<String>>,
}

/// Reads the corrections of the archives in `folders`, which hold for all that is read
/// together; where there is no file there are none.
///
/// # Errors
/// A file cannot be read, or says what cannot be understood, or what another contradicts:
/// file, line and remedy.
pub(super) fn read_all(folders: &[PathBuf]) -> Result<Corrections> {
    let mut corrections = Corrections::default();
    for folder in folders {
        let path = folder.join(FILE);
        // One archive's file needs no folder to be told by.
        let name = if folders.len() > 1 { path.display().to_string() } else { FILE.to_owned() };
        read(&path, &name, &mut corrections)?;
    }
    Ok(corrections)
}

/// Says which corrections are about names that no story has: slips of the pen, for the most part.
///
/// # Errors
/// The archive cannot be read.
pub(super) fn tell_in_vain(reader: &Reader) -> Result<()> {
    for vain in reader.corrected_in_vain()? {
        super::message(&format!("warning: {}", crate::print::clean(&vain)));
    }
    Ok(())
}

fn read(path: &Path, name: &str, corrections: &mut Corrections) -> Result<()> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(e).with_context(|| path.display().to_string()),
    };
    parse(&text, name, corrections).map_err(|(line, fault)| {
        anyhow!(
            "{}:{line}: {fault}\nhint: an entry is [[person]], [[place]] or [[org]] with merge = [\"A\", \"B\"], \
             split = [\"A\", \"B\"], ban = [\"A\"], or name = \"A\" and alias = [\"B\"]",
            path.display()
        )
    })
}

/// Takes up what the text of a file says; a fault comes with its line.
fn parse(text: &str, name: &str, corrections: &mut Corrections) -> Result<(), (usize, String)> {
    let line = |at: usize| text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1;
    let file: File =
        toml::from_str(text).map_err(|e| (line(e.span().map_or(0, |s| s.start)), e.message().trim_end().to_owned()))?;
    let of = |kind, entries: Vec<Spanned<Entry>>| entries.into_iter().map(move |e| (kind, e));
    let people = of(EntityKind::Person, file.person).chain(of(EntityKind::Place, file.place));
    for (kind, entry) in people.chain(of(EntityKind::Org, file.org)) {
        let number = line(entry.span().start);
        let entry = entry.into_inner();
        let is_alias = entry.alias.is_some();
        let (verdict, names) = said(entry).ok_or_else(|| {
            (number, "an entry wants exactly one of merge, split, ban, or name with alias".to_owned())
        })?;
        let origin = format!("{name}:{number}");
        corrections.add(Correction { kind, verdict, names, is_alias, origin }).map_err(|fault| (number, fault))?;
    }
    Ok(())
}

/// What an entry says: one thing.
fn said(entry: Entry) -> Option<(Verdict, Vec<String>)> {
    match (entry.merge, entry.split, entry.ban, entry.name, entry.alias) {
        (Some(names), None, None, None, None) => Some((Verdict::Merge, names)),
        (None, Some(names), None, None, None) => Some((Verdict::Split, names)),
        (None, None, Some(names), None, None) => Some((Verdict::Ban, names)),
        (None, None, None, Some(name), Some(others)) | (Some(others), None, None, Some(name), None) => {
            let others = others.into_iter().filter(|other| *other != name).collect::<Vec<_>>();
            Some((Verdict::Merge, std::iter::once(name).chain(others).collect()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Corrections, FILE, parse};

    fn fault(text: &str) -> String {
        match parse(text, FILE, &mut Corrections::default()) {
            Ok(()) => String::new(),
            Err((line, fault)) => format!("{line}: {fault}"),
        }
    }

    #[test]
    fn what_can_be_said() {
        let text = "# mine\n[[person]]\nmerge = [\"A B\", \"C D\"]\n\n[[person]]\nban = [\"Breaking News\"]\n\
                    [[person]]\nname = \"H I\"\nmerge = [\"J K\", \"H I\"]\n[[org]]\nsplit = [\"X\", \"Y\"]\n[[person]]\nname = \"E F\"\nalias = [\"G\"]\n";
        let mut corrections = Corrections::default();
        assert_eq!(parse("", FILE, &mut corrections), Ok(()));
        assert!(corrections.is_empty());
        assert_eq!(parse(text, FILE, &mut corrections), Ok(()));
        assert!(!corrections.is_empty());
        // Another archive may say the same, and nothing else of these names.
        assert_eq!(parse("[[person]]\nmerge = [\"A B\", \"C D\"]", "b/names.toml", &mut corrections), Ok(()));
        let other = parse("[[person]]\nban = [\"C D\"]", "b/names.toml", &mut corrections);
        assert!(other.is_err_and(|(line, fault)| line == 1 && fault.contains("at names.toml:2 already")));
    }

    #[test]
    fn faults_come_with_their_line() {
        assert!(fault("\n[[person]]\nmerge = 3\n").starts_with("3: "));
        assert!(fault("[[thing]]\nban = [\"X\"]\n").starts_with("1: unknown field `thing`"));
        assert!(fault("[[place]]\nsplit = [\"X\", \"Y\"]\n").starts_with("1: places cannot be split"));
        assert_eq!(
            fault("# x\n\n[[person]]\nmerge = [\"A\", \"B\"]\nban = [\"C\"]\n"),
            "3: an entry wants exactly one of merge, split, ban, or name with alias"
        );
        assert_eq!(fault("[[person]]\nmerge = [\"A\"]\n"), "1: at least 2 names are wanted");
        assert_eq!(
            fault("[[person]]\nmerge = [\"A\", \"B\"]\n[[person]]\nban = [\"b\"]\n"),
            "3: \"b\" is corrected at names.toml:1 already; put both into one correction"
        );
    }
}
