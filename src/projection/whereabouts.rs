//! Where an official is: stops, legs, and what is carried on when nobody says more.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};

use super::presence::{Basis, Claim, Standing};
use super::runs::next;
use super::stop::{self, Leg, Stop};
use super::{Fact, Finding, Key, Meetings, Registry, Severity, View};
use crate::event::{Absence, MeetingId, OfficialId, PlaceId, Position, What, Who};
use crate::time::{Span, Zone};

/// How many days an official is presumed to stay after a stop whose end is not known.
pub const CARRY_DAYS: i64 = 3;

/// Everything that the claims of a view say about where one official is.
#[derive(Clone, Debug)]
pub struct Whereabouts {
    /// The stays, in order of time.
    pub stops: Vec<Stop>,
    /// The journeys, in order of time.
    pub legs: Vec<Leg>,
    contradictions: Vec<Contradiction>,
    absences: Vec<Away>,
    carry: i64,
}

/// A presence on one day, as answers show it.
#[derive(Clone, Debug)]
pub struct Presence {
    /// Where.
    pub place: PlaceId,
    /// The first day reported of the whole stop.
    pub from: NaiveDate,
    /// The last day reported of the whole stop.
    pub to: NaiveDate,
    /// How firmly, that day.
    pub standing: Standing,
    /// From what, that day.
    pub basis: Basis,
    /// The meetings there that day, the firmest first.
    pub meetings: Vec<MeetingId>,
    /// The events that the stop rests on.
    pub evidence: Vec<Position>,
    /// The events that decide the day.
    pub deciding: Vec<Position>,
    /// Whether another presence contradicts it that day.
    pub conflict: bool,
    /// Whether all claims of that day rest on uncertain attendance.
    pub attendance_uncertain: bool,
}

/// A finding, with the days that it is about.
#[derive(Clone, Debug)]
struct Contradiction {
    days: Span,
    finding: Finding,
}

/// An absence, with the days that it is about.
#[derive(Clone, Debug)]
struct Away {
    from: Who,
    days: Span,
    key: Key,
}

impl Whereabouts {
    /// Derives them from a view; `meetings` are those of the same view, as they stand on the day asked about. `carry` is in days.
    #[must_use]
    pub fn derive(view: &View<'_>, meetings: &Meetings, official: &OfficialId, carry: i64) -> Self {
        let registry = view.registry();
        let zone = view.claims().zone();
        let facts = view.official_facts(official);
        let mut claims = reported(&facts, registry, zone);
        cancel(&mut claims, view, official);
        claims.extend(meetings.with(official).filter_map(|meeting| Claim::of_meeting(meeting, official)));
        for claim in &mut claims {
            // A tour that names its officials is theirs alone: whom they meet on it is not on it.
            claim.trip = claim.trip.take().filter(|trip| {
                registry.trips.get(trip).is_none_or(|record| record.officials.is_empty() || record.officials.contains(official))
            });
        }
        let absences = absences(&facts, meetings, registry, zone);
        let contradictions = remove_absent(&mut claims, &absences, registry, official);
        let stops = stop::group(&claims);
        let legs = legs(&claims, &stops);
        Self { stops, legs, contradictions, absences, carry }
    }

    /// Every presence on a day, in the order of the day; empty when unknown or in transit.
    #[must_use]
    pub fn on(&self, day: NaiveDate, registry: &Registry) -> Vec<Presence> {
        let mut there: Vec<&Stop> = self.stops.iter().filter(|stop| stop.standing_on(day).is_some()).collect();
        there.sort_by_key(|stop| (stop.from, stop.starts_on(day), stop.to));
        let found: Vec<Presence> = there
            .iter()
            .filter_map(|stop| {
                Some(Presence {
                    place: stop.place.clone(),
                    from: stop.from,
                    to: stop.to,
                    standing: stop.standing_on(day)?,
                    basis: stop.basis_on(day)?,
                    meetings: stop.meetings_on(day),
                    evidence: stop.evidence(),
                    deciding: stop.evidence_on(day),
                    conflict: self
                        .stops
                        .iter()
                        .any(|other| other.place != stop.place && stop.conflicts_with(other, day, registry)),
                    attendance_uncertain: stop.is_attendance_uncertain_on(day),
                })
            })
            .collect();
        if found.is_empty() { self.carried(day, registry) } else { found }
    }

    /// The stops that are presumed to last on a day that no report covers.
    fn carried(&self, day: NaiveDate, registry: &Registry) -> Vec<Presence> {
        self.stops
            .iter()
            .filter(|stop| self.is_carried(stop, day, registry))
            .map(|stop| Presence {
                place: stop.place.clone(),
                from: stop.from,
                to: stop.to,
                standing: Standing::Presumed,
                basis: Basis::Carried,
                meetings: Vec::new(),
                evidence: stop.evidence(),
                deciding: stop.evidence_on(stop.to),
                conflict: false,
                attendance_uncertain: false,
            })
            .collect()
    }

