//! Where somebody is, and who is somewhere.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Asked, LegAnswer, PresenceAnswer};
use crate::event::{MeetingId, OfficialId, PartyId, PlaceId, Position};
use crate::projection::{Finding, Presence, Whereabouts};

/// Where one official is on the day asked about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhereAnswer {
    /// The official.
    pub official: OfficialId,
    /// The name.
    pub name: String,
    /// The office in words.
    pub title: Option<String>,
    /// The side acted for.
    pub party: Option<PartyId>,
    /// Every presence of that day, in the order of the day; empty when unknown or in transit.
    pub presences: Vec<PresenceAnswer>,
    /// The journeys that can take place that day.
    pub legs: Vec<LegAnswer>,
    /// The last stop before that day.
    pub last_known: Option<LastKnown>,
    /// What comes after that day.
    pub next: Next,
    /// What looks odd about it.
    #[serde(skip)]
    pub findings: Vec<Finding>,
    /// The title and place of the next meeting, for people.
    #[serde(skip)]
    pub next_meeting: Option<super::MeetingAnswer>,
    /// The meetings of the day, for people.
    #[serde(skip)]
    pub meetings: Vec<super::MeetingAnswer>,
}

/// The last stop that ended before the day asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastKnown {
    /// The place.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// The last day reported there.
    pub on: NaiveDate,
    /// How many days before the day asked about.
    pub days_ago: i64,
    /// The events that the stop rests on, for people.
    #[serde(skip)]
    pub evidence: Vec<Position>,
}

/// The next move and the next meeting.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Next {
    /// The first journey that begins after the day.
    pub leg: Option<LegAnswer>,
    /// The first meeting after the day that is not off.
    pub meeting: Option<MeetingId>,
}

/// Who is at a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Who {
    /// The place asked about.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// Those who are there or in a place within it, the firmest first.
    pub people: Vec<Person>,
    /// Those all of whose claims there rest on uncertain attendance.
    pub uncertain: Vec<Person>,
}

/// Somebody who is somewhere.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Person {
    /// The official.
    pub official: OfficialId,
    /// The official's name; the place's name follows as `place_name`.
    pub name: String,
    /// The side acted for.
    pub party: Option<PartyId>,
    /// The place, which may lie within the one asked about.
    pub place: PlaceId,
    /// Its name.
    pub place_name: String,
    /// Its country.
    pub country: Option<String>,
    /// Its zone.
    pub zone: Option<&'static str>,
    /// The first day reported of the whole stop.
    pub from: NaiveDate,
    /// The last day reported of the whole stop.
    pub to: NaiveDate,
    /// How firmly.
    pub standing: crate::projection::Standing,
    /// From what.
    pub basis: crate::projection::Basis,
    /// The meeting there that day.
    pub meeting: Option<MeetingId>,
    /// The events that it rests on.
    pub evidence: Vec<crate::event::Position>,
    /// Whether another presence contradicts it that day.
    pub conflict: bool,
    /// The events that decide the day, with their sources.
    #[serde(skip)]
    pub deciding: Vec<super::Citation>,
    /// The meetings there that day, for people.
    #[serde(skip)]
    pub meetings: Vec<super::MeetingAnswer>,
}

/// Where an official is on the day asked about.
#[must_use]
pub fn where_is(asked: &Asked<'_>, official: &OfficialId) -> WhereAnswer {
    let registry = asked.registry();
    let record = registry.officials.get(official);
    let whereabouts = asked.whereabouts(official);
    let presences: Vec<PresenceAnswer> =
        whereabouts.on(asked.on, registry).into_iter().map(|presence| PresenceAnswer::of(asked, presence)).collect();
    let mut findings = whereabouts.findings(Some(asked.on), Some(asked.on));
    findings.extend(conflict(asked, official, &whereabouts, &presences));
    let next_meeting = next_meeting(asked, official);
    let there: Vec<&MeetingId> = presences.iter().flat_map(|presence| &presence.meetings).collect();
    WhereAnswer {
        official: official.clone(),
        name: registry.official_name(official).to_owned(),
        title: record.and_then(|record| record.title.clone()),
        party: record.and_then(|record| record.party.clone()),
        legs: whereabouts.legs_on(asked.on).into_iter().map(|leg| LegAnswer::of(asked, leg)).collect(),
        last_known: last_known(asked, &whereabouts),
        next: Next {
            leg: whereabouts.next_leg(asked.on).map(|leg| LegAnswer::of(asked, leg)),
            meeting: next_meeting.map(|meeting| meeting.id.clone()),
        },
        next_meeting: next_meeting.map(|meeting| super::MeetingAnswer::of(asked, meeting)),
        meetings: there
            .iter()
            .filter_map(|id| asked.meeting(id))
            .map(|meeting| super::MeetingAnswer::of(asked, meeting))
            .collect(),
        presences,
        findings,
    }
}

