//! Where a meeting stands.

/// Where a meeting stands; the first that matches wins (see [`super::Meeting::fold`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Reported as held.
    Held,
    /// Called off.
    Cancelled,
    /// Put off, with no new date.
    Postponed,
    /// A party refused or a report denies it, and its window is not past.
    AtRisk,
    /// Its whole window is past, and nobody reported that it took place.
    Lapsed,
    /// A date, and every required party said yes.
    Confirmed,
    /// A date, and at least one party said yes.
    Scheduled,
    /// Otherwise.
    Proposed,
}

impl Status {
    /// All of them, in the order in which they are tried.
    pub const ALL: &'static [Self] = &[
        Self::Held,
        Self::Cancelled,
        Self::Postponed,
        Self::AtRisk,
        Self::Lapsed,
        Self::Confirmed,
        Self::Scheduled,
        Self::Proposed,
    ];

    /// The word in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Cancelled => "cancelled",
            Self::Postponed => "postponed",
            Self::AtRisk => "at_risk",
            Self::Lapsed => "lapsed",
            Self::Confirmed => "confirmed",
            Self::Scheduled => "scheduled",
            Self::Proposed => "proposed",
        }
    }

    /// Whether it is still to come or to be settled: everything but held and cancelled.
    #[must_use]
    pub fn is_pending(self) -> bool {
        !matches!(self, Self::Held | Self::Cancelled)
    }
}

impl serde::Serialize for Status {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
