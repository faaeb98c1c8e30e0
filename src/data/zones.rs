//! Zones of time that go by a name.

use std::sync::LazyLock;

/// Name, minutes east of UTC, whether copy uses it.
type Row = (&'static str, i32, bool);

const SOURCE: &str = include_str!("../../data/zones.tsv");

static ZONES: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let rows = SOURCE.lines().filter(|l| !l.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        let (kind, minutes, names) = (cells.next()?, cells.next()?.parse().ok()?, cells.next()?);
        Some(names.split('|').map(move |name| (name, minutes, kind == "text")))
    });
    rows.flatten().collect()
});

/// Returns the minutes east of UTC of a zone that copy names, folded.
#[must_use]
pub fn minutes(name: &str) -> Option<i32> {
    ZONES.iter().find(|(zone, _, in_text)| *zone == name && *in_text).map(|(_, minutes, _)| *minutes)
}

/// Returns those of a zone that a field of markup names, in small letters.
#[must_use]
pub fn minutes_in_markup(name: &str) -> Option<i32> {
    ZONES.iter().find(|(zone, ..)| *zone == name).map(|(_, minutes, _)| *minutes)
}

/// Tells whether a text, folded, begins with a zone that copy names.
#[must_use]
pub fn begins(text: &str) -> bool {
    ZONES.iter().any(|(zone, _, in_text)| *in_text && text.starts_with(zone))
}

#[cfg(test)]
mod tests {
    use super::{SOURCE, ZONES, minutes, minutes_in_markup};
    use crate::text::fold;

    #[test]
    fn every_line_of_the_table_means_something() {
        let names: usize = SOURCE.lines().filter(|l| !l.starts_with('#')).map(|l| l.matches('|').count() + 1).sum();
        assert_eq!(ZONES.len(), names);
        for (i, (name, minutes, _)) in ZONES.iter().enumerate() {
            assert!(!name.is_empty() && fold(name) == *name, "{name}");
            assert!((-12 * 60..=14 * 60).contains(minutes), "{name}");
            assert!(ZONES[..i].iter().all(|(other, ..)| other != name), "{name} stands twice");
        }
        assert_eq!((minutes("wib"), minutes("west"), minutes_in_markup("west")), (Some(420), None, Some(60)));
    }
}
