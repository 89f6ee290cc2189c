//! The schedule as a calendar shows it: meetings, and on demand stops and legs, each with one identity for good.
//!
//! A pure function of the log and the options: no clock, no dice. What leaves the desk is decided by [`ScheduleOptions::embargo_at`],
//! an argument like any other, and every instant of an item is one that the log holds.

mod diary;
mod history;
mod meetings;
mod movements;
mod rows;
mod timing;
mod trail;
mod words;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde::ser::SerializeMap as _;

use super::{Asked, released};
use crate::event::{Attendance, Level, MeetingId, OfficialId, PartyId, PlaceId};
use crate::projection::{CARRY_DAYS, Claims, Meeting, Registry, Scope, Standing, Status};
use crate::time::write_instant;

pub use diary::{Diary, DiaryDay, DiaryLine, DiaryMeeting, DiaryPerson, DiaryWindow, Doing, diary};
pub use rows::{RowKind, Rows, ScheduleRow, rows};
pub use timing::Timing;
pub(super) use words::{days, when};

/// What of the schedule is asked for. An empty list lets everything through; several lists must all agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleOptions {
    /// The id of the log, the right half of every UID.
    pub log: String,
    /// Any of these officials takes part, or moves. One who declined takes no part.
    pub officials: Vec<OfficialId>,
    /// Any of these meetings. Of the stops those that a meeting puts there, and no legs.
    pub meetings: Vec<MeetingId>,
    /// Anybody of any of these parties takes part, or moves.
    pub parties: Vec<PartyId>,
    /// At any of these places, or within one; a leg at either end.
    pub places: Vec<PlaceId>,
    /// Only what can still be going on, on this local day.
    pub from: Option<NaiveDate>,
    /// Only what can have begun by this local day.
    pub to: Option<NaiveDate>,
    /// Whether stops and legs are wanted too.
    pub with_travel: bool,
    /// What becomes of what is off.
    pub cancelled: Cancelled,
    /// Whether entries under embargo are let through.
    pub include_embargoed: bool,
    /// The instant at which embargoes are judged: an entry whose embargo is later is left out.
    pub embargo_at: DateTime<Utc>,
}

/// What becomes of meetings that are cancelled, or postponed without a new date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cancelled {
    /// They stay, so that a subscriber sees that they are off.
    #[default]
    Keep,
    /// They are left out.
    Drop,
}

/// The items that match, by their first day, and what had to be left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Schedule {
    /// The items; no UID comes twice.
    pub items: Vec<ScheduleItem>,
    /// Matching meetings left out because nothing is known of their time.
    pub undated: usize,
    /// Matching legs left out because their time is too vague for any day.
    pub undated_legs: usize,
}

/// STATUS of a component (RFC 5545, section 3.8.1.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarStatus {
    /// It stands, or took place.
    Confirmed,
    /// It may not take place, or not then.
    Tentative,
    /// It is off.
    Cancelled,
}

/// What an item is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A meeting.
    Meeting {
        /// Its identity.
        meeting: MeetingId,
        /// Its level.
        level: Level,
        /// Where it stands.
        status: Status,
        /// Whether its whole window is past and nobody reported that it took place. The item keeps the STATUS that it had.
        unverified: bool,
    },
    /// An official's stay.
    Stop {
        /// Who.
        official: OfficialId,
        /// Where.
        place: PlaceId,
        /// The meetings that it rests on, among others.
        meetings: Vec<MeetingId>,
        /// The firmest standing of any of its days.
        standing: Standing,
    },
    /// An official's journey.
    Leg {
        /// Who.
        official: OfficialId,
        /// From where: as reported, else the last known stop.
        from: Option<PlaceId>,
        /// Where to.
        to: PlaceId,
        /// How firmly.
        standing: Standing,
    },
}

