//! The labels of words: outside of names, or beginning, inside, end or whole of one.

use crate::story::EntityKind;

/// Number of labels.
pub const LABELS: usize = 13;
/// The label of words that belong to no name.
pub const OUTSIDE: u8 = 0;

/// Where a word stands in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// First of several.
    Begin,
    /// Neither first nor last.
    Inside,
    /// Last of several.
    End,
    /// The only one.
    Single,
}

impl Part {
    const ALL: [Part; 4] = [Part::Begin, Part::Inside, Part::End, Part::Single];
}

/// Returns the label of a word at `part` of a name of `kind`.
#[must_use]
pub fn label(kind: EntityKind, part: Part) -> u8 {
    1 + 4 * kind as u8 + part as u8
}

/// Returns what a label says, nothing of a word outside names.
#[must_use]
pub fn meaning(label: u8) -> Option<(EntityKind, Part)> {
    let at = label.checked_sub(1)?;
    Some((*EntityKind::ALL.get(usize::from(at / 4))?, Part::ALL[usize::from(at % 4)]))
}

/// Tells whether `next` may follow `label`.
#[must_use]
pub fn may_follow(label: u8, next: u8) -> bool {
    let open = |l| meaning(l).filter(|(_, p)| matches!(p, Part::Begin | Part::Inside)).map(|(kind, _)| kind);
    match meaning(next) {
        Some((kind, Part::Inside | Part::End)) => open(label) == Some(kind),
        Some((_, Part::Begin | Part::Single)) | None => open(label).is_none(),
    }
}

/// Tells whether a text may begin with `label`, or end where `ends` is asked.
#[must_use]
pub fn may_stand_at(label: u8, ends: bool) -> bool {
    match meaning(label) {
        None | Some((_, Part::Single)) => true,
        Some((_, Part::Begin)) => !ends,
        Some((_, Part::End)) => ends,
        Some((_, Part::Inside)) => false,
    }
}

/// Returns the names in a row of labels: the first word, one past the last, and the kind.
/// A row that breaks the rules yields what is whole in it.
pub fn names(labels: &[u8]) -> impl Iterator<Item = (usize, usize, EntityKind)> + '_ {
    let mut open: Option<(usize, EntityKind)> = None;
    labels.iter().enumerate().filter_map(move |(at, &label)| match meaning(label) {
        None => {
            open = None;
            None
        }
        Some((kind, Part::Single)) => {
            open = None;
            Some((at, at + 1, kind))
        }
        Some((kind, Part::Begin)) => {
            open = Some((at, kind));
            None
        }
        Some((kind, Part::Inside)) => {
            open = open.filter(|(_, k)| *k == kind);
            None
        }
        Some((kind, Part::End)) => open.take().filter(|(_, k)| *k == kind).map(|(from, _)| (from, at + 1, kind)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_their_meaning() {
        for l in 0..LABELS as u8 {
            assert_eq!(meaning(l).map_or(OUTSIDE, |(k, p)| label(k, p)), l);
        }
        assert_eq!(meaning(LABELS as u8), None);
        let (b, i, e, s) = (5, 6, 7, 8);
        assert!(may_follow(b, e) && may_follow(b, i) && !may_follow(b, 0) && !may_follow(b, 2) && !may_follow(0, e));
        assert_eq!(
            names(&[s, b, i, e, 0, b, 0, e, b, 3]).collect::<Vec<_>>(),
            [(0, 1, EntityKind::Place), (1, 4, EntityKind::Place)]
        );
    }
}