    fn is_carried(&self, stop: &Stop, day: NaiveDate, registry: &Registry) -> bool {
        let after = (day - stop.to).num_days();
        if !(1..=self.carry).contains(&after) || stop.end_is_given() || !stop.is_planned() {
            return false;
        }
        let later = |other: &Stop| other.is_planned() && stop.to < other.to && other.from <= day;
        if self.stops.iter().any(later) || self.legs.iter().any(|leg| ends_carry(leg, stop, day)) {
            return false;
        }
        let age = stop.on(stop.to).map(|piece| piece.claim.key).max();
        let days = Span { from: Some(next(stop.to)), to: Some(day) };
        !self.absences.iter().any(|away| {
            let here = match &away.from {
                Who::Place(place) => registry.is_within(&stop.place, place),
                Who::Meeting(_) => false,
            };
            here && Some(away.key) > age && away.days.overlaps(days)
        })
    }

    /// What contradicts itself on the days from `from` to `to`; either may be open.
    #[must_use]
    pub fn findings(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Vec<Finding> {
        let asked = Span { from, to };
        self.contradictions.iter().filter(|odd| odd.days.overlaps(asked)).map(|odd| odd.finding.clone()).collect()
    }

    /// The days on which what is known can change, in order: from each to the next it stays as it is.
    #[must_use]
    pub fn edges(&self) -> BTreeSet<NaiveDate> {
        let pieces = self.stops.iter().flat_map(|stop| &stop.pieces).flat_map(|piece| [piece.run.from, next(piece.run.to)]);
        let carried = self.stops.iter().flat_map(|stop| {
            let last = TimeDelta::try_days(self.carry).and_then(|carry| stop.to.checked_add_signed(carry));
            [next(stop.to), next(last.unwrap_or(NaiveDate::MAX))]
        });
        let legs = self.legs.iter().filter_map(|leg| leg.days).map(|(leaves, _)| leaves);
        let absences = self.absences.iter().filter_map(|away| away.days.from);
        pieces.chain(carried).chain(legs).chain(absences).collect()
    }

    /// The legs that can take place on a day.
    #[must_use]
    pub fn legs_on(&self, day: NaiveDate) -> Vec<&Leg> {
        self.legs.iter().filter(|leg| leg.days.is_some_and(|(from, to)| from <= day && day <= to)).collect()
    }

    /// The first leg that begins after a day.
    #[must_use]
    pub fn next_leg(&self, day: NaiveDate) -> Option<&Leg> {
        self.legs.iter().filter(|leg| leg.days.is_some_and(|(from, _)| from > day)).min_by_key(|leg| leg.days)
    }

    /// The latest stop that ended before a day and was at least planned on one of its days.
    #[must_use]
    pub fn last_known(&self, day: NaiveDate) -> Option<&Stop> {
        self.stops.iter().filter(|stop| stop.to < day && stop.is_planned()).max_by_key(|stop| (stop.to, stop.from))
    }
}

/// The claims of presences and journeys.
fn reported(facts: &[Fact<'_>], registry: &Registry, zone: Zone) -> Vec<Claim> {
    facts
        .iter()
        .filter_map(|fact| match &fact.event.what {
            What::Presence(presence) => Claim::of_presence(fact, presence, registry, zone),
            What::Travel(travel) => Some(Claim::of_travel(fact, travel, registry, zone)),
            What::Official(_) | What::Party(_) | What::Place(_) | What::Trip(_) | What::TravelCancelled(_) | What::Absence(_) => {
                None
            }
            What::MeetingProposed(_) | What::MeetingConfirmed(_) | What::MeetingHeld(_) | What::MeetingChanged(_) => None,
            What::MeetingDeclined(_) | What::MeetingPostponed(_) | What::MeetingCancelled(_) => None,
            What::Statement(_) | What::Retraction(_) => None,
        })
        .collect()
}

/// Takes away the plans that were called off for this official, whichever was published first; observed days stay.
fn cancel(claims: &mut Vec<Claim>, view: &View<'_>, official: &OfficialId) {
    claims.retain_mut(|claim| {
        if claim.evidence.iter().any(|position| view.is_called_off(*position, official)) {
            claim.cut(Span { from: None, to: None });
            return !claim.runs.is_empty();
        }
        true
    });
}

fn absences(facts: &[Fact<'_>], meetings: &Meetings, registry: &Registry, log_zone: Zone) -> Vec<Away> {
    let away = |fact: &Fact<'_>, absence: &Absence| {
        let zone = match &absence.from {
            Who::Place(place) => registry.zone_of(Some(place), log_zone),
            Who::Meeting(id) => meetings.get(id).map_or(log_zone, |meeting| meeting.zone),
        };
        let days = absence.when.map_or(Span { from: None, to: None }, |when| when.span(zone));
        Away { from: absence.from.clone(), days, key: fact.key }
    };
    facts
        .iter()
        .filter_map(|fact| if let What::Absence(absence) = &fact.event.what { Some(away(fact, absence)) } else { None })
        .collect()
}

/// Applies absences to the older claims that they are about; an observation stays, and is a finding.
fn remove_absent(claims: &mut Vec<Claim>, absences: &[Away], registry: &Registry, official: &OfficialId) -> Vec<Contradiction> {
    let mut contradictions = Vec::new();
    claims.retain_mut(|claim| {
        let had = claim.runs.len();
        for away in absences {
            let about = match &away.from {
                Who::Place(place) => registry.is_within(&claim.place, place),
                Who::Meeting(meeting) => claim.meeting.as_ref() == Some(meeting),
            };
            if !about || claim.key > away.key {
                continue;
            }
            claim.cut(away.days);
            let seen = |run: &super::runs::Run| {
                run.standing == Standing::Observed && away.days.overlaps(Span { from: Some(run.from), to: Some(run.to) })
            };
            if let Some(run) = claim.runs.iter().find(|run| seen(run)) {
                let mut evidence = claim.evidence.clone();
                evidence.push(away.key.position);
                let says = format!(
                    "{} was reported in {} and also as not there",
                    registry.official_name(official),
                    registry.place_name(&claim.place)
                );
                let (finding, severity, about) = ("absence_against_observation", Severity::Warning, official.to_string());
                let both = Span { from: away.days.from.max(Some(run.from)), to: earlier(away.days.to, run.to) };
                let there = claim.meeting.as_ref().map_or_else(
                    || {
                        claim
                            .evidence
                            .iter()
                            .map(|of| format!("`daybook retract {of} --reason wrong`"))
                            .collect::<Vec<_>>()
                            .join(" and ")
                    },
                    |meeting| format!("`daybook log change {meeting} --declined {official}`"),
                );
                let hint = format!("if they came: `daybook retract {} --reason wrong`; if not: {there}", away.key.position);
                let finding = Finding { finding, severity, about, evidence, says, hint };
                contradictions.push(Contradiction { days: both, finding });
            }
        }
        // A leg whose time is too vague for any day has no runs from the start, and stays.
        had == 0 || !claim.runs.is_empty()
    });
    contradictions
}

/// The earlier of an end that may be open and one that is not.
fn earlier(end: Option<NaiveDate>, other: NaiveDate) -> Option<NaiveDate> {
    Some(end.map_or(other, |end| end.min(other)))
}

/// The legs of the journeys that are left; what several reports say in the same terms is one leg.
fn legs(claims: &[Claim], stops: &[Stop]) -> Vec<Leg> {
    let mut legs: Vec<Leg> = Vec::new();
    for claim in claims {
        let Some(journey) = &claim.journey else { continue };
        let leg = Leg {
            from: journey.from.clone().or_else(|| departed_from(stops, claim, journey.days)),
            to: claim.place.clone(),
            depart: journey.depart,
            arrive: journey.arrive,
            days: journey.days,
            standing: journey.standing,
            evidence: claim.evidence.clone(),
            reported_from: journey.from.clone(),
            purpose: journey.purpose.clone(),
        };
        let same = |other: &&mut Leg| {
            (&other.reported_from, &other.to, other.depart, other.arrive) == (&leg.reported_from, &leg.to, leg.depart, leg.arrive)
        };
        if let Some(known) = legs.iter_mut().find(same) {
            known.evidence.extend(leg.evidence);
            known.standing = known.standing.max(leg.standing);
        } else {
            legs.push(leg);
        }
    }
    // Legs of the same days stay in the order of claims, which does not depend on the order of logging.
    legs.sort_by_key(|leg| (leg.days.is_none(), leg.days));
    legs
}

/// The last known stop when a journey begins, other than its end.
fn departed_from(stops: &[Stop], claim: &Claim, days: Option<(NaiveDate, NaiveDate)>) -> Option<PlaceId> {
    let (day, _) = days?;
    stops
        .iter()
        .filter(|stop| stop.place != claim.place && stop.from <= day && stop.is_planned())
        .max_by_key(|stop| (stop.to.min(day), stop.from))
        .map(|stop| stop.place.clone())
}

/// Whether a leg ends the carry of a stop by `day`: on its last day only a leg from there or from nowhere named, later any leg elsewhere.
fn ends_carry(leg: &Leg, stop: &Stop, day: NaiveDate) -> bool {
    let Some((leaves, _)) = leg.days else { return false };
    if leg.to == stop.place || leaves > day {
        return false;
    }
    leaves > stop.to || (leaves == stop.to && leg.reported_from.as_ref().is_none_or(|from| *from == stop.place))
}
