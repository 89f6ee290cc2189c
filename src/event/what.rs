//! What an event says: a closed enum, past tense, each variant with what undoes it.

use std::collections::BTreeMap;

use super::{Attendance, EventRef, Kind, Level, MeetingId, OfficialId, PartyId, PlaceId, Rank, Reference, Role, TripId, Why};
use crate::time::{When, Zone};

/// One thing that an entry says.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What happened, or is to happen.
    pub what: What,
    /// How it was told.
    pub telling: Telling,
}

/// What every event may carry: the source's words and what they take the place of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Telling {
    /// The source's own words.
    pub quote: Option<String>,
    /// Its words for a time, by field (`{"depart": "today"}`).
    pub said: BTreeMap<String, String>,
    /// Who said so: an official's id, or a name as given.
    pub said_by: Option<String>,
    /// Through whom it came ("AFP").
    pub via: Option<String>,
    /// The events whose claim this one takes over.
    pub replaces: Vec<EventRef>,
    /// The desk's own remark.
    pub note: Option<String>,
    /// An object that daybook ignores.
    pub x: Option<serde_json::Value>,
}

/// The kinds of events. Nothing is ever edited: each variant says what undoes it; a `Retraction` (it was never so) and a replacement
/// undo every one of them.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// The desk's knowledge of a person. Said again, it amends the fields given.
    Official(Official),
    /// The desk's knowledge of a side. Said again, it amends.
    Party(Party),
    /// The desk's knowledge of a place. Said again, it amends.
    Place(Place),
    /// A tour under one name. Said again, it amends.
    Trip(Trip),
    /// Somebody goes somewhere. A plan is undone by `TravelCancelled`.
    Travel(Travel),
    /// A plan to be somewhere is off, for all or for some. Undone by new travel.
    TravelCancelled(TravelCancelled),
    /// Somebody is somewhere for a time. Planned days are undone by `TravelCancelled`, or by a later `Absence`.
    Presence(Presence),
    /// Somebody will not be there. Undone by a later claim that they will.
    Absence(Absence),
    /// A meeting is wanted. Undone by `MeetingCancelled`; a party's own proposal by its `MeetingDeclined`.
    MeetingProposed(Meeting),
    /// Parties say that it will take place. Undone by their own `MeetingDeclined`, by postponement and cancellation.
    MeetingConfirmed(Meeting),
    /// It took place. Undone by nothing but a retraction or replacement.
    MeetingHeld(Meeting),
    /// Something about it is new. Undone by the next change.
    MeetingChanged(Meeting),
    /// A party will not meet, or a report denies the meeting. Undone by that party's later yes.
    MeetingDeclined(MeetingDeclined),
    /// Its date is given up, perhaps for another. Undone by a later date.
    MeetingPostponed(MeetingPostponed),
    /// It is off. Undone by a later proposal or confirmation.
    MeetingCancelled(MeetingCancelled),
    /// Somebody said something.
    Statement(Statement),
    /// Earlier events were not so. Undone by its own retraction.
    Retraction(Retraction),
}

/// A person whose movements are tracked. Absent fields are not amended.
#[derive(Clone, Debug, PartialEq)]
pub struct Official {
    /// The id.
    pub official: OfficialId,
    /// The full name.
    pub name: Option<String>,
    /// Other names and spellings, added to those known.
    pub aliases: Vec<String>,
    /// The office in words.
    pub title: Option<String>,
    /// The side acted for.
    pub party: Option<PartyId>,
    /// The kind of office.
    pub rank: Option<Rank>,
    /// Where the official is at home.
    pub base: Option<PlaceId>,
    /// Since when the office is held.
    pub since: Option<When>,
    /// Until when.
    pub until: Option<When>,
    /// The Wikidata item, such as `Q324546`.
    pub wikidata: Option<String>,
}

/// A side that officials act for.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// The id.
    pub party: PartyId,
    /// The name.
    pub name: Option<String>,
    /// Its other names and its voices ("White House").
    pub aliases: Vec<String>,
}

/// A country, city or venue.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The id.
    pub place: PlaceId,
    /// The name.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-2 code, upper case.
    pub country: Option<String>,
    /// Latitude in degrees, north positive (WGS 84).
    pub lat: Option<f64>,
    /// Longitude in degrees, east positive (WGS 84).
    pub lon: Option<f64>,
    /// Its time zone.
    pub zone: Option<Zone>,
    /// The place that it lies in.
    pub within: Option<PlaceId>,
    /// Other names.
    pub aliases: Vec<String>,
}

/// A tour.
#[derive(Clone, Debug, PartialEq)]
pub struct Trip {
    /// The id.
    pub trip: TripId,
    /// What it is called.
    pub title: Option<String>,
    /// Who is on it, if that was said.
    pub officials: Vec<OfficialId>,
}

