//! The shape of entries as text: flat, every field an option, for people, `jq` and other programs.
//!
//! Apart from the meaning on purpose: no `flatten`, no tagged enum (they buffer every field, and blame the wrong one). What people send
//! and what the log holds have the same shape; only the strings differ (names and spoken dates there, ids and resolved dates here).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::source::Archive;
use super::{
    Absence, By, Event, EventError, Kind, Meeting, MeetingCancelled, MeetingDeclined, MeetingPostponed, Official, Participant,
    Party, Place, Presence, Retraction, Source, Statement, Telling, Travel, TravelCancelled, Trip, What, Who,
};
use crate::names;
use crate::time::When;

/// A source as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the fields are those of `Source`")]
pub struct WireSource {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive: Option<Archive>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
}

/// A participant as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the fields are those of `Participant`")]
pub struct WireParticipant {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendance: Option<String>,
}

/// A party with its voice, or just a name that is either.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum WireBy {
    /// A party or a voice by name, as people send it.
    Name(String),
    /// As the log holds it.
    Full {
        /// The party.
        party: String,
        /// The voice that spoke for it.
        #[serde(skip_serializing_if = "Option::is_none")]
        voice: Option<String>,
    },
}

macro_rules! wire_event {
    ($($(#[$attribute:meta])* $field:ident: $type:ty),+ $(,)?) => {
        /// An event as text: every field of every kind.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(remote = "Self", deny_unknown_fields, default)]
        #[expect(missing_docs, reason = "the fields are those of the kinds in `What`")]
        pub struct WireEvent {
            pub kind: String,
            $(#[serde(skip_serializing_if = "Option::is_none")] $(#[$attribute])* pub $field: Option<$type>,)+
            #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "super::extra::read")]
            pub x: Option<serde_json::Value>,
        }

        impl WireEvent {
            /// The names of all fields.
            pub const FIELDS: &'static [&'static str] = &["kind", $(stringify!($field),)+ "x"];

            fn present(&self) -> Vec<&'static str> {
                let mut present = Vec::new();
                $(if self.$field.is_some() { present.push(stringify!($field)); })+
                if self.x.is_some() {
                    present.push("x");
                }
                present
            }
        }
    };
}

wire_event! {
    official: String, party: String, place: String, trip: String, officials: Vec<String>, meeting: String, speaker: String, of: Vec<String>,
    name: String, aliases: Vec<String>, title: String, rank: String, base: String, since: String, until: String, wikidata: String,
    country: String, lat: f64, lon: f64, zone: String, within: String,
    from: String, to: String, depart: String, arrive: String, when: String, purpose: String,
    level: String, participants: Vec<WireParticipant>, place_doubtful: bool, agenda: String, by: Vec<WireBy>, outcome: String,
    text: String, on_behalf_of: String, about: Vec<String>, topics: Vec<String>, language: String, reason: String,
    quote: String,
    #[serde(deserialize_with = "super::object::read_said")] said: BTreeMap<String, String>,
    said_by: String, via: String, replaces: Vec<String>, note: String,
}

/// An entry as people and programs send it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the fields are those of `Entry`")]
pub struct WireNewEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logged_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<WireSource>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embargo: Option<String>,
    pub events: Vec<WireEvent>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "super::extra::read")]
    pub x: Option<serde_json::Value>,
}

super::object::object!(WireSource, WireParticipant, WireEvent, WireNewEntry);

fn parsed<T: std::str::FromStr>(text: Option<&String>) -> Result<Option<T>, EventError>
where
    EventError: From<T::Err>,
{
    text.map(|text| text.parse::<T>().map_err(EventError::from)).transpose()
}

fn all<T: std::str::FromStr>(texts: Option<&Vec<String>>) -> Result<Vec<T>, EventError>
where
    EventError: From<T::Err>,
{
    texts.into_iter().flatten().map(|text| text.parse::<T>().map_err(EventError::from)).collect()
}

impl TryFrom<&WireSource> for Source {
    type Error = EventError;

