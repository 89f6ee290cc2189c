//! Single claims that put an official somewhere: from a presence, a journey, a meeting.

use chrono::{DateTime, NaiveDate, Utc};

use super::runs::{Run, cut, split};
use super::{Fact, Key, Meeting, Registry, Status};
use crate::event::{self, Attendance, Level, MeetingId, OfficialId, PlaceId, Position, TripId};
use crate::time::{End, Moment, Shape, Span, When, Zone};

/// How firmly a presence is known, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Nobody said so: carried on from a stop of which no end is known.
    Presumed,
    /// Said with doubt, or of doubtful attendance.
    Uncertain,
    /// Announced.
    Planned,
    /// At a meeting that the parties confirmed.
    Confirmed,
    /// Reported when it was so, or after.
    Observed,
}

impl Standing {
    /// The word in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Presumed => "presumed",
            Self::Uncertain => "uncertain",
            Self::Planned => "planned",
            Self::Confirmed => "confirmed",
            Self::Observed => "observed",
        }
    }
}

impl Standing {
    /// How firmly a meeting puts those on its list where it is; `None` for one that is off.
    #[must_use]
    pub fn at_meeting(status: Status) -> Option<Self> {
        match status {
            Status::Held => Some(Self::Observed),
            Status::Confirmed => Some(Self::Confirmed),
            Status::Scheduled => Some(Self::Planned),
            Status::Proposed | Status::AtRisk | Status::Lapsed => Some(Self::Uncertain),
            Status::Postponed | Status::Cancelled => None,
        }
    }
}

impl serde::Serialize for Standing {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// What kind of report a presence rests on; where several are equally firm, the first here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// A report that they are there.
    Presence,
    /// A meeting.
    Meeting,
    /// A journey.
    Travel,
    /// The stop before.
    Carried,
}

impl Basis {
    /// The word in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Presence => "presence",
            Self::Meeting => "meeting",
            Self::Travel => "travel",
            Self::Carried => "carried",
        }
    }
}

impl serde::Serialize for Basis {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// The entry that tells a claim, and the days that it gives: claims that share both are one statement, of several places at once.
///
/// Of a meeting it is the entry of the last report that gave the date, the place or the official's seat: only there did they come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    /// The number of the entry.
    pub entry: u64,
    /// The first and last day, whatever of them is left; none where the time puts nobody anywhere.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

/// One claim that an official is at a place, with the days that are left of it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Where.
    pub place: PlaceId,
    /// On which days, and how firmly.
    pub runs: Vec<Run>,
    /// From what kind of report.
    pub basis: Basis,
    /// The meeting, if it is one's.
    pub meeting: Option<MeetingId>,
    /// The events it rests on.
    pub evidence: Vec<Position>,
    /// Its age in the order of claims.
    pub key: Key,
    /// Who tells it, and for which days.
    pub told: Told,
    /// Its exact times, where they are known.
    pub exact: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// The last day, if the report says that it is the last.
    pub given_end: Option<NaiveDate>,
    /// Whether it rests on uncertain attendance at a meeting.
    pub attendance_uncertain: bool,
    /// The tour that it is part of.
    pub trip: Option<TripId>,
    /// The journey that it ends.
    pub journey: Option<Journey>,
}

/// A journey as reported.
#[derive(Clone, Debug, PartialEq)]
pub struct Journey {
    /// From where, if that was said.
    pub from: Option<PlaceId>,
    /// When they leave, as reported.
    pub depart: Option<When>,
    /// When they arrive, as reported.
    pub arrive: Option<When>,
    /// The first and last day on which it can take place; `None` where it is too vague to show on any day.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// How firmly.
    pub standing: Standing,
    /// What for.
    pub purpose: Option<String>,
}

impl Claim {
    /// Takes away what is not observed on the days of `span`.
    pub fn cut(&mut self, span: Span) {
        self.runs = cut(&self.runs, span);
    }

