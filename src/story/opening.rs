//! What the opening line of a dispatch says.

use super::{Confidence, Evidence, PlaceRef, Sourced, Span};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// An agency as a story credits it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Id in the table of agencies, or `src:` and the lower-cased name where the
    /// opening names a source that the table does not know.
    pub id: String,
    /// Name in the table, or as written.
    pub name: String,
    /// As the story writes it.
    pub as_written: String,
    /// Where it was read.
    pub evidence: Vec<Evidence>,
}

/// A place in a dateline: where the story was filed, not what it is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DatelinePlace {
    /// As the dateline writes it, region included.
    pub as_written: String,
    /// Where it stands.
    pub span: Span,
    /// The gazetteer entry, where it is unambiguous or something decides.
    pub entry: Option<PlaceRef>,
}

impl DatelinePlace {
    /// Returns why the place is known: its name is stated, in the text or as one of `located`; which
    /// place of that name it is, the gazetteer tells.
    #[must_use]
    pub fn evidence(&self, located: &[Sourced<String>]) -> Vec<Evidence> {
        let mut evidence = match located.iter().find(|l| self.span.is_empty() && l.value == self.as_written) {
            Some(field) => field.evidence.clone(),
            None if self.span.is_empty() => Vec::new(),
            None => vec![Evidence::text(self.span, "dateline/place", Confidence::Stated)],
        };
        if let (Some(name), Some(_)) = (evidence.first(), &self.entry) {
            let (rule, confidence) = (Cow::Borrowed("dateline/gazetteer"), Confidence::Inferred);
            evidence.push(Evidence { origin: name.origin.clone(), rule, confidence });
        }
        evidence
    }
}

/// The opening that says who files from where and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dateline {
    /// From its first character to the first of the lead.
    pub span: Span,
    /// Places in the order given.
    pub places: Vec<DatelinePlace>,
    /// The date in the words of the dateline.
    pub date_as_written: Option<Sourced<String>>,
}