    fn try_from(wire: &WireSource) -> Result<Self, EventError> {
        Ok(Self {
            outlet: wire.outlet.clone(),
            title: wire.title.clone(),
            author: wire.author.clone(),
            url: wire.url.clone(),
            published: parsed(wire.published.as_ref())?,
            grade: parsed(wire.grade.as_ref())?,
            archive: wire.archive.clone(),
            record: wire.record.clone(),
        })
    }
}

impl From<&Source> for WireSource {
    fn from(source: &Source) -> Self {
        Self {
            outlet: source.outlet.clone(),
            title: source.title.clone(),
            author: source.author.clone(),
            url: source.url.clone(),
            published: source.published.map(|published| published.to_string()),
            grade: source.grade.map(|grade| grade.to_string()),
            archive: source.archive.clone(),
            record: source.record.clone(),
        }
    }
}

impl TryFrom<&WireEvent> for Event {
    type Error = EventError;

    /// Holds every rule about one event by itself: fields of its kind, ids, resolved times.
    fn try_from(wire: &WireEvent) -> Result<Self, EventError> {
        let kind: Kind = wire.kind.parse()?;
        kind.check(&wire.present())?;
        check_names(wire.name.iter().chain(wire.aliases.iter().flatten()).chain(&wire.title))?;
        let what = match kind {
            Kind::Official => What::Official(Official::try_from(wire)?),
            Kind::Party => What::Party(Party {
                party: need(kind, "party", &wire.party)?,
                name: wire.name.clone(),
                aliases: list(&wire.aliases),
            }),
            Kind::Place => What::Place(Place::try_from(wire)?),
            Kind::Trip => What::Trip(Trip {
                trip: need(kind, "trip", &wire.trip)?,
                title: wire.title.clone(),
                officials: all(wire.officials.as_ref())?,
            }),
            Kind::Travel => What::Travel(Travel {
                officials: some(kind, "officials", &wire.officials)?,
                from: parsed(wire.from.as_ref())?,
                to: need(kind, "to", &wire.to)?,
                depart: single(wire.depart.as_ref())?,
                arrive: single(wire.arrive.as_ref())?,
                trip: parsed(wire.trip.as_ref())?,
                purpose: wire.purpose.clone(),
            }),
            Kind::TravelCancelled => What::TravelCancelled(TravelCancelled {
                of: some(kind, "of", &wire.of)?,
                officials: all(wire.officials.as_ref())?,
                reason: wire.reason.clone(),
            }),
            Kind::Presence => What::Presence(Presence {
                officials: some(kind, "officials", &wire.officials)?,
                place: need(kind, "place", &wire.place)?,
                when: need(kind, "when", &wire.when)?,
                trip: parsed(wire.trip.as_ref())?,
                purpose: wire.purpose.clone(),
            }),
            Kind::Absence => What::Absence(Absence {
                officials: some(kind, "officials", &wire.officials)?,
                from: match (&wire.place, &wire.meeting) {
                    (Some(place), None) => Who::Place(place.parse()?),
                    (None, Some(meeting)) => Who::Meeting(meeting.parse()?),
                    _ => return Err(EventError::AbsenceFrom),
                },
                when: parsed(wire.when.as_ref())?,
            }),
            Kind::MeetingProposed => What::MeetingProposed(Meeting::try_from((kind, wire))?),
            Kind::MeetingConfirmed => What::MeetingConfirmed(Meeting::try_from((kind, wire))?),
            Kind::MeetingHeld => What::MeetingHeld(Meeting::try_from((kind, wire))?),
            Kind::MeetingChanged => What::MeetingChanged(Meeting::try_from((kind, wire))?),
            Kind::MeetingDeclined => {
                What::MeetingDeclined(MeetingDeclined { meeting: need(kind, "meeting", &wire.meeting)?, by: by(wire)? })
            }
            Kind::MeetingPostponed => What::MeetingPostponed(MeetingPostponed {
                meeting: need(kind, "meeting", &wire.meeting)?,
                when: parsed(wire.when.as_ref())?,
                by: by(wire)?,
                reason: wire.reason.clone(),
            }),
            Kind::MeetingCancelled => What::MeetingCancelled(MeetingCancelled {
                meeting: need(kind, "meeting", &wire.meeting)?,
                by: by(wire)?,
                reason: wire.reason.clone(),
            }),
            Kind::Statement => What::Statement(Statement::try_from(wire)?),
            Kind::Retraction => {
                What::Retraction(Retraction { of: some(kind, "of", &wire.of)?, reason: need(kind, "reason", &wire.reason)? })
            }
        };
        Ok(Self { what, telling: Telling::try_from(wire)? })
    }
}

