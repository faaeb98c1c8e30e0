//! What orders a list by relevance where names alone are asked for: stories that name the bearer
//! often for their length, and in the headline, come first.

use super::bearers::{is_placed, kind_of};
use super::{ANY, Lowering};
use crate::engine::weighing::{Group, Weighing};
use crate::query::{FieldValue, Node, NodeKind};
use crate::story::{Field, FieldKind};
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Term;

/// How much the headline counts beside the whole text.
const HEADLINE: f32 = 1.0;
/// The most terms that are weighed: a name that stands for more tells nobody from others.
const TERMS_MAX: usize = 64;

impl Lowering<'_> {
    /// What the stories weigh by the people, places and organisations that `root` asks for; nothing where
    /// it asks for words too, which tell more.
    pub(super) fn about(&self, root: &Node) -> Option<Weighing> {
        let (mut named, mut only) = (Vec::new(), true);
        root.walk_asked(&mut |node| match &node.kind {
            NodeKind::Field(field, FieldValue::Names(names)) if kind_of(*field).is_some() => {
                named.extend(
                    names
                        .iter()
                        .filter(|n| *n != ANY && is_placed(*field, &[(*n).clone()]))
                        .map(|n| (*field, n.clone())),
                );
            }
            NodeKind::And(_) | NodeKind::Or(_) | NodeKind::All => {}
            NodeKind::Field(field, _) => only &= field.row().kind != FieldKind::Words,
            _ => only = false,
        });
        if !only {
            return None;
        }
        let groups = named.iter().filter_map(|(field, name)| self.weigh_bearer(*field, name)).flatten();
        Weighing::of(groups.collect())
    }

    fn weigh_bearer(&self, field: Field, name: &str) -> Option<[Group; 2]> {
        // What cannot be looked up has been told where the set was made.
        let placed = self.placed_bearers(field, name).ok().filter(|terms| terms.len() <= TERMS_MAX)?;
        let f = &self.reader.fields;
        let all = self.reader.searcher.total_num_docs().unwrap_or(0);
        Some([(f.text, 1.0), (f.head, HEADLINE)].map(|(column, boost)| {
            let held = placed.iter().map(|term| (self.reader.held_by(column, term), term));
            let held: Vec<_> = held.filter(|(stories, _)| *stories > 0).collect();
            let stories = held.iter().map(|(stories, _)| stories).sum::<u64>().min(all);
            let terms = held.iter().map(|(_, term)| (Term::from_field_text(column, term), 1.0)).collect();
            Group { terms, stories: Some(stories), boost }
        }))
    }
}