/// Going somewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Travel {
    /// Who.
    pub officials: Vec<OfficialId>,
    /// From where, if that was said.
    pub from: Option<PlaceId>,
    /// Where to.
    pub to: PlaceId,
    /// When they leave; never an interval.
    pub depart: Option<When>,
    /// When they arrive; never an interval.
    pub arrive: Option<When>,
    /// The tour that it is part of.
    pub trip: Option<TripId>,
    /// What for.
    pub purpose: Option<String>,
}

/// A plan that is off.
#[derive(Clone, Debug, PartialEq)]
pub struct TravelCancelled {
    /// Travel or planned presence.
    pub of: Vec<EventRef>,
    /// Only these stay; empty: nobody goes.
    pub officials: Vec<OfficialId>,
    /// Why.
    pub reason: Option<String>,
}

/// Being somewhere for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Presence {
    /// Who.
    pub officials: Vec<OfficialId>,
    /// Where.
    pub place: PlaceId,
    /// When.
    pub when: When,
    /// The tour that it is part of.
    pub trip: Option<TripId>,
    /// What for.
    pub purpose: Option<String>,
}

/// An explicit "will not be there".
#[derive(Clone, Debug, PartialEq)]
pub struct Absence {
    /// Who.
    pub officials: Vec<OfficialId>,
    /// From where, or from what.
    pub from: Who,
    /// On which days; absent: on all.
    pub when: Option<When>,
}

/// What an absence is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A place and all places within it.
    Place(PlaceId),
    /// A meeting.
    Meeting(MeetingId),
}

/// What a report says about a meeting; what it does not say stays as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Meeting {
    /// The id.
    pub meeting: MeetingId,
    /// What it is called.
    pub title: Option<String>,
    /// Its level.
    pub level: Option<Level>,
    /// Who takes part; they amend the list one by one.
    pub participants: Vec<Participant>,
    /// Where.
    pub place: Option<PlaceId>,
    /// Whether the place is only probable; goes with `place`.
    pub place_doubtful: bool,
    /// When.
    pub when: Option<When>,
    /// What is to be talked about.
    pub agenda: Option<String>,
    /// The tour that it is part of.
    pub trip: Option<TripId>,
    /// The parties that say so, each with the voice that spoke.
    pub by: Vec<By>,
    /// What came of it (held only).
    pub outcome: Option<String>,
}

/// Somebody at a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// The official, or the party when nobody is named.
    pub who: Result<OfficialId, PartyId>,
    /// Absent: as it was; at first, principal.
    pub role: Option<Role>,
    /// Absent: expected.
    pub attendance: Option<Attendance>,
}

/// A party, and the voice that spoke for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// The party.
    pub party: PartyId,
    /// "White House", "Kremlin"; absent where the party itself was named.
    pub voice: Option<String>,
}

/// A refusal, or a denial by a report when no party is named.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingDeclined {
    /// The meeting.
    pub meeting: MeetingId,
    /// Who will not meet.
    pub by: Vec<By>,
}

/// A date given up.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingPostponed {
    /// The meeting.
    pub meeting: MeetingId,
    /// The new date, if there is one.
    pub when: Option<When>,
    /// Who says so; with a new date, they propose it.
    pub by: Vec<By>,
    /// Why.
    pub reason: Option<String>,
}

/// A meeting called off.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingCancelled {
    /// The meeting.
    pub meeting: MeetingId,
    /// Who says so.
    pub by: Vec<By>,
    /// Why.
    pub reason: Option<String>,
}

/// Something said.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// An official's id, or a name as given.
    pub speaker: String,
    /// What was said.
    pub text: String,
    /// The party spoken for.
    pub on_behalf_of: Option<PartyId>,
    /// Ids of meetings, officials, parties or places that it is about.
    pub about: Vec<String>,
    /// Key words.
    pub topics: Vec<String>,
    /// When it was said.
    pub when: Option<When>,
    /// Where.
    pub place: Option<PlaceId>,
    /// In which language (BCP 47).
    pub language: Option<String>,
}

/// A report taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Retraction {
    /// Events or whole entries, all earlier.
    pub of: Vec<Reference>,
    /// Why.
    pub reason: Why,
}

