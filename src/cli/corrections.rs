//! `names.toml` in the archive's folder: the user's corrections of names.

use crate::engine::{CORRECTIONS_FILE as FILE, Correction, Corrections, Verdict};
use crate::story::EntityKind;
use anyhow::{Context, Result, anyhow};
use serde::Deserialize;
use std::io::ErrorKind;
use std::path::Path;
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

/// Reads the corrections of the archive in `folder`; where there is no file there are none.
///
/// # Errors
/// The file cannot be read, or says what cannot be understood: file, line and remedy.
pub(super) fn read(folder: &Path) -> Result<Corrections> {
    let path = folder.join(FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Corrections::default()),
        Err(e) => return Err(e).with_context(|| path.display().to_string()),
    };
    parse(&text).map_err(|(line, fault)| {
        anyhow!(
            "{}:{line}: {fault}\nhint: an entry is [[person]], [[place]] or [[org]] with merge = [\"A\", \"B\"], \
             split = [\"A\", \"B\"], ban = [\"A\"], or name = \"A\" and alias = [\"B\"]",
            path.display()
        )
    })
}

/// Reads the text of a file; a fault comes with its line.
fn parse(text: &str) -> Result<Corrections, (usize, String)> {
    let line = |at: usize| text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1;
    let file: File =
        toml::from_str(text).map_err(|e| (line(e.span().map_or(0, |s| s.start)), e.message().trim_end().to_owned()))?;
    let mut corrections = Corrections::default();
    let of = |kind, entries: Vec<Spanned<Entry>>| entries.into_iter().map(move |e| (kind, e));
    let people = of(EntityKind::Person, file.person).chain(of(EntityKind::Place, file.place));
    for (kind, entry) in people.chain(of(EntityKind::Org, file.org)) {
        let number = line(entry.span().start);
        let (verdict, names) = said(entry.into_inner()).ok_or_else(|| {
            (number, "an entry wants exactly one of merge, split, ban, or name with alias".to_owned())
        })?;
        let origin = format!("{FILE}:{number}");
        corrections.add(Correction { kind, verdict, names, origin }).map_err(|fault| (number, fault))?;
    }
    Ok(corrections)
}

/// What an entry says: one thing.
fn said(entry: Entry) -> Option<(Verdict, Vec<String>)> {
    match (entry.merge, entry.split, entry.ban, entry.name, entry.alias) {
        (Some(names), None, None, None, None) => Some((Verdict::Merge, names)),
        (None, Some(names), None, None, None) => Some((Verdict::Split, names)),
        (None, None, Some(names), None, None) => Some((Verdict::Ban, names)),
        (None, None, None, Some(name), Some(alias)) => {
            Some((Verdict::Merge, std::iter::once(name).chain(alias).collect()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn fault(text: &str) -> String {
        match parse(text) {
            Ok(_) => String::new(),
            Err((line, fault)) => format!("{line}: {fault}"),
        }
    }

    #[test]
    fn what_can_be_said() {
        let text = "# mine\n[[person]]\nmerge = [\"A B\", \"C D\"]\n\n[[person]]\nban = [\"Breaking News\"]\n\
                    [[org]]\nsplit = [\"X\", \"Y\"]\n[[person]]\nname = \"E F\"\nalias = [\"G\"]\n";
        assert!(parse(text).is_ok_and(|c| !c.is_empty()));
        assert!(parse("").is_ok_and(|c| c.is_empty()));
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