/// One component of a calendar (a VEVENT), as a plain value.
#[derive(Clone, Debug, PartialEq)]
pub struct ScheduleItem {
    /// Its identity for good, `riyadh-talks@<log id>`, through all dates and reports.
    pub uid: String,
    /// What it is about.
    pub subject: Subject,
    /// What it is called, without marks; [`ScheduleItem::summary`] adds them.
    pub title: String,
    /// STATUS.
    pub status: CalendarStatus,
    /// When.
    pub timing: Timing,
    /// Whether it leaves the time free (TRANSP).
    pub transparent: bool,
    /// The place, and those around it, by name.
    pub location: Option<String>,
    /// Degrees north and east (WGS 84).
    pub position: Option<(f64, f64)>,
    /// Paragraphs for people; the reports that decide stand last.
    pub description: Vec<String>,
    /// The newest source on the web.
    pub url: Option<String>,
    /// When the first entry that touched it was there to be exported.
    pub created: DateTime<Utc>,
    /// When the last one was.
    pub modified: DateTime<Utc>,
    /// How many entries changed when, where or how firmly it is shown; it never falls.
    pub sequence: u64,
}

/// What a change of counts in SEQUENCE: when, place and status as exported.
///
/// Whether the meeting has lapsed by the day asked about is left out: no entry says so, and counting it would let the number fall from one
/// day to the next, because earlier states lapse with it.
#[derive(Clone, Debug, PartialEq)]
struct Exported {
    timing: Timing,
    location: Option<String>,
    position: Option<(f64, f64)>,
    status: CalendarStatus,
    postponed: bool,
}

impl CalendarStatus {
    /// The word of RFC 5545.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "CONFIRMED",
            Self::Tentative => "TENTATIVE",
            Self::Cancelled => "CANCELLED",
        }
    }
}

impl ScheduleItem {
    /// The title with what a calendar must show at a glance: the marks of its status before it, a vague time after it.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut summary = String::new();
        match &self.subject {
            Subject::Meeting { status: Status::Postponed, .. } => summary.push_str("POSTPONED: "),
            Subject::Meeting { status: Status::Cancelled, .. } => summary.push_str("CANCELLED: "),
            Subject::Meeting { unverified: true, .. } => summary.push_str("UNVERIFIED: "),
            Subject::Meeting { .. } | Subject::Stop { .. } | Subject::Leg { .. } => {}
        }
        if self.status == CalendarStatus::Tentative {
            summary.push_str("[tentative] ");
        }
        summary.push_str(&self.title);
        match &self.timing {
            Timing::Vague { words, .. } => summary.push_str(&format!(" ({words})")),
            Timing::Days { .. } | Timing::Exact { .. } => {}
        }
        summary
    }

    /// The kind of thing in one word, for CATEGORIES: the level of a meeting, `presence` or `travel`.
    #[must_use]
    pub fn category(&self) -> &'static str {
        match &self.subject {
            Subject::Meeting { level, .. } => level.name(),
            Subject::Stop { .. } => "presence",
            Subject::Leg { .. } => "travel",
        }
    }

    fn exported(&self) -> Exported {
        let postponed = match &self.subject {
            Subject::Meeting { status, .. } => *status == Status::Postponed,
            Subject::Stop { .. } | Subject::Leg { .. } => false,
        };
        Exported {
            timing: self.timing.clone(),
            location: self.location.clone(),
            position: self.position,
            status: self.status,
            postponed,
        }
    }
}

impl Serialize for ScheduleItem {
    /// `start` and `end` as the log writes times; the `end` of whole days is the last day, included.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (start, end) = self.timing.ends();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("uid", &self.uid)?;
        map.serialize_entry("summary", &self.summary())?;
        map.serialize_entry("category", self.category())?;
        map.serialize_entry("status", self.status.name())?;
        map.serialize_entry("start", &start)?;
        map.serialize_entry("end", &end)?;
        map.serialize_entry("transparent", &self.transparent)?;
        map.serialize_entry("location", &self.location)?;
        map.serialize_entry("position", &self.position)?;
        map.serialize_entry("description", &self.description)?;
        map.serialize_entry("url", &self.url)?;
        map.serialize_entry("created", &write_instant(self.created))?;
        map.serialize_entry("modified", &write_instant(self.modified))?;
        map.serialize_entry("sequence", &self.sequence)?;
        map.end()
    }
}