fn last_known(asked: &Asked<'_>, whereabouts: &Whereabouts) -> Option<LastKnown> {
    let stop = whereabouts.last_known(asked.on)?;
    Some(LastKnown {
        place: stop.place.clone(),
        name: asked.registry().place_name(&stop.place).to_owned(),
        on: stop.to,
        days_ago: (asked.on - stop.to).num_days(),
        evidence: stop.evidence(),
    })
}

/// The first meeting after the day that the official is on the list of, and that is not off.
pub(super) fn next_meeting<'a>(asked: &'a Asked<'_>, official: &OfficialId) -> Option<&'a crate::projection::Meeting> {
    use crate::projection::Status;
    asked
        .meetings
        .with(official)
        .filter(|meeting| !matches!(meeting.status, Status::Cancelled | Status::Postponed))
        .filter(|meeting| meeting.seat_of(official).is_some())
        .filter_map(|meeting| Some((meeting.when?.span(meeting.zone).from?, meeting)))
        .filter(|(from, _)| *from > asked.on)
        .min_by(|(a, first), (b, second)| (a, &first.id).cmp(&(b, &second.id)))
        .map(|(_, meeting)| meeting)
}

/// The finding behind presences that contradict each other.
fn conflict(
    asked: &Asked<'_>,
    official: &OfficialId,
    whereabouts: &Whereabouts,
    presences: &[PresenceAnswer],
) -> Option<Finding> {
    let clashing: Vec<&PresenceAnswer> = presences.iter().filter(|presence| presence.conflict).collect();
    if clashing.is_empty() {
        return None;
    }
    let evidence = super::check::conflicts::evidence_on_the_day(asked, whereabouts);
    let places: Vec<&str> = clashing.iter().map(|presence| presence.name.as_str()).collect();
    Some(super::check::conflicts::finding(asked, official, &places, evidence, None))
}

/// Who is at a place, or in a place within it, on the day asked about; `among` those who can be, or everybody whom the log knew then.
#[must_use]
pub fn who(asked: &Asked<'_>, place: &PlaceId, among: Option<&[OfficialId]>) -> Who {
    let registry = asked.registry();
    let (mut people, mut uncertain) = (Vec::new(), Vec::new());
    let is_among = |official: &&OfficialId| among.is_none_or(|among| among.contains(official));
    for official in registry.officials.keys().filter(is_among) {
        for presence in asked.whereabouts(official).on(asked.on, registry) {
            if !registry.is_within(&presence.place, place) {
                continue;
            }
            let list = if presence.attendance_uncertain { &mut uncertain } else { &mut people };
            list.push(person(asked, official, presence));
        }
    }
    let rank = |person: &Person| {
        let rank = registry.officials.get(&person.official).and_then(|record| record.rank);
        (std::cmp::Reverse(person.standing), rank.is_none(), rank, person.official.clone())
    };
    people.sort_by_key(rank);
    uncertain.sort_by_key(rank);
    Who { place: place.clone(), name: registry.place_name(place).to_owned(), people, uncertain }
}

fn person(asked: &Asked<'_>, official: &OfficialId, presence: Presence) -> Person {
    let registry = asked.registry();
    let there = PresenceAnswer::of(asked, presence);
    Person {
        official: official.clone(),
        name: registry.official_name(official).to_owned(),
        party: registry.party_of(official).cloned(),
        place: there.place,
        place_name: there.name,
        country: there.country,
        zone: there.zone,
        from: there.from,
        to: there.to,
        standing: there.standing,
        basis: there.basis,
        meeting: there.meeting,
        evidence: there.evidence,
        conflict: there.conflict,
        deciding: there.deciding,
        meetings: there
            .meetings
            .iter()
            .filter_map(|id| asked.meeting(id))
            .map(|meeting| super::MeetingAnswer::of(asked, meeting))
            .collect(),
    }
}
