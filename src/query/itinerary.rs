//! The stops of one official in order, with legs, meetings, trips and gaps.

use chrono::NaiveDate;
use serde::Serialize;

use super::check::implausible_legs;
use super::{Asked, LegAnswer, MeetingAnswer, PresenceAnswer};
use crate::event::{OfficialId, PartyId, TripId};
use crate::projection::{Basis, Finding, Leg, Presence, Standing, Stop, Whereabouts};
use crate::time::Span;

/// The itinerary of one official.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Itinerary {
    /// The official.
    pub official: OfficialId,
    /// The name.
    pub name: String,
    /// The office in words.
    pub title: Option<String>,
    /// The side acted for.
    pub party: Option<PartyId>,
    /// The stops that touch the days asked about, in order.
    pub stops: Vec<ItineraryStop>,
    /// The legs on those days; legs too vague for any day stand last.
    pub legs: Vec<LegAnswer>,
    /// The stops of each trip.
    pub trips: Vec<TripGroup>,
    /// Days between stops of which nothing is known.
    pub gaps: Vec<Gap>,
    /// What looks odd.
    #[serde(skip)]
    pub findings: Vec<Finding>,
}

/// A stop: a presence over all its days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItineraryStop {
    /// The presence; its standing is the firmest of any of its days.
    #[serde(flatten)]
    pub presence: PresenceAnswer,
    /// How firmly on which days.
    pub stretches: Vec<Stretch>,
    /// The meetings there, for people.
    #[serde(skip)]
    pub meetings_there: Vec<MeetingAnswer>,
    /// Great-circle distance from the stop before in kilometres, where both positions are known, for people.
    #[serde(skip)]
    pub km_from_previous: Option<u64>,
}

/// Days of one standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// How firmly.
    pub standing: Standing,
}

/// The stops of a trip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TripGroup {
    /// The trip.
    pub trip: TripId,
    /// What it is called.
    pub title: String,
    /// Indexes into the stops.
    pub stops: Vec<usize>,
}

/// Days of which nothing is known, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}

/// The itinerary of an official, of the days from `from` to `to` (both included, either may be open).
#[must_use]
pub fn itinerary(asked: &Asked<'_>, official: &OfficialId, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Itinerary {
    of_whereabouts(asked, official, &asked.whereabouts(official), from, to)
}

