//! Words that a story puts between quotation marks, and whose it says they are.

use super::{Evidence, Span};
use serde::{Deserialize, Serialize};

/// A quotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// What stands between the marks.
    pub span: Span,
    /// Whose words they are, where the story tells.
    pub speaker: Option<Speaker>,
    /// Why the speaker is believed.
    pub evidence: Vec<Evidence>,
}

/// A person of the story who is quoted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    /// The id, as among the people of the story.
    pub id: Option<String>,
    /// The name, likewise.
    pub name: String,
}
