//! Times that a text speaks of.

use super::{Confidence, Evidence, Span};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The types of TIMEX3 (TimeML 1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TimeKind {
    /// A day or a longer calendar unit.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A time that recurs.
    Set,
}

impl TimeKind {
    /// Returns the word used in output, as TIMEX3 has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            TimeKind::Date => "DATE",
            TimeKind::Time => "TIME",
            TimeKind::Duration => "DURATION",
            TimeKind::Set => "SET",
        }
    }
}

/// An expression of time in the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeExpr {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TimeKind,
    /// Its TIMEX3 value; absent where nothing resolves it.
    pub value: Option<String>,
    /// First and last day that it covers, where it is a resolved time.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// First and last day of the stretch that it ends: *from 14 to 16 June*.
    pub stretch: Option<(NaiveDate, NaiveDate)>,
    /// The rule that read it and how sure it is; the reference it was resolved against; the
    /// beginning of its stretch.
    pub evidence: Vec<Evidence>,
}

/// The rule of a time that says when the story was filed: it stands in the dateline, or in a line
/// that states the filing.
pub const FILING_RULE: &str = "times/filing";

impl TimeExpr {
    /// Tells whether it says when the story was filed, rather than what the story speaks of.
    #[must_use]
    pub fn is_filing(&self) -> bool {
        self.evidence.first().is_some_and(|e| e.rule == FILING_RULE)
    }

    /// Returns how sure its value is.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.evidence.first().map_or(Confidence::Inferred, |e| e.confidence)
    }
}
