//! What changed in the answers between two moments, each change with the event that caused it.
//!
//! Both moments are asked about the same day, so that nothing changes by the mere passing of time: what differs, differs because of a
//! report. A meeting is compared field by field, an official by stays and journeys; the changes of an official, taken from the
//! itinerary before and added to it, give the itinerary after.

mod cause;
mod meeting;
mod movement;
mod touched;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::{Asked, Citation, MeetingAnswer, ParticipantAnswer};
use crate::event::{Entry, MeetingId, OfficialId, PlaceId, Position};
use crate::projection::{AsOf, Claims, Party, Scope, Standing, Status};
use crate::time::{When, Zone};
use cause::Steps;
use touched::Footprints;

/// By which clock a moment is meant, and in which order reports came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Clock {
    /// When they became public.
    #[default]
    Published,
    /// When the log recorded them.
    Recorded,
}

/// The moment since which changes are told, by one of the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// What was not public by then.
    Published(DateTime<Utc>),
    /// What the log did not hold then.
    Recorded(AsOf),
}

impl Since {
    /// Its clock.
    #[must_use]
    pub fn clock(self) -> Clock {
        match self {
            Self::Published(_) => Clock::Published,
            Self::Recorded(_) => Clock::Recorded,
        }
    }

    /// The moment as a time: an entry's is when it was recorded.
    #[must_use]
    pub fn at(self, claims: &Claims) -> DateTime<Utc> {
        match self {
            Self::Published(at) | Self::Recorded(AsOf::At(at)) => at,
            Self::Recorded(AsOf::Seq(seq)) => claims.entry(seq).map_or(DateTime::<Utc>::MIN_UTC, |entry| entry.recorded),
        }
    }

    /// What could be known then of what `scope` lets be known now.
    #[must_use]
    pub fn scope(self, scope: Scope) -> Scope {
        match self {
            Self::Published(at) => Scope { public_by: Some(scope.public_by.map_or(at, |by| by.min(at))), ..scope },
            Self::Recorded(as_of) => Scope { as_of: Some(as_of), ..scope },
        }
    }

    /// Whether the log held an entry then.
    fn held(self, entry: &Entry) -> bool {
        match self {
            Self::Published(at) => entry.recorded <= at,
            Self::Recorded(as_of) => Scope { as_of: Some(as_of), public_by: None }.held(entry),
        }
    }
}

/// What changed, in the order of the causes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changes {
    /// The changes.
    pub changes: Vec<Change>,
    /// What was public before and recorded since, in log order.
    pub late: Vec<Late>,
}

/// In which direction an answer went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Turn {
    /// It was not there before.
    New,
    /// Another day, another place.
    Moved,
    /// More is known, and nothing that was known before is gone; of a meeting also: a yes more, a no less.
    Firmer,
    /// Less is known, and nothing new; of a meeting also: a yes less, a no more.
    Weaker,
    /// Others take part, or the same differently.
    Participants,
    /// Called off, or no longer said.
    Cancelled,
    /// Reported as held.
    Held,
    /// Fell because a report was taken back.
    Retracted,
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// A meeting.
    Meeting(MeetingId),
    /// An official.
    Official(OfficialId),
}

impl About {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Meeting(id) => id.as_str(),
            Self::Official(id) => id.as_str(),
        }
    }
}

/// One difference between the answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// In which direction.
    pub what: Turn,
    /// Of what.
    pub subject: About,
    /// The title of the meeting, the name of the official.
    pub name: String,
    /// `status`, `when`, `said`, `place`, `participants`, `confirmed_by` or `declined_by` of a meeting, `stays` or `journeys` of an
    /// official; `None`: the whole meeting came or went.
    pub field: Option<&'static str>,
    /// The value before; `None`: there was none.
    pub before: Option<Value>,
    /// The value after; `None`: there is none.
    pub after: Option<Value>,
    /// The event that brought the value to what it is.
    pub cause: Position,
    /// The events that before and after rest on, as far as these are more than the cause says; for people.
    #[serde(skip)]
    pub evidence: Vec<Position>,
    /// The cause with its source, for people.
    #[serde(skip)]
    pub cited: Option<Citation>,
    /// The zone of the meeting's days, for people.
    #[serde(skip)]
    pub zone: Zone,
}

/// A value that changed, in the shape of the answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Where a meeting stands.
    Status(Status),
    /// Its date.
    When(When),
    /// The source's words for a time, where they are all that is known.
    Said(String),
    /// Where it is.
    Place(Whereat),
    /// Its list.
    Participants(Set<ParticipantAnswer>),
    /// Parties that said yes, or no.
    Parties(Set<Party>),
    /// The meeting as a whole.
    Meeting(Box<MeetingAnswer>),
    /// Stays that belong together, in order of time.
    Stays(Vec<Stay>),
    /// Journeys that belong together, in order of time.
    Journeys(Vec<Journey>),
}

/// A list of which the order is no news.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Set<T>(pub Vec<T>);

impl<T: PartialEq> PartialEq for Set<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().all(|one| other.0.contains(one))
    }
}