/// The itinerary of an official whose whereabouts are known already.
pub(super) fn of_whereabouts(
    asked: &Asked<'_>,
    official: &OfficialId,
    whereabouts: &Whereabouts,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Itinerary {
    let registry = asked.registry();
    let record = registry.officials.get(official);
    let asked_about = |first: NaiveDate, last: NaiveDate| from.is_none_or(|from| from <= last) && to.is_none_or(|to| first <= to);
    let kept: Vec<&Stop> = whereabouts.stops.iter().filter(|stop| asked_about(stop.from, stop.to)).collect();
    let undated = from.is_none() && to.is_none();
    let legs = whereabouts.legs.iter().filter(|leg| leg.days.map_or(undated, |(first, last)| asked_about(first, last)));
    Itinerary {
        official: official.clone(),
        name: registry.official_name(official).to_owned(),
        title: record.and_then(|record| record.title.clone()),
        party: record.and_then(|record| record.party.clone()),
        legs: legs.map(|leg| LegAnswer::of(asked, leg)).collect(),
        trips: trips(asked, &kept),
        gaps: gaps(asked, whereabouts, &kept),
        stops: stops(asked, whereabouts, &kept),
        findings: findings(asked, official, whereabouts, from, to),
    }
}

/// What contradicts itself on those days, and the journeys on them that no aircraft could make.
fn findings(
    asked: &Asked<'_>,
    official: &OfficialId,
    whereabouts: &Whereabouts,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Vec<Finding> {
    let mut found = whereabouts.findings(from, to);
    let asked_about = |leg: &&Leg| {
        leg.days.is_some_and(|(first, last)| (Span { from, to }).overlaps(Span { from: Some(first), to: Some(last) }))
    };
    found.extend(implausible_legs(asked, official, whereabouts, whereabouts.legs.iter().filter(asked_about)));
    found
}

fn stops(asked: &Asked<'_>, whereabouts: &Whereabouts, kept: &[&Stop]) -> Vec<ItineraryStop> {
    let before = std::iter::once(None).chain(kept.iter().map(|stop| Some(&stop.place)));
    kept.iter()
        .zip(before)
        .map(|(stop, before)| ItineraryStop {
            km_from_previous: super::distance::kilometres(asked.registry(), before, &stop.place),
            ..itinerary_stop(asked, whereabouts, stop)
        })
        .collect()
}

pub(super) fn itinerary_stop(asked: &Asked<'_>, whereabouts: &Whereabouts, stop: &Stop) -> ItineraryStop {
    let registry = asked.registry();
    let standing = stop.best_standing();
    let stretches: Vec<Stretch> =
        stop.stretches().into_iter().map(|run| Stretch { from: run.from, to: run.to, standing: run.standing }).collect();
    let best = stretches.iter().find(|stretch| stretch.standing == standing).map_or(stop.from, |stretch| stretch.from);
    let meetings = stop.meetings();
    let presence = Presence {
        place: stop.place.clone(),
        from: stop.from,
        to: stop.to,
        standing,
        basis: stop.basis_on(best).unwrap_or(Basis::Presence),
        evidence: stop.evidence(),
        deciding: stop.evidence(),
        conflict: whereabouts.stops.iter().any(|other| other.place != stop.place && stop.conflicts_anywhere(other, registry)),
        attendance_uncertain: false,
        meetings: meetings.clone(),
    };
    ItineraryStop {
        presence: PresenceAnswer::of(asked, presence),
        stretches,
        meetings_there: meetings
            .iter()
            .filter_map(|id| asked.meeting(id))
            .map(|meeting| MeetingAnswer::of(asked, meeting))
            .collect(),
        km_from_previous: None,
    }
}

fn trips(asked: &Asked<'_>, stops: &[&Stop]) -> Vec<TripGroup> {
    let mut groups: Vec<TripGroup> = Vec::new();
    for (at, stop) in stops.iter().enumerate() {
        for trip in stop.trips() {
            match groups.iter_mut().find(|group| group.trip == trip) {
                Some(group) => group.stops.push(at),
                None => {
                    let title = asked.registry().trips.get(&trip).map_or_else(|| trip.to_string(), |record| record.title.clone());
                    groups.push(TripGroup { trip, title, stops: vec![at] });
                }
            }
        }
    }
    groups
}

/// The days between the first and the last stop that neither a stop, nor a leg, nor a carry covers.
fn gaps(asked: &Asked<'_>, whereabouts: &Whereabouts, stops: &[&Stop]) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    let Some(mut reached) = stops.first().map(|stop| stop.to) else { return gaps };
    for stop in stops {
        let hole = reached.succ_opt().zip(stop.from.pred_opt()).filter(|(first, last)| first <= last);
        gaps.extend(hole.into_iter().flat_map(|(first, last)| unknown(asked, whereabouts, Gap { from: first, to: last })));
        reached = reached.max(stop.to);
    }
    gaps
}

/// The days of a hole between stops of which nothing is known: what legs and carries leave of it.
fn unknown(asked: &Asked<'_>, whereabouts: &Whereabouts, hole: Gap) -> Vec<Gap> {
    // A carry ends soon, however long the hole is.
    let carried = hole.from.iter_days().take_while(|day| *day <= hole.to).take(usize::try_from(asked.carry).unwrap_or(0));
    let carried = carried.take_while(|day| !whereabouts.on(*day, asked.registry()).is_empty()).last();
    let mut known: Vec<(NaiveDate, NaiveDate)> = whereabouts.legs.iter().filter_map(|leg| leg.days).collect();
    known.extend(carried.map(|last| (hole.from, last)));
    known.sort_unstable();
    let mut open = Some(hole.from);
    let mut gaps = Vec::new();
    for (first, last) in known {
        let Some(from) = open.filter(|from| *from <= hole.to) else { break };
        if last < from || first > hole.to {
            continue;
        }
        gaps.extend(first.pred_opt().filter(|to| from <= *to).map(|to| Gap { from, to }));
        open = last.succ_opt();
    }
    gaps.extend(open.filter(|from| *from <= hole.to).map(|from| Gap { from, to: hole.to }));
    gaps
}