/// Names and titles are read at a glance, so nothing may hide in them; quotes are evidence, and kept as written.
fn check_names<'n>(names: impl IntoIterator<Item = &'n String>) -> Result<(), EventError> {
    match names.into_iter().find_map(|text| Some((text, names::unshown(text)?))) {
        Some((text, character)) => Err(EventError::Name { text: text.clone(), character }),
        None => Ok(()),
    }
}

fn need<T: std::str::FromStr>(kind: Kind, field: &'static str, text: &Option<String>) -> Result<T, EventError>
where
    EventError: From<T::Err>,
{
    parsed(text.as_ref())?.ok_or(EventError::Missing { kind, field })
}

fn some<T: std::str::FromStr>(kind: Kind, field: &'static str, texts: &Option<Vec<String>>) -> Result<Vec<T>, EventError>
where
    EventError: From<T::Err>,
{
    let found = all(texts.as_ref())?;
    if found.is_empty() { Err(EventError::Empty { kind, field }) } else { Ok(found) }
}

fn list(texts: &Option<Vec<String>>) -> Vec<String> {
    texts.clone().unwrap_or_default()
}

fn single(text: Option<&String>) -> Result<Option<When>, EventError> {
    match parsed::<When>(text)? {
        Some(when) if when.is_interval() => Err(crate::time::TimeError::NoInterval(when.to_string()).into()),
        when => Ok(when),
    }
}

fn by(wire: &WireEvent) -> Result<Vec<By>, EventError> {
    let one = |by: &WireBy| match by {
        WireBy::Name(party) => Ok(By { party: party.parse()?, voice: None }),
        WireBy::Full { party, voice } => Ok(By { party: party.parse()?, voice: voice.clone() }),
    };
    wire.by.iter().flatten().map(one).collect()
}

/// The fields whose words may be kept, in the order of the alphabet.
pub(super) const WORDED: &[&str] = &["arrive", "depart", "from", "place", "since", "to", "until", "when"];

impl TryFrom<&WireEvent> for Telling {
    type Error = EventError;

    fn try_from(wire: &WireEvent) -> Result<Self, EventError> {
        if wire.x.as_ref().is_some_and(|x| !x.is_object()) {
            return Err(EventError::Extra);
        }
        if let Some(field) = wire.said.iter().flatten().map(|(field, _)| field).find(|field| !WORDED.contains(&field.as_str())) {
            return Err(EventError::Said(field.clone()));
        }
        Ok(Self {
            quote: wire.quote.clone(),
            said: wire.said.clone().unwrap_or_default(),
            said_by: wire.said_by.clone(),
            via: wire.via.clone(),
            replaces: all(wire.replaces.as_ref())?,
            note: wire.note.clone(),
            x: wire.x.clone(),
        })
    }
}

/// Whether a text is a Wikidata item, `Q` and digits.
pub(super) fn is_wikidata(item: &str) -> bool {
    item.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a text has the form of a country code (ISO 3166-1 alpha-2).
pub(super) fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether a latitude and a longitude, in degrees, are those of a place.
pub(super) fn is_on_earth(lat: f64, lon: f64) -> bool {
    (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)
}

impl TryFrom<&WireEvent> for Official {
    type Error = EventError;

    fn try_from(wire: &WireEvent) -> Result<Self, EventError> {
        if let Some(item) = &wire.wikidata
            && !is_wikidata(item)
        {
            return Err(EventError::Wikidata(item.clone()));
        }
        Ok(Self {
            official: need(Kind::Official, "official", &wire.official)?,
            name: wire.name.clone(),
            aliases: list(&wire.aliases),
            title: wire.title.clone(),
            party: parsed(wire.party.as_ref())?,
            rank: parsed(wire.rank.as_ref())?,
            base: parsed(wire.base.as_ref())?,
            since: parsed(wire.since.as_ref())?,
            until: parsed(wire.until.as_ref())?,
            wikidata: wire.wikidata.clone(),
        })
    }
}

impl TryFrom<&WireEvent> for Place {
    type Error = EventError;

    fn try_from(wire: &WireEvent) -> Result<Self, EventError> {
        if let Some(code) = &wire.country
            && !is_country(code)
        {
            return Err(EventError::Country(code.clone()));
        }
        if wire.lat.is_some() != wire.lon.is_some() {
            return Err(EventError::HalfPosition);
        }
        let (lat, lon) = (wire.lat.unwrap_or(0.0), wire.lon.unwrap_or(0.0));
        if !is_on_earth(lat, lon) {
            return Err(EventError::Coordinates(lat.to_string(), lon.to_string()));
        }
        Ok(Self {
            place: need(Kind::Place, "place", &wire.place)?,
            name: wire.name.clone(),
            country: wire.country.clone(),
            lat: wire.lat,
            lon: wire.lon,
            zone: parsed(wire.zone.as_ref())?,
            within: parsed(wire.within.as_ref())?,
            aliases: list(&wire.aliases),
        })
    }
}

impl TryFrom<(Kind, &WireEvent)> for Meeting {
    type Error = EventError;

    fn try_from((kind, wire): (Kind, &WireEvent)) -> Result<Self, EventError> {
        if wire.place_doubtful == Some(true) && wire.place.is_none() {
            return Err(EventError::DoubtWithoutPlace);
        }
        let by = by(wire)?;
        if kind == Kind::MeetingConfirmed && by.is_empty() {
            return Err(EventError::Empty { kind, field: "by" });
        }
        Ok(Self {
            meeting: need(kind, "meeting", &wire.meeting)?,
            title: wire.title.clone(),
            level: parsed(wire.level.as_ref())?,
            participants: wire.participants.iter().flatten().map(Participant::try_from).collect::<Result<_, _>>()?,
            place: parsed(wire.place.as_ref())?,
            place_doubtful: wire.place_doubtful.unwrap_or(false),
            when: parsed(wire.when.as_ref())?,
            agenda: wire.agenda.clone(),
            trip: parsed(wire.trip.as_ref())?,
            by,
            outcome: wire.outcome.clone(),
        })
    }
}

impl TryFrom<&WireParticipant> for Participant {
    type Error = EventError;

    fn try_from(wire: &WireParticipant) -> Result<Self, EventError> {
        let who = match (&wire.official, &wire.party) {
            (Some(official), None) => Ok(official.parse()?),
            (None, Some(party)) => Err(party.parse()?),
            _ => return Err(EventError::Participant),
        };
        Ok(Self { who, role: parsed(wire.role.as_ref())?, attendance: parsed(wire.attendance.as_ref())? })
    }
}

impl TryFrom<&WireEvent> for Statement {
    type Error = EventError;

    fn try_from(wire: &WireEvent) -> Result<Self, EventError> {
        let missing = |field| EventError::Missing { kind: Kind::Statement, field };
        Ok(Self {
            speaker: wire.speaker.clone().ok_or_else(|| missing("speaker"))?,
            text: wire.text.clone().ok_or_else(|| missing("text"))?,
            on_behalf_of: parsed(wire.on_behalf_of.as_ref())?,
            about: list(&wire.about),
            topics: list(&wire.topics),
            when: parsed(wire.when.as_ref())?,
            place: parsed(wire.place.as_ref())?,
            language: wire.language.clone(),
        })
    }
}