/// The place of a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Whereat {
    /// The place.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// Whether it is only probable.
    pub place_doubtful: bool,
}

/// Days of one standing at one place.
#[derive(Clone, Debug, Serialize)]
pub struct Stay {
    /// The place.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// How firmly.
    pub standing: Standing,
    /// Whether it is the last of a stop of which the end is not known; for people, and no difference by itself.
    #[serde(skip)]
    pub open: bool,
}

impl PartialEq for Stay {
    fn eq(&self, other: &Self) -> bool {
        (&self.place, self.from, self.to, self.standing) == (&other.place, other.from, other.to, other.standing)
    }
}

/// A journey, as far as answers compare it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Journey {
    /// From where: as reported, else the last known stop.
    pub from: Option<PlaceId>,
    /// Where to.
    pub to: PlaceId,
    /// The name of where it ends.
    pub name: String,
    /// When they leave, as reported.
    pub depart: Option<When>,
    /// When they arrive, as reported.
    pub arrive: Option<When>,
    /// How firmly.
    pub standing: Standing,
}

/// An entry that was public before the moment, and recorded after it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Late {
    /// Its number.
    pub entry: u64,
    /// The outlet, else the author, else the headline.
    pub source: String,
    /// The day of publication, local to the log's zone.
    pub published: NaiveDate,
    /// When it was recorded.
    #[serde(serialize_with = "instant")]
    pub recorded: DateTime<Utc>,
    /// Its reports.
    pub evidence: Vec<Position>,
}

/// Writes an instant as the log does.
pub(super) fn instant<S: serde::Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&crate::time::write_instant(*at))
}

/// What changed since a moment, and what arrived late, of the officials and meetings with these ids; with none, of all.
#[must_use]
pub fn changes_since(asked: &Asked<'_>, since: Since, about: &[String]) -> Changes {
    let before = asked.under(since.scope(asked.view.scope()));
    let footprints = Footprints::of(asked);
    let changes = changes_about(&before, asked, since.clock(), &footprints, about);
    let mut late = late(asked, since);
    if !about.is_empty() {
        let entries = footprints.told_of(about);
        late.retain(|late| entries.contains(&late.entry));
    }
    Changes { changes, late }
}

/// What differs between the answers of two moments, which are asked about the same day; `clock` gives the order of what came between.
#[must_use]
pub fn changes(before: &Asked<'_>, after: &Asked<'_>, clock: Clock) -> Vec<Change> {
    changes_about(before, after, clock, &Footprints::of(after), &[])
}

/// Those of the officials and meetings with these ids; with none, of all.
fn changes_about(
    before: &Asked<'_>,
    after: &Asked<'_>,
    clock: Clock,
    footprints: &Footprints<'_>,
    about: &[String],
) -> Vec<Change> {
    let new = touched::News::between(before, after);
    let (meetings, officials) = new.subjects(before, after, footprints);
    let is_asked = |id: &str| about.is_empty() || about.iter().any(|one| one == id);
    let mut found: Vec<Change> = Vec::new();
    for id in meetings.iter().filter(|id| is_asked(id.as_str())) {
        let steps = || Steps::new(before, after, clock, footprints.meeting(id), &new);
        found.extend(meeting::changes(before, after, id, steps));
    }
    for id in officials.iter().filter(|id| is_asked(id.as_str())) {
        let entries = footprints.official(id);
        found.extend(movement::changes(before, after, id, || Steps::new(before, after, clock, entries, &new)));
    }
    found.sort_by_key(|change| (order(after, clock, change.cause), change.subject.clone()));
    found
}

/// Entries that were public by a moment, and recorded only after it.
fn late(after: &Asked<'_>, since: Since) -> Vec<Late> {
    let claims = after.view.claims();
    let at = since.at(claims);
    let is_late = |entry: &&Entry| !since.held(entry) && entry.public(claims.zone()) <= at;
    let held = claims.entries().filter(|entry| after.view.scope().held(entry));
    let late = held.filter(is_late).map(|entry| Late {
        entry: entry.seq,
        source: Citation::source_of(&entry.source).to_owned(),
        published: entry.published_day(claims.zone()),
        recorded: entry.recorded,
        evidence: entry
            .numbered()
            .filter(|(_, event)| !event.what.kind().is_registry())
            .map(|(number, _)| Position { seq: entry.seq, number })
            .collect(),
    });
    late.filter(|late| !late.evidence.is_empty()).collect()
}

/// What a place is called: both moments are told with the names of the later one, for another name is no news.
fn place_name(before: &Asked<'_>, after: &Asked<'_>, place: &PlaceId) -> String {
    let registry = if after.registry().places.contains_key(place) { after.registry() } else { before.registry() };
    registry.place_name(place).to_owned()
}

/// Where an event stands in the order in which a clock lets events be known.
fn order(asked: &Asked<'_>, clock: Clock, position: Position) -> (Option<DateTime<Utc>>, Position) {
    let claims = asked.view.claims();
    let public = || claims.entry(position.seq).map(|entry| entry.public(claims.zone()));
    match clock {
        Clock::Recorded => (None, position),
        Clock::Published => (public(), position),
    }
}
