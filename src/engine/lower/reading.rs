//! What the parts of a query stand for in an archive, for `explain`.

use super::bearers::{kind_of, place_name};
use super::inflected::Inflected;
use super::pattern::Pattern;
use super::words::stems_of;
use super::{ANY, LowerError, Lowering, Scope, held_back, term};
use crate::data::agencies;
use crate::engine::analysis::{STEM_MARK, is_unstemmed};
use crate::engine::near::Budget;
use crate::engine::reader::Reader;
use crate::query::{FieldValue, Node, NodeKind, Query, describe};
use crate::story::{EntityKind, Field};
use crate::text::fold;
use std::rc::Rc;
use std::sync::Arc;
use tantivy::schema::Field as Column;

/// Most words that are listed of a pattern; how many they are in all is always said.
const LISTED_MAX: usize = 20;
/// Most words of a pattern that are held to find those in most stories.
const HELD_MAX: usize = 1_000_000;

/// A part of a query and what it stands for.
#[derive(Clone, Debug)]
pub struct Expansion {
    /// The part, as `describe` writes it.
    pub written: String,
    /// What it stands for, with the number of stories that hold each; most first.
    pub items: Vec<(String, u64)>,
    /// How many it stands for, listed or not.
    pub total: usize,
    /// Of a word its stems, with their languages.
    pub stems: Vec<(String, u64)>,
    /// Stories that are found by what is not listed.
    pub others: u64,
}

impl Expansion {
    fn of(written: String, items: Vec<(String, u64)>) -> Expansion {
        Expansion { written, total: items.len(), items, stems: Vec::new(), others: 0 }
    }
}

/// Returns what every word, pattern and name of `query` stands for, in the query's order; `whole`
/// lists all of it, however much that is.
///
/// # Errors
/// A pattern cannot be carried out, or the archive cannot be read.
pub fn expansions(reader: &Reader, query: &Query, any: bool, whole: bool) -> Result<Vec<Expansion>, LowerError> {
    let query = &query.carried_out();
    let mut lowering = Lowering::new(reader, any, Arc::new(Budget::default()));
    // What is listed is what the query finds.
    lowering.held = Rc::new(held_back(query));
    lowering.listed_max = if whole { HELD_MAX } else { LISTED_MAX };
    if any {
        lowering.seek_alike_of(&query.root)?;
    }
    let mut out: Vec<Expansion> = Vec::new();
    lowering.list(&query.root, Scope::Text, &mut out)?;
    let mut seen = Vec::new();
    out.retain(|e| {
        !seen.contains(&e.written) && {
            seen.push(e.written.clone());
            true
        }
    });
    Ok(out)
}

/// Returns the words of `query` that the archive does not hold, each with the one that it is
/// most like; at most `most` of them, and none where nothing is like it.
///
/// # Errors
/// The archive cannot be read.
pub fn misspelt(reader: &Reader, query: &Query, most: usize) -> Result<Vec<(String, String)>, LowerError> {
    let lowering = Lowering::new(reader, true, Arc::new(Budget::default()));
    let mut words: Vec<String> = Vec::new();
    query.root.walk_asked(&mut |node| match &node.kind {
        NodeKind::Word(word) => words.push(word.clone()),
        NodeKind::Phrase(phrase) if !phrase.exact => words.extend(phrase.words.iter().cloned()),
        _ => {}
    });
    words.retain(|w| !is_unstemmed(w) && lowering.held_stems(w, reader.fields.stem).is_empty());
    lowering.seek_alike(&words.iter().map(String::as_str).collect::<Vec<_>>())?;
    let mut out: Vec<(String, String)> = Vec::new();
    for word in words {
        if out.len() >= most {
            break;
        }
        let known = lowering.stories(reader.fields.text, &fold(&word)) > 0;
        if known {
            continue;
        }
        let like = match lowering.swapped(&fold(&word)) {
            Some(swapped) => Some(swapped),
            None => lowering.alike(&word)?.first().map(|a| a.word.clone()),
        };
        if let Some(like) = like.filter(|_| out.iter().all(|(w, _)| *w != word)) {
            out.push((word, like));
        }
    }
    Ok(out)
}

