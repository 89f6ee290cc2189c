//! What looks odd: said beside an answer, never instead of it.

use serde::Serialize;

use crate::event::Position;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Somebody should look.
    Warning,
    /// It cannot be so.
    Error,
}

/// Something odd about the claims, with the events that it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its kind in one word, such as `conflict`.
    pub finding: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The official or meeting that it is about.
    pub about: String,
    /// The events that it rests on.
    pub evidence: Vec<Position>,
    /// One sentence.
    pub says: String,
    /// What to do about it.
    pub hint: String,
}
