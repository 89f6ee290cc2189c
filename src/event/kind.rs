//! Which kind of event must and may have which field: one table for flags, words, JSON and lines of the log.

use super::EventError;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $text:literal, must [$($must:ident),*], may [$($may:ident),*];)+) => {
        /// The kind of an event, by its name in the log.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[$doc])* $variant),+ }

        impl Kind {
            /// All kinds, in the order of the vocabulary.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in the log.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The fields that it must have.
            #[must_use]
            pub fn must(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$(stringify!($must)),*]),+ }
            }

            /// The fields that it may have besides, apart from those that every event may have.
            #[must_use]
            pub fn may(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$(stringify!($may)),*]),+ }
            }
        }
    };
}

kinds! {
    /// A person.
    Official = "official", must [official], may [name, aliases, title, party, rank, base, since, until, wikidata];
    /// A side.
    Party = "party", must [party], may [name, aliases];
    /// A place.
    Place = "place", must [place], may [name, country, lat, lon, zone, within, aliases];
    /// A tour.
    Trip = "trip", must [trip], may [title, officials];
    /// Going somewhere.
    Travel = "travel", must [officials, to], may [from, depart, arrive, trip, purpose];
    /// A plan that is off.
    TravelCancelled = "travel_cancelled", must [of], may [officials, reason];
    /// Being somewhere.
    Presence = "presence", must [officials, place, when], may [trip, purpose];
    /// Not being somewhere.
    Absence = "absence", must [officials], may [place, meeting, when];
    /// A meeting is wanted.
    MeetingProposed = "meeting_proposed", must [meeting], may [title, level, participants, place, place_doubtful, when, agenda, trip, by];
    /// Parties say that it will take place.
    MeetingConfirmed = "meeting_confirmed", must [meeting, by], may [title, level, participants, place, place_doubtful, when, agenda, trip];
    /// It took place.
    MeetingHeld = "meeting_held", must [meeting], may [title, level, participants, place, place_doubtful, when, agenda, trip, by, outcome];
    /// Something about it is new.
    MeetingChanged = "meeting_changed", must [meeting], may [title, level, participants, place, place_doubtful, when, agenda, trip, by];
    /// A refusal or denial.
    MeetingDeclined = "meeting_declined", must [meeting], may [by];
    /// A date given up.
    MeetingPostponed = "meeting_postponed", must [meeting], may [when, by, reason];
    /// Called off.
    MeetingCancelled = "meeting_cancelled", must [meeting], may [by, reason];
    /// Something said.
    Statement = "statement", must [speaker, text], may [on_behalf_of, about, topics, when, place, language];
    /// A report taken back.
    Retraction = "retraction", must [of, reason], may [];
}

/// The fields that every event may have.
pub(super) const COMMON: &[&str] = &["quote", "said", "said_by", "via", "replaces", "note", "x"];

/// The kinds that have a field.
#[must_use]
pub fn field_kinds(field: &str) -> Vec<Kind> {
    Kind::ALL.iter().copied().filter(|kind| kind.must().contains(&field) || kind.may().contains(&field)).collect()
}

impl Kind {
    /// Holds the fields that are present against the table.
    pub(super) fn check(self, present: &[&'static str]) -> Result<(), EventError> {
        let known = |field: &&str| self.must().contains(field) || self.may().contains(field) || COMMON.contains(field);
        if let Some(stray) = present.iter().copied().find(|field| !known(field)) {
            let owners = field_kinds(stray).iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
            return Err(EventError::Stray { kind: self, field: stray, owners, has: self.fields() });
        }
        match self.must().iter().copied().find(|field| !present.contains(field)) {
            Some(missing) => Err(EventError::Missing { kind: self, field: missing }),
            None => Ok(()),
        }
    }

    fn fields(self) -> String {
        self.must().iter().chain(self.may()).map(|field| format!("`{field}`")).collect::<Vec<_>>().join(", ")
    }

    /// Whether it is the desk's own knowledge: it folds by number in the log and obeys only the recorded clock.
    #[must_use]
    pub fn is_registry(self) -> bool {
        match self {
            Self::Official | Self::Party | Self::Place | Self::Trip => true,
            Self::Travel | Self::TravelCancelled | Self::Presence | Self::Absence => false,
            Self::MeetingProposed | Self::MeetingConfirmed | Self::MeetingHeld | Self::MeetingChanged => false,
            Self::MeetingDeclined | Self::MeetingPostponed | Self::MeetingCancelled => false,
            Self::Statement | Self::Retraction => false,
        }
    }

    /// Whether it is an event of a meeting.
    #[must_use]
    pub fn is_of_meeting(self) -> bool {
        match self {
            Self::MeetingProposed | Self::MeetingConfirmed | Self::MeetingHeld | Self::MeetingChanged => true,
            Self::MeetingDeclined | Self::MeetingPostponed | Self::MeetingCancelled => true,
            Self::Official | Self::Party | Self::Place | Self::Trip | Self::Statement | Self::Retraction => false,
            Self::Travel | Self::TravelCancelled | Self::Presence | Self::Absence => false,
        }
    }

    /// Whether it brings a meeting into being.
    #[must_use]
    pub fn introduces_meeting(self) -> bool {
        matches!(self, Self::MeetingProposed | Self::MeetingConfirmed | Self::MeetingHeld)
    }
}

impl std::str::FromStr for Kind {
    type Err = EventError;

    fn from_str(text: &str) -> Result<Self, EventError> {
        Self::ALL.iter().copied().find(|kind| kind.name() == text).ok_or_else(|| EventError::Kind(text.to_owned()))
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl serde::Serialize for Kind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
