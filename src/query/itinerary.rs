//! The stops of one official in order, with legs, meetings, trips and gaps.

use chrono::NaiveDate;
use serde::Serialize;

use super::check::implausible_legs;
use super::holes::{between, holes};
use super::stats::clipped;
use super::tally::{Kilometres, Tally};
use super::trips::{Trip, Way, are_told_together, title, travels};
use super::{Asked, Days, LegAnswer, MeetingAnswer, PresenceAnswer};
use crate::event::{OfficialId, PartyId, TripId};
use crate::projection::{Basis, Finding, Leg, Presence, Registry, Standing, Stop, Whereabouts};
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
    /// The trips that have one of these stops, by their first day.
    pub trips: Vec<TripGroup>,
    /// The distinct days asked about with a presence away from home that is at least planned.
    pub days_away: Tally,
    /// The country of the base, ISO 3166-1 alpha-2; none where no base is known: then every place counts as away.
    pub home: Option<String>,
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
    /// Whether the report of the stop before tells of this one, too, for the same days: which of them comes first is not known.
    pub with_previous: bool,
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

/// A trip: stops away with no return home between them, or all that bear one name.
///
/// Its days, countries and kilometres are those of the whole trip, also where not all of its stops are asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TripGroup {
    /// Its name, if one was logged.
    pub trip: Option<TripId>,
    /// What it is called: as logged, else by its countries and days.
    pub title: String,
    /// Indexes into the stops.
    pub stops: Vec<usize>,
    /// Which of the trips that are told of it is, by the first day, from 1 on; none for one without a day that is at least planned.
    pub number: Option<usize>,
    /// The first day away.
    pub from: Option<NaiveDate>,
    /// The last day away.
    pub to: Option<NaiveDate>,
    /// Distinct days away that are at least planned.
    pub days: Tally,
    /// The countries in the order of the stops, ISO 3166-1 alpha-2.
    pub countries: Vec<String>,
    /// How far it leads.
    pub kilometres: Kilometres,
    /// The ways to, between and from its stops, in order.
    pub ways: Vec<Way>,
    /// How many of its stops lie before the days asked about.
    pub stops_before: usize,
    /// How many of its stops lie after the days asked about.
    pub stops_after: usize,
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
    let whereabouts = &asked.whereabouts(official);
    let registry = asked.registry();
    let record = registry.officials.get(official);
    let asked_about = |first: NaiveDate, last: NaiveDate| from.is_none_or(|from| from <= last) && to.is_none_or(|to| first <= to);
    let travels = travels(asked, official, whereabouts);
    let stop = |at: &usize| whereabouts.stops.get(*at).map(|stop| (*at, stop));
    let kept: Vec<(usize, &Stop)> =
        travels.order.iter().filter_map(stop).filter(|(_, stop)| asked_about(stop.from, stop.to)).collect();
    let undated = from.is_none() && to.is_none();
    let legs = whereabouts.legs.iter().filter(|leg| leg.days.map_or(undated, |(first, last)| asked_about(first, last)));
    let mut trips: Vec<TripGroup> = travels.trips.iter().filter_map(|trip| group(asked, whereabouts, trip, &kept)).collect();
    // What lies outside of the days asked about is not counted.
    for (number, trip) in (1..).zip(trips.iter_mut().filter(|trip| trip.number.is_some())) {
        trip.number = Some(number);
    }
    let away = travels.away.iter().flat_map(|one| clipped(&one.days, Span { from, to }));
    Itinerary {
        official: official.clone(),
        name: registry.official_name(official).to_owned(),
        title: record.and_then(|record| record.title.clone()),
        party: record.and_then(|record| record.party.clone()),
        legs: legs.map(|leg| LegAnswer::of(asked, leg)).collect(),
        trips,
        days_away: Tally::of_days(away, asked.on),
        gaps: gaps(asked, whereabouts, &kept),
        stops: stops(asked, whereabouts, &kept),
        findings: findings(asked, official, whereabouts, from, to),
        home: travels.home,
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

fn stops(asked: &Asked<'_>, whereabouts: &Whereabouts, kept: &[(usize, &Stop)]) -> Vec<ItineraryStop> {
    let before = std::iter::once(None).chain(kept.iter().map(|(_, stop)| Some(*stop)));
    kept.iter()
        .zip(before)
        .map(|((_, stop), before)| ItineraryStop {
            with_previous: before
                .is_some_and(|before| (before.from, before.to) == (stop.from, stop.to) && are_told_together(before, stop)),
            km_from_previous: super::distance::kilometres(asked.registry(), before.map(|before| &before.place), &stop.place),
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
        with_previous: false,
        km_from_previous: None,
    }
}

/// A trip as far as some of its stops are kept; `None` where none is.
fn group(asked: &Asked<'_>, whereabouts: &Whereabouts, trip: &Trip, kept: &[(usize, &Stop)]) -> Option<TripGroup> {
    let stops: Vec<usize> =
        (0..kept.len()).filter(|at| kept.get(*at).is_some_and(|(stop, _)| trip.stops.contains(stop))).collect();
    let index = |at: Option<&usize>| at.and_then(|at| kept.get(*at)).map(|(stop, _)| *stop);
    let place = |stop: usize| trip.stops.iter().position(|one| *one == stop);
    let first = place(index(stops.first())?)?;
    let last = place(index(stops.last())?)?;
    let mut kilometres = Kilometres::default();
    trip.ways.iter().for_each(|way| kilometres.add(way.kilometres()));
    let extent = trip.extent();
    Some(TripGroup {
        trip: trip.trip.clone(),
        title: title(trip, asked.registry(), whereabouts),
        number: trip.number,
        from: extent.map(|days| days.from),
        to: extent.map(|days| days.to),
        days: Tally::of_days(trip.days.iter().copied(), asked.on),
        countries: trip.countries.clone(),
        kilometres,
        ways: trip.ways.iter().map(|way| among(way, asked.registry(), kept)).collect(),
        stops_before: first,
        stops_after: trip.stops.len() - 1 - last,
        stops,
    })
}

/// A way with its stops as indexes of those that are kept, and whether it is rough: only itineraries tell, and it takes time to find out.
fn among(way: &Way, registry: &Registry, kept: &[(usize, &Stop)]) -> Way {
    let kept_at = |stop: usize| kept.iter().position(|(at, _)| *at == stop);
    let rough = super::distance::between(registry, &way.from, &way.to).is_none();
    Way { rough, from_stop: way.from_stop.and_then(kept_at), to_stop: way.to_stop.and_then(kept_at), ..way.clone() }
}

/// The days between the first and the last stop that neither a stop, nor a leg, nor a carry covers.
fn gaps(asked: &Asked<'_>, whereabouts: &Whereabouts, stops: &[(usize, &Stop)]) -> Vec<Gap> {
    let mut known: Vec<Days> = whereabouts.legs.iter().filter_map(|leg| leg.days).map(|(from, to)| Days { from, to }).collect();
    known.sort_unstable_by_key(|days| (days.from, days.to));
    let mut gaps: Vec<Gap> = Vec::new();
    let Some(mut reached) = stops.first().map(|(_, stop)| stop.to) else { return gaps };
    for (_, stop) in stops {
        let unknown = between(reached, stop.from).map_or_else(Vec::new, |days| holes(asked, whereabouts, days, &known));
        gaps.extend(unknown.into_iter().map(|hole| Gap { from: hole.from, to: hole.to }));
        reached = reached.max(stop.to);
    }
    gaps
}