impl What {
    /// The kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Official(_) => Kind::Official,
            Self::Party(_) => Kind::Party,
            Self::Place(_) => Kind::Place,
            Self::Trip(_) => Kind::Trip,
            Self::Travel(_) => Kind::Travel,
            Self::TravelCancelled(_) => Kind::TravelCancelled,
            Self::Presence(_) => Kind::Presence,
            Self::Absence(_) => Kind::Absence,
            Self::MeetingProposed(_) => Kind::MeetingProposed,
            Self::MeetingConfirmed(_) => Kind::MeetingConfirmed,
            Self::MeetingHeld(_) => Kind::MeetingHeld,
            Self::MeetingChanged(_) => Kind::MeetingChanged,
            Self::MeetingDeclined(_) => Kind::MeetingDeclined,
            Self::MeetingPostponed(_) => Kind::MeetingPostponed,
            Self::MeetingCancelled(_) => Kind::MeetingCancelled,
            Self::Statement(_) => Kind::Statement,
            Self::Retraction(_) => Kind::Retraction,
        }
    }

    /// Those whom it puts, sends or denies somewhere by itself; a meeting does so by its list.
    #[must_use]
    pub fn moves(&self) -> &[OfficialId] {
        match self {
            Self::Travel(travel) => &travel.officials,
            Self::Presence(presence) => &presence.officials,
            Self::Absence(absence) => &absence.officials,
            Self::Official(_) | Self::Party(_) | Self::Place(_) | Self::Trip(_) | Self::TravelCancelled(_) => &[],
            Self::MeetingProposed(_) | Self::MeetingConfirmed(_) | Self::MeetingHeld(_) | Self::MeetingChanged(_) => &[],
            Self::MeetingDeclined(_) | Self::MeetingPostponed(_) | Self::MeetingCancelled(_) => &[],
            Self::Statement(_) | Self::Retraction(_) => &[],
        }
    }

    /// What somebody goes or is somewhere for.
    #[must_use]
    pub fn purpose(&self) -> Option<&str> {
        match self {
            Self::Travel(travel) => travel.purpose.as_deref(),
            Self::Presence(presence) => presence.purpose.as_deref(),
            Self::Official(_) | Self::Party(_) | Self::Place(_) | Self::Trip(_) => None,
            Self::TravelCancelled(_) | Self::Absence(_) | Self::Statement(_) | Self::Retraction(_) => None,
            Self::MeetingProposed(_) | Self::MeetingConfirmed(_) | Self::MeetingHeld(_) | Self::MeetingChanged(_) => None,
            Self::MeetingDeclined(_) | Self::MeetingPostponed(_) | Self::MeetingCancelled(_) => None,
        }
    }

    /// What it takes back or calls off; not what it replaces.
    #[must_use]
    pub fn takes_back(&self) -> Vec<Reference> {
        match self {
            Self::TravelCancelled(cancelled) => cancelled.of.iter().copied().map(Reference::Event).collect(),
            Self::Retraction(retraction) => retraction.of.clone(),
            Self::Official(_) | Self::Party(_) | Self::Place(_) | Self::Trip(_) | Self::Travel(_) | Self::Presence(_) => {
                Vec::new()
            }
            Self::MeetingProposed(_) | Self::MeetingConfirmed(_) | Self::MeetingHeld(_) | Self::MeetingChanged(_) => Vec::new(),
            Self::MeetingDeclined(_) | Self::MeetingPostponed(_) | Self::MeetingCancelled(_) => Vec::new(),
            Self::Absence(_) | Self::Statement(_) => Vec::new(),
        }
    }

    /// What it tells of a meeting itself: a proposal, confirmation, report of it held, or change.
    #[must_use]
    pub fn of_meeting(&self) -> Option<&Meeting> {
        match self {
            Self::MeetingProposed(m) | Self::MeetingConfirmed(m) | Self::MeetingHeld(m) | Self::MeetingChanged(m) => Some(m),
            Self::MeetingDeclined(_) | Self::MeetingPostponed(_) | Self::MeetingCancelled(_) => None,
            Self::Official(_) | Self::Party(_) | Self::Place(_) | Self::Trip(_) | Self::Travel(_) => None,
            Self::TravelCancelled(_) | Self::Presence(_) | Self::Absence(_) | Self::Statement(_) | Self::Retraction(_) => None,
        }
    }

    /// The meeting that it belongs to, for the kinds that tell of one.
    #[must_use]
    pub fn meeting(&self) -> Option<&MeetingId> {
        match self {
            Self::MeetingProposed(m) | Self::MeetingConfirmed(m) | Self::MeetingHeld(m) | Self::MeetingChanged(m) => {
                Some(&m.meeting)
            }
            Self::MeetingDeclined(m) => Some(&m.meeting),
            Self::MeetingPostponed(m) => Some(&m.meeting),
            Self::MeetingCancelled(m) => Some(&m.meeting),
            Self::Official(_) | Self::Party(_) | Self::Place(_) | Self::Trip(_) | Self::Travel(_) | Self::TravelCancelled(_) => {
                None
            }
            Self::Presence(_) | Self::Absence(_) | Self::Statement(_) | Self::Retraction(_) => None,
        }
    }
}