impl ScheduleOptions {
    /// All meetings, without travel; what is off stays, and embargoes are judged at `embargo_at`.
    #[must_use]
    pub fn new(log: impl Into<String>, embargo_at: DateTime<Utc>) -> Self {
        Self {
            log: log.into(),
            officials: Vec::new(),
            meetings: Vec::new(),
            parties: Vec::new(),
            places: Vec::new(),
            from: None,
            to: None,
            with_travel: false,
            cancelled: Cancelled::Keep,
            include_embargoed: false,
            embargo_at,
        }
    }

    /// The claims without what must not leave the desk.
    #[must_use]
    pub fn open<'c>(&self, claims: &'c Claims) -> Cow<'c, Claims> {
        if self.include_embargoed { Cow::Borrowed(claims) } else { released(claims, self.embargo_at) }
    }

    fn wants_meeting(&self, meeting: &Meeting, registry: &Registry) -> bool {
        let seated = || meeting.seats.iter().filter(|seat| seat.attendance != Attendance::Declined);
        let party = |party: &PartyId| seated().any(|seat| seat.party.as_ref() == Some(party));
        any(&self.officials, |official| meeting.seat_of(official).is_some())
            && any(&self.meetings, |id| meeting.id == *id)
            && any(&self.parties, party)
            && any(&self.places, |outer| meeting.place.as_ref().is_some_and(|place| registry.is_within(place, outer)))
    }

    fn wants_official(&self, official: &OfficialId, registry: &Registry) -> bool {
        any(&self.officials, |wanted| wanted == official)
            && any(&self.parties, |party| registry.party_of(official) == Some(party))
    }

    fn wants_movement(&self, subject: &Subject, registry: &Registry) -> bool {
        let within = |place: &PlaceId| any(&self.places, |outer| registry.is_within(place, outer));
        match subject {
            Subject::Meeting { .. } => true,
            Subject::Stop { place, meetings, .. } => within(place) && any(&self.meetings, |id| meetings.contains(id)),
            Subject::Leg { from, to, .. } => (within(to) || from.as_ref().is_some_and(within)) && self.meetings.is_empty(),
        }
    }

    fn wants_timing(&self, timing: &Timing) -> bool {
        self.wants_days(timing.days())
    }

    fn wants_days(&self, (first, last): (NaiveDate, NaiveDate)) -> bool {
        self.from.is_none_or(|from| from <= last) && self.to.is_none_or(|to| first <= to)
    }
}

fn any<T>(wanted: &[T], fits: impl Fn(&T) -> bool) -> bool {
    wanted.is_empty() || wanted.iter().any(fits)
}

/// The schedule under the clocks of `scope`, as it stands on the day `on`, from which lapsing is counted.
///
/// For the same options SEQUENCE never falls as the log grows, as `on` moves on, or as embargoes end.
#[must_use]
pub fn schedule(claims: &Claims, scope: Scope, on: NaiveDate, options: &ScheduleOptions) -> Schedule {
    let open = options.open(claims);
    let asked = Asked::new(&open, scope, on, CARRY_DAYS);
    let trails = trail::Trails::new(&asked.view, options.include_embargoed);
    let (mut items, undated) = meetings::items(&asked, &trails, options);
    let mut undated_legs = 0;
    if options.with_travel {
        let (movements, undated) = movements::items(&asked, &trails, options);
        items.extend(movements);
        undated_legs = undated;
    }
    items.sort_by(|a, b| (a.timing.days(), a.timing.starts(), &a.uid).cmp(&(b.timing.days(), b.timing.starts(), &b.uid)));
    Schedule { items, undated, undated_legs }
}
