//! What the stories of a query weigh, where that is a plain sum of what its words do.
//!
//! The same weights as those of the ranked query (`rank.rs`), which serves all others: where
//! a word counts only beside another, or where places decide.

use super::{Lowering, Scope, distinct};
use crate::engine::analysis::is_unstemmed;
use crate::engine::weighing::{Group, Weighing};
use crate::query::{FieldValue, Node, NodeKind};
use crate::story::{Field, FieldKind};
use crate::text::fold;

/// Whether a part may be missing in a story that is found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum May {
    BeMissing,
    NotBeMissing,
}

impl Lowering<'_> {
    /// What the stories weigh that `root` finds; nothing where it is no plain sum.
    pub(super) fn weighing(&self, root: &Node) -> Option<Weighing> {
        let mut groups = Vec::new();
        // With `any`, words also count by standing side by side.
        if self.any {
            return None;
        }
        self.weigh(root, Scope::Text, May::NotBeMissing, 1.0, &mut groups)?;
        Weighing::of(groups)
    }

    fn weigh(&self, node: &Node, scope: Scope, may: May, times: f32, out: &mut Vec<Group>) -> Option<()> {
        match &node.kind {
            NodeKind::Word(word) => {
                out.extend(self.weigh_word(word, scope)?.into_iter().map(|group| group.boosted(times)));
            }
            NodeKind::And(nodes) => {
                // A part of an alternative counts only where all of it is there.
                if may == May::BeMissing {
                    return None;
                }
                let adds = |n: &&Node| !matches!(n.kind, NodeKind::Not(_));
                nodes.iter().find(adds)?;
                for (node, again) in distinct(nodes).into_iter().filter(|(n, _)| adds(n)) {
                    self.weigh(node, scope, May::NotBeMissing, times * again as f32, out)?;
                }
            }
            NodeKind::Or(nodes) => {
                for (node, again) in distinct(nodes) {
                    self.weigh(node, scope, May::BeMissing, times * again as f32, out)?;
                }
            }
            NodeKind::Field(Field::Byline, _) => return None,
            NodeKind::Field(field, FieldValue::Words(inner)) => {
                self.weigh(inner, Scope::of(*field)?, may, times, out)?;
            }
            // Filters weigh nothing.
            NodeKind::Field(field, _) if field.row().kind != FieldKind::Words => {}
            NodeKind::Field(..)
            | NodeKind::All
            | NodeKind::Not(_)
            | NodeKind::Exact(_)
            | NodeKind::Near(_)
            | NodeKind::AtLeast(..)
            | NodeKind::Phrase(_)
            | NodeKind::Wildcard(_)
            | NodeKind::Fuzzy(..)
            | NodeKind::Regex(_) => return None,
        }
        Some(())
    }

    fn weigh_word(&self, word: &str, scope: Scope) -> Option<Vec<Group>> {
        let f = &self.reader.fields;
        let stems = |column| self.held_stems(word, column).iter().map(|(stem, _)| Group::of(column, stem)).collect();
        Some(match scope {
            // Joined words, and words of the body, are told by their places.
            _ if word.contains('\u{200C}') => return None,
            Scope::Text | Scope::Headline if is_unstemmed(word) => vec![Group::of(self.column(scope), &fold(word))],
            Scope::Text => self.word_groups(word),
            Scope::Headline => stems(f.head_stem),
            Scope::Lead if !is_unstemmed(word) => stems(f.lead_stem),
            Scope::Lead | Scope::Body | Scope::Byline | Scope::Quote => return None,
        })
    }
}