impl Lowering<'_> {
    /// The word of the archive that two letters changed places in, the commonest slip of all.
    fn swapped(&self, folded: &str) -> Option<String> {
        let letters: Vec<char> = folded.chars().collect();
        let swap = |at: usize| {
            let mut letters = letters.clone();
            letters.swap(at, at + 1);
            letters.into_iter().collect::<String>()
        };
        let words = (0..letters.len().saturating_sub(1)).map(swap);
        let held = words.map(|word| (self.stories(self.reader.fields.text, &word), word));
        held.filter(|(stories, _)| *stories > 0).max().map(|(_, word)| word)
    }

    fn list(&self, node: &Node, scope: Scope, out: &mut Vec<Expansion>) -> Result<(), LowerError> {
        match &node.kind {
            NodeKind::All => {}
            NodeKind::Word(word) => {
                self.list_word(word, scope, out)?;
                self.list_alike(word, scope, out)?;
            }
            NodeKind::Exact(word) => self.list_exact(word, scope, out)?,
            NodeKind::Phrase(phrase) if phrase.exact => {
                phrase.words.iter().try_for_each(|word| self.list_exact(word, scope, out))?;
            }
            NodeKind::Phrase(phrase) => {
                for word in &phrase.words {
                    if word.contains(['*', '?']) {
                        self.list_pattern(&Pattern::wildcard(word)?, word.clone(), scope, out)?;
                    } else {
                        self.list_folded(word, scope, out);
                    }
                }
            }
            NodeKind::Wildcard(_) | NodeKind::Fuzzy(..) | NodeKind::Regex(_) => {
                self.list_pattern(&Pattern::of(node)?, describe(node), scope, out)?;
            }
            NodeKind::And(nodes) | NodeKind::Or(nodes) => {
                nodes.iter().try_for_each(|n| self.list(n, scope, out))?;
            }
            NodeKind::Not(inner) => self.narrow().list(inner, scope, out)?,
            NodeKind::AtLeast(_, inner) => self.list_placed(inner, scope, out)?,
            NodeKind::Near(near) => {
                self.list_placed(&near.left, scope, out)?;
                self.list_placed(&near.right, scope, out)?;
            }
            NodeKind::Field(field, FieldValue::Words(inner)) => {
                self.list(inner, Scope::of(*field).unwrap_or(scope), out)?;
            }
            NodeKind::Field(field, FieldValue::Names(names)) => {
                for name in names.iter().filter(|n| *n != ANY && !super::fields::is_none(*field, n)) {
                    match kind_of(*field).or((*field == Field::Speaker).then_some(EntityKind::Person)) {
                        Some(kind) => {
                            let items = self.list_bearer(kind, name)?;
                            out.push(Expansion::of(format!("{}:{name}", field.row().prefix), items));
                        }
                        None => self.list_name(*field, name, out),
                    }
                }
            }
            NodeKind::Field(..) => {}
        }
        Ok(())
    }

    /// Operands of proximity: words stand for themselves alone.
    fn list_placed(&self, node: &Node, scope: Scope, out: &mut Vec<Expansion>) -> Result<(), LowerError> {
        match &node.kind {
            NodeKind::Word(word) => {
                self.list_folded(word, scope, out);
                Ok(())
            }
            NodeKind::Or(nodes) => nodes.iter().try_for_each(|n| self.list_placed(n, scope, out)),
            _ => self.list(node, scope, out),
        }
    }

    /// How many stories hold a term, without those held back.
    pub(super) fn stories(&self, column: Column, text: &str) -> u64 {
        let all = self.reader.held_by(column, text);
        if all == 0 || self.held.is_empty() {
            return all;
        }
        let held = self.reader.count_with_status(&*term(column, text, false), &self.held).unwrap_or(0);
        all.saturating_sub(held as u64)
    }

    /// The same of what was counted with them.
    fn shown(&self, items: Vec<(String, u64)>, column: Column) -> Vec<(String, u64)> {
        let shown = items.into_iter().map(|(word, _)| {
            let stories = self.stories(column, &word);
            (word, stories)
        });
        shown.filter(|i| i.1 > 0).collect()
    }

    fn list_exact(&self, word: &str, scope: Scope, out: &mut Vec<Expansion>) -> Result<(), LowerError> {
        let kind = NodeKind::Exact(word.to_owned());
        // A word printed as it is levelled has no term of its own: its stories are those it is found in.
        let stories = self.shown_count(&*self.node(&Node { span: 0..0, kind }, scope)?)?;
        let items = if stories > 0 { vec![(word.to_owned(), stories)] } else { Vec::new() };
        out.push(Expansion::of(format!("={word}"), items));
        Ok(())
    }

    fn list_folded(&self, word: &str, scope: Scope, out: &mut Vec<Expansion>) {
        let folded = fold(word);
        let count = self.stories(self.column(scope), &folded);
        let items = if count > 0 { vec![(folded, count)] } else { Vec::new() };
        out.push(Expansion::of(format!("\"{word}\""), items));
    }

    fn list_word(&self, word: &str, scope: Scope, out: &mut Vec<Expansion>) -> Result<(), LowerError> {
        if is_unstemmed(word) || matches!(scope, Scope::Byline | Scope::Quote) {
            self.list_folded(word, scope, out);
            return Ok(());
        }
        let f = &self.reader.fields;
        let column = match scope {
            Scope::Headline => f.head_stem,
            Scope::Lead => f.lead_stem,
            Scope::Text | Scope::Body | Scope::Byline | Scope::Quote => f.stem,
        };
        let (mut held, mut stems) = (Vec::new(), Vec::new());
        for stem in stems_of(self.reader, word) {
            let count = self.stories(column, &stem);
            if count > 0 {
                let (lang, shown) = stem.split_once(STEM_MARK).unwrap_or(("", &stem));
                stems.push((format!("{} {shown}", if lang.is_empty() { "other" } else { lang }), count));
                held.push(stem);
            }
        }
        stems.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let Inflected { mut forms, others } = self.inflected(word, scope, &held)?;
        let total = forms.len();
        forms.truncate(self.listed_max);
        out.push(Expansion { total, stems, others, ..Expansion::of(word.to_owned(), forms) });
        Ok(())
    }

    fn list_alike(&self, word: &str, scope: Scope, out: &mut Vec<Expansion>) -> Result<(), LowerError> {
        let alike = self.alike_in(word, scope)?;
        if !alike.is_empty() {
            let items = alike.iter().map(|a| (a.word.clone(), a.stories)).collect();
            let items = self.shown(items, self.reader.fields.text);
            out.push(Expansion::of(format!("{word}, much like it"), items));
        }
        Ok(())
    }

    fn list_pattern(
        &self,
        pattern: &Pattern,
        written: String,
        scope: Scope,
        out: &mut Vec<Expansion>,
    ) -> Result<(), LowerError> {
        let (mut items, total) = self.expand(pattern, self.column(scope), HELD_MAX)?;
        items.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        items.truncate(self.listed_max);
        let listed = items.len();
        let items = self.shown(items, self.column(scope));
        let total = total - (listed - items.len());
        out.push(Expansion { total, ..Expansion::of(written, items) });
        Ok(())
    }

    fn list_name(&self, field: Field, name: &str, out: &mut Vec<Expansion>) {
        let f = &self.reader.fields;
        let folded = fold(name);
        let items: Vec<(String, u64)> = match field {
            Field::Agency => {
                let known = agencies::by_id(&folded)
                    .or_else(|| agencies::by_alias(name))
                    .or_else(|| agencies::by_alias(&name.to_uppercase()));
                let Some(agency) = known else { return };
                vec![(format!("{} ({})", agency.name, agency.id), self.stories(f.agency, agency.id))]
            }
            Field::From => {
                let (mark, bare) = name.strip_prefix('=').map_or(("", name), |bare| ("=", bare));
                let terms = self.told_places(mark, bare).1.into_iter();
                terms.map(|t| (place_name(&t), self.stories(f.from, &t))).filter(|i| i.1 > 0).collect()
            }
            _ => return,
        };
        out.push(Expansion::of(format!("{}:{name}", field.row().prefix), items));
    }
}