    /// The claim of a presence; `None` if its time is too vague to put anybody anywhere.
    #[must_use]
    pub fn of_presence(fact: &Fact<'_>, event: &event::Presence, registry: &Registry, log_zone: Zone) -> Option<Self> {
        let zone = registry.zone_of(Some(&event.place), log_zone);
        let published = fact.published_day(zone);
        let span = event.when.span(zone);
        let from = span.from?;
        if event.when.is_too_vague() {
            return None;
        }
        // An open interval is observed up to publication and carried from there.
        let to = span.to.unwrap_or_else(|| published.max(from));
        let runs = if event.when.is_uncertain() {
            vec![Run { from, to, standing: Standing::Uncertain }]
        } else if starts_later_that_day(event.when.exact_start(), fact, zone) {
            split(from, to, super::runs::previous(published))
        } else {
            split(from, to, published)
        };
        let given_end = match event.when.shape {
            Shape::Throughout(End::Day(_), Some(End::Day(last))) => Some(last),
            Shape::Throughout(..) | Shape::Day(_) | Shape::Exact(_) | Shape::Month(_) | Shape::Year(_) | Shape::Within(..) => {
                None
            }
        };
        Some(Self {
            place: event.place.clone(),
            runs,
            basis: Basis::Presence,
            meeting: None,
            evidence: vec![fact.key.position],
            key: fact.key,
            told: Told { entry: fact.entry.seq, days: Some((from, to)) },
            exact: event.when.exact(),
            given_end,
            attendance_uncertain: false,
            trip: event.trip.clone(),
            journey: None,
        })
    }

    /// The claim of a journey: a leg, and a presence at its end on the day of arrival (on no day if the time is too vague).
    #[must_use]
    pub fn of_travel(fact: &Fact<'_>, event: &event::Travel, registry: &Registry, log_zone: Zone) -> Self {
        let zone = registry.zone_of(Some(&event.to), log_zone);
        let published = fact.published_day(zone);
        let arrive = event.arrive.or(event.depart);
        let shown = |when: Option<When>, zone: Zone| {
            let span = when.filter(|when| !when.is_too_vague())?.span(zone);
            span.from.zip(span.to)
        };
        let arrival = shown(arrive, zone);
        let standing = match arrive {
            Some(when) if when.is_uncertain() => Standing::Uncertain,
            Some(when) => {
                let over = event.arrive.and_then(|when| when.exact()).zip(fact.published_exactly());
                let over = over.is_some_and(|((arrived, _), published)| arrived <= published);
                if over || when.span(zone).is_before(published) { Standing::Observed } else { Standing::Planned }
            }
            None => Standing::Planned,
        };
        let runs = arrival.map(|(from, to)| Run { from, to, standing }).into_iter().collect();
        // Departure is a local day of the place left, and across the date line it can be later than that of the arrival.
        let left = event.from.as_ref().map_or(zone, |from| registry.zone_of(Some(from), log_zone));
        let departure = if event.depart.is_some() { shown(event.depart, left) } else { arrival };
        let days = departure.zip(arrival).map(|((from, _), (_, to))| (from, to.max(from)));
        Self {
            place: event.to.clone(),
            runs,
            basis: Basis::Travel,
            meeting: None,
            evidence: vec![fact.key.position],
            key: fact.key,
            told: Told { entry: fact.entry.seq, days: arrival },
            exact: event.arrive.and_then(|when| when.exact()),
            given_end: None,
            attendance_uncertain: false,
            trip: event.trip.clone(),
            journey: Some(Journey {
                from: event.from.clone(),
                depart: event.depart,
                arrive: event.arrive,
                days,
                standing,
                purpose: event.purpose.clone(),
            }),
        }
    }

    /// The claim of a meeting on one who takes part; `None` for calls, and where status, place, time or attendance put nobody anywhere.
    #[must_use]
    pub fn of_meeting(meeting: &Meeting, official: &OfficialId) -> Option<Self> {
        let seat = meeting.seat_of(official)?;
        let (place, when) = (meeting.place.as_ref()?, meeting.when?);
        let firm = Standing::at_meeting(meeting.status)?;
        if meeting.level == Level::Call || when.is_too_vague() {
            return None;
        }
        let attendance_uncertain = seat.attendance == Attendance::Uncertain;
        let doubtful = when.is_uncertain() || meeting.place_doubtful || attendance_uncertain;
        let standing = if doubtful { firm.min(Standing::Uncertain) } else { firm };
        let span = when.span(meeting.zone);
        let from = span.from?;
        let to = span.to.unwrap_or(from);
        Some(Self {
            place: place.clone(),
            runs: vec![Run { from, to, standing }],
            basis: Basis::Meeting,
            meeting: Some(meeting.id.clone()),
            evidence: meeting.evidence.clone(),
            key: seat.named,
            told: Told { entry: meeting.told_by(seat), days: Some((from, to)) },
            exact: when.exact(),
            given_end: None,
            attendance_uncertain,
            trip: meeting.trip.clone(),
            journey: None,
        })
    }
}

/// Whether an exact start is after an exact publication of the same day: then it is still to come.
fn starts_later_that_day(start: Option<Moment>, fact: &Fact<'_>, zone: Zone) -> bool {
    start
        .zip(fact.published_exactly())
        .is_some_and(|(start, published)| start.instant() > published && start.day_in(zone) == zone.day_at(published))
}
